/* roster_frame.h (private): what a unit and its round can take of a list: places, groups, indicators. */
#ifndef TITLE_ROSTER_FRAME_H
#define TITLE_ROSTER_FRAME_H

#include "registry/tree/tree.h"
#include "title/criteria/criteria.h"
#include "title/roster/roster.h"

struct roster_frame {
	struct arena *arena;
	struct unit unit;
	struct unit_list leafs;          /* hamlets and organisations that a row may name; the unit itself when it is one */
	const struct criteria *criteria; /* NULL: no round */
	const char **leaf_names;         /* folded once, as the leafs stand; and the groups by code and title */
	struct roster_group { const char *code, *folded_code, *folded_title; } *groups;
	size_t n_groups;
};
void frame_fold(struct roster_frame *);

/* A refusal adds its reason and its code. */
void roster_refuse(struct arena *, struct roster_row *, const char *code, const char *why);
/* What was read into row->person (fields that say nothing are NULL, ids 0; leaf_id 0 where no place is named) and row->scores;
 * what the register cannot take as it is refuses the row. Texts are the person's own. */
void roster_cells(const struct roster_frame *, struct arena *, const struct roster_person *, struct roster_row *);

#endif
