/* criteria_document.h (private): a framework between its file, its stored text and struct criteria. */
#ifndef TITLE_CRITERIA_DOCUMENT_H
#define TITLE_CRITERIA_DOCUMENT_H

#include "title/criteria/criteria.h"

/* The file as it is kept: NFC, no white space outside its texts. INVALID when it is too large, not UTF-8 or not JSON. */
OUTCOME criteria_text(struct arena *, struct bytes file, struct problems *, const char **out);
/* All rules of criteria.h. Texts of the result live in `keep`, what it takes to read them in `scratch`. */
OUTCOME criteria_parse(struct arena *scratch, struct arena *keep, const char *text, struct problems *, struct criteria *out);

#endif
