/* grid_http.h: routes of the grid. */
#ifndef TITLE_GRID_HTTP_H
#define TITLE_GRID_HTTP_H

#include "http/route.h"

extern const struct route_table grid_table;

#endif
