#include "title/criteria/criteria.h"

#include <stdatomic.h>
#include <string.h>

#include "base/id.h"
#include "base/log.h"
#include "criteria_sql.h"
#include "crypto/crypto.h"
#include "db/transaction.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "title/criteria/criteria_document.h"
#include "title/criteria/criteria_messages.h"

enum { CACHED = 32, PARSED_BYTES = 16 << 20 };

/* ---- the cache ---- */

/* A list that only grows, at its head, so readers need no lock. Only published documents: the row says whether it is one and
 * which version, so that an uncommitted or replaced one is never taken for it. Past CACHED frameworks (a province has one or
 * two a decade) the others are parsed at each call. */
struct cached { const struct criteria *parsed; struct arena *arena; struct cached *next; int n; };
struct criteria_cache { struct arena *arena; _Atomic(struct cached *) first; };

struct criteria_cache *criteria_cache_new(void)
{
	struct arena *arena = arena_new(64 * KiB);
	struct criteria_cache *cache = ARENA_NEW(arena, struct criteria_cache);

	cache->arena = arena;
	atomic_init(&cache->first, NULL);
	return cache;
}

void criteria_cache_free(struct criteria_cache *cache)
{
	struct cached *c, *next;

	if (!cache)
		return;
	for (c = atomic_load(&cache->first); c; c = next) {
		next = c->next;
		arena_free(c->arena);            /* it lives there */
	}
	arena_free(cache->arena);
}

static const struct criteria *find_cached(const struct cached *c, const struct sql_criteria_head_row *row)
{
	for (; c; c = c->next)
		if (c->parsed->id == row->id && c->parsed->version == row->version && c->parsed->published_at == row->published_at)
			return c->parsed;
	return NULL;
}

/* Hands `arena` over with what was parsed in it. Another thread may have been faster: then its own is the one to use.
 * NULL: there is no room, the caller keeps what it has. */
static const struct criteria *cache_add(struct criteria_cache *cache, const struct sql_criteria_head_row *row, struct arena *arena,
	const struct criteria *parsed)
{
	struct cached *c = ARENA_NEW(arena, struct cached), *first = atomic_load(&cache->first);
	const struct criteria *found;

	do {
		found = find_cached(first, row);
		if (found || (first && first->n == CACHED))
			return found;
		*c = (struct cached){ parsed, arena, first, first ? first->n + 1 : 1 };
	} while (!atomic_compare_exchange_weak(&cache->first, &first, c));
	return parsed;
}

/* ---- reading ---- */

static OUTCOME parse_stored(struct ask *ask, const struct sql_criteria_head_row *row, struct arena *keep, struct criteria **out)
{
	const char *text;
	struct problems problems = PROBLEMS(ask->arena);
	struct criteria *c = ARENA_NEW(keep, struct criteria);

	TRY(sql_criteria_document(ask, row->id, &text));
	if (criteria_parse(ask->arena, keep, text, &problems, c) != OK) {
		log_line(LOG_ERROR, ask->request_id, "criteria", "id %lld does not parse: %s", (long long)row->id, problems.first->text);
		return FAILED;
	}
	c->id = row->id;
	c->version = row->version;
	c->published_at = row->published_at;
	*out = c;
	return OK;
}

static void release_arena(void *arena) { arena_free(arena); }

OUTCOME criteria_get(struct ask *ask, int64_t id, const struct criteria **out)
{
	bool may_cache;
	struct sql_criteria_head_row row;
	struct criteria *parsed = NULL;
	struct arena *keep;
	enum outcome read;

	TRY(sql_criteria_head(ask, id, &row));
	may_cache = ask->criteria && row.published_at;
	if (may_cache && (*out = find_cached(atomic_load(&ask->criteria->first), &row)))
		return OK;
	if (!may_cache) {
		TRY(parse_stored(ask, &row, ask->arena, &parsed));
		*out = parsed;
		return OK;
	}
	keep = arena_new(PARSED_BYTES);
	read = parse_stored(ask, &row, keep, &parsed);
	*out = read == OK ? cache_add(ask->criteria, &row, keep, parsed) : NULL;
	if (read == OK && *out == parsed)
		return OK;
	if (*out || read != OK) {
		arena_free(keep);
		return read;
	}
	arena_on_release(ask->arena, release_arena, keep);
	*out = parsed;
	return OK;
}

OUTCOME criteria_list(struct ask *ask, struct criteria_list *out)
{
	struct sql_criteria_list_row *rows;
	struct criteria_line *lines;
	size_t n;

	TRY(sql_criteria_list(ask, &rows, &n));
	lines = ARENA_ARRAY(ask->arena, struct criteria_line, n);
	for (size_t i = 0; i < n; i++)
		lines[i] = (struct criteria_line){ rows[i].id, rows[i].published_at, rows[i].version, rows[i].code, rows[i].release,
			rows[i].title };
	*out = (struct criteria_list){ n, lines };
	return OK;
}

OUTCOME criteria_current(struct ask *ask, struct criteria_line *out)
{
	struct sql_criteria_current_row row;

	TRY(sql_criteria_current(ask, &row));
	*out = (struct criteria_line){ row.id, row.published_at, row.version, row.code, row.release, row.title };
	return OK;
}

int criteria_group_index(const struct criteria *c, const char *code)
{
	for (size_t i = 0; i < c->n_groups; i++)
		if (!strcmp(c->groups[i].code, code))
			return (int)i;
	return -1;
}

const struct criteria_variant *criteria_variant(const struct criteria *c, int group, int number)
{
	BUG_ON(group < 0 || (size_t)group >= c->n_groups || number < 1 || (size_t)number > c->n_indicators);
	return &c->variants[(size_t)group * c->n_indicators + (size_t)number - 1];
}

/* ---- the pass rule ---- */

static const struct maybe *score_at(const struct scores *s, int number)
{
	static const struct maybe none = { 0 };

	return number >= 1 && number <= s->n ? &s->at[number - 1] : &none;
}

struct verdict_of_scores criteria_judge(const struct criteria *c, const struct scores *s)
{
	struct verdict_of_scores v = { 0 };

	for (int i = 1; i <= (int)c->n_indicators; i++) {
		const struct maybe *score = score_at(s, i);

		v.missing += !score->is;
		v.total += score->is ? (int)score->value : 0;
		if (score->is && score->value < c->each_min)
			v.low[v.n_low++] = i;
	}
	v.complete = !v.missing;
	v.short_by = v.total < c->total_min ? c->total_min - v.total : 0;
	v.passes = v.complete && !v.short_by && !v.n_low;
	return v;
}

static bool reaches(const struct criteria *c, const struct scores *s, int least)
{
	const struct maybe *score = score_at(s, c->digital_indicator);

	return c->digital_indicator && score->is && score->value >= least;
}

bool criteria_has_digital(const struct criteria *c, const struct scores *s) { return reaches(c, s, c->digital_min); }
bool criteria_is_proficient(const struct criteria *c, const struct scores *s) { return reaches(c, s, c->proficient_min); }

/* ---- changes ---- */

/* From what names it in the world: 43 bits of a hash (two frameworks of one id: one in a hundred million for a thousand of them,
 * and then the insert is refused). */
static int64_t id_of(struct ask *ask, const char *code, const char *release)
{
	const char *name = arena_format(ask->arena, "criteria %s %s", code, release);
	struct hash h = hash_of((struct bytes){ name, strlen(name) });
	int64_t counter = 0;

	for (size_t i = 0; i < 6; i++)
		counter = counter << 8 | h.at[i];
	return id_make(0, (counter & (((int64_t)1 << ID_REGISTER_SHIFT) - 1)) | 1);
}

static OUTCOME trace(struct ask *ask, enum audit_action action, const struct criteria *c, int64_t version)
{
	return audit_add(ask, &(struct audit_entry){ .action = action, .subject = "criteria", .subject_id = c->id, .version = version,
		.new = audit_json(ask->arena, "code", c->code, "release", c->release, "title", c->title, NULL) });
}

static OUTCOME store(struct ask *ask, const struct criteria *c, const char *text)
{
	struct sql_criteria_head_row row;
	const char *stored;
	enum outcome found = sql_criteria_head(ask, c->id, &row);

	if (found == NOT_FOUND) {
		TRY(sql_criteria_insert(ask, c->id, c->code, c->release, c->title, text, ask->now));
		return trace(ask, AUDIT_CRITERIA_IMPORTED, c, 1);
	}
	TRY(found);
	TRY(sql_criteria_document(ask, c->id, &stored));
	if (!strcmp(stored, text))
		return OK;
	if (row.published_at) {
		problem(ask->problems, "file", criteria_is_published(ask->arena, c->code, c->release));
		return INVALID;
	}
	TRY(sql_criteria_replace(ask, c->title, text, c->id, row.version));
	return trace(ask, AUDIT_CRITERIA_IMPORTED, c, row.version + 1);
}

/* Places of a document are no fields of a form: all stand beside the file. */
static enum outcome refuse(struct ask *ask, const struct problems *found)
{
	for (const struct problem *p = found->first; p; p = p->next)
		problem(ask->problems, "file", p->text);
	return INVALID;
}

OUTCOME criteria_import(struct ask *ask, struct bytes json, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	struct problems problems = PROBLEMS(ask->arena);
	struct criteria c;
	const char *text;

	*id = 0;
	TRY(access_require(ask, PERMIT_CRITERIA_EDIT, 0));
	if (criteria_text(ask->arena, json, &problems, &text) != OK ||
	    criteria_parse(ask->arena, ask->arena, text, &problems, &c) != OK)
		return refuse(ask, &problems);
	*id = c.id = id_of(ask, c.code, c.release);
	TRY(store(ask, &c, text));
	return db_commit(&tx);
}

OUTCOME criteria_publish(struct ask *ask, int64_t id, int64_t version)
{
	DB_TRANSACTION(tx, ask->db);
	struct sql_criteria_head_row row;
	const struct criteria *c;

	TRY(access_require(ask, PERMIT_CRITERIA_EDIT, 0));
	TRY(sql_criteria_head(ask, id, &row));
	if (row.published_at) {
		problem(ask->problems, "", CRITERIA_ALREADY_PUBLISHED);
		return INVALID;
	}
	TRY(criteria_get(ask, id, &c));
	TRY(sql_criteria_publish(ask, ask->now, id, version));
	TRY(trace(ask, AUDIT_CRITERIA_PUBLISHED, c, version + 1));
	return db_commit(&tx);
}
