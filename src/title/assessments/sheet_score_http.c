/* Registering, and scoring one indicator a page. */
#include <string.h>

#include "base/day.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "sheet_register_html.h"
#include "sheet_score_html.h"
#include "text/text.h"
#include "title/assessments/assessments_messages.h"
#include "title/assessments/sheet_place_http.h"
#include "title/assessments/sheet_words_http.h"

FORM_DEFINE(sheet_register_form, SHEET_REGISTER_FORM)
FORM_DEFINE(sheet_score_path_form, SHEET_SCORE_PATH_FORM)
FORM_DEFINE(sheet_score_form, SHEET_SCORE_FORM)

enum { THEN_NEXT, THEN_LATER, THEN_EVIDENCE };
const struct choices score_then = CHOICES({"tiep", "Sang chỉ số sau"}, {"de-sau", "Để sau"}, {"minh-chung", "Thêm minh chứng"});

/* ---- registering ---- */

static const struct field_option *group_options(struct request *req, const struct criteria *c, const char *chosen)
{
	struct field_option *options = ARENA_ARRAY(req->ask.arena, struct field_option, c->n_groups);

	for (size_t i = 0; i < c->n_groups; i++)
		options[i] = (struct field_option){c->groups[i].code, c->groups[i].title, c->groups[i].who,
			!strcmp(c->groups[i].code, chosen)};
	return options;
}

static const char *wish(struct request *req, const char *wishes, size_t i)
{
	struct words lines = text_split(req->ask.arena, wishes, '\n');

	return i < lines.n ? lines.at[i] : "";
}

static struct sheet_register_form stored(struct request *req, const struct sheet_place *p)
{
	const struct sheet *s = &p->sheet;

	return (struct sheet_register_form){ .version = s->version, .group = p->has_sheet ? s->group : p->person.group,
		.wish_1 = wish(req, s->wishes, 0), .wish_2 = wish(req, s->wishes, 1), .wish_3 = wish(req, s->wishes, 2),
		.guardian = *s->guardian ? s->guardian : p->person.guardian, .no_posting = s->no_posting, .helper = s->helper,
		.consent = s->consent };
}

static bool asks_guardian(const struct sheet_place *p)
{
	return day_age_at_end(p->person.birth, p->round.year) < PERSON_ADULT;
}

enum outcome sheet_register_show(struct request *req)
{
	const struct sheet_at_form *path = req->form;        /* sheet_register_form begins with the same fields */
	struct buf page = BUF(req->ask.arena);
	struct sheet_register_page view = { 0 };
	struct sheet_place p;
	struct sheet_register_form values;

	TRY(sheet_place(req, path->person, path->round, true, false, &p));
	values = stored(req, &p);
	sheet_top(req, &p, "dang-ky",
		p.has_sheet ? "Sửa đăng ký" : arena_format(req->ask.arena, "Đăng ký Công dân học tập năm %d", p.round.year),
		&view.at);
	request_form(req, &sheet_register_form_def, &values, &view.form);
	view.at.version = view.form.version.value;
	if (!p.has_sheet)
		TRY(sheet_say_closed(req, &p, &view.at));
	view.form.group.options = group_options(req, p.criteria, view.form.group.value);
	view.form.group.n_options = p.criteria->n_groups;
	/* the page says itself what may be left empty */
	view.form.group.optional = view.form.guardian.optional = false;
	view.form.wish_1.optional = view.form.wish_2.optional = view.form.wish_3.optional = false;
	view.help = sheet_help_view(&p, view.form.helper, view.form.consent);
	view.asks_guardian = asks_guardian(&p) || *view.form.guardian.error;
	view.asks_consent = p.is_own && !p.has_sheet;
	view.wishes_legend = arena_format(req->ask.arena, "Năm nay %s muốn học điều gì (không bắt buộc)", p.who);
	view.button = p.has_sheet ? "Lưu đăng ký" : "Đăng ký";
	sheet_register_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* One a line, empty ones dropped. */
static const char *wishes_of(struct request *req, const struct sheet_register_form *form)
{
	const char *const wishes[WISHES_MAX] = { form->wish_1, form->wish_2, form->wish_3 };
	struct buf out = BUF(req->ask.arena);

	for (size_t i = 0; i < COUNT(wishes); i++) {
		if (!*wishes[i])
			continue;
		if (out.len)
			buf_char(&out, '\n');
		buf_text(&out, wishes[i]);
	}
	return buf_cstr(&out);
}

static struct sheet_new new_of(struct request *req)
{
	const struct sheet_register_form *form = req->form;

	return (struct sheet_new){ .group = form->group, .wishes = wishes_of(req, form), .guardian = form->guardian,
		.no_posting = form->no_posting, .version = form->version };
}

/* Another's hand writes down how the person agreed instead. */
static void check_agreed(struct request *req)
{
	const struct sheet_register_form *form = req->form;
	bool own = req->ask.actor && req->ask.actor->person_id == form->person;

	if (own && !form->version && !form->agree)
		problem(req->ask.problems, "agree", SHEET_AGREE_MISSING);
}

enum outcome sheet_register_post(struct request *req)
{
	const struct sheet_register_form *form = req->form;
	struct sheet_key key = { form->person, form->round };
	struct sheet_new new = new_of(req);
	struct sheet_help room;

	check_agreed(req);
	TRY(sheet_register_as(&req->ask, key, &new, sheet_help_of(req, form->person, form->helper, form->consent, &room)));
	return redirect_see_other(req, sheet_url(req->ask.arena, key, ""));
}

/* ---- scoring ---- */

static void ladder_words(const struct criteria_variant *v, int max, const char *words[POINTS_MAX + 1])
{
	for (int i = 0; i <= max; i++)
		words[i] = "";
	for (size_t i = 0; i < v->n_levels; i++)
		if (v->levels[i].points >= 0 && v->levels[i].points <= max)
			words[v->levels[i].points] = v->levels[i].words;
}

static OUTCOME fill_score(struct request *req, const struct sheet_place *p, int indicator, struct sheet_score_page *view)
{
	struct arena *a = req->ask.arena;
	const struct criteria *c = p->criteria;
	const struct criteria_variant *v = criteria_variant(c, p->group, indicator);
	const char *words[POINTS_MAX + 1];
	struct sheet_score_form_view form;
	int n = (int)c->n_indicators, max = c->indicators[indicator - 1].max;

	request_form(req, &sheet_score_form_def,
		&(struct sheet_score_form){ .version = p->sheet.version, .score = p->sheet.self.at[indicator - 1],
		.then = -1, .helper = p->sheet.helper,
		.consent = p->sheet.consent},
		&form);
	ladder_words(v, max, words);
	view->ladder = ladder_of(a, &form.score, indicator, words, max, c->each_min);
	view->help = sheet_help_view(p, form.helper, form.consent);
	view->question = v->question;
	view->examples = v->examples;
	view->n_examples = v->n_examples;
	view->next_label = indicator < n ? arena_format(a, "Lưu và sang chỉ số %d", indicator + 1) : "Lưu và xem lại để nộp";
	view->tally = tally_of(a, sheet_url(a, p->sheet.key, "xem"), p->sheet.self.at, c->n_indicators, indicator,
		c->total_min, c->each_min);
	view->at.version = form.version.value;
	return sheet_evidence(req, p, indicator, true, &view->evidence, &view->n_evidence);
}

enum outcome sheet_score_show(struct request *req)
{
	const struct sheet_score_path_form *path = req->form;        /* sheet_score_form begins with the same fields */
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct sheet_score_page view = { 0 };
	struct sheet_place p;
	int indicator = (int)path->indicator;

	TRY(sheet_place(req, path->person, path->round, true, false, &p));
	if (!p.has_sheet)
		return sheet_register_first(req, &p);
	if (indicator > (int)p.criteria->n_indicators || p.group < 0)
		return NOT_FOUND;
	sheet_top(req, &p, arena_format(a, "cham/%d", indicator), p.criteria->indicators[indicator - 1].short_title, &view.at);
	TRY(sheet_say_closed(req, &p, &view.at));
	view.at.page.is_bare = true;
	view.at.over = arena_format(a, "%s · Chỉ số %d trong %zu", view.at.over, indicator, p.criteria->n_indicators);
	TRY(fill_score(req, &p, indicator, &view));
	sheet_score_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static struct url after_score(struct request *req, struct sheet_key key, int indicator, int then, int n)
{
	struct arena *a = req->ask.arena;

	if (then == THEN_LATER)
		return sheet_url(a, key, "");
	if (then == THEN_EVIDENCE)
		return url_query_int(a, sheet_url(a, key, "minh-chung"), "indicator", indicator);
	return indicator < n ? sheet_score_url(a, key, indicator + 1) : sheet_url(a, key, "gui");
}

enum outcome sheet_score_post(struct request *req)
{
	const struct sheet_score_form *form = req->form;
	struct sheet_key key = { form->person, form->round };
	struct scores scores = { .n = (int)form->indicator };
	struct sheet_place p;
	struct sheet_help room;

	TRY(sheet_place(req, form->person, form->round, true, true, &p));
	if (form->indicator > (int64_t)p.criteria->n_indicators)
		return NOT_FOUND;
	if (!form->score.is && form->then != THEN_LATER && form->then != THEN_EVIDENCE) {
		problem(req->ask.problems, "score", SHEET_SCORE_MISSING);
		return INVALID;
	}
	scores.at[form->indicator - 1] = form->score;
	if (form->score.is)
		TRY(sheet_save_scores(&req->ask, key, form->version, &scores, NULL,
			sheet_help_of(req, form->person, form->helper, form->consent, &room)));
	return redirect_see_other(req, after_score(req, key, (int)form->indicator, form->then, (int)p.criteria->n_indicators));
}
