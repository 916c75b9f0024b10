/* evidence_view.h: what the addresses of evidence take. */
#ifndef TITLE_EVIDENCE_VIEW_H
#define TITLE_EVIDENCE_VIEW_H

#include "base/form.h"

#define EVIDENCE_PATH_FORM(FIELD) \
	FIELD(id, person, .label = "Người") \
	FIELD(id, evidence, .label = "Minh chứng")
FORM(evidence_path_form, EVIDENCE_PATH_FORM)

#endif
