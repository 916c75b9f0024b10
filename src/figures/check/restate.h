/* restate.h: which units' counters add up to a unit, in the round's own boundaries or in today's. Private to figures/check.
 *
 * Restated in today's units (model.md 2), each leaf that was counted goes to the commune it belongs to today: by its own versions
 * when it still is, by its edge when it became one other leaf. Where its commune has ended, the leaf follows the commune's edge if
 * there is exactly one (undivided), and so on. A leaf of a divided commune that nobody has placed yet, and one that ended into
 * several or into none, stands in "chưa xếp" of its province: the province's sum has it, no commune's has. People's later moves
 * never count. */
#ifndef FIGURES_RESTATE_H
#define FIGURES_RESTATE_H

#include "base/form.h"
#include "registry/tree/tree.h"

struct scope_child {
	struct unit unit;                        /* id 0, code "": "chưa xếp" */
	struct id_list counted;                  /* units with counters that add up to it */
};
struct scope {
	struct unit unit;
	struct id_list counted;
	const struct scope_child *children;      /* in order of code */
	size_t n_children;
};

OUTCOME scope_own(struct ask *ask, int64_t round_id, const struct unit *, struct scope *out);
OUTCOME scope_now(struct ask *ask, int64_t round_id, const struct unit *, struct scope *out);

#endif
