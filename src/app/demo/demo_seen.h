/* demo_seen.h: what must not come twice while rows are made, so that nobody has to ask the store. */
#ifndef APP_DEMO_SEEN_H
#define APP_DEMO_SEEN_H

#include <stdbool.h>
#include <stdint.h>

struct demo_seen;

struct demo_seen *demo_seen_new(void);
void demo_seen_free(struct demo_seen *);
/* True the first time a number (not 0) comes. */
bool demo_seen_is_new(struct demo_seen *, uint64_t number);
/* 64 bits for some words: two that differ and agree in it are not to be met in a lifetime of demos. */
uint64_t demo_seen_words(uint64_t number, const char *words);

#endif
