#include "title/roster/roster_jobs.h"

#include <string.h>

#include "crypto/keyring.h"
#include "db/transaction.h"
#include "json/json.h"
#include "registry/access/session.h"
#include "roster_list_sql.h"
#include "title/roster/roster_judge.h"
#include "title/roster/roster_job.h"
#include "title/roster/roster_messages.h"
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

/* ---- reading ---- */

/* What the sandbox made of the file, and what it said if nothing. */
struct prepared { enum outcome outcome; struct problems problems; struct roster_reading reading; };

OUTCOME roster_prepare(struct ask *ask, struct job *job)
{
	struct prepared *p = ARENA_NEW(ask->arena, struct prepared);
	struct ask owner;
	struct list list;

	job->prepared = p;
	p->problems = PROBLEMS(ask->arena);
	TRY(roster_job_open(ask, job, &owner, &list));
	owner.problems = &p->problems;
	p->outcome = list_read_file(&owner, &list, &p->reading);
	return p->outcome == FAILED ? FAILED : OK;
}

/* The rows as they would be written now. *end: the list is none, which has been written on it. */
static OUTCOME judge(struct ask *ask, struct ask *owner, const struct job *job, const struct list *list,
		     struct list_rows_judged *out, bool *end)
{
	struct prepared *p = job->prepared;
	enum outcome judged = p->outcome;
	struct list_row_choices choices;

	*end = false;
	owner->problems = &p->problems;
	TRY(list_row_choices(owner, list->id, &choices));
	if (judged == OK)
		judged = list_judge(owner, list, &p->reading, list_row_choice, &choices, out);
	if (judged == FAILED)
		return FAILED;
	*end = judged != OK;
	return judged == OK ? OK : list_end(ask, list, LIST_UNREADABLE, roster_why_not(ask->arena, judged, &p->problems));
}

static const struct roster_reading *reading_of(const struct job *job)
{
	return &((const struct prepared *)job->prepared)->reading;
}

OUTCOME roster_read_slice(struct ask *ask, struct job *job, bool *more)
{
	struct list_rows_judged rows;
	struct ask owner;
	struct list list;
	bool end;

	*more = false;
	TRY(roster_job_open(ask, job, &owner, &list));
	TRY(judge(ask, &owner, job, &list, &rows, &end));
	job->message = end ? ROSTER_UNREADABLE : ROSTER_READ_DONE;
	if (end)
		return OK;
	TRY(list_store_rows(ask, &list, reading_of(job), &rows));
	job->done = job->total = (int64_t)rows.n;
	return list_end(ask, &list, LIST_READ, "");
}

/* ---- applying ---- */

struct applying {
	struct ask *ask;                 /* the owner's */
	const struct list *list;
	struct list_rows_judged *rows;
	const struct sql_list_marks_row *marks;
	size_t n_marks;
	struct roster_writer writer;
	int64_t wrote, left, bad;
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

static OUTCOME apply_row(struct applying *w, size_t i)
{
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

OUTCOME roster_job_trace(struct ask *ask, const struct list *list, enum audit_action action, int64_t n)
{
	return audit_add(ask, &(struct audit_entry){ .action = action, .subject = "unit", .subject_id = list->unit_id,
		.unit_id = list->unit_id, .new = audit_json(ask->arena, "list", list->name, "rows",
			arena_format(ask->arena, "%lld", (long long)n), NULL) });
}

/* All of it, or nothing: w->bad says that rows could not be written and nothing was. */
static OUTCOME write_all(struct applying *w)
{
	DB_TRANSACTION(tx, w->ask->db);
	int64_t round_id = w->rows->has_round ? w->rows->round.id : 0;

	roster_writer_begin(&w->writer, w->ask, round_id, &w->list->settings);
	for (size_t i = 0; i < w->rows->n; i++)
		TRY(apply_row(w, i));
	if (w->bad)
		return OK;                       /* rolled back */
	TRY(roster_writer_end(&w->writer));
	TRY(sql_list_set_round(w->ask, round_id, w->list->id));
	TRY(roster_job_trace(w->ask, w->list, AUDIT_ROSTER_APPLIED, w->wrote));
	return db_commit(&tx);
}

static size_t moved_rows(const struct applying *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->rows->n; i++)
		n += is_moved(w, i);
	return n;
}

/* Nothing was applied: the list is shown as it would be now. */
static OUTCOME show_again(struct ask *ask, const struct job *job, const struct list *list, const struct list_rows_judged *rows,
	const char *note)
{
	TRY(list_store_rows(ask, list, reading_of(job), rows));
	return list_end(ask, list, LIST_READ, note);
}

OUTCOME roster_apply_slice(struct ask *ask, struct job *job, bool *more)
{
	struct list_rows_judged rows;
	struct applying w = { 0 };
	struct sql_list_marks_row *marks;
	struct ask owner;
	struct list list;
	size_t moved;
	bool end;

	*more = false;
	TRY(roster_job_open(ask, job, &owner, &list));
	TRY(judge(ask, &owner, job, &list, &rows, &end));
	if (end)
		return OK;
	w = (struct applying){ .ask = &owner, .list = &list, .rows = &rows };
	TRY(sql_list_marks(ask, list.id, &marks, &w.n_marks));
	w.marks = marks;
	moved = moved_rows(&w);
	if (moved)
		return show_again(ask, job, &list, &rows, roster_moved(ask->arena, moved));
	TRY(write_all(&w));
	if (w.bad)
		return show_again(ask, job, &list, &rows, roster_not_written(ask->arena, (size_t)w.bad));
	job->done = job->total = (int64_t)rows.n;
	job->message = roster_applied(ask->arena, w.wrote, w.left);
	return list_end(ask, &list, LIST_APPLIED, job->message);
}
