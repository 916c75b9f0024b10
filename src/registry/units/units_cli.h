/* units_cli.h: `hoctap import units|hamlets|organisations [--dry-run]` (successors: title/transfers). Arguments are already split
 * by app/command.c. */
#ifndef REGISTRY_UNITS_CLI_H
#define REGISTRY_UNITS_CLI_H

#include "base/ask.h"

/* A list of the state touches every unit and, with its successors, every person: it goes back as a whole, from a backup. */
void units_cli_tell_way_back(void);

struct units_import_args {
	const char *what;                /* units, hamlets, organisations */
	struct bytes file;
	const char *from_day, *until_day;        /* ISO; until_day is the last day (inclusive) or "" */
	const char *unit_code;           /* hamlets, organisations */
	bool dry_run;                    /* tells what would be done, writes nothing */
};
/* Prints what was done on stdout; before a list of the state is written, on stderr, how to come back from it. INVALID: problems
 * say why. */
OUTCOME units_cli_import(struct ask *ask, const struct units_import_args *);

#endif
