/* Pages of criteria: everybody reads them; the province's association brings in a new one and publishes it. */
#include "title/criteria/criteria_http.h"

#include <string.h>

#include "base/day.h"
#include "criteria_group_html.h"
#include "criteria_import_html.h"
#include "criteria_index_html.h"
#include "criteria_page_html.h"
#include "html/page.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/audit/audit.h"
#include "text/format.h"
#include "title/criteria/criteria.h"
#include "title/criteria/criteria_view.h"

FORM_DEFINE(criteria_path_form, CRITERIA_PATH_FORM)
FORM_DEFINE(criteria_group_form, CRITERIA_GROUP_FORM)
FORM_DEFINE(criteria_import_form, CRITERIA_IMPORT_FORM)
FORM_DEFINE(criteria_publish_form, CRITERIA_PUBLISH_FORM)

static struct url criteria_url(struct arena *a, int64_t id)
{
	return url_own(a, "/tieu-chi/%lld", (long long)id);
}

/* Codes of groups are letters, digits and _: they may stand in an address as they are. */
static struct url group_url(struct arena *a, const struct criteria *c, size_t group)
{
	return url_own(a, "/tieu-chi/%lld/%s", (long long)c->id, c->groups[group].code);
}

static const char *number(struct arena *a, int n) { return arena_format(a, "%d", n); }

static const struct criteria_text *texts(struct arena *a, const char *const *from, size_t n)
{
	struct criteria_text *to = ARENA_ARRAY(a, struct criteria_text, n);

	for (size_t i = 0; i < n; i++)
		to[i].text = from[i];
	return to;
}

static const char *state_words(struct arena *a, int64_t published_at)
{
	if (!published_at)
		return "bản nháp, chưa công bố";
	return arena_format(a, "công bố ngày %s", format_date(a, arena_text(a, day_of(published_at).text)));
}

/* ---- list ---- */

static enum outcome criteria_index(struct request *req)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct criteria_index view = { .may_edit = access_may(req->ask.actor, PERMIT_CRITERIA_EDIT) };
	struct link links[] = { { "Trang đầu", URL("/"), false } };
	struct criteria_list list;
	struct criteria_item *items;

	TRY(criteria_list(&req->ask, &list));
	access_page(req, &view.page, "Bộ tiêu chí Công dân học tập");
	page_crumbs(&view.page, a, links, COUNT(links), "Tiêu chí");
	items = ARENA_ARRAY(a, struct criteria_item, list.n);
	for (size_t i = 0; i < list.n; i++) {
		const struct criteria_line *c = &list.at[i];

		if (!c->published_at && !view.may_edit)
			continue;
		items[view.n_items++] = (struct criteria_item){ c->title, c->release, state_words(a, c->published_at), criteria_url(a, c->id) };
	}
	view.items = items;
	view.lead = "Phiếu của mỗi năm giữ bộ tiêu chí của năm đó, về sau không đổi.";
	view.empty = (struct empty){ .title = "Chưa công bố bộ tiêu chí nào", .text = "Hội Khuyến học tỉnh sẽ công bố ở đây." };
	criteria_index_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- one framework ---- */

/* A draft is for who may edit it: for others there is none. */
static OUTCOME read_criteria(struct request *req, int64_t id, const struct criteria **out)
{
	TRY(criteria_get(&req->ask, id, out));
	return (*out)->published_at || access_may(req->ask.actor, PERMIT_CRITERIA_EDIT) ? OK : NOT_FOUND;
}

static void fill_sections(struct arena *a, const struct criteria *c, struct criteria_page *view)
{
	struct criteria_section *sections = ARENA_ARRAY(a, struct criteria_section, c->n_competences);
	struct criteria_indicator_item *items = ARENA_ARRAY(a, struct criteria_indicator_item, c->n_indicators);

	for (size_t i = 0; i < c->n_competences; i++)
		sections[i] = (struct criteria_section){ .title = arena_format(a, "%s. %s", c->competences[i].code, c->competences[i].title),
			.words = c->competences[i].words };
	for (size_t i = 0; i < c->n_indicators; i++) {
		const struct criteria_indicator *x = &c->indicators[i];
		struct criteria_section *s = &sections[x->competence];

		items[i] = (struct criteria_indicator_item){ number(a, x->number), x->title, arena_format(a, "Tối đa %d điểm", x->max),
			texts(a, x->evidence, x->n_evidence), x->n_evidence };
		if (!s->n_indicators++)
			s->indicators = &items[i];
	}
	view->sections = sections;
	view->n_sections = c->n_competences;
}

static void fill_groups(struct arena *a, const struct criteria *c, const struct criteria_group_item **out, size_t *n)
{
	struct criteria_group_item *groups = ARENA_ARRAY(a, struct criteria_group_item, c->n_groups);

	for (size_t i = 0; i < c->n_groups; i++)
		groups[i] = (struct criteria_group_item){ c->groups[i].title, c->groups[i].who, group_url(a, c, i) };
	*out = groups;
	*n = c->n_groups;
}

static void fill_facts(struct arena *a, const struct criteria *c, struct criteria_page *view)
{
	struct fact *facts = ARENA_ARRAY(a, struct fact, 4);

	facts[0] = (struct fact){ "Bản", c->release, "" };
	facts[1] = (struct fact){ "Tình trạng", state_words(a, c->published_at), "" };
	facts[2] = (struct fact){ "Điều kiện đạt", c->pass_text, "" };
	facts[3] = (struct fact){ "Nguồn", c->status, "" };
	view->facts = (struct facts){ facts, *c->status ? 4 : 3 };
}

static OUTCOME fill_trail(struct request *req, const struct criteria *c, struct criteria_page *view)
{
	struct audit_list rows;
	struct trail_item *items;

	if (!access_may(req->ask.actor, PERMIT_CRITERIA_EDIT))
		return OK;
	TRY(audit_of_subject(&req->ask, "criteria", c->id, &rows));
	items = ARENA_ARRAY(req->ask.arena, struct trail_item, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		items[i] = (struct trail_item){ audit_action_label(rows.at[i].action), rows.at[i].actor, "",
			format_moment(req->ask.arena, rows.at[i].at), false };
	view->trail = (struct trail){ items, rows.n };
	return OK;
}

static enum outcome show(struct request *req, int64_t id)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 1 * MiB);
	struct link links[] = { { "Tiêu chí", URL("/tieu-chi"), false } };
	struct criteria_page view = { 0 };
	const struct criteria *c;

	TRY(read_criteria(req, id, &c));
	access_page(req, &view.page, c->title);
	page_crumbs(&view.page, a, links, COUNT(links), c->title);
	view.heading = c->title;
	view.status = c->status;
	view.pass_text = c->pass_text;
	view.groups_note = c->groups_note;
	fill_facts(a, c, &view);
	fill_sections(a, c, &view);
	fill_groups(a, c, &view.groups, &view.n_groups);
	view.guide = texts(a, c->guide, view.n_guide = c->n_guide);
	view.basis = texts(a, c->basis, view.n_basis = c->n_basis);
	view.notes = texts(a, c->notes, view.n_notes = c->n_notes);
	view.may_publish = !c->published_at;
	view.publish_href = url_own(a, "/tieu-chi/%lld/cong-bo", (long long)c->id);
	view.version = arena_format(a, "%lld", (long long)c->version);
	TRY(fill_trail(req, c, &view));
	criteria_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome criteria_show(struct request *req)
{
	return show(req, ((const struct criteria_path_form *)req->form)->criteria);
}

/* ---- one group's sheet of questions ---- */

static struct criteria_question question_of(struct arena *a, const struct criteria *c, int group, int indicator)
{
	const struct criteria_variant *v = criteria_variant(c, group, indicator);
	struct criteria_level_item *levels = ARENA_ARRAY(a, struct criteria_level_item, v->n_levels);

	for (size_t i = 0; i < v->n_levels; i++)
		levels[i] = (struct criteria_level_item){ number(a, v->levels[i].points), v->levels[i].words,
			v->levels[i].points == c->each_min };
	return (struct criteria_question){ number(a, indicator), c->indicators[indicator - 1].title, v->question, levels, v->n_levels,
		texts(a, v->examples, v->n_examples), v->n_examples };
}

static void fill_questions(struct arena *a, const struct criteria *c, int group, struct criteria_group_page *view)
{
	struct criteria_group_section *sections = ARENA_ARRAY(a, struct criteria_group_section, c->n_competences);
	struct criteria_question *questions = ARENA_ARRAY(a, struct criteria_question, c->n_indicators);

	for (size_t i = 0; i < c->n_competences; i++)
		sections[i].title = arena_format(a, "%s. %s", c->competences[i].code, c->competences[i].title);
	for (size_t i = 0; i < c->n_indicators; i++) {
		struct criteria_group_section *s = &sections[c->indicators[i].competence];

		questions[i] = question_of(a, c, group, (int)i + 1);
		if (!s->n_questions++)
			s->questions = &questions[i];
	}
	view->sections = sections;
	view->n_sections = c->n_competences;
}

static enum outcome group_show(struct request *req)
{
	const struct criteria_group_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 1 * MiB);
	struct criteria_group_page view = { 0 };
	struct link links[] = { { "Tiêu chí", URL("/tieu-chi"), false }, { "", URL_NONE, false } };
	const struct criteria *c;
	int group;

	TRY(read_criteria(req, form->criteria, &c));
	group = criteria_group_index(c, form->group);
	if (group < 0)
		return NOT_FOUND;
	access_page(req, &view.page, arena_format(a, "Tiêu chí cho %s", c->groups[group].title));
	links[1] = (struct link){ c->title, criteria_url(a, c->id), false };
	page_crumbs(&view.page, a, links, COUNT(links), c->groups[group].title);
	view.heading = arena_format(a, "%zu câu hỏi cho %s", c->n_indicators, c->groups[group].title);
	view.who = c->groups[group].who;
	view.source = arena_format(a, "%s, bản %s, %s.", c->title, c->release, state_words(a, c->published_at));
	view.pass_text = c->pass_text;
	view.between = c->step == 1 ? "Điểm giữa hai mức dùng khi hơn mức dưới mà chưa trọn mức trên." : "";
	fill_questions(a, c, group, &view);
	fill_groups(a, c, &view.others, &view.n_others);
	criteria_group_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- bringing one in ---- */

static enum outcome import_show(struct request *req)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct link links[] = { { "Tiêu chí", URL("/tieu-chi"), false } };
	struct criteria_import_page view;

	access_page(req, &view.page, "Nạp bộ tiêu chí");
	page_crumbs(&view.page, a, links, COUNT(links), "Nạp bộ tiêu chí");
	request_form(req, &criteria_import_form_def, NULL, &view.form);
	criteria_import_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome import_post(struct request *req)
{
	const struct criteria_import_form *form = req->form;
	int64_t id;

	if (form->file.n != 1 || !form->file.at[0].size)
		problem(req->ask.problems, "file", "Chọn một tệp JSON.");
	else if (form->file.at[0].size > (int64_t)form->file.at[0].content.len)
		problem(req->ask.problems, "file", "Tệp nặng quá 2 MB. Kiểm tra lại: bộ tiêu chí thường dưới 300 kB.");
	if (!problems_none(req->ask.problems))
		return INVALID;
	TRY(criteria_import(&req->ask, form->file.at[0].content, &id));
	return redirect_see_other(req, criteria_url(req->ask.arena, id));
}

static enum outcome publish_post(struct request *req)
{
	const struct criteria_publish_form *form = req->form;

	TRY(criteria_publish(&req->ask, form->criteria, form->version));
	return redirect_see_other(req, criteria_url(req->ask.arena, form->criteria));
}

static enum outcome publish_again(struct request *req)
{
	return show(req, ((const struct criteria_publish_form *)req->form)->criteria);
}

const struct route criteria_routes[] = {
	GET(READ, "/tieu-chi", PERMIT_PUBLIC, SEES_NOBODY, no_form, criteria_index)
	GET(READ, "/tieu-chi/nap", PERMIT_CRITERIA_EDIT, SEES_NOBODY, no_form, import_show)
	POST(WRITE, "/tieu-chi/nap", PERMIT_CRITERIA_EDIT, SEES_NOBODY, criteria_import_form, NO_PREPARE, import_post, .again = import_show)
	GET(READ, "/tieu-chi/{criteria}", PERMIT_PUBLIC, SEES_NOBODY, criteria_path_form, criteria_show)
	GET(READ, "/tieu-chi/{criteria}/{group}", PERMIT_PUBLIC, SEES_NOBODY, criteria_group_form, group_show)
	POST(WRITE, "/tieu-chi/{criteria}/cong-bo", PERMIT_CRITERIA_EDIT, SEES_NOBODY, criteria_publish_form, NO_PREPARE, publish_post,
		.again = publish_again)
};
const struct route_table criteria_table = ROUTES(criteria_routes);
