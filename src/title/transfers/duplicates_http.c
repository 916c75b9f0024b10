/* Two entries of one person, side by side. */
#include <string.h>

#include "duplicate_page_html.h"
#include "html/page.h"
#include "registry/access/access_page.h"
#include "text/format.h"
#include "title/transfers/transfers_page.h"

extern const struct form_def duplicate_form_def;

static struct url merge_url(struct arena *a, int64_t keep, int64_t drop)
{
	return url_own(a, "/nguoi/%lld/gop/%lld", (long long)keep, (long long)drop);
}

static void fill_both(struct arena *a, const struct duplicate_preview *p, const struct id_list *chosen,
	struct duplicate_page *view)
{
	struct take_line *takes = ARENA_ARRAY(a, struct take_line, p->n_values);
	struct both_line *rows = ARENA_ARRAY(a, struct both_line, p->n_rounds + 2);

	for (size_t i = 0; i < p->n_values; i++)
		takes[i] = (struct take_line){ (int)p->values[i].field + 1, p->values[i].label, *p->values[i].keep
		? p->values[i].keep : "chưa ghi",
			*p->values[i].drop ? p->values[i].drop : "chưa ghi", is_picked(chosen, (int64_t)p->values[i].field + 1) };
	view->takes = takes;
	view->n_takes = p->n_values;
	for (size_t i = 0; i < p->n_rounds; i++)
		rows[view->n_rounds++] = (struct both_line){ arena_format(a, "Phiếu năm %lld", (long long)p->rounds[i].year),
			*p->rounds[i].keep ? p->rounds[i].keep : "không có", !*p->rounds[i].drop ? "không có" :
			p->rounds[i].will_withdraw
			? arena_format(a, "%s, sẽ rút", p->rounds[i].drop) : p->rounds[i].drop };
	rows[view->n_rounds++] = (struct both_line){ "Minh chứng", format_int(a, p->keep_evidence), format_int(a,
		p->drop_evidence) };
	rows[view->n_rounds++] = (struct both_line){ "Giấy chứng nhận còn giá trị", format_int(a, p->keep_certificates),
		format_int(a, p->drop_certificates) };
	view->rounds = rows;
}

enum outcome duplicate_show(struct request *req)
{
	const struct duplicate_form *form = req->form;
	const struct duplicate_path_form *path = req->form;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 1 * MiB);
	struct duplicate_page view = { .heading = "Gộp người bị ghi hai lần" };
	struct id_list none = { 0 };
	struct duplicate_preview p;
	int64_t keep = req->is_post ? form->person : path->person, drop = req->is_post ? form->other : path->other;

	TRY(duplicate_preview(&req->ask, keep, drop, &p));
	view.keep_head = arena_format(a, "Giữ: %s, %s", p.keep_name, p.keep_leaf);
	view.drop_head = arena_format(a, "Bỏ: %s, %s", p.drop_name, p.drop_leaf);
	view.keep_version = number_text(a, req->is_post ? form->keep_version : p.keep_version);
	view.drop_version = number_text(a, req->is_post ? form->drop_version : p.drop_version);
	view.action = merge_url(a, keep, drop);
	view.swap = merge_url(a, drop, keep);
	view.back = url_own(a, "/nguoi/%lld", (long long)keep);
	access_page(req, &view.page, view.heading);
	transfers_crumbs(req, &view.page, p.keep_name);
	request_form(req, &duplicate_form_def, req->is_post ? form : &(struct duplicate_form){ .reason = "" }, &view.form);
	fill_both(a, &p, req->is_post ? &form->take : &none, &view);
	duplicate_page_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

enum outcome duplicate_post(struct request *req)
{
	const struct duplicate_form *form = req->form;
	struct duplicate_merge m = { form->person, form->other, form->keep_version, form->drop_version, 0, form->reason };
	int64_t id;

	for (size_t i = 0; i < form->take.n; i++)
		if (form->take.at[i] >= 1 && form->take.at[i] <= DUPLICATE_FIELDS)
			m.take |= 1u << (form->take.at[i] - 1);
	TRY(duplicate_merge(&req->ask, &m, &id));
	return redirect_see_other(req, transfer_url(req->ask.arena, id));
}
