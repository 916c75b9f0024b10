#include "registry/people/people_messages.h"

#include "registry/people/people.h"
#include "text/format.h"

const char *person_birth_wrong(struct arena *a, const char *birth, int first, int last)
{
	return arena_format(a, "Năm sinh %.4s không đúng. Ghi năm từ %d đến %d, ví dụ 1961.", birth, first, last);
}

const char *person_too_young(struct arena *a, const char *birth, int year)
{
	return arena_format(a,
		"Người sinh năm %.4s chưa đủ %d tuổi trong năm %d. Danh sách chỉ ghi người từ đủ %d tuổi; xem lại năm sinh.",
		birth, PERSON_AGE_MIN, year, PERSON_AGE_MIN);
}

const char *person_number_taken(struct arena *a, const char *name, const char *leaf)
{
	if (!*name)
		return "Số này đã có ở một người của nơi khác. Xem lại số; nếu đúng, báo Hội Khuyến học xã, phường.";
	return arena_format(a, "Số này đã có ở %s, %s. Nếu là một người thì mở người đó ra sửa; nếu không thì xem lại số.", name,
		leaf);
}

const char *correction_waits(struct arena *a, const char *day)
{
	return arena_format(a, "Đề nghị ngày %s chưa được trả lời. Chờ chi hội trả lời rồi gửi tiếp, hoặc gọi chi hội.",
		format_date(a, day));
}
