#include "document/document.h"

#include <string.h>

#include "base/bug.h"
#include "base/buf.h"
#include "base/day.h"
#include "document/block.h"

enum { PART_MAX = 4 << 20 };     /* bytes of one streamed part: a certificate or a sheet of two pages */

struct document *document_new(struct arena *a, const struct document_setup *setup)
{
	struct document *d = ARENA_NEW(a, struct document);

	d->arena = a;
	d->setup = *setup;
	d->setup.title = text_or_empty(setup->title);
	if (setup->size <= 0)
		d->setup.size = 14;
	BUG_ON(d->setup.size < 10 || d->setup.size > 14);
	return d;
}

struct arena *document_arena(struct document *d)
{
	return d->arena;
}

static struct block *add(struct document *d, enum block_kind kind)
{
	struct block *b = ARENA_NEW(d->arena, struct block);

	b->kind = kind;
	if (d->last)
		d->last->next = b;
	else
		d->first = b;
	d->last = b;
	return b;
}

static const void *copy(struct document *d, const void *array, size_t size, size_t n)
{
	void *to = arena_array(d->arena, size, n);

	if (n)
		memcpy(to, array, size * n);
	return to;
}

const char *document_given(const char *text)
{
	return text && *text ? text : DOCUMENT_BLANK;
}

const char *document_date_words(struct arena *a, const char *date)
{
	size_t len = strlen(date);

	if (len == DAY_LEN) {
		int month = (date[5] - '0') * 10 + date[6] - '0';

		return arena_format(a, month < 3 ? "ngày %.2s tháng %02d năm %.4s" : "ngày %.2s tháng %d năm %.4s", date + 8, month, date);
	}
	return arena_format(a, "ngày " DOCUMENT_BLANK " tháng " DOCUMENT_BLANK " năm %s", len >= 4 ? arena_textn(a, date, 4) : DOCUMENT_BLANK);
}

void document_header(struct document *d, const struct letterhead *h)
{
	struct letterhead *to = &add(d, BLOCK_HEADER)->header;

	*to = *h;
	to->above = text_or_empty(h->above);
	to->authority = text_or_empty(h->authority);
	to->date = text_or_empty(h->date);
}

void document_title(struct document *d, const char *kind, const char *about, const char *note)
{
	struct block *b = add(d, BLOCK_TITLE);

	b->title.kind = kind;
	b->title.about = about;
	b->title.note = note;
}

static struct paragraph *paragraph(struct document *d, enum paragraph_kind kind, const struct run *runs, size_t n)
{
	struct paragraph *p = &add(d, BLOCK_PARAGRAPH)->paragraph;

	p->kind = kind;
	p->runs = copy(d, runs, sizeof *runs, n);
	p->n = n;
	p->mark = "";
	return p;
}

void document_text(struct document *d, const struct run *runs, size_t n)
{
	paragraph(d, PARAGRAPH_TEXT, runs, n);
}

void document_textf(struct document *d, const char *format, ...)
{
	va_list args;
	const char *text;

	va_start(args, format);
	text = arena_vformat(d->arena, format, args);
	va_end(args);
	document_text(d, RUNS(PLAIN(text)));
}

void document_line(struct document *d, const struct run *runs, size_t n)
{
	paragraph(d, PARAGRAPH_LINE, runs, n);
}

void document_centered(struct document *d, const struct run *runs, size_t n)
{
	paragraph(d, PARAGRAPH_CENTER, runs, n);
}

void document_heading(struct document *d, const char *text)
{
	paragraph(d, PARAGRAPH_HEADING, RUNS(BOLD(text)));
}

void document_note(struct document *d, const char *text)
{
	paragraph(d, PARAGRAPH_NOTE, RUNS(ITALIC(text)));
}

void document_item(struct document *d, int level, const char *mark, const struct run *runs, size_t n)
{
	struct paragraph *p = paragraph(d, PARAGRAPH_ITEM, runs, n);

	BUG_ON(level < 0 || level > 3);
	p->level = level;
	p->mark = mark;
}

const char *document_cell_text(struct arena *a, const struct cell *c)
{
	return cell_on_paper(c, a);
}

void document_table(struct document *d, const struct table *t)
{
	struct block *b = add(d, BLOCK_TABLE);
	struct table *to = &b->table.of;

	BUG_ON(!t->n_columns || t->n_columns > TABLE_COLUMNS_MAX || (t->rows && t->next));
	*to = *t;
	b->table.number = ++d->n_tables;
	to->columns = copy(d, t->columns, sizeof *t->columns, t->n_columns);
	if (t->rows)
		to->rows = copy(d, t->rows, sizeof *t->rows * t->n_columns, t->n_rows);
	if (t->size <= 0)
		to->size = 12;
}

void document_ending(struct document *d, const struct ending *e)
{
	struct ending *to = &add(d, BLOCK_ENDING)->ending;

	BUG_ON(e->n_signatures > SIGNATURES_MAX);
	*to = *e;
	to->recipients = copy(d, e->recipients, sizeof *e->recipients, e->n_recipients);
	to->signatures = copy(d, e->signatures, sizeof *e->signatures, e->n_signatures);
}

void document_picture(struct document *d, struct bytes png, double width_mm, enum align align)
{
	struct block *b = add(d, BLOCK_PICTURE);

	b->picture.png = png;
	b->picture.width_mm = width_mm;
	b->picture.align = align;
}

static void qr_block(struct document *d, const char *text, double side_mm, enum align align, bool corner)
{
	struct block *b = add(d, BLOCK_QR);

	b->qr.text = text;
	b->qr.side_mm = side_mm;
	b->qr.align = align;
	b->qr.corner = corner;
}

void document_qr(struct document *d, const char *text, double side_mm, enum align align)
{
	qr_block(d, text, side_mm, align, false);
}

void document_qr_corner(struct document *d, const char *text, double side_mm)
{
	qr_block(d, text, side_mm, ALIGN_RIGHT, true);
}

void document_bubbles(struct document *d, int64_t key)
{
	add(d, BLOCK_BUBBLES)->bubbles.key = key;
}

void document_space(struct document *d, double mm)
{
	add(d, BLOCK_SPACE)->space.mm = mm;
}

void document_page(struct document *d, bool landscape)
{
	add(d, BLOCK_PAGE)->page.landscape = landscape;
}

void document_need(struct document *d, double mm)
{
	add(d, BLOCK_NEED)->space.mm = mm;
}

void document_leaf(struct document *d)
{
	add(d, BLOCK_LEAF);
}

void document_sides(struct document *d, const struct side_head *h)
{
	struct block *b = add(d, BLOCK_SIDES);

	b->sides = *h;
	for (size_t i = 0; i < SIDE_LINES; i++)
		b->sides.lines[i].runs = copy(d, h->lines[i].runs, sizeof *h->lines[i].runs, h->lines[i].n);
}

void document_question(struct document *d, const struct question *q)
{
	add(d, BLOCK_QUESTION)->question = *q;
}

void document_slip(struct document *d, const struct cut_slip *s)
{
	add(d, BLOCK_SLIP)->slip = *s;
}

void document_certificate(struct document *d, const struct certificate *c)
{
	add(d, BLOCK_CERTIFICATE)->certificate = *c;
}

void document_part_title(struct document *part, const char *title)
{
	part->setup.title = title;
}

void document_stream(struct document *d, part_source next, void *state)
{
	struct block *b = add(d, BLOCK_STREAM);

	BUG_ON(d->is_part);
	b->stream.next = next;
	b->stream.state = state;
}

static enum outcome each_part(const struct document *d, const struct block *b, enum outcome (*visit)(void *, const struct block *),
			      void *state)
{
	struct arena *a = arena_new(PART_MAX);
	enum outcome result = OK;
	int n_tables = d->n_tables;

	for (bool done = false; !done && result == OK;) {
		struct document *part;

		arena_reset(a);
		part = document_new(a, &d->setup);
		part->is_part = true;
		part->n_tables = n_tables;
		result = b->stream.next(b->stream.state, part, &done);
		n_tables = part->n_tables;
		for (const struct block *in = part->first; in && result == OK; in = in->next)
			result = visit(state, in);
	}
	arena_free(a);
	return result;
}

enum outcome document_each(const struct document *d, enum outcome (*visit)(void *, const struct block *), void *state)
{
	for (const struct block *b = d->first; b; b = b->next)
		TRY(b->kind == BLOCK_STREAM ? each_part(d, b, visit, state) : visit(state, b));
	return OK;
}

static const struct { const char *ending, *type; enum outcome (*render)(const struct document *, struct sink); } formats[] = {
	[DOCUMENT_PDF] = { "pdf", "application/pdf", pdf_render },
	[DOCUMENT_DOCX] = { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx_render },
	[DOCUMENT_XLSX] = { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_render },
	[DOCUMENT_CSV] = { "csv", "text/csv; charset=utf-8", csv_render },
};

enum outcome document_render(const struct document *d, enum document_format format, struct sink sink)
{
	return formats[format].render(d, sink);
}

const char *document_format_ending(enum document_format format)
{
	return formats[format].ending;
}

const char *document_format_type(enum document_format format)
{
	return formats[format].type;
}

bool document_format_of(const char *ending, enum document_format *out)
{
	for (size_t i = 0; i < COUNT(formats); i++)
		if (!strcmp(ending, formats[i].ending)) {
			*out = (enum document_format)i;
			return true;
		}
	return false;
}
