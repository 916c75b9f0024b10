/* A window of bytes slides over the body: whatever can be decided is consumed, the rest (at most a delimiter, or the headers
 * of one part) waits for more. libmicrohttpd's own post processor was rejected: it takes garbage for an empty form, has no
 * limit on parts, and needs a connection, so neither in-process calls nor the fuzzer could reach it. */
#include "http/multipart.h"

#include <string.h>
#include <strings.h>

#include "http/form.h"
#include "http/spool.h"

enum { WINDOW = 32 * 1024, HEADERS_MAX = 4096, NAME_MAX_LEN = 64, UPLOAD_NAME_MAX = 200, FIELDS_MAX = 1 << 20 };
enum place { AT_START, IN_HEADERS, IN_CONTENT, AFTER_BOUNDARY, AT_END };

struct multipart {
	struct input *in;
	const struct form_def *def;
	const char *spool_dir;
	char delimiter[76];              /* CRLF "--" boundary (at most 70) */
	size_t delimiter_len;
	enum place place;
	enum multipart_state state;
	char window[WINDOW];
	size_t used;
	size_t n_parts, fields_size;

	/* The part in hand. */
	const char *name, *filename;     /* filename NULL: a field */
	struct buf text;
	struct spool_file *spool;        /* NULL: dropped */
	int64_t size, limit;
};

static bool is_boundary_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c && strchr("'()+_,-./:=?", c));
}

static bool read_boundary(struct multipart *m, const char *type)
{
	const char *at = strcasestr(type, "boundary=");
	size_t len = 0;
	bool quoted;

	if (strncasecmp(type, "multipart/form-data", 19) != 0 || !at)
		return false;
	at += strlen("boundary=");
	quoted = *at == '"';
	at += quoted;
	while (is_boundary_char(at[len]))
		len++;
	if (!len || len > 70 || (quoted ? at[len] != '"' : at[len] && at[len] != ';' && at[len] != ' '))
		return false;
	memcpy(m->delimiter, "\r\n--", 4);
	memcpy(m->delimiter + 4, at, len);
	m->delimiter_len = len + 4;
	return true;
}

struct multipart *multipart_new(struct input *in, const struct form_def *def, const char *type, const char *spool_dir)
{
	struct multipart *m = ARENA_NEW(in->arena, struct multipart);

	m->in = in;
	m->def = def;
	m->spool_dir = spool_dir;
	return read_boundary(m, type) ? m : NULL;
}

static bool fail(struct multipart *m, enum multipart_state why)
{
	m->state = why;
	return false;
}

static void consume(struct multipart *m, size_t n)
{
	m->used -= n;
	memmove(m->window, m->window + n, m->used);
}

/* name="…" of a Content-Disposition; browsers write a quote inside as %22, others as \". NULL when absent or broken. */
static const char *parameter(struct multipart *m, const char *line, const char *end, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = line; at + len + 2 < end; at++) {
		char *out, *to;

		if ((at[-1] != ' ' && at[-1] != ';') || strncasecmp(at, name, len) != 0 || at[len] != '=' || at[len + 1] != '"')
			continue;
		at += len + 2;
		out = to = arena_alloc(m->in->arena, (size_t)(end - at) + 1);
		for (; at < end && *at != '"'; at++) {
			if (*at == '\\' && at + 1 < end && (at[1] == '"' || at[1] == '\\'))
				at++;
			*to++ = *at;
		}
		return at < end ? out : NULL;
	}
	return NULL;
}

/* What the browser calls the file: no folders, no control characters, at most UPLOAD_NAME_MAX characters. */
static const char *clean_filename(struct arena *arena, const char *name)
{
	const char *slash = strrchr(name, '/'), *back = strrchr(name, '\\');
	size_t count = 0, to = 0;
	char *out;

	name = slash && (!back || slash > back) ? slash + 1 : back ? back + 1 : name;
	if (!utf8_is_valid(name, strlen(name)))
		return "tep";
	out = arena_alloc(arena, strlen(name) + 1);
	for (; *name; name++) {
		if ((unsigned char)*name < 0x20 || *name == 0x7f)
			continue;
		if (((unsigned char)*name & 0xc0) != 0x80 && ++count > UPLOAD_NAME_MAX)
			break;
		out[to++] = *name;
	}
	out[to] = '\0';
	return to ? out : "tep";
}

static int64_t limit_of(const struct multipart *m)
{
	const struct field_def *f = form_field(m->def, m->name);

	if (!f || f->type != FIELD_files)
		return 0;
	return f->max_bytes ? (int64_t)f->max_bytes : MULTIPART_FILE_MAX;
}

static bool begin_part(struct multipart *m, const char *headers, size_t len)
{
	const char *end = headers + len, *line = headers, *disposition = NULL, *line_end = NULL, *next;

	if (memchr(headers, '\0', len))
		return fail(m, MULTIPART_GARBAGE);
	for (; line < end; line = next + 2) {
		next = memmem(line, (size_t)(end - line), "\r\n", 2);
		if (!next)
			break;
		if (next - line > 20 && !strncasecmp(line, "content-disposition:", 20)) {
			if (disposition)
				return fail(m, MULTIPART_GARBAGE);
			disposition = line + 20;
			line_end = next;
		}
	}
	if (!disposition || !memmem(disposition, (size_t)(line_end - disposition), "form-data", 9))
		return fail(m, MULTIPART_GARBAGE);
	m->name = parameter(m, disposition, line_end, "name");
	m->filename = parameter(m, disposition, line_end, "filename");
	if (!m->name || !*m->name || strlen(m->name) > NAME_MAX_LEN)
		return fail(m, MULTIPART_GARBAGE);
	m->size = 0;
	m->spool = NULL;
	m->text = BUF(m->in->arena, .max = FIELDS_MAX + 1);
	m->limit = m->filename ? limit_of(m) : 0;
	return m->n_parts++ < INPUT_BODY_PAIRS || fail(m, MULTIPART_TOO_MUCH);
}

static bool add_content(struct multipart *m, const char *data, size_t len)
{
	if (!m->filename) {
		if (memchr(data, '\0', len))
			return fail(m, MULTIPART_GARBAGE);
		m->fields_size += len;
		if (m->fields_size > FIELDS_MAX)
			return fail(m, MULTIPART_TOO_MUCH);
		buf_add(&m->text, data, len);
		return true;
	}
	if (!len)
		return true;
	m->size += (int64_t)len;
	if (!m->spool_dir || !m->limit)
		return true;
	if (m->size > m->limit) {
		if (m->spool)
			spool_drop(m->spool);
		m->spool = NULL;
		return true;
	}
	if (!m->spool && m->in->n_uploads == INPUT_UPLOADS)
		return fail(m, MULTIPART_TOO_MUCH);
	if (!m->spool)
		m->spool = spool_open(m->in->arena, m->spool_dir);
	return (m->spool && spool_write(m->spool, data, len)) || fail(m, MULTIPART_NO_ROOM);
}

static bool end_part(struct multipart *m)
{
	struct bytes content = { "", 0 };

	if (!m->filename) {
		m->fields_size += strlen(m->name);
		input_add(m->in, FROM_BODY, m->name, buf_cstr(&m->text));
		return true;
	}
	if ((!*m->filename && !m->size) || !m->limit)            /* a file field left empty, or one the form does not declare */
		return true;
	if (m->in->n_uploads == INPUT_UPLOADS)
		return fail(m, MULTIPART_TOO_MUCH);
	if (m->spool) {
		content = spool_map(m->spool);
		if (!content.ptr)
			return fail(m, MULTIPART_NO_ROOM);
	}
	m->in->uploads[m->in->n_uploads++] = (struct input_upload){ m->name,
		{ clean_filename(m->in->arena, m->filename), content, m->size } };
	return true;
}

static bool step_content(struct multipart *m)
{
	char *at = memmem(m->window, m->used, m->delimiter, m->delimiter_len);
	size_t whole = at ? (size_t)(at - m->window) : m->used < m->delimiter_len ? 0 : m->used - m->delimiter_len + 1;

	if (!add_content(m, m->window, whole))
		return false;
	if (!at) {
		consume(m, whole);
		return false;
	}
	consume(m, whole + m->delimiter_len);
	m->place = AFTER_BOUNDARY;
	return end_part(m);
}

static bool step_headers(struct multipart *m)
{
	char *end = memmem(m->window, m->used, "\r\n\r\n", 4);
	size_t len;

	if (!end)
		return m->used > HEADERS_MAX && fail(m, MULTIPART_GARBAGE);
	len = (size_t)(end - m->window) + 2;                     /* with the CRLF of the last header */
	if (len > HEADERS_MAX || !begin_part(m, m->window, len))
		return fail(m, m->state ? m->state : MULTIPART_GARBAGE);
	consume(m, len + 2);
	m->place = IN_CONTENT;
	return true;
}

/* One decision. False: more bytes are needed, or it failed. */
static bool step(struct multipart *m)
{
	switch (m->place) {
	case AT_START:
		if (m->used < m->delimiter_len - 2)
			return false;
		if (memcmp(m->window, m->delimiter + 2, m->delimiter_len - 2) != 0)
			return fail(m, MULTIPART_GARBAGE);
		consume(m, m->delimiter_len - 2);
		m->place = AFTER_BOUNDARY;
		return true;
	case AFTER_BOUNDARY:
		if (m->used < 2)
			return false;
		if (memcmp(m->window, "\r\n", 2) != 0 && memcmp(m->window, "--", 2) != 0)
			return fail(m, MULTIPART_GARBAGE);
		m->place = m->window[0] == '-' ? AT_END : IN_HEADERS;
		consume(m, 2);
		return true;
	case IN_HEADERS:
		return step_headers(m);
	case IN_CONTENT:
		return step_content(m);
	case AT_END:
		break;
	}
	if (m->used > 2 || memcmp(m->window, "\r\n", m->used) != 0)
		return fail(m, MULTIPART_GARBAGE);
	return false;
}

void multipart_feed(struct multipart *m, const char *data, size_t len)
{
	while (len && m->state == MULTIPART_GOING) {
		size_t take = len < WINDOW - m->used ? len : WINDOW - m->used;

		memcpy(m->window + m->used, data, take);
		m->used += take;
		data += take;
		len -= take;
		while (m->state == MULTIPART_GOING && step(m))
			;
	}
}

enum multipart_state multipart_end(struct multipart *m)
{
	if (m->state == MULTIPART_GOING)
		m->state = m->place == AT_END ? MULTIPART_DONE : MULTIPART_GARBAGE;
	return m->state;
}
