/* transfers_http.h: routes of moves, mergers, divisions and the list of those that wait. */
#ifndef TITLE_TRANSFERS_HTTP_H
#define TITLE_TRANSFERS_HTTP_H

#include "http/route.h"

extern const struct route_table transfers_table, transfer_units_table, unit_changes_table;

#endif
