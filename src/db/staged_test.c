#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "db/ids.h"
#include "db/migrate.h"
#include "db/staged.h"
#include "db/statement.h"
#include "db/transaction.h"
#include "tests/store.h"

static const struct db_statement put = { "put", "staged_test.c",
	"INSERT INTO t (g, k, v, r, b) VALUES (?1, ?2, ?3, 1.5, x'00ff')", "", "itT", "", true };
static const struct db_statement set = { "set", "staged_test.c", "UPDATE t SET v = ?1 WHERE k = ?2", "", "tt", "", true };
static const struct db_statement cut = { "cut", "staged_test.c", "DELETE FROM t WHERE k = ?1", "", "t", "", true };
static const struct db_statement all = { "all", "staged_test.c",
	"SELECT coalesce(group_concat(g || k || '=' || coalesce(v, '-') || ':' || r || ':' || hex(b), ' '), '')"
	" FROM (SELECT g, k, v, r, b FROM t ORDER BY g, k)", "", "", "t", false };

static enum outcome write_two(struct db *db, const struct db_statement *what, const char *one, const char *two)
{
	DB_TRANSACTION(tx, db);
	struct db_cursor *c = db_run(db, what);

	if (what == &put)
		db_bind_int(c, 7);
	db_bind_text(c, one);
	if (what != &cut)
		db_bind_text_or_null(c, two);
	while (db_next(c))
		;
	TRY(db_end(c, NULL));
	return db_commit(&tx);
}

static const char *rows(struct db *db, struct arena *a)
{
	struct db_cursor *c = db_run(db, &all);
	const char *out;

	CHECK(db_next(c));
	out = db_text(c, 0, a);
	CHECK_OUTCOME(OK, db_end(c, NULL));
	return out;
}

static struct db *open_t(struct store *store)
{
	store_open(store, "sqlite::memory:");
	CHECK_OUTCOME(OK, db_script(store->db,
		"CREATE TABLE t (v TEXT, g BIGINT, k TEXT NOT NULL, r REAL, b BLOB, PRIMARY KEY (g, k)) WITHOUT ROWID;"
		"CREATE INDEX t_v ON t (v); INSERT INTO t VALUES ('cũ', 1, 'a', 1, NULL), ('cũ', 1, 'b', 1, x'')", "fixture"));
	return store->db;
}

#define SLICE(staged, write) do { \
		CHECK_OUTCOME(OK, db_staged_begin(staged)); \
		CHECK_OUTCOME(OK, write); \
		CHECK_OUTCOME(OK, db_staged_end(staged, true)); \
	} while (0)
#define BEFORE "1a=cũ:1.0: 1b=cũ:1.0:"

static enum outcome land(struct db *db, struct db_staged *staged)
{
	DB_TRANSACTION(tx, db);

	TRY(db_staged_land(staged));
	return db_commit(&tx);
}

TEST(db, slices_are_seen_by_nobody_until_they_land_all_at_once)
{
	struct arena *a = arena_new(1 * MiB);
	struct db_staged *staged;
	struct store store;
	struct db *db;

	if (store_remote())
		return;
	db = open_t(&store);
	CHECK_OUTCOME(OK, db_staged_open(db, &staged));
	SLICE(staged, write_two(db, &put, "z", NULL));
	SLICE(staged, write_two(db, &put, "c", "mới"));
	SLICE(staged, write_two(db, &set, "sửa", "a"));
	SLICE(staged, write_two(db, &cut, "b", NULL));
	CHECK_TEXT(BEFORE, rows(db, a));
	CHECK_OUTCOME(OK, land(db, staged));
	CHECK_TEXT("1a=sửa:1.0: 7c=mới:1.5:00FF 7z=-:1.5:00FF", rows(db, a));
	db_staged_close(staged);
	CHECK_OUTCOME(OK, db_staged_open(db, &staged));          /* and again on the same connection */
	SLICE(staged, write_two(db, &put, "d", "nữa"));
	CHECK_OUTCOME(OK, land(db, staged));
	db_staged_close(staged);
	CHECK_TEXT("1a=sửa:1.0: 7c=mới:1.5:00FF 7d=nữa:1.5:00FF 7z=-:1.5:00FF", rows(db, a));
	store_close(&store);
	arena_free(a);
}

TEST(db, what_moved_under_a_slice_stops_its_landing)
{
	static const struct { const struct db_statement *slice, *other; const char *slice_args[2], *other_args[2]; } cases[] = {
		{ &set, &set, { "sửa", "a" }, { "khác", "a" } },
		{ &set, &cut, { "sửa", "a" }, { "a", NULL } },
		{ &cut, &set, { "a", NULL }, { "khác", "a" } },
		{ &put, &put, { "c", "mới" }, { "c", "khác" } },
	};
	struct arena *a = arena_new(1 * MiB);

	for (size_t i = 0; i < COUNT(cases) && !store_remote(); i++) {
		struct db_staged *staged;
		struct store store;
		struct db *db = open_t(&store);
		const char *moved;

		CHECK_OUTCOME(OK, db_staged_open(db, &staged));
		SLICE(staged, write_two(db, &put, "y", "của lát khác"));
		SLICE(staged, write_two(db, cases[i].slice, cases[i].slice_args[0], cases[i].slice_args[1]));
		CHECK_OUTCOME(OK, write_two(db, cases[i].other, cases[i].other_args[0], cases[i].other_args[1]));
		moved = rows(db, a);
		CHECK_OUTCOME(CONFLICT, land(db, staged));
		CHECK(!db_in_transaction(db));
		CHECK_TEXT(moved, rows(db, a));
		db_staged_close(staged);
		store_close(&store);
	}
	arena_free(a);
}

TEST(db, a_key_made_by_two_slices_is_told)
{
	struct db_staged *staged;
	struct store store;
	struct db *db;

	if (store_remote())
		return;
	db = open_t(&store);
	CHECK_OUTCOME(OK, db_staged_open(db, &staged));
	SLICE(staged, write_two(db, &put, "c", "một"));
	CHECK_OUTCOME(OK, db_staged_begin(staged));
	CHECK_OUTCOME(OK, write_two(db, &put, "c", "hai"));
	CHECK_OUTCOME(CONFLICT, db_staged_end(staged, true));
	CHECK(!db_in_transaction(db));
	db_staged_close(staged);
	store_close(&store);
}

/* The first slice takes the block, and it is undone: the next ids must be others, also for another connection. */
TEST(db, ids_taken_in_a_slice_stay_taken)
{
	char url[] = "sqlite:/tmp/hoctap-test-staged-XXXXXX";
	int64_t first, second, other;
	struct db_staged *staged;
	struct store store;
	struct db *beside;
	int fd;

	if (store_remote())
		return;
	fd = mkstemp(url + 7);
	CHECK(fd >= 0);
	store_open(&store, url);
	CHECK_OUTCOME(OK, db_staged_open(store.db, &staged));
	CHECK_OUTCOME(OK, db_staged_begin(staged));
	CHECK_OUTCOME(OK, id_next(store.db, "person", 3, &first));
	CHECK_OUTCOME(OK, db_staged_end(staged, true));
	CHECK_OUTCOME(OK, id_next(store.db, "person", 3, &second));
	CHECK_INT(first + 1, second);
	CHECK_OUTCOME(OK, db_open(store.url, DB_WRITER, &beside));
	CHECK_OUTCOME(OK, id_next(beside, "person", 3, &other));
	CHECK_INT(first + ID_BLOCK, other);
	db_close(beside);
	db_staged_close(staged);
	store_close(&store);
}

/* The block under way ends in the midst of a slice, and the next one is taken there. */
TEST(db, a_block_of_ids_may_end_in_a_slice)
{
	struct db_staged *staged;
	struct store store;
	int64_t id, before;

	if (store_remote())
		return;
	store_open(&store, "sqlite::memory:");
	for (int i = 0; i < ID_BLOCK - 2; i++)
		CHECK_OUTCOME(OK, id_next(store.db, "person", 3, &before));
	CHECK_OUTCOME(OK, db_staged_open(store.db, &staged));
	for (int slice = 0; slice < 3; slice++) {
		CHECK_OUTCOME(OK, db_staged_begin(staged));
		for (int i = 0; i < 3; i++) {
			CHECK_OUTCOME(OK, id_next(store.db, "person", 3, &id));
			CHECK_INT(before + 1, id);
			before = id;
		}
		CHECK_OUTCOME(OK, db_staged_end(staged, true));
	}
	db_staged_close(staged);
	store_close(&store);
}

/* What is given back within a slice (an operation that changes nothing) does not give back the block that was taken around it. */
TEST(db, a_block_of_ids_outlives_what_is_given_back_within)
{
	struct store store;
	int64_t first, id;

	store_open(&store, "sqlite::memory:");
	{
		DB_TRANSACTION(tx, store.db);

		CHECK(tx.open);
		CHECK_OUTCOME(OK, id_next(store.db, "person", 3, &first));
		{
			DB_TRANSACTION(inner, store.db);

			CHECK(inner.open);
			CHECK_OUTCOME(OK, id_next(store.db, "unit", 3, &id));
		}
		CHECK_OUTCOME(OK, id_next(store.db, "person", 3, &id));
		CHECK_INT(first + 1, id);
		CHECK_OUTCOME(OK, id_next(store.db, "unit", 3, &id));    /* of a block that was given back: taken anew */
		CHECK_INT(1, id & (ID_BLOCK - 1));
	}
	CHECK_OUTCOME(OK, id_next(store.db, "person", 3, &id));
	CHECK_INT(first, id);                    /* nothing of it was stored */
	store_close(&store);
}
