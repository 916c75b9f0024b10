/* certificates_page.h: the certificates of a decision as one file, for the pages of recognition. */
#ifndef TITLE_CERTIFICATES_PAGE_H
#define TITLE_CERTIFICATES_PAGE_H

#include "http/request.h"
#include "title/certificates/certificates.h"

enum { CERTIFICATES_FILE = 1000 };

/* The valid ones, from the `skip`th number of the decision's first, CERTIFICATES_FILE at most, as a PDF. Permission is the
 * caller's. */
OUTCOME certificates_respond(struct request *, int64_t decision_id, int64_t skip);

#endif
