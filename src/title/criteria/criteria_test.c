#include "tests/test.h"

#include <pthread.h>
#include <string.h>

#include "app/shipped.h"
#include "registry/audit/audit.h"
#include "tests/world.h"
#include "title/criteria/criteria.h"

static struct bytes text_bytes(const char *text) { return (struct bytes){ text, strlen(text) }; }

static const char *shipped_text(struct world *w)
{
	struct bytes b = shipped_criteria();

	return arena_textn(w->arena, b.ptr, b.len);
}

/* The shipped file with the first `old` replaced. */
static struct bytes with(struct world *w, const char *old, const char *new)
{
	const char *text = shipped_text(w), *at = strstr(text, old);

	CHECK(at != NULL);
	return text_bytes(arena_format(w->arena, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old)));
}

static const struct criteria *import_shipped(struct world *w, int64_t *id)
{
	const struct criteria *c;

	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, criteria_import(&w->ask, shipped_criteria(), id));
	CHECK_OUTCOME(OK, criteria_get(&w->ask, *id, &c));
	return c;
}

static bool says(struct world *w, const char *part)
{
	for (const struct problem *p = w->problems.first; p; p = p->next)
		if (strstr(p->text, part))
			return true;
	return false;
}

static int64_t traces(struct world *w, int64_t id)
{
	struct audit_list list;

	CHECK_OUTCOME(OK, audit_of_subject(&w->ask, "criteria", id, &list));
	return (int64_t)list.n;
}

/* ---- scores ---- */

TEST(criteria, scores_are_read_as_they_were_written)
{
	static const char *const good[] = { "", "[8]", "[8,9,null]", "[null]", "[0,100,10]",
		"[1,2,3,4,5,6,7,8,9,10,1,2,3,4,5,6,7,8,9,null]" };
	static const char *const bad[] = { "[", "]", "[]]", "[,]", "[8,]", "[8", "8", "[08]", "[-1]", "[101]", "[1000]", "[8.5]", "[8 ]",
		"[nul]", "[1,2,3,4,5,6,7,8,9,10,1,2,3,4,5,6,7,8,9,1,2]", "[8]x", "{}" };
	struct arena *arena = arena_new(64 * KiB);
	struct scores s;

	for (size_t i = 0; i < COUNT(good); i++) {
		CHECK(scores_read(good[i], &s));
		CHECK_TEXT(good[i], scores_write(arena, &s));
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		CHECK(!scores_read(bad[i], &s));
		CHECK_INT(0, s.n);
	}
	CHECK(scores_read("[]", &s));
	CHECK_TEXT("", scores_write(arena, &s));
	arena_free(arena);
}

TEST(criteria, a_total_counts_what_is_given_and_says_what_is_missing)
{
	struct scores s, other;

	CHECK(scores_read("[8,null,2]", &s));
	CHECK_INT(10, scores_total(&s));
	CHECK_INT(1, scores_missing(&s));
	CHECK(scores_read("[8,null,2]", &other));
	CHECK(scores_equal(&s, &other));
	CHECK(scores_read("[8,0,2]", &other));
	CHECK(!scores_equal(&s, &other));
	CHECK(scores_read("[8,null]", &other));
	CHECK(!scores_equal(&s, &other));
}

/* ---- the framework ---- */

TEST(criteria, the_shipped_framework_comes_in_whole)
{
	struct world w;
	const struct criteria *c;
	const struct criteria_variant *v;
	int64_t id;

	world_open(&w);
	c = import_shipped(&w, &id);
	CHECK_INT(10, c->n_indicators);
	CHECK_INT(10, c->n_groups);
	CHECK_INT(3, c->n_competences);
	CHECK_INT(80, c->total_min);
	CHECK_INT(5, c->each_min);
	CHECK_INT(100, c->total_max);
	CHECK_INT(5, c->digital_indicator);
	CHECK_INT(7, c->digital_min);
	CHECK_INT(8, c->proficient_min);
	CHECK_INT(0, c->published_at);
	CHECK_TEXT("Đọc, cập nhật thông tin", c->indicators[0].short_title);
	CHECK_INT(1, c->indicators[4].competence);
	v = criteria_variant(c, criteria_group_index(c, "nguoi_cao_tuoi"), 10);
	CHECK_INT(6, v->n_levels);
	CHECK_INT(10, v->levels[5].points);
	CHECK(v->n_examples >= 3);
	CHECK_INT(-1, criteria_group_index(c, "khong_co"));
	world_close(&w);
}

TEST(criteria, the_same_file_again_changes_nothing_however_it_is_laid_out)
{
	struct world w;
	int64_t id, again;

	world_open(&w);
	(void)import_shipped(&w, &id);
	CHECK_OUTCOME(OK, criteria_import(&w.ask, with(&w, "{", "\xEF\xBB\xBF{\n\n\t "), &again));
	CHECK(id == again);
	CHECK_INT(1, traces(&w, id));
	world_close(&w);
}

TEST(criteria, a_draft_may_be_replaced_and_a_published_one_never)
{
	struct world w;
	const struct criteria *c;
	struct criteria_line current;
	int64_t id;

	world_open(&w);
	(void)import_shipped(&w, &id);
	CHECK_OUTCOME(NOT_FOUND, criteria_current(&w.ask, &current));
	CHECK_OUTCOME(OK, criteria_import(&w.ask, with(&w, "bản tham khảo", "bản thử"), &id));
	CHECK_OUTCOME(OK, criteria_get(&w.ask, id, &c));
	CHECK_TEXT("Bộ tiêu chí Công dân học tập – bản thử", c->title);
	CHECK_INT(2, c->version);
	CHECK_OUTCOME(CONFLICT, criteria_publish(&w.ask, id, 1));
	CHECK_OUTCOME(OK, criteria_publish(&w.ask, id, 2));
	CHECK_OUTCOME(OK, criteria_current(&w.ask, &current));
	CHECK_INT(id, current.id);
	CHECK_INT(3, traces(&w, id));
	CHECK_OUTCOME(INVALID, criteria_publish(&w.ask, id, 3));
	world_again(&w);
	CHECK_OUTCOME(INVALID, criteria_import(&w.ask, shipped_criteria(), &id));
	CHECK_HAS(world_problem(&w, "file"), "đã công bố");
	world_again(&w);
	CHECK_OUTCOME(OK, criteria_import(&w.ask, with(&w, "\"version\": \"1.0\"", "\"version\": \"1.1\""), &id));
	CHECK(id != current.id);
	world_close(&w);
}

TEST(criteria, who_may_not_edit_criteria_may_not_import_or_publish)
{
	struct world w;
	int64_t id, none;

	world_open(&w);
	(void)import_shipped(&w, &id);
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(FORBIDDEN, criteria_import(&w.ask, shipped_criteria(), &none));
	CHECK_OUTCOME(FORBIDDEN, criteria_publish(&w.ask, id, 1));
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(OK, criteria_publish(&w.ask, id, 1));
	world_close(&w);
}

TEST(criteria, each_rule_is_said_at_its_place)
{
	static const struct { const char *old, *new, *says; } cases[] = {
		{ "\"id\": \"cong-dan", "\"id\": \"công dân", "id: mã chỉ gồm" },
		{ "\"total_min\": 80", "\"total_min\": 180", "pass_rule.total_min: cần 180 điểm" },
		{ "\"total_max\": 100", "\"total_max\": 99", "pass_rule.total_max: ghi 99" },
		{ "\"each_min\": 5", "\"each_min\": 11", "pass_rule.each_min: cần 11 điểm" },
		{ "\"competence\": \"A\"", "\"competence\": \"Z\"", "indicators[0].competence: không có năng lực" },
		{ "\"competence\": \"A\"", "\"competence\": \"C\"", "indicators[1].competence: các chỉ số của một năng lực" },
		{ "\"code\": \"B\"", "\"code\": \"A\"", "competences[1].code: mã “A” đã có" },
		{ "\"code\": \"2\"", "\"code\": \"1\"", "indicators[1].code: mã “1” đã có" },
		{ "\"code\": \"cong_nhan\"", "\"code\": \"nong_dan\"", "groups[1].code: mã “nong_dan” đã có" },
		{ "\"group\": \"nong_dan\"", "\"group\": \"ngu_dan\"", "variants[0].group: không có nhóm" },
		{ "\"group\": \"nong_dan\"", "\"group\": \"ngu_dan\"", "variants: thiếu lời của nhóm nong_dan chỉ số 1." },
		{ "\"indicator\": \"1\"", "\"indicator\": \"2\"", "variants[1]: nhóm “nong_dan”, chỉ số 2 đã có" },
		{ "\"points\": 3", "\"points\": 0", "variants[0].levels[1].points: điểm các mức phải tăng dần" },
		{ "\"points\": 3", "\"points\": 4", "variants[0].levels[1].points: mức này phải là 3" },
		{ "\"min_points\": 8", "\"min_points\": 6", "indicators[4].digital_skill.proficient_self_update.min_points: thành thạo" },
		{ "\"scoring_guide\"", "\"scoring_gide\"", "scoring_gide: không có mục nào tên như vậy" },
		{ "\"title\": \"Bộ", "\"title\": 7, \"status2\": \"Bộ", "title: cần" },
		{ "\"short_title\": \"Đọc, cập nhật thông tin\"", "\"short_title\": \" \"", "indicators[0].short_title: còn trống" },
	};
	struct world w;
	struct criteria_list list;
	int64_t id;

	world_open(&w);
	w.ask.actor = &access_system;
	for (size_t i = 0; i < COUNT(cases); i++) {
		world_again(&w);
		CHECK_OUTCOME(INVALID, criteria_import(&w.ask, with(&w, cases[i].old, cases[i].new), &id));
		if (!says(&w, cases[i].says))
			fail_msg("case %zu: %s is not said, but: %s", i, cases[i].says, w.problems.first->text);
		CHECK_PROBLEM(&w, "file");
	}
	CHECK_OUTCOME(OK, criteria_list(&w.ask, &list));
	CHECK_INT(0, list.n);
	world_close(&w);
}

TEST(criteria, a_file_that_is_no_framework_is_said_so)
{
	static char big[CRITERIA_BYTES + 1];
	struct world w;
	int64_t id;

	world_open(&w);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(INVALID, criteria_import(&w.ask, text_bytes("{\"id\":"), &id));
	CHECK_HAS(world_problem(&w, "file"), "Dòng 1");
	world_again(&w);
	CHECK_OUTCOME(INVALID, criteria_import(&w.ask, text_bytes("[]"), &id));
	CHECK_PROBLEM(&w, "file");
	world_again(&w);
	CHECK_OUTCOME(INVALID, criteria_import(&w.ask, text_bytes("{}"), &id));
	CHECK(w.problems.n > 5);
	world_again(&w);
	CHECK_OUTCOME(INVALID, criteria_import(&w.ask, text_bytes("{\"id\":\"a\xff\"}"), &id));
	CHECK_PROBLEM(&w, "file");
	world_again(&w);
	memset(big, ' ', sizeof big);
	CHECK_OUTCOME(INVALID, criteria_import(&w.ask, (struct bytes){ big, sizeof big }, &id));
	CHECK_HAS(world_problem(&w, "file"), "2 MB");
	world_close(&w);
}

TEST(criteria, the_pass_rule_says_what_is_missing)
{
	static const struct { const char *scores; bool complete, passes; int total, missing, short_by, n_low, low; } cases[] = {
		{ "[8,8,8,8,8,8,8,8,8,8]", true, true, 80, 0, 0, 0, 0 },
		{ "[8,8,8,8,8,8,8,8,8,7]", true, false, 79, 0, 1, 0, 0 },
		{ "[10,10,10,10,10,4,10,10,10,10]", true, false, 94, 0, 0, 1, 6 },
		{ "[10,10,10,10,10,5,10,10,10,10]", true, true, 95, 0, 0, 0, 0 },
		{ "[10,10,10,10,10,10,10,10,10,null]", false, false, 90, 1, 0, 0, 0 },
		{ "", false, false, 0, 10, 80, 0, 0 },
		{ "[3]", false, false, 3, 9, 77, 1, 1 },
	};
	struct world w;
	const struct criteria *c;
	int64_t id;

	world_open(&w);
	c = import_shipped(&w, &id);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct verdict_of_scores v;
		struct scores s;

		CHECK(scores_read(cases[i].scores, &s));
		v = criteria_judge(c, &s);
		CHECK(cases[i].complete == v.complete && cases[i].passes == v.passes);
		CHECK_INT(cases[i].total, v.total);
		CHECK_INT(cases[i].missing, v.missing);
		CHECK_INT(cases[i].short_by, v.short_by);
		CHECK_INT(cases[i].n_low, v.n_low);
		CHECK_INT(cases[i].low, v.low[0]);
	}
	world_close(&w);
}

TEST(criteria, digital_skill_is_a_score_of_the_indicator_that_has_it)
{
	static const struct { const char *scores; bool digital, proficient; } cases[] = {
		{ "[0,0,0,0,6]", false, false }, { "[0,0,0,0,7]", true, false }, { "[0,0,0,0,8]", true, true }, { "[10,10,10,10]", false, false },
		{ "", false, false },
	};
	struct world w;
	const struct criteria *c;
	int64_t id;

	world_open(&w);
	c = import_shipped(&w, &id);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct scores s;

		CHECK(scores_read(cases[i].scores, &s));
		CHECK(criteria_has_digital(c, &s) == cases[i].digital);
		CHECK(criteria_is_proficient(c, &s) == cases[i].proficient);
	}
	world_close(&w);
}

/* ---- the cache ---- */

TEST(criteria, a_published_framework_is_parsed_once_and_a_draft_each_time)
{
	struct world w;
	const struct criteria *first, *second;
	int64_t id;

	world_open(&w);
	w.ask.criteria = criteria_cache_new();
	(void)import_shipped(&w, &id);
	CHECK_OUTCOME(OK, criteria_get(&w.ask, id, &first));
	CHECK_OUTCOME(OK, criteria_get(&w.ask, id, &second));
	CHECK(first != second);
	CHECK_OUTCOME(OK, criteria_publish(&w.ask, id, 1));
	CHECK_OUTCOME(OK, criteria_get(&w.ask, id, &first));
	CHECK_OUTCOME(OK, criteria_get(&w.ask, id, &second));
	CHECK(first == second);
	CHECK_INT(w.ask.now, first->published_at);
	criteria_cache_free(w.ask.criteria);
	world_close(&w);
}

struct reader { struct world *w; int64_t id; const struct criteria *got; };

static void *read_in_thread(void *reader)
{
	struct reader *r = reader;
	struct arena *arena = arena_new(64 * MiB);
	struct problems problems = PROBLEMS(arena);
	struct ask ask = { .arena = arena, .problems = &problems, .criteria = r->w->ask.criteria, .request_id = "" };

	if (db_open(r->w->app.db_url, DB_READER, &ask.db) == OK) {
		if (criteria_get(&ask, r->id, &r->got) != OK)
			r->got = NULL;
		db_close(ask.db);
	}
	arena_free(arena);
	return NULL;
}

TEST(criteria, threads_that_read_it_first_get_one_and_the_same)
{
	struct world w;
	struct reader readers[4];
	pthread_t threads[COUNT(readers)];
	int64_t id;

	world_serve(&w);
	w.ask.criteria = criteria_cache_new();
	(void)import_shipped(&w, &id);
	CHECK_OUTCOME(OK, criteria_publish(&w.ask, id, 1));
	for (size_t i = 0; i < COUNT(readers); i++) {
		readers[i] = (struct reader){ &w, id, NULL };
		CHECK_INT(0, pthread_create(&threads[i], NULL, read_in_thread, &readers[i]));
	}
	for (size_t i = 0; i < COUNT(readers); i++)
		CHECK_INT(0, pthread_join(threads[i], NULL));
	for (size_t i = 0; i < COUNT(readers); i++)
		CHECK(readers[i].got && readers[i].got == readers[0].got);
	criteria_cache_free(w.ask.criteria);
	world_close(&w);
}

TEST(criteria, a_fault_while_importing_stores_nothing)
{
	struct world w;
	struct criteria_list list;
	int64_t id, left;
	int64_t n = 0;

	world_open(&w);
	w.ask.actor = &access_system;
	do {
		CHECK_OUTCOME(OK, criteria_list(&w.ask, &list));
		CHECK_INT(0, list.n);
		db_fail_at(w.db, ++n);
		CHECK(n < 100);
	} while (criteria_import(&w.ask, shipped_criteria(), &id) != OK);
	left = db_fail_at(w.db, 0);
	CHECK(left > 0);
	CHECK_INT(1, traces(&w, id));
	world_close(&w);
}
