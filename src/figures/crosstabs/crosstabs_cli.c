#include "figures/crosstabs/crosstabs_cli.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "json/json.h"
#include "registry/tree/tree.h"
#include "text/format.h"
#include "title/rounds/rounds.h"
#include "title/standing/standing.h"

static OUTCOME refuse(struct ask *ask, const char *field, const char *text)
{
	problem(ask->problems, field, text);
	return INVALID;
}

static const char *side_names(struct arena *arena)
{
	struct buf out = BUF(arena, .max = 400);

	for (enum crosstab_side s = 0; s < CROSSTAB_SIDE_N; s++)
		buf_format(&out, "%s%s", s ? ", " : "", crosstab_side_code(s));
	return buf_cstr(&out);
}

static OUTCOME read_sides(struct ask *ask, const struct crosstab_cli_args *args, struct crosstab_query *q)
{
	for (size_t i = 0; i < args->n_by; i++)
		if (!crosstab_side_of(args->by[i], &q->by[q->n_by++]))
			return refuse(ask, "by", arena_format(ask->arena, "--by %s: không có cột ấy. Có: %s.", args->by[i],
				side_names(ask->arena)));
	for (size_t i = 0; i < args->n_where; i++) {
		const char *where = args->where[i], *equals = strchr(where, '=');
		const char *name = equals ? arena_textn(ask->arena, where, (size_t)(equals - where)) : where;

		if (!equals || !crosstab_side_of(name, &q->where[i].side))
			return refuse(ask, "where", arena_format(ask->arena,
				"--where %s: cần dạng cột=mã, ví dụ state=recognised. Cột: %s.", where, side_names(ask->arena)));
		q->where[q->n_where++].value = equals + 1;
	}
	return OK;
}

static OUTCOME read_place(struct ask *ask, const struct crosstab_cli_args *args, struct crosstab_query *q, struct unit *unit)
{
	const char *code = args->unit_code, *day;
	struct round round;
	enum outcome found = args->round_id ? round_get(ask, args->round_id, &round) : round_newest(ask, &round);

	if (found == NOT_FOUND)
		return refuse(ask, "round", args->round_id ? "Không có đợt của năm ấy." : "Chưa có đợt nào.");
	TRY(found);
	q->round_id = round.id;
	if (!*code)
		TRY(setting_get(ask, "province", &code));
	q->restated = args->now;
	day = args->round_id && !args->now ? figures_own_day(ask, round.id) : arena_text(ask->arena, day_of(ask->now).text);
	found = tree_by_code(ask, code, day, unit);
	if (found == NOT_FOUND)
		return refuse(ask, "unit", arena_format(ask->arena, "Không có đơn vị nào mang mã “%s”.", code));
	TRY(found);
	q->unit_id = unit->id;
	return OK;
}

/* Where cell `at` stands on axis `i`. */
static const struct crosstab_value *value_of(const struct crosstab *t, size_t at, size_t axis)
{
	for (size_t i = t->n_by; i-- > axis + 1;)
		at /= t->axes[i].n;
	return &t->axes[axis].at[at % t->axes[axis].n];
}

static size_t cells_of(const struct crosstab *t)
{
	size_t n = 1;

	for (size_t i = 0; i < t->n_by; i++)
		n *= t->axes[i].n;
	return n;
}

static void print_json(struct ask *ask, const struct crosstab *t, const struct crosstab_query *q, const struct unit *unit)
{
	struct buf out = BUF(ask->arena, .max = 512 * MiB);
	struct json_out j = { .out = &out };

	json_begin_object(&j);
	json_put_key(&j, "unit");
	json_begin_object(&j);
	json_put_key(&j, "code");
	json_put_text(&j, unit->code);
	json_put_key(&j, "name");
	json_put_text(&j, unit->name);
	json_end(&j);
	json_put_key(&j, "round");
	json_put_int(&j, q->round_id);
	json_put_key(&j, "units");
	json_put_text(&j, q->restated ? "now" : "own");
	json_put_key(&j, "by");
	json_begin_array(&j);
	for (size_t i = 0; i < t->n_by; i++)
		json_put_text(&j, crosstab_side_code(t->axes[i].side));
	json_end(&j);
	json_put_key(&j, "people");
	json_put_int(&j, t->all.n);
	json_put_key(&j, "rows");
	json_begin_array(&j);
	for (size_t at = 0; at < cells_of(t); at++) {
		if (!t->cells[at].n)
			continue;
		json_begin_object(&j);
		for (size_t i = 0; i < t->n_by; i++) {
			json_put_key(&j, crosstab_side_code(t->axes[i].side));
			json_put_text(&j, value_of(t, at, i)->code);
		}
		json_put_key(&j, "n");
		json_put_int(&j, t->cells[at].n);
		json_put_key(&j, "scored");
		json_put_int(&j, t->cells[at].scored);
		json_put_key(&j, "total");
		json_put_int(&j, t->cells[at].total);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	puts(buf_cstr(&out));
}

static bool of_years(const struct crosstab *t)
{
	for (size_t i = 0; i < t->n_by; i++)
		if (t->axes[i].side == SIDE_YEAR)
			return true;
	return false;
}

static void print_text(struct ask *ask, const struct crosstab *t, const struct crosstab_query *q, const struct unit *unit)
{
	struct arena *a = ask->arena;

	printf("%s, %s%s: %s người\n", unit->name, of_years(t) ? "mọi đợt" : arena_format(a, "đợt %lld", (long long)q->round_id),
		q->restated ? ", theo đơn vị hôm nay" : "", format_int(a, t->all.n));
	for (size_t i = 0; i < t->n_by; i++)
		printf("%s\t", crosstab_side_label(t->axes[i].side));
	puts("Người\tTỉ lệ\tĐiểm trung bình");
	for (size_t at = 0; at < cells_of(t); at++) {
		const struct crosstab_cell *c = &t->cells[at];

		if (!c->n)
			continue;
		for (size_t i = 0; i < t->n_by; i++)
			printf("%s\t", value_of(t, at, i)->label);
		printf("%s\t%s\t", format_int(a, c->n), format_percent(a, c->n, t->all.n));
		if (c->scored)
			printf("%s\n", format_average(a, c->total, c->scored));
		else
			puts("–");
	}
}

OUTCOME crosstab_cli(struct ask *ask, const struct crosstab_cli_args *args)
{
	struct crosstab_query query = { 0 };
	struct crosstab table;
	struct unit unit;

	TRY(read_sides(ask, args, &query));
	TRY(read_place(ask, args, &query, &unit));
	TRY(crosstab(ask, &query, &table));
	if (args->json)
		print_json(ask, &table, &query, &unit);
	else
		print_text(ask, &table, &query, &unit);
	return OK;
}
