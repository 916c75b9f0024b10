#include "tests/test.h"

#include <string.h>

#include "app/shipped.h"
#include "figures/targets/targets.h"
#include "registry/audit/audit.h"
#include "tests/world.h"

static const char round_sql[] =
	"INSERT INTO criteria (id, code, release, title, document, published_at, made_at, version) VALUES (1, 'c', '1', '', '', 1, 0,"
	" 1) ON CONFLICT (id) DO NOTHING;"
	"INSERT INTO round (id, criteria_id, register_from, register_until, score_from, score_until, review_from, review_until, recognise_from,"
	" recognise_until, posting_days, title_years, locked, version) VALUES (2026, 1, '2026-01-01', '2026-12-31', '2026-01-01', '2026-12-31',"
	" '2026-01-01', '2026-12-31', '2026-01-01', '2026-12-31', 0, 1, 0, 1)";

static void add_person(struct world *w, int64_t id, int64_t leaf, int64_t commune, unsigned flags, enum sheet_state state)
{
	struct standing row;

	CHECK_OUTCOME(OK, db_script(w->db, arena_format(w->arena,
		"INSERT INTO person (id, name, folded, name_key, birth, sex, national_id, national_id_end, phone, address, leaf_id, hamlet_id,"
		" organisation_id, commune_id, province_id, household, clan, group_code, member, trained_on, guardian, condition, merged_into,"
		" made_at, version) VALUES (%lld, 'Nguyễn Thị Số %lld', 'nguyen thi so', CAST('%04llx' AS BLOB), '1980', 2, NULL, '', '', '', %lld, %lld, 0,"
		" %lld, %lld, '', '', 'nong_dan', 0, '', '', 1, 0, 0, 1)", (long long)id, (long long)id, (long long)id,
		(long long)leaf,
		(long long)leaf, (long long)commune, (long long)w->province), "targets"));
	CHECK_OUTCOME(OK, standing_of_person(&w->ask, id, 2026, &row));
	row.flags |= flags;
	row.state = state;
	CHECK_OUTCOME(OK, standing_change(&w->ask, NULL, &row));
}

/* Two of three adults of learning homes in the first commune hold the title; nobody in the other. */
static void fill(struct world *w)
{
	int64_t id;

	CHECK_OUTCOME(OK, db_script(w->db, round_sql, "targets"));
	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, targets_import(&w->ask, shipped_targets(), &id));
	add_person(w, 601, w->hamlet, w->commune, STANDING_LEARNING_HOME | STANDING_HOLDER | STANDING_DIGITAL, SHEET_RECOGNISED);
	add_person(w, 602, w->hamlet, w->commune, STANDING_LEARNING_HOME | STANDING_HOLDER, SHEET_RECOGNISED);
	add_person(w, 603, w->hamlet, w->commune, STANDING_LEARNING_HOME, SHEET_NONE);
	add_person(w, 604, w->other_hamlet, w->other_commune, STANDING_LEARNING_HOME, SHEET_SUBMITTED);
}

TEST(targets, a_goal_lies_on_the_line_between_two_years)
{
	static const struct target t = { .values = { { 2025, 400, true, "", "", "" }, { 2030, 600, true, "", "", "" } },
		.n_values = 2 };
	static const struct { int year; int64_t goal; } rows[] = { { 2022, 400 }, { 2025, 400 }, { 2026, 440 }, { 2027, 480 },
		{ 2029, 560 },
		{ 2030, 600 }, { 2035, 600 } };

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_INT(rows[i].goal, target_goal(&t, rows[i].year));
}

TEST(targets, people_missing_reach_the_unrounded_goal_and_no_more)
{
	static const struct { int64_t numerator, denominator, goal, missing; } rows[] = { { 0, 0, 400, 0 }, { 0, 1, 400, 1 },
		{ 4, 10, 400, 0 },
		{ 3, 10, 400, 1 }, { 0, 1001, 440, 441 }, { 440, 1001, 440, 1 }, { 9, 10, 400, 0 }, { 1999, 2000, 1000, 1 } };

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct target_count c = { rows[i].numerator, rows[i].denominator };

		CHECK_INT(rows[i].missing, target_missing(&c, rows[i].goal));
	}
}

TEST(targets, the_shipped_set_is_read_whole_and_the_same_file_changes_nothing)
{
	struct world w;
	struct target_set set;
	struct audit_list trail;
	int64_t id, again;

	world_open(&w);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, targets_import(&w.ask, shipped_targets(), &id));
	CHECK_OUTCOME(OK, targets_import(&w.ask, shipped_targets(), &again));
	CHECK_INT(id, again);
	CHECK_OUTCOME(OK, target_set_get(&w.ask, &set));
	CHECK_INT(1, set.version);
	CHECK_TEXT("T5", set.targets[4].code);
	CHECK_INT(3, set.targets[4].n_assumptions);
	CHECK_INT(640, target_goal(&set.targets[2], 2026));
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "target_set", id, &trail));
	CHECK_INT(1, trail.n);
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(FORBIDDEN, targets_import(&w.ask, shipped_targets(), &id));
	world_close(&w);
}

TEST(targets, a_set_that_is_remembered_gives_way_to_its_next_version)
{
	struct bytes first = shipped_targets();
	const char *text, *title;
	struct world w;
	struct target_set set;
	int64_t id;

	world_open(&w);
	w.ask.actor = &access_system;
	w.ask.targets = target_cache_new();
	CHECK_OUTCOME(NOT_FOUND, target_set_get(&w.ask, &set));
	CHECK_OUTCOME(OK, targets_import(&w.ask, first, &id));
	for (int i = 0; i < 2; i++) {                    /* parsed, then remembered */
		CHECK_OUTCOME(OK, target_set_get(&w.ask, &set));
		CHECK_INT(id, set.id);
		CHECK_INT(1, set.version);
		CHECK_TEXT("T5", set.targets[4].code);
		CHECK_INT(640, target_goal(&set.targets[2], 2026));
	}
	text = arena_textn(w.arena, first.ptr, first.len);
	title = strstr(text, "\"title\": \"") + strlen("\"title\": \"");
	text = arena_format(w.arena, "%.*sBản hai: %s", (int)(title - text), text, title);
	CHECK_OUTCOME(OK, targets_import(&w.ask, (struct bytes){ text, strlen(text) }, &id));
	for (int i = 0; i < 2; i++) {
		CHECK_OUTCOME(OK, target_set_get(&w.ask, &set));
		CHECK_INT(2, set.version);
		CHECK(!strncmp(set.title, "Bản hai: ", strlen("Bản hai: ")));
	}
	target_cache_free(w.ask.targets);
	world_close(&w);
}

TEST(targets, a_wrong_set_is_refused_with_every_place)
{
	static const char wrong[] = "{\"id\":\"x\",\"title\":\"y\",\"common_rules\":[],\"targets\":[{\"code\":\"T2\",\"title\":\"a\","
		"\"numerator\":\"b\",\"denominator\":\"c\",\"values\":[{\"year\":2030,\"percent\":101},{\"year\":2025,\"percent\":5}],"
		"\"assumptions\":[]}]}";
	struct world w;
	int64_t id;

	world_open(&w);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(INVALID, targets_import(&w.ask, (struct bytes){ wrong, sizeof wrong - 1 }, &id));
	CHECK(w.problems.n >= 4);
	world_close(&w);
}

static const char good_csv[] = "code,adults,source,as_of\n27937,24.412,\"Công an xã, công văn 12\",31/12/2025\n25645,18000,Thống kê,2026-01-05\n";

static struct bytes csv_of(const char *text) { return (struct bytes){ text, strlen(text) }; }

TEST(targets, a_list_of_populations_is_taken_whole_or_not_at_all)
{
	struct world w;
	struct population_counts counts;
	struct population p;
	struct maybe adults;

	world_open(&w);
	CHECK_OUTCOME(OK, db_script(w.db, round_sql, "targets"));
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(INVALID, population_import(&w.ask, 2026,
		csv_of("code,adults,source,as_of\n27937,24412,Công an xã,31/12/2025\n"
		"99999,-5,x,32/1/2026\n27937,1,Công an xã,1/1/2027\n"), &counts));
	CHECK_HAS(world_problem(&w, "file"), "Dòng 3");
	CHECK(w.problems.n >= 5);
	CHECK_OUTCOME(NOT_FOUND, population_get(&w.ask, 2026, w.commune, &p));
	world_again(&w);
	CHECK_OUTCOME(OK, population_adults(&w.ask, 2026, w.province, &adults));
	CHECK(!adults.is);
	CHECK_OUTCOME(OK, population_import(&w.ask, 2026, csv_of(good_csv), &counts));
	CHECK_INT(2, counts.written);
	CHECK_OUTCOME(OK, population_get(&w.ask, 2026, w.commune, &p));
	CHECK_INT(24412, p.adults);
	CHECK_TEXT("2025-12-31", p.as_of);
	CHECK_OUTCOME(OK, population_adults(&w.ask, 2026, w.province, &adults));
	CHECK_INT(42412, adults.value);
	CHECK_OUTCOME(OK, population_import(&w.ask, 2026, csv_of(good_csv), &counts));
	CHECK_INT(0, counts.written);
	world_close(&w);
}

TEST(targets, a_population_is_set_once_a_version_by_who_may)
{
	struct world w;
	struct population p = { .adults = 100, .source = "Công an xã", .as_of = "2026-01-05" };

	world_open(&w);
	CHECK_OUTCOME(OK, db_script(w.db, round_sql, "targets"));
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(FORBIDDEN, population_set(&w.ask, 2026, w.commune, &p));
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(OK, population_set(&w.ask, 2026, w.commune, &p));
	CHECK_OUTCOME(CONFLICT, population_set(&w.ask, 2026, w.commune, &p));
	p.version = 1;
	CHECK_OUTCOME(OK, population_set(&w.ask, 2026, w.commune, &p));
	CHECK_OUTCOME(CONFLICT, population_set(&w.ask, 2026, w.commune, &p));
	p = (struct population){ .adults = -1, .source = "x", .as_of = "2027-01-01", .version = 2 };
	CHECK_OUTCOME(INVALID, population_set(&w.ask, 2026, w.commune, &p));
	CHECK_PROBLEM(&w, "adults");
	CHECK_PROBLEM(&w, "source");
	CHECK_PROBLEM(&w, "as_of");
	world_close(&w);
}

TEST(targets, a_failure_at_any_step_writes_no_population)
{
	struct world w;
	struct population_counts counts;
	struct population p;

	world_open(&w);
	CHECK_OUTCOME(OK, db_script(w.db, round_sql, "targets"));
	world_as(&w, ROLE_PROVINCE, w.province);
	for (int64_t n = 1;; n++) {
		enum outcome done;

		world_again(&w);
		db_fail_at(w.db, n);
		done = population_import(&w.ask, 2026, csv_of(good_csv), &counts);
		if (db_fail_at(w.db, 0) > 0) {
			CHECK_OUTCOME(OK, done);
			break;
		}
		CHECK_OUTCOME(FAILED, done);
		CHECK_OUTCOME(NOT_FOUND, population_get(&w.ask, 2026, w.commune, &p));
	}
	world_close(&w);
}

TEST(targets, the_page_shows_people_missing_and_opens_each_figure_for_who_may)
{
	struct world w;
	struct reply reply;

	world_serve(&w);
	fill(&w);
	world_get(&w, ROLE_PROVINCE, arena_format(w.arena, "/chi-tieu/%lld?nam=2026", (long long)w.province), &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "50,0");
	CHECK_HAS(reply_text(&w, &reply), "Số liệu đến hết ngày 24/11/2026");
	CHECK_HAS(reply_text(&w, &reply), "Xã Đức Hoà");
	CHECK_HAS(reply_text(&w, &reply), "T3. Cán bộ, công chức");
	world_get(&w, ROLE_COMMUNE, arena_format(w.arena, "/chi-tieu/%lld?theo=T2&xep=ten&nguoc=1", (long long)w.commune),
		&reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), arena_format(w.arena, "/chi-tieu/%lld/nguoi/T2/tu?nam=2026", (long long)w.commune));
	CHECK_HAS(reply_text(&w, &reply), "aria-sort=\"descending\"");
	world_get(&w, ROLE_COMMUNE, arena_format(w.arena, "/chi-tieu/%lld/nguoi/T2/thieu?nam=2026", (long long)w.commune),
		&reply);
	CHECK_HAS(reply_text(&w, &reply), "Nguyễn Thị Số 603");
	CHECK(!strstr(reply_text(&w, &reply), "Nguyễn Thị Số 601"));
	world_get(&w, ROLE_COMMUNE, arena_format(w.arena, "/chi-tieu/%lld", (long long)w.other_commune), &reply);
	CHECK(reply.status == 403 || reply.status == 404);
	world_get(&w, ROLE_CITIZEN, arena_format(w.arena, "/chi-tieu/%lld", (long long)w.commune), &reply);
	CHECK(reply.status == 403 || reply.status == 404);
	world_get(&w, ROLE_COMMUNE, "/chi-tieu", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_PROVINCE, arena_format(w.arena, "/chi-tieu/%lld/tai/xlsx?nam=2026", (long long)w.province), &reply);
	CHECK_INT(200, reply.status);
	CHECK(reply.body.len > 1000 && !memcmp(reply.body.ptr, "PK", 2));
	world_close(&w);
}

TEST(targets, the_population_form_says_all_that_is_wrong_and_keeps_what_was_typed)
{
	struct world w;
	struct reply reply;
	const char *path;
	struct population p;

	world_serve(&w);
	fill(&w);
	path = arena_format(w.arena, "/dan-so/2026/%lld", (long long)w.commune);
	world_get(&w, ROLE_COMMUNE, path, &reply);
	CHECK(reply.status == 403 || reply.status == 404);
	world_get(&w, ROLE_PROVINCE, path, &reply);
	CHECK_INT(200, reply.status);
	world_post(&w, ROLE_PROVINCE, path, "version=0&adults=&source=x&as_of=5/1/2028", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "5/1/2028");
	CHECK_HAS(reply_text(&w, &reply), "không thể sau hôm nay");
	CHECK_HAS(reply_text(&w, &reply), "số nguyên từ 0");
	world_post(&w, ROLE_PROVINCE, path, "version=0&adults=24.412&source=C%C3%B4ng%20an%20x%C3%A3&as_of=5/1/2026", &reply);
	CHECK_INT(303, reply.status);
	world_post(&w, ROLE_PROVINCE, path, "version=0&adults=24.412&source=C%C3%B4ng%20an%20x%C3%A3&as_of=5/1/2026", &reply);
	CHECK_INT(303, reply.status);                           /* the same form again: one effect, the same answer */
	CHECK_OUTCOME(OK, population_get(&w.ask, 2026, w.commune, &p));
	CHECK_INT(1, p.version);
	world_post(&w, ROLE_PROVINCE, path, "version=0&adults=1&source=C%C3%B4ng%20an%20x%C3%A3&as_of=5/1/2026", &reply);
	CHECK_INT(409, reply.status);
	world_get(&w, ROLE_PROVINCE, "/dan-so?nam=2026", &reply);
	CHECK_HAS(reply_text(&w, &reply), "24.412");
	CHECK_HAS(reply_text(&w, &reply), "Còn 1 xã, phường chưa có");
	world_close(&w);
}
