#include "text/icu.h"

#include <limits.h>
#include <string.h>
#include <unicode/ustring.h>

#include "base/bug.h"

struct utf16 utf16_of(struct arena *arena, const char *text)
{
	size_t len = strlen(text);
	UErrorCode error = U_ZERO_ERROR;
	struct utf16 u;

	BUG_ON(len > INT_MAX / 4);
	u.at = ARENA_ARRAY(arena, UChar, len + 1);      /* UTF-16 never has more units than UTF-8 has bytes */
	u_strFromUTF8WithSub(u.at, (int32_t)len + 1, &u.len, text, (int32_t)len, 0xFFFD, NULL, &error);
	BUG_ON(U_FAILURE(error));
	return u;
}

const char *utf16_text(struct arena *arena, struct utf16 u)
{
	size_t cap = (size_t)u.len * 3 + 1;
	char *text = arena_alloc(arena, cap);
	UErrorCode error = U_ZERO_ERROR;

	u_strToUTF8WithSub(text, (int32_t)cap, NULL, u.at, u.len, 0xFFFD, NULL, &error);
	BUG_ON(U_FAILURE(error));
	return text;
}
