/* statement.h: what generated code (tools/sqlc) uses to run a named statement. Features never include it by hand.
 * Statements are prepared once a connection and found again by the address of their descriptor. */
#ifndef DB_STATEMENT_H
#define DB_STATEMENT_H

#include "base/ask.h"
#include "base/form.h"
#include "db/db.h"

struct db_statement {
	const char *name, *file;         /* "unit_get", "units.sql:12" */
	const char *sql;                 /* parameters as ?1 ?2 (SQLite) */
	const char *sql_postgresql;      /* as $1 $2, or the [postgresql] twin */
	const char *parameters;          /* a letter each: i int64, t text, b blob, r real; capital when it may be NULL */
	const char *columns;             /* the same for the result's columns */
	bool writes;
	bool streams;                    /* kind each: the rows may be more than memory should hold */
};

struct db_cursor;                        /* a running statement */

/* Starts it; parameters are bound in order by the calls below, then db_next. Always ended by db_end (also after failure). */
struct db_cursor *db_run(struct db *, const struct db_statement *);
void db_bind_int(struct db_cursor *, int64_t);
void db_bind_maybe(struct db_cursor *, struct maybe);
void db_bind_real(struct db_cursor *, double);
void db_bind_text(struct db_cursor *, const char *);             /* NULL aborts */
void db_bind_text_or_null(struct db_cursor *, const char *);
void db_bind_bytes(struct db_cursor *, struct bytes);            /* .ptr NULL binds NULL */
void db_bind_ids(struct db_cursor *, struct arena *, struct id_list);    /* as JSON, for json_each */
/* true: a row is there. false: the end, or a failure that db_end returns. */
bool db_next(struct db_cursor *);
int64_t db_int(struct db_cursor *, int column);
struct maybe db_maybe(struct db_cursor *, int column);
double db_real(struct db_cursor *, int column);
const char *db_text(struct db_cursor *, int column, struct arena *);            /* NULL in the column aborts */
const char *db_text_or_null(struct db_cursor *, int column, struct arena *);
struct bytes db_bytes(struct db_cursor *, int column, struct arena *);
/* A list with room for one more (twice the room when it is full); for generated code. */
void *db_grow(struct arena *, void *list, size_t size, size_t n, size_t *room);
/* OK, CONFLICT or FAILED; *changed (may be NULL) rows touched. */
OUTCOME db_end(struct db_cursor *, int64_t *changed);

#endif
