/* The sample rosters, and troubled lists of our own: each file of tests/rosters gives exactly what its .expected.json says. */
#include "tests/test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "json/json.h"
#include "sandbox/sheet_out.h"
#include "text/text.h"
#include "registry/people/people.h"
#include "tests/world.h"
#include "title/roster/roster.h"

#define FOLDER "tests/rosters"

struct sample { struct arena *arena; const char *name; struct roster_reading reading; const struct json *expected; };

static struct bytes file_bytes(struct arena *a, const char *path)
{
	struct buf b = BUF(a, .max = 64 * MiB);
	char block[65536];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f)
		fail_msg("%s: run from the root of the tree", path);
	while ((n = fread(block, 1, sizeof block, f)) > 0)
		buf_add(&b, block, n);
	fclose(f);
	return buf_bytes(&b);
}

static const struct json *json_of(struct arena *a, const char *path)
{
	struct problems problems = PROBLEMS(a);
	const struct json *root;

	CHECK_OUTCOME(OK, json_parse(a, file_bytes(a, path), &problems, &root));
	return root;
}

static enum sheet_kind read_file(struct arena *a, const char *path, struct roster_reading *out)
{
	struct roster_reader *reader = roster_reader_new(a, &(struct roster_options){ .year = 2026 });
	enum sheet_kind kind;

	CHECK_OUTCOME(OK, sandbox_sheet_here(a, file_bytes(a, path), roster_reader_taker(reader), &kind));
	CHECK_OUTCOME(OK, roster_reader_done(reader, out));
	return kind;
}

static void same_text(const struct sample *s, uint32_t row, const char *key, const struct json *at, const char *got)
{
	const char *wanted = json_has(at) ? json_text(at, 4000) : "";

	if (strcmp(wanted, got) != 0)
		fail_msg("%s row %u %s: “%s”, not “%s”", s->name, row, key, got, wanted);
}

static void same_size(const struct sample *s, const char *what, size_t wanted, size_t got)
{
	if (wanted != got)
		fail_msg("%s: %zu %s, not %zu", s->name, got, what, wanted);
}

/* ---- sheets ---- */

static void same_codes(const struct sample *s, uint32_t row, const struct json *list, uint64_t bits, int n,
	const char *(*code)(int))
{
	size_t found = 0, there = json_count(list);

	for (int w = 0; w < n; w++) {
		bool wanted = false;

		for (size_t i = 0; i < there; i++)
			wanted |= !strcmp(json_text(json_item(list, i), 100), code(w));
		found += wanted;
		if (wanted != (bits >> w & 1))
			fail_msg("%s row %u: %s %s", s->name, row, wanted ? "misses" : "has", code(w));
	}
	same_size(s, "codes", there, found);
}

static const char *sheet_code(int w) { return roster_sheet_code((enum roster_sheet_warning)w); }
static const char *row_code(int w) { return roster_warning_code((enum roster_warning)w); }

static void same_columns(const struct sample *s, const struct json *columns, const struct roster_sheet *sheet)
{
	size_t n = 0;

	for (const struct json *at = json_next(columns, NULL); at; at = json_next(columns, at), n++) {
		CHECK(n < sheet->n_columns);
		CHECK_INT(sheet->columns[n].column, json_key(at)[0] - 'A');      /* no sample is wider than Z */
		same_text(s, 0, json_key(at), at, roster_field_name(sheet->columns[n].field));
	}
	same_size(s, "columns", n, sheet->n_columns);
}

static void same_sheets(const struct sample *s)
{
	static const char *const skipped[] = { "", "hidden", "no_table" };
	const struct json *sheets = json_member(s->expected, "sheets");

	same_size(s, "sheets", json_count(sheets), s->reading.n_sheets);
	for (size_t i = 0; i < s->reading.n_sheets; i++) {
		const struct roster_sheet *sheet = &s->reading.sheets[i];
		const struct json *at = json_item(sheets, i), *heads;

		same_text(s, 0, "name", json_member(at, "name"), sheet->name);
		same_text(s, 0, "skipped", json_member(at, "skipped"), skipped[sheet->skipped]);
		if (sheet->skipped != ROSTER_USED)
			continue;
		heads = json_member(at, "header_rows");
		same_size(s, "heading rows", json_count(heads), sheet->n_header_rows);
		for (size_t h = 0; h < sheet->n_header_rows; h++)
			CHECK_INT(json_int(json_item(heads, h), 1, 1000), sheet->header_rows[h]);
		same_columns(s, json_member(at, "columns"), sheet);
		same_size(s, "rows of a sheet", (size_t)json_int(json_member(at, "rows"), 0, 100000), sheet->rows);
		same_codes(s, 0, json_member(at, "warnings"), sheet->warnings, ROSTER_SHEET_WARNINGS, sheet_code);
	}
}

/* ---- rows ---- */

static void same_scores(const struct sample *s, const struct json *scores, const struct roster_person *p)
{
	if (json_has(scores) != p->has_scores)
		fail_msg("%s row %u: scores", s->name, p->row);
	for (int i = 0; i < ROSTER_SCORES && p->has_scores; i++) {
		const struct json *at = json_item(scores, (size_t)i);

		if (json_has(at) != p->score_given[i])
			fail_msg("%s row %u: score %d", s->name, p->row, i + 1);
		if (p->score_given[i] && p->halves[i] % 2 == 0)
			CHECK_INT(json_int(at, 0, 10), p->halves[i] / 2);
	}
}

static void same_person(const struct sample *s, const struct json *at, const struct roster_person *p)
{
	static const char *const sexes[] = { "", "nam", "nu" };

	same_text(s, p->row, "sheet", json_member(at, "sheet"), s->reading.sheets[p->sheet].name);
	same_text(s, p->row, "full_name", json_member(at, "full_name"), p->full_name);
	same_text(s, p->row, "fold", json_member(at, "fold"), text_unmark(s->arena, p->full_name));
	same_text(s, p->row, "birth", json_member(at, "birth"), p->birth);
	same_text(s, p->row, "sex", json_member(at, "sex"), sexes[p->sex]);
	same_text(s, p->row, "national_id", json_member(at, "national_id"), p->national_id);
	same_text(s, p->row, "old_id", json_member(at, "old_id"), p->old_id);
	same_text(s, p->row, "phone", json_member(at, "phone"), p->phone);
	same_text(s, p->row, "hamlet", json_member(at, "hamlet"), p->hamlet);
	same_text(s, p->row, "group", json_member(at, "group"), p->group);
	same_scores(s, json_member(at, "scores"), p);
	same_codes(s, p->row, json_member(at, "warnings"), p->warnings, ROSTER_WARNINGS, row_code);
}

static bool is_at(const struct sample *s, const struct json *at, const struct roster_person *p)
{
	return json_int(json_member(at, "row"), 1, 2000000) == p->row &&
		!strcmp(json_text(json_member(at, "sheet"), 400), s->reading.sheets[p->sheet].name);
}

static bool is_listed(const struct sample *s, const struct json *list, const struct roster_person *p)
{
	for (size_t i = 0; i < json_count(list); i++)
		if (is_at(s, json_item(list, i), p))
			return true;
	return false;
}

/* `accepted` (or its sample) and `rejected` stand in the order of the file; `skipped` is a set. */
static void same_rows(const struct sample *s)
{
	bool whole = json_has(json_member(s->expected, "accepted"));
	const struct json *accepted = json_member(s->expected, whole ? "accepted" : "accepted_sample"),
		*rejected = json_member(s->expected, "rejected"), *skipped = json_member(s->expected, "skipped");
	struct roster_cursor cursor = { 0 };
	size_t a = 0, r = 0;
	struct roster_person p;

	while (roster_next(&s->reading, &cursor, s->arena, &p)) {
		if (p.kind == ROSTER_PERSON && a < json_count(accepted) && (whole || is_at(s, json_item(accepted, a), &p)))
			same_person(s, json_item(accepted, a++), &p);
		if (p.kind == ROSTER_REJECTED && (r == json_count(rejected) || !is_at(s, json_item(rejected, r++), &p)))
			fail_msg("%s row %u: rejected", s->name, p.row);
		if (p.kind > ROSTER_REJECTED && !is_listed(s, skipped, &p))
			fail_msg("%s row %u: no person", s->name, p.row);
	}
	same_size(s, "compared people", json_count(accepted), a);
	same_size(s, "rejected rows", json_count(rejected), r);
	same_size(s, "accepted rows", whole ? a : (size_t)json_int(json_member(s->expected, "accepted_count"), 0, 1000000),
		s->reading.accepted);
	same_size(s, "rows", (size_t)json_int(json_member(s->expected, "rows"), 0, 1000000), s->reading.rows);
	same_size(s, "skipped rows", json_count(skipped), s->reading.skipped);
}

static void same_twins(const struct sample *s)
{
	bool whole = json_has(json_member(s->expected, "duplicates"));
	const struct json *groups = json_member(s->expected, whole ? "duplicates" : "duplicates_sample");

	same_size(s, "groups of twins", whole ? json_count(groups)
		: (size_t)json_int(json_member(s->expected, "duplicate_groups"), 0, 100000), s->reading.n_twins);
	for (size_t i = 0; i < json_count(groups); i++) {
		const struct roster_twins *twins = &s->reading.twins[i];

		same_size(s, "twins", json_count(json_item(groups, i)), twins->n);
		for (size_t k = 0; k < twins->n; k++) {
			struct roster_person p = { .sheet = twins->at[k].sheet, .row = twins->at[k].row };

			if (!is_at(s, json_item(json_item(groups, i), k), &p))
				fail_msg("%s row %u: twins", s->name, p.row);
		}
	}
}

/* How often each warning, group, sex and hamlet comes, where the list is too long to be written out. */
static void same_counts(const struct sample *s, const char *key, const char *(*of)(struct arena *, const struct roster_person *))
{
	const struct json *counts = json_member(s->expected, key);

	if (!json_has(counts))
		return;
	for (const struct json *at = json_next(counts, NULL); at; at = json_next(counts, at)) {
		struct roster_cursor cursor = { 0 };
		struct arena *row = arena_new(1 * MiB);
		struct roster_person p;
		size_t n = 0;

		for (; roster_next(&s->reading, &cursor, row, &p); arena_reset(row))
			n += p.kind == ROSTER_PERSON && strstr(of(row, &p), arena_format(row, "|%s|", json_key(at))) != NULL;
		arena_free(row);
		same_size(s, json_key(at), (size_t)json_int(at, 0, 1000000), n);
	}
}

static const char *all_warnings(struct arena *a, const struct roster_person *p)
{
	const char *all = "|";

	for (int w = 0; w < ROSTER_WARNINGS; w++)
		if (p->warnings >> w & 1)
			all = arena_format(a, "%s%s|", all, row_code(w));
	return all;
}

static const char *one(struct arena *a, const char *text)
{
	return arena_format(a, "|%s|", *text ? text : "None");
}

static const char *group(struct arena *a, const struct roster_person *p) { return one(a, p->group); }
static const char *hamlet(struct arena *a, const struct roster_person *p) { return one(a, p->hamlet); }
static const char *sex(struct arena *a, const struct roster_person *p)
{
	return one(a, p->sex == SEX_MALE ? "nam" : p->sex == SEX_FEMALE ? "nu" : "");
}

static void check_sample(const char *expected)
{
	struct sample s = { .arena = arena_new(512 * MiB) };

	s.name = arena_textn(s.arena, expected, strlen(expected) - strlen(".expected.json"));
	s.expected = json_of(s.arena, arena_format(s.arena, FOLDER "/%s", expected));
	if (read_file(s.arena, arena_format(s.arena, FOLDER "/%s", s.name), &s.reading) != SHEET_READ)
		fail_msg("%s was not read", s.name);
	same_sheets(&s);
	same_rows(&s);
	same_twins(&s);
	same_counts(&s, "warning_counts", all_warnings);
	same_counts(&s, "group_counts", group);
	same_counts(&s, "sex_counts", sex);
	same_counts(&s, "hamlet_counts", hamlet);
	arena_free(s.arena);
}

static int by_name(const void *x, const void *y) { return strcmp(*(const char *const *)x, *(const char *const *)y); }

TEST(roster_samples, every_list_gives_exactly_its_expected_result)
{
	struct arena *a = arena_new(1 * MiB);
	DIR *dir = opendir(FOLDER);
	const char *names[200];
	struct dirent *entry;
	size_t n = 0, len;

	if (!dir)
		fail_msg(FOLDER ": run from the root of the tree");
	while ((entry = readdir(dir)) != NULL) {
		len = strlen(entry->d_name);
		if (len > 14 && !strcmp(entry->d_name + len - 14, ".expected.json") && strncmp(entry->d_name, "cross", 5) != 0)
			names[n++] = arena_text(a, entry->d_name);
	}
	closedir(dir);
	qsort(names, n, sizeof *names, by_name);
	CHECK(n >= 8);
	for (size_t i = 0; i < n; i++)
		check_sample(names[i]);
	arena_free(a);
}

/* ---- people who stand in more than one file ---- */

static struct roster_person person_at(struct arena *a, const struct json *at)
{
	struct roster_cursor cursor = { 0 };
	struct roster_reading reading;
	struct roster_person p;

	CHECK_INT(SHEET_READ, read_file(a, arena_format(a, FOLDER "/%s", json_text(json_member(at, "file"), 200)), &reading));
	while (roster_next(&reading, &cursor, a, &p))
		if (p.row == json_int(json_member(at, "row"), 1, 100000) &&
		    !strcmp(reading.sheets[p.sheet].name, json_text(json_member(at, "sheet"), 400)))
			return p;
	fail_msg("%s row %lld is not there", json_text(json_member(at, "file"), 200),
		(long long)json_int(json_member(at, "row"), 1, 100000));
	return (struct roster_person){ 0 };
}

/* Once the first of them is in the register, the others' rows are known to be that person; before, each is nobody. */
TEST(roster_samples, a_person_of_another_file_is_found_once_that_file_is_applied)
{
	struct arena *a = arena_new(512 * MiB);
	const struct json *groups = json_member(json_of(a, FOLDER "/cross-file.expected.json"), "groups");
	struct roster_judge *judge;
	struct roster_row row;
	struct world w;
	int64_t id;

	world_open(&w);
	world_round(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_INT(3, json_count(groups));
	for (size_t i = 0; i < json_count(groups); i++) {
		const struct json *rows = json_member(json_item(groups, i), "rows");
		struct roster_person first = person_at(a, json_item(rows, 0));

		CHECK_OUTCOME(OK, roster_judge_open(&w.ask, w.commune, 0, &judge));
		CHECK_OUTCOME(OK, roster_judge_row(judge, &first, a, &row));
		CHECK_INT(0, row.person_id);
		CHECK_OUTCOME(OK, person_add(&w.ask, &(struct person_new){ .name = first.full_name, .birth = first.birth, .sex = first.sex,
			.national_id = first.national_id, .phone = "", .address = "", .household = "", .clan = "", .trained_on = "",
			.guardian = "", .group = "nong_dan", .leaf_id = w.hamlet, .hamlet_id = w.hamlet }, &id));
		for (size_t k = 1; k < json_count(rows); k++) {
			struct roster_person other = person_at(a, json_item(rows, k));

			CHECK_TEXT(first.national_id, other.national_id);
			CHECK_OUTCOME(OK, roster_judge_row(judge, &other, a, &row));
			CHECK_INT(id, row.person_id);
			CHECK(row.verdict != ROSTER_NEW);
			CHECK(!(other.warnings & (ROSTER_BIT(dup_cccd) | ROSTER_BIT(dup_name))));
		}
	}
	world_close(&w);
	arena_free(a);
}

/* The officer says that column C is the phone and E nothing: a second reading takes it so. */
TEST(roster_samples, the_officers_columns_hold_over_the_proposal)
{
	static const char csv[] = "STT,Họ tên,Số,Năm sinh,Giới tính\n1,Lê Văn A,0900000001,1960,Nam\n";
	const struct roster_choice choices[] = { { 0, 2, ROSTER_PHONE }, { 0, 4, ROSTER_IGNORED } };
	struct arena *a = arena_new(64 * MiB);

	for (int turn = 0; turn < 2; turn++) {
		struct roster_reader *reader = roster_reader_new(a, &(struct roster_options){ .year = 2026, .choices = choices,
			.n_choices = turn ? COUNT(choices) : 0 });
		struct roster_cursor cursor = { 0 };
		struct roster_reading reading;
		struct roster_person p;
		enum sheet_kind kind;

		CHECK_OUTCOME(OK, sandbox_sheet_here(a, (struct bytes){ csv, sizeof csv - 1 }, roster_reader_taker(reader), &kind));
		CHECK_OUTCOME(OK, roster_reader_done(reader, &reading));
		CHECK(roster_next(&reading, &cursor, a, &p));
		CHECK_TEXT(turn ? "0900000001" : "", p.phone);
		CHECK_INT(turn ? SEX_UNKNOWN : SEX_MALE, p.sex);
		CHECK_INT(ROSTER_SEX, reading.sheets[0].columns[4].proposed);
		CHECK_TEXT("gioi tinh", reading.sheets[0].columns[4].word);
		CHECK_TEXT("Nam", reading.sheets[0].columns[4].samples[0]);
		CHECK_INT(turn ? 1 : 0, reading.sheets[0].warnings >> ROSTER_SHEET_no_column_sex & 1);
	}
	arena_free(a);
}

TEST(roster_samples, single_rules_as_tables)
{
	static const struct { const char *hamlet, *key; } keys[] = { { "Ấp 3", "3" }, { "A. 3", "3" }, { "ấp 03", "3" }, { "KP2", "2" },
		{ "Khu phố 2", "2" }, { "Ấp Bình Hoà", "binh hoa" }, { "bình hòa", "binh hoa" }, { "Tổ dân phố 10", "10" }, { "An Ninh", "an ninh" },
		{ "Ấp 10", "10" }, { "", "" } };
	static const struct { const char *heading; enum roster_field field; } headings[] = { { "Số CCCD/ĐDCN", ROSTER_NATIONAL_ID },
		{ "Mã định danh", ROSTER_NATIONAL_ID }, { "Mã NV", ROSTER_IGNORED }, { "Ngày cấp CCCD", ROSTER_IGNORED },
		{ "Họ tên chủ hộ", ROSTER_IGNORED }, { "Điện thoại phụ huynh", ROSTER_PHONE }, { "Họ và tên CB-GV-NV", ROSTER_FULL_NAME },
		{ "Họ và chữ đệm", ROSTER_NAME_FAMILY }, { "Tên", ROSTER_NAME_GIVEN }, { "Nữ (x)", ROSTER_SEX_FEMALE_MARK },
		{ "Chỉ số 10", ROSTER_SCORE_LAST }, { "TC1", ROSTER_SCORE }, { "Cộng điểm", ROSTER_TOTAL }, { "Năm", ROSTER_IGNORED },
		{ "Nam", ROSTER_SEX_MALE_MARK }, { "Ấp/Khu phố", ROSTER_HAMLET }, { "ho_ten", ROSTER_FULL_NAME }, { "Hội viên HKH", ROSTER_MEMBER } };
	static const char *const signs[] = { "NGƯỜI LẬP DANH SÁCH", "TM. CHI HỘI", "Trưởng ấp", "ngày 3 tháng 4 năm 2026" },
		*const no_signs[] = { "Trương Ban", "Trương Ấp", "Hiệu phó", "Tâm", "Chủ tịnh", "" };
	struct arena *a = arena_new(8 * MiB);
	enum roster_field field;
	const char *word;

	for (size_t i = 0; i < COUNT(keys); i++)
		CHECK_TEXT(keys[i].key, roster_hamlet_key(a, keys[i].hamlet));
	for (size_t i = 0; i < COUNT(headings); i++) {
		roster_heading(a, "", headings[i].heading, &field, &word);
		CHECK_TEXT(roster_field_name(headings[i].field), roster_field_name(field));
	}
	for (size_t i = 0; i < COUNT(signs); i++)
		CHECK(roster_is_signature(a, signs[i]));
	for (size_t i = 0; i < COUNT(no_signs); i++)
		CHECK(!roster_is_signature(a, no_signs[i]));
	CHECK(roster_is_subtotal(a, "Cộng tổ 3") && roster_is_subtotal(a, "TỔNG CỘNG: 62") && !roster_is_subtotal(a, "Công nhân"));
	CHECK(roster_field_of("score7", &field) && field == ROSTER_SCORE + 6 && !roster_field_of("x", &field));
	arena_free(a);
}
