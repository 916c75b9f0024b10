#include "json/json.h"

#include <string.h>

#include "base/buf.h"
#include "base/bug.h"

static void new_line(struct json_out *j)
{
	if (!j->pretty)
		return;
	buf_char(j->out, '\n');
	for (unsigned i = 0; i < j->depth; i++)
		buf_text(j->out, "  ");
}

/* The comma and line before an item or a key. */
static void part(struct json_out *j)
{
	if (!j->depth)
		return;
	if (j->level[j->depth - 1].filled)
		buf_char(j->out, ',');
	j->level[j->depth - 1].filled = true;
	new_line(j);
}

static void before_value(struct json_out *j)
{
	BUG_ON(j->depth && j->level[j->depth - 1].object && !j->after_key);
	if (!j->after_key)
		part(j);
	j->after_key = false;
}

static void begin(struct json_out *j, bool object)
{
	before_value(j);
	BUG_ON(j->depth == JSON_DEPTH);
	buf_char(j->out, object ? '{' : '[');
	j->level[j->depth].object = object;
	j->level[j->depth++].filled = false;
}

void json_begin_object(struct json_out *j)
{
	begin(j, true);
}

void json_begin_array(struct json_out *j)
{
	begin(j, false);
}

void json_end(struct json_out *j)
{
	BUG_ON(!j->depth || j->after_key);
	j->depth--;
	if (j->level[j->depth].filled)
		new_line(j);
	buf_char(j->out, j->level[j->depth].object ? '}' : ']');
}

/* '<' is escaped too: the text may then stand inside a script element, where "</script" would end it. */
static void put_quoted(struct buf *out, const char *text)
{
	buf_char(out, '"');
	for (const char *p = text; *p; p++) {
		switch (*p) {
		case '"':
		case '\\':
			buf_char(out, '\\');
			buf_char(out, *p);
			break;
		case '\n':
			buf_text(out, "\\n");
			break;
		case '\t':
			buf_text(out, "\\t");
			break;
		default:
			if ((unsigned char)*p < ' ' || *p == 0x7F || *p == '<')
				buf_format(out, "\\u%04x", (unsigned char)*p);
			else
				buf_char(out, *p);
		}
	}
	buf_char(out, '"');
}

void json_put_key(struct json_out *j, const char *key)
{
	BUG_ON(!j->depth || !j->level[j->depth - 1].object || j->after_key);
	part(j);
	put_quoted(j->out, key);
	buf_text(j->out, j->pretty ? ": " : ":");
	j->after_key = true;
}

void json_put_int(struct json_out *j, int64_t value)
{
	before_value(j);
	buf_int(j->out, value);
}

void json_put_maybe(struct json_out *j, struct maybe value)
{
	if (value.is)
		json_put_int(j, value.value);
	else
		json_put_null(j);
}

void json_put_tenths(struct json_out *j, struct maybe tenths)
{
	uint64_t v = tenths.value < 0 ? 0 - (uint64_t)tenths.value : (uint64_t)tenths.value;

	if (!tenths.is) {
		json_put_null(j);
		return;
	}
	before_value(j);
	if (tenths.value < 0)
		buf_char(j->out, '-');
	buf_int(j->out, (int64_t)(v / 10));
	buf_char(j->out, '.');
	buf_char(j->out, (char)('0' + v % 10));
}

void json_put_text(struct json_out *j, const char *text)
{
	before_value(j);
	put_quoted(j->out, text);
}

void json_put_bool(struct json_out *j, bool value)
{
	before_value(j);
	buf_text(j->out, value ? "true" : "false");
}

void json_put_null(struct json_out *j)
{
	before_value(j);
	buf_text(j->out, "null");
}
