/* What every answer has, whatever the handler gave: security headers, caching, 304, compression.
 *
 * Compression and BREACH: a secret leaks through lengths when an attacker can make a signed-in browser ask with text of the
 * attacker's choice that the page shows again. So a page is compressed when nobody is signed in, when nothing can be reflected
 * (a GET without a query), or when the browser says that our own page asked (Sec-Fetch-Site: same-origin). Tokens are fresh in
 * each page, so they cannot be gathered over many answers anyway. Rejected: no compression at all (2G), masking each secret. */
#include "http/exchange.h"

#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "base/bug.h"
#include "http/parts.h"

enum { COMPRESS_FROM = 1024 };

static const struct header always[] = {
	{ "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
};

static void add(struct exchange *x, const char *name, const char *value)
{
	BUG_ON(x->n_headers == REPLY_HEADERS);
	x->headers[x->n_headers++] = (struct header){ name, value };
}

static bool has(const struct exchange *x, const char *name)
{
	return raw_header(x->headers, x->n_headers, name, NULL);
}

bool accepts_coding(const char *accept, const char *coding)
{
	size_t len = strlen(coding);

	for (; *accept; accept += strcspn(accept, ",")) {
		const char *end;

		accept += strspn(accept, ", \t");
		end = accept + strcspn(accept, ", ;\t");
		if ((size_t)(end - accept) != len || strncasecmp(accept, coding, len) != 0)
			continue;
		end += strspn(end, "; \t");
		/* q=0, q=0. and q=0.000 refuse; anything above accepts. */
		return strncasecmp(end, "q=0", 3) != 0 || strspn(end + 3, ".0") < strcspn(end + 3, ", \t");
	}
	return false;
}

/* "W/"abc"" and "abc" are the same thing for If-None-Match. */
bool etag_matches(const char *if_none_match, const char *etag)
{
	size_t len;

	if (!strncmp(etag, "W/", 2))
		etag += 2;
	len = strlen(etag);
	for (const char *at = if_none_match; *at; at += strcspn(at, ",")) {
		at += strspn(at, ", \t");
		if (*at == '*')
			return true;
		if (!strncmp(at, "W/", 2))
			at += 2;
		if (!strncmp(at, etag, len) && strcspn(at + len, ", \t") == 0)
			return true;
	}
	return false;
}

static bool nothing_reflected(const struct exchange *x)
{
	if (!x->account || !strcasecmp(request_header(&x->req, "Sec-Fetch-Site"), "same-origin"))
		return true;
	return !x->req.is_post && !strchr(x->req.target, '?');
}

static void compress_body(struct exchange *x)
{
	struct response *r = &x->req.response;
	z_stream z = { 0 };
	uLong bound;
	unsigned char *out;

	if (!r->type || (strncmp(r->type, "text/", 5) != 0 && strcmp(r->type, "application/json") != 0) ||
		r->body.len < COMPRESS_FROM || has(x, "Content-Encoding"))
		return;
	if (!has(x, "Vary"))
		add(x, "Vary", "Accept-Encoding");
	if (!nothing_reflected(x) || !accepts_coding(request_header(&x->req, "Accept-Encoding"), "gzip"))
		return;
	if (deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return;
	bound = deflateBound(&z, (uLong)r->body.len);
	out = arena_alloc(x->arena, bound);
	z.next_in = (unsigned char *)(uintptr_t)r->body.ptr;
	z.avail_in = (uInt)r->body.len;
	z.next_out = out;
	z.avail_out = (uInt)bound;
	if (deflate(&z, Z_FINISH) == Z_STREAM_END) {
		r->body = (struct bytes){ out, z.total_out };
		add(x, "Content-Encoding", "gzip");
	}
	deflateEnd(&z);
}

static void answer_from_cache(struct exchange *x)
{
	struct response *r = &x->req.response;
	const char *etag = r->etag;

	if (!etag || r->status != HTTP_OK)
		return;
	if (*etag != '"' && strncmp(etag, "W/", 2) != 0)
		etag = arena_format(x->arena, "W/\"%s\"", etag);
	add(x, "ETag", etag);
	if (!x->req.is_post && etag_matches(request_header(&x->req, "If-None-Match"), etag)) {
		r->status = HTTP_NOT_MODIFIED;
		r->body = (struct bytes){ "", 0 };
	}
}

void exchange_complete(struct exchange *x)
{
	struct response *r = &x->req.response;

	x->n_headers = 0;
	for (size_t i = 0; i < COUNT(always); i++)
		add(x, always[i].name, always[i].value);
	add(x, "X-Request-Id", x->id);
	if (x->server->config.behind_proxy)
		add(x, "Strict-Transport-Security", "max-age=31536000");
	for (size_t i = 0; i < r->n_headers; i++)
		add(x, r->headers[i].name, r->headers[i].value);
	if (!has(x, "Cache-Control"))
		add(x, "Cache-Control", r->etag ? "private, no-cache" : "private, no-store");
	answer_from_cache(x);
	if (!r->stream && r->status != HTTP_NOT_MODIFIED)
		compress_body(x);
	if (r->location.text)
		add(x, "Location", r->location.text);
	if (r->type && *r->type)
		add(x, "Content-Type", r->type);
	if (x->close || atomic_load(&x->server->stopping))
		add(x, "Connection", "close");
}
