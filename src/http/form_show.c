/* From values back to a page: what was just typed when this form was sent, else what the store has. */
#include "http/form.h"

#include <string.h>

#include "http/parts.h"
#include "http/route.h"

static const char *format_date(struct arena *arena, const char *iso)
{
	size_t len = strlen(iso);

	if (len == 10)
		return arena_format(arena, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
	if (len == 7)
		return arena_format(arena, "%.2s/%.4s", iso + 5, iso);
	return iso;
}

const char *form_format(struct arena *arena, const struct field_def *f, const void *member)
{
	const struct maybe *number = member;
	const char *text;

	switch (f->type) {
	case FIELD_id:
		return *(const int64_t *)member ? arena_format(arena, "%lld", *(const long long *)member) : "";
	case FIELD_whole: case FIELD_version:
		return arena_format(arena, "%lld", *(const long long *)member);
	case FIELD_number:
		return number->is ? arena_format(arena, "%lld", (long long)number->value) : "";
	case FIELD_choice:
		return *(const int *)member >= 0 ? f->choices->at[*(const int *)member].code : "";
	case FIELD_day: case FIELD_date:
		text = *(const char *const *)member;
		return text ? format_date(arena, text) : "";
	case FIELD_text: case FIELD_lines: case FIELD_code: case FIELD_digits:
		text = *(const char *const *)member;
		return text ? text : "";
	case FIELD_secret: case FIELD_flag: case FIELD_ids: case FIELD_numbers: case FIELD_texts: case FIELD_files:
		break;
	}
	return "";
}

static void show_options(struct arena *arena, const struct field_def *f, struct field *out)
{
	struct field_option *options = ARENA_ARRAY(arena, struct field_option, f->choices->n);

	for (size_t i = 0; i < f->choices->n; i++) {
		const struct choice *c = &f->choices->at[i];

		options[i] = (struct field_option){ c->code, c->label, "", !strcmp(c->code, out->value) };
	}
	out->options = options;
	out->n_options = f->choices->n;
}

static struct field blank(const struct field_def *f)
{
	struct field out = { .name = f->name, .label = f->label, .hint = f->hint ? f->hint : "", .value = "", .error = "",
		.stored = "", .optional = f->optional, .max = f->max };

	for (size_t i = 0; i < FORM_LIST; i++)
		out.values[i] = out.errors[i] = "";
	return out;
}

static void show_stored(struct arena *arena, const struct field_def *f, const void *member, struct field *out)
{
	out->value = form_format(arena, f, member);
	if (f->type == FIELD_flag)
		out->ticked = *(const bool *)member;
	for (size_t i = 0; i < FORM_LIST; i++) {
		const struct maybe_list *numbers = member;
		const struct text_list *texts = member;

		if (f->type == FIELD_numbers && numbers->at[i].is)
			out->values[i] = arena_format(arena, "%lld", (long long)numbers->at[i].value);
		if (f->type == FIELD_texts && texts->at[i])
			out->values[i] = texts->at[i];
	}
}

/* A typed value as it may stand on a page again; what cannot be read is left out. */
static const char *typed_again(const struct input *in, const char *name, bool lines)
{
	static const enum input_from order[] = { FROM_PATH, FROM_BODY, FROM_QUERY };

	for (size_t i = 0; i < COUNT(order); i++) {
		const char *raw = input_value(in, order[i], name, NULL), *clean;

		if (!raw)
			continue;
		if (lines) {
			char *copy = (char *)arena_text(in->arena, raw), *to = copy;

			for (const char *c = copy; *c; c++)
				if (*c != '\r')
					*to++ = *c;
			*to = '\0';
			raw = copy;
		}
		clean = (in->clean ? in->clean : clean_check)(in->arena, raw, lines);
		return clean ? clean : "";
	}
	return "";
}

static void show_typed(const struct input *in, const struct field_def *f, const struct problems *problems, struct field *out)
{
	if (f->type == FIELD_numbers || f->type == FIELD_texts) {
		for (size_t i = 0; i < FORM_LIST; i++) {
			const char *name = arena_format(in->arena, "%s_%zu", f->name, i + 1);

			out->values[i] = typed_again(in, name, false);
			out->errors[i] = problem_of(problems, name);
			if (!*out->error)
				out->error = out->errors[i];
		}
	} else if (f->type != FIELD_secret && f->type != FIELD_files && f->type != FIELD_ids) {
		out->value = typed_again(in, f->name, f->type == FIELD_lines);
		out->ticked = f->type == FIELD_flag && *out->value && strcmp(out->value, "0") != 0;
	}
	if (*problem_of(problems, f->name))
		out->error = problem_of(problems, f->name);
}

/* Sent just now: a post of this form, or a GET whose query has one of its fields. */
static bool is_sent(const struct request *req, const struct form_def *def)
{
	if (!req->route || req->route->form != def || !req->input)
		return false;
	if (req->is_post)
		return true;
	for (size_t i = 0; i < req->input->n; i++)
		if (req->input->pairs[i].from == FROM_QUERY && form_field(def, req->input->pairs[i].name))
			return true;
	return false;
}

static void show(struct arena *arena, const struct form_def *def, const void *values, const struct request *sent, void *view)
{
	struct field *fields = view;

	for (size_t i = 0; i < def->n; i++) {
		const struct field_def *f = &def->fields[i];

		fields[i] = blank(f);
		if (sent)
			show_typed(sent->input, f, sent->ask.problems, &fields[i]);
		else if (values)
			show_stored(arena, f, (const char *)values + form_offset(def, f), &fields[i]);
		if (f->type == FIELD_choice)
			show_options(arena, f, &fields[i]);
	}
}

void request_form(struct request *req, const struct form_def *def, const void *values, void *view)
{
	bool sent = is_sent(req, def);

	show(req->ask.arena, def, values, sent ? req : NULL, view);
	if (sent && req->is_post)
		stale_tell(req, def, values, view);
}

void form_show(struct arena *arena, const struct form_def *def, const void *values, void *view)
{
	show(arena, def, values, NULL, view);
}
