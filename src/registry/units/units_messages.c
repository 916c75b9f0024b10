#include "registry/units/units_messages.h"

#include "text/format.h"

const char *unit_name_taken(struct arena *a, const char *name, const char *parent)
{
	return arena_format(a, "%s đã có đơn vị tên “%s”. Ghi tên khác, hoặc mở đơn vị đó ra sửa.", parent, name);
}

const char *unit_day_early(struct arena *a, const char *first_day)
{
	return arena_format(a, "Ngày này trước khi đơn vị có hiệu lực (%s). Chọn từ ngày đó trở đi.", format_date(a, first_day));
}

const char *unit_day_late(struct arena *a, const char *last_day)
{
	return arena_format(a, "Ngày này xa quá một năm. Chọn ngày đến hết %s.", format_date(a, last_day));
}

const char *unit_import_line(struct arena *a, size_t line, const char *what)
{
	return arena_format(a, "Dòng %zu: %s", line, what);
}

const char *unit_import_code(struct arena *a, const char *code)
{
	return arena_format(a, "mã “%s” không đúng. Mã tỉnh có 2 chữ số, mã huyện 3, mã xã 5; Excel hay làm mất số 0 ở đầu.", code);
}

const char *unit_import_twice(struct arena *a, const char *code, size_t first_line)
{
	return arena_format(a, "mã %s đã có ở dòng %zu. Mỗi mã chỉ ghi một lần.", code, first_line);
}

const char *unit_import_name_twice(struct arena *a, const char *name, size_t first_line)
{
	return arena_format(a, "tên “%s” đã có ở dòng %zu. Mỗi tên chỉ ghi một lần.", name, first_line);
}

const char *unit_import_kind(struct arena *a, const char *kind)
{
	return arena_format(a, "loại “%s” không hợp với mã và nơi trực thuộc. Ghi Tỉnh, Thành phố, Quận, Huyện, Thị xã, Xã, Phường, "
		"Thị trấn hoặc Đặc khu.", kind);
}

const char *unit_import_parent(struct arena *a, const char *parent)
{
	return arena_format(a, "nơi trực thuộc có mã “%s” không có trong tệp. Thêm dòng đó, hoặc sửa lại mã.", parent);
}

const char *unit_import_future(struct arena *a, const char *code, const char *from_day)
{
	return arena_format(a, "mã %s đã có đơn vị bắt đầu từ %s. Nạp danh sách cũ thì ghi thêm ngày hết hiệu lực (--until).", code,
		format_date(a, from_day));
}

const char *unit_import_unknown(struct arena *a, const char *code, const char *day)
{
	return arena_format(a, "không có đơn vị mã %s vào ngày %s. Nạp danh sách đơn vị trước, hoặc sửa lại mã.", code, format_date(a, day));
}

const char *unit_import_column(struct arena *a, const char *columns)
{
	return arena_format(a, "Dòng đầu thiếu cột. Cần các cột: %s.", columns);
}

const char *unit_code_taken(struct arena *arena, const char *code, const char *holder)
{
	return arena_format(arena, "Mã %s nay là của %s, nên không mở lại được. Lập một đơn vị mới với mã khác.", code, holder);
}

const char *unit_day_taken(struct arena *arena, const char *from_day)
{
	return arena_format(arena,
			    "Đã ghi trước một thay đổi có hiệu lực từ %s. Hoàn tác việc ấy trước, hoặc chọn ngày từ đó về sau.",
			    format_date(arena, from_day));
}
