/* The check sum of a list, as our papers carry it among their file's key words (LIST_CHECK_MARK). Who signs a PDF adds to its end, so
 * the words stay as they were written: plain, or as UTF-16 in hex or in bytes, as Word and LibreOffice write them. Any bytes may come:
 * nothing is believed but nine characters whose last fits the others. */
#include "title/recognition/recognition.h"

#include <stdio.h>
#include <string.h>

#include "base/id.h"

enum { SHOWN = 24, STEP_MAX = 4 };      /* characters looked at; bytes of one */

/* One ASCII character in that many bytes: as it is, as UTF-16, as UTF-16 in hex. */
static size_t put(char *out, char c, size_t step, bool small)
{
	if (step == 1) {
		out[0] = c;
	} else if (step == 2) {
		out[0] = '\0';
		out[1] = c;
	} else {
		char hex[STEP_MAX + 1];

		snprintf(hex, sizeof hex, small ? "%04x" : "%04X", (unsigned)(unsigned char)c);
		memcpy(out, hex, STEP_MAX);
	}
	return step;
}

static int hex_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 32);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
}

static char take(const char *at, size_t step)
{
	return step == 4 ? (char)(hex_of(at[2]) << 4 | hex_of(at[3])) : at[step - 1];
}

static bool find(struct bytes file, size_t step, bool small, char *code)
{
	static const char mark[] = LIST_CHECK_MARK;
	char wanted[(sizeof mark - 1) * STEP_MAX], shown[SHOWN + 1];
	const char *at, *end = (const char *)file.ptr + file.len;
	size_t len = 0, n = 0;

	for (size_t i = 0; i < sizeof mark - 1; i++)
		len += put(wanted + len, mark[i], step, small);
	at = file.len ? memmem(file.ptr, file.len, wanted, len) : NULL;
	if (!at)
		return false;
	for (at += len; at + step <= end && n < SHOWN; at += step) {
		char c = take(at, step);

		if (!(c == '-' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')))
			break;
		shown[n++] = c;
	}
	shown[n] = '\0';
	return code_read(shown, code, CODE_SHEET_LEN);
}

const char *signed_list_check(struct arena *arena, struct bytes file)
{
	char code[CODE_MAX + 1];

	if (find(file, 1, false, code) || find(file, 2, false, code) || find(file, 4, false, code) || find(file, 4, true, code))
		return arena_text(arena, code);
	return "";
}
