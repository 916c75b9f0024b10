/* The walk over a declared form. Members stand in the struct in declared order, so an offset is the running sum of sizes
 * rounded up to each alignment; form_check compares the end with sizeof and refuses to start when they differ.
 * Rejected: offsetof in the descriptor; the macro list would have to name the struct, and the list exists before it. */
#include "http/form.h"

#include <stdalign.h>
#include <string.h>

#include "base/bug.h"
#include "base/day.h"
#include "base/id.h"
#include "base/log.h"
#include "http/form_messages.h"

#define TYPE(kind) [FIELD_##kind] = { sizeof(form_##kind##_t), alignof(form_##kind##_t) }
static const struct { size_t size, align; } types[] = {
	TYPE(id), TYPE(whole), TYPE(number), TYPE(text), TYPE(lines), TYPE(secret), TYPE(day), TYPE(date), TYPE(flag),
	TYPE(choice),
	TYPE(code), TYPE(digits), TYPE(ids), TYPE(numbers), TYPE(texts), TYPE(files), TYPE(version),
};

const struct form_def no_form_def = { "no_form", sizeof(struct no_form), 0, NULL };

static size_t round_up(size_t n, size_t align)
{
	return (n + align - 1) / align * align;
}

size_t form_offset(const struct form_def *def, const struct field_def *field)
{
	size_t at = 0;

	for (const struct field_def *f = def->fields;; f++) {
		at = round_up(at, types[f->type].align);
		if (f == field)
			return at;
		at += types[f->type].size;
	}
}

static size_t whole_size(const struct form_def *def)
{
	size_t at = 0, align = 1;

	for (size_t i = 0; i < def->n; i++) {
		enum field_type type = def->fields[i].type;

		align = types[type].align > align ? types[type].align : align;
		at = round_up(at, types[type].align) + types[type].size;
	}
	return round_up(at, align);
}

static const char *wrong_with(const struct field_def *f)
{
	if (!f->label || !*f->label)
		return "has no label";
	switch (f->type) {
	case FIELD_whole: case FIELD_number: case FIELD_numbers:
		return f->min < f->max ? NULL : "needs .min below .max";
	case FIELD_text: case FIELD_lines: case FIELD_texts:
		return f->max > 0 ? NULL : "needs .max characters";
	case FIELD_secret: case FIELD_digits:
		return f->max > 0 && f->min <= f->max ? NULL : "needs .min and .max";
	case FIELD_choice:
		return f->choices && f->choices->n ? NULL : "needs .choices";
	case FIELD_code:
		return f->len > 1 && f->len <= CODE_MAX ? NULL : "needs .len";
	case FIELD_ids:
		return f->max > 0 && f->max <= FORM_IDS ? NULL : "needs .max up to FORM_IDS";
	case FIELD_id: case FIELD_day: case FIELD_date: case FIELD_flag: case FIELD_files: case FIELD_version:
		break;
	}
	return NULL;
}

bool form_check(const struct form_def *def)
{
	if (!def->n)
		return true;
	if (def->n > FORM_FIELDS || whole_size(def) != def->size) {
		log_line(LOG_ERROR, "", "form", "%s: %zu fields make %zu bytes, the struct has %zu", def->name, def->n,
			whole_size(def), def->size);
		return false;
	}
	for (size_t i = 0; i < def->n; i++) {
		const struct field_def *f = &def->fields[i];
		const char *wrong = form_field(def, f->name) == f ? wrong_with(f) : "stands twice";

		if (!wrong)
			continue;
		log_line(LOG_ERROR, "", "form", "%s.%s %s", def->name, f->name, wrong);
		return false;
	}
	return true;
}

const struct field_def *form_field(const struct form_def *def, const char *name)
{
	for (size_t i = 0; i < def->n; i++)
		if (!strcmp(def->fields[i].name, name))
			return &def->fields[i];
	return NULL;
}

/* One field being read: `name` and `label` are the item's own for name_1 … name_20. */
struct reading {
	struct arena *arena;
	const struct input *in;
	struct problems *problems;
	const struct field_def *field;
	const char *name, *label;
	enum input_from from;
};

static void wrong(struct reading *r, const char *text)
{
	problem(r->problems, r->name, text);
}

static bool is_space(const char *s, size_t *len)
{
	if (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r')
		*len = 1;
	else if (!memcmp(s, "\xc2\xa0", *s ? 2 : 1))         /* no-break space, as pasted from web pages */
		*len = 2;
	else
		return false;
	return true;
}

static const char *trim(struct arena *arena, const char *text)
{
	const char *end;
	size_t step;

	while (is_space(text, &step))
		text += step;
	end = text + strlen(text);
	for (;;) {
		if (end > text && is_space(end - 1, &step) && step == 1)
			end--;
		else if (end - text > 1 && is_space(end - 2, &step) && step == 2)
			end -= 2;
		else
			return arena_textn(arena, text, (size_t)(end - text));
	}
}

static const char *plain_lines(struct arena *arena, const char *text)
{
	char *copy = (char *)arena_text(arena, text), *to = copy;

	for (const char *c = copy; *c; c++) {
		if (*c == '\r' && c[1] == '\n')
			continue;
		*to++ = *c == '\r' ? '\n' : *c;
	}
	*to = '\0';
	return copy;
}

/* The one value of r->name, cleaned, trimmed; "" when absent or when a problem was added. */
static const char *typed(struct reading *r)
{
	bool lines = r->field->type == FIELD_lines;
	size_t count;
	const char *raw = input_value(r->in, r->from, r->name, &count), *text;

	if (!raw)
		return "";
	if (count > 1) {
		wrong(r, say_twice(r->arena, r->label));
		return "";
	}
	text = r->field->type == FIELD_secret ? raw : trim(r->arena, raw);
	if (lines)
		text = plain_lines(r->arena, text);
	text = (r->in->clean ? r->in->clean : clean_check)(r->arena, text, lines);
	if (!text) {
		wrong(r, say_unreadable(r->arena, r->label));
		return "";
	}
	return text;
}

/* Digits, a sign, and thousands in whole groups: 1500, -3, 1.500, 12 000. */
static bool read_whole(const char *s, int64_t *out)
{
	bool negative = *s == '-', grouped = false;
	int digits = 0, group = 0;
	int64_t n = 0;

	for (s += negative; *s; s++) {
		if ((*s == '.' || *s == ' ') && group > 0 && group <= 3 && (!grouped || group == 3)) {
			grouped = true;
			group = 0;
			continue;
		}
		if (*s < '0' || *s > '9' || ++digits > 16)
			return false;
		group++;
		n = n * 10 + (*s - '0');
	}
	*out = negative ? -n : n;
	return digits > 0 && (!grouped || group == 3);
}

static bool read_bounded(struct reading *r, const char *text, int64_t *out)
{
	int64_t n;

	if (!read_whole(text, &n)) {
		wrong(r, say_not_whole(r->arena, r->label));
		return false;
	}
	if (n < r->field->min || n > r->field->max) {
		wrong(r, say_out_of_range(r->arena, r->label, n, r->field->min, r->field->max));
		return false;
	}
	*out = n;
	return true;
}

static bool read_count(const char *text, int64_t *out)
{
	int64_t n = 0;
	int digits = 0;

	for (; *text; text++) {
		if (*text < '0' || *text > '9' || ++digits > 16)
			return false;
		n = n * 10 + (*text - '0');
	}
	*out = n;
	return n < (int64_t)1 << 53;
}

static bool read_id(const char *text, int64_t *out)
{
	return read_count(text, out) && *out >= 1;
}

static const char *bounded_text(struct reading *r, const char *text)
{
	size_t n = utf8_count(text);

	if (n > (size_t)r->field->max) {
		wrong(r, say_too_long(r->arena, r->label, n - (size_t)r->field->max, r->field->max));
		return "";
	}
	if (r->field->type == FIELD_secret && n < (size_t)r->field->min) {
		wrong(r, say_too_short(r->arena, r->label, (size_t)r->field->min - n, r->field->min));
		return "";
	}
	return text;
}

/* Day, month and year as typed, or ISO; "" when it is no date of the calendar. Two-digit years are not guessed. */
static const char *read_date(struct arena *arena, const char *text)
{
	int part[3] = { 0 }, digits[3] = { 0 }, n = 0;
	char separator = '\0';
	const char *iso;

	for (; *text; text++) {
		if (*text >= '0' && *text <= '9') {
			if (++digits[n] > 4)
				return "";
			part[n] = part[n] * 10 + (*text - '0');
		} else if ((*text == '/' || *text == '-' || *text == '.') && digits[n] && n < 2 &&
			(!separator || separator == *text)) {
			separator = *text;
			n++;
		} else {
			return "";
		}
	}
	if (n == 0 && digits[0] == 4)
		iso = arena_format(arena, "%04d", part[0]);
	else if (n == 1 && digits[0] == 4 && digits[1] == 2 && separator == '-')
		iso = arena_format(arena, "%04d-%02d", part[0], part[1]);
	else if (n == 1 && digits[0] <= 2 && digits[1] == 4)
		iso = arena_format(arena, "%04d-%02d", part[1], part[0]);
	else if (n == 2 && digits[0] == 4 && digits[1] == 2 && digits[2] == 2 && separator == '-')
		iso = arena_format(arena, "%04d-%02d-%02d", part[0], part[1], part[2]);
	else if (n == 2 && digits[0] <= 2 && digits[1] && digits[1] <= 2 && digits[2] == 4)
		iso = arena_format(arena, "%04d-%02d-%02d", part[2], part[1], part[0]);
	else
		return "";
	return day_is_valid(iso) ? iso : "";
}

static const char *read_digits(struct reading *r, const char *text)
{
	char *out = arena_alloc(r->arena, strlen(text) + 1);
	size_t n = 0;

	for (; *text; text++) {
		if (*text == ' ' || *text == '.' || *text == '-')
			continue;
		if (*text < '0' || *text > '9') {
			wrong(r, say_not_digits(r->arena, r->label));
			return "";
		}
		out[n++] = *text;
	}
	if (n < (size_t)r->field->min || n > (size_t)r->field->max) {
		wrong(r, say_digits_count(r->arena, r->label, n, r->field->min, r->field->max));
		return "";
	}
	return out;
}

/* A text-like field that is not empty, by its type. */
static const char *read_text(struct reading *r, const char *text)
{
	const char *read;
	char code[CODE_MAX + 1];

	switch ((int)r->field->type) {
	case FIELD_day:
	case FIELD_date:
		read = read_date(r->arena, text);
		if (!*read || (r->field->type == FIELD_day && !day_is_whole(read))) {
			wrong(r, r->field->type == FIELD_day ? say_not_day(r->arena, r->label) :
				say_not_date(r->arena, r->label));
			return "";
		}
		return read;
	case FIELD_code:
		if (code_read(text, code, r->field->len))
			return arena_text(r->arena, code);
		wrong(r, say_not_code(r->arena, r->label, r->field->len));
		return "";
	case FIELD_digits:
		return read_digits(r, text);
	default:
		return bounded_text(r, text);
	}
}

static int read_choice(struct reading *r, const char *text)
{
	for (size_t i = 0; i < r->field->choices->n; i++)
		if (!strcmp(r->field->choices->at[i].code, text))
			return (int)i;
	wrong(r, say_not_choice(r->arena, r->label));
	return -1;
}

/* A tick counts when any value of the name says so: pages may pair it with a hidden 0. */
static bool read_flag(const struct reading *r)
{
	for (size_t i = 0; i < r->in->n; i++) {
		const struct pair *p = &r->in->pairs[i];

		if (p->from == r->from && !strcmp(p->name, r->name) && *p->value && strcmp(p->value, "0") != 0)
			return true;
	}
	return false;
}

static struct id_list read_ids(struct reading *r)
{
	size_t n = 0, count, max = (size_t)r->field->max;
	int64_t *ids;

	input_value(r->in, r->from, r->name, &count);
	if (count > max) {
		wrong(r, say_too_many(r->arena, r->label, max));
		return (struct id_list){ 0 };
	}
	ids = ARENA_ARRAY(r->arena, int64_t, count);
	for (size_t i = 0; i < r->in->n; i++) {
		const struct pair *p = &r->in->pairs[i];

		if (p->from != r->from || strcmp(p->name, r->name) != 0)
			continue;
		if (!read_id(p->value, &ids[n++])) {
			wrong(r, say_not_id(r->arena, r->label));
			return (struct id_list){ 0 };
		}
	}
	if (!n && !r->field->optional)
		wrong(r, say_missing(r->arena, r->label, FIELD_ids));
	return (struct id_list){ n, ids };
}

/* name_1 … name_20: each is read as a field of its own, with its own problem. */
static void read_list(struct reading *r, void *member)
{
	struct maybe_list *numbers = member;
	struct text_list *texts = member;
	const char *name = r->name, *label = r->label;
	bool is_text = r->field->type == FIELD_texts, any = false;
	size_t n = 0;

	for (size_t i = 0; i < FORM_LIST; i++) {
		const char *text;

		r->name = arena_format(r->arena, "%s_%zu", name, i + 1);
		r->label = arena_format(r->arena, "%s %zu", label, i + 1);
		text = typed(r);
		if (is_text)
			texts->at[i] = *text ? bounded_text(r, text) : "";
		else if (*text)
			numbers->at[i].is = read_bounded(r, text, &numbers->at[i].value);
		if (input_value(r->in, r->from, r->name, NULL))
			n = i + 1;
		any = any || *text || *problem_of(r->problems, r->name);
	}
	if (is_text)
		texts->n = n;
	else
		numbers->n = n;
	r->name = name;
	r->label = label;
	if (!any && !r->field->optional)
		wrong(r, say_missing(r->arena, label, r->field->type));
}

static struct upload_list read_files(struct reading *r)
{
	struct upload *uploads = ARENA_ARRAY(r->arena, struct upload, INPUT_UPLOADS);
	size_t n = 0;

	for (size_t i = 0; i < r->in->n_uploads; i++)
		if (!strcmp(r->in->uploads[i].field, r->name))
			uploads[n++] = r->in->uploads[i].upload;
	return (struct upload_list){ n, uploads };
}

static void read_single(struct reading *r, void *member)
{
	enum field_type type = r->field->type;
	size_t before = r->problems->n;
	const char *text = typed(r);

	if (!*text) {
		if (!r->field->optional && type != FIELD_number && r->problems->n == before)
			wrong(r, say_missing(r->arena, r->label, type));
		if (type == FIELD_choice)
			*(int *)member = -1;
		else if (type != FIELD_id && type != FIELD_version && type != FIELD_whole && type != FIELD_number)
			*(const char **)member = "";
		return;
	}
	if (type == FIELD_id) {
		if (!read_id(text, member)) {
			*(int64_t *)member = 0;
			wrong(r, say_not_id(r->arena, r->label));
		}
	} else if (type == FIELD_version) {
		if (!read_count(text, member)) {
			*(int64_t *)member = 0;
			wrong(r, say_not_id(r->arena, r->label));
		}
	} else if (type == FIELD_whole) {
		(void)read_bounded(r, text, member);
	} else if (type == FIELD_number) {
		struct maybe *number = member;

		number->is = read_bounded(r, text, &number->value);
	} else if (type == FIELD_choice) {
		*(int *)member = read_choice(r, text);
	} else {
		*(const char **)member = read_text(r, text);
	}
}

static void read_field(struct reading *r, void *member)
{
	switch (r->field->type) {
	case FIELD_flag:
		*(bool *)member = read_flag(r);
		break;
	case FIELD_ids:
		*(struct id_list *)member = read_ids(r);
		break;
	case FIELD_numbers: case FIELD_texts:
		read_list(r, member);
		break;
	case FIELD_files:
		*(struct upload_list *)member = read_files(r);
		break;
	case FIELD_id: case FIELD_version: case FIELD_whole: case FIELD_number: case FIELD_text: case FIELD_lines: case FIELD_secret:
	case FIELD_day: case FIELD_date: case FIELD_choice: case FIELD_code: case FIELD_digits:
		read_single(r, member);
		break;
	}
}

/* The path wins; a posted body wins over the query of its address. */
static enum input_from source_of(const struct input *in, const char *name)
{
	size_t len = strlen(name);

	if (input_value(in, FROM_PATH, name, NULL))
		return FROM_PATH;
	for (size_t i = 0; i < in->n; i++)
		if (in->pairs[i].from == FROM_BODY && !strncmp(in->pairs[i].name, name, len) &&
			(!in->pairs[i].name[len] || in->pairs[i].name[len] == '_'))
			return FROM_BODY;
	return FROM_QUERY;
}

OUTCOME form_parse(const struct form_def *def, const struct input *in, struct problems *problems, const void **out)
{
	char *values;

	*out = NULL;
	if (!def->n)
		return OK;
	*out = values = arena_alloc(in->arena, def->size);
	for (size_t i = 0; i < def->n; i++) {
		const struct field_def *f = &def->fields[i];
		struct reading r = { in->arena, in, problems, f, f->name, f->label, source_of(in, f->name) };
		size_t before = problems->n;

		read_field(&r, values + form_offset(def, f));
		if (r.from == FROM_PATH && problems->n > before)
			return NOT_FOUND;
	}
	return problems_none(problems) ? OK : INVALID;
}

OUTCOME form_from_query(struct arena *arena, const struct form_def *def, const char *query, struct problems *problems,
	const void **out)
{
	struct input in = { .arena = arena };

	*out = NULL;
	if (input_urlencoded(&in, FROM_QUERY, query, strlen(query), INPUT_QUERY_PAIRS) != INPUT_OK)
		return INVALID;
	return form_parse(def, &in, problems, out);
}
