/* forms.h: papers whose form a province replaced by a DOCX of its own with {fields} (document/form.h): from then on that paper
 * comes as
 * DOCX only, in all its communes. What is kept was taken apart by the locked-down reader. Permission ROUND_EDIT on the
 * province. */
#ifndef TITLE_PAPER_FORMS_H
#define TITLE_PAPER_FORMS_H

#include "base/ask.h"

struct replaced_form { const char *paper, *name; int64_t made_at, version; };    /* paper: its code; name: of the file sent in */
struct replaced_forms { size_t n; const struct replaced_form *at; };
OUTCOME forms_replaced(struct ask *ask, int64_t province_id, struct replaced_forms *out);
/* The pieces of a replaced form. NOT_FOUND: the paper is as shipped. No permission asked. */
OUTCOME form_content(struct ask *ask, int64_t province_id, const char *paper, struct bytes *out);
/* version 0: the first time. Pieces are checked by the caller (forms_paper.h). */
OUTCOME form_replace(struct ask *ask, int64_t province_id, int64_t version, const char *paper, const char *name, struct bytes
	pieces);
OUTCOME form_restore(struct ask *ask, int64_t province_id, int64_t version, const char *paper);

#endif
