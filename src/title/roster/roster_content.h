/* roster_content.h (private): what of a row and of a file's shape is kept for the pages, as JSON that lies sealed. */
#ifndef TITLE_ROSTER_CONTENT_H
#define TITLE_ROSTER_CONTENT_H

#include "title/roster/roster_list.h"

struct bytes content_write(struct arena *, const char *sheet, const struct roster_row *);
OUTCOME content_read(struct ask *ask, struct bytes json, struct list_row *out);

struct shape_column { int64_t column; const char *letter, *field, *proposed, *heading, *word, *samples; };
struct shape_sheet {
	const char *name, *skipped, *header, *warnings;
	size_t n_columns;
	const struct shape_column *columns;
	int64_t rows;
};
struct shape { size_t n; const struct shape_sheet *sheets; bool has_scores; int64_t rows; };
struct bytes shape_write(struct arena *, const struct roster_reading *, const struct list_rows_judged *);
OUTCOME shape_read(struct ask *ask, struct bytes json, struct shape *out);
OUTCOME shape_has_scores(struct ask *ask, struct bytes json, bool *out);

#endif
