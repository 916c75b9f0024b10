/* succession.h: a list of successors replayed (registry/units), told in hamlets, people and sheets: before, as a dry run, and after. */
#ifndef TITLE_SUCCESSION_H
#define TITLE_SUCCESSION_H

#include "registry/access/accounts.h"
#include "registry/units/units.h"

struct succession_line { const char *code, *name; int64_t leaves, people, sheets; };     /* of a new unit: what comes to it */
struct succession {
	struct import_counts counts;
	const struct succession_line *lines;     /* in order of code */
	size_t n_lines;
	int64_t waiting_leaves, waiting_people;  /* on the list to be placed */
	int64_t roles_followed;                  /* officers' roles that went on at the one successor of their unit */
	struct role_on_list roles_left;          /* those of divided units, and of districts: to be given anew */
};
/* units_import_successors with its account; officers go along (registry/access/follow.c), also those whom an import before left
 * behind. dry_run: everything is worked out and nothing is written. */
OUTCOME succession_import(struct ask *ask, struct bytes csv, const char *on_day, bool dry_run, struct succession *out);

/* Active people by where they are today: in a unit that is there, in one that waits, in one that is no more (lost), and those whose own
 * place says otherwise than their unit's (behind: their job has not run). grants: roles on units that are no more;
 * authorities: such units for which somebody had written who recognises: their successors have their own. */
struct whereabouts { int64_t placed, waiting, lost, behind, grants, authorities; };
OUTCOME succession_where(struct ask *ask, struct whereabouts *out);

#endif
