#include "tests/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/migrate.h"
#include "tests/test.h"

enum { SCHEMAS = 4 };

/* Which schemas are in use, and which were made: the tests of one process run one after the other. */
static struct { bool used, made; } schemas[SCHEMAS];

const char *store_remote(void)
{
	const char *url = getenv("HOCTAP_TEST_DB");

	return url && *url ? url : NULL;
}

static void url_of(struct store *s, const char *schema)
{
	const char *remote = store_remote();

	CHECK((size_t)snprintf(s->url, sizeof s->url, "%s%coptions=-csearch_path%%3D%s", remote, strchr(remote, '?') ? '&' : '?', schema) <
		sizeof s->url);
}

/* Keys that refer to others stand in no order here: they are not looked at while all goes. */
static const char emptied[] =
	"SET session_replication_role = replica;\n"
	"DO $do$ DECLARE t text; BEGIN\n"
	" FOR t IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = to_regnamespace(current_schema())\n"
	"  AND relname <> 'migration' AND pg_relation_size(oid) > 0 LOOP\n"
	"  EXECUTE 'DELETE FROM ' || t;\n"
	" END LOOP;\n"
	"END $do$;\n"
	"SET session_replication_role = origin";

static void make_schema(struct store *s, const char *schema)
{
	struct db *db;
	char sql[256];

	CHECK_OUTCOME(OK, db_open(store_remote(), DB_CREATE, &db));
	snprintf(sql, sizeof sql, "DROP SCHEMA IF EXISTS %s CASCADE; CREATE SCHEMA %s", schema, schema);
	CHECK_OUTCOME(OK, db_script(db, sql, "store"));
	db_close(db);
	CHECK_OUTCOME(OK, db_open(s->url, DB_CREATE, &s->db));
}

static void open_remote(struct store *s, bool bare)
{
	char schema[16];
	int i = 0;

	while (i < SCHEMAS && schemas[i].used)
		i++;
	CHECK(i < SCHEMAS);
	snprintf(schema, sizeof schema, bare ? "bare%d" : "w%d", i);
	url_of(s, schema);
	s->schema = i;
	schemas[i].used = true;
	if (bare) {
		make_schema(s, schema);
	} else if (schemas[i].made) {
		CHECK_OUTCOME(OK, db_open(s->url, DB_WRITER, &s->db));
		CHECK_OUTCOME(OK, db_script(s->db, emptied, "store"));
	} else {
		make_schema(s, schema);
		CHECK_OUTCOME(OK, migrate(s->db));
		schemas[i].made = true;
	}
}

static void open_local(struct store *s, const char *url, bool bare)
{
	snprintf(s->url, sizeof s->url, "%s", url);
	CHECK_OUTCOME(OK, db_open(url, DB_CREATE, &s->db));
	if (!bare)
		CHECK_OUTCOME(OK, migrate(s->db));
}

void store_open(struct store *s, const char *sqlite_url)
{
	*s = (struct store){ .schema = -1 };
	if (store_remote())
		open_remote(s, false);
	else
		open_local(s, sqlite_url, false);
}

void store_open_bare(struct store *s, const char *sqlite_url)
{
	*s = (struct store){ .schema = -1 };
	if (store_remote())
		open_remote(s, true);
	else
		open_local(s, sqlite_url, true);
}

void store_clear(void)
{
	struct db *db;
	bool left = false;

	for (size_t i = 0; i < SCHEMAS; i++) {
		left |= schemas[i].used;
		schemas[i].used = false;
	}
	if (!left)
		return;
	CHECK_OUTCOME(OK, db_open(store_remote(), DB_CREATE, &db));
	CHECK_OUTCOME(OK, db_script(db, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
		" AND application_name = 'hoctap' AND pid <> pg_backend_pid()", "store"));
	db_close(db);
}

const char *store_blob(const struct db *db, struct arena *arena, const char *hex)
{
	return arena_format(arena, !strcmp(db_engine_name(db), "sqlite") ? "x'%s'" : "CAST('\\x%s' AS bytea)", hex);
}

void store_close(struct store *s)
{
	db_close(s->db);
	s->db = NULL;
	if (s->schema >= 0)
		schemas[s->schema].used = false;
}
