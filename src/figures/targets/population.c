/* The official adult population: per unit and year, with its source. */
#include <string.h>

#include "base/day.h"
#include "db/transaction.h"
#include "figures/targets/targets.h"
#include "figures/targets/targets_messages.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "registry/tree/tree.h"
#include "targets_sql.h"
#include "text/csv.h"
#include "text/parse.h"
#include "text/text.h"

enum { ADULTS_MAX = 20000000, SOURCE_MIN = 3, TREE_PAGE = 500, FILE_LINES = 4000 };

OUTCOME population_get(struct ask *ask, int64_t round_id, int64_t unit_id, struct population *out)
{
	struct sql_population_row_row row;

	*out = (struct population){ .source = "", .as_of = "" };
	TRY(sql_population_row(ask, round_id, unit_id, &row));
	*out = (struct population){ row.adults, row.version, row.source, row.as_of };
	return OK;
}

OUTCOME population_of_units(struct ask *ask, int64_t round_id, const int64_t *units, size_t n, struct population *out)
{
	struct sql_population_rows_row *rows;
	size_t got;

	TRY(sql_population_rows(ask, round_id, (struct id_list){ n, units }, &rows, &got));
	for (size_t i = 0; i < n; i++) {
		out[i] = (struct population){ .source = "", .as_of = "" };
		for (size_t r = 0; r < got; r++)
			if (rows[r].unit_id == units[i])
				out[i] = (struct population){ rows[r].adults, rows[r].version, rows[r].source, rows[r].as_of };
	}
	return OK;
}

/* Communes and districts below; a province's own organisations have no population of their own. */
static OUTCOME sum_below(struct ask *ask, int64_t round_id, const struct unit *unit, struct maybe *out)
{
	struct unit_list children;
	struct population *list;
	int64_t *ids;

	*out = NONE;
	TRY(tree_children(ask, unit->id, figures_own_day(ask, round_id), NULL, &children));
	ids = ARENA_ARRAY(ask->arena, int64_t, children.n);
	list = ARENA_ARRAY(ask->arena, struct population, children.n);
	for (size_t i = 0; i < children.n; i++)
		ids[i] = children.at[i].id;
	TRY(population_of_units(ask, round_id, ids, children.n, list));
	*out = SOME(0);
	for (size_t i = 0; i < children.n && out->is; i++) {
		struct maybe one = list[i].version ? SOME(list[i].adults) : NONE;

		if (children.at[i].level == LEVEL_LEAF)
			continue;
		if (!one.is && children.at[i].level == LEVEL_DISTRICT)
			TRY(sum_below(ask, round_id, &children.at[i], &one));
		*out = one.is ? SOME(out->value + one.value) : NONE;
	}
	if (!children.n)
		*out = NONE;
	return OK;
}

OUTCOME population_adults(struct ask *ask, int64_t round_id, int64_t unit_id, struct maybe *out)
{
	struct population own;
	struct unit unit;
	enum outcome found = population_get(ask, round_id, unit_id, &own);

	*out = NONE;
	if (found == OK) {
		*out = SOME(own.adults);
		return OK;
	}
	if (found != NOT_FOUND)
		return found;
	TRY(tree_get_last(ask, unit_id, &unit));
	return unit.level < LEVEL_COMMUNE ? sum_below(ask, round_id, &unit, out) : OK;
}

OUTCOME population_restated(struct ask *ask, int64_t round_id, int64_t unit_id, const struct id_list *before, bool whole,
	struct maybe *out)
{
	struct maybe one;

	TRY(population_adults(ask, round_id, unit_id, out));
	if (out->is || !whole || !before->n)
		return OK;
	*out = SOME(0);
	for (size_t i = 0; i < before->n && out->is; i++) {
		TRY(population_adults(ask, round_id, before->at[i], &one));
		*out = one.is ? SOME(out->value + one.value) : NONE;
	}
	return OK;
}

static void check(struct ask *ask, const struct population *p, const char *line)
{
	const char *fields[] = { "adults", "source", "as_of" }, *what[] = { NULL, NULL, NULL };

	if (p->adults < 0 || p->adults > ADULTS_MAX)
		what[0] = POPULATION_ADULTS_WRONG;
	if (text_length(p->source) < SOURCE_MIN)
		what[1] = POPULATION_SOURCE_SHORT;
	if (!day_is_whole(p->as_of))
		what[2] = POPULATION_DAY_WRONG;
	else if (strcmp(p->as_of, day_of(ask->now).text) > 0)
		what[2] = POPULATION_DAY_LATE;
	for (size_t i = 0; i < COUNT(what); i++)
		if (what[i])
			problem(ask->problems, *line ? "file" : fields[i], arena_format(ask->arena, "%s%s", line, what[i]));
}

static const char *json_of(struct arena *arena, const struct population *p)
{
	return audit_json(arena, "adults", arena_format(arena, "%lld", (long long)p->adults), "source", p->source, "as_of",
		p->as_of, NULL);
}

static OUTCOME write(struct ask *ask, int64_t round_id, int64_t unit_id, const struct population *old, const struct population *p)
{
	if (p->version)
		TRY(sql_population_update(ask, p->adults, p->source, p->as_of, round_id, unit_id, p->version));
	else
		TRY(sql_population_insert(ask, round_id, unit_id, p->adults, p->source, p->as_of));
	return audit_add(ask, &(struct audit_entry){ .action = AUDIT_POPULATION_SET, .subject = "population",
		.subject_id = round_id,
		.version = p->version + 1, .unit_id = unit_id, .old = old ? json_of(ask->arena, old) : NULL,
		.new = json_of(ask->arena, p) });
}

OUTCOME population_set(struct ask *ask, int64_t round_id, int64_t unit_id, const struct population *p)
{
	DB_TRANSACTION(tx, ask->db);
	struct population old;
	struct unit unit;
	enum outcome found;

	TRY(tree_get_last(ask, unit_id, &unit));
	TRY(access_require(ask, PERMIT_FIGURES_EDIT, unit_id));
	check(ask, p, "");
	if (!problems_none(ask->problems))
		return INVALID;
	found = population_get(ask, round_id, unit_id, &old);
	if (found == FAILED)
		return FAILED;
	TRY(write(ask, round_id, unit_id, found == OK ? &old : NULL, p));
	return db_commit(&tx);
}

/* ---- a file ---- */

struct line { size_t at; int64_t unit_id; const char *code; struct population is; };

static OUTCOME read_line(struct ask *ask, const struct csv *csv, const struct csv_row *row, const char *day, struct line *out)
{
	const char *line = population_line(ask->arena, row->line, "");
	const char *as_of = csv_cell(row, csv_column(csv, "as of"));
	struct unit unit;
	enum outcome found;

	*out = (struct line){ .at = row->line, .code = csv_cell(row, csv_column(csv, "code|ma")),
		.is = { .adults = -1, .source = csv_cell(row, csv_column(csv, "source")), .as_of = "" } };
	text_to_amount(csv_cell(row, csv_column(csv, "adults")), 0, ADULTS_MAX, &out->is.adults);
	text_to_day(ask->arena, as_of, &out->is.as_of);
	check(ask, &out->is, line);
	found = tree_by_code(ask, out->code, day, &unit);
	if (found == NOT_FOUND) {
		problem(ask->problems, "file", population_line(ask->arena, row->line, population_unit_unknown(ask->arena,
			out->code)));
		return OK;
	}
	TRY(found);
	out->unit_id = unit.id;
	return access_require(ask, PERMIT_FIGURES_EDIT, unit.id);
}

static void check_twice(struct ask *ask, const struct line *lines, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (lines[i].unit_id && lines[i].unit_id == lines[k].unit_id) {
				problem(ask->problems, "file", population_line(ask->arena, lines[i].at,
					population_unit_twice(ask->arena, lines[i].code, lines[k].at)));
				break;
			}
}

static OUTCOME write_lines(struct ask *ask, int64_t round_id, struct line *lines, size_t n, struct population_counts *out)
{
	struct population *old = ARENA_ARRAY(ask->arena, struct population, n);
	int64_t *ids = ARENA_ARRAY(ask->arena, int64_t, n);

	for (size_t i = 0; i < n; i++)
		ids[i] = lines[i].unit_id;
	TRY(population_of_units(ask, round_id, ids, n, old));
	for (size_t i = 0; i < n; i++) {
		struct population *now = &lines[i].is;

		now->version = old[i].version;
		if (old[i].version && old[i].adults == now->adults && !strcmp(old[i].source, now->source) &&
			!strcmp(old[i].as_of, now->as_of))
			continue;
		TRY(write(ask, round_id, lines[i].unit_id, old[i].version ? &old[i] : NULL, now));
		out->written++;
	}
	return OK;
}

OUTCOME population_import(struct ask *ask, int64_t round_id, struct bytes file, struct population_counts *out)
{
	DB_TRANSACTION(tx, ask->db);
	const char *day = figures_own_day(ask, round_id);
	struct line *lines;
	struct csv csv;

	*out = (struct population_counts){ 0 };
	TRY(access_require(ask, PERMIT_FIGURES_EDIT, 0));
	if (!csv_read(ask->arena, file, ask->problems, &csv))
		return INVALID;
	if (csv.n > FILE_LINES || csv_column(&csv, "code|ma") < 0 || csv_column(&csv, "adults") < 0 || csv_column(&csv,
		"source") < 0 ||
	    csv_column(&csv, "as of") < 0) {
		problem(ask->problems, "file", POPULATION_COLUMNS);
		return INVALID;
	}
	lines = ARENA_ARRAY(ask->arena, struct line, csv.n);
	for (size_t i = 0; i < csv.n; i++)
		TRY(read_line(ask, &csv, &csv.rows[i], day, &lines[i]));
	check_twice(ask, lines, csv.n);
	if (!problems_none(ask->problems))
		return INVALID;
	out->lines = (int64_t)csv.n;
	TRY(write_lines(ask, round_id, lines, csv.n, out));
	return db_commit(&tx);
}
