/* A person added, changed, gone. */
#include <string.h>

#include "base/day.h"
#include "person_condition_html.h"
#include "http/form.h"
#include "person_form_html.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/people/people_http.h"
#include "registry/people/people_messages.h"
#include "registry/people/people_page.h"
#include "text/format.h"

FORM_DEFINE(person_edit_form, PERSON_EDIT_FORM)
FORM_DEFINE(condition_form, CONDITION_FORM)

enum { LEAF_HAMLET, LEAF_ORGANISATION };
const struct choices person_leafs = CHOICES({ "noi-o", "Nơi ở" }, { "noi-lam", "Nơi làm việc, học tập" });
enum { TO_ACTIVE, TO_MOVED, TO_DIED, TO_MERGED };
const struct choices person_conditions = CHOICES({ "co-mat", "Có mặt lại" }, { "chuyen-di", "Đã chuyển đi nơi khác" }, { "da-mat",
	"Đã mất" },
	{ "trung", "Ghi trùng với một người khác" });

static int group_index(const char *code)
{
	for (size_t i = 0; i < person_groups.n; i++)
		if (!strcmp(person_groups.at[i].code, code))
			return (int)i;
	return -1;
}

static struct person_new new_of(const struct person_edit_form *form)
{
	return (struct person_new){ .name = form->name, .birth = form->birth, .national_id = form->no_number ? ""
		: *form->national_id
		? form->national_id : form->person ? NULL : "", .phone = form->phone, .address = form->address,
		.household = form->household,
		.clan = form->clan, .group = form->group < 0 ? "" : person_groups.at[form->group].code,
		.trained_on = form->trained_on,
		.guardian = form->guardian, .sex = (enum sex)(form->sex + 1), .hamlet_id = form->hamlet,
		.organisation_id = form->organisation,
		.leaf_id = form->leaf == LEAF_ORGANISATION ? form->organisation : form->leaf == LEAF_HAMLET ? form->hamlet : 0,
		.member = form->member };
}

/* ---- the form ---- */

static void add_options(struct arena *a, struct field *field, const struct unit_leaves *units, bool organisations)
{
	struct field_option *options = ARENA_ARRAY(a, struct field_option, field->n_options + units->n + 1);

	if (field->n_options)
		memcpy(options, field->options, field->n_options * sizeof *options);
	for (size_t i = 0; i < units->n; i++) {
		const char *value;
		bool known = false;

		if (unit_kind_is_organisation(units->at[i].kind) != organisations)
			continue;
		value = arena_format(a, "%lld", (long long)units->at[i].id);
		for (size_t j = 0; j < field->n_options; j++)
			known |= !strcmp(options[j].value, value);
		if (!known)
			options[field->n_options++] = (struct field_option){ value, units->at[i].name, "", !strcmp(value,
				field->value) };
	}
	field->options = options;
}

static OUTCOME add_current(struct request *req, int64_t id, struct field *field, bool organisation)
{
	struct unit unit;
	enum outcome found = id ? tree_get(&req->ask, id, people_today(req), &unit) : NOT_FOUND;

	if (found == OK && unit.level == LEVEL_LEAF)
		add_options(req->ask.arena, field, &(struct unit_leaves){ 1, &(struct unit_leaf){ unit.id, unit.name, unit.kind } },
			organisation);
	return found == FAILED ? FAILED : OK;
}

/* Hamlets and organisations of the commune, organisations of the province, and those the person has. */
static OUTCOME fill_places(struct request *req, int64_t unit_id, const struct person *p, struct person_form_page *view)
{
	const char *day = people_today(req);
	struct unit_list path;
	struct unit_leaves leaves;
	struct field *hamlet = &view->form.hamlet, *organisation = &view->form.organisation;
	struct arena *a = req->ask.arena;

	hamlet->n_options = organisation->n_options = 0;
	TRY(tree_path(&req->ask, unit_id, day, &path));
	for (size_t i = 0; i < path.n; i++) {
		if (path.at[i].level != LEVEL_COMMUNE && path.at[i].level != LEVEL_PROVINCE)
			continue;
		TRY(tree_leaves(&req->ask, path.at[i].id, day, &leaves));
		add_options(a, hamlet, &leaves, false);
		add_options(a, organisation, &leaves, true);
	}
	if (p) {
		TRY(add_current(req, p->hamlet_id, hamlet, false));
		TRY(add_current(req, p->organisation_id, organisation, true));
	}
	request_stored_option(req, hamlet);
	request_stored_option(req, organisation);
	view->has_hamlets = hamlet->n_options > 0;
	view->has_organisations = organisation->n_options > 0;
	return OK;
}

/* People like the one typed, once it was typed. */
static OUTCOME fill_twins(struct request *req, const struct person_edit_form *form, int64_t self, struct person_form_page *view)
{
	struct person_new new = new_of(form);
	struct person_list list;

	if (!req->is_post || !*form->name || !*form->birth || !new.leaf_id)
		return OK;
	TRY(person_twins(&req->ask, &new, self, &list));
	view->twins = person_rows_of(req->ask.arena, list, "Người giống vậy đã có");
	return OK;
}

static enum outcome respond_form(struct request *req, struct person_form_page *view, int64_t unit_id)
{
	struct buf page = BUF(req->ask.arena, .max = 1 * MiB);

	access_page(req, &view->page, view->heading);
	TRY(people_crumbs(req, &view->page, unit_id, view->heading));
	person_form_html(&page, view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome add_show(struct request *req)
{
	const struct person_edit_form *form = req->is_post ? req->form : NULL;
	struct person_edit_form first = { .group = -1, .sex = -1, .leaf = LEAF_HAMLET };
	struct person_form_page view = { .heading = "Thêm người", .version = "", .is_new = true,
		.lead = "Chỉ ghi người từ đủ 16 tuổi. Không ghi tôn giáo, dân tộc." };
	int64_t unit_id = form ? form->unit : ((const struct people_form *)req->form)->unit;
	struct unit unit;

	if (!unit_id)
		TRY(access_home(&req->ask, PERMIT_PERSON_EDIT, &unit_id));
	TRY(access_require(&req->ask, PERMIT_PERSON_EDIT, unit_id));
	TRY(tree_get(&req->ask, unit_id, people_today(req), &unit));
	if (unit.level < LEVEL_COMMUNE)          /* a province first chooses a commune */
		return redirect_see_other(req, people_url(req->ask.arena, unit_id));
	if (unit.level == LEVEL_LEAF && unit_kind_is_organisation(unit.kind))
		first.organisation = unit_id, first.leaf = LEAF_ORGANISATION;
	else if (unit.level == LEVEL_LEAF)
		first.hamlet = unit_id;
	view.unit = arena_format(req->ask.arena, "%lld", (long long)unit_id);
	view.action = URL("/nguoi/them");
	view.back = people_url(req->ask.arena, unit_id);
	request_form(req, &person_edit_form_def, &first, &view.form);
	TRY(fill_places(req, unit_id, NULL, &view));
	if (form)
		TRY(fill_twins(req, form, 0, &view));
	return respond_form(req, &view, unit_id);
}

static enum outcome add_post(struct request *req)
{
	const struct person_edit_form *form = req->form;
	struct person_new new = new_of(form);
	int64_t id = 0;

	TRY(person_add(&req->ask, &new, &id));
	return redirect_see_other(req, person_url(req->ask.arena, id, ""));
}

static struct person_edit_form stored_form(const struct person *p)
{
	return (struct person_edit_form){ .version = p->version, .name = p->name, .birth = p->birth, .sex = (int)p->sex - 1,
		.group = group_index(p->group),
		.leaf = p->leaf_id == p->hamlet_id ? LEAF_HAMLET : LEAF_ORGANISATION, .hamlet = p->hamlet_id,
		.organisation = p->organisation_id,
		.national_id = "", .phone = p->phone, .address = p->address, .household = p->household, .clan = p->clan,
		.guardian = p->guardian, .member = p->member, .trained_on = p->trained_on, .reason = "" };
}

static enum outcome edit_show(struct request *req)
{
	const struct person_edit_form *typed = req->is_post ? req->form : NULL;
	int64_t id = typed ? typed->person : ((const struct person_path_form *)req->form)->person;
	struct arena *a = req->ask.arena;
	struct person_form_page view = { .lead = "", .unit = "" };
	struct person_edit_form stored;
	struct person p;

	TRY(person_read(&req->ask, id, &p));
	TRY(access_require(&req->ask, PERMIT_PERSON_EDIT, p.leaf_id));
	stored = stored_form(&p);
	view.heading = arena_format(a, "Sửa thông tin của %s", p.name);
	view.has_number = p.has_national_id;
	view.action = person_url(a, id, "/sua");
	view.back = person_url(a, id, "");
	request_form(req, &person_edit_form_def, &stored, &view.form);
	view.version = view.form.version.value;
	if (p.has_national_id)
		view.form.national_id.hint = arena_format(a, "Đang lưu số có bốn số cuối %s. Để trống thì giữ số đó.",
			p.national_id_end);
	TRY(fill_places(req, p.leaf_id, &p, &view));
	if (typed)
		TRY(fill_twins(req, typed, id, &view));
	return respond_form(req, &view, p.leaf_id);
}

static enum outcome edit_post(struct request *req)
{
	const struct person_edit_form *form = req->form;
	struct person_new new = new_of(form);

	TRY(person_change(&req->ask, form->person, form->version, &new, form->reason));
	return redirect_see_other(req, person_url(req->ask.arena, form->person, ""));
}

/* ---- gone ---- */

/* Those who may be the same, as `into` offers them. */
static OUTCOME fill_into(struct request *req, const struct person *p, struct condition_page *view)
{
	struct arena *a = req->ask.arena;
	struct person_new same = person_as_new(p);
	struct field_option *options;
	struct person_list list;

	TRY(person_twins(&req->ask, &same, p->id, &list));
	options = ARENA_ARRAY(a, struct field_option, list.n);
	for (size_t i = 0; i < list.n; i++) {
		const struct person *t = &list.at[i];
		const char *value = arena_format(a, "%lld", (long long)t->id);

		options[i] = (struct field_option){ value, arena_format(a, "%s, sinh %s, %s", t->name, format_date(a, t->birth),
			t->leaf_name), "",
			!strcmp(value, view->form.into.value) };
	}
	view->form.into.options = options;
	view->form.into.n_options = list.n;
	view->has_twins = list.n > 0;
	return OK;
}

/* "Back" only for who is away; "the same" only where there is one alike. */
static void keep_conditions(struct arena *a, const struct person *p, struct condition_page *view)
{
	struct field *field = &view->form.condition;
	struct field_option *kept = ARENA_ARRAY(a, struct field_option, field->n_options);
	size_t n = 0;

	for (size_t i = 0; i < field->n_options; i++) {
		if ((i == TO_ACTIVE && p->condition == PERSON_ACTIVE) || (i == TO_MERGED && !view->has_twins))
			continue;
		kept[n++] = field->options[i];
	}
	field->options = kept;
	field->n_options = n;
}

static enum outcome condition_show(struct request *req)
{
	const struct condition_form *form = req->form;
	int64_t id = req->is_post ? form->person : ((const struct person_path_form *)req->form)->person;
	struct arena *a = req->ask.arena;
	struct buf page = BUF(a, .max = 1 * MiB);
	struct condition_page view = { 0 };
	struct person p;

	TRY(person_read(&req->ask, id, &p));
	TRY(access_require(&req->ask, PERMIT_PERSON_EDIT, p.leaf_id));
	view.heading = arena_format(a, "%s không còn ở đây", p.name);
	if (p.condition != PERSON_ACTIVE)
		view.heading = arena_format(a, "Tình trạng của %s", p.name);
	view.action = person_url(a, id, "/tinh-trang");
	view.back = person_url(a, id, "");
	request_form(req, &condition_form_def, &(struct condition_form){ .version = p.version,
		.condition = -1, .reason = "" }, &view.form);
	view.version = view.form.version.value;
	TRY(fill_into(req, &p, &view));
	keep_conditions(a, &p, &view);
	access_page(req, &view.page, view.heading);
	TRY(people_crumbs(req, &view.page, p.leaf_id, "Tình trạng"));
	person_condition_html(&page, &view);
	return respond_html(req, HTTP_OK, &page);
}

static enum outcome condition_post(struct request *req)
{
	static const enum person_condition to[] = { [TO_ACTIVE] = PERSON_ACTIVE, [TO_MOVED] = PERSON_MOVED,
		[TO_DIED] = PERSON_DIED };
	const struct condition_form *form = req->form;

	if (form->condition == TO_MERGED) {
		if (!form->into)
			problem(req->ask.problems, "into", PERSON_INTO_WRONG);
		/* what of both is kept is looked at first (title/transfers) */
		return form->into ? redirect_see_other(req, url_own(req->ask.arena, "/nguoi/%lld/gop/%lld", (long long)form->into,
			(long long)form->person)) : INVALID;
	}
	/* none chosen: as rules, where that was said already */
	TRY(person_set_condition(&req->ask, form->person, form->version,
		to[form->condition < 0 ? TO_ACTIVE : form->condition], form->reason));
	return redirect_see_other(req, person_url(req->ask.arena, form->person, ""));
}

static const struct route routes[] = {
	GET(READ, "/nguoi/them", PERMIT_PERSON_EDIT, SEES_NOBODY, people_form, add_show)
	POST(WRITE, "/nguoi/them", PERMIT_PERSON_EDIT, SEES_NOBODY, person_edit_form, NO_PREPARE, add_post, .again = add_show,
		.rules = add_post)
	GET(READ, "/nguoi/{person}/sua", PERMIT_PERSON_EDIT, SEES(person), person_path_form, edit_show)
	POST(WRITE, "/nguoi/{person}/sua", PERMIT_PERSON_EDIT, SEES_NOBODY, person_edit_form, NO_PREPARE, edit_post,
		.again = edit_show, .rules = edit_post)
	GET(READ, "/nguoi/{person}/tinh-trang", PERMIT_PERSON_EDIT, SEES(person), person_path_form, condition_show)
	POST(WRITE, "/nguoi/{person}/tinh-trang", PERMIT_PERSON_EDIT, SEES_NOBODY, condition_form, NO_PREPARE, condition_post,
		.again = condition_show, .rules = condition_post)
};
const struct route_table person_form_table = ROUTES(routes);
