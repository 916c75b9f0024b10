/* PDF: blocks laid out one after the other onto cairo's PDF surface, written as it grows. Tagged as a document of blocks and
 * table rows (tags on every cell make a file 13 times larger). */
#include <math.h>
#include <string.h>

#include "base/day.h"
#include "base/log.h"
#include "document/pdf.h"

enum { KEEP = 50 };              /* pt that a heading wants below it */
enum { WHOLE_MAX = 24 << 20 };   /* bytes of a file that a page is taken of */
static const double INDENT = 10 * MM;

static cairo_status_t pass_on(void *state, const unsigned char *ptr, unsigned len)
{
	struct pdf *p = state;

	if (p->written == OK)
		p->written = p->sink.write(p->sink.state, ptr, len);
	return p->written == OK ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* How far an item's text stands from its mark's left edge: marks of one letter alike. */
static double hang(struct pdf *p, const char *mark)
{
	PangoLayout *l = pdf_shape(p->maker, mark, &(struct look){ .size = p->document->setup.size });
	double wide = pdf_wide(l) + 4;

	pdf_drop(l);
	return fmax(wide, p->document->setup.size * 0.8);
}

static PangoLayout *shape_paragraph(struct pdf *p, const struct paragraph *g)
{
	struct look look = { .size = p->document->setup.size, .width = pdf_body(p) };

	switch (g->kind) {
	case PARAGRAPH_TEXT:
		look.justify = true;
		look.indent = INDENT;
		break;
	case PARAGRAPH_CENTER:
		look.align = ALIGN_CENTER;
		break;
	case PARAGRAPH_NOTE:
		look.size -= 2;
		look.justify = true;
		break;
	case PARAGRAPH_ITEM:
		look.width -= g->level * INDENT;
		look.indent = -hang(p, g->mark);
		break;
	case PARAGRAPH_HEADING:
		look.indent = look.size < 13 ? 0 : INDENT;       /* forms are set smaller, and to the left */
		break;
	case PARAGRAPH_LINE:
		break;
	}
	return pdf_shape_runs(p->maker, g->mark, g->runs, g->n, &look);
}

static double space_before(const struct pdf *p, enum paragraph_kind kind)
{
	static const double pt[] = { [PARAGRAPH_TEXT] = 6, [PARAGRAPH_LINE] = 4, [PARAGRAPH_CENTER] = 6, [PARAGRAPH_HEADING] = 8,
				     [PARAGRAPH_NOTE] = 4, [PARAGRAPH_ITEM] = 3 };

	return p->fresh ? 0 : pt[kind] * (p->document->setup.size < 13 ? 0.6 : 1);
}

/* How many of the lines from `from` on to put on this page: never one alone at its foot or at the head of the next. */
static int lines_here(int from, int all, int fit)
{
	if (fit >= all)
		return all;
	if (all - fit == 1)
		fit--;
	return fit - from < 2 && all - from > 1 ? from : fit;
}

/* How many last lines must go with the signature to the next page: none when it fits below, else two, or a short paragraph whole. */
static int lines_carried(struct pdf *p, const struct block *b, PangoLayout *l, int all)
{
	if (!b->next || b->next->kind != BLOCK_ENDING)
		return 0;
	if (p->y + pdf_high(l) + pdf_ending_high(p, &b->next->ending) <= p->bottom)
		return 0;
	return all <= 3 ? all : 2;
}

static void paragraph(struct pdf *p, const struct block *b)
{
	const struct paragraph *g = &b->paragraph;
	PangoLayout *l = shape_paragraph(p, g);
	double x = p->left + (g->kind == PARAGRAPH_ITEM ? g->level * INDENT : 0);
	int all = pango_layout_get_line_count(l), carried;

	if (g->kind == PARAGRAPH_HEADING)
		pdf_need(p, pdf_high(l) + KEEP);
	p->y += space_before(p, g->kind);
	carried = lines_carried(p, b, l, all);
	for (int from = 0, to; from < all; from = to) {
		to = lines_here(from, all, pdf_lines_fit(l, from, pdf_left_over(p)));
		if (to == all && !p->fresh)
			to = all - carried > from ? all - carried : carried ? from : all;
		if (to < all)
			carried = 0;
		if (to == from && p->fresh)
			to = all;        /* does not fit on an empty page: cannot be, but would not end */
		if (to > from)
			p->y += pdf_show_lines(p, l, x, p->y, from, to);
		p->fresh = false;
		if (to < all)
			pdf_new_page(p);
	}
	pdf_drop(l);
}

static void title(struct pdf *p, const char *kind, const char *about, const char *note)
{
	double middle = (p->left + p->right) / 2, width = pdf_body(p), rule;
	struct look look = { .size = 14, .bold = true, .width = width };

	pdf_need(p, 100);
	p->y += p->fresh ? 0 : 16;
	p->fresh = false;
	p->y += pdf_put_centered(p, middle, p->y, kind, &look);
	p->y += pdf_put_centered(p, middle, p->y, about, &look);
	look.bold = false;
	look.italic = true;
	look.size = 13;
	p->y += pdf_put_centered(p, middle, p->y, note, &look);
	rule = 22 * MM;
	if (*about)
		pdf_rule(p, middle - rule, p->y + 3.5, middle + rule, p->y + 3.5, 0.7);
	p->y += 8;
}

static void qr(struct pdf *p, const char *text, double side, enum align align, bool corner)
{
	double x = p->left;

	if (corner) {
		pdf_qr(p, text, p->right - side, p->top, side);
		return;
	}
	pdf_need(p, side + 6);
	if (align != ALIGN_LEFT)
		x += (pdf_body(p) - side) / (align == ALIGN_CENTER ? 2 : 1);
	pdf_qr(p, text, x, p->y + 3, side);
	p->y += side + 6;
	p->fresh = false;
}

/* The head of a further side. No page begins while it is drawn. */
void pdf_side_head(struct pdf *p)
{
	const struct side_head *h = p->sides;
	struct arena *a = p->document->arena;
	int side = p->page - p->side_first + 1;

	p->sides = NULL;
	qr(p, arena_format(a, "%s/%d", h->code, side), h->qr_mm * MM, ALIGN_RIGHT, true);
	for (size_t i = 0; i < SIDE_LINES; i++) {
		struct run *runs = ARENA_ARRAY(a, struct run, h->lines[i].n + 1);
		struct block line = { .kind = BLOCK_PARAGRAPH, .paragraph = { .kind = PARAGRAPH_LINE, .runs = runs,
			.n = h->lines[i].n, .mark = "" } };

		if (!h->lines[i].n)
			continue;
		memcpy(runs, h->lines[i].runs, h->lines[i].n * sizeof *runs);
		if (!i)
			runs[line.paragraph.n++] = (struct run){ .text = arena_format(a, "%s%d", h->side, side) };
		paragraph(p, &line);
	}
	p->y += h->below_mm * MM;
	p->headed = p->y;
	p->sides = h;
}

static void bubbles(struct pdf *p, int64_t key)
{
	pdf_need(p, BUBBLE_HIGH + 4);
	pdf_bubble_row(p, key, (p->left + p->right) / 2, p->y + 2 + BUBBLE_HIGH / 2);
	p->y += BUBBLE_HIGH + 4;
	p->fresh = false;
}

static const char *tag_of(enum block_kind kind)
{
	switch (kind) {
	case BLOCK_TITLE: return "H1";
	case BLOCK_PICTURE:
	case BLOCK_QR: return "Figure";
	case BLOCK_TABLE: return NULL;           /* tags itself */
	case BLOCK_PAGE:
	case BLOCK_LEAF:
	case BLOCK_NEED:
	case BLOCK_SIDES:
	case BLOCK_SPACE:
	case BLOCK_STREAM: return NULL;
	case BLOCK_HEADER:
	case BLOCK_PARAGRAPH:
	case BLOCK_ENDING:
	case BLOCK_BUBBLES:
	case BLOCK_QUESTION:
	case BLOCK_SLIP:
	case BLOCK_CERTIFICATE: break;
	}
	return "P";
}

enum outcome pdf_block(struct pdf *p, const struct block *b)
{
	switch (b->kind) {
	case BLOCK_HEADER: pdf_header(p, &b->header); break;
	case BLOCK_TITLE: title(p, b->title.kind, b->title.about, b->title.note); break;
	case BLOCK_PARAGRAPH: paragraph(p, b); break;
	case BLOCK_TABLE: return pdf_table(p, &b->table.of);
	case BLOCK_ENDING: pdf_ending(p, &b->ending); break;
	case BLOCK_PICTURE: pdf_picture(p, b->picture.png, b->picture.width_mm, b->picture.align); break;
	case BLOCK_QR: qr(p, b->qr.text, b->qr.side_mm * MM, b->qr.align, b->qr.corner); break;
	case BLOCK_BUBBLES: bubbles(p, b->bubbles.key); break;
	case BLOCK_SPACE: p->y += p->fresh ? 0 : b->space.mm * MM; break;
	case BLOCK_PAGE:
		p->landscape = b->page.landscape;
		pdf_new_page(p);
		break;
	case BLOCK_LEAF:
		p->sides = NULL;
		if (!p->fresh)
			pdf_new_page(p);
		if (p->page % 2 == 0)
			pdf_new_page(p);
		break;
	case BLOCK_NEED: pdf_need(p, b->space.mm * MM); break;
	case BLOCK_SIDES:
		p->sides = &b->sides;
		p->side_first = p->page;
		break;
	case BLOCK_QUESTION: pdf_question(p, &b->question); break;
	case BLOCK_SLIP: pdf_slip(p, &b->slip); break;
	case BLOCK_CERTIFICATE: pdf_certificate(p, &b->certificate); break;
	case BLOCK_STREAM: break;                /* document_each walks into it */
	}
	return p->written;
}

static enum outcome visit(void *state, const struct block *b)
{
	struct pdf *p = state;
	const char *tag = tag_of(b->kind);
	enum outcome result;

	if (tag)
		pdf_tag(p, tag);
	result = pdf_block(p, b);
	if (tag)
		pdf_untag(p, tag);
	return result;
}

static void describe(struct pdf *p)
{
	const struct document_setup *s = &p->document->setup;
	struct day day = day_of(s->made);
	int64_t at = s->made - day_start(day.text);
	char made[40];

	snprintf(made, sizeof made, "%sT%02d:%02d:%02d+07:00", day.text, (int)(at / 3600), (int)(at / 60 % 60), (int)(at % 60));
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, s->title);
	if (s->keywords && *s->keywords)
		cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_KEYWORDS, s->keywords);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "hoctap");
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, made);
}

void pdf_begin(struct pdf *p, const struct document *d, struct sink sink)
{
	*p = (struct pdf){ .maker = pdf_maker(), .document = d, .sink = sink, .written = OK, .landscape = d->setup.landscape };
	p->surface = cairo_pdf_surface_create_for_stream(pass_on, p, 1, 1);
	cairo_pdf_surface_restrict_to_version(p->surface, CAIRO_PDF_VERSION_1_5);
	describe(p);
	p->cr = cairo_create(p->surface);
	pdf_new_page(p);                 /* first: a change of size forgets what was begun on the page */
}

enum outcome pdf_finish(struct pdf *p)
{
	cairo_status_t status;

	cairo_show_page(p->cr);
	pdf_layers_free(p);              /* the surface holds those it has shown */
	cairo_surface_finish(p->surface);
	status = cairo_surface_status(p->surface);
	cairo_destroy(p->cr);
	cairo_surface_destroy(p->surface);
	if (p->written != OK || status == CAIRO_STATUS_SUCCESS)
		return p->written;
	log_line(LOG_ERROR, "", "document_pdf", "%s", cairo_status_to_string(status));
	return FAILED;
}

static enum outcome forget(void *state, const void *ptr, size_t len)
{
	(void)state, (void)ptr, (void)len;
	return OK;
}

/* Untagged, as cairo takes layers. */
static OUTCOME draw_blocks(const struct document *d, struct sink sink, int *pages)
{
	struct pdf p;
	enum outcome drawn = OK, finished;

	pdf_begin(&p, d, sink);
	p.layered = true;
	for (const struct block *b = d->first; b && drawn == OK; b = b->next)
		drawn = pdf_block(&p, b);
	*pages = p.page;
	finished = pdf_finish(&p);
	return drawn != OK ? drawn : finished;
}

OUTCOME document_pages(const struct document *d, int *out)
{
	return draw_blocks(d, (struct sink){ forget, NULL }, out);
}

OUTCOME document_render_page(const struct document *d, int page, struct arena *a, struct buf *out)
{
	struct buf all = BUF(a, .max = WHOLE_MAX);
	struct pdf_pages *pages;
	int n;

	TRY(draw_blocks(d, sink_buf(&all), &n));
	if (page < 1 || page > n)
		return NOT_FOUND;
	pages = pdf_pages_open(a, buf_bytes(&all));
	if (pages && pdf_pages_take(pages, (size_t)page - 1, (size_t)page, d->setup.title, out))
		return OK;
	log_line(LOG_ERROR, "", "document_pdf", "cairo writes PDF otherwise than expected");
	return FAILED;
}

enum outcome pdf_render(const struct document *d, struct sink sink)
{
	struct pdf p;
	enum outcome result, finished;

	pdf_begin(&p, d, sink);
	for (const struct block *b = d->first; b; b = b->next)
		p.layered = p.layered || b->kind == BLOCK_STREAM;
	pdf_tag(&p, "Document");
	result = document_each(d, visit, &p);
	pdf_untag(&p, "Document");
	finished = pdf_finish(&p);
	return result != OK ? result : finished;
}
