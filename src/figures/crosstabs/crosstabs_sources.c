/* What is asked, checked; and where the columns come from that answer it. */
#include <string.h>

#include "base/day.h"
#include "crosstabs_sql.h"
#include "figures/crosstabs/crosstabs_parts.h"
#include "files/packs.h"
#include "registry/access/access.h"
#include "registry/tree/tree.h"
#include "title/standing/standing.h"

enum { YEARS = 100 };

static OUTCOME refuse(struct ask *ask, const char *field, const char *text)
{
	problem(ask->problems, field, text);
	return INVALID;
}

/* ---- the question ---- */

static OUTCOME read_query(struct counting *c)
{
	struct ask *ask = c->ask;
	const struct crosstab_query *q = c->query;

	for (size_t i = 0; i < CROSSTAB_SIDE_N; i++)
		c->sides[i].axis = -1;
	if (q->n_by < 1 || q->n_by > CROSSTAB_BY)
		return refuse(ask, "by", "Chọn một, hai hoặc ba cột để đếm chéo.");
	for (size_t i = 0; i < q->n_by; i++) {
		if (c->sides[q->by[i]].axis >= 0)
			return refuse(ask, "by", arena_format(ask->arena, "“%s” được chọn hai lần. Chọn cột khác.",
				crosstab_side_label(q->by[i])));
		c->sides[q->by[i]].axis = (int)i;
		c->sides[q->by[i]].used = true;
	}
	for (size_t i = 0; i < q->n_where; i++) {
		c->sides[q->where[i].side].only = q->where[i].value;
		c->sides[q->where[i].side].used = true;
	}
	return OK;
}

static OUTCOME read_place(struct counting *c)
{
	struct ask *ask = c->ask;
	struct round_list all;
	enum outcome found;

	TRY(access_require(ask, PERMIT_FIGURES_READ, c->query->unit_id));
	TRY(round_list(ask, &all));
	c->rounds = all;
	if (!c->sides[SIDE_YEAR].used)
		for (c->rounds.n = 0; all.n && !c->rounds.n; all.n--, all.at++)
			if (!c->query->round_id || all.at->id == c->query->round_id)
				c->rounds = (struct round_list){ 1, all.at };
	if (!c->rounds.n)
		return NOT_FOUND;
	BUG_ON(c->rounds.n > YEARS);
	TRY(criteria_get(ask, c->rounds.at[0].criteria_id, &c->criteria));
	c->day = c->query->restated ? arena_text(ask->arena, day_of(ask->now).text) : figures_own_day(ask, c->rounds.at[0].id);
	found = tree_get(ask, c->query->unit_id, c->day, &c->unit);
	if (found == NOT_FOUND && !c->query->restated)
		found = tree_get_last(ask, c->query->unit_id, &c->unit);
	TRY(found);
	c->below_is_leaf = c->unit.level >= LEVEL_COMMUNE;
	c->only_leaf = c->unit.level == LEVEL_LEAF ? c->unit.id : 0;
	return OK;
}

OUTCOME counting_read(struct counting *c)
{
	TRY(read_query(c));
	TRY(read_place(c));
	return restate_read(c);
}

/* ---- which packs ---- */

void sources_leave(struct sources *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->at[i].pack)
			packs_leave(s->packs, s->at[i].pack);
}

/* What a leaf is counted in, else the units of the round below the one asked for. */
static OUTCOME units_of(struct counting *c, int64_t round_id, struct id_list *out)
{
	int64_t *commune;
	enum outcome found;

	if (!c->only_leaf)
		return figures_units(c->ask, round_id, c->query->unit_id, out);
	commune = ARENA_NEW(c->ask->arena, int64_t);
	*out = (struct id_list){ 1, commune };
	found = sql_crosstab_commune_of(c->ask, round_id, c->only_leaf, commune);
	out->n = found == OK;
	return found == NOT_FOUND ? OK : found;
}

struct source *sources_add(struct counting *c, struct sources *out, struct source source)
{
	if (out->n == out->room) {
		struct source *more = ARENA_ARRAY(c->ask->arena, struct source, out->room * 2 + 128);

		if (out->n)
			memcpy(more, out->at, out->n * sizeof *more);
		out->at = more;
		out->room = out->room * 2 + 128;
	}
	out->at[out->n] = source;
	return &out->at[out->n++];
}

static OUTCOME list_units(struct counting *c, size_t year, const struct id_list *units, bool by_leaf, struct sources *out)
{
	struct sql_crosstab_stamps_row *rows;
	size_t n;

	TRY(sql_crosstab_stamps(c->ask, c->rounds.at[year].id, *units, &rows, &n));
	for (size_t i = 0; i < n; i++)
		sources_add(c, out,
			    (struct source){.year = year,
					    .round_id = c->rounds.at[year].id,
					    .commune_id = rows[i].unit_id,
					    .stamp = rows[i].stamp,
					    .pack = ARENA_NEW(c->ask->arena, struct pack),
					    .by_leaf = by_leaf});
	return OK;
}

OUTCOME sources_list(struct counting *c, struct sources *out)
{
	for (size_t year = 0; year < c->rounds.n; year++) {
		struct id_list units;

		if (!c->restated[year].is) {
			TRY(units_of(c, c->rounds.at[year].id, &units));
			TRY(list_units(c, year, &units, false, out));
		}
		TRY(restate_units(c, year, &units));
		TRY(list_units(c, year, &units, true, out));
		TRY(restate_parts(c, year, out));
	}
	return OK;
}

OUTCOME sources_take(struct counting *c, struct sources *s, int64_t *made)
{
	for (size_t i = 0; i < s->n; i++) {
		struct source *at = &s->at[i];
		bool new;

		if (!at->pack)
			continue;
		TRY(columns_take(c->ask, s->packs, at->round_id, at->commune_id, at->stamp, at->pack, &at->columns, &new));
		*made += new;
	}
	return OK;
}

/* Where the packs of a round lie, without a table to be counted. */
static OUTCOME list_round(struct ask *ask, int64_t round_id, int64_t unit_id, struct counting **out, struct sources *sources)
{
	struct crosstab_query *query = ARENA_NEW(ask->arena, struct crosstab_query);
	struct counting *c = ARENA_NEW(ask->arena, struct counting);

	BUG_ON(!ask->packs);
	*query = (struct crosstab_query){ .unit_id = unit_id, .round_id = round_id, .by = { SIDE_STATE }, .n_by = 1 };
	*sources = (struct sources){ .packs = ask->packs };
	c->ask = ask;
	c->query = query;
	*out = c;
	TRY(counting_read(c));
	return sources_list(c, sources);
}

OUTCOME crosstab_warm(struct ask *ask, int64_t round_id, int64_t unit_id, int64_t *made)
{
	struct counting *c;
	struct sources sources;
	enum outcome done;

	*made = 0;
	TRY(list_round(ask, round_id, unit_id, &c, &sources));
	done = sources_take(c, &sources, made);
	sources_leave(&sources);
	return done;
}

OUTCOME crosstab_check(struct ask *ask, int64_t round_id, int64_t unit_id, void (*each)(void *context, int64_t commune_id,
	bool same),
	void *context)
{
	struct counting *c;
	struct sources sources;

	TRY(list_round(ask, round_id, unit_id, &c, &sources));
	for (size_t i = 0; i < sources.n; i++) {
		struct source *at = &sources.at[i];
		bool same = false;
		enum outcome compared;

		if (!columns_kept(ask->packs, at->round_id, at->commune_id, at->stamp, at->pack, &at->columns))
			continue;
		compared = columns_same(ask, &at->columns, at->round_id, at->commune_id, &same);
		packs_leave(ask->packs, at->pack);
		TRY(compared);
		each(context, at->commune_id, same);
	}
	return OK;
}
