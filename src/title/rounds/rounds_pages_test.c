#include "tests/test.h"

#include <string.h>

#include "registry/jobs/jobs.h"
#include "tests/world.h"
#include "title/rounds/rounds.h"

#define WINDOWS "&register_from=1%2F2%2F2027&register_until=31%2F10%2F2027&score_from=1%2F3%2F2027&score_until=30%2F11%2F2027" \
	"&review_from=1%2F9%2F2027&review_until=15%2F12%2F2027&recognise_from=1%2F10%2F2027&recognise_until=31%2F12%2F2027"

static int status(struct world *w, enum role role, const char *target)
{
	struct reply reply;

	world_get(w, role, target, &reply);
	return reply.status;
}

static const char *fields(struct world *w, const char *more)
{
	return arena_format(w->arena, "criteria=%lld%s%s", (long long)w->criteria, WINDOWS, more);
}

TEST(rounds, everybody_reads_when_what_is_open)
{
	struct world w;
	struct reply reply;
	const char *text;

	world_serve(&w);
	world_get(&w, ROLES, "/dot", &reply);
	CHECK_HAS(reply_text(&w, &reply), "Chưa mở đợt nào");
	world_round(&w);
	world_get(&w, ROLES, "/dot", &reply);
	CHECK_HAS(reply_text(&w, &reply), "Đợt năm 2026");
	world_get(&w, ROLES, "/dot/2026", &reply);
	text = reply_text(&w, &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(text, "30/11/2026");
	CHECK_HAS(text, "còn 6 ngày");
	CHECK_HAS(text, "Mọi đơn vị.");
	CHECK(!strstr(text, "Khoá đợt"));
	CHECK_INT(404, status(&w, ROLES, "/dot/2019"));
	CHECK_INT(303, status(&w, ROLES, "/dot/them"));
	CHECK_INT(403, status(&w, ROLE_COMMUNE, "/dot/2026/khoa"));
	world_close(&w);
}

TEST(rounds, a_new_one_is_suggested_a_year_after_the_last_and_opened_once)
{
	struct world w;
	struct reply first, second;
	struct round r;
	struct job_list jobs;

	world_serve(&w);
	world_round(&w);
	world_get(&w, ROLE_PROVINCE, "/dot/them", &first);
	CHECK_INT(200, first.status);
	CHECK_HAS(reply_text(&w, &first), "2027");
	CHECK_HAS(reply_text(&w, &first), "bản tham khảo, bản 1.0");
	world_post(&w, ROLE_PROVINCE, "/dot/them", fields(&w, "&year=2027&posting_days=7&title_years=1"), &first);
	world_post(&w, ROLE_PROVINCE, "/dot/them", fields(&w, "&year=2027&posting_days=7&title_years=1"), &second);
	CHECK_INT(303, first.status);
	CHECK_INT(303, second.status);
	CHECK_TEXT("/dot/2027", second.location);
	CHECK_OUTCOME(OK, round_get(&w.ask, 2027, &r));
	CHECK_TEXT("2027-10-31", r.until[STAGE_REGISTER]);
	w.ask.actor = &access_system;
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(OK, job_list(&w.ask, 0, &jobs));
	CHECK_INT(1, jobs.n);
	world_close(&w);
}

TEST(rounds, a_form_with_everything_wrong_says_it_all_and_keeps_what_was_typed)
{
	struct world w;
	struct reply reply;
	const char *text;

	world_serve(&w);
	world_round(&w);
	world_get(&w, ROLE_PROVINCE, "/dot/them", &reply);
	world_post(&w, ROLE_PROVINCE, "/dot/them", "year=1999&criteria=&register_from=31%2F2%2F2027&score_from=x&posting_days=99&title_years=", &reply);
	CHECK_INT(422, reply.status);
	text = reply_text(&w, &reply);
	CHECK_HAS(text, "href=\"#year\"");
	CHECK_HAS(text, "href=\"#criteria\"");
	CHECK_HAS(text, "href=\"#register_from\"");
	CHECK_HAS(text, "href=\"#recognise_until\"");
	CHECK_HAS(text, "href=\"#posting_days\"");
	CHECK_HAS(text, "href=\"#title_years\"");
	CHECK_HAS(text, "31/2/2027");
	world_get(&w, ROLE_PROVINCE, "/dot/2026/gia-han", &reply);
	world_post(&w, ROLE_PROVINCE, "/dot/2026/gia-han", "unit=99999&stage=tu_cham&until=1%2F1%2F2026&reason=x", &reply);
	CHECK_INT(422, reply.status);
	text = reply_text(&w, &reply);
	CHECK_HAS(text, "href=\"#unit\"");
	CHECK_HAS(text, "href=\"#until\"");
	CHECK_HAS(text, "href=\"#reason\"");
	world_close(&w);
}

TEST(rounds, a_year_of_one_by_its_pages)
{
	struct world w;
	struct reply reply;
	const char *text;

	world_serve(&w);
	world_round(&w);
	world_get(&w, ROLE_PROVINCE, "/dot/2026/gia-han", &reply);
	CHECK_INT(200, reply.status);
	world_post(&w, ROLE_PROVINCE, "/dot/2026/gia-han", "unit=27937&stage=tu_cham&until=10%2F12%2F2026&reason=M%C6%B0a+l%C5%A9+k%C3%A9o+d%C3%A0i", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_PROVINCE, "/dot/2026/don-vi", &reply);
	world_post(&w, ROLE_PROVINCE, "/dot/2026/don-vi", "version=1&units=27937%0D%0A%0D%0A12345", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "12345");
	world_post(&w, ROLE_PROVINCE, "/dot/2026/don-vi", "version=1&units=27937", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_PROVINCE, "/dot/2026/khoa", &reply);
	CHECK_INT(200, reply.status);
	world_post(&w, ROLE_PROVINCE, "/dot/2026/khoa", "version=1&reason=%C4%90%C3%A3+ch%E1%BB%91t+s%E1%BB%91+li%E1%BB%87u", &reply);
	CHECK_INT(409, reply.status);
	world_post(&w, ROLE_PROVINCE, "/dot/2026/khoa", "version=2&reason=%C4%90%C3%A3+ch%E1%BB%91t+s%E1%BB%91+li%E1%BB%87u", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_PROVINCE, "/dot/2026", &reply);
	text = reply_text(&w, &reply);
	CHECK_HAS(text, "Xã Đức Hoà");
	CHECK_HAS(text, "10/12/2026");
	CHECK_HAS(text, "Mở lại đợt");
	CHECK_HAS(text, "Đã chốt số liệu");
	world_get(&w, ROLE_PROVINCE, "/dot/2026/mo-lai", &reply);
	world_post(&w, ROLE_PROVINCE, "/dot/2026/mo-lai", "version=3&reason=C%C3%B2n+hai+x%C3%A3+ch%C6%B0a+n%E1%BB%99p", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_PROVINCE, "/dot/2026/sua", &reply);
	CHECK_HAS(reply_text(&w, &reply), "30/11/2026");
	world_post(&w, ROLE_PROVINCE, "/dot/2026/sua", arena_format(w.arena, "version=4&criteria=%lld&register_from=1%%2F2%%2F2026"
		"&register_until=30%%2F11%%2F2026&score_from=1%%2F3%%2F2026&score_until=5%%2F12%%2F2026&review_from=1%%2F9%%2F2026"
		"&review_until=15%%2F12%%2F2026&recognise_from=1%%2F10%%2F2026&recognise_until=31%%2F12%%2F2026&posting_days=0&title_years=1"
		"&reason=C%%C3%%B4ng+v%%C4%%83n+s%%E1%%BB%%91+12", (long long)w.criteria), &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLES, "/dot/2026", &reply);
	CHECK_HAS(reply_text(&w, &reply), "05/12/2026");
	CHECK_HAS(reply_text(&w, &reply), "không niêm yết");
	world_close(&w);
}
