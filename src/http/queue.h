/* queue.h: a bounded queue of exchanges between threads. The last quarter is kept for people who are signed in. */
#ifndef HTTP_QUEUE_H
#define HTTP_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct exchange;

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t filled;
	struct exchange *first, *last;
	size_t n, max;
	bool stopped;
};

enum queue_rank { QUEUE_ANYONE, QUEUE_SIGNED_IN, QUEUE_STREAM };         /* a stream under way is never turned away */

void queue_init(struct queue *, size_t max);
void queue_release(struct queue *);
bool queue_push(struct queue *, struct exchange *, enum queue_rank);     /* false: full or stopped */
bool queue_is_full(struct queue *, enum queue_rank);      /* would a push fail just now? */
/* Waits up to wait_ms (-1: as long as it takes, 0: not at all). NULL: nothing came, or the queue is stopped and empty. */
struct exchange *queue_pop(struct queue *, int wait_ms);
void queue_stop(struct queue *);                 /* nothing more goes in; what is in still comes out */
bool queue_is_stopped(struct queue *);
size_t queue_length(struct queue *);

#endif
