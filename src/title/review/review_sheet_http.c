/* One sheet under review: the person's score and the branch's side by side, with the level's words and the evidence. */
#include "title/review/review_sheet_http.h"

#include <string.h>

#include "registry/access/access_page.h"
#include "review_page_html.h"
#include "text/format.h"
#include "title/evidence/evidence_page.h"
#include "title/review/review.h"
#include "title/review/review_view.h"
#include "title/review/review_page.h"

FORM_DEFINE(sheet_path_form, SHEET_PATH_FORM)
FORM_DEFINE(review_form, REVIEW_FORM)
FORM_DEFINE(return_form, RETURN_FORM)
FORM_DEFINE(told_form, TOLD_FORM)

enum shown { SHOWN_FRESH, SHOWN_REVIEW, SHOWN_RETURN, SHOWN_TOLD };

/* What a page of one sheet is made from. */
struct material {
	struct sheet sheet;
	struct person person;
	const struct criteria *criteria;
	struct evidence_list evidence;
	struct evidence_uses uses;
	struct evidence_twins twins;
	struct sheet_reasons reasons;
};

static OUTCOME gather(struct request *req, struct sheet_key key, struct material *m)
{
	struct ask *ask = &req->ask;

	TRY(sheet_get(ask, key, &m->sheet));
	TRY(access_require(ask, PERMIT_SHEET_REVIEW, m->sheet.leaf_id));
	TRY(person_get(ask, key.person_id, &m->person));
	TRY(criteria_get(ask, m->sheet.criteria_id, &m->criteria));
	TRY(evidence_of_person(ask, key.person_id, &m->evidence));
	TRY(evidence_of_round(ask, key.person_id, key.round_id, &m->uses));
	TRY(evidence_twins(ask, key.person_id, &m->twins));
	return sheet_reasons(ask, key, &m->reasons);
}

/* ---- an indicator ---- */

/* The words of the level reached: "…; hơn mức 8, chưa trọn mức 10." between two. */
static const char *level_words(struct arena *a, const struct criteria_variant *v, struct maybe score)
{
	const struct criteria_level *reached = NULL, *above = NULL;

	if (!score.is)
		return "Chưa chấm.";
	for (size_t i = 0; i < v->n_levels; i++) {
		if (v->levels[i].points <= score.value)
			reached = &v->levels[i];
		else if (!above)
			above = &v->levels[i];
	}
	if (!reached)
		return "";
	if (reached->points == score.value || !above)
		return reached->words;
	return arena_format(a, "%s Hơn mức %d, chưa trọn mức %d.", reached->words, reached->points, above->points);
}

static const struct evidence *evidence_with(const struct material *m, int64_t id)
{
	for (size_t i = 0; i < m->evidence.n; i++)
		if (m->evidence.at[i].id == id)
			return &m->evidence.at[i];
	return NULL;
}

static bool has_twin(const struct material *m, int64_t id)
{
	for (size_t i = 0; i < m->twins.n; i++)
		if (m->twins.at[i].evidence_id == id)
			return true;
	return false;
}

static void add_evidence(struct arena *a, const struct material *m, int number, struct review_indicator *out)
{
	struct review_thumb *thumbs = ARENA_ARRAY(a, struct review_thumb, m->uses.n);
	struct review_statement *statements = ARENA_ARRAY(a, struct review_statement, m->uses.n);

	for (size_t i = 0; i < m->uses.n; i++) {
		const struct evidence *e = m->uses.at[i].indicator == number ? evidence_with(m, m->uses.at[i].evidence_id) : NULL;

		if (!e)
			continue;
		if (e->medium == EVIDENCE_STATEMENT)
			statements[out->n_statements++] = (struct review_statement){ e->words };
		else
			thumbs[out->n_thumbs++] = (struct review_thumb){ evidence_url(a, e->person_id, e->id),
				e->medium == EVIDENCE_PHOTO
				? evidence_thumb_url(a, e->person_id, e->id) : URL_NONE, arena_format(a, "%s%s",
					e->medium == EVIDENCE_PDF
				? "Tệp PDF " : "Ảnh ", e->name) };
		if (has_twin(m, e->id))
			out->twin = "Tệp này cũng là minh chứng của một người khác: xem kỹ trước khi chấm.";
	}
	out->thumbs = thumbs;
	out->statements = statements;
	if (!out->n_thumbs && !out->n_statements)
		out->note = "Chưa có minh chứng.";
}

static const char *points(struct arena *a, struct maybe score)
{
	return score.is ? arena_format(a, "%lld", (long long)score.value) : "";
}

static void fill_indicator(struct request *req, const struct material *m, const struct review_page *view, size_t i,
	struct review_indicator *out)
{
	struct arena *a = req->ask.arena;
	const struct criteria *c = m->criteria;
	const struct criteria_indicator *in = &c->indicators[i];
	int group = criteria_group_index(c, m->sheet.group), number = in->number;
	bool first = !i || c->indicators[i - 1].competence != in->competence, changed;
	const struct field *score = &view->form.score, *reason = &view->form.reason;
	const struct criteria_competence *competence = &c->competences[in->competence];

	changed = strcmp(score->values[i], points(a, m->sheet.self.at[i])) != 0;
	*out = (struct review_indicator){ .id = arena_format(a, "cs%d", number), .number = arena_format(a, "%zu", i + 1),
		.self_points = points(a, m->sheet.self.at[i]), .competence = first
		? arena_format(a, "%s. %s", competence->code, competence->title) : "", .heading = arena_format(a, "%d. %s",
			number, in->short_title),
		.words = group < 0 ? "" : level_words(a, criteria_variant(c, group, number), m->sheet.self.at[i]), .note = "",
		.twin = "",
		.css = changed ? "govuk-input score-input is-changed" : "govuk-input score-input", .self = m->sheet.self.at[i].is
		? points(a, m->sheet.self.at[i]) : "chưa chấm", .score_name = view->may_review ? arena_format(a, "score_%d",
			number) : "",
		.score = score->values[i], .score_error = score->errors[i], .score_error_id = arena_format(a, "score_%d-loi",
		number),
		.reason_name = arena_format(a, "reason_%d", number), .reason = reason->values[i],
		.reason_error = reason->errors[i],
		.reason_error_id = arena_format(a, "reason_%d-loi", number), .reason_label = arena_format(a,
		"Lý do, nếu sửa chỉ số %d", number),
		.reason_open = *reason->errors[i] || *score->errors[i] };
	add_evidence(a, m, number, out);
}

/* ---- the page ---- */

static const char *last_title(struct arena *a, const struct sheet_list *sheets, int64_t round_id)
{
	for (size_t i = 0; i < sheets->n; i++)
		if (sheets->at[i].key.round_id < round_id)
			return arena_format(a, " · năm %lld: %s, %lld điểm", (long long)sheets->at[i].key.round_id,
				unit_in_sentence(a, sheet_state_words(sheets->at[i].state)),
				(long long)scores_total(sheet_scores(&sheets->at[i])));
	return "";
}

static OUTCOME fill_head(struct request *req, const struct material *m, struct review_page *view)
{
	struct arena *a = req->ask.arena;
	const struct sheet *s = &m->sheet;
	struct sheet_list sheets;

	TRY(sheets_of_person(&req->ask, s->key.person_id, &sheets));
	view->heading = arena_format(a, "%s, %d", m->person.name, day_year(m->person.birth));
	view->state = state_mark(sheet_state_code(s->state));
	view->about = arena_format(a, "%s · mã phiếu %s%s%s", unit_in_sentence(a, person_group_label(s->group)), s->code,
		s->submitted_at ? arena_format(a, " · nộp %s", format_moment(a, s->submitted_at)) : "", last_title(a, &sheets,
		s->key.round_id));
	view->helped = s->assisted || *s->helper ? arena_format(a, "Viết giúp: %s. Đồng ý: %s.", s->helper, s->consent) : "";
	view->remark = s->remark;
	view->returned = s->state != SHEET_RETURNED ? "" : arena_format(a, "Đã trả lại để bổ sung đến ngày %s: “%s”. %s",
		format_date(a, s->due_day), s->state_reason, *s->told_on ? arena_format(a, "Đã báo ngày %s.", format_date(a,
		s->told_on))
		: "Chưa ghi ngày báo cho người có phiếu.");
	return OK;
}

static void fill_totals(struct arena *a, const struct material *m, struct review_page *view)
{
	const struct criteria *c = m->criteria;
	const struct scores *agreed = review_before(&m->sheet);

	view->self_line = arena_format(a, "Tự chấm: %lld, %s", (long long)scores_total(&m->sheet.self),
		unit_in_sentence(a, verdict_of(a, m->sheet.self.at, c->n_indicators, c->total_min, c->each_min).text));
	view->agreed_sum = arena_format(a, "%lld", (long long)scores_total(agreed));
	view->agreed = verdict_of(a, agreed->at, c->n_indicators, c->total_min, c->each_min);
	view->is_unsaved = !m->sheet.reviewed.n;
	view->pass_sum = c->total_min;
	view->least = c->each_min;
	view->rule = arena_format(a, "Đạt khi tổng từ %d và không chỉ số nào dưới %d.", c->total_min, c->each_min);
	view->self_strip = strip_of(a, "Điểm tự chấm", m->sheet.self.at, NULL, c->n_indicators, 0, c->each_min);
	view->agreed_strip = strip_of(a, "Điểm xét", agreed->at, m->sheet.self.at, c->n_indicators, 0, c->each_min);
}

static void fill_changes(struct arena *a, const struct material *m, struct review_page *view)
{
	struct change *items = ARENA_ARRAY(a, struct change, m->reasons.n);

	for (size_t i = 0; i < m->reasons.n; i++) {
		const struct sheet_reason *r = &m->reasons.at[i];

		items[i] = (struct change){ arena_format(a, "%lld", (long long)r->was), arena_format(a, "%lld",
			(long long)r->became),
			arena_format(a, "Chỉ số %d", r->indicator), r->reason, arena_format(a, "%s, %s", r->actor,
			format_moment(a, r->at)) };
	}
	view->changes = (struct changes){ items, m->reasons.n };
}

static void fill_forms(struct request *req, const struct material *m, enum shown shown, struct review_page *view)
{
	struct arena *a = req->ask.arena;
	struct review_form stored = { .person = m->sheet.key.person_id, .round = m->sheet.key.round_id,
		.version = m->sheet.version };
	const struct scores *scores = review_before(&m->sheet);
	struct return_form back = { .version = m->sheet.version, .reason = "", .told_on = "", .due_day = arena_text(a,
		day_add(day_of(req->ask.now).text,
		7).text) };
	struct told_form told = { .version = m->sheet.version, .told_on = arena_text(a, day_of(req->ask.now).text) };

	stored.score.n = (size_t)scores->n;
	memcpy(stored.score.at, scores->at, sizeof stored.score.at);
	for (size_t i = 0; i < FORM_LIST; i++)
		stored.reason.at[i] = "";
	/* each shows what was typed only where it was the one sent */
	request_form(req, &review_form_def, &stored, &view->form);
	request_form(req, &return_form_def, &back, &view->return_form);
	request_form(req, &told_form_def, &told, &view->told_form);
	view->return_open = shown == SHOWN_RETURN;
	view->version = shown == SHOWN_RETURN ? view->return_form.version.value : shown == SHOWN_TOLD
		? view->told_form.version.value : view->form.version.value;
}

/* What may be done is asked on the side: on a page that only shows, it is no error. */
static OUTCOME fill_may(struct request *req, const struct material *m, struct review_page *view)
{
	struct problems said = PROBLEMS(req->ask.arena);
	struct ask silent = req->ask;

	silent.problems = &said;
	TRY(review_may(&silent, &m->sheet, &view->may_review));
	view->may_return = view->may_review;
	view->may_tell = m->sheet.state == SHEET_RETURNED && !*m->sheet.told_on;
	view->why_not = view->may_review || m->sheet.state == SHEET_RETURNED ? "" : problem_of(&said, "");
	return OK;
}

static void fill_links(struct arena *a, const struct sheet *s, struct review_page *view)
{
	long long person = (long long)s->key.person_id, round = (long long)s->key.round_id;

	view->action = url_own(a, "/xet/%lld/%lld", person, round);
	view->return_action = url_own(a, "/xet/%lld/%lld/tra-lai", person, round);
	view->told_action = url_own(a, "/xet/%lld/%lld/da-bao", person, round);
	view->later = url_query_int(a, url_query_int(a, url_query_int(a, URL("/xet"), "unit", (long long)s->leaf_id), "luc",
		(long long)s->submitted_at), "sau", person);
}

static OUTCOME sheet_page(struct request *req, struct sheet_key key, enum shown shown)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 2 * MiB);
	struct review_page view = { 0 };
	struct review_indicator *indicators;
	struct material m;
	struct round round;
	struct unit leaf;

	TRY(gather(req, key, &m));
	TRY(round_get(&req->ask, key.round_id, &round));
	TRY(tree_get_last(&req->ask, m.sheet.leaf_id, &leaf));
	access_page(req, &view.page, m.person.name);
	TRY(work_context(req, &view.page, &leaf, &round, STAGE_REVIEW, "/xet"));
	page_crumbs(&view.page, a, &(struct link){ "Xét phiếu", url_query_int(a, URL("/xet"), "unit", (long long)leaf.id),
		false }, 1,
		m.person.name);
	TRY(fill_may(req, &m, &view));
	TRY(fill_head(req, &m, &view));
	fill_forms(req, &m, shown, &view);
	fill_totals(a, &m, &view);
	fill_changes(a, &m, &view);
	fill_links(a, &m.sheet, &view);
	indicators = ARENA_ARRAY(a, struct review_indicator, m.criteria->n_indicators);
	for (size_t i = 0; i < m.criteria->n_indicators; i++)
		fill_indicator(req, &m, &view, i, &indicators[i]);
	view.indicators = indicators;
	view.n_indicators = m.criteria->n_indicators;
	review_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

enum outcome review_sheet_show(struct request *req)
{
	const struct sheet_path_form *form = req->form;

	return sheet_page(req, (struct sheet_key){ form->person, form->round }, SHOWN_FRESH);
}

enum outcome review_sheet_again(struct request *req)
{
	const struct review_form *form = req->form;

	return sheet_page(req, (struct sheet_key){ form->person, form->round }, SHOWN_REVIEW);
}

enum outcome review_return_again(struct request *req)
{
	const struct return_form *form = req->form;

	return sheet_page(req, (struct sheet_key){ form->person, form->round }, SHOWN_RETURN);
}

enum outcome review_told_again(struct request *req)
{
	const struct told_form *form = req->form;

	return sheet_page(req, (struct sheet_key){ form->person, form->round }, SHOWN_TOLD);
}

/* ---- changes ---- */

/* The sheet that waits next in the same branch, or the queue when none does (a check, an officer's own sheet). */
static OUTCOME go_on(struct request *req, const struct sheet *done, bool was_waiting)
{
	struct arena *a = req->ask.arena;
	struct review_line at = { .submitted_at = done->submitted_at, .person_id = done->key.person_id };
	struct review_lines next = { 0 };

	if (was_waiting)
		TRY(review_queue(&req->ask, done->key.round_id, done->leaf_id, &at, &next));
	if (was_waiting && !next.n)
		TRY(review_queue(&req->ask, done->key.round_id, done->leaf_id, NULL, &next));
	for (size_t i = 0; i < next.n; i++)
		if (next.at[i].person_id != req->ask.actor->person_id)
			return redirect_see_other(req, url_own(a, "/xet/%lld/%lld", (long long)next.at[i].person_id,
				(long long)done->key.round_id));
	return redirect_see_other(req, URL("/xet"));
}

enum outcome review_sheet_post(struct request *req)
{
	const struct review_form *form = req->form;
	struct sheet_key key = { form->person, form->round };
	struct scores scores = { .n = (int)form->score.n };
	struct sheet sheet;

	memcpy(scores.at, form->score.at, sizeof scores.at);
	TRY(sheet_get(&req->ask, key, &sheet));
	TRY(review_save(&req->ask, key, form->version, &scores, form->reason.at));
	return go_on(req, &sheet, sheet.state == SHEET_SUBMITTED);
}

enum outcome review_return_post(struct request *req)
{
	const struct return_form *form = req->form;
	struct sheet_key key = { form->person, form->round };
	struct sheet sheet;

	TRY(sheet_get(&req->ask, key, &sheet));
	TRY(review_return(&req->ask, key, form->version, form->reason, form->due_day, form->told_on));
	return go_on(req, &sheet, sheet.state == SHEET_SUBMITTED);
}

enum outcome review_told_post(struct request *req)
{
	const struct told_form *form = req->form;

	TRY(review_told(&req->ask, (struct sheet_key){ form->person, form->round }, form->version, form->told_on));
	return redirect_see_other(req, url_own(req->ask.arena, "/xet/%lld/%lld", (long long)form->person,
		(long long)form->round));
}
