/* From the head and the body to something the frame can judge. Nothing here asks who is there, but for uploads: those are not
 * taken to disk from somebody who may not send them. */
#include "http/exchange.h"

#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "base/bug.h"
#include "base/log.h"
#include "http/form.h"
#include "http/messages.h"
#include "http/parts.h"

static void make_id(char out[10])
{
	static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	unsigned char random[8];

	BUG_ON(getrandom(random, sizeof random, 0) != sizeof random);
	for (size_t i = 0; i < 8; i++)
		out[i + (i > 3)] = alphabet[random[i] & 31];
	out[4] = '-';
	out[9] = '\0';
}

struct exchange *exchange_new(struct server *s, const char *target)
{
	struct arena *arena = arena_new(EXCHANGE_ARENA);
	struct exchange *x = ARENA_NEW(arena, struct exchange);

	x->server = s;
	x->arena = arena;
	x->problems = PROBLEMS(arena);
	x->input = (struct input){ .arena = arena, .behind_proxy = s->config.behind_proxy,
		.clean = s->config.gate->clean_text };
	x->body = BUF(arena, .max = BODY_MAX + 1);
	make_id(x->id);
	clock_gettime(CLOCK_MONOTONIC, &x->began);
	x->req = (struct request){
		.ask = { .arena = arena, .problems = &x->problems, .now = s->config.gate->now(s->config.gate->app),
			.keys = s->config.gate->keys, .files = s->config.gate->files, .packs = s->config.gate->packs,
			.sandbox = s->config.gate->sandbox, .hooks = s->config.gate->hooks, .criteria = s->config.gate->criteria,
			.crowds = s->config.gate->crowds, .targets = s->config.gate->targets, .request_id = x->id },
		.path = "/", .target = arena_text(arena, target), .input = &x->input, .gate = s->config.gate, .server = s, .peer = "",
	};
	x->raw = (struct raw){ .method = "", .target = x->req.target, .version = "", .hosts = s->config.hosts,
		.n_hosts = s->config.n_hosts };
	atomic_fetch_add(&s->tally.requests, 1);
	atomic_fetch_add(&s->tally.in_flight, 1);
	return x;
}

void exchange_free(struct exchange *x)
{
	struct server *s = x->server;

	stream_close(x);
	metrics_count(x);
	atomic_fetch_sub(&s->spool_bytes, x->spool_reserved);
	arena_free(x->arena);
	pthread_mutex_lock(&s->idle_lock);
	if (atomic_fetch_sub(&s->tally.in_flight, 1) == 1)
		pthread_cond_broadcast(&s->idle);
	pthread_mutex_unlock(&s->idle_lock);
}

int64_t exchange_microseconds(const struct exchange *x)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - x->began.tv_sec) * 1000000LL + (now.tv_nsec - x->began.tv_nsec) / 1000;
}

void exchange_error(struct exchange *x, int status, const char *why)
{
	struct buf page = BUF(x->arena, .max = 4 * MiB);

	x->req.response = (struct response){ 0 };
	x->server->config.gate->error_page(&x->req, status, why ? why : message_of(status), &page);
	if (respond_html(&x->req, status, &page) != OK)
		(void)!respond_text(&x->req, status, why ? why : message_of(status));
	if (x->allow)
		response_header(&x->req, "Allow", x->allow);
	if (status == HTTP_UNAVAILABLE)
		response_header(&x->req, "Retry-After", "3");
	if (status == HTTP_UNAVAILABLE)
		atomic_fetch_add(&x->server->tally.shed, 1);
	x->plan = PLAN_ANSWERED;
}

/* Decided from the head. A small body is swallowed first, because a browser that is still sending never sees an early answer;
 * a large one is cut off. */
static bool refuse(struct exchange *x, int status, const char *why)
{
	if (x->req.is_post && x->length <= SWALLOW_MAX) {
		x->refused = status;
		x->refused_why = why;
		return true;
	}
	x->close = x->close || x->req.is_post;
	exchange_error(x, status, why);
	return false;
}

static bool method_not_allowed(struct exchange *x, unsigned allow)
{
	x->allow = allow == ALLOW_GET ? "GET, HEAD" : allow == ALLOW_POST ? "POST" : "GET, HEAD, POST";
	x->close = true;
	return refuse(x, HTTP_METHOD_NOT_ALLOWED, NULL);
}

static bool reserve_spool(struct exchange *x)
{
	if (atomic_fetch_add(&x->server->spool_bytes, x->length) + x->length > SPOOL_TOTAL) {
		atomic_fetch_sub(&x->server->spool_bytes, x->length);
		return false;
	}
	x->spool_reserved = x->length;
	return true;
}

static bool takes_files(const struct form_def *def)
{
	for (size_t i = 0; i < def->n; i++)
		if (def->fields[i].type == FIELD_files)
			return true;
	return false;
}

/* Files are taken to disk from who may send them here. */
static bool begin_multipart(struct exchange *x, bool files)
{
	const char *dir = NULL;

	if (files && frame_is_welcome(x)) {
		if (!reserve_spool(x))
			return refuse(x, HTTP_UNAVAILABLE, message_no_files_room);
		dir = x->server->config.spool_dir;
	} else if (files && x->length > SWALLOW_MAX) {
		return refuse(x, x->account ? HTTP_FORBIDDEN : HTTP_UNAUTHORIZED, NULL);
	}
	x->multipart = multipart_new(&x->input, x->req.route->form, request_header(&x->req, "Content-Type"), dir);
	return x->multipart || refuse(x, HTTP_BAD_REQUEST, message_bad_body);
}

static bool begin_body(struct exchange *x)
{
	const struct form_def *form = x->req.route->form;
	const char *type = request_header(&x->req, "Content-Type");
	bool is_multipart = !strncasecmp(type, "multipart/form-data", 19), files = is_multipart && takes_files(form);

	if (!x->length)
		return true;
	if (!is_multipart && (strncasecmp(type, "application/x-www-form-urlencoded", 33) != 0 ||
		(type[33] && !strchr("; ", type[33]))))
		return refuse(x, 415, NULL);
	if (x->length > (files ? UPLOAD_TOTAL : BODY_MAX))
		return refuse(x, HTTP_TOO_LARGE, NULL);
	if (!is_multipart)
		return true;
	if (!files || !x->server->config.gate->remote)
		return begin_multipart(x, files);
	x->plan = PLAN_GREET;
	return true;
}

void exchange_greet(struct exchange *x)
{
	x->plan = PLAN_NEW;
	x->greeting = begin_multipart(x, true);
}

static const char *whole_path(struct arena *arena, const struct segments *path)
{
	struct buf b = BUF(arena, .max = 2 * TARGET_MAX);

	if (!path->n)
		return "/";
	for (size_t i = 0; i < path->n; i++) {
		buf_char(&b, '/');
		buf_text(&b, path->at[i]);
	}
	return buf_cstr(&b);
}

static bool find_route(struct exchange *x, const struct segments *path)
{
	unsigned allow = 0;
	bool is_known = x->req.is_post || x->is_head || !strcmp(x->raw.method, "GET");

	x->row = is_known ? router_find(&x->server->router, x->req.is_post ? METHOD_POST : METHOD_GET, path, &allow) : NULL;
	if (!is_known)
		for (enum route_method m = METHOD_GET; m <= METHOD_POST; m++)
			if (router_find(&x->server->router, m, path, &(unsigned){ 0 }))
				allow |= m == METHOD_GET ? ALLOW_GET : ALLOW_POST;
	if (!x->row && (allow || !is_known))
		return method_not_allowed(x, allow);
	if (!x->row) {
		x->unknown = *request_header(&x->req, "Cookie") && x->length <= SWALLOW_MAX;
		return x->unknown || refuse(x, HTTP_NOT_FOUND, NULL);
	}
	x->req.route = x->row->route;
	router_capture(x->row, path, &x->input);
	return !x->req.is_post || begin_body(x);
}

bool exchange_head(struct exchange *x)
{
	struct refusal no;
	struct segments path;
	const char *query = strchr(x->req.target, '?');
	size_t path_len = query ? (size_t)(query - x->req.target) : strlen(x->req.target);
	enum input_read read = INPUT_OK;

	x->input.headers = x->raw.headers;
	x->input.n_headers = x->raw.n_headers;
	no = strict_check(&x->raw, &x->length);
	if (!no.status && !input_path(x->arena, x->req.target, path_len, &path))
		no = (struct refusal){ HTTP_BAD_REQUEST, message_bad_address };
	if (!no.status && query)
		read = input_urlencoded(&x->input, FROM_QUERY, query + 1, strlen(query + 1), INPUT_QUERY_PAIRS);
	if (read != INPUT_OK)
		no = (struct refusal){ read == INPUT_TOO_MANY ? 414 : HTTP_BAD_REQUEST, message_bad_address };
	if (no.status) {
		atomic_fetch_add(&x->server->tally.refused, 1);
		x->close = true;
		exchange_error(x, no.status, no.why);
		return false;
	}
	x->req.is_post = !strcmp(x->raw.method, "POST");
	x->is_head = !strcmp(x->raw.method, "HEAD");
	x->req.is_htmx = !strcmp(request_header(&x->req, "HX-Request"), "true");
	x->req.path = whole_path(x->arena, &path);
	if ((x->is_head || !strcmp(x->raw.method, "GET")) && files_answer(x, x->req.path)) {
		x->plan = PLAN_ANSWERED;
		return false;
	}
	return find_route(x, &path);
}

void exchange_body(struct exchange *x, const char *data, size_t len)
{
	x->received += (int64_t)len;
	if (x->refused || x->unknown)
		return;
	if (x->multipart)
		multipart_feed(x->multipart, data, len);
	else
		buf_add(&x->body, data, len);
}

static int read_body(struct exchange *x)
{
	enum input_read read;

	if (!x->multipart) {
		read = input_urlencoded(&x->input, FROM_BODY, buf_cstr(&x->body), x->body.len, INPUT_BODY_PAIRS);
		return x->body.failed || read == INPUT_TOO_MANY ? HTTP_TOO_LARGE : read == INPUT_MALFORMED ? HTTP_BAD_REQUEST : 0;
	}
	switch (multipart_end(x->multipart)) {
	case MULTIPART_DONE:
		return 0;
	case MULTIPART_TOO_MUCH:
		return HTTP_TOO_LARGE;
	case MULTIPART_NO_ROOM:
		return HTTP_UNAVAILABLE;
	case MULTIPART_GOING: case MULTIPART_GARBAGE:
		break;
	}
	return HTTP_BAD_REQUEST;
}

void exchange_end(struct exchange *x)
{
	int status = x->refused;
	const char *why = x->refused_why;

	if (!status && x->req.is_post && !x->unknown) {
		status = read_body(x);
		why = status == HTTP_BAD_REQUEST ? message_bad_body : status == HTTP_UNAVAILABLE ? message_no_files_room : NULL;
	}
	if (status)
		exchange_error(x, status, why);
}
