/* The auditor's pages: what was done below one's unit, by whom, when; on the screen and as a file. */
#include "registry/access/access_http.h"

#include <string.h>

#include "base/day.h"
#include "document/document.h"
#include "journal_html.h"
#include "registry/access/access.h"
#include "registry/access/access_messages.h"
#include "registry/access/access_page.h"
#include "registry/access/access_terms.h"
#include "registry/access/access_view.h"
#include "registry/access/accounts.h"
#include "registry/access/journal_paper.h"
#include "registry/access/taking_page.h"
#include "registry/audit/audit.h"
#include "registry/tree/tree.h"
#include "text/format.h"

enum { DAYS_SHOWN = 30 };

FORM_DEFINE(journal_form, JOURNAL_FORM)
FORM_DEFINE(journal_file_form, JOURNAL_FILE_FORM)

/* The filter as typed, whichever form brought it. */
struct asked {
	const char *unit, *actor, *from, *until;         /* days ISO, with their defaults */
	int64_t person;
	int action;
};

static struct asked asked_of(struct request *req, const char *unit, const char *actor, int64_t person, int action,
	const char *from,
	const char *until)
{
	struct arena *a = req->ask.arena;
	const char *today = arena_text(a, day_of(req->ask.now).text);

	if (!*until)
		until = today;
	if (!*from)
		from = arena_text(a, day_add(until, -DAYS_SHOWN).text);
	return (struct asked){ unit, actor, from, until, person, action };
}

/* A unit of the actor's grants, or the one asked for below them. */
static OUTCOME add_unit(struct request *req, int64_t id, int64_t *units, struct audit_filter *f)
{
	struct unit unit = { 0 };
	enum outcome found = tree_get(&req->ask, id, arena_text(req->ask.arena, day_of(req->ask.now).text), &unit);

	if (found != OK)
		return found == FAILED ? FAILED : OK;
	units[f->units.n++] = unit.id;
	f->is_narrow &= unit.level >= LEVEL_COMMUNE;
	return OK;
}

/* Everything the actor may read: what is below the units of their grants, and from a province up the installation's own rows. */
static OUTCOME own_units(struct request *req, int64_t *units, struct audit_filter *f)
{
	const struct actor *actor = req->ask.actor;

	for (size_t i = 0; i < actor->n_grants; i++)
		if (permit_has_role(PERMIT_AUDIT_READ, actor->grants[i].role))
			TRY(add_unit(req, actor->grants[i].unit_id, units, f));
	if (!f->is_narrow)
		units[f->units.n++] = 0;
	return OK;
}

static OUTCOME asked_unit(struct request *req, const char *code, int64_t *units, struct audit_filter *f)
{
	struct unit unit = { 0 };
	bool may = false;
	enum outcome found = tree_by_code(&req->ask, code, arena_text(req->ask.arena, day_of(req->ask.now).text), &unit);

	if (found == OK)
		TRY(access_may_on(&req->ask, PERMIT_AUDIT_READ, unit.id, &may));
	if (may)
		return add_unit(req, unit.id, units, f);
	problem(req->ask.problems, "unit", unit_code_unknown(req->ask.arena, code));
	return found == FAILED ? FAILED : OK;
}

/* A problem beside its field for what is not there. */
static OUTCOME filter_of(struct request *req, const struct asked *asked, struct audit_filter *f)
{
	int64_t *units = ARENA_ARRAY(req->ask.arena, int64_t, req->ask.actor->n_grants + 2);
	struct account account;
	enum outcome found;

	*f = (struct audit_filter){ .units = { 0, units }, .is_narrow = true, .person_id = asked->person,
		.action = asked->action >= 0 ? audit_actions.at[asked->action].code : "", .from = day_start(asked->from),
		.until = day_start(day_add(asked->until, 1).text) };
	TRY(*asked->unit ? asked_unit(req, asked->unit, units, f) : own_units(req, units, f));
	if (!*asked->actor)
		return OK;
	found = account_by_login(&req->ask, asked->actor, &account);
	if (found == NOT_FOUND)
		problem(req->ask.problems, "actor",
			"Không có tài khoản mang tên đăng nhập này. Xem lại ở trang Người phụ trách.");
	else
		TRY(found);
	f->account_id = found == OK ? account.id : 0;
	return OK;
}

/* ---- the page ---- */

static struct url with_filter(struct arena *a, struct url url, const struct asked *asked)
{
	if (*asked->unit)
		url = url_query(a, url, "unit", asked->unit);
	if (*asked->actor)
		url = url_query(a, url, "actor", asked->actor);
	if (asked->person)
		url = url_query_int(a, url, "person", (long long)asked->person);
	if (asked->action >= 0)
		url = url_query(a, url, "action", audit_actions.at[asked->action].code);
	return url_query(a, url_query(a, url, "from", asked->from), "until", asked->until);
}

static void fill_lines(struct request *req, const struct audit_list *rows, struct journal_page *view)
{
	struct arena *a = req->ask.arena;
	struct journal_line *lines = ARENA_ARRAY(a, struct journal_line, rows->n);

	for (size_t i = 0; i < rows->n; i++) {
		const struct audit_row *r = &rows->at[i];

		lines[i] = (struct journal_line){ format_moment(a, r->at), *r->actor ? r->actor : "Người chưa đăng nhập",
			audit_action_label(r->action), *r->unit ? r->unit : "Toàn hệ thống", audit_words(a, r->old, r->new,
				access_term),
				r->reason,
			r->unit_id ? url_own(a, "/don-vi/%lld", (long long)r->unit_id) : URL_NONE };
	}
	view->lines = lines;
	view->n_lines = rows->n;
}

static void fill_form(struct request *req, const struct asked *asked, struct journal_page *view)
{
	struct field *fields = (struct field *)&view->form;

	request_form(req, &journal_form_def, NULL, &view->form);
	for (size_t i = 0; i < journal_form_def.n; i++)
		fields[i].optional = false;              /* in a filter everything is: no need to say so */
	if (!*view->form.from.value)
		view->form.from.value = format_date(req->ask.arena, asked->from);
	if (!*view->form.until.value)
		view->form.until.value = format_date(req->ask.arena, asked->until);
}

static enum outcome journal_show(struct request *req)
{
	const struct journal_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 4 * MiB);
	struct journal_page view = { .heading = "Nhật ký", .pager = { .text = "" },
		.empty = { .title = "Không có dòng nào", .text = "Nới rộng khoảng ngày, hoặc bỏ bớt điều kiện lọc." } };
	struct asked asked = asked_of(req, form->unit, form->actor, form->person, form->action, form->from, form->until);
	struct audit_row before = { .at = form->before_at, .id = form->before_id };
	struct audit_list rows = { 0 };
	struct audit_filter filter;

	if (problems_none(req->ask.problems))
		TRY(filter_of(req, &asked, &filter));
	if (problems_none(req->ask.problems))
		TRY(audit_search(&req->ask, &filter, form->before_id ? &before : NULL, &rows));
	access_page(req, &view.page, "Nhật ký");
	fill_form(req, &asked, &view);
	fill_lines(req, &rows, &view);
	if (form->before_id)
		view.pager.first = with_filter(a, URL("/nhat-ky"), &asked);
	if (rows.n == AUDIT_PAGE)
		view.pager.next = url_query_int(a, url_query_int(a, with_filter(a, URL("/nhat-ky"), &asked), "before_at",
			(long long)rows.at[rows.n - 1].at), "before_id", (long long)rows.at[rows.n - 1].id);
	journal_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- the file: taking it is written down first ---- */

static const char *about_words(struct arena *a, const struct asked *asked)
{
	return arena_format(a, "Từ ngày %s đến hết ngày %s", format_date(a, asked->from), format_date(a, asked->until));
}

static enum outcome journal_post(struct request *req)
{
	const struct journal_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct asked asked = asked_of(req, form->unit, form->actor, form->person, form->action, form->from, form->until);
	struct audit_filter filter;

	TRY(filter_of(req, &asked, &filter));
	if (!problems_none(req->ask.problems))
		return INVALID;
	TRY(audit_add(&req->ask, &(struct audit_entry){ .action = AUDIT_EXPORTED, .subject = "journal",
		.person_id = asked.person, .unit_id = filter.units.n ? filter.units.at[0] : 0,
		.new = audit_json(a, "what", "Nhật ký", "filter", with_filter(a, URL("/nhat-ky"), &asked).text, NULL) }));
	return taking_redirect(req, with_filter(a, URL("/nhat-ky/tep"), &asked));
}

static enum outcome journal_file(struct request *req)
{
	const struct journal_file_form *form = req->form;
	struct buf file = BUF(req->ask.arena, .max = 16 * MiB);
	struct asked asked = asked_of(req, form->unit, form->actor, form->person, form->action, form->from, form->until);
	struct audit_filter filter;

	TRY(taking_was_noted(req));
	TRY(filter_of(req, &asked, &filter));
	if (!problems_none(req->ask.problems))
		return INVALID;
	TRY(document_render(journal_paper(&req->ask, &filter, about_words(req->ask.arena, &asked)), DOCUMENT_XLSX,
		sink_buf(&file)));
	return respond_file(req, document_format_type(DOCUMENT_XLSX), arena_format(req->ask.arena, "Nhật ký %s.xlsx",
		asked.until),
		buf_bytes(&file), false);
}

static const struct route routes[] = {
	GET(WORK, "/nhat-ky", PERMIT_AUDIT_READ, SEES_NOBODY, journal_form, journal_show, .again = journal_show)
	POST(WRITE, "/nhat-ky/tai", PERMIT_AUDIT_READ, SEES_NOBODY, journal_form, NO_PREPARE, journal_post, .again = journal_show)
	GET(WORK, "/nhat-ky/tep", PERMIT_AUDIT_READ, SEES_NOBODY, journal_file_form, journal_file)
};
const struct route_table journal_table = ROUTES(routes);
