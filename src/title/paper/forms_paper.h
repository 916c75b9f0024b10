/* forms_paper.h: a province's own form against what a paper can say, and filled. Private to title/paper. */
#ifndef TITLE_PAPER_FORMS_PAPER_H
#define TITLE_PAPER_FORMS_PAPER_H

#include "document/form.h"
#include "registry/tree/tree.h"
#include "title/recognition/papers.h"
#include "title/rounds/rounds.h"

/* What the reader left, and its fields: every unknown one is a problem of "file" that names it and the nearest known. False when
 * there is a problem. */
bool own_form_check(struct arena *, struct bytes pieces, enum paper, struct problems *);
/* The known name nearest to a mistyped one: "" when none is near. list: "" outside lists. */
const char *form_nearest(enum paper, const char *list, const char *name);
/* OK and *replaced false: the paper is as shipped, nothing was written. */
OUTCOME form_make(struct ask *ask, enum paper, const struct unit *commune, const struct round *, struct sink, bool *replaced);
/* Of the unit's province; also asks whether it replaced the form of a paper. */
OUTCOME form_is_replaced(struct ask *ask, enum paper, const struct unit *commune, bool *out);
/* A DOCX to begin with: every field once, the paper's lists as tables. */
OUTCOME form_starter(struct ask *ask, enum paper, struct sink);

#endif
