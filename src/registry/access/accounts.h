/* accounts.h: who may sign in, with which roles (model.md 1, 6; design.md 2). Signing in itself is sign_in.h.
 *
 * An account has a user name, or belongs to a person and is signed in to by identity number (people/ claims it for the person under
 * UNIQUE_NATIONAL_ID) or by the telephone it was the first to confirm. No account has a passphrase until its code is used.
 *
 * A role is given on a unit and holds for all below it, until a day where wanted. Who gives which, where: accounts.c, giver_may:
 *   administrator   every role, everywhere
 *   province        all but administrator, auditor and province, on units below its own
 *   commune         branch and deputy, on hamlets and organisations of its commune
 *   branch          deputy, on its own unit
 * Nobody gives a role to themselves. Whoever could give all roles of an account may also make codes for it, lock and unlock it: so
 * nobody takes over an account above their own.
 *
 * Every change is one audit row (account: a row a version; role_grant, activation: version 0). */
#ifndef REGISTRY_ACCOUNTS_H
#define REGISTRY_ACCOUNTS_H

#include "base/ask.h"
#include "registry/tree/actor.h"
#include "registry/tree/tree.h"

enum { LOGIN_MIN = 3, LOGIN_MAX = 40, ACCOUNT_NAME_MAX = 100, CODE_DAYS = 14, OFFICERS_PAGE = 100 };

struct account {
	int64_t id, person_id, made_at, version;
	const char *login;               /* "": by identity number or telephone */
	const char *name, *phone;
	bool is_active, is_locked;       /* active: has a passphrase */
};
OUTCOME account_get(struct ask *ask, int64_t id, struct account *out);
OUTCOME account_by_login(struct ask *ask, const char *login, struct account *out);   /* any case; NOT_FOUND */
OUTCOME account_of_person(struct ask *ask, int64_t person_id, struct account *out);  /* NOT_FOUND: none yet */
/* Names for a list of accounts, in no order; at most 500. */
struct account_name { int64_t id; const char *name; };
struct account_name_list { size_t n; const struct account_name *at; };
OUTCOME account_names(struct ask *ask, const int64_t *ids, size_t n, struct account_name_list *out);

struct account_new {
	const char *login;               /* letters a–z, digits, dot and dash, begins with a letter; "" for a person's */
	const char *name;                /* as shown beside what is done: "Bà Lành" */
	int64_t person_id;               /* 0: nobody's own */
	int64_t unit_id;                 /* where it belongs: permission, and the auditor's filter; 0: anywhere */
	const char *passphrase_hash;     /* NULL: none, it waits for a code. Ready ones are for the demo and for copies */
};
/* ACCOUNT_MANAGE on the unit. A person has one account: a second is CONFLICT. */
OUTCOME account_add(struct ask *ask, const struct account_new *, int64_t *id);
OUTCOME account_add_for_person(struct ask *ask, int64_t person_id, const char *name, int64_t unit_id, int64_t *id);

/* An account and its first role in one. */
/* until_day: the first day without it, "" for open. unit_id 0: no unit was found, and a problem says so; nothing is given. */
struct role_new { enum role role; int64_t unit_id; const char *until_day; };
OUTCOME officer_add(struct ask *ask, const struct account_new *, const struct role_new *, int64_t *id);

bool role_fits(enum role, enum unit_level);                      /* a branch stands on a leaf, a commune on a commune … */
/* May the actor give this role somewhere or other (shows it in a form), and there? */
bool role_may_offer(const struct actor *, enum role);
OUTCOME role_may_give(struct ask *ask, enum role, int64_t unit_id, bool *out);
OUTCOME role_give(struct ask *ask, int64_t account_id, const struct role_new *, int64_t *grant_id);
OUTCOME role_take(struct ask *ask, int64_t account_id, int64_t grant_id);
struct role_held {
	int64_t id, unit_id;
	enum role role;
	const char *unit, *until_day, *from;     /* from: the unit it came along from, or "" */
};
struct role_list { size_t n; const struct role_held *at; };
OUTCOME roles_of(struct ask *ask, int64_t account_id, struct role_list *out);        /* those that hold today */

/* ---- roles of units that end (follow.c) ----
 *
 * What becomes of the roles on a unit that ends is part of the act that ends it, and is told before: a role goes on at the one
 * successor as a grant of its own that names the old one (role_grant.from_grant), which ends. Its holder then has all that lies
 * in the successor, so only who could give that role there may let it go along; nobody lets their own. What may not go along ends
 * with its unit and is given anew by who may. */

enum role_fate {
	ROLE_GOES,                       /* goes on at the successor */
	ROLE_IS_THERE,                   /* its holder has the same role there already: nothing new */
	ROLE_ENDS,                       /* no successor: it ends with the unit */
	ROLE_UNDECIDED,                  /* several successors: somebody says where */
	ROLE_NOT_YOURS_TO_GIVE,          /* the actor could not give it there: it ends, to be given anew */
	ROLE_OWN                         /* the actor's own: the same */
};
struct role_on {
	int64_t id, account_id, unit_id;
	enum role role;
	const char *name, *unit, *until_day;
	enum role_fate fate;
	int64_t to_id;                   /* roles_gone: the one successor, 0 none or several */
};
struct role_on_list { size_t n; struct role_on *at; };
/* Roles (but the citizen's) that hold today on just these units, by unit, then name; at most 500. The fate is ROLE_UNDECIDED. */
OUTCOME roles_on(struct ask *ask, const struct id_list *units, struct role_on_list *out);
/* The same of all units that are no more today, each with its successor if there is just one that holds today. After an import.
 */
OUTCOME roles_gone(struct ask *ask, struct role_on_list *out);
/* Asks nothing else and writes nothing: what role_follow would do. to_id 0: no successor. */
OUTCOME role_fate(struct ask *ask, struct role_on *, int64_t to_id);
/* In the caller's transaction: ends it, and where its fate is ROLE_GOES gives it on each of `to`. grants: room for n; 0 where
 * none was given. n 0: it only ends. */
struct role_to { int64_t id; const char *name; };
OUTCOME role_follow(struct ask *ask, const struct role_on *, const struct role_to *to, size_t n, const char *reason,
		    int64_t *grants);
/* Back: the old grant holds again and those that went on from it end. Where one of them was taken away since, the old one stays
 * ended: an appointment is never brought back against a later decision. */
OUTCOME role_unfollow(struct ask *ask, int64_t old_grant, const struct id_list *grants, const char *reason);

/* Codes, lock: may the actor, as above? An account without roles: the administrator, the province, or (unit_id) who has
 * ACCOUNT_MANAGE where its person is; access/ does not know where that is, the caller does. */
OUTCOME account_may_manage(struct ask *ask, int64_t account_id, int64_t unit_id, bool *out);
/* Locking ends its sessions. Nobody locks themselves. */
OUTCOME account_lock(struct ask *ask, int64_t id, int64_t version);
OUTCOME account_unlock(struct ask *ask, int64_t id, int64_t version);
/* The actor's own sessions, all of them. */
OUTCOME account_sign_out_everywhere(struct ask *ask);

/* ---- codes ---- */

enum { TICKET_LEN = 32, CODE_SHOW_SECONDS = 30 * 60, CODE_TEXT_LEN = 13 };
/* A code is a keyed hash of a random ticket and the account: the ticket can stand in an address, the code is stored nowhere (only
 * its hash), and the page that shows it may be opened again for CODE_SHOW_SECONDS by who made it. One ticket serves a whole batch. */
const char *ticket_make(struct arena *);
/* Makes one for an account and ends its older ones; good for CODE_DAYS, once. *code is CODE_ACTIVATION_LEN characters. */
OUTCOME code_make_for(struct ask *ask, int64_t account_id, int64_t unit_id, const char *ticket, const char **code);
/* The same again, for the slip. NOT_FOUND: used, ended, of somebody else, or made too long ago. */
OUTCOME code_again(struct ask *ask, int64_t account_id, const char *ticket, const char **code, int64_t *expires_at);
/* The first administrator of a new installation, on its province, with its code. */
OUTCOME account_first_admin(struct ask *ask, const char *login, int64_t province_id, const char **code);
const char *code_show(struct arena *, const char *code);        /* "7K2M-Q4PX-9TB" */

/* ---- lists ---- */

struct officer {
	int64_t account_id, grant_id, unit_id;
	const char *name, *login, *unit, *until_day;
	enum role role;
	bool is_active, is_locked;
};
struct officer_list { size_t n; const struct officer *at; };
/* Roles (but the citizen's) on the units where the actor has ACCOUNT_MANAGE and below, by name; OFFICERS_PAGE a page. `query`: how
 * a word of the name begins, folded, or ""; `after_grant`: the last one's grant_id, 0 for the first page. */
OUTCOME accounts_for_unit(struct ask *ask, const char *query, int64_t after_grant, struct officer_list *out);

#endif
