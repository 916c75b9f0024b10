/* targets_view.h: what the pages of targets and of the population show, and the forms they send. */
#ifndef FIGURES_TARGETS_VIEW_H
#define FIGURES_TARGETS_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"

extern const struct choices boundary_choices;            /* title/transfers/boundaries.h */
extern const struct choices target_choices, target_orders, target_parts, target_formats;

#define TARGETS_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị", .optional = true) \
	FIELD(number, nam, .label = "Năm", .min = 2020, .max = 2100, .optional = true) \
	FIELD(choice, theo, .label = "Chỉ tiêu", .choices = &target_choices, .optional = true) \
	FIELD(choice, xep, .label = "Xếp theo", .choices = &target_orders, .optional = true) \
	FIELD(flag, nguoc, .label = "Từ nhỏ tới lớn") \
	FIELD(choice, units, .label = "Theo đơn vị", .choices = &boundary_choices, .optional = true)
FORM(targets_form, TARGETS_FORM)

#define TARGETS_FILE_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(choice, format, .label = "Kiểu tệp", .choices = &target_formats) \
	FIELD(number, nam, .label = "Năm", .min = 2020, .max = 2100, .optional = true) \
	FIELD(choice, units, .label = "Theo đơn vị", .choices = &boundary_choices, .optional = true)
FORM(targets_file_form, TARGETS_FILE_FORM)

#define TARGET_PEOPLE_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(choice, target, .label = "Chỉ tiêu", .choices = &target_choices) \
	FIELD(choice, part, .label = "Phần", .choices = &target_parts) \
	FIELD(number, nam, .label = "Năm", .min = 2020, .max = 2100, .optional = true) \
	FIELD(id, after, .label = "Sau người", .optional = true)
FORM(target_people_form, TARGET_PEOPLE_FORM)

#define POPULATION_LIST_FORM(FIELD) \
	FIELD(number, nam, .label = "Năm", .min = 2020, .max = 2100, .optional = true)
FORM(population_list_form, POPULATION_LIST_FORM)

#define POPULATION_PATH_FORM(FIELD) \
	FIELD(whole, round, .label = "Năm", .min = 2020, .max = 2100) \
	FIELD(id, unit, .label = "Đơn vị")
FORM(population_path_form, POPULATION_PATH_FORM)

#define POPULATION_FORM(FIELD) \
	FIELD(whole, round, .label = "Năm", .min = 2020, .max = 2100) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(version, version, .label = "Bản") \
	FIELD(number, adults, .label = "Số người từ 18 tuổi", .hint = "Theo nguồn chính thức, ví dụ 24.412.", .min = 0, .max = 20000000) \
	FIELD(text, source, .label = "Nguồn", .hint = "Cơ quan, số và ngày của văn bản, ví dụ “Công an xã, công văn số 12 ngày 05/01/2026”.", .max = 200) \
	FIELD(day, as_of, .label = "Số liệu tính đến ngày", .hint = "Ví dụ 31/12/2025.")
FORM(population_form, POPULATION_FORM)

struct target_note { const char *text; };

/* One target: figures, bar, what is missing, and how it is counted. Figures link to the list behind them (URL_NONE: none). */
struct target_line {
	const char *code, *title, *percent, *numerator, *denominator;
	bool has_data, is_reached;
	struct url numerator_href, denominator_href, missing_href, how_href, more_href;
	const char *missing, *goal, *later;              /* "1.364"; "44 %, năm 2026"; "154.697 người tới 60 %, năm 2030" or "" */
	const char *bar_label, *bar_done, *bar_last, *bar_first, *bar_words, *bar_words_x;     /* SVG: widths and places, 0 to 280 */
	bool has_first;
	const char *how_id, *numerator_words, *denominator_words;
	const struct target_note *clauses, *assumptions;
	size_t n_clauses, n_assumptions;
};
struct target_child {
	const char *name, *code, *numerator, *denominator, *percent, *missing;
	struct url href, numerator_href, denominator_href, missing_href;
};
struct target_choice { const char *code; struct url href; bool is_here; };

struct targets_page {
	struct page page;
	const char *heading, *cut_off;
	bool has_targets;
	struct empty empty;
	const struct target_line *targets;
	size_t n_targets;
	const char *children_heading, *chosen_title;
	bool has_children;
	const struct target_choice *choices;
	size_t n_choices;
	struct sort_head by_name, by_numerator, by_denominator, by_percent, by_missing;
	struct target_child total;
	const struct target_child *children;
	size_t n_children;
	struct url xlsx_href, csv_href;
	const char *status;
	const struct target_note *rules;
	size_t n_rules;
};

struct target_person { const char *name, *birth, *leaf, *total; bool has_sheet; struct state_mark state; struct url href; };
struct target_people {
	struct page page;
	const char *heading, *lead;
	const struct target_person *people;
	size_t n_people;
	struct pager pager;
	struct empty empty;
};

struct population_line { const char *name, *code, *adults, *source, *as_of; struct url href; };
struct population_list {
	struct page page;
	const char *heading, *lead;
	const struct population_line *units;
	size_t n_units;
	const char *total, *missing;             /* missing: "Còn 12 xã, phường chưa có" or "" */
	struct empty empty;
};
struct population_edit {
	struct page page;
	const char *heading;
	struct url action, back;
	const char *version;
	struct population_form_view form;
};

#endif
