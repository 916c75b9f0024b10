#include "figures/check/restate.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "check_sql.h"
#include "title/standing/standing.h"

enum { TREE_PAGE = 500, MERGERS = 8 };           /* how often in a row a unit may have been merged */

static int by_code(const void *a, const void *b)
{
	return strcmp(((const struct scope_child *)a)->unit.code, ((const struct scope_child *)b)->unit.code);
}

static OUTCOME children_on(struct ask *ask, int64_t unit_id, const char *day, struct scope_child **out, size_t *n)
{
	struct unit_list page = { 0 };
	struct scope_child *all = NULL;

	*n = 0;
	do {
		struct scope_child *longer;
		const struct unit *after = *n ? &all[*n - 1].unit : NULL;

		TRY(tree_children(ask, unit_id, day, after, &page));
		longer = ARENA_ARRAY(ask->arena, struct scope_child, *n + page.n + 1);           /* and room for one not placed */
		if (*n)
			memcpy(longer, all, *n * sizeof *all);
		for (size_t i = 0; i < page.n; i++)
			longer[*n + i] = (struct scope_child){ .unit = page.at[i] };
		all = longer;
		*n += page.n;
	} while (page.n == TREE_PAGE);
	*out = all;
	return OK;
}

OUTCOME scope_own(struct ask *ask, int64_t round_id, const struct unit *unit, struct scope *out)
{
	struct scope_child *children;

	*out = (struct scope){ .unit = *unit };
	TRY(figures_units(ask, round_id, unit->id, &out->counted));
	TRY(children_on(ask, unit->id, figures_own_day(ask, round_id), &children, &out->n_children));
	for (size_t i = 0; i < out->n_children; i++)
		TRY(figures_units(ask, round_id, children[i].unit.id, &children[i].counted));
	if (out->n_children > 1)
		qsort(children, out->n_children, sizeof *children, by_code);
	out->children = children;
	return OK;
}

/* ---- today's units ---- */

/* Where a leaf is today. commune 0: not placed, in `province` (0: nobody knows where). */
struct place { int64_t leaf, commune, province; };

/* The unit as it is today, through edges as long as each leads to one alone. *out 0: divided, or ended into nothing; then `province`
 * is that of the first it went into. */
static OUTCOME follow_edges(struct ask *ask, int64_t id, const char *today, int64_t *out, int64_t *province)
{
	*out = *province = 0;
	for (int i = 0; i < MERGERS; i++) {
		struct unit_edge_list edges;
		struct unit_list path = { 0 };
		struct unit unit;
		enum outcome holds = tree_get(ask, id, today, &unit);

		if (holds == OK) {
			*out = id;
			return OK;
		}
		if (holds != NOT_FOUND)
			return holds;
		TRY(tree_edges(ask, id, false, &edges));
		if (!edges.n)
			return OK;
		if (edges.n > 1) {
			holds = tree_path(ask, edges.at[0].to_id, today, &path);
			*province = holds == OK ? path.at[0].id : 0;
			return holds == NOT_FOUND ? OK : holds;
		}
		id = edges.at[0].to_id;
	}
	return OK;
}

static OUTCOME place_leaf(struct ask *ask, const struct sql_figures_leaves_now_row *row, const char *today, struct place *out)
{
	struct unit_list path;
	struct unit unit;
	int64_t leaf, province;

	*out = (struct place){ .leaf = row->unit_id };
	TRY(follow_edges(ask, row->unit_id, today, &leaf, &province));
	if (leaf && leaf != row->unit_id) {
		TRY(tree_get(ask, leaf, today, &unit));
		TRY(follow_edges(ask, unit.parent_id, today, &out->commune, &out->province));
		out->leaf = leaf;
	} else if (leaf) {
		TRY(follow_edges(ask, row->parent_id.value, today, &out->commune, &out->province));
	} else {
		TRY(follow_edges(ask, row->own_parent.value, today, &out->commune, &out->province));
		out->commune = province ? 0 : out->commune;
		out->province = province ? province : out->province;
	}
	if (!out->commune)
		return OK;
	TRY(tree_path(ask, out->commune, today, &path));
	out->province = path.at[0].id;
	return OK;
}

static bool belongs(const struct place *p, const struct unit *unit)
{
	if (unit->level == LEVEL_LEAF)
		return p->leaf == unit->id;
	return unit->level == LEVEL_PROVINCE ? p->province == unit->id : p->commune == unit->id;
}

/* Directly below the province an organisation is its own child: its "commune" is the province. */
static bool is_of_child(const struct place *p, const struct unit *unit, const struct unit *child)
{
	if (!child->id)
		return !p->commune;
	if (child->level == LEVEL_LEAF)
		return p->leaf == child->id && (unit->level != LEVEL_PROVINCE || p->commune == unit->id);
	return p->commune == child->id;
}

static struct id_list gather(struct arena *arena, const int64_t *leaves, const struct place *places, size_t n,
	const struct unit *unit,
	const struct unit *child)
{
	int64_t *ids = ARENA_ARRAY(arena, int64_t, n);
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		if (belongs(&places[i], unit) && (!child || is_of_child(&places[i], unit, child)))
			ids[found++] = leaves[i];
	return (struct id_list){ found, ids };
}

static void fill_scope(struct arena *arena, const int64_t *leaves, const struct place *places, size_t n,
	struct scope_child *children,
	struct scope *out)
{
	struct unit nowhere = { .code = "", .name = "chưa xếp", .kind = "" };
	struct id_list loose;

	out->counted = gather(arena, leaves, places, n, &out->unit, NULL);
	for (size_t i = 0; i < out->n_children; i++)
		children[i].counted = gather(arena, leaves, places, n, &out->unit, &children[i].unit);
	loose = gather(arena, leaves, places, n, &out->unit, &nowhere);
	if (loose.n)
		children[out->n_children++] = (struct scope_child){ nowhere, loose };
	if (out->n_children > 1)
		qsort(children, out->n_children, sizeof *children, by_code);
	out->children = children;
}

OUTCOME scope_now(struct ask *ask, int64_t round_id, const struct unit *unit, struct scope *out)
{
	const char *today = arena_text(ask->arena, day_of(ask->now).text);
	struct sql_figures_leaves_now_row *rows;
	struct scope_child *children;
	struct place *places;
	int64_t *leaves;
	size_t n;

	*out = (struct scope){ .unit = *unit };
	TRY(sql_figures_leaves_now(ask, today, figures_own_day(ask, round_id), round_id, &rows, &n));
	places = ARENA_ARRAY(ask->arena, struct place, n);
	leaves = ARENA_ARRAY(ask->arena, int64_t, n);
	for (size_t i = 0; i < n; i++) {
		leaves[i] = rows[i].unit_id;
		TRY(place_leaf(ask, &rows[i], today, &places[i]));
	}
	TRY(children_on(ask, unit->id, today, &children, &out->n_children));
	fill_scope(ask->arena, leaves, places, n, children, out);
	return OK;
}
