/* What --files says: a bucket, not an address to be trusted: only letters that need no escaping anywhere. */
#include <string.h>

#include "files/s3.h"

static bool is_of(const char *text, size_t len, const char *more)
{
	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr(more, c))))
			return false;
	}
	return true;
}

static bool read_option(struct arena *a, const char *at, size_t len, struct s3_place *out)
{
	if (len > 9 && !strncmp(at, "endpoint=", 9)) {
		out->endpoint = arena_textn(a, at + 9, len - 9 - (at[len - 1] == '/'));
		return (!strncmp(out->endpoint, "https://", 8) || !strncmp(out->endpoint, "http://", 7)) &&
			is_of(out->endpoint, strlen(out->endpoint), ":/.-_[]");
	}
	if (len > 7 && !strncmp(at, "region=", 7)) {
		out->region = arena_textn(a, at + 7, len - 7);
		return is_of(out->region, len - 7, "-");
	}
	return false;
}

OUTCOME s3_place_read(struct arena *a, const char *url, struct s3_place *out, const char **what)
{
	const char *at = url + 5;
	size_t len;

	*what = "cần dạng s3://TÊN_KHO/THƯ_MỤC?endpoint=https://MÁY&region=VÙNG";
	*out = (struct s3_place){ "", "us-east-1", "", "" };
	if (strncmp(url, "s3://", 5) != 0)
		return INVALID;
	len = strcspn(at, "/?");
	if (len < 3 || len > 63 || !is_of(at, len, ".-"))
		return INVALID;
	out->bucket = arena_textn(a, at, len);
	at += len;
	if (*at == '/') {
		len = strcspn(++at, "?");
		out->prefix = arena_textn(a, at, len && at[len - 1] == '/' ? len - 1 : len);
		if (!is_of(at, len, "/.-_") || *at == '/' || strstr(out->prefix, "..") || strstr(out->prefix, "//") || len > 200)
			return INVALID;
		at += len;
	}
	for (; *at; at += len) {
		len = strcspn(++at, "&");
		if (!read_option(a, at, len, out))
			return INVALID;
	}
	if (!*out->endpoint)
		out->endpoint = arena_format(a, "https://s3.%s.amazonaws.com", out->region);
	return OK;
}
