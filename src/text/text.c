#include "text/text.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include "base/bug.h"
#include "text/icu.h"

const char *text_fault_message(enum text_fault fault)
{
	switch (fault) {
	case TEXT_OK:
		return "";
	case TEXT_NOT_UTF8:
		return "Chữ gửi lên bị hỏng, không đọc được. Gõ lại, hoặc lưu tệp theo bảng mã UTF-8 rồi gửi lại.";
	case TEXT_CONTROL:
		return "Trong chữ có ký tự điều khiển không nhìn thấy được. Xoá đi rồi gõ lại bằng bàn phím.";
	}
	return "";
}

bool text_is_utf8(struct bytes b)
{
	const uint8_t *s = b.ptr;
	int32_t i = 0, len = (int32_t)b.len;

	BUG_ON(b.len > INT_MAX);
	while (i < len) {
		UChar32 c;

		U8_NEXT(s, i, len, c);
		if (c < 0)
			return false;
	}
	return true;
}

/* Below U+0300 nothing composes or changes under NFC, nor does U+1E80–U+1EFF, the other home of Vietnamese letters: nearly
 * every text is settled by this look at its lead bytes. */
static bool is_surely_nfc(const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (*p < 0xCC)
			continue;
		if (*p != 0xE1 || (p[1] != 0xBA && p[1] != 0xBB))
			return false;
		p += 2;
	}
	return true;
}

const char *text_nfc(struct arena *arena, const char *text)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *nfc;
	struct utf16 in, out;

	if (is_surely_nfc(text))
		return text;
	nfc = unorm2_getNFCInstance(&error);
	in = utf16_of(arena, text);
	if (unorm2_isNormalized(nfc, in.at, in.len, &error) && U_SUCCESS(error))
		return text;
	out.len = in.len * 3 + 1;                /* the most that NFC lengthens (Unicode, UAX 15) */
	out.at = ARENA_ARRAY(arena, UChar, (size_t)out.len);
	out.len = unorm2_normalize(nfc, in.at, in.len, out.at, out.len, &error);
	BUG_ON(U_FAILURE(error));
	return utf16_text(arena, out);
}

enum kind { KIND_BAD, KIND_CONTROL, KIND_INVISIBLE, KIND_SPACE, KIND_LINE, KIND_LETTER };

static enum kind kind_of(UChar32 c)
{
	if (c < 0)
		return KIND_BAD;
	if (c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029)
		return KIND_LINE;
	if (c > ' ' && c < 0x7F)
		return KIND_LETTER;
	if (u_isUWhiteSpace(c))
		return KIND_SPACE;
	switch (u_charType(c)) {
	case U_CONTROL_CHAR:
		return KIND_CONTROL;
	case U_FORMAT_CHAR:
		return KIND_INVISIBLE;
	default:
		return KIND_LETTER;
	}
}

static enum text_fault line_of(struct bytes typed, char *out, size_t *len)
{
	const uint8_t *s = typed.ptr;
	int32_t i = 0, from, end = (int32_t)typed.len;
	bool gap = false;
	UChar32 c;

	while (i < end) {
		from = i;
		U8_NEXT(s, i, end, c);
		switch (kind_of(c)) {
		case KIND_BAD:
			return TEXT_NOT_UTF8;
		case KIND_CONTROL:
			return TEXT_CONTROL;
		case KIND_INVISIBLE:
			break;
		case KIND_SPACE:
		case KIND_LINE:
			gap = *len > 0;
			break;
		case KIND_LETTER:
			if (gap)
				out[(*len)++] = ' ';
			gap = false;
			memcpy(out + *len, s + from, (size_t)(i - from));
			*len += (size_t)(i - from);
		}
	}
	return TEXT_OK;
}

static void trim_line_end(const char *out, size_t *len)
{
	while (*len && out[*len - 1] == ' ')
		--*len;
}

static enum text_fault lines_of(struct bytes typed, char *out, size_t *len)
{
	const uint8_t *s = typed.ptr;
	int32_t i = 0, from, end = (int32_t)typed.len;
	UChar32 c;

	while (i < end) {
		from = i;
		U8_NEXT(s, i, end, c);
		switch (kind_of(c)) {
		case KIND_BAD:
			return TEXT_NOT_UTF8;
		case KIND_CONTROL:
			return TEXT_CONTROL;
		case KIND_INVISIBLE:
			break;
		case KIND_SPACE:
			out[(*len)++] = ' ';
			break;
		case KIND_LINE:
			if (c == '\r' && i < end && s[i] == '\n')
				i++;
			trim_line_end(out, len);
			if (*len)                       /* no empty lines in front */
				out[(*len)++] = '\n';
			break;
		case KIND_LETTER:
			memcpy(out + *len, s + from, (size_t)(i - from));
			*len += (size_t)(i - from);
		}
	}
	while (*len && (out[*len - 1] == ' ' || out[*len - 1] == '\n'))
		--*len;
	return TEXT_OK;
}

static enum text_fault read_text(struct arena *arena, struct bytes typed, const char **out,
	enum text_fault (*read)(struct bytes, char *, size_t *))
{
	char *text = arena_alloc(arena, typed.len + 1);
	enum text_fault fault;
	size_t len = 0;

	BUG_ON(typed.len > INT_MAX / 4);
	*out = "";
	fault = read(typed, text, &len);
	if (fault != TEXT_OK)
		return fault;
	text[len] = '\0';
	*out = text_nfc(arena, text);
	return TEXT_OK;
}

enum text_fault text_line(struct arena *arena, struct bytes typed, const char **out)
{
	return read_text(arena, typed, out, line_of);
}

enum text_fault text_lines(struct arena *arena, struct bytes typed, const char **out)
{
	return read_text(arena, typed, out, lines_of);
}

static const char *change_case(struct arena *arena, const char *text,
	int32_t (*change)(UChar *, int32_t, const UChar *, int32_t, const char *, UErrorCode *))
{
	UErrorCode error = U_ZERO_ERROR;
	struct utf16 in = utf16_of(arena, text), out;

	out.len = in.len * 3 + 1;                /* one letter becomes three at most (Unicode, SpecialCasing) */
	out.at = ARENA_ARRAY(arena, UChar, (size_t)out.len);
	out.len = change(out.at, out.len, in.at, in.len, "vi", &error);
	BUG_ON(U_FAILURE(error));
	return text_nfc(arena, utf16_text(arena, out));
}

const char *text_upper(struct arena *arena, const char *text)
{
	return change_case(arena, text, u_strToUpper);
}

const char *text_lower(struct arena *arena, const char *text)
{
	return change_case(arena, text, u_strToLower);
}

const char *text_first_lower(struct arena *arena, const char *text)
{
	size_t first = 1;

	if (!*text)
		return text;
	while (((unsigned char)text[first] & 0xC0) == 0x80)
		first++;
	return arena_format(arena, "%s%s", text_lower(arena, arena_textn(arena, text, first)), text + first);
}

size_t text_length(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += (*text & 0xC0) != 0x80;
	return n;
}

struct words text_split(struct arena *arena, const char *text, char separator)
{
	size_t n = 1, i = 0;
	const char **at, *end;

	for (const char *p = text; *p; p++)
		n += *p == separator;
	at = ARENA_ARRAY(arena, const char *, n);
	for (; (end = strchr(text, separator)) != NULL && *end; text = end + 1)
		at[i++] = arena_textn(arena, text, (size_t)(end - text));
	at[i] = arena_text(arena, text);
	return (struct words){ n, at };
}

struct words text_words(struct arena *arena, const char *text)
{
	struct words all = text_split(arena, text, ' ');
	const char **at = ARENA_ARRAY(arena, const char *, all.n);
	size_t n = 0;

	for (size_t i = 0; i < all.n; i++)
		if (*all.at[i])
			at[n++] = all.at[i];
	return (struct words){ n, at };
}
