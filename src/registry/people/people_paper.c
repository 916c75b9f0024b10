#include "registry/people/people_paper.h"

#include "base/day.h"
#include "text/format.h"

struct rows {
	struct ask *ask;
	int64_t unit_id, number;
	struct person_list page;
	size_t at;
	bool more;
};

/* Pages of a hundred are read as the rows go out. */
static enum outcome next_row(void *state, struct arena *row, struct cell *cells, bool *done)
{
	static const char *const sexes[] = { "", "Nam", "Nữ" };
	struct rows *rows = state;
	const struct person *p;

	(void)row;
	if (rows->at == rows->page.n && rows->more) {
		struct person last = rows->page.n ? rows->page.at[rows->page.n - 1] : (struct person){ 0 };

		TRY(person_list_of_unit(rows->ask, rows->unit_id, rows->page.n ? &last : NULL, &rows->page));
		rows->at = 0;
		rows->more = rows->page.n == PERSON_PAGE;
	}
	*done = rows->at == rows->page.n;
	if (*done)
		return OK;
	p = &rows->page.at[rows->at++];
	cells[0] = cell_whole(++rows->number);
	cells[1] = cell_text(p->name);
	cells[2] = cell_date(p->birth);
	cells[3] = cell_text(sexes[p->sex]);
	cells[4] = cell_text(person_group_label(p->group));
	cells[5] = cell_text(p->leaf_name);
	cells[6] = cell_text(p->household);
	return OK;
}

struct document *people_paper(struct ask *ask, const struct unit *unit)
{
	static const struct column columns[] = { { "STT", 12, ALIGN_RIGHT }, { "Họ tên", 50, ALIGN_LEFT }, { "Ngày sinh", 24,
		ALIGN_RIGHT },
		{ "Giới tính", 16, ALIGN_LEFT }, { "Nhóm", 45, ALIGN_LEFT }, { "Ấp, đơn vị", 45, ALIGN_LEFT }, { "Chủ hộ", 45,
		ALIGN_LEFT } };
	struct document *d = document_new(ask->arena, &(struct document_setup){ .title = arena_format(ask->arena, "Người của %s",
		unit->name),
		.made = ask->now, .landscape = true });
	struct rows *rows = ARENA_NEW(ask->arena, struct rows);

	*rows = (struct rows){ .ask = ask, .unit_id = unit->id, .more = true };
	document_title(d, "DANH SÁCH NGƯỜI", unit->name, arena_format(ask->arena, "(Lập lúc %s)", format_moment(ask->arena,
		ask->now)));
	document_table(d, &(struct table){ .name = "Người", .columns = columns, .n_columns = COUNT(columns), .next = next_row,
		.state = rows });
	return d;
}
