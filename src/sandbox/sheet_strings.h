/* sheet_strings.h (private): a workbook's shared strings, by number. A few MiB stay in memory; what is more goes to the spill
 * file and comes back sixteen at a time: a list names them nearly in order. */
#ifndef SANDBOX_SHEET_STRINGS_H
#define SANDBOX_SHEET_STRINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sheet_strings;

struct sheet_strings *sheet_strings_new(int spill);              /* -1: memory alone, up to SHEET_STRINGS_MEMORY */
void sheet_strings_free(struct sheet_strings *);
bool sheet_strings_add(struct sheet_strings *, const char *text, size_t len);    /* false: no room */
bool sheet_strings_done(struct sheet_strings *);                 /* after the last; false: could not be written */
/* NULL when there is no such number. Valid until the next call. */
const char *sheet_strings_get(struct sheet_strings *, uint64_t number, size_t *len);

#endif
