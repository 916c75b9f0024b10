/* criteria_cli.h: what `hoctap import criteria` runs. */
#ifndef TITLE_CRITERIA_CLI_H
#define TITLE_CRITERIA_CLI_H

#include "base/ask.h"

/* Imports a framework and says on stdout what it is and whether it is published yet. */
OUTCOME criteria_cli_import(struct ask *ask, struct bytes file);

#endif
