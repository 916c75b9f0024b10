/* Clients that are slow, hang up, or are too many, and a store that is far away or needs its reads back: nothing is held. */
#include "tests/test.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "http/exchange.h"
#include "http/fake_site.h"
#include "http/queue.h"

TEST(strain, one_byte_a_moment_does_not_hold_a_connection)
{
	struct site w;
	int slow[50];
	int64_t begun;

	site_start(&w, 2);
	for (size_t i = 0; i < COUNT(slow); i++) {
		slow[i] = dial(&w);
		say(slow[i], i % 2 ? "GET / HTTP/1.1\r\nX: " : "POST /them HTTP/1.1\r\n" HOST "Content-Length: 1000\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n",
			i % 2 ? 19 : strlen("POST /them HTTP/1.1\r\n" HOST "Content-Length: 1000\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"));
	}
	wait_for_in_flight(&w, COUNT(slow));
	CHECK_INT(200, probe(&w, "GET / HTTP/1.1\r\n" HOST "\r\n"));
	begun = time(NULL);
	while (site_counts(&w).in_flight && time(NULL) - begun < 10) {
		for (size_t i = 0; i < COUNT(slow); i++)
			say(slow[i], "y", 1);
		pause_ms(50);
	}
	CHECK_INT(0, site_counts(&w).in_flight);
	for (size_t i = 0; i < COUNT(slow); i++)
		close(slow[i]);
	site_stop(&w);
}

TEST(strain, a_client_that_hangs_up_leaves_nothing_held)
{
	static const char *const whole[] = {
		"POST /them HTTP/1.1\r\n" HOST "Cookie: s=7\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 26\r\n\r\n" BODY,
		UPLOAD("Cookie: s=7\r\n", "157") UPLOADED,
		"GET /dong?n=60 HTTP/1.1\r\n" HOST "\r\n",
		"GET /cham HTTP/1.1\r\n" HOST "\r\n",
	};
	struct site w;

	site_start(&w, 2);
	for (size_t i = 0; i < COUNT(whole); i++) {
		size_t len = strlen(whole[i]);

		for (size_t cut = 1; cut <= len; cut += cut < len && cut + 7 > len ? len - cut : 7) {
			int fd = dial(&w);
			struct linger now = { 1, 0 };

			say(fd, whole[i], cut);
			if (cut % 2)
				setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);         /* RST */
			close(fd);
		}
	}
	wait_for_in_flight(&w, 0);
	CHECK_INT(200, probe(&w, "GET / HTTP/1.1\r\n" HOST "\r\n"));
	site_stop(&w);
}

TEST(strain, a_full_queue_is_a_503_and_keeps_room_for_the_signed_in)
{
	struct queue q;
	struct arena *a = arena_new(8 * MiB);

	queue_init(&q, 8);
	for (int i = 0; i < 6; i++)
		CHECK(queue_push(&q, ARENA_NEW(a, struct exchange), QUEUE_ANYONE));
	CHECK(!queue_push(&q, ARENA_NEW(a, struct exchange), QUEUE_ANYONE));
	CHECK(queue_push(&q, ARENA_NEW(a, struct exchange), QUEUE_SIGNED_IN));
	CHECK(queue_push(&q, ARENA_NEW(a, struct exchange), QUEUE_SIGNED_IN));
	CHECK(!queue_push(&q, ARENA_NEW(a, struct exchange), QUEUE_SIGNED_IN));
	CHECK(queue_push(&q, ARENA_NEW(a, struct exchange), QUEUE_STREAM));
	queue_stop(&q);
	CHECK(!queue_push(&q, ARENA_NEW(a, struct exchange), QUEUE_STREAM));
	for (int i = 0; i < 9; i++)
		CHECK(queue_pop(&q, -1));
	CHECK(!queue_pop(&q, -1));
	queue_release(&q);
	arena_free(a);
}

TEST(strain, overload_is_answered_at_once_and_passes)
{
	enum { MANY = 900 };             /* a work queue of 1024 takes 768 from strangers */
	struct site w;
	int fds[MANY], shed = 0, done = 0;

	site_start(&w, 1);
	fake_hold(w.fake, true);
	for (int i = 0; i < MANY; i++) {
		fds[i] = dial(&w);
		say_text(fds[i], "GET /cham HTTP/1.1\r\n" HOST "\r\n");
	}
	for (int i = 0; i < 2000 && site_counts(&w).shed < MANY - 769; i++)
		pause_ms(5);
	CHECK_INT(MANY - 769, site_counts(&w).shed);
	CHECK_INT(200, probe(&w, "GET / HTTP/1.1\r\n" HOST "\r\n"));
	fake_hold(w.fake, false);
	for (int i = 0; i < MANY; i++) {
		char *answer = hear_all(fds[i]);

		shed += status_of(answer) == 503 && strstr(answer, "Retry-After: 3");
		done += status_of(answer) == 200;
		free(answer);
	}
	CHECK_INT(MANY - 769, shed);
	CHECK_INT(769, done);
	site_stop(&w);
}

TEST(strain, a_first_line_that_never_ends_is_due_since_the_connection_began)
{
	struct site w;
	int slow[3];
	char byte;
	int64_t begun;
	bool open = true;

	site_start(&w, 2);               /* patience: a second */
	begun = time(NULL);
	for (size_t i = 0; i < COUNT(slow); i++)
		slow[i] = dial(&w);
	say_text(slow[0], "GET /");
	say_text(slow[1], "GET / HTTP/1.1\r\nX: ");      /* 700 ms later: its head is no later due for its first line */
	while (open && time(NULL) - begun < 10) {
		open = false;
		for (size_t i = 0; i < COUNT(slow); i++) {
			ssize_t got = recv(slow[i], &byte, 1, MSG_DONTWAIT);

			if (i < 2 && (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))) {
				say(slow[i], "y", 1);
				open = true;
			}
		}
		pause_ms(50);
	}
	CHECK(!open);
	CHECK(time(NULL) - begun <= 4);
	for (size_t i = 0; i < COUNT(slow); i++)
		close(slow[i]);
	site_stop(&w);
}


TEST(strain, nothing_on_a_loop_waits_for_a_store_that_is_far_away)
{
	static const struct { const char *text; int status; } cases[] = {
		{ "GET /khong-co HTTP/1.1\r\n" HOST "Cookie: s=7\r\n\r\n", 404 },
		{ "POST /khong-co HTTP/1.1\r\n" HOST "Cookie: s=7\r\nContent-Length: 3\r\n\r\nabc", 404 },
		{ "GET / HTTP/1.1\r\n" HOST "Cookie: s=7\r\n\r\n", 200 },
		{ UPLOAD("Cookie: s=7\r\n", "157") UPLOADED, 200 },
		{ UPLOAD("Cookie: s=x\r\n", "157") UPLOADED, 401 },
	};
	struct site w;
	int fds[COUNT(cases)];

	site_start_remote(&w);
	atomic_store(&w.fake->slow_enter, true);
	fake_hold(w.fake, true);
	for (size_t i = 0; i < COUNT(cases); i++) {
		fds[i] = dial(&w);
		say_text(fds[i], cases[i].text);
	}
	wait_for_in_flight(&w, COUNT(cases));
	CHECK_INT(200, probe(&w, "GET /web/app.css HTTP/1.1\r\n" HOST "\r\n"));
	CHECK_INT(404, probe(&w, "GET /khong-co HTTP/1.1\r\n" HOST "\r\n"));
	CHECK_INT(COUNT(cases), site_counts(&w).in_flight);
	fake_hold(w.fake, false);
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *answer = hear_all(fds[i]);

		if (status_of(answer) != cases[i].status)
			fail_msg("case %zu: %d, expected %d: %s", i, status_of(answer), cases[i].status, answer);
		free(answer);
	}
	site_stop(&w);
}

TEST(strain, a_large_upload_of_a_stranger_is_refused_unread_there_too)
{
	struct site w;
	char *answer;
	int fd;

	site_start_remote(&w);
	fd = dial(&w);
	say_text(fd, UPLOAD("", "8000000") "--B\r\nContent-Disposition: form-data;");
	answer = hear_all(fd);
	CHECK_INT(401, status_of(answer));
	free(answer);
	wait_for_in_flight(&w, 0);
	site_stop(&w);
}

TEST(strain, overload_leaves_room_for_the_signed_in)
{
	enum { MANY = 800 };
	static const char stranger_asks[] = "GET /cham HTTP/1.1\r\n" HOST "\r\n", own_asks[] = "GET /cham HTTP/1.1\r\n" HOST
		"Cookie: s=7\r\n\r\n";
	struct site w;
	int fds[MANY], own, stranger;
	char *answer;

	site_start(&w, 1);
	fake_hold(w.fake, true);
	for (int i = 0; i < MANY; i++) {
		fds[i] = dial(&w);
		say_text(fds[i], stranger_asks);
	}
	for (int i = 0; i < 2000 && site_counts(&w).shed < MANY - 769; i++)
		pause_ms(5);
	CHECK_INT(MANY - 769, site_counts(&w).shed);
	own = dial(&w);
	say_text(own, own_asks);
	stranger = dial(&w);
	say_text(stranger, stranger_asks);
	answer = hear_all(stranger);
	CHECK_INT(503, status_of(answer));
	CHECK_HAS(answer, "Retry-After: ");
	free(answer);
	fake_hold(w.fake, false);
	answer = hear_all(own);
	CHECK_INT(200, status_of(answer));
	free(answer);
	for (int i = 0; i < MANY; i++)
		free(hear_all(fds[i]));
	CHECK_INT(200, probe(&w, stranger_asks));
	CHECK_INT(0, site_counts(&w).queued);
	site_stop(&w);
}

TEST(strain, a_stream_that_stands_still_is_cut_when_the_store_needs_it)
{
	struct site w;
	int fd, small = 4096;

	site_start(&w, 1);
	fd = dial(&w);
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
	say_text(fd, "GET /dong-dai HTTP/1.1\r\n" HOST "\r\n");
	wait_for_in_flight(&w, 1);
	pause_ms(300);
	CHECK_INT(1, site_counts(&w).in_flight);
	atomic_store(&w.fake->cut_before, INT64_MAX);
	wait_for_in_flight(&w, 0);
	close(fd);
	site_stop(&w);
}
