/* What fails half way leaves nothing: each step of recognition with the store failing at its first, second, … statement; and the
 * signed file of a decision through the real sandbox. */
#include "tests/test.h"

#include <string.h>

#include "db/db.h"
#include "registry/audit/audit.h"
#include "sandbox/client.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/recognition/recognition.h"

/* ---- a year, step by step ---- */

struct way {
	struct world *w;
	int64_t an, binh;                /* one passes, one is short */
	int64_t objection, proposal, decision, id;
};

/* All that a step may touch, as one text. */
static const char *seen(const struct way *way)
{
	struct world *w = way->w;
	const int64_t people[] = { way->an, way->binh };
	struct meeting_list meetings;
	struct proposal_list proposals;
	struct decision_list decisions;
	struct objection_counts objections;
	struct posting posting = { 0 };
	struct exceptions left;
	struct figure_counts counts;
	struct certificate_row c;
	struct audit_list trail;
	struct buf out = BUF(w->arena);

	for (size_t i = 0; i < COUNT(people); i++) {
		struct sheet sheet = year_sheet(w, people[i]);

		CHECK_OUTCOME(OK, audit_of_person(&w->ask, people[i], NULL, &trail));
		buf_format(&out, "%d/%lld/%zu/%s ", (int)sheet.state, (long long)sheet.version, trail.n, sheet.state_reason);
	}
	CHECK_OUTCOME(OK, meeting_list(&w->ask, w->round, w->commune, &meetings));
	CHECK_OUTCOME(OK, proposal_list(&w->ask, w->round, w->commune, &proposals));
	CHECK_OUTCOME(OK, decision_list(&w->ask, w->round, w->commune, &decisions));
	CHECK_OUTCOME(OK, objection_count(&w->ask, w->round, w->commune, &objections));
	CHECK_OUTCOME(OK, left_out(&w->ask, &(struct leaving){ LEAVING_DECISION, w->round, w->commune, way->proposal, 0 },
		&left));
	CHECK(posting_newest(&w->ask, w->round, w->commune, &posting) != FAILED);
	CHECK_OUTCOME(OK, figures_of_unit(&w->ask, w->round, w->commune, "", &counts));
	buf_format(&out, "%zu %zu %zu%d %zu %lld/%lld %lld", left.n, meetings.n, proposals.n, proposals.n
		&& proposals.at[0].decided,
		decisions.n, (long long)objections.all, (long long)objections.open, (long long)posting.id);
	for (size_t i = 0; i < SHEET_STATE_N; i++)
		buf_format(&out, " %lld", (long long)counts.states[i]);
	if (certificate_of(&w->ask, way->an, w->round, &c) == OK)
		buf_format(&out, " %s %d", c.code, (int)c.condition);
	return buf_cstr(&out);
}

static enum outcome do_meeting(struct way *way)
{
	return meeting_hold(&way->w->ask, &(struct meeting_new){ .round_id = way->w->round, .commune_id = way->w->commune,
		.held_on = "2026-11-03", .place = "", .number = "", .chair = "", .secretary = "", .attendees = "Ông Hai",
		.absent = "", .discussion = "" }, &way->id);
}

static enum outcome do_posting(struct way *way)
{
	return posting_make(&way->w->ask, &(struct posting){ .round_id = way->w->round, .commune_id = way->w->commune,
		.from_day = "2026-11-04", .until_day = "2026-11-20", .place = "" }, &way->id);
}

static enum outcome do_objection(struct way *way)
{
	return objection_receive(&way->w->ask, &(struct objection){ .round_id = way->w->round, .commune_id = way->w->commune,
		.person_id = way->binh, .by_name = "Trần Thị Bình", .by_contact = "", .words = "Tôi có giấy khen năm nay",
		.received_on = "2026-11-19" }, &way->objection);
}

static enum outcome do_answer(struct way *way)
{
	return objection_answer(&way->w->ask, way->objection, 1, OBJECTION_UPHELD, "Có giấy khen của trường");
}

static enum outcome do_proposal(struct way *way)
{
	return proposal_make(&way->w->ask, &(struct proposal){ .round_id = way->w->round, .commune_id = way->w->commune,
		.number = "05/TTr-HKH", .day = "2026-11-23", .signer = "" }, &way->proposal);
}

static enum outcome do_leaving(struct way *way)
{
	return leave_out(&way->w->ask, &(struct leaving){ LEAVING_DECISION, way->w->round, way->w->commune, way->proposal, 1 },
		EXCEPTION_NOT_MET, "Còn thiếu minh chứng", (struct id_list){ 1, &way->an });
}

static enum outcome do_taking_in(struct way *way)
{
	return leave_in(&way->w->ask, &(struct leaving){ LEAVING_DECISION, way->w->round, way->w->commune, way->proposal, 2 },
		(struct id_list){ 1, &way->an });
}

static enum outcome do_decision(struct way *way)
{
	return decision_make(&way->w->ask, &(struct decision){ .proposal_id = way->proposal, .version = 3, .number = "118",
		.day = "2026-11-24", .signer = "S", .signer_role = "CT" }, &way->decision);
}

static enum outcome do_correction(struct way *way)
{
	return decision_correct(&way->w->ask, &(struct decision){ .id = way->decision, .version = 1, .number = "119",
		.day = "2026-11-24", .signer = "S", .signer_role = "CT" }, "Gõ nhầm số quyết định");
}

static enum outcome do_revocation(struct way *way)
{
	return decision_revoke(&way->w->ask, way->an, &(struct decision){ .round_id = way->w->round, .number = "130",
		.day = "2026-11-24", .signer = "S", .signer_role = "CT" }, "Kê khai không đúng sự thật", &way->id);
}

TEST(recognition, a_step_that_fails_anywhere_leaves_nothing_behind)
{
	static const struct { const char *name; enum role role; enum outcome (*act)(struct way *); } steps[] = {
		{ "meeting", ROLE_COMMUNE, do_meeting }, { "posting", ROLE_COMMUNE, do_posting },
		{ "objection", ROLE_COMMUNE, do_objection }, { "answer", ROLE_COMMUNE, do_answer },
		{ "proposal", ROLE_COMMUNE, do_proposal },
		{ "leaving out", ROLE_AUTHORITY, do_leaving }, { "taking in", ROLE_AUTHORITY, do_taking_in },
		{ "decision", ROLE_AUTHORITY, do_decision },
		{ "correction", ROLE_AUTHORITY, do_correction }, { "revocation", ROLE_AUTHORITY, do_revocation },
	};
	struct world w;
	struct way way = { .w = &w };

	world_open(&w);
	world_round(&w);
	way.an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	way.binh = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_SHORT);
	year_reviewed(&w, way.an);
	year_reviewed(&w, way.binh);
	for (size_t i = 0; i < COUNT(steps); i++) {
		const char *before = seen(&way);
		enum outcome done = FAILED;
		int64_t at = 0;

		world_as(&w, steps[i].role, w.commune);
		while (done != OK) {
			world_again(&w);
			db_fail_at(w.db, ++at);
			done = steps[i].act(&way);
			if (db_fail_at(w.db, 0) > 0)
				CHECK_OUTCOME(OK, done);
			else
				CHECK(done != OK);
			if (done != OK)
				CHECK_TEXT(before, seen(&way));
		}
		CHECK(at > 5);
		CHECK(strcmp(before, seen(&way)) != 0 || !strcmp(steps[i].name, "correction"));
	}
	CHECK_INT(SHEET_REVOKED, year_sheet(&w, way.an).state);
	CHECK_INT(SHEET_REVIEWED, year_sheet(&w, way.binh).state);
	world_close(&w);
}

/* ---- the signed file ---- */

struct part { const char *name; struct bytes content; };
#define BYTES(text) { (text), sizeof(text) - 1 }

static int upload(struct world *w, const char *path, int64_t version, const struct part *part, struct reply *reply)
{
	struct header cookie = { "Cookie", w->cookie[ROLE_AUTHORITY] };
	struct call call = { .method = "POST", .target = path, .headers = &cookie, .n_headers = 1,
		.type = "multipart/form-data; boundary=RANHGIOI" };
	struct buf body = BUF(w->arena);

	buf_format(&body, "--RANHGIOI\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n%s\r\n", w->token);
	buf_format(&body, "--RANHGIOI\r\nContent-Disposition: form-data; name=\"version\"\r\n\r\n%lld\r\n", (long long)version);
	buf_format(&body, "--RANHGIOI\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
		"Content-Type: application/pdf\r\n\r\n", part->name);
	buf_add(&body, part->content.ptr, part->content.len);
	buf_text(&body, "\r\n--RANHGIOI--\r\n");
	call.body = buf_bytes(&body);
	server_call(w->server, &call, w->arena, reply);
	return reply->status;
}

TEST(recognition, a_signed_file_is_kept_when_clean_and_refused_with_its_name_when_not)
{
	static const struct part good = { "qd-118.pdf", BYTES("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n") };
	static const struct part bad[] = {
		{ "doi-ten.pdf", BYTES("MZ\x90 khong phai PDF") },
		{ "khoa.pdf", BYTES("%PDF-1.7\n1 0 obj\n<< /Encrypt 7 0 R >>\nendobj\n%%EOF\n") },
		{ "dut.pdf", BYTES("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n") },
		{ "trong.pdf", { "", 0 } },
	};
	struct world w;
	struct way way = { .w = &w };
	struct sandbox *sandbox;
	struct reply reply;
	struct decision d;
	const char *page, *file;

	world_serve(&w);
	sandbox = w.app.sandbox = w.gate.sandbox = sandbox_new(&(struct sandbox_config){ .workers = 1 });
	world_round(&w);
	way.an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	year_reviewed(&w, way.an);
	year_proposed(&w, &way.proposal);
	world_as(&w, ROLE_AUTHORITY, w.commune);
	CHECK_OUTCOME(OK, do_leaving(&way));
	CHECK_OUTCOME(OK, do_taking_in(&way));
	CHECK_OUTCOME(OK, do_decision(&way));
	page = arena_format(w.arena, "/ubnd/quyet-dinh/%lld", (long long)way.decision);
	file = arena_format(w.arena, "%s/ban-ky", page);
	for (size_t i = 0; i < COUNT(bad); i++) {
		world_get(&w, ROLE_AUTHORITY, page, &reply);
		CHECK_INT(422, upload(&w, file, 1, &bad[i], &reply));
		CHECK_HAS(reply_text(&w, &reply), bad[i].content.len ? bad[i].name : "Chọn một tệp PDF hoặc ảnh");
		CHECK_OUTCOME(OK, decision_get(&w.ask, way.decision, &d));
		CHECK(!d.has_file);
		CHECK_INT(1, d.version);
	}
	world_get(&w, ROLE_AUTHORITY, page, &reply);
	CHECK_INT(409, upload(&w, file, 7, &good, &reply));              /* a stale page */
	world_get(&w, ROLE_AUTHORITY, page, &reply);
	CHECK_INT(303, upload(&w, file, 1, &good, &reply));
	CHECK_OUTCOME(OK, decision_get(&w.ask, way.decision, &d));
	CHECK(d.has_file);
	CHECK_INT(2, d.version);
	world_get(&w, ROLE_AUTHORITY, file, &reply);
	CHECK_INT(422, reply.status);                                    /* who takes it is written down first */
	world_get(&w, ROLE_AUTHORITY, page, &reply);
	world_take(&w, ROLE_AUTHORITY, arena_format(w.arena, "%s/mo-ban-ky", page), "", &reply);
	CHECK_INT(200, reply.status);
	CHECK_TEXT("application/pdf", reply.type);
	CHECK_INT(good.content.len, reply.body.len);
	world_get(&w, ROLE_CITIZEN, file, &reply);
	CHECK_INT(403, reply.status);
	world_close(&w);
	sandbox_free(sandbox);
}

/* As a commune takes it from its page; then something behind its end, as a signature is. */
static struct bytes signed_decision(struct world *w)
{
	struct reply reply;
	struct buf out = BUF(w->arena, .max = 4 * MiB);
	const char *papers = arena_format(w->arena, "/xa/giay-to/%lld/%lld", (long long)w->commune, (long long)w->round);

	world_get(w, ROLE_COMMUNE, papers, &reply);
	world_take(w, ROLE_COMMUNE, papers, "tep=quyet-dinh.pdf", &reply);
	CHECK_INT(200, reply.status);
	buf_add(&out, reply.body.ptr, reply.body.len);
	buf_text(&out, "9999 0 obj\n<< /Type /Sig >>\nendobj\n%%EOF\n");
	return buf_bytes(&out);
}

/* The draft is printed before the decision, signed outside (which adds to its end), and comes back: nobody types a check sum. */
TEST(recognition, a_signed_draft_is_known_as_the_decided_list_by_what_it_carries)
{
	static const struct part other = { "khac.pdf", BYTES("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n2 0 obj\n"
		"<< /Keywords (ma-danh-sach=0000-0000-0) >>\nendobj\n%%EOF\n") };
	struct part draft = { .name = "ban-ky.pdf" };
	struct world w;
	struct way way = { .w = &w };
	struct sandbox *sandbox;
	struct reply reply;
	struct decision d;
	const char *page, *file, *ours;

	world_serve(&w);
	sandbox = w.app.sandbox = w.gate.sandbox = sandbox_new(&(struct sandbox_config){ .workers = 1 });
	world_round(&w);
	way.an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	year_reviewed(&w, way.an);
	year_proposed(&w, &way.proposal);
	draft.content = signed_decision(&w);
	world_as(&w, ROLE_AUTHORITY, w.commune);
	CHECK_OUTCOME(OK, do_leaving(&way));
	CHECK_OUTCOME(OK, do_taking_in(&way));
	CHECK_OUTCOME(OK, do_decision(&way));
	page = arena_format(w.arena, "/ubnd/quyet-dinh/%lld", (long long)way.decision);
	file = arena_format(w.arena, "%s/ban-ky", page);
	CHECK_OUTCOME(OK, decision_get(&w.ask, way.decision, &d));
	CHECK_OUTCOME(OK, decision_list_check(&w.ask, &d, &ours));
	world_get(&w, ROLE_AUTHORITY, page, &reply);
	CHECK_INT(422, upload(&w, file, 1, &other, &reply));
	CHECK_HAS(reply_text(&w, &reply), "Tệp này mang mã danh sách 0000-0000-0");
	world_get(&w, ROLE_AUTHORITY, page, &reply);
	CHECK_INT(303, upload(&w, file, 1, &draft, &reply));
	CHECK_OUTCOME(OK, decision_get(&w.ask, way.decision, &d));
	CHECK_TEXT(ours, d.list_check);
	world_get(&w, ROLE_AUTHORITY, page, &reply);
	CHECK_HAS(reply_text(&w, &reply), "Đã tải lên, mã danh sách khớp");
	world_close(&w);
	sandbox_free(sandbox);
}
