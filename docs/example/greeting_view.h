#ifndef REGISTRY_GREETING_VIEW_H
#define REGISTRY_GREETING_VIEW_H

#include "base/form.h"
#include "html/page.h"

#define GREETING_AT_FORM(FIELD) FIELD(id, unit, .label = "Đơn vị")
FORM(greeting_at_form, GREETING_AT_FORM)

#define GREETING_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(text, words, .label = "Lời chào", .max = 200)
FORM(greeting_form, GREETING_FORM)

struct greeting_page {
	struct page page;
	const char *words;               /* "" for none */
	struct url action;
	struct greeting_form_view form;
};

#endif
