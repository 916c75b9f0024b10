/* Form CDHT-07, Giấy chứng nhận: A4 lying, in leaf and ink. The only ornament is the programme itself: ten small squares, four
 * and four and two, for the ten indicators in their three competences. */
#include <math.h>
#include <string.h>

#include "document/pdf.h"

static void leaf(struct pdf *p)
{
	cairo_set_source_rgb(p->cr, 0x0f / 255.0, 0x5b / 255.0, 0x47 / 255.0);
}

static void leaf_light(struct pdf *p)
{
	cairo_set_source_rgb(p->cr, 0x83 / 255.0, 0xbb / 255.0, 0x8e / 255.0);
}

static void ink(struct pdf *p)
{
	cairo_set_source_rgb(p->cr, 0, 0, 0);
}

/* A frame whose corners step inwards by `step`. */
static void frame(struct pdf *p, double edge, double step, double thick)
{
	double l = edge, t = edge, r = p->wide - edge, b = p->high - edge;
	const double at[][2] = { { l + step, t }, { r - step, t }, { r - step, t + step }, { r, t + step }, { r, b - step },
				 { r - step, b - step }, { r - step, b }, { l + step, b }, { l + step, b - step }, { l, b -
					step },
				 { l, t + step }, { l + step, t + step } };

	cairo_set_line_width(p->cr, thick);
	cairo_new_path(p->cr);
	for (size_t i = 0; i < COUNT(at); i++)
		cairo_line_to(p->cr, at[i][0], at[i][1]);
	cairo_close_path(p->cr);
	cairo_stroke(p->cr);
}

static void border(struct pdf *p)
{
	const double outer = 9 * MM, inner = 12.2 * MM, step = 5 * MM, square = 2.6 * MM;
	const double far_x = p->wide - inner - square, far_y = p->high - inner - square;

	leaf(p);
	frame(p, outer, 0, 2.4);
	frame(p, inner, step, 0.6);
	leaf_light(p);
	cairo_rectangle(p->cr, inner, inner, square, square);
	cairo_rectangle(p->cr, far_x, inner, square, square);
	cairo_rectangle(p->cr, inner, far_y, square, square);
	cairo_rectangle(p->cr, far_x, far_y, square, square);
	cairo_fill(p->cr);
}

static void ten_squares(struct pdf *p, double middle, double y)
{
	const double side = 2.1 * MM, gap = 1.1 * MM, group = 3.2 * MM, wide = 10 * side + 7 * gap + 2 * group;
	double x = middle - wide / 2;

	leaf_light(p);
	for (int i = 0; i < 10; i++) {
		cairo_rectangle(p->cr, x, y, side, side);
		x += side + (i == 3 || i == 7 ? group : gap);
	}
	cairo_fill(p->cr);
	ink(p);
}

/* Words of both kinds in one centred line: "Ông (bà): NAME". */
static double pair(struct pdf *p, double middle, double y, const char *label, const char *value, double size)
{
	const struct look small = { .size = 15 };
	struct look large = { .size = size, .bold = true };
	PangoLayout *a = pdf_shape(p->maker, label, &small), *b;
	double wide, high, base;

	do
		b = pdf_shape(p->maker, value, &large);
	while ((wide = pdf_wide(a) + 8 + pdf_wide(b)) > p->wide - 60 * MM && (pdf_drop(b), (large.size -= 2) >= 12));
	high = pdf_high(b);
	base = (double)pango_layout_get_baseline(b) / PANGO_SCALE;
	pdf_show(p, a, middle - wide / 2, y + base - (double)pango_layout_get_baseline(a) / PANGO_SCALE);
	pdf_show(p, b, middle + wide / 2 - pdf_wide(b), y);
	pdf_drop(a);
	pdf_drop(b);
	return high;
}

/* Frame, national lines, authority: all above the name. Returns where that ends. */
static double above_name(struct pdf *p, const struct certificate *c)
{
	const char *key = arena_format(p->document->arena, "ca\n%s", c->authority);
	double middle = p->wide / 2, y;

	if (pdf_layer_show(p, key, 0, &y))
		return y;
	pdf_layer_begin(p);
	border(p);
	ink(p);
	y = pdf_nation(p, middle, 17.5 * MM, 13) + 16;
	y += pdf_put_centered(p, middle, y, c->authority, &(struct look){ .size = 15, .width = p->wide - 60 * MM, .bold = true
		}) + 7;
	leaf(p);
	y += pdf_put_centered(p, middle, y, "CHỨNG NHẬN", &(struct look){ .size = 40, .bold = true }) + 2;
	ten_squares(p, middle, y);
	pdf_layer_end(p, key, 0, y + 17);
	return y + 17;
}

/* The title, its year, the decision. */
static double below_name(struct pdf *p, const struct certificate *c, double from)
{
	struct arena *a = p->document->arena;
	const char *key = arena_format(a, "cb\n%d\n%s", c->year, document_given(c->decision));
	double middle = p->wide / 2, y = from;

	if (pdf_layer_show(p, key, from, &y))
		return y;
	pdf_layer_begin(p);
	y += pdf_put_centered(p, middle, y, "Đạt danh hiệu", &(struct look){ .size = 15 }) + 1;
	leaf(p);
	y += pdf_put_centered(p, middle, y, "“CÔNG DÂN HỌC TẬP”", &(struct look){ .size = 32, .bold = true });
	ink(p);
	y += pdf_put_centered(p, middle, y, arena_format(a, "Năm %d", c->year), &(struct look){ .size = 18, .bold = true }) + 6;
	y += pdf_put_centered(p, middle, y, document_given(c->decision),
		&(struct look){ .size = 13, .width = p->wide - 60 * MM, .italic = true });
	pdf_layer_end(p, key, from, y);
	return y;
}

/* From the national lines down to the decision; returns where it ends. */
static double words(struct pdf *p, const struct certificate *c, double middle)
{
	const char *home = arena_format(p->document->arena, "Năm sinh: %s      Nơi ở (đơn vị): %s", document_given(c->birth),
		document_given(c->home));
	double y = above_name(p, c);

	y += pair(p, middle, y, "Ông (bà):", document_given(c->name), 34) + 4;
	y += pdf_put_centered(p, middle, y, home, &(struct look){ .size = 15, .width = p->wide - 60 * MM }) + 11;
	return below_name(p, c, y);
}

static void check(struct pdf *p, const struct certificate *c)
{
	struct arena *a = p->document->arena;
	const double side = 25 * MM, left = 22 * MM, top = p->high - 22 * MM - side, x = left + side + 4 * MM, width = 74 * MM;
	struct look look = { .size = 12, .width = width };
	const char *key;
	double y = top + 2 * MM;

	pdf_qr(p, c->check_url, left, top, side);
	y += pdf_put(p, x, y, arena_format(a, "Số vào sổ: %s", document_given(c->book_number)), &look) + 3;
	y += pdf_put(p, x, y, arena_format(a, "Mã kiểm tra: %s", document_given(c->code)), &look) + 3;
	key = arena_format(a, "cc\n%.2f\n%s", y, c->check_address);
	if (pdf_layer_show(p, key, 0, &y))
		return;
	look.size = 10;
	pdf_layer_begin(p);
	pdf_put(p, x, y, arena_format(a, "Quét mã, hoặc gõ mã tại\n%s", c->check_address), &look);
	pdf_layer_end(p, key, 0, y);
}

static void signer(struct pdf *p, const struct certificate *c, double above)
{
	const double width = 105 * MM, middle = p->wide - 20 * MM - width / 2;
	const struct signature *s = &c->signature;
	const char *when = arena_format(p->document->arena, "%s, %s", document_given(c->place),
		document_date_words(p->document->arena, text_or_empty(c->date)));
	double y = fmax(above + 8, p->high - 64 * MM);
	const char *key = arena_format(p->document->arena, "cs\n%.2f\n%s\n%s\n%s\n%s", y, when, text_or_empty(s->authority),
		text_or_empty(s->hint), text_or_empty(s->name));

	if (pdf_layer_show(p, key, 0, &y))
		return;
	pdf_layer_begin(p);
	y += pdf_put_centered(p, middle, y, when, &(struct look){ .size = 13, .width = width, .italic = true });
	y += pdf_put_centered(p, middle, y, text_or_empty(s->authority), &(struct look){ .size = 13, .width = width, .bold =
		true });
	pdf_put_centered(p, middle, y, text_or_empty(s->hint), &(struct look){ .size = 12, .width = width, .italic = true });
	pdf_put_centered(p, middle, p->high - 27 * MM, text_or_empty(s->name),
		&(struct look){ .size = 14, .width = width, .bold = true });
	pdf_layer_end(p, key, 0, y);
}

void pdf_certificate(struct pdf *p, const struct certificate *c)
{
	if (!p->fresh)
		pdf_new_page(p);
	ink(p);
	signer(p, c, words(p, c, p->wide / 2));
	check(p, c);
	p->fresh = false;
	p->y = p->bottom;
}
