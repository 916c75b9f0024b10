#include "title/roster/roster_messages.h"

const char *roster_place(struct arena *a, const char *typed, const char *unit)
{
	return arena_format(a, "“%s” không có ở %s. Ghi đúng tên ấp, khu phố, hoặc thêm đơn vị đó trước.", typed, unit);
}

const char *roster_place_twice(struct arena *a, const char *typed, const char *unit)
{
	return arena_format(a, "%s có hai nơi tên “%s”. Ghi cả chữ Ấp hay Khu phố.", unit, typed);
}

const char *roster_score(struct arena *a, int indicator, int halves, int max)
{
	return arena_format(a, "Điểm tiêu chí %d là %d%s. Ghi số nguyên từ 0 đến %d, hoặc để trống.", indicator, halves / 2,
		halves % 2 ? ",5" : "", max);
}

const char *roster_no_indicator(struct arena *a, int indicator, int n)
{
	return arena_format(a, "Bộ tiêu chí chỉ có %d tiêu chí, tệp có điểm tiêu chí %d. Bỏ cột đó.", n, indicator);
}

const char *roster_people_alike(struct arena *a, size_t n)
{
	return arena_format(a, "Trong danh sách có %zu người cùng tên, cùng năm sinh ở đây. Ghi số định danh để biết là ai.", n);
}

const char *roster_row_twice(struct arena *a, int64_t line)
{
	return arena_format(a, "Dòng này giống dòng %lld. Giữ lại một dòng, hoặc ghi số định danh nếu là hai người.",
		(long long)line);
}

const char *roster_many(struct arena *a, size_t n, int max)
{
	return arena_format(a, "Tệp có %zu dòng, quá %d. Chia thành nhiều tệp, hoặc nhờ quản trị nạp bằng lệnh.", n, max);
}

const char *roster_moved(struct arena *a, size_t n)
{
	return arena_format(a, "Chưa ghi gì: sổ đã đổi ở %zu dòng từ lúc xem trước. Xem lại rồi ghi.", n);
}

const char *roster_not_written(struct arena *a, size_t n)
{
	return arena_format(a, "Chưa ghi gì: %zu dòng không ghi được, lý do ở từng dòng. Các dòng đó được để lại; "
		"bấm ghi để ghi phần còn lại.", n);
}

const char *roster_applied(struct arena *a, int64_t wrote, int64_t left)
{
	return left ? arena_format(a, "Đã ghi %lld dòng, để lại %lld dòng.", (long long)wrote, (long long)left)
		: arena_format(a, "Đã ghi %lld dòng.", (long long)wrote);
}

const char *roster_undone(struct arena *a, int64_t n)
{
	return arena_format(a, "Đã hoàn lại %lld dòng, như chưa nạp.", (long long)n);
}
