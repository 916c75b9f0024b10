/* crosstabs_paper.h: a counted table as a file. */
#ifndef FIGURES_CROSSTABS_PAPER_H
#define FIGURES_CROSSTABS_PAPER_H

#include "document/document.h"
#include "figures/crosstabs/crosstabs.h"

struct document *crosstab_paper(struct ask *, const struct crosstab *, const char *title, const char *of, enum crosstab_measure);

#endif
