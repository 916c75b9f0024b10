/* text.h: Vietnamese text as the program keeps it: NUL-terminated UTF-8, NFC, no control or invisible characters, never NULL.
 * Bytes become such text in one place, text_line or text_lines; all else here takes text that has passed them (other text does no
 * harm). All are pure functions, safe on any thread; results live in the arena. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"

enum text_fault { TEXT_OK, TEXT_NOT_UTF8, TEXT_CONTROL };

/* What was typed or read, made text. White space of any kind (tab, line end, no-break space) becomes one space, the ends are
 * trimmed; zero-width, soft-hyphen and direction characters (Unicode Cf) go; the rest becomes NFC. Refused: bytes that are not
 * UTF-8, and control characters. *out is "" when refused. */
enum text_fault text_line(struct arena *, struct bytes typed, const char **out);
/* The same with lines kept: ends of line become \n, the indent and inner spaces of a line stay (Markdown needs them), its
 * trailing spaces go, and so do empty lines at both ends. */
enum text_fault text_lines(struct arena *, struct bytes typed, const char **out);
const char *text_fault_message(enum text_fault);                 /* Vietnamese, "" for TEXT_OK */

bool text_is_utf8(struct bytes);
const char *text_nfc(struct arena *, const char *text);          /* valid UTF-8 only; text already NFC comes back as it is */
const char *text_upper(struct arena *, const char *text);        /* for headings in capitals; marks stay: "Hoà" -> "HOÀ" */
const char *text_lower(struct arena *, const char *text);
const char *text_first_lower(struct arena *, const char *text);  /* a name inside a sentence: "Ấp Lộc" -> "ấp Lộc" */
size_t text_length(const char *text);                            /* code points: in NFC what people count as characters */

/* The search form: lower case, no tone or mark, đ → d, punctuation and symbols → space, single spaces, trimmed. Where the tone
 * stands does not matter (Hoà = Hòa = HÒA → "hoa"); NFC and NFD fold alike. Letters and digits of other scripts stay.
 * Never longer in bytes than the text. */
const char *text_fold(struct arena *, const char *text);
/* The same letters, with punctuation and spaces as they are: "Nguyễn Văn A (Tư)" → "nguyen van a (tu)". */
const char *text_unmark(struct arena *, const char *text);

struct words { size_t n; const char *const *at; };
struct words text_words(struct arena *, const char *text);       /* split at spaces; no empty words */
/* Split at each separator: n separators make n + 1 parts, empty ones included; "" is one empty part. */
struct words text_split(struct arena *, const char *text, char separator);

#endif
