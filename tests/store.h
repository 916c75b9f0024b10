/* store.h: an empty store for a test. SQLite in memory or a file; with HOCTAP_TEST_DB=postgresql://… in the environment a schema of
 * that database, made once a process and emptied before each test. Only the database of a test may stand there: what is in it goes.
 *
 *	struct store store;
 *	store_open(&store, "sqlite::memory:");
 *	… store.db, store.url for further connections …
 *	store_close(&store);
 */
#ifndef TESTS_STORE_H
#define TESTS_STORE_H

#include "db/db.h"

struct store { struct db *db; char url[512]; int schema; };

/* A migrated store. The SQLite one is made at `sqlite_url`. */
void store_open(struct store *, const char *sqlite_url);
/* The same without tables, for tests of db/ itself. */
void store_open_bare(struct store *, const char *sqlite_url);
void store_close(struct store *);
/* A blob as it stands in a script, from its hexadecimal digits. */
const char *store_blob(const struct db *, struct arena *, const char *hex);
/* Before each test: what one that failed has left open is ended. */
void store_clear(void);
const char *store_remote(void);          /* HOCTAP_TEST_DB, NULL: the tests run on SQLite */

#endif
