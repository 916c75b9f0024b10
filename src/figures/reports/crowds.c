/* People of a unit by group, and what is remembered of them: a province is the sum of about a hundred communes of some
 * thousand cells each, and between two readings of its page few of them have changed. */
#include "figures/reports/crowds.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/lock.h"
#include "crowds_sql.h"
#include "registry/people/people.h"

enum age { AGE_YOUNG, AGE_ADULT, AGE_ELDER };

static void count_in(struct figure_counts *counts, enum sheet_state state, int64_t n, int64_t total)
{
	counts->people += n;
	counts->states[state] += n;
	counts->registered += sheet_is_registered(state) ? n : 0;
	counts->submitted += sheet_is_submitted(state) ? n : 0;
	counts->recognised += state == SHEET_RECOGNISED ? n : 0;
	counts->total_sum += total;
}

static void crowd_add(struct crowd *crowd, bool female, enum age age, enum sheet_state state, int64_t n, int64_t total)
{
	count_in(&crowd->all, state, n, total);
	if (female)
		count_in(&crowd->women, state, n, total);
	if (age == AGE_ELDER)
		count_in(&crowd->elders, state, n, total);
	if (age != AGE_YOUNG) {
		crowd->adults += n;
		crowd->women_adults += female ? n : 0;
	} else if (sheet_is_submitted(state)) {
		crowd->young_submitted += n;
	}
	if (sheet_is_submitted(state))
		crowd->points += total;
}

/* Rows of one unit, or of several added up, in order of group. */
struct filling { struct crowds *out; struct crowd_group *groups; };

static void fill_in(struct filling *f, const char *group, bool female, int64_t age, int64_t state, int64_t n, int64_t total)
{
	struct crowds *out = f->out;

	if (!out->n || strcmp(f->groups[out->n - 1].code, group) != 0)
		f->groups[out->n++] = (struct crowd_group){ .code = group };
	crowd_add(&out->whole, female, (enum age)age, (enum sheet_state)state, n, total);
	crowd_add(&f->groups[out->n - 1].crowd, female, (enum age)age, (enum sheet_state)state, n, total);
}

#define FILL_IN(f, row) \
	fill_in(f, (row)->group_code, (row)->female != 0, (row)->age, (row)->state, (row)->n, (row)->total)

static OUTCOME read_past(struct ask *ask, int64_t round_id, struct id_list units, const char *day, struct crowds *out)
{
	struct filling filling = { .out = out };
	struct sql_crowd_days_row *rows;
	size_t n;

	TRY(sql_crowd_days(ask, day, round_id, units, &rows, &n));
	filling.groups = ARENA_ARRAY(ask->arena, struct crowd_group, n);
	for (size_t i = 0; i < n; i++)
		FILL_IN(&filling, &rows[i]);
	out->groups = filling.groups;
	return OK;
}

static OUTCOME read_now(struct ask *ask, int64_t round_id, struct id_list units, struct crowds *out)
{
	struct filling filling = { .out = out };
	struct sql_crowd_cells_row *rows;
	size_t n;

	TRY(sql_crowd_cells(ask, round_id, units, &rows, &n));
	filling.groups = ARENA_ARRAY(ask->arena, struct crowd_group, n);
	for (size_t i = 0; i < n; i++)
		FILL_IN(&filling, &rows[i]);
	out->groups = filling.groups;
	return OK;
}

/* ---- what is remembered ---- */

enum { PLACES = 1024, ENTRIES_MAX = 2000, GROUPS_MAX = 32, ENTRY_BYTES = 256 << 10 };

/* A unit's crowds as they were at a stamp of its counters (title/standing): they are those of any reading at that stamp. */
struct entry { struct entry *next; struct arena *arena; int64_t round_id, unit_id, stamp; struct crowds crowds; };
struct crowd_cache { struct arena *arena; struct lock *lock; struct entry *at[PLACES]; size_t n; };

struct crowd_cache *crowd_cache_new(void)
{
	struct arena *arena = arena_new(64 * KiB);
	struct crowd_cache *cache = ARENA_NEW(arena, struct crowd_cache);

	cache->arena = arena;
	cache->lock = lock_new(arena);
	return cache;
}

void crowd_cache_free(struct crowd_cache *cache)
{
	struct entry *e, *next;

	if (!cache)
		return;
	for (size_t i = 0; i < PLACES; i++)
		for (e = cache->at[i]; e; e = next) {
			next = e->next;
			arena_free(e->arena);            /* it lives there */
		}
	arena_free(cache->arena);
}

static struct entry **place_for(struct crowd_cache *cache, int64_t round_id, int64_t unit_id)
{
	struct entry **at = &cache->at[((uint64_t)unit_id * 31 + (uint64_t)round_id) % PLACES];

	while (*at && ((*at)->round_id != round_id || (*at)->unit_id != unit_id))
		at = &(*at)->next;
	return at;
}

/* Hands `e` over, unless somebody has read a later one meanwhile. */
static void remember(struct crowd_cache *cache, struct entry *e)
{
	struct entry **at, *gone = e;

	lock_take(cache->lock);
	at = place_for(cache, e->round_id, e->unit_id);
	if (*at ? (*at)->stamp < e->stamp : cache->n < ENTRIES_MAX) {
		gone = *at;
		e->next = gone ? gone->next : NULL;
		cache->n += !gone;
		*at = e;
	}
	lock_leave(cache->lock);
	if (gone)
		arena_free(gone->arena);
}

static struct entry *entry_new(int64_t round_id, int64_t unit_id, int64_t stamp)
{
	struct arena *arena = arena_new(ENTRY_BYTES);
	struct entry *e = ARENA_NEW(arena, struct entry);

	*e = (struct entry){ .arena = arena, .round_id = round_id, .unit_id = unit_id, .stamp = stamp };
	return e;
}

/* The rows of one unit, from `*at` on. */
static void entry_fill(struct entry *e, const struct sql_crowd_unit_cells_row *rows, size_t n, size_t *at)
{
	struct filling filling = { .out = &e->crowds, .groups = ARENA_ARRAY(e->arena, struct crowd_group, GROUPS_MAX) };

	for (; *at < n && rows[*at].unit_id == e->unit_id; (*at)++) {
		FILL_IN(&filling, &rows[*at]);
		BUG_ON(e->crowds.n > GROUPS_MAX);
	}
	for (size_t i = 0; i < e->crowds.n; i++)
		filling.groups[i].code = arena_text(e->arena, filling.groups[i].code);
	e->crowds.groups = filling.groups;
}

/* Reads anew the units whose stamp is not that of what is remembered. */
static OUTCOME refresh(struct ask *ask, int64_t round_id, const struct sql_crowd_stamps_row *stamps, size_t n)
{
	int64_t *stale = ARENA_ARRAY(ask->arena, int64_t, n), *stamp = ARENA_ARRAY(ask->arena, int64_t, n);
	struct sql_crowd_unit_cells_row *rows;
	size_t n_stale = 0, n_rows, at = 0;

	lock_take(ask->crowds->lock);
	for (size_t i = 0; i < n; i++) {
		const struct entry *e = *place_for(ask->crowds, round_id, stamps[i].unit_id);

		if (e && e->stamp == stamps[i].stamp)
			continue;
		stamp[n_stale] = stamps[i].stamp;
		stale[n_stale++] = stamps[i].unit_id;
	}
	lock_leave(ask->crowds->lock);
	if (!n_stale)
		return OK;
	TRY(sql_crowd_unit_cells(ask, round_id, (struct id_list){ n_stale, stale }, &rows, &n_rows));
	for (size_t i = 0; i < n_stale; i++) {
		struct entry *e = entry_new(round_id, stale[i], stamp[i]);

		entry_fill(e, rows, n_rows, &at);
		remember(ask->crowds, e);
	}
	return OK;
}

static void add_counts(struct figure_counts *sum, const struct figure_counts *c)
{
	sum->people += c->people;
	sum->registered += c->registered;
	sum->submitted += c->submitted;
	sum->recognised += c->recognised;
	sum->total_sum += c->total_sum;
	for (int i = 0; i < SHEET_STATE_N; i++)
		sum->states[i] += c->states[i];
}

static void add_crowd(struct crowd *sum, const struct crowd *c)
{
	add_counts(&sum->all, &c->all);
	add_counts(&sum->women, &c->women);
	add_counts(&sum->elders, &c->elders);
	sum->adults += c->adults;
	sum->women_adults += c->women_adults;
	sum->young_submitted += c->young_submitted;
	sum->points += c->points;
}

static void add_entry(struct arena *arena, struct crowds *sum, struct crowd_group *groups, const struct crowds *more)
{
	add_crowd(&sum->whole, &more->whole);
	for (size_t i = 0; i < more->n; i++) {
		size_t at = 0;

		while (at < sum->n && strcmp(groups[at].code, more->groups[i].code) != 0)
			at++;
		if (at == sum->n) {
			BUG_ON(at == GROUPS_MAX);
			groups[sum->n++].code = arena_text(arena, more->groups[i].code);
		}
		add_crowd(&groups[at].crowd, &more->groups[i].crowd);
	}
}

static int by_code(const void *a, const void *b)
{
	return strcmp(((const struct crowd_group *)a)->code, ((const struct crowd_group *)b)->code);
}

/* False: there was no room, or another thread's later reading took a place. */
static bool add_all(struct ask *ask, int64_t round_id, const struct sql_crowd_stamps_row *stamps, size_t n, struct crowds *out)
{
	struct crowd_group *groups = ARENA_ARRAY(ask->arena, struct crowd_group, GROUPS_MAX);
	bool whole = true;

	lock_take(ask->crowds->lock);
	for (size_t i = 0; i < n && whole; i++) {
		const struct entry *e = *place_for(ask->crowds, round_id, stamps[i].unit_id);

		whole = e && e->stamp == stamps[i].stamp;
		if (whole)
			add_entry(ask->arena, out, groups, &e->crowds);
	}
	lock_leave(ask->crowds->lock);
	if (out->n > 1)
		qsort(groups, out->n, sizeof *groups, by_code);
	out->groups = groups;
	return whole;
}

static OUTCOME read_remembered(struct ask *ask, int64_t round_id, struct id_list units, struct crowds *out)
{
	struct sql_crowd_stamps_row *stamps;
	size_t n;

	TRY(sql_crowd_stamps(ask, round_id, units, &stamps, &n));
	TRY(refresh(ask, round_id, stamps, n));
	if (add_all(ask, round_id, stamps, n, out))
		return OK;
	*out = (struct crowds){ 0 };
	return read_now(ask, round_id, units, out);
}

/* Parts of divided leaves, cell by cell, into their groups. */
static OUTCOME fill_parts(struct ask *ask, int64_t round_id, const struct counted *c, struct crowds *out)
{
	const struct part_cell *cells;
	struct crowd_group *groups;
	size_t n;

	TRY(counted_part_cells(ask, round_id, c, &cells, &n));
	if (!n)
		return OK;
	groups = ARENA_ARRAY(ask->arena, struct crowd_group, out->n + n);
	if (out->n)
		memcpy(groups, out->groups, out->n * sizeof *groups);
	for (size_t i = 0; i < n; i++) {
		const struct part_cell *cell = &cells[i];
		enum age age = cell->age_band == 0 ? AGE_YOUNG : cell->age_band == AGE_BANDS - 1 ? AGE_ELDER : AGE_ADULT;
		size_t g = 0;

		while (g < out->n && strcmp(groups[g].code, cell->group) != 0)
			g++;
		if (g == out->n)
			groups[out->n++] = (struct crowd_group){ .code = cell->group };
		crowd_add(&out->whole, cell->sex == SEX_FEMALE, age, cell->state, cell->n, cell->total);
		crowd_add(&groups[g].crowd, cell->sex == SEX_FEMALE, age, cell->state, cell->n, cell->total);
	}
	qsort(groups, out->n, sizeof *groups, by_code);
	out->groups = groups;
	return OK;
}

OUTCOME crowds_of(struct ask *ask, int64_t round_id, const struct counted *c, const char *as_of, struct crowds *out)
{
	*out = (struct crowds){ 0 };
	if (*as_of && strcmp(as_of, day_of(ask->now).text) < 0)
		TRY(read_past(ask, round_id, c->units, as_of, out));
	else if (ask->crowds && c->units.n > 1)
		TRY(read_remembered(ask, round_id, c->units, out));
	else
		TRY(read_now(ask, round_id, c->units, out));
	return fill_parts(ask, round_id, c, out);
}

OUTCOME crowds_of_unit(struct ask *ask, int64_t round_id, int64_t unit_id, const char *as_of, struct crowds *out)
{
	struct counted counted = { 0 };

	TRY(figures_units(ask, round_id, unit_id, &counted.units));
	return crowds_of(ask, round_id, &counted, as_of, out);
}

/* ---- in the order of people ---- */

static size_t place_of(const char *code)
{
	for (size_t i = 0; i < person_groups.n; i++)
		if (!strcmp(person_groups.at[i].code, code))
			return i;
	return person_groups.n;
}

static int by_place(const void *a, const void *b)
{
	const struct crowd_group *x = a, *y = b;
	size_t px = place_of(x->code), py = place_of(y->code);

	return px != py ? (px > py) - (px < py) : strcmp(x->code, y->code);
}

void crowds_sort(struct arena *arena, struct crowds *crowds)
{
	struct crowd_group *groups = ARENA_ARRAY(arena, struct crowd_group, crowds->n);

	if (!crowds->n)
		return;
	memcpy(groups, crowds->groups, crowds->n * sizeof *groups);
	qsort(groups, crowds->n, sizeof *groups, by_place);
	crowds->groups = groups;
}
