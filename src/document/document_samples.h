/* document_samples.h: the hardest forms with made-up people, for tests, the bench and the eye. Not part of the program. */
#ifndef DOCUMENT_DOCUMENT_SAMPLES_H
#define DOCUMENT_DOCUMENT_SAMPLES_H

#include "document/document.h"

enum { SAMPLE_MADE = 1796526000 };       /* 2026-12-05, 10:00 in Viet Nam */

struct people { int i, n; };             /* of sample_person: gives n rows */
OUTCOME sample_person(void *people, struct arena *row, struct cell *cells, bool *done);
const char *sample_name(int i);

struct document *sample_sheet(struct arena *);           /* CDHT-02: bubbles, corner marks, QR */
struct document *sample_minutes(struct arena *);         /* CDHT-03 */
struct document *sample_list(struct arena *, struct people *);   /* CDHT-04, lying */
struct document *sample_letter(struct arena *);          /* CDHT-05 */
struct document *sample_decision(struct arena *, bool draft);    /* CDHT-06 */
struct document *sample_certificates(struct arena *, struct people *);   /* CDHT-07, streamed */
struct document *sample_sheets(struct arena *, struct people *);       /* CDHT-02, two sides a person, streamed */
struct document *sample_notice(struct arena *);          /* CDHT-08 */
struct document *sample_report(struct arena *);          /* CDHT-10 */

#endif
