#include "text/name.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/utf8.h>

#include "base/buf.h"
#include "base/bug.h"
#include "text/icu.h"

/* How name_key and text_key are put together; raise it when that changes. */
enum { KEY_SCHEME = 1 };

struct name name_split(struct arena *arena, const char *full)
{
	const char *start = full + strspn(full, " "), *end = start + strlen(start), *given, *family_end, *middle, *middle_end;

	while (end > start && end[-1] == ' ')
		end--;
	for (given = end; given > start && given[-1] != ' ';)
		given--;
	if (given == start)
		return (struct name){ "", "", arena_textn(arena, start, (size_t)(end - start)) };
	family_end = start + strcspn(start, " ");
	middle = family_end + strspn(family_end, " ");
	for (middle_end = given; middle_end > middle && middle_end[-1] == ' ';)
		middle_end--;
	return (struct name){
		.family = arena_textn(arena, start, (size_t)(family_end - start)),
		.middle = arena_textn(arena, middle, (size_t)(middle_end - middle)),
		.given = arena_textn(arena, given, (size_t)(end - given)),
	};
}

static UChar32 next_letter(const char *text, int32_t *i, int32_t len)
{
	const uint8_t *s = (const uint8_t *)text;
	UChar32 c;

	U8_NEXT(s, *i, len, c);
	return c < 0 ? 0xFFFD : c;
}

static const char *repaired(struct arena *arena, const char *full)
{
	struct buf out = BUF(arena);
	int32_t i = 0, len = (int32_t)strlen(full);
	bool inside = false;

	while (i < len) {
		char letter[U8_MAX_LENGTH];
		UChar32 c = next_letter(full, &i, len);
		int32_t n = 0;

		if (u_isalpha(c))
			c = inside ? u_tolower(c) : u_totitle(c);
		inside = u_isalnum(c) || (inside && u_charType(c) == U_NON_SPACING_MARK);
		U8_APPEND_UNSAFE((uint8_t *)letter, n, (uint32_t)c);
		buf_add(&out, letter, (size_t)n);
	}
	return buf_cstr(&out);
}

bool name_needs_repair(const char *full)
{
	int32_t i = 0, len = (int32_t)strlen(full);
	int upper = 0, lower = 0;

	while (i < len) {
		UChar32 c = next_letter(full, &i, len);

		upper += u_isupper(c);
		lower += u_islower(c);
	}
	/* A single capital, as in "A" or "Y", may be the whole of a word. */
	return (upper > 1 && !lower) || (lower && !upper);
}

const char *name_repair(struct arena *arena, const char *full)
{
	return name_needs_repair(full) ? repaired(arena, full) : full;
}

/* Opened anew each time: ICU keeps the Vietnamese rules loaded, so this costs 0.3 µs, and no global needs guarding. */
static UCollator *collator_open(bool numbers_by_value)
{
	UErrorCode error = U_ZERO_ERROR;
	UCollator *c = ucol_open("vi", &error);

	if (numbers_by_value)
		ucol_setAttribute(c, UCOL_NUMERIC_COLLATION, UCOL_ON, &error);
	BUG_ON(U_FAILURE(error));
	return c;
}

static void add_key(struct buf *out, const UCollator *c, const char *text)
{
	struct utf16 u = utf16_of(out->arena, text);
	uint8_t small[256], *key = small;
	int32_t len = ucol_getSortKey(c, u.at, u.len, small, sizeof small);

	if (len > (int32_t)sizeof small) {
		key = arena_alloc(out->arena, (size_t)len);
		ucol_getSortKey(c, u.at, u.len, key, len);
	}
	BUG_ON(len <= 0);
	buf_add(out, key, (size_t)len);          /* ends with its own 00, less than any byte of a key */
}

struct bytes name_key(struct arena *arena, const char *full)
{
	struct name name = name_split(arena, full);
	UCollator *c = collator_open(false);
	struct buf out = BUF(arena);

	add_key(&out, c, name.given);
	add_key(&out, c, name.family);
	add_key(&out, c, name.middle);
	ucol_close(c);
	return buf_bytes(&out);
}

struct bytes text_key(struct arena *arena, const char *text)
{
	UCollator *c = collator_open(true);
	struct buf out = BUF(arena);

	add_key(&out, c, text);
	ucol_close(c);
	return buf_bytes(&out);
}

int64_t name_collator_version(void)
{
	UCollator *c = collator_open(false);
	UVersionInfo v;

	ucol_getVersion(c, v);
	ucol_close(c);
	return (int64_t)KEY_SCHEME << 32 | (int64_t)v[0] << 24 | (int64_t)v[1] << 16 | (int64_t)v[2] << 8 | v[3];
}
