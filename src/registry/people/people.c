#include "registry/people/people.h"

#include <string.h>

#include "base/day.h"
#include "crypto/keyring.h"
#include "db/transaction.h"
#include "json/json.h"
#include "people_sql.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "registry/people/corrections.h"
#include "registry/people/people_messages.h"
#include "registry/people/people_place.h"
#include "registry/tree/tree.h"
#include "text/name.h"
#include "text/national_id.h"
#include "text/parse.h"
#include "text/text.h"

enum { REASON_MIN = 10, NUMBER_END = 4 };

static const char *today(const struct ask *ask)
{
	return arena_text(ask->arena, day_of(ask->now).text);
}

struct person_new person_as_new(const struct person *p)
{
	return (struct person_new){ .name = p->name, .birth = p->birth, .phone = p->phone, .address = p->address,
		.household = p->household, .clan = p->clan, .group = p->group, .trained_on = p->trained_on,
		.guardian = p->guardian,
		.sex = p->sex, .leaf_id = p->leaf_id, .hamlet_id = p->hamlet_id, .organisation_id = p->organisation_id,
		.member = p->member };
}

/* ---- where ---- */

OUTCOME place_of_leaf(struct ask *ask, int64_t leaf_id, struct place *out)
{
	struct unit_list path;
	const struct unit *leaf;

	TRY(tree_path(ask, leaf_id, today(ask), &path));
	leaf = &path.at[path.n - 1];
	if (leaf->level != LEVEL_LEAF || path.n < 2)
		return NOT_FOUND;
	*out = (struct place){ .leaf_id = leaf_id, .province_id = path.at[0].id,
		.is_organisation = unit_kind_is_organisation(leaf->kind),
		.commune_id = path.at[path.n - 2].level == LEVEL_COMMUNE ? path.at[path.n - 2].id : 0 };
	return OK;
}

/* The place of a hamlet or organisation, or a problem beside its field. 0 is none. */
static OUTCOME check_place(struct ask *ask, int64_t id, bool is_organisation, struct place *out)
{
	enum outcome found;

	*out = (struct place){ 0 };
	if (!id)
		return OK;
	found = place_of_leaf(ask, id, out);
	if (found == FAILED)
		return FAILED;
	if (found != OK || out->is_organisation != is_organisation)
		problem(ask->problems, is_organisation ? "organisation" : "hamlet", is_organisation ? PERSON_ORGANISATION_WRONG
			: PERSON_HAMLET_WRONG);
	return OK;
}

static OUTCOME check_places(struct ask *ask, const struct person_new *new, struct place *leaf)
{
	struct place hamlet, organisation;

	TRY(check_place(ask, new->hamlet_id, false, &hamlet));
	TRY(check_place(ask, new->organisation_id, true, &organisation));
	*leaf = new->leaf_id == new->hamlet_id ? hamlet : organisation;
	return OK;
}

static OUTCOME write_words(struct ask *ask, int64_t scope, const char *folded, int64_t id, bool add)
{
	struct words words = text_words(ask->arena, folded);

	for (size_t i = 0; i < words.n; i++)
		TRY(add ? sql_word_insert(ask, scope, words.at[i], id) : sql_word_remove(ask, scope, words.at[i], id));
	return OK;
}

/* ---- the identity number ---- */

/* digits "" is none. */
struct number { char digits[NATIONAL_ID_LEN + 1]; };

static struct hash number_hash(const struct ask *ask, const char *digits)
{
	return keyring_hash(ask->keys, HASH_NATIONAL_ID, (struct bytes){ digits, strlen(digits) });
}

static OUTCOME read_number(struct ask *ask, int64_t id, struct number *out)
{
	struct bytes sealed, plain;

	*out = (struct number){ "" };
	TRY(sql_person_number(ask, id, &sealed));
	if (!sealed.ptr)
		return OK;
	if (keyring_decrypt(ask->keys, ask->arena, sealed, &plain) != OK || plain.len != NATIONAL_ID_LEN)
		return FAILED;
	memcpy(out->digits, plain.ptr, NATIONAL_ID_LEN);
	return OK;
}

/* Somebody else's: a problem that names them where the actor may see them. */
static OUTCOME check_number_free(struct ask *ask, const char *digits, int64_t self)
{
	struct person holder;
	int64_t id = 0;
	enum outcome found = *digits ? person_of_national_id(ask, digits, &id) : NOT_FOUND;

	if (found == FAILED)
		return FAILED;
	if (found != OK || id == self)
		return OK;
	found = person_read(ask, id, &holder);
	if (found == FAILED)
		return FAILED;
	if (found != OK)
		holder.name = holder.leaf_name = "";
	problem(ask->problems, "national_id", person_number_taken(ask->arena, holder.name, holder.leaf_name));
	return OK;
}

static OUTCOME claim_number(struct ask *ask, const char *digits, int64_t id)
{
	struct hash hash = number_hash(ask, digits);

	return *digits ? unique_claim(ask, UNIQUE_NATIONAL_ID, (struct bytes){ hash.at, HASH_LEN }, id) : OK;
}

static OUTCOME release_number(struct ask *ask, const char *digits, int64_t id)
{
	struct hash hash = number_hash(ask, digits);

	return *digits ? unique_release(ask, UNIQUE_NATIONAL_ID, (struct bytes){ hash.at, HASH_LEN }, id) : OK;
}

static struct bytes seal_number(struct ask *ask, const char *digits)
{
	return *digits ? keyring_encrypt(ask->keys, ask->arena, (struct bytes){ digits, NATIONAL_ID_LEN }) : (struct bytes){ 0 };
}

static const char *number_end(struct arena *arena, const char *digits)
{
	return *digits ? arena_text(arena, digits + NATIONAL_ID_LEN - NUMBER_END) : "";
}

OUTCOME person_national_id(struct ask *ask, int64_t id, const char **out)
{
	DB_TRANSACTION(tx, ask->db);
	struct person p;
	struct number number;

	TRY(person_get(ask, id, &p));
	TRY(access_require_person(ask, PERMIT_PERSON_EDIT, id, p.leaf_id));
	TRY(read_number(ask, id, &number));
	if (!*number.digits)
		return NOT_FOUND;
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_PERSON_NUMBER_SEEN, .subject = "person", .subject_id = id,
		.person_id = id,
		.unit_id = p.leaf_id }));
	*out = arena_text(ask->arena, number.digits);
	return db_commit(&tx);
}

OUTCOME person_doubts_of(struct ask *ask, const struct person *p, const char **out)
{
	struct number number;

	TRY(read_number(ask, p->id, &number));
	*out = person_doubts(ask->arena, p, number.digits);
	return OK;
}

/* ---- trace ---- */

enum { FACTS = 18 };
struct fact_text { const char *key, *value; };

static const char *id_text(struct arena *arena, int64_t id)
{
	return id ? arena_format(arena, "%lld", (long long)id) : "";
}

/* What a trace may say of a person: the number by its last digits alone. */
static void facts_of(struct arena *arena, const struct person *p, struct fact_text out[FACTS])
{
	const struct fact_text facts[FACTS] = { { "name", p->name }, { "birth", p->birth }, { "sex", id_text(arena, p->sex) },
		{ "national_id", p->has_national_id ? arena_format(arena, "…%s", p->national_id_end) : "" },
		{ "phone", p->phone },
		{ "address", p->address }, { "leaf", id_text(arena, p->leaf_id) }, { "hamlet", id_text(arena, p->hamlet_id) },
		{ "organisation", id_text(arena, p->organisation_id) }, { "leaf_name", p->leaf_name },
		{ "household", p->household },
		{ "clan", p->clan }, { "group", p->group }, { "member", p->member ? "1" : "" }, { "trained_on", p->trained_on },
		{ "guardian", p->guardian }, { "condition", id_text(arena, p->condition) },
		{ "merged_into", id_text(arena, p->merged_into) } };

	memcpy(out, facts, sizeof facts);
}

/* Those of `p` that are not as in `other` (NULL: those that are given). */
static const char *changed_json(struct arena *arena, const struct person *p, const struct person *other)
{
	struct fact_text mine[FACTS], theirs[FACTS];
	struct buf out = BUF(arena, .max = 64 * KiB);
	struct json_out json = { .out = &out };

	facts_of(arena, p, mine);
	if (other)
		facts_of(arena, other, theirs);
	json_begin_object(&json);
	for (size_t i = 0; i < FACTS; i++) {
		if (!strcmp(mine[i].value, other ? theirs[i].value : ""))
			continue;
		json_put_key(&json, mine[i].key);
		json_put_text(&json, mine[i].value);
	}
	json_end(&json);
	return buf_cstr(&out);
}

/* One row a version, then those above follow. */
static OUTCOME trace(struct ask *ask, int64_t id, const struct person *old, const char *reason)
{
	struct person now;

	TRY(person_get(ask, id, &now));
	TRY(audit_add(ask, &(struct audit_entry){ .action = old ? AUDIT_PERSON_CHANGED : AUDIT_PERSON_ADDED, .subject = "person",
		.subject_id = id, .version = now.version, .person_id = id, .unit_id = now.leaf_id,
		.old = old ? changed_json(ask->arena, old, &now) : NULL, .new = changed_json(ask->arena, &now, old),
		.reason = reason }));
	return ask->hooks && ask->hooks->person_changed ? ask->hooks->person_changed(ask, id) : OK;
}

/* ---- add and change ---- */

/* Number and phone as digits; called once the rules have passed. */
static struct person_new cleaned(struct ask *ask, const struct person_new *new)
{
	struct person_new out = *new;
	char *phone = arena_alloc(ask->arena, PHONE_LEN_MAX + 1), *number = arena_alloc(ask->arena, NATIONAL_ID_LEN + 1);

	if (*new->phone && text_to_phone(new->phone, phone) == PHONE_OK)
		out.phone = phone;
	if (new->national_id && *new->national_id && text_to_national_id(new->national_id, number) == NATIONAL_ID_OK)
		out.national_id = number;
	return out;
}

/* Rules, places and the number, all problems at once. */
static OUTCOME check(struct ask *ask, int64_t self, struct person_new *new, struct place *place)
{
	person_may_be(new, today(ask), ask->problems);
	*new = cleaned(ask, new);
	TRY(check_places(ask, new, place));
	if (new->national_id && strlen(new->national_id) == NATIONAL_ID_LEN)
		TRY(check_number_free(ask, new->national_id, self));
	return problems_none(ask->problems) ? OK : INVALID;
}

static OUTCOME insert(struct ask *ask, const struct person_new *new, const struct place *place, int64_t id)
{
	const char *number = new->national_id ? new->national_id : "";
	const char *folded = text_fold(ask->arena, new->name);

	TRY(claim_number(ask, number, id));
	TRY(sql_person_insert(ask, &(struct sql_person_insert_in){ .id = id, .name = new->name, .folded = folded,
		.name_key = name_key(ask->arena, new->name), .birth = new->birth, .sex = (int64_t)new->sex,
		.national_id = seal_number(ask, number), .national_id_end = number_end(ask->arena, number), .phone = new->phone,
		.address = new->address, .leaf_id = new->leaf_id, .hamlet_id = new->hamlet_id,
		.organisation_id = new->organisation_id,
		.commune_id = place->commune_id, .province_id = place->province_id, .household = new->household,
		.clan = new->clan,
		.group_code = new->group, .member = new->member, .trained_on = new->trained_on, .guardian = new->guardian,
		.made_at = ask->now }));
	return write_words(ask, word_scope(place->commune_id, place->leaf_id), folded, id, true);
}

OUTCOME person_add(struct ask *ask, const struct person_new *typed, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	struct person_new new = *typed;
	struct place place;

	if (new.leaf_id)
		TRY(access_require(ask, PERMIT_PERSON_EDIT, new.leaf_id));
	TRY(check(ask, 0, &new, &place));
	TRY(tree_new_id(ask, "person", id));
	TRY(insert(ask, &new, &place, *id));
	TRY(trace(ask, *id, NULL, NULL));
	return db_commit(&tx);
}

static OUTCOME rewrite_words(struct ask *ask, const struct person *old, const struct person_new *new, const struct place *place)
{
	const char *was = text_fold(ask->arena, old->name), *is = text_fold(ask->arena, new->name);
	int64_t from = word_scope(old->commune_id, old->leaf_id), to = word_scope(place->commune_id, place->leaf_id);

	if (from == to && !strcmp(was, is))
		return OK;
	TRY(write_words(ask, from, was, old->id, false));
	return write_words(ask, to, is, old->id, true);
}

static OUTCOME update(struct ask *ask, const struct person *old, int64_t version, const struct person_new *new,
	const struct place *place)
{
	TRY(sql_person_update(ask, &(struct sql_person_update_in){ .name = new->name, .folded = text_fold(ask->arena, new->name),
		.name_key = name_key(ask->arena, new->name), .birth = new->birth, .sex = (int64_t)new->sex, .phone = new->phone,
		.address = new->address, .leaf_id = new->leaf_id, .hamlet_id = new->hamlet_id,
		.organisation_id = new->organisation_id,
		.commune_id = place->commune_id, .province_id = place->province_id, .household = new->household,
		.clan = new->clan,
		.group_code = new->group, .member = new->member, .trained_on = new->trained_on, .guardian = new->guardian,
		.id = old->id,
		.version = version }));
	TRY(rewrite_words(ask, old, new, place));
	return old->leaf_id == new->leaf_id ? OK : correction_follow(ask, old->id, new->leaf_id);
}

static OUTCOME update_number(struct ask *ask, const char *was, const char *is, int64_t id)
{
	TRY(release_number(ask, was, id));
	TRY(claim_number(ask, is, id));
	return sql_person_set_number(ask, seal_number(ask, is), number_end(ask->arena, is), id);
}

static bool same_person(const struct person *p, const struct person_new *n)
{
	const char *const pairs[][2] = { { p->name, n->name }, { p->birth, n->birth }, { p->phone, n->phone }, { p->address,
		n->address },
		{ p->household, n->household }, { p->clan, n->clan }, { p->group, n->group }, { p->trained_on, n->trained_on },
		{ p->guardian, n->guardian } };

	for (size_t i = 0; i < COUNT(pairs); i++)
		if (strcmp(pairs[i][0], pairs[i][1]) != 0)
			return false;
	return p->sex == n->sex && p->leaf_id == n->leaf_id && p->hamlet_id == n->hamlet_id &&
		p->organisation_id == n->organisation_id &&
		p->member == n->member;
}

/* What figures, lists and certificates hang on. */
static bool needs_reason(const struct person *p, const struct person_new *n)
{
	return strcmp(p->name, n->name) != 0 || strcmp(p->birth, n->birth) != 0 || p->sex != n->sex || p->leaf_id != n->leaf_id;
}

/* A person of the list whom the actor may change. */
static OUTCOME changeable(struct ask *ask, int64_t id, struct person *out)
{
	enum outcome may;

	TRY(person_get(ask, id, out));
	may = access_require(ask, PERMIT_PERSON_EDIT, out->leaf_id);
	if (may == FORBIDDEN && person_read(ask, id, out) == NOT_FOUND)
		return NOT_FOUND;
	return may;
}

static void check_reason(struct ask *ask, const char *reason)
{
	if (text_length(reason) < REASON_MIN)
		problem(ask->problems, "reason", PERSON_REASON_SHORT);
}

OUTCOME person_change(struct ask *ask, int64_t id, int64_t version, const struct person_new *typed, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct person_new new = *typed;
	struct number was;
	struct person old;
	struct place place;
	bool number_changes;

	TRY(changeable(ask, id, &old));
	if (new.leaf_id && new.leaf_id != old.leaf_id)
		TRY(access_require(ask, PERMIT_PERSON_EDIT, new.leaf_id));
	if (old.condition != PERSON_ACTIVE)
		problem(ask->problems, "", PERSON_GONE);
	TRY(read_number(ask, id, &was));
	new = cleaned(ask, &new);
	number_changes = new.national_id && strcmp(was.digits, new.national_id) != 0;
	if (number_changes || needs_reason(&old, &new))
		check_reason(ask, reason);
	TRY(check(ask, id, &new, &place));
	if (!number_changes && same_person(&old, &new))
		return old.version == version ? OK : CONFLICT;
	TRY(update(ask, &old, version, &new, &place));
	if (number_changes)
		TRY(update_number(ask, was.digits, new.national_id, id));
	TRY(trace(ask, id, &old, reason));
	return db_commit(&tx);
}

OUTCOME person_move(struct ask *ask, int64_t id, int64_t leaf_id, const struct person_place *exact, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct person_new new;
	struct person old;
	struct place place;

	TRY(changeable(ask, id, &old));
	TRY(access_require(ask, PERMIT_PERSON_EDIT, leaf_id));
	TRY(place_of_leaf(ask, leaf_id, &place));
	check_reason(ask, reason);
	if (old.condition != PERSON_ACTIVE)
		problem(ask->problems, "", PERSON_GONE);
	if (!problems_none(ask->problems))
		return INVALID;
	if (old.leaf_id == leaf_id)
		return OK;
	new = person_as_new(&old);
	new.leaf_id = leaf_id;
	if (exact) {
		new.hamlet_id = exact->hamlet_id;
		new.organisation_id = exact->organisation_id;
	} else {
		*(place.is_organisation ? &new.organisation_id : &new.hamlet_id) = leaf_id;
	}
	TRY(update(ask, &old, old.version, &new, &place));
	TRY(trace(ask, id, &old, reason));
	return db_commit(&tx);
}

/* ---- coming and going ---- */

static OUTCOME leave(struct ask *ask, const struct person *p)
{
	struct number number;

	TRY(read_number(ask, p->id, &number));
	TRY(release_number(ask, number.digits, p->id));
	return write_words(ask, word_scope(p->commune_id, p->leaf_id), text_fold(ask->arena, p->name), p->id, false);
}

/* Their number must still be free, their leaf still be there. */
static OUTCOME come_back(struct ask *ask, const struct person *p)
{
	struct number number;
	struct place place;

	TRY(read_number(ask, p->id, &number));
	TRY(check_number_free(ask, number.digits, p->id));
	TRY(check_place(ask, p->leaf_id, p->leaf_id == p->organisation_id, &place));
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(claim_number(ask, number.digits, p->id));
	TRY(sql_person_set_place(ask, place.commune_id, place.province_id, p->id));
	return write_words(ask, word_scope(place.commune_id, place.leaf_id), text_fold(ask->arena, p->name), p->id, true);
}

static OUTCOME set_condition(struct ask *ask, const struct person *old, int64_t version, enum person_condition to,
	int64_t into_id,
	const char *reason)
{
	check_reason(ask, reason);
	if (old->condition == to)
		problem(ask->problems, "condition", PERSON_CONDITION_SAME);
	if (!problems_none(ask->problems))
		return INVALID;
	if (old->condition == PERSON_ACTIVE)
		TRY(leave(ask, old));
	else if (to == PERSON_ACTIVE)
		TRY(come_back(ask, old));
	TRY(sql_person_set_condition(ask, (int64_t)to, into_id, old->id, version));
	return trace(ask, old->id, old, reason);
}

OUTCOME person_set_condition(struct ask *ask, int64_t id, int64_t version, enum person_condition to, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct person old;

	BUG_ON(to == PERSON_MERGED);
	TRY(changeable(ask, id, &old));
	TRY(set_condition(ask, &old, version, to, 0, reason));
	return db_commit(&tx);
}

OUTCOME person_merge(struct ask *ask, int64_t id, int64_t version, int64_t into_id, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct person old, into;
	enum outcome found;

	TRY(changeable(ask, id, &old));
	found = into_id ? changeable(ask, into_id, &into) : NOT_FOUND;
	if (found == FAILED)
		return FAILED;
	if (found != OK || into_id == id || into.condition != PERSON_ACTIVE)
		problem(ask->problems, "into", PERSON_INTO_WRONG);
	TRY(set_condition(ask, &old, version, PERSON_MERGED, into_id, reason));
	return db_commit(&tx);
}

OUTCOME person_remove(struct ask *ask, int64_t id, int64_t version, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct person old;
	int64_t hangs;

	TRY(changeable(ask, id, &old));
	TRY(sql_person_hangs(ask, id, &hangs));
	if (hangs)
		problem(ask->problems, "", PERSON_HAS_MORE);
	if (hangs)
		return INVALID;
	if (old.condition == PERSON_ACTIVE)
		TRY(leave(ask, &old));
	TRY(sql_person_set_condition(ask, PERSON_MOVED, 0, id, version));        /* their standing goes with it */
	if (ask->hooks && ask->hooks->person_changed)
		TRY(ask->hooks->person_changed(ask, id));
	TRY(sql_person_remove(ask, id));
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_PERSON_REMOVED, .subject = "person", .subject_id = id,
		.person_id = id, .unit_id = old.leaf_id, .old = changed_json(ask->arena, &old, NULL), .reason = reason }));
	return db_commit(&tx);
}

OUTCOME person_follow_leaf(struct ask *ask, int64_t leaf_id, int64_t after_person, int64_t limit, int64_t *next,
	int64_t *followed)
{
	DB_TRANSACTION(tx, ask->db);
	struct sql_people_to_follow_row *rows;
	struct place place;
	size_t n;

	TRY(place_of_leaf(ask, leaf_id, &place));
	TRY(sql_people_to_follow(ask, leaf_id, place.commune_id, place.province_id, after_person, limit, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		int64_t from = word_scope(rows[i].commune_id, leaf_id), to = word_scope(place.commune_id, leaf_id);

		TRY(sql_person_set_place(ask, place.commune_id, place.province_id, rows[i].id));
		if (from == to || rows[i].condition != PERSON_ACTIVE)
			continue;
		TRY(write_words(ask, from, rows[i].folded, rows[i].id, false));
		TRY(write_words(ask, to, rows[i].folded, rows[i].id, true));
	}
	*next = (int64_t)n == limit ? rows[n - 1].id : 0;
	*followed = (int64_t)n;
	return db_commit(&tx);
}
