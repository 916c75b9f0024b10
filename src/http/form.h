/* form.h: the reader of what base/form.h declares. Pure: raw values in, the typed struct and all problems out; the server
 * calls it for every request, tests call form_from_query. */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include "http/input.h"

/* Is the declaration sound: sizes add up to the struct, bounds are there? Logged and false when not; asked at start. */
bool form_check(const struct form_def *);
const struct field_def *form_field(const struct form_def *, const char *name);          /* NULL: not declared */
size_t form_offset(const struct form_def *, const struct field_def *);                  /* of its member in the struct */

/* *out is the form's struct, always whole: a field that is absent or wrong has its empty value (0, "", -1, none).
 * NOT_FOUND: a value that stands in the path does not parse. INVALID: problems has every fault, each beside its field. */
OUTCOME form_parse(const struct form_def *, const struct input *, struct problems *, const void **out);

/* "name=H%C3%B2a&unit=7" as the query of a GET would bring it. */
OUTCOME form_from_query(struct arena *, const struct form_def *, const char *query, struct problems *, const void **out);

/* The typed value of a field as a person would type it (day → 05/01/2026); "" for what has no single text. */
const char *form_format(struct arena *, const struct field_def *, const void *member);

#endif
