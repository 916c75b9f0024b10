/* One unit: another name, another place, its end. First pressed it shows what will happen, pressed again it is done. */
#include <string.h>

#include "base/day.h"
#include "html/page.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "text/format.h"
#include "title/transfers/transfers_http.h"
#include "title/transfers/transfers_page.h"
#include "unit_act_list_html.h"
#include "unit_close_html.h"
#include "unit_move_html.h"
#include "unit_rename_html.h"

FORM_DEFINE(unit_rename_form, UNIT_RENAME_FORM)
FORM_DEFINE(unit_move_form, UNIT_MOVE_FORM)
FORM_DEFINE(unit_close_form, UNIT_CLOSE_FORM)
FORM_DEFINE(unit_acts_form, UNIT_ACTS_FORM)

enum { LOOK_FACTS = 12, LOOK_NOTES = 6 };

static struct url unit_url(struct arena *a, int64_t id) { return url_own(a, "/don-vi/%lld", (long long)id); }
struct url unit_act_url(struct arena *a, int64_t id) { return url_own(a, "/viec-don-vi/%lld", (long long)id); }

void unit_crumbs(struct request *req, struct page *page, const struct unit *unit, const char *here)
{
	struct link links[] = { { "Đơn vị", URL("/don-vi"), false }, { unit->name, unit_url(req->ask.arena, unit->id), false } };

	page_crumbs(page, req->ask.arena, links, COUNT(links), here);
}

/* ---- the look before ---- */

void look_fact(struct arena *a, struct look *look, const char *label, const char *value)
{
	struct fact *facts = ARENA_ARRAY(a, struct fact, LOOK_FACTS);

	BUG_ON(look->facts.n_items == LOOK_FACTS);
	if (look->facts.n_items)
		memcpy(facts, look->facts.items, look->facts.n_items * sizeof *facts);
	facts[look->facts.n_items] = (struct fact){ label, value, "" };
	look->facts = (struct facts){ facts, look->facts.n_items + 1 };
}

void look_note(struct arena *a, struct look *look, const char *text)
{
	struct note_line *notes = ARENA_ARRAY(a, struct note_line, LOOK_NOTES);

	BUG_ON(look->n_notes == LOOK_NOTES);
	if (look->n_notes)
		memcpy(notes, look->notes, look->n_notes * sizeof *notes);
	notes[look->n_notes++].text = text;
	look->notes = notes;
}

static const char *fate_words(struct arena *a, enum role_fate fate, const char *to)
{
	switch (fate) {
	case ROLE_GOES:
		return arena_format(a, "Nay phụ trách cả %s", to);
	case ROLE_IS_THERE:
		return arena_format(a, "Đã có vai trò này ở %s", to);
	case ROLE_ENDS:
		return "Hết vai trò cùng đơn vị";
	case ROLE_NOT_YOURS_TO_GIVE:
		return "Hết vai trò ở đây; quản trị hệ thống giao lại ở nơi mới";
	case ROLE_OWN:
		return "Vai trò của chính bạn: hết ở đây, nhờ người khác giao lại ở nơi mới";
	case ROLE_UNDECIDED:
		break;
	}
	return "Chưa định";
}

void look_officers(struct arena *a, struct look *look, const struct role_on_list *roles, const char *to, const char *what)
{
	struct officer_line *lines = ARENA_ARRAY(a, struct officer_line, look->n_officers + roles->n);

	if (look->n_officers)
		memcpy(lines, look->officers, look->n_officers * sizeof *lines);
	for (size_t i = 0; i < roles->n; i++) {
		const struct role_on *r = &roles->at[i];

		lines[look->n_officers + i] = (struct officer_line){ .grant = r->id, .name = r->name, .role = role_label(r->role),
			.unit = r->unit, .what = what ? what : fate_words(a, r->fate, to) };
	}
	look->officers = lines;
	look->n_officers += roles->n;
}

void look_weight(struct arena *a, struct look *look, enum unit_level level, const struct unit_weight *w, bool follows)
{
	if (level != LEVEL_LEAF)
		look_fact(a, look, follows ? "Ấp, khu phố, đơn vị bên trong đi theo" : "Ấp, khu phố, đơn vị bên trong",
			  format_int(a, w->leaves));
	look_fact(a, look, follows ? "Người đi theo" : "Người", format_int(a, w->people));
	look_fact(a, look, follows ? "Phiếu năm nay đi theo" : "Phiếu năm nay", format_int(a, w->sheets));
	look_fact(a, look, "Số liệu các năm đã khoá, giữ nguyên", arena_format(a, "%s lượt người", format_int(a, w->past)));
}

/* ---- the three forms ---- */

static OUTCOME top_of(struct request *req, int64_t unit_id, const char *part, const char *heading, const char *lead,
	struct unit_change_top *at, struct unit *unit)
{
	struct arena *a = req->ask.arena;

	TRY(tree_get_last(&req->ask, unit_id, unit));
	TRY(access_require(&req->ask, unit->level == LEVEL_LEAF ? PERMIT_UNIT_EDIT : PERMIT_STATE_UNIT_EDIT, unit_id));
	*at = (struct unit_change_top){ .heading = arena_format(a, "%s: %s", heading, unit->name), .lead = lead, .version = "",
		.button = "", .action = url_own(a, "/don-vi/%lld/%s", (long long)unit_id, part), .back = unit_url(a, unit_id) };
	access_page(req, &at->page, at->heading);
	unit_crumbs(req, &at->page, unit, heading);
	return OK;
}

static int64_t unit_of(const struct request *req)
{
	return *(const int64_t *)req->form;      /* each of these forms begins with its unit */
}

/* What changes in figures, in which years: a year is read in the units of its last day. */
static void look_years(struct arena *a, const char *fact, const char *rest, const struct unit_change_preview *p,
		       struct look *look)
{
	look_fact(a, look, fact, arena_format(a, "từ năm %lld; %s", (long long)p->first_year, rest));
	if (p->locked_years)
		look_note(
			a, look,
			arena_format(a,
				     "%s năm đã khoá nằm sau ngày này: số liệu đã khoá không đổi, nhưng bảng của các năm ấy hiện "
				     "theo đơn vị mới.",
				     format_int(a, p->locked_years)));
}

static void look_authority(struct arena *a, const struct unit_change_preview *p, struct look *look)
{
	look_fact(a, look, "Cơ quan công nhận", !strcmp(p->authority, p->new_authority) || !*p->new_authority ? p->authority
		: arena_format(a, "%s, nay là %s", p->authority, p->new_authority));
}

static void look_renamed(struct arena *a, const struct unit_change *c, const struct unit_change_preview *p,
			 struct unit_change_top *at)
{
	struct look *look = &at->look;

	look_fact(a, look, "Tên đang dùng", p->unit.name);
	look_fact(a, look, "Tên mới", c->name);
	look_fact(a, look, "Từ ngày", format_date(a, c->day));
	look_weight(a, look, p->unit.level, &p->weight, false);
	look_years(a, "Số liệu mang tên mới", "các năm trước giữ tên cũ", p, look);
	look_authority(a, p, look);
	look_officers(a, look, &p->here, "", "Giữ vai trò, dưới tên mới");
	if (*p->branch)
		look_note(a, look,
			  arena_format(a, "Chi hội vẫn tên là “%s”. Cần đổi thì ghi ở phần Chi hội của đơn vị.", p->branch));
	if (p->own_authorities)
		look_note(
			a, look,
			arena_format(a,
				     "Cơ quan công nhận của đơn vị được ghi riêng là “%s”, không đổi theo. Cần đổi thì ghi thêm "
				     "từ ngày %s.",
				     p->authority, format_date(a, c->day)));
	at->button = arena_format(a, "Đổi tên thành %s", c->name);
}

static void look_moved(struct arena *a, const struct unit_change *c, const struct unit_change_preview *p,
		       struct unit_change_top *at)
{
	struct look *look = &at->look;

	look_fact(a, look, "Chuyển đến", p->to_name);
	look_fact(a, look, "Từ ngày", format_date(a, c->day));
	look_weight(a, look, p->unit.level, &p->weight, true);
	if (p->weight.listed)
		look_fact(a, look, "Trong đó đã vào danh sách, ở lại nơi cũ đến khi có quyết định",
			  format_int(a, p->weight.listed));
	look_years(a, "Số liệu tính vào nơi mới", "các năm trước ở lại nơi cũ", p, look);
	look_authority(a, p, look);
	look_officers(a, look, &p->here, "", "Giữ vai trò, đi theo đơn vị");
	look_officers(a, look, &p->gain, "", arena_format(a, "Nay phụ trách cả %s", p->unit.name));
	look_officers(a, look, &p->lose, "", arena_format(a, "Không còn phụ trách %s", p->unit.name));
	at->button = arena_format(a, "Chuyển đến %s", p->to_name);
}

static void look_closed(struct arena *a, const struct unit_change *c, const struct unit_change_preview *p,
			struct unit_change_top *at)
{
	struct look *look = &at->look;

	look_fact(a, look, "Không còn từ ngày", format_date(a, c->day));
	look_fact(a, look, "Nhập vào", c->to_id ? p->to_name : "không vào đâu");
	look_weight(a, look, p->unit.level, &p->weight, false);
	look_years(a, "Không còn trong bảng số liệu", "các năm trước giữ nguyên", p, look);
	look_officers(a, look, &p->here, p->to_name, NULL);
	if (p->own_authorities)
		look_note(a, look, "Cơ quan công nhận ghi riêng cho đơn vị này không theo sang nơi khác.");
	at->button = "Đóng đơn vị";
}

typedef void (*look_words)(struct arena *, const struct unit_change *, const struct unit_change_preview *,
			   struct unit_change_top *);

static void fill_look(struct request *req, const struct unit_change *c, const struct unit_change_preview *p, look_words words,
	struct unit_change_top *at)
{
	if (!p)
		return;
	at->has_look = true;
	words(req->ask.arena, c, p, at);
}

static OUTCOME show_rename(struct request *req, const struct unit_change *c, const struct unit_change_preview *p)
{
	struct buf page = BUF(req->ask.arena);
	struct unit_rename_page view;
	struct unit unit;

	TRY(top_of(req, unit_of(req), "ten", "Đổi tên", "Tên cũ vẫn giữ trong số liệu các năm trước. Hoàn tác được.", &view.at,
		   &unit));
	request_form(req, &unit_rename_form_def, &(struct unit_rename_form){ .version = unit.version, .name = unit.name,
		.from_day = transfers_today(req), .reason = "" }, &view.form);
	view.at.version = view.form.version.value;
	fill_look(req, c, p, look_renamed, &view.at);
	unit_rename_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static OUTCOME show_move(struct request *req, const struct unit_change *c, const struct unit_change_preview *p)
{
	struct buf page = BUF(req->ask.arena);
	struct unit_move_page view;
	struct unit unit;

	TRY(top_of(req, unit_of(req), "chuyen", "Chuyển nơi trực thuộc",
		"Người của đơn vị đi theo. Số liệu các năm trước ở lại nơi cũ. Hoàn tác được.", &view.at, &unit));
	request_form(req, &unit_move_form_def, &(struct unit_move_form){ .version = unit.version, .parent = "",
		.from_day = transfers_today(req), .reason = "" }, &view.form);
	view.at.version = view.form.version.value;
	fill_look(req, c, p, look_moved, &view.at);
	unit_move_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static OUTCOME show_close(struct request *req, const struct unit_change *c, const struct unit_change_preview *p)
{
	struct buf page = BUF(req->ask.arena);
	struct unit_close_page view;
	struct unit unit;

	TRY(top_of(req, unit_of(req), "dong", "Đóng đơn vị",
		"Đơn vị đã đóng vẫn xem được và giữ số liệu các năm trước. Hoàn tác được.", &view.at, &unit));
	request_form(req, &unit_close_form_def,
		     &(struct unit_close_form){.version = unit.version, .on_day = transfers_today(req), .into = "", .reason = ""},
		     &view.form);
	view.at.version = view.form.version.value;
	fill_look(req, c, p, look_closed, &view.at);
	unit_close_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome rename_show(struct request *req) { return show_rename(req, NULL, NULL); }
static enum outcome move_show(struct request *req) { return show_move(req, NULL, NULL); }
static enum outcome close_show(struct request *req) { return show_close(req, NULL, NULL); }

/* Looks, or (sure) does it. */
static OUTCOME look_or_make(struct request *req, const struct unit_change *c, bool sure,
	OUTCOME (*show)(struct request *, const struct unit_change *, const struct unit_change_preview *))
{
	struct unit_change_preview preview;
	int64_t id;

	req->response.forget = !sure;
	if (!sure) {
		TRY(unit_change_preview(&req->ask, c, &preview));
		return show(req, c, &preview);
	}
	TRY(unit_change_make(&req->ask, c, &id));
	return redirect_see_other(req, unit_act_url(req->ask.arena, id));
}

static enum outcome rename_post(struct request *req)
{
	const struct unit_rename_form *form = req->form;

	return look_or_make(
		req,
		&(struct unit_change){TRANSFER_RENAMED, form->unit, form->version, form->name, 0, form->from_day, form->reason},
		form->sure, show_rename);
}

/* The unit of a code typed into a field, "" is 0; an unknown one is a problem beside the field. */
static OUTCOME unit_of_code(struct request *req, const char *field, const char *code, const char *day, int64_t *out)
{
	struct unit unit;
	enum outcome found;

	*out = 0;
	if (!*code)
		return OK;
	found = tree_by_code(&req->ask, code, day, &unit);
	if (found == NOT_FOUND) {
		problem(req->ask.problems, field,
			arena_format(req->ask.arena, "Không có đơn vị mã %s vào ngày %s. Kiểm tra lại mã.", code,
				     format_date(req->ask.arena, day)));
		return OK;
	}
	TRY(found);
	*out = unit.id;
	return OK;
}

static enum outcome move_post(struct request *req)
{
	const struct unit_move_form *form = req->form;
	int64_t parent;

	TRY(unit_of_code(req, "parent", form->parent, form->from_day, &parent));
	return look_or_make(req, &(struct unit_change){ TRANSFER_MOVED, form->unit, form->version, "", parent, form->from_day,
		form->reason }, form->sure, show_move);
}

static enum outcome close_post(struct request *req)
{
	const struct unit_close_form *form = req->form;
	int64_t into;

	TRY(unit_of_code(req, "into", form->into, form->on_day, &into));
	return look_or_make(req, &(struct unit_change){ TRANSFER_CLOSED, form->unit, form->version, "", into, form->on_day,
		form->reason }, form->sure, show_close);
}

/* ---- what was done ---- */

static enum outcome acts_show(struct request *req)
{
	const struct unit_acts_form *form = req->form;
	struct buf page = BUF(req->ask.arena, .max = 2 * MiB);
	struct unit_act_list view = {
		.lead = "Việc nào chưa có gì làm tiếp lên trên thì mở ra hoàn tác được.",
		.empty = {.title = "Chưa có việc nào", .text = "Chưa ai đổi tên, chuyển, nhập, chia hay đóng đơn vị nào ở đây."}};
	struct unit unit;

	TRY(tree_get_last(&req->ask, form->unit, &unit));
	view.heading = arena_format(req->ask.arena, "Việc đã làm với %s", unit.name);
	view.back = unit_url(req->ask.arena, unit.id);
	access_page(req, &view.page, view.heading);
	unit_crumbs(req, &view.page, &unit, "Việc đã làm");
	TRY(transfer_lines(req, unit.id, true, &view.lines, &view.n_lines));
	unit_act_list_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static const struct route routes[] = {
	GET(READ, "/don-vi/{unit}/ten", PERMIT_UNIT_EDIT, SEES_NOBODY, unit_act_path_form,
	    rename_show) POST(WRITE, "/don-vi/{unit}/ten", PERMIT_UNIT_EDIT, SEES_NOBODY, unit_rename_form, NO_PREPARE,
			      rename_post, .again = rename_show, .rules = rename_post)
		GET(READ, "/don-vi/{unit}/chuyen", PERMIT_UNIT_EDIT, SEES_NOBODY, unit_act_path_form,
		    move_show) POST(WRITE, "/don-vi/{unit}/chuyen", PERMIT_UNIT_EDIT, SEES_NOBODY, unit_move_form, NO_PREPARE,
				    move_post, .again = move_show, .rules = move_post)
			GET(READ, "/don-vi/{unit}/dong", PERMIT_UNIT_EDIT, SEES_NOBODY, unit_act_path_form,
			    close_show) POST(WRITE, "/don-vi/{unit}/dong", PERMIT_UNIT_EDIT, SEES_NOBODY, unit_close_form,
					     NO_PREPARE, close_post, .again = close_show, .rules = close_post)
				GET(WORK, "/viec-don-vi", PERMIT_UNIT_EDIT, SEES_NOBODY, unit_acts_form, acts_show)
					GET(WORK, "/viec-don-vi/{transfer}", PERMIT_UNIT_EDIT, SEES_NOBODY, transfer_path_form,
					    transfer_act_show) POST(WRITE, "/viec-don-vi/{transfer}/hoan-tac", PERMIT_UNIT_EDIT,
								    SEES_NOBODY, transfer_undo_form, NO_PREPARE,
								    transfer_undo_post, .again = transfer_act_show)};
const struct route_table unit_changes_table = ROUTES(routes);
