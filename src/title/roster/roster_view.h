/* roster_view.h: what the pages of lists show, and the forms they send. */
#ifndef TITLE_ROSTER_VIEW_H
#define TITLE_ROSTER_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"

#define ROSTER_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị", .optional = true)
FORM(roster_form, ROSTER_FORM)

#define ROSTER_UPLOAD_FORM(FIELD) \
	FIELD(id, unit, .label = "Nạp vào đơn vị") \
	FIELD(files, file, .label = "Tệp danh sách", \
		.hint = "Tệp .xlsx, .xls, .ods hoặc .csv như đang có, mỗi người một dòng; cần cột họ tên và ít nhất hai cột khác.", \
		.max_bytes = 4194304)
FORM(roster_upload_form, ROSTER_UPLOAD_FORM)

#define ROSTER_PAGE_FORM(FIELD) \
	FIELD(id, roster, .label = "Danh sách") \
	FIELD(choice, loc, .label = "Chỉ xem", .choices = &roster_filters, .optional = true)
FORM(roster_page_form, ROSTER_PAGE_FORM)

extern const struct choices roster_filters;      /* in the order of enum roster_verdict */

struct roster_upload_page {
	struct page page;
	const char *lead;
	struct roster_upload_form_view form;
	const char *unit;                /* the one unit there is to choose; "": choose */
};

struct roster_line { const char *line, *name, *birth, *verdict, *words; struct url href; bool is_person, is_refused; };
struct roster_preview {
	struct page page;
	const char *heading, *lead, *rows_heading, *button;
	struct counts counts;
	bool may_apply;
	struct url action, back;
	const struct roster_line *lines;
	size_t n_lines;
};

#endif
