/* The row of an act: made, read, undone. */
#include "title/transfers/transfers.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "db/transaction.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "text/text.h"
#include "title/transfers/transfers_messages.h"
#include "title/transfers/transfers_store.h"
#include "transfers_sql.h"

const char *transfer_act_label(enum transfer_act act)
{
	static const char *const labels[] = { "", "Chuyển người", "Gộp người ghi trùng", "Nhập đơn vị", "Chia ấp, khu phố",
		"Xếp ấp, đơn vị vào xã mới", "Đổi tên đơn vị", "Chuyển nơi trực thuộc", "Đóng đơn vị" };

	return labels[act];
}

bool transfer_is_of_units(enum transfer_act act) { return act >= TRANSFER_UNITS; }

#define TRANSFER_OF(r) ((struct transfer){ .id = (r).id, .version = (r).version, .act = (enum transfer_act)(r).act, \
	.unit_id = (r).unit_id, .to_id = (r).to_id, .from_day = (r).from_day, .reason = (r).reason, .plan = (r).plan, .actor = (r).actor, \
	.people = (r).people, .account_id = (r).account_id, .made_at = (r).made_at, .state = (enum transfer_state)(r).state })

void transfer_check_reason(struct ask *ask, const char *reason)
{
	if (text_length(reason) < TRANSFER_REASON_MIN)
		problem(ask->problems, "reason", TRANSFER_REASON_SHORT);
}

OUTCOME transfer_read(struct ask *ask, int64_t id, struct transfer *out)
{
	struct sql_transfer_get_row row;

	TRY(sql_transfer_get(ask, id, &row));
	*out = TRANSFER_OF(row);
	return OK;
}

OUTCOME transfer_add(struct ask *ask, struct transfer *t)
{
	t->version = 1;
	t->account_id = ask->actor ? ask->actor->account_id : 0;
	t->actor = ask->actor ? ask->actor->name : "";
	t->made_at = ask->now;
	TRY(tree_new_id(ask, "transfer", &t->id));
	TRY(sql_transfer_insert(ask, &(struct sql_transfer_insert_in){ .id = t->id, .act = (int64_t)t->act, .unit_id = t->unit_id,
		.to_id = t->to_id, .from_day = t->from_day, .people = t->people, .reason = t->reason, .plan = t->plan,
		.state = (int64_t)t->state, .account_id = t->account_id, .actor = t->actor, .made_at = t->made_at }));
	return transfer_trace(ask, t);
}

OUTCOME transfer_trace(struct ask *ask, const struct transfer *t)
{
	return audit_add(ask, &(struct audit_entry){ .action = AUDIT_TRANSFER_MADE, .subject = "transfer", .subject_id = t->id,
		.version = t->version, .unit_id = t->unit_id, .reason = t->reason,
		.new = audit_json(ask->arena, "what", transfer_act_label(t->act), "from", t->from_day, NULL) });
}

/* Reads people there, or edits units there. */
static OUTCOME may_see(struct ask *ask, int64_t unit_id, bool of_units, bool *out)
{
	bool edits = false;

	*out = false;
	if (!unit_id)
		return OK;
	TRY(access_may_on(ask, PERMIT_PERSON_READ, unit_id, out));
	if (of_units)
		TRY(access_may_on(ask, PERMIT_UNIT_EDIT, unit_id, &edits));
	*out |= edits;
	return OK;
}

OUTCOME transfer_get(struct ask *ask, int64_t id, struct transfer *out)
{
	bool from, to;

	TRY(transfer_read(ask, id, out));
	TRY(may_see(ask, out->unit_id, transfer_is_of_units(out->act), &from));
	TRY(may_see(ask, out->to_id, transfer_is_of_units(out->act), &to));
	return from || to ? OK : FORBIDDEN;
}

/* ---- of a unit ---- */

static int by_time(const void *a, const void *b)
{
	const struct transfer *x = a, *y = b;

	if (x->made_at != y->made_at)
		return x->made_at < y->made_at ? 1 : -1;
	return (x->id < y->id) - (x->id > y->id);
}

/* Nobody's role reaches a unit that has ended: it is seen from where it belonged. */
static OUTCOME require_place(struct ask *ask, int64_t unit_id, struct unit *unit)
{
	enum outcome found = tree_get(ask, unit_id, day_of(ask->now).text, unit);
	bool may;

	if (found == NOT_FOUND)
		TRY(tree_get_last(ask, unit_id, unit));
	else
		TRY(found);
	TRY(may_see(ask, found == OK ? unit_id : unit->parent_id, true, &may));
	return may ? OK : FORBIDDEN;
}

OUTCOME transfers_of_unit(struct ask *ask, int64_t unit_id, struct transfer_list *out)
{
	struct sql_transfers_from_row *from;
	struct sql_transfers_into_row *into;
	struct unit_list leaves = { 0 };
	struct transfer *list;
	size_t n_from, n_into;
	int64_t *ids;
	struct unit unit;

	TRY(require_place(ask, unit_id, &unit));
	if (unit.level != LEVEL_LEAF)
		TRY(tree_children(ask, unit_id, day_of(ask->now).text, NULL, &leaves));
	ids = ARENA_ARRAY(ask->arena, int64_t, leaves.n + 1);
	ids[0] = unit_id;
	for (size_t i = 0; i < leaves.n; i++)
		ids[i + 1] = leaves.at[i].id;
	TRY(sql_transfers_from(ask, (struct id_list){ leaves.n + 1, ids }, INT64_MAX, 0, &from, &n_from));
	TRY(sql_transfers_into(ask, (struct id_list){ leaves.n + 1, ids }, INT64_MAX, 0, &into, &n_into));
	list = ARENA_ARRAY(ask->arena, struct transfer, n_from + n_into);
	out->n = 0;
	for (size_t i = 0; i < n_from; i++)
		list[out->n++] = TRANSFER_OF(from[i]);
	for (size_t i = 0; i < n_into; i++) {
		bool there = false;

		for (size_t k = 0; k < n_from; k++)
			there |= list[k].id == into[i].id;
		if (!there)
			list[out->n++] = TRANSFER_OF(into[i]);
	}
	if (out->n > 1)
		qsort(list, out->n, sizeof *list, by_time);
	out->at = list;
	return OK;
}

/* ---- undoing ---- */

static OUTCOME undo_act(struct ask *ask, const struct transfer *t, const char *reason)
{
	switch (t->act) {
	case TRANSFER_PEOPLE:
		return t->state == TRANSFER_WAITS ? OK : people_undo(ask, t, reason);
	case TRANSFER_DUPLICATE:
		return duplicate_undo(ask, t, reason);
	case TRANSFER_UNITS:
		return units_undo(ask, t, reason);
	case TRANSFER_DIVIDED:
		return divided_undo(ask, t, reason);
	case TRANSFER_PLACED:
		return placed_undo(ask, t, reason);
	case TRANSFER_RENAMED: case TRANSFER_MOVED: case TRANSFER_CLOSED:
		return unit_change_undo(ask, t, reason);
	}
	return OK;
}

OUTCOME transfer_undo(struct ask *ask, int64_t id, int64_t version, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct transfer t;

	TRY(transfer_get(ask, id, &t));
	transfer_check_reason(ask, reason);
	if (t.state == TRANSFER_UNDONE)
		problem(ask->problems, "", TRANSFER_UNDONE_ALREADY);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(undo_act(ask, &t, reason));
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(sql_transfer_set_state(ask, TRANSFER_UNDONE, id, version));
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_TRANSFER_UNDONE, .subject = "transfer", .subject_id = id,
		.version = version + 1, .unit_id = t.unit_id, .reason = reason,
		.new = audit_json(ask->arena, "what", transfer_act_label(t.act), NULL) }));
	return db_commit(&tx);
}
