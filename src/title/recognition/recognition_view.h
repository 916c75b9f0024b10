/* recognition_view.h: what the commune's and the authority's pages show, and the forms they send. */
#ifndef TITLE_RECOGNITION_VIEW_H
#define TITLE_RECOGNITION_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"

extern const struct choices objection_answers, exception_kinds, leaving_acts, branch_orders;

#define YEAR_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị", .optional = true) \
	FIELD(number, nam, .label = "Năm", .min = 2000, .max = 2999, .optional = true)
FORM(year_form, YEAR_FORM)

#define COMMUNE_FORM(FIELD) \
	YEAR_FORM(FIELD) \
	FIELD(choice, xep, .label = "Xếp theo", .choices = &branch_orders, .optional = true) \
	FIELD(flag, nguoc, .label = "Xếp ngược lại")
FORM(commune_form, COMMUNE_FORM)

#define SCOPE(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(id, round, .label = "Đợt")
FORM(scope_form, SCOPE)

#define MEETING_FORM(FIELD) \
	SCOPE(FIELD) \
	FIELD(version, version, .label = "Danh sách để lại", .optional = true) \
	FIELD(day, held_on, .once = true, .label = "Ngày họp", .hint = "Ví dụ 12/12/2026.") \
	FIELD(text, number, .once = true, .label = "Số biên bản", .max = 40, .optional = true) \
	FIELD(text, place, .once = true, .label = "Nơi họp", .max = 150, .optional = true) \
	FIELD(text, chair, .once = true, .label = "Chủ trì", .hint = "Họ tên, chức vụ.", .max = 150) \
	FIELD(text, secretary, .once = true, .label = "Thư ký", .hint = "Họ tên, chức vụ.", .max = 150) \
	FIELD(lines, attendees, .once = true, .label = "Người dự họp", \
		.hint = "Mỗi dòng một người: họ tên, đại diện cho ai.", .max = 4000) \
	FIELD(text, absent, .once = true, .label = "Vắng, lý do", .max = 300, .optional = true) \
	FIELD(whole, votes_for, .once = true, .label = "Số tán thành", .hint = "Trong số người dự họp.", .min = 0, .max = 1000) \
	FIELD(lines, discussion, .once = true, .label = "Ý kiến thảo luận", .max = 4000, .optional = true)
FORM(meeting_form, MEETING_FORM)

#define POSTING_FORM(FIELD) \
	SCOPE(FIELD) \
	FIELD(day, from_day, .label = "Niêm yết từ ngày") \
	FIELD(day, until_day, .label = "Đến hết ngày") \
	FIELD(text, place, .label = "Nơi niêm yết", .hint = "Ví dụ trụ sở UBND xã, nhà văn hoá các ấp.", .max = 300)
FORM(posting_form, POSTING_FORM)

#define OBJECTION_FORM(FIELD) \
	SCOPE(FIELD) \
	FIELD(text, code, .label = "Mã phiếu của người được nhắc đến", \
		.hint = "9 chữ và số, in trên phiếu và trong danh sách.", .max = 20) \
	FIELD(text, by_name, .label = "Người kiến nghị", .hint = "Muốn giữ kín tên thì ghi “giữ kín”.", .max = 100) \
	FIELD(text, by_contact, .label = "Cách liên lạc để trả lời", .max = 150, .optional = true) \
	FIELD(day, received_on, .label = "Ngày nhận") \
	FIELD(lines, words, .label = "Nội dung", .max = 2000)
FORM(objection_form, OBJECTION_FORM)

#define OBJECTION_PATH_FORM(FIELD) \
	FIELD(id, objection, .label = "Kiến nghị")
FORM(objection_path_form, OBJECTION_PATH_FORM)

#define OBJECTION_ANSWER_FORM(FIELD) \
	FIELD(id, objection, .label = "Kiến nghị") \
	FIELD(version, version, .label = "Bản") \
	FIELD(choice, answer, .label = "Kết quả", .choices = &objection_answers) \
	FIELD(lines, words, .label = "Lý do, câu trả lời", .hint = "Người kiến nghị và người có phiếu đọc câu này.", .max = 1000)
FORM(objection_answer_form, OBJECTION_ANSWER_FORM)

#define PROPOSAL_FORM(FIELD) \
	SCOPE(FIELD) \
	FIELD(text, number, .label = "Số tờ trình", .hint = "Ví dụ 05/TTr-HKH.", .max = 40) \
	FIELD(day, day, .label = "Ngày") \
	FIELD(text, signer, .label = "Người ký", .max = 100)
FORM(proposal_form, PROPOSAL_FORM)

#define MINUTES_PATH_FORM(FIELD) \
	FIELD(id, meeting, .label = "Biên bản")
FORM(minutes_path_form, MINUTES_PATH_FORM)

#define MINUTES_FORM(FIELD) \
	MINUTES_PATH_FORM(FIELD) \
	FIELD(version, version, .label = "Bản") \
	FIELD(text, number, .label = "Số biên bản", .max = 40, .optional = true) \
	FIELD(text, began, .label = "Giờ bắt đầu", .hint = "Ví dụ 8 giờ 30.", .max = 30, .optional = true) \
	FIELD(text, ended, .label = "Giờ kết thúc", .max = 30, .optional = true) \
	FIELD(text, place, .label = "Nơi họp", .max = 150, .optional = true) \
	FIELD(text, chair, .label = "Chủ trì", .hint = "Họ tên, chức vụ.", .max = 150) \
	FIELD(text, secretary, .label = "Thư ký", .hint = "Họ tên, chức vụ.", .max = 150) \
	FIELD(lines, attendees, .label = "Người dự họp", .hint = "Mỗi dòng một người. Sửa tên được, không thêm bớt người.", \
		.max = 4000) \
	FIELD(text, absent, .label = "Vắng, lý do", .max = 300, .optional = true) \
	FIELD(lines, discussion, .label = "Ý kiến thảo luận", .max = 4000, .optional = true) \
	FIELD(text, relatives, .label = "Ai không biểu quyết vì là người thân", .max = 300, .optional = true) \
	FIELD(text, copies, .label = "Lập thành mấy bản", .hint = "Ví dụ 02.", .max = 10, .optional = true)
FORM(minutes_form, MINUTES_FORM)

#define APPRAISAL_FORM(FIELD) \
	FIELD(id, proposal, .label = "Tờ trình") \
	FIELD(id, sau, .label = "Sau người", .optional = true)
FORM(appraisal_form, APPRAISAL_FORM)

/* Who is left out: ticked, or named by code, with one reason for all. */
#define LEAVE(FIELD) \
	FIELD(id, sau, .label = "Sau người", .optional = true) \
	FIELD(choice, viec, .once = true, .label = "Việc", .choices = &leaving_acts) \
	FIELD(ids, nguoi, .label = "Người được đánh dấu", .max = 100, .optional = true) \
	FIELD(lines, ma, .once = true, .label = "Hoặc ghi mã phiếu", \
		.hint = "Chép từ giấy hay Excel, mỗi dòng một mã; một lần đến hai nghìn mã.", .max = 24000, .optional = true) \
	FIELD(text, why, .once = true, .label = "Lý do", \
		.hint = "Chung cho những người được chọn lần này. Người đó đọc được.", .max = 300, .optional = true)

#define MEETING_LEAVE_PATH_FORM(FIELD) \
	SCOPE(FIELD) \
	FIELD(id, sau, .label = "Sau người", .optional = true)
FORM(meeting_leave_path_form, MEETING_LEAVE_PATH_FORM)

#define MEETING_LEAVE_FORM(FIELD) \
	SCOPE(FIELD) \
	LEAVE(FIELD)
FORM(meeting_leave_form, MEETING_LEAVE_FORM)

#define DECISION_LEAVE_FORM(FIELD) \
	FIELD(id, proposal, .label = "Tờ trình") \
	FIELD(version, version, .label = "Bản") \
	LEAVE(FIELD) \
	FIELD(choice, kind, .once = true, .label = "Kết quả", .choices = &exception_kinds, .optional = true)
FORM(decision_leave_form, DECISION_LEAVE_FORM)

#define DECISION_FORM(FIELD) \
	FIELD(id, proposal, .label = "Tờ trình") \
	FIELD(version, version, .label = "Bản") \
	FIELD(text, number, .once = true, .label = "Số quyết định", .hint = "Ví dụ 118/QĐ-UBND.", .max = 40) \
	FIELD(day, day, .once = true, .label = "Ngày ký") \
	FIELD(text, signer, .once = true, .label = "Người ký", .max = 100) \
	FIELD(text, signer_role, .once = true, .label = "Chức vụ người ký", \
		.hint = "Ví dụ CHỦ TỊCH, hoặc KT. CHỦ TỊCH PHÓ CHỦ TỊCH.", \
		.max = 100)
FORM(decision_form, DECISION_FORM)

#define DECISION_PATH_FORM(FIELD) \
	FIELD(id, decision, .label = "Quyết định") \
	FIELD(number, sau, .label = "Sau số vào sổ", .min = 0, .max = 100000000, .optional = true)
FORM(decision_path_form, DECISION_PATH_FORM)

#define CORRECT_FORM(FIELD) \
	FIELD(id, decision, .label = "Quyết định") \
	FIELD(version, version, .label = "Bản") \
	FIELD(text, number, .label = "Số quyết định", .max = 40) \
	FIELD(day, day, .label = "Ngày ký") \
	FIELD(text, signer, .label = "Người ký", .max = 100) \
	FIELD(text, signer_role, .label = "Chức vụ người ký", .max = 100) \
	FIELD(text, reason, .once = true, .label = "Lý do sửa", .max = 300)
FORM(correct_form, CORRECT_FORM)

#define SIGNED_FORM(FIELD) \
	FIELD(id, decision, .label = "Quyết định") \
	FIELD(version, version, .label = "Bản") \
	FIELD(files, file, .label = "Bản đã ký", .hint = "Một tệp PDF hoặc ảnh chụp, đến 10 MB.", .max_bytes = 10485760) \
	FIELD(text, list_check, .label = "Mã danh sách", \
		.hint = "In ngay dưới danh sách đã ký, ví dụ 7K2M-9QXT-4. Máy so để biết bản ký đúng là danh sách này. " \
			"Tệp PDF làm từ giấy của máy thì để trống: máy tự đọc.", \
		.max = 20, .optional = true)
FORM(signed_form, SIGNED_FORM)

#define REVOKE_FORM(FIELD) \
	FIELD(text, code, .label = "Mã giấy chứng nhận", .hint = "17 chữ và số, in dưới ô vuông QR.", .max = 40) \
	FIELD(text, number, .label = "Số quyết định thu hồi", .max = 40) \
	FIELD(day, day, .label = "Ngày ký") \
	FIELD(text, signer, .label = "Người ký", .max = 100) \
	FIELD(text, signer_role, .label = "Chức vụ người ký", .max = 100) \
	FIELD(lines, reason, .label = "Lý do thu hồi", .hint = "Người có giấy đọc lý do này. Không công bố ở trang xác minh.", \
		.max = 1000)
FORM(revoke_form, REVOKE_FORM)

#define AUTHORITY_PATH_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị")
FORM(authority_path_form, AUTHORITY_PATH_FORM)

#define AUTHORITY_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(day, from_day, .label = "Có hiệu lực từ ngày") \
	FIELD(text, name, .label = "Cơ quan công nhận", .hint = "Ghi như trên quyết định, ví dụ Ủy ban nhân dân xã Đức Hoà.", \
		.max = 150) \
	FIELD(text, place, .label = "Địa danh", .hint = "Ghi trước ngày tháng trên giấy, ví dụ Đức Hoà.", .max = 60) \
	FIELD(text, signer_role, .label = "Chức vụ người ký", .hint = "Ví dụ CHỦ TỊCH.", .max = 100)
FORM(authority_form, AUTHORITY_FORM)

/* ---- pages ---- */

struct late_line { const char *name, *officer, *registered, *submitted, *reviewed, *why, *phone; struct url href, call; };
struct paper_button { const char *value, *label; };
struct task_line { const char *label, *small; struct url href; };

struct commune_page {
	struct page page;
	const char *heading;
	struct steps steps;
	const char *late_heading, *late_rule;
	const struct late_line *late;
	size_t n_late;
	const char *on_time, *on_time_registered, *on_time_submitted, *on_time_reviewed;
	struct url branches_href, branches_action;
	struct sort_head by_name, by_registered, by_submitted, by_reviewed;
	struct url papers_href;
	const char *next;
	struct url next_href;
	const char *next_label;
	const struct task_line *tasks;
	size_t n_tasks;
	struct empty empty;              /* title "": there is a round */
};

/* A line of a form by the kind of its field: one template for all small forms. */
struct form_line { struct field at; bool is_text, is_lines, is_date, is_number, is_choice, is_files; };
struct left_row { const char *name, *kind, *why; };
/* Who is left out so far, before an act. heading "": the act knows none. */
struct left_list {
	const char *heading, *lead, *more;       /* more: how many beyond the rows, "" for none */
	const struct left_row *rows;
	size_t n_rows;
	struct url href;
	const char *link;
};
struct act_page {
	struct page page;
	const char *heading, *lead;
	struct facts facts;
	struct url action, back;
	const char *version, *button, *back_label;       /* version "": none */
	bool is_warning, has_file;
	const struct form_line *lines;
	size_t n_lines;
	struct left_list left;
	const char *list_heading;
	const struct objection_row *rows;
	size_t n_rows;
};
struct objection_row { const char *who, *words, *when, *state; struct url href; };

struct work_row { const char *number, *day, *commune, *people, *state; struct url href; };
struct authority_page {
	struct page page;
	const char *heading, *lead;
	const struct work_row *proposals, *decisions;
	size_t n_proposals, n_decisions;
	struct url revoke_href;
	struct empty empty;
};

struct leaving_row { int64_t id; const char *name, *about, *leaf, *total, *lowest, *code, *note; bool chosen, may_choose; };
/* A list of people with ticks, and what to do with those ticked. */
struct leaving_page {
	struct page page;
	const char *heading, *lead, *caption;
	const struct leaving_row *rows;
	size_t n_rows;
	struct pager pager;
	bool may_leave, asks_kind, is_decision;
	struct url action, back;
	const char *version, *after, *back_label;        /* "": none */
	struct field codes, why, kind;
	const char *form_heading, *form_error;
	struct act_page act;             /* is_decision: the decision itself */
};

struct decision_page {
	struct page page;
	const char *number, *day, *lead;
	struct facts facts;
	bool may_change, has_file, recognises;
	struct url file_action, books_action, correct_href, upload_action;
	const char *version;
	const struct paper_button *books;
	size_t n_books;
	struct signed_form_view form;
};

struct authority_row { const char *from, *name, *place, *signer_role; };
struct authority_set_page {
	struct page page;
	const char *heading, *lead;
	const struct authority_row *rows;
	size_t n_rows;
	struct act_page act;
};

#endif
