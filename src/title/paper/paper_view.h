/* paper_view.h: what the pages of paper sheets show, and the forms they send. */
#ifndef TITLE_PAPER_VIEW_H
#define TITLE_PAPER_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"

extern const struct choices paper_consents, typed_then;

#define SHEETS_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị", .optional = true) \
	FIELD(number, nam, .label = "Năm", .min = 2000, .max = 2999, .optional = true)
FORM(sheets_form, SHEETS_FORM)

#define SHEETS_PRINT_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(id, round, .label = "Đợt") \
	FIELD(id, nguoi, .label = "Chỉ người", .optional = true) \
	FIELD(id, mat, .label = "Mặt", .optional = true)
FORM(sheets_print_form, SHEETS_PRINT_FORM)

#define LEVELS_FORM(FIELD) \
	FIELD(id, round, .label = "Đợt") \
	FIELD(text, group, .label = "Nhóm", .max = 40)
FORM(levels_form, LEVELS_FORM)

#define TYPED_START_FORM(FIELD) \
	FIELD(text, ma, .label = "Mã phiếu", .hint = "9 chữ và số, in ở đầu tờ giấy. Gõ liền hay cách đều được.", .max = 20, \
		.optional = true) \
	FIELD(id, xong, .label = "Vừa ghi", .optional = true)
FORM(typed_start_form, TYPED_START_FORM)

#define TYPED_PATH_FORM(FIELD) \
	FIELD(id, person, .label = "Người") \
	FIELD(id, round, .label = "Đợt")
FORM(typed_path_form, TYPED_PATH_FORM)

#define TYPED_FORM(FIELD) \
	TYPED_PATH_FORM(FIELD) \
	FIELD(version, version, .label = "Bản") \
	FIELD(numbers, score, .label = "Điểm", .min = 0, .max = 10, .optional = true) \
	FIELD(lines, remark, .label = "Ý kiến ghi trên phiếu", .max = 1000, .optional = true) \
	FIELD(text, helper, .once = true, .label = "Ai nhập hộ, dựa vào đâu", \
		.hint = "Ví dụ: bà Ba nhập theo phiếu giấy.", .max = 200, .optional = true) \
	FIELD(choice, consent, .once = true, .label = "Người có phiếu đồng ý thế nào", \
		.choices = &paper_consents, .optional = true) \
	FIELD(choice, then, .once = true, .label = "Rồi", .choices = &typed_then)
FORM(typed_form, TYPED_FORM)

#define CODES_PRINT_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(number, sau, .label = "Sau người", .min = 0, .max = 9007199254740991, .optional = true)
FORM(codes_print_form, CODES_PRINT_FORM)

#define CODES_FILE_FORM(FIELD) \
	CODES_PRINT_FORM(FIELD) \
	FIELD(text, ticket, .label = "Phiếu in", .max = 32)
FORM(codes_file_form, CODES_FILE_FORM)

#define HOUSEHOLD_FORM(FIELD) \
	FIELD(id, person, .label = "Người")
FORM(household_form, HOUSEHOLD_FORM)

extern const struct choices paper_files;
#define CERTIFICATES_DOCX "giay-chung-nhan.docx"
#define CERTIFICATES_PDF "giay-chung-nhan.pdf"
#define CERTIFICATES_ZIP "giay-chung-nhan.zip"
#define ALL_ZIP "tat-ca.zip"

#define PAPERS_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(id, round, .label = "Đợt")
FORM(papers_form, PAPERS_FORM)

#define PAPER_FORM(FIELD) \
	PAPERS_FORM(FIELD) \
	FIELD(choice, tep, .label = "Giấy", .choices = &paper_files) \
	FIELD(number, trang, .label = "Chỉ in lại trang", \
		.hint = "Một trang bị nhoè, rách: gõ số trang rồi bấm PDF của giấy đó. Để trống: cả giấy.", .min = 1, .max = 99999, \
		.optional = true)
FORM(paper_form, PAPER_FORM)

#define FORM_PATH_FORM(FIELD) \
	FIELD(text, paper, .label = "Giấy", .max = 20)
FORM(form_path_form, FORM_PATH_FORM)

#define FORM_UPLOAD_FORM(FIELD) \
	FORM_PATH_FORM(FIELD) \
	FIELD(version, version, .label = "Bản") \
	FIELD(files, file, .label = "Mẫu DOCX có chỗ trống trong ngoặc nhọn", .hint = "Một tệp DOCX, đến 4 MB.", \
		.max_bytes = 4194304)
FORM(form_upload_form, FORM_UPLOAD_FORM)

#define FORM_RESTORE_FORM(FIELD) \
	FORM_PATH_FORM(FIELD) \
	FIELD(version, version, .label = "Bản")
FORM(form_restore_form, FORM_RESTORE_FORM)

/* ---- pages ---- */

struct sheet_line { const char *name, *about, *code, *id; struct url href; };
struct leaf_line { const char *name, *waiting; struct url href; };

struct code_button { const char *value, *label; };
struct sheets_page {
	struct page page;
	const char *heading, *lead, *note;
	struct url action, typed_href, register_href;
	bool may_print;
	const struct leaf_line *leafs;
	size_t n_leafs;
	const struct sheet_line *people;
	size_t n_people;
	const char *more;                /* "" unless the list is longer than shown */
	const struct link *levels;
	size_t n_levels;
	struct empty empty;              /* title "": there is somebody */
	const char *codes_heading;       /* "" : nobody waits for a code */
	struct url codes_action;
	const struct code_button *codes;
	size_t n_codes;
};

struct typed_score { const char *competence, *name, *number, *question, *value, *error, *error_id; };
struct typed_side { const char *number, *label; };
struct typed_page {
	struct page page;
	const char *heading, *lead, *version, *state;
	struct url action, print_action, back, sheet_href;
	bool may_type, asks_help;
	const struct typed_score *scores;
	size_t n_scores;
	const struct typed_side *sides;          /* that may be printed again, none: criteria without a paper sheet */
	size_t n_sides;
	struct tally tally;
	struct typed_form_view form;
};

struct typed_start {
	struct page page;
	const char *heading, *lead;
	struct typed_start_form_view form;
	struct url sheets_href;
};

struct member_line { const char *name, *todo, *code, *account, *act_label; struct url href, act; };
struct household_page {
	struct page page;
	const char *heading, *lead;
	const struct member_line *members;
	size_t n_members;
	int n_open;
	struct empty empty;
};

struct file_button { const char *value, *label; };
struct paper_line { const char *name, *why; const struct file_button *buttons; size_t n_buttons; struct url edit_href; };
struct papers_page {
	struct page page;
	const char *heading, *note, *certificates_why, *certificates_docx, *certificates_pdf, *certificates_zip, *all_zip;
	struct url action;
	bool has_certificates;
	struct paper_form_view form;
	const struct paper_line *papers;
	size_t n_papers;
};

struct form_line { const char *name, *state; struct url href; };
struct forms_page {
	struct page page;
	const char *heading, *lead;
	const struct form_line *forms;
	size_t n_forms;
};

struct field_line { const char *mark, *words; };
struct field_list { const char *heading; const struct field_line *fields; size_t n_fields; };
struct form_page {
	struct page page;
	const char *heading, *state, *version;
	bool is_replaced;
	struct url upload_action, restore_action, starter_href, back;
	const struct field_list *lists;
	size_t n_lists;
	struct form_upload_form_view form;
};

#endif
