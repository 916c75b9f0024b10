/* Forms of the province's own: which papers have one, what may stand in it, sent in, given up. */
#include "title/paper/paper_http.h"

#include <string.h>

#include "form_page_html.h"
#include "forms_page_html.h"
#include "registry/access/access_page.h"
#include "sandbox/client.h"
#include "text/format.h"
#include "title/paper/forms.h"
#include "title/paper/forms_paper.h"
#include "title/paper/paper_messages.h"
#include "title/paper/paper_view.h"
#include "title/review/review_page.h"

FORM_DEFINE(form_path_form, FORM_PATH_FORM)
FORM_DEFINE(form_upload_form, FORM_UPLOAD_FORM)
FORM_DEFINE(form_restore_form, FORM_RESTORE_FORM)

static OUTCOME province_of(struct request *req, struct unit *out)
{
	TRY(work_unit(req, PERMIT_ROUND_EDIT, 0, out));
	return out->level == LEVEL_PROVINCE ? OK : FORBIDDEN;
}

static struct url form_url(struct arena *a, enum paper paper, const char *part)
{
	return url_own(a, "/mau-giay/%s%s", paper_code(paper), part);
}

static const struct replaced_form *replaced_of(const struct replaced_forms *all, enum paper paper)
{
	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->at[i].paper, paper_code(paper)))
			return &all->at[i];
	return NULL;
}

static const char *state_words(struct arena *a, const struct replaced_form *r)
{
	return r ? arena_format(a, "Mẫu của tỉnh: %s, thay lúc %s. Các xã tải giấy này ở dạng DOCX.", r->name, format_moment(a,
		r->made_at))
		: "Mẫu chung của chương trình.";
}

static enum outcome forms_show(struct request *req)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct forms_page view = { .heading = "Mẫu giấy của tỉnh", .lead =
		"Tỉnh có mẫu riêng thì gửi tệp DOCX lên; máy điền số liệu vào "
		"các chỗ trong ngoặc nhọn." };
	struct form_line *lines = ARENA_ARRAY(a, struct form_line, PAPERS);
	struct replaced_forms all;
	struct unit province;

	TRY(province_of(req, &province));
	TRY(forms_replaced(&req->ask, province.id, &all));
	for (int p = 0; p < PAPERS; p++)
		lines[p] = (struct form_line){ paper_title((enum paper)p), state_words(a, replaced_of(&all, (enum paper)p)),
			form_url(a, (enum paper)p, "") };
	view.forms = lines;
	view.n_forms = PAPERS;
	access_page(req, &view.page, view.heading);
	forms_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- one form ---- */

static struct field_list field_list_of(struct arena *a, const char *heading, const struct paper_field *fields, size_t n)
{
	struct field_line *lines = ARENA_ARRAY(a, struct field_line, n);

	for (size_t i = 0; i < n; i++)
		lines[i] = (struct field_line){ arena_format(a, "{%s}", fields[i].name), fields[i].words };
	return (struct field_list){ heading, lines, n };
}

static void fill_fields(struct arena *a, enum paper paper, struct form_page *view)
{
	size_t n, n_lists;
	const struct paper_list *lists = paper_lists(paper, &n_lists);
	const struct paper_field *fields = paper_fields(&n);
	struct field_list *out = ARENA_ARRAY(a, struct field_list, n_lists + 1);

	for (size_t i = 0; i < n_lists; i++)
		out[i] = field_list_of(a, arena_format(a, "Danh sách {#%s}: %s", lists[i].name, lists[i].words), lists[i].fields,
			lists[i].n);
	out[n_lists] = field_list_of(a, "Chỗ trống dùng được ở mọi giấy", fields, n);
	view->lists = out;
	view->n_lists = n_lists + 1;
}

static OUTCOME form_answer(struct request *req, const char *code)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct form_page view = { 0 };
	const struct replaced_form *replaced;
	struct replaced_forms all;
	struct unit province;
	enum paper paper;

	if (!paper_of_code(code, &paper))
		return NOT_FOUND;
	TRY(province_of(req, &province));
	TRY(forms_replaced(&req->ask, province.id, &all));
	replaced = replaced_of(&all, paper);
	view.heading = arena_format(a, "Mẫu: %s", paper_title(paper));
	view.state = state_words(a, replaced);
	view.is_replaced = replaced != NULL;
	view.version = arena_format(a, "%lld", (long long)(replaced ? replaced->version : 0));
	view.upload_action = form_url(a, paper, "");
	view.restore_action = form_url(a, paper, "/bo");
	view.starter_href = form_url(a, paper, "/bat-dau");
	access_page(req, &view.page, view.heading);
	page_crumbs(&view.page, a, &(struct link){ "Mẫu giấy", URL("/mau-giay"), false }, 1, paper_title(paper));
	request_form(req, &form_upload_form_def, NULL, &view.form);
	fill_fields(a, paper, &view);
	form_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* Every form of these routes begins with the paper. */
static enum outcome form_page_show(struct request *req)
{
	return form_answer(req, ((const struct form_path_form *)req->form)->paper);
}

static enum outcome form_again(struct request *req)
{
	return form_answer(req, ((const struct form_upload_form *)req->form)->paper);
}

static enum outcome restore_again(struct request *req)
{
	return form_answer(req, ((const struct form_restore_form *)req->form)->paper);
}

/* The stranger's file goes to the locked-down reader; what comes back is checked like a stranger's file. */
static OUTCOME take_apart(struct request *req, struct bytes file, enum paper paper, struct bytes *pieces)
{
	struct sandbox_job job = { .kind = SANDBOX_FORM, .input = file, .answer_max = FORM_TAKEN_MAX + MiB };
	enum sandbox_end end;

	TRY(sandbox_call(req->ask.sandbox, req->ask.arena, &job, &end, pieces));
	if (end != SANDBOX_ANSWERED) {
		problem(req->ask.problems, "file", FORM_NOT_READ);
		return INVALID;
	}
	return own_form_check(req->ask.arena, *pieces, paper, req->ask.problems) ? OK : INVALID;
}

static enum outcome form_prepare(struct request *req)
{
	const struct form_upload_form *form = req->form;
	struct bytes *pieces = ARENA_NEW(req->ask.arena, struct bytes);
	const struct upload *upload = form->file.at;
	enum paper paper;

	if (!paper_of_code(form->paper, &paper))
		return NOT_FOUND;
	if (form->file.n != 1 || !upload->size)
		problem(req->ask.problems, "file", FORM_FILE_NONE);
	else if (upload->size > (int64_t)upload->content.len)
		problem(req->ask.problems, "file", FORM_FILE_HEAVY);
	if (!problems_none(req->ask.problems))
		return INVALID;
	TRY(take_apart(req, upload->content, paper, pieces));
	req->prepared = pieces;
	return OK;
}

static enum outcome form_post(struct request *req)
{
	const struct form_upload_form *form = req->form;
	const struct bytes *pieces = req->prepared;
	struct unit province;

	TRY(province_of(req, &province));
	TRY(form_replace(&req->ask, province.id, form->version, form->paper, form->file.at[0].name, *pieces));
	return redirect_see_other(req, url_own(req->ask.arena, "/mau-giay/%s", form->paper));
}

static enum outcome restore_post(struct request *req)
{
	const struct form_restore_form *form = req->form;
	struct unit province;

	TRY(province_of(req, &province));
	TRY(form_restore(&req->ask, province.id, form->version, form->paper));
	return redirect_see_other(req, url_own(req->ask.arena, "/mau-giay/%s", form->paper));
}

static enum outcome starter_file(struct request *req)
{
	const struct form_path_form *form = req->form;
	struct buf file = BUF(req->ask.arena);
	enum paper paper;

	if (!paper_of_code(form->paper, &paper))
		return NOT_FOUND;
	TRY(form_starter(&req->ask, paper, sink_buf(&file)));
	return respond_file(req, FORM_TYPE, arena_format(req->ask.arena, "Mẫu %s.docx",
		paper_title(paper)),
		buf_bytes(&file), false);
}

static const struct route routes[] = {
	GET(READ, "/mau-giay", PERMIT_ROUND_EDIT, SEES_NOBODY, no_form, forms_show)
	GET(READ, "/mau-giay/{paper}", PERMIT_ROUND_EDIT, SEES_NOBODY, form_path_form, form_page_show)
	POST(WRITE, "/mau-giay/{paper}", PERMIT_ROUND_EDIT, SEES_NOBODY, form_upload_form, form_prepare, form_post, .again =
		form_again)
	POST(WRITE, "/mau-giay/{paper}/bo", PERMIT_ROUND_EDIT, SEES_NOBODY, form_restore_form, NO_PREPARE, restore_post,
		.again = restore_again)
	GET(WORK, "/mau-giay/{paper}/bat-dau", PERMIT_ROUND_EDIT, SEES_NOBODY, form_path_form, starter_file)
};
const struct route_table own_forms_table = ROUTES(routes);
