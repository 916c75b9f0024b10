#include "registry/greeting/greeting.h"

#include "db/transaction.h"
#include "greeting_sql.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "text/text.h"

OUTCOME greeting_get(struct ask *ask, int64_t unit_id, const char **words)
{
	return sql_greeting_get(ask, unit_id, words);
}

OUTCOME greeting_set(struct ask *ask, int64_t unit_id, const char *words)
{
	DB_TRANSACTION(tx, ask->db);

	TRY(access_require(ask, PERMIT_UNIT_EDIT, unit_id));
	if (text_length(words) < 2)
		problem(ask->problems, "words", "Lời chào ngắn quá. Viết từ 2 chữ trở lên.");
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(sql_greeting_set(ask, unit_id, words));
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_UNIT_CHANGED, .subject = "greeting", .subject_id = unit_id,
		.unit_id = unit_id, .new = audit_json(ask->arena, "words", words, NULL) }));
	return db_commit(&tx);
}
