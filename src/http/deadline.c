#include "http/deadline.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "base/bug.h"

enum { STREAM_SECONDS = 1800 };

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* A shut socket makes libmicrohttpd close the connection as if the client had gone; the descriptor stays its own. */
static void shut_late(struct deadlines *d)
{
	int64_t now = now_ms(), cut = d->cut_before(d->app);

	for (struct connection *c = d->first; c; c = c->next) {
		int64_t deadline = atomic_load(&c->deadline), began = atomic_load(&c->stream_began);

		if ((deadline && now > deadline) || (began && began < cut)) {
			shutdown(c->fd, SHUT_RDWR);
			atomic_store(&c->deadline, 0);
			atomic_store(&c->stream_began, 0);
		}
	}
}

static void *clock_main(void *deadlines)
{
	struct deadlines *d = deadlines;

	pthread_mutex_lock(&d->lock);
	while (!d->stopped) {
		struct timespec until;
		int64_t next = now_ms() + d->patience_ms / 30;

		until.tv_sec = next / 1000;
		until.tv_nsec = next % 1000 * 1000000;
		pthread_cond_timedwait(&d->stop, &d->lock, &until);
		shut_late(d);
	}
	pthread_mutex_unlock(&d->lock);
	return NULL;
}

void deadlines_init(struct deadlines *d, int patience_seconds, int64_t (*cut_before)(void *app), void *app)
{
	pthread_condattr_t attr;

	*d = (struct deadlines){ .patience_ms = patience_seconds * 1000LL, .cut_before = cut_before, .app = app };
	pthread_mutex_init(&d->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&d->stop, &attr);
	pthread_condattr_destroy(&attr);
	BUG_ON(pthread_create(&d->clock, NULL, clock_main, d));
}

void deadlines_release(struct deadlines *d)
{
	pthread_mutex_lock(&d->lock);
	d->stopped = true;
	pthread_cond_broadcast(&d->stop);
	pthread_mutex_unlock(&d->lock);
	pthread_join(d->clock, NULL);
	BUG_ON(d->first);
	pthread_cond_destroy(&d->stop);
	pthread_mutex_destroy(&d->lock);
}

struct connection *connection_new(struct deadlines *d, int fd)
{
	struct connection *c = calloc(1, sizeof *c);

	BUG_ON(!c);
	c->fd = fd;
	atomic_store(&c->deadline, now_ms() + d->patience_ms);
	pthread_mutex_lock(&d->lock);
	c->next = d->first;
	if (d->first)
		d->first->before = c;
	d->first = c;
	pthread_mutex_unlock(&d->lock);
	return c;
}

size_t connections_silent(struct deadlines *d)
{
	size_t n = 0;

	pthread_mutex_lock(&d->lock);
	for (const struct connection *c = d->first; c; c = c->next)
		n += !c->asked;
	pthread_mutex_unlock(&d->lock);
	return n;
}

void connection_free(struct deadlines *d, struct connection *c)
{
	pthread_mutex_lock(&d->lock);
	if (c->before)
		c->before->next = c->next;
	else
		d->first = c->next;
	if (c->next)
		c->next->before = c->before;
	pthread_mutex_unlock(&d->lock);
	free(c);
}

void connection_head(struct deadlines *d, struct connection *c)
{
	c->body_began = 0;
	if (c->asked)                    /* the first head was due since the connection began */
		atomic_store(&c->deadline, now_ms() + d->patience_ms);
	c->asked = true;
}

void connection_body(struct deadlines *d, struct connection *c, int64_t received)
{
	if (!c->body_began)
		c->body_began = now_ms();
	atomic_store(&c->deadline, c->body_began + d->patience_ms + received * 1000 / RATE_MIN);
}

void connection_ours(struct connection *c)
{
	atomic_store(&c->deadline, 0);
}

void connection_sending(struct deadlines *d, struct connection *c, int64_t size)
{
	int64_t seconds = size < 0 ? STREAM_SECONDS : size / RATE_MIN;

	atomic_store(&c->deadline, now_ms() + 2 * d->patience_ms + seconds * 1000);
	if (size < 0)
		atomic_store(&c->stream_began, now_ms());
}

void connection_idle(struct deadlines *d, struct connection *c)
{
	atomic_store(&c->stream_began, 0);
	atomic_store(&c->deadline, now_ms() + 2 * d->patience_ms);
}
