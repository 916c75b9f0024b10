#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

static void put_escaped(FILE *out, const char *s)
{
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			fprintf(out, "\\%c", *s);
		else if ((unsigned char)*s < 0x20)
			fprintf(out, "\\u%04x", (unsigned char)*s);
		else
			putc(*s, out);
	}
}

void log_line(enum log_level level, const char *request_id, const char *what, const char *format, ...)
{
	static const char *const names[] = { "info", "warn", "error" };
	char text[1024];
	struct timespec now;
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	clock_gettime(CLOCK_REALTIME, &now);
	flockfile(stderr);
	fprintf(stderr, "{\"at\":%lld.%03ld,\"level\":\"%s\",\"what\":\"%s\",\"request\":\"", (long long)now.tv_sec,
		now.tv_nsec / 1000000, names[level], what);
	put_escaped(stderr, request_id);
	fputs("\",\"text\":\"", stderr);
	put_escaped(stderr, text);
	fputs("\"}\n", stderr);
	funlockfile(stderr);
}
