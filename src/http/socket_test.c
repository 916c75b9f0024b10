/* Against the real thing on loopback: what strict.c must see through libmicrohttpd, streams, commits that fail, stop. */
#include "tests/test.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/fake_site.h"

static int post(int fd, const char *token, int n)
{
	char body[100], all[400], answer[2000] = "";
	int len = snprintf(body, sizeof body, "token=%s&n=%d", token, n);

	len = snprintf(all, sizeof all, "POST /them HTTP/1.1\r\nHost: x\r\nCookie: s=7\r\nContent-Type: application/x-www-form-urlencoded\r\n"
		"Content-Length: %d\r\n\r\n%s", len, body);
	say(fd, all, (size_t)len);
	for (size_t used = 0; !strstr(answer, "\r\n\r\n");) {
		ssize_t got = recv(fd, answer + used, sizeof answer - 1 - used, 0);

		if (got <= 0)
			break;
		used += (size_t)got;
		answer[used] = '\0';
	}
	return status_of(answer);
}

TEST(socket, answers_and_keeps_alive)
{
	static const char twice[] = "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HTTP/1.1\r\n" HOST "\r\n";
	struct site w;
	char *answer;
	int fd;

	site_start(&w, 2);
	fd = dial(&w);
	say(fd, twice, strlen(twice));
	answer = hear_all(fd);
	CHECK_HAS(answer, "chào");
	CHECK_HAS(answer, "\r\n\r\nok\n");
	CHECK_HAS(answer, "Content-Security-Policy: default-src 'none'");
	free(answer);
	fd = dial(&w);
	CHECK_INT(303, post(fd, "abcdefghijklmnop", 5));
	CHECK_INT(303, post(fd, "abcdefghijklmnop", 5));
	CHECK_INT(303, post(fd, "abcdefghijklmnoq", 6));
	CHECK_INT(11, w.fake->value);
	close(fd);
	site_stop(&w);
}

TEST(socket, refuses_what_the_library_lets_pass)
{
	static const struct { int status; const char *bytes; } cases[] = {
		{ 200, "GET / HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "POST /them HTTP/1.1\r\n" HOST "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd" },
		{ 400, "POST /them HTTP/1.1\r\n" HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" },
		{ 400, "POST /them HTTP/1.1\r\n" HOST "Transfer-Encoding : chunked\r\nContent-Length: 3\r\n\r\nabc" },
		{ 400, "POST /them HTTP/1.1\r\n" HOST "Transfer-Encoding: xchunked\r\nContent-Length: 3\r\n\r\nabc" },
		{ 411, "POST /them HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" },
		{ 411, "POST /them HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET / HTTP/1.1\r\n" HOST "X-A: b\r\n folded\r\n\r\n" },
		{ 400, "GET / HTTP/1.1\r\n" HOST "Content-Length: 0\r\n 5\r\nX-B: c\r\n\r\n" },
		{ 400, "GET / HTTP/1.1\r\n Host: x\r\nX-B: c\r\n\r\n" },
		{ 200, "GET / HTTP/1.1\r\nConnection: close\r\nHost:   x\r\nX-B:\r\nX-C:\t c \r\n\r\n" },
		{ 400, "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" },
		{ 400, "GET / HTTP/1.1\r\n\r\n" },
		{ 400, "GET http://x/ HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET //x HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET /%00 HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET /a/../b HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET /%ff HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET /?a=%00 HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET / HTTP/1.1\r\n" HOST "X-A: b\rc\r\n\r\n" },
		{ 400, "GET / HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc" },
		{ 405, "BREW / HTTP/1.1\r\n" HOST "\r\n" },
		{ 405, "PUT /them HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc" },
		{ 400, "GET / HTTP/1.1\r\n" HOST "X Y: b\r\n\r\n" },
		{ 417, "POST /them HTTP/1.1\r\n" HOST "Content-Length: 3\r\nExpect: magic\r\n\r\nabc" },
	};
	struct site w;

	site_start(&w, 2);
	for (size_t i = 0; i < COUNT(cases); i++) {
		int got = probe(&w, cases[i].bytes);

		if (got != cases[i].status)
			fail_msg("case %zu: %d, expected %d", i, got, cases[i].status);
	}
	site_stop(&w);
}

/* Where the library gives no answer at all, at least the connection must end at once. */
TEST(socket, refuses_what_is_too_much)
{
	static const char nul[] = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-A: b\0c\r\nX-\x01: d\r\n\r\n";
	struct site w;
	char *text = malloc(200000);
	size_t len;
	int status;

	site_start(&w, 2);
	len = (size_t)sprintf(text, "GET /?");
	for (int i = 0; i < 150; i++)
		len += (size_t)sprintf(text + len, "a&");
	sprintf(text + len, " HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(414, probe(&w, text));
	len = (size_t)sprintf(text, "GET /?");
	for (int i = 0; i < 1000; i++)
		len += (size_t)sprintf(text + len, "a&");
	sprintf(text + len, " HTTP/1.1\r\n" HOST "\r\n");
	status = probe(&w, text);
	CHECK(status == 0 || status >= 400);
	len = (size_t)sprintf(text, "GET /");
	memset(text + len, 'a', 5000);
	sprintf(text + len + 5000, " HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(414, probe(&w, text));
	len = (size_t)sprintf(text, "GET / HTTP/1.1\r\n" HOST);
	for (int i = 0; i < 120; i++)
		len += (size_t)sprintf(text + len, "X-%d: y\r\n", i);
	sprintf(text + len, "\r\n");
	CHECK_INT(431, probe(&w, text));
	len = (size_t)sprintf(text, "GET / HTTP/1.1\r\n" HOST "Cookie: ");
	for (int i = 0; i < 101; i++)
		len += (size_t)sprintf(text + len, "c%d=1; ", i);
	sprintf(text + len, "\r\n\r\n");
	CHECK_INT(431, probe(&w, text));
	len = (size_t)sprintf(text, "GET / HTTP/1.1\r\n" HOST "Cookie: ");
	for (int i = 0; i < 700; i++)
		len += (size_t)sprintf(text + len, "c%d=1; ", i);
	sprintf(text + len, "\r\n\r\n");
	status = probe(&w, text);
	CHECK(status == 0 || status >= 400);
	CHECK_INT(400, probe_bytes(&w, nul, sizeof nul - 1));
	free(text);
	site_stop(&w);
}

TEST(socket, a_body_over_the_limit_is_swallowed_and_answered)
{
	struct site w;
	char head[200], *body = calloc(1, 3 << 20);
	int fd;
	char *answer;

	site_start(&w, 2);
	memset(body, 'a', 3 << 20);
	fd = dial(&w);
	snprintf(head, sizeof head, "POST /them HTTP/1.1\r\n" HOST "Content-Type: application/x-www-form-urlencoded\r\n"
		"Content-Length: %d\r\n\r\n", 3 << 20);
	say(fd, head, strlen(head));
	say(fd, body, 3 << 20);
	answer = hear_all(fd);
	CHECK_INT(413, status_of(answer));
	free(answer);
	fd = dial(&w);                   /* far over: answered at once and closed, whatever else would come */
	snprintf(head, sizeof head, "POST /them HTTP/1.1\r\n" HOST "Content-Length: 900000000\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n");
	say(fd, head, strlen(head));
	answer = hear_all(fd);
	CHECK_INT(413, status_of(answer));
	free(answer);
	free(body);
	site_stop(&w);
}

TEST(socket, a_stream_arrives_whole_and_a_broken_one_shows)
{
	struct site w;
	char *answer;
	int fd;

	site_start(&w, 1);
	fd = dial(&w);
	say_text(fd, "GET /dong?n=60 HTTP/1.1\r\n" HOST "\r\n");
	answer = hear_all(fd);
	CHECK_INT(200, status_of(answer));
	CHECK_HAS(answer, "Transfer-Encoding: chunked");
	CHECK_HAS(answer, "\n1\n\r\n0\r\n");
	free(answer);
	fd = dial(&w);
	say_text(fd, "GET /dong?n=90 HTTP/1.1\r\n" HOST "\r\n");
	answer = hear_all(fd);
	CHECK_INT(200, status_of(answer));
	CHECK(!strstr(answer, "\r\n0\r\n"));
	free(answer);
	site_stop(&w);
}

/* With the only worker held, its queue fills: strangers are turned away first, the signed-in quarter last. */
struct posting { const struct site *site; int number, ok, wrong; };

static void *post_many(void *what)
{
	struct posting *p = what;
	int fd = dial(p->site);

	for (int i = 0; i < 50; i++) {
		char token[40];

		snprintf(token, sizeof token, "thread-%04d-post-%04d", p->number, i);
		for (int tries = 0; tries < 20; tries++) {
			int status = post(fd, token, 1);

			if (status == 303) {
				p->ok++;
				break;
			}
			p->wrong += status != 503;
			close(fd);               /* what is left of the page is of no interest */
			fd = dial(p->site);
		}
	}
	close(fd);
	return NULL;
}

TEST(socket, failed_commits_are_sent_again_and_nothing_is_done_twice)
{
	enum { CLIENTS = 8 };
	struct posting posting[CLIENTS];
	pthread_t threads[CLIENTS];
	struct site w;

	site_start(&w, 2);
	atomic_store(&w.fake->fail_commit, 3);
	for (int i = 0; i < CLIENTS; i++) {
		posting[i] = (struct posting){ .site = &w, .number = i };
		pthread_create(&threads[i], NULL, post_many, &posting[i]);
	}
	for (int i = 0; i < CLIENTS; i++) {
		pthread_join(threads[i], NULL);
		CHECK_INT(50, posting[i].ok);
		CHECK_INT(0, posting[i].wrong);
	}
	CHECK_INT(CLIENTS * 50, w.fake->value);
	CHECK(site_counts(&w).batches <= site_counts(&w).writes);
	site_stop(&w);
}

static void *release_later(void *what)
{
	struct site *w = what;

	pause_ms(w->release_after);
	fake_hold(w->fake, false);
	return NULL;
}

TEST(socket, a_graceful_stop_answers_what_is_under_way)
{
	struct site w;
	pthread_t later;
	int fds[20], idle;

	site_start(&w, 2);
	idle = dial(&w);
	fake_hold(w.fake, true);
	for (size_t i = 0; i < COUNT(fds); i++) {
		fds[i] = dial(&w);
		say_text(fds[i], "GET /cham HTTP/1.1\r\n" HOST "\r\n");
	}
	wait_for_in_flight(&w, COUNT(fds));
	w.release_after = 100;
	pthread_create(&later, NULL, release_later, &w);
	server_stop(w.server);
	pthread_join(later, NULL);
	for (size_t i = 0; i < COUNT(fds); i++) {
		char *answer = hear_all(fds[i]);

		CHECK_INT(200, status_of(answer));
		free(answer);
	}
	close(idle);
	site_stop(&w);
}

TEST(socket, a_stop_that_waited_long_enough_turns_the_queue_away)
{
	struct site w;
	pthread_t later;
	int fds[5], done = 0, shed = 0;

	site_start(&w, 1);
	fake_hold(w.fake, true);
	for (size_t i = 0; i < COUNT(fds); i++) {
		fds[i] = dial(&w);
		say_text(fds[i], "GET /cham HTTP/1.1\r\n" HOST "\r\n");
	}
	wait_for_in_flight(&w, COUNT(fds));
	w.release_after = 600;
	pthread_create(&later, NULL, release_later, &w);
	server_stop(w.server);
	pthread_join(later, NULL);
	for (size_t i = 0; i < COUNT(fds); i++) {
		char *answer = hear_all(fds[i]);

		done += status_of(answer) == 200;
		shed += status_of(answer) == 503;
		free(answer);
	}
	CHECK_INT(1, done);
	CHECK_INT(COUNT(fds) - 1, shed);
	site_stop(&w);
}

/* Not even a first line: no request has begun, and the connection ends all the same, as soon as a head that comes slowly. */
/* The only loop goes on answering while the store, far away, has not yet said who asks. */
/* Too much to swallow, from who may not send it: the worker has said so before the body was read. */
/* Strangers have filled their share: who is signed in still gets a place, and afterwards all is as before. */
/* A client that does not read on holds a read of the store open: it is let go when the store has to be rid of it. */
