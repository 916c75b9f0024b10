/* demo_tally.h: counters of one unit while its people are made: every change by cell and day, added up in memory and written
 * once, in order of key, as final counters and their value at each day's end. */
#ifndef APP_DEMO_TALLY_H
#define APP_DEMO_TALLY_H

#include "base/ask.h"
#include "title/standing/standing.h"

struct demo;
struct demo_tally;

/* Where somebody counts: the round by its place in the demo, the group by its place among their codes in order. */
struct demo_seat { int round, group; enum sex sex; int age_band; };

struct demo_tally *demo_tally_new(void);
void demo_tally_free(struct demo_tally *);
/* One person comes to (n 1) or leaves (n -1) a state, with these scores, on a day of the demo. */
void demo_tally_add(struct demo_tally *, const struct demo_seat *, enum sheet_state, const struct scores *, int day, int n);
/* The same for what the flags count towards in that state; only where they change. */
void demo_tally_targets(struct demo_tally *, const struct demo_seat *, enum sheet_state, unsigned flags, int day, int n);
/* Adds another's counts (a leaf's into its commune's). */
void demo_tally_merge(struct demo_tally *, const struct demo_tally *);
/* Writes the unit's counters, sums and targets with their values by day and the day of its last change, and empties the tally. */
OUTCOME demo_tally_write(struct demo_tally *, const struct demo *, int64_t unit_id);

#endif
