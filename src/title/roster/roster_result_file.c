#include "title/roster/roster_result.h"

#include <string.h>

#include "sandbox/client.h"
#include "text/text.h"
#include "title/roster/roster_content.h"

struct grown_sheet { struct result_sheet sheet; struct result_row *rows; size_t room; uint32_t head_row; };

struct gathering {
	struct arena *arena;
	const struct shape *shape;
	struct grown_sheet *sheets;
	size_t n;                        /* sheets that came */
};

static uint32_t last_header_row(const char *header)
{
	uint32_t row = 0, n = 0;

	for (const char *p = header;; p++) {
		if (*p >= '0' && *p <= '9') {
			n = n * 10 + (uint32_t)(*p - '0');
			continue;
		}
		row = n > row ? n : row;
		n = 0;
		if (!*p)
			return row;
	}
}

static OUTCOME take_sheet(void *state, const struct sheet_head *sheet)
{
	struct gathering *g = state;
	struct grown_sheet *s;

	if (g->n == g->shape->n)
		return FAILED;                   /* the same file has the same sheets */
	s = &g->sheets[g->n];
	s->sheet.name = arena_text(g->arena, sheet->name);
	s->head_row = last_header_row(g->shape->sheets[g->n].header);
	for (size_t i = 0; i < g->shape->sheets[g->n].n_columns; i++) {
		const struct shape_column *c = &g->shape->sheets[g->n].columns[i];

		if (c->column < RESULT_COLUMNS) {
			s->sheet.heads[c->column] = c->heading;
			s->sheet.n_columns =
				(size_t)c->column + 1 > s->sheet.n_columns ? (size_t)c->column + 1 : s->sheet.n_columns;
		}
	}
	g->n++;
	return OK;
}

static const char *cell_words(struct arena *a, const struct sheet_cell *c)
{
	if (c->kind == CELL_ERROR)
		return "#N/A";
	if (c->kind != CELL_NUMBER)
		return arena_text(a, c->text);
	return c->number > -1e15 && c->number < 1e15 && c->number == (double)(int64_t)c->number
		? arena_format(a, "%lld", (long long)c->number) : arena_format(a, "%.15g", c->number);
}

static void add_row(struct gathering *g, struct grown_sheet *s, const struct sheet_row *row)
{
	struct result_row *out;

	if (s->sheet.n == s->room) {
		struct result_row *wider = ARENA_ARRAY(g->arena, struct result_row, s->room ? s->room * 2 : 64);

		if (s->room)
			memcpy(wider, s->rows, s->room * sizeof *wider);
		s->rows = wider;
		s->room = s->room ? s->room * 2 : 64;
	}
	out = &s->rows[s->sheet.n++];
	*out = (struct result_row){ .row = row->row, .result = "", .why = "" };
	for (size_t i = 0; i < row->n; i++)
		if (row->cells[i].column < s->sheet.n_columns)
			out->cells[row->cells[i].column] = cell_words(g->arena, &row->cells[i]);
}

static OUTCOME take_row(void *state, const struct sheet_row *row)
{
	struct gathering *g = state;
	struct grown_sheet *s = &g->sheets[g->n - 1];

	if (!*g->shape->sheets[g->n - 1].skipped && row->row > s->head_row)
		add_row(g, s, row);
	return OK;
}

static OUTCOME take_merge(void *state, const struct sheet_range *range) { (void)state; (void)range; return OK; }
static OUTCOME take_end(void *state) { (void)state; return OK; }

/* ---- what became of each ---- */

static bool is_left(const struct list *list, const struct list_row *row, struct arena *a)
{
	struct words codes = text_words(a, row->codes);

	for (size_t i = 0; i < codes.n; i++)
		if (roster_chosen_for(row->choices, list->choices, codes.at[i]) == CHOICE_LEAVE)
			return true;
	return false;
}

static void say(struct arena *a, const struct list *list, const struct list_row *row, struct result_row *out)
{
	static const char *const done[LIST_VERDICTS] = {"Đã ghi người mới", "Đã có, không đổi", "Đã sửa", "Đã ghi", "Không nhận"};
	static const char *const will[LIST_VERDICTS] = {"Sẽ ghi người mới", "Đã có, không đổi", "Sẽ sửa", "Sẽ ghi", "Không nhận"};
	const char *codes = roster_codes_words(a, row->codes);

	out->result = row->waits ? "Để lại, chưa quyết định" : is_left(list, row, a) ? "Để lại, theo lựa chọn"
		: list->state == LIST_APPLIED ? done[row->verdict] : will[row->verdict];
	out->why = roster_sentences(a, row->words, codes);
}

/* Rows of the list and of the file are both in the order of the file. */
static OUTCOME match(struct ask *ask, const struct list *list, struct gathering *g)
{
	struct list_rows page = { 0 };
	size_t at = 0;
	int64_t after = 0;

	TRY(list_rows(ask, list, -1, 0, &page));
	for (size_t s = 0; s < g->n; s++) {
		for (size_t i = 0; i < g->sheets[s].sheet.n && page.n; i++) {
			const struct list_row *row = &page.at[at];

			if (row->book != (int64_t)s || row->row != (int64_t)g->sheets[s].rows[i].row)
				continue;
			say(ask->arena, list, row, &g->sheets[s].rows[i]);
			after = row->line;
			if (++at < page.n)
				continue;
			TRY(list_rows(ask, list, -1, after, &page));
			at = 0;
		}
	}
	return OK;
}

static bool ends_with(const char *name, const char *ending)
{
	size_t len = strlen(name), n = strlen(ending);

	return len >= n && !strcmp(name + len - n, ending);
}

OUTCOME roster_result_read(struct ask *ask, const struct list *list, struct result_book *out)
{
	struct gathering g = { .arena = ask->arena };
	struct sheet_taker taker = { take_sheet, take_merge, take_row, take_end, &g };
	struct result_sheet *sheets;
	struct sheet_source source = { 0 };
	struct shape shape;
	enum sheet_kind kind;

	if (list->from_round)
		return NOT_FOUND;
	TRY(shape_read(ask, list->shape, &shape));
	g.shape = &shape;
	g.sheets = ARENA_ARRAY(ask->arena, struct grown_sheet, shape.n);
	TRY(list_file(ask, list->id, &source.input));
	TRY(sandbox_sheet(ask->sandbox, ask->arena, &source, &taker, &kind));
	if (kind != SHEET_READ)
		return NOT_FOUND;
	TRY(match(ask, list, &g));
	sheets = ARENA_ARRAY(ask->arena, struct result_sheet, g.n);
	*out = (struct result_book){ .title = list->name, .is_csv = ends_with(list->name, ".csv"), .sheets = sheets };
	for (size_t s = 0; s < g.n; s++) {
		g.sheets[s].sheet.rows = g.sheets[s].rows;
		if (!*shape.sheets[s].skipped)
			sheets[out->n++] = g.sheets[s].sheet;
	}
	return OK;
}
