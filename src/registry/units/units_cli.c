#include "registry/units/units_cli.h"

#include <stdio.h>
#include <string.h>

#include "registry/units/units.h"
#include "registry/units/units_messages.h"

static OUTCOME import_leaves(struct ask *ask, const struct units_import_args *args, struct import_counts *counts)
{
	struct unit unit;
	enum outcome found = tree_by_code(ask, args->unit_code, args->from_day, &unit);

	if (found == NOT_FOUND) {
		problem(ask->problems, "unit", unit_import_unknown(ask->arena, args->unit_code, args->from_day));
		return INVALID;
	}
	TRY(found);
	if (args->dry_run)
		return units_import_look(ask, unit.id, args->file, args->from_day, DAY_OPEN, counts);
	return units_import_leaves(ask, unit.id, args->file, args->from_day, counts);
}

static OUTCOME import_state(struct ask *ask, const struct units_import_args *args, struct import_counts *counts)
{
	const char *until = *args->until_day ? arena_text(ask->arena, day_add(args->until_day, 1).text) : DAY_OPEN;

	if (args->dry_run)
		return units_import_look(ask, 0, args->file, args->from_day, until, counts);
	units_cli_tell_way_back();
	return units_import_state(ask, args->file, args->from_day, until, counts);
}

void units_cli_tell_way_back(void)
{
	fputs("Danh mục của nhà nước ghi vào rồi không hoàn tác từng phần được. Đường về là bản sao lưu làm trước lúc này:\n"
		"  hoctap backup THƯ_MỤC         sao lưu, trong khi vẫn phục vụ\n"
		"  hoctap restore THƯ_MỤC        khi cần về lại: dừng serve, dựng lại vào chỗ trống\n"
		"Muốn xem trước mà chưa ghi gì: thêm --dry-run.\n", stderr);
}

OUTCOME units_cli_import(struct ask *ask, const struct units_import_args *args)
{
	struct import_counts c = { 0 };

	TRY(!strcmp(args->what, "units") ? import_state(ask, args, &c) : import_leaves(ask, args, &c));
	printf("Đọc %lld dòng: giữ %lld, thêm %lld, đóng %lld đơn vị.\n", (long long)c.lines, (long long)c.continued,
	       (long long)c.added, (long long)c.ended);
	if (args->dry_run)
		puts("Mới xem trước: chưa ghi gì. Bỏ --dry-run để làm thật.");
	return OK;
}
