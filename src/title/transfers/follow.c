/* People and rows follow a leaf that came to another place. */
#include "title/transfers/transfers.h"

#include "base/day.h"
#include "db/transaction.h"
#include "registry/people/people.h"
#include "title/standing/standing.h"
#include "title/transfers/transfers_messages.h"
#include "transfers_sql.h"

enum { PEOPLE_AT_ONCE = 1000, LEAVES_AT_ONCE = 20 };

/* Of the leaf, today: its commune (0: directly below the province) and province. NOT_FOUND: no leaf of today. */
static OUTCOME place_of(struct ask *ask, int64_t leaf_id, int64_t *commune_id, int64_t *province_id)
{
	struct unit_list path;

	TRY(tree_path(ask, leaf_id, day_of(ask->now).text, &path));
	if (path.n < 2 || path.at[path.n - 1].level != LEVEL_LEAF)
		return NOT_FOUND;
	*commune_id = path.at[path.n - 2].level == LEVEL_COMMUNE ? path.at[path.n - 2].id : 0;
	*province_id = path.at[0].id;
	return OK;
}

static OUTCOME follow_leaf(struct ask *ask, struct standing_batch *batch, int64_t leaf_id, int64_t *people)
{
	int64_t commune, province, next = 0, followed;
	enum outcome found = place_of(ask, leaf_id, &commune, &province);

	if (found == NOT_FOUND)
		return OK;
	TRY(found);
	do {
		TRY(person_follow_leaf(ask, leaf_id, next, PEOPLE_AT_ONCE, &next, &followed));
		*people += followed;
	} while (next);
	return standing_follow_leaf(ask, batch, leaf_id, commune, province);
}

OUTCOME transfers_follow_leaf(struct ask *ask, int64_t leaf_id, int64_t *people)
{
	DB_TRANSACTION(tx, ask->db);
	struct standing_batch *batch = standing_batch_new(ask);

	*people = 0;
	TRY(follow_leaf(ask, batch, leaf_id, people));
	TRY(standing_batch_end(batch));
	return db_commit(&tx);
}

/* One batch: the hamlets of a commune lie together, and what they bring to the same new one is written once. */
OUTCOME transfers_follow_leaves(struct ask *ask, const char *day, int64_t after_leaf, int64_t limit, int64_t *next,
	int64_t *people)
{
	DB_TRANSACTION(tx, ask->db);
	struct standing_batch *batch = standing_batch_new(ask);
	struct sql_leaves_to_follow_row *rows;
	size_t n, i;

	*people = *next = 0;
	TRY(sql_leaves_to_follow(ask, after_leaf, day_of(ask->now).text, day, LEAVES_AT_ONCE, &rows, &n));
	for (i = 0; i < n && *people < limit; i++)
		TRY(follow_leaf(ask, batch, rows[i].unit_id, people));
	if (i < n || n == LEAVES_AT_ONCE)
		*next = rows[i - 1].unit_id;
	TRY(standing_batch_end(batch));
	return db_commit(&tx);
}

OUTCOME transfers_leaves_of_day(struct ask *ask, const char *day, int64_t *n) { return sql_leaves_of_day(ask, day, n); }

OUTCOME transfers_unit_closing(struct ask *ask, int64_t unit_id)
{
	int64_t people;

	TRY(sql_leaf_people(ask, unit_id, &people));
	if (people)
		problem(ask->problems, "", transfer_unit_has_people(ask->arena, people));
	return OK;
}
