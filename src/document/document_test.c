#include "tests/test.h"

#include <expat.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "base/buf.h"
#include "document/block.h"
#include "document/document_samples.h"

/* fontconfig links its patterns by offsets, which LeakSanitizer cannot follow: what lives to the end looks lost. */
const char *__lsan_default_suppressions(void);
__attribute__((weak)) const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig.so\n";
}

/* Tools of poppler-utils look at the PDFs from outside: what they read is what a person's reader shows. */

static struct bytes render(struct arena *a, struct document *d, enum document_format format)
{
	struct buf out = BUF(a, .max = 30 * MiB);

	CHECK_OUTCOME(OK, document_render(d, format, sink_buf(&out)));
	return buf_bytes(&out);
}

static const char *file_of(struct arena *a, struct bytes b, const char *ending)
{
	char *path = (char *)(uintptr_t)arena_format(a, "/tmp/hoctap-test-XXXXXX.%s", ending);
	int fd = mkstemps(path, (int)strlen(ending) + 1);

	CHECK(fd >= 0 && write(fd, b.ptr, b.len) == (ssize_t)b.len && close(fd) == 0);
	return path;
}

/* What `command` (with one %s for the file) prints about these bytes. */
static const char *ask_tool(struct arena *a, struct bytes b, const char *before, const char *after)
{
	const char *path = file_of(a, b, "pdf");
	FILE *pipe = popen(arena_format(a, "%s %s %s 2>&1", before, path, after), "r");
	struct buf out = BUF(a, .max = 8 * MiB);
	char piece[4096];
	size_t n;

	CHECK(pipe != NULL);
	while ((n = fread(piece, 1, sizeof piece, pipe)) > 0)
		buf_add(&out, piece, n);
	CHECK_INT(0, pclose(pipe));
	unlink(path);
	return buf_cstr(&out);
}

static int count(const char *text, const char *part)
{
	int n = 0;

	for (; (text = strstr(text, part)); text += strlen(part))
		n++;
	return n;
}

static int pages_of(struct arena *a, struct bytes pdf)
{
	const char *at = strstr(ask_tool(a, pdf, "pdfinfo", ""), "Pages:");

	CHECK(at != NULL);
	return (int)strtol(at + 6, NULL, 10);
}

static const char *zip_text(struct arena *a, struct bytes file, const char *name)
{
	zip_source_t *source = zip_source_buffer_create(file.ptr, file.len, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
	zip_stat_t stat;
	zip_file_t *in;
	char *text;

	CHECK(zip != NULL);
	CHECK(zip_stat(zip, name, 0, &stat) == 0);
	text = arena_alloc(a, stat.size + 1);
	in = zip_fopen(zip, name, 0);
	CHECK(in != NULL && zip_fread(in, text, stat.size) == (zip_int64_t)stat.size);
	zip_fclose(in);
	zip_discard(zip);
	return text;
}

static void check_xml(const char *text)
{
	XML_Parser parser = XML_ParserCreate(NULL);

	CHECK_INT(XML_STATUS_OK, XML_Parse(parser, text, (int)strlen(text), 1));
	XML_ParserFree(parser);
}

TEST(document, no_font_but_liberation_serif_gets_into_a_pdf)
{
	struct arena *a = arena_new(64 * MiB);
	struct people p = { 0, 3 }, q = { 0, 60 };
	struct document *all[] = { sample_sheet(a), sample_minutes(a), sample_list(a, &q), sample_letter(a), sample_decision(a, true),
				   sample_certificates(a, &p), sample_notice(a), sample_report(a),
				   document_new(a, &(struct document_setup){ .title = "" }) };

	document_text(all[8], RUNS(PLAIN("Chữ lạ: 👍 漢字 ខ្មែរ ⓪ ☐ ✓")));
	for (size_t i = 0; i < COUNT(all); i++) {
		const char *fonts = ask_tool(a, render(a, all[i], DOCUMENT_PDF), "pdffonts", "| tail -n +3");

		CHECK(count(fonts, "\n") >= 1);
		CHECK_INT(count(fonts, "\n"), count(fonts, "+LiberationSerif"));
		CHECK_INT(count(fonts, "\n"), count(fonts, " yes yes yes "));    /* embedded, a subset, with Unicode */
	}
	arena_free(a);
}

TEST(document, pdf_gives_back_every_vietnamese_letter)
{
	static const char letters[] = "ĂÂĐÊÔƠƯ ăâđêôơư ÁÀẢÃẠ ẮẰẲẴẶ ẤẦẨẪẬ ÉÈẺẼẸ ẾỀỂỄỆ ÍÌỈĨỊ ÓÒỎÕỌ ỐỒỔỖỘ ỚỜỞỠỢ ÚÙỦŨỤ ỨỪỬỮỰ ÝỲỶỸỴ "
		"áàảãạ ắằẳẵặ ấầẩẫậ éèẻẽẹ ếềểễệ íìỉĩị óòỏõọ ốồổỗộ ớờởỡợ úùủũụ ứừửữự ýỳỷỹỵ";
	struct arena *a = arena_new(32 * MiB);
	struct document *d = document_new(a, &(struct document_setup){ .title = "Chữ" });
	const char *text;

	for (const char *p = letters; *p; p += strcspn(p, " ") + (p[strcspn(p, " ")] == ' '))
		document_line(d, RUNS(PLAIN(arena_textn(a, p, strcspn(p, " ")))));
	for (int i = 0; i < 15; i++)
		document_line(d, RUNS(BOLD(sample_name(i))));
	document_text(d, RUNS(PLAIN("Vị trí "), GIVEN(""), PLAIN(" fi fl ffi")));
	text = ask_tool(a, render(a, d, DOCUMENT_PDF), "pdftotext", "-");
	for (const char *p = letters; *p; p += strcspn(p, " ") + (p[strcspn(p, " ")] == ' '))
		CHECK_HAS(text, arena_textn(a, p, strcspn(p, " ")));
	for (int i = 0; i < 15; i++)
		CHECK_HAS(text, sample_name(i));
	CHECK_HAS(text, "Vị trí …… fi fl ffi");
	arena_free(a);
}

TEST(document, a_table_of_500_repeats_its_head_and_cuts_no_row)
{
	struct arena *a = arena_new(64 * MiB);
	struct people p = { 0, 500 };
	struct bytes pdf = render(a, sample_list(a, &p), DOCUMENT_PDF);
	int pages = pages_of(a, pdf), rows = 0;

	CHECK(pages > 20 && pages < 60);
	for (int page = 1; page <= pages; page++) {
		const char *text = ask_tool(a, pdf, arena_format(a, "pdftotext -layout -f %d -l %d", page, page), "-");
		int here = count(text, "........");

		rows += here;
		CHECK_INT(here > 0, count(text, "Họ và tên"));
		CHECK_INT(count(text, "Trường THCS"), count(text, "Nguyễn Thái"));        /* both lines of such a cell */
		if (page > 1)
			CHECK_HAS(text, arena_format(a, "%d\n", page));
	}
	CHECK_INT(500, rows);
	arena_free(a);
}

TEST(document, one_page_of_a_long_list_can_be_printed_again)
{
	struct arena *a = arena_new(64 * MiB);
	struct people p = { 0, 500 };
	struct bytes all = render(a, sample_list(a, &p), DOCUMENT_PDF), one;
	struct buf page = BUF(a, .max = 8 * MiB), none = BUF(a);
	int pages = pages_of(a, all);

	CHECK_OUTCOME(OK, document_page_of(all, 3, "Danh sách, trang 3", &page));
	one = buf_bytes(&page);
	CHECK_INT(1, pages_of(a, one));
	CHECK_TEXT(ask_tool(a, all, "pdftotext -layout -f 3 -l 3", "-"), ask_tool(a, one, "pdftotext -layout", "-"));
	CHECK_HAS(ask_tool(a, one, "pdfinfo", ""), "Danh sách, trang 3");
	CHECK_OUTCOME(NOT_FOUND, document_page_of(all, 0, "", &none));
	CHECK_OUTCOME(NOT_FOUND, document_page_of(all, pages + 1, "", &none));
	CHECK_OUTCOME(OK, document_page_of(all, pages, "", &none));
	arena_free(a);
}

TEST(document, a_row_higher_than_a_page_is_continued_not_lost)
{
	static const struct column columns[] = { { "STT", 15, ALIGN_CENTER }, { "Lý do", 30, ALIGN_LEFT }, { "Khác", 120, ALIGN_LEFT } };
	struct arena *a = arena_new(64 * MiB);
	struct document *d = document_new(a, &(struct document_setup){ .title = "" });
	struct buf words = BUF(a);
	struct bytes pdf;
	const char *text;

	for (int i = 0; i < 400; i++)
		buf_format(&words, "chữ%d ", i);
	document_table(d, &(struct table){ .columns = columns, .n_columns = 3, .n_rows = 3, .rows = (struct cell[]){
		cell_whole(1), cell_text("ngắn"), cell_text("một"), cell_whole(2), cell_text(buf_cstr(&words)), cell_text("hai"),
		cell_whole(3), cell_text("sau"), cell_text("ba") } });
	pdf = render(a, d, DOCUMENT_PDF);
	text = ask_tool(a, pdf, "pdftotext", "-");
	for (int i = 0; i < 400; i++)
		CHECK_HAS(text, arena_format(a, "chữ%d", i));
	CHECK_HAS(text, "sau");
	CHECK_INT(pages_of(a, pdf), count(text, "Lý do"));
	arena_free(a);
}

TEST(document, a_signature_is_never_alone_on_its_page)
{
	struct arena *a = arena_new(64 * MiB);

	for (int lines = 18; lines < 34; lines++) {
		struct document *d = document_new(a, &(struct document_setup){ .title = "" });
		const char *last;
		struct bytes pdf;

		for (int i = 0; i < lines; i++)
			document_text(d, RUNS(PLAIN("Một dòng của văn bản.")));
		document_ending(d, &(struct ending){ .n_signatures = 1, .signatures = &(struct signature){ .authority = "CHỦ TỊCH", .name = "Lê Ẩn" } });
		pdf = render(a, d, DOCUMENT_PDF);
		last = ask_tool(a, pdf, arena_format(a, "pdftotext -layout -f %d", pages_of(a, pdf)), "-");
		CHECK_HAS(last, "Một dòng");
		CHECK_HAS(last, "CHỦ TỊCH");
		CHECK_HAS(last, "Lê Ẩn");
		CHECK_INT(lines, count(ask_tool(a, pdf, "pdftotext", "-"), "Một dòng"));
	}
	arena_free(a);
}

TEST(document, pages_are_as_many_and_as_large_as_they_should_be)
{
	struct arena *a = arena_new(64 * MiB);
	struct people p = { 0, 40 };
	struct document *d = document_new(a, &(struct document_setup){ .title = "Kèm danh sách" });
	const char *info;

	CHECK_INT(1, pages_of(a, render(a, sample_decision(a, false), DOCUMENT_PDF)));
	CHECK_INT(40, pages_of(a, render(a, sample_certificates(a, &p), DOCUMENT_PDF)));
	document_text(d, RUNS(PLAIN("Đứng.")));
	document_page(d, true);
	document_text(d, RUNS(PLAIN("Nằm.")));
	info = ask_tool(a, render(a, d, DOCUMENT_PDF), "pdfinfo -f 1 -l 2", "");
	CHECK_HAS(info, "Kèm danh sách");
	CHECK_HAS(info, "Page    1 size:  595.276 x 841.89 pts (A4)");
	CHECK_HAS(info, "Page    2 size:  841.89 x 595.276 pts (A4)");
	CHECK_HAS(info, "Tagged:          yes");
	arena_free(a);
}

TEST(document, a_draft_says_so_on_every_page_until_it_is_decided)
{
	struct arena *a = arena_new(64 * MiB);
	struct bytes draft = render(a, sample_decision(a, true), DOCUMENT_PDF), whole = render(a, sample_decision(a, false), DOCUMENT_PDF);
	struct bytes docx = render(a, sample_decision(a, true), DOCUMENT_DOCX);

	CHECK_INT(1, count(ask_tool(a, draft, "pdftotext", "-"), "DỰ THẢO"));
	CHECK_INT(0, count(ask_tool(a, whole, "pdftotext", "-"), "DỰ THẢO"));
	CHECK_HAS(zip_text(a, docx, "word/header1.xml"), "DỰ THẢO");
	CHECK_HAS(zip_text(a, docx, "word/header2.xml"), "DỰ THẢO");
	arena_free(a);
}

TEST(document, the_same_document_gives_the_same_bytes)
{
	static const enum document_format formats[] = { DOCUMENT_PDF, DOCUMENT_DOCX, DOCUMENT_XLSX, DOCUMENT_CSV };
	struct arena *a = arena_new(96 * MiB);

	for (size_t i = 0; i < COUNT(formats); i++) {
		struct people p = { 0, 60 }, q = { 0, 60 };
		struct bytes one = render(a, sample_list(a, &p), formats[i]), two = render(a, sample_list(a, &q), formats[i]);

		CHECK_INT(one.len, two.len);
		assert_memory_equal(one.ptr, two.ptr, one.len);
	}
	arena_free(a);
}

static void *render_in_thread(void *got)
{
	struct arena *a = arena_new(32 * MiB);
	struct buf out = BUF(a);

	if (document_render(sample_report(a), DOCUMENT_PDF, sink_buf(&out)) == OK)
		*(size_t *)got = out.len;
	arena_free(a);
	return NULL;
}

TEST(document, threads_do_not_disturb_each_other)
{
	pthread_t threads[4];
	size_t got[4] = { 0 }, own = 0;

	for (int i = 0; i < 4; i++)
		CHECK_INT(0, pthread_create(&threads[i], NULL, render_in_thread, &got[i]));
	for (int i = 0; i < 4; i++)
		CHECK_INT(0, pthread_join(threads[i], NULL));
	render_in_thread(&own);
	for (int i = 0; i < 4; i++)
		CHECK_INT(own, got[i]);
}

TEST(document, docx_is_well_formed_and_keeps_what_word_needs)
{
	static const char *const parts[] = { "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml", "word/header1.xml",
					     "word/header2.xml", "word/_rels/document.xml.rels", "docProps/core.xml" };
	struct arena *a = arena_new(96 * MiB);
	struct people p = { 0, 500 }, q = { 0, 3 };
	struct document *all[] = { sample_sheet(a), sample_minutes(a), sample_list(a, &p), sample_decision(a, true), sample_certificates(a, &q) };
	struct bytes files[COUNT(all)];
	const char *list, *strange;

	for (size_t i = 0; i < COUNT(all); i++) {
		files[i] = render(a, all[i], DOCUMENT_DOCX);
		for (size_t j = 0; j < COUNT(parts); j++)
			check_xml(zip_text(a, files[i], parts[j]));
	}
	list = zip_text(a, files[2], "word/document.xml");
	CHECK_INT(1, count(list, "<w:tblHeader/>"));
	CHECK_INT(501 + 2 + 1, count(list, "<w:cantSplit/>"));           /* rows and head; signatures; the pair above */
	CHECK_HAS(list, "w:orient=\"landscape\"");
	CHECK_HAS(list, "Kim Thị Sóc Khoeurn 33");
	CHECK_HAS(zip_text(a, files[2], "word/header1.xml"), " PAGE ");
	CHECK_INT(3, count(zip_text(a, files[4], "word/document.xml"), "r:embed"));
	CHECK(!memcmp(zip_text(a, files[4], "word/media/picture3.png"), "\x89PNG", 4));
	document_text(all[3] = document_new(a, &(struct document_setup){ .title = "<&\"" }), RUNS(PLAIN("a<b & \"c\"\x01 ☐\nd")));
	strange = zip_text(a, render(a, all[3], DOCUMENT_DOCX), "word/document.xml");
	check_xml(strange);
	CHECK_HAS(strange, "a&lt;b &amp; &quot;c&quot; <");
	arena_free(a);
}

static struct document *cells_of_all_kinds(struct arena *a)
{
	static const struct column columns[] = { { "Mã", 30, ALIGN_LEFT }, { "Số", 30, ALIGN_RIGHT }, { "Điểm", 30, ALIGN_RIGHT },
		{ "Tỷ lệ", 30, ALIGN_RIGHT }, { "Ngày", 30, ALIGN_CENTER }, { "Năm", 20, ALIGN_CENTER }, { "Chưa có", 20, ALIGN_RIGHT } };
	struct document *d = document_new(a, &(struct document_setup){ .title = "Ô", .made = SAMPLE_MADE });

	document_header(d, &(struct letterhead){ .authority = "HỘI KHUYẾN HỌC XÃ BÌNH HÒA" });
	document_title(d, "BẢNG", "", "");
	document_table(d, &(struct table){ .name = "Các/ô: [1]", .columns = columns, .n_columns = COUNT(columns), .n_rows = 2, .rows = (struct cell[]){
		cell_text("007204"), cell_whole(-1234567), cell_decimal(785, 1), cell_percent(523, 1), cell_date("2026-12-05"), cell_date("1961"),
		cell_maybe(NONE),
		cell_text("=HYPERLINK(\"x\")"), cell_whole(0), cell_decimal(-5, 2), cell_percent(1000, 1), cell_date("2026-12"), cell_blank(),
		cell_maybe(SOME(3)) } });
	return d;
}

TEST(document, cells_read_on_paper_as_vietnamese_write_them)
{
	struct arena *a = arena_new(32 * MiB);
	const char *text = ask_tool(a, render(a, cells_of_all_kinds(a), DOCUMENT_PDF), "pdftotext -layout", "-");
	static const char *const parts[] = { "007204", "−1.234.567", "78,5", "52,3%", "05/12/2026", "1961", "chưa có", "−0,05", "100,0%", "12/2026" };

	for (size_t i = 0; i < COUNT(parts); i++)
		CHECK_HAS(text, parts[i]);
	arena_free(a);
}

TEST(document, xlsx_keeps_leading_zeros_and_real_numbers_and_days)
{
	struct arena *a = arena_new(32 * MiB);
	struct bytes file = render(a, cells_of_all_kinds(a), DOCUMENT_XLSX);
	const char *sheet = zip_text(a, file, "xl/worksheets/sheet1.xml"), *book = zip_text(a, file, "xl/workbook.xml");

	check_xml(sheet);
	check_xml(book);
	CHECK_HAS(sheet, "t=\"inlineStr\"><is><t>007204</t>");
	CHECK_HAS(sheet, "<v>-1234567</v>");
	CHECK_HAS(sheet, "<v>78.5</v>");
	CHECK_HAS(sheet, "<v>0.523</v>");
	CHECK_HAS(sheet, "<v>46361</v>");                 /* 2026-12-05, counted from 1900 */
	CHECK_HAS(sheet, "<v>1961</v>");
	CHECK_HAS(sheet, "<t>=HYPERLINK(\"x\")</t>");
	CHECK_INT(0, count(sheet, "<f>"));
	CHECK_HAS(sheet, "<autoFilter ref=\"A4:G6\"/>");
	CHECK_HAS(sheet, "<pane ySplit=\"4\"");
	CHECK_HAS(book, "name=\"Các ô   1 \"");
	arena_free(a);
}

TEST(document, xlsx_of_a_report_has_a_sheet_for_each_table)
{
	struct arena *a = arena_new(32 * MiB);
	struct bytes file = render(a, sample_report(a), DOCUMENT_XLSX);

	CHECK_HAS(zip_text(a, file, "xl/workbook.xml"), "Theo xã, phường");
	CHECK_HAS(zip_text(a, file, "xl/workbook.xml"), "Chỉ tiêu");
	check_xml(zip_text(a, file, "xl/worksheets/sheet1.xml"));
	CHECK_HAS(zip_text(a, file, "xl/worksheets/sheet1.xml"), "<v>159186</v>");
	CHECK_HAS(zip_text(a, file, "xl/worksheets/sheet2.xml"), "chưa có");
	arena_free(a);
}

TEST(document, a_table_too_long_for_a_sheet_goes_on_in_the_next_under_the_same_head)
{
	static const struct column columns[] = { { "STT", 14, ALIGN_RIGHT } };
	struct arena *a = arena_new(64 * MiB);
	struct document *d = document_new(a, &(struct document_setup){ .title = "Danh sách" });
	struct cell rows[25];
	struct bytes file;
	const char *book;

	for (size_t i = 0; i < COUNT(rows); i++)
		rows[i] = cell_whole((int64_t)i + 1);
	document_table(d, &(struct table){ .name = "Danh sách", .columns = columns, .n_columns = 1, .rows = rows, .n_rows = 25,
		.sheet_rows = 10 });
	file = render(a, d, DOCUMENT_XLSX);
	book = zip_text(a, file, "xl/workbook.xml");
	CHECK_HAS(book, "name=\"Danh sách\"");
	CHECK_HAS(book, "name=\"2. Danh sách\"");
	CHECK_HAS(book, "name=\"3. Danh sách\"");
	CHECK_HAS(zip_text(a, file, "xl/worksheets/sheet1.xml"), "<v>10</v>");
	CHECK_HAS(zip_text(a, file, "xl/worksheets/sheet2.xml"), "<v>11</v>");
	CHECK(!strstr(zip_text(a, file, "xl/worksheets/sheet2.xml"), "<v>10</v>"));
	CHECK_HAS(zip_text(a, file, "xl/worksheets/sheet3.xml"), "<v>25</v>");
	arena_free(a);
}

TEST(document, csv_is_plain_and_cannot_be_run)
{
	struct arena *a = arena_new(32 * MiB);
	struct buf out = BUF(a);

	CHECK_OUTCOME(OK, document_render(cells_of_all_kinds(a), DOCUMENT_CSV, sink_buf(&out)));
	CHECK_TEXT("\xEF\xBB\xBFMã,Số,Điểm,Tỷ lệ,Ngày,Năm,Chưa có\r\n"
		   "007204,-1234567,78.5,52.3,2026-12-05,1961,chưa có\r\n"
		   "\"'=HYPERLINK(\"\"x\"\")\",0,-0.05,100.0,2026-12,,3\r\n", buf_cstr(&out));
	arena_free(a);
}

TEST(document, qr_has_its_corners_and_its_limit)
{
	struct qr q;
	char long_text[400];

	CHECK(qr_make(&q, "https://hoctap.tayninh.gov.vn/xac-minh/7K2M00009QXTABC"));
	CHECK_INT(33, q.side);
	CHECK(qr_is_black(&q, 0, 0) && qr_is_black(&q, 6, 6) && !qr_is_black(&q, 7, 7) && qr_is_black(&q, 32, 0));
	memset(long_text, 'x', sizeof long_text);
	long_text[399] = '\0';
	CHECK(!qr_make(&q, long_text));
}

struct seen { int n, page; double x0, x10, y; };

static void see(void *state, int64_t key, int page, double x0, double x10, double y)
{
	struct seen *s = state;

	CHECK_INT(++s->n, key);
	CHECK(x0 > 20 && x10 < 200 && x10 - x0 > 50 && y > s->y && y < 290);
	s->page = page;
	s->y = y;
}

TEST(document, bubbles_tell_where_they_stand)
{
	struct arena *a = arena_new(32 * MiB);
	struct seen seen = { 0 };
	struct document *d = sample_sheet(a);
	struct document *other = document_new(a, &(struct document_setup){ .title = "", .on_bubbles = see, .on_bubbles_state = &seen });

	render(a, d, DOCUMENT_PDF);
	for (int i = 1; i <= 10; i++)
		document_bubbles(other, i);
	render(a, other, DOCUMENT_PDF);
	CHECK_INT(10, seen.n);
	CHECK_INT(1, seen.page);
	arena_free(a);
}

static enum outcome fails_at_third(void *state, struct arena *row, struct cell *cells, bool *done)
{
	cells[0] = cell_text(arena_text(row, "x"));
	*done = false;
	return ++*(int *)state == 3 ? FAILED : OK;
}

static enum outcome full_disk(void *state, const void *ptr, size_t len)
{
	(void)ptr;
	*(size_t *)state += len;
	return FAILED;
}

TEST(document, a_failing_source_or_sink_fails_the_whole)
{
	static const struct column column = { "A", 10, ALIGN_LEFT };
	struct arena *a = arena_new(32 * MiB);

	for (int f = DOCUMENT_PDF; f <= DOCUMENT_CSV; f++) {
		struct document *d = document_new(a, &(struct document_setup){ .title = "" });
		struct buf out = BUF(a);
		size_t written = 0;
		int calls = 0;

		document_table(d, &(struct table){ .columns = &column, .n_columns = 1, .next = fails_at_third, .state = &calls });
		CHECK_OUTCOME(FAILED, document_render(d, (enum document_format)f, sink_buf(&out)));
		CHECK_INT(3, calls);
		CHECK_OUTCOME(FAILED, document_render(sample_report(a), (enum document_format)f, (struct sink){ full_disk, &written }));
		CHECK(written > 0);
	}
	arena_free(a);
}

TEST(document, dates_in_words_carry_their_zeros)
{
	struct arena *a = arena_new(1 * MiB);

	CHECK_TEXT("ngày 05 tháng 02 năm 2027", document_date_words(a, "2027-02-05"));
	CHECK_TEXT("ngày 09 tháng 12 năm 2026", document_date_words(a, "2026-12-09"));
	CHECK_TEXT("ngày 10 tháng 3 năm 2026", document_date_words(a, "2026-03-10"));
	CHECK_TEXT("ngày …… tháng …… năm 2026", document_date_words(a, "2026"));
	CHECK_TEXT("ngày …… tháng …… năm ……", document_date_words(a, ""));
	arena_free(a);
}

TEST(document, formats_have_names)
{
	enum document_format f;

	CHECK(document_format_of("xlsx", &f) && f == DOCUMENT_XLSX);
	CHECK(!document_format_of("doc", &f));
	CHECK_TEXT("text/csv; charset=utf-8", document_format_type(DOCUMENT_CSV));
}

struct files { struct arena *arena; struct bytes at[200]; int n; };

static enum outcome keep_file(void *state, const char *title, struct bytes pdf)
{
	struct files *f = state;

	CHECK_TEXT("Giấy chứng nhận Công dân học tập", title);
	f->at[f->n++] = arena_bytes(f->arena, pdf);
	return OK;
}

TEST(document, each_certificate_can_be_a_file_of_its_own)
{
	struct arena *a = arena_new(128 * MiB);
	struct people p = { 0, 150 };                            /* more than two batches */
	struct files f = { .arena = a };
	static const int looked[] = { 0, 63, 64, 149 };

	CHECK_OUTCOME(OK, document_render_each(sample_certificates(a, &p), keep_file, &f));
	CHECK_INT(150, f.n);
	for (size_t i = 0; i < COUNT(looked); i++) {
		const char *text = ask_tool(a, f.at[looked[i]], "pdftotext", "-"), *other;

		CHECK_INT(1, pages_of(a, f.at[looked[i]]));
		CHECK_HAS(text, sample_name(looked[i]));
		CHECK_HAS(text, arena_format(a, "%04d/2026", looked[i] + 1));
		CHECK_HAS(text, "“CÔNG DÂN HỌC TẬP”");
		other = ask_tool(a, f.at[looked[i]], "pdffonts", "| tail -n +3");
		CHECK_INT(count(other, "\n"), count(other, "+LiberationSerif"));
		CHECK_HAS(ask_tool(a, f.at[looked[i]], "pdfinfo", ""), "Giấy chứng nhận Công dân học tập");
		CHECK(f.at[looked[i]].len < 150 * KiB);
	}
	arena_free(a);
}
