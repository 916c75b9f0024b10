/* The page of reports: unit, round, period and day are chosen; what the report will say is shown, and taken as a file. */
#include "figures/reports/reports_http.h"

#include <string.h>

#include "base/day.h"
#include "figures/reports/reports.h"
#include "figures/reports/reports_paper.h"
#include "figures/reports/reports_view.h"
#include "html/page.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "report_page_html.h"
#include "text/format.h"

FORM_DEFINE(report_form, REPORT_FORM)
FORM_DEFINE(report_file_form, REPORT_FILE_FORM)

const struct choices report_periods = CHOICES({ "6-thang", "6 tháng đầu năm" }, { "nam", "Cả năm" });
const struct choices report_formats = CHOICES({ "pdf", "PDF" }, { "docx", "DOCX" }, { "xlsx", "XLSX" }, { "csv", "CSV" });

struct asked { int64_t unit; enum report_period period; enum boundaries units; const char *as_of; struct round round; };

static OUTCOME asked_of(struct request *req, int64_t unit, struct maybe year, int period, int units, const char *as_of,
	struct asked *out)
{
	*out = (struct asked){ .unit = unit, .period = period == REPORT_HALF ? REPORT_HALF : REPORT_YEAR, .as_of = as_of,
		.units = units == BOUNDARIES_NOW ? BOUNDARIES_NOW : BOUNDARIES_OWN };
	if (!unit)
		TRY(access_home(&req->ask, PERMIT_FIGURES_READ, &out->unit));
	TRY(access_require(&req->ask, PERMIT_FIGURES_READ, out->unit));
	return year.is ? round_get(&req->ask, year.value, &out->round) : round_newest(&req->ask, &out->round);
}

/* ---- the form ---- */

static struct field_option option(struct arena *a, int64_t value, const char *label, bool chosen)
{
	return (struct field_option){ arena_format(a, "%lld", (long long)value), label, "", chosen };
}

/* The actor's unit and those directly below; another one that was asked for stands first. */
static OUTCOME unit_options(struct request *req, const struct asked *asked, struct field *field)
{
	struct arena *a = req->ask.arena;
	const char *day = arena_text(a, day_of(req->ask.now).text);
	struct unit home, chosen;
	struct unit_list children;
	struct field_option *options;
	int64_t home_id;
	bool found = false;

	TRY(access_home(&req->ask, PERMIT_FIGURES_READ, &home_id));
	TRY(tree_get_last(&req->ask, home_id, &home));
	TRY(tree_get_last(&req->ask, asked->unit, &chosen));
	TRY(tree_children(&req->ask, home.id, day, NULL, &children));
	options = ARENA_ARRAY(a, struct field_option, children.n + 2);
	options[field->n_options++] = option(a, home.id, home.name, home.id == chosen.id);
	found = home.id == chosen.id;
	for (size_t i = 0; i < children.n; i++) {
		options[field->n_options++] = option(a, children.at[i].id, children.at[i].name, children.at[i].id == chosen.id);
		found |= children.at[i].id == chosen.id;
	}
	if (!found)
		options[field->n_options++] = option(a, chosen.id, chosen.name, true);
	field->options = options;
	return OK;
}

static OUTCOME round_options(struct request *req, const struct asked *asked, struct field *field)
{
	struct round_list rounds;
	struct field_option *options;

	TRY(round_list(&req->ask, &rounds));
	options = ARENA_ARRAY(req->ask.arena, struct field_option, rounds.n);
	for (size_t i = 0; i < rounds.n; i++)
		options[i] = option(req->ask.arena, rounds.at[i].year, arena_format(req->ask.arena, "Năm %d", rounds.at[i].year),
			rounds.at[i].id == asked->round.id);
	field->options = options;
	field->n_options = rounds.n;
	return OK;
}

static OUTCOME fill_form(struct request *req, const struct asked *asked, struct report_page *view)
{
	request_form(req, &report_form_def, &(struct report_form){ .unit = asked->unit, .dot = SOME(asked->round.year),
		.ky = (int)asked->period, .units = (int)asked->units, .as_of = asked->as_of }, &view->form);
	view->form.unit.n_options = 0;
	/* a choice always stands there */
	view->form.unit.optional = view->form.dot.optional = view->form.ky.optional = view->form.units.optional = false;
	TRY(unit_options(req, asked, &view->form.unit));
	return round_options(req, asked, &view->form.dot);
}

/* ---- the figures ---- */

static const char *maybe_words(struct arena *a, struct maybe m) { return m.is ? format_int(a, m.value) : "chưa có"; }

static struct report_row row_of(struct arena *a, const struct report_line *l)
{
	return (struct report_row){ l->name, maybe_words(a, l->adults), format_int(a, l->registered), format_int(a, l->submitted),
		format_int(a, l->recognised), format_percent(a, l->recognised, l->registered),
		format_percent(a, l->recognised, l->adults.is ? l->adults.value : 0), maybe_words(a, l->recognised_before) };
}

static struct url file_url(struct arena *a, const struct asked *asked, const char *format)
{
	struct url url =
		url_query_int(a, url_own(a, "/bao-cao/%lld/%s", (long long)asked->unit, format), "dot", asked->round.year);

	url = url_query(a, url, "ky", report_periods.at[asked->period].code);
	if (asked->units == BOUNDARIES_NOW)
		url = url_query(a, url, "units", boundary_choices.at[asked->units].code);
	return *asked->as_of ? url_query(a, url, "as_of", asked->as_of) : url;
}

static void fill_result(struct request *req, const struct asked *asked, const struct report *r, struct report_page *view)
{
	struct arena *a = req->ask.arena;
	struct report_row *rows = ARENA_ARRAY(a, struct report_row, r->n_lines);

	for (size_t i = 0; i < r->n_lines; i++)
		rows[i] = row_of(a, &r->lines[i]);
	view->rows = rows;
	view->n_rows = r->unit.level == LEVEL_LEAF ? 0 : r->n_lines;
	view->total = row_of(a, &r->total);
	view->heading =
		arena_format(a, "%s, %snăm %d", r->unit.name, r->period == REPORT_HALF ? "6 tháng đầu " : "", r->round.year);
	view->cut_off = arena_format(a, "Số liệu tính đến hết ngày %s, theo %s.", format_date(a, r->as_of),
		report_units_words(r->units));
	view->pdf_href = file_url(a, asked, "pdf");
	view->docx_href = file_url(a, asked, "docx");
	view->xlsx_href = file_url(a, asked, "xlsx");
	view->csv_href = file_url(a, asked, "csv");
	view->has_result = true;
}

static OUTCOME result_of(struct request *req, const struct asked *asked, struct report *out)
{
	return report_result(&req->ask, &(struct report_asked){ asked->round.id, asked->unit, asked->period, asked->units,
		asked->as_of }, out);
}

static enum outcome report_show(struct request *req)
{
	const struct report_form *form = req->form;
	struct buf page = BUF(req->ask.arena, .max = 2 * MiB);
	struct report_page view = { .heading = "", .cut_off = "", .empty = { .title = "" } };
	struct asked asked;
	struct report report;
	enum outcome found = asked_of(req, form->unit, form->dot, form->ky, form->units, form->as_of, &asked);

	if (found == NOT_FOUND && !form->dot.is) {
		view.empty = (struct empty){.title = "Chưa có đợt nào",
					    .text = "Hội Khuyến học tỉnh mở đợt đầu tiên, rồi báo cáo có số liệu."};
		access_page(req, &view.page, "Báo cáo kết quả");
		report_page_html(&page, &view);
		return respond_html(req, HTTP_OK, &page);
	}
	TRY(found);
	if (problems_none(req->ask.problems)) {
		found = result_of(req, &asked, &report);
		if (found != INVALID)
			TRY(found);
		if (found == OK)
			fill_result(req, &asked, &report, &view);
	}
	access_page(req, &view.page, "Báo cáo kết quả");
	TRY(fill_form(req, &asked, &view));
	report_page_html(&page, &view);
	return respond_html(req, problems_none(req->ask.problems) ? HTTP_OK : HTTP_UNPROCESSABLE, &page);
}

static enum outcome report_file(struct request *req)
{
	const struct report_file_form *form = req->form;
	struct buf file = BUF(req->ask.arena, .max = 16 * MiB);
	const char *ending = report_formats.at[form->format].code;
	enum document_format format;
	struct asked asked;
	struct report report;

	BUG_ON(!document_format_of(ending, &format));
	TRY(asked_of(req, form->unit, form->dot, form->ky, form->units, form->as_of, &asked));
	TRY(result_of(req, &asked, &report));
	TRY(document_render(report_paper(&req->ask, &report), format, sink_buf(&file)));
	return respond_file(req, document_format_type(format), report_file_name(req->ask.arena, &report, ending),
			    buf_bytes(&file), false);
}

static const struct route reports_routes[] = {
	GET(WORK, "/bao-cao", PERMIT_FIGURES_READ, SEES_NOBODY, report_form, report_show, .again = report_show)
	GET(WORK, "/bao-cao/{unit}/{format}", PERMIT_FIGURES_READ, SEES_NOBODY, report_file_form, report_file)
};
const struct route_table reports_table = ROUTES(reports_routes);
