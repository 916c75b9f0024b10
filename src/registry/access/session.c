#include "registry/access/session.h"

#include <string.h>

#include "base/day.h"
#include "crypto/crypto.h"
#include "registry/access/access.h"
#include "registry/tree/tree.h"
#include "session_sql.h"

enum { SECRET_BYTES = 32, TOKEN_BYTES = 16, TOKEN_TEXT = 2 * (TOKEN_BYTES + HASH_LEN) };

static const char digits[] = "0123456789abcdef";

static const char *hex(struct arena *arena, const unsigned char *bytes, size_t len)
{
	char *out = arena_alloc(arena, 2 * len + 1);

	for (size_t i = 0; i < len; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	return out;
}

static bool unhex(const char *text, unsigned char *out, size_t len)
{

	if (strlen(text) != 2 * len)
		return false;
	for (size_t i = 0; i < len; i++) {
		const char *high = memchr(digits, text[2 * i], 16), *low = memchr(digits, text[2 * i + 1], 16);

		if (!high || !low)
			return false;
		out[i] = (unsigned char)((high - digits) << 4 | (low - digits));
	}
	return true;
}

static struct bytes hash_bytes(struct arena *arena, struct hash h)
{
	return arena_bytes(arena, (struct bytes){ h.at, HASH_LEN });
}

static OUTCOME actor_of(struct ask *ask, int64_t account_id, const char *name, int64_t person_id, const struct actor **out)
{
	struct sql_grants_of_row *rows;
	struct actor *actor = ARENA_NEW(ask->arena, struct actor);
	struct grant *grants;
	size_t n;

	TRY(sql_grants_of(ask, account_id, day_of(ask->now).text, &rows, &n));
	grants = ARENA_ARRAY(ask->arena, struct grant, n);
	*actor = (struct actor){ .account_id = account_id, .person_id = person_id, .name = name, .grants = grants };
	for (size_t i = 0; i < n; i++)
		if (role_of_code(rows[i].role, &grants[actor->n_grants].role))
			grants[actor->n_grants++].unit_id = rows[i].unit_id;
	*out = actor;
	return OK;
}

OUTCOME session_actor(struct ask *ask, int64_t account_id, const struct actor **out)
{
	struct sql_session_account_row account;

	TRY(sql_session_account(ask, account_id, &account));
	return actor_of(ask, account_id, account.name, account.person_id, out);
}

OUTCOME session_open(struct ask *ask, int64_t account_id, const char **secret)
{
	unsigned char random[SECRET_BYTES];
	const struct actor *actor;
	struct hash key;
	bool officer = false;

	TRY(session_actor(ask, account_id, &actor));
	for (size_t i = 0; i < actor->n_grants; i++)
		officer |= actor->grants[i].role != ROLE_CITIZEN;
	random_bytes(random, sizeof random);
	key = keyring_hash(ask->keys, HASH_SESSION, (struct bytes){ random, sizeof random });
	*secret = hex(ask->arena, random, sizeof random);
	return sql_session_insert(ask, hash_bytes(ask->arena, key), account_id, officer, ask->now);
}

OUTCOME session_read(struct ask *ask, const char *secret, struct session *out)
{
	unsigned char random[SECRET_BYTES];
	struct sql_session_get_row row;

	*out = (struct session){ 0 };
	if (!unhex(secret, random, sizeof random))
		return NOT_FOUND;
	out->key = keyring_hash(ask->keys, HASH_SESSION, (struct bytes){ random, sizeof random });
	TRY(sql_session_get(ask, hash_bytes(ask->arena, out->key), &row));
	if (row.used_at + SESSION_KEEP_DAYS * DAY_SECONDS < ask->now)
		return NOT_FOUND;
	out->account_id = row.account_id;
	out->is_officer = row.officer == 1;
	out->used_at = row.used_at;
	out->ends_at = row.used_at + (out->is_officer ? SESSION_OFFICER_IDLE : SESSION_CITIZEN_IDLE);
	out->is_over = row.ended_at || row.locked || out->ends_at <= ask->now;
	return out->is_over ? OK : actor_of(ask, row.account_id, row.name, row.person_id, &out->actor);
}

OUTCOME session_touch(struct ask *ask, struct hash key)
{
	return sql_session_touch(ask, ask->now, hash_bytes(ask->arena, key));
}

OUTCOME session_close(struct ask *ask, struct hash key)
{
	return sql_session_end(ask, ask->now, hash_bytes(ask->arena, key));
}

OUTCOME session_close_all(struct ask *ask, int64_t account_id)
{
	return sql_session_end_all(ask, ask->now, account_id);
}

OUTCOME session_close_others(struct ask *ask, int64_t account_id, struct hash key)
{
	return sql_session_end_others(ask, ask->now, account_id, hash_bytes(ask->arena, key));
}

OUTCOME session_count(struct ask *ask, int64_t account_id, int64_t *out)
{
	return sql_session_count(ask, account_id, ask->now - SESSION_OFFICER_IDLE, ask->now - SESSION_CITIZEN_IDLE, out);
}

/* Tokens: hex(random) then hex(keyed hash of random and what it is bound to). */

static struct hash token_mac(struct ask *ask, const unsigned char *random, struct hash bound_to)
{
	unsigned char both[TOKEN_BYTES + HASH_LEN];

	memcpy(both, random, TOKEN_BYTES);
	memcpy(both + TOKEN_BYTES, bound_to.at, HASH_LEN);
	return keyring_hash(ask->keys, HASH_TOKEN, (struct bytes){ both, sizeof both });
}

const char *token_make(struct ask *ask, struct hash bound_to)
{
	unsigned char random[TOKEN_BYTES];
	struct hash mac;

	random_bytes(random, sizeof random);
	mac = token_mac(ask, random, bound_to);
	return arena_format(ask->arena, "%s%s", hex(ask->arena, random, sizeof random), hash_hex(ask->arena, mac));
}

bool token_is_ours(struct ask *ask, const char *token, struct hash bound_to)
{
	unsigned char parts[TOKEN_BYTES + HASH_LEN];
	struct hash given;

	if (!unhex(token, parts, sizeof parts))
		return false;
	memcpy(given.at, parts + TOKEN_BYTES, HASH_LEN);
	return hash_equal(given, token_mac(ask, parts, bound_to));
}

static struct bytes token_key(struct ask *ask, const char *token)
{
	return hash_bytes(ask->arena, keyring_hash(ask->keys, HASH_TOKEN, (struct bytes){ token, strlen(token) }));
}

OUTCOME token_find(struct ask *ask, const char *token, struct bytes body_hash, struct token_answer *out)
{
	struct sql_answer_get_row row;

	TRY(sql_answer_get(ask, token_key(ask, token), body_hash, &row));
	*out = (struct token_answer){ row.status, row.location };
	return OK;
}

OUTCOME token_store(struct ask *ask, const char *token, struct bytes body_hash, const struct token_answer *answer)
{
	return sql_answer_insert(ask, token_key(ask, token), body_hash, answer->status, answer->location, ask->now);
}

OUTCOME kept_add(struct ask *ask, int64_t account_id, const char *path, const char *fields)
{
	int64_t id;

	TRY(tree_new_id(ask, "kept_post", &id));
	TRY(sql_kept_insert(ask, id, account_id, path,
		keyring_encrypt(ask->keys, ask->arena, (struct bytes){ fields, strlen(fields) }), ask->now));
	return sql_kept_trim(ask, account_id);
}

static OUTCOME unseal(struct ask *ask, struct bytes sealed, const char **out)
{
	struct bytes plain;

	TRY(keyring_decrypt(ask->keys, ask->arena, sealed, &plain));
	*out = arena_textn(ask->arena, plain.ptr, plain.len);
	return OK;
}

OUTCOME kept_list(struct ask *ask, int64_t account_id, struct kept_list *out)
{
	struct sql_kept_list_row *rows;
	struct kept *list;

	TRY(sql_kept_list(ask, account_id, ask->now - SESSION_KEEP_DAYS * DAY_SECONDS, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct kept, out->n);
	for (size_t i = 0; i < out->n; i++) {
		list[i] = (struct kept){ .id = rows[i].id, .at = rows[i].at, .path = rows[i].path };
		TRY(unseal(ask, rows[i].fields, &list[i].fields));
	}
	out->at = list;
	return OK;
}

OUTCOME kept_get(struct ask *ask, int64_t account_id, int64_t id, struct kept *out)
{
	struct sql_kept_get_row row;

	TRY(sql_kept_get(ask, account_id, id, &row));
	*out = (struct kept){ .id = row.id, .at = row.at, .path = row.path };
	return unseal(ask, row.fields, &out->fields);
}

OUTCOME kept_remove(struct ask *ask, int64_t account_id, int64_t id)
{
	return sql_kept_remove(ask, account_id, id);
}

OUTCOME access_sweep(struct ask *ask, bool *more)
{
	int64_t before = ask->now - SESSION_KEEP_DAYS * DAY_SECONDS, left;

	TRY(sql_sweep_sessions(ask, before));
	TRY(sql_sweep_answers(ask, before));
	TRY(sql_sweep_kept(ask, before));
	TRY(sql_sweep_failures(ask, ask->now - DAY_SECONDS));
	TRY(sql_sweep_codes(ask, before));
	TRY(sql_sweep_left(ask, before, &left));
	*more = left > 0;
	return OK;
}
