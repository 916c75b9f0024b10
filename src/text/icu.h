/* icu.h: private to text/. ICU's C functions speak UTF-16; this is the bridge. */
#ifndef TEXT_ICU_H
#define TEXT_ICU_H

#include <stdbool.h>
#include <unicode/utypes.h>

#include "base/arena.h"

struct utf16 { UChar *at; int32_t len; };

struct utf16 utf16_of(struct arena *, const char *text);         /* ill-formed bytes become U+FFFD */
const char *utf16_text(struct arena *, struct utf16);

#endif
