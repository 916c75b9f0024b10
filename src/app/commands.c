#include "app/commands.h"

const struct command commands[] = {
	{ "serve", "listen= behind-proxy", 0, 0, "[--listen ĐỊA_CHỈ:CỔNG] [--behind-proxy]", "Phục vụ trang; mặc định 127.0.0.1:8080.", serve_run },
	{ "setup", "province=", 0, 0, "--province MÃ", "Lập hệ thống thật, trống, cho một tỉnh.", setup_run },
	{ "migrate", "", 0, 0, "", "Đưa dữ liệu lên bản của chương trình này.", migrate_run },
	{ "import units", "from= until=", 1, 1, "TỆP --from NGÀY [--until NGÀY]", "Nạp danh sách tỉnh, xã có hiệu lực từ một ngày.", import_units_run },
	{ "import successors", "on=", 1, 1, "TỆP --on NGÀY", "Nối đơn vị cũ với đơn vị mới.", import_successors_run },
	{ "import hamlets", "unit= from=", 1, 1, "TỆP --unit MÃ [--from NGÀY]", "Nạp ấp, khu phố của một xã, phường.", import_hamlets_run },
	{ "import organisations", "unit= from=", 1, 1, "TỆP --unit MÃ [--from NGÀY]", "Nạp cơ quan, trường, doanh nghiệp.", import_hamlets_run },
	{ "permissions", "json", 0, 0, "[--json]", "In vai trò nào mở được trang nào.", permissions_run },
	{ 0 },
};
