#include "registry/people/people_page.h"

#include <string.h>

#include "base/day.h"
#include "text/format.h"

const struct choices person_sexes = CHOICES({ "1", "Nam" }, { "2", "Nữ" });

const char *people_today(struct request *req)
{
	return arena_text(req->ask.arena, day_of(req->ask.now).text);
}

struct url person_url(struct arena *a, int64_t id, const char *part)
{
	return url_id(a, "/nguoi/", id, part);
}

struct url people_url(struct arena *a, int64_t unit_id)
{
	return url_query_int(a, URL("/nguoi"), "unit", (long long)unit_id);
}

const char *sex_label(enum sex sex)
{
	return sex == SEX_UNKNOWN ? "" : person_sexes.at[sex - 1].label;
}

struct person_rows person_rows_of_entries(struct arena *a, struct person_entries list, const char *caption)
{
	struct person_line *lines = ARENA_ARRAY(a, struct person_line, list.n);

	for (size_t i = 0; i < list.n; i++) {
		const struct person_entry *p = &list.at[i];

		lines[i] = (struct person_line){ p->id, p->name, format_date(a, p->birth), sex_label(p->sex),
			person_group_label(p->group), p->leaf_name, person_url(a, p->id, "") };
	}
	return (struct person_rows){ caption, lines, list.n };
}

struct person_rows person_rows_of(struct arena *a, struct person_list list, const char *caption)
{
	struct person_entry *entries = ARENA_ARRAY(a, struct person_entry, list.n);

	for (size_t i = 0; i < list.n; i++) {
		const struct person *p = &list.at[i];

		entries[i] = (struct person_entry){ p->id, p->name, p->birth, p->group, p->leaf_name, p->sex };
	}
	return person_rows_of_entries(a, (struct person_entries){ list.n, entries }, caption);
}

OUTCOME people_crumbs(struct request *req, struct page *page, int64_t unit_id, const char *here)
{
	struct link links[2] = { { "Người", URL("/nguoi"), false } };
	struct unit unit;
	size_t n = 1;
	enum outcome found = unit_id ? tree_get_last(&req->ask, unit_id, &unit) : NOT_FOUND;

	if (found == FAILED)
		return FAILED;
	if (found == OK)
		links[n++] = (struct link){ unit.name, people_url(req->ask.arena, unit_id), false };
	page_crumbs(page, req->ask.arena, links, n, here);
	return OK;
}

static OUTCOME name_of(struct request *req, int64_t unit_id, const char **out)
{
	struct unit unit;
	enum outcome found = unit_id ? tree_get_last(&req->ask, unit_id, &unit) : NOT_FOUND;

	*out = found == OK ? unit.name : "";
	return found == FAILED ? FAILED : OK;
}

static void add_fact(struct fact *facts, size_t *n, const char *label, const char *value, const char *css)
{
	if (*value)
		facts[(*n)++] = (struct fact){ label, value, css };
}

OUTCOME person_facts(struct request *req, const struct person *p, struct facts *out)
{
	struct arena *a = req->ask.arena;
	struct fact *facts = ARENA_ARRAY(a, struct fact, 16);
	const char *hamlet, *organisation;
	size_t n = 0;

	TRY(name_of(req, p->hamlet_id, &hamlet));
	TRY(name_of(req, p->organisation_id, &organisation));
	add_fact(facts, &n, "Họ tên", p->name, "name");
	add_fact(facts, &n, "Ngày sinh", format_date(a, p->birth), "");
	add_fact(facts, &n, "Giới tính", sex_label(p->sex), "");
	add_fact(facts, &n, "Số định danh", p->has_national_id ? arena_format(a, "•••• •••• %s", p->national_id_end) : "chưa ghi",
		p->has_national_id ? "code" : "");
	add_fact(facts, &n, "Nhóm", person_group_label(p->group), "");
	add_fact(facts, &n, "Ấp, khu phố", hamlet, "");
	add_fact(facts, &n, "Nơi làm việc, học tập", organisation, "");
	add_fact(facts, &n, "Tính ở", arena_format(a, "%s%s%s", p->leaf_name, *p->commune_name ? ", " : "", p->commune_name), "");
	add_fact(facts, &n, "Địa chỉ", p->address, "");
	add_fact(facts, &n, "Chủ hộ", p->household, "");
	add_fact(facts, &n, "Dòng họ", p->clan, "");
	add_fact(facts, &n, "Người giám hộ", p->guardian, "");
	add_fact(facts, &n, "Hội viên khuyến học", p->member ? "có" : "chưa", "");
	add_fact(facts, &n, "Tập huấn bộ tiêu chí", *p->trained_on ? format_date(a, p->trained_on) : "chưa ghi", "");
	*out = (struct facts){ facts, n };
	return OK;
}
