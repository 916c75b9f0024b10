/* unit_look.h (private): what an act on a unit concerns: people, sheets, officers, the authority that recognises there. Officers
 * of units that end stand in the plan of the act: "roles": [[old grant, new one, …], …]. */
#ifndef TITLE_UNIT_LOOK_H
#define TITLE_UNIT_LOOK_H

#include "title/transfers/transfers.h"

struct json;
struct json_out;

/* Today: of a leaf, or of all leaves of a commune; of a province or district by the counters of the newest round. */
OUTCOME unit_weigh(struct ask *ask, const struct unit *, struct unit_weight *out);

/* Roles on the units with what becomes of each at one successor (0: none). */
OUTCOME unit_roles_look(struct ask *ask, const struct id_list *units, int64_t to_id, struct role_on_list *out);
/* Does it, and writes the plan's member "roles" into an object that is open. */
OUTCOME unit_roles_follow(struct ask *ask, const struct id_list *units, const struct unit *to, const char *reason,
			  struct json_out *plan);
/* A division: each role where somebody said. `to`: the two parts; `chosen`: the grants that go on at each. */
OUTCOME unit_roles_divide(struct ask *ask, int64_t leaf_id, const struct role_to to[2], const struct id_list chosen[2],
	const char *reason, struct json_out *plan);
/* What the plan's "roles" says, back. An old plan without it changes nothing. */
OUTCOME unit_roles_back(struct ask *ask, const struct json *plan, const char *reason);

/* Who recognises the people of a unit today, and how many lines say so for the unit itself. */
OUTCOME unit_authority(struct ask *ask, int64_t unit_id, const char **name, int64_t *own);

#endif
