/* What the person does with their sheet, or an officer in their name; each operation is its rules, then sheet_write. */
#include <string.h>

#include "base/day.h"
#include "db/transaction.h"
#include "registry/access/access.h"
#include "text/text.h"
#include "title/assessments/assessments.h"
#include "title/assessments/assessments_messages.h"
#include "title/criteria/criteria.h"

static bool is_own(const struct ask *ask, int64_t person_id)
{
	return ask->actor && ask->actor->person_id == person_id;
}

static bool is_system(const struct ask *ask)
{
	return ask->actor && ask->actor->is_system;
}

static const char *note_of(const struct sheet_bulk *bulk)
{
	return bulk ? bulk->note : NULL;
}

static struct standing_batch *batch_of(const struct sheet_bulk *bulk)
{
	return bulk ? bulk->batch : NULL;
}

/* ---- who helped ---- */

static bool is_named(const struct sheet *s)
{
	return *s->helper && *s->consent;
}

/* Somebody else's hand names the helper and the consent once; a command of the installation's own (roster, demo) may have
 * neither. */
static void check_help(struct ask *ask, const struct sheet *s, const struct sheet_help *help)
{
	if (is_own(ask, s->key.person_id) || (!help && (is_named(s) || is_system(ask))))
		return;
	if (!help || !*help->helper)
		problem(ask->problems, "helper", SHEET_HELPER_MISSING);
	if (!help || !*help->consent)
		problem(ask->problems, "consent", SHEET_CONSENT_MISSING);
}

static void note_help(const struct ask *ask, struct sheet *s, const struct sheet_help *help)
{
	if (is_own(ask, s->key.person_id) || !help)
		return;
	s->helper = help->helper;
	s->consent = help->consent;
}

/* ---- windows ---- */

/* round_is_open without its problem. */
static OUTCOME open_quietly(struct ask *ask, const struct round *round, int64_t unit_id, enum round_stage stage, bool *out)
{
	struct problems *told = ask->problems, quiet = PROBLEMS(ask->arena);
	enum outcome asked;

	ask->problems = &quiet;
	asked = round_is_open(ask, round, unit_id, stage, out);
	ask->problems = told;
	return asked;
}

static bool is_the_persons(enum sheet_state state)
{
	return state == SHEET_REGISTERED || state == SHEET_DRAFT || state == SHEET_RETURNED;
}

OUTCOME sheet_is_open(struct ask *ask, const struct sheet *s, bool *out)
{
	struct round round;

	*out = false;
	if (!is_the_persons(s->state)) {
		problem(ask->problems, "", sheet_closed_in(ask->arena, sheet_state_words(s->state)));
		return OK;
	}
	TRY(round_get(ask, s->key.round_id, &round));
	if (s->state == SHEET_RETURNED && strcmp(day_of(ask->now).text, s->due_day) <= 0 && !round.locked) {
		*out = true;
		return OK;
	}
	return round_is_open(ask, &round, s->leaf_id, STAGE_SCORE, out);
}

/* ---- registering ---- */

static size_t lines_of(const char *text)
{
	size_t n = *text ? 1 : 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

OUTCOME sheet_new_check(struct ask *ask, const struct person *person, const struct round *round, const struct sheet_new *new)
{
	const struct criteria *criteria;
	int age = day_age_at_end(person->birth, round->year);

	TRY(criteria_get(ask, round->criteria_id, &criteria));
	if (person->condition != PERSON_ACTIVE)
		problem(ask->problems, "", SHEET_NOT_ACTIVE);
	if (age < PERSON_AGE_MIN)
		problem(ask->problems, "", sheet_too_young(ask->arena, round->year));
	else if (age < PERSON_ADULT && !*new->guardian && !*person->guardian)
		problem(ask->problems, "guardian", SHEET_GUARDIAN_MISSING);
	if (criteria_group_index(criteria, new->group) < 0)
		problem(ask->problems, "group", SHEET_GROUP_WRONG);
	if (lines_of(new->wishes) > WISHES_MAX)
		problem(ask->problems, "wishes", sheet_wishes_many(ask->arena, WISHES_MAX));
	return OK;
}

/* The window of registration for a new sheet; what was registered may be changed as long as it may be scored as well. */
static OUTCOME check_register_window(struct ask *ask, const struct round *round, const struct sheet *s)
{
	bool open = false;

	if (!s->version)
		return round_is_open(ask, round, s->leaf_id, STAGE_REGISTER, &open);
	if (s->state == SHEET_REGISTERED)
		TRY(open_quietly(ask, round, s->leaf_id, STAGE_REGISTER, &open));
	return open ? OK : sheet_is_open(ask, s, &open);
}

static OUTCOME sheet_or_blank(struct ask *ask, const struct person *person, const struct round *round, struct sheet *out)
{
	enum outcome found = sheet_get(ask, (struct sheet_key){ person->id, round->id }, out);

	if (found == NOT_FOUND)
		*out = (struct sheet){ .key = {person->id, round->id}, .code = "", .state = SHEET_NONE,
			.criteria_id = round->criteria_id, .leaf_id = person->leaf_id, .group = "", .remark = "", .wishes = "",
			.helper = "", .consent = "", .guardian = "", .state_reason = "", .told_on = "", .due_day = "" };
	return found == NOT_FOUND ? OK : found;
}

OUTCOME sheet_register_in(struct ask *ask, struct sheet_key key, const struct sheet_new *new, const struct sheet_help *help,
	const struct sheet_bulk *bulk)
{
	DB_TRANSACTION(tx, ask->db);
	struct person person;
	struct round round;
	struct sheet before, after;

	TRY(person_get(ask, key.person_id, &person));
	TRY(access_require_person(ask, PERMIT_SHEET_ASSIST, person.id, person.leaf_id));
	TRY(round_get(ask, key.round_id, &round));
	TRY(sheet_or_blank(ask, &person, &round, &before));
	if (before.version != new->version)
		return CONFLICT;
	after = before;
	after.group = new->group;
	after.wishes = new->wishes;
	after.no_posting = new->no_posting;
	after.guardian = *new->guardian ? new->guardian : person.guardian;
	TRY(sheet_new_check(ask, &person, &round, new));
	TRY(check_register_window(ask, &round, &before));
	check_help(ask, &before, help);
	if (!problems_none(ask->problems))
		return INVALID;
	note_help(ask, &after, help);
	if (!before.version) {
		after.state = SHEET_REGISTERED;
		after.registered_at = ask->now;
	}
	TRY(sheet_write(ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_REGISTERED, .reason = note_of(bulk),
		.batch = batch_of(bulk) }));
	return db_commit(&tx);
}

OUTCOME sheet_register_as(struct ask *ask, struct sheet_key key, const struct sheet_new *new, const struct sheet_help *help)
{
	return sheet_register_in(ask, key, new, help, NULL);
}

OUTCOME sheet_register(struct ask *ask, struct sheet_key key, const char *group, const char *wishes, bool no_posting,
	const struct sheet_help *help)
{
	struct sheet_new new = { .group = group, .wishes = wishes, .guardian = "", .no_posting = no_posting };

	return sheet_register_as(ask, key, &new, help);
}

/* ---- scoring ---- */

/* A sheet that the actor may change now; the version read is the stored one. */
static OUTCOME changeable(struct ask *ask, struct sheet_key key, int64_t version, const struct sheet_help *help,
	struct sheet *out)
{
	bool open;

	TRY(sheet_get(ask, key, out));
	TRY(access_require_person(ask, PERMIT_SHEET_ASSIST, key.person_id, out->leaf_id));
	if (out->version != version)
		return CONFLICT;
	TRY(sheet_is_open(ask, out, &open));
	check_help(ask, out, help);
	return OK;
}

static void check_scores(struct ask *ask, const struct criteria *criteria, const struct scores *scores)
{
	for (int i = 0; i < scores->n; i++) {
		int max = i < (int)criteria->n_indicators ? criteria->indicators[i].max : -1;

		if (scores->at[i].is && (scores->at[i].value < 0 || scores->at[i].value > max))
			problem(ask->problems, arena_format(ask->arena, "score_%d", i + 1),
				sheet_score_wrong(ask->arena, i + 1, max < 0 ? 0 : max));
	}
}

/* What a save brings: scores of some indicators, or (whole) of all, where an absent one is taken away. */
struct brought { const struct scores *scores; bool whole; const char *remark, *note; };

static OUTCOME save(struct ask *ask, struct sheet_key key, int64_t version, const struct brought *new,
	const struct sheet_help *help)
{
	DB_TRANSACTION(tx, ask->db);
	const struct criteria *criteria;
	struct sheet before, after;

	TRY(changeable(ask, key, version, help, &before));
	TRY(criteria_get(ask, before.criteria_id, &criteria));
	check_scores(ask, criteria, new->scores);
	if (!problems_none(ask->problems))
		return INVALID;
	after = before;
	after.self.n = (int)criteria->n_indicators;
	for (int i = 0; i < after.self.n; i++)
		if (new->whole || new->scores->at[i].is)
			after.self.at[i] = new->scores->at[i];
	if (new->remark)
		after.remark = new->remark;
	if (before.state != SHEET_REGISTERED && scores_equal(&before.self, &after.self) && !strcmp(before.remark, after.remark))
		return db_commit(&tx);
	if (before.state == SHEET_REGISTERED)
		after.state = SHEET_DRAFT;
	note_help(ask, &after, help);
	if (!is_own(ask, key.person_id))
		after.assisted = is_named(&after);
	TRY(sheet_write(ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_SCORED, .reason = new->note }));
	return db_commit(&tx);
}

OUTCOME sheet_save_scores(struct ask *ask, struct sheet_key key, int64_t version, const struct scores *scores, const char *remark,
	const struct sheet_help *help)
{
	return save(ask, key, version, &(struct brought){ .scores = scores, .remark = remark }, help);
}

OUTCOME sheet_put_scores(struct ask *ask, struct sheet_key key, int64_t version, const struct scores *scores,
	const struct sheet_help *help, const char *note)
{
	return save(ask, key, version, &(struct brought){ .scores = scores, .whole = true, .note = note }, help);
}

static void check_complete(struct ask *ask, const struct criteria *criteria, const struct sheet *s)
{
	int missing[SCORES_MAX], n = 0;

	for (int i = 0; i < (int)criteria->n_indicators; i++)
		if (i >= s->self.n || !s->self.at[i].is)
			missing[n++] = i + 1;
	if (n)
		problem(ask->problems, "", sheet_missing_scores(ask->arena, missing, n));
}

OUTCOME sheet_submit_in(struct ask *ask, struct sheet_key key, int64_t version, const struct sheet_help *help,
	const struct sheet_bulk *bulk)
{
	DB_TRANSACTION(tx, ask->db);
	const struct criteria *criteria;
	struct sheet before, after;

	TRY(changeable(ask, key, version, help, &before));
	TRY(criteria_get(ask, before.criteria_id, &criteria));
	if (problems_none(ask->problems))
		check_complete(ask, criteria, &before);
	if (!problems_none(ask->problems))
		return INVALID;
	after = before;
	BUG_ON(!sheet_may_go(before.state, SHEET_SUBMITTED, HAND_CITIZEN));
	after.state = SHEET_SUBMITTED;
	after.submitted_at = ask->now;
	after.reviewed = (struct scores){ 0 };
	after.reviewed_at = after.reviewed_by = 0;
	after.state_reason = after.told_on = after.due_day = "";
	note_help(ask, &after, help);
	TRY(sheet_write(ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_SUBMITTED, .reason = note_of(bulk),
		.batch = batch_of(bulk) }));
	return db_commit(&tx);
}

OUTCOME sheet_submit(struct ask *ask, struct sheet_key key, int64_t version, const struct sheet_help *help)
{
	return sheet_submit_in(ask, key, version, help, NULL);
}

/* ---- back, out, in again ---- */

OUTCOME sheet_take_back(struct ask *ask, struct sheet_key key, int64_t version)
{
	DB_TRANSACTION(tx, ask->db);
	struct sheet before, after;
	struct round round;
	bool open;

	TRY(sheet_get(ask, key, &before));
	if (!is_own(ask, key.person_id))
		return FORBIDDEN;
	if (before.version != version)
		return CONFLICT;
	if (!sheet_may_go(before.state, SHEET_DRAFT, HAND_CITIZEN))
		problem(ask->problems, "", sheet_closed_in(ask->arena, sheet_state_words(before.state)));
	else if (before.reviewed.n)
		problem(ask->problems, "", SHEET_REVIEW_BEGUN);
	TRY(round_get(ask, key.round_id, &round));
	if (problems_none(ask->problems))
		TRY(round_is_open(ask, &round, before.leaf_id, STAGE_SCORE, &open));
	if (!problems_none(ask->problems))
		return INVALID;
	after = before;
	after.state = SHEET_DRAFT;
	after.submitted_at = 0;
	TRY(sheet_write(ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_TAKEN_BACK }));
	return db_commit(&tx);
}

OUTCOME sheet_withdraw(struct ask *ask, struct sheet_key key, int64_t version, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct sheet before, after;
	struct round round;

	TRY(sheet_get(ask, key, &before));
	TRY(access_require_person(ask, PERMIT_SHEET_ASSIST, key.person_id, before.leaf_id));
	if (before.version != version)
		return CONFLICT;
	TRY(round_get(ask, key.round_id, &round));
	if (!sheet_may_go(before.state, SHEET_WITHDRAWN, HAND_CITIZEN | HAND_BRANCH | HAND_COMMUNE))
		problem(ask->problems, "", sheet_closed_in(ask->arena, sheet_state_words(before.state)));
	else if (round.locked)
		problem(ask->problems, "", SHEET_LOCKED);
	if (text_length(reason) < SHEET_REASON_MIN)
		problem(ask->problems, "reason", SHEET_REASON_SHORT);
	if (!problems_none(ask->problems))
		return INVALID;
	after = before;
	after.state = SHEET_WITHDRAWN;
	after.state_before = before.state;
	after.state_reason = reason;
	TRY(sheet_write(ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_WITHDRAWN, .reason = reason }));
	return db_commit(&tx);
}

/* The window that must be open for a sheet to come back into that state. */
static enum round_stage stage_of(enum sheet_state state)
{
	if (is_the_persons(state))
		return STAGE_SCORE;
	return state == SHEET_SUBMITTED || state == SHEET_REVIEWED ? STAGE_REVIEW : STAGE_RECOGNISE;
}

OUTCOME sheet_restore(struct ask *ask, struct sheet_key key, int64_t version, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct sheet before, after;
	struct round round;
	bool open;

	TRY(sheet_get(ask, key, &before));
	TRY(access_require(ask, PERMIT_SHEET_ASSIST, before.leaf_id));
	if (before.version != version)
		return CONFLICT;
	TRY(round_get(ask, key.round_id, &round));
	if (!sheet_may_go(before.state, before.state_before, HAND_BRANCH | HAND_COMMUNE))
		problem(ask->problems, "", sheet_closed_in(ask->arena, sheet_state_words(before.state)));
	else
		TRY(round_is_open(ask, &round, before.leaf_id, stage_of(before.state_before), &open));
	if (text_length(reason) < SHEET_REASON_MIN)
		problem(ask->problems, "reason", SHEET_REASON_SHORT);
	if (!problems_none(ask->problems))
		return INVALID;
	after = before;
	after.state = before.state_before;
	after.state_before = SHEET_NONE;
	after.state_reason = "";
	TRY(sheet_write(ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_RESTORED, .reason = reason }));
	return db_commit(&tx);
}

/* ---- evidence ---- */

static OUTCOME open_for_evidence(struct ask *ask, struct sheet_key key, int indicator, const struct sheet_help *help,
	struct sheet *out)
{
	const struct criteria *criteria;
	bool open;

	TRY(sheet_get(ask, key, out));
	TRY(access_require_person(ask, PERMIT_SHEET_ASSIST, key.person_id, out->leaf_id));
	TRY(criteria_get(ask, out->criteria_id, &criteria));
	if (indicator < 0 || indicator > (int)criteria->n_indicators)
		return NOT_FOUND;
	TRY(sheet_is_open(ask, out, &open));
	check_help(ask, out, help);
	return problems_none(ask->problems) ? OK : INVALID;
}

/* The first evidence begins the sheet. */
static OUTCOME begin_draft(struct ask *ask, const struct sheet *before, const struct sheet_help *help)
{
	struct sheet after = *before;

	if (before->state != SHEET_REGISTERED)
		return OK;
	after.state = SHEET_DRAFT;
	note_help(ask, &after, help);
	return sheet_write(ask, before, &after, &(struct sheet_write){ .action = AUDIT_EVIDENCE_ADDED });
}

OUTCOME sheet_add_files(struct ask *ask, struct sheet_key key, int indicator, const struct evidence_files *prepared,
	const struct sheet_help *help)
{
	DB_TRANSACTION(tx, ask->db);
	struct sheet s;

	TRY(open_for_evidence(ask, key, indicator, help, &s));
	TRY(evidence_add_files(ask, key.person_id, s.leaf_id, key.round_id, indicator, prepared));
	if (prepared->n_good)
		TRY(begin_draft(ask, &s, help));
	return db_commit(&tx);
}

OUTCOME sheet_add_statement(struct ask *ask, struct sheet_key key, int indicator, const char *words,
	const struct sheet_help *help)
{
	DB_TRANSACTION(tx, ask->db);
	struct sheet s;

	TRY(open_for_evidence(ask, key, indicator, help, &s));
	TRY(evidence_add_statement(ask, key.person_id, s.leaf_id, key.round_id, indicator, words));
	TRY(begin_draft(ask, &s, help));
	return db_commit(&tx);
}

OUTCOME sheet_link(struct ask *ask, struct sheet_key key, int indicator, int64_t evidence_id, bool linked,
	const struct sheet_help *help)
{
	DB_TRANSACTION(tx, ask->db);
	struct sheet s;

	if (indicator < 1)
		return NOT_FOUND;
	TRY(open_for_evidence(ask, key, indicator, help, &s));
	TRY(evidence_set_link(ask, key.person_id, s.leaf_id, key.round_id, indicator, evidence_id, linked));
	if (linked)
		TRY(begin_draft(ask, &s, help));
	return db_commit(&tx);
}

OUTCOME sheet_remove_evidence(struct ask *ask, struct sheet_key key, int64_t evidence_id, int64_t evidence_version,
	const struct sheet_help *help)
{
	DB_TRANSACTION(tx, ask->db);
	struct sheet s;

	TRY(open_for_evidence(ask, key, 0, help, &s));
	TRY(evidence_remove(ask, key.person_id, s.leaf_id, key.round_id, evidence_id, evidence_version));
	return db_commit(&tx);
}
