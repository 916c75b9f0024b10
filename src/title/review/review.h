/* review.h: a branch (chi hội) agrees the scores of a sheet, or gives it back; the commune looks again at some (model.md 4).
 *
 * Rules: nobody reviews their own sheet: a branch officer's own waits for the commune, the commune officer's for the province
 * (review_queue_of_officers). Each score that differs from the one before has a reason of REVIEW_REASON_MIN characters,
 * which the person
 * reads. A reviewed sheet may be reviewed again until it is listed; while the window of recognition is open only by the commune
 * (an objection upheld, a check). Permission SHEET_REVIEW on the sheet's leaf.
 *
 * Problems name the fields score_1 … score_20, reason_1 … reason_20, reason, due_day, told_on; "" is the whole sheet. */
#ifndef TITLE_REVIEW_H
#define TITLE_REVIEW_H

#include "registry/tree/tree.h"
#include "title/assessments/assessments.h"

enum { REVIEW_REASON_MIN = 10, REVIEW_REASON_MAX = 300, REVIEW_PAGE = 50, REVIEW_DUE_DAYS = 60, MISSING_PAGE = 500,
	SAMPLE_MAX = 100 };

/* The agreed scores, all of them. reasons: by indicator, [0] for indicator 1, "" where none is needed. */
OUTCOME review_save(struct ask *ask, struct sheet_key, int64_t version, const struct scores *,
	const char *const reasons[SCORES_MAX]);
/* The same as one of many (struct sheet_bulk). */
OUTCOME review_save_in(struct ask *ask, struct sheet_key, int64_t version, const struct scores *,
	const char *const reasons[SCORES_MAX], const struct sheet_bulk *);
/* Back to the person for more: what is missing, until when; the day the person was told may come later ("", review_told). */
OUTCOME review_return(struct ask *ask, struct sheet_key, int64_t version, const char *reason, const char *due_day,
	const char *told_on);
OUTCOME review_told(struct ask *ask, struct sheet_key, int64_t version, const char *told_on);
/* Whose scores a change is measured against: the reviewed ones where there are any, else the person's own. */
const struct scores *review_before(const struct sheet *);
/* May the actor review it now? A problem of "" says why not (own sheet, state, window); FORBIDDEN without permission. */
OUTCOME review_may(struct ask *ask, const struct sheet *, bool *out);

/* ---- queues ---- */

struct review_line { int64_t person_id, submitted_at; const char *name, *birth, *group,
	*leaf_name; int64_t total; bool assisted; };
struct review_lines { size_t n; const struct review_line *at; };
/* Handed in and waiting, oldest first, REVIEW_PAGE a page. */
OUTCOME review_queue(struct ask *ask, int64_t round_id, int64_t leaf_id, const struct review_line *after,
	struct review_lines *out);
/* The waiting sheets of the officers of the units directly below: theirs to review is the level above. At most 100. */
OUTCOME review_queue_of_officers(struct ask *ask, int64_t round_id, int64_t unit_id, struct review_lines *out);
/* n (1 … SAMPLE_MAX) reviewed sheets of a commune, the same all day long, others tomorrow. */
OUTCOME review_sample(struct ask *ask, int64_t round_id, int64_t commune_id, int64_t n, struct review_lines *out);

/* Who registered and has not handed in: by state (registered, draft, returned), then by name. Of a leaf or a commune. */
struct missing_line { int64_t person_id; const char *name, *birth, *phone, *leaf_name,
	*due_day; enum sheet_state state; struct bytes name_key; };
struct missing_lines { size_t n; const struct missing_line *at; };
OUTCOME review_missing(struct ask *ask, int64_t round_id, int64_t unit_id, const struct missing_line *after,
	struct missing_lines *out);
/* A list that leaves the program is noted: who, when, how many. */
OUTCOME review_note_export(struct ask *ask, int64_t round_id, int64_t unit_id, const char *what, const char *format);

/* The name of a unit in the middle of a sentence: "xã Đức Hoà"; and without its kind: "Đức Hoà". */
const char *unit_in_sentence(struct arena *, const char *name);
const char *unit_bare_name(struct arena *, const struct unit *);

#endif
