/* jobs.h: what each kind of job does, the thread of `serve` that works them, and what a day's end brings.
 *
 * round_open       a standing row for every active person (standing_fill)
 * models_apply     after it: the flags of learning titles written down meanwhile (models_apply)
 * window_close     registered, draft and returned sheets lapse once a commune's scoring window is over (sheet_lapse)
 * window_extended  and come back when it is extended afterwards (sheet_unlapse)
 * leaf_moved       people and rows of a hamlet follow it to another commune (transfers_follow_leaf); leaves_moved: of all
 * since a day
 * roster_read      a list is read and compared with the register; roster_apply: written; roster_undo: taken back (title/roster)
 * sweep            what is past its days in registry/access (access_sweep) */
#ifndef APP_JOBS_H
#define APP_JOBS_H

#include "app/app.h"
#include "registry/jobs/jobs.h"

extern const struct job_kinds app_jobs;

/* What a new day asks for, once a day (setting "jobs_day"): the sweep, moves of people that waited for it, hamlets whose change
 * of parent begins, and closing the windows that ended since the last time. */
OUTCOME app_jobs_daily(struct ask *ask);

struct jobs_thread;
/* A thread with the writer connection given (its own from now on): slices take their turn with the server's writer. Of several
 * processes on a store one works the jobs (DB_WORD_JOBS); when it ends or its link is cut the next takes over within a second.
 * NULL: no thread could be made. */
struct jobs_thread *jobs_thread_start(struct app *, struct db *);
void jobs_thread_stop(struct jobs_thread *);             /* after the slice under way; NULL is fine */

#endif
