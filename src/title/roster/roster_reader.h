/* roster_reader.h (private): the reader's own state, and the steps that a row goes through. */
#ifndef TITLE_ROSTER_READER_H
#define TITLE_ROSTER_READER_H

#include "text/legacy.h"
#include "title/roster/roster_rows.h"
#include "title/roster/roster_table.h"

/* Lists say the same few occupations again and again. */
enum { ROSTER_GROUPS_KEPT = 64, ROSTER_GROUP_TEXT = 60 };
struct roster_kept_group { char text[ROSTER_GROUP_TEXT]; const char *group; uint64_t warnings; };

struct roster_reader {
	struct arena *arena, *row, *head;        /* the list's; of one row; of one sheet until its heading is known */
	struct roster_options options;
	struct sheet_taker taker;
	struct roster_rows *store;
	struct roster_sheet *sheets;
	size_t n_sheets, rows, accepted, rejected, skipped;
	/* The sheet under way. */
	struct roster_sheet *sheet;
	struct sheet_range *hidden, *merges;
	size_t n_hidden, n_merges, merges_cap;
	struct sheet_row *first;                 /* ROSTER_HEAD_ROWS rows that wait */
	size_t n_first, first_bytes;
	bool decided, ended;
	enum legacy encoding;
	uint8_t field_of[ROSTER_COLUMNS];
	bool has[ROSTER_FIELDS];
	const char *headings[2][ROSTER_COLUMNS]; /* folded; NULL: none */
	const char *heading;                     /* the hamlet from a line above the table or the sheet's name */
	char title[SHEET_TEXT * 2];              /* from a title row */
	char above[SHEET_TEXT * 2];              /* the last hamlet that stood in its column */
	uint32_t above_row;
	size_t merges_seen, next_merge, n_hamlet_merges;
	struct sheet_range *hamlet_merges;
	struct roster_kept_group groups[ROSTER_GROUPS_KEPT];
	const struct roster_value *values[ROSTER_FIELDS];        /* of the row under way */
};

/* The value of the row under way in that field's column. */
static inline const struct roster_value *roster_value_of(const struct roster_reader *r, enum roster_field field)
{
	return r->values[field];
}

static inline bool roster_is_present(const struct roster_reader *r, enum roster_field field)
{
	return r->values[field]->present;
}

bool roster_has_letter(const char *text);
const char *roster_name_of(struct roster_reader *);
/* "Ấp: Bình Hòa" → "Bình Hòa"; without a colon all of it. */
const char *roster_place_in(struct arena *, const char *text);

/* Which kind of row it is (roster_kinds.c); a section's title is kept for the rows below. */
enum roster_kind roster_kind_of(struct roster_reader *, const struct roster_line *, const char *name);
void roster_keep_title(struct roster_reader *, const struct roster_line *);

/* What stands in the hamlet's column for this row (roster_people.c); called for each row, also one that is no person. */
const char *roster_hamlet_cell(struct roster_reader *, const struct roster_line *);
void roster_read_person(struct roster_reader *, const struct roster_line *, const char *name, const char *hamlet,
	struct roster_person *);

#endif
