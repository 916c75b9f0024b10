/* journal_paper.h: the audit as a file. */
#ifndef REGISTRY_JOURNAL_PAPER_H
#define REGISTRY_JOURNAL_PAPER_H

#include "document/document.h"
#include "registry/audit/audit.h"

enum { JOURNAL_ROWS = 20000 };

/* What the filter finds, newest first, at most JOURNAL_ROWS rows; the last line says so when there were more. Rows are read a page
 * at a time into memory of their own. `about` stands under the title. Rendered once. */
struct document *journal_paper(struct ask *ask, const struct audit_filter *, const char *about);

#endif
