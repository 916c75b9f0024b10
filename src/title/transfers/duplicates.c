/* Somebody entered twice: one stays, the other leaves the register. */
#include <string.h>

#include "db/transaction.h"
#include "json/json.h"
#include "registry/access/access.h"
#include "registry/people/people.h"
#include "text/format.h"
#include "title/assessments/assessments.h"
#include "title/evidence/evidence.h"
#include "title/rounds/rounds.h"
#include "title/transfers/transfers_messages.h"
#include "title/transfers/transfers_store.h"
#include "transfers_sql.h"

enum { VALUE_MAX = 1000 };

static OUTCOME both(struct ask *ask, int64_t keep_id, int64_t drop_id, struct person *keep, struct person *drop)
{
	if (keep_id == drop_id)
		return NOT_FOUND;
	TRY(person_get(ask, keep_id, keep));
	TRY(person_get(ask, drop_id, drop));
	TRY(access_require(ask, PERMIT_PERSON_EDIT, keep->leaf_id));
	TRY(access_require(ask, PERMIT_PERSON_EDIT, drop->leaf_id));
	return keep->condition == PERSON_ACTIVE && drop->condition == PERSON_ACTIVE ? OK : NOT_FOUND;
}

/* ---- values ---- */

static const char *const labels[DUPLICATE_FIELDS] = { "Họ tên", "Ngày sinh", "Giới tính", "Số định danh", "Nhóm", "Nơi tính",
	"Điện thoại",
	"Địa chỉ", "Chủ hộ", "Dòng họ", "Hội viên", "Ngày tập huấn", "Người giám hộ" };

static const char *value_of(struct arena *a, const struct person *p, enum duplicate_field field)
{
	switch (field) {
	case DUPLICATE_NAME: return p->name;
	case DUPLICATE_BIRTH: return format_date(a, p->birth);
	case DUPLICATE_SEX: return p->sex == SEX_MALE ? "Nam" : p->sex == SEX_FEMALE ? "Nữ" : "";
	case DUPLICATE_NUMBER: return p->has_national_id ? arena_format(a, "…%s", p->national_id_end) : "";
	case DUPLICATE_GROUP: return person_group_label(p->group);
	case DUPLICATE_PLACE: return p->leaf_name;
	case DUPLICATE_PHONE: return p->phone;
	case DUPLICATE_ADDRESS: return p->address;
	case DUPLICATE_HOUSEHOLD: return p->household;
	case DUPLICATE_CLAN: return p->clan;
	case DUPLICATE_MEMBER: return p->member ? "Có" : "Không";
	case DUPLICATE_TRAINED: return *p->trained_on ? format_date(a, p->trained_on) : "";
	case DUPLICATE_GUARDIAN: return p->guardian;
	case DUPLICATE_FIELDS: break;
	}
	return "";
}

static bool differs(struct arena *a, const struct person *x, const struct person *y, enum duplicate_field field)
{
	return field == DUPLICATE_PLACE ? x->leaf_id != y->leaf_id : strcmp(value_of(a, x, field), value_of(a, y, field)) != 0;
}

static void take(struct person_new *to, const struct person *from, enum duplicate_field field)
{
	switch (field) {
	case DUPLICATE_NAME: to->name = from->name; break;
	case DUPLICATE_BIRTH: to->birth = from->birth; break;
	case DUPLICATE_SEX: to->sex = from->sex; break;
	case DUPLICATE_GROUP: to->group = from->group; break;
	case DUPLICATE_PLACE:
		to->leaf_id = from->leaf_id;
		to->hamlet_id = from->hamlet_id;
		to->organisation_id = from->organisation_id;
		break;
	case DUPLICATE_PHONE: to->phone = from->phone; break;
	case DUPLICATE_ADDRESS: to->address = from->address; break;
	case DUPLICATE_HOUSEHOLD: to->household = from->household; break;
	case DUPLICATE_CLAN: to->clan = from->clan; break;
	case DUPLICATE_MEMBER: to->member = from->member; break;
	case DUPLICATE_TRAINED: to->trained_on = from->trained_on; break;
	case DUPLICATE_GUARDIAN: to->guardian = from->guardian; break;
	case DUPLICATE_NUMBER: case DUPLICATE_FIELDS: break;
	}
}

/* ---- rounds ---- */

static const struct sheet *sheet_in(const struct sheet_list *list, int64_t round_id)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].key.round_id == round_id)
			return &list->at[i];
	return NULL;
}

/* Counted in its round, and not yet decided. */
static bool is_under_way(const struct sheet *s) { return s && s->state >= SHEET_REGISTERED && s->state <= SHEET_PROPOSED; }

static OUTCOME fill_rounds(struct ask *ask, const struct sheet_list *keep, const struct sheet_list *drop,
	struct duplicate_preview *out)
{
	struct duplicate_round *list;
	struct round_list rounds;

	TRY(round_list(ask, &rounds));
	list = ARENA_ARRAY(ask->arena, struct duplicate_round, rounds.n);
	for (size_t i = 0; i < rounds.n; i++) {
		const struct sheet *k = sheet_in(keep, rounds.at[i].id), *d = sheet_in(drop, rounds.at[i].id);

		if (k || d)
			list[out->n_rounds++] = (struct duplicate_round){ rounds.at[i].year, k ? sheet_state_words(k->state) : "",
				d ? sheet_state_words(d->state) : "", !rounds.at[i].locked && is_under_way(d) };
	}
	out->rounds = list;
	return OK;
}

OUTCOME duplicate_preview(struct ask *ask, int64_t keep_id, int64_t drop_id, struct duplicate_preview *out)
{
	struct duplicate_value *values = ARENA_ARRAY(ask->arena, struct duplicate_value, DUPLICATE_FIELDS);
	struct sql_belongings_row keeps, drops;
	struct sheet_list keep_sheets, drop_sheets;
	struct person keep, drop;

	TRY(both(ask, keep_id, drop_id, &keep, &drop));
	*out = (struct duplicate_preview){ .keep_id = keep_id, .drop_id = drop_id, .keep_version = keep.version, .drop_version
		= drop.version,
		.keep_name = keep.name, .drop_name = drop.name, .keep_leaf = keep.leaf_name, .drop_leaf = drop.leaf_name,
		.values = values };
	for (int f = 0; f < DUPLICATE_FIELDS; f++)
		if (differs(ask->arena, &keep, &drop, (enum duplicate_field)f))
			values[out->n_values++] = (struct duplicate_value){ (enum duplicate_field)f, labels[f],
				value_of(ask->arena, &keep, (enum duplicate_field)f), value_of(ask->arena, &drop,
				(enum duplicate_field)f) };
	TRY(sheets_of_person(ask, keep_id, &keep_sheets));
	TRY(sheets_of_person(ask, drop_id, &drop_sheets));
	TRY(sql_belongings(ask, keep_id, &keeps));
	TRY(sql_belongings(ask, drop_id, &drops));
	out->keep_evidence = keeps.evidence;
	out->keep_certificates = keeps.certificates;
	out->drop_evidence = drops.evidence;
	out->drop_certificates = drops.certificates;
	return fill_rounds(ask, &keep_sheets, &drop_sheets, out);
}

/* ---- merging ---- */

static OUTCOME check_numbers(struct ask *ask, const struct person *keep, const struct person *drop)
{
	const char *mine, *theirs;

	if (!keep->has_national_id || !drop->has_national_id)
		return OK;
	TRY(person_national_id(ask, keep->id, &mine));
	TRY(person_national_id(ask, drop->id, &theirs));
	if (strcmp(mine, theirs) != 0)
		problem(ask->problems, "", DUPLICATE_TWO_NUMBERS);
	return OK;
}

/* Sheets of the one who goes in rounds that are not locked: withdrawn, each named in the plan. */
static OUTCOME withdraw(struct ask *ask, const struct duplicate_merge *m, struct json_out *plan)
{
	struct sheet_list keep, drop;
	struct round round;

	TRY(sheets_of_person(ask, m->keep_id, &keep));
	TRY(sheets_of_person(ask, m->drop_id, &drop));
	json_put_key(plan, "withdrawn");
	json_begin_array(plan);
	for (size_t i = 0; i < drop.n; i++) {
		const struct sheet *s = &drop.at[i], *other = sheet_in(&keep, s->key.round_id);
		struct sheet after = *s;

		TRY(round_get(ask, s->key.round_id, &round));
		if (round.locked || !is_under_way(s))
			continue;
		if (!other || other->state == SHEET_NONE || other->state >= SHEET_WITHDRAWN)
			problem(ask->problems, "", duplicate_keep_other(ask->arena, round.year));
		after.state = SHEET_WITHDRAWN;
		after.state_before = s->state;
		after.state_reason = m->reason;
		TRY(sheet_write(ask, s, &after, &(struct sheet_write){ .action = AUDIT_SHEET_WITHDRAWN, .reason = m->reason }));
		json_put_int(plan, s->key.round_id);
	}
	json_end(plan);
	return problems_none(ask->problems) ? OK : INVALID;
}

static void put(struct json_out *j, const char *key, const char *value)
{
	json_put_key(j, key);
	json_put_text(j, value);
}

static void put_id(struct json_out *j, const char *key, int64_t value)
{
	json_put_key(j, key);
	json_put_int(j, value);
}

static void put_person(struct json_out *j, const struct person *p)
{
	json_put_key(j, "was");
	json_begin_object(j);
	put(j, "name", p->name);
	put(j, "birth", p->birth);
	put(j, "phone", p->phone);
	put(j, "address", p->address);
	put(j, "household", p->household);
	put(j, "clan", p->clan);
	put(j, "group", p->group);
	put(j, "trained_on", p->trained_on);
	put(j, "guardian", p->guardian);
	put_id(j, "sex", (int64_t)p->sex);
	put_id(j, "leaf", p->leaf_id);
	put_id(j, "hamlet", p->hamlet_id);
	put_id(j, "organisation", p->organisation_id);
	put_id(j, "member", p->member);
	json_end(j);
}

/* What the one who stays takes over; their number was read before the other let go of it. */
static OUTCOME take_over(struct ask *ask, const struct duplicate_merge *m, const struct person *keep, const struct person *drop,
	const char *number)
{
	struct person_new new = person_as_new(keep);

	for (int f = 0; f < DUPLICATE_FIELDS; f++)
		if (m->take & 1u << f)
			take(&new, drop, (enum duplicate_field)f);
	if (m->take & 1u << DUPLICATE_NUMBER && !keep->has_national_id && *number)
		new.national_id = number;
	return person_change(ask, m->keep_id, m->keep_version, &new, m->reason);
}

OUTCOME duplicate_merge(struct ask *ask, const struct duplicate_merge *m, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	struct buf text = BUF(ask->arena, .max = 64 * KiB);
	struct json_out plan = { .out = &text };
	struct person keep, drop, after;
	struct transfer t;
	const char *number = "";

	TRY(both(ask, m->keep_id, m->drop_id, &keep, &drop));
	transfer_check_reason(ask, m->reason);
	TRY(check_numbers(ask, &keep, &drop));
	if (!problems_none(ask->problems))
		return INVALID;
	if (keep.version != m->keep_version || drop.version != m->drop_version)
		return CONFLICT;
	if (m->take & 1u << DUPLICATE_NUMBER && drop.has_national_id && !keep.has_national_id)
		TRY(person_national_id(ask, drop.id, &number));
	json_begin_object(&plan);
	TRY(withdraw(ask, m, &plan));
	put_person(&plan, &keep);
	TRY(person_merge(ask, drop.id, drop.version, keep.id, m->reason));
	if (m->take)
		TRY(take_over(ask, m, &keep, &drop, number));
	TRY(person_get(ask, keep.id, &after));
	put_id(&plan, "keep", keep.id);
	put_id(&plan, "drop", drop.id);
	put_id(&plan, "take", m->take);
	put_id(&plan, "number", *number != '\0');
	put_id(&plan, "version", after.version);
	json_end(&plan);
	t = (struct transfer){ .act = TRANSFER_DUPLICATE, .unit_id = keep.leaf_id, .to_id = drop.leaf_id, .reason = m->reason,
		.people = 1,
		.from_day = arena_text(ask->arena, day_of(ask->now).text), .plan = buf_cstr(&text), .state = TRANSFER_DONE };
	TRY(transfer_add(ask, &t));
	*id = t.id;
	return db_commit(&tx);
}

/* ---- undoing ---- */

struct plan { int64_t keep, drop, take, number, version; const struct json *was, *withdrawn; };

static OUTCOME read_plan(struct ask *ask, const char *text, struct plan *out)
{
	const struct json *root;

	TRY(json_parse(ask->arena, (struct bytes){ text, strlen(text) }, ask->problems, &root));
	*out = (struct plan){ json_int(json_member(root, "keep"), 1, INT64_MAX), json_int(json_member(root, "drop"), 1,
		INT64_MAX),
		json_int(json_member(root, "take"), 0, INT64_MAX), json_int(json_member(root, "number"), 0, 1),
		json_int(json_member(root, "version"), 1, INT64_MAX), json_member(root, "was"), json_member(root, "withdrawn") };
	return problems_none(ask->problems) ? OK : INVALID;
}

static struct person_new was_of(const struct json *was, bool number)
{
	return (struct person_new){ .name = json_text_or(json_member(was, "name"), VALUE_MAX, ""),
		.birth = json_text_or(json_member(was, "birth"), VALUE_MAX, ""), .phone = json_text_or(json_member(was, "phone"),
		VALUE_MAX, ""),
		.address = json_text_or(json_member(was, "address"), VALUE_MAX, ""),
		.household = json_text_or(json_member(was, "household"), VALUE_MAX, ""),
		.clan = json_text_or(json_member(was, "clan"), VALUE_MAX, ""), .group = json_text_or(json_member(was, "group"),
		VALUE_MAX, ""),
		.trained_on = json_text_or(json_member(was, "trained_on"), VALUE_MAX, ""),
		.guardian = json_text_or(json_member(was, "guardian"), VALUE_MAX, ""),
		.sex = (enum sex)json_int(json_member(was, "sex"), 0, 2), .leaf_id = json_int(json_member(was, "leaf"), 1,
		INT64_MAX),
		.hamlet_id = json_int(json_member(was, "hamlet"), 0, INT64_MAX),
		.organisation_id = json_int(json_member(was, "organisation"), 0, INT64_MAX),
		.member = json_int(json_member(was, "member"), 0, 1) != 0, .national_id = number ? "" : NULL };
}

static OUTCOME give_back_sheets(struct ask *ask, const struct plan *plan, const char *reason)
{
	for (size_t i = 0; i < json_count(plan->withdrawn); i++) {
		struct sheet_key key = { plan->drop, json_int(json_item(plan->withdrawn, i), 1, INT64_MAX) };
		struct sheet before, after;

		TRY(sheet_get(ask, key, &before));
		if (before.state != SHEET_WITHDRAWN)
			continue;
		after = before;
		after.state = before.state_before;
		after.state_before = SHEET_NONE;
		after.state_reason = "";
		TRY(sheet_write(ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_RESTORED, .reason = reason }));
	}
	return OK;
}

OUTCOME duplicate_undo(struct ask *ask, const struct transfer *t, const char *reason)
{
	struct person keep, drop;
	struct person_new new;
	struct plan plan;

	TRY(read_plan(ask, t->plan, &plan));
	TRY(person_get(ask, plan.keep, &keep));
	TRY(person_get(ask, plan.drop, &drop));
	if (drop.condition != PERSON_MERGED || drop.merged_into != plan.keep || (plan.take && keep.version != plan.version)) {
		problem(ask->problems, "", DUPLICATE_CHANGED);
		return INVALID;
	}
	if (plan.take) {
		new = was_of(plan.was, plan.number != 0);
		TRY(person_change(ask, keep.id, keep.version, &new, reason));
	}
	TRY(person_set_condition(ask, drop.id, drop.version, PERSON_ACTIVE, reason));
	return give_back_sheets(ask, &plan, reason);
}
