#include "title/recognition/branches_paper.h"

#include "registry/units/units.h"
#include "text/format.h"
#include "title/recognition/branches.h"

enum { COLUMNS = 8 };

struct rows {
	struct ask ask;
	struct branch_lines lines;
	size_t at;
	struct cell total[COLUMNS];
};

static enum outcome next_row(void *state, struct arena *row, struct cell *cells, bool *done)
{
	struct rows *r = state;
	const struct branch_line *l;
	struct branch branch = { .officer_name = "", .officer_phone = "" };
	struct ask ask = r->ask;
	enum outcome found;

	*done = r->at == r->lines.n;
	if (*done)
		return OK;
	l = &r->lines.at[r->at++];
	ask.arena = row;
	found = branch_get(&ask, l->unit_id, &branch);
	if (found != OK && found != NOT_FOUND)
		return found;
	cells[0] = cell_whole((int64_t)r->at);
	cells[1] = cell_text(l->name);
	cells[2] = cell_text(branch.officer_name);
	cells[3] = cell_text(format_phone(row, branch.officer_phone));
	cells[4] = cell_whole(l->registered);
	cells[5] = cell_whole(l->submitted);
	cells[6] = cell_whole(l->reviewed);
	cells[7] = cell_text(l->why);
	for (size_t i = 4; i < 7; i++)
		r->total[i] = cell_whole(r->total[i].value + cells[i].value);
	return OK;
}

OUTCOME branches_paper(struct ask *ask, const struct unit *commune, const struct round *round, struct document **out)
{
	static const struct column columns[COLUMNS] = { { "STT", 12, ALIGN_RIGHT }, { "Chi hội", 50, ALIGN_LEFT },
		{ "Người phụ trách", 40, ALIGN_LEFT }, { "Điện thoại", 30, ALIGN_LEFT }, { "Đăng ký", 20, ALIGN_RIGHT },
		{ "Đã nộp", 20, ALIGN_RIGHT }, { "Đã xét", 20, ALIGN_RIGHT }, { "Vì sao chậm", 55, ALIGN_LEFT } };
	struct rows *rows = ARENA_NEW(ask->arena, struct rows);
	struct document *d = document_new(ask->arena, &(struct document_setup){ .title = arena_format(ask->arena,
		"Các chi hội, %s, năm %d", commune->name, round->year), .made = ask->now, .landscape = true });

	*rows = (struct rows){ .ask = *ask };
	TRY(branches_of(ask, round->id, commune->id, BRANCH_BY_NAME, false, &rows->lines));
	rows->total[1] = cell_text("Tổng cộng");
	for (size_t i = 4; i < 7; i++)
		rows->total[i] = cell_whole(0);
	document_title(d, "CÁC CHI HỘI", arena_format(ask->arena, "%s, năm %d", commune->name, round->year),
		arena_format(ask->arena, "(Đến %s)", format_moment(ask->arena, ask->now)));
	document_table(d, &(struct table){ .name = "Chi hội", .columns = columns, .n_columns = COLUMNS, .next = next_row,
		.state = rows, .total = rows->total });
	*out = d;
	return OK;
}
