/* Lists of units as files. Everything is read and checked first, with all problems by line; only then is anything written.
 * The state's lists are a few thousand lines: they and the units of the day before stand in memory, found by code. */
#include "registry/units/units.h"

#include <stdlib.h>
#include <string.h>

#include "db/transaction.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "registry/units/units_messages.h"
#include "text/csv.h"
#include "text/parse.h"
#include "text/text.h"

struct line {
	size_t at;                       /* of the file */
	const char *code, *name, *kind, *parent_code;
	enum unit_level level;
	int64_t id;                      /* the unit it continues or opens, once known */
	const struct unit *continues;
};

struct import {
	struct ask *ask;
	const char *from_day, *until_day, *day_before;
	struct line *lines;
	size_t n;
	struct unit_list before, now;    /* units of the day before and of from_day, by level then code */
	struct import_counts *counts;
};

static void fault(struct import *im, size_t line, const char *what)
{
	problem(im->ask->problems, "file", unit_import_line(im->ask->arena, line, what));
}

static bool is_state_code(const char *code, bool has_parent)
{
	size_t len = strlen(code);

	return strspn(code, "0123456789") == len && (has_parent ? len == 3 || len == 5 : len == 2);
}

static int line_by_code(const void *a, const void *b)
{
	return strcmp(((const struct line *)a)->code, ((const struct line *)b)->code);
}

static struct line *find_line(const struct import *im, const char *code)
{
	struct line key = { .code = code };

	return bsearch(&key, im->lines, im->n, sizeof key, line_by_code);
}

static const struct unit *find_unit(const struct unit_list *list, const char *code)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->at[i].code, code))
			return &list->at[i];
	return NULL;
}

static const struct unit *unit_by_id(const struct unit_list *list, int64_t id)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].id == id)
			return &list->at[i];
	return NULL;
}

static void read_line(struct import *im, const struct csv_row *row, const int columns[4])
{
	struct line *l = &im->lines[im->n];
	const char *kind = csv_cell(row, columns[2]);

	*l = (struct line){ .at = row->line, .code = csv_cell(row, columns[0]), .name = csv_cell(row, columns[1]),
		.parent_code = csv_cell(row, columns[3]) };
	l->kind = unit_kind_of_state(kind, *l->parent_code != '\0', &l->level);
	if (!is_state_code(l->code, *l->parent_code != '\0'))
		fault(im, row->line, unit_import_code(im->ask->arena, l->code));
	else if (!l->kind)
		fault(im, row->line, unit_import_kind(im->ask->arena, kind));
	else if (text_length(l->name) < 2 || text_length(l->name) > UNIT_NAME_MAX)
		fault(im, row->line, UNIT_NAME_SHORT);
	else
		im->n++;
}

static bool read_lines(struct import *im, struct bytes bytes)
{
	struct ask *ask = im->ask;
	struct csv csv;
	int columns[4];

	if (!csv_read(ask->arena, bytes, ask->problems, &csv))
		return false;
	columns[0] = csv_column(&csv, "code|ma");
	columns[1] = csv_column(&csv, "name|ten");
	columns[2] = csv_column(&csv, "kind|loai");
	columns[3] = csv_column(&csv, "parent code|ma cap tren");
	for (int i = 0; i < 4; i++)
		if (columns[i] < 0) {
			problem(ask->problems, "file", unit_import_column(ask->arena, "code, name, kind, parent_code"));
			return false;
		}
	im->lines = ARENA_ARRAY(ask->arena, struct line, csv.n);
	for (size_t i = 0; i < csv.n; i++)
		read_line(im, &csv.rows[i], columns);
	im->counts->lines = (int64_t)csv.n;
	qsort(im->lines, im->n, sizeof *im->lines, line_by_code);
	for (size_t i = 0; i < im->n; i++) {
		struct line *l = &im->lines[i], *parent = *l->parent_code ? find_line(im, l->parent_code) : NULL;

		if (i && !strcmp(l->code, im->lines[i - 1].code))
			fault(im, l->at, unit_import_twice(ask->arena, l->code, im->lines[i - 1].at));
		if (*l->parent_code && (!parent || parent->level >= l->level))
			fault(im, l->at, unit_import_parent(ask->arena, l->parent_code));
	}
	return problems_none(ask->problems);
}

static bool is_same(const struct unit *u, const struct line *l, int64_t parent_id)
{
	return u && !strcmp(u->name, l->name) && !strcmp(u->kind, l->kind) && u->parent_id == parent_id;
}

/* Parents first: which unit each line is. A line continues a version of the day before that is equal in code, name, kind and
 * parent, or one that this very list opened when it was read before. */
static void match_level(struct import *im, enum unit_level level)
{
	for (size_t i = 0; i < im->n; i++) {
		struct line *l = &im->lines[i];
		const struct unit *old, *holder;
		int64_t parent_id;

		if (l->level != level)
			continue;
		parent_id = *l->parent_code ? find_line(im, l->parent_code)->id : 0;
		old = find_unit(&im->before, l->code);
		holder = find_unit(&im->now, l->code);
		if (is_same(old, l, parent_id) && strcmp(old->until_day, im->from_day) > 0)
			l->continues = old;
		else if (is_same(holder, l, parent_id))
			l->continues = holder;
		else if (holder && !strcmp(holder->from_day, im->from_day))
			fault(im, l->at, unit_import_future(im->ask->arena, l->code, holder->from_day));
		l->id = l->continues ? l->continues->id : tree_state_id(l->code, im->from_day);
	}
}

/* A unit of the list's own provinces that no line continues, or the holder of a code that a new unit takes. */
static OUTCOME end_unit(struct import *im, const struct unit *u)
{
	struct ask *ask = im->ask;

	im->counts->ended++;
	TRY(tree_end(ask, u->id, u->version, im->from_day));
	return audit_add(ask, &(struct audit_entry){ .action = AUDIT_UNIT_CLOSED, .subject = "unit", .subject_id = u->id,
		.version = u->version + 1, .unit_id = u->id, .old = audit_json(ask->arena, "code", u->code, "name", u->name, NULL),
		.new = audit_json(ask->arena, "until", im->from_day, NULL) });
}

static const struct unit *top_of(const struct unit_list *list, const struct unit *u)
{
	while (u && u->level != LEVEL_PROVINCE)
		u = unit_by_id(list, u->parent_id);
	return u;
}

static bool is_of_the_lists_provinces(const struct import *im, const struct unit *u)
{
	u = top_of(&im->before, u);
	return u && find_line(im, u->code);
}

static OUTCOME end_what_is_over(struct import *im)
{
	for (size_t i = im->now.n; i-- > 0;) {          /* children before parents */
		const struct unit *u = &im->now.at[i];
		const struct line *l = find_line(im, u->code);

		if (l && l->continues && l->continues->id == u->id)
			continue;
		if (l || is_of_the_lists_provinces(im, u))
			TRY(end_unit(im, u));
	}
	return OK;
}

static OUTCOME add_level(struct import *im, enum unit_level level)
{
	struct ask *ask = im->ask;

	for (size_t i = 0; i < im->n; i++) {
		const struct line *l = &im->lines[i];
		struct unit_new new = { .id = l->id, .level = l->level, .code = l->code, .name = l->name, .kind = l->kind,
			.parent_id = *l->parent_code ? find_line(im, l->parent_code)->id : 0, .from_day = im->from_day,
			.until_day = im->until_day };

		if (l->level != level)
			continue;
		if (l->continues) {
			im->counts->continued++;
			continue;
		}
		im->counts->added++;
		TRY(tree_add(ask, &new));
		TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_UNIT_ADDED, .subject = "unit", .subject_id = new.id, .version = 1,
			.unit_id = new.id, .new = audit_json(ask->arena, "code", new.code, "name", new.name, "from", new.from_day, NULL) }));
	}
	return OK;
}

static OUTCOME trace_import(struct import *im, const char *what)
{
	const struct import_counts *c = im->counts;

	return audit_add(im->ask, &(struct audit_entry){ .action = AUDIT_UNITS_IMPORTED, .subject = "unit_list",
		.new = audit_json(im->ask->arena, "list", what, "from", im->from_day, "added", arena_format(im->ask->arena, "%lld",
			(long long)c->added), "ended", arena_format(im->ask->arena, "%lld", (long long)c->ended), NULL) });
}

OUTCOME units_import_state(struct ask *ask, struct bytes csv, const char *from_day, const char *until_day, struct import_counts *out)
{
	DB_TRANSACTION(tx, ask->db);
	struct import im = { .ask = ask, .from_day = from_day, .until_day = until_day, .counts = out,
		.day_before = arena_text(ask->arena, day_add(from_day, -1).text) };

	*out = (struct import_counts){ 0 };
	TRY(access_require(ask, PERMIT_STATE_UNIT_EDIT, 0));
	if (!read_lines(&im, csv))
		return INVALID;
	TRY(tree_all(ask, im.day_before, LEVEL_COMMUNE, &im.before));
	TRY(tree_all(ask, from_day, LEVEL_COMMUNE, &im.now));
	for (enum unit_level level = LEVEL_PROVINCE; level <= LEVEL_COMMUNE; level++)
		match_level(&im, level);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(end_what_is_over(&im));
	for (enum unit_level level = LEVEL_PROVINCE; level <= LEVEL_COMMUNE; level++)
		TRY(add_level(&im, level));
	TRY(trace_import(&im, "state"));
	return db_commit(&tx);
}

/* ---- successors ---- */

struct edge { size_t line; const struct unit *from, *to; };

static bool read_edges(struct import *im, struct bytes bytes, struct edge **edges, size_t *n)
{
	struct ask *ask = im->ask;
	struct csv csv;
	int from, to;

	if (!csv_read(ask->arena, bytes, ask->problems, &csv))
		return false;
	from = csv_column(&csv, "old code|ma cu");
	to = csv_column(&csv, "new code|ma moi");
	if (from < 0 || to < 0) {
		problem(ask->problems, "file", unit_import_column(ask->arena, "old_code, old_name, new_code, new_name"));
		return false;
	}
	*edges = ARENA_ARRAY(ask->arena, struct edge, csv.n);
	*n = csv.n;
	for (size_t i = 0; i < csv.n; i++) {
		const char *old = csv_cell(&csv.rows[i], from), *new = csv_cell(&csv.rows[i], to);
		struct edge *e = &(*edges)[i];

		*e = (struct edge){ csv.rows[i].line, find_unit(&im->before, old), find_unit(&im->now, new) };
		if (!e->from)
			fault(im, e->line, unit_import_unknown(ask->arena, old, im->day_before));
		if (!e->to)
			fault(im, e->line, unit_import_unknown(ask->arena, new, im->from_day));
	}
	im->counts->lines = (int64_t)csv.n;
	return problems_none(ask->problems);
}

/* An old unit of the list that still holds ends with it. */
static OUTCOME end_old(struct import *im, const struct edge *edges, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct unit *u = edges[i].from;
		struct unit still;
		enum outcome holds = tree_get(im->ask, u->id, im->from_day, &still);

		if (holds == FAILED)
			return FAILED;
		if (holds == OK && edges[i].to->id != u->id)
			TRY(end_unit(im, &still));
	}
	return OK;
}

/* Districts and provinces that had children the day before and have none now. */
static OUTCOME end_empty_parents(struct import *im)
{
	for (size_t i = im->before.n; i-- > 0;) {
		const struct unit *u = &im->before.at[i];
		struct unit still;
		int64_t then, now;

		if (u->level >= LEVEL_COMMUNE || tree_get(im->ask, u->id, im->from_day, &still) != OK)
			continue;
		TRY(tree_count_children(im->ask, u->id, im->day_before, &then));
		TRY(tree_count_children(im->ask, u->id, im->from_day, &now));
		if (then && !now)
			TRY(end_unit(im, &still));
	}
	return OK;
}

static size_t parts_of(const struct edge *edges, size_t n, const struct unit *from)
{
	size_t parts = 0;

	for (size_t i = 0; i < n; i++)
		parts += edges[i].from == from;
	return parts;
}

static bool is_first_of(const struct edge *edges, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (edges[i].from == edges[at].from)
			return false;
	return true;
}

/* Leaves of what went whole into another follow it; those of what was divided wait to be placed. */
static OUTCOME move_leaves(struct import *im, const struct unit *from, const struct unit *to, bool divided)
{
	struct ask *ask = im->ask;
	const struct unit *after = NULL;
	struct unit_list leaves;

	do {
		TRY(tree_children(ask, from->id, im->from_day, after, &leaves));
		for (size_t i = 0; i < leaves.n; i++) {
			const struct unit *u = &leaves.at[i];

			if (u->level != LEVEL_LEAF)
				continue;
			if (divided) {
				im->counts->waiting++;
				continue;
			}
			im->counts->moved++;
			TRY(tree_change(ask, u->id, u->version, &(struct unit_new){ .code = u->code, .name = u->name,
				.kind = u->kind,
				.parent_id = to->id, .from_day = im->from_day }));
			TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_UNIT_CHANGED, .subject = "unit",
				.subject_id = u->id,
				.version = u->version + 1, .unit_id = u->id, .old = audit_json(ask->arena, "parent", from->name,
				NULL),
				.new = audit_json(ask->arena, "parent", to->name, NULL) }));
		}
		after = leaves.n ? &leaves.at[leaves.n - 1] : NULL;
	} while (leaves.n == 500);
	return OK;
}

/* The state's list names communes: a province all of whose communes went elsewhere became those in which their successors lie.
 * Its own organisations go along when that is one. */
static OUTCOME succeed_province(struct import *im, const struct unit *province, const struct edge *edges, size_t n)
{
	const struct unit *into = NULL;
	size_t parts = 0;

	for (size_t i = 0; i < im->before.n; i++)
		if (im->before.at[i].level == LEVEL_COMMUNE && top_of(&im->before, &im->before.at[i]) == province &&
		    !parts_of(edges, n, &im->before.at[i]))
			return OK;               /* a commune that nobody speaks of is still there */
	for (size_t i = 0; i < n; i++) {
		const struct unit *to = top_of(&im->now, edges[i].to);

		if (top_of(&im->before, edges[i].from) != province || !to || (into && to->id == into->id))
			continue;
		if (to->id == province->id)
			return OK;
		into = to;
		parts++;
		TRY(tree_add_edge(im->ask, province->id, to->id, im->from_day));
	}
	return into ? move_leaves(im, province, into, parts > 1) : OK;
}

static OUTCOME succeed_provinces(struct import *im, const struct edge *edges, size_t n)
{
	for (size_t i = 0; i < im->before.n && im->before.at[i].level == LEVEL_PROVINCE; i++)
		TRY(succeed_province(im, &im->before.at[i], edges, n));
	return OK;
}

OUTCOME units_import_successors(struct ask *ask, struct bytes csv, const char *on_day, struct import_counts *out)
{
	DB_TRANSACTION(tx, ask->db);
	struct import im = { .ask = ask, .from_day = on_day, .until_day = DAY_OPEN, .counts = out,
		.day_before = arena_text(ask->arena, day_add(on_day, -1).text) };
	struct edge *edges;
	size_t n;

	*out = (struct import_counts){ 0 };
	TRY(access_require(ask, PERMIT_STATE_UNIT_EDIT, 0));
	TRY(tree_all(ask, im.day_before, LEVEL_COMMUNE, &im.before));
	TRY(tree_all(ask, on_day, LEVEL_COMMUNE, &im.now));
	if (!read_edges(&im, csv, &edges, &n))
		return INVALID;
	TRY(end_old(&im, edges, n));
	for (size_t i = 0; i < n; i++) {
		size_t parts = parts_of(edges, n, edges[i].from);

		if (edges[i].from->id == edges[i].to->id)
			continue;
		out->edges++;
		TRY(tree_add_edge(ask, edges[i].from->id, edges[i].to->id, on_day));
		if (is_first_of(edges, i))
			TRY(move_leaves(&im, edges[i].from, edges[i].to, parts > 1));
		if (parts == 1 && ask->hooks)
			TRY(ask->hooks->unit_succeeded(ask, edges[i].from->id, edges[i].to->id));
	}
	TRY(succeed_provinces(&im, edges, n));
	TRY(end_empty_parents(&im));
	TRY(trace_import(&im, "successors"));
	if (ask->hooks && out->moved + out->waiting)
		TRY(ask->hooks->leaves_moved(ask, on_day));
	return db_commit(&tx);
}

/* ---- hamlets and organisations ---- */

static const char *leaf_kind_of(struct arena *arena, const char *typed)
{
	const char *folded = text_fold(arena, typed);

	for (size_t i = 0; i < leaf_kinds.n; i++)
		if (!strcmp(folded, text_fold(arena, leaf_kinds.at[i].label)) || !strcmp(typed, leaf_kinds.at[i].code))
			return leaf_kinds.at[i].code;
	return NULL;
}

struct leaf_columns { int name, kind, code, branch, officer, phone; };

static void read_leaf(struct import *im, const struct csv_row *row, const struct leaf_columns *c, struct leaf_new *out)
{
	struct ask *ask = im->ask;
	char *phone = arena_alloc(ask->arena, PHONE_LEN_MAX + 1);
	enum phone_fault phone_fault = PHONE_OK;

	*out = (struct leaf_new){ .parent_id = out->parent_id, .name = csv_cell(row, c->name), .code = csv_cell(row, c->code),
		.kind = leaf_kind_of(ask->arena, csv_cell(row, c->kind)), .from_day = im->from_day,
		.branch = { csv_cell(row, c->branch), csv_cell(row, c->officer), phone, 0 } };
	if (*csv_cell(row, c->phone))
		phone_fault = text_to_phone(csv_cell(row, c->phone), phone);
	if (text_length(out->name) < 2 || text_length(out->name) > UNIT_NAME_MAX)
		fault(im, row->line, UNIT_NAME_SHORT);
	if (!out->kind)
		fault(im, row->line, UNIT_KIND_UNKNOWN);
	if (phone_fault != PHONE_OK)
		fault(im, row->line, phone_message(phone_fault));
}

static bool is_there(struct arena *arena, const struct unit_list *list, const char *name)
{
	const char *folded = text_fold(arena, name);

	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(folded, text_fold(arena, list->at[i].name)))
			return true;
	return false;
}

OUTCOME units_import_leaves(struct ask *ask, int64_t parent_id, struct bytes bytes, const char *from_day, struct import_counts *out)
{
	enum { LEAVES = 500 };
	DB_TRANSACTION(tx, ask->db);
	struct import im = { .ask = ask, .from_day = from_day, .until_day = DAY_OPEN, .counts = out };
	struct leaf_columns c;
	struct leaf_new *leaves;
	struct unit_list there;
	struct unit parent;
	struct csv csv;
	int64_t id;

	*out = (struct import_counts){ 0 };
	TRY(access_require(ask, PERMIT_UNIT_EDIT, parent_id));
	TRY(tree_get(ask, parent_id, from_day, &parent));
	if (!csv_read(ask->arena, bytes, ask->problems, &csv))
		return INVALID;
	c = (struct leaf_columns){ csv_column(&csv, "ten|ten don vi|name"), csv_column(&csv, "loai|kind"), csv_column(&csv, "ma|code"),
		csv_column(&csv, "chi hoi|ten chi hoi"), csv_column(&csv, "phu trach|nguoi phu trach|chi hoi truong"),
		csv_column(&csv, "dien thoai|so dien thoai") };
	if (c.name < 0 || c.kind < 0)
		problem(ask->problems, "file", unit_import_column(ask->arena, "ten, loai; nếu có thì thêm ma, chi_hoi, phu_trach, dien_thoai"));
	if (csv.n > LEAVES)
		problem(ask->problems, "file", "Nhiều hơn 500 dòng. Chia thành nhiều tệp nhỏ.");
	if (!problems_none(ask->problems))
		return INVALID;
	leaves = ARENA_ARRAY(ask->arena, struct leaf_new, csv.n);
	for (size_t i = 0; i < csv.n; i++) {
		leaves[i].parent_id = parent_id;
		read_leaf(&im, &csv.rows[i], &c, &leaves[i]);
		if (leaves[i].kind && !unit_fits_below(leaves[i].kind, parent.level))
			fault(&im, csv.rows[i].line, UNIT_PARENT_WRONG);
		for (size_t j = 0; j < i; j++)
			if (!strcmp(text_fold(ask->arena, leaves[i].name), text_fold(ask->arena, leaves[j].name)))
				fault(&im, csv.rows[i].line, unit_import_name_twice(ask->arena, leaves[i].name, csv.rows[j].line));
	}
	if (!problems_none(ask->problems))
		return INVALID;
	out->lines = (int64_t)csv.n;
	TRY(tree_children(ask, parent_id, from_day, NULL, &there));
	for (size_t i = 0; i < csv.n; i++) {
		if (is_there(ask->arena, &there, leaves[i].name)) {
			out->continued++;
			continue;
		}
		TRY(unit_add_leaf(ask, &leaves[i], &id));
		out->added++;
	}
	TRY(trace_import(&im, "leaves"));
	return db_commit(&tx);
}

OUTCOME units_import_look(struct ask *ask, int64_t parent_id, struct bytes csv, const char *from_day, const char *until_day,
	struct import_counts *out)
{
	DB_TRANSACTION(tx, ask->db);             /* left open: what is done below goes with it */

	return parent_id ? units_import_leaves(ask, parent_id, csv, from_day, out)
		: units_import_state(ask, csv, from_day, until_day, out);
}
