#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "http/input.h"
#include "http/messages.h"
#include "http/multipart.h"
#include "http/router.h"
#include "http/strict.h"

static enum input_read decode(struct arena *a, struct input *in, const char *text)
{
	*in = (struct input){ .arena = a };
	return input_urlencoded(in, FROM_BODY, text, strlen(text), 3);
}

TEST(input, urlencoded_is_decoded_strictly)
{
	struct arena *a = arena_new(MiB);
	struct input in;
	size_t n;

	CHECK_INT(INPUT_OK, decode(a, &in, "a=1+2&b=%c3%B2&&c"));
	CHECK_INT(3, in.n);
	CHECK_TEXT("1 2", input_value(&in, FROM_BODY, "a", NULL));
	CHECK_TEXT("ò", input_value(&in, FROM_BODY, "b", NULL));
	CHECK_TEXT("", input_value(&in, FROM_BODY, "c", &n));
	CHECK_INT(1, n);
	CHECK(!input_value(&in, FROM_QUERY, "a", NULL));
	CHECK_INT(INPUT_MALFORMED, decode(a, &in, "a=%"));
	CHECK_INT(INPUT_MALFORMED, decode(a, &in, "a=%4"));
	CHECK_INT(INPUT_MALFORMED, decode(a, &in, "a=%zz"));
	CHECK_INT(INPUT_MALFORMED, decode(a, &in, "a=x%00y"));
	CHECK_INT(INPUT_MALFORMED, decode(a, &in, "=x"));
	CHECK_INT(INPUT_OK, decode(a, &in, "a&b&c"));
	CHECK_INT(INPUT_TOO_MANY, decode(a, &in, "a&b&c&d"));
	CHECK_INT(INPUT_MALFORMED, input_urlencoded(&in, FROM_BODY, "a=\0b", 4, 9));
	arena_free(a);
}

TEST(input, paths_are_decoded_segment_by_segment)
{
	static const char *const bad[] = { "", "a", "//", "/a/", "/a//b", "/.", "/..", "/a/%2e%2e/b", "/%00", "/a%2Fb", "/%ff", "/%c3%28", "/%0a", "/%7f",
		"/%", "/a%2", "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17" };
	struct arena *a = arena_new(MiB);
	struct segments s;

	for (size_t i = 0; i < COUNT(bad); i++)
		CHECK(!input_path(a, bad[i], strlen(bad[i]), &s));
	CHECK(input_path(a, "/", 1, &s) && s.n == 0);
	CHECK(input_path(a, "/don-vi/H%C3%B2a+1", 18, &s) && s.n == 2);
	CHECK_TEXT("Hòa+1", s.at[1]);
	arena_free(a);
}

TEST(input, utf8_is_the_unicode_table)
{
	CHECK(utf8_is_valid("Hòa 𝄞", strlen("Hòa 𝄞")));
	CHECK(!utf8_is_valid("\xc0\xaf", 2) && !utf8_is_valid("\xed\xa0\x80", 3) && !utf8_is_valid("\xf4\x90\x80\x80", 4));
	CHECK(!utf8_is_valid("\xe0\x80\x80", 3) && !utf8_is_valid("\xf0\x80\x80\x80", 4) && !utf8_is_valid("\xe1\x80", 2));
	CHECK_INT(4, utf8_count("Hòa "));
}

static int strict(const char *method, const char *target, const struct header *h, size_t n)
{
	struct raw raw = { .method = method, .target = target, .version = "HTTP/1.1", .headers = h, .n_headers = n };
	int64_t length;

	return strict_check(&raw, &length).status;
}

TEST(strict, heads_that_no_browser_sends_are_refused)
{
	static const struct { int status; const char *method, *target; struct header h[4]; } cases[] = {
		{ 0, "GET", "/a?b=c", { { "Host", "x" } } },
		{ 0, "POST", "/a", { { "Host", "x" }, { "Content-Length", "3" } } },
		{ 0, "GET", "/a", { { "Host", "[::1]:80" }, { "Content-Length", "0" } } },
		{ 400, "GET", "http://x/a", { { "Host", "x" } } },
		{ 400, "GET", "//x/a", { { "Host", "x" } } },
		{ 400, "GET", "/a\\b", { { "Host", "x" } } },
		{ 400, "GET", "/a#b", { { "Host", "x" } } },
		{ 400, "GET", "/a", { { "Accept", "x" } } },
		{ 400, "GET", "/a", { { "Host", "x" }, { "Host", "x" } } },
		{ 400, "GET", "/a", { { "Host", "x y" } } },
		{ 400, "GET", "/a", { { "Host", "x" }, { "Content-Length", "1" } } },
		{ 400, "POST", "/a", { { "Host", "x" }, { "Content-Length", "3" }, { "Content-Length", "3" } } },
		{ 400, "POST", "/a", { { "Host", "x" }, { "Content-Length", "+3" } } },
		{ 400, "POST", "/a", { { "Host", "x" }, { "Content-Length", "3,3" } } },
		{ 400, "POST", "/a", { { "Host", "x" }, { "Content-Length", "3" }, { "Transfer-Encoding", "chunked" } } },
		{ 400, "POST", "/a", { { "Host", "x" }, { "Transfer-Encoding", "gzip, chunked" } } },
		{ 400, "POST", "/a", { { "Host", "x" }, { "Content-Length", "3" }, { "Transfer-Encoding ", "chunked" } } },
		{ 411, "POST", "/a", { { "Host", "x" }, { "Transfer-Encoding", "chunked" } } },
		{ 411, "POST", "/a", { { "Host", "x" } } },
		{ 400, "GET", "/a", { { "Host", "x" }, { "X", "a\rb" } } },
		{ 400, "GET", "/a", { { "Host", "x" }, { "Cookie", "a=1" }, { "Cookie", "b=1" } } },
		{ 417, "POST", "/a", { { "Host", "x" }, { "Content-Length", "3" }, { "Expect", "200-ok" } } },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t n = 0;

		while (n < 4 && cases[i].h[n].name)
			n++;
		if (cases[i].status != strict(cases[i].method, cases[i].target, cases[i].h, n))
			fail_msg("case %zu", i);
	}
}

static enum outcome nothing(struct request *req)
{
	(void)req;
	return OK;
}

#define UNIT_FORM(FIELD) FIELD(id, unit, .label = "Đơn vị") FIELD(text, name, .label = "Tên", .max = 9, .optional = true)
FORM(fake_unit_form, UNIT_FORM)
FORM_DEFINE(fake_unit_form, UNIT_FORM)

TEST(router, literals_come_before_parameters)
{
	static const struct route routes[] = {
		GET(READ, "/", 0, SEES_NOBODY, no_form, nothing)
		GET(READ, "/don-vi/{unit}", 0, SEES(unit), fake_unit_form, nothing)
		GET(READ, "/don-vi/moi", 0, SEES_NOBODY, no_form, nothing)
		POST(WRITE, "/don-vi/{unit}", 0, SEES_NOBODY, fake_unit_form, NO_PREPARE, nothing, .again = nothing)
	};
	struct route_table table = ROUTES(routes);
	struct arena *a = arena_new(MiB);
	struct router router;
	struct input in = { .arena = a };
	const struct router_row *row;
	unsigned allow;

	CHECK(router_build(a, &table, 1, &router));
	CHECK(router_find(&router, METHOD_GET, &(struct segments){ 0 }, &allow)->route == &routes[0]);
	CHECK(router_find(&router, METHOD_GET, &(struct segments){ 2, { "don-vi", "moi" } }, &allow)->route == &routes[2]);
	row = router_find(&router, METHOD_GET, &(struct segments){ 2, { "don-vi", "7" } }, &allow);
	CHECK(row->route == &routes[1]);
	router_capture(row, &(struct segments){ 2, { "don-vi", "7" } }, &in);
	CHECK_TEXT("7", input_value(&in, FROM_PATH, "unit", NULL));
	CHECK(routes[3].again == nothing);
	CHECK(router_find(&router, METHOD_POST, &(struct segments){ 2, { "don-vi", "moi" } }, &allow)->route == &routes[3]);
	CHECK(!router_find(&router, METHOD_POST, &(struct segments){ 0 }, &allow) && allow == ALLOW_GET);
	CHECK(!router_find(&router, METHOD_GET, &(struct segments){ 1, { "x" } }, &allow) && !allow);
	arena_free(a);
}

TEST(router, broken_tables_do_not_start)
{
	static const struct route bad[][2] = {
		{ GET(READ, "/a", 0, SEES_NOBODY, no_form, nothing) GET(READ, "/a", 0, SEES_NOBODY, no_form, nothing) },
		{ GET(READ, "/{unit}", 0, SEES_NOBODY, fake_unit_form, nothing) GET(READ, "/{name}", 0, SEES_NOBODY, fake_unit_form, nothing) },
		{ GET(READ, "/{other}", 0, SEES_NOBODY, fake_unit_form, nothing) GET(READ, "/b", 0, SEES_NOBODY, no_form, nothing) },
		{ GET(READ, "a", 0, SEES_NOBODY, no_form, nothing) GET(READ, "/b", 0, SEES_NOBODY, no_form, nothing) },
		{ GET(READ, "/Á", 0, SEES_NOBODY, no_form, nothing) GET(READ, "/b", 0, SEES_NOBODY, no_form, nothing) },
		{ GET(READ, "/a//b", 0, SEES_NOBODY, no_form, nothing) GET(READ, "/b", 0, SEES_NOBODY, no_form, nothing) },
		{ GET(READ, "/{unit}", 0, SEES(name), fake_unit_form, nothing) GET(READ, "/b", 0, SEES_NOBODY, no_form, nothing) },
	};
	struct arena *a = arena_new(MiB);
	struct router router;

	for (size_t i = 0; i < COUNT(bad); i++) {
		struct route_table table = { bad[i], 2 };

		CHECK(!router_build(a, &table, 1, &router));
	}
	arena_free(a);
}

#define UPLOAD_FORM(FIELD) FIELD(text, note, .label = "Ghi chú", .max = 99) FIELD(files, papers, .label = "Tệp", .max_bytes = 1000)
FORM(fake_upload_form, UPLOAD_FORM)
FORM_DEFINE(fake_upload_form, UPLOAD_FORM)

#define PART(head, body) "--B\r\nContent-Disposition: form-data; " head "\r\n\r\n" body "\r\n"

static enum multipart_state receive(struct input *in, const char *body, size_t piece)
{
	struct multipart *m;
	size_t len = strlen(body);

	*in = (struct input){ .arena = arena_new(8 * MiB) };
	m = multipart_new(in, &fake_upload_form_def, "multipart/form-data; boundary=B", P_tmpdir);
	for (size_t at = 0; at < len; at += piece)
		multipart_feed(m, body + at, piece < len - at ? piece : len - at);
	return multipart_end(m);
}

TEST(multipart, fields_and_files_arrive_whole_whatever_the_pieces)
{
	static const char body[] = PART("name=\"note\"", "Hòa\r\n--Ax") PART("name=\"papers\"; filename=\"C:\\\\anh\\\\a b.jpg\"\r\nContent-Type: image/jpeg", "\r\nJPEG\r\n")
		PART("name=\"papers\"; filename=\"\"", "") PART("name=\"other\"; filename=\"x\"", "dropped") "--B--\r\n";
	struct input in;

	for (size_t piece = 1; piece < sizeof body; piece++) {
		CHECK_INT(MULTIPART_DONE, receive(&in, body, piece));
		CHECK_INT(1, in.n);
		CHECK_TEXT("Hòa\r\n--Ax", in.pairs[0].value);
		CHECK_INT(1, in.n_uploads);
		CHECK_TEXT("a b.jpg", in.uploads[0].upload.name);
		CHECK_INT(8, in.uploads[0].upload.size);
		CHECK_INT(8, in.uploads[0].upload.content.len);
		CHECK(!memcmp("\r\nJPEG\r\n", in.uploads[0].upload.content.ptr, 8));
		arena_free(in.arena);
	}
}

TEST(multipart, garbage_is_never_an_empty_form)
{
	static const char *const bad[] = { "", "x", "--B", "--B\r\n", "--C\r\n", "preamble\r\n--B--", PART("name=\"note\"", "a"), PART("name=\"note\"", "a") "--B",
		PART("name=\"note\"", "a") "--B-", PART("name=\"note\"", "a") "--Bx", PART("name=\"note\"", "a") "--B--more", PART("", "a") "--B--",
		PART("name=\"\"", "a") "--B--", "--B\r\nX: y\r\n\r\na\r\n--B--", "--B\r\nContent-Disposition: attachment; name=\"note\"\r\n\r\na\r\n--B--" };
	struct input in;

	for (size_t i = 0; i < COUNT(bad); i++) {
		if (receive(&in, bad[i], 7) != MULTIPART_GARBAGE)
			fail_msg("case %zu", i);
		arena_free(in.arena);
	}
	CHECK_INT(MULTIPART_DONE, receive(&in, PART("name=\"note\"", "") "--B--", 5));
	arena_free(in.arena);
}

TEST(multipart, boundaries_are_checked)
{
	static const char *const bad[] = { "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a", "multipart/mixed; boundary=a",
		"multipart/form-data; boundary=a\x01", "multipart/form-data; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };
	struct input in = { .arena = arena_new(8 * MiB) };

	for (size_t i = 0; i < COUNT(bad); i++)
		CHECK(!multipart_new(&in, &fake_upload_form_def, bad[i], NULL));
	CHECK(multipart_new(&in, &fake_upload_form_def, "multipart/form-data; boundary=\"a b\"", NULL) == NULL);
	CHECK(multipart_new(&in, &fake_upload_form_def, "Multipart/Form-Data; charset=utf-8; boundary=\"a\"", NULL));
	arena_free(in.arena);
}

TEST(multipart, bounds_are_kept)
{
	struct arena *a = arena_new(16 * MiB);
	struct buf b = BUF(a);
	struct input in;

	buf_text(&b, "--B\r\nContent-Disposition: form-data; name=\"papers\"; filename=\"big\"\r\n\r\n");
	for (int i = 0; i < 5000; i++)
		buf_char(&b, 'x');
	buf_text(&b, "\r\n--B--\r\n");
	CHECK_INT(MULTIPART_DONE, receive(&in, buf_cstr(&b), 999));
	CHECK_INT(5000, in.uploads[0].upload.size);              /* told how large, given nothing */
	CHECK_INT(0, in.uploads[0].upload.content.len);
	arena_free(in.arena);
	b = BUF(a);
	for (int i = 0; i < 21; i++)
		buf_text(&b, PART("name=\"papers\"; filename=\"a\"", "x"));
	buf_text(&b, "--B--");
	CHECK_INT(MULTIPART_TOO_MUCH, receive(&in, buf_cstr(&b), 999));
	arena_free(in.arena);
	b = BUF(a);
	for (int i = 0; i < INPUT_BODY_PAIRS + 1; i++)
		buf_text(&b, PART("name=\"n\"; filename=\"\"", ""));
	buf_text(&b, "--B--");
	CHECK_INT(MULTIPART_TOO_MUCH, receive(&in, buf_cstr(&b), 999));
	arena_free(in.arena);
	arena_free(a);
}

TEST(http, every_refusal_has_its_own_words)
{
	static const int statuses[] = { 400, 401, 403, 404, 405, 408, 409, 411, 413, 414, 415, 417, 422, 431, 500, 503, 505 };

	for (size_t i = 0; i < COUNT(statuses); i++)
		for (size_t j = i + 1; j < COUNT(statuses); j++)
			CHECK(strcmp(message_of(statuses[i]), message_of(statuses[j])) != 0);
}
