#include "tests/test.h"

#include <string.h>

#include "figures/crosstabs/crosstabs.h"
#include "files/packs.h"
#include "tests/world.h"
#include "tests/year.h"

static int64_t at(const struct crosstab *t, const char *a, const char *b)
{
	for (size_t i = 0; i < t->axes[0].n; i++)
		for (size_t j = 0; j < (t->n_by > 1 ? t->axes[1].n : 1); j++)
			if (!strcmp(t->axes[0].at[i].code, a) && (t->n_by < 2 || !strcmp(t->axes[1].at[j].code, b)))
				return t->cells[i * (t->n_by > 1 ? t->axes[1].n : 1) + j].n;
	return 0;
}

static OUTCOME count(struct world *w, int64_t unit, enum crosstab_side a, enum crosstab_side b, struct crosstab *out)
{
	struct crosstab_query q = { .unit_id = unit, .by = { a, b }, .n_by = 2 };

	world_again(w);
	w->ask.actor = &access_system;
	return crosstab(&w->ask, &q, out);
}

/* Three submitted in the hamlet (one falls short), one in the other commune, one in the school, one who has not registered. */
static void fill(struct world *w)
{
	world_round(w);
	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, setting_set(&w->ask, "province", "80"));
	w->ask.hooks = w->app.hooks;
	year_submitted(w, "Nguyễn Văn An", w->hamlet, YEAR_PASS);
	year_submitted(w, "Trần Thị Bé", w->hamlet, YEAR_PASS);
	year_submitted(w, "Lê Văn Cảnh", w->hamlet, YEAR_SHORT);
	year_submitted(w, "Phạm Thị Dung", w->other_hamlet, YEAR_PASS);
	year_submitted(w, "Đỗ Văn Em", w->school, YEAR_PASS);
	year_person(w, "Võ Thị Gấm", w->hamlet);
}

static void begin(struct world *w)
{
	world_open(w);
	fill(w);
}

TEST(crosstabs, bands_meet_without_a_gap)
{
	static const struct { int64_t total; int band; } rows[] = { { 0, 0 }, { 1, 1 }, { 49, 1 }, { 50, 2 }, { 64, 2 }, { 65,
		3 }, { 79, 3 },
		{ 80, 4 }, { 89, 4 }, { 90, 5 }, { 100, 5 }, { 2000, 5 } };

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_INT(rows[i].band, crosstab_band(rows[i].total));
}

TEST(crosstabs, two_sides_are_counted_against_each_other)
{
	struct world w;
	struct crosstab t;

	begin(&w);
	CHECK_OUTCOME(OK, count(&w, w.province, SIDE_STATE, SIDE_BAND, &t));
	CHECK_INT(6, t.all.n);
	CHECK_INT(5, t.all.scored);
	CHECK_INT(4, at(&t, "submitted", "4"));
	CHECK_INT(1, at(&t, "submitted", "3"));
	CHECK_INT(1, at(&t, "none", "0"));
	CHECK_INT(4 * 81 + 76, t.all.total);
	CHECK_OUTCOME(OK, count(&w, w.commune, SIDE_UNIT, SIDE_SEX, &t));
	CHECK_INT(5, t.all.n);
	CHECK_INT(2, t.axes[0].n);                       /* the hamlet and the school */
	CHECK_OUTCOME(OK, count(&w, w.hamlet, SIDE_STATE, SIDE_AGE, &t));
	CHECK_INT(4, t.all.n);
	CHECK_OUTCOME(OK, count(&w, w.province, SIDE_UNIT, SIDE_ENTRY, &t));
	CHECK_INT(2, t.axes[0].n);
	CHECK_INT(6, t.all.n);
	CHECK_OUTCOME(OK, count(&w, w.province, SIDE_YEAR, SIDE_DIGITAL, &t));
	CHECK_INT(6, at(&t, "2026", "0") + at(&t, "2026", "1") + at(&t, "2026", "2"));
	world_close(&w);
}

TEST(crosstabs, conditions_leave_out_and_three_sides_add_up)
{
	struct crosstab_query q = { .by = { SIDE_LEAF, SIDE_STATE, SIDE_GROUP }, .n_by = 3, .where = { { SIDE_BAND, "4" } },
		.n_where = 1 };
	struct world w;
	struct crosstab t;
	int64_t sum = 0;

	begin(&w);
	w.ask.actor = &access_system;
	q.unit_id = w.province;
	CHECK_OUTCOME(OK, crosstab(&w.ask, &q, &t));
	CHECK_INT(4, t.all.n);
	for (size_t i = 0; i < t.axes[0].n * t.axes[1].n * t.axes[2].n; i++)
		sum += t.cells[i].n;
	CHECK_INT(4, sum);
	CHECK_INT(3, t.axes[0].n);
	world_close(&w);
}

TEST(crosstabs, a_pack_follows_what_was_written)
{
	struct world w;
	struct crosstab t;
	struct packs *packs;
	int64_t made;

	begin(&w);
	CHECK_OUTCOME(OK, packs_open("", &packs));
	w.ask.packs = packs;
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, crosstab_warm(&w.ask, w.round, w.province, &made));
	CHECK_INT(2, made);
	CHECK_OUTCOME(OK, crosstab_warm(&w.ask, w.round, w.province, &made));
	CHECK_INT(0, made);
	CHECK_OUTCOME(OK, count(&w, w.province, SIDE_STATE, SIDE_SEX, &t));
	CHECK_INT(5, at(&t, "submitted", "2"));
	year_submitted(&w, "Hồ Thị Hạnh", w.other_hamlet, YEAR_PASS);
	CHECK_OUTCOME(OK, count(&w, w.province, SIDE_STATE, SIDE_SEX, &t));
	CHECK_INT(6, at(&t, "submitted", "2"));
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, crosstab_warm(&w.ask, w.round, w.province, &made));
	CHECK_INT(0, made);
	w.ask.packs = NULL;
	packs_close(packs);
	world_close(&w);
}

static void note(void *context, int64_t commune_id, bool same)
{
	int64_t *seen = context;

	(void)commune_id;
	seen[same]++;
}

TEST(crosstabs, a_pack_that_is_not_its_rows_is_found)
{
	struct world w;
	struct packs *packs;
	int64_t made, seen[2] = { 0 };

	begin(&w);
	CHECK_OUTCOME(OK, packs_open("", &packs));
	w.ask.packs = packs;
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, crosstab_warm(&w.ask, w.round, w.province, &made));
	CHECK_OUTCOME(OK, crosstab_check(&w.ask, w.round, w.province, note, seen));
	CHECK_INT(2, seen[true]);
	CHECK_OUTCOME(OK, db_script(w.db, "UPDATE standing SET sex = 1 WHERE person_id = (SELECT min(person_id) FROM standing)",
		"test"));
	CHECK_OUTCOME(OK, crosstab_check(&w.ask, w.round, w.province, note, seen));
	CHECK_INT(1, seen[false]);
	w.ask.packs = NULL;
	packs_close(packs);
	world_close(&w);
}

TEST(crosstabs, what_cannot_be_asked_is_said)
{
	struct crosstab_query twice = { .by = { SIDE_SEX, SIDE_SEX }, .n_by = 2 }, nothing = { .n_by = 0 },
		unknown = { .by = { SIDE_SEX }, .n_by = 1, .where = { { SIDE_GROUP, "phi_cong" } }, .n_where = 1 };
	struct world w;
	struct crosstab t;

	begin(&w);
	w.ask.actor = &access_system;
	twice.unit_id = nothing.unit_id = unknown.unit_id = w.province;
	CHECK_OUTCOME(INVALID, crosstab(&w.ask, &twice, &t));
	CHECK_PROBLEM(&w, "by");
	world_again(&w);
	CHECK_OUTCOME(INVALID, crosstab(&w.ask, &nothing, &t));
	CHECK_PROBLEM(&w, "by");
	world_again(&w);
	CHECK_OUTCOME(INVALID, crosstab(&w.ask, &unknown, &t));
	CHECK_PROBLEM(&w, "where");
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(FORBIDDEN, crosstab(&w.ask, &(struct crosstab_query){ .unit_id = w.province, .by = { SIDE_SEX },
		.n_by = 1 }, &t));
	world_close(&w);
}

/* ---- small numbers, and pages ---- */

TEST(crosstabs, a_small_number_is_hidden_with_one_beside_it_in_each_line)
{
	struct crosstab_cell cells[] = { { 3, 0, 0 }, { 20, 0, 0 }, { 9, 0, 0 }, { 30, 0, 0 } };
	struct crosstab_value values[] = { { "a", "A", 0 }, { "b", "B", 0 } };
	struct crosstab t = { .n_by = 2, .axes = { { SIDE_SEX, 2, values }, { SIDE_AGE, 2, values } }, .cells = cells };
	struct arena *a = arena_new(1 * MiB);
	struct crosstab_sums s = crosstab_sums_of(a, &t);

	CHECK_INT(23, s.at[2].n);
	CHECK_INT(12, s.at[6].n);
	CHECK_INT(62, s.at[8].n);
	crosstab_hide(&s);
	CHECK(s.hidden[0]);
	for (size_t i = 0; i < 3; i++) {                     /* no line has a lone hidden number */
		CHECK(s.hidden[i * 3] + s.hidden[i * 3 + 1] + s.hidden[i * 3 + 2] != 1);
		CHECK(s.hidden[i] + s.hidden[i + 3] + s.hidden[i + 6] != 1);
	}
	CHECK(!s.hidden[8]);
	CHECK_TEXT("ẩn", crosstab_words(a, &s, 0, 0, MEASURE_PEOPLE));
	arena_free(a);
}

TEST(crosstabs, pages_show_the_table_and_hide_small_numbers_from_everybody)
{
	struct world w;
	struct reply r;

	world_serve(&w);
	world_get(&w, ROLES, "/ket-qua/bang-cheo", &r);
	CHECK_INT(200, r.status);
	CHECK_HAS(reply_text(&w, &r), "Chưa có đợt nào");
	fill(&w);
	world_get(&w, ROLE_PROVINCE, arena_format(w.arena, "/bang-cheo/%lld?hang=state&cot=sex", (long long)w.province), &r);
	CHECK_INT(200, r.status);
	CHECK_HAS(reply_text(&w, &r), "Đã nộp, chờ xét");
	world_get(&w, ROLE_PROVINCE, arena_format(w.arena, "/bang-cheo/%lld/tai/xlsx?hang=state&cot=sex",
		(long long)w.province), &r);
	CHECK_INT(200, r.status);
	CHECK(!memcmp(r.body.ptr, "PK", 2));
	world_get(&w, ROLE_COMMUNE, arena_format(w.arena, "/bang-cheo/%lld", (long long)w.province), &r);
	CHECK_INT(403, r.status);
	world_get(&w, ROLES, "/ket-qua/bang-cheo?hang=unit&cot=sex", &r);
	CHECK_INT(200, r.status);
	CHECK_HAS(reply_text(&w, &r), "ẩn");
	world_close(&w);
}
