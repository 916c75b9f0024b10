#include "title/review/review_page.h"

#include <string.h>

#include "base/day.h"
#include "text/format.h"
#include "title/review/review.h"

enum { YEARS = 5 };

OUTCOME work_round(struct request *req, struct maybe year, struct round *out)
{
	return year.is ? round_get(&req->ask, year.value, out) : round_newest(&req->ask, out);
}

OUTCOME work_unit(struct request *req, enum permit permit, int64_t unit_id, struct unit *out)
{
	if (!unit_id)
		TRY(access_home(&req->ask, permit, &unit_id));
	TRY(tree_get_last(&req->ask, unit_id, out));
	return access_require(&req->ask, permit, unit_id);
}

static struct url work_url(struct arena *a, const char *path, int64_t unit_id)
{
	return url_query_int(a, url_own(a, "%s", path), "unit", (long long)unit_id);
}

/* The same page of the last rounds: what was decided in them stays within reach. */
static OUTCOME other_years(struct request *req, int64_t unit_id, const struct round *here, const char *path, struct link *links,
	size_t *n)
{
	struct arena *a = req->ask.arena;
	struct round_list rounds;
	size_t first = *n;

	TRY(round_list(&req->ask, &rounds));
	for (size_t i = 0; i < rounds.n && *n - first < YEARS; i++)
		if (rounds.at[i].id != here->id)
			links[(*n)++] = (struct link){ arena_format(a, "năm %d", rounds.at[i].year), url_query_int(a,
				work_url(a, path, unit_id), "nam", rounds.at[i].year), false };
	return OK;
}

static OUTCOME other_places(struct request *req, struct page *page, int64_t here, const struct round *round, const char *path)
{
	const struct actor *actor = req->ask.actor;
	struct link *links = ARENA_ARRAY(req->ask.arena, struct link, actor->n_grants + YEARS);
	size_t n = 0;

	TRY(other_years(req, here, round, path, links, &n));
	for (size_t i = 0; i < actor->n_grants; i++) {
		struct unit unit;
		enum outcome found;

		if (actor->grants[i].unit_id == here || actor->grants[i].role == ROLE_CITIZEN)
			continue;
		found = tree_get(&req->ask, actor->grants[i].unit_id, day_of(req->ask.now).text, &unit);
		if (found == FAILED)
			return FAILED;
		if (found == OK)
			links[n++] = (struct link){ unit.name, work_url(req->ask.arena, path, unit.id), false };
	}
	page->context.links = links;
	page->context.n_links = n;
	return OK;
}

OUTCOME work_context(struct request *req, struct page *page, const struct unit *unit, const struct round *round,
	enum round_stage stage,
	const char *path)
{
	static const char *const work[STAGES + 1] = { "", "Đăng ký", "Nộp phiếu", "Xét phiếu", "Công nhận" };
	struct arena *a = req->ask.arena;
	const char *today = arena_text(a, day_of(req->ask.now).text), *until;
	struct unit parent = { .name = "" };

	if (unit->parent_id && tree_get_last(&req->ask, unit->parent_id, &parent) == FAILED)
		return FAILED;
	TRY(round_until(&req->ask, round, unit->id, stage, &until));
	page->context = (struct context){ .unit = unit->name, .within = unit_in_sentence(a, parent.name),
		.round = arena_format(a, "Đợt năm %d", round->year), .due = arena_format(a, "%s đến hết ngày %s, %s", work[stage],
		format_date(a, until), format_days_left(a, today, until)) };
	return other_places(req, page, unit->id, round, path);
}
