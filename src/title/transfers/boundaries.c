/* Which counters add up to a unit on a day. A round has some thousand leaves; each is asked where it lies, those of one
 * parent once. */
#include "title/transfers/boundaries.h"

#include <string.h>

#include "base/day.h"
#include "transfers_sql.h"

enum { TREE_PAGE = 500, MERGERS = 8 };           /* how often in a row a unit may have been merged */

const struct choices boundary_choices = CHOICES({ "own", "Đơn vị của năm ấy" }, { "now", "Đơn vị hôm nay" });

/* ---- where ---- */

struct places {
	struct ask *ask;
	const char *day;
	bool past;                               /* as of a day gone by: no people, only sums */
	int64_t counted;                         /* the leaf whose places are being added */
	struct leaf_place *at;
	size_t n, room;
	int64_t parent, commune, province;       /* the last parent that was looked up */
};

static void add_place(struct places *ps, struct leaf_place p)
{
	if (ps->n == ps->room) {
		struct leaf_place *wider = ARENA_ARRAY(ps->ask->arena, struct leaf_place, ps->room ? 2 * ps->room : 64);

		if (ps->n)
			memcpy(wider, ps->at, ps->n * sizeof *wider);
		ps->room = ps->room ? 2 * ps->room : 64;
		ps->at = wider;
	}
	p.counted = ps->counted;
	ps->at[ps->n++] = p;
}

/* The unit as it is on the day, through edges as long as each leads to one alone. *out 0: divided, or ended into nothing. */
static OUTCOME follow_edges(struct ask *ask, int64_t id, const char *day, int64_t *out)
{
	*out = 0;
	for (int i = 0; i < MERGERS; i++) {
		struct unit_edge_list edges;
		struct unit unit;
		enum outcome holds = tree_get(ask, id, day, &unit);

		if (holds == OK) {
			*out = id;
			return OK;
		}
		if (holds != NOT_FOUND)
			return holds;
		TRY(tree_edges(ask, id, false, &edges));
		if (edges.n != 1)
			return OK;
		id = edges.at[0].to_id;
	}
	return OK;
}

/* Where what lay below a parent lies on the day. */
static OUTCOME place_below(struct places *ps, int64_t parent, struct leaf_place *out)
{
	if (!ps->parent || parent != ps->parent) {
		TRY(follow_edges(ps->ask, parent, ps->day, &ps->commune));
		TRY(tree_province(ps->ask, ps->commune ? ps->commune : parent, ps->day, &ps->province));
		ps->parent = parent;
	}
	out->commune = ps->commune;
	out->province = ps->province;
	return OK;
}

static OUTCOME place_one(struct places *ps, int64_t leaf, struct leaf_place *out)
{
	struct unit unit;
	int64_t on_day;

	TRY(follow_edges(ps->ask, leaf, ps->day, &on_day));
	if (!on_day)
		return NOT_FOUND;
	TRY(tree_get(ps->ask, on_day, ps->day, &unit));
	out->leaf = on_day;
	return place_below(ps, unit.parent_id, out);
}

/* Parts of a divided leaf, each where its own leaf lies, and who was not placed. */
static OUTCOME place_parts(struct places *ps, int64_t leaf, int64_t own_parent)
{
	struct sql_placement_parts_row *parts;
	struct leaf_place rest = { .leaf = leaf }, first = { 0 };
	size_t n;
	bool together = true;

	TRY(sql_placement_parts(ps->ask, leaf, &parts, &n));
	TRY(tree_province(ps->ask, leaf, ps->day, &rest.province));
	if (!n)
		TRY(place_below(ps, own_parent, &rest));
	for (size_t i = 0; i < n; i++) {
		struct leaf_place p = { .part = { leaf, parts[i].to_leaf } };
		enum outcome found = place_one(ps, parts[i].to_leaf, &p);

		if (found == FAILED)
			return FAILED;
		if (found != OK)
			p = (struct leaf_place){ .leaf = leaf, .province = rest.province, .part = p.part };
		together &= p.commune && (!i || p.commune == first.commune);
		first = p;
		if (!ps->past)
			add_place(ps, p);
	}
	if (n && together) {                             /* all parts in one commune: who was not placed is of it too */
		rest.commune = first.commune;
		rest.province = first.province;
	}
	if (n && !ps->past)
		rest.part = (struct leaf_part){ leaf, 0 };
	add_place(ps, rest);
	return OK;
}

static OUTCOME place_leaf(struct places *ps, const struct sql_counted_leaves_row *row)
{
	struct leaf_place p = { .leaf = row->unit_id };
	enum outcome found;

	ps->counted = row->unit_id;
	if (row->parent_id.is) {
		TRY(place_below(ps, row->parent_id.value, &p));
		add_place(ps, p);
		return OK;
	}
	found = place_one(ps, row->unit_id, &p);
	if (found == OK)
		add_place(ps, p);
	return found == NOT_FOUND ? place_parts(ps, row->unit_id, row->own_parent.value) : found;
}

/* ---- children ---- */

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

static const struct unit nowhere = { .code = "", .name = "chưa xếp", .kind = "", .from_day = "", .until_day = "" };

static enum outcome only(struct arena *arena, int64_t id, struct id_list *out)
{
	int64_t *ids = ARENA_ARRAY(arena, int64_t, 1);

	ids[0] = id;
	*out = (struct id_list){ 1, ids };
	return OK;
}

OUTCOME scope_own(struct ask *ask, int64_t round_id, const struct unit *unit, struct scope *out)
{
	struct scope_child *children;
	struct unit_list waiting = { 0 };

	*out = (struct scope){ .unit = *unit, .day = figures_own_day(ask, round_id) };
	TRY(figures_units(ask, round_id, unit->id, &out->counted.units));
	TRY(children_on(ask, unit->id, out->day, &children, &out->n_children));
	for (size_t i = 0; i < out->n_children; i++)
		TRY(children[i].unit.level == LEVEL_DISTRICT ? figures_units(ask, round_id, children[i].unit.id,
		&children[i].counted.units)
			: only(ask->arena, children[i].unit.id, &children[i].counted.units));
	if (unit->level == LEVEL_PROVINCE)
		TRY(tree_unplaced(ask, unit->id, out->day, &waiting));
	if (waiting.n) {
		int64_t *ids = ARENA_ARRAY(ask->arena, int64_t, waiting.n);

		for (size_t i = 0; i < waiting.n; i++)
			ids[i] = waiting.at[i].id;
		children[out->n_children++] = (struct scope_child){ .unit = nowhere, .counted.units = { waiting.n, ids } };
	}
	out->children = children;
	return OK;
}

/* ---- gathering ---- */

struct gathering { struct arena *arena; const struct places *ps; };

bool leaf_place_is_of(const struct leaf_place *p, const struct unit *unit)
{
	if (unit->level == LEVEL_LEAF)
		return p->leaf == unit->id;
	return unit->level == LEVEL_PROVINCE ? p->province == unit->id : p->commune == unit->id;
}

/* Directly below the province an organisation is its own child: its "commune" is the province. */
int64_t leaf_place_child(const struct leaf_place *p, const struct unit *unit)
{
	return p->commune == unit->id || unit->level >= LEVEL_COMMUNE ? p->leaf : p->commune;
}

static struct counted gather(const struct gathering *g, const struct unit *unit, const struct unit *child)
{
	int64_t *ids = ARENA_ARRAY(g->arena, int64_t, g->ps->n);
	struct leaf_part *parts = ARENA_ARRAY(g->arena, struct leaf_part, g->ps->n);
	struct counted out = { { 0, ids }, parts, 0 };

	for (size_t i = 0; i < g->ps->n; i++) {
		const struct leaf_place *p = &g->ps->at[i];

		if (!leaf_place_is_of(p, unit) || (child && leaf_place_child(p, unit) != child->id))
			continue;
		if (p->part.leaf_id)
			parts[out.n_parts++] = p->part;
		else
			ids[out.units.n++] = p->counted;
	}
	return out;
}

/* Which units of the round's own day went whole into a child, and whether nothing else did. */
static OUTCOME fill_before(struct ask *ask, int64_t id, const char *own_day, struct id_list *before, bool *whole)
{
	struct unit_edge_list edges, ways;
	struct unit unit;
	int64_t *ids;
	enum outcome held = tree_get(ask, id, own_day, &unit);

	*whole = true;
	if (held != NOT_FOUND)
		return held;
	TRY(tree_edges(ask, id, true, &edges));
	ids = ARENA_ARRAY(ask->arena, int64_t, edges.n);
	for (size_t i = 0; i < edges.n; i++) {
		TRY(tree_edges(ask, edges.at[i].from_id, false, &ways));
		*whole &= ways.n == 1;
		ids[i] = edges.at[i].from_id;
	}
	*whole &= edges.n > 0;
	*before = (struct id_list){ edges.n, ids };
	return OK;
}

static OUTCOME fill_scope(struct ask *ask, const struct gathering *g, const char *own_day, struct scope_child *children,
	struct scope *out)
{
	struct counted loose;

	out->counted = gather(g, &out->unit, NULL);
	TRY(fill_before(ask, out->unit.id, own_day, &out->before, &out->is_whole));
	for (size_t i = 0; i < out->n_children; i++) {
		children[i].counted = gather(g, &out->unit, &children[i].unit);
		if (children[i].unit.level < LEVEL_LEAF)
			TRY(fill_before(ask, children[i].unit.id, own_day, &children[i].before, &children[i].is_whole));
	}
	loose = gather(g, &out->unit, &nowhere);
	if (loose.units.n || loose.n_parts)
		children[out->n_children++] = (struct scope_child){ .unit = nowhere, .counted = loose };
	out->children = children;
	return OK;
}

static OUTCOME place_all(struct places *ps, int64_t round_id, const char *own_day)
{
	struct sql_counted_leaves_row *rows;
	size_t n;

	TRY(sql_counted_leaves(ps->ask, ps->day, own_day, round_id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(place_leaf(ps, &rows[i]));
	return OK;
}

OUTCOME scope_same(struct ask *ask, int64_t round_id, int64_t unit_id, const char *day, struct scope *out)
{
	struct unit now;

	TRY(tree_get(ask, unit_id, day, &now));
	return scope_own(ask, round_id, &now, out);
}

/* Are the units of two days others? Between a day and an earlier one nothing lies. */
static OUTCOME units_differ(struct ask *ask, const char *own_day, const char *day, bool *out)
{
	int64_t changes = 0;

	if (strcmp(own_day, day) < 0)
		TRY(sql_unit_changes(ask, day, own_day, &changes));
	*out = changes > 0;
	return OK;
}

OUTCOME scope_on(struct ask *ask, int64_t round_id, const struct unit *unit, const char *day, const char *as_of,
	struct scope *out)
{
	const char *own_day = figures_own_day(ask, round_id);
	struct places ps = { .ask = ask, .day = day, .past = *as_of && strcmp(as_of, day_of(ask->now).text) < 0 };
	struct scope_child *children;
	bool differ;

	TRY(units_differ(ask, own_day, day, &differ));
	if (!differ)
		return scope_same(ask, round_id, unit->id, day, out);
	*out = (struct scope){ .unit = *unit, .day = day };
	TRY(tree_get(ask, unit->id, day, &out->unit));
	TRY(place_all(&ps, round_id, own_day));
	TRY(children_on(ask, unit->id, day, &children, &out->n_children));
	return fill_scope(ask, &(struct gathering){ ask->arena, &ps }, own_day, children, out);
}

OUTCOME boundary_places(struct ask *ask, int64_t round_id, const char *day, struct leaf_place_list *out)
{
	struct places ps = { .ask = ask, .day = day };

	TRY(place_all(&ps, round_id, figures_own_day(ask, round_id)));
	*out = (struct leaf_place_list){ ps.n, ps.at };
	return OK;
}

OUTCOME scope_in(struct ask *ask, int64_t round_id, const struct unit *unit, enum boundaries in, const char *as_of,
	struct scope *out)
{
	if (in == BOUNDARIES_OWN)
		return scope_own(ask, round_id, unit, out);
	return scope_on(ask, round_id, unit, arena_text(ask->arena, day_of(ask->now).text), as_of, out);
}

OUTCOME boundaries_differ_on(struct ask *ask, int64_t round_id, const char *day, bool *out)
{
	return units_differ(ask, figures_own_day(ask, round_id), day, out);
}

OUTCOME boundaries_differ(struct ask *ask, int64_t round_id, bool *out)
{
	return boundaries_differ_on(ask, round_id, day_of(ask->now).text, out);
}
