/* seen.h: which keys may have come twice, in a memory that does not grow with them: two bits for each of 16 million slots. A key
 * that came twice is always told; one that came once is told wrongly now and then (of a million keys, about one in seventeen).
 * So a stream goes by once, and only the keys that this tells are looked at again. Owned by the arena; pages that no key touches
 * are never taken. One thread. */
#ifndef BASE_SEEN_H
#define BASE_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct seen;

struct seen *seen_new(struct arena *);
void seen_add(struct seen *, uint64_t key);
bool seen_twice(const struct seen *, uint64_t key);
bool seen_any_twice(const struct seen *);

#endif
