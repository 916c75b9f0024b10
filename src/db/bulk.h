/* bulk.h: loading millions of rows into a new store: the secondary indexes of some tables are dropped before and made again after,
 * each by one sort, which is two to three times quicker than keeping them up to date. Nobody else may use the store meanwhile. */
#ifndef DB_BULK_H
#define DB_BULK_H

#include "db/db.h"

/* tables: names parted by spaces. *saved (in the arena) is what bulk_end makes again. Not inside a transaction. */
OUTCOME db_bulk_begin(struct db *, struct arena *, const char *tables, const char **saved);
OUTCOME db_bulk_end(struct db *, const char *saved);

/* on: nothing waits for the disk, and what is cut short is lost or broken: only for a store that would then be made again. Before
 * it is used for real it is made durable by `false`. */
OUTCOME db_hurry(struct db *, bool on);

#endif
