/* People go to another leaf, and back. */
#include <string.h>

#include "base/day.h"
#include "db/transaction.h"
#include "registry/access/access.h"
#include "registry/people/people.h"
#include "title/transfers/transfers_messages.h"
#include "title/transfers/transfers_store.h"
#include "transfers_sql.h"

static const char *today(const struct ask *ask) { return arena_text(ask->arena, day_of(ask->now).text); }

/* ---- rules ---- */

static void check_day(struct ask *ask, const char *day)
{
	const char *first = arena_text(ask->arena, day_add(today(ask), -TRANSFER_DAYS_BACK).text),
		*last = arena_text(ask->arena, day_add(today(ask), TRANSFER_DAYS_AHEAD).text);

	if (!day_is_whole(day) || strcmp(day, first) < 0 || strcmp(day, last) > 0)
		problem(ask->problems, "from_day", transfer_day_wrong(ask->arena, first, last));
}

static OUTCOME check_target(struct ask *ask, int64_t to_leaf)
{
	struct unit unit;
	enum outcome found = to_leaf ? tree_get(ask, to_leaf, today(ask), &unit) : NOT_FOUND;
	bool may;

	if (found == FAILED)
		return FAILED;
	if (found != OK || unit.level != LEVEL_LEAF) {
		problem(ask->problems, "to", TRANSFER_TO_WRONG);
		return OK;
	}
	TRY(access_may_on(ask, PERMIT_PERSON_EDIT, to_leaf, &may));
	if (!may)
		problem(ask->problems, "to", TRANSFER_TO_FOREIGN);
	return OK;
}

static OUTCOME check_person(struct ask *ask, const struct sql_people_places_row *p, int64_t *leaf, bool *may)
{
	if (p->leaf_id != *leaf) {
		*leaf = p->leaf_id;
		TRY(access_may_on(ask, PERMIT_PERSON_EDIT, p->leaf_id, may));
	}
	if (!*may)
		problem(ask->problems, "people", transfer_person_foreign(ask->arena, p->name));
	else if (p->condition != PERSON_ACTIVE)
		problem(ask->problems, "people", transfer_person_gone(ask->arena, p->name));
	return OK;
}

/* ---- before ---- */

OUTCOME transfer_people_preview(struct ask *ask, const struct people_move *m, struct people_move_preview *out)
{
	struct sql_people_places_row *rows;
	struct moved_person *list;
	int64_t leaf = 0;
	bool may = false;
	size_t n;

	*out = (struct people_move_preview){ 0 };
	TRY(sql_people_places(ask, day_year(*m->from_day ? m->from_day : today(ask)), m->people, &rows, &n));
	list = ARENA_ARRAY(ask->arena, struct moved_person, n);
	for (size_t i = 0; i < n; i++) {
		list[i] = (struct moved_person){ rows[i].id, rows[i].leaf_id, rows[i].name, rows[i].birth, rows[i].leaf_name,
			rows[i].goes,
			rows[i].stays, rows[i].leaf_id == m->to_leaf };
		TRY(check_person(ask, &rows[i], &leaf, &may));
		if (list[i].is_there)
			continue;
		out->moving++;
		out->goes += rows[i].goes;
		out->stays += rows[i].stays;
	}
	out->at = list;
	out->n = n;
	if (!n)
		problem(ask->problems, "people", TRANSFER_NOBODY);
	TRY(check_target(ask, m->to_leaf));
	check_day(ask, m->from_day);
	transfer_check_reason(ask, m->reason);
	if (n && !out->moving)
		problem(ask->problems, "to", TRANSFER_ALL_THERE);
	return problems_none(ask->problems) ? OK : INVALID;
}

OUTCOME transfer_people_of_leaf(struct ask *ask, int64_t leaf_id, struct id_list *out)
{
	struct sql_people_of_leaf_ids_row *rows;
	int64_t *ids;

	TRY(access_require(ask, PERMIT_PERSON_READ, leaf_id));
	TRY(sql_people_of_leaf_ids(ask, leaf_id, &rows, &out->n));
	ids = ARENA_ARRAY(ask->arena, int64_t, out->n);
	for (size_t i = 0; i < out->n; i++)
		ids[i] = rows[i].id;
	out->at = ids;
	return OK;
}

/* ---- moving ---- */

/* Memory is one person's: each is moved in an arena of its own, emptied before the next. */
static OUTCOME move_one(struct ask *row, int64_t id, int64_t leaf, const struct person_place *exact, const char *reason)
{
	arena_reset(row->arena);
	return person_move(row, id, leaf, exact, reason);
}

static OUTCOME move_all(struct ask *ask, int64_t transfer_id, const char *reason)
{
	struct sql_transfer_people_row *rows;
	struct ask row = *ask;
	struct person p;
	enum outcome done = OK;
	size_t n;

	TRY(sql_transfer_people(ask, transfer_id, &rows, &n));
	row.arena = arena_new(2 * MiB);
	for (size_t i = 0; i < n && done == OK; i++) {
		arena_reset(row.arena);
		done = person_get(&row, rows[i].person_id, &p);
		/* a move that waited finds somebody gone elsewhere meanwhile: that one stays there */
		if (done == OK && p.condition == PERSON_ACTIVE && p.leaf_id == rows[i].from_leaf)
			done = move_one(&row, rows[i].person_id, rows[i].to_leaf, NULL, reason);
	}
	arena_free(row.arena);
	return done;
}

static OUTCOME note_people(struct ask *ask, const struct people_move *m, int64_t transfer_id)
{
	struct sql_people_places_row *rows;
	size_t n;

	TRY(sql_people_places(ask, day_year(m->from_day), m->people, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].leaf_id != m->to_leaf)
			TRY(sql_transfer_person_insert(ask, rows[i].id, transfer_id, rows[i].leaf_id, rows[i].hamlet_id,
				rows[i].organisation_id, m->to_leaf));
	return OK;
}

OUTCOME transfer_people(struct ask *ask, const struct people_move *m, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	struct people_move_preview preview;
	struct transfer t;

	TRY(transfer_people_preview(ask, m, &preview));
	t = (struct transfer){ .act = TRANSFER_PEOPLE, .unit_id = preview.at[0].from_leaf, .to_id = m->to_leaf,
		.from_day = m->from_day,
		.people = preview.moving, .reason = m->reason, .plan = "{}",
		.state = strcmp(m->from_day, today(ask)) > 0 ? TRANSFER_WAITS : TRANSFER_DONE };
	for (size_t i = 0; i < preview.n; i++)
		if (!preview.at[i].is_there)
			t.unit_id = preview.at[i].from_leaf;
	TRY(transfer_add(ask, &t));
	TRY(note_people(ask, m, t.id));
	if (t.state == TRANSFER_DONE)
		TRY(move_all(ask, t.id, m->reason));
	*id = t.id;
	return db_commit(&tx);
}

OUTCOME transfer_people_of(struct ask *ask, int64_t transfer_id, struct transfer_people_list *out)
{
	struct sql_transfer_people_row *rows;
	struct moved_person *list;
	size_t n;

	TRY(sql_transfer_people(ask, transfer_id, &rows, &n));
	list = ARENA_ARRAY(ask->arena, struct moved_person, n);
	for (size_t i = 0; i < n; i++) {
		struct person p;
		struct unit leaf;

		TRY(person_get(ask, rows[i].person_id, &p));
		TRY(tree_get_last(ask, rows[i].from_leaf, &leaf));
		list[i] = (struct moved_person){ .id = p.id, .from_leaf = rows[i].from_leaf, .name = p.name, .birth = p.birth,
			.leaf_name = leaf.name };
	}
	*out = (struct transfer_people_list){ n, list };
	return OK;
}

/* ---- their day ---- */

static OUTCOME carry_out(struct ask *ask, int64_t id)
{
	DB_TRANSACTION(tx, ask->db);
	struct transfer t;

	TRY(transfer_read(ask, id, &t));
	TRY(move_all(ask, id, t.reason));
	TRY(sql_transfer_set_state(ask, TRANSFER_DONE, id, t.version));
	t.version++;
	TRY(transfer_trace(ask, &t));
	return db_commit(&tx);
}

OUTCOME transfers_due(struct ask *ask, int64_t *done)
{
	struct sql_transfers_due_row *rows;
	size_t n;

	TRY(sql_transfers_due(ask, today(ask), &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(carry_out(ask, rows[i].id));
	*done = (int64_t)n;
	return OK;
}

/* ---- back ---- */

OUTCOME people_undo(struct ask *ask, const struct transfer *t, const char *reason)
{
	struct sql_transfer_people_row *rows;
	struct ask row = *ask;
	enum outcome done = OK;
	struct person p;
	size_t n;

	TRY(sql_transfer_people(ask, t->id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(person_get(ask, rows[i].person_id, &p));
		if (p.condition != PERSON_ACTIVE || p.leaf_id != rows[i].to_leaf)
			problem(ask->problems, "", transfer_person_elsewhere(ask->arena, p.name));
	}
	if (!problems_none(ask->problems))
		return INVALID;
	row.arena = arena_new(2 * MiB);
	for (size_t i = 0; i < n && done == OK; i++)
		done = move_one(&row, rows[i].person_id, rows[i].from_leaf, &(struct person_place){ rows[i].from_leaf,
		rows[i].from_hamlet,
			rows[i].from_organisation }, reason);
	arena_free(row.arena);
	return done;
}
