#include "registry/units/units.h"

#include <string.h>

#include "db/transaction.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "registry/units/units_messages.h"
#include "text/text.h"
#include "units_sql.h"

enum { NAME_MIN = 2, REASON_MIN = 10, FUTURE_DAYS = 366 };

/* ---- rules ---- */

static void check_name(const char *name, struct problems *p)
{
	if (text_length(name) < NAME_MIN)
		problem(p, "name", UNIT_NAME_SHORT);
}

static void check_reason(const char *reason, struct problems *p)
{
	if (text_length(reason) < REASON_MIN)
		problem(p, "reason", UNIT_REASON_SHORT);
}

static void check_day(const struct ask *ask, const char *field, const char *day, const char *first_day)
{
	const char *last = arena_text(ask->arena, day_add(day_of(ask->now).text, FUTURE_DAYS).text);

	if (strcmp(day, first_day) < 0)
		problem(ask->problems, field, unit_day_early(ask->arena, first_day));
	if (strcmp(day, last) > 0)
		problem(ask->problems, field, unit_day_late(ask->arena, last));
}

bool unit_fits_below(const char *kind, enum unit_level parent)
{
	return parent == LEVEL_COMMUNE || (parent == LEVEL_PROVINCE && unit_kind_is_organisation(kind));
}

static enum permit permit_of(const struct unit *unit)
{
	return unit->level == LEVEL_LEAF ? PERMIT_UNIT_EDIT : PERMIT_STATE_UNIT_EDIT;
}

/* Siblings of the same folded name on the day; `self` is left out. */
static OUTCOME check_sibling_as(struct ask *ask, const char *field, int64_t parent_id, const char *parent, int64_t self,
	const char *name, const char *day)
{
	const char *folded = text_fold(ask->arena, name);
	const struct unit *after = NULL;
	struct unit_list page;

	do {
		TRY(tree_children(ask, parent_id, day, after, &page));
		for (size_t i = 0; i < page.n; i++)
			if (page.at[i].id != self && !strcmp(text_fold(ask->arena, page.at[i].name), folded))
				problem(ask->problems, field, unit_name_taken(ask->arena, page.at[i].name, parent));
		after = page.n ? &page.at[page.n - 1] : NULL;
	} while (page.n == 500);
	return OK;
}

static OUTCOME check_sibling(struct ask *ask, int64_t parent_id, const char *parent, int64_t self, const char *name,
			     const char *day)
{
	return check_sibling_as(ask, "name", parent_id, parent, self, name, day);
}

static const char *unit_json(struct arena *arena, const struct unit *u)
{
	return audit_json(arena, "code", u->code, "name", u->name, "kind", u->kind, "parent", arena_format(arena, "%lld",
		(long long)u->parent_id), "from", u->from_day, "until", u->until_day, NULL);
}

static OUTCOME trace(struct ask *ask, enum audit_action action, int64_t id, const char *old, const char *reason)
{
	struct unit now;

	TRY(tree_get_last(ask, id, &now));
	return audit_add(ask, &(struct audit_entry){ .action = action, .subject = "unit", .subject_id = id, .version = now.version,
		.unit_id = id, .old = old, .new = unit_json(ask->arena, &now), .reason = reason });
}

/* ---- branch ---- */

OUTCOME branch_get(struct ask *ask, int64_t unit_id, struct branch *out)
{
	struct sql_branch_get_row row;

	*out = (struct branch){ "", "", "", 0 };
	TRY(sql_branch_get(ask, unit_id, &row));
	*out = (struct branch){ row.name, row.officer_name, row.officer_phone, row.version };
	return OK;
}

static const char *branch_json(struct arena *arena, const struct branch *b)
{
	return audit_json(arena, "name", b->name, "officer", b->officer_name, "phone", b->officer_phone, NULL);
}

static OUTCOME branch_write(struct ask *ask, int64_t unit_id, const struct branch *old, const struct branch *b)
{
	if (b->version)
		TRY(sql_branch_update(ask, b->name, b->officer_name, b->officer_phone, unit_id, b->version));
	else
		TRY(sql_branch_insert(ask, unit_id, b->name, b->officer_name, b->officer_phone));
	return audit_add(ask, &(struct audit_entry){ .action = AUDIT_BRANCH_SET, .subject = "branch", .subject_id = unit_id,
		.version = b->version + 1, .unit_id = unit_id, .old = old ? branch_json(ask->arena, old) : NULL,
		.new = branch_json(ask->arena, b) });
}

OUTCOME branch_set(struct ask *ask, int64_t unit_id, const struct branch *b)
{
	DB_TRANSACTION(tx, ask->db);
	struct branch old;
	struct unit unit;
	enum outcome found;

	TRY(tree_get(ask, unit_id, day_of(ask->now).text, &unit));
	TRY(access_require(ask, PERMIT_UNIT_EDIT, unit_id));
	check_name(b->name, ask->problems);
	if (!problems_none(ask->problems))
		return INVALID;
	found = branch_get(ask, unit_id, &old);
	if (found == FAILED)
		return FAILED;
	TRY(branch_write(ask, unit_id, found == OK ? &old : NULL, b));
	return db_commit(&tx);
}

OUTCOME branch_may_see_phone(struct ask *ask, int64_t unit_id, bool *out)
{
	*out = false;
	if (!ask->actor)
		return OK;
	for (size_t i = 0; i < ask->actor->n_grants; i++)
		*out |= ask->actor->grants[i].unit_id == unit_id;
	return *out ? OK : access_may_on(ask, PERMIT_PERSON_READ, unit_id, out);
}

/* ---- operations ---- */

/* "27937.04": the parent's code and the next number of its children. */
static OUTCOME next_code(struct ask *ask, const struct unit *parent, const char *day, const char **out)
{
	int64_t n;
	struct unit taken;

	TRY(tree_count_children(ask, parent->id, day, &n));
	for (;;) {
		enum outcome found;

		*out = arena_format(ask->arena, "%s.%02lld", parent->code, (long long)++n);
		found = tree_by_code(ask, *out, day, &taken);
		if (found == NOT_FOUND)
			return OK;
		TRY(found);
	}
}

static OUTCOME add_leaf(struct ask *ask, const struct unit *parent, const struct leaf_new *leaf, int64_t *id)
{
	struct branch branch = leaf->branch;
	struct unit_new new = { .level = LEVEL_LEAF, .code = leaf->code, .name = leaf->name, .kind = leaf->kind, .parent_id = parent->id,
		.from_day = leaf->from_day, .until_day = DAY_OPEN };

	if (!*new.code)
		TRY(next_code(ask, parent, leaf->from_day, &new.code));
	TRY(tree_add_new(ask, &new));
	TRY(trace(ask, AUDIT_UNIT_ADDED, new.id, NULL, NULL));
	if (!*branch.name)
		branch.name = arena_format(ask->arena, "Chi hội %s", leaf->name);
	branch.version = 0;
	TRY(branch_write(ask, new.id, NULL, &branch));
	*id = new.id;
	return OK;
}

OUTCOME unit_add_leaf(struct ask *ask, const struct leaf_new *leaf, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	struct unit parent;

	TRY(access_require(ask, PERMIT_UNIT_EDIT, leaf->parent_id));
	TRY(tree_get(ask, leaf->parent_id, leaf->from_day, &parent));
	check_name(leaf->name, ask->problems);
	check_day(ask, "from_day", leaf->from_day, parent.from_day);
	if (!unit_fits_below(leaf->kind, parent.level))
		problem(ask->problems, "kind", UNIT_PARENT_WRONG);
	TRY(check_sibling(ask, parent.id, parent.name, 0, leaf->name, leaf->from_day));
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(add_leaf(ask, &parent, leaf, id));
	return db_commit(&tx);
}

/* A change must be the last one there is, and begin while the unit lies somewhere: a hamlet that waits to be placed is placed
 * first (its place begins when its commune ended), and what was written ahead for a later day stands or is taken back first. */
static OUTCOME check_order(struct ask *ask, const struct unit *unit, const char *last_from, const char *field, const char *day)
{
	struct unit parent;
	enum outcome found = unit->parent_id ? tree_get(ask, unit->parent_id, day, &parent) : OK;

	if (found == FAILED)
		return FAILED;
	if (found == NOT_FOUND)
		problem(ask->problems, "", UNIT_WAITS);
	if (strcmp(last_from, day) > 0)
		problem(ask->problems, field, unit_day_taken(ask->arena, last_from));
	return OK;
}

/* The unit as it is on the day a change begins, if the actor may change it. */
static OUTCOME changeable(struct ask *ask, int64_t id, const char *field, const char *day, struct unit *out)
{
	const char *last_from;
	enum outcome holds;

	TRY(tree_get_last(ask, id, out));
	last_from = out->from_day;
	/* nobody's role reaches a closed unit: who may change what it belonged to is told that it is closed */
	holds = tree_get(ask, id, day_of(ask->now).text, out);
	if (holds == FAILED)
		return FAILED;
	TRY(access_require(ask, permit_of(out), holds == OK ? id : out->parent_id));
	check_day(ask, field, day, out->from_day);
	holds = tree_get(ask, id, day, out);
	if (holds == FAILED)
		return FAILED;
	if (holds == NOT_FOUND && problems_none(ask->problems))
		problem(ask->problems, "", UNIT_CLOSED);
	return holds == OK ? check_order(ask, out, last_from, field, day) : OK;
}

OUTCOME unit_rename(struct ask *ask, int64_t id, int64_t version, const char *name, const char *from_day, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct unit unit;

	TRY(changeable(ask, id, "from_day", from_day, &unit));
	check_name(name, ask->problems);
	check_reason(reason, ask->problems);
	TRY(check_sibling(ask, unit.parent_id, "Ở đây", id, name, from_day));
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(tree_change(ask, id, version, &(struct unit_new){ .code = unit.code, .name = name, .kind = unit.kind,
		.parent_id = unit.parent_id, .from_day = from_day }));
	TRY(trace(ask, AUDIT_UNIT_CHANGED, id, unit_json(ask->arena, &unit), reason));
	return db_commit(&tx);
}

static OUTCOME check_parent(struct ask *ask, const struct unit *unit, int64_t parent_id, const char *day, struct unit *parent)
{
	bool below;
	enum outcome found = tree_get(ask, parent_id, day, parent);

	if (found == FAILED)
		return FAILED;
	if (found != OK || (unit->level == LEVEL_LEAF && !unit_fits_below(unit->kind, parent->level)) ||
	    (unit->level == LEVEL_COMMUNE && parent->level != LEVEL_PROVINCE && parent->level != LEVEL_DISTRICT)) {
		problem(ask->problems, "parent", UNIT_PARENT_WRONG);
		return OK;
	}
	TRY(tree_is_below(ask, parent_id, unit->id, day, &below));
	if (below)
		problem(ask->problems, "parent", UNIT_PARENT_SELF);
	return OK;
}

/* People of a hamlet that moved, or of the hamlets of a commune that did, follow in jobs. */
static OUTCOME people_follow(struct ask *ask, const struct unit *unit)
{
	struct unit_list leaves;

	if (!ask->hooks)
		return OK;
	if (unit->level == LEVEL_LEAF)
		return ask->hooks->leaf_moved(ask, unit->id);
	TRY(tree_children(ask, unit->id, day_of(ask->now).text, NULL, &leaves));
	for (size_t i = 0; i < leaves.n; i++)
		if (leaves.at[i].level == LEVEL_LEAF)
			TRY(ask->hooks->leaf_moved(ask, leaves.at[i].id));
	return OK;
}

OUTCOME unit_move(struct ask *ask, int64_t id, int64_t version, int64_t parent_id, const char *from_day, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct unit unit, parent = { 0 };

	TRY(changeable(ask, id, "from_day", from_day, &unit));
	check_reason(reason, ask->problems);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(access_require(ask, permit_of(&unit), parent_id));
	TRY(check_parent(ask, &unit, parent_id, from_day, &parent));
	if (problems_none(ask->problems))
		TRY(check_sibling(ask, parent_id, parent.name, id, unit.name, from_day));
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(tree_change(ask, id, version, &(struct unit_new){ .code = unit.code, .name = unit.name, .kind = unit.kind,
		.parent_id = parent_id, .from_day = from_day }));
	TRY(trace(ask, AUDIT_UNIT_CHANGED, id, unit_json(ask->arena, &unit), reason));
	TRY(people_follow(ask, &unit));
	return db_commit(&tx);
}

OUTCOME unit_close(struct ask *ask, int64_t id, int64_t version, const char *on_day, int64_t into_id, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct unit unit, into;
	int64_t children;

	TRY(changeable(ask, id, "on_day", on_day, &unit));
	check_reason(reason, ask->problems);
	TRY(tree_count_children(ask, id, on_day, &children));
	if (children)
		problem(ask->problems, "", UNIT_HAS_CHILDREN);
	if (into_id == id)
		problem(ask->problems, "into", UNIT_INTO_SELF);
	else if (into_id)
		TRY(tree_get(ask, into_id, on_day, &into));
	if (!strcmp(unit.from_day, on_day))
		problem(ask->problems, "on_day", unit_day_early(ask->arena, arena_text(ask->arena, day_add(unit.from_day, 1).text)));
	if (ask->hooks)
		TRY(ask->hooks->unit_closing(ask, id));
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(tree_end(ask, id, version, on_day));
	if (into_id)
		TRY(tree_add_edge(ask, id, into_id, on_day));
	TRY(trace(ask, AUDIT_UNIT_CLOSED, id, unit_json(ask->arena, &unit), reason));
	return db_commit(&tx);
}

/* ---- back ---- */

static OUTCOME check_take_back(struct ask *ask, const struct unit_take_back *t, const struct unit *now)
{
	const char *today = arena_text(ask->arena, day_of(ask->now).text), *day = strcmp(t->day, today) > 0 ? t->day : today;
	struct unit parent = { .name = "" }, holder;
	enum outcome found;

	check_reason(t->reason, ask->problems);
	if (now->version != t->version)
		problem(ask->problems, "", UNIT_CHANGED_SINCE);
	found = t->was.parent_id ? tree_get(ask, t->was.parent_id, day, &parent) : OK;
	if (found == FAILED)
		return FAILED;
	if (found == NOT_FOUND)
		problem(ask->problems, "", UNIT_PARENT_GONE);
	if (strcmp(now->name, t->was.name) != 0 || now->parent_id != t->was.parent_id || t->closed)
		TRY(check_sibling_as(ask, "", t->was.parent_id, parent.name, t->id, t->was.name, day));
	found = tree_by_code(ask, t->was.code, day, &holder);
	if (found == OK && holder.id != t->id)
		problem(ask->problems, "", unit_code_taken(ask->arena, t->was.code, holder.name));
	return found == FAILED ? FAILED : OK;
}

static OUTCOME take_back(struct ask *ask, const struct unit_take_back *t)
{
	if (t->closed) {
		TRY(tree_reopen(ask, t->id, t->version, t->day));
		return t->into_id ? tree_remove_edge(ask, t->id, t->into_id, t->day) : OK;
	}
	if (strcmp(t->was.from_day, t->day) != 0)
		return tree_unchange(ask, t->id, t->version, t->day);
	return tree_change(ask, t->id, t->version,
			   &(struct unit_new){.code = t->was.code,
					      .name = t->was.name,
					      .kind = t->was.kind,
					      .parent_id = t->was.parent_id,
					      .from_day = t->day}); /* it had put right a version of that very day */
}

OUTCOME unit_take_back(struct ask *ask, const struct unit_take_back *t)
{
	DB_TRANSACTION(tx, ask->db);
	struct unit now;

	TRY(tree_get_last(ask, t->id, &now));
	if (t->closed || now.parent_id != t->was.parent_id) {
		TRY(access_require(ask, permit_of(&now), now.parent_id));
		TRY(access_require(ask, permit_of(&now), t->was.parent_id));
	} else {
		TRY(access_require(ask, permit_of(&now), t->id));
	}
	TRY(check_take_back(ask, t, &now));
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(take_back(ask, t));
	TRY(trace(ask, AUDIT_UNIT_REOPENED, t->id, unit_json(ask->arena, &now), t->reason));
	if (now.parent_id != t->was.parent_id)
		TRY(people_follow(ask, &now));
	return db_commit(&tx);
}
