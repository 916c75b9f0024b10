/* parts.h: what the server is made of, private to http/. Threads and who owns what: README.md. */
#ifndef HTTP_PARTS_H
#define HTTP_PARTS_H

#include <pthread.h>
#include <stdatomic.h>

#include "http/exchange.h"
#include "http/queue.h"

enum {
	READ_BUDGET_MS = 5, REMOTE_BUDGET_MS = 250,
	WORK_QUEUE = 1024, WRITE_QUEUE = 1024, BATCH_MAX = 64, BATCH_MS = 20, STREAMS_MAX = 16,
	BATCH_TRIES = 4, READ_TRIES = 3,         /* when the world ends one before it is done */
	WORKERS_MAX = 32, READERS_IDLE = 64, NOTES_MAX = 4096, SILENT_MS = 1000, SWALLOW_MAX = 4 << 20
};
#define SPOOL_TOTAL ((int64_t)2 << 30)
#define UPLOAD_TOTAL ((int64_t)INPUT_UPLOADS * MULTIPART_FILE_MAX + BODY_MAX)

/* Read-only connections, lent to one thread at a time. */
struct readers { pthread_mutex_t lock; struct db *idle[READERS_IDLE]; size_t n; };

/* Who saw whom, and which session was used (path NULL): lost when the process dies within the second, never waited for. */
struct note { int64_t account, person, unit, at; const char *path; unsigned char session[32]; };
struct notes { pthread_mutex_t lock; struct note ring[NOTES_MAX]; size_t first, n; };

struct tally { atomic_llong requests, in_flight, lagging, writes, batches, shed, refused, answers[6]; };

/* How long a route's requests took; the last of server.times counts what no route answers (files, 404). */
enum { TIMES_BUCKETS = 13 };
struct times { const struct route *route; atomic_llong buckets[TIMES_BUCKETS], microseconds; };

struct listener;

struct server {
	struct server_config config;
	struct arena *arena;             /* the process's: routes */
	struct router router;
	struct readers readers, replicas;
	struct queue work, write;
	struct notes notes;
	struct tally tally;
	struct times *times;
	size_t n_times;
	struct log_gather *log;          /* a line a request */
	atomic_llong spool_bytes;
	atomic_int streams;
	atomic_bool stopping;

	pthread_mutex_t writer_lock;     /* the one writing connection: the writer thread's batch, or a server_call */
	struct db *writer;

	pthread_mutex_t idle_lock;       /* in_flight has fallen to 0 */
	pthread_cond_t idle;

	pthread_t workers[WORKERS_MAX], writer_thread;
	int n_workers;
	bool started;
	struct listener *listener;
};

/* readers.c */
OUTCOME reader_borrow(struct server *, struct readers *, struct db **out);
void reader_return(struct server *, struct readers *, struct db *);
void readers_close(struct server *);

/* frame.c: the steps of a request. Each leaves x->plan saying what is next. */
/* With a reader; may come back with PLAN_NEW: begin again off the loop. */
void frame_run(struct exchange *, bool on_loop);
/* one step of a batch, again if need be; false: the batch cannot be kept */
bool frame_write(struct exchange *, struct db *writer);
/* who asks, before anything else is read: for the menu of a page that refuses */
bool frame_meet(struct exchange *);
bool frame_is_welcome(struct exchange *);                /* may this person use this route at all (before an upload is taken) */

/* writer.c */
void *writer_main(void *server);
void writer_call(struct exchange *);                     /* a batch of one on this thread */
void note_seen(struct exchange *);
void note_used(struct exchange *);

/* stale.c: after request_form showed what was typed; tells what differs from `values` when their version is another. */
bool form_has_version(const struct form_def *);
void stale_tell(struct request *, const struct form_def *, const void *values, struct field *view);

/* worker.c */
void *worker_main(void *server);
/* Hands a suspended exchange to the queue its plan asks for. When that is full or stopped it gets its 503 and is resumed. */
void exchange_pass(struct exchange *);
bool exchange_can_pass(struct exchange *);               /* is there room now? asked before suspending for nothing */
void exchange_finish(struct exchange *);                 /* completes the answer and resumes the connection */

/* stream.c */
struct stream { struct arena *row; struct buf out; size_t given; bool done, failed; };
void stream_open(struct exchange *);                     /* first piece; a short stream becomes a plain body */
void stream_fill(struct exchange *);                     /* the next piece into out */
void stream_close(struct exchange *);

/* files.c */
bool files_answer(struct exchange *, const char *path);  /* true: a static file, /healthz or /metrics */

/* metrics.c */
void metrics_init(struct server *);                      /* after the router */
void metrics_count(const struct exchange *);             /* once, when it ends */
const char *metrics_text(const struct server *, struct arena *);

/* complete.c */
bool accepts_coding(const char *accept_encoding, const char *coding);
bool etag_matches(const char *if_none_match, const char *etag);

/* listen.c: the only file that sees microhttpd.h. */
OUTCOME listener_open(struct server *);
void listener_quiesce(struct server *);                  /* no new connections */
/* Who connected before that and has not asked yet is heard, for a second: it would take an end for a fault. */
void listener_hear_out(struct server *);
void listener_close(struct server *);                    /* every exchange must have been resumed */
int listener_port(const struct server *);
void listener_resume(struct exchange *);

#endif
