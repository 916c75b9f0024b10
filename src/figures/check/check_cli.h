/* check_cli.h: `hoctap check` and `hoctap figures` (design.md 6). Arguments are already split by app/. Both only read. */
#ifndef FIGURES_CHECK_CLI_H
#define FIGURES_CHECK_CLI_H

#include "base/ask.h"

struct check_cli_args { bool json, deep; };
/* Prints each check with how many rows were looked at and what is wrong. *agrees: nothing is. */
OUTCOME check_cli(struct ask *ask, const struct check_cli_args *, bool *agrees);

struct figures_cli_args {
	const char *unit_code;           /* "": the installation's province */
	const char *as_of;               /* ISO, or "" for now */
	int64_t round_id;                /* 0: the newest */
	bool now;                        /* in today's units */
	bool recount, json;
};
/* *agrees false: a recount differs (said on stderr). INVALID: problems say why. */
/* as_of in the answer is the day of the last change; where nothing was counted yet, the day asked, or the round's first day. */
OUTCOME figures_cli(struct ask *ask, const struct figures_cli_args *, bool *agrees);

#endif
