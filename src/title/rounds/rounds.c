#include "title/rounds/rounds.h"

#include <string.h>

#include "base/buf.h"
#include "base/day.h"
#include "db/transaction.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "registry/jobs/jobs.h"
#include "registry/units/units.h"
#include "rounds_sql.h"
#include "text/format.h"
#include "text/text.h"
#include "title/criteria/criteria.h"
#include "title/rounds/rounds_messages.h"

enum { REASON_MIN = 10, POSTING_MAX = 60, TITLE_YEARS_MAX = 10, YEAR_MIN = 2020, YEAR_MAX = 2100 };

/* ---- reading ---- */

/* The row of either statement that reads one. */
#define ROUND_OF(r) \
	((struct round){ .id = (r).id, .criteria_id = (r).criteria_id, .version = (r).version, .year = (int)(r).id, \
		.from = { "", (r).register_from, (r).score_from, (r).review_from, (r).recognise_from }, \
		.until = { "", (r).register_until, (r).score_until, (r).review_until, (r).recognise_until }, \
		.posting_days = (int)(r).posting_days, .title_years = (int)(r).title_years, .locked = (r).locked != 0 })

OUTCOME round_get(struct ask *ask, int64_t id, struct round *out)
{
	struct sql_round_get_row row;

	TRY(sql_round_get(ask, id, &row));
	*out = ROUND_OF(row);
	return OK;
}

OUTCOME round_list(struct ask *ask, struct round_list *out)
{
	struct sql_round_list_row *rows;
	struct round *rounds;
	size_t n;

	TRY(sql_round_list(ask, &rows, &n));
	rounds = ARENA_ARRAY(ask->arena, struct round, n);
	for (size_t i = 0; i < n; i++)
		rounds[i] = ROUND_OF(rows[i]);
	*out = (struct round_list){ n, rounds };
	return OK;
}

OUTCOME round_newest(struct ask *ask, struct round *out)
{
	struct round_list list;

	TRY(round_list(ask, &list));
	if (!list.n)
		return NOT_FOUND;
	*out = list.at[0];
	return OK;
}

const char *round_stage_name(enum round_stage stage)
{
	static const char *const names[] = { "", "đăng ký", "tự chấm", "xét", "công nhận" };

	BUG_ON(stage < STAGE_REGISTER || stage > STAGES);
	return names[stage];
}

OUTCOME round_windows(struct ask *ask, int64_t id, struct round_windows *out)
{
	struct sql_round_window_list_row *rows;
	struct round_window *windows;
	size_t n;

	TRY(sql_round_window_list(ask, id, &rows, &n));
	windows = ARENA_ARRAY(ask->arena, struct round_window, n);
	for (size_t i = 0; i < n; i++)
		windows[i] = (struct round_window){ rows[i].unit_id, (enum round_stage)rows[i].stage, rows[i].until_day, rows[i].reason };
	*out = (struct round_windows){ n, windows };
	return OK;
}

OUTCOME round_units(struct ask *ask, int64_t id, struct round_units *out)
{
	struct sql_round_unit_list_row *rows;
	int64_t *ids;
	size_t n;

	TRY(sql_round_unit_list(ask, id, &rows, &n));
	ids = ARENA_ARRAY(ask->arena, int64_t, n);
	for (size_t i = 0; i < n; i++)
		ids[i] = rows[i].unit_id;
	*out = (struct round_units){ n, ids };
	return OK;
}

bool round_takes_part(const struct round_units *units, const int64_t *path, size_t n)
{
	for (size_t i = 0; i < units->n; i++)
		for (size_t j = 0; j < n; j++)
			if (units->at[i] == path[j])
				return true;
	return !units->n;
}

OUTCOME rounds_closed(struct ask *ask, const char *after, const char *last, struct round_closed_list *out)
{
	struct sql_round_score_closed_row *own;
	struct sql_round_window_closed_row *extended;
	struct round_closed *list;
	size_t n_own, n_extended;

	TRY(sql_round_score_closed(ask, after, last, &own, &n_own));
	TRY(sql_round_window_closed(ask, after, last, &extended, &n_extended));
	list = ARENA_ARRAY(ask->arena, struct round_closed, n_own + n_extended);
	for (size_t i = 0; i < n_own; i++)
		list[i] = (struct round_closed){ own[i].id, 0 };
	for (size_t i = 0; i < n_extended; i++)
		list[n_own + i] = (struct round_closed){ extended[i].round_id, extended[i].unit_id };
	*out = (struct round_closed_list){ n_own + n_extended, list };
	return OK;
}

/* ---- is it open ---- */

/* A unit and those above it, as of today; of a unit that is closed, as it last was. */
static OUTCOME place_of(struct ask *ask, int64_t unit_id, struct unit_ids *out)
{
	const char *today = arena_text(ask->arena, day_of(ask->now).text);
	struct unit unit;
	enum outcome found = tree_ids(ask, unit_id, today, out);

	if (found == NOT_FOUND) {
		TRY(tree_get_last(ask, unit_id, &unit));
		found = tree_ids(ask, unit_id, unit.from_day, out);
	}
	return found;
}

/* The latest of each stage. */
static OUTCOME untils_of(struct ask *ask, const struct round *r, const struct unit_ids *at, const char *until[STAGES + 1])
{
	struct sql_round_windows_of_row *rows;
	size_t n;

	TRY(sql_round_windows_of(ask, r->id, at->at[0], at->at[1], at->at[2], at->at[3], &rows, &n));
	memcpy(until, r->until, sizeof r->until);
	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].until_day, until[rows[i].stage]) > 0)
			until[rows[i].stage] = rows[i].until_day;
	return OK;
}

static OUTCOME until_of(struct ask *ask, const struct round *r, const struct unit_ids *at, enum round_stage stage, const char **until)
{
	const char *untils[STAGES + 1];

	TRY(untils_of(ask, r, at, untils));
	*until = untils[stage];
	return OK;
}

OUTCOME round_untils(struct ask *ask, const struct round *r, int64_t unit_id, const char *until[STAGES + 1])
{
	struct unit_ids at;

	TRY(place_of(ask, unit_id, &at));
	return untils_of(ask, r, &at, until);
}

OUTCOME round_until(struct ask *ask, const struct round *r, int64_t unit_id, enum round_stage stage, const char **until)
{
	struct unit_ids at;

	TRY(place_of(ask, unit_id, &at));
	return until_of(ask, r, &at, stage, until);
}

/* A member of a branch asks its officer, anybody else the commune's association. */
static OUTCOME whom_to_ask(struct ask *ask, int64_t unit_id, enum unit_level level, const char **out)
{
	struct branch branch;
	bool may_phone = false;
	enum outcome found = level == LEVEL_LEAF ? branch_get(ask, unit_id, &branch) : NOT_FOUND;

	*out = level == LEVEL_LEAF ? "Hỏi Hội Khuyến học xã, phường về gia hạn." : "Hỏi Hội Khuyến học tỉnh về gia hạn.";
	if (found == NOT_FOUND || (found == OK && !*branch.officer_name))
		return OK;
	TRY(found);
	TRY(branch_may_see_phone(ask, unit_id, &may_phone));
	*out = may_phone && *branch.officer_phone
		? arena_format(ask->arena, "Hỏi chi hội về gia hạn: %s, %s.", branch.officer_name, format_phone(ask->arena, branch.officer_phone))
		: arena_format(ask->arena, "Hỏi chi hội về gia hạn: %s.", branch.officer_name);
	return OK;
}

static OUTCOME say_ended(struct ask *ask, const struct round *r, int64_t unit_id, const struct unit_ids *at, enum round_stage stage,
	const char *until)
{
	const char *whom;

	TRY(whom_to_ask(ask, unit_id, at->level, &whom));
	problem(ask->problems, "", round_ended(ask->arena, r, stage, until, whom));
	return OK;
}

OUTCOME round_is_open(struct ask *ask, const struct round *r, int64_t unit_id, enum round_stage stage, bool *out)
{
	const char *today = arena_text(ask->arena, day_of(ask->now).text), *until;
	struct round_units units;
	struct unit_ids at;

	*out = false;
	if (r->locked) {
		problem(ask->problems, "", round_locked_now(ask->arena, r->year));
		return OK;
	}
	TRY(place_of(ask, unit_id, &at));
	TRY(round_units(ask, r->id, &units));
	if (!round_takes_part(&units, at.at, at.n)) {
		problem(ask->problems, "", round_not_taking_part(ask->arena, r->year));
		return OK;
	}
	if (strcmp(today, r->from[stage]) < 0) {
		problem(ask->problems, "", round_not_begun(ask->arena, r, stage));
		return OK;
	}
	TRY(until_of(ask, r, &at, stage, &until));
	if (strcmp(today, until) > 0)
		return say_ended(ask, r, unit_id, &at, stage, until);
	*out = true;
	return OK;
}

/* ---- rules ---- */

static const char *const from_fields[] = { "", "register_from", "score_from", "review_from", "recognise_from" };
static const char *const until_fields[] = { "", "register_until", "score_until", "review_until", "recognise_until" };

static bool is_whole(const struct round_new *new)
{
	for (enum round_stage s = STAGE_REGISTER; s <= STAGES; s++)
		if (!day_is_whole(new->from[s]) || !day_is_whole(new->until[s]))
			return false;
	return true;
}

static void check_windows(const struct round_new *new, struct problems *p)
{
	const char *first = arena_format(p->arena, "%04d-01-01", new->year), *last = arena_format(p->arena, "%04d-06-30", new->year + 1);

	for (enum round_stage s = STAGE_REGISTER; s <= STAGES; s++) {
		if (strcmp(new->from[s], first) < 0 || strcmp(new->from[s], last) > 0)
			problem(p, from_fields[s], round_outside_year(p->arena, new->year));
		else if (strcmp(new->from[s], new->until[s]) > 0)
			problem(p, from_fields[s], round_from_after_until(p->arena, s, new->until[s]));
		else if (s > STAGE_REGISTER && strcmp(new->from[s], new->from[s - 1]) < 0)
			problem(p, from_fields[s], round_out_of_order(p->arena, s, new->from[s - 1]));
		if (strcmp(new->until[s], first) < 0 || strcmp(new->until[s], last) > 0)
			problem(p, until_fields[s], round_outside_year(p->arena, new->year));
		else if (s > STAGE_REGISTER && strcmp(new->until[s], new->until[s - 1]) < 0)
			problem(p, until_fields[s], round_out_of_order(p->arena, s, new->until[s - 1]));
	}
}

bool round_may_be(const struct round_new *new, struct problems *p)
{
	size_t before = p->n;

	if (new->year < YEAR_MIN || new->year > YEAR_MAX)
		problem(p, "year", round_year_wrong(p->arena, new->year));
	else if (is_whole(new))                  /* a day that is none was said where it was read */
		check_windows(new, p);
	if (new->posting_days < 0 || new->posting_days > POSTING_MAX)
		problem(p, "posting_days", ROUND_POSTING_DAYS);
	if (new->title_years < 1 || new->title_years > TITLE_YEARS_MAX)
		problem(p, "title_years", ROUND_TITLE_YEARS);
	return p->n == before;
}

static OUTCOME check_criteria(struct ask *ask, int64_t criteria_id)
{
	const struct criteria *c;
	enum outcome found = criteria_get(ask, criteria_id, &c);

	if (found == NOT_FOUND || (found == OK && !c->published_at)) {
		problem(ask->problems, "criteria", ROUND_CRITERIA_DRAFT);
		return OK;
	}
	return found;
}

static void check_reason(struct ask *ask, const char *reason)
{
	if (text_length(reason) < REASON_MIN)
		problem(ask->problems, "reason", ROUND_REASON_SHORT);
}

/* ---- changes ---- */

static const char *round_json(struct arena *a, const struct round_new *r)
{
	return audit_json(a, "criteria", arena_format(a, "%lld", (long long)r->criteria_id),
		"register", arena_format(a, "%s … %s", r->from[STAGE_REGISTER], r->until[STAGE_REGISTER]),
		"score", arena_format(a, "%s … %s", r->from[STAGE_SCORE], r->until[STAGE_SCORE]),
		"review", arena_format(a, "%s … %s", r->from[STAGE_REVIEW], r->until[STAGE_REVIEW]),
		"recognise", arena_format(a, "%s … %s", r->from[STAGE_RECOGNISE], r->until[STAGE_RECOGNISE]),
		"posting_days", arena_format(a, "%d", r->posting_days), "title_years", arena_format(a, "%d", r->title_years), NULL);
}

static struct round_new new_of(const struct round *r)
{
	struct round_new new = { .year = r->year, .criteria_id = r->criteria_id, .posting_days = r->posting_days,
		.title_years = r->title_years };

	memcpy(new.from, r->from, sizeof new.from);
	memcpy(new.until, r->until, sizeof new.until);
	return new;
}

static OUTCOME trace(struct ask *ask, enum audit_action action, int64_t id, int64_t version, const char *old, const char *new,
	const char *reason)
{
	return audit_add(ask, &(struct audit_entry){ .action = action, .subject = "round", .subject_id = id, .version = version, .old = old,
		.new = new, .reason = reason });
}

static OUTCOME insert(struct ask *ask, const struct round_new *new)
{
	return sql_round_insert(ask, &(struct sql_round_insert_in){ .id = new->year, .criteria_id = new->criteria_id,
		.register_from = new->from[STAGE_REGISTER], .register_until = new->until[STAGE_REGISTER],
		.score_from = new->from[STAGE_SCORE], .score_until = new->until[STAGE_SCORE], .review_from = new->from[STAGE_REVIEW],
		.review_until = new->until[STAGE_REVIEW], .recognise_from = new->from[STAGE_RECOGNISE],
		.recognise_until = new->until[STAGE_RECOGNISE], .posting_days = new->posting_days, .title_years = new->title_years });
}

OUTCOME round_open(struct ask *ask, const struct round_new *new)
{
	DB_TRANSACTION(tx, ask->db);
	struct round there;
	enum outcome found;
	int64_t job;

	TRY(access_require(ask, PERMIT_ROUND_EDIT, 0));
	(void)round_may_be(new, ask->problems);
	TRY(check_criteria(ask, new->criteria_id));
	found = round_get(ask, new->year, &there);
	if (found == FAILED)
		return FAILED;
	if (found == OK)
		problem(ask->problems, "year", round_year_taken(ask->arena, new->year));
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(insert(ask, new));
	TRY(trace(ask, AUDIT_ROUND_OPENED, new->year, 1, NULL, round_json(ask->arena, new), NULL));
	TRY(job_add(ask, &(struct job_new){ .kind = "round_open", .input = arena_format(ask->arena, "{\"round\":%d}", new->year),
		.title = arena_format(ask->arena, "Mở đợt năm %d: lập danh sách mọi người", new->year) }, &job));
	return db_commit(&tx);
}

/* The round, if the actor may change it and it is not locked (a problem then). */
static OUTCOME changeable(struct ask *ask, int64_t id, struct round *out)
{
	TRY(round_get(ask, id, out));
	TRY(access_require(ask, PERMIT_ROUND_EDIT, 0));
	if (out->locked)
		problem(ask->problems, "", ROUND_IS_LOCKED);
	return OK;
}

OUTCOME round_change(struct ask *ask, int64_t id, int64_t version, const struct round_new *changed, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct round_new new = *changed, old;
	struct round r;

	TRY(changeable(ask, id, &r));
	old = new_of(&r);
	new.year = r.year;
	(void)round_may_be(&new, ask->problems);
	check_reason(ask, reason);
	if (new.criteria_id != r.criteria_id) {
		TRY(check_criteria(ask, new.criteria_id));
		if (strcmp(day_of(ask->now).text, r.from[STAGE_REGISTER]) >= 0)
			problem(ask->problems, "criteria", ROUND_CRITERIA_FIXED);
	}
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(sql_round_update(ask, &(struct sql_round_update_in){ .criteria_id = new.criteria_id,
		.register_from = new.from[STAGE_REGISTER], .register_until = new.until[STAGE_REGISTER], .score_from = new.from[STAGE_SCORE],
		.score_until = new.until[STAGE_SCORE], .review_from = new.from[STAGE_REVIEW], .review_until = new.until[STAGE_REVIEW],
		.recognise_from = new.from[STAGE_RECOGNISE], .recognise_until = new.until[STAGE_RECOGNISE],
		.posting_days = new.posting_days, .title_years = new.title_years, .id = id, .version = version }));
	TRY(trace(ask, AUDIT_ROUND_CHANGED, id, version + 1, round_json(ask->arena, &old), round_json(ask->arena, &new), reason));
	return db_commit(&tx);
}

/* A province's own unit or a commune: what stands directly below a province, and provinces themselves where asked. */
static OUTCOME check_unit(struct ask *ask, int64_t unit_id, bool province_too, const char *field, const char *message)
{
	struct unit unit, parent;
	enum outcome found = tree_get(ask, unit_id, day_of(ask->now).text, &unit);
	bool fits;

	if (found == FAILED)
		return FAILED;
	fits = found == OK && (unit.level == LEVEL_COMMUNE || (province_too && unit.level == LEVEL_PROVINCE));
	if (found == OK && unit.level == LEVEL_LEAF) {
		TRY(tree_get(ask, unit.parent_id, day_of(ask->now).text, &parent));
		fits = parent.level == LEVEL_PROVINCE;
	}
	if (!fits)
		problem(ask->problems, field, message);
	return OK;
}

/* Sheets that lapsed when the scoring window closed come back. */
static OUTCOME add_extended(struct ask *ask, const struct round *r, int64_t unit_id, enum round_stage stage)
{
	const char *until;
	struct unit unit;
	int64_t job;

	TRY(round_until(ask, r, unit_id, stage, &until));
	if (stage != STAGE_SCORE || strcmp(until, day_of(ask->now).text) >= 0)
		return OK;
	TRY(tree_get_last(ask, unit_id, &unit));
	return job_add(ask, &(struct job_new){ .kind = "window_extended", .unit_id = unit_id,
		.input = arena_format(ask->arena, "{\"round\":%lld,\"unit\":%lld}", (long long)r->id, (long long)unit_id),
		.title = arena_format(ask->arena, "Gia hạn nộp phiếu năm %d: %s", r->year, unit.name) }, &job);
}

OUTCOME round_extend(struct ask *ask, int64_t id, int64_t unit_id, enum round_stage stage, const char *until, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	const char *last;
	struct round r;

	TRY(changeable(ask, id, &r));
	last = arena_format(ask->arena, "%04d-06-30", r.year + 1);
	TRY(check_unit(ask, unit_id, false, "unit", ROUND_EXTEND_UNIT));
	check_reason(ask, reason);
	if (stage < STAGE_REGISTER || stage > STAGES)
		problem(ask->problems, "stage", ROUND_STAGE_NONE);
	else if (strcmp(until, r.until[stage]) <= 0)
		problem(ask->problems, "until", round_extend_early(ask->arena, r.until[stage]));
	if (strcmp(until, last) > 0)
		problem(ask->problems, "until", round_extend_late(ask->arena, last));
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(access_require(ask, PERMIT_ROUND_EDIT, unit_id));
	TRY(add_extended(ask, &r, unit_id, stage));
	TRY(sql_round_window_set(ask, id, unit_id, (int64_t)stage, until, reason));
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_WINDOW_EXTENDED, .subject = "round_window", .subject_id = id,
		.unit_id = unit_id, .new = audit_json(ask->arena, "stage", round_stage_name(stage), "until", until, NULL), .reason = reason }));
	return db_commit(&tx);
}

OUTCOME round_set_locked(struct ask *ask, int64_t id, int64_t version, bool locked, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct round r;

	TRY(round_get(ask, id, &r));
	TRY(access_require(ask, PERMIT_ROUND_EDIT, 0));
	check_reason(ask, reason);
	if (r.locked == locked && r.version == version)
		problem(ask->problems, "", locked ? ROUND_ALREADY_LOCKED : ROUND_NOT_LOCKED);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(sql_round_set_locked(ask, locked, id, version));
	TRY(trace(ask, locked ? AUDIT_ROUND_LOCKED : AUDIT_ROUND_REOPENED, id, version + 1, NULL, NULL, reason));
	return db_commit(&tx);
}

static const char *units_json(struct ask *ask, const int64_t *units, size_t n)
{
	struct buf ids = BUF(ask->arena, .max = 64 * KiB);

	for (size_t i = 0; i < n; i++)
		buf_format(&ids, "%s%lld", i ? " " : "", (long long)units[i]);
	return audit_json(ask->arena, "units", buf_cstr(&ids), NULL);
}

OUTCOME round_set_units(struct ask *ask, int64_t id, int64_t version, const int64_t *units, size_t n)
{
	DB_TRANSACTION(tx, ask->db);
	struct round_units old;
	struct round r;

	BUG_ON(n > FORM_IDS);
	TRY(changeable(ask, id, &r));
	TRY(round_units(ask, id, &old));
	for (size_t i = 0; i < n && problems_none(ask->problems); i++)
		TRY(check_unit(ask, units[i], true, "units", ROUND_UNIT_KIND));
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(sql_round_touch(ask, id, version));
	TRY(sql_round_units_clear(ask, id));
	TRY(sql_round_units_add(ask, id, (struct id_list){ n, units }));
	TRY(trace(ask, AUDIT_ROUND_CHANGED, id, version + 1, units_json(ask, old.at, old.n), units_json(ask, units, n), NULL));
	return db_commit(&tx);
}
