/* Units are merged into one, a hamlet is divided in two. */
#include <string.h>

#include "html/page.h"
#include "leaf_divide_page_html.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/people/people.h"
#include "text/format.h"
#include "title/transfers/transfers_http.h"
#include "title/transfers/transfers_page.h"
#include "units_merge_page_html.h"

FORM_DEFINE(unit_act_path_form, UNIT_ACT_PATH_FORM)
FORM_DEFINE(units_merge_form, UNITS_MERGE_FORM)
FORM_DEFINE(leaf_divide_form, LEAF_DIVIDE_FORM)

static struct url unit_url(struct arena *a, int64_t id) { return url_own(a, "/don-vi/%lld", (long long)id); }

static void unit_crumbs(struct request *req, struct page *page, const struct unit *unit, const char *here)
{
	struct link links[] = { { "Đơn vị", URL("/don-vi"), false }, { unit->name, unit_url(req->ask.arena, unit->id), false } };

	page_crumbs(page, req->ask.arena, links, COUNT(links), here);
}

/* ---- merging ---- */

/* Units beside it, of its own kind. */
static OUTCOME fill_units(struct request *req, const struct unit *unit, const struct id_list *chosen,
	struct units_merge_page *view)
{
	struct arena *a = req->ask.arena;
	bool organisation = unit_kind_is_organisation(unit->kind);
	struct unit_list siblings;
	struct unit_pick *picks;

	TRY(tree_children(&req->ask, unit->parent_id, transfers_today(req), NULL, &siblings));
	picks = ARENA_ARRAY(a, struct unit_pick, siblings.n);
	for (size_t i = 0; i < siblings.n; i++) {
		const struct unit *u = &siblings.at[i];

		if (u->id != unit->id && u->level == unit->level && unit_kind_is_organisation(u->kind) == organisation)
			picks[view->n_units++] = (struct unit_pick){ u->id, u->name, u->code, is_picked(chosen, u->id) };
	}
	view->units = picks;
	if (!view->n_units)
		view->empty = (struct empty){ .title = "Không có đơn vị nào bên cạnh để nhập vào đây",
			.text = "Chỉ nhập được đơn vị cùng cấp, cùng nơi trực thuộc." };
	return OK;
}

static void fill_merge_preview(struct arena *a, const struct units_merge_form *form, const struct units_merge_preview *p,
	struct units_merge_page *view)
{
	struct fact *facts = ARENA_ARRAY(a, struct fact, 6);

	facts[0] = (struct fact){ "Đơn vị không còn", format_int(a, p->units), "" };
	facts[1] = (struct fact){ "Từ ngày", format_date(a, form->on_day), "" };
	facts[2] = (struct fact){ "Ấp, khu phố, đơn vị bên trong đi theo", format_int(a, p->leaves), "" };
	facts[3] = (struct fact){ "Người đi theo", format_int(a, p->people), "" };
	facts[4] = (struct fact){ "Phiếu năm nay đi theo", format_int(a, p->sheets), "" };
	facts[5] = (struct fact){ "Số liệu các năm đã khoá, giữ nguyên", arena_format(a, "%s lượt người", format_int(a, p->past)),
		"" };
	view->preview = (struct facts){ facts, 6 };
	view->button = arena_format(a, "Nhập %s đơn vị", format_int(a, p->units));
	view->has_preview = true;
}

static OUTCOME show_merge(struct request *req, const struct units_merge_form *form, const struct units_merge_preview *p)
{
	struct buf page = BUF(req->ask.arena, .max = 2 * MiB);
	struct units_merge_page view = { .button = "", .empty = { .title = "" } };
	struct unit unit;

	TRY(tree_get(&req->ask, form->unit, transfers_today(req), &unit));
	TRY(access_require(&req->ask, unit.level == LEVEL_LEAF ? PERMIT_UNIT_EDIT : PERMIT_STATE_UNIT_EDIT, unit.id));
	if (unit.level != LEVEL_LEAF && unit.level != LEVEL_COMMUNE)
		return redirect_see_other(req, unit_url(req->ask.arena, unit.id));
	view.heading = arena_format(req->ask.arena, "Nhập đơn vị khác vào %s", unit.name);
	view.lead = "Các đơn vị được chọn hết hoạt động; người, phiếu năm nay và việc đang làm đi theo. Năm trước giữ nguyên. "
		"Hoàn tác được.";
	view.action = url_own(req->ask.arena, "/don-vi/%lld/nhap", (long long)unit.id);
	view.back = unit_url(req->ask.arena, unit.id);
	access_page(req, &view.page, view.heading);
	unit_crumbs(req, &view.page, &unit, "Nhập đơn vị");
	request_form(req, &units_merge_form_def, form, &view.form);
	TRY(fill_units(req, &unit, &form->from, &view));
	if (p)
		fill_merge_preview(req->ask.arena, form, p, &view);
	units_merge_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome merge_show(struct request *req)
{
	if (req->is_post)
		return show_merge(req, req->form, NULL);
	return show_merge(req, &(struct units_merge_form){ .unit = ((const struct unit_act_path_form *)req->form)->unit,
		.on_day = transfers_today(req), .reason = "" }, NULL);
}

static enum outcome merge_post(struct request *req)
{
	const struct units_merge_form *form = req->form;
	struct units_merge m = { form->from, form->unit, form->on_day, form->reason };
	struct units_merge_preview preview;
	int64_t id;

	req->response.forget = !form->sure;
	if (!form->sure) {
		TRY(units_merge_preview(&req->ask, &m, &preview));
		return show_merge(req, form, &preview);
	}
	TRY(units_merge(&req->ask, &m, &id));
	return redirect_see_other(req, transfer_url(req->ask.arena, id));
}

/* ---- dividing ---- */

static OUTCOME all_people(struct request *req, int64_t leaf_id, const struct id_list *chosen, struct pick_rows *out)
{
	struct arena *a = req->ask.arena;
	struct pick_line *all = NULL;
	int64_t after = 0;
	size_t n = 0;

	do {
		struct pick_rows page;
		struct pick_line *longer;

		TRY(pick_people(req, leaf_id, after, chosen, &page, &after));
		longer = ARENA_ARRAY(a, struct pick_line, n + page.n_people);
		if (n)
			memcpy(longer, all, n * sizeof *longer);
		if (page.n_people)
			memcpy(longer + n, page.people, page.n_people * sizeof *longer);
		all = longer;
		n += page.n_people;
	} while (after && n < TRANSFER_PEOPLE_MAX);
	*out = (struct pick_rows){ "Ai về nơi thứ hai", all, n };
	return OK;
}

static enum outcome divide_show(struct request *req)
{
	const struct leaf_divide_form *form = req->form;
	int64_t id = req->is_post ? form->unit : ((const struct unit_act_path_form *)req->form)->unit;
	struct buf page = BUF(req->ask.arena, .max = 8 * MiB);
	struct leaf_divide_page view = { .lead = "Hai ấp, khu phố mới thay cho ấp, khu phố này. Ai về đâu được ghi lại, để số "
		"liệu các năm trước tính "
		"lại được theo nơi mới. Hoàn tác được." };
	struct id_list none = { 0 };
	struct unit unit;

	TRY(tree_get(&req->ask, id, transfers_today(req), &unit));
	TRY(access_require(&req->ask, PERMIT_UNIT_EDIT, id));
	if (unit.level != LEVEL_LEAF)
		return redirect_see_other(req, unit_url(req->ask.arena, id));
	view.heading = arena_format(req->ask.arena, "Chia %s làm hai", unit.name);
	view.version = number_text(req->ask.arena, unit.version);
	view.action = url_own(req->ask.arena, "/don-vi/%lld/chia", (long long)id);
	view.back = unit_url(req->ask.arena, id);
	access_page(req, &view.page, view.heading);
	unit_crumbs(req, &view.page, &unit, "Chia làm hai");
	request_form(req, &leaf_divide_form_def, &(struct leaf_divide_form){ .unit = id, .version = unit.version, .first = "", .second = "",
		.on_day = transfers_today(req), .reason = "" }, &view.form);
	TRY(all_people(req, id, req->is_post ? &form->people : &none, &view.rows));
	leaf_divide_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome divide_post(struct request *req)
{
	const struct leaf_divide_form *form = req->form;
	struct leaf_division d = { form->unit, form->version, form->first, form->second, form->people, form->on_day,
		form->reason };
	int64_t id;

	TRY(leaf_divide(&req->ask, &d, &id));
	return redirect_see_other(req, transfer_url(req->ask.arena, id));
}

static const struct route routes[] = {
	GET(READ, "/don-vi/{unit}/nhap", PERMIT_UNIT_EDIT, SEES_NOBODY, unit_act_path_form, merge_show)
	POST(WRITE, "/don-vi/{unit}/nhap", PERMIT_UNIT_EDIT, SEES_NOBODY, units_merge_form, NO_PREPARE, merge_post,
	.again = merge_show)
	GET(WORK, "/don-vi/{unit}/chia", PERMIT_UNIT_EDIT, SEES_NOBODY, unit_act_path_form, divide_show)
	POST(WRITE, "/don-vi/{unit}/chia", PERMIT_UNIT_EDIT, SEES_NOBODY, leaf_divide_form, NO_PREPARE, divide_post,
	.again = divide_show)
};
const struct route_table transfer_units_table = ROUTES(routes);
