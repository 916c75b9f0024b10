#include "figures/targets/targets.h"

#include <string.h>

#include "base/day.h"
#include "base/id.h"
#include "base/lock.h"
#include "crypto/crypto.h"
#include "db/transaction.h"
#include "json/json.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "targets_sql.h"
#include "text/text.h"

enum { WHOLE = 1000, WORDS_MAX = 2000, TITLE_MAX = 300 };

/* ---- pure ---- */

int64_t target_goal(const struct target *t, int year)
{
	const struct target_value *before = &t->values[0];

	if (!t->n_values)
		return 0;
	for (size_t i = 0; i < t->n_values; i++) {
		const struct target_value *v = &t->values[i];

		if (v->year > year) {
			if (v == before || before->year > year)
				return before->tenths;
			return before->tenths + (v->tenths - before->tenths) * (year - before->year) / (v->year - before->year);
		}
		before = v;
	}
	return before->tenths;
}

int64_t target_missing(const struct target_count *count, int64_t goal_tenths)
{
	int64_t needed = (count->denominator * goal_tenths + WHOLE - 1) / WHOLE;

	return needed > count->numerator ? needed - count->numerator : 0;
}

/* ---- reading a set ---- */

static const char *words(struct arena *arena, const struct json *at, size_t max) { return text_nfc(arena, json_text(at, max)); }

static void read_list(struct arena *arena, const struct json *list, const char **out, size_t *n)
{
	size_t count = json_count(list);

	if (count > TARGET_ASSUMPTIONS)
		json_problem(list, "có %zu dòng, nhiều nhất %d.", count, TARGET_ASSUMPTIONS);
	for (*n = 0; *n < count && *n < TARGET_ASSUMPTIONS; ++*n)
		out[*n] = words(arena, json_item(list, *n), WORDS_MAX);
}

static void read_values(struct arena *arena, const struct json *list, struct target *t)
{
	size_t count = json_count(list);

	if (!count || count > TARGET_VALUES)
		json_problem(list, "cần từ 1 đến %d năm.", TARGET_VALUES);
	for (size_t i = 0; i < count && i < TARGET_VALUES; i++) {
		const struct json *at = json_item(list, i);
		struct target_value *v = &t->values[t->n_values++];

		*v = (struct target_value){ .year = (int)json_int(json_member(at, "year"), 2000, 2100),
			.tenths = json_int(json_member(at, "percent"), 0, 100) * 10, .in_plan = json_bool_or(json_member(at,
			"percent_in_plan"), true),
			.clause = text_nfc(arena, json_text_or(json_member(at, "clause"), TITLE_MAX, "")),
			.words = text_nfc(arena, json_text_or(json_member(at, "plan_text"), WORDS_MAX, "")),
			.note = text_nfc(arena, json_text_or(json_member(at, "note"), WORDS_MAX, "")) };
		if (i && v->year <= t->values[i - 1].year)
			json_problem(json_member(at, "year"), "các năm phải tăng dần.");
	}
}

static void read_target(struct arena *arena, const struct json *at, int number, struct target *t)
{
	const char *code = arena_format(arena, "T%d", number);

	*t = (struct target){ .code = code, .title = words(arena, json_member(at, "title"), TITLE_MAX),
		.numerator = words(arena, json_member(at, "numerator"), WORDS_MAX),
		.denominator = words(arena, json_member(at, "denominator"), WORDS_MAX) };
	if (strcmp(json_text(json_member(at, "code"), 10), code) != 0)
		json_problem(json_member(at, "code"), "cần %s: năm mục tiêu T1 đến T5, theo thứ tự.", code);
	read_values(arena, json_member(at, "values"), t);
	read_list(arena, json_member(at, "assumptions"), t->assumptions, &t->n_assumptions);
}

OUTCOME target_set_parse(struct arena *arena, struct bytes json, struct problems *problems, struct target_set *out)
{
	const struct json *root, *list;

	*out = (struct target_set){ .code = "" };
	TRY(json_parse(arena, json, problems, &root));
	out->code = words(arena, json_member(root, "id"), 100);
	out->title = words(arena, json_member(root, "title"), TITLE_MAX);
	out->status = text_nfc(arena, json_text_or(json_member(root, "status"), WORDS_MAX, ""));
	read_list(arena, json_member(root, "common_rules"), out->rules, &out->n_rules);
	list = json_member(root, "targets");
	if (json_count(list) != TARGETS)
		json_problem(list, "cần đúng %d mục tiêu.", TARGETS);
	for (int i = 0; i < TARGETS && (size_t)i < json_count(list); i++)
		read_target(arena, json_item(list, (size_t)i), i + 1, &out->targets[i]);
	return problems_none(problems) ? OK : INVALID;
}

/* ---- what is remembered ---- */

enum { SETS_KEPT = 8 };

struct kept_set { struct arena *arena; const char *document; struct target_set set; };  /* all of it lives in its arena */
struct target_cache { struct arena *arena; struct lock *lock; struct kept_set at[SETS_KEPT]; size_t n; };

struct target_cache *target_cache_new(void)
{
	struct arena *arena = arena_new(64 * KiB);
	struct target_cache *cache = ARENA_NEW(arena, struct target_cache);

	cache->arena = arena;
	cache->lock = lock_new(arena);
	return cache;
}

void target_cache_free(struct target_cache *cache)
{
	if (!cache)
		return;
	for (size_t i = 0; i < cache->n; i++)
		arena_free(cache->at[i].arena);
	arena_free(cache->arena);
}

/* By the text itself: an import that is rolled back after somebody read it leaves nothing wrong. */
static bool find_kept(struct target_cache *cache, const char *document, struct target_set *out)
{
	bool found = false;

	lock_take(cache->lock);
	for (size_t i = 0; i < cache->n && !found; i++) {
		found = !strcmp(cache->at[i].document, document);
		if (found)
			*out = cache->at[i].set;
	}
	lock_leave(cache->lock);
	return found;
}

/* Two threads may have parsed the same text: both are kept, either is right. False: no room. */
static bool keep(struct target_cache *cache, const struct kept_set *new)
{
	bool kept;

	lock_take(cache->lock);
	kept = cache->n < SETS_KEPT;
	if (kept)
		cache->at[cache->n++] = *new;
	lock_leave(cache->lock);
	return kept;
}

static void parse(struct arena *arena, const char *document, struct target_set *out)
{
	struct problems problems = PROBLEMS(arena);

	BUG_ON(target_set_parse(arena, (struct bytes){ document, strlen(document) }, &problems, out) != OK);
}

static void parse_or_recall(struct ask *ask, const char *document, struct target_set *out)
{
	struct kept_set kept;

	if (!ask->targets) {
		parse(ask->arena, document, out);
		return;
	}
	if (find_kept(ask->targets, document, out))
		return;
	kept.arena = arena_new(4 * MiB);
	kept.document = arena_text(kept.arena, document);
	parse(kept.arena, document, &kept.set);
	if (keep(ask->targets, &kept)) {
		*out = kept.set;
		return;
	}
	arena_free(kept.arena);
	parse(ask->arena, document, out);
}

OUTCOME target_set_get(struct ask *ask, struct target_set *out)
{
	struct sql_target_set_newest_row row;

	TRY(sql_target_set_newest(ask, &row));
	parse_or_recall(ask, row.document, out);
	out->id = row.id;
	out->version = row.version;
	return OK;
}

/* ---- import ---- */

/* The same file has the same id everywhere: 43 bits of a hash of its code. */
static int64_t id_of(struct ask *ask, const char *code)
{
	const char *name = arena_format(ask->arena, "targets %s", code);
	struct hash h = hash_of((struct bytes){ name, strlen(name) });
	int64_t counter = 0;

	for (size_t i = 0; i < 6; i++)
		counter = counter << 8 | h.at[i];
	return id_make(0, (counter & (((int64_t)1 << ID_REGISTER_SHIFT) - 1)) | 1);
}

static OUTCOME trace(struct ask *ask, const struct target_set *set)
{
	return audit_add(ask, &(struct audit_entry){ .action = AUDIT_TARGETS_IMPORTED, .subject = "target_set",
		.subject_id = set->id,
		.version = set->version, .new = audit_json(ask->arena, "code", set->code, "title", set->title, NULL) });
}

static OUTCOME store(struct ask *ask, struct target_set *set, const char *text)
{
	struct sql_target_set_by_code_row row;
	enum outcome found = sql_target_set_by_code(ask, set->code, &row);

	set->id = id_of(ask, set->code);
	set->version = 1;
	if (found == NOT_FOUND) {
		TRY(sql_target_set_insert(ask, set->id, set->code, set->title, text, ask->now));
		return trace(ask, set);
	}
	TRY(found);
	if (!strcmp(row.document, text))
		return OK;
	set->version = row.version + 1;
	TRY(sql_target_set_replace(ask, set->title, text, ask->now, set->id, row.version));
	return trace(ask, set);
}

OUTCOME targets_import(struct ask *ask, struct bytes json, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	struct problems problems = PROBLEMS(ask->arena);
	struct target_set set;

	*id = 0;
	TRY(access_require(ask, PERMIT_FIGURES_EDIT, 0));
	if (target_set_parse(ask->arena, json, &problems, &set) != OK) {
		for (const struct problem *p = problems.first; p; p = p->next)
			problem(ask->problems, "file", p->text);
		return INVALID;
	}
	TRY(store(ask, &set, arena_textn(ask->arena, json.ptr, json.len)));
	*id = set.id;
	return db_commit(&tx);
}
