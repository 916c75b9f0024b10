#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ask.h"
#include "db/bulk.h"
#include "db/ids.h"
#include "db/migrate.h"
#include "db/statement.h"
#include "db/transaction.h"

static const char shape[] = "CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT) STRICT; CREATE INDEX t_v ON t (v);"
			    "CREATE TABLE u (k INTEGER PRIMARY KEY, v BLOB, r REAL NOT NULL) STRICT; CREATE INDEX u_v ON u (v);"
			    "INSERT INTO u VALUES (1000000, NULL, 0.5);";
static const struct db_bulk how = { .sorted = "t", .beside = "u" };

static const struct db_statement put = { "put", "bulk_test.c", "INSERT INTO t (k, v) VALUES (?1, ?2)", "", "iT", "", true };
static const struct db_statement put_beside = { "put_beside", "bulk_test.c", "INSERT INTO u (k, v, r) VALUES (?1, ?2, ?3)", "",
	"iBr", "", true };
static const struct db_statement cut = { "cut", "bulk_test.c", "DELETE FROM t WHERE k > ?1", "", "i", "", true };
static const struct db_statement count = { "count", "bulk_test.c",
	"SELECT count(*), max(v) FROM t INDEXED BY t_v WHERE v >= ''", "", "", "iT", false };
static const struct db_statement count_all = { "count_all", "bulk_test.c", "SELECT count(*), max(v) FROM t", "", "", "iT",
	false };
static const struct db_statement count_beside = { "count_beside", "bulk_test.c",
	"SELECT count(*), cast(sum(r) AS INTEGER) FROM u INDEXED BY u_v WHERE v >= x'00'", "", "", "ii", false };

struct store { struct db *db; struct arena *arena; char path[32], url[64], beside[64]; };

static void store_open(struct store *s)
{
	int fd;

	snprintf(s->path, sizeof s->path, "bulk-test-XXXXXX");
	fd = mkstemp(s->path);
	CHECK(fd >= 0);
	close(fd);
	snprintf(s->url, sizeof s->url, "sqlite:%s", s->path);
	snprintf(s->beside, sizeof s->beside, "%s-beside", s->path);
	s->arena = arena_new(1 * MiB);
	CHECK_OUTCOME(OK, db_open(s->url, DB_CREATE, &s->db));
	CHECK_OUTCOME(OK, db_script(s->db, shape, "fixture"));
}

static void store_close(struct store *s)
{
	char other[64];

	CHECK(access(s->beside, F_OK) != 0);
	db_close(s->db);
	arena_free(s->arena);
	unlink(s->path);
	snprintf(other, sizeof other, "%s-wal", s->path);
	unlink(other);
	snprintf(other, sizeof other, "%s-shm", s->path);
	unlink(other);
}

static enum outcome ended(struct db_cursor *c, int64_t *changed)
{
	while (db_next(c))
		;
	return db_end(c, changed);
}

static enum outcome insert(struct db *db, int64_t k, const char *v)
{
	struct db_cursor *c = db_run(db, &put);

	db_bind_int(c, k);
	db_bind_text_or_null(c, v);
	return ended(c, NULL);
}

static enum outcome insert_beside(struct db *db, int64_t k, struct bytes v)
{
	struct db_cursor *c = db_run(db, &put_beside);

	db_bind_int(c, k);
	db_bind_bytes(c, v);
	db_bind_real(c, 0.25);
	return ended(c, NULL);
}

static int64_t rows(struct db *db, const struct db_statement *s, struct arena *arena, const char *last)
{
	struct db_cursor *c = db_run(db, s);
	int64_t n;

	CHECK(db_next(c));
	n = db_int(c, 0);
	if (last)
		CHECK_TEXT(last, db_text(c, 1, arena));
	CHECK_OUTCOME(OK, db_end(c, NULL));
	return n;
}

static void fill(struct db *db, int64_t n)
{
	DB_TRANSACTION(tx, db);
	char text[32];

	for (int64_t i = 1; i <= n; i++) {
		snprintf(text, sizeof text, "chữ %05d", (int)i);
		CHECK_OUTCOME(OK, insert(db, i, text));
		CHECK_OUTCOME(OK, insert_beside(db, i, (struct bytes){ text, strlen(text) }));
	}
	CHECK_OUTCOME(OK, db_commit(&tx));
}

TEST(bulk, what_is_noted_is_read_at_once_and_all_of_it_is_home_at_the_end)
{
	enum { N = 30000 };              /* several chunks */
	struct store s;
	struct db *out;
	int64_t changed;
	struct db_cursor *c;

	store_open(&s);
	CHECK_OUTCOME(OK, db_bulk_begin(s.db, &how, &out));
	fill(out, N);
	CHECK_OUTCOME(OK, insert(out, N + 1, "zz"));
	CHECK_INT(N + 1, rows(out, &count_all, s.arena, "zz"));
	c = db_run(out, &cut);
	db_bind_int(c, N - 10);
	CHECK_OUTCOME(OK, ended(c, &changed));
	CHECK_INT(11, changed);
	CHECK_OUTCOME(OK, insert(out, N + 2, NULL));
	CHECK_OUTCOME(OK, db_bulk_end(out, true));
	CHECK_INT(N - 10, rows(s.db, &count, s.arena, "chữ 29990"));      /* the index is there again, and used */
	CHECK_INT(N - 9, rows(s.db, &count_all, s.arena, NULL));
	CHECK_INT(N, rows(s.db, &count_beside, s.arena, NULL));
	store_close(&s);
}

static enum outcome add_two(struct db *db, int64_t second)
{
	DB_TRANSACTION(tx, db);

	TRY(insert(db, 1, "một"));
	TRY(insert_beside(db, 1, (struct bytes){ "a", 1 }));
	TRY(insert(db, second, "hai"));
	return db_commit(&tx);
}

TEST(bulk, a_key_that_is_there_fails_the_transaction_and_the_end)
{
	struct store s;
	struct db *out;

	store_open(&s);
	CHECK_OUTCOME(OK, db_bulk_begin(s.db, &how, &out));
	CHECK_OUTCOME(FAILED, add_two(out, 1));
	CHECK_OUTCOME(FAILED, db_bulk_end(out, true));
	CHECK_INT(0, rows(s.db, &count_all, s.arena, NULL));
	store_close(&s);
}

TEST(bulk, what_is_taken_back_is_taken_back_in_both_places)
{
	struct store s;
	struct db *out;

	store_open(&s);
	CHECK_OUTCOME(OK, db_bulk_begin(s.db, &how, &out));
	CHECK_OUTCOME(OK, db_batch_begin(out));
	CHECK_OUTCOME(OK, db_step_begin(out));
	CHECK_OUTCOME(OK, insert(out, 1, "một"));
	CHECK_OUTCOME(OK, insert_beside(out, 1, (struct bytes){ "a", 1 }));
	CHECK_OUTCOME(OK, db_step_end(out, false));
	CHECK_OUTCOME(OK, insert(out, 1, "hai"));
	CHECK_OUTCOME(OK, insert_beside(out, 2, (struct bytes){ "b", 1 }));
	CHECK_OUTCOME(OK, db_batch_commit(out));
	CHECK_OUTCOME(OK, db_batch_begin(out));
	CHECK_OUTCOME(OK, insert(out, 2, "ba"));
	CHECK_OUTCOME(OK, insert_beside(out, 3, (struct bytes){ "c", 1 }));
	db_batch_rollback(out);
	CHECK_OUTCOME(OK, db_bulk_end(out, true));
	CHECK_INT(1, rows(s.db, &count_all, s.arena, "hai"));
	CHECK_INT(1, rows(s.db, &count_beside, s.arena, NULL));
	store_close(&s);
}

TEST(bulk, ids_go_on_where_they_were)
{
	struct store s;
	struct db *out;
	int64_t a, b, c;

	store_open(&s);
	CHECK_OUTCOME(OK, migrate(s.db));
	CHECK_OUTCOME(OK, id_next(s.db, "person", 21, &a));
	CHECK_OUTCOME(OK, db_bulk_begin(s.db, &how, &out));
	CHECK_OUTCOME(OK, id_next(out, "person", 21, &b));
	CHECK_INT(a + 1, b);
	CHECK_OUTCOME(OK, id_next(out, "unit", 21, &a));
	CHECK_OUTCOME(OK, db_bulk_end(out, true));
	CHECK_OUTCOME(OK, id_next(s.db, "person", 21, &c));
	CHECK_INT(b + 1, c);
	CHECK_OUTCOME(OK, id_next(s.db, "unit", 21, &b));
	CHECK_INT(a + 1, b);
	store_close(&s);
}

TEST(bulk, a_store_in_memory_has_one_hand)
{
	struct db *db, *out;

	CHECK_OUTCOME(OK, db_open("sqlite::memory:", DB_CREATE, &db));
	CHECK_OUTCOME(OK, db_script(db, shape, "fixture"));
	CHECK_OUTCOME(OK, db_bulk_begin(db, &how, &out));
	fill(out, 10);
	CHECK_OUTCOME(OK, db_bulk_end(out, true));
	CHECK_INT(10, rows(db, &count_beside, NULL, NULL));
	db_close(db);
}
