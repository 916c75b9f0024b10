#include "tests/test.h"

#include <string.h>

#include "tests/world.h"
#include "title/models/models.h"

#define DECISION "S%E1%BB%91+12%2FQ%C4%90-UBND"

static const char *at(struct world *w, int64_t unit, const char *part)
{
	return arena_format(w->arena, "/mo-hinh/%lld%s", (long long)unit, part);
}

static int status(struct world *w, enum role role, const char *target)
{
	struct reply reply;

	world_get(w, role, target, &reply);
	return reply.status;
}

TEST(models, a_commune_writes_its_titles_down_and_takes_one_back)
{
	struct world w;
	struct reply reply;
	struct model_list list;
	const char *target, *fields;

	world_serve(&w);
	world_round(&w);
	world_get(&w, ROLE_COMMUNE, "/mo-hinh", &reply);
	CHECK_INT(303, reply.status);
	CHECK_TEXT(at(&w, w.commune, ""), reply.location);
	world_get(&w, ROLE_COMMUNE, at(&w, w.commune, ""), &reply);
	CHECK_HAS(reply_text(&w, &reply), "Năm này chưa ghi mô hình nào");
	target = arena_format(w.arena, "/mo-hinh/%lld/them", (long long)w.commune);
	world_get(&w, ROLE_COMMUNE, target, &reply);
	CHECK_HAS(reply_text(&w, &reply), "Trường THCS Đức Hoà");
	world_post(&w, ROLE_COMMUNE, target, arena_format(w.arena, "round=2026&kind=&leaf=%lld&name=&decision=", (long long)w.hamlet), &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "href=\"#kind\"");
	CHECK_HAS(reply_text(&w, &reply), "href=\"#decision\"");
	CHECK_HAS(reply_text(&w, &reply), "selected");
	fields = arena_format(w.arena, "round=2026&kind=cong_dong&leaf=%lld&name=&decision=%s", (long long)w.hamlet, DECISION);
	world_post(&w, ROLE_COMMUNE, target, fields, &reply);
	CHECK_INT(303, reply.status);
	world_post(&w, ROLE_COMMUNE, target, fields, &reply);
	CHECK_INT(303, reply.status);
	CHECK_OUTCOME(OK, model_list(&w.ask, w.round, w.commune, NULL, &list));
	CHECK_INT(1, list.n);
	world_get(&w, ROLE_COMMUNE, at(&w, w.commune, "?round=2026"), &reply);
	CHECK_HAS(reply_text(&w, &reply), "Cộng đồng học tập: 1");
	CHECK_HAS(reply_text(&w, &reply), "Ấp Bình Hoà");
	target = arena_format(w.arena, "/mo-hinh/%lld/bo/%lld", (long long)w.commune, (long long)list.at[0].id);
	world_get(&w, ROLE_COMMUNE, target, &reply);
	CHECK_INT(200, reply.status);
	world_post(&w, ROLE_COMMUNE, target, "version=1&reason=sai", &reply);
	CHECK_INT(422, reply.status);
	world_post(&w, ROLE_COMMUNE, target, "version=2&reason=Ghi+nh%E1%BA%A7m+%E1%BA%A5p+kh%C3%A1c", &reply);
	CHECK_INT(409, reply.status);
	world_post(&w, ROLE_COMMUNE, target, "version=1&reason=Ghi+nh%E1%BA%A7m+%E1%BA%A5p+kh%C3%A1c", &reply);
	CHECK_INT(303, reply.status);
	CHECK_OUTCOME(OK, model_list(&w.ask, w.round, w.commune, NULL, &list));
	CHECK_INT(0, list.n);
	world_close(&w);
}

TEST(models, pages_are_for_who_works_over_the_commune)
{
	struct world w;
	struct reply reply;

	world_serve(&w);
	world_get(&w, ROLE_COMMUNE, at(&w, w.commune, ""), &reply);
	CHECK_HAS(reply_text(&w, &reply), "Chưa mở đợt nào");
	world_round(&w);
	CHECK_INT(303, status(&w, ROLES, at(&w, w.commune, "")));
	CHECK_INT(403, status(&w, ROLE_CITIZEN, at(&w, w.commune, "")));
	CHECK_INT(403, status(&w, ROLE_COMMUNE, at(&w, w.other_commune, "")));
	CHECK_INT(403, status(&w, ROLE_COMMUNE, at(&w, w.other_commune, "/them")));
	CHECK_INT(403, status(&w, ROLE_BRANCH, arena_format(w.arena, "/mo-hinh/%lld/them", (long long)w.commune)));
	CHECK_INT(404, status(&w, ROLE_COMMUNE, at(&w, w.commune, "/bo/7")));
	world_get(&w, ROLE_PROVINCE, "/mo-hinh", &reply);
	CHECK_HAS(reply_text(&w, &reply), "Xã Đức Hoà");
	world_get(&w, ROLE_COMMUNE, arena_format(w.arena, "/mo-hinh/%lld/nap", (long long)w.commune), &reply);
	CHECK_INT(200, reply.status);
	world_post(&w, ROLE_COMMUNE, arena_format(w.arena, "/mo-hinh/%lld/nap", (long long)w.commune), "round=2026", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Chọn một tệp CSV");
	world_close(&w);
}
