/* People one after the other as records. Who is alike is found without keeping everybody's key: only keys that may have come
 * twice are looked at again, by sorting. */
#include "title/roster/roster_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/seen.h"
#include "base/spill.h"
#include "text/text.h"

enum { TEXTS = 9, BY_NUMBER = 0, BY_NAME = 1, FLAG_SCORES = 1, FLAG_MEMBER = 2, FLAG_FAMILY = 4 };

struct head {
	uint64_t warnings, keys[2];      /* 0: no key */
	uint32_t row, number, len;       /* len: of the texts */
	uint16_t sheet, given, lens[TEXTS];
	uint8_t kind, sex, flags, halves[ROSTER_SCORES];
};

struct roster_rows {
	struct arena *own;               /* while twins are looked for */
	struct spill *spill;
	struct seen *seen[2];            /* keys by number, by name */
	uint32_t *twins[2];              /* numbers of those alike, rising */
	size_t n_twins[2];
};

static void free_own(void *own) { arena_free(own); }

struct roster_rows *roster_rows_new(struct arena *a)
{
	struct roster_rows *s = ARENA_NEW(a, struct roster_rows);

	s->spill = spill_new(a);
	s->own = arena_new(256 * MiB);
	arena_on_release(a, free_own, s->own);
	s->seen[BY_NUMBER] = seen_new(s->own);
	s->seen[BY_NAME] = seen_new(s->own);
	return s;
}

/* ---- keys ---- */

static uint64_t mix(uint64_t h, const char *text)
{
	for (; *text; text++)
		h = (h ^ (uint8_t)*text) * UINT64_C(1099511628211);
	return (h ^ 0xFF) * UINT64_C(1099511628211);
}

/* The same folded name, year and hamlet; a year that is not known is nobody's. */
static uint64_t name_key(struct arena *a, const struct roster_person *p)
{
	uint64_t h;

	if (!*p->birth)
		return 0;
	h = mix(UINT64_C(14695981039346656037), text_unmark(a, p->full_name));
	h = mix(h, arena_textn(a, p->birth, 4));
	h = mix(h, roster_hamlet_key(a, p->hamlet));
	return h ? h : 1;
}

/* ---- records ---- */

static void texts_of(const struct roster_person *p, const char *texts[TEXTS])
{
	const char *const all[TEXTS] = { p->full_name, p->birth, p->national_id, p->old_id, p->phone, p->hamlet, p->group,
		p->occupation,
		p->note };

	memcpy(texts, all, sizeof all);
}

OUTCOME roster_rows_add(struct roster_rows *s, struct arena *scratch, const struct roster_person *p)
{
	const char *texts[TEXTS];
	struct head h = { .warnings = p->warnings, .row = p->row, .number = p->number, .sheet = (uint16_t)p->sheet,
		.kind = (uint8_t)p->kind, .sex = (uint8_t)p->sex };

	texts_of(p, texts);
	h.flags = (uint8_t)((p->has_scores ? FLAG_SCORES : 0) | (p->is_member ? FLAG_MEMBER : 0) |
		(p->is_family ? FLAG_FAMILY : 0));
	memcpy(h.halves, p->halves, sizeof h.halves);
	for (int i = 0; i < ROSTER_SCORES; i++)
		h.given = (uint16_t)(h.given | (p->score_given[i] ? 1 << i : 0));
	for (int i = 0; i < TEXTS; i++) {
		h.lens[i] = (uint16_t)(strlen(texts[i]) + 1);
		h.len += h.lens[i];
	}
	if (p->kind == ROSTER_PERSON) {
		h.keys[BY_NUMBER] = *p->national_id ? strtoull(p->national_id, NULL, 10) + 1 : 0;
		h.keys[BY_NAME] = name_key(scratch, p);
	}
	for (int k = 0; k < 2; k++)
		if (h.keys[k])
			seen_add(s->seen[k], h.keys[k]);
	if (!spill_add(s->spill, &h, sizeof h))
		return FAILED;
	for (int i = 0; i < TEXTS; i++)
		if (!spill_add(s->spill, texts[i], h.lens[i]))
			return FAILED;
	return OK;
}

static bool is_twin(const struct roster_rows *s, struct roster_cursor *c, int which, uint32_t number)
{
	while (c->twin[which] < s->n_twins[which] && s->twins[which][c->twin[which]] < number)
		c->twin[which]++;
	return c->twin[which] < s->n_twins[which] && s->twins[which][c->twin[which]] == number;
}

bool roster_rows_next(struct roster_rows *s, struct roster_cursor *c, struct arena *a, struct roster_person *out)
{
	const void *at = spill_at(s->spill, c->at, sizeof(struct head));
	const char *texts[TEXTS];
	struct head h;

	if (!at)
		return false;
	memcpy(&h, at, sizeof h);
	at = spill_at(s->spill, c->at + sizeof h, h.len);
	if (!at)
		return false;
	at = arena_bytes(a, (struct bytes){ at, h.len }).ptr;
	for (int i = 0; i < TEXTS; i++) {
		texts[i] = at;
		at = (const char *)at + h.lens[i];
	}
	c->at += sizeof h + h.len;
	*out = (struct roster_person){ .kind = (enum roster_kind)h.kind, .sheet = h.sheet, .row = h.row, .full_name = texts[0],
		.birth = texts[1], .national_id = texts[2], .old_id = texts[3], .phone = texts[4], .hamlet = texts[5],
		.group = texts[6], .occupation = texts[7], .note = texts[8], .sex = (enum sex)h.sex,
		.has_scores = h.flags & FLAG_SCORES, .is_member = h.flags & FLAG_MEMBER, .is_family = h.flags & FLAG_FAMILY,
		.warnings = h.warnings, .number = h.number };
	memcpy(out->halves, h.halves, sizeof h.halves);
	for (int i = 0; i < ROSTER_SCORES; i++)
		out->score_given[i] = h.given >> i & 1;
	if (out->kind == ROSTER_PERSON && is_twin(s, c, BY_NUMBER, h.number))
		out->warnings |= ROSTER_BIT(dup_cccd);
	if (out->kind == ROSTER_PERSON && is_twin(s, c, BY_NAME, h.number))
		out->warnings |= ROSTER_BIT(dup_name);
	return true;
}

/* ---- who is alike ---- */

struct candidate { uint64_t key; uint32_t number, row; uint16_t sheet; bool has_number; };

static int by_key(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	return a->key != b->key ? (a->key < b->key ? -1 : 1) : (a->number > b->number) - (a->number < b->number);
}

static int by_first(const void *x, const void *y)
{
	const struct roster_twins *a = x, *b = y;
	const struct roster_place *p = a->at, *q = b->at;

	if (p->sheet != q->sheet)
		return p->sheet < q->sheet ? -1 : 1;
	return (p->row > q->row) - (p->row < q->row);
}

static int by_number(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

/* NULL out: only counts. */
static bool collect(struct roster_rows *s, int which, struct candidate *out, size_t *n)
{
	uint64_t at = 0, size = spill_size(s->spill);

	*n = 0;
	while (at < size) {
		const void *bytes = spill_at(s->spill, at, sizeof(struct head));
		struct head h;

		if (!bytes)
			return false;
		memcpy(&h, bytes, sizeof h);
		at += sizeof h + h.len;
		if (!h.keys[which] || !seen_twice(s->seen[which], h.keys[which]))
			continue;
		if (out)
			out[*n] = (struct candidate){ h.keys[which], h.number, h.row, h.sheet, h.keys[BY_NUMBER] != 0 };
		++*n;
	}
	return true;
}

/* A name alone makes nobody a twin when each has a card of their own. */
static bool counts(int which, const struct candidate *c, size_t n)
{
	for (size_t i = 0; which == BY_NAME && i < n; i++)
		if (!c[i].has_number)
			return n > 1;
	return which == BY_NUMBER && n > 1;
}

static void add_group(struct roster_rows *s, struct arena *a, int which, const struct candidate *c, size_t n,
	struct roster_twins *group)
{
	struct roster_place *places = ARENA_ARRAY(a, struct roster_place, n);

	for (size_t i = 0; i < n; i++) {
		places[i] = (struct roster_place){ c[i].sheet, c[i].row };
		s->twins[which][s->n_twins[which]++] = c[i].number;
	}
	*group = (struct roster_twins){ which == BY_NUMBER, n, places };
}

static size_t group_end(const struct candidate *c, size_t n, size_t from)
{
	size_t end = from + 1;

	while (end < n && c[end].key == c[from].key)
		end++;
	return end;
}

static OUTCOME find_candidates(struct roster_rows *s, int which, struct candidate **out, size_t *n)
{
	*n = 0;
	if (!seen_any_twice(s->seen[which]))
		return OK;
	if (!collect(s, which, NULL, n))
		return FAILED;
	*out = ARENA_ARRAY(s->own, struct candidate, *n);
	if (!collect(s, which, *out, n))
		return FAILED;
	qsort(*out, *n, sizeof **out, by_key);
	return OK;
}

/* Room for both kinds of groups is made when both are known. */
OUTCOME roster_rows_twins(struct roster_rows *s, struct arena *a, struct roster_twins **twins, size_t *n)
{
	struct candidate *c[2] = { NULL, NULL };
	size_t n_candidates[2], groups = 0, from;

	for (int which = 0; which < 2; which++) {
		size_t members = 0;

		TRY(find_candidates(s, which, &c[which], &n_candidates[which]));
		for (size_t i = 0, end; i < n_candidates[which]; i = end) {
			end = group_end(c[which], n_candidates[which], i);
			if (counts(which, c[which] + i, end - i))
				groups++, members += end - i;
		}
		s->twins[which] = ARENA_ARRAY(a, uint32_t, members);
		s->n_twins[which] = 0;
	}
	*n = 0;
	*twins = ARENA_ARRAY(a, struct roster_twins, groups);
	for (int which = 0; which < 2; which++) {
		from = *n;
		for (size_t i = 0, end; i < n_candidates[which]; i = end) {
			end = group_end(c[which], n_candidates[which], i);
			if (counts(which, c[which] + i, end - i))
				add_group(s, a, which, c[which] + i, end - i, &(*twins)[(*n)++]);
		}
		if (*n > from)
			qsort(*twins + from, *n - from, sizeof **twins, by_first);
		if (s->n_twins[which])
			qsort(s->twins[which], s->n_twins[which], sizeof *s->twins[which], by_number);
	}
	arena_reset(s->own);             /* no row is added any more */
	s->seen[BY_NUMBER] = s->seen[BY_NAME] = NULL;
	return OK;
}
