/* Moving people: who, where to, a look before, and what was done. */
#include "title/transfers/transfers_http.h"

#include <string.h>

#include "base/day.h"
#include "html/page.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/people/people.h"
#include "text/format.h"
#include "title/transfers/transfers_page.h"
#include "transfer_form_html.h"
#include "transfer_page_html.h"
#include "transfers_home_html.h"

FORM_DEFINE(transfers_form, TRANSFERS_FORM)
FORM_DEFINE(transfer_people_form, TRANSFER_PEOPLE_FORM)
FORM_DEFINE(transfer_path_form, TRANSFER_PATH_FORM)
FORM_DEFINE(transfer_undo_form, TRANSFER_UNDO_FORM)
FORM_DEFINE(waiting_place_form, WAITING_PLACE_FORM)
FORM_DEFINE(duplicate_path_form, DUPLICATE_PATH_FORM)
FORM_DEFINE(duplicate_form, DUPLICATE_FORM)

/* ---- what the pages have in common ---- */

const char *transfers_today(struct request *req) { return arena_text(req->ask.arena, day_of(req->ask.now).text); }
const char *number_text(struct arena *a, int64_t n) { return arena_format(a, "%lld", (long long)n); }
struct url transfers_url(struct arena *a, int64_t unit_id) { return url_query_int(a, URL("/chuyen"), "unit", (long long)unit_id);
	}
struct url transfer_url(struct arena *a, int64_t id) { return url_own(a, "/chuyen/%lld", (long long)id); }

void transfers_crumbs(struct request *req, struct page *page, const char *here)
{
	struct link links[] = { { "Người", URL("/nguoi"), false }, { "Chuyển, gộp", URL("/chuyen"), false } };

	page_crumbs(page, req->ask.arena, links, COUNT(links), here);
}

bool is_picked(const struct id_list *list, int64_t id)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i] == id)
			return true;
	return false;
}

static const char *sheets_note(struct arena *a, const struct moved_person *p)
{
	if (p->is_there)
		return "đang ở nơi ấy rồi";
	if (p->stays)
		return "đã vào danh sách xã, ở lại đến khi có quyết định";
	return p->goes ? arena_format(a, "%lld phiếu đi theo", (long long)p->goes) : "chưa đăng ký";
}

OUTCOME pick_people(struct request *req, int64_t leaf_id, int64_t after_id, const struct id_list *chosen, struct pick_rows *out,
	int64_t *next)
{
	struct arena *a = req->ask.arena;
	struct person_list list;
	struct pick_line *lines;
	struct person after;

	if (after_id)
		TRY(person_read(&req->ask, after_id, &after));
	TRY(person_list_of_unit(&req->ask, leaf_id, after_id ? &after : NULL, &list));
	lines = ARENA_ARRAY(a, struct pick_line, list.n);
	for (size_t i = 0; i < list.n; i++)
		lines[i] = (struct pick_line){ list.at[i].id, list.at[i].name, arena_format(a, "%d", day_year(list.at[i].birth)),
			list.at[i].leaf_name, "", is_picked(chosen, list.at[i].id) };
	*out = (struct pick_rows){ "Chọn người", lines, list.n };
	*next = list.n == PERSON_PAGE ? list.at[list.n - 1].id : 0;
	return OK;
}

/* ---- choosing ---- */

/* Leaves of the same commune, but the unit itself. */
static OUTCOME target_options(struct request *req, const struct unit *unit, struct field *field)
{
	struct arena *a = req->ask.arena;
	int64_t commune = unit->level == LEVEL_LEAF ? unit->parent_id : unit->id;
	struct unit_list leaves;
	struct field_option *options;

	TRY(tree_children(&req->ask, commune, transfers_today(req), NULL, &leaves));
	options = ARENA_ARRAY(a, struct field_option, leaves.n);
	field->n_options = 0;
	for (size_t i = 0; i < leaves.n; i++) {
		const char *value = number_text(a, leaves.at[i].id);

		if (leaves.at[i].level == LEVEL_LEAF && leaves.at[i].id != unit->id)
			options[field->n_options++] = (struct field_option){ value, leaves.at[i].name, "", !strcmp(value,
			field->value) };
	}
	field->options = options;
	return OK;
}

static OUTCOME fill_choosing(struct request *req, const struct transfer_people_form *form, const struct unit *unit,
	struct transfer_form_page *view)
{
	struct arena *a = req->ask.arena;
	struct people_move_preview preview;
	struct problems quiet = PROBLEMS(a);
	struct ask ask = req->ask;
	int64_t next = 0;

	view->rows.caption = "Chọn người";
	if (form->people.n && unit->level != LEVEL_LEAF) {       /* chosen from a list of several hamlets */
		struct pick_line *lines;

		ask.problems = &quiet;
		if (transfer_people_preview(&ask, &(struct people_move){ form->people, 0, "", "" }, &preview) == FAILED)
			return FAILED;
		lines = ARENA_ARRAY(a, struct pick_line, preview.n);
		for (size_t i = 0; i < preview.n; i++)
			lines[i] = (struct pick_line){ preview.at[i].id, preview.at[i].name,
				arena_format(a, "%d", day_year(preview.at[i].birth)), preview.at[i].leaf_name, sheets_note(a,
				&preview.at[i]), true };
		view->rows.people = lines;
		view->rows.n_people = preview.n;
	} else {
		TRY(pick_people(req, unit->id, form->after, &form->people, &view->rows, &next));
	}
	view->all_label = unit->level == LEVEL_LEAF ? arena_format(a, "Chuyển tất cả mọi người của %s", unit->name) : "";
	if (next)
		view->pager.next = url_query_int(a, transfers_url(a, unit->id), "after", (long long)next);
	if (form->after)
		view->pager.first = transfers_url(a, unit->id);
	return target_options(req, unit, &view->form.to);
}

static void fill_preview(struct request *req, const struct people_move *m, const struct people_move_preview *p,
	const struct unit *to,
	struct transfer_form_page *view)
{
	struct arena *a = req->ask.arena;
	struct fact *facts = ARENA_ARRAY(a, struct fact, 5);
	struct pick_line *lines = ARENA_ARRAY(a, struct pick_line, p->n);

	facts[0] = (struct fact){ "Chuyển", arena_format(a, "%s người", format_int(a, p->moving)), "" };
	facts[1] = (struct fact){ "Đến", to->name, "" };
	facts[2] = (struct fact){ "Từ ngày", arena_format(a, "%s%s", format_date(a, m->from_day), strcmp(m->from_day,
		transfers_today(req)) > 0
		? ", đến ngày đó mới chuyển" : ""), "" };
	facts[3] = (struct fact){ "Phiếu đang làm đi theo", format_int(a, p->goes), "" };
	facts[4] = (struct fact){ "Phiếu đã vào danh sách, ở lại đến khi có quyết định", format_int(a, p->stays), "" };
	view->preview = (struct facts){ facts, 5 };
	for (size_t i = 0; i < p->n; i++)
		lines[i] = (struct pick_line){ p->at[i].id, p->at[i].name, arena_format(a, "%d", day_year(p->at[i].birth)),
		p->at[i].leaf_name,
			sheets_note(a, &p->at[i]), true };
	view->people = lines;
	view->n_people = p->n;
	view->button = arena_format(a, "Chuyển %s người", format_int(a, p->moving));
	view->form.to.value = number_text(a, m->to_leaf);
	view->has_preview = true;
}

/* p NULL: to choose; else the look before. */
static OUTCOME show_form(struct request *req, const struct transfer_people_form *form, const struct people_move *m,
	const struct people_move_preview *p)
{
	struct buf page = BUF(req->ask.arena, .max = 4 * MiB);
	struct transfer_form_page view = { .pager = { .text = "" }, .button = "", .all_label = "", .after = "" };
	struct unit unit, to;
	int64_t place = form->unit;

	if (!place)                              /* what was sent named none: one's own */
		TRY(access_home(&req->ask, PERMIT_PERSON_EDIT, &place));
	TRY(tree_get(&req->ask, place, transfers_today(req), &unit));
	TRY(access_require(&req->ask, PERMIT_PERSON_EDIT, unit.id));
	if (unit.level < LEVEL_COMMUNE)
		return NOT_FOUND;
	view.heading = arena_format(req->ask.arena, "Chuyển người của %s", unit.name);
	view.lead = "Các năm trước giữ nguyên nơi cũ. Phiếu năm nay đi theo người, trừ phiếu đã vào danh sách xã.";
	view.unit = number_text(req->ask.arena, unit.id);
	view.after = form->after ? number_text(req->ask.arena, form->after) : "";
	view.back = transfers_url(req->ask.arena, unit.id);
	request_lists(req, unit.id, "Chọn người để chuyển");
	access_page(req, &view.page, view.heading);
	transfers_crumbs(req, &view.page, unit.name);
	request_form(req, &transfer_people_form_def, form, &view.form);
	view.form.from_day.optional = view.form.reason.optional = false;
	if (p) {
		TRY(tree_get(&req->ask, m->to_leaf, transfers_today(req), &to));
		fill_preview(req, m, p, &to, &view);
	} else {
		TRY(fill_choosing(req, form, &unit, &view));
	}
	transfer_form_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static OUTCOME move_of(struct request *req, const struct transfer_people_form *form, struct people_move *out)
{
	struct unit unit;

	*out = (struct people_move){ form->people, form->to, *form->from_day ? form->from_day : transfers_today(req),
	form->reason };
	if (form->all)
		TRY(transfer_people_of_leaf(&req->ask, form->unit, &out->people));
	if (*form->code) {
		enum outcome found = tree_by_code(&req->ask, form->code, transfers_today(req), &unit);

		if (found == FAILED)
			return FAILED;
		if (found == NOT_FOUND)
			problem(req->ask.problems, "code", arena_format(req->ask.arena,
			"Hôm nay không có đơn vị mã %s. Kiểm tra lại mã.",
				form->code));
		out->to_leaf = found == OK ? unit.id : 0;
	}
	return OK;
}

static enum outcome people_again(struct request *req) { return show_form(req, req->form, NULL, NULL); }

static enum outcome people_post(struct request *req)
{
	const struct transfer_people_form *form = req->form;
	struct people_move_preview preview;
	struct people_move m;
	int64_t id;

	req->response.forget = !form->sure;
	if (!form->look && !form->sure)                          /* who was chosen elsewhere comes to say where to */
		return show_form(req, form, NULL, NULL);
	TRY(move_of(req, form, &m));
	if (!form->sure) {
		TRY(transfer_people_preview(&req->ask, &m, &preview));
		return show_form(req, form, &m, &preview);
	}
	TRY(transfer_people(&req->ask, &m, &id));
	return redirect_see_other(req, transfer_url(req->ask.arena, id));
}

/* ---- home ---- */

static OUTCOME name_of(struct request *req, int64_t id, const char **out)
{
	struct unit unit;
	enum outcome found = id ? tree_get_last(&req->ask, id, &unit) : NOT_FOUND;

	*out = found == OK ? unit.name : "";
	return found == FAILED ? FAILED : OK;
}

static const char *state_words(enum transfer_state state)
{
	return state == TRANSFER_WAITS ? "Chờ đến ngày" : state == TRANSFER_DONE ? "Đã làm" : "Đã hoàn tác";
}

OUTCOME transfer_lines(struct request *req, int64_t unit_id, bool of_units, const struct transfer_line **out, size_t *n)
{
	struct arena *a = req->ask.arena;
	bool edits = access_may(req->ask.actor, PERMIT_UNIT_EDIT);
	struct transfer_list list;
	struct transfer_line *lines;

	TRY(transfers_of_unit(&req->ask, unit_id, &list));
	lines = ARENA_ARRAY(a, struct transfer_line, list.n);
	*n = 0;
	for (size_t i = 0; i < list.n; i++) {
		const struct transfer *t = &list.at[i];

		if (of_units && !transfer_is_of_units(t->act))
			continue;
		lines[*n] = (struct transfer_line){ .what = transfer_act_label(t->act), .who = format_int(a, t->people),
			.day = format_date(a, t->from_day), .state = state_words(t->state),
			.href = edits && transfer_is_of_units(t->act) ? unit_act_url(a, t->id) : transfer_url(a, t->id) };
		TRY(name_of(req, t->unit_id, &lines[*n].from));
		TRY(name_of(req, t->to_id, &lines[(*n)++].to));
	}
	*out = lines;
	return OK;
}

static OUTCOME fill_leaves(struct request *req, const struct unit *unit, struct transfers_home_page *view)
{
	struct arena *a = req->ask.arena;
	struct unit_list children;
	struct link *links;

	if (unit->level == LEVEL_LEAF)
		return OK;
	TRY(tree_children(&req->ask, unit->id, transfers_today(req), NULL, &children));
	links = ARENA_ARRAY(a, struct link, children.n);
	for (size_t i = 0; i < children.n; i++)
		links[i] = (struct link){ children.at[i].name, transfers_url(a, children.at[i].id), false };
	view->leaves = links;
	view->n_leaves = children.n;
	return OK;
}

static OUTCOME fill_links(struct request *req, const struct unit *unit, struct transfers_home_page *view)
{
	struct arena *a = req->ask.arena;
	struct link *links = ARENA_ARRAY(a, struct link, 4);
	bool may_units, may_state;

	TRY(access_may_on(&req->ask, PERMIT_UNIT_EDIT, unit->id, &may_units));
	TRY(access_may_on(&req->ask, PERMIT_STATE_UNIT_EDIT, unit->id, &may_state));
	links[view->n_links++] = (struct link){ "Người trong danh sách", url_query_int(a, URL("/nguoi"), "unit",
		(long long)unit->id), false };
	if (unit->level == LEVEL_COMMUNE)
		links[view->n_links++] = (struct link){ "Người có thể bị ghi hai lần",
			url_query_int(a, URL("/nguoi/trung"), "unit", (long long)unit->id), false };
	if (unit->level == LEVEL_PROVINCE && may_state)
		links[view->n_links++] = (struct link){ "Ấp, khu phố chờ xếp vào xã, phường mới", URL("/cho-xep"), false };
	if (may_units)
		links[view->n_links++] = (struct link){ "Trang của đơn vị: nhập, chia, đổi tên", url_own(a, "/don-vi/%lld",
		(long long)unit->id),
			false };
	view->links = links;
	return OK;
}

static enum outcome home_show(struct request *req)
{
	const struct transfers_form *form = req->form;
	struct buf page = BUF(req->ask.arena, .max = 2 * MiB);
	struct transfers_home_page view = { .lead = "Chọn người, chọn nơi đến, xem trước rồi mới chuyển. Việc nào cũng hoàn tác "
		"được.",
		.empty = { .text = "Chưa có lần chuyển, gộp, nhập nào ở đây." } };
	int64_t id = form->unit;
	struct unit unit;
	bool may;

	if (!id)
		TRY(access_home(&req->ask, PERMIT_PERSON_EDIT, &id));
	TRY(tree_get(&req->ask, id, transfers_today(req), &unit));
	TRY(access_may_on(&req->ask, PERMIT_PERSON_EDIT, id, &may));
	if (may && unit.level == LEVEL_LEAF && form->unit)
		return show_form(req, &(struct transfer_people_form){ .unit = id, .after = form->after, .code = "", .reason = "",
			.from_day = transfers_today(req) }, NULL, NULL);
	view.heading = arena_format(req->ask.arena, "Chuyển, gộp: %s", unit.name);
	access_page(req, &view.page, view.heading);
	transfers_crumbs(req, &view.page, unit.name);
	TRY(fill_links(req, &unit, &view));
	TRY(fill_leaves(req, &unit, &view));
	TRY(transfer_lines(req, id, false, &view.lines, &view.n_lines));
	transfers_home_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- one act ---- */

/* Where an act leads, and in which words; a unit that was closed into nothing keeps where it belonged. "": nowhere. */
static OUTCOME where_to(struct request *req, const struct transfer *t, struct fact *out)
{
	static const char *const labels[] = { "", "Đến", "Đến", "Nhập vào", "Thành", "Xếp vào", "", "Chuyển đến", "Nhập vào" };
	struct unit unit = { 0 };

	*out = (struct fact){ labels[t->act], "hai ấp, khu phố mới", "" };
	if (t->act != TRANSFER_DIVIDED)
		TRY(name_of(req, t->to_id, &out->value));
	if (t->act == TRANSFER_CLOSED && tree_get_last(&req->ask, t->unit_id, &unit) == FAILED)
		return FAILED;
	if (t->act == TRANSFER_CLOSED && unit.parent_id == t->to_id)
		out->label = "Từng thuộc";
	return OK;
}

static OUTCOME fill_facts(struct request *req, const struct transfer *t, struct transfer_page *view)
{
	struct arena *a = req->ask.arena;
	struct fact *facts = ARENA_ARRAY(a, struct fact, 9), to;
	const char *from, *before, *after;
	size_t n = 0;

	TRY(name_of(req, t->unit_id, &from));
	TRY(where_to(req, t, &to));
	facts[n++] = (struct fact){ transfer_is_of_units(t->act) ? "Đơn vị" : "Từ", from, "" };
	if (*to.label)
		facts[n++] = to;
	if (t->act == TRANSFER_RENAMED) {
		TRY(unit_change_names(&req->ask, t, &before, &after));
		facts[n++] = (struct fact){ "Tên trước đó", before, "" };
		facts[n++] = (struct fact){ "Tên mới", after, "" };
	}
	facts[n++] = (struct fact){ "Số người", format_int(a, t->people), "" };
	facts[n++] = (struct fact){ "Từ ngày", format_date(a, t->from_day), "" };
	facts[n++] = (struct fact){ "Lý do", t->reason, "" };
	facts[n++] = (struct fact){ "Người làm", arena_format(a, "%s, %s", t->actor, format_moment(a, t->made_at)), "" };
	facts[n++] = (struct fact){ "Tình trạng", state_words(t->state), "" };
	view->facts = (struct facts){ facts, n };
	return OK;
}

static OUTCOME fill_act(struct request *req, const struct transfer *t, struct transfer_page *view)
{
	struct arena *a = req->ask.arena;
	struct transfer_people_list people = { 0 };
	struct pick_line *lines;

	TRY(fill_facts(req, t, view));
	if (t->act == TRANSFER_PEOPLE || t->act == TRANSFER_DIVIDED)
		TRY(transfer_people_of(&req->ask, t->id, &people));
	lines = ARENA_ARRAY(a, struct pick_line, people.n);
	for (size_t i = 0; i < people.n; i++)
		lines[i] = (struct pick_line){ people.at[i].id, people.at[i].name, arena_format(a, "%d",
		day_year(people.at[i].birth)),
			people.at[i].leaf_name, "", false };
	view->people = lines;
	view->n_people = people.n;
	return OK;
}

enum outcome transfer_act_show(struct request *req)
{
	const struct transfer_undo_form *form = req->form;
	int64_t id = req->is_post ? form->transfer : ((const struct transfer_path_form *)req->form)->transfer;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 4 * MiB);
	struct transfer_page view = { 0 };
	struct transfer t;
	bool of_units;

	TRY(transfer_get(&req->ask, id, &t));
	of_units = transfer_is_of_units(t.act) && access_may(req->ask.actor, PERMIT_UNIT_EDIT);
	view.heading = transfer_act_label(t.act);
	view.may_undo = t.state != TRANSFER_UNDONE && (of_units || access_may(req->ask.actor, PERMIT_PERSON_EDIT));
	view.version = number_text(a, t.version);
	view.action = url_own(a, of_units ? "/viec-don-vi/%lld/hoan-tac" : "/chuyen/%lld/hoan-tac", (long long)id);
	view.back = of_units ? url_query_int(a, URL("/viec-don-vi"), "unit", (long long)t.unit_id) : URL("/chuyen");
	access_page(req, &view.page, view.heading);
	if (of_units) {
		struct unit unit;

		TRY(tree_get_last(&req->ask, t.unit_id, &unit));
		unit_crumbs(req, &view.page, &unit, view.heading);
	} else {
		transfers_crumbs(req, &view.page, view.heading);
	}
	TRY(fill_act(req, &t, &view));
	request_form(req, &transfer_undo_form_def, &(struct transfer_undo_form){ .transfer = id, .version = t.version, .reason = "" },
		&view.form);
	transfer_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

enum outcome transfer_undo_post(struct request *req)
{
	const struct transfer_undo_form *form = req->form;
	struct transfer t;

	TRY(transfer_undo(&req->ask, form->transfer, form->version, form->reason));
	TRY(transfer_get(&req->ask, form->transfer, &t));
	return redirect_see_other(req, transfer_is_of_units(t.act) && access_may(req->ask.actor, PERMIT_UNIT_EDIT)
		? unit_act_url(req->ask.arena, t.id) : transfer_url(req->ask.arena, t.id));
}

static const struct route routes[] = {
	GET(WORK, "/chuyen", PERMIT_PERSON_EDIT, SEES_NOBODY, transfers_form, home_show)
		POST(WRITE, "/chuyen", PERMIT_PERSON_EDIT, SEES_NOBODY, transfer_people_form, NO_PREPARE, people_post,
		     .again = people_again) GET(WORK, "/chuyen/{transfer}", PERMIT_PERSON_READ, SEES_NOBODY, transfer_path_form,
						transfer_act_show) POST(WRITE, "/chuyen/{transfer}/hoan-tac", PERMIT_PERSON_EDIT,
									SEES_NOBODY, transfer_undo_form, NO_PREPARE,
									transfer_undo_post, .again = transfer_act_show)
			GET(WORK, "/cho-xep", PERMIT_STATE_UNIT_EDIT, SEES_NOBODY, transfers_form,
			    waiting_show) POST(WRITE, "/cho-xep", PERMIT_STATE_UNIT_EDIT, SEES_NOBODY, waiting_place_form,
					       NO_PREPARE, waiting_post, .again = waiting_show)
				GET(READ, "/nguoi/{person}/gop/{other}", PERMIT_PERSON_EDIT, SEES(person), duplicate_path_form,
				    duplicate_show) POST(WRITE, "/nguoi/{person}/gop/{other}", PERMIT_PERSON_EDIT, SEES(person),
							 duplicate_form, NO_PREPARE, duplicate_post, .again = duplicate_show)};
const struct route_table transfers_table = ROUTES(routes);
