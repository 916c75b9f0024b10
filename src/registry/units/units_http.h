/* units_http.h: the routes of registry/units, for app/routes.c. */
#ifndef REGISTRY_UNITS_HTTP_H
#define REGISTRY_UNITS_HTTP_H

#include "http/route.h"

extern const struct route_table units_table;

#endif
