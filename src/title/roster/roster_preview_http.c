/* What was read of a list: counts, doubts and decisions, rows; and the form that has it written. */
#include <string.h>

#include "base/day.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "roster_preview_html.h"
#include "text/format.h"
#include "text/parse.h"
#include "text/text.h"
#include "title/roster/roster_content.h"
#include "title/roster/roster_messages.h"
#include "title/roster/roster_pages_http.h"

const char *roster_row_facts(struct arena *a, const struct list_row *row)
{
	const char *sex = row->sex == SEX_MALE ? ", nam" : row->sex == SEX_FEMALE ? ", nữ" : "";
	const char *out = arena_format(a, "%s%s", *row->birth ? format_date(a, row->birth) : "chưa có năm sinh", sex);

	if (*row->number_end)
		out = arena_format(a, "%s, CCCD …%s", out, row->number_end);
	if (*row->place)
		out = arena_format(a, "%s, %s", out, row->place);
	if (*row->scores)
		out = arena_format(a, "%s, điểm %s", out, row->scores);
	return out;
}

static struct url filtered(struct arena *a, int64_t id, int filter)
{
	return filter < 0 ? roster_url(a, id) : url_query(a, roster_url(a, id), "loc", roster_filters.at[filter].code);
}

/* ---- parts of the page ---- */

static void fill_counts(struct arena *a, const struct list *list, const struct list_counts *c, int chosen,
			struct roster_preview *view)
{
	static const char *const labels[LIST_VERDICTS] = { "người mới", "không đổi", "có thay đổi", "chưa chắc", "không nhận" };
	static const char *const smalls[LIST_VERDICTS] = {"chưa có trong sổ", "đã có đúng như vậy", "sẽ sửa theo tệp", "",
							  "xem lý do từng dòng"};
	struct count *counts = ARENA_ARRAY(a, struct count, LIST_VERDICTS);

	for (int i = 0; i < LIST_VERDICTS; i++)
		counts[i] = (struct count){format_int(a, c->of[i]), labels[i], smalls[i], filtered(a, list->id, i), chosen == i};
	counts[LIST_DOUBTFUL].small = c->waiting ? arena_format(a, "%s dòng chờ quyết định", format_int(a, c->waiting))
		: c->of[LIST_DOUBTFUL] ? "đã quyết định cả" : "không có";
	view->counts = (struct counts){ "Kết quả đọc tệp", counts, LIST_VERDICTS };
}

/* "Lê Văn A, 1961, CCCD …0001, Ấp 1": enough to know them by. */
static const char *person_words(struct arena *a, const struct roster_namesake *p)
{
	const char *number = *p->number_end ? arena_format(a, ", CCCD …%s", p->number_end) : ", chưa có CCCD";

	return arena_format(a, "Là %s, %s%s, %s", p->name, format_date(a, p->birth), number, p->leaf);
}

/* One button for each whom the row could be, then the others. */
static const struct roster_button *with_people(struct arena *a, const struct list_row *row, const struct roster_button *others,
					       size_t *n)
{
	struct roster_button *buttons = ARENA_ARRAY(a, struct roster_button, row->n_alike + *n);
	int64_t chosen = roster_chosen_person(row->choices, "people_alike");
	size_t m = 0;

	for (size_t i = 0; i < row->n_alike; i++)
		buttons[m++] = (struct roster_button){ arena_format(a, "%lld people_alike nguoi-%lld", (long long)row->line,
			(long long)row->alike[i].person_id), person_words(a, &row->alike[i]), chosen == row->alike[i].person_id };
	for (size_t i = 0; i < *n; i++)
		buttons[m++] = others[i];
	*n = m;
	return buttons;
}

/* row_line 0: for all rows alike. */
static const struct roster_button *buttons_of(struct arena *a, const struct doubt *doubt, int64_t row_line,
					      enum list_choice chosen, size_t *n)
{
	struct roster_button *buttons = ARENA_ARRAY(a, struct roster_button, LIST_CHOICES);

	*n = 0;
	for (int i = CHOICE_TAKE; i < LIST_CHOICES; i++) {
		const char *code = ways_to_decide.at[i].code;

		if (!(doubt->may >> i & 1) || i == CHOICE_PERSON)
			continue;
		buttons[(*n)++] =
			(struct roster_button){row_line ? arena_format(a, "%lld %s %s", (long long)row_line, doubt->code, code)
							: arena_format(a, "%s %s", doubt->code, code),
					       ways_to_decide.at[i].label, (int)chosen == i};
	}
	return buttons;
}

static OUTCOME fill_alike(struct ask *ask, const struct list *list, struct roster_preview *view)
{
	struct arena *a = ask->arena;
	struct list_codes codes;
	struct roster_alike *alike;

	TRY(list_codes(ask, list, &codes));
	alike = ARENA_ARRAY(a, struct roster_alike, codes.n);
	for (size_t i = 0; i < codes.n; i++) {
		alike[i].title = arena_format(a, "%s dòng: %s", format_int(a, codes.at[i].n), codes.at[i].doubt->words);
		alike[i].buttons = buttons_of(a, codes.at[i].doubt, 0, codes.at[i].choice, &alike[i].n_buttons);
	}
	view->alike = alike;
	view->n_alike = codes.n;
	return OK;
}

/* What may be decided stands with buttons; what is only to be known is a sentence. */
static void fill_doubts(struct arena *a, const struct list *list, const struct list_row *row, struct roster_line *line)
{
	struct words codes = text_words(a, row->codes);
	struct roster_doubt_line *doubts = ARENA_ARRAY(a, struct roster_doubt_line, codes.n);

	for (size_t i = 0; i < codes.n; i++) {
		const struct doubt *doubt = roster_doubt(codes.at[i]);

		if (!doubt || row->verdict == LIST_REFUSED)
			continue;
		if (!doubt->may || row->verdict != LIST_DOUBTFUL || list->state != LIST_READ) {
			line->words = roster_sentences(a, line->words, doubt->words);
			continue;
		}
		doubts[line->n_doubts].words = doubt->words;
		doubts[line->n_doubts].buttons = buttons_of(a, doubt, row->line, roster_chosen_for(row->choices, list->choices,
			doubt->code), &doubts[line->n_doubts].n_buttons);
		if (doubt->may >> CHOICE_PERSON & 1)
			doubts[line->n_doubts].buttons = with_people(a, row, doubts[line->n_doubts].buttons,
				&doubts[line->n_doubts].n_buttons);
		line->n_doubts++;
	}
	line->doubts = doubts;
}

static void fill_line(struct arena *a, const struct list *list, const struct list_row *row, struct roster_line *line)
{
	static const char *const words[LIST_VERDICTS] = { "Người mới.", "Không đổi.", "Sửa.", "Chưa chắc.", "Không nhận." };
	const char *number = arena_format(a, "%lld", (long long)row->row);

	*line = (struct roster_line){
		.line = *row->sheet && strcmp(row->sheet, "csv") != 0 ? arena_format(a, "%s, %s", number, row->sheet) : number,
		.name = *row->name ? row->name : "(không có tên)",
		.facts = roster_row_facts(a, row),
		.verdict = words[row->verdict],
		.words = row->words,
		.href = url_own(a, "/nguoi/%lld", (long long)row->person_id),
		.is_person = row->person_id != 0,
		.is_refused = row->verdict == LIST_REFUSED,
		.waits = row->waits};
	fill_doubts(a, list, row, line);
}

static OUTCOME fill_lines(struct ask *ask, const struct list *list, int filter, int64_t after, struct roster_preview *view)
{
	static const char *const headings[] = {"Người mới", "Không đổi",  "Có thay đổi",
					       "Chưa chắc", "Không nhận", "Còn chờ quyết định"};
	struct arena *a = ask->arena;
	struct list_rows rows;
	struct roster_line *lines;

	TRY(list_rows(ask, list, filter, after, &rows));
	lines = ARENA_ARRAY(a, struct roster_line, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		fill_line(a, list, &rows.at[i], &lines[i]);
		view->has_doubts |= lines[i].n_doubts > 0;
	}
	view->lines = lines;
	view->n_lines = rows.n;
	view->rows_heading = filter < 0 ? "Từng dòng trong tệp" : headings[filter];
	view->pager = (struct pager){ .text = "" };
	if (after)
		view->pager.first = filtered(a, list->id, filter);
	if (rows.n == LIST_PAGE)
		view->pager.next = url_query_int(a, filtered(a, list->id, filter), "sau", (long long)rows.at[rows.n - 1].line);
	return OK;
}

/* "Đọc 2 trang tính, 129 dòng." */
static const char *read_words(struct arena *a, const struct shape *shape)
{
	int64_t used = 0;

	for (size_t i = 0; i < shape->n; i++)
		used += !*shape->sheets[i].skipped;
	return shape->n > 1 ? arena_format(a, "Đọc %lld trong %zu trang tính, %s dòng.", (long long)used, shape->n,
					   format_int(a, shape->rows))
			    : arena_format(a, "Đọc %s dòng.", format_int(a, shape->rows));
}

static const char *lead_of(struct arena *a, const struct list *list, const struct list_counts *c, int64_t n)
{
	if (list->state == LIST_APPLIED || list->state == LIST_UNDONE)
		return list->note;
	if (*list->note)
		return list->note;
	if (!n && !c->waiting && c->of[LIST_REFUSED] && !c->of[LIST_SAME])
		return "Chưa dòng nào ghi được: xem lý do từng dòng.";
	if (!n && !c->waiting)
		return "Không còn dòng nào để ghi: những dòng nhận được đã có đúng như vậy trong sổ.";
	if (c->waiting)
		return arena_format(a, "Chưa có gì được ghi. Còn %s dòng chờ quyết định; dòng không quyết định thì được để lại.",
			format_int(a, c->waiting));
	return "Chưa có gì được ghi. Dòng không nhận thì sửa trong tệp rồi gửi lại; gửi lại không ghi ai hai lần.";
}

static void fill_form(struct request *req, const struct list *list, struct roster_preview *view)
{
	const struct list_settings *s = &list->settings;
	bool sent = req->is_post && req->route->form == &roster_apply_form_def;
	struct roster_apply_form stored = {.roster = list->id,
					   .version = list->version,
					   .scores_of = (int)s->scores_of - 1,
					   .consent_day = s->consent_day,
					   .consent_holder = s->consent_holder,
					   .registers = s->registers,
					   .submits = s->submits};

	if (sent)
		request_form(req, &roster_apply_form_def, &stored, &view->form);
	else
		form_show(req->ask.arena, &roster_apply_form_def, &stored, &view->form);
	view->form.scores_of.optional = view->form.consent_day.optional = view->form.consent_holder.optional = false;
	view->version = arena_format(req->ask.arena, "%lld", (long long)list->version);
}

static void fill_links(struct request *req, const struct list *list, struct roster_preview *view)
{
	struct arena *a = req->ask.arena;

	view->action = roster_url(a, list->id);
	view->columns_href = url_own(a, "/danh-sach/%lld/cot", (long long)list->id);
	view->all_href = url_own(a, "/danh-sach/%lld/tat-ca", (long long)list->id);
	view->row_href = url_own(a, "/danh-sach/%lld/dong", (long long)list->id);
	view->result_href = url_own(a, "/danh-sach/%lld/ket-qua", (long long)list->id);
	view->undo_href = url_own(a, "/danh-sach/%lld/hoan-lai", (long long)list->id);
	view->back = URL("/danh-sach");
	view->is_open = list->state == LIST_READ;
	view->is_applied = list->state == LIST_APPLIED;
	view->may_undo = view->is_applied && list->applied_at >= day_start(day_of(req->ask.now).text);
}

static OUTCOME fill_placeless(struct ask *ask, const struct list *list, struct roster_preview *view)
{
	int64_t places, groups;

	TRY(list_refused_for(ask, list, "hamlet", &places));
	TRY(list_refused_for(ask, list, "group", &groups));
	view->placeless = places && groups ? arena_format(ask->arena, "%s dòng không rõ ấp, %s dòng không rõ nhóm.",
							  format_int(ask->arena, places), format_int(ask->arena, groups))
			  : places         ? arena_format(ask->arena, "%s dòng không rõ ấp.", format_int(ask->arena, places))
			  : groups ? arena_format(ask->arena, "%s dòng không rõ nhóm.", format_int(ask->arena, groups))
				   : "";
	return OK;
}

/* ---- the page ---- */

static OUTCOME preview_show(struct request *req, const struct list *list, int filter, int64_t after)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 4 * MiB);
	struct roster_preview view = {.button = "", .placeless = "", .filter = filter < 0 ? "" : roster_filters.at[filter].code};
	struct list_counts counts;
	struct shape shape;
	int64_t n;

	TRY(list_counts(&req->ask, list->id, &counts));
	TRY(shape_read(&req->ask, list->shape, &shape));
	n = counts.of[LIST_NEW] + counts.of[LIST_CHANGED] + counts.of[LIST_DOUBTFUL] - counts.waiting;
	if (filter < 0 && counts.waiting && list->state == LIST_READ)
		filter = LIST_LEFT;              /* what waits comes first */
	view.heading = arena_format(a, list->state == LIST_READ ? "Xem trước: %s" : "Danh sách %s", list->name);
	view.lead = lead_of(a, list, &counts, n);
	if (list->state == LIST_READ)
		view.lead = arena_format(a, "%s %s", read_words(a, &shape), view.lead);
	view.after = arena_format(a, "%lld", (long long)after);
	view.writes_above = list->state == LIST_READ && n && !counts.waiting;
	view.writes_below = list->state == LIST_READ && n && counts.waiting;
	view.has_scores = shape.has_scores;
	view.button = counts.waiting ? arena_format(a, "Ghi %s dòng, để lại %s", format_int(a, n), format_int(a, counts.waiting))
		: arena_format(a, "Ghi %s dòng", format_int(a, n));
	fill_links(req, list, &view);
	fill_form(req, list, &view);
	fill_counts(a, list, &counts, filter, &view);
	if (view.is_open)
		TRY(fill_placeless(&req->ask, list, &view));
	if (view.is_open)
		TRY(fill_alike(&req->ask, list, &view));
	TRY(fill_lines(&req->ask, list, filter, after, &view));
	request_lists(req, list->unit_id, "Danh sách nạp");
	access_page(req, &view.page, view.heading);
	roster_crumbs(req, &view.page, list, view.is_open ? "Xem trước" : "Kết quả");
	roster_preview_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

enum outcome roster_list_show(struct request *req)
{
	const void *form = req->form;
	bool decides = req->route->form == &roster_decide_form_def;
	int64_t id = req->route->form == &roster_apply_form_def ? ((const struct roster_apply_form *)form)->roster
		: decides ? ((const struct roster_decide_form *)form)->roster : ((const struct roster_page_form *)form)->roster;
	int filter = req->route->form == &roster_page_form_def ? ((const struct roster_page_form *)form)->loc
		: decides ? ((const struct roster_decide_form *)form)->loc : -1;
	int64_t after = req->route->form == &roster_page_form_def ? ((const struct roster_page_form *)form)->sau.value
		: decides ? ((const struct roster_decide_form *)form)->sau.value : 0;
	struct list list;

	TRY(list_get(&req->ask, id, &list));
	if (list.state == LIST_READ || list.state == LIST_APPLIED || list.state == LIST_UNDONE)
		return preview_show(req, &list, filter, after);
	return roster_wait_show(req, &list);
}

/* ---- what is sent ---- */

static bool choice_of_code(const char *code, enum list_choice *out)
{
	for (int i = CHOICE_TAKE; i < LIST_CHOICES; i++)
		if (!strcmp(ways_to_decide.at[i].code, code)) {
			*out = (enum list_choice)i;
			return true;
		}
	return false;
}

static OUTCOME back_to(struct request *req, const struct roster_decide_form *form)
{
	struct url where = filtered(req->ask.arena, form->roster, form->loc);

	return redirect_see_other(req, form->sau.value ? url_query_int(req->ask.arena, where, "sau", (long long)form->sau.value) : where);
}

enum outcome roster_row_post(struct request *req)
{
	const struct roster_decide_form *form = req->form;
	struct words words = text_words(req->ask.arena, form->choice);
	enum list_choice choice;
	int64_t line, person_id;
	bool is_person;

	is_person = words.n == 3 && roster_person_word(words.at[2], &person_id);
	if (words.n != 3 || !text_to_int(words.at[0], 1, INT64_MAX, &line) ||
	    (!is_person && !choice_of_code(words.at[2], &choice))) {
		problem(req->ask.problems, "choice", ROSTER_NO_SUCH_CHOICE);
		return INVALID;
	}
	if (is_person) {
		TRY(list_decide_person(&req->ask, form->roster, line, person_id));
		return back_to(req, form);
	}
	TRY(list_decide(&req->ask, form->roster, line, words.at[1], choice));
	return back_to(req, form);
}

enum outcome roster_all_post(struct request *req)
{
	const struct roster_decide_form *form = req->form;
	struct words words = text_words(req->ask.arena, form->choice);
	enum list_choice choice;

	if (words.n != 2 || !choice_of_code(words.at[1], &choice)) {
		problem(req->ask.problems, "choice", ROSTER_NO_SUCH_CHOICE);
		return INVALID;
	}
	TRY(list_decide_all(&req->ask, form->roster, words.at[0], choice));
	return back_to(req, form);
}

enum outcome roster_apply_post(struct request *req)
{
	const struct roster_apply_form *form = req->form;
	struct list list;
	struct list_settings s;

	TRY(list_get(&req->ask, form->roster, &list));
	s = list.settings;
	s.scores_of = (enum list_scores)(form->scores_of + 1);
	s.consent_day = form->consent_day;
	s.consent_holder = form->consent_holder;
	s.registers = form->registers;
	s.submits = form->submits;
	TRY(list_apply(&req->ask, form->roster, form->version, &s));
	return redirect_see_other(req, roster_url(req->ask.arena, form->roster));
}
