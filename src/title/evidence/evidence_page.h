/* evidence_page.h: evidence for pages: files that come in through the sandbox, and the addresses under which they are shown. */
#ifndef TITLE_EVIDENCE_PAGE_H
#define TITLE_EVIDENCE_PAGE_H

#include "base/url.h"
#include "title/evidence/evidence.h"

/* In a prepare step: each file through the sandbox, good ones durable in the store, its bytes gone from memory before the next.
 * ask->sandbox and ask->files are needed. OK also when every file is bad: each is a line of *out, with the reason.
 * FAILED: the world failed, nothing is lost by sending again. */
OUTCOME evidence_prepare(struct ask *ask, const struct upload_list *, struct evidence_files *out);

/* The file itself, and the small picture of a photo. For the owner and PERMIT_SHEET_READ on the leaf, anybody else is told 404.
 */
struct url evidence_url(struct arena *, int64_t person_id, int64_t id);
struct url evidence_thumb_url(struct arena *, int64_t person_id, int64_t id);

#endif
