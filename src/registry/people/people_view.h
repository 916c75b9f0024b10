/* people_view.h: what the pages of people show, and the forms they send. */
#ifndef REGISTRY_PEOPLE_VIEW_H
#define REGISTRY_PEOPLE_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"
#include "registry/people/people.h"

#define PEOPLE_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị", .optional = true) \
	FIELD(text, q, .label = "Tên", .hint = "Có dấu hay không dấu đều được, thêm năm sinh nếu trùng tên: lành 1961.", .max = 100, .optional = true) \
	FIELD(id, after, .label = "Sau người", .optional = true)
FORM(people_form, PEOPLE_FORM)

#define PEOPLE_UNIT_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị", .optional = true) \
	FIELD(id, after, .label = "Sau người", .optional = true)
FORM(people_unit_form, PEOPLE_UNIT_FORM)

#define PERSON_PATH_FORM(FIELD) \
	FIELD(id, person, .label = "Người")
FORM(person_path_form, PERSON_PATH_FORM)

/* One form adds (unit) and changes (person, version, reason). */
#define PERSON_EDIT_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị", .optional = true) \
	FIELD(id, person, .label = "Người", .optional = true) \
	FIELD(version, version, .label = "Bản", .optional = true) \
	FIELD(text, name, .label = "Họ tên", .hint = "Như trên thẻ căn cước, ví dụ Nguyễn Thị Lành.", .max = 100) \
	FIELD(date, birth, .label = "Ngày sinh", .hint = "Ví dụ 20/5/1961. Chỉ biết năm thì ghi năm.") \
	FIELD(choice, sex, .label = "Giới tính", .choices = &person_sexes, .optional = true) \
	FIELD(choice, group, .label = "Nhóm", .hint = "Theo việc làm chính; phiếu chấm điểm có lời riêng cho từng nhóm.", .choices = &person_groups) \
	FIELD(choice, leaf, .label = "Tính ở", .hint = "Mỗi người được tính ở một nơi.", .choices = &person_leafs) \
	FIELD(id, hamlet, .label = "Ấp, khu phố nơi ở", .optional = true) \
	FIELD(id, organisation, .label = "Nơi làm việc, học tập", .hint = "Cơ quan, trường, doanh nghiệp có chi hội riêng.", .optional = true) \
	FIELD(text, national_id, .once = true, .label = "Số định danh", \
		.hint = "12 chữ số trên thẻ căn cước. Số được giữ kín, trang chỉ hiện bốn số cuối.", .max = 30, \
		.optional = true) \
	FIELD(flag, no_number, .once = true, .label = "Bỏ số định danh đang lưu") \
	FIELD(text, phone, .label = "Điện thoại", .max = 20, .optional = true) \
	FIELD(text, address, .label = "Địa chỉ", .hint = "Số nhà, tổ, đường.", .max = 200, .optional = true) \
	FIELD(text, household, .label = "Chủ hộ", .hint = "Họ tên chủ hộ, để xem được cả nhà.", .max = 100, .optional = true) \
	FIELD(text, clan, .label = "Dòng họ", .max = 100, .optional = true) \
	FIELD(text, guardian, .label = "Cha, mẹ hoặc người giám hộ", .hint = "Cần cho người 16, 17 tuổi.", .max = 100, .optional = true) \
	FIELD(flag, member, .label = "Là hội viên Hội Khuyến học") \
	FIELD(day, trained_on, .label = "Ngày được tập huấn bộ tiêu chí", .hint = "Ví dụ 15/3/2026.", .optional = true) \
	FIELD(text, reason, .once = true, .label = "Lý do sửa", \
		.hint = "Cần khi sửa họ tên, ngày sinh, giới tính, số định danh hoặc nơi tính.", .max = 300, .optional = true)
FORM(person_edit_form, PERSON_EDIT_FORM)

#define CONDITION_FORM(FIELD) \
	FIELD(id, person, .label = "Người") \
	FIELD(version, version, .label = "Bản") \
	FIELD(choice, condition, .once = true, .label = "Tình trạng", .choices = &person_conditions) \
	FIELD(id, into, .once = true, .label = "Trùng với", .optional = true) \
	FIELD(text, reason, .once = true, .label = "Lý do", .hint = "Ví dụ “Chuyển về tỉnh Đồng Tháp tháng 10”.", .max = 300)
FORM(condition_form, CONDITION_FORM)

#define CORRECTION_FORM(FIELD) \
	FIELD(text, name, .label = "Họ tên", .max = 100) \
	FIELD(date, birth, .label = "Ngày sinh", .hint = "Ví dụ 20/5/1961.") \
	FIELD(choice, sex, .label = "Giới tính", .choices = &person_sexes, .optional = true) \
	FIELD(choice, group, .label = "Nhóm", .choices = &person_groups) \
	FIELD(text, phone, .label = "Điện thoại", .max = 20, .optional = true) \
	FIELD(text, address, .label = "Địa chỉ", .max = 200, .optional = true) \
	FIELD(text, household, .label = "Chủ hộ", .max = 100, .optional = true) \
	FIELD(text, clan, .label = "Dòng họ", .max = 100, .optional = true) \
	FIELD(text, note, .label = "Điều khác cần sửa", .hint = "Số định danh sai thì ghi “sai số định danh” rồi mang thẻ đến chi hội, đừng ghi số vào đây.", .max = 500, .optional = true)
FORM(correction_form, CORRECTION_FORM)

#define ANSWER_FORM(FIELD) \
	FIELD(id, person, .label = "Người") \
	FIELD(id, correction, .label = "Đề nghị") \
	FIELD(version, version, .label = "Bản") \
	FIELD(choice, answer, .once = true, .label = "Trả lời", .choices = &correction_answers) \
	FIELD(text, note, .once = true, .label = "Lý do", .max = 300, .optional = true)
FORM(answer_form, ANSWER_FORM)

#define CODES_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(id, after, .label = "Sau người", .optional = true) \
	FIELD(ids, people, .label = "Người được chọn", .max = 200)
FORM(codes_form, CODES_FORM)

#define SLIPS_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(text, ticket, .label = "Phiếu in", .max = 32) \
	FIELD(id, after, .label = "Sau người", .optional = true) \
	FIELD(id, only, .label = "Chỉ người", .optional = true)
FORM(slips_form, SLIPS_FORM)

extern const struct choices person_sexes, person_leafs, person_conditions, correction_answers;

struct person_line {
	long long id;
	const char *name, *birth, *sex, *group, *leaf;
	struct url href;
};

struct person_rows { const char *caption; const struct person_line *people; size_t n_people; };

struct people_list {
	struct page page;
	const char *heading, *lead;
	struct people_form_view form;
	struct person_rows rows;
	bool may_add, may_code, may_file, is_short;      /* is_short: a search that found as many as it may */
	const struct link *children;             /* communes of a province */
	size_t n_children;
	const char *unit, *after;                /* hidden fields; after "" on the first page */
	struct url add_href, doubles_href, corrections_href, unit_href, roster_href;
	struct pager pager;
	struct empty empty;
};

struct person_page {
	struct page page;
	const char *heading, *lead, *doubts, *number;    /* number: shown this once, else "" */
	struct facts facts;
	bool may_edit, has_number, may_code;
	struct url edit_href, condition_href, number_action, code_action, call_href;
	struct url sheet_href;                   /* URL_NONE: not for this reader */
	const char *phone, *household, *account;
	struct url house_href;
	struct person_rows twins, house;
	struct trail trail;
};

struct person_form_page {
	struct page page;
	const char *heading, *lead, *unit, *version;     /* "" where not of this form */
	bool is_new, has_number, has_hamlets, has_organisations;
	struct url action, back;
	struct person_edit_form_view form;
	struct person_rows twins;                /* of what was typed, when it was not taken */
};

struct condition_page {
	struct page page;
	const char *heading, *version;
	bool has_twins;
	struct url action, back;
	struct condition_form_view form;
};

struct change_line { const char *label, *now, *asked; };
struct correction_line {
	const char *name, *leaf, *asked, *note, *version, *state, *answer_note, *note_id;
	const char *typed, *error;               /* of an answer that was not taken */
	const struct change_line *changes;
	size_t n_changes;
	struct url href, action;
};
struct corrections_page {
	struct page page;
	const char *heading;
	const struct correction_line *corrections;
	size_t n_corrections;
	struct empty empty;
};

struct own_data_page {
	struct page page;
	struct facts facts;
	struct correction_form_view form;
	bool may_ask;
	const struct correction_line *corrections;
	size_t n_corrections;
};

struct double_line { struct person_line person; struct url merge_href; };        /* URL_NONE: the first of its group */
struct doubles_page {
	struct page page;
	const char *heading;
	const struct double_line *doubles;
	size_t n_doubles;
	struct person_rows rows;
	struct pager pager;
	struct empty empty;
};

struct slip { const char *name, *birth, *leaf, *code, *until, *address; };
struct slips_page {
	struct page page;
	const char *heading, *lead;
	const struct slip *slips;
	size_t n_slips;
	struct url back;
	struct empty empty;
};

#endif
