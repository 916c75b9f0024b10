#include "registry/greeting/greeting_http.h"

#include "greeting_page_html.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/greeting/greeting.h"
#include "registry/greeting/greeting_view.h"

FORM_DEFINE(greeting_at_form, GREETING_AT_FORM)
FORM_DEFINE(greeting_form, GREETING_FORM)

static enum outcome greeting_show(struct request *req)
{
	int64_t unit = req->is_post ? ((const struct greeting_form *)req->form)->unit : ((const struct greeting_at_form *)req->form)->unit;
	struct buf page = BUF(req->ask.arena);
	struct greeting_page view = { .words = "", .action = url_own(req->ask.arena, "/loi-chao/%lld", (long long)unit) };

	access_page(req, &view.page, "Lời chào");
	if (greeting_get(&req->ask, unit, &view.words) == FAILED)
		return FAILED;
	request_form(req, &greeting_form_def, req->is_post ? req->form : &(struct greeting_form){ unit, view.words }, &view.form);
	greeting_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome greeting_post(struct request *req)
{
	const struct greeting_form *form = req->form;

	TRY(greeting_set(&req->ask, form->unit, form->words));
	return redirect_see_other(req, url_own(req->ask.arena, "/loi-chao/%lld", (long long)form->unit));
}

static const struct route routes[] = {
	GET(READ, "/loi-chao/{unit}", PERMIT_PUBLIC, SEES_NOBODY, greeting_at_form, greeting_show)
	POST(WRITE, "/loi-chao/{unit}", PERMIT_UNIT_EDIT, SEES_NOBODY, greeting_form, NO_PREPARE, greeting_post, .again = greeting_show)
};
const struct route_table greeting_table = ROUTES(routes);
