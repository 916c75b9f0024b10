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
struct spool;       /* effects after the answer (seen, last used): http/request.h */

struct ask {
	struct db *db;
	const struct actor *actor;       /* NULL: nobody is signed in */
	struct arena *arena;             /* the request's; results live here */
	struct problems *problems;
	int64_t now;                     /* UTC seconds */
	const struct keyring *keys;
	const char *request_id;          /* "" outside a request */
};

#endif
