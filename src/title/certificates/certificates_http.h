/* certificates_http.h: routes of title/certificates. */
#ifndef TITLE_CERTIFICATES_HTTP_H
#define TITLE_CERTIFICATES_HTTP_H

#include "http/route.h"

extern const struct route_table certificates_table;

#endif
