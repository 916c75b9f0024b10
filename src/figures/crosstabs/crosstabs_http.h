/* crosstabs_http.h: routes of figures/crosstabs. */
#ifndef FIGURES_CROSSTABS_HTTP_H
#define FIGURES_CROSSTABS_HTTP_H

#include "http/route.h"

extern const struct route_table crosstabs_table;

#endif
