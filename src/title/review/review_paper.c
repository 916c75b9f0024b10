#include "title/review/review_paper.h"

#include "text/format.h"

struct rows {
	struct ask ask;                  /* with an arena of its own, emptied page by page */
	int64_t round_id, unit_id, number;
	struct missing_lines page;
	size_t at;
	bool more;
};

static enum outcome next_row(void *state, struct arena *row, struct cell *cells, bool *done)
{
	struct rows *rows = state;
	const struct missing_line *line;

	if (rows->at == rows->page.n && rows->more) {
		struct arena *last_arena = arena_new(64 * KiB);
		struct missing_line last = { 0 };
		bool first = !rows->page.n;
		enum outcome read;

		if (!first) {
			last = rows->page.at[rows->page.n - 1];
			last.name_key = arena_bytes(last_arena, last.name_key);
		}
		arena_reset(rows->ask.arena);
		read = review_missing(&rows->ask, rows->round_id, rows->unit_id, first ? NULL : &last, &rows->page);
		arena_free(last_arena);
		TRY(read);
		rows->at = 0;
		rows->more = rows->page.n == MISSING_PAGE;
	}
	*done = rows->at == rows->page.n;
	if (*done)
		return OK;
	line = &rows->page.at[rows->at++];
	cells[0] = cell_whole(++rows->number);
	cells[1] = cell_text(line->name);
	cells[2] = cell_whole(day_year(line->birth));
	cells[3] = cell_text(line->leaf_name);
	cells[4] = cell_text(sheet_state_words(line->state));
	cells[5] = cell_date(line->due_day);
	cells[6] = cell_text(format_phone(row, line->phone));
	return OK;
}

static void free_arena(void *arena) { arena_free(arena); }

struct document *missing_paper(struct ask *ask, int64_t round_id, const struct unit *unit)
{
	static const struct column columns[] = { { "STT", 12, ALIGN_RIGHT }, { "Họ và tên", 60, ALIGN_LEFT }, { "Năm sinh", 18,
		ALIGN_RIGHT },
		{ "Ấp, khu phố, đơn vị", 50, ALIGN_LEFT }, { "Tình trạng", 36, ALIGN_LEFT }, { "Hạn bổ sung", 26, ALIGN_RIGHT },
		{ "Điện thoại", 32, ALIGN_LEFT } };
	struct document *d = document_new(ask->arena, &(struct document_setup){ .title = arena_format(ask->arena,
		"Chưa nộp phiếu, %s, %lld", unit->name, (long long)round_id), .made = ask->now, .landscape = true });
	struct rows *rows = ARENA_NEW(ask->arena, struct rows);

	*rows = (struct rows){ .ask = *ask, .round_id = round_id, .unit_id = unit->id, .more = true };
	rows->ask.arena = arena_new(8 * MiB);
	arena_on_release(ask->arena, free_arena, rows->ask.arena);
	document_title(d, "DANH SÁCH CHƯA NỘP PHIẾU", arena_format(ask->arena, "%s, năm %lld", unit->name, (long long)round_id),
		arena_format(ask->arena, "(Đến %s)", format_moment(ask->arena, ask->now)));
	document_table(d, &(struct table){ .name = "Chưa nộp", .columns = columns, .n_columns = COUNT(columns),
		.next = next_row, .state = rows });
	return d;
}
