/* deadline.h: no connection waits for its client for ever. libmicrohttpd's time-out only knows silence; one byte a second is
 * not silence. Each connection has one absolute deadline; a clock thread shuts down the sockets past theirs. */
#ifndef HTTP_DEADLINE_H
#define HTTP_DEADLINE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { RATE_MIN = 2048 };                /* bytes a second a client must manage once its patience is used up */

struct connection {
	int fd;
	_Atomic bool asked;              /* its first request has begun */
	_Atomic int64_t deadline;        /* monotonic ms; 0: none */
	int64_t body_began;
	_Atomic int64_t stream_began;    /* monotonic ms; 0: it is sent none */
	void *exchange;                  /* begun and not yet completed */
	struct connection *before, *next;
};

struct deadlines {
	pthread_mutex_t lock;
	pthread_cond_t stop;
	pthread_t clock;
	struct connection *first;
	int64_t patience_ms;
	int64_t (*cut_before)(void *);   /* streams begun before this are cut: each holds a read of the store open */
	void *app;
	bool stopped;
};

/* Starts the clock thread. */
void deadlines_init(struct deadlines *, int patience_seconds, int64_t (*cut_before)(void *app), void *app);
void deadlines_release(struct deadlines *);

struct connection *connection_new(struct deadlines *, int fd);           /* its first request's head is due */
size_t connections_silent(struct deadlines *);            /* those that have not asked for anything yet */
void connection_free(struct deadlines *, struct connection *);           /* before the socket is closed */
void connection_head(struct deadlines *, struct connection *);           /* its first line came */
void connection_body(struct deadlines *, struct connection *, int64_t received);
void connection_ours(struct connection *);                               /* all has come; it is our turn */
void connection_sending(struct deadlines *, struct connection *, int64_t size);  /* -1: a stream */
void connection_idle(struct deadlines *, struct connection *);

#endif
