#include "figures/crosstabs/crosstabs.h"
#include "figures/dashboards/dashboards_paper.h"

#include "base/day.h"
#include "registry/people/people.h"
#include "text/format.h"

enum { CHILD_COLUMNS = 7, GROUP_COLUMNS = 7, LIST_PAGE = 100 };

static struct cell share_cell(int64_t part, int64_t whole)
{
	struct maybe share = percent_tenths(part, whole);

	return share.is ? cell_percent(share.value, 1) : cell_text(FORMAT_NO_DATA);
}

/* ---- a unit's tables ---- */

static const char *state_words(enum sheet_state state)
{
	const struct figure_word *word = figure_word_of(1u << state);

	return word ? word->label : sheet_state_code(state);
}

static void by_state(struct document *d, struct arena *a, const struct dashboard *from)
{
	static const struct column columns[] = { { "Tình trạng phiếu", 80, ALIGN_LEFT }, { "Người", 30, ALIGN_RIGHT } };
	struct cell *rows = ARENA_ARRAY(a, struct cell, (size_t)SHEET_STATE_N * 2), *total = ARENA_ARRAY(a, struct cell, 2);

	for (int i = 0; i < SHEET_STATE_N; i++) {
		rows[i * 2] = cell_text(state_words((enum sheet_state)i));
		rows[i * 2 + 1] = cell_whole(from->crowds.whole.all.states[i]);
	}
	total[0] = cell_text("Cộng");
	total[1] = cell_whole(from->crowds.whole.all.people);
	document_table(d, &(struct table){ .name = "Tình trạng", .columns = columns, .n_columns = COUNT(columns), .rows = rows,
		.n_rows = SHEET_STATE_N, .total = total });
}

static void group_cells(const char *title, const struct figure_counts *n, int64_t adults, struct cell *c)
{
	c[0] = cell_text(title);
	c[1] = cell_whole(adults);
	c[2] = cell_whole(n->registered);
	c[3] = cell_whole(n->submitted);
	c[4] = cell_whole(n->recognised);
	c[5] = share_cell(n->recognised, n->registered);
	c[6] = share_cell(n->recognised, adults);
}

static void by_group(struct document *d, struct arena *a, const struct dashboard *from)
{
	static const struct column columns[GROUP_COLUMNS] = { { "Nhóm", 80, ALIGN_LEFT }, { "Từ 18 tuổi", 26, ALIGN_RIGHT },
		{ "Đăng ký", 26, ALIGN_RIGHT }, { "Đã nộp", 26, ALIGN_RIGHT }, { "Công nhận", 26, ALIGN_RIGHT },
		{ "Trên đăng ký", 26, ALIGN_RIGHT }, { "Trên người lớn", 26, ALIGN_RIGHT } };
	const struct crowd *whole = &from->crowds.whole;
	size_t n = from->crowds.n + 2;
	struct cell *rows = ARENA_ARRAY(a, struct cell, n * GROUP_COLUMNS), *total = ARENA_ARRAY(a, struct cell, GROUP_COLUMNS);

	group_cells("Nữ", &whole->women, whole->women_adults, rows);
	group_cells("Từ 60 tuổi", &whole->elders, whole->elders.people, rows + GROUP_COLUMNS);
	for (size_t i = 2; i < n; i++) {
		const struct crowd_group *g = &from->crowds.groups[i - 2];

		group_cells(person_group_label(g->code), &g->crowd.all, g->crowd.adults, rows + i * GROUP_COLUMNS);
	}
	group_cells("Tất cả", &whole->all, whole->adults, total);
	document_table(d, &(struct table){.name = "Nhóm người",
					  .columns = columns,
					  .n_columns = GROUP_COLUMNS,
					  .rows = rows,
					  .n_rows = n,
					  .total = total});
}

static void child_cells(const char *code, const char *name, const struct figure_counts *n, struct cell *c)
{
	c[0] = cell_text(code);
	c[1] = cell_text(name);
	c[2] = cell_whole(n->people);
	c[3] = cell_whole(n->registered);
	c[4] = cell_whole(n->submitted);
	c[5] = cell_whole(n->recognised);
	c[6] = share_cell(n->registered, n->people);
}

static void by_child(struct document *d, struct arena *a, const struct dashboard *from)
{
	static const struct column columns[CHILD_COLUMNS] = {{"Mã", 22, ALIGN_LEFT},
							     {"Đơn vị", 80, ALIGN_LEFT},
							     {"Người", 26, ALIGN_RIGHT},
							     {"Đăng ký", 26, ALIGN_RIGHT},
							     {"Đã nộp", 26, ALIGN_RIGHT},
							     {"Công nhận", 26, ALIGN_RIGHT},
							     {"Tỷ lệ đăng ký", 30, ALIGN_RIGHT}};
	size_t n = from->children.n;
	struct cell *rows = ARENA_ARRAY(a, struct cell, n * CHILD_COLUMNS), *total = ARENA_ARRAY(a, struct cell, CHILD_COLUMNS);

	for (size_t i = 0; i < n; i++)
		child_cells(from->children.at[i].code, from->children.at[i].name, &from->children.at[i].counts,
			    rows + i * CHILD_COLUMNS);
	child_cells(from->unit.code, from->unit.name, &from->crowds.whole.all, total);
	document_table(d, &(struct table){.name = "Đơn vị trực thuộc",
					  .columns = columns,
					  .n_columns = CHILD_COLUMNS,
					  .rows = rows,
					  .n_rows = n,
					  .total = total});
}

static void by_year(struct document *d, struct arena *a, const struct dashboard *from)
{
	static const struct column columns[] = {
		{"Năm", 20, ALIGN_LEFT}, {"Đăng ký", 30, ALIGN_RIGHT}, {"Công nhận", 30, ALIGN_RIGHT}};
	struct cell *rows = ARENA_ARRAY(a, struct cell, from->n_years * COUNT(columns));

	for (size_t i = 0; i < from->n_years; i++) {
		rows[i * 3] = cell_text(arena_format(a, "%d", from->years[i].year));
		rows[i * 3 + 1] = cell_whole(from->years[i].registered);
		rows[i * 3 + 2] = cell_whole(from->years[i].recognised);
	}
	document_table(d, &(struct table){ .name = "Qua các năm", .columns = columns, .n_columns = COUNT(columns), .rows = rows,
		.n_rows = from->n_years });
}

struct document *dashboard_paper(struct ask *ask, const struct dashboard *from)
{
	struct document *d =
		document_new(ask->arena, &(struct document_setup){.title = arena_format(ask->arena, "Số liệu %s, năm %d",
											from->unit.name, from->round.year),
								  .made = ask->now,
								  .landscape = true});

	document_title(d, "SỐ LIỆU", arena_format(ask->arena, "%s, năm %d", from->unit.name, from->round.year), *from->cut_off
		? arena_format(ask->arena, "(Đến hết ngày %s)", format_date(ask->arena, from->cut_off)) : "");
	by_state(d, ask->arena, from);
	by_group(d, ask->arena, from);
	if (from->children.n)
		by_child(d, ask->arena, from);
	by_year(d, ask->arena, from);
	return d;
}

/* ---- people ---- */

/* The people of one state, a hundred at a time, in an arena of their own. */
struct heap {
	struct ask ask;
	enum sheet_state state;
	struct standing_lines page;
	size_t at;
	bool more;
};

/* All states asked for, merged by name: each row is read once, however many states there are and however far one is. */
struct rows {
	int64_t round_id, unit_id, number;
	struct heap heaps[SHEET_STATE_N];
	size_t n_heaps;
};

static OUTCOME fill_heap(const struct rows *rows, struct heap *heap)
{
	struct arena *kept = arena_new(64 * KiB);
	struct standing_line last = { 0 };
	bool first = !heap->page.n;
	enum outcome read;

	if (!first) {
		last = heap->page.at[heap->page.n - 1];
		last.name_key = arena_bytes(kept, last.name_key);
	}
	arena_reset(heap->ask.arena);
	read = standing_list(&heap->ask, rows->round_id, rows->unit_id, 1u << heap->state, first ? NULL : &last, &heap->page);
	arena_free(kept);
	heap->at = 0;
	heap->more = read == OK && heap->page.n == LIST_PAGE;
	return read;
}

/* Whose next one comes first by name; NULL: nobody is left. */
static OUTCOME next_line(struct rows *rows, const struct standing_line **out)
{
	struct heap *best = NULL;

	for (size_t i = 0; i < rows->n_heaps; i++) {
		struct heap *heap = &rows->heaps[i];

		if (heap->at == heap->page.n && heap->more)
			TRY(fill_heap(rows, heap));
		if (heap->at < heap->page.n && (!best || standing_line_order(&heap->page.at[heap->at],
			&best->page.at[best->at]) < 0))
			best = heap;
	}
	*out = best ? &best->page.at[best->at++] : NULL;
	return OK;
}

static enum outcome next_person(void *state, struct arena *row, struct cell *cells, bool *done)
{
	struct rows *rows = state;
	const struct standing_line *line;

	TRY(next_line(rows, &line));
	*done = !line;
	if (*done)
		return OK;
	cells[0] = cell_whole(++rows->number);
	cells[1] = cell_text(line->name);
	cells[2] = cell_date(arena_textn(row, line->birth, 4));
	cells[3] = cell_text(line->leaf_name);
	cells[4] = cell_text(state_words(line->state));
	if (line->total)
		cells[5] = cell_whole(line->total);
	return OK;
}

static void free_arena(void *arena) { arena_free(arena); }

struct document *figure_people_paper(struct ask *ask, const struct unit *unit, const struct round *round,
				     const struct figure_word *word)
{
	static const struct column columns[] = {{"STT", 14, ALIGN_RIGHT},
						{"Họ và tên", 70, ALIGN_LEFT},
						{"Năm sinh", 20, ALIGN_RIGHT},
						{"Ấp, khu phố, đơn vị", 60, ALIGN_LEFT},
						{"Tình trạng phiếu", 40, ALIGN_LEFT},
						{"Điểm", 16, ALIGN_RIGHT}};
	struct document *d =
		document_new(ask->arena, &(struct document_setup){.title = arena_format(ask->arena, "%s, %s, năm %d", word->label,
											unit->name, round->year),
								  .made = ask->now,
								  .landscape = true});
	struct rows *rows = ARENA_NEW(ask->arena, struct rows);

	*rows = (struct rows){ .round_id = round->id, .unit_id = unit->id };
	for (int state = 0; state < SHEET_STATE_N; state++) {
		struct heap *heap = &rows->heaps[rows->n_heaps];

		if (!(word->states & 1u << state))
			continue;
		rows->n_heaps++;
		*heap = (struct heap){ .ask = *ask, .state = (enum sheet_state)state, .more = true };
		heap->ask.arena = arena_new(2 * MiB);
		arena_on_release(ask->arena, free_arena, heap->ask.arena);
	}
	document_title(d, "DANH SÁCH", arena_format(ask->arena, "%s, %s, năm %d", word->label, unit->name, round->year),
		arena_format(ask->arena, "(Đến %s)", format_moment(ask->arena, ask->now)));
	document_table(d, &(struct table){.name = "Danh sách",
					  .columns = columns,
					  .n_columns = COUNT(columns),
					  .next = next_person,
					  .state = rows});
	return d;
}

/* ---- for everybody ---- */

static void values_of(const struct figure_counts *c, int64_t *out)
{
	out[0] = c->people;
	out[1] = c->registered;
	out[2] = c->submitted;
	out[3] = c->recognised;
}

const struct result_cells *results_cells(struct arena *a, const struct results *from)
{
	size_t n = from->communes.n;
	struct result_cells *cells = ARENA_ARRAY(a, struct result_cells, n + 1);
	int64_t *column = ARENA_ARRAY(a, int64_t, n + 1);
	bool *hidden = ARENA_ARRAY(a, bool, n + 1);

	for (size_t i = 0; i < n; i++)
		values_of(&from->communes.at[i].counts, cells[i].value);
	values_of(&from->whole, cells[n].value);
	for (int k = 0; k < RESULT_COLUMNS; k++) {
		for (size_t i = 0; i < n; i++)
			column[i] = cells[i].value[k];
		results_hide(column, n, hidden);
		for (size_t i = 0; i < n; i++)
			cells[i].hidden[k] = hidden[i];
		cells[n].hidden[k] = cells[n].value[k] > 0 && cells[n].value[k] < CROSSTAB_SMALL;
	}
	return cells;
}

static void result_line(const char *code, const char *name, const struct result_cells *from, struct cell *c)
{
	c[0] = cell_text(code);
	c[1] = cell_text(name);
	for (int k = 0; k < RESULT_COLUMNS; k++)
		c[2 + k] = from->hidden[k] ? cell_text("ẩn") : cell_whole(from->value[k]);
	c[6] = from->hidden[0] || from->hidden[1] ? cell_text("ẩn") : share_cell(from->value[1], from->value[0]);
}

struct document *results_paper(struct ask *ask, const struct results *from)
{
	static const struct column columns[CHILD_COLUMNS] = { { "Mã", 22, ALIGN_LEFT }, { "Xã, phường", 80, ALIGN_LEFT },
		{ "Người trong sổ", 26, ALIGN_RIGHT }, { "Đăng ký", 26, ALIGN_RIGHT }, { "Đã nộp", 26, ALIGN_RIGHT },
		{ "Công nhận", 26, ALIGN_RIGHT }, { "Tỷ lệ đăng ký", 30, ALIGN_RIGHT } };
	struct arena *a = ask->arena;
	size_t n = from->communes.n;
	const struct result_cells *cells = results_cells(a, from);
	struct cell *rows = ARENA_ARRAY(a, struct cell, n * CHILD_COLUMNS), *total = ARENA_ARRAY(a, struct cell, CHILD_COLUMNS);
	struct document *d = document_new(
		a, &(struct document_setup){.title = arena_format(a, "Kết quả %s, năm %d", from->province.name, from->round.year),
					    .made = ask->now,
					    .landscape = true});

	for (size_t i = 0; i < n; i++)
		result_line(from->communes.at[i].code, from->communes.at[i].name, &cells[i], rows + i * CHILD_COLUMNS);
	result_line(from->province.code, from->province.name, &cells[n], total);
	document_title(d, "KẾT QUẢ", arena_format(a, "%s, năm %d", from->province.name, from->round.year), *from->cut_off
		? arena_format(a, "(Đến hết ngày %s)", format_date(a, from->cut_off)) : "");
	document_table(d, &(struct table){.name = "Kết quả",
					  .columns = columns,
					  .n_columns = CHILD_COLUMNS,
					  .rows = rows,
					  .n_rows = n,
					  .total = total,
					  .note = "“ẩn”: có dưới 5 người, hoặc là số giúp suy ra số đó."});
	return d;
}
