#include "sandbox/children_test.h"

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
#include <unistd.h>
#include <vips/vips.h>

#include "app/form_worker.h"
#include "sandbox/cage.h"
#include "sandbox/client.h"
#include "sandbox/wire.h"
#include "sandbox/worker.h"

/* --- a worker that does as it is told ------------------------------------------------------------------------ */

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
	const struct wire_image small = { .kind = IMAGE_CLEAN, .width = 9, .height = 9, .clean = 4, .thumb = 4 };
	const struct bytes page[] = { { &small, sizeof small }, BYTES("<htm"), BYTES("<htm") };

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
			worker_piece(w, (struct bytes){ &"abc"[i], 1 });
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
		worker_run(SANDBOX_WORKER_FD, mock_read, 0);
	if (!strcmp(name, "unlocked"))
		return write(SANDBOX_WORKER_FD, &frame, sizeof frame) < 0 ||
		       write(SANDBOX_WORKER_FD, &unlocked, sizeof unlocked) < 0;
	if (!strcmp(name, "mute"))
		return 0;
	return image_worker_main(SANDBOX_WORKER_FD);
}

/* --- what a locked process may not do ------------------------------------------------------------------------- */

static int probe_open(void) { return open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0 ? 0 : errno; }
static int probe_create(void) { return open("/tmp/hoctap-cage-probe", O_CREAT | O_WRONLY | O_CLOEXEC, 0600) >= 0 ? 0 : errno; }
static int probe_stat(void) { return stat("/etc/passwd", &(struct stat){ 0 }) == 0 ? 0 : errno; }
static int probe_socket(void) { return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 0 : errno; }
static int probe_fork(void) { return syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL) >= 0 ? 0 : errno; }
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

const struct probe sandbox_probes[] = {
	{ "open", probe_open, PROBE_REFUSED }, { "create", probe_create, PROBE_REFUSED }, { "stat", probe_stat, PROBE_REFUSED },
	{ "code", probe_code, PROBE_REFUSED }, { "make-code", probe_make_code, PROBE_REFUSED },
	{ "memory", probe_memory, CAGE_LIFTS_MEMORY ? PROBE_SUCCEEDS : PROBE_NO_MEMORY },
	{ "socket", probe_socket, PROBE_TRAPPED }, { "fork", probe_fork, PROBE_TRAPPED }, { "exec", probe_exec, PROBE_TRAPPED },
	{ "kill", probe_kill, PROBE_TRAPPED }, { "signal", probe_signal, PROBE_TRAPPED },
	{ "namespace", probe_namespace, PROBE_TRAPPED }, { "bpf", probe_bpf, PROBE_TRAPPED },
	{ "nothing", probe_nothing, PROBE_SUCCEEDS }, { "thread", probe_thread, PROBE_SUCCEEDS },
};
const size_t sandbox_n_probes = COUNT(sandbox_probes);

static int probe_child(const char *lock, const char *name)
{
	cage_no_new_privs();
	if (!strcmp(lock, "landlock"))
		cage_landlock();
	else if (!strcmp(lock, "seccomp") && !cage_seccomp())
		return 98;
	else if (!strcmp(lock, "all") && !cage_lock(0).seccomp)
		return 98;
	for (size_t i = 0; i < COUNT(sandbox_probes); i++)
		if (!strcmp(sandbox_probes[i].name, name))
			_exit(sandbox_probes[i].run());
	return 97;
}

/* --- pictures ------------------------------------------------------------------------------------------------- */

/* A red upper left quarter on blue; what is asked for besides. */
static VipsImage *picture(int width, int height, int bands)
{
	VipsImage *whole = NULL, *typed = NULL;
	double blue[4] = { 0, 0, 255, 255 }, red[4] = { 255, 0, 0, 255 };

	if (vips_black(&whole, width, height, "bands", bands, NULL) ||
	    vips_linear(whole, &typed, (double[]){ 1, 1, 1, 1 }, blue, bands, "uchar", TRUE, NULL))
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
		bad = vips_linear(picture(300, 200, 4), &im, (double[]){ 1, 1, 1, 0 }, (double[4]){ 0 }, 4, "uchar", TRUE,
			NULL) ||
		      vips_pngsave_buffer(im, &bytes, &len, NULL);
	} else if (!strcmp(name, "deep.png")) {
		bad = vips_black(&next, 300, 200, "bands", 2, NULL) || vips_cast_ushort(next, &im, NULL) ||
		      vips_copy(im, &next, "interpretation", VIPS_INTERPRETATION_GREY16, NULL) ||
		      vips_pngsave_buffer(next, &bytes, &len, "bitdepth", 16, NULL);
	} else if (!strcmp(name, "strip.png")) {
		bad = vips_pngsave_buffer(picture(1, 30000, 3), &bytes, &len, NULL);
	} else if (!strcmp(name, "photo.webp")) {
		bad = vips_webpsave_buffer(picture(2400, 1200, 3), &bytes, &len, NULL);
	} else if (!strcmp(name, "large.webp")) {        /* over 100 MB of pixels: libvips would rather use a file */
		bad = vips_webpsave_buffer(picture(7000, 5250, 3), &bytes, &len, "effort", 0, NULL);
	} else if (!strcmp(name, "photo.heic")) {
		bad = vips_heifsave_buffer(picture(640, 480, 3), &bytes, &len, "compression", VIPS_FOREIGN_HEIF_COMPRESSION_HEVC,
			NULL);
	}
	return bad || write(STDOUT_FILENO, bytes, len) != (ssize_t)len;
}

static const char *colour(const double *at)
{
	bool high[3], low[3];

	for (int i = 0; i < 3; i++) {
		high[i] = at[i] > 215;
		low[i] = at[i] < 40;
	}
	if (high[0] && high[1] && high[2])
		return "white";
	if (high[0] && low[1] && low[2])
		return "red";
	return low[0] && low[1] && high[2] ? "blue" : "other";
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
		int x = im->Xsize * (1 + q % 2 * 2) / 4, y = im->Ysize * (1 + q / 2 * 2) / 4;

		if (vips_getpoint(im, &at, &bands, x, y, NULL) || bands != 3)
			return 1;
		dprintf(STDOUT_FILENO, " %s", colour(at));
	}
	return 0;
}

int sandbox_test_child(char **argv)
{
	int status = 96;

	if (!strcmp(argv[1], "--image-worker"))
		status = worker_child(argv[0]);
	else if (!strcmp(argv[1], "--sheet-worker"))
		status = sheet_worker_main(SANDBOX_WORKER_FD);
	else if (!strcmp(argv[1], "--form-worker"))
		status = form_worker_main(SANDBOX_WORKER_FD);
	else if (!strcmp(argv[1], "--cage-probe"))
		status = probe_child(argv[2], argv[3]);
	else if (!strcmp(argv[1], "--fixture"))
		status = fixture_child(argv[2]);
	else if (!strcmp(argv[1], "--look"))
		status = look_child();
	_exit(status);           /* not exit: what GLib keeps for ever is not ours to report as a leak */
}

/* --- for the tests ------------------------------------------------------------------------------------------------------- */

int child_run(struct arena *a, const char *const *arguments, struct bytes input, struct bytes *output)
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

struct bytes fixture(struct arena *a, const char *name)
{
	struct bytes made;

	CHECK_INT(0, child_run(a, (const char *const[]){ "--fixture", name, NULL }, BYTES(""), &made));
	return made;
}

const char *look(struct arena *a, struct bytes jpeg)
{
	struct bytes seen;

	CHECK_INT(0, child_run(a, (const char *const[]){ "--look", NULL }, jpeg, &seen));
	return seen.ptr;
}

struct image_result image_of(struct sandbox *s, struct arena *a, struct bytes file)
{
	struct image_result image;

	CHECK_OUTCOME(OK, sandbox_image(s, a, file, &image));
	return image;
}

struct sandbox *real_sandbox(struct sandbox_config config)
{
	if (WITHOUT_LIBVIPS)
		skip();
	return sandbox_new(&config);
}
