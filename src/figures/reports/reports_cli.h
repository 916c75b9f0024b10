/* reports_cli.h: `hoctap report NAME --unit CODE …` and `hoctap report list`. Arguments are already split by app/command.c. */
#ifndef FIGURES_REPORTS_CLI_H
#define FIGURES_REPORTS_CLI_H

#include "base/ask.h"

struct report_args {
	const char *name;                /* "result" */
	const char *unit_code;           /* today's, or that of the end of the round */
	int64_t round_id;                /* 0: the newest */
	const char *as_of;               /* ISO, or "" */
	const char *format;              /* pdf, docx, xlsx, csv */
	bool is_half, now;               /* now: in today's units */
};
/* Prints the names, one a line with what they are. */
void reports_cli_list(void);
/* Writes the file to `fd`. INVALID: problems say why. */
OUTCOME reports_cli_write(struct ask *ask, const struct report_args *, int fd);

#endif
