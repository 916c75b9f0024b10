/* lock.h: one thread at a time, for the few things that the threads of a process share (what is remembered between requests).
 * Held for microseconds: no statement, no file, no other lock within. */
#ifndef BASE_LOCK_H
#define BASE_LOCK_H

#include "base/arena.h"

struct lock;

struct lock *lock_new(struct arena *);           /* goes with the arena */
void lock_take(struct lock *);
void lock_leave(struct lock *);

#endif
