#include "title/roster/roster_jobs.h"

#include <string.h>

#include "crypto/keyring.h"
#include "db/staged.h"
#include "db/transaction.h"
#include "json/json.h"
#include "registry/access/session.h"
#include "roster_list_sql.h"
#include "title/roster/roster_judge.h"
#include "title/roster/roster_job.h"
#include "title/roster/roster_messages.h"
#include "title/roster/roster_stage.h"
#include "title/roster/roster_write.h"

/* ---- the list of a job, and its owner as actor ---- */

OUTCOME roster_job_open(struct ask *ask, const struct job *job, struct ask *owner, struct list *list)
{
	const struct json *root;

	TRY(json_parse(ask->arena, (struct bytes){ job->input, strlen(job->input) }, ask->problems, &root));
	TRY(list_get_any(ask, json_int(json_member(root, "list"), 1, INT64_MAX), list));
	*owner = *ask;
	return list->account_id ? session_actor(ask, list->account_id, &owner->actor) : OK;
}

static const char *all_problems(struct arena *a, const struct problems *problems)
{
	const char *out = "";

	for (const struct problem *p = problems->first; p; p = p->next)
		out = arena_format(a, "%s%s%s", out, *out ? " " : "", p->text);
	return out;
}

/* What is no outcome of the world: said on the list, in words. */
const char *roster_why_not(struct arena *a, enum outcome outcome, const struct problems *problems)
{
	if (!problems_none(problems))
		return all_problems(a, problems);
	return outcome == FORBIDDEN ? ROSTER_NO_PERMISSION : ROSTER_GONE;
}

enum { TRIES = 3 };

/* A mark for each try stands in the job's position. */
bool roster_job_is_last(const struct job *job)
{
	return strlen(job->position) >= TRIES;
}

OUTCOME roster_job_again(struct ask *ask, struct job *job, bool *more)
{
	*more = true;
	job->done = 0;
	job->position = arena_format(ask->arena, "%s+", job->position);
	return OK;
}

/* ---- reading ---- */

OUTCOME roster_prepare(struct ask *ask, struct job *job)
{
	struct roster_prepared *p = ARENA_NEW(ask->arena, struct roster_prepared);
	struct ask owner;
	struct list list;

	job->prepared = p;
	p->problems = PROBLEMS(ask->arena);
	TRY(roster_job_open(ask, job, &owner, &list));
	owner.problems = &p->problems;
	p->outcome = list_read_file(&owner, &list, &p->reading);
	return p->outcome == FAILED ? FAILED : OK;
}

OUTCOME roster_job_judge(struct ask *owner, struct roster_prepared *p, const struct list *list, struct list_rows_judged *out)
{
	struct list_row_choices choices;

	owner->problems = &p->problems;
	TRY(list_row_choices(owner, list->id, &choices));
	TRY(p->outcome);
	return list_judge(owner, list, &p->reading, list_row_choice, &choices, out);
}

OUTCOME roster_job_rows(struct ask *ask, struct ask *owner, const struct job *job, const struct list *list,
	struct list_rows_judged *out, bool *end)
{
	struct roster_prepared *p = job->prepared;
	enum outcome judged = roster_job_judge(owner, p, list, out);

	*end = judged != OK;
	if (judged == FAILED)
		return FAILED;
	return judged == OK ? OK : list_end(ask, list, LIST_UNREADABLE, roster_why_not(ask->arena, judged, &p->problems));
}

struct reading {
	struct ask owner;
	const struct job *job;
	struct list list;
	struct list_rows_judged rows;
	struct list_storing storing;
	struct db_staged *staged;
};

static OUTCOME tell(void *state, size_t done)
{
	struct reading *r = state;

	return job_tell(&r->owner, r->job, (int64_t)done, (int64_t)r->rows.n);
}

static OUTCOME store_row(void *state, size_t i)
{
	return list_storing_row(&((struct reading *)state)->storing, i);
}

OUTCOME roster_read_prepare(struct ask *ask, struct job *job)
{
	struct reading *r = ARENA_NEW(ask->arena, struct reading);
	struct roster_prepared *p;
	enum outcome judged;

	TRY(roster_prepare(ask, job));
	p = job->prepared;
	if (p->outcome != OK || !db_may_stage(ask->db) || roster_job_is_last(job))
		return OK;
	TRY(roster_job_open(ask, job, &r->owner, &r->list));
	r->job = job;
	judged = roster_job_judge(&r->owner, p, &r->list, &r->rows);
	if (judged != OK)                        /* the slice finds it so too, and says it */
		return judged == FAILED ? FAILED : OK;
	TRY(list_storing_open(ask, &r->list, &p->reading, &r->rows, &r->storing));
	TRY(roster_stage(ask, &(struct roster_steps){ r->rows.n, store_row, tell, r }, &r->staged));
	p->storing = r->staged ? r : NULL;
	return OK;
}

/* What stands in the list is judged again before it is applied: nothing need have stood still meanwhile. */
static OUTCOME land(struct ask *ask, struct reading *r)
{
	DB_TRANSACTION(tx, ask->db);

	TRY(db_staged_land(r->staged));
	TRY(list_storing_end(&r->storing));
	return db_commit(&tx);
}

static OUTCOME end_reading(struct ask *ask, struct job *job, const struct list *list, size_t rows)
{
	job->message = ROSTER_READ_DONE;
	job->done = job->total = (int64_t)rows;
	return list_end(ask, list, LIST_READ, "");
}

OUTCOME roster_read_slice(struct ask *ask, struct job *job, bool *more)
{
	struct roster_prepared *p = job->prepared;
	struct list_rows_judged rows;
	enum outcome landed;
	struct ask owner;
	struct list list;
	bool end;

	*more = false;
	if (p->storing) {
		landed = land(ask, p->storing);
		if (landed == CONFLICT)
			return roster_job_again(ask, job, more);
		TRY(landed);
		return end_reading(ask, job, &p->storing->list, p->storing->rows.n);
	}
	TRY(roster_job_open(ask, job, &owner, &list));
	TRY(roster_job_rows(ask, &owner, job, &list, &rows, &end));
	job->message = ROSTER_UNREADABLE;
	if (end)
		return OK;
	TRY(list_store_rows(ask, &list, &p->reading, &rows));
	return end_reading(ask, job, &list, rows.n);
}
