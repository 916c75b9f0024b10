/* What a row did, kept as JSON beside it, and taken back. */
#include <string.h>

#include "db/transaction.h"
#include "json/json.h"
#include "title/roster/roster_write.h"

enum { TEXT_MAX = 4000 };

/* The members of a person and of a sheet that are texts, by name: written and read by one table each. */
#define PERSON_TEXTS(X) X(name) X(birth) X(phone) X(address) X(household) X(clan) X(group) X(trained_on) X(guardian)
#define PERSON_NUMBERS(X) X(leaf_id) X(hamlet_id) X(organisation_id)
#define SHEET_TEXTS(X) X(group) X(remark) X(wishes) X(helper) X(consent) X(guardian) X(state_reason) X(told_on) X(due_day)
#define SHEET_NUMBERS(X) X(criteria_id) X(registered_at) X(submitted_at) X(reviewed_at) X(reviewed_by)
#define SHEET_SCORES(X) X(self) X(reviewed) X(final)

#define PUT_TEXT(member) json_put_key(j, #member); json_put_text(j, from->member);
#define PUT_NUMBER(member) json_put_key(j, #member); json_put_int(j, from->member);
#define PUT_SCORES(member) json_put_key(j, #member); json_put_text(j, scores_write(a, &from->member));

static void put_person(struct json_out *j, const struct person *from)
{
	json_begin_object(j);
	PERSON_TEXTS(PUT_TEXT)
	PERSON_NUMBERS(PUT_NUMBER)
	json_put_key(j, "sex");
	json_put_int(j, from->sex);
	json_put_key(j, "member");
	json_put_bool(j, from->member);
	json_put_key(j, "numbered");
	json_put_bool(j, from->has_national_id);
	json_end(j);
}

static void put_sheet(struct arena *a, struct json_out *j, const struct sheet *from)
{
	json_begin_object(j);
	SHEET_TEXTS(PUT_TEXT)
	SHEET_NUMBERS(PUT_NUMBER)
	SHEET_SCORES(PUT_SCORES)
	json_put_key(j, "state");
	json_put_int(j, from->state);
	json_put_key(j, "state_before");
	json_put_int(j, from->state_before);
	json_put_key(j, "assisted");
	json_put_bool(j, from->assisted);
	json_put_key(j, "no_posting");
	json_put_bool(j, from->no_posting);
	json_end(j);
}

struct bytes written_json(struct arena *a, const struct roster_written *w)
{
	struct buf out = BUF(a, .max = 64 * KiB);
	struct json_out j = { .out = &out };

	json_begin_object(&j);
	json_put_key(&j, "added");
	json_put_bool(&j, w->added);
	if (!w->added && w->person_version) {
		json_put_key(&j, "person");
		put_person(&j, &w->person);
	}
	if (w->sheet_version && w->had_sheet) {
		json_put_key(&j, "sheet");
		put_sheet(a, &j, &w->sheet);
	}
	json_end(&j);
	return (struct bytes){ buf_cstr(&out), out.len };
}

#define GET_TEXT(member) to->member = json_lines(json_member(from, #member), TEXT_MAX);
#define GET_NUMBER(member) to->member = json_int(json_member(from, #member), 0, INT64_MAX);
#define GET_SCORES(member) ok &= scores_read(json_text(json_member(from, #member), TEXT_MAX), &to->member);

static void get_person(const struct json *from, struct person_new *to)
{
	*to = (struct person_new){ 0 };
	PERSON_TEXTS(GET_TEXT)
	PERSON_NUMBERS(GET_NUMBER)
	to->sex = (enum sex)json_int(json_member(from, "sex"), 0, 2);
	to->member = json_bool(json_member(from, "member"));
	to->national_id = json_bool(json_member(from, "numbered")) ? NULL : "";
}

static bool get_sheet(const struct json *from, struct sheet *to)
{
	bool ok = true;

	SHEET_TEXTS(GET_TEXT)
	SHEET_NUMBERS(GET_NUMBER)
	SHEET_SCORES(GET_SCORES)
	to->state = (enum sheet_state)json_int(json_member(from, "state"), 0, SHEET_STATE_N - 1);
	to->state_before = (enum sheet_state)json_int(json_member(from, "state_before"), 0, SHEET_STATE_N - 1);
	to->assisted = json_bool(json_member(from, "assisted"));
	to->no_posting = json_bool(json_member(from, "no_posting"));
	return ok;
}

static OUTCOME undo_sheet(struct ask *ask, const struct json *root, struct sheet_key key, int64_t version, const char *reason)
{
	const struct json *from = json_member(root, "sheet");
	struct sheet before;

	if (!json_has(from))
		return sheet_undo(ask, key, version, NULL, PERMIT_SHEET_ASSIST, reason);
	TRY(sheet_get(ask, key, &before));       /* its code and key */
	return get_sheet(from, &before) ? sheet_undo(ask, key, version, &before, PERMIT_SHEET_ASSIST, reason) : FAILED;
}

OUTCOME written_undo(struct ask *ask, struct bytes json, int64_t round_id, int64_t person_id, int64_t person_version,
	int64_t sheet_version, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct problems problems = PROBLEMS(ask->arena);
	const struct json *root;
	struct person_new before;

	if (json_parse(ask->arena, json, &problems, &root) != OK)
		return FAILED;
	if (sheet_version)
		TRY(undo_sheet(ask, root, (struct sheet_key){ person_id, round_id }, sheet_version, reason));
	if (person_version && json_bool(json_member(root, "added"))) {
		TRY(person_remove(ask, person_id, person_version, reason));
	} else if (person_version) {
		get_person(json_member(root, "person"), &before);
		TRY(problems_none(&problems) ? person_change(ask, person_id, person_version, &before, reason) : FAILED);
	}
	return problems_none(&problems) ? db_commit(&tx) : FAILED;
}
