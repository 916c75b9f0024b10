/* papers.h: the commune's papers of a round, forms CDHT-03 to 06, 08, 09 (bieu-mau.md), from the figures as they are.
 * They carry "DỰ THẢO" until the decision is entered; lists stream. */
#ifndef TITLE_RECOGNITION_PAPERS_H
#define TITLE_RECOGNITION_PAPERS_H

#include "registry/tree/tree.h"
#include "title/recognition/recognition.h"

struct document;        /* document/document.h */

enum paper { PAPER_MINUTES, PAPER_LIST, PAPER_PROPOSAL, PAPER_DECISION, PAPER_POSTING, PAPER_OBJECTION, PAPERS };

const char *paper_code(enum paper);                              /* "bien-ban": in addresses */
const char *paper_title(enum paper);                             /* "Biên bản họp xét" */
bool paper_of_code(const char *code, enum paper *out);
bool paper_is_list(enum paper);                                  /* XLSX too, beside PDF and DOCX */

OUTCOME paper_make(struct ask *ask, enum paper, const struct unit *commune, const struct round *, struct document **out);

#endif
