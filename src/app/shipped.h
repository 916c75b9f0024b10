/* shipped.h: the data that comes inside the program (share/): lists of units, the reference criteria, the targets. */
#ifndef APP_SHIPPED_H
#define APP_SHIPPED_H

#include "base/bytes.h"

struct bytes shipped_units_2025(void);
struct bytes shipped_units_before_2025(void);
struct bytes shipped_successors_2025(void);
struct bytes shipped_criteria(void);
struct bytes shipped_targets(void);

#endif
