#include "registry/access/sign_in.h"

#include <string.h>

#include "base/day.h"
#include "base/id.h"
#include "crypto/crypto.h"
#include "db/transaction.h"
#include "registry/access/access_messages.h"
#include "registry/access/accounts.h"
#include "registry/access/session.h"
#include "registry/audit/audit.h"
#include "sign_in_sql.h"
#include "text/national_id.h"
#include "text/parse.h"
#include "text/text.h"

/* ---- throttle ---- */

int64_t closed_seconds(int64_t failures)
{
	int64_t over = failures - FAILURES_FREE - 1;

	if (over < 0)
		return 0;
	return over > 5 ? CLOSED_MOST : CLOSED_FIRST << over;
}

/* `until` is when it opens, or the last failure while it is open: after a day they are forgotten. */
static int64_t failures_now(const struct ask *ask, int64_t failures, int64_t until)
{
	return until + DAY_SECONDS < ask->now ? 0 : failures;
}

static int64_t still_closed(const struct ask *ask, int64_t failures, int64_t until)
{
	return failures > FAILURES_FREE && until > ask->now ? until - ask->now : 0;
}

/* All addresses together have more of them free. */
static int64_t closed_seconds_all(int64_t failures)
{
	return closed_seconds(failures - (FAILURES_FREE_ALL - FAILURES_FREE));
}

static struct hash keyed(struct ask *ask, enum hash_use use, const char *what, const char *text)
{
	const char *both = arena_format(ask->arena, "%s%s", what, text);

	return keyring_hash(ask->keys, use, (struct bytes){ both, strlen(both) });
}

static struct bytes bytes_of(struct ask *ask, struct hash h)
{
	return arena_bytes(ask->arena, (struct bytes){ h.at, HASH_LEN });
}

static OUTCOME closed_of_key(struct ask *ask, struct hash key, int64_t *failures, int64_t *seconds)
{
	struct sql_failure_get_row row = { 0 };

	if (sql_failure_get(ask, bytes_of(ask, key), &row) == FAILED)
		return FAILED;
	*failures = failures_now(ask, row.failures, row.at);
	*seconds = still_closed(ask, row.failures, row.at);
	return OK;
}

static OUTCOME count_key(struct ask *ask, struct hash key, int64_t (*closes)(int64_t failures))
{
	int64_t failures, seconds;

	TRY(closed_of_key(ask, key, &failures, &seconds));
	return sql_failure_set(ask, bytes_of(ask, key), failures + 1, ask->now + closes(failures + 1));
}

/* A code's failure: an address that is closed already is not counted on. */
static OUTCOME count_code(struct ask *ask, struct hash peer, struct signed_in *out)
{
	out->answer = SIGN_IN_WRONG;
	return count_key(ask, peer, closed_seconds);
}

/* For whom a name is closed; account NULL: nobody's name. */
static OUTCOME check_closed(struct ask *ask, const struct sign_in *in, const struct sql_sign_in_account_row *account,
	int64_t *seconds)
{
	int64_t failures, together = 0;

	TRY(closed_of_key(ask, in->from, &failures, seconds));
	if (in->is_known)
		return OK;
	if (account)
		together = still_closed(ask, account->failures, account->closed_until);
	else
		TRY(closed_of_key(ask, in->name, &failures, &together));
	*seconds = together > *seconds ? together : *seconds;
	return OK;
}

static OUTCOME count_failure(struct ask *ask, const struct sign_in *in, const struct sql_sign_in_account_row *account)
{
	int64_t failures;

	TRY(count_key(ask, in->from, closed_seconds));
	if (in->is_known)
		return OK;
	if (!account)
		return count_key(ask, in->name, closed_seconds_all);
	failures = failures_now(ask, account->failures, account->closed_until) + 1;
	return sql_sign_in_throttle(ask, failures, ask->now + closed_seconds_all(failures), account->id);
}

/* A device of the owner's own is counted by itself, anybody else by where they come from. */
static void set_from(struct ask *ask, const char *peer, const struct session *session, struct sign_in *out)
{
	const char *who = out->account_id ? arena_format(ask->arena, "%lld", (long long)out->account_id)
		: hash_hex(ask->arena, out->name);

	out->is_known = out->account_id && session && session->account_id == out->account_id;
	out->from = out->is_known ? keyed(ask, HASH_LOGIN, "device ", arena_format(ask->arena, "%s %s", who,
		hash_hex(ask->arena, session->key))) : keyed(ask, HASH_LOGIN, "from ", arena_format(ask->arena,
		"%s %s", who, peer));
}

/* ---- sign-in ---- */

/* A name is read as a telephone or an identity number where it is one: user names begin with a letter. */
static OUTCOME find_account(struct ask *ask, const char *typed, int64_t *id)
{
	char digits[NATIONAL_ID_LEN + 1], phone[PHONE_LEN_MAX + 1];
	const char *low = text_lower(ask->arena, typed);
	struct account account;
	int64_t person;

	if (text_to_national_id(typed, digits) == NATIONAL_ID_OK) {
		TRY(unique_find(ask, UNIQUE_NATIONAL_ID, bytes_of(ask, keyed(ask, HASH_NATIONAL_ID, "", digits)), &person));
		TRY(account_of_person(ask, person, &account));
		*id = account.id;
		return OK;
	}
	if (text_to_phone(typed, phone) == PHONE_OK)
		return unique_find(ask, UNIQUE_PHONE, bytes_of(ask, keyed(ask, HASH_LOGIN, "phone ", phone)), id);
	return unique_find(ask, UNIQUE_LOGIN, (struct bytes){ low, strlen(low) }, id);
}

OUTCOME sign_in_prepare(struct ask *ask, const char *login, const char *passphrase, const char *peer,
	const struct session *session,
	struct sign_in *out)
{
	struct sql_sign_in_account_row account = { .passphrase = "" };
	int64_t id = 0;

	*out = (struct sign_in){ .name = keyed(ask, HASH_LOGIN, "name ", text_lower(ask->arena, login)) };
	if (find_account(ask, login, &id) == FAILED || (id && sql_sign_in_account(ask, id, &account) == FAILED))
		return FAILED;
	if (*account.passphrase) {
		out->fits = passphrase_verify(account.passphrase, passphrase);
		out->account_id = account.id;
		out->version = account.version;
	} else {
		passphrase_pretend(passphrase);
	}
	set_from(ask, peer, session, out);
	return OK;
}

static OUTCOME open_session(struct ask *ask, int64_t account_id, struct signed_in *out)
{
	out->answer = SIGN_IN_OK;
	out->account_id = account_id;
	return session_open(ask, account_id, &out->secret);
}

OUTCOME sign_in_finish(struct ask *ask, const struct sign_in *in, struct signed_in *out)
{
	DB_TRANSACTION(tx, ask->db);
	struct sql_sign_in_account_row row, *account = NULL;

	*out = (struct signed_in){ .answer = SIGN_IN_WRONG };
	if (in->account_id) {
		TRY(sql_sign_in_account(ask, in->account_id, &row));
		account = &row;
	}
	TRY(check_closed(ask, in, account, &out->seconds));
	if (out->seconds) {
		out->answer = SIGN_IN_CLOSED;
		return OK;
	}
	if (!account || !in->fits || account->version != in->version) {
		TRY(count_failure(ask, in, account));
		return db_commit(&tx);
	}
	if (account->locked) {
		out->answer = SIGN_IN_LOCKED;
		return OK;
	}
	TRY(sql_failure_set(ask, bytes_of(ask, in->from), 0, ask->now));
	if (account->failures && !in->is_known)          /* what strangers tried is not the known device's to forget */
		TRY(sql_sign_in_throttle(ask, 0, 0, account->id));
	TRY(open_session(ask, account->id, out));
	return db_commit(&tx);
}

/* ---- activation ---- */

static OUTCOME check_passphrase(struct ask *ask, const char *passphrase, const char *again, const char *login)
{
	const char *easy = passphrase_problem(passphrase, login);

	if (*easy)
		problem(ask->problems, "passphrase", easy);
	else if (strcmp(passphrase, again) != 0)
		problem(ask->problems, "again", PASSPHRASE_DIFFERS);
	return problems_none(ask->problems) ? OK : INVALID;
}

OUTCOME activate_prepare(struct ask *ask, const char *code, const char *passphrase, const char *again, const char *peer,
	struct activation *out)
{
	struct sql_sign_in_account_row account = { .login = "" };
	enum outcome found;

	*out = (struct activation){ .code = keyed(ask, HASH_CODE, "", code), .peer = keyed(ask, HASH_LOGIN, "peer ", peer) };
	found = sql_code_open(ask, bytes_of(ask, out->code), ask->now, &out->account_id);
	if (found == OK)
		found = sql_sign_in_account(ask, out->account_id, &account);
	if (found == FAILED)
		return FAILED;
	TRY(check_passphrase(ask, passphrase, again, account.login));
	return out->account_id ? passphrase_hash(ask->arena, passphrase, &out->passphrase_hash) : OK;
}

static OUTCOME claim_phone(struct ask *ask, int64_t account_id, const char *phone)
{
	struct bytes key = bytes_of(ask, keyed(ask, HASH_LOGIN, "phone ", phone));
	int64_t holder = 0;
	enum outcome found;

	if (!*phone)
		return OK;
	found = unique_find(ask, UNIQUE_PHONE, key, &holder);
	if (found == FAILED)
		return FAILED;
	if (found == OK && holder != account_id) {
		problem(ask->problems, "phone", PHONE_TAKEN);
		return INVALID;
	}
	if (found != OK)
		TRY(unique_claim(ask, UNIQUE_PHONE, key, account_id));
	return sql_phone_set(ask, phone, account_id);
}

static OUTCOME set_passphrase(struct ask *ask, const struct sql_sign_in_account_row *account, const char *hash,
	enum audit_action action)
{
	struct account now;
	struct role_list roles;

	TRY(sql_passphrase_set(ask, hash, account->id, account->version));
	TRY(account_get(ask, account->id, &now));
	TRY(roles_of(ask, account->id, &roles));
	return audit_add(ask, &(struct audit_entry){ .action = action, .subject = "account", .subject_id = account->id,
		.version = now.version, .person_id = now.person_id, .unit_id = roles.n ? roles.at[0].unit_id : 0 });
}

OUTCOME activate_finish(struct ask *ask, const struct activation *in, const char *phone, struct signed_in *out)
{
	DB_TRANSACTION(tx, ask->db);
	struct sql_sign_in_account_row account;
	int64_t failures, id = 0;

	*out = (struct signed_in){ .answer = SIGN_IN_CLOSED };
	TRY(closed_of_key(ask, in->peer, &failures, &out->seconds));
	if (out->seconds)
		return OK;
	if (in->account_id && sql_code_open(ask, bytes_of(ask, in->code), ask->now, &id) == FAILED)
		return FAILED;
	if (!id) {
		TRY(count_code(ask, in->peer, out));
		return db_commit(&tx);
	}
	TRY(sql_sign_in_account(ask, id, &account));
	if (account.locked) {
		out->answer = SIGN_IN_LOCKED;
		return OK;
	}
	TRY(claim_phone(ask, id, phone));
	TRY(sql_code_use(ask, ask->now, bytes_of(ask, in->code)));
	TRY(session_close_all(ask, id));
	TRY(open_session(ask, id, out));
	TRY(session_actor(ask, id, &ask->actor));
	TRY(set_passphrase(ask, &account, in->passphrase_hash, AUDIT_ACCOUNT_ACTIVATED));
	return db_commit(&tx);
}

/* ---- a new passphrase ---- */

OUTCOME passphrase_prepare(struct ask *ask, const char *old, const char *new, const char *again, struct new_passphrase *out)
{
	struct sql_sign_in_account_row account;

	TRY(sql_sign_in_account(ask, ask->actor->account_id, &account));
	if (!passphrase_verify(account.passphrase, old))
		problem(ask->problems, "old", PASSPHRASE_OLD_WRONG);
	TRY(check_passphrase(ask, new, again, account.login));
	out->version = account.version;
	return passphrase_hash(ask->arena, new, &out->hash);
}

OUTCOME passphrase_finish(struct ask *ask, const struct new_passphrase *in, struct hash session)
{
	DB_TRANSACTION(tx, ask->db);
	struct sql_sign_in_account_row account;

	TRY(sql_sign_in_account(ask, ask->actor->account_id, &account));
	if (account.version != in->version)
		return CONFLICT;
	TRY(set_passphrase(ask, &account, in->hash, AUDIT_ACCOUNT_CHANGED));
	TRY(session_close_others(ask, account.id, session));
	return db_commit(&tx);
}
