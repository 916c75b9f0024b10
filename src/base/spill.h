/* spill.h: bytes that grow with rows: appended one after the other, read again by their place. The first few MiB are in memory,
 * what is more in a file without a name (tmpfile), gone with the process whatever happens. Owned by the arena. One thread. */
#ifndef BASE_SPILL_H
#define BASE_SPILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define SPILL_IN_MEMORY (4 * MiB)
#define SPILL_PIECE_MAX (256 * KiB)

struct spill;

struct spill *spill_new(struct arena *);
bool spill_add(struct spill *, const void *ptr, size_t len);     /* len up to SPILL_PIECE_MAX; false: no room, logged */
uint64_t spill_size(const struct spill *);
/* The bytes at…at + len, or NULL when there are none, or (logged) they could not be read. Valid until the next call of any kind.
 * Cheapest in order. Not aligned. */
const void *spill_at(struct spill *, uint64_t at, size_t len);

#endif
