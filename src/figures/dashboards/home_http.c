/* The public side: the home page, which is also where everybody's own work begins, and the results by commune. */
#include <string.h>

#include "base/day.h"
#include "document/document.h"
#include "figures/crosstabs/crosstabs.h"
#include "figures/dashboards/dashboards.h"
#include "figures/dashboards/dashboards_http.h"
#include "figures/dashboards/dashboards_page.h"
#include "figures/dashboards/dashboards_paper.h"
#include "figures/dashboards/dashboards_view.h"
#include "home_page_html.h"
#include "html/page.h"
#include "http/gate.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "results_page_html.h"
#include "text/format.h"

enum { TASKS = 10 };

FORM_DEFINE(results_form, RESULTS_FORM)
FORM_DEFINE(results_file_form, RESULTS_FILE_FORM)

const struct choices result_formats = CHOICES({ "xlsx", "XLSX" }, { "csv", "CSV" });

static const char *today(struct request *req) { return arena_text(req->ask.arena, day_of(req->ask.now).text); }

/* ---- public figures ---- */

static const char *cell(struct arena *a, const struct result_cells *c, int k)
{
	return c->hidden[k] ? "ẩn" : format_int(a, c->value[k]);
}

static struct result_line line_of(struct arena *a, const char *code, const char *name, const struct result_cells *c)
{
	return (struct result_line){ code, name, cell(a, c, 0), cell(a, c, 1), cell(a, c, 2), cell(a, c, 3),
		c->hidden[0] || c->hidden[1] ? "ẩn" : format_percent(a, c->value[1], c->value[0]) };
}

static const struct result_line *lines_of(struct arena *a, const struct results *r, struct result_line *total)
{
	const struct result_cells *cells = results_cells(a, r);
	struct result_line *lines = ARENA_ARRAY(a, struct result_line, r->communes.n);

	for (size_t i = 0; i < r->communes.n; i++)
		lines[i] = line_of(a, r->communes.at[i].code, r->communes.at[i].name, &cells[i]);
	*total = line_of(a, r->province.code, r->province.name, &cells[r->communes.n]);
	return lines;
}

static const char *cut_off_words(struct arena *a, const char *day)
{
	return *day ? arena_format(a, "Số liệu đến hết ngày %s.", format_date(a, day)) : "Chưa có số liệu.";
}

static void fill_results(struct request *req, const struct results *r, struct results_page *view)
{
	struct arena *a = req->ask.arena;
	struct figure *items = ARENA_ARRAY(a, struct figure, 3);
	struct link *rounds = ARENA_ARRAY(a, struct link, r->rounds.n);

	view->lines = lines_of(a, r, &view->total);
	view->n_lines = r->communes.n;
	items[0] = (struct figure){"Đã đăng ký", view->total.registered,
				   arena_format(a, "%s của %s người trong sổ", view->total.share, view->total.people), URL_NONE};
	items[1] = (struct figure){ "Đã nộp phiếu", view->total.submitted, "", URL_NONE };
	items[2] = (struct figure){"Được công nhận", view->total.recognised, arena_format(a, "trong đợt năm %d", r->round.year),
				   URL_NONE};
	view->figures = (struct figures){ items, 3 };
	view->cut_off = cut_off_words(a, r->cut_off);
	for (size_t i = 0; i < r->rounds.n; i++)
		rounds[i] = (struct link){arena_format(a, "năm %d", r->rounds.at[i].year),
					  url_query_int(a, URL("/ket-qua"), "dot", r->rounds.at[i].year),
					  r->rounds.at[i].id == r->round.id};
	view->rounds = rounds;
	view->n_rounds = r->rounds.n;
	view->has_map = dashboard_has_map(&r->province, r->round.year);
	view->map = page_map_communes();
	view->map_title = map_words(a, &r->communes, r->round.year);
	view->csv_href = url_query_int(a, URL("/ket-qua/tai/csv"), "dot", r->round.year);
	view->xlsx_href = url_query_int(a, URL("/ket-qua/tai/xlsx"), "dot", r->round.year);
}

static enum outcome results_show(struct request *req)
{
	const struct results_form *form = req->form;
	struct buf page = BUF(req->ask.arena, .max = 2 * MiB);
	struct results_page view = { .heading = "Kết quả", .empty = { .title = "" }, .cut_off = "" };
	struct results r;
	enum outcome found = results_get(&req->ask, form->dot.is ? form->dot.value : 0, &r);

	if (found == NOT_FOUND && form->dot.is)
		return NOT_FOUND;
	if (found != NOT_FOUND)
		TRY(found);
	if (found == OK) {
		view.heading = arena_format(req->ask.arena, "Kết quả năm %d của %s", r.round.year, req->gate->place);
		fill_results(req, &r, &view);
	} else {
		view.empty = (struct empty){.title = "Chưa có số liệu",
					    .text = "Chưa mở đợt nào. Số liệu hiện ở đây khi người dân bắt đầu đăng ký."};
	}
	access_page(req, &view.page, view.heading);
	view.page.has_chart = found == OK;
	results_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome results_file(struct request *req)
{
	const struct results_file_form *form = req->form;
	struct buf file = BUF(req->ask.arena, .max = 8 * MiB);
	enum document_format format;
	struct results r;

	BUG_ON(!document_format_of(result_formats.at[form->format].code, &format));
	TRY(results_get(&req->ask, form->dot.is ? form->dot.value : 0, &r));
	TRY(document_render(results_paper(&req->ask, &r), format, sink_buf(&file)));
	return respond_file(
		req, document_format_type(format),
		arena_format(req->ask.arena, "Kết quả %s %d.%s", r.province.name, r.round.year, document_format_ending(format)),
		buf_bytes(&file), false);
}

/* ---- home ---- */

/* "Đợt năm 2026 · nhận phiếu đến hết ngày 30/11/2026, còn 7 ngày" */
static const char *round_words(struct request *req, const struct round *r)
{
	struct arena *a = req->ask.arena;
	const char *day = today(req), *until = r->until[STAGE_SCORE];

	if (r->locked || strcmp(day, until) > 0)
		return arena_format(a, "Đợt năm %d · đã hết hạn nộp phiếu", r->year);
	if (strcmp(day, r->from[STAGE_REGISTER]) < 0)
		return arena_format(a, "Đợt năm %d · đăng ký từ ngày %s", r->year, format_date(a, r->from[STAGE_REGISTER]));
	return arena_format(a, "Đợt năm %d · nhận phiếu đến hết ngày %s, %s", r->year, format_date(a, until),
			    format_days_left(a, day, until));
}

static bool has_role(const struct actor *actor, enum role role)
{
	for (size_t i = 0; i < actor->n_grants; i++)
		if (actor->grants[i].role == role)
			return true;
	return false;
}

/* What each role mostly comes for; who has several, the first of them. */
static const struct { enum role role; const char *href, *label; } main_work[] = {
	{ ROLE_BRANCH, "/xet", "Xét phiếu của chi hội" }, { ROLE_DEPUTY, "/xet", "Xét phiếu của chi hội" },
	{ ROLE_COMMUNE, "/xa", "Việc năm nay của xã, phường" }, { ROLE_AUTHORITY, "/ubnd", "Thẩm định, công nhận" },
	{ ROLE_PROVINCE, "/so-lieu", "" }, { ROLE_AUDITOR, "/nhat-ky", "Xem nhật ký" },
	{ ROLE_ADMIN, "/tai-khoan", "Tài khoản người phụ trách" },
};

static void fill_main(struct request *req, const char *unit, struct home_page *view)
{
	size_t i = 0;

	while (i < COUNT(main_work) && !has_role(req->ask.actor, main_work[i].role))
		i++;
	BUG_ON(i == COUNT(main_work));
	view->main_href = url_own(req->ask.arena, "%s", main_work[i].href);
	view->main_label = *main_work[i].label ? main_work[i].label : arena_format(req->ask.arena, "Số liệu %s", unit);
}

/* The button says one of them already. */
static void add_task(struct request *req, struct home_page *view, struct home_task *tasks, enum permit permit, struct url href,
	const char *label, const char *text)
{
	if (view->n_tasks < TASKS && strcmp(view->main_href.text, href.text) != 0 && access_may(req->ask.actor, permit))
		tasks[view->n_tasks++] = (struct home_task){ href, label, text };
}

/* An officer's places: what the role mostly does is the button, the rest stands below. */
static OUTCOME officer_home(struct request *req, struct home_page *view)
{
	struct home_task *tasks = ARENA_ARRAY(req->ask.arena, struct home_task, TASKS);
	struct unit unit = { .name = "" };
	int64_t id;
	enum outcome found = access_home(&req->ask, PERMIT_FIGURES_READ, &id);

	if (found == FAILED)
		return FAILED;
	if (found == OK)
		TRY(tree_get_last(&req->ask, id, &unit));
	fill_main(req, unit.name, view);
	add_task(req, view, tasks, PERMIT_SHEET_REVIEW, URL("/xet"), "Xét phiếu", "phiếu đang chờ chi hội");
	add_task(req, view, tasks, PERMIT_SHEET_REVIEW, URL("/luoi"), "Lưới điểm", "nhập và xét cả chi hội bằng bàn phím");
	add_task(req, view, tasks, PERMIT_LIST_EDIT, URL("/xa"), "Năm của xã", "họp, niêm yết, tờ trình");
	add_task(req, view, tasks, PERMIT_DECIDE, URL("/ubnd"), "Thẩm định, công nhận", "tờ trình và quyết định");
	add_task(req, view, tasks, PERMIT_SHEET_READ, URL("/xet/chua-nop"), "Ai chưa nộp phiếu", "xem và in để nhắc");
	add_task(req, view, tasks, PERMIT_FIGURES_READ, URL("/so-lieu"), *unit.name ? arena_format(req->ask.arena, "Số liệu %s",
		unit.name) : "Số liệu", "ai đã làm đến đâu");
	add_task(req, view, tasks, PERMIT_FIGURES_READ, URL("/chi-tieu"), "Chỉ tiêu T1 đến T5", "còn thiếu bao nhiêu người");
	add_task(req, view, tasks, PERMIT_FIGURES_READ, URL("/bao-cao"), "Báo cáo kết quả", "mẫu CDHT-10");
	add_task(req, view, tasks, PERMIT_ACCOUNT_MANAGE, URL("/tai-khoan"), "Người phụ trách", "tài khoản, mã kích hoạt");
	add_task(req, view, tasks, PERMIT_AUDIT_READ, URL("/nhat-ky"), "Nhật ký", "ai đã làm gì");
	view->tasks = tasks;
	view->heading = "Việc của tôi";
	view->lead = "Chọn việc cần làm. Số liệu cộng ngay khi có phiếu mới.";
	return OK;
}

static const char *sheet_words(enum sheet_state state)
{
	switch (state) {
	case SHEET_NONE: case SHEET_WITHDRAWN:
		return "Bạn chưa đăng ký đợt này.";
	case SHEET_REGISTERED:
		return "Bạn đã đăng ký. Bước tiếp theo: tự chấm từng chỉ số.";
	case SHEET_DRAFT:
		return "Phiếu đang chấm dở. Mở ra làm tiếp, rồi nộp cho chi hội.";
	case SHEET_RETURNED:
		return "Chi hội đã trả phiếu để bổ sung. Mở phiếu xem cần thêm gì, rồi nộp lại.";
	case SHEET_SUBMITTED:
		return "Bạn đã nộp phiếu. Chi hội đang xét.";
	case SHEET_REVIEWED: case SHEET_LISTED: case SHEET_POSTED: case SHEET_PROPOSED:
		return "Chi hội đã xét phiếu. Xã đang làm thủ tục công nhận.";
	case SHEET_RECOGNISED:
		return "Bạn được công nhận Công dân học tập. Mở phiếu để tải giấy chứng nhận.";
	case SHEET_NOT_MET: case SHEET_REVOKED:
		return "Mở phiếu để xem kết quả và lý do.";
	case SHEET_LAPSED:
		return "Đã quá hạn nộp phiếu. Hỏi chi hội về gia hạn.";
	case SHEET_STATE_N:
		break;
	}
	return "";
}

static OUTCOME citizen_home(struct request *req, const struct round *round, struct home_page *view)
{
	struct standing row = { .state = SHEET_NONE };
	enum outcome found = NOT_FOUND;

	if (req->ask.actor->person_id && round)
		found = standing_get(&req->ask, req->ask.actor->person_id, round->id, &row);
	if (found == FAILED)
		return FAILED;
	view->heading = "Việc của tôi";
	view->lead = sheet_words(row.state);
	view->main_href = URL("/phieu");
	view->main_label = row.state == SHEET_NONE ? "Đăng ký và làm phiếu" : "Mở phiếu của tôi";
	if (row.state == SHEET_RETURNED)
		page_notice(&view->page, NOTICE_TURN, "Cần bổ sung phiếu", view->lead, "Mở phiếu", URL("/phieu"));
	return OK;
}

static void fill_map(struct request *req, const struct results *r, struct home_page *view)
{
	struct arena *a = req->ask.arena;
	struct result_line total;

	view->lines = lines_of(a, r, &total);
	view->n_lines = r->communes.n;
	view->has_map = dashboard_has_map(&r->province, r->round.year);
	view->map = page_map_communes();
	view->map_title = map_words(a, &r->communes, r->round.year);
	view->registered = total.registered;
	view->registered_of = arena_format(a, "%s của %s người trong sổ", total.share, total.people);
	view->holders = r->holders > 0 && r->holders < CROSSTAB_SMALL ? "ẩn" : format_int(a, r->holders);
	view->cut_off = cut_off_words(a, r->cut_off);
	view->year = arena_format(a, "%d", r->round.year);
}

static enum outcome home_show(struct request *req)
{
	const struct actor *actor = req->ask.actor;
	struct buf page = BUF(req->ask.arena, .max = 2 * MiB);
	struct home_page view = {.over = "",
				 .heading = "Mỗi năm học thêm một điều, ghi lại thành phiếu Công dân học tập",
				 .lead = "Mười câu hỏi về việc học và việc làm của chính mình. Làm khoảng năm phút, dừng lúc nào "
					 "cũng được, lần sau mở ra làm tiếp.",
				 .main_label = "Bắt đầu hoặc làm tiếp phiếu",
				 .main_href = URL("/phieu"),
				 .is_signed_in = actor != NULL};
	struct results r;
	enum outcome found = results_get(&req->ask, 0, &r);

	if (found != NOT_FOUND)
		TRY(found);
	view.has_round = found == OK;
	access_page(req, &view.page, "Công dân học tập");
	view.page.is_bare = true;
	if (view.has_round) {
		view.over = round_words(req, &r.round);
		fill_map(req, &r, &view);
	}
	view.page.has_chart = view.has_map;
	if (actor && access_is_officer(actor))
		TRY(officer_home(req, &view));
	else if (actor)
		TRY(citizen_home(req, view.has_round ? &r.round : NULL, &view));
	home_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static const struct route home_routes[] = {
	GET(READ, "/", PERMIT_PUBLIC, SEES_NOBODY, no_form, home_show)
	GET(READ, "/ket-qua", PERMIT_PUBLIC, SEES_NOBODY, results_form, results_show)
	GET(WORK, "/ket-qua/tai/{format}", PERMIT_PUBLIC, SEES_NOBODY, results_file_form, results_file)
};
const struct route_table home_table = ROUTES(home_routes);
