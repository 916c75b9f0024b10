/* criteria_view.h: what the pages of criteria show, and the forms they send. */
#ifndef TITLE_CRITERIA_VIEW_H
#define TITLE_CRITERIA_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"

#define CRITERIA_PATH_FORM(FIELD) \
	FIELD(id, criteria, .label = "Bộ tiêu chí")
FORM(criteria_path_form, CRITERIA_PATH_FORM)

#define CRITERIA_GROUP_FORM(FIELD) \
	FIELD(id, criteria, .label = "Bộ tiêu chí") \
	FIELD(text, group, .label = "Nhóm", .max = 60)
FORM(criteria_group_form, CRITERIA_GROUP_FORM)

#define CRITERIA_IMPORT_FORM(FIELD) \
	FIELD(files, file, .label = "Tệp bộ tiêu chí", .hint = "Tệp JSON, dưới 2 MB. Nạp xong còn là bản nháp, xem lại rồi mới công bố.", .max_bytes = 2097152)
FORM(criteria_import_form, CRITERIA_IMPORT_FORM)

#define CRITERIA_PUBLISH_FORM(FIELD) \
	FIELD(id, criteria, .label = "Bộ tiêu chí") \
	FIELD(version, version, .label = "Bản")
FORM(criteria_publish_form, CRITERIA_PUBLISH_FORM)

struct criteria_text { const char *text; };

/* /tieu-chi */
struct criteria_item { const char *title, *release, *state; struct url href; };
struct criteria_index {
	struct page page;
	const char *lead;
	const struct criteria_item *items;
	size_t n_items;
	struct empty empty;
	bool may_edit;
};

/* /tieu-chi/{criteria} */
struct criteria_indicator_item {
	const char *number, *title, *max;
	const struct criteria_text *evidence;
	size_t n_evidence;
};
struct criteria_section {
	const char *title, *words;
	const struct criteria_indicator_item *indicators;
	size_t n_indicators;
};
struct criteria_group_item { const char *title, *who; struct url href; };
struct criteria_page {
	struct page page;
	const char *heading, *status, *pass_text, *groups_note, *guide_heading;
	struct facts facts;
	const struct criteria_section *sections;
	size_t n_sections;
	const struct criteria_group_item *groups;
	size_t n_groups;
	const struct criteria_text *guide, *basis, *notes;
	size_t n_guide, n_basis, n_notes;
	bool may_publish;
	struct url publish_href;
	const char *version;
	struct trail trail;
};

/* /tieu-chi/{criteria}/{group}: printed and handed out */
struct criteria_level_item { const char *points, *words; bool is_pass; };
struct criteria_question {
	const char *number, *title, *question;
	const struct criteria_level_item *levels;
	size_t n_levels;
	const struct criteria_text *examples;
	size_t n_examples;
};
struct criteria_group_section {
	const char *title;
	const struct criteria_question *questions;
	size_t n_questions;
};
struct criteria_group_page {
	struct page page;
	const char *heading, *who, *source, *pass_text, *between;
	const struct criteria_group_section *sections;
	size_t n_sections;
	const struct criteria_group_item *others;
	size_t n_others;
};

struct criteria_import_page { struct page page; struct criteria_import_form_view form; };

#endif
