/* The dashboard of a unit: what was reached, where sheets are, who and where; every figure leads to the people behind it. */
#include "figures/dashboards/dashboards_http.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "dashboard_page_html.h"
#include "figures/dashboards/dashboards.h"
#include "figures/dashboards/dashboards_lists_http.h"
#include "figures/dashboards/dashboards_page.h"
#include "figures/dashboards/dashboards_view.h"
#include "html/page.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/people/people.h"
#include "text/format.h"

enum { BAR = 280, FUNNEL = 240 };
enum order { ORDER_NAME, ORDER_PEOPLE, ORDER_REGISTERED, ORDER_SUBMITTED, ORDER_RECOGNISED };

FORM_DEFINE(dashboard_form, DASHBOARD_FORM)

const struct choices dashboard_orders = CHOICES({ "ten", "Tên" }, { "nguoi", "Người" }, { "dk", "Đăng ký" }, { "nop", "Đã nộp" },
	{ "cn", "Công nhận" });

/* What the parts of the page share. */
struct scene {
	struct request *req;
	struct arena *arena;
	const struct dashboard *d;
	enum order order;
	bool reversed;                   /* against the order's usual way: names rising, figures falling */
	bool may_people;
	bool restated;                   /* the units of the round are not those of today */
};

static struct url year_url(const struct scene *s, int64_t unit_id, int year, enum boundaries units)
{
	struct url url = url_query_int(s->arena, url_own(s->arena, "/so-lieu/%lld", (long long)unit_id), "dot", year);

	return units == BOUNDARIES_OWN ? url : url_query(s->arena, url, "units", boundary_choices.at[units].code);
}

static struct url dashboard_url(const struct scene *s, int64_t unit_id)
{
	return unit_id ? year_url(s, unit_id, s->d->round.year, s->d->units) : URL_NONE;
}

static struct url list_url(const struct scene *s, int64_t unit_id, const char *word, int64_t people)
{
	struct url url;

	if (!s->may_people || !people || !unit_id)
		return URL_NONE;
	url = url_query_int(s->arena, url_own(s->arena, "/so-lieu/%lld/danh-sach", (long long)unit_id), "dot", s->d->round.year);
	return url_query(s->arena, url, "tt", word);
}

static const char *of_words(const struct scene *s, int64_t part, int64_t whole, const char *what)
{
	return whole ? arena_format(s->arena, "%s của %s %s", format_percent(s->arena, part, whole), format_int(s->arena, whole),
				    what)
		     : FORMAT_NO_DATA;
}

static void fill_figures(const struct scene *s, struct dashboard_page *view)
{
	const struct figure_counts *c = &s->d->crowds.whole.all;
	struct maybe adults = s->d->adults;
	struct figure *items = ARENA_ARRAY(s->arena, struct figure, 4);
	int64_t id = s->d->unit.id;

	items[0] = (struct figure){ "Đã đăng ký", format_int(s->arena, c->registered), of_words(s, c->registered, c->people,
		"người trong sổ"), list_url(s, id, "dang-ky", c->registered) };
	items[1] = (struct figure){ "Đã nộp phiếu", format_int(s->arena, c->submitted), of_words(s, c->submitted, c->registered,
		"người đăng ký"), list_url(s, id, "nop", c->submitted) };
	items[2] = (struct figure){"Được công nhận", format_int(s->arena, c->recognised),
				   of_words(s, c->recognised, c->registered, "người đăng ký"),
				   list_url(s, id, "cong-nhan", c->recognised)};
	items[3] = (struct figure){
		"Người từ 18 tuổi, số chính thức", adults.is ? format_int(s->arena, adults.value) : "chưa có",
		adults.is ? arena_format(s->arena, "công nhận %s", format_percent(s->arena, c->recognised, adults.value)) : "",
		URL_NONE};
	view->figures = (struct figures){ items, 4 };
}

/* ---- targets ---- */

static const char *tenths_words(struct arena *a, int64_t tenths)
{
	return tenths % 10 ? arena_format(a, "%lld,%lld\u00a0%%", (long long)tenths / 10, (long long)tenths % 10)
		: arena_format(a, "%lld\u00a0%%", (long long)tenths / 10);
}

static struct url target_list(const struct scene *s, int target, const char *part)
{
	if (s->d->unit.level < LEVEL_COMMUNE)
		return url_fragment(
			s->arena,
			url_query(s->arena,
				  url_query_int(s->arena, url_own(s->arena, "/chi-tieu/%lld", (long long)s->d->unit.id), "nam",
						s->d->round.year),
				  "theo", arena_format(s->arena, "T%d", target + 1)),
			"theo-don-vi");
	if (!s->may_people)
		return URL_NONE;
	return url_query_int(s->arena,
			     url_own(s->arena, "/chi-tieu/%lld/nguoi/T%d/%s", (long long)s->d->unit.id, target + 1, part), "nam",
			     s->d->round.year);
}

static struct dashboard_target target_of(const struct scene *s, int i)
{
	const struct target *t = &s->d->targets.targets[i];
	const struct target_count *c = &s->d->counts[i];
	int64_t goal = target_goal(t, s->d->round.year), missing = target_missing(c, goal);
	struct maybe share = percent_tenths(c->numerator, c->denominator);

	return (struct dashboard_target){
		.code = t->code,
		.title = t->title,
		.has_data = c->denominator > 0,
		.is_reached = !missing,
		.numerator = format_int(s->arena, c->numerator),
		.denominator = format_int(s->arena, c->denominator),
		.percent = format_percent(s->arena, c->numerator, c->denominator),
		.missing = format_int(s->arena, missing),
		.goal = arena_format(s->arena, "%s, năm %d", tenths_words(s->arena, goal), s->d->round.year),
		.bar = arena_format(s->arena, "%lld",
				    (long long)(share.is ? BAR * (share.value > 1000 ? 1000 : share.value) / 1000 : 0)),
		.tick = arena_format(s->arena, "M%lld 0v20", (long long)(BAR * goal / 1000)),
		.bar_label =
			arena_format(s->arena, "%s; mục tiêu năm %d %s", format_percent(s->arena, c->numerator, c->denominator),
				     s->d->round.year, tenths_words(s->arena, goal)),
		.href = url_query_int(s->arena, url_own(s->arena, "/chi-tieu/%lld", (long long)s->d->unit.id), "nam",
				      s->d->round.year),
		.numerator_href = target_list(s, i, "tu"),
		.denominator_href = target_list(s, i, "mau"),
		.missing_href = target_list(s, i, "thieu")};
}

static void fill_targets(const struct scene *s, struct dashboard_page *view)
{
	struct dashboard_target *targets = ARENA_ARRAY(s->arena, struct dashboard_target, TARGETS);

	view->has_targets = s->d->has_targets;
	if (!view->has_targets)
		return;
	for (int i = 0; i < TARGETS; i++)
		targets[i] = target_of(s, i);
	view->targets = targets;
	view->n_targets = TARGETS;
	view->targets_href = targets[0].href;
}

/* ---- where sheets are ---- */

static void fill_states(const struct scene *s, struct dashboard_page *view)
{
	const struct figure_counts *c = &s->d->crowds.whole.all;
	struct dashboard_state *rows = ARENA_ARRAY(s->arena, struct dashboard_state, SHEET_STATE_N);
	int64_t most = 1;

	for (int i = 0; i < SHEET_STATE_N; i++)
		most = c->states[i] > most ? c->states[i] : most;
	for (int i = 0; i < SHEET_STATE_N; i++) {
		const struct figure_word *word = figure_word_of(1u << i);

		if (!c->states[i])
			continue;
		rows[view->n_states++] = (struct dashboard_state){
			.has_mark = i != SHEET_NONE,
			.plain = "Chưa đăng ký",
			.mark = i == SHEET_NONE ? (struct state_mark){"", ""} : state_mark(sheet_state_code((enum sheet_state)i)),
			.people = format_int(s->arena, c->states[i]),
			.href = word ? list_url(s, s->d->unit.id, word->code, c->states[i]) : URL_NONE,
			.bar = c->states[i] * FUNNEL / most ? c->states[i] * FUNNEL / most : 1};
	}
	view->states = rows;
}

/* ---- who ---- */

/* The list of a crowd behind a figure: of whom (list_crowds) and of which group, "" for neither. */
static struct url crowd_url(const struct scene *s, const char *who, const char *group, const char *word, int64_t people)
{
	struct url url = list_url(s, s->d->unit.id, word, people);

	if (url.text && *who)
		url = url_query(s->arena, url, "ai", who);
	return url.text && *group ? url_query(s->arena, url, "nhom", group) : url;
}

static struct dashboard_group group_of(const struct scene *s, const char *title, const char *who, const char *group,
	const struct figure_counts *c, int64_t adults)
{
	struct arena *a = s->arena;
	struct dashboard_group of = {title,
					format_int(a, adults),
					format_int(a, c->registered),
					format_int(a, c->submitted),
					format_int(a, c->recognised),
					format_percent(a, c->recognised, c->registered),
					format_percent(a, c->recognised, adults)};

	of.adults_href = crowd_url(s, !*who ? "18" : !strcmp(who, "nu") ? "nu-18" : who, group, "tat-ca", adults);
	of.registered_href = crowd_url(s, who, group, "dang-ky", c->registered);
	of.submitted_href = crowd_url(s, who, group, "nop", c->submitted);
	of.recognised_href = crowd_url(s, who, group, "cong-nhan", c->recognised);
	return of;
}

static void fill_groups(const struct scene *s, struct dashboard_page *view)
{
	const struct crowds *crowds = &s->d->crowds;
	const struct crowd *whole = &crowds->whole;
	struct dashboard_group *groups = ARENA_ARRAY(s->arena, struct dashboard_group, crowds->n + 2);

	view->groups_total = group_of(s, "Tất cả", "", "", &whole->all, whole->adults);
	groups[view->n_groups++] = group_of(s, "Nữ", "nu", "", &whole->women, whole->women_adults);
	groups[view->n_groups++] = group_of(s, "Từ 60 tuổi", "60", "", &whole->elders, whole->elders.people);
	for (size_t i = 0; i < crowds->n; i++)
		groups[view->n_groups++] = group_of(s, person_group_label(crowds->groups[i].code), "", crowds->groups[i].code,
			&crowds->groups[i].crowd.all,
			crowds->groups[i].crowd.adults);
	view->groups = groups;
}

/* ---- where ---- */

static int64_t figure_at(const struct figure_counts *c, enum order order)
{
	switch (order) {
	case ORDER_PEOPLE:
		return c->people;
	case ORDER_REGISTERED:
		return c->registered;
	case ORDER_SUBMITTED:
		return c->submitted;
	case ORDER_RECOGNISED:
		return c->recognised;
	case ORDER_NAME:
		break;
	}
	return 0;
}

struct sorted { size_t place; int64_t value; };

static int by_value(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? 1 : -1;
	return (x->place > y->place) - (x->place < y->place);
}

/* The children in the order asked for: names come sorted, figures fall; reversed turns it round. */
static struct sorted *sorted_children(const struct scene *s)
{
	const struct figure_parts *children = &s->d->children;
	struct sorted *list = ARENA_ARRAY(s->arena, struct sorted, children->n);

	for (size_t i = 0; i < children->n; i++)
		list[i] = (struct sorted){ i, figure_at(&children->at[i].counts, s->order) };
	if (children->n > 1)
		qsort(list, children->n, sizeof *list, by_value);
	for (size_t i = 0; s->reversed && i < children->n / 2; i++) {
		struct sorted other = list[children->n - 1 - i];

		list[children->n - 1 - i] = list[i];
		list[i] = other;
	}
	return list;
}

static struct sort_head head_of(const struct scene *s, enum order order)
{
	bool is_now = s->order == order, rises = (order == ORDER_NAME) != s->reversed;
	struct url url = url_query(s->arena, dashboard_url(s, s->d->unit.id), "xep", dashboard_orders.at[order].code);

	if (is_now && !s->reversed)
		url = url_query_int(s->arena, url, "nguoc", 1);
	return (struct sort_head){ .label = order == ORDER_NAME ? s->d->unit.level == LEVEL_PROVINCE ? "Xã, phường" : "Đơn vị"
		: dashboard_orders.at[order].label, .href = url_fragment(s->arena, url, "theo-don-vi"),
		.order = !is_now ? "" : rises ? "ascending" : "descending", .is_num = order != ORDER_NAME };
}

static struct dashboard_child child_of(const struct scene *s, const char *code, const char *name, int64_t id,
				       const struct figure_counts *c)
{
	return (struct dashboard_child){.code = code,
					.name = name,
					.people = format_int(s->arena, c->people),
					.registered = format_int(s->arena, c->registered),
					.submitted = format_int(s->arena, c->submitted),
					.recognised = format_int(s->arena, c->recognised),
					.share = format_percent(s->arena, c->registered, c->people),
					.href = dashboard_url(s, id),
					.people_href = list_url(s, id, "tat-ca", c->people),
					.registered_href = list_url(s, id, "dang-ky", c->registered),
					.submitted_href = list_url(s, id, "nop", c->submitted),
					.recognised_href = list_url(s, id, "cong-nhan", c->recognised)};
}

static void fill_children(const struct scene *s, struct dashboard_page *view)
{
	const struct dashboard *d = s->d;
	struct dashboard_child *list = ARENA_ARRAY(s->arena, struct dashboard_child, d->children.n);
	struct sorted *order = sorted_children(s);

	view->has_children = d->children.n > 0;
	for (size_t i = 0; i < d->children.n; i++) {
		const struct figure_part *p = &d->children.at[order[i].place];

		list[i] = child_of(s, p->code, p->name, p->unit_id, &p->counts);
	}
	view->children = list;
	view->n_children = d->children.n;
	view->total = child_of(s, d->unit.code, d->unit.name, d->unit.id, &d->crowds.whole.all);
	view->children_heading = arena_format(s->arena, "Theo %zu đơn vị trực thuộc", d->children.n);
	view->by_name = head_of(s, ORDER_NAME);
	view->by_people = head_of(s, ORDER_PEOPLE);
	view->by_registered = head_of(s, ORDER_REGISTERED);
	view->by_submitted = head_of(s, ORDER_SUBMITTED);
	view->by_recognised = head_of(s, ORDER_RECOGNISED);
	view->has_map = dashboard_has_map(&d->unit, d->round.year);
	view->map = page_map_communes();
	view->map_title = map_words(s->arena, &d->children, d->round.year);
}

/* ---- when ---- */

static const char *signed_int(struct arena *a, int64_t n)
{
	return n > 0 ? arena_format(a, "+%s", format_int(a, n)) : n < 0 ? arena_format(a, "−%s", format_int(a, -n)) : "0";
}

static struct dashboard_compare compare(const struct scene *s, const char *label, const char *word, int64_t now, int64_t before)
{
	return (struct dashboard_compare){label, format_int(s->arena, now), format_int(s->arena, before),
					  signed_int(s->arena, now - before), list_url(s, s->d->unit.id, word, now)};
}

static void fill_before(const struct scene *s, struct dashboard_page *view)
{
	const struct figure_counts *now = &s->d->crowds.whole.all, *before = &s->d->before;
	struct dashboard_compare *rows = ARENA_ARRAY(s->arena, struct dashboard_compare, 3);
	const char *today = arena_text(s->arena, day_of(s->req->ask.now).text);

	view->has_before = *s->d->before_day != '\0';
	if (!view->has_before)
		return;
	rows[0] = compare(s, "Đã đăng ký", "dang-ky", now->registered, before->registered);
	rows[1] = compare(s, "Đã nộp phiếu", "nop", now->submitted, before->submitted);
	rows[2] = compare(s, "Được công nhận", "cong-nhan", now->recognised, before->recognised);
	view->before_heading = "So với cùng ngày năm trước";
	view->now_head = format_date(s->arena, today);
	view->before_head = format_date(s->arena, s->d->before_day);
	view->compares = rows;
	view->n_compares = 3;
}

static void fill_years(const struct scene *s, struct dashboard_page *view)
{
	struct dashboard_round *years = ARENA_ARRAY(s->arena, struct dashboard_round, s->d->n_years);

	for (size_t i = 0; i < s->d->n_years; i++) {
		const struct dashboard_year *y = &s->d->years[i];

		years[i] = (struct dashboard_round){ arena_format(s->arena, "%d", y->year), format_int(s->arena, y->registered),
			format_int(s->arena, y->recognised), year_url(s, s->d->unit.id, y->year, s->d->units) };
	}
	view->years = years;
	view->n_years = s->d->n_years;
	view->has_years = s->d->n_years > 0;
	view->is_line = s->d->n_years > 1;
	view->years_title = arena_format(s->arena, "Đăng ký và công nhận qua %zu năm", s->d->n_years);
}

static OUTCOME fill_frame(const struct scene *s, struct page *page)
{
	const struct dashboard *d = s->d;
	struct unit_list path;
	struct link *crumbs, *rounds = ARENA_ARRAY(s->arena, struct link, d->rounds.n + 1);
	size_t n = 0, n_rounds = 0;

	if (tree_path(&s->req->ask, d->unit.id, arena_text(s->arena, day_of(s->req->ask.now).text), &path) != OK)
		path = (struct unit_list){ 0 };
	crumbs = ARENA_ARRAY(s->arena, struct link, path.n + 1);
	for (size_t i = 0; i + 1 < path.n; i++) {
		bool may;

		TRY(access_may_on(&s->req->ask, PERMIT_FIGURES_READ, path.at[i].id, &may));
		if (may)
			crumbs[n++] = (struct link){ path.at[i].name, dashboard_url(s, path.at[i].id), false };
	}
	if (n)
		page_crumbs(page, s->arena, crumbs, n, d->unit.name);
	for (size_t i = 0; i < d->rounds.n; i++)
		if (d->rounds.at[i].id != d->round.id)
			rounds[n_rounds++] =
				(struct link){arena_format(s->arena, "năm %d", d->rounds.at[i].year),
					      year_url(s, d->unit.id, d->rounds.at[i].year, d->units),
					      false};
	if (s->restated)
		rounds[n_rounds++] = (struct link){ d->units == BOUNDARIES_NOW ? "theo đơn vị của năm ấy" : "theo đơn vị hôm nay",
			year_url(s, d->unit.id, d->round.year, d->units == BOUNDARIES_NOW ? BOUNDARIES_OWN : BOUNDARIES_NOW),
			false };
	page->context = (struct context){
		.unit = d->unit.name,
		.within = d->parent.name,
		.round = arena_format(s->arena, "Đợt năm %d%s", d->round.year, d->units == BOUNDARIES_NOW ? ", đơn vị hôm nay"
		: ""),
		.due = *d->cut_off ? arena_format(s->arena, "Số liệu đến hết ngày %s", format_date(s->arena, d->cut_off))
				   : "Chưa có số liệu",
		.links = rounds,
		.n_links = n_rounds};
	return OK;
}

static enum outcome no_round(struct request *req, int64_t unit_id)
{
	struct buf page = BUF(req->ask.arena);
	struct dashboard_page view = { .empty = { .title = "Chưa có đợt nào",
		.text = "Hội Khuyến học tỉnh mở đợt đầu tiên, rồi số liệu hiện ở đây." } };
	struct unit unit;

	TRY(tree_get_last(&req->ask, unit_id, &unit));
	TRY(access_require(&req->ask, PERMIT_FIGURES_READ, unit_id));
	access_page(req, &view.page, "Số liệu");
	view.heading = unit.name;
	dashboard_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome dashboard_show(struct request *req)
{
	const struct dashboard_form *form = req->form;
	struct buf page = BUF(req->ask.arena, .max = 4 * MiB);
	struct dashboard_page view = { .empty = { .title = "" } };
	struct dashboard d;
	struct scene s = {.req = req,
			  .arena = req->ask.arena,
			  .d = &d,
			  .order = form->xep < 0 ? ORDER_NAME : (enum order)form->xep,
			  .reversed = form->nguoc};
	enum outcome found = dashboard_get(&req->ask, form->dot.is ? form->dot.value : 0, form->unit,
		form->units == BOUNDARIES_NOW ? BOUNDARIES_NOW : BOUNDARIES_OWN, &d);

	if (found == NOT_FOUND && !form->dot.is)
		return no_round(req, form->unit);
	TRY(found);
	TRY(access_may_on(&req->ask, PERMIT_PERSON_READ, d.unit.id, &s.may_people));
	TRY(boundaries_differ(&req->ask, d.round.id, &s.restated));
	s.may_people &= d.units == BOUNDARIES_OWN || !s.restated;  /* lists are of the units people were counted in */
	view.heading = arena_format(s.arena, "%s, năm %d", d.unit.name, d.round.year);
	access_page(req, &view.page, view.heading);
	TRY(fill_frame(&s, &view.page));
	view.page.has_chart = true;
	fill_figures(&s, &view);
	fill_targets(&s, &view);
	fill_states(&s, &view);
	fill_groups(&s, &view);
	fill_children(&s, &view);
	fill_before(&s, &view);
	fill_years(&s, &view);
	view.year = arena_format(s.arena, "%d", d.round.year);
	view.units = boundary_choices.at[d.units].code;
	view.export_action = url_own(s.arena, "/so-lieu/%lld/tai", (long long)d.unit.id);
	view.crosstab_href = url_query_int(s.arena, url_own(s.arena, "/bang-cheo/%lld", (long long)d.unit.id), "dot",
		d.round.year);
	view.report_href = url_query_int(s.arena, url_query_int(s.arena, URL("/bao-cao"), "unit", (long long)d.unit.id), "dot",
					 d.round.year);
	dashboard_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome dashboard_home(struct request *req)
{
	int64_t unit;

	TRY(access_home(&req->ask, PERMIT_FIGURES_READ, &unit));
	return redirect_see_other(req, url_own(req->ask.arena, "/so-lieu/%lld", (long long)unit));
}

static const struct route dashboards_routes[] = {
	GET(READ, "/so-lieu", PERMIT_FIGURES_READ, SEES_NOBODY, no_form,
	    dashboard_home) GET(WORK, "/so-lieu/{unit}", PERMIT_FIGURES_READ, SEES_NOBODY, dashboard_form, dashboard_show)
		GET(WORK, "/so-lieu/{unit}/danh-sach", PERMIT_PERSON_READ, SEES_NOBODY, people_list_form, people_list_show)
			POST(WRITE, "/so-lieu/{unit}/tai", PERMIT_FIGURES_READ, SEES_NOBODY, export_form, NO_PREPARE, export_post,
			     .again = export_again) GET(WORK, "/so-lieu/{unit}/tep", PERMIT_FIGURES_READ, SEES_NOBODY,
							export_file_form, export_file)};
const struct route_table dashboards_table = ROUTES(dashboards_routes);
