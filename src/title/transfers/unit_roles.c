/* Officers of units that end: told before, carried along, brought back. */
#include "title/transfers/unit_look.h"

#include "json/json.h"

enum { PARTS = 2 };

OUTCOME unit_roles_look(struct ask *ask, const struct id_list *units, int64_t to_id, struct role_on_list *out)
{
	TRY(roles_on(ask, units, out));
	for (size_t i = 0; i < out->n; i++)
		TRY(role_fate(ask, &out->at[i], to_id));
	return OK;
}

static void put_role(struct json_out *plan, int64_t old, const int64_t *grants, size_t n)
{
	json_begin_array(plan);
	json_put_int(plan, old);
	for (size_t i = 0; i < n; i++)
		if (grants[i])
			json_put_int(plan, grants[i]);
	json_end(plan);
}

/* One by one: who had the role on two of the units has it once at the successor. */
OUTCOME unit_roles_follow(struct ask *ask, const struct id_list *units, const struct unit *to, const char *reason,
			  struct json_out *plan)
{
	struct role_to there = { to ? to->id : 0, to ? to->name : "" };
	struct role_on_list roles;
	int64_t grant;

	json_put_key(plan, "roles");
	json_begin_array(plan);
	TRY(roles_on(ask, units, &roles));
	for (size_t i = 0; i < roles.n; i++) {
		TRY(role_fate(ask, &roles.at[i], there.id));
		TRY(role_follow(ask, &roles.at[i], &there, to ? 1 : 0, reason, &grant));
		put_role(plan, roles.at[i].id, &grant, to ? 1 : 0);
	}
	json_end(plan);
	return OK;
}

static bool is_among(const struct id_list *list, int64_t id)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i] == id)
			return true;
	return false;
}

OUTCOME unit_roles_divide(struct ask *ask, int64_t leaf_id, const struct role_to to[2], const struct id_list chosen[2],
	const char *reason, struct json_out *plan)
{
	struct role_on_list roles;

	json_put_key(plan, "roles");
	json_begin_array(plan);
	TRY(roles_on(ask, &(struct id_list){ 1, &leaf_id }, &roles));
	for (size_t i = 0; i < roles.n; i++) {
		struct role_to there[PARTS];
		int64_t grants[PARTS];
		size_t n = 0;

		for (size_t k = 0; k < PARTS; k++)
			if (is_among(&chosen[k], roles.at[i].id))
				there[n++] = to[k];
		if (n)
			TRY(role_fate(ask, &roles.at[i], there[0].id));
		TRY(role_follow(ask, &roles.at[i], there, n, reason, grants));
		put_role(plan, roles.at[i].id, grants, n);
	}
	json_end(plan);
	return OK;
}

OUTCOME unit_roles_back(struct ask *ask, const struct json *plan, const char *reason)
{
	const struct json *roles = json_member(plan, "roles");

	for (size_t i = 0; json_has(roles) && i < json_count(roles); i++) {
		const struct json *row = json_item(roles, i);
		int64_t grants[PARTS];
		struct id_list list = { 0, grants };

		for (size_t k = 1; k < json_count(row) && k <= PARTS; k++)
			grants[list.n++] = json_int(json_item(row, k), 1, INT64_MAX);
		TRY(role_unfollow(ask, json_int(json_item(row, 0), 1, INT64_MAX), &list, reason));
	}
	return OK;
}
