/* A whole hamlet comes to another commune: its rows are added up in memory and written in one statement. */
#include "title/standing/standing.h"

#include "base/day.h"
#include "standing_place_sql.h"

struct following { struct standing_batch *batch; int64_t commune_id; };

static enum outcome count_row(void *context, const struct sql_standing_to_follow_row *r)
{
	struct following *f = context;
	struct standing before = { .person_id = r->person_id, .round_id = r->round_id, .leaf_id = r->leaf_id,
		.commune_id = r->commune_id,
		.group = r->group_code, .sex = (enum sex)r->sex, .age_band = (int)r->age_band,
		.state = (enum sheet_state)r->state,
		.flags = (unsigned)r->flags };
	struct standing after;

	BUG_ON(!scores_read(r->scores, &before.scores));
	after = before;
	after.commune_id = f->commune_id;
	standing_batch_count(f->batch, &before, &after);
	return OK;
}

OUTCOME standing_follow_leaf(struct ask *ask, struct standing_batch *batch, int64_t leaf_id, int64_t commune_id,
	int64_t province_id)
{
	const char *today = arena_text(ask->arena, day_of(ask->now).text);
	struct following f = { batch, commune_id ? commune_id : leaf_id };
	struct sql_standing_unlocked_row *rounds;
	size_t n;

	TRY(sql_standing_unlocked(ask, &rounds, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(sql_standing_to_follow_each(ask, rounds[i].id, leaf_id, f.commune_id, province_id, today, count_row, &f));
		TRY(sql_standing_follow(ask, f.commune_id, province_id, rounds[i].id, leaf_id, today));
	}
	return OK;
}
