/* dashboards_paper.h: tables and lists of the dashboards as files. */
#ifndef FIGURES_DASHBOARDS_PAPER_H
#define FIGURES_DASHBOARDS_PAPER_H

#include "document/document.h"
#include "figures/dashboards/dashboards.h"

/* By state, by group, by unit, by year: a sheet each. */
struct document *dashboard_paper(struct ask *ask, const struct dashboard *);
/* The people behind a figure of a unit, also of a whole province; rendered once, rows stream a hundred at a time. */
struct document *figure_people_paper(struct ask *ask, const struct unit *, const struct round *, const struct figure_word *);
/* What everybody may have: by commune, small cells hidden, no names. */
struct document *results_paper(struct ask *ask, const struct results *);
/* The cells of a public line: "ẩn" where hidden. Columns: people, registered, submitted, recognised. */
enum { RESULT_COLUMNS = 4 };
struct result_cells { int64_t value[RESULT_COLUMNS]; bool hidden[RESULT_COLUMNS]; };
/* One for each of results->communes, in their order, and the whole last (n + 1). */
const struct result_cells *results_cells(struct arena *, const struct results *);

#endif
