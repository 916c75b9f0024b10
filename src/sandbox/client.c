/* Worker processes and the calls that go to them. A worker is taken by one caller at a time and used outside the lock; the lock
 * guards only who has which. A worker that misbehaved in any way (too slow, hung up, broke the protocol) is killed and replaced:
 * there is no repairing. posix_spawn, not fork: libvips hangs in a forked child, and we have threads. */
#include "sandbox/client.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/log.h"
#include "sandbox/wire.h"
#include "sandbox/worker.h"

enum { WORKERS = 2, WORKERS_MAX = 8, JOBS = 200, SECONDS = 10, START_SECONDS = 10, WAITS = 3 };

/* Worker programs, and which one reads what. */
enum program { PROGRAM_IMAGE, PROGRAM_SHEET, PROGRAM_FORM, PROGRAMS };
static const char *const arguments[PROGRAMS] = { [PROGRAM_IMAGE] = "--image-worker", [PROGRAM_SHEET] = "--sheet-worker",
	[PROGRAM_FORM] = "--form-worker" };
static const enum program program_of[SANDBOX_KINDS] = { [SANDBOX_IMAGE] = PROGRAM_IMAGE, [SANDBOX_SHEET] = PROGRAM_SHEET,
	[SANDBOX_FORM] = PROGRAM_FORM };
/* Which are started at once; the others by their first call. */
static const bool is_warm[PROGRAMS] = { [PROGRAM_IMAGE] = true };

struct worker_process {
	pid_t pid;               /* 0: none */
	int socket, errors;      /* errors: its stderr, read when it has died */
	int jobs;
	bool busy, greeted;
};

struct sandbox {
	const char *program, *spill;
	int workers, jobs, seconds;
	pthread_mutex_t lock;
	pthread_cond_t freed;
	struct worker_process pools[PROGRAMS][WORKERS_MAX];
	struct sandbox_status status;
	bool known;              /* a worker has said hello: status.open and .landlock hold */
};

/* --- time and bytes ---------------------------------------------------------------------------------------------------- */

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* RESET: it died with our job unread; GONE: it died later. */
enum got { GOT_ALL, GOT_LATE, GOT_RESET, GOT_GONE };

static enum got receive(int fd, void *to, size_t n, int64_t deadline)
{
	char *at = to;

	while (n) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		int64_t left = deadline - now_ms();
		ssize_t got;

		if (left <= 0)
			return GOT_LATE;
		if (poll(&p, 1, (int)left) <= 0)
			continue;
		got = recv(fd, at, n, MSG_DONTWAIT);
		if (got < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (got <= 0)
			return got < 0 && errno == ECONNRESET ? GOT_RESET : GOT_GONE;
		at += got;
		n -= (size_t)got;
	}
	return GOT_ALL;
}

/* --- processes --------------------------------------------------------------------------------------------------------- */

/* The child gets the socket as SANDBOX_WORKER_FD, a pipe as stderr, nothing else: no other descriptor, and none of our
 * environment (it may hold a database's passphrase). A process group of its own: Ctrl-C is for us. */
static int spawn(const char *program, const char *argument, int socket, int errors, pid_t *pid)
{
	char *argv[] = { (char *)(uintptr_t)program, (char *)(uintptr_t)argument, NULL };
	char *environment[] = { (char *)(uintptr_t)"LC_ALL=C.UTF-8", (char *)(uintptr_t)"MALLOC_ARENA_MAX=2", NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	int bad;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attributes);
	bad = posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0) ||
	      posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) ||
	      posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO) ||
	      posix_spawn_file_actions_adddup2(&files, socket, SANDBOX_WORKER_FD) ||
	      posix_spawn_file_actions_addclosefrom_np(&files, SANDBOX_WORKER_FD + 1) ||
	      posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP) ||
	      posix_spawnattr_setsigmask(&attributes, &none) || posix_spawnattr_setsigdefault(&attributes, &all);
	bad = bad ? ENOMEM : posix_spawn(pid, program, &files, &attributes, argv, environment);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attributes);
	return bad;
}

/* All above the numbers the child uses, so that no dup2 there overwrites another's source. */
static bool channels(int pair[2], int errors[2])
{
	int raw[4] = { -1, -1, -1, -1 };
	bool good = !socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, raw) && !pipe2(raw + 2, O_CLOEXEC | O_NONBLOCK);

	for (int i = 0; i < 4; i++) {
		int high = good ? fcntl(raw[i], F_DUPFD_CLOEXEC, SANDBOX_WORKER_FD + 1) : -1;

		if (raw[i] >= 0)
			close(raw[i]);
		raw[i] = high;
		good = good && high >= 0;
	}
	for (int i = 0; i < 4 && !good; i++)
		if (raw[i] >= 0)
			close(raw[i]);
	memcpy(pair, raw, 2 * sizeof *raw);
	memcpy(errors, raw + 2, 2 * sizeof *raw);
	return good;
}

static void count(struct sandbox *s, int64_t *which)
{
	pthread_mutex_lock(&s->lock);
	++*which;
	pthread_mutex_unlock(&s->lock);
}

static void alive(struct sandbox *s, int change)
{
	pthread_mutex_lock(&s->lock);
	s->status.workers += change;
	pthread_mutex_unlock(&s->lock);
}

/* False: logged, and the worker has no process. */
static bool worker_start(struct sandbox *s, struct worker_process *w, enum program p)
{
	int pair[2], errors[2], bad;

	if (!channels(pair, errors)) {
		log_line(LOG_ERROR, "", "sandbox_start", "%s", strerror(errno));
		return false;
	}
	bad = spawn(s->program, arguments[p], pair[1], errors[1], &w->pid);
	close(pair[1]);
	close(errors[1]);
	if (bad) {
		log_line(LOG_ERROR, "", "sandbox_start", "%s %s: %s", s->program, arguments[p], strerror(bad));
		close(pair[0]);
		close(errors[0]);
		w->pid = 0;
		return false;
	}
	w->socket = pair[0];
	w->errors = errors[0];
	w->jobs = 0;
	w->greeted = false;
	alive(s, 1);
	return true;
}

/* Ends it, whatever it is doing. `why` is logged with its own last words; NULL: nothing went wrong. */
static void worker_stop(struct sandbox *s, struct worker_process *w, const char *why)
{
	char words[512] = "";
	int status = 0;
	ssize_t n;

	BUG_ON(w->pid <= 0);             /* 0 would be our own process group */
	kill(w->pid, SIGKILL);
	while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
		;
	n = read(w->errors, words, sizeof words - 1);
	words[n > 0 ? n : 0] = '\0';
	if (why)
		log_line(LOG_WARN, "", why, "exit %d signal %d: %s", WIFEXITED(status) ? WEXITSTATUS(status) : 0,
			WIFSIGNALED(status) ? WTERMSIG(status) : 0, words);
	close(w->socket);
	close(w->errors);
	w->pid = 0;
	alive(s, -1);
}

/* --- who has which worker ---------------------------------------------------------------------------------------------- */

static struct worker_process *idle_worker(struct sandbox *s, enum program p)
{
	struct worker_process *none = NULL;

	for (int i = 0; i < s->workers; i++) {
		struct worker_process *w = &s->pools[p][i];

		if (!w->busy && w->pid)
			return w;
		if (!w->busy)
			none = w;
	}
	return none;
}

/* NULL when none came free for WAITS wall clocks. */
static struct worker_process *worker_take(struct sandbox *s, enum program p, int seconds)
{
	int64_t until = now_ms() + (int64_t)WAITS * seconds * 1000;
	struct timespec deadline = { .tv_sec = until / 1000, .tv_nsec = until % 1000 * 1000000 };
	struct worker_process *w;
	int late = 0;

	pthread_mutex_lock(&s->lock);
	while (!(w = idle_worker(s, p)) && !late)
		late = pthread_cond_timedwait(&s->freed, &s->lock, &deadline);
	if (w)
		w->busy = true;
	pthread_mutex_unlock(&s->lock);
	return w;
}

static void worker_give_back(struct sandbox *s, struct worker_process *w)
{
	pthread_mutex_lock(&s->lock);
	w->busy = false;
	pthread_cond_broadcast(&s->freed);
	pthread_mutex_unlock(&s->lock);
}

/* Starts the taken worker when it has no process, and hears its first word. CLOSED when it says that it cannot be locked. */
static OUTCOME worker_greet(struct sandbox *s, struct worker_process *w, enum program p, enum sandbox_end *end)
{
	struct wire_frame frame;
	struct wire_hello hello;
	int64_t deadline = now_ms() + START_SECONDS * 1000;

	if (!w->pid && !worker_start(s, w, p))
		return FAILED;
	if (w->greeted)
		return OK;
	if (receive(w->socket, &frame, sizeof frame, deadline) != GOT_ALL || frame.type != WIRE_HELLO ||
	    frame.len != sizeof hello || receive(w->socket, &hello, sizeof hello, deadline) != GOT_ALL) {
		worker_stop(s, w, "sandbox_start");
		return FAILED;
	}
	w->greeted = true;
	pthread_mutex_lock(&s->lock);
	s->known = true;
	s->status.open = hello.seccomp == 1;
	s->status.landlock = hello.landlock;
	pthread_mutex_unlock(&s->lock);
	if (hello.seccomp == 1)
		return OK;
	worker_stop(s, w, "sandbox_without_seccomp");
	*end = SANDBOX_CLOSED;
	return OK;
}

/* --- one job ----------------------------------------------------------------------------------------------------------- */

/* The input as a file in memory that nobody can change any more. -1: no memory. */
static int memory_file(struct bytes input)
{
	int fd = memfd_create("sandbox", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	size_t done = 0;

	while (fd >= 0 && done < input.len) {
		ssize_t n = write(fd, (const char *)input.ptr + done, input.len - done);

		if (n > 0) {
			done += (size_t)n;
		} else if (n == 0 || errno != EINTR) {
			close(fd);
			fd = -1;
		}
	}
	if (fd >= 0 && fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* A file without a name, on disk: what is written there is gone with its last descriptor. */
static int spill_file(const struct sandbox *s)
{
	int fd = open(s->spill, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0)
		log_line(LOG_WARN, "", "sandbox_spill", "%s: %s", s->spill, strerror(errno));
	return fd;
}

/* files: the input, and the spill file when there is one. */
static bool send_job(int socket, const struct wire_job *job, const int files[2])
{
	size_t size = sizeof *files * (job->spills ? 2 : 1);
	union {
		struct cmsghdr align;
		char space[CMSG_SPACE(2 * sizeof(int))];
	} control = { 0 };
	struct iovec at = { (void *)(uintptr_t)job, sizeof *job };
	struct msghdr message = { .msg_iov = &at, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = CMSG_SPACE(size) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&message);
	ssize_t sent;

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(size);
	memcpy(CMSG_DATA(c), files, size);
	do
		sent = sendmsg(socket, &message, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent == (ssize_t)sizeof *job;
}

struct talk {
	const struct sandbox_job *job;
	struct arena *arena;
	int64_t deadline;
	struct bytes answer;
	enum outcome taken;      /* what job->take said */
};

/* Pieces, then the answer. GOT_ALL with taken OK: the worker is ready for more. */
static enum got hear(int socket, struct talk *t)
{
	char piece[WIRE_PIECE_MAX];
	struct wire_frame frame;
	enum got got;
	void *answer;

	for (;;) {
		got = receive(socket, &frame, sizeof frame, t->deadline);
		if (got != GOT_ALL)
			return got;
		if (frame.type != WIRE_PIECE)
			break;
		if (!t->job->take || frame.len > sizeof piece)
			return GOT_GONE;
		got = receive(socket, piece, frame.len, t->deadline);
		if (got != GOT_ALL)
			return got;
		t->taken = t->job->take(t->job->state, (struct bytes){ piece, frame.len });
		if (t->taken != OK)
			return GOT_ALL;
	}
	if (frame.type != WIRE_END || frame.len > t->job->answer_max)
		return GOT_GONE;
	answer = arena_alloc(t->arena, frame.len);
	t->answer = (struct bytes){ answer, frame.len };
	return receive(socket, answer, frame.len, t->deadline);
}

/* With a greeted worker. GOT_RESET: it was dead already and may be tried anew. */
static enum got talk(struct worker_process *w, struct talk *t, const int files[2], int seconds)
{
	struct wire_job wire = { (uint32_t)t->job->kind, (uint32_t)seconds, files[1] >= 0 };

	if (!send_job(w->socket, &wire, files))
		return GOT_RESET;
	t->deadline = now_ms() + (int64_t)seconds * 1000;
	return hear(w->socket, t);
}

/* The worker after its job: kept, renewed, or buried and replaced. */
static void settle(struct sandbox *s, struct worker_process *w, enum program p, enum got got, enum outcome taken)
{
	bool keep = got == GOT_ALL && taken == OK;

	count(s, &s->status.jobs);
	if (got == GOT_LATE) {
		count(s, &s->status.too_slow);
		worker_stop(s, w, "sandbox_too_slow");
	} else if (got != GOT_ALL) {
		count(s, &s->status.died);
		worker_stop(s, w, "sandbox_died");
	} else if (!keep) {
		worker_stop(s, w, NULL);
	} else if (++w->jobs >= s->jobs) {
		count(s, &s->status.renewed);
		worker_stop(s, w, NULL);
	}
	if (!w->pid)
		worker_start(s, w, p);           /* on failure the next call tries again */
}

static OUTCOME run(struct sandbox *s, struct worker_process *w, struct talk *t, const int files[2], enum sandbox_end *end)
{
	enum program p = program_of[t->job->kind];
	int seconds = t->job->seconds ? t->job->seconds : s->seconds;
	enum got got = GOT_RESET;

	/* Twice: one killed while idle (out of memory, an operator) has not seen this file. */
	for (int turn = 0; turn < 2 && got == GOT_RESET; turn++) {
		*end = SANDBOX_ANSWERED;
		TRY(worker_greet(s, w, p, end));
		if (*end == SANDBOX_CLOSED)
			return OK;
		got = talk(w, t, files, seconds);
		if (got == GOT_RESET && turn == 0)
			worker_stop(s, w, "sandbox_died_idle");
	}
	settle(s, w, p, got, t->taken);
	if (got != GOT_ALL) {
		t->answer = (struct bytes){ "", 0 };
		*end = got == GOT_LATE ? SANDBOX_TOO_SLOW : SANDBOX_DIED;
	}
	return t->taken;
}

OUTCOME sandbox_call(struct sandbox *s, struct arena *arena, const struct sandbox_job *job, enum sandbox_end *end,
	struct bytes *answer)
{
	struct talk t = { .job = job, .arena = arena, .answer = { "", 0 }, .taken = OK };
	struct worker_process *w = NULL;
	enum outcome done = FAILED;
	int files[2];

	BUG_ON(job->kind >= SANDBOX_KINDS || job->seconds < 0);
	*end = SANDBOX_DIED;
	files[0] = job->input.ptr ? memory_file(job->input) : job->fd;
	files[1] = job->spills ? spill_file(s) : -1;
	if (files[0] >= 0)
		w = worker_take(s, program_of[job->kind], job->seconds ? job->seconds : s->seconds);
	if (w) {
		done = run(s, w, &t, files, end);
		worker_give_back(s, w);
	} else {
		log_line(LOG_ERROR, "", "sandbox_call", "%s", files[0] < 0 ? "no memory for the input" : "no worker came free");
	}
	if (job->input.ptr && files[0] >= 0)
		close(files[0]);
	if (files[1] >= 0)
		close(files[1]);
	*answer = t.answer;
	return done;
}

/* --- photos and PDF ---------------------------------------------------------------------------------------------------- */

/* Believes nothing: lengths add up, sides are in bounds, the bytes begin as a JPEG does. */
static bool image_parse(struct bytes answer, struct image_result *out)
{
	const char *after = (const char *)answer.ptr + sizeof(struct wire_image);
	struct wire_image w;

	if (answer.len < sizeof w)
		return false;
	memcpy(&w, answer.ptr, sizeof w);
	if (w.kind >= IMAGE_KINDS || answer.len - sizeof w != (size_t)w.clean + w.thumb)
		return false;
	out->kind = (enum image_kind)w.kind;
	if (out->kind != IMAGE_CLEAN)
		return w.clean + w.thumb == 0;
	if (w.clean < 4 || w.thumb < 4 || memcmp(after, "\xff\xd8\xff", 3) || memcmp(after + w.clean, "\xff\xd8\xff", 3))
		return false;
	if (w.width < 1 || w.width > IMAGE_SIDE_MAX || w.height < 1 || w.height > IMAGE_SIDE_MAX)
		return false;
	out->type = "image/jpeg";
	out->clean = (struct bytes){ after, w.clean };
	out->thumb = (struct bytes){ after + w.clean, w.thumb };
	out->width = w.width;
	out->height = w.height;
	return true;
}

static void image_refuse(struct image_result *out, enum image_kind why)
{
	*out = (struct image_result){ .kind = why, .type = "", .clean = { "", 0 }, .thumb = { "", 0 }, .size = out->size };
}

OUTCOME sandbox_image(struct sandbox *s, struct arena *arena, struct bytes received, struct image_result *out)
{
	struct sandbox_job job = { .kind = SANDBOX_IMAGE, .input = received, .answer_max = IMAGE_CLEAN_MAX };
	enum sandbox_end end;
	struct bytes answer;

	out->size = (int64_t)received.len;
	image_refuse(out, received.len ? IMAGE_TOO_LARGE : IMAGE_EMPTY);
	if (!received.len || received.len > IMAGE_INPUT_MAX)
		return OK;
	TRY(sandbox_call(s, arena, &job, &end, &answer));
	switch (end) {
	case SANDBOX_ANSWERED:
		if (!image_parse(answer, out))
			image_refuse(out, IMAGE_READER_DIED);
		break;
	case SANDBOX_TOO_SLOW:
		image_refuse(out, IMAGE_TOO_SLOW);
		break;
	case SANDBOX_DIED:
		image_refuse(out, IMAGE_READER_DIED);
		break;
	case SANDBOX_CLOSED:
		image_refuse(out, IMAGE_CLOSED);
		break;
	}
	if (out->kind == PDF_CLEAN) {
		out->type = "application/pdf";
		out->clean = received;
	}
	return OK;
}

/* --- life -------------------------------------------------------------------------------------------------------------- */

struct sandbox *sandbox_new(const struct sandbox_config *config)
{
	struct sandbox *s = calloc(1, sizeof *s);
	pthread_condattr_t clock;

	BUG_ON(!s || config->workers < 0 || config->workers > WORKERS_MAX || config->jobs < 0 || config->seconds < 0);
	s->program = config->program ? config->program : "/proc/self/exe";
	s->spill = config->spill ? config->spill : "/tmp";
	s->workers = config->workers ? config->workers : WORKERS;
	s->jobs = config->jobs ? config->jobs : JOBS;
	s->seconds = config->seconds ? config->seconds : SECONDS;
	pthread_mutex_init(&s->lock, NULL);
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&s->freed, &clock);
	pthread_condattr_destroy(&clock);
	for (int p = 0; p < PROGRAMS; p++)
		for (int i = 0; i < s->workers && is_warm[p] && !config->cold; i++)
			worker_start(s, &s->pools[p][i], (enum program)p);
	return s;
}

void sandbox_free(struct sandbox *s)
{
	if (!s)
		return;
	for (int p = 0; p < PROGRAMS; p++)
		for (int i = 0; i < s->workers; i++)
			if (s->pools[p][i].pid)
				worker_stop(s, &s->pools[p][i], NULL);
	pthread_cond_destroy(&s->freed);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

struct sandbox_status sandbox_status(struct sandbox *s)
{
	struct sandbox_status status;
	struct worker_process *w;
	enum sandbox_end end;
	bool known;

	pthread_mutex_lock(&s->lock);
	known = s->known;
	pthread_mutex_unlock(&s->lock);
	w = known ? NULL : worker_take(s, PROGRAM_IMAGE, s->seconds);
	if (w) {
		if (worker_greet(s, w, PROGRAM_IMAGE, &end) != OK)
			log_line(LOG_ERROR, "", "sandbox_status", "no worker could be started");
		worker_give_back(s, w);
	}
	pthread_mutex_lock(&s->lock);
	status = s->status;
	pthread_mutex_unlock(&s->lock);
	return status;
}
