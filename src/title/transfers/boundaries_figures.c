/* Sums over counters and over the parts of divided leaves. */
#include "title/transfers/boundaries.h"

#include <stdlib.h>
#include <string.h>

#include "transfers_sql.h"

OUTCOME counted_part_cells(struct ask *ask, int64_t round_id, const struct counted *c, const struct part_cell **out, size_t *n)
{
	struct part_cell *all = NULL;

	*n = 0;
	for (size_t i = 0; i < c->n_parts; i++) {
		struct sql_placed_rows_row *rows;
		struct part_cell *longer;
		size_t got;

		TRY(sql_placed_rows(ask, round_id, c->parts[i].leaf_id, c->parts[i].to_leaf, &rows, &got));
		longer = ARENA_ARRAY(ask->arena, struct part_cell, *n + got);
		if (*n)
			memcpy(longer, all, *n * sizeof *longer);
		for (size_t k = 0; k < got; k++)
			longer[*n + k] = (struct part_cell){ rows[k].group_code, (int)rows[k].sex, (int)rows[k].age_band,
				(enum sheet_state)rows[k].state, (unsigned)rows[k].flags, rows[k].n, rows[k].total };
		all = longer;
		*n += got;
	}
	*out = all;
	return OK;
}

static void add_cell(struct figure_counts *to, const struct part_cell *cell)
{
	to->people += cell->n;
	to->states[cell->state] += cell->n;
	to->registered += sheet_is_registered(cell->state) ? cell->n : 0;
	to->submitted += sheet_is_submitted(cell->state) ? cell->n : 0;
	to->recognised += cell->state == SHEET_RECOGNISED ? cell->n : 0;
	to->total_sum += cell->total;
}

static const char *code_of(struct arena *a, const struct part_cell *cell, const char *by)
{
	if (!strcmp(by, "group"))
		return cell->group;
	if (!strcmp(by, "sex"))
		return arena_format(a, "%d", cell->sex);
	return !strcmp(by, "age") ? arena_format(a, "%d", cell->age_band) : "";
}

static int by_code(const void *a, const void *b)
{
	return strcmp(((const struct figure_part *)a)->code, ((const struct figure_part *)b)->code);
}

OUTCOME counted_figures(struct ask *ask, int64_t round_id, const struct counted *c, const char *as_of, const char *by,
	struct figure_parts *out)
{
	const struct part_cell *cells;
	struct figure_part *parts;
	size_t n;

	TRY(figures_in(ask, round_id, &c->units, as_of, by, out));
	TRY(counted_part_cells(ask, round_id, c, &cells, &n));
	if (!n)
		return OK;
	parts = ARENA_ARRAY(ask->arena, struct figure_part, out->n + n);
	if (out->n)
		memcpy(parts, out->at, out->n * sizeof *parts);
	for (size_t i = 0; i < n; i++) {
		const char *code = code_of(ask->arena, &cells[i], by);
		size_t at = 0;

		while (at < out->n && strcmp(parts[at].code, code) != 0)
			at++;
		if (at == out->n)
			parts[out->n++] = (struct figure_part){ .code = code, .name = "" };
		add_cell(&parts[at].counts, &cells[i]);
	}
	qsort(parts, out->n, sizeof *parts, by_code);
	out->at = parts;
	return OK;
}

OUTCOME counted_sum(struct ask *ask, int64_t round_id, const struct counted *c, const char *as_of, struct figure_counts *out)
{
	struct figure_parts parts;

	TRY(counted_figures(ask, round_id, c, as_of, "", &parts));
	*out = parts.n ? parts.at[0].counts : (struct figure_counts){ 0 };
	return OK;
}

static void add_cell_targets(struct target_count out[TARGETS], const struct part_cell *cell)
{
	for (int target = 1; target <= TARGETS && cell->state != SHEET_WITHDRAWN; target++) {
		out[target - 1].numerator += target_counts(cell->flags, target, true) ? cell->n : 0;
		out[target - 1].denominator += target_counts(cell->flags, target, false) ? cell->n : 0;
	}
}

OUTCOME counted_targets(struct ask *ask, int64_t round_id, const struct counted *c, const char *as_of,
	struct target_count out[TARGETS])
{
	const struct part_cell *cells;
	size_t n;

	TRY(figures_targets_in(ask, round_id, &c->units, as_of, out));
	TRY(counted_part_cells(ask, round_id, c, &cells, &n));
	for (size_t i = 0; i < n; i++)
		add_cell_targets(out, &cells[i]);
	return OK;
}

OUTCOME counted_last_change(struct ask *ask, int64_t round_id, const struct counted *c, const char *until, const char **day)
{
	int64_t *ids = ARENA_ARRAY(ask->arena, int64_t, c->units.n + c->n_parts);
	struct id_list all = { c->units.n + c->n_parts, ids };

	if (c->units.n)
		memcpy(ids, c->units.at, c->units.n * sizeof *ids);
	for (size_t i = 0; i < c->n_parts; i++)
		ids[c->units.n + i] = c->parts[i].leaf_id;
	return figures_last_change_in(ask, round_id, &all, until, day);
}

/* ---- by child ---- */

struct owner { int64_t unit_id; size_t child; };

static int by_unit(const void *a, const void *b)
{
	const struct owner *x = a, *y = b;

	return (x->unit_id > y->unit_id) - (x->unit_id < y->unit_id);
}

static void add_counts(struct figure_counts *sum, const struct figure_counts *more)
{
	sum->people += more->people;
	for (int i = 0; i < SHEET_STATE_N; i++)
		sum->states[i] += more->states[i];
	sum->registered += more->registered;
	sum->submitted += more->submitted;
	sum->recognised += more->recognised;
	sum->total_sum += more->total_sum;
}

/* Every unit of every child, in order of id, and whose it is. */
static size_t owners_of(struct ask *ask, const struct scope *scope, struct owner **owners, int64_t **ids)
{
	size_t n = 0;

	for (size_t i = 0; i < scope->n_children; i++)
		n += scope->children[i].counted.units.n;
	*owners = ARENA_ARRAY(ask->arena, struct owner, n);
	*ids = ARENA_ARRAY(ask->arena, int64_t, n);
	n = 0;
	for (size_t i = 0; i < scope->n_children; i++)
		for (size_t k = 0; k < scope->children[i].counted.units.n; k++) {
			(*ids)[n] = scope->children[i].counted.units.at[k];
			(*owners)[n] = (struct owner){ (*ids)[n], i };
			n++;
		}
	if (n > 1)
		qsort(*owners, n, sizeof **owners, by_unit);
	return n;
}

static size_t owner_of(const struct owner *owners, size_t n, int64_t unit_id)
{
	const struct owner *found = bsearch(&(struct owner){ .unit_id = unit_id }, owners, n, sizeof *owners, by_unit);

	BUG_ON(!found);
	return found->child;
}

static OUTCOME add_units(struct ask *ask, int64_t round_id, const struct scope *scope, const char *as_of,
	struct figure_part *parts)
{
	struct figure_parts units;
	struct owner *owners;
	int64_t *ids;
	size_t n = owners_of(ask, scope, &owners, &ids);

	if (!n)
		return OK;
	TRY(figures_in(ask, round_id, &(struct id_list){ n, ids }, as_of, "unit", &units));
	for (size_t i = 0; i < units.n; i++)
		add_counts(&parts[owner_of(owners, n, units.at[i].unit_id)].counts, &units.at[i].counts);
	return OK;
}

static void add_targets(struct target_count sum[TARGETS], const struct target_count more[TARGETS])
{
	for (int i = 0; i < TARGETS; i++) {
		sum[i].numerator += more[i].numerator;
		sum[i].denominator += more[i].denominator;
	}
}

OUTCOME scope_targets_by_child(struct ask *ask, int64_t round_id, const struct scope *scope, struct target_count (**out)[TARGETS])
{
	const struct unit_targets *units;
	const struct part_cell *cells;
	struct owner *owners;
	int64_t *ids;
	size_t n = owners_of(ask, scope, &owners, &ids), n_units, n_cells;

	*out = arena_array(ask->arena, sizeof **out, scope->n_children);
	TRY(figures_targets_each(ask, round_id, &(struct id_list){ n, ids }, &units, &n_units));
	for (size_t i = 0; i < n_units; i++)
		add_targets((*out)[owner_of(owners, n, units[i].unit_id)], units[i].counts);
	for (size_t i = 0; i < scope->n_children; i++) {
		TRY(counted_part_cells(ask, round_id, &scope->children[i].counted, &cells, &n_cells));
		for (size_t k = 0; k < n_cells; k++)
			add_cell_targets((*out)[i], &cells[k]);
	}
	return OK;
}

OUTCOME scope_by_child(struct ask *ask, int64_t round_id, const struct scope *scope, const char *as_of, struct figure_parts *out)
{
	struct figure_part *parts = ARENA_ARRAY(ask->arena, struct figure_part, scope->n_children);
	const struct part_cell *cells;
	size_t n;

	for (size_t i = 0; i < scope->n_children; i++) {
		const struct scope_child *child = &scope->children[i];

		parts[i] = (struct figure_part){ child->unit.code, child->unit.name, child->unit.id, (int)child->unit.level,
			{ 0 } };
		TRY(counted_part_cells(ask, round_id, &child->counted, &cells, &n));
		for (size_t k = 0; k < n; k++)
			add_cell(&parts[i].counts, &cells[k]);
	}
	TRY(add_units(ask, round_id, scope, as_of, parts));
	*out = (struct figure_parts){ scope->n_children, parts };
	return OK;
}
