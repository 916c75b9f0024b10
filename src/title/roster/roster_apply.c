/* The whole list at once, for the command: what is not refused is written, and seen at once (roster_stage.h). Lists of the
 * pages go through roster_apply_job.c, which asks and remembers more. */
#include "base/day.h"
#include "db/staged.h"
#include "db/transaction.h"
#include "registry/audit/audit.h"
#include "registry/tree/tree.h"
#include "title/roster/roster_messages.h"
#include "title/roster/roster_stage.h"
#include "title/roster/roster_write.h"

OUTCOME roster_unit_takes_lists(struct ask *ask, int64_t unit_id)
{
	struct unit unit;

	TRY(tree_get(ask, unit_id, arena_text(ask->arena, day_of(ask->now).text), &unit));
	if (unit.level >= LEVEL_COMMUNE)
		return OK;
	problem(ask->problems, "unit", ROSTER_UNIT_WIDE);
	return INVALID;
}

enum { PROGRESS_ROWS = 200 };

static const char *number(struct arena *a, size_t n) { return arena_format(a, "%zu", n); }

static OUTCOME trace(struct ask *ask, int64_t unit_id, const struct roster *r)
{
	struct arena *a = ask->arena;

	return audit_add(ask, &(struct audit_entry){ .action = AUDIT_ROSTER_APPLIED, .subject = "unit", .subject_id = unit_id,
		.unit_id = unit_id, .new = audit_json(a, "new", number(a, r->counts[ROSTER_NEW]), "changed",
			number(a, r->counts[ROSTER_CHANGED]), "same", number(a, r->counts[ROSTER_SAME]), "refused",
			number(a, r->counts[ROSTER_REFUSED]), NULL) });
}

OUTCOME roster_apply(struct ask *ask, int64_t unit_id, int64_t round_id, const struct roster_reading *reading, struct roster *out)
{
	return roster_apply_telling(ask, unit_id, round_id, reading, NULL, out);
}

struct writing {
	struct roster *roster;
	struct roster_writer writer;
	struct problems *problems;
	roster_progress progress;
};

static OUTCOME write_row(void *state, size_t i)
{
	struct writing *w = state;
	const struct roster_row *row = &w->roster->rows[i];
	struct roster_written done;
	enum outcome wrote;

	if (w->progress && i % PROGRESS_ROWS == 0)
		w->progress(i, w->roster->n);
	if (row->verdict != ROSTER_NEW && row->verdict != ROSTER_CHANGED)
		return OK;
	wrote = roster_write_row(&w->writer, row, &done);
	for (const struct problem *p = w->writer.problems.first; wrote != OK && p; p = p->next)
		problem(w->problems, p->field, p->text);
	return wrote;
}

static void begin_writing(struct writing *w, struct ask *ask, struct roster *roster, roster_progress progress)
{
	struct list_settings settings = { .scores_of = LIST_SCORES_OWN, .consent_day = "", .consent_holder = "", .group = "" };

	*w = (struct writing){ .roster = roster, .problems = ask->problems, .progress = progress };
	roster_writer_begin(&w->writer, ask, roster->has_round ? roster->round.id : 0, &settings);
}

static OUTCOME write_end(struct writing *w, struct ask *ask)
{
	TRY(roster_writer_end(&w->writer));
	return trace(ask, w->roster->unit_id, w->roster);
}

static OUTCOME judge(struct ask *ask, int64_t unit_id, int64_t round_id, const struct roster_reading *reading, struct roster *out)
{
	TRY(roster_judge(ask, unit_id, round_id, reading, out));
	return roster_unit_takes_lists(ask, unit_id);
}

static bool changes_nothing(const struct roster *r)
{
	return r->n == r->counts[ROSTER_SAME] + r->counts[ROSTER_REFUSED];
}

/* *stands false: something has moved since, and nothing was written. */
static OUTCOME land(struct ask *ask, struct writing *w, struct db_staged *staged, int64_t traces, bool *stands)
{
	DB_TRANSACTION(tx, ask->db);
	int64_t now;
	enum outcome landed;

	TRY(roster_traces(ask, w->roster->unit_id, ask->now, &now));
	*stands = now == traces;
	if (!*stands)
		return OK;
	landed = db_staged_land(staged);
	*stands = landed != CONFLICT;
	if (!*stands)
		return OK;
	TRY(landed);
	TRY(write_end(w, ask));
	return db_commit(&tx);
}

/* *done false: something moved meanwhile, or it cannot be done in slices. */
static OUTCOME apply_staged(struct ask *ask, int64_t unit_id, int64_t round_id, const struct roster_reading *reading,
	roster_progress progress, struct roster *out, bool *done)
{
	struct writing *w = ARENA_NEW(ask->arena, struct writing);
	struct ask staging = *ask;
	struct db_staged *staged;
	enum outcome landed;
	int64_t traces;

	*done = false;
	TRY(roster_traces(ask, unit_id, ask->now, &traces));
	TRY(judge(ask, unit_id, round_id, reading, out));
	*done = changes_nothing(out);
	if (*done)
		return OK;
	begin_writing(w, ask, out, progress);
	staging.arena = arena_new(1 * MiB);      /* what is staged goes before its connection does */
	landed = roster_stage(&staging, &(struct roster_steps){ .n = out->n, .row = write_row, .state = w }, &staged);
	if (landed == OK && staged)
		landed = land(ask, w, staged, traces, done);
	arena_free(staging.arena);
	return landed;
}

static OUTCOME apply_whole(struct ask *ask, int64_t unit_id, int64_t round_id, const struct roster_reading *reading,
	roster_progress progress, struct roster *out)
{
	DB_TRANSACTION(tx, ask->db);
	struct writing w;

	TRY(judge(ask, unit_id, round_id, reading, out));
	if (changes_nothing(out))
		return OK;
	begin_writing(&w, ask, out, progress);
	for (size_t i = 0; i < out->n; i++)
		TRY(write_row(&w, i));
	TRY(write_end(&w, ask));
	return db_commit(&tx);
}

OUTCOME roster_apply_telling(struct ask *ask, int64_t unit_id, int64_t round_id, const struct roster_reading *reading,
	roster_progress progress, struct roster *out)
{
	bool done = false;

	if (db_may_stage(ask->db))
		TRY(apply_staged(ask, unit_id, round_id, reading, progress, out, &done));
	return done ? OK : apply_whole(ask, unit_id, round_id, reading, progress, out);
}
