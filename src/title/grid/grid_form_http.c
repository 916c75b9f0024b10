/* Twenty rows as one plain form: what each box shows, and saving them together. */
#include <string.h>

#include "base/day.h"
#include "registry/access/access.h"
#include "text/format.h"
#include "title/grid/grid_messages.h"
#include "title/grid/grid_place_http.h"

FORM_DEFINE(grid_page_form, GRID_PAGE_FORM)

/* The columns' members, by number. */
#define COLUMNS(from) { &(from)->c1, &(from)->c2, &(from)->c3, &(from)->c4, &(from)->c5, &(from)->c6, &(from)->c7, &(from)->c8, \
	&(from)->c9, &(from)->c10, &(from)->c11, &(from)->c12, &(from)->c13, &(from)->c14, &(from)->c15, &(from)->c16, \
	&(from)->c17, &(from)->c18, &(from)->c19, &(from)->c20 }

static bool has_scores(const struct scores *s)
{
	return s->n > 0 && scores_missing(s) < s->n;
}

static const char *points(struct arena *a, struct maybe score)
{
	return score.is ? arena_format(a, "%lld", (long long)score.value) : "";
}

/* What stands in the boxes of a fresh page. */
static const struct scores *shown(const struct grid_place *p, const struct grid_line *line)
{
	const struct scores *stored = grid_scores(line, p->mode);

	return p->is_proposed && !has_scores(stored) && grid_is_writable(line, p->mode) ? &line->last : stored;
}

/* ---- a row ---- */

static void fill_boxes(struct request *req, const struct grid_place *p, const struct grid_line *line, size_t slot,
	const struct grid_page *view, bool typed, struct grid_row_view *row)
{
	struct arena *a = req->ask.arena;
	const struct field *const fields[] = COLUMNS(&view->form);
	const struct scores *scores = shown(p, line);
	struct grid_box *boxes = ARENA_ARRAY(a, struct grid_box, p->criteria->n_indicators);

	for (int i = 0; i < (int)p->criteria->n_indicators; i++) {
		struct maybe self = line->self.at[i], score = scores->at[i];
		bool changed = p->mode == GRID_REVIEW && score.is && self.is && score.value != self.value;
		const char *name = slot ? arena_format(a, "c%d_%zu", i + 1, slot) : "";

		boxes[i] = (struct grid_box){ .name = name, .value = typed ? fields[i]->values[slot - 1]
			: score.is || slot ? points(a, score) : "·",
			.label = arena_format(a, "%s, chỉ số %d", line->name, i + 1), .css = arena_format(a, "%s%s%s",
			view->head.columns[i].css, score.is && score.value < p->criteria->each_min ? " is-low" : "",
			changed ? " is-changed" : ""), .note = changed ? arena_format(a, " tự chấm %lld", (long long)self.value)
			: score.is || slot ? "" : "chưa chấm", .is_wrong = slot && *problem_of(req->ask.problems, name) };
	}
	row->boxes = boxes;
	row->n_boxes = p->criteria->n_indicators;
}

/* A row whose version had moved takes the stored one: who saves again has read what changed. */
static int64_t version_of(struct request *req, const struct grid_line *line, const struct grid_page_form *typed, size_t slot)
{
	const bool *moved = req->prepared;

	return typed && typed->ban.at[slot - 1].is && !(moved && moved[slot - 1]) ? typed->ban.at[slot - 1].value : line->version;
}

static struct grid_row_view row_of(struct request *req, const struct grid_place *p, const struct grid_line *line, size_t slot,
	const struct grid_page_form *typed, const struct grid_page *view)
{
	struct arena *a = req->ask.arena;
	const struct scores *scores = grid_scores(line, p->mode);
	long long person = (long long)line->key.person_id;
	struct grid_row_view row = { .person = arena_format(a, "%lld", person), .name = line->name,
		.year = arena_format(a, "%d", day_year(line->birth)), .sum = has_scores(scores) ? format_int(a,
			scores_total(scores)) : "–",
		.href = grid_person_url(a, line, p->mode), .verdict = grid_verdict(a, scores, p->criteria), .is_writable = slot,
		.has_state = line->state != SHEET_NONE, .version = arena_format(a, "%lld",
		(long long)(slot ? version_of(req, line, typed, slot) : 0)),
		.is_ticked = typed && grid_is_among(&typed->chon, person), .reason = "",
		.asks_reason = p->mode == GRID_REVIEW, .person_name = arena_format(a, "nguoi_%zu", slot),
		.version_name = arena_format(a, "ban_%zu", slot), .reason_name = arena_format(a, "ly_do_%zu", slot),
		.tick_id = arena_format(a, "chon_%zu", slot) };

	if (row.has_state)
		row.state = state_mark_short(sheet_state_code(line->state));
	row.asks_tick = p->is_proposed || (p->mode == GRID_REVIEW && line->state == SHEET_SUBMITTED);
	row.tick_label = p->is_proposed ? "Đã hỏi" : "Đồng ý";
	if (typed && slot) {
		row.reason = view->form.ly_do.values[slot - 1];
		row.reason_wrong = *problem_of(req->ask.problems, row.reason_name);
	}
	fill_boxes(req, p, line, slot, view, typed && slot, &row);
	return row;
}

static size_t slot_of(const struct grid_page_form *typed, int64_t person_id)
{
	for (size_t i = 0; i < typed->nguoi.n; i++)
		if (typed->nguoi.at[i].is && typed->nguoi.at[i].value == person_id)
			return i + 1;
	return 0;
}

OUTCOME grid_fill_rows(struct request *req, const struct grid_place *p, const struct grid_lines *lines,
	const struct grid_page_form *typed, struct grid_page *view)
{
	struct grid_row_view *rows = ARENA_ARRAY(req->ask.arena, struct grid_row_view, lines->n);
	size_t next = 1;

	for (size_t i = 0; i < lines->n; i++) {
		const struct grid_line *line = &lines->at[i];
		bool writable = !*p->closed && grid_is_writable(line, p->mode);

		rows[i] = row_of(req, p, line, !writable ? 0 : typed ? slot_of(typed, line->key.person_id) : next++, typed, view);
		rows[i].css = i % 5 == 4 ? "is-fifth" : "";
		view->may_save = view->may_save || rows[i].is_writable;
	}
	view->rows = rows;
	view->n_rows = lines->n;
	return OK;
}

/* ---- saving ---- */

static struct scores typed_scores(const struct grid_page_form *form, size_t n, size_t slot)
{
	const struct maybe_list *const columns[] = COLUMNS(form);
	struct scores out = { .n = (int)n };

	for (size_t i = 0; i < n; i++)
		out.at[i] = columns[i]->at[slot - 1];
	return out;
}

static bool same(const struct scores *a, const struct scores *b)
{
	for (int i = 0; i < SCORES_MAX; i++)
		if (a->at[i].is != b->at[i].is || (a->at[i].is && a->at[i].value != b->at[i].value))
			return false;
	return true;
}

/* Is that row to be saved? Rows as they were are left; a proposal is saved only when ticked, and one that was changed without a
 * tick is told, for its scores would be lost. */
static bool is_meant(struct request *req, const struct grid_place *p, const struct grid_page_form *form, size_t slot,
	const struct grid_line *line, const struct scores *typed)
{
	bool ticked = grid_is_among(&form->chon, line->key.person_id);

	if (p->is_proposed && !ticked) {
		if (!same(typed, shown(p, line)))
			problem(req->ask.problems, arena_format(req->ask.arena, "c1_%zu", slot), grid_unticked(req->ask.arena,
				line->name));
		return false;
	}
	return !same(typed, grid_scores(line, p->mode)) || (p->mode == GRID_REVIEW && ticked && line->state == SHEET_SUBMITTED);
}

static OUTCOME rows_to_save(struct request *req, const struct grid_place *p, const struct grid_page_form *form,
	struct grid_row *rows, size_t *n)
{
	for (size_t i = 0; i < form->nguoi.n; i++) {
		struct sheet_key key = { form->nguoi.at[i].value, p->round.id };
		struct scores typed = typed_scores(form, p->criteria->n_indicators, i + 1);
		struct grid_line line;

		if (!form->nguoi.at[i].is)
			continue;
		TRY(grid_line_get(&req->ask, key, &line));
		if (line.leaf_id != p->unit.id)
			return NOT_FOUND;
		if (is_meant(req, p, form, i + 1, &line, &typed))
			rows[(*n)++] = (struct grid_row){ .key = key, .version = form->ban.at[i].is ? form->ban.at[i].value : 0,
				.scores = typed, .reason = form->ly_do.at[i], .number = i + 1,
				.note = p->is_proposed && same(&typed, &line.last) ? GRID_AS_LAST : NULL };
	}
	return OK;
}

static OUTCOME place_of(struct request *req, const struct grid_page_form *form, struct grid_place *p)
{
	TRY(grid_place_get(req, form->unit, form->round, (enum grid_mode)form->cach, p));
	p->after = form->sau;
	p->is_proposed = form->de_nghi && p->mode == GRID_SELF;
	return OK;
}

enum outcome grid_page_again(struct request *req)
{
	const struct grid_page_form *form = req->form;
	struct grid_place p;

	if (form->cach < 0)
		return INVALID;
	TRY(place_of(req, form, &p));
	return grid_show_place(req, &p, form);
}

/* What did parse and is still no score of its indicator, said together with what did not parse. */
enum outcome grid_page_rules(struct request *req)
{
	const struct grid_page_form *form = req->form;
	struct arena *a = req->ask.arena;
	const struct criteria *c;
	struct round round;

	TRY(round_get(&req->ask, form->round, &round));
	TRY(criteria_get(&req->ask, round.criteria_id, &c));
	for (size_t slot = 1; slot <= form->nguoi.n; slot++) {
		struct scores typed = typed_scores(form, c->n_indicators, slot);

		for (int i = 0; i < typed.n; i++)
			if (typed.at[i].is && typed.at[i].value > c->indicators[i].max)
				problem(req->ask.problems, arena_format(a, "c%d_%zu", i + 1, slot), grid_score_outside(a, i + 1,
					slot, typed.at[i].value, c->indicators[i].max));
	}
	return problems_none(req->ask.problems) ? OK : INVALID;
}

enum outcome grid_page_post(struct request *req)
{
	const struct grid_page_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct grid_row *rows = ARENA_ARRAY(a, struct grid_row, GRID_FORM_ROWS);
	bool *moved = ARENA_ARRAY(a, bool, GRID_FORM_ROWS), *by_slot = ARENA_ARRAY(a, bool, GRID_FORM_ROWS);
	struct sheet_help help = { form->helper, form->consent };
	bool helped = *form->helper || *form->consent;
	struct grid_place p;
	enum outcome saved;
	size_t n = 0, last = form->nguoi.n;
	struct url next;
	int64_t done;

	TRY(place_of(req, form, &p));
	TRY(grid_page_rules(req));
	TRY(rows_to_save(req, &p, form, rows, &n));
	saved = grid_save_rows(&req->ask, p.mode, rows, n, helped ? &help : NULL, moved, &done);
	for (size_t i = 0; i < n; i++)
		by_slot[rows[i].number - 1] = moved[i];
	req->prepared = by_slot;
	TRY(saved);
	if (!problems_none(req->ask.problems))
		return INVALID;
	while (last && !form->nguoi.at[last - 1].is)
		last--;
	next = grid_url(a, &p, form->tiep && last ? form->nguoi.at[last - 1].value : p.after);
	return redirect_see_other(req, done ? url_query_int(a, next, "xong", (long long)done) : next);
}
