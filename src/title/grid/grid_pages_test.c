#include "tests/test.h"

#include <string.h>

#include "registry/audit/audit.h"
#include "tests/framework.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/grid/grid.h"
#include "title/grid/grid_messages.h"

#define HELP "&helper=Bà+Ba&consent=Ký+tên+trên+giấy"
#define PASS_OF(row) "&c1_" row "=8&c2_" row "=8&c3_" row "=8&c4_" row "=8&c5_" row "=8&c6_" row "=8&c7_" row "=8&c8_" row "=8&c9_" row \
	"=8&c10_" row "=9"
#define SCORES "&score_1=8&score_2=8&score_3=8&score_4=8&score_5=8&score_6=8&score_7=8&score_8=8&score_9=8&score_10=9"
#define REASON "Chưa+có+giấy+của+lớp"

static const char *at(struct world *w, const char *tail)
{
	return arena_format(w->arena, "/luoi/%lld/%lld/%s", (long long)w->hamlet, (long long)w->round, tail);
}

static const char *grid_of(struct world *w, const char *mode)
{
	return arena_format(w->arena, "/luoi?unit=%lld&cach=%s", (long long)w->hamlet, mode);
}

static const char *get(struct world *w, enum role role, const char *target, int status)
{
	struct reply reply;

	world_get(w, role, target, &reply);
	CHECK_INT(status, reply.status);
	return reply_text(w, &reply);
}

static const char *post(struct world *w, enum role role, const char *target, const char *fields, int status)
{
	struct reply reply;

	world_post(w, role, target, fields, &reply);
	CHECK_INT(status, reply.status);
	return *reply.location ? reply.location : reply_text(w, &reply);
}

/* As the script sends a row: an answer in JSON. */
static const char *send(struct world *w, enum role role, int64_t person, const char *mode, const char *fields, int status)
{
	struct header heads[] = { { "Cookie", w->cookie[role] }, { "Accept", "application/json" }, { "HX-Request", "true" } };
	const char *body = arena_format(w->arena, "token=%s&%s", w->token, fields);
	struct call call = { .method = "POST", .target = arena_format(w->arena, "/luoi/%lld/%lld/%s", (long long)person,
		(long long)w->round, mode), .headers = heads, .n_headers = COUNT(heads), .type = "", .body = { body,
			strlen(body) } };
	struct reply reply;

	server_call(w->server, &call, w->arena, &reply);
	CHECK_INT(status, reply.status);
	if (status == 200 || status == 409 || status == 422)
		CHECK_TEXT("application/json", reply.type);
	return reply_text(w, &reply);
}

static void begin(struct world *w)
{
	world_serve(w);
	world_round(w);
}

static struct sheet sheet_of(struct world *w, int64_t person)
{
	return year_sheet(w, person);
}

static int64_t self_total(struct world *w, int64_t person)
{
	struct sheet sheet = year_sheet(w, person);

	return scores_total(&sheet.self);
}

static int64_t reviewed_total(struct world *w, int64_t person)
{
	struct sheet sheet = year_sheet(w, person);

	return scores_total(&sheet.reviewed);
}

TEST(grid, a_page_of_rows_is_saved_as_one_form_without_a_script)
{
	struct world w;
	const char *page;
	int64_t an, binh;

	begin(&w);
	an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	binh = year_person(&w, "Trần Thị Bình", w.hamlet);
	page = get(&w, ROLE_BRANCH, grid_of(&w, "tu-cham"), 200);
	CHECK_HAS(page, "name=\"c10_2\"");
	CHECK_HAS(page, "aria-label=\"Trần Thị Bình, chỉ số 10\"");
	page = post(&w, ROLE_BRANCH, at(&w, "trang"), arena_format(w.arena,
		"cach=tu-cham&nguoi_1=%lld&ban_1=0&nguoi_2=%lld&ban_2=0"
		PASS_OF("1") "&c1_2=7" HELP, (long long)an, (long long)binh), 303);
	CHECK_HAS(page, "/luoi?unit=");
	CHECK_INT(81, self_total(&w, an));
	CHECK_INT(7, self_total(&w, binh));
	page = get(&w, ROLE_BRANCH, grid_of(&w, "tu-cham"), 200);
	CHECK_HAS(page, "Còn 9 chỉ số");
	CHECK_HAS(page, "<td class=\"num sum\">81</td>");
	/* nothing changed: no version more */
	post(&w, ROLE_BRANCH, at(&w, "trang"), arena_format(w.arena, "cach=tu-cham&nguoi_1=%lld&ban_1=2" PASS_OF("1"),
		(long long)an), 303);
	CHECK_INT(2, sheet_of(&w, an).version);
	world_close(&w);
}

TEST(grid, a_half_point_is_told_and_never_rounded)
{
	struct world w;
	const char *page;
	struct sheet sheet;
	int64_t an;

	begin(&w);
	an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	get(&w, ROLE_BRANCH, grid_of(&w, "tu-cham"), 200);
	page = post(&w, ROLE_BRANCH, at(&w, "trang"), arena_format(w.arena,
		"cach=tu-cham&nguoi_1=%lld&ban_1=0&c1_1=8&c2_1=8,5&c3_1=11"
		HELP, (long long)an), 422);
	CHECK_HAS(page, "Chỉ số 2, hàng 1: không phải số nguyên");
	CHECK_HAS(page, "Chỉ số 3, hàng 1: 11 nằm ngoài");
	CHECK_HAS(page, "value=\"8,5\"");
	CHECK_OUTCOME(NOT_FOUND, sheet_get(&w.ask, (struct sheet_key){ an, w.round }, &sheet));
	page = send(&w, ROLE_BRANCH, an, "tu-cham", "version=0&score_1=8,5" HELP, 422);
	CHECK_HAS(page, "\"field\":\"score_1\"");
	CHECK_HAS(page, "không phải số nguyên");
	world_close(&w);
}

TEST(grid, a_row_is_answered_with_what_stands_and_a_second_editor_with_who_was_first)
{
	struct world w;
	const char *answer;
	int64_t an;

	begin(&w);
	an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	get(&w, ROLE_BRANCH, grid_of(&w, "tu-cham"), 200);
	answer = send(&w, ROLE_BRANCH, an, "tu-cham", "version=0&score_1=8", 422);
	CHECK_HAS(answer, "\"field\":\"consent\"");
	answer = send(&w, ROLE_BRANCH, an, "tu-cham", "version=0" SCORES HELP, 200);
	CHECK_HAS(answer, "\"version\":2,\"name\":\"Nguyễn Thị An\"");
	CHECK_HAS(answer, "\"self\":[8,8,8,8,8,8,8,8,8,9]");
	/* sent again: what stands, no second row */
	answer = send(&w, ROLE_BRANCH, an, "tu-cham", "version=0" SCORES HELP, 409);
	CHECK_HAS(answer, "\"version\":2");
	get(&w, ROLE_DEPUTY, grid_of(&w, "tu-cham"), 200);
	answer = send(&w, ROLE_DEPUTY, an, "tu-cham", "version=1&score_1=5", 409);
	CHECK_HAS(answer, "\"by\":\"Tài khoản branch\"");
	CHECK_HAS(answer, "\"at\":\"09:00\"");
	CHECK_INT(8, sheet_of(&w, an).self.at[0].value);
	/* a row that was kept when a session had ended is sent again as a plain form: it leads back to the grid */
	answer = post(&w, ROLE_DEPUTY, arena_format(w.arena, "/luoi/%lld/%lld/tu-cham", (long long)an, (long long)w.round),
		"version=2&score_1=5", 303);
	CHECK_HAS(answer, "/luoi?unit=");
	CHECK_INT(5, sheet_of(&w, an).self.at[0].value);
	world_close(&w);
}

TEST(grid, a_row_under_review_asks_its_reason_once)
{
	struct world w;
	const char *answer;
	int64_t an;

	begin(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	get(&w, ROLE_BRANCH, grid_of(&w, "xet"), 200);
	answer = send(&w, ROLE_BRANCH, an, "xet", "version=3" SCORES "&reason=", 200);
	CHECK_HAS(answer, "\"state\":\"reviewed\"");
	answer = send(&w, ROLE_BRANCH, an, "xet",
		"version=4&score_1=6&score_2=6&score_3=8&score_4=8&score_5=8&score_6=8&score_7=8&score_8=8"
		"&score_9=8&score_10=9&reason=", 422);
	CHECK_HAS(answer, "\"field\":\"reason\"");
	CHECK(!strstr(strstr(answer, "\"field\"") + 7, "\"field\""));
	/* the same without a script, and by a page of a commune that is reviewing */
	answer = post(&w, ROLE_BRANCH, at(&w, "trang"), arena_format(w.arena,
		"cach=xet&nguoi_1=%lld&ban_1=4" PASS_OF("1") "&c1_1=6",
		(long long)an), 422);
	CHECK_HAS(answer, "nhận được hai giá trị");
	answer = post(&w, ROLE_BRANCH, at(&w, "trang"), arena_format(w.arena,
		"cach=xet&nguoi_1=%lld&ban_1=4&c1_1=6&c2_1=8&c3_1=8&c4_1=8"
		"&c5_1=8&c6_1=8&c7_1=8&c8_1=8&c9_1=8&c10_1=9", (long long)an), 422);
	CHECK_HAS(answer, "href=\"#ly_do_1\"");
	post(&w, ROLE_BRANCH, at(&w, "trang"), arena_format(w.arena, "cach=xet&nguoi_1=%lld&ban_1=4&c1_1=6&c2_1=8&c3_1=8&c4_1=8"
		"&c5_1=8&c6_1=8&c7_1=8&c8_1=8&c9_1=8&c10_1=9&ly_do_1=" REASON, (long long)an), 303);
	CHECK_INT(79, reviewed_total(&w, an));
	world_close(&w);
}

TEST(grid, last_years_scores_are_saved_only_for_who_was_asked)
{
	struct world w;
	const char *page, *base;
	struct sheet sheet;
	struct audit_list trail;
	int64_t an, binh;

	begin(&w);
	an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	binh = year_person(&w, "Trần Thị Bình", w.hamlet);
	CHECK_OUTCOME(OK, db_script(w.db,
		"INSERT INTO standing (person_id, round_id, leaf_id, commune_id, province_id, group_code, sex,"
		" age_band, state, total, scores, flags, name_key) SELECT person_id, round_id - 1, leaf_id, commune_id, province_id, group_code,"
		" sex, age_band, 9, 81, '" YEAR_PASS "', flags, name_key FROM standing", "test"));
	page = get(&w, ROLE_BRANCH, arena_format(w.arena, "%s&de_nghi=1", grid_of(&w, "tu-cham")), 200);
	CHECK_HAS(page, "name=\"c10_2\" value=\"9\"");
	base = arena_format(w.arena, "cach=tu-cham&de_nghi=1&nguoi_1=%lld&ban_1=0&nguoi_2=%lld&ban_2=0" HELP PASS_OF("1"),
		(long long)an,
		(long long)binh);
	page = post(&w, ROLE_BRANCH, at(&w, "trang"), arena_format(w.arena, "%s&c1_2=3&chon=%lld", base, (long long)an), 422);
	CHECK_HAS(page, "Trần Thị Bình: điểm đã sửa nhưng chưa đánh dấu");
	post(&w, ROLE_BRANCH, at(&w, "trang"), arena_format(w.arena, "%s" PASS_OF("2") "&chon=%lld", base, (long long)an), 303);
	CHECK_INT(81, self_total(&w, an));
	CHECK_OUTCOME(NOT_FOUND, sheet_get(&w.ask, (struct sheet_key){ binh, w.round }, &sheet));
	CHECK_OUTCOME(OK, sheet_trail(&w.ask, (struct sheet_key){ an, w.round }, &trail));
	CHECK_TEXT(GRID_AS_LAST, trail.at[0].reason);
	world_close(&w);
}

TEST(grid, rows_of_another_branch_are_neither_shown_nor_written)
{
	struct world w;
	struct sheet sheet;
	int64_t far;

	begin(&w);
	far = year_person(&w, "Lê Văn Xa", w.other_hamlet);
	year_person(&w, "Nguyễn Thị An", w.hamlet);
	get(&w, ROLE_BRANCH, arena_format(w.arena, "/luoi?unit=%lld", (long long)w.other_hamlet), 403);
	get(&w, ROLE_BRANCH, arena_format(w.arena, "/luoi/%lld/%lld/hang", (long long)w.other_hamlet, (long long)w.round), 403);
	CHECK(!strstr(get(&w, ROLE_BRANCH, at(&w, "hang"), 200), "Lê Văn Xa"));
	get(&w, ROLE_BRANCH, grid_of(&w, "tu-cham"), 200);
	send(&w, ROLE_BRANCH, far, "tu-cham", "version=0" SCORES HELP, 403);
	send(&w, ROLE_BRANCH, far, "tu-cham", "version=0&score_1=chin" HELP, 403);
	send(&w, ROLE_BRANCH, far, "xet", "version=1" SCORES, 404);           /* no sheet: nothing to review */
	post(&w, ROLE_BRANCH, at(&w, "trang"), arena_format(w.arena, "cach=tu-cham&nguoi_1=%lld&ban_1=0" PASS_OF("1") HELP,
		(long long)far), 404);
	post(&w, ROLE_BRANCH, at(&w, "trang"), arena_format(w.arena, "cach=tu-cham&nguoi_1=%lld&ban_1=0&c1_1=x" HELP,
		(long long)far), 404);
	CHECK_OUTCOME(NOT_FOUND, sheet_get(&w.ask, (struct sheet_key){ far, w.round }, &sheet));
	/* the province reviews and types for nobody; the authority does neither */
	get(&w, ROLE_PROVINCE, grid_of(&w, "tu-cham"), 403);
	CHECK(!strstr(get(&w, ROLE_PROVINCE, grid_of(&w, "xet"), 200), "Đăng ký cho nhiều người"));
	get(&w, ROLE_AUTHORITY, grid_of(&w, "xet"), 403);
	CHECK_HAS(get(&w, ROLE_COMMUNE, "/luoi", 200), "Ấp Bình Hoà");
	world_close(&w);
}

static const char *stamp_of(struct world *w, const char *page)
{
	const char *found = strstr(page, "name=\"stamp\" value=\"");

	CHECK(found != NULL);
	return arena_textn(w->arena, found + 20, 16);
}

TEST(grid, an_act_for_many_is_of_the_list_that_was_seen)
{
	struct world w;
	const char *page, *stamp;
	int64_t an, binh;

	begin(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	binh = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_SHORT);
	page = get(&w, ROLE_BRANCH, at(&w, "viec/dong-y"), 200);
	stamp = stamp_of(&w, page);
	CHECK(!strstr(page, "checked"));                 /* nothing that decides is chosen beforehand */
	CHECK_HAS(post(&w, ROLE_BRANCH, at(&w, "viec/dong-y"), arena_format(w.arena, "stamp=%s", stamp), 422), "#scope");
	CHECK_HAS(post(&w, ROLE_BRANCH, at(&w, "viec/dong-y"), arena_format(w.arena, "stamp=%s&scope=da-chon", stamp), 422),
		"Chưa chọn ai");
	post(&w, ROLE_BRANCH, at(&w, "viec/dong-y"), arena_format(w.arena, "stamp=%s&scope=da-chon&chon=%lld", stamp,
		(long long)binh),
		303);
	CHECK_INT(SHEET_REVIEWED, sheet_of(&w, binh).state);
	CHECK_INT(SHEET_SUBMITTED, sheet_of(&w, an).state);
	page = post(&w, ROLE_BRANCH, at(&w, "viec/dong-y"), arena_format(w.arena, "stamp=%s&scope=tat-ca", stamp), 422);
	CHECK_HAS(page, "Danh sách vừa đổi");
	CHECK_INT(SHEET_SUBMITTED, sheet_of(&w, an).state);
	post(&w, ROLE_BRANCH, at(&w, "viec/dong-y"), arena_format(w.arena, "stamp=%s&scope=tat-ca", stamp_of(&w, page)), 303);
	CHECK_INT(SHEET_REVIEWED, sheet_of(&w, an).state);
	get(&w, ROLE_PROVINCE, at(&w, "viec/rut"), 403);
	get(&w, ROLE_BRANCH, at(&w, "viec/xoa"), 404);
	world_close(&w);
}

TEST(grid, people_are_registered_handed_in_withdrawn_and_taken_back_by_page)
{
	struct world w;
	const char *page;
	int64_t an, binh;

	begin(&w);
	an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	binh = year_person(&w, "Trần Thị Bình", w.hamlet);
	page = get(&w, ROLE_BRANCH, at(&w, "viec/dang-ky"), 200);
	page = post(&w, ROLE_BRANCH, at(&w, "viec/dang-ky"), arena_format(w.arena, "stamp=%s&scope=tat-ca", stamp_of(&w,
		page)), 422);
	CHECK_HAS(page, "#consent");
	post(&w, ROLE_BRANCH, at(&w, "viec/dang-ky"), arena_format(w.arena, "stamp=%s&scope=tat-ca" HELP, stamp_of(&w, page)),
		303);
	CHECK_INT(SHEET_REGISTERED, sheet_of(&w, binh).state);
	CHECK_TEXT("Ký tên trên giấy", sheet_of(&w, binh).consent);
	send(&w, ROLE_BRANCH, an, "tu-cham", "version=1" SCORES, 200);
	page = get(&w, ROLE_BRANCH, at(&w, "viec/nop"), 200);
	CHECK(!strstr(page, "Trần Thị Bình"));           /* not complete */
	post(&w, ROLE_BRANCH, at(&w, "viec/nop"), arena_format(w.arena, "stamp=%s&scope=tat-ca", stamp_of(&w, page)), 303);
	CHECK_INT(SHEET_SUBMITTED, sheet_of(&w, an).state);
	page = get(&w, ROLE_BRANCH, at(&w, "viec/rut"), 200);
	CHECK(!strstr(page, "tat-ca"));
	page = post(&w, ROLE_BRANCH, at(&w, "viec/rut"), arena_format(w.arena, "stamp=%s&scope=tat-ca&chon=%lld", stamp_of(&w,
		page),
		(long long)binh), 422);
	CHECK_HAS(page, "#why");
	CHECK_HAS(page, "checked");                      /* who was ticked stays ticked */
	post(&w, ROLE_BRANCH, at(&w, "viec/rut"), arena_format(w.arena, "stamp=%s&chon=%lld&why=khong-gap&note=ba+lần",
		stamp_of(&w, page), (long long)binh), 303);
	CHECK_INT(SHEET_WITHDRAWN, sheet_of(&w, binh).state);
	CHECK_TEXT("Không gặp được người: ba lần", sheet_of(&w, binh).state_reason);
	page = get(&w, ROLE_BRANCH, at(&w, "viec/nhan-lai"), 200);
	post(&w, ROLE_BRANCH, at(&w, "viec/nhan-lai"), arena_format(w.arena, "stamp=%s&chon=%lld&note=Rút+nhầm",
		stamp_of(&w, page), (long long)binh), 303);
	CHECK_INT(SHEET_REGISTERED, sheet_of(&w, binh).state);
	world_close(&w);
}

/* ---- frameworks of another size ---- */

static const char *columns(struct arena *a, int n, int row, int score)
{
	struct buf out = BUF(a);

	for (int i = 1; i <= n; i++)
		buf_format(&out, "&c%d_%d=%d", i, row, score);
	return buf_cstr(&out);
}

static void walk_of(int first, int second, int most)
{
	struct world w;
	const char *page;
	int64_t an, binh;
	int n = first + second;

	world_serve(&w);
	framework_round(&w, first, second, most, "Trong năm tôi học thêm điều mới");
	an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	binh = year_person(&w, "Trần Thị Bình", w.hamlet);
	page = get(&w, ROLE_BRANCH, grid_of(&w, "tu-cham"), 200);
	CHECK_HAS(page, arena_format(w.arena, "name=\"c%d_1\"", n));
	CHECK(!strstr(page, arena_format(w.arena, "name=\"c%d_1\"", n + 1)));
	CHECK_HAS(page, arena_format(w.arena, "colspan=\"%d\" class=\"group a\"", first));
	CHECK_HAS(page, arena_format(w.arena, "class=\"col-score\" span=\"%d\"", n));
	CHECK_HAS(page, arena_format(w.arena, "data-most=\"%d %d", most, most));
	page = post(&w, ROLE_BRANCH, at(&w, "trang"), arena_format(w.arena, "cach=tu-cham&nguoi_1=%lld&ban_1=0%s&nguoi_2=%lld&ban_2=0%s&c%d_2=x"
		HELP, (long long)an, columns(w.arena, n, 1, most + 1), (long long)binh, columns(w.arena, n - 1, 2, most), n), 422);
	CHECK_HAS(page, arena_format(w.arena, "Chỉ số %d, hàng 1: %d nằm ngoài mức cho phép. Ghi một số từ 0 đến %d", n, most + 1, most));
	CHECK_HAS(page, arena_format(w.arena, "href=\"#c%d_2\"", n));          /* and what did not parse at all */
	post(&w, ROLE_BRANCH, at(&w, "trang"), arena_format(w.arena, "cach=tu-cham&nguoi_1=%lld&ban_1=0%s" HELP, (long long)an,
		columns(w.arena, n, 1, most)), 303);
	CHECK_INT(n * most, self_total(&w, an));
	CHECK_INT(n, sheet_of(&w, an).self.n);
	/* a row of the script; what is beyond the framework does not exist */
	send(&w, ROLE_BRANCH, binh, "tu-cham", arena_format(w.arena, "version=0&score_%d=%d%s" HELP, n, most, n < 20 ? "&score_20=1" : ""),
		200);
	CHECK_INT(most, self_total(&w, binh));
	page = get(&w, ROLE_BRANCH, grid_of(&w, "tu-cham"), 200);
	CHECK_HAS(page, arena_format(w.arena, "Còn %d chỉ số", n - 1));
	page = get(&w, ROLE_BRANCH, at(&w, "viec/nop"), 200);
	post(&w, ROLE_BRANCH, at(&w, "viec/nop"), arena_format(w.arena, "stamp=%s&scope=tat-ca", stamp_of(&w, page)), 303);
	CHECK_INT(SHEET_SUBMITTED, sheet_of(&w, an).state);
	CHECK_INT(SHEET_DRAFT, sheet_of(&w, binh).state);
	post(&w, ROLE_BRANCH, at(&w, "trang"), arena_format(w.arena, "cach=xet&nguoi_1=%lld&ban_1=%lld%s&ly_do_1=" REASON, (long long)an,
		(long long)sheet_of(&w, an).version, columns(w.arena, n, 1, most - 1)), 303);
	CHECK_INT(n * (most - 1), reviewed_total(&w, an));
	CHECK_INT(n, sheet_of(&w, an).reviewed.n);
	world_close(&w);
}

TEST(grid, a_framework_of_any_size_is_typed_and_reviewed)
{
	static const struct { int first, second, most; } sizes[] = { { 4, 3, 10 }, { 6, 6, 10 }, { 1, 1, 4 }, { 11, 9, 100 } };

	for (size_t i = 0; i < COUNT(sizes); i++)
		walk_of(sizes[i].first, sizes[i].second, sizes[i].most);
}

TEST(grid, last_years_scores_are_no_proposal_where_last_year_asked_otherwise)
{
	struct world w;
	struct grid_line line;
	int64_t an, other;

	world_open(&w);
	world_round(&w);
	an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, criteria_import(&w.ask, framework(w.arena, 5, 5, 8, "Câu hỏi khác"), &other));
	world_as_nobody(&w);
	CHECK_OUTCOME(OK, db_script(w.db, "INSERT INTO standing (person_id, round_id, leaf_id, commune_id, province_id, group_code, sex,"
		" age_band, state, total, scores, flags, name_key) SELECT person_id, round_id - 1, leaf_id, commune_id, province_id, group_code,"
		" sex, age_band, 9, 81, '" YEAR_PASS "', flags, name_key FROM standing", "test"));
	CHECK_OUTCOME(OK, grid_line_get(&w.ask, (struct sheet_key){ an, w.round }, &line));
	CHECK_INT(10, line.last.n);
	CHECK_OUTCOME(OK, db_script(w.db, arena_format(w.arena, "INSERT INTO round (id, criteria_id, register_from, register_until,"
		" score_from, score_until, review_from, review_until, recognise_from, recognise_until, posting_days, title_years, locked,"
		" version) SELECT id - 1, %lld, register_from, register_until, score_from, score_until, review_from, review_until,"
		" recognise_from, recognise_until, posting_days, title_years, 1, 1 FROM round", (long long)other), "test"));
	CHECK_OUTCOME(OK, grid_line_get(&w.ask, (struct sheet_key){ an, w.round }, &line));
	CHECK_INT(0, line.last.n);               /* ten there too, but another ten: to other marks */
	world_close(&w);
}

/* ---- undone, and handed in for others ---- */

static const char *path_of(struct world *w, const char *location)
{
	const char *found = strstr(location, "xong=");

	CHECK(found != NULL);
	return at(w, arena_format(w->arena, "da-lam/%s", found + 5));
}

TEST(grid, what_was_just_done_is_told_with_the_way_back)
{
	struct world w;
	const char *page, *where, *undo;
	int64_t an, binh;

	begin(&w);
	an = year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS);
	binh = year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_SHORT);
	CHECK_HAS(get(&w, ROLE_BRANCH, at(&w, "da-lam"), 200), "Hôm nay chưa làm việc gì");
	page = get(&w, ROLE_BRANCH, at(&w, "viec/dong-y"), 200);
	where = post(&w, ROLE_BRANCH, at(&w, "viec/dong-y"), arena_format(w.arena, "stamp=%s&scope=tat-ca", stamp_of(&w, page)), 303);
	undo = path_of(&w, where);
	page = get(&w, ROLE_BRANCH, where, 200);
	CHECK_HAS(page, "Đã đồng ý với điểm tự chấm của 2 phiếu");
	CHECK_HAS(page, arena_format(w.arena, "href=\"%s\"", undo));
	CHECK_HAS(get(&w, ROLE_BRANCH, at(&w, "da-lam"), 200), arena_format(w.arena, "href=\"%s\"", undo));
	CHECK_HAS(get(&w, ROLE_BRANCH, undo, 200), "Hoàn lại 2 phiếu");
	CHECK_INT(SHEET_REVIEWED, sheet_of(&w, an).state);               /* a page that only asks */
	where = post(&w, ROLE_BRANCH, undo, "", 303);
	CHECK_INT(SHEET_SUBMITTED, sheet_of(&w, an).state);
	CHECK_INT(SHEET_SUBMITTED, sheet_of(&w, binh).state);
	CHECK_HAS(get(&w, ROLE_BRANCH, where, 200), "Đã hoàn lại: đồng ý với điểm tự chấm của 2 phiếu");
	CHECK_HAS(get(&w, ROLE_BRANCH, at(&w, "da-lam"), 200), "Đã hoàn lại lúc 09:00");
	CHECK_HAS(get(&w, ROLE_BRANCH, undo, 200), GRID_UNDO_TWICE);
	CHECK_HAS(post(&w, ROLE_BRANCH, undo, "", 422), GRID_UNDO_TWICE);
	get(&w, ROLE_BRANCH, arena_format(w.arena, "/luoi/%lld/%lld/da-lam/%s", (long long)w.school, (long long)w.round,
		strrchr(undo, '/') + 1), 404);
	get(&w, ROLE_AUTHORITY, undo, 403);
	world_close(&w);
}

TEST(grid, rows_of_a_page_go_back_together_and_who_has_moved_on_is_named)
{
	struct world w;
	const char *page, *undo;
	int64_t an, binh;

	begin(&w);
	an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	binh = year_person(&w, "Trần Thị Bình", w.hamlet);
	get(&w, ROLE_BRANCH, grid_of(&w, "tu-cham"), 200);
	undo = path_of(&w, post(&w, ROLE_BRANCH, at(&w, "trang"), arena_format(w.arena, "cach=tu-cham&nguoi_1=%lld&ban_1=0&nguoi_2=%lld&ban_2=0"
		PASS_OF("1") "&c1_2=7" HELP, (long long)an, (long long)binh), 303));
	send(&w, ROLE_BRANCH, an, "tu-cham", "version=2&score_1=5", 200);
	CHECK_HAS(get(&w, ROLE_BRANCH, undo, 200), "1 phiếu giữ như đang có");
	page = post(&w, ROLE_BRANCH, undo, "", 200);
	CHECK_HAS(page, "Đã hoàn lại: lưu điểm tự chấm của 1 hàng");
	CHECK_HAS(page, "Nguyễn Thị An</a>: phiếu đã đổi sau đó");
	CHECK_INT(5, sheet_of(&w, an).self.at[0].value);
	CHECK_HAS(get(&w, ROLE_BRANCH, grid_of(&w, "tu-cham"), 200), "Chưa đăng ký");
	world_close(&w);
}

TEST(grid, own_scores_are_handed_in_by_another_hand_with_the_paper_list_named)
{
	struct world w;
	const char *page;
	struct scores s;
	struct actor citizen = { .name = "An" };
	int64_t an;

	begin(&w);
	an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	citizen.person_id = an;
	w.ask.actor = &citizen;
	CHECK(scores_read(YEAR_PASS, &s));
	CHECK_OUTCOME(OK, sheet_register(&w.ask, (struct sheet_key){ an, w.round }, "nong_dan", "", false, NULL));
	CHECK_OUTCOME(OK, sheet_save_scores(&w.ask, (struct sheet_key){ an, w.round }, 1, &s, NULL, NULL));
	world_as_nobody(&w);
	CHECK(!strstr(get(&w, ROLE_BRANCH, at(&w, "viec/nop"), 200), "Nguyễn Thị An"));
	page = get(&w, ROLE_BRANCH, at(&w, "viec/nop-giup"), 200);
	CHECK_HAS(page, "Nguyễn Thị An");
	CHECK(!strstr(page, "tat-ca") && !strstr(page, "checked"));
	page = post(&w, ROLE_BRANCH, at(&w, "viec/nop-giup"), arena_format(w.arena, "stamp=%s&scope=tat-ca&consent_day=1/1/2027", stamp_of(&w,
		page)), 422);
	CHECK_HAS(page, "#chon_1");
	CHECK_HAS(page, GRID_CONSENT_FUTURE);
	CHECK_HAS(page, GRID_CONSENT_HOLDER);
	CHECK_INT(SHEET_DRAFT, sheet_of(&w, an).state);
	post(&w, ROLE_BRANCH, at(&w, "viec/nop-giup"), arena_format(w.arena, "stamp=%s&chon=%lld&consent_day=12/11/2026&consent_holder=bà+Ba",
		stamp_of(&w, page), (long long)an), 303);
	CHECK_INT(SHEET_SUBMITTED, sheet_of(&w, an).state);
	CHECK_TEXT("Tài khoản branch nộp giúp", sheet_of(&w, an).helper);
	CHECK_TEXT("Đồng ý cho nộp giúp, danh sách giấy ngày 12/11/2026, bà Ba giữ", sheet_of(&w, an).consent);
	world_close(&w);
}
