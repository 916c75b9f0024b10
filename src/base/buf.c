#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool grow(struct buf *b, size_t more)
{
	size_t max = b->max ? b->max : 8 * MiB, cap;

	if (more >= max - b->len) {
		b->failed = true;
		return false;
	}
	for (cap = b->cap ? b->cap * (b->cap < 16 * KiB ? 4 : 2) : 256; cap <= b->len + more; cap *= 2)
		;
	b->cap = cap < max ? cap : max;          /* so that what fits in cap fits in max */
	b->ptr = arena_grow(b->arena, b->ptr, b->len, b->cap);
	return true;
}

static inline bool buf_room(struct buf *b, size_t more)
{
	return !b->failed && (b->len + more < b->cap || grow(b, more));
}

void buf_add(struct buf *b, const void *ptr, size_t len)
{
	if (!len || !buf_room(b, len))
		return;
	memcpy(b->ptr + b->len, ptr, len);
	b->len += len;
	b->ptr[b->len] = '\0';
}

void buf_text(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

void buf_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

size_t int_text(int64_t value, char out[INT_TEXT])
{
	char digits[INT_TEXT], *p = digits + sizeof digits;
	uint64_t v = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	for (; v >= 100; v /= 100) {             /* two digits a division: ids are long, and lists are full of them */
		*--p = (char)('0' + v % 10);
		*--p = (char)('0' + v / 10 % 10);
	}
	if (v >= 10) {
		*--p = (char)('0' + v % 10);
		v /= 10;
	}
	*--p = (char)('0' + v);
	if (value < 0)
		*--p = '-';
	memcpy(out, p, (size_t)(digits + sizeof digits - p));
	return (size_t)(digits + sizeof digits - p);
}

void buf_int(struct buf *b, int64_t value)
{
	char digits[INT_TEXT];

	buf_add(b, digits, int_text(value, digits));
}

void buf_format(struct buf *b, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len <= 0 || !buf_room(b, (size_t)len))
		return;
	va_start(args, format);
	vsnprintf(b->ptr + b->len, (size_t)len + 1, format, args);
	va_end(args);
	b->len += (size_t)len;
}

const char *buf_cstr(struct buf *b)
{
	return b->ptr ? b->ptr : "";
}
