/* session.h: who is behind a cookie; tokens that make a form safe to send twice; what was typed when a session had ended
 * (model.md 6). app/ hands these to http/ through struct gate.
 *
 * A session is 256 random bits in a cookie; only their keyed hash is stored. Citizens 30 minutes idle, officers 12 hours.
 * An ended session's row stays 7 days, so that a form sent with it can be kept for that account. */
#ifndef REGISTRY_SESSION_H
#define REGISTRY_SESSION_H

#include "base/ask.h"
#include "crypto/keyring.h"
#include "registry/tree/actor.h"

enum { SESSION_CITIZEN_IDLE = 30 * 60, SESSION_OFFICER_IDLE = 12 * 3600, SESSION_KEEP_DAYS = 7, SESSION_NOTE_SECONDS = 60,
	SESSION_SECRET_LEN = 64, TOKEN_LEN = 96 };

/* Opens one for an account; *secret is the cookie's value (hex). Ends none of the others. */
OUTCOME session_open(struct ask *ask, int64_t account_id, const char **secret);

struct session {
	struct hash key;                 /* hash of the secret: binds tokens */
	int64_t account_id, used_at, ends_at;    /* when it ends unless used again */
	bool is_over, is_officer;
	const struct actor *actor;       /* in the ask's arena; NULL when over */
};
/* NOT_FOUND: no such session (or over for longer than 7 days). An account that is locked counts as over. */
OUTCOME session_read(struct ask *ask, const char *secret, struct session *out);
/* Used now: written at most once a minute, in batches after the answer. */
OUTCOME session_touch(struct ask *ask, struct hash key);
OUTCOME session_close(struct ask *ask, struct hash key);
OUTCOME session_close_all(struct ask *ask, int64_t account_id);
OUTCOME session_close_others(struct ask *ask, int64_t account_id, struct hash key);          /* all but this one */
OUTCOME session_count(struct ask *ask, int64_t account_id, int64_t *out);                    /* those that are not over */
/* The actor of an account as of today; for commands and tests. */
OUTCOME session_actor(struct ask *ask, int64_t account_id, const struct actor **out);

/* A token is 128 random bits and their keyed hash with what it is bound to (a session's key, or a pre-session cookie): forging one
 * for another session is not possible, so it is the guard against cross-site posts too. */
const char *token_make(struct ask *ask, struct hash bound_to);
bool token_is_ours(struct ask *ask, const char *token, struct hash bound_to);
struct token_answer { int64_t status; const char *location; };
/* NOT_FOUND: not sent yet. The same token with another body is a new submission. */
OUTCOME token_find(struct ask *ask, const char *token, struct bytes body_hash, struct token_answer *out);
OUTCOME token_store(struct ask *ask, const char *token, struct bytes body_hash, const struct token_answer *);

/* Sealed for the account; at most 5 of them are kept, 7 days. */
OUTCOME kept_add(struct ask *ask, int64_t account_id, const char *path, const char *fields);
struct kept { int64_t id, at; const char *path, *fields; };
struct kept_list { size_t n; const struct kept *at; };
OUTCOME kept_list(struct ask *ask, int64_t account_id, struct kept_list *out);
OUTCOME kept_get(struct ask *ask, int64_t account_id, int64_t id, struct kept *out);
OUTCOME kept_remove(struct ask *ask, int64_t account_id, int64_t id);

/* What is past its days: sessions, answers, kept posts, used codes, failures. A few thousand rows a call; *more says call again. */
OUTCOME access_sweep(struct ask *ask, bool *more);

#endif
