/* dashboards_page.h: what pages with a map of the communes share. */
#ifndef FIGURES_DASHBOARDS_PAGE_H
#define FIGURES_DASHBOARDS_PAGE_H

#include "registry/tree/tree.h"
#include "title/standing/standing.h"

/* Are there boundaries for the units below: Tây Ninh's communes from July 2025 on (web/maps). */
bool dashboard_has_map(const struct unit *, int year);
/* The finding, for who does not see the map: where most and fewest are registered. */
const char *map_words(struct arena *, const struct figure_parts *, int year);

#endif
