#include "title/models/models_messages.h"

const char *model_unit_wrong(enum model_kind kind)
{
	switch (kind) {
	case MODEL_HOUSEHOLD:
		return "Gia đình ở một ấp hoặc khu phố. Chọn ấp, khu phố nơi gia đình ở.";
	case MODEL_CLAN:
		return "Dòng họ ghi theo xã, phường. Để trống ô ấp, khu phố, đơn vị.";
	case MODEL_HAMLET:
		return "Cộng đồng học tập là một ấp hoặc khu phố. Chọn ấp, khu phố đó.";
	case MODEL_ORGANISATION:
		return "Đơn vị học tập là một cơ quan, trường, doanh nghiệp. Chọn đơn vị đó.";
	}
	return "";
}

const char *model_taken(struct arena *a, enum model_kind kind, const char *name, int64_t year)
{
	return arena_format(a, "%s “%s” đã ghi cho năm %lld. Không cần ghi lại.", model_kind_label(kind), name, (long long)year);
}

const char *model_line(struct arena *a, size_t line, const char *what)
{
	return arena_format(a, "Dòng %zu: %s", line, what);
}

const char *model_leaf_unknown(struct arena *a, const char *typed)
{
	return arena_format(a, "không có ấp, khu phố, đơn vị nào tên hoặc mã “%s” trong xã. Xem lại tên.", typed);
}

const char *model_line_twice(struct arena *a, size_t first_line)
{
	return arena_format(a, "đã có ở dòng %zu. Mỗi mô hình chỉ ghi một lần.", first_line);
}
