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

static const struct db_statement put = { "put", "db_test.c", "INSERT INTO t (k, v) VALUES (?1, ?2)", "", "it", "", true };
static const struct db_statement count = { "count", "db_test.c", "SELECT count(*) FROM t", "", "", "i", false };
static const struct db_statement all = { "all", "db_test.c", "SELECT k, v FROM t ORDER BY k", "", "", "iT", false };
static const struct db_statement slow = { "slow", "db_test.c",
	"WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 100000000) SELECT count(*) FROM n", "", "", "i", false };

static struct db *memory_db(void)
{
	struct db *db;

	CHECK_OUTCOME(OK, db_open("sqlite::memory:", DB_CREATE, &db));
	CHECK_OUTCOME(OK, db_script(db, "CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT) STRICT", "fixture"));
	return db;
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
	struct db *db = memory_db();

	CHECK_OUTCOME(CONFLICT, insert_two(db, 1));
	CHECK_INT(0, rows(db));
	CHECK(!db_in_transaction(db));
	CHECK_OUTCOME(OK, insert_two(db, 2));
	CHECK_INT(2, rows(db));
	db_close(db);
}

TEST(db, fault_at_each_step_leaves_nothing_half_done)
{
	struct db *db = memory_db();
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
	db_close(db);
}

TEST(db, step_of_a_batch_can_be_undone_alone)
{
	struct db *db = memory_db();

	CHECK_OUTCOME(OK, db_batch_begin(db));
	CHECK_OUTCOME(OK, insert_two(db, 2));
	CHECK_OUTCOME(CONFLICT, insert_two(db, 2));
	CHECK_OUTCOME(OK, db_batch_commit(db));
	CHECK_INT(2, rows(db));
	db_close(db);
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
		struct db *db = memory_db();

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
		db_close(db);
	}
}

TEST(db, nulls_and_nested_runs_of_one_statement)
{
	struct db *db = memory_db();
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
	db_close(db);
}

TEST(db, late_reader_is_stopped_and_says_so)
{
	struct db *db = memory_db();
	struct db_cursor *c;

	db_set_budget(db, 5);
	c = db_run(db, &slow);
	CHECK(!db_next(c));
	CHECK_OUTCOME(FAILED, db_end(c, NULL));
	CHECK(db_is_late(db));
	db_set_budget(db, 0);
	CHECK_INT(0, rows(db));
	db_close(db);
}

TEST(db, reader_cannot_write)
{
	char path[] = "/tmp/hoctap-db-XXXXXX", url[64], side[64];
	int fd = mkstemp(path);
	struct db *writer, *reader;

	CHECK(fd >= 0);
	close(fd);
	snprintf(url, sizeof url, "sqlite:%s", path);
	CHECK_OUTCOME(OK, db_open(url, DB_CREATE, &writer));
	CHECK_OUTCOME(OK, db_script(writer, "CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT) STRICT", "fixture"));
	CHECK_OUTCOME(OK, db_open(url, DB_READER, &reader));
	CHECK_OUTCOME(FAILED, insert(reader, 1, "x"));
	CHECK_OUTCOME(OK, insert(writer, 1, "x"));
	CHECK_INT(1, rows(reader));
	CHECK(db_changed_elsewhere(reader));
	CHECK(!db_changed_elsewhere(reader));
	db_close(reader);
	db_close(writer);
	unlink(path);
	snprintf(side, sizeof side, "%s-wal", path);
	unlink(side);
	snprintf(side, sizeof side, "%s-shm", path);
	unlink(side);
}

TEST(db, missing_store_is_not_made_by_a_writer)
{
	struct db *db;

	CHECK_OUTCOME(NOT_FOUND, db_open("sqlite:/nowhere/at/all.db", DB_WRITER, &db));
	CHECK_OUTCOME(FAILED, db_open("mysql://x", DB_WRITER, &db));
}

TEST(db, ids_never_repeat_after_a_crash_and_survive_a_rollback)
{
	struct db *db = memory_db();
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
	db_close(db);
}

TEST(db, a_whole_batch_has_no_way_back_but_all_of_it)
{
	struct db *db = memory_db();

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
	db_close(db);
}

TEST(db, a_budget_that_is_over_never_breaks_begin_and_end)
{
	struct db *db = memory_db();

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
	db_close(db);
}

TEST(db, migrations_run_once_and_tell_the_version)
{
	struct db *db = memory_db();
	int version;

	CHECK_OUTCOME(OK, migrate(db));
	CHECK_OUTCOME(OK, migrate(db));
	CHECK_OUTCOME(OK, migrate_version(db, &version));
	CHECK_INT(migrations_newest(), version);
	db_close(db);
}
