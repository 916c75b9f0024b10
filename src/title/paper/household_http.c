/* Codes on slips as one PDF, and the page of a household that shares a telephone. */
#include "title/paper/paper_http.h"

#include "base/day.h"
#include "document/document.h"
#include "household_page_html.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/access/accounts.h"
#include "text/format.h"
#include "title/paper/paper.h"
#include "title/paper/paper_view.h"
#include "title/paper/sheets_page.h"
#include "title/review/review_page.h"

FORM_DEFINE(codes_print_form, CODES_PRINT_FORM)
FORM_DEFINE(codes_file_form, CODES_FILE_FORM)
FORM_DEFINE(household_form, HOUSEHOLD_FORM)

/* ---- slips ---- */

static enum outcome codes_print_post(struct request *req)
{
	const struct codes_print_form *form = req->form;
	struct arena *a = req->ask.arena;
	const char *ticket;
	struct url file;

	TRY(paper_codes_make(&req->ask, form->unit, form->sau.is ? form->sau.value : 0, &ticket));
	file = url_own(a, "/ma-kich-hoat/%lld/%s", (long long)form->unit, ticket);
	return redirect_see_other(req, form->sau.is ? url_query_int(a, file, "sau", (long long)form->sau.value) : file);
}

static enum outcome codes_print_again(struct request *req)
{
	return sheets_answer(req, ((const struct codes_print_form *)req->form)->unit, NONE);
}

static void add_slip(struct request *req, struct document *d, const struct paper_code *c, const char *leaf)
{
	struct arena *a = req->ask.arena;
	const char *host = request_header(req, "Host"), *until = format_date(a, arena_text(a, day_of(c->expires_at - 1).text));

	document_slip(d, &(struct cut_slip){ .name = c->name, .about = arena_format(a, "sinh %s, %s", format_date(a, c->birth),
		leaf),
		.code = code_show(a, c->code), .link = arena_format(a, "http://%s/kich-hoat", host),
		.words = arena_format(a,
			"Quét ô vuông hoặc mở trang %s, chọn Đăng nhập, rồi “Có mã chi hội đưa”. Gõ mã này và tự "
			"chọn một mật khẩu. Lần sau đăng nhập bằng số định danh. Mã dùng một lần, đến hết ngày %s. Đừng đưa "
			"mật khẩu cho "
			"ai.", host, until) });
}

static enum outcome codes_file(struct request *req)
{
	const struct codes_file_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct buf file = BUF(a, .max = 8 * MiB);
	struct paper_codes codes;
	struct document *d;
	struct unit unit;

	TRY(work_unit(req, PERMIT_ACCOUNT_MANAGE, form->unit, &unit));
	TRY(paper_codes_again(&req->ask, form->unit, form->sau.is ? form->sau.value : 0, form->ticket, &codes));
	if (!codes.n)
		return NOT_FOUND;        /* used, or printed more than half an hour ago */
	d = document_new(a, &(struct document_setup){ .title = arena_format(a, "Mã kích hoạt, %s", unit.name), .made =
		req->ask.now,
		.no_numbers = true });
	for (size_t i = 0; i < codes.n; i++)
		add_slip(req, d, &codes.at[i], unit.name);
	TRY(document_render(d, DOCUMENT_PDF, sink_buf(&file)));
	return respond_file(req, document_format_type(DOCUMENT_PDF), arena_format(a, "Mã kích hoạt %s.pdf", unit.name),
		buf_bytes(&file), true);
}

/* ---- a household ---- */

static void fill_members(struct arena *a, const struct paper_household *house, const struct round *round, size_t n_indicators,
	bool may_help, struct household_page *view)
{
	struct member_line *lines = ARENA_ARRAY(a, struct member_line, house->n);

	for (size_t i = 0; i < house->n; i++) {
		const struct paper_member *m = &house->at[i];
		bool open = m->state == SHEET_REGISTERED || m->state == SHEET_DRAFT || m->state == SHEET_RETURNED;
		long long id = (long long)m->person_id;

		lines[i] = (struct member_line){ .name = arena_format(a, "%s, %d", m->name, day_year(m->birth)),
			.todo = paper_member_todo(a, m, n_indicators), .code = *m->code ? code_show(a, m->code) : "chưa có",
			.account = m->has_account ? "đã có" : "chưa có", .href = url_own(a, "/nguoi/%lld", id),
			.act = url_own(a, "/phieu/%lld/%lld", id, (long long)round->id), .act_label = "Xem phiếu" };
		if (m->state == SHEET_NONE && !may_help) {
			lines[i].act = lines[i].href;
			lines[i].act_label = "Xem người này";
		} else if (m->state == SHEET_NONE) {
			lines[i].act = url_own(a, "/phieu/%lld/%lld/dang-ky", id, (long long)round->id);
			lines[i].act_label = "Đăng ký hộ";
		} else if (open && may_help) {
			lines[i].act = url_own(a, "/go-phieu/%lld/%lld", id, (long long)round->id);
			lines[i].act_label = "Gõ điểm hộ";
		}
		view->n_open += open || m->state == SHEET_NONE;
	}
	view->members = lines;
	view->n_members = house->n;
}

static enum outcome household_show(struct request *req)
{
	const struct household_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct household_page view = { .lead = "" };
	struct paper_household house;
	const struct criteria *criteria;
	struct round round;
	struct person p;
	bool may_help;

	TRY(person_read(&req->ask, form->person, &p));
	TRY(work_round(req, NONE, &round));
	TRY(criteria_get(&req->ask, round.criteria_id, &criteria));
	TRY(paper_household(&req->ask, round.id, &p, &house));
	request_lists(req, p.leaf_id, "Người trong hộ");
	view.heading = *p.household ? arena_format(a, "Hộ %s", p.household) : p.name;
	access_page(req, &view.page, view.heading);
	page_crumbs(&view.page, a, (const struct link[]){ { "Người", URL("/nguoi"), false }, { p.name, url_own(a, "/nguoi/%lld",
		(long long)p.id), false } }, 2, view.heading);
	TRY(access_may_on(&req->ask, PERMIT_SHEET_ASSIST, p.leaf_id, &may_help));
	fill_members(a, &house, &round, criteria->n_indicators, may_help, &view);
	view.lead = arena_format(a,
		"Năm %d: %zu người, %d người còn việc phải làm. Nhiều người chung một máy vẫn mỗi người một mật khẩu; "
		"xong một người thì bấm Đăng xuất rồi đưa máy cho người sau.", round.year, view.n_members, view.n_open);
	if (!house.n)
		view.empty = (struct empty){ .title = "Chưa ghi chủ hộ", .text =
			"Ghi tên chủ hộ vào thông tin của người này và người nhà "
			"thì trang này hiện cả nhà.", .action = { "Sửa thông tin", url_own(a, "/nguoi/%lld/sua", (long
				long)p.id), false } };
	household_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static const struct route routes[] = {
	POST(WRITE, "/ma-kich-hoat/{unit}", PERMIT_ACCOUNT_MANAGE, SEES_NOBODY, codes_print_form, NO_PREPARE, codes_print_post,
		.again = codes_print_again)
	GET(WORK, "/ma-kich-hoat/{unit}/{ticket}", PERMIT_ACCOUNT_MANAGE, SEES_NOBODY, codes_file_form, codes_file)
	GET(READ, "/ca-nha/{person}", PERMIT_PERSON_READ, SEES(person), household_form, household_show)
};
const struct route_table household_table = ROUTES(routes);
