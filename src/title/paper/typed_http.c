/* A sheet on paper typed back: its code leads to the ten scores, then to the next code. */
#include "title/paper/paper_http.h"

#include "base/day.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/access/accounts.h"
#include "text/format.h"
#include "title/paper/paper_messages.h"
#include "title/paper/paper_view.h"
#include "title/paper/paper.h"
#include "title/paper/sheet_paper.h"
#include "typed_page_html.h"
#include "typed_start_html.h"

FORM_DEFINE(typed_start_form, TYPED_START_FORM)
FORM_DEFINE(typed_path_form, TYPED_PATH_FORM)
FORM_DEFINE(typed_form, TYPED_FORM)

const struct choices typed_then = CHOICES({ "nop", "Ghi và nộp" }, { "ghi", "Ghi, chưa nộp" });

static struct url typed_url(struct arena *a, struct sheet_key key)
{
	return url_own(a, "/go-phieu/%lld/%lld", (long long)key.person_id, (long long)key.round_id);
}

static void crumbs(struct request *req, struct page *page, const char *here)
{
	page_crumbs(page, req->ask.arena, (const struct link[]){ { "Phiếu giấy", URL("/phieu-giay"), false },
		{ "Gõ phiếu", URL("/go-phieu"), false } }, *here ? 2 : 1, *here ? here : "Gõ phiếu");
}

/* ---- the code ---- */

/* What the sheet before ended with, on top. */
static OUTCOME tell_done(struct request *req, int64_t person_id, struct page *page)
{
	struct arena *a = req->ask.arena;
	struct sheet_list sheets;
	struct verdict v;
	struct person p;
	int64_t sum = 0;

	TRY(person_read(&req->ask, person_id, &p));
	TRY(sheets_of_person(&req->ask, person_id, &sheets));
	if (!sheets.n)
		return OK;
	for (int i = 0; i < sheets.at[0].self.n; i++)
		sum += sheets.at[0].self.at[i].value;
	v = (struct verdict){ sheet_state_words(sheets.at[0].state), "" };
	page_notice(page, NOTICE_DONE, arena_format(a, "Đã ghi phiếu của %s: %s điểm", p.name, format_int(a, sum)), v.text,
		"Sửa lại phiếu này", typed_url(a, sheets.at[0].key));
	return OK;
}

static enum outcome typed_start_show(struct request *req)
{
	const struct typed_start_form *form = req->form;
	struct buf page = BUF(req->ask.arena);
	struct typed_start view = { .heading = "Gõ phiếu giấy", .lead =
		"Gõ mã in ở đầu tờ giấy, hoặc chĩa máy quét vào ô vuông ở góc.",
		.sheets_href = URL("/phieu-giay") };
	struct sheet_key key;

	if (*form->ma) {
		enum outcome found = paper_sheet_typed(&req->ask, form->ma, &key);

		if (found == OK)
			return redirect_see_other(req, typed_url(req->ask.arena, key));
		if (found != NOT_FOUND)
			return found;
		problem(req->ask.problems, "ma", PAPER_CODE_UNKNOWN);
	}
	access_page(req, &view.page, view.heading);
	if (form->xong)
		TRY(tell_done(req, form->xong, &view.page));
	crumbs(req, &view.page, "");
	request_form(req, &typed_start_form_def, form, &view.form);
	view.form.ma.optional = false;           /* on the page it is the one question */
	typed_start_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- the scores ---- */

static const char *score_text(struct arena *a, const struct scores *s, size_t i)
{
	return (int)i < s->n && s->at[i].is ? arena_format(a, "%lld", (long long)s->at[i].value) : "";
}

static void fill_scores(struct request *req, const struct criteria *c, const struct sheet *sheet, struct typed_page *view)
{
	struct arena *a = req->ask.arena;
	struct typed_score *list = ARENA_ARRAY(a, struct typed_score, c->n_indicators);
	int group = criteria_group_index(c, sheet->group);
	struct maybe scores[INDICATORS_MAX] = { 0 };

	for (size_t i = 0; i < c->n_indicators; i++) {
		const struct criteria_indicator *in = &c->indicators[i];
		bool first = !i || c->indicators[i - 1].competence != in->competence;
		const struct criteria_competence *of = &c->competences[in->competence];

		list[i] = (struct typed_score){ first ? arena_format(a, "%s. %s", of->code, of->title) : "",
			arena_format(a, "score_%d", in->number), arena_format(a, "%d", in->number),
			c->variants[(size_t)(group < 0 ? 0 : group) * c->n_indicators + i].question,
			req->is_post ? view->form.score.values[i] : score_text(a, &sheet->self, i), view->form.score.errors[i],
			arena_format(a, "score_%d-loi", in->number) };
		list[i].value = list[i].value ? list[i].value : "";
		list[i].error = list[i].error ? list[i].error : "";
		if (i < INDICATORS_MAX && (int)i < sheet->self.n)
			scores[i] = sheet->self.at[i];
	}
	view->scores = list;
	view->n_scores = c->n_indicators;
	view->tally = tally_of(a, view->sheet_href, scores, c->n_indicators, 0, c->total_min, c->each_min);
}

/* May it be typed now? Said without making it a problem of the form. */
static OUTCOME ask_open(struct request *req, const struct sheet *sheet, struct typed_page *view)
{
	struct problems *told = req->ask.problems, quiet = PROBLEMS(req->ask.arena);
	enum outcome asked;

	req->ask.problems = &quiet;
	asked = sheet_is_open(&req->ask, sheet, &view->may_type);
	req->ask.problems = told;
	view->state = arena_format(req->ask.arena, "%s. %s", sheet_state_words(sheet->state), problem_of(&quiet, ""));
	return asked;
}

/* The sides of its paper, to be printed one by one. */
static OUTCOME fill_sides(struct request *req, const struct criteria *criteria, struct sheet_key key, int64_t leaf_id,
	struct typed_page *view)
{
	struct arena *a = req->ask.arena;
	struct paper_sheet sheet;
	struct typed_side *sides;
	struct round round;
	struct unit leaf;
	int n;

	if (!paper_fits(criteria))
		return OK;
	TRY(round_get(&req->ask, key.round_id, &round));
	TRY(tree_get_last(&req->ask, leaf_id, &leaf));
	TRY(paper_sheet_of(&req->ask, key, &sheet));
	TRY(sheet_paper_sides(&req->ask, &leaf, &round, &sheet, &n));
	sides = ARENA_ARRAY(a, struct typed_side, (size_t)n);
	for (int i = 0; i < n; i++)
		sides[i] = (struct typed_side){ arena_format(a, "%d", i + 1), arena_format(a, "In lại mặt %d", i + 1) };
	view->sides = sides;
	view->n_sides = (size_t)n;
	return OK;
}

/* What is stored, as the form would have it. */
static struct maybe_list scores_typed(const struct scores *s)
{
	struct maybe_list out = { .n = (size_t)s->n };

	for (int i = 0; i < s->n; i++)
		out.at[i] = s->at[i];
	return out;
}

static OUTCOME typed_answer(struct request *req, struct sheet_key key)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 1 * MiB);
	struct typed_page view = { .back = URL("/go-phieu") };
	const struct criteria *criteria;
	struct sheet sheet;
	struct person p;

	TRY(person_get(&req->ask, key.person_id, &p));
	TRY(access_require_person(&req->ask, PERMIT_SHEET_ASSIST, p.id, p.leaf_id));
	TRY(sheet_get(&req->ask, key, &sheet));
	TRY(criteria_get(&req->ask, sheet.criteria_id, &criteria));
	view.heading = arena_format(a, "%s, %d", p.name, day_year(p.birth));
	view.lead = arena_format(a, "Mã phiếu %s · %s · %s. Gõ điểm đã tô, phím Tab sang câu sau.", code_show(a, sheet.code),
		person_group_label(sheet.group), p.leaf_name);
	access_page(req, &view.page, view.heading);
	crumbs(req, &view.page, view.heading);
	request_form(req, &typed_form_def, &(struct typed_form){ .person = p.id, .round = key.round_id, .version = sheet.version,
		.score = scores_typed(&sheet.self), .remark = sheet.remark, .helper = "", .consent = -1 }, &view.form);
	view.version = view.form.version.value;
	view.form.helper.optional = view.form.consent.optional = false;  /* where they are asked they are needed */
	view.asks_help = !*sheet.helper || !*sheet.consent;
	view.action = typed_url(a, key);
	view.print_action = url_own(a, "/phieu-giay/%lld/%lld", (long long)p.leaf_id, (long long)key.round_id);
	view.sheet_href = url_own(a, "/phieu/%lld/%lld", (long long)p.id, (long long)key.round_id);
	TRY(ask_open(req, &sheet, &view));
	fill_scores(req, criteria, &sheet, &view);
	TRY(fill_sides(req, criteria, key, p.leaf_id, &view));
	typed_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome typed_show(struct request *req)
{
	const struct typed_path_form *form = req->form;

	return typed_answer(req, (struct sheet_key){ form->person, form->round });
}

static enum outcome typed_again(struct request *req)
{
	const struct typed_form *form = req->form;

	return typed_answer(req, (struct sheet_key){ form->person, form->round });
}

static enum outcome typed_post(struct request *req)
{
	const struct typed_form *form = req->form;
	struct paper_typed typed = { .key = { form->person, form->round }, .version = form->version, .remark = form->remark,
		.helper = form->helper, .consent = form->consent, .submit = form->then == 0 };

	typed.scores.n = (int)form->score.n;
	for (size_t i = 0; i < form->score.n; i++)
		typed.scores.at[i] = form->score.at[i];
	TRY(paper_type(&req->ask, &typed));
	return redirect_see_other(req, url_query_int(req->ask.arena, URL("/go-phieu"), "xong", (long long)form->person));
}

static const struct route routes[] = {
	GET(READ, "/go-phieu", PERMIT_SHEET_ASSIST, SEES_NOBODY, typed_start_form, typed_start_show)
	GET(READ, "/go-phieu/{person}/{round}", PERMIT_SHEET_ASSIST, SEES(person), typed_path_form, typed_show)
	POST(WRITE, "/go-phieu/{person}/{round}", PERMIT_SHEET_ASSIST, SEES(person), typed_form, NO_PREPARE, typed_post,
		.again = typed_again)
};
const struct route_table typed_table = ROUTES(routes);
