/* scores.h: the scores of a sheet: whole points, at most 20 indicators, some perhaps not given yet. One codec for what is
 * stored. */
#ifndef TITLE_SCORES_H
#define TITLE_SCORES_H

#include "base/arena.h"
#include "base/bytes.h"

enum { SCORES_MAX = 20, SCORE_POINTS_MAX = 100 };

struct scores {
	int n;                           /* indicators, 0 when there are no scores at all */
	struct maybe at[SCORES_MAX];
};

/* "[8,9,null]" and back; "" and "[]" are none. False, and none, when it is not such a text, or a score is outside 0..100. */
const char *scores_write(struct arena *, const struct scores *);
bool scores_read(const char *text, struct scores *out);
int64_t scores_total(const struct scores *);                     /* of those given */
int scores_missing(const struct scores *);                       /* how many are not given */
bool scores_equal(const struct scores *, const struct scores *);

#endif
