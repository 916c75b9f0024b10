#ifndef TITLE_MODELS_HTTP_H
#define TITLE_MODELS_HTTP_H

#include "http/route.h"

extern const struct route_table models_table;

#endif
