#include "text/legacy.h"

#include <string.h>

#include "text/text.h"

enum { TONES = 6, VOWELS = 12, SAMPLE = 1 << 16 };

/* ngang huyền sắc hỏi ngã nặng */
static const uint16_t vowels[VOWELS][TONES] = {
	{ 'a', 0xE0, 0xE1, 0x1EA3, 0xE3, 0x1EA1 }, { 0x103, 0x1EB1, 0x1EAF, 0x1EB3, 0x1EB5, 0x1EB7 },
	{ 0xE2, 0x1EA7, 0x1EA5, 0x1EA9, 0x1EAB, 0x1EAD }, { 'e', 0xE8, 0xE9, 0x1EBB, 0x1EBD, 0x1EB9 },
	{ 0xEA, 0x1EC1, 0x1EBF, 0x1EC3, 0x1EC5, 0x1EC7 }, { 'i', 0xEC, 0xED, 0x1EC9, 0x129, 0x1ECB },
	{ 'o', 0xF2, 0xF3, 0x1ECF, 0xF5, 0x1ECD }, { 0xF4, 0x1ED3, 0x1ED1, 0x1ED5, 0x1ED7, 0x1ED9 },
	{ 0x1A1, 0x1EDD, 0x1EDB, 0x1EDF, 0x1EE1, 0x1EE3 }, { 'u', 0xF9, 0xFA, 0x1EE7, 0x169, 0x1EE5 },
	{ 0x1B0, 0x1EEB, 0x1EE9, 0x1EED, 0x1EEF, 0x1EF1 }, { 'y', 0x1EF3, 0xFD, 0x1EF7, 0x1EF9, 0x1EF5 },
};
enum { V_A, V_AW, V_AA, V_E, V_EE, V_I, V_O, V_OO, V_OW, V_U, V_UW, V_Y };
/* One ASCII character a vowel, for the table of rimes below: ă = A, â = B, ê = E, ô = O, ơ = P, ư = U. */
static const char vowel_codes[] = "aABeEioOPuUy";

static uint32_t upper_of(uint32_t c)     /* of a small Vietnamese letter */
{
	return c < 0x100 ? c - 0x20 : c - 1;
}

/* Small letter of a Vietnamese or Latin-1 letter, else c itself. */
static uint32_t lower_of(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
		return c + 0x20;
	if (c == 0x102 || c == 0x110 || c == 0x128 || c == 0x168 || c == 0x1A0 || c == 0x1AF ||
	    (c >= 0x1EA0 && c <= 0x1EF9 && c % 2 == 0))
		return c + 1;
	return c;
}

/* ---- UTF-8 ---- */

/* The code point at *s and past it; a broken byte is itself. */
static uint32_t next(const unsigned char **s)
{
	const unsigned char *p = *s;

	if (p[0] >= 0xC2 && p[0] < 0xE0 && (p[1] & 0xC0) == 0x80) {
		*s += 2;
		return (p[0] & 0x1FU) << 6 | (p[1] & 0x3FU);
	}
	if (p[0] >= 0xE0 && p[0] < 0xF0 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
		*s += 3;
		return (p[0] & 0xFU) << 12 | (p[1] & 0x3FU) << 6 | (p[2] & 0x3FU);
	}
	if (p[0] >= 0xF0 && p[0] < 0xF5 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80 && (p[3] & 0xC0) == 0x80) {
		*s += 4;
		return (p[0] & 7U) << 18 | (p[1] & 0x3FU) << 12 | (p[2] & 0x3FU) << 6 | (p[3] & 0x3FU);
	}
	*s += 1;
	return p[0];
}

static char *put(char *to, uint32_t c)
{
	if (c < 0x80) {
		*to++ = (char)c;
	} else if (c < 0x800) {
		*to++ = (char)(0xC0 | c >> 6);
		*to++ = (char)(0x80 | (c & 0x3F));
	} else {
		*to++ = (char)(0xE0 | c >> 12);
		*to++ = (char)(0x80 | (c >> 6 & 0x3F));
		*to++ = (char)(0x80 | (c & 0x3F));
	}
	return to;
}

/* Only what Latin-1 has, and something past ASCII. */
static bool is_latin1(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	bool past_ascii = false;

	while (*p) {
		if (*p < 0x80) {
			p++;
		} else if ((*p == 0xC2 || *p == 0xC3) && (p[1] & 0xC0) == 0x80) {
			past_ascii = true;
			p += 2;
		} else {
			return false;
		}
	}
	return past_ascii;
}

/* ---- the encodings ---- */

/* TCVN 5712 VN3, 0xA1 … 0xFE; 0: nothing. */
static const uint16_t tcvn3[0xFF - 0xA1] = {
	0x102, 0xC2, 0xCA, 0xD4, 0x1A0, 0x1AF, 0x110,                                            /* A1  Ă Â Ê Ô Ơ Ư Đ */
	0x103, 0xE2, 0xEA, 0xF4, 0x1A1, 0x1B0, 0x111, 0,                                         /* A8  ă â ê ô ơ ư đ */
	0, 0, 0, 0, 0, 0xE0, 0x1EA3, 0xE3, 0xE1, 0x1EA1, 0, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0,   /* B0  à ả ã á ạ   ằ ẳ ẵ ắ */
	0, 0, 0, 0, 0, 0, 0x1EB7, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD, 0xE8, 0, 0x1EBB, 0x1EBD,   /* C0  ặ ầ ẩ ẫ ấ ậ è   ẻ ẽ */
	0xE9, 0x1EB9, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7, 0xEC, 0x1EC9, 0, 0, 0, 0x129, 0xED, 0x1ECB, 0xF2,
	0, 0x1ECF, 0xF5, 0xF3, 0x1ECD, 0x1ED3, 0x1ED5, 0x1ED7, 0x1ED1, 0x1ED9, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0xF9,
	0, 0x1EE7, 0x169, 0xFA, 0x1EE5, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1, 0x1EF3, 0x1EF7, 0x1EF9, 0xFD, 0x1EF5,
};

static const char *from_tcvn3(struct arena *a, const char *text)
{
	const unsigned char *s = (const unsigned char *)text;
	char *out = arena_alloc(a, strlen(text) * 2 + 1), *to = out;

	while (*s) {
		uint32_t c = next(&s), known = c >= 0xA1 && c <= 0xFE ? tcvn3[c - 0xA1] : 0;

		to = put(to, known ? known : c);
	}
	*to = '\0';
	return out;
}

/* Which tone or modified vowel a mark after `base` makes; 0: it is no mark there. */
static uint32_t vni_compose(uint32_t base, uint32_t mark)
{
	static const struct { uint16_t base; uint8_t plain, hat, breve; } bases[] = {
		{ 'a', V_A, V_AA, V_AW }, { 'e', V_E, V_EE, VOWELS }, { 'o', V_O, V_OO, VOWELS }, { 'u', V_U, VOWELS, VOWELS },
		{ 'y', V_Y, VOWELS, VOWELS }, { 0xF4, V_OW, VOWELS, VOWELS }, { 0xF6, V_UW, VOWELS, VOWELS } };
	/* In the order of the tones: ngang huyền sắc hỏi ngã nặng. */
	static const uint8_t plain[TONES] = { 0, 0xF8, 0xF9, 0xFB, 0xF5, 0xEF }, hat[TONES] = { 0xE2, 0xE0, 0xE1, 0xE5, 0xE3,
		0xE4 },
		breve[TONES] = { 0xEA, 0xE8, 0xE9, 0xFA, 0xFC, 0xEB };

	for (size_t i = 0; i < COUNT(bases); i++) {
		if (bases[i].base != base)
			continue;
		for (int t = 0; t < TONES; t++) {
			if (mark == plain[t] && t)
				return vowels[bases[i].plain][t];
			if (mark == hat[t] && bases[i].hat < VOWELS)
				return vowels[bases[i].hat][t];
			if (mark == breve[t] && bases[i].breve < VOWELS)
				return vowels[bases[i].breve][t];
		}
	}
	return 0;
}

/* A letter that stands alone: ô ö are ơ ư, and i and y have letters of their own. */
static uint32_t vni_alone(uint32_t c)
{
	switch (c) {
	case 0xF4: return 0x1A1;
	case 0xF6: return 0x1B0;
	case 0xF1: return 0x111;
	case 0xE6: return 0x1EC9;
	case 0xF3: return 0x129;
	case 0xF2: return 0x1ECB;
	case 0xEE: return 0x1EF5;
	default: return c;
	}
}

static const char *from_vni(struct arena *a, const char *text)
{
	const unsigned char *s = (const unsigned char *)text;
	char *out = arena_alloc(a, strlen(text) * 2 + 1), *to = out;

	while (*s) {
		uint32_t c = next(&s), small = lower_of(c), made = 0;
		const unsigned char *after = s;

		if (*s)
			made = vni_compose(small, lower_of(next(&after)));
		if (made)
			s = after;
		else
			made = vni_alone(small);
		to = put(to, small == c ? made : made == small ? c : upper_of(made));
	}
	*to = '\0';
	return out;
}

const char *legacy_text(struct arena *a, enum legacy encoding, const char *text)
{
	if ((encoding != LEGACY_TCVN3 && encoding != LEGACY_VNI) || !is_latin1(text))
		return text;
	return encoding == LEGACY_TCVN3 ? from_tcvn3(a, text) : from_vni(a, text);
}

const char *legacy_latin1(struct arena *a, struct bytes b)
{
	const unsigned char *s = b.ptr;
	char *out = arena_alloc(a, b.len * 2 + 1), *to = out;

	for (size_t i = 0; i < b.len; i++)
		to = put(to, s[i] ? s[i] : ' ');
	*to = '\0';
	return out;
}

const char *legacy_cp1258(struct arena *a, struct bytes b)
{
	static const uint16_t low[32] = { 0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021,
		0x2C6, 0x2030, 0x8A, 0x2039, 0x152, 0x8D, 0x8E, 0x8F, 0x90, 0x2018, 0x2019, 0x201C,
		0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x9A, 0x203A, 0x153, 0x9D, 0x9E, 0x178 };
	const unsigned char *s = b.ptr;
	char *out = arena_alloc(a, b.len * 3 + 1), *to = out;

	for (size_t i = 0; i < b.len; i++) {
		uint32_t c = s[i];

		switch (c) {
		case 0: c = ' '; break;
		case 0xC3: c = 0x102; break;
		case 0xE3: c = 0x103; break;
		case 0xCC: c = 0x300; break;     /* the five tones follow their letter */
		case 0xD2: c = 0x309; break;
		case 0xDE: c = 0x303; break;
		case 0xEC: c = 0x301; break;
		case 0xF2: c = 0x323; break;
		case 0xD0: c = 0x110; break;
		case 0xF0: c = 0x111; break;
		case 0xD5: c = 0x1A0; break;
		case 0xF5: c = 0x1A1; break;
		case 0xDD: c = 0x1AF; break;
		case 0xFD: c = 0x1B0; break;
		case 0xFE: c = 0x20AB; break;
		default: c = c >= 0x80 && c < 0xA0 ? low[c - 0x80] : c;
		}
		to = put(to, c);
	}
	*to = '\0';
	return out;
}

/* ---- capitals of TCVN3 ---- */

static bool is_tcvn3_capital(uint32_t c)         /* a letter the font has as a capital, and that is one */
{
	return (c >= 'A' && c <= 'Z') || c == 0x102 || c == 0xC2 || c == 0xCA || c == 0xD4 || c == 0x1A0 || c == 0x1AF ||
		c == 0x110;
}

static bool is_letter(uint32_t c)
{
	uint32_t small = lower_of(c);

	return (small >= 'a' && small <= 'z') || (c >= 0xC0 && c != 0xD7 && c != 0xF7 && c < 0x2000);
}

/* One that could be a capital and is small, where a capital inside a word does not settle it ("NGUYễN VăN"). */
static bool is_raised_whole(const char *text)
{
	const unsigned char *s = (const unsigned char *)text;
	bool small_ascii = false, small_other = false, inner_capital = false, in_word = false;

	while (*s) {
		uint32_t c = next(&s);

		if (c >= 'a' && c <= 'z')
			small_ascii = true;
		else if (c != lower_of(c) ? false : is_letter(c) && is_tcvn3_capital(upper_of(c)))
			small_other = true;
		else if (is_tcvn3_capital(c) && in_word)
			inner_capital = true;
		in_word = is_letter(c);
	}
	return !small_ascii && (!small_other || inner_capital);
}

const char *legacy_name(struct arena *a, const char *decoded)
{
	bool whole = is_raised_whole(decoded), in_word = false;
	const unsigned char *s = (const unsigned char *)decoded;
	char *out = arena_alloc(a, strlen(decoded) + 4), *to = out;

	while (*s) {
		uint32_t c = next(&s), up = c;

		if ((whole || !in_word) && is_letter(c) && lower_of(c) == c && (c < 0x100 || lower_of(c - 1) == c))
			up = upper_of(c);
		in_word = is_letter(c);
		to = put(to, up);
	}
	*to = '\0';
	return out;
}

/* ---- Vietnamese words ---- */

/* The code of a letter and its tone; 0: no Vietnamese letter. */
static char letter_of(uint32_t c, int *tone)
{
	c = lower_of(c);
	*tone = 0;
	if (c == 0x111)
		return 'D';
	for (int v = 0; v < VOWELS; v++)
		for (int t = 0; t < TONES; t++)
			if (vowels[v][t] == c) {
				*tone = t;
				return vowel_codes[v];
			}
	return c >= 'a' && c <= 'z' && c != 'f' && c != 'j' && c != 'w' && c != 'z' ? (char)c : '\0';
}

static bool is_one_of(const char *list, const char *word, size_t len)
{
	for (const char *at = list; *at; at += strcspn(at, " "), at += *at == ' ')
		if (strcspn(at, " ") == len && !memcmp(at, word, len))
			return true;
	return false;
}

bool legacy_is_syllable(const char *word, size_t len)
{
	static const char firsts[] = "b c ch d D g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x";
	static const char open[] = "a e E i o O P u U y ia iE iu ua ue uE ui uO uP uy Ua Ui Uu UP ai ao au ay Bu By eo Eu "
		"oa oe oi oo "
		"Oi Pi iEu yEu uOi UPi UPu oai oao oay oeo uBy uya uyu uyE uai uay uao ueo uEu iEu ya yE";
	static const char closed[] = "a A B e E i o O P u U y iE yE uO UP oa oA oe uy uyE uB ua uA uE oo ue";
	const unsigned char *s = (const unsigned char *)word, *end = s + len;
	char codes[16];
	size_t n = 0, first = 0, last;
	int tones = 0, tone;

	while (s < end) {
		if (n == sizeof codes || !(codes[n] = letter_of(next(&s), &tone)))
			return false;
		tones += tone > 0;
		n++;
	}
	while (first < n && first < 3 && !strchr(vowel_codes, codes[first]))
		first++;
	if (n > first + 1 && first == 1 && (!memcmp(codes, "qu", 2) || (!memcmp(codes, "gi", 2) && n > 2 &&
	    strchr(vowel_codes, codes[2]))))
		first = 2;
	last = n;
	while (last > first && !strchr(vowel_codes, codes[last - 1]))
		last--;
	if (tones > 1 || last == first || (first && !is_one_of(firsts, codes, first)))
		return false;
	if (last == n)
		return is_one_of(open, codes + first, n - first);
	return is_one_of("c ch m n ng nh p t", codes + last, n - last) && is_one_of(closed, codes + first, last - first);
}

/* Syllables among the words that have a letter past ASCII. */
static int64_t syllables(const char *text)
{
	const unsigned char *s = (const unsigned char *)text, *from = NULL;
	bool past_ascii = false;
	int64_t n = 0;

	for (;;) {
		const unsigned char *at = s;
		uint32_t c = *s ? next(&s) : 0;

		if (is_letter(c) || (c > 0x7F && c < 0x2000 && c != 0xA0)) {
			from = from ? from : at;
			past_ascii |= c > 0x7F;
			continue;
		}
		if (from && past_ascii && legacy_is_syllable((const char *)from, (size_t)(at - from)))
			n++;
		from = NULL;
		past_ascii = false;
		if (!c)
			return n;
	}
}

void legacy_count(struct legacy_tally *tally, const char *text)
{
	struct arena *a;

	if (!*text || strlen(text) > SAMPLE)
		return;
	tally->words[LEGACY_NONE] += syllables(text);
	if (!is_latin1(text))
		return;
	a = arena_new(1 * MiB);
	tally->words[LEGACY_TCVN3] += syllables(from_tcvn3(a, text));
	tally->words[LEGACY_VNI] += syllables(from_vni(a, text));
	arena_free(a);
}

enum legacy legacy_choose(const struct legacy_tally *t)
{
	enum legacy best = LEGACY_NONE;

	for (int i = 0; i < LEGACIES; i++)
		if (t->words[i] > t->words[best])
			best = (enum legacy)i;
	return best;
}

enum legacy legacy_of_bytes(struct bytes b)
{
	struct arena *a = arena_new(8 * MiB);
	struct bytes sample = { b.ptr, b.len < 4 * SAMPLE ? b.len : 4 * SAMPLE };
	int64_t windows = 0, abc;

	abc = syllables(from_tcvn3(a, legacy_latin1(a, sample)));

	windows = syllables(text_nfc(a, legacy_cp1258(a, sample)));
	arena_free(a);
	return abc > windows ? LEGACY_TCVN3 : LEGACY_CP1258;
}
