/* act_page.h: small forms of recognition as one page. Private to recognition. */
#ifndef TITLE_RECOGNITION_ACT_PAGE_H
#define TITLE_RECOGNITION_ACT_PAGE_H

#include "http/request.h"
#include "title/recognition/recognition.h"
#include "title/recognition/recognition_view.h"

/* The fields of a form as lines of the page: all but ids, version, and the lists of exceptions. What was typed wins over
 * `values`.
 * Texts of the page that are still NULL become what they usually are. */
void act_lines(struct request *req, const struct form_def *, const void *values, struct act_page *);
/* n rows of exceptions: what was typed, or `codes` with the names behind them. kinds false: the meeting's, all not met. */
void act_exceptions(struct request *req, const struct form_def *, const void *values, size_t n, bool kinds, struct act_page *);
/* Rows with a code typed → people; an unknown code is a problem of code_N and person 0; the operation tells the rest.
 * kinds NULL: all not met. */
OUTCOME act_read_exceptions(struct request *req, int64_t round_id, const struct text_list *codes, const struct text_list *kinds,
	const struct text_list *whys, struct exceptions *out);
OUTCOME act_show(struct request *req, struct act_page *);

#endif
