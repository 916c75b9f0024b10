/* units_cli.h: `hoctap import units|hamlets|organisations` (successors: title/transfers). Arguments are already split by
 * app/command.c. */
#ifndef REGISTRY_UNITS_CLI_H
#define REGISTRY_UNITS_CLI_H

#include "base/ask.h"

struct units_import_args {
	const char *what;                /* units, hamlets, organisations */
	struct bytes file;
	const char *from_day, *until_day;        /* ISO; until_day is the last day (inclusive) or "" */
	const char *unit_code;           /* hamlets, organisations */
};
/* Prints what was done on stdout. INVALID: problems say why. */
OUTCOME units_cli_import(struct ask *ask, const struct units_import_args *);

#endif
