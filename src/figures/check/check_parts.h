/* check_parts.h: the checks one by one, and how a fault is noted. Private to figures/check. */
#ifndef FIGURES_CHECK_PARTS_H
#define FIGURES_CHECK_PARTS_H

#include "figures/check/check.h"

struct checking {
	struct ask *ask;
	struct check_report *report;
	struct check *at;                        /* the one under way */
};

void check_begin(struct checking *, const char *name, const char *what);
void check_fault(struct checking *, const char *format, ...) __attribute__((format(printf, 2, 3)));

OUTCOME check_standing(struct checking *);
OUTCOME check_counters(struct checking *);
OUTCOME check_days(struct checking *);
OUTCOME check_trail(struct checking *);
OUTCOME check_units(struct checking *);
OUTCOME check_certificates(struct checking *);
OUTCOME check_columns(struct checking *);
OUTCOME check_files(struct checking *, bool deep);

#endif
