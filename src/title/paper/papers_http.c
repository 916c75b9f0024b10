/* The papers of a commune's round on one page: each in its formats, certificates, all in one ZIP. */
#include "title/paper/paper_http.h"

#include <string.h>

#include "papers_page_html.h"
#include "document/document.h"
#include "registry/access/access_page.h"
#include "registry/access/taking_page.h"
#include "text/format.h"
#include "title/paper/bundle_paper.h"
#include "title/paper/paper_messages.h"
#include "title/paper/paper_view.h"
#include "title/recognition/recognition.h"
#include "title/review/review.h"
#include "title/review/review_page.h"

FORM_DEFINE(papers_form, PAPERS_FORM)
FORM_DEFINE(paper_form, PAPER_FORM)

/* The last four are no single paper. */
const struct choices paper_files = CHOICES({ "bien-ban.docx", "DOCX" }, { "bien-ban.pdf", "PDF" }, { "danh-sach.docx", "DOCX" },
	{ "danh-sach.pdf", "PDF" }, { "danh-sach.xlsx", "XLSX" }, { "to-trinh.docx", "DOCX" }, { "to-trinh.pdf", "PDF" },
	{ "quyet-dinh.docx", "DOCX" }, { "quyet-dinh.pdf", "PDF" }, { "quyet-dinh.xlsx", "XLSX" },
	{ "niem-yet.docx", "DOCX" }, { "niem-yet.pdf", "PDF" },
	{ "niem-yet.xlsx", "XLSX" }, { "kien-nghi.docx", "DOCX" }, { "kien-nghi.pdf", "PDF" },
	{ CERTIFICATES_DOCX, "Một tệp DOCX" }, { CERTIFICATES_PDF, "Một tệp PDF" }, { CERTIFICATES_ZIP,
		"Mỗi giấy một tệp (ZIP)" }, { ALL_ZIP, "Tải tất cả trong một tệp ZIP" });

/* What the page is made from. */
struct material {
	struct unit unit;
	struct round round;
	struct figure_counts counts;
	struct meeting_list meetings;
	struct proposal_list proposals;
	struct decision_list decisions;
};

static OUTCOME gather(struct request *req, int64_t unit_id, int64_t round_id, struct material *m)
{
	struct ask *ask = &req->ask;

	TRY(round_get(ask, round_id, &m->round));
	TRY(work_unit(req, PERMIT_LIST_EDIT, unit_id, &m->unit));
	TRY(figures_of_unit(ask, round_id, unit_id, "", &m->counts));
	TRY(meeting_list(ask, round_id, unit_id, &m->meetings));
	TRY(proposal_list(ask, round_id, unit_id, &m->proposals));
	return decision_list(ask, round_id, unit_id, &m->decisions);
}

/* ---- the page ---- */

static const char *paper_why(struct arena *a, const struct material *m, enum paper paper)
{
	int64_t listed = m->counts.states[SHEET_LISTED] + m->counts.states[SHEET_POSTED];

	switch (paper) {
	case PAPER_MINUTES:
		return m->meetings.n ? arena_format(a, "họp ngày %s", format_date(a,
			m->meetings.at[0].held_on)) : "chưa ghi người dự họp";
	case PAPER_POSTING:
		return "họ tên, năm sinh, ấp";
	case PAPER_OBJECTION:
		return "để bà con ghi tay";
	case PAPER_LIST: case PAPER_PROPOSAL: case PAPER_DECISION: case PAPERS:
		break;
	}
	return m->proposals.n ? arena_format(a, "%s người trong tờ trình %s", format_int(a, m->proposals.at[0].people),
		m->proposals.at[0].number)
		: arena_format(a, "%s người đạt đến hôm nay", format_int(a, listed));
}

static OUTCOME fill_papers(struct request *req, const struct material *m, struct papers_page *view)
{
	struct arena *a = req->ask.arena;
	static const enum document_format formats[] = { DOCUMENT_DOCX, DOCUMENT_PDF, DOCUMENT_XLSX };
	static const char *const labels[] = { "DOCX", "PDF", "XLSX" };
	struct paper_line *lines = ARENA_ARRAY(a, struct paper_line, PAPERS);

	for (size_t p = 0; p < PAPERS; p++) {
		struct file_button *buttons = ARENA_ARRAY(a, struct file_button, COUNT(formats));
		bool has[DOCUMENT_XLSX + 1];

		TRY(bundle_formats(&req->ask, (enum paper)p, &m->unit, has));
		lines[p] = (struct paper_line){ paper_title((enum paper)p), paper_why(a, m, (enum paper)p), buttons, 0,
			p == PAPER_MINUTES && m->meetings.n ? url_own(a, "/xa/bien-ban/%lld", (long long)m->meetings.at[0].id)
			: URL_NONE };
		for (size_t i = 0; i < COUNT(formats); i++)
			if (has[formats[i]])
				buttons[lines[p].n_buttons++] = (struct file_button){ arena_format(a, "%s.%s",
					paper_code((enum paper)p), document_format_ending(formats[i])), labels[i] };
	}
	view->papers = lines;
	view->n_papers = PAPERS;
	return OK;
}

static void fill_certificates(struct arena *a, const struct material *m, struct papers_page *view)
{
	int64_t people = 0;

	for (size_t i = 0; i < m->decisions.n; i++)
		people += m->decisions.at[i].revokes ? 0 : m->decisions.at[i].people;
	view->has_certificates = people > 0;
	view->certificates_why = people ? arena_format(a, "%s người được công nhận", format_int(a, people)) :
		"có khi có quyết định";
	view->certificates_docx = CERTIFICATES_DOCX;
	view->certificates_pdf = CERTIFICATES_PDF;
	view->certificates_zip = CERTIFICATES_ZIP;
	view->all_zip = ALL_ZIP;
}

static OUTCOME papers_answer(struct request *req, int64_t unit_id, int64_t round_id)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 1 * MiB);
	struct papers_page view = { .note =
		"Giấy mang chữ “DỰ THẢO” cho tới khi có quyết định. Mỗi lần tải được ghi vào nhật ký." };
	struct material m;
	struct url back;

	TRY(gather(req, unit_id, round_id, &m));
	view.heading = arena_format(a, "Giấy tờ năm %d: %s", m.round.year, unit_in_sentence(a, m.unit.name));
	access_page(req, &view.page, view.heading);
	TRY(work_context(req, &view.page, &m.unit, &m.round, STAGE_RECOGNISE, "/xa"));
	back = url_query_int(a, url_query_int(a, URL("/xa"), "unit", (long long)unit_id), "nam", (long long)round_id);
	page_crumbs(&view.page, a, &(struct link){ arena_format(a, "%s, năm %d", m.unit.name, m.round.year), back, false }, 1,
		"Giấy tờ");
	view.action = url_own(a, "/xa/giay-to/%lld/%lld", (long long)unit_id, (long long)round_id);
	TRY(fill_papers(req, &m, &view));
	fill_certificates(a, &m, &view);
	request_form(req, &paper_form_def, &(struct paper_form){ .unit = unit_id, .round = round_id }, &view.form);
	papers_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome papers_show(struct request *req)
{
	const struct papers_form *form = req->form;

	return papers_answer(req, form->unit, form->round);
}

static enum outcome papers_again(struct request *req)
{
	const struct paper_form *form = req->form;

	return papers_answer(req, form->unit, form->round);
}

/* ---- files ---- */

/* Names leave the house: into the journal first, then the file. */
static enum outcome papers_post(struct request *req)
{
	const struct paper_form *f = req->form;
	const char *file = paper_files.at[f->tep].code, *dot = strchr(file, '.');
	struct url to;

	if (f->trang.is && strcmp(dot, ".pdf") != 0) {
		problem(req->ask.problems, "trang", PAPER_PAGE_OF_PDF);
		return INVALID;
	}
	TRY(access_require(&req->ask, PERMIT_LIST_EDIT, f->unit));
	TRY(review_note_export(&req->ask, f->round, f->unit, arena_textn(req->ask.arena, file, (size_t)(dot - file)), dot + 1));
	to = url_own(req->ask.arena, "/xa/giay-to/%lld/%lld/%s", (long long)f->unit, (long long)f->round, file);
	return taking_redirect(req, f->trang.is ? url_query_int(req->ask.arena, to, "trang", (long long)f->trang.value) : to);
}

/* One page again, of a PDF. A number that is none of its pages is the reader's mistake. */
static OUTCOME one_page(struct request *req, const struct paper_form *f, const char *title, struct bytes *file)
{
	struct buf page = BUF(req->ask.arena, .max = 8 * MiB);
	enum outcome taken = document_page_of(*file, (int)f->trang.value, title, &page);

	if (taken == NOT_FOUND) {
		problem(req->ask.problems, "trang", paper_page_none(req->ask.arena, f->trang.value));
		return INVALID;
	}
	*file = buf_bytes(&page);
	return taken;
}

static OUTCOME make_file(struct request *req, const char *name, const struct unit *unit, const struct round *round,
	struct bytes *out)
{
	struct scratch *spill = scratch_new(req->ask.arena);
	struct sink sink = scratch_sink(spill);

	if (!strcmp(name, CERTIFICATES_PDF))
		TRY(bundle_certificates(&req->ask, unit, round, DOCUMENT_PDF, sink));
	else if (!strcmp(name, CERTIFICATES_DOCX))
		TRY(bundle_certificates(&req->ask, unit, round, DOCUMENT_DOCX, sink));
	else if (!strcmp(name, CERTIFICATES_ZIP))
		TRY(bundle_certificates_each(&req->ask, unit, round, sink));
	else
		TRY(bundle_all(&req->ask, unit, round, sink));
	return scratch_bytes(spill, out);
}

static enum outcome papers_file(struct request *req)
{
	const struct paper_form *f = req->form;
	struct arena *a = req->ask.arena;
	const char *name = paper_files.at[f->tep].code, *ending = strrchr(name, '.') + 1, *title = "Giấy chứng nhận";
	const char *type = "application/zip";
	enum document_format format;
	enum paper paper;
	struct round round;
	struct unit unit;
	struct bytes file;

	TRY(round_get(&req->ask, f->round, &round));
	TRY(work_unit(req, PERMIT_LIST_EDIT, f->unit, &unit));
	TRY(taking_was_noted(req));
	if (paper_of_code(arena_textn(a, name, strlen(name) - strlen(ending) - 1), &paper) && document_format_of(ending,
		&format)) {
		TRY(bundle_paper(&req->ask, paper, format, &unit, &round, &file));
		title = paper_title(paper);
	} else {
		TRY(make_file(req, name, &unit, &round, &file));
		title = strcmp(name, ALL_ZIP) ? title : "Giấy tờ";
	}
	if (document_format_of(ending, &format))
		type = document_format_type(format);
	if (f->trang.is && !strcmp(ending, "pdf")) {
		title = arena_format(a, "%s, trang %lld,", title, (long long)f->trang.value);
		TRY(one_page(req, f, title, &file));
	}
	return respond_file(req, type, arena_format(a, "%s %s %d.%s", title, unit.name, round.year, ending), file, true);
}

static const struct route routes[] = {
	GET(READ, "/xa/giay-to/{unit}/{round}", PERMIT_LIST_EDIT, SEES_NOBODY, papers_form, papers_show)
	POST(WRITE, "/xa/giay-to/{unit}/{round}", PERMIT_LIST_EDIT, SEES_NOBODY, paper_form, NO_PREPARE, papers_post,
		.again = papers_again)
	GET(WORK, "/xa/giay-to/{unit}/{round}/{tep}", PERMIT_LIST_EDIT, SEES_NOBODY, paper_form, papers_file,
		.again = papers_again)
};
const struct route_table papers_table = ROUTES(routes);
