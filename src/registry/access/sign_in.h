/* sign_in.h: proving who one is (model.md 6). The slow part (Argon2id) stands in X_prepare, which reads only and runs on a worker;
 * X_finish runs on the writer and counts, closes, opens. A right passphrase opens nothing while an account is closed, so guesses sent
 * at once count like guesses sent one after the other.
 *
 * Five failures from one address close a name for that address for a minute, each further one for twice as long, up to an hour; a
 * day without failures forgets them. Fifty from all addresses together close it for all. Neither closes it for a device that was
 * signed in to that account within the last week (its session's cookie says so, ended or not): that one has five of its own, so
 * a stranger who knows a name cannot shut its owner out of the telephone they use.
 * A name that nobody has is counted by its keyed hash in the same way, by address and together, and costs the same work, so the
 * answers do not tell which names exist. Codes are counted by the address they come from.
 *
 * Rejected: by name alone (anybody could close anybody's for an hour, again and again); by address alone (a thousand addresses
 * guess a thousand times as fast). */
#ifndef REGISTRY_SIGN_IN_H
#define REGISTRY_SIGN_IN_H

#include "base/ask.h"
#include "crypto/keyring.h"

struct session;

enum { FAILURES_FREE = 4, CLOSED_FIRST = 60, CLOSED_MOST = 3600 };
enum { FAILURES_FREE_ALL = 49 };                 /* from all addresses together */
/* Seconds for which `failures` in a row close: 0 up to FAILURES_FREE, then 60, 120, … 3600. */
int64_t closed_seconds(int64_t failures);

enum sign_in_answer { SIGN_IN_OK, SIGN_IN_WRONG, SIGN_IN_CLOSED, SIGN_IN_LOCKED };
struct signed_in {
	enum sign_in_answer answer;
	int64_t account_id;              /* OK */
	const char *secret;              /* OK: of the session opened, for the cookie */
	int64_t seconds;                 /* CLOSED: for how long still */
};

struct sign_in {
	int64_t account_id;              /* 0: nobody's name */
	int64_t version;
	struct hash name;                /* keyed, of what was typed */
	/* keyed, of the account or name and the address or known device: what is counted first */
	struct hash from;
	bool fits, is_known;             /* is_known: from a device that was signed in to this account */
};
/* login: user name, identity number or telephone, as typed. peer: the client's address. session: the one the request came with,
 * over or not; NULL: none. */
OUTCOME sign_in_prepare(struct ask *ask, const char *login, const char *passphrase, const char *peer,
	const struct session *session,
	struct sign_in *out);
OUTCOME sign_in_finish(struct ask *ask, const struct sign_in *, struct signed_in *out);

struct activation {
	int64_t account_id;              /* 0: no such code */
	struct hash code, peer;
	const char *passphrase_hash;
};
/* INVALID: the passphrase is too easy, or `again` differs. An unknown code is no problem here: finish counts it. */
OUTCOME activate_prepare(struct ask *ask, const char *code, const char *passphrase, const char *again, const char *peer,
	struct activation *out);
/* phone: digits, "" for none; it signs in from now on if no other account has it, else INVALID. WRONG: no such code (any more). */
OUTCOME activate_finish(struct ask *ask, const struct activation *, const char *phone, struct signed_in *out);

struct new_passphrase { int64_t version; const char *hash; };
/* The actor's own. Other sessions than `session` end. INVALID: the old one does not fit, the new one is too easy. */
OUTCOME passphrase_prepare(struct ask *ask, const char *old, const char *new, const char *again, struct new_passphrase *out);
OUTCOME passphrase_finish(struct ask *ask, const struct new_passphrase *, struct hash session);

#endif
