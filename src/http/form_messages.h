/* form_messages.h: what a form may say to a person: the field's label, what is wrong, what to do. */
#ifndef HTTP_FORM_MESSAGES_H
#define HTTP_FORM_MESSAGES_H

#include "base/arena.h"
#include "base/form.h"

const char *say_missing(struct arena *, const char *label, enum field_type);
const char *say_too_long(struct arena *, const char *label, size_t over, int64_t max);
const char *say_too_short(struct arena *, const char *label, size_t under, int64_t min);
const char *say_not_whole(struct arena *, const char *label);
const char *say_out_of_range(struct arena *, const char *label, int64_t got, int64_t min, int64_t max);
const char *say_not_day(struct arena *, const char *label);
const char *say_not_date(struct arena *, const char *label);
const char *say_not_choice(struct arena *, const char *label);
const char *say_not_code(struct arena *, const char *label, size_t len);
const char *say_not_digits(struct arena *, const char *label);
const char *say_digits_count(struct arena *, const char *label, size_t got, int64_t min, int64_t max);
const char *say_unreadable(struct arena *, const char *label);
const char *say_twice(struct arena *, const char *label);
const char *say_not_id(struct arena *, const char *label);
/* of a field that another hand changed meanwhile; stored "": nothing */
const char *say_stored(struct arena *, const char *label, const char *stored);
const char *say_too_many(struct arena *, const char *label, size_t max);

#endif
