#include "tests/test.h"

#include <stdio.h>
#include <string.h>
#include <zip.h>

#include "base/arena.h"
#include "base/buf.h"
#include "sandbox/children_test.h"
#include "sandbox/sandbox_messages.h"
#include "sandbox/sheet_out.h"
#include "sandbox/sheet_xlsx.h"

/* What came of a file: its cells as text, one line a row. */
struct taken { struct buf text; size_t sheets, rows, ended, merges; };

static OUTCOME take_sheet(void *state, const struct sheet_head *sheet)
{
	struct taken *t = state;

	t->sheets++;
	buf_format(&t->text, "[%s%s]\n", sheet->name, sheet->hidden ? " hidden" : "");
	return OK;
}

static OUTCOME take_merge(void *state, const struct sheet_range *range)
{
	struct taken *t = state;

	(void)range;
	t->merges++;
	return OK;
}

static OUTCOME take_row(void *state, const struct sheet_row *row)
{
	static const char *const marks[] = { "", "", "@", "!" };
	struct taken *t = state;

	if (t->rows++ > 50)
		return OK;
	buf_format(&t->text, "%u%s", row->row, row->hidden ? "~" : "");
	for (size_t i = 0; i < row->n; i++) {
		const struct sheet_cell *c = &row->cells[i];

		if (c->kind == CELL_NUMBER)
			buf_format(&t->text, " %u=%g", c->column, c->number);
		else
			buf_format(&t->text, " %u=%s%s", c->column, marks[c->kind], c->text);
	}
	buf_char(&t->text, '\n');
	return OK;
}

static OUTCOME take_end(void *state)
{
	((struct taken *)state)->ended++;
	return OK;
}

static enum sheet_kind read_with(struct sandbox *sandbox, struct arena *a, struct bytes file, struct taken *t)
{
	struct sheet_taker taker = { take_sheet, take_merge, take_row, take_end, t };
	enum sheet_kind kind;

	*t = (struct taken){ .text = BUF(a) };
	if (sandbox)
		CHECK_OUTCOME(OK, sandbox_sheet(sandbox, a, &(struct sheet_source){ .input = file }, &taker, &kind));
	else
		CHECK_OUTCOME(OK, sandbox_sheet_here(a, file, &taker, &kind));
	return kind;
}

/* ---- containers ---- */

struct part { const char *name; struct bytes content; };

static struct bytes container(struct arena *a, const struct part *parts, size_t n)
{
	zip_error_t error;
	zip_source_t *to;
	zip_t *zip;
	zip_stat_t stat;
	char *bytes;

	zip_error_init(&error);
	to = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_source_keep(to);
	zip = zip_open_from_source(to, ZIP_TRUNCATE, &error);
	for (size_t i = 0; i < n; i++)
		CHECK(zip_file_add(zip, parts[i].name, zip_source_buffer(zip, parts[i].content.ptr, parts[i].content.len, 0), 0) >= 0);
	CHECK(!zip_close(zip) && !zip_source_stat(to, &stat) && !zip_source_open(to));
	bytes = arena_alloc(a, stat.size);
	CHECK_INT(stat.size, zip_source_read(to, bytes, stat.size));
	zip_source_close(to);
	zip_source_free(to);
	zip_error_fini(&error);
	return (struct bytes){ bytes, stat.size };
}

#define REL(id, type, target) "<Relationship Id=\"" id "\" Type=\"http://x/" type "\" Target=\"" target "\"/>"

static struct bytes xlsx(struct arena *a, struct bytes sheet, struct bytes strings, const char *extra)
{
	const struct part parts[] = {
		{ "_rels/.rels", BYTES("<Relationships>" REL("r", "officeDocument", "xl/workbook.xml") "</Relationships>") },
		{ "xl/workbook.xml", BYTES("<workbook><sheets><sheet name=\"A\" r:id=\"s\"/></sheets></workbook>") },
		{ "xl/_rels/workbook.xml.rels", BYTES("<Relationships>" REL("s", "worksheet", "worksheets/sheet1.xml")
			REL("t", "sharedStrings", "sharedStrings.xml") "</Relationships>") },
		{ "xl/worksheets/sheet1.xml", sheet }, { "xl/sharedStrings.xml", strings }, { extra, BYTES("x") },
	};

	return container(a, parts, extra ? 6 : 5);
}

/* BYTES is a value; this one begins a static one. */
#define TEXT_BYTES(text) { (text), sizeof(text) - 1 }
#define SHEET(rows) BYTES("<worksheet><sheetData>" rows "</sheetData></worksheet>")
#define NO_STRINGS BYTES("<sst/>")

static struct bytes zeros(struct arena *a, const char *before, size_t n)
{
	char *bytes = arena_alloc(a, strlen(before) + n);

	memset(bytes, ' ', strlen(before) + n);
	memcpy(bytes, before, strlen(before));
	return (struct bytes){ bytes, strlen(before) + n };
}

static struct bytes compound(struct arena *a, const char *stream)
{
	struct buf b = BUF(a);

	buf_add(&b, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
	buf_add(&b, zeros(a, "", 504).ptr, 504);
	for (; *stream; stream++) {
		buf_char(&b, *stream);
		buf_char(&b, '\0');
	}
	return buf_bytes(&b);
}

TEST(sheet, a_hostile_file_gets_a_clear_refusal)
{
	struct sandbox *sandbox = real_sandbox((struct sandbox_config){ .workers = 1, .cold = true });
	struct arena *a = arena_new(512 * MiB);
	struct bytes good = xlsx(a, SHEET("<row><c t=\"str\"><v>a</v></c></row>"), NO_STRINGS, NULL);
	const struct { const char *what; enum sheet_kind kind; struct bytes file; } files[] = {
		{ "nothing", SHEET_EMPTY, { "", 0 } },
		{ "a renamed program", SHEET_NOT_A_SHEET, BYTES("MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0") },
		{ "a picture", SHEET_NOT_A_SHEET, BYTES("\xff\xd8\xff\xe0\0\x10JFIF") },
		{ "a letter", SHEET_NOT_A_SHEET, container(a, (struct part[]){ { "word/document.xml", BYTES("<a/>") }, { "_rels/.rels",
			BYTES("<Relationships/>") } }, 2) },
		{ "any container", SHEET_NOT_A_SHEET, container(a, (struct part[]){ { "a.txt", BYTES("a") } }, 1) },
		{ "a web page", SHEET_OTHER_KIND, BYTES("\n <HTML><table><tr><td>Họ tên") },
		{ "a binary workbook", SHEET_OTHER_KIND, container(a, (struct part[]){ { "xl/workbook.bin", BYTES("x") } }, 1) },
		{ "half a container", SHEET_TRUNCATED, { good.ptr, good.len / 2 } },
		{ "a macro workbook", SHEET_MACRO, xlsx(a, SHEET(""), NO_STRINGS, "xl/vbaProject.bin") },
		{ "a password", SHEET_LOCKED, compound(a, "EncryptedPackage") },
		{ "an old macro workbook", SHEET_MACRO, compound(a, "Workbook _VBA_PROJECT") },
		{ "an old letter", SHEET_NOT_A_SHEET, compound(a, "WordDocument") },
		{ "a broken old workbook", SHEET_DAMAGED, compound(a, "Workbook") },
		{ "entities", SHEET_BOMB, xlsx(a, BYTES("<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;\">]><worksheet>"
			"<sheetData><row><c t=\"str\"><v>&c;&c;</v></c></row></sheetData></worksheet>"), NO_STRINGS, NULL) },
		{ "a bomb", SHEET_BOMB, xlsx(a, zeros(a, "<worksheet><sheetData>", 300 * MiB), NO_STRINGS, NULL) },
		{ "ten million columns", SHEET_TOO_WIDE, xlsx(a, SHEET("<row><c r=\"VZZZZ1\" t=\"str\"><v>a</v></c></row>"), NO_STRINGS, NULL) },
		{ "ten million rows", SHEET_TOO_LONG, xlsx(a, SHEET("<row r=\"9999999\"><c t=\"str\"><v>a</v></c></row>"), NO_STRINGS, NULL) },
		{ "no XML", SHEET_DAMAGED, xlsx(a, BYTES("<worksheet><sheetData><row>"), NO_STRINGS, NULL) },
		{ "a locked OpenDocument", SHEET_LOCKED, container(a, (struct part[]){ { "mimetype",
			BYTES("application/vnd.oasis.opendocument.spreadsheet") }, { "content.xml", BYTES("\1\2\3") }, { "META-INF/manifest.xml",
			BYTES("<manifest:manifest><manifest:encryption-data/></manifest:manifest>") } }, 3) },
		{ "an OpenDocument that repeats", SHEET_BOMB, container(a, (struct part[]){ { "mimetype",
			BYTES("application/vnd.oasis.opendocument.spreadsheet") }, { "content.xml", BYTES("<a><table:table table:name=\"A\">"
			"<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"500\""
			" office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table></a>") } }, 2) },
	};
	struct taken t;

	for (size_t i = 0; i < COUNT(files); i++) {
		enum sheet_kind kind = read_with(sandbox, a, files[i].file, &t);

		if (kind != files[i].kind)
			fail_msg("%s: %d, not %d", files[i].what, kind, files[i].kind);
		CHECK_HAS(sandbox_sheet_message(a, kind, "ds.xlsx"), "“ds.xlsx”");
		CHECK(strlen(sandbox_sheet_message(a, kind, "ds.xlsx")) > 40);
	}
	CHECK_INT(SHEET_READ, read_with(sandbox, a, good, &t));  /* and the next file is read */
	CHECK_TEXT("[A]\n1 0=a\n", buf_cstr(&t.text));
	CHECK_INT(0, sandbox_status(sandbox).died);
	sandbox_free(sandbox);
	arena_free(a);
}

TEST(sheet, each_format_is_read_in_the_cage)
{
	static const struct { const char *path; size_t sheets, rows; } files[] = {
		{ "tests/rosters/01-ap-binh-hoa-dang-ky.xlsx", 1, 77 }, { "tests/rosters/04-cong-ty-may.xls", 1, 85 },
		{ "tests/rosters/05-truong-thcs.ods", 2, 85 }, { "tests/rosters/06-khu-pho-2.csv", 1, 60 } };
	struct sandbox *sandbox = real_sandbox((struct sandbox_config){ .workers = 1, .cold = true });
	struct arena *a = arena_new(64 * MiB);
	static char bytes[1 << 20];
	struct taken t;

	for (size_t i = 0; i < COUNT(files); i++) {
		FILE *f = fopen(files[i].path, "rb");
		size_t n;

		CHECK(f != NULL);
		n = fread(bytes, 1, sizeof bytes, f);
		fclose(f);
		CHECK_INT(SHEET_READ, read_with(sandbox, a, (struct bytes){ bytes, n }, &t));
		CHECK_INT(files[i].sheets, t.sheets);
		CHECK_INT(files[i].sheets, t.ended);
		if (t.rows + 10 < files[i].rows || t.rows > files[i].rows + 10)
			fail_msg("%s: %zu rows", files[i].path, t.rows);
	}
	sandbox_free(sandbox);
	arena_free(a);
}

/* More shared strings than stay in memory, named from the last to the first. */
TEST(sheet, shared_strings_that_spill_come_back)
{
	enum { STRINGS = 150000 };
	struct sandbox *sandbox = real_sandbox((struct sandbox_config){ .workers = 1, .cold = true });
	struct arena *a = arena_new(512 * MiB);
	struct buf strings = BUF(a, .max = 64 * MiB), rows = BUF(a, .max = 64 * MiB);
	struct taken t;

	buf_text(&strings, "<sst>");
	buf_text(&rows, "<worksheet><sheetData>");
	for (int i = 0; i < STRINGS; i++) {
		buf_format(&strings, "<si><t>một câu dài hơn bốn mươi chữ, số %d</t></si>", i);
		buf_format(&rows, "<row><c t=\"s\"><v>%d</v></c></row>", STRINGS - 1 - i);
	}
	buf_text(&strings, "</sst>");
	buf_text(&rows, "</sheetData></worksheet>");
	CHECK_INT(SHEET_READ, read_with(sandbox, a, xlsx(a, buf_bytes(&rows), buf_bytes(&strings), NULL), &t));
	CHECK_INT(STRINGS, t.rows);
	CHECK_HAS(buf_cstr(&t.text), "\n1 0=một câu dài hơn bốn mươi chữ, số 149999\n");
	CHECK_HAS(buf_cstr(&t.text), "\n50 0=một câu dài hơn bốn mươi chữ, số 149950\n");
	sandbox_free(sandbox);
	arena_free(a);
}

TEST(sheet, csv_finds_its_separator_and_survives_a_lone_quote)
{
	static const struct { struct bytes file; const char *text; } files[] = {
		{ TEXT_BYTES("a,b\n1,2\n"), "[csv]\n1 0=a 1=b\n2 0=1 1=2\n" },
		{ TEXT_BYTES("\xEF\xBB\xBF" "a;b\r\n1,5;2\r\n"), "[csv]\n1 0=a 1=b\n2 0=1,5 1=2\n" },
		{ TEXT_BYTES("a\tb\n\n1\t=\"012\"\n"), "[csv]\n1 0=a 1=b\n3 0=1 1=012\n" },
		{ TEXT_BYTES("a,b\n\"x\ny\",2\nz"), "[csv]\n1 0=a 1=b\n2 0=x\ny 1=2\n3 0=z\n" },
		{ TEXT_BYTES("a,b\n\",2\n3,4\n"), "[csv]\n1 0=a 1=b\n2 0=\" 1=2\n3 0=3 1=4\n" },
		{ TEXT_BYTES("Tr\xE2\xCCn,b\n"), "[csv]\n1 0=Trâ\u0300n 1=b\n" },
	};
	struct arena *a = arena_new(16 * MiB);
	struct taken t;

	for (size_t i = 0; i < COUNT(files); i++) {
		CHECK_INT(SHEET_READ, read_with(NULL, a, files[i].file, &t));
		CHECK_TEXT(files[i].text, buf_cstr(&t.text));
	}
	arena_free(a);
}

TEST(sheet, days_and_formats_of_a_workbook)
{
	static const struct { double serial; bool from_1904; const char *day; } days[] = {
		{ 1, false, "1900-01-01" }, { 59, false, "1900-02-28" }, { 60, false, "" }, { 61, false, "1900-03-01" },
		{ 38922, false, "2006-07-24" }, { 46350.75, false, "2026-11-24" }, { 0, false, "" }, { 0.5, false, "" },
		{ 0, true, "1904-01-01" }, { 20000, true, "1958-10-04" }, { -1, false, "" }, { 1e9, false, "" } };
	static const struct { const char *code; bool date; } formats[] = { { "dd/mm/yyyy", true }, { "0.00E+00", false },
		{ "General", false }, { "#,##0 \"đồng\"", false }, { "[Red]0", false }, { "[$-42A]dd\\ mmmm", true }, { "[h]:mm", true },
		{ "0;[Red]\"d\"", false }, { "@", false }, { "d-mmm", true }, { "\"ngay\" 0", false } };
	char day[11];

	for (size_t i = 0; i < COUNT(days); i++) {
		sheet_day(days[i].serial, days[i].from_1904, day);
		CHECK_TEXT(days[i].day, day);
	}
	for (size_t i = 0; i < COUNT(formats); i++)
		if (xlsx_format_is_date(formats[i].code) != formats[i].date)
			fail_msg("%s", formats[i].code);
}
