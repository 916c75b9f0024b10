#include "tests/year.h"

#include <string.h>

#include "app/jobs.h"
#include "base/day.h"
#include "db/db.h"
#include "figures/check/check.h"
#include "registry/jobs/jobs.h"
#include "tests/test.h"
#include "title/recognition/recognition.h"
#include "title/review/review.h"

static const struct sheet_help help = { "Bà Ba chi hội", "Đồng ý bằng lời, 20/10/2026" };

static void as_system(struct world *w)
{
	w->ask.actor = &access_system;
	world_again(w);
}

void year_open(struct world *w)
{
	world_open(w);
	CHECK_OUTCOME(OK, db_script(w->db, "UPDATE account SET version = 0; DELETE FROM unique_key WHERE use = 1", "year"));
	world_round(w);
	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, jobs_run_all(&w->ask, app_jobs));
}

void year_agrees(struct world *w)
{
	struct check_report report;

	as_system(w);
	CHECK_OUTCOME(OK, jobs_run_all(&w->ask, app_jobs));
	CHECK_OUTCOME(OK, check_all(&w->ask, false, &report));
	for (size_t i = 0; i < report.n; i++)
		if (report.at[i].wrong)
			fail_msg("%s: %s", report.at[i].name, report.at[i].faults[0]);
}

int64_t year_person(struct world *w, const char *name, int64_t leaf)
{
	bool of_school = leaf == w->school;
	struct person_new new = { .name = name, .birth = "1961-05-20", .national_id = "", .phone = "0900000121", .address = "", .household = "",
		.clan = "", .group = "nong_dan", .trained_on = "", .guardian = "", .sex = SEX_FEMALE, .leaf_id = leaf,
		.hamlet_id = of_school ? 0 : leaf, .organisation_id = of_school ? leaf : 0 };
	int64_t id = 0;

	as_system(w);
	CHECK_OUTCOME(OK, person_add(&w->ask, &new, &id));
	world_as_nobody(w);
	return id;
}

int64_t year_submitted(struct world *w, const char *name, int64_t leaf, const char *scores)
{
	struct sheet_key key = { year_person(w, name, leaf), w->round };
	struct scores s;

	as_system(w);
	CHECK(scores_read(scores, &s));
	CHECK_OUTCOME(OK, sheet_register(&w->ask, key, "nong_dan", "", false, &help));
	CHECK_OUTCOME(OK, sheet_save_scores(&w->ask, key, 1, &s, NULL, &help));
	CHECK_OUTCOME(OK, sheet_submit(&w->ask, key, 2, &help));
	world_as_nobody(w);
	return key.person_id;
}

struct sheet year_sheet(struct world *w, int64_t person)
{
	struct sheet sheet;

	CHECK_OUTCOME(OK, sheet_get(&w->ask, (struct sheet_key){ person, w->round }, &sheet));
	return sheet;
}

void year_reviewed(struct world *w, int64_t person)
{
	static const char *const none[SCORES_MAX] = { "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "" };
	struct sheet sheet = year_sheet(w, person);

	world_as(w, ROLE_BRANCH, w->hamlet);
	w->actor.person_id = 0;
	if (sheet.leaf_id != w->hamlet)
		w->grant.unit_id = sheet.leaf_id;
	CHECK_OUTCOME(OK, review_save(&w->ask, sheet.key, sheet.version, &sheet.self, none));
	world_as_nobody(w);
}

void year_proposed(struct world *w, int64_t *proposal)
{
	struct meeting_new meeting = { .round_id = w->round, .commune_id = w->commune, .held_on = "2026-11-03", .place = "Trụ sở UBND xã",
		.number = "01/BB-HKH", .chair = "Ông Hai", .secretary = "Bà Tư", .attendees = "Ông Hai, Hội Khuyến học\nBà Tư, Mặt trận",
		.absent = "", .discussion = "", .votes_for = 2 };
	struct posting posting = { .round_id = w->round, .commune_id = w->commune, .from_day = "2026-11-04", .until_day = "2026-11-20",
		.place = "Nhà văn hoá ấp" };
	struct proposal new = { .round_id = w->round, .commune_id = w->commune, .number = "05/TTr-HKH", .day = "2026-11-23",
		.signer = "Lê Văn Hai" };
	int64_t id;

	as_system(w);
	CHECK_OUTCOME(OK, meeting_hold(&w->ask, &meeting, &id));
	CHECK_OUTCOME(OK, posting_make(&w->ask, &posting, &id));
	CHECK_OUTCOME(OK, proposal_make(&w->ask, &new, &id));
	if (proposal)
		*proposal = id;
	world_as_nobody(w);
}
