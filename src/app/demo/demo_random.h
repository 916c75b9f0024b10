/* demo_random.h: chance that repeats: a stream fixed by its seed. Not for anything secret. */
#ifndef APP_DEMO_RANDOM_H
#define APP_DEMO_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct chance { uint64_t state; };

/* A stream of its own for each (seed, what, which): a change in how many numbers one part takes leaves the others alone. */
static inline struct chance chance_of(uint64_t seed, uint64_t what, uint64_t which)
{
	return (struct chance){ seed * 0x9E3779B97F4A7C15u ^ what * 0xBF58476D1CE4E5B9u ^ which * 0x94D049BB133111EBu };
}

/* splitmix64 (Steele, Lea, Flood 2014) */
static inline uint64_t chance_next(struct chance *c)
{
	uint64_t z = c->state += 0x9E3779B97F4A7C15u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

/* 0 … n-1 */
static inline int chance_below(struct chance *c, int n) { return (int)((chance_next(c) >> 33) * (uint64_t)n >> 31); }
/* true in `per_mille` of a thousand */
static inline bool chance_is(struct chance *c, int per_mille) { return chance_below(c, 1000) < per_mille; }

#endif
