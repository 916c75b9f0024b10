/* Objections: received, due, answered by somebody who did not score the sheet. */
#include "title/recognition/recognition.h"

#include <string.h>

#include "base/day.h"
#include "db/transaction.h"
#include "recognition_sql.h"
#include "registry/access/access.h"
#include "registry/tree/tree.h"
#include "text/text.h"
#include "title/recognition/move.h"
#include "title/recognition/recognition_messages.h"

static bool may_be_objected(enum sheet_state s)
{
	return s == SHEET_LISTED || s == SHEET_POSTED || s == SHEET_NOT_MET;
}

static const char *due_of(struct arena *arena, const char *received_on)
{
	const char *due = received_on;

	while (working_days(received_on, due) <= OBJECTION_ANSWER_DAYS)          /* the day received does not count */
		due = arena_text(arena, day_add(due, 1).text);
	return due;
}

OUTCOME objection_receive(struct ask *ask, const struct objection *o, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	const char *due = due_of(ask->arena, o->received_on);
	struct sheet sheet;
	struct round round;

	TRY(recognition_begin(ask, PERMIT_LIST_EDIT, o->round_id, o->commune_id, &round));
	TRY(sheet_get(ask, (struct sheet_key){ o->person_id, o->round_id }, &sheet));
	TRY(access_require(ask, PERMIT_LIST_EDIT, sheet.leaf_id));
	recognition_check_past(ask, "received_on", o->received_on);
	if (text_length(o->words) < RECOGNITION_REASON_MIN)
		problem(ask->problems, "words", OBJECTION_WORDS_SHORT);
	if (!may_be_objected(sheet.state))
		problem(ask->problems, "", OBJECTION_STATE);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(tree_new_id(ask, "objection", id));
	TRY(sql_objection_insert(ask, &(struct sql_objection_insert_in){ .id = *id, .round_id = o->round_id,
		.commune_id = o->commune_id,
		.person_id = o->person_id, .by_name = o->by_name, .by_contact = o->by_contact, .words = o->words,
		.received_on = o->received_on, .due_day = due }));
	TRY(recognition_trace(ask, AUDIT_OBJECTION_MADE, "objection", *id, 1, o->commune_id, NULL, audit_json(ask->arena,
		"words", o->words, "due", due,
		NULL), NULL));
	return db_commit(&tx);
}

static void check_answer(struct ask *ask, const struct objection *o, const struct sheet *s, enum objection_answer answer,
	const char *words)
{
	const struct actor *actor = ask->actor;

	if (o->answer != OBJECTION_OPEN)
		problem(ask->problems, "", OBJECTION_ANSWERED);
	if (text_length(words) < RECOGNITION_REASON_MIN)
		problem(ask->problems, "words", RECOGNITION_REASON_SHORT);
	if (actor && actor->account_id && actor->account_id == s->reviewed_by)
		problem(ask->problems, "", OBJECTION_OWN_SCORES);
	if (actor && actor->person_id && actor->person_id == s->key.person_id)
		problem(ask->problems, "", OBJECTION_OWN);
	if (answer == OBJECTION_UPHELD && !may_be_objected(s->state))
		problem(ask->problems, "", OBJECTION_STATE);
}

OUTCOME objection_answer(struct ask *ask, int64_t id, int64_t version, enum objection_answer answer, const char *words)
{
	DB_TRANSACTION(tx, ask->db);
	const char *today = arena_text(ask->arena, day_of(ask->now).text);
	struct objection o;
	struct sheet before, after;
	struct round round;

	TRY(objection_get(ask, id, &o));
	TRY(recognition_begin(ask, PERMIT_LIST_EDIT, o.round_id, o.commune_id, &round));
	TRY(sheet_get(ask, (struct sheet_key){ o.person_id, o.round_id }, &before));
	if (o.version != version)
		return CONFLICT;
	check_answer(ask, &o, &before, answer, words);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(sql_objection_answer(ask, (int64_t)answer, words, today, ask->actor ? ask->actor->account_id : 0, id, version));
	TRY(recognition_trace(ask, AUDIT_OBJECTION_ANSWERED, "objection", id, version + 1, o.commune_id, NULL,
		audit_json(ask->arena, "answer",
		answer == OBJECTION_UPHELD ? "upheld" : "refused", "words", words, NULL), NULL));
	if (answer == OBJECTION_UPHELD) {
		after = before;
		after.state = SHEET_REVIEWED;
		after.state_reason = words;
		TRY(sheet_write(ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_REOPENED, .reason = words }));
	}
	return db_commit(&tx);
}

#define OBJECTION_OF(r) ((struct objection){ .id = (r).id, .round_id = (r).round_id, .commune_id = (r).commune_id, \
	.person_id = (r).person_id, .version = (r).version, .by_name = (r).by_name, .by_contact = (r).by_contact, \
	.words = (r).words, \
	.received_on = (r).received_on, .due_day = (r).due_day, .answer_words = (r).answer_words, \
	.answered_on = (r).answered_on, \
	.answer = (enum objection_answer)(r).answer, .person_name = (r).name })

OUTCOME objection_get(struct ask *ask, int64_t id, struct objection *out)
{
	struct sql_objection_get_row row;

	TRY(sql_objection_get(ask, id, &row));
	*out = OBJECTION_OF(row);
	return OK;
}

OUTCOME objection_list(struct ask *ask, int64_t round_id, int64_t commune_id, struct objection_list *out)
{
	struct sql_objections_of_row *rows;
	struct objection *list;

	TRY(sql_objections_of(ask, commune_id, round_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct objection, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = OBJECTION_OF(rows[i]);
	out->at = list;
	return OK;
}

OUTCOME objection_count(struct ask *ask, int64_t round_id, int64_t commune_id, struct objection_counts *out)
{
	struct sql_objection_counts_row row;

	TRY(sql_objection_counts(ask, commune_id, round_id, &row));
	*out = (struct objection_counts){ row.n, row.open, row.upheld };
	return OK;
}
