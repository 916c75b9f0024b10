#include "registry/jobs/jobs.h"

#include <string.h>

#include "db/transaction.h"
#include "jobs_sql.h"
#include "registry/access/access.h"
#include "registry/jobs/jobs_messages.h"
#include "registry/tree/tree.h"

enum { SLICE_BYTES = 256 << 20 };
#define BEFORE_ALL INT64_MAX

/* The row of any of the statements that read one. */
#define JOB_OF(r) \
	((struct job){ .id = (r).id, .version = (r).version, .kind = (r).kind, .title = (r).title, .account_id = (r).account_id, \
		.unit_id = (r).unit_id, .input = (r).input, .position = (r).position, .done = (r).done, .total = (r).total, \
		.condition = (enum job_condition)(r).condition, .message = (r).message, .made_at = (r).made_at, .ended_at = (r).ended_at })

OUTCOME job_add(struct ask *ask, const struct job_new *new, int64_t *id)
{
	TRY(tree_new_id(ask, "job", id));
	return sql_job_insert(ask, &(struct sql_job_insert_in){ .id = *id, .kind = new->kind, .title = new->title,
		.account_id = ask->actor ? ask->actor->account_id : 0, .unit_id = new->unit_id, .input = *new->input ? new->input : "{}",
		.total = new->total, .made_at = ask->now });
}

static bool is_theirs(const struct ask *ask, const struct job *job)
{
	if (access_may(ask->actor, PERMIT_SYSTEM))
		return true;
	return ask->actor && ask->actor->account_id && job->account_id == ask->actor->account_id;
}

OUTCOME job_get(struct ask *ask, int64_t id, struct job *out)
{
	struct sql_job_get_row row;

	TRY(sql_job_get(ask, id, &row));
	*out = JOB_OF(row);
	return is_theirs(ask, out) ? OK : NOT_FOUND;
}

OUTCOME job_list(struct ask *ask, int64_t before_id, struct job_list *out)
{
	int64_t account = ask->actor ? ask->actor->account_id : 0, also = access_may(ask->actor, PERMIT_SYSTEM) ? 0 : account;
	struct sql_job_list_row *rows;
	struct job *jobs;
	size_t n;

	*out = (struct job_list){ 0 };
	if (!ask->actor)
		return OK;
	TRY(sql_job_list(ask, account, also, before_id ? before_id : BEFORE_ALL, &rows, &n));
	jobs = ARENA_ARRAY(ask->arena, struct job, n);
	for (size_t i = 0; i < n; i++)
		jobs[i] = JOB_OF(rows[i]);
	*out = (struct job_list){ n, jobs };
	return OK;
}

/* Keeps where a job is; its version says that nobody else has worked it meanwhile. */
static OUTCOME keep(struct ask *ask, const struct job *job)
{
	bool ended = job->condition == JOB_DONE || job->condition == JOB_STOPPED;

	return sql_job_step(ask, &(struct sql_job_step_in){ .position = job->position, .done = job->done, .total = job->total,
		.condition = (int64_t)job->condition, .message = job->message, .ended_at = ended ? ask->now : 0, .id = job->id,
		.version = job->version });
}

OUTCOME job_tell(struct ask *ask, const struct job *job, int64_t done, int64_t total)
{
	return sql_job_tell(ask, done, total, job->id, job->version);
}

OUTCOME job_retry(struct ask *ask, int64_t id, int64_t version)
{
	DB_TRANSACTION(tx, ask->db);
	struct job job;

	TRY(job_get(ask, id, &job));
	if (job.condition != JOB_STOPPED) {
		problem(ask->problems, "", JOB_NOT_STOPPED);
		return INVALID;
	}
	job.version = version;
	job.condition = JOB_WAITING;
	job.message = "";
	TRY(keep(ask, &job));
	return db_commit(&tx);
}

/* ---- running ---- */

static const struct job_kind *kind_of(struct job_kinds kinds, const char *name)
{
	for (size_t i = 0; i < kinds.n; i++)
		if (!strcmp(kinds.at[i].name, name))
			return &kinds.at[i];
	return NULL;
}

static OUTCOME work(struct ask *ask, const struct job_kind *kind, struct job job)
{
	DB_TRANSACTION(tx, ask->db);
	bool more = false;

	if (!kind) {
		problem(ask->problems, "", JOB_UNKNOWN_KIND);
		return INVALID;
	}
	TRY(kind->slice(ask, &job, &more));
	job.condition = more ? JOB_UNDER_WAY : JOB_DONE;
	TRY(keep(ask, &job));
	return db_commit(&tx);
}

static OUTCOME stop(struct ask *ask, struct job job)
{
	DB_TRANSACTION(tx, ask->db);

	job.condition = JOB_STOPPED;
	job.message = problems_none(ask->problems) ? JOB_GONE : ask->problems->first->text;
	TRY(keep(ask, &job));
	return db_commit(&tx);
}

/* The next owner after the last one; from the first again when there is none further. */
static OUTCOME next_job(struct ask *ask, int64_t owner, struct job *out)
{
	struct sql_job_next_row row;
	enum outcome found = sql_job_next(ask, owner, &row);

	if (found == NOT_FOUND && owner >= 0)
		found = sql_job_next(ask, -1, &row);
	TRY(found);
	*out = JOB_OF(row);
	return OK;
}

static OUTCOME run_one(struct ask *ask, struct job_kinds kinds, int64_t *owner, bool *worked, struct problems *stopped)
{
	const struct job_kind *kind;
	struct job job;
	enum outcome done = next_job(ask, *owner, &job);

	*worked = done == OK;
	if (done == NOT_FOUND)
		return OK;
	TRY(done);
	*owner = job.account_id;
	kind = kind_of(kinds, job.kind);
	done = kind && kind->prepare ? kind->prepare(ask, &job) : OK;
	if (done == OK)
		done = work(ask, kind, job);
	if (done == OK || done == FAILED)
		return done;
	done = stop(ask, job);
	if (done == CONFLICT)            /* another process has worked it meanwhile: it was not stopped */
		return OK;
	TRY(done);
	if (stopped)
		problem(stopped, "", arena_format(ask->arena, "%s: %s", job.title, problems_none(ask->problems) ? JOB_GONE
			: ask->problems->first->text));
	return OK;
}

/* Memory of a slice goes with it: a job of a million people is ten thousand slices. */
static OUTCOME run_slice(struct ask *ask, struct job_kinds kinds, int64_t *owner, bool *worked, struct problems *stopped)
{
	struct arena *arena = arena_new(SLICE_BYTES);
	struct problems problems = PROBLEMS(arena);
	struct ask slice = *ask;
	enum outcome done;

	slice.arena = arena;
	slice.problems = &problems;
	slice.actor = &access_system;
	done = run_one(&slice, kinds, owner, worked, stopped);
	arena_free(arena);
	return done;
}

OUTCOME jobs_run_slice(struct ask *ask, struct job_kinds kinds, int64_t *owner, bool *worked)
{
	return run_slice(ask, kinds, owner, worked, NULL);
}

OUTCOME jobs_run_all(struct ask *ask, struct job_kinds kinds)
{
	int64_t owner = -1;
	size_t before = ask->problems->n;
	bool worked;

	do {
		TRY(run_slice(ask, kinds, &owner, &worked, ask->problems));
	} while (worked);
	return ask->problems->n == before ? OK : INVALID;
}
