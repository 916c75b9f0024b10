/* sheet_out.h (private): where the readers of sheets put what they find: records (sheet_wire.h) gathered into pieces. A reader
 * stops at the first call that gives false: sheet_out.kind then says why. */
#ifndef SANDBOX_SHEET_OUT_H
#define SANDBOX_SHEET_OUT_H

#include "base/sheet.h"
#include "sandbox/client.h"
#include "sandbox/sheet_wire.h"

enum { SHEET_ROWS_MAX = 1100000, SHEET_BOOK_SHEETS = 200 };
#define SHEET_CELLS_MAX 60000000

struct sheet_out {
	void (*flush)(void *state, struct bytes piece);
	void *state;
	enum sheet_kind kind;            /* SHEET_READ until something is wrong */
	int64_t cells;
	size_t len, row_len, n_cells, sheets;
	uint32_t row, row_before;        /* the row under way; the last that was put. Rows that do not rise are SHEET_DAMAGED, */
	int64_t column_before;           /* and so are cells */
	bool row_hidden, in_sheet;       /* what comes outside a sheet is SHEET_DAMAGED */
	char piece[WIRE_PIECE_MAX], record[WIRE_PIECE_MAX];
};

/* Always false: `return sheet_stop(out, SHEET_DAMAGED)`. The first reason stays. */
bool sheet_stop(struct sheet_out *, enum sheet_kind);
bool sheet_out_sheet(struct sheet_out *, const struct sheet_head *);
bool sheet_out_merge(struct sheet_out *, const struct sheet_range *);
void sheet_out_row(struct sheet_out *, uint32_t row, bool hidden);
/* Text is cut at SHEET_TEXT; who calls sees that it is UTF-8 without NUL. Empty text is no cell. */
bool sheet_out_text(struct sheet_out *, uint32_t column, enum cell_kind, bool formula, const char *text, size_t len);
/* "1970-05-06…" becomes a date; another text stays one. */
bool sheet_out_date(struct sheet_out *, uint32_t column, bool formula, const char *text, size_t len);
bool sheet_out_number(struct sheet_out *, uint32_t column, bool formula, double number);
bool sheet_out_row_end(struct sheet_out *);      /* a row without cells is left out */
bool sheet_out_sheet_end(struct sheet_out *);
void sheet_out_flush(struct sheet_out *);

/* The readers. Each answers through `out` alone. */
struct sheet_input {
	struct bytes file;
	bool is_mapped;                  /* a mapping of a file, which may be forgotten and read again */
	int spill;                       /* a file to write to, or -1 */
};
void sheet_read(struct sheet_out *, const struct sheet_input *);         /* by the first bytes, whatever the name says */
void sheet_read_xlsx(struct sheet_out *, const struct sheet_input *);
void sheet_read_ods(struct sheet_out *, const struct sheet_input *);
void sheet_read_xls(struct sheet_out *, struct bytes file);
void sheet_read_csv(struct sheet_out *, struct bytes file);

/* ISO day of a spreadsheet's serial; "" when there is none or it is not of the years 1900 to 2999. */
void sheet_day(double serial, bool from_1904, char out[11]);

/* In this very process: tests, fuzzers. Never a stranger's file. */
OUTCOME sandbox_sheet_here(struct arena *, struct bytes file, const struct sheet_taker *, enum sheet_kind *kind);

#endif
