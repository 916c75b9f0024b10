/* fuzz_sheet.h: whatever a file holds, a reader of sheets ends with one of its verdicts, and what it hands on keeps what
 * base/sheet.h says: rows and columns rise, texts are UTF-8, nothing comes outside a sheet. */
#ifndef FUZZ_SHEET_H
#define FUZZ_SHEET_H

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/bug.h"
#include "sandbox/sheet_out.h"
#include "text/text.h"

struct fuzz_state { bool in_sheet; uint32_t row; };

static OUTCOME fuzz_sheet(void *state, const struct sheet_head *sheet)
{
	struct fuzz_state *s = state;

	BUG_ON(s->in_sheet || !text_is_utf8((struct bytes){ sheet->name, strlen(sheet->name) }));
	*s = (struct fuzz_state){ .in_sheet = true };
	return OK;
}

static OUTCOME fuzz_merge(void *state, const struct sheet_range *range)
{
	BUG_ON(!((struct fuzz_state *)state)->in_sheet || range->last_row < range->row || range->last_column < range->column);
	return OK;
}

static OUTCOME fuzz_row(void *state, const struct sheet_row *row)
{
	struct fuzz_state *s = state;

	BUG_ON(!s->in_sheet || row->row <= s->row || !row->n);
	s->row = row->row;
	for (size_t i = 0; i < row->n; i++) {
		BUG_ON(i && row->cells[i].column <= row->cells[i - 1].column);
		BUG_ON(strlen(row->cells[i].text) > SHEET_TEXT);
		BUG_ON(row->cells[i].kind == CELL_DATE && *row->cells[i].text && strlen(row->cells[i].text) != 10);
	}
	return OK;
}

static OUTCOME fuzz_end(void *state)
{
	struct fuzz_state *s = state;

	BUG_ON(!s->in_sheet);
	s->in_sheet = false;
	return OK;
}

static inline void fuzz_read(struct bytes file)
{
	struct fuzz_state state = { 0 };
	struct sheet_taker taker = { fuzz_sheet, fuzz_merge, fuzz_row, fuzz_end, &state };
	struct arena *a = arena_new(16 * MiB);
	enum sheet_kind kind;

	/* FAILED would be a piece that the client's own checks refuse. */
	BUG_ON(sandbox_sheet_here(a, file, &taker, &kind) != OK || kind >= SHEET_KINDS);
	BUG_ON(kind == SHEET_READ && state.in_sheet);
	arena_free(a);
}

/* A container of parts, stored as they are: mutations reach the XML, not its packing. Parts are parted by 0xFF. */
static inline void fuzz_container(const uint8_t *data, size_t size, const char *const names[], const char *const otherwise[], size_t n)
{
	zip_error_t error;
	zip_source_t *to;
	zip_t *zip;
	zip_stat_t stat;
	char *bytes;
	const uint8_t *end = data + size;

	zip_error_init(&error);
	to = zip_source_buffer_create(NULL, 0, 0, &error);
	BUG_ON(!to);
	zip_source_keep(to);
	zip = zip_open_from_source(to, ZIP_TRUNCATE, &error);
	BUG_ON(!zip);
	for (size_t i = 0; i < n; i++) {
		const uint8_t *cut = data < end ? memchr(data, 0xFF, (size_t)(end - data)) : NULL;
		size_t len = data < end ? (size_t)((cut ? cut : end) - data) : 0;
		bool given = data < end && len;
		zip_int64_t at = zip_file_add(zip, names[i], given ? zip_source_buffer(zip, data, len, 0)
			: zip_source_buffer(zip, otherwise[i], strlen(otherwise[i]), 0), ZIP_FL_ENC_UTF_8);

		BUG_ON(at < 0 || zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0));
		data = cut ? cut + 1 : end;
	}
	BUG_ON(zip_close(zip) || zip_source_stat(to, &stat) || zip_source_open(to));
	bytes = malloc(stat.size);
	BUG_ON(!bytes || zip_source_read(to, bytes, stat.size) != (zip_int64_t)stat.size);
	zip_source_close(to);
	zip_source_free(to);
	zip_error_fini(&error);
	fuzz_read((struct bytes){ bytes, stat.size });
	free(bytes);
}

#endif
