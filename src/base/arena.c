/* A chain of blocks, each twice the last up to 1 MiB; a larger piece gets a block of its own.
 * Under AddressSanitizer the unused tail is poisoned, or the arena would hide overruns and use after reset. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"

#if defined(__SANITIZE_ADDRESS__)
#define POISONING 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POISONING 1
#endif
#endif
#ifdef POISONING
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#define GAP 16
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define GAP 0
#endif

enum { FIRST = 4096, LARGEST = 1 << 20, ALIGN = alignof(max_align_t) };

struct block {
	struct block *before;
	size_t size, used;
	alignas(max_align_t) char data[];
};

struct release {
	struct release *before;
	void (*run)(void *);
	void *what;
};

struct arena {
	struct block *block;
	struct release *releases;
	size_t cap, used;
};

static struct block *block_new(size_t size, struct block *before)
{
	struct block *b = malloc(sizeof *b + size);

	BUG_ON(!b);
	b->before = before;
	b->size = size;
	b->used = 0;
	POISON(b->data, size);
	return b;
}

static void block_free(struct block *b)
{
	UNPOISON(b->data, b->size);
	free(b);
}

struct arena *arena_new(size_t cap)
{
	struct arena *a = calloc(1, sizeof *a);

	BUG_ON(!a || cap < FIRST);
	a->cap = cap;
	a->block = block_new(FIRST, NULL);
	return a;
}

static void run_releases(struct arena *a)
{
	while (a->releases) {
		struct release *r = a->releases;

		a->releases = r->before;
		r->run(r->what);
	}
}

void arena_reset(struct arena *a)
{
	run_releases(a);
	while (a->block->before) {
		struct block *gone = a->block;

		a->block = gone->before;
		block_free(gone);
	}
	a->block->used = 0;
	POISON(a->block->data, a->block->size);
	a->used = 0;
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	arena_reset(a);
	block_free(a->block);
	free(a);
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}

/* For what is written over at once: not zeroed. */
static void *take(struct arena *a, size_t size)
{
	size_t need = ((size ? size : 1) + GAP + ALIGN - 1) / ALIGN * ALIGN;
	void *p;

	BUG_ON(need < size || need > a->cap - a->used);      /* a stream was needed here */
	if (need > a->block->size - a->block->used) {
		size_t next = a->block->size * 2 < LARGEST ? a->block->size * 2 : LARGEST;

		a->block = block_new(need > next ? need : next, a->block);
	}
	p = a->block->data + a->block->used;
	a->block->used += need;
	a->used += need;
	UNPOISON(p, size);
	return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
	return memset(take(a, size), 0, size);
}

void *arena_grow(struct arena *a, const void *from, size_t len, size_t size)
{
	void *grown = take(a, size);

	BUG_ON(len > size);
	return len ? memcpy(grown, from, len) : grown;
}

void *arena_array(struct arena *a, size_t size, size_t n)
{
	size_t total;

	BUG_ON(__builtin_mul_overflow(size, n, &total));
	return arena_alloc(a, total);
}

const char *arena_textn(struct arena *a, const char *text, size_t len)
{
	char *copy = take(a, len + 1);

	memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

const char *arena_text(struct arena *a, const char *text)
{
	return arena_textn(a, text, strlen(text));
}

struct bytes arena_bytes(struct arena *a, struct bytes b)
{
	return (struct bytes){ arena_grow(a, b.ptr, b.len, b.len), b.len };
}

const char *arena_vformat(struct arena *a, const char *format, va_list args)
{
	char first[256], *text;
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(first, sizeof first, format, again);
	va_end(again);
	BUG_ON(len < 0);
	text = take(a, (size_t)len + 1);
	if ((size_t)len < sizeof first)
		memcpy(text, first, (size_t)len + 1);
	else
		vsnprintf(text, (size_t)len + 1, format, args);
	return text;
}

const char *arena_format(struct arena *a, const char *format, ...)
{
	va_list args;
	const char *text;

	va_start(args, format);
	text = arena_vformat(a, format, args);
	va_end(args);
	return text;
}

void arena_on_release(struct arena *a, void (*release)(void *), void *what)
{
	struct release *r = ARENA_NEW(a, struct release);

	*r = (struct release){ a->releases, release, what };
	a->releases = r;
}
