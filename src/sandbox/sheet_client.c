/* The client's half of the sheet worker: pieces → rows. Believes nothing: lengths add up, columns rise, texts are UTF-8. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "sandbox/client.h"
#include "sandbox/sheet_out.h"
#include "text/text.h"

struct taking {
	const struct sheet_taker *taker;
	struct sheet_cell cells[SHEET_COLUMNS];
	struct sheet_range hidden[WIRE_PIECE_MAX / sizeof(struct wire_range)];
	bool in_sheet;
	uint32_t row;
	size_t sheets;
};

static const char *text_at(const char *at, size_t len)
{
	if (!len || at[len - 1] || memchr(at, '\0', len - 1) || !text_is_utf8((struct bytes){ at, len - 1 }))
		return NULL;
	return at;
}

static struct sheet_range range_at(const char *at)
{
	struct wire_range w;

	memcpy(&w, at, sizeof w);
	return (struct sheet_range){ w.row, w.column, w.last_row, w.last_column };
}

static OUTCOME broken(void)
{
	log_line(LOG_WARN, "", "sandbox_sheet", "the worker broke the protocol");
	return FAILED;
}

static OUTCOME take_sheet(struct taking *t, const struct wire_record *head, const char *at)
{
	struct sheet_head sheet = { .hidden = head->flags & RECORD_HIDDEN, .is_cp1258 = head->flags & RECORD_CP1258,
		.n_hidden = head->n,
		.hidden_columns = t->hidden };
	size_t ranges = head->n * sizeof(struct wire_range);

	if (t->in_sheet || head->n > COUNT(t->hidden) || head->len <= ranges)
		return broken();
	for (size_t i = 0; i < head->n; i++)
		t->hidden[i] = range_at(at + i * sizeof(struct wire_range));
	sheet.name = text_at(at + ranges, head->len - ranges);
	if (!sheet.name || head->len - ranges > SHEET_NAME + 1)
		return broken();
	t->in_sheet = true;
	t->row = 0;
	return t->taker->sheet(t->taker->state, &sheet);
}

static OUTCOME take_row(struct taking *t, const struct wire_record *head, const char *at)
{
	const char *end = at + head->len;
	int64_t before = -1;

	if (!t->in_sheet || head->row <= t->row || head->n > COUNT(t->cells))
		return broken();
	for (size_t i = 0; i < head->n; i++) {
		struct sheet_cell *cell = &t->cells[i];
		struct wire_cell w;

		if ((size_t)(end - at) < sizeof w)
			return broken();
		memcpy(&w, at, sizeof w);
		at += sizeof w;
		if (w.len > (size_t)(end - at) || w.kind > CELL_ERROR || w.column >= SHEET_COLUMNS || w.column <= before)
			return broken();
		*cell = (struct sheet_cell){ .column = w.column, .kind = (enum cell_kind)w.kind, .formula = w.formula,
			.text = "" };
		if (cell->kind == CELL_NUMBER && w.len == sizeof cell->number)
			memcpy(&cell->number, at, sizeof cell->number);
		else if (cell->kind == CELL_NUMBER || !(cell->text = text_at(at, w.len)))
			return broken();
		before = w.column;
		at += w.len;
	}
	t->row = head->row;
	return t->taker->row(t->taker->state, &(struct sheet_row){ .row = head->row, .hidden = head->flags & RECORD_HIDDEN,
		.n = head->n, .cells = t->cells });
}

static OUTCOME take_record(struct taking *t, const struct wire_record *head, const char *at)
{
	struct sheet_range range;

	switch (head->type) {
	case RECORD_SHEET:
		return take_sheet(t, head, at);
	case RECORD_ROW:
		return take_row(t, head, at);
	case RECORD_MERGE:
		if (!t->in_sheet || head->len != sizeof(struct wire_range))
			return broken();
		range = range_at(at);
		return t->taker->merge(t->taker->state, &range);
	case RECORD_END:
		if (!t->in_sheet)
			return broken();
		t->in_sheet = false;
		return t->taker->end(t->taker->state);
	default:
		return broken();
	}
}

static OUTCOME take_piece(void *state, struct bytes piece)
{
	const char *at = piece.ptr, *end = at + piece.len;

	while (at < end) {
		struct wire_record head;

		if ((size_t)(end - at) < sizeof head)
			return broken();
		memcpy(&head, at, sizeof head);
		at += sizeof head;
		if (head.len > (size_t)(end - at))
			return broken();
		TRY(take_record(state, &head, at));
		at += head.len;
	}
	return OK;
}

OUTCOME sandbox_sheet(struct sandbox *s, struct arena *arena, const struct sheet_source *source, const struct sheet_taker *taker,
	enum sheet_kind *kind)
{
	struct taking *t = ARENA_NEW(arena, struct taking);
	struct sandbox_job job = { .kind = SANDBOX_SHEET, .input = source->input, .fd = source->fd, .spills = true,
		.answer_max = sizeof(struct wire_sheet), .seconds = SHEET_SECONDS, .take = take_piece, .state = t };
	enum sandbox_end end;
	struct wire_sheet wire;
	struct bytes answer;

	*kind = SHEET_TOO_LARGE;
	t->taker = taker;
	if (source->input.ptr && source->input.len > SHEET_INPUT_MAX)
		return OK;
	TRY(sandbox_call(s, arena, &job, &end, &answer));
	switch (end) {
	case SANDBOX_ANSWERED:
		*kind = SHEET_READER_DIED;
		if (answer.len != sizeof wire)
			return OK;
		memcpy(&wire, answer.ptr, sizeof wire);
		if (wire.kind < SHEET_KINDS && !(wire.kind == SHEET_READ && t->in_sheet))
			*kind = (enum sheet_kind)wire.kind;
		return OK;
	case SANDBOX_TOO_SLOW:
		*kind = SHEET_TOO_SLOW;
		return OK;
	case SANDBOX_DIED:
		*kind = SHEET_READER_DIED;
		return OK;
	case SANDBOX_CLOSED:
		*kind = SHEET_CLOSED;
		return OK;
	}
	return OK;
}

struct here { struct taking *taking; enum outcome done; };

static void take_here(void *state, struct bytes piece)
{
	struct here *h = state;

	if (h->done == OK)
		h->done = take_piece(h->taking, piece);
}

OUTCOME sandbox_sheet_here(struct arena *arena, struct bytes file, const struct sheet_taker *taker, enum sheet_kind *kind)
{
	struct here here = { .taking = ARENA_NEW(arena, struct taking) };
	struct sheet_out *out = ARENA_NEW(arena, struct sheet_out);

	here.taking->taker = taker;
	out->flush = take_here;
	out->state = &here;
	sheet_read(out, &(struct sheet_input){ .file = file, .spill = -1 });
	*kind = out->kind;
	return here.done;
}
