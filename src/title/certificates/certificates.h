/* certificates.h: what a recognised person holds (form CDHT-07) and what a stranger can verify.
 * Book numbers run without gaps per authority and year. A code has 16 + 1 characters; the public page shows name, year of birth,
 * year of the title, decision number and day, status, and nothing more. Unknown is its own answer, never "valid". */
#ifndef TITLE_CERTIFICATES_H
#define TITLE_CERTIFICATES_H

#include "base/ask.h"

enum certificate_condition { CERTIFICATE_VALID = 1, CERTIFICATE_REPLACED, CERTIFICATE_REVOKED };

struct certificate_row {
	int64_t person_id, id, round_id, decision_id, authority_unit_id, book_number, version;
	const char *code, *name, *birth, *home, *valid_until, *revoked_reason;
	const char *decision_number, *decision_day, *authority, *place, *signer, *signer_role;
	enum certificate_condition condition;
	int64_t replaced_by;
};

/* In the transaction of the decision, by recognition/: the next number of the book, a code, one audit row. */
struct certificate_new {
	int64_t person_id, round_id, decision_id, authority_unit_id;
	const char *decision_number, *decision_day, *authority, *place, *signer, *signer_role, *valid_until;
};
OUTCOME certificate_issue(struct ask *ask, const struct certificate_new *, struct certificate_row *out);
OUTCOME certificate_revoke(struct ask *ask, int64_t person_id, int64_t round_id, const char *reason);
/* A misspelt name put right: the old one is replaced, the same decision and a new number. */
OUTCOME certificate_reissue(struct ask *ask, int64_t person_id, int64_t id, int64_t version, const char *reason, struct certificate_row *out);
OUTCOME certificate_of(struct ask *ask, int64_t person_id, int64_t round_id, struct certificate_row *out);       /* the newest */
OUTCOME certificate_by_code(struct ask *ask, const char *code, struct certificate_row *out);

#endif
