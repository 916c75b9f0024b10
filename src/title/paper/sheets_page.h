/* sheets_page.h: the page of a branch's paper, shown again by its posts. Private to title/paper. */
#ifndef TITLE_SHEETS_PAGE_H
#define TITLE_SHEETS_PAGE_H

#include "http/request.h"

OUTCOME sheets_answer(struct request *req, int64_t unit_id, struct maybe year);

#endif
