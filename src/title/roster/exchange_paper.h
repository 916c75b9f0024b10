/* exchange_paper.h (private): the list as a table of its own, for XLSX and CSV. */
#ifndef TITLE_EXCHANGE_PAPER_H
#define TITLE_EXCHANGE_PAPER_H

#include "document/document.h"
#include "title/roster/exchange.h"

struct document *exchange_paper(struct ask *ask, const struct exchange *);

#endif
