/* An answer that grows with its rows: a worker makes 64 KiB, the loop sends it, the worker makes the next. A slow client holds
 * a reader but no worker, and there are at most STREAMS_MAX of them. */
#include "http/parts.h"

#include "base/log.h"

enum { PIECE = 64 << 10, PIECE_MAX = 1 << 20, ROW_ARENA = 16 << 20 };

static void give_reader_back(struct exchange *x)
{
	if (!x->reader)
		return;
	x->server->config.gate->read_end(x->reader);
	reader_return(x->server, x->pool, x->reader);
	x->reader = NULL;
	x->req.ask.db = NULL;
}

void stream_fill(struct exchange *x)
{
	struct stream *s = x->stream;
	struct response *r = &x->req.response;

	s->out.len = 0;
	s->given = 0;
	while (!s->done && !s->failed && s->out.len < PIECE) {
		arena_reset(s->row);
		s->failed = r->stream(r->stream_state, s->row, &s->out, &s->done) != OK || s->out.failed;
	}
	if (s->failed)
		log_line(LOG_ERROR, x->id, "stream", "%s broke off", x->row->route->path);
	if (s->done || s->failed)
		give_reader_back(x);
}

void stream_open(struct exchange *x)
{
	if (atomic_fetch_add(&x->server->streams, 1) >= STREAMS_MAX) {
		atomic_fetch_sub(&x->server->streams, 1);
		give_reader_back(x);
		x->req.response.stream = NULL;
		exchange_error(x, HTTP_UNAVAILABLE, NULL);
		return;
	}
	x->stream = ARENA_NEW(x->arena, struct stream);
	x->stream->row = arena_new(ROW_ARENA);
	x->stream->out = BUF(x->arena, .max = PIECE_MAX);
	stream_fill(x);
	if (x->stream->failed) {
		x->req.response.stream = NULL;
		exchange_error(x, HTTP_FAILED, NULL);
	} else if (x->stream->done) {
		x->req.response.stream = NULL;
		x->req.response.body = buf_bytes(&x->stream->out);
	}
}

void stream_close(struct exchange *x)
{
	give_reader_back(x);
	if (!x->stream)
		return;
	arena_free(x->stream->row);
	atomic_fetch_sub(&x->server->streams, 1);
	x->stream = NULL;
}
