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
	const struct unit *to,
	struct units_merge_page *view)
{
	struct look *look = &view->look;

	look_fact(a, look, "Đơn vị không còn", format_int(a, p->units));
	look_fact(a, look, "Từ ngày", format_date(a, form->on_day));
	look_weight(a, look, to->level, &p->weight, true);
	look_fact(a, look, "Cơ quan công nhận từ đó", p->authority);
	look_officers(a, look, &p->roles, to->name, NULL);
	if (p->authorities)
		look_note(a, look,
			  arena_format(a,
				       "%s đơn vị được nhập có ghi riêng cơ quan công nhận; điều ghi ấy không theo sang. Cần "
				       "khác đi thì ghi lại ở trang Cơ quan công nhận của %s.",
				       format_int(a, p->authorities), to->name));
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
		fill_merge_preview(req->ask.arena, form, p, &unit, &view);
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
	return redirect_see_other(req, unit_act_url(req->ask.arena, id));
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

/* Nobody is chosen before somebody has said so: a branch officer of the whole may be that of either part, or of both. */
static void fill_divide_preview(struct arena *a, const struct leaf_divide_form *form, const struct leaf_division_preview *p,
	struct leaf_divide_page *view)
{
	struct officer_line *lines = ARENA_ARRAY(a, struct officer_line, p->roles.n);
	struct look *look = &view->look;

	look_fact(a, look, "Từ ngày", format_date(a, form->on_day));
	look_fact(a, look, arena_format(a, "Về %s", form->first), arena_format(a, "%s người", format_int(a, p->first)));
	look_fact(a, look, arena_format(a, "Về %s", form->second), arena_format(a, "%s người", format_int(a, p->second)));
	look_fact(a, look, "Phiếu năm nay đi theo người", format_int(a, p->weight.sheets - p->weight.listed));
	look_fact(a, look, "Phiếu đã vào danh sách, ở lại đến khi có quyết định", format_int(a, p->weight.listed));
	look_fact(a, look, "Số liệu các năm đã khoá, giữ nguyên",
		  arena_format(a, "%s lượt người", format_int(a, p->weight.past)));
	for (size_t i = 0; i < p->roles.n; i++) {
		const struct role_on *r = &p->roles.at[i];

		lines[i] = (struct officer_line){ .grant = r->id, .name = r->name, .role = role_label(r->role),
			.first = is_picked(&form->first_roles, r->id), .second = is_picked(&form->second_roles, r->id) };
	}
	look->officers = lines;
	look->n_officers = p->roles.n;
	view->first_words = form->first;
	view->second_words = form->second;
	view->has_preview = true;
}

static OUTCOME show_divide(struct request *req, const struct leaf_divide_form *form, const struct leaf_division_preview *p)
{
	struct buf page = BUF(req->ask.arena, .max = 8 * MiB);
	struct leaf_divide_page view = { .lead = "Hai ấp, khu phố mới thay cho ấp, khu phố này. Ai về đâu được ghi lại, để số "
		"liệu các năm trước tính "
		"lại được theo nơi mới. Hoàn tác được.", .first_words = "", .second_words = "" };
	struct unit unit;

	TRY(tree_get(&req->ask, form->unit, transfers_today(req), &unit));
	TRY(access_require(&req->ask, PERMIT_UNIT_EDIT, unit.id));
	if (unit.level != LEVEL_LEAF)
		return redirect_see_other(req, unit_url(req->ask.arena, unit.id));
	view.heading = arena_format(req->ask.arena, "Chia %s làm hai", unit.name);
	view.action = url_own(req->ask.arena, "/don-vi/%lld/chia", (long long)unit.id);
	view.back = unit_url(req->ask.arena, unit.id);
	access_page(req, &view.page, view.heading);
	unit_crumbs(req, &view.page, &unit, "Chia làm hai");
	request_form(req, &leaf_divide_form_def,
		     &(struct leaf_divide_form){.unit = unit.id,
						.version = unit.version,
						.first = "",
						.second = "",
						.on_day = transfers_today(req),
						.reason = ""},
		     &view.form);
	view.version = view.form.version.value;
	TRY(all_people(req, unit.id, &form->people, &view.rows));
	if (p)
		fill_divide_preview(req->ask.arena, form, p, &view);
	leaf_divide_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome divide_show(struct request *req)
{
	if (req->is_post)
		return show_divide(req, req->form, NULL);
	return show_divide(req, &(struct leaf_divide_form){ .unit = ((const struct unit_act_path_form *)req->form)->unit }, NULL);
}

static enum outcome divide_post(struct request *req)
{
	const struct leaf_divide_form *form = req->form;
	struct leaf_division d = { form->unit, form->version, form->first, form->second, form->people,
		{ form->first_roles, form->second_roles }, form->on_day, form->reason };
	struct leaf_division_preview preview;
	int64_t id;

	req->response.forget = !form->sure;
	if (!form->sure) {
		TRY(leaf_divide_preview(&req->ask, &d, &preview));
		return show_divide(req, form, &preview);
	}
	TRY(leaf_divide(&req->ask, &d, &id));
	return redirect_see_other(req, unit_act_url(req->ask.arena, id));
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
