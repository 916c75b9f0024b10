#include "tests/test.h"

#include <string.h>

#include "http/server.h"
#include "registry/access/accounts.h"
#include "registry/people/corrections.h"
#include "registry/access/taking_page.h"
#include "registry/audit/audit.h"
#include "registry/people/people.h"
#include "tests/world.h"

#define LANH "name=Nguy%E1%BB%85n+Th%E1%BB%8B+L%C3%A0nh&birth=20%2F5%2F1961&sex=2&group=nong_dan&leaf=noi-o"

static int64_t add(struct world *w, const char *name, const char *number, const char *phone)
{
	struct person_new new = { .name = name, .birth = "1961", .national_id = number, .phone = phone, .address = "",
		.household = "Trần Văn Ba",
		.clan = "", .group = "nong_dan", .trained_on = "", .guardian = "", .sex = SEX_FEMALE, .leaf_id = w->hamlet,
		.hamlet_id = w->hamlet };
	const struct actor *before = w->ask.actor;
	int64_t id = 0;

	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, person_add(&w->ask, &new, &id));
	w->ask.actor = before;
	return id;
}

static const char *at(struct world *w, const char *format, int64_t id)
{
	struct buf out = BUF(w->arena);

	for (; *format; format++)
		if (*format == '#')
			buf_int(&out, id);
		else
			buf_char(&out, *format);
	return buf_cstr(&out);
}

static const char *get(struct world *w, enum role role, const char *target, int status)
{
	struct reply reply;

	world_get(w, role, target, &reply);
	CHECK_INT(status, reply.status);
	return reply_text(w, &reply);
}

TEST(people_http, a_branch_officer_finds_their_people_without_telephones)
{
	struct world w;
	const char *text;

	world_serve(&w);
	add(&w, "Nguyễn Thị Lành", "", "0900000121");
	text = get(&w, ROLE_BRANCH, "/nguoi", 200);
	CHECK_HAS(text, "Nguyễn Thị Lành");
	CHECK(!strstr(text, "0900 000 121"));
	CHECK_HAS(get(&w, ROLE_BRANCH, "/nguoi?q=l%C3%A0nh+1961", 200), "Nguyễn Thị Lành");
	CHECK_HAS(get(&w, ROLE_BRANCH, "/nguoi?q=lanh+1962", 200), "Không có ai");
	CHECK_HAS(get(&w, ROLE_PROVINCE, "/nguoi", 200), "Xã Đức Hoà");
	CHECK_HAS(get(&w, ROLE_PROVINCE, "/nguoi?q=lanh", 200), "ít nhất hai chữ");
	CHECK_HAS(get(&w, ROLE_PROVINCE, "/nguoi?q=lanh+nguyen", 200), "Nguyễn Thị Lành");
	get(&w, ROLE_BRANCH, at(&w, "/nguoi?unit=#", w.other_hamlet), 403);
	get(&w, ROLE_CITIZEN, "/nguoi", 403);
	get(&w, ROLES, "/nguoi", 303);
	world_close(&w);
}

TEST(people_http, a_form_keeps_what_was_typed_beside_all_messages)
{
	struct world w;
	struct reply reply;
	const char *text;

	world_serve(&w);
	CHECK_HAS(get(&w, ROLE_BRANCH, at(&w, "/nguoi/them?unit=#", w.hamlet), 200), "Ấp Bình Hoà");
	world_post(&w, ROLE_BRANCH, "/nguoi/them", at(&w,
		"unit=#&name=B2&birth=2015&phone=12&national_id=123&trained_on=1%2F1%2F2030", w.hamlet),
		&reply);
	CHECK_INT(422, reply.status);
	text = reply_text(&w, &reply);
	CHECK_HAS(text, "value=\"B2\"");
	CHECK_HAS(text, "href=\"#group\"");
	CHECK_HAS(text, "href=\"#leaf\"");
	world_post(&w, ROLE_BRANCH, "/nguoi/them",
		at(&w, "unit=#&name=B2&birth=2015&group=nong_dan&leaf=noi-o&phone=12&national_id=123&trained_on=1%2F1%2F2030",
		w.hamlet), &reply);
	CHECK_INT(422, reply.status);
	text = reply_text(&w, &reply);
	CHECK_HAS(text, "href=\"#name\"");
	CHECK_HAS(text, "href=\"#birth\"");
	CHECK_HAS(text, "href=\"#phone\"");
	CHECK_HAS(text, "href=\"#national_id\"");
	CHECK_HAS(text, "href=\"#trained_on\"");
	world_close(&w);
}

TEST(people_http, a_person_is_added_once_and_twins_are_shown)
{
	struct world w;
	struct reply first, second;
	const char *fields;

	world_serve(&w);
	get(&w, ROLE_BRANCH, "/nguoi/them", 200);
	fields = arena_format(w.arena, "unit=%lld&hamlet=%lld&%s&national_id=0801+6190+0001", (long long)w.hamlet,
		(long long)w.hamlet, LANH);
	world_post(&w, ROLE_BRANCH, "/nguoi/them", fields, &first);
	world_post(&w, ROLE_BRANCH, "/nguoi/them", fields, &second);
	CHECK_INT(303, first.status);
	CHECK_TEXT(first.location, second.location);
	CHECK_HAS(get(&w, ROLE_BRANCH, first.location, 200), "•••• •••• 0001");
	get(&w, ROLE_BRANCH, "/nguoi/them", 200);
	world_post(&w, ROLE_BRANCH, "/nguoi/them", fields, &second);
	CHECK_INT(422, second.status);
	CHECK_HAS(reply_text(&w, &second), "Đã có người giống vậy");
	CHECK_HAS(reply_text(&w, &second), "href=\"#national_id\"");
	world_close(&w);
}

TEST(people_http, a_stale_page_is_told_so_and_a_change_needs_its_reason)
{
	struct world w;
	struct reply reply;
	const char *target, *fields;
	int64_t id;

	world_serve(&w);
	id = add(&w, "Nguyễn Thị Lạnh", "080161900001", "");
	target = at(&w, "/nguoi/#/sua", id);
	CHECK_HAS(get(&w, ROLE_COMMUNE, target, 200), "bốn số cuối 0001");
	fields = at(&w, "version=1&hamlet=#&" LANH, w.hamlet);
	world_post(&w, ROLE_COMMUNE, target, fields, &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "href=\"#reason\"");
	world_post(&w, ROLE_COMMUNE, target, arena_format(w.arena, "%s&reason=Theo+the+can+cuoc", fields), &reply);
	CHECK_INT(303, reply.status);
	world_post(&w, ROLE_COMMUNE, target, arena_format(w.arena, "%s&reason=Theo+the+can+cuoc+cu&phone=0900000121", fields),
		&reply);
	CHECK_INT(409, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "value=\"0900000121\"");
	CHECK_HAS(reply_text(&w, &reply), "Điện thoại đang lưu: để trống");
	CHECK_HAS(reply_text(&w, &reply), "name=\"version\" value=\"2\"");
	fields = at(&w, "version=1&hamlet=#&sex=2&member=1&" LANH, w.other_hamlet);
	world_post(&w, ROLE_COMMUNE, target, arena_format(w.arena, "%s&reason=Chuyen+ap", fields), &reply);
	CHECK_INT(409, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Là hội viên Hội Khuyến học đang lưu: “không đánh dấu”");
	CHECK_HAS(reply_text(&w, &reply), "href=\"#hamlet\"");
	CHECK_HAS(get(&w, ROLE_COMMUNE, at(&w, "/nguoi/#", id), 200), "Nguyễn Thị Lành");
	world_close(&w);
}

TEST(people_http, the_number_is_shown_to_who_asks_and_the_asking_is_kept)
{
	struct world w;
	struct reply reply;
	int64_t id;
	const char *text;

	world_serve(&w);
	id = add(&w, "Nguyễn Thị Lành", "080161900001", "0900000121");
	text = get(&w, ROLE_BRANCH, at(&w, "/nguoi/#", id), 200);
	CHECK_HAS(text, "0900 000 121");
	CHECK(!strstr(text, "0801 6190 0001"));
	world_post(&w, ROLE_BRANCH, at(&w, "/nguoi/#/so", id), "", &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "0801 6190 0001");
	CHECK_HAS(get(&w, ROLE_COMMUNE, at(&w, "/nguoi/#", id), 200), "Xem đủ số định danh");
	world_post(&w, ROLE_AUDITOR, at(&w, "/nguoi/#/so", id), "", &reply);
	CHECK_INT(403, reply.status);
	world_close(&w);
}

TEST(people_http, who_left_is_written_and_a_double_is_merged)
{
	struct world w;
	struct reply reply;
	int64_t first, second;
	const char *target;
	struct person p;

	world_serve(&w);
	first = add(&w, "Nguyễn Thị Lành", "080161900001", "");
	second = add(&w, "Nguyễn Thị Lành", "", "");
	CHECK_HAS(get(&w, ROLE_COMMUNE, "/nguoi/trung", 200), "Nguyễn Thị Lành");
	target = at(&w, "/nguoi/#/tinh-trang", second);
	CHECK_HAS(get(&w, ROLE_COMMUNE, target, 200), "Ghi trùng với một người khác");
	world_post(&w, ROLE_COMMUNE, target, "version=1&condition=trung&reason=x", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "href=\"#into\"");
	/* the two are looked at side by side before anything is done */
	world_post(&w, ROLE_COMMUNE, target, at(&w, "version=1&condition=trung&into=#&reason=Mot+nguoi+ghi+hai+lan", first),
		&reply);
	CHECK_INT(303, reply.status);
	target = arena_format(w.arena, "/nguoi/%lld/gop/%lld", (long long)first, (long long)second);
	CHECK_TEXT(target, reply.location);
	CHECK_HAS(get(&w, ROLE_COMMUNE, "/nguoi/trung", 200), target);
	CHECK_HAS(get(&w, ROLE_COMMUNE, target, 200), "Gộp làm một");
	world_post(&w, ROLE_COMMUNE, target, "keep_version=1&drop_version=1&reason=x", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "href=\"#reason\"");
	world_post(&w, ROLE_COMMUNE, target, "keep_version=1&drop_version=1&reason=Mot+nguoi+ghi+hai+lan", &reply);
	CHECK_INT(303, reply.status);
	CHECK_OUTCOME(OK, person_get(&w.ask, second, &p));
	CHECK_INT(first, p.merged_into);
	CHECK_HAS(get(&w, ROLE_COMMUNE, "/nguoi/trung", 200), "Không có ai bị ghi hai lần");
	world_close(&w);
}

TEST(people_http, the_file_is_taken_through_a_post_that_leaves_its_trace)
{
	struct world w;
	struct reply reply;
	const char *file;

	world_serve(&w);
	add(&w, "Nguyễn Thị Lành", "", "");
	get(&w, ROLE_COMMUNE, "/nguoi", 200);
	world_post(&w, ROLE_COMMUNE, "/nguoi/tai", at(&w, "unit=#", w.commune), &reply);
	CHECK_INT(303, reply.status);
	file = reply.location;
	world_get(&w, ROLE_COMMUNE, file, &reply);
	CHECK_INT(200, reply.status);
	CHECK(reply.body.len > 2000);
	world_get(&w, ROLE_COMMUNE, file, &reply);
	CHECK_INT(200, reply.status);                                    /* a download that broke off */
	world_get(&w, ROLE_PROVINCE, file, &reply);
	CHECK_INT(422, reply.status);                                    /* somebody else's address */
	world_get(&w, ROLE_COMMUNE, at(&w, "/nguoi/danh-sach/#", w.commune), &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Mỗi lần tải danh sách có tên người được ghi vào nhật ký");
	world_get(&w, ROLE_COMMUNE, arena_format(w.arena, "%s0", file), &reply);
	CHECK_INT(422, reply.status);
	w.app.fixed_now += TAKING_SECONDS + 1;
	world_get(&w, ROLE_COMMUNE, file, &reply);
	CHECK_INT(422, reply.status);
	world_post(&w, ROLE_COMMUNE, "/nguoi/tai", at(&w, "unit=#", w.other_commune), &reply);
	CHECK_INT(403, reply.status);
	world_get(&w, ROLE_COMMUNE, at(&w, "/nguoi/danh-sach/#", w.other_commune), &reply);
	CHECK_INT(403, reply.status);
	world_close(&w);
}

TEST(people_http, who_opens_a_list_of_people_is_written_down_once_a_day)
{
	struct world w;
	struct reply reply;
	struct audit_list trail;

	world_serve(&w);
	add(&w, "Nguyễn Thị Lành", "", "");
	for (int i = 0; i < 3; i++)
		get(&w, ROLE_COMMUNE, at(&w, "/nguoi?unit=#", w.hamlet), 200);
	get(&w, ROLE_COMMUNE, at(&w, "/nguoi?unit=#", w.other_commune), 403);
	get(&w, ROLE_PROVINCE, at(&w, "/nguoi?unit=#&q=lanh", w.commune), 200);
	notes_flush(w.server);
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "list_seen", w.hamlet, &trail));
	CHECK_INT(1, trail.n);
	CHECK_TEXT("list_seen", trail.at[0].action);
	CHECK_INT(w.account[ROLE_COMMUNE], trail.at[0].account_id);
	CHECK_HAS(trail.at[0].new, "Danh sách người");
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "list_seen", w.commune, &trail));
	CHECK_TEXT("list_seen", trail.at[0].action);
	CHECK_HAS(trail.at[0].new, "Tìm người");
	world_get(&w, ROLE_AUDITOR, "/nhat-ky?action=list_seen", &reply);
	CHECK_HAS(reply_text(&w, &reply), "Mở danh sách");
	world_close(&w);
}

TEST(people_http, a_citizen_asks_and_the_officer_accepts_with_one_click)
{
	struct world w;
	struct reply reply;
	struct correction_list list;
	const char *text, *target;
	int64_t id;

	world_serve(&w);
	id = add(&w, "Nguyễn Thị Lạnh", "080161900001", "");
	CHECK_OUTCOME(OK, db_script(w.db, arena_format(w.arena, "UPDATE account SET person_id = %lld WHERE id = %lld",
		(long long)id,
		(long long)w.account[ROLE_CITIZEN]), "test"));
	text = get(&w, ROLE_CITIZEN, "/toi/thong-tin", 200);
	CHECK_HAS(text, "Nguyễn Thị Lạnh");
	CHECK_HAS(text, "•••• •••• 0001");
	world_post(&w, ROLE_CITIZEN, "/toi/thong-tin", "name=&birth=x&group=x&phone=1", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "href=\"#birth\"");
	world_post(&w, ROLE_CITIZEN, "/toi/thong-tin",
		"name=Nguy%E1%BB%85n+Th%E1%BB%8B+L%C3%A0nh&birth=1961&sex=2&group=nong_dan&household=Tr%E1%BA%A7n+V%C4%83n+Ba&note=Sai+ten",
		&reply);
	CHECK_INT(303, reply.status);
	CHECK_HAS(get(&w, ROLE_CITIZEN, "/toi/thong-tin", 200), "chờ chi hội trả lời");
	CHECK_HAS(get(&w, ROLE_BRANCH, "/de-nghi-sua", 200), "Nguyễn Thị Lành");
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, correction_list_open(&w.ask, w.hamlet, &list));
	CHECK_INT(1, list.n);
	target = arena_format(w.arena, "/de-nghi-sua/%lld/%lld", (long long)id, (long long)list.at[0].id);
	world_post(&w, ROLE_BRANCH, target, "version=1&answer=khong&note=", &reply);
	CHECK_INT(422, reply.status);
	world_post(&w, ROLE_BRANCH, target, "version=1&answer=nhan", &reply);
	CHECK_INT(303, reply.status);
	CHECK_HAS(get(&w, ROLE_CITIZEN, "/toi/thong-tin", 200), "đã sửa");
	CHECK_HAS(get(&w, ROLE_BRANCH, at(&w, "/nguoi/#", id), 200), "<h1>Nguyễn Thị Lành</h1>");
	world_close(&w);
}

TEST(people_http, codes_are_printed_for_those_chosen)
{
	struct world w;
	struct reply reply;
	struct account account;
	const char *text;
	int64_t first, second;

	world_serve(&w);
	first = add(&w, "Nguyễn Thị Lành", "080161900001", "");
	second = add(&w, "Trần Văn Ba", "", "");
	add(&w, "Lê Thị Yến", "", "");
	get(&w, ROLE_BRANCH, "/nguoi", 200);
	world_post(&w, ROLE_BRANCH, "/nguoi/ma", at(&w, "unit=#", w.hamlet), &reply);
	CHECK_INT(422, reply.status);
	world_post(&w, ROLE_BRANCH, "/nguoi/ma", arena_format(w.arena, "unit=%lld&people=%lld&people=%lld", (long long)w.hamlet,
		(long long)first,
		(long long)second), &reply);
	CHECK_INT(303, reply.status);
	text = get(&w, ROLE_BRANCH, reply.location, 200);
	CHECK_HAS(text, "2 mã kích hoạt");
	CHECK_HAS(text, "Trần Văn Ba");
	CHECK(!strstr(text, "Lê Thị Yến"));
	CHECK_HAS(get(&w, ROLE_COMMUNE, reply.location, 200), "0 mã kích hoạt");        /* somebody else's */
	CHECK_OUTCOME(OK, account_of_person(&w.ask, first, &account));
	CHECK_TEXT("Bà Lành", account.name);
	world_post(&w, ROLE_BRANCH, at(&w, "/nguoi/#/ma", first), "", &reply);
	CHECK_INT(303, reply.status);
	CHECK_HAS(get(&w, ROLE_BRANCH, reply.location, 200), "1 mã kích hoạt");
	world_close(&w);
}
