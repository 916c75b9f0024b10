#include "tests/test.h"

#include <string.h>

#include "figures/reports/crowds.h"
#include "tests/store.h"
#include "tests/world.h"

static void add_person(struct world *w, int64_t id, int64_t leaf, int64_t commune, const char *group)
{
	CHECK_OUTCOME(OK, db_script(w->db, arena_format(w->arena,
		"INSERT INTO person (id, name, folded, name_key, birth, sex, national_id, national_id_end, phone, address, leaf_id, hamlet_id,"
		" organisation_id, commune_id, province_id, household, clan, group_code, member, trained_on, guardian, condition,"
		" merged_into, made_at, version) VALUES (%lld, 'Người', 'nguoi', %s, '1960', 2, NULL, '', '', '', %lld, %lld, 0, %lld,"
		" %lld, '', '', '%s', 0, '', '', 1, 0, 0, 1)", (long long)id, store_blob(w->db, w->arena, "01"), (long long)leaf,
		(long long)leaf, (long long)commune, (long long)w->province, group), "crowds"));
	CHECK_OUTCOME(OK, standing_person_changed(&w->ask, id));
}

static void move(struct world *w, int64_t id, enum sheet_state state, const char *scores)
{
	struct standing before, after;

	CHECK_OUTCOME(OK, standing_get(&w->ask, id, w->round, &before));
	after = before;
	after.state = state;
	CHECK(scores_read(scores, &after.scores));
	CHECK_OUTCOME(OK, standing_change(&w->ask, &before, &after));
}

/* With and without what is remembered: the same to the last number. */
static void check_same(struct world *w)
{
	struct crowd_cache *cache = w->ask.crowds;
	struct crowds with, without;

	CHECK_OUTCOME(OK, crowds_of_unit(&w->ask, w->round, w->province, "", &with));
	w->ask.crowds = NULL;
	CHECK_OUTCOME(OK, crowds_of_unit(&w->ask, w->round, w->province, "", &without));
	w->ask.crowds = cache;
	CHECK_INT(without.n, with.n);
	CHECK(!memcmp(&without.whole, &with.whole, sizeof with.whole));
	for (size_t i = 0; i < with.n; i++) {
		CHECK_TEXT(without.groups[i].code, with.groups[i].code);
		CHECK(!memcmp(&without.groups[i].crowd, &with.groups[i].crowd, sizeof with.groups[i].crowd));
	}
}

TEST(crowds, what_is_remembered_follows_every_change)
{
	struct world w;
	struct crowds seen;
	int64_t before;

	world_open(&w);
	world_round(&w);
	w.ask.crowds = crowd_cache_new();
	check_same(&w);
	add_person(&w, 501, w.hamlet, w.commune, "nong_dan");
	add_person(&w, 502, w.other_hamlet, w.other_commune, "cong_nhan");
	add_person(&w, 503, w.other_hamlet, w.other_commune, "vien_chuc");
	check_same(&w);
	move(&w, 501, SHEET_SUBMITTED, "[8,8,8,8,8,7,8,8,8,8]");
	check_same(&w);
	CHECK_OUTCOME(OK, crowds_of_unit(&w.ask, w.round, w.province, "", &seen));
	CHECK_INT(3, seen.whole.all.people);
	CHECK_INT(1, seen.whole.all.submitted);
	CHECK_INT(79, seen.whole.points);
	move(&w, 502, SHEET_REGISTERED, "[]");
	move(&w, 501, SHEET_WITHDRAWN, "[]");
	check_same(&w);
	before = db_counts(w.db).rows;
	CHECK_OUTCOME(OK, crowds_of_unit(&w.ask, w.round, w.province, "", &seen));
	CHECK(db_counts(w.db).rows - before < 20);               /* units and stamps, no cells */
	crowd_cache_free(w.ask.crowds);
	world_close(&w);
}
