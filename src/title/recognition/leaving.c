/* Who the next meeting does not propose, or a decision leaves out: kept beforehand. */
#include "title/recognition/recognition.h"

#include <stdlib.h>

#include "db/transaction.h"
#include "recognition_sql.h"
#include "registry/access/access.h"
#include "title/recognition/move.h"
#include "title/recognition/recognition_messages.h"

static int by_person(const void *a, const void *b)
{
	const struct exception *x = a, *y = b;

	return (x->person_id > y->person_id) - (x->person_id < y->person_id);
}

const struct exception *exception_of(const struct exceptions *list, int64_t person_id)
{
	struct exception key = { .person_id = person_id };

	return list->n ? bsearch(&key, list->at, list->n, sizeof *list->at, by_person) : NULL;
}

#define EXCEPTIONS_OF(rows) \
	for (size_t i = 0; i < out->n; i++) \
		list[i] = (struct exception){ (rows)[i].person_id, (enum exception_kind)(rows)[i].result, (rows)[i].reason, \
			(rows)[i].name };

static OUTCOME left_by_meeting(struct ask *ask, const struct leaving *l, struct exceptions *out)
{
	struct sql_meeting_left_row *rows;
	struct exception *list;

	TRY(sql_meeting_left(ask, l->round_id, l->commune_id, SHEET_REVIEWED, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct exception, out->n);
	EXCEPTIONS_OF(rows)
	out->at = list;
	return OK;
}

static OUTCOME left_by_decision(struct ask *ask, const struct leaving *l, struct exceptions *out)
{
	struct sql_proposal_left_row *rows;
	struct exception *list;

	TRY(sql_proposal_left(ask, l->round_id, SHEET_PROPOSED, l->proposal_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct exception, out->n);
	EXCEPTIONS_OF(rows)
	out->at = list;
	return OK;
}

OUTCOME left_out(struct ask *ask, const struct leaving *l, struct exceptions *out)
{
	return l->step == LEAVING_MEETING ? left_by_meeting(ask, l, out) : left_by_decision(ask, l, out);
}

/* ---- noting ---- */

/* How many of these people the list holds. */
static OUTCOME known_of(struct ask *ask, const struct leaving *l, struct id_list people, size_t *n)
{
	struct sql_meeting_may_leave_row *reviewed;
	struct sql_proposal_may_leave_row *proposed;

	if (l->step == LEAVING_MEETING)
		return sql_meeting_may_leave(ask, people, l->round_id, l->commune_id, SHEET_REVIEWED, &reviewed, n);
	return sql_proposal_may_leave(ask, l->round_id, SHEET_PROPOSED, l->proposal_id, people, &proposed, n);
}

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Each once: ticked and named by code too. */
static struct id_list each_once(struct arena *a, struct id_list people)
{
	int64_t *ids = ARENA_ARRAY(a, int64_t, people.n);
	size_t n = 0;

	for (size_t i = 0; i < people.n; i++)
		ids[i] = people.at[i];
	if (people.n)
		qsort(ids, people.n, sizeof *ids, by_id);
	for (size_t i = 0; i < people.n; i++)
		if (!n || ids[n - 1] != ids[i])
			ids[n++] = ids[i];
	return (struct id_list){ n, ids };
}

static OUTCOME begin(struct ask *ask, const struct leaving *l, struct id_list people)
{
	struct proposal p;
	struct round round;
	size_t known = 0;

	if (l->step == LEAVING_DECISION) {
		TRY(proposal_get(ask, l->proposal_id, &p));
		if (p.version != l->version)
			return CONFLICT;
	}
	TRY(recognition_begin(ask, l->step == LEAVING_MEETING ? PERMIT_LIST_EDIT : PERMIT_DECIDE, l->round_id, l->commune_id,
		&round));
	TRY(known_of(ask, l, people, &known));
	if (!people.n)
		problem(ask->problems, "nguoi", LEAVING_NOBODY);
	else if (known != people.n)
		problem(ask->problems, "nguoi", LEAVING_UNKNOWN);
	return OK;
}

/* The list is a newer one, for whoever decides from a page of before; and a row for each person, who may read it. */
static OUTCOME trace(struct ask *ask, const struct leaving *l, enum audit_action action, struct id_list people,
	const char *reason)
{
	bool decides = l->step == LEAVING_DECISION;
	struct audit_entry e = { .action = action, .subject = decides ? "proposal" : "round",
		.subject_id = decides ? l->proposal_id : l->round_id, .unit_id = l->commune_id, .reason = reason };

	if (decides) {
		TRY(sql_proposal_touch(ask, l->proposal_id, l->version));
		e.version = l->version + 1;
		e.new = audit_json(ask->arena, "people", arena_format(ask->arena, "%zu", people.n), NULL);
		TRY(audit_add(ask, &e));
	}
	e.version = 0;
	e.new = NULL;
	for (size_t i = 0; i < people.n; i++) {
		e.person_id = people.at[i];
		TRY(audit_add(ask, &e));
	}
	return OK;
}

OUTCOME leave_out(struct ask *ask, const struct leaving *l, enum exception_kind kind, const char *reason, struct id_list people)
{
	DB_TRANSACTION(tx, ask->db);

	people = each_once(ask->arena, people);
	TRY(begin(ask, l, people));
	recognition_check_reason(ask, "why", reason);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(sql_left_out_set(ask, l->round_id, l->step, kind, reason, people));
	TRY(trace(ask, l, AUDIT_LEFT_OUT, people, reason));
	return db_commit(&tx);
}

OUTCOME leave_in(struct ask *ask, const struct leaving *l, struct id_list people)
{
	DB_TRANSACTION(tx, ask->db);

	people = each_once(ask->arena, people);
	TRY(begin(ask, l, people));
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(sql_left_out_remove(ask, people, l->round_id, l->step));
	TRY(trace(ask, l, AUDIT_LEFT_IN, people, NULL));
	return db_commit(&tx);
}

OUTCOME left_out_end(struct ask *ask, const struct leaving *l, const struct exceptions *taken)
{
	int64_t *ids = ARENA_ARRAY(ask->arena, int64_t, taken->n);

	if (!taken->n)
		return OK;
	for (size_t i = 0; i < taken->n; i++)
		ids[i] = taken->at[i].person_id;
	return sql_left_out_remove(ask, (struct id_list){ taken->n, ids }, l->round_id, l->step);
}
