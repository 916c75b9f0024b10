/* pdf.h: inside the PDF renderer. Lengths are points (1/72 inch) from the page's left and top edges, unless named _mm. */
#ifndef DOCUMENT_PDF_H
#define DOCUMENT_PDF_H

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "document/block.h"

#define MM (72.0 / 25.4)

struct look {
	double size;                 /* pt */
	double width;                /* where lines break; 0: they do not */
	double indent;               /* of the first line; negative: of the others */
	bool bold, italic, justify;
	double spread;               /* of words in one line: how far their middles stand apart; 0: as the blanks are wide */
	bool whole_words;            /* a word longer than the width sticks out instead of being broken */
	bool balanced;               /* lines of like length, for headings that do not fit into one */
	enum align align;
};

/* Fonts and shaped words of one thread, kept between documents; bounded (pdf_text.c). Never changes what is drawn. */
struct pdf_maker;
struct pdf_maker *pdf_maker(void);       /* this thread's; freed with the thread */

/* A shaped text, also of several runs. The caller owns one reference: pdf_drop. */
PangoLayout *pdf_shape(struct pdf_maker *, const char *text, const struct look *);
PangoLayout *pdf_shape_runs(struct pdf_maker *, const char *mark, const struct run *, size_t n, const struct look *);
static inline void pdf_drop(PangoLayout *l) { g_object_unref(l); }
double pdf_high(PangoLayout *);
double pdf_wide(PangoLayout *);

struct pdf {
	struct pdf_maker *maker;
	const struct document *document;
	struct sink sink;
	enum outcome written;        /* of the sink: sticky */
	cairo_surface_t *surface;
	cairo_t *cr;
	bool landscape;
	double wide, high;           /* of the page */
	double left, right, top, bottom;
	double y;                    /* where the next block begins */
	int page;                    /* 1 is the first */
	bool fresh;                  /* nothing stands on this page yet */
	bool dry;                    /* measuring: nothing is drawn */
	int slips;                   /* on this page */
	const struct side_head *sides;       /* what new pages begin with; NULL: nothing */
	int side_first;              /* the page of the first side */
	double headed;               /* y below that head; 0: there is none */
	bool layered;                /* a file of many parts: layers are shown, tags left out (cairo 1.16 refuses both together) */
	struct layer *layers;        /* drawn once, shown again: pdf_layer.c */
	size_t n_layers;
	cairo_t *under;              /* the page's, while a layer is drawn */
};

void pdf_begin(struct pdf *, const struct document *, struct sink);      /* fills it, with a first page; it must not move */
OUTCOME pdf_block(struct pdf *, const struct block *);                  /* untagged */
OUTCOME pdf_finish(struct pdf *);

/* Pages from to, of a PDF that this cairo wrote, as a file of their own: its objects go over as they are. False: it is written
 * otherwise than expected. */
struct pdf_pages;
struct pdf_pages *pdf_pages_open(struct arena *, struct bytes pdf);      /* NULL: the same */
size_t pdf_pages_count(const struct pdf_pages *);
bool pdf_pages_take(struct pdf_pages *, size_t from, size_t to, const char *title, struct buf *out);

/* The page. */
void pdf_new_page(struct pdf *);
void pdf_side_head(struct pdf *);
void pdf_need(struct pdf *, double high);        /* a new page unless that much is left or this one is fresh */
static inline double pdf_left_over(const struct pdf *p) { return p->bottom - p->y; }
static inline double pdf_body(const struct pdf *p) { return p->right - p->left; }

/* Draws at a place; a double returned is the height used. */
double pdf_put(struct pdf *, double x, double y, const char *text, const struct look *);
double pdf_put_centered(struct pdf *, double middle, double y, const char *text, const struct look *);
void pdf_show(struct pdf *, PangoLayout *, double x, double y);
int pdf_lines_fit(PangoLayout *, int from, double room);                     /* the first line that does not */
double pdf_show_lines(struct pdf *, PangoLayout *, double x, double y, int from, int to);
void pdf_rule(struct pdf *, double x1, double y1, double x2, double y2, double thick);
void pdf_qr(struct pdf *, const char *text, double x, double y, double side);
void pdf_bubble_row(struct pdf *, int64_t key, double middle, double y);     /* y: of the centres */
void pdf_bubbles(struct pdf *, double first, double step, double y);         /* first: the centre of 0 */
void pdf_tell_bubbles(struct pdf *, int64_t key, double first, double step, double y);       /* to who asked where they are */
void pdf_picture(struct pdf *, struct bytes png, double width_mm, enum align);
void pdf_marks(struct pdf *);
void pdf_draft(struct pdf *);
#define BUBBLE_HIGH (5.6 * MM)

/* What stands in a file again and again (a question with its bubbles, the frame of a certificate) is drawn once as a layer and
 * then
 * shown by one operator. `key` says all that its look depends on. Up and down it may stand elsewhere each time.
 *
 *	if (!pdf_layer_show(p, key, y, &end)) {
 *		pdf_layer_begin(p);
 *		end = … draw at y …;
 *		pdf_layer_end(p, key, y, end);
 *	}
 *
 * `end` is any height that belongs to it: shown elsewhere it moves along. */
void pdf_tag(struct pdf *, const char *name);    /* of the page's structure, for readers aloud */
void pdf_untag(struct pdf *, const char *name);
bool pdf_layer_show(struct pdf *, const char *key, double y, double *end);
void pdf_layer_begin(struct pdf *);
void pdf_layer_end(struct pdf *, const char *key, double y, double end);
void pdf_layers_free(struct pdf *);

/* The blocks. */
double pdf_nation(struct pdf *, double middle, double y, double size);       /* the national lines; where their rule is */
void pdf_header(struct pdf *, const struct letterhead *);
double pdf_ending_high(struct pdf *, const struct ending *);
void pdf_ending(struct pdf *, const struct ending *);
void pdf_question(struct pdf *, const struct question *);
void pdf_slip(struct pdf *, const struct cut_slip *);
void pdf_certificate(struct pdf *, const struct certificate *);
OUTCOME pdf_table(struct pdf *, const struct table *);

#endif
