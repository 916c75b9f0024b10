/* A list applied today goes back as one step: all of it, or nothing where somebody has touched a row since. */
#include "title/roster/roster_undo.h"

#include "crypto/keyring.h"
#include "db/staged.h"
#include "db/transaction.h"
#include "roster_list_sql.h"
#include "title/roster/roster_job.h"
#include "title/roster/roster_jobs.h"
#include "title/roster/roster_messages.h"
#include "title/roster/roster_stage.h"
#include "title/roster/roster_write.h"
#include "title/standing/standing.h"

/* Changed or gone since applying left it, or with evidence that somebody has put in. "" where nothing stands in the way. */
static const char *blocked_by(const struct sql_list_undoable_row *row)
{
	if (row->person_version && row->person_is != row->person_version)
		return ROSTER_TOUCHED_PERSON;
	if (row->sheet_version && row->sheet_is != row->sheet_version)
		return ROSTER_TOUCHED_SHEET;
	if (row->sheet_version && row->evidence)
		return ROSTER_TOUCHED_EVIDENCE;
	return "";
}

OUTCOME roster_undo_look(struct ask *ask, const struct list *list, struct undo_counts *out)
{
	struct sql_list_undoable_row *rows;
	struct undo_block *blocks = ARENA_ARRAY(ask->arena, struct undo_block, UNDO_BLOCKS_SHOWN);
	size_t n;

	*out = (struct undo_counts){ .blocked = blocks };
	TRY(sql_list_undoable(ask, list->round_id, list->id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const char *why = blocked_by(&rows[i]);

		out->added += rows[i].person_version && rows[i].added;
		out->changed += rows[i].person_version && !rows[i].added;
		out->sheets += rows[i].sheet_version > 0;
		if (*why && out->n_blocked < UNDO_BLOCKS_SHOWN)
			blocks[out->n_blocked++] = (struct undo_block){ rows[i].line, why, rows[i].person_is > 0 };
	}
	return OK;
}

/* ---- the job ---- */

struct undoing {
	struct ask *ask;                 /* the owner's */
	struct ask held, row;            /* the first holds the counters; the second has the arena and problems of one row */
	const struct list *list;
	const char *reason;
	const struct sql_list_undoable_row *rows;
	size_t n;
	int64_t undone;
	const char *blocked;             /* the first row that somebody touched afterwards; "" none */
	/* where it is staged */
	const struct job *job;
	struct db_staged *staged;
	int64_t since, traces;
};

static OUTCOME undo_row(struct undoing *u, const struct sql_list_undoable_row *row)
{
	struct problems problems;
	struct bytes was;
	enum outcome undone;

	arena_reset(u->row.arena);
	problems = PROBLEMS(u->row.arena);
	u->row.problems = &problems;
	if (keyring_decrypt(u->row.keys, u->row.arena, row->undo, &was) != OK)
		return FAILED;
	if (*blocked_by(row)) {
		u->blocked = arena_format(u->ask->arena, "Dòng %lld: %s", (long long)row->line, blocked_by(row));
		return OK;
	}
	undone = written_undo(&u->row, was, u->list->round_id, row->person_id,
		row->person_version, row->sheet_version, u->reason);
	if (undone == FAILED)
		return FAILED;
	if (undone != OK)
		u->blocked = arena_format(u->ask->arena, "Dòng %lld: %s", (long long)row->line,
					  undone == CONFLICT ? ROSTER_TOUCHED_PERSON
							     : roster_why_not(u->ask->arena, undone, &problems));
	u->undone++;
	return OK;
}

static void free_arena(void *arena) { arena_free(arena); }

static OUTCOME open_undoing(struct undoing *u, struct ask *owner, const struct list *list)
{
	struct sql_list_undoable_row *rows;

	*u = (struct undoing){ .ask = owner, .held = *owner, .list = list, .blocked = "" };
	u->reason = arena_format(owner->arena, "Hoàn lại danh sách %s", list->name);
	standing_batch_hold(&u->held);
	u->row = u->held;
	u->row.arena = arena_new(4 * MiB);
	arena_on_release(owner->arena, free_arena, u->row.arena);
	TRY(sql_list_undoable(owner, list->round_id, list->id, &rows, &u->n));
	u->rows = rows;
	return OK;
}

static OUTCOME undo_step(void *state, size_t i)
{
	struct undoing *u = state;

	return *u->blocked ? OK : undo_row(u, &u->rows[i]);
}

static OUTCOME tell(void *state, size_t done)
{
	const struct undoing *u = state;

	return job_tell(u->ask, u->job, (int64_t)done, (int64_t)u->n);
}

static OUTCOME write_end(struct undoing *u)
{
	TRY(standing_batch_let_go(&u->held));
	return roster_job_trace(u->ask, u->list, AUDIT_ROSTER_UNDONE, u->undone);
}

static OUTCOME undo_all(struct undoing *u)
{
	DB_TRANSACTION(tx, u->ask->db);

	for (size_t i = 0; i < u->n; i++)
		TRY(undo_step(u, i));
	if (*u->blocked)
		return OK;                       /* rolled back */
	TRY(write_end(u));
	return db_commit(&tx);
}

OUTCOME roster_undo_prepare(struct ask *ask, struct job *job)
{
	struct undoing *u = ARENA_NEW(ask->arena, struct undoing);
	struct ask *owner = ARENA_NEW(ask->arena, struct ask);
	struct list *list = ARENA_NEW(ask->arena, struct list);
	int64_t traces;

	if (!db_may_stage(ask->db) || roster_job_is_last(job))
		return OK;
	TRY(roster_job_open(ask, job, owner, list));
	TRY(roster_traces(ask, list->unit_id, ask->now, &traces));
	TRY(open_undoing(u, owner, list));
	u->job = job;
	u->since = ask->now;
	u->traces = traces;
	TRY(roster_stage(owner, &(struct roster_steps){ u->n, undo_step, tell, u }, &u->staged));
	job->prepared = u->staged ? u : NULL;
	return OK;
}

/* Something around the list has moved meanwhile: is any of its rows touched by now? What is changed twice, landing finds. */
static OUTCOME stands(struct undoing *u, bool *out)
{
	struct sql_list_undoable_row *now;
	int64_t traces;
	size_t n;

	*out = true;
	TRY(roster_traces(u->ask, u->list->unit_id, u->since, &traces));
	if (traces == u->traces)
		return OK;
	TRY(sql_list_undoable(u->ask, u->list->round_id, u->list->id, &now, &n));
	*out = n == u->n;
	for (size_t i = 0; *out && i < n; i++)
		*out = !*blocked_by(&now[i]);
	return OK;
}

/* CONFLICT: once more from the beginning. */
static OUTCOME land(struct undoing *u)
{
	DB_TRANSACTION(tx, u->ask->db);
	bool same;

	if (*u->blocked)
		return OK;
	TRY(stands(u, &same));
	if (!same)
		return CONFLICT;
	TRY(db_staged_land(u->staged));
	TRY(write_end(u));
	return db_commit(&tx);
}

static OUTCOME end_undoing(struct ask *ask, struct job *job, const struct undoing *u)
{
	if (*u->blocked) {
		job->message = u->blocked;
		return list_end(ask, u->list, LIST_APPLIED, arena_format(ask->arena, "%s %s", ROSTER_UNDO_STOPPED, u->blocked));
	}
	job->done = job->total = u->undone;
	job->message = roster_undone(ask->arena, u->undone);
	return list_end(ask, u->list, LIST_UNDONE, job->message);
}

OUTCOME roster_undo_slice(struct ask *ask, struct job *job, bool *more)
{
	struct undoing *staged = job->prepared, u;
	enum outcome landed;
	struct ask owner;
	struct list list;

	*more = false;
	if (staged) {
		landed = land(staged);
		if (landed == CONFLICT)
			return roster_job_again(ask, job, more);
		TRY(landed);
		return end_undoing(ask, job, staged);
	}
	TRY(roster_job_open(ask, job, &owner, &list));
	TRY(open_undoing(&u, &owner, &list));
	TRY(undo_all(&u));
	return end_undoing(ask, job, &u);
}
