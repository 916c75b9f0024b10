#include "title/roster/roster_jobs.h"

#include <string.h>

#include "crypto/keyring.h"
#include "db/transaction.h"
#include "json/json.h"
#include "registry/access/session.h"
#include "roster_list_sql.h"
#include "title/roster/roster_content.h"
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

/* The list read and judged by what the register holds now. Problems of its own: a list that cannot be read is no fault of the job. */
static OUTCOME read_list(struct ask *owner, const struct list *list, struct roster *out)
{
	struct bytes file;

	TRY(list_file(owner, list->id, &file));
	return roster_read(owner, list->unit_id, list->round_id, file, out);
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

OUTCOME roster_read_slice(struct ask *ask, struct job *job, bool *more)
{
	struct problems problems = PROBLEMS(ask->arena);
	struct roster roster;
	struct ask owner;
	struct list list;
	enum outcome read;

	*more = false;
	TRY(roster_job_open(ask, job, &owner, &list));
	owner.problems = &problems;
	read = read_list(&owner, &list, &roster);
	if (read == FAILED)
		return FAILED;
	if (read != OK) {
		job->message = ROSTER_UNREADABLE;
		return list_end(ask, &list, LIST_UNREADABLE, roster_why_not(ask->arena, read, &problems));
	}
	TRY(list_store_rows(ask, &list, &roster, shape_write(ask->arena, &roster)));
	job->done = job->total = (int64_t)roster.n;
	job->message = ROSTER_READ_DONE;
	return list_end(ask, &list, LIST_READ, "");
}

/* ---- applying ---- */

struct applying {
	struct ask *ask;
	const struct list *list;
	const struct roster *roster;
	const struct sql_list_marks_row *marks;
	size_t n_marks;
	struct roster_writer writer;
	int64_t wrote, left, bad;
	struct roster_row *rows;         /* the roster's own, to write beside a row why it could not be written */
};

static const struct sql_list_marks_row *mark_of(const struct applying *w, size_t i)
{
	return i < w->n_marks && w->marks[i].line == (int64_t)i + 1 ? &w->marks[i] : NULL;
}

/* The register has moved since the officer looked: these rows mean something else now. */
static bool is_moved(const struct applying *w, size_t i)
{
	const struct sql_list_marks_row *mark = mark_of(w, i);

	if (mark && mark->verdict == LIST_REFUSED)
		return false;                    /* left out whatever it would be now */
	return !mark || mark->verdict != (int64_t)content_verdict(&w->rows[i]) || mark->person_id != w->rows[i].person_id;
}

static OUTCOME keep_written(struct applying *w, int64_t line, const struct roster_written *done)
{
	struct ask *ask = &w->writer.ask;        /* memory of this row */
	struct bytes was = { "", 0 };

	if (done->person_version || done->sheet_version)
		was = keyring_encrypt(ask->keys, ask->arena, written_json(ask->arena, done));
	return sql_list_row_applied(ask, &(struct sql_list_row_applied_in){ .person_id = done->person_id,
		.added = done->added, .person_version = done->person_version, .sheet_version = done->sheet_version, .undo = was, .roster_id = w->list->id,
		.line = line });
}

static OUTCOME apply_row(struct applying *w, size_t i)
{
	const struct sql_list_marks_row *mark = mark_of(w, i);
	struct roster_row *row = &w->rows[i];
	struct roster_written done;
	enum outcome wrote;

	if (row->verdict == ROSTER_REFUSED || mark->verdict == LIST_REFUSED || mark->waits) {
		w->left++;
		return OK;
	}
	wrote = roster_write_row(&w->writer, row, &done);
	if (wrote == FAILED)
		return FAILED;
	if (wrote != OK) {
		w->bad++;
		row->verdict = ROSTER_REFUSED;
		row->words = arena_text(w->ask->arena, roster_why_not(w->writer.ask.arena, wrote, &w->writer.problems));
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

/* All of it, or nothing: *landed false says that rows could not be written and nothing was. */
static OUTCOME write_all(struct applying *w, bool *landed)
{
	DB_TRANSACTION(tx, w->ask->db);

	*landed = false;
	roster_writer_begin(&w->writer, w->ask, w->roster, &w->list->settings);
	for (size_t i = 0; i < w->roster->n; i++)
		TRY(apply_row(w, i));
	if (w->bad)
		return OK;                       /* rolled back */
	TRY(roster_writer_end(&w->writer));
	if (w->roster->has_round)
		TRY(sql_list_set_round(w->ask, w->roster->round.id, w->list->id));
	TRY(roster_job_trace(w->ask, w->list, AUDIT_ROSTER_APPLIED, w->wrote));
	*landed = true;
	return db_commit(&tx);
}

static size_t moved_rows(const struct applying *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->roster->n; i++)
		n += is_moved(w, i);
	return n;
}

/* Nothing was applied: the list is shown as it would be now. */
static OUTCOME show_again(struct ask *ask, const struct list *list, const struct roster *roster, const char *note)
{
	TRY(list_store_rows(ask, list, roster, shape_write(ask->arena, roster)));
	return list_end(ask, list, LIST_READ, note);
}

OUTCOME roster_apply_slice(struct ask *ask, struct job *job, bool *more)
{
	struct problems problems = PROBLEMS(ask->arena);
	struct applying w = { 0 };
	struct sql_list_marks_row *marks;
	struct roster roster;
	struct ask owner;
	struct list list;
	enum outcome read;
	size_t moved;
	bool landed;

	*more = false;
	TRY(roster_job_open(ask, job, &owner, &list));
	owner.problems = &problems;
	read = read_list(&owner, &list, &roster);
	if (read == FAILED)
		return FAILED;
	if (read != OK)
		return list_end(ask, &list, LIST_UNREADABLE, roster_why_not(ask->arena, read, &problems));
	TRY(sql_list_marks(ask, list.id, &marks, &w.n_marks));
	w = (struct applying){ .ask = &owner, .list = &list, .roster = &roster, .marks = marks, .n_marks = w.n_marks,
		.rows = (struct roster_row *)roster.rows };
	moved = moved_rows(&w);
	if (moved)
		return show_again(ask, &list, &roster, roster_moved(ask->arena, moved));
	TRY(write_all(&w, &landed));
	if (!landed)
		return show_again(ask, &list, &roster, roster_not_written(ask->arena, (size_t)w.bad));
	job->done = job->total = (int64_t)roster.n;
	job->message = roster_applied(ask->arena, w.wrote, w.left);
	return list_end(ask, &list, LIST_APPLIED, job->message);
}
