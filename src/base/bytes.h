/* bytes.h: binary data by pointer and length. Text is `const char *`: NUL-terminated valid UTF-8, never NULL. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
	const void *ptr;
	size_t len;
};

#define KiB ((size_t)1024)
#define MiB (KiB * 1024)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A whole number that may be absent: a nullable column, an optional field, a score not yet given. */
struct maybe {
	bool is;
	int64_t value;
};
#define NONE ((struct maybe){ 0 })
#define SOME(v) ((struct maybe){ .is = true, .value = (v) })

#endif
