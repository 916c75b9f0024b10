/* Counters, their days and targets, counted again unit by unit: the cells of one unit are all that is held at once. */
#include <string.h>

#include "check_sql.h"
#include "figures/check/check_parts.h"

enum { GROUPS_MAX = 64, SEXES = 3, PER_GROUP = SEXES * AGE_BANDS * SHEET_STATE_N };

struct cell { int64_t n, total, s[SCORES_MAX]; };

struct recount {
	struct arena *row;
	const char *groups[GROUPS_MAX];
	size_t n_groups;
	struct cell *cells;                              /* GROUPS_MAX * PER_GROUP */
	int64_t targets[TARGETS][2], rows;
	bool raw;                                        /* state and scores by the sheet, not by standing */
};

static struct recount *recount_new(struct arena *arena, struct arena *row)
{
	struct recount *r = ARENA_NEW(arena, struct recount);

	r->row = row;
	r->cells = ARENA_ARRAY(arena, struct cell, (size_t)GROUPS_MAX * PER_GROUP);
	return r;
}

static size_t group_at(struct recount *r, struct arena *arena, const char *group)
{
	for (size_t i = 0; i < r->n_groups; i++)
		if (!strcmp(r->groups[i], group))
			return i;
	BUG_ON(r->n_groups == GROUPS_MAX);
	r->groups[r->n_groups] = arena_text(arena, group);
	return r->n_groups++;
}

static bool in_range(int64_t sex, int64_t age_band, int64_t state)
{
	return sex >= 0 && sex < SEXES && age_band >= 0 && age_band < AGE_BANDS && state >= 0 && state < SHEET_STATE_N;
}

static struct cell *cell_at(struct recount *r, struct arena *arena, const char *group, int64_t sex, int64_t age_band,
	int64_t state)
{
	size_t at = group_at(r, arena, group) * PER_GROUP;

	return &r->cells[at + (size_t)((sex * AGE_BANDS + age_band) * SHEET_STATE_N + state)];
}

/* NULL counts as none; a text that is no list of scores was named by the check of standing. */
static void read_counted(const struct sql_check_unit_rows_row *row, bool raw, struct scores *out)
{
	const char *of[] = { row->final, row->reviewed, row->self };

	*out = (struct scores){ 0 };
	if (!raw) {
		if (!scores_read(row->scores, out))
			*out = (struct scores){ 0 };
		return;
	}
	for (size_t i = 0; i < COUNT(of) && !out->n; i++)
		if (!of[i] || !scores_read(of[i], out))
			*out = (struct scores){ 0 };
}

static void count_row(struct recount *r, struct arena *arena, const struct sql_check_unit_rows_row *row)
{
	int64_t state = !r->raw ? row->state : row->sheet_state.is ? row->sheet_state.value : SHEET_NONE;
	struct scores scores;
	struct cell *cell;

	r->rows++;
	if (!in_range(row->sex, row->age_band, state))
		return;
	cell = cell_at(r, arena, row->group_code, row->sex, row->age_band, state);
	read_counted(row, r->raw, &scores);
	cell->n++;
	for (int i = 0; i < scores.n; i++)
		if (scores.at[i].is) {
			cell->s[i] += scores.at[i].value;
			cell->total += scores.at[i].value;
		}
	for (int t = 1; t <= TARGETS && state != SHEET_WITHDRAWN; t++) {
		r->targets[t - 1][0] += target_counts((unsigned)row->flags, t, true);
		r->targets[t - 1][1] += target_counts((unsigned)row->flags, t, false);
	}
}

static OUTCOME count_unit(struct ask *ask, struct recount *r, int64_t round_id, int64_t unit_id)
{
	struct db_cursor *cursor = sql_check_unit_rows_open(ask, round_id, unit_id);
	struct sql_check_unit_rows_row row;

	while (sql_check_unit_rows_next(cursor, r->row, &row)) {
		count_row(r, ask->arena, &row);
		arena_reset(r->row);
	}
	return sql_check_unit_rows_close(cursor);
}

static void cell_differs(struct checking *c, const struct cell *stored, const struct cell *counted, int64_t round_id,
	int64_t unit_id,
	const char *group, size_t at)
{
	const char *state = sheet_state_code((enum sheet_state)(at % SHEET_STATE_N));
	int age = (int)(at / SHEET_STATE_N % AGE_BANDS), sex = (int)(at / SHEET_STATE_N / AGE_BANDS);

	if (stored->n != counted->n || stored->total != counted->total)
		check_fault(c, "đơn vị %lld, năm %lld, nhóm %s, giới %d, tuổi %d, %s: ghi %lld người %lld điểm, đếm lại %lld người %lld điểm",
			(long long)unit_id, (long long)round_id, group, sex, age, state, (long long)stored->n,
			(long long)stored->total,
			(long long)counted->n, (long long)counted->total);
	else if (memcmp(stored->s, counted->s, sizeof stored->s) != 0)
		check_fault(c, "đơn vị %lld, năm %lld, nhóm %s, giới %d, tuổi %d, %s: tổng của từng chỉ số khác đếm lại",
		(long long)unit_id,
			(long long)round_id, group, sex, age, state);
}

/* The stored cells are taken from the counted ones; what is left was never stored. */
static OUTCOME compare_cells(struct checking *c, struct ask *unit, struct recount *r, int64_t round_id, int64_t unit_id)
{
	struct sql_check_unit_counters_row *rows;
	size_t n;

	TRY(sql_check_unit_counters(unit, round_id, unit_id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const struct sql_check_unit_counters_row *k = &rows[i];
		struct cell stored = { k->n, k->total, { k->s1, k->s2, k->s3, k->s4, k->s5, k->s6, k->s7, k->s8, k->s9, k->s10,
			k->s11, k->s12,
			k->s13, k->s14, k->s15, k->s16, k->s17, k->s18, k->s19, k->s20 } }, *counted;

		c->at->looked++;
		if (!in_range(k->sex, k->age_band, k->state)) {
			check_fault(c, "đơn vị %lld, năm %lld: ô đếm ngoài phạm vi", (long long)unit_id, (long long)round_id);
			continue;
		}
		counted = cell_at(r, c->ask->arena, k->group_code, k->sex, k->age_band, k->state);
		cell_differs(c, &stored, counted, round_id, unit_id, k->group_code, (size_t)(counted - r->cells) % PER_GROUP);
		*counted = (struct cell){ 0 };
	}
	for (size_t i = 0; i < r->n_groups * PER_GROUP; i++)
		if (r->cells[i].n)
			cell_differs(c, &(struct cell){ 0 }, &r->cells[i], round_id, unit_id, r->groups[i / PER_GROUP],
			i % PER_GROUP);
	return OK;
}

static OUTCOME compare_targets(struct checking *c, struct ask *unit, struct recount *r, int64_t round_id, int64_t unit_id)
{
	struct sql_check_unit_targets_row *rows;
	size_t n;

	TRY(sql_check_unit_targets(unit, round_id, unit_id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].target >= 1 && rows[i].target <= TARGETS && rows[i].part >= 1 && rows[i].part <= 2)
			r->targets[rows[i].target - 1][rows[i].part - 1] -= rows[i].n;
	for (int t = 0; t < TARGETS; t++)
		for (int part = 0; part < 2; part++)
			if (r->targets[t][part])
				check_fault(c, "đơn vị %lld, năm %lld: %s của T%d, đếm lại lệch %lld", (long long)unit_id,
				(long long)round_id,
					part ? "mẫu số" : "tử số", t + 1, (long long)r->targets[t][part]);
	return OK;
}

static void forget(struct recount *r)
{
	memset(r->cells, 0, r->n_groups * PER_GROUP * sizeof *r->cells);
	memset(r->targets, 0, sizeof r->targets);
}

/* What a unit's statements answer lives in an arena of its own: all units together have millions of cells. */
static OUTCOME check_all_units(struct checking *c, struct recount *r)
{
	struct arena *outer = arena_new(MiB), *inner = arena_new(16 * MiB);
	struct db_cursor *units = sql_check_counter_units_open(c->ask);
	struct sql_check_counter_units_row unit;
	struct ask ask = *c->ask;
	enum outcome done = OK;

	ask.arena = inner;
	while (done == OK && sql_check_counter_units_next(units, outer, &unit)) {
		done = count_unit(c->ask, r, unit.round_id, unit.unit_id);
		if (done == OK)
			done = compare_cells(c, &ask, r, unit.round_id, unit.unit_id);
		if (done == OK)
			done = compare_targets(c, &ask, r, unit.round_id, unit.unit_id);
		forget(r);
		arena_reset(outer);
		arena_reset(inner);
	}
	if (sql_check_counter_units_close(units) == FAILED)
		done = FAILED;
	arena_free(outer);
	arena_free(inner);
	return done;
}

OUTCOME check_counters(struct checking *c)
{
	struct arena *row = arena_new(MiB);
	struct recount *r = recount_new(c->ask->arena, row);
	struct sql_check_standing_count_row all;
	enum outcome done;

	check_begin(c, "counters", "số đếm và chỉ tiêu của từng đơn vị so với chỗ đứng của từng người");
	done = check_all_units(c, r);
	arena_free(row);
	TRY(done);
	TRY(sql_check_standing_count(c->ask, &all));
	if (r->rows != all.n + all.twice)                /* rows of units that have no counter at all */
		check_fault(c, "%lld lượt người không nằm trong số đếm của đơn vị nào", (long long)(all.n + all.twice - r->rows));
	return OK;
}

/* ---- the value at the day's end ---- */

static enum outcome counter_day(void *context, const struct sql_check_counter_days_row *r)
{
	struct checking *c = context;

	c->at->looked++;
	if (r->n != r->day_n.value || r->total != r->day_total.value)
		check_fault(c, "đơn vị %lld, năm %lld, nhóm %s, giới %lld, tuổi %lld, trạng thái %lld: nay %lld người, cuối ngày gần nhất %lld",
			(long long)r->unit_id, (long long)r->round_id, r->group_code, (long long)r->sex, (long long)r->age_band,
			(long long)r->state,
			(long long)r->n, (long long)r->day_n.value);
	return OK;
}

static enum outcome sums(void *context, const struct sql_check_sums_row *r)
{
	struct checking *c = context;

	c->at->looked++;
	if (r->n != r->sum_n || r->total != r->sum_total)
		check_fault(c, "đơn vị %lld, năm %lld, trạng thái %lld: các ô cộng lại %lld người, tổng ghi %lld", (long long)r->unit_id,
			(long long)r->round_id, (long long)r->state, (long long)r->n, (long long)r->sum_n);
	else if (r->sum_n != r->day_n)
		check_fault(c, "đơn vị %lld, năm %lld, trạng thái %lld: tổng nay %lld người, cuối ngày gần nhất %lld", (long long)r->unit_id,
			(long long)r->round_id, (long long)r->state, (long long)r->sum_n, (long long)r->day_n);
	return OK;
}

static enum outcome target_day(void *context, const struct sql_check_target_days_row *r)
{
	struct checking *c = context;

	c->at->looked++;
	if (r->n != r->day_n.value)
		check_fault(c, "đơn vị %lld, năm %lld, T%lld phần %lld: nay %lld, cuối ngày gần nhất %lld", (long long)r->unit_id,
			(long long)r->round_id, (long long)r->target, (long long)r->part, (long long)r->n,
			(long long)r->day_n.value);
	return OK;
}

static enum outcome stamp(void *context, const struct sql_check_stamps_row *r)
{
	struct checking *c = context;

	c->at->looked++;
	if (!r->stamped || strcmp(r->stamped, r->day) < 0)       /* a change that moved nothing may be later than the last day */
		check_fault(c, "đơn vị %lld, năm %lld: ngày của số liệu ghi %s, số đếm đổi lần cuối %s", (long long)r->unit_id,
			(long long)r->round_id, r->stamped ? r->stamped : "chưa có", r->day);
	return OK;
}

OUTCOME check_days(struct checking *c)
{
	check_begin(c, "counter_days", "số đếm cuối ngày gần nhất so với số đếm hiện nay");
	TRY(sql_check_counter_days_each(c->ask, counter_day, c));
	TRY(sql_check_target_days_each(c->ask, target_day, c));
	check_begin(c, "counter_sums", "tổng theo trạng thái của từng đơn vị so với các ô, và với cuối ngày gần nhất");
	TRY(sql_check_sums_each(c->ask, sums, c));
	check_begin(c, "counter_stamps", "ngày của số liệu mỗi đơn vị so với lần đổi cuối");
	return sql_check_stamps_each(c->ask, stamp, c);
}

/* ---- for `hoctap figures --recount` ---- */

static void add_cells(const struct recount *r, struct figure_counts *out)
{
	for (size_t i = 0; i < r->n_groups * PER_GROUP; i++) {
		enum sheet_state state = (enum sheet_state)(i % SHEET_STATE_N);
		int64_t n = r->cells[i].n;

		out->people += n;
		out->states[state] += n;
		out->registered += sheet_is_registered(state) ? n : 0;
		out->submitted += sheet_is_submitted(state) ? n : 0;
		out->recognised += state == SHEET_RECOGNISED ? n : 0;
		out->total_sum += r->cells[i].total;
	}
}

OUTCOME check_recount(struct ask *ask, int64_t round_id, const struct id_list *units, struct figure_counts *out)
{
	struct arena *row = arena_new(MiB);
	struct recount *r = recount_new(ask->arena, row);
	enum outcome done = OK;

	r->raw = true;
	*out = (struct figure_counts){ 0 };
	for (size_t i = 0; i < units->n && done == OK; i++)
		done = count_unit(ask, r, round_id, units->at[i]);
	if (done == OK)
		add_cells(r, out);
	arena_free(row);
	return done;
}
