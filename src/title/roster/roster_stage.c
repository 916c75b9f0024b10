#include "title/roster/roster_stage.h"

#include <string.h>

#include "base/day.h"
#include "db/staged.h"
#include "registry/tree/tree.h"
#include "roster_list_sql.h"

/* About 20 ms a slice, during which other writers wait. */
enum { SLICE_ROWS = 50, TELL_ROWS = 1000, HOUR = 3600 };

static OUTCOME work_slice(const struct roster_steps *steps, size_t from, size_t until)
{
	for (size_t i = from; i < until; i++)
		TRY(steps->row(steps->state, i));
	return OK;
}

static OUTCOME stage_slice(struct db_staged *staged, const struct roster_steps *steps, size_t from, size_t until)
{
	enum outcome worked, noted;

	TRY(db_staged_begin(staged));
	worked = work_slice(steps, from, until);
	noted = db_staged_end(staged, worked == OK);
	return worked == OK ? noted : worked;
}

static void close_staged(void *staged) { db_staged_close(staged); }

OUTCOME roster_stage(struct ask *ask, const struct roster_steps *steps, struct db_staged **out)
{
	struct db_staged *staged;

	*out = NULL;
	if (!db_may_stage(ask->db))
		return OK;
	TRY(db_staged_open(ask->db, &staged));
	arena_on_release(ask->arena, close_staged, staged);
	for (size_t i = 0; i < steps->n; i += SLICE_ROWS) {
		enum outcome done = stage_slice(staged, steps, i, i + SLICE_ROWS < steps->n ? i + SLICE_ROWS : steps->n);

		if (done == CONFLICT)
			return OK;
		TRY(done);
		if (steps->tell && i % TELL_ROWS == 0)
			TRY(steps->tell(steps->state, i));
	}
	*out = staged;
	return OK;
}

/* ---- has anything moved? ---- */

OUTCOME roster_traces(struct ask *ask, int64_t unit_id, int64_t since, int64_t *n)
{
	const char *day = arena_text(ask->arena, day_of(ask->now).text);
	struct unit_list path, below;
	int64_t *ids;
	size_t m = 0;

	TRY(tree_path(ask, unit_id, day, &path));
	TRY(tree_children(ask, unit_id, day, NULL, &below));
	ids = ARENA_ARRAY(ask->arena, int64_t, path.n + below.n + 1);
	for (size_t i = 0; i < path.n; i++)
		ids[m++] = path.at[i].id;
	for (size_t i = 0; i < below.n; i++)
		ids[m++] = below.at[i].id;
	ids[m++] = 0;                            /* the installation's own: rounds, criteria */
	return sql_list_traces(ask, (struct id_list){ m, ids }, since - HOUR, n);
}

bool roster_row_same(const struct roster_row *a, const struct roster_row *b)
{
	return a->verdict == b->verdict && a->person_id == b->person_id && a->version == b->version &&
		a->person_differs == b->person_differs && a->scores_differ == b->scores_differ;
}
