#include "figures/crosstabs/columns.h"

#include <string.h>

#include "base/bug.h"
#include "crosstabs_sql.h"
#include "files/packs.h"
#include "title/transfers/boundaries.h"

/* The pack: this, then leafs, groups and the columns, each aligned to 64 bytes. */
struct shape { int64_t n, n_leafs, n_groups; };
enum { ALIGN = 64, FIRST_ROWS = 4096, BLOCK = 2048 };

static size_t aligned(size_t at) { return (at + ALIGN - 1) / ALIGN * ALIGN; }

struct building {
	struct arena *arena;
	size_t n, room, n_leafs, n_groups, last_leaf;
	int64_t *leafs;
	char (*groups)[GROUP_CODE];
	uint16_t *leaf, *flags, *total;
	uint8_t *group, *sex, *age, *state;
};

static void *longer(struct arena *arena, const void *old, size_t size, size_t n, size_t room)
{
	char *new = arena_array(arena, size, room);

	if (n)
		memcpy(new, old, size * n);
	return new;
}

static void grow(struct building *b)
{
	struct arena *a = b->arena;

	b->room = b->room ? 2 * b->room : FIRST_ROWS;
	b->leaf = longer(a, b->leaf, sizeof *b->leaf, b->n, b->room);
	b->flags = longer(a, b->flags, sizeof *b->flags, b->n, b->room);
	b->group = longer(a, b->group, 1, b->n, b->room);
	b->sex = longer(a, b->sex, 1, b->n, b->room);
	b->age = longer(a, b->age, 1, b->n, b->room);
	b->state = longer(a, b->state, 1, b->n, b->room);
	b->total = longer(a, b->total, sizeof *b->total, b->n, b->room);
}

/* Rows come by state and name, so leafs are mixed: the last one is tried first, then all. A commune has some dozens. */
static size_t leaf_index(struct building *b, int64_t id)
{
	if (b->n_leafs && b->leafs[b->last_leaf] == id)
		return b->last_leaf;
	for (size_t i = 0; i < b->n_leafs; i++)
		if (b->leafs[i] == id)
			return b->last_leaf = i;
	BUG_ON(b->n_leafs == COLUMNS_LEAFS);
	if (b->n_leafs % 64 == 0)
		b->leafs = longer(b->arena, b->leafs, sizeof *b->leafs, b->n_leafs, b->n_leafs + 64);
	b->leafs[b->n_leafs] = id;
	return b->last_leaf = b->n_leafs++;
}

static size_t group_index(struct building *b, const char *code)
{
	for (size_t i = 0; i < b->n_groups; i++)
		if (!strcmp(b->groups[i], code))
			return i;
	BUG_ON(b->n_groups == COLUMNS_GROUPS || strlen(code) >= GROUP_CODE);
	memcpy(b->groups[b->n_groups], code, strlen(code) + 1);
	return b->n_groups++;
}

static enum outcome add_row(void *context, const struct sql_crosstab_rows_row *r)
{
	struct building *b = context;
	size_t i = b->n;

	if (i == b->room)
		grow(b);
	b->leaf[i] = (uint16_t)leaf_index(b, r->leaf_id);
	b->group[i] = (uint8_t)group_index(b, r->group_code);
	b->sex[i] = (uint8_t)r->sex;
	b->age[i] = (uint8_t)r->age_band;
	b->state[i] = (uint8_t)r->state;
	b->total[i] = (uint16_t)r->total;
	b->flags[i] = (uint16_t)r->flags;
	b->n++;
	return OK;
}

/* Walks the same places for writing and reading. */
static size_t lay_out(const struct shape *s, char *base, struct columns *out)
{
	size_t at = aligned(sizeof *s), n = (size_t)s->n;

	*out = (struct columns){ .n = n, .n_leafs = (size_t)s->n_leafs, .n_groups = (size_t)s->n_groups };
	out->leafs = (const int64_t *)(void *)(base + at);
	at = aligned(at + out->n_leafs * sizeof *out->leafs);
	out->groups = (const char (*)[GROUP_CODE])(base + at);
	at = aligned(at + out->n_groups * GROUP_CODE);
	out->leaf = (const uint16_t *)(void *)(base + at);
	at = aligned(at + n * sizeof *out->leaf);
	out->flags = (const uint16_t *)(void *)(base + at);
	at = aligned(at + n * sizeof *out->flags);
	out->total = (const uint16_t *)(void *)(base + at);
	at = aligned(at + n * sizeof *out->total);
	for (int i = 0; i < 4; i++, at = aligned(at + n)) {
		const uint8_t **column[] = { &out->group, &out->sex, &out->age, &out->state };

		*column[i] = (const uint8_t *)(base + at);
	}
	return at;
}

static void copy(const void *to, const void *from, size_t size)
{
	if (size)
		memcpy((void *)(uintptr_t)to, from, size);
}

static struct bytes pack_of(struct arena *arena, const struct building *b)
{
	struct shape s = { (int64_t)b->n, (int64_t)b->n_leafs, (int64_t)b->n_groups };
	struct columns c;
	size_t size = lay_out(&s, NULL, &c);
	char *base = arena_alloc(arena, size);

	memcpy(base, &s, sizeof s);
	lay_out(&s, base, &c);
	copy(c.leafs, b->leafs, b->n_leafs * sizeof *c.leafs);
	copy(c.groups, b->groups, b->n_groups * GROUP_CODE);
	copy(c.leaf, b->leaf, b->n * sizeof *c.leaf);
	copy(c.flags, b->flags, b->n * sizeof *c.flags);
	copy(c.group, b->group, b->n);
	copy(c.sex, b->sex, b->n);
	copy(c.age, b->age, b->n);
	copy(c.state, b->state, b->n);
	copy(c.total, b->total, b->n * sizeof *c.total);
	return (struct bytes){ base, size };
}

/* A pack of ours was hashed whole; only its own shape is asked again. */
static bool read_pack(struct bytes content, struct columns *out)
{
	struct shape s;

	if (content.len < sizeof s)
		return false;
	memcpy(&s, content.ptr, sizeof s);
	if (s.n < 0 || s.n_leafs < 0 || s.n_leafs > COLUMNS_LEAFS || s.n_groups < 0 || s.n_groups > COLUMNS_GROUPS)
		return false;
	return lay_out(&s, (char *)(uintptr_t)content.ptr, out) == content.len;
}

static OUTCOME make(struct ask *ask, struct packs *packs, struct pack_key key, int64_t stamp, struct pack *pack)
{
	struct arena *work = arena_new((size_t)512 * MiB);
	struct building b = { .arena = work };
	enum outcome done;

	b.groups = arena_array(work, GROUP_CODE, COLUMNS_GROUPS);
	done = sql_crosstab_rows_each(ask, key.a, key.b, add_row, &b);
	if (done == OK)
		done = packs_put(packs, key, stamp, pack_of(work, &b), pack);
	arena_free(work);
	return done;
}

static enum outcome add_part_row(void *context, const struct sql_crosstab_part_rows_row *r)
{
	return add_row(context, &(struct sql_crosstab_rows_row){.leaf_id = r->leaf_id,
								.group_code = r->group_code,
								.sex = r->sex,
								.age_band = r->age_band,
								.state = r->state,
								.total = r->total,
								.flags = r->flags});
}

OUTCOME columns_of_part(struct ask *ask, int64_t round_id, const struct leaf_part *part, struct columns *out)
{
	struct arena *work = arena_new((size_t)64 * MiB);
	struct building b = { .arena = work };
	enum outcome done;

	b.groups = arena_array(work, GROUP_CODE, COLUMNS_GROUPS);
	done = sql_crosstab_part_rows_each(ask, round_id, part->leaf_id, part->to_leaf, add_part_row, &b);
	if (done == OK)
		BUG_ON(!read_pack(pack_of(ask->arena, &b), out));
	arena_free(work);
	return done;
}

bool columns_kept(struct packs *packs, int64_t round_id, int64_t commune_id, int64_t stamp, struct pack *pack,
	struct columns *out)
{
	if (!packs_take(packs, (struct pack_key){ round_id, commune_id }, stamp, pack))
		return false;
	if (read_pack(pack->content, out))
		return true;
	packs_leave(packs, pack);
	return false;
}

OUTCOME columns_take(struct ask *ask, struct packs *packs, int64_t round_id, int64_t commune_id, int64_t stamp, struct pack *pack,
	struct columns *out, bool *made)
{
	*made = !columns_kept(packs, round_id, commune_id, stamp, pack, out);
	if (!*made)
		return OK;
	TRY(make(ask, packs, (struct pack_key){ round_id, commune_id }, stamp, pack));
	BUG_ON(!read_pack(pack->content, out));
	return OK;
}

/* ---- comparing ---- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
	return hash ^ hash >> 29;
}

static uint64_t row_hash(int64_t leaf, const char *group, const int64_t *numbers, size_t n)
{
	uint64_t hash = mix(0, (uint64_t)leaf);

	for (; *group; group++)
		hash = mix(hash, (unsigned char)*group);
	for (size_t i = 0; i < n; i++)
		hash = mix(hash, (uint64_t)numbers[i]);
	return hash;
}

struct sum { uint64_t hash; size_t n; };

static enum outcome sum_row(void *context, const struct sql_crosstab_rows_row *r)
{
	struct sum *sum = context;
	int64_t numbers[] = { r->sex, r->age_band, r->state, r->total, r->flags };

	sum->hash += row_hash(r->leaf_id, r->group_code, numbers, COUNT(numbers));
	sum->n++;
	return OK;
}

OUTCOME columns_same(struct ask *ask, const struct columns *c, int64_t round_id, int64_t commune_id, bool *same)
{
	struct sum stored = { 0 };
	uint64_t kept = 0;

	TRY(sql_crosstab_rows_each(ask, round_id, commune_id, sum_row, &stored));
	for (size_t i = 0; i < c->n; i++) {
		int64_t numbers[] = { c->sex[i], c->age[i], c->state[i], c->total[i], c->flags[i] };

		kept += row_hash(c->leafs[c->leaf[i]], c->groups[c->group[i]], numbers, COUNT(numbers));
	}
	*same = kept == stored.hash && c->n == stored.n;
	return OK;
}

/* ---- counting: a block of rows at a time, a column after the other ---- */

static void add_lane(uint32_t *at, const struct lane *lane, size_t from, size_t n)
{
	const uint32_t *map = lane->map;

	if (lane->wide) {
		const uint16_t *column = (const uint16_t *)lane->column + from;

		for (size_t i = 0; i < n; i++)
			at[i] += map[column[i]];
	} else {
		const uint8_t *column = (const uint8_t *)lane->column + from;

		for (size_t i = 0; i < n; i++)
			at[i] += map[column[i]];
	}
}

void columns_count(const struct columns *from, const struct lanes *lanes, struct crosstab_cell *cells)
{
	uint32_t at[BLOCK];

	for (size_t first = 0; first < from->n; first += BLOCK) {
		size_t n = from->n - first < BLOCK ? from->n - first : BLOCK;
		const uint16_t *total = from->total + first;

		for (size_t i = 0; i < n; i++)
			at[i] = lanes->base;
		for (size_t l = 0; l < lanes->n; l++)
			add_lane(at, &lanes->at[l], first, n);
		for (size_t i = 0; i < n; i++)
			if (at[i] < SKIP) {
				cells[at[i]].n++;
				cells[at[i]].scored += total[i] > 0;
				cells[at[i]].total += total[i];
			}
	}
}
