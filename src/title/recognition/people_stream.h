/* people_stream.h: the people of a list by name, as they go onto paper. Private to recognition. Of a tờ trình, or of a commune's
 * states merged by name (listed and posted ones are one list). Memory is a page's. */
#ifndef TITLE_RECOGNITION_PEOPLE_STREAM_H
#define TITLE_RECOGNITION_PEOPLE_STREAM_H

#include "title/recognition/recognition.h"

struct people_stream;

struct people_stream *people_of_proposal(struct ask *ask, const struct proposal *);
struct people_stream *people_of_states(struct ask *ask, int64_t round_id, int64_t commune_id, const enum sheet_state *states,
	size_t n);
/* NULL after the last. Valid until the next call. */
OUTCOME people_next(struct people_stream *, const struct appraisal_line **out);

/* The check sum of a list, 9 characters: of name, year of birth and place of each, in order; decided: only those recognised (or
 * revoked since) count. Reads the stream to its end. The same rows give the same sum, on a draft as on what was decided. */
OUTCOME people_check(struct people_stream *, bool decided, struct arena *, const char **out);

#endif
