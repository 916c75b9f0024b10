#include "http/form_messages.h"

#define LL(x) ((long long)(x))

const char *say_missing(struct arena *a, const char *label, enum field_type type)
{
	if (type == FIELD_choice)
		return arena_format(a, "%s: chưa chọn. Chọn một mục.", label);
	if (type == FIELD_ids)
		return arena_format(a, "%s: chưa chọn mục nào. Chọn ít nhất một mục.", label);
	if (type == FIELD_day)
		return arena_format(a, "%s: còn trống. Ghi ngày, tháng, năm, ví dụ 20/5/1961.", label);
	if (type == FIELD_date)
		return arena_format(a, "%s: còn trống. Ghi năm hoặc cả ngày, ví dụ 1961 hoặc 20/5/1961.", label);
	if (type == FIELD_numbers || type == FIELD_texts)
		return arena_format(a, "%s: còn trống tất cả. Ghi ít nhất một ô.", label);
	return arena_format(a, "%s: còn trống. Ghi vào ô này.", label);
}

const char *say_too_long(struct arena *a, const char *label, size_t over, int64_t max)
{
	return arena_format(a, "%s: dài quá %zu ký tự. Rút gọn còn nhiều nhất %lld ký tự.", label, over, LL(max));
}

const char *say_too_short(struct arena *a, const char *label, size_t under, int64_t min)
{
	return arena_format(a, "%s: còn thiếu %zu ký tự. Ghi từ %lld ký tự trở lên.", label, under, LL(min));
}

const char *say_not_whole(struct arena *a, const char *label)
{
	return arena_format(a, "%s: không phải số nguyên. Ghi bằng chữ số, ví dụ 8.", label);
}

const char *say_out_of_range(struct arena *a, const char *label, int64_t got, int64_t min, int64_t max)
{
	return arena_format(a, "%s: %lld nằm ngoài mức cho phép. Ghi một số từ %lld đến %lld.", label, LL(got), LL(min), LL(max));
}

const char *say_not_day(struct arena *a, const char *label)
{
	return arena_format(a, "%s: không phải một ngày có trên lịch. Ghi ngày, tháng, năm, ví dụ 20/5/1961.", label);
}

const char *say_not_date(struct arena *a, const char *label)
{
	return arena_format(a, "%s: không phải một ngày có trên lịch. Ghi năm, tháng và năm, hoặc cả ngày, "
		"ví dụ 1961, 5/1961, 20/5/1961.", label);
}

const char *say_not_choice(struct arena *a, const char *label)
{
	return arena_format(a, "%s: mục đã chọn không có trong danh sách. Chọn lại một mục.", label);
}

const char *say_not_code(struct arena *a, const char *label, size_t len)
{
	return arena_format(a, "%s: mã không đúng. Mã có %zu ký tự: xem lại từng ký tự rồi ghi lại.", label, len);
}

const char *say_not_digits(struct arena *a, const char *label)
{
	return arena_format(a, "%s: có ký tự không phải chữ số. Chỉ ghi chữ số.", label);
}

const char *say_digits_count(struct arena *a, const char *label, size_t got, int64_t min, int64_t max)
{
	if (min == max)
		return arena_format(a, "%s: có %zu chữ số, cần %lld. Xem lại và ghi cho đủ.", label, got, LL(min));
	return arena_format(a, "%s: có %zu chữ số, cần từ %lld đến %lld. Xem lại và ghi cho đủ.", label, got, LL(min), LL(max));
}

const char *say_unreadable(struct arena *a, const char *label)
{
	return arena_format(a, "%s: có ký tự không đọc được. Gõ lại ô này.", label);
}

const char *say_twice(struct arena *a, const char *label)
{
	return arena_format(a, "%s: nhận được hai giá trị. Mở lại trang rồi gửi lại.", label);
}

const char *say_not_id(struct arena *a, const char *label)
{
	return arena_format(a, "%s: mục đã chọn không đọc được. Mở lại trang rồi chọn lại.", label);
}

const char *say_too_many(struct arena *a, const char *label, size_t max)
{
	return arena_format(a, "%s: chọn quá nhiều. Mỗi lần nhiều nhất %zu mục: bỏ bớt rồi gửi, phần còn lại gửi sau.", label,
		max);
}

const char *say_stored(struct arena *a, const char *label, const char *stored)
{
	if (!*stored)
		return arena_format(a, "%s đang lưu: để trống. Ô này là điều vừa gõ; lưu thì ghi điều vừa gõ.", label);
	return arena_format(a, "%s đang lưu: “%s”. Ô này là điều vừa gõ; lưu thì ghi điều vừa gõ.", label, stored);
}
