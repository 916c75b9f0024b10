/* name.h: personal names: family, middle, given, in this order; people are called and lists are sorted by the given name.
 * Sort keys are bytes to store beside the row and compare with memcmp (BLOB order in both engines); they come from ICU's CLDR
 * `vi` order: a<ă<â, d<đ, e<ê, o<ô<ơ, u<ư first, then tones ngang<huyền<hỏi<ngã<sắc<nặng, then case. */
#ifndef TEXT_NAME_H
#define TEXT_NAME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

struct name { const char *family, *middle, *given; };            /* each "" when there is none */

/* The last word is the given name, the first the family name, what stands between the middle name; one word alone is given. */
struct name name_split(struct arena *, const char *full);

/* A name typed all in capitals (or all in small letters) says nothing by its case: true when name_repair would change it. */
bool name_needs_repair(const char *full);
/* "TRẦN THỊ BÍCH HOÀ" → "Trần Thị Bích Hoà", "Y H'NUÊ" → "Y H'Nuê": each word, also after an apostrophe or hyphen, begins
 * with a capital. A name of mixed case comes back as it is: its owner may know better. */
const char *name_repair(struct arena *, const char *full);

/* key(given) ‖ key(family) ‖ key(middle). One key of the whole string would be wrong for half of all lists: ICU compares
 * tones last, so a tone of the given name would come after the letters of the family name. About 34 bytes. */
struct bytes name_key(struct arena *, const char *full);
/* The same order for names of units, hamlets, titles: the text as it reads, numbers by value ("Ấp 2" before "Ấp 10"). */
struct bytes text_key(struct arena *, const char *text);
/* Changes when the keys would: a store that holds keys of another version must rebuild them. */
int64_t name_collator_version(void);

#endif
