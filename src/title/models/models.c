#include "title/models/models.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "db/transaction.h"
#include "models_sql.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "registry/tree/tree.h"
#include "text/csv.h"
#include "text/text.h"
#include "title/models/models_messages.h"
#include "title/models/models_reach.h"
#include "title/rounds/rounds.h"

enum { NAME_MIN = 2, NAME_MAX = 100, DECISION_MIN = 5, DECISION_MAX = 150, REASON_MIN = 10 };

const struct choices model_kinds = CHOICES({ "gia_dinh", "Gia đình học tập" }, { "dong_ho", "Dòng họ học tập" },
	{ "cong_dong", "Cộng đồng học tập (ấp, khu phố)" }, { "don_vi", "Đơn vị học tập (cơ quan, trường, doanh nghiệp)" });

const char *model_kind_label(enum model_kind kind)
{
	static const char *const labels[] = { "", "Gia đình học tập", "Dòng họ học tập", "Cộng đồng học tập", "Đơn vị học tập" };

	BUG_ON(kind < MODEL_HOUSEHOLD || kind > MODEL_KINDS);
	return labels[kind];
}

/* ---- reading ---- */

/* The row of any of the statements that read one. */
#define MODEL_OF(r) \
	((struct model){ .id = (r).id, .round_id = (r).round_id, .unit_id = (r).unit_id, .version = (r).version, .made_at = (r).made_at, \
		.kind = (enum model_kind)(r).model, .name = (r).name, .decision = (r).decision, .folded = (r).folded })

OUTCOME model_get(struct ask *ask, int64_t id, struct model *out)
{
	struct sql_model_get_row row;

	TRY(sql_model_get(ask, id, &row));
	*out = MODEL_OF(row);
	return OK;
}

/* A unit and its children: 500 at most, as many as a commune's file may bring. */
static OUTCOME with_children(struct ask *ask, int64_t unit_id, struct id_list *out)
{
	struct unit_list children;
	int64_t *ids;

	TRY(tree_children(ask, unit_id, day_of(ask->now).text, NULL, &children));
	ids = ARENA_ARRAY(ask->arena, int64_t, children.n + 1);
	ids[0] = unit_id;
	for (size_t i = 0; i < children.n; i++)
		ids[i + 1] = children.at[i].id;
	*out = (struct id_list){ children.n + 1, ids };
	return OK;
}

OUTCOME model_list(struct ask *ask, int64_t round_id, int64_t unit_id, const struct model *after, struct model_list *out)
{
	struct sql_model_list_row *rows;
	struct id_list units;
	struct model *models;
	size_t n;

	TRY(with_children(ask, unit_id, &units));
	TRY(sql_model_list(ask, round_id, units, after ? (int64_t)after->kind : 0, after ? after->folded : "", after ? after->id : 0,
		&rows, &n));
	models = ARENA_ARRAY(ask->arena, struct model, n);
	for (size_t i = 0; i < n; i++)
		models[i] = MODEL_OF(rows[i]);
	*out = (struct model_list){ n, models };
	return OK;
}

OUTCOME model_count(struct ask *ask, int64_t round_id, int64_t unit_id, int64_t out[MODEL_KINDS + 1])
{
	struct sql_model_count_row *rows;
	struct id_list units;
	size_t n;

	memset(out, 0, (MODEL_KINDS + 1) * sizeof *out);
	TRY(with_children(ask, unit_id, &units));
	TRY(sql_model_count(ask, round_id, units, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		out[rows[i].model] = rows[i].n;
		out[0] += rows[i].n;
	}
	return OK;
}

/* ---- rules ---- */

static bool has_name(enum model_kind kind) { return kind == MODEL_HOUSEHOLD || kind == MODEL_CLAN; }

static bool is_kind(enum model_kind kind) { return kind >= MODEL_HOUSEHOLD && kind <= MODEL_KINDS; }

static bool fits(enum model_kind kind, const struct unit *unit)
{
	switch (kind) {
	case MODEL_CLAN:
		return unit->level == LEVEL_COMMUNE;
	case MODEL_HOUSEHOLD: case MODEL_HAMLET:
		return unit->level == LEVEL_LEAF && !unit_kind_is_organisation(unit->kind);
	case MODEL_ORGANISATION:
		return unit->level == LEVEL_LEAF && unit_kind_is_organisation(unit->kind);
	}
	return false;
}

static void check_words(const struct model_new *new, struct problems *p)
{
	size_t length = text_length(new->name), decision = text_length(new->decision);

	if (has_name(new->kind) && (length < NAME_MIN || !*text_fold(p->arena, new->name)))
		problem(p, "name", MODEL_NAME_SHORT);
	else if (has_name(new->kind) && length > NAME_MAX)
		problem(p, "name", MODEL_NAME_LONG);
	else if (is_kind(new->kind) && !has_name(new->kind) && length)
		problem(p, "name", MODEL_NAME_NOT_ASKED);
	if (decision < DECISION_MIN || decision > DECISION_MAX)
		problem(p, "decision", MODEL_DECISION);
}

static OUTCOME check_round(struct ask *ask, int64_t round_id)
{
	struct round r;
	enum outcome found = round_get(ask, round_id, &r);

	if (found == NOT_FOUND) {
		problem(ask->problems, "round", MODEL_ROUND_NONE);
		return OK;
	}
	TRY(found);
	if (r.locked)
		problem(ask->problems, "", MODEL_ROUND_LOCKED);
	return OK;
}

/* ---- changes ---- */

static const char *model_json(struct ask *ask, const struct model_new *m, const char *unit)
{
	return audit_json(ask->arena, "year", arena_format(ask->arena, "%lld", (long long)m->round_id), "kind",
		model_kinds.at[m->kind - 1].code, "unit", unit, "name", m->name, "decision", m->decision, NULL);
}

/* `there`: it is written down already, nothing is done. */
static OUTCOME add(struct ask *ask, struct standing_batch *batch, const struct model_new *new, const struct unit *unit, int64_t *id,
	int64_t *people, bool *there)
{
	const char *folded = text_fold(ask->arena, new->name);
	struct model m = { .round_id = new->round_id, .unit_id = new->unit_id, .kind = new->kind, .name = new->name, .folded = folded };
	enum outcome found = sql_model_find(ask, new->round_id, (int64_t)new->kind, new->unit_id, folded, id);

	*people = 0;
	*there = found == OK;
	if (found != NOT_FOUND)
		return found;
	TRY(tree_new_id(ask, "learning_model", id));
	TRY(sql_model_insert(ask, &(struct sql_model_insert_in){ .id = *id, .round_id = new->round_id, .model = (int64_t)new->kind,
		.unit_id = new->unit_id, .name = new->name, .folded = folded, .decision = new->decision, .made_at = ask->now }));
	TRY(models_reach_set(ask, batch, &m, people));
	return audit_add(ask, &(struct audit_entry){ .action = AUDIT_MODEL_SET, .subject = "learning_model", .subject_id = *id,
		.version = 1, .unit_id = new->unit_id, .new = model_json(ask, new, unit->name) });
}

OUTCOME model_add(struct ask *ask, const struct model_new *new, int64_t *id, int64_t *people)
{
	DB_TRANSACTION(tx, ask->db);
	struct standing_batch *batch = standing_batch_new(ask);
	struct unit unit;
	bool there;

	TRY(tree_get(ask, new->unit_id, day_of(ask->now).text, &unit));
	TRY(access_require(ask, PERMIT_MODEL_EDIT, new->unit_id));
	check_words(new, ask->problems);
	if (!is_kind(new->kind))
		problem(ask->problems, "kind", MODEL_KIND_NONE);
	else if (!fits(new->kind, &unit))
		problem(ask->problems, "leaf", model_unit_wrong(new->kind));
	TRY(check_round(ask, new->round_id));
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(add(ask, batch, new, &unit, id, people, &there));
	if (there) {
		problem(ask->problems, has_name(new->kind) ? "name" : "leaf", model_taken(ask->arena, new->kind,
			has_name(new->kind) ? new->name : unit.name, new->round_id));
		return INVALID;
	}
	TRY(standing_batch_end(batch));
	return db_commit(&tx);
}

OUTCOME model_remove(struct ask *ask, int64_t id, int64_t version, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct standing_batch *batch = standing_batch_new(ask);
	struct model_new old;
	struct unit unit;
	struct model m;

	TRY(model_get(ask, id, &m));
	TRY(access_require(ask, PERMIT_MODEL_EDIT, m.unit_id));
	TRY(tree_get_last(ask, m.unit_id, &unit));
	TRY(check_round(ask, m.round_id));
	if (text_length(reason) < REASON_MIN)
		problem(ask->problems, "reason", MODEL_REASON_SHORT);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(sql_model_delete(ask, id, version));
	TRY(models_reach_clear(ask, batch, &m));
	TRY(standing_batch_end(batch));
	old = (struct model_new){ m.round_id, m.unit_id, m.kind, m.name, m.decision };
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_MODEL_REMOVED, .subject = "learning_model", .subject_id = id,
		.version = version + 1, .unit_id = m.unit_id, .old = model_json(ask, &old, unit.name), .reason = reason }));
	return db_commit(&tx);
}

OUTCOME models_apply(struct ask *ask, int64_t round_id, int64_t after_id, int64_t limit, int64_t *next)
{
	DB_TRANSACTION(tx, ask->db);
	struct standing_batch *batch = standing_batch_new(ask);
	struct sql_model_of_round_row *rows;
	int64_t people = 0, n_people;
	size_t n, i;

	TRY(sql_model_of_round(ask, round_id, after_id, &rows, &n));
	*next = 0;
	for (i = 0; i < n && people < limit; i++) {
		struct model m = MODEL_OF(rows[i]);

		TRY(models_reach_set(ask, batch, &m, &n_people));
		people += n_people;
		*next = m.id;
	}
	TRY(standing_batch_end(batch));
	return db_commit(&tx);
}

/* ---- a commune's file ---- */

enum { LINES = 2000 };

struct import { struct ask *ask; struct unit commune; struct unit_list leaves; int64_t round_id; };
struct import_line { struct model_new new; const struct unit *unit; const char *key; size_t at; };

static void fault(struct import *im, size_t line, const char *what)
{
	problem(im->ask->problems, "file", model_line(im->ask->arena, line, what));
}

/* "Gia đình", "gia_dinh", "Gia đình học tập". 0: none of them. */
static enum model_kind kind_of(struct arena *arena, const char *typed)
{
	static const char *const words[] = { "gia dinh", "dong ho", "cong dong", "don vi" };
	const char *folded = text_fold(arena, typed);

	for (size_t i = 0; i < COUNT(words); i++) {
		size_t len = strlen(words[i]);

		if (!strncmp(folded, words[i], len) && (!folded[len] || !strcmp(folded + len, " hoc tap")))
			return (enum model_kind)(i + 1);
	}
	return 0;
}

static const struct unit *leaf_of(struct import *im, const char *typed)
{
	const char *folded = text_fold(im->ask->arena, typed);

	for (size_t i = 0; i < im->leaves.n; i++)
		if (!strcmp(im->leaves.at[i].code, typed) || !strcmp(text_fold(im->ask->arena, im->leaves.at[i].name), folded))
			return &im->leaves.at[i];
	return NULL;
}

static void read_line(struct import *im, const struct csv_row *row, const int columns[4], struct import_line *out)
{
	struct arena *a = im->ask->arena;
	struct problems words = PROBLEMS(a);
	const char *leaf = csv_cell(row, columns[1]);

	*out = (struct import_line){ .at = row->line, .new = { .round_id = im->round_id, .kind = kind_of(a, csv_cell(row, columns[0])),
		.name = csv_cell(row, columns[2]), .decision = csv_cell(row, columns[3]) } };
	if (!out->new.kind) {
		fault(im, row->line, MODEL_KIND_UNKNOWN);
		return;
	}
	out->unit = *leaf ? leaf_of(im, leaf) : &im->commune;
	if (!out->unit)
		fault(im, row->line, model_leaf_unknown(a, leaf));
	else if (!fits(out->new.kind, out->unit))
		fault(im, row->line, model_unit_wrong(out->new.kind));
	check_words(&out->new, &words);
	for (const struct problem *p = words.first; p; p = p->next)
		fault(im, row->line, p->text);
	if (!out->unit)
		return;
	out->new.unit_id = out->unit->id;
	out->key = arena_format(a, "%d %lld %s", (int)out->new.kind, (long long)out->new.unit_id, text_fold(a, out->new.name));
}

static int by_key(const void *a, const void *b)
{
	const struct import_line *x = a, *y = b;
	int order = strcmp(x->key ? x->key : "", y->key ? y->key : "");

	return order ? order : (x->at > y->at) - (x->at < y->at);
}

static struct import_line *read_lines(struct import *im, struct bytes bytes, size_t *n)
{
	struct ask *ask = im->ask;
	struct import_line *lines;
	struct csv csv;
	int columns[4];

	*n = 0;
	if (!csv_read(ask->arena, bytes, ask->problems, &csv))
		return NULL;
	columns[0] = csv_column(&csv, "loai|loai mo hinh");
	columns[1] = csv_column(&csv, "ap|ap khu pho|don vi");
	columns[2] = csv_column(&csv, "ten|ten chu ho|ten dong ho");
	columns[3] = csv_column(&csv, "quyet dinh|so quyet dinh");
	if (columns[0] < 0 || columns[1] < 0 || columns[2] < 0 || columns[3] < 0)
		problem(ask->problems, "file", MODEL_COLUMNS);
	if (csv.n > LINES)
		problem(ask->problems, "file", MODEL_LINES);
	if (!problems_none(ask->problems))
		return NULL;
	lines = ARENA_ARRAY(ask->arena, struct import_line, csv.n);
	for (size_t i = 0; i < csv.n; i++)
		read_line(im, &csv.rows[i], columns, &lines[i]);
	qsort(lines, csv.n, sizeof *lines, by_key);
	for (size_t i = 1; i < csv.n; i++)
		if (lines[i].key && lines[i - 1].key && !strcmp(lines[i].key, lines[i - 1].key))
			fault(im, lines[i].at, model_line_twice(ask->arena, lines[i - 1].at));
	*n = csv.n;
	return lines;
}

OUTCOME model_import(struct ask *ask, int64_t round_id, int64_t commune_id, struct bytes csv, struct model_import *out)
{
	DB_TRANSACTION(tx, ask->db);
	struct import im = { .ask = ask, .round_id = round_id };
	struct standing_batch *batch = standing_batch_new(ask);
	const char *today = arena_text(ask->arena, day_of(ask->now).text);
	struct import_line *lines;
	size_t n;

	*out = (struct model_import){ 0 };
	TRY(tree_get(ask, commune_id, today, &im.commune));
	TRY(access_require(ask, PERMIT_MODEL_EDIT, commune_id));
	TRY(tree_children(ask, commune_id, today, NULL, &im.leaves));
	TRY(check_round(ask, round_id));
	lines = read_lines(&im, csv, &n);
	if (!problems_none(ask->problems))
		return INVALID;
	out->lines = (int64_t)n;
	for (size_t i = 0; i < n; i++) {
		int64_t id, people;
		bool there;

		TRY(add(ask, batch, &lines[i].new, lines[i].unit, &id, &people, &there));
		out->there += there;
		out->added += !there;
		out->people += people;
	}
	TRY(standing_batch_end(batch));
	return db_commit(&tx);
}
