/* checkpoint.h: SQLite's log (WAL) is brought home by a thread and a connection of its own, so that no writer waits for it, and
 * its length stays bounded under readers that never pause.
 *
 * Why it grows: pages come home up to the oldest read under way, and the log begins again from its start only at a moment at
 * which no read stands in it. Reads that overlap leave no such moment. So, in pages (8 KiB):
 *
 *	every `step`   what can come home does, beside readers and writers: little at a time, since a large fsync delays
 *	               those of the writers on the same disk
 *	past `bound`   writers wait for at most patience_ms until the last reads have left the log, while new ones begin
 *	               outside it; not tried where more than a step would have to be copied in that time, and again after
 *	               a pause
 *	past `limit`   new reads wait for at most drain_ms (not on an event loop: they are late), those older than grace_ms are
 *	               cut, and what is left is brought home. Where a read of another process holds on (a backup), that is
 *	               given up until the log is twice as long
 *
 * So with readers of this process the log has at most `limit` pages and what is written in drain_ms. */
#ifndef DB_CHECKPOINT_H
#define DB_CHECKPOINT_H

#include "db/db.h"

struct db_checkpoints;

struct db_checkpoint_bounds { int64_t step, bound, limit; int patience_ms, grace_ms, drain_ms; };

/* Starts the thread. bounds NULL: 512, 4096 (32 MiB) and 65,536 pages (512 MiB); 20 ms, 1 s, 2 s. *out NULL on PostgreSQL, which
 * needs none. FAILED, logged: the store does not open. */
OUTCOME db_checkpoints_start(const char *url, const struct db_checkpoint_bounds *bounds, struct db_checkpoints **out);
/* Once all that have joined are closed. NULL is fine. */
void db_checkpoints_stop(struct db_checkpoints *);
/* A connection to the same store, before its first transaction: a writer's commits no longer bring the log home themselves; a
 * reader may be made to wait and be cut. NULL is fine. */
void db_checkpoints_join(struct db_checkpoints *, struct db *);
/* While reads are being cut: those begun before this moment (monotonic ms) hold the log up, also where they are not in a
 * statement just now and therefore not cut. 0: none. NULL is fine. */
int64_t db_checkpoints_cut_before(const struct db_checkpoints *);

struct db_log_counts {
	int64_t pages, most;             /* in the log after the last commit; the most there were */
	int64_t resets, refused;         /* begun again from its start; tried, and a read stood in it */
	int64_t drains;                  /* times that reads had to wait */
	int64_t waited_us, longest_us;   /* by writers for the log to begin again: all together, the longest */
};
void db_log_counts(const struct db_checkpoints *, struct db_log_counts *out);

#endif
