#include "tests/test.h"

#include <string.h>

#include "app/shipped.h"
#include "tests/world.h"
#include "title/criteria/criteria.h"

static const char *page_of(struct world *w, const char *part)
{
	return arena_format(w->arena, "/tieu-chi/%lld%s", (long long)w->criteria, part);
}

static int status(struct world *w, enum role role, const char *target)
{
	struct reply reply;

	world_get(w, role, target, &reply);
	return reply.status;
}

TEST(criteria, everybody_reads_what_is_published_and_prints_a_group)
{
	struct world w;
	struct reply reply;
	const char *text;

	world_serve(&w);
	world_round(&w);
	world_get(&w, ROLES, "/tieu-chi", &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "bản tham khảo");
	CHECK(!strstr(reply_text(&w, &reply), "Nạp bộ tiêu chí"));
	world_get(&w, ROLES, page_of(&w, ""), &reply);
	text = reply_text(&w, &reply);
	CHECK_HAS(text, "Đọc, cập nhật thông tin và tri thức");
	CHECK_HAS(text, "Điều đã biết");
	CHECK_HAS(text, page_of(&w, "/nguoi_cao_tuoi"));
	CHECK(!strstr(text, "Công bố bộ tiêu chí này"));
	world_get(&w, ROLES, page_of(&w, "/nong_dan"), &reply);
	text = reply_text(&w, &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(text, "10 câu hỏi cho Nông dân");
	CHECK_HAS(text, "bà con có thường đọc báo");
	CHECK_HAS(text, "Cả năm không theo dõi tin tức");
	CHECK_INT(404, status(&w, ROLES, page_of(&w, "/nong_dan_2")));
	CHECK_INT(404, status(&w, ROLES, "/tieu-chi/5"));
	world_close(&w);
}

TEST(criteria, a_draft_is_for_who_may_edit_it_until_it_is_published)
{
	struct world w;
	struct reply reply;

	world_serve(&w);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, criteria_import(&w.ask, shipped_criteria(), &w.criteria));
	CHECK_INT(404, status(&w, ROLES, page_of(&w, "")));
	CHECK_INT(404, status(&w, ROLE_COMMUNE, page_of(&w, "/nong_dan")));
	world_get(&w, ROLES, "/tieu-chi", &reply);
	CHECK_HAS(reply_text(&w, &reply), "Chưa công bố bộ tiêu chí nào");
	world_get(&w, ROLE_PROVINCE, page_of(&w, ""), &reply);
	CHECK_HAS(reply_text(&w, &reply), "Công bố bộ tiêu chí này");
	world_post(&w, ROLE_PROVINCE, page_of(&w, "/cong-bo"), "version=9", &reply);
	CHECK_INT(409, reply.status);
	world_post(&w, ROLE_PROVINCE, page_of(&w, "/cong-bo"), "version=1", &reply);
	CHECK_INT(303, reply.status);
	world_post(&w, ROLE_PROVINCE, page_of(&w, "/cong-bo"), "version=1", &reply);
	CHECK_INT(303, reply.status);                    /* the same form twice: one effect, one answer */
	world_get(&w, ROLE_PROVINCE, page_of(&w, ""), &reply);
	world_post(&w, ROLE_PROVINCE, page_of(&w, "/cong-bo"), "version=2", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "đã công bố");
	CHECK_INT(200, status(&w, ROLES, page_of(&w, "")));
	world_close(&w);
}

TEST(criteria, the_import_page_takes_a_file_and_is_for_who_may)
{
	struct world w;
	struct reply reply;

	world_serve(&w);
	CHECK_INT(303, status(&w, ROLES, "/tieu-chi/nap"));
	CHECK_INT(403, status(&w, ROLE_COMMUNE, "/tieu-chi/nap"));
	world_get(&w, ROLE_PROVINCE, "/tieu-chi/nap", &reply);
	CHECK_INT(200, reply.status);
	world_post(&w, ROLE_PROVINCE, "/tieu-chi/nap", "", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Chọn một tệp JSON");
	world_close(&w);
}
