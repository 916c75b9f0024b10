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
	return units_import_leaves(ask, unit.id, args->file, args->from_day, counts);
}

OUTCOME units_cli_import(struct ask *ask, const struct units_import_args *args)
{
	struct import_counts c = { 0 };
	const char *until = *args->until_day ? arena_text(ask->arena, day_add(args->until_day, 1).text) : DAY_OPEN;

	if (!strcmp(args->what, "units"))
		TRY(units_import_state(ask, args->file, args->from_day, until, &c));
	else
		TRY(import_leaves(ask, args, &c));
	printf("Đọc %lld dòng: giữ %lld, thêm %lld, đóng %lld đơn vị.\n", (long long)c.lines, (long long)c.continued,
		(long long)c.added,
		(long long)c.ended);
	return OK;
}
