/* Pages of learning titles: a commune's list of a year, adding one by one or by file, taking one back. */
#include "title/models/models_http.h"

#include <string.h>

#include "base/day.h"
#include "html/page.h"
#include "model_add_html.h"
#include "model_import_html.h"
#include "model_remove_html.h"
#include "models_home_html.h"
#include "models_list_html.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/tree/tree.h"
#include "text/format.h"
#include "title/models/models.h"
#include "title/models/models_view.h"
#include "title/rounds/rounds.h"

FORM_DEFINE(models_form, MODELS_FORM)
FORM_DEFINE(model_add_form, MODEL_ADD_FORM)
FORM_DEFINE(model_path_form, MODEL_PATH_FORM)
FORM_DEFINE(model_remove_form, MODEL_REMOVE_FORM)
FORM_DEFINE(model_import_form, MODEL_IMPORT_FORM)

static const char *today(struct request *req)
{
	return arena_text(req->ask.arena, day_of(req->ask.now).text);
}

static const char *number(struct arena *a, int64_t n) { return arena_format(a, "%lld", (long long)n); }

static struct url list_url(struct arena *a, int64_t unit_id, int64_t round_id)
{
	return url_query_int(a, url_own(a, "/mo-hinh/%lld", (long long)unit_id), "round", (long long)round_id);
}

static struct url part_url(struct arena *a, int64_t unit_id, const char *part)
{
	return url_own(a, "/mo-hinh/%lld/%s", (long long)unit_id, part);
}

/* ---- where to begin ---- */

static enum outcome models_home(struct request *req)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct models_home view = { .empty = { .title = "Chưa có xã, phường nào", .text = "Nạp danh sách đơn vị trước." } };
	struct link links[] = { { "Trang đầu", URL("/"), false } };
	struct unit_list units;
	struct model_place *places;
	struct unit home;
	int64_t id;

	TRY(access_home(&req->ask, PERMIT_MODEL_EDIT, &id));
	TRY(tree_get(&req->ask, id, today(req), &home));
	if (home.level == LEVEL_COMMUNE)
		return redirect_see_other(req, url_own(a, "/mo-hinh/%lld", (long long)id));
	TRY(tree_children(&req->ask, id, today(req), NULL, &units));
	access_page(req, &view.page, "Gia đình, dòng họ, đơn vị học tập");
	page_crumbs(&view.page, a, links, COUNT(links), "Mô hình học tập");
	places = ARENA_ARRAY(a, struct model_place, units.n);
	for (size_t i = 0; i < units.n; i++)
		places[i] = (struct model_place){ units.at[i].name, url_own(a, "/mo-hinh/%lld", (long long)units.at[i].id) };
	view.places = places;
	view.n_places = units.n;
	models_home_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- a commune's list ---- */

/* The year asked for, or the newest. */
static OUTCOME round_of(struct request *req, int64_t asked, struct round *out)
{
	return asked ? round_get(&req->ask, asked, out) : round_newest(&req->ask, out);
}

static const char *leaf_name(const struct unit_list *leaves, int64_t id)
{
	for (size_t i = 0; i < leaves->n; i++)
		if (leaves->at[i].id == id)
			return leaves->at[i].name;
	return "";
}

static struct model_item item_of(struct arena *a, const struct model *m, const struct unit_list *leaves, const struct unit *commune)
{
	const char *place = m->unit_id == commune->id ? commune->name : leaf_name(leaves, m->unit_id);

	return (struct model_item){ *m->name ? m->name : place, *m->name ? place : commune->name, m->decision,
		url_own(a, "/mo-hinh/%lld/bo/%lld", (long long)commune->id, (long long)m->id) };
}

static void fill_parts(struct request *req, const struct model_list *list, const struct unit_list *leaves, const struct unit *commune,
	const int64_t counts[MODEL_KINDS + 1], struct models_list *view)
{
	struct arena *a = req->ask.arena;
	struct model_part *parts = ARENA_ARRAY(a, struct model_part, MODEL_KINDS);
	struct model_item *items = ARENA_ARRAY(a, struct model_item, list->n);

	for (size_t i = 0; i < list->n; i++) {
		const struct model *m = &list->at[i];

		items[i] = item_of(a, m, leaves, commune);
		if (!i || m->kind != list->at[i - 1].kind)
			parts[view->n_parts++] = (struct model_part){ arena_format(a, "%s: %s", model_kind_label(m->kind),
				format_int(a, counts[m->kind])), &items[i], 0 };
		parts[view->n_parts - 1].n_items++;
	}
	view->parts = parts;
}

static OUTCOME fill_years(struct request *req, int64_t unit_id, int64_t here, struct models_list *view)
{
	struct arena *a = req->ask.arena;
	struct round_list rounds;
	struct link *links;

	TRY(round_list(&req->ask, &rounds));
	links = ARENA_ARRAY(a, struct link, rounds.n);
	for (size_t i = 0; i < rounds.n; i++)
		if (rounds.at[i].id != here)
			links[view->n_years++] = (struct link){ number(a, rounds.at[i].year), list_url(a, unit_id, rounds.at[i].id), false };
	view->years = links;
	return OK;
}

static OUTCOME fill_list(struct request *req, const struct models_form *form, const struct unit *commune, const struct round *r,
	struct models_list *view)
{
	struct arena *a = req->ask.arena;
	int64_t counts[MODEL_KINDS + 1];
	struct model after;
	struct model_list list;
	struct unit_list leaves;

	if (form->after)
		TRY(model_get(&req->ask, form->after, &after));
	TRY(model_list(&req->ask, r->id, commune->id, form->after ? &after : NULL, &list));
	TRY(model_count(&req->ask, r->id, commune->id, counts));
	TRY(tree_children(&req->ask, commune->id, today(req), NULL, &leaves));
	fill_parts(req, &list, &leaves, commune, counts, view);
	view->pager = (struct pager){ .text = "" };
	if (form->after)
		view->pager.first = list_url(a, commune->id, r->id);
	if (list.n == MODEL_PAGE)
		view->pager.next = url_query_int(a, list_url(a, commune->id, r->id), "after", (long long)list.at[list.n - 1].id);
	return fill_years(req, commune->id, r->id, view);
}

static enum outcome models_show(struct request *req)
{
	const struct models_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 2 * MiB);
	struct models_list view = { .lead = "Người lớn trong gia đình, dòng họ, ấp và người của đơn vị ghi ở đây được tính vào chỉ tiêu T2, T3." };
	struct link links[] = { { "Mô hình học tập", URL("/mo-hinh"), false } };
	struct unit unit;
	struct round r;
	enum outcome found;

	TRY(tree_get(&req->ask, form->unit, today(req), &unit));
	TRY(access_require(&req->ask, PERMIT_FIGURES_READ, form->unit));
	TRY(access_may_on(&req->ask, PERMIT_MODEL_EDIT, form->unit, &view.may_edit));
	found = round_of(req, form->round, &r);
	if (found != OK && (found != NOT_FOUND || form->round))
		return found;
	view.heading = found == OK ? arena_format(a, "Mô hình học tập năm %d: %s", r.year, unit.name)
		: arena_format(a, "Mô hình học tập: %s", unit.name);
	view.empty = (struct empty){ .title = found == OK ? "Năm này chưa ghi mô hình nào" : "Chưa mở đợt nào",
		.text = found == OK ? "Thêm từng mô hình, hoặc nạp cả danh sách từ tệp CSV." : "Hội Khuyến học tỉnh mở đợt trước, rồi xã ghi mô hình của năm đó." };
	access_page(req, &view.page, view.heading);
	if (view.may_edit)                       /* the list of places is for who writes there */
		page_crumbs(&view.page, a, links, COUNT(links), unit.name);
	if (found == OK)
		TRY(fill_list(req, form, &unit, &r, &view));
	view.may_edit &= found == OK && !r.locked;
	if (view.may_edit) {
		view.add_href = url_query_int(a, part_url(a, unit.id, "them"), "round", r.year);
		view.import_href = url_query_int(a, part_url(a, unit.id, "nap"), "round", r.year);
	}
	models_list_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- forms ---- */

static OUTCOME form_top(struct request *req, int64_t unit_id, int64_t asked, const char *part, const char *heading,
	struct model_form_page *at, struct round *r)
{
	struct arena *a = req->ask.arena;
	struct link links[] = { { "Mô hình học tập", URL("/mo-hinh"), false }, { "", URL_NONE, false } };
	struct unit unit;

	TRY(tree_get(&req->ask, unit_id, today(req), &unit));
	TRY(access_require(&req->ask, PERMIT_MODEL_EDIT, unit_id));
	TRY(round_of(req, asked, r));
	at->back = list_url(a, unit_id, r->id);
	links[1] = (struct link){ unit.name, at->back, false };
	at->heading = arena_format(a, "%s năm %d: %s", heading, r->year, unit.name);
	access_page(req, &at->page, at->heading);
	page_crumbs(&at->page, a, links, COUNT(links), heading);
	at->action = part_url(a, unit_id, part);
	at->version = "";
	at->round = number(a, r->id);
	return OK;
}

static OUTCOME leaf_options(struct request *req, int64_t unit_id, struct field *field)
{
	struct arena *a = req->ask.arena;
	struct unit_list leaves;
	struct field_option *options;

	TRY(tree_children(&req->ask, unit_id, today(req), NULL, &leaves));
	options = ARENA_ARRAY(a, struct field_option, leaves.n);
	for (size_t i = 0; i < leaves.n; i++) {
		const char *value = number(a, leaves.at[i].id);

		options[i] = (struct field_option){ value, leaves.at[i].name, "", !strcmp(value, field->value) };
	}
	field->options = options;
	field->n_options = leaves.n;
	return OK;
}

static enum outcome add_show(struct request *req)
{
	const struct models_form *path = req->form;
	const struct model_add_form *form = req->form;
	struct buf page = BUF(req->ask.arena, .max = 2 * MiB);
	struct model_add_page view;
	struct round r;

	TRY(form_top(req, req->is_post ? form->unit : path->unit, req->is_post ? form->round : path->round, "them", "Thêm mô hình học tập",
		&view.at, &r));
	view.at.lead = "Ghi lại điều đã được công nhận bằng quyết định.";
	request_form(req, &model_add_form_def, &(struct model_add_form){ .round = r.id, .kind = -1, .name = "",
		.decision = "" }, &view.form);
	TRY(leaf_options(req, req->is_post ? form->unit : path->unit, &view.form.leaf));
	model_add_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome add_post(struct request *req)
{
	const struct model_add_form *form = req->form;
	struct model_new new = { form->round, form->leaf ? form->leaf : form->unit, (enum model_kind)(form->kind + 1), form->name,
		form->decision };
	int64_t id, people;

	TRY(model_add(&req->ask, &new, &id, &people));
	return redirect_see_other(req, list_url(req->ask.arena, form->unit, form->round));
}

static enum outcome remove_show(struct request *req)
{
	const struct model_path_form *path = req->form;
	const struct model_remove_form *form = req->form;
	int64_t unit_id = req->is_post ? form->unit : path->unit, id = req->is_post ? form->model : path->model;
	struct buf page = BUF(req->ask.arena);
	struct model_remove_page view;
	struct model m;
	struct unit unit;
	struct round r;

	TRY(model_get(&req->ask, id, &m));
	TRY(access_require(&req->ask, PERMIT_MODEL_EDIT, m.unit_id));
	TRY(form_top(req, unit_id, m.round_id, arena_format(req->ask.arena, "bo/%lld", (long long)id), "Bỏ mô hình học tập", &view.at, &r));
	TRY(tree_get_last(&req->ask, m.unit_id, &unit));
	view.at.lead = arena_format(req->ask.arena, "%s “%s”. Những người chỉ thuộc mô hình này sẽ thôi được tính.",
		model_kind_label(m.kind), *m.name ? m.name : unit.name);
	request_form(req, &model_remove_form_def, &(struct model_remove_form){ .version = m.version, .reason = "" }, &view.form);
	view.at.version = view.form.version.value;
	model_remove_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome remove_post(struct request *req)
{
	const struct model_remove_form *form = req->form;
	struct model m;

	TRY(model_get(&req->ask, form->model, &m));
	TRY(model_remove(&req->ask, form->model, form->version, form->reason));
	return redirect_see_other(req, list_url(req->ask.arena, form->unit, m.round_id));
}

static enum outcome import_show(struct request *req)
{
	const struct models_form *path = req->form;
	const struct model_import_form *form = req->form;
	struct buf page = BUF(req->ask.arena);
	struct model_import_page view;
	struct round r;

	TRY(form_top(req, req->is_post ? form->unit : path->unit, req->is_post ? form->round : path->round, "nap", "Nạp mô hình học tập",
		&view.at, &r));
	view.at.lead = "Dòng đã ghi rồi thì bỏ qua. Có một dòng sai thì không dòng nào được ghi.";
	request_form(req, &model_import_form_def, NULL, &view.form);
	model_import_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome import_post(struct request *req)
{
	const struct model_import_form *form = req->form;
	struct model_import counts;

	if (form->file.n != 1 || !form->file.at[0].size)
		problem(req->ask.problems, "file", "Chọn một tệp CSV.");
	else if (form->file.at[0].size > (int64_t)form->file.at[0].content.len)
		problem(req->ask.problems, "file", "Tệp nặng quá 4 MB. Chia thành nhiều tệp nhỏ.");
	if (!problems_none(req->ask.problems))
		return INVALID;
	TRY(model_import(&req->ask, form->round, form->unit, form->file.at[0].content, &counts));
	return redirect_see_other(req, list_url(req->ask.arena, form->unit, form->round));
}

const struct route models_routes[] = {
	GET(READ, "/mo-hinh", PERMIT_MODEL_EDIT, SEES_NOBODY, no_form, models_home)
	GET(READ, "/mo-hinh/{unit}", PERMIT_FIGURES_READ, SEES_NOBODY, models_form, models_show)
	GET(READ, "/mo-hinh/{unit}/them", PERMIT_MODEL_EDIT, SEES_NOBODY, models_form, add_show)
	POST(WRITE, "/mo-hinh/{unit}/them", PERMIT_MODEL_EDIT, SEES_NOBODY, model_add_form, NO_PREPARE,
		add_post, .again = add_show,
		.rules = add_post)
	GET(READ, "/mo-hinh/{unit}/nap", PERMIT_MODEL_EDIT, SEES_NOBODY, models_form, import_show)
	POST(WRITE, "/mo-hinh/{unit}/nap", PERMIT_MODEL_EDIT, SEES_NOBODY, model_import_form, NO_PREPARE,
		import_post, .again = import_show,
		.rules = import_post)
	GET(READ, "/mo-hinh/{unit}/bo/{model}", PERMIT_MODEL_EDIT, SEES_NOBODY, model_path_form, remove_show)
	POST(WRITE, "/mo-hinh/{unit}/bo/{model}", PERMIT_MODEL_EDIT, SEES_NOBODY, model_remove_form,
		NO_PREPARE, remove_post, .again = remove_show,
		.rules = remove_post)
};
const struct route_table models_table = ROUTES(models_routes);
