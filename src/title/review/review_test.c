#include "tests/test.h"

#include <string.h>

#include "base/day.h"
#include "db/db.h"
#include "registry/audit/audit.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/review/review.h"

#define REASON "Chưa có minh chứng cho mức này"

static const char *const no_reasons[SCORES_MAX] = { "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "",
	"" };

static struct scores changed(const struct sheet *s, int indicator, int64_t to)
{
	struct scores scores = s->self;

	scores.at[indicator - 1] = SOME(to);
	return scores;
}

TEST(review, equal_scores_need_no_reason_and_a_changed_one_does)
{
	struct world w;
	struct sheet s;
	struct scores scores;
	const char *reasons[SCORES_MAX];
	struct sheet_reasons kept;
	struct standing standing;
	int64_t an;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	s = year_sheet(&w, an);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	scores = changed(&s, 5, 6);
	memcpy(reasons, no_reasons, sizeof reasons);
	reasons[4] = "ngắn quá";
	CHECK_OUTCOME(INVALID, review_save(&w.ask, s.key, s.version, &scores, reasons));
	CHECK_PROBLEM(&w, "reason_5");
	CHECK_INT(SHEET_SUBMITTED, year_sheet(&w, an).state);
	world_again(&w);
	reasons[4] = REASON;
	CHECK_OUTCOME(OK, review_save(&w.ask, s.key, s.version, &scores, reasons));
	s = year_sheet(&w, an);
	CHECK_INT(SHEET_REVIEWED, s.state);
	CHECK_INT(w.account[ROLE_BRANCH], s.reviewed_by);
	CHECK_INT(6, s.reviewed.at[4].value);
	CHECK_OUTCOME(OK, sheet_reasons(&w.ask, s.key, &kept));
	CHECK_INT(1, kept.n);
	CHECK_INT(8, kept.at[0].was);
	CHECK_INT(6, kept.at[0].became);
	CHECK_OUTCOME(OK, standing_get(&w.ask, an, w.round, &standing));
	CHECK_INT(79, scores_total(&standing.scores));
	world_close(&w);
}

TEST(review, all_that_is_wrong_is_said_at_once)
{
	struct world w;
	struct sheet s;
	struct scores scores;
	int64_t an;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	s = year_sheet(&w, an);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	scores = s.self;
	scores.at[0] = NONE;
	scores.at[1] = SOME(11);
	scores.at[2] = SOME(5);
	CHECK_OUTCOME(INVALID, review_save(&w.ask, s.key, s.version, &scores, no_reasons));
	CHECK_PROBLEM(&w, "score_1");
	CHECK_PROBLEM(&w, "score_2");
	CHECK_PROBLEM(&w, "reason_3");
	world_again(&w);
	CHECK_OUTCOME(INVALID, review_return(&w.ask, s.key, s.version, "ngắn", "2026-11-01", "2026-12-01"));
	CHECK_PROBLEM(&w, "reason");
	CHECK_PROBLEM(&w, "due_day");
	CHECK_PROBLEM(&w, "told_on");
	world_close(&w);
}

TEST(review, nobody_reviews_their_own_sheet_or_one_of_another_branch)
{
	struct world w;
	struct sheet s;
	int64_t an;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	s = year_sheet(&w, an);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	w.actor.person_id = an;
	CHECK_OUTCOME(INVALID, review_save(&w.ask, s.key, s.version, &s.self, no_reasons));
	CHECK_HAS(world_problem(&w, ""), "chính mình");
	world_again(&w);
	CHECK_OUTCOME(INVALID, review_return(&w.ask, s.key, s.version, REASON, "2026-12-01", ""));
	world_as(&w, ROLE_BRANCH, w.other_hamlet);
	CHECK_OUTCOME(FORBIDDEN, review_save(&w.ask, s.key, s.version, &s.self, no_reasons));
	world_as(&w, ROLE_AUTHORITY, w.commune);
	CHECK_OUTCOME(FORBIDDEN, review_save(&w.ask, s.key, s.version, &s.self, no_reasons));
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(OK, review_save(&w.ask, s.key, s.version, &s.self, no_reasons));
	world_close(&w);
}

TEST(review, a_branch_officers_own_sheet_waits_in_the_communes_queue)
{
	struct world w;
	struct review_lines lines;
	int64_t an;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS);
	CHECK_OUTCOME(OK, db_script(w.db, arena_format(w.arena, "UPDATE account SET person_id = %lld WHERE id = %lld",
		(long long)an,
		(long long)w.account[ROLE_BRANCH]), "test"));
	CHECK_OUTCOME(OK, review_queue_of_officers(&w.ask, w.round, w.commune, &lines));
	CHECK_INT(1, lines.n);
	CHECK_INT(an, lines.at[0].person_id);
	CHECK_TEXT("Ấp Bình Hoà", lines.at[0].leaf_name);
	CHECK_OUTCOME(OK, review_queue_of_officers(&w.ask, w.round, w.other_commune, &lines));
	CHECK_INT(0, lines.n);
	world_close(&w);
}

TEST(review, a_returned_sheet_keeps_what_was_asked_and_when_the_person_was_told)
{
	struct world w;
	struct sheet s;
	int64_t an;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	s = year_sheet(&w, an);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(OK, review_return(&w.ask, s.key, s.version, "Chỉ số 4: gửi một ảnh", "2026-12-01", ""));
	s = year_sheet(&w, an);
	CHECK_INT(SHEET_RETURNED, s.state);
	CHECK_TEXT("Chỉ số 4: gửi một ảnh", s.state_reason);
	CHECK_TEXT("", s.told_on);
	CHECK_OUTCOME(CONFLICT, review_told(&w.ask, s.key, s.version - 1, "2026-11-24"));
	CHECK_OUTCOME(INVALID, review_told(&w.ask, s.key, s.version, "2026-11-25"));
	world_again(&w);
	CHECK_OUTCOME(OK, review_told(&w.ask, s.key, s.version, "2026-11-24"));
	CHECK_TEXT("2026-11-24", year_sheet(&w, an).told_on);
	world_close(&w);
}

TEST(review, the_queue_is_oldest_first_and_the_missing_are_listed_by_state)
{
	struct world w;
	struct review_lines queue;
	struct missing_lines missing;
	struct sheet s;
	int64_t an, binh;

	world_open(&w);
	world_round(&w);
	w.ask.now -= 600;
	binh = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS);
	w.ask.now += 600;
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	CHECK_OUTCOME(OK, review_queue(&w.ask, w.round, w.hamlet, NULL, &queue));
	CHECK_INT(2, queue.n);
	CHECK_INT(binh, queue.at[0].person_id);
	CHECK_OUTCOME(OK, review_queue(&w.ask, w.round, w.hamlet, &queue.at[0], &queue));
	CHECK_INT(1, queue.n);
	CHECK_INT(an, queue.at[0].person_id);
	s = year_sheet(&w, an);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(OK, review_return(&w.ask, s.key, s.version, REASON, "2026-12-01", ""));
	CHECK_OUTCOME(OK, review_missing(&w.ask, w.round, w.hamlet, NULL, &missing));
	CHECK_INT(1, missing.n);
	CHECK_INT(SHEET_RETURNED, missing.at[0].state);
	CHECK_TEXT("2026-12-01", missing.at[0].due_day);
	CHECK_OUTCOME(OK, review_missing(&w.ask, w.round, w.commune, &missing.at[0], &missing));
	CHECK_INT(0, missing.n);
	world_close(&w);
}

TEST(review, a_sample_is_the_same_all_day_and_another_tomorrow)
{
	struct world w;
	struct review_lines first, again, tomorrow;
	bool differs = false;

	world_open(&w);
	world_round(&w);
	for (int i = 0; i < 12; i++)
		year_reviewed(&w, year_submitted(&w, i % 2 ? "Trần Thị Bình" : "Nguyễn Thị An", w.hamlet, YEAR_PASS));
	CHECK_OUTCOME(OK, review_sample(&w.ask, w.round, w.commune, 5, &first));
	CHECK_OUTCOME(OK, review_sample(&w.ask, w.round, w.commune, 5, &again));
	CHECK_INT(5, first.n);
	for (size_t i = 0; i < 5; i++)
		CHECK_INT(first.at[i].person_id, again.at[i].person_id);
	w.ask.now += DAY_SECONDS;
	CHECK_OUTCOME(OK, review_sample(&w.ask, w.round, w.commune, 5, &tomorrow));
	for (size_t i = 0; i < 5; i++)
		differs |= first.at[i].person_id != tomorrow.at[i].person_id;
	CHECK(differs);
	world_close(&w);
}

TEST(review, fault_at_each_step_leaves_the_sheet_as_it_was)
{
	struct world w;
	struct sheet s;
	struct scores scores;
	const char *reasons[SCORES_MAX];
	struct sheet_reasons kept;
	int64_t an;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	s = year_sheet(&w, an);
	scores = changed(&s, 5, 6);
	memcpy(reasons, no_reasons, sizeof reasons);
	reasons[4] = REASON;
	world_as(&w, ROLE_BRANCH, w.hamlet);
	for (int64_t step = 1;; step++) {
		enum outcome done;

		world_again(&w);
		db_fail_at(w.db, step);
		done = review_save(&w.ask, s.key, s.version, &scores, reasons);
		if (db_fail_at(w.db, 0) > 0) {
			CHECK_OUTCOME(OK, done);
			break;
		}
		CHECK(done != OK);
		CHECK_INT(SHEET_SUBMITTED, year_sheet(&w, an).state);
		CHECK_OUTCOME(OK, sheet_reasons(&w.ask, s.key, &kept));
		CHECK_INT(0, kept.n);
	}
	world_close(&w);
}

/* ---- pages ---- */

static const char *scores_form(struct world *w, const char *fifth, const char *reason)
{
	return arena_format(w->arena, "version=3&score_1=8&score_2=8&score_3=8&score_4=8&score_5=%s&score_6=8&score_7=8&score_8=8&score_9=8"
		"&score_10=9&reason_5=%s", fifth, reason);
}

TEST(review, the_page_shows_both_scores_and_goes_on_to_the_next_sheet)
{
	struct world w;
	struct reply reply;
	const char *path, *body;
	int64_t an, binh;

	world_serve(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	binh = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS);
	world_get(&w, ROLE_BRANCH, "/xet", &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "2 phiếu đang chờ xét");
	path = arena_format(w.arena, "/xet/%lld/%lld", (long long)an, (long long)w.round);
	world_get(&w, ROLE_BRANCH, path, &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Tự chấm: 81, đạt");
	CHECK_HAS(reply_text(&w, &reply), "name=\"reason_10\"");
	world_post(&w, ROLE_BRANCH, path, scores_form(&w, "6", "ng%E1%BA%AFn"), &reply);
	CHECK_INT(422, reply.status);
	body = reply_text(&w, &reply);
	CHECK_HAS(body, "id=\"reason_5-loi\"");
	CHECK_HAS(body, "value=\"6\"");
	world_get(&w, ROLE_BRANCH, path, &reply);
	world_post(&w, ROLE_BRANCH, path, scores_form(&w, "6", "Ch%C6%B0a+c%C3%B3+minh+ch%E1%BB%A9ng"), &reply);
	CHECK_INT(303, reply.status);
	CHECK_HAS(reply.location, arena_format(w.arena, "/xet/%lld/", (long long)binh));
	world_post(&w, ROLE_BRANCH, path, scores_form(&w, "6", "Ch%C6%B0a+c%C3%B3+minh+ch%E1%BB%A9ng"), &reply);
	CHECK_INT(303, reply.status);                                    /* the same form again: one effect, the same answer */
	CHECK_INT(4, year_sheet(&w, an).version);
	world_get(&w, ROLE_BRANCH, path, &reply);
	world_post(&w, ROLE_BRANCH, path, scores_form(&w, "7", "Ch%C6%B0a+c%C3%B3+minh+ch%E1%BB%A9ng"), &reply);
	CHECK_INT(409, reply.status);                                    /* version 3 is gone */
	world_close(&w);
}

TEST(review, a_sheet_agreed_as_it_is_needs_no_reason_on_the_page)
{
	struct world w;
	struct reply reply;
	const char *path;
	int64_t an;

	world_serve(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	path = arena_format(w.arena, "/xet/%lld/%lld", (long long)an, (long long)w.round);
	world_get(&w, ROLE_BRANCH, path, &reply);
	world_post(&w, ROLE_BRANCH, path, scores_form(&w, "8", ""), &reply);
	CHECK_INT(303, reply.status);
	CHECK_TEXT("/xet", reply.location);
	world_close(&w);
}

TEST(review, pages_are_for_those_who_review)
{
	struct world w;
	struct reply reply;
	const char *path;
	int64_t an;

	world_serve(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.other_hamlet, YEAR_PASS);
	path = arena_format(w.arena, "/xet/%lld/%lld", (long long)an, (long long)w.round);
	world_get(&w, ROLE_BRANCH, path, &reply);
	CHECK_INT(403, reply.status);
	world_get(&w, ROLE_CITIZEN, "/xet", &reply);
	CHECK_INT(403, reply.status);
	world_get(&w, ROLE_PROVINCE, "/xet", &reply);
	CHECK_INT(200, reply.status);
	world_get(&w, ROLE_COMMUNE, "/xet/kiem-tra?so=5", &reply);
	CHECK_INT(200, reply.status);
	world_close(&w);
}

TEST(review, a_list_that_is_taken_along_is_noted)
{
	struct world w;
	struct reply reply;
	struct audit_list trail;
	struct sheet s;
	int64_t an;

	world_serve(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	s = year_sheet(&w, an);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(OK, review_return(&w.ask, s.key, s.version, REASON, "2026-12-01", ""));
	world_get(&w, ROLE_BRANCH, "/xet/chua-nop", &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Nguyễn Thị An");
	world_post(&w, ROLE_BRANCH, arena_format(w.arena, "/xet/chua-nop/%lld/%lld", (long long)w.hamlet, (long long)w.round),
		"", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_BRANCH, reply.location, &reply);
	CHECK_INT(200, reply.status);
	CHECK(!memcmp(reply.body.ptr, "PK", 2));
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "round", w.round, &trail));
	CHECK_TEXT("exported", trail.at[1].action);
	world_close(&w);
}

TEST(review, a_sheet_is_given_back_from_its_page)
{
	struct world w;
	struct reply reply;
	const char *path;
	int64_t an;

	world_serve(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	path = arena_format(w.arena, "/xet/%lld/%lld", (long long)an, (long long)w.round);
	world_get(&w, ROLE_BRANCH, path, &reply);
	world_post(&w, ROLE_BRANCH, arena_format(w.arena, "/xet/%lld/%lld/tra-lai", (long long)an, (long long)w.round),
		"version=3&reason=a&due_day=1/1/2026&told_on=",
		&reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Chọn hạn bổ sung");
	world_get(&w, ROLE_BRANCH, path, &reply);
	world_post(&w, ROLE_BRANCH, arena_format(w.arena, "/xet/%lld/%lld/tra-lai", (long long)an, (long long)w.round),
		"version=3&reason=Ch%E1%BB%89+s%E1%BB%91+4+g%E1%BB%ADi+%E1%BA%A3nh&due_day=1/12/2026&told_on=",
		&reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_BRANCH, path, &reply);
	CHECK_HAS(reply_text(&w, &reply), "Ghi ngày đã báo");
	world_post(&w, ROLE_BRANCH, arena_format(w.arena, "/xet/%lld/%lld/da-bao", (long long)an, (long long)w.round),
		"version=4&told_on=24/11/2026", &reply);
	CHECK_INT(303, reply.status);
	CHECK_TEXT("2026-11-24", year_sheet(&w, an).told_on);
	world_close(&w);
}
