#include "http/fake_routes.h"

#include <stdio.h>
#include <string.h>

FORM_DEFINE(fake_add_form, ADD_FORM)
FORM_DEFINE(fake_person_form, PERSON_FORM)
FORM_DEFINE(fake_papers_form, PAPERS_FORM)

static enum outcome home(struct request *req)
{
	return respond_text(req, HTTP_OK, "chào");
}

static enum outcome person(struct request *req)
{
	const struct fake_person_form *form = req->form;

	req->response.etag = "p1";
	return respond_text(req, HTTP_OK, arena_format(req->ask.arena, "%lld", (long long)form->person));
}

static enum outcome large(struct request *req)
{
	struct buf page = BUF(req->ask.arena);

	for (int i = 0; i < 5000; i++)
		buf_format(&page, "<p>%d</p>", i);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome overflow(struct request *req)
{
	struct buf page = BUF(req->ask.arena, .max = 10);

	buf_text(&page, "more than ten bytes");
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome silent(struct request *req)
{
	(void)req;
	return OK;
}

/* A read that its budget cuts short on the loop, and that succeeds on a worker. */
static enum outcome late(struct request *req)
{
	if (req->ask.db->late)
		return FAILED;
	return respond_text(req, HTTP_OK, "cuối cùng");
}

static enum outcome wait_for_test(struct request *req)
{
	fake_wait(req->gate->app);
	return respond_text(req, HTTP_OK, "xong");
}

static enum outcome rows(void *state, struct arena *row, struct buf *out, bool *done)
{
	int *n = state;

	buf_text(out, arena_format(row, "%d\n", (*n)--));
	*done = *n <= 0;
	return *n == 66666 ? FAILED : OK;
}

static enum outcome stream(struct request *req)
{
	const struct fake_add_form *form = req->form;
	int *n = ARENA_NEW(req->ask.arena, int);

	*n = (int)form->n * 1000;
	return respond_stream(req, "text/csv", "Danh sách.csv", rows, n);
}

/* More than two sockets hold. */
static enum outcome long_rows(void *state, struct arena *row, struct buf *out, bool *done)
{
	int *n = state;

	buf_text(out, arena_format(row, "%01000d\n", (*n)--));
	*done = *n <= 0;
	return OK;
}

static enum outcome long_stream(struct request *req)
{
	int *n = ARENA_NEW(req->ask.arena, int);

	*n = 50000;
	return respond_stream(req, "text/csv", "Danh sách.csv", long_rows, n);
}

static enum outcome file(struct request *req)
{
	return respond_file(req, "application/pdf", "Báo cáo \"1\".pdf", (struct bytes){ "%PDF", 4 }, true);
}

static enum outcome add(struct request *req)
{
	const struct fake_add_form *form = req->form;
	struct db *db = req->ask.db;
	struct buf page = BUF(req->ask.arena);

	db->value += form->n;
	if (!strcmp(form->how, "conflict"))
		return CONFLICT;
	if (!strcmp(form->how, "forbidden"))
		return FORBIDDEN;
	if (!strcmp(form->how, "failed"))
		return FAILED;
	if (!strcmp(form->how, "invalid")) {
		problem(req->ask.problems, "n", "Số: không hợp.");
		return INVALID;
	}
	if (!strcmp(form->how, "page422")) {
		buf_text(&page, "trang của nó");
		return respond_html(req, HTTP_UNPROCESSABLE, &page) == OK ? INVALID : FAILED;
	}
	if (!strcmp(form->how, "ok422")) {
		buf_text(&page, "vẫn là 422");
		return respond_html(req, HTTP_UNPROCESSABLE, &page);
	}
	if (!strcmp(form->how, "cookie"))
		response_cookie(req, "s", "abc", 60);
	return redirect_see_other(req, URL("/so/1"));
}

static enum outcome add_again(struct request *req)
{
	struct fake_add_form_view view;
	struct buf page = BUF(req->ask.arena);

	request_form(req, &fake_add_form_def, req->form, &view);
	buf_format(&page, "lại: [%s] [%s]", view.n.value, view.n.error);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome add_rules(struct request *req)
{
	problem(req->ask.problems, "n", "Số: nói lần hai.");
	problem(req->ask.problems, "", "Cả biểu không hợp.");
	return OK;
}

static enum outcome papers_prepare(struct request *req)
{
	const struct fake_papers_form *form = req->form;

	if (!form->papers.n) {
		problem(req->ask.problems, "papers", "Tệp: chưa chọn.");
		return INVALID;
	}
	if (req->ask.db->writer)
		return FAILED;
	req->prepared = (void *)(uintptr_t)arena_format(req->ask.arena, "%zu %lld", form->papers.n, (long long)form->papers.at[0].size);
	return OK;
}

static enum outcome papers_store(struct request *req)
{
	req->ask.db->value += 1;
	return respond_text(req, HTTP_OK, req->prepared);
}

const struct route fake_routes[] = {
	GET (READ, "/", FAKE_PUBLIC, SEES_NOBODY, no_form, home)
	GET (READ, "/so/{person}", FAKE_SIGNED_IN, SEES(person), fake_person_form, person)
	GET (READ, "/lon", FAKE_PUBLIC, SEES_NOBODY, no_form, large)
	GET (READ, "/tran", FAKE_PUBLIC, SEES_NOBODY, no_form, overflow)
	GET (READ, "/im", FAKE_PUBLIC, SEES_NOBODY, no_form, silent)
	GET (READ, "/tre", FAKE_PUBLIC, SEES_NOBODY, no_form, late)
	GET (WORK, "/cham", FAKE_PUBLIC, SEES_NOBODY, no_form, wait_for_test)
	GET (WORK, "/dong", FAKE_PUBLIC, SEES_NOBODY, fake_add_form, stream)
	GET (WORK, "/dong-dai", FAKE_PUBLIC, SEES_NOBODY, no_form, long_stream)
	GET (READ, "/tim", FAKE_PUBLIC, SEES_NOBODY, fake_add_form, home, .again = add_again)
	GET (WORK, "/tep", FAKE_PUBLIC, SEES_NOBODY, no_form, file)
	GET (READ, "/rieng", FAKE_CHIEF, SEES_NOBODY, no_form, home)
	POST(WRITE, "/them", FAKE_SIGNED_IN, SEES_NOBODY, fake_add_form, NO_PREPARE, add)
	POST(WRITE, "/them-luat", FAKE_SIGNED_IN, SEES_NOBODY, fake_add_form, NO_PREPARE, add, .rules = add_rules)
	POST(WRITE, "/them-lai", FAKE_SIGNED_IN, SEES_NOBODY, fake_add_form, NO_PREPARE, add, .again = add_again)
	POST(WRITE, "/tep", FAKE_SIGNED_IN, SEES_NOBODY, fake_papers_form, papers_prepare, papers_store)
	POST(WRITE, "/rieng", FAKE_CHIEF, SEES_NOBODY, fake_add_form, NO_PREPARE, add)
};
const size_t fake_n_routes = COUNT(fake_routes);

static const struct static_file files[] = {
	{ "/web/app.css", "text/css", "\"abc\"", { "plain", 5 }, { "gz", 2 }, { "b", 1 } },
	{ "/web/x.woff2", "font/woff2", "\"def\"", { "font", 4 }, { "", 0 }, { "", 0 } },
};

struct server *fake_server(struct fake *f, const struct gate *gate, const struct server_config *more)
{
	static const struct route_table tables[] = { ROUTES(fake_routes) };
	struct server_config config = { 0 };

	(void)f;
	if (more)
		config = *more;
	config.listen_fd = -1;
	config.tables = tables;
	config.n_tables = 1;
	config.gate = gate;
	config.files = files;
	config.n_files = COUNT(files);
	config.spool_dir = P_tmpdir;
	config.quiet = true;
	return server_new(&config);
}
