#include "tests/test.h"

#include <string.h>

#include "registry/greeting/greeting.h"
#include "tests/world.h"

TEST(greeting, only_who_may_edit_the_unit_writes_it)
{
	struct world w;
	struct reply reply;
	const char *at;

	world_serve(&w);
	at = arena_format(w.arena, "/loi-chao/%lld", (long long)w.hamlet);
	world_get(&w, ROLE_COMMUNE, at, &reply);
	world_post(&w, ROLE_COMMUNE, at, "words=Ch%C3%A0o", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLES, at, &reply);
	CHECK_HAS(reply_text(&w, &reply), "<p>Chào</p>");
	world_get(&w, ROLE_CITIZEN, at, &reply);
	world_post(&w, ROLE_CITIZEN, at, "words=Ch%C3%A0o", &reply);
	CHECK_INT(403, reply.status);
	world_close(&w);
}
