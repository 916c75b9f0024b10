/* certificates.h: what a recognised person holds (form CDHT-07) and what a stranger can verify.
 * Book numbers run without gaps per authority and year. A code has 16 + 1 characters; the public page shows name, year of birth,
 * year of the title, decision number and day, status, and nothing more. Unknown is its own answer, never "valid". */
#ifndef TITLE_CERTIFICATES_H
#define TITLE_CERTIFICATES_H

#include "base/ask.h"

enum certificate_condition { CERTIFICATE_VALID = 1, CERTIFICATE_REPLACED, CERTIFICATE_REVOKED };
enum { CERTIFICATES_PAGE = 500 };

struct certificate_row {
	int64_t person_id, id, round_id, decision_id, authority_unit_id, book_number, version;
	const char *code, *name, *birth, *home, *valid_until, *revoked_reason;
	const char *ended_on;            /* the day it was replaced or revoked, or "" */
	const char *decision_number, *decision_day, *authority, *place, *signer, *signer_role;
	enum certificate_condition condition;
	int64_t replaced_by;             /* id of the newer one, or 0 */
};
struct certificate_list { size_t n; const struct certificate_row *at; };

/* In the transaction of the decision, by recognition/: the next number of the book, a code, one audit row. Name, birth and
 * home are
 * those of the register today. NOT_FOUND: no such person. */
struct certificate_new {
	int64_t person_id, round_id, decision_id, authority_unit_id;
	const char *decision_number, *decision_day, *authority, *place, *signer, *signer_role, *valid_until;
};
OUTCOME certificate_issue(struct ask *ask, const struct certificate_new *, struct certificate_row *out);
/* The newest one; NOT_FOUND when there is none, OK and nothing done when it is no longer valid. Permission is the caller's. */
OUTCOME certificate_revoke(struct ask *ask, int64_t person_id, int64_t round_id, const char *reason);
/* A misspelt name put right: the old one is replaced, the same decision and a new number. PERMIT_CERTIFICATE_EDIT on the
 * authority's unit; only a valid one; reason of 10 characters or more. */
OUTCOME certificate_reissue(struct ask *ask, int64_t person_id, int64_t id, int64_t version, const char *reason,
	struct certificate_row *out);
/* A decision's number, day or signer were wrong: what stands on its papers follows, one audit row each. Permission is the
 * caller's. */
OUTCOME certificates_correct(struct ask *ask, const struct certificate_new *, const char *reason);

OUTCOME certificate_of(struct ask *ask, int64_t person_id, int64_t round_id, struct certificate_row *out);       /* the newest */
OUTCOME certificate_by_code(struct ask *ask, const char *code, struct certificate_row *out);
/* An officer takes the paper home: in the journal first. PERMIT_SHEET_READ on the person's leaf. */
OUTCOME certificate_note_export(struct ask *ask, const struct certificate_row *, int64_t leaf_id);
/* The valid ones of a decision by number, after a number (0: from the first), CERTIFICATES_PAGE at a time. */
OUTCOME certificates_of_decision(struct ask *ask, int64_t decision_id, int64_t after_number, struct certificate_list *out);

/* "7K3M-9QXD-24TA-8HJ2V": as printed. Any spacing is read back by code_read. */
const char *certificate_code_shown(struct arena *, const char *code);

#endif
