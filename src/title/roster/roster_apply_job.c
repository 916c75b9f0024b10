/* A list put into the register: all of it, or nothing. Its rows are written by the operations of each, in slices that nobody sees
 * (roster_stage.h), and made visible in one step, unless something around them has moved meanwhile. */
#include <string.h>

#include "crypto/keyring.h"
#include "db/staged.h"
#include "db/transaction.h"
#include "registry/access/access.h"
#include "roster_list_sql.h"
#include "title/roster/roster_job.h"
#include "title/roster/roster_jobs.h"
#include "title/roster/roster_messages.h"
#include "title/roster/roster_stage.h"
#include "title/roster/roster_write.h"

struct applying {
	struct ask *ask;                 /* the owner's */
	const struct list *list;
	struct list_rows_judged *rows;
	const struct sql_list_marks_row *marks;
	size_t n_marks;
	struct roster_writer writer;
	int64_t wrote, left, bad;
	/* where it is staged */
	const struct job *job;
	struct db_staged *staged;
	int64_t since, traces;           /* when the rows were judged, and how many traces there were */
};

static const struct sql_list_marks_row *mark_of(const struct applying *w, size_t i)
{
	return i < w->n_marks && w->marks[i].line == (int64_t)i + 1 ? &w->marks[i] : NULL;
}

/* The register has moved since the officer looked: the row means something else now. What was refused is left out anyway. */
static bool is_moved(const struct applying *w, size_t i)
{
	const struct sql_list_marks_row *mark = mark_of(w, i);
	const struct list_judged *r = &w->rows->at[i];

	if (mark && mark->verdict == LIST_REFUSED)
		return false;
	if (mark &&
	    mark->verdict == LIST_DOUBTFUL) /* decided about since: it may have become another's row, or one like before */
		return r->verdict == LIST_REFUSED;
	return !mark || mark->verdict != (int64_t)r->verdict || mark->person_id != r->row.person_id;
}

static size_t moved_rows(const struct applying *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->rows->n; i++)
		n += is_moved(w, i);
	return n;
}

static OUTCOME open_applying(struct applying *w, struct ask *owner, const struct list *list, struct list_rows_judged *rows)
{
	struct sql_list_marks_row *marks;

	*w = (struct applying){ .ask = owner, .list = list, .rows = rows };
	TRY(sql_list_marks(owner, list->id, &marks, &w->n_marks));
	w->marks = marks;
	return OK;
}

/* ---- a row ---- */

static OUTCOME keep_written(struct applying *w, int64_t line, const struct roster_written *done)
{
	struct ask *ask = &w->writer.ask;        /* memory of this row */
	struct bytes undo = { "", 0 };

	if (done->person_version || done->sheet_version)
		undo = keyring_encrypt(ask->keys, ask->arena, written_json(ask->arena, done));
	return sql_list_row_applied(ask, &(struct sql_list_row_applied_in){.person_id = done->person_id,
									   .added = done->added,
									   .person_version = done->person_version,
									   .sheet_version = done->sheet_version,
									   .undo = undo,
									   .roster_id = w->list->id,
									   .line = line});
}

static OUTCOME apply_row(void *state, size_t i)
{
	struct applying *w = state;
	const struct sql_list_marks_row *mark = mark_of(w, i);
	struct list_judged *r = &w->rows->at[i];
	struct roster_written done;
	enum outcome wrote;

	if (r->verdict == LIST_REFUSED || mark->verdict == LIST_REFUSED || mark->waits || r->left) {
		w->left++;
		return OK;
	}
	wrote = roster_write_row(&w->writer, &r->row, &done);
	if (wrote == FAILED)
		return FAILED;
	if (wrote != OK) {
		w->bad++;
		r->verdict = LIST_REFUSED;
		r->row.words = arena_text(w->ask->arena, roster_why_not(w->writer.ask.arena, wrote, &w->writer.problems));
		return OK;
	}
	w->wrote += done.person_version || done.sheet_version;
	return keep_written(w, (int64_t)i + 1, &done);
}

static int64_t round_of(const struct applying *w)
{
	return w->rows->has_round ? w->rows->round.id : 0;
}

OUTCOME roster_job_trace(struct ask *ask, const struct list *list, enum audit_action action, int64_t n)
{
	return audit_add(ask, &(struct audit_entry){ .action = action, .subject = "unit", .subject_id = list->unit_id,
		.unit_id = list->unit_id, .new = audit_json(ask->arena, "list", list->name, "rows",
			arena_format(ask->arena, "%lld", (long long)n), NULL) });
}

/* The counters and what is said of the whole. */
static OUTCOME write_end(struct applying *w)
{
	TRY(roster_writer_end(&w->writer));
	TRY(sql_list_set_round(w->ask, round_of(w), w->list->id));
	return roster_job_trace(w->ask, w->list, AUDIT_ROSTER_APPLIED, w->wrote);
}

/* ---- staged ---- */

static OUTCOME tell(void *state, size_t done)
{
	const struct applying *w = state;

	return job_tell(w->ask, w->job, (int64_t)done, (int64_t)w->rows->n);
}

/* Would the rows be written now as they were staged? */
static OUTCOME judge_again(struct applying *w, struct roster_prepared *p, bool *same)
{
	struct list_rows_judged now;
	struct ask owner = *w->ask;
	enum outcome judged = roster_job_judge(&owner, p, w->list, &now);

	*same = judged == OK && now.n == w->rows->n;
	for (size_t i = 0; *same && i < now.n; i++)
		*same = now.at[i].left == w->rows->at[i].left && roster_row_same(&now.at[i].row, &w->rows->at[i].row);
	return judged == FAILED ? FAILED : OK;
}

/* *stands false: something has moved, and the rows come to something else. */
static OUTCOME stands(struct applying *w, struct roster_prepared *p, bool *out)
{
	int64_t traces;

	*out = true;
	TRY(roster_traces(w->ask, w->list->unit_id, w->since, &traces));
	if (traces == w->traces || w->bad)
		return OK;
	TRY(judge_again(w, p, out));
	w->traces = *out ? traces : w->traces;
	return OK;
}

OUTCOME roster_apply_prepare(struct ask *ask, struct job *job)
{
	struct applying *w = ARENA_NEW(ask->arena, struct applying);
	struct ask *owner = ARENA_NEW(ask->arena, struct ask);
	struct list *list = ARENA_NEW(ask->arena, struct list);
	struct list_rows_judged *rows = ARENA_NEW(ask->arena, struct list_rows_judged);
	struct roster_prepared *p;
	enum outcome judged;
	int64_t traces;
	bool same;

	TRY(roster_prepare(ask, job));
	p = job->prepared;
	if (p->outcome != OK || !db_may_stage(ask->db) || roster_job_is_last(job))
		return OK;
	TRY(roster_job_open(ask, job, owner, list));
	TRY(roster_traces(ask, list->unit_id, ask->now, &traces));
	judged = roster_job_judge(owner, p, list, rows);
	if (judged != OK)                        /* the slice finds it so too, and says it */
		return judged == FAILED ? FAILED : OK;
	TRY(open_applying(w, owner, list, rows));
	w->job = job;
	w->since = ask->now;
	w->traces = traces;
	if (moved_rows(w))
		return OK;
	roster_writer_begin(&w->writer, owner, round_of(w), &list->settings);
	TRY(roster_stage(owner, &(struct roster_steps){ rows->n, apply_row, tell, w }, &w->staged));
	if (!w->staged)
		return OK;
	p->applying = w;
	return stands(w, p, &same);              /* what moved so far is looked at before others have to wait */
}

/* ---- the slice ---- */

/* Nothing was applied: the list is shown as it would be now. */
static OUTCOME show_again(struct ask *ask, const struct job *job, const struct list *list, const struct list_rows_judged *rows,
	const char *note)
{
	TRY(list_store_rows(ask, list, &((const struct roster_prepared *)job->prepared)->reading, rows));
	return list_end(ask, list, LIST_READ, note);
}

static OUTCOME end_well(struct ask *ask, struct job *job, const struct applying *w)
{
	job->done = job->total = (int64_t)w->rows->n;
	job->message = roster_applied(ask->arena, w->wrote, w->left);
	return list_end(ask, w->list, LIST_APPLIED, job->message);
}

static OUTCOME land(struct applying *w)
{
	DB_TRANSACTION(tx, w->ask->db);

	TRY(db_staged_land(w->staged));
	TRY(write_end(w));
	return db_commit(&tx);
}

/* CONFLICT: once more from the beginning, which finds out what the list is now. */
static OUTCOME land_if_it_stands(struct ask *ask, struct job *job, struct applying *w)
{
	struct roster_prepared *p = job->prepared;
	struct ask owner;
	struct list list;
	bool same;

	TRY(roster_job_open(ask, job, &owner, &list));
	if (list.version != w->list->version || access_require(&owner, PERMIT_ROSTER, list.unit_id) != OK)
		return CONFLICT;
	TRY(stands(w, p, &same));
	if (!same)
		return CONFLICT;
	if (w->bad)
		return show_again(ask, job, &list, w->rows, roster_not_written(ask->arena, (size_t)w->bad));
	TRY(land(w));
	return end_well(ask, job, w);
}

/* All of it, or nothing: w->bad says that rows could not be written and nothing was. */
static OUTCOME write_all(struct applying *w)
{
	DB_TRANSACTION(tx, w->ask->db);

	roster_writer_begin(&w->writer, w->ask, round_of(w), &w->list->settings);
	for (size_t i = 0; i < w->rows->n; i++)
		TRY(apply_row(w, i));
	if (w->bad)
		return OK;                       /* rolled back */
	TRY(write_end(w));
	return db_commit(&tx);
}

static OUTCOME apply_whole(struct ask *ask, struct job *job)
{
	struct list_rows_judged rows;
	struct applying w;
	struct ask owner;
	struct list list;
	size_t moved;
	bool end;

	TRY(roster_job_open(ask, job, &owner, &list));
	TRY(roster_job_rows(ask, &owner, job, &list, &rows, &end));
	if (end)
		return OK;
	TRY(open_applying(&w, &owner, &list, &rows));
	moved = moved_rows(&w);
	if (moved)
		return show_again(ask, job, &list, &rows, roster_moved(ask->arena, moved));
	TRY(write_all(&w));
	if (w.bad)
		return show_again(ask, job, &list, &rows, roster_not_written(ask->arena, (size_t)w.bad));
	return end_well(ask, job, &w);
}

OUTCOME roster_apply_slice(struct ask *ask, struct job *job, bool *more)
{
	const struct roster_prepared *p = job->prepared;
	enum outcome landed;

	*more = false;
	if (!p->applying)
		return apply_whole(ask, job);
	landed = land_if_it_stands(ask, job, p->applying);
	return landed == CONFLICT ? roster_job_again(ask, job, more) : landed;
}
