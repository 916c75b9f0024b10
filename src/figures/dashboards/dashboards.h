/* dashboards.h: what the pages of figures show of one unit: everything in a number of statements that grows neither with people
 * nor with the units below (they grow with the rounds there have been, one each: the chart over years). Figures come from the
 * counters of title/standing alone. */
#ifndef FIGURES_DASHBOARDS_H
#define FIGURES_DASHBOARDS_H

#include "base/ask.h"
#include "figures/reports/reports.h"
#include "figures/targets/targets.h"
#include "registry/tree/tree.h"
#include "title/rounds/rounds.h"
#include "title/standing/standing.h"

enum { DASHBOARD_YEARS = 10 };

struct dashboard_year { int year; int64_t registered, recognised; };
struct dashboard {
	struct unit unit, parent;        /* parent.name "": a province */
	struct round round;
	enum boundaries units;           /* in which everything here is told, years before too */
	const char *cut_off;             /* ISO: the day of the last change; "": nothing yet */
	struct crowds crowds;            /* groups in the order people know */
	struct figure_parts children;    /* none below a leaf */
	struct maybe adults;             /* official; absent where nobody entered it */
	const char *before_day;          /* the same day a year before; "": there was no round */
	struct figure_counts before;
	bool has_targets;
	struct target_set targets;
	struct target_count counts[TARGETS];
	struct round_list rounds;        /* newest first */
	const struct dashboard_year *years;      /* oldest first, at most DASHBOARD_YEARS */
	size_t n_years;
};
/* PERMIT_FIGURES_READ on the unit. round_id 0: the newest. A unit that has ended is always told in the round's own units.
 * NOT_FOUND: no such unit or round. */
OUTCOME dashboard_get(struct ask *ask, int64_t round_id, int64_t unit_id, enum boundaries, struct dashboard *out);

/* ---- for everybody ---- */

struct results {
	struct unit province;
	struct round round;
	struct round_list rounds;
	const char *cut_off;
	struct figure_counts whole;
	int64_t holders;                 /* of a title that is valid today */
	struct figure_parts communes;    /* and the province's own organisations */
};
/* The installation's province. round_id 0: the newest. NOT_FOUND: no province set up, or no round yet. */
OUTCOME results_get(struct ask *ask, int64_t round_id, struct results *out);
/* Which cells of a public column stay hidden: 1 to 4 people, and where that hides a single cell the smallest other one above 0,
 * since the total would tell it. */
void results_hide(const int64_t *cells, size_t n, bool *hidden);

/* ---- lists and files ---- */

/* The figure behind a word of an address ("dang-ky", "nop", "cong-nhan" …), as states of standing_list. */
struct figure_word { const char *code, *label; unsigned states; };
extern const struct figure_word figure_words[];
extern const size_t figure_words_n;
const struct figure_word *figure_word_of(unsigned states);       /* NULL: no list of just these */

/* A file is taken: one audit row. PERSON_READ for names, FIGURES_READ for tables. */
enum export_kind { EXPORT_TABLES, EXPORT_NAMES };
OUTCOME export_note(struct ask *ask, enum export_kind, int64_t unit_id, int64_t round_id, const char *what);

#endif
