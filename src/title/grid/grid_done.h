/* grid_done.h: what an act changes is kept beside it, so that it can be undone; for this feature alone.
 *
 *	grid_done_begin(ask, act, round, leaf, people, &d)      before the first change, in the act's transaction
 *	grid_done_end(ask, &d, done)                            after the last: d.id is 0 when nothing had changed */
#ifndef TITLE_GRID_DONE_H
#define TITLE_GRID_DONE_H

#include "title/grid/grid.h"

OUTCOME grid_done_begin(struct ask *, enum grid_act, int64_t round_id, int64_t leaf_id, const struct id_list *people,
	struct grid_done *out);
OUTCOME grid_done_end(struct ask *, struct grid_done *, const struct id_list *changed);

#endif
