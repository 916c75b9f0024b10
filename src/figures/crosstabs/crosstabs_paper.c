#include "figures/crosstabs/crosstabs_paper.h"

static struct cell paper_cell(struct arena *arena, const struct crosstab_sums *s, size_t i, size_t j,
	enum crosstab_measure measure)
{
	const struct crosstab_cell *c = &s->at[i * (s->n_columns + 1) + j];

	return measure == MEASURE_PEOPLE ? cell_whole(c->n) : cell_text(crosstab_words(arena, s, i, j, measure));
}

struct document *crosstab_paper(struct ask *ask, const struct crosstab *t, const char *title, const char *of,
	enum crosstab_measure measure)
{
	struct arena *a = ask->arena;
	struct crosstab_sums s = crosstab_sums_of(a, t);
	size_t wide = s.n_columns + 3;
	struct column *columns = ARENA_ARRAY(a, struct column, wide);
	struct cell *rows = ARENA_ARRAY(a, struct cell, (s.n_rows + 1) * wide);
	struct document *d = document_new(a, &(struct document_setup){ .title = title, .made = ask->now, .landscape = true });

	columns[0] = (struct column){ "Mã", 22, ALIGN_LEFT };
	columns[1] = (struct column){ crosstab_side_label(t->axes[0].side), 80, ALIGN_LEFT };
	columns[2] = (struct column){ measure == MEASURE_AVERAGE ? "Điểm trung bình" : "Cộng", 26, ALIGN_RIGHT };
	for (size_t j = 0; j < s.n_columns; j++)
		columns[3 + j] = (struct column){ t->axes[1].at[j].label, 26, ALIGN_RIGHT };
	for (size_t i = 0; i <= s.n_rows; i++) {
		struct cell *row = rows + i * wide;

		row[0] = cell_text(i < s.n_rows ? t->axes[0].at[i].code : "");
		row[1] = cell_text(i < s.n_rows ? t->axes[0].at[i].label : "Tất cả");
		row[2] = paper_cell(a, &s, i, s.n_columns, measure);
		for (size_t j = 0; j < s.n_columns; j++)
			row[3 + j] = paper_cell(a, &s, i, j, measure);
	}
	document_title(d, "BẢNG CHÉO", title, of);
	document_table(d, &(struct table){ .name = "Bảng chéo", .columns = columns, .n_columns = wide, .rows = rows,
		.n_rows = s.n_rows,
		.total = rows + s.n_rows * wide });
	return d;
}
