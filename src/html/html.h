/* html.h: the only place that escapes. Generated templates call these; the type says how a value is escaped.
 *
 *   const char *            always escaped, in text and in quoted attributes; NULL aborts (a forgotten initialiser)
 *   integers                digits (int, long, size_t, int64_t): grouping is text/format.h's work, as text
 *   struct url              the only type that fits href, src, action, formaction, hx-get …; URL_NONE aborts there
 *   struct trusted_html     markup made by html/markdown.c, html/icon.c and figures' own SVG writer, in text context only
 *
 * Text escapes & < >, attributes " and ' as well: an attribute may stand between either quote. Text must be valid UTF-8
 * without control characters: what people send is checked where it comes in, not here. */
#ifndef HTML_HTML_H
#define HTML_HTML_H

#include "base/buf.h"
#include "base/url.h"

struct trusted_html { const char *markup_that_was_checked; };

void html_text(struct buf *, const char *);
void html_attribute(struct buf *, const char *);
void html_url(struct buf *, struct url);
void html_trusted(struct buf *, struct trusted_html);
void html_int(struct buf *, long long);
void html_size(struct buf *, size_t);

/* What htmlc writes for {{ x }}: a type that does not fit the context is a compile error at the template's line (which is
 * why no parentheses stand around the first x: they would be ours, not the template's). */
#define HTML_TEXT(b, x) _Generic(x, const char *: html_text, char *: html_text, int: html_int, long: html_int, \
	long long: html_int, unsigned: html_int, size_t: html_size, struct trusted_html: html_trusted)((b), (x))
#define HTML_ATTRIBUTE(b, x) _Generic(x, const char *: html_attribute, char *: html_attribute, int: html_int, long: html_int, \
	long long: html_int, unsigned: html_int, size_t: html_size)((b), (x))
#define HTML_URL(b, x) _Generic(x, struct url: html_url)((b), (x))

/* What htmlc writes for {{ if x }}: a number that is not zero, a text that is not "" (NULL aborts), an address or markup that
 * is there. */
bool html_is_text(const char *);
static inline bool html_is_int(long long value) { return value != 0; }
static inline bool html_is_size(size_t value) { return value != 0; }
static inline bool html_is_url(struct url url) { return !url_is_none(url); }
static inline bool html_is_trusted(struct trusted_html html) { return html.markup_that_was_checked && *html.markup_that_was_checked; }
#define HTML_IS(x) _Generic(x, bool: html_is_int, int: html_is_int, long: html_is_int, long long: html_is_int, \
	unsigned: html_is_int, size_t: html_is_size, const char *: html_is_text, char *: html_is_text, \
	struct url: html_is_url, struct trusted_html: html_is_trusted)(x)

#endif
