#include "title/roster/roster_table.h"

#include <stdio.h>
#include <string.h>

const struct roster_cell *roster_cell_at(const struct roster_line *line, uint32_t column)
{
	for (size_t i = 0; i < line->n && line->cells[i].column <= column; i++)
		if (line->cells[i].column == column)
			return &line->cells[i];
	return NULL;
}

const char *roster_text_of(struct arena *a, const struct roster_value *v)
{
	if (!v->present)
		return "";
	if (v->kind != CELL_NUMBER)
		return v->text;
	return v->number > -1e15 && v->number < 1e15 ? arena_format(a, "%.15g", v->number) : "";
}

/* ---- headings ---- */

struct finding {
	struct arena *a;
	const struct roster_line *lines;
	size_t n;
	const struct sheet_range *merges;
	size_t n_merges;
};

static const struct sheet_range *merge_at(const struct finding *f, uint32_t row, uint32_t column)
{
	for (size_t i = 0; i < f->n_merges; i++) {
		const struct sheet_range *m = &f->merges[i];

		if (row >= m->row && row <= m->last_row && column >= m->column && column <= m->last_column)
			return m;
	}
	return NULL;
}

static const char *text_at(const struct finding *f, const struct roster_line *line, uint32_t column)
{
	const struct roster_cell *cell = roster_cell_at(line, column);

	return cell ? roster_text_of(f->a, &cell->value) : "";
}

/* The heading above (column) that spans more than its own column: merged, or with nothing between. */
static const char *parent_of(const struct finding *f, const struct roster_line *above, const struct roster_line *below,
	uint32_t column)
{
	const struct sheet_range *merge = merge_at(f, above->row, column);
	bool spans = false;

	if (merge)
		return merge->last_column > merge->column ? text_at(f, above, merge->column) : "";
	if (roster_cell_at(above, column)) {
		/* Not merged: it spans when the next column has only a heading below. */
		spans = !roster_cell_at(above, column + 1) && roster_cell_at(below, column + 1) && !merge_at(f, above->row,
			column + 1);
		return spans ? text_at(f, above, column) : "";
	}
	for (size_t i = above->n; i-- > 0;)
		if (above->cells[i].column < column)
			return merge_at(f, above->row, above->cells[i].column) ? "" : text_at(f, above, above->cells[i].column);
	return "";
}

static void add(struct finding *f, struct roster_table *t, uint32_t column, const char *parent, const char *heading)
{
	struct roster_column *c = &t->columns[t->n_columns++];

	*c = (struct roster_column){ .column = column, .heading = *parent ? arena_format(f->a, "%s: %s", parent, heading) :
		heading };
	for (int i = 0; i < ROSTER_SAMPLES; i++)
		c->samples[i] = "";
	roster_heading(f->a, parent, heading, &c->field, &c->word);
}

/* One row of headings. */
static void read_one(struct finding *f, const struct roster_line *line, struct roster_table *t)
{
	t->n_columns = 0;
	for (size_t i = 0; i < line->n && line->cells[i].column < ROSTER_COLUMNS; i++)
		add(f, t, line->cells[i].column, "", roster_text_of(f->a, &line->cells[i].value));
}

/* Two rows. False when the second is no heading: each of its cells must be one, by itself or under what spans it. */
static bool read_two(struct finding *f, const struct roster_line *above, const struct roster_line *below, struct roster_table *t)
{
	bool of_parent = false;

	t->n_columns = 0;
	for (uint32_t column = 0; column < ROSTER_COLUMNS; column++) {
		const struct roster_cell *own = roster_cell_at(below, column), *top = roster_cell_at(above, column);
		const char *heading = own ? roster_text_of(f->a, &own->value) : "";
		const char *parent = own ? parent_of(f, above, below, column) : "", *word;
		enum roster_field field;

		if (own && !roster_heading(f->a, parent, heading, &field, &word))
			return false;
		if (own)
			of_parent |= *parent != '\0';
		if (own)
			add(f, t, column, parent, heading);
		else if (top)
			add(f, t, column, "", roster_text_of(f->a, &top->value));
	}
	return of_parent;
}

static bool is_name(enum roster_field field)
{
	return field == ROSTER_FULL_NAME || field == ROSTER_NAME_FAMILY || field == ROSTER_NAME_GIVEN;
}

static bool holds_table(const struct roster_table *t)
{
	bool name = false;
	size_t known = 0;

	for (size_t i = 0; i < t->n_columns; i++) {
		name |= is_name(t->columns[i].field);
		known += t->columns[i].field != ROSTER_IGNORED && !is_name(t->columns[i].field);
	}
	return name && known >= 2;
}

/* What `above` gives that the row below has not: the name, or the word over numbers. */
static bool needs_above(const struct finding *f, const struct roster_line *above, const struct roster_table *two)
{
	enum roster_field field;
	const char *word;

	for (size_t i = 0; i < two->n_columns; i++) {
		const struct roster_column *c = &two->columns[i];

		if (is_name(c->field) && roster_cell_at(above, c->column) && !roster_cell_at(above + 1, c->column))
			return true;
		if (c->field >= ROSTER_SCORE && c->field <= ROSTER_SCORE_LAST && roster_cell_at(above + 1, c->column) &&
		    *parent_of(f, above, above + 1, c->column) &&
		    !roster_heading(f->a, "", text_at(f, above + 1, c->column), &field, &word))
			return true;
	}
	return false;
}

/* “Họ và tên” over two columns, the second without a heading of its own: family and given name. */
static void part_name(struct finding *f, const struct roster_line *line, struct roster_table *t)
{
	for (size_t i = 0; i < t->n_columns; i++) {
		struct roster_column *c = &t->columns[i];
		const struct sheet_range *m = merge_at(f, line->row, c->column);
		bool next = i + 1 < t->n_columns && t->columns[i + 1].column == c->column + 1;

		if (c->field != ROSTER_FULL_NAME || !m || m->column != c->column || m->last_column != c->column + 1 || next ||
		    t->n_columns == ROSTER_COLUMNS)
			continue;
		memmove(&t->columns[i + 2], &t->columns[i + 1], (t->n_columns - i - 1) * sizeof *c);
		t->columns[i + 1] = *c;
		t->columns[i + 1].column++;
		t->columns[i + 1].field = ROSTER_NAME_GIVEN;
		c->field = ROSTER_NAME_FAMILY;
		t->n_columns++;
		return;
	}
}

/* Of two columns of one kind the first holds; marks of sex beside “Giới tính” stay. */
static void drop_repeated(struct roster_table *t)
{
	bool seen[ROSTER_FIELDS] = { false };

	for (size_t i = 0; i < t->n_columns; i++) {
		enum roster_field *field = &t->columns[i].field;

		if (seen[*field])
			*field = ROSTER_IGNORED;
		seen[*field] = *field != ROSTER_IGNORED;
		t->columns[i].proposed = *field;
	}
}

void roster_table_find(struct arena *a, const struct roster_line *lines, size_t n, const struct sheet_range *merges,
	size_t n_merges,
	struct roster_table *out)
{
	struct finding f = { .a = a, .lines = lines, .n = n, .merges = merges, .n_merges = n_merges };

	*out = (struct roster_table){ .columns = ARENA_ARRAY(a, struct roster_column, ROSTER_COLUMNS + 1) };
	for (size_t i = 0; i < n && !out->found; i++) {
		bool follows = i + 1 < n && lines[i + 1].row == lines[i].row + 1;

		out->header = i;
		out->n_header = 2;
		out->found = follows && read_two(&f, &lines[i], &lines[i + 1], out) && holds_table(out) &&
			needs_above(&f, &lines[i], out);
		if (out->found)
			break;
		out->n_header = 1;
		read_one(&f, &lines[i], out);
		out->found = holds_table(out);
	}
	if (!out->found) {
		out->n_columns = 0;
		return;
	}
	part_name(&f, &lines[out->header], out);
	drop_repeated(out);
}

void roster_table_samples(struct arena *a, struct roster_table *t, const struct roster_line *lines, size_t n)
{
	for (size_t c = 0; c < t->n_columns; c++) {
		int found = 0;

		for (size_t i = t->header + t->n_header; i < n && found < ROSTER_SAMPLES; i++) {
			const struct roster_cell *cell = roster_cell_at(&lines[i], t->columns[c].column);

			if (cell && cell->value.present)
				t->columns[c].samples[found++] = arena_text(a, roster_text_of(a, &cell->value));
		}
	}
}
