/* A list applied today goes back as one step: all of it, or nothing where somebody has touched a row since. */
#include "title/roster/roster_undo.h"

#include "crypto/keyring.h"
#include "db/transaction.h"
#include "roster_list_sql.h"
#include "title/roster/roster_job.h"
#include "title/roster/roster_jobs.h"
#include "title/roster/roster_messages.h"
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
	struct ask row;                  /* with the arena and problems of one row */
	const struct list *list;
	const char *reason;
	int64_t undone;
	const char *blocked;             /* the first row that somebody touched afterwards; "" none */
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

static OUTCOME undo_all(struct undoing *u)
{
	DB_TRANSACTION(tx, u->ask->db);
	struct sql_list_undoable_row *rows;
	struct ask held = *u->ask;
	size_t n;

	standing_batch_hold(&held);
	u->row = held;
	u->row.arena = arena_new(4 * MiB);
	arena_on_release(u->ask->arena, free_arena, u->row.arena);
	TRY(sql_list_undoable(u->ask, u->list->round_id, u->list->id, &rows, &n));
	for (size_t i = 0; i < n && !*u->blocked; i++)
		TRY(undo_row(u, &rows[i]));
	if (*u->blocked)
		return OK;                       /* rolled back */
	TRY(standing_batch_let_go(&held));
	TRY(roster_job_trace(u->ask, u->list, AUDIT_ROSTER_UNDONE, u->undone));
	return db_commit(&tx);
}

OUTCOME roster_undo_slice(struct ask *ask, struct job *job, bool *more)
{
	struct undoing u = { .blocked = "" };
	struct ask owner;
	struct list list;

	*more = false;
	TRY(roster_job_open(ask, job, &owner, &list));
	u.ask = &owner;
	u.list = &list;
	u.reason = arena_format(ask->arena, "Hoàn lại danh sách %s", list.name);
	TRY(undo_all(&u));
	if (*u.blocked) {
		job->message = u.blocked;
		return list_end(ask, &list, LIST_APPLIED, arena_format(ask->arena, "%s %s", ROSTER_UNDO_STOPPED, u.blocked));
	}
	job->done = job->total = u.undone;
	job->message = roster_undone(ask->arena, u.undone);
	return list_end(ask, &list, LIST_UNDONE, job->message);
}
