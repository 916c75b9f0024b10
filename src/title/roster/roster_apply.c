/* The whole list at once, for the command: what is not refused is written, in one transaction. Lists of the pages go through
 * roster_jobs.c, which asks and remembers more. */
#include "base/day.h"
#include "db/transaction.h"
#include "registry/audit/audit.h"
#include "registry/tree/tree.h"
#include "title/roster/roster_messages.h"
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

OUTCOME roster_apply_telling(struct ask *ask, int64_t unit_id, int64_t round_id, const struct roster_reading *reading,
	roster_progress progress, struct roster *out)
{
	DB_TRANSACTION(tx, ask->db);
	struct list_settings settings = { .scores_of = LIST_SCORES_OWN, .consent_day = "", .consent_holder = "", .group = "" };
	struct roster_writer writer;
	struct roster_written done;

	TRY(roster_judge(ask, unit_id, round_id, reading, out));
	TRY(roster_unit_takes_lists(ask, unit_id));
	if (out->n == out->counts[ROSTER_SAME] + out->counts[ROSTER_REFUSED])
		return OK;
	roster_writer_begin(&writer, ask, out->has_round ? out->round.id : 0, &settings);
	for (size_t i = 0; i < out->n; i++) {
		enum outcome wrote;

		if (progress && i % PROGRESS_ROWS == 0)
			progress(i, out->n);
		if (out->rows[i].verdict != ROSTER_NEW && out->rows[i].verdict != ROSTER_CHANGED)
			continue;
		wrote = roster_write_row(&writer, &out->rows[i], &done);
		for (const struct problem *p = writer.problems.first; wrote != OK && p; p = p->next)
			problem(ask->problems, p->field, p->text);
		TRY(wrote);
	}
	TRY(roster_writer_end(&writer));
	TRY(trace(ask, unit_id, out));
	return db_commit(&tx);
}
