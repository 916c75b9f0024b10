/* Hamlets and communes are merged, a hamlet is divided. */
#include <string.h>

#include "base/day.h"
#include "db/transaction.h"
#include "json/json.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "registry/people/people.h"
#include "registry/units/units.h"
#include "text/text.h"
#include "title/recognition/recognition.h"
#include "title/transfers/transfers_messages.h"
#include "title/transfers/transfers_store.h"
#include "title/transfers/unit_look.h"
#include "transfers_sql.h"

static const char *today(const struct ask *ask) { return arena_text(ask->arena, day_of(ask->now).text); }

static OUTCOME trace_unit(struct ask *ask, enum audit_action action, const struct unit *u, int64_t version, const char *old,
	const char *new,
	const char *reason)
{
	return audit_add(ask, &(struct audit_entry){ .action = action, .subject = "unit", .subject_id = u->id, .version = version,
		.unit_id = u->id, .old = old, .new = new, .reason = reason });
}

static enum permit permit_of(const struct unit *u) { return u->level == LEVEL_LEAF ? PERMIT_UNIT_EDIT : PERMIT_STATE_UNIT_EDIT; }

/* ---- merging: rules ---- */

static OUTCOME check_one(struct ask *ask, const struct units_merge *m, const struct unit *to, int64_t id, struct unit *out)
{
	int64_t province, other;
	enum outcome found = tree_get(ask, id, m->on_day, out);

	if (found == FAILED)
		return FAILED;
	if (found != OK || strcmp(out->until_day, DAY_OPEN) != 0 || strcmp(m->on_day, out->from_day) <= 0 ||
	    strcmp(m->on_day, today(ask)) > 0) {
		problem(ask->problems, "on_day", UNITS_DAY_WRONG);
		return OK;
	}
	TRY(access_require(ask, permit_of(out), id));
	TRY(tree_province(ask, id, today(ask), &province));
	TRY(tree_province(ask, to->id, today(ask), &other));
	if (out->level != to->level || province != other ||
		unit_kind_is_organisation(out->kind) != unit_kind_is_organisation(to->kind))
		problem(ask->problems, "to", UNITS_KIND);
	return OK;
}

/* units: those that end, in the order given. */
static OUTCOME check_merge(struct ask *ask, const struct units_merge *m, struct unit *to, struct unit **units)
{
	enum outcome found = m->to_id ? tree_get(ask, m->to_id, m->on_day, to) : NOT_FOUND;

	if (found == FAILED)
		return FAILED;
	*units = ARENA_ARRAY(ask->arena, struct unit, m->from.n);
	if (!m->from.n || m->from.n > UNITS_MERGED_MAX)
		problem(ask->problems, "from", UNITS_NONE);
	if (found != OK || (to->level != LEVEL_LEAF && to->level != LEVEL_COMMUNE) || strcmp(to->until_day, DAY_OPEN) != 0)
		problem(ask->problems, "to", UNITS_TO_WRONG);
	for (size_t i = 0; i < m->from.n; i++)
		if (m->from.at[i] == m->to_id)
			problem(ask->problems, "to", UNITS_TO_WRONG);
	transfer_check_reason(ask, m->reason);
	if (found != OK)
		return INVALID;
	TRY(access_require(ask, permit_of(to), to->id));
	for (size_t i = 0; i < m->from.n; i++)
		TRY(check_one(ask, m, to, m->from.at[i], &(*units)[i]));
	return problems_none(ask->problems) ? OK : INVALID;
}

static OUTCOME add_weight(struct ask *ask, const struct unit *unit, struct units_merge_preview *out)
{
	struct unit_weight w;
	const char *authority;
	int64_t own;

	TRY(unit_weigh(ask, unit, &w));
	out->weight =
		(struct unit_weight){out->weight.leaves + w.leaves, out->weight.people + w.people, out->weight.sheets + w.sheets,
				     out->weight.listed + w.listed, out->weight.past + w.past};
	TRY(unit_authority(ask, unit->id, &authority, &own));
	out->authorities += own > 0;
	return OK;
}

OUTCOME units_merge_preview(struct ask *ask, const struct units_merge *m, struct units_merge_preview *out)
{
	struct unit *units, to;
	int64_t own;

	*out = (struct units_merge_preview){ .authority = "" };
	TRY(check_merge(ask, m, &to, &units));
	out->units = (int64_t)m->from.n;
	for (size_t i = 0; i < m->from.n; i++)
		TRY(add_weight(ask, &units[i], out));
	TRY(unit_authority(ask, to.id, &out->authority, &own));
	return unit_roles_look(ask, &m->from, to.id, &out->roles);
}

/* ---- merging ---- */

static OUTCOME end_unit(struct ask *ask, const struct unit *u, const struct unit *to, const char *on_day, const char *reason)
{
	TRY(tree_end(ask, u->id, u->version, on_day));
	TRY(tree_add_edge(ask, u->id, to->id, on_day));
	return trace_unit(ask, AUDIT_UNIT_CLOSED, u, u->version + 1, audit_json(ask->arena, "name", u->name, NULL),
		audit_json(ask->arena, "until", on_day, "into", to->name, NULL), reason);
}

static OUTCOME move_people(struct ask *ask, int64_t transfer_id, const struct person *p, int64_t to_leaf, const char *reason)
{
	TRY(sql_transfer_person_insert(ask, p->id, transfer_id, p->leaf_id, p->hamlet_id, p->organisation_id, to_leaf));
	return person_move(ask, p->id, to_leaf, NULL, reason);
}

/* Everybody of a hamlet, one by one: each has a trace of their own. */
static OUTCOME empty_leaf(struct ask *ask, int64_t transfer_id, int64_t leaf_id, int64_t to_leaf, const char *reason,
	int64_t *moved)
{
	struct id_list people;
	struct ask row = *ask;
	enum outcome done = OK;
	struct person p;

	TRY(transfer_people_of_leaf(ask, leaf_id, &people));
	row.arena = arena_new(2 * MiB);
	for (size_t i = 0; i < people.n && done == OK; i++) {
		arena_reset(row.arena);
		done = person_get(&row, people.at[i], &p);
		if (done == OK)
			done = move_people(&row, transfer_id, &p, to_leaf, reason);
	}
	arena_free(row.arena);
	*moved += (int64_t)people.n;
	return done;
}

static OUTCOME move_leaves(struct ask *ask, const struct unit *from, const struct unit *to, const char *on_day,
	const char *reason,
	struct json_out *plan, int64_t *people)
{
	struct unit_list leaves;
	int64_t followed;

	TRY(tree_children(ask, from->id, on_day, NULL, &leaves));
	for (size_t i = 0; i < leaves.n; i++) {
		const struct unit *u = &leaves.at[i];

		TRY(tree_change(ask, u->id, u->version, &(struct unit_new){ .code = u->code, .name = u->name, .kind = u->kind,
			.parent_id = to->id, .from_day = on_day }));
		TRY(trace_unit(ask, AUDIT_UNIT_CHANGED, u, u->version + 1, audit_json(ask->arena, "parent", from->name, NULL),
			audit_json(ask->arena, "parent", to->name, "from", on_day, NULL), reason));
		TRY(transfers_follow_leaf(ask, u->id, &followed));
		*people += followed;
		json_put_int(plan, u->id);
	}
	return OK;
}

static OUTCOME merge_one(struct ask *ask, const struct units_merge *m, const struct transfer *t, const struct unit *u,
	const struct unit *to,
	struct json_out *plan, int64_t *people)
{
	if (u->level == LEVEL_LEAF) {
		TRY(empty_leaf(ask, t->id, u->id, to->id, m->reason, people));
		return end_unit(ask, u, to, m->on_day, m->reason);
	}
	TRY(end_unit(ask, u, to, m->on_day, m->reason));
	TRY(move_leaves(ask, u, to, m->on_day, m->reason, plan, people));
	return ask->hooks ? ask->hooks->unit_succeeded(ask, u->id, to->id) : OK;
}

OUTCOME units_merge(struct ask *ask, const struct units_merge *m, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	struct buf text = BUF(ask->arena, .max = 256 * KiB);
	struct json_out plan = { .out = &text };
	struct transfer t = { .act = TRANSFER_UNITS, .to_id = m->to_id, .from_day = m->on_day, .reason = m->reason, .plan = "{}",
		.state = TRANSFER_DONE };
	struct unit *units, to;
	int64_t people = 0;

	TRY(check_merge(ask, m, &to, &units));
	t.unit_id = m->from.at[0];
	TRY(transfer_add(ask, &t));
	json_begin_object(&plan);
	json_put_key(&plan, "units");
	json_begin_array(&plan);
	for (size_t i = 0; i < m->from.n; i++)
		json_put_int(&plan, units[i].id);
	json_end(&plan);
	json_put_key(&plan, "leaves");
	json_begin_array(&plan);
	for (size_t i = 0; i < m->from.n; i++)
		TRY(merge_one(ask, m, &t, &units[i], &to, &plan, &people));
	json_end(&plan);
	TRY(unit_roles_follow(ask, &m->from, &to, m->reason, &plan));
	json_end(&plan);
	TRY(sql_transfer_set_plan(ask, buf_cstr(&text), people, t.id));
	*id = t.id;
	return db_commit(&tx);
}

/* ---- undoing ---- */

static OUTCOME changed_since(struct ask *ask, enum outcome done)
{
	if (done != CONFLICT)
		return done;
	problem(ask->problems, "", TRANSFER_UNIT_CHANGED);
	return INVALID;
}

static OUTCOME reopen(struct ask *ask, int64_t id, const struct transfer *t, const char *reason)
{
	struct unit u;

	TRY(tree_get_last(ask, id, &u));
	TRY(changed_since(ask, tree_reopen(ask, id, u.version, t->from_day)));
	TRY(trace_unit(ask, AUDIT_UNIT_REOPENED, &u, u.version + 1, NULL, NULL, reason));
	return OK;
}

static OUTCOME give_back_leaf(struct ask *ask, int64_t id, const struct transfer *t, const char *reason)
{
	struct unit u;
	int64_t people;

	TRY(tree_get_last(ask, id, &u));
	TRY(changed_since(ask, u.parent_id == t->to_id ? tree_unchange(ask, id, u.version, t->from_day) : CONFLICT));
	TRY(trace_unit(ask, AUDIT_UNIT_REOPENED, &u, u.version + 1, NULL, NULL, reason));
	return transfers_follow_leaf(ask, id, &people);
}

OUTCOME units_undo(struct ask *ask, const struct transfer *t, const char *reason)
{
	const struct json *root, *units, *leaves;
	struct unit to;

	TRY(tree_get_last(ask, t->to_id, &to));
	TRY(access_require(ask, permit_of(&to), t->to_id));
	TRY(json_parse(ask->arena, (struct bytes){ t->plan, strlen(t->plan) }, ask->problems, &root));
	units = json_member(root, "units");
	leaves = json_member(root, "leaves");
	for (size_t i = 0; i < json_count(units); i++) {
		int64_t id = json_int(json_item(units, i), 1, INT64_MAX);

		TRY(reopen(ask, id, t, reason));
		TRY(changed_since(ask, tree_remove_edge(ask, id, t->to_id, t->from_day)));
		TRY(recognition_unsucceed(ask, id, t->to_id));
	}
	for (size_t i = 0; i < json_count(leaves); i++)
		TRY(give_back_leaf(ask, json_int(json_item(leaves, i), 1, INT64_MAX), t, reason));
	TRY(unit_roles_back(ask, root, reason));
	return to.level == LEVEL_LEAF ? people_undo(ask, t, reason) : OK;
}

/* ---- dividing a hamlet ---- */

static bool is_among(const struct id_list *list, int64_t id)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i] == id)
			return true;
	return false;
}

/* A role that was taken between looking and doing is named, not lost in silence. */
static OUTCOME check_roles(struct ask *ask, const struct leaf_division *d)
{
	struct role_on_list there;

	TRY(roles_on(ask, &(struct id_list){ 1, &d->leaf_id }, &there));
	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < d->roles[k].n; i++) {
			bool holds = false;

			for (size_t j = 0; j < there.n; j++)
				holds |= there.at[j].id == d->roles[k].at[i];
			if (!holds)
				problem(ask->problems, k ? "second_roles" : "first_roles", DIVIDE_ROLES);
		}
	return OK;
}

static OUTCOME check_division(struct ask *ask, const struct leaf_division *d, struct unit *leaf, struct id_list *all)
{
	TRY(tree_get(ask, d->leaf_id, today(ask), leaf));
	if (leaf->level != LEVEL_LEAF)
		return NOT_FOUND;
	TRY(access_require(ask, PERMIT_UNIT_EDIT, leaf->id));
	TRY(access_require(ask, PERMIT_PERSON_EDIT, leaf->id));
	TRY(transfer_people_of_leaf(ask, leaf->id, all));
	if (text_length(d->first) < 2 || text_length(d->second) < 2 || !strcmp(text_fold(ask->arena, d->first),
		text_fold(ask->arena, d->second)))
		problem(ask->problems, "first", DIVIDE_NAMES);
	if (strcmp(d->on_day, leaf->from_day) <= 0 || strcmp(d->on_day, today(ask)) > 0 || strcmp(leaf->until_day, DAY_OPEN) != 0)
		problem(ask->problems, "on_day", UNITS_DAY_WRONG);
	for (size_t i = 0; i < d->people.n; i++)
		if (!is_among(all, d->people.at[i])) {
			problem(ask->problems, "people", DIVIDE_PEOPLE);
			break;
		}
	transfer_check_reason(ask, d->reason);
	TRY(check_roles(ask, d));
	if (!problems_none(ask->problems))
		return INVALID;
	return leaf->version == d->version ? OK : CONFLICT;
}

OUTCOME leaf_divide_preview(struct ask *ask, const struct leaf_division *d, struct leaf_division_preview *out)
{
	struct id_list all;
	struct unit leaf;

	*out = (struct leaf_division_preview){ 0 };
	TRY(check_division(ask, d, &leaf, &all));
	TRY(unit_weigh(ask, &leaf, &out->weight));
	out->second = (int64_t)d->people.n;
	out->first = (int64_t)all.n - out->second;
	return roles_on(ask, &(struct id_list){ 1, &d->leaf_id }, &out->roles);
}

static OUTCOME add_part(struct ask *ask, const struct unit *leaf, const char *name, const char *on_day, int64_t *id)
{
	TRY(unit_add_leaf(ask, &(struct leaf_new){ .parent_id = leaf->parent_id, .kind = leaf->kind, .name = name, .code = "",
		.from_day = on_day, .branch = { "", "", "", 0 } }, id));
	return tree_add_edge(ask, leaf->id, *id, on_day);
}

static OUTCOME divide_people(struct ask *ask, const struct leaf_division *d, const struct id_list *all, int64_t transfer_id,
	const int64_t parts[2])
{
	struct ask row = *ask;
	enum outcome done = OK;
	struct person p;

	row.arena = arena_new(2 * MiB);
	for (size_t i = 0; i < all->n && done == OK; i++) {
		int64_t to = parts[is_among(&d->people, all->at[i])];

		arena_reset(row.arena);
		done = person_get(&row, all->at[i], &p);
		if (done == OK)
			done = sql_placement_insert(&row, p.id, d->leaf_id, to, transfer_id);
		if (done == OK)
			done = move_people(&row, transfer_id, &p, to, d->reason);
	}
	arena_free(row.arena);
	return done;
}

static OUTCOME divide_plan(struct ask *ask, const struct leaf_division *d, const int64_t parts[2], struct transfer *t)
{
	struct buf text = BUF(ask->arena, .max = 64 * KiB);
	struct json_out plan = { .out = &text };

	json_begin_object(&plan);
	json_put_key(&plan, "parts");
	json_begin_array(&plan);
	json_put_int(&plan, parts[0]);
	json_put_int(&plan, parts[1]);
	json_end(&plan);
	TRY(unit_roles_divide(ask, d->leaf_id, (struct role_to[2]){{parts[0], d->first}, {parts[1], d->second}}, d->roles,
			      d->reason, &plan));
	json_end(&plan);
	t->plan = buf_cstr(&text);
	return OK;
}

OUTCOME leaf_divide(struct ask *ask, const struct leaf_division *d, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	struct transfer t = { .act = TRANSFER_DIVIDED, .unit_id = d->leaf_id, .from_day = d->on_day, .reason = d->reason,
		.state = TRANSFER_DONE };
	struct id_list all;
	struct unit leaf;
	int64_t parts[2];

	TRY(check_division(ask, d, &leaf, &all));
	TRY(add_part(ask, &leaf, d->first, d->on_day, &parts[0]));
	TRY(add_part(ask, &leaf, d->second, d->on_day, &parts[1]));
	t.people = (int64_t)all.n;
	TRY(divide_plan(ask, d, parts, &t));
	TRY(transfer_add(ask, &t));
	TRY(divide_people(ask, d, &all, t.id, parts));
	TRY(tree_end(ask, leaf.id, d->version, d->on_day));
	TRY(trace_unit(ask, AUDIT_UNIT_CLOSED, &leaf, d->version + 1, audit_json(ask->arena, "name", leaf.name, NULL),
		audit_json(ask->arena, "until", d->on_day, "into", arena_format(ask->arena, "%s, %s", d->first, d->second), NULL),
		d->reason));
	*id = t.id;
	return db_commit(&tx);
}

/* The parts were there for a day and nobody is in them any more. */
static OUTCOME end_part(struct ask *ask, int64_t id, const struct transfer *t, const char *reason)
{
	struct unit part;
	int64_t people;

	TRY(sql_leaf_people(ask, id, &people));
	TRY(tree_get_last(ask, id, &part));
	if (people || strcmp(part.from_day, t->from_day) != 0 || strcmp(part.until_day, DAY_OPEN) != 0)
		return changed_since(ask, CONFLICT);
	TRY(changed_since(ask, tree_remove_edge(ask, t->unit_id, id, t->from_day)));
	TRY(tree_end(ask, id, part.version, arena_text(ask->arena, day_add(t->from_day, 1).text)));
	return trace_unit(ask, AUDIT_UNIT_CLOSED, &part, part.version + 1, NULL, NULL, reason);
}

OUTCOME divided_undo(struct ask *ask, const struct transfer *t, const char *reason)
{
	const struct json *root, *parts;

	TRY(json_parse(ask->arena, (struct bytes){ t->plan, strlen(t->plan) }, ask->problems, &root));
	parts = json_member(root, "parts");
	TRY(reopen(ask, t->unit_id, t, reason));
	TRY(access_require(ask, PERMIT_UNIT_EDIT, t->unit_id));
	TRY(people_undo(ask, t, reason));
	for (size_t i = 0; i < json_count(parts); i++)
		TRY(end_part(ask, json_int(json_item(parts, i), 1, INT64_MAX), t, reason));
	TRY(unit_roles_back(ask, root, reason));
	return sql_placement_delete(ask, t->id);
}
