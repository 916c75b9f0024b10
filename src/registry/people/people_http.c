/* Lists of people, and one person's page. */
#include "registry/people/people_http.h"

#include <string.h>

#include "base/day.h"
#include "people_doubles_html.h"
#include "people_list_html.h"
#include "person_page_html.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/access/accounts.h"
#include "registry/access/taking_page.h"
#include "registry/audit/audit.h"
#include "registry/people/people_page.h"
#include "registry/people/people_paper.h"
#include "text/format.h"
#include "text/text.h"

FORM_DEFINE(people_form, PEOPLE_FORM)
FORM_DEFINE(people_unit_form, PEOPLE_UNIT_FORM)
FORM_DEFINE(person_path_form, PERSON_PATH_FORM)

static const char *id_text(struct arena *a, int64_t id)
{
	return id ? arena_format(a, "%lld", (long long)id) : "";
}

/* The officer's unit, or the one asked for. */
static OUTCOME unit_for(struct request *req, int64_t asked, struct unit *out)
{
	int64_t id = asked;

	if (!id)
		TRY(access_home(&req->ask, PERMIT_PERSON_READ, &id));
	TRY(access_require(&req->ask, PERMIT_PERSON_READ, id));
	return tree_get(&req->ask, id, people_today(req), out);
}

/* A commune and its hamlets and organisations, to choose from; only where the reader begins above the leaf. */
static OUTCOME fill_filter(struct request *req, const struct unit *unit, struct people_list *view)
{
	struct arena *a = req->ask.arena;
	int64_t commune_id = unit->level == LEVEL_LEAF ? unit->parent_id : unit->id;
	struct unit_leaves children;
	struct field_option *options;
	struct unit commune;
	bool may;

	view->form.unit.n_options = 0;
	if (unit->level < LEVEL_COMMUNE)
		return OK;
	TRY(access_may_on(&req->ask, PERMIT_PERSON_READ, commune_id, &may));
	TRY(tree_get(&req->ask, commune_id, people_today(req), &commune));
	if (!may || commune.level != LEVEL_COMMUNE)
		return OK;
	TRY(tree_leaves(&req->ask, commune_id, people_today(req), &children));
	options = ARENA_ARRAY(a, struct field_option, children.n + 1);
	options[0] = (struct field_option){ id_text(a, commune_id), arena_format(a, "Cả %s", commune.name), "",
		commune_id == unit->id };
	for (size_t i = 0; i < children.n; i++)
		options[i + 1] = (struct field_option){ id_text(a, children.at[i].id), children.at[i].name, "",
			children.at[i].id == unit->id };
	view->form.unit.options = options;
	view->form.unit.n_options = children.n + 1;
	return OK;
}

/* Above a commune people are not listed: communes are, and organisations that stand directly below. */
static OUTCOME fill_children(struct request *req, const struct unit *unit, struct people_list *view)
{
	struct unit_list children;
	struct link *links;

	if (unit->level >= LEVEL_COMMUNE)
		return OK;
	TRY(tree_children(&req->ask, unit->id, people_today(req), NULL, &children));
	links = ARENA_ARRAY(req->ask.arena, struct link, children.n);
	for (size_t i = 0; i < children.n; i++)
		links[i] = (struct link){ children.at[i].name, people_url(req->ask.arena, children.at[i].id), false };
	view->children = links;
	view->n_children = children.n;
	return OK;
}

static OUTCOME fill_search(struct request *req, const char *q, const struct unit *unit, struct people_list *view)
{
	struct person_list found;
	enum outcome done = person_search(&req->ask, unit->id, q, &found);

	if (done != OK && done != INVALID)
		return done;
	request_lists(req, unit->id, "Tìm người");
	view->rows = person_rows_of(req->ask.arena, found, "Người tìm thấy");
	view->is_short = found.n == PERSON_FOUND;
	if (done == OK && !found.n)
		view->empty = (struct empty){ .title = "Không có ai tên như vậy",
			.text = "Thử gõ ít chữ hơn, hoặc chọn cả xã, phường." };
	return OK;
}

static OUTCOME fill_list(struct request *req, int64_t after_id, const struct unit *unit, struct people_list *view)
{
	struct arena *a = req->ask.arena;
	struct person_entries list;
	struct person after;

	if (after_id)
		TRY(person_read(&req->ask, after_id, &after));
	TRY(person_entries_of_unit(&req->ask, unit, after_id ? &after : NULL, &list));
	if (list.n)
		request_lists(req, unit->id, "Danh sách người");
	view->rows = person_rows_of_entries(a, list, view->heading);
	view->after = id_text(a, after_id);
	if (after_id)
		view->pager.first = people_url(a, unit->id);
	if (list.n == PERSON_PAGE)
		view->pager.next = url_query_int(a, people_url(a, unit->id), "after", (long long)list.at[list.n - 1].id);
	if (!list.n && unit->level >= LEVEL_COMMUNE)
		view->empty = (struct empty){ .title = "Chưa có ai trong danh sách",
			.text = "Thêm từng người, hoặc nạp cả danh sách từ tệp CSV.",
			.action = { "Thêm người", view->may_add ? view->add_href : URL_NONE, false } };
	return OK;
}

static OUTCOME fill_rights(struct request *req, const struct unit *unit, struct people_list *view)
{
	struct arena *a = req->ask.arena;
	bool lists = unit->level >= LEVEL_COMMUNE;

	TRY(access_may_each(&req->ask, unit->id, (const struct permit_asked[]){ { PERMIT_PERSON_EDIT, &view->may_add },
		{ PERMIT_ACCOUNT_MANAGE, &view->may_code } }, 2));
	view->may_add &= lists;
	view->may_code &= lists;
	view->may_file = lists;
	view->add_href = url_query_int(a, URL("/nguoi/them"), "unit", (long long)unit->id);
	view->corrections_href = url_query_int(a, URL("/de-nghi-sua"), "unit", (long long)unit->id);
	view->unit_href = url_own(a, "/don-vi/%lld", (long long)unit->id);
	if (view->may_add)
		view->roster_href = url_query_int(a, URL("/danh-sach"), "unit", (long long)unit->id);
	if (unit->level == LEVEL_COMMUNE)
		view->doubles_href = url_query_int(a, URL("/nguoi/trung"), "unit", (long long)unit->id);
	return OK;
}

enum outcome people_show(struct request *req)
{
	/* shown again by a post of codes, whose fields are others */
	struct people_form plain = { .q = "" };
	const struct people_form *form = req->is_post ? &plain : req->form;
	struct buf page = BUF(req->ask.arena, .max = 2 * MiB);
	struct people_list view = { .lead = "", .after = "", .empty = { .title = "" }, .pager = { .text = "" } };
	struct unit unit;

	if (req->is_post) {
		plain.unit = ((const struct codes_form *)req->form)->unit;
		plain.after = ((const struct codes_form *)req->form)->after;
	}
	TRY(unit_for(req, form->unit, &unit));
	view.heading = arena_format(req->ask.arena, "Người của %s", unit.name);
	view.unit = id_text(req->ask.arena, unit.id);
	form_show(req->ask.arena, &people_form_def, form, &view.form);
	TRY(fill_filter(req, &unit, &view));
	TRY(fill_rights(req, &unit, &view));
	if (*form->q)
		TRY(fill_search(req, form->q, &unit, &view));
	else
		TRY(fill_list(req, form->after, &unit, &view));
	if (!view.rows.n_people)
		TRY(fill_children(req, &unit, &view));
	view.form.q.error = problem_of(req->ask.problems, "q");
	view.form.q.optional = view.form.unit.optional = false;  /* a search is not a form to fill in */
	access_page(req, &view.page, view.heading);
	TRY(people_crumbs(req, &view.page, 0, unit.name));
	people_list_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* Groups stand together: who is like the one above may be merged into that one, for who may change both. */
static OUTCOME fill_doubles(struct request *req, const struct unit *unit, const struct person_list *list,
	struct doubles_page *view)
{
	struct arena *a = req->ask.arena;
	struct double_line *lines = ARENA_ARRAY(a, struct double_line, list->n);
	bool may;

	TRY(access_may_on(&req->ask, PERMIT_PERSON_EDIT, unit->id, &may));
	for (size_t i = 0; i < list->n; i++) {
		const struct person *p = &list->at[i], *above = i ? &list->at[i - 1] : NULL;
		bool same = above && !strcmp(text_fold(a, above->name), text_fold(a, p->name)) &&
			day_year(above->birth) == day_year(p->birth);

		lines[i] = (struct double_line){ view->rows.people[i], same && may ? url_own(a, "/nguoi/%lld/gop/%lld",
			(long long)above->id,
			(long long)p->id) : URL_NONE };
	}
	view->doubles = lines;
	view->n_doubles = list->n;
	return OK;
}

static enum outcome doubles_show(struct request *req)
{
	const struct people_unit_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 2 * MiB);
	struct doubles_page view = { .heading = "Người có thể bị ghi hai lần", .pager = { .text = "" } };
	struct person_list list;
	struct person after;
	struct unit unit;
	int64_t next;

	TRY(unit_for(req, form->unit, &unit));
	if (form->after)
		TRY(person_read(&req->ask, form->after, &after));
	TRY(person_doubles(&req->ask, unit.id, form->after ? &after : NULL, &list, &next));
	request_lists(req, unit.id, "Người có thể ghi hai lần");
	view.rows = person_rows_of(a, list, view.heading);
	TRY(fill_doubles(req, &unit, &list, &view));
	view.empty = (struct empty){ .title = "Không có ai bị ghi hai lần",
		.text = "Không còn hai người cùng tên, cùng năm sinh mà thiếu số định danh." };
	if (form->after)
		view.pager.first = url_query_int(a, URL("/nguoi/trung"), "unit", (long long)unit.id);
	if (next)
		view.pager.next = url_query_int(a, url_query_int(a, URL("/nguoi/trung"), "unit", (long long)unit.id), "after",
			(long long)next);
	access_page(req, &view.page, view.heading);
	TRY(people_crumbs(req, &view.page, unit.id, "Ghi trùng"));
	people_doubles_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- the list as a file: the post leaves its trace, then leads to the file ---- */

static enum outcome file_post(struct request *req)
{
	const struct people_unit_form *form = req->form;
	struct unit unit;

	TRY(unit_for(req, form->unit, &unit));
	TRY(audit_add(&req->ask, &(struct audit_entry){ .action = AUDIT_EXPORTED, .subject = "unit", .subject_id = unit.id,
		.unit_id = unit.id,
		.new = audit_json(req->ask.arena, "what", "people", "unit", unit.name, NULL) }));
	return taking_redirect(req, url_own(req->ask.arena, "/nguoi/danh-sach/%lld", (long long)unit.id));
}

static enum outcome file_get(struct request *req)
{
	const struct people_unit_form *form = req->form;
	struct buf file = BUF(req->ask.arena, .max = 24 * MiB);
	struct unit unit;

	TRY(unit_for(req, form->unit, &unit));
	TRY(taking_was_noted(req));
	TRY(document_render(people_paper(&req->ask, &unit), DOCUMENT_XLSX, sink_buf(&file)));
	return respond_file(req, document_format_type(DOCUMENT_XLSX), arena_format(req->ask.arena, "Người của %s.xlsx",
		unit.name),
		buf_bytes(&file), false);
}

/* ---- one person ---- */

static const char *condition_lead(const struct person *p)
{
	static const char *const words[] = { [PERSON_ACTIVE] = "", [PERSON_MOVED] = "Đã chuyển đi, không còn trong danh sách.",
		[PERSON_DIED] = "Đã mất, không còn trong danh sách.",
		[PERSON_MERGED] = "Ghi trùng với người khác, không còn trong danh sách." };

	return words[p->condition];
}

static OUTCOME fill_trail(struct request *req, const struct person *p, struct person_page *view)
{
	struct audit_list rows;
	struct trail_item *items;
	bool may;

	TRY(access_may_on(&req->ask, PERMIT_AUDIT_READ, p->leaf_id, &may));
	if (!may)
		return OK;
	TRY(audit_of_subject(&req->ask, "person", p->id, &rows));
	items = ARENA_ARRAY(req->ask.arena, struct trail_item, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		items[i] = (struct trail_item){ audit_action_label(rows.at[i].action), rows.at[i].actor, rows.at[i].reason,
			format_moment(req->ask.arena, rows.at[i].at), false };
	view->trail = (struct trail){ items, rows.n };
	return OK;
}

static OUTCOME fill_account(struct request *req, const struct person *p, struct person_page *view)
{
	struct account account;
	enum outcome found;

	view->account = "";
	TRY(access_may_on(&req->ask, PERMIT_ACCOUNT_MANAGE, p->leaf_id, &view->may_code));
	view->may_code &= p->condition == PERSON_ACTIVE;
	if (!view->may_code)
		return OK;
	found = account_of_person(&req->ask, p->id, &account);
	if (found == FAILED)
		return FAILED;
	if (found != OK)
		view->account = "Chưa có. In mã kích hoạt thì tài khoản được lập luôn.";
	else
		view->account = account.is_active ? "Đang dùng. Quên mật khẩu thì in mã mới." : "Đã lập, chờ gõ mã kích hoạt.";
	return OK;
}

static OUTCOME fill_person(struct request *req, const struct person *p, struct person_page *view)
{
	struct arena *a = req->ask.arena;
	struct person_new same = person_as_new(p);
	struct person_list list;
	bool may;

	TRY(person_facts(req, p, &view->facts));
	view->facts.items++;                     /* the name is the page's heading */
	view->facts.n_items--;
	TRY(person_doubts_of(&req->ask, p, &view->doubts));
	TRY(access_may_on(&req->ask, PERMIT_PERSON_EDIT, p->leaf_id, &view->may_edit));
	view->has_number = view->may_edit && p->has_national_id && !*view->number;
	if (*p->phone) {
		view->phone = format_phone(a, p->phone);
		view->call_href = url_phone(a, p->phone);
	}
	TRY(person_twins(&req->ask, &same, p->id, &list));
	view->twins = person_rows_of(a, list, "Có thể là cùng một người");
	TRY(person_household(&req->ask, p, &list));
	view->house = person_rows_of(a, list, "Người cùng hộ");
	view->household = p->household;
	view->house_href = url_own(a, "/ca-nha/%lld", (long long)p->id);
	TRY(fill_account(req, p, view));
	TRY(access_may_on(&req->ask, PERMIT_SHEET_READ, p->leaf_id, &may));
	view->sheet_href = may ? url_own(a, "/phieu/%lld", (long long)p->id) : URL_NONE;
	return fill_trail(req, p, view);
}

static OUTCOME show_person(struct request *req, int64_t id, const char *number)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 1 * MiB);
	struct person_page view = { .number = number, .phone = "" };
	struct person p;

	TRY(person_read(&req->ask, id, &p));
	view.heading = p.name;
	view.lead = condition_lead(&p);
	view.edit_href = person_url(a, id, p.condition == PERSON_ACTIVE ? "/sua" : "/tinh-trang");
	view.condition_href = person_url(a, id, "/tinh-trang");
	view.number_action = person_url(a, id, "/so");
	view.code_action = person_url(a, id, "/ma");
	TRY(fill_person(req, &p, &view));
	access_page(req, &view.page, p.name);
	TRY(people_crumbs(req, &view.page, p.leaf_id, p.name));
	person_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

enum outcome person_show(struct request *req)
{
	return show_person(req, ((const struct person_path_form *)req->form)->person, "");
}

/* Shown in the answer itself and kept nowhere: sent again it is looked up, and noted, again. */
static enum outcome number_post(struct request *req)
{
	const struct person_path_form *form = req->form;
	const char *number;

	TRY(person_national_id(&req->ask, form->person, &number));
	req->response.forget = true;
	return show_person(req, form->person, format_national_id(req->ask.arena, number));
}

static const struct route routes[] = {
	GET(READ, "/nguoi", PERMIT_PERSON_READ, SEES_NOBODY, people_form, people_show)
	GET(WORK, "/nguoi/trung", PERMIT_PERSON_READ, SEES_NOBODY, people_unit_form, doubles_show)
	POST(WRITE, "/nguoi/tai", PERMIT_PERSON_READ, SEES_NOBODY, people_unit_form, NO_PREPARE, file_post)
	GET(WORK, "/nguoi/danh-sach/{unit}", PERMIT_PERSON_READ, SEES_NOBODY, people_unit_form, file_get)
	GET(READ, "/nguoi/{person}", PERMIT_PERSON_READ, SEES(person), person_path_form, person_show)
	POST(WRITE, "/nguoi/{person}/so", PERMIT_PERSON_EDIT, SEES(person), person_path_form, NO_PREPARE, number_post,
	.again = person_show)
};
const struct route_table people_table = ROUTES(routes);
