/* Most text has nothing to escape: a table look-up a byte finds the end of a run, and runs are copied whole. */
#include "html/html.h"

#include <string.h>

#include "base/bug.h"

enum { IN_TEXT = 1, IN_ATTRIBUTE = 2 };

/* Where a byte must be escaped; NUL ends the run everywhere. */
static const unsigned char special[256] = {
	['\0'] = IN_TEXT | IN_ATTRIBUTE, ['&'] = IN_TEXT | IN_ATTRIBUTE, ['<'] = IN_TEXT | IN_ATTRIBUTE, ['>'] = IN_TEXT | IN_ATTRIBUTE,
	['"'] = IN_ATTRIBUTE, ['\''] = IN_ATTRIBUTE,
};

static const char *name_of(char c)
{
	return c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : "&#39;";
}

static void escape(struct buf *b, const char *text, unsigned where)
{
	BUG_ON(!text);
	for (const char *run = text;; run = ++text) {
		while (!(special[(unsigned char)*text] & where))
			text++;
		buf_add(b, run, (size_t)(text - run));
		if (!*text)
			return;
		buf_text(b, name_of(*text));
	}
}

void html_text(struct buf *b, const char *text)
{
	escape(b, text, IN_TEXT);
}

void html_attribute(struct buf *b, const char *text)
{
	escape(b, text, IN_ATTRIBUTE);
}

void html_url(struct buf *b, struct url url)
{
	escape(b, url.text, IN_ATTRIBUTE);
}

void html_trusted(struct buf *b, struct trusted_html html)
{
	BUG_ON(!html.markup_that_was_checked);
	buf_text(b, html.markup_that_was_checked);
}

void html_int(struct buf *b, long long value)
{
	buf_int(b, value);
}

void html_size(struct buf *b, size_t value)
{
	BUG_ON(value > INT64_MAX);
	buf_int(b, (int64_t)value);
}

bool html_is_text(const char *text)
{
	BUG_ON(!text);
	return *text != '\0';
}
