#include "tests/test.h"

#include <string.h>

#include "app/shipped.h"
#include "registry/audit/audit.h"
#include "registry/units/units.h"
#include "tests/world.h"

static struct leaf_new leaf(struct world *w, const char *name)
{
	return (struct leaf_new){ .parent_id = w->commune, .kind = "ap", .name = name, .code = "", .from_day = "2026-01-01",
		.branch = { "", "Ông Tư", "0900000122", 0 } };
}

static struct bytes text_bytes(const char *text) { return (struct bytes){ text, strlen(text) }; }

TEST(units, officer_adds_a_hamlet_with_its_branch_and_a_trace)
{
	struct world w;
	struct unit unit;
	struct branch branch;
	struct audit_list trail;
	struct leaf_new new;
	int64_t id;

	world_open(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	new = leaf(&w, "Ấp Chánh");
	CHECK_OUTCOME(OK, unit_add_leaf(&w.ask, &new, &id));
	CHECK_OUTCOME(OK, tree_get(&w.ask, id, WORLD_TODAY, &unit));
	CHECK_TEXT("27937.03", unit.code);
	CHECK_OUTCOME(OK, branch_get(&w.ask, id, &branch));
	CHECK_TEXT("Chi hội Ấp Chánh", branch.name);
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "unit", id, &trail));
	CHECK_INT(1, trail.n);
	CHECK_TEXT("unit_added", trail.at[0].action);
	CHECK_INT(w.account[ROLE_COMMUNE], trail.at[0].account_id);
	CHECK_HAS(trail.at[0].new, "Ấp Chánh");
	world_close(&w);
}

TEST(units, all_that_is_wrong_is_said_at_once_and_nothing_is_stored)
{
	struct world w;
	struct leaf_new new;
	int64_t id, before, after;

	world_open(&w);
	CHECK_OUTCOME(OK, tree_count_children(&w.ask, w.commune, WORLD_TODAY, &before));
	world_as(&w, ROLE_COMMUNE, w.commune);
	new = leaf(&w, "A");
	new.from_day = "2028-01-01";
	CHECK_OUTCOME(INVALID, unit_add_leaf(&w.ask, &new, &id));
	CHECK_PROBLEM(&w, "name");
	CHECK_PROBLEM(&w, "from_day");
	world_again(&w);
	new = leaf(&w, "ấp bình hòa");                  /* the same name, tone placed otherwise */
	CHECK_OUTCOME(INVALID, unit_add_leaf(&w.ask, &new, &id));
	CHECK_HAS(world_problem(&w, "name"), "Ấp Bình Hoà");
	world_again(&w);
	new = leaf(&w, "Ấp Mới");
	new.parent_id = w.hamlet;
	CHECK_OUTCOME(INVALID, unit_add_leaf(&w.ask, &new, &id));
	CHECK_PROBLEM(&w, "kind");
	CHECK_OUTCOME(OK, tree_count_children(&w.ask, w.commune, WORLD_TODAY, &after));
	CHECK_INT(before, after);
	world_close(&w);
}

TEST(units, another_communes_officer_may_not)
{
	struct world w;
	struct leaf_new new;
	struct unit unit;
	int64_t id;

	world_open(&w);
	world_as(&w, ROLE_COMMUNE, w.other_commune);
	new = leaf(&w, "Ấp Mới");
	CHECK_OUTCOME(FORBIDDEN, unit_add_leaf(&w.ask, &new, &id));
	CHECK_OUTCOME(OK, tree_get(&w.ask, w.hamlet, WORLD_TODAY, &unit));
	CHECK_OUTCOME(FORBIDDEN, unit_rename(&w.ask, w.hamlet, unit.version, "Ấp Khác", WORLD_TODAY, "Nghị quyết số 1 của xã"));
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(FORBIDDEN, unit_rename(&w.ask, w.commune, 1, "Xã Khác", WORLD_TODAY, "Nghị quyết số 1 của xã"));
	CHECK_OUTCOME(FORBIDDEN, unit_move(&w.ask, w.hamlet, unit.version, w.other_commune, WORLD_TODAY, "Nghị quyết số 1 của xã"));
	world_close(&w);
}

TEST(units, a_new_name_holds_from_its_day_and_the_old_one_before)
{
	struct world w;
	struct unit unit;
	struct unit_list history;

	world_open(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(OK, unit_rename(&w.ask, w.hamlet, 1, "Ấp Bình Hoà Đông", "2026-11-01", "Nghị quyết số 12 của HĐND xã"));
	CHECK_OUTCOME(OK, tree_get(&w.ask, w.hamlet, "2026-10-31", &unit));
	CHECK_TEXT("Ấp Bình Hoà", unit.name);
	CHECK_OUTCOME(OK, tree_get(&w.ask, w.hamlet, "2026-11-01", &unit));
	CHECK_TEXT("Ấp Bình Hoà Đông", unit.name);
	CHECK_INT(2, unit.version);
	CHECK_OUTCOME(CONFLICT, unit_rename(&w.ask, w.hamlet, 1, "Ấp Khác", WORLD_TODAY, "Nghị quyết số 12 của HĐND xã"));
	CHECK_OUTCOME(OK, unit_rename(&w.ask, w.hamlet, 2, "Ấp Bình Hoà Tây", "2026-11-01", "Sửa lại cho đúng nghị quyết"));
	CHECK_OUTCOME(OK, tree_history(&w.ask, w.hamlet, &history));
	CHECK_INT(2, history.n);
	world_close(&w);
}

TEST(units, a_unit_with_open_children_stays_open)
{
	struct world w;
	struct unit unit;

	world_open(&w);
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(INVALID, unit_close(&w.ask, w.commune, 1, WORLD_TODAY, 0, "Sáp nhập theo nghị quyết"));
	CHECK_PROBLEM(&w, "");
	world_again(&w);
	CHECK_OUTCOME(OK, unit_close(&w.ask, w.hamlet, 1, WORLD_TODAY, w.school, "Sáp nhập theo nghị quyết"));
	CHECK_OUTCOME(NOT_FOUND, tree_get(&w.ask, w.hamlet, WORLD_TODAY, &unit));
	CHECK_OUTCOME(OK, tree_get(&w.ask, w.hamlet, "2026-11-23", &unit));
	world_again(&w);
	CHECK_OUTCOME(INVALID, unit_rename(&w.ask, w.hamlet, 2, "Ấp Khác", WORLD_TODAY, "Nghị quyết số 12 của HĐND xã"));
	world_close(&w);
}

TEST(units, a_move_goes_where_it_fits_and_never_below_itself)
{
	struct world w;
	struct unit unit;

	world_open(&w);
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(INVALID, unit_move(&w.ask, w.hamlet, 1, w.province, WORLD_TODAY, "Nghị quyết số 12 của tỉnh"));
	CHECK_PROBLEM(&w, "parent");
	world_again(&w);
	CHECK_OUTCOME(OK, unit_move(&w.ask, w.school, 1, w.province, WORLD_TODAY, "Nghị quyết số 12 của tỉnh"));
	CHECK_OUTCOME(OK, tree_get(&w.ask, w.school, WORLD_TODAY, &unit));
	CHECK_INT(w.province, unit.parent_id);
	CHECK_OUTCOME(OK, unit_move(&w.ask, w.hamlet, 1, w.other_commune, WORLD_TODAY, "Nghị quyết số 12 của tỉnh"));
	world_close(&w);
}

TEST(units, fault_at_each_step_of_an_add_leaves_nothing)
{
	struct world w;
	int64_t id, before, after;

	world_open(&w);
	CHECK_OUTCOME(OK, tree_count_children(&w.ask, w.commune, WORLD_TODAY, &before));
	world_as(&w, ROLE_COMMUNE, w.commune);
	for (int64_t n = 1;; n++) {
		struct leaf_new new = leaf(&w, "Ấp Chánh");
		enum outcome done;

		world_again(&w);
		db_fail_at(w.db, n);
		done = unit_add_leaf(&w.ask, &new, &id);
		if (db_fail_at(w.db, 0) > 0) {
			CHECK_OUTCOME(OK, done);
			break;
		}
		CHECK_OUTCOME(FAILED, done);
		CHECK_OUTCOME(OK, tree_count_children(&w.ask, w.commune, WORLD_TODAY, &after));
		CHECK_INT(before, after);
	}
	world_close(&w);
}

/* ---- files ---- */

TEST(units, a_list_of_the_state_replaces_what_it_does_not_continue)
{
	static const char next[] = "code,name,kind,parent_code\n80,Tỉnh Tây Ninh,Tỉnh,\n27937,Xã Đức Hoà Hạ,Xã,80\n27938,Xã Mới,Xã,80\n";
	struct world w;
	struct import_counts c;
	struct unit unit;

	world_open(&w);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, units_import_state(&w.ask, text_bytes(next), "2026-06-01", DAY_OPEN, &c));
	CHECK_INT(3, c.lines);
	CHECK_INT(1, c.continued);               /* the province */
	CHECK_INT(2, c.added);
	CHECK_INT(2, c.ended);                   /* the holder of 27937 and 25645, which no line continues */
	CHECK_OUTCOME(OK, tree_by_code(&w.ask, "27937", "2026-05-31", &unit));
	CHECK_INT(w.commune, unit.id);
	CHECK_OUTCOME(OK, tree_by_code(&w.ask, "27937", "2026-06-01", &unit));
	CHECK(unit.id != w.commune);
	CHECK_OUTCOME(NOT_FOUND, tree_by_code(&w.ask, "25645", "2026-06-01", &unit));
	world_close(&w);
}

TEST(units, the_same_list_again_changes_nothing)
{
	struct world w;
	struct import_counts c;

	world_open(&w);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, units_import_state(&w.ask, shipped_units_2025(), "2026-03-01", DAY_OPEN, &c));
	CHECK_INT(3355, c.lines);
	CHECK_OUTCOME(OK, units_import_state(&w.ask, shipped_units_2025(), "2026-04-01", DAY_OPEN, &c));
	CHECK_INT(3355, c.continued);
	CHECK_INT(0, c.added + c.ended);
	world_close(&w);
}

TEST(units, every_wrong_line_is_named_and_nothing_is_stored)
{
	static const char wrong[] = "code,name,kind,parent_code\n80,Tỉnh Tây Ninh,Tỉnh,\n7937,Xã A,Xã,80\n27938,Xã B,Làng,80\n27939,Xã C,Xã,72\n"
		"27940,Xã D,Xã,80\n27940,Xã E,Xã,80\n";
	struct world w;
	struct import_counts c;
	struct unit unit;
	size_t n = 0;

	world_open(&w);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(INVALID, units_import_state(&w.ask, text_bytes(wrong), "2026-06-01", DAY_OPEN, &c));
	for (const struct problem *p = w.problems.first; p; p = p->next, n++)
		CHECK_HAS(p->text, "Dòng ");
	CHECK_INT(4, n);
	CHECK_OUTCOME(NOT_FOUND, tree_by_code(&w.ask, "27940", "2026-06-01", &unit));
	world_again(&w);
	CHECK_OUTCOME(INVALID, units_import_state(&w.ask, text_bytes("a,b\n1,2\n"), "2026-06-01", DAY_OPEN, &c));
	CHECK_HAS(world_problem(&w, "file"), "parent_code");
	world_close(&w);
}

TEST(units, first_of_july_2025_is_replayed_from_the_shipped_lists)
{
	struct world w;
	struct import_counts c;
	struct unit unit, old;
	struct unit_edge_list edges;
	struct leaf_new hamlet = { .kind = "ap", .name = "Ấp Một", .code = "", .from_day = "2024-01-01", .branch = { "", "", "", 0 } };
	int64_t id;

	world_open(&w);
	w.ask.actor = &access_system;
	/* the world's own communes began on 1 July 2025 under today's codes: this store begins earlier */
	CHECK_OUTCOME(OK, units_import_state(&w.ask, shipped_units_before_2025(), "2023-01-01", "2025-07-01", &c));
	CHECK_INT(306, c.lines);
	CHECK_OUTCOME(OK, tree_by_code(&w.ask, "25459", "2025-06-30", &old));
	CHECK_TEXT("Phường 3", old.name);
	hamlet.parent_id = old.id;
	CHECK_OUTCOME(OK, unit_add_leaf(&w.ask, &hamlet, &id));
	CHECK_OUTCOME(OK, units_import_state(&w.ask, shipped_units_2025(), "2025-07-01", DAY_OPEN, &c));
	CHECK_OUTCOME(OK, units_import_successors(&w.ask, shipped_successors_2025(), "2025-07-01", &c));
	CHECK_INT(0, c.waiting);
	CHECK_OUTCOME(OK, tree_by_code(&w.ask, "25459", "2025-07-01", &unit));
	CHECK_TEXT("Phường Tân Ninh", unit.name);
	CHECK(unit.id != old.id);
	CHECK_OUTCOME(OK, tree_edges(&w.ask, unit.id, true, &edges));
	CHECK(edges.n >= 4);
	CHECK_OUTCOME(OK, tree_get(&w.ask, id, "2025-07-01", &old));
	CHECK_INT(unit.id, old.parent_id);
	CHECK_OUTCOME(NOT_FOUND, tree_by_code(&w.ask, "72", "2025-07-01", &unit));     /* old Tây Ninh is over */
	CHECK_OUTCOME(OK, tree_by_code(&w.ask, "80", "2025-06-30", &unit));
	CHECK_TEXT("Tỉnh Long An", unit.name);
	world_close(&w);
}

TEST(units, hamlets_come_as_a_file_once)
{
	static const char file[] = "Tên;Loại;Phụ trách;Điện thoại\nẤp Chánh;Ấp;Bà Năm;0900 000 123\nẤp bình hòa;ấp;;\nTrạm y tế;Cơ quan;;\n";
	struct world w;
	struct import_counts c;

	world_open(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(OK, units_import_leaves(&w.ask, w.commune, text_bytes(file), "2026-01-01", &c));
	CHECK_INT(2, c.added);
	CHECK_INT(1, c.continued);
	CHECK_OUTCOME(OK, units_import_leaves(&w.ask, w.commune, text_bytes(file), "2026-01-01", &c));
	CHECK_INT(0, c.added);
	CHECK_INT(3, c.continued);
	CHECK_OUTCOME(INVALID, units_import_leaves(&w.ask, w.commune, text_bytes("ten,loai,dien_thoai\nẤp X,Làng,12\nẤp X,Ấp,\n"), "2026-01-01", &c));
	CHECK(w.problems.n >= 3);
	world_close(&w);
}

/* ---- pages ---- */

TEST(units, everybody_searches_and_reads_but_only_members_see_the_phone)
{
	struct world w;
	struct reply reply;
	const char *page;

	world_serve(&w);
	world_get(&w, ROLES, "/don-vi?q=hoa+thanh", &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Phường Hoà Thành");
	page = arena_format(w.arena, "/don-vi/%lld", (long long)w.hamlet);
	world_get(&w, ROLES, page, &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Bà Ba");
	CHECK(!strstr(reply_text(&w, &reply), "0900 000 121"));
	world_get(&w, ROLE_CITIZEN, page, &reply);
	CHECK_HAS(reply_text(&w, &reply), "0900 000 121");
	world_get(&w, ROLES, "/don-vi/99", &reply);
	CHECK_INT(404, reply.status);
	world_close(&w);
}

TEST(units, a_form_keeps_what_was_typed_beside_all_messages)
{
	struct world w;
	struct reply reply;
	const char *target, *text;

	world_serve(&w);
	target = arena_format(w.arena, "/don-vi/%lld/them", (long long)w.commune);
	world_get(&w, ROLE_COMMUNE, target, &reply);
	CHECK_INT(200, reply.status);
	world_post(&w, ROLE_COMMUNE, target, "name=%E1%BA%A4p+M%E1%BB%9Bi&from_day=31%2F2%2F2026&officer_phone=12", &reply);
	CHECK_INT(422, reply.status);
	text = reply_text(&w, &reply);
	CHECK_HAS(text, "value=\"Ấp Mới\"");
	CHECK_HAS(text, "31/2/2026");
	CHECK_HAS(text, "href=\"#kind\"");
	CHECK_HAS(text, "href=\"#from_day\"");
	world_close(&w);
}

TEST(units, sending_a_form_twice_has_one_effect_and_one_answer)
{
	static const char fields[] = "kind=ap&name=%E1%BA%A4p+M%E1%BB%9Bi&from_day=1%2F1%2F2026&officer_name=&officer_phone=";
	struct world w;
	struct reply first, second;
	const char *target;
	int64_t before, after;

	world_serve(&w);
	CHECK_OUTCOME(OK, tree_count_children(&w.ask, w.commune, WORLD_TODAY, &before));
	target = arena_format(w.arena, "/don-vi/%lld/them", (long long)w.commune);
	world_get(&w, ROLE_COMMUNE, target, &first);
	world_post(&w, ROLE_COMMUNE, target, fields, &first);
	world_post(&w, ROLE_COMMUNE, target, fields, &second);
	CHECK_INT(303, first.status);
	CHECK_INT(303, second.status);
	CHECK_TEXT(first.location, second.location);
	CHECK_OUTCOME(OK, tree_count_children(&w.ask, w.commune, WORLD_TODAY, &after));
	CHECK_INT(before + 1, after);
	world_close(&w);
}

TEST(units, a_stale_page_is_told_so)
{
	struct world w;
	struct reply reply;
	const char *target;

	world_serve(&w);
	target = arena_format(w.arena, "/don-vi/%lld/ten", (long long)w.hamlet);
	world_get(&w, ROLE_COMMUNE, target, &reply);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, unit_rename(&w.ask, w.hamlet, 1, "Ấp Bình Hoà Đông", WORLD_TODAY, "Nghị quyết số 12 của HĐND xã"));
	world_post(&w, ROLE_COMMUNE, target, "version=1&name=%E1%BA%A4p+Kh%C3%A1c&from_day=24%2F11%2F2026&reason=Nghi+quyet+so+12", &reply);
	CHECK_INT(409, reply.status);
	world_close(&w);
}

/* One change of each kind through its page, as the officers of the province and the commune send it. */
TEST(units, each_change_has_its_page_that_shows_before_it_does)
{
	struct world w;
	struct reply reply;
	const char *at;
	struct unit unit;

	world_serve(&w);
	at = arena_format(w.arena, "/don-vi/%lld/chuyen", (long long)w.school);
	world_get(&w, ROLE_PROVINCE, at, &reply);
	CHECK_INT(200, reply.status);
	world_post(&w, ROLE_PROVINCE, at, "version=1&parent=99999&from_day=24%2F11%2F2026&reason=Nghi+quyet+so+12",
		&reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "99999");
	world_post(&w, ROLE_PROVINCE, at, "version=1&parent=80&from_day=24%2F11%2F2026&reason=Nghi+quyet+so+12", &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Chuyển đến Tỉnh Tây Ninh");
	world_post(&w, ROLE_PROVINCE, at, "version=1&parent=80&from_day=24%2F11%2F2026&reason=Nghi+quyet+so+12&sure=1", &reply);
	CHECK_INT(303, reply.status);
	CHECK_HAS(reply.location, "/viec-don-vi/");
	at = arena_format(w.arena, "/don-vi/%lld/chi-hoi", (long long)w.hamlet);
	world_get(&w, ROLE_COMMUNE, at, &reply);
	CHECK_INT(200, reply.status);
	world_post(&w, ROLE_COMMUNE, at, "version=1&name=Chi+hoi+moi&officer_name=Ba+Nam&officer_phone=0900+000+321", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_COMMUNE, arena_format(w.arena, "/don-vi/%lld", (long long)w.hamlet), &reply);
	CHECK_HAS(reply_text(&w, &reply), "0900 000 321");
	at = arena_format(w.arena, "/don-vi/%lld/nap", (long long)w.commune);
	world_get(&w, ROLE_COMMUNE, at, &reply);
	world_post(&w, ROLE_COMMUNE, at, "from_day=1%2F1%2F2026", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Chọn một tệp CSV");
	at = arena_format(w.arena, "/don-vi/%lld/dong", (long long)w.hamlet);
	world_get(&w, ROLE_COMMUNE, at, &reply);
	world_post(&w, ROLE_COMMUNE, at, "version=1&on_day=24%2F11%2F2026&into=&reason=Nghi+quyet+so+12", &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Hết vai trò cùng đơn vị");
	world_post(&w, ROLE_COMMUNE, at, "version=1&on_day=24%2F11%2F2026&into=&reason=Nghi+quyet+so+12&sure=1", &reply);
	CHECK_INT(303, reply.status);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(NOT_FOUND, tree_get(&w.ask, w.hamlet, WORLD_TODAY, &unit));
	world_close(&w);
}

TEST(units, the_list_comes_in_four_kinds_of_file)
{
	static const char *const kinds[] = { "xlsx", "docx", "pdf", "csv" };
	struct world w;
	struct reply reply;

	world_serve(&w);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		world_get(&w, ROLES, arena_format(w.arena, "/don-vi/%lld/danh-sach/%s", (long long)w.commune, kinds[i]), &reply);
		CHECK_INT(200, reply.status);
		CHECK(reply.body.len > 100);
	}
	CHECK_HAS(reply_text(&w, &reply), "Ấp Bình Hoà");
	world_get(&w, ROLES, arena_format(w.arena, "/don-vi/%lld/danh-sach/exe", (long long)w.commune), &reply);
	CHECK_INT(404, reply.status);
	world_close(&w);
}
