/* targets_cli.h: `hoctap import targets|population`. Arguments are already split by app/command.c. */
#ifndef FIGURES_TARGETS_CLI_H
#define FIGURES_TARGETS_CLI_H

#include "base/ask.h"

/* Both print what was done on stdout. INVALID: problems say why. round_id 0: the newest. */
OUTCOME targets_cli_import(struct ask *ask, struct bytes file);
OUTCOME population_cli_import(struct ask *ask, int64_t round_id, struct bytes file);

#endif
