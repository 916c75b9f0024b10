#include "sandbox/sheet_out.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/bug.h"

bool sheet_stop(struct sheet_out *out, enum sheet_kind why)
{
	if (out->kind == SHEET_READ)
		out->kind = why;
	return false;
}

void sheet_out_flush(struct sheet_out *out)
{
	if (out->len)
		out->flush(out->state, (struct bytes){ out->piece, out->len });
	out->len = 0;
}

/* The record under way becomes part of a piece. */
static bool put_record(struct sheet_out *out, struct wire_record head)
{
	if (out->kind != SHEET_READ)
		return false;
	if (sizeof head + out->row_len > sizeof out->piece)
		return sheet_stop(out, SHEET_TOO_WIDE);
	if (out->len + sizeof head + out->row_len > sizeof out->piece)
		sheet_out_flush(out);
	head.len = (uint32_t)out->row_len;
	memcpy(out->piece + out->len, &head, sizeof head);
	memcpy(out->piece + out->len + sizeof head, out->record, out->row_len);
	out->len += sizeof head + out->row_len;
	out->row_len = 0;
	return true;
}

static bool put(struct sheet_out *out, const void *ptr, size_t len)
{
	if (out->row_len + len > sizeof out->record - sizeof(struct wire_record))
		return sheet_stop(out, SHEET_TOO_WIDE);
	memcpy(out->record + out->row_len, ptr, len);
	out->row_len += len;
	return true;
}

/* Not more than max bytes, at the end of a character. */
static size_t cut(const char *text, size_t len, size_t max)
{
	if (len <= max)
		return len;
	while (max && ((unsigned char)text[max] & 0xC0) == 0x80)
		max--;
	return max;
}

static struct wire_range wire_of(const struct sheet_range *r)
{
	return (struct wire_range){ r->row, r->column, r->last_row, r->last_column };
}

bool sheet_out_sheet(struct sheet_out *out, const struct sheet_head *sheet)
{
	size_t name = cut(sheet->name, strlen(sheet->name), SHEET_NAME);
	int flags = (sheet->hidden ? RECORD_HIDDEN : 0) | (sheet->is_cp1258 ? RECORD_CP1258 : 0);

	if (out->sheets++ == SHEET_BOOK_SHEETS)
		return sheet_stop(out, SHEET_TOO_LONG);
	out->row_len = out->row_before = 0;
	out->in_sheet = true;
	for (size_t i = 0; i < sheet->n_hidden; i++) {
		struct wire_range w = wire_of(&sheet->hidden_columns[i]);

		if (!put(out, &w, sizeof w))
			return false;
	}
	return put(out, sheet->name, name) && put(out, "", 1) && put_record(out, (struct wire_record){ .type = RECORD_SHEET,
		.flags = (uint8_t)flags, .n = (uint16_t)sheet->n_hidden });
}

bool sheet_out_merge(struct sheet_out *out, const struct sheet_range *range)
{
	struct wire_range w = wire_of(range);
	struct wire_record head = { .type = RECORD_MERGE, .len = sizeof w };

	if (!out->in_sheet)
		return sheet_stop(out, SHEET_DAMAGED);
	/* A row may be under way: this goes past it. */
	if (out->kind != SHEET_READ || range->last_row < range->row || range->last_column < range->column)
		return out->kind == SHEET_READ;
	if (out->len + sizeof head + sizeof w > sizeof out->piece)
		sheet_out_flush(out);
	memcpy(out->piece + out->len, &head, sizeof head);
	memcpy(out->piece + out->len + sizeof head, &w, sizeof w);
	out->len += sizeof head + sizeof w;
	return true;
}

void sheet_out_row(struct sheet_out *out, uint32_t row, bool hidden)
{
	out->row = row;
	out->row_hidden = hidden;
	out->row_len = out->n_cells = 0;
	out->column_before = -1;
}

static bool put_cell(struct sheet_out *out, struct wire_cell cell, const void *value, bool is_text)
{
	size_t len = cell.len;
	char *to = out->record + out->row_len;

	if (out->row_len + sizeof cell + len + 1 > sizeof out->record - sizeof(struct wire_record))
		return sheet_stop(out, SHEET_TOO_WIDE);
	if (++out->cells > SHEET_CELLS_MAX)
		return sheet_stop(out, SHEET_TOO_LONG);
	if (cell.column <= out->column_before)
		return sheet_stop(out, SHEET_DAMAGED);
	out->column_before = cell.column;
	out->n_cells++;
	cell.len += is_text;
	memcpy(to, &cell, sizeof cell);
	memcpy(to + sizeof cell, value, len);
	to[sizeof cell + len] = '\0';
	out->row_len += sizeof cell + cell.len;
	return true;
}

bool sheet_out_text(struct sheet_out *out, uint32_t column, enum cell_kind kind, bool formula, const char *text, size_t len)
{
	size_t kept = cut(text, len, SHEET_TEXT);

	if (out->kind != SHEET_READ)
		return false;
	if (!kept && kind == CELL_TEXT)
		return true;
	if (column >= SHEET_COLUMNS)
		return sheet_stop(out, SHEET_TOO_WIDE);
	return put_cell(out, (struct wire_cell){ (uint16_t)column, (uint8_t)kind, formula, (uint32_t)kept }, text, true);
}

bool sheet_out_date(struct sheet_out *out, uint32_t column, bool formula, const char *text, size_t len)
{
	static const char form[] = "dddd-dd-dd";
	size_t n = 0;

	while (n < len && n < 10 && (form[n] == '-' ? text[n] == '-' : text[n] >= '0' && text[n] <= '9'))
		n++;
	return sheet_out_text(out, column, n == 10 ? CELL_DATE : CELL_TEXT, formula, text, n == 10 ? n : len);
}

bool sheet_out_number(struct sheet_out *out, uint32_t column, bool formula, double number)
{
	if (out->kind != SHEET_READ)
		return false;
	if (column >= SHEET_COLUMNS)
		return sheet_stop(out, SHEET_TOO_WIDE);
	if (!isfinite(number))
		return sheet_out_text(out, column, CELL_ERROR, formula, "", 0);
	return put_cell(out, (struct wire_cell){ (uint16_t)column, CELL_NUMBER, formula, sizeof number }, &number, false);
}

bool sheet_out_row_end(struct sheet_out *out)
{
	if (!out->n_cells)
		return out->kind == SHEET_READ;
	if (!out->in_sheet)
		return sheet_stop(out, SHEET_DAMAGED);
	if (out->row > SHEET_ROWS_MAX)
		return sheet_stop(out, SHEET_TOO_LONG);
	if (out->row <= out->row_before)
		return sheet_stop(out, SHEET_DAMAGED);
	out->row_before = out->row;
	return put_record(out, (struct wire_record){ .type = RECORD_ROW, .flags = out->row_hidden ? RECORD_HIDDEN : 0,
		.n = (uint16_t)out->n_cells, .row = out->row });
}

bool sheet_out_sheet_end(struct sheet_out *out)
{
	out->row_len = 0;
	if (!out->in_sheet)
		return sheet_stop(out, SHEET_DAMAGED);
	out->in_sheet = false;
	return put_record(out, (struct wire_record){ .type = RECORD_END });
}

/* Civil date of a day count from 1970-01-01 (Howard Hinnant's algorithm, public domain). */
void sheet_day(double serial, bool from_1904, char out[11])
{
	int64_t days, era, of_era, year_of_era, of_year, month;

	out[0] = '\0';
	if (!(serial >= 0 && serial < 500000) || (!from_1904 && serial >= 60 && serial < 61) || (!from_1904 && serial < 1))
		return;
	/* Excel counts a 29 February 1900 that never was. */
	days = (int64_t)serial + (from_1904 ? -24107 : serial < 60 ? -25568 : -25569) + 719468;
	era = days / 146097;
	of_era = days - era * 146097;
	year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	month = (5 * of_year + 2) / 153;
	if (year_of_era + era * 400 + (month >= 10) > 2999)
		return;
	snprintf(out, 11, "%04d-%02d-%02d", (int)(year_of_era + era * 400 + (month >= 10)),
		(int)(month < 10 ? month + 3 : month - 9),
		(int)(of_year - (153 * month + 2) / 5 + 1));
}
