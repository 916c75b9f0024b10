/* Officers: who holds which role where; accounts, codes, locks. */
#include "registry/access/access_http.h"

#include <string.h>

#include "account_add_html.h"
#include "account_html.h"
#include "accounts_list_html.h"
#include "base/day.h"
#include "code_html.h"
#include "http/gate.h"
#include "registry/access/access.h"
#include "registry/access/access_messages.h"
#include "registry/access/access_page.h"
#include "registry/access/access_view.h"
#include "registry/access/accounts.h"
#include "text/format.h"

FORM_DEFINE(accounts_form, ACCOUNTS_FORM)
FORM_DEFINE(account_form, ACCOUNT_FORM)
FORM_DEFINE(account_add_form, ACCOUNT_ADD_FORM)
FORM_DEFINE(role_give_form, ROLE_GIVE_FORM)
FORM_DEFINE(role_take_form, ROLE_TAKE_FORM)
FORM_DEFINE(code_page_form, CODE_PAGE_FORM)
FORM_DEFINE(lock_form, LOCK_FORM)

/* Every role that is given by hand: all but the citizen's. */
static const struct choice given_roles[] = {
	{ "branch", "Chi hội" }, { "deputy", "Phó chi hội" }, { "commune", "Hội Khuyến học xã, phường" },
	{ "authority", "Cơ quan công nhận" }, { "province", "Hội Khuyến học tỉnh" }, { "auditor", "Kiểm tra (chỉ xem)" },
	{ "admin", "Quản trị hệ thống" },
};
const struct choices role_choices = { COUNT(given_roles), given_roles };

static enum role role_chosen(int choice)
{
	enum role role = ROLE_CITIZEN;

	return choice >= 0 && role_of_code(role_choices.at[choice].code, &role) ? role : ROLE_CITIZEN;
}

/* Only what this officer may give somewhere. */
static void offer_roles(struct request *req, struct field *field)
{
	struct field_option *offered = ARENA_ARRAY(req->ask.arena, struct field_option, field->n_options);
	size_t n = 0;

	for (size_t i = 0; i < field->n_options; i++)
		if (role_may_offer(req->ask.actor, role_chosen((int)i)))
			offered[n++] = field->options[i];
	field->options = offered;
	field->n_options = n;
}

static struct url account_url(struct arena *a, int64_t id, const char *part)
{
	return url_own(a, "/tai-khoan/%lld%s", (long long)id, part);
}

static const char *last_day(struct arena *a, const char *until_day)
{
	return strcmp(until_day, DAY_OPEN) ? format_date(a, arena_text(a, day_add(until_day, -1).text)) : "";
}

static const char *state_words(bool is_active, bool is_locked)
{
	return is_locked ? "Đang khoá" : is_active ? "Đang dùng" : "Chờ gõ mã";
}

/* ---- list ---- */

static OUTCOME fill_officers(struct request *req, const struct accounts_form *form, struct accounts_page *view)
{
	struct arena *a = req->ask.arena;
	struct officer_list list;
	struct officer_line *lines;

	TRY(accounts_for_unit(&req->ask, form->q, form->after, &list));
	lines = ARENA_ARRAY(a, struct officer_line, list.n);
	for (size_t i = 0; i < list.n; i++) {
		const struct officer *o = &list.at[i];

		lines[i] = (struct officer_line){ o->name, o->login, role_label(o->role), o->unit, last_day(a, o->until_day),
			state_words(o->is_active, o->is_locked), account_url(a, o->account_id, ""),
			url_own(a, "/don-vi/%lld", (long long)o->unit_id) };
	}
	view->officers = lines;
	view->n_officers = list.n;
	view->pager = (struct pager){ .text = "" };
	if (form->after)
		view->pager.first = *form->q ? url_query(a, URL("/tai-khoan"), "q", form->q) : URL("/tai-khoan");
	if (list.n == OFFICERS_PAGE)
		view->pager.next = url_query_int(a, *form->q ? url_query(a, URL("/tai-khoan"), "q",
			form->q) : URL("/tai-khoan"), "after",
			(long long)list.at[list.n - 1].grant_id);
	return OK;
}

static enum outcome accounts_show(struct request *req)
{
	const struct accounts_form *form = req->form;
	struct buf page = BUF(req->ask.arena, .max = 2 * MiB);
	struct accounts_page view = { .heading = "Người phụ trách", .may_add = access_may(req->ask.actor, PERMIT_ROLE_GRANT),
		.empty = { .title = "Chưa có ai", .text = "Thêm người phụ trách cho đơn vị của bạn và các đơn vị bên dưới." } };
	struct account found;
	bool may = false;

	if (*form->q && account_by_login(&req->ask, form->q, &found) == OK)
		TRY(account_may_manage(&req->ask, found.id, 0, &may));
	if (may)
		return redirect_see_other(req, account_url(req->ask.arena, found.id, ""));
	access_page(req, &view.page, "Người phụ trách");
	request_form(req, &accounts_form_def, form, &view.form);
	TRY(fill_officers(req, form, &view));
	if (*form->q)
		view.empty = (struct empty){ .title = "Không có người phụ trách nào tên như vậy",
			.text = "Thử gõ ít chữ hơn, ví dụ chỉ tên gọi; hoặc gõ đúng tên đăng nhập." };
	accounts_list_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- add ---- */

static enum outcome add_show(struct request *req)
{
	struct buf page = BUF(req->ask.arena);
	struct account_add_page view = { 0 };
	struct link links[] = { { "Người phụ trách", URL("/tai-khoan"), false } };

	access_page(req, &view.page, "Thêm người phụ trách");
	page_crumbs(&view.page, req->ask.arena, links, COUNT(links), "Thêm");
	request_form(req, &account_add_form_def, NULL, &view.form);
	offer_roles(req, &view.form.role);
	account_add_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* What was typed as a role. A unit that is not there, or not the officer's, is a problem beside its field and 0. */
static OUTCOME read_role(struct request *req, int choice, const char *code, const char *last, struct role_new *out)
{
	struct arena *a = req->ask.arena;
	struct unit unit = { 0 };
	bool may = false;
	enum outcome found = tree_by_code(&req->ask, code, arena_text(a, day_of(req->ask.now).text), &unit);

	*out = (struct role_new){ .role = role_chosen(choice), .until_day = *last ? arena_text(a, day_add(last, 1).text) : "" };
	if (found == FAILED)
		return FAILED;
	if (found == OK)
		TRY(access_may_on(&req->ask, PERMIT_ROLE_GRANT, unit.id, &may));
	if (may)
		out->unit_id = unit.id;
	else
		problem(req->ask.problems, "unit", found == OK ? ROLE_NOT_YOURS : unit_code_unknown(a, code));
	return OK;
}

static enum outcome add_post(struct request *req)
{
	const struct account_add_form *form = req->form;
	struct role_new role;
	int64_t id;

	TRY(read_role(req, form->role, form->unit, form->until_day, &role));
	TRY(officer_add(&req->ask, &(struct account_new){ .login = form->login, .name = form->name, .unit_id = role.unit_id },
		&role, &id));
	return redirect_see_other(req, account_url(req->ask.arena, id, ""));
}

/* ---- one account ---- */

/* Each form of this page begins with its account. */
static int64_t account_of(const struct request *req)
{
	return *(const int64_t *)req->form;
}

static OUTCOME fill_roles(struct request *req, int64_t id, struct account_page *view, bool *is_near)
{
	struct arena *a = req->ask.arena;
	struct role_list held;
	struct role_line *lines;

	TRY(roles_of(&req->ask, id, &held));
	lines = ARENA_ARRAY(a, struct role_line, held.n);
	for (size_t i = 0; i < held.n; i++) {
		const struct role_held *r = &held.at[i];
		bool may, near;

		if (r->role == ROLE_CITIZEN)
			continue;
		TRY(role_may_give(&req->ask, r->role, r->unit_id, &may));
		TRY(access_may_on(&req->ask, PERMIT_ACCOUNT_MANAGE, r->unit_id, &near));
		*is_near |= near;
		lines[view->n_roles++] = (struct role_line){ .role = role_label(r->role), .unit = r->unit, .from = r->from,
			.until = last_day(a, r->until_day), .unit_href = url_own(a, "/don-vi/%lld", (long long)r->unit_id),
			.take_action = may && id != req->ask.actor->account_id ? account_url(a, id, "/thoi") : URL_NONE,
			.id = (long long)r->id };
	}
	view->roles = lines;
	return OK;
}

static void fill_facts(struct request *req, const struct account *account, struct account_page *view)
{
	struct fact *facts = ARENA_ARRAY(req->ask.arena, struct fact, 3);

	facts[0] = (struct fact){ "Đăng nhập bằng", *account->login ? account->login : "số định danh hoặc điện thoại",
		*account->login ? "code" : "" };
	facts[1] = (struct fact){ "Tài khoản", state_words(account->is_active, account->is_locked), "" };
	facts[2] = (struct fact){ "Lập lúc", format_moment(req->ask.arena, account->made_at), "" };
	view->facts = (struct facts){ facts, 3 };
}

static enum outcome account_show(struct request *req)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct account_page view = { 0 };
	struct link links[] = { { "Người phụ trách", URL("/tai-khoan"), false } };
	struct account account;
	bool is_near = false;

	TRY(account_get(&req->ask, account_of(req), &account));
	TRY(fill_roles(req, account.id, &view, &is_near));
	TRY(account_may_manage(&req->ask, account.id, 0, &view.may_manage));
	if (!view.may_manage && !is_near)
		return NOT_FOUND;
	view.may_manage &= account.id != req->ask.actor->account_id;
	view.may_give = access_may(req->ask.actor, PERMIT_ROLE_GRANT) && account.id != req->ask.actor->account_id;
	view.heading = account.name;
	view.is_locked = account.is_locked;
	view.is_active = account.is_active;
	view.version = arena_format(a, "%lld", (long long)account.version);
	view.give = account_url(a, account.id, "/vai-tro");
	view.code = account_url(a, account.id, "/ma");
	view.lock = account_url(a, account.id, account.is_locked ? "/mo-khoa" : "/khoa");
	access_page(req, &view.page, account.name);
	page_crumbs(&view.page, a, links, COUNT(links), account.name);
	fill_facts(req, &account, &view);
	request_form(req, &role_give_form_def, NULL, &view.form);
	offer_roles(req, &view.form.role);
	account_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome give_post(struct request *req)
{
	const struct role_give_form *form = req->form;
	struct role_new role;
	int64_t grant;

	TRY(read_role(req, form->role, form->unit, form->until_day, &role));
	TRY(role_give(&req->ask, form->account, &role, &grant));
	return redirect_see_other(req, account_url(req->ask.arena, form->account, ""));
}

static enum outcome take_post(struct request *req)
{
	const struct role_take_form *form = req->form;

	TRY(role_take(&req->ask, form->account, form->role_held));
	return redirect_see_other(req, account_url(req->ask.arena, form->account, ""));
}

static enum outcome lock_post(struct request *req)
{
	const struct lock_form *form = req->form;

	TRY(account_lock(&req->ask, form->account, form->version));
	return redirect_see_other(req, account_url(req->ask.arena, form->account, ""));
}

static enum outcome unlock_post(struct request *req)
{
	const struct lock_form *form = req->form;

	TRY(account_unlock(&req->ask, form->account, form->version));
	return redirect_see_other(req, account_url(req->ask.arena, form->account, ""));
}

/* ---- codes ---- */

static enum outcome code_post(struct request *req)
{
	const struct account_form *form = req->form;
	const char *ticket = ticket_make(req->ask.arena), *code;

	TRY(code_make_for(&req->ask, form->account, 0, ticket, &code));
	return redirect_see_other(req, url_own(req->ask.arena, "/tai-khoan/%lld/ma/%s", (long long)form->account, ticket));
}

static enum outcome code_show_page(struct request *req)
{
	const struct code_page_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct code_page view = { .site = request_header(req, "Host") };
	struct account account;
	int64_t expires_at;

	TRY(account_get(&req->ask, form->account, &account));
	TRY(code_again(&req->ask, account.id, form->ticket, &view.code, &expires_at));
	view.code = code_show(a, view.code);
	view.name = account.name;
	view.login = account.login;
	view.until = format_date(a, arena_text(a, day_of(expires_at - 1).text));
	view.back = account_url(a, account.id, "");
	access_page(req, &view.page, arena_format(a, "Mã kích hoạt của %s", account.name));
	code_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static const struct route routes[] = {
	GET(READ, "/tai-khoan", PERMIT_ACCOUNT_MANAGE, SEES_NOBODY, accounts_form, accounts_show)
	GET(READ, "/tai-khoan/them", PERMIT_ROLE_GRANT, SEES_NOBODY, no_form, add_show)
	POST(WRITE, "/tai-khoan/them", PERMIT_ROLE_GRANT, SEES_NOBODY, account_add_form, NO_PREPARE, add_post, .again = add_show,
		.rules = add_post)
	GET(READ, "/tai-khoan/{account}", PERMIT_ACCOUNT_MANAGE, SEES_NOBODY, account_form, account_show)
	POST(WRITE, "/tai-khoan/{account}/vai-tro", PERMIT_ROLE_GRANT, SEES_NOBODY, role_give_form, NO_PREPARE, give_post,
		.again = account_show, .rules = give_post)
	POST(WRITE, "/tai-khoan/{account}/thoi", PERMIT_ROLE_GRANT, SEES_NOBODY, role_take_form, NO_PREPARE, take_post,
		.again = account_show)
	POST(WRITE, "/tai-khoan/{account}/ma", PERMIT_ACCOUNT_MANAGE, SEES_NOBODY, account_form, NO_PREPARE, code_post,
		.again = account_show)
	GET(READ, "/tai-khoan/{account}/ma/{ticket}", PERMIT_ACCOUNT_MANAGE, SEES_NOBODY, code_page_form, code_show_page)
	POST(WRITE, "/tai-khoan/{account}/khoa", PERMIT_ACCOUNT_MANAGE, SEES_NOBODY, lock_form, NO_PREPARE, lock_post,
		.again = account_show)
	POST(WRITE, "/tai-khoan/{account}/mo-khoa", PERMIT_ACCOUNT_MANAGE, SEES_NOBODY, lock_form, NO_PREPARE, unlock_post,
		.again = account_show)
};
const struct route_table accounts_table = ROUTES(routes);
