/* One unit changes its name, place or end; officers go along with units that merge; each is looked at before and taken back. */
#include "tests/test.h"

#include <string.h>

#include "app/jobs.h"
#include "app/shipped.h"
#include "base/day.h"
#include "db/db.h"
#include "figures/targets/targets.h"
#include "registry/access/accounts.h"
#include "registry/access/session.h"
#include "registry/jobs/jobs.h"
#include "registry/people/people.h"
#include "registry/units/units.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/transfers/transfers.h"

#define WHY "Nghị quyết số 12 của HĐND xã"
#define BACK "Nghị quyết bị bãi bỏ"

static void as_system(struct world *w)
{
	w->ask.actor = &access_system;
	world_again(w);
}

static struct unit unit_now(struct world *w, int64_t id)
{
	struct unit unit;

	CHECK_OUTCOME(OK, tree_get_last(&w->ask, id, &unit));
	return unit;
}

static int64_t add_hamlet(struct world *w, const char *name, const char *from_day)
{
	struct leaf_new leaf = { .parent_id = w->commune, .kind = "ap", .name = name, .code = "", .from_day = from_day,
		.branch = { "", "", "", 0 } };
	int64_t id;

	as_system(w);
	CHECK_OUTCOME(OK, unit_add_leaf(&w->ask, &leaf, &id));
	return id;
}

static struct unit_change change_of(struct world *w, enum transfer_act act, int64_t unit_id, const char *name, int64_t to)
{
	return (struct unit_change){ act, unit_id, unit_now(w, unit_id).version, name, to, WORLD_TODAY, WHY };
}

/* "branch@hamlet deputy@hamlet": roles of an account that hold, by the unit's name. */
static const char *held(struct world *w, enum role of)
{
	struct buf out = BUF(w->arena);
	struct role_list list;

	CHECK_OUTCOME(OK, roles_of(&w->ask, w->account[of], &list));
	for (size_t i = 0; i < list.n; i++)
		buf_format(&out, "%s%s@%s%s%s", i ? " " : "", role_code(list.at[i].role), list.at[i].unit, *list.at[i].from ? "<" : "",
			list.at[i].from);
	return buf_cstr(&out);
}

static void give(struct world *w, enum role account, enum role role, int64_t unit_id)
{
	int64_t id;

	as_system(w);
	CHECK_OUTCOME(OK, role_give(&w->ask, w->account[account], &(struct role_new){ role, unit_id, "" }, &id));
}

TEST(unit_changes, a_name_is_looked_at_given_and_taken_back)
{
	struct world w;
	struct unit_change_preview look;
	struct unit_change c;
	int64_t id, second;

	year_open(&w);
	year_submitted(&w, "Nguyễn Văn An", w.hamlet, YEAR_PASS);
	as_system(&w);
	c = change_of(&w, TRANSFER_RENAMED, w.hamlet, "Ấp Bình Hoà Đông", 0);
	CHECK_OUTCOME(OK, unit_change_preview(&w.ask, &c, &look));
	CHECK_TEXT("Ấp Bình Hoà", look.unit.name);
	CHECK_INT(1, look.weight.people);
	CHECK_INT(1, look.weight.sheets);
	CHECK_INT(2026, look.first_year);
	CHECK_INT(2, look.here.n);                       /* branch, deputy */
	CHECK_HAS(look.authority, "xã Đức Hoà");
	CHECK_TEXT("Ấp Bình Hoà", unit_now(&w, w.hamlet).name);
	CHECK_INT(1, unit_now(&w, w.hamlet).version);
	CHECK_OUTCOME(OK, unit_change_make(&w.ask, &c, &id));
	CHECK_TEXT("Ấp Bình Hoà Đông", unit_now(&w, w.hamlet).name);
	CHECK_OUTCOME(CONFLICT, unit_change_preview(&w.ask, &c, &look));         /* the page was opened before */
	year_agrees(&w);
	/* the old name is another's by now */
	second = add_hamlet(&w, "Ấp Bình Hoà", WORLD_TODAY);
	CHECK_OUTCOME(INVALID, transfer_undo(&w.ask, id, 1, BACK));
	CHECK_HAS(world_problem(&w, ""), "đã có đơn vị tên “Ấp Bình Hoà”");
	as_system(&w);
	CHECK_OUTCOME(OK, unit_rename(&w.ask, second, 1, "Ấp Khác", WORLD_TODAY, WHY));
	CHECK_OUTCOME(OK, transfer_undo(&w.ask, id, 1, BACK));
	CHECK_TEXT("Ấp Bình Hoà", unit_now(&w, w.hamlet).name);
	CHECK_TEXT(DAY_OPEN, unit_now(&w, w.hamlet).until_day);
	CHECK_OUTCOME(INVALID, transfer_undo(&w.ask, id, 2, BACK));
	year_agrees(&w);
	world_close(&w);
}

TEST(unit_changes, what_was_built_upon_hinders_undoing_and_is_named)
{
	struct world w;
	struct unit_change c;
	int64_t first, second;

	year_open(&w);
	as_system(&w);
	c = change_of(&w, TRANSFER_RENAMED, w.hamlet, "Ấp Một", 0);
	CHECK_OUTCOME(OK, unit_change_make(&w.ask, &c, &first));
	c = change_of(&w, TRANSFER_RENAMED, w.hamlet, "Ấp Hai", 0);              /* the same day: it puts the version right */
	CHECK_OUTCOME(OK, unit_change_make(&w.ask, &c, &second));
	CHECK_OUTCOME(INVALID, transfer_undo(&w.ask, first, 1, BACK));
	CHECK_HAS(world_problem(&w, ""), "thay đổi khác sau đó");
	as_system(&w);
	CHECK_OUTCOME(OK, transfer_undo(&w.ask, second, 1, BACK));
	CHECK_TEXT("Ấp Một", unit_now(&w, w.hamlet).name);
	world_close(&w);
}

TEST(unit_changes, what_waits_is_placed_first_and_what_was_written_ahead_comes_before)
{
	struct world w;
	struct unit_change_preview look;
	struct unit_change c;
	int64_t id;

	year_open(&w);
	as_system(&w);
	c = change_of(&w, TRANSFER_RENAMED, w.hamlet, "Ấp Một", 0);
	c.day = "2026-12-01";
	CHECK_OUTCOME(OK, unit_change_make(&w.ask, &c, &id));
	c = change_of(&w, TRANSFER_RENAMED, w.hamlet, "Ấp Hai", 0);
	CHECK_OUTCOME(INVALID, unit_change_preview(&w.ask, &c, &look));
	CHECK_HAS(world_problem(&w, "from_day"), "01/12/2026");
	as_system(&w);
	CHECK_OUTCOME(OK, transfer_undo(&w.ask, id, 1, BACK));
	/* its commune ended in two: a hamlet of it lies nowhere until it is placed */
	CHECK_OUTCOME(OK, tree_end(&w.ask, w.commune, unit_now(&w, w.commune).version, "2026-11-17"));
	CHECK_OUTCOME(OK, tree_add_edge(&w.ask, w.commune, w.other_commune, "2026-11-17"));
	c = change_of(&w, TRANSFER_RENAMED, w.hamlet, "Ấp Hai", 0);
	CHECK_OUTCOME(INVALID, unit_change_preview(&w.ask, &c, &look));
	CHECK_HAS(world_problem(&w, ""), "đang chờ xếp");
	world_close(&w);
}

static int64_t counted(struct world *w, int64_t unit, enum sheet_state state)
{
	struct figure_counts counts;

	CHECK_OUTCOME(OK, figures_of_unit(&w->ask, w->round, unit, "", &counts));
	return counts.states[state];
}

TEST(unit_changes, a_place_names_who_gains_and_who_loses_and_goes_back_until_a_list_was_made_there)
{
	struct world w;
	struct unit_change_preview look;
	struct unit_change c;
	struct person p;
	int64_t an, id;

	year_open(&w);
	an = year_submitted(&w, "Nguyễn Văn An", w.hamlet, YEAR_PASS);
	give(&w, ROLE_ADMIN, ROLE_COMMUNE, w.other_commune);
	as_system(&w);
	c = change_of(&w, TRANSFER_MOVED, w.hamlet, "", w.other_commune);
	CHECK_OUTCOME(OK, unit_change_preview(&w.ask, &c, &look));
	CHECK_INT(1, look.gain.n);
	CHECK_INT(2, look.lose.n);                       /* commune, authority */
	CHECK(strcmp(look.authority, look.new_authority) != 0);
	CHECK_INT(w.commune, unit_now(&w, w.hamlet).parent_id);
	CHECK_OUTCOME(OK, unit_change_make(&w.ask, &c, &id));
	year_agrees(&w);
	CHECK_OUTCOME(OK, person_get(&w.ask, an, &p));
	CHECK_INT(w.other_commune, p.commune_id);
	CHECK_INT(1, counted(&w, w.other_commune, SHEET_SUBMITTED));
	/* a list of the new commune has it: no way back; once that is gone, there is */
	CHECK_OUTCOME(OK, db_script(w.db, "UPDATE standing SET state = 6 WHERE state = 4", "list"));
	CHECK_OUTCOME(INVALID, transfer_undo(&w.ask, id, 1, BACK));
	CHECK_HAS(world_problem(&w, ""), "1 phiếu của đơn vị đã vào danh sách");
	CHECK_OUTCOME(OK, db_script(w.db, "UPDATE standing SET state = 4 WHERE state = 6", "list"));
	as_system(&w);
	CHECK_OUTCOME(OK, transfer_undo(&w.ask, id, 1, BACK));
	year_agrees(&w);
	CHECK_OUTCOME(OK, person_get(&w.ask, an, &p));
	CHECK_INT(w.commune, p.commune_id);
	CHECK_INT(1, counted(&w, w.commune, SHEET_SUBMITTED));
	world_close(&w);
}

TEST(unit_changes, a_closed_hamlet_lets_its_officers_go_and_gets_them_back)
{
	struct world w;
	struct unit_change_preview look;
	struct unit_change c;
	struct transfer_list acts;
	int64_t id, second;

	year_open(&w);
	as_system(&w);
	c = change_of(&w, TRANSFER_CLOSED, w.hamlet, "", 0);
	CHECK_OUTCOME(OK, unit_change_preview(&w.ask, &c, &look));
	CHECK_INT(2, look.here.n);
	CHECK_INT(ROLE_ENDS, look.here.at[0].fate);
	CHECK_TEXT("branch@Ấp Bình Hoà", held(&w, ROLE_BRANCH));
	CHECK_OUTCOME(OK, unit_change_make(&w.ask, &c, &id));
	CHECK_TEXT("", held(&w, ROLE_BRANCH));
	world_as(&w, ROLE_COMMUNE, w.commune);           /* found from where it belonged */
	CHECK_OUTCOME(OK, transfers_of_unit(&w.ask, w.hamlet, &acts));
	CHECK_INT(1, acts.n);
	CHECK_OUTCOME(OK, transfer_undo(&w.ask, id, 1, BACK));
	CHECK_TEXT("branch@Ấp Bình Hoà", held(&w, ROLE_BRANCH));
	CHECK_TEXT("deputy@Ấp Bình Hoà", held(&w, ROLE_DEPUTY));
	year_agrees(&w);
	/* into another: the edge goes too, and its code must still be free */
	second = add_hamlet(&w, "Ấp Bình Thuỷ", "2025-07-01");
	c = change_of(&w, TRANSFER_CLOSED, w.hamlet, "", second);
	CHECK_OUTCOME(OK, unit_change_make(&w.ask, &c, &id));
	CHECK_TEXT("branch@Ấp Bình Thuỷ<Ấp Bình Hoà", held(&w, ROLE_BRANCH));
	CHECK_OUTCOME(OK, unit_add_leaf(&w.ask, &(struct leaf_new){ .parent_id = w.commune, .kind = "ap", .name = "Ấp Khác",
		.code = unit_now(&w, w.hamlet).code, .from_day = WORLD_TODAY, .branch = { "", "", "", 0 } }, &second));
	CHECK_OUTCOME(INVALID, transfer_undo(&w.ask, id, 1, BACK));
	CHECK_HAS(world_problem(&w, ""), "nay là của Ấp Khác");
	world_close(&w);
}

TEST(unit_changes, officers_go_along_with_a_merger_by_name_and_come_back_with_it)
{
	struct world w;
	struct units_merge_preview look;
	struct units_merge m;
	int64_t second, id;

	year_open(&w);
	second = add_hamlet(&w, "Ấp Bình Thuỷ", "2025-07-01");
	give(&w, ROLE_DEPUTY, ROLE_DEPUTY, second);      /* has that role on both */
	world_as(&w, ROLE_COMMUNE, w.commune);
	m = (struct units_merge){ { 1, &w.hamlet }, second, WORLD_TODAY, WHY };
	CHECK_OUTCOME(OK, units_merge_preview(&w.ask, &m, &look));
	CHECK_INT(2, look.roles.n);
	CHECK_INT(ROLE_GOES, look.roles.at[0].fate);
	CHECK_INT(ROLE_IS_THERE, look.roles.at[1].fate);
	CHECK_OUTCOME(OK, units_merge(&w.ask, &m, &id));
	CHECK_TEXT("branch@Ấp Bình Thuỷ<Ấp Bình Hoà", held(&w, ROLE_BRANCH));
	CHECK_TEXT("deputy@Ấp Bình Thuỷ", held(&w, ROLE_DEPUTY));
	CHECK_OUTCOME(OK, transfer_undo(&w.ask, id, 1, BACK));
	CHECK_TEXT("branch@Ấp Bình Hoà", held(&w, ROLE_BRANCH));
	CHECK_TEXT("deputy@Ấp Bình Hoà deputy@Ấp Bình Thuỷ", held(&w, ROLE_DEPUTY));
	year_agrees(&w);
	world_close(&w);
}

TEST(unit_changes, a_role_taken_away_after_the_merger_is_not_brought_back_by_undoing)
{
	struct world w;
	struct units_merge m;
	struct role_list roles;
	int64_t second, id;

	year_open(&w);
	second = add_hamlet(&w, "Ấp Bình Thuỷ", "2025-07-01");
	m = (struct units_merge){ { 1, &w.hamlet }, second, WORLD_TODAY, WHY };
	CHECK_OUTCOME(OK, units_merge(&w.ask, &m, &id));
	CHECK_OUTCOME(OK, roles_of(&w.ask, w.account[ROLE_BRANCH], &roles));
	CHECK_OUTCOME(OK, role_take(&w.ask, w.account[ROLE_BRANCH], roles.at[0].id));
	CHECK_OUTCOME(OK, transfer_undo(&w.ask, id, 1, BACK));
	CHECK_TEXT("", held(&w, ROLE_BRANCH));
	CHECK_TEXT("deputy@Ấp Bình Hoà", held(&w, ROLE_DEPUTY));
	world_close(&w);
}

/* What the province could not give it does not carry either, nor anybody their own; a command at the machine may all. */
TEST(unit_changes, nobody_lets_a_role_go_along_that_they_could_not_give)
{
	struct world w;
	struct units_merge_preview look;
	struct units_merge m;
	int64_t id;

	year_open(&w);
	give(&w, ROLE_AUDITOR, ROLE_AUDITOR, w.commune);
	give(&w, ROLE_PROVINCE, ROLE_COMMUNE, w.commune);
	m = (struct units_merge){ { 1, &w.commune }, w.other_commune, WORLD_TODAY, WHY };
	CHECK_OUTCOME(OK, units_merge_preview(&w.ask, &m, &look));
	for (size_t i = 0; i < look.roles.n; i++)
		CHECK_INT(ROLE_GOES, look.roles.at[i].fate);
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(OK, units_merge_preview(&w.ask, &m, &look));
	CHECK_INT(4, look.roles.n);
	for (size_t i = 0; i < look.roles.n; i++) {
		const struct role_on *r = &look.roles.at[i];

		CHECK_INT(r->role == ROLE_AUDITOR ? ROLE_NOT_YOURS_TO_GIVE : r->account_id == w.account[ROLE_PROVINCE] ? ROLE_OWN
			: ROLE_GOES, r->fate);
	}
	CHECK_OUTCOME(OK, units_merge(&w.ask, &m, &id));
	CHECK_TEXT("commune@Phường Hoà Thành<Xã Đức Hoà", held(&w, ROLE_COMMUNE));
	CHECK_TEXT("authority@Phường Hoà Thành<Xã Đức Hoà", held(&w, ROLE_AUTHORITY));
	CHECK_TEXT("auditor@Tỉnh Tây Ninh", held(&w, ROLE_AUDITOR));
	CHECK_TEXT("province@Tỉnh Tây Ninh", held(&w, ROLE_PROVINCE));
	CHECK_OUTCOME(OK, transfer_undo(&w.ask, id, 1, BACK));
	CHECK_TEXT("commune@Xã Đức Hoà", held(&w, ROLE_COMMUNE));
	CHECK_TEXT("auditor@Tỉnh Tây Ninh auditor@Xã Đức Hoà", held(&w, ROLE_AUDITOR));
	world_close(&w);
}

TEST(unit_changes, officers_of_a_divided_hamlet_go_on_where_it_is_said)
{
	struct world w;
	struct leaf_division_preview look;
	struct leaf_division d;
	struct role_list branch;
	int64_t id, grants[1];

	year_open(&w);
	as_system(&w);
	CHECK_OUTCOME(OK, roles_of(&w.ask, w.account[ROLE_BRANCH], &branch));
	grants[0] = branch.at[0].id;
	d = (struct leaf_division){ w.hamlet, 1, "Ấp Đông", "Ấp Tây", { 0 }, { { 1, grants }, { 1, grants } }, WORLD_TODAY, WHY };
	CHECK_OUTCOME(OK, leaf_divide_preview(&w.ask, &d, &look));
	CHECK_INT(2, look.roles.n);
	CHECK_INT(ROLE_UNDECIDED, look.roles.at[0].fate);
	CHECK_OUTCOME(OK, leaf_divide(&w.ask, &d, &id));
	CHECK_TEXT("branch@Ấp Đông<Ấp Bình Hoà branch@Ấp Tây<Ấp Bình Hoà", held(&w, ROLE_BRANCH));
	CHECK_TEXT("", held(&w, ROLE_DEPUTY));           /* nobody said where */
	CHECK_OUTCOME(OK, transfer_undo(&w.ask, id, 1, BACK));
	CHECK_TEXT("branch@Ấp Bình Hoà", held(&w, ROLE_BRANCH));
	CHECK_TEXT("deputy@Ấp Bình Hoà", held(&w, ROLE_DEPUTY));
	year_agrees(&w);
	grants[0] = 1;
	d.version = unit_now(&w, w.hamlet).version;
	CHECK_OUTCOME(INVALID, leaf_divide_preview(&w.ask, &d, &look));
	CHECK_PROBLEM(&w, "first_roles");
	world_close(&w);
}

static const char *everything(struct world *w)
{
	struct unit u = unit_now(w, w->hamlet);

	return arena_format(w->arena, "%s %lld %s %lld %s %s", u.name, (long long)u.parent_id, u.until_day, (long long)u.version,
		held(w, ROLE_BRANCH), held(w, ROLE_DEPUTY));
}

/* Each change and each way back: the n-th step fails and nothing is left of it. */
TEST(unit_changes, what_fails_half_way_leaves_nothing)
{
	static const enum transfer_act acts[] = { TRANSFER_RENAMED, TRANSFER_MOVED, TRANSFER_CLOSED };

	for (size_t k = 0; k < 2 * COUNT(acts); k++) {
		struct world w;
		struct unit_change c;
		const char *before;
		int64_t id = 0, n = 0;
		bool whole = false, back = k >= COUNT(acts);

		year_open(&w);
		as_system(&w);
		c = change_of(&w, acts[k % COUNT(acts)], w.hamlet, "Ấp Đông", acts[k % COUNT(acts)] == TRANSFER_MOVED ? w.other_commune : 0);
		if (back)
			CHECK_OUTCOME(OK, unit_change_make(&w.ask, &c, &id));
		before = everything(&w);
		while (!whole) {
			enum outcome done;

			world_again(&w);
			db_fail_at(w.db, ++n);
			done = back ? transfer_undo(&w.ask, id, 1, BACK) : unit_change_make(&w.ask, &c, &id);
			whole = db_fail_at(w.db, 0) > 0;
			CHECK_OUTCOME(whole ? OK : FAILED, done);
			if (!whole)
				CHECK_TEXT(before, everything(&w));
		}
		CHECK(n > 10);
		CHECK(strcmp(before, everything(&w)) != 0);
		year_agrees(&w);
		world_close(&w);
	}
}

/* ---- the pages ---- */

static const char *posted(struct world *w, enum role role, const char *target, const char *fields, int status)
{
	struct reply reply;

	world_post(w, role, target, fields, &reply);
	if (status != reply.status)
		fail_msg("%d: %s", reply.status, reply_text(w, &reply));
	return status == 303 ? arena_text(w->arena, reply.location) : reply_text(w, &reply);
}

static const char *got(struct world *w, enum role role, const char *target, int status)
{
	struct reply reply;

	world_get(w, role, target, &reply);
	CHECK_INT(status, reply.status);
	return reply_text(w, &reply);
}

TEST(unit_changes, a_page_shows_before_it_does_and_leads_to_its_undoing)
{
#define RENAME "version=1&name=Ap+Dong&from_day=24/11/2026&reason=Nghi+quyet+so+12"
	struct world w;
	const char *target, *page, *act;

	world_serve(&w);
	world_round(&w);
	target = arena_format(w.arena, "/don-vi/%lld/ten", (long long)w.hamlet);
	got(&w, ROLE_ADMIN, target, 200);
	page = posted(&w, ROLE_ADMIN, target, RENAME, 200);
	CHECK_HAS(page, "Sẽ có gì xảy ra");
	CHECK_HAS(page, "Đổi tên thành Ap Dong");
	CHECK_HAS(page, "Giữ vai trò, dưới tên mới");
	CHECK_HAS(page, "các năm trước giữ tên cũ");
	CHECK_HAS(page, "Chi hội vẫn tên là");
	CHECK(!strstr(got(&w, ROLE_ADMIN, arena_format(w.arena, "/don-vi/%lld", (long long)w.hamlet), 200), "Ap Dong"));
	got(&w, ROLE_ADMIN, target, 200);
	act = posted(&w, ROLE_ADMIN, target, RENAME "&sure=1", 303);
	/* whoever may change units sees the act and takes it back, also who has nothing to do with people */
	CHECK_HAS(got(&w, ROLE_ADMIN, act, 200), "hoan-tac");
	CHECK_HAS(got(&w, ROLE_ADMIN, arena_format(w.arena, "/viec-don-vi?unit=%lld", (long long)w.hamlet), 200), "Đổi tên đơn vị");
	CHECK_HAS(got(&w, ROLE_COMMUNE, act, 200), "hoan-tac");
	got(&w, ROLE_BRANCH, act, 403);
	got(&w, ROLE_ADMIN, act, 200);
	posted(&w, ROLE_ADMIN, arena_format(w.arena, "%s/hoan-tac", act), "version=1&reason=Nghi+quyet+bi+bai+bo", 303);
	CHECK_HAS(got(&w, ROLE_ADMIN, act, 200), "Đã hoàn tác");
	CHECK(!strstr(got(&w, ROLE_ADMIN, act, 200), "<button class=\"govuk-button"));
	world_close(&w);
#undef RENAME
}

/* A hamlet of 2026 went into another in March 2027: each page tells 2026 in its own units, and in those of today. */
TEST(unit_changes, targets_and_cross_tables_are_told_in_both_units)
{
	struct world w;
	struct units_merge m;
	const char *secret, *page;
	int64_t second, id;

	world_serve(&w);
	world_round(&w);
	as_system(&w);
	CHECK_OUTCOME(OK, targets_import(&w.ask, shipped_targets(), &id));
	second = add_hamlet(&w, "Ấp Bình Thuỷ", "2025-07-01");
	year_submitted(&w, "Nguyễn Văn An", w.hamlet, YEAR_PASS);
	year_submitted(&w, "Trần Thị Bình", second, YEAR_PASS);
	as_system(&w);
	CHECK_OUTCOME(OK, db_script(w.db, "UPDATE round SET locked = 1", "years"));
	w.ask.now = w.app.fixed_now = day_start("2027-03-05") + 3600;
	m = (struct units_merge){ { 1, &w.hamlet }, second, "2027-03-01", WHY };
	CHECK_OUTCOME(OK, units_merge(&w.ask, &m, &id));
	CHECK_OUTCOME(OK, session_open(&w.ask, w.account[ROLE_PROVINCE], &secret));
	w.cookie[ROLE_PROVINCE] = arena_format(w.arena, "phien=%s", secret);
	for (size_t i = 0; i < 2; i++) {
		const char *own = arena_format(w.arena, i ? "/bang-cheo/%lld?dot=2026&hang=unit&cot=khong" : "/chi-tieu/%lld?nam=2026",
			(long long)w.commune);

		page = got(&w, ROLE_PROVINCE, own, 200);
		CHECK_HAS(page, ">Ấp Bình Hoà<");
		CHECK_HAS(page, "theo đơn vị hôm nay");
		page = got(&w, ROLE_PROVINCE, arena_format(w.arena, "%s&units=now", own), 200);
		CHECK(!strstr(page, ">Ấp Bình Hoà<"));
		CHECK_HAS(page, ">Ấp Bình Thuỷ<");
		CHECK_HAS(page, "theo đơn vị của năm ấy");
		CHECK_HAS(page, "đơn vị hôm nay");
	}
	CHECK_HAS(page, "data-value=\"2\"");            /* both people in the one that is left */
	page = got(&w, ROLE_PROVINCE, arena_format(w.arena, "/chi-tieu/%lld/tai/csv?nam=2026&units=now", (long long)w.commune), 200);
	CHECK_HAS(page, "Ấp Bình Thuỷ");
	CHECK(!strstr(page, "Ấp Bình Hoà"));
	world_close(&w);
}
