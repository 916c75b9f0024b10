/* framework.h: criteria of another size than the shipped ones, as a file to import: two competences, one group ("nong_dan"), the
 * same words but for the number. Passing needs eight tenths of the sum, and half of each. */
#ifndef TESTS_FRAMEWORK_H
#define TESTS_FRAMEWORK_H

#include "base/arena.h"
#include "base/bytes.h"
#include "tests/world.h"

/* first, second: indicators of each competence, 0 for second: one competence alone; most: points of each. words: of each question. */
struct bytes framework(struct arena *, int first, int second, int most, const char *words);
/* The round of 2026 under it, as world_round makes it. */
void framework_round(struct world *, int first, int second, int most, const char *words);
/* "[8,8,…]" of n times the same. */
const char *framework_scores(struct arena *, int n, int score);

#endif
