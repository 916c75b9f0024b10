/* No page asks the store more often because there are more people: each role walks from the first page along the links, one page of
 * each route, in a province of few people and in one of ten times as many, and the statements of each page are compared. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/test.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/criteria/criteria.h"

enum { FEW = 4, MANY = 40, MORE = 8, LINKS = 4000, CONNECTIONS = 64 };

/* Every connection the server opened, seen through its gate. */
struct watched {
	OUTCOME (*open)(void *, bool, struct db **);
	OUTCOME (*read_begin)(struct db *, int);
	struct db *at[CONNECTIONS];
	size_t n;
};
static struct watched watched;

static enum outcome watch_open(void *app, bool writer, struct db **out)
{
	enum outcome opened = watched.open(app, writer, out);

	if (opened == OK) {
		CHECK(watched.n < CONNECTIONS);
		watched.at[watched.n++] = *out;
	}
	return opened;
}

/* A read that took longer than it may is begun again on a worker and asks all twice: here each may take its time. */
static enum outcome begin_patiently(struct db *db, int budget_ms)
{
	(void)budget_ms;
	return watched.read_begin(db, 0);
}

static int64_t statements(void)
{
	int64_t n = 0;

	for (size_t i = 0; i < watched.n; i++)
		n += db_counts(watched.at[i]).statements;
	return n;
}

/* ---- a province of n people in each state of the year ---- */

static void fill(struct world *w, int n)
{
	world_round(w);
	w->ask.actor = &access_system;
	w->ask.hooks = w->app.hooks;
	CHECK_OUTCOME(OK, setting_set(&w->ask, "province", "80"));
	for (int i = 0; i < n; i++) {
		int64_t id = year_submitted(w, arena_format(w->arena, "Nguyễn Văn %c%c", 'A' + i / 26, 'a' + i % 26), w->hamlet,
			YEAR_PASS);

		if (i % 2)
			year_reviewed(w, id);
		year_person(w, arena_format(w->arena, "Trần Thị %c%c", 'A' + i / 26, 'a' + i % 26), w->hamlet);
		year_submitted(w, arena_format(w->arena, "Lê Văn %c%c", 'A' + i / 26, 'a' + i % 26), w->other_hamlet, YEAR_SHORT);
	}
	year_proposed(w, NULL);
	for (int i = 0; i < n; i++)
		year_reviewed(w, year_submitted(w, arena_format(w->arena, "Phạm Thị %c%c", 'A' + i / 26, 'a' + i % 26),
		w->hamlet, YEAR_PASS));
}

/* ---- the walk ---- */

struct seen { const struct route *route; int64_t statements; const char *target; };
struct walk { struct world *w; const char *todo[LINKS]; size_t n, next; struct seen at[512]; size_t n_seen; };

static struct seen *seen_of(struct walk *k, const struct route *route)
{
	for (size_t i = 0; i < k->n_seen; i++)
		if (k->at[i].route == route)
			return &k->at[i];
	return NULL;
}

static void add_links(struct walk *k, const char *page)
{
	for (const char *at = page; (at = strstr(at, "href=\"/")) && k->n < LINKS;) {
		size_t len = strcspn(at += strlen("href=\""), "\"#");
		char *link = arena_alloc(k->w->arena, len + 1), *to = link;

		for (size_t i = 0; i < len; i++) {
			*to++ = at[i];
			if (!strncmp(at + i, "&amp;", 5))
				i += 4;
		}
		k->todo[k->n++] = link;
		at += len;
	}
}

/* A page is kept no longer than it is looked at; cookies of who is not signed in live on in the world's own arena. */
static void visit(struct walk *k, enum role role, const char *target)
{
	struct arena *own = k->w->arena, *page = role < ROLES ? arena_new(128 * MiB) : own;
	const struct route *route = server_route(k->w->server, METHOD_GET, own, arena_textn(own, target, strcspn(target, "?")));
	struct reply reply;
	int64_t before;

	/* from a person's page to their newest sheet: of whichever state, so no page to be compared with another's */
	if (route && !seen_of(k, route) && strcmp(route->path, "/phieu/{person}") != 0) {
		k->w->arena = page;
		world_get(k->w, role, target, &reply);       /* what is parsed once a process is out of the way */
		before = statements();
		world_get(k->w, role, target, &reply);
		k->w->arena = own;
		if (reply.status == HTTP_SEE_OTHER && *reply.location && k->n < LINKS)
			k->todo[k->n++] = arena_text(own, reply.location);
		CHECK(k->n_seen < COUNT(k->at));
		k->at[k->n_seen++] = (struct seen){ route, statements() - before, arena_text(own, target) };
		if (reply.status == HTTP_OK && strstr(reply.type, "html"))
			add_links(k, arena_textn(page, reply.body.ptr, reply.body.len));
		k->w->token = "";
	}
	if (page != own)
		arena_free(page);
}

static struct walk *walk(struct world *w, enum role role)
{
	struct walk *k = ARENA_NEW(w->arena, struct walk);

	k->w = w;
	k->todo[k->n++] = "/";
	k->todo[k->n++] = "/toi";
	while (k->next < k->n)
		visit(k, role, k->todo[k->next++]);
	return k;
}

static struct world *open_world(int n)
{
	struct world *w = calloc(1, sizeof *w);

	watched = (struct watched){ 0 };
	world_serve(w);
	watched.open = w->gate.open;
	w->gate.open = watch_open;
	watched.read_begin = w->gate.read_begin;
	w->gate.read_begin = begin_patiently;
	w->ask.criteria = criteria_cache_new();      /* each of so many sheets would parse them anew */
	fill(w, n);
	return w;
}

static void compare(const struct walk *few, struct walk *many)
{
	for (size_t i = 0; i < few->n_seen; i++) {
		const struct seen *s = &few->at[i], *m = NULL;

		for (size_t j = 0; j < many->n_seen && !m; j++)
			if (!strcmp(many->at[j].route->path, s->route->path))
				m = &many->at[j];
		if (m && m->statements > s->statements + MORE)
			fprintf(stderr, "%s: %lld statements, and %lld with more people (%s)\n", s->route->path,
			(long long)s->statements,
				(long long)m->statements, m->target);
		CHECK(!m || m->statements <= s->statements + MORE);
	}
}

TEST(growth, no_page_asks_more_often_for_more_people)
{
	static const enum role roles[] = { ROLE_BRANCH, ROLE_COMMUNE, ROLE_AUTHORITY, ROLE_PROVINCE, ROLE_AUDITOR, ROLES };
	struct world *w[2];
	struct walk *walks[2][COUNT(roles)];

	for (int size = 0; size < 2; size++) {
		w[size] = open_world(size ? MANY : FEW);
		for (size_t i = 0; i < COUNT(roles); i++)
			walks[size][i] = walk(w[size], roles[i]);
	}
	for (size_t i = 0; i < COUNT(roles); i++) {
		CHECK(walks[0][i]->n_seen > 5);
		compare(walks[0][i], walks[1][i]);
	}
	for (int size = 0; size < 2; size++) {
		criteria_cache_free(w[size]->ask.criteria);
		world_close(w[size]);
		free(w[size]);
	}
}
