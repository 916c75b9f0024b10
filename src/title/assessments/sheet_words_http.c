/* Words of the way a sheet goes. */
#include "title/assessments/sheet_words_http.h"

#include <string.h>

#include "base/day.h"
#include "registry/tree/tree.h"
#include "text/format.h"
#include "text/text.h"

static const char *today(struct request *req)
{
	return arena_text(req->ask.arena, day_of(req->ask.now).text);
}

OUTCOME sheet_who(struct request *req, const struct sheet_place *p, const char **out)
{
	struct arena *a = req->ask.arena;
	struct buf words = BUF(a);
	struct unit_list path;
	enum outcome found = tree_path(&req->ask, p->sheet.leaf_id, today(req), &path);

	buf_format(&words, "%s, sinh %s", p->person.name, format_date(a, p->person.birth));
	if (p->has_sheet && p->group >= 0)
		buf_format(&words, " · %s", p->criteria->groups[p->group].title);
	if (found == OK) {
		buf_format(&words, " · %s", path.at[path.n - 1].name);
		if (path.n > 1)
			buf_format(&words, ", %s", path.at[path.n - 2].name);
	}
	*out = buf_cstr(&words);
	return found == NOT_FOUND ? OK : found;
}

/* ---- what comes next ---- */

static OUTCOME until_words(struct request *req, const struct sheet_place *p, enum round_stage stage, const char **out)
{
	const char *until;

	TRY(round_until(&req->ask, &p->round, p->sheet.leaf_id, stage, &until));
	*out = format_date(req->ask.arena, until);
	return OK;
}

static void say(struct sheet_home *view, const char *title, const char *text, const char *label, struct url href)
{
	view->next_title = title;
	view->next_text = text;
	view->next_label = label;
	view->next_href = href;
}

static int first_missing(const struct sheet_place *p)
{
	for (int i = 0; i < (int)p->criteria->n_indicators; i++)
		if (i >= p->sheet.self.n || !p->sheet.self.at[i].is)
			return i + 1;
	return 0;
}

/* May it be done now, with the window's own words when it may not; nothing is wrong on this page itself. */
static OUTCOME ask_window(struct request *req, const struct sheet_place *p, bool *open, const char **why)
{
	struct problems *told = req->ask.problems, quiet = PROBLEMS(req->ask.arena);
	enum outcome asked;

	req->ask.problems = &quiet;
	asked = p->has_sheet ? sheet_is_open(&req->ask, &p->sheet, open)
		: round_is_open(&req->ask, &p->round, p->sheet.leaf_id, STAGE_REGISTER, open);
	req->ask.problems = told;
	*why = quiet.first ? quiet.first->text : "";
	return asked;
}

OUTCOME sheet_say_closed(struct request *req, const struct sheet_place *p, struct sheet_top *at)
{
	const char *why;
	bool open;

	TRY(ask_window(req, p, &open, &why));
	at->is_closed = !open && !req->is_post;              /* what was typed stays, whatever the day */
	if (at->is_closed)
		page_notice(&at->page, NOTICE_STOP, p->has_sheet ? "Lúc này phiếu chỉ để xem" : "Chưa đăng ký được lúc này", why,
			"", URL_NONE);
	return OK;
}

static OUTCOME say_new(struct request *req, const struct sheet_place *p, struct sheet_home *view)
{
	struct arena *a = req->ask.arena;
	const char *until, *why;
	bool open;

	TRY(ask_window(req, p, &open, &why));
	TRY(until_words(req, p, STAGE_REGISTER, &until));
	view->told = arena_format(a, "%s chưa đăng ký năm %d.", p->who_capital, p->round.year);
	if (open)
		say(view, "Việc tiếp theo: đăng ký", arena_format(a, "Đăng ký đến hết ngày %s. Mất khoảng hai phút.", until),
			"Đăng ký", sheet_url(a, p->sheet.key, "dang-ky"));
	else
		say(view, "Chưa đăng ký được lúc này", why, "", URL_NONE);
	return OK;
}

static OUTCOME say_scoring(struct request *req, const struct sheet_place *p, struct sheet_home *view)
{
	struct arena *a = req->ask.arena;
	int missing = first_missing(p), n = (int)p->criteria->n_indicators;
	int left = p->sheet.self.n ? scores_missing(&p->sheet.self) : n;
	const char *until, *why;
	bool open;

	TRY(ask_window(req, p, &open, &why));
	TRY(until_words(req, p, STAGE_SCORE, &until));
	if (p->sheet.state == SHEET_RETURNED && *p->sheet.due_day)
		until = format_date(a, p->sheet.due_day);
	if (!open)
		say(view, "Chưa chấm được lúc này", why, "", URL_NONE);
	else if (missing && p->sheet.state == SHEET_REGISTERED)
		say(view, "Việc tiếp theo: tự chấm điểm",
			arena_format(a, "Có %d chỉ số, mỗi chỉ số một trang. Làm dần cũng được, nộp đến hết ngày %s.", n, until),
			"Bắt đầu chấm", sheet_score_url(a, p->sheet.key, missing));
	else if (missing)
		say(view, arena_format(a, "Việc tiếp theo: chấm chỉ số %d", missing),
			arena_format(a, "Còn %d chỉ số chưa chấm. Nộp đến hết ngày %s.", left, until), "Chấm tiếp",
			sheet_score_url(a, p->sheet.key, missing));
	else
		say(view, "Việc tiếp theo: xem lại và nộp",
			arena_format(a, "Đã chấm đủ %d chỉ số. Nộp đến hết ngày %s.", n, until), "Xem lại và nộp",
			sheet_url(a, p->sheet.key, "gui"));
	return OK;
}

static void say_returned(struct request *req, const struct sheet_place *p, struct sheet_home *view)
{
	struct arena *a = req->ask.arena;

	page_notice(&view->at.page, NOTICE_TURN,
		arena_format(a, "Chi hội cần %s bổ sung trước hết ngày %s", p->who, format_date(a, p->sheet.due_day)),
		p->sheet.state_reason, "Xem và sửa từng chỉ số", sheet_url(a, p->sheet.key, "xem"));
	view->told = "Sửa hoặc thêm minh chứng rồi nộp lại.";
}

/* With the branch or above it: nothing to press, but when to expect what. */
static OUTCOME say_waiting(struct request *req, const struct sheet_place *p, struct sheet_home *view)
{
	struct arena *a = req->ask.arena;
	const char *review, *recognise;

	TRY(until_words(req, p, STAGE_REVIEW, &review));
	TRY(until_words(req, p, STAGE_RECOGNISE, &recognise));
	if (p->sheet.state == SHEET_SUBMITTED) {
		view->told = arena_format(a, "%s đã nộp phiếu lúc %s.", p->who_capital, format_moment(a, p->sheet.submitted_at));
		say(view, "Chờ chi hội xét",
			arena_format(a, "Chi hội xét trước hết ngày %s. Chưa ai xét thì vẫn lấy lại để sửa được.", review), "",
			URL_NONE);
		return OK;
	}
	view->told = p->sheet.state == SHEET_REVIEWED ? "Chi hội đã xét xong phiếu này." : p->sheet.state == SHEET_PROPOSED
		? "Hội Khuyến học xã, phường đã trình công nhận." : "Phiếu đã vào danh sách của xã, phường.";
	say(view, "Chờ công nhận",
		arena_format(a, "Dự kiến có quyết định trước hết ngày %s. Điểm nào được sửa, ai sửa và vì sao, xem ở phiếu.",
		recognise),
		"Xem phiếu", sheet_url(a, p->sheet.key, "xem"));
	return OK;
}

static void say_end(struct request *req, const struct sheet_place *p, struct sheet_home *view)
{
	struct arena *a = req->ask.arena;
	const char *reason = p->sheet.state_reason;

	if (p->sheet.state == SHEET_RECOGNISED) {
		view->told = arena_format(a, "%s được công nhận Công dân học tập năm %d.", p->who_capital, p->round.year);
		say(view, "Giấy chứng nhận đã có", "Tải về để in, hoặc gửi trang xác minh cho người cần xem.",
			"Xem giấy chứng nhận", sheet_url(a, p->sheet.key, "giay"));
	} else if (p->sheet.state == SHEET_NOT_MET) {
		view->told = *reason ? arena_format(a, "Chưa đạt năm nay: %s", reason) : "Chưa đạt năm nay.";
		say(view, "Thấy chưa đúng thì hỏi lại",
			"Xem phiếu để biết điểm thống nhất và lý do, rồi hỏi chi hội hoặc gửi kiến nghị.", "Xem phiếu",
			sheet_url(a, p->sheet.key, "xem"));
	} else if (p->sheet.state == SHEET_WITHDRAWN) {
		view->told = arena_format(a, "Phiếu đã rút: %s", reason);
		say(view, "Muốn làm lại thì nhờ chi hội", "Chi hội nhận lại phiếu khi đợt này còn mở; điểm đã chấm vẫn còn.", "",
			URL_NONE);
	} else if (p->sheet.state == SHEET_LAPSED) {
		view->told = "Hết hạn mà phiếu chưa nộp.";
		say(view, "Hỏi chi hội về gia hạn", "Được gia hạn thì phiếu mở lại, điểm đã chấm vẫn còn.", "", URL_NONE);
	} else {
		view->told = *reason ? arena_format(a, "Danh hiệu đã bị thu hồi: %s", reason) : "Danh hiệu đã bị thu hồi.";
		say(view, "Xem lại phiếu", "Có gì chưa rõ, hỏi Hội Khuyến học xã, phường.", "Xem phiếu",
			sheet_url(a, p->sheet.key, "xem"));
	}
}

OUTCOME sheet_say_next(struct request *req, const struct sheet_place *p, struct sheet_home *view)
{
	switch (p->sheet.state) {
	case SHEET_NONE:
		return say_new(req, p, view);
	case SHEET_RETURNED:
		say_returned(req, p, view);
		return say_scoring(req, p, view);
	case SHEET_REGISTERED: case SHEET_DRAFT:
		return say_scoring(req, p, view);
	case SHEET_SUBMITTED: case SHEET_REVIEWED: case SHEET_LISTED: case SHEET_POSTED: case SHEET_PROPOSED:
		return say_waiting(req, p, view);
	case SHEET_RECOGNISED:
	case SHEET_NOT_MET:
	case SHEET_REVOKED:
	case SHEET_WITHDRAWN:
	case SHEET_LAPSED:
	case SHEET_STATE_N:
		break;
	}
	say_end(req, p, view);
	return OK;
}

/* ---- the year ---- */

static bool is_past(enum sheet_state state, enum round_stage stage)
{
	if (state == SHEET_WITHDRAWN || state == SHEET_LAPSED)
		return false;
	if (stage == STAGE_REGISTER)
		return sheet_is_registered(state);
	if (stage == STAGE_SCORE)
		return sheet_is_submitted(state);
	if (stage == STAGE_REVIEW)
		return sheet_is_submitted(state) && state != SHEET_SUBMITTED;
	return state == SHEET_RECOGNISED || state == SHEET_REVOKED;
}

static struct step step_of(struct arena *a, const char *title, const char *today, const char *from, const char *until,
	bool is_done)
{
	struct step step = { .title = title, .value = format_date(a, until), .href = URL_NONE, .is_done = is_done };

	if (is_done) {
		step.small = arena_format(a, "hạn %s", step.value);
		step.value = "đã xong";
	} else {
		step.small = strcmp(today, from) < 0 ? arena_format(a, "từ ngày %s", format_date(a, from))
			: arena_format(a, "hạn cuối, %s", format_days_left(a, today, until));
	}
	return step;
}

OUTCOME sheet_steps(struct request *req, const struct sheet_place *p, struct steps *out)
{
	static const char *const titles[STAGES] = { "1. Đăng ký", "2. Tự chấm, nộp", "3. Chi hội xét", "4. Công nhận" };
	struct step *steps = ARENA_ARRAY(req->ask.arena, struct step, STAGES);
	const char *day = today(req), *untils[STAGES + 1];
	bool all_done = true;                    /* so far: the first that is not is where the person is */

	TRY(round_untils(&req->ask, &p->round, p->sheet.leaf_id, untils));
	for (int i = 0; i < STAGES; i++) {
		enum round_stage stage = (enum round_stage)(i + 1);
		const char *from = p->round.from[stage], *until = untils[stage];

		if (stage == STAGE_SCORE && p->sheet.state == SHEET_RETURNED)
			until = p->sheet.due_day;
		steps[i] = step_of(req->ask.arena, titles[i], day, from, until, is_past(p->sheet.state, stage));
		steps[i].is_now = all_done && !steps[i].is_done && strcmp(from, day) <= 0 && strcmp(day, until) <= 0;
		all_done &= steps[i].is_done;
	}
	*out = (struct steps){ steps, STAGES };
	return OK;
}
