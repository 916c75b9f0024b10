/* A form that was kept when its session had ended, made ready to be shown and sent again. */
#include <string.h>

#include "http/parts.h"

static const struct router_row *find_row(const struct server *s, enum route_method method, struct arena *arena, const char *path,
	struct segments *segments)
{
	unsigned allow;

	return input_path(arena, path, strlen(path), segments) ? router_find(&s->router, method, segments, &allow) : NULL;
}

const struct route *server_route(const struct server *s, enum route_method method, struct arena *arena, const char *path)
{
	struct segments segments;
	const struct router_row *row = find_row(s, method, arena, path, &segments);

	return row ? row->route : NULL;
}

static void read_ids(const struct input *in, struct again_field *f)
{
	const char **ids = ARENA_ARRAY(in->arena, const char *, in->n);

	for (size_t i = 0; i < in->n; i++)
		if (in->pairs[i].from == FROM_BODY && !strcmp(in->pairs[i].name, f->field.name))
			ids[f->n_ids++] = in->pairs[i].value;
	f->ids = ids;
}

static void list_fields(const struct form_def *def, const struct input *in, const struct field *view, struct again *out)
{
	struct again_field *list = ARENA_ARRAY(in->arena, struct again_field, def->n);

	for (size_t i = 0; i < def->n; i++) {
		struct again_field *f = &list[out->n];

		if (input_value(in, FROM_PATH, def->fields[i].name, NULL))
			continue;
		*f = (struct again_field){ .type = def->fields[i].type, .field = view[i] };
		if (f->type == FIELD_ids)
			read_ids(in, f);
		out->n++;
	}
	out->fields = list;
}

OUTCOME request_again(struct request *req, const char *path, const char *fields, struct again *out)
{
	struct arena *arena = req->ask.arena;
	struct input in = { .arena = arena, .headers = req->input->headers, .n_headers = req->input->n_headers, .clean = req->input->clean };
	struct problems none = PROBLEMS(arena);
	struct request sent = *req;
	struct segments segments;
	const struct router_row *row = find_row(req->server, METHOD_POST, arena, path, &segments);
	struct field *view;

	*out = (struct again){ 0 };
	if (!row || input_urlencoded(&in, FROM_BODY, fields, strlen(fields), INPUT_BODY_PAIRS) != INPUT_OK)
		return NOT_FOUND;
	router_capture(row, &segments, &in);
	sent.route = row->route;
	sent.input = &in;
	sent.is_post = true;
	sent.ask.problems = &none;
	view = ARENA_ARRAY(arena, struct field, row->route->form->n);
	request_form(&sent, row->route->form, NULL, view);
	out->route = row->route;
	list_fields(row->route->form, &in, view, out);
	return OK;
}
