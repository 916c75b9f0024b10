#include "title/evidence/evidence_messages.h"

const char *evidence_used_elsewhere(struct arena *a, int64_t year)
{
	return arena_format(
		a,
		"Minh chứng này còn đứng trong phiếu năm %lld nên không bỏ hẳn được. Muốn thôi dùng cho phiếu này thì bỏ dấu "
		"ở chỉ số.",
		(long long)year);
}
