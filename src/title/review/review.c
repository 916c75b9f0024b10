#include "title/review/review.h"

#include <string.h>

#include "base/day.h"
#include "db/transaction.h"
#include "registry/access/access.h"
#include "review_sql.h"
#include "text/text.h"
#include "title/review/review_messages.h"

enum { SEED_RANGE = 999983 };

/* ---- rules ---- */

static unsigned hands_of(const struct actor *actor)
{
	unsigned hands = 0;

	if (!actor)
		return 0;
	if (actor->is_system)
		return HAND_BRANCH | HAND_COMMUNE;
	for (size_t i = 0; i < actor->n_grants; i++) {
		enum role role = actor->grants[i].role;

		hands |= role == ROLE_BRANCH || role == ROLE_DEPUTY ? HAND_BRANCH : 0;
		hands |= role == ROLE_COMMUNE || role == ROLE_PROVINCE ? HAND_COMMUNE : 0;
	}
	return hands;
}

static bool is_own(const struct ask *ask, const struct sheet *s)
{
	return ask->actor && ask->actor->person_id && ask->actor->person_id == s->key.person_id;
}

/* The window of review; for what was reviewed already the commune may also use that of recognition. */
static OUTCOME window_open(struct ask *ask, const struct sheet *s, unsigned hands, bool *out)
{
	struct problems said = PROBLEMS(ask->arena);
	struct ask silent = *ask;
	struct round round;

	TRY(round_get(ask, s->key.round_id, &round));
	if (s->state == SHEET_REVIEWED && hands & HAND_COMMUNE) {
		silent.problems = &said;
		TRY(round_is_open(&silent, &round, s->leaf_id, STAGE_RECOGNISE, out));
		if (*out)
			return OK;
	}
	return round_is_open(ask, &round, s->leaf_id, STAGE_REVIEW, out);
}

static OUTCOME may_go(struct ask *ask, const struct sheet *s, enum sheet_state to, bool *out)
{
	unsigned hands = hands_of(ask->actor);

	*out = false;
	TRY(access_require(ask, PERMIT_SHEET_REVIEW, s->leaf_id));
	if (is_own(ask, s)) {
		problem(ask->problems, "", hands & HAND_COMMUNE ? REVIEW_OWN_COMMUNE : REVIEW_OWN_BRANCH);
		return OK;
	}
	if (!sheet_may_go(s->state, to, hands)) {
		problem(ask->problems, "", review_state_wrong(ask->arena, sheet_state_words(s->state)));
		return OK;
	}
	return window_open(ask, s, hands, out);
}

OUTCOME review_may(struct ask *ask, const struct sheet *s, bool *out)
{
	return may_go(ask, s, SHEET_REVIEWED, out);
}

const struct scores *review_before(const struct sheet *s)
{
	return s->reviewed.n ? &s->reviewed : &s->self;
}

static const char *field(struct ask *ask, const char *name, int indicator)
{
	return arena_format(ask->arena, "%s_%d", name, indicator);
}

static bool differs(const struct scores *before, const struct scores *now, size_t i)
{
	return !before->at[i].is || before->at[i].value != now->at[i].value;
}

static OUTCOME check_scores(struct ask *ask, const struct sheet *s, const struct scores *scores,
	const char *const reasons[SCORES_MAX])
{
	const struct scores *before = review_before(s);
	const struct criteria *criteria;

	TRY(criteria_get(ask, s->criteria_id, &criteria));
	for (size_t i = 0; i < criteria->n_indicators; i++) {
		struct maybe score = scores->at[i];
		int number = (int)i + 1, max = criteria->indicators[i].max;

		if ((int)i >= scores->n || !score.is || score.value < 0 || score.value > max)
			problem(ask->problems, field(ask, "score", number), review_score_wrong(ask->arena, number, max));
		else if (differs(before, scores, i) && text_length(reasons[i]) < REVIEW_REASON_MIN)
			problem(ask->problems, field(ask, "reason", number), review_reason_short(ask->arena, number,
				before->at[i].value, score.value));
	}
	return OK;
}

/* ---- operations ---- */

static OUTCOME open_sheet(struct ask *ask, struct sheet_key key, int64_t version, enum sheet_state to, struct sheet *out)
{
	bool may;

	TRY(sheet_get(ask, key, out));
	TRY(may_go(ask, out, to, &may));
	return out->version == version ? OK : CONFLICT;
}

OUTCOME review_save_in(struct ask *ask, struct sheet_key key, int64_t version, const struct scores *scores,
	const char *const reasons[SCORES_MAX], const struct sheet_bulk *bulk)
{
	DB_TRANSACTION(tx, ask->db);
	struct sheet before, after;
	const struct scores *was;

	TRY(open_sheet(ask, key, version, SHEET_REVIEWED, &before));
	TRY(check_scores(ask, &before, scores, reasons));
	if (!problems_none(ask->problems))
		return INVALID;
	was = review_before(&before);
	for (int i = 0; i < scores->n; i++)
		if (differs(was, scores, (size_t)i))
			TRY(sheet_add_reason(ask, key, i + 1, was->at[i].value, scores->at[i].value, reasons[i]));
	after = before;
	after.state = SHEET_REVIEWED;
	after.reviewed = *scores;
	after.reviewed_at = ask->now;
	after.reviewed_by = ask->actor ? ask->actor->account_id : 0;
	TRY(sheet_write(ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_REVIEWED,
		.reason = bulk ? bulk->note : NULL, .batch = bulk ? bulk->batch : NULL }));
	return db_commit(&tx);
}

OUTCOME review_save(struct ask *ask, struct sheet_key key, int64_t version, const struct scores *scores,
	const char *const reasons[SCORES_MAX])
{
	return review_save_in(ask, key, version, scores, reasons, NULL);
}

static void check_told(struct ask *ask, const char *told_on)
{
	if (*told_on && strcmp(told_on, day_of(ask->now).text) > 0)
		problem(ask->problems, "told_on", REVIEW_TOLD_LATE);
}

OUTCOME review_return(struct ask *ask, struct sheet_key key, int64_t version, const char *reason, const char *due_day,
	const char *told_on)
{
	DB_TRANSACTION(tx, ask->db);
	const char *today = arena_text(ask->arena, day_of(ask->now).text);
	const char *last = arena_text(ask->arena, day_add(today, REVIEW_DUE_DAYS).text);
	struct sheet before, after;

	TRY(open_sheet(ask, key, version, SHEET_RETURNED, &before));
	if (text_length(reason) < REVIEW_REASON_MIN)
		problem(ask->problems, "reason", REVIEW_RETURN_REASON);
	if (strcmp(due_day, today) < 0 || strcmp(due_day, last) > 0)
		problem(ask->problems, "due_day", review_due_wrong(ask->arena, today, last));
	check_told(ask, told_on);
	if (!problems_none(ask->problems))
		return INVALID;
	after = before;
	after.state = SHEET_RETURNED;
	after.state_reason = reason;
	after.due_day = due_day;
	after.told_on = told_on;
	TRY(sheet_write(ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_RETURNED, .reason = reason }));
	return db_commit(&tx);
}

OUTCOME review_told(struct ask *ask, struct sheet_key key, int64_t version, const char *told_on)
{
	DB_TRANSACTION(tx, ask->db);
	struct sheet before, after;

	TRY(sheet_get(ask, key, &before));
	TRY(access_require(ask, PERMIT_SHEET_REVIEW, before.leaf_id));
	if (before.version != version)
		return CONFLICT;
	check_told(ask, told_on);
	if (before.state != SHEET_RETURNED)
		problem(ask->problems, "", review_state_wrong(ask->arena, sheet_state_words(before.state)));
	if (!problems_none(ask->problems))
		return INVALID;
	after = before;
	after.told_on = told_on;
	TRY(sheet_write(ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_RETURNED,
		.reason = before.state_reason }));
	return db_commit(&tx);
}

/* ---- queues ---- */

static int64_t total_of(const char *text)
{
	struct scores s;

	BUG_ON(!scores_read(text, &s));
	return scores_total(&s);
}

OUTCOME review_queue(struct ask *ask, int64_t round_id, int64_t leaf_id, const struct review_line *after,
	struct review_lines *out)
{
	struct sql_review_queue_row *rows;
	struct review_line *lines;

	TRY(sql_review_queue(ask, leaf_id, round_id, after ? after->submitted_at : 0, after ? after->person_id : 0, &rows,
		&out->n));
	lines = ARENA_ARRAY(ask->arena, struct review_line, out->n);
	for (size_t i = 0; i < out->n; i++)
		lines[i] = (struct review_line){ rows[i].person_id, rows[i].submitted_at, rows[i].name, rows[i].birth,
			rows[i].group_code, "",
			total_of(rows[i].self), rows[i].assisted != 0 };
	out->at = lines;
	return OK;
}

OUTCOME review_queue_of_officers(struct ask *ask, int64_t round_id, int64_t unit_id, struct review_lines *out)
{
	const char *today = arena_text(ask->arena, day_of(ask->now).text);
	struct sql_review_queue_of_officers_row *rows;
	struct review_line *lines;

	TRY(sql_review_queue_of_officers(ask, round_id, unit_id, today, &rows, &out->n));
	lines = ARENA_ARRAY(ask->arena, struct review_line, out->n);
	for (size_t i = 0; i < out->n; i++)
		lines[i] = (struct review_line){ rows[i].person_id, rows[i].submitted_at, rows[i].name, rows[i].birth,
			rows[i].group_code,
			rows[i].leaf, total_of(rows[i].self), rows[i].assisted != 0 };
	out->at = lines;
	return OK;
}

/* Few leaves stand behind many people: a name is asked for once. */
struct leaf_names { size_t n; struct { int64_t id; const char *name; } at[500]; };

static OUTCOME leaf_name(struct ask *ask, struct leaf_names *names, int64_t id, const char **out)
{
	struct unit unit;
	enum outcome found;

	for (size_t i = 0; i < names->n; i++)
		if (names->at[i].id == id) {
			*out = names->at[i].name;
			return OK;
		}
	found = tree_get_last(ask, id, &unit);
	if (found != OK && found != NOT_FOUND)
		return found;
	*out = found == OK ? unit.name : "";
	if (names->n < COUNT(names->at)) {
		names->at[names->n].id = id;
		names->at[names->n++].name = *out;
	}
	return OK;
}

OUTCOME review_sample(struct ask *ask, int64_t round_id, int64_t commune_id, int64_t n, struct review_lines *out)
{
	struct leaf_names *names = ARENA_NEW(ask->arena, struct leaf_names);
	struct sql_review_sample_row *rows;
	struct review_line *lines;

	TRY(sql_review_sample(ask, round_id, commune_id, day_start(day_of(ask->now).text) / DAY_SECONDS * 104729 % SEED_RANGE,
		n, &rows,
		&out->n));
	lines = ARENA_ARRAY(ask->arena, struct review_line, out->n);
	for (size_t i = 0; i < out->n; i++) {
		lines[i] = (struct review_line){ rows[i].person_id, 0, rows[i].name, rows[i].birth, rows[i].group_code, "",
			rows[i].total, false };
		TRY(leaf_name(ask, names, rows[i].leaf_id, &lines[i].leaf_name));
	}
	out->at = lines;
	return OK;
}

#define MISSING_OF(r) ((struct missing_line){ (r).person_id, (r).name, (r).birth, (r).phone, "", (r).due_day, \
	(enum sheet_state)(r).state, (r).name_key })

OUTCOME review_missing(struct ask *ask, int64_t round_id, int64_t unit_id, const struct missing_line *after,
	struct missing_lines *out)
{
	static const struct missing_line first = { .name_key = { "", 0 } };
	struct leaf_names *names = ARENA_NEW(ask->arena, struct leaf_names);
	const struct missing_line *from = after ? after : &first;
	struct sql_review_missing_of_leaf_row *of_leaf = NULL;
	struct sql_review_missing_of_commune_row *of_commune = NULL;
	struct missing_line *lines;
	struct unit unit;

	TRY(tree_get_last(ask, unit_id, &unit));
	if (unit.level == LEVEL_LEAF)
		TRY(sql_review_missing_of_leaf(ask, round_id, unit_id, (int64_t)from->state, from->name_key, from->person_id,
			&of_leaf, &out->n));
	else
		TRY(sql_review_missing_of_commune(ask, round_id, unit_id, (int64_t)from->state, from->name_key, from->person_id,
			&of_commune,
			&out->n));
	lines = ARENA_ARRAY(ask->arena, struct missing_line, out->n);
	for (size_t i = 0; i < out->n; i++) {
		lines[i] = of_leaf ? MISSING_OF(of_leaf[i]) : MISSING_OF(of_commune[i]);
		TRY(leaf_name(ask, names, of_leaf ? of_leaf[i].leaf_id : of_commune[i].leaf_id, &lines[i].leaf_name));
	}
	out->at = lines;
	return OK;
}

OUTCOME review_note_export(struct ask *ask, int64_t round_id, int64_t unit_id, const char *what, const char *format)
{
	DB_TRANSACTION(tx, ask->db);

	TRY(access_require(ask, PERMIT_SHEET_READ, unit_id));
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_EXPORTED, .subject = "round", .subject_id = round_id,
		.unit_id = unit_id,
		.new = audit_json(ask->arena, "list", what, "format", format, NULL) }));
	return db_commit(&tx);
}

/* ---- names of units ---- */

const char *unit_in_sentence(struct arena *a, const char *name)
{
	return text_first_lower(a, name);
}

/* The name without as many words as its kind has, when it begins with them. */
const char *unit_bare_name(struct arena *a, const struct unit *unit)
{
	const char *kind = text_fold(a, unit_kind_label(unit->kind)), *folded = text_fold(a, unit->name), *at = unit->name;
	size_t len = strlen(kind);

	if (strncmp(folded, kind, len) || folded[len] != ' ')
		return unit->name;
	for (size_t words = text_words(a, kind).n; at && words; words--) {
		at = strchr(at, ' ');
		at = at ? at + 1 : NULL;
	}
	return at ? at : unit->name;
}
