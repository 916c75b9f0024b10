/* A form that comes back after somebody else saved: what was typed stays, and each field that differs says what is stored by now.
 *
 * Compared is what a person reads, typed against stored, as form_format writes both: "20/5/1961" and "1961-05-20" are one day.
 * Rejected: comparing with what the page first showed, in hidden fields; every form would grow twice as large, and what a person
 * must decide is between what they typed and what is there now, whoever wrote it. */
#include <string.h>

#include "http/form.h"
#include "http/form_messages.h"
#include "http/messages.h"
#include "http/parts.h"
#include "http/route.h"

static const struct field_def *version_of(const struct form_def *def)
{
	for (size_t i = 0; i < def->n; i++)
		if (def->fields[i].type == FIELD_version)
			return &def->fields[i];
	return NULL;
}

bool form_has_version(const struct form_def *def)
{
	return version_of(def);
}

static const void *member_of(const struct form_def *def, const struct field_def *f, const void *values)
{
	return (const char *)values + form_offset(def, f);
}

/* The value as a person reads it: a choice by its label. */
static const char *words_of(struct arena *arena, const struct field_def *f, const void *member)
{
	if (f->type == FIELD_choice)
		return *(const int *)member >= 0 ? f->choices->at[*(const int *)member].label : "";
	if (f->type == FIELD_flag)
		return *(const bool *)member ? "có đánh dấu" : "không đánh dấu";
	return form_format(arena, f, member);
}

/* A field that is wrong besides says both: sent again, it is not late any more. */
static void say(struct request *req, const char *name, const char *label, const char *stored)
{
	const char *text = say_stored(req->ask.arena, label, stored);
	struct problem *p = req->ask.problems->first;

	while (p && strcmp(p->field, name) != 0)
		p = p->next;
	if (!p)
		problem(req->ask.problems, name, text);
	else if (!strstr(p->text, text))
		p->text = arena_format(req->ask.arena, "%s %s", p->text, text);
}

static void tell(struct request *req, const char *name, const char *label, const char *stored, const char *typed)
{
	if (strcmp(stored, typed) != 0)
		say(req, name, label, stored);
}

static const char *item_text(struct arena *arena, const struct field_def *f, const void *member, size_t i)
{
	const struct maybe_list *numbers = member;
	const struct text_list *texts = member;

	if (f->type == FIELD_texts)
		return texts->at[i] ? texts->at[i] : "";
	return numbers->at[i].is ? arena_format(arena, "%lld", (long long)numbers->at[i].value) : "";
}

static void tell_items(struct request *req, const struct field_def *f, const void *stored, const void *typed)
{
	struct arena *a = req->ask.arena;

	for (size_t i = 0; i < FORM_LIST; i++)
		tell(req, arena_format(a, "%s_%zu", f->name, i + 1), arena_format(a, "%s %zu", f->label, i + 1),
			item_text(a, f, stored, i), item_text(a, f, typed, i));
}

static void tell_field(struct request *req, const struct field_def *f, const void *stored, const void *typed, struct field *view)
{
	struct arena *a = req->ask.arena;

	switch (f->type) {
	case FIELD_version: case FIELD_secret: case FIELD_ids: case FIELD_files:
		return;
	case FIELD_id:                           /* its page knows the name: request_stored_option */
		if (*(const int64_t *)stored != *(const int64_t *)typed)
			view->stored = *(const int64_t *)stored ? form_format(a, f, stored) : "0";
		return;
	case FIELD_numbers: case FIELD_texts:
		tell_items(req, f, stored, typed);
		return;
	case FIELD_whole: case FIELD_number: case FIELD_text: case FIELD_lines: case FIELD_day: case FIELD_date: case FIELD_flag:
	case FIELD_choice: case FIELD_code: case FIELD_digits:
		tell(req, f->name, f->label, words_of(a, f, stored), words_of(a, f, typed));
	}
}

void stale_tell(struct request *req, const struct form_def *def, const void *values, struct field *view)
{
	const struct field_def *version = version_of(def);
	struct arena *a = req->ask.arena;

	if (!version || !req->form || !values ||
	    *(const int64_t *)member_of(def, version, values) == *(const int64_t *)member_of(def, version, req->form))
		return;
	req->stale = true;
	if (!*problem_of(req->ask.problems, ""))
		problem(req->ask.problems, "", message_stale);
	for (size_t i = 0; i < def->n; i++) {
		const struct field_def *f = &def->fields[i];

		if (!f->once)
			tell_field(req, f, member_of(def, f, values), member_of(def, f, req->form), &view[i]);
	}
	view[version - def->fields].value = form_format(a, version, member_of(def, version, values));
}

void request_stored_option(struct request *req, struct field *field)
{
	const char *label = "";

	if (!*field->stored)
		return;
	for (size_t i = 0; i < field->n_options; i++)
		if (!strcmp(field->options[i].value, field->stored))
			label = field->options[i].label;
	say(req, field->name, field->label, label);
}
