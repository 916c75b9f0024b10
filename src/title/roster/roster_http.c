/* A list sent in; the routes of all pages of lists. What is done with it is roster_preview_http.c and its neighbours. */
#include "title/roster/roster_http.h"

#include <string.h>

#include "base/day.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/tree/tree.h"
#include "roster_upload_html.h"
#include "text/format.h"
#include "title/roster/roster_messages.h"
#include "title/roster/roster_pages_http.h"
#include "title/roster/roster_units_http.h"
#include "title/roster/exchange_http.h"
#include "title/roster/exchange_view.h"

FORM_DEFINE(roster_form, ROSTER_FORM)
FORM_DEFINE(roster_upload_form, ROSTER_UPLOAD_FORM)
FORM_DEFINE(roster_former_form, ROSTER_FORMER_FORM)
FORM_DEFINE(roster_path_form, ROSTER_PATH_FORM)
FORM_DEFINE(roster_page_form, ROSTER_PAGE_FORM)
FORM_DEFINE(roster_decide_form, ROSTER_DECIDE_FORM)
FORM_DEFINE(roster_apply_form, ROSTER_APPLY_FORM)
FORM_DEFINE(roster_undo_form, ROSTER_UNDO_FORM)
FORM_DEFINE(roster_columns_path_form, ROSTER_COLUMNS_PATH_FORM)
FORM_DEFINE(roster_columns_form, ROSTER_COLUMNS_FORM)

const struct choices roster_filters = CHOICES({ "moi", "Mới" }, { "nhu-cu", "Không đổi" }, { "doi", "Có thay đổi" },
	{ "chua-chac", "Chưa chắc" }, { "khong-nhan", "Không nhận" }, { "cho", "Còn chờ quyết định" });
const struct choices roster_scores_of = CHOICES({ "tu-cham", "Từng người tự chấm, chi hội nhập hộ" },
	{ "thong-nhat", "Chi hội đã thống nhất ở buổi họp: ghi luôn là đã xét" });

static const char *today(struct request *req)
{
	return arena_text(req->ask.arena, day_of(req->ask.now).text);
}

struct url roster_url(struct arena *a, int64_t id)
{
	return url_own(a, "/danh-sach/%lld", (long long)id);
}

void roster_crumbs(struct request *req, struct page *page, const struct list *list, const char *here)
{
	struct link links[] = { { "Người", URL("/nguoi"), false }, { "Nạp danh sách", URL("/danh-sach"), false },
		{ list ? list->name : "", list ? roster_url(req->ask.arena, list->id) : URL("/danh-sach"), false } };

	page_crumbs(page, req->ask.arena, links, list ? 3 : 1, here);
}

const char *roster_state_words(enum list_state state)
{
	static const char *const words[] = {"Đang đọc", "Chờ xem và ghi", "Không đọc được", "Đang ghi",
					    "Đã ghi",   "Đang hoàn lại",  "Đã hoàn lại"};

	return words[state];
}

static void add_option(struct arena *a, struct field *field, struct field_option *options, const struct unit *unit)
{
	const char *value = arena_format(a, "%lld", (long long)unit->id);

	options[field->n_options++] = (struct field_option){ value, unit->name, "", !strcmp(value, field->value) };
}

OUTCOME roster_unit_options(struct request *req, int64_t home, struct field *field, const char **only, const char **name)
{
	struct unit_list children;
	struct field_option *options;
	struct unit unit;

	TRY(tree_get(&req->ask, home, today(req), &unit));
	field->n_options = 0;
	if (unit.level == LEVEL_LEAF) {
		*only = arena_format(req->ask.arena, "%lld", (long long)home);
		if (name)
			*name = unit.name;
		return OK;
	}
	TRY(tree_children(&req->ask, home, today(req), NULL, &children));
	options = ARENA_ARRAY(req->ask.arena, struct field_option, children.n + 1);
	if (unit.level == LEVEL_COMMUNE)
		add_option(req->ask.arena, field, options, &unit);
	for (size_t i = 0; i < children.n; i++)
		add_option(req->ask.arena, field, options, &children.at[i]);
	field->options = options;
	return OK;
}

static OUTCOME fill_lists(struct request *req, struct roster_upload_page *view)
{
	struct arena *a = req->ask.arena;
	struct roster_kept *kept;
	struct lists lists;

	TRY(lists_of_actor(&req->ask, &lists));
	kept = ARENA_ARRAY(a, struct roster_kept, lists.n);
	for (size_t i = 0; i < lists.n; i++)
		kept[i] = (struct roster_kept){ lists.at[i].name, roster_state_words(lists.at[i].state),
			format_moment(a, lists.at[i].at), roster_url(a, lists.at[i].id) };
	view->lists = kept;
	view->n_lists = lists.n;
	return OK;
}

/* Last round's people: one click, where there was a round. */
static OUTCOME has_former(struct request *req, struct roster_upload_page *view)
{
	struct round newest, former;
	enum outcome found = round_newest(&req->ask, &newest);

	if (found == OK)
		found = round_get(&req->ask, newest.id - 1, &former);
	if (found == FAILED)
		return FAILED;
	view->former = found == OK ? arena_format(req->ask.arena, "Lấy người đã đăng ký đợt %lld", (long long)former.id) : "";
	return OK;
}

static enum outcome upload_show(struct request *req)
{
	bool sends = req->route->form == &roster_upload_form_def;        /* what was sent is shown again */
	int64_t home = req->is_post ? 0 : ((const struct roster_form *)req->form)->unit;
	struct buf page = BUF(req->ask.arena, .max = 1 * MiB);
	struct roster_upload_page view = { .unit = "", .lead = "Xem trước rồi mới ghi; chưa bấm ghi thì chưa có gì thay đổi." };
	struct roster_upload_form chosen = { .unit = home };
	const char *name = "";

	if (!home)
		TRY(access_home(&req->ask, PERMIT_ROSTER, &home));
	TRY(access_require(&req->ask, PERMIT_ROSTER, home));
	if (sends)
		request_form(req, &roster_upload_form_def, &chosen, &view.form);
	else
		form_show(req->ask.arena, &roster_upload_form_def, &chosen, &view.form);
	TRY(has_former(req, &view));
	TRY(roster_unit_options(req, home, &view.form.unit, &view.unit, &name));
	if (*name)
		view.lead = arena_format(req->ask.arena, "Nạp vào %s. %s", name, view.lead);
	TRY(fill_lists(req, &view));
	access_page(req, &view.page, "Nạp danh sách");
	roster_crumbs(req, &view.page, NULL, "Nạp danh sách");
	roster_upload_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome upload_post(struct request *req)
{
	const struct roster_upload_form *form = req->form;
	int64_t id;

	if (form->file.n != 1 || !form->file.at[0].size)
		problem(req->ask.problems, "file", ROSTER_FILE_NONE);
	else if (form->file.at[0].size > (int64_t)form->file.at[0].content.len)
		problem(req->ask.problems, "file", ROSTER_FILE_HEAVY);
	if (!problems_none(req->ask.problems))
		return INVALID;
	TRY(list_keep(&req->ask, form->unit, form->file.at[0].name, form->file.at[0].content, &id));
	return redirect_see_other(req, roster_url(req->ask.arena, id));
}

static enum outcome roster_former_post(struct request *req)
{
	int64_t id;

	TRY(list_keep_former(&req->ask, ((const struct roster_former_form *)req->form)->unit, &id));
	return redirect_see_other(req, roster_url(req->ask.arena, id));
}

static const struct route routes[] = {
	GET(READ, "/danh-sach", PERMIT_ROSTER, SEES_NOBODY, roster_form, upload_show)
	POST(WRITE, "/danh-sach", PERMIT_ROSTER, SEES_NOBODY, roster_upload_form,
		NO_PREPARE, upload_post, .again = upload_show)
	GET(READ, "/danh-sach/xuat", PERMIT_PERSON_EDIT, SEES_NOBODY, no_form, exchange_show)
	POST(WRITE, "/danh-sach/xuat", PERMIT_PERSON_EDIT, SEES_NOBODY, exchange_form,
		NO_PREPARE, exchange_post, .again = exchange_show)
	GET(WORK, "/danh-sach/xuat/{unit}", PERMIT_PERSON_EDIT, SEES_NOBODY, exchange_form, exchange_file)
	GET(WORK, "/danh-sach/{roster}", PERMIT_ROSTER, SEES_NOBODY, roster_page_form, roster_list_show)
	POST(WRITE, "/danh-sach/{roster}", PERMIT_ROSTER, SEES_NOBODY, roster_apply_form,
		NO_PREPARE, roster_apply_post, .again = roster_list_show)
	POST(WRITE, "/danh-sach/{roster}/dong", PERMIT_ROSTER, SEES_NOBODY, roster_decide_form,
		NO_PREPARE, roster_row_post, .again = roster_list_show)
	POST(WRITE, "/danh-sach/{roster}/tat-ca", PERMIT_ROSTER, SEES_NOBODY, roster_decide_form,
		NO_PREPARE, roster_all_post, .again = roster_list_show)
	GET(WORK, "/danh-sach/{roster}/cot", PERMIT_ROSTER, SEES_NOBODY, roster_columns_path_form, roster_columns_show)
	POST(WRITE, "/danh-sach/{roster}/cot", PERMIT_ROSTER, SEES_NOBODY, roster_columns_form,
		NO_PREPARE, roster_columns_post, .again = roster_columns_show)
	POST(WRITE, "/danh-sach/dot-truoc", PERMIT_ROSTER, SEES_NOBODY, roster_former_form,
		NO_PREPARE, roster_former_post, .again = upload_show)
	GET(WORK, "/danh-sach/{roster}/ket-qua", PERMIT_ROSTER, SEES_NOBODY, roster_path_form, roster_result_show)
	GET(WORK, "/danh-sach/{roster}/hoan-lai", PERMIT_ROSTER, SEES_NOBODY, roster_path_form, roster_undo_show)
	POST(WRITE, "/danh-sach/{roster}/hoan-lai", PERMIT_ROSTER, SEES_NOBODY, roster_undo_form,
		NO_PREPARE, roster_undo_post, .again = roster_undo_show)
};
const struct route_table roster_table = ROUTES(routes);
