/* What each column of a sheet is taken for, why, and a select to put it right; remembered for the unit. */
#include <string.h>

#include "base/day.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/tree/tree.h"
#include "roster_columns_html.h"
#include "text/format.h"
#include "title/roster/roster_judge.h"
#include "title/roster/roster_content.h"
#include "title/roster/roster_messages.h"
#include "title/roster/roster_pages_http.h"

enum { COLUMNS_SHOWN = 3 * FORM_LIST };

/* In the order of a select; the ten scores follow. */
static const struct { enum roster_field field; const char *label;
} fields[] = {
	{ROSTER_IGNORED, "Không lấy"},
	{ROSTER_FULL_NAME, "Họ và tên"},
	{ROSTER_NAME_FAMILY, "Họ và chữ đệm"},
	{ROSTER_NAME_GIVEN, "Tên"},
	{ROSTER_BIRTH, "Ngày hoặc năm sinh"},
	{ROSTER_BIRTH_MALE, "Năm sinh của nam"},
	{ROSTER_BIRTH_FEMALE, "Năm sinh của nữ"},
	{ROSTER_SEX, "Giới tính"},
	{ROSTER_SEX_FEMALE_MARK, "Dấu x là nữ"},
	{ROSTER_SEX_MALE_MARK, "Dấu x là nam"},
	{ROSTER_NATIONAL_ID, "Số định danh (CCCD)"},
	{ROSTER_PHONE, "Điện thoại"},
	{ROSTER_HAMLET, "Ấp, khu phố, đơn vị"},
	{ROSTER_OCCUPATION, "Nghề nghiệp, chức vụ"},
	{ROSTER_TARGET_GROUP, "Nhóm đối tượng"},
	{ROSTER_TOTAL, "Tổng điểm (chỉ để so)"},
	{ROSTER_MEMBER, "Hội viên khuyến học"},
	{ROSTER_GDHT, "Gia đình học tập"},
	{ROSTER_NOTE, "Ghi chú"},
	{ROSTER_STT, "Số thứ tự"},
};

static const struct field_option *options_for(struct arena *a, const char *field, size_t *n)
{
	struct field_option *options = ARENA_ARRAY(a, struct field_option, COUNT(fields) + ROSTER_SCORES);

	for (size_t i = 0; i < COUNT(fields); i++)
		options[i] = (struct field_option){ roster_field_name(fields[i].field), fields[i].label, "", false };
	for (int i = 0; i < ROSTER_SCORES; i++)
		options[COUNT(fields) + (size_t)i] =
			(struct field_option){roster_field_name((enum roster_field)(ROSTER_SCORE + i)),
					      arena_format(a, "Điểm chỉ số %d", i + 1), "", false};
	*n = COUNT(fields) + ROSTER_SCORES;
	for (size_t i = 0; i < *n; i++)
		options[i].chosen = !strcmp(options[i].value, field);
	return options;
}

static const char *why(struct arena *a, const struct shape_column *c)
{
	if (strcmp(c->field, c->proposed) != 0)
		return "đã sửa";
	if (!strcmp(c->field, "ignored"))
		return "không cần, không lưu";
	return *c->word ? arena_format(a, "tiêu đề có “%s”", c->word) : "theo chỗ đứng trong bảng";
}

/* a_1 … a_20, b_1 … c_20. */
static const char *field_name(struct arena *a, size_t i)
{
	return arena_format(a, "%c_%zu", (char)('a' + (int)(i / FORM_LIST)), i % FORM_LIST + 1);
}

static void fill_columns(struct arena *a, const struct shape_sheet *sheet, struct roster_columns_page *view)
{
	size_t n = sheet->n_columns < COLUMNS_SHOWN ? sheet->n_columns : COLUMNS_SHOWN;
	struct roster_column_line *lines = ARENA_ARRAY(a, struct roster_column_line, n);

	for (size_t i = 0; i < n; i++) {
		const struct shape_column *c = &sheet->columns[i];
		const char *name = field_name(a, i);

		lines[i] = (struct roster_column_line){.letter = c->letter,
						       .heading = c->heading,
						       .samples = c->samples,
						       .why = why(a, c),
						       .name = name,
						       .id = name};
		lines[i].options = options_for(a, c->field, &lines[i].n_options);
	}
	view->columns = lines;
	view->n_columns = n;
}

static void fill_sheets(struct arena *a, const struct list *list, const struct shape *shape, size_t chosen,
			struct roster_columns_page *view)
{
	struct link *links = ARENA_ARRAY(a, struct link, shape->n);
	size_t n = 0;

	for (size_t i = 0; i < shape->n; i++)
		if (!*shape->sheets[i].skipped)
			links[n++] = (struct link){
				shape->sheets[i].name,
				url_query_int(a, url_own(a, "/danh-sach/%lld/cot", (long long)list->id), "trang", (long long)i),
				i == chosen};
	view->sheets = links;
	view->n_sheets = n > 1 ? n : 0;
}

static void fill_groups(struct arena *a, const char *chosen, struct field *field)
{
	struct field_option *options = ARENA_ARRAY(a, struct field_option, person_groups.n);

	for (size_t i = 0; i < person_groups.n; i++)
		options[i] = (struct field_option){ person_groups.at[i].code, person_groups.at[i].label, "",
			!strcmp(person_groups.at[i].code, chosen) };
	field->options = options;
	field->n_options = person_groups.n;
}

static OUTCOME fill_leafs(struct ask *ask, const struct list *list, struct roster_columns_page *view)
{
	const char *today = arena_text(ask->arena, day_of(ask->now).text);
	struct field_option *options;
	struct unit_list leafs;
	struct unit unit;

	TRY(tree_get(ask, list->unit_id, today, &unit));
	view->has_leafs = unit.level == LEVEL_COMMUNE || unit.level == LEVEL_LEAF;
	leafs = (struct unit_list){ 1, &unit };
	if (unit.level == LEVEL_COMMUNE)
		TRY(tree_children(ask, unit.id, today, NULL, &leafs));
	options = ARENA_ARRAY(ask->arena, struct field_option, leafs.n);
	for (size_t i = 0; i < leafs.n; i++)
		options[i] = (struct field_option){arena_format(ask->arena, "%lld", (long long)leafs.at[i].id), leafs.at[i].name,
						   "", leafs.at[i].id == list->settings.leaf_id};
	view->form.leaf.options = options;
	view->form.leaf.n_options = leafs.n;
	return OK;
}

static size_t sheet_chosen(const struct shape *shape, int64_t wanted)
{
	if (wanted >= 0 && (size_t)wanted < shape->n && !*shape->sheets[wanted].skipped)
		return (size_t)wanted;
	for (size_t i = 0; i < shape->n; i++)
		if (!*shape->sheets[i].skipped)
			return i;
	return 0;
}

enum outcome roster_columns_show(struct request *req)
{
	const struct roster_columns_path_form *path = req->form;         /* the POST's form begins with the same two */
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 2 * MiB);
	struct roster_columns_page view = { .has_groups = true };
	struct roster_columns_form stored = { .group = "" };
	struct list list;
	struct shape shape;
	size_t at;

	TRY(list_get(&req->ask, path->roster, &list));
	TRY(shape_read(&req->ask, list.shape, &shape));
	if (!shape.n)
		return NOT_FOUND;
	at = sheet_chosen(&shape, path->trang.value);
	stored.group = list.settings.group;
	form_show(a, &roster_columns_form_def, &stored, &view.form);
	view.heading = arena_format(a, "Cột trong tệp là gì: %s", list.name);
	view.lead = arena_format(
		a, "Trang tính %s, dòng tiêu đề %s. Đoán theo tiêu đề; sửa chỗ sai, lần sau gửi tệp như vậy sẽ tự nhớ.",
		shape.sheets[at].name, shape.sheets[at].header);
	view.version = arena_format(a, "%lld", (long long)list.version);
	view.sheet = arena_format(a, "%zu", at);
	view.action = url_own(a, "/danh-sach/%lld/cot", (long long)list.id);
	view.back = roster_url(a, list.id);
	fill_sheets(a, &list, &shape, at, &view);
	fill_columns(a, &shape.sheets[at], &view);
	fill_groups(a, list.settings.group, &view.form.group);
	TRY(fill_leafs(&req->ask, &list, &view));
	access_page(req, &view.page, view.heading);
	roster_crumbs(req, &view.page, &list, "Cột trong tệp");
	roster_columns_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- what is sent ---- */

static const char *typed_field(const struct roster_columns_form *form, size_t i)
{
	const struct text_list *const lists[] = { &form->a, &form->b, &form->c };
	const struct text_list *list = i < COLUMNS_SHOWN ? lists[i / FORM_LIST] : NULL;
	enum roster_field field;

	return list && i % FORM_LIST < list->n && roster_field_of(list->at[i % FORM_LIST], &field) ? list->at[i % FORM_LIST] : "";
}

static struct bytes headings_of(struct arena *a, const struct shape_sheet *sheet)
{
	struct roster_column *columns = ARENA_ARRAY(a, struct roster_column, sheet->n_columns);

	for (size_t i = 0; i < sheet->n_columns; i++)
		columns[i] = (struct roster_column){.column = (uint32_t)sheet->columns[i].column,
						    .heading = sheet->columns[i].heading};
	return list_headings(a, &(struct roster_sheet){ .n_columns = sheet->n_columns, .columns = columns });
}

enum outcome roster_columns_post(struct request *req)
{
	const struct roster_columns_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct list_columns columns = { .all = "", .sheet = "", .group = form->group, .leaf_id = form->leaf };
	struct list list;
	struct shape shape;
	size_t at;

	TRY(list_get(&req->ask, form->roster, &list));
	TRY(shape_read(&req->ask, list.shape, &shape));
	if (!shape.n)
		return NOT_FOUND;
	at = sheet_chosen(&shape, form->trang.value);
	for (size_t s = 0; s < shape.n; s++) {
		for (size_t i = 0; i < shape.sheets[s].n_columns; i++) {
			const struct shape_column *c = &shape.sheets[s].columns[i];
			const char *typed = s == at ? typed_field(form, i) : "", *field = *typed ? typed : c->field;

			columns.moved |= strcmp(field, c->field) != 0;
			columns.all = arena_format(a, "%s%s%zu:%lld=%s", columns.all, *columns.all ? " " : "", s,
						   (long long)c->column, field);
			if (s == at)
				columns.sheet = arena_format(a, "%s%s%lld=%s", columns.sheet, *columns.sheet ? " " : "",
							     (long long)c->column, field);
		}
	}
	columns.headings = headings_of(a, &shape.sheets[at]);
	TRY(list_set_columns(&req->ask, form->roster, form->version, &columns));
	return redirect_see_other(req, roster_url(a, form->roster));
}
