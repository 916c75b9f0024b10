/* world.h: a small installation for tests: Tây Ninh (register 29) with two communes of today and their hamlets, on a store of its
 * own in memory or in a file, officers of each role, and the server driven in process.
 *
 *	struct world w;
 *	world_open(&w);                          on an empty store (tests/store.h), an ask without an actor
 *	world_as(&w, ROLE_COMMUNE, w.commune);   the ask acts as an officer of that unit
 *	…
 *	world_close(&w);
 *
 *	world_serve(&w);                         a store that others can open too, the real gate and routes, no socket
 *	world_get(&w, ROLE_COMMUNE, "/don-vi", &reply);
 */
#ifndef TESTS_WORLD_H
#define TESTS_WORLD_H

#include "app/app.h"
#include "http/server.h"
#include "registry/access/access.h"
#include "registry/tree/tree.h"
#include "tests/store.h"

struct world {
	struct app app;
	struct gate gate;
	struct server *server;
	struct store store;
	struct db *db;                   /* the store's */
	struct arena *arena;
	struct ask ask;
	struct problems problems;
	struct actor actor;
	struct grant grant;
	char folder[64];
	int64_t province, commune, other_commune, hamlet, other_hamlet, school;
	int64_t criteria, round;         /* of world_round */
	int64_t account[ROLES];          /* one of each role along one chain (hamlet, commune, province) */
	const char *cookie[ROLES];       /* of a session of each, with world_serve */
	const char *token;               /* of the last page got */
	const char *jar[2];              /* cookies set for who is not signed in: before and of a session */
};

enum { WORLD_JAR = 2 };
#define WORLD_TODAY "2026-11-24"

void world_open(struct world *);
void world_serve(struct world *);
void world_close(struct world *);
void world_as(struct world *, enum role, int64_t unit_id);
void world_as_nobody(struct world *);
/* The shipped criteria, published, and the round of 2026 with all windows open on WORLD_TODAY. Its job waits (jobs_run_all). */
void world_round(struct world *);
/* The same under other criteria. */
void world_round_of(struct world *, struct bytes criteria);
/* Forgets problems of the last operation. */
void world_again(struct world *);
const char *world_problem(struct world *, const char *field);
#define CHECK_PROBLEM(w, field) CHECK(*world_problem((w), (field)) != '\0')

/* ROLES means nobody is signed in, until a page signs them in: their cookies are kept. Keeps the token of the page for world_post. */
void world_get(struct world *, enum role, const char *target, struct reply *out);
/* fields: "name=A%20B&unit=7" without the token, which is added (the last page's, got by the same role). */
void world_post(struct world *, enum role, const char *target, const char *fields, struct reply *out);
/* A file taken as a button does: the post must lead on (303), and *out is what the address it leads to answers. */
void world_take(struct world *, enum role, const char *target, const char *fields, struct reply *out);
const char *reply_text(struct world *, const struct reply *);

#endif
