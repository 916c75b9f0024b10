/* PostgreSQL behind struct db_engine: values go and come in binary, statements are prepared on the server once a connection.
 *
 * Writers take turns, as on SQLite: a transaction for writing begins with one advisory lock, so operations read and then write
 * without a thought for others (docs/decisions/0008). A deadlock or serialization failure that comes all the same (from another
 * program's hand), and a link that breaks before the commit, leave db->again: http/ runs the batch again, no handler sees it.
 * Readers see one moment (REPEATABLE READ) and wait for nobody. A result is fetched whole, but for statements of kind `each` with
 * more than FETCH_ROWS: these are begun again as cursors, so many rows at a time. */
#include "db/postgresql.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bug.h"
#include "base/log.h"

enum { FETCH_ROWS = 500, PARAMETERS_MAX = 72, CONTROL_MAX = 128 };
/* pg_type's own numbers, fixed for ever. */
enum { OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25, OID_FLOAT8 = 701 };

struct db_prepared {
	struct db *db;
	const struct db_statement *statement;
	int generation;                  /* of the link that knows it; 0: none yet */
	int n;
	const char *values[PARAMETERS_MAX];
	int lengths[PARAMETERS_MAX], formats[PARAMETERS_MAX];
	uint64_t numbers[PARAMETERS_MAX];        /* as they are sent: high byte first */
	PGresult *rows;
	int at, n_rows;
	int64_t cursor, undone;          /* its number and pg->undone when it was opened; 0: none */
};

static PGconn *link_of(const struct db *db) { return pg_of(db)->link; }

static OUTCOME prepare(struct db *db, const struct db_statement *s, struct db_prepared **out)
{
	struct db_prepared *p = calloc(1, sizeof *p);

	BUG_ON(!p || strlen(s->parameters) > PARAMETERS_MAX);
	p->db = db;
	p->statement = s;
	p->n = (int)strlen(s->parameters);
	for (int i = 0; i < p->n; i++)
		p->formats[i] = 1;
	*out = p;
	return OK;
}

static void discard(struct db_prepared *p)
{
	PQclear(p->rows);
	free(p);
}

static void bind(struct db_prepared *p, int at, const void *ptr, size_t len)
{
	BUG_ON(at >= p->n || len > INT32_MAX);
	p->values[at] = ptr;
	p->lengths[at] = (int)len;
}

static void bind_number(struct db_prepared *p, int at, uint64_t bits)
{
	BUG_ON(at >= p->n);
	p->numbers[at] = htobe64(bits);
	bind(p, at, &p->numbers[at], sizeof p->numbers[at]);
}

static void bind_int(struct db_prepared *p, int at, int64_t v)
{
	bind_number(p, at, (uint64_t)v);
}

static void bind_real(struct db_prepared *p, int at, double v)
{
	uint64_t bits;

	memcpy(&bits, &v, sizeof bits);
	bind_number(p, at, bits);
}

/* The caller's values outlive the statement's run: no copy. */
static void bind_text(struct db_prepared *p, int at, const char *v)
{
	bind(p, at, v, strlen(v));
}

static void bind_bytes(struct db_prepared *p, int at, struct bytes v)
{
	bind(p, at, v.ptr, v.len);
}

static void bind_null(struct db_prepared *p, int at)
{
	bind(p, at, NULL, 0);
}

static void types_of(const struct db_statement *s, Oid *types)
{
	for (int i = 0; s->parameters[i]; i++)
		switch (s->parameters[i] | 0x20) {
		case 'i':
			types[i] = OID_INT8;
			break;
		case 'b':
			types[i] = OID_BYTEA;
			break;
		case 'r':
			types[i] = OID_FLOAT8;
			break;
		default:
			types[i] = OID_TEXT;
		}
}

/* What is left of the budget becomes the server's own limit, asked of it once a budget. */
static OUTCOME keep_deadline(struct db *db)
{
	struct pg *pg = pg_of(db);
	int64_t left = (int64_t)pg->patience * 1000;
	struct timespec t;
	char words[CONTROL_MAX];

	if (db->deadline_ns) {
		clock_gettime(CLOCK_MONOTONIC, &t);
		left = (db->deadline_ns - ((int64_t)t.tv_sec * 1000000000 + t.tv_nsec)) / 1000000;
		if (left <= 0) {
			db->late = true;
			return FAILED;
		}
	}
	if (pg->deadline_ns == db->deadline_ns)
		return OK;
	pg->deadline_ns = db->deadline_ns;
	snprintf(words, sizeof words, "SET statement_timeout = %lld", (long long)left);
	return pg_words(db, "budget", words);
}

static void name_of(const struct db_prepared *p, char out[CONTROL_MAX])
{
	snprintf(out, CONTROL_MAX, "%.40s_%llx", p->statement->name, (unsigned long long)(uintptr_t)p->statement);
}

/* What a statement of many rows is tried as first: all of it, when that is few. NULL: the statement's own text will do. */
static char *first_text(const struct db_prepared *p)
{
	const char *sql = p->statement->sql_postgresql;
	size_t size = strlen(sql) + CONTROL_MAX;
	char *words = p->statement->streams ? malloc(size) : NULL;

	BUG_ON(p->statement->streams && !words);
	if (words)
		snprintf(words, size, "SELECT * FROM (%s) AS few LIMIT %d", sql, FETCH_ROWS + 1);
	return words;
}

static PGresult *prepare_on_server(struct db_prepared *p, const char *name, const Oid *types)
{
	char *first = first_text(p);
	PGresult *made = PQprepare(pg_of(p->db)->link, name, first ? first : p->statement->sql_postgresql, p->n, types);

	free(first);
	return made;
}

/* A statement that runs inside its own rows goes without a name: its cursor lives for this one time. */
static PGresult *run_prepared(struct db_prepared *p, bool temporary)
{
	struct pg *pg = pg_of(p->db);
	Oid types[PARAMETERS_MAX] = { 0 };
	char name[CONTROL_MAX] = "";
	PGresult *made;

	types_of(p->statement, types);
	if (!temporary)
		name_of(p, name);
	if (temporary || p->generation != pg->generation) {
		made = prepare_on_server(p, name, types);
		if (PQresultStatus(made) != PGRES_COMMAND_OK)
			return made;
		PQclear(made);
		p->generation = pg->generation;
	}
	return PQexecPrepared(pg->link, name, p->n, p->values, p->lengths, p->formats, 1);
}

static PGresult *fetch(struct db_prepared *p)
{
	char words[CONTROL_MAX];

	snprintf(words, sizeof words, "FETCH %d FROM rows_%lld", FETCH_ROWS, (long long)p->cursor);
	return PQexecParams(link_of(p->db), words, 0, NULL, NULL, NULL, NULL, 1);
}

/* Outside a transaction the server keeps the rows for the cursor (WITH HOLD): it outlives the statement that opened it. */
static PGresult *open_cursor(struct db_prepared *p)
{
	struct pg *pg = pg_of(p->db);
	const char *sql = p->statement->sql_postgresql;
	size_t size = strlen(sql) + CONTROL_MAX;
	char *words = malloc(size);
	Oid types[PARAMETERS_MAX] = { 0 };
	PGresult *opened;

	BUG_ON(!words);
	p->cursor = ++pg->cursors;
	p->undone = pg->undone;
	types_of(p->statement, types);
	snprintf(words, size, "DECLARE rows_%lld NO SCROLL CURSOR %s FOR %s", (long long)p->cursor,
		p->db->depth ? "" : "WITH HOLD", sql);
	opened = PQexecParams(pg->link, words, p->n, types, p->values, p->lengths, p->formats, 1);
	free(words);
	if (PQresultStatus(opened) != PGRES_COMMAND_OK) {
		p->cursor = 0;
		return opened;
	}
	PQclear(opened);
	return fetch(p);
}

static void close_cursor(struct db_prepared *p)
{
	struct pg *pg = pg_of(p->db);
	PGTransactionStatusType now = PQtransactionStatus(pg->link);
	char words[CONTROL_MAX];

	/* What was rolled back since may have taken it along, and closing it twice is an error: the transaction's end does it. */
	if (now == PQTRANS_IDLE || (now == PQTRANS_INTRANS && p->undone == pg->undone)) {
		snprintf(words, sizeof words, "CLOSE rows_%lld", (long long)p->cursor);
		PQclear(PQexec(pg->link, words));
	}
	p->cursor = 0;
}

static void keep_rows(struct db_prepared *p, PGresult *rows)
{
	PQclear(p->rows);
	p->rows = rows;
	p->n_rows = PQntuples(rows);
	p->at = 0;
}

static PGresult *run_once(struct db_cursor *c)
{
	PGresult *rows = run_prepared(c->prepared, c->temporary);

	if (!c->statement->streams || PQntuples(rows) <= FETCH_ROWS)
		return rows;
	PQclear(rows);
	return open_cursor(c->prepared);
}

/* A link that broke while nobody was in a transaction is renewed, and what only reads is asked again. */
static PGresult *run(struct db_cursor *c)
{
	PGresult *rows = run_once(c);

	if (PQstatus(link_of(c->db)) == CONNECTION_OK || c->db->depth || c->statement->writes || !pg_is_linked(c->db))
		return rows;
	PQclear(rows);
	return run_once(c);
}

static int start(struct db_cursor *c)
{
	struct pg *pg = pg_of(c->db);
	PGresult *rows;

	if (!pg_is_linked(c->db) || keep_deadline(c->db) != OK) {
		c->outcome = FAILED;
		return -1;
	}
	rows = run(c);
	keep_rows(c->prepared, rows);
	c->outcome = pg_outcome(c->db, c->statement->name, rows);
	pg->changed = c->outcome == OK ? strtoll(PQcmdTuples(rows), NULL, 10) : 0;
	return c->outcome != OK ? -1 : c->prepared->n_rows ? 1 : 0;
}

static int step(struct db_cursor *c)
{
	struct db_prepared *p = c->prepared;

	if (!p->rows)
		return start(c);
	if (p->at < p->n_rows && ++p->at < p->n_rows)
		return 1;
	if (!p->cursor || p->n_rows < FETCH_ROWS)
		return 0;
	if (keep_deadline(c->db) != OK) {
		c->outcome = FAILED;
		return -1;
	}
	keep_rows(p, fetch(p));
	c->outcome = pg_outcome(c->db, c->statement->name, p->rows);
	return c->outcome != OK ? -1 : p->n_rows ? 1 : 0;
}

static void reset(struct db_prepared *p)
{
	PQclear(p->rows);
	p->rows = NULL;
	if (p->cursor)
		close_cursor(p);
}

static int64_t changed(struct db *db)
{
	return pg_of(db)->changed;
}

static bool is_null(struct db_prepared *p, int column)
{
	return PQgetisnull(p->rows, p->at, column);
}

/* Counts and lengths come narrower than BIGINT, comparisons as a byte: the width says which. */
static int64_t get_int(struct db_prepared *p, int column)
{
	const char *at = PQgetvalue(p->rows, p->at, column);
	uint64_t eight;
	uint32_t four;
	uint16_t two;

	switch (PQgetlength(p->rows, p->at, column)) {
	case 8:
		memcpy(&eight, at, sizeof eight);
		return (int64_t)be64toh(eight);
	case 4:
		memcpy(&four, at, sizeof four);
		return (int32_t)be32toh(four);
	case 2:
		memcpy(&two, at, sizeof two);
		return (int16_t)be16toh(two);
	case 1:
		return *at;
	default:
		BUG_ON(!is_null(p, column));
		return 0;
	}
}

static double get_real(struct db_prepared *p, int column)
{
	int64_t bits = get_int(p, column);
	double out;

	BUG_ON(!is_null(p, column) && PQgetlength(p->rows, p->at, column) != sizeof out);
	memcpy(&out, &bits, sizeof out);
	return out;
}

static struct bytes get_bytes(struct db_prepared *p, int column)
{
	if (is_null(p, column))
		return (struct bytes){ NULL, 0 };
	return (struct bytes){ PQgetvalue(p->rows, p->at, column), (size_t)PQgetlength(p->rows, p->at, column) };
}

/* ---- transactions ---- */

/* One lock of all writers of a store, which is a schema: "hoct" in ASCII and the schema's name. */
static const char begin_write[] = "BEGIN; SELECT pg_advisory_xact_lock(1752130420, hashtext(current_schema()))";
static const char begin_read[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

static OUTCOME words_at(struct db *db, const char *format, int depth)
{
	char words[CONTROL_MAX], number[16];
	size_t at = 0;

	snprintf(number, sizeof number, "s%d", depth);
	for (; *format; format++)
		at += (size_t)snprintf(words + at, sizeof words - at, *format == '#' ? "%s" : "%.1s",
			*format == '#' ? number : format);
	return pg_words(db, "transaction", words);
}

static OUTCOME begin(struct db *db, int depth)
{
	const char *words = db->mode == DB_READER ? begin_read : begin_write;
	enum outcome begun;

	if (depth)
		return words_at(db, "SAVEPOINT #", depth);
	if (!pg_is_linked(db))
		return FAILED;
	begun = pg_words(db, "begin", words);
	if (begun != OK && PQstatus(link_of(db)) != CONNECTION_OK && pg_is_linked(db))
		begun = pg_words(db, "begin", words);            /* it had broken while idle */
	if (begun != OK)
		PQclear(PQexec(link_of(db), "ROLLBACK"));        /* the lock did not come: BEGIN stands */
	return begun;
}

/* A commit that certainly is none. */
static bool was_refused(const PGresult *result)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;

	return state && !strncmp(state, "40", 2);
}

/* COMMIT of a transaction in which something failed is answered as a ROLLBACK, without an error; one that gave up waiting for its
 * standby as a COMMIT, with a warning. It waits for a standby as long as that takes: no timeout is to end that. */
static OUTCOME commit(struct db *db, int depth)
{
	struct pg *pg = pg_of(db);
	PGresult *result;
	enum outcome done;

	if (depth)
		return words_at(db, "RELEASE #", depth);
	pg->warned = false;
	result = PQexec(pg->link, pg->patience || db->deadline_ns ? "SET LOCAL statement_timeout = 0; COMMIT" : "COMMIT");
	done = pg_outcome(db, "commit", result);
	if (done == OK && strcmp(PQcmdStatus(result), "COMMIT") != 0) {
		log_line(LOG_ERROR, "", "postgresql", "commit: a statement of the transaction had failed");
		done = FAILED;
	} else if (done == OK && pg->warned) {
		log_line(LOG_ERROR, "", "postgresql", "commit: stored here, but not told to a standby");
		done = FAILED;
	}
	if (done != OK && !was_refused(result))
		db->again = false;               /* it may be stored */
	PQclear(result);
	return done;
}

/* A message that belongs to the transaction, so that its end is a commit to wait for. */
static OUTCOME confirm(struct db *db)
{
	return pg_words(db, "confirm", "SELECT pg_logical_emit_message(true, 'hoctap', '')");
}

static bool in_transaction(struct db *db)
{
	PGTransactionStatusType now = PQtransactionStatus(link_of(db));

	return now == PQTRANS_INTRANS || now == PQTRANS_INERROR || now == PQTRANS_ACTIVE;
}

/* Only the link's end can stop these, and that undoes everything. */
static void undo(struct db *db, int depth)
{
	pg_of(db)->undone++;
	if (in_transaction(db) && words_at(db, "ROLLBACK TO #", depth) != OK)
		log_line(LOG_ERROR, "", "postgresql", "a savepoint was not rolled back");
}

static void rollback(struct db *db, int depth)
{
	struct pg *pg = pg_of(db);

	pg->undone++;
	if (!in_transaction(db))
		return;
	if (depth) {
		if (words_at(db, "ROLLBACK TO #; RELEASE #", depth) != OK)
			log_line(LOG_ERROR, "", "postgresql", "a savepoint was not rolled back");
		return;
	}
	PQclear(PQexec(pg->link, "ROLLBACK"));
	if (pg->deadline_ns)
		pg->deadline_ns = -1;    /* what was set inside is gone, what was set before is back */
}

/* Each commit that wrote moves the snapshot: its newest transaction, or those that were still under way. */
static bool changed_elsewhere(struct db *db)
{
	int64_t before = db->data_version;
	PGresult *result;
	uint64_t hash = 14695981039346656037u;

	if (!pg_is_linked(db))
		return true;
	result = PQexec(link_of(db), "SELECT CAST(pg_current_snapshot() AS text)");
	if (PQntuples(result) == 1)
		for (const char *p = PQgetvalue(result, 0, 0); *p; p++)
			hash = (hash ^ (unsigned char)*p) * 1099511628211u;
	PQclear(result);
	db->data_version = (int64_t)hash;
	return db->data_version != before;
}

static OUTCOME script(struct db *db, const char *sql, const char *name)
{
	if (db_fault(db) || !pg_is_linked(db))
		return FAILED;
	return pg_words(db, name, sql);
}

static OUTCOME hurry(struct db *db, bool on)
{
	return script(db, on ? "SET synchronous_commit = off" : "SET synchronous_commit = on; ANALYZE", "hurry");
}

const struct db_engine db_postgresql = {
	.name = "postgresql", .open = pg_open, .close = pg_close, .prepare = prepare, .discard = discard, .bind_int = bind_int,
	.bind_real = bind_real, .bind_text = bind_text, .bind_bytes = bind_bytes, .bind_null = bind_null, .step = step,
	.reset = reset, .changed = changed, .patience = pg_set_patience,
	.confirm = confirm, .position = pg_position, .server = pg_server, .hold = pg_hold,
	.is_null = is_null, .get_int = get_int, .get_real = get_real, .get_bytes = get_bytes,
	.begin = begin, .commit = commit, .rollback = rollback, .undo = undo, .in_transaction = in_transaction,
	.changed_elsewhere = changed_elsewhere, .script = script,
	.add_register = pg_add_register, .hurry = hurry, .load = pg_load, .load_row = pg_load_row, .load_end = pg_load_end,
};
