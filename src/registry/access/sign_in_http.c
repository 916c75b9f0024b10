/* Pages for everybody: sign in, open an account with a code, sign out, and the two notes of the foot. */
#include "registry/access/access_http.h"

#include <string.h>

#include "accessibility_note_html.h"
#include "activate_html.h"
#include "http/server.h"
#include "privacy_note_html.h"
#include "registry/access/access.h"
#include "registry/access/access_messages.h"
#include "registry/access/access_page.h"
#include "registry/access/access_view.h"
#include "registry/access/session.h"
#include "registry/access/sign_in.h"
#include "sign_in_html.h"
#include "text/parse.h"

#define HOME "/"
#define OWN_SHEET "/phieu"

FORM_DEFINE(sign_in_page_form, SIGN_IN_PAGE_FORM)
FORM_DEFINE(sign_in_form, SIGN_IN_FORM)
FORM_DEFINE(activate_form, ACTIVATE_FORM)

/* Where one's work begins: a citizen's own sheet; the first page leads an officer on by role. */
static struct url home_of(const struct actor *actor)
{
	return actor->person_id && !access_is_officer(actor) ? URL(OWN_SHEET) : URL(HOME);
}

/* Where to come back to: a page of ours that this account may get, never another site. */
static struct url way_back(struct request *req, const struct actor *actor, const char *ve)
{
	struct arena *a = req->ask.arena;
	static const char fine[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/?&=%+";
	const struct route *route;

	if (*ve != '/' || ve[1] == '/' || ve[strspn(ve, fine)])
		return home_of(actor);
	route = server_route(req->server, METHOD_GET, a, arena_textn(a, ve, strcspn(ve, "?")));
	if (!route || (!permit_is_public((enum permit)route->permission) && !access_may(actor, (enum permit)route->permission)))
		return home_of(actor);
	return url_own(a, "%s", ve);
}

/* ---- sign in ---- */

static enum outcome show_sign_in(struct request *req, const struct sign_in_form *values, int status)
{
	struct buf page = BUF(req->ask.arena);
	const struct session *over = access_session(req) ? NULL : req->session;
	struct sign_in_page view = { 0 };
	struct kept_list kept = { 0 };

	if (over)
		TRY(kept_list(&req->ask, over->account_id, &kept));
	view.has_kept = kept.n > 0;
	access_page(req, &view.page, "Đăng nhập");
	request_form(req, &sign_in_form_def, values, &view.form);
	sign_in_html(&page, &view);
	return respond_html(req, status, &page);
}

static enum outcome sign_in_show(struct request *req)
{
	const struct sign_in_page_form *form = req->form;

	if (access_session(req))
		return redirect_see_other(req, way_back(req, req->ask.actor, form->ve));
	return show_sign_in(req, &(struct sign_in_form){ .login = "", .ve = form->ve }, HTTP_OK);
}

static enum outcome sign_in_again(struct request *req)
{
	return show_sign_in(req, NULL, HTTP_OK);
}

static enum outcome sign_in_begin(struct request *req)
{
	const struct sign_in_form *form = req->form;

	req->prepared = ARENA_NEW(req->ask.arena, struct sign_in);
	return sign_in_prepare(&req->ask, form->login, form->passphrase, req->peer, req->session, req->prepared);
}

/* A page that says no is an answer too: what was counted stays counted, and the same again is another try. */
static void refuse(struct request *req, const char *field, const char *wrong, const struct signed_in *got)
{
	req->response.forget = true;
	if (got->answer == SIGN_IN_CLOSED)
		problem(req->ask.problems, "", sign_in_closed_text(req->ask.arena, got->seconds));
	else
		problem(req->ask.problems, field, got->answer == SIGN_IN_LOCKED ? SIGN_IN_LOCKED_TEXT : wrong);
}

/* What was typed when a session had ended comes before everything else. */
static OUTCOME after_sign_in(struct request *req, const struct signed_in *got, const char *ve)
{
	const struct actor *actor;
	struct url otherwise;
	struct kept_list kept;

	TRY(session_actor(&req->ask, got->account_id, &actor));
	otherwise = way_back(req, actor, ve);
	response_cookie(req, SESSION_COOKIE, got->secret, 0);
	TRY(kept_list(&req->ask, got->account_id, &kept));
	if (kept.n == 1)
		otherwise = url_own(req->ask.arena, "/toi/con-lai/%lld", (long long)kept.at[0].id);
	else if (kept.n)
		otherwise = URL("/toi/con-lai");
	return redirect_see_other(req, otherwise);
}

static enum outcome sign_in_post(struct request *req)
{
	const struct sign_in_form *form = req->form;
	const struct session *before = access_session(req);
	struct signed_in got;

	TRY(sign_in_finish(&req->ask, req->prepared, &got));
	if (got.answer != SIGN_IN_OK) {
		refuse(req, "passphrase", SIGN_IN_WRONG_TEXT, &got);
		return show_sign_in(req, NULL, HTTP_UNAUTHORIZED);
	}
	if (before)
		TRY(session_close(&req->ask, before->key));
	req->response.forget = true;
	return after_sign_in(req, &got, form->ve);
}

/* ---- open an account ---- */

static enum outcome show_activate(struct request *req, int status)
{
	struct buf page = BUF(req->ask.arena);
	struct activate_page view = { 0 };

	access_page(req, &view.page, "Mở tài khoản bằng mã");
	request_form(req, &activate_form_def, NULL, &view.form);
	activate_html(&page, &view);
	return respond_html(req, status, &page);
}

static enum outcome activate_show(struct request *req)
{
	return show_activate(req, HTTP_OK);
}

struct opening { struct activation activation; char phone[PHONE_LEN_MAX + 1]; };

static enum outcome activate_begin(struct request *req)
{
	const struct activate_form *form = req->form;
	struct opening *opening = ARENA_NEW(req->ask.arena, struct opening);
	enum phone_fault fault = *form->phone ? text_to_phone(form->phone, opening->phone) : PHONE_OK;

	req->prepared = opening;
	if (fault != PHONE_OK)
		problem(req->ask.problems, "phone", phone_message(fault));
	return activate_prepare(&req->ask, form->code, form->passphrase, form->again, req->peer, &opening->activation);
}

static enum outcome activate_post(struct request *req)
{
	const struct opening *opening = req->prepared;
	struct signed_in got;

	TRY(activate_finish(&req->ask, &opening->activation, opening->phone, &got));
	if (got.answer != SIGN_IN_OK) {
		refuse(req, "code", CODE_WRONG_TEXT, &got);
		return show_activate(req, HTTP_UNAUTHORIZED);
	}
	req->response.forget = true;
	return after_sign_in(req, &got, "");
}

/* ---- sign out, notes ---- */

/* The cookie stays: what another window sends with it is kept for this account, as after any other end of a session. */
static enum outcome sign_out_post(struct request *req)
{
	TRY(session_close(&req->ask, access_session(req)->key));
	return redirect_see_other(req, URL("/dang-nhap"));
}

static enum outcome privacy_show(struct request *req)
{
	struct buf page = BUF(req->ask.arena);
	struct static_page view = { 0 };

	access_page_read(req, &view.page, "Thông tin cá nhân của bạn");
	privacy_note_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome accessibility_show(struct request *req)
{
	struct buf page = BUF(req->ask.arena);
	struct static_page view = { 0 };

	access_page_read(req, &view.page, "Dùng bằng bàn phím, phóng to");
	accessibility_note_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static const struct route routes[] = {
	GET(READ, "/dang-nhap", PERMIT_PUBLIC, SEES_NOBODY, sign_in_page_form, sign_in_show)
	POST(WRITE, "/dang-nhap", PERMIT_PUBLIC, SEES_NOBODY, sign_in_form, sign_in_begin, sign_in_post, .again = sign_in_again)
	GET(READ, "/kich-hoat", PERMIT_PUBLIC, SEES_NOBODY, no_form, activate_show)
	POST(WRITE, "/kich-hoat", PERMIT_PUBLIC, SEES_NOBODY, activate_form, activate_begin, activate_post,
		.again = activate_show)
	POST(WRITE, "/dang-xuat", PERMIT_SIGNED_IN, SEES_NOBODY, no_form, NO_PREPARE, sign_out_post)
	GET(READ, "/rieng-tu", PERMIT_PUBLIC, SEES_NOBODY, no_form, privacy_show)
	GET(READ, "/tiep-can", PERMIT_PUBLIC, SEES_NOBODY, no_form, accessibility_show)
};
const struct route_table sign_in_table = ROUTES(routes);
