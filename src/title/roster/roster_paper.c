#include "document/document.h"
#include "title/roster/roster_result.h"

struct rows { const struct result_sheet *sheet; size_t at; };

static enum outcome next_row(void *state, struct arena *arena, struct cell *cells, bool *done)
{
	struct rows *rows = state;
	const struct result_row *row;
	size_t n = rows->sheet->n_columns;

	(void)arena;
	*done = rows->at == rows->sheet->n;
	if (*done)
		return OK;
	row = &rows->sheet->rows[rows->at++];
	cells[0] = cell_whole(row->row);
	for (size_t i = 0; i < n; i++)
		cells[i + 1] = row->cells[i] ? cell_text(row->cells[i]) : cell_blank();
	cells[n + 1] = cell_text(row->result);
	cells[n + 2] = cell_text(row->why);
	return OK;
}

struct document *roster_result_paper(struct ask *ask, const struct result_book *book)
{
	struct document *d =
		document_new(ask->arena, &(struct document_setup){.title = book->title, .made = ask->now, .landscape = true});

	for (size_t s = 0; s < book->n; s++) {
		const struct result_sheet *sheet = &book->sheets[s];
		struct column *columns = ARENA_ARRAY(ask->arena, struct column, sheet->n_columns + 3);
		struct rows *rows = ARENA_NEW(ask->arena, struct rows);

		*rows = (struct rows){ .sheet = sheet };
		columns[0] = (struct column){ "Dòng", 12, ALIGN_RIGHT };
		for (size_t i = 0; i < sheet->n_columns; i++)
			columns[i + 1] = (struct column){ sheet->heads[i] ? sheet->heads[i] : "", 24, ALIGN_LEFT };
		columns[sheet->n_columns + 1] = (struct column){ "Kết quả", 30, ALIGN_LEFT };
		columns[sheet->n_columns + 2] = (struct column){ "Lý do", 80, ALIGN_LEFT };
		document_table(d, &(struct table){ .name = sheet->name, .columns = columns, .n_columns = sheet->n_columns + 3,
			.next = next_row, .state = rows });
	}
	return d;
}
