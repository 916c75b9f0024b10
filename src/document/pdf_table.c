/* Tables. A row is measured before it is drawn and goes to the next page whole; the head is drawn again on every page. Only one
 * row is held at a time: the widths are given, so nothing needs a second look. */
#include <math.h>
#include <string.h>

#include "base/bug.h"
#include "document/pdf.h"

enum { LINES_MAX = 256 };                /* rules across one page: a row is at least 8 pt high */
static const double PAD_X = 3, PAD_Y = 2.2, THIN = 0.5;

struct grid {
	struct pdf *p;
	const struct table *t;
	double x[TABLE_COLUMNS_MAX + 1];
	PangoLayout *head[TABLE_COLUMNS_MAX];
	double head_high;
	double lines[LINES_MAX];         /* heights of the rules of this page */
	int n_lines;
	double from;                     /* where the table begins on this page */
};

struct row {
	PangoLayout *text[TABLE_COLUMNS_MAX];    /* NULL: nothing to write */
	int shown[TABLE_COLUMNS_MAX];            /* lines already drawn */
	double high;
};

static void columns(struct grid *g)
{
	double sum = 0, at = g->p->left;

	for (size_t i = 0; i < g->t->n_columns; i++)
		sum += g->t->columns[i].width;
	BUG_ON(!(sum > 0));
	for (size_t i = 0; i < g->t->n_columns; i++) {
		g->x[i] = at;
		at += g->t->columns[i].width / sum * pdf_body(g->p);
	}
	g->x[g->t->n_columns] = g->p->right;
}

static double inside(const struct grid *g, size_t i)
{
	return fmax(g->x[i + 1] - g->x[i] - 2 * PAD_X, 4);
}

/* A heading whose longest word is wider than its column gets smaller, to two thirds, before a word is broken. */
static PangoLayout *shape_heading(struct grid *g, size_t i)
{
	struct look look = { .size = g->t->size, .width = inside(g, i), .bold = true, .align = ALIGN_CENTER, .whole_words = true };
	PangoLayout *l;

	while (l = pdf_shape(g->p->maker, text_or_empty(g->t->columns[i].head), &look), pdf_wide(l) > look.width + 0.1) {
		pdf_drop(l);
		if (!look.whole_words)
			return pdf_shape(g->p->maker, text_or_empty(g->t->columns[i].head), &look);
		look.size -= 0.5;
		look.whole_words = look.size > g->t->size * 2 / 3;
	}
	return l;
}

static void shape_head(struct grid *g)
{
	double high = 0;

	for (size_t i = 0; i < g->t->n_columns; i++) {
		g->head[i] = shape_heading(g, i);
		high = fmax(high, pdf_high(g->head[i]));
	}
	g->head_high = high + 2 * PAD_Y;
}

static void shape_row(struct grid *g, struct row *r, const struct cell *cells, struct arena *a)
{
	memset(r, 0, sizeof *r);
	r->high = g->t->row_mm * MM;
	for (size_t i = 0; i < g->t->n_columns; i++) {
		const struct cell *c = &cells[i];
		struct look look = { .size = g->t->size, .width = inside(g, i), .bold = c->bold, .italic = c->italic,
				     .align = g->t->columns[i].align };

		if (c->kind == CELL_BUBBLES)
			r->high = fmax(r->high, BUBBLE_HIGH + 2 * PAD_Y);
		else if (c->kind != CELL_BLANK)
			r->text[i] = pdf_shape(g->p->maker, cell_on_paper(c, a), &look);
		if (r->text[i])
			r->high = fmax(r->high, pdf_high(r->text[i]) + 2 * PAD_Y);
	}
	r->high = fmax(r->high, g->t->size * 1.15 + 2 * PAD_Y);
}

static void line(struct grid *g)
{
	BUG_ON(g->n_lines == LINES_MAX);
	g->lines[g->n_lines++] = g->p->y;
}

static void draw_head(struct grid *g)
{
	struct pdf *p = g->p;

	g->from = p->y;
	g->n_lines = 0;
	line(g);
	pdf_tag(p, "TR");
	for (size_t i = 0; i < g->t->n_columns; i++)
		pdf_show(p, g->head[i], g->x[i] + PAD_X, p->y + (g->head_high - pdf_high(g->head[i])) / 2);
	pdf_untag(p, "TR");
	p->y += g->head_high;
	p->fresh = false;
	line(g);
}

/* All rules of this page in one stroke. */
static void draw_rules(struct grid *g)
{
	cairo_t *cr = g->p->cr;

	cairo_set_line_width(cr, THIN);
	for (int i = 0; i < g->n_lines; i++) {
		cairo_move_to(cr, g->x[0], g->lines[i]);
		cairo_line_to(cr, g->x[g->t->n_columns], g->lines[i]);
	}
	for (size_t i = 0; i <= g->t->n_columns; i++) {
		cairo_move_to(cr, g->x[i], g->from);
		cairo_line_to(cr, g->x[i], g->p->y);
	}
	cairo_stroke(cr);
}

static void next_page(struct grid *g)
{
	draw_rules(g);
	pdf_new_page(g->p);
	draw_head(g);
}

static void draw_whole(struct grid *g, const struct row *r, const struct cell *cells)
{
	struct pdf *p = g->p;

	for (size_t i = 0; i < g->t->n_columns; i++) {
		if (cells[i].kind == CELL_BUBBLES)
			pdf_bubble_row(p, cells[i].value, (g->x[i] + g->x[i + 1]) / 2, p->y + r->high / 2);
		else if (r->text[i])
			pdf_show(p, r->text[i], g->x[i] + PAD_X, p->y + PAD_Y);
	}
	p->y += r->high;
}

/* A row higher than a page: as many lines of each cell as fit, the others on the next page. */
static void draw_continued(struct grid *g, struct row *r)
{
	struct pdf *p = g->p;

	for (bool more = true; more;) {
		double room = pdf_left_over(p) - 2 * PAD_Y, high = 0;

		more = false;
		for (size_t i = 0; i < g->t->n_columns; i++) {
			int to;

			if (!r->text[i])
				continue;
			to = pdf_lines_fit(r->text[i], r->shown[i], room);
			high = fmax(high, pdf_show_lines(p, r->text[i], g->x[i] + PAD_X, p->y + PAD_Y, r->shown[i], to));
			r->shown[i] = to;
			more = more || to < pango_layout_get_line_count(r->text[i]);
		}
		p->y += high + 2 * PAD_Y;
		if (more) {
			line(g);
			next_page(g);
		}
	}
}

static void draw_row(struct grid *g, struct row *r, const struct cell *cells)
{
	struct pdf *p = g->p;
	bool taller = r->high > p->bottom - p->top - g->head_high;

	if (r->high > pdf_left_over(p) + 0.01 && p->y > p->top + g->head_high + 0.01)
		next_page(g);
	pdf_tag(p, "TR");
	if (taller)
		draw_continued(g, r);
	else
		draw_whole(g, r, cells);
	pdf_untag(p, "TR");
	line(g);
	for (size_t i = 0; i < g->t->n_columns; i++)
		if (r->text[i])
			pdf_drop(r->text[i]);
}

static enum outcome draw_rows(struct grid *g, struct rows *rows)
{
	const struct cell *cells;
	struct row r;
	bool begun = false;

	for (;;) {
		TRY(rows_next(rows, &cells));
		if (!cells)
			break;
		shape_row(g, &r, cells, rows->arena);
		if (!begun) {
			pdf_need(g->p, g->head_high + fmin(r.high, 60));
			draw_head(g);
			begun = true;
		}
		draw_row(g, &r, cells);
	}
	if (!begun) {
		pdf_need(g->p, g->head_high);
		draw_head(g);
	}
	draw_rules(g);
	return g->p->written;
}

static void caption(struct pdf *p, const struct table *t)
{
	const struct look look = { .size = p->document->setup.size - 1, .width = pdf_body(p), .bold = true };

	if (!t->caption)
		return;
	pdf_need(p, 70);                 /* with the head and a row */
	p->y += p->fresh ? 0 : 8;
	p->y += pdf_put(p, p->left, p->y, t->caption, &look);
	p->fresh = false;
}

enum outcome pdf_table(struct pdf *p, const struct table *t)
{
	struct grid g = { .p = p, .t = t };
	struct rows rows;
	enum outcome result;

	caption(p, t);
	p->y += p->fresh ? 0 : 6;
	columns(&g);
	shape_head(&g);
	rows_open(&rows, t);
	pdf_tag(p, "Table");
	result = draw_rows(&g, &rows);
	pdf_untag(p, "Table");
	rows_close(&rows);
	for (size_t i = 0; i < t->n_columns; i++)
		pdf_drop(g.head[i]);
	p->y += 3;
	if (t->note && result == OK) {
		const struct look look = { .size = p->document->setup.size - 2, .width = pdf_body(p), .italic = true, .justify = true };
		PangoLayout *l = pdf_shape(p->maker, t->note, &look);

		pdf_need(p, pdf_high(l));
		pdf_show(p, l, p->left, p->y);
		p->y += pdf_high(l);
		pdf_drop(l);
	}
	return result;
}
