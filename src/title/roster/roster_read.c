/* Rows of cells → people. A sheet's first rows wait until its encoding and its heading are known; from there on each row is
 * judged as it comes and forgotten. */
#include "title/roster/roster_read.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "text/legacy.h"
#include "text/text.h"
#include "title/roster/roster_reader.h"

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
			.value = { .kind = from->kind, .present = from->kind != CELL_ERROR, .number = from->number,
			.text = from->text } };
		if (from->kind == CELL_TEXT) {
			to->value.text = clean(r, a, from->text);
			to->value.present = *to->value.text != '\0';
		}
		line.n += to->value.present || to->is_error;
	}
	return line;
}

bool roster_has_letter(const char *text)
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
const char *roster_place_in(struct arena *a, const char *text)
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
	if (!r->has[ROSTER_SEX] && !r->has[ROSTER_SEX_FEMALE_MARK] && !r->has[ROSTER_SEX_MALE_MARK] &&
		!r->has[ROSTER_BIRTH_MALE] &&
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
				r->headings[h][line->cells[i].column] = text_fold(r->head, roster_text_of(r->head,
					&line->cells[i].value));
	}
	if (roster_is_hamlet_title(r->head, r->sheet->name))
		r->heading = r->sheet->name;
	for (size_t i = 0; i < t->header; i++)
		for (size_t c = 0; c < lines[i].n; c++)
			if (lines[i].cells[c].value.kind == CELL_TEXT && roster_is_hamlet_title(r->head,
				lines[i].cells[c].value.text))
				r->heading = roster_place_in(r->head, lines[i].cells[c].value.text);
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
	name = roster_name_of(r);
	hamlet = roster_hamlet_cell(r, &line);
	p.kind = r->ended ? ROSTER_SIGNATURE : roster_kind_of(r, &line, name);
	r->ended |= p.kind == ROSTER_SIGNATURE;
	if (p.kind == ROSTER_SECTION)
		roster_keep_title(r, &line);
	if (p.kind == ROSTER_PERSON)
		roster_read_person(r, &line, name, hamlet, &p);
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
