#include "title/roster/exchange_paper.h"

struct rows { const struct exchange *exchange; size_t at; };

static enum outcome next_row(void *state, struct arena *arena, struct cell *cells, bool *done)
{
	struct rows *rows = state;

	(void)arena;
	*done = rows->at == rows->exchange->n;
	if (*done)
		return OK;
	for (size_t c = 0; c < rows->exchange->columns.n; c++)
		cells[c] = cell_text(rows->exchange->rows[rows->at].cells[c]);
	rows->at++;
	return OK;
}

/* The heading row is the first: another program reads it. What is assumed stands on the page that offers the file. */
struct document *exchange_paper(struct ask *ask, const struct exchange *e)
{
	struct document *d = document_new(
		ask->arena, &(struct document_setup){.title = e->columns.title, .made = ask->now, .landscape = true});
	struct column *columns = ARENA_ARRAY(ask->arena, struct column, e->columns.n);
	struct rows *rows = ARENA_NEW(ask->arena, struct rows);

	*rows = (struct rows){ .exchange = e };
	for (size_t c = 0; c < e->columns.n; c++)
		columns[c] = (struct column){ e->columns.at[c].head, 30, ALIGN_LEFT };
	document_table(
		d, &(struct table){
			   .name = "Danh sách", .columns = columns, .n_columns = e->columns.n, .next = next_row, .state = rows});
	return d;
}
