/* The list behind a figure, and what is taken as a file. */
#include "figures/dashboards/dashboards_lists_http.h"

#include <string.h>

#include "base/day.h"
#include "document/document.h"
#include "figures/dashboards/dashboards.h"
#include "figures/dashboards/dashboards_paper.h"
#include "figures/dashboards/dashboards_view.h"
#include "html/page.h"
#include "people_list_page_html.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/access/taking_page.h"
#include "registry/people/people.h"
#include "text/format.h"

enum { PAGE = 100 };
enum { PART_TABLES, PART_NAMES };

FORM_DEFINE(people_list_form, PEOPLE_LIST_FORM)
FORM_DEFINE(export_form, EXPORT_FORM)
FORM_DEFINE(export_file_form, EXPORT_FILE_FORM)

/* The codes of figure_words, in their order: an index of one is an index of the other. */
const struct choices list_words = CHOICES({ "tat-ca", "Mọi người" }, { "dang-ky", "Đã đăng ký" }, { "nop", "Đã nộp phiếu" },
	{ "chua-dang-ky", "Chưa đăng ký" }, { "moi-dang-ky", "Đăng ký, chưa chấm" }, { "dang-cham", "Đang chấm" },
	{ "bo-sung", "Cần bổ sung" }, { "cho-xet", "Đã nộp, chờ xét" }, { "xet", "Chi hội đã xét" },
	{ "vao-danh-sach", "Vào danh sách xã" }, { "niem-yet", "Đang niêm yết" }, { "trinh", "Đã trình UBND" },
	{ "cong-nhan", "Được công nhận" }, { "chua-dat", "Chưa đạt" }, { "thu-hoi", "Đã thu hồi" }, { "rut", "Đã rút" },
	{ "qua-han", "Quá hạn nộp" });
/* Whom the figures count apart. */
const struct choices list_crowds = CHOICES({ "nu", "Nữ" }, { "nu-18", "Nữ từ 18 tuổi" }, { "18", "Từ 18 tuổi" },
	{ "60", "Từ 60 tuổi" });
enum { BAND_ADULTS = 1, BAND_ELDERS = 5 };
static const struct { int sex, age_from; } crowd_of[] = { { SEX_FEMALE, 0 }, { SEX_FEMALE, BAND_ADULTS }, { 0, BAND_ADULTS },
	{ 0, BAND_ELDERS } };
const struct choices export_parts = CHOICES({ "so-lieu", "Bảng số liệu" }, { "danh-sach", "Danh sách người" });

static const struct figure_word *word_of(int tt) { return &figure_words[tt < 0 ? 0 : tt]; }

static OUTCOME round_of(struct request *req, struct maybe year, struct round *out)
{
	return year.is ? round_get(&req->ask, year.value, out) : round_newest(&req->ask, out);
}

/* ---- the list ---- */

struct asked { const struct people_list_form *form; int year; const char *word; };

static struct url list_url(struct arena *a, int64_t unit, const struct asked *asked)
{
	struct url url = url_query(a, url_query_int(a, url_own(a, "/so-lieu/%lld/danh-sach", (long long)unit), "dot",
		asked->year),
		"tt", asked->word);

	if (asked->form->ai >= 0)
		url = url_query(a, url, "ai", list_crowds.at[asked->form->ai].code);
	return *asked->form->nhom ? url_query(a, url, "nhom", asked->form->nhom) : url;
}

static bool is_crowd(const struct people_list_form *form)
{
	return form->ai >= 0 || *form->nhom;
}

/* "nữ, nông dân"; "" for everybody. */
static const char *crowd_words(struct arena *a, const struct people_list_form *form)
{
	const char *who = form->ai >= 0 ? list_crowds.at[form->ai].label : "", *group = *form->nhom
		? person_group_label(form->nhom) : "";

	return arena_format(a, "%s%s%s%s", *who ? ", " : "", who, *group ? ", " : "", group);
}

static OUTCOME read_lines(struct request *req, const struct round *round, const struct unit *unit, unsigned states,
	const struct standing_line *after, struct standing_lines *out)
{
	const struct people_list_form *form = req->form;
	struct standing_crowd crowd = { .group = form->nhom };

	if (!is_crowd(form))
		return standing_list(&req->ask, round->id, unit->id, states, after, out);
	if (form->ai >= 0) {
		crowd.sex = crowd_of[form->ai].sex;
		crowd.age_from = crowd_of[form->ai].age_from;
	}
	*out = (struct standing_lines){ 0 };
	/* above a commune a crowd has no index of its own: the page offers the communes */
	return unit->level < LEVEL_COMMUNE ? OK : standing_list_of_crowd(&req->ask, round->id, unit->id, states,
		&crowd, after, out);
}

/* A page begins after a person: their row says where that is. Gone from the round: from the beginning. */
static OUTCOME after_of(struct request *req, int64_t person, int64_t round_id, struct standing_line *line,
			const struct standing_line **out)
{
	struct standing row;
	enum outcome found;

	*out = NULL;
	if (!person)
		return OK;
	found = standing_get(&req->ask, person, round_id, &row);
	if (found == NOT_FOUND)
		return OK;
	TRY(found);
	*line = (struct standing_line){ .person_id = person, .name_key = row.name_key };
	*out = line;
	return OK;
}

static void fill_people(struct request *req, const struct standing_lines *lines, struct people_list *view)
{
	struct arena *a = req->ask.arena;
	struct people_line *people = ARENA_ARRAY(a, struct people_line, lines->n);

	for (size_t i = 0; i < lines->n; i++) {
		const struct standing_line *l = &lines->at[i];
		bool has_sheet = l->state != SHEET_NONE;

		people[i] = (struct people_line){.name = l->name,
						 .birth = *l->birth ? arena_textn(a, l->birth, 4) : "",
						 .leaf = l->leaf_name,
						 .total = l->total ? format_int(a, l->total) : "",
						 .plain = "Chưa đăng ký",
						 .has_mark = has_sheet,
						 .state = has_sheet ? state_mark_short(sheet_state_code(l->state))
								    : (struct state_mark){"", ""},
						 .href = url_id(a, "/nguoi/", l->person_id, "")};
	}
	view->people = people;
	view->n_people = lines->n;
}

/* Above a commune: the same list of each commune. */
static OUTCOME fill_communes(struct request *req, const struct unit *unit, const struct asked *asked, struct people_list *view)
{
	struct unit_list children;
	struct link *links;

	if (unit->level >= LEVEL_COMMUNE)
		return OK;
	TRY(tree_children(&req->ask, unit->id, arena_text(req->ask.arena, day_of(req->ask.now).text), NULL, &children));
	links = ARENA_ARRAY(req->ask.arena, struct link, children.n);
	for (size_t i = 0; i < children.n; i++)
		links[i] = (struct link){ children.at[i].name, list_url(req->ask.arena, children.at[i].id, asked), false };
	view->communes = links;
	view->n_communes = children.n;
	return OK;
}

static void list_frame(struct request *req, const struct unit *unit, const struct round *round, struct page *page)
{
	struct arena *a = req->ask.arena;
	struct link crumbs[] = { { arena_format(a, "Số liệu %s", unit->name), url_query_int(a, url_own(a, "/so-lieu/%lld",
		(long long)unit->id), "dot", round->year), false } };

	page_crumbs(page, a, crumbs, COUNT(crumbs), "Danh sách");
}

enum outcome people_list_show(struct request *req)
{
	const struct people_list_form *form = req->form;
	const struct figure_word *word = word_of(form->tt);
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 2 * MiB);
	struct people_list view = { .empty = { .title = "Không có ai", .text = "Chọn tình trạng khác, hoặc xem đơn vị khác." } };
	struct standing_line last;
	const struct standing_line *after;
	struct standing_lines lines;
	struct round round;
	struct unit unit;
	struct asked asked;

	TRY(tree_get_last(&req->ask, form->unit, &unit));
	TRY(access_require(&req->ask, PERMIT_PERSON_READ, unit.id));
	TRY(round_of(req, form->dot, &round));
	TRY(after_of(req, form->sau, round.id, &last, &after));
	TRY(read_lines(req, &round, &unit, word->states, after, &lines));
	asked = (struct asked){ form, round.year, word->code };
	view.heading = arena_format(a, "%s%s, %s, năm %d", word->label, crowd_words(a, form), unit.name, round.year);
	access_page(req, &view.page, view.heading);
	list_frame(req, &unit, &round, &view.page);
	request_form(req, &people_list_form_def, &(struct people_list_form){ .tt = form->tt < 0 ? 0 : form->tt }, &view.form);
	view.form.tt.optional = false;
	view.who = form->ai >= 0 ? list_crowds.at[form->ai].code : "";
	view.group = form->nhom;
	if (is_crowd(form) && unit.level < LEVEL_COMMUNE)
		view.empty = (struct empty){ .title = "Chọn xã, phường", .text =
		"Danh sách riêng từng nhóm xem theo xã, phường." };
	view.lead = "Xếp theo tên.";
	view.year = arena_format(a, "%d", round.year);
	view.word = word->code;
	view.action = url_own(a, "/so-lieu/%lld/danh-sach", (long long)unit.id);
	view.export_action = url_own(a, "/so-lieu/%lld/tai", (long long)unit.id);
	view.may_export = !is_crowd(form);
	fill_people(req, &lines, &view);
	TRY(fill_communes(req, &unit, &asked, &view));
	view.pager = (struct pager){ .text = "" };
	if (after)
		view.pager.first = list_url(a, unit.id, &asked);
	if (lines.n == PAGE)
		view.pager.next = url_query_int(a, list_url(a, unit.id, &asked), "sau",
			(long long)lines.at[lines.n - 1].person_id);
	request_lists(req, unit.id, "Danh sách sau số liệu");
	people_list_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- files ---- */

enum outcome export_post(struct request *req)
{
	const struct export_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct round round;
	struct unit unit;
	struct url url;

	TRY(tree_get_last(&req->ask, form->unit, &unit));
	TRY(round_of(req, form->dot, &round));
	TRY(export_note(&req->ask, form->phan == PART_NAMES ? EXPORT_NAMES : EXPORT_TABLES, unit.id, round.id,
			form->phan == PART_NAMES ? word_of(form->tt)->label : "Bảng số liệu"));
	url = url_query_int(a, url_own(a, "/so-lieu/%lld/tep", (long long)unit.id), "dot", round.year);
	url = url_query(a, url, "phan", export_parts.at[form->phan].code);
	if (form->units == BOUNDARIES_NOW)
		url = url_query(a, url, "units", boundary_choices.at[BOUNDARIES_NOW].code);
	return taking_redirect(req, form->tt < 0 ? url : url_query(a, url, "tt", list_words.at[form->tt].code));
}

/* What the buttons send is whole; anything else is somebody's own making: the list again, with what is wrong. */
enum outcome export_again(struct request *req)
{
	const struct export_form *form = req->form;
	struct people_list_form list = { .unit = form->unit, .dot = form->dot, .tt = form->tt, .ai = -1, .nhom = "" };

	req->form = &list;
	return people_list_show(req);
}

enum outcome export_file(struct request *req)
{
	const struct export_file_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct spool_file *file = request_spool(req);    /* a province has as many rows as people */
	struct document *paper;
	struct round round;
	struct unit unit;

	TRY(tree_get_last(&req->ask, form->unit, &unit));
	TRY(access_require(&req->ask, form->phan == PART_NAMES ? PERMIT_PERSON_READ : PERMIT_FIGURES_READ, unit.id));
	TRY(taking_was_noted(req));
	TRY(round_of(req, form->dot, &round));
	if (form->phan == PART_NAMES) {
		paper = figure_people_paper(&req->ask, &unit, &round, word_of(form->tt));
	} else {
		struct dashboard d;

		TRY(dashboard_get(&req->ask, round.id, unit.id, form->units == BOUNDARIES_NOW ? BOUNDARIES_NOW : BOUNDARIES_OWN,
			&d));
		paper = dashboard_paper(&req->ask, &d);
	}
	TRY(document_render(paper, DOCUMENT_XLSX, (struct sink){ request_spool_add, file }));
	return respond_spooled(req, document_format_type(DOCUMENT_XLSX), arena_format(a, "%s %s %d.xlsx", form->phan == PART_NAMES
		? word_of(form->tt)->label : "Số liệu", unit.name, round.year), file);
}
