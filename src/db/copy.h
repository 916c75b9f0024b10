/* copy.h: a whole store into another, from one engine to the other or the same.
 *
 * Table after table in the order in which the migrations make them (what is referred to comes first), each in the order of its
 * key, in transactions of some thousands of rows. So what stands in the target is always a beginning: broken off, it goes on
 * after the last key. The source is read at one moment; both stores are of this program's version. */
#ifndef DB_COPY_H
#define DB_COPY_H

#include "db/db.h"

struct db_copy {
	void (*told)(void *context, const char *table, int64_t rows);    /* now and then; NULL: nobody listens */
	void *context;
	int64_t tables, rows, there;     /* out: tables and rows seen so far; those of them that stood there before */
	const char *table;               /* out: the one at work; after CONFLICT the one that differs */
	int64_t row;                     /* out: after CONFLICT, the number of the row in it, from 1 */
};

/* FAILED with the reason logged; what is there by then stays. Not inside a transaction. */
OUTCOME db_copy(struct db *from, struct db *to, struct arena *, struct db_copy *);
/* Reads both from end to end and compares every value: CONFLICT at the first that differs, or a row that only one has. */
OUTCOME db_compare(struct db *from, struct db *to, struct arena *, struct db_copy *);

/* Into a new SQLite file: synced, and read through once. FAILED leaves a file that is no copy. */
OUTCOME db_copy_into_file(struct db *from, const char *path);

#endif
