#include "tests/test.h"

#include <string.h>

#include "base/day.h"
#include "registry/people/people.h"
#include "registry/units/units.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/transfers/transfers.h"

#define WHY "reason=Chuyen+nha+tu+thang+nay"

static const char *got(struct world *w, enum role role, const char *target, int status)
{
	struct reply reply;

	world_get(w, role, target, &reply);
	CHECK_INT(status, reply.status);
	return reply_text(w, &reply);
}

static const char *posted(struct world *w, enum role role, const char *target, const char *fields, int status)
{
	struct reply reply;

	world_post(w, role, target, fields, &reply);
	if (status != reply.status)
		fail_msg("%d: %s", reply.status, reply_text(w, &reply));
	return status == 303 ? arena_text(w->arena, reply.location) : reply_text(w, &reply);
}

static struct person person(struct world *w, int64_t id)
{
	struct person p;

	CHECK_OUTCOME(OK, person_get(&w->ask, id, &p));
	return p;
}

TEST(transfers_pages, people_are_chosen_looked_at_moved_and_brought_back)
{
	struct world w;
	int64_t an, binh;
	const char *fields, *act, *page;

	world_serve(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Văn An", w.hamlet, YEAR_PASS);
	binh = year_person(&w, "Trần Thị Bình", w.hamlet);
	CHECK_HAS(got(&w, ROLE_COMMUNE, "/chuyen", 200), "Ấp Bình Hoà");
	CHECK_HAS(got(&w, ROLE_COMMUNE, arena_format(w.arena, "/chuyen?unit=%lld", (long long)w.hamlet), 200), "Trần Thị Bình");
	/* from the list of people: chosen there, where to is asked here */
	page = posted(&w, ROLE_COMMUNE, "/chuyen", arena_format(w.arena, "unit=%lld&people=%lld", (long long)w.commune,
		(long long)an), 200);
	CHECK_HAS(page, "checked");
	page = posted(&w, ROLE_COMMUNE, "/chuyen", arena_format(w.arena, "unit=%lld&look=1", (long long)w.hamlet), 422);
	CHECK_HAS(page, "href=\"#people\"");
	CHECK_HAS(page, "href=\"#to\"");
	CHECK_HAS(page, "href=\"#reason\"");
	fields = arena_format(w.arena, "unit=%lld&people=%lld&people=%lld&to=%lld&from_day=24/11/2026&" WHY, (long long)w.hamlet,
		(long long)an,
		(long long)binh, (long long)w.school);
	page = posted(&w, ROLE_COMMUNE, "/chuyen", arena_format(w.arena, "%s&look=1", fields), 200);
	CHECK_HAS(page, "Chuyển 2 người");
	CHECK_HAS(page, "1 phiếu đi theo");
	CHECK_INT(w.hamlet, person(&w, an).leaf_id);
	act = posted(&w, ROLE_COMMUNE, "/chuyen", arena_format(w.arena, "%s&sure=1", fields), 303);
	CHECK_INT(w.school, person(&w, an).leaf_id);
	CHECK_HAS(got(&w, ROLE_COMMUNE, act, 200), "Nguyễn Văn An");
	posted(&w, ROLE_COMMUNE, arena_format(w.arena, "%s/hoan-tac", act), "version=1&reason=x", 422);
	posted(&w, ROLE_COMMUNE, arena_format(w.arena, "%s/hoan-tac", act), "version=1&reason=Ghi+nham+hai+nguoi", 303);
	CHECK_INT(w.hamlet, person(&w, an).leaf_id);
	CHECK_HAS(got(&w, ROLE_COMMUNE, act, 200), "Đã hoàn tác");
	CHECK_HAS(got(&w, ROLE_COMMUNE, "/chuyen", 200), "Chuyển người");
	got(&w, ROLE_CITIZEN, act, 403);
	world_close(&w);
}

TEST(transfers_pages, a_code_leads_to_another_commune_for_who_is_over_both)
{
	struct world w;
	struct unit unit;
	const char *fields;
	int64_t an;

	world_serve(&w);
	world_round(&w);
	an = year_person(&w, "Nguyễn Văn An", w.hamlet);
	CHECK_OUTCOME(OK, tree_get(&w.ask, w.other_hamlet, WORLD_TODAY, &unit));
	fields = arena_format(w.arena, "unit=%lld&all=1&code=%s&from_day=24/11/2026&look=1&" WHY, (long long)w.hamlet, unit.code);
	got(&w, ROLE_COMMUNE, arena_format(w.arena, "/chuyen?unit=%lld", (long long)w.hamlet), 200);
	CHECK_HAS(posted(&w, ROLE_COMMUNE, "/chuyen", fields, 422), "Nơi đến không thuộc quyền của bạn");
	got(&w, ROLE_PROVINCE, arena_format(w.arena, "/chuyen?unit=%lld", (long long)w.hamlet), 200);
	CHECK_HAS(posted(&w, ROLE_PROVINCE, "/chuyen", fields, 200), "Khu phố 2");
	CHECK_INT(w.hamlet, person(&w, an).leaf_id);
	world_close(&w);
}

TEST(transfers_pages, a_hamlet_that_waits_is_placed_by_one_button_and_undone)
{
	struct world w;
	struct unit unit, third;
	const char *page, *act;
	int64_t an;

	world_serve(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Văn An", w.hamlet, YEAR_PASS);
	w.ask.actor = &access_system;
	/* the commune was divided a week ago, into the other and a new one of its name */
	CHECK_OUTCOME(OK, tree_get(&w.ask, w.commune, WORLD_TODAY, &unit));
	third = (struct unit){ .id = 77 };
	CHECK_OUTCOME(OK, tree_add(&w.ask, &(struct unit_new){ .id = 77, .level = LEVEL_COMMUNE, .code = "27940",
		.name = "Phường Đức Hoà",
		.kind = "phuong", .parent_id = w.province, .from_day = "2026-11-17", .until_day = DAY_OPEN }));
	CHECK_OUTCOME(OK, tree_end(&w.ask, w.commune, unit.version, "2026-11-17"));
	CHECK_OUTCOME(OK, tree_add_edge(&w.ask, w.commune, w.other_commune, "2026-11-17"));
	CHECK_OUTCOME(OK, tree_add_edge(&w.ask, w.commune, third.id, "2026-11-17"));
	page = got(&w, ROLE_PROVINCE, "/cho-xep", 200);
	CHECK_HAS(page, "Ấp Bình Hoà");
	CHECK_HAS(page, "mang tên xã, phường cũ");
	got(&w, ROLE_COMMUNE, "/cho-xep", 403);
	page = got(&w, ROLE_PROVINCE, "/cho-xep", 200);
	posted(&w, ROLE_PROVINCE, "/cho-xep", arena_format(w.arena, "leaf=%lld&version=1&to=%lld", (long long)w.hamlet,
		(long long)w.province), 422);
	posted(&w, ROLE_PROVINCE, "/cho-xep", arena_format(w.arena, "leaf=%lld&version=1&to=77", (long long)w.hamlet), 303);
	CHECK_INT(77, person(&w, an).commune_id);
	CHECK(!strstr(got(&w, ROLE_PROVINCE, "/cho-xep", 200), ">Ấp Bình Hoà<"));
	page = got(&w, ROLE_PROVINCE, arena_format(w.arena, "/chuyen?unit=%lld", (long long)77), 200);
	act = strstr(page, "href=\"/viec-don-vi/");
	CHECK(act != NULL);
	act = arena_textn(w.arena, act + 6, strcspn(act + 6, "\""));
	got(&w, ROLE_PROVINCE, act, 200);
	posted(&w, ROLE_PROVINCE, arena_format(w.arena, "%s/hoan-tac", act), "version=1&reason=Xep+nham+xa", 303);
	CHECK_INT(w.commune, person(&w, an).commune_id);
	CHECK_HAS(got(&w, ROLE_PROVINCE, "/cho-xep", 200), ">Ấp Bình Hoà<");
	world_close(&w);
}

TEST(transfers_pages, hamlets_are_merged_and_divided_after_a_look)
{
	struct world w;
	struct leaf_new leaf = { .kind = "ap", .name = "Ấp Bình Thuỷ", .code = "", .from_day = "2025-07-01", .branch = { "", "",
		"", 0 } };
	int64_t second, an, binh;
	const char *target, *fields, *page;

	world_serve(&w);
	world_round(&w);
	w.ask.actor = &access_system;
	leaf.parent_id = w.commune;
	CHECK_OUTCOME(OK, unit_add_leaf(&w.ask, &leaf, &second));
	an = year_person(&w, "Nguyễn Văn An", second);
	binh = year_person(&w, "Trần Thị Bình", w.hamlet);
	/* who has people is not simply closed */
	target = arena_format(w.arena, "/don-vi/%lld/dong", (long long)second);
	got(&w, ROLE_COMMUNE, target, 200);
	CHECK_HAS(posted(&w, ROLE_COMMUNE, target, "version=1&on_day=24/11/2026&into=&" WHY, 422), "Ở đây còn 1 người");
	target = arena_format(w.arena, "/don-vi/%lld/nhap", (long long)w.hamlet);
	CHECK_HAS(got(&w, ROLE_COMMUNE, target, 200), "Ấp Bình Thuỷ");
	CHECK_HAS(posted(&w, ROLE_COMMUNE, target, "on_day=24/11/2026&reason=x", 422), "href=\"#from\"");
	fields = arena_format(w.arena, "from=%lld&on_day=24/11/2026&" WHY, (long long)second);
	page = posted(&w, ROLE_COMMUNE, target, fields, 200);
	CHECK_HAS(page, "Nhập 1 đơn vị");
	CHECK_INT(second, person(&w, an).leaf_id);
	posted(&w, ROLE_COMMUNE, target, arena_format(w.arena, "%s&sure=1", fields), 303);
	CHECK_INT(w.hamlet, person(&w, an).leaf_id);
	target = arena_format(w.arena, "/don-vi/%lld/chia", (long long)w.hamlet);
	CHECK_HAS(got(&w, ROLE_COMMUNE, target, 200), "Trần Thị Bình");
	CHECK_HAS(posted(&w, ROLE_COMMUNE, target, "version=1&first=Ap+Dong&second=Ap+Dong&on_day=24/11/2026&reason=x", 422),
		"href=\"#first\"");
	fields = arena_format(w.arena, "version=1&first=Ap+Dong&second=Ap+Tay&people=%lld&on_day=24/11/2026&" WHY, (long long)binh);
	page = posted(&w, ROLE_COMMUNE, target, fields, 200);
	CHECK_HAS(page, "Về Ap Tay");
	CHECK_HAS(page, "name=\"second_roles\"");
	CHECK_INT(w.hamlet, person(&w, binh).leaf_id);
	posted(&w, ROLE_COMMUNE, target, arena_format(w.arena, "%s&sure=1", fields), 303);
	CHECK_TEXT("Ap Dong", person(&w, an).leaf_name);
	CHECK_TEXT("Ap Tay", person(&w, binh).leaf_name);
	world_close(&w);
}
