#include "tests/test.h"

#include <string.h>

#include "registry/audit/audit.h"
#include "registry/people/corrections.h"
#include "registry/people/people.h"
#include "registry/units/units.h"
#include "tests/world.h"

static struct person_new lanh(struct world *w)
{
	return (struct person_new){ .name = "Nguyễn Thị Lành", .birth = "1961-05-20", .national_id = "080161900001",
		.phone = "0900 000 121",
		.address = "12 tổ 3", .household = "Trần Văn Ba", .clan = "", .group = "nong_dan", .trained_on = "",
		.guardian = "",
		.sex = SEX_FEMALE, .leaf_id = w->hamlet, .hamlet_id = w->hamlet };
}

static struct person get(struct world *w, int64_t id)
{
	struct person p = { 0 };

	CHECK_OUTCOME(OK, person_get(&w->ask, id, &p));
	return p;
}

static int64_t add(struct world *w, const char *name, const char *birth, const char *number)
{
	struct person_new new = lanh(w);
	int64_t id = 0;

	new.name = name;
	new.birth = birth;
	new.national_id = number;
	CHECK_OUTCOME(OK, person_add(&w->ask, &new, &id));
	return id;
}

static size_t found(struct world *w, int64_t unit, const char *query)
{
	struct person_list list;

	world_again(w);
	CHECK_OUTCOME(OK, person_search(&w->ask, unit, query, &list));
	return list.n;
}

/* ---- rules ---- */

TEST(people, rules_of_what_a_person_may_be)
{
	static const struct { const char *name, *birth, *guardian, *group, *phone, *number, *trained, *wrong; } rows[] = {
		{ "Nguyễn Thị Lành", "1961", "", "nong_dan", "", "", "", "" },
		{ "Y H'Nuê", "1990-02", "", "vien_chuc", "0272 3822 222", NULL, "2026-11-24", "" },
		{ "Lành", "1961-05-20", "", "nong_dan", "0900000121", "080161900001", "", "" },
		{ "A", "1961", "", "nong_dan", "", "", "", "name" },
		{ "Nguyễn Thị Lành 2", "1961", "", "nong_dan", "", "", "", "name" },
		{ "Lành (Ba)", "1961", "", "nong_dan", "", "", "", "name" },
		{ "Lành ★", "1961", "", "nong_dan", "", "", "", "name" },
		{ "Trần Văn Ba", "1905", "", "nong_dan", "", "", "", "birth" },
		{ "Trần Văn Ba", "2027", "", "nong_dan", "", "", "", "birth" },
		{ "Trần Văn Ba", "2026-11-25", "", "nong_dan", "", "", "", "birth" },
		{ "Trần Văn Ba", "2011", "Mẹ", "nguoi_hoc", "", "", "", "birth" },
		{ "Trần Văn Ba", "2010-12-31", "", "nguoi_hoc", "", "", "", "guardian" },
		{ "Trần Văn Ba", "2009", "", "nguoi_hoc", "", "", "", "guardian" },
		{ "Trần Văn Ba", "2009", "Trần Văn Tư", "nguoi_hoc", "", "", "", "" },
		{ "Trần Văn Ba", "2008", "", "nguoi_hoc", "", "", "", "" },
		{ "Trần Văn Ba", "1990", "", "", "", "", "", "group" },
		{ "Trần Văn Ba", "1990", "", "nong_dan", "12", "", "", "phone" },
		{ "Trần Văn Ba", "1990", "", "nong_dan", "", "80161900001", "", "national_id" },
		{ "Trần Văn Ba", "1990", "", "nong_dan", "", "003161900001", "", "national_id" },
		{ "Trần Văn Ba", "1990", "", "nong_dan", "", "", "2026-11-25", "trained_on" },
	};
	struct arena *arena = arena_new(1 * MiB);

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct problems problems = PROBLEMS(arena);
		struct person_new new = { .name = rows[i].name, .birth = rows[i].birth, .national_id = rows[i].number,
			.phone = rows[i].phone,
			.address = "", .household = "", .clan = "", .group = rows[i].group, .trained_on = rows[i].trained,
			.guardian = rows[i].guardian, .leaf_id = 7, .organisation_id = 7 };

		CHECK(person_may_be(&new, WORLD_TODAY, &problems) == !*rows[i].wrong);
		CHECK_INT(*rows[i].wrong ? 1 : 0, problems.n);
		if (*rows[i].wrong)
			CHECK_TEXT(rows[i].wrong, problems.first->field);
	}
	arena_free(arena);
}

TEST(people, a_doubt_is_said_and_blocks_nothing)
{
	struct world w;
	struct person p;
	const char *doubts;
	int64_t id;

	world_open(&w);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	id = add(&w, "Lành", "1962", "080061900001");           /* the number says nam, 1961 */
	p = get(&w, id);
	CHECK_OUTCOME(OK, person_doubts_of(&w.ask, &p, &doubts));
	CHECK_HAS(doubts, "một tiếng");
	CHECK(strlen(doubts) > 80);
	p = get(&w, add(&w, "Trần Thị Bé", "1990", ""));
	CHECK_OUTCOME(OK, person_doubts_of(&w.ask, &p, &doubts));
	CHECK_TEXT("", doubts);
	world_close(&w);
}

/* ---- add ---- */

TEST(people, an_officer_adds_a_person_found_by_name_and_number)
{
	struct world w;
	struct audit_list trail;
	struct person p;
	const char *number;
	int64_t id, by_number;

	world_open(&w);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	id = add(&w, "Nguyễn Thị Lành", "1961-05-20", "0801 6190 0001");
	p = get(&w, id);
	CHECK_TEXT("0900000121", p.phone);
	CHECK_TEXT("0001", p.national_id_end);
	CHECK_TEXT("Ấp Bình Hoà", p.leaf_name);
	CHECK_TEXT("Xã Đức Hoà", p.commune_name);
	CHECK_INT(w.commune, p.commune_id);
	CHECK_INT(w.province, p.province_id);
	CHECK_INT(1, found(&w, w.hamlet, "lanh"));
	CHECK_INT(1, found(&w, w.commune, "lành ng 1961"));
	CHECK_INT(0, found(&w, w.commune, "lành 1962"));
	CHECK_INT(0, found(&w, w.commune, "lanh lanh"));
	CHECK_INT(0, found(&w, w.school, "lanh"));
	CHECK_OUTCOME(OK, person_of_national_id(&w.ask, "080161900001", &by_number));
	CHECK_INT(id, by_number);
	CHECK_OUTCOME(OK, person_national_id(&w.ask, id, &number));
	CHECK_TEXT("080161900001", number);
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "person", id, &trail));
	CHECK_INT(2, trail.n);
	CHECK_TEXT("person_added", trail.at[0].action);
	CHECK_TEXT("person_number_seen", trail.at[1].action);
	CHECK(!strstr(trail.at[0].new, "080161900001"));
	CHECK_HAS(trail.at[0].new, "Nguyễn Thị Lành");
	world_close(&w);
}

TEST(people, all_that_is_wrong_is_said_at_once)
{
	struct world w;
	struct person_new new;
	int64_t id;

	world_open(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	add(&w, "Nguyễn Thị Lành", "1961", "080161900001");
	new = (struct person_new){ .name = "B2", .birth = "2015", .national_id = "080161900001", .phone = "1", .address = "",
		.household = "",
		.clan = "", .group = "", .trained_on = "2027-01-01", .guardian = "", .leaf_id = w.school, .hamlet_id = w.school };
	CHECK_OUTCOME(INVALID, person_add(&w.ask, &new, &id));
	CHECK_PROBLEM(&w, "name");
	CHECK_PROBLEM(&w, "birth");
	CHECK_PROBLEM(&w, "phone");
	CHECK_PROBLEM(&w, "group");
	CHECK_PROBLEM(&w, "trained_on");
	CHECK_PROBLEM(&w, "hamlet");
	CHECK_HAS(world_problem(&w, "national_id"), "Nguyễn Thị Lành");
	world_as(&w, ROLE_COMMUNE, w.other_commune);
	new = lanh(&w);
	new.leaf_id = new.hamlet_id = w.other_hamlet;
	CHECK_OUTCOME(INVALID, person_add(&w.ask, &new, &id));
	CHECK(!strstr(world_problem(&w, "national_id"), "Lành"));       /* not for another commune's eyes */
	world_close(&w);
}

TEST(people, nobody_adds_or_sees_beyond_their_unit)
{
	struct world w;
	struct person_new new;
	struct person p;
	const char *number;
	int64_t id;

	world_open(&w);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	id = add(&w, "Nguyễn Thị Lành", "1961", "080161900001");
	new = lanh(&w);
	new.leaf_id = new.organisation_id = w.school;
	CHECK_OUTCOME(FORBIDDEN, person_add(&w.ask, &new, &id));
	world_as(&w, ROLE_COMMUNE, w.other_commune);
	CHECK_OUTCOME(NOT_FOUND, person_read(&w.ask, id, &p));
	CHECK_OUTCOME(FORBIDDEN, person_national_id(&w.ask, id, &number));
	new = lanh(&w);
	CHECK_OUTCOME(NOT_FOUND, person_change(&w.ask, id, 1, &new, "Theo thẻ căn cước"));
	world_as(&w, ROLE_AUDITOR, w.province);
	CHECK_OUTCOME(OK, person_read(&w.ask, id, &p));
	CHECK_OUTCOME(FORBIDDEN, person_national_id(&w.ask, id, &number));
	CHECK_OUTCOME(FORBIDDEN, person_set_condition(&w.ask, id, 1, PERSON_MOVED, "Chuyển đi nơi khác"));
	w.actor.person_id = id;
	w.actor.n_grants = 0;
	CHECK_OUTCOME(OK, person_national_id(&w.ask, id, &number));     /* one's own */
	world_close(&w);
}

/* ---- change ---- */

TEST(people, a_change_keeps_number_words_and_trace_together)
{
	struct world w;
	struct person_new new;
	struct person p;
	struct audit_list trail;
	int64_t id, other;

	world_open(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	id = add(&w, "Nguyễn Thị Lành", "1961-05-20", "080161900001");
	p = get(&w, id);
	new = person_as_new(&p);
	CHECK_OUTCOME(OK, person_change(&w.ask, id, 1, &new, ""));      /* nothing differs: no version, no trace */
	CHECK_INT(1, get(&w, id).version);
	new.phone = "";
	CHECK_OUTCOME(OK, person_change(&w.ask, id, 1, &new, ""));
	new.name = "Nguyễn Thị Hạnh";
	CHECK_OUTCOME(INVALID, person_change(&w.ask, id, 2, &new, ""));
	CHECK_PROBLEM(&w, "reason");
	world_again(&w);
	new.national_id = "080161900002";
	CHECK_OUTCOME(OK, person_change(&w.ask, id, 2, &new, "Theo thẻ căn cước của bà"));
	CHECK_OUTCOME(CONFLICT, person_change(&w.ask, id, 2, &new, "Theo thẻ căn cước của bà"));
	CHECK_INT(0, found(&w, w.commune, "lành"));
	CHECK_INT(1, found(&w, w.commune, "hạnh"));
	CHECK_OUTCOME(NOT_FOUND, person_of_national_id(&w.ask, "080161900001", &other));
	CHECK_OUTCOME(OK, person_of_national_id(&w.ask, "080161900002", &other));
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "person", id, &trail));
	CHECK_INT(3, trail.n);
	CHECK_HAS(trail.at[0].old, "Lành");
	CHECK(!strstr(trail.at[0].new, "08016190"));
	CHECK(!strstr(trail.at[0].new, "birth"));
	new.national_id = "";
	CHECK_OUTCOME(OK, person_change(&w.ask, id, 3, &new, "Bà đưa nhầm thẻ người khác"));
	CHECK_OUTCOME(NOT_FOUND, person_of_national_id(&w.ask, "080161900002", &other));
	CHECK(!get(&w, id).has_national_id);
	world_close(&w);
}

TEST(people, another_leaf_takes_commune_and_words_along)
{
	struct world w;
	struct person_new new;
	struct person p;
	int64_t id;

	world_open(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	id = add(&w, "Nguyễn Thị Lành", "1961", "");
	p = get(&w, id);
	new = person_as_new(&p);
	new.leaf_id = new.hamlet_id = w.other_hamlet;
	CHECK_OUTCOME(FORBIDDEN, person_change(&w.ask, id, 1, &new, "Chuyển về khu phố 2"));
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(OK, person_change(&w.ask, id, 1, &new, "Chuyển về khu phố 2"));
	CHECK_INT(w.other_commune, get(&w, id).commune_id);
	CHECK_INT(0, found(&w, w.commune, "lành"));
	CHECK_INT(1, found(&w, w.other_commune, "lành"));
	CHECK_INT(1, found(&w, w.province, "lành nguyễn"));
	CHECK_INT(1, found(&w, w.province, "lành 1961"));
	CHECK_OUTCOME(INVALID, person_search(&w.ask, w.province, "lành", &(struct person_list){ 0 }));
	CHECK_PROBLEM(&w, "q");
	world_close(&w);
}

TEST(people, a_leaf_below_the_province_is_a_scope_of_its_own)
{
	struct world w;
	struct person_new new;
	struct person_list list;
	int64_t id, next, n;

	world_open(&w);
	w.ask.actor = &access_system;
	new = lanh(&w);
	new.leaf_id = new.organisation_id = w.school;
	new.hamlet_id = 0;
	CHECK_OUTCOME(OK, person_add(&w.ask, &new, &id));
	CHECK_INT(1, found(&w, w.commune, "lành"));
	CHECK_OUTCOME(OK, unit_move(&w.ask, w.school, 1, w.province, WORLD_TODAY, "Trường về tỉnh quản lý"));
	CHECK_OUTCOME(OK, person_follow_leaf(&w.ask, w.school, 0, 1, &next, &n));
	CHECK_INT(1, n);
	CHECK_INT(id, next);
	CHECK_OUTCOME(OK, person_follow_leaf(&w.ask, w.school, next, 1, &next, &n));
	CHECK_INT(0, n);
	CHECK_INT(0, next);
	CHECK_INT(0, get(&w, id).commune_id);
	CHECK_INT(0, found(&w, w.commune, "lành"));
	CHECK_INT(1, found(&w, w.school, "lành"));
	CHECK_INT(1, found(&w, w.province, "lành nguyễn"));
	CHECK_OUTCOME(OK, person_list_of_unit(&w.ask, w.school, NULL, &list));
	CHECK_INT(1, list.n);
	world_close(&w);
}

TEST(people, who_leaves_frees_the_number_and_may_come_back)
{
	struct world w;
	struct person_list list;
	int64_t id, holder;

	world_open(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	id = add(&w, "Nguyễn Thị Lành", "1961", "080161900001");
	CHECK_OUTCOME(INVALID, person_set_condition(&w.ask, id, 1, PERSON_MOVED, ""));
	CHECK_PROBLEM(&w, "reason");
	world_again(&w);
	CHECK_OUTCOME(CONFLICT, person_set_condition(&w.ask, id, 5, PERSON_MOVED, "Chuyển đi tỉnh khác"));
	CHECK_OUTCOME(OK, person_set_condition(&w.ask, id, 1, PERSON_MOVED, "Chuyển đi tỉnh khác"));
	CHECK_OUTCOME(NOT_FOUND, person_of_national_id(&w.ask, "080161900001", &holder));
	CHECK_INT(0, found(&w, w.commune, "lành"));
	CHECK_OUTCOME(OK, person_list_of_unit(&w.ask, w.commune, NULL, &list));
	CHECK_INT(0, list.n);
	CHECK_OUTCOME(OK, person_set_condition(&w.ask, id, 2, PERSON_ACTIVE, "Đã về lại ấp"));
	CHECK_OUTCOME(OK, person_of_national_id(&w.ask, "080161900001", &holder));
	CHECK_INT(1, found(&w, w.commune, "lành"));
	CHECK_OUTCOME(OK, person_set_condition(&w.ask, id, 3, PERSON_MOVED, "Chuyển đi tỉnh khác"));
	add(&w, "Trần Thị Bé", "1990", "080161900001");
	CHECK_OUTCOME(INVALID, person_set_condition(&w.ask, id, 4, PERSON_ACTIVE, "Đã về lại ấp"));
	CHECK_PROBLEM(&w, "national_id");
	world_close(&w);
}

TEST(people, twins_household_and_doubles_are_seen)
{
	struct world w;
	struct person_new new;
	struct person_list list;
	struct person p;
	int64_t first, second, next;

	world_open(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	first = add(&w, "Nguyễn Thị Lành", "1961-05-20", "080161900001");
	second = add(&w, "Nguyen Thi Lanh", "1961", "");
	add(&w, "Trần Thị Bé", "1990", "");
	new = lanh(&w);
	CHECK_OUTCOME(OK, person_twins(&w.ask, &new, first, &list));
	CHECK_INT(1, list.n);
	CHECK_INT(second, list.at[0].id);
	CHECK_OUTCOME(OK, person_twins(&w.ask, &new, 0, &list));
	CHECK_INT(2, list.n);
	p = get(&w, first);
	CHECK_OUTCOME(OK, person_household(&w.ask, &p, &list));
	CHECK_INT(2, list.n);
	CHECK_OUTCOME(OK, person_doubles(&w.ask, w.commune, NULL, &list, &next));
	CHECK_INT(2, list.n);
	CHECK_INT(0, next);
	CHECK_OUTCOME(INVALID, person_merge(&w.ask, second, 1, second, "Một người ghi hai lần"));
	CHECK_PROBLEM(&w, "into");
	world_again(&w);
	CHECK_OUTCOME(OK, person_merge(&w.ask, second, 1, first, "Một người ghi hai lần"));
	CHECK_INT(first, get(&w, second).merged_into);
	CHECK_OUTCOME(OK, person_doubles(&w.ask, w.commune, NULL, &list, &next));
	CHECK_INT(0, list.n);
	add(&w, "Nguyễn Thị Lành", "1961", "080161900002");            /* both have numbers: two people */
	CHECK_OUTCOME(OK, person_doubles(&w.ask, w.commune, NULL, &list, &next));
	CHECK_INT(0, list.n);
	world_close(&w);
}

TEST(people, the_list_goes_by_given_name_page_by_page)
{
	struct world w;
	struct person_list list;
	struct person last;

	world_open(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	add(&w, "Trần Thị Yến", "1990", "");
	for (int i = 0; i < 100; i++)
		add(&w, "Lê Văn Bình", "1970", "");
	add(&w, "Nguyễn Văn An", "1980", "");
	CHECK_OUTCOME(OK, person_list_of_unit(&w.ask, w.commune, NULL, &list));
	CHECK_INT(PERSON_PAGE, list.n);
	CHECK_TEXT("Nguyễn Văn An", list.at[0].name);
	last = list.at[PERSON_PAGE - 1];
	CHECK_OUTCOME(OK, person_list_of_unit(&w.ask, w.hamlet, &last, &list));
	CHECK_INT(2, list.n);
	CHECK_TEXT("Trần Thị Yến", list.at[1].name);
	CHECK_OUTCOME(OK, person_list_of_unit(&w.ask, w.province, NULL, &list));
	CHECK_INT(0, list.n);
	CHECK_INT(PERSON_FOUND, found(&w, w.commune, "binh"));
	world_close(&w);
}

/* ---- those above are told ---- */

static int told;
static bool refuse;

static enum outcome hear(struct ask *ask, int64_t person_id)
{
	(void)ask;
	CHECK(person_id > 0);
	told++;
	return refuse ? FAILED : OK;
}

TEST(people, those_above_are_told_inside_the_change)
{
	static const struct hooks hooks = { .person_changed = hear };
	struct world w;
	struct person_new new;
	struct person_list list;
	int64_t id;

	world_open(&w);
	w.ask.hooks = &hooks;
	world_as(&w, ROLE_COMMUNE, w.commune);
	told = 0;
	refuse = true;
	new = lanh(&w);
	CHECK_OUTCOME(FAILED, person_add(&w.ask, &new, &id));
	CHECK_OUTCOME(OK, person_list_of_unit(&w.ask, w.hamlet, NULL, &list));
	CHECK_INT(0, list.n);
	refuse = false;
	CHECK_OUTCOME(OK, person_add(&w.ask, &new, &id));
	new.phone = "";
	CHECK_OUTCOME(OK, person_change(&w.ask, id, 1, &new, ""));
	CHECK_OUTCOME(OK, person_set_condition(&w.ask, id, 2, PERSON_DIED, "Theo giấy báo tử của xã"));
	CHECK_INT(4, told);
	world_close(&w);
}

/* ---- corrections ---- */

TEST(people, a_correction_is_asked_once_and_accepted_in_one_go)
{
	struct world w;
	struct person_new wanted;
	struct person p;
	struct correction_list list;
	int64_t id, correction;

	world_open(&w);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	id = add(&w, "Nguyễn Thị Lành", "1961", "080161900001");
	p = get(&w, id);
	wanted = person_as_new(&p);
	CHECK_OUTCOME(FORBIDDEN, correction_ask(&w.ask, id, &wanted, "Sai tên", &correction));
	world_as(&w, ROLE_CITIZEN, w.hamlet);
	w.actor.person_id = id;
	CHECK_OUTCOME(INVALID, correction_ask(&w.ask, id, &wanted, "", &correction));
	CHECK_PROBLEM(&w, "");
	world_again(&w);
	wanted.name = "Nguyễn Thị Lạnh";
	wanted.sex = SEX_UNKNOWN;
	wanted.phone = "0900 000 122";
	CHECK_OUTCOME(OK, correction_ask(&w.ask, id, &wanted, "Tên trên thẻ là Lạnh", &correction));
	CHECK_OUTCOME(INVALID, correction_ask(&w.ask, id, &wanted, "Nhắc lại", &correction));
	world_as(&w, ROLE_COMMUNE, w.other_commune);
	CHECK_OUTCOME(FORBIDDEN, correction_list_open(&w.ask, w.hamlet, &list));
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(OK, correction_list_open(&w.ask, w.hamlet, &list));
	CHECK_INT(1, list.n);
	CHECK_INT(3, list.at[0].n_changes);
	CHECK_TEXT("Nguyễn Thị Lành", list.at[0].changes[0].now);
	CHECK_TEXT("Nguyễn Thị Lạnh", list.at[0].changes[0].asked);
	CHECK_OUTCOME(INVALID, correction_answer(&w.ask, id, list.at[0].id, 1, false, ""));
	CHECK_PROBLEM(&w, "note");
	world_again(&w);
	CHECK_OUTCOME(OK, correction_answer(&w.ask, id, list.at[0].id, 1, true, ""));
	CHECK_OUTCOME(CONFLICT, correction_answer(&w.ask, id, list.at[0].id, 1, true, ""));
	p = get(&w, id);
	CHECK_TEXT("Nguyễn Thị Lạnh", p.name);
	CHECK_TEXT("0900000122", p.phone);
	CHECK(p.has_national_id);
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(OK, correction_list_open(&w.ask, w.commune, &list));
	CHECK_INT(0, list.n);
	CHECK_OUTCOME(OK, correction_list_of(&w.ask, id, &list));
	CHECK_INT(CORRECTION_ACCEPTED, list.at[0].state);
	world_close(&w);
}

/* ---- faults ---- */

enum { STEP_ADD, STEP_CHANGE, STEP_LEAVE, STEP_ACCEPT, STEPS };

static enum outcome run_step(struct world *w, int step, int64_t id, int64_t correction)
{
	struct person_new new = lanh(w);

	if (step == STEP_ADD) {
		new.national_id = "080161900009";
		return person_add(&w->ask, &new, &id);
	}
	new.name = "Nguyễn Thị Hạnh";
	new.national_id = "080161900002";
	if (step == STEP_CHANGE)
		return person_change(&w->ask, id, 1, &new, "Theo thẻ căn cước của bà");
	if (step == STEP_LEAVE)
		return person_set_condition(&w->ask, id, 1, PERSON_DIED, "Theo giấy báo tử của xã");
	return correction_answer(&w->ask, id, correction, 1, true, "");
}

/* Everything these may write, counted. */
static const char *picture(struct world *w, int64_t id)
{
	struct audit_list trail;
	struct person p = get(w, id);
	struct person_list list, hanh;
	struct correction_list corrections;
	int64_t holder = 0, other = 0;

	CHECK_OUTCOME(OK, audit_of_person(&w->ask, id, NULL, &trail));
	CHECK_OUTCOME(OK, person_search(&w->ask, w->commune, "lành", &list));
	CHECK_OUTCOME(OK, person_search(&w->ask, w->commune, "hạnh", &hanh));
	CHECK_OUTCOME(OK, correction_list_open(&w->ask, w->commune, &corrections));
	CHECK(person_of_national_id(&w->ask, "080161900001", &holder) != FAILED);
	CHECK(person_of_national_id(&w->ask, "080161900009", &other) != FAILED);
	return arena_format(w->arena, "%s %lld %d %zu %zu %zu %zu %lld %lld", p.name, (long long)p.version, (int)p.condition,
		trail.n, list.n,
		hanh.n, corrections.n, (long long)holder, (long long)other);
}

TEST(people, a_fault_at_any_step_leaves_all_as_it_was)
{
	for (int step = 0; step < STEPS; step++) {
		struct world w;
		struct person p;
		struct person_new wanted;
		int64_t id, correction;
		const char *before;

		world_open(&w);
		world_as(&w, ROLE_COMMUNE, w.commune);
		id = add(&w, "Nguyễn Thị Lành", "1961", "080161900001");
		p = get(&w, id);
		wanted = person_as_new(&p);
		wanted.name = "Nguyễn Thị Lạnh";
		w.actor.person_id = id;
		CHECK_OUTCOME(OK, correction_ask(&w.ask, id, &wanted, "", &correction));
		before = picture(&w, id);
		for (int64_t n = 1;; n++) {
			enum outcome done;

			world_again(&w);
			db_fail_at(w.db, n);
			done = run_step(&w, step, id, correction);
			if (db_fail_at(w.db, 0) > 0) {
				CHECK_OUTCOME(OK, done);
				CHECK(n > 5);
				break;
			}
			CHECK_OUTCOME(FAILED, done);
			CHECK_TEXT(before, picture(&w, id));
		}
		world_close(&w);
	}
}
