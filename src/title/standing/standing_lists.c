/* The people behind a figure. */
#include "title/standing/standing.h"

#include <stdlib.h>
#include <string.h>

#include "registry/tree/tree.h"
#include "standing_sql.h"

enum { LIST_PAGE = 100 };

/* Lines of several states, a page of each at most. */
struct gathered { struct arena *arena; struct standing_line *at; size_t n, room; };

static struct standing_line *room_for(struct gathered *g, size_t more)
{
	if (g->n + more > g->room) {
		g->room = g->n + more > 2 * g->room ? g->n + more : 2 * g->room;
		g->at = arena_grow(g->arena, g->at, g->n * sizeof *g->at, g->room * sizeof *g->at);
	}
	return g->at + g->n;
}

/* The first 100 of one state after a row, so far only who and where in the order. */
#define TAKE_KEYS(rows) \
	struct standing_line *out = room_for(g, got); \
\
	for (size_t i = 0; i < got; i++) \
		out[i] = (struct standing_line){ .person_id = (rows)[i].person_id, .name = "", .birth = "", .leaf_name = "", \
			.state = state, .name_key = (rows)[i].name_key }; \
	g->n += got

/* The same of statements that had to read the rows anyway. */
#define TAKE_LINES(rows) \
	struct standing_line *out = room_for(g, got); \
\
	for (size_t i = 0; i < got; i++) \
		out[i] = (struct standing_line){ .person_id = (rows)[i].person_id, .leaf_id = (rows)[i].leaf_id, .name = "", \
			.birth = "", .leaf_name = "", .state = (enum sheet_state)(rows)[i].state, .total = (rows)[i].total, \
			.name_key = (rows)[i].name_key }; \
	g->n += got

static OUTCOME list_state(struct ask *ask, int64_t round_id, const struct unit *unit, enum sheet_state state,
	const struct standing_line *after, struct gathered *g)
{
	struct bytes key = after ? after->name_key : (struct bytes){ "", 0 };
	int64_t id = after ? after->person_id : 0;
	size_t got;

	if (unit->level == LEVEL_LEAF) {
		struct sql_standing_of_leaf_row *rows;

		TRY(sql_standing_of_leaf(ask, round_id, unit->id, (int64_t)state, key, id, &rows, &got));
		TAKE_KEYS(rows);
	} else if (unit->level == LEVEL_PROVINCE) {
		struct sql_standing_of_province_row *rows;

		TRY(sql_standing_of_province(ask, round_id, unit->id, (int64_t)state, key, id, &rows, &got));
		TAKE_KEYS(rows);
	} else {
		struct sql_standing_of_commune_row *rows;

		TRY(sql_standing_of_commune(ask, round_id, unit->id, (int64_t)state, key, id, &rows, &got));
		TAKE_KEYS(rows);
	}
	return OK;
}

static int by_person(const void *id, const void *row)
{
	int64_t a = *(const int64_t *)id, b = ((const struct sql_standing_names_row *)row)->id;

	return (a > b) - (a < b);
}

static OUTCOME name_lines(struct ask *ask, int64_t round_id, struct standing_line *lines, size_t n)
{
	int64_t *ids = ARENA_ARRAY(ask->arena, int64_t, n), *leaves = ARENA_ARRAY(ask->arena, int64_t, n);
	struct sql_standing_names_row *rows, *row;
	struct unit_names names;
	size_t got;

	for (size_t i = 0; i < n; i++)
		ids[i] = lines[i].person_id;
	TRY(sql_standing_names(ask, round_id, (struct id_list){ n, ids }, &rows, &got));
	for (size_t i = 0; i < n; i++) {
		row = got ? bsearch(&lines[i].person_id, rows, got, sizeof *rows, by_person) : NULL;
		if (!row)
			continue;
		lines[i].name = row->name;
		lines[i].birth = row->birth;
		lines[i].leaf_id = row->leaf_id;
		lines[i].total = row->total;
		leaves[i] = row->leaf_id;
	}
	TRY(tree_names(ask, (struct id_list){ n, leaves }, figures_own_day(ask, round_id), true, &names));
	for (size_t i = 0; i < n; i++)
		lines[i].leaf_name = unit_name_of(&names, leaves[i]);
	return OK;
}

static OUTCOME first_lines(struct ask *ask, int64_t round_id, struct gathered *g, struct standing_lines *out)
{
	if (g->n > 1)
		qsort(g->at, g->n, sizeof *g->at, standing_line_order);
	*out = (struct standing_lines){ g->n < LIST_PAGE ? g->n : LIST_PAGE, g->at };
	return name_lines(ask, round_id, g->at, out->n);
}

OUTCOME standing_list(struct ask *ask, int64_t round_id, int64_t unit_id, unsigned states, const struct standing_line *after,
	struct standing_lines *out)
{
	struct gathered lines = { .arena = ask->arena };
	struct unit unit;

	TRY(tree_get_last(ask, unit_id, &unit));
	for (int state = 0; state < SHEET_STATE_N; state++)
		if (states & 1u << state)
			TRY(list_state(ask, round_id, &unit, (enum sheet_state)state, after, &lines));
	return first_lines(ask, round_id, &lines, out);
}

static OUTCOME list_crowd(struct ask *ask, const struct unit *unit, const struct sql_standing_crowd_of_commune_in *in,
	struct gathered *g)
{
	size_t got;

	if (unit->level == LEVEL_LEAF) {
		struct sql_standing_crowd_of_leaf_row *rows;

		TRY(sql_standing_crowd_of_leaf(ask, &(struct sql_standing_crowd_of_leaf_in){ .round_id = in->round_id,
			.leaf_id = in->commune_id, .state = in->state, .after_key = in->after_key, .after_id = in->after_id,
			.group_code = in->group_code, .sex = in->sex, .age_from = in->age_from }, &rows, &got));
		TAKE_LINES(rows);
	} else {
		struct sql_standing_crowd_of_commune_row *rows;

		TRY(sql_standing_crowd_of_commune(ask, in, &rows, &got));
		TAKE_LINES(rows);
	}
	return OK;
}

OUTCOME standing_list_of_crowd(struct ask *ask, int64_t round_id, int64_t unit_id, unsigned states,
	const struct standing_crowd *crowd, const struct standing_line *after, struct standing_lines *out)
{
	struct gathered lines = { .arena = ask->arena };
	struct unit unit;

	TRY(tree_get_last(ask, unit_id, &unit));
	if (unit.level < LEVEL_COMMUNE)
		return NOT_FOUND;
	for (int state = 0; state < SHEET_STATE_N; state++)
		if (states & 1u << state)
			TRY(list_crowd(ask, &unit, &(struct sql_standing_crowd_of_commune_in){ .round_id = round_id,
				.commune_id = unit_id, .state = state, .after_key = after ? after->name_key
				: (struct bytes){ "", 0 },
				.after_id = after ? after->person_id : 0, .group_code = crowd->group, .sex = crowd->sex,
				.age_from = crowd->age_from }, &lines));
	return first_lines(ask, round_id, &lines, out);
}

static OUTCOME list_target(struct ask *ask, const struct unit *unit, const struct sql_standing_target_of_commune_in *in,
	struct gathered *g)
{
	size_t got;

	if (unit->level == LEVEL_LEAF) {
		struct sql_standing_target_of_leaf_row *rows;

		TRY(sql_standing_target_of_leaf(ask, &(struct sql_standing_target_of_leaf_in){ .round_id = in->round_id,
			.leaf_id = in->commune_id, .state = in->state, .after_key = in->after_key, .after_id = in->after_id,
			.mask = in->mask, .wanted = in->wanted }, &rows, &got));
		TAKE_LINES(rows);
	} else {
		struct sql_standing_target_of_commune_row *rows;

		TRY(sql_standing_target_of_commune(ask, in, &rows, &got));
		TAKE_LINES(rows);
	}
	return OK;
}

OUTCOME standing_list_of_target(struct ask *ask, int64_t round_id, int64_t unit_id, int target, enum target_part part,
	const struct standing_line *after, struct standing_lines *out)
{
	struct gathered lines = { .arena = ask->arena };
	unsigned below = target_flags(target, false), all = target_flags(target, true);
	struct unit unit;

	TRY(tree_get_last(ask, unit_id, &unit));
	if (unit.level < LEVEL_COMMUNE)
		return NOT_FOUND;
	for (int state = 0; state < SHEET_STATE_N; state++)
		if (state != SHEET_WITHDRAWN)
			TRY(list_target(ask, &unit, &(struct sql_standing_target_of_commune_in){ .round_id = round_id,
				.commune_id = unit_id, .state = state, .after_key = after ? after->name_key : (struct bytes){ "", 0 },
				.after_id = after ? after->person_id : 0, .mask = part == TARGET_DENOMINATOR ? below : all,
				.wanted = part == TARGET_NUMERATOR ? all : below }, &lines));
	return first_lines(ask, round_id, &lines, out);
}
