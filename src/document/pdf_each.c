/* Each part of a stream as a PDF of its own: a batch is drawn as one file, which is then taken apart (pdf_split.c). */
#include <string.h>

#include "base/log.h"
#include "document/pdf.h"

enum { BATCH = 64, PART_ROOM = 4 << 20, BATCH_ROOM = 64 << 20, FILE_MAX = 24 << 20 };

struct each {
	const struct document *document;
	struct arena *part, *batch;
	OUTCOME (*take)(void *state, const char *title, struct bytes pdf);
	void *state;
	size_t pages[BATCH + 1];         /* where each part's begin */
	const char *titles[BATCH];
	size_t n;
};

/* Draws parts until the batch is full or the stream ends. */
static OUTCOME draw_batch(struct each *e, const struct block *stream, struct pdf *p, bool *done)
{
	e->n = 0;
	while (e->n < BATCH && !*done) {
		struct document *part;

		arena_reset(e->part);
		part = document_new(e->part, &e->document->setup);
		part->is_part = true;
		TRY(stream->stream.next(stream->stream.state, part, done));
		if (!part->first)
			continue;
		if (e->n)
			pdf_new_page(p);
		p->document = part;              /* drawing takes its texts' memory from there */
		e->pages[e->n] = (size_t)p->page - 1;
		e->titles[e->n++] = arena_text(e->batch, part->setup.title);
		for (const struct block *b = part->first; b; b = b->next)
			TRY(pdf_block(p, b));
	}
	e->pages[e->n] = (size_t)p->page;
	return OK;
}

static OUTCOME give_batch(struct each *e, struct bytes all)
{
	struct pdf_pages *pages = pdf_pages_open(e->batch, all);

	for (size_t i = 0; i < e->n; i++) {
		struct buf out = BUF(e->part, .max = FILE_MAX);

		arena_reset(e->part);
		if (!pages || !pdf_pages_take(pages, e->pages[i], e->pages[i + 1], e->titles[i], &out)) {
			log_line(LOG_ERROR, "", "document_each", "cairo writes PDF otherwise than expected");
			return FAILED;
		}
		TRY(e->take(e->state, e->titles[i], buf_bytes(&out)));
	}
	return OK;
}

static OUTCOME one_batch(struct each *e, const struct block *stream, bool *done)
{
	struct buf all = BUF(e->batch, .max = FILE_MAX);
	struct pdf p;
	enum outcome drawn, finished;

	pdf_begin(&p, e->document, sink_buf(&all));
	p.layered = true;
	drawn = draw_batch(e, stream, &p, done);
	finished = pdf_finish(&p);
	TRY(drawn);
	TRY(finished);
	return give_batch(e, buf_bytes(&all));
}

OUTCOME document_render_each(const struct document *d, OUTCOME (*take)(void *state, const char *title, struct bytes pdf), void
	*state)
{
	struct each e = { .document = d, .part = arena_new(FILE_MAX * 3), .batch = arena_new(BATCH_ROOM), .take = take, .state
		= state };
	enum outcome result = OK;

	for (const struct block *b = d->first; b && result == OK; b = b->next)
		for (bool done = b->kind != BLOCK_STREAM; !done && result == OK;) {
			arena_reset(e.batch);
			result = one_batch(&e, b, &done);
		}
	arena_free(e.part);
	arena_free(e.batch);
	return result;
}

enum outcome document_page_of(struct bytes pdf, int page, const char *title, struct buf *out)
{
	struct pdf_pages *pages = pdf_pages_open(out->arena, pdf);

	if (!pages) {
		log_line(LOG_ERROR, "", "document_page", "cairo writes PDF otherwise than expected");
		return FAILED;
	}
	if (page < 1 || (size_t)page > pdf_pages_count(pages))
		return NOT_FOUND;
	return pdf_pages_take(pages, (size_t)page - 1, (size_t)page, title, out) ? OK : FAILED;
}
