/* A commune's year on one page: how far each step is, which branches are late and whom to call, all papers, what comes next. */
#include "title/recognition/commune_http.h"

#include <string.h>

#include "commune_page_html.h"
#include "registry/access/access_page.h"
#include "registry/units/units.h"
#include "text/format.h"
#include "title/recognition/branches.h"
#include "title/recognition/recognition.h"
#include "title/recognition/recognition_view.h"
#include "title/review/review.h"
#include "title/review/review_page.h"

enum { STEPS = 6 };

/* What the page is made from. */
struct material {
	struct unit unit;
	struct round round;
	struct figure_counts counts;
	struct objection_counts objections;
	struct meeting_list meetings;
	struct proposal_list proposals;
	struct decision_list decisions;
	struct posting posting;
	bool has_posting, reversed;
	enum branch_order order;         /* of the branches */
};

static OUTCOME gather(struct request *req, struct material *m)
{
	struct ask *ask = &req->ask;
	int64_t round = m->round.id, unit = m->unit.id;
	enum outcome found;

	TRY(figures_of_unit(ask, round, unit, "", &m->counts));
	TRY(objection_count(ask, round, unit, &m->objections));
	TRY(meeting_list(ask, round, unit, &m->meetings));
	TRY(proposal_list(ask, round, unit, &m->proposals));
	TRY(decision_list(ask, round, unit, &m->decisions));
	found = posting_newest(ask, round, unit, &m->posting);
	m->has_posting = found == OK;
	return found == NOT_FOUND ? OK : found;
}

static struct url act_url(struct arena *a, const struct material *m, const char *part)
{
	return url_own(a, "/xa/%s/%lld/%lld", part, (long long)m->unit.id, (long long)m->round.id);
}

/* ---- steps ---- */

static const char *until_words(struct arena *a, const struct material *m, enum round_stage stage, const char *what, int64_t n)
{
	return arena_format(a, "đến %s, %s %s", format_date(a, m->round.until[stage]), what, format_int(a, n));
}

static void fill_steps(struct arena *a, const struct material *m, const char *today, struct commune_page *view)
{
	const struct figure_counts *c = &m->counts;
	struct step *steps = ARENA_ARRAY(a, struct step, STEPS);
	int64_t waiting = c->states[SHEET_SUBMITTED], listed = c->states[SHEET_LISTED] + c->states[SHEET_POSTED];
	struct url queue = url_query_int(a, URL("/xet"), "unit", (long long)m->unit.id);
	bool posting = m->has_posting && strcmp(m->posting.until_day, today) >= 0;

	steps[0] = (struct step){ "1. Đăng ký", format_int(a, c->registered), arena_format(a, "trên %s người trong sổ",
		format_int(a, c->people)), URL_NONE, strcmp(m->round.until[STAGE_REGISTER], today) < 0, false };
	steps[1] = (struct step){ "2. Tự chấm, nộp", format_int(a, c->submitted), until_words(a, m, STAGE_SCORE, "còn",
		c->registered - c->submitted), url_query_int(a, URL("/xet/chua-nop"), "unit", (long long)m->unit.id),
		c->registered && c->submitted == c->registered, c->submitted < c->registered };
	steps[2] = (struct step){ "3. Chi hội xét", format_int(a, c->submitted - waiting), until_words(a, m, STAGE_REVIEW,
		"chờ", waiting),
		queue, c->submitted && !waiting, waiting > 0 };
	steps[3] = (struct step){ "4. Họp xét ở xã", m->meetings.n ? format_date(a, m->meetings.at[0].held_on) : "chưa họp",
		arena_format(a, "%s phiếu chờ họp", format_int(a, c->states[SHEET_REVIEWED])), act_url(a, m, "hop"),
		m->meetings.n && !c->states[SHEET_REVIEWED], c->states[SHEET_REVIEWED] > 0 };
	steps[4] = (struct step){ "5. Niêm yết", m->has_posting ? arena_format(a, "đến %s", format_date(a, m->posting.until_day))
		: "chưa niêm yết", arena_format(a, "%s người, %s kiến nghị", format_int(a, listed), format_int(a,
			m->objections.all)),
		act_url(a, m, m->has_posting ? "kien-nghi" : "niem-yet"), m->has_posting && !posting, posting };
	steps[5] = (struct step){ "6. UBND công nhận", format_int(a, c->recognised), m->proposals.n ? arena_format(a,
		"%zu tờ trình, %s người chờ",
		m->proposals.n, format_int(a, c->states[SHEET_PROPOSED])) : "chưa có tờ trình", act_url(a, m, "to-trinh"),
		m->decisions.n && !c->states[SHEET_PROPOSED], c->states[SHEET_PROPOSED] > 0 };
	view->steps = (struct steps){ steps, STEPS };
}

/* ---- late branches ---- */

const struct choices branch_orders = CHOICES({ "ten", "Chi hội" }, { "dk", "Đăng ký" }, { "nop", "Đã nộp" }, { "xet", "Đã xét" });

static OUTCOME late_line(struct request *req, const struct material *m, const struct branch_line *l, struct late_line *out)
{
	struct arena *a = req->ask.arena;
	struct branch branch = { .officer_name = "", .officer_phone = "" };
	enum outcome found = branch_get(&req->ask, l->unit_id, &branch);

	if (found != OK && found != NOT_FOUND)
		return found;
	*out = (struct late_line){ l->name, branch.officer_name, format_int(a, l->registered), format_int(a, l->submitted),
		format_int(a, l->reviewed), l->why, format_phone(a, branch.officer_phone),
		url_query_int(a, url_query_int(a, URL("/xet"), "unit", (long long)l->unit_id), "nam", (long long)m->round.id),
		*branch.officer_phone ? url_phone(a, branch.officer_phone) : URL_NONE };
	return OK;
}

static struct sort_head head_of(struct arena *a, const struct material *m, enum branch_order order)
{
	bool is_now = m->order == order, rises = (order == BRANCH_BY_NAME) != m->reversed;
	struct url url = url_query_int(a, url_query_int(a, URL("/xa"), "unit", (long long)m->unit.id), "nam",
		(long long)m->round.id);

	url = url_query(a, url, "xep", branch_orders.at[order].code);
	if (is_now && !m->reversed)
		url = url_query_int(a, url, "nguoc", 1);
	return (struct sort_head){ .label = branch_orders.at[order].label, .href = url_fragment(a, url, "chi-hoi"),
		.order = !is_now ? "" : rises ? "ascending" : "descending", .is_num = order != BRANCH_BY_NAME };
}

static OUTCOME fill_late(struct request *req, const struct material *m, struct commune_page *view)
{
	struct arena *a = req->ask.arena;
	struct branch_line rest = { 0 };
	struct branch_lines branches;
	struct late_line *late;

	TRY(branches_of(&req->ask, m->round.id, m->unit.id, m->order, m->reversed, &branches));
	late = ARENA_ARRAY(a, struct late_line, branches.n_late);
	for (size_t i = 0; i < branches.n; i++) {
		const struct branch_line *l = &branches.at[i];

		if (*l->why) {
			TRY(late_line(req, m, l, &late[view->n_late++]));
			continue;
		}
		rest.registered += l->registered;
		rest.submitted += l->submitted;
		rest.reviewed += l->reviewed;
	}
	view->late = late;
	view->late_heading = arena_format(a, "%zu chi hội, %zu chi hội đang chậm", branches.n, view->n_late);
	view->late_rule = "Chậm: nộp chưa tới 60 % số đăng ký, hoặc còn chờ xét quá nửa số phiếu đã nộp.";
	view->on_time = arena_format(a, "%zu chi hội đúng hạn", branches.n - view->n_late);
	view->on_time_registered = format_int(a, rest.registered);
	view->on_time_submitted = format_int(a, rest.submitted);
	view->on_time_reviewed = format_int(a, rest.reviewed);
	view->branches_href = url_query_int(a, URL("/xet"), "unit", (long long)m->unit.id);
	view->branches_action = act_url(a, m, "chi-hoi");
	view->by_name = head_of(a, m, BRANCH_BY_NAME);
	view->by_registered = head_of(a, m, BRANCH_BY_REGISTERED);
	view->by_submitted = head_of(a, m, BRANCH_BY_SUBMITTED);
	view->by_reviewed = head_of(a, m, BRANCH_BY_REVIEWED);
	return OK;
}

/* ---- what comes next ---- */

static void fill_next(struct arena *a, const struct material *m, const char *today, struct commune_page *view)
{
	const int64_t *in = m->counts.states;
	bool posting = m->has_posting && strcmp(m->posting.until_day, today) >= 0;

	if (m->objections.open) {
		view->next = arena_format(a, "%s kiến nghị chờ trả lời.", format_int(a, m->objections.open));
		view->next_label = "Trả lời kiến nghị";
		view->next_href = act_url(a, m, "kien-nghi");
	} else if (in[SHEET_LISTED] && m->round.posting_days && !posting && !in[SHEET_POSTED]) {
		view->next = arena_format(a, "%s người vào danh sách, chưa niêm yết.", format_int(a, in[SHEET_LISTED]));
		view->next_label = "Niêm yết danh sách";
		view->next_href = act_url(a, m, "niem-yet");
	} else if (!posting && in[SHEET_LISTED] + in[SHEET_POSTED]) {
		view->next = arena_format(a, "%s người đã hết hạn niêm yết.", format_int(a, in[SHEET_LISTED] + in[SHEET_POSTED]));
		view->next_label = "Lập tờ trình";
		view->next_href = act_url(a, m, "to-trinh");
	} else if (in[SHEET_REVIEWED] && !in[SHEET_SUBMITTED]) {
		view->next = arena_format(a, "Chi hội đã xét xong %s phiếu.", format_int(a, in[SHEET_REVIEWED]));
		view->next_label = "Ghi cuộc họp xét";
		view->next_href = act_url(a, m, "hop");
	} else {
		view->next = view->n_late ? arena_format(a, "Nhắc %zu chi hội đang chậm.",
			view->n_late) : "Theo dõi các chi hội xét phiếu.";
		view->next_label = "Xem ai chưa nộp phiếu";
		view->next_href = url_query_int(a, URL("/xet/chua-nop"), "unit", (long long)m->unit.id);
	}
}

static void fill_tasks(struct arena *a, const struct material *m, struct commune_page *view)
{
	struct task_line *tasks = ARENA_ARRAY(a, struct task_line, 7);

	tasks[0] = (struct task_line){ "Ghi cuộc họp xét", arena_format(a, "%s phiếu chờ họp", format_int(a,
		m->counts.states[SHEET_REVIEWED])),
		act_url(a, m, "hop") };
	tasks[1] = (struct task_line){ "Niêm yết danh sách", arena_format(a, "%s người chưa niêm yết", format_int(a,
		m->counts.states[SHEET_LISTED])),
		act_url(a, m, "niem-yet") };
	tasks[2] = (struct task_line){ "Kiến nghị", arena_format(a, "%s chờ trả lời", format_int(a, m->objections.open)),
		act_url(a, m, "kien-nghi") };
	tasks[3] = (struct task_line){ "Lập tờ trình", arena_format(a, "đã có %zu", m->proposals.n), act_url(a, m, "to-trinh") };
	tasks[4] = (struct task_line){ "Kiểm tra ngẫu nhiên phiếu đã xét", "", url_query_int(a, URL("/xet/kiem-tra"), "unit",
		(long long)m->unit.id) };
	tasks[5] = (struct task_line){ "Xét phiếu của người phụ trách chi hội", "không ai tự xét phiếu của mình",
		url_query_int(a, URL("/xet"), "unit",
		(long long)m->unit.id) };
	view->tasks = tasks;
	view->n_tasks = 6;
}

static OUTCOME commune_answer(struct request *req, int64_t unit_id, struct maybe year, enum branch_order order, bool reversed)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 2 * MiB);
	struct commune_page view = { .empty = { .title = "" } };
	const char *today = arena_text(a, day_of(req->ask.now).text);
	struct material m = { .order = order, .reversed = reversed };
	enum outcome found = work_round(req, year, &m.round);

	if (found != OK && (found != NOT_FOUND || year.is))
		return found;
	TRY(work_unit(req, PERMIT_LIST_EDIT, unit_id, &m.unit));
	access_page(req, &view.page, m.unit.name);
	view.heading = arena_format(a, "%s, năm %d", m.unit.name, m.round.year);
	if (found == NOT_FOUND) {
		view.heading = m.unit.name;
		view.empty = (struct empty){ .title = "Chưa có đợt nào",
			.text = "Hội Khuyến học tỉnh mở đợt rồi trang này mới có số liệu." };
	} else {
		TRY(work_context(req, &view.page, &m.unit, &m.round, STAGE_RECOGNISE, "/xa"));
		TRY(gather(req, &m));
		fill_steps(a, &m, today, &view);
		TRY(fill_late(req, &m, &view));
		view.papers_href = act_url(a, &m, "giay-to");
		fill_next(a, &m, today, &view);
		fill_tasks(a, &m, &view);
	}
	commune_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

enum outcome commune_show(struct request *req)
{
	const struct commune_form *form = req->form;

	return commune_answer(req, form->unit, form->nam, form->xep < 0 ? BRANCH_BY_NAME : (enum branch_order)form->xep,
		form->nguoc);
}

enum outcome commune_again(struct request *req)
{
	const struct scope_form *form = req->form;       /* what every post of the page begins with */

	return commune_answer(req, form->unit, SOME(form->round), BRANCH_BY_NAME, false);
}
