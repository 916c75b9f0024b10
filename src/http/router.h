/* router.h: from a path to its row. Built once at start; a broken or doubled row stops the start. */
#ifndef HTTP_ROUTER_H
#define HTTP_ROUTER_H

#include "http/input.h"
#include "http/route.h"

enum { ALLOW_GET = 1, ALLOW_POST = 2 };

struct router_row {
	const struct route *route;
	size_t n, index;                 /* index: in router.routes */
	struct { const char *text; bool is_parameter; } at[PATH_SEGMENTS];
	struct router_row *next;
};
struct router {
	struct router_row *by_count[PATH_SEGMENTS + 1];          /* literal segments before parameters */
	const struct route **routes;
	size_t n_routes;
};

/* False with the reason logged: a form declared wrongly, a parameter without a field, two rows alike, SEES of no id. */
bool router_build(struct arena *, const struct route_table *, size_t n, struct router *out);
/* NULL when none answers this method; *allow then says which methods the path has (0: no such path). */
const struct router_row *router_find(const struct router *, enum route_method, const struct segments *, unsigned *allow);
/* The values of {parameters} into the input, FROM_PATH. */
void router_capture(const struct router_row *, const struct segments *, struct input *);

#endif
