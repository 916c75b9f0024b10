#include "title/criteria/criteria_messages.h"

const char *criteria_is_published(struct arena *a, const char *code, const char *release)
{
	return arena_format(a, "Bộ “%s” bản %s đã công bố nên không sửa được nữa. Đổi mục version trong tệp thành bản mới rồi nạp lại.", code,
		release);
}
