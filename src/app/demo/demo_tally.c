/* An open hash of changes by (round, what, cell, day). A cell of counters and one of targets differ by `what`. */
#include "app/demo/demo_tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "demo_tally_sql.h"

enum { WHAT_COUNTER, WHAT_SUM, WHAT_TARGET, INDICATORS_MAX = 10 };

struct entry {
	int64_t round_id;
	char group[24], day[DAY_LEN + 1];
	short what, sex, age, state;             /* of a target: sex = target, age = part */
	bool used;
	int64_t n, total, s[INDICATORS_MAX];
};

struct demo_tally { struct entry *at; size_t n, size; };

struct demo_tally *demo_tally_new(void)
{
	struct demo_tally *t = calloc(1, sizeof *t);

	BUG_ON(!t);
	t->size = 1024;
	t->at = calloc(t->size, sizeof *t->at);
	BUG_ON(!t->at);
	return t;
}

void demo_tally_free(struct demo_tally *t)
{
	free(t->at);
	free(t);
}

static bool same_cell(const struct entry *a, const struct entry *b)
{
	return a->round_id == b->round_id && a->what == b->what && a->sex == b->sex && a->age == b->age && a->state == b->state &&
	       !strcmp(a->group, b->group);
}

static size_t hash(const struct entry *e)
{
	uint64_t h = (uint64_t)e->round_id * 31 + (uint64_t)e->what * 7 + (uint64_t)e->sex * 131 + (uint64_t)e->age * 1031 + (uint64_t)e->state;

	for (const char *p = e->group; *p; p++)
		h = h * 33 + (unsigned char)*p;
	for (const char *p = e->day; *p; p++)
		h = h * 33 + (unsigned char)*p;
	h *= 0x9E3779B97F4A7C15u;
	return (size_t)(h >> 20);
}

static struct entry *find(struct demo_tally *t, const struct entry *key)
{
	size_t at = hash(key) & (t->size - 1);

	while (t->at[at].used && !(same_cell(&t->at[at], key) && !strcmp(t->at[at].day, key->day)))
		at = (at + 1) & (t->size - 1);
	return &t->at[at];
}

static void grow(struct demo_tally *t)
{
	struct entry *old = t->at;
	size_t size = t->size;

	t->size *= 2;
	t->at = calloc(t->size, sizeof *t->at);
	BUG_ON(!t->at);
	for (size_t i = 0; i < size; i++)
		if (old[i].used)
			*find(t, &old[i]) = old[i];
	free(old);
}

static void add(struct demo_tally *t, const struct entry *change)
{
	struct entry *e = find(t, change);

	if (!e->used) {
		if (t->n * 2 > t->size) {
			grow(t);
			e = find(t, change);
		}
		*e = *change;
		e->used = true;
		t->n++;
		return;
	}
	e->n += change->n;
	e->total += change->total;
	for (int i = 0; i < INDICATORS_MAX; i++)
		e->s[i] += change->s[i];
}

void demo_tally_add(struct demo_tally *t, const struct standing *s, const char *day, int n)
{
	struct entry e = { .round_id = s->round_id, .what = WHAT_COUNTER, .sex = (short)s->sex, .age = (short)s->age_band,
		.state = (short)s->state, .n = n, .total = n * scores_total(&s->scores) };

	snprintf(e.group, sizeof e.group, "%s", s->group);
	snprintf(e.day, sizeof e.day, "%s", day);
	for (int i = 0; i < s->scores.n && i < INDICATORS_MAX; i++)
		e.s[i] = n * s->scores.at[i].value;
	add(t, &e);
	e.what = WHAT_SUM;                               /* the same by state alone */
	e.group[0] = '\0';
	e.sex = e.age = 0;
	add(t, &e);
}

void demo_tally_targets(struct demo_tally *t, const struct standing *s, const char *day, int n)
{
	if (s->state == SHEET_WITHDRAWN)                 /* counts towards no target (standing.h) */
		return;
	for (int target = 1; target <= TARGETS; target++)
		for (int part = 1; part <= 2; part++) {
			struct entry of = { .round_id = s->round_id, .what = WHAT_TARGET, .sex = (short)target, .age = (short)part, .n = n };

			if (!target_counts(s->flags, target, part == 1))
				continue;
			snprintf(of.day, sizeof of.day, "%s", day);
			add(t, &of);
		}
}

void demo_tally_merge(struct demo_tally *t, const struct demo_tally *other)
{
	for (size_t i = 0; i < other->size; i++)
		if (other->at[i].used)
			add(t, &other->at[i]);
}

static int by_key(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order;

	if (x->used != y->used)
		return x->used ? -1 : 1;
	if (x->what != y->what)
		return x->what - y->what;
	if (x->round_id != y->round_id)
		return x->round_id < y->round_id ? -1 : 1;
	if ((order = strcmp(x->group, y->group)) || (order = x->sex - y->sex) || (order = x->age - y->age) || (order = x->state - y->state))
		return order;
	return strcmp(x->day, y->day);
}

static OUTCOME write_day(struct ask *ask, int64_t unit_id, const struct entry *e)
{
	if (e->what == WHAT_TARGET)
		return sql_demo_target_day(ask, e->round_id, unit_id, e->sex, e->age, e->day, e->n);
	if (e->what == WHAT_SUM)
		return sql_demo_sum_day(ask, e->round_id, unit_id, e->state, e->day, e->n, e->total);
	return sql_demo_counter_day(ask, &(struct sql_demo_counter_day_in){ .round_id = e->round_id, .unit_id = unit_id,
		.group_code = e->group, .sex = e->sex, .age_band = e->age, .state = e->state, .day = e->day, .n = e->n, .total = e->total });
}

static OUTCOME write_cell(struct ask *ask, int64_t unit_id, const struct entry *e)
{
	if (e->what == WHAT_TARGET)
		return sql_demo_target(ask, e->round_id, unit_id, e->sex, e->age, e->n);
	if (e->what == WHAT_SUM)
		return sql_demo_sum(ask, e->round_id, unit_id, e->state, e->n, e->total);
	return sql_demo_counter(ask, &(struct sql_demo_counter_in){ .round_id = e->round_id, .unit_id = unit_id, .group_code = e->group,
		.sex = e->sex, .age_band = e->age, .state = e->state, .n = e->n, .total = e->total, .s1 = e->s[0], .s2 = e->s[1], .s3 = e->s[2],
		.s4 = e->s[3], .s5 = e->s[4], .s6 = e->s[5], .s7 = e->s[6], .s8 = e->s[7], .s9 = e->s[8], .s10 = e->s[9] });
}

OUTCOME demo_tally_write(struct demo_tally *t, struct ask *ask, int64_t unit_id)
{
	qsort(t->at, t->size, sizeof *t->at, by_key);
	for (size_t i = 0; i < t->n; i++) {
		struct entry *e = &t->at[i];

		if (i && same_cell(&t->at[i - 1], e)) {          /* a running sum: the value at the day's end */
			e->n += t->at[i - 1].n;
			e->total += t->at[i - 1].total;
			for (int k = 0; k < INDICATORS_MAX; k++)
				e->s[k] += t->at[i - 1].s[k];
		}
		TRY(write_day(ask, unit_id, e));
		if (i + 1 == t->n || !same_cell(&t->at[i + 1], e))
			TRY(write_cell(ask, unit_id, e));
	}
	memset(t->at, 0, t->size * sizeof *t->at);
	t->n = 0;
	return OK;
}
