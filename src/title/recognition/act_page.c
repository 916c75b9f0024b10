#include "title/recognition/act_page.h"

#include <string.h>

#include "act_page_html.h"
#include "base/id.h"
#include "title/recognition/recognition_messages.h"

static bool is_line(const struct field_def *f)
{
	return f->type != FIELD_id && f->type != FIELD_texts && f->type != FIELD_version;
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
	act->back_label = act->back_label ? act->back_label : "Thôi, quay lại";
}

static const struct field *field_named(const struct form_def *def, const struct field *fields, const char *name)
{
	for (size_t i = 0; i < def->n; i++)
		if (!strcmp(def->fields[i].name, name))
			return &fields[i];
	return NULL;
}

static const struct field_option *kind_options(struct arena *a, const char *chosen)
{
	struct field_option *options = ARENA_ARRAY(a, struct field_option, exception_kinds.n);

	for (size_t i = 0; i < exception_kinds.n; i++)
		options[i] = (struct field_option){ exception_kinds.at[i].code, exception_kinds.at[i].label, "",
			!strcmp(exception_kinds.at[i].code, chosen) };
	return options;
}

static const char *who_has(struct request *req, const char *typed)
{
	char code[CODE_MAX + 1];
	struct sheet_key key;
	struct person person;

	if (!code_read(typed, code, CODE_SHEET_LEN) || sheet_by_code(&req->ask, code, &key) != OK ||
	    person_get(&req->ask, key.person_id, &person) != OK)
		return "";
	return person.name;
}

void act_exceptions(struct request *req, const struct form_def *def, const void *values, size_t n, bool kinds,
	struct act_page *act)
{
	struct arena *a = req->ask.arena;
	struct field *fields = ARENA_ARRAY(a, struct field, def->n);
	struct exception_line *rows = ARENA_ARRAY(a, struct exception_line, n);
	const struct field *code, *why, *kind;

	request_form(req, def, values, fields);
	code = field_named(def, fields, "code");
	why = field_named(def, fields, "why");
	kind = field_named(def, fields, "kind");
	for (size_t i = 0; i < n; i++)
		rows[i] = (struct exception_line){ arena_format(a, "code_%zu", i + 1), code->values[i], code->errors[i],
			arena_format(a, "why_%zu", i + 1), why->values[i], why->errors[i], who_has(req, code->values[i]),
			arena_format(a, "kind_%zu", i + 1), arena_format(a, "Người thứ %zu", i + 1), kinds ? kind_options(a,
			kind->values[i]) : NULL,
			kinds ? exception_kinds.n : 0 };
	act->exceptions = rows;
	act->n_exceptions = n;
}

OUTCOME act_read_exceptions(struct request *req, int64_t round_id, const struct text_list *codes, const struct text_list *kinds,
	const struct text_list *whys, struct exceptions *out)
{
	out->n = 0;
	for (size_t i = 0; i < codes->n && i < EXCEPTIONS_MAX; i++) {
		char code[CODE_MAX + 1];
		struct sheet_key key = { 0 };
		enum outcome found = NOT_FOUND;

		if (!*codes->at[i])
			continue;
		if (code_read(codes->at[i], code, CODE_SHEET_LEN))
			found = sheet_by_code(&req->ask, code, &key);
		if (found == FAILED)
			return FAILED;
		if (found != OK || key.round_id != round_id)
			problem(req->ask.problems, arena_format(req->ask.arena, "code_%zu", i + 1), EXCEPTION_UNKNOWN);
		out->at[out->n++] = (struct exception){ found == OK ? key.person_id : 0, kinds && i < kinds->n
			&& !strcmp(kinds->at[i],
			"tra_lai") ? EXCEPTION_SENT_BACK
			: EXCEPTION_NOT_MET, i < whys->n ? whys->at[i] : "", i + 1 };
	}
	return OK;
}

OUTCOME act_show(struct request *req, struct act_page *act)
{
	struct buf page = BUF(req->ask.arena, .max = 2 * MiB);

	act_page_html(&page, act);
	return respond_html(req, HTTP_OK, &page);
}
