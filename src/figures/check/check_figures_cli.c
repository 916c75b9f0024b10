/* `hoctap figures`: one unit's figures as a table, or as the JSON that scripts and tests rely on. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "figures/check/check.h"
#include "figures/check/check_cli.h"
#include "figures/targets/targets.h"
#include "json/json.h"
#include "text/format.h"
#include "title/rounds/rounds.h"
#include "title/transfers/boundaries.h"

struct sheet_of_figures {
	struct ask *ask;
	const struct figures_cli_args *args;
	struct round round;
	struct scope scope;
	const struct criteria *criteria;
	struct target_set set;
	bool has_set;
	/* day of the last change; nothing counted yet: the day asked, or the round's first */
	const char *as_of;
	struct maybe adults, *child_adults;
	struct figure_counts all, *children;
	struct figure_parts groups;
	struct target_count targets[TARGETS];
};

static OUTCOME refuse(struct ask *ask, const char *text)
{
	problem(ask->problems, "", text);
	return INVALID;
}

/* CODE is the unit with that code today, or at the end of the round given; with today's units always today. */
static OUTCOME find_unit(struct sheet_of_figures *f, struct unit *out)
{
	struct ask *ask = f->ask;
	const char *today = arena_text(ask->arena, day_of(ask->now).text), *day = today, *code = f->args->unit_code;
	enum outcome found;

	if (f->args->round_id && !f->args->now)
		day = figures_own_day(ask, f->round.id);
	if (!*code) {
		found = setting_get(ask, "province", &code);
		if (found == NOT_FOUND)
			return refuse(ask, "Hệ thống chưa có tỉnh. Chỉ đơn vị bằng --unit MÃ.");
		TRY(found);
	}
	found = tree_by_code(ask, code, day, out);
	if (found == NOT_FOUND)
		return refuse(ask, arena_format(ask->arena, "Ngày %s không có đơn vị nào mang mã “%s”.", format_date(ask->arena,
		day), code));
	return found;
}

static OUTCOME find_round(struct sheet_of_figures *f)
{
	enum outcome found = f->args->round_id ? round_get(f->ask, f->args->round_id, &f->round) : round_newest(f->ask,
		&f->round);

	if (found == NOT_FOUND)
		return refuse(f->ask, f->args->round_id ? "Không có đợt của năm ấy." : "Chưa có đợt nào.");
	return found;
}

static int by_code(const void *a, const void *b)
{
	return strcmp(((const struct scope_child *)a)->unit.code, ((const struct scope_child *)b)->unit.code);
}

/* The contract of the command: in order of code. */
static void sort_children(struct sheet_of_figures *f)
{
	struct scope_child *children = ARENA_ARRAY(f->ask->arena, struct scope_child, f->scope.n_children);

	if (!f->scope.n_children)
		return;
	memcpy(children, f->scope.children, f->scope.n_children * sizeof *children);
	qsort(children, f->scope.n_children, sizeof *children, by_code);
	f->scope.children = children;
}

static OUTCOME fill_children(struct sheet_of_figures *f)
{
	struct figure_parts parts;

	sort_children(f);
	TRY(scope_by_child(f->ask, f->round.id, &f->scope, f->args->as_of, &parts));
	f->children = ARENA_ARRAY(f->ask->arena, struct figure_counts, f->scope.n_children);
	f->child_adults = ARENA_ARRAY(f->ask->arena, struct maybe, f->scope.n_children);
	for (size_t i = 0; i < f->scope.n_children; i++) {
		const struct scope_child *child = &f->scope.children[i];

		f->children[i] = parts.at[i].counts;
		if (child->unit.id)
			TRY(population_restated(f->ask, f->round.id, child->unit.id, &child->before, child->is_whole,
			&f->child_adults[i]));
	}
	return OK;
}

static OUTCOME fill(struct sheet_of_figures *f)
{
	struct ask *ask = f->ask;
	struct unit unit;
	enum outcome found;

	TRY(find_round(f));
	TRY(find_unit(f, &unit));
	TRY(scope_in(ask, f->round.id, &unit, f->args->now ? BOUNDARIES_NOW : BOUNDARIES_OWN, f->args->as_of, &f->scope));
	TRY(counted_sum(ask, f->round.id, &f->scope.counted, f->args->as_of, &f->all));
	TRY(counted_figures(ask, f->round.id, &f->scope.counted, f->args->as_of, "group", &f->groups));
	TRY(counted_targets(ask, f->round.id, &f->scope.counted, f->args->as_of, f->targets));
	TRY(counted_last_change(ask, f->round.id, &f->scope.counted, f->args->as_of, &f->as_of));
	if (!*f->as_of)                          /* no clock: the zeroes have held since then */
		f->as_of = *f->args->as_of ? f->args->as_of : f->round.from[STAGE_REGISTER];
	TRY(population_restated(ask, f->round.id, unit.id, &f->scope.before, f->scope.is_whole, &f->adults));
	TRY(criteria_get(ask, f->round.criteria_id, &f->criteria));
	found = target_set_get(ask, &f->set);
	f->has_set = found == OK;
	if (found != OK && found != NOT_FOUND)
		return found;
	return fill_children(f);
}

/* ---- JSON ---- */

static void put_figures(struct json_out *j, const struct figure_counts *c)
{
	json_put_key(j, "registered");
	json_put_int(j, c->registered);
	json_put_key(j, "submitted");
	json_put_int(j, c->submitted);
	json_put_key(j, "recognised");
	json_put_int(j, c->recognised);
}

static void put_text(struct json_out *j, const char *key, const char *text)
{
	json_put_key(j, key);
	json_put_text(j, text);
}

static void put_unit(struct json_out *j, const struct unit *unit)
{
	put_text(j, "code", unit->code);
	put_text(j, "name", unit->name);
}

static void put_head(struct json_out *j, const struct sheet_of_figures *f)
{
	json_put_key(j, "unit");
	json_begin_object(j);
	put_unit(j, &f->scope.unit);
	json_end(j);
	json_put_key(j, "round");
	json_put_int(j, f->round.year);
	put_text(j, "units", f->args->now ? "now" : "own");
	put_text(j, "as_of", f->as_of);
	json_put_key(j, "criteria");
	json_begin_object(j);
	put_text(j, "id", f->criteria->code);
	put_text(j, "version", f->criteria->release);
	json_end(j);
	json_put_key(j, "adults");
	json_put_maybe(j, f->adults);
	json_put_key(j, "states");
	json_begin_object(j);
	for (int i = 0; i < SHEET_STATE_N; i++) {
		json_put_key(j, sheet_state_code((enum sheet_state)i));
		json_put_int(j, f->all.states[i]);
	}
	json_end(j);
}

static void put_parts(struct json_out *j, const struct sheet_of_figures *f)
{
	json_put_key(j, "groups");
	json_begin_array(j);
	for (size_t i = 0; i < f->groups.n; i++) {
		if (!f->groups.at[i].counts.people)          /* everybody of it has gone elsewhere */
			continue;
		json_begin_object(j);
		put_text(j, "group", f->groups.at[i].code);
		put_figures(j, &f->groups.at[i].counts);
		json_end(j);
	}
	json_end(j);
	json_put_key(j, "children");
	json_begin_array(j);
	for (size_t i = 0; i < f->scope.n_children; i++) {
		json_begin_object(j);
		put_unit(j, &f->scope.children[i].unit);
		json_put_key(j, "adults");
		json_put_maybe(j, f->child_adults[i]);
		put_figures(j, &f->children[i]);
		json_end(j);
	}
	json_end(j);
}

static void put_targets(struct json_out *j, const struct sheet_of_figures *f)
{
	json_put_key(j, "targets");
	json_begin_array(j);
	for (int i = 0; f->has_set && i < TARGETS; i++) {
		const struct target_count *c = &f->targets[i];
		int64_t goal = target_goal(&f->set.targets[i], f->round.year);

		json_begin_object(j);
		put_text(j, "code", f->set.targets[i].code);
		json_put_key(j, "numerator");
		json_put_int(j, c->numerator);
		json_put_key(j, "denominator");
		json_put_int(j, c->denominator);
		json_put_key(j, "percent");
		json_put_tenths(j, percent_tenths(c->numerator, c->denominator));
		json_put_key(j, "goal");
		json_put_tenths(j, SOME(goal));
		json_put_key(j, "missing");
		json_put_int(j, target_missing(c, goal));
		json_end(j);
	}
	json_end(j);
}

static void print_json(const struct sheet_of_figures *f)
{
	struct buf out = BUF(f->ask->arena);
	struct json_out j = { .out = &out };

	json_begin_object(&j);
	put_head(&j, f);
	put_parts(&j, f);
	put_targets(&j, f);
	json_end(&j);
	puts(buf_cstr(&out));
}

/* ---- table ---- */

static void print_line(const struct sheet_of_figures *f, const char *code, const char *name, struct maybe adults,
	const struct figure_counts *c)
{
	struct arena *a = f->ask->arena;

	printf("%-12s %12s %12s %12s %12s  %s\n", code, adults.is ? format_int(a, adults.value) : "chưa có", format_int(a,
		c->registered),
		format_int(a, c->submitted), format_int(a, c->recognised), name);
}

static void print_text(const struct sheet_of_figures *f)
{
	struct arena *a = f->ask->arena;

	printf("%s, năm %d (%s), số liệu đến hết ngày %s. Bộ tiêu chí %s %s.\n\n", f->scope.unit.name, f->round.year, f->args->now
		? "đơn vị hôm nay" : "đơn vị của năm ấy", format_date(a, f->as_of), f->criteria->code,
		f->criteria->release);
	for (int i = 0; i < SHEET_STATE_N; i++)
		printf("%-12s %12s\n", sheet_state_code((enum sheet_state)i), format_int(a, f->all.states[i]));
	printf("\n%-12s %12s %12s %12s %12s\n", "", "adults", "registered", "submitted", "recognised");
	print_line(f, f->scope.unit.code, f->scope.unit.name, f->adults, &f->all);
	for (size_t i = 0; i < f->groups.n; i++)
		if (f->groups.at[i].counts.people)
			print_line(f, "", f->groups.at[i].code, NONE, &f->groups.at[i].counts);
	for (size_t i = 0; i < f->scope.n_children; i++)
		print_line(f, f->scope.children[i].unit.code, f->scope.children[i].unit.name, f->child_adults[i],
		&f->children[i]);
	for (int i = 0; f->has_set && i < TARGETS; i++) {
		const struct target_count *c = &f->targets[i];
		int64_t goal = target_goal(&f->set.targets[i], f->round.year);

		printf("%s%s %s trong %s: %s, mục tiêu %lld,%lld %%, còn thiếu %s\n", i ? "" : "\n", f->set.targets[i].code,
			format_int(a, c->numerator), format_int(a, c->denominator), format_percent(a, c->numerator,
			c->denominator),
			(long long)goal / 10, (long long)goal % 10, format_int(a, target_missing(c, goal)));
	}
}

/* ---- recount ---- */

static OUTCOME recount(const struct sheet_of_figures *f, bool *agrees)
{
	struct figure_counts again, now;
	struct figure_parts parts;

	TRY(figures_in(f->ask, f->round.id, &f->scope.counted.units, "", "", &parts));
	now = parts.n ? parts.at[0].counts : (struct figure_counts){ 0 };
	TRY(check_recount(f->ask, f->round.id, &f->scope.counted.units, &again));
	for (int i = 0; i < SHEET_STATE_N; i++)
		if (now.states[i] != again.states[i]) {
			fprintf(stderr, "%s: số đếm %lld, đếm lại %lld.\n", sheet_state_code((enum sheet_state)i),
				(long long)now.states[i],
				(long long)again.states[i]);
			*agrees = false;
		}
	if (now.total_sum != again.total_sum) {
		fprintf(stderr, "Tổng điểm: số đếm %lld, đếm lại %lld.\n", (long long)now.total_sum, (long long)again.total_sum);
		*agrees = false;
	}
	if (*agrees)
		fprintf(stderr, "Đếm lại từ %lld người và phiếu: khớp.\n", (long long)again.people);
	return OK;
}

OUTCOME figures_cli(struct ask *ask, const struct figures_cli_args *args, bool *agrees)
{
	struct sheet_of_figures f = { .ask = ask, .args = args };

	*agrees = true;
	TRY(fill(&f));
	if (args->json)
		print_json(&f);
	else
		print_text(&f);
	return args->recount ? recount(&f, agrees) : OK;
}
