#include "title/recognition/people_stream.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/id.h"
#include "crypto/crypto.h"

enum { STREAMS = 3, PAGE = 1000, KEY_MAX = 512, ROW_TEXT = 2000 };

struct source {
	struct ask ask;                  /* with the page's arena */
	enum sheet_state state;
	struct appraisal_lines page;
	size_t at;
	bool more, begun;
	struct appraisal_line last;
	unsigned char last_key[KEY_MAX];
};
struct people_stream {
	const struct proposal *proposal;         /* NULL: by states */
	int64_t round_id, commune_id;
	struct source sources[STREAMS];
	size_t n;
	struct source *given;
};

static void free_arena(void *arena) { arena_free(arena); }

static void source_init(struct source *s, struct ask *ask, enum sheet_state state)
{
	*s = (struct source){ .ask = *ask, .state = state, .more = true };
	s->ask.arena = arena_new(16 * MiB);
	arena_on_release(ask->arena, free_arena, s->ask.arena);
}

struct people_stream *people_of_proposal(struct ask *ask, const struct proposal *proposal)
{
	struct people_stream *p = ARENA_NEW(ask->arena, struct people_stream);

	p->proposal = proposal;
	p->n = 1;
	source_init(&p->sources[0], ask, SHEET_PROPOSED);
	return p;
}

struct people_stream *people_of_states(struct ask *ask, int64_t round_id, int64_t commune_id, const enum sheet_state *states,
	size_t n)
{
	struct people_stream *p = ARENA_NEW(ask->arena, struct people_stream);

	BUG_ON(n > STREAMS);
	p->round_id = round_id;
	p->commune_id = commune_id;
	p->n = n;
	for (size_t i = 0; i < n; i++)
		source_init(&p->sources[i], ask, states[i]);
	return p;
}

/* The last row's key outlives its page. */
static void keep_last(struct source *s)
{
	s->last = s->page.at[s->page.n - 1];
	s->last.name_key.len = s->last.name_key.len < KEY_MAX ? s->last.name_key.len : KEY_MAX;
	memcpy(s->last_key, s->last.name_key.ptr, s->last.name_key.len);
	s->last.name_key.ptr = s->last_key;
	s->begun = true;
}

static OUTCOME fill(struct people_stream *p, struct source *s)
{
	if (s->at < s->page.n || !s->more)
		return OK;
	if (s->page.n)
		keep_last(s);
	arena_reset(s->ask.arena);
	s->at = s->page.n = 0;
	TRY(p->proposal ? proposal_people(&s->ask, p->proposal, s->begun ? &s->last : NULL, PAGE, &s->page)
		: listed_people(&s->ask, p->round_id, p->commune_id, s->state, s->begun ? &s->last : NULL, PAGE, &s->page));
	s->more = s->page.n == PAGE;
	return OK;
}

static bool is_before(const struct appraisal_line *a, const struct appraisal_line *b)
{
	size_t len = a->name_key.len < b->name_key.len ? a->name_key.len : b->name_key.len;
	int order = memcmp(a->name_key.ptr, b->name_key.ptr, len);

	if (order || a->name_key.len != b->name_key.len)
		return order ? order < 0 : a->name_key.len < b->name_key.len;
	return a->person_id < b->person_id;
}

OUTCOME people_next(struct people_stream *p, const struct appraisal_line **out)
{
	struct source *first = NULL;

	*out = NULL;
	for (size_t i = 0; i < p->n; i++) {
		struct source *s = &p->sources[i];

		TRY(fill(p, s));
		if (s->at < s->page.n && (!first || is_before(&s->page.at[s->at], &first->page.at[first->at])))
			first = s;
	}
	if (first)
		*out = &first->page.at[first->at++];
	return OK;
}

/* Each row's hash is taken with the sum so far, so that memory is a row's. */
OUTCOME people_check(struct people_stream *p, bool decided, struct arena *arena, const char **out)
{
	const struct appraisal_line *l;
	struct hash sum = { 0 };
	char code[CODE_SHEET_LEN + 1];

	for (;;) {
		struct { struct hash before, row; } both = { .before = sum };
		char text[ROW_TEXT];

		TRY(people_next(p, &l));
		if (!l)
			break;
		if (decided && l->state != SHEET_RECOGNISED && l->state != SHEET_REVOKED)
			continue;
		snprintf(text, sizeof text, "%s\n%d\n%s", l->name, day_year(l->birth), l->leaf_name);
		both.row = hash_of((struct bytes){ text, strlen(text) });
		sum = hash_of((struct bytes){ &both, sizeof both });
	}
	code_make(code, CODE_SHEET_LEN, (const unsigned char *)&sum);
	*out = arena_text(arena, code);
	return OK;
}
