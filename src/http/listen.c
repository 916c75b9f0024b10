/* libmicrohttpd, kept to this file. Its callbacks run on its event loops; nothing here waits.
 *
 * An exchange is STAGE_NEW until its head is judged, BODY while bytes come, AWAY while its connection is suspended and some
 * other thread owns it, READY when its answer may be queued, SENDING until on_completed. listener_resume is the one way back
 * from AWAY, and asserts that it came from there. */
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/log.h"
#include "http/deadline.h"
#include "http/parts.h"

enum { CONNECTION_MEMORY = 32 << 10, CONNECTIONS = 4000, BACKLOG = 1024, BLOCK = 32 << 10 };

struct listener {
	struct MHD_Daemon *daemon;
	int fd, port;
	struct deadlines deadlines;
};

static struct deadlines *deadlines_of(const struct exchange *x)
{
	return &x->server->listener->deadlines;
}

static void suspend(struct exchange *x)
{
	x->stage = STAGE_AWAY;
	MHD_suspend_connection(x->handle);
}

void listener_resume(struct exchange *x)
{
	BUG_ON(x->stage != STAGE_AWAY);
	x->stage = x->sending ? STAGE_SENDING : x->greeting ? STAGE_BODY : STAGE_READY;
	if (x->greeting)
		connection_body(deadlines_of(x), x->connection, 0);
	x->greeting = false;
	MHD_resume_connection(x->handle);
}

/* A piece of a stream: from what a worker made, or the connection sleeps until a worker has made more. */
static ssize_t read_stream(void *cls, uint64_t at, char *to, size_t max)
{
	struct exchange *x = cls;
	struct stream *s = x->stream;
	size_t left = s->out.len - s->given, n = left < max ? left : max;

	(void)at;
	if (left) {
		memcpy(to, s->out.ptr + s->given, n);
		s->given += n;
		return (ssize_t)n;
	}
	if (s->failed)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	if (s->done)
		return MHD_CONTENT_READER_END_OF_STREAM;
	suspend(x);
	if (!queue_push(&x->server->work, x, QUEUE_STREAM)) {
		s->failed = true;
		listener_resume(x);
	}
	return 0;
}

static enum MHD_Result send_answer(struct exchange *x)
{
	struct response *r = &x->req.response;
	struct MHD_Response *out;
	enum MHD_Result queued = MHD_YES;

	out = x->stream ? MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_stream, x, NULL) :
		MHD_create_response_from_buffer(r->body.len, (void *)(uintptr_t)r->body.ptr, MHD_RESPMEM_PERSISTENT);
	if (!out)
		return MHD_NO;
	for (size_t i = 0; i < x->n_headers; i++)
		if (MHD_add_response_header(out, x->headers[i].name, x->headers[i].value) != MHD_YES)
			queued = MHD_NO;
	x->stage = STAGE_SENDING;
	x->sending = true;
	connection_sending(deadlines_of(x), x->connection, x->stream ? -1 : (int64_t)r->body.len);
	if (queued == MHD_YES)
		queued = MHD_queue_response(x->handle, (unsigned)r->status, out);
	MHD_destroy_response(out);
	return queued;
}

/* A folded line: the library glues it to the *name*, which then no longer stands in the read buffer right before its value. */
static bool is_in_place(const char *name, size_t len, const char *value)
{
	uintptr_t from = (uintptr_t)name + len + 1, to = (uintptr_t)value;

	if (to < from || to - from > HEADER_VALUE_MAX)
		return false;
	for (const char *between = name + len + 1; (uintptr_t)between < to; between++)
		if (*between != ' ' && *between != '\t')
			return false;
	return true;
}

static enum MHD_Result add_header(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_len, const char *value,
	size_t value_len)
{
	struct exchange *x = cls;
	struct header *headers = (struct header *)(uintptr_t)x->raw.headers;

	(void)kind;
	x->raw.cut = x->raw.cut || !value || strlen(name) != name_len || strlen(value) != value_len ||
		!is_in_place(name, name_len, value);
	x->raw.more = x->raw.n_headers == HEADERS_MAX_COUNT;
	if (!x->raw.more)
		headers[x->raw.n_headers++] = (struct header){ name, value ? value : "" };
	return x->raw.more ? MHD_NO : MHD_YES;
}

/* Behind a proxy the last entry is what our proxy saw; those before it are whatever the client claims. */
static const char *peer_of(struct exchange *x)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->handle, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const char *forwarded = raw_header(x->raw.headers, x->raw.n_headers, "X-Forwarded-For", NULL), *last;
	char text[INET6_ADDRSTRLEN] = "";
	struct in6_addr any;
	const void *at;

	if (x->server->config.behind_proxy && forwarded) {
		last = strrchr(forwarded, ',');
		last = last ? last + 1 + strspn(last + 1, " \t") : forwarded;
		if (inet_pton(AF_INET, last, &any) == 1 || inet_pton(AF_INET6, last, &any) == 1)
			return arena_text(x->arena, last);
	}
	at = info ? (const void *)info->client_addr : NULL;
	if (at && info->client_addr->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)at)->sin_addr, text, sizeof text);
	else if (at && info->client_addr->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)at)->sin6_addr, text, sizeof text);
	return arena_text(x->arena, text);
}

/* Runs what may run on the loop, and sends the rest away. True: the answer is there. */
static bool dispatch(struct exchange *x)
{
	connection_ours(x->connection);
	if (x->plan == PLAN_NEW && !x->multipart && x->body.len <= SMALL_BODY && !x->server->config.gate->remote)
		frame_run(x, true);
	if (x->plan != PLAN_ANSWERED && !exchange_can_pass(x))
		exchange_error(x, HTTP_UNAVAILABLE, NULL);
	if (x->plan == PLAN_ANSWERED)
		return true;
	suspend(x);
	exchange_pass(x);
	return false;
}

/* Who sends files is asked on a worker before the first byte of them is read; where there is no room they are not wanted now. */
static void greet(struct exchange *x)
{
	if (!exchange_can_pass(x)) {
		x->plan = PLAN_NEW;
		x->refused = HTTP_UNAVAILABLE;
		return;
	}
	connection_ours(x->connection);
	suspend(x);
	exchange_pass(x);
}

static enum MHD_Result begin(struct exchange *x, const char *method, const char *version)
{
	x->raw.method = method;
	x->raw.version = version;
	x->raw.headers = ARENA_ARRAY(x->arena, struct header, HEADERS_MAX_COUNT);
	MHD_get_connection_values_n(x->handle, MHD_HEADER_KIND, add_header, x);
	x->req.peer = peer_of(x);
	if (exchange_head(x)) {
		x->stage = STAGE_BODY;
		connection_body(deadlines_of(x), x->connection, 0);
		if (x->plan == PLAN_GREET)
			greet(x);
		return MHD_YES;
	}
	exchange_complete(x);
	if (!x->req.is_post && !x->close) {              /* nothing more comes: the second call may carry the answer */
		x->stage = STAGE_READY;
		return MHD_YES;
	}
	return send_answer(x);
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *handle, const char *url, const char *method,
	const char *version, const char *data, size_t *len, void **context)
{
	struct exchange *x = *context;

	(void)cls;
	(void)handle;
	(void)url;
	if (!x)
		return MHD_NO;
	switch (x->stage) {
	case STAGE_NEW:
		return begin(x, method, version);
	case STAGE_BODY:
		if (*len) {
			exchange_body(x, data, *len);
			connection_body(deadlines_of(x), x->connection, x->received);
			*len = 0;
			return MHD_YES;
		}
		if (x->received < x->length)             /* back from being greeted, called as at the first time */
			return MHD_YES;
		exchange_end(x);
		if (!dispatch(x))
			return MHD_YES;
		exchange_complete(x);
		return send_answer(x);
	case STAGE_READY:
		return send_answer(x);
	case STAGE_AWAY: case STAGE_SENDING:
		break;
	}
	BUG_ON(x->stage == STAGE_AWAY || x->stage == STAGE_SENDING);     /* suspended or answered, and called again */
	return MHD_NO;
}

/* So many query arguments that the library has no memory left to answer: it would fall silent until the time-out. */
static bool is_beyond(const char *target)
{
	size_t n = 0;

	for (; *target; target++)
		n += *target == '&';
	return n > 2 * INPUT_QUERY_PAIRS;
}

/* The first line is there: the exchange begins. It sees the target before libmicrohttpd takes it apart. */
static void *on_first_line(void *cls, const char *target, struct MHD_Connection *handle)
{
	struct server *s = cls;
	struct exchange *x = exchange_new(s, target);
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	x->handle = handle;
	x->connection = info->socket_context;
	x->connection->exchange = x;
	if (is_beyond(target))
		shutdown(x->connection->fd, SHUT_RDWR);
	connection_head(&s->listener->deadlines, x->connection);
	return x;
}

static void log_request(const struct exchange *x)
{
	const char *method = x->req.is_post ? "POST" : x->is_head ? "HEAD" : !strcmp(x->raw.method, "GET") ? "GET" : "-";
	/* an address that is none of ours is not written down: it may hold anything */
	const char *path = x->row ? x->row->route->path : x->file ? x->file : "-";

	log_gathered(x->server->log, LOG_INFO, x->id, "request", "%s %s %d %lld us", method, path, x->req.response.status,
		(long long)exchange_microseconds(x));
}

static void on_completed(void *cls, struct MHD_Connection *handle, void **context, enum MHD_RequestTerminationCode why)
{
	struct server *s = cls;
	struct exchange *x = *context;

	(void)handle;
	(void)why;
	if (!x)
		return;
	x->connection->exchange = NULL;
	*context = NULL;
	BUG_ON(x->stage == STAGE_AWAY);
	if (!s->config.quiet)
		log_request(x);
	connection_idle(&s->listener->deadlines, x->connection);
	exchange_free(x);
}

static void on_connection(void *cls, struct MHD_Connection *handle, void **socket_context,
	enum MHD_ConnectionNotificationCode code)
{
	struct server *s = cls;
	struct connection *c = *socket_context;

	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*socket_context = connection_new(&s->listener->deadlines,
			MHD_get_connection_info(handle, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd);
		return;
	}
	if (c->exchange)                 /* closed before on_request saw it: on_completed was not called */
		exchange_free(c->exchange);
	connection_free(&s->listener->deadlines, c);
}

/* We decode for ourselves (input.c). */
static size_t keep_escaped(void *cls, struct MHD_Connection *handle, char *text)
{
	(void)cls;
	(void)handle;
	return strlen(text);
}

__attribute__((format(printf, 2, 0)))
static void on_library_message(void *cls, const char *format, va_list args)
{
	struct server *s = cls;
	char text[256];

	if (s->config.quiet)
		return;
	vsnprintf(text, sizeof text, format, args);
	text[strcspn(text, "\n")] = '\0';
	log_line(LOG_WARN, "", "http", "%s", text);
}

static int bind_any(const struct server_config *c)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons((uint16_t)c->port) };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)c->port) };
	bool is_v4 = inet_pton(AF_INET, c->address ? c->address : "127.0.0.1", &v4.sin_addr) == 1;
	int fd, one = 1, bound;

	if (!is_v4 && inet_pton(AF_INET6, c->address, &v6.sin6_addr) != 1) {
		errno = EINVAL;
		return -1;
	}
	fd = socket(is_v4 ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	bound = is_v4 ? bind(fd, (const struct sockaddr *)&v4, sizeof v4) : bind(fd, (const struct sockaddr *)&v6, sizeof v6);
	if (!bound && !listen(fd, BACKLOG))
		return fd;
	close(fd);
	return -1;
}

static int port_of(int fd)
{
	struct sockaddr_storage at;
	socklen_t len = sizeof at;

	if (getsockname(fd, (struct sockaddr *)&at, &len) < 0)
		return 0;
	return ntohs(at.ss_family == AF_INET6 ? ((const struct sockaddr_in6 *)&at)->sin6_port :
		((const struct sockaddr_in *)&at)->sin_port);
}

OUTCOME listener_open(struct server *s)
{
	struct listener *l = ARENA_NEW(s->arena, struct listener);
	const struct server_config *c = &s->config;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_ERROR_LOG;

	l->fd = c->listen_fd >= 0 ? c->listen_fd : bind_any(c);
	if (l->fd < 0) {
		log_line(LOG_ERROR, "", "listen", "%s:%d: %s", c->address ? c->address : "127.0.0.1", c->port, strerror(errno));
		return FAILED;
	}
	l->port = port_of(l->fd);
	deadlines_init(&l->deadlines, c->patience, c->gate->cut_before, c->gate->app);
	s->listener = l;
	l->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, s, MHD_OPTION_EXTERNAL_LOGGER, on_library_message, s,
		MHD_OPTION_LISTEN_SOCKET, l->fd, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)c->loops,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)c->patience * 2, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_URI_LOG_CALLBACK, on_first_line, s, MHD_OPTION_UNESCAPE_CALLBACK, keep_escaped, NULL,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_END);
	if (l->daemon)
		return OK;
	log_line(LOG_ERROR, "", "listen", "libmicrohttpd did not start");
	deadlines_release(&l->deadlines);
	close(l->fd);
	return FAILED;
}

int listener_port(const struct server *s)
{
	return s->listener->port;
}

/* The returned socket must be closed at once: its backlog would still take connections that nobody answers. */
void listener_quiesce(struct server *s)
{
	int fd = MHD_quiesce_daemon(s->listener->daemon);

	if (fd >= 0)
		close(fd);
}

void listener_hear_out(struct server *s)
{
	for (int ms = 0; ms < SILENT_MS && connections_silent(&s->listener->deadlines); ms++)
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
}

void listener_close(struct server *s)
{
	MHD_stop_daemon(s->listener->daemon);
	deadlines_release(&s->listener->deadlines);
}
