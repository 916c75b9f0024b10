#include "tests/test.h"

#include <string.h>

#include "registry/audit/audit.h"
#include "registry/people/people.h"
#include "sandbox/client.h"
#include "sandbox/sheet_out.h"
#include "tests/world.h"
#include "title/assessments/assessments.h"
#include "title/roster/roster.h"

static struct bytes text_bytes(const char *text) { return (struct bytes){ text, strlen(text) }; }

/* A list as bytes: what the sandbox would have read of it, judged or applied. */
static OUTCOME read_text(struct world *w, struct bytes csv, struct roster_reading *out)
{
	struct roster_reader *reader = roster_reader_new(w->ask.arena, &(struct roster_options){ .year = 2026 });
	enum sheet_kind kind;

	TRY(sandbox_sheet_here(w->ask.arena, csv, roster_reader_taker(reader), &kind));
	CHECK_INT(SHEET_READ, kind);
	return roster_reader_done(reader, out);
}

static OUTCOME judge(struct world *w, int64_t unit_id, int64_t round_id, struct bytes csv, struct roster *out)
{
	struct roster_reading reading;

	TRY(read_text(w, csv, &reading));
	return roster_judge(&w->ask, unit_id, round_id, &reading, out);
}

static OUTCOME apply(struct world *w, int64_t unit_id, int64_t round_id, struct bytes csv, struct roster *out)
{
	struct roster_reading reading;

	TRY(read_text(w, csv, &reading));
	return roster_apply(&w->ask, unit_id, round_id, &reading, out);
}

#define HEAD "ho_ten,ngay_sinh,gioi_tinh,so_dinh_danh,dien_thoai,ap,nhom,tc1,tc2,tc3,tc4,tc5,tc6,tc7,tc8,tc9,tc10\n"

static const char good[] = HEAD
	"Nguyễn Thị Lành,20/5/1961,Nữ,080161900001,0900 000 121,ấp bình hòa,Nông dân,8,9,8,8,9,8,8,9,8,9\n"
	"Trần Văn Ba,1972,nam,,,Bình Hoà,cong_nhan,7,,,,,,,,,\n"
	"Lê Thị Yến,1990,x,,,Trường THCS Đức Hoà,vien_chuc,,,,,,,,,,\n";

static void as_commune(struct world *w)
{
	world_open(w);
	world_round(w);
	world_as(w, ROLE_COMMUNE, w->commune);
}

static struct roster_row row_of(struct world *w, const char *line)
{
	struct roster r;

	world_again(w);
	CHECK_OUTCOME(OK, judge(w, w->commune, 0, text_bytes(arena_format(w->arena, "%s%s", HEAD, line)), &r));
	CHECK_INT(1, r.n);
	return r.rows[0];
}

TEST(roster, each_refusal_says_why)
{
	static const struct { const char *line, *codes; } rows[] = {
		{ ",1961,,,,Bình Hoà,nong_dan", "no_name" },
		{ "Lê Văn A,sáu mốt,,,,Bình Hoà,nong_dan", "birth" },
		{ "Lê Văn A,,,,,Bình Hoà,nong_dan", "birth" },
		{ "Lê Văn A,1961,,,,Ấp Ma,nong_dan", "hamlet" },
		{ "Lê Văn A,1961,,,,,nong_dan", "hamlet" },
		{ "Lê Văn A,1961,,,,Bình Hoà,vua", "group" },
		{ "Lê Văn A,1961,,,,Bình Hoà,", "group" },
		{ "Lê Văn A,1961,,,12,Bình Hoà,nong_dan", "phone" },
		{ "Lê Văn A,1961,,123,,Bình Hoà,nong_dan", "national_id" },
		{ "Lê Văn A,2010,,,,Bình Hoà,nguoi_hoc", "guardian" },
		{ "Lê Văn A,1961,,,,Bình Hoà,nong_dan,11", "score" },
		{ "Lê Văn A,1961,,,,Bình Hoà,nong_dan,\"7,5\"", "score" },
		{ "Lê Văn A,31/2/1850,gì,,,Ấp Ma,vua,x", "birth hamlet group score" },
	};
	struct world w;

	as_commune(&w);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct roster_row row = row_of(&w, rows[i].line);

		CHECK_INT(ROSTER_REFUSED, row.verdict);
		CHECK_TEXT(rows[i].codes, row.codes);
		CHECK(strlen(row.words) > 20);
	}
	world_close(&w);
}

TEST(roster, good_rows_are_written_and_the_same_list_again_changes_nothing)
{
	struct world w;
	struct roster r;
	struct person_list people;
	struct sheet sheet;
	int64_t id;

	as_commune(&w);
	CHECK_OUTCOME(OK, judge(&w, w.commune, 0, text_bytes(good), &r));
	CHECK_INT(3, r.counts[ROSTER_NEW]);
	CHECK_OUTCOME(OK, person_list_of_unit(&w.ask, w.commune, NULL, &people));
	CHECK_INT(0, people.n);
	CHECK_OUTCOME(OK, apply(&w, w.commune, 0, text_bytes(good), &r));
	CHECK_OUTCOME(OK, person_list_of_unit(&w.ask, w.commune, NULL, &people));
	CHECK_INT(3, people.n);
	CHECK_OUTCOME(OK, person_of_national_id(&w.ask, "080161900001", &id));
	CHECK_OUTCOME(OK, sheet_get(&w.ask, (struct sheet_key){ id, w.round }, &sheet));
	CHECK_INT(SHEET_DRAFT, sheet.state);
	CHECK_INT(84, scores_total(&sheet.self));
	CHECK(sheet.assisted);
	CHECK_HAS(sheet.consent, "Danh sách giấy, 24/11/2026");
	CHECK_OUTCOME(OK, apply(&w, w.commune, 0, text_bytes(good), &r));
	CHECK_INT(3, r.counts[ROSTER_SAME]);
	CHECK_OUTCOME(OK, sheet_get(&w.ask, (struct sheet_key){ id, w.round }, &sheet));
	CHECK_INT(2, sheet.version);
	world_close(&w);
}

TEST(roster, a_name_alone_enters_the_register_and_registers_nobody)
{
	struct world w;
	struct roster r;
	struct person_list people;
	struct sheet sheet;

	as_commune(&w);
	CHECK_OUTCOME(OK, apply(&w, w.school, 0, text_bytes("ho_ten,ngay_sinh,nhom\nLê Thị Yến,1990,Viên chức\n"),
		&r));
	CHECK_OUTCOME(OK, person_list_of_unit(&w.ask, w.school, NULL, &people));
	CHECK_INT(1, people.n);
	CHECK_OUTCOME(NOT_FOUND, sheet_get(&w.ask, (struct sheet_key){ people.at[0].id, w.round }, &sheet));
	world_close(&w);
}

TEST(roster, a_changed_row_is_the_same_person)
{
	static const char changed[] = HEAD
		"Nguyễn Thị Lành,1961,,080161900001,0900000122,,,,,,,,,,,,9\n"
		"Tran Van Ba,1972,,,,Bình Hoà,,,8,,,,,,,,\n";
	struct world w;
	struct roster r;
	struct person_list people;
	struct person p;
	struct sheet sheet;
	int64_t id;

	as_commune(&w);
	CHECK_OUTCOME(OK, apply(&w, w.commune, 0, text_bytes(good), &r));
	CHECK_OUTCOME(OK, apply(&w, w.commune, 0, text_bytes(changed), &r));
	CHECK_INT(2, r.counts[ROSTER_CHANGED]);
	CHECK_HAS(r.rows[0].words, "Điện thoại");
	CHECK(!strstr(r.rows[0].words, "0900000122"));
	CHECK_OUTCOME(OK, person_list_of_unit(&w.ask, w.commune, NULL, &people));
	CHECK_INT(3, people.n);
	CHECK_OUTCOME(OK, person_of_national_id(&w.ask, "080161900001", &id));
	CHECK_OUTCOME(OK, person_get(&w.ask, id, &p));
	CHECK_TEXT("1961-05-20", p.birth);       /* a year does not blur a day */
	CHECK_TEXT("0900000122", p.phone);
	CHECK_OUTCOME(OK, sheet_get(&w.ask, (struct sheet_key){ id, w.round }, &sheet));
	CHECK_INT(84, scores_total(&sheet.self));
	world_close(&w);
}

TEST(roster, rows_alike_and_people_alike_are_refused)
{
	static const char alike[] = "ho_ten,ngay_sinh,so_dinh_danh,ap,nhom\n"
		"Lê Văn A,1961,080061900001,Bình Hoà,nong_dan\n"
		"Lê Văn Anh,1961,080061900001,Bình Hoà,nong_dan\n"
		"Trần Văn Ba,1972,,Bình Hoà,nong_dan\n"
		"Tran Van Ba,1972,,Bình Hoà,nong_dan\n"
		"Võ Thị Tư,1980,080180900001,Bình Hoà,nong_dan\n"
		"Võ Thị Tư,1980,080180900002,Bình Hoà,nong_dan\n";
	struct world w;
	struct roster r;

	as_commune(&w);
	CHECK_OUTCOME(OK, apply(&w, w.commune, 0, text_bytes(alike), &r));
	CHECK_INT(4, r.counts[ROSTER_NEW]);
	CHECK_TEXT("dup_cccd", r.rows[1].codes);
	CHECK_TEXT("dup_name", r.rows[3].codes);
	CHECK_HAS(r.rows[3].words, "dòng 4");
	world_as(&w, ROLE_COMMUNE, w.other_commune);
	CHECK_OUTCOME(OK, judge(&w, w.other_hamlet, 0,
		text_bytes("ho_ten,ngay_sinh,so_dinh_danh,nhom\nLê Văn A,1961,080061900001,nong_dan\n"), &r));
	CHECK_TEXT("national_id", r.rows[0].codes);
	CHECK(!strstr(r.rows[0].words, "Lê Văn A"));
	world_close(&w);
}

TEST(roster, what_is_no_list_or_not_theirs_is_refused_whole)
{
	struct world w;
	struct roster r;

	as_commune(&w);
	CHECK_OUTCOME(INVALID, judge(&w, w.commune, 0, text_bytes("ten,tuoi\nA,3\n"), &r));
	CHECK_HAS(world_problem(&w, "file"), "ho_ten");
	world_again(&w);
	CHECK_OUTCOME(INVALID, judge(&w, w.commune, 0, text_bytes(HEAD), &r));
	CHECK_PROBLEM(&w, "file");
	CHECK_OUTCOME(FORBIDDEN, judge(&w, w.other_commune, 0, text_bytes(good), &r));
	CHECK_OUTCOME(NOT_FOUND, judge(&w, w.commune, 1999, text_bytes(good), &r));
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(OK, judge(&w, w.province, 0, text_bytes(good), &r));       /* a province may look, not apply */
	CHECK_INT(3, r.counts[ROSTER_NEW]);
	CHECK_OUTCOME(INVALID, apply(&w, w.province, 0, text_bytes(good), &r));
	CHECK_PROBLEM(&w, "unit");
	world_close(&w);
}

TEST(roster, a_closed_round_takes_names_and_no_scores)
{
	struct world w;
	struct roster r;

	as_commune(&w);
	w.ask.now += 30 * DAY_SECONDS;
	CHECK_OUTCOME(OK, apply(&w, w.commune, 0, text_bytes(good), &r));
	CHECK_INT(2, r.counts[ROSTER_REFUSED]);
	CHECK_TEXT("round", r.rows[0].codes);
	CHECK_INT(1, r.counts[ROSTER_NEW]);
	world_close(&w);
}

TEST(roster, a_fault_at_any_step_leaves_nothing_of_the_list)
{
	struct roster_reading reading;
	struct world w;
	struct roster r;
	struct person_list people;
	struct audit_list before, trail;
	enum outcome done;

	as_commune(&w);
	CHECK_OUTCOME(OK, read_text(&w, text_bytes(good), &reading));
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "unit", w.commune, &before));
	for (int64_t n = 1;; n += 3) {           /* every third step: some hundreds of them */
		world_again(&w);
		db_fail_at(w.db, n);
		done = roster_apply(&w.ask, w.commune, 0, &reading, &r);
		if (db_fail_at(w.db, 0) > 0)
			break;
		CHECK_OUTCOME(FAILED, done);
		CHECK_OUTCOME(OK, person_list_of_unit(&w.ask, w.commune, NULL, &people));
		CHECK_INT(0, people.n);
		CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "unit", w.commune, &trail));
		CHECK_INT(before.n, trail.n);
	}
	CHECK_OUTCOME(OK, done);
	CHECK_OUTCOME(OK, person_list_of_unit(&w.ask, w.commune, NULL, &people));
	CHECK_INT(3, people.n);
	world_close(&w);
}
