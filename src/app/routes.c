#include "app/routes.h"

#include "registry/access/access.h"
#include "registry/units/units_http.h"

const struct route_table *const route_tables[] = {
	&units_table,
};
const size_t route_tables_n = COUNT(route_tables);

const struct nav_item nav_items[] = {
	{ "Đơn vị", { "/don-vi" }, PERMIT_PUBLIC, false },
	{ "Đăng nhập", { "/dang-nhap" }, PERMIT_PUBLIC, true },
};
const size_t nav_items_n = COUNT(nav_items);
