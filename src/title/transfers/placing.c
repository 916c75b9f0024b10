/* Hamlets of a divided commune wait until somebody says where they lie now. */
#include <string.h>

#include "base/day.h"
#include "db/transaction.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "registry/jobs/jobs.h"
#include "text/text.h"
#include "title/models/models.h"
#include "title/rounds/rounds.h"
#include "title/transfers/transfers_messages.h"
#include "title/transfers/transfers_store.h"
#include "transfers_sql.h"

/* ---- the suggestion ---- */

/* "Ấp Bình Hoà 2" and "Ấp Bình Hoà 1" have one stem: the folded name without a last number or letter. */
static const char *stem_of(struct arena *a, const char *name)
{
	const char *folded = text_fold(a, name), *last = strrchr(folded, ' ');

	if (!last || (strspn(last + 1, "0123456789") != strlen(last + 1) && strlen(last + 1) > 1))
		return folded;
	return arena_textn(a, folded, (size_t)(last - folded));
}

/* The name without the word of its kind, folded: what a hamlet may share with a commune. */
static const char *bare(struct arena *a, const struct unit *u)
{
	const char *kind = text_fold(a, unit_kind_label(u->kind)), *name = text_fold(a, u->name);
	size_t len = strlen(kind);

	return !strncmp(name, kind, len) && name[len] == ' ' ? name + len + 1 : name;
}

struct weight { int stem, name, old_name, siblings; };

static int better(const struct weight *x, const struct weight *y)
{
	const int pairs[][2] = { { x->stem, y->stem }, { x->name, y->name }, { x->old_name, y->old_name }, { x->siblings,
		y->siblings } };

	for (size_t i = 0; i < COUNT(pairs); i++)
		if (pairs[i][0] != pairs[i][1])
			return pairs[i][0] > pairs[i][1];
	return 0;
}

static const char *why_of(const struct weight *w)
{
	if (w->stem)
		return "cùng tên gốc với ấp, khu phố đã xếp về đây";
	if (w->name)
		return "tên ấp, khu phố trùng tên xã, phường này";
	if (w->old_name)
		return "xã, phường này mang tên xã, phường cũ";
	return w->siblings ? "đã có ấp, khu phố của xã cũ xếp về đây" : "";
}

/* Hamlets of the divided commune that lie in a successor by now. */
static OUTCOME weigh(struct ask *ask, const struct unit *leaf, const struct unit *old, const struct unit *to, struct weight *out)
{
	struct sql_placed_siblings_row *rows;
	size_t n;

	TRY(sql_placed_siblings(ask, to->id, old->id, &rows, &n));
	*out = (struct weight){ .siblings = (int)n, .name = strstr(bare(ask->arena, leaf), bare(ask->arena, to)) != NULL,
		.old_name = !strcmp(bare(ask->arena, old), bare(ask->arena, to)) };
	for (size_t i = 0; i < n; i++)
		out->stem += !strcmp(stem_of(ask->arena, rows[i].name), stem_of(ask->arena, leaf->name));
	return OK;
}

static OUTCOME fill_choices(struct ask *ask, struct waiting_leaf *w)
{
	const char *today = arena_text(ask->arena, day_of(ask->now).text);
	struct unit_edge_list edges;
	struct place_choice *choices;
	struct weight best = { 0 }, weight;
	struct unit old, to;

	TRY(tree_get_last(ask, w->unit.parent_id, &old));
	TRY(tree_edges(ask, old.id, false, &edges));
	w->parent_name = old.name;
	w->on_day = old.until_day;
	w->why = "";
	choices = ARENA_ARRAY(ask->arena, struct place_choice, edges.n);
	for (size_t i = 0; i < edges.n; i++) {
		enum outcome found = tree_get(ask, edges.at[i].to_id, today, &to);

		if (found == NOT_FOUND)
			continue;
		TRY(found);
		TRY(weigh(ask, &w->unit, &old, &to, &weight));
		choices[w->n_choices] = (struct place_choice){ to.id, to.code, to.name, false };
		if (*why_of(&weight) && (!w->n_choices || better(&weight, &best))) {
			struct place_choice first = choices[0];

			choices[0] = choices[w->n_choices];
			choices[w->n_choices] = first;
			choices[0].is_suggested = true;
			if (w->n_choices)
				choices[w->n_choices].is_suggested = false;
			best = weight;
			w->why = why_of(&weight);
		}
		w->n_choices++;
	}
	w->choices = choices;
	return OK;
}

OUTCOME transfers_waiting(struct ask *ask, int64_t province_id, struct waiting_list *out)
{
	struct unit_list leaves;
	struct waiting_leaf *list;

	TRY(access_require(ask, PERMIT_FIGURES_READ, province_id));
	TRY(tree_unplaced(ask, province_id, day_of(ask->now).text, &leaves));
	list = ARENA_ARRAY(ask->arena, struct waiting_leaf, leaves.n);
	for (size_t i = 0; i < leaves.n; i++) {
		list[i].unit = leaves.at[i];
		TRY(sql_leaf_people(ask, leaves.at[i].id, &list[i].people));
		TRY(fill_choices(ask, &list[i]));
	}
	*out = (struct waiting_list){ leaves.n, list };
	return OK;
}

/* ---- placing ---- */

static OUTCOME waits(struct ask *ask, const struct unit *leaf, bool *out)
{
	struct unit parent;
	enum outcome found = tree_get(ask, leaf->parent_id, day_of(ask->now).text, &parent);

	if (found == FAILED)
		return FAILED;
	*out = leaf->level == LEVEL_LEAF && found == NOT_FOUND;
	return OK;
}

static OUTCOME add_models(struct ask *ask)
{
	struct round_list rounds;
	int64_t id;

	TRY(round_list(ask, &rounds));
	for (size_t i = 0; i < rounds.n; i++)
		if (!rounds.at[i].locked)
			TRY(job_add(ask, &(struct job_new){ .kind = "models_apply", .input = arena_format(ask->arena,
			"{\"round\":%lld}",
				(long long)rounds.at[i].id), .title = arena_format(ask->arena, "Dòng họ học tập năm %d ở nơi mới",
				rounds.at[i].year) }, &id));
	return OK;
}

static OUTCOME place(struct ask *ask, const struct unit *leaf, int64_t version, const struct unit *old, const struct unit *to,
	int64_t *people)
{
	TRY(tree_change(ask, leaf->id, version, &(struct unit_new){ .code = leaf->code, .name = leaf->name, .kind = leaf->kind,
		.parent_id = to->id, .from_day = old->until_day }));
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_UNIT_CHANGED, .subject = "unit", .subject_id = leaf->id,
		.version = version + 1, .unit_id = leaf->id, .old = audit_json(ask->arena, "parent", old->name, NULL),
		.new = audit_json(ask->arena, "parent", to->name, "from", old->until_day, NULL) }));
	TRY(models_succeed(ask, old->id, to->id));
	TRY(transfers_follow_leaf(ask, leaf->id, people));
	return add_models(ask);
}

OUTCOME transfer_place(struct ask *ask, int64_t leaf_id, int64_t version, int64_t to_id, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	const char *today = arena_text(ask->arena, day_of(ask->now).text);
	struct transfer t = { .act = TRANSFER_PLACED, .unit_id = leaf_id, .to_id = to_id, .reason = "Xếp vào xã, phường mới",
		.state = TRANSFER_DONE };
	struct unit leaf, old, to;
	int64_t province;
	enum outcome found;
	bool waiting;

	TRY(tree_get(ask, leaf_id, today, &leaf));
	found = tree_get(ask, to_id, today, &to);
	if (found == FAILED)
		return FAILED;
	TRY(access_require(ask, PERMIT_STATE_UNIT_EDIT, found == OK ? to_id : leaf_id));
	TRY(waits(ask, &leaf, &waiting));
	TRY(tree_province(ask, leaf_id, today, &province));
	if (!waiting)
		problem(ask->problems, "", TRANSFER_NOT_WAITING);
	else if (found != OK || to.level != LEVEL_COMMUNE || to.parent_id != province)
		problem(ask->problems, "to", TRANSFER_PLACE_WRONG);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(tree_get_last(ask, leaf.parent_id, &old));
	TRY(place(ask, &leaf, version, &old, &to, &t.people));
	t.from_day = old.until_day;
	t.plan = arena_format(ask->arena, "{\"old\":%lld}", (long long)old.id);
	TRY(transfer_add(ask, &t));
	*id = t.id;
	return db_commit(&tx);
}

OUTCOME placed_undo(struct ask *ask, const struct transfer *t, const char *reason)
{
	struct unit leaf;
	int64_t people;
	enum outcome undone;

	TRY(access_require(ask, PERMIT_STATE_UNIT_EDIT, t->to_id));
	TRY(tree_get_last(ask, t->unit_id, &leaf));
	undone = leaf.parent_id == t->to_id ? tree_unchange(ask, leaf.id, leaf.version, t->from_day) : CONFLICT;
	if (undone == CONFLICT) {
		problem(ask->problems, "", TRANSFER_UNIT_CHANGED);
		return INVALID;
	}
	TRY(undone);
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_UNIT_REOPENED, .subject = "unit", .subject_id = leaf.id,
		.version = leaf.version + 1, .unit_id = leaf.id, .reason = reason }));
	return transfers_follow_leaf(ask, leaf.id, &people);
}
