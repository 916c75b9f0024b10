/* roster_undo.h (private): what taking a list back would do, and what stands in its way. */
#ifndef TITLE_ROSTER_UNDO_H
#define TITLE_ROSTER_UNDO_H

#include "title/roster/roster_list.h"

enum { UNDO_BLOCKS_SHOWN = 50 };
struct undo_block { int64_t line; const char *why; bool is_there; };
struct undo_counts { int64_t added, changed, sheets; size_t n_blocked; const struct undo_block *blocked; };
OUTCOME roster_undo_look(struct ask *ask, const struct list *, struct undo_counts *out);

#endif
