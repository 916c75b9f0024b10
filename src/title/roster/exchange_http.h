/* exchange_http.h (private): the handlers of lists in others' columns, for roster_http.c's routes. */
#ifndef TITLE_EXCHANGE_HTTP_H
#define TITLE_EXCHANGE_HTTP_H

#include "http/route.h"

enum outcome exchange_show(struct request *);
enum outcome exchange_post(struct request *);
enum outcome exchange_file(struct request *);

#endif
