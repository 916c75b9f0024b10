#include "tests/test.h"

#include <string.h>

#include "registry/audit/audit.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/recognition/recognition.h"

static void get_ok(struct world *w, enum role role, const char *path, struct reply *reply)
{
	world_get(w, role, path, reply);
	CHECK_INT(200, reply->status);
}

/* Ticks nobody, names one by code; then what is wrong with it. */
static void leave_on_page(struct world *w, const char *meeting, const char *code)
{
	const char *path = arena_format(w->arena, "%s/de-lai", meeting);
	struct reply reply;

	get_ok(w, ROLE_COMMUNE, path, &reply);
	CHECK_HAS(reply_text(w, &reply), code);
	world_post(w, ROLE_COMMUNE, path, "viec=de-lai&ma=abc+def&why=ngan", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(w, &reply), "Không có phiếu mang mã này trong danh sách: abc, def.");
	CHECK_HAS(reply_text(w, &reply), "Chưa chọn ai.");
	CHECK_HAS(reply_text(w, &reply), "Ghi lý do từ 10 chữ");
	CHECK_HAS(reply_text(w, &reply), "\nabc def</textarea>");
	get_ok(w, ROLE_COMMUNE, path, &reply);
	world_post(w, ROLE_COMMUNE, path, arena_format(w->arena, "viec=de-lai&ma=%s&why=Doi+xac+minh+them", code), &reply);
	CHECK_INT(303, reply.status);
	get_ok(w, ROLE_COMMUNE, path, &reply);
	CHECK_HAS(reply_text(w, &reply), "Để lại, chưa đề nghị: Doi xac minh them");
}

TEST(recognition, the_communes_part_is_done_through_its_pages)
{
	struct world w;
	struct reply reply;
	struct proposal_list proposals;
	const char *path;
	int64_t an, binh, chi;

	world_serve(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	binh = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS);
	chi = year_submitted(&w, "Lê Thị Chi", w.hamlet, YEAR_PASS);
	year_reviewed(&w, an);
	year_reviewed(&w, binh);
	year_reviewed(&w, chi);
	get_ok(&w, ROLE_COMMUNE, "/xa", &reply);
	CHECK_HAS(reply_text(&w, &reply), "Xã Đức Hoà, năm 2026");
	path = arena_format(w.arena, "/xa/hop/%lld/%lld", (long long)w.commune, (long long)w.round);
	get_ok(&w, ROLE_COMMUNE, path, &reply);
	world_post(&w, ROLE_COMMUNE, path,
		"held_on=1/12/2027&number=&place=&chair=&secretary=&attendees=&absent=&votes_for=2&discussion=abc",
		&reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "\nabc</textarea>");
	leave_on_page(&w, path, year_sheet(&w, chi).code);
	get_ok(&w, ROLE_COMMUNE, path, &reply);
	CHECK_HAS(reply_text(&w, &reply), "Lê Thị Chi: chưa đạt. Doi xac minh them");
	world_post(&w, ROLE_COMMUNE, path,
		"held_on=3/11/2026&number=01&place=UBND&chair=Hai&secretary=Ba&attendees=Hai&absent=&votes_for=1&discussion=",
		&reply);
	CHECK_INT(409, reply.status);                                    /* a page of before */
	get_ok(&w, ROLE_COMMUNE, path, &reply);
	world_post(&w, ROLE_COMMUNE, path,
		"version=1&held_on=3/11/2026&number=01&place=UBND&chair=Hai&secretary=Ba&attendees=Hai%0ABa&absent=&votes_for=2&discussion=",
		&reply);
	CHECK_INT(303, reply.status);
	path = arena_format(w.arena, "/xa/niem-yet/%lld/%lld", (long long)w.commune, (long long)w.round);
	get_ok(&w, ROLE_COMMUNE, path, &reply);
	world_post(&w, ROLE_COMMUNE, path, "from_day=4/11/2026&until_day=20/11/2026&place=UBND", &reply);
	CHECK_INT(303, reply.status);
	path = arena_format(w.arena, "/xa/to-trinh/%lld/%lld", (long long)w.commune, (long long)w.round);
	get_ok(&w, ROLE_COMMUNE, path, &reply);
	world_post(&w, ROLE_COMMUNE, path, "number=05%2FTTr-HKH&day=23/11/2026&signer=Hai", &reply);
	CHECK_INT(303, reply.status);
	CHECK_OUTCOME(OK, proposal_list(&w.ask, w.round, w.commune, &proposals));
	CHECK_INT(1, proposals.n);
	CHECK_INT(2, proposals.at[0].people);
	world_close(&w);
}

static void decision_leaves_on_page(struct world *w, const char *path, int64_t person)
{
	const char *code = year_sheet(w, person).code;
	struct reply reply;

	get_ok(w, ROLE_AUTHORITY, path, &reply);
	CHECK_HAS(reply_text(w, &reply), code);
	world_post(w, ROLE_AUTHORITY, arena_format(w->arena, "%s/de-lai", path), arena_format(w->arena,
		"version=1&viec=de-lai&nguoi=%lld&why=a", (long long)person), &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(w, &reply), "Chọn kết quả");
	CHECK_HAS(reply_text(w, &reply), arena_format(w->arena, "value=\"%lld\" checked", (long long)person));
	get_ok(w, ROLE_AUTHORITY, path, &reply);
	world_post(w, ROLE_AUTHORITY, arena_format(w->arena, "%s/de-lai", path), arena_format(w->arena,
		"version=1&viec=de-lai&nguoi=%lld&ma=%s&kind=tra_lai&why=Thieu+minh+chung", (long long)person, code), &reply);
	CHECK_INT(303, reply.status);
	get_ok(w, ROLE_AUTHORITY, path, &reply);
	CHECK_HAS(reply_text(w, &reply), "Trần Thị Bình: trả lại để xét lại. Thieu minh chung");
}

TEST(recognition, the_authoritys_part_is_done_through_its_pages)
{
	struct world w;
	struct reply reply;
	struct proposal_list proposals;
	struct decision_list decisions;
	struct certificate_row c;
	struct audit_list trail;
	const char *path;
	int64_t an, binh;

	world_serve(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	binh = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS);
	year_reviewed(&w, an);
	year_reviewed(&w, binh);
	year_proposed(&w, NULL);
	CHECK_OUTCOME(OK, proposal_list(&w.ask, w.round, w.commune, &proposals));
	CHECK_INT(1, proposals.n);
	get_ok(&w, ROLE_AUTHORITY, "/ubnd", &reply);
	CHECK_HAS(reply_text(&w, &reply), "05/TTr-HKH");
	path = arena_format(w.arena, "/ubnd/to-trinh/%lld", (long long)proposals.at[0].id);
	decision_leaves_on_page(&w, path, binh);
	world_post(&w, ROLE_AUTHORITY, path, "version=1&number=118&day=24/11/2026&signer=S&signer_role=CT", &reply);
	CHECK_INT(409, reply.status);
	get_ok(&w, ROLE_AUTHORITY, path, &reply);
	world_post(&w, ROLE_AUTHORITY, path, "version=2&number=118&day=24/11/2026&signer=S&signer_role=CT", &reply);
	CHECK_INT(303, reply.status);
	CHECK_INT(SHEET_RECOGNISED, year_sheet(&w, an).state);
	CHECK_INT(SHEET_REVIEWED, year_sheet(&w, binh).state);
	CHECK_OUTCOME(OK, decision_list(&w.ask, w.round, w.commune, &decisions));
	path = arena_format(w.arena, "/ubnd/quyet-dinh/%lld", (long long)decisions.at[0].id);
	get_ok(&w, ROLE_AUTHORITY, path, &reply);
	world_post(&w, ROLE_AUTHORITY, arena_format(w.arena, "%s/giay", path), "sau=0", &reply);
	CHECK_INT(303, reply.status);
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "round", w.round, &trail));
	CHECK_INT(2, trail.n);                                           /* opened, exported */
	get_ok(&w, ROLE_AUTHORITY, reply.location, &reply);
	CHECK(!memcmp(reply.body.ptr, "%PDF", 4));
	world_get(&w, ROLE_AUTHORITY, arena_format(w.arena, "/ubnd/quyet-dinh/%lld/ban-ky", (long long)decisions.at[0].id),
		&reply);
	CHECK_INT(404, reply.status);
	get_ok(&w, ROLE_AUTHORITY, path, &reply);
	world_post(&w, ROLE_AUTHORITY, arena_format(w.arena, "/ubnd/quyet-dinh/%lld/ban-ky", (long long)decisions.at[0].id),
		"version=1",
		&reply);
	CHECK_INT(422, reply.status);                                    /* no file */
	get_ok(&w, ROLE_AUTHORITY, arena_format(w.arena, "/ubnd/quyet-dinh/%lld/sua", (long long)decisions.at[0].id), &reply);
	world_post(&w, ROLE_AUTHORITY, arena_format(w.arena, "/ubnd/quyet-dinh/%lld/sua", (long long)decisions.at[0].id),
		"version=1&number=119&day=24/11/2026&signer=S&signer_role=CT&reason=Go+nham+so+roi",
		&reply);
	CHECK_INT(303, reply.status);
	CHECK_OUTCOME(OK, certificate_of(&w.ask, an, w.round, &c));
	CHECK_TEXT("119", c.decision_number);
	world_close(&w);
}

TEST(recognition, an_objection_is_received_and_answered_on_its_pages)
{
	struct world w;
	struct reply reply;
	struct objection_list list;
	const char *path;
	int64_t an;

	world_serve(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_SHORT);
	year_reviewed(&w, an);
	w.ask.actor = &access_system;
	struct meeting_new meeting = { .round_id = w.round, .commune_id = w.commune, .held_on = "2026-11-03", .place = "",
		.number = "",
		.chair = "", .secretary = "", .attendees = "Ông Hai", .absent = "", .discussion = "" };
	CHECK_OUTCOME(OK, meeting_hold(&w.ask, &meeting, &(int64_t){ 0 }));
	path = arena_format(w.arena, "/xa/kien-nghi/%lld/%lld", (long long)w.commune, (long long)w.round);
	get_ok(&w, ROLE_COMMUNE, path, &reply);
	world_post(&w, ROLE_COMMUNE, path, "code=zzz&by_name=An&by_contact=&received_on=24/11/2026&words=Toi+co+giay+khen",
		&reply);
	CHECK_INT(422, reply.status);
	get_ok(&w, ROLE_COMMUNE, path, &reply);
	world_post(&w, ROLE_COMMUNE, path, arena_format(w.arena,
		"code=%s&by_name=An&by_contact=&received_on=24/11/2026&words=Toi+co+giay+khen",
		year_sheet(&w, an).code), &reply);
	CHECK_INT(303, reply.status);
	CHECK_OUTCOME(OK, objection_list(&w.ask, w.round, w.commune, &list));
	path = arena_format(w.arena, "/xa/kien-nghi/%lld", (long long)list.at[0].id);
	get_ok(&w, ROLE_COMMUNE, path, &reply);
	CHECK_HAS(reply_text(&w, &reply), "Toi co giay khen");
	world_post(&w, ROLE_COMMUNE, arena_format(w.arena, "/xa/kien-nghi/%lld/tra-loi", (long long)list.at[0].id),
		"version=1&answer=dung&words=Co+giay+khen+that",
		&reply);
	CHECK_INT(303, reply.status);
	CHECK_INT(SHEET_REVIEWED, year_sheet(&w, an).state);
	world_close(&w);
}

TEST(recognition, words_of_the_minutes_change_and_their_figures_do_not)
{
	struct world w;
	struct reply reply;
	struct meeting_list meetings;
	const char *path;

	world_serve(&w);
	world_round(&w);
	year_reviewed(&w, year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS));
	year_proposed(&w, NULL);
	CHECK_OUTCOME(OK, meeting_list(&w.ask, w.round, w.commune, &meetings));
	path = arena_format(w.arena, "/xa/bien-ban/%lld", (long long)meetings.at[0].id);
	get_ok(&w, ROLE_COMMUNE, path, &reply);
	CHECK_HAS(reply_text(&w, &reply), "Ông Hai, Hội Khuyến học");
	world_post(&w, ROLE_COMMUNE, path,
		"version=1&number=02&began=8+gio&ended=&place=&chair=Hai&secretary=Ba&attendees=Hai&absent="
		"&discussion=&relatives=&copies=", &reply);
	CHECK_INT(422, reply.status);                                    /* two attended */
	CHECK_HAS(reply_text(&w, &reply), "giữ đủ 2 dòng");
	get_ok(&w, ROLE_COMMUNE, path, &reply);
	world_post(&w, ROLE_COMMUNE, path,
		"version=1&number=02&began=8+gio&ended=&place=&chair=Hai&secretary=Ba&attendees=Hai%0ATu"
		"&absent=&discussion=&relatives=&copies=02", &reply);
	CHECK_INT(303, reply.status);
	world_post(&w, ROLE_COMMUNE, path, "version=1&number=03&began=&ended=&place=&chair=Hai&secretary=Ba&attendees=Hai%0ATu"
		"&absent=&discussion=&relatives=&copies=02", &reply);
	CHECK_INT(409, reply.status);
	CHECK_OUTCOME(OK, meeting_list(&w.ask, w.round, w.commune, &meetings));
	CHECK_TEXT("8 gio", meetings.at[0].began);
	CHECK_TEXT("2026-11-03", meetings.at[0].held_on);
	CHECK_INT(2, meetings.at[0].minutes.attendees);
	CHECK_INT(1, meetings.at[0].minutes.listed);
	world_get(&w, ROLE_BRANCH, path, &reply);
	CHECK_INT(403, reply.status);
	world_close(&w);
}

TEST(recognition, the_province_sets_who_recognises_on_its_page)
{
	struct world w;
	struct reply reply;
	struct authority a;
	const char *path;

	world_serve(&w);
	path = arena_format(w.arena, "/co-quan/%lld", (long long)w.commune);
	world_get(&w, ROLE_COMMUNE, path, &reply);
	CHECK_INT(403, reply.status);
	get_ok(&w, ROLE_PROVINCE, path, &reply);
	world_post(&w, ROLE_PROVINCE, path, "from_day=1/11/2026&name=ngan&place=&signer_role=", &reply);
	CHECK_INT(422, reply.status);
	get_ok(&w, ROLE_PROVINCE, path, &reply);
	world_post(&w, ROLE_PROVINCE, path, "from_day=1/11/2026&name=Hoi+Khuyen+hoc+xa&place=Duc+Hoa&signer_role=CT", &reply);
	CHECK_INT(303, reply.status);
	CHECK_OUTCOME(OK, authority_of(&w.ask, w.commune, WORLD_TODAY, &a));
	CHECK_TEXT("Hoi Khuyen hoc xa", a.name);
	world_close(&w);
}

TEST(recognition, a_title_is_revoked_on_its_page)
{
	struct world w;
	struct reply reply;
	struct certificate_row c;
	struct decision d = { .version = 1, .number = "118", .day = "2026-11-24", .signer = "S", .signer_role = "CT" };
	int64_t an, id;

	world_serve(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	year_reviewed(&w, an);
	year_proposed(&w, &d.proposal_id);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, decision_make(&w.ask, &d, &id));
	CHECK_OUTCOME(OK, certificate_of(&w.ask, an, w.round, &c));
	get_ok(&w, ROLE_AUTHORITY, "/ubnd/thu-hoi", &reply);
	world_post(&w, ROLE_AUTHORITY, "/ubnd/thu-hoi",
		"code=khong-co&number=1&day=24/11/2026&signer=S&signer_role=CT&reason=Ke+khai+khong+dung", &reply);
	CHECK_INT(422, reply.status);
	get_ok(&w, ROLE_AUTHORITY, "/ubnd/thu-hoi", &reply);
	world_post(&w, ROLE_AUTHORITY, "/ubnd/thu-hoi", arena_format(w.arena,
		"code=%s&number=130&day=24/11/2026&signer=S&signer_role=CT"
		"&reason=Ke+khai+khong+dung", c.code), &reply);
	CHECK_INT(303, reply.status);
	CHECK_INT(SHEET_REVOKED, year_sheet(&w, an).state);
	world_close(&w);
}

TEST(recognition, branches_are_sorted_by_links_and_taken_as_xlsx)
{
	struct world w;
	struct reply reply;
	struct audit_list trail;
	const char *body, *scope;

	world_serve(&w);
	world_round(&w);
	year_submitted(&w, "Nguyễn Thị An", w.school, YEAR_PASS);        /* handed in, none reviewed: late */
	year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS);
	year_submitted(&w, "Lê Thị Chi", w.hamlet, YEAR_PASS);
	get_ok(&w, ROLE_COMMUNE, "/xa", &reply);
	body = reply_text(&w, &reply);
	CHECK_HAS(body, "aria-sort=\"ascending\"");
	CHECK(strstr(body, "Ấp Bình Hoà</a>") < strstr(body, "Trường THCS Đức Hoà</a>"));
	scope = arena_format(w.arena, "unit=%lld&nam=%lld", (long long)w.commune, (long long)w.round);
	get_ok(&w, ROLE_COMMUNE, arena_format(w.arena, "/xa?%s&xep=nop", scope), &reply);
	body = reply_text(&w, &reply);
	CHECK_HAS(body, "aria-sort=\"descending\"");
	CHECK(strstr(body, "Ấp Bình Hoà</a>") < strstr(body, "Trường THCS Đức Hoà</a>"));
	get_ok(&w, ROLE_COMMUNE, arena_format(w.arena, "/xa?%s&xep=nop&nguoc=1", scope), &reply);
	body = reply_text(&w, &reply);
	CHECK(strstr(body, "Trường THCS Đức Hoà</a>") < strstr(body, "Ấp Bình Hoà</a>"));
	world_post(&w, ROLE_COMMUNE, arena_format(w.arena, "/xa/chi-hoi/%lld/%lld", (long long)w.commune, (long long)w.round), "",
		&reply);
	CHECK_INT(303, reply.status);
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "round", w.round, &trail));
	CHECK_INT(2, trail.n);                                           /* opened, exported */
	get_ok(&w, ROLE_COMMUNE, reply.location, &reply);
	CHECK(!memcmp(reply.body.ptr, "PK", 2));
	world_get(&w, ROLE_BRANCH, arena_format(w.arena, "/xa/chi-hoi/%lld/%lld/xlsx", (long long)w.commune, (long long)w.round),
		&reply);
	CHECK_INT(403, reply.status);
	world_close(&w);
}

TEST(recognition, earlier_years_are_one_link_away)
{
	struct world w;
	struct reply reply;
	struct round_new past = { .year = 2025, .from = { "", "2025-02-01", "2025-03-01", "2025-09-01", "2025-10-01" },
		.until = { "", "2025-11-30", "2025-11-30", "2025-12-15", "2025-12-31" }, .posting_days = 7, .title_years = 1 };

	world_serve(&w);
	world_round(&w);
	past.criteria_id = w.criteria;
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, round_open(&w.ask, &past));
	get_ok(&w, ROLE_COMMUNE, "/xa", &reply);
	CHECK_HAS(reply_text(&w, &reply), arena_format(w.arena, "/xa?unit=%lld&amp;nam=2025\">năm 2025</a>", (long long)w.commune));
	get_ok(&w, ROLE_AUTHORITY, "/ubnd", &reply);
	CHECK_HAS(reply_text(&w, &reply), arena_format(w.arena, "/ubnd?unit=%lld&amp;nam=2025\">năm 2025</a>", (long long)w.commune));
	get_ok(&w, ROLE_AUTHORITY, "/ubnd?nam=2025", &reply);
	CHECK_HAS(reply_text(&w, &reply), "năm 2025");
	CHECK_HAS(reply_text(&w, &reply), "nam=2026\">năm 2026</a>");
	world_close(&w);
}
