#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool buf_room(struct buf *b, size_t more)
{
	size_t max = b->max ? b->max : 8 * MiB, cap;
	char *grown;

	if (b->failed)
		return false;
	if (more >= max - b->len) {
		b->failed = true;
		return false;
	}
	if (b->len + more < b->cap)
		return true;
	for (cap = b->cap ? b->cap * 2 : 256; cap <= b->len + more; cap *= 2)
		;
	grown = arena_alloc(b->arena, cap);
	if (b->len)
		memcpy(grown, b->ptr, b->len);
	b->ptr = grown;
	b->cap = cap;
	return true;
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

void buf_int(struct buf *b, int64_t value)
{
	char digits[24], *p = digits + sizeof digits;
	uint64_t v = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	do
		*--p = (char)('0' + v % 10);
	while ((v /= 10));
	if (value < 0)
		*--p = '-';
	buf_add(b, p, (size_t)(digits + sizeof digits - p));
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
