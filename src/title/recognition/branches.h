/* branches.h: the branches of a commune in a round: their figures, whether they are late, whom to call. Private to recognition:
 * the year's page shows the late ones, the file (branches_paper.h) holds all. */
#ifndef TITLE_RECOGNITION_BRANCHES_H
#define TITLE_RECOGNITION_BRANCHES_H

#include "title/standing/standing.h"

enum branch_order { BRANCH_BY_NAME, BRANCH_BY_REGISTERED, BRANCH_BY_SUBMITTED, BRANCH_BY_REVIEWED };
struct branch_line {
	int64_t unit_id, registered, submitted, reviewed;        /* reviewed: of those handed in, no longer waiting */
	const char *name, *why;          /* why it is late; "": it is not */
};
struct branch_lines { size_t n, n_late; const struct branch_line *at; };

/* All units directly below, at most 500: by name, or by a figure that falls; reversed turns it round. */
OUTCOME branches_of(struct ask *ask, int64_t round_id, int64_t commune_id, enum branch_order, bool reversed,
	struct branch_lines *out);

#endif
