/* roster_stage.h (private): rows of a list written in slices that nobody sees, to be made visible in one short step
 * (db/staged.h). */
#ifndef TITLE_ROSTER_STAGE_H
#define TITLE_ROSTER_STAGE_H

#include "title/roster/roster.h"

struct db_staged;

struct roster_steps {
	size_t n;
	OUTCOME (*row)(void *state, size_t i);           /* row i, in the transaction of its slice; it runs once */
	OUTCOME (*tell)(void *state, size_t done);       /* now and then, outside any transaction; NULL: nobody listens */
	void *state;
};
/* out NULL: it cannot be done in slices (the engine, a transaction under way, two rows that are one): it is done in one
 * transaction instead. What the slices noted goes with the ask's arena. */
OUTCOME roster_stage(struct ask *, const struct roster_steps *, struct db_staged **out);

/* How many traces of the last hour before `since` and after it concern the unit, what is below it and what it is in: when
 * there is one more than before, what was said of the rows must be said anew (every change writes one, audit.h). */
OUTCOME roster_traces(struct ask *, int64_t unit_id, int64_t since, int64_t *n);
/* Do two judgements of one row come to writing the same? */
bool roster_row_same(const struct roster_row *, const struct roster_row *);

#endif
