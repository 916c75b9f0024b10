/* grid_line.h: reading rows by state, for this feature alone. */
#ifndef TITLE_GRID_LINE_H
#define TITLE_GRID_LINE_H

#include "title/grid/grid.h"

OUTCOME grid_lines_between(struct ask *, int64_t round_id, int64_t leaf_id, enum sheet_state first, enum sheet_state last,
	int64_t after_person, int64_t limit, struct grid_lines *out);

#endif
