#include "title/paper/forms.h"

#include "db/transaction.h"
#include "paper_sql.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"

OUTCOME forms_replaced(struct ask *ask, int64_t province_id, struct replaced_forms *out)
{
	struct sql_paper_forms_row *rows;
	struct replaced_form *list;

	TRY(sql_paper_forms(ask, province_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct replaced_form, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = (struct replaced_form){ rows[i].paper, rows[i].name, rows[i].made_at, rows[i].version };
	out->at = list;
	return OK;
}

OUTCOME form_content(struct ask *ask, int64_t province_id, const char *paper, struct bytes *out)
{
	return sql_paper_form_content(ask, province_id, paper, out);
}

static OUTCOME trace(struct ask *ask, enum audit_action action, int64_t province_id, const char *paper, const char *name)
{
	return audit_add(ask, &(struct audit_entry){ .action = action, .subject = "paper_form", .subject_id = province_id,
		.unit_id = province_id, .new = audit_json(ask->arena, "paper", paper, "name", name, NULL) });
}

OUTCOME form_replace(struct ask *ask, int64_t province_id, int64_t version, const char *paper, const char *name, struct bytes
	pieces)
{
	DB_TRANSACTION(tx, ask->db);
	struct bytes there;
	enum outcome found;

	TRY(access_require(ask, PERMIT_ROUND_EDIT, province_id));
	found = form_content(ask, province_id, paper, &there);
	if (found == FAILED || (found == NOT_FOUND) != (version == 0))
		return found == FAILED ? FAILED : CONFLICT;
	if (version)
		TRY(sql_paper_form_update(ask, name, pieces, ask->now, province_id, paper, version));
	else
		TRY(sql_paper_form_insert(ask, province_id, paper, name, pieces, ask->now));
	TRY(trace(ask, AUDIT_FORM_REPLACED, province_id, paper, name));
	return db_commit(&tx);
}

OUTCOME form_restore(struct ask *ask, int64_t province_id, int64_t version, const char *paper)
{
	DB_TRANSACTION(tx, ask->db);

	TRY(access_require(ask, PERMIT_ROUND_EDIT, province_id));
	TRY(sql_paper_form_delete(ask, province_id, paper, version));
	TRY(trace(ask, AUDIT_FORM_RESTORED, province_id, paper, ""));
	return db_commit(&tx);
}
