#include "tests/test.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/id.h"
#include "base/log.h"
#include "base/problems.h"
#include "base/seen.h"
#include "base/spill.h"
#include "base/url.h"

TEST(base, days_follow_viet_nam_not_utc)
{
	CHECK_TEXT("2026-11-25", day_of(1795539600).text);      /* 2026-11-24T17:00Z is midnight in Viet Nam */
	CHECK_TEXT("2026-11-24", day_of(1795539599).text);
	CHECK_INT(1795539600, day_start("2026-11-25"));
}

TEST(base, calendar_knows_leap_years_and_precision)
{
	CHECK(day_is_valid("2024-02-29") && !day_is_valid("2023-02-29") && !day_is_valid("2100-02-29"));
	CHECK(day_is_valid("1961") && day_is_valid("1961-05") && !day_is_valid("1961-13") && !day_is_valid("1961-5"));
	CHECK(!day_is_whole("1961") && day_is_whole("1961-05-20"));
	CHECK_TEXT("2024-03-01", day_add("2024-02-29", 1).text);
	CHECK_TEXT("2025-12-31", day_add("2026-01-01", -1).text);
	CHECK_INT(366, day_count("2024-01-01", "2025-01-01"));
	CHECK_INT(65, day_age_at_end("1961", 2026));
}

TEST(base, code_catches_each_single_mistake)
{
	const unsigned char random[] = { 1, 31, 7, 200, 99, 4, 18, 77 };
	char code[CODE_MAX + 1], read[CODE_MAX + 1], wrong[CODE_MAX + 1];

	code_make(code, CODE_SHEET_LEN, random);
	CHECK_INT(CODE_SHEET_LEN, strlen(code));
	CHECK(code_read(code, read, CODE_SHEET_LEN));
	for (size_t i = 0; i < CODE_SHEET_LEN; i++) {
		memcpy(wrong, code, sizeof wrong);
		wrong[i] = wrong[i] == '7' ? '8' : '7';
		CHECK(!code_read(wrong, read, CODE_SHEET_LEN));
	}
	CHECK(!code_read("", read, CODE_SHEET_LEN));
}

TEST(base, code_reads_what_people_type)
{
	const unsigned char random[] = { 0, 1, 0, 1, 20, 21, 22, 23 };
	char code[CODE_MAX + 1], read[CODE_MAX + 1], typed[40];

	code_make(code, CODE_SHEET_LEN, random);                /* 0101… */
	snprintf(typed, sizeof typed, " oi%c%c-%s ", code[2] == '0' ? 'o' : code[2], 'l', code + 4);
	CHECK(code_read(typed, read, CODE_SHEET_LEN));
	CHECK_TEXT(code, read);
}

TEST(base, buffer_stops_at_its_ceiling_and_stays_failed)
{
	struct arena *a = arena_new(1 * MiB);
	struct buf b = BUF(a, .max = 8);

	buf_text(&b, "1234567");
	CHECK(!b.failed);
	buf_char(&b, '8');
	CHECK(b.failed);
	buf_int(&b, -5);
	CHECK_TEXT("1234567", buf_cstr(&b));
	arena_free(a);
}

TEST(base, arena_reset_runs_releases_last_first)
{
	struct arena *a = arena_new(1 * MiB);
	struct buf order = { 0 };

	(void)order;
	for (int i = 0; i < 1000; i++)
		CHECK(arena_alloc(a, 100) != NULL);
	CHECK(arena_used(a) >= 100000);
	arena_reset(a);
	CHECK_INT(0, arena_used(a));
	arena_free(a);
}

TEST(base, all_problems_are_kept_in_order)
{
	struct arena *a = arena_new(1 * MiB);
	struct problems p = PROBLEMS(a);

	CHECK(problems_none(&p));
	problem(&p, "name", "Ghi tên.");
	problem(&p, "name", "Khác.");
	problem(&p, "", "Chung.");
	CHECK_INT(3, p.n);
	CHECK_TEXT("Ghi tên.", problem_of(&p, "name"));
	CHECK_TEXT("", problem_of(&p, "kind"));
	arena_free(a);
}

TEST(base, urls_are_own_paths_or_checked_https)
{
	struct arena *a = arena_new(1 * MiB);
	struct url u = url_own(a, "/don-vi/%d", 7);

	CHECK_TEXT("/don-vi/7?q=ho%C3%A0%20%26#x", url_fragment(a, url_query(a, u, "q", "hoà &"), "x").text);
	CHECK_TEXT("/don-vi/7?q=a&sau=5", url_query_int(a, url_query(a, u, "q", "a"), "sau", 5).text);
	CHECK(url_https("https://hoc.vn/a?b", &u));
	CHECK(!url_https("javascript:alert(1)", &u) && !url_https("http://hoc.vn", &u) && !url_https("https://a@b", &u));
	CHECK(!url_https("https://a\"b", &u) && !url_https("https://", &u));
	arena_free(a);
}

TEST(spill, gives_back_what_was_put_in_memory_and_on_disk)
{
	struct arena *a = arena_new(1 * MiB);
	struct spill *s = spill_new(a);
	uint32_t piece[1000];
	const uint32_t *got;

	for (uint32_t i = 0; i < 3000; i++) {            /* 12 MB: more than stays in memory */
		for (uint32_t k = 0; k < COUNT(piece); k++)
			piece[k] = i * 7 + k;
		CHECK(spill_add(s, piece, sizeof piece));
	}
	CHECK_INT(3000 * sizeof piece, spill_size(s));
	for (uint32_t i = 0; i < 3000; i += i % 2 ? 97 : 1) {
		got = spill_at(s, (2999 - i) * sizeof piece, sizeof piece);
		CHECK(got != NULL);
		CHECK_INT((2999 - i) * 7 + 999, got[999]);
	}
	CHECK(spill_at(s, spill_size(s) - 1, 2) == NULL && spill_at(s, spill_size(s) + 1, 0) == NULL);
	arena_free(a);
}

TEST(seen, tells_every_key_that_came_twice_and_few_others)
{
	struct arena *a = arena_new(1 * MiB);
	struct seen *s = seen_new(a);
	size_t wrong = 0;

	CHECK(!seen_any_twice(s));
	for (uint64_t i = 0; i < 200000; i++)
		seen_add(s, i);
	for (uint64_t i = 0; i < 200000; i += 1000)
		seen_add(s, i);
	CHECK(seen_any_twice(s));
	for (uint64_t i = 0; i < 200000; i++) {
		CHECK(i % 1000 || seen_twice(s, i));
		wrong += i % 1000 && seen_twice(s, i);
	}
	CHECK(wrong < 200000 / 50);
	arena_free(a);
}

/* What `run` writes to stderr. */
static const char *logged(struct arena *arena, void (*run)(struct arena *))
{
	char *text = arena_alloc(arena, 4 << 20);
	FILE *file = tmpfile();
	int keep = dup(STDERR_FILENO);

	CHECK(file && keep >= 0 && dup2(fileno(file), STDERR_FILENO) >= 0);
	run(arena);
	CHECK(dup2(keep, STDERR_FILENO) >= 0);
	close(keep);
	rewind(file);
	CHECK(fread(text, 1, (4 << 20) - 1, file) > 0);
	fclose(file);
	return text;
}

static void log_some(struct arena *arena)
{
	struct log_gather *g = log_gather_new(arena);

	log_gathered(g, LOG_INFO, "Q7W2", "request", "GET %s", "/sau");
	log_line(LOG_ERROR, "a\"b", "db", "dòng \\ %d\n", 5);
	log_flush(g);
}

static void log_many(struct arena *arena)
{
	struct log_gather *g = log_gather_new(arena);
	char *longest = arena_alloc(arena, 4000);

	memset(longest, 'x', 3999);
	for (int i = 0; i < 3000; i++)
		log_gathered(g, LOG_INFO, "", "request", "số %d", i);
	log_gathered(g, LOG_INFO, longest, "request", "%s", longest);
	log_flush(g);
	log_flush(g);
}

TEST(log, lines_are_whole_json_at_once_or_gathered)
{
	struct arena *arena = arena_new(16 * MiB);
	const char *text = logged(arena, log_some);
	size_t lines = 0;

	CHECK_HAS(text, "\"level\":\"error\",\"what\":\"db\",\"request\":\"a\\\"b\",\"text\":\"dòng \\\\ 5\\u000a\"}\n{\"at\":");
	CHECK_HAS(text, "\"request\":\"Q7W2\",\"text\":\"GET /sau\"}\n");
	CHECK(strstr(text, "Q7W2") > strstr(text, "dòng"));
	text = logged(arena, log_many);
	for (const char *at = text; *at; at = strchr(at, '\n') + 1, lines++)
		CHECK(!strncmp(at, "{\"at\":", 6) && !strncmp(strchr(at, '\n') - 2, "\"}", 2));
	CHECK_INT(3001, lines);
	CHECK_HAS(text, "số 2999\"}");
	arena_free(arena);
}
