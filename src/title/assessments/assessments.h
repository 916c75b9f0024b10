/* assessments.h: the sheet of a person in a round, and the one place that writes it (state machine of model.md 4).
 * review/ and recognition/ move sheets only through sheet_write, which keeps row, standing, counters and audit together.
 *
 * A sheet's trace is the audit rows of subject "assessment", subject_id = round_id and person_id = the person: these two name
 * the sheet, and each version has exactly one row. */
#ifndef TITLE_ASSESSMENTS_H
#define TITLE_ASSESSMENTS_H

#include "base/ask.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "registry/people/people.h"
#include "title/criteria/scores.h"
#include "title/evidence/evidence.h"
#include "title/rounds/rounds.h"
#include "title/standing/standing.h"

enum { WISHES_MAX = 3, WISH_MAX = 150, REMARK_MAX = 1000, SHEET_REASON_MAX = 500, SHEET_REASON_MIN = 5 };      /* characters */

struct sheet_key { int64_t person_id, round_id; };

struct sheet {
	struct sheet_key key;
	int64_t version;                 /* 0: not stored yet */
	const char *code;                /* 9 characters */
	enum sheet_state state, state_before;    /* before: what a lapsed or withdrawn sheet goes back to */
	int64_t criteria_id, leaf_id;    /* the leaf of its standing row: where it is judged */
	const char *group;
	struct scores self, reviewed, final;
	const char *remark, *wishes;     /* wishes: up to WISHES_MAX lines */
	bool assisted, no_posting;
	const char *helper, *consent;
	const char *guardian;            /* of 16 and 17 year olds */
	const char *state_reason, *told_on, *due_day;
	int64_t registered_at, submitted_at, reviewed_at, reviewed_by;
};
struct sheet_list { size_t n; const struct sheet *at; };
struct sheet_reason { int indicator; int64_t was, became, at; const char *reason, *actor; };
struct sheet_reasons { size_t n; const struct sheet_reason *at; };

/* Reading asks no permission: that is the caller's, access_require_person(ask, PERMIT_SHEET_READ, person, leaf). */
OUTCOME sheet_get(struct ask *ask, struct sheet_key, struct sheet *out);                 /* NOT_FOUND: never registered */
OUTCOME sheet_by_code(struct ask *ask, const char *code, struct sheet_key *out);
OUTCOME sheets_of_person(struct ask *ask, int64_t person_id, struct sheet_list *out);    /* newest round first */
OUTCOME sheet_reasons(struct ask *ask, struct sheet_key, struct sheet_reasons *out);     /* newest first */
/* Its audit rows, newest first: of the person's last 100. */
OUTCOME sheet_trail(struct ask *ask, struct sheet_key, struct audit_list *out);
/* The scores that count: final, else reviewed, else self. */
const struct scores *sheet_scores(const struct sheet *);
const char *sheet_state_words(enum sheet_state);                 /* "Đã nộp, chờ xét" */

/* May a sheet go from one state to another by that hand? (the table of model.md 4; windows are asked by the operations).
 * The province association is the commune's hand for the commune officer's own sheet. */
enum sheet_hand { HAND_CITIZEN = 1, HAND_BRANCH = 2, HAND_COMMUNE = 4, HAND_AUTHORITY = 8, HAND_JOB = 16 };
bool sheet_may_go(enum sheet_state from, enum sheet_state to, unsigned hands);

/* Writes a changed sheet: version checked (before->version; 0 inserts and gives it a code), standing and counters follow, one
 * audit row. Permission, windows and rules are the caller's. With a batch the counters wait for standing_batch_end. The new
 * version is before->version + 1; of a sheet that was undone and is registered again the one after its last.
 * CONFLICT: the version has moved. */
struct sheet_write {
	enum audit_action action;
	const char *reason;                      /* NULL: none */
	struct standing_batch *batch;            /* NULL: alone */
	unsigned set_flags, clear_flags;         /* of standing: HOLDER, DIGITAL, PROFICIENT at a decision */
};
OUTCOME sheet_write(struct ask *ask, const struct sheet *before, const struct sheet *after, const struct sheet_write *);
OUTCOME sheet_add_reason(struct ask *ask, struct sheet_key, int indicator, int64_t was, int64_t became, const char *reason);

/* ---- the person's own (or an officer's, in their name) operations ----
 *
 * One's own needs PERMIT_SHEET_OWN or no more than being that person; anybody else PERMIT_SHEET_ASSIST on the leaf, and who
 * helped and how the person agreed: named once, kept in the sheet, then `help` may be NULL. Problems name the fields helper,
 * consent, group, wishes, guardian, score_1 … score_20, reason; a closed window or a wrong state is a problem of "". */

struct sheet_help { const char *helper, *consent; };             /* NULL: the person themselves, or already named */

/* 16 or older on 31 December of the round's year; 16 and 17 name a guardian (here, or in the person's data).
 * version 0 registers; else changes what was registered, until the sheet is handed in. */
struct sheet_new { const char *group, *wishes, *guardian; bool no_posting; int64_t version; };
/* Who may register and what may be said, as sheet_register_as asks it: adds to ask.problems, and is OK when it could look. */
OUTCOME sheet_new_check(struct ask *, const struct person *, const struct round *, const struct sheet_new *);
OUTCOME sheet_register_as(struct ask *ask, struct sheet_key, const struct sheet_new *, const struct sheet_help *);
OUTCOME sheet_register(struct ask *ask, struct sheet_key, const char *group, const char *wishes, bool no_posting,
	const struct sheet_help *);

/* One of many done in one act: its audit row says so by `note` (its reason), and the counters wait for the batch's end, which is
 * the caller's, in the same transaction. A row that is refused has left the batch as it was. */
struct sheet_bulk { const char *note; struct standing_batch *batch; };
OUTCOME sheet_register_in(struct ask *ask, struct sheet_key, const struct sheet_new *, const struct sheet_help *,
	const struct sheet_bulk *);                                      /* bulk NULL: sheet_register_as */

/* May the person's part be changed now (registered, draft, returned; window of scoring, or a returned sheet's own day)?
 * A problem of "" says why not. For pages and for the operations below. */
OUTCOME sheet_is_open(struct ask *ask, const struct sheet *, bool *out);
/* One indicator or all: scores given replace, absent ones stay; remark NULL stays. REGISTERED becomes DRAFT. Saving what is
 * stored already is OK and writes nothing. */
OUTCOME sheet_save_scores(struct ask *ask, struct sheet_key, int64_t version, const struct scores *, const char *remark,
	const struct sheet_help *);
/* All indicators at once, as a grid holds them: an absent score is taken away again. note: the audit row's reason, NULL none. */
OUTCOME sheet_put_scores(struct ask *ask, struct sheet_key, int64_t version, const struct scores *, const struct sheet_help *,
	const char *note);
/* All indicators scored; below the pass rule is allowed (the page warns). What was reviewed before a return is no longer so. */
OUTCOME sheet_submit(struct ask *ask, struct sheet_key, int64_t version, const struct sheet_help *);
OUTCOME sheet_submit_in(struct ask *ask, struct sheet_key, int64_t version, const struct sheet_help *, const struct sheet_bulk *);
/* By the person, before anybody reviewed, while the window of scoring is open. */
OUTCOME sheet_take_back(struct ask *ask, struct sheet_key, int64_t version);
OUTCOME sheet_withdraw(struct ask *ask, struct sheet_key, int64_t version, const char *reason);
OUTCOME sheet_restore(struct ask *ask, struct sheet_key, int64_t version,
	const char *reason); /* officer: lapsed, withdrawn → before */

/* Evidence for a sheet (evidence/ stores it): the sheet must be open; the first makes a REGISTERED sheet a DRAFT.
 * `prepared` comes from evidence_prepare; indicator 0 links to none yet. */
OUTCOME sheet_add_files(struct ask *ask, struct sheet_key, int indicator, const struct evidence_files *prepared,
	const struct sheet_help *);
OUTCOME sheet_add_statement(struct ask *ask, struct sheet_key, int indicator, const char *words, const struct sheet_help *);
OUTCOME sheet_link(struct ask *ask, struct sheet_key, int indicator, int64_t evidence_id, bool linked, const struct sheet_help *);
OUTCOME sheet_remove_evidence(struct ask *ask, struct sheet_key, int64_t evidence_id, int64_t evidence_version,
	const struct sheet_help *);

/* hooks->person_changed: sheets of rounds that are neither locked nor of a year gone by go along with their person up to
 * `reviewed` (also lapsed and withdrawn ones that were not listed), their counters with them; from `listed` on they stay where
 * they are listed. */
OUTCOME sheets_follow_person(struct ask *ask, int64_t person_id);
bool sheet_goes_along(const struct sheet *);     /* by its state */
/* What a list, or an act for many, did to a sheet goes back, at once and whatever the window: to what it was, or (before
 * NULL) to never registered.
 * CONFLICT: changed since `version`. permit: what the act that goes back needed (SHEET_ASSIST, or SHEET_REVIEW of a review).
 * Registered again later its versions go on where they ended. */
OUTCOME sheet_undo(struct ask *ask, struct sheet_key, int64_t version, const struct sheet *before, enum permit,
	const char *reason);

/* Job "window_close": registered, draft, returned of a commune become lapsed, up to `limit` a call; returned ones whose own day
 * is still to come stay. *lapsed 0: done. sheet_unlapse brings them back after an extension. PERMIT_ROUND_EDIT on the commune. */
OUTCOME sheet_lapse(struct ask *ask, int64_t round_id, int64_t commune_id, int64_t limit, int64_t *lapsed);
OUTCOME sheet_unlapse(struct ask *ask, int64_t round_id, int64_t commune_id, int64_t limit, int64_t *restored);

#endif
