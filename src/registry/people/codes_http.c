/* Activation codes for people: one from the person's page, or all chosen on a page of the list; one sheet of slips to cut. One
 * ticket serves them all (registry/access/accounts.h): the slips can be opened again for half an hour by who made them. */
#include <string.h>

#include "base/day.h"
#include "people_slips_html.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/access/accounts.h"
#include "registry/people/codes.h"
#include "registry/people/people_http.h"
#include "registry/people/people_page.h"
#include "text/format.h"

FORM_DEFINE(codes_form, CODES_FORM)
FORM_DEFINE(slips_form, SLIPS_FORM)

static enum outcome codes_post(struct request *req)
{
	const struct codes_form *form = req->form;
	struct arena *a = req->ask.arena;
	const char *ticket = ticket_make(a);
	struct url url = url_query_int(a, url_own(a, "/nguoi/ma/%s", ticket), "unit", (long long)form->unit);

	TRY(access_require(&req->ask, PERMIT_ACCOUNT_MANAGE, form->unit));
	for (size_t i = 0; i < form->people.n; i++)
		TRY(person_code_make(&req->ask, form->people.at[i], ticket));
	return redirect_see_other(req, form->after ? url_query_int(a, url, "after", (long long)form->after) : url);
}

static enum outcome code_post(struct request *req)
{
	const struct person_path_form *form = req->form;
	struct arena *a = req->ask.arena;
	const char *ticket = ticket_make(a);
	struct person p;
	struct url url;

	TRY(person_code_make(&req->ask, form->person, ticket));
	TRY(person_get(&req->ask, form->person, &p));
	url = url_query_int(a, url_own(a, "/nguoi/ma/%s", ticket), "unit", (long long)p.leaf_id);
	return redirect_see_other(req, url_query_int(a, url, "only", (long long)p.id));
}

/* A slip, if this ticket made a code for them. */
static OUTCOME add_slip(struct request *req, const struct person *p, const char *ticket, struct slip *slips, size_t *n)
{
	struct arena *a = req->ask.arena;
	const char *code;
	int64_t expires_at;
	enum outcome found = person_code_again(&req->ask, p->id, ticket, &code, &expires_at);

	if (found != OK)
		return found == FAILED ? FAILED : OK;
	slips[(*n)++] = (struct slip){ p->name, format_date(a, p->birth), p->leaf_name, code_show(a, code),
		format_date(a, arena_text(a, day_of(expires_at - 1).text)), request_header(req, "Host") };
	return OK;
}

/* The people of the page on which they were chosen: a code is asked for each, at most a hundred. */
static OUTCOME people_of(struct request *req, const struct slips_form *form, struct person_list *out)
{
	struct person *one = ARENA_NEW(req->ask.arena, struct person), after;

	if (form->only) {
		TRY(person_read(&req->ask, form->only, one));
		*out = (struct person_list){ 1, one };
		return OK;
	}
	if (form->after)
		TRY(person_read(&req->ask, form->after, &after));
	return person_list_of_unit(&req->ask, form->unit, form->after ? &after : NULL, out);
}

static enum outcome slips_show(struct request *req)
{
	const struct slips_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 1 * MiB);
	struct slips_page view = {
		.lead = "In trang này, cắt theo đường gạch, đưa tận tay từng người. Trang chỉ mở lại được trong 30 phút." };
	struct person_list people;
	struct slip *slips;

	TRY(access_require(&req->ask, PERMIT_ACCOUNT_MANAGE, form->unit));
	TRY(people_of(req, form, &people));
	view.slips = slips = ARENA_ARRAY(a, struct slip, people.n);
	for (size_t i = 0; i < people.n; i++)
		TRY(add_slip(req, &people.at[i], form->ticket, slips, &view.n_slips));
	request_lists(req, form->unit, "Mã kích hoạt");
	view.heading = arena_format(a, "%zu mã kích hoạt", view.n_slips);
	view.empty = (struct empty){ .title = "Trang này không mở lại được nữa",
		.text = "Mã đã dùng, hoặc in quá 30 phút. Cần thì in mã mới." };
	view.back = form->only ? person_url(a, form->only, "") : people_url(a, form->unit);
	access_page(req, &view.page, view.heading);
	TRY(people_crumbs(req, &view.page, form->unit, "Mã kích hoạt"));
	people_slips_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static const struct route routes[] = {
	POST(WRITE, "/nguoi/ma", PERMIT_ACCOUNT_MANAGE, SEES_NOBODY, codes_form, NO_PREPARE, codes_post, .again = people_show)
	POST(WRITE, "/nguoi/{person}/ma", PERMIT_ACCOUNT_MANAGE, SEES_NOBODY, person_path_form, NO_PREPARE, code_post,
		.again = person_show)
	GET(WORK, "/nguoi/ma/{ticket}", PERMIT_ACCOUNT_MANAGE, SEES_NOBODY, slips_form, slips_show)
};
const struct route_table codes_table = ROUTES(routes);
