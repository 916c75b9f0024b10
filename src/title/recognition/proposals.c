/* Tờ trình: who is proposed to the authority, and the list it appraises. */
#include "title/recognition/recognition.h"

#include <string.h>

#include "base/day.h"
#include "db/transaction.h"
#include "recognition_sql.h"
#include "registry/access/access.h"
#include "registry/tree/tree.h"
#include "title/recognition/move.h"
#include "title/recognition/recognition_messages.h"

/* Sorted by the statement. */
static bool is_objected(const struct sql_objection_people_row *objected, size_t n, int64_t person_id)
{
	size_t low = 0;

	while (low < n) {
		size_t middle = low + (n - low) / 2;

		if (objected[middle].person_id == person_id)
			return true;
		if (objected[middle].person_id < person_id)
			low = middle + 1;
		else
			n = middle;
	}
	return false;
}

static OUTCOME propose_from(struct ask *ask, struct move *move, int64_t id, const struct proposal *p, enum sheet_state from,
	bool all, int64_t *people)
{
	struct sql_objection_people_row *objected;
	struct sql_people_in_state_row *rows;
	size_t n, n_objected;

	TRY(sql_objection_people(ask, p->commune_id, p->round_id, &objected, &n_objected));
	TRY(sql_people_in_state(ask, p->round_id, p->commune_id, (int64_t)from, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct sheet sheet;

		TRY(move_next(move, (struct sheet_key){ rows[i].person_id, p->round_id }, &sheet));
		if ((!all && !sheet.no_posting) || is_objected(objected, n_objected, rows[i].person_id))
			continue;
		sheet.state = SHEET_PROPOSED;
		TRY(move_write(move, &sheet, (struct sheet_write){ .action = AUDIT_SHEET_PROPOSED }));
		TRY(sql_proposal_person_insert(ask, id, rows[i].person_id));
		++*people;
	}
	return OK;
}

/* The last day of a posting that is still running, or "". */
static OUTCOME running_posting(struct ask *ask, const struct proposal *p, const char **until)
{
	struct posting posting;
	enum outcome found = posting_newest(ask, p->round_id, p->commune_id, &posting);

	*until = found == OK && strcmp(posting.until_day, day_of(ask->now).text) >= 0 ? posting.until_day : "";
	return found == NOT_FOUND ? OK : found;
}

OUTCOME proposal_make(struct ask *ask, const struct proposal *p, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	struct move move;
	struct round round;
	const char *until;
	int64_t people = 0;

	TRY(recognition_begin(ask, PERMIT_LIST_EDIT, p->round_id, p->commune_id, &round));
	recognition_check_past(ask, "day", p->day);
	TRY(running_posting(ask, p, &until));
	if (*until)
		problem(ask->problems, "", posting_not_over(ask->arena, until));
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(tree_new_id(ask, "proposal", id));
	move_begin(&move, ask);
	TRY(propose_from(ask, &move, *id, p, SHEET_POSTED, true, &people));
	TRY(propose_from(ask, &move, *id, p, SHEET_LISTED, !round.posting_days, &people));
	TRY(move_end(&move));
	if (!people) {
		problem(ask->problems, "", PROPOSAL_NOBODY);
		return INVALID;
	}
	TRY(sql_proposal_insert(ask, &(struct sql_proposal_insert_in){ .id = *id, .round_id = p->round_id,
		.commune_id = p->commune_id,
		.number = p->number, .day = p->day, .signer = p->signer, .people = people, .made_at = ask->now }));
	TRY(recognition_trace(ask, AUDIT_PROPOSAL_MADE, "proposal", *id, 1, p->commune_id, NULL, audit_json(ask->arena,
		"number", p->number, "day",
		p->day, "people", arena_format(ask->arena, "%lld", (long long)people), NULL), NULL));
	return db_commit(&tx);
}

#define PROPOSAL_OF(r) ((struct proposal){ .id = (r).id, .round_id = (r).round_id, .commune_id = (r).commune_id, \
	.people = (r).people, .made_at = (r).made_at, .version = (r).version, \
	.number = (r).number, .day = (r).day, .signer = (r).signer, \
	.decided = (r).decided != 0 })

OUTCOME proposal_get(struct ask *ask, int64_t id, struct proposal *out)
{
	struct sql_proposal_get_row row;

	TRY(sql_proposal_get(ask, id, &row));
	*out = PROPOSAL_OF(row);
	return OK;
}

OUTCOME proposal_list(struct ask *ask, int64_t round_id, int64_t commune_id, struct proposal_list *out)
{
	struct sql_proposals_of_row *rows;
	struct proposal *list;

	TRY(sql_proposals_of(ask, commune_id, round_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct proposal, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = PROPOSAL_OF(rows[i]);
	out->at = list;
	return OK;
}

/* ---- people of a list ---- */

#define LINE_OF(r) ((struct appraisal_line){ .person_id = (r).person_id, .total = (r).total, .name = (r).name, \
	.birth = (r).birth, .code = (r).code, .group = (r).group_code, .leaf_name = "", .national_id_end = (r).national_id_end, \
	.sex = (enum sex)(r).sex, \
	.state = (enum sheet_state)(r).state, .no_posting = (r).no_posting != 0, .name_key = (r).name_key })

/* A page names few leaves: each is asked for once. */
static OUTCOME finish(struct ask *ask, struct appraisal_line *lines, size_t n, size_t i, int64_t leaf_id, const int64_t *leaf_ids,
	const char *scores)
{
	struct unit unit;
	enum outcome found;

	BUG_ON(!scores_read(scores, &lines[i].scores));
	lines[i].lowest = lines[i].scores.n ? INT64_MAX : 0;
	for (int k = 0; k < lines[i].scores.n; k++)
		if (lines[i].scores.at[k].is && lines[i].scores.at[k].value < lines[i].lowest)
			lines[i].lowest = lines[i].scores.at[k].value;
	for (size_t k = 0; k < i && k < n; k++)
		if (leaf_ids[k] == leaf_id) {
			lines[i].leaf_name = lines[k].leaf_name;
			return OK;
		}
	found = tree_get_last(ask, leaf_id, &unit);
	lines[i].leaf_name = found == OK ? unit.name : "";
	return found == NOT_FOUND ? OK : found;
}

OUTCOME proposal_people(struct ask *ask, const struct proposal *p, const struct appraisal_line *after, int64_t limit,
	struct appraisal_lines *out)
{
	struct bytes key = after ? after->name_key : (struct bytes){ "", 0 };
	struct sql_proposal_people_row *rows;
	struct appraisal_line *lines;
	int64_t *leaves;

	TRY(sql_proposal_people(ask, p->round_id, p->id, key, after ? after->person_id : 0, limit, &rows, &out->n));
	lines = ARENA_ARRAY(ask->arena, struct appraisal_line, out->n);
	leaves = ARENA_ARRAY(ask->arena, int64_t, out->n);
	for (size_t i = 0; i < out->n; i++) {
		lines[i] = LINE_OF(rows[i]);
		leaves[i] = rows[i].leaf_id;
		TRY(finish(ask, lines, out->n, i, rows[i].leaf_id, leaves, rows[i].scores));
	}
	out->at = lines;
	return OK;
}

OUTCOME listed_people(struct ask *ask, int64_t round_id, int64_t commune_id, enum sheet_state state,
	const struct appraisal_line *after,
	int64_t limit, struct appraisal_lines *out)
{
	struct bytes key = after ? after->name_key : (struct bytes){ "", 0 };
	struct sql_listed_people_row *rows;
	struct appraisal_line *lines;
	int64_t *leaves;

	TRY(sql_listed_people(ask, round_id, commune_id, (int64_t)state, key, after ? after->person_id : 0, limit, &rows,
		&out->n));
	lines = ARENA_ARRAY(ask->arena, struct appraisal_line, out->n);
	leaves = ARENA_ARRAY(ask->arena, int64_t, out->n);
	for (size_t i = 0; i < out->n; i++) {
		lines[i] = LINE_OF(rows[i]);
		leaves[i] = rows[i].leaf_id;
		TRY(finish(ask, lines, out->n, i, rows[i].leaf_id, leaves, rows[i].scores));
	}
	out->at = lines;
	return OK;
}
