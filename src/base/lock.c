#include "base/lock.h"

#include <pthread.h>

#include "base/bug.h"

struct lock { pthread_mutex_t mutex; };

static void destroy(void *lock)
{
	pthread_mutex_destroy(&((struct lock *)lock)->mutex);
}

struct lock *lock_new(struct arena *arena)
{
	struct lock *lock = ARENA_NEW(arena, struct lock);

	BUG_ON(pthread_mutex_init(&lock->mutex, NULL));
	arena_on_release(arena, destroy, lock);
	return lock;
}

void lock_take(struct lock *lock)
{
	BUG_ON(pthread_mutex_lock(&lock->mutex));
}

void lock_leave(struct lock *lock)
{
	BUG_ON(pthread_mutex_unlock(&lock->mutex));
}
