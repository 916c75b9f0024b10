/* crosstabs_parts.h (private): what is counted, between its files. */
#ifndef FIGURES_CROSSTABS_PARTS_H
#define FIGURES_CROSSTABS_PARTS_H

#include "figures/crosstabs/columns.h"
#include "title/criteria/criteria.h"
#include "title/rounds/rounds.h"
#include "title/transfers/boundaries.h"

/* A side as it is used: on an axis of the table (else -1), or with only one value counted. `at` are its values. */
struct side { bool used; int axis; size_t n; struct crosstab_value *at; const char *only; };

/* A round told in other units (is): its leaves that belong to the unit asked for by then, in order of the leaf counted. Of a
 * round in its own units: those of a province that wait to be placed. */
struct restating { bool is; size_t n; const struct leaf_place *at; };

struct counting {
	struct ask *ask;
	const struct crosstab_query *query;
	struct packs *packs;
	struct unit unit;                        /* the one asked for, of the day on which its units are told */
	const char *day;
	struct restating *restated;              /* one a round; .is false: told in its own units */
	struct round_list rounds;                /* those counted */
	const struct criteria *criteria;         /* of the newest of them: the order and titles of groups */
	struct side sides[CROSSTAB_SIDE_N];
	size_t stride[CROSSTAB_BY], n_cells;
	struct crosstab_cell *cells;
	bool below_is_leaf;                      /* side unit means leafs: the unit asked for is a commune */
	int64_t only_leaf;                       /* the unit asked for is a leaf; 0: no */
};

/* by_leaf: which rows count, and where, stands in their leaf (restate_place), not in their commune. place not NULL: no pack, but
 * the people of a divided leaf who were placed there. */
struct source { size_t year; int64_t round_id, commune_id, stamp; struct pack *pack; struct columns columns;
	bool by_leaf;
	const struct leaf_place *place; };
struct sources { size_t n, room; struct source *at; struct packs *packs; };

/* crosstabs_sources.c: the question read and checked against round, unit and permission; the packs that answer it. */
OUTCOME counting_read(struct counting *);
OUTCOME sources_list(struct counting *, struct sources *);
OUTCOME sources_take(struct counting *, struct sources *, int64_t *made);        /* held until sources_leave */
void sources_leave(struct sources *);

/* crosstabs_restate.c: rounds whose units are not today's. */
OUTCOME restate_read(struct counting *);                                         /* after counting_read */
OUTCOME restate_units(struct counting *, size_t year, struct id_list *out);      /* whose packs have the rows */
OUTCOME restate_parts(struct counting *, size_t year, struct sources *);         /* adds a source for each part */
/* Where the rows of a leaf count, NULL: not here, or by its parts. */
const struct leaf_place *restate_place(const struct counting *, const struct source *, int64_t leaf_id);
struct source *sources_add(struct counting *, struct sources *, struct source);

#endif
