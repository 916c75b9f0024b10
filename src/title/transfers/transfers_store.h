/* transfers_store.h (private): the row of an act, and its undoing by kind. */
#ifndef TITLE_TRANSFERS_STORE_H
#define TITLE_TRANSFERS_STORE_H

#include "title/transfers/transfers.h"

/* In the caller's transaction: the row and its trace; ->id is set, account, actor and time are the ask's. */
OUTCOME transfer_add(struct ask *ask, struct transfer *);
OUTCOME transfer_read(struct ask *ask, int64_t id, struct transfer *out);        /* no permission asked */
OUTCOME transfer_trace(struct ask *ask, const struct transfer *);          /* the audit row of its ->version */
void transfer_check_reason(struct ask *ask, const char *reason);

OUTCOME people_undo(struct ask *ask, const struct transfer *, const char *reason);
OUTCOME duplicate_undo(struct ask *ask, const struct transfer *, const char *reason);
OUTCOME units_undo(struct ask *ask, const struct transfer *, const char *reason);
OUTCOME divided_undo(struct ask *ask, const struct transfer *, const char *reason);
OUTCOME unit_change_undo(struct ask *ask, const struct transfer *, const char *reason);
OUTCOME placed_undo(struct ask *ask, const struct transfer *, const char *reason);

#endif
