#include "title/recognition/branches.h"

#include <stdlib.h>

#include "base/day.h"
#include "text/format.h"

enum { LATE_PERCENT = 60, COLUMNS = 8 };

static const char *why_late(struct arena *a, const struct figure_counts *c)
{
	int64_t waiting = c->states[SHEET_SUBMITTED], needed = (c->registered * LATE_PERCENT + 99) / 100;

	if (c->submitted < needed)
		return arena_format(a, "Nộp %s, thiếu %s người", format_percent(a, c->submitted, c->registered),
			format_int(a, needed - c->submitted));
	if (waiting && waiting == c->submitted)
		return arena_format(a, "Chưa xét phiếu nào, chờ %s", format_int(a, waiting));
	if (waiting * 2 > c->submitted)
		return arena_format(a, "Xét %s phiếu, chờ %s", format_int(a, c->submitted - waiting), format_int(a, waiting));
	return "";
}

/* ---- order ---- */

struct sorted { struct branch_line line; size_t place; int64_t value; };

static int64_t figure_of(const struct branch_line *l, enum branch_order order)
{
	switch (order) {
	case BRANCH_BY_REGISTERED:
		return l->registered;
	case BRANCH_BY_SUBMITTED:
		return l->submitted;
	case BRANCH_BY_REVIEWED:
		return l->reviewed;
	case BRANCH_BY_NAME:
		break;
	}
	return 0;
}

/* Figures fall; the same figure keeps the order of names. */
static int by_value(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? 1 : -1;
	return (x->place > y->place) - (x->place < y->place);
}

OUTCOME branches_of(struct ask *ask, int64_t round_id, int64_t commune_id, enum branch_order order, bool reversed,
	struct branch_lines *out)
{
	struct figure_parts parts;
	struct branch_line *lines;
	struct sorted *sorted;

	TRY(figures_by_child(ask, round_id, commune_id, "", &parts));
	sorted = ARENA_ARRAY(ask->arena, struct sorted, parts.n);
	lines = ARENA_ARRAY(ask->arena, struct branch_line, parts.n);
	*out = (struct branch_lines){ .n = parts.n, .at = lines };
	for (size_t i = 0; i < parts.n; i++) {
		const struct figure_counts *c = &parts.at[i].counts;

		sorted[i].line = (struct branch_line){ parts.at[i].unit_id, c->registered, c->submitted,
			c->submitted - c->states[SHEET_SUBMITTED], parts.at[i].name, why_late(ask->arena, c) };
		sorted[i].place = i;
		sorted[i].value = figure_of(&sorted[i].line, order);
		out->n_late += *sorted[i].line.why != '\0';
	}
	if (parts.n > 1)
		qsort(sorted, parts.n, sizeof *sorted, by_value);
	for (size_t i = 0; i < parts.n; i++)
		lines[i] = sorted[reversed ? parts.n - 1 - i : i].line;
	return OK;
}

/* ---- the file ---- */

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
