/* papers.h: certificates as paper, form CDHT-07 (bieu-mau.md): A4 lying, one page each. */
#ifndef TITLE_CERTIFICATES_PAPERS_H
#define TITLE_CERTIFICATES_PAPERS_H

#include "title/certificates/certificates.h"

struct document;        /* document/document.h */

/* The address that the QR leads to stands in the setting "address" (default http://127.0.0.1:8080). The file's title ends
 * with the
 * code: `hoctap verify FILE` reads it there. */
OUTCOME certificate_paper(struct ask *ask, const struct certificate_row *, struct document **out);
/* All valid ones of a decision after a number of the book, at most `limit`; streams. */
OUTCOME certificates_paper(struct ask *ask, int64_t decision_id, int64_t after_number, int64_t limit, struct document **out);
/* The same into a document of one's own (lying): of several decisions, one after the other. */
OUTCOME certificates_add(struct ask *ask, struct document *, int64_t decision_id, int64_t after_number, int64_t limit);
/* The same, each as a file of its own in the order of the book; `name` of the file: "0007 Nguyễn Thị An". */
OUTCOME certificates_each(struct ask *ask, int64_t decision_id, OUTCOME (*take)(void *state, const char *name, struct bytes pdf),
	void *state);
/* The code in the title of a file that certificate_paper made. False: no such title. */
bool certificate_paper_code(struct bytes pdf, char *code);

#endif
