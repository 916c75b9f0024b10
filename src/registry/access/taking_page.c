#include "registry/access/taking_page.h"

#include <string.h>

#include "crypto/crypto.h"
#include "crypto/keyring.h"
#include "registry/access/access_messages.h"
#include "registry/access/access_page.h"
#include "text/parse.h"

#define SEAL "ghi"                        /* the last parameter of the address: until when, and the seal */

static struct hash hashed(struct request *req, const char *text)
{
	return keyring_hash(req->ask.keys, HASH_TOKEN, (struct bytes){ text, strlen(text) });
}

static const char *seal_of(struct request *req, const char *file, int64_t until)
{
	struct arena *a = req->ask.arena;

	return hash_hex(a, hashed(req, arena_format(a, "tai %s %lld %s", hash_hex(a, access_bound_to(req)), (long long)until,
		file)));
}

OUTCOME taking_redirect(struct request *req, struct url file)
{
	struct arena *a = req->ask.arena;
	int64_t until = req->ask.now + TAKING_SECONDS;

	return redirect_see_other(req, url_query(a, file, SEAL, arena_format(a, "%lld.%s", (long long)until,
		seal_of(req, file.text, until))));
}

/* The address without its mark, and the mark. */
static bool split(struct arena *a, const char *target, const char **file, int64_t *until, const char **seal)
{
	const char *mark = strstr(target, SEAL "="), *dot = mark ? strchr(mark, '.') : NULL;

	if (!mark || mark == target || !dot)
		return false;
	*file = arena_textn(a, target, (size_t)(mark - target) - 1);
	*seal = dot + 1;
	mark += strlen(SEAL "=");
	return text_to_int(arena_textn(a, mark, (size_t)(dot - mark)), 0, INT64_MAX, until);
}

OUTCOME taking_was_noted(struct request *req)
{
	const char *file, *seal;
	int64_t until;

	/* hashed once more before they are compared: how far they agree takes no time that can be told */
	if (split(req->ask.arena, req->target, &file, &until, &seal) && until > req->ask.now &&
	    until <= req->ask.now + TAKING_SECONDS && hash_equal(hashed(req, seal), hashed(req, seal_of(req, file, until))))
		return OK;
	problem(req->ask.problems, "", TAKING_NOT_NOTED);
	return INVALID;
}
