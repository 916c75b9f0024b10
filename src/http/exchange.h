/* exchange.h: one request from its first line to its last byte, private to http/. It lives in its own arena and belongs to one
 * thread at a time: the event loop, a worker, the writer, the loop again. */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include <time.h>

#include "http/input.h"
#include "http/multipart.h"
#include "http/router.h"
#include "http/server.h"
#include "http/strict.h"

enum { EXCHANGE_ARENA = 64 << 20, BODY_MAX = 1 << 20, KEEP_MAX = 64 << 10, SMALL_BODY = 64 << 10, REPLY_HEADERS = 32 };

/* What is to be done next with it. */
enum plan { PLAN_NEW, PLAN_READ, PLAN_AGAIN, PLAN_WORK, PLAN_PREPARE, PLAN_WRITE, PLAN_KEEP, PLAN_GREET, PLAN_ANSWERED };
/* Where it stands for libmicrohttpd's callbacks. */
enum stage { STAGE_NEW, STAGE_BODY, STAGE_AWAY, STAGE_READY, STAGE_SENDING };

struct stream;
struct connection;
struct readers;

struct exchange {
	struct request req;
	struct server *server;
	struct arena *arena;
	struct problems problems;
	struct input input;
	char id[10];                     /* Q7W2-HX4D */
	struct timespec began;

	/* As it came. */
	struct raw raw;
	int64_t length, received;
	struct buf body;                 /* urlencoded, so far */
	struct multipart *multipart;
	int64_t spool_reserved;
	int refused;                     /* a status decided before the body was read; the body is swallowed */
	const char *refused_why, *allow;
	bool close;                      /* the connection ends with this answer */
	bool unknown;                    /* no such page: said once it is known who asks */
	bool greeting;                   /* PLAN_GREET is done, its body may come */

	/* On its way. */
	const struct router_row *row;
	const char *file;                /* what was answered without a route: a static file, /healthz */
	enum plan plan, planned;         /* planned: what a step on the writer began with */
	bool is_head, ended, noted;
	int64_t account;
	const char *token;
	unsigned char body_hash[32];
	bool seen;                       /* SEES: to be noted once the answer is certain */

	/* Its answer, whole: status, body and location stand in req.response. */
	struct header headers[REPLY_HEADERS];
	size_t n_headers;
	struct stream *stream;
	struct db *reader;               /* held for as long as a stream runs */
	struct readers *pool;            /* where it came from */

	/* libmicrohttpd and the queues. */
	enum stage stage;
	bool sending;                    /* its answer was queued: a stream comes back from AWAY to SENDING */
	struct connection *connection;
	void *handle;                    /* struct MHD_Connection */
	struct exchange *next;
};

struct exchange *exchange_new(struct server *, const char *target);      /* target is copied */
void exchange_free(struct exchange *);

/* The head is known (raw is filled). False: req.response is an answer to be sent now, the body unread. PLAN_GREET: off the event
 * loop exchange_greet has to ask who sends files, before the body is read. */
bool exchange_head(struct exchange *);
/* May leave an answer, to be sent now, the body unread. */
void exchange_greet(struct exchange *);
void exchange_body(struct exchange *, const char *data, size_t len);
/* The body is whole: it is parsed; plan is PLAN_NEW, or PLAN_ANSWERED when it was refused. */
void exchange_end(struct exchange *);

/* Replaces any answer by the gate's page for `status`; why NULL: the usual words. Sets PLAN_ANSWERED. */
void exchange_error(struct exchange *, int status, const char *why);
/* Makes the answer whole: security headers, 304, compression, HEAD. */
void exchange_complete(struct exchange *);
int64_t exchange_microseconds(const struct exchange *);

#endif
