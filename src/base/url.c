#include "base/url.h"

#include <stdarg.h>
#include <string.h>

#include "base/buf.h"
#include "base/bug.h"

static bool is_plain(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c && strchr("-_.~", c));
}

struct url url_own(struct arena *arena, const char *format, ...)
{
	va_list args;
	const char *text;

	va_start(args, format);
	text = arena_vformat(arena, format, args);
	va_end(args);
	BUG_ON(text[0] != '/' || text[1] == '/' || text[1] == '\\');
	return (struct url){ text };
}

struct url url_id(struct arena *arena, const char *before, int64_t id, const char *after)
{
	size_t len = strlen(before), more = strlen(after);
	char text[128];

	BUG_ON(before[0] != '/' || before[1] == '/' || before[1] == '\\' || len + INT_TEXT + more > sizeof text);
	memcpy(text, before, len);
	len += int_text(id, text + len);
	memcpy(text + len, after, more);
	return (struct url){ arena_textn(arena, text, len + more) };
}

struct url url_query(struct arena *arena, struct url url, const char *name, const char *value)
{
	struct buf b = BUF(arena, .max = 16 * KiB);
	size_t path = strcspn(url.text, "#");

	buf_add(&b, url.text, path);
	buf_char(&b, memchr(url.text, '?', path) ? '&' : '?');
	buf_text(&b, name);
	buf_char(&b, '=');
	for (; *value; value++) {
		if (is_plain((unsigned char)*value))
			buf_char(&b, *value);
		else
			buf_format(&b, "%%%02X", (unsigned char)*value);
	}
	buf_text(&b, url.text + path);
	BUG_ON(b.failed);
	return (struct url){ buf_cstr(&b) };
}

struct url url_query_int(struct arena *arena, struct url url, const char *name, long long value)
{
	return url_query(arena, url, name, arena_format(arena, "%lld", value));
}

struct url url_fragment(struct arena *arena, struct url url, const char *id)
{
	return (struct url){ arena_format(arena, "%s#%s", url.text, id) };
}

bool url_https(const char *text, struct url *out)
{
	const char *host = text + 8;

	if (strncmp(text, "https://", 8) != 0 || !is_plain((unsigned char)*host) || strlen(text) > 2000)
		return false;
	for (const char *p = text; *p; p++)
		if ((unsigned char)*p <= ' ' || strchr("\"'<>\\`{}|^", *p) || (unsigned char)*p >= 0x7f)
			return false;
	if (memchr(host, '@', strcspn(host, "/?#")))
		return false;
	out->text = text;
	return true;
}

struct url url_phone(struct arena *arena, const char *digits)
{
	BUG_ON(digits[strspn(digits, "0123456789+")] != '\0');
	return (struct url){ arena_format(arena, "tel:%s", digits) };
}
