/* load.h (private to bench load): who visits, what they do, what came of it. */
#ifndef APP_DEMO_LOAD_H
#define APP_DEMO_LOAD_H

#include <curl/curl.h>
#include <stdatomic.h>

#include "app/app.h"

enum { LOAD_CONNECTIONS = 64, LOAD_CITIZENS = 4, LOAD_CERTIFICATES = 1000, LOAD_SECONDS_MAX = 3600 };

enum load_kind { LOAD_SHEET, LOAD_PAGE, LOAD_LIST, LOAD_GRID, LOAD_ROW,
	LOAD_LEAF, LOAD_COMMUNE, LOAD_VERIFY, LOAD_ADD, LOAD_KINDS };
/* Of a hundred requests. Where something is saved it is two, timed as one: what is read for it, then the post. */
struct load_share { const char *name; int share; };
extern const struct load_share load_shares[LOAD_KINDS];

/* A connection has an officer and citizens of its own, so that no two save the same sheet. */
struct load_visitor {
	const char *officer;             /* cookies */
	int64_t leaf;
	struct { const char *cookie; int64_t person; } citizens[LOAD_CITIZENS];
	int64_t turn;
};

struct load_second { int64_t resident, log; };           /* KiB; pages */

struct load {
	const char *base, *commune_cookie;
	int64_t commune, round;
	struct load_visitor visitors[LOAD_CONNECTIONS];
	const char **certificates;
	size_t n_certificates;
	int64_t rate, n;
	double from, took;
	atomic_llong next;
	/* of each request: from its time to its last byte, < 0 an error; of its post alone, from its sending, 0 none */
	float *ms, *post_ms;
	unsigned char *kind;
	atomic_llong status[6];          /* errors by class of status; 0: no answer */
	struct load_second seconds[LOAD_SECONDS_MAX];
	size_t n_seconds;
};

double load_now(void);                                   /* seconds, monotonic */

/* Officers and citizens with open sessions, in a demo only. Reason on stderr. */
OUTCOME load_make_ready(struct app *, struct load *);

struct load_visit;
struct load_visit *load_visit_new(const struct load *, struct load_visitor *);           /* NULL: no memory */
void load_visit_free(struct load_visit *);
/* The i-th request of all. False: not the answer it should be, with its status (0: none). *post_ms as above. */
bool load_visit_one(struct load_visit *, enum load_kind, int64_t i, long *status, float *post_ms);
/* What the server says of itself; zeros where it says nothing. */
struct load_second load_visit_metrics(struct load_visit *);

/* False: some answers were errors. */
bool load_report(struct app *, const struct load *, bool json);

#endif
