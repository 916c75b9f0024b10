#include "tests/test.h"

#include <string.h>

#include "db/db.h"
#include "figures/check/check.h"
#include "registry/audit/audit.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/grid/grid.h"
#include "title/grid/grid_messages.h"
#include "title/review/review.h"

static const struct sheet_help help = { "Bà Ba nhập theo phiếu giấy", "Ký trên phiếu giấy 12/11" };
#define REASON "Chưa có giấy của lớp học"

static struct scores scores_of(const char *text)
{
	struct scores s;

	CHECK(scores_read(text, &s));
	return s;
}

static struct grid_row row_of(struct world *w, int64_t person, int64_t version, const char *scores)
{
	return (struct grid_row){ .key = { person, w->round }, .version = version, .scores = scores_of(scores), .reason = "",
		.number = 1 };
}

static struct grid_line line_of(struct world *w, int64_t person)
{
	struct grid_line line;

	CHECK_OUTCOME(OK, grid_line_get(&w->ask, (struct sheet_key){ person, w->round }, &line));
	return line;
}

static void begin(struct world *w)
{
	world_open(w);
	world_round(w);
}

TEST(grid, scores_typed_for_somebody_register_them_with_who_helped_and_how_they_agreed)
{
	struct world w;
	struct grid_row row;
	struct sheet s;
	int64_t an;

	begin(&w);
	an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	row = row_of(&w, an, 0, "[8,9,null,null,null,null,null,null,null,null]");
	CHECK_OUTCOME(INVALID, grid_save(&w.ask, GRID_SELF, &row, NULL));
	CHECK_PROBLEM(&w, "helper");
	CHECK_PROBLEM(&w, "consent");
	CHECK_INT(SHEET_NONE, line_of(&w, an).state);
	world_again(&w);
	CHECK_OUTCOME(OK, grid_save(&w.ask, GRID_SELF, &row, &help));
	s = year_sheet(&w, an);
	CHECK_INT(SHEET_DRAFT, s.state);
	CHECK_INT(2, s.version);
	CHECK(s.assisted);
	CHECK_TEXT(help.helper, s.helper);
	CHECK_TEXT(help.consent, s.consent);
	CHECK_INT(9, s.self.at[1].value);
	CHECK(line_of(&w, an).is_named);
	world_as(&w, ROLE_BRANCH, w.other_hamlet);
	row = row_of(&w, an, 2, YEAR_PASS);
	CHECK_OUTCOME(FORBIDDEN, grid_save(&w.ask, GRID_SELF, &row, &help));
	world_close(&w);
}

TEST(grid, an_emptied_box_is_taken_away_and_a_confirmed_proposal_says_so)
{
	struct world w;
	struct grid_row row;
	struct audit_list trail;
	int64_t an;

	begin(&w);
	an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	row = row_of(&w, an, 0, YEAR_PASS);
	row.note = GRID_AS_LAST;
	CHECK_OUTCOME(OK, grid_save(&w.ask, GRID_SELF, &row, &help));
	CHECK_OUTCOME(OK, sheet_trail(&w.ask, row.key, &trail));
	CHECK_TEXT(GRID_AS_LAST, trail.at[0].reason);
	row = row_of(&w, an, 2, "[8,null,8,8,8,8,8,8,8,9]");
	CHECK_OUTCOME(OK, grid_save(&w.ask, GRID_SELF, &row, NULL));
	CHECK(!year_sheet(&w, an).self.at[1].is);
	CHECK_INT(3, year_sheet(&w, an).version);
	world_close(&w);
}

TEST(grid, a_row_under_review_has_one_reason_for_all_that_changed)
{
	struct world w;
	struct grid_row row;
	struct sheet_reasons kept;
	int64_t an;

	begin(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	row = row_of(&w, an, 3, "[8,8,8,8,6,8,8,5,8,9]");
	row.reason = "ngắn";
	CHECK_OUTCOME(INVALID, grid_save(&w.ask, GRID_REVIEW, &row, NULL));
	CHECK_TEXT(GRID_REASON_SHORT, world_problem(&w, "reason"));
	CHECK_INT(1, w.problems.n);
	world_again(&w);
	row.reason = REASON;
	CHECK_OUTCOME(OK, grid_save(&w.ask, GRID_REVIEW, &row, NULL));
	CHECK_OUTCOME(OK, sheet_reasons(&w.ask, row.key, &kept));
	CHECK_INT(2, kept.n);
	CHECK_TEXT(REASON, kept.at[0].reason);
	CHECK_TEXT(REASON, kept.at[1].reason);
	CHECK_INT(6, line_of(&w, an).agreed.at[4].value);
	world_close(&w);
}

TEST(grid, nobody_reviews_their_own_row_alone_or_among_many)
{
	struct world w;
	struct grid_row row;
	struct grid_lines lines;
	int64_t an, next;

	begin(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	w.actor.person_id = an;
	row = row_of(&w, an, 3, YEAR_PASS);
	CHECK(!grid_is_writable(&(struct grid_line){ .state = SHEET_SUBMITTED, .is_own = line_of(&w, an).is_own }, GRID_REVIEW));
	CHECK_OUTCOME(INVALID, grid_save(&w.ask, GRID_REVIEW, &row, NULL));
	CHECK_HAS(world_problem(&w, ""), "chính mình");
	world_again(&w);
	CHECK_OUTCOME(OK, grid_candidates(&w.ask, GRID_AGREE, w.round, w.hamlet, 0, &lines, &next));
	CHECK_INT(1, lines.n);
	CHECK_TEXT("Trần Thị Bình", lines.at[0].name);
	world_close(&w);
}

TEST(grid, the_second_of_two_editors_is_told_who_changed_what_and_nothing_is_lost)
{
	struct world w;
	struct grid_row rows[2];
	bool moved[2] = { false };
	int64_t an, binh;

	begin(&w);
	an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	binh = year_person(&w, "Trần Thị Bình", w.hamlet);
	world_as(&w, ROLE_DEPUTY, w.hamlet);
	rows[0] = row_of(&w, an, 0, "[8,8,8,8,8,8,8,8,8,9]");
	CHECK_OUTCOME(OK, grid_save(&w.ask, GRID_SELF, &rows[0], &help));
	world_as(&w, ROLE_BRANCH, w.hamlet);
	rows[0] = row_of(&w, an, 0, "[8,8,7,8,8,8,8,8,8,9]");
	rows[1] = row_of(&w, binh, 0, YEAR_PASS);
	rows[1].number = 2;
	CHECK_OUTCOME(INVALID, grid_save_rows(&w.ask, GRID_SELF, rows, 2, &help, moved, &(int64_t){ 0 }));
	CHECK(moved[0] && !moved[1]);
	CHECK_HAS(world_problem(&w, "c1_1"), role_label(ROLE_DEPUTY));
	CHECK_HAS(world_problem(&w, "c1_1"), "chỉ số 3 đã lưu 8");
	CHECK_INT(SHEET_NONE, line_of(&w, binh).state);          /* all or nothing */
	CHECK_INT(8, line_of(&w, an).self.at[2].value);
	rows[0].version = 2;
	world_again(&w);
	CHECK_OUTCOME(OK, grid_save_rows(&w.ask, GRID_SELF, rows, 2, &help, moved, &(int64_t){ 0 }));
	CHECK_INT(7, line_of(&w, an).self.at[2].value);
	CHECK_INT(SHEET_DRAFT, line_of(&w, binh).state);
	world_close(&w);
}

TEST(grid, every_fault_of_a_page_is_said_at_its_box_and_nothing_is_saved)
{
	struct world w;
	struct grid_row rows[2];
	bool moved[2] = { false };
	int64_t an, binh;

	begin(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	binh = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	rows[0] = row_of(&w, an, 3, "[8,8,8,8,6,8,8,5,8,9]");
	rows[1] = row_of(&w, binh, 3, "[8,8,8,8,8,8,8,8,8,null]");
	rows[1].number = 7;
	CHECK_OUTCOME(INVALID, grid_save_rows(&w.ask, GRID_REVIEW, rows, 2, NULL, moved, &(int64_t){ 0 }));
	CHECK_HAS(world_problem(&w, "ly_do_1"), "Nguyễn Thị An");
	CHECK_HAS(world_problem(&w, "c10_7"), "Trần Thị Bình");
	CHECK_INT(SHEET_SUBMITTED, line_of(&w, an).state);
	world_close(&w);
}

/* ---- one act for many ---- */

static struct grid_lines candidates(struct world *w, enum grid_act act)
{
	struct grid_lines lines;
	int64_t next;

	CHECK_OUTCOME(OK, grid_candidates(&w->ask, act, w->round, w->hamlet, 0, &lines, &next));
	return lines;
}

static enum outcome bulk(struct world *w, enum grid_act act, const char *reason, struct grid_result *out)
{
	struct grid_lines lines = candidates(w, act);

	return grid_bulk(&w->ask, &(struct grid_bulk){ .act = act, .round_id = w->round, .leaf_id = w->hamlet, .reason = reason,
		.help = act == GRID_REGISTER || act == GRID_SUBMIT ? &help : NULL }, &lines, out);
}

static int64_t state_count(struct world *w, enum sheet_state state)
{
	struct figure_counts counts;

	CHECK_OUTCOME(OK, figures_of_unit(&w->ask, w->round, w->hamlet, "", &counts));
	return counts.states[state];
}

static void check_store(struct world *w)
{
	struct check_report *report = ARENA_NEW(w->arena, struct check_report);

	world_as_nobody(w);
	/* the world's own accounts have no trail */
	CHECK_OUTCOME(OK, db_script(w->db, "UPDATE account SET version = 0; DELETE FROM unique_key WHERE use = 1", "test"));
	CHECK_OUTCOME(OK, check_all(&w->ask, false, report));
	for (size_t i = 0; i < report->n; i++)
		CHECK_TEXT("", report->at[i].n_faults ? report->at[i].faults[0] : "");
}

TEST(grid, a_branchs_sheets_go_from_nothing_to_reviewed_in_bulk_and_each_says_so)
{
	static const char *const names[] = { "Nguyễn Thị An", "Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Dung" };
	struct world w;
	struct grid_result done;
	struct audit_list trail;
	int64_t people[COUNT(names)];

	begin(&w);
	for (size_t i = 0; i < COUNT(names); i++)
		people[i] = year_person(&w, names[i], w.hamlet);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_INT(4, candidates(&w, GRID_REGISTER).n);
	CHECK_OUTCOME(OK, bulk(&w, GRID_REGISTER, "", &done));
	CHECK_INT(4, done.n_done);
	CHECK_INT(4, state_count(&w, SHEET_REGISTERED));
	for (size_t i = 0; i < 3; i++) {
		struct grid_row row = row_of(&w, people[i], 1, YEAR_PASS);

		CHECK_OUTCOME(OK, grid_save(&w.ask, GRID_SELF, &row, NULL));
	}
	CHECK_INT(3, candidates(&w, GRID_SUBMIT).n);
	CHECK_OUTCOME(OK, bulk(&w, GRID_SUBMIT, "", &done));
	CHECK_OUTCOME(OK, bulk(&w, GRID_AGREE, "", &done));
	CHECK_INT(3, done.n_done);
	CHECK_INT(3, state_count(&w, SHEET_REVIEWED));
	CHECK_INT(1, state_count(&w, SHEET_REGISTERED));
	CHECK_OUTCOME(OK, sheet_trail(&w.ask, (struct sheet_key){ people[0], w.round }, &trail));
	CHECK_HAS(trail.at[0].reason, "cùng lúc 3 phiếu");
	CHECK_HAS(trail.at[1].reason, "Nộp cùng lúc 3 phiếu");
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "round", w.round, &trail));
	CHECK_TEXT("round_opened", trail.at[0].action);          /* by version, then time: acts for many have none */
	CHECK_INT(4, trail.n);
	CHECK_TEXT("sheets_bulk", trail.at[1].action);
	CHECK_HAS(trail.at[1].new, "Đồng ý với điểm tự chấm của cùng lúc 3 phiếu");
	CHECK_HAS(trail.at[1].new, "\"people\":\"3\"");
	check_store(&w);
	world_close(&w);
}

TEST(grid, what_cannot_be_done_for_one_is_told_and_keeps_nobody_waiting)
{
	struct world w;
	struct grid_lines lines;
	struct grid_result done;
	int64_t binh;

	begin(&w);
	year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	binh = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	lines = candidates(&w, GRID_AGREE);
	year_reviewed(&w, binh);                         /* by somebody else, meanwhile */
	world_as(&w, ROLE_DEPUTY, w.hamlet);
	CHECK_OUTCOME(OK, grid_bulk(&w.ask, &(struct grid_bulk){ .act = GRID_AGREE, .round_id = w.round, .leaf_id = w.hamlet,
		.reason = "" }, &lines, &done));
	CHECK_INT(1, done.n_done);
	CHECK_INT(1, done.n_left);
	CHECK_INT(binh, done.left[0].person_id);
	CHECK_TEXT(GRID_MOVED, done.left[0].why);
	CHECK_INT(2, state_count(&w, SHEET_REVIEWED));
	check_store(&w);
	world_close(&w);
}

TEST(grid, withdrawals_in_bulk_keep_their_reason_and_can_be_taken_back)
{
	struct world w;
	struct grid_result done;
	int64_t an;

	begin(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_SHORT);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(OK, bulk(&w, GRID_WITHDRAW, "Đã chuyển đi nơi khác", &done));
	CHECK_INT(2, done.n_done);
	CHECK_INT(2, state_count(&w, SHEET_WITHDRAWN));
	CHECK_HAS(year_sheet(&w, an).state_reason, "Đã chuyển đi nơi khác");
	CHECK_OUTCOME(OK, bulk(&w, GRID_RESTORE, "Rút nhầm người", &done));
	CHECK_INT(2, state_count(&w, SHEET_SUBMITTED));
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(FORBIDDEN, bulk(&w, GRID_WITHDRAW, "Đã mất", &done));
	check_store(&w);
	world_close(&w);
}

TEST(grid, a_list_that_changed_has_another_stamp)
{
	struct world w;
	struct grid_lines before;
	int64_t an;

	begin(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	before = candidates(&w, GRID_WITHDRAW);
	CHECK_TEXT(grid_stamp(w.arena, &before), grid_stamp(w.arena, &before));
	year_reviewed(&w, an);
	CHECK(strcmp(grid_stamp(w.arena, &before), grid_stamp(w.arena, (struct grid_lines[]){ candidates(&w,
		GRID_WITHDRAW) })) != 0);
	world_close(&w);
}

TEST(grid, people_come_by_given_name_page_by_page_with_the_scores_of_the_year_before)
{
	struct world w;
	struct grid_lines first, second;
	int64_t an;

	begin(&w);
	year_person(&w, "Trần Thị Bình", w.hamlet);
	an = year_person(&w, "Phạm Văn An", w.hamlet);
	year_person(&w, "Lê Thị Đào", w.hamlet);
	year_person(&w, "Lê Thị Ở Nơi Khác", w.other_hamlet);
	CHECK_OUTCOME(OK, db_script(w.db, arena_format(w.arena,
		"INSERT INTO standing (person_id, round_id, leaf_id, commune_id, province_id,"
		" group_code, sex, age_band, state, total, scores, flags, name_key) SELECT person_id, round_id - 1, leaf_id, commune_id,"
		" province_id, group_code, sex, age_band, 9, 81, '%s', flags, name_key FROM standing WHERE person_id = %lld",
			YEAR_PASS,
		(long long)an), "test"));
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(OK, grid_lines(&w.ask, w.round, w.hamlet, 0, 2, &first));
	CHECK_INT(2, first.n);
	CHECK_TEXT("Phạm Văn An", first.at[0].name);
	CHECK_INT(9, first.at[0].last.at[9].value);
	CHECK_INT(0, first.at[1].last.n);
	CHECK_OUTCOME(OK, grid_lines(&w.ask, w.round, w.hamlet, first.at[1].key.person_id, 2, &second));
	CHECK_INT(1, second.n);
	CHECK_TEXT("Lê Thị Đào", second.at[0].name);
	world_close(&w);
}

/* ---- faults ---- */

struct way { struct world *w; int64_t an, binh; };

static const char *seen(const struct way *way)
{
	struct world *w = way->w;
	const int64_t people[] = { way->an, way->binh };
	struct figure_counts counts;
	struct buf out = BUF(w->arena);

	for (size_t i = 0; i < COUNT(people); i++) {
		struct grid_line line = line_of(w, people[i]);
		struct audit_list trail;

		CHECK_OUTCOME(OK, audit_of_person(&w->ask, people[i], NULL, &trail));
		buf_format(&out, "%d/%lld/%zu/%lld ", (int)line.state, (long long)line.version, trail.n,
			(long long)scores_total(&line.self));
	}
	CHECK_OUTCOME(OK, figures_of_unit(&w->ask, w->round, w->hamlet, "", &counts));
	for (enum sheet_state s = 0; s < SHEET_STATE_N; s++)
		buf_format(&out, " %lld", (long long)counts.states[s]);
	return buf_cstr(&out);
}

static enum outcome do_rows(struct way *way)
{
	struct grid_row rows[2] = { row_of(way->w, way->an, 0, YEAR_PASS), row_of(way->w, way->binh, 0, YEAR_SHORT) };
	bool moved[2];

	return grid_save_rows(&way->w->ask, GRID_SELF, rows, 2, &help, moved, &(int64_t){ 0 });
}

static enum outcome do_act(struct way *way, enum grid_act act, const char *reason)
{
	struct grid_lines lines;
	struct grid_result done;
	int64_t next;
	enum outcome found = grid_candidates(&way->w->ask, act, way->w->round, way->w->hamlet, 0, &lines, &next);

	if (found != OK)
		return found;
	return grid_bulk(&way->w->ask, &(struct grid_bulk){ .act = act, .round_id = way->w->round, .leaf_id = way->w->hamlet,
		.reason = reason }, &lines, &done);
}

static enum outcome do_submit(struct way *way) { return do_act(way, GRID_SUBMIT, ""); }
static enum outcome do_agree(struct way *way) { return do_act(way, GRID_AGREE, ""); }
static enum outcome do_withdraw(struct way *way) { return do_act(way, GRID_WITHDRAW, "Không gặp được người"); }
static enum outcome do_restore(struct way *way) { return do_act(way, GRID_RESTORE, "Đã gặp lại người"); }

TEST(grid, an_act_that_fails_anywhere_leaves_nothing_behind)
{
	static enum outcome (*const steps[])(struct way *) = { do_rows, do_submit, do_agree, do_withdraw, do_restore };
	struct world w;
	struct way way = { .w = &w };

	begin(&w);
	w.ask.criteria = criteria_cache_new();           /* parsed once: some hundred tries share the world's memory */
	way.an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	way.binh = year_person(&w, "Trần Thị Bình", w.hamlet);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	for (size_t i = 0; i < COUNT(steps); i++) {
		const char *before = seen(&way);
		enum outcome done = FAILED;
		int64_t at = 0;

		while (done != OK) {
			world_again(&w);
			db_fail_at(w.db, ++at);
			done = steps[i](&way);
			if (db_fail_at(w.db, 0) > 0)
				CHECK_OUTCOME(OK, done);
			else
				CHECK_OUTCOME(FAILED, done);
			if (done != OK)
				CHECK_TEXT(before, seen(&way));
		}
		CHECK(at > 10);
		CHECK(strcmp(before, seen(&way)) != 0);
	}
	check_store(&w);
	criteria_cache_free((struct criteria_cache *)w.ask.criteria);
	world_close(&w);
}
