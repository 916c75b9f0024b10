/* buf.h: a buffer for building text or bytes, with a ceiling and a sticky failure: writers inside need no checks,
 * one look at `failed` at the end is enough. Memory is the arena's. Always NUL-terminated (buf_cstr). */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

struct buf {
	struct arena *arena;
	char *ptr;           /* NULL until the first byte */
	size_t len, cap;
	size_t max;          /* bytes; 0 means 8 MiB */
	bool failed;         /* grew past max: what is in it is not whole */
};

/* struct buf page = BUF(arena, .max = 2 * MiB); */
#define BUF(a, ...) ((struct buf){ .arena = (a), __VA_ARGS__ })

void buf_add(struct buf *, const void *ptr, size_t len);
void buf_text(struct buf *, const char *text);
void buf_char(struct buf *, char c);
void buf_int(struct buf *, int64_t value);
enum { INT_TEXT = 20 };
size_t int_text(int64_t value, char out[INT_TEXT]);      /* how long it is; without a NUL */
void buf_format(struct buf *, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *buf_cstr(struct buf *);              /* never NULL; valid until the next write */
static inline struct bytes buf_bytes(const struct buf *b) { return (struct bytes){ b->ptr ? b->ptr : "", b->len }; }

#endif
