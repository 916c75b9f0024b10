/* CSV for other programs: UTF-8 with BOM (Excel needs it), commas, CRLF, RFC 4180 quotes, plain numbers, ISO dates.
 * One table is its head and rows alone; of several each begins with its caption after an empty line.
 *
 * A text that begins with = + - @, a tab or a carriage return would be run as a formula by spreadsheets (a name typed by a
 * stranger is enough): it gets an apostrophe before it. Our own numbers are not touched. */
#include <string.h>

#include "document/block.h"

enum { PIECE = 64 << 10 };

struct csv {
	const struct document *document;
	struct sink sink;
	struct arena *arena;
	struct buf out;
};

static enum outcome flush(struct csv *w, size_t above)
{
	if (w->out.failed)
		return FAILED;               /* a row of more than 4 MiB: no row source may give one */
	if (w->out.len <= above)
		return OK;
	TRY(w->sink.write(w->sink.state, w->out.ptr, w->out.len));
	w->out.len = 0;
	return OK;
}

static void field(struct buf *out, const char *text, bool guard)
{
	guard = guard && *text && strchr("=+-@\t\r", *text);
	if (!guard && !strpbrk(text, ",\"\r\n")) {
		buf_text(out, text);
		return;
	}
	buf_char(out, '"');
	if (guard)
		buf_char(out, '\'');
	for (; *text; text++) {
		if (*text == '"')
			buf_char(out, '"');
		buf_char(out, *text);
	}
	buf_char(out, '"');
}

static void head(struct csv *w, const struct block *b)
{
	const struct table *t = &b->table.of;

	if (b->table.number > 1)
		buf_text(&w->out, "\r\n");
	if (w->document->n_tables > 1 && t->caption) {
		field(&w->out, t->caption, true);
		buf_text(&w->out, "\r\n");
	}
	for (size_t i = 0; i < t->n_columns; i++) {
		if (i)
			buf_char(&w->out, ',');
		field(&w->out, t->columns[i].head, true);
	}
	buf_text(&w->out, "\r\n");
}

static enum outcome row(struct csv *w, const struct rows *r, const struct cell *cells)
{
	for (size_t i = 0; i < r->table->n_columns; i++) {
		if (i)
			buf_char(&w->out, ',');
		field(&w->out, cell_plain(&cells[i], r->arena), cells[i].kind == CELL_TEXT);
	}
	buf_text(&w->out, "\r\n");
	return flush(w, PIECE);
}

static enum outcome visit(void *state, const struct block *b)
{
	struct csv *w = state;
	struct rows r;
	const struct cell *cells = NULL;
	enum outcome result;

	if (b->kind != BLOCK_TABLE)
		return OK;
	head(w, b);
	rows_open(&r, &b->table.of);
	while ((result = rows_next(&r, &cells)) == OK && cells && (result = row(w, &r, cells)) == OK)
		;
	rows_close(&r);
	return result;
}

enum outcome csv_render(const struct document *d, struct sink sink)
{
	struct csv w = { d, sink, arena_new(8 * MiB), { 0 } };
	enum outcome result;

	w.out = BUF(w.arena, .max = 4 * MiB);
	buf_text(&w.out, "\xEF\xBB\xBF");
	result = document_each(d, visit, &w);
	if (result == OK)
		result = flush(&w, 0);
	arena_free(w.arena);
	return result;
}
