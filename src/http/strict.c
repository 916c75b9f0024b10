#include "http/strict.h"

#include <string.h>
#include <strings.h>

#include "http/messages.h"

static const struct refusal fine = { 0, NULL };

static struct refusal refuse(int status)
{
	return (struct refusal){ status, message_of(status) };
}

const char *raw_header(const struct header *headers, size_t n, const char *name, size_t *count)
{
	const char *first = NULL;
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		if (!strcasecmp(headers[i].name, name) && !found++)
			first = headers[i].value;
	if (count)
		*count = found;
	return first;
}

/* RFC 9110 token: also what tells "TE :" and a name that a folded line was glued to. */
static bool is_token(const char *s)
{
	if (!*s)
		return false;
	for (; *s; s++)
		if (!((*s >= '0' && *s <= '9') || (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
			strchr("!#$%&'*+-.^_`|~", *s)))
			return false;
	return true;
}

static bool is_value(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		if (((unsigned char)*s < 0x20 && *s != '\t') || *s == 0x7f || ++n > HEADER_VALUE_MAX)
			return false;
	return true;
}

static struct refusal check_target(const char *target)
{
	if (strlen(target) > TARGET_MAX)
		return refuse(414);
	if (target[0] != '/' || target[1] == '/')
		return (struct refusal){ 400, message_bad_address };
	for (const char *c = target; *c; c++)
		if ((unsigned char)*c <= 0x20 || *c == 0x7f || *c == '#' || *c == '\\')
			return (struct refusal){ 400, message_bad_address };
	return fine;
}

static struct refusal check_headers(const struct raw *raw)
{
	if (raw->more || raw->n_headers > HEADERS_MAX_COUNT)
		return refuse(431);
	if (raw->cut)
		return refuse(400);
	for (size_t i = 0; i < raw->n_headers; i++)
		if (!is_token(raw->headers[i].name) || !is_value(raw->headers[i].value))
			return refuse(400);
	return fine;
}

static struct refusal check_host(const struct raw *raw)
{
	static const char host_chars[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-_:[]";
	size_t count, len;
	const char *host = raw_header(raw->headers, raw->n_headers, "Host", &count);

	if (count != 1 || !*host || strspn(host, host_chars) != strlen(host))
		return refuse(400);
	if (!raw->hosts)
		return fine;
	len = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":");
	for (size_t i = 0; i < raw->n_hosts; i++)
		if (strlen(raw->hosts[i]) == len && !strncasecmp(raw->hosts[i], host, len))
			return fine;
	return (struct refusal){ 400, message_wrong_host };
}

static bool read_length(const char *text, int64_t *out)
{
	int64_t n = 0;
	size_t digits = strspn(text, "0123456789");

	if (!digits || text[digits] || digits > 15)
		return false;
	for (; *text; text++)
		n = n * 10 + (*text - '0');
	*out = n;
	return true;
}

/* Exactly one way of saying how long the body is, or none. */
static struct refusal check_length(const struct raw *raw, int64_t *length)
{
	size_t n_length, n_coding;
	const char *text = raw_header(raw->headers, raw->n_headers, "Content-Length", &n_length);
	const char *coding = raw_header(raw->headers, raw->n_headers, "Transfer-Encoding", &n_coding);
	bool is_post = !strcmp(raw->method, "POST");

	*length = 0;
	if (n_length > 1 || n_coding > 1 || (n_length && n_coding) || (coding && strcasecmp(coding, "chunked") != 0))
		return refuse(400);
	if (coding || (is_post && !text))
		return refuse(411);
	if (text && !read_length(text, length))
		return refuse(400);
	if (*length && (!strcmp(raw->method, "GET") || !strcmp(raw->method, "HEAD")))
		return refuse(400);
	return fine;
}

static struct refusal check_cookies(const struct raw *raw)
{
	size_t count, pairs = 0;
	const char *cookies = raw_header(raw->headers, raw->n_headers, "Cookie", &count);

	if (count > 1)
		return refuse(400);
	for (; cookies && *cookies; cookies++)
		pairs += *cookies == ';';
	return pairs >= COOKIES_MAX ? refuse(431) : fine;
}

struct refusal strict_check(const struct raw *raw, int64_t *length)
{
	struct refusal no = check_target(raw->target);
	const char *expect = raw_header(raw->headers, raw->n_headers, "Expect", NULL);

	*length = 0;
	if (!no.status && strcmp(raw->version, "HTTP/1.1") != 0 && strcmp(raw->version, "HTTP/1.0") != 0)
		no = refuse(505);
	if (!no.status)
		no = check_headers(raw);
	if (!no.status)
		no = check_host(raw);
	if (!no.status)
		no = check_length(raw, length);
	if (!no.status)
		no = check_cookies(raw);
	if (!no.status && expect && strcasecmp(expect, "100-continue") != 0)
		no = refuse(417);
	return no;
}
