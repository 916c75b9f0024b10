/* leaving_http.h: the page where people of a list are left out of the next meeting or of a decision. Private to recognition. */
#ifndef TITLE_RECOGNITION_LEAVING_HTTP_H
#define TITLE_RECOGNITION_LEAVING_HTTP_H

#include "http/request.h"
#include "title/recognition/recognition.h"
#include "title/recognition/recognition_view.h"

/* What a post of the page says, of either form. */
struct leave_said { int64_t after; int act; struct id_list people; const char *codes, *why; int kind; };

/* The list after somebody (0: from its beginning) and its form; `here` is the page's address. proposal NULL: the meeting's list
 * of reviewed sheets. may_leave and action are the caller's. */
OUTCOME leaving_fill(struct request *, const struct leaving *, const struct proposal *, int64_t after, struct url here,
	struct leaving_page *);
/* Who is left out so far, beside the act that will take them over: at most LEFT_SHOWN by name, the rest as a number. */
enum { LEFT_SHOWN = 100 };
void leaving_list(struct arena *, const struct exceptions *, const char *lead, struct url href, const char *link,
	struct left_list *);
/* Ticked people and those of the codes, left out or taken in again. Problems: "ma" (codes nobody has), "kind", "nguoi", "why". */
OUTCOME leaving_write(struct request *, const struct leaving *, const struct leave_said *);

#endif
