/* Pages of rounds: everybody reads when what is open; the province's association opens, changes, extends, locks. */
#include "title/rounds/rounds_http.h"

#include <string.h>

#include "base/day.h"
#include "html/page.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/audit/audit.h"
#include "registry/tree/tree.h"
#include "round_add_html.h"
#include "round_edit_html.h"
#include "round_extend_html.h"
#include "round_lock_html.h"
#include "round_page_html.h"
#include "round_units_html.h"
#include "rounds_list_html.h"
#include "text/format.h"
#include "text/text.h"
#include "title/criteria/criteria.h"
#include "title/rounds/rounds.h"
#include "title/rounds/rounds_view.h"

FORM_DEFINE(round_path_form, ROUND_PATH_FORM)
FORM_DEFINE(round_add_form, ROUND_ADD_FORM)
FORM_DEFINE(round_edit_form, ROUND_EDIT_FORM)
FORM_DEFINE(round_extend_form, ROUND_EXTEND_FORM)
FORM_DEFINE(round_lock_form, ROUND_LOCK_FORM)
FORM_DEFINE(round_units_form, ROUND_UNITS_FORM)

/* In the order of enum round_stage, from 1. */
const struct choices round_stages = CHOICES({ "dang_ky", "Đăng ký" }, { "tu_cham", "Tự chấm, nộp phiếu" }, { "xet", "Xét phiếu" },
	{ "cong_nhan", "Công nhận" });

static const char *today(struct request *req)
{
	return arena_text(req->ask.arena, day_of(req->ask.now).text);
}

static struct url round_url(struct arena *a, int64_t id) { return url_own(a, "/dot/%lld", (long long)id); }

static struct url round_part(struct arena *a, int64_t id, const char *part)
{
	return url_own(a, "/dot/%lld/%s", (long long)id, part);
}

/* "từ 01/03/2026", "còn 6 ngày", "đã hết": where a stage stands today. */
static const char *stage_state(struct request *req, const struct round *r, enum round_stage stage)
{
	const char *day = today(req);

	if (r->locked)
		return "đã khoá";
	if (strcmp(day, r->from[stage]) < 0)
		return "chưa đến";
	return strcmp(day, r->until[stage]) > 0 ? "đã hết" : format_days_left(req->ask.arena, day, r->until[stage]);
}

/* ---- list ---- */

static enum outcome rounds_list(struct request *req)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct rounds_list view = { .may_edit = access_may(req->ask.actor, PERMIT_ROUND_EDIT) };
	struct link links[] = { { "Trang đầu", URL("/"), false } };
	struct round_list list;
	struct round_item *items;

	TRY(round_list(&req->ask, &list));
	access_page(req, &view.page, "Các đợt Công dân học tập");
	page_crumbs(&view.page, a, links, COUNT(links), "Đợt");
	items = ARENA_ARRAY(a, struct round_item, list.n);
	for (size_t i = 0; i < list.n; i++) {
		const struct round *r = &list.at[i];

		items[i] = (struct round_item){ arena_format(a, "Đợt năm %d", r->year), arena_format(a, "%s đến hết %s",
			format_date(a, r->from[STAGE_SCORE]), format_date(a, r->until[STAGE_SCORE])), stage_state(req, r, STAGE_SCORE),
			round_url(a, r->id) };
	}
	view.items = items;
	view.n_items = list.n;
	view.empty = (struct empty){ .title = "Chưa mở đợt nào", .text = "Hội Khuyến học tỉnh mở đợt đầu mỗi năm; ngày đăng ký và nộp phiếu ghi ở đây." };
	rounds_list_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- one round ---- */

static void fill_stages(struct request *req, const struct round *r, struct round_page *view)
{
	struct arena *a = req->ask.arena;
	struct round_stage_item *items = ARENA_ARRAY(a, struct round_stage_item, STAGES);

	for (enum round_stage s = STAGE_REGISTER; s <= STAGES; s++)
		items[s - 1] = (struct round_stage_item){ round_stages.at[s - 1].label, format_date(a, r->from[s]), format_date(a, r->until[s]),
			stage_state(req, r, s) };
	view->stages = items;
	view->n_stages = STAGES;
}

static OUTCOME fill_facts(struct request *req, const struct round *r, struct round_page *view)
{
	struct arena *a = req->ask.arena;
	struct fact *facts = ARENA_ARRAY(a, struct fact, 3);
	const struct criteria *c;

	TRY(criteria_get(&req->ask, r->criteria_id, &c));
	facts[0] = (struct fact){ "Bộ tiêu chí", arena_format(a, "%s, bản %s", c->title, c->release), "" };
	facts[1] = (struct fact){ "Niêm yết", r->posting_days ? arena_format(a, "%d ngày", r->posting_days) : "không niêm yết", "" };
	facts[2] = (struct fact){ "Danh hiệu có giá trị", arena_format(a, "%d năm, đến hết 31/12/%d", r->title_years,
		r->year + r->title_years - 1), "" };
	view->facts = (struct facts){ facts, 3 };
	view->criteria_href = url_own(a, "/tieu-chi/%lld", (long long)c->id);
	return OK;
}

static OUTCOME fill_windows(struct request *req, const struct round *r, struct round_page *view)
{
	struct arena *a = req->ask.arena;
	struct round_windows windows;
	struct round_window_item *items;

	TRY(round_windows(&req->ask, r->id, &windows));
	items = ARENA_ARRAY(a, struct round_window_item, windows.n);
	for (size_t i = 0; i < windows.n; i++) {
		const struct round_window *w = &windows.at[i];
		struct unit unit;

		TRY(tree_get_last(&req->ask, w->unit_id, &unit));
		items[i] = (struct round_window_item){ unit.name, round_stages.at[w->stage - 1].label, format_date(a, w->until), w->reason,
			url_own(a, "/don-vi/%lld", (long long)w->unit_id) };
	}
	view->windows = items;
	view->n_windows = windows.n;
	return OK;
}

static OUTCOME fill_units(struct request *req, const struct round *r, struct round_page *view)
{
	struct round_units units;
	struct round_unit_item *items;

	TRY(round_units(&req->ask, r->id, &units));
	items = ARENA_ARRAY(req->ask.arena, struct round_unit_item, units.n);
	for (size_t i = 0; i < units.n; i++) {
		struct unit unit;

		TRY(tree_get_last(&req->ask, units.at[i], &unit));
		items[i] = (struct round_unit_item){ unit.name, url_own(req->ask.arena, "/don-vi/%lld", (long long)unit.id) };
	}
	view->units = items;
	view->n_units = units.n;
	return OK;
}

static OUTCOME fill_trail(struct request *req, const struct round *r, struct round_page *view)
{
	struct arena *a = req->ask.arena;
	struct audit_list rows;
	struct trail_item *items;

	if (!view->may_edit)
		return OK;
	TRY(audit_of_subject(&req->ask, "round", r->id, &rows));
	items = ARENA_ARRAY(a, struct trail_item, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		items[i] = (struct trail_item){ audit_action_label(rows.at[i].action), rows.at[i].actor, rows.at[i].reason,
			format_moment(a, rows.at[i].at), false };
	view->trail = (struct trail){ items, rows.n };
	return OK;
}

static enum outcome round_show(struct request *req)
{
	const struct round_path_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 2 * MiB);
	struct link links[] = { { "Đợt", URL("/dot"), false } };
	struct round_page view = { .may_edit = access_may(req->ask.actor, PERMIT_ROUND_EDIT) };
	struct round r;

	TRY(round_get(&req->ask, form->round, &r));
	view.heading = arena_format(a, "Đợt năm %d", r.year);
	access_page(req, &view.page, view.heading);
	page_crumbs(&view.page, a, links, COUNT(links), view.heading);
	view.lead = r.locked ? "Đợt này đã khoá: số liệu giữ nguyên, không ghi thêm được." : "Ngày cuối vẫn tính. Xã, phường được gia hạn thì theo ngày gia hạn bên dưới.";
	view.is_locked = r.locked;
	view.extend_href = round_part(a, r.id, "gia-han");
	view.edit_href = round_part(a, r.id, "sua");
	view.units_href = round_part(a, r.id, "don-vi");
	view.lock_href = round_part(a, r.id, "khoa");
	view.open_href = round_part(a, r.id, "mo-lai");
	fill_stages(req, &r, &view);
	TRY(fill_facts(req, &r, &view));
	TRY(fill_windows(req, &r, &view));
	TRY(fill_units(req, &r, &view));
	TRY(fill_trail(req, &r, &view));
	round_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- forms ---- */

static OUTCOME form_top(struct request *req, int64_t id, const char *part, const char *heading, const char *lead,
	struct round_form_page *at, struct round *r)
{
	struct arena *a = req->ask.arena;
	struct link links[] = { { "Đợt", URL("/dot"), false }, { "", URL_NONE, false } };

	TRY(round_get(&req->ask, id, r));
	links[1] = (struct link){ arena_format(a, "Đợt năm %d", r->year), round_url(a, id), false };
	at->heading = arena_format(a, "%s: đợt năm %d", heading, r->year);
	at->lead = lead;
	access_page(req, &at->page, at->heading);
	page_crumbs(&at->page, a, links, COUNT(links), heading);
	at->action = round_part(a, id, part);
	at->back = round_url(a, id);
	at->version = "";
	return OK;
}

/* Published frameworks to choose from, newest first. */
static OUTCOME criteria_options(struct request *req, struct field *field)
{
	struct arena *a = req->ask.arena;
	struct criteria_list list;
	struct field_option *options;

	TRY(criteria_list(&req->ask, &list));
	options = ARENA_ARRAY(a, struct field_option, list.n);
	field->n_options = 0;
	for (size_t i = 0; i < list.n; i++) {
		const char *value = arena_format(a, "%lld", (long long)list.at[i].id);

		if (list.at[i].published_at || !strcmp(value, field->stored))
			options[field->n_options++] = (struct field_option){ value, arena_format(a, "%s, bản %s", list.at[i].title,
				list.at[i].release), "", !strcmp(value, field->value) };
	}
	field->options = options;
	request_stored_option(req, field);
	return OK;
}

/* The same day of another year; 29 February becomes the 28th. */
static const char *in_year(struct arena *a, const char *day, int from, int to)
{
	const char *moved = arena_format(a, "%04d%s", day_year(day) + to - from, day + 4);

	return day_is_whole(moved) ? moved : arena_format(a, "%.8s28", moved);
}

/* A new round begins as last year's: its windows a year later, its criteria unless newer ones were published. */
static OUTCOME suggest(struct request *req, struct round_add_form *out)
{
	struct arena *a = req->ask.arena;
	struct criteria_line current;
	struct round last;
	enum outcome found = round_newest(&req->ask, &last);
	int year;

	*out = (struct round_add_form){ .year = day_year(today(req)), .register_from = "", .register_until = "", .score_from = "",
		.score_until = "", .review_from = "", .review_until = "", .recognise_from = "", .recognise_until = "", .title_years = 1 };
	if (criteria_current(&req->ask, &current) == OK)
		out->criteria = current.id;
	if (found == NOT_FOUND)
		return OK;
	TRY(found);
	year = last.year + 1;
	out->year = year;
	out->register_from = in_year(a, last.from[STAGE_REGISTER], last.year, year);
	out->register_until = in_year(a, last.until[STAGE_REGISTER], last.year, year);
	out->score_from = in_year(a, last.from[STAGE_SCORE], last.year, year);
	out->score_until = in_year(a, last.until[STAGE_SCORE], last.year, year);
	out->review_from = in_year(a, last.from[STAGE_REVIEW], last.year, year);
	out->review_until = in_year(a, last.until[STAGE_REVIEW], last.year, year);
	out->recognise_from = in_year(a, last.from[STAGE_RECOGNISE], last.year, year);
	out->recognise_until = in_year(a, last.until[STAGE_RECOGNISE], last.year, year);
	out->posting_days = last.posting_days;
	out->title_years = last.title_years;
	return OK;
}

static enum outcome add_show(struct request *req)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct link links[] = { { "Đợt", URL("/dot"), false } };
	struct round_add_page view = { .at = { .heading = "Mở đợt mới", .version = "", .action = URL("/dot/them"), .back = URL("/dot"),
		.lead = "Có đợt trước thì ngày ghi sẵn theo đợt đó. Mở xong, máy lập danh sách mọi người cho đợt này." } };
	struct round_add_form suggested;

	access_page(req, &view.at.page, view.at.heading);
	page_crumbs(&view.at.page, a, links, COUNT(links), view.at.heading);
	TRY(suggest(req, &suggested));
	request_form(req, &round_add_form_def, &suggested, &view.form);
	TRY(criteria_options(req, &view.form.criteria));
	round_add_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* Both forms have the fields of ROUND_FIELDS. */
#define NEW_OF(f, y) \
	((struct round_new){ .year = (int)(y), .criteria_id = (f)->criteria, .posting_days = (int)(f)->posting_days, \
		.title_years = (int)(f)->title_years, \
		.from = { "", (f)->register_from, (f)->score_from, (f)->review_from, (f)->recognise_from }, \
		.until = { "", (f)->register_until, (f)->score_until, (f)->review_until, (f)->recognise_until } })

static enum outcome add_post(struct request *req)
{
	const struct round_add_form *form = req->form;
	struct round_new new = NEW_OF(form, form->year);

	TRY(round_open(&req->ask, &new));
	return redirect_see_other(req, round_url(req->ask.arena, new.year));
}

static enum outcome edit_show(struct request *req)
{
	const struct round_edit_form *form = req->form;
	struct buf page = BUF(req->ask.arena);
	struct round_edit_page view;
	struct round r;

	TRY(form_top(req, req->is_post ? form->round : ((const struct round_path_form *)req->form)->round, "sua", "Sửa ngày",
		"Đổi cho mọi đơn vị. Muốn thêm ngày cho một xã, dùng Gia hạn.", &view.at, &r));
	request_form(req, &round_edit_form_def, &(struct round_edit_form){ .version = r.version, .criteria = r.criteria_id,
		.register_from = r.from[STAGE_REGISTER], .register_until = r.until[STAGE_REGISTER], .score_from = r.from[STAGE_SCORE],
		.score_until = r.until[STAGE_SCORE], .review_from = r.from[STAGE_REVIEW], .review_until = r.until[STAGE_REVIEW],
		.recognise_from = r.from[STAGE_RECOGNISE], .recognise_until = r.until[STAGE_RECOGNISE], .posting_days = r.posting_days,
		.title_years = r.title_years, .reason = "" }, &view.form);
	TRY(criteria_options(req, &view.form.criteria));
	view.at.version = view.form.version.value;
	round_edit_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome edit_post(struct request *req)
{
	const struct round_edit_form *form = req->form;
	struct round_new new = NEW_OF(form, form->round);

	TRY(round_change(&req->ask, form->round, form->version, &new, form->reason));
	return redirect_see_other(req, round_url(req->ask.arena, form->round));
}

static enum outcome extend_show(struct request *req)
{
	const struct round_extend_form *form = req->form;
	struct buf page = BUF(req->ask.arena);
	struct round_extend_page view;
	struct round r;

	TRY(form_top(req, req->is_post ? form->round : ((const struct round_path_form *)req->form)->round, "gia-han", "Gia hạn",
		"Chỉ cho một xã, phường. Phiếu đã quá hạn của xã đó được làm tiếp.", &view.at, &r));
	request_form(req, &round_extend_form_def, &(struct round_extend_form){ .unit = "", .stage = -1,
		.until = "", .reason = "" }, &view.form);
	round_extend_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* Unknown codes are problems beside the field. */
static OUTCOME unit_of_code(struct request *req, const char *field, const char *code, int64_t *out)
{
	struct unit unit;
	enum outcome found = tree_by_code(&req->ask, code, today(req), &unit);

	*out = 0;
	if (found == NOT_FOUND) {
		problem(req->ask.problems, field, arena_format(req->ask.arena, "Hôm nay không có đơn vị mã %s. Tìm mã ở trang Đơn vị.", code));
		return OK;
	}
	TRY(found);
	*out = unit.id;
	return OK;
}

static enum outcome extend_post(struct request *req)
{
	const struct round_extend_form *form = req->form;
	int64_t unit;

	TRY(unit_of_code(req, "unit", form->unit, &unit));
	TRY(round_extend(&req->ask, form->round, unit, (enum round_stage)(form->stage + 1), form->until, form->reason));
	return redirect_see_other(req, round_url(req->ask.arena, form->round));
}

static enum outcome lock_page(struct request *req, bool locks)
{
	const struct round_lock_form *form = req->form;
	struct buf page = BUF(req->ask.arena);
	struct round_lock_page view = { .locks = locks };
	struct round r;

	TRY(form_top(req, req->is_post ? form->round : ((const struct round_path_form *)req->form)->round, locks ? "khoa" : "mo-lai",
		locks ? "Khoá" : "Mở lại", locks ? "Khoá rồi thì không ai ghi thêm vào đợt này cho đến khi mở lại."
		: "Mở lại thì các đơn vị ghi tiếp được trong thời hạn của đợt.", &view.at, &r));
	request_form(req, &round_lock_form_def, &(struct round_lock_form){ .version = r.version, .reason = "" }, &view.form);
	view.at.version = view.form.version.value;
	round_lock_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome lock_show(struct request *req) { return lock_page(req, true); }
static enum outcome open_show(struct request *req) { return lock_page(req, false); }

static enum outcome set_locked(struct request *req, bool locked)
{
	const struct round_lock_form *form = req->form;

	TRY(round_set_locked(&req->ask, form->round, form->version, locked, form->reason));
	return redirect_see_other(req, round_url(req->ask.arena, form->round));
}

static enum outcome lock_post(struct request *req) { return set_locked(req, true); }
static enum outcome open_post(struct request *req) { return set_locked(req, false); }

static OUTCOME unit_codes(struct request *req, int64_t id, const char **out)
{
	struct buf codes = BUF(req->ask.arena);
	struct round_units units;

	TRY(round_units(&req->ask, id, &units));
	for (size_t i = 0; i < units.n; i++) {
		struct unit unit;

		TRY(tree_get_last(&req->ask, units.at[i], &unit));
		buf_format(&codes, "%s%s", i ? "\n" : "", unit.code);
	}
	*out = buf_cstr(&codes);
	return OK;
}

static enum outcome units_show(struct request *req)
{
	const struct round_units_form *form = req->form;
	struct buf page = BUF(req->ask.arena);
	struct round_units_page view;
	const char *codes;
	struct round r;

	TRY(form_top(req, req->is_post ? form->round : ((const struct round_path_form *)req->form)->round, "don-vi", "Đơn vị tham gia",
		"Ghi một tỉnh thì mọi xã, ấp, đơn vị của tỉnh đều tham gia.", &view.at, &r));
	TRY(unit_codes(req, r.id, &codes));
	request_form(req, &round_units_form_def, &(struct round_units_form){ .version = r.version, .units = codes }, &view.form);
	view.at.version = view.form.version.value;
	round_units_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome units_post(struct request *req)
{
	const struct round_units_form *form = req->form;
	struct words lines = text_split(req->ask.arena, form->units, '\n');
	int64_t *ids = ARENA_ARRAY(req->ask.arena, int64_t, FORM_IDS);
	size_t n = 0;

	for (size_t i = 0; i < lines.n; i++) {
		const char *code;

		if (text_line(req->ask.arena, (struct bytes){ lines.at[i], strlen(lines.at[i]) }, &code) != TEXT_OK || !*code)
			continue;
		if (n == FORM_IDS) {
			problem(req->ask.problems, "units", "Nhiều quá 2000 đơn vị. Ghi mã tỉnh thay cho từng xã.");
			break;
		}
		TRY(unit_of_code(req, "units", code, &ids[n++]));
	}
	if (!problems_none(req->ask.problems))
		return INVALID;
	TRY(round_set_units(&req->ask, form->round, form->version, ids, n));
	return redirect_see_other(req, round_url(req->ask.arena, form->round));
}

const struct route rounds_routes[] = {
	GET(READ, "/dot", PERMIT_PUBLIC, SEES_NOBODY, no_form, rounds_list)
	GET(READ, "/dot/them", PERMIT_ROUND_EDIT, SEES_NOBODY, no_form, add_show)
	POST(WRITE, "/dot/them", PERMIT_ROUND_EDIT, SEES_NOBODY, round_add_form, NO_PREPARE, add_post, .again = add_show,
		.rules = add_post)
	GET(READ, "/dot/{round}", PERMIT_PUBLIC, SEES_NOBODY, round_path_form, round_show)
	GET(READ, "/dot/{round}/sua", PERMIT_ROUND_EDIT, SEES_NOBODY, round_path_form, edit_show)
	POST(WRITE, "/dot/{round}/sua", PERMIT_ROUND_EDIT, SEES_NOBODY, round_edit_form, NO_PREPARE,
		edit_post, .again = edit_show,
		.rules = edit_post)
	GET(READ, "/dot/{round}/gia-han", PERMIT_ROUND_EDIT, SEES_NOBODY, round_path_form, extend_show)
	POST(WRITE, "/dot/{round}/gia-han", PERMIT_ROUND_EDIT, SEES_NOBODY, round_extend_form, NO_PREPARE,
		extend_post, .again = extend_show,
		.rules = extend_post)
	GET(READ, "/dot/{round}/khoa", PERMIT_ROUND_EDIT, SEES_NOBODY, round_path_form, lock_show)
	POST(WRITE, "/dot/{round}/khoa", PERMIT_ROUND_EDIT, SEES_NOBODY, round_lock_form, NO_PREPARE,
		lock_post, .again = lock_show,
		.rules = lock_post)
	GET(READ, "/dot/{round}/mo-lai", PERMIT_ROUND_EDIT, SEES_NOBODY, round_path_form, open_show)
	POST(WRITE, "/dot/{round}/mo-lai", PERMIT_ROUND_EDIT, SEES_NOBODY, round_lock_form, NO_PREPARE,
		open_post, .again = open_show,
		.rules = open_post)
	GET(READ, "/dot/{round}/don-vi", PERMIT_ROUND_EDIT, SEES_NOBODY, round_path_form, units_show)
	POST(WRITE, "/dot/{round}/don-vi", PERMIT_ROUND_EDIT, SEES_NOBODY, round_units_form, NO_PREPARE,
		units_post, .again = units_show,
		.rules = units_post)
};
const struct route_table rounds_table = ROUTES(rounds_routes);
