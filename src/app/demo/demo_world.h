/* demo_world.h: what the parts of the demo share: the calendar of its rounds, its communes and leaves, its people. */
#ifndef APP_DEMO_WORLD_H
#define APP_DEMO_WORLD_H

#include "app/demo/demo_random.h"
#include "app/demo/demo_seen.h"
#include "app/demo/demo_tally.h"
#include "base/day.h"
#include "registry/tree/tree.h"
#include "title/criteria/criteria.h"

enum { DEMO_ROUNDS = 4, DEMO_INDICATORS = 10, DEMO_LEAF_MAX = 64, DEMO_GROUPS_MAX = 64, DEMO_DAYS = (DEMO_ROUNDS + 1) * 366 };

/* A day of the demo: its number from the 1 January of the first round on, and its ISO text. */
struct demo_date { int at; const char *text; };

/* How far a commune is with the open round; past rounds are all DECIDED. */
enum demo_stage { STAGE_LATE, STAGE_USUAL, STAGE_LISTED, STAGE_POSTED, STAGE_PROPOSED, STAGE_DECIDED };

struct demo_round {
	int64_t id;                              /* its year */
	bool open;
	struct demo_date opened, meeting, posted, proposed, decided, lapsed;
};

struct demo {
	struct ask *ask;
	uint64_t seed;
	const char *province, *chain;            /* codes: of the province, of the commune where the accounts work */
	int64_t people, province_id;
	struct demo_date today;
	struct demo_round rounds[DEMO_ROUNDS];
	struct day calendar[DEMO_DAYS];
	int64_t begins;                          /* second at which its first day does */
	const struct criteria *criteria;
	int group_rank[DEMO_GROUPS_MAX], group_at[DEMO_GROUPS_MAX];      /* place in the criteria → among the codes in order,
		and back */
	struct demo_seen *seen;                  /* identity numbers and codes of sheets */
	int64_t made;                            /* people so far */
	int serial;                              /* of identity numbers */
};

struct demo_leaf { int64_t id; const char *name, *kind; bool is_organisation; };

struct demo_commune {
	int64_t id, province_id;
	int64_t decision[DEMO_ROUNDS], proposal[DEMO_ROUNDS], meeting[DEMO_ROUNDS], next_book[DEMO_ROUNDS];
	const char *name, *code;                 /* "Xã Đức Hoà" */
	const char *bare, *in_words;             /* "Đức Hoà", "xã Đức Hoà" */
	enum demo_stage stage;                   /* of the open round */
	struct demo_leaf leaves[DEMO_LEAF_MAX];
	int n_leaves;
	int64_t counted[DEMO_ROUNDS][SHEET_STATE_N], adults[DEMO_ROUNDS];
	bool is_chain;                           /* where the accounts of the demo work */
	struct demo_tally *tally;
	struct demo_seen *models;                /* learning titles written */
};

struct demo_person {
	int64_t id;
	const char *name, *folded, *birth, *household, *clan, *household_folded, *clan_folded;
	struct bytes name_key;
	enum sex sex;
	int group, year;                         /* year of birth */
	const struct demo_leaf *leaf;
	bool member;
	const char *trained_on;
	int ability, zeal;                       /* 0..999: how well they score, how likely they take part */
};

struct demo_date demo_date(const struct demo *, int at);
int64_t demo_noon(const struct demo *, struct demo_date, struct chance *);       /* a moment of that day's working hours */
static inline const char *demo_group_code(const struct demo *d, int rank) { return d->criteria->groups[d->group_at[rank]].code; }

/* Makes a commune's people with their past and open rounds; writes their rows and the leaf's and commune's counters. */
OUTCOME demo_make_people(struct demo *, struct demo_commune *, struct demo_leaf *, int64_t n);
OUTCOME demo_make_sheets(struct demo *, struct demo_commune *, const struct demo_person *, struct demo_tally *leaf);
/* Learning titles of the leaf (with its first person) and of the household and clan (with the first of the household). */
OUTCOME demo_add_models(struct demo *, const struct demo_commune *, const struct demo_person *, bool first_of_leaf);
unsigned demo_learning_flags(const struct demo *, const struct demo_commune *, const struct demo_person *, int round);
OUTCOME demo_add_certificate(struct demo *, struct demo_commune *, const struct demo_person *, int round, bool revoked);
/* Meetings, postings, proposals, decisions of the commune, before its people; their counts after. */
OUTCOME demo_begin_commune(struct demo *, struct demo_commune *);
OUTCOME demo_end_commune(struct demo *, struct demo_commune *);

#endif
