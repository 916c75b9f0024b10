/* roster_units_http.h (private): the units that an officer may choose among for a list. */
#ifndef TITLE_ROSTER_UNITS_HTTP_H
#define TITLE_ROSTER_UNITS_HTTP_H

#include "http/request.h"

/* A branch has its one unit (*only is its id as text, *name its name when not NULL); a commune itself and what is below; a
 * province its communes. */
OUTCOME roster_unit_options(struct request *, int64_t home, struct field *, const char **only, const char **name);

#endif
