/* roster_read.h (private): from cells to values; knows nothing of who is in the register. */
#ifndef TITLE_ROSTER_READ_H
#define TITLE_ROSTER_READ_H

#include "registry/tree/tree.h"
#include "text/csv.h"
#include "title/criteria/criteria.h"
#include "title/roster/roster.h"

enum roster_column { COLUMN_NAME, COLUMN_BIRTH, COLUMN_SEX, COLUMN_NUMBER, COLUMN_PHONE, COLUMN_PLACE, COLUMN_GROUP, COLUMN_SCORE,
	COLUMNS = COLUMN_SCORE + SCORES_MAX };

struct roster_frame {
	struct arena *arena;
	int at[COLUMNS];                 /* column of the file, -1: none */
	struct unit unit;
	struct unit_list leafs;          /* hamlets and organisations `ap` may name; the unit itself when it is one */
	const struct criteria *criteria; /* NULL: no round */
	const char **leaf_names;         /* folded once, as the leafs stand; and the groups by code and title */
	struct roster_group { const char *code, *folded_code, *folded_title; } *groups;
	size_t n_groups;
};
void frame_fold(struct roster_frame *);
/* Columns and what each is called; false with a problem when the name is missing. */
bool frame_columns(struct roster_frame *, const struct csv *, struct problems *, const char *const **columns);

/* A refusal adds its reason and its code. */
void roster_refuse(struct arena *, struct roster_row *, const char *code, const char *why);
/* Typed values into row->person (fields without a cell are NULL, ids 0; leaf_id 0 where `ap` is empty) and row->scores. */
void roster_cells(const struct roster_frame *, const struct csv_row *, struct roster_row *);

#endif
