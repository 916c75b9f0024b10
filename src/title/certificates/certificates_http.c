/* Pages of certificates: everybody checks a code; its owner and officers take the paper; the authority issues it again. */
#include "title/certificates/certificates_http.h"

#include <string.h>

#include "base/day.h"
#include "base/id.h"
#include "document/document.h"
#include "holder_page_html.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/people/people.h"
#include "reissue_page_html.h"
#include "text/format.h"
#include "title/certificates/certificates.h"
#include "title/certificates/certificates_messages.h"
#include "title/certificates/certificates_page.h"
#include "title/certificates/papers.h"
#include "title/certificates/certificates_view.h"
#include "verify_page_html.h"

FORM_DEFINE(verify_form, VERIFY_FORM)
FORM_DEFINE(verify_code_form, VERIFY_CODE_FORM)
FORM_DEFINE(holder_form, HOLDER_FORM)
FORM_DEFINE(paper_code_form, PAPER_CODE_FORM)
FORM_DEFINE(reissue_form, REISSUE_FORM)

/* ---- the public check ---- */

static const char *status_words(const struct certificate_row *c, bool past)
{
	if (c->condition == CERTIFICATE_REVOKED)
		return "Giấy chứng nhận đã bị thu hồi";
	if (c->condition == CERTIFICATE_REPLACED)
		return "Giấy chứng nhận đã được thay bằng giấy khác";
	return past ? "Giấy chứng nhận đã hết hiệu lực" : "Giấy chứng nhận có giá trị";
}

/* All that a stranger sees of a person: model.md and the form say name, year of birth, year, decision, status. */
static void fill_facts(struct request *req, const struct certificate_row *c, struct facts *out)
{
	struct arena *a = req->ask.arena;
	struct fact *facts = ARENA_ARRAY(a, struct fact, 6);

	facts[0] = (struct fact){ "Họ và tên", c->name, "name" };
	facts[1] = (struct fact){ "Năm sinh", arena_format(a, "%d", day_year(c->birth)), "" };
	facts[2] = (struct fact){ "Danh hiệu", arena_format(a, "Công dân học tập năm %lld", (long long)c->round_id), "" };
	facts[3] = (struct fact){ c->condition == CERTIFICATE_REVOKED ? "Quyết định công nhận cũ" : "Quyết định",
		arena_format(a, "Số %s ngày %s", c->decision_number, format_date(a, c->decision_day)), "" };
	facts[4] = (struct fact){ "Cơ quan công nhận", c->authority, "" };
	facts[5] = (struct fact){ "Mã giấy", certificate_code_shown(a, c->code), "code" };
	*out = (struct facts){ facts, 6 };
}

static void fill_found(struct request *req, const struct certificate_row *c, struct verify_page *view)
{
	struct arena *a = req->ask.arena;
	bool past = strcmp(c->valid_until, day_of(req->ask.now).text) < 0;

	view->heading = status_words(c, past);
	view->is_valid = c->condition == CERTIFICATE_VALID && !past;
	view->is_over = !view->is_valid;
	if (view->is_valid)
		view->lead = arena_format(a, "Xem lúc %s, theo sổ của cơ quan công nhận. Có giá trị đến hết ngày %s.",
			format_moment(a, req->ask.now), format_date(a, c->valid_until));
	else if (c->condition == CERTIFICATE_VALID)
		view->lead = arena_format(a, "Giấy là thật. Danh hiệu có giá trị đến hết ngày %s.", format_date(a,
			c->valid_until));
	else
		view->lead = arena_format(a, "Không còn dùng được từ ngày %s.", format_date(a, c->ended_on));
	view->beside = view->is_valid
		? "Hãy so họ tên, năm sinh và số quyết định ở đây với tờ giấy đang cầm. Khác một chữ là giấy không đúng. Trang "
			"này không cho "
		  "thấy điểm, địa chỉ hay số định danh của ai."
		: c->condition == CERTIFICATE_REVOKED
		? "Lý do thu hồi không công bố ở đây. Người có tên xem lý do trong phiếu của mình và có quyền kiến nghị với cơ "
			"quan ra quyết định."
		: "";
	fill_facts(req, c, &view->facts);
}

static OUTCOME verify_answer(struct request *req, int status, struct verify_page *view, const char *typed)
{
	struct buf page = BUF(req->ask.arena);

	request_form(req, &verify_form_def, &(struct verify_form){ .ma = typed }, &view->form);
	view->form.ma.optional = false;          /* on the page it is the one question; only the address may come without */
	verify_page_html(&page, view);
	return respond_html(req, status, &page);
}

static enum outcome verify_typed(struct request *req, const char *typed)
{
	struct verify_page view = { .heading = CERTIFICATE_UNKNOWN, .lead = "", .beside = "",
		.form_heading = "Xác minh giấy khác" };
	struct certificate_row c;
	char code[CODE_MAX + 1];
	enum outcome found = NOT_FOUND;

	if (code_read(typed, code, CODE_CERTIFICATE_LEN))
		found = certificate_by_code(&req->ask, code, &c);
	if (found != OK && found != NOT_FOUND)
		return found;
	access_page_read(req, &view.page, "Xác minh giấy chứng nhận");
	if (found == OK) {
		fill_found(req, &c, &view);
		return verify_answer(req, HTTP_OK, &view, "");
	}
	view.is_unknown = true;
	view.heading = "Không có giấy nào mang mã này";
	view.lead = "So từng chữ với tờ giấy; hay nhầm 8 với B, 5 với S. Đã so đúng mà vẫn không có thì tờ giấy này không do "
		"hệ thống cấp.";
	view.form_heading = "Gõ lại mã";
	return verify_answer(req, HTTP_NOT_FOUND, &view, typed);
}

static enum outcome verify_start(struct request *req)
{
	const struct verify_form *form = req->form;
	struct verify_page view = { .heading = "Xác minh giấy chứng nhận Công dân học tập", .beside = "", .form_heading = "",
		.lead = "Gõ mã in dưới ô vuông QR của tờ giấy. Ai cũng xem được, không cần tài khoản." };

	if (*form->ma)
		return verify_typed(req, form->ma);
	access_page_read(req, &view.page, "Xác minh giấy chứng nhận");
	return verify_answer(req, HTTP_OK, &view, "");
}

static enum outcome verify_show(struct request *req)
{
	return verify_typed(req, ((const struct verify_code_form *)req->form)->code);
}

/* ---- the paper ---- */

static OUTCOME certificate_typed(struct request *req, const char *typed, struct certificate_row *out)
{
	char code[CODE_MAX + 1];

	return code_read(typed, code, CODE_CERTIFICATE_LEN) ? certificate_by_code(&req->ask, code, out) : NOT_FOUND;
}

/* The certificate with that code, for its holder and the officers above. */
static OUTCOME certificate_asked(struct request *req, const char *typed, struct certificate_row *out, struct person *person)
{
	TRY(certificate_typed(req, typed, out));
	TRY(person_get(&req->ask, out->person_id, person));
	return access_require_person(&req->ask, PERMIT_SHEET_READ, out->person_id, person->leaf_id);
}

static const char *holder_lead(struct arena *a, const struct certificate_row *c, bool past)
{
	if (c->condition == CERTIFICATE_REVOKED)
		return arena_format(a, "Thu hồi ngày %s: %s", format_date(a, c->ended_on), c->revoked_reason);
	if (c->condition == CERTIFICATE_REPLACED)
		return arena_format(a, "Được thay bằng giấy khác ngày %s.", format_date(a, c->ended_on));
	return past ? arena_format(a, "Danh hiệu có giá trị đến hết ngày %s, nay đã hết.",
		format_date(a, c->valid_until)) : arena_format(a, "Có giá trị đến hết ngày %s.", format_date(a, c->valid_until));
}

static void holder_links(struct request *req, const struct certificate_row *c, bool is_own, struct holder_page *view)
{
	struct arena *a = req->ask.arena;
	struct url pdf = url_own(a, "/giay/%s/pdf", c->code);
	bool valid = c->condition == CERTIFICATE_VALID;

	view->pdf_href = valid && is_own ? pdf : URL_NONE;
	view->export_action = valid && !is_own ? url_own(a, "/giay/%s/tai", c->code) : URL_NONE;
	view->verify_href = url_own(a, "/xac-minh/%s", c->code);
	view->sheet_href = url_own(a, "/phieu/%lld/%lld", (long long)c->person_id, (long long)c->round_id);
}

static OUTCOME holder_answer(struct request *req, const struct certificate_row *c)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	bool may_reissue, past = strcmp(c->valid_until, day_of(req->ask.now).text) < 0;
	struct holder_page view = { .heading = arena_format(a, "Giấy chứng nhận Công dân học tập năm %lld",
		(long long)c->round_id) };

	access_page(req, &view.page, view.heading);
	view.lead = holder_lead(a, c, past);
	fill_facts(req, c, &view.facts);
	holder_links(req, c, req->ask.actor->person_id == c->person_id, &view);
	page_crumbs(&view.page, a, &(struct link){ arena_format(a, "Phiếu năm %lld", (long long)c->round_id), view.sheet_href,
		false }, 1, "Giấy chứng nhận");
	TRY(access_may_on(&req->ask, PERMIT_CERTIFICATE_EDIT, c->authority_unit_id, &may_reissue));
	view.reissue_href = may_reissue && c->condition == CERTIFICATE_VALID ? url_own(a, "/giay/%s/cap-lai", c->code) : URL_NONE;
	holder_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome holder_show(struct request *req)
{
	const struct holder_form *form = req->form;
	struct certificate_row c;
	struct person person;

	TRY(person_get(&req->ask, form->person, &person));
	TRY(access_require_person(&req->ask, PERMIT_SHEET_READ, form->person, person.leaf_id));
	TRY(certificate_of(&req->ask, form->person, form->round, &c));
	return holder_answer(req, &c);
}

static enum outcome export_again(struct request *req)
{
	struct certificate_row c;
	struct person person;

	TRY(certificate_asked(req, ((const struct verify_code_form *)req->form)->code, &c, &person));
	return holder_answer(req, &c);
}

static enum outcome export_post(struct request *req)
{
	struct certificate_row c;
	struct person person;

	TRY(certificate_asked(req, ((const struct verify_code_form *)req->form)->code, &c, &person));
	TRY(certificate_note_export(&req->ask, &c, person.leaf_id));
	return redirect_see_other(req, url_own(req->ask.arena, "/giay/%s/pdf", c.code));
}

static enum outcome certificate_file(struct request *req)
{
	struct buf file = BUF(req->ask.arena, .max = 4 * MiB);
	struct certificate_row c;
	struct document *paper;
	struct person person;

	TRY(certificate_asked(req, ((const struct paper_code_form *)req->form)->code, &c, &person));
	if (c.condition != CERTIFICATE_VALID)
		return redirect_see_other(req, url_own(req->ask.arena, "/xac-minh/%s", c.code));
	TRY(certificate_paper(&req->ask, &c, &paper));
	TRY(document_render(paper, DOCUMENT_PDF, sink_buf(&file)));
	req->seen_person = c.person_id;
	return respond_file(req, document_format_type(DOCUMENT_PDF), arena_format(req->ask.arena, "Giấy chứng nhận %s %lld.pdf",
		c.name,
		(long long)c.round_id), buf_bytes(&file), true);
}

OUTCOME certificates_respond(struct request *req, int64_t decision_id, int64_t skip)
{
	struct buf file = BUF(req->ask.arena, .max = 24 * MiB);
	struct certificate_list first;
	struct document *paper;
	int64_t after;

	TRY(certificates_of_decision(&req->ask, decision_id, 0, &first));
	if (!first.n)
		return NOT_FOUND;
	after = first.at[0].book_number - 1 + skip;
	TRY(certificates_paper(&req->ask, decision_id, after, CERTIFICATES_FILE, &paper));
	TRY(document_render(paper, DOCUMENT_PDF, sink_buf(&file)));
	return respond_file(req, document_format_type(DOCUMENT_PDF), arena_format(req->ask.arena,
		"Giấy chứng nhận %lld từ số %lld.pdf", (long long)first.at[0].round_id, (long long)after + 1), buf_bytes(&file),
		true);
}

/* ---- once more ---- */

static enum outcome reissue_show(struct request *req)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct reissue_page view = { .heading = "Cấp lại giấy chứng nhận" };
	struct certificate_row c;

	TRY(certificate_typed(req, req->is_post ? ((const struct reissue_form *)req->form)->code
		: ((const struct verify_code_form *)req->form)->code, &c));
	TRY(access_require(&req->ask, PERMIT_CERTIFICATE_EDIT, c.authority_unit_id));
	access_page(req, &view.page, view.heading);
	fill_facts(req, &c, &view.facts);
	request_form(req, &reissue_form_def, &(struct reissue_form){ .code = c.code, .version = c.version, .reason = "" },
		&view.form);
	view.version = view.form.version.value;
	view.action = url_own(a, "/giay/%s/cap-lai", c.code);
	view.back = url_own(a, "/xac-minh/%s", c.code);
	reissue_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome reissue_post(struct request *req)
{
	const struct reissue_form *form = req->form;
	struct certificate_row c, fresh;

	TRY(certificate_typed(req, form->code, &c));
	TRY(certificate_reissue(&req->ask, c.person_id, c.id, form->version, form->reason, &fresh));
	return redirect_see_other(req, url_own(req->ask.arena, "/xac-minh/%s", fresh.code));
}

const struct route certificates_routes[] = {
	GET(READ, "/xac-minh", PERMIT_PUBLIC, SEES_NOBODY, verify_form, verify_start)
	GET(READ, "/xac-minh/{code}", PERMIT_PUBLIC, SEES_NOBODY, verify_code_form, verify_show)
	GET(READ, "/phieu/{person}/{round}/giay", PERMIT_SIGNED_IN, SEES(person), holder_form, holder_show)
	GET(WORK, "/giay/{code}/pdf", PERMIT_SIGNED_IN, SEES(person), paper_code_form, certificate_file)
	POST(WRITE, "/giay/{code}/tai", PERMIT_SHEET_READ, SEES_NOBODY, verify_code_form, NO_PREPARE, export_post,
		.again = export_again)
	GET(READ, "/giay/{code}/cap-lai", PERMIT_CERTIFICATE_EDIT, SEES_NOBODY, verify_code_form, reissue_show)
	POST(WRITE, "/giay/{code}/cap-lai", PERMIT_CERTIFICATE_EDIT, SEES_NOBODY, reissue_form, NO_PREPARE, reissue_post,
		.again = reissue_show, .rules = reissue_post)
};
const struct route_table certificates_table = ROUTES(certificates_routes);
