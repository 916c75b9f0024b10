/* check.h: does what is stored agree with itself? Everything that is kept beside its source (standing, counters, their days, targets,
 * the trail, the book of certificates, files) is counted again from the raw rows and compared to the last unit.
 *
 * Read only, in one read transaction: beside a running server it sees one moment. Memory does not grow with people: rows stream, a
 * unit's cells are the most that is held at once (and 8 bytes a learning title). */
#ifndef FIGURES_CHECK_H
#define FIGURES_CHECK_H

#include "base/ask.h"
#include "title/standing/standing.h"

enum { CHECK_FAULTS = 20, CHECKS_MAX = 48 };     /* faults named of each check; all are counted */

struct check {
	const char *name;                        /* "counters" */
	const char *what;                        /* Vietnamese: what was compared */
	int64_t looked, wrong;
	const char *faults[CHECK_FAULTS];        /* which row, stored and counted value; never a name, number or phone */
	size_t n_faults;
};
struct check_report { struct check at[CHECKS_MAX]; size_t n; };

/* deep: files are read whole and must hash to their name; else they must be there with the length recorded. FAILED: the store could
 * not be read; faults are no failure. ask->files NULL leaves the check of files out. */
OUTCOME check_all(struct ask *ask, bool deep, struct check_report *out);
int64_t check_wrong(const struct check_report *);                /* of all */

/* Figures of units (figures_units) counted again from who is in the round and their sheets. */
OUTCOME check_recount(struct ask *ask, int64_t round_id, const struct id_list *units, struct figure_counts *out);

#endif
