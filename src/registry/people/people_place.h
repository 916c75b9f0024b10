/* people_place.h (private): where a leaf lies today, and under which scope names are searched. */
#ifndef REGISTRY_PEOPLE_PLACE_H
#define REGISTRY_PEOPLE_PLACE_H

#include "base/ask.h"

/* commune_id 0: directly below the province */
struct place { int64_t leaf_id, commune_id, province_id; bool is_organisation; };

/* NOT_FOUND: no hamlet or organisation of today. */
OUTCOME place_of_leaf(struct ask *ask, int64_t leaf_id, struct place *out);
/* What person_word.commune_id holds: the commune, or an organisation of the province by itself. */
static inline int64_t word_scope(int64_t commune_id, int64_t leaf_id) { return commune_id ? commune_id : leaf_id; }

#endif
