/* SQLite's session extension tells what a slice changed, as a changeset (sqlite.org/session.html and sessionintro): for each
 * table a head ('T', number of columns, a byte a column that says whether it is of the key, name), then for each row an
 * operation, a byte of no interest here, and its values: of an INSERT the new ones, of a DELETE the old ones, of an UPDATE
 * both.
 *
 * Inserted rows go to temporary tables with the key of the real ones, from where one INSERT … SELECT writes them all in
 * order of key: half the work of a statement a row. The others stay what they are and are applied by SQLite, which looks at
 * the old values. */
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include "db/staged.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/log.h"
#include "db/engine.h"
#include "db/ids.h"

enum { TABLES = 64, COLUMNS = 64, PAUSE_MS = 10 };
enum value { VALUE_NONE, VALUE_INT, VALUE_REAL, VALUE_TEXT, VALUE_BLOB, VALUE_NULL };

typedef unsigned char u8;

struct table { const char *name; sqlite3_stmt *insert; const char *land; };
/* Updates and deletions of one slice, as a changeset. */
struct changes { struct changes *next; size_t len; u8 bytes[]; };

struct db_staged {
	struct db *db;
	struct arena *arena;
	sqlite3_session *session;        /* of the slice under way */
	struct table tables[TABLES];
	size_t n_tables;
	struct changes *first, **end;
	bool failed;
};

static sqlite3 *handle(const struct db_staged *s) { return s->db->handle; }

static OUTCOME outcome_of(const struct db_staged *s, const char *what, int code)
{
	int extended = sqlite3_extended_errcode(handle(s));

	if (code == SQLITE_OK || code == SQLITE_DONE)
		return OK;
	if (code == SQLITE_ABORT || extended == SQLITE_CONSTRAINT_PRIMARYKEY || extended == SQLITE_CONSTRAINT_UNIQUE)
		return CONFLICT;
	log_line(LOG_ERROR, "", "staged", "%s: %s (%d)", what, sqlite3_errmsg(handle(s)), code);
	return FAILED;
}

static OUTCOME script(const struct db_staged *s, const char *sql)
{
	return outcome_of(s, "script", sqlite3_exec(handle(s), sql, NULL, NULL, NULL));
}

bool db_may_stage(const struct db *db)
{
	return db->engine == &db_sqlite && db->mode != DB_READER && !db->depth;
}

OUTCOME db_staged_open(struct db *db, struct db_staged **out)
{
	struct db_staged *s = calloc(1, sizeof *s);

	BUG_ON(!s || !db_may_stage(db));
	s->db = db;
	s->arena = arena_new(1 * MiB);
	s->end = &s->first;
	*out = s;
	return OK;
}

void db_staged_close(struct db_staged *s)
{
	if (!s)
		return;
	if (s->session)
		sqlite3session_delete(s->session);
	for (size_t i = 0; i < s->n_tables; i++) {
		sqlite3_finalize(s->tables[i].insert);
		if (script(s, arena_format(s->arena, "DROP TABLE temp.staged_%s", s->tables[i].name)) != OK)
			log_line(LOG_WARN, "", "staged", "%s stays until its connection ends", s->tables[i].name);
	}
	while (s->first) {
		struct changes *gone = s->first;

		s->first = gone->next;
		free(gone);
	}
	arena_free(s->arena);
	free(s);
}

/* ---- a slice ---- */

/* Blocks of ids are no work of the slice: they are taken for good (id_blocks_keep). */
static int is_of_work(void *state, const char *table)
{
	(void)state;
	return strcmp(table, "id_block") != 0;
}

OUTCOME db_staged_begin(struct db_staged *s)
{
	int code;

	TRY(db_batch_begin(s->db));
	code = sqlite3session_create(handle(s), "main", &s->session);
	if (code == SQLITE_OK) {
		sqlite3session_table_filter(s->session, is_of_work, NULL);
		code = sqlite3session_attach(s->session, NULL);
	}
	if (code == SQLITE_OK)
		return OK;
	s->failed = true;
	db_batch_rollback(s->db);
	return outcome_of(s, "session", code);
}

static const u8 *skip_length(const u8 *at, size_t *len)
{
	*len = 0;
	do
		*len = *len << 7 | (*at & 127);
	while (*at++ & 128);
	return at;
}

static const u8 *skip_value(const u8 *at)
{
	size_t len;

	switch (*at++) {
	case VALUE_INT: case VALUE_REAL:
		return at + 8;
	case VALUE_TEXT: case VALUE_BLOB:
		at = skip_length(at, &len);
		return at + len;
	default:
		return at;
	}
}

static int64_t big_endian(const u8 *at)
{
	uint64_t v = 0;

	for (int i = 0; i < 8; i++)
		v = v << 8 | at[i];
	return (int64_t)v;
}

/* The value lies where it is until the statement has run. */
static const u8 *bind_value(sqlite3_stmt *to, int column, const u8 *at)
{
	enum value kind = (enum value)*at++;
	int64_t bits;
	double real;
	size_t len;

	if (kind == VALUE_INT || kind == VALUE_REAL) {
		bits = big_endian(at);
		memcpy(&real, &bits, sizeof real);
		BUG_ON((kind == VALUE_INT ? sqlite3_bind_int64(to, column, bits)
			: sqlite3_bind_double(to, column, real)) != SQLITE_OK);
		return at + 8;
	}
	if (kind != VALUE_TEXT && kind != VALUE_BLOB) {
		BUG_ON(sqlite3_bind_null(to, column) != SQLITE_OK);
		return at;
	}
	at = skip_length(at, &len);
	BUG_ON((kind == VALUE_TEXT ? sqlite3_bind_text64(to, column, (const char *)at, len, SQLITE_STATIC, SQLITE_UTF8)
		: sqlite3_bind_blob64(to, column, at, len, SQLITE_STATIC)) != SQLITE_OK);
	return at + len;
}

/* ---- the temporary tables ---- */

/* "a, b, PRIMARY KEY (a)" and "?, ?" of a table as the store has it. */
static OUTCOME shape_of(const struct db_staged *s, const char *table, const char **columns, const char **values)
{
	struct buf names = BUF(s->arena, .max = 64 * KiB), marks = BUF(s->arena, .max = 64 * KiB);
	const char *key[COLUMNS] = { NULL };
	sqlite3_stmt *q = NULL;
	int code = sqlite3_prepare_v2(handle(s), "SELECT name, pk FROM pragma_table_info(?1) ORDER BY cid", -1, &q, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_bind_text(q, 1, table, -1, SQLITE_STATIC);
	while (code == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW) {
		const char *name = arena_text(s->arena, (const char *)sqlite3_column_text(q, 0));
		int of_key = sqlite3_column_int(q, 1);

		BUG_ON(of_key >= COLUMNS);
		key[of_key] = of_key ? name : NULL;
		buf_format(&names, "%s, ", name);
		buf_format(&marks, "%s?", marks.len ? ", " : "");
	}
	sqlite3_finalize(q);
	buf_text(&names, "PRIMARY KEY (");
	for (int i = 1; i < COLUMNS && key[i]; i++)
		buf_format(&names, "%s%s", i > 1 ? ", " : "", key[i]);
	buf_char(&names, ')');
	*columns = buf_cstr(&names);
	*values = buf_cstr(&marks);
	return outcome_of(s, table, code);
}

static OUTCOME open_table(struct db_staged *s, const char *name, struct table **out)
{
	struct table *t = &s->tables[s->n_tables];
	const char *columns, *values, *sql;

	for (size_t i = 0; i < s->n_tables; i++)
		if (!strcmp(s->tables[i].name, name)) {
			*out = &s->tables[i];
			return OK;
		}
	BUG_ON(s->n_tables == TABLES);
	TRY(shape_of(s, name, &columns, &values));
	TRY(script(s, arena_format(s->arena, "CREATE TABLE temp.staged_%s (%s) WITHOUT ROWID", name, columns)));
	*t = (struct table){ .name = arena_text(s->arena, name),
		.land = arena_format(s->arena, "INSERT INTO main.%s SELECT * FROM temp.staged_%s", name, name) };
	s->n_tables++;
	sql = arena_format(s->arena, "INSERT INTO temp.staged_%s VALUES (%s)", name, values);
	*out = t;
	return outcome_of(s, name, sqlite3_prepare_v3(handle(s), sql, -1, SQLITE_PREPARE_PERSISTENT, &t->insert, NULL));
}

/* ---- noting ---- */

/* What is read, and where what is no INSERT goes; len stays 0 behind a head until a row follows it. */
struct noting { const u8 *at, *end; u8 *rest, *head; };

static const u8 *skip_row(const u8 *at, size_t columns)
{
	u8 operation = *at;

	at += 2;
	for (size_t i = 0; i < columns * (operation == SQLITE_UPDATE ? 2 : 1); i++)
		at = skip_value(at);
	return at;
}

static OUTCOME note_insert(struct db_staged *s, struct table *t, size_t columns, struct noting *n)
{
	int code;

	n->at += 2;
	for (size_t i = 0; i < columns; i++)
		n->at = bind_value(t->insert, (int)i + 1, n->at);
	code = sqlite3_step(t->insert);
	sqlite3_reset(t->insert);
	return outcome_of(s, t->name, code);
}

static void copy_to_rest(struct noting *n, const u8 *from, const u8 *to)
{
	memcpy(n->rest, from, (size_t)(to - from));
	n->rest += to - from;
}

static OUTCOME note_table(struct db_staged *s, struct noting *n)
{
	const u8 *head = n->at, *row;
	bool has_rest = false;
	struct table *t = NULL;
	size_t columns;
	const char *name;

	n->at = skip_length(n->at + 1, &columns) + columns;
	name = (const char *)n->at;
	n->at += strlen(name) + 1;
	row = n->at;
	while (n->at < n->end && *n->at != 'T') {
		if (*n->at == SQLITE_INSERT) {
			if (!t)
				TRY(open_table(s, name, &t));
			TRY(note_insert(s, t, columns, n));
			continue;
		}
		if (!has_rest)
			copy_to_rest(n, head, row);
		has_rest = true;
		head = n->at;
		n->at = skip_row(n->at, columns);
		copy_to_rest(n, head, n->at);
	}
	return OK;
}

static OUTCOME note(struct db_staged *s, const u8 *set, size_t len)
{
	struct changes *rest = malloc(sizeof *rest + len);
	struct noting n = { .at = set, .end = set + len };
	enum outcome noted = OK;

	BUG_ON(!rest);
	n.rest = rest->bytes;
	while (noted == OK && n.at < n.end)
		noted = note_table(s, &n);
	*rest = (struct changes){ .len = (size_t)(n.rest - rest->bytes) };
	*s->end = rest;
	s->end = &rest->next;
	return noted;
}

/* In a transaction of the temporary store alone: it takes no lock of the other. */
static OUTCOME note_at_once(struct db_staged *s, const u8 *set, size_t len)
{
	enum outcome noted;

	if (db_fault(s->db))
		return FAILED;
	TRY(script(s, "BEGIN"));
	noted = note(s, set, len);
	if (noted == OK)
		return script(s, "COMMIT");
	sqlite3_exec(handle(s), "COMMIT", NULL, NULL, NULL);     /* it goes with the rest */
	return noted;
}

/* In a store in memory there is nobody else. */
static void let_others(const struct db_staged *s)
{
	const char *path = sqlite3_db_filename(handle(s), "main");
	struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000L };

	if (path && *path)
		nanosleep(&pause, NULL);
}

OUTCOME db_staged_end(struct db_staged *s, bool keep)
{
	struct id_blocks blocks = id_blocks_new(s->db);
	void *set = NULL;
	int len = 0, code = keep ? sqlite3session_changeset(s->session, &len, &set) : SQLITE_OK;
	enum outcome done;

	sqlite3session_delete(s->session);
	s->session = NULL;
	db_batch_rollback(s->db);
	done = outcome_of(s, "changeset", code);
	if (done == OK)
		done = id_blocks_keep(s->db, &blocks);
	if (done == OK)
		done = note_at_once(s, set, (size_t)len);
	sqlite3_free(set);
	s->failed |= done != OK || !keep;
	let_others(s);
	return done;
}

/* ---- landing ---- */

static int refuse(void *state, int conflict, sqlite3_changeset_iter *row)
{
	(void)state;
	(void)conflict;
	(void)row;
	return SQLITE_CHANGESET_ABORT;
}

OUTCOME db_staged_land(struct db_staged *s)
{
	BUG_ON(s->failed || !s->db->depth);
	if (db_fault(s->db))
		return FAILED;
	s->db->written++;
	for (struct changes *c = s->first; c; c = c->next)
		TRY(outcome_of(s, "landing", sqlite3changeset_apply_v2(handle(s), (int)c->len, c->bytes, NULL, refuse, NULL,
			NULL, NULL, SQLITE_CHANGESETAPPLY_NOSAVEPOINT)));
	for (size_t i = 0; i < s->n_tables; i++)
		TRY(script(s, s->tables[i].land));
	return OK;
}
