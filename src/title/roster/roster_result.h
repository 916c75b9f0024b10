/* roster_result.h (private): the officer's own sheet with what became of each row. Plain values: tables of a file that was read
 * and tables of a paper that is made do not meet in one header. */
#ifndef TITLE_ROSTER_RESULT_H
#define TITLE_ROSTER_RESULT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ask.h"

enum { RESULT_COLUMNS = 21 };            /* of the officer's; the row, the result and the reason stand beside them */

struct result_row { uint32_t row; const char *cells[RESULT_COLUMNS]; const char *result, *why; };
struct result_sheet { const char *name, *heads[RESULT_COLUMNS]; size_t n_columns, n; const struct result_row *rows; };
struct result_book { const char *title; bool is_csv; size_t n; const struct result_sheet *sheets; };

struct list;
/* The file is read again, in the sandbox; rows below the headings, those that are no people too. Columns past RESULT_COLUMNS are
 * left out. Memory is the ask's arena. NOT_FOUND: a list without a file. */
OUTCOME roster_result_read(struct ask *ask, const struct list *, struct result_book *out);

struct document;
struct document *roster_result_paper(struct ask *ask, const struct result_book *);

#endif
