/* csv.h: a small list as comma-separated text (RFC 4180), read whole: lists of units and the plain roster. Bounded: 4 MiB, 20,100
 * rows, 64 columns, 4,000 bytes a cell. Rosters as officers really send them are the sandbox's work (sandbox/client.h).
 *
 * UTF-8, with or without a byte order mark; the separator is the comma, or the semicolon when the first line has more of those
 * (as Vietnamese Excel writes). Cells are cleaned like typed text (text_line). Empty lines are left out. */
#ifndef TEXT_CSV_H
#define TEXT_CSV_H

#include <stdbool.h>

#include "base/bytes.h"
#include "base/problems.h"

enum { CSV_ROWS = 20100, CSV_COLUMNS = 64, CSV_CELL = 4000, CSV_BYTES = 4 << 20 };

struct csv_row {
	size_t line;                     /* of the file, from 1 */
	size_t n;
	const char *const *cells;
};
struct csv {
	struct csv_row header;           /* folded: "Tên đơn vị" and ten_don_vi are both "ten don vi" */
	size_t n;
	const struct csv_row *rows;
};

/* False with problems (field "file") when it is not such a text; `out` is then empty. */
bool csv_read(struct arena *, struct bytes, struct problems *, struct csv *out);
/* The column whose folded heading is one of `names` ("ten|ten don vi|name"), or -1. */
int csv_column(const struct csv *, const char *names);
/* The cell, "" when the row is shorter or column is -1. */
const char *csv_cell(const struct csv_row *, int column);

#endif
