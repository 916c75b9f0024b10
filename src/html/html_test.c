#include "html/html.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/test.h"

static const char *text_of(struct arena *arena, const char *text)
{
	struct buf b = BUF(arena);

	html_text(&b, text);
	return buf_cstr(&b);
}

static const char *attribute_of(struct arena *arena, const char *text)
{
	struct buf b = BUF(arena);

	html_attribute(&b, text);
	return buf_cstr(&b);
}

TEST(html, escapes_what_would_be_markup)
{
	struct arena *arena = arena_new(64 * KiB);

	CHECK_TEXT("", text_of(arena, ""));
	CHECK_TEXT("Hội Khuyến học ấp Bình Hoà", text_of(arena, "Hội Khuyến học ấp Bình Hoà"));
	CHECK_TEXT("&lt;script&gt;", text_of(arena, "<script>"));
	CHECK_TEXT("a &amp;&amp; b", text_of(arena, "a && b"));
	CHECK_TEXT("&amp;lt;", text_of(arena, "&lt;"));
	CHECK_TEXT("\"'", text_of(arena, "\"'"));
	CHECK_TEXT("&lt;", text_of(arena, "<"));
	arena_free(arena);
}

TEST(html, an_attribute_keeps_between_either_quote)
{
	struct arena *arena = arena_new(64 * KiB);

	CHECK_TEXT("", attribute_of(arena, ""));
	CHECK_TEXT("&quot; onclick=&quot;", attribute_of(arena, "\" onclick=\""));
	CHECK_TEXT("&#39;&lt;&gt;&amp;", attribute_of(arena, "'<>&"));
	CHECK_TEXT("Phố Nguyễn Huệ", attribute_of(arena, "Phố Nguyễn Huệ"));
	arena_free(arena);
}

TEST(html, every_byte_is_kept_or_named)
{
	struct arena *arena = arena_new(1 * MiB);

	for (int byte = 1; byte < 256; byte++) {
		char text[] = { 'a', (char)byte, 'b', '\0' };
		bool is_special = strchr("&<>\"'", byte);

		CHECK(strcmp(attribute_of(arena, text), text) == 0 ? !is_special : is_special);
		CHECK(!strpbrk(attribute_of(arena, text), "<>\"'"));
		CHECK(!strpbrk(text_of(arena, text), "<>"));
	}
	arena_free(arena);
}

TEST(html, the_type_says_how)
{
	struct arena *arena = arena_new(64 * KiB);
	struct buf b = BUF(arena);
	const struct { char code[8]; size_t n; int64_t id; struct trusted_html svg; } view = { "A&B", 3, INT64_MIN, { "<svg></svg>" } };

	HTML_TEXT(&b, view.code);
	HTML_TEXT(&b, view.n);
	HTML_TEXT(&b, view.id);
	HTML_TEXT(&b, view.svg);
	HTML_ATTRIBUTE(&b, "\"");
	HTML_ATTRIBUTE(&b, -7);
	HTML_URL(&b, url_query(arena, URL("/tim"), "q", "a&b"));
	HTML_URL(&b, url_query(arena, URL("/tim?x=1"), "q", "c"));
	CHECK_TEXT("A&amp;B3-9223372036854775808<svg></svg>&quot;-7/tim?q=a%26b/tim?x=1&amp;q=c", buf_cstr(&b));
	arena_free(arena);
}

TEST(html, knows_what_is_there)
{
	const bool yes = true, no = false;
	const struct url home = URL("/");
	const struct trusted_html svg = { "<svg></svg>" }, nothing = { 0 }, empty = { "" };

	CHECK(HTML_IS(yes) && !HTML_IS(no));
	CHECK(HTML_IS(-1) && HTML_IS((size_t)1) && HTML_IS(INT64_C(1) << 40) && !HTML_IS(0) && !HTML_IS((size_t)0));
	CHECK(HTML_IS("0") && !HTML_IS(""));
	CHECK(HTML_IS(home) && !HTML_IS(URL_NONE));
	CHECK(HTML_IS(svg) && !HTML_IS(nothing) && !HTML_IS(empty));
}

TEST(html, stops_at_the_ceiling)
{
	struct arena *arena = arena_new(64 * KiB);
	struct buf b = BUF(arena, .max = 16);

	html_text(&b, "<<<<");
	CHECK(b.failed);
	arena_free(arena);
}

static bool aborts(void (*what)(void))
{
	int status;
	pid_t child = fork();

	if (!child) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(1);
		what();
		_exit(0);
	}
	return waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void text_null(void)
{
	struct arena *arena = arena_new(64 * KiB);
	struct buf b = BUF(arena);

	html_text(&b, NULL);
}

static void url_none(void)
{
	struct arena *arena = arena_new(64 * KiB);
	struct buf b = BUF(arena);

	html_url(&b, URL_NONE);
}

static void is_null(void)
{
	html_is_text(NULL);
}

TEST(html, a_forgotten_member_aborts)
{
	CHECK(aborts(text_null));
	CHECK(aborts(url_none));
	CHECK(aborts(is_null));
}
