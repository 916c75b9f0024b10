/* sheet_xlsx.h (private): what the book says and its sheets need. */
#ifndef SANDBOX_SHEET_XLSX_H
#define SANDBOX_SHEET_XLSX_H

#include "sandbox/sheet_strings.h"
#include "sandbox/sheet_zip.h"

enum { XLSX_FORMATS = 4096, XLSX_STYLES = 65536, XLSX_PATH = 300 };

struct xlsx_sheet { char name[SHEET_NAME + 8], id[64], path[XLSX_PATH]; bool hidden; };      /* name: cut by sheet_out */

struct xlsx_book {
	struct sheet_zip *zip;
	struct sheet_strings *strings;
	char path[XLSX_PATH], strings_path[XLSX_PATH], styles_path[XLSX_PATH];
	bool from_1904;
	size_t n_sheets;
	struct xlsx_sheet *sheets;       /* SHEET_BOOK_SHEETS */
	/* Styles: is number format so many a date's? And each cell style's. */
	struct { int id; bool date; } formats[XLSX_FORMATS];
	size_t n_formats, n_styles;
	bool style_is_date[XLSX_STYLES];
};

bool xlsx_rows_read(struct xlsx_book *, const struct xlsx_sheet *);
/* Does a number format show a date or time? "dd/mm/yyyy" does, "0.00E+00", "#,##0 \"đ\"" and "[Red]0" do not. */
bool xlsx_format_is_date(const char *code);

#endif
