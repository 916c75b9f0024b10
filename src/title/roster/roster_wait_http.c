/* While a job works on a list; and the page of taking it back. */
#include "base/day.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/jobs/jobs.h"
#include "roster_undo_html.h"
#include "roster_wait_html.h"
#include "text/format.h"
#include "title/roster/roster_messages.h"
#include "title/roster/roster_pages_http.h"
#include "title/roster/roster_result_http.h"
#include "title/roster/roster_undo.h"

static const char *heading_of(struct arena *a, const struct list *list)
{
	switch (list->state) {
	case LIST_READING: return arena_format(a, "Đang đọc %s", list->name);
	case LIST_UNREADABLE: return arena_format(a, "Không đọc được %s", list->name);
	case LIST_APPLYING: return arena_format(a, "Đang ghi %s", list->name);
	case LIST_UNDOING: return arena_format(a, "Đang hoàn lại %s", list->name);
	case LIST_READ: case LIST_APPLIED: case LIST_UNDONE: break;
	}
	return list->name;
}

static void fill_progress(struct arena *a, const struct job *job, struct roster_wait_page *view)
{
	view->has_total = job->total > 0;
	view->done = arena_format(a, "%lld", (long long)job->done);
	view->total = arena_format(a, "%lld", (long long)job->total);
	view->said = view->has_total ? arena_format(a, "%s trong %s dòng", format_int(a, job->done), format_int(a, job->total))
		: job->condition == JOB_WAITING ? "Đang chờ tới lượt" : "Đang làm";
}

OUTCOME roster_wait_show(struct request *req, const struct list *list)
{
	const struct link links[] = {{"Chọn tệp khác", URL("/danh-sach"), false}, {"Các việc đang chạy", URL("/viec"), false}};
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct roster_wait_page view = { .done = "0", .total = "0", .said = "", .links = links, .n_links = COUNT(links) };
	struct job job;

	TRY(job_get(&req->ask, list->job_id, &job));
	view.heading = heading_of(a, list);
	view.is_stopped = list->state != LIST_UNREADABLE && job.condition == JOB_STOPPED;
	view.is_running = list->state != LIST_UNREADABLE && !view.is_stopped;
	view.lead = view.is_stopped   ? job.message
		    : view.is_running ? "Chưa có gì thay đổi trong sổ cho đến khi xong cả danh sách."
				      : list->note;
	view.here = roster_url(a, list->id);
	view.retry_href = url_own(a, "/viec/%lld/chay-lai", (long long)job.id);
	view.version = arena_format(a, "%lld", (long long)job.version);
	fill_progress(a, &job, &view);
	if (view.is_running)
		response_header(req, "Refresh", "2");
	access_page(req, &view.page, view.heading);
	roster_crumbs(req, &view.page, NULL, list->name);
	roster_wait_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

enum outcome roster_result_show(struct request *req)
{
	struct list list;

	TRY(list_get(&req->ask, ((const struct roster_path_form *)req->form)->roster, &list));
	if (list.state != LIST_READ && list.state != LIST_APPLIED && list.state != LIST_UNDONE)
		return NOT_FOUND;
	request_lists(req, list.unit_id, "Tệp kết quả nạp");
	return roster_result_send(req, &list, list.name);
}

/* ---- taking it back ---- */

static void fill_figures(struct arena *a, const struct undo_counts *c, struct roster_undo_page *view)
{
	struct figure *figures = ARENA_ARRAY(a, struct figure, 3);

	figures[0] = (struct figure){ "Người mới sẽ bỏ khỏi sổ", format_int(a, c->added), "", URL_NONE };
	figures[1] = (struct figure){ "Người trở lại như trước", format_int(a, c->changed), "", URL_NONE };
	figures[2] = (struct figure){ "Phiếu trở lại như trước", format_int(a, c->sheets), "", URL_NONE };
	view->figures = (struct figures){ figures, 3 };
}

static OUTCOME fill_blocks(struct ask *ask, const struct list *list, const struct undo_counts *c, struct roster_undo_page *view)
{
	struct arena *a = ask->arena;
	struct roster_line *lines = ARENA_ARRAY(a, struct roster_line, c->n_blocked);

	for (size_t i = 0; i < c->n_blocked; i++) {
		struct list_row row;

		TRY(list_row(ask, list, c->blocked[i].line, &row));      /* UNDO_BLOCKS_SHOWN at most */
		lines[i] = (struct roster_line){.line = arena_format(a, "%lld", (long long)row.row),
						.name = row.name,
						.words = c->blocked[i].why,
						.href = url_own(a, "/nguoi/%lld", (long long)row.person_id),
						.is_person = c->blocked[i].is_there,
						.facts = "",
						.verdict = ""};
	}
	view->lines = lines;
	view->n_lines = c->n_blocked;
	return OK;
}

static const char *undo_lead(const struct list *list, const struct undo_counts *counts, bool may)
{
	if (may)
		return "Cả lần nạp được hoàn lại một lần, sổ như lúc chưa nạp. Nhật ký vẫn ghi đã nạp và đã hoàn lại.";
	if (counts->n_blocked)
		return "Hoàn lại cả lần nạp sẽ mất những gì người khác đã sửa.";
	return list->state == LIST_APPLIED ? ROSTER_UNDO_LATE : ROSTER_UNDO_NOTHING;
}

enum outcome roster_undo_show(struct request *req)
{
	int64_t id = req->is_post ? ((const struct roster_undo_form *)req->form)->roster
				  : ((const struct roster_path_form *)req->form)->roster;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct roster_undo_page view = { 0 };
	struct undo_counts counts;
	struct list list;

	TRY(list_get(&req->ask, id, &list));
	TRY(roster_undo_look(&req->ask, &list, &counts));
	view.heading = arena_format(a, "Hoàn lại danh sách %s", list.name);
	view.may = list.state == LIST_APPLIED && !counts.n_blocked && list.applied_at >= day_start(day_of(req->ask.now).text);
	view.lead = undo_lead(&list, &counts, view.may);
	view.version = arena_format(a, "%lld", (long long)list.version);
	view.action = url_own(a, "/danh-sach/%lld/hoan-lai", (long long)id);
	view.back = roster_url(a, id);
	fill_figures(a, &counts, &view);
	TRY(fill_blocks(&req->ask, &list, &counts, &view));
	access_page(req, &view.page, view.heading);
	roster_crumbs(req, &view.page, &list, "Hoàn lại");
	roster_undo_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

enum outcome roster_undo_post(struct request *req)
{
	const struct roster_undo_form *form = req->form;

	TRY(list_undo(&req->ask, form->roster, form->version));
	return redirect_see_other(req, roster_url(req->ask.arena, form->roster));
}
