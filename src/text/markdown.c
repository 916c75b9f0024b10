/* Our own writer over md4c's events instead of md4c-html, which writes every address as it comes and begins at h1. Nothing a
 * person typed reaches the page but through put_text, or as an address that is_kept has seen whole. Spans are kept on a stack
 * of ours and closed from it: a fuzzer found texts whose links md4c 0.4.8 ends without having begun them. */
#include "text/markdown.h"

#include <md4c.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"

enum { SPANS = 32 };                     /* deeper ones leave no markup */

struct page {
	struct buf out;
	size_t n;
	struct span { MD_SPANTYPE type; const char *end; } open[SPANS];       /* end: "" when it left no markup */
};

static void put_text(struct buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		switch (text[i]) {
		case '&':
			buf_text(out, "&amp;");
			break;
		case '<':
			buf_text(out, "&lt;");
			break;
		case '>':
			buf_text(out, "&gt;");
			break;
		case '"':
			buf_text(out, "&quot;");
			break;
		default:
			buf_char(out, text[i]);
		}
	}
}

static bool begins(const char *text, const char *with)
{
	return !strncasecmp(text, with, strlen(with));
}

/* An address as plain text; NULL when it holds any entity but &amp; which nobody needs there, save to hide a scheme. */
static const char *address_of(struct buf *scratch, const MD_ATTRIBUTE *a)
{
	scratch->len = 0;
	for (unsigned i = 0; a->size && a->substr_offsets[i] < a->size; i++) {
		const char *part = a->text + a->substr_offsets[i];
		size_t len = a->substr_offsets[i + 1] - a->substr_offsets[i];

		if (a->substr_types[i] == MD_TEXT_NORMAL)
			buf_add(scratch, part, len);
		else if (a->substr_types[i] == MD_TEXT_ENTITY && len == 5 && !memcmp(part, "&amp;", 5))
			buf_char(scratch, '&');
		else
			return NULL;
	}
	return scratch->failed || !scratch->len ? NULL : buf_cstr(scratch);
}

static bool is_own(const char *address)
{
	return address[0] == '/' && address[1] != '/' && address[1] != '\\';
}

/* Browsers drop tabs and line ends inside an address and trim controls before it: none may be there. */
static bool is_kept(const char *address)
{
	for (const char *p = address; *p; p++)
		if ((unsigned char)*p <= ' ' || *p == 0x7F)
			return false;
	return is_own(address) || begins(address, "https://") || begins(address, "http://") || begins(address, "mailto:");
}

/* These write the beginning and return the end, "" for none. */
static const char *open_link(struct page *page, const MD_SPAN_A_DETAIL *a)
{
	struct buf scratch = BUF(page->out.arena, .max = 4 * KiB);
	const char *address = address_of(&scratch, &a->href);

	if (!address || !is_kept(address))
		return "";
	buf_text(&page->out, "<a href=\"");
	put_text(&page->out, address, strlen(address));
	buf_text(&page->out, "\">");
	return "</a>";
}

static const char *open_picture(struct page *page, const MD_SPAN_IMG_DETAIL *img)
{
	struct buf scratch = BUF(page->out.arena, .max = 4 * KiB);
	const char *address = address_of(&scratch, &img->src);

	if (!address || !is_kept(address) || !is_own(address))
		return "";
	buf_text(&page->out, "<img src=\"");
	put_text(&page->out, address, strlen(address));
	buf_text(&page->out, "\" alt=\"");
	return "\" loading=\"lazy\">";
}

static const char *open_plain(struct page *page, MD_SPANTYPE type)
{
	static const struct { const char *begin, *end; } tags[] = {
		[MD_SPAN_EM] = { "<em>", "</em>" }, [MD_SPAN_STRONG] = { "<strong>", "</strong>" },
		[MD_SPAN_CODE] = { "<code>", "</code>" }, [MD_SPAN_U] = { NULL, NULL },
	};

	if (!tags[type].begin)
		return "";
	buf_text(&page->out, tags[type].begin);
	return tags[type].end;
}

static bool is_inside(const struct page *page, MD_SPANTYPE type)
{
	for (size_t i = 0; i < page->n; i++)
		if (page->open[i].type == type)
			return true;
	return false;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *user)
{
	struct page *page = user;
	const char *end;

	if (page->n == SPANS)
		return 0;
	if (is_inside(page, MD_SPAN_IMG) || (type == MD_SPAN_A && is_inside(page, MD_SPAN_A)))
		end = "";                        /* in a picture words alone count, and links do not nest */
	else if (type == MD_SPAN_A)
		end = open_link(page, detail);
	else if (type == MD_SPAN_IMG)
		end = open_picture(page, detail);
	else
		end = open_plain(page, type);
	page->open[page->n++] = (struct span){ type, end };
	return page->out.failed;
}

static void close_down_to(struct page *page, size_t n)
{
	while (page->n > n)
		buf_text(&page->out, page->open[--page->n].end);
}

static int leave_span(MD_SPANTYPE type, void *detail, void *user)
{
	struct page *page = user;

	for (size_t i = page->n; i-- > 0;)
		if (page->open[i].type == type) {
			close_down_to(page, i);
			break;
		}
	return page->out.failed;
}

static unsigned heading(const void *detail)
{
	unsigned level = ((const MD_BLOCK_H_DETAIL *)detail)->level + 1;

	return level > 6 ? 6 : level;
}

static const char *cell(MD_BLOCKTYPE type, const void *detail)
{
	bool number = ((const MD_BLOCK_TD_DETAIL *)detail)->align == MD_ALIGN_RIGHT;

	if (type == MD_BLOCK_TH)
		return number ? "<th scope=\"col\" class=\"num\">" : "<th scope=\"col\">";
	return number ? "<td class=\"num\">" : "<td>";
}

static void open_list(struct buf *out, const MD_BLOCK_OL_DETAIL *ol)
{
	if (ol->start == 1)
		buf_text(out, "<ol>\n");
	else
		buf_format(out, "<ol start=\"%u\">\n", ol->start);
}

/* What has no case below has no markup of its own (MD_BLOCK_DOC), or needs a dialect we do not switch on. */
static int enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
	static const char *const plain[] = {
		[MD_BLOCK_QUOTE] = "<blockquote>\n", [MD_BLOCK_UL] = "<ul>\n", [MD_BLOCK_LI] = "<li>", [MD_BLOCK_HR] = "<hr>\n",
		[MD_BLOCK_CODE] = "<pre><code>", [MD_BLOCK_P] = "<p>", [MD_BLOCK_TABLE] = "<table class=\"table\">\n",
		[MD_BLOCK_THEAD] = "<thead>\n", [MD_BLOCK_TBODY] = "<tbody>\n", [MD_BLOCK_TR] = "<tr>", [MD_BLOCK_TD] = NULL,
	};
	struct page *page = user;

	close_down_to(page, 0);
	if (type == MD_BLOCK_H)
		buf_format(&page->out, "<h%u>", heading(detail));
	else if (type == MD_BLOCK_OL)
		open_list(&page->out, detail);
	else if (type == MD_BLOCK_TH || type == MD_BLOCK_TD)
		buf_text(&page->out, cell(type, detail));
	else if (plain[type])
		buf_text(&page->out, plain[type]);
	return page->out.failed;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user)
{
	static const char *const plain[] = {
		[MD_BLOCK_QUOTE] = "</blockquote>\n", [MD_BLOCK_UL] = "</ul>\n", [MD_BLOCK_OL] = "</ol>\n",
		[MD_BLOCK_LI] = "</li>\n", [MD_BLOCK_CODE] = "</code></pre>\n", [MD_BLOCK_P] = "</p>\n",
		[MD_BLOCK_TABLE] = "</table>\n", [MD_BLOCK_THEAD] = "</thead>\n", [MD_BLOCK_TBODY] = "</tbody>\n",
		[MD_BLOCK_TR] = "</tr>\n", [MD_BLOCK_TH] = "</th>", [MD_BLOCK_TD] = "</td>",
	};
	struct page *page = user;

	close_down_to(page, 0);
	if (type == MD_BLOCK_H)
		buf_format(&page->out, "</h%u>\n", heading(detail));
	else if (plain[type])
		buf_text(&page->out, plain[type]);
	return page->out.failed;
}

/* Of all &names; and &#numbers; these alone have a use in an officer's text; the others are shown as typed. */
static bool is_kept_entity(const char *text, size_t len)
{
	static const char *const kept[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;" };

	for (size_t i = 0; i < COUNT(kept); i++)
		if (strlen(kept[i]) == len && !memcmp(kept[i], text, len))
			return true;
	return false;
}

static int put_words(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *user)
{
	struct page *page = user;
	struct buf *out = &page->out;

	if (type == MD_TEXT_BR && !is_inside(page, MD_SPAN_IMG))
		buf_text(out, "<br>\n");
	else if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
		buf_char(out, '\n');
	else if (type == MD_TEXT_NULLCHAR)
		buf_text(out, "\uFFFD");
	else if (type == MD_TEXT_ENTITY && is_kept_entity(text, size))
		buf_add(out, text, size);
	else
		put_text(out, text, size);
	return out->failed;
}

static const char *as_plain(struct arena *arena, const char *text, size_t len)
{
	struct buf out = BUF(arena);

	if (len > MARKDOWN_MAX)
		for (len = MARKDOWN_MAX; len && ((unsigned char)text[len] & 0xC0) == 0x80;)
			len--;
	buf_text(&out, "<p>");
	put_text(&out, text, len);
	buf_text(&out, "</p>\n");
	return buf_cstr(&out);
}

const char *markdown_html(struct arena *arena, const char *text)
{
	static const MD_PARSER parser = {
		.flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_PERMISSIVEEMAILAUTOLINKS,
		.enter_block = enter_block, .leave_block = leave_block, .enter_span = enter_span, .leave_span = leave_span,
		.text = put_words,
	};
	struct page page = { .out = BUF(arena, .max = MARKDOWN_OUTPUT_MAX) };
	size_t len = strlen(text);

	if (len > MARKDOWN_MAX || md_parse(text, (MD_SIZE)len, &parser, &page) != 0 || page.out.failed)
		return as_plain(arena, text, len);
	return buf_cstr(&page.out);
}
