/* Pages of jobs: how far one is, without a script: the page asks to be read again every few seconds. */
#include "registry/jobs/jobs_http.h"

#include "html/page.h"
#include "job_page_html.h"
#include "jobs_list_html.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/jobs/jobs.h"
#include "registry/jobs/jobs_view.h"
#include "text/format.h"

enum { PAGE = 50 };

FORM_DEFINE(jobs_form, JOBS_FORM)
FORM_DEFINE(job_path_form, JOB_PATH_FORM)
FORM_DEFINE(job_retry_form, JOB_RETRY_FORM)

static struct url job_url(struct arena *a, int64_t id)
{
	return url_own(a, "/viec/%lld", (long long)id);
}

static const char *condition_words(enum job_condition condition)
{
	static const char *const words[] = { "Đang chờ", "Đang làm", "Đã xong", "Dừng vì lỗi" };

	return words[condition];
}

static enum outcome jobs_list(struct request *req)
{
	const struct jobs_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct jobs_list view = { .pager = { .text = "" } };
	struct link links[] = { { "Trang đầu", URL("/"), false } };
	struct job_list list;
	struct job_item *items;

	TRY(job_list(&req->ask, form->before, &list));
	access_page(req, &view.page, "Việc đang chạy");
	page_crumbs(&view.page, a, links, COUNT(links), "Việc");
	items = ARENA_ARRAY(a, struct job_item, list.n);
	for (size_t i = 0; i < list.n; i++)
		items[i] = (struct job_item){ list.at[i].title, condition_words(list.at[i].condition), format_moment(a, list.at[i].made_at),
			job_url(a, list.at[i].id) };
	view.items = items;
	view.n_items = list.n;
	view.empty = (struct empty){ .title = "Chưa có việc nào", .text = "Việc dài như mở đợt, nạp danh sách lớn hiện ở đây để xem đã đến đâu." };
	if (form->before)
		view.pager.first = URL("/viec");
	if (list.n == PAGE)
		view.pager.next = url_query_int(a, URL("/viec"), "before", (long long)list.at[list.n - 1].id);
	jobs_list_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static const char *progress_words(struct arena *a, const struct job *job)
{
	if (job->total)
		return arena_format(a, "%s trong %s", format_int(a, job->done), format_int(a, job->total));
	return format_int(a, job->done);
}

static void fill_facts(struct arena *a, const struct job *job, struct job_page *view)
{
	struct fact *facts = ARENA_ARRAY(a, struct fact, 5);
	size_t n = 0;

	facts[n++] = (struct fact){ "Tình trạng", condition_words(job->condition), "" };
	facts[n++] = (struct fact){ "Đã làm", progress_words(a, job), "" };
	facts[n++] = (struct fact){ "Bắt đầu", format_moment(a, job->made_at), "" };
	if (job->ended_at)
		facts[n++] = (struct fact){ "Kết thúc", format_moment(a, job->ended_at), "" };
	facts[n++] = (struct fact){ "Số của việc", arena_format(a, "%lld", (long long)job->id), "code" };
	view->facts = (struct facts){ facts, n };
}

static enum outcome show(struct request *req, int64_t id)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct link links[] = { { "Việc", URL("/viec"), false } };
	struct job_page view = { 0 };
	struct job job;

	TRY(job_get(&req->ask, id, &job));
	access_page(req, &view.page, job.title);
	page_crumbs(&view.page, a, links, COUNT(links), job.title);
	view.heading = job.title;
	view.message = job.message;
	view.is_running = job.condition == JOB_WAITING || job.condition == JOB_UNDER_WAY;
	view.is_stopped = job.condition == JOB_STOPPED;
	view.here = job_url(a, job.id);
	view.retry_href = url_own(a, "/viec/%lld/chay-lai", (long long)job.id);
	view.version = arena_format(a, "%lld", (long long)job.version);
	fill_facts(a, &job, &view);
	if (view.is_running)
		response_header(req, "Refresh", "5");
	job_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome job_show(struct request *req)
{
	return show(req, ((const struct job_path_form *)req->form)->job);
}

static enum outcome retry_post(struct request *req)
{
	const struct job_retry_form *form = req->form;

	TRY(job_retry(&req->ask, form->job, form->version));
	return redirect_see_other(req, job_url(req->ask.arena, form->job));
}

static enum outcome retry_again(struct request *req)
{
	return show(req, ((const struct job_retry_form *)req->form)->job);
}

const struct route jobs_routes[] = {
	GET(READ, "/viec", PERMIT_SIGNED_IN, SEES_NOBODY, jobs_form, jobs_list)
	GET(READ, "/viec/{job}", PERMIT_SIGNED_IN, SEES_NOBODY, job_path_form, job_show)
	POST(WRITE, "/viec/{job}/chay-lai", PERMIT_SIGNED_IN, SEES_NOBODY, job_retry_form, NO_PREPARE, retry_post, .again = retry_again)
};
const struct route_table jobs_table = ROUTES(jobs_routes);
