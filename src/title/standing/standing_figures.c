/* Reading what standing_batch.c counted. */
#include "title/standing/standing.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "registry/tree/tree.h"
#include "standing_sql.h"

enum { TREE_PAGE = 500, REACH_MAX = 5000 };

/* Units with counters of their own, each counted for one of `owners` (an index into the children, or 0). */
struct reach {
	struct arena *arena;
	size_t n;
	int64_t at[REACH_MAX];
	size_t owner[REACH_MAX];
};

/* The day whose units are the round's own. */
const char *figures_own_day(struct ask *ask, int64_t round_id)
{
	const char *last = arena_format(ask->arena, "%04d-12-31", (int)round_id);
	const char *today = arena_text(ask->arena, day_of(ask->now).text);

	return strcmp(today, last) < 0 ? today : last;
}

static OUTCOME children_of(struct ask *ask, int64_t parent_id, const char *day, struct unit_list *out)
{
	struct unit *all = NULL;
	struct unit_list page;
	size_t n = 0;

	do {
		struct unit *longer;

		TRY(tree_children(ask, parent_id, day, n ? &all[n - 1] : NULL, &page));
		longer = ARENA_ARRAY(ask->arena, struct unit, n + page.n);
		if (n)
			memcpy(longer, all, n * sizeof *all);
		if (page.n)
			memcpy(longer + n, page.at, page.n * sizeof *all);
		all = longer;
		n += page.n;
	} while (page.n == TREE_PAGE);
	*out = (struct unit_list){ n, all };
	return OK;
}

static void reach_add(struct reach *reach, int64_t id, size_t owner)
{
	BUG_ON(reach->n == REACH_MAX);
	reach->at[reach->n] = id;
	reach->owner[reach->n++] = owner;
}

static OUTCOME reach_below(struct ask *ask, const struct unit *unit, const char *day, size_t owner, struct reach *reach)
{
	struct unit_list children;

	if (unit->level >= LEVEL_COMMUNE) {
		reach_add(reach, unit->id, owner);
		return OK;
	}
	TRY(children_of(ask, unit->id, day, &children));
	for (size_t i = 0; i < children.n; i++)
		TRY(reach_below(ask, &children.at[i], day, owner, reach));
	return OK;
}

/* Hamlets that wait to be placed count in their province, in no commune of it (model.md 2). */
static OUTCOME reach_unplaced(struct ask *ask, const struct unit *unit, const char *day, size_t owner, struct reach *reach,
	size_t *n)
{
	struct unit_list leaves = { 0 };

	if (unit->level == LEVEL_PROVINCE)
		TRY(tree_unplaced(ask, unit->id, day, &leaves));
	for (size_t i = 0; i < leaves.n; i++)
		reach_add(reach, leaves.at[i].id, owner);
	*n = leaves.n;
	return OK;
}

static OUTCOME reach_of(struct ask *ask, int64_t round_id, int64_t unit_id, struct reach **out)
{
	const char *day = figures_own_day(ask, round_id);
	struct unit unit;
	enum outcome found = tree_get(ask, unit_id, day, &unit);
	size_t unplaced;

	*out = ARENA_NEW(ask->arena, struct reach);
	if (found == NOT_FOUND)                         /* closed before, or opened after: its own figures are there all the same */
		found = tree_get_last(ask, unit_id, &unit);
	TRY(found);
	TRY(reach_below(ask, &unit, day, 0, *out));
	return reach_unplaced(ask, &unit, day, 0, *out, &unplaced);
}

static struct id_list ids_of(const struct reach *reach) { return (struct id_list){ reach->n, reach->at }; }

OUTCOME figures_units(struct ask *ask, int64_t round_id, int64_t unit_id, struct id_list *out)
{
	struct reach *reach;

	TRY(reach_of(ask, round_id, unit_id, &reach));
	*out = ids_of(reach);
	return OK;
}

/* "" or a day that has not ended: what holds now. */
static bool is_now(const struct ask *ask, const char *as_of)
{
	return !*as_of || strcmp(as_of, day_of(ask->now).text) >= 0;
}

static void add_counts(struct figure_counts *counts, int64_t state, int64_t n, int64_t total)
{
	enum sheet_state s = (enum sheet_state)state;

	counts->people += n;
	counts->states[s] += n;
	counts->registered += sheet_is_registered(s) ? n : 0;
	counts->submitted += sheet_is_submitted(s) ? n : 0;
	counts->recognised += s == SHEET_RECOGNISED ? n : 0;
	counts->total_sum += total;
}

/* Rows of both statements: part, state, n, total; sorted by part. */
struct parts_in { struct figure_part *at; size_t n; };

static void add_part(struct parts_in *parts, const char *code, int64_t state, int64_t n, int64_t total)
{
	if (!parts->n || strcmp(parts->at[parts->n - 1].code, code) != 0)
		parts->at[parts->n++] = (struct figure_part){ .code = code, .name = "" };
	add_counts(&parts->at[parts->n - 1].counts, state, n, total);
}

/* By nothing but the state: one part. */
static OUTCOME part_whole(struct ask *ask, int64_t round_id, struct id_list units, const char *as_of, struct parts_in *parts)
{
	size_t n;

	parts->at = ARENA_NEW(ask->arena, struct figure_part);
	if (is_now(ask, as_of)) {
		struct sql_figures_sums_row *rows;

		TRY(sql_figures_sums(ask, round_id, units, &rows, &n));
		for (size_t i = 0; i < n; i++)
			add_part(parts, "", rows[i].state, rows[i].n, rows[i].total);
	} else {
		struct sql_figures_sum_days_row *rows;

		TRY(sql_figures_sum_days(ask, as_of, round_id, units, &rows, &n));
		for (size_t i = 0; i < n; i++)
			add_part(parts, "", rows[i].state, rows[i].n, rows[i].total);
	}
	return OK;
}

static OUTCOME parts_now(struct ask *ask, int64_t round_id, struct id_list units, const char *by, struct parts_in *parts)
{
	struct sql_figures_cells_row *rows;
	size_t n;

	TRY(sql_figures_cells(ask, by, round_id, units, &rows, &n));
	parts->at = ARENA_ARRAY(ask->arena, struct figure_part, n);
	for (size_t i = 0; i < n; i++)
		add_part(parts, rows[i].part, rows[i].state, rows[i].n, rows[i].total);
	return OK;
}

static OUTCOME parts_on_day(struct ask *ask, int64_t round_id, struct id_list units, const char *day, const char *by,
	struct parts_in *parts)
{
	struct sql_figures_days_row *rows;
	size_t n;

	TRY(sql_figures_days(ask, by, day, round_id, units, &rows, &n));
	parts->at = ARENA_ARRAY(ask->arena, struct figure_part, n);
	for (size_t i = 0; i < n; i++)
		add_part(parts, rows[i].part, rows[i].state, rows[i].n, rows[i].total);
	return OK;
}

static void add_unit(struct parts_in *parts, int64_t unit_id, int64_t state, int64_t n, int64_t total)
{
	if (!parts->n || parts->at[parts->n - 1].unit_id != unit_id)
		parts->at[parts->n++] = (struct figure_part){ .code = "", .name = "", .unit_id = unit_id };
	add_counts(&parts->at[parts->n - 1].counts, state, n, total);
}

static OUTCOME parts_by_unit(struct ask *ask, int64_t round_id, struct id_list units, const char *as_of, struct parts_in *parts)
{
	size_t n;

	if (is_now(ask, as_of)) {
		struct sql_figures_cells_by_unit_row *rows;

		TRY(sql_figures_cells_by_unit(ask, round_id, units, &rows, &n));
		parts->at = ARENA_ARRAY(ask->arena, struct figure_part, n);
		for (size_t i = 0; i < n; i++)
			add_unit(parts, rows[i].unit_id, rows[i].state, rows[i].n, rows[i].total);
	} else {
		struct sql_figures_days_by_unit_row *rows;

		TRY(sql_figures_days_by_unit(ask, as_of, round_id, units, &rows, &n));
		parts->at = ARENA_ARRAY(ask->arena, struct figure_part, n);
		for (size_t i = 0; i < n; i++)
			add_unit(parts, rows[i].unit_id, rows[i].state, rows[i].n, rows[i].total);
	}
	return OK;
}

OUTCOME figures_in(struct ask *ask, int64_t round_id, const struct id_list *units, const char *as_of, const char *by,
	struct figure_parts *out)
{
	struct parts_in parts = { 0 };

	if (!strcmp(by, "unit"))
		TRY(parts_by_unit(ask, round_id, *units, as_of, &parts));
	else if (!*by)
		TRY(part_whole(ask, round_id, *units, as_of, &parts));
	else if (is_now(ask, as_of))
		TRY(parts_now(ask, round_id, *units, by, &parts));
	else
		TRY(parts_on_day(ask, round_id, *units, as_of, by, &parts));
	*out = (struct figure_parts){ parts.n, parts.at };
	return OK;
}

OUTCOME figures_of_unit(struct ask *ask, int64_t round_id, int64_t unit_id, const char *as_of, struct figure_counts *out)
{
	struct figure_parts parts;
	struct id_list units;

	TRY(figures_units(ask, round_id, unit_id, &units));
	TRY(figures_in(ask, round_id, &units, as_of, "", &parts));
	*out = parts.n ? parts.at[0].counts : (struct figure_counts){ 0 };
	return OK;
}

/* ---- by child ---- */

struct children { struct figure_part *at; size_t n; struct reach *reach; };

static OUTCOME children_reach(struct ask *ask, int64_t round_id, int64_t unit_id, struct children *out)
{
	const char *day = figures_own_day(ask, round_id);
	struct unit_list units;
	struct unit unit;
	size_t unplaced = 0;
	enum outcome found = tree_get(ask, unit_id, day, &unit);

	if (found == FAILED)
		return FAILED;
	TRY(children_of(ask, unit_id, day, &units));
	out->n = units.n;
	out->at = ARENA_ARRAY(ask->arena, struct figure_part, units.n + 1);
	out->reach = ARENA_NEW(ask->arena, struct reach);
	for (size_t i = 0; i < units.n; i++) {
		out->at[i].code = units.at[i].code;
		out->at[i].name = units.at[i].name;
		out->at[i].unit_id = units.at[i].id;
		out->at[i].level = (int)units.at[i].level;
		TRY(reach_below(ask, &units.at[i], day, i, out->reach));
	}
	if (found == OK)
		TRY(reach_unplaced(ask, &unit, day, units.n, out->reach, &unplaced));
	if (unplaced)
		out->at[out->n++] = (struct figure_part){ .code = "", .name = "chưa xếp" };
	return OK;
}

struct owner_of { int64_t id; size_t owner; };

static int by_id(const void *a, const void *b)
{
	const struct owner_of *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

/* The reach in order of id, as the statements answer. */
static struct owner_of *owners(struct ask *ask, const struct reach *reach)
{
	struct owner_of *list = ARENA_ARRAY(ask->arena, struct owner_of, reach->n);

	for (size_t i = 0; i < reach->n; i++)
		list[i] = (struct owner_of){ reach->at[i], reach->owner[i] };
	if (reach->n > 1)
		qsort(list, reach->n, sizeof *list, by_id);
	return list;
}

static size_t owner(const struct owner_of *list, size_t n, int64_t id)
{
	struct owner_of like = { .id = id };
	const struct owner_of *found = bsearch(&like, list, n, sizeof *list, by_id);

	BUG_ON(!found);
	return found->owner;
}

static void add_figures(struct figure_counts *sum, const struct figure_counts *more)
{
	sum->people += more->people;
	for (int i = 0; i < SHEET_STATE_N; i++)
		sum->states[i] += more->states[i];
	sum->registered += more->registered;
	sum->submitted += more->submitted;
	sum->recognised += more->recognised;
	sum->total_sum += more->total_sum;
}

OUTCOME figures_by_child(struct ask *ask, int64_t round_id, int64_t unit_id, const char *as_of, struct figure_parts *out)
{
	struct children children;
	struct figure_parts units;
	struct owner_of *list;
	struct id_list ids;

	TRY(children_reach(ask, round_id, unit_id, &children));
	list = owners(ask, children.reach);
	ids = ids_of(children.reach);
	TRY(figures_in(ask, round_id, &ids, as_of, "unit", &units));
	for (size_t i = 0; i < units.n; i++)
		add_figures(&children.at[owner(list, children.reach->n, units.at[i].unit_id)].counts, &units.at[i].counts);
	*out = (struct figure_parts){ children.n, children.at };
	return OK;
}

/* ---- days and targets ---- */

OUTCOME figures_last_change_in(struct ask *ask, int64_t round_id, const struct id_list *units, const char *until,
	const char **day)
{
	TRY(sql_figures_stamp(ask, round_id, *units, day));
	if (!*until || strcmp(*day, until) <= 0)
		return OK;
	return sql_figures_last_day(ask, until, round_id, *units, day);
}

OUTCOME figures_last_change(struct ask *ask, int64_t round_id, int64_t unit_id, const char **day)
{
	struct id_list units;

	TRY(figures_units(ask, round_id, unit_id, &units));
	return figures_last_change_in(ask, round_id, &units, "", day);
}

static void add_target(struct target_count *targets, int64_t target, int64_t part, int64_t n)
{
	if (part == 1)
		targets[target - 1].numerator += n;
	else
		targets[target - 1].denominator += n;
}

OUTCOME figures_targets_in(struct ask *ask, int64_t round_id, const struct id_list *units, const char *as_of,
	struct target_count out[TARGETS])
{
	size_t n;

	memset(out, 0, TARGETS * sizeof *out);
	if (is_now(ask, as_of)) {
		struct sql_figures_targets_now_row *rows;

		TRY(sql_figures_targets_now(ask, round_id, *units, &rows, &n));
		for (size_t i = 0; i < n; i++)
			add_target(out, rows[i].target, rows[i].part, rows[i].n);
	} else {
		struct sql_figures_targets_on_day_row *rows;

		TRY(sql_figures_targets_on_day(ask, as_of, round_id, *units, &rows, &n));
		for (size_t i = 0; i < n; i++)
			add_target(out, rows[i].target, rows[i].part, rows[i].n);
	}
	return OK;
}

OUTCOME figures_targets_each(struct ask *ask, int64_t round_id, const struct id_list *units, const struct unit_targets **out,
			     size_t *n)
{
	struct sql_figures_targets_now_row *rows;
	struct unit_targets *list;
	size_t n_rows;

	TRY(sql_figures_targets_now(ask, round_id, *units, &rows, &n_rows));
	list = ARENA_ARRAY(ask->arena, struct unit_targets, units->n);
	*n = 0;
	for (size_t i = 0; i < n_rows; i++) {
		if (!*n || list[*n - 1].unit_id != rows[i].unit_id)
			list[(*n)++].unit_id = rows[i].unit_id;
		add_target(list[*n - 1].counts, rows[i].target, rows[i].part, rows[i].n);
	}
	*out = list;
	return OK;
}

OUTCOME figures_targets(struct ask *ask, int64_t round_id, int64_t unit_id, const char *as_of, struct target_count out[TARGETS])
{
	struct id_list units;

	TRY(figures_units(ask, round_id, unit_id, &units));
	return figures_targets_in(ask, round_id, &units, as_of, out);
}

/* ---- the list behind a figure ---- */

int standing_line_order(const void *a, const void *b)
{
	const struct standing_line *x = a, *y = b;
	size_t shorter = x->name_key.len < y->name_key.len ? x->name_key.len : y->name_key.len;
	int order = memcmp(x->name_key.ptr, y->name_key.ptr, shorter);

	if (order || x->name_key.len != y->name_key.len)
		return order ? order : x->name_key.len < y->name_key.len ? -1 : 1;
	return (x->person_id > y->person_id) - (x->person_id < y->person_id);
}
