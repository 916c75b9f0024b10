/* A request without a socket: the same head, body, frame and writer, one after the other on the caller's thread. */
#include <string.h>

#include "base/bug.h"
#include "http/parts.h"

static const struct header *heads(struct exchange *x, const struct call *call, bool is_post, size_t *n)
{
	const struct server_config *c = &x->server->config;
	struct header *h = ARENA_ARRAY(x->arena, struct header, call->n_headers + 3);

	*n = call->n_headers;
	if (*n)
		memcpy(h, call->headers, *n * sizeof *h);
	if (!raw_header(h, *n, "Host", NULL))
		h[(*n)++] = (struct header){ "Host", c->hosts && c->n_hosts ? c->hosts[0] : "localhost" };
	if ((is_post || call->body.len) && !raw_header(h, *n, "Content-Length", NULL) &&
		!raw_header(h, *n, "Transfer-Encoding", NULL))
		h[(*n)++] = (struct header){ "Content-Length", arena_format(x->arena, "%zu", call->body.len) };
	if (call->body.len && !raw_header(h, *n, "Content-Type", NULL))
		h[(*n)++] = (struct header){ "Content-Type",
			call->type && *call->type ? call->type : "application/x-www-form-urlencoded" };
	return h;
}

/* In pieces of odd size, so that every test also tests the seams. */
static void send_body(struct exchange *x, struct bytes body)
{
	enum { PIECE = 1021 };
	const char *at = body.ptr;

	for (size_t left = body.len, take; left; left -= take, at += take) {
		take = left < PIECE ? left : PIECE;
		exchange_body(x, at, take);
	}
}

static void run(struct exchange *x)
{
	for (bool first = true; x->plan != PLAN_ANSWERED; first = false) {
		if (x->plan == PLAN_WRITE || x->plan == PLAN_KEEP)
			writer_call(x);
		else
			frame_run(x, first && !x->multipart);
	}
}

static struct bytes gather(struct exchange *x, struct arena *arena, int *status)
{
	struct buf all = BUF(arena, .max = 64 * MiB);

	if (!x->stream)
		return arena_bytes(arena, x->req.response.body);
	while (!x->stream->failed) {
		buf_add(&all, x->stream->out.ptr, x->stream->out.len);
		if (x->stream->done)
			break;
		stream_fill(x);
	}
	if (x->stream->failed || all.failed)
		*status = HTTP_FAILED;           /* on the wire: broken off */
	return buf_bytes(&all);
}

static void copy_reply(struct exchange *x, struct arena *arena, struct reply *out)
{
	struct response *r = &x->req.response;

	*out = (struct reply){ .status = r->status, .type = arena_text(arena, r->type ? r->type : ""),
		.location = arena_text(arena, r->location.text ? r->location.text : "") };
	BUG_ON(x->n_headers > COUNT(out->headers));
	for (; out->n_headers < x->n_headers; out->n_headers++)
		out->headers[out->n_headers] = (struct header){ arena_text(arena, x->headers[out->n_headers].name),
			arena_text(arena, x->headers[out->n_headers].value) };
	if (!x->is_head)
		out->body = gather(x, arena, &out->status);
	else
		out->body = (struct bytes){ "", 0 };
}

void server_call(struct server *s, const struct call *call, struct arena *arena, struct reply *out)
{
	struct exchange *x = exchange_new(s, call->target);

	x->raw.method = call->method;
	x->raw.version = "HTTP/1.1";
	x->raw.headers = heads(x, call, !strcmp(call->method, "POST"), &x->raw.n_headers);
	x->req.peer = "127.0.0.1";
	if (exchange_head(x)) {
		if (x->plan == PLAN_GREET)
			exchange_greet(x);
		if (x->plan != PLAN_ANSWERED) {
			send_body(x, call->body);
			exchange_end(x);
		}
	}
	run(x);
	exchange_complete(x);
	copy_reply(x, arena, out);
	exchange_free(x);
}
