/* roster_rows.h (private): where the people of a list wait, whatever their number, and which of them are alike. */
#ifndef TITLE_ROSTER_ROWS_H
#define TITLE_ROSTER_ROWS_H

#include "title/roster/roster_read.h"

struct roster_rows;
struct roster_rows *roster_rows_new(struct arena *);
/* A person's fold, birth and hamlet make its second key; scratch is the arena of the row. FAILED: no room on disk. */
OUTCOME roster_rows_add(struct roster_rows *, struct arena *scratch, const struct roster_person *);
/* Twins by number and by name. */
OUTCOME roster_rows_twins(struct roster_rows *, struct arena *, struct roster_twins **twins, size_t *n);
bool roster_rows_next(struct roster_rows *, struct roster_cursor *, struct arena *, struct roster_person *out);

#endif
