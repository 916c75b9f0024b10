/* cases_view.h: what the cases of htmlc_test.sh show. */
#ifndef TOOLS_CASES_VIEW_H
#define TOOLS_CASES_VIEW_H

#include "base/form.h"
#include "html/html.h"

struct token { const char *value; };
struct child { const char *name; struct url href; size_t n_tags; const char *const *tags; };
struct group { const char *title; const struct child *children; size_t n_children; };
struct cases_form_view { struct field name; };
struct cases_view {
	const char *text, *empty;
	int64_t number;
	size_t count;
	bool yes, no;
	struct url url, none;
	struct trusted_html svg;
	struct group group, nobody;
	const struct group *groups;
	size_t n_groups;
	struct cases_form_view form;
	struct token token;
};

#endif
