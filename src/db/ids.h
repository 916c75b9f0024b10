/* ids.h: new ids (model.md 1). Counters come from one table in blocks of 2^16, each block taken in a committed transaction of
 * its own before any of its ids is used, so a crash skips ids and never repeats one. */
#ifndef DB_IDS_H
#define DB_IDS_H

#include "db/db.h"

enum { ID_BLOCK = 1 << 16 };

/* The next id of `table` in register `reg` (0..1023). Inside a batch the block is advanced within it, and the ids are the same
 * whether the batch lands or not. FAILED when no block could be taken. */
OUTCOME id_next(struct db *, const char *table, int64_t reg, int64_t *out);

/* For db/staged.h: the blocks taken in the transaction under way; and after it is undone, the same ones taken for good, so
 * that ids given from them stay good. FAILED: another took one between the two. */
struct id_blocks { size_t n; struct { const char *table; int64_t reg, next, end; } at[32]; };
struct id_blocks id_blocks_new(const struct db *);
OUTCOME id_blocks_keep(struct db *, const struct id_blocks *);

#endif
