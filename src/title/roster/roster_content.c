#include "title/roster/roster_content.h"

#include <string.h>

#include "json/json.h"
#include "title/roster/roster_judge.h"

enum { NUMBER_SHOWN = 4, TEXT_MAX = 4000 };

static void put(struct json_out *j, const char *key, const char *value)
{
	if (!value || !*value)
		return;
	json_put_key(j, key);
	json_put_text(j, value);
}

/* Four digits are enough to know a number by. */
static const char *number_end(const char *number)
{
	size_t len = number ? strlen(number) : 0;

	return len > NUMBER_SHOWN ? number + len - NUMBER_SHOWN : number ? number : "";
}

static const char *scores_text(struct arena *a, const struct roster_person *p)
{
	const char *out = "";

	for (int i = 0; i < ROSTER_SCORES; i++)
		out = arena_format(a,
				   p->score_given[i] && p->halves[i] % 2 ? "%s%s%d,5"
				   : p->score_given[i]                   ? "%s%s%d"
									 : "%s%s–",
				   out, i ? " " : "", p->halves[i] / 2);
	return out;
}

/* Whom the row could be. */
static void put_alike(struct json_out *j, const struct roster_row *row)
{
	if (row->n_alike < 2)
		return;
	json_put_key(j, "alike");
	json_begin_array(j);
	for (size_t i = 0; i < row->n_alike; i++) {
		json_begin_object(j);
		json_put_key(j, "id");
		json_put_int(j, row->alike[i].person_id);
		put(j, "name", row->alike[i].name);
		put(j, "birth", row->alike[i].birth);
		put(j, "end", row->alike[i].number_end);
		put(j, "leaf", row->alike[i].leaf);
		json_end(j);
	}
	json_end(j);
}

struct bytes content_write(struct arena *a, const char *sheet, const struct roster_row *row)
{
	struct buf out = BUF(a, .max = 64 * KiB);
	struct json_out j = { .out = &out };

	json_begin_object(&j);
	put(&j, "sheet", sheet);
	json_put_key(&j, "book");
	json_put_int(&j, (int64_t)row->read.sheet);
	json_put_key(&j, "row");
	json_put_int(&j, (int64_t)row->read.row);
	put(&j, "name", row->read.full_name);
	put(&j, "birth", row->read.birth);
	json_put_key(&j, "sex");
	json_put_int(&j, row->read.sex);
	put(&j, "end", number_end(row->read.national_id));
	put(&j, "phone", row->person.phone);
	put(&j, "place", row->place);
	put(&j, "group", row->person.group);
	put(&j, "scores", row->read.has_scores ? scores_text(a, &row->read) : "");
	put(&j, "words", row->words);
	put_alike(&j, row);
	json_end(&j);
	return (struct bytes){ buf_cstr(&out), out.len };
}

static const char *text(const struct json *root, const char *key)
{
	return json_text_or(json_member(root, key), TEXT_MAX, "");
}

static void read_alike(struct arena *a, const struct json *root, struct list_row *out)
{
	const struct json *list = json_member(root, "alike");
	size_t n = json_has(list) ? json_count(list) : 0;
	struct roster_namesake *alike = ARENA_ARRAY(a, struct roster_namesake, n);

	for (size_t i = 0; i < n; i++) {
		const struct json *one = json_item(list, i);

		alike[i] = (struct roster_namesake){ json_int(json_member(one, "id"), 1, INT64_MAX), text(one, "name"),
			text(one, "birth"), text(one, "end"), text(one, "leaf") };
	}
	out->alike = alike;
	out->n_alike = n;
}

OUTCOME content_read(struct ask *ask, struct bytes bytes, struct list_row *out)
{
	struct problems problems = PROBLEMS(ask->arena);
	const struct json *root;

	if (json_parse(ask->arena, bytes, &problems, &root) != OK)
		return FAILED;
	out->sheet = text(root, "sheet");
	out->book = json_int(json_member(root, "book"), 0, INT64_MAX);
	out->row = json_int(json_member(root, "row"), 0, INT64_MAX);
	out->name = text(root, "name");
	out->birth = text(root, "birth");
	out->sex = (enum sex)json_int(json_member(root, "sex"), 0, 2);
	out->number_end = text(root, "end");
	out->phone = text(root, "phone");
	out->place = text(root, "place");
	out->group = text(root, "group");
	out->scores = text(root, "scores");
	out->words = text(root, "words");
	read_alike(ask->arena, root, out);
	return problems_none(&problems) ? OK : FAILED;
}

/* ---- the shape ---- */

static const char *letter_of(struct arena *a, uint32_t i)
{
	return i < 26 ? arena_format(a, "%c", (char)('A' + i))
		      : arena_format(a, "%c%c", (char)('A' + i / 26 - 1), (char)('A' + i % 26));
}

static const char *joined(struct arena *a, const char *list, const char *separator, const char *text)
{
	return !*text ? list : *list ? arena_format(a, "%s%s%s", list, separator, text) : text;
}

/* Of a column that is not read nothing is kept, of a number its end and its length. */
static const char *sample(struct arena *a, enum roster_field field, const char *text)
{
	if (field == ROSTER_IGNORED || !*text)
		return "";
	return field == ROSTER_NATIONAL_ID ? arena_format(a, "…%s, %zu số", number_end(text), strlen(text)) : text;
}

static void put_column(struct arena *a, struct json_out *j, const struct roster_column *c)
{
	const char *samples = "";

	for (int i = 0; i < ROSTER_SAMPLES; i++)
		samples = joined(a, samples, "; ", sample(a, c->field, c->samples[i]));
	json_begin_object(j);
	json_put_key(j, "column");
	json_put_int(j, c->column);
	put(j, "letter", letter_of(a, c->column));
	put(j, "field", roster_field_name(c->field));
	put(j, "proposed", roster_field_name(c->proposed));
	put(j, "heading", c->heading);
	put(j, "word", c->word);
	put(j, "samples", samples);
	json_end(j);
}

static void put_sheet(struct arena *a, struct json_out *j, const struct roster_sheet *s)
{
	const char *header = "", *warnings = "";

	for (size_t i = 0; i < s->n_header_rows; i++)
		header = joined(a, header, " và ", arena_format(a, "%u", s->header_rows[i]));
	for (int w = 0; w < ROSTER_SHEET_WARNINGS; w++)
		if (s->warnings >> w & 1)
			warnings = joined(a, warnings, " ", roster_sheet_code((enum roster_sheet_warning)w));
	json_begin_object(j);
	put(j, "name", s->name);
	put(j, "skipped", s->skipped == ROSTER_USED ? "" : s->skipped == ROSTER_SHEET_HIDDEN ? "hidden" : "no_table");
	put(j, "header", header);
	put(j, "warnings", warnings);
	json_put_key(j, "rows");
	json_put_int(j, (int64_t)s->rows);
	json_put_key(j, "columns");
	json_begin_array(j);
	for (size_t i = 0; i < s->n_columns; i++)
		put_column(a, j, &s->columns[i]);
	json_end(j);
	json_end(j);
}

static bool any_scores(const struct list_rows_judged *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->at[i].row.read.has_scores)
			return true;
	return false;
}

struct bytes shape_write(struct arena *a, const struct roster_reading *reading, const struct list_rows_judged *rows)
{
	struct buf out = BUF(a, .max = 4 * MiB);
	struct json_out j = { .out = &out };

	json_begin_object(&j);
	json_put_key(&j, "has_scores");
	json_put_bool(&j, any_scores(rows));
	json_put_key(&j, "rows");
	json_put_int(&j, (int64_t)rows->n);
	json_put_key(&j, "sheets");
	json_begin_array(&j);
	for (size_t i = 0; i < reading->n_sheets; i++)
		put_sheet(a, &j, &reading->sheets[i]);
	json_end(&j);
	json_end(&j);
	return (struct bytes){ buf_cstr(&out), out.len };
}

static void read_sheet(struct arena *a, const struct json *from, struct shape_sheet *out)
{
	const struct json *list = json_member(from, "columns");
	size_t n = json_has(list) ? json_count(list) : 0;
	struct shape_column *columns = ARENA_ARRAY(a, struct shape_column, n);

	for (size_t i = 0; i < n; i++) {
		const struct json *item = json_item(list, i);

		columns[i] = (struct shape_column){json_int(json_member(item, "column"), 0, SHEET_COLUMNS),
						   text(item, "letter"),
						   text(item, "field"),
						   text(item, "proposed"),
						   text(item, "heading"),
						   text(item, "word"),
						   text(item, "samples")};
	}
	*out = (struct shape_sheet){ .name = text(from, "name"), .skipped = text(from, "skipped"), .header = text(from, "header"),
		.warnings = text(from, "warnings"), .n_columns = n, .columns = columns,
		.rows = json_has(json_member(from, "rows")) ? json_int(json_member(from, "rows"), 0, INT64_MAX) : 0 };
}

OUTCOME shape_read(struct ask *ask, struct bytes bytes, struct shape *out)
{
	struct problems problems = PROBLEMS(ask->arena);
	const struct json *root, *list;
	struct shape_sheet *sheets;

	*out = (struct shape){ 0 };
	if (!bytes.len)
		return OK;
	if (json_parse(ask->arena, bytes, &problems, &root) != OK)
		return FAILED;
	list = json_member(root, "sheets");
	sheets = ARENA_ARRAY(ask->arena, struct shape_sheet, json_count(list));
	for (size_t i = 0; i < json_count(list); i++)
		read_sheet(ask->arena, json_item(list, i), &sheets[i]);
	*out = (struct shape){ json_count(list), sheets, json_bool(json_member(root, "has_scores")),
		json_int(json_member(root, "rows"), 0, INT64_MAX) };
	return problems_none(&problems) ? OK : FAILED;
}

OUTCOME shape_has_scores(struct ask *ask, struct bytes bytes, bool *out)
{
	struct shape shape;

	TRY(shape_read(ask, bytes, &shape));
	*out = shape.has_scores;
	return OK;
}
