#include "tests/test.h"

#include <string.h>

#include "app/jobs.h"
#include "db/staged.h"
#include "db/transaction.h"
#include "registry/access/access.h"
#include "registry/jobs/jobs.h"
#include "registry/people/people.h"
#include "tests/roster_lists.h"
#include "tests/world.h"
#include "title/assessments/assessments.h"
#include "title/roster/roster_jobs.h"
#include "title/roster/roster_list.h"

/* ---- two of the register alike ---- */

#define TWO_ALIKE HEAD \
	"Trần Văn Ba,1972,nam,080072900001,,Bình Hoà,cong_nhan,,,,,,,,,,\n" \
	"Trần Văn Ba,1972,nam,080072900002,,Bình Hoà,cong_nhan,,,,,,,,,,\n"
#define ONE_OF_THEM HEAD "Tran Van Ba,1972,nam,,0900000121,Bình Hoà,nong_dan,8,,,,,,,,,\n"

static int64_t of_number(struct world *w, const char *digits)
{
	int64_t id = 0;

	CHECK_OUTCOME(OK, person_of_national_id(&w->ask, digits, &id));
	return id;
}

static size_t people(struct world *w)
{
	struct person_list list = { 0 };

	CHECK_OUTCOME(OK, person_list_of_unit(&w->ask, w->commune, NULL, &list));
	return list.n;
}

static struct list alike_world(struct world *w)
{
	roster_world_open(w);
	CHECK_INT(LIST_APPLIED, roster_world_applied(w, roster_world_sent(w, TWO_ALIKE), &roster_own).state);
	return roster_world_sent(w, ONE_OF_THEM);
}

TEST(roster, of_two_alike_in_the_register_the_officer_says_which)
{
	enum who { NOBODY, FIRST, SECOND, ANOTHER, LEFT };
	static const struct { enum who who; size_t people; bool waits; } rows[] = {
		{ NOBODY, 2, true }, { FIRST, 2, false }, { SECOND, 2, false }, { ANOTHER, 3, false }, { LEFT, 2, false } };

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct list_row row;
		struct sheet sheet;
		struct world w;
		struct list list = alike_world(&w);
		int64_t ids[] = { of_number(&w, "080072900001"), of_number(&w, "080072900002") };

		CHECK_OUTCOME(OK, list_row(&w.ask, &list, 1, &row));
		CHECK_INT(LIST_DOUBTFUL, row.verdict);
		CHECK_INT(2, row.n_alike);
		CHECK(row.waits);
		if (rows[i].who == FIRST || rows[i].who == SECOND)
			CHECK_OUTCOME(OK, list_decide_person(&w.ask, list.id, 1, ids[rows[i].who - FIRST]));
		else if (rows[i].who != NOBODY)
			CHECK_OUTCOME(OK, list_decide(&w.ask, list.id, 1, "people_alike",
				rows[i].who == LEFT ? CHOICE_LEAVE : CHOICE_NEW));
		CHECK_OUTCOME(OK, list_row(&w.ask, &list, 1, &row));
		CHECK_INT(rows[i].waits, row.waits);
		list = roster_world_applied(&w, roster_world_list(&w, list.id), &roster_own);
		CHECK_INT(LIST_APPLIED, list.state);
		CHECK_INT(rows[i].people, people(&w));
		for (size_t k = 0; k < COUNT(ids); k++)
			CHECK_OUTCOME(rows[i].who == (enum who)(FIRST + k) ? OK : NOT_FOUND,
				sheet_get(&w.ask, (struct sheet_key){ ids[k], w.round }, &sheet));
		roster_world_close(&w);
	}
}

TEST(roster, only_who_is_offered_may_be_said)
{
	struct world w;
	struct list list = alike_world(&w);
	int64_t id = of_number(&w, "080072900001");

	CHECK_OUTCOME(INVALID, list_decide_person(&w.ask, list.id, 1, id + 77));
	CHECK_PROBLEM(&w, "choice");
	world_again(&w);
	CHECK_OUTCOME(INVALID, list_decide(&w.ask, list.id, 1, "people_alike", CHOICE_PERSON));
	world_again(&w);
	CHECK_OUTCOME(INVALID, list_decide_all(&w.ask, list.id, "people_alike", CHOICE_PERSON));
	world_again(&w);
	CHECK_OUTCOME(NOT_FOUND, list_decide_person(&w.ask, list.id, 2, id));
	world_again(&w);
	/* who was said has left before it was applied: nothing is written, and the row says so */
	CHECK_OUTCOME(OK, list_decide_person(&w.ask, list.id, 1, id));
	CHECK_OUTCOME(OK, person_set_condition(&w.ask, id, 1, PERSON_MOVED, "Đã chuyển đi tỉnh khác"));
	list = roster_world_applied(&w, roster_world_list(&w, list.id), &roster_own);
	CHECK_INT(LIST_READ, list.state);
	CHECK_INT(1, people(&w));
	roster_world_close(&w);
}

/* ---- what moves while the rows are got ready ---- */

static struct job job_of(struct world *w, const struct list *list)
{
	struct job job = { 0 };

	CHECK_OUTCOME(OK, job_get(&w->ask, list->job_id, &job));
	return job;
}

/* As the runner does it (jobs.c), with a pause between the two: what the first makes goes with an arena of its own. */
static struct ask system_of(struct world *w)
{
	struct ask ask = w->ask;

	ask.arena = arena_new(16 * MiB);
	ask.actor = &access_system;
	return ask;
}

static enum outcome slice(struct ask *ask, enum outcome (*work)(struct ask *, struct job *, bool *), struct job *job, bool *more)
{
	DB_TRANSACTION(tx, ask->db);

	TRY(work(ask, job, more));
	return db_commit(&tx);
}

static int64_t add_person(struct world *w, const char *name, const char *number)
{
	struct person_new new = { .name = name, .birth = "1972", .national_id = number, .phone = "", .address = "",
		.household = "", .clan = "", .group = "nong_dan", .trained_on = "", .guardian = "", .sex = SEX_MALE, .leaf_id = w->hamlet,
		.hamlet_id = w->hamlet };
	int64_t id = 0;

	CHECK_OUTCOME(OK, person_add(&w->ask, &new, &id));
	return id;
}

static struct list under_way(struct world *w)
{
	struct list list;

	roster_world_open(w);
	list = roster_world_sent(w, roster_three);
	CHECK_OUTCOME(OK, list_apply(&w->ask, list.id, list.version, &roster_own));
	return roster_world_list(w, list.id);
}

TEST(roster, what_is_got_ready_is_seen_by_nobody)
{
	struct world w;
	struct list list = under_way(&w);
	struct job job = job_of(&w, &list);
	struct ask ask = system_of(&w);
	bool more;

	CHECK_OUTCOME(OK, roster_apply_prepare(&ask, &job));
	CHECK(!db_in_transaction(w.db));
	CHECK_INT(0, people(&w));
	CHECK_INT(LIST_APPLYING, roster_world_list(&w, list.id).state);
	CHECK_OUTCOME(OK, slice(&ask, roster_apply_slice, &job, &more));
	CHECK(!more);
	arena_free(ask.arena);
	CHECK_INT(3, people(&w));
	CHECK_INT(LIST_APPLIED, roster_world_list(&w, list.id).state);
	roster_world_close(&w);
}

TEST(roster, who_is_entered_while_rows_are_got_ready_is_not_entered_twice)
{
	static const struct { const char *name, *number; bool again; enum list_state state; size_t people; } rows[] = {
		{ "Trần Văn Ba", "", true, LIST_READ, 1 },               /* a row's own person, by name */
		{ "Phạm Văn Khác", "080161900001", true, LIST_READ, 1 }, /* and by number */
		{ "Phạm Văn Khác", "", false, LIST_APPLIED, 4 },         /* somebody else */
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct world w;
		struct list list = under_way(&w);
		struct job job = job_of(&w, &list);
		struct ask ask = system_of(&w);
		bool more;

		CHECK_OUTCOME(OK, roster_apply_prepare(&ask, &job));
		add_person(&w, rows[i].name, rows[i].number);
		CHECK_OUTCOME(OK, slice(&ask, roster_apply_slice, &job, &more));
		CHECK_INT(rows[i].again && db_may_stage(w.db), more);
		arena_free(ask.arena);
		if (more)
			roster_world_work(&w);
		CHECK_INT(rows[i].state, roster_world_list(&w, list.id).state);
		CHECK_INT(rows[i].people, people(&w));
		roster_world_close(&w);
	}
}

TEST(roster, who_is_touched_while_a_list_is_taken_back_stays)
{
	for (int touches = 0; touches < 2; touches++) {
		struct world w;
		struct list list = under_way(&w);
		struct person person;
		struct person_new new;
		struct ask ask;
		struct job job;
		bool more;

		roster_world_work(&w);
		list = roster_world_list(&w, list.id);
		CHECK_INT(LIST_APPLIED, list.state);
		CHECK_OUTCOME(OK, list_undo(&w.ask, list.id, list.version));
		list = roster_world_list(&w, list.id);
		job = job_of(&w, &list);
		ask = system_of(&w);
		CHECK_OUTCOME(OK, roster_undo_prepare(&ask, &job));
		CHECK_INT(3, people(&w));
		add_person(&w, "Phạm Văn Khác", "");             /* nothing to do with it */
		if (touches) {
			CHECK_OUTCOME(OK, person_get(&w.ask, of_number(&w, "080161900001"), &person));
			new = person_as_new(&person);
			new.address = "12 đường số 5";
			CHECK_OUTCOME(OK, person_change(&w.ask, person.id, person.version, &new, ""));
		}
		CHECK_OUTCOME(OK, slice(&ask, roster_undo_slice, &job, &more));
		CHECK_INT(touches && db_may_stage(w.db), more);
		arena_free(ask.arena);
		if (more)
			roster_world_work(&w);
		CHECK_INT(touches ? LIST_APPLIED : LIST_UNDONE, roster_world_list(&w, list.id).state);
		CHECK_INT(touches ? 4 : 1, people(&w));
		roster_world_close(&w);
	}
}

TEST(roster, the_page_offers_each_of_those_alike)
{
	struct world w;
	struct list list = alike_world(&w);
	const char *target = arena_format(w.arena, "/danh-sach/%lld", (long long)list.id), *text;
	int64_t id = of_number(&w, "080072900002");
	struct reply reply;
	struct list_row row;

	world_get(&w, ROLE_COMMUNE, target, &reply);
	text = reply_text(&w, &reply);
	CHECK_HAS(text, "Là Trần Văn Ba, 1972, CCCD …0001, Ấp Bình Hoà");
	CHECK_HAS(text, "CCCD …0002");
	CHECK_HAS(text, "Người khác");
	world_post(&w, ROLE_COMMUNE, arena_format(w.arena, "%s/dong", target),
		arena_format(w.arena, "loc=&sau=&choice=1%%20people_alike%%20nguoi-%lld", (long long)id), &reply);
	CHECK_INT(303, reply.status);
	CHECK_OUTCOME(OK, list_row(&w.ask, &list, 1, &row));
	CHECK(!row.waits);
	world_get(&w, ROLE_COMMUNE, target, &reply);
	CHECK_HAS(reply_text(&w, &reply),
		arena_format(w.arena, "people_alike nguoi-%lld\" aria-pressed=\"true\"", (long long)id));
	world_post(&w, ROLE_COMMUNE, arena_format(w.arena, "%s/dong", target), "loc=&sau=&choice=1%20people_alike%20nguoi-77",
		&reply);
	CHECK_INT(422, reply.status);
	roster_world_close(&w);
}
