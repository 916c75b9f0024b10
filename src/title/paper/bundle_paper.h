/* bundle_paper.h: the files of a commune's round that hold several papers: certificates, and all of it in one ZIP. Private to
 * title/paper. */
#ifndef TITLE_BUNDLE_PAPER_H
#define TITLE_BUNDLE_PAPER_H

#include "document/archive.h"
#include "document/document.h"
#include "title/paper/paper.h"
#include "title/recognition/papers.h"

/* Valid certificates of all decisions of the round, in the order of the book: one PDF or DOCX. NOT_FOUND: none yet. */
OUTCOME bundle_certificates(struct ask *ask, const struct unit *commune, const struct round *, enum document_format, struct sink);
/* The same, a PDF each, named by number and name. */
OUTCOME bundle_certificates_each(struct ask *ask, const struct unit *commune, const struct round *, struct sink);
/* Every paper in each of its formats, and the certificates where there are any. */
OUTCOME bundle_all(struct ask *ask, const struct unit *commune, const struct round *, struct sink);
/* PDF and DOCX, lists XLSX too; DOCX alone where the province replaced the form. has: by enum document_format. */
OUTCOME bundle_formats(struct ask *ask, enum paper, const struct unit *commune, bool has[DOCUMENT_XLSX + 1]);
/* One paper in one format, into an arena's buffer. NOT_FOUND: not in this one. */
OUTCOME bundle_paper(struct ask *ask, enum paper, enum document_format, const struct unit *commune, const struct round *,
	struct bytes *out);

#endif
