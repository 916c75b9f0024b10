/* jobs.h: long work as rows (model.md 7): who asked for it, how far it is, what came of it. It is done in slices, each in a
 * transaction that also keeps the place where the next begins, so that it goes on after a restart; one thread of one `serve`
 * works them (app/jobs.h), the owners in turn, and a command or a test works all that wait at once (jobs_run_all).
 *
 * A feature adds a job in the transaction of what makes it needed; what a kind does stands in a table of app/, because it may call
 * any feature. A slice acts as the installation (access_system): permission was asked when the job was added. */
#ifndef REGISTRY_JOBS_H
#define REGISTRY_JOBS_H

#include "base/ask.h"

enum job_condition { JOB_WAITING, JOB_UNDER_WAY, JOB_DONE, JOB_STOPPED };        /* stored as these numbers */

struct job {
	int64_t id, version;
	const char *kind;                /* "round_open" */
	const char *title;               /* "Mở đợt năm 2026: lập danh sách mọi người" */
	int64_t account_id, unit_id;     /* account 0: the installation; unit 0: none */
	const char *input;               /* JSON */
	const char *position;            /* the kind's own words; "" at the beginning */
	int64_t done, total;             /* total 0: not known */
	enum job_condition condition;
	const char *message;             /* how it ended, or why it stopped; "" */
	int64_t made_at, ended_at;
	void *prepared;                  /* what the kind's prepare left for this slice */
};
struct job_list { size_t n; const struct job *at; };

struct job_new { const char *kind, *title, *input; int64_t unit_id, total; };   /* the actor is its owner; input "" is {} */

/* In the caller's transaction. */
OUTCOME job_add(struct ask *ask, const struct job_new *, int64_t *id);
/* Of the actor's own account, or any for who has PERMIT_SYSTEM; else NOT_FOUND. */
OUTCOME job_get(struct ask *ask, int64_t id, struct job *out);
/* The actor's own (with PERMIT_SYSTEM: the installation's too), newest first, 50 a page; before_id 0: the first. */
OUTCOME job_list(struct ask *ask, int64_t before_id, struct job_list *out);
/* One that was stopped waits again, from where it was. INVALID when it is not stopped. */
OUTCOME job_retry(struct ask *ask, int64_t id, int64_t version);

/* How far it is, told at once: for work that is kept as a whole at the end of a slice. Outside a transaction. */
OUTCOME job_tell(struct ask *ask, const struct job *, int64_t done, int64_t total);

struct job_kind {
	const char *name;
	/* About 100 ms of work. It may set job->position, done, total and message, which are kept with what it wrote; *more
	 * false ends the job. INVALID (with a problem), NOT_FOUND, FORBIDDEN, CONFLICT undo the slice and stop the job with
	 * the first problem as its message. FAILED undoes the slice: the world failed, the runner tries again later. */
	OUTCOME (*slice)(struct ask *ask, struct job *job, bool *more);
	/* Before each slice, outside its transaction: what must not hold the writer (the sandbox, files). It reads only, and
	 * leaves what it made in job->prepared, in the slice's arena; it may stage (db/staged.h). Its outcome counts as the
	 * slice's. NULL: none. */
	OUTCOME (*prepare)(struct ask *ask, struct job *job);
};
struct job_kinds { const struct job_kind *at; size_t n; };

/* One slice of the next job after `*owner` (an account; set to the one worked for). *worked false: nothing waits.
 * The ask's connection must be a writer outside a transaction. */
OUTCOME jobs_run_slice(struct ask *ask, struct job_kinds, int64_t *owner, bool *worked);
/* Until nothing waits. INVALID when a job was stopped, its message among ask->problems. */
OUTCOME jobs_run_all(struct ask *ask, struct job_kinds);

#endif
