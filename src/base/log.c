#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/lock.h"

enum { TEXT_MAX = 1024, LINE_MAX_BYTES = TEXT_MAX * 2 + 512, GATHERED = 64 << 10 };

struct log_gather { struct lock *lock; size_t len; char lines[GATHERED]; };

/* A line under way: what does not fit is cut, its end always fits. */
struct line { char at[LINE_MAX_BYTES]; size_t len; };

static void put(struct line *l, const char *s, size_t len)
{
	size_t room = sizeof l->at - sizeof "\"}\n" - l->len;

	len = len < room ? len : room;
	memcpy(l->at + l->len, s, len);
	l->len += len;
}

static void put_escaped(struct line *l, const char *s)
{
	char code[8];

	for (; *s; s++) {
		size_t plain = 0;

		while ((unsigned char)s[plain] >= 0x20 && s[plain] != '"' && s[plain] != '\\')
			plain++;
		put(l, s, plain);
		s += plain;
		if (!*s)
			return;
		snprintf(code, sizeof code, (unsigned char)*s < 0x20 ? "\\u%04x" : "\\%c", (unsigned char)*s);
		put(l, code, strlen(code));
	}
}

__attribute__((format(printf, 5, 0)))
static void make_line(struct line *l, enum log_level level, const char *request_id, const char *what, const char *format,
	va_list args)
{
	static const char *const names[] = { "info", "warn", "error" };
	char text[TEXT_MAX], head[128];
	struct timespec now;

	vsnprintf(text, sizeof text, format, args);
	clock_gettime(CLOCK_REALTIME, &now);
	snprintf(head, sizeof head, "{\"at\":%lld.%03ld,\"level\":\"%s\",\"what\":\"%.32s\",\"request\":\"",
		(long long)now.tv_sec,
		now.tv_nsec / 1000000, names[level], what);
	l->len = 0;
	put(l, head, strlen(head));
	put_escaped(l, request_id);
	put(l, "\",\"text\":\"", strlen("\",\"text\":\""));
	put_escaped(l, text);
	memcpy(l->at + l->len, "\"}\n", 3);
	l->len += 3;
}

/* A log that cannot be written stops nobody. */
static void write_out(const char *lines, size_t len)
{
	while (len) {
		ssize_t n = write(STDERR_FILENO, lines, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		lines += n;
		len -= (size_t)n;
	}
}

void log_line(enum log_level level, const char *request_id, const char *what, const char *format, ...)
{
	struct line l;
	va_list args;

	va_start(args, format);
	make_line(&l, level, request_id, what, format, args);
	va_end(args);
	write_out(l.at, l.len);
}

struct log_gather *log_gather_new(struct arena *arena)
{
	struct log_gather *g = ARENA_NEW(arena, struct log_gather);

	g->lock = lock_new(arena);
	return g;
}

void log_flush(struct log_gather *g)
{
	char leaving[GATHERED];
	size_t len;

	lock_take(g->lock);
	len = g->len;
	memcpy(leaving, g->lines, len);
	g->len = 0;
	lock_leave(g->lock);
	write_out(leaving, len);
}

void log_gathered(struct log_gather *g, enum log_level level, const char *request_id, const char *what, const char *format, ...)
{
	struct line l;
	va_list args;
	bool kept;

	va_start(args, format);
	make_line(&l, level, request_id, what, format, args);
	va_end(args);
	do {
		lock_take(g->lock);
		kept = l.len <= GATHERED - g->len;
		if (kept) {
			memcpy(g->lines + g->len, l.at, l.len);
			g->len += l.len;
		}
		lock_leave(g->lock);
		if (!kept)
			log_flush(g);
	} while (!kept);
}
