/* legacy.h: Vietnamese from before Unicode. Lists are still typed under old fonts: in a workbook the letters are then Latin-1
 * characters that only look right under .VnTime (TCVN3, also called ABC) or VNI-Times (VNI); in a CSV they may be bytes of
 * Windows-1258 or TCVN3. Which one it is shows in the words: read the right way they are Vietnamese syllables.
 *
 * Pure functions. Text that no old font could have written (a character past U+00FF) comes back as it is: lists are mixed. What
 * comes out may need NFC (text.h). Sources: TCVN 5712:1993 VN3; the VNI for Windows code page; Microsoft code page 1258. */
#ifndef TEXT_LEGACY_H
#define TEXT_LEGACY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

enum legacy { LEGACY_NONE, LEGACY_TCVN3, LEGACY_VNI, LEGACY_CP1258, LEGACIES };

/* UTF-8 whose letters are those of an old font → Vietnamese. LEGACY_NONE and LEGACY_CP1258 change nothing. */
const char *legacy_text(struct arena *, enum legacy, const char *text);
/* Bytes → UTF-8. Latin-1 keeps each byte as its code point, as a workbook does with an old font's letters. */
const char *legacy_latin1(struct arena *, struct bytes);
const char *legacy_cp1258(struct arena *, struct bytes);

/* TCVN3 has no capitals with tone ("NGUYÔN" is "NGUYễN" decoded). A name in which every letter that the font can write as a
 * capital is one is raised whole; otherwise the first letter of each word is ("thị ánh" → "Thị Ánh"). */
const char *legacy_name(struct arena *, const char *decoded);

/* How many words with a letter past ASCII are Vietnamese syllables, read as each encoding. */
struct legacy_tally { int64_t words[LEGACIES]; };
void legacy_count(struct legacy_tally *, const char *text);      /* NONE, TCVN3, VNI */
enum legacy legacy_choose(const struct legacy_tally *);          /* the one with most; NONE when none has more than NONE */
/* Bytes that are not UTF-8: LEGACY_CP1258, or LEGACY_TCVN3 when its reading has more Vietnamese words. */
enum legacy legacy_of_bytes(struct bytes);

/* Is this one Vietnamese syllable ("nguyễn", "Đức"), whatever its case? For words of letters only. */
bool legacy_is_syllable(const char *word, size_t len);

#endif
