/* Slips to cut out: two columns of four on a page, whatever the margins are for other papers. */
#include "document/pdf.h"

enum { ACROSS = 2, DOWN = 4 };
static const double EDGE = 8 * MM, PAD = 6 * MM, QR_SIDE = 22 * MM;

static void cut_lines(struct pdf *p)
{
	const double dashes[] = { 4, 3 };
	double high = (p->high - 2 * EDGE) / DOWN;

	cairo_save(p->cr);
	cairo_set_dash(p->cr, dashes, 2, 0);
	cairo_set_source_rgb(p->cr, 0.4, 0.4, 0.4);
	pdf_rule(p, p->wide / 2, EDGE, p->wide / 2, p->high - EDGE, 0.6);
	for (int i = 1; i < DOWN; i++)
		pdf_rule(p, EDGE, EDGE + i * high, p->wide - EDGE, EDGE + i * high, 0.6);
	cairo_restore(p->cr);
}

void pdf_slip(struct pdf *p, const struct cut_slip *s)
{
	double wide = (p->wide - 2 * EDGE) / ACROSS, high = (p->high - 2 * EDGE) / DOWN, x, y;
	const struct look words = { .size = 10.5, .width = wide - 2 * PAD - (*s->link ? QR_SIDE + 4 * MM : 0) };
	const struct look line = { .size = 12, .width = wide - 2 * PAD };

	if (p->slips == ACROSS * DOWN || (!p->slips && !p->fresh))
		pdf_new_page(p);
	if (!p->slips)
		cut_lines(p);
	x = EDGE + p->slips % ACROSS * wide + PAD;
	y = EDGE + p->slips / ACROSS * high + PAD;
	p->slips++;
	y += pdf_put(p, x, y, s->name, &(struct look){ .size = 13, .width = line.width, .bold = true });
	y += pdf_put(p, x, y, s->about, &line) + 4;
	y += pdf_put(p, x, y, s->code, &(struct look){ .size = 20, .width = line.width, .bold = true }) + 4;
	if (*s->link)
		pdf_qr(p, s->link, x + line.width - QR_SIDE, y + 2, QR_SIDE);
	pdf_put(p, x, y, s->words, &words);
	p->fresh = false;
	p->y = p->bottom;
}
