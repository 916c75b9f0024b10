/* XLS (Excel 97 to 2003) by libfreexl, which opens by path only: our own fopen, found before the C library's, knows one name that
 * no file has, memory by its address. freexl tells nothing of hidden and merged cells. */
#include <dlfcn.h>
#include <freexl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "sandbox/sheet_out.h"

#define DOOR "\001hoctap-sheet:"

/* By its linker name: with large files stdio.h calls another function “fopen”. */
FILE *sheet_fopen(const char *path, const char *mode) __asm__("fopen") __attribute__((visibility("default")));

FILE *sheet_fopen(const char *path, const char *mode)
{
	FILE *(*libc)(const char *, const char *);
	void *next = dlsym(RTLD_NEXT, "fopen"), *at = NULL;
	size_t len = 0;

	if (!strncmp(path, DOOR, sizeof DOOR - 1) && sscanf(path + sizeof DOOR - 1, "%p:%zu", &at, &len) == 2)
		return fmemopen(at, len, "rb");
	memcpy(&libc, &next, sizeof libc);
	return libc(path, mode);
}

static bool put_cell(struct sheet_out *out, const void *book, unsigned row, unsigned short column)
{
	FreeXL_CellValue v;

	if (freexl_get_cell_value(book, row, column, &v) != FREEXL_OK)
		return sheet_stop(out, SHEET_DAMAGED);
	switch (v.type) {
	case FREEXL_CELL_INT:
		return sheet_out_number(out, column, false, v.value.int_value);
	case FREEXL_CELL_DOUBLE:
		return sheet_out_number(out, column, false, v.value.double_value);
	case FREEXL_CELL_TEXT:
	case FREEXL_CELL_SST_TEXT:
		return !v.value.text_value ||
			sheet_out_text(out, column, CELL_TEXT, false, v.value.text_value, strlen(v.value.text_value));
	case FREEXL_CELL_DATE:
	case FREEXL_CELL_DATETIME:
		return sheet_out_date(out, column, false, v.value.text_value, strlen(v.value.text_value));
	case FREEXL_CELL_TIME:
		return sheet_out_text(out, column, CELL_DATE, false, "", 0);
	default:
		return true;
	}
}

static bool put_rows(struct sheet_out *out, const void *book)
{
	unsigned rows;
	unsigned short columns;

	if (freexl_worksheet_dimensions(book, &rows, &columns) != FREEXL_OK)
		return sheet_stop(out, SHEET_DAMAGED);
	for (unsigned row = 0; row < rows; row++) {
		sheet_out_row(out, row + 1, false);
		for (unsigned short column = 0; column < columns; column++)
			if (!put_cell(out, book, row, column))
				return false;
		if (!sheet_out_row_end(out))
			return false;
	}
	return true;
}

static bool put_sheets(struct sheet_out *out, const void *book)
{
	unsigned password = 0, sheets = 0;
	const char *name;

	if (freexl_get_info(book, FREEXL_BIFF_PASSWORD, &password) == FREEXL_OK && password == FREEXL_BIFF_OBFUSCATED)
		return sheet_stop(out, SHEET_LOCKED);
	if (freexl_get_info(book, FREEXL_BIFF_SHEET_COUNT, &sheets) != FREEXL_OK)
		return sheet_stop(out, SHEET_DAMAGED);
	for (unsigned i = 0; i < sheets; i++) {
		if (freexl_get_worksheet_name(book, (unsigned short)i, &name) != FREEXL_OK || !name ||
		    freexl_select_active_worksheet(book, (unsigned short)i) != FREEXL_OK)
			return sheet_stop(out, SHEET_DAMAGED);
		if (!sheet_out_sheet(out, &(struct sheet_head){ .name = name }) || !put_rows(out, book) ||
			!sheet_out_sheet_end(out))
			return false;
	}
	return true;
}

void sheet_read_xls(struct sheet_out *out, struct bytes file)
{
	const void *book = NULL;
	char path[64];
	int opened;

	snprintf(path, sizeof path, "%s%p:%zu", DOOR, file.ptr, file.len);
	opened = freexl_open(path, &book);
	if (opened == FREEXL_OK)
		put_sheets(out, book);
	else
		sheet_stop(out, opened == FREEXL_BIFF_WORKBOOK_NOT_FOUND ? SHEET_NOT_A_SHEET : SHEET_DAMAGED);
	if (book)
		freexl_close(book);
}
