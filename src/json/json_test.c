#include "tests/test.h"

#include <string.h>

#include "json/json.h"

static struct bytes bytes_of(const char *text)
{
	return (struct bytes){ text, strlen(text) };
}

/* A document and the problems it gives, told as one text: "path|text\n". */
struct trial {
	struct arena *arena;
	struct problems problems;
	const struct json *root;
	enum outcome parsed;
};

static void try_bytes(struct trial *t, struct bytes b)
{
	t->arena = arena_new(64 * MiB);
	t->problems = PROBLEMS(t->arena);
	t->parsed = json_parse(t->arena, b, &t->problems, &t->root);
}

static const char *told(const struct trial *t)
{
	struct buf out = BUF(t->arena);

	for (const struct problem *p = t->problems.first; p; p = p->next)
		buf_format(&out, "%s|%s\n", p->field, p->text);
	return buf_cstr(&out);
}

TEST(json, values_are_read_by_type)
{
	struct trial t;
	const struct json *list;

	try_bytes(&t, bytes_of("\xEF\xBB\xBF{\"n\": -5, \"big\": 9223372036854775807, \"yes\": true,"
		" \"name\": \"H\\u1ed3 \\\"A\\\"\", \"note\": \"a\\nb\","
		" \"none\": null, \"kind\": \"xa\", \"list\": [1, 2, {\"deep\": 7}]}"));
	CHECK_OUTCOME(OK, t.parsed);
	CHECK_INT(-5, json_int(json_member(t.root, "n"), -5, 0));
	CHECK(json_int(json_member(t.root, "big"), 0, INT64_MAX) == INT64_MAX);
	CHECK(json_bool(json_member(t.root, "yes")));
	CHECK_TEXT("Hồ \"A\"", json_text(json_member(t.root, "name"), 6));
	CHECK_TEXT("a\nb", json_lines(json_member(t.root, "note"), 3));
	CHECK_INT(1, json_choice(json_member(t.root, "kind"), (const char *const[]){ "tinh", "xa" }, 2));
	CHECK(!json_has(json_member(t.root, "none")) && !json_has(json_member(t.root, "absent")));
	CHECK(!json_maybe(json_member(t.root, "none"), 0, 1).is && json_maybe(json_member(t.root, "n"), -9, 9).value == -5);
	CHECK_TEXT("x", json_text_or(json_member(t.root, "absent"), 5, "x"));
	CHECK(json_bool_or(json_member(t.root, "absent"), true));
	list = json_member(t.root, "list");
	CHECK_INT(3, json_count(list));
	CHECK_INT(2, json_int(json_item(list, 1), 0, 9));
	CHECK_INT(7, json_int(json_member(json_item(list, 2), "deep"), 0, 9));
	CHECK_TEXT("list[2].deep", json_path(json_member(json_item(list, 2), "deep")));
	CHECK_TEXT("", told(&t));
	arena_free(t.arena);
}

TEST(json, all_problems_are_told_by_path)
{
	static const char *const kinds[] = { "ap", "khu_pho" };
	struct trial t;
	const struct json *list;

	try_bytes(&t, bytes_of("{\"title\": 5, \"indicators\": [{\"max\": 101}, {\"max\": 1.0}, {}, {\"max\": null}, 7],"
		" \"kind\": \"xom\", \"flag\": 1, \"line\": \"a\\nb\", \"long\": \"ấấấấ\"}"));
	CHECK_OUTCOME(OK, t.parsed);
	json_text(json_member(t.root, "title"), 100);
	list = json_member(t.root, "indicators");
	for (size_t i = 0; i < json_count(list); i++)
		CHECK_INT(0, json_int(json_member(json_item(list, i), "max"), 0, 100));
	json_choice(json_member(t.root, "kind"), kinds, 2);
	json_bool(json_member(t.root, "flag"));
	json_text(json_member(t.root, "line"), 9);
	json_text(json_member(t.root, "long"), 3);
	json_int(json_member(json_member(t.root, "rule"), "min"), 0, 1);
	json_int(json_member(json_member(t.root, "rule"), "max"), 0, 1);
	json_count(json_member(t.root, "flag"));
	json_problem(json_item(list, 2), "trùng với mục %d.", 1);
	CHECK_TEXT("title|title: cần một đoạn chữ dài nhất 100 ký tự.\n"
		"indicators[0].max|indicators[0].max: cần một số nguyên từ 0 đến 100.\n"
		"indicators[1].max|indicators[1].max: cần một số nguyên từ 0 đến 100.\n"
		"indicators[2].max|indicators[2].max: còn thiếu, cần một số nguyên từ 0 đến 100.\n"
		"indicators[3].max|indicators[3].max: còn thiếu, cần một số nguyên từ 0 đến 100.\n"
		"indicators[4]|indicators[4]: cần một đối tượng {…}.\n"
		"kind|kind: cần một trong các giá trị: ap, khu_pho.\n"
		"flag|flag: cần true hoặc false.\n"
		"line|line: có ký tự điều khiển hoặc dấu xuống dòng. Xoá đi rồi gõ lại.\n"
		"long|long: cần một đoạn chữ dài nhất 3 ký tự.\n"
		"rule|rule: còn thiếu, cần một đối tượng {…}.\n"
		"flag|flag: cần một danh sách […].\n"
		"indicators[2]|indicators[2]: trùng với mục 1.\n", told(&t));
	arena_free(t.arena);
}

TEST(json, unknown_members_are_told)
{
	static const char *const keys[] = { "title", "max" };
	struct trial t;

	try_bytes(&t, bytes_of("{\"title\": 5, \"tittle\": \"x\", \"a\\u001b[0m\": 1, \"max\": 1}"));
	json_only(t.root, keys, 2);
	CHECK_TEXT("tittle|tittle: không có mục nào tên như vậy, chỉ nhận: title, max. Xem lại chính tả.\n"
		"a?[0m|a?[0m: không có mục nào tên như vậy, chỉ nhận: title, max. Xem lại chính tả.\n", told(&t));
	arena_free(t.arena);
	try_bytes(&t, bytes_of("[1]"));
	json_only(t.root, keys, 2);
	CHECK_TEXT("|Cả tệp: cần một đối tượng {…}.\n", told(&t));
	arena_free(t.arena);
}

TEST(json, members_come_in_the_order_of_the_file)
{
	struct trial t;
	struct buf order;

	try_bytes(&t, bytes_of("{\"z\": 1, \"a\": 2, \"m\": 3}"));
	order = BUF(t.arena);
	for (const struct json *m = json_next(t.root, NULL); m; m = json_next(t.root, m))
		buf_format(&order, "%s=%d ", json_key(m), (int)json_int(m, 0, 9));
	CHECK_TEXT("z=1 a=2 m=3 ", buf_cstr(&order));
	arena_free(t.arena);
}

TEST(json, broken_text_is_refused_with_its_place)
{
	static const struct { const char *text, *place; } cases[] = {
		{ "", "Dòng 1, cột 1: tệp kết thúc" }, { "{\n  \"a\": 1,\n  \"b\" 2\n}", "Dòng 3, cột 7: sai cách viết" },
		{ "{\"a\": 1, \"a\": 2}", "Dòng 1, cột 12: một tên mục viết hai lần" },
		{ "[1, 2", "Dòng 1, cột 5: tệp kết thúc" },
		{ "[1] [2]", "Dòng 1, cột 5: còn nội dung thừa" },
		{ "[\"\xff\"]", "Dòng 1, cột 2: chữ không phải bảng mã UTF-8" },
		{ "[\"\\u0000\"]", "Dòng 1, cột 9: có ký tự rỗng" }, { "[1e999]", "Dòng 1, cột 6: số quá lớn" },
		{ "[99999999999999999999]", "số quá lớn" }, { "{a: 1}", "sai cách viết" }, { "5", "sai cách viết" },
		{ "[1,]", "sai cách viết" },
		{ "[\"ấ ấ\" x]", "Dòng 1, cột 8: sai cách viết" }, { "[NaN]", "sai cách viết" },
		{ "[\"\\ud800\"]", "sai cách viết" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct trial t;

		try_bytes(&t, bytes_of(cases[i].text));
		CHECK_OUTCOME(INVALID, t.parsed);
		CHECK_INT(1, t.problems.n);
		CHECK_TEXT("", t.problems.first->field);
		if (!strstr(t.problems.first->text, cases[i].place))
			fail_msg("%s: %s", cases[i].text, t.problems.first->text);
		arena_free(t.arena);
	}
}

TEST(json, bounds_hold)
{
	struct arena *a = arena_new(64 * MiB);
	char *text = arena_alloc(a, JSON_BYTES + 2);
	struct trial t;

	memset(text, '[', JSON_BYTES + 1);
	try_bytes(&t, (struct bytes){ text, JSON_BYTES });
	CHECK_HAS(told(&t), "Dòng 1, cột 65: lồng quá 64 tầng");
	arena_free(t.arena);
	try_bytes(&t, (struct bytes){ text, JSON_BYTES + 1 });
	CHECK_HAS(told(&t), "lớn quá 8 MB");
	arena_free(t.arena);
	memset(text + JSON_DEPTH, ']', JSON_DEPTH);
	try_bytes(&t, (struct bytes){ text, 2 * JSON_DEPTH });
	CHECK_OUTCOME(OK, t.parsed);
	arena_free(t.arena);
	text[0] = '[';
	for (size_t i = 1; i + 3 < JSON_BYTES; i += 3)
		memcpy(text + i, "{},", 3);
	try_bytes(&t, (struct bytes){ text, JSON_BYTES });
	CHECK_HAS(told(&t), "quá nhiều giá trị");
	arena_free(t.arena);
	memcpy(text, "[\"\\\"", 4);
	memset(text + 4, '[', 1000);             /* brackets in a string nest nothing, also after a quote in it */
	memcpy(text + 1004, "\"]", 2);
	try_bytes(&t, (struct bytes){ text, 1006 });
	CHECK_OUTCOME(OK, t.parsed);
	CHECK_INT(1001, strlen(json_text(json_item(t.root, 0), 1001)));
	arena_free(t.arena);
	arena_free(a);
}

TEST(json, after_a_hundred_problems_one_line_says_more)
{
	struct arena *a = arena_new(8 * MiB);
	struct buf text = BUF(a);
	struct trial t;

	buf_char(&text, '[');
	for (int i = 0; i < 1000; i++)
		buf_text(&text, i ? ",true" : "true");
	buf_char(&text, ']');
	try_bytes(&t, buf_bytes(&text));
	for (size_t i = 0; i < json_count(t.root); i++)
		json_int(json_item(t.root, i), 0, 1);
	CHECK_INT(JSON_PROBLEMS + 1, t.problems.n);
	CHECK_HAS(t.problems.last->text, "Còn những chỗ sai khác");
	arena_free(t.arena);
	arena_free(a);
}

static void write_sample(struct json_out *j)
{
	json_begin_object(j);
	json_put_key(j, "unit");
	json_begin_object(j);
	json_put_key(j, "tên");
	json_put_text(j, "Xã \"Đức\"\\\n\t\x01\x7f</script>");
	json_end(j);
	json_put_key(j, "n");
	json_put_int(j, INT64_MIN);
	json_put_key(j, "list");
	json_begin_array(j);
	json_put_bool(j, true);
	json_put_bool(j, false);
	json_put_null(j);
	json_put_maybe(j, NONE);
	json_put_maybe(j, SOME(3));
	json_put_tenths(j, SOME(388));
	json_put_tenths(j, SOME(-5));
	json_put_tenths(j, NONE);
	json_end(j);
	json_put_key(j, "none");
	json_begin_array(j);
	json_end(j);
	json_put_key(j, "nothing");
	json_begin_object(j);
	json_end(j);
	json_end(j);
}

TEST(json, writer_writes_compact_and_pretty)
{
	struct arena *a = arena_new(1 * MiB);
	struct buf compact = BUF(a), pretty = BUF(a);

	write_sample(&(struct json_out){ .out = &compact });
	CHECK_TEXT("{\"unit\":{\"tên\":\"Xã \\\"Đức\\\"\\\\\\n\\t\\u0001\\u007f\\u003c/script>\"},\"n\":-9223372036854775808,"
		"\"list\":[true,false,null,null,3,38.8,-0.5,null],\"none\":[],\"nothing\":{}}", buf_cstr(&compact));
	write_sample(&(struct json_out){ .out = &pretty, .pretty = true });
	CHECK_HAS(buf_cstr(&pretty), "{\n  \"unit\": {\n    \"tên\": \"Xã ");
	CHECK_HAS(buf_cstr(&pretty), "\n  },\n  \"n\": -9223372036854775808,\n  \"list\": [\n    true,\n    false,\n");
	CHECK_HAS(buf_cstr(&pretty), "    null\n  ],\n  \"none\": [],\n  \"nothing\": {}\n}");
	arena_free(a);
}

TEST(json, what_is_written_reads_back)
{
	struct arena *a = arena_new(1 * MiB);
	struct buf out = BUF(a);
	struct json_out j = { .out = &out, .pretty = true };
	struct trial t;
	char text[128];

	for (int i = 0; i < 127; i++)
		text[i] = (char)(i + 1);
	text[127] = '\0';
	json_begin_array(&j);
	json_put_text(&j, text);
	json_put_text(&j, "\u2028 ấ 😀");
	json_end(&j);
	try_bytes(&t, buf_bytes(&out));
	CHECK_OUTCOME(OK, t.parsed);
	CHECK_TEXT("", json_lines(json_item(t.root, 0), 200));           /* it has controls, but it is there: */
	CHECK_HAS(told(&t), "[0]: có ký tự điều khiển");
	CHECK_TEXT("\u2028 ấ 😀", json_text(json_item(t.root, 1), 10));
	arena_free(t.arena);
	arena_free(a);
}
