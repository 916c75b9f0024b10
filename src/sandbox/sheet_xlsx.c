/* XLSX: which sheets the book has, which cell styles are dates, the shared strings; the rows are sheet_xlsx_rows.c's. */
#include "sandbox/sheet_xlsx.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"

static bool is_true(const char *value)
{
	return value && (!strcmp(value, "1") || !strcmp(value, "true"));
}

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && !strcmp(text + n - m, end);
}

static void nothing(struct sheet_xml *x, const char *name)
{
	(void)x;
	(void)name;
}

/* ---- relations: an id → a path inside the container ---- */

/* "xl/workbook.xml" and "worksheets/sheet1.xml" → "xl/worksheets/sheet1.xml"; "/xl/…" is from the root, "../" goes up. */
static void resolve(const char *from, const char *target, char out[XLSX_PATH])
{
	const char *slash = strrchr(from, '/');
	int dir = slash ? (int)(slash - from) : 0;

	if (*target == '/') {
		snprintf(out, XLSX_PATH, "%s", target + 1);
		return;
	}
	while (!strncmp(target, "./", 2))
		target += 2;
	while (!strncmp(target, "../", 3)) {
		target += 3;
		while (dir > 0 && from[dir - 1] != '/')
			dir--;
		dir -= dir > 0;
	}
	snprintf(out, XLSX_PATH, "%.*s%s%s", dir, from, dir ? "/" : "", target);
}

static void root_relation(struct sheet_xml *x, const char *name, const char **attributes)
{
	struct xlsx_book *book = x->state;
	const char *type = sheet_attribute(attributes, "Type"), *target = sheet_attribute(attributes, "Target");

	if (!strcmp(name, "Relationship") && type && target && ends_with(type, "/officeDocument"))
		resolve("", target, book->path);
}

static void book_relation(struct sheet_xml *x, const char *name, const char **attributes)
{
	struct xlsx_book *book = x->state;
	const char *type = sheet_attribute(attributes, "Type"), *target = sheet_attribute(attributes, "Target"),
		*id = sheet_attribute(attributes, "Id");

	if (strcmp(name, "Relationship") != 0 || !type || !target || !id)
		return;
	if (ends_with(type, "/sharedStrings"))
		resolve(book->path, target, book->strings_path);
	if (ends_with(type, "/styles"))
		resolve(book->path, target, book->styles_path);
	for (size_t i = 0; i < book->n_sheets && ends_with(type, "/worksheet"); i++)
		if (!strcmp(book->sheets[i].id, id))
			resolve(book->path, target, book->sheets[i].path);
}

/* ---- the book ---- */

static void book_part(struct sheet_xml *x, const char *name, const char **attributes)
{
	struct xlsx_book *book = x->state;
	struct xlsx_sheet *sheet;
	const char *title, *id, *state;

	if (!strcmp(name, "workbookPr"))
		book->from_1904 = is_true(sheet_attribute(attributes, "date1904"));
	if (strcmp(name, "sheet") != 0)
		return;
	title = sheet_attribute(attributes, "name");
	id = sheet_attribute(attributes, "r:id");
	state = sheet_attribute(attributes, "state");
	if (!id)
		id = sheet_attribute(attributes, "id");
	if (!title || !id || book->n_sheets == SHEET_BOOK_SHEETS) {
		sheet_stop(x->out, book->n_sheets == SHEET_BOOK_SHEETS ? SHEET_TOO_LONG : SHEET_DAMAGED);
		XML_StopParser(x->parser, XML_FALSE);
		return;
	}
	sheet = &book->sheets[book->n_sheets++];
	snprintf(sheet->name, sizeof sheet->name, "%s", title);
	snprintf(sheet->id, sizeof sheet->id, "%s", id);
	sheet->hidden = state && strncasecmp(state, "visible", 7) != 0;
}

/* ---- styles ---- */

bool xlsx_format_is_date(const char *code)
{
	for (const char *p = code; *p; p++) {
		if (*p == '"') {
			p = strchr(p + 1, '"');
			if (!p)
				return false;
		} else if (*p == '\\' || *p == '_' || *p == '*') {
			if (!*++p)
				return false;
		} else if (*p == '[') {
			if (strchr("hHmMsS", p[1]) && p[1] && (p[2] == ']' || p[2] == p[1]))
				return true;     /* [h]:mm */
			p = strchr(p, ']');
			if (!p)
				return false;
		} else if (!strncasecmp(p, "general", 7)) {
			p += 6;
		} else if (strchr("dDmMyYhHsS", *p)) {
			return true;
		} else if (*p == ';') {
			return false;    /* the part for numbers above zero decides */
		}
	}
	return false;
}

static bool is_date_format(const struct xlsx_book *book, int id)
{
	for (size_t i = 0; i < book->n_formats; i++)
		if (book->formats[i].id == id)
			return book->formats[i].date;
	/* ECMA-376 part 1, 18.8.30: built in; 27–36 and 50–58 are East Asian dates. */
	return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

struct styles { struct xlsx_book *book; bool in_cells; };

static void style_part(struct sheet_xml *x, const char *name, const char **attributes)
{
	struct styles *s = x->state;
	struct xlsx_book *book = s->book;
	const char *id, *code;

	if (!strcmp(name, "cellXfs"))
		s->in_cells = true;
	id = sheet_attribute(attributes, "numFmtId");
	code = sheet_attribute(attributes, "formatCode");
	if (!strcmp(name, "numFmt") && id && code && book->n_formats < XLSX_FORMATS) {
		book->formats[book->n_formats].id = (int)strtol(id, NULL, 10);
		book->formats[book->n_formats++].date = xlsx_format_is_date(code);
	}
	if (!strcmp(name, "xf") && s->in_cells && book->n_styles < XLSX_STYLES)
		book->style_is_date[book->n_styles++] = id && is_date_format(book, (int)strtol(id, NULL, 10));
}

static void style_end(struct sheet_xml *x, const char *name)
{
	struct styles *s = x->state;

	if (!strcmp(name, "cellXfs"))
		s->in_cells = false;
}

/* ---- shared strings ---- */

struct shared { struct xlsx_book *book; struct sheet_text text; bool in_text, in_phonetic; };

static void string_start(struct sheet_xml *x, const char *name, const char **attributes)
{
	struct shared *s = x->state;

	(void)attributes;
	if (!strcmp(name, "si"))
		s->text.len = 0;
	else if (!strcmp(name, "rPh"))
		s->in_phonetic = true;
	else if (!strcmp(name, "t"))
		s->in_text = !s->in_phonetic;
}

static void string_end(struct sheet_xml *x, const char *name)
{
	struct shared *s = x->state;

	if (!strcmp(name, "t")) {
		s->in_text = false;
	} else if (!strcmp(name, "rPh")) {
		s->in_phonetic = false;
	} else if (!strcmp(name, "si")) {
		sheet_text_unescape(&s->text);
		if (sheet_strings_add(s->book->strings, s->text.len ? s->text.at : "", s->text.len))
			return;
		sheet_stop(x->out, SHEET_TOO_LONG);
		XML_StopParser(x->parser, XML_FALSE);
	}
}

static void string_text(struct sheet_xml *x, const char *text, size_t len)
{
	struct shared *s = x->state;

	if (s->in_text)
		sheet_text_add(&s->text, text, len);
}

static bool read_strings(struct xlsx_book *book)
{
	static const struct sheet_xml_handlers on = { string_start, string_end, string_text };
	struct shared shared = { .book = book };
	bool good = !*book->strings_path || !sheet_zip_has(book->zip, book->strings_path) ||
		sheet_xml_read(book->zip, book->strings_path, &on, &shared);

	sheet_text_free(&shared.text);
	return good && (sheet_strings_done(book->strings) || sheet_stop(book->zip->out, SHEET_TOO_LONG));
}

/* ---- all of it ---- */

static bool read_book(struct xlsx_book *book)
{
	static const struct sheet_xml_handlers root = { root_relation, nothing, NULL }, parts = { book_part, nothing, NULL },
		relations = { book_relation, nothing, NULL }, styles_on = { style_part, style_end, NULL };
	struct styles styles = { .book = book };
	char path[XLSX_PATH];

	if (!sheet_xml_read(book->zip, "_rels/.rels", &root, book))
		return false;
	if (!*book->path)
		return sheet_stop(book->zip->out, SHEET_NOT_A_SHEET);
	if (ends_with(book->path, ".bin"))
		return sheet_stop(book->zip->out, SHEET_OTHER_KIND);
	resolve(book->path, "_rels/", path);
	if (strlen(path) + strlen(book->path) + 6 > sizeof path)
		return sheet_stop(book->zip->out, SHEET_DAMAGED);
	snprintf(path + strlen(path), sizeof path - strlen(path), "%s.rels",
		strrchr(book->path, '/') ? strrchr(book->path, '/') + 1 : book->path);
	if (!sheet_xml_read(book->zip, book->path, &parts, book) || !sheet_xml_read(book->zip, path, &relations, book))
		return false;
	if (*book->styles_path && sheet_zip_has(book->zip, book->styles_path) &&
	    !sheet_xml_read(book->zip, book->styles_path, &styles_on, &styles))
		return false;
	return read_strings(book);
}

void sheet_read_xlsx(struct sheet_out *out, const struct sheet_input *input)
{
	struct sheet_zip zip;
	struct xlsx_book *book;
	bool good = true;

	if (!sheet_zip_open(&zip, out, input))
		return;
	book = calloc(1, sizeof *book);
	BUG_ON(!book);
	book->zip = &zip;
	book->sheets = calloc(SHEET_BOOK_SHEETS, sizeof *book->sheets);
	BUG_ON(!book->sheets);
	book->strings = sheet_strings_new(input->spill);
	good = read_book(book);
	for (size_t i = 0; good && i < book->n_sheets; i++) {
		const struct xlsx_sheet *sheet = &book->sheets[i];

		if (!sheet->hidden && *sheet->path)      /* a chart has no rows */
			good = xlsx_rows_read(book, sheet);
		else
			good = sheet_out_sheet(out, &(struct sheet_head){ .name = sheet->name, .hidden = sheet->hidden }) &&
				sheet_out_sheet_end(out);
	}
	sheet_strings_free(book->strings);
	free(book->sheets);
	free(book);
	sheet_zip_close(&zip);
}
