/* assessments_view.h: what the pages of a sheet show, and the forms they send. */
#ifndef TITLE_ASSESSMENTS_VIEW_H
#define TITLE_ASSESSMENTS_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"

#define SHEET_PATH(FIELD) \
	FIELD(id, person, .label = "Người") \
	FIELD(id, round, .label = "Đợt")
#define SHEET_VERSION(FIELD) \
	FIELD(version, version, .label = "Bản")
/* asked of another's hand only, until it has been answered once */
#define SHEET_HELP(FIELD) \
	FIELD(text, helper, .once = true, .label = "Ai nhập hộ, dựa vào đâu", \
		.hint = "Ví dụ: bà Ba nhập theo phiếu giấy.", .max = 200, \
		.optional = true) \
	FIELD(text, consent, .once = true, .label = "Người được nhập hộ đồng ý thế nào", \
		.hint = "Ví dụ: đồng ý bằng lời ngày 12/11, tại nhà văn hoá ấp.", .max = 200, .optional = true)

#define SHEET_PERSON_FORM(FIELD) \
	FIELD(id, person, .label = "Người")
FORM(sheet_person_form, SHEET_PERSON_FORM)

#define SHEET_AT_FORM(FIELD) \
	SHEET_PATH(FIELD)
FORM(sheet_at_form, SHEET_AT_FORM)

#define SHEET_REGISTER_FORM(FIELD) \
	SHEET_PATH(FIELD) \
	SHEET_VERSION(FIELD) \
	FIELD(text, group, .label = "Nhóm theo việc làm chính trong năm", \
		.hint = "Chọn một nhóm. Câu hỏi chấm điểm sẽ nói theo việc của nhóm đó.", .max = 40, .optional = true) \
	FIELD(text, wish_1, .label = "Điều thứ nhất", .max = 150, .optional = true) \
	FIELD(text, wish_2, .label = "Điều thứ hai", .max = 150, .optional = true) \
	FIELD(text, wish_3, .label = "Điều thứ ba", .max = 150, .optional = true) \
	FIELD(text, guardian, .label = "Cha, mẹ hoặc người giám hộ", \
		.hint = "Người 16, 17 tuổi ghi tên người lớn biết việc đăng ký này.", .max = 100, .optional = true) \
	FIELD(flag, no_posting, .label = "Không muốn nêu tên khi niêm yết danh sách ở xã, phường") \
	FIELD(flag, agree, .label = "Tôi đồng ý cho hội khuyến học và ủy ban nhân dân dùng thông tin, điểm, minh chứng này " \
		"để xét danh hiệu") \
	SHEET_HELP(FIELD)
FORM(sheet_register_form, SHEET_REGISTER_FORM)

#define SHEET_SCORE_PATH_FORM(FIELD) \
	SHEET_PATH(FIELD) \
	FIELD(whole, indicator, .label = "Chỉ số", .min = 1, .max = 20)
FORM(sheet_score_path_form, SHEET_SCORE_PATH_FORM)

#define SHEET_SCORE_FORM(FIELD) \
	SHEET_PATH(FIELD) \
	FIELD(whole, indicator, .once = true, .label = "Chỉ số", .min = 1, .max = 20) \
	SHEET_VERSION(FIELD) \
	FIELD(number, score, .label = "Chọn mức cao nhất mà mình làm được trọn vẹn trong năm", .min = 0, .max = 100, \
		.optional = true) \
	FIELD(choice, then, .once = true, .label = "Rồi", .choices = &score_then, .optional = true) \
	SHEET_HELP(FIELD)
FORM(sheet_score_form, SHEET_SCORE_FORM)

#define SHEET_EVIDENCE_FORM(FIELD) \
	SHEET_PATH(FIELD) \
	FIELD(number, indicator, .label = "Cho chỉ số", .min = 0, .max = 20, .optional = true)
FORM(sheet_evidence_form, SHEET_EVIDENCE_FORM)

#define SHEET_UPLOAD_FORM(FIELD) \
	SHEET_PATH(FIELD) \
	FIELD(number, indicator, .label = "Cho chỉ số", .min = 0, .max = 20, .optional = true) \
	FIELD(files, files, .label = "Thêm ảnh hoặc giấy tờ", \
		.hint = "Chụp bằng điện thoại là được. Chọn nhiều ảnh một lúc, tới 20 tệp; mỗi ảnh hoặc tệp PDF tới 10 MB.", \
		.max_bytes = 10485760) \
	FIELD(lines, words, .label = "Không có ảnh? Kể lại bằng một câu", \
		.hint = "Ghi tên một người biết việc này, ví dụ tổ trưởng tổ nhân dân tự quản.", .max = 1000, .optional = true) \
	SHEET_HELP(FIELD)
FORM(sheet_upload_form, SHEET_UPLOAD_FORM)

#define SHEET_LINK_FORM(FIELD) \
	SHEET_PATH(FIELD) \
	FIELD(id, evidence, .label = "Minh chứng") \
	FIELD(whole, indicator, .label = "Chỉ số", .min = 1, .max = 20) \
	FIELD(flag, linked, .label = "Dùng")
FORM(sheet_link_form, SHEET_LINK_FORM)

#define SHEET_REMOVE_FORM(FIELD) \
	SHEET_PATH(FIELD) \
	FIELD(id, evidence, .label = "Minh chứng") \
	FIELD(version, version, .label = "Bản") \
	FIELD(number, indicator, .once = true, .label = "Chỉ số", .min = 0, .max = 20, .optional = true)
FORM(sheet_remove_form, SHEET_REMOVE_FORM)

#define SHEET_SUBMIT_FORM(FIELD) \
	SHEET_PATH(FIELD) \
	SHEET_VERSION(FIELD) \
	FIELD(lines, remark, .label = "Muốn nói thêm với chi hội", .hint = "Ví dụ: việc gì chưa kịp có giấy tờ.", .max = 1000, \
		.optional = true) \
	SHEET_HELP(FIELD)
FORM(sheet_submit_form, SHEET_SUBMIT_FORM)

#define SHEET_ACT_FORM(FIELD) \
	SHEET_PATH(FIELD) \
	SHEET_VERSION(FIELD)
FORM(sheet_act_form, SHEET_ACT_FORM)

#define SHEET_REASON_FORM(FIELD) \
	SHEET_PATH(FIELD) \
	SHEET_VERSION(FIELD) \
	FIELD(text, reason, .once = true, .label = "Lý do", .hint = "Ví dụ: chuyển đi nơi khác.", .max = 500, .optional = true)
FORM(sheet_reason_form, SHEET_REASON_FORM)

extern const struct choices score_then;

/* ---- what stands on every page ---- */

struct sheet_top {
	struct page page;
	const char *over, *heading, *lead;       /* over, lead: "" for none */
	struct url action, back;
	const char *version;
	bool is_closed;                          /* nothing can be sent now; a notice says why */
};
struct sheet_help_view { bool is_shown; struct field helper, consent; };

struct sheet_evidence {
	const char *label, *note;                /* "Giấy khen.jpg"; "ảnh, thêm lúc …" */
	const char *words;                       /* of a statement, else "" */
	struct url href, thumb;                  /* URL_NONE: none */
	const char *id, *version;
	bool is_linked;                          /* to the indicator of the page */
};

struct sheet_line { const char *title, *when; struct url href; struct state_mark state; };
struct sheet_home {
	struct sheet_top at;
	bool has_sheet, has_scores;
	struct state_mark state;
	const char *told;                        /* a sentence beside the state */
	const char *next_title, *next_text, *next_label;         /* label "": nothing to press */
	struct url next_href;
	const char *score_heading;
	struct strip strip;
	struct steps steps;
	const struct link *links;
	size_t n_links;
	const struct sheet_line *earlier;
	size_t n_earlier;
};

struct sheet_register_page {
	struct sheet_top at;
	struct sheet_register_form_view form;
	struct sheet_help_view help;
	const char *wishes_legend;
	bool asks_guardian, asks_consent;
	const char *button;
};

struct sheet_score_page {
	struct sheet_top at;
	const char *question;
	struct ladder ladder;
	struct sheet_help_view help;
	const char *const *examples;             /* of evidence that would do */
	size_t n_examples;
	const struct sheet_evidence *evidence;
	size_t n_evidence;
	const char *next_label;
	struct tally tally;
};

struct sheet_evidence_page {
	struct sheet_top at;
	struct sheet_upload_form_view form;
	struct sheet_help_view help;
	struct url link_action, remove_action;
	const char *indicator;                   /* "" when none is chosen */
	const char *list_heading;
	const struct sheet_evidence *evidence;
	size_t n_evidence;
	struct link go_on;
};

struct sheet_row { const char *number, *title, *self, *agreed, *files; struct url href; };
struct sheet_page {
	struct sheet_top at;
	struct state_mark state;
	struct facts facts;
	struct url certificate;                  /* URL_NONE: not recognised */
	const char *score_heading, *self_words, *agreed_words;
	struct strip self, agreed;
	bool has_agreed, has_scores, may_edit;
	const char *changes_heading;
	struct changes changes;
	const struct sheet_row *rows;
	size_t n_rows;
	struct trail trail;
};

struct sheet_submit_page {
	struct sheet_top at;
	struct sheet_submit_form_view form;
	struct sheet_help_view help;
	const char *sum, *verdict, *rule;
	struct strip strip;
	const struct link *missing;
	size_t n_missing;
	const char *warning;                     /* "" when the rule is met */
	bool is_complete;
	struct link next;                /* to the first that is missing */
};

struct sheet_act_page { struct sheet_top at; struct sheet_reason_form_view form; bool asks_reason, is_hard; const char *button; };

#endif
