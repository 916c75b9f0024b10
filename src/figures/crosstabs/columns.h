/* columns.h (private): the rows of one commune in one round as columns, as they lie in a pack. */
#ifndef FIGURES_COLUMNS_H
#define FIGURES_COLUMNS_H

#include "base/ask.h"
#include "figures/crosstabs/crosstabs.h"

struct packs;
struct pack;

enum { COLUMNS_LEAFS = 65535, COLUMNS_GROUPS = 255, GROUP_CODE = 40 };

struct columns {
	size_t n, n_leafs, n_groups;
	const int64_t *leafs;                    /* what column `leaf` counts in */
	const char (*groups)[GROUP_CODE];
	const uint16_t *leaf, *flags, *total;    /* total 0: no scores */
	const uint8_t *group, *sex, *age, *state;
};

/* With the pack held: packs_leave(ask->packs or the query's own, pack) when done. *made: it was not there. */
/* True: there is one, held. */
bool columns_kept(struct packs *, int64_t round_id, int64_t commune_id, int64_t stamp, struct pack *, struct columns *out);
OUTCOME columns_take(struct ask *ask, struct packs *, int64_t round_id, int64_t commune_id, int64_t stamp, struct pack *,
	struct columns *out, bool *made);

/* Rows of a divided leaf whose people were placed in one part (boundaries.h), in the ask's arena; `leafs` is the leaf alone. */
struct leaf_part;
OUTCOME columns_of_part(struct ask *ask, int64_t round_id, const struct leaf_part *, struct columns *out);

/* Are the columns the rows as they stand? In any order: a sum over a hash of each row, and their number. */
OUTCOME columns_same(struct ask *ask, const struct columns *, int64_t round_id, int64_t commune_id, bool *same);

/* A side used, in the table or in a condition, is a lane: a column and what each of its values adds to the index of the row's
 * cell. A value that is not wanted adds SKIP, which no sum of the others reaches: a query of any sides is the same few loops. */
enum { SKIP = 1 << 24 };
struct lane { const void *column; bool wide; const uint32_t *map; };     /* wide: uint16_t, else uint8_t */
struct lanes { size_t n; struct lane at[CROSSTAB_SIDE_N]; uint32_t base; };
void columns_count(const struct columns *, const struct lanes *, struct crosstab_cell *cells);

#endif
