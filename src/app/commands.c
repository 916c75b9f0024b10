#include "app/commands.h"

#include "app/demo/demo.h"

const struct command commands[] = {
	{ "serve", "listen= behind-proxy", 0, 0, "[--listen ĐỊA_CHỈ:CỔNG] [--behind-proxy]", "Phục vụ trang; mặc định 127.0.0.1:8080.", serve_run },
	{ "setup", "province=", 0, 0, "--province MÃ", "Lập hệ thống thật, trống, cho một tỉnh.", setup_run },
	{ "demo", "people= units= today= seed=", 0, 0, "[--people N] [--units now|2025-06-30] [--today NGÀY] [--seed N]",
	  "Dựng một tỉnh trình diễn, người do máy đặt tên.", demo_run },
	{ "migrate", "", 0, 0, "", "Đưa dữ liệu lên bản của chương trình này.", migrate_run },
	{ "import units", "from= until=", 1, 1, "TỆP --from NGÀY [--until NGÀY]", "Nạp danh sách tỉnh, xã có hiệu lực từ một ngày.", import_units_run },
	{ "import successors", "on=", 1, 1, "TỆP --on NGÀY", "Nối đơn vị cũ với đơn vị mới.", import_successors_run },
	{ "import hamlets", "unit= from=", 1, 1, "TỆP --unit MÃ [--from NGÀY]", "Nạp ấp, khu phố của một xã, phường.", import_hamlets_run },
	{ "import organisations", "unit= from=", 1, 1, "TỆP --unit MÃ [--from NGÀY]", "Nạp cơ quan, trường, doanh nghiệp.", import_hamlets_run },
	{ "import criteria", "", 1, 1, "TỆP", "Nạp một bộ tiêu chí (JSON), còn là bản nháp.", import_criteria_run },
	{ "import roster", "unit= round= dry-run json", 1, 1, "TỆP --unit MÃ [--round NĂM] [--dry-run] [--json]",
	  "Nạp danh sách người và điểm; --dry-run chỉ xem trước.", import_roster_run },
	{ "user add", "name=", 1, 1, "TÊN_ĐĂNG_NHẬP --name TÊN", "Lập một tài khoản; nó chờ mã kích hoạt.", user_add_run },
	{ "user role", "unit= until=", 2, 2, "TÊN_ĐĂNG_NHẬP VAI_TRÒ --unit MÃ [--until NGÀY]", "Giao vai trò ở một đơn vị.", user_role_run },
	{ "user code", "", 1, 1, "TÊN_ĐĂNG_NHẬP", "In một mã kích hoạt, một lần.", user_code_run },
	{ "user lock", "", 1, 1, "TÊN_ĐĂNG_NHẬP", "Khoá một tài khoản.", user_lock_run },
	{ "import targets", "", 1, 1, "TỆP", "Nạp năm mục tiêu của kế hoạch (JSON).", import_targets_run },
	{ "import population", "round=", 1, 1, "TỆP --round NĂM", "Nạp dân số từ 18 tuổi: CSV code,adults,source,as_of.", import_population_run },
	{ "figures", "unit= round= as-of= units= by= where= recount json", 0, 0,
	  "[--unit MÃ] [--round NĂM] [--as-of NGÀY] [--units own|now] [--recount] [--json]", "In số liệu của một đơn vị.", figures_run },
	{ "report list", "", 0, 0, "", "In tên các báo cáo.", report_list_run },
	{ "report", "unit= round= as-of= period= format= out=", 1, 1,
	  "TÊN --unit MÃ [--round NĂM] [--as-of NGÀY] [--period 6-thang|nam] --format pdf|docx|xlsx|csv -o TỆP", "Lập một báo cáo thành tệp.", report_run },
	{ "check", "json deep", 0, 0, "[--json] [--deep]", "Đếm lại tất cả và so với những gì đã ghi.", check_run },
	{ "verify", "", 1, 1, "MÃ|TỆP", "Xem một giấy chứng nhận có giá trị không.", verify_run },
	{ "permissions", "json", 0, 0, "[--json]", "In vai trò nào mở được trang nào.", permissions_run },
	{ 0 },
};
