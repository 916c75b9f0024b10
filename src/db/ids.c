#include "db/ids.h"

#include <string.h>

#include "base/bug.h"
#include "base/id.h"
#include "db/engine.h"
#include "db/transaction.h"
#include "db_ids_sql.h"

static OUTCOME take_block(struct db *db, const char *table, int64_t reg, int64_t *first)
{
	struct ask ask = { .db = db };
	DB_TRANSACTION(tx, db);

	TRY(sql_id_block_take(&ask, reg, table, ID_BLOCK, first));
	*first -= ID_BLOCK;
	return db_commit(&tx);
}

OUTCOME id_next(struct db *db, const char *table, int64_t reg, int64_t *out)
{
	size_t i;
	int64_t first;

	BUG_ON(reg < 0 || reg > ID_REGISTER_MAX);
	for (i = 0; i < db->n_ids; i++)
		if (db->ids[i].reg == reg && !strcmp(db->ids[i].table, table))
			break;
	if (i == db->n_ids || db->ids[i].next == db->ids[i].end) {
		TRY(take_block(db, table, reg, &first));
		if (i == DB_ID_CACHES)
			i = 0;                   /* forget one: its rest is skipped */
		db->ids[i].table = table;
		db->ids[i].reg = reg;
		db->ids[i].next = first;
		db->ids[i].end = first + ID_BLOCK;
		db->ids[i].landed = db->depth == 0;
		if (i == db->n_ids)
			db->n_ids++;
	}
	*out = id_make(reg, db->ids[i].next++);
	return OK;
}
