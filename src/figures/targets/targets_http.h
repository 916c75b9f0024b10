/* targets_http.h: the pages of targets and of the population. */
#ifndef FIGURES_TARGETS_HTTP_H
#define FIGURES_TARGETS_HTTP_H

#include "http/route.h"

extern const struct route_table targets_table, population_table;

#endif
