#include "registry/access/journal_paper.h"

#include "registry/access/access_terms.h"

#include "base/buf.h"
#include "text/format.h"

enum { PAGE_MEMORY = 32 << 20 };

struct rows {
	struct ask ask;                  /* its arena is a page's */
	struct audit_filter filter;
	struct audit_list page;
	size_t at;
	int64_t number;
	bool begun;
};

static void release(void *arena)
{
	arena_free(arena);
}

/* The page after the last row of this one, which goes with its memory. */
static OUTCOME next_page(struct rows *rows)
{
	struct audit_row last = { 0 };
	bool begun = rows->begun;

	if (begun)
		last = (struct audit_row){ .at = rows->page.at[rows->page.n - 1].at, .id = rows->page.at[rows->page.n - 1].id };
	arena_reset(rows->ask.arena);
	rows->begun = true;
	rows->at = 0;
	return audit_search(&rows->ask, &rows->filter, begun ? &last : NULL, &rows->page);
}

static void fill(struct arena *row, const struct audit_row *r, int64_t number, struct cell *cells)
{
	cells[0] = cell_whole(number);
	cells[1] = cell_text(format_moment(row, r->at));
	cells[2] = cell_text(r->actor);
	cells[3] = cell_text(audit_action_label(r->action));
	cells[4] = cell_text(r->unit);
	cells[5] = cell_text(audit_words(row, r->old, r->new, access_term));
	cells[6] = cell_text(r->reason);
}

static enum outcome next_row(void *state, struct arena *row, struct cell *cells, bool *done)
{
	struct rows *rows = state;

	if (!rows->begun || (rows->at == rows->page.n && rows->page.n == AUDIT_PAGE))
		TRY(next_page(rows));
	*done = rows->at == rows->page.n || rows->number > JOURNAL_ROWS;
	if (*done)
		return OK;
	if (++rows->number > JOURNAL_ROWS)
		cells[5] = cell_text("Còn nữa: chọn khoảng ngày ngắn hơn rồi tải tiếp.");
	else
		fill(row, &rows->page.at[rows->at++], rows->number, cells);
	return OK;
}

struct document *journal_paper(struct ask *ask, const struct audit_filter *filter, const char *about)
{
	static const struct column columns[] = { { "STT", 12, ALIGN_RIGHT }, { "Lúc", 32, ALIGN_LEFT }, { "Ai", 35, ALIGN_LEFT },
		{ "Việc", 35, ALIGN_LEFT }, { "Đơn vị", 40, ALIGN_LEFT }, { "Nội dung", 80, ALIGN_LEFT }, { "Lý do", 40,
			ALIGN_LEFT } };
	struct document *d = document_new(ask->arena, &(struct document_setup){ .title = "Nhật ký", .made = ask->now,
		.landscape = true });
	struct rows *rows = ARENA_NEW(ask->arena, struct rows);

	*rows = (struct rows){ .ask = *ask, .filter = *filter };
	rows->ask.arena = arena_new(PAGE_MEMORY);
	arena_on_release(ask->arena, release, rows->ask.arena);
	document_title(d, "NHẬT KÝ", about, "");
	document_table(d, &(struct table){ .name = "Nhật ký", .columns = columns, .n_columns = COUNT(columns), .next = next_row,
		.state = rows });
	return d;
}
