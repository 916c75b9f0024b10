#include "tests/test.h"

#include <string.h>

#include "base/id.h"
#include "db/db.h"
#include "registry/audit/audit.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/certificates/certificates.h"
#include "document/document.h"
#include "title/certificates/papers.h"

static struct certificate_row issue(struct world *w, int64_t person)
{
	struct certificate_new new = { .person_id = person, .round_id = 2026, .decision_id = 77, .authority_unit_id = w->commune,
		.decision_number = "118/QĐ-UBND", .decision_day = "2026-11-24", .authority = "Ủy ban nhân dân xã Đức Hoà",
		.place = "Đức Hoà",
		.signer = "Trần Văn Sáu", .signer_role = "Chủ tịch", .valid_until = "2026-12-31" };
	struct certificate_row c;

	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, certificate_issue(&w->ask, &new, &c));
	return c;
}

TEST(certificates, book_numbers_follow_each_other_and_codes_find_their_row)
{
	struct world w;
	struct certificate_row a, b, found;
	char typed[CODE_MAX + 1];
	int64_t an;

	world_open(&w);
	an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	a = issue(&w, an);
	b = issue(&w, year_person(&w, "Trần Thị Bình", w.hamlet));
	CHECK_INT(1, a.book_number);
	CHECK_INT(2, b.book_number);
	CHECK_INT(CODE_CERTIFICATE_LEN, strlen(a.code));
	CHECK(code_read(certificate_code_shown(w.arena, a.code), typed, CODE_CERTIFICATE_LEN));
	CHECK_TEXT(a.code, typed);
	CHECK_OUTCOME(OK, certificate_by_code(&w.ask, typed, &found));
	CHECK_INT(an, found.person_id);
	CHECK_TEXT("Ấp Bình Hoà, Xã Đức Hoà", found.home);
	CHECK_OUTCOME(NOT_FOUND, certificate_by_code(&w.ask, "00000000000000000", &found));
	world_close(&w);
}

TEST(certificates, one_issued_again_replaces_the_old_with_a_new_number)
{
	struct world w;
	struct certificate_row old, fresh, found;
	struct audit_list trail;
	int64_t an;

	world_open(&w);
	an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	old = issue(&w, an);
	CHECK_OUTCOME(OK, db_script(w.db, arena_format(w.arena, "UPDATE person SET name = 'Nguyễn Thị Anh' WHERE id = %lld",
		(long long)an), "test"));
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(FORBIDDEN, certificate_reissue(&w.ask, an, old.id, 1, "Sai chữ cuối của tên", &fresh));
	world_as(&w, ROLE_AUTHORITY, w.commune);
	CHECK_OUTCOME(INVALID, certificate_reissue(&w.ask, an, old.id, 1, "sai tên", &fresh));
	CHECK_PROBLEM(&w, "reason");
	world_again(&w);
	CHECK_OUTCOME(OK, certificate_reissue(&w.ask, an, old.id, 1, "Sai chữ cuối của tên", &fresh));
	CHECK_INT(2, fresh.book_number);
	CHECK_TEXT("Nguyễn Thị Anh", fresh.name);
	CHECK_INT(old.decision_id, fresh.decision_id);
	CHECK_OUTCOME(OK, certificate_by_code(&w.ask, old.code, &found));
	CHECK_INT(CERTIFICATE_REPLACED, found.condition);
	CHECK_INT(fresh.id, found.replaced_by);
	CHECK_TEXT("Nguyễn Thị An", found.name);
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "certificate", old.id, &trail));
	CHECK_INT(2, trail.n);
	world_again(&w);
	CHECK_OUTCOME(CONFLICT, certificate_reissue(&w.ask, an, old.id, 1, "Sai chữ cuối của tên", &fresh));
	CHECK_OUTCOME(INVALID, certificate_reissue(&w.ask, an, old.id, 2, "Sai chữ cuối của tên", &fresh));
	world_close(&w);
}

TEST(certificates, a_failed_reissue_leaves_no_gap)
{
	struct world w;
	struct certificate_row old, fresh;
	int64_t an;

	world_open(&w);
	an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	old = issue(&w, an);
	world_as(&w, ROLE_AUTHORITY, w.commune);
	for (int64_t step = 1;; step++) {
		enum outcome done;

		world_again(&w);
		db_fail_at(w.db, step);
		done = certificate_reissue(&w.ask, an, old.id, 1, "Sai chữ cuối của tên", &fresh);
		if (db_fail_at(w.db, 0) > 0) {
			CHECK_OUTCOME(OK, done);
			break;
		}
		CHECK(done != OK);
	}
	CHECK_INT(2, fresh.book_number);
	world_close(&w);
}

TEST(certificates, the_paper_carries_its_code_for_the_command)
{
	struct world w;
	struct certificate_row c;
	struct document *paper;
	struct buf file;
	char code[CODE_MAX + 1];

	world_open(&w);
	c = issue(&w, year_person(&w, "Nguyễn Thị An", w.hamlet));
	CHECK_OUTCOME(OK, certificate_paper(&w.ask, &c, &paper));
	file = BUF(w.arena);
	CHECK_OUTCOME(OK, document_render(paper, DOCUMENT_PDF, sink_buf(&file)));
	CHECK(certificate_paper_code(buf_bytes(&file), code));
	CHECK_TEXT(c.code, code);
	CHECK(!certificate_paper_code((struct bytes){ "%PDF-1.7", 8 }, code));
	world_close(&w);
}

TEST(certificates, the_public_page_says_what_holds_and_nothing_more)
{
	struct world w;
	struct reply reply;
	struct certificate_row c;
	struct db_counts before, after;
	const char *body;
	int64_t an;

	world_serve(&w);
	an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	CHECK_OUTCOME(OK, db_script(w.db, arena_format(w.arena, "UPDATE person SET national_id_end = '4321' WHERE id = %lld",
		(long long)an), "t"));
	c = issue(&w, an);
	world_get(&w, ROLES, arena_format(w.arena, "/xac-minh/%s", c.code), &reply);
	CHECK_INT(200, reply.status);
	body = reply_text(&w, &reply);
	CHECK_HAS(body, "Giấy chứng nhận có giá trị");
	CHECK_HAS(body, "Nguyễn Thị An");
	CHECK_HAS(body, "1961");
	CHECK_HAS(body, "118/QĐ-UBND");
	CHECK(!strstr(body, "0900000121"));
	CHECK(!strstr(body, "0900 000 121"));
	CHECK(!strstr(body, "4321"));
	CHECK(!strstr(body, "20/05/1961"));
	CHECK(!strstr(body, "Bình Hoà"));
	before = db_counts(w.db);
	CHECK_OUTCOME(OK, certificate_by_code(&w.ask, c.code, &c));
	after = db_counts(w.db);
	CHECK_INT(1, after.statements - before.statements);
	world_get(&w, ROLES, arena_format(w.arena, "/xac-minh?ma=%s", certificate_code_shown(w.arena, c.code)), &reply);
	CHECK_INT(200, reply.status);
	CHECK_OUTCOME(OK, certificate_revoke(&w.ask, an, 2026, "Kê khai không đúng sự thật"));
	world_get(&w, ROLES, arena_format(w.arena, "/xac-minh/%s", c.code), &reply);
	CHECK_HAS(reply_text(&w, &reply), "đã bị thu hồi");
	CHECK(!strstr(reply_text(&w, &reply), "Kê khai"));
	world_close(&w);
}

TEST(certificates, an_unknown_code_is_404_and_says_so)
{
	static const char *const paths[] = { "/xac-minh/0000-0000-0000-00000", "/xac-minh/abc", "/xac-minh?ma=khong-phai-ma" };
	struct world w;
	struct reply reply;

	world_serve(&w);
	for (size_t i = 0; i < COUNT(paths); i++) {
		world_get(&w, ROLES, paths[i], &reply);
		CHECK_INT(404, reply.status);
		CHECK_HAS(reply_text(&w, &reply), "Không có giấy nào mang mã này");
	}
	world_get(&w, ROLES, "/xac-minh", &reply);
	CHECK_INT(200, reply.status);
	world_close(&w);
}

TEST(certificates, the_paper_is_for_its_owner_and_officers_above)
{
	struct world w;
	struct reply reply;
	struct certificate_row c;
	const char *path;

	world_serve(&w);
	c = issue(&w, year_person(&w, "Nguyễn Thị An", w.hamlet));
	path = arena_format(w.arena, "/giay/%s/pdf", c.code);
	world_get(&w, ROLE_CITIZEN, path, &reply);
	CHECK_INT(403, reply.status);
	world_get(&w, ROLE_BRANCH, path, &reply);
	CHECK_INT(200, reply.status);
	CHECK_TEXT("application/pdf", reply.type);
	CHECK_OUTCOME(OK, db_script(w.db, arena_format(w.arena, "UPDATE account SET person_id = %lld WHERE id = %lld",
		(long long)c.person_id,
		(long long)w.account[ROLE_CITIZEN]), "test"));
	world_get(&w, ROLE_CITIZEN, path, &reply);
	CHECK_INT(200, reply.status);
	path = arena_format(w.arena, "/phieu/%lld/2026/giay", (long long)c.person_id);
	world_get(&w, ROLE_CITIZEN, path, &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), arena_format(w.arena, "href=\"/giay/%s/pdf\"", c.code));
	CHECK_HAS(reply_text(&w, &reply), arena_format(w.arena, "href=\"/xac-minh/%s\"", c.code));
	world_get(&w, ROLE_CITIZEN, arena_format(w.arena, "/phieu/%lld/2025/giay", (long long)c.person_id), &reply);
	CHECK_INT(404, reply.status);
	path = arena_format(w.arena, "/giay/%s/cap-lai", c.code);
	world_get(&w, ROLE_BRANCH, path, &reply);
	CHECK_INT(403, reply.status);
	world_get(&w, ROLE_AUTHORITY, path, &reply);
	CHECK_INT(200, reply.status);
	world_post(&w, ROLE_AUTHORITY, path, "version=1&reason=x", &reply);
	CHECK_INT(422, reply.status);
	world_get(&w, ROLE_AUTHORITY, path, &reply);
	world_post(&w, ROLE_AUTHORITY, path, "version=1&reason=Sai+ch%E1%BB%AF+cu%E1%BB%91i+c%E1%BB%A7a+t%C3%AAn", &reply);
	CHECK_INT(303, reply.status);
	world_close(&w);
}

TEST(certificates, an_officer_who_takes_the_paper_stands_in_the_journal)
{
	struct world w;
	struct reply reply;
	struct audit_list trail;
	struct certificate_row c;
	const char *page, *take;

	world_serve(&w);
	c = issue(&w, year_person(&w, "Nguyễn Thị An", w.hamlet));
	page = arena_format(w.arena, "/phieu/%lld/2026/giay", (long long)c.person_id);
	take = arena_format(w.arena, "/giay/%s/tai", c.code);
	world_get(&w, ROLE_CITIZEN, page, &reply);
	CHECK_INT(403, reply.status);                                    /* another's */
	world_get(&w, ROLE_BRANCH, page, &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), arena_format(w.arena, "action=\"%s\"", take));
	CHECK(!strstr(reply_text(&w, &reply), "/pdf\""));
	world_post(&w, ROLE_BRANCH, take, "", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_BRANCH, reply.location, &reply);
	CHECK_TEXT("application/pdf", reply.type);
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "certificate", c.id, &trail));
	CHECK_INT(2, trail.n);
	CHECK_TEXT("exported", trail.at[1].action);                      /* a row without a version comes last */
	CHECK_INT(c.person_id, trail.at[1].person_id);
	world_as(&w, ROLE_COMMUNE, w.other_commune);
	CHECK_OUTCOME(FORBIDDEN, certificate_note_export(&w.ask, &c, w.hamlet));
	CHECK_OUTCOME(OK, certificate_revoke(&w.ask, c.person_id, 2026, "Kê khai không đúng sự thật"));
	world_get(&w, ROLE_BRANCH, page, &reply);
	CHECK_HAS(reply_text(&w, &reply), "Kê khai không đúng sự thật");
	CHECK(!strstr(reply_text(&w, &reply), take));
	world_close(&w);
}
