/* ODS: one XML with all sheets. Cells and rows repeat (number-columns-repeated), a merged cell says how far it reaches. */
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "sandbox/sheet_zip.h"

enum { STYLES = 2000, HIDDEN_RANGES = 1000, REPEATED_ROWS = 20000 };

struct style { char name[100]; bool hidden; };

struct cell { uint32_t column, repeated, columns, rows; char type[16], value[64]; bool formula, covered, error; };

struct book {
	struct style *styles;
	size_t n_styles;
	bool in_table_style, in_table, in_row, begun, in_paragraph, in_annotation, sheet_hidden, row_hidden;
	char name[SHEET_NAME + 8];       /* cut at a whole character by sheet_out */
	struct sheet_range hidden[HIDDEN_RANGES];
	size_t n_hidden;
	uint32_t row, rows, column;      /* rows: how often the row under way repeats; column: the next */
	size_t first;                    /* of the record, where a repeated row is put again */
	int depth, cell_depth;
	struct cell cell;
	bool in_cell;
	struct sheet_text text;
};

static uint32_t number_of(const char **attributes, const char *name, uint32_t otherwise)
{
	const char *value = sheet_attribute(attributes, name);
	unsigned long n = value ? strtoul(value, NULL, 10) : otherwise;

	return n > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uint32_t)n;
}

static void copy(char *to, size_t cap, const char *from)
{
	size_t n = from ? strlen(from) : 0;

	if (n > cap - 1)
		for (n = cap - 1; n && ((unsigned char)from[n] & 0xC0) == 0x80;)
			n--;
	if (n)
		memcpy(to, from, n);
	to[n] = '\0';
}

static bool is_hidden(const char **attributes)
{
	const char *visibility = sheet_attribute(attributes, "visibility");

	return visibility && (!strcmp(visibility, "collapse") || !strcmp(visibility, "filter"));
}

/* ---- sheets and rows ---- */

static bool style_is_hidden(const struct book *b, const char *name)
{
	for (size_t i = 0; name && i < b->n_styles; i++)
		if (!strcmp(b->styles[i].name, name))
			return b->styles[i].hidden;
	return false;
}

static void begin_style(struct book *b, const char **attributes)
{
	const char *name = sheet_attribute(attributes, "name"), *family = sheet_attribute(attributes, "family");

	b->in_table_style = name && family && !strcmp(family, "table") && b->n_styles < STYLES;
	if (b->in_table_style) {
		copy(b->styles[b->n_styles].name, sizeof b->styles[0].name, name);
		b->styles[b->n_styles++].hidden = false;
	}
}

static void begin_table(struct book *b, const char **attributes)
{
	copy(b->name, sizeof b->name, sheet_attribute(attributes, "name"));
	b->sheet_hidden = style_is_hidden(b, sheet_attribute(attributes, "style-name"));
	b->in_table = true;
	b->begun = b->in_row = false;
	b->n_hidden = 0;
	b->row = b->column = 0;
}

static bool begin_rows(struct book *b, struct sheet_out *out)
{
	if (b->begun)
		return true;
	b->begun = true;
	return sheet_out_sheet(out, &(struct sheet_head){ .name = b->name, .hidden = b->sheet_hidden, .n_hidden = b->n_hidden,
		.hidden_columns = b->hidden });
}

static void begin_column(struct book *b, const char **attributes)
{
	uint32_t n = number_of(attributes, "number-columns-repeated", 1);

	if (is_hidden(attributes) && n && b->n_hidden < HIDDEN_RANGES)
		b->hidden[b->n_hidden++] = (struct sheet_range){ .column = b->column, .last_column = b->column + n - 1 };
	b->column = b->column + n < b->column ? b->column : b->column + n;
}

static bool begin_row(struct book *b, struct sheet_out *out, const char **attributes)
{
	if (!begin_rows(b, out))
		return false;
	b->rows = number_of(attributes, "number-rows-repeated", 1);
	b->column = 0;
	b->in_row = true;
	b->row_hidden = is_hidden(attributes);
	sheet_out_row(out, b->row + 1, b->row_hidden);
	return true;
}

/* A row with something in it may stand for several: each is put. Empty ones (to the sheet's end) only count. */
static bool end_row(struct book *b, struct sheet_out *out)
{
	bool good = true, has = out->n_cells > 0 && !b->sheet_hidden;
	size_t len = out->row_len;

	if (has && b->rows > REPEATED_ROWS)
		return sheet_stop(out, SHEET_BOMB);
	for (uint32_t i = 0; good && has && i < b->rows; i++) {
		out->row = b->row + 1 + i;
		out->row_len = len;      /* the record's bytes are still there */
		out->cells += i ? (int64_t)out->n_cells : 0;
		good = out->cells <= SHEET_CELLS_MAX ? sheet_out_row_end(out) : sheet_stop(out, SHEET_TOO_LONG);
	}
	b->row = b->row + b->rows < b->row ? UINT32_MAX / 2 : b->row + b->rows;
	return good;
}

/* ---- cells ---- */

static void begin_cell(struct book *b, const char **attributes, bool covered)
{
	const char *type = sheet_attribute(attributes, "office:value-type");
	const char *calc = sheet_attribute(attributes, "calcext:value-type");
	const char *value = NULL;

	b->in_cell = true;
	b->text.len = 0;
	b->cell = (struct cell){ .column = b->column, .covered = covered,
		.repeated = number_of(attributes, "number-columns-repeated", 1),
		.columns = number_of(attributes, "number-columns-spanned", 1),
		.rows = number_of(attributes, "number-rows-spanned", 1),
		.formula = sheet_attribute(attributes, "formula") != NULL, .error = calc && !strcmp(calc, "error") };
	copy(b->cell.type, sizeof b->cell.type, type);
	if (type && !strcmp(type, "date"))
		value = sheet_attribute(attributes, "date-value");
	else if (type && !strcmp(type, "boolean"))
		value = sheet_attribute(attributes, "boolean-value");
	else if (type)
		value = sheet_attribute(attributes, "office:value");
	copy(b->cell.value, sizeof b->cell.value, value);
}

static bool put_value(struct book *b, struct sheet_out *out, uint32_t column)
{
	const struct cell *c = &b->cell;
	char *end;
	double number;

	if (c->error)
		return sheet_out_text(out, column, CELL_ERROR, c->formula, "", 0);
	if (!strcmp(c->type, "date"))
		return sheet_out_date(out, column, c->formula, c->value, strlen(c->value));
	if (!strcmp(c->type, "boolean"))
		return strcmp(c->value, "true") != 0 || sheet_out_text(out, column, CELL_TEXT, c->formula, "TRUE", 4);
	if (!strcmp(c->type, "float") || !strcmp(c->type, "percentage") || !strcmp(c->type, "currency")) {
		number = strtod(c->value, &end);
		if (end != c->value && !*end)
			return sheet_out_number(out, column, c->formula, number);
	}
	if (!b->text.len)
		return true;
	return sheet_out_text(out, column, CELL_TEXT, c->formula, b->text.at, b->text.len);
}

static bool end_cell(struct book *b, struct sheet_out *out)
{
	struct cell *c = &b->cell;
	bool good = true, has = b->text.len || *c->value || c->error;

	b->in_cell = false;
	if (!b->sheet_hidden && (c->rows > 1 || c->columns > 1) && c->rows && c->columns)
		good = sheet_out_merge(out, &(struct sheet_range){ b->row + 1, c->column, b->row + c->rows,
			c->column + c->columns - 1 });
	if (has && !b->sheet_hidden && !c->covered)
		for (uint32_t i = 0; good && i < c->repeated; i++)
			good = put_value(b, out, c->column + i);
	b->column = b->column + c->repeated < b->column ? b->column : b->column + c->repeated;
	return good;
}

/* ---- the XML ---- */

static void start(struct sheet_xml *x, const char *name, const char **attributes)
{
	struct book *b = x->state;
	const char *display;
	bool good = true;

	if (b->in_cell && !strcmp(name, "annotation"))
		b->in_annotation = true;
	if (b->in_annotation)
		return;
	if (!strcmp(name, "style")) {
		begin_style(b, attributes);
	} else if (!strcmp(name, "table-properties") && b->in_table_style) {
		display = sheet_attribute(attributes, "display");
		b->styles[b->n_styles - 1].hidden = display && !strcmp(display, "false");
	} else if (!strcmp(name, "table") && !b->in_table) {
		begin_table(b, attributes);
	} else if (!b->in_table) {
		return;
	} else if (!strcmp(name, "table-column")) {
		begin_column(b, attributes);
	} else if (!strcmp(name, "table-row")) {
		good = begin_row(b, x->out, attributes);
	} else if (b->in_row && (!strcmp(name, "table-cell") || !strcmp(name, "covered-table-cell"))) {
		begin_cell(b, attributes, name[0] == 'c');
	} else if (b->in_cell && !strcmp(name, "p")) {
		b->in_paragraph = true;
		if (b->text.len)
			sheet_text_add(&b->text, "\n", 1);
	} else if (b->in_paragraph && (!strcmp(name, "s") || !strcmp(name, "tab") || !strcmp(name, "line-break"))) {
		sheet_text_add(&b->text, " ", 1);
	}
	if (!good)
		XML_StopParser(x->parser, XML_FALSE);
}

static void end(struct sheet_xml *x, const char *name)
{
	struct book *b = x->state;
	bool good = true;

	if (!strcmp(name, "annotation"))
		b->in_annotation = false;
	if (b->in_annotation)
		return;
	if (!strcmp(name, "p")) {
		b->in_paragraph = false;
	} else if (!strcmp(name, "style")) {
		b->in_table_style = false;
	} else if (b->in_table && b->in_cell && (!strcmp(name, "table-cell") || !strcmp(name, "covered-table-cell"))) {
		good = end_cell(b, x->out);
	} else if (b->in_table && b->in_row && !strcmp(name, "table-row")) {
		b->in_row = b->in_cell = false;
		good = end_row(b, x->out);
	} else if (b->in_table && !strcmp(name, "table")) {
		b->in_table = b->in_row = b->in_cell = false;
		good = begin_rows(b, x->out) && sheet_out_sheet_end(x->out);
	}
	if (!good || x->out->kind != SHEET_READ)
		XML_StopParser(x->parser, XML_FALSE);
}

static void text(struct sheet_xml *x, const char *said, size_t len)
{
	struct book *b = x->state;

	if (b->in_paragraph && !b->in_annotation)
		sheet_text_add(&b->text, said, len);
}

/* The list of contents tells of a password; only that is looked for. */
static void manifest_start(struct sheet_xml *x, const char *name, const char **attributes)
{
	(void)attributes;
	if (strcmp(name, "encryption-data") != 0)
		return;
	sheet_stop(x->out, SHEET_LOCKED);
	XML_StopParser(x->parser, XML_FALSE);
}

static void manifest_end(struct sheet_xml *x, const char *name)
{
	(void)x;
	(void)name;
}

void sheet_read_ods(struct sheet_out *out, const struct sheet_input *input)
{
	static const struct sheet_xml_handlers on = { start, end, text }, manifest = { manifest_start, manifest_end, NULL };
	struct sheet_zip zip;
	struct book *b;

	if (!sheet_zip_open(&zip, out, input))
		return;
	b = calloc(1, sizeof *b);
	BUG_ON(!b);
	b->styles = calloc(STYLES, sizeof *b->styles);
	BUG_ON(!b->styles);
	if (sheet_zip_has_under(&zip, "Basic/") || sheet_zip_has_under(&zip, "Scripts/"))
		sheet_stop(out, SHEET_MACRO);
	else if (!sheet_zip_has(&zip, "META-INF/manifest.xml") || sheet_xml_read(&zip, "META-INF/manifest.xml", &manifest, b))
		sheet_xml_read(&zip, "content.xml", &on, b);
	sheet_text_free(&b->text);
	free(b->styles);
	free(b);
	sheet_zip_close(&zip);
}
