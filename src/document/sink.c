#include "document/sink.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

static enum outcome write_buf(void *state, const void *ptr, size_t len)
{
	struct buf *b = state;

	buf_add(b, ptr, len);
	if (!b->failed)
		return OK;
	log_line(LOG_ERROR, "", "document_too_large", "more than %zu bytes", b->max ? b->max : 8 * MiB);
	return FAILED;
}

struct sink sink_buf(struct buf *b)
{
	return (struct sink){ write_buf, b };
}

static enum outcome write_fd(void *state, const void *ptr, size_t len)
{
	const char *p = ptr;

	while (len) {
		ssize_t n = write(((struct sink_file *)state)->fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			log_line(LOG_ERROR, "", "document_write", "%s", strerror(errno));
			return FAILED;
		}
		p += n;
		len -= (size_t)n;
	}
	return OK;
}

struct sink sink_fd(struct sink_file *file)
{
	return (struct sink){ write_fd, file };
}
