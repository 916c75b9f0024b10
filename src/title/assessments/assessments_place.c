/* A sheet goes along with its person (model.md 2). */
#include "title/assessments/assessments.h"

#include "base/day.h"
#include "db/transaction.h"

bool sheet_goes_along(const struct sheet *s)
{
	enum sheet_state state = s->state == SHEET_WITHDRAWN || s->state == SHEET_LAPSED ? s->state_before : s->state;

	return state <= SHEET_REVIEWED;
}

static OUTCOME follow(struct ask *ask, const struct sheet *before, int64_t leaf_id, struct standing_batch *batch)
{
	struct sheet after = *before;

	after.leaf_id = leaf_id;
	return sheet_write(ask, before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_MOVED, .batch = batch });
}

OUTCOME sheets_follow_person(struct ask *ask, int64_t person_id)
{
	DB_TRANSACTION(tx, ask->db);
	int year = day_year(arena_text(ask->arena, day_of(ask->now).text));
	struct standing_batch *batch = standing_batch_new(ask);
	struct sheet_list sheets;
	struct round round;
	struct person p;

	TRY(person_get(ask, person_id, &p));
	if (p.condition != PERSON_ACTIVE)
		return OK;
	TRY(sheets_of_person(ask, person_id, &sheets));
	for (size_t i = 0; i < sheets.n && sheets.at[i].key.round_id >= year; i++) {     /* newest first */
		if (sheets.at[i].leaf_id == p.leaf_id || !sheet_goes_along(&sheets.at[i]))
			continue;
		TRY(round_get(ask, sheets.at[i].key.round_id, &round));
		if (!round.locked)
			TRY(follow(ask, &sheets.at[i], p.leaf_id, batch));
	}
	TRY(standing_batch_end(batch));
	return db_commit(&tx);
}
