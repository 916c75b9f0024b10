/* One act for many people, as a page: whom it may be done for, whom it is done for, and for whom it could not be done and why. */
#include <string.h>

#include "base/day.h"
#include "grid_bulk_html.h"
#include "registry/access/access_page.h"
#include "text/format.h"
#include "title/grid/grid_messages.h"
#include "title/grid/grid_place_http.h"
#include "title/review/review_page.h"

FORM_DEFINE(grid_bulk_path_form, GRID_BULK_PATH_FORM)
FORM_DEFINE(grid_bulk_form, GRID_BULK_FORM)

const struct choices grid_scopes = CHOICES({ "tat-ca", "Tất cả những người bên dưới" }, { "da-chon",
	"Chỉ những người đã đánh dấu" });

/* What each page says. A withdrawal is never of all at once. */
static const struct {
	const char *heading, *lead, *button, *none;
	enum round_stage stage;
	bool is_hard, asks_help, asks_why, asks_note, asks_paper, no_all;
} says[GRID_ACT_N] = {
	[GRID_REGISTER] = { "Đăng ký cho nhiều người",
		"Chỉ đăng ký cho người đã đồng ý. Ghi ai nhập và họ đồng ý thế nào; chưa chấm điểm gì.",
		"Đăng ký", "Ai trong sổ cũng đã đăng ký", STAGE_REGISTER, .asks_help = true },
	[GRID_SUBMIT] = { "Nộp các phiếu đủ điểm",
		"Phiếu được nhập hộ, chấm đủ mọi chỉ số và chưa nộp. Chưa đạt mức vẫn nộp được; chi hội sẽ xét. "
		"Nộp rồi muốn sửa thì chi hội trả lại để bổ sung.", "Nộp phiếu", "Không còn phiếu nào đủ điểm mà chưa nộp",
			STAGE_SCORE },
	[GRID_SUBMIT_OWN] = { "Nộp giúp người tự chấm",
		"Những người này tự chấm đủ điểm mà chưa bấm nộp. Phiếu là lời của họ: chỉ nộp giúp người đã đồng ý, đánh dấu "
		"từng người. Phiếu ghi ai nộp giúp và danh sách giấy; người có phiếu đọc được.",
		"Nộp giúp những người đã đánh dấu",
		"Không ai tự chấm đủ điểm mà chưa nộp", STAGE_SCORE, .asks_paper = true, .no_all = true },
	[GRID_AGREE] = { "Đồng ý với điểm tự chấm",
		"Chi hội thống nhất đúng điểm từng người đã tự chấm. Ai cần sửa điểm thì để lại, xét "
		"riêng trong lưới. Mỗi phiếu ghi rõ là xét cùng lúc.", "Đồng ý với điểm tự chấm", "Hết phiếu chờ xét",
			STAGE_REVIEW },
	[GRID_WITHDRAW] = { "Rút phiếu",
		"Rút rồi thì năm nay không xét nữa; còn trong hạn thì nhận lại được. Đánh dấu từng người.",
		"Rút phiếu", "Không có phiếu nào rút được", STAGE_SCORE, .is_hard = true, .asks_why = true, .asks_note = true,
		.no_all = true },
	[GRID_RESTORE] = { "Nhận lại phiếu đã rút hoặc quá hạn",
		"Phiếu trở về bước trước đó, điểm đã chấm vẫn còn. Đánh dấu từng người.",
		"Nhận lại phiếu", "Không có phiếu nào đã rút hay quá hạn", STAGE_SCORE, .asks_note = true, .no_all = true },
};

/* ---- the page ---- */

static OUTCOME bulk_place(struct request *req, const struct grid_bulk_path_form *path, struct grid_place *p)
{
	TRY(grid_place_get(req, path->unit, path->round, path->act == GRID_AGREE ? GRID_REVIEW : GRID_SELF, p));
	p->after = path->sau;
	return OK;
}

static void fill_lines(struct arena *a, const struct grid_place *p, const struct grid_lines *found,
	const struct grid_bulk_form *typed, struct grid_bulk_page *view)
{
	struct grid_bulk_line *lines = ARENA_ARRAY(a, struct grid_bulk_line, found->n);

	for (size_t i = 0; i < found->n; i++) {
		const struct grid_line *l = &found->at[i];
		const struct scores *scores = grid_scores(l, p->mode);

		lines[i] = (struct grid_bulk_line){ arena_format(a, "%lld", (long long)l->key.person_id), arena_format(a,
			"chon_%zu", i + 1),
			l->name, arena_format(a, "%d", day_year(l->birth)), l->version ? format_int(a, scores_total(scores))
				: "–",
			.has_state = l->version, .is_ticked = typed && grid_is_among(&typed->chon, l->key.person_id),
			.verdict = grid_verdict(a, scores, p->criteria) };
	}
	view->lines = lines;
	view->n_lines = found->n;
	view->has_lines = found->n > 0;
}

static void fill_left(struct arena *a, const struct grid_place *p, const struct grid_result *done, struct grid_bulk_page *view)
{
	struct grid_left_line *left = ARENA_ARRAY(a, struct grid_left_line, done->n_left);

	for (size_t i = 0; i < done->n_left; i++)
		left[i] = (struct grid_left_line){ done->left[i].name, done->left[i].why, url_own(a, "/phieu/%lld/%lld",
			(long long)done->left[i].person_id, (long long)p->round.id) };
	view->left = left;
	view->n_left = done->n_left;
	view->left_heading = arena_format(a, "Đã xong %zu người, còn %zu người chưa làm được", done->n_done, done->n_left);
	if (done->done)
		view->undo = grid_done_url(a, &(struct grid_done){ .id = done->done, .leaf_id = p->unit.id,
			.round_id = p->round.id });
}

static void fill_form(struct request *req, const struct grid_bulk_form *typed, enum grid_act act, struct grid_bulk_page *view)
{
	static const struct grid_bulk_form fresh = { .stamp = "", .scope = -1, .why = -1, .note = "", .helper = "",
		.consent = "", .consent_day = "", .consent_holder = "" };

	if (typed)
		request_form(req, &grid_bulk_form_def, typed, &view->form);
	else
		form_show(req->ask.arena, &grid_bulk_form_def, &fresh, &view->form);
	view->form.scope.optional = view->form.why.optional = view->form.helper.optional = view->form.consent.optional = false;
	view->form.consent_day.optional = view->form.consent_holder.optional = false;
	view->form.note.optional = act == GRID_WITHDRAW;
	if (act == GRID_RESTORE)
		view->form.note.label = "Vì sao nhận lại";
}

/* typed NULL: a fresh page; done NULL: nothing was done before it. */
static OUTCOME show(struct request *req, struct grid_place *p, enum grid_act act, const struct grid_bulk_form *typed,
	const struct grid_result *done)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 2 * MiB);
	struct grid_bulk_page view = { .heading = says[act].heading, .lead = says[act].lead, .button = says[act].button,
		.is_hard = says[act].is_hard, .asks_help = says[act].asks_help, .asks_why = says[act].asks_why,
		.asks_note = says[act].asks_note, .asks_scope = !says[act].no_all, .asks_paper = says[act].asks_paper,
		.action = grid_bulk_url(a, p, act),
		.back = grid_url(a, p, 0), .after = p->after ? arena_format(a, "%lld", (long long)p->after) : "",
			.left_heading = "",
		.empty = { .title = says[act].none, .text = "Về lưới điểm để làm tiếp.", .action = { "Về lưới điểm",
			grid_url(a, p, 0),
		false } } };
	struct grid_lines lines;
	int64_t next;

	TRY(grid_candidates(&req->ask, act, p->round.id, p->unit.id, p->after, &lines, &next));
	access_page(req, &view.page, says[act].heading);
	TRY(work_context(req, &view.page, &p->unit, &p->round, says[act].stage, "/luoi"));
	page_crumbs(&view.page, a, &(struct link){ "Lưới điểm", grid_url(a, p, 0), false }, 1, says[act].heading);
	fill_form(req, typed, act, &view);
	fill_lines(a, p, &lines, typed, &view);
	view.stamp = grid_stamp(a, &lines);
	view.pager = (struct pager){ .text = arena_format(a, "%zu người", lines.n),
		.next = next ? url_query_int(a, view.action, "sau", (long long)next) : URL_NONE };
	if (done)
		fill_left(a, p, done, &view);
	grid_bulk_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

enum outcome grid_bulk_show(struct request *req)
{
	const struct grid_bulk_path_form *path = req->form;
	struct grid_place p;

	TRY(bulk_place(req, path, &p));
	return show(req, &p, (enum grid_act)path->act, NULL, NULL);
}

enum outcome grid_bulk_again(struct request *req)
{
	const struct grid_bulk_path_form *path = req->form;  /* grid_bulk_form begins with the same fields */
	struct grid_place p;

	TRY(bulk_place(req, path, &p));
	return show(req, &p, (enum grid_act)path->act, req->form, NULL);
}

/* ---- the act ---- */

/* How people agreed that their own scores are handed in for them: a list on paper, its day, who keeps it. */
static void check_paper(struct request *req, const struct grid_bulk_form *form)
{
	if (!*form->consent_day)
		problem(req->ask.problems, "consent_day", GRID_CONSENT_DAY);
	else if (strcmp(form->consent_day, day_of(req->ask.now).text) > 0)
		problem(req->ask.problems, "consent_day", GRID_CONSENT_FUTURE);
	if (!*form->consent_holder)
		problem(req->ask.problems, "consent_holder", GRID_CONSENT_HOLDER);
}

static struct sheet_help help_of(const struct request *req, const struct grid_bulk_form *form)
{
	struct arena *a = req->ask.arena;

	if (!says[form->act].asks_paper)
		return (struct sheet_help){ form->helper, form->consent };
	return (struct sheet_help){ arena_format(a, "%s nộp giúp", req->ask.actor->name), grid_paper_list(a, form->consent_day,
		form->consent_holder) };
}

/* The list as it was seen, of it those who are meant. */
static OUTCOME chosen(struct request *req, const struct grid_place *p, const struct grid_bulk_form *form, struct grid_lines *out)
{
	enum grid_act act = (enum grid_act)form->act;
	struct problems *problems = req->ask.problems;
	bool all = !says[act].no_all && form->scope == GRID_ALL;
	struct grid_lines lines;
	struct grid_line *some;
	int64_t next;

	TRY(grid_candidates(&req->ask, act, p->round.id, p->unit.id, p->after, &lines, &next));
	some = ARENA_ARRAY(req->ask.arena, struct grid_line, lines.n);
	*out = (struct grid_lines){ 0, some };
	for (size_t i = 0; i < lines.n; i++)
		if (all || grid_is_among(&form->chon, lines.at[i].key.person_id))
			some[out->n++] = lines.at[i];
	if (strcmp(form->stamp, grid_stamp(req->ask.arena, &lines)) != 0)
		problem(problems, "", GRID_LIST_CHANGED);
	else if (!says[act].no_all && form->scope < 0)
		problem(problems, "scope", GRID_SCOPE_MISSING);
	else if (!out->n)
		problem(problems, says[act].no_all ? "chon_1" : "scope", GRID_NOBODY);
	if (says[act].asks_why && form->why < 0)
		problem(problems, "why", GRID_WHY_MISSING);
	if (act == GRID_RESTORE && strlen(form->note) < SHEET_REASON_MIN)
		problem(problems, "note", GRID_RESTORE_SHORT);
	if (says[act].asks_paper)
		check_paper(req, form);
	return problems_none(problems) ? OK : INVALID;
}

static const char *reason_of(struct arena *a, const struct grid_bulk_form *form)
{
	if (form->act == GRID_RESTORE)
		return form->note;
	if (form->act != GRID_WITHDRAW)
		return "";
	return *form->note ? arena_format(a, "%s: %s", grid_reasons.at[form->why].label, form->note)
		: grid_reasons.at[form->why].label;
}

enum outcome grid_bulk_post(struct request *req)
{
	const struct grid_bulk_form *form = req->form;
	enum grid_act act = (enum grid_act)form->act;
	struct sheet_help help = help_of(req, form);
	struct grid_bulk bulk = { .act = act, .round_id = form->round, .leaf_id = form->unit,
		.help = *help.helper || *help.consent ? &help : NULL };
	struct url back;
	struct grid_lines lines;
	struct grid_result done;
	struct grid_place p;

	TRY(bulk_place(req, req->form, &p));
	TRY(chosen(req, &p, form, &lines));      /* a withdrawal without its reason goes no further */
	bulk.reason = reason_of(req->ask.arena, form);
	TRY(grid_bulk(&req->ask, &bulk, &lines, &done));
	if (done.n_left) {
		req->response.forget = true;     /* the page that tells is not kept; the versions make a second sending safe */
		return show(req, &p, act, NULL, &done);
	}
	back = grid_url(req->ask.arena, &p, 0);
	return redirect_see_other(req, done.done ? url_query_int(req->ask.arena, back, "xong", (long long)done.done) : back);
}
