/* review_view.h: what the pages of review show, and the forms they send. */
#ifndef TITLE_REVIEW_VIEW_H
#define TITLE_REVIEW_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"

#define QUEUE_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị", .optional = true) \
	FIELD(number, nam, .label = "Năm", .min = 2000, .max = 2999, .optional = true) \
	FIELD(number, luc, .label = "Sau lúc", .min = 0, .max = 99999999999, .optional = true) \
	FIELD(id, sau, .label = "Sau người", .optional = true)
FORM(queue_form, QUEUE_FORM)

#define SHEET_PATH_FORM(FIELD) \
	FIELD(id, person, .label = "Người") \
	FIELD(id, round, .label = "Đợt")
FORM(sheet_path_form, SHEET_PATH_FORM)

#define REVIEW_FORM(FIELD) \
	FIELD(id, person, .label = "Người") \
	FIELD(id, round, .label = "Đợt") \
	FIELD(version, version, .label = "Bản") \
	FIELD(numbers, score, .label = "Điểm xét", .min = 0, .max = 100) \
	FIELD(texts, reason, .once = true, .label = "Lý do", .max = 300, .optional = true)
FORM(review_form, REVIEW_FORM)

#define RETURN_FORM(FIELD) \
	FIELD(id, person, .label = "Người") \
	FIELD(id, round, .label = "Đợt") \
	FIELD(version, version, .label = "Bản") \
	FIELD(text, reason, .once = true, .label = "Cần bổ sung gì", \
		.hint = "Người có phiếu đọc câu này, ví dụ “Chỉ số 4: gửi một ảnh hoặc " \
		"một câu kể”.", .max = 300) \
	FIELD(day, due_day, .once = true, .label = "Hạn bổ sung", .hint = "Ví dụ 5/12/2026.") \
	FIELD(day, told_on, .once = true, .label = "Ngày đã báo cho người có phiếu", .hint = "Chưa báo thì để trống, ghi sau.", \
		.optional = true)
FORM(return_form, RETURN_FORM)

#define TOLD_FORM(FIELD) \
	FIELD(id, person, .label = "Người") \
	FIELD(id, round, .label = "Đợt") \
	FIELD(version, version, .label = "Bản") \
	FIELD(day, told_on, .once = true, .label = "Ngày đã báo cho người có phiếu", \
		.hint = "Gặp, gọi điện hay nhắn tin đều được.")
FORM(told_form, TOLD_FORM)

#define MISSING_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị", .optional = true) \
	FIELD(number, nam, .label = "Năm", .min = 2000, .max = 2999, .optional = true) \
	FIELD(number, tinh, .label = "Sau tình trạng", .min = 1, .max = 3, .optional = true) \
	FIELD(id, sau, .label = "Sau người", .optional = true)
FORM(missing_form, MISSING_FORM)

#define MISSING_FILE_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(id, round, .label = "Đợt")
FORM(missing_file_form, MISSING_FILE_FORM)

#define SAMPLE_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị", .optional = true) \
	FIELD(number, so, .label = "Số phiếu", .min = 1, .max = 100, .optional = true)
FORM(sample_form, SAMPLE_FORM)

struct queue_line { const char *name, *about, *total, *when; struct url href; bool is_first; };
struct queue_branch { const char *name, *registered, *submitted, *reviewed, *waiting; struct url href; };
struct queue_page {
	struct page page;
	const char *heading, *lead;
	const struct queue_line *lines;
	size_t n_lines;
	const char *branches_heading;
	const struct queue_branch *branches;
	size_t n_branches;
	struct pager pager;
	struct empty empty;
	bool is_empty;
	struct url grid_href, missing_href, sample_href;         /* URL_NONE: not here */
};

struct review_thumb { struct url href, src; const char *alt; };
struct review_statement { const char *text; };
struct review_indicator {
	const char *id, *number, *competence, *heading, *words, *note;   /* competence: "" but before the first of each */
	const char *css;                                        /* of the score's box */
	const char *self, *self_points, *score_name, *score, *score_error, *score_error_id;
	const char *reason_name, *reason, *reason_label, *reason_error, *reason_error_id;
	bool reason_open;
	const struct review_thumb *thumbs;
	size_t n_thumbs;
	const struct review_statement *statements;
	size_t n_statements;
	const char *twin;                                       /* "" or that the file stands in another sheet too */
};
struct review_page {
	struct page page;
	const char *heading, *about;
	struct state_mark state;
	bool may_review, may_return, may_tell, was_returned;
	const char *why_not;                                    /* "" when may_review */
	const char *returned;                                   /* what was asked for */
	const char *remark, *wishes, *helped;
	const struct review_indicator *indicators;
	size_t n_indicators;
	const char *self_line, *rule;
	const char *agreed_sum;                                 /* kept live by ts/tally.ts */
	struct verdict agreed;
	bool is_unsaved;                                        /* nothing was agreed yet: the person's own stand there */
	int pass_sum, least;
	struct strip self_strip, agreed_strip;
	struct changes changes;
	struct url action, return_action, told_action, later;
	const char *version;
	struct review_form_view form;
	struct return_form_view return_form;
	struct told_form_view told_form;
	bool return_open;
};

struct missing_row { const char *name, *birth, *leaf, *phone, *due; struct state_mark state; struct url call, href; };
struct missing_page {
	struct page page;
	const char *heading, *lead;
	const struct missing_row *rows;
	size_t n_rows;
	struct pager pager;
	struct empty empty;
	struct url export_action;
};

struct sample_page {
	struct page page;
	const char *heading, *lead;
	struct sample_form_view form;
	const struct queue_line *lines;
	size_t n_lines;
	struct empty empty;
};

#endif
