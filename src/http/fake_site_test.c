#include "http/fake_site.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/test.h"

void site_start(struct site *w, int workers)
{
	struct server_config config = { .workers = workers, .patience = 1 };

	w->fake = fake_new();
	w->gate = fake_gate(w->fake);
	w->server = fake_server(w->fake, &w->gate, &config);
	CHECK(w->server && server_start(w->server) == OK);
}

struct server_counts site_counts(const struct site *w)
{
	struct server_counts c;

	server_counts(w->server, &c);
	return c;
}

void site_start_remote(struct site *w)
{
	struct server_config config = { .workers = 1, .loops = 1, .patience = 5 };

	w->fake = fake_new();
	w->gate = fake_gate(w->fake);
	w->gate.remote = true;
	w->server = fake_server(w->fake, &w->gate, &config);
	CHECK(w->server && server_start(w->server) == OK);
}

void site_stop(struct site *w)
{
	server_stop(w->server);
	CHECK_INT(0, site_counts(w).in_flight);
	server_free(w->server);
	CHECK_INT(atomic_load(&w->fake->opened), atomic_load(&w->fake->closed));
	fake_free(w->fake);
}

int dial(const struct site *w)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)server_port(w->server)), .sin_addr = { htonl(INADDR_LOOPBACK) } };
	struct timeval patience = { .tv_sec = 20 };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	CHECK_INT(0, connect(fd, (const struct sockaddr *)&at, sizeof at));
	return fd;
}

void say(int fd, const void *data, size_t len)
{
	const char *at = data;

	while (len) {
		ssize_t n = send(fd, at, len, MSG_NOSIGNAL);

		if (n <= 0)
			return;
		at += n;
		len -= (size_t)n;
	}
}

void say_text(int fd, const char *text)
{
	say(fd, text, strlen(text));
}

char *hear_all(int fd)
{
	size_t used = 0, cap = 1 << 20;
	char *all = malloc(cap);

	for (ssize_t n; used < cap - 1 && (n = recv(fd, all + used, cap - 1 - used, 0)) > 0;)
		used += (size_t)n;
	all[used] = '\0';
	close(fd);
	return all;
}

int status_of(const char *answer)
{
	return strncmp(answer, "HTTP/1.1 ", 9) ? 0 : (int)strtol(answer + 9, NULL, 10);
}

int probe_bytes(const struct site *w, const void *data, size_t len)
{
	int fd = dial(w), status;
	char *answer;

	say(fd, data, len);
	answer = hear_all(fd);
	status = status_of(answer);
	free(answer);
	return status;
}

int probe(const struct site *w, const char *text)
{
	return probe_bytes(w, text, strlen(text));
}

void pause_ms(long ms)
{
	nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 }, NULL);
}

void wait_for_in_flight(const struct site *w, int64_t n)
{
	for (int i = 0; site_counts(w).in_flight != n && i < 1000; i++)
		pause_ms(5);
	CHECK_INT(n, site_counts(w).in_flight);
}
