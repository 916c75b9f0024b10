/* The authority's pages: tờ trình to appraise, decisions, their signed files and certificates, revocation; and who the
 * authority is. */
#include "title/recognition/recognition_http.h"

#include <string.h>

#include "authority_page_html.h"
#include "authority_set_page_html.h"
#include "base/id.h"
#include "decision_page_html.h"
#include "leaving_page_html.h"
#include "files/files.h"
#include "files/files_messages.h"
#include "registry/access/access_page.h"
#include "registry/access/accounts.h"
#include "registry/access/taking_page.h"
#include "sandbox/client.h"
#include "sandbox/sandbox_messages.h"
#include "text/format.h"
#include "text/text.h"
#include "title/certificates/certificates_page.h"
#include "title/recognition/act_page.h"
#include "title/recognition/leaving_http.h"
#include "title/recognition/recognition_messages.h"
#include "title/review/review.h"
#include "title/review/review_page.h"

FORM_DEFINE(appraisal_form, APPRAISAL_FORM)
FORM_DEFINE(decision_form, DECISION_FORM)
FORM_DEFINE(decision_leave_form, DECISION_LEAVE_FORM)
FORM_DEFINE(decision_path_form, DECISION_PATH_FORM)
FORM_DEFINE(correct_form, CORRECT_FORM)
FORM_DEFINE(signed_form, SIGNED_FORM)
FORM_DEFINE(revoke_form, REVOKE_FORM)
FORM_DEFINE(authority_path_form, AUTHORITY_PATH_FORM)
FORM_DEFINE(authority_form, AUTHORITY_FORM)

const struct choices exception_kinds = CHOICES({ "chua_dat", "Chưa đạt" }, { "tra_lai", "Trả lại để xét lại" });

static const char *today(struct request *req)
{
	return arena_text(req->ask.arena, day_of(req->ask.now).text);
}

static struct url decision_url(struct arena *a, int64_t id, const char *part)
{
	return url_own(a, "/ubnd/quyet-dinh/%lld%s", (long long)id, part);
}

static void crumbs(struct request *req, struct page *page, const char *here)
{
	page_crumbs(page, req->ask.arena, &(struct link){ "Thẩm định, công nhận", URL("/ubnd"), false }, 1, here);
}

/* ---- what waits and what was decided ---- */

static OUTCOME add_unit(struct request *req, const struct round *round, const struct unit *unit, struct authority_page *view)
{
	struct arena *a = req->ask.arena;
	struct proposal_list proposals;
	struct decision_list decisions;
	struct work_row *p, *d;

	TRY(proposal_list(&req->ask, round->id, unit->id, &proposals));
	TRY(decision_list(&req->ask, round->id, unit->id, &decisions));
	p = ARENA_ARRAY(a, struct work_row, view->n_proposals + proposals.n);
	d = ARENA_ARRAY(a, struct work_row, view->n_decisions + decisions.n);
	memcpy(p, view->proposals ? view->proposals : p, view->n_proposals * sizeof *p);
	memcpy(d, view->decisions ? view->decisions : d, view->n_decisions * sizeof *d);
	for (size_t i = 0; i < proposals.n; i++)
		p[view->n_proposals++] = (struct work_row){ proposals.at[i].number, format_date(a, proposals.at[i].day),
			unit->name,
			format_int(a, proposals.at[i].people), proposals.at[i].decided ? "Đã có quyết định" : "Chờ thẩm định",
			url_own(a, "/ubnd/to-trinh/%lld", (long long)proposals.at[i].id) };
	for (size_t i = 0; i < decisions.n; i++)
		d[view->n_decisions++] = (struct work_row){ decisions.at[i].number, format_date(a, decisions.at[i].day),
			decisions.at[i].revokes
			? "Thu hồi" : "Công nhận", format_int(a, decisions.at[i].people),
				decisions.at[i].has_file ? "Đã có" : "Chưa tải lên",
			decision_url(a, decisions.at[i].id, "") };
	view->proposals = p;
	view->decisions = d;
	return OK;
}

static enum outcome authority_show(struct request *req)
{
	const struct year_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 2 * MiB);
	struct authority_page view = { .revoke_href = URL("/ubnd/thu-hoi"), .lead = "", .empty = { .title = "Chưa có tờ trình",
		.text = "Hội Khuyến học lập tờ trình xong thì danh sách hiện ở đây." } };
	struct unit_list below;
	struct round round;
	struct unit unit;

	TRY(work_round(req, form->nam, &round));
	TRY(work_unit(req, PERMIT_DECIDE, form->unit, &unit));
	access_page(req, &view.page, "Thẩm định, công nhận");
	TRY(work_context(req, &view.page, &unit, &round, STAGE_RECOGNISE, "/ubnd"));
	view.heading = arena_format(a, "Thẩm định, công nhận năm %d", round.year);
	view.lead = "Mở tờ trình để xem danh sách, rồi ghi quyết định cho tất cả, trừ những người để lại có lý do.";
	TRY(add_unit(req, &round, &unit, &view));
	if (unit.level == LEVEL_PROVINCE) {
		TRY(tree_children(&req->ask, unit.id, today(req), NULL, &below));
		for (size_t i = 0; i < below.n; i++)
			/* organisations of the province: the committee of the province decides */
			if (below.at[i].level == LEVEL_LEAF)
				TRY(add_unit(req, &round, &below.at[i], &view));
	}
	authority_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- appraisal and decision ---- */

static OUTCOME fill_decision(struct request *req, const struct proposal *p, struct act_page *act)
{
	struct arena *a = req->ask.arena;
	struct decision_form empty = { .version = p->version, .number = "", .day = today(req), .signer = "" };
	struct leaving leaving = leaving_of(p);
	struct authority authority;
	struct exceptions left;

	TRY(authority_of(&req->ask, p->commune_id, today(req), &authority));
	TRY(left_out(&req->ask, &leaving, &left));
	empty.signer_role = authority.signer_role;
	act->heading = "Ghi quyết định";
	act->lead = arena_format(a, "%s công nhận mọi người trong tờ trình, trừ những người để lại.", authority.name);
	act->action = url_own(a, "/ubnd/to-trinh/%lld", (long long)p->id);
	act->back = URL("/ubnd");
	act->back_label = "Thôi, quay lại";
	act->button = left.n ? arena_format(a, "Ghi quyết định, để lại %s người", format_int(a, (int64_t)left.n))
		: "Ghi quyết định, cấp giấy chứng nhận";
	act_lines(req, &decision_form_def, &empty, act);
	leaving_list(a, &left, "", URL_NONE, "", &act->left);
	return OK;
}

static OUTCOME appraisal_answer(struct request *req, int64_t proposal_id, int64_t after)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 2 * MiB);
	struct url here = url_own(a, "/ubnd/to-trinh/%lld", (long long)proposal_id);
	struct leaving_page view = { .form_heading = "Để lại, chưa công nhận", .back_label = "" };
	struct leaving leaving;
	struct proposal p;
	struct round round;
	struct unit unit;

	TRY(proposal_get(&req->ask, proposal_id, &p));
	TRY(round_get(&req->ask, p.round_id, &round));
	TRY(work_unit(req, PERMIT_DECIDE, p.commune_id, &unit));
	access_page(req, &view.page, arena_format(a, "Tờ trình %s", p.number));
	TRY(work_context(req, &view.page, &unit, &round, STAGE_RECOGNISE, "/ubnd"));
	crumbs(req, &view.page, arena_format(a, "Tờ trình %s", p.number));
	leaving = leaving_of(&p);
	view.heading = arena_format(a, "Tờ trình %s ngày %s: %s người", p.number, format_date(a, p.day), format_int(a, p.people));
	view.caption = arena_format(a, "Người trong tờ trình %s", p.number);
	view.lead = arena_format(a, "Hội Khuyến học %s đề nghị công nhận Công dân học tập năm %d. Xếp theo tên.",
		unit_in_sentence(a, unit.name), round.year);
	view.may_leave = view.is_decision = !p.decided;
	view.action = url_own(a, "/ubnd/to-trinh/%lld/de-lai", (long long)p.id);
	view.pager.text = arena_format(a, "%s người", format_int(a, p.people));
	TRY(leaving_fill(req, &leaving, &p, after, here, &view));
	TRY(fill_decision(req, &p, &view.act));
	leaving_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome appraisal_show(struct request *req)
{
	const struct appraisal_form *form = req->form;

	return appraisal_answer(req, form->proposal, form->sau);
}

static enum outcome appraisal_again(struct request *req)
{
	return appraisal_answer(req, ((const struct decision_form *)req->form)->proposal, 0);
}

static enum outcome leaving_again(struct request *req)
{
	const struct decision_leave_form *f = req->form;

	return appraisal_answer(req, f->proposal, f->sau);
}

static enum outcome leaving_post(struct request *req)
{
	const struct decision_leave_form *f = req->form;
	struct arena *a = req->ask.arena;
	struct url back = url_own(a, "/ubnd/to-trinh/%lld", (long long)f->proposal);
	struct leaving leaving;
	struct proposal p;

	TRY(proposal_get(&req->ask, f->proposal, &p));
	if (p.decided) {
		problem(req->ask.problems, "", PROPOSAL_DECIDED);
		return INVALID;
	}
	leaving = leaving_of(&p);
	leaving.version = f->version;
	TRY(leaving_write(req, &leaving, &(struct leave_said){ .act = f->viec, .people = f->nguoi, .codes = f->ma, .why = f->why,
		.kind = f->kind }));
	return redirect_see_other(req, f->sau ? url_query_int(a, back, "sau", (long long)f->sau) : back);
}

static enum outcome decision_post(struct request *req)
{
	const struct decision_form *f = req->form;
	int64_t id;

	TRY(decision_make(&req->ask, &(struct decision){ .proposal_id = f->proposal, .version = f->version, .number = f->number,
		.day = f->day, .signer = f->signer, .signer_role = f->signer_role }, &id));
	return redirect_see_other(req, decision_url(req->ask.arena, id, ""));
}

/* ---- one decision ---- */

static OUTCOME decision_of(struct request *req, int64_t id, struct decision *out)
{
	TRY(decision_get(&req->ask, id, out));
	return access_require(&req->ask, PERMIT_SHEET_READ, out->commune_id);
}

static void fill_books(struct arena *a, const struct decision *d, struct decision_page *view)
{
	size_t n = (size_t)((d->people + CERTIFICATES_FILE - 1) / CERTIFICATES_FILE);
	struct paper_button *books = ARENA_ARRAY(a, struct paper_button, n);

	for (size_t i = 0; i < n; i++)
		books[i] = (struct paper_button){ arena_format(a, "%zu", i * CERTIFICATES_FILE), n == 1
			? "Tải tất cả giấy chứng nhận (PDF)" : arena_format(a, "Tải tệp %zu trên %zu (PDF)", i + 1, n) };
	view->books = books;
	view->n_books = n;
}

static OUTCOME decision_answer(struct request *req, int64_t id)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct decision_page view = { 0 };
	struct fact *facts = ARENA_ARRAY(a, struct fact, 7);
	struct decision d;

	TRY(decision_of(req, id, &d));
	access_page(req, &view.page, arena_format(a, "Quyết định %s", d.number));
	crumbs(req, &view.page, arena_format(a, "Quyết định %s", d.number));
	view.number = d.number;
	view.day = format_date(a, d.day);
	view.lead = d.revokes ? "Thu hồi danh hiệu Công dân học tập." : arena_format(a, "Công nhận %s Công dân học tập năm %lld.",
		format_int(a, d.people), (long long)d.round_id);
	facts[0] = (struct fact){ "Cơ quan", d.authority, "" };
	facts[1] = (struct fact){ "Người ký", d.signer, "" };
	facts[2] = (struct fact){ "Chức vụ", d.signer_role, "" };
	facts[3] = (struct fact){ d.revokes ? "Thu hồi" : "Công nhận", arena_format(a, "%s người", format_int(a, d.people)), "" };
	facts[4] = (struct fact){ "Chưa đạt", arena_format(a, "%s người", format_int(a, d.not_met)), "" };
	facts[5] = (struct fact){ "Bản đã ký", !d.has_file ? "Chưa tải lên" : d.revokes ? "Đã tải lên" : *d.list_check
		? "Đã tải lên, mã danh sách khớp" : "Đã tải lên, chưa so mã danh sách", "" };
	view.facts = (struct facts){ facts, 6 };
	if (!d.revokes) {
		const char *check;

		TRY(decision_list_check(&req->ask, &d, &check));
		facts[6] = (struct fact){ "Mã danh sách", code_show(a, check), "code" };
		view.facts.n_items = 7;
	}
	TRY(access_may_on(&req->ask, PERMIT_DECIDE, d.commune_id, &view.may_change));
	view.has_file = d.has_file;
	view.recognises = !d.revokes;
	view.file_action = decision_url(a, id, "/mo-ban-ky");
	view.books_action = decision_url(a, id, "/giay");
	view.correct_href = decision_url(a, id, "/sua");
	view.upload_action = decision_url(a, id, "/ban-ky");
	fill_books(a, &d, &view);
	request_form(req, &signed_form_def, &(struct signed_form){ .version = d.version }, &view.form);
	view.version = view.form.version.value;
	decision_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome decision_show(struct request *req)
{
	return decision_answer(req, ((const struct decision_path_form *)req->form)->decision);
}

/* Names leave the house: into the journal first, then the file. */
static enum outcome books_post(struct request *req)
{
	const struct decision_path_form *form = req->form;
	struct url file = decision_url(req->ask.arena, form->decision, "/giay");
	struct decision d;

	TRY(decision_of(req, form->decision, &d));
	TRY(review_note_export(&req->ask, d.round_id, d.commune_id, "giay-chung-nhan", "pdf"));
	return taking_redirect(req, form->sau.is && form->sau.value ? url_query_int(req->ask.arena, file, "sau",
		(long long)form->sau.value) : file);
}

static enum outcome signed_again(struct request *req)
{
	return decision_answer(req, ((const struct signed_form *)req->form)->decision);
}

/* What the prepare step left: the clean copy, durable in the store. */
struct signed_file { struct hash name; int64_t size; const char *type, *list_check; };

static enum outcome signed_prepare(struct request *req)
{
	const struct signed_form *form = req->form;
	struct signed_file *file = ARENA_NEW(req->ask.arena, struct signed_file);
	struct image_result result;
	const struct upload *upload;

	if (form->file.n != 1 || !form->file.at[0].size) {
		problem(req->ask.problems, "file", DECISION_FILE_NONE);
		return INVALID;
	}
	upload = &form->file.at[0];
	if (upload->size > (int64_t)upload->content.len) {
		problem(req->ask.problems, "file", sandbox_message_too_large(req->ask.arena, upload->name, upload->size,
			(int64_t)IMAGE_INPUT_MAX));
		return INVALID;
	}
	TRY(sandbox_image(req->ask.sandbox, req->ask.arena, upload->content, &result));
	if (!image_is_clean(result.kind)) {
		problem(req->ask.problems, "file", sandbox_message(req->ask.arena, &result, upload->name));
		return INVALID;
	}
	if (files_put(req->ask.files, result.clean, &file->name) != OK) {
		if (!files_is_remote(req->ask.files))
			return FAILED;
		problem(req->ask.problems, "file", FILES_UNREACHABLE);
		return INVALID;
	}
	file->size = (int64_t)result.clean.len;
	file->type = result.type;
	file->list_check = signed_list_check(req->ask.arena, result.clean);
	req->prepared = file;
	return OK;
}

static enum outcome signed_post(struct request *req)
{
	const struct signed_form *form = req->form;
	const struct signed_file *file = req->prepared;

	TRY(decision_attach(&req->ask, form->decision, form->version, file->name, file->size, file->type,
		form->list_check, file->list_check));
	return redirect_see_other(req, decision_url(req->ask.arena, form->decision, ""));
}

static enum outcome signed_take(struct request *req)
{
	int64_t id = ((const struct decision_path_form *)req->form)->decision;
	struct decision d;

	TRY(decision_of(req, id, &d));
	TRY(review_note_export(&req->ask, d.round_id, d.commune_id, "ban-ky", "pdf"));
	return taking_redirect(req, decision_url(req->ask.arena, id, "/ban-ky"));
}

static enum outcome signed_file(struct request *req)
{
	struct decision d;
	struct bytes body;
	bool pdf;

	TRY(decision_of(req, ((const struct decision_path_form *)req->form)->decision, &d));
	if (!d.has_file)
		return NOT_FOUND;
	TRY(taking_was_noted(req));
	TRY(files_get(req->ask.files, req->ask.arena, d.file, &body));
	pdf = body.len > 4 && !memcmp(body.ptr, "%PDF", 4);
	return respond_file(req, pdf ? "application/pdf" : "image/jpeg", arena_format(req->ask.arena, "Quyết định %lld.%s",
		(long long)d.id,
		pdf ? "pdf" : "jpg"), body, !pdf);
}

static enum outcome books_file(struct request *req)
{
	const struct decision_path_form *form = req->form;
	struct decision d;

	TRY(decision_of(req, form->decision, &d));
	TRY(taking_was_noted(req));
	return certificates_respond(req, d.id, form->sau.is ? form->sau.value : 0);
}

static enum outcome correct_show(struct request *req)
{
	struct arena *a = req->ask.arena;
	int64_t id = req->is_post ? ((const struct correct_form *)req->form)->decision
		: ((const struct decision_path_form *)req->form)->decision;
	struct act_page act = { .button = "Lưu", .lead = "Giấy chứng nhận của quyết định này đổi theo. Giấy đã in phải in lại." };
	struct decision d;

	TRY(decision_of(req, id, &d));
	TRY(access_require(&req->ask, PERMIT_DECIDE, d.commune_id));
	act.heading = arena_format(a, "Sửa quyết định %s", d.number);
	access_page(req, &act.page, act.heading);
	crumbs(req, &act.page, act.heading);
	act.action = decision_url(a, id, "/sua");
	act.back = decision_url(a, id, "");
	act_lines(req, &correct_form_def, &(struct correct_form){ .version = d.version, .number = d.number, .day = d.day,
		.signer = d.signer, .signer_role = d.signer_role, .reason = "" }, &act);
	return act_show(req, &act);
}

static enum outcome correct_post(struct request *req)
{
	const struct correct_form *f = req->form;

	TRY(decision_correct(&req->ask, &(struct decision){ .id = f->decision, .version = f->version, .number = f->number,
		.day = f->day,
		.signer = f->signer, .signer_role = f->signer_role }, f->reason));
	return redirect_see_other(req, decision_url(req->ask.arena, f->decision, ""));
}

/* ---- revocation ---- */

static enum outcome revoke_show(struct request *req)
{
	struct act_page act = { .heading = "Ghi quyết định thu hồi", .button = "Thu hồi danh hiệu", .is_warning = true,
		.back = URL("/ubnd"),
		.action = URL("/ubnd/thu-hoi"), .lead = "Chỉ thu hồi sau khi người có giấy đã được trình bày ý kiến. Không lấy "
		"lại được." };

	access_page(req, &act.page, act.heading);
	crumbs(req, &act.page, act.heading);
	act_lines(req, &revoke_form_def, &(struct revoke_form){ .code = "", .number = "",
		.day = today(req),
		.signer = "", .signer_role = "CHỦ TỊCH", .reason = "" }, &act);
	return act_show(req, &act);
}

static enum outcome revoke_post(struct request *req)
{
	const struct revoke_form *f = req->form;
	struct certificate_row c;
	char code[CODE_MAX + 1];
	enum outcome found = NOT_FOUND;
	int64_t id;

	if (code_read(f->code, code, CODE_CERTIFICATE_LEN))
		found = certificate_by_code(&req->ask, code, &c);
	if (found == NOT_FOUND) {
		problem(req->ask.problems, "code", DECISION_REVOKE_STATE);
		return INVALID;
	}
	TRY(found);
	TRY(decision_revoke(&req->ask, c.person_id, &(struct decision){ .round_id = c.round_id, .number = f->number,
		.day = f->day,
		.signer = f->signer, .signer_role = f->signer_role }, f->reason, &id));
	return redirect_see_other(req, decision_url(req->ask.arena, id, ""));
}

/* ---- who the authority is ---- */

static enum outcome authority_edit_show(struct request *req)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	int64_t id = ((const struct authority_path_form *)req->form)->unit;
	struct authority_set_page view = { 0 };
	struct authority_list list;
	struct authority_row *rows;
	struct authority now;
	struct unit unit;

	TRY(work_unit(req, PERMIT_ROUND_EDIT, id, &unit));
	TRY(authority_list(&req->ask, id, &list));
	TRY(authority_of(&req->ask, id, today(req), &now));
	view.heading = arena_format(a, "Cơ quan công nhận của %s", unit_in_sentence(a, unit.name));
	view.lead = arena_format(a, "Hôm nay: %s. Chưa ghi gì thì là Ủy ban nhân dân.", now.name);
	access_page(req, &view.page, view.heading);
	page_crumbs(&view.page, a, &(struct link){ unit.name, url_own(a, "/don-vi/%lld", (long long)id), false }, 1,
		"Cơ quan công nhận");
	rows = ARENA_ARRAY(a, struct authority_row, list.n);
	for (size_t i = 0; i < list.n; i++)
		rows[i] = (struct authority_row){ format_date(a, list.at[i].from_day), list.at[i].name, list.at[i].place,
			list.at[i].signer_role };
	view.rows = rows;
	view.n_rows = list.n;
	view.act = (struct act_page){ .action = url_own(a, "/co-quan/%lld", (long long)id), .back = url_own(a, "/don-vi/%lld",
		(long long)id),
		.button = "Ghi cơ quan công nhận", .back_label = "Thôi, quay lại" };
	act_lines(req, &authority_form_def, &(struct authority_form){ .from_day = today(req),
		.name = now.name,
		.place = now.place, .signer_role = now.signer_role }, &view.act);
	authority_set_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome authority_edit_post(struct request *req)
{
	const struct authority_form *f = req->form;
	struct authority_list list;
	int64_t version = 0;

	TRY(authority_list(&req->ask, f->unit, &list));
	for (size_t i = 0; i < list.n; i++)
		if (!strcmp(list.at[i].from_day, f->from_day))
			version = list.at[i].version;
	TRY(authority_set(&req->ask, &(struct authority){ f->unit, version, f->from_day, f->name, f->place, f->signer_role }));
	return redirect_see_other(req, url_own(req->ask.arena, "/co-quan/%lld", (long long)f->unit));
}

const struct route authority_routes[] = {
	GET(READ, "/ubnd", PERMIT_DECIDE, SEES_NOBODY, year_form, authority_show)
	GET(WORK, "/ubnd/to-trinh/{proposal}", PERMIT_DECIDE, SEES_NOBODY, appraisal_form, appraisal_show)
	POST(WRITE, "/ubnd/to-trinh/{proposal}/de-lai", PERMIT_DECIDE, SEES_NOBODY, decision_leave_form, NO_PREPARE, leaving_post,
		.again = leaving_again, .rules = leaving_post)
	POST(WRITE, "/ubnd/to-trinh/{proposal}", PERMIT_DECIDE, SEES_NOBODY, decision_form, NO_PREPARE, decision_post,
		.again = appraisal_again, .rules = decision_post)
	GET(WORK, "/ubnd/quyet-dinh/{decision}", PERMIT_SHEET_READ, SEES_NOBODY, decision_path_form, decision_show)
	GET(WORK, "/ubnd/quyet-dinh/{decision}/giay", PERMIT_SHEET_READ, SEES_NOBODY, decision_path_form, books_file)
	POST(WRITE, "/ubnd/quyet-dinh/{decision}/giay", PERMIT_SHEET_READ, SEES_NOBODY, decision_path_form, NO_PREPARE,
		books_post, .again = decision_show)
	POST(WRITE, "/ubnd/quyet-dinh/{decision}/mo-ban-ky", PERMIT_SHEET_READ, SEES_NOBODY, decision_path_form, NO_PREPARE,
	signed_take,
		.again = decision_show)
	GET(WORK, "/ubnd/quyet-dinh/{decision}/ban-ky", PERMIT_SHEET_READ, SEES_NOBODY, decision_path_form, signed_file)
	POST(WRITE, "/ubnd/quyet-dinh/{decision}/ban-ky", PERMIT_DECIDE, SEES_NOBODY, signed_form, signed_prepare, signed_post,
		.again = signed_again)
	GET(READ, "/ubnd/quyet-dinh/{decision}/sua", PERMIT_DECIDE, SEES_NOBODY, decision_path_form, correct_show)
	POST(WRITE, "/ubnd/quyet-dinh/{decision}/sua", PERMIT_DECIDE, SEES_NOBODY, correct_form, NO_PREPARE, correct_post,
		.again = correct_show, .rules = correct_post)
	GET(READ, "/ubnd/thu-hoi", PERMIT_DECIDE, SEES_NOBODY, no_form, revoke_show)
	POST(WRITE, "/ubnd/thu-hoi", PERMIT_DECIDE, SEES_NOBODY, revoke_form, NO_PREPARE, revoke_post, .again = revoke_show,
		.rules = revoke_post)
	GET(READ, "/co-quan/{unit}", PERMIT_ROUND_EDIT, SEES_NOBODY, authority_path_form, authority_edit_show)
	POST(WRITE, "/co-quan/{unit}", PERMIT_ROUND_EDIT, SEES_NOBODY, authority_form, NO_PREPARE, authority_edit_post,
		.again = authority_edit_show, .rules = authority_edit_post)
};
const struct route_table authority_table = ROUTES(authority_routes);
