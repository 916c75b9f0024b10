/* What only PostgreSQL can tell of our statements; the rest of the suite runs on it when HOCTAP_TEST_DB says so (tests/store.h). */
#include "tests/test.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "db/postgresql.h"
#include "db/transaction.h"
#include "tests/store.h"

extern const struct db_statement *const __start_hoctap_sql[], *const __stop_hoctap_sql[];

/* pg_type's numbers. A column declared int64 may come narrower (a length, a constant) or as a comparison: db_int reads them all.
 * numeric (1700), what sum() of a BIGINT is, it does not. */
static bool fits(char declared, Oid type)
{
	switch (declared | 0x20) {
	case 'i':
		return type == 20 || type == 21 || type == 23 || type == 16;
	case 't':
		return type == 25 || type == 1043;
	case 'b':
		return type == 17;
	case 'r':
		return type == 701;
	default:
		return false;
	}
}

static Oid type_of(char declared)
{
	return (declared | 0x20) == 'i' ? 20 : (declared | 0x20) == 'b' ? 17 : (declared | 0x20) == 'r' ? 701 : 25;
}

static bool complain(const struct db_statement *s, const char *what)
{
	print_message("%s: %s: %s\n", s->file, s->name, what);
	return false;
}

static bool columns_fit(const struct db_statement *s, const PGresult *told)
{
	bool fine = true;
	char what[128];

	if (PQnfields(told) != (int)strlen(s->columns))
		return complain(s, "another number of columns");
	for (int i = 0; s->columns[i]; i++)
		if (!fits(s->columns[i], PQftype(told, i))) {
			snprintf(what, sizeof what, "column %s is declared %c and of type %u", PQfname(told, i), s->columns[i], PQftype(told, i));
			fine = complain(s, what);
		}
	return fine;
}

static bool is_fit(PGconn *link, const struct db_statement *s)
{
	Oid types[72];
	PGresult *made, *told;
	bool fine = false;

	for (int i = 0; s->parameters[i]; i++)
		types[i] = type_of(s->parameters[i]);
	made = PQprepare(link, "", s->sql_postgresql, (int)strlen(s->parameters), types);
	told = PQdescribePrepared(link, "");
	if (PQresultStatus(made) != PGRES_COMMAND_OK)
		complain(s, PQresultErrorMessage(made));
	else if (PQnparams(told) != (int)strlen(s->parameters))
		complain(s, "another number of parameters");
	else
		fine = columns_fit(s, told);
	PQclear(made);
	PQclear(told);
	return fine;
}

TEST(postgresql, every_statement_of_the_program_is_prepared_with_the_types_it_declares)
{
	struct store store;
	int n = 0, wrong = 0;

	if (!store_remote())
		skip();
	store_open(&store, "");
	for (const struct db_statement *const *s = __start_hoctap_sql; s < __stop_hoctap_sql; s++, n++)
		wrong += !is_fit(pg_of(store.db)->link, *s);
	store_close(&store);
	print_message("%d statements prepared on PostgreSQL, %d do not fit\n", n, wrong);
	CHECK(n > 300);
	CHECK_INT(0, wrong);
}

TEST(postgresql, who_serves_waits_for_no_statement_and_keeps_nobody_waiting)
{
	struct store store;
	struct db *other;

	if (!store_remote())
		skip();
	store_open(&store, "");
	db_set_patience(store.db, 1);
	CHECK_OUTCOME(FAILED, db_script(store.db, "SELECT pg_sleep(5)", "slow"));
	CHECK(!db_is_late(store.db));
	db_set_budget(store.db, 60000);          /* what a budget allows, and then the patience again */
	CHECK_OUTCOME(OK, db_read_begin(store.db));
	db_read_end(store.db);
	db_set_budget(store.db, 0);
	CHECK_OUTCOME(FAILED, db_script(store.db, "SELECT pg_sleep(5)", "slow"));
	CHECK_OUTCOME(OK, db_batch_begin(store.db));
	CHECK_OUTCOME(OK, db_open(store.url, DB_WRITER, &other));
	usleep(1500000);
	CHECK_OUTCOME(OK, db_script(other, "SET lock_timeout = 1", "open"));
	CHECK_OUTCOME(OK, db_batch_begin(other));
	CHECK_OUTCOME(OK, db_batch_commit(other));
	CHECK_OUTCOME(FAILED, db_batch_commit(store.db));
	CHECK_OUTCOME(OK, db_batch_begin(store.db));
	CHECK_OUTCOME(OK, db_batch_commit(store.db));
	db_close(other);
	store_close(&store);
}

TEST(postgresql, a_deadlock_ends_a_transaction_that_may_run_again_and_our_own_mistake_does_not)
{
	static const char *const states[] = { "40001", "40P01", "22012" };
	struct store store;
	char words[128];

	if (!store_remote())
		skip();
	store_open(&store, "");
	for (int i = 0; i < 3; i++) {
		bool again = states[i][0] == '4';

		CHECK_OUTCOME(OK, db_batch_begin(store.db));
		snprintf(words, sizeof words, "DO $do$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '%s'; END $do$", states[i]);
		CHECK_OUTCOME(FAILED, db_script(store.db, words, "fails"));
		CHECK(db_may_run_again(store.db) == again);
		CHECK(db_batch_is_spoiled(store.db) == again);
		CHECK_OUTCOME(FAILED, db_batch_commit(store.db));
		CHECK(db_may_run_again(store.db) == again);
	}
	CHECK_OUTCOME(OK, db_batch_begin(store.db));
	CHECK(!db_may_run_again(store.db));
	CHECK_OUTCOME(OK, db_confirm(store.db));
	CHECK_OUTCOME(OK, db_batch_commit(store.db));
	store_close(&store);
}
