/* sink.h: where a rendered file goes, piece by piece. */
#ifndef DOCUMENT_SINK_H
#define DOCUMENT_SINK_H

#include <stddef.h>

#include "base/buf.h"
#include "base/outcome.h"

struct sink {
	OUTCOME (*write)(void *state, const void *ptr, size_t len);      /* all of it, or FAILED, after which nothing more comes */
	void *state;
};

struct sink sink_buf(struct buf *);      /* FAILED (logged) when the buffer's ceiling is reached: list sizes belong to sink_fd */

struct sink_file { int fd; };
struct sink sink_fd(struct sink_file *); /* writes all, goes on after EINTR and short writes; does not sync or close */

#endif
