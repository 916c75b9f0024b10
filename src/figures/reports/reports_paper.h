/* reports_paper.h: form CDHT-10 in the layout of Nghị định 30/2020/NĐ-CP. */
#ifndef FIGURES_REPORTS_PAPER_H
#define FIGURES_REPORTS_PAPER_H

#include "document/document.h"
#include "figures/reports/reports.h"

/* The same rows for every kind of file; tables lie, words stand upright. What is not known is "chưa có" in a table and "……" in
 * words. */
struct document *report_paper(struct ask *ask, const struct report *);
const char *report_file_name(struct arena *, const struct report *, const char *ending);

#endif
