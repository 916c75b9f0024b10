/* What was done for many goes back as one step: before an act its sheets are copied beside it, and put back where nobody has
 * changed them since. */
#include <string.h>

#include "base/day.h"
#include "base/id.h"
#include "db/ids.h"
#include "db/transaction.h"
#include "grid_sql.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "title/grid/grid.h"
#include "title/grid/grid_done.h"
#include "title/grid/grid_messages.h"
#include "title/review/review.h"

/* As it is stored: in the order of enum grid_act. */
#define ACT_CODE(name, code) code,
static const char *const codes[GRID_DONE_N] = { GRID_ACTS(ACT_CODE) "trang-tu-cham", "trang-xet" };

enum permit grid_permit(enum grid_act act)
{
	return act == GRID_AGREE || act == GRID_ROWS_REVIEW ? PERMIT_SHEET_REVIEW : PERMIT_SHEET_ASSIST;
}

static int64_t today_began(const struct ask *ask)
{
	return day_start(day_of(ask->now).text);
}

/* ---- kept ---- */

OUTCOME grid_done_begin(struct ask *ask, enum grid_act act, int64_t round_id, int64_t leaf_id, const struct id_list *people,
	struct grid_done *out)
{
	*out = (struct grid_done){ .round_id = round_id, .leaf_id = leaf_id, .at = ask->now, .act = act,
		.actor = ask->actor ? ask->actor->name : "" };
	TRY(sql_grid_rows_sweep(ask, leaf_id, today_began(ask)));
	TRY(sql_grid_acts_sweep(ask, leaf_id, today_began(ask)));
	TRY(id_next(ask->db, "grid_act", id_register(leaf_id), &out->id));
	return sql_grid_rows_keep(ask, out->id, round_id, *people);
}

OUTCOME grid_done_end(struct ask *ask, struct grid_done *done, const struct id_list *changed)
{
	TRY(sql_grid_rows_left(ask, done->round_id, done->id, *changed));
	TRY(sql_grid_rows_untouched(ask, done->id));
	TRY(sql_grid_rows_count(ask, done->id, &done->people));
	if (!done->people) {
		done->id = 0;
		return OK;
	}
	return sql_grid_act_insert(ask, &(struct sql_grid_act_insert_in){ .id = done->id, .round_id = done->round_id,
		.leaf_id = done->leaf_id, .act_code = codes[done->act], .people = done->people,
		.account_id = ask->actor ? ask->actor->account_id : 0, .actor = done->actor, .at = done->at });
}

/* ---- read ---- */

static bool act_of(const char *code, enum grid_act *out)
{
	for (enum grid_act act = 0; act < GRID_DONE_N; act++)
		if (!strcmp(codes[act], code)) {
			*out = act;
			return true;
		}
	return false;
}

#define DONE_OF(r) \
	((struct grid_done){ .id = (r).id, .round_id = (r).round_id, .leaf_id = (r).leaf_id, .people = (r).people, .at = (r).at, \
		.undone_at = (r).undone_at, .undone = (r).undone, .actor = (r).actor })

OUTCOME grid_done_get(struct ask *ask, int64_t id, struct grid_done *out)
{
	struct sql_grid_act_get_row row;

	TRY(sql_grid_act_get(ask, id, &row));
	*out = DONE_OF(row);
	return act_of(row.act_code, &out->act) ? OK : NOT_FOUND;
}

OUTCOME grid_dones(struct ask *ask, int64_t round_id, int64_t leaf_id, struct grid_dones *out)
{
	struct sql_grid_acts_of_leaf_row *rows;
	struct grid_done *list;
	size_t n;

	TRY(sql_grid_acts_of_leaf(ask, leaf_id, round_id, today_began(ask), &rows, &n));
	list = ARENA_ARRAY(ask->arena, struct grid_done, n);
	*out = (struct grid_dones){ 0, list };
	for (size_t i = 0; i < n; i++) {
		list[out->n] = DONE_OF(rows[i]);
		out->n += act_of(rows[i].act_code, &list[out->n].act);
	}
	return OK;
}

/* ---- undone ---- */

/* Why a sheet stays as it is; "" when it may go back. */
static const char *stays(const struct ask *ask, const struct grid_done *done, const struct sql_grid_undo_rows_row *row)
{
	if (!row->version_is)
		return GRID_UNDO_GONE;
	if (row->leaf_is != done->leaf_id)
		return GRID_UNDO_AWAY;
	if (row->version_is != row->version)
		return GRID_UNDO_TOUCHED;
	if (!row->version_before && row->evidence)
		return GRID_UNDO_EVIDENCE;
	if (grid_permit(done->act) == PERMIT_SHEET_REVIEW && ask->actor && ask->actor->person_id == row->person_id)
		return GRID_UNDO_OWN;
	return "";
}

/* May it be undone at all? */
static OUTCOME check_day(struct ask *ask, const struct grid_done *done)
{
	struct round round;

	TRY(access_require(ask, grid_permit(done->act), done->leaf_id));
	TRY(round_get(ask, done->round_id, &round));
	if (done->undone_at)
		problem(ask->problems, "", GRID_UNDO_TWICE);
	else if (done->at < today_began(ask))
		problem(ask->problems, "", GRID_UNDO_LATE);
	else if (round.locked)
		problem(ask->problems, "", GRID_UNDO_LOCKED);
	return problems_none(ask->problems) ? OK : INVALID;
}

OUTCOME grid_undo_look(struct ask *ask, const struct grid_done *done, struct grid_result *out)
{
	struct sql_grid_undo_rows_row *rows;
	struct grid_left *left;
	size_t n;

	*out = (struct grid_result){ .done = done->id };
	TRY(check_day(ask, done));
	TRY(sql_grid_undo_rows(ask, done->round_id, done->id, &rows, &n));
	left = ARENA_ARRAY(ask->arena, struct grid_left, n);
	for (size_t i = 0; i < n; i++) {
		const char *why = stays(ask, done, &rows[i]);

		if (*why)
			left[out->n_left++] = (struct grid_left){ rows[i].person_id, rows[i].name, why };
		else
			out->n_done++;
	}
	out->left = left;
	if (!out->n_done)
		problem(ask->problems, "", GRID_UNDO_NOTHING);
	return out->n_done ? OK : INVALID;
}

/* The person reads why a score became another; that it became what it was again belongs to it. */
static OUTCOME tell_scores(struct ask *ask, const struct sheet *now, const struct sheet *before)
{
	const struct scores *back = review_before(before);

	for (int i = 0; i < now->reviewed.n; i++)
		if (now->reviewed.at[i].is && back->at[i].is && now->reviewed.at[i].value != back->at[i].value)
			TRY(sheet_add_reason(ask, now->key, i + 1, now->reviewed.at[i].value, back->at[i].value, GRID_UNDONE));
	return OK;
}

static OUTCOME undo_one(struct ask *ask, const struct grid_done *done, const struct sql_grid_undo_rows_row *row,
	const char *reason)
{
	struct sheet_key key = { row->person_id, done->round_id };
	struct sheet now, before;

	if (!row->version_before)
		return sheet_undo(ask, key, row->version, NULL, grid_permit(done->act), reason);
	TRY(sheet_get(ask, key, &now));
	before = now;
	before.state = (enum sheet_state)row->state;
	before.state_before = (enum sheet_state)row->state_before;
	if (!scores_read(row->self, &before.self) || !scores_read(row->reviewed, &before.reviewed))
		return FAILED;
	before.assisted = row->assisted;
	before.helper = row->helper;
	before.consent = row->consent;
	before.state_reason = row->state_reason;
	before.told_on = row->told_on;
	before.due_day = row->due_day;
	before.submitted_at = row->submitted_at;
	before.reviewed_at = row->reviewed_at;
	before.reviewed_by = row->reviewed_by;
	if (done->act == GRID_ROWS_REVIEW)
		TRY(tell_scores(ask, &now, &before));
	return sheet_undo(ask, key, row->version, &before, grid_permit(done->act), reason);
}

static OUTCOME undo_rows(struct ask *ask, const struct grid_done *done, struct grid_result *out, struct id_list *went)
{
	const char *reason = grid_undo_reason(ask->arena, done);
	struct sql_grid_undo_rows_row *rows;
	struct grid_left *left;
	int64_t *ids;
	size_t n;

	TRY(sql_grid_undo_rows(ask, done->round_id, done->id, &rows, &n));
	left = ARENA_ARRAY(ask->arena, struct grid_left, n);
	ids = ARENA_ARRAY(ask->arena, int64_t, n);
	*went = (struct id_list){ 0, ids };
	*out = (struct grid_result){ .left = left, .done = done->id };
	for (size_t i = 0; i < n; i++) {
		const char *why = stays(ask, done, &rows[i]);
		enum outcome undone = *why ? CONFLICT : undo_one(ask, done, &rows[i], reason);

		if (undone == OK)
			ids[went->n++] = rows[i].person_id;
		else if (undone != CONFLICT)
			return undone;
		else
			left[out->n_left++] = (struct grid_left){ rows[i].person_id, rows[i].name,
				*why ? why : GRID_UNDO_TOUCHED };
	}
	out->n_done = went->n;
	if (!out->n_done)
		problem(ask->problems, "", GRID_UNDO_NOTHING);
	return out->n_done ? OK : INVALID;
}

OUTCOME grid_undo(struct ask *ask, const struct grid_done *done, struct grid_result *out)
{
	DB_TRANSACTION(tx, ask->db);
	struct ask held = *ask;
	struct id_list went;

	TRY(check_day(ask, done));
	standing_batch_hold(&held);
	TRY(undo_rows(&held, done, out, &went));
	TRY(sql_grid_act_undone(ask, ask->now, (int64_t)went.n, done->id));
	TRY(standing_batch_let_go(&held));
	TRY(sql_grid_rows_undone(ask, done->id, went));
	TRY(sql_grid_rows_follow(ask, done->id, done->leaf_id, done->round_id));
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_SHEETS_BULK, .subject = "round", .subject_id = done->round_id,
		.unit_id = done->leaf_id, .new = audit_json(ask->arena, "act", grid_undo_reason(ask->arena, done), "people",
			arena_format(ask->arena, "%zu", went.n), NULL) }));
	return db_commit(&tx);
}
