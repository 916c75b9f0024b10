/* staged.h: long work by ordinary operations that nobody sees before it is whole, and for which other writers wait only
 * slice by slice (model.md 7).
 *
 *	TRY(db_staged_open(db, &staged));
 *	for each slice:
 *		TRY(db_staged_begin(staged));
 *		done = …;                               operations as ever, in a transaction of their own
 *		TRY(db_staged_end(staged, done == OK));
 *	…
 *	DB_TRANSACTION(tx, db);
 *	TRY(db_staged_land(staged));                    all that the slices wrote, in one short step
 *	return db_commit(&tx);
 *
 * A slice's transaction is undone at its end: what it wrote is noted row by row, as it stood then, in memory beside the
 * store. So a crash leaves nothing of it, and a slice does not see what those before it wrote. Ids that it took stay taken.
 * Landing writes the new rows of a table in order of key in one statement, and changes others only where they still are as
 * the slice found them. */
#ifndef DB_STAGED_H
#define DB_STAGED_H

#include "db/db.h"

struct db_staged;

/* Where slices can be staged: on SQLite, outside any transaction. Elsewhere the work is done in one transaction. */
bool db_may_stage(const struct db *);
OUTCOME db_staged_open(struct db *, struct db_staged **out);
void db_staged_close(struct db_staged *);                /* what has not landed is gone; outside any transaction; NULL is fine */

OUTCOME db_staged_begin(struct db_staged *);
/* keep false: nothing of the slice is noted. Others may write for a moment before it returns. CONFLICT: a key that a slice
 * before it made is made again. After anything but OK it can no longer land. */
OUTCOME db_staged_end(struct db_staged *, bool keep);
/* Within the caller's transaction, which must be given up unless it is OK. CONFLICT: a row is no longer as a slice found it,
 * or its key is taken by now. */
OUTCOME db_staged_land(struct db_staged *);

#endif
