/* The sheet's own pages: where it stands, the whole of it, handing it in, taking it back. */
#include "title/assessments/assessments_http.h"

#include <string.h>

#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "sheet_act_html.h"
#include "sheet_home_html.h"
#include "sheet_none_html.h"
#include "sheet_page_html.h"
#include "sheet_submit_html.h"
#include "text/format.h"
#include "title/assessments/sheet_place_http.h"
#include "title/assessments/sheet_words_http.h"

FORM_DEFINE(sheet_person_form, SHEET_PERSON_FORM)
FORM_DEFINE(sheet_at_form, SHEET_AT_FORM)
FORM_DEFINE(sheet_submit_form, SHEET_SUBMIT_FORM)
FORM_DEFINE(sheet_act_form, SHEET_ACT_FORM)
FORM_DEFINE(sheet_reason_form, SHEET_REASON_FORM)

/* ---- the way in ---- */

static OUTCOME to_newest(struct request *req, int64_t person_id)
{
	struct round round;
	enum outcome found = round_newest(&req->ask, &round);
	struct buf page = BUF(req->ask.arena);
	struct sheet_top view = {.over = "",
		.heading = "Chưa có đợt nào", .lead = "Đợt đăng ký Công dân học tập chưa mở. Chi hội sẽ báo khi mở đợt." };

	if (found == OK)
		return redirect_see_other(req, sheet_url(req->ask.arena, (struct sheet_key){ person_id, round.id }, ""));
	if (found != NOT_FOUND)
		return found;
	access_page(req, &view.page, view.heading);
	sheet_none_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome own_newest(struct request *req)
{
	int64_t person_id = req->ask.actor ? req->ask.actor->person_id : 0;

	return person_id ? to_newest(req, person_id) : NOT_FOUND;
}

static enum outcome person_newest(struct request *req)
{
	return to_newest(req, ((const struct sheet_person_form *)req->form)->person);
}

/* ---- the start ---- */

static bool is_open_state(enum sheet_state s)
{
	return s == SHEET_REGISTERED || s == SHEET_DRAFT || s == SHEET_RETURNED;
}

static void fill_links(struct request *req, const struct sheet_place *p, bool may_change, struct sheet_home *view)
{
	struct arena *a = req->ask.arena;
	struct link *links = ARENA_ARRAY(a, struct link, 7);
	enum sheet_state s = p->sheet.state;
	size_t n = 0;

	if (p->has_sheet)
		links[n++] = (struct link){ "Xem cả phiếu", sheet_url(a, p->sheet.key, "xem"), false };
	if (may_change && is_open_state(s)) {
		links[n++] = (struct link){ "Minh chứng", sheet_url(a, p->sheet.key, "minh-chung"), false };
		links[n++] = (struct link){ "Sửa nhóm, điều muốn học", sheet_url(a, p->sheet.key, "dang-ky"), false };
	}
	if (p->is_own && s == SHEET_SUBMITTED && !p->sheet.reviewed.n)
		links[n++] = (struct link){ "Lấy lại phiếu để sửa", sheet_url(a, p->sheet.key, "lay-lai"), false };
	if (may_change && sheet_may_go(s, SHEET_WITHDRAWN, HAND_CITIZEN))
		links[n++] = (struct link){ "Rút phiếu", sheet_url(a, p->sheet.key, "rut"), false };
	if (may_change && !p->is_own && (s == SHEET_WITHDRAWN || s == SHEET_LAPSED))
		links[n++] = (struct link){ "Nhận lại phiếu", sheet_url(a, p->sheet.key, "nhan-lai"), false };
	if (p->is_own && access_may(req->ask.actor, PERMIT_SHEET_OWN))
		links[n++] = (struct link){ "Thông tin của tôi, báo chỗ sai", URL("/toi/thong-tin"), false };
	view->links = links;
	view->n_links = n;
}

static OUTCOME fill_earlier(struct request *req, const struct sheet_place *p, struct sheet_home *view)
{
	struct arena *a = req->ask.arena;
	struct sheet_list all;
	struct sheet_line *lines;

	TRY(sheets_of_person(&req->ask, p->person.id, &all));
	lines = ARENA_ARRAY(a, struct sheet_line, all.n);
	for (size_t i = 0; i < all.n; i++) {
		const struct sheet *s = &all.at[i];

		if (s->key.round_id != p->round.id)
			lines[view->n_earlier++] = (struct sheet_line){ arena_format(a, "Năm %lld", (long long)s->key.round_id),
				s->submitted_at ? arena_format(a, "%lld điểm", (long long)scores_total(sheet_scores(s))) : "",
				sheet_url(a, s->key, ""), state_mark(sheet_state_code(s->state)) };
	}
	view->earlier = lines;
	return OK;
}

static const char *score_heading(struct arena *a, const struct sheet_place *p, const struct scores *scores)
{
	struct verdict v = verdict_of(a, scores->at, p->criteria->n_indicators, p->criteria->total_min, p->criteria->each_min);

	return arena_format(a, "%lld điểm. %s", (long long)scores_total(scores), v.text);
}

static enum outcome home_show(struct request *req)
{
	const struct sheet_at_form *path = req->form;
	struct buf page = BUF(req->ask.arena);
	struct sheet_home view = { .next_title = "", .next_text = "", .next_label = "", .told = "" };
	const struct scores *scores;
	struct sheet_place p;
	bool may_change;

	TRY(sheet_place(req, path->person, path->round, false, false, &p));
	may_change = p.is_own;
	if (!p.is_own)
		TRY(access_may_on(&req->ask, PERMIT_SHEET_ASSIST, p.sheet.leaf_id, &may_change));
	sheet_top(req, &p, "", arena_format(req->ask.arena, "Phiếu Công dân học tập năm %d", p.round.year), &view.at);
	TRY(sheet_who(req, &p, &view.at.over));
	view.has_sheet = p.has_sheet;
	if (p.has_sheet)
		view.state = state_mark(sheet_state_code(p.sheet.state));
	TRY(sheet_say_next(req, &p, &view));
	if (!may_change && (is_open_state(p.sheet.state) || !p.has_sheet))
		view.next_label = "";
	scores = sheet_scores(&p.sheet);
	view.has_scores = scores->n > 0;
	view.score_heading = score_heading(req->ask.arena, &p, scores);
	view.strip = sheet_strip(req, &p, "Điểm từng chỉ số", scores, scores == &p.sheet.self ? NULL : &p.sheet.self, 0);
	TRY(sheet_steps(req, &p, &view.steps));
	fill_links(req, &p, may_change, &view);
	TRY(fill_earlier(req, &p, &view));
	sheet_home_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- the whole sheet ---- */

static const char *score_words(struct arena *a, const struct scores *s, int i)
{
	return i < s->n && s->at[i].is ? arena_format(a, "%lld", (long long)s->at[i].value) : "–";
}

static OUTCOME fill_rows(struct request *req, const struct sheet_place *p, struct sheet_page *view)
{
	struct arena *a = req->ask.arena;
	const struct criteria *c = p->criteria;
	struct sheet_row *rows = ARENA_ARRAY(a, struct sheet_row, c->n_indicators);
	struct evidence_uses uses;

	TRY(evidence_of_round(&req->ask, p->person.id, p->round.id, &uses));
	for (int i = 0; i < (int)c->n_indicators; i++) {
		int files = 0;

		for (size_t u = 0; u < uses.n; u++)
			files += uses.at[u].indicator == i + 1;
		rows[i] = (struct sheet_row){arena_format(a, "%d", i + 1),
			c->indicators[i].short_title,
			score_words(a, &p->sheet.self, i),
			view->has_agreed ? score_words(a, sheet_scores(&p->sheet), i) : "",
			files ? arena_format(a, "%d", files) : "–",
			view->may_edit ? sheet_score_url(a, p->sheet.key, i + 1) : URL_NONE};
	}
	view->rows = rows;
	view->n_rows = c->n_indicators;
	return OK;
}

static OUTCOME fill_changes(struct request *req, const struct sheet_place *p, struct sheet_page *view)
{
	struct arena *a = req->ask.arena;
	struct sheet_reasons reasons;
	struct change *items;

	TRY(sheet_reasons(&req->ask, p->sheet.key, &reasons));
	items = ARENA_ARRAY(a, struct change, reasons.n);
	for (size_t i = 0; i < reasons.n; i++) {
		const struct sheet_reason *r = &reasons.at[i];
		bool known = r->indicator >= 1 && r->indicator <= (int)p->criteria->n_indicators;

		items[i] =
			(struct change){arena_format(a, "%lld", (long long)r->was), arena_format(a, "%lld", (long long)r->became),
			arena_format(a, "Chỉ số %d: %s", r->indicator,
			known ? p->criteria->indicators[r->indicator - 1].short_title : ""),
			r->reason, arena_format(a, "%s, %s", r->actor, format_moment(a, r->at))};
	}
	view->changes = (struct changes){ items, reasons.n };
	view->changes_heading = arena_format(a, "%zu chỗ được sửa, ai sửa và vì sao", reasons.n);
	return OK;
}

static OUTCOME fill_trail(struct request *req, const struct sheet_place *p, struct sheet_page *view)
{
	struct arena *a = req->ask.arena;
	struct audit_list rows;
	struct trail_item *items;

	TRY(sheet_trail(&req->ask, p->sheet.key, &rows));
	items = ARENA_ARRAY(a, struct trail_item, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		items[i] = (struct trail_item){ audit_action_label(rows.at[i].action), rows.at[i].actor, rows.at[i].reason,
			format_moment(a, rows.at[i].at), false };
	view->trail = trail_of(a, items, rows.n, audit_action_label("sheet_scored"));
	return OK;
}

static void fill_facts(struct request *req, const struct sheet_place *p, struct sheet_page *view)
{
	struct arena *a = req->ask.arena;
	const struct sheet *s = &p->sheet;
	struct fact *facts = ARENA_ARRAY(a, struct fact, 8);
	size_t n = 0;

	facts[n++] = (struct fact){ "Mã phiếu", s->code, "code" };
	facts[n++] = (struct fact){ "Nhóm", p->group >= 0 ? p->criteria->groups[p->group].title : s->group, "" };
	facts[n++] = (struct fact){ "Bộ tiêu chí", arena_format(a, "%s, bản %s", p->criteria->title, p->criteria->release), "" };
	if (*s->wishes)
		facts[n++] = (struct fact){ "Muốn học", s->wishes, "" };
	if (*s->remark)
		facts[n++] = (struct fact){ "Lời nhắn", s->remark, "" };
	if (*s->guardian)
		facts[n++] = (struct fact){ "Người giám hộ", s->guardian, "" };
	if (*s->helper)
		facts[n++] = (struct fact){ "Nhập hộ", arena_format(a, "%s. %s", s->helper, s->consent), "" };
	view->facts = (struct facts){ facts, n };
}

static void fill_scores(struct request *req, const struct sheet_place *p, struct sheet_page *view)
{
	struct arena *a = req->ask.arena;
	const struct scores *agreed = sheet_scores(&p->sheet), *self = &p->sheet.self;

	view->has_scores = self->n > 0;
	view->has_agreed = agreed != self;
	view->self_words = arena_format(a, "%s tự chấm: %lld", p->who_capital, (long long)scores_total(self));
	view->agreed_words =
		arena_format(a, "%s: %s", p->sheet.final.n ? "Thống nhất" : "Chi hội xét", score_heading(a, p, agreed));
	view->score_heading =
		view->has_agreed ? arena_format(a, "Điểm: %s tự chấm %lld, %s %lld", p->who, (long long)scores_total(self),
		p->sheet.final.n ? "thống nhất" : "chi hội xét", (long long)scores_total(agreed))
		: arena_format(a, "Điểm tự chấm: %s", score_heading(a, p, self));
	view->self = sheet_strip(req, p, "Điểm tự chấm", self, NULL, 0);
	view->agreed = sheet_strip(req, p, "Điểm thống nhất", agreed, self, 0);
}

static enum outcome sheet_show(struct request *req)
{
	const struct sheet_at_form *path = req->form;
	struct buf page = BUF(req->ask.arena, .max = 2 * MiB);
	struct sheet_page view = { .certificate = URL_NONE };
	struct sheet_place p;

	TRY(sheet_place(req, path->person, path->round, false, false, &p));
	if (!p.has_sheet)
		return sheet_register_first(req, &p);
	sheet_top(req, &p, "xem", arena_format(req->ask.arena, "Cả phiếu năm %d", p.round.year), &view.at);
	TRY(sheet_who(req, &p, &view.at.over));
	view.state = state_mark(sheet_state_code(p.sheet.state));
	view.may_edit = p.is_own && is_open_state(p.sheet.state);
	if (!p.is_own && is_open_state(p.sheet.state))
		TRY(access_may_on(&req->ask, PERMIT_SHEET_ASSIST, p.sheet.leaf_id, &view.may_edit));
	if (p.sheet.state == SHEET_RECOGNISED)
		view.certificate = sheet_url(req->ask.arena, p.sheet.key, "giay");
	fill_scores(req, &p, &view);
	fill_facts(req, &p, &view);
	TRY(fill_rows(req, &p, &view));
	TRY(fill_changes(req, &p, &view));
	TRY(fill_trail(req, &p, &view));
	sheet_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- handing in ---- */

static void fill_missing(struct request *req, const struct sheet_place *p, struct sheet_submit_page *view)
{
	struct arena *a = req->ask.arena;
	struct link *missing = ARENA_ARRAY(a, struct link, p->criteria->n_indicators);

	for (int i = 0; i < (int)p->criteria->n_indicators; i++)
		if (i >= p->sheet.self.n || !p->sheet.self.at[i].is)
			missing[view->n_missing++] =
				(struct link){arena_format(a, "Chỉ số %d: %s", i + 1, p->criteria->indicators[i].short_title),
				sheet_score_url(a, p->sheet.key, i + 1), false};
	view->missing = missing;
	if (view->n_missing)
		view->next = (struct link){ view->n_missing == 1 ? "Chấm nốt chỉ số còn lại"
			: arena_format(a, "Chấm tiếp %zu chỉ số", view->n_missing), missing[0].href, false };
	view->is_complete = !view->n_missing;
}

static void fill_verdict(struct request *req, const struct sheet_place *p, struct sheet_submit_page *view)
{
	struct arena *a = req->ask.arena;
	struct verdict_of_scores judged = criteria_judge(p->criteria, &p->sheet.self);
	struct verdict words = verdict_of(a, p->sheet.self.at, p->criteria->n_indicators, p->criteria->total_min,
		p->criteria->each_min);

	view->sum = arena_format(a, "%lld điểm", (long long)scores_total(&p->sheet.self));
	view->verdict = words.text;
	view->rule = sheet_rule(a, p->criteria);
	view->strip = sheet_strip(req, p, "Điểm từng chỉ số", &p->sheet.self, NULL, 0);
	view->warning =
		view->is_complete && !judged.passes ? arena_format(a, "%s. Vẫn nộp được; chi hội sẽ xét.", words.text) : "";
}

static enum outcome submit_show(struct request *req)
{
	const struct sheet_at_form *path = req->form;
	struct buf page = BUF(req->ask.arena);
	struct sheet_submit_page view = { 0 };
	struct sheet_place p;

	TRY(sheet_place(req, path->person, path->round, true, false, &p));
	if (!p.has_sheet)
		return sheet_register_first(req, &p);
	sheet_top(req, &p, "gui", "Xem lại và nộp phiếu", &view.at);
	TRY(sheet_say_closed(req, &p, &view.at));
	request_form(req, &sheet_submit_form_def,
		&(struct sheet_submit_form){ .version = p.sheet.version, .remark = p.sheet.remark, .helper = p.sheet.helper,
		.consent = p.sheet.consent},
		&view.form);
	view.at.version = view.form.version.value;
	view.help = sheet_help_view(&p, view.form.helper, view.form.consent);
	fill_missing(req, &p, &view);
	fill_verdict(req, &p, &view);
	sheet_submit_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome submit_post(struct request *req)
{
	const struct sheet_submit_form *form = req->form;
	struct sheet_key key = { form->person, form->round };
	const struct sheet_help *help;
	struct sheet_help room;
	struct sheet now;

	help = sheet_help_of(req, form->person, form->helper, form->consent, &room);
	/* what was said besides is kept first, in the same step: both or neither */
	TRY(sheet_get(&req->ask, key, &now));
	if (strcmp(now.remark, form->remark) && scores_missing(&now.self) == 0 && now.self.n) {
		TRY(sheet_save_scores(&req->ask, key, form->version, &now.self, form->remark, help));
		TRY(sheet_submit(&req->ask, key, form->version + 1, help));
	} else {
		TRY(sheet_submit(&req->ask, key, form->version, help));
	}
	return redirect_see_other(req, sheet_url(req->ask.arena, key, ""));
}

/* ---- back, out, in again: a page of one question each ---- */

struct act { const char *part, *heading, *lead, *button; bool asks_reason, is_hard; };

static enum outcome act_show(struct request *req, const struct act *act)
{
	const struct sheet_at_form *path = req->form;
	struct buf page = BUF(req->ask.arena);
	struct sheet_act_page view = { .asks_reason = act->asks_reason, .is_hard = act->is_hard, .button = act->button };
	struct sheet_place p;

	TRY(sheet_place(req, path->person, path->round, true, false, &p));
	if (!p.has_sheet)
		return sheet_register_first(req, &p);
	sheet_top(req, &p, act->part, act->heading, &view.at);
	view.at.lead = act->lead;
	if (act->asks_reason) {
		request_form(req, &sheet_reason_form_def, &(struct sheet_reason_form){ .version = p.sheet.version, .reason = "" },
			&view.form);
		view.form.reason.optional = false;
		view.at.version = view.form.version.value;
	}
	sheet_act_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome take_back_show(struct request *req)
{
	static const struct act act = { "lay-lai", "Lấy lại phiếu để sửa",
		"Phiếu trở về bước tự chấm, điểm và minh chứng vẫn còn. Sửa xong nhớ nộp lại trong hạn.", "Lấy lại phiếu", false,
		false };

	return act_show(req, &act);
}

static enum outcome take_back_post(struct request *req)
{
	const struct sheet_act_form *form = req->form;
	struct sheet_key key = { form->person, form->round };

	TRY(sheet_take_back(&req->ask, key, form->version));
	return redirect_see_other(req, sheet_url(req->ask.arena, key, ""));
}

static enum outcome withdraw_show(struct request *req)
{
	static const struct act act = { "rut", "Rút phiếu",
		"Rút rồi thì năm nay không xét nữa. Muốn làm lại phải nhờ chi hội nhận lại phiếu.", "Rút phiếu", true, true };

	return act_show(req, &act);
}

static enum outcome withdraw_post(struct request *req)
{
	const struct sheet_reason_form *form = req->form;
	struct sheet_key key = { form->person, form->round };

	TRY(sheet_withdraw(&req->ask, key, form->version, form->reason));
	return redirect_see_other(req, sheet_url(req->ask.arena, key, ""));
}

static enum outcome restore_show(struct request *req)
{
	static const struct act act = { "nhan-lai", "Nhận lại phiếu",
		"Phiếu trở về bước trước khi rút hoặc quá hạn, điểm đã chấm vẫn còn.", "Nhận lại phiếu", true, false };

	return act_show(req, &act);
}

static enum outcome restore_post(struct request *req)
{
	const struct sheet_reason_form *form = req->form;
	struct sheet_key key = { form->person, form->round };

	TRY(sheet_restore(&req->ask, key, form->version, form->reason));
	return redirect_see_other(req, sheet_url(req->ask.arena, key, ""));
}

/* {person} is the sheet's owner: themselves, or a helper's hand; each operation asks which. */
static const struct route assessments_routes[] = {
	GET(READ, "/phieu", PERMIT_SHEET_OWN, SEES_NOBODY, no_form, own_newest)
	GET(READ, "/phieu/{person}", PERMIT_SIGNED_IN, SEES_NOBODY, sheet_person_form, person_newest)
	GET(READ, "/phieu/{person}/{round}", PERMIT_SIGNED_IN, SEES(person), sheet_at_form, home_show)
	GET(READ, "/phieu/{person}/{round}/xem", PERMIT_SIGNED_IN, SEES(person), sheet_at_form, sheet_show)
	GET(READ, "/phieu/{person}/{round}/dang-ky", PERMIT_SIGNED_IN, SEES(person), sheet_at_form, sheet_register_show)
	POST(WRITE, "/phieu/{person}/{round}/dang-ky", PERMIT_SIGNED_IN, SEES_NOBODY, sheet_register_form, NO_PREPARE,
		sheet_register_post, .again = sheet_register_show, .rules = sheet_register_post)
	GET(READ, "/phieu/{person}/{round}/cham/{indicator}", PERMIT_SIGNED_IN, SEES(person), sheet_score_path_form,
		sheet_score_show)
	POST(WRITE, "/phieu/{person}/{round}/cham/{indicator}", PERMIT_SIGNED_IN, SEES_NOBODY, sheet_score_form, NO_PREPARE,
		sheet_score_post, .again = sheet_score_show, .rules = sheet_score_post)
	GET(READ, "/phieu/{person}/{round}/minh-chung", PERMIT_SIGNED_IN, SEES(person), sheet_evidence_form, sheet_evidence_show)
	POST(WRITE, "/phieu/{person}/{round}/minh-chung", PERMIT_SIGNED_IN, SEES_NOBODY, sheet_upload_form, sheet_upload_prepare,
		sheet_upload_post, .again = sheet_evidence_show)
	POST(WRITE, "/phieu/{person}/{round}/gan", PERMIT_SIGNED_IN, SEES_NOBODY, sheet_link_form, NO_PREPARE, sheet_link_post,
		.again = sheet_evidence_show)
	POST(WRITE, "/phieu/{person}/{round}/bo", PERMIT_SIGNED_IN, SEES_NOBODY, sheet_remove_form, NO_PREPARE, sheet_remove_post,
		.again = sheet_evidence_show)
	GET(READ, "/phieu/{person}/{round}/gui", PERMIT_SIGNED_IN, SEES(person), sheet_at_form, submit_show)
	POST(WRITE, "/phieu/{person}/{round}/gui", PERMIT_SIGNED_IN, SEES_NOBODY, sheet_submit_form, NO_PREPARE, submit_post,
		.again = submit_show, .rules = submit_post)
	GET(READ, "/phieu/{person}/{round}/lay-lai", PERMIT_SIGNED_IN, SEES(person), sheet_at_form, take_back_show)
	POST(WRITE, "/phieu/{person}/{round}/lay-lai", PERMIT_SIGNED_IN, SEES_NOBODY, sheet_act_form, NO_PREPARE, take_back_post,
		.again = take_back_show)
	GET(READ, "/phieu/{person}/{round}/rut", PERMIT_SIGNED_IN, SEES(person), sheet_at_form, withdraw_show)
	POST(WRITE, "/phieu/{person}/{round}/rut", PERMIT_SIGNED_IN, SEES_NOBODY, sheet_reason_form, NO_PREPARE, withdraw_post,
		.again = withdraw_show, .rules = withdraw_post)
	GET(READ, "/phieu/{person}/{round}/nhan-lai", PERMIT_SHEET_ASSIST, SEES(person), sheet_at_form, restore_show)
	POST(WRITE, "/phieu/{person}/{round}/nhan-lai", PERMIT_SHEET_ASSIST, SEES_NOBODY, sheet_reason_form, NO_PREPARE,
		restore_post, .again = restore_show, .rules = restore_post)
};
const struct route_table assessments_table = ROUTES(assessments_routes);
