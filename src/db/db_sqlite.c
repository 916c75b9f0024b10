/* SQLite 3.40 behind struct db_engine: WAL, synchronous=FULL, one writer, many readers. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/log.h"
#include "db/engine.h"

enum { BUSY_MS = 15000, PROGRESS_STEPS = 2000 };

static sqlite3 *handle(struct db *db) { return db->handle; }
static sqlite3_stmt *statement(struct db_prepared *p) { return (sqlite3_stmt *)p; }

static enum outcome outcome_of(struct db *db, const char *name, int code)
{
	int extended = sqlite3_extended_errcode(handle(db));

	if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
		return OK;
	if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY)
		return CONFLICT;
	if (code == SQLITE_INTERRUPT && db->late)
		return FAILED;                   /* begun again by http/: not worth a line */
	log_line(LOG_ERROR, "", "sqlite", "%s: %s (%d)", name, sqlite3_errmsg(handle(db)), extended);
	return FAILED;
}

static int64_t clock_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Over its time, or it keeps the log from coming home. */
static int on_progress(void *arg)
{
	struct db *db = arg;

	if (db->settling || (!(db->deadline_ns && clock_ns() >= db->deadline_ns) &&
		db->began_ms >= db_checkpoints_cut_before(db->checkpoints)))
		return 0;
	db->late = true;
	return 1;
}

static OUTCOME script(struct db *db, const char *sql, const char *name)
{
	if (db_fault(db))
		return FAILED;
	return outcome_of(db, name, sqlite3_exec(handle(db), sql, NULL, NULL, NULL));
}

/* Without the count of all memory in use, each piece of which takes a lock that every connection shares. */
static void configure(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);      /* refused when something else has used SQLite: no harm */
}

static OUTCOME open_sqlite(struct db *db, const char *where, enum db_mode mode)
{
	static const char always[] = "PRAGMA foreign_keys = on; PRAGMA case_sensitive_like = on; PRAGMA temp_store = memory;"
				     "PRAGMA cache_size = -16384; PRAGMA mmap_size = 268435456;";
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == DB_CREATE ? SQLITE_OPEN_CREATE : 0);
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	sqlite3 *h = NULL;
	int code;

	pthread_once(&once, configure);
	code = sqlite3_open_v2(where, &h, flags, NULL);

	db->handle = h;
	db->began_ms = INT64_MAX;
	if (code == SQLITE_CANTOPEN)
		return NOT_FOUND;                /* whoever asked knows better what to say */
	if (code != SQLITE_OK) {
		log_line(LOG_ERROR, "", "db_open", "%s: %s", where, h ? sqlite3_errmsg(h) : "out of memory");
		return FAILED;
	}
	sqlite3_extended_result_codes(h, 1);
	sqlite3_busy_timeout(h, BUSY_MS);
	sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_progress_handler(h, PROGRESS_STEPS, on_progress, db);
	if (mode == DB_CREATE)
		TRY(script(db, "PRAGMA page_size = 8192; PRAGMA journal_mode = wal;", "open"));
	TRY(script(db, always, "open"));
	if (mode == DB_READER)
		return script(db, "PRAGMA query_only = 1;", "open");
	/* The log is brought home every 32 MiB: a page that each commit writes again (counters, ends of indexes) is copied
	 * once. The
	 * writer's own pages stay in its cache meanwhile. */
	return script(db, "PRAGMA synchronous = full; PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 4096;"
		"PRAGMA cache_size = -65536;", "open");
}

static void close_sqlite(struct db *db)
{
	for (size_t i = 0; i < COUNT(db->controls); i++)
		sqlite3_finalize(statement(db->controls[i]));
	sqlite3_close_v2(handle(db));
}

static OUTCOME prepare(struct db *db, const struct db_statement *s, struct db_prepared **out)
{
	sqlite3_stmt *made = NULL;
	int code = sqlite3_prepare_v3(handle(db), s->sql, -1, SQLITE_PREPARE_PERSISTENT, &made, NULL);

	*out = (struct db_prepared *)made;
	return outcome_of(db, s->name, code);
}

static void discard(struct db_prepared *p)
{
	sqlite3_finalize(statement(p));
}

/* The caller's values outlive the statement's run (db_end comes before they go): no copy. */
static void bind_int(struct db_prepared *p, int at, int64_t v)
{
	BUG_ON(sqlite3_bind_int64(statement(p), at + 1, v) != SQLITE_OK);
}

static void bind_real(struct db_prepared *p, int at, double v)
{
	BUG_ON(sqlite3_bind_double(statement(p), at + 1, v) != SQLITE_OK);
}

static void bind_text(struct db_prepared *p, int at, const char *v)
{
	BUG_ON(sqlite3_bind_text64(statement(p), at + 1, v, strlen(v), SQLITE_STATIC, SQLITE_UTF8) != SQLITE_OK);
}

static void bind_bytes(struct db_prepared *p, int at, struct bytes v)
{
	BUG_ON(sqlite3_bind_blob64(statement(p), at + 1, v.ptr, v.len, SQLITE_STATIC) != SQLITE_OK);
}

static void bind_null(struct db_prepared *p, int at)
{
	BUG_ON(sqlite3_bind_null(statement(p), at + 1) != SQLITE_OK);
}

static int step(struct db_cursor *c)
{
	int code = sqlite3_step(statement(c->prepared));

	if (code == SQLITE_ROW)
		return 1;
	c->outcome = outcome_of(c->db, c->statement->name, code);
	return c->outcome == OK ? 0 : -1;
}

static void reset(struct db_prepared *p)
{
	sqlite3_reset(statement(p));
}

static int64_t changed(struct db *db)
{
	return sqlite3_changes64(handle(db));
}

static bool is_null(struct db_prepared *p, int column)
{
	return sqlite3_column_type(statement(p), column) == SQLITE_NULL;
}

static int64_t get_int(struct db_prepared *p, int column)
{
	return sqlite3_column_int64(statement(p), column);
}

static double get_real(struct db_prepared *p, int column)
{
	return sqlite3_column_double(statement(p), column);
}

static struct bytes get_bytes(struct db_prepared *p, int column)
{
	const void *ptr = sqlite3_column_blob(statement(p), column);

	if (!ptr)                        /* absent, or empty: SQLite gives no address for either */
		return (struct bytes){ is_null(p, column) ? NULL : "", 0 };
	return (struct bytes){ ptr, (size_t)sqlite3_column_bytes(statement(p), column) };
}

/* BEGIN, COMMIT and their kin carry no values: words and a depth, prepared once like everything else. */
enum control { CONTROL_BEGIN, CONTROL_COMMIT, CONTROL_ROLLBACK, CONTROLS };

static const char *control_words(const struct db *db, enum control what, int depth)
{
	static const char *const outer[CONTROLS] = { "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK" };
	static const char *const inner[CONTROLS] = { "SAVEPOINT", "RELEASE", "ROLLBACK TO" };

	if (depth)
		return inner[what];
	return what == CONTROL_BEGIN && db->mode == DB_READER ? "BEGIN" : outer[what];
}

static int control(struct db *db, enum control what, int depth)
{
	struct db_prepared **kept = &db->controls[(int)what * DB_DEPTH_MAX + depth];
	sqlite3_stmt *made = NULL;
	char sql[48];
	int code;

	if (!*kept) {
		snprintf(sql, sizeof sql, "%s%s%.0d", control_words(db, what, depth), depth ? " s" : "", depth);
		code = sqlite3_prepare_v3(handle(db), sql, -1, SQLITE_PREPARE_PERSISTENT, &made, NULL);
		if (code != SQLITE_OK)
			return code;
		*kept = (struct db_prepared *)made;
	}
	/* Never cut: interrupted after its work, BEGIN would leave a transaction that nobody knows of, and the connection
	 * would refuse every later one. */
	db->settling = true;
	code = sqlite3_step(statement(*kept));
	sqlite3_reset(statement(*kept));
	db->settling = false;
	return code;
}

/* False: a reader that may not wait would have to. */
static bool may_begin(struct db *db)
{
	if (!db->checkpoints)
		return true;
	if (db->mode == DB_READER) {
		db->late = !checkpoints_read_begins(db->checkpoints, !db->deadline_ns);
		return !db->late;
	}
	checkpoints_write_begins(db->checkpoints);
	db->inside = true;
	return true;
}

static void ended(struct db *db)
{
	db->began_ms = INT64_MAX;
	if (!db->inside)
		return;
	db->inside = false;
	checkpoints_write_ended(db->checkpoints);
}

/* A WAL transaction that reads first and then writes is refused at once when another wrote: writers begin immediate. */
static OUTCOME begin(struct db *db, int depth)
{
	enum outcome done;

	if (depth)
		return outcome_of(db, "begin", control(db, CONTROL_BEGIN, depth));
	if (!may_begin(db))
		return FAILED;
	done = outcome_of(db, "begin", control(db, CONTROL_BEGIN, 0));
	if (done != OK)
		ended(db);
	else if (db->checkpoints && db->mode == DB_READER)
		db->began_ms = clock_ns() / 1000000;
	return done;
}

static OUTCOME commit(struct db *db, int depth)
{
	enum outcome done;

	/* After a full disk or an I/O error SQLite may have rolled everything back by itself. */
	if (sqlite3_get_autocommit(handle(db)))
		return FAILED;
	done = outcome_of(db, "commit", control(db, CONTROL_COMMIT, depth));
	if (done == OK && !depth)
		ended(db);
	return done;                     /* a failed one is rolled back */
}

static void undo(struct db *db, int depth)
{
	if (!sqlite3_get_autocommit(handle(db)))
		control(db, CONTROL_ROLLBACK, depth);
}

static void rollback(struct db *db, int depth)
{
	if (!sqlite3_get_autocommit(handle(db))) {
		control(db, CONTROL_ROLLBACK, depth);
		if (depth)
			control(db, CONTROL_COMMIT, depth);
	}
	if (!depth)
		ended(db);
}

static bool in_transaction(struct db *db)
{
	return !sqlite3_get_autocommit(handle(db));
}

static bool changed_elsewhere(struct db *db)
{
	sqlite3_stmt *s;
	int64_t version = db->data_version;

	if (sqlite3_prepare_v2(handle(db), "PRAGMA data_version", -1, &s, NULL) != SQLITE_OK)
		return true;
	if (sqlite3_step(s) == SQLITE_ROW)
		db->data_version = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return db->data_version != version;
}

/* Every page of the copy is read again and its tables and indexes compared: a copy that cannot be used is found now. */
static OUTCOME verify_copy(const char *path)
{
	sqlite3 *h = NULL;
	sqlite3_stmt *s = NULL;
	bool whole = sqlite3_open_v2(path, &h, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK
		&& sqlite3_prepare_v2(h, "PRAGMA quick_check(1)", -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW
		&& !strcmp((const char *)sqlite3_column_text(s, 0), "ok");

	if (!whole)
		log_line(LOG_ERROR, "", "backup", "%s: %s", path,
			s ? (const char *)sqlite3_column_text(s, 0) : sqlite3_errmsg(h));
	sqlite3_finalize(s);
	sqlite3_close(h);
	return whole ? OK : FAILED;
}

/* One read transaction beside the writer. A reader's query_only forbids writing to the new file too: lifted for this. */
static OUTCOME vacuum_into(struct db *db, const char *path)
{
	sqlite3_stmt *s = NULL;
	enum outcome done = script(db, "PRAGMA query_only = 0;", "backup");
	int code;

	TRY(done);
	code = sqlite3_prepare_v2(handle(db), "VACUUM INTO ?1", -1, &s, NULL);
	if (code == SQLITE_OK) {
		sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC);
		code = sqlite3_step(s);
	}
	sqlite3_finalize(s);
	done = outcome_of(db, "backup", code);
	if (db->mode == DB_READER)
		TRY(script(db, "PRAGMA query_only = 1;", "backup"));
	return done;
}

OUTCOME sqlite_seal(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool synced = fd >= 0 && !fsync(fd);

	if (!synced)
		log_line(LOG_ERROR, "", "backup", "%s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return synced ? verify_copy(path) : FAILED;
}

/* VACUUM does not sync what it writes. */
static OUTCOME backup(struct db *db, const char *path)
{
	TRY(vacuum_into(db, path));
	return sqlite_seal(path);
}

/* The text of each table or index of some tables, as the store itself keeps it; or of dropping it. */
static OUTCOME schema_of(struct db *db, struct arena *arena, const char *kind, const char *tables, const char *drop,
	const char **out)
{
	struct buf sql = BUF(arena, .max = 64 * KiB);
	const char *wanted = arena_format(arena, " %s ", tables);
	sqlite3_stmt *s = NULL;
	int code = sqlite3_prepare_v2(handle(db), "SELECT name, sql FROM sqlite_schema WHERE type = ?1 AND sql IS NOT NULL"
		" AND instr(?2, ' ' || tbl_name || ' ') > 0", -1, &s, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_bind_text(s, 1, kind, -1, SQLITE_STATIC);
	if (code == SQLITE_OK)
		code = sqlite3_bind_text(s, 2, wanted, -1, SQLITE_STATIC);
	while (code == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
		buf_format(&sql, "%s%s;", drop, (const char *)sqlite3_column_text(s, *drop ? 0 : 1));
	sqlite3_finalize(s);
	*out = buf_cstr(&sql);
	return outcome_of(db, "bulk", code);
}

/* An index is sorted in pieces of its cache's size, in files: ten times that in one piece of memory is twice as slow. */
#define SORTING "PRAGMA temp_store = file; PRAGMA cache_size = -32768;"

static OUTCOME drop_indexes(struct db *db, struct arena *arena, const char *tables, const char **saved)
{
	const char *drop;

	TRY(schema_of(db, arena, "index", tables, "", saved));
	*saved = arena_format(arena, SORTING "%s PRAGMA temp_store = memory;", *saved);
	TRY(schema_of(db, arena, "index", tables, "DROP INDEX ", &drop));
	return script(db, drop, "bulk");
}

/* NULL: the store is in memory. */
static const char *path_beside(struct db *db, struct arena *arena)
{
	const char *path = sqlite3_db_filename(handle(db), "main");

	return path && *path ? arena_format(arena, "%s-beside", path) : NULL;
}

static OUTCOME attach_beside(struct db *db, const char *path)
{
	sqlite3_stmt *s = NULL;
	int code = sqlite3_prepare_v2(handle(db), "ATTACH ?1 AS beside", -1, &s, NULL);

	if (code == SQLITE_OK) {
		sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC);
		code = sqlite3_step(s);
	}
	sqlite3_finalize(s);
	return outcome_of(db, "attach", code);
}

/* Into an empty table of the same shape SQLite copies rows and indexes as they lie, without taking them apart. */
static OUTCOME copy_rows(struct db *db, struct arena *arena, const char *tables, const char *from, const char *to,
	bool and_delete)
{
	struct buf sql = BUF(arena, .max = 64 * KiB);

	for (const char *name = tables; *name; name += strspn(name, " ")) {
		int len = (int)strcspn(name, " ");

		buf_format(&sql, "INSERT INTO %s.%.*s SELECT * FROM %s.%.*s;", to, len, name, from, len, name);
		if (and_delete)
			buf_format(&sql, "DELETE FROM %s.%.*s;", from, len, name);
		name += len;
	}
	buf_text(&sql, "DETACH beside;");
	return script(db, buf_cstr(&sql), "bulk");
}

static OUTCOME move_out(struct db *db, struct arena *arena, const char *tables, const char *path)
{
	TRY(attach_beside(db, path));
	return copy_rows(db, arena, tables, "main", "beside", true);
}

/* A store of the moment: nothing of it is waited for, and it is lost with the one it belongs to. */
static OUTCOME lay_beside(struct db *db, struct arena *arena, const char *tables, struct db **beside, const char **indexes)
{
	const char *path = path_beside(db, arena), *shape;

	*beside = NULL;
	if (!path)
		return OK;
	unlink(path);
	TRY(schema_of(db, arena, "table", tables, "", &shape));
	TRY(schema_of(db, arena, "index", tables, "", indexes));
	*indexes = arena_format(arena, SORTING "%s", *indexes);
	TRY(db_open(arena_format(arena, "sqlite:%s", path), DB_CREATE, beside));
	if (script(*beside, "PRAGMA journal_mode = memory; PRAGMA synchronous = off; PRAGMA cache_size = -262144;",
		"bulk") == OK &&
	    script(*beside, shape, "bulk") == OK && move_out(db, arena, tables, path) == OK)
		return OK;
	db_close(*beside);
	unlink(path);
	return FAILED;
}

static OUTCOME adopt(struct db *db, struct arena *arena, const char *tables, bool keep)
{
	const char *path = path_beside(db, arena);
	enum outcome done = keep ? attach_beside(db, path) : OK;

	if (keep && done == OK)
		done = copy_rows(db, arena, tables, "beside", "main", false);
	unlink(path);
	return done;
}

static OUTCOME hurry(struct db *db, bool on)
{
	return script(db, on ? "PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA cache_size = -1500000;"
		: "PRAGMA journal_mode = wal; PRAGMA synchronous = full;", "hurry");
}

const struct db_engine db_sqlite = {
	.name = "sqlite", .open = open_sqlite, .close = close_sqlite, .prepare = prepare, .discard = discard,
		.bind_int = bind_int,
	.bind_real = bind_real, .bind_text = bind_text, .bind_bytes = bind_bytes, .bind_null = bind_null, .step = step,
	.reset = reset, .changed = changed, .is_null = is_null, .get_int = get_int, .get_real = get_real, .get_bytes = get_bytes,
	.begin = begin, .commit = commit, .rollback = rollback, .undo = undo, .in_transaction = in_transaction,
	.changed_elsewhere = changed_elsewhere, .script = script, .backup = backup,
	.drop_indexes = drop_indexes, .lay_beside = lay_beside, .adopt = adopt, .hurry = hurry,
};
