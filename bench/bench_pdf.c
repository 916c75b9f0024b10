/* bench_pdf: one-page certificates a second of one core (processor time, so that neighbours do not count), in one file and in a file each, against a bare Pango/Cairo loop that
 * draws the same words (no frame, no QR) with a new layout for each. Prints the ratios; bars: 3,000 pages/s and 800 files/s.
 *
 *	bench_pdf [pages]           default 3000
 */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

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

static void bare_page(cairo_t *cr, int i)
{
	static const char *const fixed[] = { "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
		"CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BÌNH HÒA", "CHỨNG NHẬN", "Ông (bà):", "Đạt danh hiệu", "“CÔNG DÂN HỌC TẬP”", "Năm 2026",
		"Theo Quyết định số 112/QĐ-UBND ngày 09 tháng 12 năm 2026 của Ủy ban nhân dân xã Bình Hòa",
		"Bình Hòa, ngày 20 tháng 12 năm 2026", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "Võ Nguyễn Tường Vy",
		"Quét mã, hoặc gõ mã tại\nhoctap.tayninh.gov.vn/xac-minh" };
	static const char *const fonts[] = { "Liberation Serif, Bold 13", "Liberation Serif, 15", "Liberation Serif, Italic 13" };
	char text[200];

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

static void bare(int files, int pages)
{
	for (int f = 0; f < files; f++) {
		cairo_surface_t *s = cairo_pdf_surface_create_for_stream(count_bare, NULL, 842, 595);
		cairo_t *cr = cairo_create(s);

		for (int i = 0; i < pages; i++)
			bare_page(cr, f + i);
		cairo_destroy(cr);
		cairo_surface_finish(s);
		cairo_surface_destroy(s);
	}
}

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
	printf("%-34s %8.0f /s   %7.0f bytes a page\n", what, rate, (double)bytes / (files * pages));
	return rate;
}

int main(int argc, char **argv)
{
	int pages = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 3000;
	double one_bare = measure("bare loop, pages in one file", bare, 1, pages), one = measure("certificates in one file", ours, 1, pages);
	double each_bare = measure("bare loop, files of one page", bare, pages / 4, 1), each = measure("files of one certificate, one by one", ours, pages / 4, 1);
	double split = measure("files of one certificate, in one go", ours_each, pages, 1);
	double sheet = measure("sheets, pages in one file", sheets, 1, pages);

	printf("ratio to the bare loop: certificates in one file %.2f, sheets in one file %.2f, separate files %.2f (one by one %.2f)\n",
		one / one_bare, sheet / one_bare, split / each_bare, each / each_bare);
	return 0;
}
