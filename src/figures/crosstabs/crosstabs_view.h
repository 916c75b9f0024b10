/* crosstabs_view.h: what the pages of cross-tables show, and the forms they send. */
#ifndef FIGURES_CROSSTABS_VIEW_H
#define FIGURES_CROSSTABS_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"

extern const struct choices boundary_choices;            /* title/transfers/boundaries.h */
extern const struct choices crosstab_rows, crosstab_columns, crosstab_only, crosstab_measures, crosstab_public_rows,
	crosstab_public_columns, crosstab_formats;

#define CROSSTAB_FIELDS(FIELD) \
	FIELD(number, dot, .label = "Đợt năm", .min = 2020, .max = 2100, .optional = true) \
	FIELD(choice, hang, .label = "Mỗi hàng là", .choices = &crosstab_rows, .optional = true) \
	FIELD(choice, cot, .label = "Mỗi cột là", .choices = &crosstab_columns, .optional = true) \
	FIELD(choice, chi, .label = "Chỉ đếm phiếu", .choices = &crosstab_only, .optional = true) \
	FIELD(choice, nhom, .label = "Chỉ đếm nhóm", .choices = &person_groups, .optional = true) \
	FIELD(choice, tinh, .label = "Hiện", .choices = &crosstab_measures, .optional = true) \
	FIELD(choice, units, .label = "Theo đơn vị", .choices = &boundary_choices, .optional = true)
#define CROSSTAB_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	CROSSTAB_FIELDS(FIELD)
FORM(crosstab_form, CROSSTAB_FORM)
#define CROSSTAB_FILE_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(choice, format, .label = "Kiểu tệp", .choices = &crosstab_formats) \
	CROSSTAB_FIELDS(FIELD)
FORM(crosstab_file_form, CROSSTAB_FILE_FORM)
#define CROSSTAB_PUBLIC_FORM(FIELD) \
	FIELD(number, dot, .label = "Đợt năm", .min = 2020, .max = 2100, .optional = true) \
	FIELD(choice, hang, .label = "Mỗi hàng là", .choices = &crosstab_public_rows, .optional = true) \
	FIELD(choice, cot, .label = "Mỗi cột là", .choices = &crosstab_public_columns, .optional = true)
FORM(crosstab_public_form, CROSSTAB_PUBLIC_FORM)

struct crosstab_text { const char *head, *text; };       /* head: of its column, for narrow screens */
struct crosstab_line {
	const char *label, *sum, *people;                /* people: a bare number for the chart, "" where hidden */
	struct url href;
	const struct crosstab_text *cells;
	size_t n_cells;
};
struct crosstab_head { const char *label; };
struct crosstab_page {
	struct page page;
	const char *heading, *lead;
	struct url action, xlsx_href, csv_href;
	bool is_public, has_columns, has_bars;
	struct crosstab_form_view form;                  /* of the full page */
	struct crosstab_public_form_view public_form;    /* of the public one */
	const char *year, *units, *row_head, *sum_head, *title;  /* units: "now", or "" for the round's own */
	const struct crosstab_head *heads;
	size_t n_heads;
	struct crosstab_line total;
	const struct crosstab_line *lines;
	size_t n_lines;
	const char *cut;                                 /* "": all rows are shown */
	struct empty empty;
};

#endif
