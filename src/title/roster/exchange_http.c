/* Lists in others' columns: the page that offers them, the note that one leaves, the file. */
#include "title/roster/exchange_http.h"

#include "base/day.h"
#include "exchange_page_html.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/access/taking_page.h"
#include "registry/tree/tree.h"
#include "title/roster/exchange_paper.h"
#include "title/roster/exchange_view.h"
#include "title/roster/roster_units_http.h"

FORM_DEFINE(exchange_form, EXCHANGE_FORM)
const struct choices exchange_formats = CHOICES({ "xlsx", "Excel (.xlsx)" }, { "csv", "CSV" });

enum outcome exchange_show(struct request *req)
{
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a);
	struct exchange_note_line *notes = ARENA_ARRAY(a, struct exchange_note_line, exchange_kinds.n);
	struct exchange_page view = { .unit = "", .notes = notes, .n_notes = exchange_kinds.n };
	int64_t home;

	TRY(access_home(&req->ask, PERMIT_PERSON_EDIT, &home));
	if (req->is_post)
		request_form(req, &exchange_form_def, req->form, &view.form);
	else
		form_show(a, &exchange_form_def, NULL, &view.form);
	TRY(roster_unit_options(req, home, &view.form.unit, &view.unit, NULL));
	for (size_t i = 0; i < exchange_kinds.n; i++) {
		struct exchange_columns columns;

		TRY(exchange_columns(&req->ask, (int)i, &columns));
		notes[i] = (struct exchange_note_line){ columns.title, columns.note };
	}
	access_page(req, &view.page, "Xuất danh sách cho nơi khác");
	page_crumbs(&view.page, a,
		    (const struct link[]){{"Người", URL("/nguoi"), false}, {"Nạp danh sách", URL("/danh-sach"), false}}, 2,
		    "Xuất danh sách");
	exchange_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

enum outcome exchange_post(struct request *req)
{
	const struct exchange_form *form = req->form;
	struct arena *a = req->ask.arena;
	struct url file = url_own(a, "/danh-sach/xuat/%lld", (long long)form->unit);

	TRY(exchange_note(&req->ask, form->cot, form->unit));
	return taking_redirect(req, url_query(a, url_query(a, file, "cot", exchange_kinds.at[form->cot].code), "dang",
		exchange_formats.at[form->dang].code));
}

static void free_arena(void *arena) { arena_free(arena); }

enum outcome exchange_file(struct request *req)
{
	const struct exchange_form *form = req->form;
	enum document_format format = form->dang ? DOCUMENT_CSV : DOCUMENT_XLSX;
	struct buf file = BUF(req->ask.arena, .max = 32 * MiB);
	struct ask ask = req->ask;
	struct exchange exchange;

	ask.arena = arena_new(256 * MiB);        /* a commune's people, for as long as this takes */
	arena_on_release(req->ask.arena, free_arena, ask.arena);
	TRY(exchange_read(&ask, form->cot, form->unit, 0, &exchange));
	TRY(taking_was_noted(req));
	TRY(document_render(exchange_paper(&ask, &exchange), format, sink_buf(&file)));
	return respond_file(req, document_format_type(format),
			    arena_format(req->ask.arena, "%s, %s.%s", exchange_kinds.at[form->cot].label, exchange.unit_name,
					 document_format_ending(format)),
			    buf_bytes(&file), false);
}
