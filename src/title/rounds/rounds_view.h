/* rounds_view.h: what the pages of rounds show, and the forms they send. */
#ifndef TITLE_ROUNDS_VIEW_H
#define TITLE_ROUNDS_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"

extern const struct choices round_stages;

#define ROUND_PATH_FORM(FIELD) \
	FIELD(id, round, .label = "Đợt")
FORM(round_path_form, ROUND_PATH_FORM)

#define ROUND_FIELDS(FIELD) \
	FIELD(id, criteria, .label = "Bộ tiêu chí") \
	FIELD(day, register_from, .label = "Đăng ký từ ngày", .hint = "Ví dụ 1/2/2026.") \
	FIELD(day, register_until, .label = "Đăng ký đến hết ngày") \
	FIELD(day, score_from, .label = "Tự chấm, nộp phiếu từ ngày") \
	FIELD(day, score_until, .label = "Tự chấm, nộp phiếu đến hết ngày") \
	FIELD(day, review_from, .label = "Xét phiếu từ ngày") \
	FIELD(day, review_until, .label = "Xét phiếu đến hết ngày") \
	FIELD(day, recognise_from, .label = "Công nhận từ ngày") \
	FIELD(day, recognise_until, .label = "Công nhận đến hết ngày") \
	FIELD(whole, posting_days, .label = "Số ngày niêm yết", .hint = "Ghi 0 nếu không niêm yết công khai.", .min = 0, .max = 60) \
	FIELD(whole, title_years, .label = "Danh hiệu có giá trị mấy năm", .min = 1, .max = 10)

#define ROUND_ADD_FORM(FIELD) \
	FIELD(whole, year, .label = "Năm", .min = 2020, .max = 2100) \
	ROUND_FIELDS(FIELD)
FORM(round_add_form, ROUND_ADD_FORM)

#define ROUND_EDIT_FORM(FIELD) \
	FIELD(id, round, .label = "Đợt") \
	FIELD(version, version, .label = "Bản") \
	ROUND_FIELDS(FIELD) \
	FIELD(text, reason, .once = true, .label = "Lý do", .hint = "Ghi căn cứ, ví dụ công văn, số và ngày.", .max = 300)
FORM(round_edit_form, ROUND_EDIT_FORM)

#define ROUND_EXTEND_FORM(FIELD) \
	FIELD(id, round, .label = "Đợt") \
	FIELD(text, unit, .label = "Mã xã, phường", .hint = "5 chữ số, ví dụ 27937; hoặc mã đơn vị trực thuộc tỉnh. Tìm mã ở trang Đơn vị.", .max = 20) \
	FIELD(choice, stage, .label = "Gia hạn việc", .choices = &round_stages) \
	FIELD(day, until, .label = "Đến hết ngày", .hint = "Ví dụ 10/12/2026.") \
	FIELD(text, reason, .label = "Lý do", .hint = "Ví dụ: mưa lũ kéo dài, nhiều ấp chưa họp được.", .max = 300)
FORM(round_extend_form, ROUND_EXTEND_FORM)

#define ROUND_LOCK_FORM(FIELD) \
	FIELD(id, round, .label = "Đợt") \
	FIELD(version, version, .label = "Bản") \
	FIELD(text, reason, .once = true, .label = "Lý do", .hint = "Ai cần biết sau này đọc được lý do này.", .max = 300)
FORM(round_lock_form, ROUND_LOCK_FORM)

#define ROUND_UNITS_FORM(FIELD) \
	FIELD(id, round, .label = "Đợt") \
	FIELD(version, version, .label = "Bản") \
	FIELD(lines, units, .label = "Mã các đơn vị tham gia", .hint = "Mỗi dòng một mã tỉnh, xã, phường hoặc đơn vị trực thuộc tỉnh. Để trống thì mọi đơn vị đều tham gia.", .max = 20000, .optional = true)
FORM(round_units_form, ROUND_UNITS_FORM)

/* /dot */
struct round_item { const char *title, *score, *state; struct url href; };
struct rounds_list {
	struct page page;
	const struct round_item *items;
	size_t n_items;
	struct empty empty;
	bool may_edit;
};

/* /dot/{round} */
struct round_stage_item { const char *name, *from, *until, *state; };
struct round_window_item { const char *unit, *stage, *until, *reason; struct url href; };
struct round_unit_item { const char *name; struct url href; };
struct round_page {
	struct page page;
	const char *heading, *lead;
	const struct round_stage_item *stages;
	size_t n_stages;
	struct facts facts;
	struct url criteria_href;
	const struct round_window_item *windows;
	size_t n_windows;
	const struct round_unit_item *units;
	size_t n_units;
	bool may_edit, is_locked;
	struct url extend_href, edit_href, units_href, lock_href, open_href;
	struct trail trail;
};

/* The forms: a heading, the fields, one button. */
struct round_form_page { struct page page; const char *heading, *lead; struct url action, back; const char *version; };
struct round_add_page { struct round_form_page at; struct round_add_form_view form; };
struct round_edit_page { struct round_form_page at; struct round_edit_form_view form; };
struct round_extend_page { struct round_form_page at; struct round_extend_form_view form; };
struct round_lock_page { struct round_form_page at; struct round_lock_form_view form; bool locks; };
struct round_units_page { struct round_form_page at; struct round_units_form_view form; };

#endif
