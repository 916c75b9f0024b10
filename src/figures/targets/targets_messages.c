#include "figures/targets/targets_messages.h"

const char *population_line(struct arena *a, size_t line, const char *what)
{
	return arena_format(a, "Dòng %zu: %s", line, what);
}

const char *population_unit_unknown(struct arena *a, const char *code)
{
	return arena_format(a, "không có đơn vị nào mang mã “%s” trong năm này. Kiểm tra lại mã.", code);
}

const char *population_unit_twice(struct arena *a, const char *code, size_t first_line)
{
	return arena_format(a, "mã “%s” đã có ở dòng %zu. Giữ một dòng.", code, first_line);
}
