/* greeting.h: a word of welcome for a unit's page. */
#ifndef REGISTRY_GREETING_H
#define REGISTRY_GREETING_H

#include "base/ask.h"

/* NOT_FOUND: none was written. */
OUTCOME greeting_get(struct ask *ask, int64_t unit_id, const char **words);
/* 2 to 200 characters; who may edit the unit may write it. */
OUTCOME greeting_set(struct ask *ask, int64_t unit_id, const char *words);

#endif
