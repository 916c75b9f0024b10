/* arena.h: memory by lifespan. Three kinds and no more: process (configuration, routes), request (all else),
 * row (a child, reset for each row of a stream). Nothing is freed one by one, so no operation needs a clean-up
 * path; what is not memory (a file, a statement) registers a release, run last-first at reset or free.
 *
 * Every input is bounded, so an arena past its cap is our bug and aborts: what grows with rows must stream.
 * An arena belongs to one thread at a time. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/bytes.h"

struct arena;

struct arena *arena_new(size_t cap);            /* cap in bytes, at least 4 KiB */
void arena_free(struct arena *);                /* NULL is fine */
void arena_reset(struct arena *);               /* releases all, keeps the first block */
size_t arena_used(const struct arena *);        /* bytes handed out since the last reset */

/* Zeroed memory, aligned for any type; never NULL. */
void *arena_alloc(struct arena *, size_t size) __attribute__((malloc, returns_nonnull, alloc_size(2)));
#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_array((arena), sizeof(type), (n)))
void *arena_array(struct arena *, size_t size, size_t n);   /* aborts on overflow; n may be 0 */

/* A longer piece that begins with the first len bytes of another; what comes after is not zeroed. */
void *arena_grow(struct arena *, const void *from, size_t len, size_t size) __attribute__((returns_nonnull));

const char *arena_text(struct arena *, const char *text);
const char *arena_textn(struct arena *, const char *text, size_t len);
struct bytes arena_bytes(struct arena *, struct bytes);
const char *arena_format(struct arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *arena_vformat(struct arena *, const char *format, va_list) __attribute__((format(printf, 2, 0)));

void arena_on_release(struct arena *, void (*release)(void *), void *what);

#endif
