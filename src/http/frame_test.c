#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "http/exchange.h"
#include "http/fake_routes.h"

#define TOKEN "token=abcdefghijklmnop"

struct site { struct fake *fake; struct gate gate; struct server *server; struct arena *arena; struct reply reply; };

static struct site *site_new(const struct server_config *config)
{
	struct site *w = calloc(1, sizeof *w);

	w->fake = fake_new();
	w->gate = fake_gate(w->fake);
	w->server = fake_server(w->fake, &w->gate, config);
	w->arena = arena_new(128 * MiB);
	CHECK(w->server);
	return w;
}

static void site_free(struct site *w)
{
	struct server_counts counts;

	server_counts(w->server, &counts);
	CHECK_INT(0, counts.in_flight);
	server_free(w->server);
	CHECK_INT(atomic_load(&w->fake->opened), atomic_load(&w->fake->closed));
	arena_free(w->arena);
	fake_free(w->fake);
	free(w);
}

static int ask(struct site *w, const char *method, const char *target, const char *cookie, const char *body)
{
	struct header headers[] = { { "Cookie", cookie } };
	struct call call = { .method = method, .target = target, .headers = headers, .n_headers = *cookie != '\0', .body = { body, strlen(body) } };

	server_call(w->server, &call, w->arena, &w->reply);
	return w->reply.status;
}

static const char *text(struct site *w)
{
	return arena_textn(w->arena, w->reply.body.ptr, w->reply.body.len);
}

static const char *header(const struct site *w, const char *name)
{
	const char *value = raw_header(w->reply.headers, w->reply.n_headers, name, NULL);

	return value ? value : "";
}

TEST(frame, every_answer_carries_the_security_headers)
{
	static const char *const targets[] = { "/", "/khong-co", "/so/1", "/web/app.css", "/healthz", "/%00" };
	struct site *w = site_new(NULL);

	for (size_t i = 0; i < COUNT(targets); i++) {
		ask(w, "GET", targets[i], "", "");
		CHECK_HAS(header(w, "Content-Security-Policy"), "default-src 'none'");
		CHECK_TEXT("nosniff", header(w, "X-Content-Type-Options"));
		CHECK_TEXT("same-origin", header(w, "Referrer-Policy"));
		CHECK_TEXT("same-origin", header(w, "Cross-Origin-Opener-Policy"));
		CHECK_INT(9, strlen(header(w, "X-Request-Id")));
		CHECK_TEXT("", header(w, "Strict-Transport-Security"));
	}
	site_free(w);
}

TEST(frame, finds_routes_and_tells_404_from_405)
{
	struct site *w = site_new(NULL);

	CHECK_INT(200, ask(w, "GET", "/", "", ""));
	CHECK_TEXT("chào", text(w));
	CHECK_TEXT("private, no-store", header(w, "Cache-Control"));
	CHECK_INT(200, ask(w, "HEAD", "/", "", ""));
	CHECK_INT(0, w->reply.body.len);
	CHECK_INT(404, ask(w, "GET", "/khong-co", "", ""));
	CHECK_HAS(text(w), header(w, "X-Request-Id"));
	CHECK_INT(405, ask(w, "POST", "/", "", ""));
	CHECK_TEXT("GET, HEAD", header(w, "Allow"));
	CHECK_INT(405, ask(w, "GET", "/them", "s=7", ""));
	CHECK_TEXT("POST", header(w, "Allow"));
	CHECK_INT(405, ask(w, "DELETE", "/tep", "", ""));
	CHECK_TEXT("GET, HEAD, POST", header(w, "Allow"));
	CHECK_INT(404, ask(w, "GET", "/so/mot", "s=7", ""));
	CHECK_INT(400, ask(w, "GET", "/so/%2F", "s=7", ""));
	CHECK_INT(500, ask(w, "GET", "/im", "", ""));
	CHECK_INT(500, ask(w, "GET", "/tran", "", ""));
	CHECK_INT(200, ask(w, "GET", "/healthz", "", ""));
	CHECK_INT(200, ask(w, "GET", "/metrics", "", ""));
	CHECK_HAS(text(w), "hoctap_http_in_flight 1\n");
	CHECK_HAS(text(w), "hoctap_http_seconds_count{method=\"GET\",route=\"/so/{person}\"} 1\n");
	CHECK_HAS(text(w), "hoctap_http_answers_total{class=\"5xx\"} 2\n");
	CHECK(!strstr(text(w), "/so/mot"));
	site_free(w);
}

TEST(frame, asks_who_is_there_before_anything_else)
{
	struct site *w = site_new(NULL);

	CHECK_INT(303, ask(w, "GET", "/so/5?a=b", "", ""));
	CHECK_TEXT("/dang-nhap?ve=%2Fso%2F5%3Fa%3Db", w->reply.location);
	CHECK_INT(200, ask(w, "GET", "/so/5", "s=7", ""));
	CHECK_INT(303, ask(w, "GET", "/so/5", "s=7; s=9", ""));          /* a cookie sent twice is none */
	CHECK_INT(403, ask(w, "GET", "/rieng", "s=7", ""));
	CHECK_INT(200, ask(w, "GET", "/rieng", "s=9", ""));
	CHECK_INT(303, ask(w, "GET", "/so/5", "s=e7", ""));
	CHECK_INT(403, ask(w, "POST", "/rieng", "s=7", TOKEN "&n=5"));
	CHECK_INT(0, w->fake->value);
	site_free(w);
}

TEST(frame, a_post_without_a_session_gives_the_typed_text_back)
{
	struct site *w = site_new(NULL);

	CHECK_INT(401, ask(w, "POST", "/them", "", TOKEN "&n=5&how=xin+ch%C3%A0o&pass=b%C3%AD+m%E1%BA%ADt"));
	CHECK_HAS(text(w), "Cách=xin chào");
	CHECK(!strstr(text(w), "bí mật") && !strstr(text(w), "abcdefghijklmnop"));
	CHECK_INT(0, w->fake->value);
	site_free(w);
}

TEST(frame, a_post_whose_session_ended_is_kept_for_its_account)
{
	struct site *w = site_new(NULL);

	CHECK_INT(303, ask(w, "POST", "/them", "s=e7", TOKEN "&n=5&how=a%26b&pass=xyz"));
	CHECK_TEXT("/dang-nhap?ve=%2Fthem", w->reply.location);
	CHECK_TEXT("7:n=5&how=a%26b", w->fake->kept);
	CHECK_INT(0, w->fake->value);
	site_free(w);
}

TEST(frame, a_post_needs_its_token)
{
	struct site *w = site_new(NULL);

	CHECK_INT(403, ask(w, "POST", "/them", "s=7", "n=5"));
	CHECK_HAS(text(w), "mã xác nhận");
	CHECK_INT(403, ask(w, "POST", "/them", "s=7", "n=5&token=short"));
	CHECK_INT(403, ask(w, "POST", "/them", "s=7", "n=5&" TOKEN "&" TOKEN));
	CHECK_INT(403, ask(w, "POST", "/them?" TOKEN, "s=7", "n=5"));
	CHECK_INT(0, w->fake->value);
	site_free(w);
}

TEST(frame, the_same_body_is_answered_again_and_done_once)
{
	struct site *w = site_new(NULL);

	CHECK_INT(303, ask(w, "POST", "/them", "s=7", TOKEN "&n=5"));
	CHECK_TEXT("/so/1", w->reply.location);
	CHECK_INT(303, ask(w, "POST", "/them", "s=7", TOKEN "&n=5"));
	CHECK_INT(5, w->fake->value);
	CHECK_INT(303, ask(w, "POST", "/them", "s=7", TOKEN "&n=6"));     /* another body is a new submission */
	CHECK_INT(11, w->fake->value);
	CHECK_INT(403, ask(w, "POST", "/them", "s=9", TOKEN "&n=5"));
	CHECK_HAS(text(w), "lần đăng nhập khác");
	CHECK_INT(11, w->fake->value);
	site_free(w);
}

TEST(frame, any_outcome_but_ok_stores_nothing)
{
	static const struct { const char *how; int status; const char *says; } cases[] = {
		{ "conflict", 409, "Có người vừa sửa trước" }, { "forbidden", 403, "không có quyền" }, { "failed", 500, "trục trặc" },
		{ "invalid", 422, "Số: không hợp." }, { "page422", 422, "trang của nó" }, { "ok422", 422, "vẫn là 422" },
	};
	struct site *w = site_new(NULL);

	for (size_t i = 0; i < COUNT(cases); i++) {
		CHECK_INT(cases[i].status, ask(w, "POST", "/them", "s=7", arena_format(w->arena, TOKEN "&n=5&how=%s", cases[i].how)));
		CHECK_HAS(text(w), cases[i].says);
		CHECK_INT(0, w->fake->value);
		CHECK_INT(0, w->fake->n_tokens);
	}
	site_free(w);
}

TEST(frame, wrong_fields_show_the_page_again)
{
	struct site *w = site_new(NULL);

	CHECK_INT(422, ask(w, "POST", "/them-lai", "s=7", TOKEN "&n=500"));
	CHECK_TEXT("lại: [500] [Số: 500 nằm ngoài mức cho phép. Ghi một số từ 1 đến 100.]", text(w));
	CHECK_INT(422, ask(w, "POST", "/them-lai", "s=7", TOKEN "&n=5&how=invalid"));
	CHECK_TEXT("lại: [5] [Số: không hợp.]", text(w));
	CHECK_INT(422, ask(w, "POST", "/them", "s=7", TOKEN "&n=500"));
	CHECK_HAS(text(w), "500 nằm ngoài");
	CHECK_HAS(text(w), "Số=500");
	CHECK_INT(422, ask(w, "GET", "/tim?n=x", "", ""));
	CHECK_HAS(text(w), "lại: [x]");
	CHECK_INT(200, ask(w, "GET", "/tim?n=5", "", ""));
	CHECK_INT(0, w->fake->value);
	site_free(w);
}

TEST(frame, rules_speak_beside_fields_that_do_not_parse)
{
	struct site *w = site_new(NULL);

	CHECK_INT(422, ask(w, "POST", "/them-luat", "s=7", TOKEN "&n=500"));
	CHECK_HAS(text(w), "500 nằm ngoài");
	CHECK_HAS(text(w), "Cả biểu không hợp.");
	CHECK(!strstr(text(w), "nói lần hai"));
	CHECK_INT(0, w->fake->value);
	site_free(w);
}

TEST(frame, a_failed_commit_is_a_503_to_send_again)
{
	struct site *w = site_new(NULL);

	atomic_store(&w->fake->fail_commit, 1);
	CHECK_INT(503, ask(w, "POST", "/them", "s=7", TOKEN "&n=5"));
	CHECK_TEXT("3", header(w, "Retry-After"));
	CHECK_TEXT("", w->reply.location);
	CHECK_INT(0, w->fake->value);
	atomic_store(&w->fake->fail_step_end, 1);
	CHECK_INT(503, ask(w, "POST", "/them", "s=7", TOKEN "&n=5"));
	CHECK_INT(0, w->fake->value);
	CHECK_INT(303, ask(w, "POST", "/them", "s=7", TOKEN "&n=5"));
	CHECK_INT(5, w->fake->value);
	site_free(w);
}

TEST(frame, what_the_world_ended_is_run_again_and_no_handler_sees_it)
{
	struct site *w = site_new(NULL);

	atomic_store(&w->fake->lose_commit, 2);
	CHECK_INT(303, ask(w, "POST", "/them", "s=7", TOKEN "&n=5"));
	CHECK_INT(5, w->fake->value);
	CHECK_INT(3, atomic_load(&w->fake->begun));
	atomic_store(&w->fake->lose_read, 2);
	CHECK_INT(200, ask(w, "GET", "/so/1", "s=7", ""));
	site_free(w);
}

TEST(frame, a_store_that_cannot_be_reached_is_a_503_that_says_when_to_ask_again)
{
	struct site *w = site_new(NULL);

	atomic_store(&w->fake->lose_commit, 100);
	CHECK_INT(503, ask(w, "POST", "/them", "s=7", TOKEN "&n=5"));
	atomic_store(&w->fake->lose_commit, 0);
	CHECK_INT(0, w->fake->value);
	CHECK_INT(4, atomic_load(&w->fake->begun));
	atomic_store(&w->fake->lose_begin, 1);
	CHECK_INT(503, ask(w, "GET", "/so/1", "s=7", ""));
	CHECK_TEXT("3", header(w, "Retry-After"));
	atomic_store(&w->fake->lose_read, 100);
	CHECK_INT(503, ask(w, "GET", "/so/1", "s=7", ""));
	atomic_store(&w->fake->lose_read, 0);
	CHECK_INT(200, ask(w, "GET", "/so/1", "s=7", ""));
	CHECK_INT(303, ask(w, "POST", "/them", "s=7", TOKEN "&n=5"));
	CHECK_INT(5, w->fake->value);
	site_free(w);
}

/* ---- a second place to read from: cookie g=1 may read there, g=2 finds out once there that it may not ---- */

static OUTCOME open_replica(void *fake, struct db **out)
{
	return fake_gate(fake).open(fake, false, out);
}

static bool may_lag(const struct request *req, struct db *db)
{
	const char *g = request_cookie(req, "g");

	return *g == '1' || (*g == '2' && !db);
}

static OUTCOME position(struct db *db, int64_t *out)
{
	*out = 42;
	return OK;
}

static void wrote(struct request *req, int64_t at)
{
	response_header(req, "X-Wrote", arena_format(req->ask.arena, "%lld", (long long)at));
}

static int64_t lagging(const struct site *w)
{
	struct server_counts counts;

	server_counts(w->server, &counts);
	return counts.lagging;
}

TEST(frame, a_page_is_read_from_the_replica_only_when_it_may_and_from_the_store_when_that_fails)
{
	struct site *w = site_new(NULL);

	w->gate.open_replica = open_replica;
	w->gate.may_lag = may_lag;
	w->gate.position = position;
	w->gate.wrote = wrote;
	CHECK_INT(200, ask(w, "GET", "/so/1", "s=7", ""));
	CHECK_INT(0, lagging(w));
	CHECK_INT(200, ask(w, "GET", "/so/1", "s=7; g=1", ""));
	CHECK_INT(1, lagging(w));
	CHECK_INT(200, ask(w, "GET", "/so/1", "s=7; g=2", ""));
	atomic_store(&w->fake->lose_begin, 1);           /* it is gone */
	CHECK_INT(200, ask(w, "GET", "/so/1", "s=7; g=1", ""));
	atomic_store(&w->fake->lose_read, 1);            /* it had to move on */
	CHECK_INT(200, ask(w, "GET", "/so/1", "s=7; g=1", ""));
	CHECK_INT(303, ask(w, "POST", "/them", "s=7; g=1", TOKEN "&n=5"));
	CHECK_TEXT("42", header(w, "X-Wrote"));
	CHECK_INT(1, lagging(w));
	atomic_store(&w->fake->fail_commit, 1);
	CHECK_INT(503, ask(w, "POST", "/them", "s=7; g=1", "token=bcdefghijklmnopq&n=5"));
	CHECK_TEXT("", header(w, "X-Wrote"));
	site_free(w);
}

TEST(frame, only_a_batch_with_something_to_undo_runs_twice)
{
	struct site *w = site_new(NULL);

	CHECK_INT(303, ask(w, "POST", "/them", "s=7", TOKEN "&n=5"));
	CHECK_INT(1, atomic_load(&w->fake->begun));
	CHECK_INT(409, ask(w, "POST", "/them", "s=7", "token=bcdefghijklmnopq&n=7&how=conflict"));
	CHECK_INT(3, atomic_load(&w->fake->begun));
	CHECK_INT(5, w->fake->value);
	CHECK_INT(303, ask(w, "POST", "/them", "s=7", "token=bcdefghijklmnopq&n=7"));
	CHECK_INT(4, atomic_load(&w->fake->begun));
	CHECK_INT(12, w->fake->value);
	site_free(w);
}

TEST(frame, a_late_read_is_begun_again_without_budget)
{
	struct site *w = site_new(NULL);

	atomic_store(&w->fake->always_late, true);
	CHECK_INT(200, ask(w, "GET", "/tre", "", ""));
	CHECK_TEXT("cuối cùng", text(w));
	CHECK_INT(2, atomic_load(&w->fake->enters));
	CHECK_INT(303, ask(w, "POST", "/them", "s=7", TOKEN "&n=5"));
	CHECK_INT(5, w->fake->value);
	site_free(w);
}

TEST(frame, who_saw_whom_is_noted_after_the_answer)
{
	struct site *w = site_new(NULL);
	struct fake *fake = w->fake;

	CHECK_INT(200, ask(w, "GET", "/so/5", "s=7", ""));
	CHECK_INT(303, ask(w, "GET", "/so/5", "", ""));
	CHECK_INT(404, ask(w, "GET", "/so/x", "s=7", ""));
	CHECK_INT(0, atomic_load(&fake->seen));
	server_free(w->server);
	CHECK_INT(1, atomic_load(&fake->seen));
	CHECK_INT(2, atomic_load(&fake->used));          /* a use is noted whatever the answer, once a request */
	w->server = fake_server(fake, &w->gate, NULL);
	site_free(w);
}

TEST(frame, files_and_etags_are_answered_from_the_cache)
{
	struct header h[] = { { "Accept-Encoding", "gzip, br;q=0" }, { "Cookie", "s=7" }, { "If-None-Match", "\"x\", W/\"p1\"" } };
	struct call call = { .method = "GET", .target = "/web/app.css", .headers = h, .n_headers = 1 };
	struct site *w = site_new(NULL);

	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_INT(200, w->reply.status);
	CHECK_TEXT("gzip", header(w, "Content-Encoding"));
	CHECK_TEXT("Accept-Encoding", header(w, "Vary"));
	CHECK_TEXT("public, max-age=31536000, immutable", header(w, "Cache-Control"));
	CHECK_TEXT("gz", text(w));
	h[0].value = "gzip, br";
	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_TEXT("b", text(w));
	h[0].value = "identity;q=1, gzip;q=0.0";
	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_TEXT("plain", text(w));
	h[0] = (struct header){ "If-None-Match", "\"abc\"" };
	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_INT(304, w->reply.status);
	CHECK_INT(0, w->reply.body.len);
	call = (struct call){ .method = "GET", .target = "/so/5", .headers = h, .n_headers = 3 };
	h[0] = (struct header){ "Accept", "*/*" };
	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_INT(304, w->reply.status);
	CHECK_TEXT("W/\"p1\"", header(w, "ETag"));
	CHECK_TEXT("private, no-cache", header(w, "Cache-Control"));
	site_free(w);
}

TEST(frame, pages_are_compressed_unless_an_outsider_could_measure)
{
	struct header h[] = { { "Accept-Encoding", "gzip" }, { "Cookie", "s=7" }, { "Sec-Fetch-Site", "same-origin" } };
	struct call call = { .method = "GET", .target = "/lon?q=a", .headers = h, .n_headers = 1 };
	struct site *w = site_new(NULL);

	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_TEXT("gzip", header(w, "Content-Encoding"));
	CHECK(w->reply.body.len < 20000 && !memcmp(w->reply.body.ptr, "\x1f\x8b", 2));
	call.n_headers = 2;
	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_TEXT("", header(w, "Content-Encoding"));
	CHECK_TEXT("Accept-Encoding", header(w, "Vary"));
	call.n_headers = 3;
	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_TEXT("gzip", header(w, "Content-Encoding"));
	call = (struct call){ .method = "GET", .target = "/lon", .headers = h, .n_headers = 2 };
	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_TEXT("gzip", header(w, "Content-Encoding"));
	site_free(w);
}

TEST(frame, files_to_keep_have_two_names)
{
	struct site *w = site_new(NULL);

	CHECK_INT(200, ask(w, "GET", "/tep", "", ""));
	CHECK_TEXT("inline; filename=\"B_o c_o _1_.pdf\"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20%221%22.pdf", header(w, "Content-Disposition"));
	CHECK_TEXT("%PDF", text(w));
	site_free(w);
}

TEST(frame, behind_a_proxy_cookies_are_bound_to_the_host)
{
	struct server_config config = { .behind_proxy = true };
	struct site *w = site_new(&config);

	CHECK_INT(303, ask(w, "GET", "/so/5", "s=7", ""));
	CHECK_INT(303, ask(w, "POST", "/them", "__Host-s=7", TOKEN "&n=5&how=cookie"));
	CHECK_TEXT("__Host-s=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60", header(w, "Set-Cookie"));
	CHECK_HAS(header(w, "Strict-Transport-Security"), "max-age");
	site_free(w);
	w = site_new(NULL);
	CHECK_INT(303, ask(w, "POST", "/them", "s=7", TOKEN "&n=5&how=cookie"));
	CHECK_TEXT("s=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60", header(w, "Set-Cookie"));
	site_free(w);
}

TEST(frame, only_allowed_hosts_are_served)
{
	static const char *const hosts[] = { "hoctap.vn" };
	struct server_config config = { .hosts = hosts, .n_hosts = 1 };
	struct header h[] = { { "Host", "evil.vn" } };
	struct call call = { .method = "GET", .target = "/", .headers = h, .n_headers = 1 };
	struct site *w = site_new(&config);

	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_INT(400, w->reply.status);
	h[0].value = "HocTap.vn:443";
	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_INT(200, w->reply.status);
	site_free(w);
}

TEST(frame, htmx_is_sent_to_sign_in_as_a_whole_page)
{
	struct header h[] = { { "HX-Request", "true" } };
	struct call call = { .method = "GET", .target = "/so/5", .headers = h, .n_headers = 1 };
	struct site *w = site_new(NULL);

	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_INT(200, w->reply.status);
	CHECK_TEXT("/dang-nhap?ve=%2Fso%2F5", header(w, "HX-Redirect"));
	site_free(w);
}

TEST(frame, bodies_are_judged_before_they_are_used)
{
	struct header h[] = { { "Cookie", "s=7" } };
	struct call call = { .method = "POST", .target = "/them", .headers = h, .n_headers = 1, .type = "text/plain", .body = { TOKEN, 22 } };
	struct site *w = site_new(NULL);
	char *big = malloc(BODY_MAX + 2);

	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_INT(415, w->reply.status);
	memset(big, 'a', BODY_MAX + 1);
	call.type = "";
	call.body = (struct bytes){ big, BODY_MAX + 1 };
	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_INT(413, w->reply.status);
	CHECK_INT(400, ask(w, "POST", "/them", "s=7", TOKEN "&n=%zz"));
	CHECK_INT(400, ask(w, "GET", "/?a=%zz", "", ""));
	memset(big, '&', 300);
	for (int i = 0; i < 101; i++)
		memcpy(big + i * 2, "a&", 2);
	memcpy(big, "/?", 2);
	big[250] = '\0';
	memcpy(big + 202, "a&a&a&", 6);
	CHECK_INT(414, ask(w, "GET", big, "", ""));
	memset(big, 'a', 5000);
	big[0] = '/';
	big[5000] = '\0';
	CHECK_INT(414, ask(w, "GET", big, "", ""));
	free(big);
	site_free(w);
}

#define UPLOAD(content) "--B\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nabcdefghijklmnop\r\n" \
	"--B\r\nContent-Disposition: form-data; name=\"papers\"; filename=\"a.jpg\"\r\n\r\n" content "\r\n--B--\r\n"

TEST(frame, uploads_are_prepared_off_the_writer)
{
	struct header h[] = { { "Cookie", "s=7" } };
	struct call call = { .method = "POST", .target = "/tep", .headers = h, .n_headers = 1, .type = "multipart/form-data; boundary=B",
		.body = { UPLOAD("hello"), strlen(UPLOAD("hello")) } };
	struct site *w = site_new(NULL);

	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_INT(200, w->reply.status);
	CHECK_TEXT("1 5", text(w));
	CHECK_INT(1, w->fake->value);
	call.body.len -= 4;
	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_INT(400, w->reply.status);
	call.body.len += 4;
	call.n_headers = 0;              /* nobody: nothing goes to disk, and nothing is stored */
	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_INT(401, w->reply.status);
	call.n_headers = 1;
	h[0].value = "s=e7";
	server_call(w->server, &call, w->arena, &w->reply);
	CHECK_INT(1, w->fake->value);
	site_free(w);
}

TEST(frame, streams_are_gathered_and_short_ones_are_plain)
{
	struct site *w = site_new(NULL);

	CHECK_INT(200, ask(w, "GET", "/dong?n=1", "", ""));
	CHECK_INT(3893, w->reply.body.len);
	CHECK_INT(200, ask(w, "GET", "/dong?n=60", "", ""));
	CHECK_INT(348894, w->reply.body.len);
	CHECK(!memcmp(w->reply.body.ptr, "60000\n59999\n", 12));
	CHECK_INT(500, ask(w, "GET", "/dong?n=67", "", ""));          /* breaks off on the way */
	site_free(w);
}

TEST(frame, all_routes_can_be_listed)
{
	struct site *w = site_new(NULL);
	const struct route **routes;

	CHECK_INT(fake_n_routes, server_routes(w->server, &routes, w->arena));
	CHECK(routes[0] == &fake_routes[0]);
	site_free(w);
}
