/* transfers_cli.h: `hoctap import successors FILE --on DATE [--dry-run]`: what goes where, and, once people have followed,
 * where everybody is. Arguments are already split by app/. */
#ifndef TITLE_TRANSFERS_CLI_H
#define TITLE_TRANSFERS_CLI_H

#include "base/ask.h"

struct successors_args { struct bytes file; const char *on_day; bool dry_run; };
/* Prints the counts and a line for each new commune with the hamlets, people and open sheets that come to it, and those that
 * wait. dry_run: nothing is written. */
OUTCOME successors_cli_import(struct ask *ask, const struct successors_args *);
/* How many people are in units of today, how many wait; *all false: somebody is in none of the two. */
OUTCOME successors_cli_explain(struct ask *ask, bool *all);

#endif
