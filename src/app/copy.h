/* copy.h: a whole store to another engine or place, for `copy` and `demo`. */
#ifndef APP_COPY_H
#define APP_COPY_H

#include "app/app.h"

/* Into a store that is empty or was left half copied; compared value by value afterwards. Refusals, progress and result are said
 * unless it is `quiet` (then only refusals). */
OUTCOME copy_store(struct app *, const char *from_url, const char *to_url, bool quiet);

#endif
