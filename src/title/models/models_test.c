#include "tests/test.h"

#include <string.h>

#include "app/jobs.h"
#include "registry/audit/audit.h"
#include "tests/world.h"
#include "title/models/models.h"
#include "title/rounds/rounds.h"
#include "title/standing/standing.h"

#define DECISION "Số 12/QĐ-UBND ngày 05/01/2026"
enum { HOME = STANDING_LEARNING_HOME, UNIT = STANDING_LEARNING_UNIT };

static struct bytes text_bytes(const char *text) { return (struct bytes){ text, strlen(text) }; }

/* A person of the hamlet (or counted at the school and living in the hamlet). */
static int64_t add_person(struct world *w, const char *name, const char *household, const char *clan, bool at_school)
{
	struct person_new new = { .name = name, .birth = "1961", .national_id = "", .phone = "", .address = "", .household = household,
		.clan = clan, .group = "nong_dan", .trained_on = "", .guardian = "", .sex = SEX_FEMALE,
		.leaf_id = at_school ? w->school : w->hamlet, .hamlet_id = w->hamlet, .organisation_id = at_school ? w->school : 0 };
	int64_t id;

	world_again(w);
	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, person_add(&w->ask, &new, &id));
	return id;
}

struct people { int64_t ba, hoa, teacher, other; };

static struct people begin(struct world *w)
{
	struct people p;

	world_round(w);
	w->ask.hooks = w->app.hooks;
	p.ba = add_person(w, "Trần Văn Ba", "Trần Văn Hoà", "Trần", false);
	p.hoa = add_person(w, "Lê Thị Hoa", "Trần Văn Hòa", "", false);
	p.teacher = add_person(w, "Trần Thị Tư", "Nguyễn Văn Năm", "Trần", true);
	p.other = add_person(w, "Phạm Văn Sáu", "", "", false);
	CHECK_OUTCOME(OK, jobs_run_all(&w->ask, app_jobs));
	world_as(w, ROLE_COMMUNE, w->commune);
	return p;
}

static unsigned learning(struct world *w, int64_t person)
{
	struct standing s;

	CHECK_OUTCOME(OK, standing_get(&w->ask, person, w->round, &s));
	return s.flags & (HOME | UNIT);
}

static int64_t denominator(struct world *w, int target)
{
	struct target_count counts[TARGETS];

	CHECK_OUTCOME(OK, figures_targets(&w->ask, w->round, w->commune, "", counts));
	return counts[target - 1].denominator;
}

static int64_t add(struct world *w, enum model_kind kind, int64_t unit, const char *name, int64_t expected)
{
	struct model_new new = { w->round, unit, kind, name, DECISION };
	int64_t id, people;

	world_again(w);
	CHECK_OUTCOME(OK, model_add(&w->ask, &new, &id, &people));
	CHECK_INT(expected, people);
	return id;
}

TEST(models, a_household_reaches_who_lives_in_it_however_its_name_is_spelt)
{
	struct world w;
	struct people p;
	struct audit_list trail;
	int64_t id;

	world_open(&w);
	p = begin(&w);
	CHECK_INT(0, denominator(&w, 2));
	id = add(&w, MODEL_HOUSEHOLD, w.hamlet, "trần văn hoà", 2);
	CHECK_INT(HOME, learning(&w, p.ba));
	CHECK_INT(HOME, learning(&w, p.hoa));
	CHECK_INT(0, learning(&w, p.teacher));
	CHECK_INT(0, learning(&w, p.other));
	CHECK_INT(2, denominator(&w, 2));
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "learning_model", id, &trail));
	CHECK_INT(1, trail.n);
	CHECK_HAS(trail.at[0].new, "12/QĐ-UBND");
	world_close(&w);
}

TEST(models, a_clan_a_hamlet_and_an_organisation_reach_theirs_and_each_person_counts_once)
{
	struct world w;
	struct people p;

	world_open(&w);
	p = begin(&w);
	(void)add(&w, MODEL_CLAN, w.commune, "TRẦN", 2);
	CHECK_INT(HOME, learning(&w, p.ba));
	CHECK_INT(HOME, learning(&w, p.teacher));
	CHECK_INT(0, learning(&w, p.hoa));
	(void)add(&w, MODEL_ORGANISATION, w.school, "", 1);
	CHECK_INT(HOME | UNIT, learning(&w, p.teacher));
	CHECK_INT(1, denominator(&w, 3));
	(void)add(&w, MODEL_HAMLET, w.hamlet, "", 4);
	CHECK_INT(HOME, learning(&w, p.other));
	CHECK_INT(4, denominator(&w, 2));
	world_close(&w);
}

TEST(models, a_title_taken_back_leaves_whom_another_reaches)
{
	struct world w;
	struct people p;
	struct model m;
	int64_t clan, home;

	world_open(&w);
	p = begin(&w);
	clan = add(&w, MODEL_CLAN, w.commune, "Trần", 2);
	home = add(&w, MODEL_HOUSEHOLD, w.hamlet, "Trần Văn Hoà", 2);
	(void)add(&w, MODEL_ORGANISATION, w.school, "", 1);
	CHECK_OUTCOME(INVALID, model_remove(&w.ask, clan, 1, "sai"));
	CHECK_PROBLEM(&w, "reason");
	world_again(&w);
	CHECK_OUTCOME(CONFLICT, model_remove(&w.ask, clan, 2, "Ghi nhầm dòng họ xã khác"));
	CHECK_OUTCOME(OK, model_remove(&w.ask, clan, 1, "Ghi nhầm dòng họ xã khác"));
	CHECK_INT(HOME, learning(&w, p.ba));
	CHECK_INT(UNIT, learning(&w, p.teacher));
	CHECK_INT(2, denominator(&w, 2));
	CHECK_OUTCOME(OK, model_remove(&w.ask, home, 1, "Quyết định đã thu hồi"));
	CHECK_INT(0, learning(&w, p.ba));
	CHECK_INT(0, denominator(&w, 2));
	CHECK_OUTCOME(NOT_FOUND, model_get(&w.ask, home, &m));
	world_close(&w);
}

TEST(models, flags_follow_a_person_who_comes_changes_household_or_workplace)
{
	struct world w;
	struct people p;
	struct person_new new;
	struct person now;
	int64_t late;

	world_open(&w);
	p = begin(&w);
	(void)add(&w, MODEL_HOUSEHOLD, w.hamlet, "Trần Văn Hoà", 2);
	(void)add(&w, MODEL_ORGANISATION, w.school, "", 1);
	late = add_person(&w, "Trần Thị Út", "Trần Văn Hoà", "", false);
	CHECK_INT(HOME, learning(&w, late));
	CHECK_OUTCOME(OK, person_get(&w.ask, p.ba, &now));
	new = person_as_new(&now);
	new.household = "Trần Văn Bảy";
	new.organisation_id = w.school;
	CHECK_OUTCOME(OK, person_change(&w.ask, p.ba, now.version, &new, "Tách hộ từ tháng này"));
	CHECK_INT(UNIT, learning(&w, p.ba));
	CHECK_INT(2, denominator(&w, 2));                /* Hoa and the youngest */
	world_close(&w);
}

TEST(models, titles_written_before_the_rows_are_made_reach_them_by_the_job)
{
	struct world w;
	int64_t id, people, person;
	struct model_new new;

	world_open(&w);
	world_round(&w);
	person = add_person(&w, "Trần Văn Ba", "Trần Văn Hoà", "Trần", false);       /* no hook: as a list brings people */
	new = (struct model_new){ w.round, w.hamlet, MODEL_HAMLET, "", DECISION };
	CHECK_OUTCOME(OK, model_add(&w.ask, &new, &id, &people));
	CHECK_OUTCOME(OK, jobs_run_all(&w.ask, app_jobs));
	CHECK_INT(HOME, learning(&w, person));
	CHECK_INT(1, denominator(&w, 2));
	world_close(&w);
}

TEST(models, all_that_is_wrong_is_said_beside_its_field)
{
	static const struct { enum model_kind kind; int unit; const char *name, *decision, *field; } cases[] = {
		{ MODEL_HOUSEHOLD, 0, "Trần Văn Ba", DECISION, "leaf" }, { MODEL_HOUSEHOLD, 2, "Trần Văn Ba", DECISION, "leaf" },
		{ MODEL_HOUSEHOLD, 1, "", DECISION, "name" }, { MODEL_HOUSEHOLD, 1, "B", DECISION, "name" },
		{ MODEL_HOUSEHOLD, 1, "…!", DECISION, "name" }, { MODEL_HOUSEHOLD, 1, "Trần Văn Ba", "12", "decision" },
		{ MODEL_CLAN, 1, "Trần", DECISION, "leaf" }, { MODEL_CLAN, 0, "", DECISION, "name" },
		{ MODEL_HAMLET, 2, "", DECISION, "leaf" }, { MODEL_HAMLET, 1, "Ấp Bình Hoà", DECISION, "name" },
		{ MODEL_ORGANISATION, 1, "", DECISION, "leaf" }, { MODEL_ORGANISATION, 0, "", DECISION, "leaf" },
	};
	struct world w;
	int64_t units[3], id, people;

	world_open(&w);
	world_round(&w);
	units[0] = w.commune;
	units[1] = w.hamlet;
	units[2] = w.school;
	world_as(&w, ROLE_COMMUNE, w.commune);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct model_new new = { w.round, units[cases[i].unit], cases[i].kind, cases[i].name, cases[i].decision };

		world_again(&w);
		CHECK_OUTCOME(INVALID, model_add(&w.ask, &new, &id, &people));
		if (!*world_problem(&w, cases[i].field))
			fail_msg("case %zu: nothing beside %s", i, cases[i].field);
	}
	world_again(&w);
	CHECK_OUTCOME(INVALID, model_add(&w.ask, &(struct model_new){ 2031, w.hamlet, MODEL_HAMLET, "", "1" }, &id, &people));
	CHECK_PROBLEM(&w, "round");
	CHECK_PROBLEM(&w, "decision");
	(void)add(&w, MODEL_HAMLET, w.hamlet, "", 0);
	CHECK_OUTCOME(INVALID, model_add(&w.ask, &(struct model_new){ w.round, w.hamlet, MODEL_HAMLET, "", DECISION }, &id, &people));
	CHECK_HAS(world_problem(&w, "leaf"), "đã ghi");
	world_close(&w);
}

TEST(models, another_communes_officer_and_a_branch_may_not)
{
	struct world w;
	struct model_import counts;
	int64_t id, people;

	world_open(&w);
	world_round(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	id = add(&w, MODEL_HAMLET, w.hamlet, "", 0);
	world_as(&w, ROLE_COMMUNE, w.other_commune);
	CHECK_OUTCOME(FORBIDDEN, model_add(&w.ask, &(struct model_new){ w.round, w.hamlet, MODEL_HAMLET, "", DECISION }, &id, &people));
	CHECK_OUTCOME(FORBIDDEN, model_import(&w.ask, w.round, w.commune, text_bytes("loai\n"), &counts));
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(FORBIDDEN, model_remove(&w.ask, id, 1, "Ghi nhầm dòng họ xã khác"));
	world_close(&w);
}

TEST(models, a_locked_year_takes_none)
{
	struct world w;
	int64_t id, people;

	world_open(&w);
	world_round(&w);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, round_set_locked(&w.ask, w.round, 1, true, "Đã chốt số liệu năm"));
	CHECK_OUTCOME(INVALID, model_add(&w.ask, &(struct model_new){ w.round, w.hamlet, MODEL_HAMLET, "", DECISION }, &id, &people));
	CHECK_HAS(world_problem(&w, ""), "đã khoá");
	world_close(&w);
}

TEST(models, a_commune_brings_its_titles_as_a_file_once)
{
	static const char file[] = "Loại;Ấp;Tên;Quyết định\n"
		"Gia đình;Ấp Bình Hoà;Trần Văn Hoà;" DECISION "\n"
		"Dòng họ học tập;;Trần;" DECISION "\n"
		"cong_dong;ap binh hoa;;" DECISION "\n"
		"Đơn vị;Trường THCS Đức Hoà;;" DECISION "\n";
	static const char bad[] = "loai,ap,ten,quyet_dinh\nGia tộc,,Trần," DECISION "\nGia đình,Ấp Lạ,Trần," DECISION
		"\nGia đình,Ấp Bình Hoà,,x\nDòng họ,,Lê," DECISION "\nDòng họ,,LÊ," DECISION "\n";
	struct world w;
	struct people p;
	struct model_import counts;
	struct model_list list;
	int64_t n[MODEL_KINDS + 1];

	world_open(&w);
	p = begin(&w);
	CHECK_OUTCOME(OK, model_import(&w.ask, w.round, w.commune, text_bytes(file), &counts));
	CHECK_INT(4, counts.lines);
	CHECK_INT(4, counts.added);
	CHECK_INT(HOME | UNIT, learning(&w, p.teacher));
	CHECK_INT(HOME, learning(&w, p.other));
	CHECK_INT(4, denominator(&w, 2));
	CHECK_OUTCOME(OK, model_import(&w.ask, w.round, w.commune, text_bytes(file), &counts));
	CHECK_INT(4, counts.there);
	CHECK_INT(0, counts.added);
	CHECK_OUTCOME(OK, model_list(&w.ask, w.round, w.commune, NULL, &list));
	CHECK_INT(4, list.n);
	CHECK_INT(MODEL_HOUSEHOLD, list.at[0].kind);
	CHECK_OUTCOME(OK, model_list(&w.ask, w.round, w.commune, &list.at[1], &list));
	CHECK_INT(2, list.n);
	CHECK_OUTCOME(OK, model_count(&w.ask, w.round, w.commune, n));
	CHECK_INT(4, n[0]);
	CHECK_INT(1, n[MODEL_CLAN]);
	world_again(&w);
	CHECK_OUTCOME(INVALID, model_import(&w.ask, w.round, w.commune, text_bytes(bad), &counts));
	CHECK_INT(5, w.problems.n);                      /* kind, hamlet, name, decision, twice */
	CHECK_OUTCOME(OK, model_count(&w.ask, w.round, w.commune, n));
	CHECK_INT(4, n[0]);
	world_close(&w);
}

TEST(models, a_fault_while_adding_or_removing_changes_nothing)
{
	struct world w;
	struct people p;
	struct model_new new;
	int64_t id, people, n = 0;

	world_open(&w);
	p = begin(&w);
	new = (struct model_new){ w.round, w.hamlet, MODEL_HAMLET, "", DECISION };
	do {
		CHECK_INT(0, learning(&w, p.ba));
		CHECK_INT(0, denominator(&w, 2));
		db_fail_at(w.db, ++n);
		CHECK(n < 1000);
	} while (model_add(&w.ask, &new, &id, &people) != OK);
	CHECK(db_fail_at(w.db, 0) > 0);
	CHECK_INT(4, denominator(&w, 2));
	n = 0;
	do {
		CHECK_INT(HOME, learning(&w, p.ba));
		CHECK_INT(4, denominator(&w, 2));
		db_fail_at(w.db, ++n);
		CHECK(n < 1000);
	} while (model_remove(&w.ask, id, 1, "Quyết định đã thu hồi") != OK);
	CHECK(db_fail_at(w.db, 0) > 0);
	CHECK_INT(0, denominator(&w, 2));
	world_close(&w);
}
