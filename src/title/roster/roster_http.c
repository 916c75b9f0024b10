/* A list sent in, looked at, applied. */
#include "title/roster/roster_http.h"

#include <string.h>

#include "base/day.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/tree/tree.h"
#include "sandbox/client.h"
#include "sandbox/sandbox_messages.h"
#include "roster_preview_html.h"
#include "roster_upload_html.h"
#include "text/format.h"
#include "title/roster/roster.h"
#include "title/roster/roster_messages.h"
#include "title/roster/roster_view.h"

FORM_DEFINE(roster_form, ROSTER_FORM)
FORM_DEFINE(roster_upload_form, ROSTER_UPLOAD_FORM)
FORM_DEFINE(roster_page_form, ROSTER_PAGE_FORM)

const struct choices roster_filters = CHOICES({ "moi", "Mới" }, { "nhu-cu", "Không đổi" }, { "doi", "Có thay đổi" },
	{ "khong-nhan", "Không nhận" });

static const char *today(struct request *req)
{
	return arena_text(req->ask.arena, day_of(req->ask.now).text);
}

static struct url roster_url(struct arena *a, int64_t id)
{
	return url_own(a, "/danh-sach/%lld", (long long)id);
}

static void add_option(struct arena *a, struct field *field, struct field_option *options, const struct unit *unit)
{
	const char *value = arena_format(a, "%lld", (long long)unit->id);

	options[field->n_options++] = (struct field_option){ value, unit->name, "", !strcmp(value, field->value) };
}

/* A branch has its one unit; a commune itself and what is below; a province its communes. */
static OUTCOME fill_units(struct request *req, int64_t home, struct roster_upload_page *view)
{
	struct field *field = &view->form.unit;
	struct unit_list children;
	struct field_option *options;
	struct unit unit;

	TRY(tree_get(&req->ask, home, today(req), &unit));
	field->n_options = 0;
	if (unit.level == LEVEL_LEAF) {
		view->unit = arena_format(req->ask.arena, "%lld", (long long)home);
		view->lead = arena_format(req->ask.arena,
			"Nạp vào %s. Xem trước rồi mới ghi; chưa bấm ghi thì chưa có gì thay đổi.", unit.name);
		return OK;
	}
	TRY(tree_children(&req->ask, home, today(req), NULL, &children));
	options = ARENA_ARRAY(req->ask.arena, struct field_option, children.n + 1);
	if (unit.level == LEVEL_COMMUNE)
		add_option(req->ask.arena, field, options, &unit);
	for (size_t i = 0; i < children.n; i++)
		add_option(req->ask.arena, field, options, &children.at[i]);
	field->options = options;
	return OK;
}

static enum outcome upload_show(struct request *req)
{
	int64_t home = req->is_post ? 0 : ((const struct roster_form *)req->form)->unit;
	struct buf page = BUF(req->ask.arena, .max = 1 * MiB);
	struct roster_upload_page view = { .unit = "", .lead = "Xem trước rồi mới ghi; chưa bấm ghi thì chưa có gì thay đổi." };
	struct roster_upload_form chosen = { .unit = home };

	if (!home)
		TRY(access_home(&req->ask, PERMIT_ROSTER, &home));
	TRY(access_require(&req->ask, PERMIT_ROSTER, home));
	request_form(req, &roster_upload_form_def, &chosen, &view.form);
	TRY(fill_units(req, home, &view));
	access_page(req, &view.page, "Nạp danh sách");
	page_crumbs(&view.page, req->ask.arena, (const struct link[]){ { "Người", URL("/nguoi"), false } }, 1, "Nạp danh sách");
	roster_upload_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* Through the sandbox: on a worker only. */
static OUTCOME read_list(struct request *req, const char *name, struct bytes content, struct roster_reading *out)
{
	struct roster_reader *reader = roster_reader_new(req->ask.arena, &(struct roster_options){ .year = roster_year(&req->ask),
		.rows_max = ROSTER_PAGE_ROWS });
	enum sheet_kind kind;
	enum outcome done = sandbox_sheet(req->ask.sandbox, req->ask.arena, &(struct sheet_source){ .input = content },
		roster_reader_taker(reader), &kind);

	if (done == INVALID)
		problem(req->ask.problems, "file", ROSTER_LONG);
	TRY(done);
	if (kind != SHEET_READ) {
		problem(req->ask.problems, "file", sandbox_sheet_message(req->ask.arena, kind, name));
		return INVALID;
	}
	return roster_reader_done(reader, out);
}

static enum outcome upload_prepare(struct request *req)
{
	const struct roster_upload_form *form = req->form;
	struct roster_reading *reading = ARENA_NEW(req->ask.arena, struct roster_reading);

	if (form->file.n != 1 || !form->file.at[0].size)
		problem(req->ask.problems, "file", ROSTER_FILE_NONE);
	else if (form->file.at[0].size > (int64_t)form->file.at[0].content.len)
		problem(req->ask.problems, "file", ROSTER_FILE_HEAVY);
	if (!problems_none(req->ask.problems))
		return INVALID;
	TRY(read_list(req, form->file.at[0].name, form->file.at[0].content, reading));
	req->prepared = reading;
	return OK;
}

/* The list is read once before it is kept: what is no list at all is said at once. */
static enum outcome upload_post(struct request *req)
{
	const struct roster_upload_form *form = req->form;
	struct roster roster;
	int64_t id;

	TRY(roster_judge(&req->ask, form->unit, 0, req->prepared, &roster));
	TRY(roster_keep(&req->ask, form->unit, form->file.at[0].name, form->file.at[0].content, &id));
	return redirect_see_other(req, roster_url(req->ask.arena, id));
}

/* ---- the preview ---- */

static void fill_counts(struct request *req, int64_t id, const struct roster *r, int chosen, struct roster_preview *view)
{
	static const char *const labels[ROSTER_VERDICTS] = { "người mới", "không đổi", "có thay đổi", "không nhận" };
	static const char *const smalls[ROSTER_VERDICTS] = { "chưa có trong danh sách", "đã có đúng như vậy", "sẽ sửa theo tệp",
		"xem lý do từng dòng" };
	struct arena *a = req->ask.arena;
	struct count *counts = ARENA_ARRAY(a, struct count, ROSTER_VERDICTS);

	for (size_t i = 0; i < ROSTER_VERDICTS; i++)
		counts[i] = (struct count){ format_int(a, (int64_t)r->counts[i]), labels[i], smalls[i],
			url_query(a, roster_url(a, id), "loc", roster_filters.at[i].code), chosen == (int)i };
	view->counts = (struct counts){ "Kết quả đọc tệp", counts, ROSTER_VERDICTS };
}

static void fill_lines(struct request *req, const struct roster *r, int chosen, struct roster_preview *view)
{
	static const char *const words[ROSTER_VERDICTS] = { "Người mới.", "Không đổi.", "Sửa.", "Không nhận." };
	struct arena *a = req->ask.arena;
	struct roster_line *lines = ARENA_ARRAY(a, struct roster_line, r->n);

	for (size_t i = 0; i < r->n; i++) {
		const struct roster_row *row = &r->rows[i];

		if (chosen >= 0 && (int)row->verdict != chosen)
			continue;
		lines[view->n_lines++] = (struct roster_line){ .line = arena_format(a, "%zu", row->line),
			.name = *row->name ? row->name : "(không có tên)", .birth = format_date(a, row->person.birth),
			.verdict = words[row->verdict],
			.words = row->words, .is_refused = row->verdict == ROSTER_REFUSED, .is_person = row->person_id != 0,
			.href = url_own(a, "/nguoi/%lld", (long long)row->person_id) };
	}
	view->lines = lines;
	view->rows_heading = arena_format(a, "%s dòng", format_int(a, (int64_t)view->n_lines));
}

static enum outcome preview_show(struct request *req)
{
	const struct roster_page_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 4 * MiB);
	struct roster_preview view = { .button = "" };
	struct roster_reading reading;
	struct roster_file file;
	struct roster roster;
	size_t n;

	TRY(roster_kept(&req->ask, form->roster, &file));
	TRY(read_list(req, file.name, file.content, &reading));
	TRY(roster_judge(&req->ask, file.unit_id, 0, &reading, &roster));
	n = roster.counts[ROSTER_NEW] + roster.counts[ROSTER_CHANGED];
	view.heading = arena_format(a, "Xem trước: %s", file.name);
	view.lead = n ? "Chưa có gì được ghi. Dòng không nhận thì sửa trong tệp rồi gửi lại; gửi lại không ghi ai hai lần."
		: "Không còn dòng nào để ghi: những dòng nhận được đã có đúng như vậy trong danh sách.";
	view.may_apply = n > 0;
	view.button = arena_format(a, "Ghi %s dòng", format_int(a, (int64_t)n));
	view.action = roster_url(a, file.id);
	view.back = URL("/danh-sach");
	fill_counts(req, file.id, &roster, form->loc, &view);
	fill_lines(req, &roster, form->loc, &view);
	access_page(req, &view.page, view.heading);
	page_crumbs(&view.page, a, (const struct link[]){ { "Người", URL("/nguoi"), false }, { "Nạp danh sách", URL("/danh-sach"),
		false } }, 2,
		"Xem trước");
	roster_preview_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

struct applying { struct roster_file file; struct roster_reading reading; };

static enum outcome apply_prepare(struct request *req)
{
	struct applying *applying = ARENA_NEW(req->ask.arena, struct applying);

	TRY(roster_kept(&req->ask, ((const struct roster_page_form *)req->form)->roster, &applying->file));
	TRY(read_list(req, applying->file.name, applying->file.content, &applying->reading));
	req->prepared = applying;
	return OK;
}

static enum outcome apply_post(struct request *req)
{
	const struct applying *applying = req->prepared;
	struct roster roster;

	TRY(roster_apply(&req->ask, applying->file.unit_id, 0, &applying->reading, &roster));
	return redirect_see_other(req, roster_url(req->ask.arena, applying->file.id));
}

static const struct route routes[] = {
	GET(READ, "/danh-sach", PERMIT_ROSTER, SEES_NOBODY, roster_form, upload_show)
	POST(WRITE, "/danh-sach", PERMIT_ROSTER, SEES_NOBODY, roster_upload_form, upload_prepare, upload_post,
		.again = upload_show)
	GET(WORK, "/danh-sach/{roster}", PERMIT_ROSTER, SEES_NOBODY, roster_page_form, preview_show)
	POST(WRITE, "/danh-sach/{roster}", PERMIT_ROSTER, SEES_NOBODY, roster_page_form, apply_prepare, apply_post,
	.again = preview_show)
};
const struct route_table roster_table = ROUTES(routes);
