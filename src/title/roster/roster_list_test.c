#include "tests/test.h"

#include <string.h>

#include "app/jobs.h"
#include "registry/audit/audit.h"
#include "registry/people/people.h"
#include "sandbox/client.h"
#include "tests/world.h"
#include "title/assessments/assessments.h"
#include "title/roster/exchange.h"
#include "title/roster/roster_list.h"
#include "tests/roster_lists.h"

static struct person_list everybody(struct world *w)
{
	struct person_list list = { 0 };

	CHECK_OUTCOME(OK, person_list_of_unit(&w->ask, w->commune, NULL, &list));
	return list;
}

static size_t people(struct world *w) { return everybody(w).n; }

static struct sheet sheet_of(struct world *w, const char *digits, enum outcome expected)
{
	struct sheet sheet = { 0 };
	int64_t id = 0;

	CHECK_OUTCOME(OK, person_of_national_id(&w->ask, digits, &id));
	CHECK_OUTCOME(expected, sheet_get(&w->ask, (struct sheet_key){ id, w->round }, &sheet));
	return sheet;
}

TEST(roster, a_list_is_read_by_a_job_and_nothing_is_written)
{
	struct world w;
	struct list list;
	struct list_counts counts;
	struct list_rows rows;

	roster_world_open(&w);
	list = roster_world_sent(&w, roster_three);
	CHECK_INT(LIST_READ, list.state);
	CHECK_OUTCOME(OK, list_counts(&w.ask, list.id, &counts));
	CHECK_INT(3, counts.of[LIST_NEW]);
	CHECK_INT(0, counts.waiting);
	CHECK_OUTCOME(OK, list_rows(&w.ask, &list, LIST_NEW, 0, &rows));
	CHECK_INT(3, rows.n);
	CHECK_TEXT("Nguyễn Thị Lành", rows.at[0].name);
	CHECK_TEXT("0001", rows.at[0].number_end);
	CHECK_OUTCOME(OK, list_rows(&w.ask, &list, LIST_NEW, 2, &rows));
	CHECK_INT(1, rows.n);
	CHECK_INT(0, people(&w));
	roster_world_close(&w);
}

TEST(roster, applying_needs_to_know_whose_the_scores_are_and_the_paper_list)
{
	struct list_settings none = { .consent_day = "", .consent_holder = "", .group = "" }, future = roster_own;
	struct world w;
	struct list list;

	roster_world_open(&w);
	list = roster_world_sent(&w, roster_three);
	CHECK_OUTCOME(INVALID, list_apply(&w.ask, list.id, list.version, &none));
	CHECK_PROBLEM(&w, "scores_of");
	CHECK_PROBLEM(&w, "consent_day");
	CHECK_PROBLEM(&w, "consent_holder");
	world_again(&w);
	future.consent_day = "2026-11-25";
	CHECK_OUTCOME(INVALID, list_apply(&w.ask, list.id, list.version, &future));
	CHECK_PROBLEM(&w, "consent_day");
	world_again(&w);
	CHECK_OUTCOME(CONFLICT, list_apply(&w.ask, list.id, list.version + 1, &roster_own));
	CHECK_INT(LIST_READ, roster_world_list(&w, list.id).state);
	roster_world_close(&w);
}

TEST(roster, applying_registers_scores_and_hands_in_only_when_asked)
{
	static const struct { enum list_scores scores; bool submits, registers; enum sheet_state lanh; size_t sheets; } rows[] = {
		{ LIST_SCORES_OWN, false, false, SHEET_DRAFT, 2 },
		{ LIST_SCORES_OWN, true, false, SHEET_SUBMITTED, 2 },
		{ LIST_SCORES_AGREED, false, false, SHEET_REVIEWED, 2 },
		{ LIST_SCORES_OWN, false, true, SHEET_DRAFT, 3 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct list_settings s = roster_own;
		struct person_list all;
		struct world w;
		struct sheet sheet;
		size_t sheets = 0;

		roster_world_open(&w);
		s.scores_of = rows[i].scores;
		s.submits = rows[i].submits;
		s.registers = rows[i].registers;
		CHECK_INT(LIST_APPLIED, roster_world_applied(&w, roster_world_sent(&w, roster_three), &s).state);
		sheet = sheet_of(&w, "080161900001", OK);
		CHECK_INT(rows[i].lanh, sheet.state);
		CHECK_TEXT("Danh sách giấy ngày 12/11/2026, bà Ba giữ", sheet.consent);
		all = everybody(&w);
		CHECK_INT(3, all.n);
		for (size_t p = 0; p < all.n; p++)
			sheets += sheet_get(&w.ask, (struct sheet_key){ all.at[p].id, w.round }, &sheet) == OK;
		CHECK_INT(rows[i].sheets, sheets);
		roster_world_close(&w);
	}
}

TEST(roster, the_same_file_again_changes_nothing)
{
	struct world w;
	struct list_counts counts;
	struct audit_list before, after;
	struct list again;

	roster_world_open(&w);
	roster_world_applied(&w, roster_world_sent(&w, roster_three), &roster_own);
	again = roster_world_sent(&w, roster_three);
	CHECK_OUTCOME(OK, list_counts(&w.ask, again.id, &counts));
	CHECK_INT(3, counts.of[LIST_SAME]);
	CHECK_OUTCOME(OK, audit_of_person(&w.ask, everybody(&w).at[0].id, NULL, &before));
	again = roster_world_applied(&w, again, &roster_own);
	CHECK_INT(LIST_APPLIED, again.state);
	CHECK_TEXT("Đã ghi 0 dòng.", again.note);
	CHECK_OUTCOME(OK, audit_of_person(&w.ask, everybody(&w).at[0].id, NULL, &after));
	CHECK_INT(before.n, after.n);
	CHECK_INT(3, people(&w));
	roster_world_close(&w);
}

TEST(roster, what_the_register_has_changed_meanwhile_is_shown_again_and_nothing_applied)
{
	struct person_new same = { .name = "Trần Văn Ba", .birth = "1972", .phone = "", .national_id = "", .address = "", .household = "", .clan = "",
		.group = "cong_nhan", .trained_on = "", .guardian = "" };
	struct world w;
	struct list list;
	int64_t id;

	roster_world_open(&w);
	list = roster_world_sent(&w, roster_three);
	same.leaf_id = same.hamlet_id = w.hamlet;
	CHECK_OUTCOME(OK, person_add(&w.ask, &same, &id));
	list = roster_world_applied(&w, list, &roster_own);
	CHECK_INT(LIST_READ, list.state);
	CHECK_HAS(list.note, "Chưa ghi gì: sổ đã đổi ở 1 dòng");
	CHECK_INT(1, people(&w));
	list = roster_world_applied(&w, list, &roster_own);
	CHECK_INT(LIST_APPLIED, list.state);
	CHECK_INT(3, people(&w));
	roster_world_close(&w);
}

TEST(roster, a_list_goes_back_as_one_step)
{
	static const char changed[] = HEAD
		"Nguyễn Thị Lành,20/5/1961,Nữ,080161900001,0900 000 999,ấp bình hòa,Nông dân,1,1,1,1,1,1,1,1,1,1\n"
		"Phạm Văn Mới,1980,nam,080080900002,,Bình Hoà,cong_nhan,7,7,7,7,7,7,7,7,7,7\n";
	struct figure_counts before, after;
	struct world w;
	struct list list;
	struct sheet sheet;
	int64_t id;

	roster_world_open(&w);
	roster_world_applied(&w, roster_world_sent(&w, roster_three), &roster_own);
	CHECK_OUTCOME(OK, figures_of_unit(&w.ask, w.round, w.commune, "", &before));
	list = roster_world_applied(&w, roster_world_sent(&w, changed), &roster_own);
	CHECK_INT(LIST_APPLIED, list.state);
	sheet = sheet_of(&w, "080161900001", OK);
	CHECK_INT(10, scores_total(&sheet.self));
	CHECK_INT(4, people(&w));
	CHECK_OUTCOME(OK, list_undo(&w.ask, list.id, list.version));
	roster_world_work(&w);
	list = roster_world_list(&w, list.id);
	CHECK_INT(LIST_UNDONE, list.state);
	CHECK_TEXT("Đã hoàn lại 2 dòng, như chưa nạp.", list.note);
	CHECK_INT(3, people(&w));
	CHECK_OUTCOME(NOT_FOUND, person_of_national_id(&w.ask, "080080900002", &id));
	sheet = sheet_of(&w, "080161900001", OK);
	CHECK_INT(84, scores_total(&sheet.self));
	CHECK_INT(SHEET_DRAFT, sheet.state);
	CHECK_TEXT("0900000121", everybody(&w).at[1].phone);
	CHECK_OUTCOME(OK, figures_of_unit(&w.ask, w.round, w.commune, "", &after));
	CHECK(!memcmp(&before, &after, sizeof before));
	CHECK_OUTCOME(INVALID, list_undo(&w.ask, list.id, list.version));
	roster_world_close(&w);
}

TEST(roster, who_was_taken_back_may_be_entered_again)
{
	struct world w;
	struct list list;

	roster_world_open(&w);
	list = roster_world_applied(&w, roster_world_sent(&w, roster_three), &roster_own);
	CHECK_OUTCOME(OK, list_undo(&w.ask, list.id, list.version));
	roster_world_work(&w);
	CHECK_INT(0, people(&w));
	CHECK_INT(LIST_APPLIED, roster_world_applied(&w, roster_world_sent(&w, roster_three), &roster_own).state);
	CHECK_INT(3, people(&w));
	roster_world_close(&w);
}

TEST(roster, a_sheet_that_was_taken_back_goes_on_counting_its_versions)
{
	static const char names[] = "ho_ten,ngay_sinh,so_dinh_danh,ap,nhom\nNguyễn Thị Lành,1961,080161900001,Bình Hoà,nong_dan\n";
	struct world w;
	struct list list;

	roster_world_open(&w);
	roster_world_applied(&w, roster_world_sent(&w, names), &roster_own);
	list = roster_world_applied(&w, roster_world_sent(&w, roster_three), &roster_own);
	CHECK_INT(2, sheet_of(&w, "080161900001", OK).version);
	CHECK_OUTCOME(OK, list_undo(&w.ask, list.id, list.version));
	roster_world_work(&w);
	sheet_of(&w, "080161900001", NOT_FOUND);
	roster_world_applied(&w, roster_world_sent(&w, roster_three), &roster_own);
	CHECK_INT(5, sheet_of(&w, "080161900001", OK).version);
	roster_world_close(&w);
}

TEST(roster, what_somebody_has_changed_since_is_not_taken_back)
{
	struct world w;
	struct list list;
	struct sheet sheet;

	roster_world_open(&w);
	list = roster_world_applied(&w, roster_world_sent(&w, roster_three), &roster_own);
	sheet = sheet_of(&w, "080161900001", OK);
	sheet.self.at[0] = SOME(10);
	CHECK_OUTCOME(OK, sheet_save_scores(&w.ask, sheet.key, sheet.version, &sheet.self, NULL, NULL));
	CHECK_OUTCOME(OK, list_undo(&w.ask, list.id, list.version));
	roster_world_work(&w);
	list = roster_world_list(&w, list.id);
	CHECK_INT(LIST_APPLIED, list.state);
	CHECK_HAS(list.note, "Chưa hoàn lại gì. Dòng 1: Phiếu của người này đã được sửa");
	CHECK_INT(3, people(&w));
	w.ask.now += 86400;
	CHECK_OUTCOME(INVALID, list_undo(&w.ask, list.id, list.version));
	CHECK_HAS(world_problem(&w, ""), "trong ngày");
	roster_world_close(&w);
}

/* Each step of applying that may fail does: all of the list is there, or nothing, and it is tried again. */
TEST(roster, a_list_that_fails_half_way_leaves_nothing)
{
	struct world w;
	struct list list;
	int64_t done = 0;
	enum outcome ran;

	roster_world_open(&w);
	list = roster_world_sent(&w, roster_three);
	CHECK_OUTCOME(OK, list_apply(&w.ask, list.id, list.version, &roster_own));
	for (int64_t n = 1; n < 5000; n += n < 40 ? 1 : 23) {
		int64_t owner = -1;
		bool worked;

		world_again(&w);
		db_fail_at(w.db, n);
		ran = jobs_run_slice(&w.ask, app_jobs, &owner, &worked);
		if (db_fail_at(w.db, 0) > 0)
			break;
		CHECK(ran != OK || roster_world_list(&w, list.id).state == LIST_APPLYING);
		world_as(&w, ROLE_COMMUNE, w.commune);
		w.actor.account_id = w.account[ROLE_COMMUNE];
		CHECK_INT(0, people(&w));
		done = n;
	}
	CHECK_OUTCOME(OK, ran);
	CHECK(done > 100);
	roster_world_work(&w);
	CHECK_INT(LIST_APPLIED, roster_world_list(&w, list.id).state);
	CHECK_INT(3, people(&w));
	roster_world_close(&w);
}

/* ---- pages ---- */

TEST(roster, a_list_is_looked_at_then_applied_by_who_sent_it)
{
	struct world w;
	struct reply reply;
	const char *target, *text;
	struct list list;

	roster_world_open(&w);
	list = roster_world_sent(&w, HEAD "Lê Thị Yến,1990,,,,Bình Hoà,nong_dan,8,,,,,,,,,\n,1990,,,,,,,,,,,,,,,\n");
	target = arena_format(w.arena, "/danh-sach/%lld", (long long)list.id);
	world_get(&w, ROLE_COMMUNE, "/danh-sach", &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Ấp Bình Hoà");
	CHECK_HAS(reply_text(&w, &reply), "Chờ xem và ghi");
	world_get(&w, ROLE_PROVINCE, target, &reply);
	CHECK_INT(404, reply.status);
	world_get(&w, ROLE_COMMUNE, target, &reply);
	CHECK_INT(200, reply.status);
	text = reply_text(&w, &reply);
	CHECK_HAS(text, "Ghi 1 dòng");
	CHECK_HAS(text, "Ô họ tên trống");
	world_get(&w, ROLE_COMMUNE, arena_format(w.arena, "%s?loc=khong-nhan", target), &reply);
	CHECK(!strstr(reply_text(&w, &reply), "Lê Thị Yến"));
	world_post(&w, ROLE_COMMUNE, target, arena_format(w.arena, "version=%lld", (long long)list.version), &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "href=\"#consent_day\"");
	world_get(&w, ROLE_COMMUNE, target, &reply);
	world_post(&w, ROLE_COMMUNE, target, arena_format(w.arena, "version=%lld&scores_of=tu-cham&consent_day=12/11/2026&consent_holder=B%%C3%%A0%%20Ba",
		(long long)list.version), &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_COMMUNE, target, &reply);
	CHECK_HAS(reply_text(&w, &reply), "Đang ghi ap-binh-hoa.csv");
	CHECK_HAS(reply_text(&w, &reply), "<progress");
	roster_world_work(&w);
	world_get(&w, ROLE_COMMUNE, target, &reply);
	CHECK_HAS(reply_text(&w, &reply), "Đã ghi 1 dòng, để lại 1 dòng.");
	world_get(&w, ROLE_COMMUNE, arena_format(w.arena, "%s/hoan-lai", target), &reply);
	CHECK_HAS(reply_text(&w, &reply), "Người mới sẽ bỏ khỏi sổ");
	world_post(&w, ROLE_COMMUNE, arena_format(w.arena, "%s/hoan-lai", target), arena_format(w.arena, "version=%lld", (long long)roster_world_list(&w, list.id).version), &reply);
	CHECK_INT(303, reply.status);
	roster_world_work(&w);
	CHECK_INT(0, people(&w));
	world_post(&w, ROLE_COMMUNE, "/danh-sach", arena_format(w.arena, "unit=%lld", (long long)w.commune), &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "href=\"#file\"");
	roster_world_close(&w);
}

TEST(roster, a_list_that_is_none_says_why)
{
	struct world w;
	struct list list;

	roster_world_open(&w);
	list = roster_world_sent(&w, "a,b\n1,2\n");
	CHECK_INT(LIST_UNREADABLE, list.state);
	CHECK_HAS(list.note, "ho_ten");
	roster_world_close(&w);
}

/* ---- last round's people ---- */

/* Lành and Ba were registered in 2025; Ba has moved away since. */
static void former_world(struct world *w)
{
	roster_world_open(w);
	roster_world_applied(w, roster_world_sent(w, "ho_ten,ngay_sinh,so_dinh_danh,ap,nhom\nNguyễn Thị Lành,1961,080161900001,Bình Hoà,nong_dan\n"
		"Trần Văn Ba,1972,080072900002,Bình Hoà,cong_nhan\nLê Thị Yến,1990,080190900003,Bình Hoà,vien_chuc\n"), &roster_own);
	CHECK_OUTCOME(OK, db_script(w->db, "INSERT INTO round SELECT 2025, criteria_id, '2025-01-15', '2025-11-30', '2025-09-15', '2025-11-30',"
		" '2025-10-01', '2025-12-12', '2025-10-15', '2025-12-31', posting_days, title_years, 1, 1 FROM round;"
		"INSERT INTO standing SELECT person_id, 2025, leaf_id, commune_id, province_id, group_code, sex, age_band, 9, 84, '[]', flags, name_key"
		" FROM standing WHERE person_id IN (SELECT id FROM person WHERE name <> 'Lê Thị Yến');"
		"UPDATE person SET condition = 2 WHERE name = 'Trần Văn Ba'", "former"));
}

TEST(roster, last_rounds_people_are_asked_anew_and_only_who_agrees_is_registered)
{
	static const struct { enum list_choice choice; enum outcome sheet; const char *note; } rows[] = {
		{ CHOICE_NONE, NOT_FOUND, "Đã ghi 0 dòng, để lại 1 dòng." },
		{ CHOICE_LEAVE, NOT_FOUND, "Đã ghi 0 dòng, để lại 1 dòng." },
		{ CHOICE_TAKE, OK, "Đã ghi 1 dòng." },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct list_settings s = roster_own;
		struct list_counts counts;
		struct world w;
		struct list list;
		int64_t id;

		former_world(&w);
		CHECK_OUTCOME(OK, list_keep_former(&w.ask, w.commune, &id));
		roster_world_work(&w);
		list = roster_world_list(&w, id);
		CHECK_OUTCOME(OK, list_counts(&w.ask, id, &counts));
		CHECK_INT(1, counts.of[LIST_DOUBTFUL]);          /* who moved away is not asked, who was not there neither */
		CHECK_INT(1, counts.waiting);
		CHECK(list.settings.registers);
		if (rows[i].choice)
			CHECK_OUTCOME(OK, list_decide_all(&w.ask, id, "former_round", rows[i].choice));
		s.registers = true;
		list = roster_world_applied(&w, roster_world_list(&w, id), &s);
		CHECK_INT(LIST_APPLIED, list.state);
		CHECK_TEXT(rows[i].note, list.note);
		sheet_of(&w, "080161900001", rows[i].sheet);
		sheet_of(&w, "080190900003", NOT_FOUND);
		roster_world_close(&w);
	}
}

/* ---- decisions ---- */

/* Two rows in doubt: a lost zero, and a half point. */
static const char doubtful[] = "Họ và tên,Năm sinh,CCCD,Ấp,Nhóm,TC1,TC2\nLê Văn Em,1969,80069901234,Bình Hoà,Nông dân,8,9\n"
	"Đỗ Thị Hiền,1992,080192900005,Bình Hoà,Nông dân,\"7,5\",9\n";

TEST(roster, what_is_decided_is_what_is_written)
{
	static const struct { const char *code; enum list_choice choice; size_t people; int64_t half; bool number; } rows[] = {
		{ "cccd_leading_zero", CHOICE_TAKE, 2, 7, true },
		{ "cccd_leading_zero", CHOICE_CLEAR, 2, 8, false },
		{ "cccd_leading_zero", CHOICE_LEAVE, 1, 8, false },
		{ "score_half", CHOICE_BLANK, 1, -1, false },
		{ "score_half", CHOICE_DOWN, 1, 7, false },
		{ "score_half", CHOICE_LEAVE, 0, -1, false },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct world w;
		struct list list;
		struct list_counts counts;
		struct sheet sheet;
		int64_t id;

		roster_world_open(&w);
		list = roster_world_sent(&w, doubtful);
		CHECK_OUTCOME(OK, list_counts(&w.ask, list.id, &counts));
		CHECK_INT(2, counts.waiting);
		CHECK_OUTCOME(INVALID, list_decide(&w.ask, list.id, 1, "score_half", CHOICE_UP));        /* not this row's */
		world_again(&w);
		CHECK_OUTCOME(OK, list_decide_all(&w.ask, list.id, rows[i].code, rows[i].choice));
		if (rows[i].people == 2 || rows[i].half == 8)
			CHECK_OUTCOME(OK, list_decide(&w.ask, list.id, 2, "score_half", rows[i].half == 8 ? CHOICE_UP : CHOICE_DOWN));
		list = roster_world_applied(&w, roster_world_list(&w, list.id), &roster_own);
		CHECK_INT(LIST_APPLIED, list.state);
		CHECK_INT(rows[i].people, people(&w));
		CHECK_OUTCOME(rows[i].number ? OK : NOT_FOUND, person_of_national_id(&w.ask, "080069901234", &id));
		if (rows[i].half > 0 || rows[i].choice == CHOICE_BLANK) {
			sheet = sheet_of(&w, "080192900005", OK);
			CHECK_INT(rows[i].half > 0, sheet.self.at[0].is);
			CHECK(rows[i].half < 0 || sheet.self.at[0].value == rows[i].half);
		}
		roster_world_close(&w);
	}
}

TEST(roster, decisions_are_kept_by_code)
{
	struct world w;
	const char *choices;

	world_open(&w);
	choices = roster_choose(w.arena, "", "dup_name", CHOICE_NEW);
	choices = roster_choose(w.arena, choices, "score_half", CHOICE_UP);
	CHECK_TEXT("dup_name:khac score_half:len", choices);
	CHECK_INT(CHOICE_UP, roster_chosen(choices, "score_half"));
	CHECK_INT(CHOICE_NONE, roster_chosen(choices, "dup"));
	CHECK_INT(CHOICE_NONE, roster_chosen(choices, "half"));
	choices = roster_choose(w.arena, choices, "dup_name", CHOICE_LEAVE);
	CHECK_TEXT("score_half:len dup_name:bo-dong", choices);
	CHECK_INT(CHOICE_LEAVE, roster_chosen_for(choices, "dup_name:khac", "dup_name"));
	CHECK_INT(CHOICE_NEW, roster_chosen_for("", "dup_name:khac", "dup_name"));
	CHECK(roster_waits(w.arena, "phone_bad dup_name", "", ""));
	CHECK(!roster_waits(w.arena, "phone_bad", "", ""));
	CHECK(!roster_waits(w.arena, "phone_bad dup_name", "", "dup_name:khac"));
	world_close(&w);
}

TEST(roster, columns_put_right_are_read_anew_and_remembered_for_the_unit)
{
	/* "Mã" is nothing that is known: the officer says that it is the identity number */
	static const char csv[] = "Họ và tên,Năm sinh,Mã,Ấp,Nhóm\nLê Văn Em,1969,080069901234,Bình Hoà,Nông dân\n";
	struct world w;
	struct list list;
	struct list_rows rows;
	struct reply reply;
	const char *target;

	roster_world_open(&w);
	list = roster_world_sent(&w, csv);
	CHECK_OUTCOME(OK, list_rows(&w.ask, &list, -1, 0, &rows));
	CHECK_TEXT("", rows.at[0].number_end);
	target = arena_format(w.arena, "/danh-sach/%lld/cot", (long long)list.id);
	world_get(&w, ROLE_COMMUNE, target, &reply);
	CHECK_HAS(reply_text(&w, &reply), "không cần, không lưu");
	CHECK(!strstr(reply_text(&w, &reply), "080069901234"));
	world_post(&w, ROLE_COMMUNE, target, arena_format(w.arena, "trang=0&version=%lld&a_1=full_name&a_2=birth&a_3=national_id&a_4=hamlet"
		"&a_5=target_group&group=&leaf=", (long long)list.version), &reply);
	CHECK_INT(303, reply.status);
	CHECK_INT(LIST_READING, roster_world_list(&w, list.id).state);
	roster_world_work(&w);
	list = roster_world_list(&w, list.id);
	CHECK_OUTCOME(OK, list_rows(&w.ask, &list, -1, 0, &rows));
	CHECK_TEXT("1234", rows.at[0].number_end);
	list = roster_world_sent(&w, csv);                            /* the next list with these headings */
	CHECK_OUTCOME(OK, list_rows(&w.ask, &list, -1, 0, &rows));
	CHECK_TEXT("1234", rows.at[0].number_end);
	roster_world_close(&w);
}
