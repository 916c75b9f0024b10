/* jansson parses; before it a look at brackets and commas bounds its depth and memory, since "[[[[" recurses there and "[],[],"
 * becomes fifty times its size. A place is a small record in the arena, made as it is asked for: whole trees of them, made at
 * once, would double every document for the sake of paths that are rarely needed. */
#include "json/json.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdarg.h>
#include <string.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/log.h"

struct document {
	struct arena *arena;
	struct problems *problems;
	size_t said;
};

struct json {
	struct document *document;
	const struct json *parent;       /* NULL for the root */
	json_t *value;                   /* NULL: not there */
	const char *key;                 /* of a member; NULL for an item */
	size_t index;
	void *iter;                      /* jansson's, of a member */
	bool blamed;                     /* its parent is no container, which was said: stay silent */
};

/* Parsing */

static enum outcome refuse(struct problems *problems, int line, int column, const char *what)
{
	problem(problems, "", arena_format(problems->arena, "Dòng %d, cột %d: %s", line, column, what));
	return INVALID;
}

static const char *message_of(enum json_error_code code)
{
	switch ((int)code) {
	case json_error_invalid_utf8:
		return "chữ không phải bảng mã UTF-8. Lưu lại tệp theo UTF-8.";
	case json_error_premature_end_of_input:
		return "tệp kết thúc giữa chừng. Xem lại còn thiếu dấu đóng }, ] hoặc \" nào.";
	case json_error_end_of_input_expected:
		return "còn nội dung thừa sau chỗ đã kết thúc. Xoá phần thừa.";
	case json_error_duplicate_key:
		return "một tên mục viết hai lần ở cùng một chỗ. Bỏ bớt một.";
	case json_error_numeric_overflow:
		return "số quá lớn. Ghi số nhỏ hơn.";
	case json_error_null_character:
	case json_error_null_byte_in_key:
		return "có ký tự rỗng (\\u0000). Xoá ký tự đó.";
	default:
		return "sai cách viết JSON. Xem lại dấu phẩy, dấu hai chấm, ngoặc kép quanh chữ và các dấu ngoặc.";
	}
}

/* Only what jansson's own limits leave open; a broken text may pass here and be refused by jansson. */
static enum outcome check_bounds(struct bytes b, struct problems *problems)
{
	const char *p = b.ptr, *end = p + b.len;
	int line = 1, column = 0, depth = 0, values = 0;
	bool quoted = false;

	for (; p < end; p++) {
		column += ((unsigned char)*p & 0xC0) != 0x80;
		if (*p == '\n')
			line++, column = 0;
		if (*p == '"')
			quoted = !quoted;
		else if (quoted && *p == '\\' && p + 1 < end)
			p++, column++;
		if (quoted)
			continue;
		depth += (*p == '[' || *p == '{') - (*p == ']' || *p == '}');
		values += *p == '[' || *p == '{' || *p == ',';
		if (depth > JSON_DEPTH)
			return refuse(problems, line, column, "lồng quá 64 tầng. Kiểm tra lại các dấu [ và {.");
		if (values > JSON_VALUES)
			return refuse(problems, line, column, "tệp có quá nhiều giá trị. Chia thành nhiều tệp nhỏ hơn.");
	}
	return OK;
}

static void release(void *root)
{
	json_decref(root);
}

enum outcome json_parse(struct arena *arena, struct bytes b, struct problems *problems, const struct json **out)
{
	struct json *root;
	json_error_t error;
	json_t *value;

	if (b.len > JSON_BYTES)
		return refuse(problems, 1, 1, "tệp lớn quá 8 MB. Chia thành nhiều tệp nhỏ hơn.");
	if (b.len >= 3 && !memcmp(b.ptr, "\xEF\xBB\xBF", 3))
		b = (struct bytes){ (const char *)b.ptr + 3, b.len - 3 };
	TRY(check_bounds(b, problems));
	value = json_loadb(b.len ? b.ptr : "", b.len, JSON_REJECT_DUPLICATES, &error);
	if (!value && (json_error_code(&error) == json_error_out_of_memory || json_error_code(&error) == json_error_unknown)) {
		log_line(LOG_ERROR, "", "json_parse", "%s", error.text);
		return FAILED;
	}
	if (!value)
		return refuse(problems, error.line > 0 ? error.line : 1, error.column > 0 ? error.column : 1,
			message_of(json_error_code(&error)));
	arena_on_release(arena, release, value);
	root = ARENA_NEW(arena, struct json);
	root->value = value;
	root->document = ARENA_NEW(arena, struct document);
	*root->document = (struct document){ arena, problems, 0 };
	*out = root;
	return OK;
}

/* Places and problems */

bool json_has(const struct json *at)
{
	return at->value && !json_is_null(at->value);
}

/* A key as it may stand in a message: bounded, no control characters. */
static void add_key(struct buf *out, const char *key)
{
	size_t len = strlen(key);

	if (len > JSON_KEY)
		for (len = JSON_KEY; len && ((unsigned char)key[len] & 0xC0) == 0x80;)
			len--;
	for (size_t i = 0; i < len; i++)
		buf_char(out, (unsigned char)key[i] < ' ' || key[i] == 0x7F ? '?' : key[i]);
}

static void add_path(struct buf *out, const struct json *at)
{
	if (!at->parent)
		return;
	add_path(out, at->parent);
	if (!at->key) {
		buf_format(out, "[%zu]", at->index);
		return;
	}
	if (out->len)
		buf_char(out, '.');
	add_key(out, at->key);
}

const char *json_path(const struct json *at)
{
	struct buf path = BUF(at->document->arena);

	add_path(&path, at);
	return buf_cstr(&path);
}

static bool is_said(const struct problems *problems, const char *field, const char *text)
{
	for (const struct problem *p = problems->first; p; p = p->next)
		if (!strcmp(p->field, field) && !strcmp(p->text, text))
			return true;
	return false;
}

static void say(const struct json *at, const char *what)
{
	struct document *document = at->document;
	const char *path, *text;

	if (at->blamed || document->said > JSON_PROBLEMS)
		return;
	if (document->said == JSON_PROBLEMS) {
		problem(document->problems, "", "Còn những chỗ sai khác. Sửa các chỗ trên rồi thử lại.");
		document->said++;
		return;
	}
	path = json_path(at);
	text = arena_format(document->arena, "%s: %s", *path ? path : "Cả tệp", what);
	if (is_said(document->problems, path, text))
		return;
	problem(document->problems, path, text);
	document->said++;
}

void json_problem(const struct json *at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(at, arena_vformat(at->document->arena, format, args));
	va_end(args);
}

static void need(const struct json *at, const char *what)
{
	json_problem(at, "%scần %s.", json_has(at) ? "" : "còn thiếu, ", what);
}

/* The only maker of places below the root. */
static struct json *place(const struct json *parent, json_t *value)
{
	struct json *at = ARENA_NEW(parent->document->arena, struct json);

	*at = (struct json){ .document = parent->document, .parent = parent, .value = value };
	return at;
}

static struct json *member(const struct json *object, void *iter)
{
	struct json *at = place(object, json_object_iter_value(iter));

	at->key = json_object_iter_key(iter);
	at->iter = iter;
	return at;
}

static bool is_object(const struct json *at)
{
	if (json_is_object(at->value))
		return true;
	need(at, "một đối tượng {…}");
	return false;
}

const struct json *json_member(const struct json *object, const char *key)
{
	bool good = is_object(object);
	void *iter = good ? json_object_iter_at(object->value, key) : NULL;
	struct json *at;

	if (iter)
		return member(object, iter);
	at = place(object, NULL);
	at->key = arena_text(object->document->arena, key);
	at->blamed = !good;
	return at;
}

const struct json *json_next(const struct json *object, const struct json *before)
{
	void *iter;

	if (!is_object(object))
		return NULL;
	iter = before ? json_object_iter_next(object->value, before->iter) : json_object_iter(object->value);
	return iter ? member(object, iter) : NULL;
}

const char *json_key(const struct json *at)
{
	BUG_ON(!at->key);
	return at->key;
}

/* "a, b, c" for a message. */
static const char *listed(const struct json *at, const char *const *words, size_t n)
{
	struct buf list = BUF(at->document->arena);

	for (size_t i = 0; i < n; i++)
		buf_format(&list, "%s%s", i ? ", " : "", words[i]);
	return buf_cstr(&list);
}

static size_t index_of(const char *text, const char *const *words, size_t n)
{
	size_t i = 0;

	while (i < n && strcmp(text, words[i]) != 0)
		i++;
	return i;
}

void json_only(const struct json *object, const char *const *keys, size_t n)
{
	for (const struct json *m = json_next(object, NULL); m; m = json_next(object, m))
		if (index_of(m->key, keys, n) == n)
			json_problem(m, "không có mục nào tên như vậy, chỉ nhận: %s. Xem lại chính tả.", listed(m, keys, n));
}

size_t json_count(const struct json *at)
{
	if (json_is_array(at->value))
		return json_array_size(at->value);
	need(at, "một danh sách […]");
	return 0;
}

const struct json *json_item(const struct json *array, size_t i)
{
	struct json *at;

	BUG_ON(!json_is_array(array->value) || i >= json_array_size(array->value));
	at = place(array, json_array_get(array->value, i));
	at->index = i;
	return at;
}

/* Values */

int64_t json_int(const struct json *at, int64_t min, int64_t max)
{
	int64_t v = json_is_integer(at->value) ? (int64_t)json_integer_value(at->value) : 0;

	if (json_is_integer(at->value) && v >= min && v <= max)
		return v;
	need(at, arena_format(at->document->arena, "một số nguyên từ %" PRId64 " đến %" PRId64, min, max));
	return 0;
}

bool json_bool(const struct json *at)
{
	if (!json_is_boolean(at->value))
		need(at, "true hoặc false");
	return json_is_true(at->value);
}

static size_t characters(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n;
}

/* C0, DEL, and C1 (C2 80 … C2 9F). */
static bool has_control(const char *text, const char *but)
{
	for (const char *p = text; *p; p++) {
		if (((unsigned char)*p < ' ' && !strchr(but, *p)) || *p == 0x7F)
			return true;
		if ((unsigned char)*p == 0xC2 && (unsigned char)p[1] < 0xA0)
			return true;
	}
	return false;
}

static const char *read_text(const struct json *at, size_t max, const char *but)
{
	const char *text = json_string_value(at->value);

	if (!text || characters(text) > max) {
		need(at, arena_format(at->document->arena, "một đoạn chữ dài nhất %zu ký tự", max));
		return "";
	}
	if (has_control(text, but)) {
		json_problem(at, "có ký tự điều khiển%s. Xoá đi rồi gõ lại.", *but ? "" : " hoặc dấu xuống dòng");
		return "";
	}
	return text;
}

const char *json_text(const struct json *at, size_t max)
{
	return read_text(at, max, "");
}

const char *json_lines(const struct json *at, size_t max)
{
	return read_text(at, max, "\n\t");
}

size_t json_choice(const struct json *at, const char *const *codes, size_t n)
{
	const char *text = json_string_value(at->value);
	size_t i = text ? index_of(text, codes, n) : n;

	if (i < n)
		return i;
	need(at, arena_format(at->document->arena, "một trong các giá trị: %s", listed(at, codes, n)));
	return 0;
}

struct maybe json_maybe(const struct json *at, int64_t min, int64_t max)
{
	return json_has(at) ? SOME(json_int(at, min, max)) : NONE;
}

const char *json_text_or(const struct json *at, size_t max, const char *otherwise)
{
	return json_has(at) ? json_text(at, max) : otherwise;
}

bool json_bool_or(const struct json *at, bool otherwise)
{
	return json_has(at) ? json_bool(at) : otherwise;
}
