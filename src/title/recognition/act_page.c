#include "title/recognition/act_page.h"

#include <string.h>

#include "act_page_html.h"
#include "base/id.h"
#include "title/recognition/recognition_messages.h"

static bool is_line(const struct field_def *f)
{
	return f->type != FIELD_id && f->type != FIELD_version;
}

static struct form_line line_of(const struct field_def *f, const struct field *field)
{
	return (struct form_line){ *field, f->type == FIELD_text, f->type == FIELD_lines, f->type == FIELD_day,
		f->type == FIELD_whole || f->type == FIELD_number, f->type == FIELD_choice, f->type == FIELD_files };
}

void act_lines(struct request *req, const struct form_def *def, const void *values, struct act_page *act)
{
	struct field *fields = ARENA_ARRAY(req->ask.arena, struct field, def->n);
	struct form_line *lines = ARENA_ARRAY(req->ask.arena, struct form_line, def->n);

	request_form(req, def, values, fields);
	act->n_lines = 0;
	for (size_t i = 0; i < def->n; i++) {
		const struct field_def *f = &def->fields[i];

		if (is_line(f))
			lines[act->n_lines++] = line_of(f, &fields[i]);
		else if (f->type == FIELD_version)
			act->version = fields[i].value;
	}
	act->lines = lines;
	act->version = act->version ? act->version : "";
	act->lead = act->lead ? act->lead : "";
	act->left.heading = act->left.heading ? act->left.heading : "";
	act->back_label = act->back_label ? act->back_label : "Thôi, quay lại";
}

OUTCOME act_show(struct request *req, struct act_page *act)
{
	struct buf page = BUF(req->ask.arena, .max = 2 * MiB);

	act_page_html(&page, act);
	return respond_html(req, HTTP_OK, &page);
}
