/* targets.h: the five targets T1–T5 of a plan (share/criteria/muc-tieu-long-an-2188.json) and the official adult population.
 *
 * What a person counts towards is fixed in title/standing (target_counts); title, definitions, goals and assumptions are data: a
 * set is imported from JSON and shown as it says. The goal of a year between two years of the set lies on the straight line
 * between them (the plan says nothing of these years); before the first year it is the first, after the last the last.
 * A share is compared unrounded: how many people are missing is the least whole number that reaches the goal.
 *
 * The adult population (form CDHT-10, column a) is entered per unit and year with its source; never guessed. */
#ifndef FIGURES_TARGETS_H
#define FIGURES_TARGETS_H

#include "base/ask.h"
#include "title/standing/standing.h"

enum { TARGET_VALUES = 8, TARGET_ASSUMPTIONS = 12 };

struct target_value { int year; int64_t tenths; bool in_plan; const char *clause, *words, *note; };     /* tenths of a per cent */
struct target {
	const char *code;                        /* "T1" … "T5" */
	const char *title, *numerator, *denominator;
	struct target_value values[TARGET_VALUES];      /* years rising */
	size_t n_values;
	const char *assumptions[TARGET_ASSUMPTIONS];
	size_t n_assumptions;
};
struct target_set {
	int64_t id, version;
	const char *code, *title, *status;
	struct target targets[TARGETS];
	const char *rules[TARGET_ASSUMPTIONS];
	size_t n_rules;
};

/* The set imported last. NOT_FOUND: none yet. It lives as long as the ask's arena, or as ask->targets. */
OUTCOME target_set_get(struct ask *ask, struct target_set *out);

/* Sets as they were parsed, by their whole text: the first eight that this process met, kept until its end, some 60 KiB each;
 * others are parsed each time. Shared by all threads. */
struct target_cache *target_cache_new(void);
void target_cache_free(struct target_cache *);                   /* NULL is fine */
/* PERMIT_FIGURES_EDIT. All problems by their place in the file (field "file"). The same file again changes nothing; another text
 * under the same code is a new version. One audit row. */
OUTCOME targets_import(struct ask *ask, struct bytes json, int64_t *id);
/* The reader of a set, for import and store alike. INVALID: problems say where. */
OUTCOME target_set_parse(struct arena *, struct bytes json, struct problems *, struct target_set *out);

int64_t target_goal(const struct target *, int year);            /* tenths of a per cent */
/* People still missing to the goal, 0 when it is reached or nobody is counted. */
int64_t target_missing(const struct target_count *, int64_t goal_tenths);

struct population { int64_t adults, version; const char *source, *as_of; };      /* version 0: none written; as_of ISO */
OUTCOME population_get(struct ask *ask, int64_t round_id, int64_t unit_id, struct population *out);          /* NOT_FOUND */
/* The unit's own number; of a province or district without one the sum of its communes, if all have theirs. Else absent. */
OUTCOME population_adults(struct ask *ask, int64_t round_id, int64_t unit_id, struct maybe *out);
/* The same, or for a unit that was not there then the sum of those that went whole into it (boundaries.h: before, is_whole). */
OUTCOME population_restated(struct ask *ask, int64_t round_id, int64_t unit_id, const struct id_list *before, bool whole,
	struct maybe *out);
/* Of many units at once, in their order; version 0 where there is none. */
OUTCOME population_of_units(struct ask *ask, int64_t round_id, const int64_t *units, size_t n, struct population *out);
/* PERMIT_FIGURES_EDIT on the unit. Rules: adults 0 to 20,000,000; source 3 to 200 characters; as_of not after today. CONFLICT: the
 * version has moved. One audit row (subject population, subject_id the round, unit_id the unit). */
OUTCOME population_set(struct ask *ask, int64_t round_id, int64_t unit_id, const struct population *);
/* CSV `code,adults,source,as_of` (as_of as people type a day). All or nothing, problems by line. What is equal stays. */
struct population_counts { int64_t lines, written; };
OUTCOME population_import(struct ask *ask, int64_t round_id, struct bytes csv, struct population_counts *out);

#endif
