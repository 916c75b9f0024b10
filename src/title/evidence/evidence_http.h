/* evidence_http.h: the routes of title/evidence, for app/routes.c. */
#ifndef TITLE_EVIDENCE_HTTP_H
#define TITLE_EVIDENCE_HTTP_H

#include "http/route.h"

extern const struct route_table evidence_table;

#endif
