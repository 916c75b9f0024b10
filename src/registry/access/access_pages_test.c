#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "registry/access/accounts.h"
#include "registry/access/session.h"
#include "registry/audit/audit.h"
#include "tests/world.h"

#define GOOD "con trâu là đầu cơ nghiệp"
#define GOOD_SENT "con+tr%C3%A2u+l%C3%A0+%C4%91%E1%BA%A7u+c%C6%A1+nghi%E1%BB%87p"

static const char *code_for(struct world *w, int64_t id)
{
	const char *code = "";

	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, code_make_for(&w->ask, id, 0, ticket_make(w->arena), &code));
	return code;
}

/* Whoever is in the jar of ROLES opens an account with its code. */
static void open_account(struct world *w, int64_t id, struct reply *reply)
{
	world_get(w, ROLES, "/kich-hoat", reply);
	CHECK_INT(200, reply->status);
	world_post(w, ROLES, "/kich-hoat", arena_format(w->arena, "code=%s&passphrase=%s&again=%s&phone=",
		code_for(w, id), GOOD_SENT, GOOD_SENT), reply);
	CHECK_INT(303, reply->status);
}

static void sign_in(struct world *w, const char *login, const char *passphrase, const char *back, struct reply *reply)
{
	world_get(w, ROLES, "/dang-nhap", reply);
	world_post(w, ROLES, "/dang-nhap", arena_format(w->arena, "login=%s&passphrase=%s&ve=%s", login, passphrase, back),
		reply);
}

static void forget(struct world *w)
{
	w->jar[0] = w->jar[1] = NULL;
}

TEST(access_pages, a_code_opens_an_account_which_signs_in_and_out)
{
	struct world w;
	struct reply reply;

	world_serve(&w);
	open_account(&w, w.account[ROLE_COMMUNE], &reply);
	CHECK_TEXT("/", reply.location);
	world_get(&w, ROLES, "/toi", &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Xã Đức Hoà");
	world_post(&w, ROLES, "/dang-xuat", "", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLES, "/toi", &reply);
	CHECK_INT(303, reply.status);
	CHECK_HAS(reply.location, "/dang-nhap?ve=%2Ftoi");
	forget(&w);
	sign_in(&w, "Commune", GOOD_SENT, "%2Fdon-vi%3Fq%3Dhoa", &reply);
	CHECK_INT(303, reply.status);
	CHECK_TEXT("/don-vi?q=hoa", reply.location);
	world_get(&w, ROLES, "/dang-nhap", &reply);             /* already in */
	CHECK_INT(303, reply.status);
	world_close(&w);
}

TEST(access_pages, signing_in_never_leads_to_another_site_or_a_page_that_cannot_be_got)
{
	static const char *const backs[] = { "https%3A%2F%2Fxau.vn", "%2F%2Fxau.vn", "%2F%5Cxau.vn", "javascript%3Aalert(1)",
		"%2Fkhong-co",
		"%2Fdang-xuat", "%2Fdon-vi%0d%0aX", "" };
	struct world w;
	struct reply reply;

	world_serve(&w);
	open_account(&w, w.account[ROLE_COMMUNE], &reply);
	for (size_t i = 0; i < COUNT(backs); i++) {
		forget(&w);
		sign_in(&w, "commune", GOOD_SENT, backs[i], &reply);
		if (reply.status == 422)                         /* a control character is refused by the form */
			continue;
		CHECK_INT(303, reply.status);
		CHECK_TEXT("/", reply.location);
	}
	world_close(&w);
}

TEST(access_pages, a_failure_is_counted_and_the_name_typed_stays)
{
	struct world w;
	struct reply reply;

	world_serve(&w);
	open_account(&w, w.account[ROLE_COMMUNE], &reply);
	forget(&w);
	world_get(&w, ROLES, "/dang-nhap", &reply);
	for (int i = 0; i < 5; i++) {                            /* the same post over and over is a try each time */
		world_post(&w, ROLES, "/dang-nhap", "login=commune&passphrase=sai&ve=", &reply);
		CHECK_INT(401, reply.status);
		CHECK_HAS(reply_text(&w, &reply), "Tên hoặc mật khẩu chưa đúng");
		CHECK_HAS(reply_text(&w, &reply), "value=\"commune\"");
		CHECK(!strstr(reply_text(&w, &reply), "value=\"sai\""));
	}
	world_post(&w, ROLES, "/dang-nhap", "login=commune&passphrase=" GOOD_SENT "&ve=", &reply);
	CHECK_INT(401, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Chờ 1 phút");
	w.app.fixed_now += 61;
	world_post(&w, ROLES, "/dang-nhap", "login=commune&passphrase=" GOOD_SENT "&ve=", &reply);
	CHECK_INT(303, reply.status);
	forget(&w);
	world_get(&w, ROLES, "/dang-nhap", &reply);
	world_post(&w, ROLES, "/dang-nhap", "login=&passphrase=", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "href=\"#login\"");
	CHECK_HAS(reply_text(&w, &reply), "href=\"#passphrase\"");
	world_close(&w);
}

TEST(access_pages, a_wrong_code_says_so_and_keeps_what_was_typed)
{
	struct world w;
	struct reply reply;

	world_serve(&w);
	world_get(&w, ROLES, "/kich-hoat", &reply);
	world_post(&w, ROLES, "/kich-hoat", "code=00000000000&passphrase=" GOOD_SENT "&again=" GOOD_SENT "&phone=0900000121",
		&reply);
	CHECK_INT(401, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Mã này không dùng được");
	CHECK_HAS(reply_text(&w, &reply), "value=\"0900000121\"");
	world_post(&w, ROLES, "/kich-hoat", "code=1&passphrase=matkhau&again=x&phone=12", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "href=\"#code\"");
	world_close(&w);
}

/* ---- what was typed when a session had ended ---- */

TEST(access_pages, a_session_that_ends_while_typing_loses_nothing)
{
	struct world w;
	struct reply reply;
	const char *target, *text, *kept;
	struct kept_list list;

	world_serve(&w);
	open_account(&w, w.account[ROLE_COMMUNE], &reply);
	target = arena_format(w.arena, "/don-vi/%lld/ten", (long long)w.hamlet);
	world_get(&w, ROLES, target, &reply);
	CHECK_INT(200, reply.status);
	w.app.fixed_now += SESSION_OFFICER_IDLE;
	world_post(&w, ROLES, target,
		"version=1&name=%E1%BA%A4p+B%C3%ACnh+Ho%C3%A0+%C4%90%C3%B4ng&from_day=24%2F11%2F2026&reason=Ngh%E1%BB%8B+quy%E1%BA%BFt+s%E1%BB%91+12",
		&reply);
	CHECK_INT(303, reply.status);
	CHECK_HAS(reply.location, "/dang-nhap?ve=");
	world_get(&w, ROLES, reply.location, &reply);
	CHECK_HAS(reply_text(&w, &reply), "những gì vừa gõ vẫn còn");
	sign_in(&w, "commune", GOOD_SENT, "", &reply);
	CHECK_INT(303, reply.status);
	CHECK_HAS(reply.location, "/toi/con-lai/");
	kept = reply.location;
	world_get(&w, ROLES, kept, &reply);
	CHECK_INT(200, reply.status);
	text = reply_text(&w, &reply);
	CHECK_HAS(text, "value=\"Ấp Bình Hoà Đông\"");
	CHECK_HAS(text, "value=\"24/11/2026\"");
	CHECK_HAS(text, "<input type=\"hidden\" name=\"version\" value=\"1\">");
	CHECK_HAS(text, arena_format(w.arena, "action=\"%s\"", target));
	CHECK_HAS(text, "Tên mới");
	/* to somebody else it is not there */
	w.ask.now = w.app.fixed_now;
	CHECK_OUTCOME(OK, session_open(&w.ask, w.account[ROLE_PROVINCE], &text));
	w.cookie[ROLE_PROVINCE] = arena_format(w.arena, "phien=%s", text);
	world_get(&w, ROLE_PROVINCE, kept, &reply);
	CHECK_INT(404, reply.status);
	world_get(&w, ROLES, kept, &reply);
	kept = arena_text(w.arena, strrchr(kept, '/') + 1);
	/* sent with a fault: the page that comes back still knows which one it is */
	world_post(&w, ROLES, target, arena_format(w.arena, "con_lai=%s&version=1&name=x&from_day=24%%2F11%%2F2026&reason=12",
		kept), &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), arena_format(w.arena, "name=\"con_lai\" value=\"%s\"", kept));
	CHECK_OUTCOME(OK, kept_list(&w.ask, w.account[ROLE_COMMUNE], &list));
	CHECK_INT(1, list.n);
	world_post(&w, ROLES, target, arena_format(w.arena,
		"con_lai=%s&version=1&name=%%E1%%BA%%A4p+M%%E1%%BB%%9Bi&from_day=24%%2F11%%2F2026&reason=Nghi+quyet+so+12&sure=1",
		kept), &reply);
	CHECK_INT(303, reply.status);
	CHECK_OUTCOME(OK, kept_list(&w.ask, w.account[ROLE_COMMUNE], &list));
	CHECK_INT(0, list.n);
	world_close(&w);
}

TEST(access_pages, a_post_of_nobody_known_gets_its_words_back)
{
	struct world w;
	struct reply reply;

	world_serve(&w);
	world_get(&w, ROLES, "/dang-nhap", &reply);
	world_post(&w, ROLES, "/tai-khoan/them", "name=B%C3%A0+L%C3%A0nh&login=lanh", &reply);
	CHECK_INT(401, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Bà Lành");
	CHECK_HAS(reply_text(&w, &reply), "href=\"/dang-nhap\"");
	world_close(&w);
}

TEST(access_pages, what_was_kept_can_be_let_go)
{
	struct world w;
	struct reply reply;
	struct kept_list list;

	world_serve(&w);
	w.ask.now = w.app.fixed_now;
	CHECK_OUTCOME(OK, kept_add(&w.ask, w.account[ROLE_COMMUNE], "/tai-khoan/them", "name=B%C3%A0+L%C3%A0nh&role=branch"));
	CHECK_OUTCOME(OK, kept_add(&w.ask, w.account[ROLE_COMMUNE], "/khong-con", "name=B"));
	CHECK_OUTCOME(OK, kept_list(&w.ask, w.account[ROLE_COMMUNE], &list));
	world_get(&w, ROLE_COMMUNE, "/toi/con-lai", &reply);
	CHECK_HAS(reply_text(&w, &reply), "/toi/con-lai/");
	world_get(&w, ROLE_COMMUNE, arena_format(w.arena, "/toi/con-lai/%lld", (long long)list.at[0].id), &reply);
	CHECK_INT(404, reply.status);                            /* no page takes it any more */
	world_get(&w, ROLE_COMMUNE, arena_format(w.arena, "/toi/con-lai/%lld", (long long)list.at[1].id), &reply);
	CHECK_HAS(reply_text(&w, &reply), "value=\"branch\" checked");
	world_post(&w, ROLE_COMMUNE, arena_format(w.arena, "/toi/con-lai/%lld/bo", (long long)list.at[1].id), "", &reply);
	CHECK_INT(303, reply.status);
	CHECK_OUTCOME(OK, kept_list(&w.ask, w.account[ROLE_COMMUNE], &list));
	CHECK_INT(1, list.n);
	world_close(&w);
}

TEST(access_pages, use_of_a_session_is_noted_at_most_once_a_minute)
{
	struct world w;
	struct reply reply;
	struct session session;
	int64_t began;

	world_serve(&w);
	began = w.app.fixed_now;
	w.app.fixed_now += SESSION_NOTE_SECONDS - 1;
	world_get(&w, ROLE_COMMUNE, "/don-vi", &reply);
	w.app.fixed_now += 1;
	world_get(&w, ROLE_PROVINCE, "/don-vi", &reply);
	server_free(w.server);
	w.server = NULL;
	w.ask.now = w.app.fixed_now;
	CHECK_OUTCOME(OK, session_read(&w.ask, strchr(w.cookie[ROLE_COMMUNE], '=') + 1, &session));
	CHECK_INT(began, session.used_at);
	CHECK_OUTCOME(OK, session_read(&w.ask, strchr(w.cookie[ROLE_PROVINCE], '=') + 1, &session));
	CHECK_INT(began + SESSION_NOTE_SECONDS, session.used_at);
	world_close(&w);
}

/* ---- officers ---- */

TEST(access_pages, an_officer_is_added_with_all_faults_told_at_once_and_only_once)
{
	static const char good[] = "name=B%C3%A0+L%C3%A0nh&login=lanh&role=branch&unit=27937.01&until_day=31%2F12%2F2027";
	struct world w;
	struct reply first, second;
	const char *text;
	struct account account;
	struct role_list roles;

	world_serve(&w);
	world_get(&w, ROLE_COMMUNE, "/tai-khoan/them", &first);
	CHECK_INT(200, first.status);
	CHECK(!strstr(reply_text(&w, &first), "value=\"admin\""));      /* not theirs to give */
	world_post(&w, ROLE_COMMUNE, "/tai-khoan/them", "name=B&login=9&role=branch&unit=99999&until_day=1%2F1%2F2020", &first);
	CHECK_INT(422, first.status);
	text = reply_text(&w, &first);
	CHECK_HAS(text, "href=\"#name\"");
	CHECK_HAS(text, "href=\"#login\"");
	CHECK_HAS(text, "href=\"#unit\"");
	CHECK_HAS(text, "value=\"1/1/2020\"");
	world_post(&w, ROLE_COMMUNE, "/tai-khoan/them", "name=Ba+Ba&login=baba&role=province&unit=27937&until_day=", &first);
	CHECK_INT(422, first.status);
	CHECK_HAS(reply_text(&w, &first), "href=\"#role\"");
	world_get(&w, ROLE_COMMUNE, "/tai-khoan/them", &first);
	world_post(&w, ROLE_COMMUNE, "/tai-khoan/them", good, &first);
	world_post(&w, ROLE_COMMUNE, "/tai-khoan/them", good, &second);
	CHECK_INT(303, first.status);
	CHECK_TEXT(first.location, second.location);
	CHECK_OUTCOME(OK, account_by_login(&w.ask, "lanh", &account));
	CHECK_OUTCOME(OK, roles_of(&w.ask, account.id, &roles));
	CHECK_INT(1, roles.n);
	CHECK_TEXT("2028-01-01", roles.at[0].until_day);
	world_get(&w, ROLE_COMMUNE, "/tai-khoan?q=lanh", &first);
	CHECK_TEXT(second.location, first.location);
	world_get(&w, ROLE_COMMUNE, "/tai-khoan", &first);
	CHECK_HAS(reply_text(&w, &first), "Bà Lành");
	world_close(&w);
}

TEST(access_pages, roles_codes_and_locks_of_an_account)
{
	struct world w;
	struct reply reply;
	char target[64];
	struct account account;
	const char *base, *code;

	world_serve(&w);
	base = arena_format(w.arena, "/tai-khoan/%lld", (long long)w.account[ROLE_BRANCH]);
	world_get(&w, ROLE_COMMUNE, base, &reply);
	CHECK_INT(200, reply.status);
	world_post(&w, ROLE_COMMUNE, arena_format(w.arena, "%s/ma", base), "", &reply);
	CHECK_INT(303, reply.status);
	snprintf(target, sizeof target, "%s", reply.location);
	world_post(&w, ROLE_COMMUNE, arena_format(w.arena, "%s/ma", base), "", &reply);         /* twice: the same code */
	CHECK_TEXT(target, reply.location);
	world_get(&w, ROLE_COMMUNE, target, &reply);
	CHECK_INT(200, reply.status);
	code = strstr(reply_text(&w, &reply), "class=\"name code\">");
	CHECK(code && code[18 + 4] == '-' && code[18 + 9] == '-');
	world_get(&w, ROLE_PROVINCE, target, &reply);
	CHECK_INT(404, reply.status);
	world_get(&w, ROLE_COMMUNE, base, &reply);
	world_post(&w, ROLE_COMMUNE, arena_format(w.arena, "%s/vai-tro", base), "role=deputy&unit=27937.02&until_day=", &reply);
	CHECK_INT(303, reply.status);
	world_post(&w, ROLE_COMMUNE, arena_format(w.arena, "%s/vai-tro", base), "role=deputy&unit=25645&until_day=", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "href=\"#unit\"");
	world_post(&w, ROLE_COMMUNE, arena_format(w.arena, "%s/thoi", base), arena_format(w.arena, "role_held=%d",
		2000 + ROLE_BRANCH), &reply);
	CHECK_INT(303, reply.status);
	world_post(&w, ROLE_COMMUNE, arena_format(w.arena, "%s/khoa", base), "version=7", &reply);
	CHECK_INT(409, reply.status);
	world_post(&w, ROLE_COMMUNE, arena_format(w.arena, "%s/khoa", base), "version=1", &reply);
	CHECK_INT(303, reply.status);
	CHECK_OUTCOME(OK, account_get(&w.ask, w.account[ROLE_BRANCH], &account));
	CHECK(account.is_locked);
	world_get(&w, ROLE_BRANCH, "/toi", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_COMMUNE, base, &reply);
	world_post(&w, ROLE_COMMUNE, arena_format(w.arena, "%s/mo-khoa", base), "version=2", &reply);
	CHECK_INT(303, reply.status);
	/* above one's own: nothing to press, and refused */
	base = arena_format(w.arena, "/tai-khoan/%lld", (long long)w.account[ROLE_AUTHORITY]);
	world_get(&w, ROLE_COMMUNE, base, &reply);
	CHECK_INT(200, reply.status);
	CHECK(!strstr(reply_text(&w, &reply), "In mã kích hoạt"));
	world_post(&w, ROLE_COMMUNE, arena_format(w.arena, "%s/ma", base), "", &reply);
	CHECK_INT(403, reply.status);
	world_get(&w, ROLE_COMMUNE, arena_format(w.arena, "/tai-khoan/%lld", (long long)w.account[ROLE_ADMIN]), &reply);
	CHECK_INT(404, reply.status);
	world_close(&w);
}

TEST(access_pages, a_passphrase_is_changed_by_who_knows_the_old_one)
{
	struct world w;
	struct reply reply;

	world_serve(&w);
	open_account(&w, w.account[ROLE_COMMUNE], &reply);
	world_get(&w, ROLES, "/toi/mat-khau", &reply);
	world_post(&w, ROLES, "/toi/mat-khau", "old=sai&passphrase=hai+ba+b%E1%BB%91n+n%C4%83m&again=khac", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "href=\"#old\"");
	CHECK_HAS(reply_text(&w, &reply), "href=\"#again\"");
	world_post(&w, ROLES, "/toi/mat-khau",
		"old=" GOOD_SENT "&passphrase=hai+con+c%C3%B2+tr%E1%BA%AFng&again=hai+con+c%C3%B2+tr%E1%BA%AFng", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLES, "/toi", &reply);
	world_post(&w, ROLES, "/toi/dang-xuat-moi-noi", "", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLES, "/toi", &reply);
	CHECK_INT(303, reply.status);
	sign_in(&w, "commune", GOOD_SENT, "", &reply);
	CHECK_INT(401, reply.status);
	world_close(&w);
}

/* ---- the trace ---- */

TEST(access_pages, a_person_reads_who_looked_and_who_changed)
{
	struct world w;
	struct reply reply;
	const char *text;

	world_serve(&w);
	CHECK_OUTCOME(OK, seen_note(&w.ask, 500, w.account[ROLE_BRANCH], "/phieu/{nguoi}"));
	CHECK_OUTCOME(OK, seen_note(&w.ask, 500, w.account[ROLE_CITIZEN], "/phieu/{nguoi}"));
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(OK, audit_add(&w.ask, &(struct audit_entry){ .action = AUDIT_SHEET_REVIEWED, .subject = "assessment",
		.subject_id = 1,
		.person_id = 500, .unit_id = w.hamlet, .reason = "Xem tận nơi" }));
	world_get(&w, ROLE_CITIZEN, "/toi/nhat-ky", &reply);
	text = reply_text(&w, &reply);
	CHECK_HAS(text, "Tài khoản branch");
	CHECK(!strstr(text, "Tài khoản citizen</th>"));                 /* one's own look is no news */
	CHECK_HAS(text, "Xem tận nơi");
	world_get(&w, ROLE_COMMUNE, "/toi/nhat-ky", &reply);
	CHECK_INT(200, reply.status);
	world_close(&w);
}

TEST(access_pages, an_auditor_filters_and_takes_a_file_that_is_itself_written_down)
{
	struct world w;
	struct reply reply;
	const char *text, *file;

	world_serve(&w);
	world_get(&w, ROLE_AUDITOR, "/nhat-ky", &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Ấp Bình Hoà");
	world_get(&w, ROLE_COMMUNE, "/nhat-ky", &reply);
	text = reply_text(&w, &reply);
	CHECK_HAS(text, "Ấp Bình Hoà");
	CHECK(!strstr(text, "Khu phố 2"));                              /* another commune's */
	world_get(&w, ROLE_COMMUNE, "/nhat-ky?unit=25645&actor=ai.do&from=31%2F2%2F2026", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "31/2/2026");
	world_get(&w, ROLE_COMMUNE, "/nhat-ky?unit=25645&actor=ai.do", &reply);
	CHECK_HAS(reply_text(&w, &reply), "href=\"#unit\"");
	CHECK_HAS(reply_text(&w, &reply), "href=\"#actor\"");
	world_get(&w, ROLE_AUDITOR, "/nhat-ky?action=branch_set&unit=27937.01", &reply);
	CHECK_HAS(reply_text(&w, &reply), "Bà Ba");
	world_post(&w, ROLE_AUDITOR, "/nhat-ky/tai",
		"unit=27937&actor=&person=&action=&from=1%2F11%2F2026&until=24%2F11%2F2026", &reply);
	CHECK_INT(303, reply.status);
	file = arena_text(w.arena, reply.location);
	world_get(&w, ROLE_AUDITOR, file, &reply);
	CHECK_INT(200, reply.status);
	CHECK(reply.body.len > 1000 && !memcmp(reply.body.ptr, "PK", 2));
	world_get(&w, ROLE_PROVINCE, file, &reply);                     /* taken by somebody else */
	CHECK_INT(422, reply.status);
	w.app.fixed_now += 3600;
	world_get(&w, ROLE_AUDITOR, file, &reply);
	CHECK_INT(422, reply.status);
	world_get(&w, ROLE_AUDITOR, "/nhat-ky?action=exported", &reply);
	CHECK_HAS(reply_text(&w, &reply), "Tải danh sách");
	world_close(&w);
}

TEST(access_pages, the_notes_of_the_foot_are_for_everybody)
{
	struct world w;
	struct reply reply;

	world_serve(&w);
	world_get(&w, ROLES, "/rieng-tu", &reply);
	CHECK_HAS(reply_text(&w, &reply), "91/2025/QH15");
	world_get(&w, ROLES, "/tiep-can", &reply);
	CHECK_INT(200, reply.status);
	world_close(&w);
}

TEST(access_pages, each_begins_after_signing_in_where_their_work_is)
{
	static const struct { enum role role; const char *back, *to; } cases[] = {
		{ ROLE_CITIZEN, "", "/phieu" }, { ROLE_BRANCH, "", "/" }, { ROLE_ADMIN, "", "/" },
		{ ROLE_PROVINCE, "/phieu", "/" },                /* no sheet of their own: not to a refusal */
		{ ROLE_PROVINCE, "/so-lieu", "/so-lieu" }, { ROLE_CITIZEN, "/xet", "/phieu" }, { ROLE_CITIZEN, "/toi", "/toi" },
	};
	struct world w;
	struct reply reply;

	world_serve(&w);
	for (enum role role = 0; role < ROLES; role++) {
		forget(&w);
		open_account(&w, w.account[role], &reply);
	}
	for (size_t i = 0; i < COUNT(cases); i++) {
		forget(&w);
		sign_in(&w, role_code(cases[i].role), GOOD_SENT, cases[i].back, &reply);
		CHECK_INT(303, reply.status);
		CHECK_TEXT(cases[i].to, reply.location);
	}
	world_close(&w);
}

TEST(access_pages, a_page_that_is_not_there_keeps_the_menu)
{
	struct world w;
	struct reply reply;

	world_serve(&w);
	world_get(&w, ROLE_PROVINCE, "/khong-co-gi", &reply);
	CHECK_INT(404, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "href=\"/so-lieu\"");
	CHECK_HAS(reply_text(&w, &reply), "href=\"/toi\"");
	world_get(&w, ROLE_PROVINCE, "/don-vi/999999", &reply);
	CHECK_INT(404, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "href=\"/so-lieu\"");
	world_get(&w, ROLES, "/khong-co-gi", &reply);
	CHECK_INT(404, reply.status);
	CHECK(!strstr(reply_text(&w, &reply), "href=\"/so-lieu\""));
	CHECK_HAS(reply_text(&w, &reply), "href=\"/dang-nhap\"");
	world_close(&w);
}
