#include "tests/test.h"

#include <string.h>

#include "base/day.h"
#include "db/db.h"
#include "registry/audit/audit.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/recognition/people_stream.h"
#include "title/recognition/recognition.h"
#include "title/review/review.h"

#define REASON "Còn thiếu minh chứng năm nay"

static struct decision decision_for(int64_t proposal)
{
	return (struct decision){ .proposal_id = proposal, .version = 1, .number = "118/QĐ-UBND", .day = "2026-11-24",
		.signer = "Trần Văn Sáu",
		.signer_role = "CHỦ TỊCH" };
}

static int64_t certificate_number(struct world *w, int64_t person)
{
	struct certificate_row c;

	CHECK_OUTCOME(OK, certificate_of(&w->ask, person, w->round, &c));
	return c.book_number;
}

TEST(recognition, a_sheet_goes_from_the_meeting_to_its_certificate_and_can_be_revoked)
{
	struct world w;
	struct certificate_row c;
	struct sheet sheet;
	struct standing standing;
	struct decision new;
	int64_t an, short_of, proposal, id;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	short_of = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_SHORT);
	year_reviewed(&w, an);
	year_reviewed(&w, short_of);
	year_proposed(&w, &proposal);
	CHECK_INT(SHEET_PROPOSED, year_sheet(&w, an).state);
	CHECK_INT(SHEET_NOT_MET, year_sheet(&w, short_of).state);
	CHECK_TEXT("Tổng 76 điểm, thiếu 4 điểm; chỉ số 9 dưới 5.", year_sheet(&w, short_of).state_reason);
	world_as(&w, ROLE_AUTHORITY, w.commune);
	new = decision_for(proposal);
	CHECK_OUTCOME(OK, decision_make(&w.ask, &new, &id));
	CHECK_INT(SHEET_RECOGNISED, year_sheet(&w, an).state);
	sheet = year_sheet(&w, an);
	CHECK(scores_equal(&sheet.final, &sheet.self));
	CHECK_OUTCOME(OK, standing_get(&w.ask, an, w.round, &standing));
	CHECK((standing.flags & (STANDING_HOLDER | STANDING_DIGITAL | STANDING_PROFICIENT)) ==
		(STANDING_HOLDER | STANDING_DIGITAL | STANDING_PROFICIENT));
	CHECK_OUTCOME(OK, certificate_of(&w.ask, an, w.round, &c));
	CHECK_INT(1, c.book_number);
	CHECK_TEXT("2026-12-31", c.valid_until);
	CHECK_TEXT("Ủy ban nhân dân xã Đức Hoà", c.authority);
	CHECK_TEXT("Ấp Bình Hoà, Xã Đức Hoà", c.home);
	new = (struct decision){ .round_id = w.round, .number = "130/QĐ-UBND", .day = "2026-11-24", .signer = "Trần Văn Sáu",
		.signer_role =
		"CHỦ TỊCH" };
	CHECK_OUTCOME(OK, decision_revoke(&w.ask, an, &new, "Kê khai không đúng sự thật", &id));
	CHECK_INT(SHEET_REVOKED, year_sheet(&w, an).state);
	CHECK_OUTCOME(OK, certificate_of(&w.ask, an, w.round, &c));
	CHECK_INT(CERTIFICATE_REVOKED, c.condition);
	CHECK_OUTCOME(OK, standing_get(&w.ask, an, w.round, &standing));
	CHECK(!(standing.flags & (STANDING_HOLDER | STANDING_DIGITAL | STANDING_PROFICIENT)));
	world_again(&w);
	CHECK_OUTCOME(INVALID, decision_revoke(&w.ask, an, &new, "Kê khai không đúng sự thật", &id));
	world_close(&w);
}

TEST(recognition, each_step_is_for_its_own_role_and_place)
{
	struct world w;
	struct meeting_new meeting;
	struct posting posting;
	struct proposal new;
	struct decision decision;
	int64_t an, proposal, id;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	year_reviewed(&w, an);
	meeting = (struct meeting_new){ .round_id = w.round, .commune_id = w.commune, .held_on = "2026-11-03", .place = "",
		.number = "",
		.chair = "", .secretary = "", .attendees = "A", .absent = "", .discussion = "" };
	posting = (struct posting){ .round_id = w.round, .commune_id = w.commune, .from_day = "2026-11-04",
		.until_day = "2026-11-20", .place = "" };
	new = (struct proposal){ .round_id = w.round, .commune_id = w.commune, .number = "", .day = "2026-11-23", .signer = "" };
	static const struct { enum role role; bool elsewhere; } refused[] = { { ROLE_CITIZEN, false }, { ROLE_BRANCH, false },
		{ ROLE_AUTHORITY, false }, { ROLE_AUDITOR, false }, { ROLE_COMMUNE, true } };

	for (size_t i = 0; i < COUNT(refused); i++) {
		world_as(&w, refused[i].role, refused[i].elsewhere ? w.other_commune : refused[i].role == ROLE_BRANCH
			? w.hamlet : w.commune);
		CHECK_OUTCOME(FORBIDDEN, meeting_hold(&w.ask, &meeting, &id));
		CHECK_OUTCOME(FORBIDDEN, posting_make(&w.ask, &posting, &id));
		CHECK_OUTCOME(FORBIDDEN, proposal_make(&w.ask, &new, &id));
	}
	year_proposed(&w, &proposal);
	decision = decision_for(proposal);
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(FORBIDDEN, decision_make(&w.ask, &decision, &id));
	world_as(&w, ROLE_AUTHORITY, w.other_commune);
	CHECK_OUTCOME(FORBIDDEN, decision_make(&w.ask, &decision, &id));
	CHECK_INT(SHEET_PROPOSED, year_sheet(&w, an).state);
	world_close(&w);
}

TEST(recognition, all_that_is_wrong_with_a_meeting_is_said_at_once)
{
	struct world w;
	struct meeting_new meeting;
	int64_t id, an;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	meeting = (struct meeting_new){ .round_id = w.round, .commune_id = w.commune, .held_on = "2026-12-03", .place = "",
		.number = "", .chair = "", .secretary = "", .attendees = "", .absent = "", .discussion = "" };
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(INVALID, meeting_hold(&w.ask, &meeting, &id));
	CHECK_PROBLEM(&w, "held_on");
	CHECK_PROBLEM(&w, "attendees");
	CHECK_PROBLEM(&w, "");
	CHECK_INT(SHEET_SUBMITTED, year_sheet(&w, an).state);
	world_close(&w);
}

TEST(recognition, working_days_leave_out_saturday_and_sunday)
{
	CHECK_INT(1, working_days("2026-11-24", "2026-11-24"));          /* a Tuesday */
	CHECK_INT(0, working_days("2026-11-28", "2026-11-29"));
	CHECK_INT(5, working_days("2026-11-24", "2026-11-30"));
	CHECK_INT(7, working_days("2026-11-24", "2026-12-02"));
}

TEST(recognition, a_posting_has_its_days_and_holds_the_proposal_back)
{
	struct world w;
	struct meeting_new meeting = { .commune_id = 0, .held_on = "2026-11-23", .place = "", .number = "", .chair = "",
		.secretary = "",
		.attendees = "Ông Hai", .absent = "", .discussion = "" };
	struct posting posting;
	struct proposal new;
	const char *first_day;
	int64_t an, id;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	year_reviewed(&w, an);
	meeting.round_id = w.round;
	meeting.commune_id = w.commune;
	posting = (struct posting){ .round_id = w.round, .commune_id = w.commune, .from_day = "2026-11-24",
		.until_day = "2026-11-27", .place = "" };
	new = (struct proposal){ .round_id = w.round, .commune_id = w.commune, .number = "", .day = "2026-11-24", .signer = "" };
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(OK, meeting_hold(&w.ask, &meeting, &id));
	CHECK_OUTCOME(INVALID, proposal_make(&w.ask, &new, &id));        /* listed, not posted yet */
	world_again(&w);
	CHECK_OUTCOME(INVALID, posting_make(&w.ask, &posting, &id));
	CHECK_PROBLEM(&w, "until_day");
	world_again(&w);
	posting.until_day = "2026-12-02";
	first_day = posting.from_day;
	posting.from_day = arena_text(w.arena, day_add(meeting.held_on, -1).text);
	CHECK_OUTCOME(INVALID, posting_make(&w.ask, &posting, &id));     /* before the meeting that made the list */
	CHECK_PROBLEM(&w, "from_day");
	world_again(&w);
	posting.from_day = first_day;
	CHECK_OUTCOME(OK, posting_make(&w.ask, &posting, &id));
	CHECK_OUTCOME(INVALID, proposal_make(&w.ask, &new, &id));
	CHECK_HAS(world_problem(&w, ""), "02/12/2026");
	w.ask.now = day_start("2026-12-03") + 9 * 3600;
	world_again(&w);
	new.day = "2026-12-03";
	CHECK_OUTCOME(OK, proposal_make(&w.ask, &new, &id));
	world_close(&w);
}

TEST(recognition, who_refused_to_be_posted_stays_listed_and_is_proposed)
{
	struct world w;
	int64_t an, binh;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	binh = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS);
	CHECK_OUTCOME(OK, db_script(w.db, arena_format(w.arena, "UPDATE assessment SET no_posting = 1 WHERE person_id = %lld",
		(long long)binh),
		"test"));
	year_reviewed(&w, an);
	year_reviewed(&w, binh);
	year_proposed(&w, NULL);
	CHECK_INT(SHEET_PROPOSED, year_sheet(&w, an).state);
	CHECK_INT(SHEET_PROPOSED, year_sheet(&w, binh).state);
	world_close(&w);
}

TEST(recognition, an_objection_upheld_opens_the_sheet_again_but_not_by_who_scored_it)
{
	struct world w;
	struct objection o, got;
	int64_t an, id;
	struct objection_counts counts;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_SHORT);
	o = (struct objection){ .round_id = w.round, .commune_id = w.commune, .person_id = an, .by_name = "Trần Thị Bình",
		.by_contact = "0900000121",
		.words = "Chỉ số 9 của tôi có giấy khen", .received_on = "2026-11-24" };
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(INVALID, objection_receive(&w.ask, &o, &id));      /* still being reviewed */
	year_reviewed(&w, an);
	w.ask.actor = &access_system;
	world_again(&w);
	struct meeting_new meeting = { .round_id = w.round, .commune_id = w.commune, .held_on = "2026-11-23", .place = "",
		.number = "",
		.chair = "", .secretary = "", .attendees = "Ông Hai", .absent = "", .discussion = "" };
	CHECK_OUTCOME(OK, meeting_hold(&w.ask, &meeting, &(int64_t){ 0 }));
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(OK, objection_receive(&w.ask, &o, &id));
	CHECK_OUTCOME(OK, objection_get(&w.ask, id, &got));
	CHECK_TEXT("2026-12-01", got.due_day);
	w.actor.account_id = w.account[ROLE_BRANCH];
	CHECK_OUTCOME(INVALID, objection_answer(&w.ask, id, 1, OBJECTION_UPHELD, "Có giấy khen của trường"));
	CHECK_PROBLEM(&w, "");
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(CONFLICT, objection_answer(&w.ask, id, 7, OBJECTION_UPHELD, "Có giấy khen của trường"));
	CHECK_OUTCOME(OK, objection_answer(&w.ask, id, 1, OBJECTION_UPHELD, "Có giấy khen của trường"));
	CHECK_INT(SHEET_REVIEWED, year_sheet(&w, an).state);
	CHECK_OUTCOME(INVALID, objection_answer(&w.ask, id, 2, OBJECTION_REFUSED, "Có giấy khen của trường"));
	CHECK_OUTCOME(OK, objection_count(&w.ask, w.round, w.commune, &counts));
	CHECK_INT(1, counts.upheld);
	CHECK_INT(0, counts.open);
	world_close(&w);
}

TEST(recognition, a_second_to_trinh_takes_the_latecomers_and_the_objected)
{
	struct world w;
	int64_t an, binh, chi, first, second, id;
	struct decision d;
	struct proposal p;
	struct appraisal_lines people;
	struct objection o;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	binh = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS);
	year_reviewed(&w, an);
	year_reviewed(&w, binh);
	w.ask.actor = &access_system;
	world_again(&w);
	struct meeting_new meeting = { .round_id = w.round, .commune_id = w.commune, .held_on = "2026-11-03", .place = "",
		.number = "",
		.chair = "", .secretary = "", .attendees = "Ông Hai", .absent = "", .discussion = "" };
	CHECK_OUTCOME(OK, meeting_hold(&w.ask, &meeting, &id));
	struct posting posting = { .round_id = w.round, .commune_id = w.commune, .from_day = "2026-11-04",
		.until_day = "2026-11-20", .place = "" };
	CHECK_OUTCOME(OK, posting_make(&w.ask, &posting, &id));
	o = (struct objection){ .round_id = w.round, .commune_id = w.commune, .person_id = binh, .by_name = "Một người dân",
		.by_contact = "",
		.words = "Chưa đủ điều kiện theo tôi biết", .received_on = "2026-11-19" };
	CHECK_OUTCOME(OK, objection_receive(&w.ask, &o, &id));
	p = (struct proposal){ .round_id = w.round, .commune_id = w.commune, .number = "05/TTr-HKH", .day = "2026-11-23",
		.signer = "" };
	CHECK_OUTCOME(OK, proposal_make(&w.ask, &p, &first));
	CHECK_INT(SHEET_POSTED, year_sheet(&w, binh).state);
	CHECK_OUTCOME(OK, objection_answer(&w.ask, id, 1, OBJECTION_REFUSED, "Đã xem lại, giữ nguyên kết quả"));
	chi = year_submitted(&w, "Lê Thị Chi", w.school, YEAR_PASS);
	year_reviewed(&w, chi);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, meeting_hold(&w.ask, &meeting, &id));
	CHECK_OUTCOME(OK, posting_make(&w.ask, &posting, &id));
	CHECK_OUTCOME(OK, proposal_make(&w.ask, &p, &second));
	CHECK_OUTCOME(OK, proposal_get(&w.ask, second, &p));
	CHECK_INT(2, p.people);
	CHECK_OUTCOME(OK, proposal_people(&w.ask, &p, NULL, RECOGNITION_PAGE, &people));
	CHECK_INT(2, people.n);
	CHECK_TEXT("Trần Thị Bình", people.at[0].name);                  /* by given name */
	CHECK_INT(81, people.at[0].total);
	d = decision_for(second);
	CHECK_OUTCOME(OK, decision_make(&w.ask, &d, &id));
	d = decision_for(first);
	CHECK_OUTCOME(OK, decision_make(&w.ask, &d, &id));
	CHECK_INT(1, certificate_number(&w, binh));
	CHECK_INT(2, certificate_number(&w, chi));
	CHECK_INT(3, certificate_number(&w, an));
	world_close(&w);
}

TEST(recognition, a_decision_that_fails_at_any_step_leaves_no_gap_in_the_book)
{
	struct world w;
	int64_t an, binh, proposal, id;
	struct decision d;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	binh = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS);
	year_reviewed(&w, an);
	year_reviewed(&w, binh);
	year_proposed(&w, &proposal);
	world_as(&w, ROLE_AUTHORITY, w.commune);
	d = decision_for(proposal);
	for (int64_t step = 1;; step++) {
		enum outcome done;

		world_again(&w);
		db_fail_at(w.db, step);
		done = decision_make(&w.ask, &d, &id);
		if (db_fail_at(w.db, 0) > 0) {
			CHECK_OUTCOME(OK, done);
			break;
		}
		CHECK(done != OK);
		CHECK_INT(SHEET_PROPOSED, year_sheet(&w, an).state);
	}
	CHECK_INT(1, certificate_number(&w, an));
	CHECK_INT(2, certificate_number(&w, binh));
	world_close(&w);
}

TEST(recognition, a_wrong_number_is_corrected_on_the_papers_too)
{
	struct world w;
	int64_t an, proposal, id;
	struct certificate_row c;
	struct audit_list trail;
	struct decision d;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	year_reviewed(&w, an);
	year_proposed(&w, &proposal);
	world_as(&w, ROLE_AUTHORITY, w.commune);
	d = decision_for(proposal);
	CHECK_OUTCOME(OK, decision_make(&w.ask, &d, &id));
	d.id = id;
	d.version = 1;
	d.number = "119/QĐ-UBND";
	CHECK_OUTCOME(INVALID, decision_correct(&w.ask, &d, "ngắn"));
	world_again(&w);
	CHECK_OUTCOME(OK, decision_correct(&w.ask, &d, "Gõ nhầm số quyết định"));
	CHECK_OUTCOME(CONFLICT, decision_correct(&w.ask, &d, "Gõ nhầm số quyết định"));
	CHECK_OUTCOME(OK, certificate_of(&w.ask, an, w.round, &c));
	CHECK_TEXT("119/QĐ-UBND", c.decision_number);
	CHECK_INT(2, c.version);
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "certificate", c.id, &trail));
	CHECK_INT(2, trail.n);
	world_close(&w);
}

TEST(recognition, the_authority_is_the_peoples_committee_unless_the_province_set_another)
{
	struct world w;
	struct authority a;

	world_open(&w);
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(OK, authority_of(&w.ask, w.commune, WORLD_TODAY, &a));
	CHECK_TEXT("Ủy ban nhân dân xã Đức Hoà", a.name);
	CHECK_TEXT("Đức Hoà", a.place);
	CHECK_OUTCOME(OK, authority_of(&w.ask, w.other_commune, WORLD_TODAY, &a));
	CHECK_TEXT("Ủy ban nhân dân phường Hoà Thành", a.name);
	CHECK_TEXT("Hoà Thành", a.place);
	a = (struct authority){ w.commune, 0, "2026-11-01", "Hội Khuyến học xã Đức Hoà", "Đức Hoà", "CHỦ TỊCH HỘI" };
	CHECK_OUTCOME(OK, authority_set(&w.ask, &a));
	CHECK_OUTCOME(OK, authority_of(&w.ask, w.commune, WORLD_TODAY, &a));
	CHECK_TEXT("Hội Khuyến học xã Đức Hoà", a.name);
	CHECK_OUTCOME(OK, authority_of(&w.ask, w.commune, "2026-10-31", &a));
	CHECK_TEXT("Ủy ban nhân dân xã Đức Hoà", a.name);
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(FORBIDDEN, authority_set(&w.ask, &a));
	world_close(&w);
}

TEST(recognition, the_list_signed_is_known_by_its_check_sum)
{
	struct world w;
	struct decision d = { .version = 1, .number = "118/QĐ-UBND", .day = "2026-11-24", .signer = "S", .signer_role =
		"CHỦ TỊCH" }, got;
	struct hash file = { { 1 } };
	const char *all, *some, *again;
	int64_t an, binh, id;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	binh = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS);
	year_reviewed(&w, an);
	year_reviewed(&w, binh);
	year_proposed(&w, &d.proposal_id);
	w.ask.actor = &access_system;
	struct proposal p;
	struct leaving leaving;

	CHECK_OUTCOME(OK, proposal_get(&w.ask, d.proposal_id, &p));
	leaving = leaving_of(&p);
	CHECK_OUTCOME(OK, people_check(people_of_proposal(&w.ask, &p), false, w.arena, &all));
	CHECK_OUTCOME(OK, leave_out(&w.ask, &leaving, EXCEPTION_NOT_MET, "Thiếu minh chứng", (struct id_list){ 1, &binh }));
	d.version = 2;
	CHECK_OUTCOME(OK, decision_make(&w.ask, &d, &id));
	CHECK_OUTCOME(OK, decision_get(&w.ask, id, &got));
	CHECK_OUTCOME(OK, decision_list_check(&w.ask, &got, &some));
	CHECK(strcmp(all, some) != 0);                                   /* one is left out: another list */
	CHECK_OUTCOME(OK, people_check(people_of_proposal(&w.ask, &p), false, w.arena, &again));
	CHECK_TEXT(all, again);                                          /* states do not count, only who stands there */
	CHECK_OUTCOME(INVALID, decision_attach(&w.ask, id, 1, file, 1, "application/pdf", all, ""));
	CHECK_PROBLEM(&w, "list_check");
	world_again(&w);
	CHECK_OUTCOME(OK, decision_attach(&w.ask, id, 1, file, 1, "application/pdf", arena_format(w.arena, "%.4s-%.4s %s",
		some, some + 4,
		some + 8), all));                                        /* what is typed counts, whatever the file carries */
	CHECK_OUTCOME(OK, decision_get(&w.ask, id, &got));
	CHECK_TEXT(some, got.list_check);
	world_close(&w);
}

#define BYTES(text) { text, sizeof text - 1 }

TEST(recognition, a_files_own_check_sum_is_read_however_it_is_written)
{
	static const struct { struct bytes file; const char *code; } cases[] = {
		{ BYTES("/Keywords (ma-danh-sach=GVBJ-HA4Y-3)\n"), "GVBJHA4Y3" },
		{ BYTES("/Keywords <FEFF006D0061002D00640061006E0068002D0073006100630068003D"
			"004700560042004A002D0048004100340059002D0033>"), "GVBJHA4Y3" },
		{ BYTES("/Keywords <feff006d0061002d00640061006e0068002d0073006100630068003d"
			"004700560042004a002d0048004100340059002d0033>"), "GVBJHA4Y3" },
		{ BYTES("(\376\377\0m\0a\0-\0d\0a\0n\0h\0-\0s\0a\0c\0h\0="
			"\0G\0V\0B\0J\0H\0A\0" "4\0Y\0" "3)"), "GVBJHA4Y3" },
		{ BYTES("(ma-danh-sach=GVBJ-HA4Y-4)"), "" },             /* the last character does not fit */
		{ BYTES("(ma-danh-sach=GVBJ-HA"), "" },
		{ BYTES("(ma-danh-sach=)"), "" },
		{ BYTES("ma-danh-sach="), "" },
		{ BYTES("a scan"), "" },
		{ BYTES(""), "" },
	};
	struct arena *a = arena_new(MiB);

	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK_TEXT(cases[i].code, signed_list_check(a, cases[i].file));
	arena_free(a);
}
