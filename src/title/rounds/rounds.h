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
/* All four at once, by enum round_stage. */
OUTCOME round_untils(struct ask *ask, const struct round *, int64_t unit_id, const char *until[STAGES + 1]);
/* Is that stage open today for the unit: round not locked, unit takes part, day within the window. A problem "" says why not,
 * with until when it was and whom to ask. */
OUTCOME round_is_open(struct ask *ask, const struct round *, int64_t unit_id, enum round_stage, bool *out);

/* Rules (a problem names the field, register_from … recognise_until, criteria, year …):
 *   windows   each begins no later than it ends; the four begin and end in the order of the stages; from 1 January of the year to
 *             30 June of the next (figures are those of 31 December whatever comes later)
 *   criteria  a published framework; fixed once registration has begun
 *   posting_days 0..60 (0: none), title_years 1..10; reasons of 10 characters or more
 * A locked round takes no change but being reopened. A round is the installation's: one year, one round. */
struct round_new { int year; int64_t criteria_id; const char *from[STAGES + 1], *until[STAGES + 1]; int posting_days, title_years; };
bool round_may_be(const struct round_new *, struct problems *);
OUTCOME round_open(struct ask *ask, const struct round_new *);   /* PERMIT_ROUND_EDIT; begins a job that gives everybody a standing row */
OUTCOME round_change(struct ask *ask, int64_t id, int64_t version, const struct round_new *, const char *reason);
OUTCOME round_extend(struct ask *ask, int64_t id, int64_t unit_id, enum round_stage, const char *until, const char *reason);
OUTCOME round_set_locked(struct ask *ask, int64_t id, int64_t version, bool locked, const char *reason);
OUTCOME round_set_units(struct ask *ask, int64_t id, int64_t version, const int64_t *units, size_t n);
const char *round_stage_name(enum round_stage);                  /* "đăng ký", "tự chấm", "xét", "công nhận" */

/* An extension: of a commune, or of an organisation directly below the province. Until a later day than the round's own. */
struct round_window { int64_t unit_id; enum round_stage stage; const char *until, *reason; };
struct round_windows { size_t n; const struct round_window *at; };
OUTCOME round_windows(struct ask *ask, int64_t id, struct round_windows *out);   /* by unit, then stage; at most 2000 */
struct round_units { size_t n; const int64_t *at; };
OUTCOME round_units(struct ask *ask, int64_t id, struct round_units *out);       /* none: all take part */
bool round_takes_part(const struct round_units *, const int64_t *path, size_t n);        /* path: a unit and those above it */
/* Score windows whose last day is after `after` and not after `last`, of rounds not locked: what the daily job closes.
 * unit_id 0: the round's own window, for every unit without a later extension. */
struct round_closed { int64_t round_id, unit_id; };
struct round_closed_list { size_t n; const struct round_closed *at; };
OUTCOME rounds_closed(struct ask *ask, const char *after, const char *last, struct round_closed_list *out);

#endif
