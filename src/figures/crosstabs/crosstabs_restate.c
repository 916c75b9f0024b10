/* A round told in today's units: the same packs, whose column of leaves says where each row counts by now. People of a divided
 * leaf are read by where they were placed, as columns of their own. A round whose units are today's is counted as ever. */
#include <stdlib.h>

#include "crosstabs_sql.h"
#include "figures/crosstabs/crosstabs_parts.h"
#include "title/standing/standing.h"

static int by_counted(const void *a, const void *b)
{
	const struct leaf_place *x = a, *y = b;

	return (x->counted > y->counted) - (x->counted < y->counted);
}

static OUTCOME restate_round(struct counting *c, size_t year)
{
	struct leaf_place_list all;
	struct leaf_place *own;

	TRY(boundary_places(c->ask, c->rounds.at[year].id, c->day, &all));
	own = ARENA_ARRAY(c->ask->arena, struct leaf_place, all.n);
	for (size_t i = 0; i < all.n; i++)
		if (leaf_place_is_of(&all.at[i], &c->unit))
			own[c->restated[year].n++] = all.at[i];
	if (c->restated[year].n > 1)
		qsort(own, c->restated[year].n, sizeof *own, by_counted);
	c->restated[year].at = own;
	return OK;
}

/* Of a province in its own units: hamlets that wait to be placed count in the row "chưa xếp". */
static OUTCOME wait_round(struct counting *c, size_t year)
{
	const char *day = c->query->restated ? c->day : figures_own_day(c->ask, c->rounds.at[year].id);
	struct leaf_place *places;
	struct unit_list waiting;

	if (c->unit.level != LEVEL_PROVINCE)
		return OK;
	TRY(tree_unplaced(c->ask, c->unit.id, day, &waiting));
	places = ARENA_ARRAY(c->ask->arena, struct leaf_place, waiting.n);
	for (size_t i = 0; i < waiting.n; i++)
		places[i] = (struct leaf_place){ .counted = waiting.at[i].id, .leaf = waiting.at[i].id, .province = c->unit.id };
	if (waiting.n > 1)
		qsort(places, waiting.n, sizeof *places, by_counted);
	c->restated[year].at = places;
	c->restated[year].n = waiting.n;
	return OK;
}

OUTCOME restate_read(struct counting *c)
{
	c->restated = ARENA_ARRAY(c->ask->arena, struct restating, c->rounds.n);
	for (size_t year = 0; year < c->rounds.n; year++) {
		if (c->query->restated)
			TRY(boundaries_differ(c->ask, c->rounds.at[year].id, &c->restated[year].is));
		TRY(c->restated[year].is ? restate_round(c, year) : wait_round(c, year));
	}
	return OK;
}

/* Rows of a leaf lie in a commune that it belonged to once, or (directly below the province) in its own name; those of one that
 * waits in the commune that has ended. */
OUTCOME restate_units(struct counting *c, size_t year, struct id_list *out)
{
	const struct restating *r = &c->restated[year];
	int64_t *leaves = ARENA_ARRAY(c->ask->arena, int64_t, r->n), *units;
	struct sql_crosstab_homes_row *rows;
	size_t n;

	*out = (struct id_list){ 0 };
	for (size_t i = 0; i < r->n; i++)
		leaves[i] = r->at[i].counted;
	if (!r->n)
		return OK;
	TRY(sql_crosstab_homes(c->ask, (struct id_list){ r->n, leaves }, r->is ? "" : c->day, &rows, &n));
	units = ARENA_ARRAY(c->ask->arena, int64_t, n);
	for (size_t i = 0; i < n; i++)
		units[i] = rows[i].unit_id;
	*out = (struct id_list){ n, units };
	return OK;
}

OUTCOME restate_parts(struct counting *c, size_t year, struct sources *out)
{
	const struct restating *r = &c->restated[year];

	for (size_t i = 0; i < r->n; i++) {
		struct source *s;

		if (!r->at[i].part.leaf_id)
			continue;
		s = sources_add(
			c, out,
			(struct source){.year = year, .round_id = c->rounds.at[year].id, .by_leaf = true, .place = &r->at[i]});
		TRY(columns_of_part(c->ask, s->round_id, &r->at[i].part, &s->columns));
	}
	return OK;
}

const struct leaf_place *restate_place(const struct counting *c, const struct source *s, int64_t leaf_id)
{
	const struct restating *r = &c->restated[s->year];
	const struct leaf_place wanted = { .counted = leaf_id }, *found;

	if (s->place)
		return s->place;
	found = r->n ? bsearch(&wanted, r->at, r->n, sizeof wanted, by_counted) : NULL;
	return found && !found->part.leaf_id ? found : NULL;     /* one of several parts: none is whole */
}
