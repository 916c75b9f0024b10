/* What a row is, and how it follows its person. What it counts towards stands in standing_batch.c, what it adds up to in
 * standing_figures.c. */
#include "title/standing/standing.h"

#include <string.h>

#include "base/day.h"
#include "db/transaction.h"
#include "standing_sql.h"

enum { PERSON_IS_ACTIVE = 1, ADULT_AGE = 18, TITLE_FLAGS = STANDING_HOLDER | STANDING_DIGITAL | STANDING_PROFICIENT };

/* ---- facts ---- */

static const char *const state_codes[SHEET_STATE_N] = {
#define SHEET_CODE(name, code) [SHEET_##name] = code,
	SHEET_STATES(SHEET_CODE)
#undef SHEET_CODE
};

const char *sheet_state_code(enum sheet_state state) { return state_codes[state]; }

bool sheet_state_of(const char *code, enum sheet_state *out)
{
	for (size_t i = 0; i < COUNT(state_codes); i++)
		if (!strcmp(state_codes[i], code)) {
			*out = (enum sheet_state)i;
			return true;
		}
	return false;
}

bool sheet_is_registered(enum sheet_state state) { return state != SHEET_NONE && state != SHEET_WITHDRAWN; }

bool sheet_is_submitted(enum sheet_state state)
{
	return state >= SHEET_SUBMITTED && state <= SHEET_REVOKED;
}

static const struct { int from; const char *label; } bands[AGE_BANDS] = {
	{ 0, "16–17 tuổi" }, { 18, "18–29 tuổi" }, { 30, "30–39 tuổi" }, { 40, "40–49 tuổi" }, { 50, "50–59 tuổi" },
	{ 60, "từ 60 tuổi" },
};

int age_band_of(const char *birth, int year)
{
	int age = day_age_at_end(birth, year), band = AGE_BANDS - 1;

	while (band > 0 && age < bands[band].from)
		band--;
	return band;
}

const char *age_band_label(int band) { return bands[band].label; }

unsigned target_flags(int target, bool numerator)
{
	static const struct { unsigned denominator, numerator; } of[TARGETS] = {
		{ STANDING_MEMBER, STANDING_TRAINED },
		{ STANDING_ADULT | STANDING_LEARNING_HOME, STANDING_HOLDER },
		{ STANDING_LEARNING_UNIT, STANDING_HOLDER },
		{ STANDING_HOLDER, STANDING_DIGITAL },
		{ STANDING_HOLDER | STANDING_DIGITAL, STANDING_PROFICIENT },
	};

	BUG_ON(target < 1 || target > TARGETS);
	return of[target - 1].denominator | (numerator ? of[target - 1].numerator : 0);
}

bool target_counts(unsigned flags, int target, bool numerator)
{
	unsigned needs = target_flags(target, numerator);

	return (flags & needs) == needs;
}

/* ---- rows ---- */

OUTCOME standing_get(struct ask *ask, int64_t person_id, int64_t round_id, struct standing *out)
{
	struct sql_standing_row_row row;

	TRY(sql_standing_row(ask, person_id, round_id, &row));
	*out = (struct standing){ .person_id = row.person_id, .round_id = row.round_id, .leaf_id = row.leaf_id,
		.commune_id = row.commune_id, .province_id = row.province_id, .group = row.group_code, .sex = (enum sex)row.sex,
		.age_band = (int)row.age_band, .state = (enum sheet_state)row.state, .flags = (unsigned)row.flags,
		.name_key = row.name_key };
	BUG_ON(!scores_read(row.scores, &out->scores));
	return OK;
}

/* The two statements that read a person have the same columns. */
#define ROW_OF_PERSON(row, round) row_of_person((row)->id, (row)->leaf_id, (row)->commune_id, (row)->province_id, (row)->group_code, \
	(int)(row)->sex, (row)->birth, (row)->member != 0, (row)->trained_on, (row)->name_key, (unsigned)(row)->held, (round))

static struct standing row_of_person(int64_t id, int64_t leaf, int64_t commune, int64_t province, const char *group, int sex,
	const char *birth, bool member, const char *trained_on, struct bytes name_key, unsigned held, int64_t round)
{
	int year = (int)round;
	unsigned flags = held & TITLE_FLAGS;

	if (day_age_at_end(birth, year) >= ADULT_AGE)
		flags |= STANDING_ADULT;
	if (member)
		flags |= STANDING_MEMBER;
	/* a later year's training says nothing about this one */
	if (*trained_on && day_year(trained_on) <= year)
		flags |= STANDING_TRAINED;
	return (struct standing){ .person_id = id, .round_id = round, .leaf_id = leaf, .commune_id = commune ? commune : leaf,
		.province_id = province, .group = group, .sex = (enum sex)sex, .age_band = age_band_of(birth, year),
		.state = SHEET_NONE, .flags = flags, .name_key = name_key };
}

OUTCOME standing_of_person(struct ask *ask, int64_t person_id, int64_t round_id, struct standing *out)
{
	struct sql_standing_source_row row;

	TRY(sql_standing_source(ask, round_id, person_id, &row));
	*out = ROW_OF_PERSON(&row, round_id);
	return OK;
}

OUTCOME standing_change(struct ask *ask, const struct standing *before, const struct standing *after)
{
	DB_TRANSACTION(tx, ask->db);
	struct standing_batch *batch = standing_batch_new(ask);

	TRY(standing_batch_change(batch, before, after));
	TRY(standing_batch_end(batch));
	return db_commit(&tx);
}

/* ---- following the person ---- */

/* Where a sheet stands it is judged: place and group stay the sheet's until title/transfers moves both. What the person alone
 * decides (age, sex, name, membership) always follows. */
static struct standing followed(const struct standing *before, const struct standing *person)
{
	enum { OF_PERSON = STANDING_ADULT | STANDING_MEMBER | STANDING_TRAINED };
	struct standing after = *before;

	after.sex = person->sex;
	after.age_band = person->age_band;
	after.name_key = person->name_key;
	after.flags = (before->flags & ~(unsigned)OF_PERSON) | (person->flags & OF_PERSON);
	if (before->state != SHEET_NONE)
		return after;
	after.leaf_id = person->leaf_id;
	after.commune_id = person->commune_id;
	after.province_id = person->province_id;
	after.group = person->group;
	return after;
}

static bool same_row(const struct standing *a, const struct standing *b)
{
	return a->leaf_id == b->leaf_id && a->commune_id == b->commune_id && a->province_id == b->province_id &&
		a->sex == b->sex &&
		a->age_band == b->age_band && a->flags == b->flags && !strcmp(a->group, b->group) &&
		a->name_key.len == b->name_key.len &&
		!memcmp(a->name_key.ptr, b->name_key.ptr, a->name_key.len);
}

static OUTCOME follow(struct ask *ask, struct standing_batch *batch, int64_t person_id, int64_t round_id)
{
	struct sql_standing_source_row source;
	struct standing person, before, after;
	enum outcome found;

	TRY(sql_standing_source(ask, round_id, person_id, &source));
	person = ROW_OF_PERSON(&source, round_id);
	found = standing_get(ask, person_id, round_id, &before);
	if (found == NOT_FOUND)
		return source.condition == PERSON_IS_ACTIVE ? standing_batch_change(batch, NULL, &person) : OK;
	TRY(found);
	if (source.condition != PERSON_IS_ACTIVE && before.state == SHEET_NONE)
		return standing_batch_change(batch, &before, NULL);
	after = followed(&before, &person);
	return same_row(&before, &after) ? OK : standing_batch_change(batch, &before, &after);
}

OUTCOME standing_person_changed(struct ask *ask, int64_t person_id)
{
	DB_TRANSACTION(tx, ask->db);
	struct standing_batch *batch = standing_batch_new(ask);
	struct sql_standing_open_rounds_row *rounds;
	size_t n;

	TRY(sql_standing_open_rounds(ask, &rounds, &n));
	for (size_t i = 0; i < n; i++)
		TRY(follow(ask, batch, person_id, rounds[i].id));
	TRY(standing_batch_end(batch));
	return db_commit(&tx);
}

OUTCOME standing_fill(struct ask *ask, int64_t round_id, int64_t after_person, int64_t limit, int64_t *next, int64_t *filled)
{
	DB_TRANSACTION(tx, ask->db);
	struct standing_batch *batch = standing_batch_new(ask);
	struct sql_standing_slice_end_row slice;
	struct sql_standing_missing_row *people;
	size_t n;

	TRY(sql_standing_slice_end(ask, after_person, limit, &slice));
	TRY(sql_standing_missing(ask, round_id, after_person, slice.last_id, &people, &n));
	for (size_t i = 0; i < n; i++) {
		struct standing row = ROW_OF_PERSON(&people[i], round_id);

		TRY(standing_batch_change(batch, NULL, &row));
	}
	TRY(standing_batch_end(batch));
	*next = slice.n == limit ? slice.last_id : 0;
	*filled = (int64_t)n;
	return db_commit(&tx);
}
