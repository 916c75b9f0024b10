/* engine.h (private): what an engine must do. SQLite is db_sqlite.c, PostgreSQL db_postgresql.c (with postgresql_link.c).
 * db.c holds what is alike: the statement cache, transactions by depth, id blocks, counts and the fault loop. */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H

#include "db/checkpoint.h"
#include "db/statement.h"

struct db_prepared;                      /* the engine's own statement */

struct db_cursor {
	struct db *db;
	const struct db_statement *statement;
	struct db_prepared *prepared;
	enum outcome outcome;            /* OK until something failed */
	int bound;
	bool busy, temporary, stepped;
};

/* A value as a table has it; type as in db_statement.columns, in small letters. */
struct db_value { char type; bool null; int64_t number; double real; struct bytes bytes; };

struct db_engine {
	const char *name;
	OUTCOME (*open)(struct db *, const char *where, enum db_mode);
	void (*close)(struct db *);
	OUTCOME (*prepare)(struct db *, const struct db_statement *, struct db_prepared **);
	void (*discard)(struct db_prepared *);
	void (*bind_int)(struct db_prepared *, int at, int64_t);
	void (*bind_real)(struct db_prepared *, int at, double);
	void (*bind_text)(struct db_prepared *, int at, const char *);
	void (*bind_bytes)(struct db_prepared *, int at, struct bytes);
	void (*bind_null)(struct db_prepared *, int at);
	/* 1 a row, 0 the end, -1 failed with *outcome and the log written */
	int (*step)(struct db_cursor *);
	void (*reset)(struct db_prepared *);
	int64_t (*changed)(struct db *);
	void (*patience)(struct db *, int seconds);      /* NULL: nobody waits here for long */
	OUTCOME (*confirm)(struct db *);                 /* NULL: what is committed is safe */
	OUTCOME (*position)(struct db *, struct db_position *);          /* both NULL: nothing follows */
	uint64_t (*server)(const struct db *);
	OUTCOME (*hold)(struct db *, enum db_word, bool shared);         /* NULL: always OK */
	bool (*is_null)(struct db_prepared *, int column);
	int64_t (*get_int)(struct db_prepared *, int column);
	double (*get_real)(struct db_prepared *, int column);
	struct bytes (*get_bytes)(struct db_prepared *, int column);        /* of text too, without its NUL */
	/* depth 0 begins or ends a transaction, more a savepoint of that depth */
	OUTCOME (*begin)(struct db *, int depth);
	OUTCOME (*commit)(struct db *, int depth);
	void (*rollback)(struct db *, int depth);
	/* as rollback, but the savepoint (never depth 0) stays */
	void (*undo)(struct db *, int depth);
	bool (*in_transaction)(struct db *);
	bool (*changed_elsewhere)(struct db *);
	OUTCOME (*script)(struct db *, const char *sql, const char *name);
	OUTCOME (*backup)(struct db *, const char *path);        /* NULL: by copy.c, row by row */
	/* NULL: it is not filled row by row (copy.c) */
	OUTCOME (*drop_indexes)(struct db *, struct arena *, const char *tables, const char **saved);
	/* For db/bulk.h, NULL where it cannot: a second store with these tables, their rows moved there; *indexes makes
	 * theirs. Then all of it back (keep), and the second store is gone. */
	OUTCOME (*lay_beside)(struct db *, struct arena *, const char *tables, struct db **beside, const char **indexes);
	OUTCOME (*adopt)(struct db *, struct arena *, const char *tables, bool keep);
	/* -1: after a migration, new big tables get what the others have. NULL where tables are not divided by register */
	OUTCOME (*add_register)(struct db *, int64_t reg);
	OUTCOME (*hurry)(struct db *, bool on);
	/* Many rows into a table, in a transaction where nothing else runs until load_end. NULL: a statement a row is quick */
	OUTCOME (*load)(struct db *, const char *table, const char *columns);
	OUTCOME (*load_row)(struct db *, const struct db_value *, int n);
	OUTCOME (*load_end)(struct db *, bool keep);
};

enum { DB_ID_CACHES = 32, DB_DEPTH_MAX = 16, DB_CONTROLS = 3 * DB_DEPTH_MAX };

/* An open transaction (level 0) or savepoint. A savepoint begun where nothing was written since the one around it needs none of
 * its own in the engine: it shares that one, since back to either is the same. */
struct db_level { int64_t written; bool shares; };

struct db {
	const struct db_engine *engine;
	void *handle;                    /* sqlite3 * or struct pg * */
	enum db_mode mode;
	int depth;                       /* open transaction and savepoints, at most DB_DEPTH_MAX */
	struct db_level levels[DB_DEPTH_MAX];
	bool whole,
		spoiled,             /* db_batch_begin_whole: all levels share the batch; something of it must be undone */
		again;               /* the engine ended the transaction for a reason outside it; until the next begins */
	int64_t written;                 /* writing statements begun so far */
	struct db_prepared *controls[DB_CONTROLS];       /* BEGIN, COMMIT and their kin: the engine's own */
	int refused;                     /* transactions that could not begin and are not left yet: nothing runs */
	int64_t deadline_ns;             /* 0: none */
	bool late,
		settling;            /* BEGIN, COMMIT and their kin run: never cut */
	int64_t data_version;
	struct db_checkpoints *checkpoints;      /* joined; NULL: none */
	int64_t began_ms;                /* of a joined reader's transaction; INT64_MAX: none */
	bool inside;                     /* a writer's transaction, as checkpoints know of it */
	struct db_counts counts;
	int64_t fail_at;                 /* 0: never */
	struct { const struct db_statement *key; struct db_cursor *cursor; } *cache;
	size_t n_cache, cache_size;      /* a power of two */
	/* Blocks of ids; depth: of the transaction that took it and is not landed yet, 0 none. */
	struct { const char *table; int64_t reg, next, end; int depth; } ids[DB_ID_CACHES];
	size_t n_ids;
};

/* A new SQLite file that is whole: synced, and read through once. */
OUTCOME sqlite_seal(const char *path);

/* checkpoint.c, asked by db_sqlite.c around the transactions of a connection that has joined. */
void checkpoints_write_begins(struct db_checkpoints *);          /* waits while the log begins again */
void checkpoints_write_ended(struct db_checkpoints *);
bool checkpoints_read_begins(struct db_checkpoints *, bool may_wait);    /* false: it would have to wait */

extern const struct db_engine db_sqlite, db_postgresql;

struct db *db_new(const struct db_engine *, enum db_mode);       /* without a handle */

/* The fault loop's door: every fallible step asks it once. */
bool db_fault(struct db *);

#endif
