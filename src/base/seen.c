#include "base/seen.h"

#include <stdlib.h>

#include "base/bug.h"

enum { SLOTS = 1 << 24 };

struct seen {
	uint8_t *slots;          /* four a byte: seen, seen again */
	bool any;
};

static void seen_free(void *what)
{
	struct seen *s = what;

	free(s->slots);
	free(s);
}

struct seen *seen_new(struct arena *a)
{
	struct seen *s = calloc(1, sizeof *s);

	BUG_ON(!s);
	s->slots = calloc(SLOTS / 4, 1);
	BUG_ON(!s->slots);
	arena_on_release(a, seen_free, s);
	return s;
}

static uint64_t slot_of(uint64_t key)
{
	key ^= key >> 33;
	key *= UINT64_C(0xff51afd7ed558ccd);
	return (key ^ key >> 33) % SLOTS;
}

void seen_add(struct seen *s, uint64_t key)
{
	uint64_t slot = slot_of(key);
	uint8_t *byte = &s->slots[slot / 4], once = (uint8_t)(1 << slot % 4 * 2);

	if (*byte & once) {
		*byte |= (uint8_t)(once << 1);
		s->any = true;
	}
	*byte |= once;
}

bool seen_twice(const struct seen *s, uint64_t key)
{
	uint64_t slot = slot_of(key);

	return s->slots[slot / 4] >> (slot % 4 * 2 + 1) & 1;
}

bool seen_any_twice(const struct seen *s)
{
	return s->any;
}
