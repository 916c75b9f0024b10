#include "sandbox/pdfscan.h"

#include <string.h>
#include <zlib.h>

enum {
	NAME_LEN = 24,                   /* longer than any name we look for */
	END_WITHIN = 1024,               /* %%EOF stands in the last so many bytes, as viewers have it */
	CHUNK = 32 * 1024,
	LINE = 80,
};

struct forbidden {
	const char *name;
	enum image_kind why;
	bool anywhere;                   /* also in stream data as it stands: long enough not to be chance */
};

static const struct forbidden forbidden[] = {
	{ "Encrypt", PDF_LOCKED, true },
	{ "JavaScript", PDF_SCRIPT, true },
	{ "Rendition", PDF_SCRIPT, true },               /* may carry /JS without saying /JavaScript */
	{ "JS", PDF_SCRIPT, false },
	{ "XFA", PDF_SCRIPT, false },
	{ "Launch", PDF_LAUNCH, true },
	{ "ImportData", PDF_LAUNCH, true },
	{ "SubmitForm", PDF_LAUNCH, true },
	{ "EmbeddedFile", PDF_ATTACHMENT, true },
	{ "EmbeddedFiles", PDF_ATTACHMENT, true },
	{ "FileAttachment", PDF_ATTACHMENT, true },
	{ "RichMedia", PDF_ATTACHMENT, true },
	{ "EF", PDF_ATTACHMENT, false },
	{ "OpenAction", PDF_OPENS, true },
};

/* One pass over bytes that come in pieces: a name may be cut by the end of a piece, so all state stands here. */
struct lexer {
	bool in_data;                    /* between stream and endstream */
	bool in_name, opening;           /* opening: after /OpenAction, waiting for what follows */
	int escape;                      /* digits of #xx still to come */
	unsigned escaped;
	char name[NAME_LEN + 1];
	size_t len;                      /* of the name; NAME_LEN + 1: too long to be ours */
	/* Of the object at hand, to tell an object stream that we cannot unpack. */
	bool object_stream, other_filter;
	enum image_kind found;           /* PDF_CLEAN until something is */
};

/* White space and delimiters of the PDF syntax (ISO 32000, 7.2.2): they end a name. */
static bool ends_name(unsigned char c)
{
	return c == '\0' || strchr("\t\n\f\r ()<>[]{}/%", c) != NULL;
}

static bool is_space(unsigned char c)
{
	return c <= ' ' && ends_name(c);
}

static int hex(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void found(struct lexer *x, enum image_kind why)
{
	if (x->found == PDF_CLEAN)
		x->found = why;
}

/* Filters and predictors that we do not undo. Without them an object stream is either plain or plain zlib. */
static bool is_other_filter(const char *name, size_t len)
{
	if (len > 6 && !strcmp(name + len - 6, "Decode"))
		return strcmp(name, "FlateDecode") != 0;
	return !strcmp(name, "Predictor") || !strcmp(name, "Crypt");
}

static void name_done(struct lexer *x)
{
	x->in_name = false;
	if (x->len > NAME_LEN)
		return;
	x->name[x->len] = '\0';
	for (size_t i = 0; i < COUNT(forbidden); i++) {
		const struct forbidden *f = &forbidden[i];

		if ((x->in_data && !f->anywhere) || strcmp(x->name, f->name))
			continue;
		if (f->why == PDF_OPENS)
			x->opening = true;
		else
			found(x, f->why);
		return;
	}
	if (!strcmp(x->name, "ObjStm"))
		x->object_stream = true;
	else if (is_other_filter(x->name, x->len))
		x->other_filter = true;
}

static void name_add(struct lexer *x, unsigned char c)
{
	if (x->len < NAME_LEN)
		x->name[x->len++] = (char)c;
	else
		x->len = NAME_LEN + 1;
}

static void in_name(struct lexer *x, unsigned char c)
{
	int digit;

	if (ends_name(c)) {
		if (x->escape)
			x->len = NAME_LEN + 1;
		name_done(x);
		return;
	}
	if (!x->escape) {
		if (c == '#') {
			x->escape = 2;
			x->escaped = 0;
		} else {
			name_add(x, c);
		}
		return;
	}
	digit = hex(c);
	if (digit < 0) {
		x->len = NAME_LEN + 1;           /* not an escape: none of our names has a '#' */
		x->escape = 0;
		return;
	}
	x->escaped = x->escaped * 16 + (unsigned)digit;
	if (!--x->escape)
		name_add(x, (unsigned char)x->escaped);
}

static void lex(struct lexer *x, unsigned char c)
{
	if (x->in_name)
		in_name(x, c);
	if (x->in_name)
		return;
	if (x->opening && !is_space(c)) {
		x->opening = false;
		if (c != '[')
			found(x, PDF_OPENS);
	}
	if (c == '/') {
		x->in_name = true;
		x->len = 0;
		x->escape = 0;
	}
}

static void lex_end(struct lexer *x)
{
	if (x->in_name)
		in_name(x, ' ');
	if (x->opening)
		found(x, PDF_OPENS);
}

/* --- streams ----------------------------------------------------------------------------------------------------------- */

/* An object stream begins with two numbers (object, place, object, place …), perhaps after a comment. Pictures and fonts do not,
 * and are neither unpacked to the end nor held to a ratio: a blank scan packs a thousand to one. */
enum looks { LOOKS_BLANK, LOOKS_NUMBER, LOOKS_GAP, LOOKS_OBJECTS, LOOKS_OTHER };

enum { NUMBER_DIGITS = 10 };

static enum looks looks_next(enum looks so_far, unsigned char c, unsigned *digits)
{
	bool digit = c >= '0' && c <= '9';

	if (so_far == LOOKS_BLANK && c == '%')
		return LOOKS_OBJECTS;
	if (so_far == LOOKS_NUMBER && digit)
		return ++*digits > NUMBER_DIGITS ? LOOKS_OTHER : LOOKS_NUMBER;
	if (digit)
		return so_far == LOOKS_GAP ? LOOKS_OBJECTS : LOOKS_NUMBER;
	if (!is_space(c))
		return LOOKS_OTHER;
	return so_far == LOOKS_NUMBER ? LOOKS_GAP : so_far;
}

/* Unpacks what begins at `data` as long as it may be an object stream. Its end is its own: no /Length is believed.
 * `unpacked` counts what all object streams gave. False: past a bound. */
static bool scan_unpacked(struct bytes data, size_t *unpacked, enum image_kind *why)
{
	unsigned char out[CHUNK];
	struct lexer inner = { .found = PDF_CLEAN };
	z_stream z = { .next_in = (unsigned char *)(uintptr_t)data.ptr, .avail_in = (uInt)data.len };
	enum looks looks = LOOKS_BLANK;
	bool bounded = true;
	unsigned digits = 0;
	int state = Z_OK;

	if (inflateInit(&z) != Z_OK)
		return false;
	while (state == Z_OK && looks != LOOKS_OTHER && bounded) {
		size_t n;

		z.next_out = out;
		z.avail_out = sizeof out;
		state = inflate(&z, Z_NO_FLUSH);
		n = sizeof out - z.avail_out;
		for (size_t i = 0; i < n && looks != LOOKS_OTHER; i++) {
			if (looks != LOOKS_OBJECTS)
				looks = looks_next(looks, out[i], &digits);
			lex(&inner, out[i]);
		}
		if (looks != LOOKS_OBJECTS)
			continue;
		*unpacked += n;
		bounded = *unpacked <= PDF_UNPACKED_MAX && z.total_out <= MiB + 100 * (size_t)z.total_in;
	}
	inflateEnd(&z);
	lex_end(&inner);
	if (*why == PDF_CLEAN)
		*why = inner.found;
	return bounded;
}

static bool begins(struct bytes b, size_t at, const char *word)
{
	size_t len = strlen(word);

	return len <= b.len - at && !memcmp((const char *)b.ptr + at, word, len);
}

/* After `stream` at `at`: where its data begins. Viewers skip the rest of the line, whatever stands in it; so do we, but not far.
 * 0 when it is not that keyword. */
static size_t data_begins(struct bytes b, size_t at)
{
	const unsigned char *p = b.ptr;
	size_t end = b.len - at > LINE ? at + LINE : b.len;

	for (at += strlen("stream"); at < end; at++) {
		if (p[at] == '\r' && at + 1 < end && p[at + 1] == '\n')
			return at + 2;
		if (p[at] == '\r' || p[at] == '\n')
			return at + 1;
	}
	return 0;
}

static bool is_zlib(struct bytes b, size_t at)
{
	const unsigned char *p = (const unsigned char *)b.ptr + at;

	return b.len - at >= 2 && (p[0] & 15) == Z_DEFLATED && (p[0] * 256 + p[1]) % 31 == 0;
}

/* A keyword of streams at `at`, if there is one. */
static bool keyword(struct lexer *x, struct bytes b, size_t at, size_t *unpacked)
{
	const char *p = b.ptr;
	size_t data;

	if (p[at] == 'e' && begins(b, at, "endstream"))
		x->in_data = false;
	if (p[at] == 'o' && begins(b, at, "obj"))
		x->object_stream = x->other_filter = false;
	if (p[at] != 's' || !begins(b, at, "stream") || (at && p[at - 1] == 'd'))
		return true;
	data = data_begins(b, at);
	if (!data)
		return true;
	x->in_data = true;
	if (x->object_stream && x->other_filter)
		found(x, PDF_UNREADABLE);
	return !is_zlib(b, data) || scan_unpacked((struct bytes){ p + data, b.len - data }, unpacked, &x->found);
}

static bool has_end(struct bytes b)
{
	size_t from = b.len > END_WITHIN ? b.len - END_WITHIN : 0;

	return memmem((const char *)b.ptr + from, b.len - from, "%%EOF", 5) != NULL;
}

bool pdf_begins(struct bytes b)
{
	return b.len >= 8 && (begins(b, 0, "%PDF-1.") || begins(b, 0, "%PDF-2."));
}

enum image_kind pdf_scan(struct bytes b)
{
	struct lexer x = { .found = PDF_CLEAN };
	const unsigned char *p = b.ptr;
	size_t unpacked = 0;

	if (!has_end(b))
		return PDF_TRUNCATED;
	for (size_t i = 0; i < b.len && x.found == PDF_CLEAN; i++) {
		lex(&x, p[i]);
		if (!keyword(&x, b, i, &unpacked))
			return PDF_UNREADABLE;
	}
	lex_end(&x);
	return x.found;
}
