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
	{ "user add", "name=", 1, 1, "TÊN_ĐĂNG_NHẬP --name TÊN", "Lập một tài khoản; nó chờ mã kích hoạt.", user_add_run },
	{ "user role", "unit= until=", 2, 2, "TÊN_ĐĂNG_NHẬP VAI_TRÒ --unit MÃ [--until NGÀY]", "Giao vai trò ở một đơn vị.", user_role_run },
	{ "user code", "", 1, 1, "TÊN_ĐĂNG_NHẬP", "In một mã kích hoạt, một lần.", user_code_run },
	{ "user lock", "", 1, 1, "TÊN_ĐĂNG_NHẬP", "Khoá một tài khoản.", user_lock_run },
	{ "permissions", "json", 0, 0, "[--json]", "In vai trò nào mở được trang nào.", permissions_run },
	{ 0 },
};
