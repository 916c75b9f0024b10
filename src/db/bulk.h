/* bulk.h: loading millions of rows into a new store, which nobody else uses meanwhile. The work is shared out: whoever makes
 * the rows runs statements as ever, threads of their own write them; and indexes are made at the end, each by one sort.
 *
 *	TRY(db_bulk_begin(db, &(struct db_bulk){ .sorted = "person standing", .beside = "audit" }, &ask->db));
 *	…
 *	TRY(db_bulk_end(ask->db, true));         ask->db = db again
 */
#ifndef DB_BULK_H
#define DB_BULK_H

#include "db/db.h"

/* Names of tables, parted by spaces. */
struct db_bulk {
	const char *sorted;      /* their indexes are dropped, and made again at the end */
	/* Filled by a second thread on a store of their own, where the engine can: only INSERTs touch them, and nobody reads them
	 * before the end. Their indexes come at the end too. */
	const char *beside;
};

/* *out stands for `db`, which is left alone until the end. A statement that only writes is noted (its values are copied) and
 * answers OK at once; what has rows, or whose changed rows are asked for, waits until all before it is written. So a key that
 * is there already does not say CONFLICT: it fails what it is part of, like every other failure, at the commit of the
 * transaction. FAILED: nothing was begun. Not inside a transaction. */
OUTCOME db_bulk_begin(struct db *db, const struct db_bulk *, struct db **out);
/* Makes the indexes and brings all home into `db`; keep false: gives up what was not committed. Closes `out` in any case. */
OUTCOME db_bulk_end(struct db *out, bool keep);

/* on: nothing waits for the disk, and what is cut short is lost or broken: only for a store that would then be made again. Before
 * it is used for real it is made durable by `false`. */
OUTCOME db_hurry(struct db *, bool on);

#endif
