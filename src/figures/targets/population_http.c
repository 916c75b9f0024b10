/* The official adult population, by commune and year. */
#include "base/day.h"
#include "figures/targets/targets.h"
#include "figures/targets/targets_http.h"
#include "figures/targets/targets_view.h"
#include "html/page.h"
#include "population_edit_html.h"
#include "population_list_html.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/tree/tree.h"
#include "text/format.h"
#include "title/rounds/rounds.h"

FORM_DEFINE(population_list_form, POPULATION_LIST_FORM)
FORM_DEFINE(population_path_form, POPULATION_PATH_FORM)
FORM_DEFINE(population_form, POPULATION_FORM)

static struct url population_url(struct arena *a, const struct round *round, int64_t unit)
{
	return url_own(a, "/dan-so/%d/%lld", round->year, (long long)unit);
}

static OUTCOME fill_population(struct request *req, const struct round *round, int64_t province, struct population_list *view)
{
	struct arena *a = req->ask.arena;
	struct unit_list units;
	struct population *found;
	struct population_line *lines;
	int64_t *ids, total = 0, missing = 0;

	TRY(tree_children(&req->ask, province, arena_text(a, day_of(req->ask.now).text), NULL, &units));
	ids = ARENA_ARRAY(a, int64_t, units.n);
	found = ARENA_ARRAY(a, struct population, units.n);
	lines = ARENA_ARRAY(a, struct population_line, units.n);
	for (size_t i = 0; i < units.n; i++)
		ids[i] = units.at[i].id;
	TRY(population_of_units(&req->ask, round->id, ids, units.n, found));
	for (size_t i = 0; i < units.n; i++) {
		bool is = found[i].version > 0;

		if (units.at[i].level == LEVEL_LEAF)            /* the province's own organisations: people live in communes */
			continue;
		total += found[i].adults;
		missing += !is;
		lines[view->n_units++] = (struct population_line){ units.at[i].name, units.at[i].code, is ? format_int(a,
			found[i].adults)
			: "chưa có", found[i].source, format_date(a, found[i].as_of), population_url(a, round, ids[i]) };
	}
	view->units = lines;
	view->total = format_int(a, total);
	view->missing = missing ? arena_format(a, "Còn %s xã, phường chưa có", format_int(a, missing)) : "";
	return OK;
}

static enum outcome population_show(struct request *req)
{
	const struct population_list_form *form = req->form;
	struct buf page = BUF(req->ask.arena, .max = 2 * MiB);
	struct population_list view = { .total = "", .missing = "" };
	struct round round;
	int64_t home;
	enum outcome found;

	TRY(access_home(&req->ask, PERMIT_FIGURES_EDIT, &home));
	found = form->nam.is ? round_get(&req->ask, form->nam.value, &round) : round_newest(&req->ask, &round);
	if (found != OK && found != NOT_FOUND)
		return found;
	view.heading = found == OK ? arena_format(req->ask.arena, "Dân số từ 18 tuổi, năm %d", round.year) : "Dân số từ 18 tuổi";
	view.lead =
		"Báo cáo kết quả (mẫu CDHT-10, cột a) lấy số này. Mỗi số có nguồn và ngày; chưa có thì báo cáo ghi “chưa có”.";
	view.empty = (struct empty){ .title = "Chưa có đợt nào", .text = "Mở đợt đầu tiên trước, rồi ghi dân số của năm ấy." };
	access_page(req, &view.page, view.heading);
	if (found == OK)
		TRY(fill_population(req, &round, home, &view));
	population_list_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome population_edit_show(struct request *req)
{
	const struct population_form *form = req->form;
	const struct population_path_form *path = req->form;
	struct buf page = BUF(req->ask.arena);
	struct population_edit view = { .heading = "" };
	struct arena *a = req->ask.arena;
	struct population now;
	struct round round;
	struct unit unit;

	TRY(round_get(&req->ask, req->is_post ? form->round : path->round, &round));
	TRY(tree_get_last(&req->ask, req->is_post ? form->unit : path->unit, &unit));
	TRY(access_require(&req->ask, PERMIT_FIGURES_EDIT, unit.id));
	if (population_get(&req->ask, round.id, unit.id, &now) == FAILED)
		return FAILED;
	view.heading = arena_format(a, "Dân số từ 18 tuổi năm %d: %s", round.year, unit.name);
	view.action = population_url(a, &round, unit.id);
	view.back = url_query_int(a, URL("/dan-so"), "nam", round.year);
	access_page(req, &view.page, view.heading);
	request_form(req, &population_form_def, &(struct population_form){ .version = now.version, .adults = now.version
		? SOME(now.adults)
		: NONE, .source = now.source, .as_of = now.as_of }, &view.form);
	view.version = view.form.version.value;
	population_edit_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome population_post(struct request *req)
{
	const struct population_form *form = req->form;
	struct population p = { .adults = form->adults.is ? form->adults.value : -1, .version = form->version,
		.source = form->source,
		.as_of = form->as_of };
	struct round round;

	TRY(round_get(&req->ask, form->round, &round));
	TRY(population_set(&req->ask, round.id, form->unit, &p));
	return redirect_see_other(req, url_query_int(req->ask.arena, URL("/dan-so"), "nam", round.year));
}

static const struct route population_routes[] = {
	GET(READ, "/dan-so", PERMIT_FIGURES_EDIT, SEES_NOBODY, population_list_form, population_show)
	GET(READ, "/dan-so/{round}/{unit}", PERMIT_FIGURES_EDIT, SEES_NOBODY, population_path_form, population_edit_show)
	POST(WRITE, "/dan-so/{round}/{unit}", PERMIT_FIGURES_EDIT, SEES_NOBODY, population_form, NO_PREPARE, population_post,
		.again = population_edit_show, .rules = population_post)
};
const struct route_table population_table = ROUTES(population_routes);
