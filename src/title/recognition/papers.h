/* papers.h: the commune's papers of a round, forms CDHT-03 to 06, 08, 09 (bieu-mau.md), from the figures as they are.
 * They carry "DỰ THẢO" until the decision is entered; lists stream. */
#ifndef TITLE_RECOGNITION_PAPERS_H
#define TITLE_RECOGNITION_PAPERS_H

#include "registry/tree/tree.h"
#include "title/recognition/recognition.h"

struct document;        /* document/document.h */

enum paper { PAPER_MINUTES, PAPER_LIST, PAPER_PROPOSAL, PAPER_DECISION, PAPER_POSTING, PAPER_OBJECTION, PAPERS };

const char *paper_code(enum paper);                              /* "bien-ban": in addresses */
const char *paper_title(enum paper);                             /* "Biên bản họp xét" */
bool paper_of_code(const char *code, enum paper *out);
bool paper_is_list(enum paper);                                  /* XLSX too, beside PDF and DOCX */

/* ---- for forms of one's own (title/paper): the same facts by name ---- */

struct paper_field { const char *name, *words; };        /* "ho_ten", what it is */
const struct paper_field *paper_fields(size_t *n);       /* those of every paper */
/* A list of a paper: each row's fields. Bounds of what may be told stand here: a posting's rows have name, year and place
 * only. */
struct paper_list { const char *name, *words; const struct paper_field *fields; size_t n; };
const struct paper_list *paper_lists(enum paper, size_t *n);

struct paper_values;
OUTCOME paper_values_open(struct ask *ask, enum paper, const struct unit *commune, const struct round *,
	struct paper_values **out);
/* Of the row in hand first; "" when there is none. The three below fit struct form_values (document/form.h). */
const char *paper_value(void *values, const char *name);
OUTCOME paper_list_begin(void *values, const char *list);
OUTCOME paper_list_next(void *values, struct arena *row, bool *done);

OUTCOME paper_make(struct ask *ask, enum paper, const struct unit *commune, const struct round *, struct document **out);

#endif
