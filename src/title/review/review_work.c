#include "title/review/review_work.h"

#include <string.h>

#include "base/day.h"
#include "text/format.h"
#include "text/text.h"

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

const char *unit_in_sentence(struct arena *a, const char *name)
{
	size_t first = 1;

	while (((unsigned char)name[first] & 0xc0) == 0x80)
		first++;
	return *name ? arena_format(a, "%s%s", text_lower(a, arena_textn(a, name, first)), name + first) : name;
}

const char *unit_bare_name(struct arena *a, const struct unit *unit)
{
	const char *kind = text_fold(a, unit_kind_label(unit->kind)), *folded = text_fold(a, unit->name), *at = unit->name;

	if (strncmp(folded, kind, strlen(kind)) || folded[strlen(kind)] != ' ')
		return unit->name;
	for (const char *k = kind; at; k++) {            /* as many words as the kind has */
		at = strchr(at, ' ');
		at = at ? at + 1 : NULL;
		k = strchr(k, ' ');
		if (!k)
			break;
	}
	return at ? at : unit->name;
}

static OUTCOME other_units(struct request *req, struct page *page, int64_t here, const char *path)
{
	const struct actor *actor = req->ask.actor;
	struct link *links = ARENA_ARRAY(req->ask.arena, struct link, actor->n_grants);
	size_t n = 0;

	for (size_t i = 0; i < actor->n_grants; i++) {
		struct unit unit;
		enum outcome found;

		if (actor->grants[i].unit_id == here || actor->grants[i].role == ROLE_CITIZEN)
			continue;
		found = tree_get(&req->ask, actor->grants[i].unit_id, day_of(req->ask.now).text, &unit);
		if (found == FAILED)
			return FAILED;
		if (found == OK)
			links[n++] = (struct link){ unit.name, url_query_int(req->ask.arena, url_own(req->ask.arena, "%s", path), "unit",
				(long long)unit.id), false };
	}
	page->context.links = links;
	page->context.n_links = n;
	return OK;
}

OUTCOME work_context(struct request *req, struct page *page, const struct unit *unit, const struct round *round, enum round_stage stage,
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
	return other_units(req, page, unit->id, path);
}
