/* bench_roster: XLSX to checked preview: a workbook read in the sandbox, every row judged by the rules of import (names, numbers,
 * births, groups, duplicates), and walked once more as a preview would. Against exceljs's streaming reader, which only hands over
 * the cells of the same file, in the same run. Prints rows a second and the peak memory of both; the bar is in the last line.
 *
 *	bench-roster [ROWS …]           default 20000 1000000; exceljs from bench/node_modules (npm ci --prefix bench) */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/arena.h"
#include "sandbox/client.h"
#include "sandbox/worker.h"
#include "title/roster/roster_read.h"

extern char **environ;

/* cpu: processor time of the checker and of the reader in its sandbox, which work beside each other. */
struct measured { double seconds, own_cpu, worker_cpu; long own_kib, worker_kib; size_t rows, accepted, twins; };

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double cpu_seconds(const struct rusage *used)
{
	return (double)(used->ru_utime.tv_sec + used->ru_stime.tv_sec) +
		(double)(used->ru_utime.tv_usec + used->ru_stime.tv_usec) / 1e6;
}

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "bench-roster: %s failed\n", what);
	exit(1);
}

/* ---- the workbook: as a commune sends it, shared strings, a heading, 16 hamlets, lost zeros, some twins ---- */

static uint32_t next(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 8;
}

#define PICK(list) ((list)[next(&s) % COUNT(list)])

static void put_row(lxw_worksheet *w, lxw_row_t row, uint32_t n)
{
	static const char *const families[] = { "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ" },
		*const middles[] = { "Văn", "Thị", "Thị Kim", "Hữu", "Minh", "Thị Ngọc", "Quốc", "Thanh" },
		*const givens[] = { "An", "Bình", "Cúc", "Dũng", "Đào", "Hạnh", "Hoà", "Lan", "Nghĩa", "Phúc", "Quý", "Thắng",
			"Út", "Yến" },
		*const works[] = { "làm ruộng", "Công nhân", "buôn bán", "GV", "hưu trí", "nội trợ", "CN may", "thợ hồ",
			"học sinh", "tu hành" };
	uint32_t s = n % 997 == 0 && n ? n - 1 : n;      /* now and then the person of the row above */
	int female, year;
	char text[160];

	next(&s);
	female = (int)(next(&s) % 2);
	year = 1940 + (int)(next(&s) % 68);
	worksheet_write_number(w, row, 0, n + 1, NULL);
	snprintf(text, sizeof text, "Ấp %u", n / 1300 % 16 + 1);
	worksheet_write_string(w, row, 1, text, NULL);
	snprintf(text, sizeof text, "%s %s %s", PICK(families), PICK(middles), PICK(givens));
	worksheet_write_string(w, row, 2, text, NULL);
	worksheet_write_string(w, row, 3, female ? "Nữ" : "Nam", NULL);
	snprintf(text, sizeof text, "%02u/%02u/%d", next(&s) % 28 + 1, next(&s) % 12 + 1, year);
	worksheet_write_string(w, row, 4, text, NULL);
	snprintf(text, sizeof text, "080%d%02d%06u", (year >= 2000 ? 2 : 0) + female, year % 100, next(&s) % 1000000);
	if (next(&s) % 3)
		worksheet_write_string(w, row, 5, text, NULL);
	else
		worksheet_write_number(w, row, 5, strtod(text, NULL), NULL);
	worksheet_write_string(w, row, 6, PICK(works), NULL);
	snprintf(text, sizeof text, "09%08u", next(&s) % 100000000);
	worksheet_write_string(w, row, 7, text, NULL);
}

static void make(const char *path, uint32_t rows)
{
	static const char *const headings[] = { "STT", "Ấp", "Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD", "Nghề nghiệp",
		"Điện thoại" };
	lxw_workbook *book = workbook_new(path);
	lxw_worksheet *w = workbook_add_worksheet(book, "Danh sách");

	worksheet_write_string(w, 0, 0, "DANH SÁCH NGƯỜI TỪ ĐỦ 18 TUỔI", NULL);
	for (size_t i = 0; i < COUNT(headings); i++)
		worksheet_write_string(w, 2, (lxw_col_t)i, headings[i], NULL);
	for (uint32_t i = 0; i < rows; i++)
		put_row(w, i + 3, i);
	must(workbook_close(book) == LXW_NO_ERROR, "writing the workbook");
}

/* ---- ours ---- */

static long peak_kib(void)
{
	char line[256];
	FILE *f = fopen("/proc/self/status", "r");
	long kib = 0;

	while (f && fgets(line, sizeof line, f))
		if (!strncmp(line, "VmHWM:", 6))
			kib = strtol(line + 6, NULL, 10);
	if (f)
		fclose(f);
	return kib;
}

static void measure(const char *path)
{
	struct sandbox *sandbox = sandbox_new(&(struct sandbox_config){ .workers = 1 });
	struct arena *a = arena_new(1024 * MiB), *row = arena_new(16 * MiB);
	struct roster_reader *reader = roster_reader_new(a, &(struct roster_options){ .year = 2026 });
	struct roster_cursor cursor = { 0 };
	struct roster_reading reading;
	struct roster_person person;
	struct measured m = { 0 };
	struct rusage before, own, children;
	enum sheet_kind kind;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	double from = seconds();

	getrusage(RUSAGE_SELF, &before);
	must(fd >= 0, "opening the workbook");
	must(sandbox_sheet(sandbox, a, &(struct sheet_source){ .fd = fd }, roster_reader_taker(reader), &kind) == OK &&
		kind == SHEET_READ, "reading");
	must(roster_reader_done(reader, &reading) == OK, "finding twins");
	for (; roster_next(&reading, &cursor, row, &person); arena_reset(row))
		m.rows += person.kind <= ROSTER_REJECTED;
	m.seconds = seconds() - from;
	getrusage(RUSAGE_SELF, &own);
	m.own_cpu = cpu_seconds(&own) - cpu_seconds(&before);
	m.accepted = reading.accepted;
	m.twins = reading.n_twins;
	m.own_kib = peak_kib();
	sandbox_free(sandbox);
	getrusage(RUSAGE_CHILDREN, &children);
	m.worker_kib = children.ru_maxrss;
	m.worker_cpu = cpu_seconds(&children);
	printf("%f %f %f %ld %ld %zu %zu %zu\n", m.seconds, m.own_cpu, m.worker_cpu,
		m.own_kib, m.worker_kib, m.rows, m.accepted, m.twins);
	arena_free(row);
	arena_free(a);
}

/* ---- both, each in a process of its own ---- */

static char *run(char *const argv[], struct rusage *used)
{
	static char line[512];
	posix_spawn_file_actions_t files;
	int out[2], status;
	ssize_t n, got = 0;
	pid_t pid;

	must(!pipe(out), "pipe");
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, out[1], STDOUT_FILENO);
	posix_spawn_file_actions_addclose(&files, out[0]);
	must(!posix_spawnp(&pid, argv[0], &files, NULL, argv, environ), argv[0]);
	close(out[1]);
	while ((n = read(out[0], line + got, sizeof line - 1 - (size_t)got)) > 0)
		got += n;
	line[got] = '\0';
	close(out[0]);
	must(wait4(pid, &status, 0, used) == pid, "wait");
	posix_spawn_file_actions_destroy(&files);
	return WIFEXITED(status) && !WEXITSTATUS(status) ? line : NULL;
}

static void compare(char *self, uint32_t rows)
{
	char folder[] = "/tmp/bench-roster-XXXXXX", path[64], count[16];
	struct measured m = { 0 };
	struct rusage used;
	struct stat file;
	double theirs = 0;
	size_t cells = 0;
	char *line;

	must(mkdtemp(folder) != NULL, "a folder");
	snprintf(path, sizeof path, "%s/danh-sach.xlsx", folder);
	snprintf(count, sizeof count, "%u", rows);
	must(run((char *[]){ self, (char *)"--make", path, count, NULL }, &used) != NULL && !stat(path, &file),
		"making the workbook");
	line = run((char *[]){ self, (char *)"--measure", path, NULL }, &used);
	must(line && sscanf(line, "%lf %lf %lf %ld %ld %zu %zu %zu", &m.seconds, &m.own_cpu, &m.worker_cpu, &m.own_kib,
		&m.worker_kib, &m.rows, &m.accepted, &m.twins) == 8,
		"measuring");
	must(m.rows == rows, "reading every row");
	printf("%u rows, %.1f MB: ours %.2f s, %.0f rows/s checked (%zu accepted, %zu groups of twins), "
		"processor %.2f us a row in the checker and %.2f in the reader (%.0f rows/s beside each other), "
		"peak %.1f MiB and %.1f MiB in the reader\n",
		rows, (double)file.st_size / 1e6, m.seconds, rows / m.seconds, m.accepted, m.twins, m.own_cpu / rows * 1e6,
		m.worker_cpu / rows * 1e6, rows / (m.own_cpu > m.worker_cpu ? m.own_cpu : m.worker_cpu),
		(double)m.own_kib / 1024, (double)m.worker_kib / 1024);
	line = run((char *[]){ (char *)"node", (char *)"bench/exceljs.mjs", path, NULL }, &used);
	if (line && sscanf(line, "%lf %zu", &theirs, &cells) == 2)
		printf("  exceljs %.2f s, %.0f rows/s (cells only), processor %.2f us a row, peak %.1f MiB: ours is %.1f times "
			"as fast, on %.1f times less processor; bar: 200000 rows/s, 4 times, 64 MiB\n",
			theirs, rows / theirs, cpu_seconds(&used) / rows * 1e6, (double)used.ru_maxrss / 1024, theirs / m.seconds,
			cpu_seconds(&used) / (m.own_cpu + m.worker_cpu));
	else
		printf("  exceljs is not there: npm ci --prefix bench\n");
	unlink(path);
	rmdir(folder);
}

int main(int argc, char **argv)
{
	static const uint32_t sizes[] = { 20000, 1000000 };

	if (argc == 2 && !strcmp(argv[1], "--sheet-worker"))
		return sheet_worker_main(SANDBOX_WORKER_FD);
	if (argc == 2 && !strcmp(argv[1], "--image-worker"))
		return image_worker_main(SANDBOX_WORKER_FD);
	if (argc == 4 && !strcmp(argv[1], "--make"))
		make(argv[2], (uint32_t)strtoul(argv[3], NULL, 10));
	else if (argc == 3 && !strcmp(argv[1], "--measure"))
		measure(argv[2]);
	else
		for (size_t i = 0; argc > 1 ? (int)i < argc - 1 : i < COUNT(sizes); i++)
			compare(argv[0], argc > 1 ? (uint32_t)strtoul(argv[i + 1], NULL, 10) : sizes[i]);
	return 0;
}
