/* Sheets on paper: who has not handed in, all their sheets as one PDF, one of them again, the loose leaf of a group. */
#include "title/paper/paper_http.h"

#include "base/day.h"
#include "registry/access/access_page.h"
#include "registry/access/accounts.h"
#include "registry/access/taking_page.h"
#include "sheets_page_html.h"
#include "text/format.h"
#include "title/paper/paper_messages.h"
#include "title/paper/paper_view.h"
#include "title/paper/sheet_paper.h"
#include "title/paper/sheets_page.h"
#include "title/review/review.h"
#include "title/review/review_page.h"

enum { SIDES_MAX = 100 };

FORM_DEFINE(sheets_form, SHEETS_FORM)
FORM_DEFINE(sheets_print_form, SHEETS_PRINT_FORM)
FORM_DEFINE(levels_form, LEVELS_FORM)

static struct url sheets_url(struct arena *a, int64_t unit_id)
{
	return url_query_int(a, URL("/phieu-giay"), "unit", (long long)unit_id);
}

static int64_t waiting_of(const struct figure_counts *c)
{
	return c->states[SHEET_REGISTERED] + c->states[SHEET_DRAFT] + c->states[SHEET_RETURNED];
}

/* ---- the page ---- */

static OUTCOME fill_leafs(struct request *req, const struct round *round, const struct unit *unit, struct sheets_page *view)
{
	struct figure_parts parts;
	struct leaf_line *leafs;

	TRY(figures_by_child(&req->ask, round->id, unit->id, "", &parts));
	leafs = ARENA_ARRAY(req->ask.arena, struct leaf_line, parts.n);
	for (size_t i = 0; i < parts.n; i++)
		leafs[i] = (struct leaf_line){ parts.at[i].name, format_int(req->ask.arena, waiting_of(&parts.at[i].counts)),
			sheets_url(req->ask.arena, parts.at[i].unit_id) };
	view->leafs = leafs;
	view->n_leafs = parts.n;
	view->lead = "Chọn một chi hội để in phiếu cho người chưa nộp.";
	return OK;
}

static void fill_people(struct request *req, const struct paper_sheet_list *sheets, int64_t round_id, struct sheets_page *view)
{
	struct arena *a = req->ask.arena;
	struct sheet_line *lines = ARENA_ARRAY(a, struct sheet_line, sheets->n);

	for (size_t i = 0; i < sheets->n; i++) {
		const struct paper_sheet *s = &sheets->at[i];

		lines[i] = (struct sheet_line){ arena_format(a, "%s, %d", s->name, day_year(s->birth)),
			person_group_label(s->group),
			code_show(a, s->code), arena_format(a, "%lld", (long long)s->person_id),
			url_own(a, "/go-phieu/%lld/%lld", (long long)s->person_id, (long long)round_id) };
	}
	view->people = lines;
	view->n_people = sheets->n;
}

static void fill_levels(struct arena *a, const struct criteria *c, int64_t round_id, struct sheets_page *view)
{
	struct link *levels = ARENA_ARRAY(a, struct link, c->n_groups);

	for (size_t i = 0; i < c->n_groups; i++)
		levels[i] = (struct link){ c->groups[i].title, url_query(a, url_own(a, "/phieu-giay/muc-diem/%lld",
			(long long)round_id), "group", c->groups[i].code), false };
	view->levels = levels;
	view->n_levels = c->n_groups;
}

static OUTCOME fill_codes(struct request *req, int64_t leaf_id, struct sheets_page *view)
{
	struct arena *a = req->ask.arena;
	struct paper_batches batches;
	struct code_button *codes;
	bool may;

	TRY(access_may_on(&req->ask, PERMIT_ACCOUNT_MANAGE, leaf_id, &may));
	TRY(paper_batches(&req->ask, leaf_id, &batches));
	if (!may || !batches.n)
		return OK;
	codes = ARENA_ARRAY(a, struct code_button, batches.n);
	for (size_t i = 0; i < batches.n; i++)
		codes[i] = (struct code_button){ arena_format(a, "%lld", (long long)batches.at[i].after), batches.n == 1
			? "In mã cho tất cả (PDF)" : arena_format(a, "In mã người %s đến %s (PDF)", format_int(a,
				batches.at[i].from),
			format_int(a, batches.at[i].to)) };
	view->codes_heading = arena_format(a, "Mã kích hoạt: %s người chưa có mật khẩu", format_int(a,
		batches.at[batches.n - 1].to));
	view->codes_action = url_own(a, "/ma-kich-hoat/%lld", (long long)leaf_id);
	view->codes = codes;
	view->n_codes = batches.n;
	return OK;
}

static OUTCOME fill_leaf(struct request *req, const struct round *round, const struct unit *unit, struct sheets_page *view)
{
	struct arena *a = req->ask.arena;
	const struct criteria *criteria;
	struct paper_sheet_list sheets;
	struct figure_counts counts;
	int64_t waiting;

	TRY(figures_of_unit(&req->ask, round->id, unit->id, "", &counts));
	TRY(criteria_get(&req->ask, round->criteria_id, &criteria));
	TRY(paper_sheets(&req->ask, round->id, unit->id, NULL, &sheets));
	waiting = waiting_of(&counts);
	view->action = url_own(a, "/phieu-giay/%lld/%lld", (long long)unit->id, (long long)round->id);
	view->lead = arena_format(a, "%s người đã đăng ký chưa nộp phiếu, %s người chưa đăng ký.", format_int(a, waiting),
		format_int(a, counts.states[SHEET_NONE]));
	view->note =
		"Mỗi người một tờ A4 in hai mặt, tên và mã đã in sẵn. Khi in chọn hai mặt, lật theo cạnh dài, cỡ 100 %. Mỗi "
		"lần in "
		"được ghi vào nhật ký.";
	view->may_print = sheets.n && paper_fits(criteria);
	if (!paper_fits(criteria))
		view->empty = (struct empty){ .title = "Chưa in được phiếu giấy", .text = PAPER_NOT_POINTS };
	else if (!sheets.n)
		view->empty = (struct empty){ .title = "Không có phiếu nào phải in",
			.text = "Người đã đăng ký đều đã nộp. Người chưa đăng ký thì đăng ký hộ trước, phiếu mới có mã để in.",
			.action = { "Xem danh sách người", url_query_int(a, URL("/nguoi"), "unit", (long long)unit->id), false
				} };
	fill_people(req, &sheets, round->id, view);
	if (waiting > (int64_t)sheets.n)
		view->more = arena_format(a, "Danh sách này dừng ở %zu người; tệp PDF có đủ.", sheets.n);
	fill_levels(a, criteria, round->id, view);
	return fill_codes(req, unit->id, view);
}

OUTCOME sheets_answer(struct request *req, int64_t unit_id, struct maybe year)
{
	struct buf page = BUF(req->ask.arena, .max = 2 * MiB);
	struct sheets_page view = { .heading = "Phiếu giấy", .lead = "", .note = "", .more = "", .codes_heading = "", .empty =
		{ .title = "" },
		.typed_href = URL("/go-phieu") };
	enum outcome found;
	struct round round;
	struct unit unit;

	TRY(work_unit(req, PERMIT_SHEET_ASSIST, unit_id, &unit));
	found = work_round(req, year, &round);
	if (found != OK && (found != NOT_FOUND || year.is))
		return found;
	view.heading = arena_format(req->ask.arena, "Phiếu giấy: %s", unit_in_sentence(req->ask.arena, unit.name));
	access_page(req, &view.page, view.heading);
	if (found == NOT_FOUND) {
		view.typed_href = URL_NONE;
		view.empty = (struct empty){ .title = "Chưa có đợt nào", .text = "Hội Khuyến học tỉnh mở đợt rồi mới in phiếu." };
	} else {
		TRY(work_context(req, &view.page, &unit, &round, STAGE_SCORE, "/phieu-giay"));
		TRY(unit.level == LEVEL_LEAF ? fill_leaf(req, &round, &unit, &view) : fill_leafs(req, &round, &unit, &view));
	}
	sheets_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome sheets_show(struct request *req)
{
	const struct sheets_form *form = req->form;

	return sheets_answer(req, form->unit, form->nam);
}

static enum outcome sheets_again(struct request *req)
{
	const struct sheets_print_form *form = req->form;

	return sheets_answer(req, form->unit, form->round ? SOME(form->round) : NONE);
}

/* ---- files ---- */

/* Names leave the house: into the journal first, then the file. */
static enum outcome sheets_post(struct request *req)
{
	const struct sheets_print_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct url file = url_own(a, "/phieu-giay/%lld/%lld/pdf", (long long)form->unit, (long long)form->round);

	TRY(access_require(&req->ask, PERMIT_SHEET_ASSIST, form->unit));
	TRY(review_note_export(&req->ask, form->round, form->unit, "phieu-giay", "pdf"));
	if (form->nguoi)
		file = url_query_int(a, file, "nguoi", (long long)form->nguoi);
	if (form->mat)
		file = url_query_int(a, file, "mat", (long long)form->mat);
	return taking_redirect(req, file);
}

/* One person's sheet is of the leaf where they are. */
static OUTCOME one_sheet(struct request *req, const struct round *round, const struct unit *unit, struct document **out)
{
	const struct sheets_print_form *form = req->form;
	struct paper_sheet sheet;
	struct person person;

	TRY(person_get(&req->ask, form->nguoi, &person));
	TRY(access_require_person(&req->ask, PERMIT_SHEET_ASSIST, person.id, person.leaf_id));
	TRY(paper_sheet_of(&req->ask, (struct sheet_key){ form->nguoi, form->round }, &sheet));
	req->seen_person = person.id;
	return sheet_paper(&req->ask, unit, round, &sheet, out);
}

static enum outcome sheets_file(struct request *req)
{
	const struct sheets_print_form *form = req->form;
	struct buf file = BUF(req->ask.arena, .max = 24 * MiB);
	const struct criteria *criteria;
	struct document *document;
	struct round round;
	struct unit unit;

	TRY(round_get(&req->ask, form->round, &round));
	TRY(work_unit(req, PERMIT_SHEET_ASSIST, form->unit, &unit));
	TRY(criteria_get(&req->ask, round.criteria_id, &criteria));
	if (unit.level != LEVEL_LEAF || !paper_fits(criteria))
		return sheets_answer(req, unit.id, SOME(round.id));      /* choose a branch; or why there is no paper */
	TRY(taking_was_noted(req));
	TRY(form->nguoi ? one_sheet(req, &round, &unit, &document) : sheets_paper(&req->ask, &unit, &round, &document));
	if (form->mat > SIDES_MAX)
		return NOT_FOUND;
	TRY(form->nguoi && form->mat ? document_render_page(document, (int)form->mat, req->ask.arena, &file)
		: document_render(document, DOCUMENT_PDF, sink_buf(&file)));
	return respond_file(req, document_format_type(DOCUMENT_PDF), arena_format(req->ask.arena, "Phiếu giấy %s %d.pdf",
		unit.name,
		round.year), buf_bytes(&file), true);
}

static enum outcome levels_file(struct request *req)
{
	const struct levels_form *form = req->form;
	struct buf file = BUF(req->ask.arena);
	const struct criteria *criteria;
	struct document *document;
	struct round round;
	int group;

	TRY(round_get(&req->ask, form->round, &round));
	TRY(criteria_get(&req->ask, round.criteria_id, &criteria));
	group = criteria_group_index(criteria, form->group);
	if (group < 0)
		return NOT_FOUND;
	TRY(levels_paper(&req->ask, criteria, (size_t)group, &document));
	TRY(document_render(document, DOCUMENT_PDF, sink_buf(&file)));
	return respond_file(req, document_format_type(DOCUMENT_PDF), arena_format(req->ask.arena, "Mức điểm, %s.pdf",
		criteria->groups[group].title), buf_bytes(&file), true);
}

static const struct route routes[] = {
	GET(READ, "/phieu-giay", PERMIT_SHEET_ASSIST, SEES_NOBODY, sheets_form, sheets_show)
	GET(WORK, "/phieu-giay/muc-diem/{round}", PERMIT_SHEET_ASSIST, SEES_NOBODY, levels_form, levels_file)
	POST(WRITE, "/phieu-giay/{unit}/{round}", PERMIT_SHEET_ASSIST, SEES_NOBODY, sheets_print_form, NO_PREPARE, sheets_post,
		.again = sheets_again)
	GET(WORK, "/phieu-giay/{unit}/{round}/pdf", PERMIT_SHEET_ASSIST, SEES_NOBODY, sheets_print_form, sheets_file)
};
const struct route_table sheets_table = ROUTES(routes);
