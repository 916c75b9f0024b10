/* models_reach.h (private): whom a title reaches, and their standing flags. Inside the caller's transaction; the counters
 * wait for the batch's end. */
#ifndef TITLE_MODELS_REACH_H
#define TITLE_MODELS_REACH_H

#include "title/models/models.h"
#include "title/standing/standing.h"

/* Sets the title's flag on those who lack it. *people: all whom it reaches. */
OUTCOME models_reach_set(struct ask *ask, struct standing_batch *, const struct model *, int64_t *people);
/* The title is gone: those whom no other title reaches lose the flag. */
OUTCOME models_reach_clear(struct ask *ask, struct standing_batch *, const struct model *);

#endif
