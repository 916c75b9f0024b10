/* The blocks of a DOCX that are more than a paragraph: things side by side, tables, pictures, the certificate. */
#include <cairo.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/log.h"
#include "document/docx.h"

static const char NATION[] = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", MOTTO[] = "Độc lập - Tự do - Hạnh phúc";

void docx_gap(struct docx *w, int high, bool keep_next)
{
	xml(w, "<w:p><w:pPr>%s<w:spacing w:line=\"%d\" w:lineRule=\"exact\"/></w:pPr></w:p>", keep_next ? "<w:keepNext/>" : "", high);
}

void docx_rule(struct docx *w, int width, int room)
{
	int side = (room - width) / 2;

	xml(w, "<w:p><w:pPr><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>"
	       "<w:spacing w:before=\"40\" w:line=\"60\" w:lineRule=\"exact\"/><w:ind w:left=\"%d\" w:right=\"%d\"/>"
	       "<w:rPr><w:sz w:val=\"4\"/></w:rPr></w:pPr></w:p>", side, side);
}

void docx_pair_open(struct docx *w, const int *widths, size_t n)
{
	xml(w, "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>"
	       "<w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>", docx_body(w));
	for (size_t i = 0; i < n; i++)
		xml(w, "<w:gridCol w:w=\"%d\"/>", widths[i]);
	xml(w, "</w:tblGrid>");
	w->begun = true;
}

void docx_pair_row(struct docx *w)
{
	xml(w, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
}

void docx_pair_cell(struct docx *w, int width, bool continued_from_above, bool continues)
{
	xml(w, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>%s</w:tcPr>", width,
	    continued_from_above ? "<w:vMerge/>" : continues ? "<w:vMerge w:val=\"restart\"/>" : "");
}

/* A cell must end with a paragraph: a small one, so that none is missing when all texts were empty. */
void docx_pair_cell_end(struct docx *w)
{
	docx_gap(w, 20, false);
	xml(w, "</w:tc>");
}

void docx_pair_row_end(struct docx *w)
{
	xml(w, "</w:tr>");
}

/* Two tables that touch become one in Word: a small paragraph keeps them apart. */
void docx_pair_end(struct docx *w)
{
	xml(w, "</w:tbl>");
	docx_gap(w, 60, false);
}

static const char *place_line(struct docx *w, const char *place, const char *date)
{
	return arena_format(w->scratch, "%s, %s", document_given(place), document_date_words(w->scratch, text_or_empty(date)));
}

static void nation(struct docx *w, double size, int room)
{
	struct way way = { .size = size, .bold = true, .align = "center" };

	docx_line(w, NATION, &way);
	way.size = size + 1;
	docx_line(w, MOTTO, &way);
	docx_rule(w, (int)(size * 270), room);           /* about the motto's own width */
}

static void national_header(struct docx *w, const struct letterhead *h)
{
	nation(w, 13, docx_body(w));
	if (h->place)
		docx_line(w, place_line(w, h->place, h->date), &(struct way){ .size = 13, .italic = true, .align = "right", .before = 80 });
}

void docx_header(struct docx *w, const struct letterhead *h)
{
	double size = w->landscape ? 13 : 12;
	int right = docx_body(w) * 55 / 100, widths[2] = { docx_body(w) - right, right };
	struct way way = { .size = size, .align = "center" };

	if (!*h->authority) {
		national_header(w, h);
		return;
	}
	docx_pair_open(w, widths, 2);
	docx_pair_row(w);
	docx_pair_cell(w, widths[0], false, false);
	docx_line(w, h->above, &way);
	way.bold = true;
	docx_line(w, h->authority, &way);
	docx_rule(w, widths[0] * 3 / 10, widths[0]);
	if (h->number)
		docx_line(w, arena_format(w->scratch, "Số: %s", document_given(h->number)),
			  &(struct way){ .size = 13, .align = "center", .before = 60 });
	docx_pair_cell_end(w);
	docx_pair_cell(w, widths[1], false, false);
	nation(w, size, widths[1]);
	if (h->place)
		docx_line(w, place_line(w, h->place, h->date), &(struct way){ .size = 13, .italic = true, .align = "center", .before = 60 });
	docx_pair_cell_end(w);
	docx_pair_row_end(w);
	docx_pair_end(w);
}

static void recipients(struct docx *w, const struct ending *e)
{
	struct way way = { .size = 12, .bold = true, .italic = true, .keep_next = true };

	if (!e->n_recipients)
		return;
	docx_line(w, "Nơi nhận:", &way);
	way = (struct way){ .size = 11, .keep_next = true };
	for (size_t i = 0; i < e->n_recipients; i++)
		docx_line(w, arena_format(w->scratch, "- %s", e->recipients[i]), &way);
}

static void sign_head(struct docx *w, const struct signature *s)
{
	struct way way = { .size = 13, .italic = true, .align = "center", .keep_next = true };

	docx_line(w, text_or_empty(s->before), &way);
	way.italic = false;
	way.bold = true;
	docx_line(w, text_or_empty(s->authority), &way);
	way = (struct way){ .size = 12, .align = "center", .keep_next = true };
	docx_line(w, text_or_empty(s->words), &way);
	way.italic = true;
	docx_line(w, text_or_empty(s->hint), &way);
}

static void sign_name(struct docx *w, const struct signature *s)
{
	const char *name = text_or_empty(s->name);

	docx_line(w, *name ? name : " ", &(struct way){ .size = 14, .bold = true, .align = "center", .before = (int)(22 * TWIPS_MM) });
}

void docx_ending(struct docx *w, const struct ending *e)
{
	bool beside = e->n_signatures == 1;
	size_t n = e->n_signatures + beside;
	int widths[SIGNATURES_MAX + 1];

	for (size_t i = 0; i < n; i++)
		widths[i] = docx_body(w) / (int)n;
	docx_gap(w, 200, true);
	if (n) {
		docx_pair_open(w, widths, n);
		for (int row = 0; row < 2; row++) {
			docx_pair_row(w);
			for (size_t i = 0; i < n; i++) {
				bool left = beside && !i;

				docx_pair_cell(w, widths[i], left && row, left && !row);
				if (left && !row)
					recipients(w, e);
				else if (!left)
					(row ? sign_name : sign_head)(w, &e->signatures[i - beside]);
				docx_pair_cell_end(w);
			}
			docx_pair_row_end(w);
		}
		docx_pair_end(w);
	}
	if (!beside)
		recipients(w, e);
}

static const char *const alignments[] = { NULL, "center", "right" };

/* The size at which the longest word of a heading fits its column, by the rule of thumb of 0.66 of the size a letter. */
static double heading_size(const char *text, double size, int width)
{
	double longest = 0, word = 0;

	for (; *text; text++) {
		word = *text == ' ' || *text == '\n' ? 0 : word + ((*text & 0xC0) != 0x80);
		longest = word > longest ? word : longest;
	}
	while (size > 8 && longest * size * 0.66 * 20 > width - 90)
		size -= 0.5;
	return size;
}

static void table_cell(struct docx *w, int width, const char *text, bool centred, const struct way *way)
{
	xml(w, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>%s</w:tcPr>", width, centred ? "<w:vAlign w:val=\"center\"/>" : "");
	docx_open(w, way);
	docx_words(w, text, way);
	docx_close(w);
	xml(w, "</w:tc>");
}

static void table_open(struct docx *w, const struct table *t, int *widths)
{
	static const char *const sides[] = { "top", "left", "bottom", "right", "insideH", "insideV" };
	double sum = 0;

	xml(w, "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblBorders>", docx_body(w));
	for (size_t i = 0; i < COUNT(sides); i++)
		xml(w, "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>", sides[i]);
	xml(w, "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"45\" w:type=\"dxa\"/>"
	       "<w:right w:w=\"45\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>");
	for (size_t i = 0; i < t->n_columns; i++)
		sum += t->columns[i].width;
	for (size_t i = 0; i < t->n_columns; i++) {
		widths[i] = (int)(t->columns[i].width / sum * docx_body(w));
		xml(w, "<w:gridCol w:w=\"%d\"/>", widths[i]);
	}
	xml(w, "</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
	for (size_t i = 0; i < t->n_columns; i++) {
		const char *text = text_or_empty(t->columns[i].head);

		table_cell(w, widths[i], text, true,
			   &(struct way){ .size = heading_size(text, t->size, widths[i]), .bold = true, .align = "center", .before = 20 });
	}
	xml(w, "</w:tr>");
}

static void table_row(struct docx *w, const struct table *t, const int *widths, const struct cell *cells, struct arena *a)
{
	xml(w, "<w:tr><w:trPr><w:cantSplit/>");
	if (t->row_mm > 0)
		xml(w, "<w:trHeight w:val=\"%d\"/>", (int)(t->row_mm * TWIPS_MM));
	xml(w, "</w:trPr>");
	for (size_t i = 0; i < t->n_columns; i++) {
		const struct cell *c = &cells[i];
		struct way way = { .size = t->size, .bold = c->bold, .italic = c->italic, .before = 20,
				    .align = alignments[t->columns[i].align] };

		table_cell(w, widths[i], c->kind == CELL_BUBBLES ? BUBBLES_TEXT : cell_on_paper(c, a), false, &way);
	}
	xml(w, "</w:tr>");
}

enum outcome docx_table(struct docx *w, const struct table *t)
{
	int widths[TABLE_COLUMNS_MAX];
	const struct cell *cells = NULL;
	struct rows r;
	enum outcome result;

	docx_line(w, text_or_empty(t->caption), &(struct way){ .size = w->document->setup.size - 1, .bold = true, .before = 160, .keep_next = true });
	docx_gap(w, 80, true);
	table_open(w, t, widths);
	rows_open(&r, t);
	while ((result = rows_next(&r, &cells)) == OK && cells && !ferror(w->body)) {
		table_row(w, t, widths, cells, r.arena);
		arena_reset(w->scratch);
	}
	rows_close(&r);
	docx_pair_end(w);
	docx_line(w, text_or_empty(t->note), &(struct way){ .size = w->document->setup.size - 2, .italic = true, .align = "both" });
	return result;
}

void docx_picture(struct docx *w, struct bytes png, double wide_mm, double high_mm, const char *what)
{
	void *copy = malloc(png.len ? png.len : 1);      /* the archive's, until it is written */
	long wide = (long)(wide_mm * 36000), high = (long)(high_mm * 36000);
	int n = ++w->n_pictures;
	zip_source_t *source;
	zip_int64_t at;

	BUG_ON(!copy);
	memcpy(copy, png.ptr, png.len);
	source = zip_source_buffer(w->zip, copy, png.len, 1);
	at = source ? zip_file_add(w->zip, arena_format(w->scratch, "word/media/picture%d.png", n), source, 0) : -1;
	if (at < 0) {
		if (source)
			zip_source_free(source);
		log_line(LOG_ERROR, "", "document_docx", "picture: %s", zip_strerror(w->zip));
		w->failed = true;
		return;
	}
	zip_file_set_dostime(w->zip, (zip_uint64_t)at, 0, 33, 0);
	xml(w, "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"%ld\" cy=\"%ld\"/>"
	       "<wp:docPr id=\"%d\" name=\"%s %d\" descr=\"%s\"/><a:graphic>"
	       "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>"
	       "<pic:cNvPr id=\"%d\" name=\"picture%d.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rIdP%d\"/>"
	       "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%ld\" cy=\"%ld\"/></a:xfrm>"
	       "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
	    wide, high, n, what, n, what, n, n, n, wide, high);
}

static cairo_status_t to_buf(void *state, const unsigned char *ptr, unsigned len)
{
	buf_add(state, ptr, len);
	return CAIRO_STATUS_SUCCESS;
}

/* Eight dots a module: 600 dpi for a code of 25 mm. */
void docx_qr(struct docx *w, const char *text, double side_mm)
{
	enum { DOTS = 8 };
	struct buf png = BUF(w->scratch, .max = 1 * MiB);
	cairo_surface_t *s;
	cairo_t *cr;
	struct qr q;

	if (!qr_make(&q, text))
		return;
	s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, q.side * DOTS, q.side * DOTS);
	cr = cairo_create(s);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_set_source_rgb(cr, 0, 0, 0);
	for (int y = 0; y < q.side; y++)
		for (int x = 0; x < q.side; x++)
			if (qr_is_black(&q, x, y))
				cairo_rectangle(cr, x * DOTS, y * DOTS, DOTS, DOTS);
	cairo_fill(cr);
	cairo_destroy(cr);
	cairo_surface_write_to_png_stream(s, to_buf, &png);
	cairo_surface_destroy(s);
	docx_picture(w, buf_bytes(&png), side_mm, side_mm, "Mã QR");
}

static void certificate_words(struct docx *w, const struct certificate *c)
{
	static const char leaf[] = "0F5B47";
	struct arena *a = w->scratch;
	struct way way = { .size = 15, .align = "center", .before = 60 };

	nation(w, 13, docx_body(w));
	docx_line(w, c->authority, &(struct way){ .size = 15, .align = "center", .bold = true, .before = 200 });
	docx_line(w, "CHỨNG NHẬN", &(struct way){ .size = 40, .align = "center", .bold = true, .colour = leaf });
	docx_open(w, &(struct way){ .size = 15, .align = "center", .before = 60 });
	docx_words(w, "Ông (bà): ", &way);
	docx_words(w, document_given(c->name), &(struct way){ .size = 32, .bold = true });
	docx_close(w);
	docx_line(w, arena_format(a, "Năm sinh: %s      Nơi ở (đơn vị): %s", document_given(c->birth), document_given(c->home)), &way);
	docx_line(w, "Đạt danh hiệu", &way);
	docx_line(w, "“CÔNG DÂN HỌC TẬP”", &(struct way){ .size = 32, .align = "center", .bold = true, .colour = leaf });
	docx_line(w, arena_format(a, "Năm %d", c->year), &(struct way){ .size = 18, .align = "center", .bold = true });
	docx_line(w, document_given(c->decision), &(struct way){ .size = 13, .align = "center", .italic = true, .before = 60 });
}

void docx_certificate(struct docx *w, const struct certificate *c)
{
	struct arena *a = w->scratch;
	int half = docx_body(w) / 2, widths[2] = { half, half };

	if (w->begun)
		xml(w, "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
	w->has_certificate = true;
	certificate_words(w, c);
	docx_gap(w, 400, false);
	docx_pair_open(w, widths, 2);
	docx_pair_row(w);
	docx_pair_cell(w, half, false, false);
	docx_open(w, &(struct way){ .size = 12, .before = 120 });
	docx_qr(w, c->check_url, 25);
	docx_close(w);
	docx_line(w, arena_format(a, "Số vào sổ: %s", document_given(c->book_number)), &(struct way){ .size = 12 });
	docx_line(w, arena_format(a, "Mã kiểm tra: %s", document_given(c->code)), &(struct way){ .size = 12 });
	docx_line(w, arena_format(a, "Quét mã, hoặc gõ mã tại %s", c->check_address), &(struct way){ .size = 10 });
	docx_pair_cell_end(w);
	docx_pair_cell(w, half, false, false);
	docx_line(w, place_line(w, c->place, c->date), &(struct way){ .size = 13, .italic = true, .align = "center", .before = 120 });
	sign_head(w, &c->signature);
	sign_name(w, &c->signature);
	docx_pair_cell_end(w);
	docx_pair_row_end(w);
	docx_pair_end(w);
}
