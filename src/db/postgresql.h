/* postgresql.h (private): what the files of the PostgreSQL engine share. A connection is `struct pg` behind db->handle.
 *
 * db_postgresql.c runs statements and transactions; postgresql_link.c connects, says what is wrong with a server, and sets up an
 * empty database; postgresql_load.c takes rows by the thousand. */
#ifndef DB_POSTGRESQL_H
#define DB_POSTGRESQL_H

#include <libpq-fe.h>

#include "db/engine.h"

struct pg {
	PGconn *link;
	int generation;                  /* of the link: statements prepared on an older one are prepared again */
	int64_t changed;                 /* rows touched by the last statement */
	int64_t cursors;                 /* opened so far: their names */
	int64_t undone;                  /* transactions and savepoints rolled back so far */
	char *load;                      /* rows to be sent: postgresql_load.c */
	size_t load_len, load_size;
	bool loading;
	int64_t deadline_ns;             /* the budget the server's statement_timeout was set from; -1: not known */
	int patience;                    /* seconds, db_set_patience */
	int64_t rest_ns;                 /* until then nobody looks for the server again */
	unsigned held;                   /* a bit each enum db_word */
	bool warned;                     /* by the server, since this was last set to false */
};

static inline struct pg *pg_of(const struct db *db) { return db->handle; }

/* FAILED with the reason logged (never the password). NOT_FOUND: no store in that database, unless one is to be made. */
OUTCOME pg_open(struct db *, const char *url, enum db_mode);
void pg_close(struct db *);
/* Is the server there? A lost link is renewed, outside a transaction only: inside one what was done is gone. After it was
 * found nowhere nobody looks again for as long as that took, a second at most: who waits in line behind it gets an answer. */
bool pg_is_linked(struct db *);
void pg_set_patience(struct db *, int seconds);
OUTCOME pg_hold(struct db *, enum db_word, bool shared);
OUTCOME pg_position(struct db *, struct db_position *);
uint64_t pg_server(const struct db *);
/* A partition of each big table for a register; -1: new tables get those that the others have, and one for the rest. */
OUTCOME pg_add_register(struct db *, int64_t reg);
OUTCOME pg_load(struct db *, const char *table, const char *columns);
OUTCOME pg_load_row(struct db *, const struct db_value *, int n);
OUTCOME pg_load_end(struct db *, bool keep);
/* What a result means, logged when it is our bug or the world's failure. The result is not freed. */
enum outcome pg_outcome(struct db *, const char *name, const PGresult *);
/* Words without parameters: SET, BEGIN, scripts. */
enum outcome pg_words(struct db *, const char *name, const char *sql);

#endif
