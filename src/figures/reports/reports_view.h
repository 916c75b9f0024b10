/* reports_view.h: the page that makes reports. */
#ifndef FIGURES_REPORTS_VIEW_H
#define FIGURES_REPORTS_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"

extern const struct choices boundary_choices;         /* title/transfers/boundaries.h */
extern const struct choices report_periods, report_formats;

#define REPORT_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị", .optional = true) \
	FIELD(number, dot, .label = "Đợt năm", .min = 2020, .max = 2100, .optional = true) \
	FIELD(choice, ky, .label = "Kỳ báo cáo", .choices = &report_periods, .optional = true) \
	FIELD(choice, units, .label = "Theo đơn vị", .choices = &boundary_choices, .optional = true) \
	FIELD(day, as_of, .label = "Số liệu tính đến ngày", \
		.hint = "Bỏ trống thì lấy hôm nay; báo cáo 6 tháng lấy ngày 30/6.", .optional = true)
FORM(report_form, REPORT_FORM)

#define REPORT_FILE_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(choice, format, .label = "Kiểu tệp", .choices = &report_formats) \
	FIELD(number, dot, .label = "Đợt năm", .min = 2020, .max = 2100, .optional = true) \
	FIELD(choice, ky, .label = "Kỳ báo cáo", .choices = &report_periods, .optional = true) \
	FIELD(choice, units, .label = "Theo đơn vị", .choices = &boundary_choices, .optional = true) \
	FIELD(day, as_of, .label = "Số liệu tính đến ngày", .optional = true)
FORM(report_file_form, REPORT_FILE_FORM)

struct report_row { const char *name, *adults, *registered, *submitted, *recognised, *of_registered, *of_adults, *before; };

struct report_page {
	struct page page;
	struct report_form_view form;
	struct empty empty;              /* title "": there is a round */
	bool has_result;
	const char *heading, *cut_off;
	struct report_row total;
	const struct report_row *rows;
	size_t n_rows;
	struct url pdf_href, docx_href, xlsx_href, csv_href;
};

#endif
