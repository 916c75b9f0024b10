/* ask.h: the one bundle every operation takes first: who asks, on which connection, where its memory lives,
 * which problems it collects, and what time it is. Not a global: a test builds one in three lines. */
#ifndef BASE_ASK_H
#define BASE_ASK_H

#include <stdint.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/bytes.h"
#include "base/outcome.h"
#include "base/problems.h"

struct db;          /* db/db.h */
struct actor;       /* registry/access/access.h */
struct keyring;     /* crypto/keyring.h */
struct files;       /* files/files.h */
struct packs;       /* files/packs.h */
struct sandbox;     /* sandbox/client.h */
struct criteria_cache;  /* title/criteria/criteria.h */
struct crowd_cache;     /* figures/reports/crowds.h */
struct target_cache;     /* figures/targets/targets.h */
struct standing_batch;  /* title/standing/standing.h */
struct ask;

/* What a lower feature tells the ones above it, inside its own transaction: app/ fills it, so that arrows go down only. */
struct hooks {
	/* A person was added or changed (leaf, group, birth, membership, condition): their standing follows. */
	OUTCOME (*person_changed)(struct ask *, int64_t person_id);
	/* A hamlet or organisation came to another commune or province: its people follow, in a job. */
	OUTCOME (*leaf_moved)(struct ask *, int64_t unit_id);
	/* The same of many at once, from a day on (ISO): a list of successors. Also of those that wait to be placed. */
	OUTCOME (*leaves_moved)(struct ask *, const char *day);
	/* A unit is to be closed: what must not be left behind in it is a problem of "". */
	OUTCOME (*unit_closing)(struct ask *, int64_t unit_id);
	/* A commune ended and went whole into another: what is under way in its name (lists, proposals) goes on in the
	 * other's. */
	OUTCOME (*unit_succeeded)(struct ask *, int64_t from_id, int64_t to_id);
	/* The official number of adults of a unit in a round, and its day (ISO), which a paper below the figures states. *adults < 0:
	 * none was entered. */
	OUTCOME (*adults_of)(struct ask *, int64_t round_id, int64_t unit_id, int64_t *adults, const char **as_of);
};

struct ask {
	struct db *db;
	const struct actor *actor;       /* NULL: nobody is signed in */
	struct arena *arena;             /* the request's; results live here */
	struct problems *problems;
	int64_t now;                     /* UTC seconds */
	int64_t home;                    /* the register in which ids are born; 0: the store's setting is read each time */
	const struct keyring *keys;
	const struct files *files;       /* the evidence store; NULL where none is needed (tests of rules) */
	struct packs *packs;             /* packed columns of this process; NULL: made for one answer */
	struct sandbox *sandbox;         /* prepare steps only */
	const struct hooks *hooks;       /* NULL: nobody listens */
	struct criteria_cache *criteria; /* parsed frameworks of this process; NULL: parsed again at each call */
	struct crowd_cache *crowds;      /* figures of communes this process has read; NULL: read again at each call */
	struct target_cache *targets;    /* parsed sets of targets of this process; NULL: parsed again at each call */
	struct standing_batch *standing; /* what many people add to the counters, written at their end; NULL: alone */
	const char *request_id;          /* "" outside a request */
};

#endif
