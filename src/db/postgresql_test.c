/* What only PostgreSQL can tell of our statements; the rest of the suite runs on it when HOCTAP_TEST_DB says so (tests/store.h). */
#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "db/postgresql.h"
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
