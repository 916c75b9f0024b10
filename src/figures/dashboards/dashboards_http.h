/* dashboards_http.h: routes of figures/dashboards. */
#ifndef FIGURES_DASHBOARDS_HTTP_H
#define FIGURES_DASHBOARDS_HTTP_H

#include "http/route.h"

extern const struct route_table dashboards_table, home_table;

#endif
