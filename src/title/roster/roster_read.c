/* Rows of cells → people. A sheet's first rows wait until its encoding and its heading are known; from there on each row is judged
 * as it comes and forgotten. */
#include "title/roster/roster_read.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "text/legacy.h"
#include "text/national_id.h"
#include "text/text.h"
#include "title/roster/roster_rows.h"
#include "title/roster/roster_table.h"

enum { ROW_ARENA = 32 << 20, HEAD_ARENA = 96 << 20, HEAD_BYTES = 1 << 20, SHEETS = 256 };

#define ROSTER_CODE(name) #name,
static const char *const warning_codes[ROSTER_WARNINGS] = { ROSTER_WARNINGS_OF_ROWS(ROSTER_CODE) };
static const char *const sheet_codes[ROSTER_SHEET_WARNINGS] = { ROSTER_WARNINGS_OF_SHEETS(ROSTER_CODE) };
static const char *const kind_names[ROSTER_KINDS] = { "", "", "section", "subtotal", "signature", "note", "header_again",
	"column_numbers" };

const char *roster_warning_code(enum roster_warning w)
{
	BUG_ON(w >= ROSTER_WARNINGS);
	return warning_codes[w];
}

const char *roster_sheet_code(enum roster_sheet_warning w)
{
	BUG_ON(w >= ROSTER_SHEET_WARNINGS);
	return sheet_codes[w];
}

const char *roster_kind_name(enum roster_kind kind)
{
	BUG_ON(kind >= ROSTER_KINDS);
	return kind_names[kind];
}

struct roster_reader {
	struct arena *arena, *row, *head;        /* the list's; of one row; of one sheet until its heading is known */
	struct roster_options options;
	struct sheet_taker taker;
	struct roster_rows *store;
	struct roster_sheet *sheets;
	size_t n_sheets, rows, accepted, rejected, skipped;
	/* The sheet under way. */
	struct roster_sheet *sheet;
	struct sheet_range *hidden, *merges;
	size_t n_hidden, n_merges, merges_cap;
	struct sheet_row *first;                 /* ROSTER_HEAD_ROWS rows that wait */
	size_t n_first, first_bytes;
	bool decided, ended;
	enum legacy encoding;
	uint8_t field_of[ROSTER_COLUMNS];
	bool has[ROSTER_FIELDS];
	const char *headings[2][ROSTER_COLUMNS]; /* folded; NULL: none */
	const char *heading;                     /* the hamlet from a line above the table or the sheet's name */
	char title[SHEET_TEXT * 2];              /* from a title row */
	char above[SHEET_TEXT * 2];              /* the last hamlet that stood in its column */
	uint32_t above_row;
	size_t merges_seen, next_merge, n_hamlet_merges;
	struct sheet_range *hamlet_merges;
	const struct roster_value *values[ROSTER_FIELDS];        /* of the row under way */
};

/* ---- cells ---- */

/* White space, invisible characters and Unicode form; a control character counts as a space. */
static const char *clean(struct roster_reader *r, struct arena *a, const char *text)
{
	const char *decoded = legacy_text(a, r->encoding, text), *out;
	size_t len = strlen(decoded);

	if (text_line(a, (struct bytes){ decoded, len }, &out) == TEXT_CONTROL) {
		char *copy = arena_alloc(a, len + 1);

		for (size_t i = 0; i < len; i++)
			copy[i] = iscntrl((unsigned char)decoded[i]) ? ' ' : decoded[i];
		if (text_line(a, (struct bytes){ copy, len }, &out) != TEXT_OK)
			return "";
	}
	return out;
}

/* Error cells stay: they are told where a column is read. */
static struct roster_line line_of(struct roster_reader *r, struct arena *a, const struct sheet_row *row)
{
	struct roster_cell *cells = ARENA_ARRAY(a, struct roster_cell, row->n);
	struct roster_line line = { .row = row->row, .hidden = row->hidden, .cells = cells };

	for (size_t i = 0; i < row->n; i++) {
		const struct sheet_cell *from = &row->cells[i];
		struct roster_cell *to = &cells[line.n];

		*to = (struct roster_cell){ .column = from->column, .is_error = from->kind == CELL_ERROR,
			.value = { .kind = from->kind, .present = from->kind != CELL_ERROR, .number = from->number, .text = from->text } };
		if (from->kind == CELL_TEXT) {
			to->value.text = clean(r, a, from->text);
			to->value.present = *to->value.text != '\0';
		}
		line.n += to->value.present || to->is_error;
	}
	return line;
}

static bool has_letter(const char *text)
{
	for (; *text; text++)
		if (isalpha((unsigned char)*text) || (unsigned char)*text >= 0xC3)
			return true;
	return false;
}

static const struct roster_value nothing = { .text = "" };

static void spread(struct roster_reader *r, const struct roster_line *line)
{
	for (int i = 0; i < ROSTER_FIELDS; i++)
		r->values[i] = &nothing;
	for (size_t i = line->n; i-- > 0;)
		if (line->cells[i].column < ROSTER_COLUMNS && r->field_of[line->cells[i].column] != ROSTER_IGNORED)
			r->values[r->field_of[line->cells[i].column]] = &line->cells[i].value;
}

static const struct roster_value *value_of(const struct roster_reader *r, enum roster_field field)
{
	return r->values[field];
}

/* Into a place of its own that does not grow. */
static void keep_text(char to[SHEET_TEXT * 2], const char *text)
{
	size_t n = strlen(text);

	if (n < SHEET_TEXT * 2)
		memcpy(to, text, n + 1);
}

/* ---- a sheet begins ---- */

static OUTCOME sheet_begins(void *state, const struct sheet_head *sheet)
{
	struct roster_reader *r = state;

	if (r->n_sheets == SHEETS)
		return FAILED;
	r->sheet = &r->sheets[r->n_sheets++];
	*r->sheet = (struct roster_sheet){ .name = arena_text(r->arena, sheet->name),
		.skipped = sheet->hidden ? ROSTER_SHEET_HIDDEN : ROSTER_NO_TABLE };
	arena_reset(r->head);
	r->n_hidden = sheet->n_hidden;
	r->hidden = ARENA_ARRAY(r->head, struct sheet_range, sheet->n_hidden);
	if (sheet->n_hidden)
		memcpy(r->hidden, sheet->hidden_columns, sheet->n_hidden * sizeof *r->hidden);
	r->first = ARENA_ARRAY(r->head, struct sheet_row, ROSTER_HEAD_ROWS);
	r->merges = NULL;
	r->hamlet_merges = NULL;
	r->n_merges = r->merges_cap = r->n_first = r->first_bytes = r->merges_seen = r->next_merge = r->n_hamlet_merges = 0;
	r->decided = r->ended = false;
	r->encoding = LEGACY_NONE;
	r->heading = "";
	r->title[0] = r->above[0] = '\0';
	r->above_row = 0;
	memset(r->has, 0, sizeof r->has);
	memset(r->field_of, 0, sizeof r->field_of);
	memset(r->headings, 0, sizeof r->headings);
	if (sheet->is_cp1258)
		r->sheet->warnings |= 1u << ROSTER_SHEET_encoding_cp1258;
	return OK;
}

static OUTCOME merge_comes(void *state, const struct sheet_range *range)
{
	struct roster_reader *r = state;

	if (r->n_merges == SHEET_MERGES * 4)
		return OK;
	if (r->n_merges == r->merges_cap) {
		struct sheet_range *more = ARENA_ARRAY(r->head, struct sheet_range, r->merges_cap ? r->merges_cap * 2 : 64);

		if (r->n_merges)
			memcpy(more, r->merges, r->n_merges * sizeof *more);
		r->merges = more;
		r->merges_cap = r->merges_cap ? r->merges_cap * 2 : 64;
	}
	r->merges[r->n_merges++] = *range;
	return OK;
}

/* ---- what the first rows say ---- */

static void choose_encoding(struct roster_reader *r)
{
	struct legacy_tally tally = { 0 };

	for (size_t i = 0; i < r->n_first; i++)
		for (size_t c = 0; c < r->first[i].n; c++)
			if (r->first[i].cells[c].kind == CELL_TEXT)
				legacy_count(&tally, r->first[i].cells[c].text);
	r->encoding = legacy_choose(&tally);
	if (r->encoding == LEGACY_TCVN3)
		r->sheet->warnings |= 1u << ROSTER_SHEET_encoding_tcvn3;
	if (r->encoding == LEGACY_VNI)
		r->sheet->warnings |= 1u << ROSTER_SHEET_encoding_vni;
}

static bool is_hidden(const struct roster_reader *r, uint32_t column)
{
	for (size_t i = 0; i < r->n_hidden; i++)
		if (column >= r->hidden[i].column && column <= r->hidden[i].last_column)
			return true;
	return false;
}

/* "Ấp: Bình Hòa" → "Bình Hòa"; without a colon all of it. */
static const char *place_in(struct arena *a, const char *text)
{
	const char *colon = strchr(text, ':');

	if (!colon || !colon[1])
		return arena_text(a, text);
	return arena_text(a, colon + 1 + strspn(colon + 1, " "));
}

static void use_columns(struct roster_reader *r, struct roster_table *t)
{
	size_t number = r->n_sheets - 1;

	for (size_t i = 0; i < t->n_columns; i++) {
		struct roster_column *c = &t->columns[i];

		for (size_t k = 0; k < r->options.n_choices; k++)
			if (r->options.choices[k].sheet == number && r->options.choices[k].column == c->column)
				c->field = r->options.choices[k].field;
		c->heading = arena_text(r->arena, c->heading);
		c->word = arena_text(r->arena, c->word);
		c->hidden = is_hidden(r, c->column);
		if (c->hidden)
			r->sheet->warnings |= 1u << ROSTER_SHEET_hidden_columns;
		r->field_of[c->column] = (uint8_t)c->field;
		r->has[c->field] = c->field != ROSTER_IGNORED;
	}
	if (!r->has[ROSTER_NATIONAL_ID])
		r->sheet->warnings |= 1u << ROSTER_SHEET_no_column_cccd;
	if (!r->has[ROSTER_BIRTH] && !r->has[ROSTER_BIRTH_MALE] && !r->has[ROSTER_BIRTH_FEMALE])
		r->sheet->warnings |= 1u << ROSTER_SHEET_no_column_birth;
	if (!r->has[ROSTER_SEX] && !r->has[ROSTER_SEX_FEMALE_MARK] && !r->has[ROSTER_SEX_MALE_MARK] && !r->has[ROSTER_BIRTH_MALE] &&
	    !r->has[ROSTER_BIRTH_FEMALE])
		r->sheet->warnings |= 1u << ROSTER_SHEET_no_column_sex;
}

static void use_headings(struct roster_reader *r, const struct roster_table *t, const struct roster_line *lines)
{
	for (size_t h = 0; h < t->n_header; h++) {
		const struct roster_line *line = &lines[t->header + h];

		r->sheet->header_rows[r->sheet->n_header_rows++] = line->row;
		for (size_t i = 0; i < line->n; i++)
			if (line->cells[i].column < ROSTER_COLUMNS)
				r->headings[h][line->cells[i].column] = text_fold(r->head, roster_text_of(r->head, &line->cells[i].value));
	}
	if (roster_is_hamlet_title(r->head, r->sheet->name))
		r->heading = r->sheet->name;
	for (size_t i = 0; i < t->header; i++)
		for (size_t c = 0; c < lines[i].n; c++)
			if (lines[i].cells[c].value.kind == CELL_TEXT && roster_is_hamlet_title(r->head, lines[i].cells[c].value.text))
				r->heading = place_in(r->head, lines[i].cells[c].value.text);
}

/* Merged cells of the hamlet's column, from the top. */
static int by_row(const void *x, const void *y)
{
	const struct sheet_range *a = x, *b = y;

	return (a->row > b->row) - (a->row < b->row);
}

static bool decide(struct roster_reader *r)
{
	struct roster_line *lines = ARENA_ARRAY(r->head, struct roster_line, r->n_first);
	struct roster_table table;

	r->decided = true;
	choose_encoding(r);
	for (size_t i = 0; i < r->n_first; i++)
		lines[i] = line_of(r, r->head, &r->first[i]);
	roster_table_find(r->head, lines, r->n_first, r->merges, r->n_merges, &table);
	if (!table.found) {
		r->sheet->warnings = 0;
		return false;
	}
	r->sheet->skipped = ROSTER_USED;
	roster_table_samples(r->arena, &table, lines, r->n_first);
	use_columns(r, &table);
	use_headings(r, &table, lines);
	r->sheet->columns = memcpy(ARENA_ARRAY(r->arena, struct roster_column, table.n_columns), table.columns,
		table.n_columns * sizeof *table.columns);
	r->sheet->n_columns = table.n_columns;
	return true;
}

/* ---- hamlets ---- */

static bool is_ditto(struct arena *a, const char *text)
{
	static const char *const marks[] = { "\"", "''", "nt", "-nt-", "như trên", "”", "“", "〃", "-\"-", "- nt -", "n.t", "nt." };
	const char *small;

	if (strlen(text) > 12 || !strchr("\"'nN-\xE2\xE3", *text))
		return false;
	small = text_lower(a, text);
	for (size_t i = 0; i < COUNT(marks); i++)
		if (!strcmp(small, marks[i]))
			return true;
	return false;
}

/* Is the row within merged cells of the hamlet's column? They come before their rows, in any order in one kind of file, from the top
 * in another. */
static bool is_in_merge(struct roster_reader *r, uint32_t row, uint32_t column, uint32_t *top)
{
	size_t known = r->n_hamlet_merges;

	if (!r->hamlet_merges)
		r->hamlet_merges = ARENA_ARRAY(r->head, struct sheet_range, SHEET_MERGES * 4);
	for (; r->merges_seen < r->n_merges; r->merges_seen++) {
		const struct sheet_range *m = &r->merges[r->merges_seen];

		if (m->column <= column && m->last_column >= column && m->last_row > m->row)
			r->hamlet_merges[r->n_hamlet_merges++] = *m;
	}
	if (!known && r->n_hamlet_merges)
		qsort(r->hamlet_merges, r->n_hamlet_merges, sizeof *r->hamlet_merges, by_row);
	while (r->next_merge < r->n_hamlet_merges && r->hamlet_merges[r->next_merge].last_row < row)
		r->next_merge++;
	if (r->next_merge == r->n_hamlet_merges || r->hamlet_merges[r->next_merge].row > row)
		return false;
	*top = r->hamlet_merges[r->next_merge].row;
	return true;
}

/* What stands in the hamlet's column for this row; seen for each row, also one that is no person. */
static const char *hamlet_cell(struct roster_reader *r, const struct roster_line *line)
{
	const char *text = roster_text_of(r->row, value_of(r, ROSTER_HAMLET));
	uint32_t column = 0, top;

	if (!r->has[ROSTER_HAMLET])
		return "";
	if (*text && is_ditto(r->row, text))
		return r->above;
	if (*text) {
		keep_text(r->above, text);
		r->above_row = line->row;
		return text;
	}
	while (r->field_of[column] != ROSTER_HAMLET)
		column++;
	return is_in_merge(r, line->row, column, &top) && r->above_row >= top ? r->above : "";
}

/* ---- which rows are people ---- */

static const char *name_of(struct roster_reader *r)
{
	const struct roster_value *full = value_of(r, ROSTER_FULL_NAME), *family = value_of(r, ROSTER_NAME_FAMILY),
		*given = value_of(r, ROSTER_NAME_GIVEN);

	if (full->kind == CELL_TEXT && full->present)
		return full->text;
	if (family->kind != CELL_TEXT || !family->present)
		return given->kind == CELL_TEXT ? given->text : "";
	if (given->kind != CELL_TEXT || !given->present)
		return family->text;
	return arena_format(r->row, "%s %s", family->text, given->text);
}

/* (1) (2) (3), A B 1 2: three and more, each one after the last. */
static bool is_column_numbers(const struct roster_line *line, struct arena *a)
{
	long before = 0;
	size_t numbers = 0;

	for (size_t i = 0; i < line->n; i++) {
		const char *text = roster_text_of(a, &line->cells[i].value), *at = text + strspn(text, "( [");
		char *end;
		long n = strtol(at, &end, 10);

		if (end == at && isalpha((unsigned char)*at) && (at[1] == '\0' || at[1] == ')'))
			continue;
		if (end == at || n < 1 || n > 99 || end[strspn(end, ") ]")] || (numbers && n != before + 1) || line->cells[i].value.kind == CELL_DATE)
			return false;
		before = n;
		numbers++;
	}
	return line->n >= 3 && numbers >= 2;
}

static bool is_header_again(const struct roster_reader *r, const struct roster_line *line, struct arena *a)
{
	for (int h = 0; h < 2; h++) {
		size_t same = 0;

		for (size_t i = 0; i < line->n; i++) {
			uint32_t column = line->cells[i].column;
			const char *heading = column < ROSTER_COLUMNS ? r->headings[h][column] : NULL;

			same += heading && *heading && line->cells[i].value.kind == CELL_TEXT &&
				!strcmp(text_fold(a, line->cells[i].value.text), heading);
		}
		if (same >= 2 && same * 2 > line->n)
			return true;
	}
	return false;
}

static bool is_present(const struct roster_reader *r, enum roster_field field)
{
	return value_of(r, field)->present;
}

/* Something only a person's row has. */
static bool has_person_value(const struct roster_reader *r)
{
	static const enum roster_field fields[] = { ROSTER_NATIONAL_ID, ROSTER_BIRTH, ROSTER_BIRTH_MALE, ROSTER_BIRTH_FEMALE,
		ROSTER_PHONE };

	for (size_t i = 0; i < COUNT(fields); i++)
		if (is_present(r, fields[i]))
			return true;
	for (int i = 0; i < ROSTER_SCORES; i++)
		if (is_present(r, (enum roster_field)(ROSTER_SCORE + i)))
			return true;
	return false;
}

/* A signature may stand in the number's column: only digits are a number. */
static bool has_number(const struct roster_reader *r)
{
	const struct roster_value *v = value_of(r, ROSTER_NATIONAL_ID);

	return v->present && (v->kind == CELL_NUMBER || strpbrk(v->text, "0123456789"));
}

static bool ends_table(struct roster_reader *r, const struct roster_line *line, const char *name, bool has_name)
{
	if (has_name)
		return roster_is_signature(r->row, name);
	for (size_t i = 0; i < line->n; i++) {
		const struct roster_value *v = &line->cells[i].value;

		if (v->kind != CELL_TEXT || !v->present || !has_letter(v->text))
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
	const char *number = roster_text_of(r->row, value_of(r, ROSTER_NATIONAL_ID));
	size_t digits = 0;

	for (const char *p = number; *p; p++)
		digits += isdigit((unsigned char)*p) != 0;
	return has_name && (digits >= 9 || (is_present(r, ROSTER_BIRTH) && is_present(r, ROSTER_HAMLET)));
}

static bool is_sum(struct roster_reader *r, const struct roster_line *line, const char *name, bool has_name)
{
	if (has_name && roster_is_subtotal(r->row, name))
		return true;
	if (is_surely_person(r, has_name))
		return false;
	for (size_t i = 0; i < line->n; i++)
		if (line->cells[i].value.kind == CELL_TEXT && line->cells[i].value.present && has_letter(line->cells[i].value.text))
			return roster_is_subtotal(r->row, line->cells[i].value.text);
	return false;
}

/* One text alone in the row and not in the name's column, or across the table in one merged cell. */
static bool is_section(struct roster_reader *r, const struct roster_line *line)
{
	const struct roster_cell *cell = line->cells;
	enum roster_field field;

	if (line->n != 1 || cell->value.kind != CELL_TEXT || !has_letter(cell->value.text))
		return false;
	field = cell->column < ROSTER_COLUMNS ? (enum roster_field)r->field_of[cell->column] : ROSTER_IGNORED;
	if (field != ROSTER_FULL_NAME && field != ROSTER_NAME_FAMILY && field != ROSTER_NAME_GIVEN)
		return true;
	for (size_t i = 0; i < r->n_merges; i++)
		if (r->merges[i].row == line->row && r->merges[i].column == cell->column && r->merges[i].last_column >= cell->column + 2)
			return true;
	return false;
}

/* “II. Ấp 3” is a title of Ấp 3. */
static const char *without_number(const char *text)
{
	size_t n = strspn(text, "IVXLivxl0123456789ABCDEabcde");

	return n && n < 6 && text[n] && strchr(".)/-", text[n]) ? text + n + 1 + strspn(text + n + 1, " ") : text;
}

static enum roster_kind kind_of(struct roster_reader *r, const struct roster_line *line, const char *name)
{
	bool has_name = has_letter(name), is_person;

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

/* ---- a person ---- */

static void read_sex(struct roster_reader *r, struct roster_person *p)
{
	const struct roster_value *sex = value_of(r, ROSTER_SEX);
	bool years = r->has[ROSTER_BIRTH_MALE] || r->has[ROSTER_BIRTH_FEMALE];
	bool female_column = years ? r->has[ROSTER_BIRTH_FEMALE] : r->has[ROSTER_SEX_FEMALE_MARK];
	bool male_column = years ? r->has[ROSTER_BIRTH_MALE] : r->has[ROSTER_SEX_MALE_MARK];
	bool female = is_present(r, years ? ROSTER_BIRTH_FEMALE : ROSTER_SEX_FEMALE_MARK);
	bool male = is_present(r, years ? ROSTER_BIRTH_MALE : ROSTER_SEX_MALE_MARK);

	if (sex->present || (r->has[ROSTER_SEX] && !female_column && !male_column)) {
		p->sex = roster_sex_of(r->row, roster_text_of(r->row, sex));
		if (p->sex == SEX_UNKNOWN)
			p->warnings |= sex->present ? ROSTER_BIT(sex_unclear) : ROSTER_BIT(sex_missing);
	} else if (female_column && male_column) {
		if (female == male)
			p->warnings |= female ? ROSTER_BIT(sex_unclear) : ROSTER_BIT(sex_missing);
		else
			p->sex = female ? SEX_FEMALE : SEX_MALE;
	} else if (female_column) {
		p->sex = female ? SEX_FEMALE : SEX_MALE;
	} else if (male_column) {
		p->sex = male ? SEX_MALE : SEX_FEMALE;
	} else {
		return;
	}
	if (!*p->national_id)
		return;
	if (p->sex == SEX_UNKNOWN) {
		p->sex = national_id_sex(p->national_id);
		p->warnings = (p->warnings & ~ROSTER_BIT(sex_missing)) | ROSTER_BIT(sex_from_cccd);
	} else if (p->sex != national_id_sex(p->national_id)) {
		p->warnings |= ROSTER_BIT(sex_conflicts_cccd);
	}
}

static void read_name(struct roster_reader *r, const char *name, struct roster_person *p)
{
	p->full_name = r->encoding == LEGACY_TCVN3 ? text_nfc(r->row, legacy_name(r->row, name)) : name;
	if (!strchr(p->full_name, ' '))
		p->warnings |= ROSTER_BIT(name_single_word);
	if (strpbrk(p->full_name, "0123456789()[]{}"))
		p->warnings |= ROSTER_BIT(name_unusual);
}

static bool holds_word(const char *folded, const char *words)
{
	size_t len = strlen(words);

	for (const char *at = folded; (at = strstr(at, words)) != NULL; at++)
		if ((at == folded || at[-1] == ' ') && (at[len] == '\0' || at[len] == ' '))
			return true;
	return false;
}

static void read_note(struct roster_reader *r, struct roster_person *p)
{
	static const char *const left[] = { "da mat", "chet", "chuyen di", "chuyen khau", "bo dia phuong" };
	const char *folded;

	p->note = roster_text_of(r->row, value_of(r, ROSTER_NOTE));
	folded = text_fold(r->row, p->note);
	for (size_t i = 0; i < COUNT(left); i++)
		if (holds_word(folded, left[i]))
			p->warnings |= ROSTER_BIT(note_left);
}

static void read_all_scores(struct roster_reader *r, struct roster_person *p)
{
	struct roster_value cells[ROSTER_SCORES];
	bool has_column[ROSTER_SCORES];

	for (int i = 0; i < ROSTER_SCORES; i++) {
		cells[i] = *value_of(r, (enum roster_field)(ROSTER_SCORE + i));
		has_column[i] = r->has[ROSTER_SCORE + i];
	}
	roster_read_scores(cells, has_column, value_of(r, ROSTER_TOTAL), r->row, p);
}

static void read_births(struct roster_reader *r, struct roster_person *p)
{
	const struct roster_value *birth = value_of(r, ROSTER_BIRTH), *male = value_of(r, ROSTER_BIRTH_MALE),
		*female = value_of(r, ROSTER_BIRTH_FEMALE);

	if (!birth->present)
		birth = male->present ? male : female;
	if (r->has[ROSTER_BIRTH] || r->has[ROSTER_BIRTH_MALE] || r->has[ROSTER_BIRTH_FEMALE])
		roster_read_birth(birth, r->options.year, r->row, p);
}

static void read_person(struct roster_reader *r, const struct roster_line *line, const char *name, const char *hamlet,
	struct roster_person *p)
{
	read_name(r, name, p);
	if (r->has[ROSTER_NATIONAL_ID])
		roster_read_number(value_of(r, ROSTER_NATIONAL_ID), r->row, p);
	read_births(r, p);
	read_sex(r, p);
	roster_read_phone(value_of(r, ROSTER_PHONE), r->row, p);
	p->hamlet = *hamlet ? hamlet : *r->title ? r->title : r->heading;
	p->occupation = roster_text_of(r->row, value_of(r, ROSTER_OCCUPATION));
	roster_read_group(r->row, roster_text_of(r->row, value_of(r, ROSTER_TARGET_GROUP)), p->occupation, p);
	read_all_scores(r, p);
	read_note(r, p);
	p->is_member = is_present(r, ROSTER_MEMBER);
	p->is_family = is_present(r, ROSTER_GDHT);
	if (line->hidden)
		p->warnings |= ROSTER_BIT(hidden_row);
	for (size_t i = 0; i < line->n; i++)
		if (line->cells[i].is_error && line->cells[i].column < ROSTER_COLUMNS && r->field_of[line->cells[i].column] != ROSTER_IGNORED)
			p->warnings |= ROSTER_BIT(cell_error);
}

/* ---- rows ---- */

static OUTCOME keep(struct roster_reader *r, struct roster_person *p)
{
	if (p->kind <= ROSTER_REJECTED) {
		p->number = (uint32_t)r->rows++;
		r->sheet->rows++;
		r->accepted += p->kind == ROSTER_PERSON;
		r->rejected += p->kind == ROSTER_REJECTED;
		if (r->options.rows_max && r->rows > r->options.rows_max)
			return INVALID;
	} else {
		r->skipped++;
	}
	return roster_rows_add(r->store, r->row, p);
}

static OUTCOME judge(struct roster_reader *r, const struct sheet_row *row)
{
	struct roster_person p = { .sheet = r->n_sheets - 1, .row = row->row, .full_name = "", .birth = "", .national_id = "",
		.old_id = "", .phone = "", .hamlet = "", .group = "", .occupation = "", .note = "" };
	struct roster_line line;
	const char *name, *hamlet;

	arena_reset(r->row);
	line = line_of(r, r->row, row);
	if (!line.n)
		return OK;
	spread(r, &line);
	name = name_of(r);
	hamlet = hamlet_cell(r, &line);
	p.kind = r->ended ? ROSTER_SIGNATURE : kind_of(r, &line, name);
	r->ended |= p.kind == ROSTER_SIGNATURE;
	if (p.kind == ROSTER_SECTION) {
		const char *title = without_number(line.cells[0].value.text);

		if (roster_is_hamlet_title(r->row, title))
			keep_text(r->title, place_in(r->row, title));
	}
	if (p.kind == ROSTER_PERSON)
		read_person(r, &line, name, hamlet, &p);
	return keep(r, &p);
}

static OUTCOME replay(struct roster_reader *r)
{
	uint32_t last;

	if (!decide(r))
		return OK;
	last = r->sheet->header_rows[r->sheet->n_header_rows - 1];
	for (size_t i = 0; i < r->n_first; i++)
		if (r->first[i].row > last)
			TRY(judge(r, &r->first[i]));
	return OK;
}

static void wait(struct roster_reader *r, const struct sheet_row *row)
{
	struct sheet_cell *cells = ARENA_ARRAY(r->head, struct sheet_cell, row->n);
	struct sheet_row *copy = &r->first[r->n_first++];

	*copy = *row;
	copy->cells = cells;
	for (size_t i = 0; i < row->n; i++) {
		cells[i] = row->cells[i];
		cells[i].text = arena_text(r->head, row->cells[i].text);
		r->first_bytes += sizeof *cells + strlen(cells[i].text);
	}
}

static OUTCOME row_comes(void *state, const struct sheet_row *row)
{
	struct roster_reader *r = state;

	if (r->decided)
		return r->sheet->skipped == ROSTER_USED ? judge(r, row) : OK;
	wait(r, row);
	return r->n_first == ROSTER_HEAD_ROWS || r->first_bytes > HEAD_BYTES ? replay(r) : OK;
}

static OUTCOME sheet_ends(void *state)
{
	struct roster_reader *r = state;

	return r->decided || r->sheet->skipped == ROSTER_SHEET_HIDDEN ? OK : replay(r);
}

/* ---- life ---- */

static void free_arena(void *arena) { arena_free(arena); }

static struct arena *own_arena(struct arena *of, size_t cap)
{
	struct arena *a = arena_new(cap);

	arena_on_release(of, free_arena, a);
	return a;
}

struct roster_reader *roster_reader_new(struct arena *a, const struct roster_options *options)
{
	struct roster_reader *r = ARENA_NEW(a, struct roster_reader);

	BUG_ON(options->year < 1950 || options->year > 2999);
	r->arena = a;
	r->row = own_arena(a, ROW_ARENA);
	r->head = own_arena(a, HEAD_ARENA);
	r->options = *options;
	r->store = roster_rows_new(a);
	r->sheets = ARENA_ARRAY(a, struct roster_sheet, SHEETS);
	r->taker = (struct sheet_taker){ sheet_begins, merge_comes, row_comes, sheet_ends, r };
	return r;
}

const struct sheet_taker *roster_reader_taker(struct roster_reader *r)
{
	return &r->taker;
}

OUTCOME roster_reader_done(struct roster_reader *r, struct roster_reading *out)
{
	struct roster_twins *twins;

	*out = (struct roster_reading){ .n_sheets = r->n_sheets, .sheets = r->sheets, .rows = r->rows, .accepted = r->accepted,
		.rejected = r->rejected, .skipped = r->skipped, .store = r->store };
	TRY(roster_rows_twins(r->store, r->arena, &twins, &out->n_twins));
	out->twins = twins;
	return OK;
}

bool roster_next(const struct roster_reading *reading, struct roster_cursor *c, struct arena *a, struct roster_person *out)
{
	return roster_rows_next(reading->store, c, a, out);
}
