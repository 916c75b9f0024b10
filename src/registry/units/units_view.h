/* units_view.h: what the pages of units show, and the forms they send. */
#ifndef REGISTRY_UNITS_VIEW_H
#define REGISTRY_UNITS_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"

#define UNITS_FORM(FIELD) \
	FIELD(text, q, .label = "Tên đơn vị", .hint = "Gõ có dấu hay không dấu đều được, ví dụ hoa thanh.", .max = 100, .optional = true)
FORM(units_form, UNITS_FORM)

#define UNIT_PATH_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(id, after, .label = "Sau đơn vị", .optional = true)
FORM(unit_path_form, UNIT_PATH_FORM)

#define UNIT_FILE_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(choice, format, .label = "Kiểu tệp", .choices = &unit_file_formats)
FORM(unit_file_form, UNIT_FILE_FORM)

#define UNIT_ADD_FORM(FIELD) \
	FIELD(id, unit, .label = "Nơi trực thuộc") \
	FIELD(choice, kind, .label = "Loại", .choices = &leaf_kinds) \
	FIELD(text, name, .label = "Tên", .hint = "Ghi đầy đủ, ví dụ “Ấp Bình Hoà” hoặc “Trường THCS Bình Hoà”.", .max = 150) \
	FIELD(day, from_day, .label = "Có từ ngày", .hint = "Ví dụ 1/7/2025.") \
	FIELD(text, officer_name, .label = "Người phụ trách chi hội", .max = 100, .optional = true) \
	FIELD(text, officer_phone, .label = "Điện thoại người phụ trách", .hint = "Chỉ người của chi hội và cấp trên thấy số này.", .max = 20, .optional = true)
FORM(unit_add_form, UNIT_ADD_FORM)

#define BRANCH_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(version, version, .label = "Bản") \
	FIELD(text, name, .label = "Tên chi hội", .max = 150) \
	FIELD(text, officer_name, .label = "Người phụ trách", .max = 100, .optional = true) \
	FIELD(text, officer_phone, .label = "Điện thoại", .hint = "Chỉ người của chi hội và cấp trên thấy số này.", .max = 20, .optional = true)
FORM(branch_form, BRANCH_FORM)

#define UNIT_IMPORT_FORM(FIELD) \
	FIELD(id, unit, .label = "Nơi trực thuộc") \
	FIELD(day, from_day, .label = "Có từ ngày", .hint = "Ví dụ 1/7/2025.") \
	FIELD(files, file, .label = "Tệp danh sách", .hint = "Tệp CSV, dòng đầu có các cột ten, loai; nếu có thì thêm ma, chi_hoi, phu_trach, dien_thoai.", .max_bytes = 4194304)
FORM(unit_import_form, UNIT_IMPORT_FORM)

struct unit_line { const char *name, *kind, *code, *within; struct url href; };

struct units_list {
	struct page page;
	struct units_form_view form;
	const char *heading, *lead;
	bool has_query;
	const struct unit_line *units;
	size_t n_units;
	const struct unit_line *provinces;
	size_t n_provinces;
	struct empty empty;
};

struct unit_past { const char *name, *when, *parent; };
struct unit_tie { const char *name, *code, *when; struct url href; };

struct unit_page {
	struct page page;
	const char *heading;
	struct facts facts;
	const char *children_heading;
	const struct unit_line *children;
	size_t n_children;
	bool is_open, has_children, may_edit, may_add, may_branch, may_file, may_acts;
	struct pager pager;
	struct url add_href, import_href, rename_href, move_href, close_href, merge_href, divide_href, branch_href, acts_href,
		xlsx_href, docx_href, pdf_href, csv_href;
	const struct link *parts;                /* pages about this unit that the reader may open */
	size_t n_parts;
	bool has_branch;
	const char *branch_name, *officer_name, *officer_phone;
	struct url call_href;                    /* URL_NONE: the number is not for this reader */
	const struct unit_past *history;
	size_t n_history;
	const struct unit_tie *made_of, *became;
	size_t n_made_of, n_became;
	struct trail trail;                      /* who changed it, for who may change it */
};

/* One template for each small form: a heading, the fields, one button. */
struct unit_form_page { struct page page; const char *heading, *lead; struct url action, back; const char *version; };
struct unit_add_page { struct unit_form_page at; struct unit_add_form_view form; };
struct branch_page { struct unit_form_page at; struct branch_form_view form; };
struct unit_import_page { struct unit_form_page at; struct unit_import_form_view form; };

extern const struct choices unit_file_formats;

#endif
