/* units.h: administrative units as people work with them: browsed by everybody, changed with permission and a trace.
 * What holds when is registry/tree's; here are the rules, the branch (chi hội) of each hamlet and organisation, and the lists
 * that come as files. All operations answer FORBIDDEN without permission on the unit, CONFLICT when `version` has moved.
 *
 * Rules (a problem names the field):
 *   name      2 to 150 characters; no sibling of that name (folded) on the day
 *   from_day  not before the unit began; not later than a year from today; not before a change that was written ahead
 *   waiting   a hamlet that waits to be placed is placed first: its new place begins when its commune ended
 *   close     not with open children; not before it began; never a unit that has people today (hooks->unit_closing)
 *   move      a hamlet or organisation goes below a commune or, an organisation, below the province; never below itself */
#ifndef REGISTRY_UNITS_H
#define REGISTRY_UNITS_H

#include "registry/tree/tree.h"

struct branch {
	const char *name, *officer_name, *officer_phone;         /* "" where not known; phone digits only */
	int64_t version;                                         /* 0: none written yet */
};

struct leaf_new {
	int64_t parent_id;
	const char *kind;                /* one of leaf_kinds */
	const char *name;                /* "Ấp Bình Hoà" */
	const char *code;                /* "" makes one from the parent's: 27937.04 */
	const char *from_day;
	struct branch branch;            /* name "" means "Chi hội " and the unit's name */
};

/* A hamlet fits below a commune, an organisation below a commune or a province. */
bool unit_fits_below(const char *kind, enum unit_level parent);

OUTCOME unit_add_leaf(struct ask *ask, const struct leaf_new *, int64_t *id);
OUTCOME unit_rename(struct ask *ask, int64_t id, int64_t version, const char *name, const char *from_day, const char *reason);
OUTCOME unit_move(struct ask *ask, int64_t id, int64_t version, int64_t parent_id, const char *from_day, const char *reason);
/* on_day: the first day on which it no longer is. into_id 0: nowhere. */
OUTCOME unit_close(struct ask *ask, int64_t id, int64_t version, const char *on_day, int64_t into_id, const char *reason);
/* The last change of one unit taken back: the version that began on `day` goes, or its end on `day` and the edge of it. What has
 * been built upon it since hinders it and is named (problems of ""): another change of the unit, its old name or code in
 * another's hands, the end of where it belonged. Permission as for the change itself. */
struct unit_take_back {
	int64_t id, version, into_id;            /* version: as the change left it */
	bool closed;
	const char *day, *reason;
	struct unit was;
};
OUTCOME unit_take_back(struct ask *ask, const struct unit_take_back *);

OUTCOME branch_get(struct ask *ask, int64_t unit_id, struct branch *out);            /* NOT_FOUND: none written */
OUTCOME branch_set(struct ask *ask, int64_t unit_id, const struct branch *);         /* version 0 writes the first */
/* May the actor see the officer's phone: members of the leaf and officers over it. */
OUTCOME branch_may_see_phone(struct ask *ask, int64_t unit_id, bool *out);

/* ---- files (model.md 2). All or nothing; every problem is collected with its line. ---- */

struct import_counts { int64_t lines, continued, added, ended, edges, moved, waiting; };    /* moved, waiting: hamlets,
											     * organisations */

/* A state list, CSV `code,name,kind,parent_code[,…]`: provinces, districts, communes; further columns are not read.
 * From `from_day` (ISO): a line equal in code, name, kind and parent to a version of the day before continues it; any other
 * opens a new unit and ends the holder of its code; units of the file's provinces that no line continues end the day before.
 * until_day: the first day on which the list no longer holds, or DAY_OPEN. */
OUTCOME units_import_state(struct ask *ask, struct bytes csv, const char *from_day, const char *until_day, struct import_counts *out);

/* What units_import_state, or (parent_id not 0) units_import_leaves, would do: all is worked out and nothing is written. */
OUTCOME units_import_look(struct ask *ask, int64_t parent_id, struct bytes csv, const char *from_day, const char *until_day,
	struct import_counts *out);

/* `old_code,old_name,new_code,new_name`: draws the edges on `on_day`. An old unit that still holds ends then, and so do
 * districts and provinces left without a child. Hamlets and organisations of an undivided commune go to the new one
 * (hooks->leaves_moved: their people follow in a job); those of a divided one are counted in `waiting` (tree_unplaced: they
 * wait to be placed). A province all of whose communes are in the list became those in which their successors lie; its own
 * organisations go along when that is one. */
OUTCOME units_import_successors(struct ask *ask, struct bytes csv, const char *on_day, struct import_counts *out);

/* Hamlets or organisations below a commune: CSV `ten,loai[,ma,chi_hoi,phu_trach,dien_thoai]`, headings in any order, at most
 * 500 lines. A line whose name is already there (folded) continues it: the same file again changes nothing. */
OUTCOME units_import_leaves(struct ask *ask, int64_t parent_id, struct bytes csv, const char *from_day, struct import_counts *out);

#endif
