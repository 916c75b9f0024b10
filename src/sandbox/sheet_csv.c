/* CSV by libcsv: which separator, which bytes, and ="080…" guards. A quote that never ends would swallow the rest: the file is
 * looked through first, and then read without quotes. */
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "sandbox/sheet_out.h"
#include "text/legacy.h"
#include "text/text.h"

enum { FIELD_MAX = 32 * 1024, STEP = 16 * 1024, NO_QUOTE = 1, SAMPLE_LINES = 40,
	FIELD_BEGUN = 2 };               /* libcsv.c: within a field, here within its quotes */

struct csv_reading {
	struct sheet_out *out;           /* NULL: only looked through */
	struct arena *arena;
	enum legacy bytes;               /* NONE: UTF-8 */
	uint32_t row, column;
	bool after_return;
};

static const char *as_utf8(struct csv_reading *r, const char *field, size_t *len)
{
	struct bytes b = { field, *len };
	const char *text;

	if (r->bytes == LEGACY_NONE)
		return field;
	text = r->bytes == LEGACY_CP1258 ? legacy_cp1258(r->arena, b) : legacy_latin1(r->arena, b);
	*len = strlen(text);
	return text;
}

static void take_field(void *field, size_t len, void *state)
{
	struct csv_reading *r = state;
	const char *text = field;

	r->after_return = false;
	if (r->out && text && len) {
		if (len >= 3 && text[0] == '=' && text[1] == '"' && text[len - 1] == '"')
			text += 2, len -= 3;
		text = as_utf8(r, text, &len);
		len = strnlen(text, len);        /* a NUL within ends it */
		sheet_out_text(r->out, r->column, CELL_TEXT, false, text, len);
		arena_reset(r->arena);
	}
	r->column++;
}

/* Every end of line is told (CSV_REPALL_NL), an empty record counts; \r\n is one. */
static void take_end(int c, void *state)
{
	struct csv_reading *r = state;

	if (c == '\n' && r->after_return && !r->column) {
		r->after_return = false;
		return;
	}
	r->after_return = c == '\r';
	r->column = 0;
	r->row++;
	if (r->out) {
		sheet_out_row_end(r->out);
		sheet_out_row(r->out, r->row, false);
	}
}

static int is_blank(unsigned char c) { return c == ' '; }

/* False: a field beyond bounds, or a quote without its end. */
static bool parse(struct csv_reading *r, struct bytes file, unsigned char separator, unsigned char quote)
{
	struct csv_parser p;
	bool good = true;

	r->row = 1;
	r->column = 0;
	r->after_return = false;
	if (r->out)
		sheet_out_row(r->out, 1, false);
	BUG_ON(csv_init(&p, CSV_REPALL_NL | CSV_APPEND_NULL));
	csv_set_delim(&p, separator);
	csv_set_quote(&p, quote);
	csv_set_space_func(&p, is_blank);
	for (size_t at = 0; good && at < file.len; at += STEP) {
		size_t len = file.len - at < STEP ? file.len - at : STEP;

		good = csv_parse(&p, (const char *)file.ptr + at, len, take_field, take_end, r) == len &&
			p.entry_pos < FIELD_MAX &&
			(!r->out || r->out->kind == SHEET_READ);
	}
	good = good && !(p.quoted && p.pstate == FIELD_BEGUN);
	csv_fini(&p, take_field, take_end, r);
	csv_free(&p);
	if (r->out)
		sheet_out_row_end(r->out);
	return good;
}

/* The one of them that the first lines have most of, outside quotes. */
static unsigned char separator_of(struct bytes file)
{
	static const char candidates[] = ",;\t";
	size_t counts[3] = { 0 }, best = 0;
	const char *at = file.ptr, *end = at + file.len;
	bool quoted = false;

	for (int lines = 0; at < end && lines < SAMPLE_LINES; at++) {
		const char *which = *at ? strchr(candidates, *at) : NULL;

		quoted ^= *at == '"';
		lines += *at == '\n';
		if (which && !quoted)
			counts[which - candidates]++;
	}
	for (size_t i = 1; i < 3; i++)
		if (counts[i] > counts[best])
			best = i;
	return (unsigned char)candidates[best];
}

/* Excel's “Unicode text”: UTF-16 with its mark, tabs. NULL: too large. */
static char *from_utf16(struct bytes file, size_t *len)
{
	const unsigned char *p = file.ptr;
	bool big = p[0] == 0xFE;
	char *out, *to;

	if (file.len > 64 * MiB || !(out = malloc(file.len * 2 + 4)))
		return NULL;
	to = out;
	for (size_t i = 2; i + 1 < file.len; i += 2) {
		uint32_t c = big ? (uint32_t)p[i] << 8 | p[i + 1] : (uint32_t)p[i + 1] << 8 | p[i];

		if (c >= 0xD800 && c < 0xE000)
			c = '?';                 /* no Vietnamese letter lies beyond */
		if (c >= 0x800)
			*to++ = (char)(0xE0 | c >> 12);
		if (c >= 0x80)
			*to++ = (char)(c >= 0x800 ? 0x80 | (c >> 6 & 0x3F) : 0xC0 | c >> 6);
		*to++ = (char)(c >= 0x80 ? 0x80 | (c & 0x3F) : c);
	}
	*len = (size_t)(to - out);
	return out;
}

static void read_bytes(struct sheet_out *out, struct bytes file)
{
	struct csv_reading r = { .arena = arena_new(1 * MiB) };
	unsigned char quote = '"', separator;

	if (file.len >= 3 && !memcmp(file.ptr, "\xEF\xBB\xBF", 3))
		file = (struct bytes){ (const char *)file.ptr + 3, file.len - 3 };
	separator = separator_of(file);
	if (!text_is_utf8(file))
		r.bytes = legacy_of_bytes(file);
	if (!parse(&r, file, separator, quote))
		quote = NO_QUOTE;
	r.out = out;
	if (sheet_out_sheet(out, &(struct sheet_head){ .name = "csv", .is_cp1258 = r.bytes == LEGACY_CP1258 })) {
		if (!parse(&r, file, separator, quote))
			sheet_stop(out, SHEET_TOO_WIDE);
		sheet_out_sheet_end(out);
	}
	arena_free(r.arena);
}

void sheet_read_csv(struct sheet_out *out, struct bytes file)
{
	const unsigned char *p = file.ptr;
	char *text;
	size_t len;

	if (file.len < 2 || !((p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF))) {
		read_bytes(out, file);
		return;
	}
	text = from_utf16(file, &len);
	if (text)
		read_bytes(out, (struct bytes){ text, len });
	else
		sheet_stop(out, SHEET_TOO_LARGE);
	free(text);
}
