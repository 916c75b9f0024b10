#include "app/routes.h"

#include "registry/access/access.h"
#include "registry/access/access_http.h"
#include "registry/people/people_http.h"
#include "registry/units/units_http.h"
#include "title/assessments/assessments_http.h"
#include "title/evidence/evidence_http.h"

const struct route_table *const route_tables[] = {
	&units_table,
	&people_table, &person_form_table, &corrections_table, &codes_table,
	&sign_in_table, &own_table, &accounts_table, &journal_table,
	&assessments_table, &evidence_table,
};
const size_t route_tables_n = COUNT(route_tables);

const struct nav_item nav_items[] = {
	{ "Phiếu của tôi", { "/phieu" }, PERMIT_SHEET_OWN, false },
	{ "Người", { "/nguoi" }, PERMIT_PERSON_READ, false },
	{ "Đơn vị", { "/don-vi" }, PERMIT_PUBLIC, false },
	{ "Người phụ trách", { "/tai-khoan" }, PERMIT_ACCOUNT_MANAGE, false },
	{ "Nhật ký", { "/nhat-ky" }, PERMIT_AUDIT_READ, false },
	{ "Đăng nhập", { "/dang-nhap" }, PERMIT_PUBLIC, true },
};
const size_t nav_items_n = COUNT(nav_items);
