/* standing.h: where each person stands in each round, and the counters that add it up (model.md 5): the only source of figures.
 *
 * Every active person has a row in each round open while they are in the register, state NONE until they register. The row, the
 * counters of the leaf and of its commune, and their value at the day's end change in the transaction of what they count. Changes of
 * one transaction are added up in memory and written in order of key (standing_batch). `hoctap check` recounts and must agree. */
#ifndef TITLE_STANDING_H
#define TITLE_STANDING_H

#include "base/ask.h"
#include "base/form.h"
#include "text/sex.h"
#include "title/criteria/criteria.h"

/* Stored as these numbers: never reorder. */
#define SHEET_STATES(X) \
	X(NONE, "none") X(REGISTERED, "registered") X(DRAFT, "draft") X(RETURNED, "returned") X(SUBMITTED, "submitted") \
	X(REVIEWED, "reviewed") X(LISTED, "listed") X(POSTED, "posted") X(PROPOSED, "proposed") X(RECOGNISED, "recognised") \
	X(NOT_MET, "not_met") X(REVOKED, "revoked") X(WITHDRAWN, "withdrawn") X(LAPSED, "lapsed")
enum sheet_state {
#define SHEET_ENUM(name, code) SHEET_##name,
	SHEET_STATES(SHEET_ENUM)
#undef SHEET_ENUM
	SHEET_STATE_N
};
const char *sheet_state_code(enum sheet_state);
bool sheet_state_of(const char *code, enum sheet_state *out);
bool sheet_is_registered(enum sheet_state);      /* every state but none and withdrawn */
bool sheet_is_submitted(enum sheet_state);       /* submitted … recognised, not_met, revoked */

enum { AGE_BANDS = 6 };                          /* 16-17, 18-29, 30-39, 40-49, 50-59, 60 and over; on 31 December of the round */
int age_band_of(const char *birth, int year);    /* under 16 counts in the first */
const char *age_band_label(int band);

enum standing_flag {
	STANDING_ADULT = 1,              /* 18 or older on 31 December of the round */
	STANDING_MEMBER = 2, STANDING_TRAINED = 4,               /* of the association; trained on this round's criteria */
	STANDING_LEARNING_HOME = 8,      /* household, clan or hamlet with a learning title */
	STANDING_LEARNING_UNIT = 16,     /* organisation with one */
	STANDING_HOLDER = 32,            /* a title valid on the round's last day */
	STANDING_DIGITAL = 64, STANDING_PROFICIENT = 128,        /* by indicator 5 of the sheet that won it */
	STANDING_ASSISTED = 256
};

struct standing {
	int64_t person_id, round_id, leaf_id, commune_id, province_id;
	const char *group;
	enum sex sex;
	int age_band;
	enum sheet_state state;
	struct scores scores;            /* the agreed ones once there are any, else the person's own */
	unsigned flags;
	struct bytes name_key;
};

OUTCOME standing_get(struct ask *ask, int64_t person_id, int64_t round_id, struct standing *out);
/* What a person's row is from the register alone: state NONE, no scores, flags adult, member, trained; and holder, digital,
 * proficient where a title of an earlier round still holds. NOT_FOUND: no such person. */
OUTCOME standing_of_person(struct ask *ask, int64_t person_id, int64_t round_id, struct standing *out);

/* A batch lives in the ask's arena (about 350 bytes a unit, group, sex, age band and state touched) and may be used again after its
 * end. The caller's transaction is around it. CONFLICT: the stored row is no longer `before`. A row counts in its leaf and in its
 * commune, once where both are the same; withdrawn ones towards no target. When a row becomes or ceases to be recognised, the rows
 * of later rounds in which a title of several years still holds get or lose its flags. */
struct standing_batch;
/* Of an ask that holds one already it is that one, and its end is left to who holds it: operations of many people, each whole in
 * itself, come to one writing of the counters. */
struct standing_batch *standing_batch_new(struct ask *ask);
/* From here on the changes of `ask` (and of copies of it) wait in a batch of its arena; standing_batch_let_go writes them. Hold
 * it on a copy of the caller's ask, so that a failure on the way leaves nothing held. */
void standing_batch_hold(struct ask *ask);
OUTCOME standing_batch_let_go(struct ask *ask);
/* before NULL: a new row; after NULL: the row goes. */
OUTCOME standing_batch_change(struct standing_batch *, const struct standing *before, const struct standing *after);
/* The counters alone: the caller writes the rows, many at once, in the same transaction (standing_place.c). */
void standing_batch_count(struct standing_batch *, const struct standing *before, const struct standing *after);
OUTCOME standing_batch_end(struct standing_batch *);
/* One change, whole. */
OUTCOME standing_change(struct ask *ask, const struct standing *before, const struct standing *after);
/* hooks->person_changed: rows of all rounds that are not locked follow the person (a new one gets them; who left loses the row where
 * state is NONE). Age, sex, name and membership always follow; place and group only while the state is NONE: from registration on
 * they are the sheet's. The learning flags stay as they are: title/models sets them anew after this when home or household changed. */
OUTCOME standing_person_changed(struct ask *ask, int64_t person_id);
/* After a leaf came to another commune (0: it stands directly below the province) or province: its rows of all rounds that are
 * not locked follow in one statement a round, the counters with them. A sheet on a list (listed, posted, proposed, decided)
 * stays with its commune as long as that one is there; where it has ended, its successor takes the list over. The counters wait
 * for the batch's end. */
OUTCOME standing_follow_leaf(struct ask *ask, struct standing_batch *, int64_t leaf_id, int64_t commune_id, int64_t province_id);
/* Job "round_open": a row for every active person who has none, in slices by id of at most `limit` people. *next: the after_person of
 * the next slice, 0 when done. Running it again fills what is missing and nothing else. */
OUTCOME standing_fill(struct ask *ask, int64_t round_id, int64_t after_person, int64_t limit, int64_t *next, int64_t *filled);

/* ---- figures ---- Units are those of the round's own time: of 31 December of its year, or today while the year lasts; a
 * district (until June 2025) is the sum of its communes. One statement each, by key: a leaf or commune reads its own cells, a
 * province those of its communes. */

/* The units with counters of their own that add up to this one: itself, or the communes and own organisations of a province. */
struct id_list;
OUTCOME figures_units(struct ask *ask, int64_t round_id, int64_t unit_id, struct id_list *out);

/* total_sum: of the scores of all rows. people counts every state, none and withdrawn too. */
struct figure_counts { int64_t people, states[SHEET_STATE_N], registered, submitted, recognised, total_sum; };
/* Of a leaf, a commune, or (the sum of its communes and own organisations) a province. as_of "": now; else the end of that day. */
OUTCOME figures_of_unit(struct ask *ask, int64_t round_id, int64_t unit_id, const char *as_of, struct figure_counts *out);
/* name, level (enum unit_level), unit_id: of a child unit only, else "" and 0. */
struct figure_part { const char *code, *name; int64_t unit_id; int level; struct figure_counts counts; };
struct figure_parts { size_t n; const struct figure_part *at; };
/* Every unit directly below in Vietnamese order of name, also without people, so that they add up; none below a leaf. Of a
 * province, last, "chưa xếp" (unit_id 0) where hamlets wait to be placed. */
OUTCOME figures_by_child(struct ask *ask, int64_t round_id, int64_t unit_id, const char *as_of, struct figure_parts *out);
OUTCOME figures_last_change(struct ask *ask, int64_t round_id, int64_t unit_id, const char **day);       /* "" when nothing yet */
struct target_count { int64_t numerator, denominator; };
enum { TARGETS = 5 };
OUTCOME figures_targets(struct ask *ask, int64_t round_id, int64_t unit_id, const char *as_of, struct target_count out[TARGETS]);

/* The same over any units that have counters of their own (leaves, communes, organisations of the province; none twice): for figures
 * restated in other boundaries. by: "" (one part), "group", "sex", "age", "unit" (parts by unit_id, only units with rows). */
OUTCOME figures_in(struct ask *ask, int64_t round_id, const struct id_list *units, const char *as_of, const char *by,
	struct figure_parts *out);
OUTCOME figures_targets_in(struct ask *ask, int64_t round_id, const struct id_list *units, const char *as_of,
	struct target_count out[TARGETS]);
/* Now, each unit by itself, in order of id; units without any row are left out. */
struct unit_targets { int64_t unit_id; struct target_count counts[TARGETS]; };
OUTCOME figures_targets_each(struct ask *ask, int64_t round_id, const struct id_list *units, const struct unit_targets **out,
			     size_t *n);
OUTCOME figures_last_change_in(struct ask *ask, int64_t round_id, const struct id_list *units, const char *until,
	const char **day);
const char *figures_own_day(struct ask *ask, int64_t round_id);  /* 31 December of the round, or today while it lasts */

/* The list behind a figure: people of a leaf, a commune or a province in some states (a bit each; ~0u: all), by name, 100 a page.
 * Other filters above a commune are not offered (they need their own index). */
struct standing_line { int64_t person_id, leaf_id; const char *name, *birth,
	*leaf_name; enum sheet_state state; int64_t total; struct bytes name_key; };
struct standing_lines { size_t n; const struct standing_line *at; };
int standing_line_order(const void *, const void *);     /* of two struct standing_line: by name, for qsort and merging */
OUTCOME standing_list(struct ask *ask, int64_t round_id, int64_t unit_id, unsigned states, const struct standing_line *after,
	struct standing_lines *out);

/* The same of a crowd within a leaf or a commune (above: NOT_FOUND): of a group ("": any), a sex (0: any), an age band
 * and older. It
 * reads the whole unit where there are few: for WORK routes. */
struct standing_crowd { const char *group; int sex, age_from; };
OUTCOME standing_list_of_crowd(struct ask *ask, int64_t round_id, int64_t unit_id, unsigned states, const struct standing_crowd *,
	const struct standing_line *after, struct standing_lines *out);

/* The people behind a target, of a leaf or a commune (above: NOT_FOUND), in the same way. MISSING: in the denominator, not in the
 * numerator. It reads the whole unit where there are few: for WORK routes. */
enum target_part { TARGET_NUMERATOR = 1, TARGET_DENOMINATOR, TARGET_MISSING };
OUTCOME standing_list_of_target(struct ask *ask, int64_t round_id, int64_t unit_id, int target, enum target_part part,
	const struct standing_line *after, struct standing_lines *out);

/* Pure: what one row counts towards. Withdrawn rows count towards none, whatever their flags. */
unsigned target_flags(int target, bool numerator);               /* those a row must have */
bool target_counts(unsigned flags, int target, bool numerator);  /* target 1 … 5 */

#endif
