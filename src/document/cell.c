/* Rows and cells: one reader for rows that are held and rows that stream; how a cell reads on paper and in CSV. */
#include <string.h>

#include "base/bug.h"
#include "base/day.h"
#include "document/block.h"

enum { ROW_MAX = 1 << 20, DIGITS = 24 };

void rows_open(struct rows *r, const struct table *t)
{
	memset(r, 0, sizeof *r);
	r->table = t;
	r->arena = arena_new(ROW_MAX);
}

void rows_close(struct rows *r)
{
	arena_free(r->arena);
}

static enum outcome fetch(struct rows *r, bool *done)
{
	const struct table *t = r->table;

	if (t->next)
		return t->next(t->state, r->arena, r->cells, done);
	*done = r->i == t->n_rows;
	if (!*done)
		memcpy(r->cells, t->rows + r->i++ * t->n_columns, t->n_columns * sizeof *r->cells);
	return OK;
}

enum outcome rows_next(struct rows *r, const struct cell **cells)
{
	const struct table *t = r->table;
	bool done = r->ended;

	*cells = NULL;
	arena_reset(r->arena);
	memset(r->cells, 0, sizeof r->cells);
	if (!done)
		TRY(fetch(r, &done));
	if (done && (r->is_total || !t->total)) {
		r->ended = true;
		return OK;
	}
	if (done) {
		r->ended = r->is_total = true;
		memcpy(r->cells, t->total, t->n_columns * sizeof *r->cells);
		for (size_t i = 0; i < t->n_columns; i++)
			r->cells[i].bold = true;
	}
	*cells = r->cells;
	return OK;
}

/* |value| with `scale` digits after the mark and a separator every three before it ('\0': none). */
static const char *digits(struct arena *a, int64_t value, int scale, char every_three, char mark)
{
	char text[DIGITS * 2], *p = text + sizeof text - 1;
	uint64_t v = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	BUG_ON(scale < 0 || scale > 6);
	*p = '\0';
	for (int i = 0; i < scale; i++, v /= 10)
		*--p = (char)('0' + v % 10);
	if (scale)
		*--p = mark;
	for (int i = 0; i == 0 || v; i++, v /= 10) {
		if (i && i % 3 == 0 && every_three)
			*--p = every_three;
		*--p = (char)('0' + v % 10);
	}
	return arena_format(a, "%s%s", value < 0 ? (every_three ? "−" : "-") : "", p);
}

static const char *date_on_paper(struct arena *a, const char *d)
{
	switch (strlen(d)) {
	case DAY_LEN: return arena_format(a, "%.2s/%.2s/%.4s", d + 8, d + 5, d);
	case 7: return arena_format(a, "%.2s/%.4s", d + 5, d);
	default: return d;
	}
}

const char *cell_on_paper(const struct cell *c, struct arena *a)
{
	switch (c->kind) {
	case CELL_TEXT: return text_or_empty(c->text);
	case CELL_DATE: return date_on_paper(a, text_or_empty(c->text));
	case CELL_WHOLE: return digits(a, c->value, 0, '.', ',');
	case CELL_DECIMAL: return digits(a, c->value, c->scale, '.', ',');
	case CELL_PERCENT: return arena_format(a, "%s%%", digits(a, c->value, c->scale, '.', ','));
	case CELL_BUBBLES: return "0   1   2   3   4   5   6   7   8   9   10";
	case CELL_BLANK: break;
	}
	return "";
}

const char *cell_plain(const struct cell *c, struct arena *a)
{
	switch (c->kind) {
	case CELL_TEXT:
	case CELL_DATE: return text_or_empty(c->text);
	case CELL_WHOLE: return digits(a, c->value, 0, '\0', '.');
	case CELL_DECIMAL:
	case CELL_PERCENT: return digits(a, c->value, c->scale, '\0', '.');
	case CELL_BUBBLES:
	case CELL_BLANK: break;
	}
	return "";
}
