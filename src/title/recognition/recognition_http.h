/* recognition_http.h: routes of title/recognition: the commune's year and the authority's. */
#ifndef TITLE_RECOGNITION_HTTP_H
#define TITLE_RECOGNITION_HTTP_H

#include "http/route.h"

extern const struct route_table recognition_table, leaving_table, authority_table;

#endif
