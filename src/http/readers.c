#include "http/parts.h"

OUTCOME reader_borrow(struct server *s, struct db **out)
{
	*out = NULL;
	pthread_mutex_lock(&s->readers.lock);
	if (s->readers.n)
		*out = s->readers.idle[--s->readers.n];
	pthread_mutex_unlock(&s->readers.lock);
	return *out ? OK : s->config.gate->open(s->config.gate->app, false, out);
}

void reader_return(struct server *s, struct db *db)
{
	pthread_mutex_lock(&s->readers.lock);
	if (s->readers.n < READERS_IDLE) {
		s->readers.idle[s->readers.n++] = db;
		db = NULL;
	}
	pthread_mutex_unlock(&s->readers.lock);
	if (db)
		s->config.gate->close(db);
}

void readers_close(struct server *s)
{
	while (s->readers.n)
		s->config.gate->close(s->readers.idle[--s->readers.n]);
}
