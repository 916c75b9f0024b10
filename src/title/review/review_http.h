/* review_http.h: routes of title/review. */
#ifndef TITLE_REVIEW_HTTP_H
#define TITLE_REVIEW_HTTP_H

#include "http/route.h"

extern const struct route_table review_table;

#endif
