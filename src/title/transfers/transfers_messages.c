#include "title/transfers/transfers_messages.h"

#include "text/format.h"

const char *transfer_day_wrong(struct arena *a, const char *first, const char *last)
{
	return arena_format(a, "Ngày có hiệu lực phải từ %s đến %s. Chọn lại ngày.", format_date(a, first), format_date(a, last));
}

const char *transfer_person_gone(struct arena *a, const char *name)
{
	return arena_format(a, "%s không còn trong danh sách. Bỏ dấu chọn người này.", name);
}

const char *transfer_person_foreign(struct arena *a, const char *name)
{
	return arena_format(a, "%s không thuộc quyền của bạn. Bỏ dấu chọn người này, hoặc nhờ Hội Khuyến học cấp trên.", name);
}

const char *transfer_person_elsewhere(struct arena *a, const char *name)
{
	return arena_format(a,
		"%s đã chuyển đi nơi khác hoặc rời danh sách sau đó, nên không đưa về được. Chuyển người ấy riêng.", name);
}

const char *duplicate_keep_other(struct arena *a, int year)
{
	return arena_format(a,
		"Người bỏ đi có phiếu năm %d đang làm, còn người giữ lại thì chưa. Giữ người kia để phiếu không mất.", year);
}

const char *transfer_unit_has_people(struct arena *a, int64_t people)
{
	return arena_format(a,
		"Ở đây còn %s người. Mở trang của ấp, khu phố nhận họ, chọn “Nhập đơn vị khác vào đây”, hoặc chuyển người đi "
		"trước.",
		format_int(a, people));
}

const char *unit_listed_since(struct arena *a, int64_t sheets, const char *commune)
{
	return arena_format(
		a,
		"Từ đó đến nay %s phiếu của đơn vị đã vào danh sách của %s, nên không hoàn tác được. Chuyển đơn vị về bằng "
		"một lần chuyển mới.",
		format_int(a, sheets), commune);
}
