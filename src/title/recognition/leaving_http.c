/* People of a list, ticked or named by code, left out with one reason for all of them, or taken in again. */
#include "title/recognition/leaving_http.h"

#include <string.h>

#include "base/day.h"
#include "base/id.h"
#include "http/form.h"
#include "leaving_page_html.h"
#include "registry/access/access_page.h"
#include "text/format.h"
#include "text/text.h"
#include "title/criteria/criteria.h"
#include "title/recognition/recognition_http.h"
#include "title/recognition/recognition_messages.h"
#include "title/review/review_page.h"

FORM_DEFINE(meeting_leave_path_form, MEETING_LEAVE_PATH_FORM)
FORM_DEFINE(meeting_leave_form, MEETING_LEAVE_FORM)

enum { ACT_OUT, ACT_IN };
const struct choices leaving_acts = CHOICES({ "de-lai", "Để lại" }, { "dua-lai", "Đưa lại vào danh sách" });

/* ---- the list ---- */

static const char *kind_words(const struct leaving *l, const struct exception *e)
{
	if (l->step == LEAVING_MEETING)
		return "chưa đề nghị";
	return e->kind == EXCEPTION_SENT_BACK ? "trả lại để xét lại" : "chưa đạt";
}

static void note_of(struct arena *a, const struct leaving *l, const struct criteria *criteria, const struct exceptions *left,
	const struct appraisal_line *line, struct leaving_row *row)
{
	const struct exception *e = exception_of(left, line->person_id);

	row->may_choose = true;
	row->note = e ? arena_format(a, "Để lại, %s: %s", kind_words(l, e), e->reason) : "";
	if (l->step == LEAVING_DECISION && line->state != SHEET_PROPOSED) {
		row->may_choose = false;
		row->note = "Đã rút";
	} else if (l->step == LEAVING_MEETING && !e) {
		row->may_choose = criteria_judge(criteria, &line->scores).passes;
		row->note = row->may_choose ? "" : "Chưa đủ điểm, máy tự ghi";
	}
}

static bool is_ticked(const struct id_list *ids, int64_t id)
{
	for (size_t i = 0; ids && i < ids->n; i++)
		if (ids->at[i] == id)
			return true;
	return false;
}

static const struct id_list *ticked(const struct request *req)
{
	if (!req->is_post)
		return NULL;
	if (req->route->form == &meeting_leave_form_def)
		return &((const struct meeting_leave_form *)req->form)->nguoi;
	return req->route->form == &decision_leave_form_def ? &((const struct decision_leave_form *)req->form)->nguoi : NULL;
}

static OUTCOME fill_rows(struct request *req, const struct leaving *l, const struct exceptions *left,
	const struct appraisal_lines *people, struct leaving_page *view)
{
	struct arena *a = req->ask.arena;
	struct leaving_row *rows = ARENA_ARRAY(a, struct leaving_row, people->n);
	const struct criteria *criteria;
	struct round round;

	TRY(round_get(&req->ask, l->round_id, &round));
	TRY(criteria_get(&req->ask, round.criteria_id, &criteria));
	for (size_t i = 0; i < people->n; i++) {
		const struct appraisal_line *p = &people->at[i];

		rows[i] = (struct leaving_row){ .id = p->person_id, .name = arena_format(a, "%s, %d", p->name,
			day_year(p->birth)),
			.about = person_group_label(p->group), .leaf = p->leaf_name, .total = format_int(a, p->total),
			.lowest = format_int(a, p->lowest), .code = p->code, .chosen = is_ticked(ticked(req), p->person_id) };
		note_of(a, l, criteria, left, p, &rows[i]);
	}
	request_lists(req, l->commune_id, l->step == LEAVING_MEETING ? "Phiếu đã xét" : "Người trong tờ trình");
	view->rows = rows;
	view->n_rows = people->n;
	return OK;
}

static void fill_form(struct request *req, const struct leaving *l, struct leaving_page *view)
{
	struct decision_leave_form stored = { .version = l->version, .viec = -1, .kind = -1, .ma = "", .why = "" };
	struct meeting_leave_form_view meeting;
	struct decision_leave_form_view decision;

	if (view->asks_kind) {
		request_form(req, &decision_leave_form_def, &stored, &decision);
		view->version = decision.version.value;
		view->codes = decision.ma;
		view->why = decision.why;
		view->kind = decision.kind;
		view->form_error = decision.nguoi.error;
	} else {
		request_form(req, &meeting_leave_form_def, NULL, &meeting);
		view->codes = meeting.ma;
		view->why = meeting.why;
		view->form_error = meeting.nguoi.error;
	}
	view->why.optional = view->kind.optional = false;        /* only taking in again does without them */
}

OUTCOME leaving_fill(struct request *req, const struct leaving *l, const struct proposal *p, int64_t after_id, struct url here,
	struct leaving_page *view)
{
	struct arena *a = req->ask.arena;
	struct appraisal_line after = { .person_id = after_id };
	struct appraisal_lines people;
	struct exceptions left;
	struct person person;

	if (after_id) {
		TRY(person_get(&req->ask, after_id, &person));
		after.name_key = person.name_key;
	}
	if (p)
		TRY(proposal_people(&req->ask, p, after_id ? &after : NULL, RECOGNITION_PAGE, &people));
	else
		TRY(listed_people(&req->ask, l->round_id, l->commune_id, SHEET_REVIEWED, after_id ? &after : NULL,
		RECOGNITION_PAGE,
			&people));
	TRY(left_out(&req->ask, l, &left));
	TRY(fill_rows(req, l, &left, &people, view));
	view->asks_kind = l->step == LEAVING_DECISION;
	view->after = after_id ? arena_format(a, "%lld", (long long)after_id) : "";
	view->pager.first = after_id ? here : URL_NONE;
	if (people.n == RECOGNITION_PAGE)
		view->pager.next = url_query_int(a, here, "sau", (long long)people.at[people.n - 1].person_id);
	fill_form(req, l, view);
	return OK;
}

void leaving_list(struct arena *a, const struct exceptions *left, const char *lead, struct url href, const char *link,
	struct left_list *out)
{
	size_t n = left->n < LEFT_SHOWN ? left->n : LEFT_SHOWN;
	struct left_row *rows = ARENA_ARRAY(a, struct left_row, n);

	for (size_t i = 0; i < n; i++)
		rows[i] = (struct left_row){ left->at[i].name, left->at[i].kind == EXCEPTION_SENT_BACK
		? "trả lại để xét lại" : "chưa đạt",
			left->at[i].reason };
	*out = (struct left_list){ .heading = left->n ? arena_format(a, "Để lại %s người", format_int(a, (int64_t)left->n))
		: "Không để lại ai", .lead = lead, .rows = rows, .n_rows = n, .href = href, .link = link, .more = left->n > n
		? arena_format(a, "và %s người khác, có ghi ở danh sách", format_int(a, (int64_t)(left->n - n))) : "" };
}

/* ---- what is sent ---- */

/* Codes are looked up one by one: who types them has the paper in hand, a few dozen. Unknown ones are said all at once. */
static OUTCOME add_codes(struct request *req, const struct leaving *l, const struct words *words, int64_t *ids, size_t *n)
{
	struct arena *a = req->ask.arena;
	struct buf unknown = BUF(a, .max = 64 * KiB);

	for (size_t i = 0; i < words->n; i++) {
		char code[CODE_MAX + 1];
		struct sheet_key key = { 0 };
		enum outcome found = NOT_FOUND;

		if (code_read(words->at[i], code, CODE_SHEET_LEN))
			found = sheet_by_code(&req->ask, code, &key);
		if (found == FAILED)
			return FAILED;
		if (found == OK && key.round_id == l->round_id)
			ids[(*n)++] = key.person_id;
		else
			buf_format(&unknown, "%s%s", unknown.len ? ", " : "", words->at[i]);
	}
	if (unknown.len)
		problem(req->ask.problems, "ma", leaving_codes_unknown(a, buf_cstr(&unknown)));
	return OK;
}

OUTCOME leaving_write(struct request *req, const struct leaving *l, const struct leave_said *said)
{
	struct words words = text_words(req->ask.arena, said->codes);
	int64_t *ids = ARENA_ARRAY(req->ask.arena, int64_t, said->people.n + words.n);
	struct id_list people = { said->people.n, ids };

	for (size_t i = 0; i < said->people.n; i++)
		ids[i] = said->people.at[i];
	TRY(add_codes(req, l, &words, ids, &people.n));
	if (said->act == ACT_OUT && l->step == LEAVING_DECISION && said->kind < 0)
		problem(req->ask.problems, "kind", LEAVING_KIND);
	if (said->act == ACT_IN)
		return leave_in(&req->ask, l, people);
	return leave_out(&req->ask, l, said->kind == 1 ? EXCEPTION_SENT_BACK : EXCEPTION_NOT_MET, said->why, people);
}

/* ---- before the meeting ---- */

static enum outcome meeting_leaving(struct request *req, int64_t unit_id, int64_t round_id, int64_t after)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 2 * MiB);
	struct url here = url_own(a, "/xa/hop/%lld/%lld/de-lai", (long long)unit_id, (long long)round_id);
	struct leaving l = { .step = LEAVING_MEETING, .round_id = round_id, .commune_id = unit_id };
	struct leaving_page view = { .heading = "Phiếu đạt mà cuộc họp chưa đề nghị", .caption = "Các phiếu đã xét, xếp theo tên",
		.lead = "Đánh dấu người mà cuộc họp chưa đề nghị, ghi lý do. Ghi dần được; ghi biên bản xong thì "
			"những người này thành “chưa đạt” kèm lý do đó.",
		.form_heading = "Để lại", .may_leave = true, .action = here, .version = "", .pager = { .text = "" },
		.back_label = "Xong, về trang ghi cuộc họp" };
	struct round round;
	struct unit unit;

	TRY(round_get(&req->ask, round_id, &round));
	TRY(work_unit(req, PERMIT_LIST_EDIT, unit_id, &unit));
	access_page(req, &view.page, view.heading);
	TRY(work_context(req, &view.page, &unit, &round, STAGE_RECOGNISE, "/xa"));
	view.back = url_own(a, "/xa/hop/%lld/%lld", (long long)unit_id, (long long)round_id);
	page_crumbs(&view.page, a, (struct link[]){ { arena_format(a, "%s, năm %d", unit.name, round.year),
		url_query_int(a, url_query_int(a, URL("/xa"), "unit", (long long)unit_id), "nam", (long long)round_id), false },
		{ "Ghi cuộc họp xét", view.back, false } }, 2, "Để lại");
	TRY(leaving_fill(req, &l, NULL, after, here, &view));
	leaving_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome meeting_leaving_show(struct request *req)
{
	const struct meeting_leave_path_form *f = req->form;

	return meeting_leaving(req, f->unit, f->round, f->sau);
}

static enum outcome meeting_leaving_again(struct request *req)
{
	const struct meeting_leave_form *f = req->form;

	return meeting_leaving(req, f->unit, f->round, f->sau);
}

static enum outcome meeting_leaving_post(struct request *req)
{
	const struct meeting_leave_form *f = req->form;
	struct arena *a = req->ask.arena;
	struct url back = url_own(a, "/xa/hop/%lld/%lld/de-lai", (long long)f->unit, (long long)f->round);

	TRY(leaving_write(req, &(struct leaving){ .step = LEAVING_MEETING, .round_id = f->round, .commune_id = f->unit },
		&(struct leave_said){ .act = f->viec, .people = f->nguoi, .codes = f->ma, .why = f->why }));
	return redirect_see_other(req, f->sau ? url_query_int(a, back, "sau", (long long)f->sau) : back);
}

const struct route leaving_routes[] = {
	GET(READ, "/xa/hop/{unit}/{round}/de-lai", PERMIT_LIST_EDIT, SEES_NOBODY, meeting_leave_path_form, meeting_leaving_show)
	POST(WRITE, "/xa/hop/{unit}/{round}/de-lai", PERMIT_LIST_EDIT, SEES_NOBODY, meeting_leave_form, NO_PREPARE,
	meeting_leaving_post,
		.again = meeting_leaving_again, .rules = meeting_leaving_post)
};
const struct route_table leaving_table = ROUTES(leaving_routes);
