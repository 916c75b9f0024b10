/* form_reading.h: what the two halves of form_read share: the archive (form_read.c) and its XML (form_flow.c). */
#ifndef DOCUMENT_FORM_READING_H
#define DOCUMENT_FORM_READING_H

#include "document/form_pieces.h"

enum { FAULT_TEXT = 80 };
struct form_refusal { enum form_fault fault; char what[FAULT_TEXT + 1]; };

/* The first one stays. `what` is cut to FAULT_TEXT bytes. */
void form_refuse(struct form_refusal *, enum form_fault, const char *what, size_t len);
/* Appends a part's name and pieces to `out`. */
void form_flow(struct arena *, const char *name, struct bytes part, struct form_refusal *, struct buf *out);

#endif
