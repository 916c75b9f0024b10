/* /bang-cheo/{unit} for who may read the unit's figures; /ket-qua/bang-cheo for everybody, with small numbers hidden. */
#include "figures/crosstabs/crosstabs_http.h"

#include <string.h>

#include "base/day.h"
#include "crosstab_page_html.h"
#include "document/document.h"
#include "figures/crosstabs/crosstabs.h"
#include "figures/crosstabs/crosstabs_paper.h"
#include "figures/crosstabs/crosstabs_view.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/people/people.h"
#include "registry/tree/tree.h"
#include "text/format.h"
#include "text/text.h"
#include "title/rounds/rounds.h"
#include "title/transfers/boundaries.h"

enum { ROWS_SHOWN = 300, BARS = 40 };

FORM_DEFINE(crosstab_form, CROSSTAB_FORM)
FORM_DEFINE(crosstab_file_form, CROSSTAB_FILE_FORM)
FORM_DEFINE(crosstab_public_form, CROSSTAB_PUBLIC_FORM)

/* Codes of sides; the first row is what is shown when nothing is chosen. */
#define SIDES_SHOWN \
	{ "group", "Nhóm người" }, { "sex", "Giới" }, { "age", "Tuổi" }, { "state", "Tình trạng phiếu" }, \
	{ "band", "Mức điểm" }, { "digital", "Kỹ năng số" }, { "entry", "Người nhập" }, { "year", "Năm" }
#define SIDES_PUBLIC { "group", "Nhóm người" }, { "sex", "Giới" }, { "age", "Tuổi" }, { "year", "Năm" }
const struct choices crosstab_rows = CHOICES({ "unit", "Đơn vị" }, SIDES_SHOWN);
const struct choices crosstab_columns = CHOICES({ "khong", "Không chia cột" }, SIDES_SHOWN, { "unit", "Đơn vị" });
const struct choices crosstab_public_rows = CHOICES({ "unit", "Xã, phường" }, SIDES_PUBLIC);
const struct choices crosstab_public_columns = CHOICES({ "khong", "Không chia cột" }, SIDES_PUBLIC);
const struct choices crosstab_measures = CHOICES({ "nguoi", "Số người" }, { "ty-le", "Tỷ lệ trong hàng" }, { "diem",
	"Điểm trung bình" });
const struct choices crosstab_formats = CHOICES({ "xlsx", "XLSX" }, { "csv", "CSV" });
/* "side-value" */
const struct choices crosstab_only = CHOICES({ "tat-ca", "Tất cả" }, { "state-recognised", "Được công nhận" },
	{ "state-not_met", "Chưa đạt" }, { "state-none", "Chưa đăng ký" }, { "state-registered", "Đăng ký, chưa chấm" },
	{ "state-draft", "Đang chấm" }, { "state-returned", "Cần bổ sung" }, { "state-submitted", "Đã nộp, chờ xét" },
	{ "state-reviewed", "Chi hội đã xét" }, { "state-lapsed", "Quá hạn nộp" }, { "state-withdrawn", "Đã rút" }, { "sex-1",
	"Của nam" },
	{ "sex-2", "Của nữ" }, { "age-5", "Của người từ 60 tuổi" }, { "digital-2", "Thành thạo kỹ năng số" },
	{ "entry-1", "Có người giúp nhập" }, { "band-4", "Từ 80 đến 89 điểm" }, { "band-5", "Từ 90 điểm" });
/* What a form asks for, its first choice where nothing was chosen (an optional choice that is empty is -1). */
struct asked { int64_t unit, year; int row, column, only, group, measure; bool is_public, restated; };

static int first(int choice) { return choice < 0 ? 0 : choice; }
static const char *code_at(const struct choices *from, int i) { return from->at[first(i)].code; }

static bool crosstab_has(const struct crosstab_query *q, enum crosstab_side side)
{
	for (size_t i = 0; i < q->n_by; i++)
		if (q->by[i] == side)
			return true;
	return false;
}

static void add_side(struct crosstab_query *q, const char *code)
{
	enum crosstab_side side;

	if (crosstab_side_of(code, &side) && !crosstab_has(q, side))    /* not "khong"; the same side twice is that side once */
		q->by[q->n_by++] = side;
}

static struct crosstab_query query_of(struct arena *a, const struct asked *asked, int64_t round_id)
{
	const struct choices *rows = asked->is_public ? &crosstab_public_rows : &crosstab_rows;
	const struct choices *columns = asked->is_public ? &crosstab_public_columns : &crosstab_columns;
	struct crosstab_query q = { .unit_id = asked->unit, .round_id = round_id, .restated = asked->restated };
	const char *only = code_at(&crosstab_only, asked->only), *dash = strchr(only, '-');

	add_side(&q, code_at(rows, asked->row));
	add_side(&q, code_at(columns, asked->column));
	if (asked->only > 0 && crosstab_side_of(arena_textn(a, only, (size_t)(dash - only)), &q.where[q.n_where].side))
		q.where[q.n_where++].value = dash + 1;
	if (asked->group >= 0) {
		q.where[q.n_where].side = SIDE_GROUP;
		q.where[q.n_where++].value = person_groups.at[asked->group].code;
	}
	return q;
}

/* ---- one counted table, and what it is called ---- */

struct counted_table {
	struct round round;
	struct unit unit;
	struct crosstab table;
	struct crosstab_query query;
	const char *title, *of;
};

static const char *title_of(struct arena *a, const struct counted_table *c)
{
	const char *rows = crosstab_side_label(c->query.by[0]);

	return c->query.n_by > 1 ? arena_format(a, "%s theo %s", rows, text_lower(a, crosstab_side_label(c->query.by[1])))
		: arena_format(a, "Theo %s", text_lower(a, rows));
}

static OUTCOME count(struct request *req, const struct asked *asked, struct counted_table *out)
{
	struct ask *ask = &req->ask, everybody = *ask;
	enum outcome found = asked->year ? round_get(ask, asked->year, &out->round) : round_newest(ask, &out->round);

	TRY(found);
	TRY(tree_get_last(ask, asked->unit, &out->unit));
	out->query = query_of(ask->arena, asked, out->round.id);
	everybody.actor = &access_system;                    /* what is public is hidden number by number, not by person */
	TRY(crosstab(asked->is_public ? &everybody : ask, &out->query, &out->table));
	out->title = title_of(ask->arena, out);
	out->of = arena_format(ask->arena, "%s, năm %d%s", out->unit.name, out->round.year,
			       asked->restated ? ", theo đơn vị hôm nay" : "");
	return OK;
}

/* ---- the page ---- */

static struct crosstab_line line_of(struct arena *a, const struct counted_table *c, const struct crosstab_sums *s, size_t i,
	enum crosstab_measure measure)
{
	struct crosstab_text *cells = ARENA_ARRAY(a, struct crosstab_text, s->n_columns + 1);
	const struct crosstab_cell *sum = &s->at[i * (s->n_columns + 1) + s->n_columns];

	for (size_t j = 0; j < s->n_columns; j++)
		cells[j] = (struct crosstab_text){ c->table.axes[1].at[j].label, crosstab_words(a, s, i, j, measure) };
	return (struct crosstab_line){ .label = i < s->n_rows ? c->table.axes[0].at[i].label : "Tất cả",
		.sum = crosstab_words(a, s, i, s->n_columns, measure),
		.people = s->hidden[i * (s->n_columns + 1) + s->n_columns] ? "" : measure == MEASURE_AVERAGE
			? arena_format(a, "%lld.%lld", (long long)(sum->scored ? sum->total / sum->scored : 0),
				(long long)(sum->scored ? sum->total * 10 / sum->scored % 10 : 0))
			: arena_format(a, "%lld", (long long)sum->n),
		.cells = cells, .n_cells = s->n_columns };
}

static void fill_table(struct request *req, const struct counted_table *c, const struct asked *asked, struct crosstab_page *view)
{
	struct arena *a = req->ask.arena;
	struct crosstab_sums s = crosstab_sums_of(a, &c->table);
	enum crosstab_measure measure = asked->measure < 0 ? MEASURE_PEOPLE : (enum crosstab_measure)asked->measure;
	struct crosstab_line *lines = ARENA_ARRAY(a, struct crosstab_line, s.n_rows);
	struct crosstab_head *heads = ARENA_ARRAY(a, struct crosstab_head, s.n_columns);

	if (asked->is_public)
		crosstab_hide(&s);
	view->n_lines = s.n_rows < ROWS_SHOWN ? s.n_rows : ROWS_SHOWN;
	for (size_t i = 0; i < view->n_lines; i++)
		lines[i] = line_of(a, c, &s, i, measure);
	for (size_t j = 0; j < s.n_columns; j++)
		heads[j].label = c->table.axes[1].at[j].label;
	view->lines = lines;
	view->heads = heads;
	view->n_heads = s.n_columns;
	view->total = line_of(a, c, &s, s.n_rows, measure);
	view->row_head = crosstab_side_label(c->query.by[0]);
	view->sum_head = measure == MEASURE_AVERAGE ? "Điểm trung bình" : "Số người";
	view->has_bars = view->n_lines > 1 && view->n_lines <= BARS;
	view->cut = s.n_rows > view->n_lines ? arena_format(a, "Đang hiện %zu trên %zu hàng. Tải XLSX để có tất cả.",
		view->n_lines, s.n_rows) : "";
	view->empty = (struct empty){ .title = "" };
	if (!c->table.all.n)
		view->empty = (struct empty){ .title = "Không có phiếu nào như vậy",
		.text = "Bỏ bớt điều kiện “Chỉ đếm”, rồi đếm lại." };
}

static struct url with_choices(struct arena *a, struct url url, const struct asked *asked)
{
	url = url_query(a, url, "hang", code_at(&crosstab_rows, asked->row));
	url = url_query(a, url, "cot", code_at(&crosstab_columns, asked->column));
	url = url_query(a, url, "chi", code_at(&crosstab_only, asked->only));
	if (asked->group >= 0)
		url = url_query(a, url, "nhom", person_groups.at[asked->group].code);
	if (asked->restated)
		url = url_query(a, url, "units", boundary_choices.at[BOUNDARIES_NOW].code);
	return url_query(a, url, "tinh", code_at(&crosstab_measures, asked->measure));
}

static struct url units_url(struct arena *a, struct url url, bool restated)
{
	return restated ? url_query(a, url, "units", boundary_choices.at[BOUNDARIES_NOW].code) : url;
}

/* The same table in the other units, where that says something else: in the year shown, or in one of all of them. */
static OUTCOME add_other_units(struct request *req, const struct counted_table *c, const struct asked *asked,
			       const struct round_list *rounds, struct link *links, size_t *n)
{
	struct arena *a = req->ask.arena;
	struct asked other = *asked;
	bool differ = false, one;
	struct unit unit;
	enum outcome there = tree_get(&req->ask, asked->unit, arena_text(a, day_of(req->ask.now).text), &unit);

	if (there == FAILED)
		return FAILED;
	for (size_t i = 0; i < rounds->n && there == OK; i++) {
		TRY(boundaries_differ(&req->ask, rounds->at[i].id, &one));
		differ |= one && (rounds->at[i].id == c->round.id || crosstab_has(&c->query, SIDE_YEAR));
	}
	other.restated = !asked->restated;
	if (differ)
		links[(*n)++] = (struct link){
			asked->restated ? "theo đơn vị của năm ấy" : "theo đơn vị hôm nay",
			url_query_int(a, with_choices(a, url_own(a, "/bang-cheo/%lld", (long long)asked->unit), &other), "dot",
				      c->round.year),
			false};
	return OK;
}

static OUTCOME fill_frame(struct request *req, const struct counted_table *c, const struct asked *asked,
			  struct crosstab_page *view)
{
	struct arena *a = req->ask.arena;
	struct round_list rounds;
	struct link *others;
	size_t n = 0;

	TRY(round_list(&req->ask, &rounds));
	others = ARENA_ARRAY(a, struct link, rounds.n + 1);
	for (size_t i = 0; i < rounds.n; i++)
		if (rounds.at[i].id != c->round.id)
			others[n++] = (struct link){ arena_format(a, "năm %d", rounds.at[i].year),
				url_query_int(a, units_url(a, view->action, asked->restated), "dot", rounds.at[i].year), false };
	if (!asked->is_public)
		TRY(add_other_units(req, c, asked, &rounds, others, &n));
	view->heading = arena_format(a, "Bảng chéo, %s", c->unit.name);
	access_page(req, &view->page, view->heading);
	view->page.has_chart = true;
	view->page.context = (struct context){ .unit = c->unit.name, .within = "", .round = arena_format(a, "Đợt năm %d%s",
		c->round.year, asked->restated ? ", đơn vị hôm nay" : ""),
		.due = "", .links = others, .n_links = n };
	view->title = arena_format(a, "%s, %s", c->title, c->of);
	view->lead = arena_format(a, "%s: %s người.", c->title, format_int(a, c->table.all.n));
	view->year = asked->year ? arena_format(a, "%d", c->round.year) : "";
	view->units = asked->restated ? boundary_choices.at[BOUNDARIES_NOW].code : "";
	view->is_public = asked->is_public;
	return OK;
}

static enum outcome no_round(struct request *req, const struct asked *asked, struct crosstab_page *view)
{
	struct buf page = BUF(req->ask.arena);

	access_page(req, &view->page, "Bảng chéo");
	view->heading = "Bảng chéo";
	view->is_public = asked->is_public;
	view->year = view->units = view->cut = view->lead = view->title = view->row_head = view->sum_head = "";
	view->empty = (struct empty){ .title = "Chưa có đợt nào",
		.text = "Hội Khuyến học tỉnh mở đợt đầu tiên, rồi số liệu hiện ở đây." };
	crosstab_page_html(&page, view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome show(struct request *req, const struct asked *asked, struct crosstab_page *view)
{
	struct buf page = BUF(req->ask.arena, .max = 8 * MiB);
	struct counted_table c;
	enum outcome counted = count(req, asked, &c);

	if (counted == NOT_FOUND && !asked->year)
		return no_round(req, asked, view);
	TRY(counted);
	TRY(fill_frame(req, &c, asked, view));
	fill_table(req, &c, asked, view);
	if (!asked->is_public) {
		struct url url = url_own(req->ask.arena, "/bang-cheo/%lld/tai/xlsx", (long long)asked->unit);
		struct url csv = url_own(req->ask.arena, "/bang-cheo/%lld/tai/csv", (long long)asked->unit);

		view->xlsx_href = url_query_int(req->ask.arena, with_choices(req->ask.arena, url, asked), "dot", c.round.year);
		view->csv_href = url_query_int(req->ask.arena, with_choices(req->ask.arena, csv, asked), "dot", c.round.year);
	} else if (c.table.all.n && c.table.all.n < CROSSTAB_SMALL) {
		view->empty = (struct empty){ .title = "Chưa đủ người để đếm", .text = "Bảng chỉ hiện khi có từ 5 người." };
	}
	crosstab_page_html(&page, view);
	return respond_html(req, HTTP_OK, &page);
}

/* A filter begins with everybody. */
static void with_all(struct arena *a, struct field *f)
{
	struct field_option *options = ARENA_ARRAY(a, struct field_option, f->n_options + 1);

	options[0] = (struct field_option){ "", "Tất cả", "", !*f->value };
	for (size_t i = 0; i < f->n_options; i++)
		options[i + 1] = f->options[i];
	f->options = options;
	f->n_options++;
}

static enum outcome crosstab_show(struct request *req)
{
	const struct crosstab_form *form = req->form;
	struct asked asked = { form->unit, form->dot.is ? form->dot.value : 0, form->hang, form->cot, form->chi, form->nhom,
		form->tinh, false, form->units == BOUNDARIES_NOW };
	struct crosstab_page view = { .action = url_own(req->ask.arena, "/bang-cheo/%lld", (long long)form->unit) };

	request_form(req, &crosstab_form_def, &(struct crosstab_form){ .unit = form->unit, .hang = first(form->hang),
		.cot = first(form->cot),
		.chi = first(form->chi), .nhom = form->nhom, .tinh = first(form->tinh) }, &view.form);
	view.form.hang.optional = view.form.cot.optional = view.form.chi.optional = false;
	view.form.nhom.optional = view.form.tinh.optional = false;
	with_all(req->ask.arena, &view.form.nhom);
	return show(req, &asked, &view);
}

static enum outcome crosstab_home(struct request *req)
{
	int64_t unit;

	TRY(access_home(&req->ask, PERMIT_FIGURES_READ, &unit));
	return redirect_see_other(req, url_own(req->ask.arena, "/bang-cheo/%lld", (long long)unit));
}

static enum outcome crosstab_public(struct request *req)
{
	const struct crosstab_public_form *form = req->form;
	struct asked asked = { .year = form->dot.is ? form->dot.value : 0, .row = form->hang, .column = form->cot, .only = -1,
		.group = -1,
		.measure = -1, .is_public = true };
	struct crosstab_page view = { .action = URL("/ket-qua/bang-cheo") };
	struct unit province;
	const char *code;
	enum outcome found;

	request_form(req, &crosstab_public_form_def, &(struct crosstab_public_form){ .hang = first(form->hang),
		.cot = first(form->cot) },
		&view.public_form);
	view.public_form.hang.optional = view.public_form.cot.optional = false;
	found = setting_get(&req->ask, "province", &code);
	if (found == OK)
		found = tree_by_code(&req->ask, code, day_of(req->ask.now).text, &province);
	if (found == NOT_FOUND)
		return no_round(req, &asked, &view);
	TRY(found);
	asked.unit = province.id;
	return show(req, &asked, &view);
}

static enum outcome crosstab_file(struct request *req)
{
	const struct crosstab_file_form *form = req->form;
	struct asked asked = { form->unit, form->dot.is ? form->dot.value : 0, form->hang, form->cot, form->chi, form->nhom,
		form->tinh, false, form->units == BOUNDARIES_NOW };
	struct buf file = BUF(req->ask.arena, .max = 32 * MiB);
	enum document_format format;
	struct counted_table c;

	BUG_ON(!document_format_of(crosstab_formats.at[form->format].code, &format));
	TRY(count(req, &asked, &c));
	TRY(document_render(crosstab_paper(&req->ask, &c.table, c.title, c.of,
		asked.measure < 0 ? MEASURE_PEOPLE : (enum crosstab_measure)asked.measure), format, sink_buf(&file)));
	return respond_file(req, document_format_type(format), arena_format(req->ask.arena, "Bảng chéo %s %d.%s", c.unit.name,
		c.round.year,
		document_format_ending(format)), buf_bytes(&file), false);
}

static const struct route crosstabs_routes[] = {
	GET(READ, "/bang-cheo", PERMIT_FIGURES_READ, SEES_NOBODY, no_form, crosstab_home)
	GET(WORK, "/bang-cheo/{unit}", PERMIT_FIGURES_READ, SEES_NOBODY, crosstab_form, crosstab_show)
	GET(WORK, "/bang-cheo/{unit}/tai/{format}", PERMIT_FIGURES_READ, SEES_NOBODY, crosstab_file_form, crosstab_file)
	GET(WORK, "/ket-qua/bang-cheo", PERMIT_PUBLIC, SEES_NOBODY, crosstab_public_form, crosstab_public)
};
const struct route_table crosstabs_table = ROUTES(crosstabs_routes);
