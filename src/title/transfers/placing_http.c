/* The list of hamlets that wait: a button for each commune they may have come to. */
#include <string.h>

#include "base/day.h"
#include "html/page.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "text/format.h"
#include "title/transfers/transfers_page.h"
#include "waiting_page_html.h"

static struct waiting_line line_of(struct arena *a, const struct waiting_leaf *w)
{
	struct waiting_line line = { .leaf = w->unit.id, .name = w->unit.name, .code = w->unit.code, .people = format_int(a,
		w->people),
		.version = number_text(a, w->unit.version), .why = w->why };
	struct waiting_button *others = ARENA_ARRAY(a, struct waiting_button, w->n_choices);

	for (size_t i = 0; i < w->n_choices; i++) {
		struct waiting_button button = { w->choices[i].unit_id, w->choices[i].name, w->choices[i].code };

		if (w->choices[i].is_suggested) {
			line.first = button;
			line.has_first = true;
		} else {
			others[line.n_others++] = button;
		}
	}
	line.others = others;
	return line;
}

static void fill_parts(struct arena *a, const struct waiting_list *list, struct waiting_page *view)
{
	struct waiting_part *parts = ARENA_ARRAY(a, struct waiting_part, list->n);
	struct waiting_line *lines = ARENA_ARRAY(a, struct waiting_line, list->n);
	int64_t people = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct waiting_leaf *w = &list->at[i];

		lines[i] = line_of(a, w);
		people += w->people;
		if (!i || list->at[i - 1].unit.parent_id != w->unit.parent_id)
			parts[view->n_parts++] = (struct waiting_part){ w->parent_name, arena_format(a,
			"Chia từ ngày %s. Chọn nơi mới cho từng ấp, "
				"khu phố; người, phiếu và số liệu đi theo ngay.", format_date(a, w->on_day)), &lines[i], 0 };
		parts[view->n_parts - 1].n_lines++;
	}
	view->parts = parts;
	view->lead = arena_format(a,
		"%s ấp, khu phố, đơn vị với %s người thuộc xã, phường cũ đã chia cho nhiều nơi. Xếp nhầm thì hoàn tác ở "
		"trang Chuyển, gộp.", format_int(a, (int64_t)list->n), format_int(a, people));
}

/* Of the actor's province. */
enum outcome waiting_show(struct request *req)
{
	struct buf page = BUF(req->ask.arena, .max = 4 * MiB);
	struct waiting_page view = { .heading = "Ấp, khu phố chờ xếp", .empty = { .title = "Không còn ấp, khu phố nào chờ xếp",
		.text = "Mọi ấp, khu phố, đơn vị đều thuộc một xã, phường đang có." } };
	struct waiting_list list;
	int64_t home;

	TRY(access_home(&req->ask, PERMIT_STATE_UNIT_EDIT, &home));
	TRY(transfers_waiting(&req->ask, home, &list));
	access_page(req, &view.page, view.heading);
	transfers_crumbs(req, &view.page, view.heading);
	if (list.n)
		fill_parts(req->ask.arena, &list, &view);
	waiting_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

enum outcome waiting_post(struct request *req)
{
	const struct waiting_place_form *form = req->form;
	int64_t id;

	TRY(transfer_place(&req->ask, form->leaf, form->version, form->to, &id));
	return redirect_see_other(req, URL("/cho-xep"));
}
