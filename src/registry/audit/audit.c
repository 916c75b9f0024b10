#include "registry/audit/audit.h"

#include <stdarg.h>
#include <string.h>

#include "audit_sql.h"
#include "base/buf.h"
#include "base/day.h"
#include "json/json.h"
#include "registry/tree/actor.h"
#include "registry/tree/tree.h"

static const struct { const char *code, *label; } actions[AUDIT_N] = {
#define AUDIT_ROW(name, code, label) { code, label },
	AUDIT_ACTIONS(AUDIT_ROW)
#undef AUDIT_ROW
};

const char *audit_action_label(const char *code)
{
	for (size_t i = 0; i < COUNT(actions); i++)
		if (!strcmp(actions[i].code, code))
			return actions[i].label;
	return code;
}

OUTCOME audit_add(struct ask *ask, const struct audit_entry *e)
{
	int64_t id;

	TRY(tree_new_id(ask, "audit", &id));
	return sql_audit_insert(ask, &(struct sql_audit_insert_in){ .person_id = e->person_id, .id = id, .at = ask->now,
		.account_id = ask->actor ? ask->actor->account_id : 0, .actor = ask->actor ? ask->actor->name : "",
		.action = actions[e->action].code, .subject = e->subject, .subject_id = e->subject_id, .version = e->version,
		.unit_id = e->unit_id, .old = e->old ? e->old : "{}", .new = e->new ? e->new : "{}", .reason = e->reason ? e->reason : "" });
}

const char *audit_json(struct arena *arena, const char *key, ...)
{
	struct buf out = BUF(arena, .max = 64 * KiB);
	struct json_out json = { .out = &out };
	va_list args;

	json_begin_object(&json);
	va_start(args, key);
	for (; key; key = va_arg(args, const char *)) {
		json_put_key(&json, key);
		json_put_text(&json, va_arg(args, const char *));
	}
	va_end(args);
	json_end(&json);
	return buf_cstr(&out);
}

#define ROW_OF(r) ((struct audit_row){ .id = (r).id, .at = (r).at, .account_id = (r).account_id, .subject_id = (r).subject_id, \
	.version = (r).version, .unit_id = (r).unit_id, .person_id = (r).person_id, .actor = (r).actor, .action = (r).action, \
	.subject = (r).subject, .old = (r).old, .new = (r).new, .reason = (r).reason })

OUTCOME audit_of_subject(struct ask *ask, const char *subject, int64_t subject_id, struct audit_list *out)
{
	struct sql_audit_of_subject_row *rows;
	struct audit_row *list;

	TRY(sql_audit_of_subject(ask, subject, subject_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct audit_row, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = ROW_OF(rows[i]);
	out->at = list;
	return OK;
}

OUTCOME audit_of_person(struct ask *ask, int64_t person_id, const struct audit_row *before, struct audit_list *out)
{
	struct sql_audit_of_person_row *rows;
	struct audit_row *list;

	TRY(sql_audit_of_person(ask, person_id, before ? before->at : INT64_MAX, before ? before->id : 0, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct audit_row, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = ROW_OF(rows[i]);
	out->at = list;
	return OK;
}

OUTCOME seen_note(struct ask *ask, int64_t person_id, int64_t account_id, const char *path)
{
	return sql_seen_note(ask, person_id, account_id, day_of(ask->now).text, path, ask->now);
}

OUTCOME seen_of_person(struct ask *ask, int64_t person_id, struct seen_list *out)
{
	struct sql_seen_of_person_row *rows;
	struct seen_row *list;

	TRY(sql_seen_of_person(ask, person_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct seen_row, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = (struct seen_row){ .day = rows[i].day, .path = rows[i].path, .account_id = rows[i].account_id,
			.times = rows[i].times, .last_at = rows[i].last_at };
	out->at = list;
	return OK;
}
