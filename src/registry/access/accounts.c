#include "registry/access/accounts.h"

#include <string.h>

#include "accounts_sql.h"
#include "base/day.h"
#include "base/id.h"
#include "crypto/crypto.h"
#include "db/transaction.h"
#include "registry/access/access.h"
#include "registry/access/access_messages.h"
#include "registry/access/session.h"
#include "registry/audit/audit.h"
#include "text/name.h"
#include "text/text.h"

/* ---- accounts ---- */

OUTCOME account_get(struct ask *ask, int64_t id, struct account *out)
{
	struct sql_account_get_row row;

	TRY(sql_account_get(ask, id, &row));
	*out = (struct account){ .id = row.id, .person_id = row.person_id, .made_at = row.made_at, .version = row.version,
		.login = row.login, .name = row.name, .phone = row.phone, .is_active = *row.passphrase != '\0',
		.is_locked = row.locked == 1 };
	return OK;
}

static struct bytes login_key(struct arena *arena, const char *login)
{
	const char *low = text_lower(arena, login);

	return (struct bytes){ low, strlen(low) };
}

OUTCOME account_by_login(struct ask *ask, const char *login, struct account *out)
{
	int64_t id;

	TRY(unique_find(ask, UNIQUE_LOGIN, login_key(ask->arena, login), &id));
	return account_get(ask, id, out);
}

OUTCOME account_of_person(struct ask *ask, int64_t person_id, struct account *out)
{
	int64_t id;

	if (!person_id)
		return NOT_FOUND;
	TRY(sql_account_of_person(ask, person_id, &id));
	return account_get(ask, id, out);
}

OUTCOME account_names(struct ask *ask, const int64_t *ids, size_t n, struct account_name_list *out)
{
	struct sql_account_names_row *rows;
	struct account_name *names;

	TRY(sql_account_names(ask, (struct id_list){ n, ids }, &rows, &out->n));
	names = ARENA_ARRAY(ask->arena, struct account_name, out->n);
	for (size_t i = 0; i < out->n; i++)
		names[i] = (struct account_name){ rows[i].id, rows[i].name };
	out->at = names;
	return OK;
}

static bool login_is_sound(const char *login)
{
	size_t len = strlen(login);

	return len >= LOGIN_MIN && len <= LOGIN_MAX && strspn(login, "abcdefghijklmnopqrstuvwxyz") > 0 &&
		strspn(login, "abcdefghijklmnopqrstuvwxyz0123456789.-") == len;
}

static OUTCOME check_new(struct ask *ask, const struct account_new *new)
{
	const char *login = text_lower(ask->arena, new->login);
	enum outcome found;
	int64_t holder;

	if (text_length(new->name) < 2)
		problem(ask->problems, "name", ACCOUNT_NAME_SHORT);
	if (!*login && new->person_id)
		return OK;
	if (!login_is_sound(login)) {
		problem(ask->problems, "login", LOGIN_SHAPE);
		return OK;
	}
	found = unique_find(ask, UNIQUE_LOGIN, login_key(ask->arena, login), &holder);
	if (found == OK)
		problem(ask->problems, "login", LOGIN_TAKEN);
	return found == FAILED ? FAILED : OK;
}

static const char *account_json(struct arena *arena, const char *login, const char *name)
{
	return audit_json(arena, "login", login, "name", name, NULL);
}

OUTCOME account_add(struct ask *ask, const struct account_new *new, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	const char *login = text_lower(ask->arena, new->login);
	struct account there;
	enum outcome found;

	TRY(access_require(ask, PERMIT_ACCOUNT_MANAGE, new->unit_id));
	TRY(check_new(ask, new));
	if (!problems_none(ask->problems))
		return INVALID;
	found = account_of_person(ask, new->person_id, &there);
	if (found != NOT_FOUND)
		return found == OK ? CONFLICT : found;
	TRY(tree_new_id(ask, "account", id));
	if (*login)
		TRY(unique_claim(ask, UNIQUE_LOGIN, login_key(ask->arena, login), *id));
	TRY(sql_account_insert(ask, &(struct sql_account_insert_in){ .id = *id, .login = login, .name = new->name,
		.folded = text_fold(ask->arena, new->name), .name_key = name_key(ask->arena, new->name), .made_at = ask->now,
		.person_id = new->person_id, .passphrase = new->passphrase_hash ? new->passphrase_hash : "" }));
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_ACCOUNT_ADDED, .subject = "account", .subject_id = *id,
		.version = 1, .person_id = new->person_id, .unit_id = new->unit_id, .new = account_json(ask->arena, login, new->name) }));
	return db_commit(&tx);
}

OUTCOME account_add_for_person(struct ask *ask, int64_t person_id, const char *name, int64_t unit_id, int64_t *id)
{
	return account_add(ask, &(struct account_new){ .login = "", .name = name, .person_id = person_id,
		.unit_id = unit_id }, id);
}

OUTCOME officer_add(struct ask *ask, const struct account_new *new, const struct role_new *role, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	int64_t grant;

	TRY(check_new(ask, new));
	*id = 0;
	if (problems_none(ask->problems))
		TRY(account_add(ask, new, id));
	TRY(role_give(ask, *id, role, &grant));
	return db_commit(&tx);
}

/* ---- who may give what ---- */

/* Columns are those who give: b branch, x commune, t province, a administrator. */
static const char *const giver_may[ROLES] = {
	[ROLE_CITIZEN] = "", [ROLE_BRANCH] = "xta", [ROLE_DEPUTY] = "bxta", [ROLE_COMMUNE] = "ta", [ROLE_AUTHORITY] = "ta",
	[ROLE_PROVINCE] = "a", [ROLE_AUDITOR] = "a", [ROLE_ADMIN] = "a",
};
static const char giver_letter[ROLES] = { [ROLE_BRANCH] = 'b', [ROLE_COMMUNE] = 'x', [ROLE_PROVINCE] = 't', [ROLE_ADMIN] = 'a' };

bool role_fits(enum role role, enum unit_level level)
{
	switch (role) {
	case ROLE_BRANCH: case ROLE_DEPUTY:
		return level == LEVEL_LEAF;
	case ROLE_COMMUNE:
		return level == LEVEL_COMMUNE;
	case ROLE_AUTHORITY:
		return level == LEVEL_COMMUNE || level == LEVEL_PROVINCE;
	case ROLE_AUDITOR:
		return level <= LEVEL_COMMUNE;
	case ROLE_PROVINCE: case ROLE_ADMIN:
		return level == LEVEL_PROVINCE;
	case ROLE_CITIZEN: case ROLES:
		break;
	}
	return false;
}

bool role_may_offer(const struct actor *actor, enum role role)
{
	bool may = actor && actor->is_system;

	for (size_t i = 0; actor && i < actor->n_grants; i++)
		may |= giver_letter[actor->grants[i].role] && strchr(giver_may[role], giver_letter[actor->grants[i].role]);
	return may;
}

OUTCOME role_may_give(struct ask *ask, enum role role, int64_t unit_id, bool *out)
{
	struct unit_list path = { 0 };

	*out = ask->actor && ask->actor->is_system;
	if (*out || !ask->actor || tree_path(ask, unit_id, day_of(ask->now).text, &path) != OK)
		return OK;
	for (size_t i = 0; i < ask->actor->n_grants; i++) {
		const struct grant *g = &ask->actor->grants[i];

		for (size_t j = 0; giver_letter[g->role] && j < path.n; j++)
			*out |= path.at[j].id == g->unit_id && strchr(giver_may[role], giver_letter[g->role]);
	}
	return OK;
}

static bool actor_has(const struct actor *actor, enum role role)
{
	for (size_t i = 0; i < actor->n_grants; i++)
		if (actor->grants[i].role == role)
			return true;
	return false;
}

OUTCOME account_may_manage(struct ask *ask, int64_t account_id, int64_t unit_id, bool *out)
{
	struct role_list roles;
	bool officer = false;

	*out = ask->actor && ask->actor->is_system;
	if (*out || !ask->actor)
		return OK;
	TRY(roles_of(ask, account_id, &roles));
	*out = true;
	for (size_t i = 0; i < roles.n; i++) {
		bool may;

		if (roles.at[i].role == ROLE_CITIZEN)
			continue;
		officer = true;
		TRY(role_may_give(ask, roles.at[i].role, roles.at[i].unit_id, &may));
		*out &= may;
	}
	if (officer)
		return OK;
	*out = actor_has(ask->actor, ROLE_ADMIN) || actor_has(ask->actor, ROLE_PROVINCE);
	return *out || !unit_id ? OK : access_may_on(ask, PERMIT_ACCOUNT_MANAGE, unit_id, out);
}

static OUTCOME require_manage(struct ask *ask, int64_t account_id, int64_t unit_id)
{
	bool may;

	TRY(account_may_manage(ask, account_id, unit_id, &may));
	return may ? OK : FORBIDDEN;
}

/* ---- roles ---- */

OUTCOME roles_of(struct ask *ask, int64_t account_id, struct role_list *out)
{
	struct sql_roles_of_row *rows;
	struct role_held *list;
	size_t n;

	TRY(sql_roles_of(ask, day_of(ask->now).text, account_id, &rows, &n));
	list = ARENA_ARRAY(ask->arena, struct role_held, n);
	out->n = 0;
	for (size_t i = 0; i < n; i++)
		if (role_of_code(rows[i].role, &list[out->n].role)) {
			list[out->n].id = rows[i].id;
			list[out->n].unit_id = rows[i].unit_id;
			list[out->n].unit = rows[i].name;
			list[out->n].from = rows[i].from_name;
			list[out->n++].until_day = rows[i].until_day;
		}
	out->at = list;
	return OK;
}

static const char *role_json(struct ask *ask, enum role role, const char *unit, const char *until)
{
	return audit_json(ask->arena, "role", role_label(role), "unit", unit, strcmp(until, DAY_OPEN) ? "until" : NULL, until,
		NULL);
}

static OUTCOME check_role(struct ask *ask, int64_t account_id, const struct role_new *new, const char *until,
	const struct unit *unit)
{
	struct role_list held;
	bool may;

	if (!role_fits(new->role, unit->level))
		problem(ask->problems, "role", ROLE_MISFIT);
	if (strcmp(until, day_of(ask->now).text) <= 0)
		problem(ask->problems, "until_day", ROLE_DAY_PAST);
	if (ask->actor && account_id && ask->actor->account_id == account_id)
		problem(ask->problems, "", ROLE_SELF);
	TRY(role_may_give(ask, new->role, unit->id, &may));
	if (!may)
		problem(ask->problems, "role", ROLE_NOT_YOURS);
	TRY(roles_of(ask, account_id, &held));
	for (size_t i = 0; i < held.n; i++)
		if (held.at[i].role == new->role && held.at[i].unit_id == unit->id)
			problem(ask->problems, "role", ROLE_TWICE);
	return OK;
}

/* account_id 0: the account itself could not be made; what is wrong with its role is said all the same. */
OUTCOME role_give(struct ask *ask, int64_t account_id, const struct role_new *new, int64_t *grant_id)
{
	DB_TRANSACTION(tx, ask->db);
	const char *until = *new->until_day ? new->until_day : DAY_OPEN;
	struct unit unit;

	if (!new->unit_id && !problems_none(ask->problems))
		return INVALID;
	TRY(access_require(ask, PERMIT_ROLE_GRANT, new->unit_id));
	TRY(tree_get(ask, new->unit_id, day_of(ask->now).text, &unit));
	TRY(check_role(ask, account_id, new, until, &unit));
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(tree_new_id(ask, "role_grant", grant_id));
	TRY(sql_role_insert(ask, &(struct sql_role_insert_in){ .id = *grant_id, .account_id = account_id,
		.role = role_code(new->role),
		.unit_id = unit.id, .until_day = until, .granted_by = ask->actor->account_id, .granted_at = ask->now,
		.from_grant = 0 }));
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_ROLE_GRANTED, .subject = "role_grant", .subject_id = account_id,
		.unit_id = unit.id, .new = role_json(ask, new->role, unit.name, until) }));
	return db_commit(&tx);
}

OUTCOME role_take(struct ask *ask, int64_t account_id, int64_t grant_id)
{
	DB_TRANSACTION(tx, ask->db);
	const struct role_held *held = NULL;
	struct role_list roles;
	bool may;

	TRY(roles_of(ask, account_id, &roles));
	for (size_t i = 0; i < roles.n; i++)
		if (roles.at[i].id == grant_id)
			held = &roles.at[i];
	if (!held)
		return NOT_FOUND;
	TRY(role_may_give(ask, held->role, held->unit_id, &may));
	if (!may)
		return FORBIDDEN;
	if (ask->actor->account_id == account_id) {
		problem(ask->problems, "", ROLE_SELF_TAKE);
		return INVALID;
	}
	TRY(sql_role_end(ask, ask->now, grant_id, account_id));
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_ROLE_ENDED, .subject = "role_grant", .subject_id = account_id,
		.unit_id = held->unit_id, .old = role_json(ask, held->role, held->unit, held->until_day) }));
	return db_commit(&tx);
}

/* ---- lock ---- */

/* Where the auditor looks for what was done to an account: the unit of its first role. */
static OUTCOME unit_of(struct ask *ask, int64_t account_id, int64_t *out)
{
	struct role_list roles;

	TRY(roles_of(ask, account_id, &roles));
	*out = roles.n ? roles.at[0].unit_id : 0;
	return OK;
}

static OUTCOME set_lock(struct ask *ask, int64_t id, int64_t version, bool lock)
{
	DB_TRANSACTION(tx, ask->db);
	struct account account;
	int64_t unit;

	TRY(account_get(ask, id, &account));
	TRY(require_manage(ask, id, 0));
	if (lock && ask->actor->account_id == id) {
		problem(ask->problems, "", ACCOUNT_SELF_LOCK);
		return INVALID;
	}
	TRY(unit_of(ask, id, &unit));
	TRY(sql_account_lock(ask, lock, id, version));
	if (lock)
		TRY(session_close_all(ask, id));
	TRY(audit_add(ask, &(struct audit_entry){ .action = lock ? AUDIT_ACCOUNT_LOCKED : AUDIT_ACCOUNT_UNLOCKED,
		.subject = "account",
		.subject_id = id, .version = version + 1, .person_id = account.person_id, .unit_id = unit,
		.new = account_json(ask->arena, account.login, account.name) }));
	return db_commit(&tx);
}

OUTCOME account_lock(struct ask *ask, int64_t id, int64_t version) { return set_lock(ask, id, version, true); }
OUTCOME account_unlock(struct ask *ask, int64_t id, int64_t version) { return set_lock(ask, id, version, false); }

OUTCOME account_sign_out_everywhere(struct ask *ask)
{
	DB_TRANSACTION(tx, ask->db);
	int64_t unit;

	if (!ask->actor || !ask->actor->account_id)
		return FORBIDDEN;
	TRY(unit_of(ask, ask->actor->account_id, &unit));
	TRY(session_close_all(ask, ask->actor->account_id));
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_SIGNED_OUT_EVERYWHERE, .subject = "session",
		.subject_id = ask->actor->account_id, .person_id = ask->actor->person_id, .unit_id = unit }));
	return db_commit(&tx);
}

/* ---- codes ---- */

const char *ticket_make(struct arena *arena)
{
	unsigned char random[TICKET_LEN / 2];

	random_bytes(random, sizeof random);
	return arena_textn(arena, hash_hex(arena, hash_of((struct bytes){ random, sizeof random })), TICKET_LEN);
}

/* 50 of the 256 bits of H(ticket, account). */
static const char *code_of(struct ask *ask, int64_t account_id, const char *ticket)
{
	const char *what = arena_format(ask->arena, "code %s %lld", ticket, (long long)account_id);
	struct hash h = keyring_hash(ask->keys, HASH_CODE, (struct bytes){ what, strlen(what) });
	char code[CODE_ACTIVATION_LEN + 1];

	code_make(code, CODE_ACTIVATION_LEN, h.at);
	return arena_text(ask->arena, code);
}

static struct bytes code_key(struct ask *ask, const char *code)
{
	struct hash h = keyring_hash(ask->keys, HASH_CODE, (struct bytes){ code, strlen(code) });

	return arena_bytes(ask->arena, (struct bytes){ h.at, HASH_LEN });
}

OUTCOME code_make_for(struct ask *ask, int64_t account_id, int64_t unit_id, const char *ticket, const char **code)
{
	DB_TRANSACTION(tx, ask->db);
	struct account account;

	TRY(account_get(ask, account_id, &account));
	TRY(require_manage(ask, account_id, unit_id));
	if (!unit_id)
		TRY(unit_of(ask, account_id, &unit_id));
	*code = code_of(ask, account_id, ticket);
	TRY(sql_code_end_all(ask, ask->now, account_id));
	TRY(sql_code_insert(ask, code_key(ask, *code), account_id, ask->now, ask->actor->account_id,
		ask->now + CODE_DAYS * DAY_SECONDS));
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_CODE_MADE, .subject = "activation", .subject_id = account_id,
		.person_id = account.person_id, .unit_id = unit_id }));
	return db_commit(&tx);
}

OUTCOME code_again(struct ask *ask, int64_t account_id, const char *ticket, const char **code, int64_t *expires_at)
{
	struct sql_code_get_row row;

	*code = code_of(ask, account_id, ticket);
	TRY(sql_code_get(ask, code_key(ask, *code), &row));
	*expires_at = row.expires_at;
	return row.used_at || row.expires_at <= ask->now || row.made_at + CODE_SHOW_SECONDS <= ask->now || !ask->actor ||
		row.made_by != ask->actor->account_id ? NOT_FOUND : OK;
}

OUTCOME account_first_admin(struct ask *ask, const char *login, int64_t province_id, const char **code)
{
	DB_TRANSACTION(tx, ask->db);
	int64_t id;

	TRY(officer_add(ask, &(struct account_new){ .login = login, .name = "Quản trị hệ thống", .unit_id = province_id },
		&(struct role_new){ .role = ROLE_ADMIN, .unit_id = province_id, .until_day = "" }, &id));
	TRY(code_make_for(ask, id, province_id, ticket_make(ask->arena), code));
	return db_commit(&tx);
}

const char *code_show(struct arena *arena, const char *code)
{
	return arena_format(arena, "%.4s-%.4s-%s", code, code + 4, code + 8);
}

/* ---- lists ---- */

/* The beginning of a word of the name, and what follows it as typed. */
static const char *pattern_of(struct arena *arena, const char *query)
{
	const char *folded = text_fold(arena, query);

	return *folded ? arena_format(arena, "%% %s%%", folded) : "%";
}

OUTCOME accounts_for_unit(struct ask *ask, const char *query, int64_t after_grant, struct officer_list *out)
{
	struct bytes after_key = { "", 0 };
	int64_t *units = ARENA_ARRAY(ask->arena, int64_t, ask->actor ? ask->actor->n_grants : 0);
	struct id_list own = { 0, units };
	struct sql_officers_row *rows;
	struct officer *list;
	size_t n;

	for (size_t i = 0; ask->actor && i < ask->actor->n_grants; i++)
		if (permit_has_role(PERMIT_ACCOUNT_MANAGE, ask->actor->grants[i].role))
			units[own.n++] = ask->actor->grants[i].unit_id;
	if (after_grant)
		TRY(sql_officer_key(ask, after_grant, &after_key));
	TRY(sql_officers(ask, own, day_of(ask->now).text, pattern_of(ask->arena, query), after_key, after_grant, &rows, &n));
	list = ARENA_ARRAY(ask->arena, struct officer, n);
	for (size_t i = 0; i < n; i++) {
		list[i] = (struct officer){ .account_id = rows[i].account_id, .grant_id = rows[i].grant_id,
			.unit_id = rows[i].unit_id,
			.name = rows[i].name, .login = rows[i].login, .unit = rows[i].unit,
			.until_day = rows[i].until_day, .is_active = rows[i].is_active == 1, .is_locked = rows[i].locked == 1 };
		if (!role_of_code(rows[i].role, &list[i].role))
			list[i].role = ROLE_CITIZEN;
	}
	*out = (struct officer_list){ n, list };
	return OK;
}
