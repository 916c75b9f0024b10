#include "registry/people/corrections.h"

#include <string.h>

#include "base/day.h"
#include "corrections_sql.h"
#include "db/transaction.h"
#include "json/json.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "registry/people/people_messages.h"
#include "registry/tree/tree.h"
#include "text/parse.h"
#include "text/text.h"

enum { REASON_MIN = 10, VALUE_MAX = 500 };

static const struct { const char *field, *label; } fields[CORRECTION_FIELDS] = {
	{ "name", "Họ tên" }, { "birth", "Ngày sinh" }, { "sex", "Giới tính" }, { "phone", "Điện thoại" },
	{ "address", "Địa chỉ" },
	{ "household", "Chủ hộ" }, { "clan", "Dòng họ" }, { "group", "Nhóm" } };

static const char *const sexes[] = { "0", "1", "2" };

/* The value of one of `fields` by its place. */
static const char **text_of(struct person_new *p, size_t field)
{
	const char **const at[CORRECTION_FIELDS] = { &p->name, &p->birth, NULL, &p->phone, &p->address, &p->household, &p->clan,
		&p->group };

	return at[field];
}

static const char *value_of(struct person_new *p, size_t field)
{
	const char **text = text_of(p, field);

	return text ? *text : sexes[p->sex];
}

static void set_value(struct person_new *p, size_t field, const char *value)
{
	const char **text = text_of(p, field);

	if (text)
		*text = value;
	else if (*value >= '0' && *value <= '2')
		p->sex = (enum sex)(*value - '0');
}

static const char *changes_json(struct arena *arena, struct person_new *now, struct person_new *wanted, size_t *n)
{
	struct buf out = BUF(arena, .max = 64 * KiB);
	struct json_out json = { .out = &out };

	*n = 0;
	json_begin_object(&json);
	for (size_t i = 0; i < CORRECTION_FIELDS; i++) {
		if (!strcmp(value_of(now, i), value_of(wanted, i)))
			continue;
		json_put_key(&json, fields[i].field);
		json_put_text(&json, value_of(wanted, i));
		(*n)++;
	}
	json_end(&json);
	return buf_cstr(&out);
}

/* What is asked stands over what is stored: `now` becomes what it would be. */
static OUTCOME read_changes(struct ask *ask, const char *text, struct person_new *now, struct correction *out)
{
	struct problems ours = PROBLEMS(ask->arena);
	const struct json *root;

	TRY(json_parse(ask->arena, (struct bytes){ text, strlen(text) }, &ours, &root));
	for (size_t i = 0; i < CORRECTION_FIELDS; i++) {
		const struct json *value = json_member(root, fields[i].field);
		const char *was = value_of(now, i);

		if (!json_has(value))
			continue;
		set_value(now, i, arena_text(ask->arena, json_text(value, VALUE_MAX)));
		out->changes[out->n_changes++] = (struct correction_change){ fields[i].field, fields[i].label, was,
			value_of(now, i) };
	}
	return problems_none(&ours) ? OK : FAILED;
}

static const char *without_phone_signs(struct ask *ask, const char *typed)
{
	char *digits = arena_alloc(ask->arena, PHONE_LEN_MAX + 1);

	return *typed && text_to_phone(typed, digits) == PHONE_OK ? digits : typed;
}

static OUTCOME check_none_open(struct ask *ask, int64_t person_id)
{
	struct sql_corrections_of_person_row *rows;
	size_t n;

	TRY(sql_corrections_of_person(ask, person_id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].answer == CORRECTION_OPEN) {
			problem(ask->problems, "", correction_waits(ask->arena, arena_text(ask->arena,
				day_of(rows[i].asked_at).text)));
			return OK;
		}
	return OK;
}

OUTCOME correction_ask(struct ask *ask, int64_t person_id, const struct person_new *typed, const char *note, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	struct person p;
	struct person_new now, wanted = *typed;
	const char *json;
	size_t n;

	TRY(person_get(ask, person_id, &p));
	if (!ask->actor || ask->actor->person_id != person_id || p.condition != PERSON_ACTIVE)
		return FORBIDDEN;
	now = person_as_new(&p);
	wanted.phone = without_phone_signs(ask, typed->phone);
	person_may_be(&wanted, arena_text(ask->arena, day_of(ask->now).text), ask->problems);
	json = changes_json(ask->arena, &now, &wanted, &n);
	if (!n && !*note)
		problem(ask->problems, "", CORRECTION_NOTHING);
	TRY(check_none_open(ask, person_id));
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(tree_new_id(ask, "correction", id));
	TRY(sql_correction_insert(ask, &(struct sql_correction_insert_in){ .person_id = person_id, .id = *id,
		.leaf_id = p.leaf_id,
		.asked_at = ask->now, .asked_by = ask->actor->account_id, .changes = json, .note = note }));
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_PERSON_CORRECTION_ASKED, .subject = "correction",
		.subject_id = *id,
		.version = 1, .person_id = person_id, .unit_id = p.leaf_id, .new = json, .reason = note }));
	return db_commit(&tx);
}

static OUTCOME accept(struct ask *ask, const struct person *p, const char *changes)
{
	struct person_new wanted = person_as_new(p);
	struct correction asked = { 0 };

	TRY(read_changes(ask, changes, &wanted, &asked));
	return asked.n_changes ? person_change(ask, p->id, p->version, &wanted, "Theo đề nghị của chính người này") : OK;
}

OUTCOME correction_answer(struct ask *ask, int64_t person_id, int64_t id, int64_t version, bool accepted, const char *note)
{
	DB_TRANSACTION(tx, ask->db);
	struct sql_correction_get_row row;
	struct person p;

	TRY(sql_correction_get(ask, person_id, id, &row));
	TRY(person_get(ask, person_id, &p));
	TRY(access_require(ask, PERMIT_PERSON_EDIT, p.leaf_id));
	if (!accepted && text_length(note) < REASON_MIN)
		problem(ask->problems, "note", CORRECTION_REASON_SHORT);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(sql_correction_answer(ask, &(struct sql_correction_answer_in){ .answer = accepted ? CORRECTION_ACCEPTED
		: CORRECTION_REFUSED,
		.answered_at = ask->now, .answered_by = ask->actor->account_id, .answer_note = note, .person_id = person_id,
		.id = id,
		.version = version }));
	if (accepted)
		TRY(accept(ask, &p, row.changes));
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_PERSON_CORRECTION_ANSWERED, .subject = "correction",
		.subject_id = id,
		.version = version + 1, .person_id = person_id, .unit_id = p.leaf_id,
		.new = audit_json(ask->arena, "answer", accepted ? "accepted" : "refused", NULL), .reason = note }));
	return db_commit(&tx);
}

OUTCOME correction_list_open(struct ask *ask, int64_t unit_id, struct correction_list *out)
{
	struct sql_corrections_open_row *rows;
	struct correction *list;

	*out = (struct correction_list){ 0 };
	TRY(access_require(ask, PERMIT_PERSON_EDIT, unit_id));
	TRY(sql_corrections_open(ask, unit_id, arena_text(ask->arena, day_of(ask->now).text), &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct correction, out->n);
	for (size_t i = 0; i < out->n; i++) {
		struct person_new now = { .name = rows[i].name, .birth = rows[i].birth, .sex = (enum sex)rows[i].sex,
			.phone = rows[i].phone,
			.address = rows[i].address, .household = rows[i].household, .clan = rows[i].clan,
			.group = rows[i].group_code };

		list[i] = (struct correction){ .person_id = rows[i].person_id, .id = rows[i].id, .version = rows[i].version,
			.leaf_id = rows[i].leaf_id, .asked_at = rows[i].asked_at, .name = rows[i].name,
			.leaf_name = rows[i].leaf_name,
			.note = rows[i].note, .answer_note = "", .state = CORRECTION_OPEN };
		TRY(read_changes(ask, rows[i].changes, &now, &list[i]));
	}
	out->at = list;
	return OK;
}

OUTCOME correction_list_of(struct ask *ask, int64_t person_id, struct correction_list *out)
{
	struct sql_corrections_of_person_row *rows;
	struct correction *list;
	struct person p;

	TRY(person_get(ask, person_id, &p));
	TRY(access_require_person(ask, PERMIT_PERSON_READ, person_id, p.leaf_id));
	TRY(sql_corrections_of_person(ask, person_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct correction, out->n);
	for (size_t i = 0; i < out->n; i++) {
		struct person_new now = person_as_new(&p);

		list[i] = (struct correction){ .person_id = person_id, .id = rows[i].id, .version = rows[i].version,
			.leaf_id = rows[i].leaf_id,
			.asked_at = rows[i].asked_at, .name = p.name, .leaf_name = p.leaf_name, .note = rows[i].note,
			.answer_note = rows[i].answer_note, .state = (enum correction_state)rows[i].answer,
			.answered_at = rows[i].answered_at };
		TRY(read_changes(ask, rows[i].changes, &now, &list[i]));
	}
	out->at = list;
	return OK;
}

OUTCOME correction_follow(struct ask *ask, int64_t person_id, int64_t leaf_id)
{
	return sql_corrections_follow(ask, leaf_id, person_id);
}
