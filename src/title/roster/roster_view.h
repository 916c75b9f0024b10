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
		.hint = "Tệp Excel (.xlsx, .xls), OpenDocument (.ods) hoặc CSV, như đang có. Không phải sửa cột, bỏ dòng ký tên " \
		"hay đổi phông chữ.", .max_bytes = 8388608)
FORM(roster_upload_form, ROSTER_UPLOAD_FORM)

#define ROSTER_FORMER_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị")
FORM(roster_former_form, ROSTER_FORMER_FORM)

#define ROSTER_PATH_FORM(FIELD) \
	FIELD(id, roster, .label = "Danh sách")
FORM(roster_path_form, ROSTER_PATH_FORM)

#define ROSTER_PAGE_FORM(FIELD) \
	FIELD(id, roster, .label = "Danh sách") \
	FIELD(choice, loc, .label = "Chỉ xem", .choices = &roster_filters, .optional = true) \
	FIELD(number, sau, .label = "Sau dòng", .min = 0, .max = 9007199254740991, .optional = true)
FORM(roster_page_form, ROSTER_PAGE_FORM)

/* "23 dup_name khac" of a row, "dup_name khac" of all: the value of the button that was pressed. */
#define ROSTER_DECIDE_FORM(FIELD) \
	ROSTER_PAGE_FORM(FIELD) \
	FIELD(text, choice, .label = "Cách đã chọn", .max = 80)
FORM(roster_decide_form, ROSTER_DECIDE_FORM)

#define ROSTER_APPLY_FORM(FIELD)                                                                                                 \
	FIELD(id, roster, .label = "Danh sách")                                                                                  \
	FIELD(version, version, .label = "Bản")                                                 \
	FIELD(choice, scores_of, .label = "Điểm trong tệp là của ai?", .choices = &roster_scores_of, .optional = true)           \
	FIELD(day, consent_day, .label = "Ngày lập danh sách giấy",                                                              \
	      .hint = "Danh sách có chữ ký, hoặc biên bản ghi từng người đã đồng ý. Ví dụ 12/11/2026.", .optional = true)        \
	FIELD(text, consent_holder, .label = "Ai giữ danh sách giấy đó", .hint = "Ví dụ: bà Ba, chi hội trưởng.", .max = 100,    \
	      .optional = true)                                                                                                  \
	FIELD(flag, registers, .label = "Mọi người trong danh sách đều đã đăng ký, cả người chưa có điểm")                       \
	FIELD(flag, submits, .label = "Nộp luôn phiếu đã đủ điểm")
FORM(roster_apply_form, ROSTER_APPLY_FORM)

#define ROSTER_UNDO_FORM(FIELD) \
	FIELD(id, roster, .label = "Danh sách") \
	FIELD(version, version, .label = "Bản")
FORM(roster_undo_form, ROSTER_UNDO_FORM)

#define ROSTER_COLUMNS_PATH_FORM(FIELD) \
	FIELD(id, roster, .label = "Danh sách") \
	FIELD(number, trang, .label = "Trang tính", .min = 0, .max = 1000, .optional = true)
FORM(roster_columns_path_form, ROSTER_COLUMNS_PATH_FORM)

/* What each column is, by its place among the columns of the sheet: a is the first twenty, b and c those after. */
#define ROSTER_COLUMNS_FORM(FIELD) \
	ROSTER_COLUMNS_PATH_FORM(FIELD) \
	FIELD(version, version, .label = "Bản") \
	FIELD(texts, a, .label = "Cột", .max = 30, .optional = true) \
	FIELD(texts, b, .label = "Cột", .max = 30, .optional = true) \
	FIELD(texts, c, .label = "Cột", .max = 30, .optional = true) \
	FIELD(text, group, .label = "Nhóm của người không ghi nghề", \
		.hint = "Để trống thì người mới không có nhóm không được nhận.", .max = 40, .optional = true) \
	FIELD(id, leaf, .label = "Nơi tính của người không ghi ấp, hoặc ghi tên không có ở đây", \
		.hint = "Để trống thì các dòng đó không được nhận.", .optional = true)
FORM(roster_columns_form, ROSTER_COLUMNS_FORM)

extern const struct choices roster_filters;      /* in the order of enum list_verdict, then LIST_LEFT */
extern const struct choices roster_scores_of;    /* in the order of enum list_scores without the first */

struct roster_kept { const char *name, *state, *made; struct url href; };
struct roster_upload_page {
	struct page page;
	const char *lead;
	struct roster_upload_form_view form;
	const char *unit;                /* the one unit there is to choose; "": choose */
	const char *former;              /* words of the button for last round's people; "": there was no round */
	const struct roster_kept *lists;
	size_t n_lists;
};

/* Being read, written or taken back; or ended in a way that asks for another file. */
struct roster_wait_page {
	struct page page;
	const char *heading, *lead, *done, *total, *said;        /* said: how far, in words; done, total for the bar */
	struct url here, retry_href;
	const char *version;             /* of a stopped job */
	bool is_running, is_stopped, has_total;
	const struct link *links;
	size_t n_links;
};

struct roster_button { const char *value, *words; bool is_chosen; };
struct roster_doubt_line { const char *words; const struct roster_button *buttons; size_t n_buttons; };
struct roster_line {
	const char *line, *name, *facts, *verdict, *words;
	struct url href;
	bool is_person, is_refused, waits;
	const struct roster_doubt_line *doubts;
	size_t n_doubts;
};
struct roster_alike { const char *title; const struct roster_button *buttons; size_t n_buttons; };
struct roster_preview {
	struct page page;
	const char *heading, *lead, *rows_heading, *button, *version, *filter, *after,
		*placeless; /* placeless: rows that need a place or group said for all; "" none */
	struct counts counts;
	struct pager pager;
	bool writes_above, writes_below, has_scores, is_open, is_applied, may_undo;      /* above: nothing waits any more */
	struct url action, columns_href, all_href, row_href, back, result_href, undo_href;
	struct roster_apply_form_view form;
	bool has_doubts;                 /* some row has a button */
	const struct roster_alike *alike;
	size_t n_alike;
	const struct roster_line *lines;
	size_t n_lines;
};

struct roster_column_line {
	const char *letter, *heading, *samples, *why, *name, *id;
	const struct field_option *options;
	size_t n_options;
};
struct roster_columns_page {
	struct page page;
	const char *heading, *lead, *version, *sheet;
	struct roster_columns_form_view form;
	const struct link *sheets;       /* other sheets of the book that hold a table */
	size_t n_sheets;
	const struct roster_column_line *columns;
	size_t n_columns;
	struct url action, back;
	bool has_groups, has_leafs;
};

struct roster_undo_page {
	struct page page;
	const char *heading, *lead, *version;
	struct figures figures;
	struct url action, back;
	bool may;
	const struct roster_line *lines; /* rows that stand in the way */
	size_t n_lines;
};

#endif
