/* The rows for the live grid, and a row as it is left: JSON for the script. */
#include <string.h>

#include "base/day.h"
#include "json/json.h"
#include "registry/access/access_page.h"
#include "text/format.h"
#include "title/grid/grid_messages.h"
#include "title/grid/grid_place_http.h"

FORM_DEFINE(grid_rows_form, GRID_ROWS_FORM)
FORM_DEFINE(grid_self_form, GRID_SELF_FORM)
FORM_DEFINE(grid_review_form, GRID_REVIEW_FORM)

/* ---- a row ---- */

static void put_scores(struct json_out *out, const char *key, const struct scores *s)
{
	json_put_key(out, key);
	json_begin_array(out);
	for (int i = 0; i < s->n; i++)
		json_put_maybe(out, s->at[i]);
	json_end(out);
}

static void put_text(struct json_out *out, const char *key, const char *text)
{
	json_put_key(out, key);
	json_put_text(out, text);
}

static void put_int(struct json_out *out, const char *key, int64_t value)
{
	json_put_key(out, key);
	json_put_int(out, value);
}

static void put_flag(struct json_out *out, const char *key, bool value)
{
	json_put_key(out, key);
	json_put_bool(out, value);
}

static void put_line(struct json_out *out, const struct grid_line *line)
{
	json_begin_object(out);
	put_int(out, "id", line->key.person_id);
	put_int(out, "version", line->version);
	put_text(out, "name", line->name);
	put_int(out, "year", day_year(line->birth));
	put_text(out, "state", sheet_state_code(line->state));
	put_text(out, "word", line->state == SHEET_NONE ? "Chưa đăng ký" : state_mark_short(sheet_state_code(line->state)).word);
	put_scores(out, "self", &line->self);
	put_scores(out, "agreed", &line->agreed);
	put_scores(out, "last", &line->last);
	put_flag(out, "named", line->is_named);
	put_flag(out, "own", line->is_own);
	json_end(out);
}

/* ---- all of them, a page at a time ---- */

enum outcome grid_rows_show(struct request *req)
{
	const struct grid_rows_form *form = req->form;
	struct buf text = BUF(req->ask.arena, .max = 4 * MiB);
	struct json_out out = { .out = &text };
	struct grid_lines lines;
	struct page page;

	TRY(grid_require(req, GRID_REVIEW, form->unit));
	TRY(grid_lines(&req->ask, form->round, form->unit, form->sau, GRID_PAGE, &lines));
	access_page(req, &page, "");
	json_begin_object(&out);
	put_text(&out, "token", page.token.value);
	put_int(&out, "next", lines.n == GRID_PAGE ? lines.at[lines.n - 1].key.person_id : 0);
	json_put_key(&out, "rows");
	json_begin_array(&out);
	for (size_t i = 0; i < lines.n; i++)
		put_line(&out, &lines.at[i]);
	json_end(&out);
	json_end(&out);
	return respond_json(req, HTTP_OK, &text);
}

/* ---- one that was left ---- */

static bool is_script(const struct request *req)
{
	return !strcmp(request_header(req, "Accept"), "application/json");
}

/* The row as it stands now; with it what was wrong, or who changed it before. The browser's own form goes back to the grid. */
static OUTCOME answer(struct request *req, struct sheet_key key, enum outcome saved)
{
	struct arena *a = req->ask.arena;
	struct buf text = BUF(a, .max = MiB);
	struct json_out out = { .out = &text };
	struct grid_line line;
	const char *actor = "";
	int64_t at = req->ask.now;
	enum outcome found;

	TRY(grid_line_get(&req->ask, key, &line));
	found = grid_last_hand(&req->ask, key, &actor, &at);
	if (found != NOT_FOUND)
		TRY(found);
	json_begin_object(&out);
	json_put_key(&out, "row");
	put_line(&out, &line);
	put_text(&out, "at", format_time(a, saved == CONFLICT ? at : req->ask.now));
	if (saved == CONFLICT)
		put_text(&out, "by", actor);
	json_put_key(&out, "problems");
	json_begin_array(&out);
	for (const struct problem *p = req->ask.problems->first; saved == INVALID && p; p = p->next) {
		json_begin_object(&out);
		put_text(&out, "field", p->field);
		put_text(&out, "text", p->text);
		json_end(&out);
	}
	json_end(&out);
	json_end(&out);
	return respond_json(req, saved == OK ? HTTP_OK : saved == CONFLICT ? HTTP_CONFLICT : HTTP_UNPROCESSABLE, &text);
}

static OUTCOME save(struct request *req, enum grid_mode mode, const struct grid_row *row, const struct sheet_help *help)
{
	struct arena *a = req->ask.arena;
	struct url grid;
	enum outcome saved;
	struct grid_line line;

	TRY(grid_line_get(&req->ask, row->key, &line));
	saved = grid_save(&req->ask, mode, row, line.is_named ? NULL : help);
	if (!is_script(req)) {
		TRY(saved);
		grid = url_query_int(a, URL("/luoi"), "unit", (long long)line.leaf_id);
		grid = url_query_int(a, grid, "nam", (long long)row->key.round_id);
		return redirect_see_other(req, url_query(a, grid, "cach", grid_modes.at[mode].code));
	}
	req->response.forget = true;             /* the version makes a second sending safe */
	if (saved != OK && saved != INVALID && saved != CONFLICT)
		return saved;
	TRY(answer(req, row->key, saved));
	return saved;
}

/* As many as the round's criteria ask for: what else was sent is not of this form. */
static OUTCOME scores_of(struct request *req, int64_t round_id, const struct maybe_list *typed, struct scores *out)
{
	const struct criteria *criteria;
	struct round round;

	TRY(round_get(&req->ask, round_id, &round));
	TRY(criteria_get(&req->ask, round.criteria_id, &criteria));
	*out = (struct scores){ .n = (int)criteria->n_indicators };
	memcpy(out->at, typed->at, sizeof out->at[0] * criteria->n_indicators);
	return OK;
}

enum outcome grid_self_post(struct request *req)
{
	const struct grid_self_form *form = req->form;
	struct sheet_help help = { form->helper, form->consent };
	struct grid_row row = { .key = { form->person, form->round }, .version = form->version, .reason = "",
		.note = form->nhu ? GRID_AS_LAST : NULL };

	TRY(scores_of(req, form->round, &form->score, &row.scores));
	return save(req, GRID_SELF, &row, *form->helper || *form->consent ? &help : NULL);
}

enum outcome grid_review_post(struct request *req)
{
	const struct grid_review_form *form = req->form;
	struct grid_row row = { .key = { form->person, form->round }, .version = form->version, .reason = form->reason };

	TRY(scores_of(req, form->round, &form->score, &row.scores));
	return save(req, GRID_REVIEW, &row, NULL);
}

/* What did not parse (a half point, a word). A browser's own form gets the frame's list of what is wrong. */
static OUTCOME again(struct request *req, struct sheet_key key, enum grid_mode mode)
{
	struct grid_line line;

	if (!is_script(req))
		return INVALID;
	TRY(grid_line_get(&req->ask, key, &line));
	TRY(grid_require(req, mode, line.leaf_id));
	return answer(req, key, INVALID);
}

enum outcome grid_self_again(struct request *req)
{
	const struct grid_self_form *form = req->form;

	return again(req, (struct sheet_key){ form->person, form->round }, GRID_SELF);
}

enum outcome grid_review_again(struct request *req)
{
	const struct grid_review_form *form = req->form;

	return again(req, (struct sheet_key){ form->person, form->round }, GRID_REVIEW);
}
