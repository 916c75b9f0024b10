#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/client.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/assessments/assessments.h"

/* A picture of 16 × 16 red dots, as a telephone would never send it, but a picture. */
static const unsigned char picture[] = {
	137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 16,
	0, 0, 0, 16, 8, 2, 0, 0, 0, 144, 145, 104, 54, 0, 0, 0, 22, 73, 68, 65,
	84, 120, 218, 99, 56, 33, 39, 71, 18, 98, 24, 213, 48, 170, 97, 248, 106, 0, 0, 228,
	98, 4, 16, 233, 155, 128, 241, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
};

/* ---- a served world in which the citizen has a person ---- */

struct page_world { struct world w; struct sheet_key key; };

static int64_t add_person(struct world *w, const char *name)
{
	struct person_new new = {.name = name,
		.birth = "1961-05-20", .national_id = "", .phone = "", .address = "", .household = "", .clan = "",
		.group = "nong_dan", .trained_on = "", .guardian = "", .sex = SEX_FEMALE, .leaf_id = w->hamlet,
		.hamlet_id = w->hamlet };
	int64_t id = 0;

	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, person_add(&w->ask, &new, &id));
	return id;
}

static void begin(struct page_world *p)
{
	world_serve(&p->w);
	world_round(&p->w);
	p->key = (struct sheet_key){ add_person(&p->w, "Trần Thị Lành"), p->w.round };
	CHECK_OUTCOME(OK, db_script(p->w.db, arena_format(p->w.arena, "UPDATE account SET person_id = %lld WHERE id = %lld",
		(long long)p->key.person_id, (long long)p->w.account[ROLE_CITIZEN]), "test"));
	world_as(&p->w, ROLE_CITIZEN, p->w.hamlet);
	p->w.actor.person_id = p->key.person_id;
}

static const char *at(struct page_world *p, const char *part)
{
	return arena_format(p->w.arena, "/phieu/%lld/%lld%s", (long long)p->key.person_id, (long long)p->key.round_id, part);
}

/* HOCTAP_KEEP_PAGES=DIR keeps what was got, to be looked at (web/check.mjs). */
static const char *keep(struct page_world *p, const char *name, const struct reply *reply)
{
	const char *folder = getenv("HOCTAP_KEEP_PAGES"), *text = reply_text(&p->w, reply);
	FILE *file = folder ? fopen(arena_format(p->w.arena, "%s/phieu-%s.html", folder, name), "w") : NULL;

	if (file) {
		fputs(text, file);
		fclose(file);
	}
	return text;
}

static const char *get(struct page_world *p, enum role role, const char *part, const char *name)
{
	struct reply reply;

	world_get(&p->w, role, at(p, part), &reply);
	CHECK_INT(200, reply.status);
	return keep(p, name, &reply);
}

static int post(struct page_world *p, enum role role, const char *part, const char *fields, struct reply *reply)
{
	world_post(&p->w, role, at(p, part), fields, reply);
	return reply->status;
}

static struct sheet sheet(struct page_world *p)
{
	struct sheet s = { 0 };

	CHECK_OUTCOME(OK, sheet_get(&p->w.ask, p->key, &s));
	return s;
}

static void score_all(struct page_world *p, int64_t each)
{
	struct scores scores = { .n = 10 };

	for (int i = 0; i < 10; i++)
		scores.at[i] = SOME(each - i % 3);
	CHECK_OUTCOME(OK, sheet_save_scores(&p->w.ask, p->key, sheet(p).version, &scores, NULL, NULL));
}

static void register_one(struct page_world *p)
{
	CHECK_OUTCOME(OK, sheet_register(&p->w.ask, p->key, "nong_dan", "Học dùng điện thoại", false, NULL));
}

/* ---- the way of a citizen ---- */

TEST(sheet_pages, a_citizen_goes_from_registration_to_handing_in)
{
	struct page_world p;
	struct reply reply;
	const char *text;

	begin(&p);
	world_get(&p.w, ROLE_CITIZEN, "/phieu", &reply);
	CHECK_INT(303, reply.status);
	CHECK_TEXT(at(&p, ""), reply.location);
	text = get(&p, ROLE_CITIZEN, "", "01-chua-dang-ky");
	CHECK_HAS(text, "Việc tiếp theo: đăng ký");
	CHECK_HAS(text, "30/11/2026");
	text = get(&p, ROLE_CITIZEN, "/dang-ky", "02-dang-ky");
	CHECK_HAS(text, "Người sống chính bằng trồng trọt");          /* the group's "who" */
	CHECK(!strstr(text, "id=\"helper\""));
	CHECK_INT(303, post(&p, ROLE_CITIZEN, "/dang-ky", "version=0&group=nong_dan&wish_1=Dien+thoai&wish_3=Trong+dua&agree=1",
		&reply));
	CHECK_TEXT("Dien thoai\nTrong dua", sheet(&p).wishes);
	CHECK_HAS(get(&p, ROLE_CITIZEN, "", "03-da-dang-ky"), "Bắt đầu chấm");
	for (int i = 1; i <= 10; i++) {
		const char *part = arena_format(p.w.arena, "/cham/%d", i);

		text = get(&p, ROLE_CITIZEN, part, arena_format(p.w.arena, "04-cham-%02d", i));
		CHECK_HAS(text, "data-tally");
		CHECK_INT(303, post(&p, ROLE_CITIZEN, part, arena_format(p.w.arena, "version=%d&score=8&then=tiep", i), &reply));
		CHECK_TEXT(at(&p, i < 10 ? arena_format(p.w.arena, "/cham/%d", i + 1) : "/gui"), reply.location);
	}
	text = get(&p, ROLE_CITIZEN, "/gui", "05-nop");
	CHECK_HAS(text, "80 điểm");
	CHECK_INT(303, post(&p, ROLE_CITIZEN, "/gui", "version=11&remark=Chau+Ngan+bam+giup", &reply));
	CHECK_INT(SHEET_SUBMITTED, sheet(&p).state);
	CHECK_TEXT("Chau Ngan bam giup", sheet(&p).remark);
	CHECK_HAS(get(&p, ROLE_CITIZEN, "", "06-da-nop"), "Lấy lại phiếu để sửa");
	CHECK_HAS(get(&p, ROLE_CITIZEN, "/xem", "07-xem"), "Nộp phiếu");
	(void)get(&p, ROLE_CITIZEN, "/lay-lai", "08-lay-lai");
	CHECK_INT(303, post(&p, ROLE_CITIZEN, "/lay-lai", "version=13", &reply));
	CHECK_INT(SHEET_DRAFT, sheet(&p).state);
	(void)get(&p, ROLE_CITIZEN, "/rut", "09-rut");
	CHECK_INT(422, post(&p, ROLE_CITIZEN, "/rut", "version=14&reason=", &reply));
	CHECK_HAS(keep(&p, "10-rut-loi", &reply), "href=\"#reason\"");
	CHECK_INT(303, post(&p, ROLE_CITIZEN, "/rut", "version=14&reason=Chuyen+di+noi+khac", &reply));
	CHECK_INT(SHEET_WITHDRAWN, sheet(&p).state);
	CHECK_HAS(get(&p, ROLE_CITIZEN, "", "11-da-rut"), "nhờ chi hội");
	world_close(&p.w);
}

TEST(sheet_pages, all_that_is_wrong_with_a_registration_stands_beside_its_field)
{
	struct page_world p;
	struct reply reply;
	const char *text;

	begin(&p);
	(void)get(&p, ROLE_BRANCH, "/dang-ky", "20-nhap-ho");
	CHECK_INT(422,
		post(&p, ROLE_BRANCH, "/dang-ky", "version=0&group=&wish_1=Giu+lai&helper=&consent=&no_posting=1", &reply));
	text = keep(&p, "21-dang-ky-loi", &reply);
	CHECK_HAS(text, "href=\"#group\"");
	CHECK_HAS(text, "href=\"#helper\"");
	CHECK_HAS(text, "href=\"#consent\"");
	CHECK_HAS(text, "value=\"Giu lai\"");
	CHECK_HAS(text, "checked");
	(void)get(&p, ROLE_CITIZEN, "/dang-ky", "22");
	CHECK_INT(422, post(&p, ROLE_CITIZEN, "/dang-ky", "version=0&group=nong_dan", &reply));
	CHECK_HAS(reply_text(&p.w, &reply), "href=\"#agree\"");
	CHECK_OUTCOME(NOT_FOUND, sheet_get(&p.w.ask, p.key, &(struct sheet){ 0 }));
	world_close(&p.w);
}

TEST(sheet_pages, without_a_score_the_ladder_says_so_and_later_is_no_mistake)
{
	struct page_world p;
	struct reply reply;

	begin(&p);
	register_one(&p);
	(void)get(&p, ROLE_CITIZEN, "/cham/4", "30-cham");
	CHECK_INT(422, post(&p, ROLE_CITIZEN, "/cham/4", "version=1&then=tiep", &reply));
	CHECK_HAS(keep(&p, "31-cham-loi", &reply), "Chưa chắc thì chọn mức thấp hơn");
	CHECK_INT(303, post(&p, ROLE_CITIZEN, "/cham/4", "version=1&then=de-sau", &reply));
	CHECK_INT(SHEET_REGISTERED, sheet(&p).state);
	CHECK_INT(303, post(&p, ROLE_CITIZEN, "/cham/4", "version=1&score=7&then=minh-chung", &reply));
	CHECK_HAS(reply.location, "/minh-chung?indicator=4");
	CHECK_INT(SHEET_DRAFT, sheet(&p).state);
	CHECK_HAS(get(&p, ROLE_CITIZEN, "", "32-dang-cham"), "Việc tiếp theo: chấm chỉ số 1");
	CHECK_HAS(get(&p, ROLE_CITIZEN, "/gui", "33-nop-thieu"), "Chỉ số 10");
	CHECK_INT(422, post(&p, ROLE_CITIZEN, "/gui", "version=2&remark=", &reply));
	CHECK_HAS(reply_text(&p.w, &reply), "còn 9 chỉ số chưa chấm");
	world_get(&p.w, ROLE_CITIZEN, at(&p, "/cham/11"), &reply);
	CHECK_INT(404, reply.status);
	world_close(&p.w);
}

TEST(sheet_pages, a_stale_page_is_told_so_and_twice_is_once)
{
	static const char fields[] = "version=1&score=8&then=tiep";
	struct page_world p;
	struct reply first, second;

	begin(&p);
	register_one(&p);
	(void)get(&p, ROLE_CITIZEN, "/cham/1", "40");
	CHECK_INT(303, post(&p, ROLE_CITIZEN, "/cham/1", fields, &first));
	CHECK_INT(303, post(&p, ROLE_CITIZEN, "/cham/1", fields, &second));
	CHECK_TEXT(first.location, second.location);
	CHECK_INT(2, sheet(&p).version);
	CHECK_INT(409, post(&p, ROLE_CITIZEN, "/cham/1", "version=1&score=3&then=tiep", &second));
	CHECK_INT(8, sheet(&p).self.at[0].value);
	world_close(&p.w);
}

TEST(sheet_pages, are_closed_to_another_person_and_to_officers_elsewhere)
{
	static const char *const parts[] = { "", "/xem", "/dang-ky", "/cham/1", "/minh-chung", "/gui", "/lay-lai", "/rut" };
	struct page_world p;
	struct reply reply;
	int64_t other;

	begin(&p);
	other = add_person(&p.w, "Nguyễn Văn Hai");
	world_as(&p.w, ROLE_CITIZEN, p.w.hamlet);
	p.w.actor.person_id = p.key.person_id;
	register_one(&p);
	CHECK_OUTCOME(OK, db_script(p.w.db,
		arena_format(p.w.arena,
		"UPDATE account SET person_id = %lld WHERE id = %lld;"
		"UPDATE role_grant SET unit_id = %lld WHERE account_id = %lld",
		(long long)other, (long long)p.w.account[ROLE_CITIZEN],
		(long long)p.w.other_hamlet, (long long)p.w.account[ROLE_BRANCH]),
		"test"));
	for (size_t i = 0; i < COUNT(parts); i++) {
		world_get(&p.w, ROLE_CITIZEN, at(&p, parts[i]), &reply);
		CHECK_INT(404, reply.status);
		world_get(&p.w, ROLE_BRANCH, at(&p, parts[i]), &reply);
		CHECK_INT(404, reply.status);
		world_get(&p.w, ROLES, at(&p, parts[i]), &reply);
		CHECK(reply.status == 303 || reply.status == 401);
	}
	world_get(&p.w, ROLE_PROVINCE, at(&p, ""), &reply);                   /* reads, changes nothing */
	CHECK_INT(200, reply.status);
	world_get(&p.w, ROLE_PROVINCE, at(&p, "/cham/1"), &reply);
	CHECK_INT(404, reply.status);
	world_close(&p.w);
}

TEST(sheet_pages, a_returned_sheet_stands_as_a_banner_and_changes_say_who_and_why)
{
	struct page_world p;
	struct sheet before, after;
	const char *text;

	begin(&p);
	register_one(&p);
	score_all(&p, 9);
	CHECK_OUTCOME(OK, sheet_submit(&p.w.ask, p.key, 2, NULL));
	world_as(&p.w, ROLE_BRANCH, p.w.hamlet);
	before = after = sheet(&p);
	after.state = SHEET_RETURNED;
	after.state_reason = "Gửi thêm một ảnh hoặc một câu kể cho chỉ số 4.";
	after.due_day = "2026-12-05";
	after.reviewed = after.self;
	after.reviewed.at[4] = SOME(6);
	CHECK_OUTCOME(OK, sheet_write(&p.w.ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_RETURNED,
		.reason = after.state_reason }));
	CHECK_OUTCOME(OK, sheet_add_reason(&p.w.ask, p.key, 5, 8, 6, "Bác chưa tự chuyển khoản hay dùng VNeID."));
	text = get(&p, ROLE_CITIZEN, "", "50-tra-lai");
	CHECK_HAS(text, "notice--turn");
	CHECK_HAS(text, "05/12/2026");
	CHECK_HAS(text, "một câu kể cho chỉ số 4");
	text = get(&p, ROLE_CITIZEN, "/xem", "51-xem-da-sua");
	CHECK_HAS(text, "Bác chưa tự chuyển khoản");
	CHECK_HAS(text, "Chi hội");
	CHECK_HAS(text, "is-changed");
	before = after;
	before.version = 4;
	after.state = SHEET_RECOGNISED;
	after.final = after.reviewed;
	CHECK_OUTCOME(OK, sheet_write(&p.w.ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_RECOGNISED }));
	CHECK_HAS(get(&p, ROLE_CITIZEN, "", "52-cong-nhan"), "Xem giấy chứng nhận");
	CHECK_HAS(get(&p, ROLE_CITIZEN, "/xem", "53-xem-cong-nhan"), "/giay\"");
	world_close(&p.w);
}

/* ---- files ---- */

struct part { const char *name, *content; size_t len; };

static int upload(struct page_world *p, const char *indicator, const char *words, const struct part *parts, size_t n,
	struct reply *reply)
{
	struct header cookie = { "Cookie", p->w.cookie[ROLE_CITIZEN] };
	struct buf body = BUF(p->w.arena, .max = 64 * MiB);
	struct call call = { .method = "POST", .target = at(p, "/minh-chung"), .headers = &cookie, .n_headers = 1,
		.type = "multipart/form-data; boundary=RANHGIOI" };

	buf_format(&body, "--RANHGIOI\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n%s\r\n", p->w.token);
	buf_format(&body, "--RANHGIOI\r\nContent-Disposition: form-data; name=\"indicator\"\r\n\r\n%s\r\n", indicator);
	buf_format(&body, "--RANHGIOI\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\n%s\r\n", words);
	for (size_t i = 0; i < n; i++) {
		buf_format(&body, "--RANHGIOI\r\nContent-Disposition: form-data; name=\"files\"; filename=\"%s\"\r\n"
			"Content-Type: image/jpeg\r\n\r\n", parts[i].name);
		buf_add(&body, parts[i].content, parts[i].len);
		buf_text(&body, "\r\n");
	}
	buf_text(&body, "--RANHGIOI--\r\n");
	call.body = buf_bytes(&body);
	server_call(p->w.server, &call, p->w.arena, reply);
	return reply->status;
}

static void with_sandbox(struct page_world *p)
{
	begin(p);
	p->w.app.sandbox = sandbox_new(&(struct sandbox_config){ .workers = 1 });
	p->w.gate.sandbox = p->w.app.sandbox;
	register_one(p);
}

static void without_sandbox(struct page_world *p)
{
	struct sandbox *sandbox = p->w.app.sandbox;

	world_close(&p->w);
	sandbox_free(sandbox);
}

TEST(sheet_pages, good_files_are_kept_and_each_bad_one_is_named)
{
	struct page_world p;
	struct evidence_list all;
	struct reply reply;
	const char *text;
	char *heavy;
	struct part parts[] = {{"goc-hoc-tap.png", (const char *)picture, sizeof picture},
		{"virus.jpg", "MZ\x90 khong phai anh", 18},
		{"dut.png", (const char *)picture, 40},
		{"trong.jpg", "", 0},
		{"nang.jpg", NULL, 10 * MiB + 1}};

	with_sandbox(&p);
	heavy = arena_alloc(p.w.arena, 10 * MiB + 1);
	parts[4].content = heavy;
	(void)get(&p, ROLE_CITIZEN, "/minh-chung?indicator=4", "60-minh-chung");
	CHECK_INT(200, upload(&p, "4", "Cô Hai Đẹp tổ 4 biết việc này", parts, COUNT(parts), &reply));
	text = keep(&p, "61-minh-chung-mot-phan", &reply);
	CHECK_HAS(text, "Đã lưu 1 tệp, còn 4 tệp chưa nhận");
	for (size_t i = 1; i < COUNT(parts); i++)
		CHECK_HAS(text, arena_format(p.w.arena, "“%s”", parts[i].name));
	CHECK_HAS(text, "goc-hoc-tap.png");
	CHECK_HAS(text, "Cô Hai Đẹp");
	CHECK_OUTCOME(OK, evidence_of_person(&p.w.ask, p.key.person_id, &all));
	CHECK_INT(2, all.n);
	CHECK_INT(SHEET_DRAFT, sheet(&p).state);
	CHECK_INT(200, upload(&p, "4", "Cô Hai Đẹp tổ 4 biết việc này", parts, COUNT(parts), &reply));       /* the same again */
	CHECK_OUTCOME(OK, evidence_of_person(&p.w.ask, p.key.person_id, &all));
	CHECK_INT(2, all.n);
	CHECK_HAS(get(&p, ROLE_CITIZEN, "/cham/4", "62-cham-co-minh-chung"), "goc-hoc-tap.png");
	(void)get(&p, ROLE_CITIZEN, "/minh-chung", "63-moi-minh-chung");
	without_sandbox(&p);
}

TEST(sheet_pages, only_bad_files_keep_nothing_and_nothing_sent_is_said)
{
	struct page_world p;
	struct evidence_list all;
	struct reply reply;
	struct part bad = { "virus.jpg", "MZ\x90 khong phai anh", 18 };

	with_sandbox(&p);
	(void)get(&p, ROLE_CITIZEN, "/minh-chung?indicator=4", "64");
	CHECK_INT(422, upload(&p, "4", "", &bad, 1, &reply));
	CHECK_HAS(keep(&p, "65-tep-sai", &reply), "virus.jpg");
	CHECK_INT(422, upload(&p, "4", "", NULL, 0, &reply));
	CHECK_HAS(reply_text(&p.w, &reply), "Chưa có gì để gửi");
	CHECK_OUTCOME(OK, evidence_of_person(&p.w.ask, p.key.person_id, &all));
	CHECK_INT(0, all.n);
	CHECK_INT(SHEET_REGISTERED, sheet(&p).state);
	without_sandbox(&p);
}

TEST(sheet_pages, a_picture_is_shown_to_its_owner_and_the_branch_alone)
{
	struct page_world p;
	struct evidence_list all;
	struct reply reply;
	struct part one = { "goc-hoc-tap.png", (const char *)picture, sizeof picture };
	const char *full, *small;

	with_sandbox(&p);
	(void)get(&p, ROLE_CITIZEN, "/minh-chung?indicator=4", "66");
	CHECK_INT(303, upload(&p, "4", "", &one, 1, &reply));
	CHECK_OUTCOME(OK, evidence_of_person(&p.w.ask, p.key.person_id, &all));
	full = arena_format(p.w.arena, "/minh-chung/%lld/%lld", (long long)p.key.person_id, (long long)all.at[0].id);
	small = arena_format(p.w.arena, "%s/nho", full);
	world_get(&p.w, ROLE_CITIZEN, full, &reply);
	CHECK_INT(200, reply.status);
	CHECK_TEXT("image/jpeg", reply.type);
	CHECK(!memcmp(reply.body.ptr, "\xff\xd8", 2));
	world_get(&p.w, ROLE_BRANCH, small, &reply);
	CHECK_INT(200, reply.status);
	world_get(&p.w, ROLES, full, &reply);
	CHECK(reply.status != 200);
	CHECK_OUTCOME(OK, db_script(p.w.db, arena_format(p.w.arena, "UPDATE account SET person_id = 7 WHERE id = %lld",
		(long long)p.w.account[ROLE_CITIZEN]), "test"));
	world_get(&p.w, ROLE_CITIZEN, full, &reply);
	CHECK_INT(404, reply.status);
	world_get(&p.w, ROLE_CITIZEN, small, &reply);
	CHECK_INT(404, reply.status);
	without_sandbox(&p);
}

TEST(sheet_pages, evidence_is_linked_elsewhere_and_taken_away)
{
	struct page_world p;
	struct evidence_list all;
	struct evidence_uses uses;
	struct reply reply;
	const char *id;

	begin(&p);
	register_one(&p);
	CHECK_OUTCOME(OK, sheet_add_statement(&p.w.ask, p.key, 4, "Cô Hai Đẹp tổ 4 biết việc này", NULL));
	CHECK_OUTCOME(OK, evidence_of_person(&p.w.ask, p.key.person_id, &all));
	id = arena_format(p.w.arena, "%lld", (long long)all.at[0].id);
	CHECK_HAS(get(&p, ROLE_CITIZEN, "/minh-chung?indicator=6", "67"), "Dùng cho chỉ số này");
	CHECK_INT(303, post(&p, ROLE_CITIZEN, "/gan", arena_format(p.w.arena, "evidence=%s&indicator=6&linked=1", id), &reply));
	CHECK_OUTCOME(OK, evidence_of_round(&p.w.ask, p.key.person_id, p.w.round, &uses));
	CHECK_INT(2, uses.n);
	CHECK_INT(303, post(&p, ROLE_CITIZEN, "/gan", arena_format(p.w.arena, "evidence=%s&indicator=6", id), &reply));
	CHECK_INT(409, post(&p, ROLE_CITIZEN, "/bo", arena_format(p.w.arena, "evidence=%s&version=1", id), &reply));
	CHECK_INT(303, post(&p, ROLE_CITIZEN, "/bo", arena_format(p.w.arena, "evidence=%s&version=3", id), &reply));
	CHECK_OUTCOME(OK, evidence_of_person(&p.w.ask, p.key.person_id, &all));
	CHECK_INT(0, all.n);
	world_close(&p.w);
}

TEST(sheet_pages, a_helper_uses_the_same_pages)
{
	struct page_world p;
	struct reply reply;

	begin(&p);
	world_get(&p.w, ROLE_BRANCH, arena_format(p.w.arena, "/phieu/%lld", (long long)p.key.person_id), &reply);
	CHECK_TEXT(at(&p, ""), reply.location);
	CHECK_HAS(get(&p, ROLE_BRANCH, "/dang-ky", "70"), "id=\"helper\"");
	CHECK_INT(303, post(&p, ROLE_BRANCH, "/dang-ky", "version=0&group=nong_dan&helper=Ba+Ba&consent=Bang+loi", &reply));
	CHECK(!strstr(get(&p, ROLE_BRANCH, "/cham/1", "71-cham-ho"), "id=\"helper\""));
	CHECK_INT(303, post(&p, ROLE_BRANCH, "/cham/1", "version=1&score=8&then=tiep", &reply));
	CHECK(sheet(&p).assisted);
	CHECK_HAS(get(&p, ROLE_CITIZEN, "/xem", "72-xem-nhap-ho"), "Ba Ba. Bang loi");
	(void)get(&p, ROLE_CITIZEN, "/rut", "72");
	CHECK_INT(303, post(&p, ROLE_CITIZEN, "/rut", "version=2&reason=Chuyen+di+noi+khac", &reply));
	(void)get(&p, ROLE_BRANCH, "/nhan-lai", "73-nhan-lai");
	CHECK_INT(303, post(&p, ROLE_BRANCH, "/nhan-lai", "version=3&reason=Nham+nguoi", &reply));
	CHECK_INT(SHEET_DRAFT, sheet(&p).state);
	world_close(&p.w);
}

TEST(sheet_pages, a_closed_window_is_told_on_the_page)
{
	struct page_world p;
	struct reply reply;

	begin(&p);
	CHECK_HAS(get(&p, ROLE_CITIZEN, "/dang-ky", "80"), "name=\"group\"");
	CHECK_OUTCOME(OK, db_script(p.w.db, "UPDATE round SET register_until = '2026-11-20'", "test"));
	CHECK_INT(422, post(&p, ROLE_CITIZEN, "/dang-ky", "version=0&group=nong_dan&agree=1", &reply));
	CHECK_HAS(keep(&p, "81-dong-loi", &reply), "20/11/2026");
	CHECK_HAS(get(&p, ROLE_CITIZEN, "", "80-dong"), "20/11/2026");
	CHECK_HAS(get(&p, ROLE_CITIZEN, "/dang-ky", "81-dong"), "20/11/2026");
	CHECK(!strstr(get(&p, ROLE_CITIZEN, "/dang-ky", "81-dong"), "name=\"group\""));
	CHECK_OUTCOME(OK, db_script(p.w.db, "UPDATE round SET register_until = '2026-11-30'", "test"));
	register_one(&p);
	CHECK_OUTCOME(OK, db_script(p.w.db, "UPDATE round SET score_until = '2026-11-21'", "test"));
	CHECK_HAS(get(&p, ROLE_CITIZEN, "", "82-het-han"), "21/11/2026");
	CHECK_HAS(get(&p, ROLE_CITIZEN, "/cham/1", "83-het-han-cham"), "21/11/2026");
	CHECK_INT(422, post(&p, ROLE_CITIZEN, "/cham/1", "version=1&score=8&then=tiep", &reply));
	CHECK_HAS(keep(&p, "84-het-han-loi", &reply), "21/11/2026");
	world_close(&p.w);
}

TEST(assessments_http, whoever_has_not_registered_is_led_to_it)
{
	static const char *const parts[] = { "xem", "cham/1", "minh-chung", "gui", "rut" };
	struct world w;
	struct reply reply;
	int64_t person;

	world_serve(&w);
	world_round(&w);
	person = year_person(&w, "Nguyễn Thị An", w.hamlet);
	for (size_t i = 0; i < COUNT(parts); i++) {
		world_get(&w, ROLE_BRANCH, arena_format(w.arena, "/phieu/%lld/2026/%s", (long long)person, parts[i]), &reply);
		CHECK_INT(303, reply.status);
		CHECK_TEXT(arena_format(w.arena, "/phieu/%lld/2026/dang-ky", (long long)person), reply.location);
	}
	world_get(&w, ROLE_AUDITOR, arena_format(w.arena, "/phieu/%lld/2026/xem", (long long)person), &reply);
	CHECK_TEXT(arena_format(w.arena, "/phieu/%lld/2026", (long long)person), reply.location);     /* may not register anybody */
	world_get(&w, ROLE_BRANCH, "/toi", &reply);
	world_post(&w, ROLE_BRANCH, arena_format(w.arena, "/phieu/%lld/2026/cham/1", (long long)person), "version=0&score=8", &reply);
	CHECK_INT(404, reply.status);
	world_close(&w);
}
