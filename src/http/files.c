/* What needs no gate: files of the pages, whose names carry their hash, and the two addresses that watchers ask. */
#include "http/parts.h"

#include <string.h>

static void send_file(struct exchange *x, const struct static_file *f)
{
	struct request *req = &x->req;
	const char *accept = request_header(req, "Accept-Encoding");
	struct bytes body = f->plain;

	if (f->brotli.len && accepts_coding(accept, "br")) {
		body = f->brotli;
		response_header(req, "Content-Encoding", "br");
	} else if (f->gzip.len && accepts_coding(accept, "gzip")) {
		body = f->gzip;
		response_header(req, "Content-Encoding", "gzip");
	}
	response_header(req, "Vary", "Accept-Encoding");
	response_header(req, "Cache-Control", "public, max-age=31536000, immutable");
	req->response.status = HTTP_OK;
	req->response.type = f->type;
	req->response.body = body;
	req->response.etag = f->etag;
	x->file = f->path;
}

static bool is_from_here(const struct exchange *x)
{
	return (!strcmp(x->req.peer, "127.0.0.1") || !strcmp(x->req.peer, "::1")) && !*request_header(&x->req, "X-Forwarded-For");
}

bool files_answer(struct exchange *x, const char *path)
{
	const struct server_config *c = &x->server->config;
	bool up = !atomic_load(&x->server->stopping);
	enum outcome answered = OK;

	if (x->req.is_post)
		return false;
	if (!strcmp(path, "/healthz"))
		answered = respond_text(&x->req, up ? HTTP_OK : HTTP_UNAVAILABLE, up ? "ok\n" : "stopping\n");
	else if (!strcmp(path, "/metrics") && is_from_here(x))
		answered = respond_text(&x->req, HTTP_OK, metrics_text(x->server, x->arena));
	for (size_t i = 0; i < c->n_files && !x->req.response.status; i++)
		if (!strcmp(c->files[i].path, path))
			send_file(x, &c->files[i]);
	if (x->req.response.status && !x->file)
		x->file = x->req.path;
	return answered == OK && x->req.response.status;
}
