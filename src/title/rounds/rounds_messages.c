#include "title/rounds/rounds_messages.h"

#include "text/format.h"

static const char *stage_capital(enum round_stage stage)
{
	static const char *const names[] = { "", "Việc đăng ký", "Việc tự chấm và nộp phiếu", "Việc xét phiếu", "Việc công nhận" };

	return names[stage];
}

const char *round_year_wrong(struct arena *a, int year)
{
	return arena_format(a, "Năm %d không đúng. Ghi năm từ 2020 đến 2100, ví dụ 2026.", year);
}

const char *round_year_taken(struct arena *a, int year)
{
	return arena_format(a, "Đợt năm %d đã có. Mở đợt đó ra sửa, hoặc ghi năm khác.", year);
}

const char *round_from_after_until(struct arena *a, enum round_stage stage, const char *until)
{
	return arena_format(a, "%s bắt đầu sau ngày cuối (%s). Sửa một trong hai ngày.", stage_capital(stage), format_date(a, until));
}

const char *round_out_of_order(struct arena *a, enum round_stage stage, const char *day)
{
	return arena_format(a, "%s đi sau %s nên không sớm hơn %s. Chọn ngày muộn hơn.", stage_capital(stage), round_stage_name(stage - 1),
		format_date(a, day));
}

const char *round_outside_year(struct arena *a, int year)
{
	return arena_format(a, "Ngày nằm ngoài đợt. Chọn từ 01/01/%d đến 30/06/%d.", year, year + 1);
}

const char *round_extend_early(struct arena *a, const char *until)
{
	return arena_format(a, "Hạn chung đã đến hết ngày %s. Chọn ngày muộn hơn.", format_date(a, until));
}

const char *round_extend_late(struct arena *a, const char *last)
{
	return arena_format(a, "Gia hạn muộn nhất đến hết ngày %s. Chọn ngày sớm hơn.", format_date(a, last));
}

const char *round_locked_now(struct arena *a, int year)
{
	return arena_format(a, "Đợt năm %d đã khoá, không ghi thêm được. Hỏi Hội Khuyến học tỉnh nếu cần mở lại.", year);
}

const char *round_not_taking_part(struct arena *a, int year)
{
	return arena_format(a, "Đơn vị này không tham gia đợt năm %d. Hỏi Hội Khuyến học tỉnh nếu thấy chưa đúng.", year);
}

const char *round_not_begun(struct arena *a, const struct round *r, enum round_stage stage)
{
	return arena_format(a, "%s năm %d bắt đầu từ ngày %s. Quay lại từ ngày đó.", stage_capital(stage), r->year,
		format_date(a, r->from[stage]));
}

const char *round_ended(struct arena *a, const struct round *r, enum round_stage stage, const char *until, const char *whom)
{
	return arena_format(a, "%s năm %d đã đóng hết ngày %s. %s", stage_capital(stage), r->year, format_date(a, until), whom);
}
