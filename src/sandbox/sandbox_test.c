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
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vips/vips.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "sandbox/cage.h"
#include "sandbox/client.h"
#include "sandbox/pdfscan.h"
#include "sandbox/sandbox_messages.h"
#include "sandbox/wire.h"
#include "sandbox/worker.h"

/* libvips must not run in this process (it would be forked from): what needs it, and what a locked process does, happens in children:
 * this same program again, sent here by main(). Never for ordinary arguments, which are names of test groups. */
int sandbox_test_child(char **argv);

#define BYTES(text) ((struct bytes){ (text), sizeof(text) - 1 })

/* --- children: a worker that does as it is told ------------------------------------------------------------------------ */

static bool told(const struct worker_job *job, const char *word)
{
	return job->input.len >= strlen(word) && !memcmp(job->input.ptr, word, strlen(word));
}

static void answer_int(struct worker *w, int value)
{
	worker_end(w, &(struct bytes){ &value, sizeof value }, 1);
}

static int count_descriptors(void)
{
	int n = 0;

	for (int fd = 0; fd < 64; fd++)
		n += lseek(fd, 0, SEEK_CUR) >= 0 || errno != EBADF;
	return n;
}

static void mock_read(struct worker *w, const struct worker_job *job)
{
	const struct wire_frame endless = { WIRE_END, UINT32_MAX };
	const struct wire_image giant = { .kind = IMAGE_CLEAN, .width = 30000, .height = 1, .clean = 4, .thumb = 4 };
	const struct bytes lie[] = { { &giant, sizeof giant }, BYTES("\xff\xd8\xff\xe0"), BYTES("\xff\xd8\xff\xe0") };
	const struct bytes page[] = { { &(struct wire_image){ .kind = IMAGE_CLEAN, .width = 9, .height = 9, .clean = 4, .thumb = 4 },
		sizeof(struct wire_image) }, BYTES("<htm"), BYTES("<htm") };

	if (told(job, "CRASH"))
		raise(SIGSEGV);
	if (told(job, "KILL"))
		raise(SIGKILL);
	if (told(job, "ABORT"))
		abort();
	if (told(job, "TRAP"))
		syscall(SYS_getppid);
	while (told(job, "HANG"))
		sleep(1);
	if (told(job, "PIECES"))
		for (int i = 0; i < 3; i++)
			worker_piece(w, (struct bytes){ "abc" + i, 1 });
	if (told(job, "ENDLESS") && write(SANDBOX_WORKER_FD, &endless, sizeof endless) < 0)
		_exit(1);
	if (told(job, "PID"))
		answer_int(w, getpid());
	else if (told(job, "DESCRIPTORS"))
		answer_int(w, count_descriptors());
	else if (told(job, "ENVIRONMENT"))
		answer_int(w, getenv("PATH") || getenv("HOME") || getenv("PGPASSWORD"));
	else if (told(job, "GIANT"))
		worker_end(w, lie, 3);
	else if (told(job, "PAGE"))
		worker_end(w, page, 3);
	else
		worker_end(w, &job->input, 1);
}

/* Which worker it plays is the name under which it was started. */
static int worker_child(const char *program)
{
	const struct wire_frame frame = { WIRE_HELLO, sizeof(struct wire_hello) };
	const struct wire_hello unlocked = { 0 };
	const char *slash = strrchr(program, '/'), *name = slash ? slash + 1 : program;

	if (!strcmp(name, "mock"))
		worker_run(SANDBOX_WORKER_FD, mock_read);
	if (!strcmp(name, "unlocked"))
		return write(SANDBOX_WORKER_FD, &frame, sizeof frame) < 0 || write(SANDBOX_WORKER_FD, &unlocked, sizeof unlocked) < 0;
	if (!strcmp(name, "mute"))
		return 0;
	return image_worker_main(SANDBOX_WORKER_FD);
}

/* --- children: what a locked process may not do ------------------------------------------------------------------------- */

static int probe_open(void) { return open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0 ? 0 : errno; }
static int probe_create(void) { return open("/tmp/hoctap-cage-probe", O_CREAT | O_WRONLY | O_CLOEXEC, 0600) >= 0 ? 0 : errno; }
static int probe_stat(void) { return stat("/etc/passwd", &(struct stat){ 0 }) == 0 ? 0 : errno; }
static int probe_socket(void) { return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 0 : errno; }
static int probe_fork(void) { return fork() >= 0 ? 0 : errno; }
static int probe_kill(void) { return kill(getppid(), 0) == 0 ? 0 : errno; }
static int probe_signal(void) { return syscall(SYS_tgkill, 1, 1, 0) == 0 ? 0 : errno; }
static int probe_namespace(void) { return syscall(SYS_unshare, 0x10000000) == 0 ? 0 : errno; }
static int probe_bpf(void) { return syscall(SYS_bpf, 0, NULL, 0) == 0 ? 0 : errno; }
static int probe_nothing(void) { return 0; }

static int probe_exec(void)
{
	execl("/bin/true", "true", (char *)NULL);
	return errno;
}

static int probe_code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED ? 0 : errno;
}

static int probe_make_code(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0 ? 0 : errno;
}

static int probe_memory(void)
{
	return mmap(NULL, 2048 * MiB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED ? 0 : errno;
}

static void *nobody(void *state)
{
	return state;
}

static int probe_thread(void)
{
	pthread_t t;
	int bad = pthread_create(&t, NULL, nobody, NULL);

	return bad ? bad : pthread_join(t, NULL);
}

static const struct probe { const char *name; int (*run)(void); int allowed_error; } probes[] = {
	{ "open", probe_open, EACCES }, { "create", probe_create, EACCES }, { "stat", probe_stat, EACCES },
	{ "code", probe_code, EACCES }, { "make-code", probe_make_code, EACCES }, { "memory", probe_memory, ENOMEM },
	{ "socket", probe_socket, 0 }, { "fork", probe_fork, 0 }, { "exec", probe_exec, 0 }, { "kill", probe_kill, 0 },
	{ "signal", probe_signal, 0 }, { "namespace", probe_namespace, 0 }, { "bpf", probe_bpf, 0 },
	{ "nothing", probe_nothing, -1 }, { "thread", probe_thread, -1 },
};

/* --cage-probe LOCK NAME: the errno of the attempt as exit status (0: it succeeded), or CAGE_TRAPPED. */
static int probe_child(const char *lock, const char *name)
{
	cage_no_new_privs();
	if (!strcmp(lock, "landlock"))
		cage_landlock();
	else if (!strcmp(lock, "seccomp") && !cage_seccomp())
		return 98;
	else if (!strcmp(lock, "all") && !cage_lock().seccomp)
		return 98;
	for (size_t i = 0; i < COUNT(probes); i++)
		if (!strcmp(probes[i].name, name))
			_exit(probes[i].run());
	return 97;
}

/* --- children: pictures ------------------------------------------------------------------------------------------------- */

/* A red upper left quarter on blue; what is asked for besides. */
static VipsImage *picture(int width, int height, int bands)
{
	VipsImage *whole = NULL, *typed = NULL;
	double blue[4] = { 0, 0, 255, 255 }, red[4] = { 255, 0, 0, 255 };

	if (vips_black(&whole, width, height, "bands", bands, NULL) || vips_linear(whole, &typed, (double[]){ 1, 1, 1, 1 }, blue, bands,
		"uchar", TRUE, NULL))
		exit(1);
	g_object_unref(whole);
	whole = vips_image_copy_memory(typed);
	g_object_unref(typed);
	vips_copy(whole, &typed, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
	whole = vips_image_copy_memory(typed);
	if (vips_draw_rect(whole, red, bands, 0, 0, width / 2, height / 2, "fill", TRUE, NULL))
		exit(1);
	return whole;
}

static VipsImage *noise(int width, int height)
{
	VipsImage *at[3] = { 0 }, *out = NULL, *bytes = NULL;

	for (int i = 0; i < 3; i++)
		if (vips_perlin(&at[i], width, height, "cell_size", 64 << i, "seed", i, NULL))
			exit(1);
	if (vips_bandjoin(at, &out, 3, NULL) || vips_linear1(out, &bytes, 127, 127, "uchar", TRUE, NULL))
		exit(1);
	vips_copy(bytes, &out, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
	return out;
}

static int fixture_child(const char *name)
{
	VipsImage *im = NULL, *next = NULL;
	void *bytes = NULL;
	size_t len = 0;
	int bad = 1;

	if (vips_init("fixture"))
		return 1;
	if (!strcmp(name, "place.jpg")) {
		im = picture(640, 480, 3);
		vips_image_set_string(im, "exif-ifd0-Orientation", "6 (Right-top, Short, 1 components, 2 bytes)");
		vips_image_set_int(im, "orientation", 6);
		vips_image_set_string(im, "exif-ifd0-Make", "SECRETCAMERA (SECRETCAMERA, ASCII, 13 components, 13 bytes)");
		vips_image_set_string(im, "exif-ifd3-GPSLatitude", "10/1 33/1 0/1 (10, 33, 0, Rational, 3 components, 24 bytes)");
		bad = vips_jpegsave_buffer(im, &bytes, &len, NULL);
	} else if (!strcmp(name, "large.jpg")) {
		bad = vips_jpegsave_buffer(noise(4000, 3000), &bytes, &len, "Q", 88, NULL);
	} else if (!strcmp(name, "wide.jpg")) {
		bad = vips_icc_transform(picture(300, 200, 3), &im, "p3", "input_profile", "srgb", NULL) ||
		      vips_jpegsave_buffer(im, &bytes, &len, "Q", 95, "subsample_mode", VIPS_FOREIGN_SUBSAMPLE_OFF, NULL);
	} else if (!strcmp(name, "clear.png")) {
		bad = vips_linear(picture(300, 200, 4), &im, (double[]){ 1, 1, 1, 0 }, (double[]){ 0, 0, 0, 0 }, 4, "uchar", TRUE, NULL) ||
		      vips_pngsave_buffer(im, &bytes, &len, NULL);
	} else if (!strcmp(name, "deep.png")) {
		bad = vips_black(&next, 300, 200, "bands", 2, NULL) || vips_cast_ushort(next, &im, NULL) ||
		      vips_copy(im, &next, "interpretation", VIPS_INTERPRETATION_GREY16, NULL) ||
		      vips_pngsave_buffer(next, &bytes, &len, "bitdepth", 16, NULL);
	} else if (!strcmp(name, "strip.png")) {
		bad = vips_pngsave_buffer(picture(1, 30000, 3), &bytes, &len, NULL);
	} else if (!strcmp(name, "photo.webp")) {
		bad = vips_webpsave_buffer(picture(2400, 1200, 3), &bytes, &len, NULL);
	} else if (!strcmp(name, "photo.heic")) {
		bad = vips_heifsave_buffer(picture(640, 480, 3), &bytes, &len, "compression", VIPS_FOREIGN_HEIF_COMPRESSION_HEVC, NULL);
	}
	return bad || write(STDOUT_FILENO, bytes, len) != (ssize_t)len;
}

/* stdin is a JPEG: "WIDTHxHEIGHT bands=N fields=N at=R,G,B at=…" for the middles of its four quarters. */
static int look_child(void)
{
	static char in[8 * 1024 * 1024];
	ssize_t n = read(STDIN_FILENO, in, sizeof in);
	VipsImage *im = NULL;
	double *at = NULL;
	char **fields;
	int meta = 0, bands = 0;

	if (vips_init("look") || n <= 0 || vips_jpegload_buffer(in, (size_t)n, &im, "fail_on", VIPS_FAIL_ON_WARNING, NULL))
		return 1;
	fields = vips_image_get_fields(im);
	for (; *fields; fields++)
		meta += !strncmp(*fields, "exif", 4) || !strncmp(*fields, "xmp", 3) || !strncmp(*fields, "icc", 3) ||
			!strncmp(*fields, "iptc", 4) || !strcmp(*fields, "orientation");
	dprintf(STDOUT_FILENO, "%dx%d bands=%d fields=%d", im->Xsize, im->Ysize, im->Bands, meta);
	for (int q = 0; q < 4; q++) {
		if (vips_getpoint(im, &at, &bands, im->Xsize * (1 + q % 2 * 2) / 4, im->Ysize * (1 + q / 2 * 2) / 4, NULL) || bands != 3)
			return 1;
		dprintf(STDOUT_FILENO, " %s", at[0] > 215 && at[1] > 215 && at[2] > 215 ? "white"
			: at[0] > 215 && at[1] < 40 && at[2] < 40 ? "red" : at[0] < 40 && at[1] < 40 && at[2] > 215 ? "blue" : "other");
	}
	return 0;
}

int sandbox_test_child(char **argv)
{
	int status = 96;

	if (!strcmp(argv[1], "--image-worker"))
		status = worker_child(argv[0]);
	else if (!strcmp(argv[1], "--cage-probe"))
		status = probe_child(argv[2], argv[3]);
	else if (!strcmp(argv[1], "--fixture"))
		status = fixture_child(argv[2]);
	else if (!strcmp(argv[1], "--look"))
		status = look_child();
	_exit(status);           /* not exit: what GLib keeps for ever is not ours to report as a leak */
}

/* --- helpers ------------------------------------------------------------------------------------------------------------ */

static int child(struct arena *a, const char *const *arguments, struct bytes input, struct bytes *output)
{
	char *argv[8] = { (char *)(uintptr_t)"hoctap-tests" }, *environment[] = { NULL };
	int in = memfd_create("in", MFD_CLOEXEC), out = memfd_create("out", MFD_CLOEXEC), status;
	posix_spawn_file_actions_t files;
	pid_t pid;

	for (int i = 0; arguments[i]; i++)
		argv[i + 1] = (char *)(uintptr_t)arguments[i];
	CHECK(in >= 0 && out >= 0 && write(in, input.ptr, input.len) == (ssize_t)input.len && lseek(in, 0, SEEK_SET) == 0);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	CHECK_INT(0, posix_spawn(&pid, "/proc/self/exe", &files, NULL, argv, environment));
	posix_spawn_file_actions_destroy(&files);
	CHECK_INT(pid, waitpid(pid, &status, 0));
	if (output) {
		size_t len = (size_t)lseek(out, 0, SEEK_END);
		char *bytes = arena_alloc(a, len + 1);

		CHECK_INT(len, pread(out, bytes, len, 0));
		*output = (struct bytes){ bytes, len };
	}
	close(in);
	close(out);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static struct bytes fixture(struct arena *a, const char *name)
{
	struct bytes made;

	CHECK_INT(0, child(a, (const char *const[]){ "--fixture", name, NULL }, BYTES(""), &made));
	return made;
}

static const char *look(struct arena *a, struct bytes jpeg)
{
	struct bytes seen;

	CHECK_INT(0, child(a, (const char *const[]){ "--look", NULL }, jpeg, &seen));
	return seen.ptr;
}

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

static struct image_result read_image(struct sandbox *s, struct arena *a, struct bytes file)
{
	struct image_result image;

	CHECK_OUTCOME(OK, sandbox_image(s, a, file, &image));
	return image;
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
	for (size_t i = 0; i < COUNT(probes); i++) {
		int status = child(NULL, (const char *const[]){ "--cage-probe", "all", probes[i].name, NULL }, BYTES(""), NULL);

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
		if (probes[i].allowed_error == ENOMEM)
			continue;        /* the one lock a sanitizer lifts */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
		if (probes[i].allowed_error == ENOMEM)
			continue;
#endif
#endif
		if (status != (probes[i].allowed_error < 0 ? 0 : probes[i].allowed_error ? probes[i].allowed_error : CAGE_TRAPPED))
			fail_msg("%s: %d", probes[i].name, status);
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

	CHECK_INT(0, child(NULL, free_open, BYTES(""), NULL));
	if (landlock) {
		CHECK_INT(EACCES, child(NULL, landlock_open, BYTES(""), NULL));
		CHECK_INT(EACCES, child(NULL, landlock_create, BYTES(""), NULL));
		CHECK_INT(EACCES, child(NULL, landlock_exec, BYTES(""), NULL));
	}
	CHECK_INT(EACCES, child(NULL, seccomp_open, BYTES(""), NULL));
	CHECK_INT(CAGE_TRAPPED, child(NULL, seccomp_exec, BYTES(""), NULL));
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
	CHECK_INT(IMAGE_READER_DIED, read_image(m.sandbox, m.arena, BYTES("GIANT")).kind);
	CHECK_INT(IMAGE_READER_DIED, read_image(m.sandbox, m.arena, BYTES("PAGE")).kind);
	CHECK_INT(IMAGE_READER_DIED, read_image(m.sandbox, m.arena, BYTES("short")).kind);
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
	struct image_result image = read_image(m.sandbox, m.arena, BYTES("\xff\xd8\xff"));

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

/* --- photos ------------------------------------------------------------------------------------------------------------- */

TEST(sandbox, a_photo_comes_out_upright_without_place_or_camera)
{
	struct arena *a = arena_new(64 * MiB);
	struct sandbox *s = sandbox_new(&(struct sandbox_config){ 0 });
	struct bytes file = fixture(a, "place.jpg");
	struct image_result image = read_image(s, a, file);

	CHECK(memmem(file.ptr, file.len, "SECRETCAMERA", 12) != NULL);
	CHECK_INT(IMAGE_CLEAN, image.kind);
	CHECK_TEXT("image/jpeg", image.type);
	CHECK_INT(480, image.width);
	CHECK_INT(640, image.height);
	CHECK_INT(file.len, image.size);
	CHECK(!memmem(image.clean.ptr, image.clean.len, "SECRETCAMERA", 12) && !memmem(image.clean.ptr, image.clean.len, "Exif", 4));
	CHECK_TEXT("480x640 bands=3 fields=0 blue red blue blue", look(a, image.clean));
	CHECK_TEXT("300x400 bands=3 fields=0 blue red blue blue", look(a, image.thumb));
	CHECK(sandbox_status(s).open);
	CHECK_INT(2, sandbox_status(s).workers);
	sandbox_free(s);
	arena_free(a);
}

TEST(sandbox, every_kind_of_photo_becomes_a_small_srgb_jpeg)
{
	static const struct { const char *name, *clean, *thumb; } files[] = {
		{ "photo.webp", "2000x1000 bands=3 fields=0 red blue blue blue", "400x200 bands=3 fields=0 red blue blue blue" },
		{ "photo.heic", "640x480 bands=3 fields=0 red blue blue blue", "400x300 bands=3 fields=0 red blue blue blue" },
		{ "wide.jpg", "300x200 bands=3 fields=0 red blue blue blue", "300x200 bands=3 fields=0 red blue blue blue" },
		{ "clear.png", "300x200 bands=3 fields=0 white white white white", "300x200 bands=3 fields=0 white white white white" },
		{ "deep.png", "300x200 bands=3 fields=0 white white white white", "300x200 bands=3 fields=0 white white white white" },
	};
	struct sandbox *s = sandbox_new(&(struct sandbox_config){ 0 });
	struct arena *a = arena_new(64 * MiB);

	for (size_t i = 0; i < COUNT(files); i++) {
		struct image_result image = read_image(s, a, fixture(a, files[i].name));

		if (image.kind != IMAGE_CLEAN)
			fail_msg("%s: %d", files[i].name, image.kind);
		CHECK_TEXT(files[i].clean, look(a, image.clean));
		CHECK_TEXT(files[i].thumb, look(a, image.thumb));
	}
	sandbox_free(s);
	arena_free(a);
}

TEST(sandbox, a_strip_one_pixel_wide_stays_a_picture)
{
	struct arena *a = arena_new(64 * MiB);
	struct sandbox *s = sandbox_new(&(struct sandbox_config){ 0 });
	struct image_result image = read_image(s, a, fixture(a, "strip.png"));

	CHECK_INT(IMAGE_CLEAN, image.kind);
	CHECK_INT(1, image.width);
	CHECK_INT(2000, image.height);
	sandbox_free(s);
	arena_free(a);
}

/* A PNG chunk; the checksum is real. */
static void chunk(struct buf *b, const char *type, const void *data, size_t len)
{
	unsigned char word[4] = { (unsigned char)(len >> 24), (unsigned char)(len >> 16), (unsigned char)(len >> 8), (unsigned char)len };
	uLong crc = crc32(crc32(0, (const Bytef *)type, 4), data, (uInt)len);

	buf_add(b, word, 4);
	buf_text(b, type);
	buf_add(b, data, len);
	for (int i = 0; i < 4; i++)
		word[i] = (unsigned char)(crc >> (24 - 8 * i));
	buf_add(b, word, 4);
}

/* All black, of any size: one row packed, and its packed form once for every row (a full flush lets them be set in a row). */
static struct bytes black_png(struct arena *a, uint32_t side)
{
	static unsigned char row[30001], packed[4096];
	struct buf file = BUF(a), data = BUF(a);
	unsigned char head[13] = { (unsigned char)(side >> 24), (unsigned char)(side >> 16), (unsigned char)(side >> 8), (unsigned char)side,
		(unsigned char)(side >> 24), (unsigned char)(side >> 16), (unsigned char)(side >> 8), (unsigned char)side, 8, 0, 0, 0, 0 };
	z_stream z = { 0 };
	uLong adler = 1, one = adler32(1, row, side + 1);
	size_t n;

	CHECK_INT(Z_OK, deflateInit2(&z, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY));
	z.next_in = row;
	z.avail_in = side + 1;
	z.next_out = packed;
	z.avail_out = sizeof packed;
	CHECK_INT(Z_OK, deflate(&z, Z_FULL_FLUSH));
	n = sizeof packed - z.avail_out;
	deflateEnd(&z);
	buf_add(&data, "\x78\xda", 2);
	for (uint32_t i = 0; i < side; i++) {
		buf_add(&data, packed, n);
		adler = adler32_combine(adler, one, (z_off_t)side + 1);
	}
	buf_add(&data, "\x03\x00", 2);
	for (int i = 0; i < 4; i++)
		buf_char(&data, (char)(adler >> (24 - 8 * i)));
	buf_add(&file, "\x89PNG\r\n\x1a\n", 8);
	chunk(&file, "IHDR", head, sizeof head);
	chunk(&file, "IDAT", data.ptr, data.len);
	chunk(&file, "IEND", "", 0);
	CHECK(!file.failed && !data.failed);
	return buf_bytes(&file);
}

TEST(sandbox, a_picture_of_900_million_pixels_is_refused_from_its_header)
{
	struct arena *a = arena_new(64 * MiB);
	struct sandbox *s = sandbox_new(&(struct sandbox_config){ 0 });
	struct bytes bomb = black_png(a, 30000);
	struct image_result image = read_image(s, a, black_png(a, 7000));
	double begun = ms_now();

	CHECK_INT(IMAGE_CLEAN, image.kind);      /* 49 million are not too many: the bomb is made well */
	begun = ms_now();
	image = read_image(s, a, bomb);
	CHECK(ms_now() - begun < 1000);
	CHECK_INT(IMAGE_TOO_MANY_PIXELS, image.kind);
	CHECK_INT(0, image.clean.len + image.thumb.len);
	sandbox_free(s);
	arena_free(a);
}

TEST(sandbox, what_is_cut_off_or_broken_or_no_picture_says_so)
{
	static const char *const names[] = { "place.jpg", "clear.png", "photo.webp", "photo.heic" };
	struct arena *a = arena_new(64 * MiB);
	struct sandbox *s = sandbox_new(&(struct sandbox_config){ 0 });
	struct bytes file;
	char *broken;

	for (size_t i = 0; i < COUNT(names); i++) {
		file = fixture(a, names[i]);
		for (size_t part = 1; part <= 3; part++)
			if (read_image(s, a, (struct bytes){ file.ptr, file.len - file.len * part / 10 - 3 }).kind != IMAGE_TRUNCATED)
				fail_msg("%s without %zu tenths", names[i], part);
	}
	file = fixture(a, "clear.png");
	broken = (char *)(uintptr_t)arena_bytes(a, file).ptr;
	memset(broken + file.len / 2, 0x55, 20);
	CHECK_INT(IMAGE_DAMAGED, read_image(s, a, (struct bytes){ broken, file.len }).kind);
	CHECK_INT(IMAGE_NOT_AN_IMAGE, read_image(s, a, BYTES("\x7f" "ELF\x02\x01\x01")).kind);
	CHECK_INT(IMAGE_NOT_AN_IMAGE, read_image(s, a, BYTES("MZ\x90\x00\x03 This program cannot be run in DOS mode")).kind);
	CHECK_INT(IMAGE_NOT_AN_IMAGE, read_image(s, a, BYTES("GIF89a\x01\x00\x01\x00\x00\x00\x00;")).kind);
	CHECK_INT(IMAGE_NOT_AN_IMAGE, read_image(s, a, BYTES("<svg xmlns='http://www.w3.org/2000/svg'/>")).kind);
	CHECK_INT(IMAGE_NOT_AN_IMAGE, read_image(s, a, BYTES("\x89PNG")).kind);
	CHECK_INT(IMAGE_EMPTY, read_image(s, a, BYTES("")).kind);
	CHECK_INT(IMAGE_TOO_LARGE, read_image(s, a, (struct bytes){ arena_alloc(a, IMAGE_INPUT_MAX + 1), IMAGE_INPUT_MAX + 1 }).kind);
	CHECK_INT(0, sandbox_status(s).died);
	sandbox_free(s);
	arena_free(a);
}

struct caller {
	struct sandbox *sandbox;
	struct bytes file;
	int wrong;
};

static void *call_often(void *state)
{
	struct caller *c = state;
	struct arena *a = arena_new(16 * MiB);

	for (int i = 0; i < 8; i++) {
		struct image_result image;

		if (sandbox_image(c->sandbox, a, c->file, &image) != OK || image.kind != IMAGE_CLEAN || image.width != 480)
			c->wrong++;
		arena_reset(a);
	}
	arena_free(a);
	return NULL;
}

TEST(sandbox, four_threads_share_two_workers)
{
	struct arena *a = arena_new(64 * MiB);
	struct sandbox *s = sandbox_new(&(struct sandbox_config){ .jobs = 5 });
	struct caller callers[4];
	pthread_t threads[4];

	for (int i = 0; i < 4; i++)
		callers[i] = (struct caller){ s, fixture(a, "place.jpg"), 0 };
	for (int i = 0; i < 4; i++)
		CHECK_INT(0, pthread_create(&threads[i], NULL, call_often, &callers[i]));
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		CHECK_INT(0, callers[i].wrong);
	}
	CHECK_INT(32, sandbox_status(s).jobs);
	CHECK_INT(0, sandbox_status(s).died);
	sandbox_free(s);
	arena_free(a);
}

/* --- PDF ---------------------------------------------------------------------------------------------------------------- */

#define PDF_BEFORE "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R "
#define PDF_AFTER ">>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
#define PDF(catalog) BYTES(PDF_BEFORE catalog PDF_AFTER)

TEST(sandbox, a_pdf_with_more_than_pages_is_refused)
{
	const struct { struct bytes file; enum image_kind kind; } files[] = {
		{ PDF(""), PDF_CLEAN },
		{ PDF("/OpenAction [3 0 R /XYZ null null 0] "), PDF_CLEAN },             /* LibreOffice */
		{ PDF("/OpenAction[3 0 R /Fit]"), PDF_CLEAN },
		{ PDF("/OpenAction 5 0 R "), PDF_OPENS },
		{ PDF("/OpenAction << /S /URI /URI (http://a.vn) >>"), PDF_OPENS },
		{ PDF("/Names << /JavaScript 4 0 R >>"), PDF_SCRIPT },
		{ PDF("/A << /S /J#61va#53cript >>"), PDF_SCRIPT },
		{ PDF("/A << /S/Rendition/JS(x)>>"), PDF_SCRIPT },
		{ PDF("/A << /JS (x) >>"), PDF_SCRIPT },
		{ PDF("/AcroForm << /XFA [] >>"), PDF_SCRIPT },
		{ PDF("/JSON /JavaScripts /Launcher /Enc /EFG /XFAX "), PDF_CLEAN },     /* only whole names */
		{ PDF("/A << /S /Launch >>"), PDF_LAUNCH },
		{ PDF("/Encrypt 7 0 R "), PDF_LOCKED },
		{ PDF("/Names << /EmbeddedFiles 4 0 R >>"), PDF_ATTACHMENT },
		{ PDF("/F << /Type /Filespec /EF << /F 8 0 R >> >>"), PDF_ATTACHMENT },
		{ BYTES("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"), PDF_TRUNCATED },
		{ PDF(">> endobj 3 0 obj << /Length 9 >> stream\n/JS /EF x\nendstream endobj 4 0 obj <<"), PDF_CLEAN },        /* data, by chance */
		{ PDF(">> endobj 3 0 obj << /Length 9 >> stream\n4 0 obj << /S /JavaScript >>\nendstream endobj 4 0 obj <<"), PDF_SCRIPT },
		{ PDF(">> endobj 3 0 obj << /Type /ObjStm /Filter /LZWDecode >> stream\nxxx\nendstream endobj 4 0 obj <<"), PDF_UNREADABLE },
		{ PDF(">> endobj 3 0 obj << /Filter /LZWDecode >> stream\nxxx\nendstream endobj 4 0 obj <<"), PDF_CLEAN },
	};

	for (size_t i = 0; i < COUNT(files); i++) {
		CHECK(pdf_begins(files[i].file));
		if (pdf_scan(files[i].file) != files[i].kind)
			fail_msg("%zu: %d, not %d", i, pdf_scan(files[i].file), files[i].kind);
	}
	CHECK(!pdf_begins(BYTES("%PDF-")) && !pdf_begins(BYTES("\n%PDF-1.7")) && !pdf_begins(BYTES("")));
}

/* A PDF with one stream: `text` and then `zeros` blanks, packed. */
static struct bytes pdf_with_stream(struct arena *a, const char *dictionary, const char *text, size_t blanks)
{
	size_t len = strlen(text) + blanks;
	uLongf packed_len = compressBound(len);
	unsigned char *plain = arena_alloc(a, len), *packed = arena_alloc(a, packed_len);
	struct buf b = BUF(a);

	memset(plain, ' ', len);
	memcpy(plain, text, strlen(text));
	CHECK_INT(Z_OK, compress2(packed, &packed_len, plain, len, 9));
	buf_text(&b, PDF_BEFORE ">>\nendobj\n3 0 obj\n<< /Filter /FlateDecode ");
	buf_text(&b, dictionary);
	buf_text(&b, " >>\nstream\r\n");
	buf_add(&b, packed, packed_len);
	buf_text(&b, "\nendstream\nendobj\n4 0 obj\n<< " PDF_AFTER);
	return buf_bytes(&b);
}

TEST(sandbox, what_is_packed_in_a_pdf_is_looked_into_and_a_bomb_is_refused)
{
	struct arena *a = arena_new(256 * MiB);
	const char *objects = "/Type /ObjStm /N 1 /First 4";

	CHECK_INT(PDF_CLEAN, pdf_scan(pdf_with_stream(a, objects, "5 0 << /S /GoTo >>", 1000)));
	CHECK_INT(PDF_SCRIPT, pdf_scan(pdf_with_stream(a, objects, "5 0 << /S /JavaScript >>", 1000)));
	CHECK_INT(PDF_SCRIPT, pdf_scan(pdf_with_stream(a, "", "5 0<</JS(x)>>", 0)));             /* whatever it calls itself */
	CHECK_INT(PDF_SCRIPT, pdf_scan(pdf_with_stream(a, objects, " \n 5 0 << /A << /S /Java#53cript", 0)));
	CHECK_INT(PDF_ATTACHMENT, pdf_scan(pdf_with_stream(a, objects, "5 0 << /EF 7 0 R >>", 70000)));
	CHECK_INT(PDF_CLEAN, pdf_scan(pdf_with_stream(a, "", "q 5 0 /JS Do Q", 0)));              /* a page's drawing */
	CHECK_INT(PDF_CLEAN, pdf_scan(pdf_with_stream(a, "", "", 20 * MiB)));                     /* a blank scan */
	CHECK_INT(PDF_UNREADABLE, pdf_scan(pdf_with_stream(a, objects, "5 0 << >>", 20 * MiB)));
	CHECK_INT(PDF_UNREADABLE, pdf_scan(pdf_with_stream(a, "/Type /ObjStm /DecodeParms << /Predictor 12 >>", "5 0 << >>", 0)));
	arena_free(a);
}

TEST(sandbox, a_good_pdf_is_kept_byte_for_byte)
{
	struct arena *a = arena_new(1 * MiB);
	struct sandbox *s = sandbox_new(&(struct sandbox_config){ 0 });
	struct bytes file = PDF("");
	struct image_result image = read_image(s, a, file);

	CHECK_INT(PDF_CLEAN, image.kind);
	CHECK_TEXT("application/pdf", image.type);
	CHECK(image.clean.ptr == file.ptr && image.clean.len == file.len && image.thumb.len == 0);
	image = read_image(s, a, PDF("/Encrypt 7 0 R "));
	CHECK_INT(PDF_LOCKED, image.kind);
	CHECK_TEXT("", image.type);
	CHECK_INT(0, image.clean.len);
	sandbox_free(s);
	arena_free(a);
}

/* --- words -------------------------------------------------------------------------------------------------------------- */

TEST(sandbox, every_refusal_names_the_file_and_says_what_to_do)
{
	struct arena *a = arena_new(1 * MiB);

	for (int kind = 0; kind < IMAGE_KINDS; kind++) {
		struct image_result image = { .kind = (enum image_kind)kind, .size = 11 * 1024 * 1024 };
		const char *text = sandbox_message(a, &image, "anh.jpg");

		if (image_is_clean(image.kind)) {
			CHECK_TEXT("", text);
			continue;
		}
		CHECK_HAS(text, "“anh.jpg”");
		CHECK(strstr(text, "ửi") || strstr(text, "hụp lại"));
		CHECK(!strchr(text, '!') && text[strlen(text) - 1] == '.');
	}
	CHECK_TEXT("Tệp “anh.jpg” không phải ảnh. Gửi ảnh JPG, PNG hoặc tệp PDF.",
		sandbox_message(a, &(struct image_result){ .kind = IMAGE_NOT_AN_IMAGE }, "anh.jpg"));
	CHECK_TEXT("Ảnh “IMG_2041.jpg” nặng 14 MB, quá 10 MB. Chụp lại ở cỡ nhỏ hơn, hoặc gửi ảnh khác.",
		sandbox_message_too_large(a, "IMG_2041.jpg", 14 * 1024 * 1024, 10 * 1024 * 1024));
	CHECK_HAS(sandbox_message_too_large(a, "Giấy khen.PDF", 10 * 1024 * 1024 + 1, 10 * 1024 * 1024), "Tệp “Giấy khen.PDF” nặng 10,1 MB, quá 10 MB");
	arena_free(a);
}
