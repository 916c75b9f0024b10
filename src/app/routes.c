#include "app/routes.h"

#include "figures/crosstabs/crosstabs_http.h"
#include "figures/dashboards/dashboards_http.h"
#include "figures/reports/reports_http.h"
#include "figures/targets/targets_http.h"
#include "registry/access/access.h"
#include "registry/access/access_http.h"
#include "registry/jobs/jobs_http.h"
#include "registry/people/people_http.h"
#include "registry/units/units_http.h"
#include "title/assessments/assessments_http.h"
#include "title/criteria/criteria_http.h"
#include "title/certificates/certificates_http.h"
#include "title/evidence/evidence_http.h"
#include "title/grid/grid_http.h"
#include "title/models/models_http.h"
#include "title/paper/paper_http.h"
#include "title/recognition/recognition_http.h"
#include "title/review/review_http.h"
#include "title/rounds/rounds_http.h"
#include "title/roster/roster_http.h"
#include "title/transfers/transfers_http.h"

const struct route_table *const route_tables[] = {
	&units_table,
	&criteria_table, &rounds_table, &models_table, &jobs_table,
	&people_table, &person_form_table, &corrections_table, &codes_table,
	&sign_in_table, &own_table, &accounts_table, &journal_table,
	&assessments_table, &evidence_table,
	&review_table, &grid_table, &certificates_table, &recognition_table, &leaving_table, &authority_table,
	&roster_table,
	&transfers_table, &transfer_units_table, &unit_changes_table,
	&sheets_table, &typed_table, &household_table, &papers_table, &own_forms_table,
	&targets_table, &population_table, &crosstabs_table, &reports_table, &dashboards_table, &home_table,
};
const size_t route_tables_n = COUNT(route_tables);

const struct nav_item nav_items[] = {
	{ "Phiếu của tôi", { "/phieu" }, PERMIT_SHEET_OWN, false, false },
	{ "Lưới điểm", { "/luoi" }, PERMIT_SHEET_REVIEW, false, false },
	{ "Xét phiếu", { "/xet" }, PERMIT_SHEET_REVIEW, false, false },
	{ "Năm của xã", { "/xa" }, PERMIT_LIST_EDIT, false, false },
	{ "Công nhận", { "/ubnd" }, PERMIT_DECIDE, false, false },
	{ "Người", { "/nguoi" }, PERMIT_PERSON_READ, false, false },
	{ "Số liệu", { "/so-lieu" }, PERMIT_FIGURES_READ, false, false },
	{ "Báo cáo", { "/bao-cao" }, PERMIT_FIGURES_READ, false, true },
	{ "Bảng chéo", { "/bang-cheo" }, PERMIT_FIGURES_READ, false, true },
	{ "Kết quả", { "/ket-qua" }, PERMIT_PUBLIC, true, false },
	{ "Chỉ tiêu", { "/chi-tieu" }, PERMIT_FIGURES_READ, false, true },
	{ "Đơn vị", { "/don-vi" }, PERMIT_PUBLIC, false, false },
	{ "Tiêu chí", { "/tieu-chi" }, PERMIT_PUBLIC, false, false },
	{ "Dân số", { "/dan-so" }, PERMIT_FIGURES_EDIT, false, true },
	{ "Đợt", { "/dot" }, PERMIT_ROUND_EDIT, false, true },
	{ "Phiếu giấy", { "/phieu-giay" }, PERMIT_SHEET_ASSIST, false, true },
	{ "Mẫu giấy", { "/mau-giay" }, PERMIT_ROUND_EDIT, false, true },
	{ "Mô hình", { "/mo-hinh" }, PERMIT_MODEL_EDIT, false, true },
	{ "Người phụ trách", { "/tai-khoan" }, PERMIT_ACCOUNT_MANAGE, false, true },
	{ "Chuyển, gộp", { "/chuyen" }, PERMIT_PERSON_EDIT, false, true },
	{ "Nhật ký", { "/nhat-ky" }, PERMIT_AUDIT_READ, false, true },
	{ "Việc đang chạy", { "/viec" }, PERMIT_PERSON_READ, false, true },
	{ "Đăng nhập", { "/dang-nhap" }, PERMIT_PUBLIC, true, false },
};
const size_t nav_items_n = COUNT(nav_items);
