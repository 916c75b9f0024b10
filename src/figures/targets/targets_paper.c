#include "figures/targets/targets_paper.h"

#include "text/format.h"

enum { PARTS = 4, COLUMNS = 2 + TARGETS * PARTS };

static void fill_cells(const struct target_set *set, int year, const struct target_count *counts, struct cell *cells)
{
	for (int i = 0; i < TARGETS; i++) {
		struct maybe percent = percent_tenths(counts[i].numerator, counts[i].denominator);
		struct cell *c = &cells[2 + i * PARTS];

		c[0] = cell_whole(counts[i].numerator);
		c[1] = cell_whole(counts[i].denominator);
		c[2] = percent.is ? cell_percent(percent.value, 1) : cell_text(FORMAT_NO_DATA);
		c[3] = percent.is ? cell_whole(target_missing(&counts[i], target_goal(&set->targets[i], year)))
			: cell_text(FORMAT_NO_DATA);
	}
}

static const struct column *columns_of(struct arena *arena)
{
	static const char *const parts[PARTS] = { "đạt", "trong số", "tỷ lệ", "còn thiếu" };
	struct column *columns = ARENA_ARRAY(arena, struct column, COLUMNS);

	columns[0] = (struct column){ "Mã", 20, ALIGN_LEFT };
	columns[1] = (struct column){ "Đơn vị", 60, ALIGN_LEFT };
	for (int i = 0; i < TARGETS * PARTS; i++)
		columns[2 + i] = (struct column){ arena_format(arena, "T%d %s", i / PARTS + 1, parts[i % PARTS]), 22,
		ALIGN_RIGHT };
	return columns;
}

OUTCOME targets_paper(struct ask *ask, const struct scope *scope, enum boundaries in, const struct round *round,
	const struct target_set *set, struct document **out)
{
	struct target_count (*counts)[TARGETS], all[TARGETS];
	struct cell *rows, *total = ARENA_ARRAY(ask->arena, struct cell, COLUMNS);
	const struct unit *unit = &scope->unit;
	const char *day, *units = in == BOUNDARIES_NOW ? ", theo đơn vị hôm nay" : "";

	TRY(scope_targets_by_child(ask, round->id, scope, &counts));
	TRY(counted_targets(ask, round->id, &scope->counted, "", all));
	TRY(counted_last_change(ask, round->id, &scope->counted, "", &day));
	rows = ARENA_ARRAY(ask->arena, struct cell, scope->n_children * COLUMNS);
	for (size_t i = 0; i < scope->n_children; i++) {
		rows[i * COLUMNS] = cell_text(scope->children[i].unit.code);
		rows[i * COLUMNS + 1] = cell_text(scope->children[i].unit.name);
		fill_cells(set, round->year, counts[i], &rows[i * COLUMNS]);
	}
	total[0] = cell_text(unit->code);
	total[1] = cell_text(unit->name);
	fill_cells(set, round->year, all, total);
	*out = document_new(ask->arena, &(struct document_setup){ .title = arena_format(ask->arena, "Chỉ tiêu năm %d, %s", round->year,
		unit->name), .made = ask->now, .landscape = true });
	document_title(*out, "CHỈ TIÊU", arena_format(ask->arena, "%s, năm %d%s", unit->name, round->year, units), *day
		? arena_format(ask->arena, "(Số liệu đến hết ngày %s)", format_date(ask->arena, day)) : "");
	document_table(*out, &(struct table){ .name = "Chỉ tiêu", .columns = columns_of(ask->arena), .n_columns = COLUMNS,
		.rows = rows, .n_rows = scope->n_children, .total = total });
	return OK;
}
