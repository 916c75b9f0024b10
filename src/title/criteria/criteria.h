/* criteria.h: versioned frameworks as data (share/criteria/*.json): competences, indicators, groups, wording and level
 * descriptions per group, accepted evidence, pass rule. A published one never changes; a sheet keeps the one it was scored under. */
#ifndef TITLE_CRITERIA_H
#define TITLE_CRITERIA_H

#include "base/ask.h"
#include "title/criteria/scores.h"

struct criteria_level { int points; const char *words; };
struct criteria_variant {            /* an indicator in a group's own words */
	const char *question;
	const struct criteria_level *levels;     /* points rising */
	size_t n_levels;
	const char *const *examples;
	size_t n_examples;
};
struct criteria_indicator {
	const char *code, *title, *short_title;
	int number;                      /* 1 … n */
	int max;
	size_t competence;               /* index */
	const char *const *evidence;
	size_t n_evidence;
};
struct criteria_competence { const char *code, *title, *words; };
struct criteria_group { const char *code, *title, *who, *official_244; bool in_plan; };

struct criteria {
	int64_t id, version, published_at;
	const char *code, *release, *title, *status;
	int total_min, each_min, total_max, step;
	const struct criteria_competence *competences;
	const struct criteria_indicator *indicators;
	const struct criteria_group *groups;
	size_t n_competences, n_indicators, n_groups;
	const struct criteria_variant *variants;         /* [group * n_indicators + indicator] */
	int digital_indicator, digital_min, proficient_min;      /* 1-based; 0: the framework does not say */
	const char *const *guide;
	size_t n_guide;
};
struct criteria_line { int64_t id, published_at, version; const char *code, *release, *title; };
struct criteria_list { size_t n; const struct criteria_line *at; };

/* Parsed documents are cached per process behind this call (immutable once published); the result lives in the ask's arena or longer. */
OUTCOME criteria_get(struct ask *ask, int64_t id, const struct criteria **out);
OUTCOME criteria_list(struct ask *ask, struct criteria_list *out);
/* All problems by their place in the file. The same file again is OK and changes nothing; another text under a published code and
 * release is INVALID. *id is made from code and release, the same everywhere. */
OUTCOME criteria_import(struct ask *ask, struct bytes json, int64_t *id);
OUTCOME criteria_publish(struct ask *ask, int64_t id, int64_t version);

int criteria_group_index(const struct criteria *, const char *code);             /* -1: no such group */
const struct criteria_variant *criteria_variant(const struct criteria *, int group, int indicator_number);

/* The pass rule (data, not code): total and each, with what is missing. */
struct verdict_of_scores {
	bool complete, passes;
	int total, missing;              /* scores not given */
	int short_by;                    /* points to the total; 0 when reached */
	int low[SCORES_MAX], n_low;      /* indicators (1-based) under the floor */
};
struct verdict_of_scores criteria_judge(const struct criteria *, const struct scores *);
bool criteria_has_digital(const struct criteria *, const struct scores *);
bool criteria_is_proficient(const struct criteria *, const struct scores *);

#endif
