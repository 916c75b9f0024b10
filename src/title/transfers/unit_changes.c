/* One unit gets another name or place, or ends: looked at before, done as one act, taken back as one. The rules are those of
 * registry/units; looking is doing without the end of the transaction, so that it cannot say otherwise than the act does. */
#include <string.h>

#include "base/day.h"
#include "db/transaction.h"
#include "json/json.h"
#include "registry/units/units.h"
#include "title/rounds/rounds.h"
#include "title/transfers/transfers_messages.h"
#include "title/transfers/transfers_store.h"
#include "title/transfers/unit_look.h"
#include "transfers_sql.h"

static OUTCOME apply(struct ask *ask, const struct unit_change *c)
{
	switch (c->act) {
	case TRANSFER_RENAMED:
		return unit_rename(ask, c->unit_id, c->version, c->name, c->day, c->reason);
	case TRANSFER_MOVED:
		return unit_move(ask, c->unit_id, c->version, c->to_id, c->day, c->reason);
	case TRANSFER_CLOSED:
		return unit_close(ask, c->unit_id, c->version, c->day, c->to_id, c->reason);
	case TRANSFER_PEOPLE: case TRANSFER_DUPLICATE: case TRANSFER_UNITS: case TRANSFER_DIVIDED: case TRANSFER_PLACED:
		break;
	}
	BUG_ON(true);
	return FAILED;
}

/* The unit as the change finds it: on its day, or (a closed one, a wrong day: the rules say so) as it was last. */
static OUTCOME before(struct ask *ask, const struct unit_change *c, struct unit *out)
{
	enum outcome found = tree_get(ask, c->unit_id, c->day, out);

	return found == NOT_FOUND ? tree_get_last(ask, c->unit_id, out) : found;
}

/* ---- the look before ---- */

/* A round's own units are those of its last day: from which year on its figures speak of the new state, and is one locked? */
static OUTCOME fill_years(struct ask *ask, const struct unit_change *c, struct unit_change_preview *out)
{
	struct round_list rounds;

	TRY(round_list(ask, &rounds));
	out->first_year = day_year(c->day);
	for (size_t i = 0; i < rounds.n; i++)
		if (rounds.at[i].locked && rounds.at[i].year >= out->first_year)
			out->locked_years++;
	return OK;
}

static OUTCOME fill_officers(struct ask *ask, const struct unit_change *c, struct unit_change_preview *out)
{
	struct id_list self = { 1, &out->unit.id }, old = { 1, &out->unit.parent_id }, new = { 1, &c->to_id };

	TRY(unit_roles_look(ask, &self, c->act == TRANSFER_CLOSED ? c->to_id : out->unit.id, &out->here));
	if (c->act != TRANSFER_MOVED)
		return OK;
	TRY(roles_on(ask, &new, &out->gain));
	return roles_on(ask, &old, &out->lose);
}

/* Before and after: by default it bears the unit's name, and a move leads below another one. */
static OUTCOME fill_after(struct ask *ask, const struct unit_change *c, struct unit_change_preview *out)
{
	int64_t other, heir = c->act == TRANSFER_CLOSED ? c->to_id : c->unit_id;

	TRY(unit_authority(ask, c->unit_id, &out->authority, &out->own_authorities));
	TRY(apply(ask, c));
	return heir ? unit_authority(ask, heir, &out->new_authority, &other) : OK;
}

OUTCOME unit_change_preview(struct ask *ask, const struct unit_change *c, struct unit_change_preview *out)
{
	DB_TRANSACTION(tx, ask->db);             /* left open: what is done below goes with it */
	struct branch branch = { .name = "" };
	struct unit to = { .name = "" };

	*out = (struct unit_change_preview){ .authority = "", .new_authority = "" };
	TRY(before(ask, c, &out->unit));
	TRY(unit_weigh(ask, &out->unit, &out->weight));
	TRY(fill_years(ask, c, out));
	if (branch_get(ask, c->unit_id, &branch) == FAILED || (c->to_id && tree_get_last(ask, c->to_id, &to) == FAILED))
		return FAILED;
	out->branch = branch.name;
	out->to_name = to.name;
	TRY(fill_officers(ask, c, out));
	return fill_after(ask, c, out);
}

/* ---- the act ---- */

static const char *plan_of(struct ask *ask, const struct unit_change *c, const struct unit *was, struct buf *text,
			   struct json_out *plan)
{
	json_put_key(plan, "version");
	json_put_int(plan, was->version + 1);
	json_put_key(plan, "code");
	json_put_text(plan, was->code);
	json_put_key(plan, "name");
	json_put_text(plan, was->name);
	json_put_key(plan, "kind");
	json_put_text(plan, was->kind);
	json_put_key(plan, "parent");
	json_put_int(plan, was->parent_id);
	json_put_key(plan, "from");
	json_put_text(plan, was->from_day);
	json_put_key(plan, "new_name");
	json_put_text(plan, c->act == TRANSFER_RENAMED ? c->name : was->name);
	json_put_key(plan, "into");
	json_put_int(plan, c->act == TRANSFER_CLOSED ? c->to_id : 0);
	json_end(plan);
	return buf_cstr(text);
}

OUTCOME unit_change_make(struct ask *ask, const struct unit_change *c, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	struct buf text = BUF(ask->arena, .max = 64 * KiB);
	struct json_out plan = { .out = &text };
	struct transfer t = { .act = c->act, .unit_id = c->unit_id, .to_id = c->to_id, .from_day = c->day, .reason = c->reason,
		.state = TRANSFER_DONE };
	struct unit was, to = { 0 };
	struct unit_weight weight;

	TRY(before(ask, c, &was));
	TRY(unit_weigh(ask, &was, &weight));
	TRY(apply(ask, c));
	json_begin_object(&plan);
	if (c->act == TRANSFER_CLOSED) {
		if (c->to_id)
			TRY(tree_get_last(ask, c->to_id, &to));
		TRY(unit_roles_follow(ask, &(struct id_list){ 1, &c->unit_id }, c->to_id ? &to : NULL, c->reason, &plan));
		t.to_id = c->to_id ? c->to_id : was.parent_id;           /* where the closed one is looked for */
	}
	t.people = weight.people;
	t.plan = plan_of(ask, c, &was, &text, &plan);
	TRY(transfer_add(ask, &t));
	*id = t.id;
	return db_commit(&tx);
}

/* ---- back ---- */

static struct unit_take_back plan_read(const struct transfer *t, const struct json *plan, const char *reason)
{
	struct unit_take_back back = {
		.id = t->unit_id, .closed = t->act == TRANSFER_CLOSED, .day = t->from_day, .reason = reason};

	back.version = json_int(json_member(plan, "version"), 1, INT64_MAX);
	back.into_id = json_int(json_member(plan, "into"), 0, INT64_MAX);
	back.was = (struct unit){.id = t->unit_id,
				 .code = json_text(json_member(plan, "code"), UNIT_CODE_MAX),
				 .name = json_text(json_member(plan, "name"), UNIT_NAME_MAX),
				 .kind = json_text(json_member(plan, "kind"), UNIT_CODE_MAX),
				 .parent_id = json_int(json_member(plan, "parent"), 0, INT64_MAX),
				 .from_day = json_text(json_member(plan, "from"), DAY_LEN)};
	return back;
}

OUTCOME unit_change_names(struct ask *ask, const struct transfer *t, const char **before, const char **after)
{
	const struct json *plan;

	TRY(json_parse(ask->arena, (struct bytes){ t->plan, strlen(t->plan) }, ask->problems, &plan));
	*before = json_text(json_member(plan, "name"), UNIT_NAME_MAX);
	*after = json_text(json_member(plan, "new_name"), UNIT_NAME_MAX);
	return OK;
}

/* Sheets that came onto a list of the new commune since: that list would speak of people who were never there. */
static OUTCOME check_lists(struct ask *ask, const struct transfer *t)
{
	int64_t listed;
	struct unit to;

	if (t->act != TRANSFER_MOVED)
		return OK;
	TRY(sql_listed_at(ask, t->unit_id, t->to_id, &listed));
	TRY(tree_get_last(ask, t->to_id, &to));
	if (listed)
		problem(ask->problems, "", unit_listed_since(ask->arena, listed, to.name));
	return OK;
}

OUTCOME unit_change_undo(struct ask *ask, const struct transfer *t, const char *reason)
{
	const struct json *plan;
	struct unit_take_back back;

	TRY(json_parse(ask->arena, (struct bytes){ t->plan, strlen(t->plan) }, ask->problems, &plan));
	back = plan_read(t, plan, reason);
	TRY(check_lists(ask, t));
	TRY(unit_take_back(ask, &back));
	return unit_roles_back(ask, plan, reason);
}
