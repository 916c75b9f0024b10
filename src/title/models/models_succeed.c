/* What became of a commune's clans when it went into another. */
#include "title/models/models.h"

#include "models_sql.h"
#include "registry/audit/audit.h"
#include "registry/tree/tree.h"

static OUTCOME copy(struct ask *ask, const struct sql_model_clans_of_row *m, int64_t to_id)
{
	enum outcome found;
	int64_t id;

	found = sql_model_find(ask, m->round_id, MODEL_CLAN, to_id, m->folded, &id);
	if (found != NOT_FOUND)
		return found;
	TRY(tree_new_id(ask, "learning_model", &id));
	TRY(sql_model_insert(ask, &(struct sql_model_insert_in){ .id = id, .round_id = m->round_id, .model = MODEL_CLAN,
		.unit_id = to_id,
		.name = m->name, .folded = m->folded, .decision = m->decision, .made_at = ask->now }));
	return audit_add(ask, &(struct audit_entry){ .action = AUDIT_MODEL_SET, .subject = "learning_model", .subject_id = id,
		.version = 1,
		.unit_id = to_id, .new = audit_json(ask->arena, "name", m->name, "decision", m->decision, NULL),
		.reason = "Đơn vị cũ nhập vào" });
}

OUTCOME models_succeed(struct ask *ask, int64_t from_id, int64_t to_id)
{
	struct sql_model_clans_of_row *rows;
	size_t n;

	TRY(sql_model_clans_of(ask, from_id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(copy(ask, &rows[i], to_id));
	return OK;
}
