/* db.h: a connection, its statements and its transactions. The only room that sees sqlite3.h and libpq-fe.h.
 *
 * Features never call db_* on statements: tools/sqlc generates typed functions (X_sql.h) that do. Features use db/transaction.h.
 * One connection belongs to one thread at a time. Engines differ behind `struct db_engine` (db/engine.h, private). Writers take
 * turns on both: a transaction begun for writing has the store to itself. Errors are mapped alike: a unique key already there is
 * CONFLICT; a broken foreign key, check or NOT NULL is our bug and logged as FAILED; busy, full, I/O and a lost link are FAILED
 * with the engine's words in the log. After a failure nothing more runs until its transaction or savepoint is left: PostgreSQL
 * refuses it. What may find a row that is there says ON CONFLICT DO NOTHING and is of kind touch. */
#ifndef DB_DB_H
#define DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/outcome.h"

struct db;

enum db_mode {
	DB_READER,       /* no statement that writes can run */
	DB_REPLICA,      /* a reader that may lag: of several hosts one that follows another, if there is such */
	DB_WRITER,
	DB_CREATE        /* a writer that makes the file when it is not there */
};

/* url: "sqlite:PATH", "sqlite::memory:" (each connection its own), "postgresql://USER@HOST/DATABASE?…" (libpq's own form). Of
 * several hosts (postgresql://h1,h2,h3/…) the one that can be written to is used, at first and each time the link is renewed;
 * target_session_attrs=… in the URL says otherwise. FAILED with the reason logged. NOT_FOUND: no such file, or no
 * store in that database. */
OUTCOME db_open(const char *url, enum db_mode mode, struct db **out);
void db_close(struct db *);                                  /* NULL is fine */
const char *db_engine_name(const struct db *);               /* "sqlite", "postgresql" */
bool db_url_is_remote(const char *url);                      /* a server over a network: nothing of it belongs on an event loop */
const char *db_url_shown(struct arena *, const char *url);   /* for people and logs: without the password */

/* Time for reading: past `ms` a statement fails and db_is_late tells it. 0 lifts the limit. A reader that is cut, or would have
 * to wait within its time (db/checkpoint.h), is late too. */
void db_set_budget(struct db *, int ms);
bool db_is_late(const struct db *);

/* For who serves many: a statement that takes longer fails, and a server ends a transaction that was left idle for as long, so
 * that who hangs does not keep the others from writing. 0: none (commands). */
void db_set_patience(struct db *, int seconds);

/* The last transaction, this one or the one that has just ended, was ended by the world around it: a deadlock, a serialization
 * failure, a replica that had to move on, a link that broke before its commit was sent. Nothing of it is stored, every statement
 * of it fails silently from then on, and it may be run again from its beginning. A link that breaks during the commit is none
 * of these: what was written may be stored or not. */
bool db_may_run_again(const struct db *);

/* How far a store is: grows with each commit, and a replica that is as far has all that was committed by then. `store` is the
 * same for a store and its replicas, `server` of the one asked (db_server: without asking). All 0 where nothing follows (SQLite). */
struct db_position { int64_t at, store; uint64_t server; };
OUTCOME db_position(struct db *, struct db_position *out);
uint64_t db_server(const struct db *);

/* A word of several programs on one store: held by a connection until it is closed or its link is gone, by several together when
 * all of them say shared. CONFLICT: somebody else holds it. Held already: OK, without asking. When a link with holds was lost,
 * the next transaction does not begin, so that nobody works on in the belief to hold what another may hold by now. Outside a
 * transaction. SQLite: always OK, one process has the folder. */
enum db_word { DB_WORD_SERVE, DB_WORD_JOBS, DB_WORD_N };
OUTCOME db_hold(struct db *, enum db_word, bool shared);

/* What this transaction has read will be told as stored: its commit waits, as one that writes does, until a standby that must
 * have it has it. (A commit whose answer was lost may be there and not yet be anywhere else.) */
OUTCOME db_confirm(struct db *);

/* A consistent view over several reads (also what makes a GET unable to write). */
OUTCOME db_read_begin(struct db *);
void db_read_end(struct db *);

/* The writer's batch: BEGIN IMMEDIATE … COMMIT around many steps; FAILED commit means nothing of it is stored. */
OUTCOME db_batch_begin(struct db *);
OUTCOME db_batch_commit(struct db *);
void db_batch_rollback(struct db *);
/* The same without a way back for what is inside: steps and transactions are only counted, which saves the copies of pages
 * that a way back needs. What has written and must be undone spoils the batch: every statement from then on fails, silently,
 * and so does the commit; it is rolled back and may be run again by db_batch_begin. A batch that may run again for another
 * reason (db_may_run_again) counts as spoiled too, also after its commit. */
OUTCOME db_batch_begin_whole(struct db *);
bool db_batch_is_spoiled(const struct db *);
/* One operation of a batch: kept or undone alone. */
OUTCOME db_step_begin(struct db *);
OUTCOME db_step_end(struct db *, bool keep);
bool db_in_transaction(const struct db *);

/* Has another connection committed since the last call? (copies kept in memory are then read again) */
bool db_changed_elsewhere(struct db *);

/* What this connection did: for tests that pin the number of statements of a page. */
struct db_counts { int64_t statements, rows; };
struct db_counts db_counts(const struct db *);

/* Fault loop (tests): the n-th fallible step from now fails as a disk error would; 0 = none. Returns how many steps were left to go. */
int64_t db_fail_at(struct db *, int64_t n);

/* Runs a script of several statements (migrations, tests' fixtures). Not for features. */
OUTCOME db_script(struct db *, const char *sql, const char *name);

/* Makes room for the rows of a register (model.md 1) before the first of them is there: on PostgreSQL a partition of each big
 * table, without which they lie with the rest. */
OUTCOME db_add_register(struct db *, int64_t reg);

/* A copy of the whole store, on either engine, at one moment into a new SQLite file, while others write: synced, and read through
 * once. FAILED (logged) leaves a file that is no backup. */
OUTCOME db_backup(struct db *, const char *path);

#endif
