/* Reading: one person, lists by name, search by words, twins. */
#include <string.h>

#include "base/day.h"
#include "crypto/keyring.h"
#include "people_sql.h"
#include "registry/access/access.h"
#include "registry/people/people.h"
#include "registry/people/people_messages.h"
#include "registry/people/people_place.h"
#include "registry/tree/tree.h"
#include "text/national_id.h"
#include "text/text.h"

enum { CANDIDATES = 5000, WORDS = 8, DOUBLE_GROUPS = 50, DOUBLE_ROWS = 500 };

/* The generated rows of all reads of a person have the same columns. */
#define PERSON_OF(r) ((struct person){ .id = (r).id, .version = (r).version, .name = (r).name, .birth = (r).birth, \
	.sex = (enum sex)(r).sex, .has_national_id = *(r).national_id_end != '\0', .national_id_end = (r).national_id_end, \
	.phone = (r).phone, .address = (r).address, .leaf_id = (r).leaf_id, .hamlet_id = (r).hamlet_id, \
	.organisation_id = (r).organisation_id, .commune_id = (r).commune_id, .province_id = (r).province_id, \
	.household = (r).household, .clan = (r).clan, .group = (r).group_code, .member = (r).member != 0, .trained_on = (r).trained_on, \
	.guardian = (r).guardian, .condition = (enum person_condition)(r).condition, .merged_into = (r).merged_into, \
	.name_key = (r).name_key, .leaf_name = (r).leaf_name, .commune_name = (r).commune_name })

#define PEOPLE_OF(ask, rows, out) \
	do { \
		struct person *people_ = ARENA_ARRAY((ask)->arena, struct person, (out)->n); \
		for (size_t i_ = 0; i_ < (out)->n; i_++) \
			people_[i_] = PERSON_OF((rows)[i_]); \
		(out)->at = people_; \
	} while (0)

static const char *today(const struct ask *ask)
{
	return arena_text(ask->arena, day_of(ask->now).text);
}

OUTCOME person_get(struct ask *ask, int64_t id, struct person *out)
{
	struct sql_person_get_row row;

	TRY(sql_person_get(ask, today(ask), id, &row));
	*out = PERSON_OF(row);
	return OK;
}

OUTCOME person_read(struct ask *ask, int64_t id, struct person *out)
{
	enum outcome may;

	TRY(person_get(ask, id, out));
	may = access_require_person(ask, PERMIT_PERSON_READ, id, out->leaf_id);
	return may == FORBIDDEN ? NOT_FOUND : may;       /* that somebody is in the register is not for everybody */
}

OUTCOME person_of_national_id(struct ask *ask, const char *digits, int64_t *id)
{
	struct hash hash = keyring_hash(ask->keys, HASH_NATIONAL_ID, (struct bytes){ digits, strlen(digits) });

	return unique_find(ask, UNIQUE_NATIONAL_ID, (struct bytes){ hash.at, HASH_LEN }, id);
}

OUTCOME person_list_of_unit(struct ask *ask, int64_t unit_id, const struct person *after, struct person_list *out)
{
	struct bytes key = after ? after->name_key : (struct bytes){ "", 0 };
	struct unit unit;

	*out = (struct person_list){ 0 };
	TRY(tree_get(ask, unit_id, today(ask), &unit));
	if (unit.level == LEVEL_LEAF) {
		struct sql_people_of_leaf_row *rows;

		TRY(sql_people_of_leaf(ask, today(ask), unit_id, key, after ? after->id : 0, &rows, &out->n));
		PEOPLE_OF(ask, rows, out);
	} else if (unit.level == LEVEL_COMMUNE) {
		struct sql_people_of_commune_row *rows;

		TRY(sql_people_of_commune(ask, today(ask), unit_id, key, after ? after->id : 0, &rows, &out->n));
		PEOPLE_OF(ask, rows, out);
	}
	return OK;
}

#define ENTRIES_OF(rows) \
	for (size_t i = 0; i < out->n; i++) { \
		entries[i] = (struct person_entry){ .id = (rows)[i].id, .name = (rows)[i].name, .birth = (rows)[i].birth, \
			.group = (rows)[i].group_code, .sex = (enum sex)(rows)[i].sex }; \
		leaves[i] = (rows)[i].leaf_id; \
	}

OUTCOME person_entries_of_unit(struct ask *ask, const struct unit *unit, const struct person *after, struct person_entries *out)
{
	struct person_entry *entries = ARENA_ARRAY(ask->arena, struct person_entry, PERSON_PAGE);
	int64_t *leaves = ARENA_ARRAY(ask->arena, int64_t, PERSON_PAGE);
	struct bytes key = after ? after->name_key : (struct bytes){ "", 0 };
	struct unit_names names;

	*out = (struct person_entries){ 0, entries };
	if (unit->level == LEVEL_LEAF) {
		struct sql_names_of_leaf_row *rows;

		TRY(sql_names_of_leaf(ask, unit->id, key, after ? after->id : 0, &rows, &out->n));
		ENTRIES_OF(rows);
	} else if (unit->level == LEVEL_COMMUNE) {
		struct sql_names_of_commune_row *rows;

		TRY(sql_names_of_commune(ask, unit->id, key, after ? after->id : 0, &rows, &out->n));
		ENTRIES_OF(rows);
	}
	TRY(tree_names(ask, (struct id_list){ out->n, leaves }, today(ask), false, &names));
	for (size_t i = 0; i < out->n; i++)
		entries[i].leaf_name = unit_name_of(&names, leaves[i]);
	return OK;
}

/* ---- search ---- */

struct query {
	const char *at[WORDS], *year;
	size_t n, rarest;                /* the word to begin with */
	int64_t scope, province, leaf;   /* scope 0: all of the province; leaf 0: any */
};

static bool is_year(const char *word)
{
	return strlen(word) == 4 && strspn(word, "0123456789") == 4;
}

static void read_query(struct arena *arena, const char *text, struct query *q)
{
	struct words words = text_words(arena, text_fold(arena, text));

	*q = (struct query){ .year = "" };
	for (size_t i = 0; i < words.n; i++) {
		if (is_year(words.at[i]))
			q->year = words.at[i];
		else if (q->n < WORDS)
			q->at[q->n++] = words.at[i];
	}
}

static const char *end_of(struct arena *arena, const char *prefix)
{
	return arena_format(arena, "%s\x7f", prefix);
}

/* Nguyễn, Văn and Thị stand in most names: a search begins with the word that the fewest have. */
static OUTCOME choose_rarest(struct ask *ask, struct query *q)
{
	int64_t best = INT64_MAX, weight;

	for (size_t i = 0; q->n > 1 && i < q->n; i++) {
		const char *end = end_of(ask->arena, q->at[i]);

		if (q->scope)
			TRY(sql_word_weight_in(ask, q->scope, q->at[i], end, CANDIDATES, &weight));
		else
			TRY(sql_word_weight(ask, q->at[i], end, q->province, today(ask), CANDIDATES, &weight));
		if (weight < best) {
			best = weight;
			q->rarest = i;
		}
	}
	return OK;
}

/* Each word of the query begins a word of the name of its own: "lanh lanh" wants two. */
static bool has_words(struct arena *arena, const char *folded, const struct query *q)
{
	struct words words = text_words(arena, folded);
	bool used[32] = { false };

	for (size_t i = 0; i < q->n; i++) {
		size_t j = 0;

		while (j < words.n && (j >= COUNT(used) || used[j] || strncmp(words.at[j], q->at[i], strlen(q->at[i])) != 0))
			j++;
		if (j == words.n)
			return false;
		used[j] = true;
	}
	return true;
}

static bool fits(struct arena *arena, const struct query *q, const struct person *p, const char *folded)
{
	return (!q->leaf || p->leaf_id == q->leaf) && !strncmp(p->birth, q->year, strlen(q->year)) && has_words(arena, folded, q);
}

static OUTCOME find_in(struct ask *ask, const struct query *q, struct person *found, size_t *n)
{
	const char *word = q->at[q->rarest];
	struct sql_people_by_word_row row;
	struct db_cursor *cursor = sql_people_by_word_open(ask, today(ask), q->scope, word, end_of(ask->arena, word), CANDIDATES);

	while (*n < PERSON_FOUND && sql_people_by_word_next(cursor, ask->arena, &row)) {
		struct person p = PERSON_OF(row);
		bool again = false;

		for (size_t i = 0; i < *n; i++)
			again |= found[i].id == p.id;    /* two words of one name may begin alike */
		if (!again && fits(ask->arena, q, &p, row.folded))
			found[(*n)++] = p;
	}
	return sql_people_by_word_close(cursor);
}

static OUTCOME find_below(struct ask *ask, const struct query *q, struct person *found, size_t *n)
{
	const char *word = q->at[q->rarest];
	struct sql_people_by_word_below_row row;
	struct db_cursor *cursor = sql_people_by_word_below_open(ask, word, end_of(ask->arena, word), today(ask), q->province,
		CANDIDATES);

	while (*n < PERSON_FOUND && sql_people_by_word_below_next(cursor, ask->arena, &row)) {
		struct person p = PERSON_OF(row);
		bool again = false;

		for (size_t i = 0; i < *n; i++)
			again |= found[i].id == p.id;
		if (!again && fits(ask->arena, q, &p, row.folded))
			found[(*n)++] = p;
	}
	return sql_people_by_word_below_close(cursor);
}

static int by_name(const void *x, const void *y)
{
	const struct person *a = x, *b = y;
	size_t len = a->name_key.len < b->name_key.len ? a->name_key.len : b->name_key.len;
	int order = memcmp(a->name_key.ptr, b->name_key.ptr, len);

	if (!order)
		order = (a->name_key.len > b->name_key.len) - (a->name_key.len < b->name_key.len);
	return order ? order : (a->id > b->id) - (a->id < b->id);
}

static OUTCOME scope_of(struct ask *ask, int64_t unit_id, struct query *q)
{
	struct unit_list path;
	const struct unit *unit;

	TRY(tree_path(ask, unit_id, today(ask), &path));
	unit = &path.at[path.n - 1];
	q->province = path.at[0].id;
	if (unit->level == LEVEL_COMMUNE)
		q->scope = unit_id;
	else if (unit->level == LEVEL_LEAF) {
		q->leaf = unit_id;
		q->scope = path.at[path.n - 2].level == LEVEL_COMMUNE ? path.at[path.n - 2].id : unit_id;
	}
	return OK;
}

OUTCOME person_search(struct ask *ask, int64_t unit_id, const char *query, struct person_list *out)
{
	struct person *found = ARENA_ARRAY(ask->arena, struct person, PERSON_FOUND);
	struct query q;

	*out = (struct person_list){ 0, found };
	read_query(ask->arena, query, &q);
	TRY(scope_of(ask, unit_id, &q));
	if (!q.scope && (!q.n || q.n + (*q.year != '\0') < 2)) {
		problem(ask->problems, "q", PERSON_SEARCH_WIDE);
		return INVALID;
	}
	if (!q.n)
		return OK;
	TRY(choose_rarest(ask, &q));
	if (q.scope)
		TRY(find_in(ask, &q, found, &out->n));
	else
		TRY(find_below(ask, &q, found, &out->n));
	qsort(found, out->n, sizeof *found, by_name);
	return OK;
}

/* ---- twins ---- */

static void add_twin(struct person *list, size_t *n, const struct person *p, int64_t self)
{
	for (size_t i = 0; i < *n; i++)
		if (list[i].id == p->id)
			return;
	if (p->id != self && *n < 21)
		list[(*n)++] = *p;
}

OUTCOME person_twins(struct ask *ask, const struct person_new *new, int64_t self, struct person_list *out)
{
	struct person *list = ARENA_ARRAY(ask->arena, struct person, 21), holder;
	const char *year = arena_format(ask->arena, "%.4s", new->birth);
	struct sql_people_same_row *rows;
	char digits[NATIONAL_ID_LEN + 1];
	struct place place;
	enum outcome found;
	int64_t id;
	size_t n;

	*out = (struct person_list){ 0, list };
	if (new->national_id && text_to_national_id(new->national_id, digits) == NATIONAL_ID_OK) {
		found = person_of_national_id(ask, digits, &id);
		if (found == OK)
			found = person_read(ask, id, &holder);
		if (found == FAILED)
			return FAILED;
		if (found == OK)
			add_twin(list, &out->n, &holder, self);
	}
	found = place_of_leaf(ask, new->leaf_id, &place);
	if (found == FAILED)
		return FAILED;
	if (found != OK || strlen(year) < 4)
		return OK;
	TRY(sql_people_same(ask, today(ask), place.commune_id, text_fold(ask->arena, new->name), year, arena_format(ask->arena,
		"%s\x7f", year),
		&rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct person p = PERSON_OF(rows[i]);

		if (place.commune_id || p.leaf_id == new->leaf_id)
			add_twin(list, &out->n, &p, self);
	}
	return OK;
}

OUTCOME person_household(struct ask *ask, const struct person *p, struct person_list *out)
{
	struct sql_people_of_household_row *rows;

	*out = (struct person_list){ 0 };
	if (!*p->household)
		return OK;
	TRY(sql_people_of_household(ask, today(ask), p->leaf_id, p->household, p->id, &rows, &out->n));
	PEOPLE_OF(ask, rows, out);
	return OK;
}

static bool same_group(struct arena *arena, const struct person *a, const struct person *b)
{
	return !strncmp(a->birth, b->birth, 4) && !strcmp(text_fold(arena, a->name), text_fold(arena, b->name));
}

/* Keeps the group that ends before `at` if it is two or more, and not each has a number of their own: numbers are unique, so
 * people with numbers are different people. */
static size_t keep_group(const struct person *list, size_t from, size_t at)
{
	size_t with_number = 0;

	for (size_t i = from; i < at; i++)
		with_number += list[i].has_national_id;
	return at - from > 1 && with_number < at - from ? at : from;
}

OUTCOME person_doubles(struct ask *ask, int64_t commune_id, const struct person *after, struct person_list *out, int64_t *next)
{
	struct person *list = ARENA_ARRAY(ask->arena, struct person, DOUBLE_ROWS);
	struct sql_people_doubles_row row;
	struct person last = { 0 };
	size_t from = 0, n = 0, groups = 0;
	struct db_cursor *cursor;

	TRY(access_require(ask, PERMIT_PERSON_READ, commune_id));
	cursor = sql_people_doubles_open(ask, commune_id, after ? text_fold(ask->arena, after->name) : "",
		after ? arena_format(ask->arena, "%.4s", after->birth) : "", DOUBLE_GROUPS, today(ask));
	while (n < DOUBLE_ROWS && sql_people_doubles_next(cursor, ask->arena, &row)) {
		struct person p = PERSON_OF(row);

		if (!last.id || !same_group(ask->arena, &last, &p)) {
			from = n = keep_group(list, from, n);
			groups++;
		}
		list[n++] = last = p;
	}
	TRY(sql_people_doubles_close(cursor));
	*out = (struct person_list){ keep_group(list, from, n), list };
	*next = groups == DOUBLE_GROUPS || n == DOUBLE_ROWS ? last.id : 0;
	return OK;
}
