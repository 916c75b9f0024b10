#include "registry/access/access.h"

#include <string.h>

#include "base/day.h"
#include "registry/tree/tree.h"

static const struct { const char *name, *label, *roles; } permits[PERMIT_N] = {
#define PERMIT_ROW(name, label, roles) { #name, label, roles },
	PERMITS(PERMIT_ROW)
#undef PERMIT_ROW
};

static const struct { const char *code, *label; } roles[ROLES] = {
#define ROLE_ROW(name, code, label) { code, label },
	ROLES_LIST(ROLE_ROW)
#undef ROLE_ROW
};

/* A letter a role, in the order of enum role. */
static const char letters[] = "cbdxutka";

const struct actor access_system = { .name = "Hệ thống", .is_system = true };

const char *permit_name(enum permit p) { return permits[p].name; }
const char *permit_label(enum permit p) { return permits[p].label; }
bool permit_is_public(enum permit p) { return strchr(permits[p].roles, 'p') != NULL; }
bool permit_has_role(enum permit p, enum role r) { return strchr(permits[p].roles, letters[r]) != NULL; }
const char *role_code(enum role r) { return roles[r].code; }
const char *role_label(enum role r) { return roles[r].label; }

bool role_of_code(const char *code, enum role *out)
{
	for (size_t i = 0; i < ROLES; i++)
		if (!strcmp(roles[i].code, code)) {
			*out = (enum role)i;
			return true;
		}
	return false;
}

bool access_may(const struct actor *actor, enum permit permit)
{
	if (permit_is_public(permit))
		return true;
	if (!actor)
		return false;
	if (actor->is_system || permit == PERMIT_SIGNED_IN)
		return true;
	if (permit == PERMIT_SHEET_OWN)
		return actor->person_id != 0;
	for (size_t i = 0; i < actor->n_grants; i++)
		if (permit_has_role(permit, actor->grants[i].role))
			return true;
	return false;
}

/* The roles that reach a unit, a bit each: those given on it or above it. */
static OUTCOME roles_on(struct ask *ask, int64_t unit_id, unsigned *out)
{
	struct unit_ids path = { 0 };

	*out = 0;
	switch (tree_ids(ask, unit_id, day_of(ask->now).text, &path)) {
	case OK:
		break;
	case FAILED:
		return FAILED;
	case NOT_FOUND: case INVALID: case FORBIDDEN: case CONFLICT:
		return OK;                       /* no unit of today: nobody's */
	}
	for (size_t i = 0; i < ask->actor->n_grants; i++)
		for (size_t j = 0; j < path.n; j++)
			if (path.at[j] == ask->actor->grants[i].unit_id)
				*out |= 1u << ask->actor->grants[i].role;
	return OK;
}

static bool holds(enum permit permit, unsigned held)
{
	for (size_t i = 0; i < ROLES; i++)
		if (held & 1u << i && permit_has_role(permit, (enum role)i))
			return true;
	return false;
}

OUTCOME access_may_each(struct ask *ask, int64_t unit_id, const struct permit_asked *asked, size_t n)
{
	bool known = false;
	unsigned held = 0;

	for (size_t i = 0; i < n; i++) {
		bool may = access_may(ask->actor, asked[i].permit);

		if (may && unit_id && !permit_is_public(asked[i].permit) && !ask->actor->is_system) {
			if (!known)
				TRY(roles_on(ask, unit_id, &held));
			known = true;
			may = holds(asked[i].permit, held);
		}
		*asked[i].may = may;
	}
	return OK;
}

OUTCOME access_may_on(struct ask *ask, enum permit permit, int64_t unit_id, bool *out)
{
	return access_may_each(ask, unit_id, &(struct permit_asked){ permit, out }, 1);
}

OUTCOME access_require(struct ask *ask, enum permit permit, int64_t unit_id)
{
	bool may;

	TRY(access_may_on(ask, permit, unit_id, &may));
	return may ? OK : FORBIDDEN;
}

OUTCOME access_require_person(struct ask *ask, enum permit permit, int64_t person_id, int64_t leaf_id)
{
	if (ask->actor && person_id && ask->actor->person_id == person_id)
		return OK;
	return access_require(ask, permit, leaf_id);
}

OUTCOME access_home(struct ask *ask, enum permit permit, int64_t *unit_id)
{
	enum unit_level best = LEVEL_LEAF + 1;

	for (size_t i = 0; ask->actor && i < ask->actor->n_grants; i++) {
		const struct grant *g = &ask->actor->grants[i];
		struct unit unit = { 0 };
		enum outcome got;

		if (!permit_has_role(permit, g->role))
			continue;
		got = tree_get(ask, g->unit_id, day_of(ask->now).text, &unit);
		if (got == FAILED)
			return FAILED;
		if (got == OK && unit.level < best) {
			best = unit.level;
			*unit_id = unit.id;
		}
	}
	return best > LEVEL_LEAF ? NOT_FOUND : OK;
}
