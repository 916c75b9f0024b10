/* People, hamlets and communes move; what is counted agrees with `hoctap check` after each act and after its undoing. */
#include "tests/test.h"

#include <string.h>

#include "app/jobs.h"
#include "app/shipped.h"
#include "base/day.h"
#include "db/db.h"
#include "figures/crosstabs/crosstabs.h"
#include "registry/people/people.h"
#include "registry/units/units.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/criteria/criteria.h"
#include "title/recognition/recognition.h"
#include "title/transfers/boundaries.h"
#include "title/transfers/transfers.h"

#define WHY "Chuyển nhà từ tháng này"

static void as_system(struct world *w)
{
	w->ask.actor = &access_system;
	world_again(w);
}

static int64_t counted(struct world *w, int64_t unit, enum sheet_state state)
{
	struct figure_counts counts;

	CHECK_OUTCOME(OK, figures_of_unit(&w->ask, w->round, unit, "", &counts));
	return counts.states[state];
}

static struct person person(struct world *w, int64_t id)
{
	struct person p;

	CHECK_OUTCOME(OK, person_get(&w->ask, id, &p));
	return p;
}

static struct transfer transfer(struct world *w, int64_t id)
{
	struct transfer t;

	CHECK_OUTCOME(OK, transfer_get(&w->ask, id, &t));
	return t;
}

static struct people_move move_of(const int64_t *people, size_t n, int64_t to)
{
	return (struct people_move){ { n, people }, to, WORLD_TODAY, WHY };
}

TEST(transfers, an_open_sheet_goes_along_and_a_listed_one_stays_and_undoing_brings_both_back)
{
	struct world w;
	struct people_move_preview preview;
	struct people_move m;
	int64_t people[3], id;

	year_open(&w);
	people[0] = year_submitted(&w, "Nguyễn Văn An", w.hamlet, YEAR_PASS);
	year_reviewed(&w, people[0]);
	year_proposed(&w, NULL);
	people[1] = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_SHORT);
	year_reviewed(&w, people[1]);
	people[2] = year_person(&w, "Lê Văn Chi", w.hamlet);
	as_system(&w);
	m = move_of(people, 3, w.other_hamlet);
	CHECK_OUTCOME(OK, transfer_people_preview(&w.ask, &m, &preview));
	CHECK_INT(3, preview.moving);
	CHECK_INT(1, preview.goes);
	CHECK_INT(1, preview.stays);
	CHECK_OUTCOME(OK, transfer_people(&w.ask, &m, &id));
	CHECK_INT(w.other_hamlet, person(&w, people[0]).leaf_id);
	CHECK_INT(w.hamlet, year_sheet(&w, people[0]).leaf_id);
	CHECK_INT(w.other_hamlet, year_sheet(&w, people[1]).leaf_id);
	CHECK_INT(1, counted(&w, w.commune, SHEET_PROPOSED));
	CHECK_INT(0, counted(&w, w.commune, SHEET_REVIEWED));
	CHECK_INT(1, counted(&w, w.other_commune, SHEET_REVIEWED));
	CHECK_INT(1, counted(&w, w.other_commune, SHEET_NONE));
	year_agrees(&w);
	CHECK_OUTCOME(INVALID, transfer_undo(&w.ask, id, 1, "ngắn"));
	world_again(&w);
	CHECK_OUTCOME(OK, transfer_undo(&w.ask, id, 1, "Ghi nhầm người"));
	CHECK_INT(w.hamlet, person(&w, people[2]).leaf_id);
	CHECK_INT(w.hamlet, year_sheet(&w, people[1]).leaf_id);
	CHECK_INT(1, counted(&w, w.commune, SHEET_REVIEWED));
	CHECK_INT(0, counted(&w, w.other_commune, SHEET_NONE));
	CHECK_INT(TRANSFER_UNDONE, transfer(&w, id).state);
	CHECK_OUTCOME(INVALID, transfer_undo(&w.ask, id, 2, "Ghi nhầm người"));
	year_agrees(&w);
	world_close(&w);
}

TEST(transfers, a_move_ahead_waits_for_its_day_and_who_went_elsewhere_meanwhile_stays_there)
{
	struct world w;
	struct people_move m;
	int64_t people[2], id, done;

	year_open(&w);
	people[0] = year_person(&w, "Nguyễn Văn An", w.hamlet);
	people[1] = year_person(&w, "Trần Thị Bình", w.hamlet);
	as_system(&w);
	m = move_of(people, 2, w.other_hamlet);
	m.from_day = "2026-12-01";
	CHECK_OUTCOME(OK, transfer_people(&w.ask, &m, &id));
	CHECK_INT(w.hamlet, person(&w, people[0]).leaf_id);
	CHECK_OUTCOME(OK, transfers_due(&w.ask, &done));
	CHECK_INT(0, done);
	CHECK_OUTCOME(OK, person_move(&w.ask, people[1], w.school, NULL, WHY));
	w.ask.now = day_start("2026-12-01") + 3600;
	CHECK_OUTCOME(OK, transfers_due(&w.ask, &done));
	CHECK_INT(1, done);
	CHECK_INT(w.other_hamlet, person(&w, people[0]).leaf_id);
	CHECK_INT(w.school, person(&w, people[1]).leaf_id);
	CHECK_INT(TRANSFER_DONE, transfer(&w, id).state);
	/* the one who went elsewhere hinders undoing, and is named */
	CHECK_OUTCOME(INVALID, transfer_undo(&w.ask, id, 2, "Ghi nhầm người"));
	CHECK_HAS(world_problem(&w, ""), "Trần Thị Bình");
	CHECK_INT(w.other_hamlet, person(&w, people[0]).leaf_id);
	year_agrees(&w);
	world_close(&w);
}

TEST(transfers, both_units_must_be_the_movers_and_all_faults_are_told_at_once)
{
	struct world w;
	struct people_move m;
	int64_t people[2], id;

	year_open(&w);
	people[0] = year_person(&w, "Nguyễn Văn An", w.hamlet);
	people[1] = year_person(&w, "Trần Thị Bình", w.other_hamlet);
	world_as(&w, ROLE_COMMUNE, w.commune);
	m = move_of(people, 2, w.other_hamlet);
	m.from_day = "2020-01-01";
	m.reason = "";
	CHECK_OUTCOME(INVALID, transfer_people(&w.ask, &m, &id));
	CHECK_HAS(world_problem(&w, "people"), "Trần Thị Bình");
	CHECK_PROBLEM(&w, "to");
	CHECK_PROBLEM(&w, "from_day");
	CHECK_PROBLEM(&w, "reason");
	world_again(&w);
	m = move_of(people, 1, w.school);
	CHECK_OUTCOME(OK, transfer_people(&w.ask, &m, &id));
	world_as(&w, ROLE_BRANCH, w.other_hamlet);
	CHECK_OUTCOME(FORBIDDEN, transfer_undo(&w.ask, id, 1, "Ghi nhầm người"));
	world_as(&w, ROLE_PROVINCE, w.province);
	m = move_of(people, 2, w.other_hamlet);
	CHECK_OUTCOME(OK, transfer_people(&w.ask, &m, &id));
	CHECK_INT(1, transfer(&w, id).people);
	year_agrees(&w);
	world_close(&w);
}

TEST(transfers, a_duplicate_leaves_with_its_open_sheet_and_comes_back_when_undone)
{
	struct world w;
	struct duplicate_preview p;
	struct duplicate_merge m;
	int64_t keep, drop, id;

	year_open(&w);
	keep = year_submitted(&w, "Nguyễn Thị Lành", w.hamlet, YEAR_PASS);
	drop = year_submitted(&w, "Nguyễn Thị Lanh", w.school, YEAR_SHORT);
	as_system(&w);
	CHECK_OUTCOME(OK, db_script(w.db, arena_format(w.arena, "UPDATE person SET phone = '0900000999' WHERE id = %lld",
		(long long)drop), "moves"));
	CHECK_OUTCOME(OK, duplicate_preview(&w.ask, keep, drop, &p));
	CHECK_INT(3, p.n_values);                                /* name, place, phone */
	CHECK_INT(1, p.n_rounds);
	CHECK(p.rounds[0].will_withdraw);
	m = (struct duplicate_merge){ keep, drop, p.keep_version, p.drop_version, 1u << DUPLICATE_PHONE,
		"Cùng một người, ghi hai lần" };
	CHECK_OUTCOME(OK, duplicate_merge(&w.ask, &m, &id));
	CHECK_TEXT("0900000999", person(&w, keep).phone);
	CHECK_TEXT("Nguyễn Thị Lành", person(&w, keep).name);
	CHECK_INT(PERSON_MERGED, person(&w, drop).condition);
	CHECK_INT(SHEET_WITHDRAWN, year_sheet(&w, drop).state);
	CHECK_INT(1, counted(&w, w.commune, SHEET_SUBMITTED));
	year_agrees(&w);
	CHECK_OUTCOME(OK, transfer_undo(&w.ask, id, 1, "Hai người khác nhau"));
	CHECK_INT(PERSON_ACTIVE, person(&w, drop).condition);
	CHECK_TEXT("0900000121", person(&w, keep).phone);
	CHECK_INT(SHEET_SUBMITTED, year_sheet(&w, drop).state);
	CHECK_INT(2, counted(&w, w.commune, SHEET_SUBMITTED));
	year_agrees(&w);
	world_close(&w);
}

TEST(transfers, who_has_the_open_sheet_is_kept_and_two_numbers_are_two_people)
{
	struct world w;
	struct duplicate_merge m = { .reason = "Cùng một người, ghi hai lần" };
	struct person_new new;
	struct person p;
	int64_t id;

	year_open(&w);
	m.keep_id = year_person(&w, "Nguyễn Thị Lành", w.hamlet);
	m.drop_id = year_submitted(&w, "Nguyễn Thị Lành", w.hamlet, YEAR_PASS);
	as_system(&w);
	m.keep_version = person(&w, m.keep_id).version;
	m.drop_version = person(&w, m.drop_id).version;
	CHECK_OUTCOME(INVALID, duplicate_merge(&w.ask, &m, &id));
	CHECK_HAS(world_problem(&w, ""), "Giữ người kia");
	CHECK_INT(SHEET_SUBMITTED, year_sheet(&w, m.drop_id).state);
	for (int i = 0; i < 2; i++) {
		world_again(&w);
		p = person(&w, i ? m.drop_id : m.keep_id);
		new = person_as_new(&p);
		new.national_id = i ? "080161000002" : "080161000001";
		CHECK_OUTCOME(OK, person_change(&w.ask, p.id, p.version, &new, "Theo thẻ căn cước của bà"));
	}
	CHECK_OUTCOME(INVALID, duplicate_merge(&w.ask, &m, &id));
	CHECK_HAS(world_problem(&w, ""), "hai số định danh");
	world_close(&w);
}

static int64_t add_hamlet(struct world *w, int64_t parent, const char *name)
{
	struct leaf_new leaf = { .parent_id = parent, .kind = "ap", .name = name, .code = "", .from_day = "2025-07-01",
		.branch = { "", "", "", 0 } };
	int64_t id;

	CHECK_OUTCOME(OK, unit_add_leaf(&w->ask, &leaf, &id));
	return id;
}

TEST(transfers, hamlets_are_merged_with_their_people_and_undone)
{
	struct world w;
	struct units_merge_preview preview;
	struct units_merge m;
	struct unit unit;
	int64_t second, an, id, from[1];

	year_open(&w);
	second = add_hamlet(&w, w.commune, "Ấp Bình Thuỷ");
	an = year_submitted(&w, "Nguyễn Văn An", second, YEAR_PASS);
	as_system(&w);
	from[0] = second;
	m = (struct units_merge){ { 1, from }, w.hamlet, WORLD_TODAY, "Nghị quyết số 12 của HĐND xã" };
	CHECK_OUTCOME(OK, units_merge_preview(&w.ask, &m, &preview));
	CHECK_INT(1, preview.weight.people);
	CHECK_INT(1, preview.weight.sheets);
	CHECK_OUTCOME(OK, units_merge(&w.ask, &m, &id));
	CHECK_INT(w.hamlet, person(&w, an).leaf_id);
	CHECK_INT(1, counted(&w, w.hamlet, SHEET_SUBMITTED));
	CHECK_OUTCOME(NOT_FOUND, tree_get(&w.ask, second, WORLD_TODAY, &unit));
	year_agrees(&w);
	CHECK_OUTCOME(OK, transfer_undo(&w.ask, id, 1, "Nghị quyết bị bãi bỏ"));
	CHECK_OUTCOME(OK, tree_get(&w.ask, second, WORLD_TODAY, &unit));
	CHECK_INT(second, person(&w, an).leaf_id);
	CHECK_INT(0, counted(&w, w.hamlet, SHEET_SUBMITTED));
	year_agrees(&w);
	m.to_id = w.other_commune;
	world_again(&w);
	CHECK_OUTCOME(INVALID, units_merge(&w.ask, &m, &id));
	CHECK_PROBLEM(&w, "to");
	world_close(&w);
}

TEST(transfers, a_merged_commune_takes_lists_under_way_over_and_gives_them_back)
{
	struct world w;
	struct proposal_list proposals;
	struct units_merge m;
	int64_t an, id, from[1];

	year_open(&w);
	an = year_submitted(&w, "Nguyễn Văn An", w.hamlet, YEAR_PASS);
	year_reviewed(&w, an);
	year_proposed(&w, NULL);
	as_system(&w);
	from[0] = w.commune;
	m = (struct units_merge){ { 1, from }, w.other_commune, WORLD_TODAY, "Nghị quyết số 12 của Quốc hội" };
	CHECK_OUTCOME(OK, units_merge(&w.ask, &m, &id));
	CHECK_INT(1, counted(&w, w.other_commune, SHEET_PROPOSED));
	CHECK_OUTCOME(OK, proposal_list(&w.ask, w.round, w.other_commune, &proposals));
	CHECK_INT(1, proposals.n);
	CHECK_INT(w.other_commune, person(&w, an).commune_id);
	year_agrees(&w);
	CHECK_OUTCOME(OK, transfer_undo(&w.ask, id, 1, "Nghị quyết bị bãi bỏ"));
	CHECK_INT(w.commune, person(&w, an).commune_id);
	CHECK_OUTCOME(OK, proposal_list(&w.ask, w.round, w.commune, &proposals));
	CHECK_INT(1, proposals.n);
	year_agrees(&w);
	world_close(&w);
}

/* The same by counting rows: people of a unit below another, in a cross-table ("": of all of them; only those of a state). */
static int64_t in_table(struct world *w, int64_t round, int64_t unit_id, const char *child, const char *state, bool restated)
{
	struct crosstab_query q = { .unit_id = unit_id, .round_id = round, .restated = restated, .by = { SIDE_UNIT }, .n_by = 1,
		.where = { { SIDE_STATE, state } }, .n_where = *state ? 1 : 0 };
	struct crosstab t;

	CHECK_OUTCOME(OK, crosstab(&w->ask, &q, &t));
	for (size_t i = 0; i < t.axes[0].n && *child; i++)
		if (!strcmp(t.axes[0].at[i].label, child))
			return t.cells[i].n;
	return *child ? 0 : t.all.n;
}

/* People counted in a unit's children, by name. */
static int64_t in_child(struct world *w, int64_t round, int64_t unit_id, const char *name, const char *as_of)
{
	struct figure_parts parts;
	struct scope scope;
	struct unit unit;

	CHECK_OUTCOME(OK, tree_get_last(&w->ask, unit_id, &unit));
	CHECK_OUTCOME(OK, scope_in(&w->ask, round, &unit, BOUNDARIES_NOW, as_of, &scope));
	CHECK_OUTCOME(OK, scope_by_child(&w->ask, round, &scope, as_of, &parts));
	for (size_t i = 0; i < parts.n; i++)
		if (!strcmp(parts.at[i].name, name)) {
			if (!*as_of)
				CHECK_INT(parts.at[i].counts.people, in_table(w, round, unit_id, name, "", true));
			return parts.at[i].counts.people;
		}
	return -1;
}

TEST(transfers, a_divided_hamlet_is_restated_by_who_was_placed_then_never_by_later_moves)
{
	struct world w;
	struct leaf_division d;
	struct people_move m;
	struct unit unit;
	int64_t people[3], id, move;

	year_open(&w);
	people[0] = year_submitted(&w, "Nguyễn Văn An", w.hamlet, YEAR_PASS);
	people[1] = year_person(&w, "Trần Thị Bình", w.hamlet);
	people[2] = year_person(&w, "Lê Văn Chi", w.hamlet);
	CHECK_OUTCOME(OK, db_script(w.db, "UPDATE round SET locked = 1", "moves"));
	as_system(&w);
	w.ask.now = day_start("2027-03-05") + 3600;
	CHECK_OUTCOME(OK, tree_get(&w.ask, w.hamlet, "2027-03-05", &unit));
	d = (struct leaf_division){ w.hamlet, unit.version, "Ấp Bình Hoà Đông", "Ấp Bình Hoà Tây", { 1, &people[2] },
		{ { 0 } }, "2027-03-01",
		"Nghị quyết số 3 của HĐND xã" };
	CHECK_OUTCOME(OK, leaf_divide(&w.ask, &d, &id));
	CHECK_INT(2, in_child(&w, 2026, w.commune, "Ấp Bình Hoà Đông", ""));
	CHECK_INT(1, in_child(&w, 2026, w.commune, "Ấp Bình Hoà Tây", ""));
	CHECK_INT(3, counted(&w, w.hamlet, SHEET_SUBMITTED) + counted(&w, w.hamlet, SHEET_NONE));       /* its own time */
	m = (struct people_move){ { 1, people }, person(&w, people[2]).leaf_id, "2027-03-05", WHY };
	CHECK_OUTCOME(OK, transfer_people(&w.ask, &m, &move));
	CHECK_INT(2, in_child(&w, 2026, w.commune, "Ấp Bình Hoà Đông", ""));
	/* as of a day gone by only the whole can be told: both parts lie in the commune */
	CHECK_INT(-1, in_child(&w, 2026, w.commune, "chưa xếp", "2026-12-31"));
	CHECK_INT(3, in_child(&w, 2026, w.province, "Xã Đức Hoà", "2026-12-31"));
	year_agrees(&w);
	CHECK_OUTCOME(INVALID, transfer_undo(&w.ask, id, 1, "Nghị quyết bị bãi bỏ"));
	world_again(&w);
	CHECK_OUTCOME(OK, transfer_undo(&w.ask, move, 1, "Ghi nhầm người"));
	CHECK_OUTCOME(OK, transfer_undo(&w.ask, id, 1, "Nghị quyết bị bãi bỏ"));
	CHECK_INT(w.hamlet, person(&w, people[2]).leaf_id);
	CHECK_INT(3, in_child(&w, 2026, w.commune, "Ấp Bình Hoà", ""));
	year_agrees(&w);
	world_close(&w);
}

/* ---- 1 July 2025, by hand ---- */

static const char two_rounds[] =
	"INSERT INTO round (id, criteria_id, register_from, register_until, score_from, score_until, review_from, review_until, "
	"recognise_from,"
	" recognise_until, posting_days, title_years, locked, version) VALUES (2024, (SELECT max(id) FROM criteria), '', '', '', '', '', '', '', '', 0, 1, "
	"0, 0),"
	" (2025, (SELECT max(id) FROM criteria), '', '', '', '', '', '', '', '', 0, 1, 0, 0)";

static int64_t hamlet_of(struct world *w, const char *code, const char *name)
{
	struct leaf_new leaf = { .kind = "ap", .name = name, .code = "", .from_day = "2023-01-01", .branch = { "", "", "", 0 } };
	struct unit unit;
	int64_t id;

	CHECK_OUTCOME(OK, tree_by_code(&w->ask, code, "2024-05-01", &unit));
	leaf.parent_id = unit.id;
	CHECK_OUTCOME(OK, unit_add_leaf(&w->ask, &leaf, &id));
	return id;
}

/* A person, recognised in 2024 or registered there. */
static void person_of_2024(struct world *w, const char *name, int64_t leaf, enum sheet_state state)
{
	int64_t id = year_person(w, name, leaf);
	struct standing before, after;

	as_system(w);
	CHECK_OUTCOME(OK, standing_get(&w->ask, id, 2024, &before));
	after = before;
	after.state = state;
	after.flags |= STANDING_LEARNING_HOME;
	CHECK_OUTCOME(OK, standing_change(&w->ask, &before, &after));
}

static int64_t recognised(struct world *w, int64_t round, const char *province, const char *on, const char *child,
	enum boundaries in)
{
	struct figure_parts parts;
	struct scope scope;
	struct unit unit;

	CHECK_OUTCOME(OK, tree_by_code(&w->ask, province, on, &unit));
	CHECK_OUTCOME(OK, scope_in(&w->ask, round, &unit, in, "", &scope));
	if (!*child) {
		struct figure_counts counts;

		CHECK_OUTCOME(OK, counted_sum(&w->ask, round, &scope.counted, "", &counts));
		CHECK_INT(counts.recognised, in_table(w, round, unit.id, "", "recognised", in == BOUNDARIES_NOW));
		return counts.recognised;
	}
	CHECK_OUTCOME(OK, scope_by_child(&w->ask, round, &scope, "", &parts));
	for (size_t i = 0; i < parts.n; i++)
		if (!strcmp(parts.at[i].name, child)) {
			CHECK_INT(parts.at[i].counts.recognised, in_table(w, round, unit.id, child, "recognised", in == BOUNDARIES_NOW));
			return parts.at[i].counts.recognised;
		}
	CHECK_INT(0, in_table(w, round, unit.id, child, "recognised", in == BOUNDARIES_NOW));
	return -1;
}

/* Adults whom target T2 counts in a child of a province (all are adults), restated. */
static int64_t adults(struct world *w, int64_t round, const char *province, const char *child)
{
	struct target_count (*counts)[TARGETS], all[TARGETS];
	int64_t sum = 0, found = 0;
	struct scope scope;
	struct unit unit;

	CHECK_OUTCOME(OK, tree_by_code(&w->ask, province, day_of(w->ask.now).text, &unit));
	CHECK_OUTCOME(OK, scope_in(&w->ask, round, &unit, BOUNDARIES_NOW, "", &scope));
	CHECK_OUTCOME(OK, scope_targets_by_child(&w->ask, round, &scope, &counts));
	CHECK_OUTCOME(OK, counted_targets(&w->ask, round, &scope.counted, "", all));
	for (size_t i = 0; i < scope.n_children; i++) {
		sum += counts[i][1].denominator;
		if (!strcmp(scope.children[i].unit.name, child))
			found = counts[i][1].denominator;
	}
	CHECK_INT(all[1].denominator, sum);
	return found;
}

/* Phường 1 went whole into Phường Tân Ninh; xã Tân Phong was divided between Thạnh Bình and Tân Phú; Thị trấn Bến Lức of Long
 * An went whole into Xã Bến Lức. Recognised in 2024: three in Phường 1; one in each of Tân Phong's two hamlets; two in Bến Lức.
 * */
static void open_2024(struct world *w, int64_t *ward, int64_t *one, int64_t *two, int64_t *town)
{
	struct import_counts c;
	int64_t id;

	world_open(w);
	as_system(w);
	CHECK_OUTCOME(OK, criteria_import(&w->ask, shipped_criteria(), &id));
	CHECK_OUTCOME(OK, criteria_publish(&w->ask, id, 1));
	CHECK_OUTCOME(OK, db_script(w->db, two_rounds, "moves"));
	CHECK_OUTCOME(OK, units_import_state(&w->ask, shipped_units_before_2025(), "2023-01-01", "2025-07-01", &c));
	w->ask.now = day_start("2024-05-01") + 3600;
	*ward = hamlet_of(w, "25456", "Khu phố 1");
	*one = hamlet_of(w, "25507", "Ấp Sân Bay");
	*two = hamlet_of(w, "25507", "Ấp Tân Phú");
	*town = hamlet_of(w, "27991", "Khu phố 9");
	for (int i = 0; i < 3; i++)
		person_of_2024(w, "Nguyễn Văn An", *ward, SHEET_RECOGNISED);
	person_of_2024(w, "Trần Thị Bình", *one, SHEET_RECOGNISED);
	person_of_2024(w, "Lê Văn Chi", *two, SHEET_RECOGNISED);
	person_of_2024(w, "Lê Văn Dũng", *two, SHEET_REGISTERED);
	person_of_2024(w, "Phạm Thị Em", *town, SHEET_RECOGNISED);
	person_of_2024(w, "Phạm Thị Giang", *town, SHEET_RECOGNISED);
	CHECK_OUTCOME(OK, db_script(w->db, "UPDATE round SET locked = 1 WHERE id = 2024", "moves"));
}

TEST(transfers, years_compare_in_both_views_as_counted_by_hand)
{
	struct world w;
	struct import_counts c;
	struct waiting_list waiting;
	int64_t ward, one, two, town, id;
	struct unit to;

	open_2024(&w, &ward, &one, &two, &town);
	CHECK_INT(5, recognised(&w, 2024, "72", "2024-05-01", "", BOUNDARIES_OWN));
	w.ask.now = day_start("2025-08-01") + 3600;
	CHECK_OUTCOME(OK, units_import_state(&w.ask, shipped_units_2025(), "2025-07-01", DAY_OPEN, &c));
	CHECK_OUTCOME(OK, units_import_successors(&w.ask, shipped_successors_2025(), "2025-07-01", &c));
	CHECK_INT(2, c.waiting);
	CHECK_OUTCOME(OK, jobs_run_all(&w.ask, app_jobs));
	/* its own time did not move */
	CHECK_INT(5, recognised(&w, 2024, "72", "2024-12-31", "", BOUNDARIES_OWN));
	CHECK_INT(2, recognised(&w, 2024, "80", "2024-12-31", "", BOUNDARIES_OWN));
	/* today: both old provinces are one, those of the divided commune wait */
	CHECK_INT(7, recognised(&w, 2024, "80", "2025-08-01", "", BOUNDARIES_NOW));
	CHECK_INT(3, recognised(&w, 2024, "80", "2025-08-01", "Phường Tân Ninh", BOUNDARIES_NOW));
	CHECK_INT(2, recognised(&w, 2024, "80", "2025-08-01", "Xã Bến Lức", BOUNDARIES_NOW));
	CHECK_INT(0, recognised(&w, 2024, "80", "2025-08-01", "Xã Tân Phú", BOUNDARIES_NOW));
	CHECK_INT(2, recognised(&w, 2024, "80", "2025-08-01", "chưa xếp", BOUNDARIES_NOW));
	CHECK_INT(3, adults(&w, 2024, "80", "Phường Tân Ninh"));
	CHECK_INT(2, adults(&w, 2024, "80", "Xã Bến Lức"));
	CHECK_INT(3, adults(&w, 2024, "80", "chưa xếp"));
	/* the suggestion is the commune of the hamlet's own name; the other has none yet */
	CHECK_OUTCOME(OK, transfers_waiting(&w.ask, 0, &waiting));
	CHECK_INT(2, waiting.n);
	CHECK_TEXT("Ấp Tân Phú", waiting.at[1].unit.name);
	CHECK_TEXT("Xã Tân Phú", waiting.at[1].choices[0].name);
	CHECK(waiting.at[1].choices[0].is_suggested && !waiting.at[0].choices[0].is_suggested);
	CHECK_OUTCOME(OK, tree_by_code(&w.ask, "25549", "2025-08-01", &to));
	CHECK_OUTCOME(OK, transfer_place(&w.ask, two, waiting.at[1].unit.version, to.id, &id));
	CHECK_INT(1, recognised(&w, 2024, "80", "2025-08-01", "Xã Tân Phú", BOUNDARIES_NOW));
	CHECK_INT(1, recognised(&w, 2024, "80", "2025-08-01", "chưa xếp", BOUNDARIES_NOW));
	/* who moves house afterwards takes no past year along */
	CHECK_OUTCOME(OK, transfer_place(&w.ask, one, waiting.at[0].unit.version, waiting.at[0].choices[0].unit_id, &id));
	CHECK_OUTCOME(OK, db_script(w.db, arena_format(w.arena, "UPDATE person SET leaf_id = %lld WHERE leaf_id = %lld",
		(long long)ward,
		(long long)town), "moves"));
	CHECK_INT(2, recognised(&w, 2024, "80", "2025-08-01", "Xã Bến Lức", BOUNDARIES_NOW));
	CHECK_INT(-1, recognised(&w, 2024, "80", "2025-08-01", "chưa xếp", BOUNDARIES_NOW));
	CHECK_INT(7, recognised(&w, 2024, "80", "2025-08-01", "", BOUNDARIES_NOW));
	/* the rows of 2025 came along: all eight are counted in the new province, own units and today's alike */
	CHECK_INT(0, recognised(&w, 2025, "80", "2025-08-01", "", BOUNDARIES_OWN));
	CHECK_INT(3, in_child(&w, 2025, to.parent_id, "Phường Tân Ninh", ""));
	world_close(&w);
}

/* ---- all or nothing ---- */

static const char *everything(struct world *w)
{
	struct buf out = BUF(w->arena);
	struct figure_counts counts;

	for (int i = 0; i < 3; i++) {
		const int64_t units[] = { w->commune, w->other_commune, w->hamlet };

		CHECK_OUTCOME(OK, figures_of_unit(&w->ask, w->round, units[i], "", &counts));
		buf_format(&out, "%lld/%lld ", (long long)counts.people, (long long)counts.submitted);
	}
	return buf_cstr(&out);
}

enum act { ACT_MOVE, ACT_MERGE_PERSON, ACT_MERGE_COMMUNE, ACT_DIVIDE, ACTS };

static enum outcome do_act(struct world *w, enum act act, const int64_t people[2])
{
	int64_t id, from[] = { w->commune };

	switch (act) {
	case ACT_MOVE:
		return transfer_people(&w->ask, &(struct people_move){ { 2, people }, w->other_hamlet, WORLD_TODAY, WHY }, &id);
	case ACT_MERGE_PERSON:
		return duplicate_merge(&w->ask, &(struct duplicate_merge){ people[0], people[1], 1, 1, 0, WHY }, &id);
	case ACT_MERGE_COMMUNE:
		return units_merge(&w->ask, &(struct units_merge){ { 1, from }, w->other_commune, WORLD_TODAY, WHY }, &id);
	case ACT_DIVIDE:
		return leaf_divide(&w->ask, &(struct leaf_division){ w->hamlet, 1, "Ấp Đông", "Ấp Tây", { 1, people },
			{ { 0 } }, WORLD_TODAY, WHY }, &id);
	case ACTS:
		break;
	}
	return OK;
}

TEST(transfers, what_fails_half_way_leaves_nothing)
{
	for (int act = 0; act < ACTS; act++) {
		struct world w;
		int64_t people[2];
		const char *before;
		int64_t n = 0;
		bool whole = false;

		year_open(&w);
		people[0] = year_submitted(&w, "Nguyễn Văn An", w.hamlet, YEAR_PASS);
		people[1] = year_person(&w, "Trần Thị Bình", w.hamlet);
		as_system(&w);
		before = everything(&w);
		while (!whole) {
			enum outcome done;

			world_again(&w);
			db_fail_at(w.db, ++n);
			done = do_act(&w, (enum act)act, people);
			whole = db_fail_at(w.db, 0) > 0;
			CHECK_OUTCOME(whole ? OK : FAILED, done);
			if (!whole)
				CHECK_TEXT(before, everything(&w));
		}
		CHECK(n > 10);
		year_agrees(&w);
		world_close(&w);
	}
}
