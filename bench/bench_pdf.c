/* bench_pdf: papers a second of one core (processor time, so that neighbours count less), beside what else could make them,
 * in one run:
 *
 *	bare loop     Pango and Cairo with the same words, frame and QR code, each laid out anew: what a program without this
 *	              one's reuse of shaped words, layers and fonts would do
 *	words alone   the same loop without frame and QR code
 *	LibreOffice   the same certificates as DOCX, converted; its start (a file of one page) is taken off. Skipped when
 *	              `soffice` is not installed (Debian: libreoffice-writer-nogui)
 *
 * Bars: 3,000 certificates a second in one file, 800 as files of their own.
 *
 *	bench_pdf [pages]           default 3000
 */
#include <cairo-pdf.h>
#include <fcntl.h>
#include <pango/pangocairo.h>
#include <qrcodegen.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "document/document_samples.h"

static size_t bytes;

static enum outcome count_bytes(void *state, const void *ptr, size_t len)
{
	(void)state, (void)ptr;
	bytes += len;
	return OK;
}

static cairo_status_t count_bare(void *state, const unsigned char *ptr, unsigned len)
{
	(void)state, (void)ptr;
	bytes += len;
	return CAIRO_STATUS_SUCCESS;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void bare_frame(cairo_t *cr)
{
	cairo_set_line_width(cr, 2.4);
	cairo_rectangle(cr, 25, 25, 792, 545);
	cairo_stroke(cr);
	cairo_set_line_width(cr, 0.6);
	cairo_rectangle(cr, 35, 35, 772, 525);
	cairo_stroke(cr);
	for (int n = 0; n < 10; n++)
		cairo_rectangle(cr, 370 + n * 10, 240, 6, 6);
	cairo_fill(cr);
}

/* The same code with the same mask as ours. */
static void bare_qr(cairo_t *cr, int i)
{
	unsigned char work[qrcodegen_BUFFER_LEN_FOR_VERSION(10)], code[qrcodegen_BUFFER_LEN_FOR_VERSION(10)], *bits;
	int len = snprintf((char *)work, sizeof work, "https://hoctap.tayninh.gov.vn/xac-minh/7K2M%05d9QXTABC", i), side, stride;
	cairo_surface_t *stencil;

	if (!qrcodegen_encodeBinary(work, (size_t)len, code, qrcodegen_Ecc_MEDIUM, 1, 10, qrcodegen_Mask_2, true))
		abort();
	side = qrcodegen_getSize(code);
	stencil = cairo_image_surface_create(CAIRO_FORMAT_A1, side, side);
	bits = cairo_image_surface_get_data(stencil);
	stride = cairo_image_surface_get_stride(stencil);
	for (int y = 0; y < side; y++)
		for (int x = 0; x < side; x++)
			if (qrcodegen_getModule(code, x, y))
				bits[y * stride + x / 8] |= (unsigned char)(1u << x % 8);
	cairo_surface_mark_dirty(stencil);
	cairo_save(cr);
	cairo_translate(cr, 62, 460);
	cairo_scale(cr, 70.0 / side, 70.0 / side);
	cairo_mask_surface(cr, stencil, 0, 0);
	cairo_restore(cr);
	cairo_surface_destroy(stencil);
}

static void bare_page(cairo_t *cr, int i, bool words_alone)
{
	static const char *const fixed[] = { "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
		"CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BÌNH HÒA", "CHỨNG NHẬN", "Ông (bà):", "Đạt danh hiệu",
		"“CÔNG DÂN HỌC TẬP”", "Năm 2026",
		"Theo Quyết định số 112/QĐ-UBND ngày 09 tháng 12 năm 2026 của Ủy ban nhân dân xã Bình Hòa",
		"Bình Hòa, ngày 20 tháng 12 năm 2026", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "Võ Nguyễn Tường Vy",
		"Quét mã, hoặc gõ mã tại\nhoctap.tayninh.gov.vn/xac-minh" };
	static const char *const fonts[] = { "Liberation Serif, Bold 13", "Liberation Serif, 15", "Liberation Serif, Italic 13" };
	char text[200];

	if (!words_alone) {
		bare_frame(cr);
		bare_qr(cr, i);
	}
	for (int n = 0; n < 17; n++) {
		PangoLayout *l = pango_cairo_create_layout(cr);
		PangoFontDescription *d = pango_font_description_from_string(fonts[n % 3]);

		if (n < 13)
			snprintf(text, sizeof text, "%s", fixed[n]);
		else if (n == 13)
			snprintf(text, sizeof text, "%s %d", sample_name(i), i);
		else if (n == 14)
			snprintf(text, sizeof text, "Năm sinh: %d      Nơi ở (đơn vị): ấp Bình Hòa, xã Bình Hòa", 1940 + i % 65);
		else
			snprintf(text, sizeof text, n == 15 ? "Số vào sổ: %04d/2026" : "Mã kiểm tra: 7K2M-%05d-9QXTA-BC", i);
		pango_layout_set_font_description(l, d);
		pango_layout_set_text(l, text, -1);
		cairo_move_to(cr, 60, 40 + n * 28);
		pango_cairo_show_layout(cr, l);
		pango_font_description_free(d);
		g_object_unref(l);
	}
	cairo_show_page(cr);
}

static void bare_files(int files, int pages, bool words_alone)
{
	for (int f = 0; f < files; f++) {
		cairo_surface_t *s = cairo_pdf_surface_create_for_stream(count_bare, NULL, 842, 595);
		cairo_t *cr = cairo_create(s);

		for (int i = 0; i < pages; i++)
			bare_page(cr, f + i, words_alone);
		cairo_destroy(cr);
		cairo_surface_finish(s);
		cairo_surface_destroy(s);
	}
}

static void bare(int files, int pages) { bare_files(files, pages, false); }
static void bare_words(int files, int pages) { bare_files(files, pages, true); }

static void ours(int files, int pages)
{
	struct arena *a = arena_new(8 * MiB);

	for (int f = 0; f < files; f++) {
		struct people p = { f, f + pages };

		if (document_render(sample_certificates(a, &p), DOCUMENT_PDF, (struct sink){ count_bytes, NULL }) != OK)
			abort();
		arena_reset(a);
	}
	arena_free(a);
}

static enum outcome take_one(void *state, const char *title, struct bytes pdf)
{
	(void)state, (void)title;
	bytes += pdf.len;
	return OK;
}

static void ours_each(int files, int pages)
{
	struct arena *a = arena_new(8 * MiB);
	struct people p = { 0, files };

	(void)pages;
	if (document_render_each(sample_certificates(a, &p), take_one, NULL) != OK)
		abort();
	arena_free(a);
}

static void sheets(int files, int pages)
{
	struct arena *a = arena_new(8 * MiB);

	for (int f = 0; f < files; f++) {
		struct people p = { 0, pages / 2 };

		if (document_render(sample_sheets(a, &p), DOCUMENT_PDF, (struct sink){ count_bytes, NULL }) != OK)
			abort();
		arena_reset(a);
	}
	arena_free(a);
}

static double measure(const char *what, void (*run)(int, int), int files, int pages)
{
	double from, rate;

	run(1, 20);                              /* fonts are read once */
	bytes = 0;
	from = now();
	run(files, pages);
	rate = files * pages / (now() - from);
	printf("%-44s %8.0f /s  %8.3f ms of a core each  %7.0f bytes\n", what, rate, 1000 / rate,
		(double)bytes / (files * pages));
	return rate;
}

/* ---- LibreOffice ---- */

static enum outcome write_file(void *file, const void *ptr, size_t len)
{
	return fwrite(ptr, 1, len, file) == len ? OK : FAILED;
}

static void write_docx(const char *dir, int file, int from, int pages)
{
	struct arena *a = arena_new(64 * MiB);
	struct people p = { from, from + pages };
	char path[300];
	FILE *f;

	snprintf(path, sizeof path, "%s/%d.docx", dir, file);
	f = fopen(path, "w");
	if (!f || document_render(sample_certificates(a, &p), DOCUMENT_DOCX, (struct sink){ write_file, f }) != OK || fclose(f))
		abort();
	arena_free(a);
}

static double seconds_of(const struct rusage *r)
{
	return (double)(r->ru_utime.tv_sec + r->ru_stime.tv_sec) + (double)(r->ru_utime.tv_usec + r->ru_stime.tv_usec) / 1e6;
}

/* Seconds of processor time for files 0 to n - 1; less than 0: it is not there. */
static double convert(const char *dir, int n)
{
	enum { FILES_MAX = 64, PATH = 300 };
	static char paths[FILES_MAX][PATH];
	char user[PATH];
	const char *argv[FILES_MAX + 8] = { "soffice", user, "--headless", "--convert-to", "pdf", "--outdir", dir };
	struct rusage before, after;
	posix_spawn_file_actions_t quiet;
	int status, argc = 7, rc;
	pid_t child;

	snprintf(user, sizeof user, "-env:UserInstallation=file://%s/user", dir);
	for (int i = 0; i < n; i++) {
		snprintf(paths[i], PATH, "%s/%d.docx", dir, i);
		argv[argc++] = paths[i];
	}
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
	getrusage(RUSAGE_CHILDREN, &before);
	rc = posix_spawnp(&child, "soffice", &quiet, NULL, (char **)argv, environ);
	posix_spawn_file_actions_destroy(&quiet);
	if (rc || waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status))
		return -1;
	getrusage(RUSAGE_CHILDREN, &after);
	return seconds_of(&after) - seconds_of(&before);
}

static bool is_made(const char *dir, int file)
{
	char path[300];

	snprintf(path, sizeof path, "%s/%d.pdf", dir, file);
	return !access(path, R_OK);
}

static void office(void)
{
	enum { FILES = 41, PAGES = 401 };
	char dir[] = "/tmp/bench-pdf-XXXXXX", command[80];
	double start, long_one, many;

	if (!mkdtemp(dir))
		abort();
	write_docx(dir, 0, 0, 1);
	start = convert(dir, 1);                 /* makes its settings, too */
	if (start >= 0)
		start = convert(dir, 1);
	if (start < 0) {
		printf("LibreOffice: skipped, soffice is not installed (apt-get install libreoffice-writer-nogui)\n");
	} else {
		for (int i = 0; i < FILES; i++)
			write_docx(dir, i, i, 1);
		many = convert(dir, FILES) - start;
		printf("LibreOffice, files of one certificate        %8.1f /s  %8.3f ms of a core each%s\n", (FILES - 1) / many,
			many * 1000 / (FILES - 1), is_made(dir, FILES - 1) ? "" : " NOT MADE");
		write_docx(dir, 0, 0, PAGES);
		long_one = convert(dir, 1) - start;
		printf("LibreOffice, certificates in one file        %8.1f /s  %8.3f ms of a core each; its start %.2f s\n",
			(PAGES - 1) / long_one, long_one * 1000 / (PAGES - 1), start);
	}
	snprintf(command, sizeof command, "rm -rf %s", dir);
	if (system(command))                     /* NOLINT: the name is mkdtemp's */
		perror(dir);
}

int main(int argc, char **argv)
{
	int pages = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 3000;
	double one_bare = measure("bare loop, pages in one file", bare, 1, pages);
	double one = measure("certificates in one file", ours, 1, pages);
	double one_words = measure("bare loop, words alone, pages in one file", bare_words, 1, pages);
	double each_bare = measure("bare loop, files of one page", bare, pages / 8, 1);
	double each = measure("files of one certificate, one by one", ours, pages / 8, 1);
	double split = measure("files of one certificate, in one go", ours_each, pages, 1);
	double sheet = measure("personal sheets, pages in one file", sheets, 1, pages);

	printf("times the bare loop: certificates in one file %.2f (words alone %.2f), separate files %.2f (one by one %.2f), "
		"pages of sheets %.2f\n", one / one_bare, one / one_words, split / each_bare, each / each_bare, sheet / one_bare);
	office();
	return 0;
}
