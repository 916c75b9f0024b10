/* grid_view.h: what the pages of the grid show, and the forms they send. */
#ifndef TITLE_GRID_VIEW_H
#define TITLE_GRID_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"
#include "title/grid/grid.h"

#define GRID_HELP(FIELD) \
	FIELD(text, helper, .label = "Ai nhập hộ, dựa vào đâu, ai giữ giấy", \
		.hint = "Ví dụ: bà Ba nhập theo phiếu giấy, chi hội giữ phiếu.", .max = 200, .optional = true) \
	FIELD(text, consent, .label = "Những người này đồng ý cho nhập hộ thế nào", \
		.hint = "Ví dụ: ký tên trên phiếu giấy ngày 12/11.", .max = 200, .optional = true)

#define GRID_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị", .optional = true) \
	FIELD(number, nam, .label = "Năm", .min = 2000, .max = 2999, .optional = true) \
	FIELD(choice, cach, .label = "Đang nhập", .choices = &grid_modes, .optional = true) \
	FIELD(id, sau, .label = "Sau người", .optional = true) \
	FIELD(flag, de_nghi, .label = "Điền như năm trước") \
	FIELD(id, xong, .label = "Việc vừa làm", .optional = true)
FORM(grid_form, GRID_FORM)

#define GRID_ROWS_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(id, round, .label = "Đợt") \
	FIELD(id, sau, .label = "Sau người", .optional = true)
FORM(grid_rows_form, GRID_ROWS_FORM)

/* one row, sent by the script as it is left */
#define GRID_SELF_FORM(FIELD) \
	FIELD(id, person, .label = "Người") \
	FIELD(id, round, .label = "Đợt") \
	FIELD(whole, version, .label = "Bản", .min = 0, .max = 1000000) \
	FIELD(numbers, score, .label = "Chỉ số", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(flag, nhu, .label = "Như năm trước, đã hỏi lại người có phiếu") \
	GRID_HELP(FIELD)
FORM(grid_self_form, GRID_SELF_FORM)

#define GRID_REVIEW_FORM(FIELD) \
	FIELD(id, person, .label = "Người") \
	FIELD(id, round, .label = "Đợt") \
	FIELD(whole, version, .label = "Bản", .min = 1, .max = 1000000) \
	FIELD(numbers, score, .label = "Chỉ số", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(text, reason, .label = "Lý do", .max = 300, .optional = true)
FORM(grid_review_form, GRID_REVIEW_FORM)

/* a page of twenty rows, without a script: c3_7 is indicator 3 of row 7 */
#define GRID_PAGE_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(id, round, .label = "Đợt") \
	FIELD(choice, cach, .label = "Đang nhập", .choices = &grid_modes) \
	FIELD(id, sau, .label = "Sau người", .optional = true) \
	FIELD(flag, de_nghi, .label = "Điền như năm trước") \
	FIELD(flag, tiep, .label = "Rồi sang các hàng sau") \
	FIELD(numbers, nguoi, .label = "Người, hàng", .min = 1, .max = 9007199254740991) \
	FIELD(ids, chon, .label = "Đánh dấu", .max = GRID_FORM_ROWS, .optional = true) \
	FIELD(numbers, ban, .label = "Bản, hàng", .min = 0, .max = 1000000) \
	FIELD(numbers, c1, .label = "Chỉ số 1, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c2, .label = "Chỉ số 2, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c3, .label = "Chỉ số 3, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c4, .label = "Chỉ số 4, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c5, .label = "Chỉ số 5, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c6, .label = "Chỉ số 6, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c7, .label = "Chỉ số 7, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c8, .label = "Chỉ số 8, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c9, .label = "Chỉ số 9, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c10, .label = "Chỉ số 10, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c11, .label = "Chỉ số 11, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c12, .label = "Chỉ số 12, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c13, .label = "Chỉ số 13, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c14, .label = "Chỉ số 14, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c15, .label = "Chỉ số 15, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c16, .label = "Chỉ số 16, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c17, .label = "Chỉ số 17, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c18, .label = "Chỉ số 18, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c19, .label = "Chỉ số 19, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(numbers, c20, .label = "Chỉ số 20, hàng", .min = 0, .max = SCORE_POINTS_MAX, .optional = true) \
	FIELD(texts, ly_do, .label = "Lý do, hàng", .max = 300, .optional = true) \
	GRID_HELP(FIELD)
FORM(grid_page_form, GRID_PAGE_FORM)

#define GRID_BULK_PATH_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(id, round, .label = "Đợt") \
	FIELD(choice, act, .label = "Việc", .choices = &grid_acts) \
	FIELD(id, sau, .label = "Sau người", .optional = true)
FORM(grid_bulk_path_form, GRID_BULK_PATH_FORM)

#define GRID_BULK_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(id, round, .label = "Đợt") \
	FIELD(choice, act, .label = "Việc", .choices = &grid_acts) \
	FIELD(id, sau, .label = "Sau người", .optional = true) \
	FIELD(text, stamp, .label = "Danh sách", .max = 16) \
	FIELD(choice, scope, .label = "Làm cho ai", .choices = &grid_scopes, .optional = true) \
	FIELD(ids, chon, .label = "Người", .max = GRID_BULK, .optional = true) \
	FIELD(choice, why, .label = "Vì sao rút", .choices = &grid_reasons, .optional = true) \
	FIELD(text, note, .label = "Lý do, ghi chú", .max = GRID_NOTE_MAX, .optional = true) \
	FIELD(day, consent_day, .label = "Ngày lập danh sách giấy", .hint = "Danh sách có chữ ký, hoặc biên bản ghi từng người " \
		"đã đồng ý cho nộp giúp. Ví dụ 12/11/2026.", .optional = true) \
	FIELD(text, consent_holder, .label = "Ai giữ danh sách giấy đó", .hint = "Ví dụ: bà Ba, chi hội trưởng.", .max = 100, \
		.optional = true) \
	GRID_HELP(FIELD)
FORM(grid_bulk_form, GRID_BULK_FORM)

#define GRID_UNIT_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(id, round, .label = "Đợt")
FORM(grid_unit_form, GRID_UNIT_FORM)

#define GRID_DONE_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(id, round, .label = "Đợt") \
	FIELD(id, done, .label = "Việc")
FORM(grid_done_form, GRID_DONE_FORM)

enum { GRID_ALL, GRID_TICKED };
extern const struct choices grid_scopes;

struct grid_column { const char *number, *title, *css; };
struct grid_group { const char *title, *span, *css; };
struct grid_head {
	const struct grid_group *groups;
	size_t n_groups;
	const struct grid_column *columns;
	size_t n_columns;
	const char *last;                        /* "Lý do", "Đã hỏi"; "" in the live table, which has "Đã lưu" */
	bool is_live;
};

struct grid_box { const char *name, *value, *label, *css, *note; bool is_wrong; };
struct grid_row_view {
	const char *css, *person, *person_name, *name, *year, *sum;
	struct url href;
	struct state_mark state;
	bool has_state, is_writable, is_ticked, asks_reason, asks_tick;
	const char *version_name, *version, *reason_name, *reason, *tick_id, *tick_label;
	bool reason_wrong;
	struct verdict verdict;
	const struct grid_box *boxes;
	size_t n_boxes;
};

struct grid_branch { const char *name, *registered, *submitted, *waiting; struct url href; };
struct grid_act_link { const char *label; struct url href; };

struct grid_page {
	struct page page;
	const char *heading, *lead, *closed;     /* closed: why nothing can be written now, "" when it can */
	const struct link *modes;
	size_t n_modes;
	const struct grid_act_link *acts;
	size_t n_acts;
	struct grid_head head, live_head;
	const struct grid_row_view *rows;
	size_t n_rows;
	bool is_review, asks_help, may_save, has_next, is_proposed, has_rows;
	struct url action, propose;
	const char *mode, *after, *unit, *round; /* hidden fields, and what ts/grid.ts is told */
	const char *live_rows;                   /* address of the rows as JSON */
	int pass_sum, least, total, highest;     /* highest: the most that an indicator has */
	const char *most, *css, *span;           /* what each indicator is scored to, "10 10 20"; of the table; "10" */
	struct grid_page_form_view form;
	struct pager pager;
	struct empty empty;
	const struct grid_branch *branches;
	size_t n_branches;
};

struct grid_bulk_line { const char *person, *id, *name, *year, *sum; struct state_mark state; bool has_state,
	is_ticked; struct verdict verdict; };
struct grid_left_line { const char *name, *why; struct url href; };
struct grid_bulk_page {
	struct page page;
	const char *heading, *lead, *button, *stamp, *after;
	bool is_hard, asks_help, asks_why, asks_note, asks_scope, asks_paper;
	struct url action, back;
	struct grid_bulk_form_view form;
	const struct grid_bulk_line *lines;
	size_t n_lines;
	const struct grid_left_line *left;       /* after an act: for whom it was not done, and why */
	size_t n_left;
	const char *left_heading;
	struct url undo;                         /* of what was done, URL_NONE: nothing was */
	struct pager pager;
	struct empty empty;
	bool has_lines;
};

/* what was done today, newest first */
struct grid_done_line { const char *time, *words, *actor, *state; struct url href; };   /* href: to undo it, while that may be */
struct grid_done_page {
	struct page page;
	const char *heading;
	const struct grid_done_line *lines;
	size_t n_lines;
	bool has_lines;
	struct url back;
	struct empty empty;
};

struct grid_undo_page {
	struct page page;
	const char *heading, *lead, *button, *left_heading;
	bool may;
	struct url action, back;
	const struct grid_left_line *left;
	size_t n_left;
};

#endif
