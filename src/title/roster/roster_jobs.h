/* roster_jobs.h: the long work on a list, for app/jobs.c: "roster_read", "roster_apply", "roster_undo". Each acts as the account
 * that sent the list. What a list cannot be (unreadable, changed meanwhile) is written on the list, where the officer looks for
 * it; the job itself then is done. */
#ifndef TITLE_ROSTER_JOBS_H
#define TITLE_ROSTER_JOBS_H

#include "registry/jobs/jobs.h"

/* The file read in the sandbox. */
OUTCOME roster_prepare(struct ask *ask, struct job *job);
OUTCOME roster_read_prepare(struct ask *ask, struct job *job);     /* the same, and what is to be shown of it staged */
OUTCOME roster_read_slice(struct ask *ask, struct job *job, bool *more);
/* The same, and its rows staged where that can be done. The slice makes them visible; where something has moved meanwhile it
 * asks to be done once more, and the last time does all of it in its one transaction. */
OUTCOME roster_apply_prepare(struct ask *ask, struct job *job);
OUTCOME roster_apply_slice(struct ask *ask, struct job *job, bool *more);
OUTCOME roster_undo_prepare(struct ask *ask, struct job *job);
OUTCOME roster_undo_slice(struct ask *ask, struct job *job, bool *more);

#endif
