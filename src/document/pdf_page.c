/* The page: its size, margins, number and marks (NĐ 30/2020: 20 mm above and below, 30 left, 15 right; the number centred in
 * the top margin, not on the first page), and the few ways to draw on it. */
#include <string.h>

#include "document/pdf.h"

static const double SHORT_MM = 210, LONG_MM = 297, TOP_MM = 20, BOTTOM_MM = 20, LEFT_MM = 30, RIGHT_MM = 15, NUMBER_MM = 9.5;

static void set_size(struct pdf *p)
{
	p->wide = (p->landscape ? LONG_MM : SHORT_MM) * MM;
	p->high = (p->landscape ? SHORT_MM : LONG_MM) * MM;
	p->left = LEFT_MM * MM;
	p->right = p->wide - RIGHT_MM * MM;
	p->top = TOP_MM * MM;
	p->bottom = p->high - BOTTOM_MM * MM;
	cairo_pdf_surface_set_size(p->surface, p->wide, p->high);
}

void pdf_new_page(struct pdf *p)
{
	char number[16];

	if (p->page)
		cairo_show_page(p->cr);
	p->page++;
	set_size(p);
	p->y = p->top;
	p->fresh = true;
	p->slips = 0;
	if (p->page > 1 && !p->document->setup.no_numbers) {
		snprintf(number, sizeof number, "%d", p->page);
		pdf_put_centered(p, (p->left + p->right) / 2, NUMBER_MM * MM, number, &(struct look){ .size = 13 });
	}
	if (p->document->setup.draft)
		pdf_draft(p);
	if (p->document->setup.corner_marks)
		pdf_marks(p);
	p->headed = 0;
	if (p->sides)
		pdf_side_head(p);
}

void pdf_need(struct pdf *p, double high)
{
	if (!p->fresh && p->y + high > p->bottom + 0.01)
		pdf_new_page(p);
}

void pdf_show(struct pdf *p, PangoLayout *l, double x, double y)
{
	if (p->dry)
		return;
	cairo_move_to(p->cr, x, y);
	pango_cairo_show_layout(p->cr, l);
}

double pdf_put(struct pdf *p, double x, double y, const char *text, const struct look *look)
{
	PangoLayout *l;
	double high;

	if (!*text)
		return 0;
	l = pdf_shape(p->maker, text, look);
	high = pdf_high(l);
	pdf_show(p, l, x, y);
	pdf_drop(l);
	return high;
}

double pdf_put_centered(struct pdf *p, double middle, double y, const char *text, const struct look *look)
{
	struct look centered = *look;
	PangoLayout *l;
	double high, wide;

	if (!*text)
		return 0;
	centered.align = ALIGN_CENTER;
	centered.balanced = look->width > 0;
	l = pdf_shape(p->maker, text, &centered);
	high = pdf_high(l);
	wide = look->width > 0 ? (double)pango_layout_get_width(l) / PANGO_SCALE : pdf_wide(l);
	pdf_show(p, l, middle - wide / 2, y);
	pdf_drop(l);
	return high;
}

int pdf_lines_fit(PangoLayout *l, int from, double room)
{
	PangoLayoutIter *i = pango_layout_get_iter(l);
	int line = 0, top = 0;
	PangoRectangle r;

	do {
		if (line < from)
			continue;
		pango_layout_iter_get_line_extents(i, NULL, &r);
		if (line == from)
			top = r.y;
		if ((double)(r.y + r.height - top) / PANGO_SCALE > room + 0.01)
			break;
	} while (line++, pango_layout_iter_next_line(i));
	pango_layout_iter_free(i);
	return line;
}

double pdf_show_lines(struct pdf *p, PangoLayout *l, double x, double y, int from, int to)
{
	PangoLayoutIter *i = pango_layout_get_iter(l);
	int line = 0, top = 0, end = 0;
	PangoRectangle r;

	do {
		if (line < from)
			continue;
		if (line == to)
			break;
		pango_layout_iter_get_line_extents(i, NULL, &r);
		if (line == from)
			top = r.y;
		end = r.y + r.height;
		cairo_move_to(p->cr, x + (double)r.x / PANGO_SCALE, y + (double)(pango_layout_iter_get_baseline(i) - top) / PANGO_SCALE);
		pango_cairo_show_layout_line(p->cr, pango_layout_iter_get_line_readonly(i));
	} while (line++, pango_layout_iter_next_line(i));
	pango_layout_iter_free(i);
	return (double)(end - top) / PANGO_SCALE;
}

void pdf_rule(struct pdf *p, double x1, double y1, double x2, double y2, double thick)
{
	if (p->dry)
		return;
	cairo_set_line_width(p->cr, thick);
	cairo_move_to(p->cr, x1, y1);
	cairo_line_to(p->cr, x2, y2);
	cairo_stroke(p->cr);
}
