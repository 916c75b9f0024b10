#include "title/recognition/recognition_messages.h"

#include "text/format.h"

const char *posting_not_over(struct arena *a, const char *until)
{
	return arena_format(a, "Danh sách còn niêm yết đến hết ngày %s. Lập tờ trình từ ngày hôm sau.", format_date(a, until));
}

const char *posting_before_meeting(struct arena *a, const char *held_on)
{
	return arena_format(a, "Ngày này trước ngày họp lập danh sách (%s). Họp xong mới niêm yết: chọn từ ngày họp trở đi.",
		format_date(a, held_on));
}

const char *posting_short(struct arena *a, int days, int needed)
{
	return arena_format(a, "Niêm yết mới %d ngày làm việc, đợt này cần ít nhất %d. Chọn ngày hết muộn hơn.", days, needed);
}

const char *decision_day_early(struct arena *a, const char *day)
{
	return arena_format(a, "Ngày này trước ngày tờ trình (%s). Xem lại ngày trên quyết định.", format_date(a, day));
}

const char *meeting_attendees_fixed(struct arena *a, int64_t n)
{
	return arena_format(a,
		"Biên bản đã đếm %lld người dự họp và số phiếu tán thành. Sửa tên được, nhưng giữ đủ %lld dòng.", (long long)n,
		(long long)n);
}

const char *decision_file_differs(struct arena *a, const char *in_file, const char *ours)
{
	return arena_format(a, "Tệp này mang mã danh sách %s, danh sách trong máy có mã %s: bản ký là danh sách khác. In lại danh sách "
		"rồi ký lại; nếu dưới danh sách đã ký in đúng mã %s thì gõ mã đó vào ô Mã danh sách.", in_file, ours, ours);
}

const char *decision_list_differs(struct arena *a, int64_t people)
{
	return arena_format(a,
		"Mã này không khớp danh sách %s người trong máy. So lại từng chữ; đúng mà vẫn khác thì bản ký là danh sách "
		"khác: in lại danh sách rồi ký lại.", format_int(a, people));
}

const char *leaving_codes_unknown(struct arena *a, const char *codes)
{
	return arena_format(a, "Không có phiếu mang mã này trong danh sách: %s. So lại từng chữ, hoặc bỏ dòng đó.", codes);
}
