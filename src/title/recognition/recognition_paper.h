/* recognition_paper.h: the commune's papers of a round, forms CDHT-03 to 06, 08, 09 (bieu-mau.md), from the figures as they are.
 * They carry "DỰ THẢO" until the decision is entered; lists stream. */
#ifndef TITLE_RECOGNITION_PAPER_H
#define TITLE_RECOGNITION_PAPER_H

#include "document/document.h"
#include "registry/tree/tree.h"
#include "title/recognition/recognition.h"

enum paper { PAPER_MINUTES, PAPER_LIST, PAPER_PROPOSAL, PAPER_DECISION, PAPER_POSTING, PAPER_OBJECTION, PAPERS };

const char *paper_code(enum paper);                              /* "bien-ban": in addresses */
const char *paper_title(enum paper);                             /* "Biên bản họp xét" */
bool paper_of_code(const char *code, enum paper *out);
bool paper_has_format(enum paper, enum document_format);         /* PDF and DOCX; lists XLSX too */

OUTCOME paper_make(struct ask *ask, enum paper, const struct unit *commune, const struct round *, struct document **out);

#endif
