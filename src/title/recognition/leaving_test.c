/* Who is left out of a meeting's list or of a decision. */
#include "tests/test.h"

#include "registry/audit/audit.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/recognition/recognition.h"

#define REASON "Còn thiếu minh chứng năm nay"

static struct decision decision_for(int64_t proposal)
{
	return (struct decision){ .proposal_id = proposal, .version = 1, .number = "118/QĐ-UBND", .day = "2026-11-24",
		.signer = "Trần Văn Sáu", .signer_role = "CHỦ TỊCH" };
}

static struct leaving meeting_of(struct world *w)
{
	return (struct leaving){ .step = LEAVING_MEETING, .round_id = w->round, .commune_id = w->commune };
}

TEST(recognition, a_meeting_does_not_propose_whom_it_left_out_with_a_reason)
{
	struct world w;
	struct exceptions left;
	struct leaving l;
	struct minutes m;
	struct meeting_new meeting;
	struct meeting_list meetings;
	struct audit_list trail;
	int64_t an, binh, chi, waits, id;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	binh = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS);
	chi = year_submitted(&w, "Lê Thị Chi", w.hamlet, YEAR_SHORT);
	waits = year_submitted(&w, "Võ Thị Dung", w.hamlet, YEAR_PASS);
	year_reviewed(&w, an);
	year_reviewed(&w, binh);
	year_reviewed(&w, chi);
	l = meeting_of(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(INVALID, leave_out(&w.ask, &l, EXCEPTION_NOT_MET, "ngắn", (struct id_list){ 2, (int64_t[]){ an, waits } }));
	CHECK_PROBLEM(&w, "nguoi");                                      /* not reviewed yet */
	CHECK_PROBLEM(&w, "why");
	world_again(&w);
	CHECK_OUTCOME(INVALID, leave_out(&w.ask, &l, EXCEPTION_NOT_MET, REASON, (struct id_list){ 0 }));
	CHECK_PROBLEM(&w, "nguoi");
	world_again(&w);
	CHECK_OUTCOME(OK, leave_out(&w.ask, &l, EXCEPTION_NOT_MET, REASON, (struct id_list){ 3, (int64_t[]){ an, binh, an } }));
	CHECK_OUTCOME(OK, leave_out(&w.ask, &l, EXCEPTION_NOT_MET, "Đợi xác minh thêm", (struct id_list){ 1, &an }));
	CHECK_OUTCOME(OK, leave_in(&w.ask, &l, (struct id_list){ 1, &binh }));
	CHECK_OUTCOME(OK, left_out(&w.ask, &l, &left));
	CHECK_INT(1, left.n);
	CHECK_TEXT("Đợi xác minh thêm", exception_of(&left, an)->reason);
	CHECK_TEXT("Nguyễn Thị An", exception_of(&left, an)->name);
	CHECK(!exception_of(&left, binh));
	meeting = (struct meeting_new){ .round_id = w.round, .commune_id = w.commune, .held_on = "2026-11-03", .place = "",
		.number = "", .chair = "", .secretary = "", .attendees = "Ông Hai", .absent = "", .discussion = "" };
	CHECK_OUTCOME(CONFLICT, meeting_hold(&w.ask, &meeting, &id));    /* its page knew nobody left out */
	meeting.left_out = 1;
	CHECK_OUTCOME(OK, meeting_hold(&w.ask, &meeting, &id));
	CHECK_INT(SHEET_NOT_MET, year_sheet(&w, an).state);
	CHECK_TEXT("Đợi xác minh thêm", year_sheet(&w, an).state_reason);
	CHECK_INT(SHEET_LISTED, year_sheet(&w, binh).state);
	CHECK_INT(SHEET_NOT_MET, year_sheet(&w, chi).state);
	CHECK_OUTCOME(OK, meeting_list(&w.ask, w.round, w.commune, &meetings));
	m = meetings.at[0].minutes;
	CHECK_INT(3, m.reviewed);
	CHECK_INT(1, m.listed);
	CHECK_INT(2, m.not_met);
	CHECK_OUTCOME(OK, audit_of_person(&w.ask, an, NULL, &trail));
	CHECK_TEXT("sheet_not_met", trail.at[0].action);
	CHECK_TEXT("left_out", trail.at[1].action);
	CHECK_OUTCOME(OK, left_out(&w.ask, &l, &left));
	CHECK_INT(0, left.n);                                            /* taken over */
	world_close(&w);
}

TEST(recognition, a_decision_leaves_out_as_many_as_there_are)
{
	enum { PEOPLE = 40, LEFT = 25 };
	struct world w;
	struct proposal p;
	struct leaving l;
	struct decision d, got;
	int64_t people[PEOPLE], proposal, id;

	world_open(&w);
	world_round(&w);
	for (size_t i = 0; i < PEOPLE; i++) {
		people[i] = year_submitted(&w, arena_format(w.arena, "Nguyễn Văn %c%c", (int)('a' + i / 26), (int)('a' + i % 26)),
			w.hamlet, YEAR_PASS);
		year_reviewed(&w, people[i]);
	}
	year_proposed(&w, &proposal);
	world_as(&w, ROLE_AUTHORITY, w.commune);
	CHECK_OUTCOME(OK, proposal_get(&w.ask, proposal, &p));
	l = leaving_of(&p);
	CHECK_OUTCOME(OK, leave_out(&w.ask, &l, EXCEPTION_NOT_MET, REASON, (struct id_list){ LEFT, people }));
	d = decision_for(proposal);
	CHECK_OUTCOME(CONFLICT, decision_make(&w.ask, &d, &id));         /* its page showed nobody left out */
	d.version = 2;
	CHECK_OUTCOME(OK, decision_make(&w.ask, &d, &id));
	CHECK_OUTCOME(OK, decision_get(&w.ask, id, &got));
	CHECK_INT(PEOPLE - LEFT, got.people);
	CHECK_INT(LEFT, got.not_met);
	CHECK_INT(SHEET_NOT_MET, year_sheet(&w, people[LEFT - 1]).state);
	CHECK_INT(SHEET_RECOGNISED, year_sheet(&w, people[LEFT]).state);
	world_close(&w);
}

TEST(recognition, only_who_decides_leaves_out)
{
	struct world w;
	struct proposal p;
	struct leaving l;
	int64_t an, binh, proposal;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	year_reviewed(&w, an);
	year_proposed(&w, &proposal);
	binh = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS);
	year_reviewed(&w, binh);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, proposal_get(&w.ask, proposal, &p));
	world_as(&w, ROLE_COMMUNE, w.commune);
	l = leaving_of(&p);
	CHECK_OUTCOME(FORBIDDEN, leave_out(&w.ask, &l, EXCEPTION_NOT_MET, REASON, (struct id_list){ 1, &an }));
	world_as(&w, ROLE_AUTHORITY, w.commune);
	CHECK_OUTCOME(INVALID, leave_out(&w.ask, &l, EXCEPTION_NOT_MET, REASON, (struct id_list){ 1, &binh }));
	CHECK_PROBLEM(&w, "nguoi");                                      /* of the commune, not of the tờ trình */
	world_again(&w);
	l = meeting_of(&w);
	CHECK_OUTCOME(FORBIDDEN, leave_out(&w.ask, &l, EXCEPTION_NOT_MET, REASON, (struct id_list){ 1, &binh }));
	world_as(&w, ROLE_COMMUNE, w.other_commune);
	CHECK_OUTCOME(FORBIDDEN, leave_in(&w.ask, &l, (struct id_list){ 1, &binh }));
	world_close(&w);
}

TEST(recognition, a_decision_leaves_out_whom_it_names_with_reasons)
{
	struct world w;
	int64_t an, binh, chi, proposal, id;
	struct decision d, got;
	struct leaving l;
	struct proposal p;

	world_open(&w);
	world_round(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	binh = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS);
	chi = year_submitted(&w, "Lê Thị Chi", w.hamlet, YEAR_PASS);
	year_reviewed(&w, an);
	year_reviewed(&w, binh);
	year_reviewed(&w, chi);
	year_proposed(&w, &proposal);
	world_as(&w, ROLE_AUTHORITY, w.commune);
	d = decision_for(proposal);
	d.day = "2026-11-20";
	CHECK_OUTCOME(INVALID, decision_make(&w.ask, &d, &id));
	CHECK_PROBLEM(&w, "day");
	world_again(&w);
	CHECK_OUTCOME(OK, proposal_get(&w.ask, proposal, &p));
	l = leaving_of(&p);
	CHECK_OUTCOME(OK, leave_out(&w.ask, &l, EXCEPTION_NOT_MET, REASON, (struct id_list){ 1, &an }));
	CHECK_OUTCOME(CONFLICT, leave_out(&w.ask, &l, EXCEPTION_SENT_BACK, REASON, (struct id_list){ 1, &binh }));
	l.version = 2;
	CHECK_OUTCOME(OK, leave_out(&w.ask, &l, EXCEPTION_SENT_BACK, REASON, (struct id_list){ 1, &binh }));
	d = decision_for(proposal);
	d.version = 4;
	CHECK_OUTCOME(CONFLICT, decision_make(&w.ask, &d, &id));
	d.version = 3;
	CHECK_OUTCOME(OK, decision_make(&w.ask, &d, &id));
	CHECK_INT(SHEET_NOT_MET, year_sheet(&w, an).state);
	CHECK_TEXT(REASON, year_sheet(&w, an).state_reason);
	CHECK_INT(SHEET_REVIEWED, year_sheet(&w, binh).state);
	CHECK_INT(SHEET_RECOGNISED, year_sheet(&w, chi).state);
	CHECK_OUTCOME(OK, decision_get(&w.ask, id, &got));
	CHECK_INT(1, got.people);
	CHECK_INT(1, got.not_met);
	world_again(&w);
	d.version = 4;
	CHECK_OUTCOME(INVALID, decision_make(&w.ask, &d, &id));
	world_close(&w);
}
