/* gate.h: what http/ asks of the house above it: connections, time, who is asking, tokens, error pages.
 * app/ fills it once; http/ knows nothing of SQL, sessions or permission. All functions are called from several threads
 * but never two at once with the same request or connection. */
#ifndef HTTP_GATE_H
#define HTTP_GATE_H

#include "http/request.h"

enum gate_token { TOKEN_NEW, TOKEN_ANSWERED, TOKEN_FOREIGN };
enum gate_enter { ENTER_OK, ENTER_ENDED, ENTER_FAILED };

struct nav_item {
	const char *label;
	struct url href;
	int permission;
	bool only_public;                        /* for who is not signed in */
	bool more;                               /* not in the masthead: listed on the person's own page */
};

struct gate {
	void *app;
	const struct nav_item *nav;              /* the masthead's menu, in order; shown by permission */
	size_t n_nav;
	const char *site, *place, *help;         /* "học tập Tây Ninh", "tỉnh Tây Ninh", whom to ask */
	int64_t (*now)(void *app);
	const struct keyring *keys;
	const struct files *files;               /* what asks carry beside the keys: the evidence store, the locked-down readers, */
	struct packs *packs;                     /* packed columns; */
	struct sandbox *sandbox;                 /* who listens to changes, what is remembered; NULL where there is none */
	const struct hooks *hooks;
	struct criteria_cache *criteria;
	struct crowd_cache *crowds;
	struct target_cache *targets;

	/* Connections. A reader cannot write (query_only / READ ONLY). remote: the store is behind a network, so nothing is read
	 * on the event loops. */
	bool remote;
	OUTCOME (*open)(void *app, bool writer, struct db **out);
	void (*close)(struct db *);
	OUTCOME (*read_begin)(struct db *, int budget_ms);      /* 0: no budget. Past it statements fail and read_late is true */
	bool (*read_late)(struct db *);          /* also: the store needs the read out of its way, or not begun */
	bool (*read_again)(struct db *);         /* the world ended it (a lost link): from its beginning it may work */
	void (*read_end)(struct db *);
	int64_t (*cut_before)(void *app);                       /* monotonic ms: reads begun earlier are in its way; 0: none */
	/* The writer: many handlers between batch_begin and batch_commit, each between step_begin and step_end.
	 * `enter` runs again in each step (the session may have ended while it waited). */
	OUTCOME (*batch_begin)(struct db *, bool whole);        /* whole: no step can be undone alone, which is quicker */
	/* one had to be, or the world ended it before it was stored, also in its commit: roll back, and run the steps again,
	 * not whole */
	bool (*batch_is_spoiled)(struct db *);
	OUTCOME (*batch_commit)(struct db *);                   /* FAILED: nothing of the batch is stored */
	void (*batch_rollback)(struct db *);                     /* a step could not be ended: nothing of the batch may be stored */
	/* A second place to read from, which may lag: short pages are read there when may_lag says so, before a connection is
	 * taken (db NULL) and once its moment is fixed; what cannot be read there is read again where it is written. NULL, all
	 * four: none. */
	OUTCOME (*open_replica)(void *app, struct db **out);
	bool (*may_lag)(const struct request *, struct db *);
	OUTCOME (*position)(struct db *, int64_t *out);         /* after a commit: how far the store is */
	void (*wrote)(struct request *, int64_t position);      /* its answer tells of what is stored; < 0: not known how far */
	OUTCOME (*step_begin)(struct db *);
	OUTCOME (*step_end)(struct db *, bool keep);            /* keep false: rolled back */

	/* Who: reads the session cookie, sets ask.actor and request.session. ENTER_ENDED: a known session that is over
	 * (actor NULL; session kept so that `keep` knows whose). Runs up to three times a request, also on a read-only
	 * connection. */
	enum gate_enter (*enter)(struct request *);
	bool (*has_session)(const struct request *);            /* does it show the cookie of one, true or not (asks no store) */
	bool (*may)(const struct request *, int permission);    /* on any unit at all; the operation asks again on which */
	bool (*is_public)(const struct request *, int permission);   /* may somebody who is not signed in */
	struct url (*sign_in)(struct request *);                /* where to go to sign in and come back */

	/* Retry-safe posts. The field is called "token". claim runs inside the step; ANSWERED sets response as it was. */
	enum gate_token (*token_claim)(struct request *, const char *token, struct bytes body_hash);
	OUTCOME (*token_answer)(struct request *, const char *token, struct bytes body_hash);
	/* A keyed hash: bodies hold passphrases, a plain one beside the token would let them be guessed. */
	void (*hash)(void *app, struct bytes, unsigned char out[32]);
	/* A post whose session ended: kept encrypted for its account (fields as `name=value` urlencoded, at most 64 KiB). */
	OUTCOME (*keep)(struct request *, const char *fields);

	/* NFC and bounds of text as typed: NULL when it is not valid UTF-8 or holds control characters. */
	const char *(*clean_text)(struct arena *, const char *typed, bool lines);

	/* After the answer, off the request's thread, in batches by the writer: who saw whose sheet; session last used. */
	OUTCOME (*note_seen)(struct db *, int64_t account, int64_t person, const char *path, int64_t at);
	OUTCOME (*note_listed)(struct db *, int64_t account, int64_t unit, const char *list, int64_t at);
	int64_t (*account)(const struct request *);             /* 0: nobody */
	/* The key (32 bytes) of the session behind a request that is to be noted as used; NULL: none, or noted within the last
	 * minute. */
	const unsigned char *(*used)(const struct request *);
	OUTCOME (*note_used)(struct db *, const unsigned char key[32], int64_t at);

	/* What the house adds to /metrics, in Prometheus' text form; NULL: nothing. */
	void (*measure)(void *app, struct buf *out);

	/* A whole page for an outcome: cause, next step, request id, in Vietnamese. ask.db and session may be NULL (refused
	 * before they
	 * were asked for). 401 and 422 also show request_typed back, 422 the problems in ask.problems, so that nothing typed
	 * is lost. */
	void (*error_page)(struct request *, int status, const char *why, struct buf *page);
};

#endif
