#include "registry/units/units_paper.h"

#include "text/format.h"

struct rows {
	struct ask *ask;
	int64_t parent_id, number;
	const char *day;
	struct unit_list page;
	size_t at;
	bool more;
};

/* Pages of 500 are read as the rows go out. */
static enum outcome next_row(void *state, struct arena *row, struct cell *cells, bool *done)
{
	struct rows *rows = state;
	const struct unit *unit;

	(void)row;
	if (rows->at == rows->page.n && rows->more) {
		struct unit last = rows->page.n ? rows->page.at[rows->page.n - 1] : (struct unit){ 0 };

		TRY(tree_children(rows->ask, rows->parent_id, rows->day, rows->page.n ? &last : NULL, &rows->page));
		rows->at = 0;
		rows->more = rows->page.n == 500;
	}
	*done = rows->at == rows->page.n;
	if (*done)
		return OK;
	unit = &rows->page.at[rows->at++];
	cells[0] = cell_whole(++rows->number);
	cells[1] = cell_text(unit->code);
	cells[2] = cell_text(unit->name);
	cells[3] = cell_text(unit_kind_label(unit->kind));
	cells[4] = cell_date(unit->from_day);
	return OK;
}

struct document *units_paper(struct ask *ask, const struct unit *unit, const char *day)
{
	static const struct column columns[] = { { "STT", 12, ALIGN_RIGHT }, { "Mã", 22, ALIGN_LEFT }, { "Tên đơn vị", 82, ALIGN_LEFT },
		{ "Loại", 35, ALIGN_LEFT }, { "Từ ngày", 24, ALIGN_RIGHT } };
	struct document *d = document_new(ask->arena, &(struct document_setup){ .title = arena_format(ask->arena,
		"Đơn vị trực thuộc %s", unit->name), .made = ask->now });
	struct rows *rows = ARENA_NEW(ask->arena, struct rows);

	*rows = (struct rows){ .ask = ask, .parent_id = unit->id, .day = day, .more = true };
	document_title(d, "DANH SÁCH ĐƠN VỊ", arena_format(ask->arena, "Trực thuộc %s", unit->name),
		arena_format(ask->arena, "(Có hiệu lực ngày %s)", format_date(ask->arena, day)));
	document_table(d, &(struct table){ .name = "Đơn vị", .columns = columns, .n_columns = COUNT(columns), .next = next_row, .state = rows });
	return d;
}
