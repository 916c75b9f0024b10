#include "title/certificates/papers.h"

#include <ctype.h>
#include <string.h>

#include "base/day.h"
#include "base/id.h"
#include "document/document.h"
#include "registry/tree/tree.h"
#include "text/text.h"

#define TITLE "Giấy chứng nhận Công dân học tập"
enum { TITLE_MAX = 200 };

static OUTCOME address_of(struct ask *ask, const char **out)
{
	enum outcome found = setting_get(ask, "address", out);

	if (found == NOT_FOUND)
		*out = "http://127.0.0.1:8080";
	return found == NOT_FOUND ? OK : found;
}

/* "Ấp Lộc Hưng, Xã Đức Hoà", as it is kept, reads "ấp Lộc Hưng, xã Đức Hoà" in a sentence. */
static const char *home_words(struct arena *a, const char *home)
{
	const char *lower = text_first_lower(a, home), *comma = strstr(lower, ", ");

	return comma ? arena_format(a, "%.*s, %s", (int)(comma - lower), lower, text_first_lower(a, comma + 2)) : lower;
}

static void add_one(struct document *d, const char *address, const struct certificate_row *c)
{
	struct arena *a = document_arena(d);
	const char *bare = strstr(address, "://"), *role = text_upper(a, c->signer_role);

	document_certificate(d, &(struct certificate){
		.authority = arena_format(a, "%s\n%s", role, text_upper(a, c->authority)), .name = c->name,
		.birth = arena_format(a, "%d", day_year(c->birth)), .home = home_words(a, c->home), .year = (int)c->round_id,
		.decision = arena_format(a, "Theo Quyết định số %s %s của %s", document_given(c->decision_number),
			document_date_words(a, c->decision_day), c->authority),
		.place = c->place, .date = c->decision_day, .signature = { .authority = role, .name = c->signer },
		.book_number = arena_format(a, "%lld", (long long)c->book_number), .code = certificate_code_shown(a, c->code),
		.check_url = arena_format(a, "%s/xac-minh/%s", address, c->code),
		.check_address = arena_format(a, "%s/xac-minh", bare ? bare + 3 : address) });
}

/* The title of a file of one ends with its code: `hoctap verify FILE` reads it there. */
static const char *title_of(struct arena *a, const struct certificate_row *c)
{
	return arena_format(a, TITLE ", mã %s", c->code);
}

OUTCOME certificate_paper(struct ask *ask, const struct certificate_row *c, struct document **out)
{
	const char *address;

	TRY(address_of(ask, &address));
	*out = document_new(ask->arena, &(struct document_setup){ .title = title_of(ask->arena, c),
		.made = ask->now, .landscape = true });
	add_one(*out, address, c);
	return OK;
}

struct stream {
	struct ask ask;
	int64_t decision_id, after, left;
	const char *address;
	struct certificate_list page;
	size_t at;
	bool more;
};

static enum outcome next_part(void *state, struct document *part, bool *done)
{
	struct stream *s = state;

	if (s->at == s->page.n && s->more) {
		arena_reset(s->ask.arena);
		TRY(certificates_of_decision(&s->ask, s->decision_id, s->after, &s->page));
		s->at = 0;
		s->more = s->page.n == CERTIFICATES_PAGE;
	}
	*done = s->at == s->page.n || s->left-- <= 0;
	if (*done)
		return OK;
	s->after = s->page.at[s->at].book_number;
	document_part_title(part, title_of(document_arena(part), &s->page.at[s->at]));
	add_one(part, s->address, &s->page.at[s->at++]);
	return OK;
}

static void free_arena(void *arena) { arena_free(arena); }

OUTCOME certificates_add(struct ask *ask, struct document *d, int64_t decision_id, int64_t after_number, int64_t limit)
{
	struct stream *s = ARENA_NEW(ask->arena, struct stream);

	*s = (struct stream){ .ask = *ask, .decision_id = decision_id, .after = after_number, .left = limit, .more = true };
	TRY(address_of(ask, &s->address));
	s->ask.arena = arena_new(8 * MiB);
	arena_on_release(ask->arena, free_arena, s->ask.arena);
	document_stream(d, next_part, s);
	return OK;
}

OUTCOME certificates_paper(struct ask *ask, int64_t decision_id, int64_t after_number, int64_t limit, struct document **out)
{
	*out = document_new(ask->arena, &(struct document_setup){ .title = TITLE, .made = ask->now, .landscape = true });
	return certificates_add(ask, *out, decision_id, after_number, limit);
}

/* Files come a batch after their parts: each is told by the code at its title's end. */
struct each {
	struct ask ask;
	OUTCOME (*take)(void *state, const char *name, struct bytes pdf);
	void *state;
};

static enum outcome take_one(void *state, const char *title, struct bytes pdf)
{
	struct each *e = state;
	struct certificate_row c;

	arena_reset(e->ask.arena);
	TRY(certificate_by_code(&e->ask, strrchr(title, ' ') + 1, &c));
	return e->take(e->state, arena_format(e->ask.arena, "%04lld %s", (long long)c.book_number, c.name), pdf);
}

OUTCOME certificates_each(struct ask *ask, int64_t decision_id, OUTCOME (*take)(void *state, const char *name, struct bytes pdf),
	void *state)
{
	struct each e = { .ask = *ask, .take = take, .state = state };
	struct document *d;

	TRY(certificates_paper(ask, decision_id, 0, INT32_MAX, &d));
	e.ask.arena = arena_new(MiB);
	arena_on_release(ask->arena, free_arena, e.ask.arena);
	return document_render_each(d, take_one, &e);
}

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)toupper((unsigned char)c);
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* A title with Vietnamese letters stands in a PDF as UTF-16 in hex: /Title <FEFF0047…>. Only its ASCII is wanted. */
bool certificate_paper_code(struct bytes pdf, char *code)
{
	static const char mark[] = "/Title <FEFF";
	const char *at = memmem(pdf.ptr, pdf.len, mark, sizeof mark - 1), *end = (const char *)pdf.ptr + pdf.len;
	char title[TITLE_MAX];
	size_t n = 0;

	if (!at)
		return false;
	for (at += sizeof mark - 1; at + 4 <= end && *at != '>' && n + 1 < sizeof title; at += 4) {
		int high = digit_of(at[0]) << 4 | digit_of(at[1]), low = digit_of(at[2]) << 4 | digit_of(at[3]);

		title[n++] = !high && low >= ' ' && low < 127 ? (char)low : '?';
	}
	title[n] = '\0';
	at = strrchr(title, ' ');
	return at && code_read(at + 1, code, CODE_CERTIFICATE_LEN);
}
