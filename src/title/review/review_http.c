/* Pages of review: the queue, who has not handed in, the commune's check by chance. One sheet is review_sheet_http.c. */
#include "title/review/review_http.h"

#include <string.h>

#include "missing_page_html.h"
#include "queue_page_html.h"
#include "registry/access/access_page.h"
#include "registry/access/taking_page.h"
#include "sample_page_html.h"
#include "text/format.h"
#include "title/review/review.h"
#include "title/review/review_paper.h"
#include "title/review/review_sheet_http.h"
#include "title/review/review_view.h"
#include "title/review/review_page.h"

enum { SAMPLE_USUAL = 20 };

FORM_DEFINE(queue_form, QUEUE_FORM)
FORM_DEFINE(missing_form, MISSING_FORM)
FORM_DEFINE(missing_file_form, MISSING_FILE_FORM)
FORM_DEFINE(sample_form, SAMPLE_FORM)

static struct url sheet_url(struct arena *a, int64_t person_id, int64_t round_id)
{
	return url_own(a, "/xet/%lld/%lld", (long long)person_id, (long long)round_id);
}

static const char *name_and_year(struct arena *a, const char *name, const char *birth)
{
	return arena_format(a, "%s, %d", name, day_year(birth));
}

static const struct queue_line *lines_of(struct request *req, const struct review_lines *found, int64_t round_id)
{
	struct arena *a = req->ask.arena;
	struct queue_line *lines = ARENA_ARRAY(a, struct queue_line, found->n);

	for (size_t i = 0; i < found->n; i++) {
		const struct review_line *l = &found->at[i];
		const char *group = person_group_label(l->group);

		lines[i] = (struct queue_line){ name_and_year(a, l->name, l->birth), *l->leaf_name
			? arena_format(a, "%s, %s", l->leaf_name, group) : group, format_int(a, l->total),
			l->submitted_at ? format_moment(a, l->submitted_at) : "", sheet_url(a, l->person_id, round_id), i == 0 };
	}
	return lines;
}

/* ---- the queue ---- */

static OUTCOME fill_leaf(struct request *req, const struct round *round, const struct unit *unit, struct queue_page *view)
{
	const struct queue_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct review_line after = { .submitted_at = form->luc.value, .person_id = form->sau };
	struct figure_counts counts;
	struct review_lines found;
	struct url here = url_query_int(a, url_query_int(a, URL("/xet"), "unit", (long long)unit->id), "nam",
		(long long)round->id);

	TRY(review_queue(&req->ask, round->id, unit->id, form->sau ? &after : NULL, &found));
	TRY(figures_of_unit(&req->ask, round->id, unit->id, "", &counts));
	request_lists(req, unit->id, "Phiếu chờ xét");
	view->lines = lines_of(req, &found, round->id);
	view->n_lines = found.n;
	view->heading = arena_format(a, "%s phiếu đang chờ xét", format_int(a, counts.states[SHEET_SUBMITTED]));
	view->lead = arena_format(a, "%s người đăng ký, %s đã nộp. Phiếu nộp trước đứng trước.", format_int(a, counts.registered),
		format_int(a, counts.submitted));
	view->is_empty = !found.n;
	view->pager = (struct pager){ .text = "" };
	if (form->sau)
		view->pager.first = here;
	if (found.n == REVIEW_PAGE)
		view->pager.next = url_query_int(a, url_query_int(a, here, "luc",
			(long long)found.at[found.n - 1].submitted_at), "sau",
			(long long)found.at[found.n - 1].person_id);
	return OK;
}

static void fill_branch(struct arena *a, const struct unit *unit, const struct figure_parts *parts, int64_t round_id,
	struct queue_branch *out)
{
	struct figure_counts counts = { 0 };

	for (size_t i = 0; i < parts->n; i++)
		if (parts->at[i].unit_id == unit->id)
			counts = parts->at[i].counts;
	*out = (struct queue_branch){ unit->name, format_int(a, counts.registered), format_int(a, counts.submitted),
		format_int(a, counts.submitted - counts.states[SHEET_SUBMITTED]), format_int(a, counts.states[SHEET_SUBMITTED]),
		url_query_int(a, url_query_int(a, URL("/xet"), "unit", (long long)unit->id), "nam", (long long)round_id) };
}

/* Above a leaf: the officers' own sheets, then each unit below with what waits there. */
static OUTCOME fill_upper(struct request *req, const struct round *round, const struct unit *unit, struct queue_page *view)
{
	struct arena *a = req->ask.arena;
	struct review_lines officers;
	struct unit_list children;
	struct figure_parts parts;
	struct queue_branch *branches;

	TRY(review_queue_of_officers(&req->ask, round->id, unit->id, &officers));
	view->lines = lines_of(req, &officers, round->id);
	view->n_lines = officers.n;
	view->heading = arena_format(a, "%zu phiếu của người phụ trách chờ %s xét", officers.n, unit_in_sentence(a, unit->name));
	view->lead = "Không ai tự xét phiếu của mình: phiếu của người phụ trách do cấp trên xét.";
	view->pager = (struct pager){ .text = "" };
	TRY(tree_children(&req->ask, unit->id, arena_text(a, day_of(req->ask.now).text), NULL, &children));
	TRY(figures_by_child(&req->ask, round->id, unit->id, "", &parts));
	branches = ARENA_ARRAY(a, struct queue_branch, children.n);
	for (size_t i = 0; i < children.n; i++)
		fill_branch(a, &children.at[i], &parts, round->id, &branches[i]);
	view->branches = branches;
	view->n_branches = children.n;
	view->branches_heading = unit->level == LEVEL_COMMUNE ? "Các chi hội" : "Các xã, phường";
	return OK;
}

/* The queue is for who reviews; others who read these lists have no page above them. */
static void crumbs(struct request *req, struct page *page, const char *here)
{
	if (access_may(req->ask.actor, PERMIT_SHEET_REVIEW))
		page_crumbs(page, req->ask.arena, &(struct link){ "Xét phiếu", URL("/xet"), false }, 1, here);
}

static OUTCOME no_round(struct request *req, const char *title)
{
	struct buf page = BUF(req->ask.arena);
	struct queue_page view = { .heading = title, .lead = "", .is_empty = true, .pager = { .text = "" }, .empty = {
		.title = "Chưa có đợt nào",
		.text = "Hội Khuyến học tỉnh mở đợt rồi phiếu mới có ở đây." } };

	access_page(req, &view.page, title);
	queue_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome queue_show(struct request *req)
{
	const struct queue_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 2 * MiB);
	struct queue_page view = { .empty = { .title = "Hết phiếu chờ xét", .text = "Phiếu mới nộp sẽ hiện ở đây." } };
	struct round round;
	struct unit unit;
	enum outcome found = work_round(req, form->nam, &round);

	if (found == NOT_FOUND && !form->nam.is)
		return no_round(req, "Xét phiếu");
	TRY(found);
	TRY(work_unit(req, PERMIT_SHEET_REVIEW, form->unit, &unit));
	access_page(req, &view.page, "Xét phiếu");
	TRY(work_context(req, &view.page, &unit, &round, STAGE_REVIEW, "/xet"));
	TRY(unit.level == LEVEL_LEAF ? fill_leaf(req, &round, &unit, &view) : fill_upper(req, &round, &unit, &view));
	if (unit.level == LEVEL_LEAF)            /* title/grid: above this feature, so its address stands here */
		view.grid_href = url_query_int(a, url_query_int(a, URL("/luoi"), "unit", (long long)unit.id), "nam",
			(long long)round.id);
	if (unit.level >= LEVEL_COMMUNE)
		view.missing_href = url_query_int(a, URL("/xet/chua-nop"), "unit", (long long)unit.id);
	if (unit.level == LEVEL_COMMUNE)
		view.sample_href = url_query_int(a, URL("/xet/kiem-tra"), "unit", (long long)unit.id);
	queue_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- who has not handed in ---- */

static const struct missing_row *rows_of(struct request *req, const struct missing_lines *found, int64_t round_id)
{
	struct arena *a = req->ask.arena;
	struct missing_row *rows = ARENA_ARRAY(a, struct missing_row, found->n);
	bool opens = access_may(req->ask.actor, PERMIT_SHEET_REVIEW);

	for (size_t i = 0; i < found->n; i++) {
		const struct missing_line *l = &found->at[i];

		rows[i] = (struct missing_row){ l->name, arena_format(a, "%d", day_year(l->birth)), l->leaf_name,
			format_phone(a, l->phone),
			format_date(a, l->due_day), state_mark(sheet_state_code(l->state)), *l->phone ? url_phone(a,
			l->phone) : URL_NONE,
			opens ? sheet_url(a, l->person_id, round_id) : URL_NONE };
	}
	return rows;
}

static OUTCOME missing_after(struct request *req, const struct missing_form *form, struct missing_line *out)
{
	struct person person;

	TRY(person_get(&req->ask, form->sau, &person));
	*out = (struct missing_line){ .person_id = form->sau, .state = (enum sheet_state)form->tinh.value,
		.name_key = person.name_key };
	return OK;
}

static OUTCOME missing_list(struct request *req, const struct missing_form *form)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 4 * MiB);
	struct missing_page view = { .lead = "", .empty = { .title = "Ai đăng ký cũng đã nộp",
		.text = "Không còn phiếu nào phải nhắc." } };
	struct missing_line after;
	struct missing_lines found;
	struct round round;
	struct unit unit;
	struct url here;

	TRY(work_round(req, form->nam, &round));
	TRY(work_unit(req, PERMIT_SHEET_READ, form->unit, &unit));
	if (form->sau)
		TRY(missing_after(req, form, &after));
	TRY(review_missing(&req->ask, round.id, unit.id, form->sau ? &after : NULL, &found));
	request_lists(req, unit.id, "Ai chưa nộp phiếu");
	access_page(req, &view.page, "Chưa nộp phiếu");
	TRY(work_context(req, &view.page, &unit, &round, STAGE_SCORE, "/xet/chua-nop"));
	crumbs(req, &view.page, "Chưa nộp phiếu");
	view.heading = arena_format(a, "%s: ai chưa nộp phiếu", unit.name);
	view.lead = "Xếp theo tình trạng, rồi theo tên. In trang này hoặc tải XLSX để đi nhắc.";
	view.rows = rows_of(req, &found, round.id);
	view.n_rows = found.n;
	here = url_query_int(a, url_query_int(a, URL("/xet/chua-nop"), "unit", (long long)unit.id), "nam", (long long)round.id);
	view.pager = (struct pager){ .text = "", .first = form->sau ? here : URL_NONE };
	if (found.n == MISSING_PAGE)
		view.pager.next = url_query_int(a, url_query_int(a, here, "tinh", (long long)found.at[found.n - 1].state), "sau",
			(long long)found.at[found.n - 1].person_id);
	view.export_action = url_own(a, "/xet/chua-nop/%lld/%lld", (long long)unit.id, (long long)round.id);
	missing_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome missing_show(struct request *req)
{
	return missing_list(req, req->form);
}

static enum outcome missing_again(struct request *req)
{
	const struct missing_file_form *form = req->form;

	return missing_list(req, &(struct missing_form){ .unit = form->unit });
}

static enum outcome missing_export(struct request *req)
{
	const struct missing_file_form *form = req->form;

	TRY(review_note_export(&req->ask, form->round, form->unit, "chua_nop", "xlsx"));
	return taking_redirect(req, url_own(req->ask.arena, "/xet/chua-nop/%lld/%lld/xlsx", (long long)form->unit,
		(long long)form->round));
}

static enum outcome missing_file(struct request *req)
{
	const struct missing_file_form *form = req->form;
	struct buf file = BUF(req->ask.arena, .max = 24 * MiB);
	struct unit unit;

	TRY(work_unit(req, PERMIT_SHEET_READ, form->unit, &unit));
	TRY(taking_was_noted(req));
	TRY(document_render(missing_paper(&req->ask, form->round, &unit), DOCUMENT_XLSX, sink_buf(&file)));
	return respond_file(req, document_format_type(DOCUMENT_XLSX), arena_format(req->ask.arena,
		"Chưa nộp phiếu %s %lld.xlsx", unit.name,
		(long long)form->round), buf_bytes(&file), false);
}

/* ---- the commune's check ---- */

static enum outcome sample_show(struct request *req)
{
	const struct sample_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 2 * MiB);
	struct sample_page view = { .heading = "Kiểm tra ngẫu nhiên phiếu đã xét",
		.lead = "Máy chọn, không ai chọn. Trong một ngày danh sách "
		"không đổi; ngày mai là phiếu khác.", .empty = { .title = "Chưa có phiếu nào đã xét",
		.text = "Chi hội xét xong thì chọn ở đây." } };
	struct review_lines found;
	struct round round;
	struct unit unit;

	TRY(work_round(req, NONE, &round));
	TRY(work_unit(req, PERMIT_LIST_EDIT, form->unit, &unit));
	TRY(review_sample(&req->ask, round.id, unit.id, form->so.is ? form->so.value : SAMPLE_USUAL, &found));
	access_page(req, &view.page, view.heading);
	request_lists(req, unit.id, "Kiểm tra ngẫu nhiên");
	TRY(work_context(req, &view.page, &unit, &round, STAGE_REVIEW, "/xet/kiem-tra"));
	crumbs(req, &view.page, "Kiểm tra ngẫu nhiên");
	request_form(req, &sample_form_def, &(struct sample_form){ .unit = unit.id,
		.so = SOME(form->so.is ? form->so.value : SAMPLE_USUAL) },
		&view.form);
	view.lines = lines_of(req, &found, round.id);
	view.n_lines = found.n;
	sample_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

const struct route review_routes[] = {
	GET(READ, "/xet", PERMIT_SHEET_REVIEW, SEES_NOBODY, queue_form, queue_show)
	GET(WORK, "/xet/chua-nop", PERMIT_SHEET_READ, SEES_NOBODY, missing_form, missing_show)
	POST(WRITE, "/xet/chua-nop/{unit}/{round}", PERMIT_SHEET_READ, SEES_NOBODY, missing_file_form, NO_PREPARE,
		missing_export, .again = missing_again)
	GET(WORK, "/xet/chua-nop/{unit}/{round}/xlsx", PERMIT_SHEET_READ, SEES_NOBODY, missing_file_form, missing_file)
	GET(WORK, "/xet/kiem-tra", PERMIT_LIST_EDIT, SEES_NOBODY, sample_form, sample_show)
	GET(WORK, "/xet/{person}/{round}", PERMIT_SHEET_REVIEW, SEES(person), sheet_path_form, review_sheet_show)
	POST(WRITE, "/xet/{person}/{round}", PERMIT_SHEET_REVIEW, SEES(person), review_form, NO_PREPARE, review_sheet_post,
		.again = review_sheet_again, .rules = review_sheet_post)
	POST(WRITE, "/xet/{person}/{round}/tra-lai", PERMIT_SHEET_REVIEW, SEES(person), return_form, NO_PREPARE,
		review_return_post, .again = review_return_again,
		.rules = review_return_post)
	POST(WRITE, "/xet/{person}/{round}/da-bao", PERMIT_SHEET_REVIEW, SEES(person), told_form, NO_PREPARE, review_told_post,
		.again = review_told_again, .rules = review_told_post)
};
const struct route_table review_table = ROUTES(review_routes);
