/* XLSX: one sheet a table. Above it the paper's authority and title, then the head (bold, frozen, with a filter), then the rows:
 * numbers as numbers, days as dates, texts as texts, so leading zeros stay. Rows go to a temporary file as they come
 * (constant_memory), so a million of them need no memory. Printing: A4, one page wide, head repeated. */
#include <errno.h>
#include <math.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/bug.h"
#include "base/day.h"
#include "base/log.h"
#include "document/block.h"

enum { SHEET_ROWS = 1000000 };           /* Excel takes 1,048,576: a longer table goes on in another sheet */
enum { LINES_MAX = 8, SCALES = 7, NAME_MAX_LETTERS = 31 };
enum style { STYLE_TEXT, STYLE_WHOLE, STYLE_DECIMAL, STYLE_PERCENT, STYLE_DATE, STYLE_YEAR, STYLES };

struct xlsx {
	const struct document *document;
	struct arena *arena;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *formats[2][STYLES][SCALES];  /* made when first used; [bold] */
	lxw_format *head, *title, *note;
	const char *lines[LINES_MAX];            /* above the tables to come */
	bool is_title[LINES_MAX];
	int n_lines, n_sheets;
	lxw_row_t row;
	lxw_error error;                         /* sticky */
};

static void keep(struct xlsx *w, lxw_error e)
{
	if (w->error == LXW_NO_ERROR)
		w->error = e;
}

static lxw_format *format(struct xlsx *w, enum style style, int scale, bool bold)
{
	static const char *const zeros[SCALES] = { "", ".0", ".00", ".000", ".0000", ".00000", ".000000" };
	lxw_format **f = &w->formats[bold][style][scale];
	char pattern[24];

	if (*f)
		return *f;
	switch (style) {
	case STYLE_TEXT: snprintf(pattern, sizeof pattern, "@"); break;
	case STYLE_PERCENT: snprintf(pattern, sizeof pattern, "0%s%%", zeros[scale]); break;
	case STYLE_DATE: snprintf(pattern, sizeof pattern, "dd/mm/yyyy"); break;
	case STYLE_YEAR: snprintf(pattern, sizeof pattern, "0"); break;
	case STYLE_WHOLE:
	case STYLE_DECIMAL:
	case STYLES: snprintf(pattern, sizeof pattern, "#,##0%s", zeros[scale]); break;
	}
	*f = workbook_add_format(w->book);
	format_set_num_format(*f, pattern);
	format_set_font_name(*f, "Times New Roman");
	format_set_font_size(*f, 12);
	format_set_border(*f, LXW_BORDER_THIN);
	if (style == STYLE_TEXT)
		format_set_text_wrap(*f);
	format_set_align(*f, LXW_ALIGN_VERTICAL_TOP);
	if (bold)
		format_set_bold(*f);
	return *f;
}

static void line(struct xlsx *w, const char *text, bool is_title)
{
	if (*text && w->n_lines < LINES_MAX) {
		w->is_title[w->n_lines] = is_title;
		w->lines[w->n_lines++] = arena_text(w->arena, text);
	}
}

/* A sheet's name: without the signs Excel refuses, cut to 31 letters; "Bảng N" when nothing usable is left. */
static const char *sheet_name(struct xlsx *w, const char *asked, int number)
{
	char *name = arena_alloc(w->arena, strlen(text_or_empty(asked)) + 1), *to = name;
	int letters = 0;

	for (const char *p = text_or_empty(asked); *p && (letters < NAME_MAX_LETTERS || (*p & 0xC0) == 0x80); p++) {
		letters += (*p & 0xC0) != 0x80;
		*to++ = strchr("[]:*?/\\'", *p) ? ' ' : *p;
	}
	*to = '\0';
	if (*name && workbook_validate_sheet_name(w->book, name) == LXW_NO_ERROR)
		return name;
	return arena_format(w->arena, "Bảng %d", number);
}

static void above(struct xlsx *w, const char *caption)
{
	for (int i = 0; i < w->n_lines; i++)
		keep(w, worksheet_write_string(w->sheet, w->row++, 0, w->lines[i], w->is_title[i] ? w->title : w->note));
	if (caption)
		keep(w, worksheet_write_string(w->sheet, w->row++, 0, caption, w->title));
	if (w->row)
		w->row++;
}

static void add_sheet(struct xlsx *w, const char *name, int number)
{
	w->sheet = workbook_add_worksheet(w->book, sheet_name(w, name, number));
	w->row = 0;
	w->n_sheets++;
	if (!w->sheet) {
		keep(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	worksheet_set_paper(w->sheet, 9);        /* A4 */
	if (w->document->setup.landscape)
		worksheet_set_landscape(w->sheet);
	worksheet_fit_to_pages(w->sheet, 1, 0);
}

static int letters_in(const char *text)
{
	int n = 0;

	for (; *text; text++)
		n += (*text & 0xC0) != 0x80;
	return n;
}

/* Letters of 1.9 mm that fit into the column. */
static double letters_of(const struct xlsx *w, const struct table *t, double sum, size_t i)
{
	return fmax(t->columns[i].width / sum * (w->document->setup.landscape ? 252 : 165) / 1.9, 6);
}

static void head(struct xlsx *w, const struct table *t)
{
	double sum = 0, lines = 1;

	for (size_t i = 0; i < t->n_columns; i++)
		sum += t->columns[i].width;
	for (size_t i = 0; i < t->n_columns; i++)        /* rows do not grow by themselves; 1.3 for bold and broken lines */
		lines = fmax(lines, ceil(letters_in(text_or_empty(t->columns[i].head)) * 1.3 / letters_of(w, t, sum, i)));
	keep(w, worksheet_set_row(w->sheet, w->row, 16.5 * fmin(lines, 6), NULL));
	for (size_t i = 0; i < t->n_columns; i++) {
		double letters = letters_of(w, t, sum, i);

		keep(w, worksheet_set_column(w->sheet, (lxw_col_t)i, (lxw_col_t)i, letters, NULL));
		keep(w, worksheet_write_string(w->sheet, w->row, (lxw_col_t)i, text_or_empty(t->columns[i].head), w->head));
	}
	worksheet_freeze_panes(w->sheet, w->row + 1, 0);
	keep(w, worksheet_repeat_rows(w->sheet, w->row, w->row));
	w->row++;
}

static double scaled(const struct cell *c)
{
	return (double)c->value / pow(10, c->scale);
}

static lxw_error write_date(struct xlsx *w, struct arena *row, lxw_col_t col, const struct cell *c)
{
	const char *d = text_or_empty(c->text);
	lxw_datetime day = { .year = 0 };

	if (day_is_whole(d)) {
		day = (lxw_datetime){ .year = day_year(d), .month = (d[5] - '0') * 10 + d[6] - '0', .day = (d[8] - '0') * 10 + d[9] - '0' };
		return worksheet_write_datetime(w->sheet, w->row, col, &day, format(w, STYLE_DATE, 0, c->bold));
	}
	if (strlen(d) == 4 && day_is_valid(d))
		return worksheet_write_number(w->sheet, w->row, col, day_year(d), format(w, STYLE_YEAR, 0, c->bold));
	return worksheet_write_string(w->sheet, w->row, col, cell_on_paper(c, row), format(w, STYLE_TEXT, 0, c->bold));
}

static lxw_error write_cell(struct xlsx *w, struct arena *row, lxw_col_t col, const struct cell *c)
{
	switch (c->kind) {
	case CELL_WHOLE:
		return worksheet_write_number(w->sheet, w->row, col, (double)c->value, format(w, STYLE_WHOLE, 0, c->bold));
	case CELL_DECIMAL:
		return worksheet_write_number(w->sheet, w->row, col, scaled(c), format(w, STYLE_DECIMAL, c->scale, c->bold));
	case CELL_PERCENT:
		return worksheet_write_number(w->sheet, w->row, col, scaled(c) / 100, format(w, STYLE_PERCENT, c->scale, c->bold));
	case CELL_DATE: return write_date(w, row, col, c);
	case CELL_TEXT:
		return worksheet_write_string(w->sheet, w->row, col, text_or_empty(c->text), format(w, STYLE_TEXT, 0, c->bold));
	case CELL_BLANK:
	case CELL_BUBBLES: break;
	}
	return worksheet_write_blank(w->sheet, w->row, col, format(w, STYLE_TEXT, 0, c->bold));
}

/* The filter ends before the total. The library refuses a range that ends above the row in hand: so it is set then, not later. */
static void filter(struct xlsx *w, const struct table *t, lxw_row_t first)
{
	keep(w, worksheet_autofilter(w->sheet, first, 0, w->row - 1, (lxw_col_t)(t->n_columns - 1)));
}

/* Codes and numbers kept as text are meant so: no green corners. */
static void quiet_corners(struct xlsx *w, const struct table *t)
{
	char range[32];

	snprintf(range, sizeof range, "A1:%c%u", (char)('A' + (char)t->n_columns - 1), (unsigned)w->row + 1);
	keep(w, worksheet_ignore_errors(w->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range));
}

/* The table goes on in a sheet of its own, under the same head. */
static bool next_sheet(struct xlsx *w, const struct table *t, int part, lxw_row_t *first)
{
	filter(w, t, *first);
	quiet_corners(w, t);
	add_sheet(w, arena_format(w->arena, "%d. %s", part, *text_or_empty(t->name) ? t->name : "Bảng"), w->n_sheets + 1);
	if (!w->sheet)
		return false;
	*first = w->row;
	head(w, t);
	return true;
}

static enum outcome rows_of(struct xlsx *w, const struct table *t, lxw_row_t first)
{
	lxw_row_t most = t->sheet_rows ? (lxw_row_t)t->sheet_rows : SHEET_ROWS;
	struct rows r;
	const struct cell *cells = NULL;
	enum outcome result;
	int part = 1;

	rows_open(&r, t);
	while ((result = rows_next(&r, &cells)) == OK && cells && w->error == LXW_NO_ERROR) {
		if (w->row - first > most && !r.is_total && !next_sheet(w, t, ++part, &first))
			break;
		if (r.is_total)
			filter(w, t, first);
		for (size_t i = 0; i < t->n_columns; i++)
			keep(w, write_cell(w, r.arena, (lxw_col_t)i, &cells[i]));
		w->row++;
	}
	if (!r.is_total)
		filter(w, t, first);
	rows_close(&r);
	return result;
}

static enum outcome table(struct xlsx *w, const struct table *t, int number)
{
	lxw_row_t first;
	enum outcome result;

	add_sheet(w, t->name, number);
	if (!w->sheet)
		return FAILED;
	above(w, t->caption);
	first = w->row;
	head(w, t);
	result = rows_of(w, t, first);
	quiet_corners(w, t);
	if (t->note)
		keep(w, worksheet_write_string(w->sheet, w->row + 1, 0, t->note, w->note));
	return result;
}

static enum outcome visit(void *state, const struct block *b)
{
	struct xlsx *w = state;

	if (b->kind == BLOCK_HEADER) {
		line(w, b->header.above, false);
		line(w, b->header.authority, true);
	} else if (b->kind == BLOCK_TITLE) {
		line(w, b->title.kind, true);
		line(w, b->title.about, true);
		line(w, b->title.note, false);
		if (w->document->setup.draft)
			line(w, "DỰ THẢO", true);
	} else if (b->kind == BLOCK_TABLE) {
		return table(w, &b->table.of, b->table.number);
	}
	return OK;
}

static lxw_format *words(struct xlsx *w, bool bold)
{
	lxw_format *f = workbook_add_format(w->book);

	format_set_font_name(f, "Times New Roman");
	format_set_font_size(f, 12);
	if (bold)
		format_set_bold(f);
	return f;
}

static void begin(struct xlsx *w)
{
	lxw_doc_properties properties = { .title = (char *)(uintptr_t)w->document->setup.title,
					  .created = (time_t)w->document->setup.made };

	workbook_set_properties(w->book, &properties);
	w->title = words(w, true);
	w->note = words(w, false);
	w->head = words(w, true);
	format_set_border(w->head, LXW_BORDER_THIN);
	format_set_text_wrap(w->head);
	format_set_align(w->head, LXW_ALIGN_CENTER);
	format_set_align(w->head, LXW_ALIGN_VERTICAL_CENTER);
}

/* What was written to the file, to the sink. */
static enum outcome pass_on(FILE *file, struct sink sink)
{
	char piece[16 << 10];
	size_t n;

	rewind(file);
	while ((n = fread(piece, 1, sizeof piece, file)) > 0)
		TRY(sink.write(sink.state, piece, n));
	return ferror(file) ? FAILED : OK;
}

static enum outcome render(struct xlsx *w, FILE *file, struct sink sink)
{
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	char path[40];
	enum outcome result;

	/* The library takes a name only: that of our nameless file, which vanishes with us. */
	snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(file));
	w->book = workbook_new_opt(path, &options);
	BUG_ON(!w->book);
	begin(w);
	result = document_each(w->document, visit, w);
	if (!w->n_sheets) {
		add_sheet(w, "", 1);
		above(w, NULL);
	}
	keep(w, workbook_close(w->book));
	if (result != OK)
		return result;
	if (w->error == LXW_NO_ERROR)
		return pass_on(file, sink);
	log_line(LOG_ERROR, "", "document_xlsx", "%s", lxw_strerror(w->error));
	return FAILED;
}

enum outcome xlsx_render(const struct document *d, struct sink sink)
{
	FILE *file = tmpfile();
	struct xlsx w = { .document = d };
	enum outcome result;

	if (!file) {
		log_line(LOG_ERROR, "", "document_xlsx", "no temporary file: %s", strerror(errno));
		return FAILED;
	}
	w.arena = arena_new(4 * MiB);
	result = render(&w, file, sink);
	arena_free(w.arena);
	fclose(file);
	return result;
}
