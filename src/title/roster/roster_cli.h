/* roster_cli.h: `hoctap import roster FILE --unit CODE [--round YEAR] [--dry-run] [--json]`. */
#ifndef TITLE_ROSTER_CLI_H
#define TITLE_ROSTER_CLI_H

#include "base/ask.h"

struct roster_args {
	int file;                        /* open for reading, from its first byte */
	const char *file_name, *unit_code;
	int64_t round_id;                /* 0: the newest */
	bool dry_run, json;
	bool progress;                   /* somebody looks: how far it is, on stderr */
};
/* Prints on stdout: one JSON document, or a line a refused row and a line of counts. INVALID: problems say why. The JSON has the
 * form of the sample rosters (sheets, rows, accepted, rejected, duplicates, skipped), `accepted` whole whatever the size; each
 * accepted row says `match` (new, same, changed, doubtful) as well. ask->sandbox reads the file. */
OUTCOME roster_cli_import(struct ask *ask, const struct roster_args *);

#endif
