/* sheet.h: a table of typed cells, row by row, as a reader hands it on (sandbox/client.h reads, a feature takes). Nothing is
 * kept: what a row points to lives until the taker returns.
 *
 * Only what is there comes: an empty cell and an empty row are left out, so rows and columns have gaps. Numbers of rows and
 * columns are those a spreadsheet shows (row 1 is the first; column 0 is A); in a CSV a row is a record. */
#ifndef BASE_SHEET_H
#define BASE_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/outcome.h"

enum { SHEET_COLUMNS = 1024, SHEET_TEXT = 2000, SHEET_MERGES = 4096, SHEET_NAME = 400 };

enum cell_kind {
	CELL_TEXT,       /* as typed, UTF-8; white space and normal form as they came */
	CELL_NUMBER,     /* a whole number or not, without a date's format */
	CELL_DATE,       /* a number in a date's format, by the book's own epoch: text is YYYY-MM-DD, "" for no such day */
	CELL_ERROR       /* #N/A and its like */
};

struct sheet_cell {
	uint32_t column;
	enum cell_kind kind;
	bool formula;            /* a cached result */
	const char *text;        /* never NULL; "" for CELL_NUMBER and CELL_ERROR; cut at SHEET_TEXT bytes */
	double number;           /* CELL_NUMBER */
};

struct sheet_row {
	uint32_t row;
	bool hidden;
	size_t n;
	const struct sheet_cell *cells;  /* by column */
};

struct sheet_range { uint32_t row, column, last_row, last_column; };

struct sheet_head {
	const char *name;        /* as the book has it, at most SHEET_NAME bytes; "csv" for a CSV */
	bool hidden;             /* its rows do not come */
	bool is_cp1258;          /* a CSV in Windows-1258, decoded */
	size_t n_hidden;
	const struct sheet_range *hidden_columns;        /* column … last_column */
};

/* Any outcome but OK stops the reader and is returned. */
struct sheet_taker {
	OUTCOME (*sheet)(void *state, const struct sheet_head *);
	OUTCOME (*merge)(void *state, const struct sheet_range *);       /* always before its first row comes */
	OUTCOME (*row)(void *state, const struct sheet_row *);
	OUTCOME (*end)(void *state);     /* of the sheet */
	void *state;
};

#endif
