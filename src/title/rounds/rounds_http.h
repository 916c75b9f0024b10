#ifndef TITLE_ROUNDS_HTTP_H
#define TITLE_ROUNDS_HTTP_H

#include "http/route.h"

extern const struct route_table rounds_table;

#endif
