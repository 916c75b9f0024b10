/* The log's length is counted in pages, never timed. */
#include "tests/test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "db/checkpoint.h"
#include "db/statement.h"
#include "tests/store.h"

enum { READERS = 4, COMMITS = 3000 };

static const struct db_statement count = { .name = "count", .file = "test", .sql = "SELECT count(*) FROM t", .parameters = "",
	.columns = "i" };
static const struct db_statement slow = { .name = "slow", .file = "test", .parameters = "", .columns = "i",
	.sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500000000) SELECT max(i) FROM n" };

struct log { char path[40], url[64]; struct db_checkpoints *checkpoints; struct db *writer; atomic_bool over; };

static void pause_ms(long ms)
{
	nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000 }, NULL);
}

static void log_open(struct log *l, const struct db_checkpoint_bounds *bounds)
{
	int fd;

	*l = (struct log){ .path = "/tmp/hoctap-log-XXXXXX" };
	fd = mkstemp(l->path);
	CHECK(fd >= 0);
	close(fd);
	snprintf(l->url, sizeof l->url, "sqlite:%s", l->path);
	CHECK_OUTCOME(OK, db_open(l->url, DB_CREATE, &l->writer));
	CHECK_OUTCOME(OK, db_script(l->writer, "CREATE TABLE t (id INTEGER PRIMARY KEY, what BLOB) STRICT;"
		"PRAGMA synchronous = off;", "test"));
	CHECK_OUTCOME(OK, db_checkpoints_start(l->url, bounds, &l->checkpoints));
	db_checkpoints_join(l->checkpoints, l->writer);
}

static struct db *log_reader(struct log *l)
{
	struct db *db;

	CHECK_OUTCOME(OK, db_open(l->url, DB_READER, &db));
	db_checkpoints_join(l->checkpoints, db);
	return db;
}

static void log_close(struct log *l)
{
	char side[64];

	db_close(l->writer);
	db_checkpoints_stop(l->checkpoints);
	unlink(l->path);
	snprintf(side, sizeof side, "%s-wal", l->path);
	unlink(side);
	snprintf(side, sizeof side, "%s-shm", l->path);
	unlink(side);
}

/* About five pages. */
static void commit_some(struct log *l)
{
	CHECK_OUTCOME(OK, db_batch_begin(l->writer));
	CHECK_OUTCOME(OK, db_script(l->writer, "INSERT OR REPLACE INTO t VALUES (abs(random()) % 400, randomblob(24000))",
		"test"));
	CHECK_OUTCOME(OK, db_batch_commit(l->writer));
}

static struct db_log_counts counts(const struct log *l)
{
	struct db_log_counts c;

	db_log_counts(l->checkpoints, &c);
	return c;
}

static OUTCOME run_one(struct db *db, const struct db_statement *s)
{
	struct db_cursor *c = db_run(db, s);

	(void)db_next(c);
	return db_end(c, NULL);
}

/* Always in a transaction, but for the moment between two. */
static void *read_on(void *what)
{
	struct log *l = what;
	struct db *db = log_reader(l);

	while (!atomic_load(&l->over)) {
		if (db_read_begin(db) == OK && run_one(db, &count) == OK)
			pause_ms(3);
		db_read_end(db);
	}
	db_close(db);
	return NULL;
}

TEST(checkpoint, the_log_stays_short_under_readers_that_never_pause)
{
	static const struct db_checkpoint_bounds bounds = { .step = 64, .bound = 400, .limit = 4000,
		.patience_ms = 20, .grace_ms = 100, .drain_ms = 1000 };
	pthread_t readers[READERS];
	struct db_log_counts c;
	struct log l;
	int patience = 20000;

	log_open(&l, &bounds);
	for (int i = 0; i < READERS; i++)
		pthread_create(&readers[i], NULL, read_on, &l);
	for (int i = 0; i < COMMITS; i++) {
		commit_some(&l);
		/* without this it were the disk's test, which may rest for a second: so many pages are there within one */
		for (; counts(&l).pages > bounds.limit / 2 && patience; patience--)
			pause_ms(1);
	}
	atomic_store(&l.over, true);
	for (int i = 0; i < READERS; i++)
		pthread_join(readers[i], NULL);
	c = counts(&l);
	if (c.most >= 2 * bounds.limit)
		fail_msg("%lld pages at most, %lld resets, %lld refused, %lld drains", (long long)c.most, (long long)c.resets,
			(long long)c.refused, (long long)c.drains);
	CHECK(c.resets > 0);
	log_close(&l);
}

/* Past the limit: who reads for long is cut; the log begins again. */
TEST(checkpoint, a_read_that_holds_the_log_is_cut)
{
	static const struct db_checkpoint_bounds bounds = { .step = 32, .bound = 64, .limit = 200,
		.patience_ms = 20, .grace_ms = 50, .drain_ms = 20000 };
	pthread_t writer;
	struct db *reader;
	struct log l;

	log_open(&l, &bounds);
	reader = log_reader(&l);
	CHECK_OUTCOME(OK, db_read_begin(reader));
	CHECK_OUTCOME(OK, run_one(reader, &count));
	while (counts(&l).pages < bounds.limit)
		commit_some(&l);
	CHECK_INT(0, counts(&l).resets);
	pthread_create(&writer, NULL, read_on, &l);      /* another that comes and goes is in nobody's way */
	CHECK_OUTCOME(FAILED, run_one(reader, &slow));
	CHECK(db_is_late(reader));
	db_read_end(reader);
	for (int i = 0; i < 2000 && !counts(&l).resets; i++)
		pause_ms(5);
	CHECK(counts(&l).resets > 0);
	CHECK_INT(1, counts(&l).drains);
	CHECK_INT(0, db_checkpoints_cut_before(l.checkpoints));
	atomic_store(&l.over, true);
	pthread_join(writer, NULL);
	CHECK_OUTCOME(OK, db_read_begin(reader));        /* and is as good as before */
	CHECK_OUTCOME(OK, run_one(reader, &count));
	db_read_end(reader);
	CHECK(!db_is_late(reader));
	db_close(reader);
	log_close(&l);
}

/* Held by one who is not in a statement: those who come wait, but not where nothing may wait, and writers never. */
TEST(checkpoint, new_reads_wait_while_the_log_is_drained)
{
	static const struct db_checkpoint_bounds bounds = { .step = 32, .bound = 64, .limit = 200,
		.patience_ms = 20, .grace_ms = 0, .drain_ms = 2000 };
	struct db *holds, *comes;
	struct log l;

	log_open(&l, &bounds);
	holds = log_reader(&l);
	comes = log_reader(&l);
	CHECK_OUTCOME(OK, db_read_begin(holds));
	CHECK_OUTCOME(OK, run_one(holds, &count));
	while (counts(&l).pages < bounds.limit)
		commit_some(&l);
	for (int i = 0; i < 2000 && !db_checkpoints_cut_before(l.checkpoints); i++)
		pause_ms(1);
	CHECK(db_checkpoints_cut_before(l.checkpoints) > 0);
	db_set_budget(comes, 1000);
	CHECK_OUTCOME(FAILED, db_read_begin(comes));
	CHECK(db_is_late(comes));
	commit_some(&l);
	CHECK_INT(0, counts(&l).drains);
	db_set_budget(comes, 0);
	CHECK_OUTCOME(OK, db_read_begin(comes));         /* after its wait */
	for (int i = 0; i < 2000 && !counts(&l).drains; i++)
		pause_ms(1);
	CHECK_INT(1, counts(&l).drains);
	CHECK_INT(0, counts(&l).resets);
	db_read_end(comes);
	db_read_end(holds);
	commit_some(&l);
	for (int i = 0; i < 2000 && !counts(&l).resets; i++) {
		commit_some(&l);
		pause_ms(5);
	}
	CHECK(counts(&l).resets > 0);
	db_close(comes);
	db_close(holds);
	log_close(&l);
}
