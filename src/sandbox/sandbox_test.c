#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "sandbox/cage.h"
#include "sandbox/client.h"
#include "sandbox/children_test.h"
#include "sandbox/sandbox_messages.h"

/* This program under another name, so that the worker knows what to play. */
static const char *program(struct arena *a, const char *name)
{
	char folder[] = "/tmp/hoctap-sandbox-XXXXXX", self[4096] = "";
	const char *path;

	CHECK(mkdtemp(folder) && readlink("/proc/self/exe", self, sizeof self - 1) > 0);
	path = arena_format(a, "%s/%s", folder, name);
	CHECK_INT(0, symlink(self, path));
	return path;
}

static void program_remove(const char *path)
{
	char folder[256];

	unlink(path);
	snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
	rmdir(folder);
}

struct mock {
	struct arena *arena;
	const char *program;
	struct sandbox *sandbox;
};

static struct mock mock_new(const char *name, struct sandbox_config config)
{
	struct mock m = { .arena = arena_new(64 * MiB) };

	m.program = config.program = program(m.arena, name);
	m.sandbox = sandbox_new(&config);
	return m;
}

static void mock_free(struct mock *m)
{
	sandbox_free(m->sandbox);
	program_remove(m->program);
	arena_free(m->arena);
}

static enum sandbox_end tell(struct mock *m, const char *what, struct bytes *answer)
{
	struct sandbox_job job = { .input = { what, strlen(what) }, .answer_max = 1024 };
	enum sandbox_end end;

	CHECK_OUTCOME(OK, sandbox_call(m->sandbox, m->arena, &job, &end, answer));
	return end;
}

static int tell_int(struct mock *m, const char *what)
{
	struct bytes answer;
	int value;

	CHECK_INT(SANDBOX_ANSWERED, tell(m, what, &answer));
	CHECK_INT(sizeof value, answer.len);
	memcpy(&value, answer.ptr, sizeof value);
	return value;
}

static double ms_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* --- the cage ----------------------------------------------------------------------------------------------------------- */

TEST(sandbox, a_locked_process_can_neither_open_connect_start_signal_nor_write_code)
{
	static const int expected[] = { [PROBE_SUCCEEDS] = 0, [PROBE_TRAPPED] = CAGE_TRAPPED, [PROBE_REFUSED] = EACCES,
		[PROBE_NO_MEMORY] = ENOMEM };

	for (size_t i = 0; i < sandbox_n_probes; i++) {
		const struct probe *p = &sandbox_probes[i];
		int status = child_run(NULL, (const char *const[]){ "--cage-probe", "all", p->name, NULL }, BYTES(""), NULL);

		if (status != expected[p->end])
			fail_msg("%s: %d", p->name, status);
	}
}

TEST(sandbox, each_lock_holds_alone)
{
	const char *const free_open[] = { "--cage-probe", "none", "open", NULL };
	const char *const landlock_open[] = { "--cage-probe", "landlock", "open", NULL };
	const char *const landlock_create[] = { "--cage-probe", "landlock", "create", NULL };
	const char *const landlock_exec[] = { "--cage-probe", "landlock", "exec", NULL };
	const char *const seccomp_open[] = { "--cage-probe", "seccomp", "open", NULL };
	const char *const seccomp_exec[] = { "--cage-probe", "seccomp", "exec", NULL };
	bool landlock = syscall(SYS_landlock_create_ruleset, NULL, 0, 1) > 0;

	CHECK_INT(0, child_run(NULL, free_open, BYTES(""), NULL));
	if (landlock) {
		CHECK_INT(EACCES, child_run(NULL, landlock_open, BYTES(""), NULL));
		CHECK_INT(EACCES, child_run(NULL, landlock_create, BYTES(""), NULL));
		CHECK_INT(EACCES, child_run(NULL, landlock_exec, BYTES(""), NULL));
	}
	CHECK_INT(EACCES, child_run(NULL, seccomp_open, BYTES(""), NULL));
	CHECK_INT(CAGE_TRAPPED, child_run(NULL, seccomp_exec, BYTES(""), NULL));
}

/* --- workers ------------------------------------------------------------------------------------------------------------ */

TEST(sandbox, a_crash_costs_one_file_and_the_next_one_is_read)
{
	static const char *const ways[] = { "CRASH", "KILL", "ABORT", "TRAP" };
	struct mock m = mock_new("mock", (struct sandbox_config){ .workers = 1 });
	struct bytes answer;

	for (size_t i = 0; i < COUNT(ways); i++) {
		int pid = tell_int(&m, "PID");

		CHECK_INT(SANDBOX_DIED, tell(&m, ways[i], &answer));
		CHECK_INT(0, answer.len);
		CHECK(tell_int(&m, "PID") != pid);
		CHECK(kill(pid, 0) != 0 && errno == ESRCH);      /* and nothing of it is left */
	}
	CHECK_INT(COUNT(ways), sandbox_status(m.sandbox).died);
	CHECK_INT(1, sandbox_status(m.sandbox).workers);
	mock_free(&m);
}

TEST(sandbox, the_wall_clock_kills_a_worker_that_only_sleeps)
{
	struct mock m = mock_new("mock", (struct sandbox_config){ .workers = 1, .seconds = 1 });
	struct bytes answer;
	int pid = tell_int(&m, "PID");
	double begun = ms_now();

	CHECK_INT(SANDBOX_TOO_SLOW, tell(&m, "HANG", &answer));
	CHECK(ms_now() - begun > 900 && ms_now() - begun < 5000);
	CHECK(kill(pid, 0) != 0);
	CHECK_INT(1, sandbox_status(m.sandbox).too_slow);
	CHECK_INT(SANDBOX_ANSWERED, tell(&m, "x", &answer));
	mock_free(&m);
}

TEST(sandbox, a_worker_killed_while_idle_is_not_the_files_fault)
{
	struct mock m = mock_new("mock", (struct sandbox_config){ .workers = 1 });
	struct bytes answer;

	CHECK_INT(0, kill(tell_int(&m, "PID"), SIGKILL));
	CHECK_INT(SANDBOX_ANSWERED, tell(&m, "x", &answer));
	CHECK_INT(0, sandbox_status(m.sandbox).died);
	mock_free(&m);
}

TEST(sandbox, workers_are_renewed_after_so_many_jobs)
{
	struct mock m = mock_new("mock", (struct sandbox_config){ .workers = 1 });
	int pid = tell_int(&m, "PID"), changes = 0;

	for (int i = 1; i < 450; i++) {
		int next = tell_int(&m, "PID");

		changes += next != pid;
		pid = next;
	}
	CHECK_INT(2, changes);           /* after 200 and 400 */
	CHECK_INT(2, sandbox_status(m.sandbox).renewed);
	CHECK_INT(450, sandbox_status(m.sandbox).jobs);
	mock_free(&m);
}

TEST(sandbox, a_worker_gets_no_descriptor_and_no_environment_of_ours)
{
	struct arena *a = arena_new(1 * MiB);
	int leaky = open("/etc/passwd", O_RDONLY);       /* no O_CLOEXEC */
	struct mock m = mock_new("mock", (struct sandbox_config){ .workers = 1 });

	CHECK(leaky >= 0);
	CHECK_INT(5, tell_int(&m, "DESCRIPTORS"));       /* 0, 1, 2, the socket, this job's input */
	CHECK_INT(0, tell_int(&m, "ENVIRONMENT"));
	close(leaky);
	mock_free(&m);
	arena_free(a);
}

TEST(sandbox, nothing_a_worker_says_is_believed)
{
	struct mock m = mock_new("mock", (struct sandbox_config){ .workers = 1 });
	struct bytes answer;

	CHECK_INT(SANDBOX_DIED, tell(&m, "ENDLESS", &answer));
	CHECK_INT(SANDBOX_DIED, tell(&m, "PIECES", &answer));    /* nobody takes them */
	CHECK_INT(IMAGE_READER_DIED, image_of(m.sandbox, m.arena, BYTES("GIANT")).kind);
	CHECK_INT(IMAGE_READER_DIED, image_of(m.sandbox, m.arena, BYTES("PAGE")).kind);
	CHECK_INT(IMAGE_READER_DIED, image_of(m.sandbox, m.arena, BYTES("short")).kind);
	CHECK_INT(SANDBOX_ANSWERED, tell(&m, "x", &answer));
	mock_free(&m);
}

struct collected {
	struct buf text;
	enum outcome say;
};

static enum outcome collect(void *state, struct bytes piece)
{
	struct collected *c = state;

	buf_add(&c->text, piece.ptr, piece.len);
	return c->say;
}

TEST(sandbox, pieces_come_before_the_answer_and_a_descriptor_may_be_the_input)
{
	struct mock m = mock_new("mock", (struct sandbox_config){ .workers = 1 });
	struct collected got = { .text = BUF(m.arena), .say = OK };
	int fd = memfd_create("input", MFD_CLOEXEC), pid = tell_int(&m, "PID");
	struct sandbox_job job = { .fd = fd, .answer_max = 10, .take = collect, .state = &got };
	struct bytes answer;
	enum sandbox_end end;

	CHECK_INT(6, write(fd, "PIECES", 6));
	CHECK_OUTCOME(OK, sandbox_call(m.sandbox, m.arena, &job, &end, &answer));
	CHECK_INT(SANDBOX_ANSWERED, end);
	CHECK_TEXT("abc", buf_cstr(&got.text));
	CHECK(answer.len == 6 && !memcmp(answer.ptr, "PIECES", 6));
	CHECK_INT(pid, tell_int(&m, "PID"));
	got.say = INVALID;               /* the taker has had enough: its outcome is ours, and the worker is given up */
	CHECK_OUTCOME(INVALID, sandbox_call(m.sandbox, m.arena, &job, &end, &answer));
	CHECK(pid != tell_int(&m, "PID"));
	close(fd);
	mock_free(&m);
}

TEST(sandbox, without_seccomp_nothing_is_read)
{
	struct mock m = mock_new("unlocked", (struct sandbox_config){ .workers = 1 });
	struct image_result image = image_of(m.sandbox, m.arena, BYTES("\xff\xd8\xff"));

	CHECK_INT(IMAGE_CLOSED, image.kind);
	CHECK(!sandbox_status(m.sandbox).open);
	CHECK_HAS(sandbox_message(m.arena, &image, "a.jpg"), "“a.jpg” chưa nhận được");
	mock_free(&m);
}

TEST(sandbox, a_worker_that_cannot_start_is_a_failure_of_the_world)
{
	struct mock m = mock_new("mute", (struct sandbox_config){ .workers = 1 });
	struct sandbox *missing = sandbox_new(&(struct sandbox_config){ .program = "/nonexistent/hoctap" });
	struct image_result image;

	CHECK_OUTCOME(FAILED, sandbox_image(m.sandbox, m.arena, BYTES("x"), &image));
	CHECK_OUTCOME(FAILED, sandbox_image(missing, m.arena, BYTES("x"), &image));
	CHECK(!sandbox_status(missing).open);
	CHECK_INT(0, sandbox_status(missing).workers);
	sandbox_free(missing);
	mock_free(&m);
}

/* --- threads ------------------------------------------------------------------------------------------------------------- */

struct caller {
	struct sandbox *sandbox;
	struct bytes file;
	bool photo;
	int wrong;
};

/* Each 4th call of a mock crashes its worker, perhaps while the other threads wait for it. */
static bool call_once(struct caller *c, struct arena *a, int turn)
{
	bool crash = turn % 4 == 3;
	struct sandbox_job job = { .input = crash ? BYTES("CRASH") : c->file, .answer_max = 64 };
	struct image_result image;
	enum sandbox_end end;
	struct bytes answer;

	if (c->photo)
		return sandbox_image(c->sandbox, a, c->file, &image) == OK && image.kind == IMAGE_CLEAN && image.width == 480;
	if (sandbox_call(c->sandbox, a, &job, &end, &answer) != OK || end != (crash ? SANDBOX_DIED : SANDBOX_ANSWERED))
		return false;
	return crash || (answer.len == c->file.len && !memcmp(answer.ptr, c->file.ptr, answer.len));
}

static void *call_often(void *state)
{
	struct caller *c = state;
	struct arena *a = arena_new(16 * MiB);

	for (int i = 0; i < 8; i++) {
		c->wrong += !call_once(c, a, i);
		arena_reset(a);
	}
	arena_free(a);
	return NULL;
}

static void four_threads(struct caller *callers)
{
	pthread_t threads[4];

	for (int i = 0; i < 4; i++)
		CHECK_INT(0, pthread_create(&threads[i], NULL, call_often, &callers[i]));
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		CHECK_INT(0, callers[i].wrong);
	}
}

TEST(sandbox, four_threads_share_two_workers)
{
	struct arena *a = arena_new(64 * MiB);
	struct sandbox *s = real_sandbox((struct sandbox_config){ .jobs = 5 });
	struct caller c = { s, fixture(a, "place.jpg"), true, 0 };

	four_threads((struct caller[]){ c, c, c, c });
	CHECK_INT(32, sandbox_status(s).jobs);
	CHECK_INT(0, sandbox_status(s).died);
	sandbox_free(s);
	arena_free(a);
}

TEST(sandbox, each_of_four_threads_gets_its_own_answer_while_workers_die)
{
	struct mock m = mock_new("mock", (struct sandbox_config){ .jobs = 3 });
	struct caller c[] = { { m.sandbox, BYTES("one"), false, 0 }, { m.sandbox, BYTES("two"), false, 0 },
		{ m.sandbox, BYTES("three"), false, 0 }, { m.sandbox, BYTES("four"), false, 0 } };

	four_threads(c);
	CHECK_INT(32, sandbox_status(m.sandbox).jobs);
	CHECK_INT(8, sandbox_status(m.sandbox).died);
	CHECK_INT(2, sandbox_status(m.sandbox).workers);
	mock_free(&m);
}
