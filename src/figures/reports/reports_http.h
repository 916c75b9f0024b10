/* reports_http.h: routes of figures/reports. */
#ifndef FIGURES_REPORTS_HTTP_H
#define FIGURES_REPORTS_HTTP_H

#include "http/route.h"

extern const struct route_table reports_table;

#endif
