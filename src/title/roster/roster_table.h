/* roster_table.h (private): one sheet's table: where its heading stands and what its columns are. */
#ifndef TITLE_ROSTER_TABLE_H
#define TITLE_ROSTER_TABLE_H

#include "title/roster/roster_read.h"

/* A row with its texts clean and decoded; empty cells are left out. */
struct roster_cell { uint32_t column; struct roster_value value; bool is_error; };
struct roster_line { uint32_t row; bool hidden; size_t n; const struct roster_cell *cells; };

struct roster_table {
	bool found;
	size_t header;                   /* index of the first heading line */
	size_t n_header;                 /* 1 or 2 */
	size_t n_columns;
	struct roster_column *columns;
};

/* A row of headings holds a name and two other known columns; it may have a second row below. */
void roster_table_find(struct arena *, const struct roster_line *lines, size_t n, const struct sheet_range *merges,
	size_t n_merges,
	struct roster_table *out);
/* The first values below each heading. */
void roster_table_samples(struct arena *, struct roster_table *, const struct roster_line *lines, size_t n);
const struct roster_cell *roster_cell_at(const struct roster_line *, uint32_t column);   /* NULL: empty */
const char *roster_text_of(struct arena *, const struct roster_value *);                 /* a number as its digits */

#endif
