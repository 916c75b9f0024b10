#include "figures/crosstabs/crosstabs.h"

#include "text/format.h"

struct crosstab_sums crosstab_sums_of(struct arena *arena, const struct crosstab *t)
{
	size_t rows = t->axes[0].n, columns = t->n_by > 1 ? t->axes[1].n : 0, wide = columns + 1;
	struct crosstab_cell *at = ARENA_ARRAY(arena, struct crosstab_cell, (rows + 1) * wide);

	BUG_ON(t->n_by > 2);
	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < (columns ? columns : 1); j++) {
			const struct crosstab_cell *from = &t->cells[i * (columns ? columns : 1) + j];
			size_t to[] = { i * wide + j, i * wide + columns, rows * wide + j, rows * wide + columns };

			/* with one side the cell is its row's sum */
			for (size_t k = columns ? 0 : 1; k < COUNT(to); k += columns ? 1 : 2) {
				at[to[k]].n += from->n;
				at[to[k]].scored += from->scored;
				at[to[k]].total += from->total;
			}
		}
	return (struct crosstab_sums){ rows, columns, at, ARENA_ARRAY(arena, bool, (rows + 1) * wide) };
}

/* One line of the table: n numbers, `step` apart. True when a number was hidden so that no lone one is left. */
static bool hide_beside(struct crosstab_sums *s, size_t first, size_t step, size_t n)
{
	size_t hidden = 0, least = n;

	for (size_t i = 0; i < n; i++) {
		size_t at = first + i * step;

		hidden += s->hidden[at];
		if (!s->hidden[at] && s->at[at].n > 0 && (least == n || s->at[at].n < s->at[first + least * step].n))
			least = i;
	}
	if (hidden != 1 || least == n)
		return false;
	s->hidden[first + least * step] = true;
	return true;
}

void crosstab_hide(struct crosstab_sums *s)
{
	size_t wide = s->n_columns + 1, rows = s->n_rows + 1;
	bool more = true;

	for (size_t i = 0; i < rows * wide; i++)
		s->hidden[i] = s->at[i].n > 0 && s->at[i].n < CROSSTAB_SMALL;
	while (more) {
		more = false;
		for (size_t i = 0; i < rows && s->n_columns; i++)
			more |= hide_beside(s, i * wide, 1, wide);
		for (size_t j = 0; j < wide; j++)
			more |= hide_beside(s, j, wide, rows);
	}
}

const char *crosstab_words(struct arena *arena, const struct crosstab_sums *s, size_t i, size_t j, enum crosstab_measure measure)
{
	size_t wide = s->n_columns + 1, at = i * wide + j;
	const struct crosstab_cell *c = &s->at[at];

	if (s->hidden[at])
		return "ẩn";
	switch (measure) {
	case MEASURE_SHARE:
		return j == s->n_columns ? format_int(arena, c->n) : format_percent(arena, c->n,
			s->at[i * wide + s->n_columns].n);
	case MEASURE_AVERAGE:
		return format_average(arena, c->total, c->scored);
	case MEASURE_PEOPLE:
		break;
	}
	return format_int(arena, c->n);
}
