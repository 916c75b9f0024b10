#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ask.h"
#include "base/id.h"
#include "db/ids.h"
#include "db/migrate.h"
#include "db/statement.h"
#include "db/transaction.h"
#include "tests/store.h"

static const struct db_statement put = { "put", "db_test.c", "INSERT INTO t (k, v) VALUES (?1, ?2)",
	"INSERT INTO t (k, v) VALUES ($1, $2)", "it", "", true };
static const struct db_statement count = { "count", "db_test.c", "SELECT count(*) FROM t", "SELECT count(*) FROM t", "", "i", false };
static const struct db_statement all = { "all", "db_test.c", "SELECT k, v FROM t ORDER BY k", "SELECT k, v FROM t ORDER BY k", "", "iT", false };
static const struct db_statement stream = { "stream", "db_test.c", "SELECT k, v FROM t ORDER BY k", "SELECT k, v FROM t ORDER BY k", "", "iT", false,
	true };
static const struct db_statement touch = { "touch", "db_test.c", "UPDATE t SET v = 'khác' WHERE k >= ?1", "UPDATE t SET v = 'khác' WHERE k >= $1",
	"i", "", true };
#define COUNT_FOR_LONG "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 100000000) SELECT count(*) FROM n"
static const struct db_statement slow = { "slow", "db_test.c", COUNT_FOR_LONG, COUNT_FOR_LONG, "", "i", false };

static struct db *open_t(struct store *store, const char *url)
{
	store_open_bare(store, url);
	CHECK_OUTCOME(OK, db_script(store->db, "CREATE TABLE t (k BIGINT PRIMARY KEY, v TEXT)", "fixture"));
	return store->db;
}

static enum outcome insert(struct db *db, int64_t k, const char *v)
{
	struct db_cursor *c = db_run(db, &put);

	db_bind_int(c, k);
	db_bind_text_or_null(c, v);
	while (db_next(c))
		;
	return db_end(c, NULL);
}

static int64_t rows(struct db *db)
{
	struct db_cursor *c = db_run(db, &count);
	int64_t n;

	CHECK(db_next(c));
	n = db_int(c, 0);
	CHECK_OUTCOME(OK, db_end(c, NULL));
	return n;
}

static enum outcome insert_two(struct db *db, int64_t second)
{
	DB_TRANSACTION(tx, db);

	TRY(insert(db, 1, "một"));
	TRY(insert(db, second, "hai"));
	return db_commit(&tx);
}

TEST(db, operation_is_all_or_nothing)
{
	struct store store;
	struct db *db = open_t(&store, "sqlite::memory:");

	CHECK_OUTCOME(CONFLICT, insert_two(db, 1));
	CHECK_INT(0, rows(db));
	CHECK(!db_in_transaction(db));
	CHECK_OUTCOME(OK, insert_two(db, 2));
	CHECK_INT(2, rows(db));
	store_close(&store);
}

TEST(db, fault_at_each_step_leaves_nothing_half_done)
{
	struct store store;
	struct db *db = open_t(&store, "sqlite::memory:");
	int64_t n = 1;

	for (;; n++) {
		enum outcome done;

		db_fail_at(db, n);
		done = insert_two(db, 2);
		if (db_fail_at(db, 0) > 0) {
			CHECK_OUTCOME(OK, done);
			break;
		}
		CHECK_OUTCOME(FAILED, done);
		CHECK(!db_in_transaction(db));
		CHECK_INT(0, rows(db));
	}
	CHECK(n > 3);
	CHECK_INT(2, rows(db));
	store_close(&store);
}

TEST(db, step_of_a_batch_can_be_undone_alone)
{
	struct store store;
	struct db *db = open_t(&store, "sqlite::memory:");

	CHECK_OUTCOME(OK, db_batch_begin(db));
	CHECK_OUTCOME(OK, insert_two(db, 2));
	CHECK_OUTCOME(CONFLICT, insert_two(db, 2));
	CHECK_OUTCOME(OK, db_batch_commit(db));
	CHECK_INT(2, rows(db));
	store_close(&store);
}

/* A savepoint where nothing was written since the one around it shares that one: nothing of it may show. */
static enum outcome nest(struct db *db, int64_t before, int64_t inside, bool keep)
{
	DB_TRANSACTION(tx, db);

	if (before)
		TRY(insert(db, before, NULL));
	if (inside) {
		DB_TRANSACTION(inner, db);

		TRY(insert(db, inside, NULL));
		if (keep)
			TRY(db_commit(&inner));
	}
	return db_commit(&tx);
}

TEST(db, nested_transactions_that_share_a_savepoint_are_undone_alone)
{
	static const struct { int64_t before, inside; bool keep; int rows; } ways[] = {
		{ 0, 2, true, 1 }, { 0, 2, false, 0 }, { 1, 2, true, 2 }, { 1, 2, false, 1 }, { 1, 0, true, 1 }, { 0, 0, true, 0 },
	};

	for (size_t i = 0; i < COUNT(ways); i++) {
		struct store store;
	struct db *db = open_t(&store, "sqlite::memory:");

		CHECK_OUTCOME(OK, db_batch_begin(db));
		CHECK_OUTCOME(OK, insert(db, 100, NULL));
		CHECK_OUTCOME(OK, db_step_begin(db));
		CHECK_OUTCOME(OK, nest(db, ways[i].before, ways[i].inside, ways[i].keep));
		CHECK_INT(1 + ways[i].rows, rows(db));
		CHECK_OUTCOME(OK, nest(db, 200, 0, true));              /* after one undone, all goes on */
		CHECK_OUTCOME(OK, db_step_end(db, true));
		CHECK_OUTCOME(OK, db_step_begin(db));
		CHECK_OUTCOME(OK, nest(db, 0, 300, true));
		CHECK_OUTCOME(OK, db_step_end(db, false));
		CHECK_OUTCOME(OK, db_batch_commit(db));
		CHECK_INT(2 + ways[i].rows, rows(db));
		store_close(&store);
	}
}

TEST(db, nulls_and_nested_runs_of_one_statement)
{
	struct store store;
	struct db *db = open_t(&store, "sqlite::memory:");
	struct arena *a = arena_new(1 * MiB);
	struct db_cursor *outer, *inner;

	CHECK_OUTCOME(OK, insert(db, 1, NULL));
	CHECK_OUTCOME(OK, insert(db, 2, "hai"));
	outer = db_run(db, &all);
	CHECK(db_next(outer));
	CHECK(db_text_or_null(outer, 1, a) == NULL);
	inner = db_run(db, &all);
	CHECK(db_next(inner) && db_next(inner));
	CHECK_TEXT("hai", db_text_or_null(inner, 1, a));
	CHECK_OUTCOME(OK, db_end(inner, NULL));
	CHECK(db_next(outer));
	CHECK_INT(2, db_int(outer, 0));
	CHECK_OUTCOME(OK, db_end(outer, NULL));
	arena_free(a);
	store_close(&store);
}

TEST(db, late_reader_is_stopped_and_says_so)
{
	struct store store;
	struct db *db = open_t(&store, "sqlite::memory:");
	struct db_cursor *c;

	db_set_budget(db, 5);
	c = db_run(db, &slow);
	CHECK(!db_next(c));
	CHECK_OUTCOME(FAILED, db_end(c, NULL));
	CHECK(db_is_late(db));
	db_set_budget(db, 0);
	CHECK_INT(0, rows(db));
	store_close(&store);
}

TEST(db, reader_cannot_write)
{
	char path[] = "/tmp/hoctap-db-XXXXXX", url[64], side[64];
	int fd = mkstemp(path);
	struct store store;
	struct db *writer, *reader;

	CHECK(fd >= 0);
	close(fd);
	snprintf(url, sizeof url, "sqlite:%s", path);
	writer = open_t(&store, url);
	CHECK_OUTCOME(OK, migrate(writer));              /* without a store nobody opens a server's database */
	CHECK_OUTCOME(OK, db_open(store.url, DB_READER, &reader));
	CHECK_OUTCOME(FAILED, insert(reader, 1, "x"));
	CHECK_OUTCOME(OK, insert(writer, 1, "x"));
	CHECK_INT(1, rows(reader));
	CHECK(db_changed_elsewhere(reader));
	CHECK(!db_changed_elsewhere(reader));
	CHECK_OUTCOME(OK, insert(writer, 2, "x"));
	CHECK(db_changed_elsewhere(reader));
	CHECK_OUTCOME(OK, db_read_begin(reader));
	CHECK_INT(2, rows(reader));
	CHECK_OUTCOME(OK, insert(writer, 3, "x"));
	CHECK_INT(2, rows(reader));                      /* one moment for all of a page */
	db_read_end(reader);
	CHECK_INT(3, rows(reader));
	db_close(reader);
	store_close(&store);
	unlink(path);
	snprintf(side, sizeof side, "%s-wal", path);
	unlink(side);
	snprintf(side, sizeof side, "%s-shm", path);
	unlink(side);
}

enum { MANY_ROWS = 1203 };

static int64_t walk(struct db *db, bool in_transaction)
{
	struct arena *a = arena_new(1 * MiB);
	struct db_cursor *c;
	int64_t n = 0;

	if (in_transaction)
		CHECK_OUTCOME(OK, db_batch_begin(db));
	c = db_run(db, &stream);
	for (; db_next(c); n++) {
		CHECK_INT(n, db_int(c, 0));
		CHECK_TEXT("dòng", db_text(c, 1, a));
		arena_reset(a);
		if (n % 100 == 0)                /* what is undone meanwhile does not take the rows along */
			CHECK_OUTCOME(CONFLICT, insert_two(db, 0));
	}
	CHECK_OUTCOME(OK, db_end(c, NULL));
	if (in_transaction)
		db_batch_rollback(db);
	arena_free(a);
	return n;
}

TEST(db, many_rows_are_walked_past_while_others_fail_to_be_written)
{
	struct store store;
	struct db *db = open_t(&store, "sqlite::memory:");

	for (int64_t k = 0; k < MANY_ROWS; k++)
		CHECK_OUTCOME(OK, insert(db, k, "dòng"));
	CHECK_INT(MANY_ROWS, walk(db, true));
	CHECK_INT(MANY_ROWS, walk(db, false));
	CHECK_INT(MANY_ROWS, rows(db));
	store_close(&store);
}

TEST(db, rows_touched_are_told_and_none_after_a_failure)
{
	struct store store;
	struct db *db = open_t(&store, "sqlite::memory:");
	struct db_cursor *c;
	int64_t changed;

	for (int64_t k = 0; k < 5; k++)
		CHECK_OUTCOME(OK, insert(db, k, "x"));
	for (int64_t from = 0; from < 7; from++) {
		c = db_run(db, &touch);
		db_bind_int(c, from);
		CHECK(!db_next(c));
		CHECK_OUTCOME(OK, db_end(c, &changed));
		CHECK_INT(from < 5 ? 5 - from : 0, changed);
	}
	c = db_run(db, &put);
	db_bind_int(c, 3);
	db_bind_text(c, "y");
	CHECK(!db_next(c));
	CHECK_OUTCOME(CONFLICT, db_end(c, &changed));
	CHECK_INT(0, changed);
	store_close(&store);
}

TEST(db, a_url_is_shown_without_its_password)
{
	struct arena *a = arena_new(64 * KiB);

	CHECK_TEXT("sqlite:/var/hoctap.db", db_url_shown(a, "sqlite:/var/hoctap.db"));
	CHECK_TEXT("postgresql://ai@may/kho", db_url_shown(a, "postgresql://ai:mat-khau@may/kho"));
	CHECK_TEXT("postgresql://ai@may:5433,khac:5432/kho", db_url_shown(a, "postgresql://ai@may:5433,khac:5432/kho"));
	CHECK_TEXT("postgresql:///kho?user=ai&password=…&host=/run", db_url_shown(a, "postgresql:///kho?user=ai&password=bi&host=/run"));
	arena_free(a);
}

TEST(db, missing_store_is_not_made_by_a_writer)
{
	struct db *db;

	CHECK_OUTCOME(NOT_FOUND, db_open("sqlite:/nowhere/at/all.db", DB_WRITER, &db));
	CHECK_OUTCOME(FAILED, db_open("mysql://x", DB_WRITER, &db));
}

TEST(db, ids_never_repeat_after_a_crash_and_survive_a_rollback)
{
	struct store store;
	struct db *db = open_t(&store, "sqlite::memory:");
	int64_t a, b, c;

	CHECK_OUTCOME(OK, migrate(db));
	CHECK_OUTCOME(OK, id_next(db, "person", 21, &a));
	CHECK_OUTCOME(OK, id_next(db, "person", 21, &b));
	CHECK_INT(a + 1, b);
	CHECK_INT(21, id_register(a));
	CHECK_OUTCOME(OK, db_batch_begin(db));
	CHECK_OUTCOME(OK, id_next(db, "unit", 21, &a));
	db_batch_rollback(db);
	CHECK_OUTCOME(OK, id_next(db, "unit", 21, &b));
	CHECK_INT(a, b);                         /* nothing of the first landed: it may be given again */
	CHECK_OUTCOME(OK, db_batch_begin(db));
	CHECK_OUTCOME(OK, id_next(db, "unit", 21, &c));
	db_batch_rollback(db);
	CHECK_INT(b + 1, c);
	CHECK_OUTCOME(OK, id_next(db, "unit", 21, &b));
	CHECK(b > c);                            /* the block was stored before: go on in it */
	store_close(&store);
}

TEST(db, a_whole_batch_has_no_way_back_but_all_of_it)
{
	struct store store;
	struct db *db = open_t(&store, "sqlite::memory:");

	if (store_remote()) {                    /* there each step keeps its savepoint */
		store_close(&store);
		return;
	}
	CHECK_OUTCOME(OK, db_batch_begin_whole(db));
	CHECK_OUTCOME(OK, db_step_begin(db));
	CHECK_OUTCOME(OK, insert(db, 1, "một"));
	CHECK_OUTCOME(OK, db_step_end(db, true));
	CHECK_OUTCOME(OK, db_step_begin(db));    /* has written nothing: nothing to undo */
	CHECK_INT(1, rows(db));
	CHECK_OUTCOME(OK, db_step_end(db, false));
	CHECK(!db_batch_is_spoiled(db));
	CHECK_OUTCOME(OK, db_step_begin(db));
	CHECK_OUTCOME(CONFLICT, insert_two(db, 1));
	CHECK(db_batch_is_spoiled(db));
	CHECK_OUTCOME(FAILED, insert(db, 5, "năm"));
	CHECK_OUTCOME(OK, db_step_end(db, false));
	db_batch_rollback(db);
	CHECK(!db_batch_is_spoiled(db));
	CHECK_INT(0, rows(db));
	CHECK_OUTCOME(OK, db_batch_begin_whole(db));
	CHECK_OUTCOME(OK, db_step_begin(db));
	CHECK_OUTCOME(OK, insert_two(db, 2));
	CHECK_OUTCOME(OK, db_step_end(db, true));
	CHECK_OUTCOME(OK, db_batch_commit(db));
	CHECK_INT(2, rows(db));
	CHECK_OUTCOME(OK, db_batch_begin(db));   /* and the next has its ways back */
	CHECK_OUTCOME(OK, db_step_begin(db));
	CHECK_OUTCOME(OK, insert(db, 3, "ba"));
	CHECK_OUTCOME(OK, db_step_end(db, false));
	CHECK_OUTCOME(OK, insert(db, 4, "bốn"));
	CHECK_OUTCOME(OK, db_batch_commit(db));
	CHECK_INT(3, rows(db));
	store_close(&store);
}

TEST(db, a_budget_that_is_over_never_breaks_begin_and_end)
{
	struct store store;
	struct db *db = open_t(&store, "sqlite::memory:");

	CHECK_OUTCOME(OK, insert(db, 1, "một"));
	for (int i = 0; i < 5000; i++) {         /* SQLite looks at the clock every 2,000 steps, of these statements too */
		db_set_budget(db, -1);
		CHECK_OUTCOME(OK, db_read_begin(db));
		db_read_end(db);
		db_set_budget(db, 0);
		CHECK_OUTCOME(OK, db_read_begin(db));
		CHECK_INT(1, rows(db));
		db_read_end(db);
	}
	store_close(&store);
}

/* As rules asked for a form do: an operation inside an operation, cut wherever the clock is looked at. */
static enum outcome read_in_savepoints(struct db *db, int depth)
{
	DB_TRANSACTION(tx, db);
	struct db_cursor *c = db_run(db, &all);

	while (db_next(c))
		;
	TRY(db_end(c, NULL));
	if (depth)
		TRY(read_in_savepoints(db, depth - 1));
	return depth % 2 ? FAILED : db_commit(&tx);
}

TEST(db, a_read_cut_inside_savepoints_leaves_its_connection_as_it_was)
{
	struct store store;
	struct db *db = open_t(&store, "sqlite::memory:");
	int cut = 0, whole = 0;

	for (int k = 0; k < 20; k++)
		CHECK_OUTCOME(OK, insert(db, k, "một"));
	for (int i = 0; i < 3000; i++) {
		enum outcome done;

		db_set_budget(db, -1);
		CHECK_OUTCOME(OK, db_read_begin(db));
		done = read_in_savepoints(db, i % 7);
		cut += db_is_late(db);
		whole += done == OK;
		db_read_end(db);
		CHECK(!db_in_transaction(db));
		db_set_budget(db, 0);
		CHECK_OUTCOME(OK, db_read_begin(db));
		CHECK_INT(20, rows(db));
		db_read_end(db);
	}
	if (!store_remote())             /* a server is asked for its time once a statement */
		CHECK(cut > 100 && whole > 100);
	store_close(&store);
}

TEST(db, migrations_run_once_and_tell_the_version)
{
	struct store store;
	struct db *db = open_t(&store, "sqlite::memory:");
	int version;

	CHECK_OUTCOME(OK, migrate(db));
	CHECK_OUTCOME(OK, migrate(db));
	CHECK_OUTCOME(OK, migrate_version(db, &version));
	CHECK_INT(migrations_newest(), version);
	store_close(&store);
}
