/* roster_http.h: the routes of title/roster, for app/routes.c. */
#ifndef TITLE_ROSTER_HTTP_H
#define TITLE_ROSTER_HTTP_H

#include "http/route.h"

extern const struct route_table roster_table;

#endif
