/* codes.h: an activation code for a person (registry/access/accounts.h has the codes themselves: once, CODE_DAYS, throttled). */
#ifndef REGISTRY_CODES_H
#define REGISTRY_CODES_H

#include "base/ask.h"

/* Under a ticket (ticket_make); the account is made with the first code, older codes end. ACCOUNT_MANAGE on the person's leaf.
 * NOT_FOUND: no such person, or not active. */
OUTCOME person_code_make(struct ask *ask, int64_t person_id, const char *ticket);
/* The same again for the slip, as code_again. */
OUTCOME person_code_again(struct ask *ask, int64_t person_id, const char *ticket, const char **code, int64_t *expires_at);

#endif
