/* One sheet of an XLSX. Merged cells stand behind the rows in the file, and who takes the rows wants them before: the sheet is
 * unpacked once for them (looking for the words, without a parser) and once for the rows. */
#include "sandbox/sheet_xlsx.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"

enum { HIDDEN_RANGES = 1000 };

/* "AB12" → column 27, row 12; false when it is not such a name. */
static bool parse_reference(const char *text, uint32_t *column, uint32_t *row, const char **end)
{
	uint64_t c = 0, r = 0;

	for (; *text == '$'; text++)
		;
	for (; *text >= 'A' && *text <= 'Z' && c < 1000000; text++)
		c = c * 26 + (uint64_t)(*text - 'A' + 1);
	for (; *text == '$'; text++)
		;
	for (; *text >= '0' && *text <= '9' && r < 100000000; text++)
		r = r * 10 + (uint64_t)(*text - '0');
	*column = (uint32_t)(c - 1);
	*row = (uint32_t)r;
	if (end)
		*end = text;
	return c > 0 && r > 0;
}

/* ---- merged cells ---- */

enum { OVERLAP = 128, SCAN = 128 * 1024 };
struct merges { struct sheet_range *at; size_t n, kept; char *text; };

static void add_merge(struct merges *m, const char *text, const char *end)
{
	char word[64];
	const char *ref = memmem(text, (size_t)(end - text), "ref=", 4), *after;
	struct sheet_range r;
	size_t len;

	if (!ref || end - ref < 8 || m->n == SHEET_MERGES)
		return;
	len = (size_t)(end - ref - 5) < sizeof word - 1 ? (size_t)(end - ref - 5) : sizeof word - 1;
	memcpy(word, ref + 5, len);
	word[len] = '\0';
	if (!parse_reference(word, &r.column, &r.row, &after) || *after != ':' ||
	    !parse_reference(after + 1, &r.last_column, &r.last_row, NULL))
		return;
	if (r.last_row >= r.row && r.last_column >= r.column)
		m->at[m->n++] = r;
}

/* The words “mergeCell ref="A1:B2"”, also across two pieces: an end that may be the beginning of one is kept. */
static bool find_merges(void *state, const char *piece, size_t len, bool last)
{
	static const char word[] = "mergeCell ";
	struct merges *m = state;
	const char *at, *end;

	BUG_ON(m->kept + len > SCAN);
	memcpy(m->text + m->kept, piece, len);
	at = m->text;
	end = m->text + m->kept + len;
	while ((at = memmem(at, (size_t)(end - at), word, sizeof word - 1)) != NULL) {
		const char *close = memchr(at, '>', (size_t)(end - at));

		if (!close && !last && end - at < OVERLAP)
			break;
		add_merge(m, at, close ? close : end);
		at += sizeof word - 1;
	}
	m->kept = at ? (size_t)(end - at) : (size_t)(end - m->text) < sizeof word ? (size_t)(end - m->text) : sizeof word;
	memmove(m->text, end - m->kept, m->kept);
	return true;
}

/* ---- rows ---- */

static uint64_t number_of(const char *digits)
{
	uint64_t n = 0;

	while (*digits >= '0' && *digits <= '9' && n < UINT32_MAX)
		n = n * 10 + (uint64_t)(*digits++ - '0');
	return n;
}

enum cell_type { TYPE_NUMBER, TYPE_SHARED, TYPE_INLINE, TYPE_TEXT, TYPE_BOOLEAN, TYPE_ERROR, TYPE_DAY };

struct rows {
	struct xlsx_book *book;
	const struct xlsx_sheet *sheet;
	const struct merges *merges;
	struct sheet_range *hidden;
	size_t n_hidden;
	struct sheet_text text;
	uint32_t row, column;
	bool begun, in_row, in_text, in_phonetic, formula;
	enum cell_type type;
	unsigned style;
};

static enum cell_type type_of(const char *t)
{
	static const struct { const char *name; enum cell_type type; } types[] = { { "s", TYPE_SHARED }, { "n", TYPE_NUMBER },
		{ "inlineStr", TYPE_INLINE }, { "str", TYPE_TEXT }, { "b", TYPE_BOOLEAN }, { "e", TYPE_ERROR },
		{ "d", TYPE_DAY } };

	for (size_t i = 0; t && i < COUNT(types); i++)
		if (!strcmp(types[i].name, t))
			return types[i].type;
	return t ? TYPE_TEXT : TYPE_NUMBER;
}

static void begin_rows(struct rows *r, struct sheet_out *out)
{
	bool good;

	if (r->begun)
		return;
	r->begun = true;
	good = sheet_out_sheet(out, &(struct sheet_head){ .name = r->sheet->name, .n_hidden = r->n_hidden,
		.hidden_columns = r->hidden });
	for (size_t i = 0; good && i < r->merges->n; i++)
		good = sheet_out_merge(out, &r->merges->at[i]);
}

static void begin_column(struct rows *r, const char **attributes)
{
	const char *hidden = sheet_attribute(attributes, "hidden"), *min = sheet_attribute(attributes, "min"),
		*max = sheet_attribute(attributes, "max");

	if (!hidden || !min || !max || (strcmp(hidden, "1") != 0 && strcmp(hidden, "true") != 0) || r->n_hidden == HIDDEN_RANGES)
		return;
	r->hidden[r->n_hidden++] = (struct sheet_range){ .column = (uint32_t)strtoul(min, NULL, 10) - 1,
		.last_column = (uint32_t)strtoul(max, NULL, 10) - 1 };
}

static void begin_row(struct rows *r, struct sheet_out *out, const char **attributes)
{
	const char *number = sheet_attribute(attributes, "r"), *hidden = sheet_attribute(attributes, "hidden");

	r->row = number ? (uint32_t)number_of(number) : r->row + 1;
	r->column = UINT32_MAX;          /* the next is 0 */
	r->in_row = true;
	sheet_out_row(out, r->row, hidden && (!strcmp(hidden, "1") || !strcmp(hidden, "true")));
}

static void begin_cell(struct rows *r, const char **attributes)
{
	const char *type = NULL, *style = NULL, *reference = NULL;
	uint32_t column, row;

	for (; *attributes; attributes += 2) {
		if (attributes[0][0] == 'r' && !attributes[0][1])
			reference = attributes[1];
		else if (attributes[0][0] == 't' && !attributes[0][1])
			type = attributes[1];
		else if (attributes[0][0] == 's' && !attributes[0][1])
			style = attributes[1];
	}
	r->column = reference && parse_reference(reference, &column, &row, NULL) ? column : r->column + 1;
	r->type = type_of(type);
	r->style = style ? (unsigned)number_of(style) : 0;
	r->formula = false;
	r->text.len = 0;
}

static void row_start(struct sheet_xml *x, const char *name, const char **attributes)
{
	struct rows *r = x->state;

	if (name[0] == 'c' && !name[1]) {
		begin_cell(r, attributes);
	} else if ((name[0] == 'v' || name[0] == 't') && !name[1]) {
		r->in_text = r->in_row && !r->in_phonetic;
	} else if (!strcmp(name, "row")) {
		begin_rows(r, x->out);
		begin_row(r, x->out, attributes);
	} else if (name[0] == 'f' && !name[1]) {
		r->formula = true;
	} else if (!strcmp(name, "rPh")) {
		r->in_phonetic = true;
	} else if (!strcmp(name, "col")) {
		begin_column(r, attributes);
	} else if (!strcmp(name, "sheetData")) {
		begin_rows(r, x->out);
	}
}

static bool put_number(struct rows *r, struct sheet_out *out)
{
	char *end, day[11];
	double number = strtod(r->text.at, &end);

	if (end == r->text.at || *end)
		return sheet_out_text(out, r->column, CELL_TEXT, r->formula, r->text.at, r->text.len);
	if (r->style >= r->book->n_styles || !r->book->style_is_date[r->style])
		return sheet_out_number(out, r->column, r->formula, number);
	sheet_day(number, r->book->from_1904, day);
	return sheet_out_text(out, r->column, CELL_DATE, r->formula, day, strlen(day));
}

static bool end_cell(struct rows *r, struct sheet_out *out)
{
	const char *text = r->text.at;
	size_t len = r->text.len;

	if (r->type == TYPE_ERROR)
		return sheet_out_text(out, r->column, CELL_ERROR, r->formula, "", 0);
	if (!len)
		return true;
	switch (r->type) {
	case TYPE_SHARED:
		text = sheet_strings_get(r->book->strings, number_of(text), &len);
		return !text || sheet_out_text(out, r->column, CELL_TEXT, r->formula, text, len);
	case TYPE_NUMBER:
		return put_number(r, out);
	case TYPE_BOOLEAN:
		return *text == '0' || sheet_out_text(out, r->column, CELL_TEXT, r->formula, "TRUE", 4);
	case TYPE_DAY:
		return sheet_out_date(out, r->column, r->formula, text, len);
	case TYPE_INLINE:
	case TYPE_TEXT:
	case TYPE_ERROR:
		break;
	}
	sheet_text_unescape(&r->text);
	return sheet_out_text(out, r->column, CELL_TEXT, r->formula, r->text.at, r->text.len);
}

static void row_end(struct sheet_xml *x, const char *name)
{
	struct rows *r = x->state;
	bool good = true;

	if ((name[0] == 'v' || name[0] == 't') && !name[1]) {
		r->in_text = false;
	} else if (name[0] == 'c' && !name[1]) {
		good = !r->in_row || end_cell(r, x->out);
	} else if (!strcmp(name, "row")) {
		good = sheet_out_row_end(x->out);
		r->in_row = false;
	} else if (!strcmp(name, "rPh")) {
		r->in_phonetic = false;
	}
	if (!good || x->out->kind != SHEET_READ)
		XML_StopParser(x->parser, XML_FALSE);
}

static void row_text(struct sheet_xml *x, const char *text, size_t len)
{
	struct rows *r = x->state;

	if (r->in_text)
		sheet_text_add(&r->text, text, len);
}

bool xlsx_rows_read(struct xlsx_book *book, const struct xlsx_sheet *sheet)
{
	static const struct sheet_xml_handlers on = { row_start, row_end, row_text };
	struct merges merges = { .at = calloc(SHEET_MERGES, sizeof *merges.at), .text = malloc(SCAN) };
	struct rows rows = { .book = book, .sheet = sheet, .merges = &merges,
		.hidden = calloc(HIDDEN_RANGES, sizeof *rows.hidden) };
	struct sheet_out *out = book->zip->out;
	bool good;

	BUG_ON(!merges.at || !merges.text || !rows.hidden);
	good = sheet_zip_each(book->zip, sheet->path, find_merges, &merges) && sheet_xml_read(book->zip, sheet->path, &on, &rows);
	if (good && !rows.begun)
		begin_rows(&rows, out);
	good = good && sheet_out_sheet_end(out);
	sheet_text_free(&rows.text);
	free(rows.hidden);
	free(merges.text);
	free(merges.at);
	return good;
}
