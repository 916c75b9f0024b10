/* What is drawn and not written: QR codes, bubbles, corner marks, the draft mark, pictures. */
#include <math.h>
#include <string.h>

#include "document/pdf.h"

enum { DOTS = 4 };                       /* of a module's side: half a byte */

static cairo_surface_t *qr_stencil(const struct qr *q)
{
	cairo_surface_t *stencil = cairo_image_surface_create(CAIRO_FORMAT_A1, q->side * DOTS, q->side * DOTS);
	unsigned char *bits = cairo_image_surface_get_data(stencil);
	size_t stride = (size_t)cairo_image_surface_get_stride(stencil);

	for (int row = 0; row < q->side; row++, bits += DOTS * stride) {
		for (int i = 0; i < q->side; i++)
			if (qr_is_black(q, i, row))
				bits[i / 2] |= i % 2 ? 0xF0 : 0x0F;
		for (size_t more = 1; more < DOTS; more++)
			memcpy(bits + more * stride, bits, stride);
	}
	cairo_surface_mark_dirty(stencil);
	return stencil;
}

/* A stencil of 4 × 4 dots a module that readers may not smooth: as sharp as drawn squares, and a tenth of the work. A code as a
 * path is a thousand coordinates, which cairo prints as text and deflates: half the time of a whole certificate. */
void pdf_qr(struct pdf *p, const char *text, double x, double y, double side)
{
	cairo_surface_t *stencil;
	cairo_pattern_t *pattern;
	struct qr q;

	if (p->dry || !qr_make(&q, text))
		return;
	stencil = qr_stencil(&q);
	cairo_save(p->cr);
	cairo_translate(p->cr, x, y);
	cairo_scale(p->cr, side / (q.side * DOTS), side / (q.side * DOTS));
	pattern = cairo_pattern_create_for_surface(stencil);
	cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
	cairo_mask(p->cr, pattern);
	cairo_pattern_destroy(pattern);
	cairo_restore(p->cr);
	cairo_surface_destroy(stencil);
}

void pdf_bubble_row(struct pdf *p, int64_t key, double middle, double y)
{
	const double step = 5.4 * MM;

	pdf_bubbles(p, middle - 5 * step, step, y);
	pdf_tell_bubbles(p, key, middle - 5 * step, step, y);
}

void pdf_tell_bubbles(struct pdf *p, int64_t key, double first, double step, double y)
{
	if (!p->dry && p->document->setup.on_bubbles)
		p->document->setup.on_bubbles(p->document->setup.on_bubbles_state, key, p->page, first / MM, (first + 10 * step) / MM,
			y / MM);
}

void pdf_bubbles(struct pdf *p, double first, double step, double y)
{
	const double radius = fmin(step * 0.426, 2.7 * MM), thick = 0.6;
	struct look look = { .size = 8 };
	PangoLayout *l;
	double zero;

	if (p->dry)
		return;
	for (int i = 0; i <= 10; i++) {
		cairo_new_sub_path(p->cr);
		cairo_arc(p->cr, first + i * step, y, radius + thick / 2, 0, 2 * M_PI);
		cairo_new_sub_path(p->cr);
		cairo_arc_negative(p->cr, first + i * step, y, radius - thick / 2, 2 * M_PI, 0);
	}
	cairo_fill(p->cr);
	zero = pdf_wide(l = pdf_shape(p->maker, "0", &look));
	pdf_drop(l);
	look.spread = step;
	cairo_set_source_rgb(p->cr, 0.35, 0.35, 0.35);           /* lighter than a pen, so that a scan tells them apart */
	pdf_put(p, first - zero / 2, y - 4.65, "0 1 2 3 4 5 6 7 8 9 10", &look);
	cairo_set_source_rgb(p->cr, 0, 0, 0);
}

void pdf_marks(struct pdf *p)
{
	const double side = MARK_SIDE_MM * MM, near = MARK_EDGE_MM * MM;

	cairo_rectangle(p->cr, near, near, side, side);
	cairo_rectangle(p->cr, p->wide - near - side, near, side, side);
	cairo_rectangle(p->cr, near, p->high - near - side, side, side);
	cairo_rectangle(p->cr, p->wide - near - side, p->high - near - side, side, side);
	cairo_fill(p->cr);
}

/* The word in the corner is text; the large one behind the page is an outline, so that who copies or searches meets it once. */
void pdf_draft(struct pdf *p)
{
	PangoLayout *l = pdf_shape(p->maker, "DỰ THẢO", &(struct look){ .size = 110, .bold = true });

	cairo_save(p->cr);
	cairo_set_source_rgb(p->cr, 0.92, 0.92, 0.92);
	cairo_translate(p->cr, p->wide / 2, p->high / 2);
	cairo_rotate(p->cr, p->landscape ? -M_PI / 7 : -M_PI / 4);
	cairo_move_to(p->cr, -pdf_wide(l) / 2, -pdf_high(l) / 2);
	pango_cairo_layout_path(p->cr, l);
	cairo_fill(p->cr);
	cairo_restore(p->cr);
	pdf_drop(l);
	l = pdf_shape(p->maker, "DỰ THẢO", &(struct look){ .size = 12, .bold = true });
	pdf_show(p, l, p->left, 9.5 * MM);
	pdf_drop(l);
}

struct source { struct bytes from; size_t at; };

static cairo_status_t read_png(void *state, unsigned char *to, unsigned len)
{
	struct source *s = state;

	if (len > s->from.len - s->at)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(to, (const unsigned char *)s->from.ptr + s->at, len);
	s->at += len;
	return CAIRO_STATUS_SUCCESS;
}

void pdf_picture(struct pdf *p, struct bytes png, double width_mm, enum align align)
{
	struct source from = { png, 0 };
	cairo_surface_t *picture = cairo_image_surface_create_from_png_stream(read_png, &from);
	double wide = fmin(width_mm * MM, pdf_body(p)), scale, high, x = p->left;

	if (cairo_surface_status(picture) == CAIRO_STATUS_SUCCESS) {
		scale = wide / cairo_image_surface_get_width(picture);
		high = scale * cairo_image_surface_get_height(picture);
		if (high > p->bottom - p->top) {
			scale *= (p->bottom - p->top) / high;
			wide *= (p->bottom - p->top) / high;
			high = p->bottom - p->top;
		}
		pdf_need(p, high);
		if (align != ALIGN_LEFT)
			x += (pdf_body(p) - wide) / (align == ALIGN_CENTER ? 2 : 1);
		cairo_save(p->cr);
		cairo_translate(p->cr, x, p->y);
		cairo_scale(p->cr, scale, scale);
		cairo_set_source_surface(p->cr, picture, 0, 0);
		cairo_paint(p->cr);
		cairo_restore(p->cr);
		p->y += high + 6;
		p->fresh = false;
	}
	cairo_surface_destroy(picture);
}
