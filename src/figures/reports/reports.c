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

const char *day_year_before(struct arena *arena, const char *day)
{
	const char *same = arena_format(arena, "%04d%s", day_year(day) - 1, day + 4);

	return day_is_whole(same) ? same : arena_format(arena, "%04d-02-28", day_year(day) - 1);
}

/* ---- table 1 ---- */

static const char *own_day(struct ask *ask, int64_t round_id)
{
	const char *last = arena_format(ask->arena, "%04d-12-31", (int)round_id),
		   *today = arena_text(ask->arena, day_of(ask->now).text);

	return strcmp(today, last) < 0 ? today : last;
}

static struct report_line line_of(const char *code, const char *name, int64_t unit_id, const struct figure_counts *c)
{
	return (struct report_line){.unit_id = unit_id,
				    .code = code,
				    .name = name,
				    .registered = c->registered,
				    .submitted = c->submitted,
				    .recognised = c->recognised};
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
	return population_adults(ask, r->round.id, r->unit.id, &r->total.adults);
}

static OUTCOME fill_before(struct ask *ask, struct report *r, struct report_line *lines)
{
	struct figure_parts before;
	struct figure_counts whole;

	if (!*r->before)
		return OK;
	TRY(figures_of_unit(ask, r->round.id - 1, r->unit.id, r->before, &whole));
	r->total.recognised_before = SOME(whole.recognised);
	if (r->unit.level == LEVEL_LEAF) {
		lines[0].recognised_before = SOME(whole.recognised);
		return OK;
	}
	TRY(figures_by_child(ask, r->round.id - 1, r->unit.id, r->before, &before));
	for (size_t i = 0; i < r->n_lines; i++)
		for (size_t k = 0; k < before.n; k++)
			if (before.at[k].unit_id == lines[i].unit_id && before.at[k].counts.people)
				lines[i].recognised_before = SOME(before.at[k].counts.recognised);
	return OK;
}

static OUTCOME fill_lines(struct ask *ask, struct report *r, const struct crowds *crowds)
{
	struct figure_parts parts;
	struct report_line *lines;

	r->total = line_of(r->unit.code, r->unit.name, r->unit.id, &crowds->whole.all);
	if (r->unit.level == LEVEL_LEAF) {
		lines = ARENA_NEW(ask->arena, struct report_line);
		lines[0] = r->total;
		r->n_lines = 1;
	} else {
		TRY(figures_by_child(ask, r->round.id, r->unit.id, r->as_of, &parts));
		lines = ARENA_ARRAY(ask->arena, struct report_line, parts.n);
		r->n_lines = parts.n;
		for (size_t i = 0; i < parts.n; i++)
			lines[i] = line_of(parts.at[i].code, parts.at[i].name, parts.at[i].unit_id, &parts.at[i].counts);
	}
	r->lines = lines;
	TRY(fill_adults(ask, r, lines));
	return fill_before(ask, r, lines);
}

/* Units whose name, parent or being is of this year: form CDHT-10 notes them under the table. */
static OUTCOME fill_changed(struct ask *ask, struct report *r)
{
	const char *first = arena_format(ask->arena, "%04d-01-01", r->round.year), *day = own_day(ask, r->round.id);
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

static OUTCOME fill_lowest(struct ask *ask, struct report *r, const struct crowds *crowds, struct report_group *groups)
{
	const struct criteria *criteria;
	struct sql_indicator_sums_row *rows;
	int64_t whole[SCORES_MAX] = { 0 };
	struct id_list units;
	size_t n;

	if (is_past(ask, r->as_of))
		return OK;
	TRY(criteria_get(ask, r->round.criteria_id, &criteria));
	TRY(figures_units(ask, r->round.id, r->unit.id, &units));
	TRY(sql_indicator_sums(ask, r->round.id, units, &rows, &n));
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

static OUTCOME fill_groups(struct ask *ask, struct report *r, const struct crowds *crowds)
{
	struct report_group *groups = ARENA_ARRAY(ask->arena, struct report_group, crowds->n);

	for (size_t i = 0; i < crowds->n; i++)
		groups[i] = group_of(person_group_label(crowds->groups[i].code), &crowds->groups[i].crowd);
	r->all = group_of("Cộng", &crowds->whole);
	r->groups = groups;
	r->n_groups = crowds->n;
	r->young_submitted = crowds->whole.young_submitted;
	return fill_lowest(ask, r, crowds, groups);
}

/* ---- table 3 ---- */

static OUTCOME fill_targets(struct ask *ask, struct report *r)
{
	struct target_count now[TARGETS], before[TARGETS] = { 0 };
	struct target_set set;
	enum outcome found = target_set_get(ask, &set);

	if (found == NOT_FOUND)
		return OK;
	TRY(found);
	TRY(figures_targets(ask, r->round.id, r->unit.id, r->as_of, now));
	if (*r->before)
		TRY(figures_targets(ask, r->round.id - 1, r->unit.id, r->before, before));
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

OUTCOME report_result(struct ask *ask, int64_t round_id, int64_t unit_id, enum report_period period, const char *as_of,
	struct report *out)
{
	struct crowds crowds;

	*out = (struct report){ .period = period, .parent = { .name = "" } };
	TRY(round_get(ask, round_id, &out->round));
	TRY(tree_get_last(ask, unit_id, &out->unit));
	TRY(access_require(ask, PERMIT_FIGURES_READ, unit_id));
	if (out->unit.parent_id)
		TRY(tree_get_last(ask, out->unit.parent_id, &out->parent));
	TRY(choose_day(ask, out, as_of));
	TRY(crowds_of_unit(ask, round_id, unit_id, out->as_of, &crowds));
	crowds_sort(ask->arena, &crowds);
	TRY(fill_lines(ask, out, &crowds));
	TRY(fill_changed(ask, out));
	TRY(fill_groups(ask, out, &crowds));
	TRY(fill_targets(ask, out));
	return fill_models(ask, out);
}
