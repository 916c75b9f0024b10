/* criteria.h: versioned frameworks as data (share/criteria/): competences, indicators, groups, wording and level
 * descriptions per group, accepted evidence, pass rule. A published one never changes; a sheet keeps the one it was scored
 * under. */
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
	size_t competence;               /* index; competences stand in the order of their indicators */
	const char *const *evidence;
	size_t n_evidence;
};
struct criteria_competence { const char *code, *title, *words; };         /* words may be "" */
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
	const char *pass_text;                                   /* the pass rule in words */
	const char *const *basis;                                /* what it rests on (legal_basis) */
	size_t n_basis;
	const char *const *notes;                                /* what is known, what is assumed (status_notes) */
	size_t n_notes;
	const char *groups_note;                                 /* how a group is chosen; "" */
};
struct criteria_line { int64_t id, published_at, version; const char *code, *release, *title; };
struct criteria_list { size_t n; const struct criteria_line *at; };       /* newest first, at most 200; published_at 0: a draft */

/* Parsed documents of this process (ask->criteria): published ones, which never change. Safe from any thread. */
struct criteria_cache *criteria_cache_new(void);
void criteria_cache_free(struct criteria_cache *);               /* NULL is fine; what criteria_get gave is gone with it */

/* The result lives as long as the ask's arena, or as ask->criteria. Without a cache, and for drafts, it is parsed again. */
OUTCOME criteria_get(struct ask *ask, int64_t id, const struct criteria **out);
OUTCOME criteria_list(struct ask *ask, struct criteria_list *out);
/* Permission CRITERIA_EDIT. The file (at most CRITERIA_BYTES) is kept whole, NFC and without the white space between its
 * values. All problems are said at once, of field "file", each beginning with its place in the file. The same file again is
 * OK and changes nothing; another text under a published code and release is INVALID; a draft is replaced. *id is made from
 * code and release, the same everywhere. Rules beyond the shape: codes are told once; every group has every indicator in its
 * own words; levels rise from 0 to the indicator's most and are those of level_points; the pass rule can be reached. */
enum { CRITERIA_BYTES = 2 * 1024 * 1024, CRITERIA_GROUPS = 20, CRITERIA_LEVELS = 21 };
OUTCOME criteria_import(struct ask *ask, struct bytes json, int64_t *id);
OUTCOME criteria_publish(struct ask *ask, int64_t id, int64_t version);
/* The newest published one. NOT_FOUND: none yet. */
OUTCOME criteria_current(struct ask *ask, struct criteria_line *out);

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
