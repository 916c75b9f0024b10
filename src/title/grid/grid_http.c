/* The page of the grid: the plain form of twenty rows, and around it what ts/grid.ts makes the live one from. */
#include "title/grid/grid_http.h"

#include <string.h>

#include "base/day.h"
#include "grid_page_html.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "text/format.h"
#include "title/grid/grid_place_http.h"
#include "title/review/review.h"
#include "title/review/review_page.h"

FORM_DEFINE(grid_form, GRID_FORM)

OUTCOME grid_require(struct request *req, enum grid_mode mode, int64_t unit_id)
{
	return access_require(&req->ask, mode == GRID_REVIEW ? PERMIT_SHEET_REVIEW : PERMIT_SHEET_ASSIST, unit_id);
}

struct url grid_url(struct arena *a, const struct grid_place *p, int64_t after_person)
{
	struct url url = url_query_int(a, URL("/luoi"), "unit", (long long)p->unit.id);

	url = url_query(a, url_query_int(a, url, "nam", (long long)p->round.id), "cach", grid_modes.at[p->mode].code);
	return after_person ? url_query_int(a, url, "sau", (long long)after_person) : url;
}

struct url grid_bulk_url(struct arena *a, const struct grid_place *p, enum grid_act act)
{
	return url_own(a, "/luoi/%lld/%lld/viec/%s", (long long)p->unit.id, (long long)p->round.id, grid_acts.at[act].code);
}

struct url grid_person_url(struct arena *a, const struct grid_line *line, enum grid_mode mode)
{
	return url_own(a, mode == GRID_REVIEW && line->version ? "/xet/%lld/%lld" : "/phieu/%lld/%lld",
		(long long)line->key.person_id,
		(long long)line->key.round_id);
}

bool grid_is_among(const struct id_list *ids, int64_t person_id)
{
	for (size_t i = 0; i < ids->n; i++)
		if (ids->at[i] == person_id)
			return true;
	return false;
}

struct verdict grid_verdict(struct arena *a, const struct scores *scores, const struct criteria *c)
{
	return verdict_of(a, scores->at, c->n_indicators, c->total_min, c->each_min);
}

/* Why the branch's window is not open, in the words of rounds/; asked on the side, for a page that only shows is no error. */
static OUTCOME say_closed(struct request *req, struct grid_place *p)
{
	struct problems said = PROBLEMS(req->ask.arena);
	struct ask silent = req->ask;
	bool open;

	silent.problems = &said;
	TRY(round_is_open(&silent, &p->round, p->unit.id, p->mode == GRID_REVIEW ? STAGE_REVIEW : STAGE_SCORE, &open));
	p->closed = open ? "" : problem_of(&said, "");
	return OK;
}

OUTCOME grid_place_get(struct request *req, int64_t unit_id, int64_t round_id, enum grid_mode mode, struct grid_place *out)
{
	*out = (struct grid_place){ .mode = mode };
	TRY(grid_require(req, mode, unit_id));
	TRY(tree_get_last(&req->ask, unit_id, &out->unit));
	TRY(round_get(&req->ask, round_id, &out->round));
	TRY(criteria_get(&req->ask, out->round.criteria_id, &out->criteria));
	if (out->unit.level != LEVEL_LEAF)
		return NOT_FOUND;
	return say_closed(req, out);
}

/* ---- head ---- */

static bool begins(const struct criteria *c, size_t i)
{
	return !i || c->indicators[i - 1].competence != c->indicators[i].competence;
}

static void fill_head(struct arena *a, const struct criteria *c, const char *last, bool is_live, struct grid_head *out)
{
	struct grid_column *columns = ARENA_ARRAY(a, struct grid_column, c->n_indicators);
	struct grid_group *groups = ARENA_ARRAY(a, struct grid_group, c->n_indicators);
	size_t span = 0;

	*out = (struct grid_head){ .columns = columns, .n_columns = c->n_indicators, .groups = groups, .last = last,
		.is_live = is_live };
	for (size_t i = 0; i < c->n_indicators; i++) {
		const struct criteria_competence *of = &c->competences[c->indicators[i].competence];
		bool is_end = i + 1 == c->n_indicators;

		span = begins(c, i) ? 1 : span + 1;
		columns[i] = (struct grid_column){ arena_format(a, "%zu", i + 1), c->indicators[i].short_title,
			begins(c, i) ? is_end ? "s a end" : "s a" : is_end ? "s end" : "s" };
		if (begins(c, i))
			out->n_groups++;
		groups[out->n_groups - 1] = (struct grid_group){ of->code, arena_format(a, "%zu", span),
			is_end ? "group a end" : "group a" };
	}
}

/* More than ten, and than twelve, are set narrower (is-more, is-many); on a phone in even rows of at most ten (is-5 …
 * is-10). */
static void fill_shape(struct arena *a, const struct criteria *c, struct grid_page *view)
{
	enum { MORE = 10, MANY = 12, PHONE_COLUMNS = 10, PHONE_LEAST = 5 };
	size_t n = c->n_indicators, lines = (n + PHONE_COLUMNS - 1) / PHONE_COLUMNS, across = (n + lines - 1) / lines;
	struct buf most = BUF(a);

	for (size_t i = 0; i < n; i++) {
		buf_format(&most, "%s%d", i ? " " : "", c->indicators[i].max);
		view->highest = c->indicators[i].max > view->highest ? c->indicators[i].max : view->highest;
	}
	view->most = buf_cstr(&most);
	view->span = arena_format(a, "%zu", n);
	view->css = arena_format(a, "is-%zu%s", across < PHONE_LEAST ? PHONE_LEAST : across, n > MANY ? " is-many"
		: n > MORE ? " is-more" : "");
}

/* ---- above a branch ---- */

static OUTCOME show_branches(struct request *req, const struct round *round, const struct unit *unit)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 2 * MiB);
	struct grid_page view = { .heading = "Lưới điểm: chọn chi hội", .lead = "", .closed = "", .most = "", .css = "",
		.span = "",
		.empty = { .title = "Chưa có chi hội nào",
		.text = "Thêm ấp, khu phố, đơn vị rồi lưới điểm mới có người." } };
	struct figure_parts parts;
	struct grid_branch *branches;

	TRY(figures_by_child(&req->ask, round->id, unit->id, "", &parts));
	branches = ARENA_ARRAY(a, struct grid_branch, parts.n);
	for (size_t i = 0; i < parts.n; i++) {
		const struct figure_counts *c = &parts.at[i].counts;

		branches[i] = (struct grid_branch){ parts.at[i].name, format_int(a, c->registered), format_int(a, c->submitted),
			format_int(a, c->states[SHEET_SUBMITTED]), url_query_int(a, url_query_int(a, URL("/luoi"), "unit",
			(long long)parts.at[i].unit_id), "nam", (long long)round->id) };
	}
	view.branches = branches;
	view.n_branches = parts.n;
	access_page(req, &view.page, "Lưới điểm");
	TRY(work_context(req, &view.page, unit, round, STAGE_REVIEW, "/luoi"));
	grid_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* ---- a branch ---- */

static void fill_links(struct request *req, const struct grid_place *p, struct grid_page *view)
{
	struct arena *a = req->ask.arena;
	struct link *modes = ARENA_ARRAY(a, struct link, 2);
	struct grid_act_link *acts = ARENA_ARRAY(a, struct grid_act_link, GRID_ACT_N + 1);
	static const struct { enum grid_act act; const char *label; enum permit permit; } offered[] = {
		{ GRID_REGISTER, "Đăng ký cho nhiều người", PERMIT_SHEET_ASSIST },
		{ GRID_SUBMIT, "Nộp các phiếu đủ điểm", PERMIT_SHEET_ASSIST },
		{ GRID_SUBMIT_OWN, "Nộp giúp người tự chấm", PERMIT_SHEET_ASSIST },
		{ GRID_AGREE, "Đồng ý với điểm tự chấm", PERMIT_SHEET_REVIEW },
		{ GRID_WITHDRAW, "Rút phiếu", PERMIT_SHEET_ASSIST },
		{ GRID_RESTORE, "Nhận lại phiếu", PERMIT_SHEET_ASSIST },
	};

	for (enum grid_mode mode = GRID_SELF; mode <= GRID_REVIEW; mode++) {
		struct grid_place other = *p;

		other.mode = mode;
		if (access_may(req->ask.actor, mode == GRID_REVIEW ? PERMIT_SHEET_REVIEW : PERMIT_SHEET_ASSIST))
			modes[view->n_modes++] = (struct link){ grid_modes.at[mode].label, grid_url(a, &other, 0),
				mode == p->mode };
	}
	for (size_t i = 0; i < COUNT(offered); i++)
		if (access_may(req->ask.actor, offered[i].permit))
			acts[view->n_acts++] = (struct grid_act_link){ offered[i].label, grid_bulk_url(a, p, offered[i].act) };
	acts[view->n_acts++] = (struct grid_act_link){ "Đã làm hôm nay", grid_dones_url(a, p) };
	view->modes = modes;
	view->acts = acts;
}

/* The people shown: a page of the list, or those of the post that is shown again, in its order. */
static OUTCOME gather(struct request *req, const struct grid_place *p, const struct grid_page_form *typed, struct grid_lines *out)
{
	struct grid_line *lines;

	if (!typed)
		return grid_lines(&req->ask, p->round.id, p->unit.id, p->after, GRID_FORM_ROWS, out);
	lines = ARENA_ARRAY(req->ask.arena, struct grid_line, GRID_FORM_ROWS);
	*out = (struct grid_lines){ 0, lines };
	for (size_t i = 0; i < typed->nguoi.n; i++) {
		if (!typed->nguoi.at[i].is)
			continue;
		TRY(grid_line_get(&req->ask, (struct sheet_key){ typed->nguoi.at[i].value, p->round.id }, &lines[out->n]));
		if (lines[out->n++].leaf_id != p->unit.id)
			return NOT_FOUND;
	}
	return OK;
}

static OUTCOME fill_lists(struct request *req, struct grid_place *p, const struct grid_page_form *typed, struct grid_page *view)
{
	struct arena *a = req->ask.arena;
	struct figure_counts counts;
	struct grid_lines lines;
	struct grid_place proposed = *p;

	TRY(figures_of_unit(&req->ask, p->round.id, p->unit.id, "", &counts));
	view->total = (int)counts.people;
	view->heading = arena_format(a, "Lưới điểm, %s người", format_int(a, counts.people));
	TRY(gather(req, p, typed, &lines));
	TRY(grid_fill_rows(req, p, &lines, typed, view));
	view->has_rows = lines.n > 0;
	view->has_next = lines.n == GRID_FORM_ROWS;
	view->pager = (struct pager){ .text = "", .first = p->after ? grid_url(a, p, 0) : URL_NONE };
	if (view->has_next)
		view->pager.next = grid_url(a, p, lines.at[lines.n - 1].key.person_id);
	proposed.is_proposed = true;
	if (p->mode == GRID_SELF && !p->is_proposed && !*p->closed)
		view->propose = url_query(a, grid_url(a, &proposed, p->after), "de_nghi", "1");
	return OK;
}

OUTCOME grid_show_place(struct request *req, struct grid_place *p, const struct grid_page_form *typed)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 4 * MiB);
	long long unit = (long long)p->unit.id, round = (long long)p->round.id;
	bool is_review = p->mode == GRID_REVIEW;
	struct grid_page view = { .lead = "", .closed = p->closed, .is_review = is_review, .is_proposed = p->is_proposed,
		.mode = grid_modes.at[p->mode].code, .after = p->after ? arena_format(a, "%lld", (long long)p->after) : "",
		.unit = arena_format(a, "%lld", unit), .round = arena_format(a, "%lld", round),
			.pass_sum = p->criteria->total_min,
		.least = p->criteria->each_min, .live_rows = arena_format(a, "/luoi/%lld/%lld/hang", unit, round),
		.action = url_own(a, "/luoi/%lld/%lld/trang", unit, round), .empty = { .title = "Chi hội chưa có ai trong sổ",
		.text = "Nạp danh sách hoặc thêm từng người, rồi lưới điểm có người.", .action = { "Nạp danh sách",
		URL("/nap-danh-sach"), false } } };

	request_lists(req, p->unit.id, "Lưới điểm");
	access_page(req, &view.page, "Lưới điểm");
	view.page.has_grid = true;
	TRY(work_context(req, &view.page, &p->unit, &p->round, is_review ? STAGE_REVIEW : STAGE_SCORE, "/luoi"));
	if (p->done)
		TRY(grid_tell_done(req, p, p->done, &view.page));
	request_form(req, &grid_page_form_def, NULL, &view.form);
	view.form.helper.optional = view.form.consent.optional = false;
	view.asks_help = !is_review && !*p->closed;
	fill_shape(a, p->criteria, &view);
	fill_head(a, p->criteria, is_review ? "Lý do, đồng ý" : p->is_proposed ? "Đã hỏi" : "", false, &view.head);
	fill_head(a, p->criteria, "Đã lưu", true, &view.live_head);
	fill_links(req, p, &view);
	TRY(fill_lists(req, p, typed, &view));
	grid_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

/* Scores are typed while they may be, then reviewed; the province only reviews. */
static OUTCOME usual_mode(struct request *req, const struct round *round, const struct unit *unit, enum grid_mode *out)
{
	struct problems said = PROBLEMS(req->ask.arena);
	struct ask silent = req->ask;
	bool open, may;

	silent.problems = &said;
	TRY(access_may_on(&req->ask, PERMIT_SHEET_ASSIST, unit->id, &may));
	TRY(round_is_open(&silent, round, unit->id, STAGE_SCORE, &open));
	*out = may && open ? GRID_SELF : GRID_REVIEW;
	return OK;
}

static OUTCOME no_round(struct request *req)
{
	struct buf page = BUF(req->ask.arena);
	struct grid_page view = { .heading = "Lưới điểm", .lead = "", .closed = "", .most = "", .css = "", .span = "",
		.empty = { .title = "Chưa có đợt nào",
		.text = "Hội Khuyến học tỉnh mở đợt rồi mới chấm điểm." } };

	access_page(req, &view.page, view.heading);
	grid_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome grid_show(struct request *req)
{
	const struct grid_form *form = req->form;
	struct grid_place p;
	struct round round;
	struct unit unit;
	enum grid_mode mode;
	enum outcome found = work_round(req, form->nam, &round);

	if (found == NOT_FOUND && !form->nam.is)
		return no_round(req);
	TRY(found);
	TRY(work_unit(req, PERMIT_SHEET_REVIEW, form->unit, &unit));
	if (unit.level != LEVEL_LEAF)
		return show_branches(req, &round, &unit);
	TRY(usual_mode(req, &round, &unit, &mode));
	TRY(grid_place_get(req, unit.id, round.id, form->cach >= 0 ? (enum grid_mode)form->cach : mode, &p));
	p.after = form->sau;
	p.done = form->xong;
	p.is_proposed = form->de_nghi && p.mode == GRID_SELF;
	return grid_show_place(req, &p, NULL);
}

/* {person}'s posts answer the script with the row as JSON, and a browser's own form with the way back to the grid. */
static const struct route grid_routes[] = {
	GET(WORK, "/luoi", PERMIT_SHEET_REVIEW, SEES_NOBODY, grid_form, grid_show)
	GET(WORK, "/luoi/{unit}/{round}/hang", PERMIT_SHEET_REVIEW, SEES_NOBODY, grid_rows_form, grid_rows_show)
	POST(WRITE, "/luoi/{unit}/{round}/trang", PERMIT_SHEET_REVIEW, SEES_NOBODY, grid_page_form, NO_PREPARE, grid_page_post,
		.again = grid_page_again, .rules = grid_page_rules)
	POST(WRITE, "/luoi/{person}/{round}/tu-cham", PERMIT_SHEET_ASSIST, SEES(person), grid_self_form, NO_PREPARE,
		grid_self_post,
		.again = grid_self_again)
	POST(WRITE, "/luoi/{person}/{round}/xet", PERMIT_SHEET_REVIEW, SEES(person), grid_review_form, NO_PREPARE,
		grid_review_post,
		.again = grid_review_again)
	GET(WORK, "/luoi/{unit}/{round}/da-lam", PERMIT_SHEET_REVIEW, SEES_NOBODY, grid_unit_form, grid_dones_show)
	GET(WORK, "/luoi/{unit}/{round}/da-lam/{done}", PERMIT_SHEET_REVIEW, SEES_NOBODY, grid_done_form, grid_undo_show)
	POST(WRITE, "/luoi/{unit}/{round}/da-lam/{done}", PERMIT_SHEET_REVIEW, SEES_NOBODY, grid_done_form, NO_PREPARE,
		grid_undo_post, .again = grid_undo_show)
	GET(WORK, "/luoi/{unit}/{round}/viec/{act}", PERMIT_SHEET_REVIEW, SEES_NOBODY, grid_bulk_path_form, grid_bulk_show)
	POST(WRITE, "/luoi/{unit}/{round}/viec/{act}", PERMIT_SHEET_REVIEW, SEES_NOBODY, grid_bulk_form, NO_PREPARE,
		grid_bulk_post,
		.again = grid_bulk_again)
};
const struct route_table grid_table = ROUTES(grid_routes);
