/* input.h: what came, by name, as it came: decoded, bounded, not yet judged. Private to http/.
 *
 * Decoding is strict: a broken %XX or a NUL makes the whole request a 400. Text may still be invalid UTF-8; form_parse
 * judges that field by field. Everything lives in the request's arena. */
#ifndef HTTP_INPUT_H
#define HTTP_INPUT_H

#include "base/arena.h"
#include "base/form.h"
#include "base/outcome.h"
#include "http/request.h"

enum { INPUT_BODY_PAIRS = 2000, INPUT_QUERY_PAIRS = 100, INPUT_UPLOADS = 20, PATH_SEGMENTS = 16 };

enum input_from { FROM_PATH, FROM_QUERY, FROM_BODY };
enum input_read { INPUT_OK, INPUT_MALFORMED, INPUT_TOO_MANY };

/* NFC and bounds of text, as gate->clean_text. */
typedef const char *(*clean_text)(struct arena *, const char *typed, bool lines);

struct pair { const char *name, *value; enum input_from from; };
struct input_upload { const char *field; struct upload upload; };

struct input {
	struct arena *arena;
	struct pair *pairs;
	size_t n, cap;
	struct input_upload uploads[INPUT_UPLOADS];
	size_t n_uploads;
	const struct header *headers;            /* for request_header */
	size_t n_headers;
	bool behind_proxy;                       /* cookies carry the __Host- prefix */
	clean_text clean;                        /* NULL: only checked, not made NFC */
};

void input_add(struct input *, enum input_from, const char *name, const char *value);
/* a=b&c=d; at most `max` pairs in all from this source. */
enum input_read input_urlencoded(struct input *, enum input_from, const char *text, size_t len, size_t max);
/* The first value of that name and source, NULL when there is none; *count (may be NULL) how many there are. */
const char *input_value(const struct input *, enum input_from, const char *name, size_t *count);

struct segments { size_t n; const char *at[PATH_SEGMENTS]; };
/* "/don-vi/7" → don-vi, 7. "/" has none. False: not a path we would ever have (empty or dot segment, bad %XX, NUL, an encoded
 * slash, bad UTF-8, control characters, more than PATH_SEGMENTS). */
bool input_path(struct arena *, const char *raw, size_t len, struct segments *out);

bool utf8_is_valid(const char *text, size_t len);
size_t utf8_count(const char *text);             /* code points of valid text */
/* As gate->clean_text but without NFC: what is used where there is no gate. */
const char *clean_check(struct arena *, const char *typed, bool lines);

#endif
