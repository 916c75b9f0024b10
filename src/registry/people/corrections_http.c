/* A person's own data and what they ask to be put right; the officer's answers. */
#include <string.h>

#include "base/day.h"
#include "corrections_list_html.h"
#include "own_data_html.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/people/corrections.h"
#include "registry/people/people_http.h"
#include "registry/people/people_page.h"
#include "text/format.h"

FORM_DEFINE(correction_form, CORRECTION_FORM)
FORM_DEFINE(answer_form, ANSWER_FORM)

enum { ANSWER_ACCEPT, ANSWER_REFUSE };
const struct choices correction_answers = CHOICES({ "nhan", "Đồng ý" }, { "khong", "Không sửa" });

static const char *shown(struct arena *a, const struct correction_change *c, const char *value)
{
	const char *text = value;

	if (!strcmp(c->field, "birth"))
		text = format_date(a, value);
	else if (!strcmp(c->field, "sex"))
		text = sex_label((enum sex)(*value - '0'));
	else if (!strcmp(c->field, "group"))
		text = person_group_label(value);
	else if (!strcmp(c->field, "phone"))
		text = format_phone(a, value);
	return *text ? text : "(trống)";
}

static struct correction_line line_of(struct arena *a, const struct correction *c)
{
	static const char *const states[] = { "chờ chi hội trả lời", "đã sửa", "không sửa" };
	struct change_line *changes = ARENA_ARRAY(a, struct change_line, CORRECTION_FIELDS);

	for (size_t i = 0; i < c->n_changes; i++)
		changes[i] = (struct change_line){ c->changes[i].label, shown(a, &c->changes[i], c->changes[i].now),
			shown(a, &c->changes[i], c->changes[i].asked) };
	return (struct correction_line){ .name = c->name, .leaf = c->leaf_name, .asked = format_moment(a, c->asked_at),
		.note = c->note,
		.version = arena_format(a, "%lld", (long long)c->version), .state = states[c->state],
		.answer_note = c->answer_note, .typed = "", .error = "",
		.note_id = arena_format(a, "note-%lld", (long long)c->id), .changes = changes, .n_changes = c->n_changes,
		.href = person_url(a, c->person_id, ""),
		.action = url_own(a, "/de-nghi-sua/%lld/%lld", (long long)c->person_id, (long long)c->id) };
}

static struct correction_line *lines_of(struct arena *a, struct correction_list list)
{
	struct correction_line *lines = ARENA_ARRAY(a, struct correction_line, list.n);

	for (size_t i = 0; i < list.n; i++)
		lines[i] = line_of(a, &list.at[i]);
	return lines;
}

/* ---- officers ---- */

/* The answer that was just sent and not taken, back in its place. */
static void show_typed(struct request *req, const struct correction_list *list, struct correction_line *lines)
{
	const struct answer_form *form = req->form;
	struct answer_form_view view;

	request_form(req, &answer_form_def, NULL, &view);
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].id == form->correction) {
			lines[i].typed = view.note.value;
			lines[i].error = *view.note.error ? view.note.error : view.answer.error;
		}
}

static enum outcome corrections_show(struct request *req)
{
	int64_t unit_id = req->is_post ? 0 : ((const struct people_form *)req->form)->unit;
	struct buf page = BUF(req->ask.arena, .max = 1 * MiB);
	struct corrections_page view = { .heading = "Chưa có đề nghị sửa nào" };
	struct correction_list list;
	struct correction_line *lines;

	if (!unit_id)
		TRY(access_home(&req->ask, PERMIT_PERSON_EDIT, &unit_id));
	TRY(correction_list_open(&req->ask, unit_id, &list));
	if (list.n)
		request_lists(req, unit_id, "Đề nghị sửa");
	lines = lines_of(req->ask.arena, list);
	if (req->is_post)
		show_typed(req, &list, lines);
	view.corrections = lines;
	view.n_corrections = list.n;
	if (list.n)
		view.heading = arena_format(req->ask.arena, "%s%zu đề nghị sửa chờ trả lời", list.n == 100 ? "Từ " : "", list.n);
	view.empty = (struct empty){ .title = "Không còn gì chờ trả lời",
		.text = "Người dân xem và xin sửa ở trang Thông tin của bạn." };
	access_page(req, &view.page, view.heading);
	TRY(people_crumbs(req, &view.page, unit_id, "Đề nghị sửa"));
	corrections_list_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome answer_post(struct request *req)
{
	const struct answer_form *form = req->form;

	TRY(correction_answer(&req->ask, form->person, form->correction, form->version, form->answer == ANSWER_ACCEPT,
		form->note));
	return redirect_see_other(req, URL("/de-nghi-sua"));
}

/* ---- the person ---- */

static int group_index(const char *code)
{
	for (size_t i = 0; i < person_groups.n; i++)
		if (!strcmp(person_groups.at[i].code, code))
			return (int)i;
	return -1;
}

static OUTCOME own_person(struct request *req, struct person *out)
{
	int64_t id = req->ask.actor ? req->ask.actor->person_id : 0;

	return id ? person_get(&req->ask, id, out) : NOT_FOUND;
}

static enum outcome own_show(struct request *req)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 1 * MiB);
	struct own_data_page view = { .may_ask = true };
	struct correction_form stored;
	struct correction_list list;
	struct person p;

	TRY(own_person(req, &p));
	TRY(person_facts(req, &p, &view.facts));
	TRY(correction_list_of(&req->ask, p.id, &list));
	view.corrections = lines_of(a, list);
	view.n_corrections = list.n;
	for (size_t i = 0; i < list.n; i++)
		view.may_ask &= list.at[i].state != CORRECTION_OPEN;
	view.may_ask = p.condition == PERSON_ACTIVE && (view.may_ask || req->is_post);
	stored = (struct correction_form){ .name = p.name, .birth = p.birth, .sex = (int)p.sex - 1, .group = group_index(p.group),
		.phone = p.phone,
		.address = p.address, .household = p.household, .clan = p.clan, .note = "" };
	request_form(req, &correction_form_def, &stored, &view.form);
	access_page(req, &view.page, "Thông tin của bạn");
	page_crumbs(&view.page, a, (const struct link[]){ { "Trang của bạn", URL("/toi"), false } }, 1, "Thông tin");
	own_data_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome own_post(struct request *req)
{
	const struct correction_form *form = req->form;
	struct person_new wanted;
	struct person p;
	int64_t id;

	TRY(own_person(req, &p));
	wanted = person_as_new(&p);
	wanted.name = form->name;
	wanted.birth = form->birth;
	wanted.sex = (enum sex)(form->sex + 1);
	wanted.group = form->group < 0 ? "" : person_groups.at[form->group].code;
	wanted.phone = form->phone;
	wanted.address = form->address;
	wanted.household = form->household;
	wanted.clan = form->clan;
	TRY(correction_ask(&req->ask, p.id, &wanted, form->note, &id));
	return redirect_see_other(req, URL("/toi/thong-tin"));
}

static const struct route routes[] = {
	GET(READ, "/de-nghi-sua", PERMIT_PERSON_EDIT, SEES_NOBODY, people_form, corrections_show)
	POST(WRITE, "/de-nghi-sua/{person}/{correction}", PERMIT_PERSON_EDIT, SEES_NOBODY, answer_form, NO_PREPARE, answer_post,
		.again = corrections_show, .rules = answer_post)
	GET(READ, "/toi/thong-tin", PERMIT_SHEET_OWN, SEES_NOBODY, no_form, own_show)
	POST(WRITE, "/toi/thong-tin", PERMIT_SHEET_OWN, SEES_NOBODY, correction_form, NO_PREPARE, own_post, .again = own_show,
		.rules = own_post)
};
const struct route_table corrections_table = ROUTES(routes);
