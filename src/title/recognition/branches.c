#include "title/recognition/branches.h"

#include <stdlib.h>

#include "text/format.h"

enum { LATE_PERCENT = 60 };

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
