#include "title/review/review_messages.h"

#include "text/format.h"

const char *review_reason_short(struct arena *a, int indicator, int64_t was, int64_t became)
{
	return arena_format(a, "Chỉ số %d sửa từ %lld thành %lld: ghi lý do để người có phiếu hiểu, từ 10 chữ trở lên.",
		indicator,
		(long long)was, (long long)became);
}

const char *review_score_wrong(struct arena *a, int indicator, int max)
{
	return arena_format(a, "Chỉ số %d: ghi một số từ 0 đến %d.", indicator, max);
}

const char *review_state_wrong(struct arena *a, const char *state_words)
{
	return arena_format(a, "Phiếu này đang là “%s”, không xét được. Mở lại hàng chờ để xem phiếu kế tiếp.", state_words);
}

const char *review_due_wrong(struct arena *a, const char *first, const char *last)
{
	return arena_format(a, "Chọn hạn bổ sung từ ngày %s đến ngày %s.", format_date(a, first), format_date(a, last));
}
