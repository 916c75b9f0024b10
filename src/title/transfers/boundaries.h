/* boundaries.h: a round's figures in the units of a day: of its own time, of today, or of another round's time.
 *
 * Restated (model.md 2), each leaf that was counted goes to the commune it belongs to on that day: by its own versions while it
 * is there, by its edge when it became one other leaf. Where its commune has ended, the leaf follows the commune's edge if
 * there is exactly one (undivided), and so on. A leaf that was divided goes person by person as they were placed then (table
 * placement). People's later moves never count. What is not placed stands in the row "chưa xếp" of its province: the province's
 * sum has it, no commune's has. As of a day gone by the parts of a divided leaf cannot be told (days keep sums, not people):
 * where all of them lie in one commune it counts there, else it stands in "chưa xếp". */
#ifndef TITLE_BOUNDARIES_H
#define TITLE_BOUNDARIES_H

#include "base/form.h"
#include "registry/tree/tree.h"
#include "title/standing/standing.h"

enum boundaries { BOUNDARIES_OWN, BOUNDARIES_NOW };      /* --units own|now */
extern const struct choices boundary_choices;            /* "own", "now" with their words */

struct leaf_part { int64_t leaf_id, to_leaf; };          /* to_leaf 0: those whom nobody placed */
/* What adds up to a figure: units with counters, and parts of divided leaves. */
struct counted { struct id_list units; const struct leaf_part *parts; size_t n_parts; };

struct scope_child {
	struct unit unit;                        /* id 0, code "", level 0: "chưa xếp" */
	struct counted counted;
	struct id_list before;                   /* units that went whole into it, for what is written down by unit (population)
						  * */
	bool is_whole;                           /* and nothing else did */
};
struct scope {
	struct unit unit;
	const char *day;                         /* whose units these are */
	struct counted counted;
	struct id_list before;                   /* as of a child */
	bool is_whole;
	const struct scope_child *children;      /* in Vietnamese order of name, "chưa xếp" last; none below a leaf */
	size_t n_children;
};

/* as_of: as for the figures below; it decides about the parts of divided leaves. NOT_FOUND: the unit is not there on the day
 * (of a scope_own: never was). */
OUTCOME scope_own(struct ask *ask, int64_t round_id, const struct unit *, struct scope *out);
OUTCOME scope_on(struct ask *ask, int64_t round_id, const struct unit *, const char *day, const char *as_of, struct scope *out);
/* By name: the round's own units, or today's. */
OUTCOME scope_in(struct ask *ask, int64_t round_id, const struct unit *, enum boundaries, const char *as_of, struct scope *out);

/* scope_on where boundaries_differ_on has said false. */
OUTCOME scope_same(struct ask *ask, int64_t round_id, int64_t unit_id, const char *day, struct scope *out);

/* Are the round's own units others than a later day's, or today's? All versions of units are read: ask once. False for a round:
 * false for each between it and the day. */
OUTCOME boundaries_differ_on(struct ask *ask, int64_t round_id, const char *day, bool *out);
OUTCOME boundaries_differ(struct ask *ask, int64_t round_id, bool *out);

/* As figures_in, figures_targets_in, figures_last_change_in; by: "", "group", "sex", "age". */
OUTCOME counted_figures(struct ask *ask, int64_t round_id, const struct counted *, const char *as_of, const char *by,
	struct figure_parts *out);
OUTCOME counted_sum(struct ask *ask, int64_t round_id, const struct counted *, const char *as_of, struct figure_counts *out);
OUTCOME counted_targets(struct ask *ask, int64_t round_id, const struct counted *, const char *as_of,
	struct target_count out[TARGETS]);
OUTCOME counted_last_change(struct ask *ask, int64_t round_id, const struct counted *, const char *until, const char **day);
/* All children at once, in their order: one statement, and one for each part of a divided leaf. */
OUTCOME scope_by_child(struct ask *ask, int64_t round_id, const struct scope *, const char *as_of, struct figure_parts *out);
/* Cells of the parts alone, for who adds up otherwise. */
struct part_cell { const char *group; int sex, age_band; enum sheet_state state; unsigned flags; int64_t n, total; };
OUTCOME counted_part_cells(struct ask *ask, int64_t round_id, const struct counted *, const struct part_cell **out, size_t *n);

#endif
