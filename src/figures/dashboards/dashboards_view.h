/* dashboards_view.h: what the pages of figures show, and the forms they send. */
#ifndef FIGURES_DASHBOARDS_VIEW_H
#define FIGURES_DASHBOARDS_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"

extern const struct choices boundary_choices;         /* title/transfers/boundaries.h */
extern const struct choices dashboard_orders, list_words, list_crowds, export_parts, result_formats;

#define DASHBOARD_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(number, dot, .label = "Đợt năm", .min = 2020, .max = 2100, .optional = true) \
	FIELD(choice, units, .label = "Theo đơn vị", .choices = &boundary_choices, .optional = true) \
	FIELD(choice, xep, .label = "Xếp theo", .choices = &dashboard_orders, .optional = true) \
	FIELD(flag, nguoc, .label = "Xếp ngược lại")
FORM(dashboard_form, DASHBOARD_FORM)

#define PEOPLE_LIST_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(number, dot, .label = "Đợt năm", .min = 2020, .max = 2100, .optional = true) \
	FIELD(choice, tt, .label = "Tình trạng phiếu", .choices = &list_words, .optional = true) \
	FIELD(choice, ai, .label = "Những ai", .choices = &list_crowds, .optional = true) \
	FIELD(text, nhom, .label = "Nhóm", .max = 60, .optional = true) \
	FIELD(id, sau, .label = "Sau người", .optional = true)
FORM(people_list_form, PEOPLE_LIST_FORM)

#define EXPORT_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(number, dot, .label = "Đợt năm", .min = 2020, .max = 2100, .optional = true) \
	FIELD(choice, units, .label = "Theo đơn vị", .choices = &boundary_choices, .optional = true) \
	FIELD(choice, phan, .label = "Phần cần tải", .choices = &export_parts) \
	FIELD(choice, tt, .label = "Tình trạng phiếu", .choices = &list_words, .optional = true)
FORM(export_form, EXPORT_FORM)

#define EXPORT_FILE_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(number, dot, .label = "Đợt năm", .min = 2020, .max = 2100, .optional = true) \
	FIELD(choice, units, .label = "Theo đơn vị", .choices = &boundary_choices, .optional = true) \
	FIELD(choice, phan, .label = "Phần cần tải", .choices = &export_parts) \
	FIELD(choice, tt, .label = "Tình trạng phiếu", .choices = &list_words, .optional = true)
FORM(export_file_form, EXPORT_FILE_FORM)

#define RESULTS_FORM(FIELD) \
	FIELD(number, dot, .label = "Đợt năm", .min = 2020, .max = 2100, .optional = true)
FORM(results_form, RESULTS_FORM)

#define RESULTS_FILE_FORM(FIELD) \
	FIELD(choice, format, .label = "Kiểu tệp", .choices = &result_formats) \
	FIELD(number, dot, .label = "Đợt năm", .min = 2020, .max = 2100, .optional = true)
FORM(results_file_form, RESULTS_FILE_FORM)

/* ---- one unit ---- */

struct dashboard_state {
	struct state_mark mark;          /* where has_mark; else plain words */
	const char *plain, *people;
	bool has_mark;
	struct url href;
	int64_t bar;
};
struct dashboard_target {
	const char *code, *title, *numerator, *denominator, *percent, *goal, *missing, *bar, *tick, *bar_label;
	bool has_data, is_reached;
	struct url href, numerator_href, denominator_href, missing_href;
};
struct dashboard_group {
	const char *title, *adults, *registered, *submitted, *recognised, *of_registered, *of_adults;
	struct url adults_href, registered_href, submitted_href, recognised_href;
};
struct dashboard_child {
	const char *code, *name, *people, *registered, *submitted, *recognised, *share;
	struct url href, people_href, registered_href, submitted_href, recognised_href;
};
struct dashboard_compare { const char *label, *now, *before, *difference; struct url href; };
struct dashboard_round { const char *year, *registered, *recognised; struct url href; };

struct dashboard_page {
	struct page page;
	const char *heading;
	struct empty empty;              /* title "": there is a round */
	struct figures figures;
	bool has_targets;
	struct url targets_href;
	const struct dashboard_target *targets;
	size_t n_targets;
	const struct dashboard_state *states;
	size_t n_states;
	struct dashboard_group groups_total;
	const struct dashboard_group *groups;
	size_t n_groups;
	bool has_children, has_map;
	const char *children_heading, *map, *map_title;
	struct sort_head by_name, by_people, by_registered, by_submitted, by_recognised;
	struct dashboard_child total;
	const struct dashboard_child *children;
	size_t n_children;
	bool has_before;
	const char *before_heading, *now_head, *before_head;
	const struct dashboard_compare *compares;
	size_t n_compares;
	bool has_years, is_line;
	const char *years_title;
	const struct dashboard_round *years;
	size_t n_years;
	struct url export_action, report_href, crosstab_href;
	const char *year, *units;        /* hidden fields of the export */
};

/* ---- the list behind a figure ---- */

struct people_line { const char *name, *birth, *leaf, *total, *plain; bool has_mark; struct state_mark state; struct url href; };
struct people_list {
	const char *who, *group;                 /* hidden, so that another state is shown of the same crowd; "" for all */
	struct page page;
	const char *heading, *lead;
	struct people_list_form_view form;
	struct url action, export_action;
	bool may_export;
	const char *year, *word;         /* hidden fields */
	const struct link *communes;     /* above a commune: choose one */
	size_t n_communes;
	const struct people_line *people;
	size_t n_people;
	struct pager pager;
	struct empty empty;
};

/* ---- for everybody ---- */

struct result_line { const char *code, *name, *people, *registered, *submitted, *recognised, *share; };

struct results_page {
	struct page page;
	const char *heading, *cut_off;
	struct empty empty;
	struct figures figures;
	bool has_map;
	const char *map, *map_title;
	struct result_line total;
	const struct result_line *lines;
	size_t n_lines;
	struct url csv_href, xlsx_href;
	const struct link *rounds;
	size_t n_rounds;
};

struct home_task { struct url href; const char *label, *text; };
struct home_page {
	struct page page;
	bool is_signed_in, has_round, has_map;
	const char *over, *heading, *lead, *main_label;
	struct url main_href;
	const struct home_task *tasks;
	size_t n_tasks;
	const char *registered, *registered_of, *holders, *cut_off, *year;
	const char *map, *map_title;
	const struct result_line *lines;
	size_t n_lines;
};

#endif
