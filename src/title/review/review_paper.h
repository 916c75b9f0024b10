/* review_paper.h: who has not handed in, as a list to take along. */
#ifndef TITLE_REVIEW_PAPER_H
#define TITLE_REVIEW_PAPER_H

#include "document/document.h"
#include "registry/tree/tree.h"
#include "title/review/review.h"

/* Streams by pages of MISSING_PAGE. */
struct document *missing_paper(struct ask *ask, int64_t round_id, const struct unit *);

#endif
