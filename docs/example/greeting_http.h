#ifndef REGISTRY_GREETING_HTTP_H
#define REGISTRY_GREETING_HTTP_H

#include "http/route.h"

extern const struct route_table greeting_table;

#endif
