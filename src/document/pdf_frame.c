/* The head and the foot of a paper: authority and national lines, signatures and recipients. */
#include <math.h>
#include <string.h>

#include "document/pdf.h"

static const char NATION[] = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", MOTTO[] = "Độc lập - Tự do - Hạnh phúc";
static const double HAND = 21 * MM, HAND_ONLY = 24 * MM;         /* room for a hand and a stamp */

static double width_of(struct pdf *p, const char *text, const struct look *look)
{
	PangoLayout *l = pdf_shape(p->maker, text, look);
	double wide = pdf_wide(l);

	pdf_drop(l);
	return wide;
}

/* The two national lines and their rule around `middle`; returns where the rule is. */
double pdf_nation(struct pdf *p, double middle, double y, double size)
{
	const struct look first = { .size = size, .bold = true }, second = { .size = size + 1, .bold = true };
	double half = width_of(p, MOTTO, &second) / 2;

	y += pdf_put_centered(p, middle, y, NATION, &first);
	y += pdf_put_centered(p, middle, y, MOTTO, &second);
	pdf_rule(p, middle - half, y + 2.5, middle + half, y + 2.5, 0.7);
	return y + 2.5;
}

/* [CQ]: above in plain, who issues in bold, a rule of two fifths of its line. */
static double authority(struct pdf *p, const struct letterhead *h, double middle, double width, double size)
{
	struct look look = { .size = size, .width = width };
	double y = p->y, line;

	y += pdf_put_centered(p, middle, y, h->above, &look);
	look.bold = true;
	y += pdf_put_centered(p, middle, y, h->authority, &look);
	look.width = 0;
	line = fmin(width_of(p, h->authority, &look), width) * 0.4;
	pdf_rule(p, middle - line / 2, y + 2.5, middle + line / 2, y + 2.5, 0.7);
	return y + 2.5;
}

static const char *place_line(struct pdf *p, const struct letterhead *h)
{
	struct arena *a = p->document->arena;

	return arena_format(a, "%s, %s", document_given(h->place), document_date_words(a, h->date));
}

static void national_header(struct pdf *p, const struct letterhead *h)
{
	double middle = (p->left + p->right) / 2;

	p->y = pdf_nation(p, middle, p->y, 13) + 6;
	if (h->place) {
		const struct look look = { .size = 13, .width = pdf_body(p), .italic = true, .align = ALIGN_RIGHT };

		p->y += pdf_put(p, p->left, p->y, place_line(p, h), &look);
	}
}

void pdf_header(struct pdf *p, const struct letterhead *h)
{
	double size = p->landscape ? 13 : 12, right, left, y, under, high = 0;

	pdf_need(p, 40 * MM);
	p->fresh = false;
	if (!*h->authority) {
		national_header(p, h);
		return;
	}
	right = fmax(width_of(p, NATION, &(struct look){ .size = size, .bold = true }) + 6, pdf_body(p) * 0.53);
	left = pdf_body(p) - right - 6;
	under = pdf_nation(p, p->right - right / 2, p->y, size);
	y = authority(p, h, p->left + left / 2, left, size);
	y = fmax(y, under) + 5;
	if (h->number) {
		const char *number = arena_format(p->document->arena, "Số: %s", document_given(h->number));

		high = pdf_put_centered(p, p->left + left / 2, y, number, &(struct look){ .size = 13, .width = left });
	}
	if (h->place)
		high = fmax(high, pdf_put_centered(p, p->right - right / 2, y, place_line(p, h),
						   &(struct look){ .size = 13, .width = right, .italic = true }));
	p->y = y + high;
}

/* A signature down to its hint. */
static double sign_head(struct pdf *p, const struct signature *s, double middle, double width, double y)
{
	double from = y;
	bool capitals = s->hint && s->words && *s->words;        /* a person's own form: smaller */
	double size = capitals ? 12 : 13;

	y += pdf_put_centered(p, middle, y, text_or_empty(s->before), &(struct look){ .size = 13, .width = width, .italic = true });
	y += pdf_put_centered(p, middle, y, text_or_empty(s->authority), &(struct look){ .size = size, .width = width, .bold = true });
	y += pdf_put_centered(p, middle, y, text_or_empty(s->words), &(struct look){ .size = 12, .width = width });
	y += pdf_put_centered(p, middle, y, text_or_empty(s->hint), &(struct look){ .size = 12, .width = width, .italic = true });
	return y - from;
}

static double signatures(struct pdf *p, const struct signature *s, size_t n, double left, double width, double y)
{
	double column = width / (double)n, head = 0, foot = 0, gap = HAND_ONLY;

	for (size_t i = 0; i < n; i++) {
		double middle = left + column * ((double)i + 0.5);

		head = fmax(head, sign_head(p, &s[i], middle, column - 6, y));
		if (*text_or_empty(s[i].hint))
			gap = HAND;
	}
	for (size_t i = 0; i < n; i++)
		foot = fmax(foot, pdf_put_centered(p, left + column * ((double)i + 0.5), y + head + gap, text_or_empty(s[i].name),
						   &(struct look){ .size = 14, .width = column - 6, .bold = true }));
	return head + gap + foot;
}

static double recipients(struct pdf *p, const struct ending *e, double width, double y)
{
	double from = y;

	if (!e->n_recipients)
		return 0;
	y += pdf_put(p, p->left, y, "Nơi nhận:", &(struct look){ .size = 12, .bold = true, .italic = true });
	for (size_t i = 0; i < e->n_recipients; i++) {
		const struct run run[] = { { .text = e->recipients[i] } };
		PangoLayout *l = pdf_shape_runs(p->maker, "-", run, 1, &(struct look){ .size = 11, .width = width, .indent = -7 });

		pdf_show(p, l, p->left, y);
		y += pdf_high(l);
		pdf_drop(l);
	}
	return y - from;
}

static double ending(struct pdf *p, const struct ending *e)
{
	double from = p->y + 12, half = pdf_body(p) / 2, y = from;

	if (e->n_signatures == 1)
		return 12 + fmax(signatures(p, e->signatures, 1, p->left + half, half, y), recipients(p, e, half - 8, y));
	if (e->n_signatures)
		y += signatures(p, e->signatures, e->n_signatures, p->left, pdf_body(p), y) + 8;
	y += recipients(p, e, pdf_body(p), y);
	return y - from + 12;
}

double pdf_ending_high(struct pdf *p, const struct ending *e)
{
	double high;

	p->dry = true;
	high = ending(p, e);
	p->dry = false;
	return high;
}

void pdf_ending(struct pdf *p, const struct ending *e)
{
	pdf_need(p, pdf_ending_high(p, e));
	p->y += ending(p, e);
	p->fresh = false;
}
