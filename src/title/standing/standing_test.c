#include "tests/test.h"

#include <string.h>

#include "title/standing/standing.h"
#include "tests/world.h"

enum { ROUND = 2026, ANNA = 501, BINH = 502, CHI = 503 };

/* A person as registry/people stores one; names sort by their key. */
static void add_person(struct world *w, int64_t id, int64_t leaf, int64_t commune, const char *birth, const char *more)
{
	CHECK_OUTCOME(OK, db_script(w->db, arena_format(w->arena,
		"INSERT INTO person (id, name, folded, name_key, birth, sex, national_id, national_id_end, phone, address, leaf_id, hamlet_id,"
		" organisation_id, commune_id, province_id, household, clan, group_code, member, trained_on, guardian, condition, merged_into,"
		" made_at, version) VALUES (%lld, 'Người %lld', 'nguoi', CAST('%02llx' AS BLOB), '%s', 2, NULL, '', '', '', %lld, %lld, 0, %lld,"
		" %lld, '', '', 'nong_dan', 1, '2026-03-01', '', 1, 0, 0, 1);%s", (long long)id, (long long)id, (long long)(id - 400),
		birth,
		(long long)leaf, (long long)leaf, (long long)commune, (long long)w->province, more), "standing"));
}

static void open_round(struct world *w, int64_t id, int title_years)
{
	CHECK_OUTCOME(OK, db_script(w->db, arena_format(w->arena,
		"INSERT INTO criteria (id, code, release, title, document, published_at, made_at, version) VALUES (1, 'c', '1', '', '', 1,"
		" 0, 1) ON CONFLICT (id) DO NOTHING; INSERT INTO round (id, criteria_id, register_from, register_until, score_from, score_until,"
		" review_from, review_until, recognise_from, recognise_until, posting_days, title_years, locked, version) VALUES (%lld, 1, '', '', '', '', '', '', '', '', 0,"
		" %d, 0, 1)", (long long)id, title_years), "standing"));
}

static void open_world(struct world *w)
{
	world_open(w);
	open_round(w, ROUND, 1);
	add_person(w, ANNA, w->hamlet, w->commune, "1960-05-20", "");
	add_person(w, BINH, w->hamlet, w->commune, "2009", "");
	add_person(w, CHI, w->school, w->commune, "1990-01", "");
	for (int64_t id = ANNA; id <= CHI; id++)
		CHECK_OUTCOME(OK, standing_person_changed(&w->ask, id));
}

static struct standing row_of(struct world *w, int64_t id)
{
	struct standing row;

	CHECK_OUTCOME(OK, standing_get(&w->ask, id, ROUND, &row));
	return row;
}

static int64_t in_state(struct world *w, int64_t unit, const char *as_of, enum sheet_state state)
{
	struct figure_counts counts;

	CHECK_OUTCOME(OK, figures_of_unit(&w->ask, ROUND, unit, as_of, &counts));
	return counts.states[state];
}

static void go(struct world *w, int64_t id, enum sheet_state state, const char *scores, unsigned flags)
{
	struct standing before = row_of(w, id), after = before;

	after.state = state;
	after.flags |= flags;
	CHECK(scores_read(scores, &after.scores));
	CHECK_OUTCOME(OK, standing_change(&w->ask, &before, &after));
}

/* The counters against a recount of the rows, in one statement each: zero differences. */
static void check_counters(struct world *w)
{
	CHECK_OUTCOME(OK, db_script(w->db,
		"CREATE TEMP TABLE recount AS SELECT round_id, unit_id, sum(n) AS n, sum(total) AS total FROM (SELECT round_id, leaf_id AS unit_id,"
		" 1 AS n, total FROM standing UNION ALL SELECT round_id, commune_id, 1, total FROM standing WHERE commune_id <> leaf_id)"
		" AS parts GROUP BY round_id, unit_id;"
		"CREATE TEMP TABLE differs (n INTEGER CHECK (n = 0));"
		"INSERT INTO differs SELECT count(*) FROM recount r WHERE (r.n, r.total) <> (SELECT sum(c.n), sum(c.total) FROM counter c WHERE"
		" c.round_id = r.round_id AND c.unit_id = r.unit_id);"
		"INSERT INTO differs SELECT count(*) FROM counter c WHERE c.n < 0 OR c.total <> c.s1 + c.s2 + c.s3;"
		"INSERT INTO differs SELECT count(*) FROM counter c WHERE (c.n, c.total) <> (SELECT d.n, d.total FROM counter_day d WHERE d.round_id ="
		" c.round_id AND d.unit_id = c.unit_id AND d.group_code = c.group_code AND d.sex = c.sex AND d.age_band = c.age_band AND d.state = c.state ORDER BY d.day DESC"
		" LIMIT 1); DROP TABLE recount; DROP TABLE differs", "recount"));
}

TEST(standing, states_are_grouped_as_the_figures_say)
{
	static const struct { enum sheet_state state; bool registered, submitted; } rows[] = {
		{ SHEET_NONE, false, false }, { SHEET_REGISTERED, true, false }, { SHEET_DRAFT, true, false }, { SHEET_RETURNED,
			true, false },
		{ SHEET_SUBMITTED, true, true }, { SHEET_REVIEWED, true, true }, { SHEET_LISTED, true, true }, { SHEET_POSTED,
		true, true },
		{ SHEET_PROPOSED, true, true }, { SHEET_RECOGNISED, true, true }, { SHEET_NOT_MET, true, true }, { SHEET_REVOKED,
		true, true },
		{ SHEET_WITHDRAWN, false, false }, { SHEET_LAPSED, true, false } };
	enum sheet_state read;

	CHECK_INT(SHEET_STATE_N, COUNT(rows));
	for (size_t i = 0; i < COUNT(rows); i++) {
		CHECK_INT(rows[i].registered, sheet_is_registered(rows[i].state));
		CHECK_INT(rows[i].submitted, sheet_is_submitted(rows[i].state));
		CHECK(sheet_state_of(sheet_state_code(rows[i].state), &read));
		CHECK_INT(rows[i].state, read);
	}
	CHECK(!sheet_state_of("", &read));
}

TEST(standing, an_age_band_counts_on_the_last_day_of_the_year)
{
	CHECK_INT(0, age_band_of("2009-12-31", ROUND));
	CHECK_INT(0, age_band_of("2011", ROUND));               /* under 16 counts in the first */
	CHECK_INT(1, age_band_of("2008-12-31", ROUND));
	CHECK_INT(1, age_band_of("1997", ROUND));
	CHECK_INT(2, age_band_of("1996-12-31", ROUND));
	CHECK_INT(4, age_band_of("1967-01-01", ROUND));
	CHECK_INT(5, age_band_of("1966-12-31", ROUND));
}

TEST(standing, a_row_counts_towards_the_targets_as_the_plan_defines_them)
{
	unsigned holder = STANDING_ADULT | STANDING_LEARNING_HOME | STANDING_HOLDER;

	CHECK(target_counts(STANDING_MEMBER, 1, false) && !target_counts(STANDING_MEMBER, 1, true));
	CHECK(!target_counts(STANDING_TRAINED, 1, true));
	CHECK(target_counts(STANDING_MEMBER | STANDING_TRAINED, 1, true));
	CHECK(target_counts(holder, 2, true) && !target_counts(holder & ~(unsigned)STANDING_ADULT, 2, false));
	CHECK(target_counts(STANDING_LEARNING_UNIT, 3, false) && !target_counts(holder, 3, true));
	CHECK(target_counts(holder, 4, false) && !target_counts(holder, 4, true) && !target_counts(holder, 5, false));
	CHECK(target_counts(holder | STANDING_DIGITAL, 5, false) && !target_counts(holder | STANDING_DIGITAL, 5, true));
	CHECK(!target_counts(STANDING_DIGITAL | STANDING_PROFICIENT, 5, true));
}

TEST(standing, a_person_gets_a_row_and_is_counted_in_leaf_and_commune)
{
	struct world w;
	struct standing row;
	struct figure_parts parts;

	open_world(&w);
	row = row_of(&w, ANNA);
	CHECK_INT(SHEET_NONE, row.state);
	CHECK_INT(5, row.age_band);
	CHECK_INT(STANDING_ADULT | STANDING_MEMBER | STANDING_TRAINED, row.flags);
	CHECK_INT(STANDING_MEMBER | STANDING_TRAINED, row_of(&w, BINH).flags);
	CHECK_INT(2, in_state(&w, w.hamlet, "", SHEET_NONE));
	CHECK_INT(3, in_state(&w, w.commune, "", SHEET_NONE));
	CHECK_INT(3, in_state(&w, w.province, "", SHEET_NONE));
	CHECK_OUTCOME(OK, figures_by_child(&w.ask, ROUND, w.province, "", &parts));
	CHECK_INT(2, parts.n);
	CHECK_INT(3, parts.at[0].counts.people + parts.at[1].counts.people);
	CHECK_OUTCOME(OK, figures_in(&w.ask, ROUND, &(struct id_list){ 1, &w.commune }, "", "age", &parts));
	CHECK_INT(3, parts.n);
	CHECK_TEXT("0", parts.at[0].code);
	check_counters(&w);
	world_close(&w);
}

TEST(standing, a_unit_below_the_province_counts_once)
{
	struct world w;
	struct standing row;

	open_world(&w);
	CHECK_OUTCOME(OK, tree_add_new(&w.ask, &(struct unit_new){ .level = LEVEL_LEAF, .code = "80.90", .name = "Sở Tư pháp",
		.kind = "co_quan", .parent_id = w.province, .from_day = "2025-07-01", .until_day = DAY_OPEN }));
	{
		struct unit office;

		CHECK_OUTCOME(OK, tree_by_code(&w.ask, "80.90", WORLD_TODAY, &office));
		add_person(&w, 504, office.id, 0, "1980", "");
		CHECK_OUTCOME(OK, standing_person_changed(&w.ask, 504));
		row = row_of(&w, 504);
		CHECK_INT(office.id, row.commune_id);
		CHECK_INT(1, in_state(&w, office.id, "", SHEET_NONE));
	}
	CHECK_INT(4, in_state(&w, w.province, "", SHEET_NONE));
	check_counters(&w);
	world_close(&w);
}

TEST(standing, the_end_of_each_day_is_kept)
{
	struct world w;
	struct id_list units;
	const char *day;

	open_world(&w);
	go(&w, ANNA, SHEET_SUBMITTED, "[8,9,null]", 0);
	go(&w, ANNA, SHEET_REVIEWED, "[8,9,7]", 0);
	w.ask.now += 3 * DAY_SECONDS;
	go(&w, ANNA, SHEET_RECOGNISED, "[8,9,7]", STANDING_HOLDER);
	CHECK_INT(1, in_state(&w, w.commune, "", SHEET_RECOGNISED));
	CHECK_INT(0, in_state(&w, w.commune, "2026-11-26", SHEET_RECOGNISED));
	CHECK_INT(1, in_state(&w, w.commune, "2026-11-26", SHEET_REVIEWED));
	CHECK_INT(1, in_state(&w, w.province, WORLD_TODAY, SHEET_REVIEWED));
	CHECK_INT(0, in_state(&w, w.province, "2026-11-23", SHEET_REVIEWED));
	CHECK_INT(0, in_state(&w, w.province, "2026-11-23", SHEET_NONE));
	CHECK_OUTCOME(OK, figures_last_change(&w.ask, ROUND, w.province, &day));
	CHECK_TEXT("2026-11-27", day);
	CHECK_OUTCOME(OK, figures_units(&w.ask, ROUND, w.province, &units));
	CHECK_OUTCOME(OK, figures_last_change_in(&w.ask, ROUND, &units, "2026-11-26", &day));
	CHECK_TEXT(WORLD_TODAY, day);
	CHECK_OUTCOME(OK, figures_last_change_in(&w.ask, ROUND, &units, "2026-11-01", &day));
	CHECK_TEXT("", day);
	check_counters(&w);
	world_close(&w);
}

TEST(standing, targets_follow_flags_and_forget_the_withdrawn)
{
	struct world w;
	struct target_count targets[TARGETS];
	const struct unit_targets *each;
	size_t n;

	open_world(&w);
	go(&w, ANNA, SHEET_RECOGNISED, "[8]", STANDING_HOLDER | STANDING_DIGITAL | STANDING_LEARNING_HOME);
	CHECK_OUTCOME(OK, figures_targets(&w.ask, ROUND, w.province, "", targets));
	CHECK_INT(3, targets[0].denominator);
	CHECK_INT(1, targets[1].numerator);
	CHECK_INT(1, targets[4].denominator);
	CHECK_INT(0, targets[4].numerator);
	CHECK_OUTCOME(OK, figures_targets(&w.ask, ROUND, w.province, "2026-11-23", targets));
	CHECK_INT(0, targets[0].denominator);
	CHECK_OUTCOME(OK, figures_targets_each(&w.ask, ROUND, &(struct id_list){ 2, (int64_t[]){ w.hamlet, w.commune } }, &each, &n));
	CHECK_INT(2, n);
	for (size_t i = 0; i < n; i++)
		CHECK_INT(each[i].unit_id == w.hamlet ? 2 : 3, each[i].counts[0].denominator);
	go(&w, CHI, SHEET_WITHDRAWN, "[]", 0);
	CHECK_OUTCOME(OK, figures_targets(&w.ask, ROUND, w.province, "", targets));
	CHECK_INT(2, targets[0].denominator);
	world_close(&w);
}

TEST(standing, a_row_follows_its_person_until_there_is_a_sheet)
{
	struct world w;

	open_world(&w);
	go(&w, ANNA, SHEET_DRAFT, "[]", 0);
	CHECK_OUTCOME(OK, db_script(w.db, arena_format(w.arena,
		"UPDATE person SET leaf_id = %lld, commune_id = %lld, sex = 1, member = 0",
		(long long)w.other_hamlet, (long long)w.other_commune), "move"));
	for (int64_t id = ANNA; id <= BINH; id++)
		CHECK_OUTCOME(OK, standing_person_changed(&w.ask, id));
	CHECK_INT(w.hamlet, row_of(&w, ANNA).leaf_id);
	CHECK_INT(SEX_MALE, row_of(&w, ANNA).sex);
	CHECK_INT(STANDING_ADULT | STANDING_TRAINED, row_of(&w, ANNA).flags);
	CHECK_INT(w.other_hamlet, row_of(&w, BINH).leaf_id);
	CHECK_INT(1, in_state(&w, w.other_commune, "", SHEET_NONE));
	check_counters(&w);
	world_close(&w);
}

TEST(standing, who_left_loses_the_empty_row_and_a_locked_round_stays)
{
	struct world w;
	struct standing row;

	open_world(&w);
	CHECK_OUTCOME(OK, db_script(w.db, "UPDATE person SET condition = 2 WHERE id = 501; UPDATE round SET locked = 1", "left"));
	CHECK_OUTCOME(OK, standing_person_changed(&w.ask, ANNA));
	CHECK_OUTCOME(OK, standing_get(&w.ask, ANNA, ROUND, &row));
	CHECK_OUTCOME(OK, db_script(w.db, "UPDATE round SET locked = 0", "left"));
	CHECK_OUTCOME(OK, standing_person_changed(&w.ask, ANNA));
	CHECK_OUTCOME(NOT_FOUND, standing_get(&w.ask, ANNA, ROUND, &row));
	CHECK_INT(2, in_state(&w, w.commune, "", SHEET_NONE));
	check_counters(&w);
	world_close(&w);
}

TEST(standing, a_round_is_filled_in_slices_and_again_for_nothing)
{
	struct world w;
	int64_t next = 0, filled, total = 0, slices = 0;

	open_world(&w);
	CHECK_OUTCOME(OK, db_script(w.db, "DELETE FROM standing; DELETE FROM counter; DELETE FROM counter_sum; DELETE FROM counter_day", "empty"));
	do {
		CHECK_OUTCOME(OK, standing_fill(&w.ask, ROUND, next, 2, &next, &filled));
		total += filled;
		slices++;
	} while (next);
	CHECK_INT(3, total);
	CHECK_INT(2, slices);
	CHECK_INT(3, in_state(&w, w.commune, "", SHEET_NONE));
	CHECK_OUTCOME(OK, standing_fill(&w.ask, ROUND, 0, 100, &next, &filled));
	CHECK_INT(0, filled);
	CHECK_INT(0, next);
	check_counters(&w);
	world_close(&w);
}

TEST(standing, a_title_of_two_years_holds_in_the_next_round)
{
	struct world w;
	struct standing next;

	open_world(&w);
	CHECK_OUTCOME(OK, db_script(w.db, "UPDATE round SET title_years = 2", "years"));
	open_round(&w, 2027, 1);
	CHECK_OUTCOME(OK, standing_person_changed(&w.ask, ANNA));
	go(&w, ANNA, SHEET_RECOGNISED, "[8]", STANDING_HOLDER | STANDING_DIGITAL);
	CHECK_OUTCOME(OK, standing_get(&w.ask, ANNA, 2027, &next));
	CHECK_INT(STANDING_HOLDER | STANDING_DIGITAL, next.flags & (STANDING_HOLDER | STANDING_DIGITAL));
	go(&w, ANNA, SHEET_REVOKED, "[8]", 0);
	CHECK_OUTCOME(OK, standing_get(&w.ask, ANNA, 2027, &next));
	CHECK_INT(0, next.flags & STANDING_HOLDER);
	check_counters(&w);
	world_close(&w);
}

TEST(standing, a_row_that_moved_meanwhile_is_a_conflict)
{
	struct world w;
	struct standing before, after;

	open_world(&w);
	before = after = row_of(&w, ANNA);
	after.state = SHEET_DRAFT;
	go(&w, ANNA, SHEET_REGISTERED, "[]", 0);
	CHECK_OUTCOME(CONFLICT, standing_change(&w.ask, &before, &after));
	CHECK_INT(SHEET_REGISTERED, row_of(&w, ANNA).state);
	check_counters(&w);
	world_close(&w);
}

TEST(standing, a_list_goes_by_name_through_several_states_and_pages)
{
	struct world w;
	struct standing_lines page;
	int64_t last = 0, seen = 0;
	const struct standing_line *after = NULL;

	open_world(&w);
	for (int64_t id = 510; id < 650; id++) {
		add_person(&w, id, w.hamlet, w.commune, "1980", "");
		CHECK_OUTCOME(OK, standing_person_changed(&w.ask, id));
		if (id % 3 == 0)
			go(&w, id, SHEET_SUBMITTED, "[5,5]", 0);
	}
	do {
		CHECK_OUTCOME(OK, standing_list(&w.ask, ROUND, w.commune, ~0u, after, &page));
		for (size_t i = 0; i < page.n; i++) {
			CHECK(page.at[i].person_id > last);
			last = page.at[i].person_id;
		}
		seen += (int64_t)page.n;
		after = page.n ? &page.at[page.n - 1] : NULL;
	} while (page.n == 100);
	CHECK_INT(143, seen);
	CHECK_OUTCOME(OK, standing_list(&w.ask, ROUND, w.hamlet, 1u << SHEET_SUBMITTED, NULL, &page));
	CHECK_INT(47, page.n);
	CHECK_INT(10, page.at[0].total);
	CHECK_TEXT("Ấp Bình Hoà", page.at[0].leaf_name);
	check_counters(&w);
	world_close(&w);
}

TEST(standing, a_failure_at_any_step_leaves_row_and_counters_alone)
{
	struct world w;

	open_world(&w);
	for (int64_t n = 1;; n++) {
		struct standing before = row_of(&w, ANNA), after = before;
		enum outcome done;

		after.state = SHEET_RECOGNISED;
		after.flags |= STANDING_HOLDER;
		CHECK(scores_read("[8,9]", &after.scores));
		db_fail_at(w.db, n);
		done = standing_change(&w.ask, &before, &after);
		if (db_fail_at(w.db, 0) > 0) {
			CHECK_OUTCOME(OK, done);
			break;
		}
		CHECK_OUTCOME(FAILED, done);
		CHECK_INT(SHEET_NONE, row_of(&w, ANNA).state);
		check_counters(&w);
	}
	check_counters(&w);
	world_close(&w);
}
