#ifndef TITLE_CRITERIA_HTTP_H
#define TITLE_CRITERIA_HTTP_H

#include "http/route.h"

extern const struct route_table criteria_table;

#endif
