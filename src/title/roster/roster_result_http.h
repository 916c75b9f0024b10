/* roster_result_http.h (private): sends the result of a list. */
#ifndef TITLE_ROSTER_RESULT_HTTP_H
#define TITLE_ROSTER_RESULT_HTTP_H

#include "http/request.h"

struct list;
OUTCOME roster_result_send(struct request *, const struct list *, const char *name);

#endif
