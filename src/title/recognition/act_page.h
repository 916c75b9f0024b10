/* act_page.h: small forms of recognition as one page. Private to recognition. */
#ifndef TITLE_RECOGNITION_ACT_PAGE_H
#define TITLE_RECOGNITION_ACT_PAGE_H

#include "http/request.h"
#include "title/recognition/recognition.h"
#include "title/recognition/recognition_view.h"

/* The fields of a form as lines of the page: all but ids and version. What was typed wins over `values`.
 * Texts of the page that are still NULL become what they usually are. */
void act_lines(struct request *req, const struct form_def *, const void *values, struct act_page *);
OUTCOME act_show(struct request *req, struct act_page *);

#endif
