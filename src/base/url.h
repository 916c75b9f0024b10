/* url.h: an address that may stand in a page or a Location. Only these functions make one, so that no
 * `javascript:` and no other site gets in: escaping alone does not stop them. */
#ifndef BASE_URL_H
#define BASE_URL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct url { const char *text; };

/* An own path as a constant: URL("/don-vi"). */
#define URL(path) ((struct url){ "" path })
/* An own path built from numbers and codes (no free text: use url_query for that). Begins with '/', never "//". */
struct url url_own(struct arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same for a row of a list, without printf: "/nguoi/", 7, "/sua". */
struct url url_id(struct arena *, const char *before, int64_t id, const char *after);
/* The same address with name=value added, value percent-encoded. */
struct url url_query(struct arena *, struct url, const char *name, const char *value);
struct url url_query_int(struct arena *, struct url, const char *name, long long value);
struct url url_fragment(struct arena *, struct url, const char *id);
/* A link to another site that a person gave: https, a host, no spaces or quotes. False when it is not one. */
bool url_https(const char *text, struct url *out);
/* tel: of a phone as stored (digits only). */
struct url url_phone(struct arena *, const char *digits);
static inline bool url_is_none(struct url u) { return !u.text; }
#define URL_NONE ((struct url){ 0 })

#endif
