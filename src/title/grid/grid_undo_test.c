#include "tests/test.h"

#include <string.h>

#include "db/db.h"
#include "figures/check/check.h"
#include "registry/audit/audit.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/criteria/criteria.h"
#include "title/grid/grid.h"
#include "title/grid/grid_messages.h"
#include "title/review/review.h"

static const struct sheet_help help = { "Bà Ba nhập theo phiếu giấy", "Danh sách giấy ngày 12/11/2026, bà Ba giữ" };

struct way { struct world *w; int64_t an, binh; };

static struct sheet_key key_of(const struct way *way, int64_t person)
{
	return (struct sheet_key){ person, way->w->round };
}

static void begin(struct world *w, struct way *way)
{
	world_open(w);
	world_round(w);
	w->ask.criteria = criteria_cache_new();          /* parsed once: some hundred tries share the world's memory */
	*way = (struct way){ w, year_person(w, "Nguyễn Thị An", w->hamlet), 0 };
	way->binh = year_person(w, "Trần Thị Bình", w->hamlet);
	world_as(w, ROLE_BRANCH, w->hamlet);
}

static void end(struct world *w)
{
	struct check_report *report = ARENA_NEW(w->arena, struct check_report);

	world_as_nobody(w);
	/* the world's own accounts have no trail */
	CHECK_OUTCOME(OK, db_script(w->db, "UPDATE account SET version = 0; DELETE FROM unique_key WHERE use = 1", "test"));
	CHECK_OUTCOME(OK, check_all(&w->ask, false, report));
	for (size_t i = 0; i < report->n; i++)
		CHECK_TEXT("", report->at[i].n_faults ? report->at[i].faults[0] : "");
	criteria_cache_free((struct criteria_cache *)w->ask.criteria);
	world_close(w);
}

/* All that a sheet says but its version, and the branch's counters. */
static const char *seen(const struct way *way)
{
	struct world *w = way->w;
	const int64_t people[] = { way->an, way->binh };
	struct figure_counts counts;
	struct buf out = BUF(w->arena, .max = 64 * KiB);

	for (size_t i = 0; i < COUNT(people); i++) {
		struct sheet s;

		if (sheet_get(&w->ask, key_of(way, people[i]), &s) != OK) {
			buf_text(&out, "none|");
			continue;
		}
		buf_format(&out, "%d %d %s %s %d %s %s %s %s %s %lld %lld %lld %lld %s %s|", (int)s.state, (int)s.state_before,
			scores_write(w->arena, &s.self), scores_write(w->arena, &s.reviewed), s.assisted, s.helper, s.consent,
			s.state_reason, s.told_on, s.due_day, (long long)s.registered_at, (long long)s.submitted_at,
			(long long)s.reviewed_at, (long long)s.reviewed_by, s.code, s.group);
	}
	CHECK_OUTCOME(OK, figures_of_unit(&w->ask, w->round, w->hamlet, "", &counts));
	for (enum sheet_state s = 0; s < SHEET_STATE_N; s++)
		buf_format(&out, " %lld", (long long)counts.states[s]);
	buf_format(&out, " sum %lld", (long long)counts.total_sum);
	return buf_cstr(&out);
}

static enum outcome act(struct way *way, enum grid_act what, const char *reason, struct grid_result *out)
{
	struct world *w = way->w;
	struct grid_lines lines;
	int64_t next;
	enum outcome found = grid_candidates(&w->ask, what, w->round, w->hamlet, 0, &lines, &next);

	if (found != OK)
		return found;
	return grid_bulk(&w->ask, &(struct grid_bulk){ .act = what, .round_id = w->round, .leaf_id = w->hamlet, .reason = reason,
		.help = what == GRID_REGISTER || what == GRID_SUBMIT_OWN ? &help : NULL }, &lines, out);
}

/* The rows of both with the versions they have. */
static enum outcome save_page(struct way *way, enum grid_mode mode, const char *scores, int64_t *done)
{
	struct grid_row rows[2] = { { .key = key_of(way, way->an) }, { .key = key_of(way, way->binh) } };
	bool moved[2] = { false };

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct grid_line line;

		CHECK_OUTCOME(OK, grid_line_get(&way->w->ask, rows[i].key, &line));
		rows[i].number = i + 1;
		rows[i].version = line.version;
		rows[i].reason = mode == GRID_REVIEW ? "Chưa có giấy của lớp học" : "";
		CHECK(scores_read(scores, &rows[i].scores));
	}
	return grid_save_rows(&way->w->ask, mode, rows, COUNT(rows), &help, moved, done);
}

static struct grid_done done_of(struct way *way, int64_t id)
{
	struct grid_done done;

	CHECK_OUTCOME(OK, grid_done_get(&way->w->ask, id, &done));
	return done;
}

static enum outcome undo(struct way *way, int64_t id, struct grid_result *out)
{
	struct grid_done done = done_of(way, id);

	return grid_undo(&way->w->ask, &done, out);
}

/* As each person does it themselves. */
static void score_own(struct way *way, int64_t person)
{
	struct world *w = way->w;
	struct scores s;

	CHECK(scores_read(YEAR_PASS, &s));
	world_as(w, ROLE_CITIZEN, w->hamlet);
	w->actor.person_id = person;
	CHECK_OUTCOME(OK, sheet_register(&w->ask, key_of(way, person), "nong_dan", "", false, NULL));
	CHECK_OUTCOME(OK, sheet_save_scores(&w->ask, key_of(way, person), 1, &s, NULL, NULL));
	world_as(w, ROLE_BRANCH, w->hamlet);
}

/* ---- each step, done and undone, with a fault at every place of the undoing ---- */

static int64_t step_register(struct way *way)
{
	struct grid_result r;

	CHECK_OUTCOME(OK, act(way, GRID_REGISTER, "", &r));
	return r.done;
}

static int64_t step_page(struct way *way)
{
	int64_t done = 0;

	CHECK_OUTCOME(OK, save_page(way, GRID_SELF, YEAR_PASS, &done));
	return done;
}

static int64_t step_submit(struct way *way)
{
	struct grid_result r;

	CHECK_OUTCOME(OK, act(way, GRID_SUBMIT, "", &r));
	return r.done;
}

static int64_t step_agree(struct way *way)
{
	struct grid_result r;

	CHECK_OUTCOME(OK, act(way, GRID_AGREE, "", &r));
	return r.done;
}

static int64_t step_review_page(struct way *way)
{
	int64_t done = 0;

	CHECK_OUTCOME(OK, save_page(way, GRID_REVIEW, "[8,8,8,8,8,8,8,8,8,5]", &done));
	return done;
}

static int64_t step_withdraw(struct way *way)
{
	struct grid_result r;

	CHECK_OUTCOME(OK, act(way, GRID_WITHDRAW, "Từ chối tham gia", &r));
	return r.done;
}

static int64_t step_restore(struct way *way)
{
	struct grid_result r;

	CHECK_OUTCOME(OK, act(way, GRID_RESTORE, "Rút nhầm người", &r));
	return r.done;
}

static void undo_with_faults(struct way *way, int64_t id)
{
	const char *after = seen(way);
	struct grid_result r;
	enum outcome done = FAILED;
	int64_t at = 0;

	while (done != OK) {
		struct grid_done d = done_of(way, id);

		world_again(way->w);
		db_fail_at(way->w->db, ++at);
		done = grid_undo(&way->w->ask, &d, &r);
		if (db_fail_at(way->w->db, 0) > 0)
			CHECK_OUTCOME(OK, done);
		else
			CHECK_OUTCOME(FAILED, done);
		if (done != OK)
			CHECK_TEXT(after, seen(way));
	}
	CHECK(at > 10);
	CHECK_INT(2, r.n_done);
	CHECK_INT(0, r.n_left);
}

TEST(grid, each_act_for_many_goes_back_as_one_step_whole_or_not_at_all)
{
	static int64_t (*const steps[])(struct way *) = { step_register, step_page, step_submit, step_agree, step_review_page,
		step_withdraw, step_restore };
	struct world w;
	struct way way;

	begin(&w, &way);
	for (size_t i = 0; i < COUNT(steps); i++) {
		const char *before = seen(&way);
		int64_t id = steps[i](&way);

		CHECK(id > 0);
		CHECK(strcmp(before, seen(&way)) != 0);
		undo_with_faults(&way, id);
		CHECK_TEXT(before, seen(&way));
		steps[i](&way);                  /* again, and on to the next */
	}
	end(&w);
}

TEST(grid, rows_of_a_page_that_registered_people_go_back_to_nothing)
{
	struct world w;
	struct way way;
	const char *before;
	struct grid_result r;
	struct audit_list trail;
	int64_t done;

	begin(&w, &way);
	before = seen(&way);
	CHECK_OUTCOME(OK, save_page(&way, GRID_SELF, YEAR_PASS, &done));
	CHECK_OUTCOME(OK, undo(&way, done, &r));
	CHECK_TEXT(before, seen(&way));
	CHECK_OUTCOME(OK, sheet_trail(&w.ask, key_of(&way, way.an), &trail));
	CHECK_TEXT("sheet_undone", trail.at[0].action);
	CHECK_TEXT("Hoàn lại: lưu điểm tự chấm của 2 hàng lúc 09:00", trail.at[0].reason);
	CHECK_INT(3, trail.at[0].version);
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "round", w.round, &trail));
	CHECK_HAS(trail.at[1].new, "Hoàn lại: lưu điểm tự chấm của 2 hàng");
	/* registered again, versions go on */
	CHECK_OUTCOME(OK, save_page(&way, GRID_SELF, YEAR_SHORT, &done));
	CHECK_INT(5, year_sheet(&w, way.an).version);
	/* saved as they stand: nothing that could be undone */
	CHECK_OUTCOME(OK, save_page(&way, GRID_SELF, YEAR_SHORT, &done));
	CHECK_INT(0, done);
	end(&w);
}

TEST(grid, what_has_changed_since_is_named_and_left)
{
	struct world w;
	struct way way;
	struct grid_result r, submitted;
	struct sheet s;

	begin(&w, &way);
	step_register(&way);
	step_page(&way);
	CHECK_OUTCOME(OK, act(&way, GRID_SUBMIT, "", &submitted));
	year_reviewed(&w, way.binh);
	world_as(&w, ROLE_DEPUTY, w.hamlet);
	CHECK_OUTCOME(OK, grid_undo_look(&w.ask, (struct grid_done[]){ done_of(&way, submitted.done) }, &r));
	CHECK_INT(1, r.n_done);
	CHECK_TEXT("Trần Thị Bình", r.left[0].name);
	CHECK_INT(SHEET_SUBMITTED, year_sheet(&w, way.an).state);               /* only looked */
	CHECK_OUTCOME(OK, undo(&way, submitted.done, &r));
	CHECK_INT(1, r.n_done);
	CHECK_INT(1, r.n_left);
	CHECK_INT(way.binh, r.left[0].person_id);
	CHECK_TEXT(GRID_UNDO_TOUCHED, r.left[0].why);
	CHECK_INT(SHEET_DRAFT, year_sheet(&w, way.an).state);
	CHECK_INT(SHEET_REVIEWED, year_sheet(&w, way.binh).state);
	world_again(&w);
	CHECK_OUTCOME(INVALID, undo(&way, submitted.done, &r));
	CHECK_TEXT(GRID_UNDO_TWICE, world_problem(&w, ""));
	/* all of them changed: nothing is written, and it can still be said why */
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(OK, act(&way, GRID_SUBMIT, "", &submitted));
	year_reviewed(&w, way.an);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(INVALID, undo(&way, submitted.done, &r));
	CHECK_TEXT(GRID_UNDO_NOTHING, world_problem(&w, ""));
	CHECK_INT(0, done_of(&way, submitted.done).undone_at);
	CHECK_OUTCOME(OK, sheet_get(&w.ask, key_of(&way, way.an), &s));
	CHECK_INT(SHEET_REVIEWED, s.state);
	end(&w);
}

TEST(grid, an_earlier_act_can_be_undone_after_the_later_one)
{
	struct world w;
	struct way way;
	const char *before;
	struct grid_result r;
	int64_t first, second;

	begin(&w, &way);
	before = seen(&way);
	first = step_register(&way);
	second = step_withdraw(&way);
	CHECK_OUTCOME(INVALID, undo(&way, first, &r));           /* it would take the withdrawal along */
	world_again(&w);
	CHECK_OUTCOME(OK, undo(&way, second, &r));
	CHECK_OUTCOME(OK, undo(&way, first, &r));
	CHECK_INT(2, r.n_done);
	CHECK_TEXT(before, seen(&way));
	end(&w);
}

TEST(grid, undoing_is_for_its_day_its_unit_and_those_with_its_permission)
{
	struct world w;
	struct way way;
	struct grid_result r;
	struct grid_dones dones;
	int64_t id;

	begin(&w, &way);
	step_register(&way);
	step_page(&way);
	step_submit(&way);
	id = step_agree(&way);
	CHECK_OUTCOME(OK, grid_dones(&w.ask, w.round, w.hamlet, &dones));
	CHECK_INT(4, dones.n);
	CHECK_INT(GRID_AGREE, dones.at[0].act);
	CHECK_INT(2, dones.at[0].people);
	world_as(&w, ROLE_BRANCH, w.other_hamlet);
	CHECK_OUTCOME(FORBIDDEN, undo(&way, id, &r));
	world_as(&w, ROLE_AUTHORITY, w.commune);
	CHECK_OUTCOME(FORBIDDEN, undo(&way, id, &r));
	world_as(&w, ROLE_BRANCH, w.hamlet);
	w.actor.person_id = way.an;                              /* one's own review is for somebody else to undo */
	CHECK_OUTCOME(OK, undo(&way, id, &r));
	CHECK_TEXT(GRID_UNDO_OWN, r.left[0].why);
	CHECK_INT(SHEET_REVIEWED, year_sheet(&w, way.an).state);
	world_as(&w, ROLE_PROVINCE, w.province);
	id = step_agree(&way);
	CHECK_OUTCOME(OK, undo(&way, id, &r));                   /* who may review may undo a review, typing for people or not */
	CHECK_INT(SHEET_SUBMITTED, year_sheet(&w, way.binh).state);
	CHECK_OUTCOME(FORBIDDEN, undo(&way, dones.at[1].id, &r));
	world_as(&w, ROLE_BRANCH, w.hamlet);
	id = step_agree(&way);
	w.ask.now += 24 * 3600;
	CHECK_OUTCOME(INVALID, undo(&way, id, &r));
	CHECK_TEXT(GRID_UNDO_LATE, world_problem(&w, ""));
	world_again(&w);
	id = step_withdraw(&way);                                /* the day before is swept away */
	CHECK_OUTCOME(OK, grid_dones(&w.ask, w.round, w.hamlet, &dones));
	CHECK_INT(1, dones.n);
	CHECK_OUTCOME(OK, db_script(w.db, "UPDATE round SET locked = 1", "test"));
	CHECK_OUTCOME(INVALID, undo(&way, id, &r));
	CHECK_TEXT(GRID_UNDO_LOCKED, world_problem(&w, ""));
	end(&w);
}

TEST(grid, a_changed_score_that_goes_back_is_told_to_the_person)
{
	struct world w;
	struct way way;
	struct grid_result r;
	struct sheet_reasons reasons;

	begin(&w, &way);
	step_register(&way);
	step_page(&way);
	step_submit(&way);
	CHECK_OUTCOME(OK, undo(&way, step_review_page(&way), &r));
	CHECK_OUTCOME(OK, sheet_reasons(&w.ask, key_of(&way, way.an), &reasons));
	CHECK_INT(2, reasons.n);
	CHECK_INT(5, reasons.at[0].was);
	CHECK_INT(9, reasons.at[0].became);
	CHECK_TEXT(GRID_UNDONE, reasons.at[0].reason);
	end(&w);
}

TEST(grid, evidence_given_since_keeps_a_registration)
{
	struct world w;
	struct way way;
	struct grid_result r;
	int64_t done;

	begin(&w, &way);
	CHECK_OUTCOME(OK, save_page(&way, GRID_SELF, YEAR_PASS, &done));
	CHECK_OUTCOME(OK, sheet_add_statement(&w.ask, key_of(&way, way.an), 1, "Đọc báo mỗi sáng ở nhà văn hoá", NULL));
	CHECK_OUTCOME(OK, undo(&way, done, &r));
	CHECK_INT(1, r.n_done);
	CHECK_TEXT(GRID_UNDO_EVIDENCE, r.left[0].why);
	CHECK_INT(SHEET_DRAFT, year_sheet(&w, way.an).state);
	end(&w);
}

/* ---- what people scored themselves ---- */

TEST(grid, what_people_scored_themselves_is_handed_in_only_with_their_consent)
{
	struct world w;
	struct way way;
	struct grid_lines lines;
	struct grid_result r;
	struct sheet s;
	const char *before;
	int64_t next;

	begin(&w, &way);
	/* registered by an officer: that names a helper, and is no consent to hand in what the person scored later */
	CHECK_OUTCOME(OK, grid_candidates(&w.ask, GRID_REGISTER, w.round, w.hamlet, 0, &lines, &next));
	lines.n = 1;
	CHECK_OUTCOME(OK, grid_bulk(&w.ask, &(struct grid_bulk){ .act = GRID_REGISTER, .round_id = w.round, .leaf_id = w.hamlet,
		.reason = "", .help = &help }, &lines, &r));
	world_as(&w, ROLE_CITIZEN, w.hamlet);
	w.actor.person_id = way.an;
	CHECK(scores_read(YEAR_PASS, &s.self));
	CHECK_OUTCOME(OK, sheet_save_scores(&w.ask, key_of(&way, way.an), 1, &s.self, NULL, NULL));
	score_own(&way, way.binh);
	CHECK_OUTCOME(OK, grid_candidates(&w.ask, GRID_SUBMIT, w.round, w.hamlet, 0, &lines, &next));
	CHECK_INT(0, lines.n);
	CHECK_OUTCOME(OK, grid_candidates(&w.ask, GRID_SUBMIT_OWN, w.round, w.hamlet, 0, &lines, &next));
	CHECK_INT(2, lines.n);
	CHECK_OUTCOME(INVALID, grid_bulk(&w.ask, &(struct grid_bulk){ .act = GRID_SUBMIT_OWN, .round_id = w.round, .leaf_id = w.hamlet,
		.reason = "", .help = &(struct sheet_help){ "Bà Ba", "" } }, &lines, &r));
	CHECK_TEXT(GRID_CONSENT_MISSING, world_problem(&w, "consent"));
	CHECK_INT(SHEET_DRAFT, year_sheet(&w, way.an).state);
	world_again(&w);
	before = seen(&way);
	CHECK_OUTCOME(OK, act(&way, GRID_SUBMIT_OWN, "", &r));
	CHECK_INT(2, r.n_done);
	s = year_sheet(&w, way.binh);
	CHECK_INT(SHEET_SUBMITTED, s.state);
	CHECK_TEXT(help.consent, s.consent);
	CHECK(!s.assisted);                                      /* handed in by another hand, scored by their own */
	CHECK_OUTCOME(OK, undo(&way, r.done, &r));
	CHECK_TEXT(before, seen(&way));
	/* one's own is handed in by oneself */
	w.actor.person_id = way.an;
	CHECK_OUTCOME(OK, grid_candidates(&w.ask, GRID_SUBMIT_OWN, w.round, w.hamlet, 0, &lines, &next));
	CHECK_INT(1, lines.n);
	CHECK_INT(way.binh, lines.at[0].key.person_id);
	end(&w);
}
