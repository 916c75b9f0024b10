#include "figures/reports/reports.h"

#include <string.h>

#include "base/buf.h"
#include "base/day.h"
#include "figures/reports/reports_messages.h"
#include "registry/access/access.h"
#include "registry/people/people.h"
#include "reports_sql.h"
#include "text/format.h"
#include "title/criteria/criteria.h"
#include "title/models/models.h"

static bool is_past(const struct ask *ask, const char *as_of)
{
	return *as_of && strcmp(as_of, day_of(ask->now).text) < 0;
}

const char *report_units_words(enum boundaries units)
{
	return units == BOUNDARIES_NOW ? "đơn vị hôm nay" : "đơn vị của năm ấy";
}

const char *day_year_before(struct arena *arena, const char *day)
{
	const char *same = arena_format(arena, "%04d%s", day_year(day) - 1, day + 4);

	return day_is_whole(same) ? same : arena_format(arena, "%04d-02-28", day_year(day) - 1);
}

/* ---- table 1 ---- */

/* The units the report is read in, and the same a year before. */
struct views { struct scope now, before; };

static struct report_line line_of(const char *code, const char *name, int64_t unit_id, const struct figure_counts *c)
{
	return (struct report_line){.unit_id = unit_id,
				    .code = code,
				    .name = name,
				    .registered = c->registered,
				    .submitted = c->submitted,
				    .recognised = c->recognised};
}

/* A unit that was not there that year: those that went whole into it have their numbers. */
static OUTCOME restate_adults(struct ask *ask, struct report *r, const struct scope *scope, struct report_line *lines)
{
	TRY(population_restated(ask, r->round.id, r->unit.id, &scope->before, scope->is_whole, &r->total.adults));
	for (size_t i = 0; i < scope->n_children && r->unit.level != LEVEL_LEAF; i++) {
		const struct scope_child *child = &scope->children[i];

		if (!lines[i].adults.is && child->unit.id)
			TRY(population_restated(ask, r->round.id, child->unit.id, &child->before, child->is_whole,
			&lines[i].adults));
	}
	return OK;
}

static OUTCOME fill_adults(struct ask *ask, struct report *r, struct report_line *lines)
{
	int64_t *ids = ARENA_ARRAY(ask->arena, int64_t, r->n_lines);
	struct population *found = ARENA_ARRAY(ask->arena, struct population, r->n_lines);

	for (size_t i = 0; i < r->n_lines; i++)
		ids[i] = lines[i].unit_id;
	TRY(population_of_units(ask, r->round.id, ids, r->n_lines, found));
	r->source = "";
	for (size_t i = 0; i < r->n_lines; i++)
		if (found[i].version) {
			lines[i].adults = SOME(found[i].adults);
			if (!*r->source)
				r->source = found[i].source;
		}
	return OK;
}

/* Lines of both years stand for the same units; one where nobody was counted a year before has nothing to compare with. */
static OUTCOME fill_before(struct ask *ask, struct report *r, const struct scope *before, struct report_line *lines)
{
	struct figure_parts parts;
	struct figure_counts whole;

	if (!*r->before)
		return OK;
	TRY(counted_sum(ask, r->round.id - 1, &before->counted, r->before, &whole));
	r->total.recognised_before = whole.people ? SOME(whole.recognised) : NONE;
	if (r->unit.level == LEVEL_LEAF) {
		lines[0].recognised_before = r->total.recognised_before;
		return OK;
	}
	TRY(scope_by_child(ask, r->round.id - 1, before, r->before, &parts));
	for (size_t i = 0; i < r->n_lines; i++)
		for (size_t k = 0; k < parts.n; k++)
			if (parts.at[k].unit_id == lines[i].unit_id && parts.at[k].counts.people)
				lines[i].recognised_before = SOME(parts.at[k].counts.recognised);
	return OK;
}

static OUTCOME fill_lines(struct ask *ask, struct report *r, const struct crowds *crowds, const struct views *views)
{
	struct figure_parts parts;
	struct report_line *lines;

	r->total = line_of(r->unit.code, r->unit.name, r->unit.id, &crowds->whole.all);
	if (r->unit.level == LEVEL_LEAF) {
		lines = ARENA_NEW(ask->arena, struct report_line);
		lines[0] = r->total;
		r->n_lines = 1;
	} else {
		TRY(scope_by_child(ask, r->round.id, &views->now, r->as_of, &parts));
		lines = ARENA_ARRAY(ask->arena, struct report_line, parts.n);
		r->n_lines = parts.n;
		for (size_t i = 0; i < parts.n; i++)
			lines[i] = line_of(parts.at[i].code, parts.at[i].name, parts.at[i].unit_id, &parts.at[i].counts);
	}
	r->lines = lines;
	TRY(fill_adults(ask, r, lines));
	TRY(restate_adults(ask, r, &views->now, lines));
	return fill_before(ask, r, &views->before, lines);
}

/* Units whose name, parent or being is of this year: form CDHT-10 notes them under the table. */
static OUTCOME fill_changed(struct ask *ask, struct report *r, const char *day)
{
	const char *first = arena_format(ask->arena, "%04d-01-01", r->round.year);
	struct buf words = BUF(ask->arena);
	const struct unit *after = NULL;
	struct unit_list page;

	do {
		TRY(tree_children(ask, r->unit.id, day, after, &page));
		for (size_t i = 0; i < page.n; i++)
			if (strcmp(page.at[i].from_day, first) > 0)
				buf_format(&words, "%s%s (từ %s)", words.len ? "; " : "", page.at[i].name,
					   format_date(ask->arena, page.at[i].from_day));
		after = page.n ? &page.at[page.n - 1] : NULL;
	} while (page.n == 500);
	r->changed_units = buf_cstr(&words);
	return OK;
}

/* ---- table 2 ---- */

static struct report_group group_of(const char *title, const struct crowd *c)
{
	int64_t n = c->all.submitted;

	return (struct report_group){.title = title,
				     .registered = c->all.registered,
				     .submitted = n,
				     .recognised = c->all.recognised,
				     .women = c->women.recognised,
				     .elders = c->elders.recognised,
				     .mean = n ? SOME((c->points * 10 + n / 2) / n) : NONE,
				     .lowest = ""};
}

/* The indicator with the smallest sum, of the first n; "" when nothing was scored. */
static const char *lowest_of(struct arena *arena, const int64_t *sums, int n)
{
	int least = 0;
	int64_t all = 0;

	for (int i = 0; i < n; i++) {
		all += sums[i];
		if (sums[i] < sums[least])
			least = i;
	}
	return all ? arena_format(arena, "Chỉ số %d", least + 1) : "";
}

static OUTCOME fill_lowest(struct ask *ask, struct report *r, const struct crowds *crowds, const struct counted *counted,
	struct report_group *groups)
{
	const struct criteria *criteria;
	struct sql_indicator_sums_row *rows;
	int64_t whole[SCORES_MAX] = { 0 };
	size_t n;

	if (is_past(ask, r->as_of))
		return OK;
	TRY(criteria_get(ask, r->round.criteria_id, &criteria));
	TRY(sql_indicator_sums(ask, r->round.id, counted->units, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const struct sql_indicator_sums_row *s = &rows[i];
		const int64_t sums[SCORES_MAX] = {s->s1,  s->s2,  s->s3,  s->s4,  s->s5,  s->s6,  s->s7,  s->s8,  s->s9,  s->s10,
						  s->s11, s->s12, s->s13, s->s14, s->s15, s->s16, s->s17, s->s18, s->s19, s->s20};

		for (int k = 0; k < SCORES_MAX; k++)
			whole[k] += sums[k];
		for (size_t g = 0; g < crowds->n; g++)
			if (!strcmp(crowds->groups[g].code, s->group_code))
				groups[g].lowest = lowest_of(ask->arena, sums, (int)criteria->n_indicators);
	}
	r->all.lowest = lowest_of(ask->arena, whole, (int)criteria->n_indicators);
	return OK;
}

static OUTCOME fill_groups(struct ask *ask, struct report *r, const struct crowds *crowds, const struct counted *counted)
{
	struct report_group *groups = ARENA_ARRAY(ask->arena, struct report_group, crowds->n);

	for (size_t i = 0; i < crowds->n; i++)
		groups[i] = group_of(person_group_label(crowds->groups[i].code), &crowds->groups[i].crowd);
	r->all = group_of("Cộng", &crowds->whole);
	r->groups = groups;
	r->n_groups = crowds->n;
	r->young_submitted = crowds->whole.young_submitted;
	return fill_lowest(ask, r, crowds, counted, groups);
}

/* ---- table 3 ---- */

static OUTCOME fill_targets(struct ask *ask, struct report *r, const struct views *views)
{
	struct target_count now[TARGETS], before[TARGETS] = { 0 };
	struct target_set set;
	enum outcome found = target_set_get(ask, &set);

	if (found == NOT_FOUND)
		return OK;
	TRY(found);
	TRY(counted_targets(ask, r->round.id, &views->now.counted, r->as_of, now));
	if (*r->before)
		TRY(counted_targets(ask, r->round.id - 1, &views->before.counted, r->before, before));
	for (int i = 0; i < TARGETS; i++) {
		int64_t goal = target_goal(&set.targets[i], r->round.year);

		r->targets[i] = (struct report_target){ set.targets[i].code, set.targets[i].title, now[i], before[i], goal,
			target_missing(&now[i], goal) };
	}
	r->has_targets = true;
	return OK;
}

/* ---- table 4 ---- */

static OUTCOME fill_models(struct ask *ask, struct report *r)
{
	int64_t counts[MODEL_KINDS + 1];

	if (r->unit.level < LEVEL_COMMUNE)
		return OK;
	TRY(model_count(ask, r->round.id, r->unit.id, counts));
	for (int kind = MODEL_HOUSEHOLD; kind <= MODEL_KINDS; kind++)
		r->models[kind] = SOME(counts[kind]);
	return OK;
}

/* ---- the whole ---- */

static OUTCOME choose_day(struct ask *ask, struct report *r, const char *as_of)
{
	const char *today = arena_text(ask->arena, day_of(ask->now).text),
		   *half = arena_format(ask->arena, "%04d-06-30", r->round.year);
	struct round last;
	enum outcome found;

	r->as_of = *as_of ? as_of : r->period == REPORT_HALF && strcmp(half, today) < 0 ? half : today;
	if (strcmp(r->as_of, today) > 0)
		problem(ask->problems, "as_of", REPORT_DAY_LATE);
	if (day_year(r->as_of) < r->round.year)
		problem(ask->problems, "as_of", report_day_early(ask->arena, r->round.year));
	found = round_get(ask, r->round.id - 1, &last);
	if (found == FAILED)
		return FAILED;
	r->before = found == OK ? day_year_before(ask->arena, r->as_of) : "";
	return problems_none(ask->problems) ? OK : INVALID;
}

/* The unit as it is on the day of the report's units; a commune that ended keeps its own units. */
static OUTCOME choose_units(struct ask *ask, struct report *r, struct views *views)
{
	enum outcome found = scope_in(ask, r->round.id, &r->unit, r->units, r->as_of, &views->now);

	if (found == NOT_FOUND) {
		problem(ask->problems, "units", REPORT_UNIT_ENDED);
		return INVALID;
	}
	TRY(found);
	r->unit = views->now.unit;
	if (!*r->before)
		return OK;
	found = scope_on(ask, r->round.id - 1, &r->unit, views->now.day, r->before, &views->before);
	if (found == NOT_FOUND)                          /* ended within the year, or opened after it */
		found = scope_own(ask, r->round.id - 1, &r->unit, &views->before);
	return found;
}

OUTCOME report_result(struct ask *ask, const struct report_asked *asked, struct report *out)
{
	struct crowds crowds;
	struct views views;

	*out = (struct report){ .period = asked->period, .units = asked->units, .parent = { .name = "" } };
	TRY(round_get(ask, asked->round_id, &out->round));
	TRY(tree_get_last(ask, asked->unit_id, &out->unit));
	TRY(access_require(ask, PERMIT_FIGURES_READ, asked->unit_id));
	if (out->unit.parent_id)
		TRY(tree_get_last(ask, out->unit.parent_id, &out->parent));
	TRY(choose_day(ask, out, asked->as_of));
	TRY(choose_units(ask, out, &views));
	TRY(crowds_of(ask, asked->round_id, &views.now.counted, out->as_of, &crowds));
	crowds_sort(ask->arena, &crowds);
	TRY(fill_lines(ask, out, &crowds, &views));
	TRY(fill_changed(ask, out, views.now.day));
	TRY(fill_groups(ask, out, &crowds, &views.now.counted));
	TRY(fill_targets(ask, out, &views));
	return fill_models(ask, out);
}
