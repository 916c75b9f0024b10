/* docx.h: inside the DOCX renderer. Lengths are twips (1/20 pt) unless named _mm. */
#ifndef DOCUMENT_DOCX_H
#define DOCUMENT_DOCX_H

#include <stdio.h>
#include <zip.h>

#include "document/block.h"

#define TWIPS_MM (1440 / 25.4)

struct docx {
	const struct document *document;
	struct arena *scratch;       /* emptied after every block */
	FILE *body;                  /* word/document.xml, spooled: a list of 12,000 rows is 30 MB of XML */
	zip_t *zip;
	int n_pictures;
	bool landscape, begun;       /* begun: something stands on this section's first page */
	bool first_section_done, has_certificate;
	bool failed;                 /* sticky; logged where it was seen */
};

/* How a paragraph stands and its words look; 0 is the plain way. */
struct way {
	const char *align;           /* "both", "center", "right"; NULL: left */
	int before, first, left, hanging;    /* space above, indents */
	double size;                 /* pt */
	bool bold, italic, keep_next, heading;
	const char *colour;          /* "0F5B47"; NULL: black */
};

void xml(struct docx *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void xml_escaped(FILE *, const char *text);      /* control characters are left out: XML has none */
void docx_open(struct docx *, const struct way *);       /* <w:p> with its properties */
void docx_words(struct docx *, const char *text, const struct way *);
void docx_close(struct docx *);
void docx_line(struct docx *, const char *text, const struct way *);     /* all three; nothing for "" */
void docx_gap(struct docx *, int high, bool keep_next);  /* an empty line of that height */
void docx_rule(struct docx *, int width, int room);      /* a line of that length in the middle of `room` */
int docx_body(const struct docx *);              /* width between the margins */

/* A table without lines, for things side by side. */
void docx_pair_open(struct docx *, const int *widths, size_t n);
void docx_pair_row(struct docx *);
void docx_pair_cell(struct docx *, int width, bool continued_from_above, bool continues);
void docx_pair_cell_end(struct docx *);
void docx_pair_row_end(struct docx *);
void docx_pair_end(struct docx *);

void docx_picture(struct docx *, struct bytes png, double wide_mm, double high_mm, const char *what);    /* inside an open paragraph */
void docx_qr(struct docx *, const char *text, double side_mm);

void docx_header(struct docx *, const struct letterhead *);
void docx_ending(struct docx *, const struct ending *);
void docx_certificate(struct docx *, const struct certificate *);
OUTCOME docx_table(struct docx *, const struct table *);
void docx_section(struct docx *);                /* <w:sectPr> of what stands above */

#endif
