/* Roles of a unit that ends go on at its successor, or end with it. */
#include "registry/access/accounts.h"

#include <string.h>

#include "accounts_sql.h"
#include "base/day.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"

OUTCOME roles_on(struct ask *ask, const struct id_list *units, struct role_on_list *out)
{
	struct sql_roles_on_row *rows;
	struct role_on *list;
	size_t n;

	*out = (struct role_on_list){ 0 };
	TRY(sql_roles_on(ask, *units, day_of(ask->now).text, &rows, &n));
	list = ARENA_ARRAY(ask->arena, struct role_on, n);
	for (size_t i = 0; i < n; i++) {
		struct role_on *r = &list[out->n];

		*r = (struct role_on){ .id = rows[i].id, .account_id = rows[i].account_id, .unit_id = rows[i].unit_id,
			.name = rows[i].name, .unit = rows[i].unit, .until_day = rows[i].until_day, .fate = ROLE_UNDECIDED };
		out->n += role_of_code(rows[i].role, &r->role);
	}
	out->at = list;
	return OK;
}

OUTCOME roles_gone(struct ask *ask, struct role_on_list *out)
{
	struct sql_roles_gone_row *rows;
	struct role_on *list;
	size_t n;

	*out = (struct role_on_list){ 0 };
	TRY(sql_roles_gone(ask, day_of(ask->now).text, &rows, &n));
	list = ARENA_ARRAY(ask->arena, struct role_on, n);
	for (size_t i = 0; i < n; i++) {
		struct role_on *r = &list[out->n];

		*r = (struct role_on){ .id = rows[i].id, .account_id = rows[i].account_id, .unit_id = rows[i].unit_id,
			.name = rows[i].name, .unit = rows[i].unit, .until_day = rows[i].until_day, .fate = ROLE_UNDECIDED,
			.to_id = rows[i].ways == 1 && rows[i].to_holds ? rows[i].to_id.value : 0 };
		out->n += role_of_code(rows[i].role, &r->role);
	}
	out->at = list;
	return OK;
}

OUTCOME role_fate(struct ask *ask, struct role_on *r, int64_t to_id)
{
	struct role_list held;
	bool may;

	r->fate = to_id ? ROLE_GOES : ROLE_ENDS;
	if (!to_id)
		return OK;
	if (ask->actor && ask->actor->account_id == r->account_id) {
		r->fate = ROLE_OWN;
		return OK;
	}
	TRY(role_may_give(ask, r->role, to_id, &may));
	if (!may)
		r->fate = ROLE_NOT_YOURS_TO_GIVE;
	TRY(roles_of(ask, r->account_id, &held));
	for (size_t i = 0; may && i < held.n; i++)
		if (held.at[i].role == r->role && held.at[i].unit_id == to_id)
			r->fate = ROLE_IS_THERE;
	return OK;
}

static OUTCOME trace(struct ask *ask, enum audit_action action, const struct role_on *r, int64_t unit_id, const char *was,
	const char *is, const char *reason)
{
	return audit_add(ask, &(struct audit_entry){ .action = action, .subject = "role_grant", .subject_id = r->account_id,
		.unit_id = unit_id, .old = was, .new = is, .reason = reason });
}

static OUTCOME end_grant(struct ask *ask, const struct role_on *r, const char *reason)
{
	TRY(sql_role_end(ask, ask->now, r->id, r->account_id));
	return trace(ask, AUDIT_ROLE_ENDED, r, r->unit_id,
		     audit_json(ask->arena, "role", role_label(r->role), "unit", r->unit, NULL), NULL, reason);
}

static OUTCOME give_on(struct ask *ask, const struct role_on *r, const struct role_to *to, const char *reason, int64_t *grant)
{
	TRY(tree_new_id(ask, "role_grant", grant));
	TRY(sql_role_insert(ask, &(struct sql_role_insert_in){.id = *grant,
							      .account_id = r->account_id,
							      .role = role_code(r->role),
							      .unit_id = to->id,
							      .until_day = r->until_day,
							      .granted_by = ask->actor ? ask->actor->account_id : 0,
							      .granted_at = ask->now,
							      .from_grant = r->id}));
	return trace(ask, AUDIT_ROLE_GRANTED, r, to->id, NULL,
		     audit_json(ask->arena, "role", role_label(r->role), "unit", to->name, "came_from", r->unit, NULL), reason);
}

OUTCOME role_follow(struct ask *ask, const struct role_on *r, const struct role_to *to, size_t n, const char *reason,
		    int64_t *grants)
{
	TRY(end_grant(ask, r, reason));
	for (size_t i = 0; i < n; i++) {
		grants[i] = 0;
		if (r->fate == ROLE_GOES)
			TRY(give_on(ask, r, &to[i], reason, &grants[i]));
	}
	return OK;
}

static OUTCOME grant_get(struct ask *ask, int64_t id, struct role_on *out, bool *holds)
{
	struct sql_role_get_row row;

	TRY(sql_role_get(ask, id, &row));
	*out = (struct role_on){ .id = id, .account_id = row.account_id, .unit_id = row.unit_id, .name = "", .unit = row.unit,
		.until_day = row.until_day };
	*holds = !row.ended_at;
	return role_of_code(row.role, &out->role) ? OK : NOT_FOUND;
}

OUTCOME role_unfollow(struct ask *ask, int64_t old_grant, const struct id_list *grants, const char *reason)
{
	struct role_on was, is;
	bool holds, all = true;

	for (size_t i = 0; i < grants->n; i++) {
		TRY(grant_get(ask, grants->at[i], &is, &holds));
		all &= holds;
		if (holds)
			TRY(end_grant(ask, &is, reason));
	}
	TRY(grant_get(ask, old_grant, &was, &holds));
	if (holds || !all)
		return OK;
	TRY(sql_role_resume(ask, old_grant));
	return trace(ask, AUDIT_ROLE_GRANTED, &was, was.unit_id, NULL,
		     audit_json(ask->arena, "role", role_label(was.role), "unit", was.unit, NULL), reason);
}
