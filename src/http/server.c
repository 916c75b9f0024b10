#include "http/server.h"

#include <string.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/log.h"
#include "http/parts.h"

static void init_locks(struct server *s)
{
	pthread_condattr_t attr;

	pthread_mutex_init(&s->readers.lock, NULL);
	pthread_mutex_init(&s->replicas.lock, NULL);
	pthread_mutex_init(&s->notes.lock, NULL);
	pthread_mutex_init(&s->writer_lock, NULL);
	pthread_mutex_init(&s->idle_lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&s->idle, &attr);
	pthread_condattr_destroy(&attr);
	queue_init(&s->work, WORK_QUEUE);
	queue_init(&s->write, WRITE_QUEUE);
}

static bool spool_is_usable(const char *dir)
{
	if (!dir || !access(dir, W_OK | X_OK))
		return true;
	log_line(LOG_ERROR, "", "spool", "%s cannot be written to", dir);
	return false;
}

struct server *server_new(const struct server_config *config)
{
	struct arena *arena = arena_new(16 * MiB);
	struct server *s = ARENA_NEW(arena, struct server);

	s->arena = arena;
	s->config = *config;
	s->config.loops = config->loops ? config->loops : 2;
	s->config.workers = config->workers ? config->workers : 2;
	s->config.patience = config->patience ? config->patience : 30;
	BUG_ON(s->config.workers > WORKERS_MAX);
	s->log = log_gather_new(arena);
	init_locks(s);
	if (spool_is_usable(config->spool_dir) && router_build(arena, config->tables, config->n_tables, &s->router)) {
		metrics_init(s);
		return s;
	}
	server_free(s);
	return NULL;
}

OUTCOME server_start(struct server *s)
{
	if (listener_open(s) != OK)
		return FAILED;
	s->started = true;
	BUG_ON(pthread_create(&s->writer_thread, NULL, writer_main, s));
	for (; s->n_workers < s->config.workers; s->n_workers++)
		BUG_ON(pthread_create(&s->workers[s->n_workers], NULL, worker_main, s));
	return OK;
}

int server_port(const struct server *s)
{
	return s->started ? listener_port(s) : 0;
}

/* Until no request is under way, or a third of the patience (10 s) is over. */
static void wait_idle(struct server *s)
{
	struct timespec until;
	int late = 0;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += s->config.patience * 1000000000L / 3;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&s->idle_lock);
	while (atomic_load(&s->tally.in_flight) && !late)
		late = pthread_cond_timedwait(&s->idle, &s->idle_lock, &until);
	pthread_mutex_unlock(&s->idle_lock);
}

/* Whoever holds a suspended connection finishes it: the queues refuse new ones (503, resumed at once), workers and writer empty
 * them and end. Only then may the listener be stopped, which tolerates no suspended connection. */
void server_stop(struct server *s)
{
	if (!s->started)
		return;
	atomic_store(&s->stopping, true);
	listener_quiesce(s);
	listener_hear_out(s);
	wait_idle(s);
	queue_stop(&s->work);
	for (int i = 0; i < s->n_workers; i++)
		pthread_join(s->workers[i], NULL);
	queue_stop(&s->write);
	pthread_join(s->writer_thread, NULL);
	wait_idle(s);                    /* what was just resumed still has to leave */
	listener_close(s);
	s->started = false;
	BUG_ON(atomic_load(&s->tally.in_flight));
}

void server_free(struct server *s)
{
	if (!s)
		return;
	server_stop(s);
	if (s->notes.n)
		notes_flush(s);
	log_flush(s->log);
	readers_close(s);
	if (s->writer)
		s->config.gate->close(s->writer);
	queue_release(&s->work);
	queue_release(&s->write);
	arena_free(s->arena);
}

void server_counts(const struct server *s, struct server_counts *out)
{
	struct server *own = (struct server *)(uintptr_t)s;      /* its locks are taken; what it holds is not changed */

	*out = (struct server_counts){
		.requests = atomic_load(&own->tally.requests), .in_flight = atomic_load(&own->tally.in_flight),
		.queued = (int64_t)(queue_length(&own->work) + queue_length(&own->write)),
		.lagging = atomic_load(&own->tally.lagging), .writes = atomic_load(&own->tally.writes),
		.batches = atomic_load(&own->tally.batches), .shed = atomic_load(&own->tally.shed),
		.refused = atomic_load(&own->tally.refused),
	};
}

size_t server_routes(const struct server *s, const struct route ***out, struct arena *arena)
{
	size_t n = s->router.n_routes;

	*out = ARENA_ARRAY(arena, const struct route *, n);
	if (n)
		memcpy(*out, s->router.routes, n * sizeof **out);
	return n;
}
