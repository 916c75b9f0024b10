#include "registry/access/access_messages.h"

const char *sign_in_closed_text(struct arena *a, int64_t seconds)
{
	return arena_format(a, "Nhập sai nhiều lần nên tạm đóng. Chờ %lld phút rồi thử lại, hoặc xin chi hội mã mới.",
		(long long)((seconds + 59) / 60));
}

const char *unit_code_unknown(struct arena *a, const char *code)
{
	return arena_format(a, "Không có đơn vị mã %s hôm nay. Xem mã ở trang Đơn vị rồi gõ lại.", code);
}
