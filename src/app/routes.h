/* routes.h: every feature's routes, and the masthead's menu. A new feature is one line in each table that it needs. */
#ifndef APP_ROUTES_H
#define APP_ROUTES_H

#include "http/gate.h"
#include "http/route.h"

extern const struct route_table *const route_tables[];
extern const size_t route_tables_n;
extern const struct nav_item nav_items[];
extern const size_t nav_items_n;

#endif
