/* Two open hashes by packed keys: what changed by cell and day, and the scores by cell alone (they have no value by day). A
 * key is, from its top: what is counted, round, group, sex, age band, state (of a target: its number for the sex, its part for
 * the age band) and, lowest, the day: so keys in order are rows in order, and a key without its day is its cell. */
#include "app/demo/demo_tally.h"

#include <stdlib.h>
#include <string.h>

#include "app/demo/demo_world.h"
#include "demo_tally_sql.h"

enum { WHAT_COUNTER = 1, WHAT_SUM, WHAT_TARGET, FIRST_ROOM = 1024 };
enum { DAY_BITS = 12, STATE_AT = DAY_BITS, AGE_AT = STATE_AT + 4, SEX_AT = AGE_AT + 3, GROUP_AT = SEX_AT + 3,
	ROUND_AT = GROUP_AT + 6, WHAT_AT = ROUND_AT + 3 };

struct change { uint64_t key; int32_t n, total; };               /* key 0: an empty place */
struct sums { uint64_t cell; int32_t s[DEMO_INDICATORS]; };

struct demo_tally {
	struct change *changes;
	struct sums *sums;
	size_t n_changes, room_changes, n_sums, room_sums;       /* rooms are powers of two, at most half full */
};

static int field(uint64_t key, int at, int bits) { return (int)(key >> at & ((1u << bits) - 1)); }
static int what_of(uint64_t key) { return field(key, WHAT_AT, 2); }
static int round_of(uint64_t key) { return field(key, ROUND_AT, 3); }
static int group_of(uint64_t key) { return field(key, GROUP_AT, 6); }
static int sex_of(uint64_t key) { return field(key, SEX_AT, 3); }
static int age_of(uint64_t key) { return field(key, AGE_AT, 3); }
static int state_of(uint64_t key) { return field(key, STATE_AT, 4); }
static int day_of_key(uint64_t key) { return field(key, 0, DAY_BITS); }
static uint64_t cell_of(uint64_t key) { return key >> DAY_BITS; }

static uint64_t key_of(int what, int round, int group, int sex, int age, int state, int day)
{
	return (uint64_t)what << WHAT_AT | (uint64_t)round << ROUND_AT | (uint64_t)group << GROUP_AT | (uint64_t)sex << SEX_AT |
		(uint64_t)age << AGE_AT | (uint64_t)state << STATE_AT | (uint64_t)day;
}

static void *zeroed(size_t n, size_t size)
{
	void *p = calloc(n, size);

	BUG_ON(!p);
	return p;
}

struct demo_tally *demo_tally_new(void)
{
	struct demo_tally *t = zeroed(1, sizeof *t);

	t->room_changes = t->room_sums = FIRST_ROOM;
	t->changes = zeroed(t->room_changes, sizeof *t->changes);
	t->sums = zeroed(t->room_sums, sizeof *t->sums);
	return t;
}

void demo_tally_free(struct demo_tally *t)
{
	free(t->changes);
	free(t->sums);
	free(t);
}

static size_t place(uint64_t key, size_t room) { return (size_t)(key * 0x9E3779B97F4A7C15u >> 24) & (room - 1); }

static struct change *find_change(struct change *at, size_t room, uint64_t key)
{
	size_t i = place(key, room);

	while (at[i].key && at[i].key != key)
		i = (i + 1) & (room - 1);
	return &at[i];
}

static struct sums *find_sums(struct sums *at, size_t room, uint64_t cell)
{
	size_t i = place(cell, room);

	while (at[i].cell && at[i].cell != cell)
		i = (i + 1) & (room - 1);
	return &at[i];
}

static void add_change(struct demo_tally *t, uint64_t key, int32_t n, int32_t total)
{
	struct change *c = find_change(t->changes, t->room_changes, key);

	if (!c->key) {
		if (++t->n_changes * 2 > t->room_changes) {
			struct change *wider = zeroed(t->room_changes * 2, sizeof *wider);

			for (size_t i = 0; i < t->room_changes; i++)
				if (t->changes[i].key)
					*find_change(wider, t->room_changes * 2, t->changes[i].key) = t->changes[i];
			free(t->changes);
			t->changes = wider;
			t->room_changes *= 2;
			c = find_change(wider, t->room_changes, key);
		}
		c->key = key;
	}
	c->n += n;
	c->total += total;
}

static struct sums *sums_of(struct demo_tally *t, uint64_t cell)
{
	struct sums *s = find_sums(t->sums, t->room_sums, cell);

	if (s->cell)
		return s;
	if (++t->n_sums * 2 > t->room_sums) {
		struct sums *wider = zeroed(t->room_sums * 2, sizeof *wider);

		for (size_t i = 0; i < t->room_sums; i++)
			if (t->sums[i].cell)
				*find_sums(wider, t->room_sums * 2, t->sums[i].cell) = t->sums[i];
		free(t->sums);
		t->sums = wider;
		t->room_sums *= 2;
		s = find_sums(wider, t->room_sums, cell);
	}
	s->cell = cell;
	return s;
}

void demo_tally_add(struct demo_tally *t, const struct demo_seat *seat, enum sheet_state state, const struct scores *scores,
	int day, int n)
{
	uint64_t key = key_of(WHAT_COUNTER, seat->round, seat->group, (int)seat->sex, seat->age_band, (int)state, day);
	int32_t total = 0;

	if (scores->n) {
		struct sums *sums = sums_of(t, cell_of(key));

		for (int i = 0; i < scores->n && i < DEMO_INDICATORS; i++) {
			int32_t score = n * (int32_t)scores->at[i].value;

			sums->s[i] += score;
			total += score;
		}
	}
	add_change(t, key, n, total);
	add_change(t, key_of(WHAT_SUM, seat->round, 0, 0, 0, (int)state, day), n, total);        /* the same by state alone */
}

void demo_tally_targets(struct demo_tally *t, const struct demo_seat *seat, enum sheet_state state, unsigned flags, int day,
	int n)
{
	if (state == SHEET_WITHDRAWN)                    /* counts towards no target (standing.h) */
		return;
	for (int target = 1; target <= TARGETS; target++)
		for (int part = 1; part <= 2; part++)
			if (target_counts(flags, target, part == 1))
				add_change(t, key_of(WHAT_TARGET, seat->round, 0, target, part, 0, day), n, 0);
}

void demo_tally_merge(struct demo_tally *t, const struct demo_tally *other)
{
	for (size_t i = 0; i < other->room_changes; i++)
		if (other->changes[i].key)
			add_change(t, other->changes[i].key, other->changes[i].n, other->changes[i].total);
	for (size_t i = 0; i < other->room_sums; i++)
		if (other->sums[i].cell) {
			struct sums *s = sums_of(t, other->sums[i].cell);

			for (int k = 0; k < DEMO_INDICATORS; k++)
				s->s[k] += other->sums[i].s[k];
		}
}

/* ---- writing ---- */

static int by_key(const void *a, const void *b)
{
	uint64_t x = ((const struct change *)a)->key, y = ((const struct change *)b)->key;

	return (x > y) - (x < y);
}

static OUTCOME write_day(const struct demo *d, int64_t unit_id, const struct change *c)
{
	int64_t round = d->rounds[round_of(c->key)].id;
	const char *day = demo_date(d, day_of_key(c->key)).text;

	if (what_of(c->key) == WHAT_TARGET)
		return sql_demo_target_day(d->ask, round, unit_id, sex_of(c->key), age_of(c->key), day, c->n);
	if (what_of(c->key) == WHAT_SUM)
		return sql_demo_sum_day(d->ask, round, unit_id, state_of(c->key), day, c->n, c->total);
	return sql_demo_counter_day(d->ask, &(struct sql_demo_counter_day_in){ .round_id = round, .unit_id = unit_id,
		.group_code = demo_group_code(d, group_of(c->key)), .sex = sex_of(c->key), .age_band = age_of(c->key),
		.state = state_of(c->key), .day = day, .n = c->n, .total = c->total });
}

static OUTCOME write_cell(const struct demo *d, int64_t unit_id, const struct change *c, const int32_t *s)
{
	int64_t round = d->rounds[round_of(c->key)].id;

	if (what_of(c->key) == WHAT_TARGET)
		return sql_demo_target(d->ask, round, unit_id, sex_of(c->key), age_of(c->key), c->n);
	if (what_of(c->key) == WHAT_SUM)
		return sql_demo_sum(d->ask, round, unit_id, state_of(c->key), c->n, c->total);
	return sql_demo_counter(d->ask, &(struct sql_demo_counter_in){ .round_id = round, .unit_id = unit_id,
		.group_code = demo_group_code(d, group_of(c->key)), .sex = sex_of(c->key), .age_band = age_of(c->key),
		.state = state_of(c->key), .n = c->n, .total = c->total, .s1 = s[0], .s2 = s[1], .s3 = s[2], .s4 = s[3],
			.s5 = s[4],
		.s6 = s[5], .s7 = s[6], .s8 = s[7], .s9 = s[8], .s10 = s[9] });
}

static OUTCOME write_stamps(const struct demo *d, int64_t unit_id, const struct change *sorted, size_t n)
{
	int last[DEMO_ROUNDS];

	for (int i = 0; i < DEMO_ROUNDS; i++)
		last[i] = -1;
	for (size_t i = 0; i < n && what_of(sorted[i].key) == WHAT_COUNTER; i++) {
		int *day = &last[round_of(sorted[i].key)];

		*day = *day > day_of_key(sorted[i].key) ? *day : day_of_key(sorted[i].key);
	}
	for (int i = 0; i < DEMO_ROUNDS; i++)
		if (last[i] >= 0)
			TRY(sql_demo_stamp(d->ask, d->rounds[i].id, unit_id, demo_date(d, last[i]).text));
	return OK;
}

/* A running sum: the value at the day's end. */
static OUTCOME write_sorted(const struct demo_tally *t, const struct demo *d, int64_t unit_id, struct change *sorted)
{
	for (size_t i = 0; i < t->n_changes; i++) {
		struct change *c = &sorted[i];

		if (i && cell_of(c[-1].key) == cell_of(c->key)) {
			c->n += c[-1].n;
			c->total += c[-1].total;
		}
		TRY(write_day(d, unit_id, c));
		if (i + 1 == t->n_changes || cell_of(c[1].key) != cell_of(c->key))
			TRY(write_cell(d, unit_id, c, find_sums(t->sums, t->room_sums, cell_of(c->key))->s));
	}
	return write_stamps(d, unit_id, sorted, t->n_changes);
}

OUTCOME demo_tally_write(struct demo_tally *t, const struct demo *d, int64_t unit_id)
{
	struct change *sorted = zeroed(t->n_changes + 1, sizeof *sorted);
	enum outcome done;
	size_t n = 0;

	for (size_t i = 0; i < t->room_changes; i++)
		if (t->changes[i].key)
			sorted[n++] = t->changes[i];
	qsort(sorted, n, sizeof *sorted, by_key);
	done = write_sorted(t, d, unit_id, sorted);
	free(sorted);
	memset(t->changes, 0, t->room_changes * sizeof *t->changes);
	memset(t->sums, 0, t->room_sums * sizeof *t->sums);
	t->n_changes = t->n_sums = 0;
	return done;
}
