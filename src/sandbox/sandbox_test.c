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
#include "sandbox/sandbox_children.h"
#include "sandbox/sandbox_messages.h"

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
	static const int expected[] = { [PROBE_SUCCEEDS] = 0, [PROBE_TRAPPED] = CAGE_TRAPPED, [PROBE_REFUSED] = EACCES,
		[PROBE_NO_MEMORY] = ENOMEM };

	for (size_t i = 0; i < sandbox_n_probes; i++) {
		const struct probe *p = &sandbox_probes[i];
		int status = child(NULL, (const char *const[]){ "--cage-probe", "all", p->name, NULL }, BYTES(""), NULL);

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
		{ "large.webp", "2000x1500 bands=3 fields=0 red blue blue blue", "400x300 bands=3 fields=0 red blue blue blue" },
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

TEST(sandbox, a_good_pdf_is_kept_byte_for_byte)
{
	struct arena *a = arena_new(1 * MiB);
	struct sandbox *s = sandbox_new(&(struct sandbox_config){ 0 });
	struct bytes file = BYTES("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n");
	struct image_result image = read_image(s, a, file);

	CHECK_INT(PDF_CLEAN, image.kind);
	CHECK_TEXT("application/pdf", image.type);
	CHECK(image.clean.ptr == file.ptr && image.clean.len == file.len && image.thumb.len == 0);
	image = read_image(s, a, BYTES("%PDF-1.7\n1 0 obj\n<< /Encrypt 7 0 R >>\nendobj\n%%EOF\n"));
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
