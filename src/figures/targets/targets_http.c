/* Pages of targets: five lines, the table of the units below, the people behind a figure. */
#include "figures/targets/targets_http.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "document/document.h"
#include "figures/targets/targets.h"
#include "figures/targets/targets_messages.h"
#include "figures/targets/targets_paper.h"
#include "figures/targets/targets_view.h"
#include "html/page.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/tree/tree.h"
#include "target_people_html.h"
#include "targets_page_html.h"
#include "text/format.h"
#include "title/rounds/rounds.h"
#include "title/transfers/boundaries.h"

enum { BAR = 280, T2 = 1, PAGE = 100 };
enum { ORDER_NAME, ORDER_NUMERATOR, ORDER_DENOMINATOR, ORDER_PERCENT, ORDER_MISSING };

FORM_DEFINE(targets_form, TARGETS_FORM)
FORM_DEFINE(targets_file_form, TARGETS_FILE_FORM)
FORM_DEFINE(target_people_form, TARGET_PEOPLE_FORM)

const struct choices target_choices = CHOICES({ "T1", "T1" }, { "T2", "T2" }, { "T3", "T3" }, { "T4", "T4" }, { "T5", "T5" });
const struct choices target_orders = CHOICES({ "ten", "Tên" }, { "dat", "Đạt" }, { "trong-so", "Trong số" }, { "ty-le", "Tỷ lệ" },
	{ "thieu", "Còn thiếu" });
const struct choices target_parts = CHOICES({ "tu", "Đạt" }, { "mau", "Trong số" }, { "thieu", "Còn thiếu" });
const struct choices target_formats = CHOICES({ "xlsx", "XLSX" }, { "csv", "CSV" });

/* What every page of targets needs. */
struct scene {
	struct request *req;
	struct arena *arena;
	struct unit unit;
	struct round round;
	struct target_set set;
	enum boundaries units;           /* in which everything here is told */
	struct scope scope;
	bool differ;                     /* do the round's own units and today's? */
	bool may_people;                 /* may the reader open the lists of people: of the units they were counted in */
	int target, order;               /* index; enum above */
	bool reversed;
};

static const char *today(struct request *req) { return arena_text(req->ask.arena, day_of(req->ask.now).text); }

static OUTCOME round_of(struct request *req, struct maybe year, struct round *out)
{
	return year.is ? round_get(&req->ask, year.value, out) : round_newest(&req->ask, out);
}

static struct url year_url(const struct scene *s, struct url url, int year, enum boundaries units)
{
	url = url_query_int(s->arena, url, "nam", year);
	return units == BOUNDARIES_OWN ? url : url_query(s->arena, url, "units", boundary_choices.at[units].code);
}

static struct url targets_url(const struct scene *s, int64_t unit, int target, int order, bool reversed)
{
	struct url url = year_url(s, url_own(s->arena, "/chi-tieu/%lld", (long long)unit), s->round.year, s->units);

	url = url_query(s->arena, url, "theo", target_choices.at[target].code);
	if (order != ORDER_MISSING || reversed)
		url = url_query(s->arena, url, "xep", target_orders.at[order].code);
	return reversed ? url_query_int(s->arena, url, "nguoc", 1) : url;
}

/* People of a leaf or commune; above it the table of the units below. */
static struct url list_url(const struct scene *s, const struct unit *unit, int target, const char *part)
{
	if (unit->level < LEVEL_COMMUNE)
		return url_fragment(s->arena, targets_url(s, unit->id, target, ORDER_MISSING, false), "theo-don-vi");
	if (!s->may_people)
		return URL_NONE;
	return url_query_int(s->arena, url_own(s->arena, "/chi-tieu/%lld/nguoi/T%d/%s", (long long)unit->id, target + 1, part),
		"nam",
		s->round.year);
}

static const char *percent_words(struct arena *a, int64_t tenths)
{
	return tenths % 10 ? arena_format(a, "%lld,%lld\u00a0%%", (long long)tenths / 10, (long long)tenths % 10)
		: arena_format(a, "%lld\u00a0%%", (long long)tenths / 10);
}

/* ---- the five lines ---- */

/* A share of the bar's length, with one decimal. */
static const char *along(struct arena *a, int64_t part, int64_t whole)
{
	int64_t tenths = part >= whole ? BAR * 10 : BAR * 10 * part / whole;

	return arena_format(a, "%lld.%lld", (long long)tenths / 10, (long long)tenths % 10);
}

static void fill_bar(struct arena *a, const struct target *t, const struct target_count *count, struct target_line *line)
{
	const struct target_value *first = &t->values[0], *last = &t->values[t->n_values - 1];
	int64_t x = BAR * last->tenths / 1000;

	line->bar_done = count->denominator ? along(a, count->numerator, count->denominator) : "0";
	line->bar_last = arena_format(a, "M%s 0v20", along(a, last->tenths, 1000));
	line->has_first = first->tenths != last->tenths;
	line->bar_first = arena_format(a, "M%s 2v16", along(a, first->tenths, 1000));
	line->bar_words = percent_words(a, last->tenths);
	line->bar_words_x = arena_format(a, "%lld", (long long)(x > BAR - 12 ? BAR - 12 : x < 20 ? 20 : x));
	line->bar_label = arena_format(a, "%s; mục tiêu năm %d %s, năm %d %s", line->percent, first->year, percent_words(a,
		first->tenths),
		last->year, percent_words(a, last->tenths));
}

static const struct target_note *notes(struct arena *a, const char *const *texts, size_t n)
{
	struct target_note *list = ARENA_ARRAY(a, struct target_note, n);

	for (size_t i = 0; i < n; i++)
		list[i].text = texts[i];
	return list;
}

static void fill_how(struct arena *a, const struct target *t, struct target_line *line)
{
	struct target_note *clauses = ARENA_ARRAY(a, struct target_note, t->n_values);

	for (size_t i = 0; i < t->n_values; i++) {
		const struct target_value *v = &t->values[i];

		clauses[i].text = arena_format(a, "Năm %d: %s. Kế hoạch, mục %s: “%s”%s%s", v->year, percent_words(a, v->tenths),
			v->clause, v->words,
			*v->note ? " " : "", v->note);
	}
	line->clauses = clauses;
	line->n_clauses = t->n_values;
	line->assumptions = notes(a, t->assumptions, t->n_assumptions);
	line->n_assumptions = t->n_assumptions;
	line->numerator_words = t->numerator;
	line->denominator_words = t->denominator;
	line->how_id = arena_format(a, "cach-tinh-%s", t->code);
	line->how_href = url_fragment(a, URL(""), line->how_id);
}

static struct target_line line_of(const struct scene *s, int target, const struct target_count *count)
{
	struct arena *a = s->arena;
	const struct target *t = &s->set.targets[target];
	const struct target_value *last = &t->values[t->n_values - 1];
	int64_t goal = target_goal(t, s->round.year), missing = target_missing(count, goal), later = target_missing(count,
		last->tenths);
	struct target_line line = { .code = t->code, .title = t->title, .has_data = count->denominator > 0,
		.is_reached = missing == 0,
		.percent = format_percent(a, count->numerator, count->denominator), .numerator = format_int(a, count->numerator),
		.denominator = format_int(a, count->denominator), .missing = format_int(a, missing), .later = "",
		.goal = arena_format(a, "%s, năm %d", percent_words(a, goal), s->round.year),
		.numerator_href = list_url(s, &s->unit, target, "tu"), .denominator_href = list_url(s, &s->unit, target, "mau"),
		.missing_href = list_url(s, &s->unit, target, "thieu") };

	if (last->year > s->round.year && later > missing)
		line.later = arena_format(a, "%s người nữa tới %s, năm %d", format_int(a, later), percent_words(a, last->tenths),
		last->year);
	fill_bar(a, t, count, &line);
	fill_how(a, t, &line);
	return line;
}

static OUTCOME fill_targets(const struct scene *s, struct targets_page *view)
{
	struct target_count counts[TARGETS];
	struct target_line *lines = ARENA_ARRAY(s->arena, struct target_line, TARGETS);

	TRY(counted_targets(&s->req->ask, s->round.id, &s->scope.counted, "", counts));
	for (int i = 0; i < TARGETS; i++)
		lines[i] = line_of(s, i, &counts[i]);
	view->targets = lines;
	view->n_targets = TARGETS;
	view->status = s->set.status;
	view->rules = notes(s->arena, s->set.rules, s->set.n_rules);
	view->n_rules = s->set.n_rules;
	return OK;
}

/* ---- the units below ---- */

struct row { struct unit unit; struct target_count count; size_t at; int64_t key; };

static int by_key(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->key != y->key)
		return x->key > y->key ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static int64_t key_of(const struct scene *s, const struct row *row)
{
	const struct target_count *c = &row->count;
	int64_t key = 0;

	switch (s->order) {
	case ORDER_NAME: key = -(int64_t)row->at; break;
	case ORDER_NUMERATOR: key = c->numerator; break;
	case ORDER_DENOMINATOR: key = c->denominator; break;
	case ORDER_PERCENT: key = c->denominator ? c->numerator * 1000000 / c->denominator : -1; break;
	default: key = target_missing(c, target_goal(&s->set.targets[s->target], s->round.year)); break;
	}
	return s->reversed ? -key : key;
}

static struct target_child child_of(const struct scene *s, const struct unit *unit, const struct target_count *c)
{
	struct arena *a = s->arena;
	int64_t missing = target_missing(c, target_goal(&s->set.targets[s->target], s->round.year));

	return (struct target_child){ .name = unit->name, .code = unit->code, .numerator = format_int(a, c->numerator),
		.denominator = format_int(a, c->denominator), .percent = format_percent(a, c->numerator, c->denominator),
		.missing = c->denominator ? format_int(a, missing) : "", .href = unit->id ? targets_url(s, unit->id, s->target,
		ORDER_MISSING, false) : URL_NONE,
		.numerator_href = list_url(s, unit, s->target, "tu"), .denominator_href = list_url(s, unit, s->target, "mau"),
		.missing_href = c->denominator ? list_url(s, unit, s->target, "thieu") : URL_NONE };
}

static struct sort_head head_of(const struct scene *s, int order, const char *label)
{
	bool here = s->order == order, rising = (order == ORDER_NAME) != s->reversed;

	return (struct sort_head){ .label = label, .is_num = order != ORDER_NAME, .order = !here ? "" : rising ? "ascending"
		: "descending",
		.href = url_fragment(s->arena, targets_url(s, s->unit.id, s->target, order, here && !s->reversed),
		"theo-don-vi") };
}

static void fill_heads(const struct scene *s, struct targets_page *view)
{
	struct target_choice *choices = ARENA_ARRAY(s->arena, struct target_choice, TARGETS);

	for (int i = 0; i < TARGETS; i++)
		choices[i] = (struct target_choice){ s->set.targets[i].code, url_fragment(s->arena, targets_url(s, s->unit.id, i,
		s->order,
			s->reversed), "theo-don-vi"), i == s->target };
	view->choices = choices;
	view->n_choices = TARGETS;
	view->chosen_title = arena_format(s->arena, "%s: %s", s->set.targets[s->target].code, s->set.targets[s->target].title);
	view->by_name = head_of(s, ORDER_NAME, "Đơn vị");
	view->by_numerator = head_of(s, ORDER_NUMERATOR, "Đạt");
	view->by_denominator = head_of(s, ORDER_DENOMINATOR, "Trong số");
	view->by_percent = head_of(s, ORDER_PERCENT, "Tỷ lệ");
	view->by_missing = head_of(s, ORDER_MISSING, arena_format(s->arena, "Còn thiếu tới %s", percent_words(s->arena,
		target_goal(&s->set.targets[s->target], s->round.year))));
}

static OUTCOME fill_children(const struct scene *s, struct targets_page *view)
{
	struct target_count (*counts)[TARGETS], total = { 0 };
	size_t n = s->scope.n_children;
	struct target_child *children;
	struct row *rows;

	TRY(scope_targets_by_child(&s->req->ask, s->round.id, &s->scope, &counts));
	view->has_children = n > 0;
	rows = ARENA_ARRAY(s->arena, struct row, n);
	for (size_t i = 0; i < n; i++) {
		rows[i] = (struct row){ .unit = s->scope.children[i].unit, .count = counts[i][s->target], .at = i };
		rows[i].key = key_of(s, &rows[i]);
		total.numerator += rows[i].count.numerator;
		total.denominator += rows[i].count.denominator;
	}
	if (n > 1)
		qsort(rows, n, sizeof *rows, by_key);
	children = ARENA_ARRAY(s->arena, struct target_child, n);
	for (size_t i = 0; i < n; i++)
		children[i] = child_of(s, &rows[i].unit, &rows[i].count);
	view->children = children;
	view->n_children = n;
	view->children_heading = arena_format(s->arena, "Theo %zu đơn vị bên dưới", n);
	view->total = child_of(s, &s->unit, &total);
	view->total.name = "Cộng";
	fill_heads(s, view);
	view->xlsx_href =
		year_url(s, url_own(s->arena, "/chi-tieu/%lld/tai/xlsx", (long long)s->unit.id), s->round.year, s->units);
	view->csv_href = year_url(s, url_own(s->arena, "/chi-tieu/%lld/tai/csv", (long long)s->unit.id), s->round.year, s->units);
	return OK;
}

/* ---- around ---- */

static OUTCOME fill_crumbs(const struct scene *s, struct page *page, const char *here)
{
	struct link *links = ARENA_ARRAY(s->arena, struct link, UNIT_DEPTH + 1);
	struct unit_list path = { 0 };
	size_t n = 0;

	if (tree_path(&s->req->ask, s->unit.id, today(s->req), &path) == FAILED)
		return FAILED;
	for (size_t i = 0; i < path.n; i++) {
		bool may;

		TRY(access_may_on(&s->req->ask, PERMIT_FIGURES_READ, path.at[i].id, &may));
		if (may && (path.at[i].id != s->unit.id || *here))
			links[n++] = (struct link){ path.at[i].name, targets_url(s, path.at[i].id, s->target, ORDER_MISSING,
			false), false };
	}
	page_crumbs(page, s->arena, links, n, *here ? here : s->unit.name);
	return OK;
}

static OUTCOME fill_context(const struct scene *s, struct page *page, const char **cut_off)
{
	struct url here = url_own(s->arena, "/chi-tieu/%lld", (long long)s->unit.id);
	struct round_list rounds;
	struct link *links;
	const char *day;
	size_t n = 0;

	TRY(round_list(&s->req->ask, &rounds));
	TRY(counted_last_change(&s->req->ask, s->round.id, &s->scope.counted, "", &day));
	links = ARENA_ARRAY(s->arena, struct link, rounds.n + 1);
	for (size_t i = 0; i < rounds.n; i++)
		if (rounds.at[i].id != s->round.id)
			links[n++] = (struct link){ arena_format(s->arena, "năm %d", rounds.at[i].year), year_url(s, here,
				rounds.at[i].year, s->units), false };
	if (s->differ)
		links[n++] = (struct link){
			s->units == BOUNDARIES_NOW ? "theo đơn vị của năm ấy" : "theo đơn vị hôm nay",
			year_url(s, here, s->round.year, s->units == BOUNDARIES_NOW ? BOUNDARIES_OWN : BOUNDARIES_NOW), false};
	*cut_off = *day ? arena_format(s->arena, "Số liệu đến hết ngày %s.", format_date(s->arena, day)) : "Chưa có ai được đếm trong năm này.";
	page->context = (struct context){ .unit = s->unit.name, .within = "", .round = arena_format(s->arena, "Năm %d%s",
		s->round.year, s->units == BOUNDARIES_NOW ? ", đơn vị hôm nay" : ""),
		.due = *day ? arena_format(s->arena, "Số liệu đến hết ngày %s", format_date(s->arena, day)) : "", .links = links,
		.n_links = n };
	return OK;
}

/* A unit that is not there today is told in the round's own. */
static OUTCOME choose_units(struct scene *s, enum boundaries units)
{
	struct ask *ask = &s->req->ask;
	enum outcome found = scope_in(ask, s->round.id, &s->unit, units, "", &s->scope);

	s->units = found == NOT_FOUND ? BOUNDARIES_OWN : units;
	if (found == NOT_FOUND)
		found = scope_own(ask, s->round.id, &s->unit, &s->scope);
	TRY(found);
	TRY(boundaries_differ(ask, s->round.id, &s->differ));
	s->may_people &= s->units == BOUNDARIES_OWN || !s->differ;
	return OK;
}

/* FORBIDDEN and NOT_FOUND are the page's answer; no round or no set of targets leaves has_targets false. */
static OUTCOME set_scene(struct request *req, int64_t unit_id, struct maybe year, int units, struct scene *s, bool *has_targets)
{
	enum outcome found;

	*s = (struct scene){ .req = req, .arena = req->ask.arena, .target = T2, .order = ORDER_MISSING };
	TRY(tree_get_last(&req->ask, unit_id, &s->unit));
	TRY(access_require(&req->ask, PERMIT_FIGURES_READ, unit_id));
	TRY(access_may_on(&req->ask, PERMIT_PERSON_READ, unit_id, &s->may_people));
	found = round_of(req, year, &s->round);
	if (found == OK)
		found = target_set_get(&req->ask, &s->set);
	*has_targets = found == OK;
	if (found == OK)
		TRY(choose_units(s, units == BOUNDARIES_NOW ? BOUNDARIES_NOW : BOUNDARIES_OWN));
	return found == NOT_FOUND && !year.is ? OK : found;
}

static enum outcome targets_home(struct request *req)
{
	int64_t home;

	TRY(access_home(&req->ask, PERMIT_FIGURES_READ, &home));
	return redirect_see_other(req, url_own(req->ask.arena, "/chi-tieu/%lld", (long long)home));
}

static enum outcome targets_show(struct request *req)
{
	const struct targets_form *form = req->form;
	struct buf page = BUF(req->ask.arena, .max = 4 * MiB);
	struct targets_page view = { .heading = "", .cut_off = "" };
	struct scene s;

	TRY(set_scene(req, form->unit, form->nam, form->units, &s, &view.has_targets));
	s.target = form->theo >= 0 ? form->theo : T2;
	s.order = form->xep >= 0 ? form->xep : ORDER_MISSING;
	s.reversed = form->nguoc;
	view.heading = view.has_targets ? arena_format(s.arena, "Chỉ tiêu năm %d: %s", s.round.year, s.unit.name)
		: arena_format(s.arena, "Chỉ tiêu: %s", s.unit.name);
	access_page(req, &view.page, view.heading);
	view.empty = (struct empty){ .title = "Chưa có gì để đếm",
		.text = "Khi có đợt đầu tiên và bộ mục tiêu của kế hoạch, số liệu hiện ở đây." };
	if (view.has_targets) {
		TRY(fill_crumbs(&s, &view.page, ""));
		TRY(fill_context(&s, &view.page, &view.cut_off));
		TRY(fill_targets(&s, &view));
		TRY(fill_children(&s, &view));
	}
	targets_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome targets_file(struct request *req)
{
	const struct targets_file_form *form = req->form;
	struct buf file = BUF(req->ask.arena, .max = 8 * MiB);
	enum document_format format;
	const char *ending = target_formats.at[form->format].code;
	struct document *paper;
	bool has_targets;
	struct scene s;

	BUG_ON(!document_format_of(ending, &format));
	TRY(set_scene(req, form->unit, form->nam, form->units, &s, &has_targets));
	if (!has_targets)
		return NOT_FOUND;
	TRY(targets_paper(&req->ask, &s.scope, s.units, &s.round, &s.set, &paper));
	TRY(document_render(paper, format, sink_buf(&file)));
	return respond_file(req, document_format_type(format), arena_format(s.arena, "Chỉ tiêu %d %s.%s", s.round.year,
		s.unit.name, ending),
		buf_bytes(&file), false);
}

/* ---- the people behind a figure ---- */

static void fill_people(const struct scene *s, const struct standing_lines *lines, struct target_people *view)
{
	struct target_person *people = ARENA_ARRAY(s->arena, struct target_person, lines->n);

	for (size_t i = 0; i < lines->n; i++) {
		const struct standing_line *l = &lines->at[i];

		people[i] = (struct target_person){ .name = l->name, .birth = format_date(s->arena, l->birth),
			.leaf = l->leaf_name,
			.total = l->total ? format_int(s->arena, l->total) : "", .has_sheet = l->state != SHEET_NONE,
			.href = url_own(s->arena, "/nguoi/%lld", (long long)l->person_id) };
		if (people[i].has_sheet)
			people[i].state = state_mark_short(sheet_state_code(l->state));
	}
	view->people = people;
	view->n_people = lines->n;
}

static enum outcome people_show(struct request *req)
{
	static const char *const leads[] = { "Những người được đếm ở tử số.", "Những người được đếm ở mẫu số.",
		"Những người ở mẫu số mà chưa ở tử số: ai đạt thêm thì tỷ lệ tăng." };
	const struct target_people_form *form = req->form;
	struct buf page = BUF(req->ask.arena, .max = 2 * MiB);
	struct target_people view = { .pager = { .text = "" } };
	struct standing last = { 0 };
	struct standing_line after = { 0 };
	struct standing_lines lines;
	bool has_targets;
	struct scene s;

	TRY(set_scene(req, form->unit, form->nam, BOUNDARIES_OWN, &s, &has_targets));
	TRY(access_require(&req->ask, PERMIT_PERSON_READ, form->unit));
	if (!has_targets)
		return NOT_FOUND;
	if (form->after) {
		TRY(standing_get(&req->ask, form->after, s.round.id, &last));
		after = (struct standing_line){ .person_id = last.person_id, .name_key = last.name_key };
	}
	s.target = form->target;
	TRY(standing_list_of_target(&req->ask, s.round.id, form->unit, form->target + 1, (enum target_part)(form->part + 1),
		form->after ? &after : NULL, &lines));
	view.heading = arena_format(s.arena, "%s, %s: %s, năm %d", s.set.targets[form->target].code, form->part == 0 ? "người đạt"
		: form->part == 1 ? "người được tính" : "người còn thiếu", s.unit.name, s.round.year);
	view.lead = arena_format(s.arena, "%s. %s", s.set.targets[form->target].title, leads[form->part]);
	view.empty = (struct empty){ .title = "Không có ai", .text = "Chưa có người nào ở phần này của chỉ tiêu." };
	access_page(req, &view.page, view.heading);
	TRY(fill_crumbs(&s, &view.page, s.set.targets[form->target].code));
	fill_people(&s, &lines, &view);
	if (form->after)
		view.pager.first = list_url(&s, &s.unit, form->target, target_parts.at[form->part].code);
	if (lines.n == PAGE)
		view.pager.next = url_query_int(s.arena, list_url(&s, &s.unit, form->target, target_parts.at[form->part].code),
		"after",
			(long long)lines.at[PAGE - 1].person_id);
	target_people_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

const struct route targets_routes[] = {
	GET(READ, "/chi-tieu", PERMIT_FIGURES_READ, SEES_NOBODY, no_form, targets_home)
	GET(READ, "/chi-tieu/{unit}", PERMIT_FIGURES_READ, SEES_NOBODY, targets_form, targets_show)
	GET(WORK, "/chi-tieu/{unit}/tai/{format}", PERMIT_FIGURES_READ, SEES_NOBODY, targets_file_form, targets_file)
	GET(WORK, "/chi-tieu/{unit}/nguoi/{target}/{part}", PERMIT_PERSON_READ, SEES_NOBODY, target_people_form, people_show)
};
const struct route_table targets_table = ROUTES(targets_routes);
