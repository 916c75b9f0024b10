#include "tests/test.h"

#include <string.h>

#include "registry/audit/audit.h"
#include "title/roster/exchange.h"
#include "tests/roster_lists.h"

static const char *cell_of(const struct exchange *e, size_t row, const char *head)
{
	for (size_t c = 0; c < e->columns.n; c++)
		if (!strcmp(e->columns.at[c].head, head))
			return e->rows[row].cells[c];
	return "?";
}

TEST(roster, the_round_leaves_in_the_columns_of_others_and_is_noted)
{
	struct world w;
	struct exchange e;
	struct reply reply;
	struct audit_list trail;
	size_t noted = 0;

	roster_world_open(&w);
	roster_world_applied(&w, roster_world_sent(&w, roster_three), &roster_own);
	CHECK_OUTCOME(OK, exchange_read(&w.ask, 0, w.commune, 0, &e));
	CHECK_INT(2, e.n);                               /* who is not registered is not in it */
	CHECK_TEXT("Trần Văn Ba", cell_of(&e, 0, "Họ và tên"));
	CHECK_TEXT("", cell_of(&e, 0, "Số CCCD"));
	CHECK_TEXT("080161900001", cell_of(&e, 1, "Số CCCD"));
	CHECK_TEXT("Nữ", cell_of(&e, 1, "Giới tính"));
	CHECK_TEXT("1961", cell_of(&e, 1, "Năm sinh"));
	CHECK_TEXT("", cell_of(&e, 1, "Tôn giáo"));
	CHECK_TEXT("Xã Đức Hoà", cell_of(&e, 1, "Xã/Phường"));
	CHECK_TEXT("84", cell_of(&e, 1, "Tổng điểm"));
	CHECK_TEXT("9", cell_of(&e, 1, "Chỉ số 10"));
	CHECK_OUTCOME(OK, exchange_read(&w.ask, 1, w.hamlet, 0, &e));
	CHECK_INT(2, e.n);
	CHECK_TEXT("2", cell_of(&e, 1, "STT"));
	CHECK_TEXT("Ấp Bình Hoà", cell_of(&e, 1, "Ấp, khu phố, đơn vị"));
	CHECK_TEXT("Đang chấm", cell_of(&e, 1, "Kết quả"));
	CHECK_OUTCOME(FORBIDDEN, exchange_read(&w.ask, 0, w.other_commune, 0, &e));
	world_get(&w, ROLE_COMMUNE, "/danh-sach/xuat", &reply);
	CHECK_HAS(reply_text(&w, &reply), "thứ tự cột là giả định");
	world_take(&w, ROLE_COMMUNE, "/danh-sach/xuat", arena_format(w.arena, "unit=%lld&cot=congdanhoctap&dang=csv",
		(long long)w.commune), &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Nguyễn Thị Lành");
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "unit", w.commune, &trail));
	for (size_t i = 0; i < trail.n; i++)
		noted += !strcmp(trail.at[i].action, "exported");
	CHECK_INT(1, noted);
	world_get(&w, ROLE_COMMUNE, arena_format(w.arena, "/danh-sach/xuat/%lld?cot=congdanhoctap&dang=csv",
		(long long)w.commune),
		&reply);
	CHECK_INT(422, reply.status);
	roster_world_close(&w);
}
