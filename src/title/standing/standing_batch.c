/* The one place that writes standing and the counters. Rows are written as they come; what they add to the counters is summed in
 * memory and written at the end in order of key, so that a thousand people of one hamlet are a few dozen upserts, and two
 * transactions of a large store never wait for each other crosswise. */
#include "title/standing/standing.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "standing_sql.h"

enum { TITLE_FLAGS = STANDING_HOLDER | STANDING_DIGITAL | STANDING_PROFICIENT, FIRST_ROOM = 32 };

struct cell {
	uint64_t hash;
	int64_t round_id, unit_id;
	const char *group;
	int sex, age_band;
	enum sheet_state state;
	int64_t n, total, s[SCORES_MAX];
};
/* A round's leaf or commune: its targets, by number and part (0 numerator, 1 denominator). */
struct place {
	uint64_t hash;
	int64_t round_id, unit_id;
	int64_t targets[TARGETS][2];
};

/* Open addressing over pointers whose target begins with its hash; never more than half full. */
struct table { void **at; size_t n, room; };

struct standing_batch {
	struct ask *ask;
	struct table cells, places;
	bool held;                       /* its end is its holder's */
};

struct standing_batch *standing_batch_new(struct ask *ask)
{
	struct standing_batch *batch;

	if (ask->standing)
		return ask->standing;
	batch = ARENA_NEW(ask->arena, struct standing_batch);
	batch->ask = ask;
	return batch;
}

void standing_batch_hold(struct ask *ask)
{
	BUG_ON(ask->standing);
	ask->standing = standing_batch_new(ask);
	ask->standing->held = true;
}

OUTCOME standing_batch_let_go(struct ask *ask)
{
	struct standing_batch *batch = ask->standing;

	BUG_ON(!batch);
	ask->standing = NULL;
	batch->held = false;
	return standing_batch_end(batch);
}

static uint64_t mixed(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

static uint64_t hash_of(const void *entry) { return *(const uint64_t *)entry; }

/* The slot of a like entry, or the empty one where it belongs. */
static void **slot(const struct table *t, const void *like, bool (*same)(const void *, const void *))
{
	size_t i = (size_t)hash_of(like) & (t->room - 1);

	while (t->at[i] && !(hash_of(t->at[i]) == hash_of(like) && same(t->at[i], like)))
		i = (i + 1) & (t->room - 1);
	return &t->at[i];
}

static bool never(const void *a, const void *b) { (void)a; (void)b; return false; }

static void make_room(struct table *t, struct arena *arena)
{
	struct table wider = { .n = t->n, .room = t->room ? t->room * 2 : FIRST_ROOM };

	if (t->n * 2 < t->room)
		return;
	wider.at = ARENA_ARRAY(arena, void *, wider.room);
	for (size_t i = 0; i < t->room; i++)
		if (t->at[i])
			*slot(&wider, t->at[i], never) = t->at[i];
	*t = wider;
}

static bool same_cell(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;

	return x->round_id == y->round_id && x->unit_id == y->unit_id && x->sex == y->sex && x->age_band == y->age_band &&
		x->state == y->state && !strcmp(x->group, y->group);
}

static bool same_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return x->round_id == y->round_id && x->unit_id == y->unit_id;
}

static struct cell *cell_of(struct standing_batch *batch, const struct standing *row, int64_t unit_id)
{
	struct cell like = { .round_id = row->round_id, .unit_id = unit_id, .group = row->group, .sex = (int)row->sex,
		.age_band = row->age_band, .state = row->state };
	uint64_t hash = mixed(mixed((uint64_t)like.round_id, (uint64_t)unit_id),
		(uint64_t)like.sex << 32 | (uint64_t)like.age_band << 16 |
		(uint64_t)like.state);
	void **at;

	for (const char *p = row->group; *p; p++)
		hash = mixed(hash, (unsigned char)*p);
	like.hash = hash;
	make_room(&batch->cells, batch->ask->arena);
	at = slot(&batch->cells, &like, same_cell);
	if (!*at) {
		struct cell *cell = ARENA_NEW(batch->ask->arena, struct cell);

		*cell = like;
		cell->group = arena_text(batch->ask->arena, like.group);
		*at = cell;
		batch->cells.n++;
	}
	return *at;
}

static struct place *place_of(struct standing_batch *batch, int64_t round_id, int64_t unit_id)
{
	struct place like = { .hash = mixed(mixed((uint64_t)round_id, (uint64_t)unit_id), 1), .round_id = round_id,
		.unit_id = unit_id };
	void **at;

	make_room(&batch->places, batch->ask->arena);
	at = slot(&batch->places, &like, same_place);
	if (!*at) {
		struct place *place = ARENA_NEW(batch->ask->arena, struct place);

		*place = like;
		*at = place;
		batch->places.n++;
	}
	return *at;
}

static void count_in_unit(struct standing_batch *batch, const struct standing *row, int64_t unit_id, int64_t sign)
{
	struct cell *cell = cell_of(batch, row, unit_id);
	struct place *place = place_of(batch, row->round_id, unit_id);

	cell->n += sign;
	for (int i = 0; i < row->scores.n; i++)
		if (row->scores.at[i].is) {
			cell->s[i] += sign * row->scores.at[i].value;
			cell->total += sign * row->scores.at[i].value;
		}
	for (int target = 1; target <= TARGETS && row->state != SHEET_WITHDRAWN; target++) {
		place->targets[target - 1][0] += target_counts(row->flags, target, true) ? sign : 0;
		place->targets[target - 1][1] += target_counts(row->flags, target, false) ? sign : 0;
	}
}

static void count(struct standing_batch *batch, const struct standing *row, int64_t sign)
{
	count_in_unit(batch, row, row->leaf_id, sign);
	if (row->commune_id != row->leaf_id)
		count_in_unit(batch, row, row->commune_id, sign);
}

static OUTCOME write_row(struct ask *ask, const struct standing *before, const struct standing *after)
{
	if (!after)
		return sql_standing_delete(ask, before->person_id, before->round_id, (int64_t)before->state);
	if (!before)
		return sql_standing_insert(ask, &(struct sql_standing_insert_in){ .person_id = after->person_id,
		.round_id = after->round_id,
			.leaf_id = after->leaf_id, .commune_id = after->commune_id, .province_id = after->province_id,
			.group_code = after->group, .sex = (int64_t)after->sex, .age_band = after->age_band,
			.state = (int64_t)after->state,
			.total = scores_total(&after->scores), .scores = scores_write(ask->arena, &after->scores),
			.flags = after->flags,
			.name_key = after->name_key });
	BUG_ON(before->person_id != after->person_id || before->round_id != after->round_id);
	return sql_standing_update(ask, &(struct sql_standing_update_in){ .person_id = after->person_id,
		.round_id = after->round_id,
		.leaf_id = after->leaf_id, .commune_id = after->commune_id, .province_id = after->province_id,
		.group_code = after->group,
		.sex = (int64_t)after->sex, .age_band = after->age_band, .state = (int64_t)after->state,
		.total = scores_total(&after->scores), .scores = scores_write(ask->arena, &after->scores), .flags = after->flags,
		.name_key = after->name_key, .was_state = (int64_t)before->state, .was_leaf = before->leaf_id,
		.was_total = scores_total(&before->scores), .was_flags = before->flags });
}

/* A title of several years is won or lost: the rows of the later rounds in which it holds hear of it. */
static OUTCOME carry_title(struct standing_batch *batch, int64_t person_id, int64_t round_id)
{
	struct sql_standing_later_rounds_row *rounds;
	size_t n;

	TRY(sql_standing_later_rounds(batch->ask, person_id, round_id, &rounds, &n));
	for (size_t i = 0; i < n; i++) {
		struct standing before, after, person;

		TRY(standing_get(batch->ask, person_id, rounds[i].round_id, &before));
		TRY(standing_of_person(batch->ask, person_id, rounds[i].round_id, &person));
		after = before;
		after.flags = (before.flags & ~(unsigned)TITLE_FLAGS) | (person.flags & TITLE_FLAGS);
		if (before.state != SHEET_RECOGNISED && before.flags != after.flags)
			TRY(standing_batch_change(batch, &before, &after));
	}
	return OK;
}

void standing_batch_count(struct standing_batch *batch, const struct standing *before, const struct standing *after)
{
	BUG_ON((before->state == SHEET_RECOGNISED) != (after->state == SHEET_RECOGNISED));
	count(batch, before, -1);
	count(batch, after, +1);
}

OUTCOME standing_batch_change(struct standing_batch *batch, const struct standing *before, const struct standing *after)
{
	bool held = before && before->state == SHEET_RECOGNISED, holds = after && after->state == SHEET_RECOGNISED;

	BUG_ON(!before && !after);
	TRY(write_row(batch->ask, before, after));
	if (before)
		count(batch, before, -1);
	if (after)
		count(batch, after, +1);
	return held == holds ? OK : carry_title(batch, (before ? before : after)->person_id, (before ? before : after)->round_id);
}

/* ---- the end: in order of key ---- */

static int by_number(int64_t a, int64_t b) { return (a > b) - (a < b); }

static int by_cell(const void *a, const void *b)
{
	const struct cell *x = *(void *const *)a, *y = *(void *const *)b;
	int order = by_number(x->round_id, y->round_id);

	order = order ? order : by_number(x->unit_id, y->unit_id);
	order = order ? order : strcmp(x->group, y->group);
	order = order ? order : by_number(x->sex, y->sex);
	order = order ? order : by_number(x->age_band, y->age_band);
	return order ? order : by_number((int64_t)x->state, (int64_t)y->state);
}

static int by_place(const void *a, const void *b)
{
	const struct place *x = *(void *const *)a, *y = *(void *const *)b;
	int order = by_number(x->round_id, y->round_id);

	return order ? order : by_number(x->unit_id, y->unit_id);
}

static void **sorted(const struct table *t, struct arena *arena, int (*order)(const void *, const void *))
{
	void **list = ARENA_ARRAY(arena, void *, t->n);
	size_t n = 0;

	for (size_t i = 0; i < t->room; i++)
		if (t->at[i])
			list[n++] = t->at[i];
	if (n > 1)
		qsort(list, n, sizeof *list, order);
	return list;
}

static bool is_moved(const struct cell *c)
{
	bool moved = c->n || c->total;

	for (int i = 0; i < SCORES_MAX && !moved; i++)
		moved = c->s[i] != 0;
	return moved;
}

/* The day's value is the counter's own at its end; CONFLICT says that the day has no row of this cell yet. */
static OUTCOME write_cell_day(struct ask *ask, const char *day, const struct cell *c)
{
	enum outcome grown = sql_counter_day_add(ask, &(struct sql_counter_day_add_in){ .n = c->n, .total = c->total,
		.round_id = c->round_id, .unit_id = c->unit_id, .group_code = c->group, .sex = c->sex, .age_band = c->age_band,
		.state = (int64_t)c->state, .day = day });

	if (grown != CONFLICT)
		return grown;
	return sql_counter_day_set(ask, &(struct sql_counter_day_set_in){ .day = day, .round_id = c->round_id,
		.unit_id = c->unit_id, .group_code = c->group, .sex = c->sex, .age_band = c->age_band, .state = (int64_t)c->state });
}

static OUTCOME write_cell(struct ask *ask, const char *day, const struct cell *c)
{
	if (!is_moved(c))
		return OK;
	TRY(sql_counter_add(ask, &(struct sql_counter_add_in){ .round_id = c->round_id, .unit_id = c->unit_id,
		.group_code = c->group,
		.sex = c->sex, .age_band = c->age_band, .state = (int64_t)c->state, .n = c->n, .total = c->total, .s1 = c->s[0],
		.s2 = c->s[1],
		.s3 = c->s[2], .s4 = c->s[3], .s5 = c->s[4], .s6 = c->s[5], .s7 = c->s[6], .s8 = c->s[7], .s9 = c->s[8],
		.s10 = c->s[9],
		.s11 = c->s[10], .s12 = c->s[11], .s13 = c->s[12], .s14 = c->s[13], .s15 = c->s[14], .s16 = c->s[15],
		.s17 = c->s[16],
		.s18 = c->s[17], .s19 = c->s[18], .s20 = c->s[19] }));
	if (!c->n && !c->total)
		return OK;
	return write_cell_day(ask, day, c);
}

static OUTCOME write_place(struct ask *ask, const char *day, const struct place *p)
{
	for (int target = 1; target <= TARGETS; target++)
		for (int part = 1; part <= 2; part++) {
			int64_t n = p->targets[target - 1][part - 1];

			if (!n)
				continue;
			TRY(sql_target_add(ask, p->round_id, p->unit_id, target, part, n));
			TRY(sql_target_day_set(ask, day, p->round_id, p->unit_id, target, part));
		}
	return sql_counter_stamp_bump(ask, p->round_id, p->unit_id, day);
}

/* What the moved cells of one unit come to by state alone. A state that was touched gets its day also when it comes to nothing (one
 * person came, another left): the day of the last change is found there. */
struct sums { int64_t n[SHEET_STATE_N], total[SHEET_STATE_N]; bool touched[SHEET_STATE_N]; };

static OUTCOME write_sums(struct ask *ask, const char *day, const struct cell *of, struct sums *sums)
{
	for (int state = 0; state < SHEET_STATE_N; state++) {
		int64_t n = sums->n[state], total = sums->total[state];
		enum outcome grown;

		if (!sums->touched[state])
			continue;
		TRY(sql_counter_sum_add(ask, of->round_id, of->unit_id, state, n, total));
		grown = sql_counter_sum_day_add(ask, n, total, of->round_id, of->unit_id, state, day);
		TRY(grown == CONFLICT ? sql_counter_sum_day_set(ask, day, of->round_id, of->unit_id, state) : grown);
	}
	*sums = (struct sums){ 0 };
	return OK;
}

/* In order of round and unit: a unit's sums are whole when the next begins. */
static OUTCOME write_all_sums(struct ask *ask, const char *day, void *const *cells, size_t n)
{
	struct sums sums = { 0 };

	for (size_t i = 0; i < n; i++) {
		const struct cell *c = cells[i], *next = i + 1 < n ? cells[i + 1] : NULL;

		sums.n[c->state] += c->n;
		sums.total[c->state] += c->total;
		sums.touched[c->state] |= c->n || c->total;
		if (!next || next->round_id != c->round_id || next->unit_id != c->unit_id)
			TRY(write_sums(ask, day, c, &sums));
	}
	return OK;
}

OUTCOME standing_batch_end(struct standing_batch *batch)
{
	struct ask *ask = batch->ask;
	const char *day = arena_text(ask->arena, day_of(ask->now).text);
	void **cells, **places;

	if (batch->held)
		return OK;
	cells = sorted(&batch->cells, ask->arena, by_cell);
	places = sorted(&batch->places, ask->arena, by_place);
	for (size_t i = 0; i < batch->cells.n; i++)
		TRY(write_cell(ask, day, cells[i]));
	TRY(write_all_sums(ask, day, cells, batch->cells.n));
	for (size_t i = 0; i < batch->places.n; i++)
		TRY(write_place(ask, day, places[i]));
	batch->cells = batch->places = (struct table){ 0 };
	return OK;
}
