/* crosstabs_parts.h (private): what is counted, between its files. */
#ifndef FIGURES_CROSSTABS_PARTS_H
#define FIGURES_CROSSTABS_PARTS_H

#include "figures/crosstabs/columns.h"
#include "title/criteria/criteria.h"
#include "title/rounds/rounds.h"

/* A side as it is used: on an axis of the table (else -1), or with only one value counted. `at` are its values. */
struct side { bool used; int axis; size_t n; struct crosstab_value *at; const char *only; };

struct counting {
	struct ask *ask;
	const struct crosstab_query *query;
	struct packs *packs;
	struct round_list rounds;                /* those counted */
	const struct criteria *criteria;         /* of the newest of them: the order and titles of groups */
	struct side sides[CROSSTAB_SIDE_N];
	size_t stride[CROSSTAB_BY], n_cells;
	struct crosstab_cell *cells;
	bool below_is_leaf;                      /* side unit means leafs: the unit asked for is a commune */
	int64_t only_leaf;                       /* the unit asked for is a leaf; 0: no */
};

struct source { size_t year; int64_t round_id, commune_id, stamp; struct pack *pack; struct columns columns; };
struct sources { size_t n, room; struct source *at; struct packs *packs; };

/* crosstabs_sources.c: the question read and checked against round, unit and permission; the packs that answer it. */
OUTCOME counting_read(struct counting *);
OUTCOME sources_list(struct counting *, struct sources *);
OUTCOME sources_take(struct counting *, struct sources *, int64_t *made);        /* held until sources_leave */
void sources_leave(struct sources *);

#endif
