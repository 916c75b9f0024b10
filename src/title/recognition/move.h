/* move.h: many sheets go from one state to another in one transaction. Memory is one sheet's: each is read into an arena of
 * its own,
 * emptied before the next; the counters wait for move_end. Private to recognition. */
#ifndef TITLE_RECOGNITION_MOVE_H
#define TITLE_RECOGNITION_MOVE_H

#include "title/recognition/recognition.h"

struct move {
	struct ask row;                  /* the ask with the sheet's arena */
	struct standing_batch *batch;
	struct sheet before;
};
void move_begin(struct move *, struct ask *);
/* Texts of the sheet before are gone. *out is to be changed and given to move_write. */
OUTCOME move_next(struct move *, struct sheet_key, struct sheet *out);
OUTCOME move_write(struct move *, const struct sheet *after, struct sheet_write);
OUTCOME move_end(struct move *);

/* What all operations of a commune's round ask first: permission, the round, its window. A closed one is a problem. */
OUTCOME recognition_begin(struct ask *ask, int permit, int64_t round_id, int64_t commune_id, struct round *out);
void recognition_check_reason(struct ask *ask, const char *field, const char *reason);
void recognition_check_past(struct ask *ask, const char *field, const char *day);    /* not after today */
/* One audit row of a thing of the commune. */
OUTCOME recognition_trace(struct ask *ask, enum audit_action, const char *subject, int64_t id, int64_t version,
	int64_t commune_id,
	const char *old, const char *new, const char *reason);
/* The notes that an act has taken over are gone. */
OUTCOME left_out_end(struct ask *ask, const struct leaving *, const struct exceptions *taken);

#endif
