#include "db/db.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/log.h"
#include "db/bulk.h"
#include "db/copy.h"
#include "db/engine.h"
#include "db/transaction.h"

static int64_t clock_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct db *db_new(const struct db_engine *engine, enum db_mode mode)
{
	struct db *db = calloc(1, sizeof *db);

	BUG_ON(!db);
	db->engine = engine;
	db->mode = mode;
	db->cache_size = 256;
	db->cache = calloc(db->cache_size, sizeof *db->cache);
	BUG_ON(!db->cache);
	return db;
}

bool db_url_is_remote(const char *url)
{
	return !strncmp(url, "postgresql://", 13) || !strncmp(url, "postgres://", 11);
}

/* What stands between the first colon after // and the @, and a password among the parameters. */
const char *db_url_shown(struct arena *arena, const char *url)
{
	const char *host = strstr(url, "//"), *at = host ? strchr(host, '@') : NULL;
	const char *colon = at ? strchr(host, ':') : NULL, *word;

	if (colon && colon < at)
		url = arena_format(arena, "%.*s%s", (int)(colon - url), url, at);
	word = host ? strstr(url, "password=") : NULL;
	return word ? arena_format(arena, "%.*s…%s", (int)(word - url) + 9, url, word + strcspn(word, "&")) : url;
}

OUTCOME db_open(const char *url, enum db_mode mode, struct db **out)
{
	bool remote = db_url_is_remote(url);
	struct db *db;
	enum outcome opened;

	*out = NULL;
	if (!remote && strncmp(url, "sqlite:", 7) != 0) {
		log_line(LOG_ERROR, "", "db_open", "unknown kind of store (sqlite:PATH or postgresql://…)");
		return FAILED;
	}
	db = db_new(remote ? &db_postgresql : &db_sqlite, mode == DB_REPLICA ? DB_READER : mode);
	opened = db->engine->open(db, remote ? url : url + 7, mode);
	if (opened != OK) {
		db_close(db);
		return opened;
	}
	*out = db;
	return OK;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < db->cache_size; i++)
		if (db->cache[i].key) {
			db->engine->discard(db->cache[i].cursor->prepared);
			free(db->cache[i].cursor);
		}
	if (db->handle)
		db->engine->close(db);
	free(db->cache);
	free(db);
}

const char *db_engine_name(const struct db *db)
{
	return db->engine->name;
}

void db_set_budget(struct db *db, int ms)
{
	db->late = false;
	db->deadline_ns = ms ? clock_ns() + (int64_t)ms * 1000000 : 0;
}

bool db_is_late(const struct db *db)
{
	return db->late;
}

void db_set_patience(struct db *db, int seconds)
{
	if (db->engine->patience)
		db->engine->patience(db, seconds);
}

bool db_may_run_again(const struct db *db)
{
	return db->again;
}

OUTCOME db_position(struct db *db, struct db_position *out)
{
	*out = (struct db_position){ 0 };
	return db->engine->position ? db->engine->position(db, out) : OK;
}

uint64_t db_server(const struct db *db)
{
	return db->engine->server ? db->engine->server(db) : 0;
}

OUTCOME db_hold(struct db *db, enum db_word word, bool shared)
{
	BUG_ON(db->depth || word >= DB_WORD_N);
	return db->engine->hold ? db->engine->hold(db, word, shared) : OK;
}

OUTCOME db_confirm(struct db *db)
{
	return db->engine->confirm ? db->engine->confirm(db) : OK;
}

struct db_counts db_counts(const struct db *db)
{
	return db->counts;
}

int64_t db_fail_at(struct db *db, int64_t n)
{
	int64_t left = db->fail_at;

	db->fail_at = n;
	return left;
}

bool db_fault(struct db *db)
{
	return db->fail_at > 0 && --db->fail_at == 0;
}

OUTCOME db_script(struct db *db, const char *sql, const char *name)
{
	db->written++;
	return db->engine->script(db, sql, name);
}

OUTCOME db_backup(struct db *db, const char *path)
{
	return db->engine->backup ? db->engine->backup(db, path) : db_copy_into_file(db, path);
}

OUTCOME db_hurry(struct db *db, bool on)
{
	return db->engine->hurry(db, on);
}

OUTCOME db_add_register(struct db *db, int64_t reg)
{
	return db->engine->add_register ? db->engine->add_register(db, reg) : OK;
}

bool db_changed_elsewhere(struct db *db)
{
	return db->engine->changed_elsewhere(db);
}

/* Transactions: depth 0 is the transaction itself, deeper ones are savepoints of the same name by depth. */

/* Id blocks taken in what is rolled back were never stored: using on from them would repeat ids after a restart. Those that were
 * taken around it stay. */
static void forget_new_ids(struct db *db)
{
	size_t kept = 0;

	for (size_t i = 0; i < db->n_ids; i++)
		if (db->ids[i].depth <= db->depth)
			db->ids[kept++] = db->ids[i];
	db->n_ids = kept;
}

static OUTCOME enter(struct db *db)
{
	struct db_level *level = &db->levels[db->depth];

	BUG_ON(db->depth == DB_DEPTH_MAX);
	if (!db->depth)
		db->again = false;
	if (db_fault(db) || db->again)
		return FAILED;
	*level = (struct db_level){ .written = db->written,
		.shares = db->depth > 0 && (db->whole || (db->depth > 1 && level[-1].written == db->written)) };
	if (!level->shares)
		TRY(db->engine->begin(db, db->depth));
	db->depth++;
	return OK;
}

/* Back to where the savepoints that are shared began; since then nothing is written. */
static void undo_shared(struct db *db)
{
	int own = db->depth;

	if (db->whole) {
		db->spoiled = db->spoiled || db->levels[own].written != db->written;
		return;
	}
	while (db->levels[own].shares)
		db->levels[own--].written = db->written;
	db->levels[own].written = db->written;
	db->engine->undo(db, own);
}

static void leave(struct db *db)
{
	db->depth--;
	if (db->levels[db->depth].shares)
		undo_shared(db);
	else
		db->engine->rollback(db, db->depth);
	if (!db->depth)
		db->whole = db->spoiled = false;
	forget_new_ids(db);
}

static OUTCOME land(struct db *db)
{
	bool shares = db->levels[db->depth - 1].shares;
	bool fails = db_fault(db) || db->spoiled || db->again;
	enum outcome done = fails ? FAILED : shares ? OK : db->engine->commit(db, db->depth - 1);

	if (done != OK) {
		leave(db);
		return done;
	}
	db->depth--;
	for (size_t i = 0; i < db->n_ids; i++)
		if (db->ids[i].depth > db->depth)
			db->ids[i].depth = db->depth;
	db->whole = db->whole && db->depth > 0;
	return OK;
}

OUTCOME db_batch_begin(struct db *db)
{
	BUG_ON(db->depth);
	return enter(db);
}

/* PostgreSQL refuses all that follows an error in a transaction until it goes back to a savepoint: its steps keep theirs. */
OUTCOME db_batch_begin_whole(struct db *db)
{
	TRY(db_batch_begin(db));
	db->whole = db->engine == &db_sqlite;
	return OK;
}

bool db_batch_is_spoiled(const struct db *db)
{
	return db->spoiled || db->again;
}

OUTCOME db_batch_commit(struct db *db)
{
	BUG_ON(db->depth != 1);
	return land(db);
}

void db_batch_rollback(struct db *db)
{
	while (db->depth)
		leave(db);
}

OUTCOME db_step_begin(struct db *db)
{
	BUG_ON(db->depth != 1);
	return enter(db);
}

OUTCOME db_step_end(struct db *db, bool keep)
{
	BUG_ON(db->depth != 2);
	if (keep)
		return land(db);
	leave(db);
	return OK;
}

bool db_in_transaction(const struct db *db)
{
	return db->depth > 0;
}

OUTCOME db_read_begin(struct db *db)
{
	BUG_ON(db->depth);
	return enter(db);
}

void db_read_end(struct db *db)
{
	while (db->depth)
		leave(db);
}

struct db_transaction db_begin(struct db *db)
{
	struct db_transaction tx = { .db = db, .depth = db->depth };

	tx.open = enter(db) == OK;
	if (!tx.open)
		db->refused++;           /* what follows must not run outside a transaction */
	return tx;
}

OUTCOME db_commit(struct db_transaction *tx)
{
	if (!tx->open)
		return FAILED;           /* db_leave lifts the refusal */
	BUG_ON(tx->db->depth != tx->depth + 1);          /* an inner transaction was left open */
	tx->open = false;
	tx->landed = true;
	return land(tx->db);
}

void db_leave(struct db_transaction *tx)
{
	if (tx->landed)
		return;
	if (!tx->open) {
		tx->db->refused--;
		return;
	}
	while (tx->db->depth > tx->depth)
		leave(tx->db);
}

/* Statements: prepared once a connection, found by the address of their descriptor. */

static size_t slot_of(const struct db *db, const struct db_statement *key)
{
	size_t at = ((uintptr_t)key >> 4) * 0x9E3779B97F4A7C15u >> 20 & (db->cache_size - 1);

	while (db->cache[at].key && db->cache[at].key != key)
		at = (at + 1) & (db->cache_size - 1);
	return at;
}

static void grow_cache(struct db *db)
{
	__typeof__(db->cache) old = db->cache;
	size_t size = db->cache_size;

	db->cache_size *= 2;
	db->cache = calloc(db->cache_size, sizeof *db->cache);
	BUG_ON(!db->cache);
	for (size_t i = 0; i < size; i++)
		if (old[i].key)
			db->cache[slot_of(db, old[i].key)] = old[i];
	free(old);
}

static struct db_cursor *cursor_new(struct db *db, const struct db_statement *s, bool temporary)
{
	struct db_cursor *c = calloc(1, sizeof *c);

	BUG_ON(!c);
	c->db = db;
	c->statement = s;
	c->temporary = temporary;
	c->outcome = db->engine->prepare(db, s, &c->prepared);
	return c;
}

struct db_cursor *db_run(struct db *db, const struct db_statement *s)
{
	size_t at = slot_of(db, s);
	struct db_cursor *c = db->cache[at].cursor;

	db->counts.statements++;
	if (c && c->busy) {              /* run again inside its own rows: a second one for this time */
		c = cursor_new(db, s, true);
	} else if (!c) {
		c = cursor_new(db, s, false);
		if (c->outcome != OK) {
			c->temporary = true;
		} else {
			db->cache[at].key = s;
			db->cache[at].cursor = c;
			if (++db->n_cache * 2 > db->cache_size)
				grow_cache(db);
		}
	}
	c->busy = true;
	c->stepped = false;
	c->bound = 0;
	return c;
}

void db_bind_int(struct db_cursor *c, int64_t v)
{
	if (c->outcome == OK)
		c->db->engine->bind_int(c->prepared, c->bound++, v);
}

void db_bind_maybe(struct db_cursor *c, struct maybe v)
{
	if (c->outcome != OK)
		return;
	if (v.is)
		c->db->engine->bind_int(c->prepared, c->bound++, v.value);
	else
		c->db->engine->bind_null(c->prepared, c->bound++);
}

void db_bind_real(struct db_cursor *c, double v)
{
	if (c->outcome == OK)
		c->db->engine->bind_real(c->prepared, c->bound++, v);
}

void db_bind_text(struct db_cursor *c, const char *v)
{
	BUG_ON(!v);
	if (c->outcome == OK)
		c->db->engine->bind_text(c->prepared, c->bound++, v);
}

void db_bind_text_or_null(struct db_cursor *c, const char *v)
{
	if (v)
		db_bind_text(c, v);
	else if (c->outcome == OK)
		c->db->engine->bind_null(c->prepared, c->bound++);
}

void db_bind_bytes(struct db_cursor *c, struct bytes v)
{
	if (c->outcome != OK)
		return;
	if (v.ptr)
		c->db->engine->bind_bytes(c->prepared, c->bound++, v);
	else
		c->db->engine->bind_null(c->prepared, c->bound++);
}

void db_bind_ids(struct db_cursor *c, struct arena *arena, struct id_list ids)
{
	struct buf json = BUF(arena, .max = 256 * KiB);

	buf_char(&json, '[');
	for (size_t i = 0; i < ids.n; i++) {
		if (i)
			buf_char(&json, ',');
		buf_int(&json, ids.at[i]);
	}
	buf_char(&json, ']');
	BUG_ON(json.failed);
	db_bind_text(c, buf_cstr(&json));
}

void *db_grow(struct arena *arena, void *list, size_t size, size_t n, size_t *room)
{
	size_t more = *room ? *room * 2 : 8;
	void *grown = arena_array(arena, size, more);

	if (n)
		memcpy(grown, list, n * size);
	*room = more;
	return grown;
}

bool db_next(struct db_cursor *c)
{
	int row;

	if (c->outcome != OK)
		return false;
	BUG_ON((size_t)c->bound != strlen(c->statement->parameters));
	if (c->db->refused || c->db->spoiled || (c->db->again && c->db->depth) || (!c->stepped && db_fault(c->db))) {
		c->outcome = FAILED;
		return false;
	}
	if (!c->stepped && c->statement->writes)
		c->db->written++;
	c->stepped = true;
	row = c->db->engine->step(c);
	if (row > 0)
		c->db->counts.rows++;
	return row > 0;
}

int64_t db_int(struct db_cursor *c, int column)
{
	return c->db->engine->get_int(c->prepared, column);
}

struct maybe db_maybe(struct db_cursor *c, int column)
{
	return c->db->engine->is_null(c->prepared, column) ? NONE : SOME(c->db->engine->get_int(c->prepared, column));
}

double db_real(struct db_cursor *c, int column)
{
	return c->db->engine->get_real(c->prepared, column);
}

const char *db_text(struct db_cursor *c, int column, struct arena *arena)
{
	struct bytes b = c->db->engine->get_bytes(c->prepared, column);

	BUG_ON(!b.ptr);                  /* the statement promised it is never NULL */
	return arena_textn(arena, b.ptr, b.len);
}

const char *db_text_or_null(struct db_cursor *c, int column, struct arena *arena)
{
	struct bytes b = c->db->engine->get_bytes(c->prepared, column);

	return b.ptr ? arena_textn(arena, b.ptr, b.len) : NULL;
}

struct bytes db_bytes(struct db_cursor *c, int column, struct arena *arena)
{
	struct bytes b = c->db->engine->get_bytes(c->prepared, column);

	return b.ptr ? arena_bytes(arena, b) : b;
}

OUTCOME db_end(struct db_cursor *c, int64_t *changed)
{
	enum outcome outcome = c->outcome;

	if (changed)
		*changed = outcome == OK ? c->db->engine->changed(c->db) : 0;
	if (c->prepared)
		c->db->engine->reset(c->prepared);
	c->busy = false;
	c->outcome = OK;
	if (c->temporary) {
		if (c->prepared)
			c->db->engine->discard(c->prepared);
		free(c);
	}
	return outcome;
}
