/* The officer's own sheet, with what became of each row beside it: a CSV of a CSV, else a workbook. */
#include "document/document.h"
#include "title/roster/roster_result.h"
#include "title/roster/roster_result_http.h"

static void free_arena(void *arena) { arena_free(arena); }

OUTCOME roster_result_send(struct request *req, const struct list *list, const char *name)
{
	struct buf file = BUF(req->ask.arena, .max = 64 * MiB);
	struct ask ask = req->ask;
	struct result_book book;
	enum document_format format;

	ask.arena = arena_new(512 * MiB);        /* a whole book, for as long as this takes */
	arena_on_release(req->ask.arena, free_arena, ask.arena);
	TRY(roster_result_read(&ask, list, &book));
	format = book.is_csv ? DOCUMENT_CSV : DOCUMENT_XLSX;
	TRY(document_render(roster_result_paper(&ask, &book), format, sink_buf(&file)));
	return respond_file(req, document_format_type(format),
			    arena_format(req->ask.arena, "ket-qua-%s%s", name, book.is_csv ? "" : ".xlsx"),
			    (struct bytes){file.ptr, file.len}, false);
}
