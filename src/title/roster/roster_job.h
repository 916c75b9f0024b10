/* roster_job.h (private): what the jobs on a list share. */
#ifndef TITLE_ROSTER_JOB_H
#define TITLE_ROSTER_JOB_H

#include "registry/audit/audit.h"
#include "registry/jobs/jobs.h"
#include "title/roster/roster_judge.h"
#include "title/roster/roster_list.h"

/* The list of a job, and its owner as actor of *owner. */
OUTCOME roster_job_open(struct ask *ask, const struct job *, struct ask *owner, struct list *);
/* What the sandbox made of the file, and what it said if nothing: left in job->prepared. */
struct applying;
struct reading;
struct roster_prepared {
	enum outcome outcome;
	struct problems problems;
	struct roster_reading reading;
	/* where the rows are staged; else NULL */
	struct applying *applying;       /* of an applying */
	struct reading *storing;         /* of a reading */
};
/* The rows as they would be written now. Not OK: it is no list, p->problems say why. */
OUTCOME roster_job_judge(struct ask *owner, struct roster_prepared *p, const struct list *, struct list_rows_judged *out);
/* The same; what is none is written on the list, *end. */
OUTCOME roster_job_rows(struct ask *ask, struct ask *owner, const struct job *, const struct list *, struct list_rows_judged *out,
	bool *end);
/* Something moved under what was staged: the slice is done once more, from the beginning; after some tries that was the last, and
 * all is done in one transaction. */
OUTCOME roster_job_again(struct ask *ask, struct job *job, bool *more);
bool roster_job_is_last(const struct job *);
/* What is no outcome of the world, in words. */
const char *roster_why_not(struct arena *, enum outcome, const struct problems *);
OUTCOME roster_job_trace(struct ask *owner, const struct list *, enum audit_action, int64_t rows);

#endif
