/* crosstabs_cli.h: `hoctap figures --by X --by Y [--where X=V]`. Arguments are already split by app/. */
#ifndef FIGURES_CROSSTABS_CLI_H
#define FIGURES_CROSSTABS_CLI_H

#include "figures/crosstabs/crosstabs.h"

struct crosstab_cli_args {
	const char *unit_code;                   /* "": the installation's province */
	int64_t round_id;                        /* 0: the newest */
	const char *by[CROSSTAB_BY];
	size_t n_by;
	const char *where[CROSSTAB_WHERE];       /* "state=recognised" */
	size_t n_where;
	bool now;                                /* --units now: in today's units, and the code is of today */
	bool json;
};
/* Prints a table, or {"unit","round","units","by","people","rows":[{side: code …, "n","scored","total"}]}: rows with people, in
 * order. INVALID: problems say why. */
OUTCOME crosstab_cli(struct ask *ask, const struct crosstab_cli_args *);

#endif
