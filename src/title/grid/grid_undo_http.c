/* What was done for many today, and the page that undoes one of them. */
#include <string.h>

#include "grid_done_html.h"
#include "grid_undo_html.h"
#include "registry/access/access_page.h"
#include "text/format.h"
#include "title/grid/grid_messages.h"
#include "title/grid/grid_place_http.h"
#include "title/review/review_page.h"

FORM_DEFINE(grid_unit_form, GRID_UNIT_FORM)
FORM_DEFINE(grid_done_form, GRID_DONE_FORM)

struct url grid_dones_url(struct arena *a, const struct grid_place *p)
{
	return url_own(a, "/luoi/%lld/%lld/da-lam", (long long)p->unit.id, (long long)p->round.id);
}

struct url grid_done_url(struct arena *a, const struct grid_done *done)
{
	return url_own(a, "/luoi/%lld/%lld/da-lam/%lld", (long long)done->leaf_id, (long long)done->round_id,
		(long long)done->id);
}

/* The mode in which its scores are seen. */
static enum grid_mode mode_of(const struct grid_done *done)
{
	return grid_permit(done->act) == PERMIT_SHEET_REVIEW ? GRID_REVIEW : GRID_SELF;
}

/* ---- the list of today ---- */

static OUTCOME fill_dones(struct request *req, const struct grid_place *p, struct grid_done_page *view)
{
	struct arena *a = req->ask.arena;
	struct grid_dones dones;
	struct grid_done_line *lines;

	TRY(grid_dones(&req->ask, p->round.id, p->unit.id, &dones));
	lines = ARENA_ARRAY(a, struct grid_done_line, dones.n);
	for (size_t i = 0; i < dones.n; i++) {
		const struct grid_done *d = &dones.at[i];
		bool may = !d->undone_at && access_may(req->ask.actor, grid_permit(d->act));

		lines[i] = (struct grid_done_line){ format_time(a, d->at), grid_done_words(a, d->act, d->people), d->actor,
			d->undone_at ? arena_format(a, "Đã hoàn lại lúc %s", format_time(a, d->undone_at)) : "–",
			may ? grid_done_url(a, d) : URL_NONE };
	}
	view->lines = lines;
	view->n_lines = dones.n;
	view->has_lines = dones.n > 0;
	return OK;
}

enum outcome grid_dones_show(struct request *req)
{
	const struct grid_unit_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = MiB);
	struct grid_done_page view = { .heading = "Việc đã làm hôm nay cho nhiều phiếu" };
	struct grid_place p;

	TRY(grid_place_get(req, form->unit, form->round, GRID_REVIEW, &p));
	view.back = grid_url(a, &p, 0);
	view.empty = (struct empty){ .title = "Hôm nay chưa làm việc gì cho nhiều phiếu", .text =
		"Đăng ký, nộp, đồng ý, rút cho nhiều người thì việc đó đứng ở đây, hoàn lại được trong ngày.",
		.action = { "Về lưới điểm", view.back, false } };
	access_page(req, &view.page, view.heading);
	TRY(work_context(req, &view.page, &p.unit, &p.round, STAGE_REVIEW, "/luoi"));
	page_crumbs(&view.page, a, &(struct link){ "Lưới điểm", view.back, false }, 1, "Việc đã làm hôm nay");
	TRY(fill_dones(req, &p, &view));
	grid_done_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- one of them ---- */

static void fill_left(struct arena *a, const struct grid_done *done, const struct grid_result *look, struct grid_undo_page *view)
{
	struct grid_left_line *left = ARENA_ARRAY(a, struct grid_left_line, look->n_left);

	for (size_t i = 0; i < look->n_left; i++)
		left[i] = (struct grid_left_line){ look->left[i].name, look->left[i].why, url_own(a, "/phieu/%lld/%lld",
			(long long)look->left[i].person_id, (long long)done->round_id) };
	view->left = left;
	view->n_left = look->n_left;
}

static OUTCOME open_done(struct request *req, const struct grid_done_form *form, struct grid_place *p, struct grid_done *out)
{
	TRY(grid_done_get(&req->ask, form->done, out));
	if (out->leaf_id != form->unit || out->round_id != form->round)
		return NOT_FOUND;
	return grid_place_get(req, out->leaf_id, out->round_id, mode_of(out), p);
}

static OUTCOME undo_page(struct request *req, struct grid_place *p, const struct grid_done *done, const struct grid_result *look,
	struct grid_undo_page *view)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = MiB);

	view->action = grid_done_url(a, done);
	view->back = grid_url(a, p, 0);
	fill_left(a, done, look, view);
	access_page(req, &view->page, view->heading);
	TRY(work_context(req, &view->page, &p->unit, &p->round, p->mode == GRID_REVIEW ? STAGE_REVIEW : STAGE_SCORE, "/luoi"));
	page_crumbs(&view->page, a, (const struct link[]){ { "Lưới điểm", view->back, false }, { "Việc đã làm hôm nay",
		grid_dones_url(a, p), false } }, 2, "Hoàn lại");
	grid_undo_html(&page, view);
	return respond_html(req, HTTP_OK, &page);
}

/* Before it: how many sheets go back, which stay. Asked on the side: what stands in the way is the page's own lead. */
static OUTCOME show_before(struct request *req, const struct grid_done_form *form)
{
	struct arena *a = req->ask.arena;
	struct problems said = PROBLEMS(a);
	struct ask silent = req->ask;
	struct grid_undo_page view = { 0 };
	struct grid_result look;
	struct grid_done done;
	struct grid_place p;
	enum outcome may;

	silent.problems = &said;
	TRY(open_done(req, form, &p, &done));
	may = grid_undo_look(&silent, &done, &look);
	if (may != OK && may != INVALID)
		return may;
	view.may = may == OK;
	view.heading = arena_format(a, "%s lúc %s", grid_done_words(a, done.act, done.people), format_time(a, done.at));
	view.lead = view.may ? arena_format(a, "%s phiếu trở lại như trước khi làm. Nhật ký vẫn ghi đã làm và đã hoàn lại.",
		format_int(a, (int64_t)look.n_done)) : problem_of(&said, "");
	view.button = arena_format(a, "Hoàn lại %s phiếu", format_int(a, (int64_t)look.n_done));
	view.left_heading = arena_format(a, "%s phiếu giữ như đang có", format_int(a, (int64_t)look.n_left));
	return undo_page(req, &p, &done, &look, &view);
}

enum outcome grid_undo_show(struct request *req)
{
	return show_before(req, req->form);
}

/* After it: those that stayed are named; when there are none, the grid says that all went back. */
enum outcome grid_undo_post(struct request *req)
{
	struct arena *a = req->ask.arena;
	struct grid_undo_page view = { .button = "" };
	struct grid_result left;
	struct grid_done done;
	struct grid_place p;

	TRY(open_done(req, req->form, &p, &done));
	TRY(grid_undo(&req->ask, &done, &left));
	if (!left.n_left)
		return redirect_see_other(req, url_query_int(a, grid_url(a, &p, 0), "xong", (long long)done.id));
	view.heading = grid_undone_words(a, done.act, (int64_t)left.n_done);
	view.lead = arena_format(a, "%s phiếu đã trở lại như trước khi làm.", format_int(a, (int64_t)left.n_done));
	view.left_heading = arena_format(a, "%s phiếu giữ như đang có", format_int(a, (int64_t)left.n_left));
	req->response.forget = true;             /* the page that tells is not kept; an act is undone once */
	return undo_page(req, &p, &done, &left, &view);
}

/* ---- said on the grid ---- */

/* What was just done or undone, with the way back: on top of the grid. Another branch's, or a day's that is over, is not. */
OUTCOME grid_tell_done(struct request *req, const struct grid_place *p, int64_t id, struct page *page)
{
	struct arena *a = req->ask.arena;
	struct grid_done done;
	enum outcome found = grid_done_get(&req->ask, id, &done);

	if (found != OK || done.leaf_id != p->unit.id || done.round_id != p->round.id)
		return found == NOT_FOUND ? OK : found;
	if (done.undone_at)
		page_notice(page, NOTICE_DONE, grid_undone_words(a, done.act, done.undone), "", "", URL_NONE);
	else
		page_notice(page, NOTICE_DONE, grid_done_words(a, done.act, done.people), "Nhầm thì hoàn lại được trong hôm nay.",
			"Hoàn lại", grid_done_url(a, &done));
	return OK;
}
