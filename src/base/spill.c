#include "base/spill.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/log.h"

struct spill {
	FILE *file;                      /* NULL: all is in memory */
	uint64_t written;                /* bytes in the file */
	char *tail;                      /* those from `written` on */
	size_t tail_len, tail_cap;
	char *window;                    /* a copy of a part of the file */
	uint64_t window_at;
	size_t window_len;
};

static void spill_free(void *what)
{
	struct spill *s = what;

	if (s->file)
		fclose(s->file);
	free(s->tail);
	free(s->window);
	free(s);
}

struct spill *spill_new(struct arena *a)
{
	struct spill *s = calloc(1, sizeof *s);

	BUG_ON(!s);
	arena_on_release(a, spill_free, s);
	return s;
}

static bool failed(const char *what)
{
	log_line(LOG_ERROR, "", what, "%s", strerror(errno));
	return false;
}

static bool write_tail(struct spill *s)
{
	size_t done = 0;

	if (!s->file && !(s->file = tmpfile()))
		return failed("spill_open");
	while (done < s->tail_len) {
		ssize_t n = write(fileno(s->file), s->tail + done, s->tail_len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return failed("spill_write");
		done += (size_t)n;
	}
	s->written += s->tail_len;
	s->tail_len = 0;
	return true;
}

bool spill_add(struct spill *s, const void *ptr, size_t len)
{
	BUG_ON(len > SPILL_PIECE_MAX);
	if (s->tail_len + len > SPILL_IN_MEMORY && !write_tail(s))
		return false;
	if (s->tail_len + len > s->tail_cap) {
		size_t cap = s->tail_cap ? s->tail_cap * 2 : 16 * KiB;

		while (cap < s->tail_len + len)
			cap *= 2;
		s->tail = realloc(s->tail, cap);
		BUG_ON(!s->tail);
		s->tail_cap = cap;
	}
	memcpy(s->tail + s->tail_len, ptr, len);
	s->tail_len += len;
	return true;
}

uint64_t spill_size(const struct spill *s)
{
	return s->written + s->tail_len;
}

static bool load(struct spill *s, uint64_t at)
{
	size_t want = s->written - at < SPILL_PIECE_MAX ? (size_t)(s->written - at) : SPILL_PIECE_MAX, done = 0;

	if (!s->window) {
		s->window = malloc(SPILL_PIECE_MAX);
		BUG_ON(!s->window);
	}
	s->window_len = 0;
	while (done < want) {
		ssize_t n = pread(fileno(s->file), s->window + done, want - done, (off_t)(at + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return failed("spill_read");
		done += (size_t)n;
	}
	s->window_at = at;
	s->window_len = want;
	return true;
}

const void *spill_at(struct spill *s, uint64_t at, size_t len)
{
	BUG_ON(len > SPILL_PIECE_MAX);
	if (at > spill_size(s) || len > spill_size(s) - at)
		return NULL;
	if (at >= s->written)
		return s->tail + (at - s->written);
	/* Across the border: rare, and once all that is in memory is on disk there is none. */
	if (at + len > s->written && !write_tail(s))
		return NULL;
	if ((at < s->window_at || at + len > s->window_at + s->window_len) && !load(s, at))
		return NULL;
	return s->window + (at - s->window_at);
}
