#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "tests/world.h"
#include "title/assessments/assessments.h"
#include "title/criteria/criteria.h"

/* ---- a person with a sheet ---- */

static int64_t add_person(struct world *w, const char *name, const char *birth)
{
	struct person_new new = {.name = name,
		.birth = "1961", .national_id = "", .phone = "", .address = "", .household = "", .clan = "",
		.group = "nong_dan", .trained_on = "", .guardian = "", .sex = SEX_FEMALE, .leaf_id = w->hamlet,
		.hamlet_id = w->hamlet };
	int64_t id = 0;
	const struct actor *actor = w->ask.actor;

	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, person_add(&w->ask, &new, &id));
	/* by hand: the register itself would not take a child, nor a minor without a guardian */
	CHECK_OUTCOME(OK,
		db_script(w->db,
		arena_format(w->arena, "UPDATE person SET birth = '%s' WHERE id = %lld", birth, (long long)id),
		"test"));
	CHECK_OUTCOME(OK, standing_person_changed(&w->ask, id));
	w->ask.actor = actor;
	return id;
}

static void as_person(struct world *w, int64_t id)
{
	world_as(w, ROLE_CITIZEN, w->hamlet);
	w->actor.person_id = id;
}

static struct sheet_key begin(struct world *w)
{
	struct sheet_key key;

	world_open(w);
	world_round(w);
	key = (struct sheet_key){ add_person(w, "Trần Thị Lành", "1961"), w->round };
	as_person(w, key.person_id);
	return key;
}

static struct sheet get(struct world *w, struct sheet_key key)
{
	struct sheet s = { 0 };

	CHECK_OUTCOME(OK, sheet_get(&w->ask, key, &s));
	return s;
}

static struct standing standing(struct world *w, struct sheet_key key)
{
	struct standing s = { 0 };

	CHECK_OUTCOME(OK, standing_get(&w->ask, key.person_id, key.round_id, &s));
	return s;
}

static struct scores all(int64_t each)
{
	struct scores s = { .n = 10 };

	for (int i = 0; i < 10; i++)
		s.at[i] = SOME(each);
	return s;
}

static void register_one(struct world *w, struct sheet_key key)
{
	CHECK_OUTCOME(OK, sheet_register(&w->ask, key, "nong_dan", "", false, NULL));
}

static void submit_all(struct world *w, struct sheet_key key, int64_t each)
{
	struct scores scores = all(each);

	register_one(w, key);
	CHECK_OUTCOME(OK, sheet_save_scores(&w->ask, key, 1, &scores, NULL, NULL));
	CHECK_OUTCOME(OK, sheet_submit(&w->ask, key, 2, NULL));
}

/* The round's windows as they would be on another day; here its own columns are changed by hand. */
static void set_window(struct world *w, const char *columns)
{
	CHECK_OUTCOME(OK, db_script(w->db, arena_format(w->arena, "UPDATE round SET %s", columns), "test"));
}

static void move_to(struct world *w, struct sheet_key key, enum sheet_state state)
{
	struct sheet before = get(w, key), after = before;

	after.state = state;
	CHECK_OUTCOME(OK, sheet_write(&w->ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_REVIEWED }));
}

/* ---- states ---- */

TEST(sheets, go_the_ways_of_the_table_and_no_other)
{
	static const struct { enum sheet_state from, to; unsigned hands;
	} allowed[] = {
		{ SHEET_NONE, SHEET_REGISTERED, 7 },     { SHEET_REGISTERED, SHEET_DRAFT, 7 },
		{ SHEET_DRAFT, SHEET_SUBMITTED, 7 },     { SHEET_RETURNED, SHEET_SUBMITTED, 7 },
		{ SHEET_SUBMITTED, SHEET_DRAFT, 1 },     { SHEET_SUBMITTED, SHEET_RETURNED, 6 },
		{ SHEET_REVIEWED, SHEET_RETURNED, 6 },   { SHEET_SUBMITTED, SHEET_REVIEWED, 6 },
		{ SHEET_REVIEWED, SHEET_REVIEWED, 6 },   { SHEET_REVIEWED, SHEET_LISTED, 4 },
		{ SHEET_REVIEWED, SHEET_NOT_MET, 4 },    { SHEET_LISTED, SHEET_POSTED, 4 },
		{ SHEET_LISTED, SHEET_REVIEWED, 4 },     { SHEET_POSTED, SHEET_REVIEWED, 4 },
		{ SHEET_NOT_MET, SHEET_REVIEWED, 4 },    { SHEET_LISTED, SHEET_PROPOSED, 4 },
		{ SHEET_POSTED, SHEET_PROPOSED, 4 },     { SHEET_PROPOSED, SHEET_RECOGNISED, 8 },
		{ SHEET_PROPOSED, SHEET_NOT_MET, 8 },    { SHEET_PROPOSED, SHEET_REVIEWED, 8 },
		{ SHEET_RECOGNISED, SHEET_REVOKED, 8 },  { SHEET_REGISTERED, SHEET_WITHDRAWN, 7 },
		{ SHEET_DRAFT, SHEET_WITHDRAWN, 7 },     { SHEET_RETURNED, SHEET_WITHDRAWN, 7 },
		{ SHEET_SUBMITTED, SHEET_WITHDRAWN, 7 }, { SHEET_REVIEWED, SHEET_WITHDRAWN, 7 },
		{ SHEET_LISTED, SHEET_WITHDRAWN, 7 },    { SHEET_POSTED, SHEET_WITHDRAWN, 7 },
		{ SHEET_PROPOSED, SHEET_WITHDRAWN, 7 },  { SHEET_REGISTERED, SHEET_LAPSED, 16 },
		{ SHEET_DRAFT, SHEET_LAPSED, 16 },       { SHEET_RETURNED, SHEET_LAPSED, 16 },
		{ SHEET_LAPSED, SHEET_REGISTERED, 22 },  { SHEET_LAPSED, SHEET_DRAFT, 22 },
		{ SHEET_LAPSED, SHEET_RETURNED, 22 },    { SHEET_WITHDRAWN, SHEET_REGISTERED, 6 },
		{ SHEET_WITHDRAWN, SHEET_DRAFT, 6 },     { SHEET_WITHDRAWN, SHEET_RETURNED, 6 },
		{ SHEET_WITHDRAWN, SHEET_SUBMITTED, 6 }, { SHEET_WITHDRAWN, SHEET_REVIEWED, 6 },
		{ SHEET_WITHDRAWN, SHEET_LISTED, 6 },    { SHEET_WITHDRAWN, SHEET_POSTED, 6 },
		{ SHEET_WITHDRAWN, SHEET_PROPOSED, 6 },
	};

	for (enum sheet_state from = 0; from < SHEET_STATE_N; from++)
		for (enum sheet_state to = 0; to < SHEET_STATE_N; to++) {
			unsigned hands = 0;

			for (size_t i = 0; i < COUNT(allowed); i++)
				if (allowed[i].from == from && allowed[i].to == to)
					hands = allowed[i].hands;
			for (unsigned hand = 1; hand <= 16; hand <<= 1)
				CHECK_INT((hands & hand) != 0, sheet_may_go(from, to, hand));
		}
}

/* ---- registering ---- */

TEST(sheets, a_citizen_registers_and_is_counted_with_a_trace)
{
	struct world w;
	struct sheet_key key = begin(&w), found;
	struct figure_counts counts;
	struct audit_list trail;
	struct sheet s;

	CHECK_OUTCOME(OK, sheet_register(&w.ask, key, "nong_dan", "Học dùng điện thoại\nHọc trồng dừa", true, NULL));
	s = get(&w, key);
	CHECK_INT(SHEET_REGISTERED, s.state);
	CHECK_INT(9, strlen(s.code));
	CHECK_INT(1, s.version);
	CHECK_INT(w.hamlet, s.leaf_id);
	CHECK(s.no_posting && !s.assisted);
	CHECK_OUTCOME(OK, sheet_by_code(&w.ask, s.code, &found));
	CHECK(found.person_id == key.person_id && found.round_id == key.round_id);
	CHECK_OUTCOME(NOT_FOUND, sheet_by_code(&w.ask, "000000000", &found));
	CHECK_INT(SHEET_REGISTERED, standing(&w, key).state);
	CHECK_OUTCOME(OK, figures_of_unit(&w.ask, w.round, w.commune, "", &counts));
	CHECK_INT(1, counts.registered);
	CHECK_OUTCOME(OK, sheet_trail(&w.ask, key, &trail));
	CHECK_INT(1, trail.n);
	CHECK_TEXT("sheet_registered", trail.at[0].action);
	CHECK_INT(1, trail.at[0].version);
	CHECK_HAS(trail.at[0].new, "nong_dan");
	CHECK_OUTCOME(CONFLICT, sheet_register(&w.ask, key, "nong_dan", "", false, NULL));
	world_close(&w);
}

TEST(sheets, what_is_wrong_with_a_registration_is_said_at_once)
{
	struct world w;
	struct sheet_key key = begin(&w);

	world_as(&w, ROLE_BRANCH, w.hamlet);
	key.person_id = add_person(&w, "Lê Văn Non", "2012");
	CHECK_OUTCOME(INVALID, sheet_register(&w.ask, key, "khong_co", "a\nb\nc\nd", false, NULL));
	CHECK_HAS(world_problem(&w, ""), "16 tuổi");
	CHECK_PROBLEM(&w, "group");
	CHECK_PROBLEM(&w, "wishes");
	CHECK_PROBLEM(&w, "helper");
	CHECK_PROBLEM(&w, "consent");
	CHECK_OUTCOME(NOT_FOUND, sheet_get(&w.ask, key, &(struct sheet){ 0 }));
	world_close(&w);
}

TEST(sheets, sixteen_and_seventeen_name_a_guardian)
{
	struct world w;
	struct sheet_key key = begin(&w);

	key.person_id = add_person(&w, "Lê Thị Mười Bảy", "2009");
	as_person(&w, key.person_id);
	CHECK_OUTCOME(INVALID, sheet_register(&w.ask, key, "hoc_sinh_thpt", "", false, NULL));
	CHECK_PROBLEM(&w, "guardian");
	world_again(&w);
	CHECK_OUTCOME(OK,
		sheet_register_as(&w.ask, key,
		&(struct sheet_new){ .group = "nong_dan", .wishes = "", .guardian = "Lê Văn Cha" }, NULL));
	CHECK_TEXT("Lê Văn Cha", get(&w, key).guardian);
	CHECK_INT(0, standing(&w, key).age_band);
	world_close(&w);
}

TEST(sheets, a_closed_window_says_until_when_it_was_and_whom_to_ask)
{
	struct world w;
	struct sheet_key key = begin(&w), other = key;
	struct scores scores = all(8);

	other.person_id = add_person(&w, "Nguyễn Văn Muộn", "1970");
	register_one(&w, key);
	set_window(&w, "register_until = '2026-11-20', score_until = '2026-11-21'");
	as_person(&w, other.person_id);
	CHECK_OUTCOME(INVALID, sheet_register(&w.ask, other, "nong_dan", "", false, NULL));
	CHECK_HAS(world_problem(&w, ""), "20/11/2026");
	as_person(&w, key.person_id);
	CHECK_OUTCOME(INVALID, sheet_save_scores(&w.ask, key, 1, &scores, NULL, NULL));
	CHECK_HAS(world_problem(&w, ""), "21/11/2026");
	CHECK_HAS(world_problem(&w, ""), "ỏi");            /* hỏi ai */
	CHECK_INT(1, get(&w, key).version);
	world_close(&w);
}

/* ---- scoring ---- */

TEST(sheets, scores_come_one_by_one_and_absent_ones_stay)
{
	struct world w;
	struct sheet_key key = begin(&w);
	struct scores one = { .n = 1, .at = { SOME(8) } }, third = { .n = 3 };
	struct standing counted;
	struct sheet s;

	register_one(&w, key);
	CHECK_OUTCOME(OK, sheet_save_scores(&w.ask, key, 1, &one, NULL, NULL));
	third.at[2] = SOME(7);
	CHECK_OUTCOME(OK, sheet_save_scores(&w.ask, key, 2, &third, "Cháu giúp bấm", NULL));
	s = get(&w, key);
	CHECK_INT(SHEET_DRAFT, s.state);
	CHECK_INT(10, s.self.n);
	CHECK_INT(8, s.self.at[0].value);
	CHECK(!s.self.at[1].is);
	CHECK_INT(7, s.self.at[2].value);
	CHECK_TEXT("Cháu giúp bấm", s.remark);
	counted = standing(&w, key);
	CHECK_INT(15, scores_total(&counted.scores));
	CHECK_OUTCOME(OK, sheet_save_scores(&w.ask, key, 3, &third, NULL, NULL));    /* nothing new */
	CHECK_INT(3, get(&w, key).version);
	CHECK_OUTCOME(CONFLICT, sheet_save_scores(&w.ask, key, 2, &one, NULL, NULL));
	world_close(&w);
}

TEST(sheets, a_score_outside_its_bounds_is_refused_by_its_name)
{
	struct world w;
	struct sheet_key key = begin(&w);
	struct scores wrong = all(11), long_one = { .n = 12 };

	register_one(&w, key);
	CHECK_OUTCOME(INVALID, sheet_save_scores(&w.ask, key, 1, &wrong, NULL, NULL));
	CHECK_INT(10, w.problems.n);
	CHECK_PROBLEM(&w, "score_10");
	world_again(&w);
	long_one.at[11] = SOME(1);
	CHECK_OUTCOME(INVALID, sheet_save_scores(&w.ask, key, 1, &long_one, NULL, NULL));
	CHECK_PROBLEM(&w, "score_12");
	world_close(&w);
}

TEST(sheets, handing_in_needs_every_score_but_not_the_pass_rule)
{
	struct world w;
	struct sheet_key key = begin(&w);
	struct scores most = all(4);

	register_one(&w, key);
	most.at[3] = most.at[9] = NONE;
	CHECK_OUTCOME(OK, sheet_save_scores(&w.ask, key, 1, &most, NULL, NULL));
	CHECK_OUTCOME(INVALID, sheet_submit(&w.ask, key, 2, NULL));
	CHECK_HAS(world_problem(&w, ""), "4, 10");
	world_again(&w);
	most = all(4);
	CHECK_OUTCOME(OK, sheet_save_scores(&w.ask, key, 2, &most, NULL, NULL));
	CHECK_OUTCOME(OK, sheet_submit(&w.ask, key, 3, NULL));
	CHECK_INT(SHEET_SUBMITTED, get(&w, key).state);
	CHECK_INT(w.ask.now, get(&w, key).submitted_at);
	CHECK_OUTCOME(INVALID, sheet_save_scores(&w.ask, key, 4, &most, NULL, NULL));
	CHECK_HAS(world_problem(&w, ""), "Đã nộp, chờ xét");
	world_close(&w);
}

TEST(sheets, a_returned_sheet_comes_back_until_its_own_day)
{
	struct world w;
	struct sheet_key key = begin(&w);
	struct sheet before, after;
	struct scores better = all(9);

	submit_all(&w, key, 8);
	before = after = get(&w, key);
	after.state = SHEET_RETURNED;
	after.state_reason = "Thêm một ảnh cho chỉ số 4";
	after.due_day = "2026-12-05";
	after.reviewed = all(7);
	CHECK_OUTCOME(OK, sheet_write(&w.ask, &before, &after,
		&(struct sheet_write){ .action = AUDIT_SHEET_RETURNED, .reason = after.state_reason }));
	CHECK_INT(70, scores_total(sheet_scores(&after)));
	set_window(&w, "register_until = '2026-11-20', score_until = '2026-11-21'");
	CHECK_OUTCOME(OK, sheet_save_scores(&w.ask, key, 4, &better, NULL, NULL));
	CHECK_INT(SHEET_RETURNED, get(&w, key).state);
	CHECK_OUTCOME(OK, sheet_submit(&w.ask, key, 5, NULL));
	CHECK_INT(0, get(&w, key).reviewed.n);
	CHECK_TEXT("", get(&w, key).due_day);
	move_to(&w, key, SHEET_RETURNED);                    /* its day is over: due_day is "" */
	CHECK_OUTCOME(INVALID, sheet_save_scores(&w.ask, key, 7, &better, NULL, NULL));
	world_close(&w);
}

/* ---- another's hand ---- */

TEST(sheets, another_person_may_not_and_a_helper_names_who_and_how)
{
	struct world w;
	struct sheet_key key = begin(&w);
	struct scores scores = all(8);
	struct sheet_help help = { "Bà Ba, theo phiếu giấy", "" };

	world_as(&w, ROLE_CITIZEN, w.hamlet);                /* person 500 */
	CHECK_OUTCOME(FORBIDDEN, sheet_register(&w.ask, key, "nong_dan", "", false, NULL));
	world_as(&w, ROLE_BRANCH, w.other_hamlet);
	CHECK_OUTCOME(FORBIDDEN, sheet_register(&w.ask, key, "nong_dan", "", false, &help));
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(INVALID, sheet_register(&w.ask, key, "nong_dan", "", false, &help));
	CHECK_PROBLEM(&w, "consent");
	world_again(&w);
	help.consent = "Đồng ý bằng lời ngày 20/11";
	CHECK_OUTCOME(OK, sheet_register(&w.ask, key, "nong_dan", "", false, &help));
	CHECK_OUTCOME(OK, sheet_save_scores(&w.ask, key, 1, &scores, NULL, NULL));   /* named once */
	CHECK(get(&w, key).assisted);
	CHECK_TEXT("Đồng ý bằng lời ngày 20/11", get(&w, key).consent);
	CHECK(standing(&w, key).flags & STANDING_ASSISTED);
	CHECK_OUTCOME(OK, sheet_submit(&w.ask, key, 2, NULL));
	CHECK_OUTCOME(FORBIDDEN, sheet_take_back(&w.ask, key, 3));
	as_person(&w, key.person_id);
	CHECK_OUTCOME(OK, sheet_take_back(&w.ask, key, 3));
	CHECK_OUTCOME(OK, sheet_save_scores(&w.ask, key, 4, &(struct scores){ .n = 1, .at = { SOME(9) } }, NULL, NULL));
	CHECK(get(&w, key).assisted);                        /* the rest is still of the helper's hand */
	world_close(&w);
}

/* ---- back, out, in again ---- */

TEST(sheets, are_taken_back_only_before_anybody_reviewed)
{
	struct world w;
	struct sheet_key key = begin(&w);
	struct sheet before, after;

	submit_all(&w, key, 8);
	CHECK_OUTCOME(CONFLICT, sheet_take_back(&w.ask, key, 2));
	CHECK_OUTCOME(OK, sheet_take_back(&w.ask, key, 3));
	CHECK_INT(SHEET_DRAFT, get(&w, key).state);
	CHECK_OUTCOME(OK, sheet_submit(&w.ask, key, 4, NULL));
	before = after = get(&w, key);
	after.reviewed = all(7);
	CHECK_OUTCOME(OK, sheet_write(&w.ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_REVIEWED }));
	CHECK_OUTCOME(INVALID, sheet_take_back(&w.ask, key, 6));
	CHECK_HAS(world_problem(&w, ""), "bắt đầu xét");
	world_close(&w);
}

TEST(sheets, a_withdrawn_sheet_leaves_the_figures_and_comes_back_by_an_officer)
{
	struct world w;
	struct sheet_key key = begin(&w);
	struct figure_counts counts;

	submit_all(&w, key, 8);
	CHECK_OUTCOME(INVALID, sheet_withdraw(&w.ask, key, 3, "x"));
	CHECK_PROBLEM(&w, "reason");
	world_again(&w);
	CHECK_OUTCOME(OK, sheet_withdraw(&w.ask, key, 3, "Chuyển đi nơi khác"));
	CHECK_OUTCOME(OK, figures_of_unit(&w.ask, w.round, w.hamlet, "", &counts));
	CHECK_INT(0, counts.registered);
	CHECK_OUTCOME(FORBIDDEN, sheet_restore(&w.ask, key, 4, "Nhầm người"));
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(OK, sheet_restore(&w.ask, key, 4, "Nhầm người"));
	CHECK_INT(SHEET_SUBMITTED, get(&w, key).state);
	CHECK_OUTCOME(OK, figures_of_unit(&w.ask, w.round, w.hamlet, "", &counts));
	CHECK_INT(1, counts.submitted);
	move_to(&w, key, SHEET_RECOGNISED);
	CHECK_OUTCOME(INVALID, sheet_withdraw(&w.ask, key, 6, "Chuyển đi nơi khác"));
	world_close(&w);
}

TEST(sheets, a_locked_round_takes_nothing)
{
	struct world w;
	struct sheet_key key = begin(&w);
	struct scores scores = all(8);

	register_one(&w, key);
	set_window(&w, "locked = 1");
	CHECK_OUTCOME(INVALID, sheet_save_scores(&w.ask, key, 1, &scores, NULL, NULL));
	world_again(&w);
	CHECK_OUTCOME(INVALID, sheet_withdraw(&w.ask, key, 1, "Chuyển đi nơi khác"));
	CHECK_HAS(world_problem(&w, ""), "khoá");
	world_close(&w);
}

TEST(sheets, lapse_when_the_window_closes_and_come_back_when_it_is_extended)
{
	struct world w;
	struct sheet_key key = begin(&w), second = key, third = key;
	struct sheet before, after;
	struct figure_counts counts;
	int64_t n;

	register_one(&w, key);
	second.person_id = add_person(&w, "Nguyễn Văn Hai", "1970");
	as_person(&w, second.person_id);
	submit_all(&w, second, 8);
	third.person_id = add_person(&w, "Nguyễn Văn Ba", "1971");
	as_person(&w, third.person_id);
	submit_all(&w, third, 8);
	before = after = get(&w, third);
	after.state = SHEET_RETURNED;
	after.due_day = "2026-12-05";
	CHECK_OUTCOME(OK, sheet_write(&w.ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_RETURNED }));
	CHECK_OUTCOME(FORBIDDEN, sheet_lapse(&w.ask, w.round, w.commune, 100, &n));
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, sheet_lapse(&w.ask, w.round, w.commune, 100, &n));
	CHECK_INT(1, n);
	CHECK_INT(SHEET_LAPSED, get(&w, key).state);
	CHECK_INT(SHEET_REGISTERED, get(&w, key).state_before);
	CHECK_INT(SHEET_SUBMITTED, get(&w, second).state);
	CHECK_INT(SHEET_RETURNED, get(&w, third).state);
	CHECK_OUTCOME(OK, sheet_lapse(&w.ask, w.round, w.commune, 100, &n));
	CHECK_INT(0, n);
	CHECK_OUTCOME(OK, figures_of_unit(&w.ask, w.round, w.commune, "", &counts));
	CHECK_INT(1, counts.states[SHEET_LAPSED]);
	CHECK_OUTCOME(OK, sheet_unlapse(&w.ask, w.round, w.commune, 100, &n));
	CHECK_INT(1, n);
	CHECK_INT(SHEET_REGISTERED, get(&w, key).state);
	world_close(&w);
}

TEST(sheets, reasons_are_read_newest_first)
{
	struct world w;
	struct sheet_key key = begin(&w);
	struct sheet_reasons reasons;

	register_one(&w, key);
	CHECK_OUTCOME(OK, sheet_add_reason(&w.ask, key, 5, 8, 6, "Chưa tự chuyển khoản"));
	CHECK_OUTCOME(OK, sheet_add_reason(&w.ask, key, 8, 9, 7, "Một ý kiến thôi"));
	CHECK_OUTCOME(OK, sheet_reasons(&w.ask, key, &reasons));
	CHECK_INT(2, reasons.n);
	CHECK_INT(8, reasons.at[0].indicator);
	CHECK_TEXT("Người dân", reasons.at[0].actor);
	world_close(&w);
}

/* ---- faults ---- */

enum step { STEP_REGISTER, STEP_SAVE, STEP_SUBMIT, STEP_TAKE_BACK, STEP_WITHDRAW, STEP_STATEMENT, STEPS };

static enum outcome run_step(struct world *w, struct sheet_key key, enum step step, int64_t version)
{
	struct scores scores = all(8);

	switch (step) {
	case STEP_REGISTER:
		return sheet_register(&w->ask, key, "nong_dan", "", false, NULL);
	case STEP_SAVE:
		return sheet_save_scores(&w->ask, key, version, &scores, NULL, NULL);
	case STEP_SUBMIT:
		return sheet_submit(&w->ask, key, version, NULL);
	case STEP_TAKE_BACK:
		return sheet_take_back(&w->ask, key, version);
	case STEP_STATEMENT:
		return sheet_add_statement(&w->ask, key, 4, "Tôi trông ruộng để con dâu đi học", NULL);
	case STEP_WITHDRAW: case STEPS:
		break;
	}
	return sheet_withdraw(&w->ask, key, version, "Chuyển đi nơi khác");
}

/* A fingerprint of all that a step may write. */
static int64_t written(struct world *w)
{
	int64_t sum = 0;
	struct sheet_key key = { w->actor.person_id, w->round };
	struct audit_list trail;
	struct figure_counts counts;
	struct evidence_list evidence;
	struct sheet s;

	CHECK_OUTCOME(OK, sheet_trail(&w->ask, key, &trail));
	CHECK_OUTCOME(OK, figures_of_unit(&w->ask, w->round, w->commune, "", &counts));
	CHECK_OUTCOME(OK, evidence_of_person(&w->ask, key.person_id, &evidence));
	sum = (int64_t)trail.n + 100 * counts.registered + 1000 * counts.submitted + 10000 * counts.total_sum +
		(int64_t)evidence.n * 7;
	return sheet_get(&w->ask, key, &s) == OK ? sum + s.version * 1000000 : sum;
}

TEST(sheets, fault_at_each_step_leaves_nothing_half_done)
{
	for (enum step step = 0; step < STEPS; step++) {
		struct world w;
		struct sheet_key key = begin(&w);
		int64_t version = 0, before;

		for (enum step s = 0; s < step; s++) {
			if (s == STEP_TAKE_BACK && step == STEP_WITHDRAW)
				break;
			CHECK_OUTCOME(OK, run_step(&w, key, s, version++));
			if (step == STEP_STATEMENT && s == STEP_REGISTER)
				break;
		}
		before = written(&w);
		for (int64_t n = 1;; n++) {
			enum outcome done;

			world_again(&w);
			db_fail_at(w.db, n);
			done = run_step(&w, key, step, version);
			if (db_fail_at(w.db, 0) > 0) {
				CHECK_OUTCOME(OK, done);
				break;
			}
			CHECK_OUTCOME(FAILED, done);
			CHECK_INT(before, written(&w));
		}
		CHECK(written(&w) != before);
		world_close(&w);
	}
}

/* What a submission costs the one writer. It may fall; before it grows, see docs/performance.md. The second of a day, whose rows stand:
 * sheet, round, place, units taking part, extension, criteria and their text (a server keeps it); then sheet, standing (read, written), a cell less and a cell more with
 * their days in leaf and commune, the same of the sums, two stamps, the register and the audit row. */
TEST(assessments, a_submission_is_few_statements)
{
	struct world w;
	struct sheet_key first = begin(&w), second;
	struct scores scores = all(8);
	struct db_counts before;

	submit_all(&w, first, 8);
	w.ask.actor = &access_system;
	second = (struct sheet_key){ add_person(&w, "Trần Thị Lành", "1961"), w.round };
	as_person(&w, second.person_id);
	register_one(&w, second);
	CHECK_OUTCOME(OK, sheet_save_scores(&w.ask, second, 1, &scores, NULL, NULL));
	before = db_counts(w.db);
	CHECK_OUTCOME(OK, sheet_submit(&w.ask, second, 2, NULL));
	CHECK_INT(30, db_counts(w.db).statements - before.statements);
	world_close(&w);
}
