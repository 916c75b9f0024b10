/* strict.h: what libmicrohttpd lets pass and we refuse, before anything else looks at the request. No browser sends any of it;
 * whoever does is broken or is smuggling. Pure: the socket path and server_call use the same. */
#ifndef HTTP_STRICT_H
#define HTTP_STRICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "http/request.h"

enum { TARGET_MAX = 4096, HEADERS_MAX_COUNT = 100, HEADER_VALUE_MAX = 8192, COOKIES_MAX = 100 };

/* The head of a request as it came. */
struct raw {
	const char *method, *target, *version;
	const struct header *headers;
	size_t n_headers;
	bool cut;                        /* a header held a NUL or was folded over lines */
	bool more;                       /* there were more than HEADERS_MAX_COUNT */
	const char *const *hosts;
	size_t n_hosts;
};

struct refusal { int status; const char *why; };

/* status 0: fine, and *length is the body's length (0 without). The method is judged by the router, not here. */
struct refusal strict_check(const struct raw *, int64_t *length);
const char *raw_header(const struct header *, size_t n, const char *name, size_t *count);        /* the first, NULL when absent */

#endif
