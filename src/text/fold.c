/* The fold as a table of letters, not as ICU's transliterator, which is some hundred times slower: a Vietnamese name is read,
 * folded and written in one pass over its bytes. The table was made from ICU (NFD, marks removed, Latin-ASCII, lower case) and
 * a test compares it with ICU letter by letter. Combining marks are dropped as they come, so NFD needs no pass of its own. */
#include "text/text.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/bug.h"

enum { LATIN_FIRST = 0xA0, LATIN_END = 0x250, VIET_FIRST = 0x1E00, VIET_END = 0x1F00, MARKS_FIRST = 0x300, MARKS_END = 0x370 };

/* 32 letters a line from U+00A0 and U+1E00 on: what each becomes; '_' a space, '.' ask ICU (æ, ß, þ: no single letter). */
static const char latin[] =
	"__________.__________.____._____"
	"aaaaaa.ceeeeiiiidnooooo_ouuuuy.."
	"aaaaaa.ceeeeiiiidnooooo_ouuuuy.y"
	"aaaaaaccccccccddddeeeeeeeeeegggg"
	"gggghhhhiiiiiiiiii..jjkkqlllllll"
	"lllnnnnnn.nnoooooo..rrrrrrssssss"
	"ssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
	"bbbb...ccdddd...effg..iikkl..nn."
	"oo..pp.....ttttuu.vyyzz........."
	".............aaiioouuuuuuuuuu.aa"
	"aa..ggggkkoooo..j...gg..nnaa..oo"
	"aaaaeeeeiiiioooorrrruuuusstt..hh"
	".d..zzaaeeooooooooyylntj..acclts"
	"z..bu.eejj..rryy";
static const char viet[] =
	"aabbbbbbccddddddddddeeeeeeeeeeff"
	"gghhhhhhhhhhiiiikkkkkkllllllllmm"
	"mmmmnnnnnnnnoooooooopppprrrrrrrr"
	"ssssssssssttttttttuuuuuuuuuuvvvv"
	"wwwwwwwwwwxxxxyyzzzzzzhtwyasss.."
	"aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
	"eeeeeeeeiiiioooooooooooooooooooo"
	"oooouuuuuuuuuuuuuuyyyyyyyy..vvyy";
_Static_assert(sizeof latin - 1 == LATIN_END - LATIN_FIRST && sizeof viet - 1 == VIET_END - VIET_FIRST, "a letter is missing");

/* The next code point of [s, end), or -1. Two- and three-byte forms by hand: U8_NEXT's checks are twice the work, and the
 * caller has read past the first byte already. */
static UChar32 next_of(const uint8_t **s, const uint8_t *end)
{
	const uint8_t *p = *s;
	int32_t i = 0;
	UChar32 c;

	if (*p >= 0xC2 && *p < 0xE0 && end - p >= 2 && (p[1] & 0xC0) == 0x80) {
		*s += 2;
		return (*p & 0x1F) << 6 | (p[1] & 0x3F);
	}
	if (*p == 0xE1 && end - p >= 3 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
		*s += 3;
		return 0x1000 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
	}
	U8_NEXT(p, i, (int32_t)(end - p), c);
	*s += i;
	return c;
}

/* ' ' for a space, 0 for nothing, an ASCII letter, or a code point of another script. */
static UChar32 fold_letter(UChar32 c)
{
	char known = '.';

	if (c >= LATIN_FIRST && c < LATIN_END)
		known = latin[c - LATIN_FIRST];
	else if (c >= VIET_FIRST && c < VIET_END)
		known = viet[c - VIET_FIRST];
	else if (c >= MARKS_FIRST && c < MARKS_END)
		return 0;
	if (known != '.')
		return known == '_' ? ' ' : known;
	switch (u_charType(c)) {
	case U_NON_SPACING_MARK:
	case U_ENCLOSING_MARK:
	case U_FORMAT_CHAR:
		return 0;
	case U_COMBINING_SPACING_MARK:
		return c;                        /* a vowel in the scripts of India */
	default:
		if (!u_isalnum(c))
			return ' ';
		return u_tolower(c) == c ? c : fold_letter(u_tolower(c));      /* Ƞ → ƞ → n */
	}
}

static char *put_letter(char *to, UChar32 c, size_t room)
{
	int32_t n = 0;

	if ((size_t)U8_LENGTH(c) > room)
		return to;                       /* the rare capital whose small letter is longer: dropped, the bound holds */
	U8_APPEND_UNSAFE((uint8_t *)to, n, (uint32_t)c);
	return to + n;
}

const char *text_fold(struct arena *arena, const char *text)
{
	const uint8_t *s = (const uint8_t *)text, *end = s + strlen(text), *before;
	char *out = arena_alloc(arena, (size_t)(end - s) + 1), *to = out;

	while (s < end) {
		UChar32 c = *s;

		before = s;
		if (c < 0x80) {
			s++;
			if (c >= 'A' && c <= 'Z')
				c += 'a' - 'A';
			else if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
				c = ' ';
		} else {
			c = next_of(&s, end);
			c = c < 0 ? ' ' : fold_letter(c);
		}
		if (c == ' ' && (to == out || to[-1] == ' '))
			continue;
		if (c && c < 0x80)
			*to++ = (char)c;
		else if (c)
			to = put_letter(to, c, (size_t)(s - before));
	}
	if (to > out && to[-1] == ' ')
		to--;
	*to = '\0';
	return out;
}

const char *text_unmark(struct arena *arena, const char *text)
{
	const uint8_t *s = (const uint8_t *)text, *end = s + strlen(text), *before;
	char *out = arena_alloc(arena, (size_t)(end - s) + 1), *to = out;

	while (s < end) {
		UChar32 c = *s, folded;

		before = s;
		if (c < 0x80) {
			s++;
			*to++ = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
			continue;
		}
		c = next_of(&s, end);
		folded = c < 0 ? ' ' : fold_letter(c);
		if (folded == ' ')
			folded = c;
		if (folded > 0 && folded < 0x80)
			*to++ = (char)folded;
		else if (folded > 0)
			to = put_letter(to, folded, (size_t)(s - before));
	}
	*to = '\0';
	return out;
}
