/* Who recognises: configured per unit and day, by default the People's Committee. */
#include "title/recognition/recognition.h"

#include <string.h>

#include "base/day.h"
#include "db/transaction.h"
#include "recognition_sql.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "registry/tree/tree.h"
#include "text/text.h"
#include "title/recognition/move.h"
#include "title/review/review.h"

#define AUTHORITY_OF(r) ((struct authority){ (r).unit_id, (r).version, (r).from_day, (r).name, (r).place, (r).signer_role })

/* An organisation directly below the province is recognised by the province's committee. */
static void usual(struct ask *ask, const struct unit_list *path, struct authority *out)
{
	const struct unit *unit = &path->at[path->n - 1];

	while (unit->level == LEVEL_LEAF && unit > path->at)
		unit--;
	*out = (struct authority){ unit->id, 0, "",
		arena_format(ask->arena, "Ủy ban nhân dân %s", unit_in_sentence(ask->arena, unit->name)),
		unit_bare_name(ask->arena, unit), "CHỦ TỊCH" };
}

OUTCOME authority_of(struct ask *ask, int64_t unit_id, const char *day, struct authority *out)
{
	struct sql_authority_on_row row;
	struct unit_list path;

	TRY(tree_path(ask, unit_id, day, &path));
	for (size_t i = path.n; i-- > 0;) {
		enum outcome found = sql_authority_on(ask, path.at[i].id, day, &row);

		if (found == FAILED)
			return FAILED;
		/* what the province set for itself does not speak for its communes */
		if (found == OK && (path.at[i].id == unit_id || path.at[i].level != LEVEL_PROVINCE || (path.n == 2
			&& path.at[1].level == LEVEL_LEAF))) {
			*out = AUTHORITY_OF(row);
			return OK;
		}
	}
	usual(ask, &path, out);
	return OK;
}

OUTCOME authority_set(struct ask *ask, const struct authority *a)
{
	DB_TRANSACTION(tx, ask->db);

	TRY(access_require(ask, PERMIT_ROUND_EDIT, a->unit_id));
	if (text_length(a->name) < RECOGNITION_REASON_MIN)
		problem(ask->problems, "name", "Ghi tên đầy đủ, ví dụ “Ủy ban nhân dân xã Đức Hoà”.");
	if (!problems_none(ask->problems))
		return INVALID;
	if (a->version)
		TRY(sql_authority_update(ask, a->name, a->place, a->signer_role, a->unit_id, a->from_day, a->version));
	else
		TRY(sql_authority_insert(ask, a->unit_id, a->from_day, a->name, a->place, a->signer_role));
	TRY(recognition_trace(ask, AUDIT_AUTHORITY_SET, "authority", a->unit_id, 0, a->unit_id, NULL, audit_json(ask->arena,
		"from", a->from_day,
		"name", a->name, "place", a->place, "signer_role", a->signer_role, NULL), NULL));
	return db_commit(&tx);
}

OUTCOME authority_list(struct ask *ask, int64_t unit_id, struct authority_list *out)
{
	struct sql_authority_of_unit_row *rows;
	struct authority *list;

	TRY(sql_authority_of_unit(ask, unit_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct authority, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = AUTHORITY_OF(rows[i]);
	out->at = list;
	return OK;
}
