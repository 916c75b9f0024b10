/* Rows lie in lists by their number of segments, literals before parameters, so the first that fits is the right one.
 * A hundred and fifty rows make lists of some forty: a microsecond; a tree would be more code for nothing. */
#include "http/router.h"

#include <string.h>

#include "base/log.h"
#include "http/form.h"

static bool row_wrong(const struct route *route, const char *why)
{
	log_line(LOG_ERROR, "", "route", "%s: %s", route->path, why);
	return false;
}

static bool is_literal(const char *s)
{
	return *s && s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-._")] == '\0';
}

static bool split(struct arena *arena, struct router_row *row)
{
	const char *path = row->route->path, *next;

	if (*path != '/')
		return row_wrong(row->route, "does not begin with /");
	if (!path[1])
		return true;
	for (const char *at = path + 1; at; at = next ? next + 1 : NULL) {
		size_t len = strcspn(at, "/");
		bool is_parameter = len > 2 && at[0] == '{' && at[len - 1] == '}';
		const char *text = is_parameter ? arena_textn(arena, at + 1, len - 2) : arena_textn(arena, at, len);

		next = at[len] ? at + len : NULL;
		if (row->n == PATH_SEGMENTS || (!is_parameter && !is_literal(text)))
			return row_wrong(row->route, "has a segment that is neither a-z0-9-._ nor {field}");
		if (is_parameter && !form_field(row->route->form, text))
			return row_wrong(row->route, "has a parameter that its form does not declare");
		row->at[row->n].text = text;
		row->at[row->n++].is_parameter = is_parameter;
	}
	return true;
}

static bool is_sound(const struct route *route)
{
	const struct field_def *seen = route->sees ? form_field(route->form, route->sees) : NULL;

	if (!form_check(route->form))
		return false;
	if (route->sees && (!seen || seen->type != FIELD_id))
		return row_wrong(route, "SEES names no field of type id");
	if (!route->handler || (route->prepare && route->class != ROUTE_WRITE))
		return row_wrong(route, "needs a handler, and prepare only with WRITE");
	return true;
}

/* Below 0: a is more literal and comes first. 0: both fit the same paths. */
static int compare(const struct router_row *a, const struct router_row *b)
{
	for (size_t i = 0; i < a->n; i++) {
		int order = (int)a->at[i].is_parameter - (int)b->at[i].is_parameter;

		if (!order && !a->at[i].is_parameter)
			order = strcmp(a->at[i].text, b->at[i].text);
		if (order)
			return order;
	}
	return (int)a->route->method - (int)b->route->method;
}

static bool add(struct arena *arena, struct router *router, const struct route *route)
{
	struct router_row *row = ARENA_NEW(arena, struct router_row), **at;

	row->route = route;
	if (!is_sound(route) || !split(arena, row))
		return false;
	for (at = &router->by_count[row->n]; *at && compare(*at, row) < 0; at = &(*at)->next)
		;
	if (*at && !compare(*at, row))
		return row_wrong(route, "stands twice");
	row->next = *at;
	*at = row;
	row->index = router->n_routes;
	router->routes[router->n_routes++] = route;
	return true;
}

bool router_build(struct arena *arena, const struct route_table *tables, size_t n, struct router *out)
{
	size_t total = 0;

	*out = (struct router){ 0 };
	for (size_t i = 0; i < n; i++)
		total += tables[i].n;
	out->routes = ARENA_ARRAY(arena, const struct route *, total);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < tables[i].n; j++)
			if (!add(arena, out, &tables[i].at[j]))
				return false;
	return true;
}

static bool fits(const struct router_row *row, const struct segments *path)
{
	for (size_t i = 0; i < row->n; i++)
		if (!row->at[i].is_parameter && strcmp(row->at[i].text, path->at[i]) != 0)
			return false;
	return true;
}

const struct router_row *router_find(const struct router *router, enum route_method method, const struct segments *path,
	unsigned *allow)
{
	*allow = 0;
	for (const struct router_row *row = router->by_count[path->n]; row; row = row->next) {
		if (!fits(row, path))
			continue;
		if (row->route->method == method)
			return row;
		*allow |= row->route->method == METHOD_GET ? ALLOW_GET : ALLOW_POST;
	}
	return NULL;
}

void router_capture(const struct router_row *row, const struct segments *path, struct input *in)
{
	for (size_t i = 0; i < row->n; i++)
		if (row->at[i].is_parameter)
			input_add(in, FROM_PATH, row->at[i].text, path->at[i]);
}
