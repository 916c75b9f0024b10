#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "http/form.h"
#include "http/route.h"

static const struct choices kinds = CHOICES({ "ap", "Ấp" }, { "truong", "Trường học" });

#define ALL_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị") \
	FIELD(flag, agree, .label = "Đồng ý") \
	FIELD(whole, year, .label = "Năm", .min = 2000, .max = 2100) \
	FIELD(number, score, .label = "Điểm", .min = 0, .max = 10) \
	FIELD(text, name, .label = "Tên mới", .max = 5) \
	FIELD(lines, remark, .label = "Ghi chú", .max = 20, .optional = true) \
	FIELD(choice, kind, .label = "Loại", .choices = &kinds) \
	FIELD(secret, pass, .label = "Mật khẩu", .min = 4, .max = 8) \
	FIELD(day, from, .label = "Từ ngày") \
	FIELD(date, birth, .label = "Ngày sinh") \
	FIELD(code, sheet, .label = "Mã phiếu", .len = 9, .optional = true) \
	FIELD(digits, phone, .label = "Điện thoại", .min = 10, .max = 10) \
	FIELD(ids, people, .label = "Người", .max = 3) \
	FIELD(numbers, scores, .label = "Điểm", .min = 0, .max = 10, .optional = true) \
	FIELD(texts, reasons, .label = "Lý do", .max = 5, .optional = true) \
	FIELD(files, papers, .label = "Tệp", .optional = true)
FORM(fake_all_form, ALL_FORM)
FORM_DEFINE(fake_all_form, ALL_FORM)

struct world { struct arena *arena; struct problems problems; const struct fake_all_form *form; };

static enum outcome read_form(struct world *w, const char *query)
{
	const void *form;
	enum outcome outcome;

	w->arena = arena_new(4 * MiB);
	w->problems = PROBLEMS(w->arena);
	outcome = form_from_query(w->arena, &fake_all_form_def, query, &w->problems, &form);
	w->form = form;
	return outcome;
}

#define GOOD "unit=7&year=2026&score=8&name=+H%C3%B2a+&kind=truong&pass=+abc&from=5/1/2026&birth=5/1961&phone=0912.345-678&people=3&people=4"

TEST(form, walks_the_struct_as_the_compiler_laid_it_out)
{
	CHECK(form_check(&fake_all_form_def));
	CHECK_INT(offsetof(struct fake_all_form, agree), form_offset(&fake_all_form_def, &fake_all_form_def.fields[1]));
	CHECK_INT(offsetof(struct fake_all_form, kind), form_offset(&fake_all_form_def, form_field(&fake_all_form_def, "kind")));
	CHECK_INT(offsetof(struct fake_all_form, papers), form_offset(&fake_all_form_def, form_field(&fake_all_form_def, "papers")));
	CHECK_INT(sizeof(struct field) * fake_all_form_def.n, sizeof(struct fake_all_form_view));
}

TEST(form, refuses_a_declaration_without_its_bounds)
{
	static const struct field_def open[] = { { .type = FIELD_text, .name = "a", .label = "A" } };
	static const struct field_def twice[] = { { .type = FIELD_flag, .name = "a", .label = "A" }, { .type = FIELD_flag, .name = "a", .label = "A" } };
	struct form_def def = { "open", sizeof(const char *), 1, open };

	CHECK(!form_check(&def));
	def = (struct form_def){ "size", 77, 1, open };
	CHECK(!form_check(&def));
	def = (struct form_def){ "twice", 2 * sizeof(bool), 2, twice };
	CHECK(!form_check(&def));
}

TEST(form, reads_every_type)
{
	struct world w;

	CHECK_OUTCOME(OK, read_form(&w, GOOD "&agree=1&remark=a%0D%0Ab&scores_1=9&scores_3=10&reasons_2=x"));
	CHECK_INT(7, w.form->unit);
	CHECK(w.form->agree);
	CHECK_INT(2026, w.form->year);
	CHECK(w.form->score.is && w.form->score.value == 8);
	CHECK_TEXT("Hòa", w.form->name);
	CHECK_TEXT("a\nb", w.form->remark);
	CHECK_INT(1, w.form->kind);
	CHECK_TEXT(" abc", w.form->pass);
	CHECK_TEXT("2026-01-05", w.form->from);
	CHECK_TEXT("1961-05", w.form->birth);
	CHECK_TEXT("", w.form->sheet);
	CHECK_TEXT("0912345678", w.form->phone);
	CHECK_INT(2, w.form->people.n);
	CHECK_INT(4, w.form->people.at[1]);
	CHECK_INT(3, w.form->scores.n);
	CHECK(w.form->scores.at[0].is && !w.form->scores.at[1].is && w.form->scores.at[2].value == 10);
	CHECK_TEXT("x", w.form->reasons.at[1]);
	CHECK_TEXT("", w.form->reasons.at[19]);
	CHECK_INT(0, w.form->papers.n);
	arena_free(w.arena);
}

TEST(form, tells_all_that_is_missing_at_once)
{
	struct world w;

	CHECK_OUTCOME(INVALID, read_form(&w, ""));
	CHECK_INT(9, w.problems.n);              /* unit year name kind pass from birth phone people */
	CHECK_TEXT("Loại: chưa chọn. Chọn một mục.", problem_of(&w.problems, "kind"));
	CHECK_TEXT("", problem_of(&w.problems, "score"));
	CHECK_TEXT("", w.form->name);
	CHECK_INT(-1, w.form->kind);
	arena_free(w.arena);
}

TEST(form, tells_all_that_is_wrong_at_once)
{
	struct world w;

	CHECK_OUTCOME(INVALID, read_form(&w, "unit=x&year=1999&score=8,5&name=abcdefg&kind=xa&pass=abc&from=31/2/2026&birth=61&sheet=AAAAAAAAB"
		"&phone=0912&people=1&people=2&people=3&people=4&scores_2=11&reasons_3=abcdef"));
	CHECK_TEXT("Đơn vị: mục đã chọn không đọc được. Mở lại trang rồi chọn lại.", problem_of(&w.problems, "unit"));
	CHECK_TEXT("Năm: 1999 nằm ngoài mức cho phép. Ghi một số từ 2000 đến 2100.", problem_of(&w.problems, "year"));
	CHECK_TEXT("Điểm: không phải số nguyên. Ghi bằng chữ số, ví dụ 8.", problem_of(&w.problems, "score"));
	CHECK_TEXT("Tên mới: dài quá 2 ký tự. Rút gọn còn nhiều nhất 5 ký tự.", problem_of(&w.problems, "name"));
	CHECK_TEXT("Loại: mục đã chọn không có trong danh sách. Chọn lại một mục.", problem_of(&w.problems, "kind"));
	CHECK_TEXT("Mật khẩu: còn thiếu 1 ký tự. Ghi từ 4 ký tự trở lên.", problem_of(&w.problems, "pass"));
	CHECK_HAS(problem_of(&w.problems, "from"), "ví dụ 20/5/1961");
	CHECK_HAS(problem_of(&w.problems, "birth"), "ví dụ 1961, 5/1961, 20/5/1961");
	CHECK_TEXT("Mã phiếu: mã không đúng. Mã có 9 ký tự: xem lại từng ký tự rồi ghi lại.", problem_of(&w.problems, "sheet"));
	CHECK_TEXT("Điện thoại: có 4 chữ số, cần 10. Xem lại và ghi cho đủ.", problem_of(&w.problems, "phone"));
	CHECK_HAS(problem_of(&w.problems, "people"), "nhiều nhất 3 mục");
	CHECK_TEXT("Điểm 2: 11 nằm ngoài mức cho phép. Ghi một số từ 0 đến 10.", problem_of(&w.problems, "scores_2"));
	CHECK_HAS(problem_of(&w.problems, "reasons_3"), "Lý do 3: dài quá 1 ký tự");
	CHECK_INT(13, w.problems.n);
	arena_free(w.arena);
}

TEST(form, dates_and_numbers_are_read_as_people_write_them)
{
	static const struct { const char *typed, *stored; } days[] = {
		{ "5/1/2026", "2026-01-05" }, { "05-01-2026", "2026-01-05" }, { "2026-01-05", "2026-01-05" }, { "29.2.2024", "2024-02-29" },
		{ "29/2/2023", NULL }, { "5/1/26", NULL }, { "5/1-2026", NULL }, { "5//2026", NULL }, { "1961", NULL }, { "5/13/2026", NULL },
		{ "2026-1-5", NULL }, { "20261/1/5", NULL }, { "5/1/2026/3", NULL }, { "-5/1/2026", NULL },
	};
	static const struct { const char *typed; int64_t stored; } years[] = {
		{ "2026", 2026 }, { "2.026", 2026 }, { "2 026", 2026 }, { "20.26", 0 }, { "2.0260", 0 }, { "2026.", 0 }, { ".2026", 0 },
		{ "%2B2026", 0 }, { "2e3", 0 }, { "99999999999999999999", 0 }, { "-2026", 0 }, { "-", 0 }, { "0x7d0", 0 },
	};
	struct world w;

	for (size_t i = 0; i < COUNT(days); i++) {
		char query[200];

		snprintf(query, sizeof query, "from=%s", days[i].typed);
		CHECK_OUTCOME(INVALID, read_form(&w, query));
		CHECK_TEXT(days[i].stored ? days[i].stored : "", w.form->from);
		CHECK(!*problem_of(&w.problems, "from") == !!days[i].stored);
		arena_free(w.arena);
	}
	for (size_t i = 0; i < COUNT(years); i++) {
		char query[200];

		snprintf(query, sizeof query, "year=%s", years[i].typed);
		CHECK_OUTCOME(INVALID, read_form(&w, query));
		CHECK_INT(years[i].stored, w.form->year);
		CHECK(!*problem_of(&w.problems, "year") == !!years[i].stored);
		arena_free(w.arena);
	}
}

TEST(form, a_value_sent_twice_or_unreadable_is_told)
{
	struct world w;

	CHECK_OUTCOME(INVALID, read_form(&w, GOOD "&name=b"));
	CHECK_TEXT("Tên mới: nhận được hai giá trị. Mở lại trang rồi gửi lại.", problem_of(&w.problems, "name"));
	CHECK_INT(1, w.problems.n);
	arena_free(w.arena);
	CHECK_OUTCOME(INVALID, read_form(&w, GOOD "&remark=%FF"));
	CHECK_TEXT("Ghi chú: có ký tự không đọc được. Gõ lại ô này.", problem_of(&w.problems, "remark"));
	arena_free(w.arena);
	CHECK_OUTCOME(OK, read_form(&w, GOOD "&agree=0"));
	CHECK(!w.form->agree);
	arena_free(w.arena);
	CHECK_OUTCOME(OK, read_form(&w, GOOD "&agree=0&agree=1&undeclared=1"));
	CHECK(w.form->agree);
	arena_free(w.arena);
}

TEST(form, a_path_that_does_not_parse_is_not_found)
{
	struct arena *a = arena_new(MiB);
	struct problems problems = PROBLEMS(a);
	struct input in = { .arena = a };
	const void *form;

	input_add(&in, FROM_PATH, "unit", "x7");
	CHECK_OUTCOME(NOT_FOUND, form_parse(&fake_all_form_def, &in, &problems, &form));
	arena_free(a);
}

TEST(form, the_path_wins_over_the_body_and_the_body_over_the_query)
{
	struct arena *a = arena_new(MiB);
	struct problems problems = PROBLEMS(a);
	struct input in = { .arena = a };
	const void *got;
	const struct fake_all_form *form;

	input_add(&in, FROM_QUERY, "year", "2001");
	input_add(&in, FROM_BODY, "year", "2002");
	input_add(&in, FROM_BODY, "unit", "9");
	input_add(&in, FROM_PATH, "unit", "8");
	CHECK_OUTCOME(INVALID, form_parse(&fake_all_form_def, &in, &problems, &got));
	form = got;
	CHECK_INT(2002, form->year);
	CHECK_INT(8, form->unit);
	arena_free(a);
}

TEST(form, shows_what_is_stored)
{
	struct arena *a = arena_new(MiB);
	struct fake_all_form values = { .unit = 7, .agree = true, .year = 2026, .score = SOME(8), .name = "Hòa", .remark = "", .kind = 1,
		.pass = "never", .from = "2026-01-05", .birth = "1961", .sheet = "", .phone = "", .scores = { 1, { SOME(9) } } };
	struct fake_all_form_view view;

	form_show(a, &fake_all_form_def, &values, &view);
	CHECK_TEXT("7", view.unit.value);
	CHECK(view.agree.ticked);
	CHECK_TEXT("05/01/2026", view.from.value);
	CHECK_TEXT("1961", view.birth.value);
	CHECK_TEXT("", view.pass.value);
	CHECK_TEXT("9", view.scores.values[0]);
	CHECK_TEXT("", view.scores.values[19]);
	CHECK_INT(2, view.kind.n_options);
	CHECK(view.kind.options[1].chosen && !view.kind.options[0].chosen);
	CHECK_TEXT("Tên mới", view.name.label);
	form_show(a, &fake_all_form_def, NULL, &view);
	CHECK_TEXT("", view.unit.value);
	arena_free(a);
}

TEST(form, shows_what_was_typed_with_its_problems)
{
	struct arena *a = arena_new(MiB);
	struct problems problems = PROBLEMS(a);
	struct input in = { .arena = a };
	struct route route = { .form = &fake_all_form_def };
	struct request req = { .ask = { .arena = a, .problems = &problems }, .route = &route, .is_post = true, .input = &in };
	struct fake_all_form stored = { .year = 2026, .kind = -1, .name = "", .from = "", .birth = "", .sheet = "", .phone = "", .remark = "", .pass = "" };
	struct fake_all_form_view view;
	const void *form;

	input_add(&in, FROM_BODY, "year", "mười");
	input_add(&in, FROM_BODY, "pass", "bí mật");
	input_add(&in, FROM_BODY, "scores_2", "xx");
	input_add(&in, FROM_BODY, "kind", "ap");
	CHECK_OUTCOME(INVALID, form_parse(&fake_all_form_def, &in, &problems, &form));
	request_form(&req, &fake_all_form_def, &stored, &view);
	CHECK_TEXT("mười", view.year.value);
	CHECK_HAS(view.year.error, "Năm: không phải số nguyên");
	CHECK_TEXT("", view.pass.value);
	CHECK_TEXT("xx", view.scores.values[1]);
	CHECK_HAS(view.scores.errors[1], "Điểm 2");
	CHECK(view.kind.options[0].chosen);
	req.is_post = false;             /* a GET that brought none of the fields shows the store's */
	request_form(&req, &fake_all_form_def, &stored, &view);
	CHECK_TEXT("2026", view.year.value);
	arena_free(a);
}
