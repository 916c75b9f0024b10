/* Every role × every route: what the permission table says is what the server does. */
#include <string.h>

#include "tests/test.h"
#include "tests/world.h"

/* A path with its parameters filled in: unit ids are the world's, anything else 1. */
static const char *filled(struct world *w, const char *path)
{
	struct buf out = BUF(w->arena);

	while (*path) {
		if (*path != '{') {
			buf_char(&out, *path++);
			continue;
		}
		if (!strncmp(path, "{unit}", 6))
			buf_int(&out, w->hamlet);
		else if (!strncmp(path, "{format}", 8))
			buf_text(&out, "xlsx");
		else
			buf_char(&out, '1');
		path += strcspn(path, "}") + 1;
	}
	return buf_cstr(&out);
}

TEST(routes, every_get_follows_the_permission_table)
{
	struct world w;
	const struct route **routes;
	size_t n;

	world_serve(&w);
	n = server_routes(w.server, &routes, w.arena);
	CHECK(n > 0);
	for (size_t i = 0; i < n; i++) {
		const char *target = filled(&w, routes[i]->path);
		enum permit permit = (enum permit)routes[i]->permission;

		if (routes[i]->method != METHOD_GET)
			continue;
		for (enum role role = 0; role <= ROLES; role++) {
			struct reply reply;
			bool allowed = role == ROLES ? permit_is_public(permit) : permit_is_public(permit) || permit_has_role(permit, role);

			world_get(&w, role, target, &reply);
			if (!allowed)
				CHECK(reply.status == (role == ROLES ? HTTP_SEE_OTHER : HTTP_FORBIDDEN));
			CHECK(reply.status != HTTP_FAILED && reply.status != HTTP_UNAVAILABLE);
			if (reply.status == HTTP_FORBIDDEN && allowed)
				CHECK(permit != PERMIT_PUBLIC);
		}
	}
	world_close(&w);
}

TEST(routes, every_post_without_permission_is_refused)
{
	struct world w;
	const struct route **routes;
	size_t n;

	world_serve(&w);
	n = server_routes(w.server, &routes, w.arena);
	for (size_t i = 0; i < n; i++) {
		const char *target = filled(&w, routes[i]->path);
		enum permit permit = (enum permit)routes[i]->permission;

		if (routes[i]->method != METHOD_POST)
			continue;
		for (enum role role = 0; role <= ROLES; role++) {
			struct reply reply;
			bool allowed = permit_is_public(permit) || (role < ROLES && permit_has_role(permit, role));

			if (allowed)
				continue;
			world_get(&w, role, "/don-vi", &reply);
			world_post(&w, role, target, "", &reply);
			CHECK(reply.status == (role == ROLES ? 401 : HTTP_FORBIDDEN));
		}
	}
	world_close(&w);
}

TEST(routes, every_post_without_its_token_is_refused)
{
	struct world w;
	const struct route **routes;
	size_t n;

	world_serve(&w);
	n = server_routes(w.server, &routes, w.arena);
	for (size_t i = 0; i < n; i++) {
		struct reply reply;

		if (routes[i]->method != METHOD_POST)
			continue;
		for (enum role role = 0; role < ROLES; role++) {
			w.token = "0000";
			world_post(&w, role, filled(&w, routes[i]->path), "", &reply);
			CHECK_INT(HTTP_FORBIDDEN, reply.status);
		}
	}
	world_close(&w);
}
