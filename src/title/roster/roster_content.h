/* roster_content.h (private): what of a row and of a file's shape is kept for the pages, as JSON that lies sealed. */
#ifndef TITLE_ROSTER_CONTENT_H
#define TITLE_ROSTER_CONTENT_H

#include "title/roster/roster_list.h"

enum list_verdict content_verdict(const struct roster_row *);
struct bytes content_write(struct arena *, const struct roster_row *);
OUTCOME content_read(struct ask *ask, struct bytes json, struct list_row *out);

enum { SHAPE_SAMPLES = 3 };
struct shape_column { const char *letter, *field, *heading, *samples; };
struct shape_sheet { const char *name, *skipped, *header, *warnings; size_t n_columns; const struct shape_column *columns; int64_t rows; };
struct shape { size_t n; const struct shape_sheet *sheets; bool has_scores; int64_t rows; };
struct bytes shape_write(struct arena *, const struct roster *);
OUTCOME shape_read(struct ask *ask, struct bytes json, struct shape *out);
OUTCOME shape_has_scores(struct ask *ask, struct bytes json, bool *out);

#endif
