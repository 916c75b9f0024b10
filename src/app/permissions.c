/* `hoctap permissions`: role × route, from the tables that the server itself uses. Kept in docs/permissions.md, reviewed like code. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/commands.h"
#include "app/routes.h"
#include "json/json.h"
#include "registry/access/access.h"

static const char *const classes[] = { [ROUTE_READ] = "READ", [ROUTE_WORK] = "WORK", [ROUTE_WRITE] = "WRITE" };

static const char *method_of(const struct route *r) { return r->method == METHOD_GET ? "GET" : "POST"; }

static int by_path(const void *a, const void *b)
{
	const struct route *x = *(const struct route *const *)a, *y = *(const struct route *const *)b;
	int order = strcmp(x->path, y->path);

	return order ? order : (int)x->method - (int)y->method;
}

static void print_json(const struct route *const *routes, size_t n, struct arena *arena)
{
	struct buf out = BUF(arena);
	struct json_out json = { .out = &out };

	json_begin_array(&json);
	for (size_t i = 0; i < n; i++) {
		enum permit permit = (enum permit)routes[i]->permission;

		json_begin_object(&json);
		json_put_key(&json, "method");
		json_put_text(&json, method_of(routes[i]));
		json_put_key(&json, "path");
		json_put_text(&json, routes[i]->path);
		json_put_key(&json, "class");
		json_put_text(&json, classes[routes[i]->class]);
		json_put_key(&json, "permission");
		json_put_text(&json, permit_name(permit));
		json_put_key(&json, "roles");
		json_begin_array(&json);
		if (permit_is_public(permit))
			json_put_text(&json, "public");
		for (enum role role = 0; role < ROLES; role++)
			if (permit_has_role(permit, role))
				json_put_text(&json, role_code(role));
		json_end(&json);
		json_end(&json);
	}
	json_end(&json);
	puts(buf_cstr(&out));
}

static void print_table(const struct route *const *routes, size_t n)
{
	printf("%-5s %-6s %-44s %-18s public", "", "", "", "");
	for (enum role role = 0; role < ROLES; role++)
		printf(" %s", role_code(role));
	putchar('\n');
	for (size_t i = 0; i < n; i++) {
		enum permit permit = (enum permit)routes[i]->permission;

		printf("%-5s %-6s %-44s %-18s %-6s", method_of(routes[i]), classes[routes[i]->class], routes[i]->path, permit_name(permit),
			permit_is_public(permit) ? "x" : "-");
		for (enum role role = 0; role < ROLES; role++)
			printf(" %-*s", (int)strlen(role_code(role)), permit_has_role(permit, role) ? "x" : "-");
		putchar('\n');
	}
}

int permissions_run(struct app *app, const struct arguments *args)
{
	const struct route **routes;
	size_t n = 0;

	for (size_t t = 0; t < route_tables_n; t++)
		n += route_tables[t]->n;
	routes = ARENA_ARRAY(app->arena, const struct route *, n);
	n = 0;
	for (size_t t = 0; t < route_tables_n; t++)
		for (size_t i = 0; i < route_tables[t]->n; i++)
			routes[n++] = &route_tables[t]->at[i];
	qsort(routes, n, sizeof *routes, by_path);
	if (*argument_option(args, "json"))
		print_json(routes, n, app->arena);
	else
		print_table(routes, n);
	return EXIT_DONE;
}
