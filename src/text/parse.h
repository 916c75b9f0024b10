/* parse.h: what people type → values. Nothing is guessed: what could mean two things is refused.
 * Each leaves *out alone and returns false (or says the fault) when the text is not such a value; spaces around are no fault. */
#ifndef TEXT_PARSE_H
#define TEXT_PARSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* A whole day → ISO: 5/1/1961, 05-01-1961, 5.1.1961, 1961-01-05, 05011961 (day, month, year, as the QR of an identity card has
 * it). The day comes first, the year has four digits (5/1/61 may be of two centuries), the day exists, years 1900 to 2999. */
bool text_to_day(struct arena *, const char *typed, const char **out);
/* A date of any precision: the above, 5/1961, 05-1961, 1961-05 (→ "1961-05"), 1961. */
bool text_to_date(struct arena *, const char *typed, const char **out);

/* An optional minus and digits, nothing else, min...max. */
bool text_to_int(const char *typed, int64_t min, int64_t max, int64_t *out);
/* The same, where thousands may be parted by dots or spaces: 1234567, 1.234.567, 1 234 567. Groups are of three and whole:
 * 12.34 is refused, not read as 1234. */
bool text_to_amount(const char *typed, int64_t min, int64_t max, int64_t *out);

enum { PHONE_LEN_MAX = 11 };
enum phone_fault {
	PHONE_OK, PHONE_EMPTY,
	PHONE_CHARS,             /* something else than digits, spaces, dots, dashes, brackets, a + in front */
	PHONE_LOST_ZERO,         /* nine digits of a mobile: out has the 0 put before, to be offered */
	PHONE_OLD,               /* eleven digits 012… or 016…: changed to ten in 2018 */
	PHONE_LENGTH, PHONE_PREFIX
};
/* Mobile: ten digits, 03 05 07 08 09; landline: eleven, 02; +84, 0084 or 84 in front counts as 0. `out` is filled for
 * PHONE_OK and PHONE_LOST_ZERO, otherwise "". A phone is no key of a person: households share one. */
enum phone_fault text_to_phone(const char *typed, char out[PHONE_LEN_MAX + 1]);
const char *phone_message(enum phone_fault);                     /* Vietnamese: what is wrong, what to do; "" for PHONE_OK */

#endif
