#include "registry/audit/audit.h"

#include <stdarg.h>
#include <string.h>

#include "audit_sql.h"
#include "base/buf.h"
#include "base/day.h"
#include "json/json.h"
#include "registry/tree/actor.h"
#include "registry/tree/tree.h"
#include "text/format.h"

static const struct { const char *code, *label; } actions[AUDIT_N] = {
#define AUDIT_ROW(name, code, label) { code, label },
	AUDIT_ACTIONS(AUDIT_ROW)
#undef AUDIT_ROW
};

static const struct choice action_choices[AUDIT_N] = {
#define AUDIT_CHOICE(name, code, label) { code, label },
	AUDIT_ACTIONS(AUDIT_CHOICE)
#undef AUDIT_CHOICE
};
const struct choices audit_actions = { AUDIT_N, action_choices };

const char *audit_action_label(const char *code)
{
	for (size_t i = 0; i < COUNT(actions); i++)
		if (!strcmp(actions[i].code, code))
			return actions[i].label;
	return code;
}

OUTCOME audit_add(struct ask *ask, const struct audit_entry *e)
{
	int64_t id;

	TRY(tree_new_id(ask, "audit", &id));
	return sql_audit_insert(ask, &(struct sql_audit_insert_in){ .person_id = e->person_id, .id = id, .at = ask->now,
		.account_id = ask->actor ? ask->actor->account_id : 0, .actor = ask->actor ? ask->actor->name : "",
		.action = actions[e->action].code, .subject = e->subject, .subject_id = e->subject_id, .version = e->version,
		.unit_id = e->unit_id, .old = e->old ? e->old : "{}", .new = e->new ? e->new : "{}",
			.reason = e->reason ? e->reason : "" });
}

const char *audit_json(struct arena *arena, const char *key, ...)
{
	struct buf out = BUF(arena, .max = 64 * KiB);
	struct json_out json = { .out = &out };
	va_list args;

	json_begin_object(&json);
	va_start(args, key);
	for (; key; key = va_arg(args, const char *)) {
		json_put_key(&json, key);
		json_put_text(&json, va_arg(args, const char *));
	}
	va_end(args);
	json_end(&json);
	return buf_cstr(&out);
}

#define ROW_OF(r) ((struct audit_row){ .id = (r).id, .at = (r).at, .account_id = (r).account_id, .subject_id = (r).subject_id, \
	.version = (r).version, .unit_id = (r).unit_id, .person_id = (r).person_id, .actor = (r).actor, .action = (r).action, \
	.subject = (r).subject, .old = (r).old, .new = (r).new, .reason = (r).reason, .unit = "" })

OUTCOME audit_of_subject(struct ask *ask, const char *subject, int64_t subject_id, struct audit_list *out)
{
	struct sql_audit_of_subject_row *rows;
	struct audit_row *list;

	TRY(sql_audit_of_subject(ask, subject, subject_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct audit_row, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = ROW_OF(rows[i]);
	out->at = list;
	return OK;
}

OUTCOME audit_of_person(struct ask *ask, int64_t person_id, const struct audit_row *before, struct audit_list *out)
{
	struct sql_audit_of_person_row *rows;
	struct audit_row *list;

	TRY(sql_audit_of_person(ask, person_id, before ? before->at : INT64_MAX, before ? before->id : 0, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct audit_row, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = ROW_OF(rows[i]);
	out->at = list;
	return OK;
}

/* The four ways in read the same columns; only the index differs. */
#define TAKE_ROWS(name, ...) \
	do { \
		struct sql_audit_by_##name##_row *rows; \
		\
		TRY(sql_audit_by_##name(ask, __VA_ARGS__, &rows, &out->n)); \
		list = ARENA_ARRAY(ask->arena, struct audit_row, out->n); \
		for (size_t i = 0; i < out->n; i++) { \
			list[i] = ROW_OF(rows[i]); \
			list[i].unit = rows[i].unit; \
		} \
	} while (0)

OUTCOME audit_search(struct ask *ask, const struct audit_filter *f, const struct audit_row *before, struct audit_list *out)
{
	int64_t at = before ? before->at : f->until, id = before ? before->id : 0;
	struct audit_row *list;

	if (f->person_id)
		TAKE_ROWS(person, &(struct sql_audit_by_person_in){ .units = f->units, .person_id = f->person_id,
			.account_id = f->account_id, .from_at = f->from, .before_at = at, .before_id = id, .action = f->action });
	else if (f->account_id)
		TAKE_ROWS(account, f->units, f->account_id, f->from, at, id, f->action);
	else if (f->is_narrow)
		TAKE_ROWS(unit, f->units, f->from, at, id, f->action);
	else
		TAKE_ROWS(time, f->units, f->from, at, id, f->action);
	out->at = list;
	return OK;
}

/* ---- words ---- */

static const struct { const char *key, *label; } keys[] = {
	{ "name", "Tên" }, { "code", "Mã" }, { "kind", "Loại" }, { "parent", "Nơi trực thuộc" }, { "from", "Từ ngày" },
	{ "came_from", "Theo từ" },
	{ "until", "Đến trước ngày" }, { "officer", "Người phụ trách" }, { "phone", "Điện thoại" }, { "login", "Tên đăng nhập" },
	{ "role", "Vai trò" }, { "unit", "Đơn vị" }, { "birth", "Ngày sinh" }, { "sex", "Giới tính" }, { "leaf", "Nơi tính" },
	{ "group", "Nhóm" }, { "state", "Tình trạng" }, { "what", "Danh sách" }, { "act", "Việc" }, { "filter", "Lọc theo" },
	{ "self", "Điểm tự chấm" }, { "reviewed", "Điểm xét" }, { "final", "Điểm thống nhất" }, { "remark", "Lời nhắn" },
	{ "wishes", "Điều muốn học" }, { "helper", "Người nhập hộ" }, { "consent", "Đồng ý thế nào" }, { "guardian",
	"Người giám hộ" },
	{ "no_posting", "Không nêu tên khi niêm yết" }, { "told_on", "Ngày đã báo" }, { "due_day", "Hạn bổ sung" },
	{ "round", "Đợt" }, { "number", "Số" }, { "day", "Ngày" }, { "signer", "Người ký" }, { "people", "Số người" },
	{ "list", "Danh sách" }, { "format", "Kiểu tệp" }, { "address", "Địa chỉ" }, { "household", "Chủ hộ" },
	{ "clan", "Dòng họ" },
	{ "indicator", "Chỉ số" }, { "file", "Tệp" }, { "year", "Năm" }, { "decision", "Quyết định" },
};

static const char *key_label(const char *key)
{
	for (size_t i = 0; i < COUNT(keys); i++)
		if (!strcmp(keys[i].key, key))
			return keys[i].label;
	return key;
}

/* A value as text, a day as people read it; "" for an end that is open. */
static const char *value_words(struct arena *arena, const struct json *object, const char *key, audit_term term)
{
	const struct json *at = json_member(object, key);
	const char *text = json_has(at) ? json_text_or(at, 64 * KiB, "") : "", *called = *text ? term(key, text) : NULL;

	if (!strcmp(text, DAY_OPEN))
		return "";
	return called ? called : day_is_whole(text) ? format_date(arena, text) : text;
}

/* The item of "[3,null,8]" that begins at *at: its length, 0 at the end. */
static int item_len(const char **at)
{
	*at += strspn(*at, "[],");
	return (int)strcspn(*at, "],");
}

/* "null" is a score not given yet. */
static void add_score(struct buf *out, const char *at, int len)
{
	if (!len || *at == 'n')
		buf_text(out, "–");
	else
		buf_format(out, "%.*s", len, at);
}

static void add_scores(struct buf *out, const char *label, const char *old, const char *new)
{
	const char *before = ": chỉ số";

	buf_text(out, label);
	for (int n = 1;; n++) {
		int was = item_len(&old), is = item_len(&new);

		if (!was && !is)
			return;
		if ((was != is || strncmp(old, new, (size_t)is) != 0) && (was || *new != 'n') && (is || *old != 'n')) {
			buf_format(out, "%s %d: ", before, n);
			add_score(out, old, was);
			buf_text(out, " → ");
			add_score(out, new, is);
			before = ",";
		}
		old += was;
		new += is;
	}
}

static void add_change(struct buf *out, const char *label, const char *old, const char *new)
{
	if (!strcmp(old, new))
		return;
	if (out->len)
		buf_text(out, "; ");
	if (*new == '[' || *old == '[')
		add_scores(out, label, old, new);
	else
		buf_format(out, *old && *new ? "%s: %s → %s" : "%s: %s%s", label, old, new);
}

const char *audit_words(struct arena *arena, const char *old, const char *new, audit_term term)
{
	struct problems ignored = PROBLEMS(arena);
	struct buf out = BUF(arena, .max = 256 * KiB);
	const struct json *before, *after;

	if (json_parse(arena, (struct bytes){ old, strlen(old) }, &ignored, &before) != OK ||
	    json_parse(arena, (struct bytes){ new, strlen(new) }, &ignored, &after) != OK)
		return "";
	for (const struct json *at = json_next(after, NULL); at; at = json_next(after, at))
		add_change(&out, key_label(json_key(at)), value_words(arena, before, json_key(at), term),
		value_words(arena, after,
			json_key(at), term));
	for (const struct json *at = json_next(before, NULL); at; at = json_next(before, at))
		if (!json_has(json_member(after, json_key(at))))
			add_change(&out, key_label(json_key(at)), value_words(arena, before, json_key(at), term), "");
	return buf_cstr(&out);
}

OUTCOME seen_note(struct ask *ask, int64_t person_id, int64_t account_id, const char *path)
{
	return sql_seen_note(ask, person_id, account_id, day_of(ask->now).text, path, ask->now);
}

OUTCOME list_seen_note(struct ask *ask, int64_t unit_id, const char *list)
{
	const char *day = day_of(ask->now).text;
	enum outcome first = sql_list_seen_first(ask, unit_id, ask->actor->account_id, arena_text(ask->arena, day), list);

	if (first == CONFLICT)
		return sql_list_seen_again(ask, unit_id, ask->actor->account_id, arena_text(ask->arena, day), list);
	TRY(first);
	return audit_add(ask, &(struct audit_entry){ .action = AUDIT_LIST_SEEN, .subject = "list_seen", .subject_id = unit_id,
		.unit_id = unit_id, .new = audit_json(ask->arena, "list", list, NULL) });
}

OUTCOME seen_of_person(struct ask *ask, int64_t person_id, struct seen_list *out)
{
	struct sql_seen_of_person_row *rows;
	struct seen_row *list;

	TRY(sql_seen_of_person(ask, person_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct seen_row, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = (struct seen_row){ .day = rows[i].day, .path = rows[i].path, .account_id = rows[i].account_id,
			.times = rows[i].times, .last_at = rows[i].last_at };
	out->at = list;
	return OK;
}
