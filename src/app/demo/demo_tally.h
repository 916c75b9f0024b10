/* demo_tally.h: counters of one unit while its people are made: every change by cell and day, added up in memory and written once,
 * in order of key, as final counters and their value at each day's end. */
#ifndef APP_DEMO_TALLY_H
#define APP_DEMO_TALLY_H

#include "base/ask.h"
#include "title/standing/standing.h"

struct demo_tally;

struct demo_tally *demo_tally_new(void);
void demo_tally_free(struct demo_tally *);
/* One person comes to (n 1) or leaves (n -1) a cell on a day. `total` and `scores` count with the row as it is then. */
void demo_tally_add(struct demo_tally *, const struct standing *, const char *day, int n);
/* The same for what the row's flags count towards; only where they change. */
void demo_tally_targets(struct demo_tally *, const struct standing *, const char *day, int n);
/* Adds another's counts (a leaf's into its commune's). */
void demo_tally_merge(struct demo_tally *, const struct demo_tally *);
/* Writes counter, counter_day, target_counter, target_day of the unit, and empties the tally. */
OUTCOME demo_tally_write(struct demo_tally *, struct ask *, int64_t unit_id);

#endif
