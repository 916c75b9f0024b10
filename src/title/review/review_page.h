/* review_page.h: what pages of the officers' work on a round share: which round and unit, and the line under the masthead. */
#ifndef TITLE_REVIEW_PAGE_H
#define TITLE_REVIEW_PAGE_H

#include "html/page.h"
#include "http/request.h"
#include "registry/access/access.h"
#include "registry/tree/tree.h"
#include "title/rounds/rounds.h"

/* The round of a year, or the newest. NOT_FOUND: none yet. */
OUTCOME work_round(struct request *req, struct maybe year, struct round *out);
/* The unit asked for (permission asked on it), or where the actor's work begins when 0. */
OUTCOME work_unit(struct request *req, enum permit, int64_t unit_id, struct unit *out);
/* "Chi hội ấp Bình Hoà, xã Đức Hoà · Đợt năm 2026 · Xét phiếu đến hết ngày …, còn 7 ngày"; links to the same
 * page of the last years and of the actor's other units. */
OUTCOME work_context(struct request *req, struct page *, const struct unit *, const struct round *, enum round_stage,
	const char *path);

#endif
