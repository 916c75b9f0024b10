/* Reading goes by day: every question about a unit names one. Words of names are kept for search for ever (a unit is found by
 * the names it had), names and keys of order stand in the version. */
#include "registry/tree/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "db/ids.h"
#include "text/name.h"
#include "text/text.h"
#include "tree_sql.h"

const struct choices unit_kinds = CHOICES(
	{ "tinh", "Tỉnh" }, { "thanh_pho", "Thành phố" }, { "quan", "Quận" }, { "huyen", "Huyện" }, { "thi_xa", "Thị xã" },
	{ "xa", "Xã" }, { "phuong", "Phường" }, { "thi_tran", "Thị trấn" }, { "dac_khu", "Đặc khu" }, { "ap", "Ấp" },
	{ "khu_pho", "Khu phố" }, { "co_quan", "Cơ quan" }, { "truong", "Trường học" }, { "doanh_nghiep", "Doanh nghiệp" },
	{ "luc_luong_vu_trang", "Đơn vị lực lượng vũ trang" });

const struct choices leaf_kinds = CHOICES(
	{ "ap", "Ấp" }, { "khu_pho", "Khu phố" }, { "co_quan", "Cơ quan" }, { "truong", "Trường học" }, { "doanh_nghiep", "Doanh nghiệp" },
	{ "luc_luong_vu_trang", "Đơn vị lực lượng vũ trang" });

const char *unit_kind_label(const char *kind)
{
	for (size_t i = 0; i < unit_kinds.n; i++)
		if (!strcmp(unit_kinds.at[i].code, kind))
			return unit_kinds.at[i].label;
	return "";
}

const char *unit_kind_of_state(const char *label, bool has_parent, enum unit_level *level)
{
	static const struct { const char *kind; enum unit_level with_parent; } of[] = {
		{ "tinh", LEVEL_PROVINCE }, { "thanh_pho", LEVEL_DISTRICT }, { "quan", LEVEL_DISTRICT }, { "huyen", LEVEL_DISTRICT },
		{ "thi_xa", LEVEL_DISTRICT }, { "xa", LEVEL_COMMUNE }, { "phuong", LEVEL_COMMUNE }, { "thi_tran", LEVEL_COMMUNE },
		{ "dac_khu", LEVEL_COMMUNE } };

	for (size_t i = 0; i < COUNT(of); i++) {
		if (strcmp(unit_kind_label(of[i].kind), label) != 0)
			continue;
		*level = has_parent ? of[i].with_parent : LEVEL_PROVINCE;
		/* a province has no parent, everything else has one */
		if (!has_parent && of[i].with_parent != LEVEL_PROVINCE && strcmp(of[i].kind, "thanh_pho") != 0)
			return NULL;
		return has_parent && of[i].with_parent == LEVEL_PROVINCE ? NULL : of[i].kind;
	}
	return NULL;
}

bool unit_kind_is_organisation(const char *kind)
{
	return !strcmp(kind, "co_quan") || !strcmp(kind, "truong") || !strcmp(kind, "doanh_nghiep") || !strcmp(kind, "luc_luong_vu_trang");
}

/* The generated rows of all reads of a unit have the same columns. */
#define UNIT_OF(row) ((struct unit){ .id = (row).id, .level = (enum unit_level)(row).level, .version = (row).version, \
	.code = (row).code, .name = (row).name, .kind = (row).kind, .parent_id = (row).parent_id, .from_day = (row).from_day, \
	.until_day = (row).until_day })

OUTCOME tree_get(struct ask *ask, int64_t id, const char *day, struct unit *out)
{
	struct sql_unit_on_day_row row;

	TRY(sql_unit_on_day(ask, id, day, &row));
	*out = UNIT_OF(row);
	return OK;
}

OUTCOME tree_get_last(struct ask *ask, int64_t id, struct unit *out)
{
	struct sql_unit_last_row row;

	TRY(sql_unit_last(ask, id, &row));
	*out = UNIT_OF(row);
	return OK;
}

OUTCOME tree_by_code(struct ask *ask, const char *code, const char *day, struct unit *out)
{
	struct sql_unit_by_code_row row;

	TRY(sql_unit_by_code(ask, code, day, &row));
	*out = UNIT_OF(row);
	return OK;
}

OUTCOME tree_children(struct ask *ask, int64_t parent_id, const char *day, const struct unit *after, struct unit_list *out)
{
	struct sql_unit_children_row *rows;
	struct bytes key = { "", 0 };
	struct unit *units;

	if (after)
		TRY(sql_unit_name_key(ask, after->id, day, &key));
	TRY(sql_unit_children(ask, parent_id, day, key, after ? after->id : 0, &rows, &out->n));
	units = ARENA_ARRAY(ask->arena, struct unit, out->n);
	for (size_t i = 0; i < out->n; i++)
		units[i] = UNIT_OF(rows[i]);
	out->at = units;
	return OK;
}

OUTCOME tree_leaves(struct ask *ask, int64_t parent_id, const char *day, struct unit_leaves *out)
{
	struct sql_unit_leaves_row *rows;
	struct unit_leaf *leaves;

	TRY(sql_unit_leaves(ask, parent_id, day, &rows, &out->n));
	leaves = ARENA_ARRAY(ask->arena, struct unit_leaf, out->n);
	for (size_t i = 0; i < out->n; i++)
		leaves[i] = (struct unit_leaf){ rows[i].unit_id, rows[i].name, rows[i].kind };
	out->at = leaves;
	return OK;
}

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* A list of people names few units, each many times. */
static struct id_list each_once(struct arena *arena, struct id_list ids)
{
	int64_t *out = ARENA_ARRAY(arena, int64_t, ids.n);
	size_t n = 0;

	for (size_t i = 0; i < ids.n; i++)
		if (!i || ids.at[i] != ids.at[i - 1])
			out[n++] = ids.at[i];
	qsort(out, n, sizeof *out, by_id);
	ids = (struct id_list){ 0, out };
	for (size_t i = 0; i < n; i++)
		if (!ids.n || out[i] != out[ids.n - 1])
			out[ids.n++] = out[i];
	return ids;
}

OUTCOME tree_names(struct ask *ask, struct id_list units, const char *day, bool ended, struct unit_names *out)
{
	struct sql_unit_names_row *rows;
	struct unit_name *names;
	size_t n;

	TRY(sql_unit_names(ask, each_once(ask->arena, units), day, &rows, &n));
	names = ARENA_ARRAY(ask->arena, struct unit_name, n);
	*out = (struct unit_names){ 0, names };
	for (size_t i = 0; i < n; i++)
		if ((i + 1 == n || rows[i + 1].unit_id != rows[i].unit_id) && (ended || strcmp(rows[i].until_day, day) > 0))
			names[out->n++] = (struct unit_name){ rows[i].unit_id, rows[i].name };
	return OK;
}

const char *unit_name_of(const struct unit_names *names, int64_t id)
{
	const struct unit_name *found = names->n ? bsearch(&id, names->at, names->n, sizeof *names->at, by_id) : NULL;

	return found ? found->name : "";
}

OUTCOME tree_count_children(struct ask *ask, int64_t id, const char *day, int64_t *out)
{
	return sql_unit_count_children(ask, id, day, out);
}

OUTCOME tree_all(struct ask *ask, const char *day, enum unit_level max_level, struct unit_list *out)
{
	struct sql_unit_all_row *rows;
	struct unit *units;

	BUG_ON(max_level > LEVEL_COMMUNE);
	TRY(sql_unit_all(ask, (int64_t)max_level, day, &rows, &out->n));
	units = ARENA_ARRAY(ask->arena, struct unit, out->n);
	for (size_t i = 0; i < out->n; i++)
		units[i] = UNIT_OF(rows[i]);
	out->at = units;
	return OK;
}

/* ---- what has ended ---- */

enum { SUCCESSIONS = 8 };                        /* how often in a row a unit may have ended */

static OUTCOME province_of(struct ask *ask, int64_t id, const char *day, int depth, int64_t *out)
{
	struct sql_unit_successors_row *rows;
	struct unit_ids path;
	enum outcome found = tree_ids(ask, id, day, &path);
	size_t n;

	*out = 0;
	if (found == FAILED)
		return FAILED;
	if (found == OK && (path.level == LEVEL_PROVINCE || path.n > 1)) {
		*out = path.at[path.n - 1];
		return OK;
	}
	if (found == OK || depth == SUCCESSIONS)
		return OK;
	TRY(sql_unit_successors(ask, id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		int64_t one;

		TRY(province_of(ask, rows[i].to_id, day, depth + 1, &one));
		if (!one || (i && one != *out)) {
			*out = 0;
			return OK;
		}
		*out = one;
	}
	return OK;
}

OUTCOME tree_province(struct ask *ask, int64_t id, const char *day, int64_t *out)
{
	return province_of(ask, id, day, 0, out);
}

OUTCOME tree_unplaced(struct ask *ask, int64_t province_id, const char *day, struct unit_list *out)
{
	struct sql_unit_unplaced_row *rows;
	int64_t parent = 0, province = 0;
	struct unit *units;
	size_t n;

	TRY(sql_unit_unplaced(ask, day, &rows, &n));
	units = ARENA_ARRAY(ask->arena, struct unit, n);
	*out = (struct unit_list){ 0, units };
	for (size_t i = 0; i < n; i++) {
		if (province_id && rows[i].parent_id != parent) {
			parent = rows[i].parent_id;
			TRY(tree_province(ask, parent, day, &province));
		}
		if (province == province_id)
			units[out->n++] = UNIT_OF(rows[i]);
	}
	return OK;
}

/* The path of a leaf that waits: province, what it belonged to, itself. */
static OUTCOME unplaced_path(struct ask *ask, const char *day, struct unit_list *out)
{
	struct unit *units = ARENA_ARRAY(ask->arena, struct unit, UNIT_DEPTH);
	int64_t province;

	TRY(tree_province(ask, out->at[0].parent_id, day, &province));
	if (!province)
		return OK;
	TRY(tree_get(ask, province, day, &units[0]));
	TRY(tree_get_last(ask, out->at[0].parent_id, &units[1]));
	units[2] = out->at[0];
	*out = (struct unit_list){ 3, units };
	return OK;
}

/* Levels rise along the way down. */
static int by_level(const void *a, const void *b)
{
	return (int)((const struct unit *)a)->level - (int)((const struct unit *)b)->level;
}

OUTCOME tree_path(struct ask *ask, int64_t id, const char *day, struct unit_list *out)
{
	struct sql_unit_ids_row ids;
	struct sql_unit_path_row *rows;
	struct unit *units;

	TRY(sql_unit_ids(ask, day, id, &ids));
	TRY(sql_unit_path(ask, day, id, ids.above, ids.above_2, ids.above_3, &rows, &out->n));
	units = ARENA_ARRAY(ask->arena, struct unit, out->n);
	for (size_t i = 0; i < out->n; i++)
		units[i] = UNIT_OF(rows[i]);
	qsort(units, out->n, sizeof *units, by_level);
	out->at = units;
	if (out->n == 1 && units[0].level == LEVEL_LEAF)
		return unplaced_path(ask, day, out);
	return OK;
}

OUTCOME tree_ids(struct ask *ask, int64_t id, const char *day, struct unit_ids *out)
{
	struct sql_unit_ids_row row;

	TRY(sql_unit_ids(ask, day, id, &row));
	*out = (struct unit_ids){ { id, row.above, row.above_2, row.above_3 }, 1, (enum unit_level)row.level };
	if (row.level == LEVEL_LEAF && !row.above) {
		out->at[1] = row.parent_id;
		TRY(tree_province(ask, row.parent_id, day, &out->at[2]));
	}
	while (out->n < UNIT_DEPTH && out->at[out->n])
		out->n++;
	return OK;
}

OUTCOME tree_is_below(struct ask *ask, int64_t id, int64_t ancestor_id, const char *day, bool *out)
{
	struct unit_ids path;

	*out = false;
	TRY(tree_ids(ask, id, day, &path));
	for (size_t i = 0; i < path.n; i++)
		*out |= path.at[i] == ancestor_id;
	return OK;
}

OUTCOME tree_history(struct ask *ask, int64_t id, struct unit_list *out)
{
	struct sql_unit_history_row *rows;
	struct unit *units;

	TRY(sql_unit_history(ask, id, &rows, &out->n));
	units = ARENA_ARRAY(ask->arena, struct unit, out->n);
	for (size_t i = 0; i < out->n; i++)
		units[i] = UNIT_OF(rows[i]);
	out->at = units;
	return out->n ? OK : NOT_FOUND;
}

#define EDGE_OF(row) ((struct unit_edge){ (row).from_id, (row).to_id, (row).from_name, (row).to_name, (row).from_code, (row).to_code, \
	(row).on_day })

OUTCOME tree_edges(struct ask *ask, int64_t id, bool into, struct unit_edge_list *out)
{
	struct sql_unit_edges_from_row *from;
	struct sql_unit_edges_into_row *made_of;
	struct unit_edge *edges;

	if (into)
		TRY(sql_unit_edges_into(ask, id, &made_of, &out->n));
	else
		TRY(sql_unit_edges_from(ask, id, &from, &out->n));
	edges = ARENA_ARRAY(ask->arena, struct unit_edge, out->n);
	for (size_t i = 0; i < out->n; i++)
		edges[i] = into ? EDGE_OF(made_of[i]) : EDGE_OF(from[i]);
	out->at = edges;
	return OK;
}

/* Has the folded name every asked word as the prefix of one of its words? */
static bool has_words(struct arena *arena, const char *folded, struct words asked)
{
	struct words own = text_words(arena, folded);

	for (size_t i = 0; i < asked.n; i++) {
		bool found = false;

		for (size_t j = 0; j < own.n && !found; j++)
			found = !strncmp(own.at[j], asked.at[i], strlen(asked.at[i]));
		if (!found)
			return false;
	}
	return true;
}

/* The longest word leaves the fewest candidates. */
static const char *longest(struct words words)
{
	const char *best = words.at[0];

	for (size_t i = 1; i < words.n; i++)
		if (strlen(words.at[i]) > strlen(best))
			best = words.at[i];
	return best;
}

OUTCOME tree_search(struct ask *ask, const char *query, const char *day, int64_t within, int64_t limit, struct unit_list *out)
{
	struct words words = text_words(ask->arena, text_fold(ask->arena, query));
	struct unit *units = ARENA_ARRAY(ask->arena, struct unit, (size_t)limit);
	struct sql_unit_search_row row;
	struct db_cursor *cursor;
	enum outcome done = OK;

	*out = (struct unit_list){ 0, units };
	if (!words.n)
		return OK;
	cursor = sql_unit_search_open(ask, longest(words), arena_format(ask->arena, "%s\x7f", longest(words)), day);
	while (done == OK && out->n < (size_t)limit && sql_unit_search_next(cursor, ask->arena, &row)) {
		bool below = true;

		if (!has_words(ask->arena, row.folded, words))
			continue;
		if (within)
			done = tree_is_below(ask, row.id, within, day, &below);
		if (below)
			units[out->n++] = UNIT_OF(row);
	}
	TRY(sql_unit_search_close(cursor));
	return done;
}

/* Changes. */

static OUTCOME add_words(struct ask *ask, int64_t id, const char *folded)
{
	struct words words = text_words(ask->arena, folded);

	for (size_t i = 0; i < words.n; i++)
		TRY(sql_unit_word_insert(ask, words.at[i], id));
	return OK;
}

static OUTCOME add_version(struct ask *ask, const struct unit_new *new)
{
	const char *folded = text_fold(ask->arena, new->name);

	TRY(sql_unit_version_insert(ask, &(struct sql_unit_version_insert_in){ .unit_id = new->id, .from_day = new->from_day,
		.until_day = new->until_day, .code = new->code, .name = new->name, .kind = new->kind, .parent_id = new->parent_id,
		.folded = folded, .name_key = text_key(ask->arena, new->name) }));
	return add_words(ask, new->id, folded);
}

OUTCOME tree_add(struct ask *ask, const struct unit_new *new)
{
	TRY(sql_unit_insert(ask, new->id, (int64_t)new->level));
	return add_version(ask, new);
}

OUTCOME tree_add_new(struct ask *ask, struct unit_new *new)
{
	TRY(tree_new_id(ask, "unit", &new->id));
	return tree_add(ask, new);
}

OUTCOME tree_change(struct ask *ask, int64_t id, int64_t version, const struct unit_new *new)
{
	const char *folded = text_fold(ask->arena, new->name);
	struct unit now;

	TRY(tree_get(ask, id, new->from_day, &now));
	TRY(sql_unit_touch(ask, id, version));
	if (!strcmp(now.from_day, new->from_day)) {
		TRY(sql_unit_version_replace(ask, &(struct sql_unit_version_replace_in){ .code = new->code, .name = new->name,
			.kind = new->kind, .parent_id = new->parent_id, .folded = folded, .name_key = text_key(ask->arena, new->name),
			.unit_id = id, .from_day = new->from_day }));
		return add_words(ask, id, folded);
	}
	TRY(sql_unit_version_end(ask, new->from_day, id));
	return add_version(ask, &(struct unit_new){ .id = id, .code = new->code, .name = new->name, .kind = new->kind,
		.parent_id = new->parent_id, .from_day = new->from_day, .until_day = now.until_day });
}

OUTCOME tree_end(struct ask *ask, int64_t id, int64_t version, const char *on_day)
{
	TRY(sql_unit_touch(ask, id, version));
	return sql_unit_version_end(ask, on_day, id);
}

OUTCOME tree_add_edge(struct ask *ask, int64_t from_id, int64_t to_id, const char *on_day)
{
	return sql_unit_edge_insert(ask, from_id, to_id, on_day);
}

OUTCOME tree_unchange(struct ask *ask, int64_t id, int64_t version, const char *from_day)
{
	struct unit last;

	TRY(tree_get_last(ask, id, &last));
	if (strcmp(last.from_day, from_day) != 0)
		return CONFLICT;
	TRY(sql_unit_touch(ask, id, version));
	TRY(sql_unit_version_delete(ask, id, from_day));
	return sql_unit_version_extend(ask, last.until_day, id, from_day);
}

OUTCOME tree_reopen(struct ask *ask, int64_t id, int64_t version, const char *on_day)
{
	struct unit last;

	TRY(tree_get_last(ask, id, &last));
	if (strcmp(last.until_day, on_day) != 0)
		return CONFLICT;
	TRY(sql_unit_touch(ask, id, version));
	return sql_unit_version_extend(ask, DAY_OPEN, id, on_day);
}

OUTCOME tree_remove_edge(struct ask *ask, int64_t from_id, int64_t to_id, const char *on_day)
{
	return sql_unit_edge_delete(ask, from_id, to_id, on_day);
}

/* length of the code (3 bits), the code (17 bits), days since 1900 (18 bits): below 2^38, in register 0. */
int64_t tree_state_id(const char *code, const char *first_day)
{
	int64_t number = 0;
	size_t len = strlen(code);

	BUG_ON(len < 1 || len > 5);
	for (const char *p = code; *p; p++) {
		BUG_ON(*p < '0' || *p > '9');
		number = number * 10 + (*p - '0');
	}
	return id_make(0, ((int64_t)len << 17 | number) << 18 | day_count("1900-01-01", first_day));
}

OUTCOME setting_get(struct ask *ask, const char *name, const char **out)
{
	return sql_setting_get(ask, name, out);
}

OUTCOME setting_set(struct ask *ask, const char *name, const char *value)
{
	return sql_setting_set(ask, name, value);
}

OUTCOME setting_register(struct ask *ask, int64_t *out)
{
	const char *value = "0";
	enum outcome found = sql_setting_get(ask, "register", &value);

	*out = 0;
	if (found == FAILED)
		return FAILED;
	for (; *value; value++)
		*out = *out * 10 + (*value - '0');
	return OK;
}

OUTCOME tree_new_id(struct ask *ask, const char *table, int64_t *out)
{
	int64_t reg = ask->home;

	if (!reg)
		TRY(setting_register(ask, &reg));
	return id_next(ask->db, table, reg, out);
}

OUTCOME unique_claim(struct ask *ask, enum unique_kind use, struct bytes value, int64_t owner_id)
{
	return sql_unique_claim(ask, (int64_t)use, value, owner_id);
}

OUTCOME unique_add(struct ask *ask, enum unique_kind use, struct bytes value, int64_t owner_id)
{
	return sql_unique_add(ask, (int64_t)use, value, owner_id);
}

OUTCOME unique_find(struct ask *ask, enum unique_kind use, struct bytes value, int64_t *owner_id)
{
	return sql_unique_find(ask, (int64_t)use, value, owner_id);
}

OUTCOME unique_release(struct ask *ask, enum unique_kind use, struct bytes value, int64_t owner_id)
{
	return sql_unique_release(ask, (int64_t)use, value, owner_id);
}
