/* One pass over the bytes; a cell's bytes are gathered (quotes undoubled) and then made text. */
#include "text/csv.h"

#include <string.h>

#include "base/buf.h"
#include "text/text.h"

struct reader {
	struct arena *arena;
	struct problems *problems;
	const char *at, *end;
	char separator;
	size_t line;
};

static bool refuse(struct reader *r, const char *what)
{
	problem(r->problems, "file", arena_format(r->arena, "Dòng %zu: %s", r->line, what));
	return false;
}

static bool read_quoted(struct reader *r, struct buf *cell)
{
	size_t begun = r->line;

	for (r->at++; r->at < r->end; r->at++) {
		if (*r->at == '"') {
			if (r->at + 1 == r->end || r->at[1] != '"') {
				r->at++;
				return true;
			}
			r->at++;
		}
		r->line += *r->at == '\n';
		buf_char(cell, *r->at);
		if (cell->failed)
			break;
	}
	r->line = begun;
	return refuse(r, "dấu ngoặc kép mở mà không đóng. Mở tệp bằng Excel, lưu lại kiểu CSV UTF-8.");
}

static bool read_cell(struct reader *r, const char **out)
{
	struct buf cell = BUF(r->arena, .max = CSV_CELL);

	if (r->at < r->end && *r->at == '"' && !read_quoted(r, &cell))
		return false;
	while (r->at < r->end && *r->at != r->separator && *r->at != '\n')
		buf_char(&cell, *r->at++);
	if (cell.failed)
		return refuse(r, "một ô dài quá 4.000 chữ. Kiểm tra dấu phẩy giữa các cột.");
	if (text_line(r->arena, buf_bytes(&cell), out) != TEXT_OK)
		return refuse(r, "có chữ không đọc được. Lưu lại tệp kiểu CSV UTF-8.");
	return true;
}

static bool read_row(struct reader *r, struct csv_row *out, bool *blank)
{
	const char *cells[CSV_COLUMNS];
	const char **kept;

	out->line = r->line;
	out->n = 0;
	*blank = true;
	for (;;) {
		if (out->n == CSV_COLUMNS)
			return refuse(r, "nhiều hơn 64 cột. Chỉ giữ các cột cần nạp.");
		if (!read_cell(r, &cells[out->n]))
			return false;
		*blank &= !*cells[out->n++];
		if (r->at == r->end || *r->at == '\n')
			break;
		r->at++;
	}
	if (r->at < r->end) {
		r->at++;
		r->line++;
	}
	kept = ARENA_ARRAY(r->arena, const char *, out->n);
	memcpy(kept, cells, out->n * sizeof *cells);
	out->cells = kept;
	return true;
}

static char separator_of(struct bytes text)
{
	const char *p = text.ptr, *end = p + text.len;
	int commas = 0, semicolons = 0;

	for (; p < end && *p != '\n'; p++) {
		commas += *p == ',';
		semicolons += *p == ';';
	}
	return semicolons > commas ? ';' : ',';
}

static void fold_header(struct arena *arena, struct csv_row *header)
{
	const char **cells = ARENA_ARRAY(arena, const char *, header->n);

	for (size_t i = 0; i < header->n; i++)
		cells[i] = text_fold(arena, header->cells[i]);
	header->cells = cells;
}

bool csv_read(struct arena *arena, struct bytes text, struct problems *problems, struct csv *out)
{
	struct reader r = { .arena = arena, .problems = problems, .at = text.ptr, .end = (const char *)text.ptr + text.len, .line = 1 };
	struct csv_row *rows = NULL, row;
	size_t n = 0, room = 0;
	bool blank, has_header = false;

	*out = (struct csv){ 0 };
	r.separator = separator_of(text);
	if (text.len > CSV_BYTES)
		return refuse(&r, "tệp nặng quá 4 MB. Chia thành nhiều tệp nhỏ.");
	if (text.len >= 3 && !memcmp(text.ptr, "\xef\xbb\xbf", 3))
		r.at += 3;
	while (r.at < r.end) {
		if (!read_row(&r, &row, &blank))
			return false;
		if (blank)
			continue;
		if (!has_header) {
			out->header = row;
			has_header = true;
			continue;
		}
		if (n == CSV_ROWS)
			return refuse(&r, "nhiều hơn 20.100 dòng. Chia thành nhiều tệp nhỏ.");
		if (n == room) {
			struct csv_row *grown = ARENA_ARRAY(arena, struct csv_row, room ? room * 2 : 64);

			if (n)
				memcpy(grown, rows, n * sizeof *rows);
			rows = grown;
			room = room ? room * 2 : 64;
		}
		rows[n++] = row;
	}
	if (!has_header)
		return refuse(&r, "tệp trống. Dòng đầu phải là tên các cột.");
	fold_header(arena, &out->header);
	out->n = n;
	out->rows = rows;
	return true;
}

int csv_column(const struct csv *csv, const char *names)
{
	while (*names) {
		size_t len = strcspn(names, "|");

		for (size_t i = 0; i < csv->header.n; i++)
			if (strlen(csv->header.cells[i]) == len && !memcmp(csv->header.cells[i], names, len))
				return (int)i;
		names += len + (names[len] == '|');
	}
	return -1;
}

const char *csv_cell(const struct csv_row *row, int column)
{
	return column >= 0 && (size_t)column < row->n ? row->cells[column] : "";
}
