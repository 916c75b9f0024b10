/* assessments.h: the sheet of a person in a round, and the one place that writes it (state machine of model.md 4).
 * review/ and recognition/ move sheets only through sheet_write, which keeps row, standing, counters and audit together. */
#ifndef TITLE_ASSESSMENTS_H
#define TITLE_ASSESSMENTS_H

#include "base/ask.h"
#include "registry/audit/audit.h"
#include "title/criteria/scores.h"
#include "title/standing/standing.h"

struct sheet_key { int64_t person_id, round_id; };

struct sheet {
	struct sheet_key key;
	int64_t version;                 /* 0: not stored yet */
	const char *code;                /* 9 characters */
	enum sheet_state state, state_before;
	int64_t criteria_id, leaf_id;
	const char *group;
	struct scores self, reviewed, final;
	const char *remark, *wishes;
	bool assisted, no_posting;
	const char *helper, *consent;
	const char *state_reason, *told_on, *due_day;
	int64_t registered_at, submitted_at, reviewed_at, reviewed_by;
};
struct sheet_reason { int indicator; int64_t was, became, at; const char *reason, *actor; };
struct sheet_reasons { size_t n; const struct sheet_reason *at; };

OUTCOME sheet_get(struct ask *ask, struct sheet_key, struct sheet *out);                 /* NOT_FOUND: never registered */
OUTCOME sheet_by_code(struct ask *ask, const char *code, struct sheet_key *out);
OUTCOME sheet_reasons(struct ask *ask, struct sheet_key, struct sheet_reasons *out);     /* newest first */
/* The scores that count: final, else reviewed, else self. */
const struct scores *sheet_scores(const struct sheet *);

/* May a sheet go from one state to another by that hand? (the table of model.md 4; windows are asked by the operations) */
enum sheet_hand { HAND_CITIZEN = 1, HAND_BRANCH = 2, HAND_COMMUNE = 4, HAND_AUTHORITY = 8, HAND_JOB = 16 };
bool sheet_may_go(enum sheet_state from, enum sheet_state to, unsigned hands);

/* Writes a changed sheet: version checked (before->version; 0 inserts), standing and counters follow, one audit row. Permission,
 * windows and rules are the caller's. With a batch the counters wait for standing_batch_end. */
struct sheet_write {
	enum audit_action action;
	const char *reason;
	struct standing_batch *batch;            /* NULL: alone */
	unsigned set_flags, clear_flags;         /* of standing: HOLDER, DIGITAL, PROFICIENT at a decision */
};
OUTCOME sheet_write(struct ask *ask, const struct sheet *before, const struct sheet *after, const struct sheet_write *);
OUTCOME sheet_add_reason(struct ask *ask, struct sheet_key, int indicator, int64_t was, int64_t became, const char *reason);

/* ---- the person's own (or an officer's, in their name) operations ---- */

struct sheet_help { const char *helper, *consent; };             /* NULL: the person themselves */
OUTCOME sheet_register(struct ask *ask, struct sheet_key, const char *group, const char *wishes, bool no_posting, const struct sheet_help *);
/* One indicator or all: scores given replace, absent ones stay. REGISTERED becomes DRAFT. */
OUTCOME sheet_save_scores(struct ask *ask, struct sheet_key, int64_t version, const struct scores *, const char *remark, const struct sheet_help *);
OUTCOME sheet_submit(struct ask *ask, struct sheet_key, int64_t version, const struct sheet_help *);
OUTCOME sheet_take_back(struct ask *ask, struct sheet_key, int64_t version);
OUTCOME sheet_withdraw(struct ask *ask, struct sheet_key, int64_t version, const char *reason);
OUTCOME sheet_restore(struct ask *ask, struct sheet_key, int64_t version, const char *reason);   /* officer: lapsed, withdrawn → before */
/* Job "window_close": registered, draft, returned of a commune become lapsed, in slices. */
OUTCOME sheet_lapse(struct ask *ask, int64_t round_id, int64_t commune_id, int64_t limit, int64_t *lapsed);

#endif
