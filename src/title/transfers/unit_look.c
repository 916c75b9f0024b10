/* What an act on a unit concerns, told before it is done. */
#include "title/transfers/unit_look.h"

#include "base/day.h"
#include "title/recognition/recognition.h"
#include "title/rounds/rounds.h"
#include "title/standing/standing.h"
#include "transfers_sql.h"

static OUTCOME weigh_leaf(struct ask *ask, int64_t leaf_id, struct unit_weight *out)
{
	struct sql_leaf_rows_row row;
	int64_t people;

	TRY(sql_leaf_people(ask, leaf_id, &people));
	TRY(sql_leaf_rows(ask, leaf_id, &row));
	out->leaves++;
	out->people += people;
	out->sheets += row.sheets;
	out->listed += row.listed;
	out->past += row.past;
	return OK;
}

/* Too many people to count again: what the counters say. */
static OUTCOME weigh_province(struct ask *ask, const struct unit *unit, struct unit_weight *out)
{
	struct figure_counts counts;
	struct round round;
	enum outcome found = round_newest(ask, &round);

	if (found != OK)
		return found == NOT_FOUND ? OK : found;
	TRY(figures_of_unit(ask, round.id, unit->id, "", &counts));
	TRY(tree_count_children(ask, unit->id, day_of(ask->now).text, &out->leaves));
	out->people = counts.people;
	out->sheets = counts.registered;
	return OK;
}

OUTCOME unit_weigh(struct ask *ask, const struct unit *unit, struct unit_weight *out)
{
	struct unit_list leaves;

	*out = (struct unit_weight){ 0 };
	if (unit->level == LEVEL_LEAF)
		return weigh_leaf(ask, unit->id, out);
	if (unit->level < LEVEL_COMMUNE)
		return weigh_province(ask, unit, out);
	TRY(tree_children(ask, unit->id, day_of(ask->now).text, NULL, &leaves));
	for (size_t i = 0; i < leaves.n; i++)
		TRY(weigh_leaf(ask, leaves.at[i].id, out));
	return OK;
}

OUTCOME unit_authority(struct ask *ask, int64_t unit_id, const char **name, int64_t *own)
{
	struct authority_list list;
	struct authority now = { .name = "" };

	if (authority_of(ask, unit_id, day_of(ask->now).text, &now) == FAILED)           /* of an ended unit: nobody */
		return FAILED;
	TRY(authority_list(ask, unit_id, &list));
	*name = now.name;
	*own = (int64_t)list.n;
	return OK;
}
