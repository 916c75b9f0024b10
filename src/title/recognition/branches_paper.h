/* branches_paper.h: the branches of a commune in a round as a table, for XLSX: whom to call, figures, why late. Private to
 * recognition. */
#ifndef TITLE_RECOGNITION_BRANCHES_PAPER_H
#define TITLE_RECOGNITION_BRANCHES_PAPER_H

#include "document/document.h"
#include "registry/tree/tree.h"
#include "title/rounds/rounds.h"

OUTCOME branches_paper(struct ask *ask, const struct unit *commune, const struct round *, struct document **out);

#endif
