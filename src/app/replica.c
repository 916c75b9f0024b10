#include "app/replica.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "base/bug.h"
#include "base/log.h"
#include "registry/access/access_page.h"
#include "text/parse.h"

enum { ASK_MS = 200, AWAY_MS = 1000, KNOWN = 256, LAG_SIGNED_IN_MS = 2000, LAG_ANYONE_MS = 30000, COOKIE_SECONDS = 60 };
#define COOKIE "da-ghi"
#define NO_REPLICA_HAS INT64_MAX         /* the cookie after a write of which it is not known how far the store was */

/* What has been acknowledged before `ms` stands before `position`. */
struct known { int64_t ms, position; };

struct replica {
	struct app *app;
	const char *url;
	/* the thread's own; db NULL: to be opened */
	struct asked { struct db *db; int64_t away_until_ms; } primary, follower;
	pthread_t thread;
	pthread_mutex_t lock;                    /* around what follows */
	pthread_cond_t wake;
	bool stop;
	struct db_position at;                   /* of the follower; position 0: it is of no use */
	int64_t has_all_until_ms;
	struct known known[KNOWN];               /* thread's own: the last of the primary, a ring */
	size_t n_known;
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/* One that was away is left alone for a second: its log line need not come five times. */
static bool ask(struct asked *whom, const char *url, enum db_mode mode, struct db_position *out)
{
	enum outcome opened;

	*out = (struct db_position){ 0 };
	if (now_ms() < whom->away_until_ms)
		return false;
	if (!whom->db) {
		opened = db_open(url, mode, &whom->db);
		if (opened == OK)
			db_set_patience(whom->db, 1);
		else if (opened == NOT_FOUND)
			log_line(LOG_ERROR, "", "replica", "the database holds no store");
	}
	if (whom->db && db_position(whom->db, out) == OK)
		return true;
	whom->away_until_ms = now_ms() + AWAY_MS;
	return false;
}

/* The last moment of which all that was acknowledged stands before `position`. */
static int64_t moment_of(const struct replica *r, int64_t position)
{
	int64_t ms = 0;

	for (size_t i = 0; i < KNOWN && i < r->n_known; i++)
		if (r->known[i].position <= position && r->known[i].ms > ms)
			ms = r->known[i].ms;
	return ms;
}

static void look(struct replica *r)
{
	struct db_position primary, follower;
	int64_t asked = now_ms();
	bool found = ask(&r->primary, r->app->db_url, DB_READER, &primary);

	if (found)
		r->known[r->n_known++ % KNOWN] = (struct known){ asked, primary.at };
	if (!ask(&r->follower, r->url, DB_REPLICA, &follower)) {
		follower = (struct db_position){ 0 };
	} else if (found && follower.store != primary.store) {
		log_line(LOG_ERROR, "", "replica", "--db-read holds another store than --db: it is not read");
		follower = (struct db_position){ 0 };
	}
	pthread_mutex_lock(&r->lock);
	if (!follower.at != !r->at.at)
		log_line(LOG_WARN, "", "replica", follower.at ? "it is read from" : "it is not read from");
	r->at = follower;
	r->has_all_until_ms = follower.at ? moment_of(r, follower.at) : 0;
	pthread_mutex_unlock(&r->lock);
}

static bool rest(struct replica *r)
{
	struct timespec until;
	bool stop;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += ASK_MS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&r->lock);
	while (!r->stop && !pthread_cond_timedwait(&r->wake, &r->lock, &until))
		continue;
	stop = r->stop;
	pthread_mutex_unlock(&r->lock);
	return !stop;
}

static void *follow(void *replica)
{
	struct replica *r = replica;

	do
		look(r);
	while (rest(r));
	db_close(r->primary.db);
	db_close(r->follower.db);
	return NULL;
}

struct replica *replica_new(struct app *app, const char *url)
{
	struct replica *r = ARENA_NEW(app->arena, struct replica);
	pthread_condattr_t monotonic;
	sigset_t all, before;

	*r = (struct replica){ .app = app, .url = url };
	pthread_mutex_init(&r->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&r->wake, &monotonic);
	pthread_condattr_destroy(&monotonic);
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);       /* no signal ends up there */
	BUG_ON(pthread_create(&r->thread, NULL, follow, r));
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return r;
}

void replica_free(struct replica *r)
{
	if (!r)
		return;
	pthread_mutex_lock(&r->lock);
	r->stop = true;
	pthread_cond_signal(&r->wake);
	pthread_mutex_unlock(&r->lock);
	pthread_join(r->thread, NULL);
	pthread_cond_destroy(&r->wake);
	pthread_mutex_destroy(&r->lock);
}

const char *replica_url(const struct replica *r)
{
	return r->url;
}

/* 0: nothing within the last minute. What cannot be read is read where it was written. */
static int64_t written_at(const struct request *req)
{
	const char *cookie = request_cookie(req, COOKIE);
	int64_t at = 0;

	return *cookie && !text_to_int(cookie, 0, INT64_MAX, &at) ? NO_REPLICA_HAS : at;
}

bool replica_may(struct replica *r, const struct request *req, struct db *db)
{
	int64_t lag = *request_cookie(req, SESSION_COOKIE) ? LAG_SIGNED_IN_MS : LAG_ANYONE_MS, written = written_at(req);
	bool may;

	pthread_mutex_lock(&r->lock);
	may = r->at.at && r->at.at >= written && now_ms() - r->has_all_until_ms <= lag && (!db || db_server(db) == r->at.server);
	pthread_mutex_unlock(&r->lock);
	return may;
}

void replica_wrote(struct request *req, int64_t position)
{
	response_cookie(req, COOKIE, arena_format(req->ask.arena, "%lld", (long long)(position < 0 ? NO_REPLICA_HAS : position)),
		COOKIE_SECONDS);
}
