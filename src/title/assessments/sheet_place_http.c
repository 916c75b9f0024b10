/* What every page of a sheet begins with. */
#include "title/assessments/sheet_place_http.h"

#include <string.h>

#include "base/day.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/tree/tree.h"
#include "text/format.h"
#include "title/evidence/evidence_page.h"

struct url sheet_url(struct arena *a, struct sheet_key key, const char *part)
{
	return url_own(a, *part ? "/phieu/%lld/%lld/%s" : "/phieu/%lld/%lld%s", (long long)key.person_id, (long long)key.round_id,
		part);
}

struct url sheet_score_url(struct arena *a, struct sheet_key key, int indicator)
{
	return url_own(a, "/phieu/%lld/%lld/cham/%d", (long long)key.person_id, (long long)key.round_id, indicator);
}

static OUTCOME hidden(enum outcome may)
{
	return may == FORBIDDEN ? NOT_FOUND : may;
}

static OUTCOME read_sheet(struct request *req, struct sheet_place *out)
{
	struct sheet_key key = { out->person.id, out->round.id };
	enum outcome found = sheet_get(&req->ask, key, &out->sheet);

	out->has_sheet = found == OK;
	if (found == NOT_FOUND) {
		out->sheet = (struct sheet){ .key = key, .code = "", .state = SHEET_NONE, .criteria_id = out->round.criteria_id,
			.leaf_id = out->person.leaf_id, .group = "", .remark = "", .wishes = "", .helper = "", .consent = "",
			.guardian = "", .state_reason = "", .told_on = "", .due_day = "" };
		return OK;
	}
	return found;
}

OUTCOME sheet_place(struct request *req, int64_t person_id, int64_t round_id, bool to_change, bool needs_sheet,
	struct sheet_place *out)
{
	struct ask *ask = &req->ask;
	int age;

	TRY(person_get(ask, person_id, &out->person));
	TRY(hidden(
		access_require_person(ask, to_change ? PERMIT_SHEET_ASSIST : PERMIT_SHEET_READ, person_id, out->person.leaf_id)));
	TRY(round_get(ask, round_id, &out->round));
	TRY(read_sheet(req, out));
	if (needs_sheet && !out->has_sheet)
		return NOT_FOUND;
	TRY(criteria_get(ask, out->sheet.criteria_id, &out->criteria));
	out->group = criteria_group_index(out->criteria, out->has_sheet ? out->sheet.group : out->person.group);
	out->is_own = ask->actor && ask->actor->person_id == person_id;
	age = day_age_at_end(out->person.birth, out->round.year);
	out->who = pronoun(out->person.sex, age);
	out->who_capital = pronoun_capital(out->person.sex, age);
	return OK;
}

OUTCOME sheet_register_first(struct request *req, const struct sheet_place *p)
{
	bool may = p->is_own;

	if (req->is_post)
		return NOT_FOUND;
	if (!may)
		TRY(access_may_on(&req->ask, PERMIT_SHEET_ASSIST, p->person.leaf_id, &may));
	return redirect_see_other(req, sheet_url(req->ask.arena, p->sheet.key, may ? "dang-ky" : ""));
}

static const char *over_words(struct arena *a, const struct sheet_place *p)
{
	const char *group = p->has_sheet && p->group >= 0 ? p->criteria->groups[p->group].title : "";
	const char *of = p->is_own ? "" : arena_format(a, " của %s", p->person.name);

	return arena_format(a, *group ? "Phiếu năm %d%s · %s" : "Phiếu năm %d%s%s", p->round.year, of, group);
}

void sheet_top(struct request *req, const struct sheet_place *p, const char *part, const char *heading, struct sheet_top *out)
{
	struct arena *a = req->ask.arena;
	const char *start = p->is_own ? "Phiếu của tôi" : arena_format(a, "Phiếu của %s", p->person.name);
	struct link crumb = { start, sheet_url(a, p->sheet.key, ""), false };

	access_page(req, &out->page, heading);
	if (*part)
		page_crumbs(&out->page, a, &crumb, 1, heading);
	out->over = over_words(a, p);
	out->heading = heading;
	out->lead = "";
	out->action = sheet_url(a, p->sheet.key, part);
	out->back = crumb.href;
	out->version = arena_format(a, "%lld", (long long)p->sheet.version);
}

struct sheet_help_view sheet_help_view(const struct sheet_place *p, struct field helper,
	struct field consent)
{
	bool named = *p->sheet.helper && *p->sheet.consent;

	helper.optional = consent.optional = false;      /* where they are asked they are needed */
	return (struct sheet_help_view){ .is_shown = !p->is_own && !named, .helper = helper, .consent = consent };
}

const struct sheet_help *sheet_help_of(const struct request *req, int64_t person_id, const char *helper, const char *consent,
	struct sheet_help *room)
{
	if ((req->ask.actor && req->ask.actor->person_id == person_id) || (!*helper && !*consent))
		return NULL;
	*room = (struct sheet_help){ helper, consent };
	return room;
}

/* ---- evidence ---- */

static const char *reuse_words(struct arena *a, const struct evidence_uses *uses, const struct evidence *e, int64_t round_id)
{
	for (size_t i = 0; i < uses->n; i++)
		if (uses->at[i].evidence_id == e->id && uses->at[i].round_id != round_id)
			return arena_format(a, ", đã dùng cho năm %lld", (long long)uses->at[i].round_id);
	return "";
}

static bool is_linked(const struct evidence_uses *uses, const struct evidence *e, int64_t round_id, int indicator)
{
	for (size_t i = 0; i < uses->n; i++)
		if (uses->at[i].evidence_id == e->id && uses->at[i].round_id == round_id && uses->at[i].indicator == indicator)
			return true;
	return false;
}

static struct sheet_evidence show_one(struct arena *a, const struct evidence *e, const char *reuse, bool linked)
{
	static const char *const medium[] = { "", "ảnh", "tệp PDF", "lời kể" };
	bool is_file = e->medium != EVIDENCE_STATEMENT;

	return (struct sheet_evidence){
		.label = is_file ? e->name : "Lời kể", .words = e->words,
		.note = arena_format(a, "%s, thêm lúc %s%s", medium[e->medium], format_moment(a, e->added_at), reuse),
		.href = is_file ? evidence_url(a, e->person_id, e->id) : URL_NONE,
		.thumb = e->medium == EVIDENCE_PHOTO ? evidence_thumb_url(a, e->person_id, e->id) : URL_NONE,
		.id = arena_format(a, "%lld", (long long)e->id), .version = arena_format(a, "%lld", (long long)e->version),
		.is_linked = linked };
}

OUTCOME sheet_evidence(struct request *req, const struct sheet_place *p, int indicator, bool only_linked,
	const struct sheet_evidence **out, size_t *n)
{
	struct evidence_list all;
	struct evidence_uses uses;
	struct sheet_evidence *list;

	TRY(evidence_of_person(&req->ask, p->person.id, &all));
	TRY(evidence_uses(&req->ask, p->person.id, &uses));
	list = ARENA_ARRAY(req->ask.arena, struct sheet_evidence, all.n);
	*n = 0;
	for (size_t i = 0; i < all.n; i++) {
		bool linked = is_linked(&uses, &all.at[i], p->round.id, indicator);

		if (linked || !only_linked)
			list[(*n)++] = show_one(req->ask.arena, &all.at[i],
				reuse_words(req->ask.arena, &uses, &all.at[i], p->round.id), linked);
	}
	*out = list;
	return OK;
}

/* ---- scores ---- */

struct strip sheet_strip(const struct request *req, const struct sheet_place *p, const char *label, const struct scores *scores,
	const struct scores *self, int here)
{
	return strip_of(req->ask.arena, label, scores->at, self ? self->at : NULL, p->criteria->n_indicators, here,
		p->criteria->each_min);
}

const char *sheet_rule(struct arena *a, const struct criteria *c)
{
	return arena_format(a, "Đạt khi tổng từ %d và không chỉ số nào dưới %d", c->total_min, c->each_min);
}
