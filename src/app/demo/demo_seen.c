#include "app/demo/demo_seen.h"

#include <stdlib.h>

#include "base/bug.h"

enum { FIRST_ROOM = 1024 };

struct demo_seen { uint64_t *at; size_t n, room; };              /* an open hash, at most half full; 0 is an empty place */

static uint64_t *new_room(size_t room)
{
	uint64_t *at = calloc(room, sizeof *at);

	BUG_ON(!at);
	return at;
}

struct demo_seen *demo_seen_new(void)
{
	struct demo_seen *s = calloc(1, sizeof *s);

	BUG_ON(!s);
	s->room = FIRST_ROOM;
	s->at = new_room(s->room);
	return s;
}

void demo_seen_free(struct demo_seen *s)
{
	free(s->at);
	free(s);
}

static uint64_t *find(uint64_t *at, size_t room, uint64_t number)
{
	size_t i = (size_t)(number * 0x9E3779B97F4A7C15u >> 24) & (room - 1);

	while (at[i] && at[i] != number)
		i = (i + 1) & (room - 1);
	return &at[i];
}

bool demo_seen_is_new(struct demo_seen *s, uint64_t number)
{
	uint64_t *wider;

	BUG_ON(!number);
	if (*find(s->at, s->room, number))
		return false;
	if (++s->n * 2 > s->room) {
		wider = new_room(s->room * 2);
		for (size_t i = 0; i < s->room; i++)
			if (s->at[i])
				*find(wider, s->room * 2, s->at[i]) = s->at[i];
		free(s->at);
		s->at = wider;
		s->room *= 2;
	}
	*find(s->at, s->room, number) = number;
	return true;
}

uint64_t demo_seen_words(uint64_t number, const char *words)
{
	uint64_t h = number * 0x9E3779B97F4A7C15u + 1;

	for (; *words; words++) {
		h = (h ^ (unsigned char)*words) * 0xBF58476D1CE4E5B9u;
		h ^= h >> 29;
	}
	return h ? h : 1;
}
