#include "db/checkpoint.h"

#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "base/bug.h"
#include "base/log.h"
#include "db/engine.h"

enum { PAUSE_MS = 100, DRAIN_PAUSE_MS = 5, BUSY_US = 500, PASSES = 4, WRITER_MS = 200 };

static const struct db_checkpoint_bounds usual = { 512, 4096, 65536, 20, 1000, 2000 };

struct db_checkpoints {
	struct db *db;
	struct db_checkpoint_bounds bounds;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake, turned;     /* the thread has work; writers or readers may go on */
	bool stopped, resetting;
	int writing;                     /* joined writers inside a transaction */
	atomic_bool closed;              /* the door for new reads */
	_Atomic int64_t pages, most, resets, refused, drains, cut_before, waited_us, longest_us;
	_Atomic int64_t seen;            /* pages when last looked at */
	int64_t limit;                   /* pages; when reads have to wait next */
	int64_t until;                   /* of a reset under way */
};

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t now_ms(void) { return now_us() / 1000; }

/* The lock is held. False: until_ms has come. */
static bool wait_until(struct db_checkpoints *c, pthread_cond_t *what, int64_t until_ms)
{
	struct timespec until = { .tv_sec = until_ms / 1000, .tv_nsec = until_ms % 1000 * 1000000 };

	return pthread_cond_timedwait(what, &c->lock, &until) != ETIMEDOUT;
}

static void pause_ms(long ms)
{
	nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000 }, NULL);
}

/* ---- what connections that have joined say ---- */

void checkpoints_write_begins(struct db_checkpoints *c)
{
	int64_t from, waited;

	pthread_mutex_lock(&c->lock);
	if (c->resetting) {
		from = now_us();
		while (c->resetting)
			pthread_cond_wait(&c->turned, &c->lock);
		waited = now_us() - from;
		atomic_fetch_add(&c->waited_us, waited);
		if (waited > atomic_load(&c->longest_us))
			atomic_store(&c->longest_us, waited);
	}
	c->writing++;
	pthread_mutex_unlock(&c->lock);
}

void checkpoints_write_ended(struct db_checkpoints *c)
{
	pthread_mutex_lock(&c->lock);
	c->writing--;
	pthread_cond_broadcast(&c->turned);
	pthread_mutex_unlock(&c->lock);
}

bool checkpoints_read_begins(struct db_checkpoints *c, bool may_wait)
{
	int64_t until = now_ms() + c->bounds.drain_ms;

	if (!atomic_load(&c->closed))
		return true;
	if (!may_wait)
		return false;
	pthread_mutex_lock(&c->lock);
	while (atomic_load(&c->closed) && wait_until(c, &c->turned, until))
		continue;
	pthread_mutex_unlock(&c->lock);
	return true;
}

static bool is_due(const struct db_checkpoints *c)
{
	int64_t pages = atomic_load(&c->pages), seen = atomic_load(&c->seen);

	return (pages < seen ? pages : pages - seen) >= c->bounds.step;
}

static int on_commit(void *arg, sqlite3 *h, const char *name, int pages)
{
	struct db_checkpoints *c = arg;

	(void)h;
	(void)name;
	pthread_mutex_lock(&c->lock);
	atomic_store(&c->pages, pages);
	if (pages > atomic_load(&c->most))
		atomic_store(&c->most, pages);
	if (is_due(c))
		pthread_cond_signal(&c->wake);
	pthread_mutex_unlock(&c->lock);
	return SQLITE_OK;
}

void db_checkpoints_join(struct db_checkpoints *c, struct db *db)
{
	if (!c)
		return;
	BUG_ON(db->depth || db->checkpoints || db->engine != &db_sqlite);
	db->checkpoints = c;
	if (db->mode != DB_READER)
		sqlite3_wal_hook(db->handle, on_commit, c);      /* in place of SQLite's own, which brings home on commit */
}

int64_t db_checkpoints_cut_before(const struct db_checkpoints *c)
{
	return c ? atomic_load(&((struct db_checkpoints *)(uintptr_t)c)->cut_before) : 0;
}

void db_log_counts(const struct db_checkpoints *checkpoints, struct db_log_counts *out)
{
	struct db_checkpoints *c = (struct db_checkpoints *)(uintptr_t)checkpoints;

	*out = (struct db_log_counts){ .pages = atomic_load(&c->pages), .most = atomic_load(&c->most),
		.resets = atomic_load(&c->resets), .refused = atomic_load(&c->refused), .drains = atomic_load(&c->drains),
		.waited_us = atomic_load(&c->waited_us), .longest_us = atomic_load(&c->longest_us) };
}

/* ---- the thread ---- */

static int on_busy(void *arg, int n)
{
	const struct db_checkpoints *c = arg;

	(void)n;
	if (now_ms() >= c->until)
		return 0;
	nanosleep(&(struct timespec){ .tv_nsec = BUSY_US * 1000 }, NULL);
	return 1;
}

/* Pages in the log and of those at home; false: not all that was asked for. */
static bool bring(struct db_checkpoints *c, int mode, int *log, int *home)
{
	int code = sqlite3_wal_checkpoint_v2(c->db->handle, NULL, mode, log, home);

	if (code != SQLITE_OK && code != SQLITE_BUSY && code != SQLITE_LOCKED)
		log_line(LOG_ERROR, "", "checkpoint", "%s", sqlite3_errmsg(c->db->handle));
	return code == SQLITE_OK;
}

/* With no writer inside: until the one that is there has ended nobody else could write anyway. New reads begin outside the log
 * once all of it is home; those that stand in it are waited for. */
static bool reset(struct db_checkpoints *c)
{
	bool ours, done = false;
	int log, home;

	pthread_mutex_lock(&c->lock);
	c->resetting = true;
	c->until = now_ms() + WRITER_MS;
	while (c->writing && wait_until(c, &c->turned, c->until))
		continue;
	ours = !c->writing;
	pthread_mutex_unlock(&c->lock);
	if (ours) {
		c->until = now_ms() + c->bounds.patience_ms;
		done = bring(c, SQLITE_CHECKPOINT_RESTART, &log, &home);
	}
	pthread_mutex_lock(&c->lock);
	c->resetting = false;
	if (done) {
		atomic_store(&c->pages, 0);
		atomic_store(&c->seen, 0);
	}
	pthread_cond_broadcast(&c->turned);
	pthread_mutex_unlock(&c->lock);
	atomic_fetch_add(done ? &c->resets : &c->refused, 1);
	return done;
}

/* False: the log is past its bound, and stays so for now. */
static bool come_home(struct db_checkpoints *c)
{
	int log = 0, home = 0;

	/* What was written meanwhile is less each time. */
	for (int i = 0; !i || (i < PASSES && log >= c->bounds.bound && log - home > c->bounds.step); i++) {
		atomic_store(&c->seen, atomic_load(&c->pages));
		if (!bring(c, SQLITE_CHECKPOINT_PASSIVE, &log, &home))
			return true;
	}
	if (log < c->bounds.bound)
		return true;
	if (log - home <= c->bounds.step && reset(c))
		return true;
	atomic_store(&c->seen, log);
	return false;
}

static void open_door(struct db_checkpoints *c)
{
	pthread_mutex_lock(&c->lock);
	atomic_store(&c->closed, false);
	atomic_store(&c->cut_before, 0);
	pthread_cond_broadcast(&c->turned);
	pthread_mutex_unlock(&c->lock);
}

static void drain(struct db_checkpoints *c)
{
	int64_t pages = atomic_load(&c->pages), began = now_ms(), now = began;
	bool done;

	atomic_store(&c->closed, true);
	do {
		atomic_store(&c->cut_before, now - c->bounds.grace_ms);
		done = come_home(c);
		if (!done)
			pause_ms(DRAIN_PAUSE_MS);
		now = now_ms();
	} while (!done && now - began < c->bounds.drain_ms);
	atomic_fetch_add(&c->drains, 1);
	open_door(c);
	c->limit = done ? c->bounds.limit : 2 * pages;
	log_line(LOG_WARN, "", "checkpoint", "a log of %lld pages %s; reads waited %lld ms", (long long)pages,
		done ? "was brought home" : "is held by a read", (long long)(now - began));
}

static void *keep(void *arg)
{
	struct db_checkpoints *c = arg;
	bool stuck = false;

	pthread_mutex_lock(&c->lock);
	for (;;) {
		int64_t rest = now_ms() + PAUSE_MS;

		while (stuck && !c->stopped && wait_until(c, &c->wake, rest))
			continue;
		while (!stuck && !c->stopped && !is_due(c))
			pthread_cond_wait(&c->wake, &c->lock);
		if (c->stopped)
			break;
		pthread_mutex_unlock(&c->lock);
		stuck = !come_home(c);
		if (stuck && atomic_load(&c->pages) >= c->limit)
			drain(c);
		pthread_mutex_lock(&c->lock);
	}
	pthread_mutex_unlock(&c->lock);
	return NULL;
}

OUTCOME db_checkpoints_start(const char *url, const struct db_checkpoint_bounds *bounds, struct db_checkpoints **out)
{
	struct db_checkpoints *c;
	pthread_condattr_t monotonic;
	struct db *db;

	*out = NULL;
	if (db_url_is_remote(url))
		return OK;
	TRY(db_open(url, DB_WRITER, &db));
	c = calloc(1, sizeof *c);
	BUG_ON(!c);
	c->db = db;
	c->bounds = bounds ? *bounds : usual;
	c->limit = c->bounds.limit;
	sqlite3_busy_handler(db->handle, on_busy, c);
	pthread_mutex_init(&c->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&c->wake, &monotonic);
	pthread_cond_init(&c->turned, &monotonic);
	pthread_condattr_destroy(&monotonic);
	BUG_ON(pthread_create(&c->thread, NULL, keep, c));
	*out = c;
	return OK;
}

void db_checkpoints_stop(struct db_checkpoints *c)
{
	if (!c)
		return;
	pthread_mutex_lock(&c->lock);
	c->stopped = true;
	pthread_cond_signal(&c->wake);
	pthread_mutex_unlock(&c->lock);
	pthread_join(c->thread, NULL);
	pthread_cond_destroy(&c->wake);
	pthread_cond_destroy(&c->turned);
	pthread_mutex_destroy(&c->lock);
	db_close(c->db);
	free(c);
}
