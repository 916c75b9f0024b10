/* models_view.h: what the pages of learning titles show, and the forms they send. */
#ifndef TITLE_MODELS_VIEW_H
#define TITLE_MODELS_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"
#include "title/models/models.h"

#define MODELS_FORM(FIELD) \
	FIELD(id, unit, .label = "Xã, phường") \
	FIELD(id, round, .label = "Năm", .optional = true) \
	FIELD(id, after, .label = "Sau mô hình", .optional = true)
FORM(models_form, MODELS_FORM)

#define MODEL_ADD_FORM(FIELD) \
	FIELD(id, unit, .label = "Xã, phường") \
	FIELD(id, round, .label = "Năm") \
	FIELD(choice, kind, .label = "Loại", .choices = &model_kinds) \
	FIELD(id, leaf, .label = "Ấp, khu phố, đơn vị", .hint = "Dòng họ ghi theo xã: để trống.", .optional = true) \
	FIELD(text, name, .label = "Tên chủ hộ hoặc tên dòng họ", .hint = "Đúng như trong danh sách người. Cộng đồng và đơn vị: để trống.", .max = 100, .optional = true) \
	FIELD(text, decision, .label = "Quyết định công nhận", .hint = "Số và ngày, ví dụ “Số 12/QĐ-UBND ngày 05/01/2026”.", .max = 150)
FORM(model_add_form, MODEL_ADD_FORM)

#define MODEL_PATH_FORM(FIELD) \
	FIELD(id, unit, .label = "Xã, phường") \
	FIELD(id, model, .label = "Mô hình")
FORM(model_path_form, MODEL_PATH_FORM)

#define MODEL_REMOVE_FORM(FIELD) \
	FIELD(id, unit, .label = "Xã, phường") \
	FIELD(id, model, .label = "Mô hình") \
	FIELD(version, version, .label = "Bản") \
	FIELD(text, reason, .once = true, .label = "Lý do bỏ", .hint = "Ví dụ: ghi nhầm, quyết định đã thu hồi.", .max = 300)
FORM(model_remove_form, MODEL_REMOVE_FORM)

#define MODEL_IMPORT_FORM(FIELD) \
	FIELD(id, unit, .label = "Xã, phường") \
	FIELD(id, round, .label = "Năm") \
	FIELD(files, file, .label = "Tệp danh sách", .hint = "Tệp CSV, dòng đầu có các cột loai, ap, ten, quyet_dinh. Loại ghi Gia đình, Dòng họ, Cộng đồng hoặc Đơn vị.", .max_bytes = 4194304)
FORM(model_import_form, MODEL_IMPORT_FORM)

/* /mo-hinh: where to begin, for who works over several communes */
struct model_place { const char *name; struct url href; };
struct models_home {
	struct page page;
	const struct model_place *places;
	size_t n_places;
	struct empty empty;
};

/* /mo-hinh/{unit} */
struct model_item { const char *name, *place, *decision; struct url remove_href; };
struct model_part { const char *title; const struct model_item *items; size_t n_items; };
struct models_list {
	struct page page;
	const char *heading, *lead;
	const struct link *years;                /* the other ones */
	size_t n_years;
	const struct model_part *parts;          /* by kind */
	size_t n_parts;
	struct empty empty;
	struct pager pager;
	bool may_edit;
	struct url add_href, import_href;
};

struct model_form_page { struct page page; const char *heading, *lead, *version, *round; struct url action, back; };
struct model_add_page { struct model_form_page at; struct model_add_form_view form; };
struct model_remove_page { struct model_form_page at; struct model_remove_form_view form; };
struct model_import_page { struct model_form_page at; struct model_import_form_view form; };

#endif
