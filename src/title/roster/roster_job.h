/* roster_job.h (private): what the jobs on a list share. */
#ifndef TITLE_ROSTER_JOB_H
#define TITLE_ROSTER_JOB_H

#include "registry/audit/audit.h"
#include "registry/jobs/jobs.h"
#include "title/roster/roster_list.h"

/* The list of a job, and its owner as actor of *owner. */
OUTCOME roster_job_open(struct ask *ask, const struct job *, struct ask *owner, struct list *);
/* What is no outcome of the world, in words. */
const char *roster_why_not(struct arena *, enum outcome, const struct problems *);
OUTCOME roster_job_trace(struct ask *owner, const struct list *, enum audit_action, int64_t rows);

#endif
