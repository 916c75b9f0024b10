#include "http/parts.h"

OUTCOME reader_borrow(struct server *s, struct readers *pool, struct db **out)
{
	const struct gate *gate = s->config.gate;

	*out = NULL;
	pthread_mutex_lock(&pool->lock);
	if (pool->n)
		*out = pool->idle[--pool->n];
	pthread_mutex_unlock(&pool->lock);
	if (*out)
		return OK;
	return pool == &s->replicas ? gate->open_replica(gate->app, out) : gate->open(gate->app, false, out);
}

void reader_return(struct server *s, struct readers *pool, struct db *db)
{
	pthread_mutex_lock(&pool->lock);
	if (pool->n < READERS_IDLE) {
		pool->idle[pool->n++] = db;
		db = NULL;
	}
	pthread_mutex_unlock(&pool->lock);
	if (db)
		s->config.gate->close(db);
}

void readers_close(struct server *s)
{
	while (s->readers.n)
		s->config.gate->close(s->readers.idle[--s->readers.n]);
	while (s->replicas.n)
		s->config.gate->close(s->replicas.idle[--s->replicas.n]);
}
