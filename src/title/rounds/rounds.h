/* rounds.h: the yearly round: its windows, criteria, units taking part. Its id is its year. Days are ISO, the last day counts.
 * The windows of a commune may be extended one by one; a locked round takes no change until it is reopened with a reason. */
#ifndef TITLE_ROUNDS_H
#define TITLE_ROUNDS_H

#include "base/ask.h"

enum round_stage { STAGE_REGISTER = 1, STAGE_SCORE, STAGE_REVIEW, STAGE_RECOGNISE, STAGES = 4 };

struct round {
	int64_t id, criteria_id, version;
	int year;
	const char *from[STAGES + 1], *until[STAGES + 1];        /* by enum round_stage */
	int posting_days, title_years;
	bool locked;
};
struct round_list { size_t n; const struct round *at; };

OUTCOME round_get(struct ask *ask, int64_t id, struct round *out);
OUTCOME round_newest(struct ask *ask, struct round *out);        /* NOT_FOUND: none yet */
OUTCOME round_list(struct ask *ask, struct round_list *out);     /* newest first */
/* The window as it holds for a unit (its commune's extension, if any). */
OUTCOME round_until(struct ask *ask, const struct round *, int64_t unit_id, enum round_stage, const char **until);
/* Is that stage open today for the unit: round not locked, unit takes part, day within the window. A problem "" says why not,
 * with until when it was and whom to ask. */
OUTCOME round_is_open(struct ask *ask, const struct round *, int64_t unit_id, enum round_stage, bool *out);

struct round_new { int year; int64_t criteria_id; const char *from[STAGES + 1], *until[STAGES + 1]; int posting_days, title_years; };
bool round_may_be(const struct round_new *, struct problems *);
OUTCOME round_open(struct ask *ask, const struct round_new *);   /* PERMIT_ROUND_EDIT; begins a job that gives everybody a standing row */
OUTCOME round_change(struct ask *ask, int64_t id, int64_t version, const struct round_new *, const char *reason);
OUTCOME round_extend(struct ask *ask, int64_t id, int64_t unit_id, enum round_stage, const char *until, const char *reason);
OUTCOME round_set_locked(struct ask *ask, int64_t id, int64_t version, bool locked, const char *reason);
OUTCOME round_set_units(struct ask *ask, int64_t id, int64_t version, const int64_t *units, size_t n);
const char *round_stage_name(enum round_stage);                  /* "đăng ký", "tự chấm", "xét", "công nhận" */

#endif
