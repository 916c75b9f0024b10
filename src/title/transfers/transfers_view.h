/* transfers_view.h: what the pages of moves and mergers show, and the forms they send. */
#ifndef TITLE_TRANSFERS_VIEW_H
#define TITLE_TRANSFERS_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"
#include "title/transfers/transfers.h"

#define TRANSFERS_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị", .optional = true) \
	FIELD(id, after, .label = "Sau người", .optional = true)
FORM(transfers_form, TRANSFERS_FORM)

/* Sent first by whoever chose people, then to look, then (sure) to do. */
#define TRANSFER_PEOPLE_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(id, after, .label = "Sau người", .optional = true) \
	FIELD(ids, people, .label = "Người cần chuyển", .max = 2000, .optional = true) \
	FIELD(flag, all, .label = "Chuyển tất cả mọi người của nơi này") \
	FIELD(id, to, .label = "Nơi đến", \
		.hint = "Ấp, khu phố, đơn vị cùng xã. Ở xã khác thì ghi mã ở ô dưới.", .optional = true) \
	FIELD(text, code, .label = "Mã nơi đến, nếu ở xã, phường khác", \
		.hint = "Xem ở trang của đơn vị, ví dụ 27937.04.", .max = 20, .optional = true) \
	FIELD(day, from_day, .label = "Từ ngày", \
		.hint = "Ngày có hiệu lực, ví dụ 1/10/2026. Ngày sắp tới thì đến ngày đó mới chuyển.", .optional = true) \
	FIELD(text, reason, .label = "Lý do", .hint = "Ví dụ “Chuyển nhà từ tháng 10”.", .max = 300, .optional = true) \
	FIELD(flag, look, .label = "Xem trước") \
	FIELD(flag, sure, .label = "Đã xem trước")
FORM(transfer_people_form, TRANSFER_PEOPLE_FORM)

#define TRANSFER_PATH_FORM(FIELD) \
	FIELD(id, transfer, .label = "Việc")
FORM(transfer_path_form, TRANSFER_PATH_FORM)

#define TRANSFER_UNDO_FORM(FIELD) \
	FIELD(id, transfer, .label = "Việc") \
	FIELD(version, version, .label = "Bản") \
	FIELD(text, reason, .once = true, .label = "Lý do hoàn tác", .hint = "Ví dụ “Ghi nhầm người”.", .max = 300)
FORM(transfer_undo_form, TRANSFER_UNDO_FORM)

#define WAITING_PLACE_FORM(FIELD) \
	FIELD(id, leaf, .label = "Ấp, khu phố, đơn vị") \
	FIELD(version, version, .label = "Bản") \
	FIELD(id, to, .label = "Xã, phường mới")
FORM(waiting_place_form, WAITING_PLACE_FORM)

#define DUPLICATE_PATH_FORM(FIELD) \
	FIELD(id, person, .label = "Người giữ lại") \
	FIELD(id, other, .label = "Người bỏ đi")
FORM(duplicate_path_form, DUPLICATE_PATH_FORM)

#define DUPLICATE_FORM(FIELD) \
	FIELD(id, person, .label = "Người giữ lại") \
	FIELD(id, other, .label = "Người bỏ đi") \
	FIELD(whole, keep_version, .label = "Bản", .min = 1, .max = 1000000) \
	FIELD(whole, drop_version, .label = "Bản", .min = 1, .max = 1000000) \
	FIELD(ids, take, .label = "Lấy của người bỏ đi", .max = 13, .optional = true) \
	FIELD(text, reason, .label = "Lý do", .hint = "Ví dụ “Cùng một người, hai chi hội cùng ghi”.", .max = 300)
FORM(duplicate_form, DUPLICATE_FORM)

#define UNIT_ACT_PATH_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị")
FORM(unit_act_path_form, UNIT_ACT_PATH_FORM)

#define UNIT_RENAME_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(version, version, .label = "Bản") \
	FIELD(text, name, .label = "Tên mới", .max = 150) \
	FIELD(day, from_day, .once = true, .label = "Từ ngày", \
		.hint = "Ngày tên mới có hiệu lực, ví dụ 1/7/2025. Số liệu trước ngày đó giữ tên cũ.") \
	FIELD(text, reason, .once = true, .label = "Lý do", .hint = "Ghi căn cứ, ví dụ nghị quyết, số và ngày.", .max = 300) \
	FIELD(flag, sure, .label = "Đã xem trước")
FORM(unit_rename_form, UNIT_RENAME_FORM)

#define UNIT_MOVE_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(version, version, .label = "Bản") \
	FIELD(text, parent, .once = true, .label = "Mã nơi trực thuộc mới", \
		.hint = "Mã xã, phường (5 chữ số) hoặc tỉnh (2 chữ số), ví dụ 27937.", .max = 20) \
	FIELD(day, from_day, .once = true, .label = "Từ ngày", .hint = "Ví dụ 1/7/2025.") \
	FIELD(text, reason, .once = true, .label = "Lý do", .hint = "Ghi căn cứ, ví dụ nghị quyết, số và ngày.", .max = 300) \
	FIELD(flag, sure, .label = "Đã xem trước")
FORM(unit_move_form, UNIT_MOVE_FORM)

#define UNIT_CLOSE_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(version, version, .label = "Bản") \
	FIELD(day, on_day, .once = true, .label = "Không còn từ ngày", \
		.hint = "Ngày đầu tiên không còn hoạt động, ví dụ 1/7/2025.") \
	FIELD(text, into, .once = true, .label = "Nhập vào đơn vị có mã", \
		.hint = "Bỏ trống nếu không nhập vào đâu.", .max = 20, .optional = true) \
	FIELD(text, reason, .once = true, .label = "Lý do", .hint = "Ghi căn cứ, ví dụ nghị quyết, số và ngày.", .max = 300) \
	FIELD(flag, sure, .label = "Đã xem trước")
FORM(unit_close_form, UNIT_CLOSE_FORM)

#define UNIT_ACTS_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị")
FORM(unit_acts_form, UNIT_ACTS_FORM)

#define UNITS_MERGE_FORM(FIELD) \
	FIELD(id, unit, .label = "Nơi nhận") \
	FIELD(ids, from, .label = "Các đơn vị được nhập vào", .max = 20, .optional = true) \
	FIELD(day, on_day, .label = "Từ ngày", .hint = "Ngày đầu tiên các đơn vị ấy không còn, ví dụ 1/7/2026.") \
	FIELD(text, reason, .label = "Căn cứ", .hint = "Nghị quyết, số và ngày.", .max = 300) \
	FIELD(flag, sure, .label = "Đã xem trước")
FORM(units_merge_form, UNITS_MERGE_FORM)

#define LEAF_DIVIDE_FORM(FIELD) \
	FIELD(id, unit, .label = "Ấp, khu phố") \
	FIELD(version, version, .label = "Bản") \
	FIELD(text, first, .once = true, .label = "Tên ấp, khu phố thứ nhất", \
		.hint = "Mọi người không được đánh dấu bên dưới về đây.", .max = 150) \
	FIELD(text, second, .once = true, .label = "Tên ấp, khu phố thứ hai", \
		.hint = "Những người được đánh dấu về đây.", .max = 150) \
	FIELD(ids, people, .label = "Người về ấp, khu phố thứ hai", .max = 2000, .optional = true) \
	FIELD(ids, first_roles, .label = "Cán bộ phụ trách nơi thứ nhất", .max = 100, .optional = true) \
	FIELD(ids, second_roles, .label = "Cán bộ phụ trách nơi thứ hai", .max = 100, .optional = true) \
	FIELD(day, on_day, .once = true, .label = "Từ ngày", .hint = "Ví dụ 1/7/2026.") \
	FIELD(text, reason, .once = true, .label = "Căn cứ", .hint = "Nghị quyết, số và ngày.", .max = 300) \
	FIELD(flag, sure, .label = "Đã xem trước")
FORM(leaf_divide_form, LEAF_DIVIDE_FORM)

/* ---- people ---- */

struct pick_line { long long id; const char *name, *birth, *leaf, *note; bool chosen; };
struct pick_rows { const char *caption; const struct pick_line *people; size_t n_people; };
struct transfer_form_page {
	struct page page;
	const char *heading, *lead, *unit, *after, *all_label;
	struct transfer_people_form_view form;
	struct pick_rows rows;                   /* to choose from */
	const struct pick_line *people;          /* in the preview */
	size_t n_people;
	struct pager pager;
	struct url back;
	bool has_preview;
	struct facts preview;                    /* what would happen */
	const char *button;                      /* "Chuyển 12 người" */
};

struct transfer_line { const char *what, *who, *from, *to, *day, *state; struct url href; };
struct transfers_home_page {
	struct page page;
	const char *heading, *lead;
	const struct link *links;                /* where to begin */
	size_t n_links;
	const struct transfer_line *lines;
	size_t n_lines;
	const struct link *leaves;               /* whose people to choose from */
	size_t n_leaves;
	struct empty empty;
};

struct transfer_page {
	struct page page;
	const char *heading, *version;
	struct facts facts;
	const struct pick_line *people;
	size_t n_people;
	bool may_undo;
	struct url action, back;
	struct transfer_undo_form_view form;
};

/* ---- waiting ---- */

struct waiting_button { long long to; const char *name, *code; };
struct waiting_line {
	long long leaf;
	const char *name, *code, *people, *version, *why;
	bool has_first;
	struct waiting_button first;             /* the suggested one */
	const struct waiting_button *others;
	size_t n_others;
};
struct waiting_part { const char *title, *when; const struct waiting_line *lines; size_t n_lines; };
struct waiting_page {
	struct page page;
	const char *heading, *lead;
	const struct waiting_part *parts;
	size_t n_parts;
	struct empty empty;
};

/* ---- duplicates ---- */

struct take_line { int number; const char *label, *keep, *drop; bool chosen; };
struct both_line { const char *label, *keep, *drop; };
struct duplicate_page {
	struct page page;
	const char *heading, *keep_head, *drop_head, *keep_version, *drop_version;
	const struct take_line *takes;
	size_t n_takes;
	const struct both_line *rounds;
	size_t n_rounds;
	struct url action, swap, back;
	struct duplicate_form_view form;
};

/* ---- units ---- */

/* What an act on a unit would do, told before: figures, officers, what is to be set by hand. */
struct officer_line { long long grant; const char *name, *role, *unit, *what; bool first, second; };
struct note_line { const char *text; };
struct look {
	struct facts facts;
	const struct officer_line *officers;
	size_t n_officers;
	const struct note_line *notes;
	size_t n_notes;
};

struct unit_pick { long long id; const char *name, *code; bool chosen; };
struct units_merge_page {
	struct page page;
	const char *heading, *lead;
	const struct unit_pick *units;
	size_t n_units;
	struct url action, back;
	struct units_merge_form_view form;
	bool has_preview;
	struct look look;
	const char *button;
	struct empty empty;
};
struct leaf_divide_page {
	struct page page;
	const char *heading, *lead, *version;
	struct pick_rows rows;
	struct url action, back;
	struct leaf_divide_form_view form;
	bool has_preview;
	struct look look;
	const char *first_words, *second_words;  /* heads of the two columns: who goes on where */
};

/* One unit changes: to fill in, or (has_look) to look at. */
struct unit_change_top {
	struct page page;
	const char *heading, *lead, *version, *button;
	struct url action, back;
	bool has_look;
	struct look look;
};
struct unit_rename_page { struct unit_change_top at; struct unit_rename_form_view form; };
struct unit_move_page { struct unit_change_top at; struct unit_move_form_view form; };
struct unit_close_page { struct unit_change_top at; struct unit_close_form_view form; };

struct unit_act_list {
	struct page page;
	const char *heading, *lead;
	const struct transfer_line *lines;
	size_t n_lines;
	struct url back;
	struct empty empty;
};

#endif
