/* Pages of units: everybody browses and searches; officers add; what changes a unit is title/transfers'. */
#include "registry/units/units_http.h"

#include <string.h>

#include "base/day.h"
#include "branch_edit_html.h"
#include "html/page.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/audit/audit.h"
#include "registry/units/units.h"
#include "registry/units/units_paper.h"
#include "registry/units/units_view.h"
#include "text/format.h"
#include "text/parse.h"
#include "unit_add_html.h"
#include "unit_import_html.h"
#include "unit_page_html.h"
#include "units_list_html.h"

enum { FOUND = 50, PAGE = 500 };

FORM_DEFINE(units_form, UNITS_FORM)
FORM_DEFINE(unit_path_form, UNIT_PATH_FORM)
FORM_DEFINE(unit_file_form, UNIT_FILE_FORM)
FORM_DEFINE(unit_add_form, UNIT_ADD_FORM)
FORM_DEFINE(branch_form, BRANCH_FORM)
FORM_DEFINE(unit_import_form, UNIT_IMPORT_FORM)

const struct choices unit_file_formats = CHOICES({ "xlsx", "XLSX" }, { "docx", "DOCX" }, { "pdf", "PDF" }, { "csv", "CSV" });

static const char *today(struct request *req)
{
	return arena_text(req->ask.arena, day_of(req->ask.now).text);
}

static struct url unit_url(struct arena *a, int64_t id)
{
	return url_own(a, "/don-vi/%lld", (long long)id);
}

static struct url unit_part(struct arena *a, int64_t id, const char *part)
{
	return url_own(a, "/don-vi/%lld/%s", (long long)id, part);
}

/* "xã Đức Hoà, tỉnh Tây Ninh": where a unit is, from below upwards, without itself. */
static OUTCOME within_words(struct request *req, const struct unit *unit, const char *day, const char **out)
{
	struct unit_list path;
	struct buf words = BUF(req->ask.arena);

	*out = "";
	if (!unit->parent_id)
		return OK;
	TRY(tree_path(&req->ask, unit->id, day, &path));
	for (size_t i = path.n - 1; i-- > 0;) {
		buf_text(&words, path.at[i].name);
		if (i)
			buf_text(&words, ", ");
	}
	*out = buf_cstr(&words);
	return OK;
}

static OUTCOME lines_of(struct request *req, struct unit_list units, bool with_place, const struct unit_line **out)
{
	struct unit_line *lines = ARENA_ARRAY(req->ask.arena, struct unit_line, units.n);
	const char *day = today(req);

	for (size_t i = 0; i < units.n; i++) {
		lines[i] = (struct unit_line){ units.at[i].name, unit_kind_label(units.at[i].kind), units.at[i].code, "",
			unit_url(req->ask.arena, units.at[i].id) };
		if (with_place)
			TRY(within_words(req, &units.at[i], day, &lines[i].within));
	}
	*out = lines;
	return OK;
}

static void crumb_list(struct request *req, struct page *page)
{
	struct link links[] = { { "Trang đầu", URL("/"), false } };

	page_crumbs(page, req->ask.arena, links, COUNT(links), "Đơn vị");
}

static enum outcome units_list(struct request *req)
{
	const struct units_form *form = req->form;
	struct buf page = BUF(req->ask.arena, .max = 2 * MiB);
	struct units_list view = { .heading = "Tìm xã, phường, ấp, khu phố", .lead = "", .has_query = *form->q != '\0' };
	struct unit_list found = { 0 }, provinces = { 0 };

	access_page(req, &view.page, "Đơn vị");
	crumb_list(req, &view.page);
	request_form(req, &units_form_def, form, &view.form);
	view.form.q.optional = false;            /* a box to search in is not asked to be filled */
	view.empty = (struct empty){ .title = "Chưa tìm gì", .text = "Gõ tên xã, phường, ấp, khu phố, trường, cơ quan vào ô trên, hoặc chọn tỉnh bên dưới." };
	if (view.has_query) {
		TRY(tree_search(&req->ask, form->q, today(req), 0, FOUND, &found));
		view.heading = found.n == FOUND ? "Có từ 50 đơn vị, gõ thêm chữ để tìm gần hơn"
			: arena_format(req->ask.arena, "Tìm thấy %zu đơn vị", found.n);
		view.empty = (struct empty){ .title = "Không có đơn vị nào tên như vậy",
			.text = "Thử gõ ít chữ hơn, ví dụ chỉ “hoa thanh”, hoặc xem danh sách theo tỉnh bên dưới." };
	}
	TRY(lines_of(req, found, true, &view.units));
	view.n_units = found.n;
	if (!view.has_query || !found.n) {
		TRY(tree_children(&req->ask, 0, today(req), NULL, &provinces));
		TRY(lines_of(req, provinces, false, &view.provinces));
		view.n_provinces = provinces.n;
	}
	units_list_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- one unit ---- */

static OUTCOME crumb_path(struct request *req, const struct unit *unit, const char *day, struct page *page)
{
	struct unit_list path = { 0 };
	struct link links[UNIT_DEPTH + 1] = { { "Đơn vị", URL("/don-vi"), false } };
	size_t n = 1;

	if (tree_path(&req->ask, unit->id, day, &path) == FAILED)
		return FAILED;
	for (size_t i = 0; i + 1 < path.n; i++)
		links[n++] = (struct link){ path.at[i].name, unit_url(req->ask.arena, path.at[i].id), false };
	page_crumbs(page, req->ask.arena, links, n, unit->name);
	return OK;
}

static const char *time_words(struct arena *a, const char *from, const char *until)
{
	if (!strcmp(until, DAY_OPEN))
		return arena_format(a, "từ %s", format_date(a, from));
	return arena_format(a, "%s đến hết %s", format_date(a, from), format_date(a, arena_text(a, day_add(until, -1).text)));
}

static OUTCOME fill_history(struct request *req, int64_t id, struct unit_page *view)
{
	struct arena *a = req->ask.arena;
	struct unit_list history;
	struct unit_past *past;

	TRY(tree_history(&req->ask, id, &history));
	past = ARENA_ARRAY(a, struct unit_past, history.n);
	for (size_t i = 0; i < history.n; i++) {
		struct unit parent = { .name = "" };

		if (history.at[i].parent_id && tree_get_last(&req->ask, history.at[i].parent_id, &parent) == FAILED)
			return FAILED;
		past[i] = (struct unit_past){ history.at[i].name, time_words(a, history.at[i].from_day, history.at[i].until_day), parent.name };
	}
	view->history = past;
	view->n_history = history.n;
	return OK;
}

static OUTCOME fill_ties(struct request *req, int64_t id, bool into, const struct unit_tie **out, size_t *n)
{
	struct arena *a = req->ask.arena;
	struct unit_edge_list edges;
	struct unit_tie *ties;

	TRY(tree_edges(&req->ask, id, into, &edges));
	ties = ARENA_ARRAY(a, struct unit_tie, edges.n);
	for (size_t i = 0; i < edges.n; i++) {
		const struct unit_edge *e = &edges.at[i];

		ties[i] = (struct unit_tie){ into ? e->from_name : e->to_name, into ? e->from_code : e->to_code, format_date(a, e->on_day),
			unit_url(a, into ? e->from_id : e->to_id) };
	}
	*out = ties;
	*n = edges.n;
	return OK;
}

static OUTCOME fill_children(struct request *req, const struct unit *unit, int64_t after_id, struct unit_page *view)
{
	struct arena *a = req->ask.arena;
	const char *day = today(req);
	struct unit_list children;
	struct unit after = { 0 };
	int64_t total;

	if (after_id)
		TRY(tree_get(&req->ask, after_id, day, &after));
	TRY(tree_children(&req->ask, unit->id, day, after_id ? &after : NULL, &children));
	TRY(tree_count_children(&req->ask, unit->id, day, &total));
	TRY(lines_of(req, children, false, &view->children));
	view->n_children = children.n;
	view->has_children = total > 0;
	view->children_heading = arena_format(a, "%s đơn vị trực thuộc", format_int(a, total));
	view->pager = (struct pager){ .text = "" };
	if (after_id)
		view->pager.first = unit_url(a, unit->id);
	if (children.n == PAGE)
		view->pager.next = url_query_int(a, unit_url(a, unit->id), "after", (long long)children.at[children.n - 1].id);
	return OK;
}

static OUTCOME fill_branch(struct request *req, const struct unit *unit, struct unit_page *view)
{
	struct branch branch;
	bool may;
	enum outcome found;

	view->branch_name = view->officer_name = view->officer_phone = "";
	if (unit->level != LEVEL_LEAF)
		return OK;
	found = branch_get(&req->ask, unit->id, &branch);
	if (found == FAILED)
		return FAILED;
	view->has_branch = found == OK;
	view->branch_name = branch.name;
	view->officer_name = branch.officer_name;
	TRY(branch_may_see_phone(&req->ask, unit->id, &may));
	if (may && *branch.officer_phone) {
		view->officer_phone = format_phone(req->ask.arena, branch.officer_phone);
		view->call_href = url_phone(req->ask.arena, branch.officer_phone);
	}
	return access_may_on(&req->ask, PERMIT_UNIT_EDIT, unit->id, &view->may_branch);
}

static OUTCOME fill_trail(struct request *req, int64_t id, struct unit_page *view)
{
	struct audit_list rows;
	struct trail_item *items;
	bool may;

	TRY(access_may_on(&req->ask, PERMIT_AUDIT_READ, id, &may));
	if (!may)
		return OK;
	TRY(audit_of_subject(&req->ask, "unit", id, &rows));
	items = ARENA_ARRAY(req->ask.arena, struct trail_item, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		items[i] = (struct trail_item){ audit_action_label(rows.at[i].action), rows.at[i].actor, rows.at[i].reason,
			format_moment(req->ask.arena, rows.at[i].at), false };
	view->trail = (struct trail){ items, rows.n };
	return OK;
}

static void fill_links(struct request *req, const struct unit *unit, struct unit_page *view)
{
	struct arena *a = req->ask.arena;

	view->add_href = unit_part(a, unit->id, "them");
	view->import_href = unit_part(a, unit->id, "nap");
	view->rename_href = unit_part(a, unit->id, "ten");
	view->move_href = unit_part(a, unit->id, "chuyen");
	view->close_href = unit_part(a, unit->id, "dong");
	if (unit->level == LEVEL_LEAF || unit->level == LEVEL_COMMUNE)
		view->merge_href = unit_part(a, unit->id, "nhap");
	if (unit->level == LEVEL_LEAF)
		view->divide_href = unit_part(a, unit->id, "chia");
	view->branch_href = unit_part(a, unit->id, "chi-hoi");
	view->acts_href = url_query_int(a, URL("/viec-don-vi"), "unit", (long long)unit->id);
	view->xlsx_href = unit_part(a, unit->id, "danh-sach/xlsx");
	view->docx_href = unit_part(a, unit->id, "danh-sach/docx");
	view->pdf_href = unit_part(a, unit->id, "danh-sach/pdf");
	view->csv_href = unit_part(a, unit->id, "danh-sach/csv");
}

/* The doors of other features to the same unit; each asks again whether it is open to this reader. */
static OUTCOME fill_parts(struct request *req, const struct unit *unit, struct unit_page *view)
{
	static const struct { enum permit permit; enum unit_level from; const char *path, *label; } doors[] = {
		{ PERMIT_PERSON_READ, LEVEL_COMMUNE, "/nguoi?unit=", "Người" },
		{ PERMIT_FIGURES_READ, LEVEL_PROVINCE, "/so-lieu/", "Số liệu" },
		{ PERMIT_FIGURES_READ, LEVEL_PROVINCE, "/chi-tieu/", "Chỉ tiêu T1 đến T5" },
		{ PERMIT_FIGURES_READ, LEVEL_COMMUNE, "/mo-hinh/", "Mô hình học tập" },
		{ PERMIT_ROUND_EDIT, LEVEL_PROVINCE, "/co-quan/", "Cơ quan công nhận" },
	};
	struct link *links = ARENA_ARRAY(req->ask.arena, struct link, COUNT(doors));

	for (size_t i = 0; i < COUNT(doors) && req->ask.actor; i++) {
		bool may = false;

		if (unit->level >= doors[i].from)
			TRY(access_may_on(&req->ask, doors[i].permit, unit->id, &may));
		if (may)
			links[view->n_parts++] = (struct link){ doors[i].label, url_own(req->ask.arena, "%s%lld", doors[i].path,
				(long long)unit->id), false };
	}
	view->parts = links;
	return OK;
}

static void fill_facts(struct request *req, const struct unit *unit, const char *within, struct unit_page *view)
{
	struct arena *a = req->ask.arena;
	struct fact *facts = ARENA_ARRAY(a, struct fact, 4);

	facts[0] = (struct fact){ "Loại", unit_kind_label(unit->kind), "" };
	facts[1] = (struct fact){ "Mã", unit->code, "code" };
	facts[2] = (struct fact){ "Thuộc", *within ? within : "Cả nước", "" };
	facts[3] = (struct fact){ "Hiệu lực", time_words(a, unit->from_day, unit->until_day), "" };
	view->facts = (struct facts){ facts, 4 };
}

static enum outcome unit_show(struct request *req)
{
	const struct unit_path_form *form = req->form;
	struct buf page = BUF(req->ask.arena, .max = 4 * MiB);
	struct unit_page view = { 0 };
	const char *day = today(req), *within;
	struct unit unit;

	TRY(tree_get_last(&req->ask, form->unit, &unit));
	view.is_open = strcmp(unit.from_day, day) <= 0 && strcmp(day, unit.until_day) < 0;
	if (!view.is_open)
		day = unit.from_day;
	view.heading = unit.name;
	access_page(req, &view.page, unit.name);
	TRY(crumb_path(req, &unit, day, &view.page));
	TRY(within_words(req, &unit, day, &within));
	fill_facts(req, &unit, within, &view);
	fill_links(req, &unit, &view);
	TRY(fill_children(req, &unit, form->after, &view));
	TRY(fill_branch(req, &unit, &view));
	TRY(fill_history(req, unit.id, &view));
	TRY(fill_ties(req, unit.id, true, &view.made_of, &view.n_made_of));
	TRY(fill_ties(req, unit.id, false, &view.became, &view.n_became));
	TRY(fill_trail(req, unit.id, &view));
	TRY(access_may_on(&req->ask, PERMIT_UNIT_EDIT, view.is_open ? unit.id : unit.parent_id, &view.may_acts));
	view.may_acts &= view.is_open || unit.parent_id;
	if (view.is_open) {
		TRY(access_may_on(&req->ask, unit.level == LEVEL_LEAF ? PERMIT_UNIT_EDIT : PERMIT_STATE_UNIT_EDIT, unit.id, &view.may_edit));
		TRY(access_may_on(&req->ask, PERMIT_UNIT_EDIT, unit.id, &view.may_add));
		TRY(fill_parts(req, &unit, &view));
		view.may_add &= unit.level == LEVEL_COMMUNE || unit.level == LEVEL_PROVINCE;
	}
	unit_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome unit_file(struct request *req)
{
	const struct unit_file_form *form = req->form;
	struct unit unit;
	struct buf file = BUF(req->ask.arena, .max = 32 * MiB);
	enum document_format format;
	const char *ending = unit_file_formats.at[form->format].code;

	BUG_ON(!document_format_of(ending, &format));
	TRY(tree_get(&req->ask, form->unit, today(req), &unit));
	TRY(document_render(units_paper(&req->ask, &unit, today(req)), format, sink_buf(&file)));
	return respond_file(req, document_format_type(format), arena_format(req->ask.arena, "Đơn vị trực thuộc %s.%s", unit.name, ending),
		buf_bytes(&file), false);
}

/* ---- changes: a form page each, shown again with its problems ---- */

static OUTCOME form_top(struct request *req, int64_t unit_id, const char *part, const char *heading, const char *lead,
	struct unit_form_page *at, struct unit *unit)
{
	struct arena *a = req->ask.arena;
	struct link links[] = { { "Đơn vị", URL("/don-vi"), false }, { "", URL_NONE, false } };

	TRY(tree_get_last(&req->ask, unit_id, unit));
	TRY(access_require(&req->ask, unit->level == LEVEL_LEAF || !strcmp(part, "them") || !strcmp(part, "nap") ? PERMIT_UNIT_EDIT
		: PERMIT_STATE_UNIT_EDIT, unit_id));
	access_page(req, &at->page, arena_format(a, "%s: %s", heading, unit->name));
	links[1] = (struct link){ unit->name, unit_url(a, unit_id), false };
	page_crumbs(&at->page, a, links, COUNT(links), heading);
	at->heading = arena_format(a, "%s: %s", heading, unit->name);
	at->lead = lead;
	at->action = unit_part(a, unit_id, part);
	at->back = unit_url(a, unit_id);
	at->version = "";
	return OK;
}

static enum outcome add_show(struct request *req)
{
	const struct unit_path_form *path = req->form;
	struct buf page = BUF(req->ask.arena);
	struct unit_add_page view;
	struct unit unit;

	TRY(form_top(req, req->is_post ? ((const struct unit_add_form *)req->form)->unit : path->unit, "them", "Thêm đơn vị",
		"Ấp, khu phố, cơ quan, trường, doanh nghiệp có chi hội khuyến học riêng.", &view.at, &unit));
	request_form(req, &unit_add_form_def, &(struct unit_add_form){ .kind = -1, .name = "",
		.from_day = today(req), .officer_name = "", .officer_phone = "" }, &view.form);
	unit_add_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* "" when none was typed; a problem beside its field when it is no telephone number. */
static const char *phone_of(struct request *req, const char *typed)
{
	char *digits = arena_alloc(req->ask.arena, PHONE_LEN_MAX + 1);
	enum phone_fault fault = *typed ? text_to_phone(typed, digits) : PHONE_OK;

	if (fault != PHONE_OK)
		problem(req->ask.problems, "officer_phone", phone_message(fault));
	return digits;
}

static enum outcome add_post(struct request *req)
{
	const struct unit_add_form *form = req->form;
	int64_t id = 0;
	struct leaf_new leaf = { .parent_id = form->unit, .kind = form->kind < 0 ? ""
		: leaf_kinds.at[form->kind].code, .name = form->name, .code = "",
		.from_day = form->from_day, .branch = { "", form->officer_name, phone_of(req, form->officer_phone), 0 } };

	TRY(unit_add_leaf(&req->ask, &leaf, &id));
	return redirect_see_other(req, unit_url(req->ask.arena, id));
}

static enum outcome branch_show(struct request *req)
{
	const struct branch_form *form = req->form;
	int64_t id = req->is_post ? form->unit : ((const struct unit_path_form *)req->form)->unit;
	struct buf page = BUF(req->ask.arena);
	struct branch_page view;
	struct branch branch;
	struct unit unit;

	TRY(form_top(req, id, "chi-hoi", "Chi hội", "Người trong chi hội thấy tên và điện thoại này để hỏi.", &view.at, &unit));
	if (branch_get(&req->ask, id, &branch) == FAILED)
		return FAILED;
	request_form(req, &branch_form_def, &(struct branch_form){ .version = branch.version, .name = *branch.name ? branch.name
		: arena_format(req->ask.arena, "Chi hội %s", unit.name), .officer_name = branch.officer_name,
		.officer_phone = branch.officer_phone }, &view.form);
	view.at.version = view.form.version.value;
	branch_edit_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome branch_post(struct request *req)
{
	const struct branch_form *form = req->form;
	struct branch branch = { form->name, form->officer_name, phone_of(req, form->officer_phone), form->version };

	TRY(branch_set(&req->ask, form->unit, &branch));
	return redirect_see_other(req, unit_url(req->ask.arena, form->unit));
}

static enum outcome import_show(struct request *req)
{
	const struct unit_import_form *form = req->form;
	struct buf page = BUF(req->ask.arena);
	struct unit_import_page view;
	struct unit unit;

	TRY(form_top(req, req->is_post ? form->unit : ((const struct unit_path_form *)req->form)->unit, "nap", "Nạp danh sách",
		"Dòng trùng tên với đơn vị đã có thì bỏ qua. Có một dòng sai thì không dòng nào được ghi.", &view.at, &unit));
	request_form(req, &unit_import_form_def, &(struct unit_import_form){ .from_day = today(req) }, &view.form);
	unit_import_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome import_post(struct request *req)
{
	const struct unit_import_form *form = req->form;
	struct import_counts counts;

	if (form->file.n != 1 || !form->file.at[0].size)
		problem(req->ask.problems, "file", "Chọn một tệp CSV.");
	else if (form->file.at[0].size > (int64_t)form->file.at[0].content.len)
		problem(req->ask.problems, "file", "Tệp nặng quá 4 MB. Chia thành nhiều tệp nhỏ.");
	if (!problems_none(req->ask.problems))
		return INVALID;
	TRY(units_import_leaves(&req->ask, form->unit, form->file.at[0].content, form->from_day, &counts));
	return redirect_see_other(req, unit_url(req->ask.arena, form->unit));
}

const struct route units_routes[] = {
	GET(READ, "/don-vi", PERMIT_PUBLIC, SEES_NOBODY, units_form, units_list)
	GET(READ, "/don-vi/{unit}", PERMIT_PUBLIC, SEES_NOBODY, unit_path_form, unit_show)
	GET(WORK, "/don-vi/{unit}/danh-sach/{format}", PERMIT_PUBLIC, SEES_NOBODY, unit_file_form, unit_file)
	GET(READ, "/don-vi/{unit}/them", PERMIT_UNIT_EDIT, SEES_NOBODY, unit_path_form, add_show)
	POST(WRITE, "/don-vi/{unit}/them", PERMIT_UNIT_EDIT, SEES_NOBODY, unit_add_form, NO_PREPARE, add_post, .again = add_show, .rules = add_post)
	GET(READ, "/don-vi/{unit}/chi-hoi", PERMIT_UNIT_EDIT, SEES_NOBODY, unit_path_form, branch_show)
	POST(WRITE, "/don-vi/{unit}/chi-hoi", PERMIT_UNIT_EDIT, SEES_NOBODY, branch_form, NO_PREPARE,
		branch_post, .again = branch_show, .rules = branch_post)
	GET(READ, "/don-vi/{unit}/nap", PERMIT_UNIT_IMPORT, SEES_NOBODY, unit_path_form, import_show)
	POST(WRITE, "/don-vi/{unit}/nap", PERMIT_UNIT_IMPORT, SEES_NOBODY, unit_import_form, NO_PREPARE,
		import_post, .again = import_show, .rules = import_post)
};
const struct route_table units_table = ROUTES(units_routes);
