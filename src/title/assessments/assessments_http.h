/* assessments_http.h: the routes of title/assessments, for app/routes.c. */
#ifndef TITLE_ASSESSMENTS_HTTP_H
#define TITLE_ASSESSMENTS_HTTP_H

#include "http/route.h"

extern const struct route_table assessments_table;

#endif
