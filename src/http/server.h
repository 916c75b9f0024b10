/* server.h: the listening server, and the same router driven in process by tests (no socket, no port).
 *
 * Threads: libmicrohttpd's event loops run READ handlers; `workers` run WORK and prepare; one writer runs WRITE handlers in
 * batches (64 operations, 20 ms or an empty queue). Queues are bounded: full means 503 with Retry-After, signed-in work first.
 * A suspended connection is resumed exactly once, also at stop. */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "http/gate.h"
#include "http/route.h"

struct server_config {
	const char *address;             /* 127.0.0.1 */
	int port;                        /* 0: any free one, see server_port */
	int listen_fd;                   /* -1, or a socket handed over (socket activation) */
	int loops, workers;              /* 0: 2 and 2 */
	bool behind_proxy;               /* TLS ends in front: Secure cookies, X-Forwarded-For and -Proto believed */
	const char *const *hosts;        /* allowed Host names; NULL: any */
	size_t n_hosts;
	const struct route_table *tables;
	size_t n_tables;
	const struct gate *gate;
	const struct static_file *files; /* build/web: name, type, etag, raw, gzip, brotli */
	size_t n_files;
	const char *spool_dir;           /* uploads lie here, unlinked */
	int patience;                    /* seconds a client has to send its headers, and before its rate counts; 0: 30 */
	bool quiet;                      /* no log line a request (tests) */
};

struct static_file {
	const char *path;                /* "/web/app.3f2a.css": the name carries its hash, so it may be kept for ever */
	const char *type, *etag;
	struct bytes plain, gzip, brotli;       /* gzip, brotli: len 0 when not smaller */
};

/* NULL with the reason logged: a form declared wrongly, two routes alike, an unusable spool_dir. Opens no port and no thread. */
struct server *server_new(const struct server_config *);
OUTCOME server_start(struct server *);           /* FAILED with the reason logged: port taken */
int server_port(const struct server *);
/* Graceful: answers what is under way for 10 s (a third of patience), then 503; a handler that runs is waited for. */
void server_stop(struct server *);
void server_free(struct server *);

struct server_counts { int64_t requests, in_flight, queued, lagging, writes, batches, shed, refused; };
void server_counts(const struct server *, struct server_counts *out);

/* What the frame itself answers, without gate: /healthz (503 while stopping), /metrics (only to the machine itself). */

/* In process: the whole path (strict checks, form, gate, class, token) on the caller's thread; calls take turns and need no
 * server_start. A stream is gathered into the body; without a Host header the first allowed name is meant. */
struct call {
	const char *method, *target;             /* "GET", "/don-vi?q=hoa" */
	const struct header *headers;            /* Cookie … */
	size_t n_headers;
	const char *type;                        /* of the body; "" = application/x-www-form-urlencoded */
	struct bytes body;
};
struct reply {
	int status;
	const char *type, *location;
	struct header headers[32];
	size_t n_headers;
	struct bytes body;
};
void server_call(struct server *, const struct call *, struct arena *, struct reply *out);
/* In process: writes what calls have left to be noted (who was seen); a running server's writer does so by itself. */
void notes_flush(struct server *);

/* All routes, for the permission matrix and the tests. */
size_t server_routes(const struct server *, const struct route ***out, struct arena *);
/* The row that answers a method and path (without its query). NULL: none. */
const struct route *server_route(const struct server *, enum route_method, struct arena *, const char *path);

#endif
