/* Which rows are people, and what the others are. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "text/text.h"
#include "title/roster/roster_reader.h"

/* (1) (2) (3), A B 1 2: three and more, each one after the last. */
static bool is_column_numbers(const struct roster_line *line, struct arena *a)
{
	long before = 0;
	size_t numbers = 0;

	for (size_t i = 0; i < line->n; i++)     /* nearly every row ends here */
		if (line->cells[i].value.kind != CELL_NUMBER && strlen(line->cells[i].value.text) > 5)
			return false;
	for (size_t i = 0; i < line->n; i++) {
		const char *text = roster_text_of(a, &line->cells[i].value), *at = text + strspn(text, "( [");
		char *end;
		long n = strtol(at, &end, 10);

		if (end == at && isalpha((unsigned char)*at) && (at[1] == '\0' || at[1] == ')'))
			continue;
		if (end == at || n < 1 || n > 99 || end[strspn(end, ") ]")] || (numbers && n != before + 1) ||
			line->cells[i].value.kind == CELL_DATE)
			return false;
		before = n;
		numbers++;
	}
	return line->n >= 3 && numbers >= 2;
}

static bool is_heading(const struct roster_reader *r, int h, const struct roster_cell *cell, struct arena *a)
{
	const char *heading = cell->column < ROSTER_COLUMNS ? r->headings[h][cell->column] : NULL;

	return heading && *heading && cell->value.kind == CELL_TEXT && !strcmp(text_fold(a, cell->value.text), heading);
}

/* More than half of the row says what the heading says; nearly every row is settled by its first text. */
static bool is_header_again(const struct roster_reader *r, const struct roster_line *line, struct arena *a)
{
	for (int h = 0; h < 2; h++) {
		size_t same = 0, other = 0;

		for (size_t i = 0; i < line->n && (same || other < 2); i++) {
			bool is = is_heading(r, h, &line->cells[i], a);

			same += is;
			other += !is && line->cells[i].value.kind == CELL_TEXT;
		}
		if (same >= 2 && same * 2 > line->n)
			return true;
	}
	return false;
}

/* Something only a person's row has. */
static bool has_person_value(const struct roster_reader *r)
{
	static const enum roster_field fields[] = { ROSTER_NATIONAL_ID, ROSTER_BIRTH, ROSTER_BIRTH_MALE, ROSTER_BIRTH_FEMALE,
		ROSTER_PHONE };

	for (size_t i = 0; i < COUNT(fields); i++)
		if (roster_is_present(r, fields[i]))
			return true;
	for (int i = 0; i < ROSTER_SCORES; i++)
		if (roster_is_present(r, (enum roster_field)(ROSTER_SCORE + i)))
			return true;
	return false;
}

/* A signature may stand in the number's column: only digits are a number. */
static bool has_number(const struct roster_reader *r)
{
	const struct roster_value *v = roster_value_of(r, ROSTER_NATIONAL_ID);

	return v->present && (v->kind == CELL_NUMBER || strpbrk(v->text, "0123456789"));
}

static bool ends_table(struct roster_reader *r, const struct roster_line *line, const char *name, bool has_name)
{
	if (has_name)
		return roster_is_signature(r->row, name);
	for (size_t i = 0; i < line->n; i++) {
		const struct roster_value *v = &line->cells[i].value;

		if (v->kind != CELL_TEXT || !v->present || !roster_has_letter(v->text))
			continue;
		if (roster_is_dated(r->row, v->text))
			return true;
		if (!has_number(r) && roster_is_signature(r->row, v->text))
			return true;
	}
	return false;
}

/* A person has a number of nine digits or a name that is no number; a sum has neither. */
static bool is_surely_person(struct roster_reader *r, bool has_name)
{
	const char *number = roster_text_of(r->row, roster_value_of(r, ROSTER_NATIONAL_ID));
	size_t digits = 0;

	for (const char *p = number; *p; p++)
		digits += isdigit((unsigned char)*p) != 0;
	return has_name && (digits >= 9 || (roster_is_present(r, ROSTER_BIRTH) && roster_is_present(r, ROSTER_HAMLET)));
}

static bool is_sum(struct roster_reader *r, const struct roster_line *line, const char *name, bool has_name)
{
	if (has_name && roster_is_subtotal(r->row, name))
		return true;
	for (size_t i = 0; i < line->n; i++) {
		const struct roster_value *v = &line->cells[i].value;

		if (v->kind == CELL_TEXT && v->present && roster_has_letter(v->text))
			return v->text != name && roster_is_subtotal(r->row, v->text) && !is_surely_person(r, has_name);
	}
	return false;
}

/* One text alone in the row and not in the name's column, or across the table in one merged cell. */
static bool is_section(struct roster_reader *r, const struct roster_line *line)
{
	const struct roster_cell *cell = line->cells;
	enum roster_field field;

	if (line->n != 1 || cell->value.kind != CELL_TEXT || !roster_has_letter(cell->value.text))
		return false;
	field = cell->column < ROSTER_COLUMNS ? (enum roster_field)r->field_of[cell->column] : ROSTER_IGNORED;
	if (field != ROSTER_FULL_NAME && field != ROSTER_NAME_FAMILY && field != ROSTER_NAME_GIVEN)
		return true;
	for (size_t i = 0; i < r->n_merges; i++)
		if (r->merges[i].row == line->row && r->merges[i].column == cell->column &&
			r->merges[i].last_column >= cell->column + 2)
			return true;
	return false;
}

/* “II. Ấp 3” is a title of Ấp 3. */
static const char *without_number(const char *text)
{
	size_t n = strspn(text, "IVXLivxl0123456789ABCDEabcde");

	return n && n < 6 && text[n] && strchr(".)/-", text[n]) ? text + n + 1 + strspn(text + n + 1, " ") : text;
}

enum roster_kind roster_kind_of(struct roster_reader *r, const struct roster_line *line, const char *name)
{
	bool has_name = roster_has_letter(name), is_person;

	if (is_column_numbers(line, r->row))
		return ROSTER_COLUMN_NUMBERS;
	if (is_header_again(r, line, r->row))
		return ROSTER_HEADER_AGAIN;
	if (ends_table(r, line, name, has_name))
		return ROSTER_SIGNATURE;
	if (is_sum(r, line, name, has_name))
		return ROSTER_SUBTOTAL;
	if (is_section(r, line))
		return ROSTER_SECTION;
	is_person = has_person_value(r);
	if (has_name)
		return ROSTER_PERSON;
	return is_person ? ROSTER_REJECTED : ROSTER_REMARK;
}

void roster_keep_title(struct roster_reader *r, const struct roster_line *line)
{
	const char *title = without_number(line->cells[0].value.text);

	if (!roster_is_hamlet_title(r->row, title))
		return;
	title = roster_place_in(r->row, title);
	if (strlen(title) < sizeof r->title)
		memcpy(r->title, title, strlen(title) + 1);
}
