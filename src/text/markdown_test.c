#include "tests/test.h"

#include <string.h>

#include "text/markdown.h"

TEST(markdown, officers_texts_become_plain_markup)
{
	static const struct { const char *text, *html; } cases[] = {
		{ "", "" },
		{ "Một **hai** *ba* `bốn`", "<p>Một <strong>hai</strong> <em>ba</em> <code>bốn</code></p>\n" },
		{ "# Học tập\n\nsuốt đời", "<h2>Học tập</h2>\n<p>suốt đời</p>\n" },
		{ "###### Sâu", "<h6>Sâu</h6>\n" },
		{ "- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n" },
		{ "3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n" },
		{ "> lời\n\n---", "<blockquote>\n<p>lời</p>\n</blockquote>\n<hr>\n" },
		{ "a  \nb\nc", "<p>a<br>\nb\nc</p>\n" },
		{ "```\nx < y\n```", "<pre><code>x &lt; y\n</code></pre>\n" },
		{ "| Xã | Số |\n|---|--:|\n| A | 1 |",
			"<table class=\"table\">\n<thead>\n<tr><th scope=\"col\">Xã</th>"
			"<th scope=\"col\" class=\"num\">Số</th></tr>\n</thead>\n"
			"<tbody>\n<tr><td>A</td><td class=\"num\">1</td></tr>\n</tbody>\n</table>\n" },
		{ "[tài liệu](/thu-vien/1?a=b&c)", "<p><a href=\"/thu-vien/1?a=b&amp;c\">tài liệu</a></p>\n" },
		{ "https://hoc.vn/a và <mailto:a@b.vn>",
			"<p><a href=\"https://hoc.vn/a\">https://hoc.vn/a</a> và "
			"<a href=\"mailto:a@b.vn\">mailto:a@b.vn</a></p>\n" },
		{ "a@b.vn", "<p><a href=\"mailto:a@b.vn\">a@b.vn</a></p>\n" },
		{ "![Lớp *học*](/tep/1 \"x\")", "<p><img src=\"/tep/1\" alt=\"Lớp học\" loading=\"lazy\"></p>\n" },
		{ "<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n" },
		{ "<div>\n*x*\n</div>", "<p>&lt;div&gt;\n<em>x</em>\n&lt;/div&gt;</p>\n" },
		{ "&amp; &nbsp; &copy; &#60; &bogus;", "<p>&amp; &nbsp; &amp;copy; &amp;#60; &amp;bogus;</p>\n" },
	};
	struct arena *a = arena_new(8 * MiB);

	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK_TEXT(cases[i].html, markdown_html(a, cases[i].text));
	arena_free(a);
}

/* Whatever is typed: no tag but ours, no address but the three kinds. */
TEST(markdown, nothing_dangerous_survives)
{
	static const char *const attacks[] = {
		"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a <b onclick=x>b</b>",
		"<!-- x --><?php ?><![CDATA[x]]>",
		"[a](javascript:alert(1))", "[a](JaVaScript:alert(1))", "[a](java\tscript:x)", "[a](&#106;avascript:alert(1))",
		"[a](&Tab;javascript:x)",
		"[a](javascript&colon;alert(1))", "[a](data:text/html,x)", "[a](vbscript:x)", "[a](//other.vn)",
		"[a](/\\other.vn)", "[a](\\\\other.vn)",
		"[a]( //other.vn)", "<javascript:alert(1)>", "![a](javascript:x)", "![a](https://other.vn/pixel.png)",
		"[a]: javascript:x\n\n[a]",
		"[a](<javascript:x>)", "[a](%6aavascript:x)", "[a](ftp://x)", "[a](file:///etc)", "[a](tel:1)", "[a](#x)",
		"[a](x)", "[a](../x)",
		"[a](<ja\nvascript:x>)", "<style>*{}</style>", "<svg/onload=x>", "[a](\x01javascript:x)", "[a](mail&#116;o:x)",
		"[a](</a b>)", "[a](https://x\x7fy)",
		"[a](/&#47;other.vn)",
	};
	static const struct { const char *text, *html; } quoted[] = {
		{ "[a](https://x.vn/\"onmouseover=\"x)", "<p><a href=\"https://x.vn/&quot;onmouseover=&quot;x\">a</a></p>\n" },
		{ "![\" onerror=x](/a)", "<p><img src=\"/a\" alt=\"&quot; onerror=x\" loading=\"lazy\"></p>\n" },
		{ "![a [b](/c) d](/e)", "<p><img src=\"/e\" alt=\"a b d\" loading=\"lazy\"></p>\n" },
		{ "[![a](/b)](/c)", "<p><a href=\"/c\"><img src=\"/b\" alt=\"a\" loading=\"lazy\"></a></p>\n" },
		{ "[a](4![b0)$  c](*/-~/b[)!$ 01| c](*/)](/![", "<p>a$  c!$ 01| c](/![</p>\n" },       /* found by a fuzzer */
		{ "[![a](http://b)](/c)", "<p><a href=\"/c\">a</a></p>\n" },
		{ "[![a [x](/x)](/b)](/c)", "<p>[<img src=\"/b\" alt=\"a x\" loading=\"lazy\">](/c)</p>\n" },
	};
	struct arena *a = arena_new(8 * MiB);

	for (size_t i = 0; i < COUNT(attacks); i++) {
		const char *html = markdown_html(a, attacks[i]);

		if (strstr(html, "href") || strstr(html, "src=\"") || strstr(html, "<script") || strstr(html, "<img") ||
			strstr(html, "<b ") || strstr(html, "<style") || strstr(html, "<svg") || strstr(html, "<!"))
			fail_msg("%s -> %s", attacks[i], html);
	}
	for (size_t i = 0; i < COUNT(quoted); i++)
		CHECK_TEXT(quoted[i].html, markdown_html(a, quoted[i].text));
	arena_free(a);
}

TEST(markdown, any_text_ends_in_bounds)
{
	static const char *const patterns[] = { "[", "*a_", "> ", "- ", "`", "![", "[a](", "|", "<a", "&", "1. ", "**a ", "]",
		"\\", "| a |\n|-|\n", "[a]: /b\n",
		"https://", "a@", "_a", "~", "* * ", "\n", "((", "[[]](/a)" };
	struct arena *a = arena_new(64 * MiB);
	char *text;

	for (size_t i = 0; i < COUNT(patterns); i++) {
		size_t len = strlen(patterns[i]);

		arena_reset(a);
		text = arena_alloc(a, MARKDOWN_MAX + 1);
		for (size_t at = 0; at + len <= MARKDOWN_MAX; at += len)
			memcpy(text + at, patterns[i], len);
		CHECK(strlen(markdown_html(a, text)) <= MARKDOWN_OUTPUT_MAX);
	}
	arena_reset(a);
	text = arena_alloc(a, MARKDOWN_MAX + 1);         /* md4c fills short rows up: columns × rows */
	for (size_t at = 0; at < MARKDOWN_MAX / 4; at += 2)
		memcpy(text + at, "|a", 2);
	for (size_t at = MARKDOWN_MAX / 4; at < MARKDOWN_MAX / 2; at += 2)
		memcpy(text + at, at == MARKDOWN_MAX / 4 ? "\n|" : "-|", 2);
	for (size_t at = MARKDOWN_MAX / 2; at < MARKDOWN_MAX; at += 2)
		memcpy(text + at, "\n|", 2);
	CHECK(strlen(markdown_html(a, text)) <= MARKDOWN_OUTPUT_MAX);
	arena_reset(a);
	text = arena_alloc(a, MARKDOWN_MAX + 100);
	for (size_t at = 0; at + 3 < MARKDOWN_MAX + 100; at += 3)
		memcpy(text + at, "ễ", 3);
	CHECK_HAS(markdown_html(a, text), "<p>ễễ");
	CHECK(strlen(markdown_html(a, text)) <= MARKDOWN_MAX + 8);
	arena_free(a);
}
