/* Evidence of a sheet: files and statements added, linked to an indicator, taken away. */
#include <string.h>

#include "http/route.h"
#include "registry/access/access_page.h"
#include "sheet_evidence_html.h"
#include "text/format.h"
#include "title/assessments/sheet_place_http.h"
#include "title/assessments/sheet_words_http.h"
#include "title/evidence/evidence_page.h"

FORM_DEFINE(sheet_evidence_form, SHEET_EVIDENCE_FORM)
FORM_DEFINE(sheet_upload_form, SHEET_UPLOAD_FORM)
FORM_DEFINE(sheet_link_form, SHEET_LINK_FORM)
FORM_DEFINE(sheet_remove_form, SHEET_REMOVE_FORM)

#define NOTHING_SENT "Chưa có gì để gửi. Chọn một hay nhiều ảnh, hoặc kể lại bằng một câu."

enum { FILES_FIELD = 3 };               /* its place in SHEET_UPLOAD_FORM */

static int indicator_of(struct maybe m)
{
	return m.is ? (int)m.value : 0;
}

static struct url page_url(struct arena *a, struct sheet_key key, int indicator)
{
	struct url url = sheet_url(a, key, "minh-chung");

	return indicator ? url_query_int(a, url, "indicator", indicator) : url;
}

static const struct field_option *indicator_options(struct arena *a, const struct criteria *c, int chosen)
{
	struct field_option *options = ARENA_ARRAY(a, struct field_option, c->n_indicators);

	for (size_t i = 0; i < c->n_indicators; i++)
		options[i] = (struct field_option){ arena_format(a, "%zu", i + 1), arena_format(a, "%zu. %s", i + 1,
			c->indicators[i].short_title), "", (int)i + 1 == chosen };
	return options;
}

static void fill_forms(struct request *req, const struct sheet_place *p, int indicator, struct sheet_evidence_page *view)
{
	struct arena *a = req->ask.arena;

	request_form(req, &sheet_upload_form_def,
		&(struct sheet_upload_form){ .indicator = indicator ? SOME(indicator) : NONE, .words = "",
		.helper = p->sheet.helper, .consent = p->sheet.consent},
		&view->form);
	view->form.indicator.options = indicator_options(a, p->criteria, indicator);
	view->form.indicator.n_options = p->criteria->n_indicators;
	view->form.files.max = (int64_t)sheet_upload_form_def.fields[FILES_FIELD].max_bytes;
	view->help = sheet_help_view(p, view->form.helper, view->form.consent);
	view->indicator = indicator ? arena_format(a, "%d", indicator) : "";
	view->link_action = sheet_url(a, p->sheet.key, "gan");
	view->remove_action = sheet_url(a, p->sheet.key, "bo");
	view->go_on = indicator ? (struct link){arena_format(a, "Quay lại chấm chỉ số %d", indicator),
		sheet_score_url(a, p->sheet.key, indicator), false}
				: (struct link){"Quay lại phiếu", sheet_url(a, p->sheet.key, ""), false};
}

/* `files`: of an upload that was kept in part, else NULL. */
static OUTCOME show(struct request *req, struct sheet_key key, int indicator, const struct evidence_files *files)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 2 * MiB);
	struct sheet_evidence_page view = { 0 };
	struct sheet_place p;

	TRY(sheet_place(req, key.person_id, key.round_id, true, false, &p));
	if (!p.has_sheet)
		return sheet_register_first(req, &p);
	if (indicator > (int)p.criteria->n_indicators)
		return NOT_FOUND;
	sheet_top(req, &p, "minh-chung", indicator ? arena_format(a, "Minh chứng cho chỉ số %d", indicator) : "Minh chứng",
		&view.at);
	if (indicator)
		view.at.lead = p.criteria->indicators[indicator - 1].title;
	if (files && files->n_good)
		page_notice(&view.at.page, NOTICE_DONE,
			arena_format(a, "Đã lưu %zu tệp, còn %zu tệp chưa nhận", files->n_good, files->n - files->n_good),
			"Tệp đã lưu nằm trong danh sách bên dưới. Chỉ gửi lại những tệp chưa nhận.", "", URL_NONE);
	if (!files)
		TRY(sheet_say_closed(req, &p, &view.at));
	fill_forms(req, &p, indicator, &view);
	if (files)
		view.form.words.value = "";    /* they are kept by now */
	TRY(sheet_evidence(req, &p, indicator, false, &view.evidence, &view.n_evidence));
	view.list_heading = view.n_evidence ? arena_format(a, "%zu minh chứng đã có", view.n_evidence) : "Chưa có minh chứng nào";
	sheet_evidence_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* All forms of this page begin with person and round; where the indicator stands differs. */
static int indicator_of_form(const struct request *req)
{
	if (req->route->form == &sheet_upload_form_def)
		return indicator_of(((const struct sheet_upload_form *)req->form)->indicator);
	if (req->route->form == &sheet_remove_form_def)
		return indicator_of(((const struct sheet_remove_form *)req->form)->indicator);
	if (req->route->form == &sheet_link_form_def)
		return (int)((const struct sheet_link_form *)req->form)->indicator;
	return indicator_of(((const struct sheet_evidence_form *)req->form)->indicator);
}

enum outcome sheet_evidence_show(struct request *req)
{
	const struct sheet_at_form *path = req->form;

	return show(req, (struct sheet_key){ path->person, path->round }, indicator_of_form(req), NULL);
}

/* ---- files ---- */

static void name_refused(struct request *req, const struct evidence_files *files)
{
	for (size_t i = 0; i < files->n; i++)
		if (*files->at[i].refused)
			problem(req->ask.problems, "files", files->at[i].refused);
}

/* Nothing of a stranger's is read for a sheet that is not theirs to change, or not now. */
enum outcome sheet_upload_prepare(struct request *req)
{
	const struct sheet_upload_form *form = req->form;
	struct evidence_files *files = ARENA_NEW(req->ask.arena, struct evidence_files);
	struct sheet_place p;
	bool open;

	TRY(sheet_place(req, form->person, form->round, true, true, &p));
	TRY(sheet_is_open(&req->ask, &p.sheet, &open));
	if (!open)
		return INVALID;
	TRY(evidence_prepare(&req->ask, &form->files, files));
	if (!files->n && !*form->words)
		problem(req->ask.problems, "files", NOTHING_SENT);
	if (files->n_good || *form->words) {
		req->prepared = files;
		return OK;
	}
	name_refused(req, files);
	return INVALID;
}

enum outcome sheet_upload_post(struct request *req)
{
	const struct sheet_upload_form *form = req->form;
	const struct evidence_files *files = req->prepared;
	struct sheet_key key = { form->person, form->round };
	int indicator = indicator_of(form->indicator);
	struct sheet_help room;
	const struct sheet_help *help = sheet_help_of(req, form->person, form->helper, form->consent, &room);

	if (*form->words)
		TRY(sheet_add_statement(&req->ask, key, indicator, form->words, help));
	TRY(sheet_add_files(&req->ask, key, indicator, files, help));
	if (files->n_good == files->n)
		return redirect_see_other(req, page_url(req->ask.arena, key, indicator));
	name_refused(req, files);
	req->response.forget = true; /* sent again it is read again: what is kept by then is known and not kept twice */
	return show(req, key, indicator, files);
}

/* ---- links, removal ---- */

enum outcome sheet_link_post(struct request *req)
{
	const struct sheet_link_form *form = req->form;
	struct sheet_key key = { form->person, form->round };

	TRY(sheet_link(&req->ask, key, (int)form->indicator, form->evidence, form->linked, NULL));
	return redirect_see_other(req, page_url(req->ask.arena, key, (int)form->indicator));
}

enum outcome sheet_remove_post(struct request *req)
{
	const struct sheet_remove_form *form = req->form;
	struct sheet_key key = { form->person, form->round };

	TRY(sheet_remove_evidence(&req->ask, key, form->evidence, form->version, NULL));
	return redirect_see_other(req, page_url(req->ask.arena, key, indicator_of(form->indicator)));
}
