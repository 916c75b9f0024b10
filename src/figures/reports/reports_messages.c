#include "figures/reports/reports_messages.h"

const char *report_day_early(struct arena *a, int year)
{
	return arena_format(a, "Đợt năm %d chưa có số liệu ngày ấy. Chọn từ ngày 01/01/%d.", year, year);
}

const char *report_unit_unknown(struct arena *a, const char *code)
{
	return arena_format(a, "Không có đơn vị mã %s. Tìm mã ở trang Đơn vị, ví dụ 27937 hoặc 80.", code);
}
