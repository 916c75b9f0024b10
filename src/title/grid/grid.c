/* The rows of the grid, and the rows of a page saved together. What is done for many: grid_bulk.c. */
#include "title/grid/grid.h"

#include <stdio.h>
#include <string.h>

#include "db/transaction.h"
#include "grid_sql.h"
#include "registry/access/access.h"
#include "text/text.h"
#include "title/criteria/criteria.h"
#include "title/grid/grid_done.h"
#include "title/grid/grid_line.h"
#include "title/grid/grid_messages.h"
#include "title/review/review.h"

const struct choices grid_modes = CHOICES({ "tu-cham", "Điểm tự chấm, nhập hộ" }, { "xet", "Điểm chi hội xét" });

/* ---- reading ---- */

static struct scores scores_of(const char *text)
{
	struct scores s;

	BUG_ON(!scores_read(text, &s));          /* only scores_write writes there */
	return s;
}

#define LINE_OF(ask, r, round) \
	((struct grid_line){ .key = { (r).person_id, (round) }, .leaf_id = (r).leaf_id, .version = (r).version, \
		.name = (r).name, .birth = (r).birth, \
		.group = (r).group_code, .sex = (enum sex)(r).sex, .state = (enum sheet_state)(r).state, \
		.self = scores_of((r).self), .agreed = scores_of(*(r).final && strcmp((r).final, "[]") ? (r).final \
			: (r).reviewed), \
		.last = scores_of((r).last), .is_named = *(r).helper && *(r).consent, .is_assisted = (r).assisted != 0, \
		.is_own = (ask)->actor && (ask)->actor->person_id == (r).person_id, .name_key = (r).name_key })

/* Last year's scores say something about this year's sheet only where last year asked the same: indicator by indicator the same
 * code, to the same most. then 0: that round is no more. */
static OUTCOME asked_the_same(struct ask *ask, int64_t now_id, int64_t then_id, bool *out)
{
	const struct criteria *now, *then;

	*out = now_id == then_id || !then_id;
	if (*out)
		return OK;
	TRY(criteria_get(ask, now_id, &now));
	TRY(criteria_get(ask, then_id, &then));
	*out = now->n_indicators == then->n_indicators;
	for (size_t i = 0; *out && i < now->n_indicators; i++)
		*out = now->indicators[i].max == then->indicators[i].max && !strcmp(now->indicators[i].code,
			then->indicators[i].code);
	return OK;
}

OUTCOME grid_lines_between(struct ask *ask, int64_t round_id, int64_t leaf_id, enum sheet_state first, enum sheet_state last,
	int64_t after_person, int64_t limit, struct grid_lines *out)
{
	struct standing after = { .name_key = { "", 0 } };
	struct sql_grid_lines_row *rows;
	struct grid_line *lines;
	bool same = false;

	if (after_person)
		TRY(standing_get(ask, after_person, round_id, &after));
	TRY(sql_grid_lines(ask, &(struct sql_grid_lines_in){ .round_id = round_id, .last_round = round_id - 1, .leaf_id = leaf_id,
		.first_state = first, .last_state = last, .after_key = after.name_key, .after_id = after_person,
		.limit = limit }, &rows, &out->n));
	if (out->n)
		TRY(asked_the_same(ask, rows[0].criteria_id, rows[0].last_criteria, &same));
	lines = ARENA_ARRAY(ask->arena, struct grid_line, out->n);
	for (size_t i = 0; i < out->n; i++) {
		lines[i] = LINE_OF(ask, rows[i], round_id);
		if (!same)
			lines[i].last = (struct scores){ 0 };
	}
	out->at = lines;
	return OK;
}

OUTCOME grid_lines(struct ask *ask, int64_t round_id, int64_t leaf_id, int64_t after_person, int64_t limit,
	struct grid_lines *out)
{
	return grid_lines_between(ask, round_id, leaf_id, SHEET_NONE, SHEET_LAPSED, after_person, limit, out);
}

OUTCOME grid_line_get(struct ask *ask, struct sheet_key key, struct grid_line *out)
{
	struct sql_grid_line_row row;
	bool same;

	TRY(sql_grid_line(ask, key.round_id - 1, key.person_id, key.round_id, &row));
	*out = LINE_OF(ask, row, key.round_id);
	TRY(asked_the_same(ask, row.criteria_id, row.last_criteria, &same));
	if (!same)
		out->last = (struct scores){ 0 };
	return OK;
}

const struct scores *grid_scores(const struct grid_line *line, enum grid_mode mode)
{
	return mode == GRID_REVIEW && line->agreed.n ? &line->agreed : &line->self;
}

bool grid_is_writable(const struct grid_line *line, enum grid_mode mode)
{
	enum sheet_state s = line->state;

	if (mode == GRID_REVIEW)
		return (s == SHEET_SUBMITTED || s == SHEET_REVIEWED) && !line->is_own;
	return s == SHEET_NONE || s == SHEET_REGISTERED || s == SHEET_DRAFT || s == SHEET_RETURNED;
}

OUTCOME grid_last_hand(struct ask *ask, struct sheet_key key, const char **actor, int64_t *at)
{
	struct audit_list trail;

	TRY(sheet_trail(ask, key, &trail));
	if (!trail.n)
		return NOT_FOUND;
	*actor = trail.at[0].actor;
	*at = trail.at[0].at;
	return OK;
}

/* ---- a row ---- */

static OUTCOME save_self(struct ask *ask, const struct grid_row *row, const struct sheet_help *help)
{
	DB_TRANSACTION(tx, ask->db);
	int64_t version = row->version;
	struct person person;
	struct sheet sheet;

	if (!version) {
		TRY(person_get(ask, row->key.person_id, &person));
		TRY(sheet_register_as(ask, row->key, &(struct sheet_new){ .group = person.group, .wishes = "",
			.guardian = "" }, help));
		TRY(sheet_get(ask, row->key, &sheet));
		version = sheet.version;         /* 1, or further on where a registration was undone before */
		help = NULL;                     /* named by the registration */
	}
	TRY(sheet_put_scores(ask, row->key, version, &row->scores, help, row->note));
	return db_commit(&tx);
}

/* One reason for the row: it stands at each score that differs, as the person reads them; what is wrong with it is said once. */
static OUTCOME save_review(struct ask *ask, const struct grid_row *row)
{
	const char *reasons[SCORES_MAX];
	struct problems each = PROBLEMS(ask->arena);
	struct ask inner = *ask;
	bool short_told = false;
	enum outcome saved;

	for (int i = 0; i < SCORES_MAX; i++)
		reasons[i] = row->reason;
	inner.problems = &each;
	saved = review_save_in(&inner, row->key, row->version, &row->scores, reasons,
		row->note ? &(struct sheet_bulk){ .note = row->note } : NULL);
	for (const struct problem *p = each.first; p; p = p->next) {
		bool of_reason = !strncmp(p->field, "reason_", 7);

		if (!of_reason)
			problem(ask->problems, p->field, p->text);
		else if (!short_told)
			problem(ask->problems, "reason", GRID_REASON_SHORT);
		short_told = short_told || of_reason;
	}
	return saved;
}

OUTCOME grid_save(struct ask *ask, enum grid_mode mode, const struct grid_row *row, const struct sheet_help *help)
{
	return mode == GRID_REVIEW ? save_review(ask, row) : save_self(ask, row, help);
}

/* ---- the rows of a page ---- */

/* "score_3" of row 7 is the box c3_7; a reason ly_do_7; who helped is one field of the page. */
static void tell_row(struct ask *ask, const struct problems *said, size_t number, const char *name)
{
	struct arena *a = ask->arena;
	int indicator;

	for (const struct problem *p = said->first; p; p = p->next) {
		const char *field = arena_format(a, "c1_%zu", number);

		if (!strcmp(p->field, "helper") || !strcmp(p->field, "consent")) {
			if (!*problem_of(ask->problems, p->field))
				problem(ask->problems, p->field, p->text);
			continue;
		}
		if (sscanf(p->field, "score_%d", &indicator) == 1)
			field = arena_format(a, "c%d_%zu", indicator, number);
		else if (!strcmp(p->field, "reason"))
			field = arena_format(a, "ly_do_%zu", number);
		problem(ask->problems, field, grid_of_row(a, name, p->text));
	}
}

static OUTCOME tell_moved(struct ask *ask, enum grid_mode mode, const struct grid_row *row, size_t number,
	const struct grid_line *line)
{
	const char *actor = "";
	int64_t at = ask->now;
	enum outcome found = grid_last_hand(ask, row->key, &actor, &at);

	if (found != NOT_FOUND)
		TRY(found);
	problem(ask->problems, arena_format(ask->arena, "c1_%zu", number), grid_moved_words(ask->arena, line->name, actor, at,
		grid_scores(line, mode), &row->scores));
	return OK;
}

static struct id_list people_of(struct arena *a, const struct grid_row *rows, size_t n)
{
	int64_t *ids = ARENA_ARRAY(a, int64_t, n);

	for (size_t i = 0; i < n; i++)
		ids[i] = rows[i].key.person_id;
	return (struct id_list){ n, ids };
}

/* The rows of a page are of one branch. */
static OUTCOME keep(struct ask *ask, enum grid_mode mode, struct sheet_key first, const struct id_list *people,
	struct grid_done *out)
{
	struct grid_line line;

	TRY(grid_line_get(ask, first, &line));
	return grid_done_begin(ask, mode == GRID_REVIEW ? GRID_ROWS_REVIEW : GRID_ROWS_SELF, first.round_id,
		line.leaf_id, people, out);
}

OUTCOME grid_save_rows(struct ask *ask, enum grid_mode mode, const struct grid_row *rows, size_t n, const struct sheet_help *help,
	bool *moved, int64_t *done)
{
	DB_TRANSACTION(tx, ask->db);
	struct id_list people = people_of(ask->arena, rows, n);
	struct grid_done kept = { 0 };
	bool wrong = false;

	*done = 0;
	if (n)
		TRY(keep(ask, mode, rows[0].key, &people, &kept));
	for (size_t i = 0; i < n; i++) {
		struct problems said = PROBLEMS(ask->arena);
		struct ask inner = *ask;
		struct grid_line line;

		inner.problems = &said;
		TRY(grid_line_get(ask, rows[i].key, &line));
		switch (grid_save(&inner, mode, &rows[i], line.is_named ? NULL : help)) {
		case OK:
			continue;
		case CONFLICT:
			moved[i] = true;
			TRY(tell_moved(ask, mode, &rows[i], rows[i].number, &line));
			break;
		case INVALID:
			tell_row(ask, &said, rows[i].number, line.name);
			break;
		case FORBIDDEN:
			return FORBIDDEN;
		case NOT_FOUND:
			return NOT_FOUND;
		case FAILED:
			return FAILED;
		}
		wrong = true;
	}
	if (wrong)
		return INVALID;
	if (n)
		TRY(grid_done_end(ask, &kept, &people));
	*done = kept.id;
	return db_commit(&tx);
}
