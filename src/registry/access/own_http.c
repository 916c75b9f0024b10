/* One's own account: roles, passphrase, sessions, who looked, and what was typed when a session had ended. */
#include "registry/access/access_http.h"

#include <string.h>

#include "base/day.h"
#include "http/server.h"
#include "kept_html.h"
#include "kept_list_html.h"
#include "own_html.h"
#include "own_trail_html.h"
#include "passphrase_html.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/access/access_terms.h"
#include "registry/access/access_view.h"
#include "registry/access/accounts.h"
#include "registry/access/session.h"
#include "registry/access/sign_in.h"
#include "registry/audit/audit.h"
#include "text/format.h"

FORM_DEFINE(passphrase_form, PASSPHRASE_FORM)
FORM_DEFINE(kept_form, KEPT_FORM)
FORM_DEFINE(own_trail_form, OWN_TRAIL_FORM)

static void crumbs(struct request *req, struct page *page, const char *here)
{
	struct link links[] = { { "Tài khoản của tôi", URL("/toi"), false } };

	page_crumbs(page, req->ask.arena, links, COUNT(links), here);
}

/* ---- the account ---- */

static OUTCOME fill_roles(struct request *req, int64_t account_id, struct own_page *view)
{
	struct arena *a = req->ask.arena;
	struct role_list held;
	struct role_line *lines;

	TRY(roles_of(&req->ask, account_id, &held));
	lines = ARENA_ARRAY(a, struct role_line, held.n);
	for (size_t i = 0; i < held.n; i++) {
		const struct role_held *r = &held.at[i];

		if (r->role == ROLE_CITIZEN)
			continue;
		lines[view->n_roles++] = (struct role_line){ .role = role_label(r->role), .unit = r->unit,
			.from = r->from, .until = strcmp(r->until_day, DAY_OPEN)
			? format_date(a, arena_text(a, day_add(r->until_day, -1).text)) : "",
			.unit_href = url_own(a, "/don-vi/%lld", (long long)r->unit_id) };
	}
	view->roles = lines;
	return OK;
}

static void fill_facts(struct request *req, const struct account *account, struct own_page *view)
{
	struct fact *facts = ARENA_ARRAY(req->ask.arena, struct fact, 3);
	size_t n = 0;

	facts[n++] = (struct fact){ "Tên", account->name, "name" };
	if (*account->login)
		facts[n++] = (struct fact){ "Tên đăng nhập", account->login, "code" };
	facts[n++] = (struct fact){ "Điện thoại đăng nhập", *account->phone ? format_phone(req->ask.arena,
		account->phone) : "chưa có", "" };
	view->facts = (struct facts){ facts, n };
}

static enum outcome own_show(struct request *req)
{
	const struct session *session = access_session(req);
	struct buf page = BUF(req->ask.arena);
	struct own_page view = { .sessions = "" };
	struct account account;
	struct kept_list kept;
	int64_t sessions;

	TRY(account_get(&req->ask, session->account_id, &account));
	access_page(req, &view.page, "Tài khoản của tôi");
	fill_facts(req, &account, &view);
	TRY(fill_roles(req, account.id, &view));
	TRY(kept_list(&req->ask, account.id, &kept));
	TRY(session_count(&req->ask, account.id, &sessions));
	view.n_more = access_more(req, &view.more);
	view.has_kept = kept.n > 0;
	view.has_person = account.person_id != 0;
	view.sessions = arena_format(req->ask.arena, "Tài khoản đang mở ở %s máy. Máy này tự đăng xuất khi không dùng trong %s.",
		format_int(req->ask.arena, sessions), session->is_officer ? "12 giờ" : "30 phút");
	own_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome everywhere_post(struct request *req)
{
	TRY(account_sign_out_everywhere(&req->ask));
	return redirect_see_other(req, URL("/dang-nhap"));
}

static enum outcome passphrase_show(struct request *req)
{
	struct buf page = BUF(req->ask.arena);
	struct passphrase_page view = { 0 };

	access_page(req, &view.page, "Đổi mật khẩu");
	crumbs(req, &view.page, "Đổi mật khẩu");
	request_form(req, &passphrase_form_def, NULL, &view.form);
	passphrase_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome passphrase_begin(struct request *req)
{
	const struct passphrase_form *form = req->form;

	req->prepared = ARENA_NEW(req->ask.arena, struct new_passphrase);
	return passphrase_prepare(&req->ask, form->old, form->passphrase, form->again, req->prepared);
}

static enum outcome passphrase_post(struct request *req)
{
	TRY(passphrase_finish(&req->ask, req->prepared, access_session(req)->key));
	return redirect_see_other(req, URL("/toi"));
}

/* ---- who looked, who changed ---- */

static const char *name_of(const struct account_name_list *names, int64_t id)
{
	for (size_t i = 0; i < names->n; i++)
		if (names->at[i].id == id)
			return names->at[i].name;
	return "Hệ thống";
}

static const char *path_words(const char *path)
{
	static const struct { const char *begins, *words; } known[] = {
		{ "/phieu", "Phiếu tự đánh giá" }, { "/nguoi", "Thông tin của người" }, { "/chi-hoi", "Xét phiếu ở chi hội" },
		{ "/don-vi", "Đơn vị" }, { "/tai-khoan", "Tài khoản" }, { "/toi", "Tài khoản của tôi" },
	};

	for (size_t i = 0; i < COUNT(known); i++)
		if (!strncmp(path, known[i].begins, strlen(known[i].begins)))
			return known[i].words;
	return path;
}

static OUTCOME fill_seen(struct request *req, int64_t person_id, struct own_trail_page *view)
{
	struct arena *a = req->ask.arena;
	struct seen_list seen;
	struct account_name_list names;
	struct seen_line *lines;
	int64_t *ids;

	TRY(seen_of_person(&req->ask, person_id, &seen));
	ids = ARENA_ARRAY(a, int64_t, seen.n);
	for (size_t i = 0; i < seen.n; i++)
		ids[i] = seen.at[i].account_id;
	TRY(account_names(&req->ask, ids, seen.n, &names));
	lines = ARENA_ARRAY(a, struct seen_line, seen.n);
	for (size_t i = 0; i < seen.n; i++) {
		if (seen.at[i].account_id == req->ask.actor->account_id)
			continue;
		lines[view->n_seen++] = (struct seen_line){ name_of(&names, seen.at[i].account_id), path_words(seen.at[i].path),
			format_moment(a, seen.at[i].last_at), format_int(a, seen.at[i].times) };
	}
	view->seen = lines;
	return OK;
}

static OUTCOME fill_changes(struct request *req, int64_t person_id, struct own_trail_page *view)
{
	const struct own_trail_form *form = req->form;
	struct audit_row before = { .id = form->before_id, .at = form->before_at };
	struct arena *a = req->ask.arena;
	struct audit_list rows;
	struct trail_item *items;

	TRY(audit_of_person(&req->ask, person_id, form->before_id ? &before : NULL, &rows));
	items = ARENA_ARRAY(a, struct trail_item, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct audit_row *r = &rows.at[i];
		const char *words = audit_words(a, r->old, r->new, access_term);

		items[i] = (struct trail_item){ audit_action_label(r->action), r->actor, arena_format(a, "%s%s%s", words,
			!*r->reason ? "" : *words ? ". Lý do: " : "Lý do: ", r->reason), format_moment(a, r->at), false };
	}
	view->trail = trail_of(a, items, rows.n, audit_action_label("sheet_scored"));
	view->pager = (struct pager){ .text = "" };
	if (form->before_id)
		view->pager.first = URL("/toi/nhat-ky");
	if (rows.n == AUDIT_PAGE)
		view->pager.next = url_query_int(a, url_query_int(a, URL("/toi/nhat-ky"), "before_at",
			(long long)rows.at[rows.n - 1].at),
			"before_id", (long long)rows.at[rows.n - 1].id);
	return OK;
}

static enum outcome own_trail_show(struct request *req)
{
	int64_t person = req->ask.actor->person_id;
	struct buf page = BUF(req->ask.arena);
	struct own_trail_page view = { .has_person = person != 0,
		.lead = person ? "Mỗi lần cán bộ mở hay sửa phiếu đều được ghi lại ở đây."
		: "Tài khoản này chưa gắn với người nào nên không có phiếu." };

	access_page(req, &view.page, "Ai đã xem và sửa phiếu của tôi");
	crumbs(req, &view.page, "Ai đã xem và sửa");
	if (person) {
		TRY(fill_changes(req, person, &view));
		TRY(fill_seen(req, person, &view));
	}
	own_trail_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- what was kept ---- */

static enum outcome kept_list_show(struct request *req)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct kept_list_page view = { .empty = { .title = "Không có gì gõ dở",
		.text = "Khi phiên hết lúc đang gõ, những gì gõ được giữ ở đây 7 ngày." } };
	struct kept_list kept;
	struct kept_line *lines;

	TRY(kept_list(&req->ask, access_session(req)->account_id, &kept));
	lines = ARENA_ARRAY(a, struct kept_line, kept.n);
	for (size_t i = 0; i < kept.n; i++)
		lines[i] = (struct kept_line){ path_words(kept.at[i].path), format_moment(a, kept.at[i].at),
			url_own(a, "/toi/con-lai/%lld", (long long)kept.at[i].id) };
	view.lines = lines;
	view.n_lines = kept.n;
	access_page(req, &view.page, "Những gì gõ dở");
	crumbs(req, &view.page, "Gõ dở");
	kept_list_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static struct field hidden_field(const struct field *of, const char *value)
{
	struct field hidden = *of;

	hidden.value = value;
	return hidden;
}

/* name_1 … name_20 each as a field of its own, up to the last that was filled in. */
static void add_list(struct arena *a, const struct again_field *f, struct kept_field *out, size_t *n)
{
	size_t last = FORM_LIST;

	while (last && !*f->field.values[last - 1])
		last--;
	for (size_t i = 0; i < last; i++) {
		struct field one = f->field;

		one.name = arena_format(a, "%s_%zu", f->field.name, i + 1);
		one.label = arena_format(a, "%s %zu", f->field.label, i + 1);
		one.value = f->field.values[i];
		out[(*n)++] = (struct kept_field){ .is_number = f->type == FIELD_numbers, .is_text = f->type == FIELD_texts,
			.field = one };
	}
}

static void add_field(struct arena *a, const struct again_field *f, struct kept_field *out, size_t *n)
{
	struct kept_field k = { .field = f->field };

	switch (f->type) {
	case FIELD_numbers: case FIELD_texts:
		add_list(a, f, out, n);
		return;
	case FIELD_ids:
		for (size_t i = 0; i < f->n_ids; i++)
			out[(*n)++] = (struct kept_field){ .is_hidden = true, .field = hidden_field(&f->field, f->ids[i]) };
		return;
	case FIELD_files:
		return;
	case FIELD_id: case FIELD_version: k.is_hidden = true; break;
	case FIELD_whole: case FIELD_number: k.is_number = true; break;
	case FIELD_text: case FIELD_code: k.is_text = true; break;
	case FIELD_lines: k.is_lines = true; break;
	case FIELD_secret: k.is_secret = true; break;
	case FIELD_day: case FIELD_date: k.is_day = true; break;
	case FIELD_digits: k.is_digits = true; break;
	case FIELD_flag: k.is_flag = true; break;
	case FIELD_choice: k.is_choice = true; break;
	}
	out[(*n)++] = k;
}

static void fill_kept_fields(struct request *req, const struct again *again, struct kept_page *view)
{
	size_t room = 0;
	struct kept_field *fields;

	for (size_t i = 0; i < again->n; i++)
		room += FORM_LIST + again->fields[i].n_ids;
	fields = ARENA_ARRAY(req->ask.arena, struct kept_field, room);
	for (size_t i = 0; i < again->n; i++) {
		add_field(req->ask.arena, &again->fields[i], fields, &view->n_fields);
		view->has_secret |= again->fields[i].type == FIELD_secret;
	}
	view->fields = fields;
}

static enum outcome kept_show(struct request *req)
{
	const struct kept_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 2 * MiB);
	struct kept_page view = { .what = "" };
	struct kept kept;
	struct again again;

	TRY(kept_get(&req->ask, access_session(req)->account_id, form->kept, &kept));
	TRY(request_again(req, kept.path, kept.fields, &again));
	access_page(req, &view.page, "Những gì vừa gõ vẫn còn");
	crumbs(req, &view.page, "Gõ dở");
	view.page.token.kept = kept.id;
	view.when = format_moment(a, kept.at);
	view.action = url_own(a, "%s", kept.path);
	view.drop = url_own(a, "/toi/con-lai/%lld/bo", (long long)kept.id);
	if (server_route(req->server, METHOD_GET, a, kept.path))
		view.original = view.action;
	fill_kept_fields(req, &again, &view);
	kept_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome kept_drop_post(struct request *req)
{
	const struct kept_form *form = req->form;

	TRY(kept_remove(&req->ask, access_session(req)->account_id, form->kept));
	return redirect_see_other(req, URL("/toi/con-lai"));
}

static const struct route routes[] = {
	GET(READ, "/toi", PERMIT_SIGNED_IN, SEES_NOBODY, no_form, own_show)
	POST(WRITE, "/toi/dang-xuat-moi-noi", PERMIT_SIGNED_IN, SEES_NOBODY, no_form, NO_PREPARE, everywhere_post,
		.again = own_show)
	GET(READ, "/toi/mat-khau", PERMIT_SIGNED_IN, SEES_NOBODY, no_form, passphrase_show)
	POST(WRITE, "/toi/mat-khau", PERMIT_SIGNED_IN, SEES_NOBODY, passphrase_form, passphrase_begin, passphrase_post,
		.again = passphrase_show)
	GET(READ, "/toi/nhat-ky", PERMIT_SIGNED_IN, SEES_NOBODY, own_trail_form, own_trail_show)
	GET(READ, "/toi/con-lai", PERMIT_SIGNED_IN, SEES_NOBODY, no_form, kept_list_show)
	GET(READ, "/toi/con-lai/{kept}", PERMIT_SIGNED_IN, SEES_NOBODY, kept_form, kept_show)
	POST(WRITE, "/toi/con-lai/{kept}/bo", PERMIT_SIGNED_IN, SEES_NOBODY, kept_form, NO_PREPARE, kept_drop_post,
		.again = kept_show)
};
const struct route_table own_table = ROUTES(routes);
