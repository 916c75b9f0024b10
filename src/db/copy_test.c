#include "tests/test.h"

#include "db/copy.h"
#include "db/statement.h"
#include "tests/store.h"

/* Each type, a NULL, an empty text and a blob with a zero in it; more rows than one batch of copying. */
static const char filled[] =
	"INSERT INTO id_block (register, table_name, next) VALUES (29, 'person', 65537), (0, 'unit', 1);"
	"INSERT INTO setting (name, value) VALUES ('register', '29'), ('place', ''), ('Đất', '');"
	"INSERT INTO unique_key (use, value, owner_id) WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 10500)"
	" SELECT 1, CAST('so ' || x AS BLOB), x FROM n";

static void fill(struct db *db, struct arena *a)
{
	CHECK_OUTCOME(OK, db_script(db, filled, "fill"));
	CHECK_OUTCOME(OK, db_script(db, arena_format(a, "INSERT INTO evidence (person_id, id, medium, file_hash, thumb_hash, received_hash, name,"
		" words, width, height, added_at, added_by, removed_at, version) VALUES (%lld, 7, 1, %s, NULL, NULL, 'ảnh', '', 0, 0, -5, 0, 0, 1)",
		(29LL << 43) + 3, store_blob(db, a, "00ff0027")), "fill"));
}

static int64_t count(struct db *db, struct arena *a, const char *table)
{
	struct db_statement *s = ARENA_NEW(a, struct db_statement);
	const char *sql = arena_format(a, "SELECT count(*) FROM %s", table);
	struct db_cursor *c;
	int64_t n;

	*s = (struct db_statement){ "count", "copy_test.c", sql, sql, "", "i", false, false };
	c = db_run(db, s);
	CHECK(db_next(c));
	n = db_int(c, 0);
	CHECK_OUTCOME(OK, db_end(c, NULL));
	return n;
}

struct pair { struct store from, to; struct arena *a; };

static void open_pair(struct pair *p)
{
	p->a = arena_new(16 * MiB);
	store_open(&p->from, "sqlite::memory:");
	store_open(&p->to, "sqlite::memory:");
	fill(p->from.db, p->a);
}

static void close_pair(struct pair *p)
{
	store_close(&p->from);
	store_close(&p->to);
	arena_free(p->a);
}

TEST(copy, a_store_is_copied_whole_and_a_second_time_there_is_nothing_left_to_do)
{
	struct pair p;
	struct db_copy copy = { 0 }, seen = { 0 }, again = { 0 };

	open_pair(&p);
	CHECK_OUTCOME(OK, db_copy(p.from.db, p.to.db, p.a, &copy));
	CHECK_INT(0, copy.there);
	CHECK_INT(2 + 3 + 10500 + 1, copy.rows);
	CHECK_OUTCOME(OK, db_compare(p.from.db, p.to.db, p.a, &seen));
	CHECK_INT(copy.rows, seen.rows);
	CHECK_INT(10500, count(p.to.db, p.a, "unique_key"));
	CHECK_OUTCOME(OK, db_copy(p.from.db, p.to.db, p.a, &again));
	CHECK_INT(copy.rows, again.there);
	CHECK_INT(copy.rows, again.rows);
	close_pair(&p);
}

/* Tables in their order, rows in that of their key: what a broken copy leaves is a beginning, whatever row it broke at. */
TEST(copy, one_broken_off_goes_on_after_the_last_row_that_is_there)
{
	static const char *const ways[] = { "DELETE FROM evidence", "DELETE FROM evidence; DELETE FROM unique_key WHERE value > CAST('so 30' AS BLOB)",
		"DELETE FROM evidence; DELETE FROM unique_key; DELETE FROM setting WHERE name <> 'place'" };

	for (size_t i = 0; i < COUNT(ways); i++) {
		struct pair p;
		struct db_copy first = { 0 }, copy = { 0 }, seen = { 0 };

		open_pair(&p);
		CHECK_OUTCOME(OK, db_copy(p.from.db, p.to.db, p.a, &first));
		CHECK_OUTCOME(OK, db_script(p.to.db, ways[i], "test"));
		CHECK_OUTCOME(OK, db_copy(p.from.db, p.to.db, p.a, &copy));
		CHECK(copy.there < first.rows);
		CHECK_INT(first.rows, copy.rows);
		CHECK_OUTCOME(OK, db_compare(p.from.db, p.to.db, p.a, &seen));
		close_pair(&p);
	}
}

TEST(copy, a_step_that_fails_leaves_whole_batches_and_the_next_run_ends_it)
{
	for (int64_t n = 1; n < 100; n = n < 6 ? n + 1 : n * 4) {
		struct pair p;
		struct db_copy first = { 0 }, copy = { 0 }, seen = { 0 };
		bool failed;

		open_pair(&p);
		db_fail_at(p.to.db, n);
		failed = db_copy(p.from.db, p.to.db, p.a, &first) != OK;
		CHECK_INT(failed, db_fail_at(p.to.db, 0) == 0);
		CHECK(!db_in_transaction(p.to.db) && !db_in_transaction(p.from.db));
		CHECK_OUTCOME(OK, db_copy(p.from.db, p.to.db, p.a, &copy));
		CHECK_OUTCOME(OK, db_compare(p.from.db, p.to.db, p.a, &seen));
		CHECK_INT(2 + 3 + 10500 + 1, seen.rows);
		close_pair(&p);
	}
}

TEST(copy, what_differs_is_named_with_its_row)
{
	static const struct { const char *sql, *table; int64_t row; } ways[] = {
		{ "UPDATE setting SET value = 'x' WHERE name = 'register'", "setting", 2 },
		{ "DELETE FROM setting WHERE name = 'register'", "setting", 2 },
		{ "INSERT INTO setting (name, value) VALUES ('zz', '')", "setting", 3 },
		{ "UPDATE evidence SET file_hash = NULL", "evidence", 1 },
		{ "UPDATE evidence SET thumb_hash = CAST('' AS BLOB)", "evidence", 1 },
		{ "UPDATE evidence SET added_at = 5", "evidence", 1 },
		{ "UPDATE unique_key SET owner_id = 0 WHERE value = CAST('so 10' AS BLOB)", "unique_key", 2 },
	};

	for (size_t i = 0; i < COUNT(ways); i++) {
		struct pair p;
		struct db_copy copy = { 0 }, seen = { 0 };

		open_pair(&p);
		CHECK_OUTCOME(OK, db_copy(p.from.db, p.to.db, p.a, &copy));
		CHECK_OUTCOME(OK, db_script(p.to.db, ways[i].sql, "test"));
		CHECK_OUTCOME(CONFLICT, db_compare(p.from.db, p.to.db, p.a, &seen));
		CHECK_TEXT(ways[i].table, seen.table);
		CHECK_INT(ways[i].row, seen.row);
		close_pair(&p);
	}
}
