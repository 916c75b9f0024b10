/* access_cli.h: `hoctap user add|role|code|lock`. Arguments are already split by app/command.c. */
#ifndef REGISTRY_ACCESS_CLI_H
#define REGISTRY_ACCESS_CLI_H

#include "base/ask.h"

/* Each prints what was done on stdout; INVALID: problems say why. A code is printed once; no passphrase on a command line. */
OUTCOME access_cli_add(struct ask *ask, const char *login, const char *name);
/* role: its code ("commune"); unit: a unit's code today; until: the last day (ISO) or "". */
OUTCOME access_cli_role(struct ask *ask, const char *login, const char *role, const char *unit, const char *until);
OUTCOME access_cli_code(struct ask *ask, const char *login);
OUTCOME access_cli_lock(struct ask *ask, const char *login);

#endif
