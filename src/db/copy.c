#include "db/copy.h"

#include <string.h>

#include "base/buf.h"
#include "base/bug.h"
#include "db/bulk.h"
#include "db/engine.h"
#include "db/migrate.h"
#include "db/transaction.h"

enum { COPY_BATCH = 10000, COPY_COLUMNS = 64 };

/* ---- what the tables are: the migrations, as SQLite understands them ---- */

struct column { const char *name; char type; int key; };         /* key: its place in it, from 1 */
struct table {
	const char *name;
	struct column columns[COPY_COLUMNS];
	int n, n_key, key[COPY_COLUMNS];
	struct db_statement rows, rows_after, last, insert;
	struct table *next;
};

static const struct db_statement table_names = { .name = "copy_tables", .file = "copy.c", .sql = "SELECT name FROM sqlite_schema"
	" WHERE type = 'table' AND name <> 'migration' ORDER BY rowid", .parameters = "", .columns = "t" };
static const struct db_statement table_columns = { .name = "copy_columns", .file = "copy.c", .sql = "SELECT name, type, pk"
	" FROM pragma_table_info(?1) ORDER BY cid", .parameters = "t", .columns = "tti" };

static OUTCOME read_columns(struct db *shape, struct arena *arena, struct table *t)
{
	struct db_cursor *c = db_run(shape, &table_columns);

	db_bind_text(c, t->name);
	while (db_next(c)) {
		const char *type = db_text(c, 1, arena);
		struct column *column = &t->columns[t->n];

		BUG_ON(t->n == COPY_COLUMNS);
		column->name = db_text(c, 0, arena);
		column->type = !strcmp(type, "INTEGER") ? 'i' : !strcmp(type, "BLOB") ? 'b' : !strcmp(type, "REAL") ? 'r' : 't';
		column->key = (int)db_int(c, 2);
		if (column->key) {
			t->key[column->key - 1] = t->n;
			t->n_key++;
		}
		t->n++;
	}
	BUG_ON(!t->n_key);
	return db_end(c, NULL);
}

/* "a, b, c" of all columns, or of the key in its order. */
static const char *names(struct arena *arena, const struct table *t, bool key, const char *after_each)
{
	struct buf out = BUF(arena);

	for (int i = 0; i < (key ? t->n_key : t->n); i++)
		buf_format(&out, "%s%s%s", i ? ", " : "", t->columns[key ? t->key[i] : i].name, after_each);
	return buf_cstr(&out);
}

static const char *marks(struct arena *arena, char mark, int n)
{
	struct buf out = BUF(arena);

	for (int i = 0; i < n; i++)
		buf_format(&out, "%s%c%d", i ? ", " : "", mark, i + 1);
	return buf_cstr(&out);
}

static const char *letters(struct arena *arena, const struct table *t, bool key)
{
	struct buf out = BUF(arena);

	for (int i = 0; i < (key ? t->n_key : t->n); i++)
		buf_char(&out, key ? t->columns[t->key[i]].type : (char)(t->columns[i].type & ~0x20));
	return buf_cstr(&out);
}

static const char *after_text(struct arena *arena, const struct table *t, char mark)
{
	return arena_format(arena, "SELECT %s FROM %s WHERE (%s) > (%s) ORDER BY %s", names(arena, t, false, ""), t->name,
		names(arena, t, true, ""), marks(arena, mark, t->n_key), names(arena, t, true, ""));
}

static const char *insert_text(struct arena *arena, const struct table *t, char mark)
{
	return arena_format(arena, "INSERT INTO %s (%s) VALUES (%s)", t->name, names(arena, t, false, ""),
		marks(arena, mark, t->n));
}

static void write_statements(struct arena *arena, struct table *t)
{
	const char *all = letters(arena, t, false), *key = letters(arena, t, true);
	const char *rows = arena_format(arena, "SELECT %s FROM %s ORDER BY %s", names(arena, t, false, ""), t->name,
		names(arena, t, true, ""));
	const char *last = arena_format(arena, "SELECT %s FROM %s ORDER BY %s LIMIT 1", names(arena, t, true, ""), t->name,
		names(arena, t, true, " DESC"));

	t->rows = (struct db_statement){ t->name, "copy.c", rows, rows, "", all, .streams = true };
	t->rows_after = (struct db_statement){ t->name, "copy.c", after_text(arena, t, '?'), after_text(arena, t, '$'), key, all,
		.streams = true };
	t->last = (struct db_statement){ t->name, "copy.c", last, last, "", key, false, false };
	t->insert = (struct db_statement){ t->name, "copy.c", insert_text(arena, t, '?'), insert_text(arena, t, '$'), all, "",
		true, false };
}

static OUTCOME read_names(struct db *shape, struct arena *arena, struct table **first)
{
	struct db_cursor *c = db_run(shape, &table_names);

	while (db_next(c)) {
		*first = ARENA_NEW(arena, struct table);
		(*first)->name = db_text(c, 0, arena);
		first = &(*first)->next;
	}
	return db_end(c, NULL);
}

static OUTCOME read_tables(struct arena *arena, struct table **first)
{
	struct db *shape;
	enum outcome done;

	*first = NULL;
	TRY(db_open("sqlite::memory:", DB_CREATE, &shape));
	done = migrate(shape);
	if (done == OK)
		done = read_names(shape, arena, first);
	for (struct table *t = *first; t && done == OK; t = t->next) {
		done = read_columns(shape, arena, t);
		write_statements(arena, t);
	}
	db_close(shape);
	return done;
}

/* ---- rows ---- */

static struct db_value value_of(const struct db_cursor *c, int at, char type)
{
	const struct db_engine *engine = c->db->engine;
	struct db_value v = { .type = type, .null = engine->is_null(c->prepared, at) };

	if (v.null)
		return v;
	if (type == 'i')
		v.number = engine->get_int(c->prepared, at);
	else if (type == 'r')
		v.real = engine->get_real(c->prepared, at);
	else
		v.bytes = engine->get_bytes(c->prepared, at);
	return v;
}

static void bind_value(struct db_cursor *c, struct arena *arena, const struct db_value *v)
{
	if (v->null)
		db_bind_text_or_null(c, NULL);
	else if (v->type == 'i')
		db_bind_int(c, v->number);
	else if (v->type == 'r')
		db_bind_real(c, v->real);
	else if (v->type == 'b')
		db_bind_bytes(c, v->bytes);
	else
		db_bind_text(c, arena_textn(arena, v->bytes.ptr, v->bytes.len));
}

static bool is_same(const struct db_value *a, const struct db_value *b)
{
	return a->null == b->null && a->number == b->number && !memcmp(&a->real, &b->real, sizeof a->real) &&
		a->bytes.len == b->bytes.len && (!a->bytes.len || !memcmp(a->bytes.ptr, b->bytes.ptr, a->bytes.len));
}

static OUTCOME insert(struct db *to, struct arena *arena, const struct table *t, const struct db_value *row)
{
	struct db_cursor *c = db_run(to, &t->insert);

	for (int i = 0; i < t->n; i++)
		bind_value(c, arena, &row[i]);
	while (db_next(c))
		;
	return db_end(c, NULL);
}

static OUTCOME put_row(struct db *to, struct arena *arena, const struct table *t, struct db_cursor *from)
{
	struct db_value row[COPY_COLUMNS];

	for (int i = 0; i < t->n; i++)
		row[i] = value_of(from, i, t->columns[i].type);
	return to->engine->load_row ? to->engine->load_row(to, row, t->n) : insert(to, arena, t, row);
}

static OUTCOME begin_batch(struct db *to, struct arena *arena, const struct table *t)
{
	TRY(db_batch_begin(to));
	return to->engine->load ? to->engine->load(to, t->name, names(arena, t, false, "")) : OK;
}

static OUTCOME end_batch(struct db *to, enum outcome so_far)
{
	enum outcome ended = to->engine->load_end ? to->engine->load_end(to, so_far == OK) : OK;

	if (so_far == OK && ended == OK)
		return db_batch_commit(to);
	db_batch_rollback(to);
	return so_far != OK ? so_far : ended;
}

static void tell(struct db_copy *copy)
{
	copy->rows++;
	copy->row++;
	if (copy->told && copy->rows % COPY_BATCH == 0)
		copy->told(copy->context, copy->table, copy->rows);
}

/* Up to COPY_BATCH rows in one transaction. *more: there may be others. */
static OUTCOME copy_batch(struct db_cursor *rows, struct db *to, const struct table *t, struct db_copy *copy, bool *more)
{
	struct arena *arena = arena_new(64 * MiB);
	enum outcome done = begin_batch(to, arena, t);
	int n = 0;

	for (; done == OK && n < COPY_BATCH && db_next(rows); n++) {
		done = put_row(to, arena, t, rows);
		arena_reset(arena);
		tell(copy);
	}
	*more = n == COPY_BATCH;
	if (db_in_transaction(to))
		done = end_batch(to, done == OK && rows->outcome != OK ? rows->outcome : done);
	arena_free(arena);
	return done;
}

/* The rows after the last that is there; all when there is none. The key's values live in the arena. */
static OUTCOME rows_left(struct db *from, struct db *to, struct arena *arena, const struct table *t, struct db_cursor **out)
{
	struct db_cursor *last = db_run(to, &t->last);
	bool any = db_next(last);

	*out = db_run(from, any ? &t->rows_after : &t->rows);
	for (int i = 0; any && i < t->n_key; i++) {
		struct db_value v = value_of(last, i, t->columns[t->key[i]].type);

		if (v.bytes.ptr)
			v.bytes = arena_bytes(arena, v.bytes);
		bind_value(*out, arena, &v);
	}
	return db_end(last, NULL);
}

static OUTCOME count_there(struct db *to, struct arena *arena, const struct table *t, int64_t *n)
{
	const char *sql = arena_format(arena, "SELECT count(*) FROM %s", t->name);
	struct db_statement *count = ARENA_NEW(arena, struct db_statement);
	struct db_cursor *c;

	*count = (struct db_statement){ t->name, "copy.c", sql, sql, "", "i", false, false };
	c = db_run(to, count);
	*n += db_next(c) ? db_int(c, 0) : 0;
	return db_end(c, NULL);
}

static OUTCOME copy_table(struct db *from, struct db *to, struct arena *arena, const struct table *t, struct db_copy *copy)
{
	struct db_cursor *rows;
	enum outcome done, read;
	bool more = true;

	copy->table = t->name;
	copy->row = 0;
	copy->tables++;
	TRY(count_there(to, arena, t, &copy->there));
	done = rows_left(from, to, arena, t, &rows);
	while (done == OK && more)
		done = copy_batch(rows, to, t, copy, &more);
	read = db_end(rows, NULL);
	return done != OK ? done : read;
}

static const struct db_statement registers = { .name = "copy_registers", .file = "copy.c",
	.sql = "SELECT DISTINCT register FROM id_block ORDER BY register",
	.sql_postgresql = "SELECT DISTINCT register FROM id_block ORDER BY register", .parameters = "", .columns = "i" };

/* Each register's partitions, before the first of its rows. */
static OUTCOME make_room(struct db *from, struct db *to)
{
	struct db_cursor *c = db_run(from, &registers);
	enum outcome done = OK, read;

	while (done == OK && db_next(c))
		if (db_int(c, 0))
			done = db_add_register(to, db_int(c, 0));
	read = db_end(c, NULL);
	return done != OK ? done : read;
}

OUTCOME db_copy(struct db *from, struct db *to, struct arena *arena, struct db_copy *copy)
{
	struct table *tables;
	enum outcome done;

	BUG_ON(from->depth || to->depth);
	TRY(read_tables(arena, &tables));
	TRY(db_read_begin(from));
	done = make_room(from, to);
	for (struct table *t = tables; t && done == OK; t = t->next)
		done = copy_table(from, to, arena, t, copy);
	db_read_end(from);
	copy->rows += copy->there;
	return done;
}

static OUTCOME compare_table(struct db *from, struct db *to, const struct table *t, struct db_copy *copy)
{
	struct db_cursor *one = db_run(from, &t->rows), *other = db_run(to, &t->rows);
	bool same = true, more = true;
	enum outcome a, b;

	copy->table = t->name;
	copy->row = 0;
	copy->tables++;
	while (same && more) {
		bool there = db_next(one);

		same = there == db_next(other);
		more = there && same;
		if (there || !same)
			tell(copy);
		for (int i = 0; more && same && i < t->n; i++) {
			struct db_value v = value_of(one, i, t->columns[i].type), w = value_of(other, i, t->columns[i].type);

			same = is_same(&v, &w);
		}
	}
	a = db_end(one, NULL);
	b = db_end(other, NULL);
	return a != OK ? a : b != OK ? b : same ? OK : CONFLICT;
}

OUTCOME db_compare(struct db *from, struct db *to, struct arena *arena, struct db_copy *copy)
{
	struct table *tables;
	enum outcome done;

	TRY(read_tables(arena, &tables));
	TRY(db_read_begin(from));
	done = db_read_begin(to);
	for (struct table *t = tables; t && done == OK; t = t->next)
		done = compare_table(from, to, t, copy);
	if (db_in_transaction(to))
		db_read_end(to);
	db_read_end(from);
	return done;
}

/* Nobody waits for the disk until the end. Without a write-ahead log it is one file. */
static OUTCOME fill_file(struct db *from, struct db *to, struct arena *arena)
{
	struct db_copy copy = { 0 };

	TRY(migrate(to));
	TRY(db_hurry(to, true));
	TRY(db_copy(from, to, arena, &copy));
	return db_script(to, "PRAGMA journal_mode = delete", "backup");
}

OUTCOME db_copy_into_file(struct db *from, const char *path)
{
	struct arena *arena = arena_new(16 * MiB);
	struct db *to;
	enum outcome done = db_open(arena_format(arena, "sqlite:%s", path), DB_CREATE, &to);

	if (done == OK) {
		done = fill_file(from, to, arena);
		db_close(to);
	}
	arena_free(arena);
	return done == OK ? sqlite_seal(path) : done;
}
