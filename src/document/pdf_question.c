/* A question of the personal sheet, form CDHT-02: words across the page, then one row: bubbles, a line to write on, the
 * reviewer's
 * box. The bubbles' places do not depend on the words (document.h), so that a scan is read by its corner marks. */
#include <math.h>

#include "document/pdf.h"

static const double NUMBER = 8 * MM, ROW = 7.6 * MM, WRITE = 90 * MM, BOX_WIDE = 15 * MM, BOX_HIGH = 7 * MM,
	BELOW = 3.8 * MM + 1, QUIET = 3 * MM;

/* A fine grey line to write on. Not dots: cairo works out the outline of every dash whenever the layer is shown. */
static void write_line(struct pdf *p, double from, double to, double y)
{
	cairo_set_source_rgb(p->cr, 0.45, 0.45, 0.45);
	pdf_rule(p, from, y, to, y, 0.5);
	cairo_set_source_rgb(p->cr, 0, 0, 0);
}

/* All of it from y; returns the height of the bubbles' centres. */
static double draw(struct pdf *p, const struct question *q, double from)
{
	const struct look bold = { .size = 12, .bold = true }, small = { .size = 9 };
	PangoLayout *words = pdf_shape(p->maker, q->words, &(struct look){ .size = 12, .width = pdf_body(p) - NUMBER });
	const char *number = arena_format(p->document->arena, "%lld.", (long long)q->key);
	double y = from + 4, middle = y + pdf_high(words) + 2 + ROW / 2, label = p->left + WRITE;

	pdf_put(p, p->left + 1, y, number, &bold);
	pdf_show(p, words, p->left + NUMBER, y);
	pdf_drop(words);
	pdf_bubbles(p, p->left + QUESTION_FIRST_MM * MM, QUESTION_STEP_MM * MM, middle);
	pdf_put(p, label, middle - ROW / 2, q->done, &small);
	write_line(p, label, p->right - BOX_WIDE - 3 * MM, middle + ROW / 2 - 3);
	cairo_rectangle(p->cr, p->right - BOX_WIDE, middle - BOX_HIGH / 2, BOX_WIDE, BOX_HIGH);
	cairo_set_line_width(p->cr, 0.8);
	cairo_stroke(p->cr);
	pdf_put(p, p->right - BOX_WIDE + 2, middle - BOX_HIGH / 2 + 1, q->reviewer, &(struct look){ .size = 7 });
	pdf_rule(p, p->left, middle + BELOW, p->right, middle + BELOW, 0.5);
	return middle;
}

void pdf_question(struct pdf *p, const struct question *q)
{
	const char *key = arena_format(p->document->arena, "q%lld\n%s\n%s\n%s", (long long)q->key, q->words, q->done,
		q->reviewer);
	PangoLayout *words = pdf_shape(p->maker, q->words, &(struct look){ .size = 12, .width = pdf_body(p) - NUMBER });
	double high = 4 + pdf_high(words) + 2 + ROW / 2 + BELOW, middle;

	pdf_drop(words);
	pdf_need(p, high);
	if (p->y <= p->headed)
		p->y += QUIET;           /* the rule keeps off the code's square */
	if (p->fresh || p->y <= p->headed + QUIET)
		pdf_rule(p, p->left, p->y, p->right, p->y, 0.5);
	if (!pdf_layer_show(p, key, p->y, &middle)) {
		pdf_layer_begin(p);
		middle = draw(p, q, p->y);
		pdf_layer_end(p, key, p->y, middle);
	}
	pdf_tell_bubbles(p, q->key, p->left + QUESTION_FIRST_MM * MM, QUESTION_STEP_MM * MM, middle);
	p->y += high;
	p->fresh = false;
}
