/* markdown.h: Markdown of officers' texts (portal, library) → markup by md4c. The result is safe inside a page whatever the
 * text is: raw HTML is shown as text, and only these addresses are kept: http, https, mailto, own paths ("/…", not "//…").
 * A link to anything else loses the link and keeps its words; a picture must be an own path or only its words remain.
 * Headings begin at h2, for the page has its h1. Tables and bare addresses (https://…) are understood.
 *
 * Text past MARKDOWN_MAX bytes, or whose markup would pass MARKDOWN_OUTPUT_MAX, is shown plain, in one paragraph, cut at
 * MARKDOWN_MAX. html/markdown.c makes struct trusted_html of it. */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H

#include "base/arena.h"
#include "base/bytes.h"

#define MARKDOWN_MAX (64 * KiB)
#define MARKDOWN_OUTPUT_MAX (1 * MiB)

const char *markdown_html(struct arena *, const char *text);

#endif
