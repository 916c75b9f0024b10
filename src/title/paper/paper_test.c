#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "base/buf.h"
#include "document/document.h"
#include "registry/access/access.h"
#include "tests/pdf.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/paper/paper.h"
#include "title/recognition/recognition.h"

static int64_t registered(struct world *w, const char *name, const char *group)
{
	struct sheet_new new = { .group = group, .wishes = "", .guardian = "" };
	int64_t id = year_person(w, name, w->hamlet);

	world_as(w, ROLE_BRANCH, w->hamlet);
	CHECK_OUTCOME(OK, sheet_register_as(&w->ask, (struct sheet_key){ id, w->round }, &new,
		&(struct sheet_help){ "Bà Ba", "Nói đồng ý" }));
	return id;
}

TEST(paper, a_code_is_read_as_people_write_it_and_only_for_who_may_help)
{
	struct world w;
	struct sheet_key key;
	struct sheet sheet;
	int64_t id;
	char *typed;

	world_open(&w);
	world_round(&w);
	id = registered(&w, "Nguyễn Văn Út", "nong_dan");
	sheet = year_sheet(&w, id);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(OK, paper_sheet_typed(&w.ask, sheet.code, &key));
	CHECK_INT(id, key.person_id);
	CHECK_INT(w.round, key.round_id);
	CHECK_OUTCOME(OK, paper_sheet_typed(&w.ask, arena_format(w.arena, "%s/2", sheet.code), &key));
	CHECK_OUTCOME(OK, paper_sheet_typed(&w.ask, arena_format(w.arena, " %.4s - %.4s %s", sheet.code, sheet.code + 4,
		sheet.code + 8), &key));
	typed = (char *)(uintptr_t)arena_text(w.arena, sheet.code);
	for (char *c = typed; *c; c++)
		*c = *c == '0' ? 'o' : *c == '1' ? 'I' : *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
	CHECK_OUTCOME(OK, paper_sheet_typed(&w.ask, typed, &key));
	CHECK_OUTCOME(NOT_FOUND, paper_sheet_typed(&w.ask, "khong phai ma", &key));
	CHECK_OUTCOME(NOT_FOUND, paper_sheet_typed(&w.ask, "", &key));
	world_as(&w, ROLE_BRANCH, w.other_hamlet);
	CHECK_OUTCOME(NOT_FOUND, paper_sheet_typed(&w.ask, sheet.code, &key));
	world_close(&w);
}

TEST(paper, a_typed_sheet_is_saved_and_handed_in_or_nothing_is)
{
	struct world w;
	struct paper_typed t = { .remark = "", .helper = "", .consent = -1, .submit = true, .version = 1 };
	struct sheet_new new = { .group = "nong_dan", .wishes = "", .guardian = "" };

	world_open(&w);
	world_round(&w);
	t.key = (struct sheet_key){ year_person(&w, "Nguyễn Văn Út", w.hamlet), w.round };
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, sheet_register_as(&w.ask, t.key, &new, NULL));
	world_as(&w, ROLE_BRANCH, w.hamlet);
	t.scores = (struct scores){ .n = 9 };
	for (int i = 0; i < 9; i++)
		t.scores.at[i] = SOME(8);
	CHECK_OUTCOME(INVALID, paper_type(&w.ask, &t));
	CHECK_PROBLEM(&w, "score_10");
	CHECK_PROBLEM(&w, "helper");
	CHECK_PROBLEM(&w, "consent");
	world_again(&w);
	t.scores.at[9] = SOME(11);
	t.scores.n = 10;
	t.helper = "Bà Ba";
	t.consent = 1;
	CHECK_OUTCOME(INVALID, paper_type(&w.ask, &t));
	CHECK_PROBLEM(&w, "score_10");
	CHECK_INT(SHEET_REGISTERED, year_sheet(&w, t.key.person_id).state);
	world_again(&w);
	world_as(&w, ROLE_BRANCH, w.other_hamlet);
	t.scores.at[9] = SOME(9);
	CHECK_OUTCOME(FORBIDDEN, paper_type(&w.ask, &t));
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(OK, paper_type(&w.ask, &t));
	struct sheet sheet = year_sheet(&w, t.key.person_id);

	CHECK_INT(SHEET_SUBMITTED, sheet.state);
	CHECK_INT(9, sheet.self.at[9].value);
	CHECK_TEXT("Điểm chỉ trên phiếu giấy", sheet.consent);
	CHECK(sheet.assisted);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(CONFLICT, paper_type(&w.ask, &t));                 /* somebody has been here since */
	world_close(&w);
}

TEST(paper, a_branch_prints_and_types_back_on_its_pages)
{
	struct world w;
	struct reply reply;
	const char *path, *at;
	struct sheet sheet;
	int64_t id;

	world_serve(&w);
	world_round(&w);
	id = registered(&w, "Nguyễn Văn Út", "nong_dan");
	sheet = year_sheet(&w, id);
	world_get(&w, ROLE_COMMUNE, "/phieu-giay", &reply);
	CHECK_HAS(reply_text(&w, &reply), "Ấp Bình Hoà");
	world_get(&w, ROLE_BRANCH, "/phieu-giay", &reply);
	CHECK_HAS(reply_text(&w, &reply), "1 người đã đăng ký chưa nộp phiếu");
	path = arena_format(w.arena, "/phieu-giay/%lld/%lld", (long long)w.hamlet, (long long)w.round);
	world_post(&w, ROLE_BRANCH, path, "", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_BRANCH, reply.location, &reply);
	CHECK_INT(200, reply.status);
	CHECK_INT(2, pdf_pages(w.arena, reply.body));
	world_get(&w, ROLE_BRANCH, "/phieu-giay", &reply);
	world_post(&w, ROLE_BRANCH, path, arena_format(w.arena, "nguoi=%lld&mat=2", (long long)id), &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_BRANCH, reply.location, &reply);
	CHECK_INT(1, pdf_pages(w.arena, reply.body));
	world_get(&w, ROLE_BRANCH, arena_format(w.arena, "/phieu-giay/muc-diem/%lld?group=nong_dan", (long long)w.round), &reply);
	CHECK(!memcmp(reply.body.ptr, "%PDF", 4));
	world_get(&w, ROLE_BRANCH, "/go-phieu?ma=7K2M9QXT4", &reply);
	CHECK_HAS(reply_text(&w, &reply), "Không có phiếu nào mang mã này");
	world_get(&w, ROLE_BRANCH, arena_format(w.arena, "/go-phieu?ma=%s", sheet.code), &reply);
	CHECK_INT(303, reply.status);
	path = reply.location;
	world_get(&w, ROLE_BRANCH, path, &reply);
	CHECK_HAS(reply_text(&w, &reply), "Nguyễn Văn Út");
	CHECK(!strstr(reply_text(&w, &reply), "name=\"helper\""));       /* named when it was registered */
	world_post(&w, ROLE_BRANCH, path, "version=1&score_1=8&score_2=12&remark=&then=nop", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "value=\"12\"");
	world_get(&w, ROLE_BRANCH, path, &reply);
	world_post(&w, ROLE_BRANCH, path,
		"version=1&score_1=8&score_2=8&score_3=8&score_4=8&score_5=8&score_6=8&score_7=8&score_8=8"
		"&score_9=8&score_10=9&remark=&then=nop", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_BRANCH, reply.location, &reply);
	at = reply_text(&w, &reply);
	CHECK_HAS(at, "Đã ghi phiếu của Nguyễn Văn Út: 81 điểm");
	CHECK_INT(SHEET_SUBMITTED, year_sheet(&w, id).state);
	world_get(&w, ROLE_BRANCH, path, &reply);
	CHECK_HAS(reply_text(&w, &reply), "Gõ phiếu khác");              /* closed: nothing to type into */
	world_get(&w, ROLE_CITIZEN, "/phieu-giay", &reply);
	CHECK_INT(403, reply.status);
	world_close(&w);
}

TEST(paper, codes_of_a_branch_are_made_in_one_go_and_shown_for_half_an_hour)
{
	struct world w;
	struct paper_batches batches;
	struct paper_codes codes;
	struct reply reply;
	const char *ticket, *text, *path;
	int64_t now;

	world_serve(&w);
	world_round(&w);
	for (int i = 0; i < 9; i++)
		year_person(&w, arena_format(w.arena, "Nguyễn Thị %c", 'A' + i), w.hamlet);
	world_as(&w, ROLE_BRANCH, w.other_hamlet);
	CHECK_OUTCOME(FORBIDDEN, paper_codes_make(&w.ask, w.hamlet, 0, &ticket));
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(OK, paper_batches(&w.ask, w.hamlet, &batches));
	CHECK_INT(1, batches.n);
	CHECK_INT(9, batches.at[0].to);
	CHECK_OUTCOME(OK, paper_codes_make(&w.ask, w.hamlet, 0, &ticket));
	CHECK_OUTCOME(OK, paper_codes_again(&w.ask, w.hamlet, 0, ticket, &codes));
	CHECK_INT(9, codes.n);
	CHECK_TEXT("Nguyễn Thị A", codes.at[0].name);
	now = w.ask.now;
	w.ask.now += 31 * 60;
	CHECK_OUTCOME(OK, paper_codes_again(&w.ask, w.hamlet, 0, ticket, &codes));
	CHECK_INT(0, codes.n);
	w.ask.now = now;
	world_get(&w, ROLE_BRANCH, "/phieu-giay", &reply);
	CHECK_HAS(reply_text(&w, &reply), "9 người chưa có mật khẩu");
	path = arena_format(w.arena, "/ma-kich-hoat/%lld", (long long)w.hamlet);
	world_post(&w, ROLE_BRANCH, path, "sau=0", &reply);
	CHECK_INT(303, reply.status);
	CHECK_OUTCOME(OK, paper_codes_again(&w.ask, w.hamlet, 0, ticket, &codes));
	CHECK_INT(0, codes.n);                                           /* printed again: the older ones have ended */
	world_get(&w, ROLE_BRANCH, reply.location, &reply);
	CHECK_INT(200, reply.status);
	CHECK_INT(2, pdf_pages(w.arena, reply.body));                     /* eight on a page */
	text = pdf_tool(w.arena, reply.body, "pdftotext", "-");
	CHECK_HAS(text, "Nguyễn Thị I");
	CHECK_HAS(text, "Mã dùng một lần");
	world_close(&w);
}

static int64_t member(struct world *w, const char *name)
{
	struct person p;
	struct person_new new;
	int64_t id = year_person(w, name, w->hamlet);

	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, person_get(&w->ask, id, &p));
	new = person_as_new(&p);
	new.household = "Nguyễn Văn Cả";
	CHECK_OUTCOME(OK, person_change(&w->ask, id, p.version, &new, "Ghi chủ hộ cho cả nhà"));
	return id;
}

TEST(paper, a_household_is_seen_with_what_each_still_has_to_do)
{
	struct world w;
	struct paper_household house;
	struct sheet_new new = { .group = "nong_dan", .wishes = "", .guardian = "" };
	struct person p;
	struct reply reply;
	int64_t an, binh;

	world_serve(&w);
	world_round(&w);
	an = member(&w, "Nguyễn Thị An");
	binh = member(&w, "Nguyễn Thị Bình");
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, sheet_register_as(&w.ask, (struct sheet_key){ binh, w.round }, &new, NULL));
	year_person(&w, "Trần Văn Ngoài", w.hamlet);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(OK, person_get(&w.ask, an, &p));
	CHECK_OUTCOME(OK, paper_household(&w.ask, w.round, &p, &house));
	CHECK_INT(2, house.n);
	CHECK_TEXT("Chưa đăng ký. Đăng ký hộ được ngay.", paper_member_todo(w.arena, &house.at[0], 10));
	CHECK_TEXT("Đã đăng ký. Còn tự chấm điểm.", paper_member_todo(w.arena, &house.at[1], 10));
	world_as(&w, ROLE_BRANCH, w.other_hamlet);
	CHECK_OUTCOME(FORBIDDEN, paper_household(&w.ask, w.round, &p, &house));
	world_get(&w, ROLE_BRANCH, arena_format(w.arena, "/ca-nha/%lld", (long long)an), &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Hộ Nguyễn Văn Cả");
	CHECK_HAS(reply_text(&w, &reply), arena_format(w.arena, "/go-phieu/%lld/%lld", (long long)binh, (long long)w.round));
	world_get(&w, ROLE_BRANCH, arena_format(w.arena, "/nguoi/%lld", (long long)an), &reply);
	CHECK_HAS(reply_text(&w, &reply), "/ca-nha/");
	world_close(&w);
}

TEST(paper, what_each_state_asks_of_a_member)
{
	static const struct { enum sheet_state state; const char *words; } cases[] = {
		{ SHEET_DRAFT, "Đã chấm 1 trên 10 chỉ số. Chấm tiếp rồi nộp." }, { SHEET_RETURNED,
			"Bổ sung trước ngày 05/12/2026: thiếu ảnh" },
		{ SHEET_SUBMITTED, "Đã nộp, chờ xét. Không phải làm gì thêm." } };
	struct arena *a = arena_new(1 * MiB);

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct paper_member m = { .state = cases[i].state, .due_day = "2026-12-05", .reason = "thiếu ảnh", .self = { .n
			= 10 } };

		m.self.at[3] = SOME(7);
		CHECK_TEXT(cases[i].words, paper_member_todo(a, &m, 10));
	}
	arena_free(a);
}

TEST(paper, every_paper_is_made_in_every_format_and_the_export_is_noted)
{
	static const char *const files[] = { "bien-ban.docx", "bien-ban.pdf", "danh-sach.docx", "danh-sach.pdf", "danh-sach.xlsx",
		"to-trinh.docx", "to-trinh.pdf", "quyet-dinh.docx", "quyet-dinh.pdf", "quyet-dinh.xlsx",
		"niem-yet.docx", "niem-yet.pdf", "niem-yet.xlsx", "kien-nghi.docx", "kien-nghi.pdf" };
	struct world w;
	struct reply reply;
	struct audit_list trail;
	const char *papers;

	world_serve(&w);
	world_round(&w);
	papers = arena_format(w.arena, "/xa/giay-to/%lld/%lld", (long long)w.commune, (long long)w.round);
	year_reviewed(&w, year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS));
	for (int proposed = 0; proposed < 2; proposed++) {
		if (proposed)
			year_proposed(&w, NULL);
		for (size_t i = 0; i < COUNT(files); i++) {
			world_get(&w, ROLE_COMMUNE, papers, &reply);
			CHECK_INT(200, reply.status);
			world_post(&w, ROLE_COMMUNE, papers, arena_format(w.arena, "tep=%s", files[i]), &reply);
			CHECK_INT(303, reply.status);
			world_get(&w, ROLE_COMMUNE, reply.location, &reply);
			CHECK_INT(200, reply.status);
			CHECK(reply.body.len > 500);
		}
	}
	world_get(&w, ROLE_BRANCH, arena_format(w.arena, "%s/danh-sach.pdf", papers), &reply);
	CHECK_INT(403, reply.status);
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "round", w.round, &trail));
	CHECK_INT(1 + 2 * COUNT(files), trail.n);
	world_close(&w);
}


static size_t entries(struct bytes file, const char *ending)
{
	zip_source_t *source = zip_source_buffer_create(file.ptr, file.len, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
	size_t n = 0;

	CHECK(zip != NULL);
	for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++) {
		const char *name = zip_get_name(zip, (zip_uint64_t)i, ZIP_FL_ENC_UTF_8);

		n += strlen(name) > strlen(ending) && !strcmp(name + strlen(name) - strlen(ending), ending);
	}
	zip_discard(zip);
	return n;
}

static void decide(struct world *w)
{
	struct decision d = { .version = 1, .number = "118/QĐ-UBND", .day = "2026-11-24", .signer = "S", .signer_role =
		"CHỦ TỊCH" };

	year_proposed(w, &d.proposal_id);
	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, decision_make(&w->ask, &d, &(int64_t){ 0 }));
	world_as_nobody(w);
}

TEST(paper, certificates_come_in_one_file_or_one_each_and_all_papers_in_one_zip)
{
	struct world w;
	struct reply reply;
	const char *papers, *text;

	world_serve(&w);
	world_round(&w);
	papers = arena_format(w.arena, "/xa/giay-to/%lld/%lld", (long long)w.commune, (long long)w.round);
	year_reviewed(&w, year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS));
	year_reviewed(&w, year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS));
	world_get(&w, ROLE_COMMUNE, papers, &reply);
	world_take(&w, ROLE_COMMUNE, papers, "tep=giay-chung-nhan.pdf", &reply);
	CHECK_INT(404, reply.status);
	world_take(&w, ROLE_COMMUNE, papers, "tep=tat-ca.zip", &reply);
	CHECK_INT(200, reply.status);
	CHECK_INT(6, entries(reply.body, ".pdf"));
	decide(&w);
	world_get(&w, ROLE_COMMUNE, papers, &reply);
	CHECK_HAS(reply_text(&w, &reply), "2 người được công nhận");
	world_take(&w, ROLE_COMMUNE, papers, "tep=giay-chung-nhan.pdf", &reply);
	CHECK_INT(2, pdf_pages(w.arena, reply.body));
	world_take(&w, ROLE_COMMUNE, papers, "tep=giay-chung-nhan.zip", &reply);
	CHECK_INT(2, entries(reply.body, ".pdf"));
	CHECK_INT(1, entries(reply.body, "0001 Nguyễn Thị An.pdf"));
	world_take(&w, ROLE_COMMUNE, papers, "tep=tat-ca.zip", &reply);
	CHECK_INT(7, entries(reply.body, ".pdf"));
	CHECK_INT(6, entries(reply.body, ".docx"));
	CHECK_INT(3, entries(reply.body, ".xlsx"));
	world_take(&w, ROLE_COMMUNE, papers, "tep=giay-chung-nhan.docx", &reply);
	CHECK_INT(200, reply.status);
	CHECK_TEXT(document_format_type(DOCUMENT_DOCX), reply.type);
	CHECK_INT(2, entries(reply.body, ".png"));                       /* a code to scan for each */
	world_take(&w, ROLE_COMMUNE, papers, "tep=giay-chung-nhan.pdf&trang=2", &reply);
	CHECK_INT(1, pdf_pages(w.arena, reply.body));
	CHECK_HAS(pdf_tool(w.arena, reply.body, "pdftotext", "-"), "Trần Thị Bình");
	world_take(&w, ROLE_COMMUNE, papers, "tep=giay-chung-nhan.pdf&trang=3", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Giấy này không có trang 3.");
	world_get(&w, ROLE_COMMUNE, papers, &reply);             /* a token of its own */
	world_post(&w, ROLE_COMMUNE, papers, "tep=to-trinh.docx&trang=2", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Chỉ tệp PDF in lại được một trang.");
	world_take(&w, ROLE_COMMUNE, papers, "tep=niem-yet.pdf", &reply);
	text = pdf_tool(w.arena, reply.body, "pdftotext", "- | tr '\\n' ' '");
	CHECK_HAS(text, "gồm 2 người");
	CHECK_HAS(text, "Trần Thị Bình");        /* whom it listed, though they are recognised */
	world_take(&w, ROLE_COMMUNE, papers, "tep=danh-sach.pdf", &reply);
	text = pdf_tool(w.arena, reply.body, "pdftotext", "- | tr '\\n' ' '");
	CHECK_HAS(text, "Tổng cộng: 2 người; nữ");
	CHECK_HAS(text, "Chia theo nhóm: ");
	world_get(&w, ROLE_COMMUNE, arena_format(w.arena, "%s/khong-co.pdf", papers), &reply);
	CHECK(reply.status == 404 || reply.status == 400 || reply.status == 422);
	world_close(&w);
}
