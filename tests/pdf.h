/* pdf.h: what poppler's tools say of a PDF. */
#ifndef TESTS_PDF_H
#define TESTS_PDF_H

#include "base/arena.h"
#include "base/bytes.h"

/* What `before FILE after` prints: pdf_tool(a, pdf, "pdftotext -f 2 -l 2", "-"). */
const char *pdf_tool(struct arena *, struct bytes pdf, const char *before, const char *after);
int pdf_pages(struct arena *, struct bytes pdf);

#endif
