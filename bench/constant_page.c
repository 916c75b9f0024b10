/* constant_page DATA: this server with one page at /{size}, so many bytes that are always the same: what a page of that size
 * costs before anything is asked or written for it. Prints its address, serves until it is ended. Session, headers, log line and
 * sending are those of every page. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "app/gate.h"
#include "crypto/crypto.h"
#include "http/server.h"
#include "registry/access/access.h"

enum { SIZE_MAX_BYTES = 1 << 20 };

#define SIZE_FORM(FIELD) \
	FIELD(id, size, .label = "bytes")
FORM(size_form, SIZE_FORM)
FORM_DEFINE(size_form, SIZE_FORM)

static enum outcome constant(struct request *req)
{
	static const char piece[] = "<p>Chương trình Công dân học tập tỉnh Tây Ninh. Hội Khuyến học tỉnh phụ trách.</p>\n";
	int64_t size = ((const struct size_form *)req->form)->size;
	struct buf page = BUF(req->ask.arena, .max = 2 * SIZE_MAX_BYTES);

	if (size > SIZE_MAX_BYTES)
		return NOT_FOUND;
	while (page.len + sizeof piece < (size_t)size)
		buf_add(&page, piece, sizeof piece - 1);
	while (page.len < (size_t)size)
		buf_char(&page, '\n');
	return respond_html(req, HTTP_OK, &page);
}

static const struct route routes[] = { GET(READ, "/{size}", PERMIT_PUBLIC, SEES_NOBODY, size_form, constant) };

int main(int argc, char **argv)
{
	struct app app = { .data_dir = argc > 1 ? argv[1] : "data", .arena = arena_new(64 * MiB), .site = "", .place = "",
		.help = "" };
	struct server *server;
	struct gate gate;
	sigset_t stop;
	int signal;

	crypto_start();
	app.db_url = arena_format(app.arena, "sqlite:%s/hoctap.db", app.data_dir);
	app.keys_dir = arena_format(app.arena, "%s/keys", app.data_dir);
	if (app_keys(&app) != OK)
		return 1;
	gate_init(&gate, &app);
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	server = server_new(&(struct server_config){ .listen_fd = -1, .tables = &(struct route_table)ROUTES(routes),
		.n_tables = 1, .gate = &gate, .spool_dir = app.data_dir });
	if (!server || server_start(server) != OK)
		return 1;
	printf("http://127.0.0.1:%d\n", server_port(server));
	fflush(stdout);
	sigwait(&stop, &signal);
	server_stop(server);
	server_free(server);
	arena_free(app.arena);
	return 0;
}
