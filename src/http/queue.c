#include "http/queue.h"

#include <time.h>

#include "http/exchange.h"

void queue_init(struct queue *q, size_t max)
{
	pthread_condattr_t attr;

	*q = (struct queue){ .max = max };
	pthread_mutex_init(&q->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&q->filled, &attr);
	pthread_condattr_destroy(&attr);
}

void queue_release(struct queue *q)
{
	pthread_mutex_destroy(&q->lock);
	pthread_cond_destroy(&q->filled);
}

static bool has_room(const struct queue *q, enum queue_rank rank)
{
	size_t max = rank == QUEUE_STREAM ? (size_t)-1 : rank == QUEUE_SIGNED_IN ? q->max : q->max - q->max / 4;

	return !q->stopped && q->n < max;
}

bool queue_is_full(struct queue *q, enum queue_rank rank)
{
	bool full;

	pthread_mutex_lock(&q->lock);
	full = !has_room(q, rank);
	pthread_mutex_unlock(&q->lock);
	return full;
}

bool queue_push(struct queue *q, struct exchange *x, enum queue_rank rank)
{
	bool taken;

	pthread_mutex_lock(&q->lock);
	taken = has_room(q, rank);
	if (taken) {
		x->next = NULL;
		if (q->last)
			q->last->next = x;
		else
			q->first = x;
		q->last = x;
		q->n++;
		pthread_cond_signal(&q->filled);
	}
	pthread_mutex_unlock(&q->lock);
	return taken;
}

struct exchange *queue_pop(struct queue *q, int wait_ms)
{
	struct exchange *x;
	struct timespec until;
	int late = 0;

	if (wait_ms > 0) {
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_nsec += (long)wait_ms * 1000000;
		until.tv_sec += until.tv_nsec / 1000000000;
		until.tv_nsec %= 1000000000;
	}
	pthread_mutex_lock(&q->lock);
	while (!q->first && !q->stopped && wait_ms && !late)
		late = wait_ms < 0 ? pthread_cond_wait(&q->filled, &q->lock) :
			pthread_cond_timedwait(&q->filled, &q->lock, &until);
	x = q->first;
	if (x) {
		q->first = x->next;
		if (!q->first)
			q->last = NULL;
		q->n--;
	}
	pthread_mutex_unlock(&q->lock);
	return x;
}

void queue_stop(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	q->stopped = true;
	pthread_cond_broadcast(&q->filled);
	pthread_mutex_unlock(&q->lock);
}

bool queue_is_stopped(struct queue *q)
{
	bool stopped;

	pthread_mutex_lock(&q->lock);
	stopped = q->stopped;
	pthread_mutex_unlock(&q->lock);
	return stopped;
}

size_t queue_length(struct queue *q)
{
	size_t n;

	pthread_mutex_lock(&q->lock);
	n = q->n;
	pthread_mutex_unlock(&q->lock);
	return n;
}
