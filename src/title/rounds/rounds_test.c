#include "tests/test.h"

#include <string.h>

#include "registry/audit/audit.h"
#include "registry/jobs/jobs.h"
#include "registry/units/units.h"
#include "tests/world.h"
#include "title/rounds/rounds.h"

#define REASON "Mưa lũ kéo dài nhiều ngày"

static struct round_new good(struct world *w, int year)
{
	struct arena *a = w->arena;
	struct round_new r = { .year = year, .criteria_id = w->criteria, .posting_days = 7, .title_years = 1 };
	static const char *const from[] = { "", "02-01", "03-01", "09-01", "10-01" };
	static const char *const until[] = { "", "10-31", "11-30", "12-15", "12-31" };

	for (int s = 0; s <= STAGES; s++) {
		r.from[s] = s ? arena_format(a, "%d-%s", year, from[s]) : "";
		r.until[s] = s ? arena_format(a, "%d-%s", year, until[s]) : "";
	}
	return r;
}

static bool is_open(struct world *w, int64_t unit, enum round_stage stage, const char *day)
{
	struct round r;
	bool open;

	world_again(w);
	w->ask.now = day_start(day) + 12 * 3600;
	CHECK_OUTCOME(OK, round_get(&w->ask, w->round, &r));
	CHECK_OUTCOME(OK, round_is_open(&w->ask, &r, unit, stage, &open));
	CHECK(open == problems_none(&w->problems));
	return open;
}

TEST(rounds, one_is_opened_with_its_windows_a_trace_and_a_job)
{
	struct world w;
	struct round r;
	struct audit_list trail;
	struct job_list jobs;

	world_open(&w);
	CHECK_OUTCOME(NOT_FOUND, round_newest(&w.ask, &r));
	world_round(&w);
	CHECK_OUTCOME(OK, round_newest(&w.ask, &r));
	CHECK_INT(2026, r.id);
	CHECK_INT(2026, r.year);
	CHECK_TEXT("2026-03-01", r.from[STAGE_SCORE]);
	CHECK_TEXT("2026-12-31", r.until[STAGE_RECOGNISE]);
	CHECK_INT(7, r.posting_days);
	CHECK(!r.locked);
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "round", 2026, &trail));
	CHECK_INT(1, trail.n);
	CHECK_TEXT("round_opened", trail.at[0].action);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, job_list(&w.ask, 0, &jobs));
	CHECK_INT(1, jobs.n);
	CHECK_TEXT("round_open", jobs.at[0].kind);
	CHECK_TEXT("{\"round\":2026}", jobs.at[0].input);
	world_close(&w);
}

TEST(rounds, windows_that_cannot_be_are_said_beside_their_fields)
{
	static const struct { enum round_stage stage; bool is_from; const char *day, *field; } cases[] = {
		{ STAGE_REGISTER, true, "2024-12-31", "register_from" },
		{ STAGE_REGISTER, true, "2025-11-01", "register_from" },
		{ STAGE_SCORE, true, "2025-01-15", "score_from" },
		{ STAGE_SCORE, false, "2025-10-01", "score_until" },
		{ STAGE_REVIEW, true, "2025-12-20", "review_from" },
		{ STAGE_RECOGNISE, false, "2026-07-01", "recognise_until" },
		{ STAGE_RECOGNISE, true, "2025-08-01", "recognise_from" },
	};
	struct world w;

	world_open(&w);
	CHECK(round_may_be(&(struct round_new){ good(&w, 2025).year, 0, { "", "2025-01-01", "2025-01-01", "2025-01-01", "2025-01-01" },
		{ "", "2026-06-30", "2026-06-30", "2026-06-30", "2026-06-30" }, 0, 10 }, &w.problems));
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct round_new r = good(&w, 2025);

		world_again(&w);
		if (cases[i].is_from)
			r.from[cases[i].stage] = cases[i].day;
		else
			r.until[cases[i].stage] = cases[i].day;
		CHECK(!round_may_be(&r, &w.problems));
		if (!*world_problem(&w, cases[i].field))
			fail_msg("case %zu: nothing beside %s but %s", i, cases[i].field, w.problems.first->field);
	}
	world_close(&w);
}

TEST(rounds, all_that_is_wrong_is_said_at_once_and_nothing_is_opened)
{
	struct world w;
	struct round_new r;
	struct round there;

	world_open(&w);
	world_as(&w, ROLE_PROVINCE, w.province);
	r = good(&w, 2025);
	r.posting_days = 61;
	r.title_years = 0;
	r.from[STAGE_SCORE] = "2025-12-31";
	r.criteria_id = 77;
	CHECK_OUTCOME(INVALID, round_open(&w.ask, &r));
	CHECK_PROBLEM(&w, "posting_days");
	CHECK_PROBLEM(&w, "title_years");
	CHECK_PROBLEM(&w, "score_from");
	CHECK_PROBLEM(&w, "criteria");
	world_again(&w);
	r = good(&w, 1999);
	CHECK_OUTCOME(INVALID, round_open(&w.ask, &r));
	CHECK_PROBLEM(&w, "year");
	CHECK_OUTCOME(NOT_FOUND, round_newest(&w.ask, &there));
	world_round(&w);
	world_as(&w, ROLE_PROVINCE, w.province);
	r = good(&w, 2026);
	CHECK_OUTCOME(INVALID, round_open(&w.ask, &r));
	CHECK_HAS(world_problem(&w, "year"), "đã có");
	world_close(&w);
}

TEST(rounds, who_may_not_edit_rounds_may_do_none_of_it)
{
	struct world w;
	struct round_new r;

	world_open(&w);
	world_round(&w);
	r = good(&w, 2027);
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(FORBIDDEN, round_open(&w.ask, &r));
	CHECK_OUTCOME(FORBIDDEN, round_change(&w.ask, w.round, 1, &r, REASON));
	CHECK_OUTCOME(FORBIDDEN, round_extend(&w.ask, w.round, w.commune, STAGE_SCORE, "2026-12-10", REASON));
	CHECK_OUTCOME(FORBIDDEN, round_set_locked(&w.ask, w.round, 1, true, REASON));
	CHECK_OUTCOME(FORBIDDEN, round_set_units(&w.ask, w.round, 1, &w.commune, 1));
	world_close(&w);
}

TEST(rounds, a_stage_is_open_from_its_first_day_through_its_last)
{
	struct world w;

	world_open(&w);
	world_round(&w);
	CHECK(!is_open(&w, w.hamlet, STAGE_SCORE, "2026-02-28"));
	CHECK_HAS(world_problem(&w, ""), "bắt đầu từ ngày 01/03/2026");
	CHECK(is_open(&w, w.hamlet, STAGE_SCORE, "2026-03-01"));
	CHECK(is_open(&w, w.hamlet, STAGE_SCORE, "2026-11-30"));
	CHECK(!is_open(&w, w.hamlet, STAGE_SCORE, "2026-12-01"));
	CHECK_HAS(world_problem(&w, ""), "đã đóng hết ngày 30/11/2026");
	CHECK_HAS(world_problem(&w, ""), "Bà Ba");
	CHECK(!strstr(world_problem(&w, ""), "0900"));
	world_as(&w, ROLE_CITIZEN, w.hamlet);
	CHECK(!is_open(&w, w.hamlet, STAGE_SCORE, "2026-12-01"));
	CHECK_HAS(world_problem(&w, ""), "0900 000 121");
	world_close(&w);
}

TEST(rounds, an_extension_holds_for_its_commune_and_what_is_below_it)
{
	struct world w;
	struct round r;
	struct round_windows windows;
	const char *until;

	world_open(&w);
	world_round(&w);
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(INVALID, round_extend(&w.ask, w.round, w.hamlet, STAGE_SCORE, "2026-11-20", "vì"));
	CHECK_PROBLEM(&w, "unit");
	CHECK_PROBLEM(&w, "until");
	CHECK_PROBLEM(&w, "reason");
	world_again(&w);
	CHECK_OUTCOME(INVALID, round_extend(&w.ask, w.round, w.commune, STAGE_SCORE, "2027-07-01", REASON));
	CHECK_PROBLEM(&w, "until");
	world_again(&w);
	CHECK_OUTCOME(OK, round_extend(&w.ask, w.round, w.commune, STAGE_SCORE, "2026-12-10", REASON));
	CHECK_OUTCOME(OK, round_extend(&w.ask, w.round, w.commune, STAGE_SCORE, "2026-12-08", REASON));
	CHECK(is_open(&w, w.hamlet, STAGE_SCORE, "2026-12-08"));
	CHECK(is_open(&w, w.commune, STAGE_SCORE, "2026-12-08"));
	CHECK(!is_open(&w, w.hamlet, STAGE_SCORE, "2026-12-09"));
	CHECK(!is_open(&w, w.hamlet, STAGE_REGISTER, "2026-12-01"));
	CHECK(!is_open(&w, w.other_hamlet, STAGE_SCORE, "2026-12-01"));
	CHECK_OUTCOME(OK, round_get(&w.ask, w.round, &r));
	CHECK_OUTCOME(OK, round_until(&w.ask, &r, w.hamlet, STAGE_SCORE, &until));
	CHECK_TEXT("2026-12-08", until);
	CHECK_OUTCOME(OK, round_windows(&w.ask, w.round, &windows));
	CHECK_INT(1, windows.n);
	CHECK_TEXT(REASON, windows.at[0].reason);
	world_close(&w);
}

TEST(rounds, what_lapsed_comes_back_by_a_job_when_its_commune_is_extended)
{
	struct world w;
	struct job_list jobs;

	world_open(&w);
	world_round(&w);
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(OK, round_extend(&w.ask, w.round, w.commune, STAGE_SCORE, "2026-12-03", REASON));
	CHECK_OUTCOME(OK, job_list(&w.ask, 0, &jobs));
	CHECK_INT(0, jobs.n);                            /* nothing has lapsed yet */
	w.ask.now = day_start("2026-12-05");
	CHECK_OUTCOME(OK, round_extend(&w.ask, w.round, w.commune, STAGE_SCORE, "2026-12-10", REASON));
	CHECK_OUTCOME(OK, job_list(&w.ask, 0, &jobs));
	CHECK_INT(1, jobs.n);
	CHECK_TEXT("window_extended", jobs.at[0].kind);
	CHECK_INT(w.commune, jobs.at[0].unit_id);
	world_close(&w);
}

TEST(rounds, a_locked_one_takes_nothing_until_it_is_reopened_with_a_reason)
{
	struct world w;
	struct round_new r;
	struct round now;
	struct audit_list trail;

	world_open(&w);
	world_round(&w);
	r = good(&w, 2026);
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(INVALID, round_set_locked(&w.ask, w.round, 1, true, "khoá"));
	CHECK_PROBLEM(&w, "reason");
	world_again(&w);
	CHECK_OUTCOME(INVALID, round_set_locked(&w.ask, w.round, 1, false, REASON));
	world_again(&w);
	CHECK_OUTCOME(CONFLICT, round_set_locked(&w.ask, w.round, 9, true, REASON));
	CHECK_OUTCOME(OK, round_set_locked(&w.ask, w.round, 1, true, REASON));
	CHECK(!is_open(&w, w.hamlet, STAGE_SCORE, WORLD_TODAY));
	CHECK_HAS(world_problem(&w, ""), "đã khoá");
	world_again(&w);
	CHECK_OUTCOME(INVALID, round_change(&w.ask, w.round, 2, &r, REASON));
	world_again(&w);
	CHECK_OUTCOME(INVALID, round_extend(&w.ask, w.round, w.commune, STAGE_SCORE, "2026-12-10", REASON));
	world_again(&w);
	CHECK_OUTCOME(INVALID, round_set_units(&w.ask, w.round, 2, &w.commune, 1));
	world_again(&w);
	CHECK_OUTCOME(OK, round_set_locked(&w.ask, w.round, 2, false, "Còn hai xã chưa nộp danh sách"));
	CHECK(is_open(&w, w.hamlet, STAGE_SCORE, WORLD_TODAY));
	CHECK_OUTCOME(OK, round_get(&w.ask, w.round, &now));
	CHECK_INT(3, now.version);
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "round", w.round, &trail));
	CHECK_INT(3, trail.n);
	CHECK_TEXT("round_reopened", trail.at[0].action);
	CHECK_HAS(trail.at[0].reason, "Còn hai xã");
	world_close(&w);
}

TEST(rounds, a_change_is_of_the_version_read_and_leaves_old_and_new)
{
	struct world w;
	struct round_new r;
	struct round now;
	struct audit_list trail;

	world_open(&w);
	world_round(&w);
	r = good(&w, 2026);
	r.posting_days = 0;
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(CONFLICT, round_change(&w.ask, w.round, 7, &r, REASON));
	CHECK_OUTCOME(OK, round_change(&w.ask, w.round, 1, &r, REASON));
	CHECK_OUTCOME(OK, round_get(&w.ask, w.round, &now));
	CHECK_INT(0, now.posting_days);
	CHECK_TEXT("2026-10-31", now.until[STAGE_REGISTER]);
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "round", w.round, &trail));
	CHECK_HAS(trail.at[0].old, "2026-11-30");
	CHECK_HAS(trail.at[0].new, "2026-10-31");
	world_close(&w);
}

TEST(rounds, criteria_are_fixed_once_registration_has_begun)
{
	struct world w;
	struct round_new r;
	int64_t draft;

	world_open(&w);
	world_round(&w);
	w.ask.actor = &access_system;
	draft = w.criteria;
	CHECK_OUTCOME(OK, db_script(w.db, "INSERT INTO criteria (id, code, release, title, document, published_at, made_at, version)"
		" SELECT 7, code, '2.0', title, document, published_at, made_at, 1 FROM criteria", "test"));
	r = good(&w, 2026);
	r.criteria_id = 7;
	CHECK_OUTCOME(INVALID, round_change(&w.ask, w.round, 1, &r, REASON));
	CHECK_HAS(world_problem(&w, "criteria"), "không đổi");
	world_again(&w);
	w.ask.now = day_start("2026-01-15");
	CHECK_OUTCOME(OK, round_change(&w.ask, w.round, 1, &r, REASON));
	CHECK(draft != 7);
	world_close(&w);
}

TEST(rounds, units_named_take_part_with_all_below_them_and_no_others)
{
	struct world w;
	struct round_units units;

	world_open(&w);
	world_round(&w);
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(INVALID, round_set_units(&w.ask, w.round, 1, &w.hamlet, 1));
	CHECK_PROBLEM(&w, "units");
	world_again(&w);
	CHECK_OUTCOME(CONFLICT, round_set_units(&w.ask, w.round, 3, &w.commune, 1));
	CHECK_OUTCOME(OK, round_set_units(&w.ask, w.round, 1, &w.commune, 1));
	CHECK(is_open(&w, w.hamlet, STAGE_SCORE, WORLD_TODAY));
	CHECK(!is_open(&w, w.other_hamlet, STAGE_SCORE, WORLD_TODAY));
	CHECK_HAS(world_problem(&w, ""), "không tham gia");
	world_again(&w);
	CHECK_OUTCOME(OK, round_set_units(&w.ask, w.round, 2, NULL, 0));
	CHECK(is_open(&w, w.other_hamlet, STAGE_SCORE, WORLD_TODAY));
	CHECK_OUTCOME(OK, round_set_units(&w.ask, w.round, 3, &w.province, 1));
	CHECK(is_open(&w, w.other_hamlet, STAGE_SCORE, WORLD_TODAY));
	CHECK_OUTCOME(OK, round_units(&w.ask, w.round, &units));
	CHECK_INT(1, units.n);
	world_close(&w);
}

TEST(rounds, a_fault_while_opening_stores_nothing)
{
	struct world w;
	struct round_new r;
	struct round there;
	struct job_list jobs;
	int64_t n = 0;

	world_open(&w);
	world_round(&w);
	r = good(&w, 2027);
	w.ask.actor = &access_system;
	do {
		CHECK_OUTCOME(NOT_FOUND, round_get(&w.ask, 2027, &there));
		world_again(&w);
		db_fail_at(w.db, ++n);
		CHECK(n < 200);
	} while (round_open(&w.ask, &r) != OK);
	CHECK(db_fail_at(w.db, 0) > 0);
	CHECK_OUTCOME(OK, job_list(&w.ask, 0, &jobs));
	CHECK_INT(2, jobs.n);
	world_close(&w);
}
