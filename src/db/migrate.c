/* The store's version is a row of its own table, made here: it must be readable before any migration. */
#include "db/migrate.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "db/statement.h"
#include "db/transaction.h"

static const struct db_statement version_get = {
	.name = "migration_version", .file = "migrate.c", .sql = "SELECT max(number) FROM migration",
	.sql_postgresql = "SELECT max(number) FROM migration", .parameters = "", .columns = "I",
};

static const struct db_statement table_there = {
	.name = "migration_there", .file = "migrate.c", .sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'migration'",
	.sql_postgresql = "SELECT count(*) FROM pg_class WHERE oid = to_regclass('migration')", .parameters = "", .columns = "i",
};

int migrations_newest(void)
{
	int newest = 0;

	for (const struct migration *m = migrations; m->number; m++)
		newest = m->number;
	return newest;
}

OUTCOME migrate_version(struct db *db, int *out)
{
	struct db_cursor *c;

	bool any;

	*out = 0;
	c = db_run(db, &table_there);
	any = db_next(c) && db_int(c, 0);
	TRY(db_end(c, NULL));
	if (!any)
		return OK;
	c = db_run(db, &version_get);
	*out = db_next(c) ? (int)db_maybe(c, 0).value : 0;
	return db_end(c, NULL);
}

OUTCOME migrate_mark(struct db *db, bool unfinished)
{
	char words[128];

	snprintf(words, sizeof words, unfinished
		? "INSERT INTO migration (number, name) VALUES (%d, 'copying') ON CONFLICT (number) DO NOTHING"
		: "DELETE FROM migration WHERE number = %d", MIGRATION_UNFINISHED);
	return db_script(db, words, "migration");
}

/* BIGINT is the rowid's type only when it is spelled INTEGER; the other words are comments the other engine does not see. Text is
 * compared byte by byte on both, whatever the database's own order is. */
const char *migrate_text(struct arena *arena, const char *sql, const char *engine)
{
	static const char *const sqlite[][2] = { { "BIGINT", "INTEGER" }, { "/* strict */", "STRICT" },
		{ "/* keyed */", "STRICT, WITHOUT ROWID" }, { NULL, NULL } };
	static const char *const postgresql[][2] = { { " TEXT", " TEXT COLLATE \"C\"" }, { " REAL", " DOUBLE PRECISION" },
		{ "/* partition person_id */", "PARTITION BY RANGE (person_id)" },
		{ "/* partition id */", "PARTITION BY RANGE (id)" },
		{ "AS TEXT", "AS TEXT" }, { "AS REAL", "AS DOUBLE PRECISION" }, { NULL, NULL } };
	const char *const(*words)[2] = !strcmp(engine, "sqlite") ? sqlite : postgresql;
	struct buf out = BUF(arena, .max = 4 * MiB);

	while (*sql) {
		size_t i = 0;

		while (words[i][0] && strncmp(sql, words[i][0], strlen(words[i][0])) != 0)
			i++;
		if (words[i][0]) {
			buf_text(&out, words[i][1]);
			sql += strlen(words[i][0]);
		} else {
			buf_char(&out, *sql++);
		}
	}
	return buf_cstr(&out);
}

static OUTCOME run_one(struct db *db, struct arena *arena, const struct migration *m)
{
	DB_TRANSACTION(tx, db);

	TRY(db_script(db, migrate_text(arena, m->sql, db_engine_name(db)), m->name));
	TRY(db_add_register(db, -1));
	TRY(db_script(db, arena_format(arena, "INSERT INTO migration (number, name) VALUES (%d, '%s')", m->number, m->name), m->name));
	return db_commit(&tx);
}

OUTCOME migrate(struct db *db)
{
	struct arena *arena;
	enum outcome done = OK;
	int version;

	TRY(db_script(db, "CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL)", "migration"));
	TRY(migrate_version(db, &version));
	arena = arena_new(32 * MiB);
	for (const struct migration *m = migrations; done == OK && m->number; m++)
		if (m->number > version)
			done = run_one(db, arena, m);
	arena_free(arena);
	return done;
}
