/* exchange_view.h: the page that offers lists in others' columns, and what it sends. */
#ifndef TITLE_EXCHANGE_VIEW_H
#define TITLE_EXCHANGE_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"
#include "title/roster/exchange.h"

extern const struct choices exchange_formats;

#define EXCHANGE_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(choice, cot, .label = "Theo cột của", .choices = &exchange_kinds) \
	FIELD(choice, dang, .label = "Dạng tệp", .choices = &exchange_formats)
FORM(exchange_form, EXCHANGE_FORM)

struct exchange_note_line { const char *title, *note; };
struct exchange_page {
	struct page page;
	struct exchange_form_view form;
	const char *unit;                /* the one unit there is to choose; "": choose */
	const struct exchange_note_line *notes;
	size_t n_notes;
};

#endif
