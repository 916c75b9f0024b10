/* reports.h: what a report on results says, form CDHT-10: by unit, by group, by target, as of a day and a year before; from the
 * counters of title/standing alone, in a number of statements that does not grow with units or people.
 *
 * adults are the official population of figures/targets (column a): absent where nobody entered it, never guessed. What a program
 * cannot know (meetings, money, judgement) is left to be written by hand. */
#ifndef FIGURES_REPORTS_H
#define FIGURES_REPORTS_H

#include "base/ask.h"
#include "figures/reports/crowds.h"
#include "figures/targets/targets.h"
#include "registry/tree/tree.h"
#include "title/rounds/rounds.h"
#include "title/standing/standing.h"
#include "title/transfers/boundaries.h"

/* "đơn vị của năm ấy", "đơn vị hôm nay". */
const char *report_units_words(enum boundaries);
/* The same day a year before: 29 February becomes 28. */
const char *day_year_before(struct arena *, const char *day);

/* ---- form CDHT-10 ---- */

enum report_period { REPORT_HALF, REPORT_YEAR };

struct report_line {                 /* table 1 */
	int64_t unit_id;
	const char *code, *name;
	struct maybe adults;
	int64_t registered, submitted, recognised;
	struct maybe recognised_before;  /* the same day a year before; absent where the unit or the round was not there */
};
struct report_group {                /* table 2; women and elders of the recognised */
	const char *title;
	int64_t registered, submitted, recognised, women, elders;
	struct maybe mean;               /* tenths of a point, over submitted sheets */
	const char *lowest;              /* "Chỉ số 6"; "" when not known */
};
struct report_target {               /* table 3 */
	const char *code, *title;
	struct target_count now;
	struct target_count before;      /* denominator 0: nothing to compare with */
	int64_t goal, missing;           /* tenths of a per cent of the round's year; people */
};
struct report {
	struct unit unit, parent;        /* parent.name "": a province */
	struct round round;
	enum report_period period;
	enum boundaries units;           /* in which the report is read */
	const char *as_of, *before;      /* ISO; before "": there was no round */
	const struct report_line *lines; /* units directly below in Vietnamese order; a leaf is its own line */
	struct report_line total;
	const struct report_group *groups;
	struct report_group all;
	size_t n_lines, n_groups;
	const char *source;              /* of column a; "" where none was entered */
	const char *changed_units;       /* units that began within the year, "" for none */
	int64_t young_submitted;
	bool has_targets;
	struct report_target targets[TARGETS];
	struct maybe models[5];          /* table 4, by enum model_kind: recognised; absent above a commune */
};

/* PERMIT_FIGURES_READ on the unit. as_of "": today, and 30 June of the round's year for a half year that is over. The year
 * before is always told in the units of the report, so that each line compares like with like. INVALID: a day before the round
 * or after today (field "as_of"), today's units for one that has ended (field "units"). NOT_FOUND: no such round or unit. */
struct report_asked { int64_t round_id, unit_id; enum report_period period; enum boundaries units; const char *as_of; };
OUTCOME report_result(struct ask *ask, const struct report_asked *, struct report *out);

#endif
