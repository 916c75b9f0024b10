#include "http/input.h"

#include <string.h>

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Decodes [from, end) to `to` (which may be `from`), NUL-terminates, returns the length or -1. */
static long percent_decode(char *to, const char *from, const char *end, bool plus_is_space)
{
	char *start = to;

	for (; from < end; from++) {
		char c = *from;

		if (c == '%') {
			int high = end - from > 2 ? hex(from[1]) : -1, low = end - from > 2 ? hex(from[2]) : -1;

			if (high < 0 || low < 0)
				return -1;
			c = (char)(high << 4 | low);
			from += 2;
		} else if (c == '+' && plus_is_space) {
			c = ' ';
		}
		if (!c)
			return -1;
		*to++ = c;
	}
	*to = '\0';
	return to - start;
}

void input_add(struct input *in, enum input_from from, const char *name, const char *value)
{
	if (in->n == in->cap) {
		size_t cap = in->cap ? in->cap * 2 : 16;
		struct pair *grown = ARENA_ARRAY(in->arena, struct pair, cap);

		if (in->n)
			memcpy(grown, in->pairs, in->n * sizeof *grown);
		in->pairs = grown;
		in->cap = cap;
	}
	in->pairs[in->n++] = (struct pair){ name, value, from };
}

enum input_read input_urlencoded(struct input *in, enum input_from from, const char *text, size_t len, size_t max)
{
	/* The decoded text is never longer, but each value gets a NUL where '=' or '&' stood: one byte more for the last. */
	char *copy = (char *)arena_textn(in->arena, text, len), *end = copy + len, *next;
	size_t n = 0;

	for (char *at = copy; at < end; at = next + 1) {
		char *equals, *value = (char *)"";

		next = memchr(at, '&', (size_t)(end - at));
		if (!next)
			next = end;
		if (at == next)
			continue;
		if (n++ == max)
			return INPUT_TOO_MANY;
		equals = memchr(at, '=', (size_t)(next - at));
		if (equals) {
			value = equals + 1;
			if (percent_decode(value, value, next, true) < 0)
				return INPUT_MALFORMED;
		}
		if (percent_decode(at, at, equals ? equals : next, true) <= 0)
			return INPUT_MALFORMED;
		input_add(in, from, at, value);
	}
	return INPUT_OK;
}

const char *input_value(const struct input *in, enum input_from from, const char *name, size_t *count)
{
	const char *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < in->n; i++) {
		if (in->pairs[i].from != from || strcmp(in->pairs[i].name, name) != 0)
			continue;
		if (!n++)
			first = in->pairs[i].value;
	}
	if (count)
		*count = n;
	return first;
}

static bool is_good_segment(const char *s, size_t len)
{
	if (!len || !strcmp(s, ".") || !strcmp(s, "..") || !utf8_is_valid(s, len))
		return false;
	for (size_t i = 0; i < len; i++)
		if (s[i] == '/' || (unsigned char)s[i] < 0x20 || s[i] == 0x7f)
			return false;
	return true;
}

bool input_path(struct arena *arena, const char *raw, size_t len, struct segments *out)
{
	const char *end = raw + len, *next;

	*out = (struct segments){ 0 };
	if (!len || *raw != '/')
		return false;
	if (len == 1)
		return true;
	for (const char *at = raw + 1; at <= end; at = next + 1) {
		char *segment;
		long n;

		next = memchr(at, '/', (size_t)(end - at));
		if (!next)
			next = end;
		segment = arena_alloc(arena, (size_t)(next - at) + 1);
		n = percent_decode(segment, at, next, false);
		if (n < 0 || !is_good_segment(segment, (size_t)n) || out->n == PATH_SEGMENTS)
			return false;
		out->at[out->n++] = segment;
	}
	return true;
}

/* Length of the well-formed sequence at s (Unicode table 3-7: no overlong forms, no surrogates), 0 when it is none. */
static size_t utf8_step(const unsigned char *s, size_t left)
{
	size_t len = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : s[0] < 0xf5 ? 4 : 0;

	if (!len || len > left)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf0 && s[1] < 0x90) ||
		(s[0] == 0xf4 && s[1] > 0x8f))
		return 0;
	return len;
}

bool utf8_is_valid(const char *text, size_t len)
{
	for (size_t at = 0, step; at < len; at += step) {
		step = utf8_step((const unsigned char *)text + at, len - at);
		if (!step)
			return false;
	}
	return true;
}

size_t utf8_count(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

const char *clean_check(struct arena *arena, const char *typed, bool lines)
{
	if (!utf8_is_valid(typed, strlen(typed)))
		return NULL;
	for (const char *c = typed; *c; c++)
		if (((unsigned char)*c < 0x20 && !(lines && *c == '\n') && *c != '\t') || *c == 0x7f)
			return NULL;
	return arena_text(arena, typed);
}
