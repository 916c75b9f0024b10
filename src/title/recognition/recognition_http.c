/* The commune's acts of recognition: meeting, its minutes, posting, objections, tờ trình. The year on one page is
 * commune_http.c. */
#include "title/recognition/recognition_http.h"

#include <string.h>

#include "base/id.h"
#include "registry/access/access_page.h"
#include "registry/access/taking_page.h"
#include "text/format.h"
#include "title/recognition/act_page.h"
#include "title/recognition/branches_paper.h"
#include "title/recognition/commune_http.h"
#include "title/recognition/leaving_http.h"
#include "title/recognition/recognition_messages.h"
#include "title/review/review.h"
#include "title/review/review_page.h"

enum { ABOUT = 120 };

FORM_DEFINE(year_form, YEAR_FORM)
FORM_DEFINE(commune_form, COMMUNE_FORM)
FORM_DEFINE(scope_form, SCOPE)
FORM_DEFINE(meeting_form, MEETING_FORM)
FORM_DEFINE(posting_form, POSTING_FORM)
FORM_DEFINE(objection_form, OBJECTION_FORM)
FORM_DEFINE(objection_path_form, OBJECTION_PATH_FORM)
FORM_DEFINE(objection_answer_form, OBJECTION_ANSWER_FORM)
FORM_DEFINE(proposal_form, PROPOSAL_FORM)
FORM_DEFINE(minutes_path_form, MINUTES_PATH_FORM)
FORM_DEFINE(minutes_form, MINUTES_FORM)

const struct choices objection_answers = CHOICES({ "dung", "Kiến nghị đúng: phiếu được xét lại" }, { "khong",
	"Giữ nguyên kết quả" });
static const char *today(struct request *req)
{
	return arena_text(req->ask.arena, day_of(req->ask.now).text);
}

static struct url back_to(struct arena *a, int64_t unit, int64_t round)
{
	return url_query_int(a, url_query_int(a, URL("/xa"), "unit", (long long)unit), "nam", (long long)round);
}

/* The page around an act of a commune and round: permission, context, the way back. */
static OUTCOME begin(struct request *req, int64_t unit_id, int64_t round_id, const char *part, const char *heading,
	struct act_page *act)
{
	struct arena *a = req->ask.arena;
	struct round round;
	struct unit unit;

	TRY(round_get(&req->ask, round_id, &round));
	TRY(work_unit(req, PERMIT_LIST_EDIT, unit_id, &unit));
	access_page(req, &act->page, heading);
	TRY(work_context(req, &act->page, &unit, &round, STAGE_RECOGNISE, "/xa"));
	act->heading = heading;
	act->back = back_to(a, unit_id, round_id);
	act->action = url_own(a, "/xa/%s/%lld/%lld", part, (long long)unit_id, (long long)round_id);
	page_crumbs(&act->page, a, &(struct link){ arena_format(a, "%s, năm %d", unit.name, round.year), act->back, false }, 1,
		heading);
	return OK;
}

/* The forms of a GET hold the scope alone; of a POST they begin with it. */
static const struct scope_form *scope_of(const struct request *req)
{
	return req->form;
}

/* ---- the meeting ---- */

static enum outcome meeting_show(struct request *req)
{
	const struct scope_form *scope = scope_of(req);
	struct arena *a = req->ask.arena;
	struct act_page act = { .button = "Ghi biên bản, lập danh sách" };
	struct meeting_form empty = { .held_on = today(req), .number = "", .place = "", .chair = "", .secretary = "",
		.attendees = "", .absent = "", .discussion = "" };
	struct leaving leaving = { .step = LEAVING_MEETING, .round_id = scope->round, .commune_id = scope->unit };
	struct figure_counts counts;
	struct exceptions left;

	TRY(begin(req, scope->unit, scope->round, "hop", "Ghi cuộc họp xét", &act));
	TRY(figures_of_unit(&req->ask, scope->round, scope->unit, "", &counts));
	TRY(left_out(&req->ask, &leaving, &left));
	act.lead = arena_format(a, "%s phiếu đã xét được đưa ra họp. Phiếu đạt vào danh sách xã, phiếu khác thành “chưa đạt”.",
		format_int(a, counts.states[SHEET_REVIEWED]));
	empty.version = (int64_t)left.n;
	act_lines(req, &meeting_form_def, &empty, &act);
	leaving_list(a, &left,
		"Phiếu không đạt điểm thì máy tự ghi “chưa đạt” kèm lý do. Phiếu đạt mà cuộc họp chưa đề nghị thì chọn "
		"riêng, có lý do.", url_own(a, "/xa/hop/%lld/%lld/de-lai", (long long)scope->unit, (long long)scope->round),
		"Chọn phiếu đạt mà cuộc họp chưa đề nghị", &act.left);
	return act_show(req, &act);
}

static enum outcome meeting_post(struct request *req)
{
	const struct meeting_form *f = req->form;
	struct meeting_new new = { .round_id = f->round, .commune_id = f->unit, .held_on = f->held_on, .place = f->place,
		.number = f->number, .chair = f->chair, .secretary = f->secretary, .attendees = f->attendees, .absent = f->absent,
		.discussion = f->discussion, .votes_for = f->votes_for, .left_out = f->version };
	int64_t id;

	TRY(meeting_hold(&req->ask, &new, &id));
	return redirect_see_other(req, back_to(req->ask.arena, f->unit, f->round));
}

/* ---- posting ---- */

static enum outcome posting_show(struct request *req)
{
	const struct scope_form *scope = scope_of(req);
	struct arena *a = req->ask.arena;
	struct act_page act = { .button = "Niêm yết" };
	struct posting_form empty = { .from_day = today(req), .until_day = "", .place = "" };
	struct figure_counts counts;
	struct round round;

	TRY(begin(req, scope->unit, scope->round, "niem-yet", "Niêm yết danh sách", &act));
	TRY(round_get(&req->ask, scope->round, &round));
	TRY(figures_of_unit(&req->ask, scope->round, scope->unit, "", &counts));
	act.lead = arena_format(a, "%s người trong danh sách xã. Niêm yết ít nhất %d ngày làm việc. Ai không muốn ghi tên vẫn "
		"được xét như thường.",
		format_int(a, counts.states[SHEET_LISTED]), round.posting_days);
	act_lines(req, &posting_form_def, &empty, &act);
	return act_show(req, &act);
}

static enum outcome posting_post(struct request *req)
{
	const struct posting_form *f = req->form;
	int64_t id;

	TRY(posting_make(&req->ask, &(struct posting){ .round_id = f->round, .commune_id = f->unit, .from_day = f->from_day,
		.until_day = f->until_day, .place = f->place }, &id));
	return redirect_see_other(req, back_to(req->ask.arena, f->unit, f->round));
}

/* ---- objections ---- */

static const char *answer_words(struct arena *a, const struct objection *o)
{
	if (o->answer == OBJECTION_OPEN)
		return arena_format(a, "Chờ trả lời, hạn %s", format_date(a, o->due_day));
	return o->answer == OBJECTION_UPHELD ? "Đúng, xét lại" : "Giữ nguyên";
}

static OUTCOME fill_objections(struct request *req, const struct scope_form *scope, struct act_page *act)
{
	struct arena *a = req->ask.arena;
	struct objection_list list;
	struct objection_row *rows;

	TRY(objection_list(&req->ask, scope->round, scope->unit, &list));
	rows = ARENA_ARRAY(a, struct objection_row, list.n);
	for (size_t i = 0; i < list.n; i++)
		rows[i] = (struct objection_row){ list.at[i].person_name, list.at[i].words, format_date(a,
			list.at[i].received_on),
			answer_words(a, &list.at[i]), url_own(a, "/xa/kien-nghi/%lld", (long long)list.at[i].id) };
	act->rows = rows;
	act->n_rows = list.n;
	act->list_heading = arena_format(a, "%zu kiến nghị đã nhận", list.n);
	return OK;
}

static enum outcome objections_show(struct request *req)
{
	const struct scope_form *scope = scope_of(req);
	struct act_page act = { .button = "Ghi kiến nghị", .lead = "Người bị bỏ sót cũng kiến nghị được. Trả lời trong 5 ngày "
		"làm việc, bởi người không xét phiếu đó." };
	struct objection_form empty = { .code = "", .by_name = "", .by_contact = "", .received_on = today(req), .words = "" };

	TRY(begin(req, scope->unit, scope->round, "kien-nghi", "Kiến nghị", &act));
	TRY(fill_objections(req, scope, &act));
	act_lines(req, &objection_form_def, &empty, &act);
	return act_show(req, &act);
}

static enum outcome objections_post(struct request *req)
{
	const struct objection_form *f = req->form;
	struct objection new = { .round_id = f->round, .commune_id = f->unit, .by_name = f->by_name, .by_contact = f->by_contact,
		.words = f->words, .received_on = f->received_on };
	char code[CODE_MAX + 1];
	struct sheet_key key = { 0 };
	enum outcome found = NOT_FOUND;
	int64_t id;

	if (code_read(f->code, code, CODE_SHEET_LEN))
		found = sheet_by_code(&req->ask, code, &key);
	if (found == FAILED)
		return FAILED;
	if (found != OK || key.round_id != f->round) {
		problem(req->ask.problems, "code", EXCEPTION_UNKNOWN);
		return INVALID;
	}
	new.person_id = key.person_id;
	TRY(objection_receive(&req->ask, &new, &id));
	return redirect_see_other(req, url_own(req->ask.arena, "/xa/kien-nghi/%lld/%lld", (long long)f->unit,
		(long long)f->round));
}

static enum outcome answer_show(struct request *req)
{
	struct arena *a = req->ask.arena;
	int64_t id = req->is_post ? ((const struct objection_answer_form *)req->form)->objection
		: ((const struct objection_path_form *)req->form)->objection;
	struct act_page act = { .button = "Trả lời kiến nghị" };
	struct objection_answer_form stored = { .answer = -1 };
	struct fact *facts = ARENA_ARRAY(a, struct fact, 5);
	struct objection o;

	TRY(objection_get(&req->ask, id, &o));
	TRY(begin(req, o.commune_id, o.round_id, "kien-nghi", arena_format(a, "Kiến nghị về %s", o.person_name), &act));
	act.back = act.action;
	act.action = url_own(a, "/xa/kien-nghi/%lld/tra-loi", (long long)id);
	facts[0] = (struct fact){ "Người kiến nghị", o.by_name, "" };
	facts[1] = (struct fact){ "Liên lạc", *o.by_contact ? o.by_contact : "không ghi", "" };
	facts[2] = (struct fact){ "Ngày nhận", format_date(a, o.received_on), "" };
	facts[3] = (struct fact){ "Nội dung", o.words, "" };
	facts[4] = (struct fact){ "Kết quả", o.answer == OBJECTION_OPEN ? answer_words(a, &o) : arena_format(a, "%s: %s",
		answer_words(a, &o),
		o.answer_words), "" };
	act.facts = (struct facts){ facts, 5 };
	stored.version = o.version;
	stored.words = o.answer_words;
	if (o.answer != OBJECTION_OPEN)
		stored.answer = o.answer == OBJECTION_UPHELD ? 0 : 1;
	act_lines(req, &objection_answer_form_def, &stored, &act);
	if (o.answer != OBJECTION_OPEN)
		act.button = "";
	return act_show(req, &act);
}

static enum outcome answer_post(struct request *req)
{
	const struct objection_answer_form *f = req->form;
	struct objection o;

	TRY(objection_answer(&req->ask, f->objection, f->version, f->answer == 0 ? OBJECTION_UPHELD : OBJECTION_REFUSED,
		f->words));
	TRY(objection_get(&req->ask, f->objection, &o));
	return redirect_see_other(req, url_own(req->ask.arena, "/xa/kien-nghi/%lld/%lld", (long long)o.commune_id,
		(long long)o.round_id));
}

/* ---- tờ trình ---- */

static enum outcome proposal_show(struct request *req)
{
	const struct scope_form *scope = scope_of(req);
	struct arena *a = req->ask.arena;
	struct act_page act = { .button = "Lập tờ trình" };
	struct proposal_form empty = { .number = "", .day = today(req), .signer = "" };
	struct authority authority;

	TRY(begin(req, scope->unit, scope->round, "to-trinh", "Lập tờ trình", &act));
	TRY(authority_of(&req->ask, scope->unit, today(req), &authority));
	act.lead = arena_format(a, "Gửi %s. Gồm mọi người đã hết hạn niêm yết; ai đang có kiến nghị chưa trả lời thì chờ tờ "
		"trình sau.",
		authority.name);
	act_lines(req, &proposal_form_def, &empty, &act);
	return act_show(req, &act);
}

static enum outcome proposal_post(struct request *req)
{
	const struct proposal_form *f = req->form;
	int64_t id;

	TRY(proposal_make(&req->ask, &(struct proposal){ .round_id = f->round, .commune_id = f->unit, .number = f->number,
		.day = f->day,
		.signer = f->signer }, &id));
	return redirect_see_other(req, back_to(req->ask.arena, f->unit, f->round));
}

/* ---- the words of the minutes ---- */

static enum outcome minutes_show(struct request *req)
{
	struct arena *a = req->ask.arena;
	int64_t id = req->is_post ? ((const struct minutes_form *)req->form)->meeting
		: ((const struct minutes_path_form *)req->form)->meeting;
	struct act_page act = { .button = "Lưu lời biên bản", .version = "",
		.lead = "Ngày họp và các con số giữ như hôm họp. Mỗi lần sửa được ghi vào nhật ký." };
	struct fact *facts = ARENA_ARRAY(a, struct fact, 3);
	struct meeting m;

	TRY(meeting_get(&req->ask, id, &m));
	TRY(begin(req, m.commune_id, m.round_id, "giay-to", arena_format(a, "Biên bản họp ngày %s", format_date(a, m.held_on)),
		&act));
	act.back = act.action;
	act.action = url_own(a, "/xa/bien-ban/%lld", (long long)id);
	facts[0] = (struct fact){ "Dự họp, tán thành", arena_format(a, "%s người, %s tán thành", format_int(a,
		m.minutes.attendees),
		format_int(a, m.minutes.votes_for)), "" };
	facts[1] = (struct fact){ "Đề nghị công nhận", arena_format(a, "%s người", format_int(a, m.minutes.listed)), "" };
	facts[2] = (struct fact){ "Chưa đề nghị", arena_format(a, "%s người", format_int(a, m.minutes.not_met)), "" };
	act.facts = (struct facts){ facts, 3 };
	act_lines(req, &minutes_form_def, &(struct minutes_form){ .meeting = id, .version = m.version, .number = m.number,
		.began = m.began,
		.ended = m.ended, .place = m.place, .chair = m.chair, .secretary = m.secretary, .attendees = m.attendees,
		.absent = m.absent, .discussion = m.discussion, .relatives = m.relatives, .copies = m.copies }, &act);
	return act_show(req, &act);
}

static enum outcome minutes_post(struct request *req)
{
	const struct minutes_form *f = req->form;
	struct meeting m;

	TRY(meeting_get(&req->ask, f->meeting, &m));
	TRY(meeting_change(&req->ask, &(struct meeting){ .id = f->meeting, .version = f->version, .number = f->number,
		.place = f->place, .chair = f->chair, .secretary = f->secretary, .attendees = f->attendees, .absent = f->absent,
		.discussion = f->discussion, .began = f->began, .ended = f->ended, .relatives = f->relatives, .copies =
			f->copies }));
	return redirect_see_other(req, url_own(req->ask.arena, "/xa/giay-to/%lld/%lld", (long long)m.commune_id,
		(long long)m.round_id));
}

/* ---- the branches ---- */

static enum outcome branches_post(struct request *req)
{
	const struct scope_form *f = scope_of(req);

	TRY(access_require(&req->ask, PERMIT_LIST_EDIT, f->unit));
	TRY(review_note_export(&req->ask, f->round, f->unit, "chi-hoi", "xlsx"));
	return taking_redirect(req, url_own(req->ask.arena, "/xa/chi-hoi/%lld/%lld/xlsx", (long long)f->unit,
		(long long)f->round));
}

static enum outcome branches_file(struct request *req)
{
	const struct scope_form *f = scope_of(req);
	struct buf file = BUF(req->ask.arena, .max = 4 * MiB);
	struct document *document;
	struct round round;
	struct unit unit;

	TRY(round_get(&req->ask, f->round, &round));
	TRY(work_unit(req, PERMIT_LIST_EDIT, f->unit, &unit));
	TRY(taking_was_noted(req));
	TRY(branches_paper(&req->ask, &unit, &round, &document));
	TRY(document_render(document, DOCUMENT_XLSX, sink_buf(&file)));
	return respond_file(req, document_format_type(DOCUMENT_XLSX), arena_format(req->ask.arena, "Các chi hội %s %d.xlsx",
		unit.name, round.year), buf_bytes(&file), false);
}

const struct route recognition_routes[] = {
	GET(READ, "/xa", PERMIT_LIST_EDIT, SEES_NOBODY, commune_form, commune_show)
	POST(WRITE, "/xa/chi-hoi/{unit}/{round}", PERMIT_LIST_EDIT, SEES_NOBODY, scope_form, NO_PREPARE, branches_post,
		.again = commune_again)
	GET(WORK, "/xa/chi-hoi/{unit}/{round}/xlsx", PERMIT_LIST_EDIT, SEES_NOBODY, scope_form, branches_file)
	GET(READ, "/xa/hop/{unit}/{round}", PERMIT_LIST_EDIT, SEES_NOBODY, scope_form, meeting_show)
	POST(WRITE, "/xa/hop/{unit}/{round}", PERMIT_LIST_EDIT, SEES_NOBODY, meeting_form, NO_PREPARE, meeting_post,
		.again = meeting_show, .rules = meeting_post)
	GET(READ, "/xa/niem-yet/{unit}/{round}", PERMIT_LIST_EDIT, SEES_NOBODY, scope_form, posting_show)
	POST(WRITE, "/xa/niem-yet/{unit}/{round}", PERMIT_LIST_EDIT, SEES_NOBODY, posting_form, NO_PREPARE, posting_post,
		.again = posting_show, .rules = posting_post)
	GET(READ, "/xa/kien-nghi/{unit}/{round}", PERMIT_LIST_EDIT, SEES_NOBODY, scope_form, objections_show)
	POST(WRITE, "/xa/kien-nghi/{unit}/{round}", PERMIT_LIST_EDIT, SEES_NOBODY, objection_form, NO_PREPARE, objections_post,
		.again = objections_show, .rules = objections_post)
	GET(READ, "/xa/kien-nghi/{objection}", PERMIT_LIST_EDIT, SEES_NOBODY, objection_path_form, answer_show)
	POST(WRITE, "/xa/kien-nghi/{objection}/tra-loi", PERMIT_LIST_EDIT, SEES_NOBODY, objection_answer_form, NO_PREPARE,
		answer_post, .again = answer_show, .rules = answer_post)
	GET(READ, "/xa/to-trinh/{unit}/{round}", PERMIT_LIST_EDIT, SEES_NOBODY, scope_form, proposal_show)
	POST(WRITE, "/xa/to-trinh/{unit}/{round}", PERMIT_LIST_EDIT, SEES_NOBODY, proposal_form, NO_PREPARE, proposal_post,
		.again = proposal_show, .rules = proposal_post)
	GET(READ, "/xa/bien-ban/{meeting}", PERMIT_LIST_EDIT, SEES_NOBODY, minutes_path_form, minutes_show)
	POST(WRITE, "/xa/bien-ban/{meeting}", PERMIT_LIST_EDIT, SEES_NOBODY, minutes_form, NO_PREPARE, minutes_post,
		.again = minutes_show, .rules = minutes_post)
};
const struct route_table recognition_table = ROUTES(recognition_routes);
