#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "document/archive.h"
#include "document/document_samples.h"
#include "document/form.h"

#define W "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
#define W_END "</w:body></w:document>"
#define P(runs) "<w:p>" runs "</w:p>"
#define R(text) "<w:r><w:t>" text "</w:t></w:r>"
#define CELL(runs) "<w:tc>" P(runs) "</w:tc>"
#define TYPES "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">" \
	"<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>" \
	"<Override PartName=\"/word/document.xml\" " \
	"ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
#define RELS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" " \
	"Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" " \
	"Target=\"word/document.xml\"/></Relationships>"

static struct bytes docx(struct arena *a, const char *body, const char *name, const char *more)
{
	struct buf *out = ARENA_NEW(a, struct buf);
	struct archive *z;

	*out = BUF(a, .max = 8 * MiB);
	z = archive_new(a, SAMPLE_MADE, sink_buf(out));
	CHECK_OUTCOME(OK, archive_add(z, "[Content_Types].xml", (struct bytes){ TYPES, strlen(TYPES) }, true));
	CHECK_OUTCOME(OK, archive_add(z, "_rels/.rels", (struct bytes){ RELS, strlen(RELS) }, true));
	CHECK_OUTCOME(OK, archive_add(z, "word/document.xml", (struct bytes){ body, strlen(body) }, true));
	if (name)
		CHECK_OUTCOME(OK, archive_add(z, name, (struct bytes){ more, strlen(more) }, true));
	CHECK_OUTCOME(OK, archive_end(z));
	return buf_bytes(out);
}

static struct form *taken(struct arena *a, struct bytes file, enum form_fault *fault, const char **what)
{
	struct buf out = BUF(a, .max = 20 * MiB);
	struct form *form = NULL;

	form_read(a, file, &out);
	CHECK(form_open(a, buf_bytes(&out), fault, what, &form));
	return form;
}

struct source { int row; };

static const char *value(void *state, const char *name)
{
	struct source *s = state;

	if (!strcmp(name, "ho_ten"))
		return s->row == 1 ? "Nguyễn <An> & con" : s->row ? "Đỗ Ẩn" : "Trần Bình";
	if (!strcmp(name, "stt"))
		return s->row == 1 ? "1" : "2";
	return !strcmp(name, "hai_dong") ? "một\nhai" : "";
}

static enum outcome begin(void *state, const char *list)
{
	CHECK_TEXT("nguoi", list);
	((struct source *)state)->row = 0;
	return OK;
}

static enum outcome next(void *state, struct arena *row, bool *done)
{
	struct source *s = state;

	(void)row;
	*done = s->row == 2;
	s->row = *done ? 0 : s->row + 1;
	return OK;
}

static const char *part_of(struct arena *a, struct bytes file, const char *name)
{
	zip_source_t *source = zip_source_buffer_create(file.ptr, file.len, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
	zip_stat_t stat;
	zip_file_t *in;
	char *text;

	CHECK(zip && !zip_stat(zip, name, 0, &stat));
	text = arena_alloc(a, stat.size + 1);
	in = zip_fopen(zip, name, 0);
	CHECK(in && zip_fread(in, text, stat.size) == (zip_int64_t)stat.size);
	zip_fclose(in);
	zip_discard(zip);
	return text;
}

static struct bytes filled(struct arena *a, const struct form *form)
{
	struct buf *out = ARENA_NEW(a, struct buf);
	struct source s = { 0 };

	*out = BUF(a, .max = 8 * MiB);
	CHECK_OUTCOME(OK, form_fill(form, a, &(struct form_values){ value, begin, next, &s }, SAMPLE_MADE, sink_buf(out)));
	return buf_bytes(out);
}

/* What a body becomes, its spaces kept by attribute taken away for reading. */
static const char *becomes(struct arena *a, const char *body)
{
	enum form_fault fault;
	static const char mark[] = " xml:space=\"preserve\"";
	const char *what, *text;
	struct form *form = taken(a, docx(a, arena_format(a, W "%s" W_END, body), NULL, NULL), &fault, &what);
	struct buf out = BUF(a);

	CHECK_INT(FORM_GOOD, fault);
	text = part_of(a, filled(a, form), "word/document.xml") + strlen(W);
	for (; *text; text++) {
		while (!strncmp(text, mark, strlen(mark)))
			text += strlen(mark);
		buf_char(&out, *text);
	}
	out.len -= strlen(W_END);
	return arena_textn(a, out.ptr, out.len);
}

TEST(docx_form, fields_are_filled_however_word_split_them)
{
	static const struct { const char *before, *after; } cases[] = {
		{ P(R("Ông {ho_ten}.")), P(R("Ông Trần Bình.")) },
		{ P(R("Ông {ho") R("_") R("ten}, ấp")), P(R("Ông Trần Bình") R("") R(", ấp")) },
		{ P(R("{ho_ten}{khong_co}")), P(R("Trần Bình……")) },
		{ P(R("{HO_TEN}")), P(R("TRẦN BÌNH")) },
		{ P(R("{") R("ho_ten") R("}")), P(R("Trần Bình") R("") R("")) },
		{ P(R("a{?ho_ten}b{/?ho_ten}c{?khong}d{/?khong}e")), P(R("abce")) },
		{ P(R("{#nguoi}{stt}. {ho_ten}; {/nguoi}hết")), P(R("1. Nguyễn &lt;An&gt; &amp; con; 2. Đỗ Ẩn; hết")) },
		{ P(R("x {#nguoi}{stt}") R("-{/nguoi}y")), P(R("x 1") R("-2") R("-") R("y")) },
		{ "<w:tbl><w:tr>" CELL(R("STT")) "</w:tr><w:tr>" CELL(R("{#nguoi}{stt}")) CELL(R("{ho_ten}{/nguoi}"))
			"</w:tr></w:tbl>",
		  "<w:tbl><w:tr>" CELL(R("STT")) "</w:tr><w:tr>" CELL(R("1")) CELL(R("Nguyễn &lt;An&gt; &amp; con"))
			"</w:tr><w:tr>"
		  CELL(R("2")) CELL(R("Đỗ Ẩn")) "</w:tr></w:tbl>" },
		{ P(R("{#nguoi}")) P(R("{stt}")) P(R("{/nguoi}")) P(R("z")),
		  P(R("")) P(R("1")) P(R("")) P(R("")) P(R("2")) P(R("")) P(R("z")) },
		{ P(R("{?khong}một")) P(R("hai{/?khong}")) P(R("ba")), P(R("ba")) },
		{ P(R("không có gì để điền")), P(R("không có gì để điền")) },
		{ P(R("{hai_dong}")), P("<w:r><w:t>một</w:t><w:br/><w:t>hai</w:t></w:r>") },
		{ P(R("{?ho_ten}{#nguoi}")) P(R("{stt}{/nguoi}{/?ho_ten}")), P(R("")) P(R("1")) P(R("")) P(R("2")) },
		{ P(R("a &amp; {ho_ten} &lt;")), P(R("a &amp; Trần Bình &lt;")) },
	};
	struct arena *a = arena_new(64 * MiB);

	for (size_t i = 0; i < COUNT(cases); i++)
		if (i != 7)
			CHECK_TEXT(cases[i].after, becomes(a, cases[i].before));
	/* A list that begins in one run and ends in another repeats the border between them: still well formed. */
	CHECK_TEXT(P("<w:r><w:t>x 1</w:t></w:r><w:r><w:t>-2</w:t></w:r><w:r><w:t>-y</w:t></w:r>"), becomes(a, cases[7].before));
	arena_free(a);
}

TEST(docx_form, what_is_no_form_is_refused_and_says_where)
{
	static const struct { const char *body; enum form_fault fault; const char *what; } cases[] = {
		{ W P(R("{ho ten}")) W_END, FORM_BAD_NAME, "{ho ten}" }, { W P(R("{họ_tên}")) W_END, FORM_BAD_NAME, "{họ_tên}" },
		{ W P(R("{ho_ten")) W_END, FORM_UNCLOSED_BRACE, "{ho_ten" }, { W P(R("{#nguoi}a")) W_END, FORM_NOT_CLOSED,
			"nguoi" },
		{ W P(R("a{/nguoi}")) W_END, FORM_NOT_OPENED, "nguoi" }, { W P(R("{#a}{#b}{/b}{/a}")) W_END, FORM_NESTED, "b" },
		{ W P(R("{#a}{?b}{/a}{/?b}")) W_END, FORM_CROSSED, "a" },
		{ W P(R("{#a}")) "<w:tbl><w:tr>" CELL(R("{/a}")) "</w:tr></w:tbl>" W_END, FORM_CROSSED, "a" },
		{ "<!DOCTYPE x [<!ENTITY a \"b\">]>" W W_END, FORM_DAMAGED, "DOCTYPE" }, { W "<w:p>", FORM_DAMAGED,
			"word/document.xml" },
		{ W P("<w:object/>") W_END, FORM_OBJECT, "object" },
	};
	static const struct { const char *name, *text; enum form_fault fault; } parts[] = {
		{ "word/vbaProject.bin", "x", FORM_MACRO }, { "word/embeddings/a.xlsx", "x", FORM_OBJECT },
		{ "../../etc/passwd", "x", FORM_NOT_DOCX }, { "setup.exe", "x", FORM_NOT_DOCX },
		{ "word/_rels/settings.xml.rels",
			"<Relationships><Relationship Type=\"x/attachedTemplate\" Target=\"http://a/b.dotm\" "
		  "TargetMode=\"External\"/></Relationships>", FORM_OUTSIDE },
		{ "word/header1.xml", "<a", FORM_DAMAGED } };
	struct arena *a = arena_new(64 * MiB);
	enum form_fault fault;
	const char *what;

	for (size_t i = 0; i < COUNT(cases); i++) {
		taken(a, docx(a, cases[i].body, NULL, NULL), &fault, &what);
		CHECK_INT(cases[i].fault, fault);
		CHECK_TEXT(cases[i].what, what);
	}
	for (size_t i = 0; i < COUNT(parts); i++) {
		taken(a, docx(a, W W_END, parts[i].name, parts[i].text), &fault, &what);
		CHECK_INT(parts[i].fault, fault);
	}
	taken(a, (struct bytes){ "không phải", 14 }, &fault, &what);
	CHECK_INT(FORM_NOT_DOCX, fault);
	taken(a, (struct bytes){ "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old word", 17 }, &fault, &what);
	CHECK_INT(FORM_LOCKED, fault);
	arena_free(a);
}

TEST(docx_form, a_bomb_is_counted_as_it_unpacks)
{
	struct arena *a = arena_new(512 * MiB);
	char *zeros = arena_alloc(a, 20 * MiB);
	enum form_fault fault;
	const char *what;

	memset(zeros, ' ', 20 * MiB - 1);
	taken(a, docx(a, W W_END, "word/media/bomb.png", zeros), &fault, &what);
	CHECK_INT(FORM_TOO_LARGE, fault);
	arena_free(a);
}

TEST(docx_form, headers_are_filled_and_fields_are_listed_with_their_lists)
{
	struct arena *a = arena_new(64 * MiB);
	enum form_fault fault;
	const char *what;
	size_t n;
	const struct form_field *fields;
	struct form *form = taken(a, docx(a, W P(R("{#nguoi}{STT}{/nguoi}{ma}")) W_END, "word/header2.xml",
		"<w:hdr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">" P(R("{ho_ten}"))
			"</w:hdr>"), &fault, &what);

	CHECK_HAS(part_of(a, filled(a, form), "word/header2.xml"), ">Trần Bình<");
	fields = form_fields(form, &n);
	CHECK_INT(4, n);
	CHECK_INT(HOLE_LIST, fields[0].use);
	CHECK_TEXT("stt", fields[1].name);
	CHECK_TEXT("nguoi", fields[1].list);
	CHECK_TEXT("ma", fields[2].name);
	CHECK_TEXT("", fields[2].list);
	CHECK_TEXT("ho_ten", fields[3].name);
	arena_free(a);
}

/* Every prefix and every byte changed: refused or read, never believed. */
TEST(docx_form, what_a_worker_says_is_doubted)
{
	struct arena *a = arena_new(64 * MiB), *b = arena_new(64 * MiB);
	struct buf out = BUF(a, .max = 20 * MiB);
	enum form_fault fault;
	struct form *form;
	const char *what;
	unsigned char *copy;

	form_read(a, docx(a, W P(R("{#nguoi}{stt}{/nguoi}{?a}b{/?a}")) W_END, NULL, NULL), &out);
	copy = arena_alloc(a, out.len);
	for (size_t i = 0; i < out.len; i++) {
		arena_reset(b);
		CHECK(!form_open(b, (struct bytes){ out.ptr, i }, &fault, &what, &form));
		memcpy(copy, out.ptr, out.len);
		copy[i] ^= 0x81;
		form_open(b, (struct bytes){ copy, out.len }, &fault, &what, &form);
	}
	arena_free(a);
	arena_free(b);
}

static const char *libreoffice(struct arena *a, const char *docx_path, const char *dir)
{
	const char *text_path = arena_format(a, "%s/form.txt", dir);
	char *text = arena_alloc(a, 65536);
	FILE *in;

	CHECK_INT(0, system(arena_format(a, "soffice -env:UserInstallation=file://%s/profile --headless --convert-to txt:Text "
		"--outdir %s %s >/dev/null 2>&1", dir, dir, docx_path)));
	in = fopen(text_path, "r");
	CHECK(in != NULL);
	CHECK(fread(text, 1, 65535, in) > 0);
	fclose(in);
	return text;
}

TEST(docx_form, our_own_minutes_can_be_a_form_and_libreoffice_opens_what_was_filled)
{
	struct arena *a = arena_new(64 * MiB);
	struct document *d = document_new(a, &(struct document_setup){ .title = "Mẫu", .made = SAMPLE_MADE });
	static const struct column columns[] = { { "STT", 20, ALIGN_CENTER }, { "Họ và tên", 100, ALIGN_LEFT } };
	const struct cell row[] = { cell_text("{#nguoi}{stt}"), cell_text("{ho_ten}{/nguoi}") };
	struct buf out = BUF(a, .max = 8 * MiB);
	char dir[] = "/tmp/hoctap-form-XXXXXX";
	enum form_fault fault;
	struct form *form;
	const char *what, *path, *text;
	struct bytes file;
	FILE *to;

	document_text(d, RUNS(PLAIN("Ông (bà) "), BOLD("{HO_TEN}"), PLAIN(" và mọi người:")));
	document_table(d, &(struct table){ .columns = columns, .n_columns = 2, .rows = row, .n_rows = 1 });
	CHECK_OUTCOME(OK, document_render(d, DOCUMENT_DOCX, sink_buf(&out)));
	form = taken(a, buf_bytes(&out), &fault, &what);
	CHECK_INT(FORM_GOOD, fault);
	file = filled(a, form);
	text = part_of(a, file, "word/document.xml");
	CHECK_HAS(text, "TRẦN BÌNH");
	CHECK_HAS(text, "Nguyễn &lt;An&gt; &amp; con");
	CHECK(!strchr(text, '{'));
	if (system("command -v soffice >/dev/null") == 0) {
		CHECK(mkdtemp(dir) != NULL);
		path = arena_format(a, "%s/form.docx", dir);
		to = fopen(path, "wb");
		CHECK(to && fwrite(file.ptr, 1, file.len, to) == file.len && !fclose(to));
		text = libreoffice(a, path, dir);
		CHECK_HAS(text, "TRẦN BÌNH");
		CHECK_HAS(text, "Đỗ Ẩn");
		CHECK_INT(0, system(arena_format(a, "rm -r %s", dir)));
	}
	arena_free(a);
}
