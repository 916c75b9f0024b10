/* Each side used, in the table or in a condition, is a lane (columns.h). First the values met are listed, so that every index is
 * known, then rows are counted, then values with nobody are left out. */
#include "figures/crosstabs/crosstabs.h"

#include <stdlib.h>
#include <string.h>

#include "base/form.h"
#include "crosstabs_sql.h"
#include "figures/crosstabs/crosstabs_parts.h"
#include "files/packs.h"
#include "registry/tree/tree.h"
#include "text/name.h"
#include "title/assessments/assessments.h"
#include "title/standing/standing.h"

enum { FLAG_VALUES = 1 << 10, TOTAL_VALUES = SCORES_MAX * SCORE_POINTS_MAX + 1 };

static const struct { const char *code, *label; } sides[CROSSTAB_SIDE_N] = {
#define CROSSTAB_NAME(name, code, label) { code, label },
	CROSSTAB_SIDES(CROSSTAB_NAME)
#undef CROSSTAB_NAME
};
const char *crosstab_side_code(enum crosstab_side s) { return sides[s].code; }
const char *crosstab_side_label(enum crosstab_side s) { return sides[s].label; }

bool crosstab_side_of(const char *code, enum crosstab_side *out)
{
	for (size_t i = 0; i < CROSSTAB_SIDE_N; i++)
		if (!strcmp(sides[i].code, code)) {
			*out = (enum crosstab_side)i;
			return true;
		}
	return false;
}

int crosstab_band(int64_t total)
{
	static const int from[CROSSTAB_BANDS] = { 0, 1, 50, 65, 80, 90 };
	int band = CROSSTAB_BANDS - 1;

	while (total < from[band])
		band--;
	return band;
}

/* 0: neither, 1: digital, 2: proficient too; and 0: not registered, 1: by the person, 2: helped. */
static int digital_of(unsigned flags) { return flags & STANDING_PROFICIENT ? 2 : flags & STANDING_DIGITAL ? 1 : 0; }
static int entry_of(unsigned flags) { return flags & STANDING_ASSISTED ? 1 : 0; }

/* ---- the values of a side ---- */

static OUTCOME refuse(struct ask *ask, const char *field, const char *text)
{
	problem(ask->problems, field, text);
	return INVALID;
}

static void add_value(struct counting *c, enum crosstab_side side, const char *code, const char *label, int64_t unit_id)
{
	struct side *s = &c->sides[side];

	if (s->n % 64 == 0) {
		struct crosstab_value *more = ARENA_ARRAY(c->ask->arena, struct crosstab_value, s->n + 64);

		if (s->n)
			memcpy(more, s->at, s->n * sizeof *more);
		s->at = more;
	}
	s->at[s->n++] = (struct crosstab_value){ code, label, unit_id };
}

static void add_numbers(struct counting *c, enum crosstab_side side, const char *const *labels, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add_value(c, side, arena_format(c->ask->arena, "%zu", i), labels[i], 0);
}

static void fill_small(struct counting *c)
{
	static const char *const sex[] = { "Chưa rõ", "Nam", "Nữ" }, *const digital[] = { "Chưa có", "Có", "Thành thạo" },
		*const entry[] = { "Tự ghi", "Có người giúp" },
		*const bands[CROSSTAB_BANDS] = { "Chưa có điểm", "Dưới 50", "50–64", "65–79", "80–89", "90 trở lên" };

	add_numbers(c, SIDE_SEX, sex, COUNT(sex));
	add_numbers(c, SIDE_DIGITAL, digital, COUNT(digital));
	add_numbers(c, SIDE_ENTRY, entry, COUNT(entry));
	add_numbers(c, SIDE_BAND, bands, COUNT(bands));
	for (int i = 0; i < AGE_BANDS; i++)
		add_value(c, SIDE_AGE, arena_format(c->ask->arena, "%d", i), age_band_label(i), 0);
	for (int i = 0; i < SHEET_STATE_N; i++)
		add_value(c, SIDE_STATE, sheet_state_code((enum sheet_state)i), sheet_state_words((enum sheet_state)i), 0);
	for (size_t i = 0; i < c->rounds.n; i++) {
		const char *year = arena_format(c->ask->arena, "%d", c->rounds.at[i].year);

		add_value(c, SIDE_YEAR, year, year, 0);
	}
	for (size_t i = 0; i < c->criteria->n_groups; i++)
		add_value(c, SIDE_GROUP, c->criteria->groups[i].code, c->criteria->groups[i].title, 0);
}

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Values of unit and leaf stand in order of id until the answer is made. */
static size_t unit_at(const struct counting *c, enum crosstab_side side, int64_t id)
{
	const struct side *s = &c->sides[side];
	size_t low = 0, high = s->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (s->at[middle].unit_id < id)
			low = middle + 1;
		else
			high = middle;
	}
	BUG_ON(low == s->n || s->at[low].unit_id != id);
	return low;
}

/* Each unit as it was on the last day of the newest round counted (restated: as it is today), or in its first version when it
 * came later; one statement. */
static OUTCOME add_units(struct counting *c, enum crosstab_side side, int64_t *ids, size_t n)
{
	struct sql_crosstab_units_row *rows;
	size_t n_rows, unique = 0, at = 0;

	if (n > 1)
		qsort(ids, n, sizeof *ids, by_id);
	for (size_t i = 0; i < n; i++)
		if (!unique || ids[unique - 1] != ids[i])
			ids[unique++] = ids[i];
	TRY(sql_crosstab_units(c->ask, (struct id_list){ unique, ids }, c->day, &rows, &n_rows));
	for (size_t i = 0; i < unique; i++) {
		if (!ids[i]) {
			add_value(c, side, "", "chưa xếp", 0);
			continue;
		}
		while (at < n_rows && rows[at].unit_id < ids[i])
			at++;
		BUG_ON(at == n_rows || rows[at].unit_id != ids[i]);      /* a unit without a version: check finds it elsewhere */
		add_value(c, side, rows[at].code, rows[at].name, ids[i]);
	}
	return OK;
}

static size_t group_value(struct counting *c, const char *code)
{
	const struct side *s = &c->sides[SIDE_GROUP];

	for (size_t i = 0; i < s->n; i++)
		if (!strcmp(s->at[i].code, code))
			return i;
	add_value(c, SIDE_GROUP, arena_text(c->ask->arena, code), *code ? arena_text(c->ask->arena, code) : "Chưa ghi nhóm", 0);
	return c->sides[SIDE_GROUP].n - 1;
}

/* ---- the values met, before anything is counted: so that every index is known ---- */

static void meet_groups(struct counting *c, const struct sources *from)
{
	for (size_t i = 0; i < from->n; i++)
		for (size_t g = 0; g < from->at[i].columns.n_groups; g++)
			group_value(c, from->at[i].columns.groups[g]);
}

/* Values of a side that one source may have: today's units of its leaves, or its own. */
static size_t units_in(const struct counting *c, const struct source *s, enum crosstab_side side, int64_t *ids)
{
	bool leafs = side == SIDE_LEAF || c->below_is_leaf;
	size_t n = 0;

	if (!s->by_leaf && !leafs) {
		ids[0] = s->commune_id;
		return 1;
	}
	for (size_t i = 0; i < s->columns.n_leafs; i++) {
		const struct leaf_place *p = s->by_leaf ? restate_place(c, s, s->columns.leafs[i]) : NULL;

		if (!s->by_leaf)
			ids[n++] = s->columns.leafs[i];
		else if (p)
			ids[n++] = side == SIDE_LEAF ? p->leaf : leaf_place_child(p, &c->unit);
	}
	return n;
}

static OUTCOME meet_units(struct counting *c, const struct sources *from, enum crosstab_side side)
{
	size_t n = 0, room = from->n;
	int64_t *ids;

	if (!c->sides[side].used)
		return OK;
	for (size_t i = 0; i < from->n; i++)
		room += from->at[i].columns.n_leafs;
	ids = ARENA_ARRAY(c->ask->arena, int64_t, room);
	for (size_t i = 0; i < from->n; i++)
		n += units_in(c, &from->at[i], side, ids + n);
	return add_units(c, side, ids, n);
}

static OUTCOME meet(struct counting *c, const struct sources *from)
{
	meet_groups(c, from);
	TRY(meet_units(c, from, SIDE_LEAF));
	return meet_units(c, from, SIDE_UNIT);
}

/* What value `i` of a side adds: its place on the table's axis, or SKIP when a condition leaves it out. */
static uint32_t adds(const struct counting *c, enum crosstab_side side, size_t i)
{
	const struct side *s = &c->sides[side];

	if (s->only && strcmp(s->at[i].code, s->only) != 0)
		return SKIP;
	return s->axis < 0 ? 0 : (uint32_t)(i * c->stride[s->axis]);
}

/* ---- counting ---- */

static uint32_t *map_of(struct arena *arena, struct lanes *lanes, const void *column, bool wide, size_t n)
{
	uint32_t *map = ARENA_ARRAY(arena, uint32_t, n);

	lanes->at[lanes->n++] = (struct lane){ column, wide, map };
	return map;
}

static void add_small(struct counting *c, struct arena *a, struct lanes *lanes, enum crosstab_side side, const uint8_t *column)
{
	uint32_t *map;

	if (!c->sides[side].used)
		return;
	map = map_of(a, lanes, column, false, 256);
	for (size_t i = 0; i < 256; i++)
		map[i] = i < c->sides[side].n ? adds(c, side, i) : SKIP;
}

static void add_groups(struct counting *c, struct arena *a, struct lanes *lanes, const struct columns *from)
{
	uint32_t *map;

	if (!c->sides[SIDE_GROUP].used)
		return;
	map = map_of(a, lanes, from->group, false, 256);
	for (size_t i = 0; i < from->n_groups; i++)
		map[i] = adds(c, SIDE_GROUP, group_value(c, from->groups[i]));
}

static void add_leafs(struct counting *c, struct arena *a, struct lanes *lanes, const struct columns *from)
{
	bool unit = c->sides[SIDE_UNIT].used && c->below_is_leaf, leaf = c->sides[SIDE_LEAF].used;
	uint32_t *map;

	if (!unit && !leaf && !c->only_leaf)
		return;
	map = map_of(a, lanes, from->leaf, true, from->n_leafs);
	for (size_t i = 0; i < from->n_leafs; i++) {
		int64_t id = from->leafs[i];

		map[i] = c->only_leaf && id != c->only_leaf ? SKIP : 0;
		map[i] += unit ? adds(c, SIDE_UNIT, unit_at(c, SIDE_UNIT, id)) : 0;
		map[i] += leaf ? adds(c, SIDE_LEAF, unit_at(c, SIDE_LEAF, id)) : 0;
	}
}

/* Of a round told in today's units, or of leaves that wait: which rows count at all stands in the column of leaves. */
static void add_places(struct counting *c, struct arena *a, struct lanes *lanes, const struct source *s)
{
	const struct columns *from = &s->columns;
	uint32_t *map = map_of(a, lanes, from->leaf, true, from->n_leafs);

	for (size_t i = 0; i < from->n_leafs; i++) {
		const struct leaf_place *p = restate_place(c, s, from->leafs[i]);

		map[i] = p ? 0 : SKIP;
		if (p && c->sides[SIDE_UNIT].used)
			map[i] += adds(c, SIDE_UNIT, unit_at(c, SIDE_UNIT, leaf_place_child(p, &c->unit)));
		if (p && c->sides[SIDE_LEAF].used)
			map[i] += adds(c, SIDE_LEAF, unit_at(c, SIDE_LEAF, p->leaf));
	}
}

static void add_flags(struct counting *c, struct arena *a, struct lanes *lanes, const struct columns *from)
{
	bool digital = c->sides[SIDE_DIGITAL].used, entry = c->sides[SIDE_ENTRY].used;
	uint32_t *map;

	if (!digital && !entry)
		return;
	map = map_of(a, lanes, from->flags, true, FLAG_VALUES);
	for (unsigned i = 0; i < FLAG_VALUES; i++) {
		map[i] = digital ? adds(c, SIDE_DIGITAL, (size_t)digital_of(i)) : 0;
		map[i] += entry ? adds(c, SIDE_ENTRY, (size_t)entry_of(i)) : 0;
	}
}

static void add_bands(struct counting *c, struct arena *a, struct lanes *lanes, const struct columns *from)
{
	uint32_t *map;

	if (!c->sides[SIDE_BAND].used)
		return;
	map = map_of(a, lanes, from->total, true, TOTAL_VALUES);
	for (int i = 0; i < TOTAL_VALUES; i++)
		map[i] = adds(c, SIDE_BAND, (size_t)crosstab_band(i));
}

static void set_lanes(struct counting *c, struct arena *a, const struct source *s, struct lanes *lanes)
{
	const struct columns *from = &s->columns;

	*lanes = (struct lanes){ .base = 0 };
	if (c->sides[SIDE_YEAR].used)
		lanes->base += adds(c, SIDE_YEAR, s->year);
	if (c->sides[SIDE_UNIT].used && !c->below_is_leaf && !s->by_leaf)
		lanes->base += adds(c, SIDE_UNIT, unit_at(c, SIDE_UNIT, s->commune_id));
	add_small(c, a, lanes, SIDE_SEX, from->sex);
	add_small(c, a, lanes, SIDE_AGE, from->age);
	add_small(c, a, lanes, SIDE_STATE, from->state);
	add_groups(c, a, lanes, from);
	if (s->by_leaf)
		add_places(c, a, lanes, s);
	else
		add_leafs(c, a, lanes, from);
	add_flags(c, a, lanes, from);
	add_bands(c, a, lanes, from);
}

/* ---- the query ---- */

static OUTCOME check_conditions(struct counting *c)
{
	for (enum crosstab_side side = 0; side < CROSSTAB_SIDE_N; side++) {
		const struct side *s = &c->sides[side];
		size_t i = 0;

		while (s->only && i < s->n && strcmp(s->at[i].code, s->only) != 0)
			i++;
		if (s->only && i == s->n)
			return refuse(c->ask, "where", arena_format(c->ask->arena, "%s: không có “%s” ở đây.",
				crosstab_side_label(side), s->only));
	}
	return OK;
}

static OUTCOME make_room(struct counting *c)
{
	size_t cells = 1;

	for (size_t i = c->query->n_by; i-- > 0;) {
		c->stride[i] = cells;
		cells *= c->sides[c->query->by[i]].n ? c->sides[c->query->by[i]].n : 1;
		if (cells > CROSSTAB_CELLS)
			return refuse(c->ask, "by", "Bảng quá lớn. Bớt một cột, hoặc chọn một xã.");
	}
	c->n_cells = cells;
	c->cells = ARENA_ARRAY(c->ask->arena, struct crosstab_cell, cells);
	return OK;
}

static OUTCOME count_all(struct counting *c, struct sources *s)
{
	struct arena *work = arena_new(16 * MiB);

	for (size_t i = 0; i < s->n; i++) {
		struct lanes lanes;

		arena_reset(work);
		set_lanes(c, work, &s->at[i], &lanes);
		columns_count(&s->at[i].columns, &lanes, c->cells);
	}
	arena_free(work);
	return OK;
}

/* ---- the answer: values with nobody are left out ---- */

/* Units in Vietnamese order of name, "chưa xếp" last; other sides stand in their own order. */
struct named { struct bytes key; size_t at; };

static int by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	size_t shorter = x->key.len < y->key.len ? x->key.len : y->key.len;
	int order = memcmp(x->key.ptr, y->key.ptr, shorter);

	if (!order)
		order = (x->key.len > y->key.len) - (x->key.len < y->key.len);
	return order ? order : (x->at > y->at) - (x->at < y->at);
}

static void sort_units(const struct counting *c, const struct side *s, size_t *kept, size_t n)
{
	struct named *names = ARENA_ARRAY(c->ask->arena, struct named, n);

	for (size_t i = 0; i < n; i++)
		names[i] = (struct named){ s->at[kept[i]].unit_id ? text_key(c->ask->arena, s->at[kept[i]].label)
			: (struct bytes){ "\xff", 1 }, kept[i] };
	if (n > 1)
		qsort(names, n, sizeof *names, by_name);
	for (size_t i = 0; i < n; i++)
		kept[i] = names[i].at;
}

static void mark_used(const struct counting *c, size_t axis, bool *used)
{
	size_t n = c->sides[c->query->by[axis]].n;

	for (size_t i = 0; i < c->n_cells; i++)
		if (c->cells[i].n)
			used[i / c->stride[axis] % n] = true;
}

static size_t put_axis(const struct counting *c, size_t axis, size_t *kept, struct crosstab_axis *out)
{
	const struct side *s = &c->sides[c->query->by[axis]];
	struct crosstab_value *at = ARENA_ARRAY(c->ask->arena, struct crosstab_value, s->n);
	bool *used = ARENA_ARRAY(c->ask->arena, bool, s->n ? s->n : 1);
	size_t n = 0;

	mark_used(c, axis, used);
	for (size_t i = 0; i < s->n; i++)
		if (used[i])
			kept[n++] = i;
	if (c->query->by[axis] == SIDE_UNIT || c->query->by[axis] == SIDE_LEAF)
		sort_units(c, s, kept, n);
	for (size_t i = 0; i < n; i++)
		at[i] = s->at[kept[i]];
	*out = (struct crosstab_axis){ c->query->by[axis], n, at };
	return n;
}

static void put_answer(const struct counting *c, struct crosstab *out)
{
	size_t *kept[CROSSTAB_BY] = { &(size_t){ 0 }, &(size_t){ 0 }, &(size_t){ 0 } }, n[CROSSTAB_BY] = { 1, 1, 1 }, at = 0;
	struct crosstab_cell *cells;

	*out = (struct crosstab){ .n_by = c->query->n_by };
	for (size_t i = 0; i < out->n_by; i++) {
		kept[i] = ARENA_ARRAY(c->ask->arena, size_t, c->sides[c->query->by[i]].n + 1);
		n[i] = put_axis(c, i, kept[i], &out->axes[i]);
	}
	cells = ARENA_ARRAY(c->ask->arena, struct crosstab_cell, n[0] * n[1] * n[2]);
	for (size_t i = 0; i < n[0]; i++)
		for (size_t j = 0; j < n[1]; j++)
			for (size_t k = 0; k < n[2]; k++) {
				size_t from = kept[0][i] * c->stride[0] + kept[1][j] * c->stride[1] + kept[2][k] * c->stride[2];

				cells[at] = c->cells[from];
				out->all.n += cells[at].n;
				out->all.scored += cells[at].scored;
				out->all.total += cells[at++].total;
			}
	out->cells = cells;
}

static OUTCOME count_sources(struct counting *c, struct sources *s, struct crosstab *out)
{
	int64_t made = 0;

	TRY(sources_list(c, s));
	TRY(sources_take(c, s, &made));
	fill_small(c);
	TRY(meet(c, s));
	TRY(check_conditions(c));
	TRY(make_room(c));
	TRY(count_all(c, s));
	put_answer(c, out);
	return OK;
}

/* A process without packs of its own (tests, a command on a folder that cannot be written) makes them for this answer alone. */
static OUTCOME with_packs(struct counting *c, struct sources *s, struct crosstab *out)
{
	struct packs *own = NULL;
	enum outcome done;

	if (!c->ask->packs)
		TRY(packs_open("", &own));
	s->packs = own ? own : c->ask->packs;
	done = count_sources(c, s, out);
	sources_leave(s);
	packs_close(own);
	return done;
}

OUTCOME crosstab(struct ask *ask, const struct crosstab_query *query, struct crosstab *out)
{
	struct counting *c = ARENA_NEW(ask->arena, struct counting);
	struct sources sources = { 0 };

	c->ask = ask;
	c->query = query;
	TRY(counting_read(c));
	return with_packs(c, &sources, out);
}
