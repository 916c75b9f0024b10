/* certificates_cli.h: `hoctap verify CODE|FILE`: the same answer as the public page, for a code or a PDF of ours. */
#ifndef TITLE_CERTIFICATES_CLI_H
#define TITLE_CERTIFICATES_CLI_H

#include "base/ask.h"

/* Prints what the code says. OK: a valid certificate; INVALID: replaced, revoked or past its days; NOT_FOUND: unknown, said on
 * stderr. */
OUTCOME certificates_cli_verify(struct ask *ask, const char *code);

#endif
