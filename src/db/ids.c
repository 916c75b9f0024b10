#include "db/ids.h"

#include <string.h>

#include "base/bug.h"
#include "base/id.h"
#include "base/log.h"
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
		db->ids[i].depth = db->depth;
		if (i == db->n_ids)
			db->n_ids++;
	}
	*out = id_make(reg, db->ids[i].next++);
	return OK;
}

struct id_blocks id_blocks_new(const struct db *db)
{
	struct id_blocks out = { 0 };

	_Static_assert(COUNT(out.at) >= DB_ID_CACHES, "room for all");
	for (size_t i = 0; i < db->n_ids; i++)
		if (db->ids[i].depth) {
			out.at[out.n].table = db->ids[i].table;
			out.at[out.n].reg = db->ids[i].reg;
			out.at[out.n].next = db->ids[i].next;
			out.at[out.n++].end = db->ids[i].end;
		}
	return out;
}

OUTCOME id_blocks_keep(struct db *db, const struct id_blocks *blocks)
{
	int64_t first;

	for (size_t i = 0; i < blocks->n; i++) {
		TRY(take_block(db, blocks->at[i].table, blocks->at[i].reg, &first));
		if (first + ID_BLOCK != blocks->at[i].end) {
			log_line(LOG_WARN, "", "ids", "%s: taken by another meanwhile", blocks->at[i].table);
			return FAILED;
		}
		BUG_ON(db->n_ids == DB_ID_CACHES);
		db->ids[db->n_ids].table = blocks->at[i].table;
		db->ids[db->n_ids].reg = blocks->at[i].reg;
		db->ids[db->n_ids].next = blocks->at[i].next;
		db->ids[db->n_ids].end = blocks->at[i].end;
		db->ids[db->n_ids++].depth = 0;
	}
	return OK;
}
