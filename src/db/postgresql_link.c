/* The link to a PostgreSQL server: opened, renewed, and what its errors mean. */
#include "db/postgresql.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bug.h"
#include "base/id.h"
#include "base/log.h"

enum { VERSION_MIN = 130000, REST_MAX_NS = 1000000000 };

/* The server's words may quote a value where a text could not be read as a number (class 22): then its code is all we tell. */
static void log_error(const char *name, const char *state, const char *words)
{
	if (!strncmp(state, "22", 2))
		words = "a value the server could not take";
	log_line(LOG_ERROR, "", "postgresql", "%s: %.400s (%s)", name, words, state);
}

/* Deadlock, serialization failure (on a replica: what it read had to go), the server's own end, no more link. */
static bool is_of_the_world(struct db *db, const char *state)
{
	return !strcmp(state, "40001") || !strcmp(state, "40P01") || !strncmp(state, "57P", 3) || !strncmp(state, "08", 2)
		|| PQstatus(pg_of(db)->link) != CONNECTION_OK;
}

enum outcome pg_outcome(struct db *db, const char *name, const PGresult *result)
{
	ExecStatusType status = result ? PQresultStatus(result) : PGRES_FATAL_ERROR;
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *words = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;

	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
		return OK;
	if (!state)
		state = "no answer";
	if (!strcmp(state, "23505"))                     /* a unique key is there already */
		return CONFLICT;
	if (!strcmp(state, "57014") && db->deadline_ns) {
		db->late = true;                         /* begun again by http/: not worth a line */
		return FAILED;
	}
	if (is_of_the_world(db, state))
		db->again = true;
	log_error(name, state, words ? words : PQerrorMessage(pg_of(db)->link));
	return FAILED;
}

enum outcome pg_words(struct db *db, const char *name, const char *sql)
{
	PGresult *result = PQexec(pg_of(db)->link, sql);
	enum outcome done = pg_outcome(db, name, result);

	PQclear(result);
	return done;
}

/* Notices are nobody's concern; a warning is, of a commit. */
static void hear(void *arg, const PGresult *notice)
{
	struct pg *pg = arg;
	const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);

	pg->warned = pg->warned || (severity && !strcmp(severity, "WARNING"));
}

static OUTCOME tell_patience(struct db *db)
{
	struct pg *pg = pg_of(db);
	char words[160];

	snprintf(words, sizeof words, "SET statement_timeout = %d; SET idle_in_transaction_session_timeout = %d",
		pg->patience * 1000, pg->patience * 1000);
	return pg_words(db, "patience", words);
}

void pg_set_patience(struct db *db, int seconds)
{
	pg_of(db)->patience = seconds;
	if (PQstatus(pg_of(db)->link) == CONNECTION_OK)
		(void)!tell_patience(db);
}

/* A reader cannot write; a writer that waits for a lock gives up when SQLite's would. Text is kept in C order by the migrations,
 * times are numbers: nothing else of a session's settings shows in an answer. A server learns within half a minute that our
 * machine is gone, and gives back what we held there. */
static OUTCOME set_up(struct db *db)
{
	struct pg *pg = pg_of(db);

	pg->generation++;
	pg->deadline_ns = 0;
	PQsetNoticeReceiver(pg->link, hear, pg);
	TRY(pg_words(db, "open", "SET jit = off; SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;"
		" SET tcp_keepalives_count = 3; SET tcp_user_timeout = 25000"));
	TRY(pg_words(db, "open", db->mode == DB_READER ? "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
		: "SET lock_timeout = 15000"));
	return pg->patience ? tell_patience(db) : OK;
}

static OUTCOME check_server(struct db *db)
{
	PGconn *link = pg_of(db)->link;
	const char *encoding = PQparameterStatus(link, "server_encoding");

	if (PQserverVersion(link) < VERSION_MIN) {
		log_line(LOG_ERROR, "", "db_open", "PostgreSQL %d is too old: 13 at least", PQserverVersion(link) / 10000);
		return FAILED;
	}
	if (!encoding || strcmp(encoding, "UTF8") != 0) {
		log_line(LOG_ERROR, "", "db_open", "the database's encoding is %s: make it with createdb -E UTF8 -T template0",
			encoding ? encoding : "not known");
		return FAILED;
	}
	return OK;
}

/* What a migration's words need that PostgreSQL does not have: the type BLOB, and two functions of SQLite's. */
static const char foundation[] =
	"DO $do$ BEGIN IF to_regtype('blob') IS NULL THEN CREATE DOMAIN blob AS bytea; END IF; END $do$;\n"
	"CREATE OR REPLACE FUNCTION json_each(list text) RETURNS TABLE (value text) LANGUAGE sql\n"
	" IMMUTABLE STRICT PARALLEL SAFE ROWS 30 AS 'SELECT jsonb_array_elements_text(CAST(list AS jsonb))';\n"
	"CREATE OR REPLACE FUNCTION group_concat_add(so_far text, more text, part text) RETURNS text LANGUAGE sql\n"
	" IMMUTABLE PARALLEL SAFE AS 'SELECT CASE WHEN so_far IS NULL THEN more WHEN more IS NULL"
	" THEN so_far ELSE so_far || part || more END';\n"
	"CREATE OR REPLACE AGGREGATE group_concat(text, text) (SFUNC = group_concat_add, STYPE = text);\n";

static OUTCOME find_store(struct db *db, enum db_mode mode)
{
	PGresult *result;
	enum outcome found;

	if (mode == DB_CREATE)
		return pg_words(db, "open", foundation);
	result = PQexec(pg_of(db)->link, "SELECT 1 WHERE to_regclass('migration') IS NOT NULL");
	found = pg_outcome(db, "open", result);
	if (found == OK && PQntuples(result) == 0)
		found = NOT_FOUND;
	PQclear(result);
	return found;
}

/* "hocw" in ASCII and the word; the schema's name, as for writers. */
OUTCOME pg_hold(struct db *db, enum db_word word, bool shared)
{
	struct pg *pg = pg_of(db);
	char words[160];
	PGresult *told;
	enum outcome done;

	if (!pg_is_linked(db))
		return FAILED;
	if (pg->held & 1u << word)
		return OK;
	snprintf(words, sizeof words, "SELECT pg_try_advisory_lock%s(%d, hashtext(current_schema()))", shared ? "_shared" : "",
		1752130423 + (int)word);
	told = PQexec(pg->link, words);
	done = pg_outcome(db, "hold", told);
	if (done == OK && strcmp(PQgetvalue(told, 0, 0), "t") != 0)
		done = CONFLICT;
	if (done == OK)
		pg->held |= 1u << word;
	PQclear(told);
	return done;
}

uint64_t pg_server(const struct db *db)
{
	const PGconn *link = pg_of(db)->link;
	const char *const names[] = { PQhost(link), PQport(link) };
	uint64_t hash = 14695981039346656037u;

	for (int i = 0; i < 2; i++)
		for (const char *p = names[i] ? names[i] : ""; *p; p++)
			hash = (hash ^ (unsigned char)*p) * 1099511628211u;
	return hash;
}

/* In bytes of the log. The answer to a commit comes after its record was written. */
OUTCOME pg_position(struct db *db, struct db_position *out)
{
	static const char words[] = "SELECT CAST(coalesce(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()"
		" ELSE pg_current_wal_lsn() END, '0/0') - '0/0' AS bigint), system_identifier # hashtext(current_database())"
		" FROM pg_control_system()";
	PGresult *told;
	enum outcome done;

	if (!pg_is_linked(db))
		return FAILED;
	told = PQexec(pg_of(db)->link, words);
	done = pg_outcome(db, "position", told);
	if (done == OK && PQntuples(told) == 1)
		*out = (struct db_position){ strtoll(PQgetvalue(told, 0, 0), NULL, 10), strtoll(PQgetvalue(told, 0, 1), NULL, 10),
			pg_server(db) };
	PQclear(told);
	return done;
}

static bool has_several_hosts(const char *url)
{
	PQconninfoOption *all = PQconninfoParse(url, NULL);
	bool several = false;

	for (const PQconninfoOption *o = all; o && o->keyword; o++)
		if ((!strcmp(o->keyword, "host") || !strcmp(o->keyword, "hostaddr")) && o->val && strchr(o->val, ','))
			several = true;
	PQconninfoFree(all);
	return several;
}

/* What the URL itself says wins. Of several hosts readers too take the one that can be written to: the others may lag. */
OUTCOME pg_open(struct db *db, const char *url, enum db_mode mode)
{
	const char *const names[] = { "application_name", "connect_timeout", "keepalives_idle", "tcp_user_timeout",
		"target_session_attrs", "dbname", "client_encoding", NULL };
	const char *reads = has_several_hosts(url) ? "read-write" : "any";
	const char *which = mode == DB_REPLICA ? "prefer-standby" : mode == DB_READER ? reads : "read-write";
	const char *const values[] = { "hoctap", "5", "10", "15000", which, url, "UTF8", NULL };
	struct pg *pg = calloc(1, sizeof *pg);

	BUG_ON(!pg);
	db->handle = pg;
	pg->link = PQconnectdbParams(names, values, 1);
	if (!pg->link || PQstatus(pg->link) != CONNECTION_OK) {
		log_line(LOG_ERROR, "", "db_open", "no link to PostgreSQL: %.400s",
			pg->link ? PQerrorMessage(pg->link) : "out of memory");
		return FAILED;
	}
	TRY(check_server(db));
	TRY(set_up(db));
	return find_store(db, mode);
}

void pg_close(struct db *db)
{
	struct pg *pg = pg_of(db);

	PQfinish(pg->link);
	free(pg->load);
	free(pg);
	db->handle = NULL;
}

static int64_t clock_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

bool pg_is_linked(struct db *db)
{
	struct pg *pg = pg_of(db);
	int64_t from = clock_ns(), now;

	if (PQstatus(pg->link) == CONNECTION_OK)
		return true;
	if (db->depth || from < pg->rest_ns)
		return false;
	PQreset(pg->link);
	if (PQstatus(pg->link) == CONNECTION_OK && set_up(db) == OK) {
		bool held = pg->held;

		log_line(LOG_WARN, "", "postgresql", "the link was lost and is there again");
		pg->held = 0;
		db->n_ids = 0;           /* blocks of ids are taken anew: this server may not know of the last ones */
		return !held;
	}
	now = clock_ns();
	pg->rest_ns = now + (now - from < REST_MAX_NS ? now - from : REST_MAX_NS);
	log_line(LOG_ERROR, "", "postgresql", "no link: %.400s", PQerrorMessage(pg->link));
	return false;
}

/* Big tables are divided by register. What belongs to none (a trace of no one person) and to one that was not announced lies in
 * the partition for the rest. */
static const char partitions[] =
	"DO $do$\n"
	"DECLARE big record; reg bigint;\n"
	"BEGIN\n"
	" FOR big IN SELECT relname AS name FROM pg_class WHERE relkind = 'p'\n"
	"  AND relnamespace = to_regnamespace(current_schema()) LOOP\n"
	"  IF to_regclass(big.name || '_rest') IS NULL THEN\n"
	"   EXECUTE format('CREATE TABLE %%I PARTITION OF %%I DEFAULT', big.name || '_rest', big.name);\n"
	"  END IF;\n"
	"  FOR reg IN SELECT CAST(substring(relname FROM '_r([0-9]+)$') AS bigint) FROM pg_class\n"
	"   WHERE relkind = 'r' AND relispartition AND relname ~ '_r[0-9]+$'\n"
	"   AND relnamespace = to_regnamespace(current_schema())\n"
	"   UNION SELECT %lld WHERE %lld >= 0 LOOP\n"
	"   IF to_regclass(big.name || '_r' || reg) IS NULL THEN\n"
	"    EXECUTE format('CREATE TABLE %%I PARTITION OF %%I FOR VALUES FROM (%%s) TO (%%s)', big.name || '_r' || reg,\n"
	"     big.name, reg * %lld, (reg + 1) * %lld);\n"
	"   END IF;\n"
	"  END LOOP;\n"
	" END LOOP;\n"
	"END $do$";

OUTCOME pg_add_register(struct db *db, int64_t reg)
{
	long long wide = (long long)id_make(1, 0);
	char words[2048];
	int len = snprintf(words, sizeof words, partitions, (long long)reg, (long long)reg, wide, wide);

	BUG_ON(len < 0 || (size_t)len >= sizeof words);
	return pg_words(db, "partitions", words);
}
