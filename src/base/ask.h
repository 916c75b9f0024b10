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
struct standing_batch;  /* title/standing/standing.h */
struct ask;

/* What a lower feature tells the ones above it, inside its own transaction: app/ fills it, so that arrows go down only. */
struct hooks {
	/* A person was added or changed (leaf, group, birth, membership, condition): their standing follows. */
	OUTCOME (*person_changed)(struct ask *, int64_t person_id);
	/* A hamlet or organisation came to another commune or province: its people follow, in a job. */
	OUTCOME (*leaf_moved)(struct ask *, int64_t unit_id);
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
	const struct keyring *keys;
	const struct files *files;       /* the evidence store; NULL where none is needed (tests of rules) */
	struct packs *packs;             /* packed columns of this process; NULL: made for one answer */
	struct sandbox *sandbox;         /* prepare steps only */
	const struct hooks *hooks;       /* NULL: nobody listens */
	struct criteria_cache *criteria; /* parsed frameworks of this process; NULL: parsed again at each call */
	struct standing_batch *standing; /* what many people add to the counters, written at their end; NULL: alone */
	const char *request_id;          /* "" outside a request */
};

#endif
