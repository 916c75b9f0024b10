#ifndef REGISTRY_JOBS_HTTP_H
#define REGISTRY_JOBS_HTTP_H

#include "http/route.h"

extern const struct route_table jobs_table;

#endif
